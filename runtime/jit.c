/* jit.c: IR text to an image, through the plugin.
 *
 * The text may hold several modules, one after the other, each behind a line JIT_NEXT: they are
 * compiled side by side on threads of their own.                                          */
#include "jit.h"
#include "jit_image.h"
#include "jit_plugin.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the plugin --------------------------------------------------------------------------------- */

static int exists(const char *path) { return access(path, R_OK) == 0; }

static int beside(const char *file, char *path, size_t room)
{
    static const char *const place[] = { "libnodec-jit.so", "nodec/libnodec-jit.so", "../lib/nodec/libnodec-jit.so" };
    const char *last = strrchr(file, '/');
    int folder = last ? (int)(last + 1 - file) : 0;
    for (size_t i = 0; folder && i < sizeof place / sizeof *place; i++)     /* never where somebody happens to stand */
        if (snprintf(path, room, "%.*s%s", folder, file, place[i]) < (int)room && exists(path)) return 1;
    return 0;
}

int jit_plugin(char *path, size_t room)
{
    union { int (*function)(char *, size_t); void *address; } here = { .function = jit_plugin };
    const char *given = getenv("NODEC_JIT");
    char self[4096];
    Dl_info library;
    if (given) return snprintf(path, room, "%s", given) < (int)room && *given && exists(path);
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = 0;
    return beside(self, path, room) || (dladdr(here.address, &library) && library.dli_fname && beside(library.dli_fname, path, room));
}

/* Names of its own, and all of them now: another LLVM may be in the process. It stays when it is closed
 * (-z nodelete), so opening it again costs nothing.                                              */
const nodec_jit_plugin *jit_plugin_open(void **plugin, nodec_fault *fault)
{
    char path[4200];
    *plugin = NULL;
    if (!jit_plugin(path, sizeof path)) {
        fault_set(fault, NODEC_EXIT_IO, "libnodec-jit.so is not here; it is built where LLVM 15 to 19 is installed (Debian: llvm-19-dev)");
        return NULL;
    }
    if (!(*plugin = dlopen(path, RTLD_NOW | RTLD_LOCAL))) {
        fault_set(fault, NODEC_EXIT_IO, "cannot open %s: %s", path, dlerror());
        return NULL;
    }
    union { void *symbol; nodec_jit_entry *entry; } at = { .symbol = dlsym(*plugin, "nodec_jit") };
    const nodec_jit_plugin *table = at.symbol ? at.entry() : NULL;
    if (table && table->version == NODEC_JIT_VERSION) return table;
    fault_set(fault, NODEC_EXIT_IO, "%s is of another version of nodec", path);
    jit_plugin_close(*plugin);
    *plugin = NULL;
    return NULL;
}

void jit_plugin_close(void *plugin)
{
    if (plugin) dlclose(plugin);
}

/* ---- modules, side by side -------------------------------------------------------------------------- */

enum { MODULES = 64 };               /* the last one has the rest */

typedef struct Work { const nodec_jit_plugin *plugin; nodec_jit_job job[MODULES]; size_t jobs, next; pthread_mutex_t lock; } Work;

static size_t split(const char *ir, size_t length, nodec_jit_job *job)
{
    size_t jobs = 0, mark = strlen(JIT_NEXT);
    for (const char *at = ir, *end = ir + length; at < end && jobs < MODULES; jobs++) {
        const char *next = jobs + 1 < MODULES ? memmem(at + 1, (size_t)(end - at - 1), JIT_NEXT, mark) : NULL;
        job[jobs] = (nodec_jit_job){ .ir = at, .length = (size_t)((next ? next : end) - at) };
        at = next ? next : end;
    }
    return jobs;
}

static void *compile_some(void *context)
{
    Work *work = context;
    for (;;) {
        pthread_mutex_lock(&work->lock);
        size_t i = work->next++;
        pthread_mutex_unlock(&work->lock);
        if (i >= work->jobs) return NULL;
        work->plugin->compile(&work->job[i]);
    }
}

static void compile_all(Work *work)
{
    pthread_t thread[MODULES];
    size_t threads = 0;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    while (threads + 1 < work->jobs && (long)threads + 1 < processors && !pthread_create(&thread[threads], NULL, compile_some, work)) threads++;
    compile_some(work);
    while (threads) pthread_join(thread[--threads], NULL);
}

/* ---- the image ------------------------------------------------------------------------------------------ */

/* The n of every "@nodec_entry_n(" that is defined; `entry` NULL: how many. */
static size_t entries_of(const char *ir, size_t length, uint32_t *entry)
{
    static const char define[] = "define i32 @nodec_entry_";
    size_t count = 0;
    for (const char *at = ir, *end = ir + length; (at = memmem(at, (size_t)(end - at), define, sizeof define - 1)); count++) {
        at += sizeof define - 1;
        if (entry) entry[count] = (uint32_t)strtoul(at, NULL, 10);
    }
    return count;
}

static size_t round16(size_t n) { return (n + 15) / 16 * 16; }

static int pack(const Work *work, const char *ir, size_t length, jit_image *image)
{
    uint32_t entries = (uint32_t)entries_of(ir, length, NULL), objects = (uint32_t)work->jobs;
    size_t bytes = round16(16 + entries * sizeof(uint32_t));
    for (size_t i = 0; i < work->jobs; i++) bytes += 16 + round16(work->job[i].bytes);
    unsigned char *at = image->at = calloc(1, bytes);
    if (!at) return -1;
    image->bytes = bytes;
    memcpy(at, JIT_MAGIC, 8);
    memcpy(at + 8, &objects, 4);
    memcpy(at + 12, &entries, 4);
    entries_of(ir, length, (uint32_t *)(void *)(at + 16));
    at += round16(16 + entries * sizeof(uint32_t));
    for (size_t i = 0; i < work->jobs; i++) {
        uint64_t size = work->job[i].bytes;
        memcpy(at, &size, sizeof size);
        memcpy(at + 16, work->job[i].out, work->job[i].bytes);
        at += 16 + round16(work->job[i].bytes);
    }
    return 0;
}

static int as_it_is(const nodec_jit_job *job, jit_image *image)
{
    image->at = malloc(job->bytes + 1);
    if (!image->at) return -1;
    memcpy(image->at, job->out, job->bytes);
    image->at[job->bytes] = 0;
    image->bytes = job->bytes;
    return 0;
}

int jit_compile(const char *ir, size_t length, const jit_options *options, jit_image *image, nodec_fault *fault)
{
    static const jit_options none;
    const jit_options *o = options ? options : &none;
    const jit_cpu *cpu = NULL;
    void *handle;
    *image = (jit_image){ 0 };
    const nodec_jit_plugin *plugin = jit_plugin_open(&handle, fault);
    if (!plugin) return fault->status;
    if (o->cpu && !(cpu = jit_cpu_find(o->cpu, plugin->llvm, fault))) return jit_plugin_close(handle), fault->status;

    Work *work = calloc(1, sizeof *work);
    int status = 0;
    if (!work) return jit_plugin_close(handle), fault_set(fault, NODEC_EXIT_IO, "out of memory");
    work->plugin = plugin;
    work->jobs = split(ir, length, work->job);
    pthread_mutex_init(&work->lock, NULL);
    for (size_t i = 0; i < work->jobs; i++) {
        work->job[i].assembly = o->assembly;
        if (cpu) work->job[i].triple = cpu->triple, work->job[i].cpu = cpu->name;
    }
    compile_all(work);
    for (size_t i = 0; i < work->jobs && !status; i++)
        if (!work->job[i].out) status = fault_set(fault, NODEC_EXIT_BUG, "%s", work->job[i].error);
    if (!status && (o->assembly || o->object ? as_it_is(&work->job[0], image) : pack(work, ir, length, image)))
        status = fault_set(fault, NODEC_EXIT_IO, "out of memory");
    for (size_t i = 0; i < work->jobs; i++) plugin->release(work->job[i].out);
    pthread_mutex_destroy(&work->lock);
    free(work);
    jit_plugin_close(handle);
    return status;
}
