/* jit_cpu.c: CPUs by name, and this machine's.
 *
 * LLVM has no function that says whether it knows a CPU: it prints that it does not, and goes on. So
 * the names are here, with the first version of LLVM that has them. */
#include "jit.h"
#include "jit_image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#if defined __x86_64__
#include <cpuid.h>
#endif

#define X86 "x86_64-unknown-linux-gnu"
#define ARM "aarch64-unknown-linux-gnu"

static const jit_cpu known[] = {
    { "x86-64", X86, 16, 15 },         { "x86-64-v2", X86, 16, 15 },       { "x86-64-v3", X86, 32, 15 },      { "x86-64-v4", X86, 64, 15 },
    { "nehalem", X86, 16, 15 },        { "sandybridge", X86, 16, 15 },     { "ivybridge", X86, 16, 15 },      { "haswell", X86, 32, 15 },
    { "broadwell", X86, 32, 15 },      { "skylake", X86, 32, 15 },         { "skylake-avx512", X86, 64, 15 }, { "cascadelake", X86, 64, 15 },
    { "icelake-client", X86, 64, 15 }, { "icelake-server", X86, 64, 15 },  { "tigerlake", X86, 64, 15 },      { "rocketlake", X86, 64, 15 },
    { "alderlake", X86, 32, 15 },      { "sapphirerapids", X86, 64, 15 },  { "graniterapids", X86, 64, 16 },
    { "znver1", X86, 32, 15 },         { "znver2", X86, 32, 15 },          { "znver3", X86, 32, 15 },
    { "znver4", X86, 64, 16 },         { "znver5", X86, 64, 20 },
    { "cortex-a53", ARM, 16, 15 },     { "cortex-a57", ARM, 16, 15 },      { "cortex-a72", ARM, 16, 15 },     { "cortex-a76", ARM, 16, 15 },
    { "cortex-a78", ARM, 16, 15 },     { "neoverse-n1", ARM, 16, 15 },     { "neoverse-n2", ARM, 16, 15 },    { "neoverse-v1", ARM, 16, 15 },
    { "neoverse-v2", ARM, 16, 16 },    { "apple-m1", ARM, 16, 15 },
};
enum { KNOWN = sizeof known / sizeof *known };

const jit_cpu *jit_cpu_find(const char *name, unsigned llvm, nodec_fault *fault)
{
    const char *names[KNOWN + 1];
    size_t count = 0;
    for (size_t i = 0; i < KNOWN; i++) {
        if (known[i].since > llvm) continue;
        if (!strcmp(known[i].name, name)) return &known[i];
        names[count++] = known[i].name;
    }
    fault_set(fault, NODEC_EXIT_USAGE, "no CPU called `%s` is known with LLVM %u", name, llvm);
    fault_suggest(fault, name, names, count);
    return NULL;
}

/* ---- this machine's ------------------------------------------------------------------------------- */

#if defined __x86_64__
static unsigned host_bytes(void)
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return 64;
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 32 : 16;
}

/* What of it the system lets programs use: XCR0. */
static unsigned enabled(const unsigned one[4])
{
    unsigned low = 0, high = 0;
    if (one[2] >> 27 & 1) __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    (void)high;
    return low;
}

/* Family and model, then what it can do (cpuid leaves 1, 7 and 80000001, in words). */
static void host_text(char *text, size_t room)
{
    unsigned one[4] = { 0 }, seven[4] = { 0 }, high[4] = { 0 }, more[4] = { 0 };
    __get_cpuid(1, &one[0], &one[1], &one[2], &one[3]);
    __get_cpuid_count(7, 0, &seven[0], &seven[1], &seven[2], &seven[3]);
    __get_cpuid_count(7, 1, &high[0], &high[1], &high[2], &high[3]);
    __get_cpuid(0x80000001, &more[0], &more[1], &more[2], &more[3]);
    snprintf(text, room, "x86 %x %x.%x %x.%x.%x %x %x.%x %x %u", one[0], one[2], one[3], seven[1], seven[2], seven[3], high[0],
             more[2], more[3], enabled(one), host_bytes());
}
#else
static unsigned host_bytes(void) { return 16; }

static void host_text(char *text, size_t room)
{
    char line[256];
    FILE *file = fopen("/proc/cpuinfo", "r");
    snprintf(text, room, "cpu");
    while (file && fgets(line, sizeof line, file)) {
        int says = !strncmp(line, "Features", 8) || !strncmp(line, "CPU part", 8) || !strncmp(line, "CPU implementer", 15);
        size_t length = strlen(text);
        line[strcspn(line, "\n")] = 0;
        if (says && !strstr(text, line)) snprintf(text + length, room - length, " %s", line);
    }
    if (file) fclose(file);
}
#endif

unsigned jit_vector_bytes(const char *cpu)
{
    for (size_t i = 0; cpu && i < KNOWN; i++)
        if (!strcmp(known[i].name, cpu)) return known[i].vector_bytes;
    return cpu ? 16 : host_bytes();
}

void jit_key(char *text, size_t room)
{
    char path[4200] = "", host[1200];
    struct stat plugin = { 0 };
    host_text(host, sizeof host);
    if (jit_plugin(path, sizeof path)) stat(path, &plugin);
    snprintf(text, room, JIT_MAGIC " %s %s %lld %lld.%09ld", host, path, (long long)plugin.st_size, (long long)plugin.st_mtim.tv_sec, plugin.st_mtim.tv_nsec);
}
