/* profile.c: the clock of a profile, and what it sees. See profile.h.
 *
 * The handler reads registers and the chain of frame pointers, which profiled code keeps,
 * and counts in memory that was there before: nothing in it allocates, locks or calls. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

#include "profile_in.h"

enum { PERIOD = 251 };              /* microseconds; no multiple of anything. By the wall's clock:
                                       those of processor time tick with the scheduler only */

static nodec_profile *volatile watching;        /* a signal has no other argument     */
static pthread_t watched;

/* ---- the handler --------------------------------------------------------------------------- */

typedef struct registers { uintptr_t pc, frame, stack, back; } registers;   /* back: where a leaf returns to, if known */

#if defined __x86_64__
enum { SUPPORTED = 1 };
static registers registers_of(const ucontext_t *c)
{
    const greg_t *r = c->uc_mcontext.gregs;
    return (registers){(uintptr_t)r[REG_RIP], (uintptr_t)r[REG_RBP], (uintptr_t)r[REG_RSP], *(const uintptr_t *)r[REG_RSP]};
}
#elif defined __aarch64__
enum { SUPPORTED = 1 };
static registers registers_of(const ucontext_t *c)
{
    const mcontext_t *m = &c->uc_mcontext;
    return (registers){m->pc, m->regs[29], m->sp, m->regs[30]};
}
#else
enum { SUPPORTED = 0 };
static registers registers_of(const ucontext_t *c)
{
    (void)c;
    return (registers){0};
}
#endif

static bool is_code(const nodec_profile *p, uintptr_t pc)
{
    for (size_t i = 0; i < p->codes; i++)
        if (pc >= p->code[i].low && pc < p->code[i].high) return true;
    return false;
}

/* Callers within profiled code. A function of the C library that was called from there
 * is a leaf: where it returns to is at hand. */
static void walk(const nodec_profile *p, registers r, uintptr_t pc[PROFILE_DEPTH])
{
    size_t n = 0;
    pc[n++] = r.pc;
    if (!is_code(p, r.pc)) {
        if (!is_code(p, r.back)) return;
        pc[n++] = r.back - 1;
    }
    uintptr_t frame = r.frame, below = r.stack;
    while (n < PROFILE_DEPTH && frame >= below && frame % sizeof frame == 0 && frame + 2 * sizeof frame <= p->top) {
        const uintptr_t *at = (const uintptr_t *)frame;
        if (!is_code(p, at[1])) return;
        pc[n++] = at[1] - 1;                            /* the call, not what is behind it */
        below = frame + 1;
        frame = at[0];
    }
}

static void count(nodec_profile *p, const uintptr_t pc[PROFILE_DEPTH])
{
    uint64_t hash = 0;
    for (size_t i = 0; i < PROFILE_DEPTH; i++) hash = (hash ^ pc[i]) * UINT64_C(0x9E3779B97F4A7C15) >> 7 ^ hash << 5;
    p->samples++;
    for (size_t i = hash % PROFILE_STACKS;; i = (i + 1) % PROFILE_STACKS) {
        profile_stack *s = &p->stack[i];
        if (s->count && memcmp(s->pc, pc, sizeof s->pc)) continue;
        if (!s->count && p->stacks > PROFILE_STACKS / 2) {
            p->lost++;
            return;
        }
        if (!s->count) {
            memcpy(s->pc, pc, sizeof s->pc);
            p->stacks++;
        }
        s->count++;
        return;
    }
}

static void tick(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    nodec_profile *p = watching;
    uintptr_t pc[PROFILE_DEPTH] = {0};
    if (!p || !p->running || !pthread_equal(pthread_self(), watched)) return;
    walk(p, registers_of(context), pc);
    count(p, pc);
}

/* ---- begin and end ------------------------------------------------------------------------------ */

static uintptr_t stack_top(void)
{
    pthread_attr_t of;
    void *low = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &of)) return 0;
    pthread_attr_getstack(&of, &low, &size);
    pthread_attr_destroy(&of);
    return (uintptr_t)low + size;
}

const char *profile_symbol(const void *elf, size_t bytes) { return image_function(elf, bytes); }

static void arm(unsigned long period)
{
    const struct timeval every = {0, (suseconds_t)period};
    setitimer(ITIMER_REAL, &(struct itimerval){every, every}, NULL);
}

nodec_profile *profile_new(nodec_fault *fault)
{
    nodec_profile *p = SUPPORTED ? calloc(1, sizeof *p) : NULL;
    if (p) p->stack = calloc(PROFILE_STACKS, sizeof *p->stack);
    if (p && p->stack) return p;
    free(p);
    if (SUPPORTED) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    else fault_set(fault, NODEC_EXIT_USAGE, "--profile is not supported on this processor");
    return NULL;
}

void profile_free(nodec_profile *p)
{
    if (!p) return;
    if (watching == p) {
        arm(0);
        watching = NULL;                                /* a late tick finds nobody   */
    }
    for (size_t i = 0; i < p->codes; i++) dwarf_free(&p->code[i].lines);
    free(p->stack);
    free(p);
}

int profile_code(nodec_profile *p, const void *elf, size_t bytes, const char *symbol, const void *loaded,
                 const nodec_origin *origin, size_t origins, nodec_fault *fault)
{
    image m;
    profile_part *part = &p->code[p->codes];
    if (p->codes == PROFILE_CODES) return fault_set(fault, NODEC_EXIT_USAGE, "--profile watches at most %d modules", PROFILE_CODES);
    if (!image_open(&m, elf, bytes, symbol, loaded))
        return fault_set(fault, NODEC_EXIT_IO, "--profile cannot read the compiled model: no ELF file with `%s`", symbol);
    *part = (profile_part){.origin = origin, .origins = origins};
    if (!dwarf_read(&part->lines, &m, PROFILE_FILE, fault) && part->lines.row.count) {
        part->low = (uintptr_t)part->lines.row.at[0].from;
        for (size_t i = 0; i < part->lines.row.count; i++)
            if (part->lines.row.at[i].to > part->high && part->lines.row.at[i].to - part->low < UINT32_MAX)
                part->high = (uintptr_t)part->lines.row.at[i].to;
        p->codes++;
    }
    image_close(&m);
    return fault->status;
}

/* The clock goes on between one end and the next begin: to start it anew each time would
 * count the beginnings too rarely.                                                     */
void profile_begin(nodec_profile *p)
{
    struct sigaction on_tick = {.sa_sigaction = tick, .sa_flags = SA_SIGINFO | SA_RESTART};
    if (!p) return;
    if (watching != p) {
        p->top = stack_top();
        watched = pthread_self();
        watching = p;
        sigaction(SIGALRM, &on_tick, NULL);
        arm(PERIOD);
    }
    p->running = true;
}

void profile_end(nodec_profile *p)
{
    if (p) p->running = false;
}
