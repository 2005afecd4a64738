/* sweep_part.c: see sweep_part.h.
 *
 * Times come in slices.  A slice begins with the last time of the one before, whose state
 * goes on; as the steps between two times depend on these alone, the bits are those of a
 * solve over all times at once. */
#include "sweep_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "real.h"
#include "summary.h"

enum { ALONE = 32 };                /* a module may treat fewer trajectories differently */

/* ---- memory ------------------------------------------------------------------------------ */

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
    if (fault->status) sweep_part_close(p);
    return fault->status;
}

void sweep_part_close(sweep_part *p)
{
    solve_close(&p->solved);
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

static int solve_slice(sweep_part *p, size_t first, size_t times)
{
    const sweep_work *w = p->work;
    const nodec_module *m = w->sweep->module;
    solution *s = &p->solved;
    s->times = times;
    s->t = real_address(w->t, m->real_bytes, first);
    const int status = m->solve(m, s->batch, times, s->t, 0, s->x0, p->inputs, w->theta, s->x, &s->options, NULL, s->work,
                                s->work_bytes);
    const bool unseen = first + times <= w->from;
    if ((status && status != NODEC_NONFINITE) || s->y == s->x || unseen) return status == NODEC_NONFINITE ? NODEC_OK : status;
    return m->observe(m, s->batch, times, s->t, 0, s->x, p->inputs, w->theta, s->y);
}

void sweep_part_run(sweep_part *p, uint64_t first, size_t batch)
{
    const sweep_work *w = p->work;
    const nodec_sweep *s = w->sweep;
    const nodec_module *m = s->module;
    const size_t row = m->states * m->real_bytes, solved = padded(w, batch);
    p->first = first;
    p->batch = batch;
    p->solved.batch = solved;
    points_fill(&w->points, first, batch, p->given, p->inputs);
    for (size_t b = batch; b < solved; b++) {
        memcpy((char *)p->given + b * row, (char *)p->given + (batch - 1) * row, row);
        if (m->inputs) memcpy(real_address(p->inputs, m->real_bytes, b * m->inputs),
                              real_address(p->inputs, m->real_bytes, (batch - 1) * m->inputs), m->inputs * m->real_bytes);
    }
    p->status = m->start ? m->start(m, solved, p->given, p->inputs, w->theta, p->solved.x0)
                         : (memcpy(p->solved.x0, p->given, solved * row), NODEC_OK);
    for (size_t at = 0; !p->status && at + 1 < s->times; at += w->slice - 1) {
        const size_t times = s->times - at < w->slice ? s->times - at : w->slice;
        const size_t begin = w->from > at + !!at ? w->from - at : !!at;         /* the first of a slice was seen before */
        p->stopped = interrupted();
        if (p->stopped || (p->status = solve_slice(p, at, times))) return;
        see(p, at, begin, times);
        memcpy(p->solved.x0, (char *)p->solved.x + (times - 1) * solved * row, solved * row);
    }
    if (!p->status) conclude(p, p->solved.x0);
}
