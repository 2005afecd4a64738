/* solve.c: see solve.h. */
#include "solve.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "code.h"
#include "real.h"

static const size_t HUGE = 2 << 20;             /* a page, where the system likes large ones */

static size_t rounded(size_t bytes) { return (bytes + 127) & ~(size_t)63; }     /* never 0 */

static void *memory_for(size_t bytes)
{
    void *memory = NULL;
    if (bytes > SIZE_MAX - 127 || posix_memalign(&memory, bytes < HUGE ? 64 : HUGE, rounded(bytes))) return NULL;
    if (bytes >= HUGE) madvise(memory, rounded(bytes), MADV_HUGEPAGE);  /* faults by the page take longer than the zeros */
    return memory;
}

void *solve_memory(size_t bytes)
{
    void *memory = memory_for(bytes);
    return memory ? memset(memory, 0, rounded(bytes)) : NULL;
}

typedef struct region { volatile char *at; size_t bytes; } region;

static void touch(void *arg, size_t i)
{
    const region *r = arg;
    const size_t end = (i + 1) * HUGE < r->bytes ? (i + 1) * HUGE : r->bytes;
    for (size_t at = i * HUGE; at < end; at += 4096) r->at[at] = 0;
}

void *solve_workspace(size_t bytes, const nodec_parallel *parallel)
{
    void *memory = memory_for(bytes);
    region all = {memory, rounded(bytes)};
    const size_t parts = (all.bytes + HUGE - 1) / HUGE;
    if (memory && parallel) parallel->run(parallel->pool, parts, touch, &all);
    else for (size_t i = 0; memory && i < parts; i++) touch(&all, i);
    return memory;
}

/* Whether the outputs are the states, so that x is y. */
static bool outputs_are_states(const nodec_module *m)
{
    return m->output == m->state || !m->observe;
}

/* Few trajectories are computed in another way than many, and may need more. */
size_t solve_work(const nodec_module *m, size_t batch, size_t times)
{
    enum { FEW = 64 };
    size_t most = m->work(m, batch, times);
    for (size_t b = 1; b <= FEW && b < batch && most; b++) {
        const size_t bytes = m->work(m, b, times);
        if (bytes > most) most = bytes;
    }
    return most;
}

int solve_open(solution *s, const nodec_module *m, const nodec_options *options,
               const nodec_parallel *parallel, size_t batch, size_t times, nodec_fault *fault)
{
    *s = (solution){.module = m, .options = options ? *options : m->options, .batch = batch, .times = times};
    s->options.size = sizeof s->options;
    s->options.parallel = parallel;
    const size_t rows = batch * times, widest = m->states > m->outputs ? m->states : m->outputs;
    if (batch && times && rows / batch == times && rows <= SIZE_MAX / 64 / (widest + 1))
        s->work_bytes = solve_work(m, batch, times);
    if (!s->work_bytes)
        return fault_set(fault, NODEC_EXIT_DATA, "%zu trajectories of %zu observations are too many", batch, times);
    s->x0   = solve_memory(batch * m->states * m->real_bytes);
    s->x    = solve_memory(rows * m->states * m->real_bytes);
    s->y    = outputs_are_states(m) ? s->x : solve_memory(rows * m->outputs * m->real_bytes);
    s->work = solve_memory(s->work_bytes);
    if (s->x0 && s->x && s->y && s->work) return 0;
    solve_close(s);
    return fault_set(fault, NODEC_EXIT_IO, "out of memory for %zu trajectories of %zu observations", batch, times);
}

void solve_close(solution *s)
{
    if (s->y != s->x) free(s->y);
    free(s->x0);
    free(s->x);
    free(s->work);
    *s = (solution){0};
}

int solve_start(solution *s, size_t batch, size_t times, const void *t, size_t t_stride,
                const void *given, const void *inputs, const void *theta, bool observe)
{
    const nodec_module *m = s->module;
    s->report = (nodec_report){0};
    s->batch = batch;
    s->times = times;
    s->t = t;
    s->t_stride = t_stride;
    if (m->start) {
        const int status = m->start(m, batch, given, inputs, theta, s->x0);
        if (status) return status;
    } else {
        memcpy(s->x0, given, batch * m->states * m->real_bytes);
    }
    int status = m->solve(m, batch, times, t, t_stride, s->x0, inputs, theta, s->x,
                          &s->options, &s->report, s->work, s->work_bytes);
    if (!status && observe && s->y != s->x)
        status = m->observe(m, batch, times, t, t_stride, s->x, inputs, theta, s->y);
    return status;
}

const char *solve_status(int status)
{
    switch (status) {
    case NODEC_OK:        return "no error";
    case NODEC_ARGUMENT:  return "the times are not monotone";
    case NODEC_WORKSPACE: return "the workspace is too small";
    case NODEC_STEPS:     return "the solver needed more than max_steps steps";
    case NODEC_STEP_SIZE: return "the step became too small";
    case NODEC_NONFINITE: return "a value became infinite or not a number";
    }
    return "an unknown status";
}

int solve_fault(const solution *s, int status, const char *doing, nodec_fault *fault)
{
    char t[REAL_TEXT];
    if (code_fault(s->module->code, fault)) return fault->status;
    real_print(t, s->report.t, s->module->real_bytes == 4);
    switch (status) {
    case NODEC_NONFINITE:
        return fault_set(fault, NODEC_EXIT_NUMERIC,
            "%s %s: state `%s` became infinite or not a number at t = %s, in trajectory %zu", doing, s->module->name,
            s->report.where ? s->report.where : "?", t, s->report.sample);
    case NODEC_STEPS:
    case NODEC_STEP_SIZE:
        return fault_set(fault, NODEC_EXIT_NUMERIC, "%s %s: %s at t = %s, in trajectory %zu", doing,
                         s->module->name, solve_status(status), t, s->report.sample);
    }
    return fault_set(fault, NODEC_EXIT_BUG, "%s %s: %s", doing, s->module->name, solve_status(status));
}
