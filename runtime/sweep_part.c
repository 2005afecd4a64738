/* sweep_part.c: see sweep_part.h.
 *
 * Times come in slices.  A slice begins with the last time of the one before, whose state
 * goes on; as the steps between two times depend on these alone, the bits are those of a
 * solve over all times at once.  An engine with memory of its own keeps the states: only
 * what is looked at comes back from it. */
#include "sweep_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "interrupt.h"
#include "real.h"
#include "summary.h"

enum { ALONE = 32 };                /* a module may treat fewer trajectories differently */

/* ---- memory ------------------------------------------------------------------------------ */

static size_t states_bytes(const sweep_part *p)
{
    const nodec_module *m = p->work->sweep->module;
    return p->work->block * p->work->slice * m->states * m->real_bytes;
}

static int keep_apart(sweep_part *p, nodec_fault *fault)
{
    const nodec_code *code = p->work->sweep->module->code;
    void *other = solve_memory(states_bytes(p));
    if (!other) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    if (code_keep(code, p->solved.x, states_bytes(p), true, fault) || code_keep(code, other, states_bytes(p), true, fault)) {
        code_drop(code, p->solved.x);
        free(other);
        return fault->status;
    }
    p->other = other;
    return 0;
}

int sweep_part_open(sweep_part *p, const sweep_work *work, const nodec_parallel *parallel, nodec_fault *fault)
{
    const nodec_sweep *s = work->sweep;
    const nodec_module *m = s->module;
    const size_t block = work->block;
    *p = (sweep_part){.work = work, .parallel = parallel};
    p->given  = solve_memory(block * m->states * m->real_bytes);
    p->inputs = solve_memory(block * m->inputs * m->real_bytes);
    p->cells  = calloc(s->summaries * SUMMARY_CELLS * block + 1, sizeof *p->cells);
    p->value  = calloc(s->summaries * block + 1, sizeof *p->value);
    p->finite = calloc(block, sizeof *p->finite);
    if (!p->given || !p->inputs || !p->cells || !p->value || !p->finite) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    if (!fault->status) solve_open(&p->solved, m, s->options, parallel, block, work->slice, fault);
    if (!fault->status && code_apart(m->code)) keep_apart(p, fault);
    if (fault->status) sweep_part_close(p);
    return fault->status;
}

void sweep_part_close(sweep_part *p)
{
    if (p->other) {
        code_drop(p->work->sweep->module->code, p->other);
        code_drop(p->work->sweep->module->code, p->solved.x);
    }
    solve_close(&p->solved);
    free(p->other);
    free(p->given);
    free(p->inputs);
    free(p->cells);
    free(p->value);
    free(p->finite);
    *p = (sweep_part){0};
}

/* ---- seeing -------------------------------------------------------------------------------- */

double sweep_part_seen(const sweep_part *p, size_t i, size_t b, size_t o)
{
    const nodec_module *m = p->solved.module;
    return real_at(p->solved.y, m->real_bytes, (i * p->solved.batch + b) * m->outputs + o);
}

/* Times `begin` and on of a slice whose first is time `first` of all. */
static void see(sweep_part *p, size_t first, size_t begin, size_t times)
{
    const sweep_work *w = p->work;
    const nodec_sweep *s = w->sweep;
    const nodec_module *m = s->module;
    const size_t batch = p->solved.batch, wide = m->real_bytes == 8;
    for (size_t k = 0; k < s->summaries; k++) {
        const summary *row = summary_named(s->summary[k].how);
        for (size_t i = begin; i < times; i++) {
            const void *y = real_address(p->solved.y, m->real_bytes, i * batch * m->outputs + s->summary[k].output);
            (first + i == w->from ? row->first : row->next)[wide](p->cells + k * SUMMARY_CELLS * batch, batch, y, m->outputs);
        }
    }
}

/* A state that is not finite stays so, and what was made of it before does not count. */
static void conclude(sweep_part *p, const void *x)
{
    const sweep_work *w = p->work;
    const nodec_sweep *s = w->sweep;
    const nodec_module *m = s->module;
    const size_t batch = p->solved.batch;
    for (size_t k = 0; k < s->summaries; k++)
        summary_named(s->summary[k].how)->value(p->cells + k * SUMMARY_CELLS * batch, batch, (double)(s->times - w->from), w->span,
                                                p->value + k, s->summaries);
    for (size_t b = 0; b < p->batch; b++) {
        double *value = p->value + b * s->summaries;
        bool finite = real_first_bad(real_address(x, m->real_bytes, b * m->states), m->real_bytes, m->states) == m->states;
        for (size_t k = 0; k < s->summaries; k++) finite = finite && isfinite(value[k]);
        p->finite[b] = finite;
        for (size_t k = 0; !finite && k < s->summaries; k++) value[k] = NAN;
    }
}

/* ---- running --------------------------------------------------------------------------------- */

/* What is solved: enough trajectories that a module takes them for many, if there are many. */
static size_t padded(const sweep_work *w, size_t batch)
{
    return batch < ALONE && w->sweep->over.count >= ALONE ? ALONE : batch;
}

static int solve_slice(sweep_part *p, const void *x0, size_t first, size_t times)
{
    const sweep_work *w = p->work;
    const nodec_module *m = w->sweep->module;
    solution *s = &p->solved;
    s->times = times;
    s->t = real_address(w->t, m->real_bytes, first);
    const int status = m->solve(m, s->batch, times, s->t, 0, x0, p->inputs, w->theta, s->x, &s->options, NULL, s->work,
                                s->work_bytes);
    const bool unseen = first + times <= w->from;
    if ((status && status != NODEC_NONFINITE) || s->y == s->x || unseen) return status == NODEC_NONFINITE ? NODEC_OK : status;
    return m->observe(m, s->batch, times, s->t, 0, s->x, p->inputs, w->theta, s->y);
}

/* States to the other memory: those of the slice before are read while these are written. */
static void turn(sweep_part *p)
{
    solution *s = &p->solved;
    void *const x = s->x;
    if (s->y == x) s->y = p->other;
    s->x = p->other;
    p->other = x;
}

static int bring_back(sweep_part *p)
{
    nodec_fault fault = {0};
    return code_fetch(p->work->sweep->module->code, p->solved.x, &fault) ? NODEC_BROKEN : NODEC_OK;
}

/* The last states of a slice, from which the next one starts. */
static const void *go_on(sweep_part *p, size_t times)
{
    const nodec_module *m = p->work->sweep->module;
    const size_t row = p->solved.batch * m->states * m->real_bytes;
    const void *last = (char *)p->solved.x + (times - 1) * row;
    return p->other ? last : memcpy(p->solved.x0, last, row);
}

/* Where trajectories first, first + 1, ... start; behind them, where it is padded, the last again. */
static int start(sweep_part *p, uint64_t first, size_t batch)
{
    const sweep_work *w = p->work;
    const nodec_module *m = w->sweep->module;
    const size_t states = m->states * m->real_bytes, inputs = m->inputs * m->real_bytes, solved = padded(w, batch);
    p->first = first;
    p->batch = batch;
    p->solved.batch = solved;
    points_fill(&w->points, first, batch, p->given, p->inputs);
    for (size_t b = batch; b < solved; b++) {
        memcpy((char *)p->given + b * states, (char *)p->given + (batch - 1) * states, states);
        memcpy((char *)p->inputs + b * inputs, (char *)p->inputs + (batch - 1) * inputs, inputs);
    }
    if (m->start) return m->start(m, solved, p->given, p->inputs, w->theta, p->solved.x0);
    memcpy(p->solved.x0, p->given, solved * states);
    return NODEC_OK;
}

void sweep_part_run(sweep_part *p, uint64_t first, size_t batch)
{
    const sweep_work *w = p->work;
    const nodec_sweep *s = w->sweep;
    p->stopped = false;
    p->status = start(p, first, batch);
    const void *from = p->solved.x0;
    for (size_t at = 0; !p->status && at + 1 < s->times; at += w->slice - 1) {
        const size_t times = s->times - at < w->slice ? s->times - at : w->slice;
        const size_t begin = w->from > at + !!at ? w->from - at : !!at;         /* the first of a slice was seen before */
        const bool needed = at + times == s->times || p->solved.y == p->solved.x;
        p->stopped = interrupted();
        if (p->stopped) return;
        if (at && p->other) turn(p);
        p->status = solve_slice(p, from, at, times);
        if (!p->status && p->other && needed) p->status = bring_back(p);
        if (p->status) return;
        see(p, at, begin, times);
        from = go_on(p, times);
    }
    if (!p->status) conclude(p, from);
}
