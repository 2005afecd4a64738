/* sweep.c: see sweep.h.
 *
 * A group of parts is solved side by side, one thread each; then, in the order of the
 * trajectories, their results go to the file, the statistics and the pictures.  An engine
 * with memory of its own gets larger parts, one after the other. */
#include "sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "interrupt.h"
#include "pool.h"
#include "progress.h"
#include "real.h"
#include "safetensors.h"
#include "sweep_part.h"
#include "sweep_plot.h"
#include "sweep_result.h"
#include "sweep_table.h"

enum {
    BLOCK = 512, BLOCK_APART = 1 << 18,         /* trajectories of a part               */
    PARTS = 4,                                  /* per thread in a group                */
    SLICE = 256,                                /* times between two looks for an interrupt */
    BLOCK_BYTES = 1 << 18, BLOCK_BYTES_APART = 1 << 28,         /* of all that a part holds, about */
    WHOLE_BYTES = 1 << 20, WHOLE_BYTES_APART = 1 << 26,         /* ... where whole trajectories are kept */
    WORK_BYTES = 1 << 28,                       /* of all parts, unless there are more threads */
    WORK_BYTES_APART = 1 << 29                  /* of one: small devices make no larger buffer */
};

typedef struct sweep {
    sweep_work   work;
    pool        *threads;
    sweep_part  *part; size_t parts;
    sweep_rows  *rows;              /* of each part                                  */
    sweep_table  table;
    sweep_plots  plots;
    progress     shown;
    nodec_swept *swept;
    uint64_t     begun;
} sweep;

/* ---- opening -------------------------------------------------------------------------------- */

static int check(const nodec_sweep *s, nodec_fault *fault)
{
    const nodec_module *m = s->module;
    if (s->times < 2) return fault_set(fault, NODEC_EXIT_DATA, "run: needs at least 2 times, has %zu", s->times);
    if (!s->over.count || s->over.count > UINT32_MAX)
        return fault_set(fault, NODEC_EXIT_DATA, "run: %llu trajectories; there may be 1 to %llu",
                         (unsigned long long)s->over.count, (unsigned long long)UINT32_MAX);
    if (s->summaries && s->summaries != m->summaries)
        return fault_set(fault, NODEC_EXIT_BUG, "%s concludes %zu summaries, not %zu", m->name, m->summaries, s->summaries);
    if (!s->summaries && (double)s->over.count * (double)s->times * (double)(m->outputs + 1) > 1e8)
        return fault_set(fault, NODEC_EXIT_DATA, "run: %llu trajectories of %zu times are too many to keep; say with `summary` "
                         "what of them matters", (unsigned long long)s->over.count, s->times);
    return 0;
}

/* Which times summaries see. */
static int see_after(sweep_work *w, nodec_fault *fault)
{
    const nodec_sweep *s = w->sweep;
    const bool up = s->t[1] > s->t[0];
    while (s->after && w->from < s->times && (up ? s->t[w->from] < *s->after : s->t[w->from] > *s->after)) w->from++;
    if (w->from >= s->times || (w->from + 1 == s->times && s->summaries && s->after))
        return fault_set(fault, NODEC_EXIT_DATA, "run: `after` leaves %s of the times to summaries",
                         w->from < s->times ? "only one" : "none");
    w->span = s->t[s->times - 1] - s->t[w->from];
    return 0;
}

static bool fits_apart(const nodec_module *m, size_t block, size_t slice)
{
    const size_t bytes = m->work(m, block, slice);
    return bytes && bytes <= WORK_BYTES_APART;
}

/* Small enough to stay in a processor's cache, or large enough to keep a device busy. */
static void choose_sizes(sweep_work *w)
{
    const nodec_sweep *s = w->sweep;
    const nodec_module *m = s->module;
    const bool apart = code_apart(m->code);
    const size_t at_once = w->whole ? (m->states + m->outputs) * s->times : 2 * m->states + m->inputs + m->cells + m->summaries;
    const size_t most = w->whole ? (apart ? WHOLE_BYTES_APART : WHOLE_BYTES) : apart ? BLOCK_BYTES_APART : BLOCK_BYTES;
    w->block = s->block ? s->block : apart ? BLOCK_APART : BLOCK;
    w->slice = w->whole ? s->times : s->slice ? s->slice : SLICE;
    if (w->slice < 2) w->slice = 2;
    if (w->slice > s->times) w->slice = s->times;
    while (!s->block && w->block > 32 && w->block * at_once * m->real_bytes > most) w->block /= 2;
    while (!s->block && apart && w->block > 32 && !fits_apart(m, w->block, w->slice)) w->block /= 2;
    if (w->block < 32) w->block = 32;
    if (w->block > s->over.count) w->block = (size_t)(s->over.count < 32 ? s->over.count : (s->over.count + 31) / 32 * 32);
}

static int open_work(sweep_work *w, const nodec_sweep *s, nodec_fault *fault)
{
    const nodec_module *m = s->module;
    *w = (sweep_work){.sweep = s, .whole = !s->summaries};
    if (points_open(&w->points, s, fault) || see_after(w, fault)) return fault->status;
    choose_sizes(w);
    w->theta = solve_memory(m->params * m->real_bytes);
    w->t = solve_memory(s->times * m->real_bytes);
    if (!w->theta || !w->t) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    for (size_t i = 0; i < s->times; i++) real_put(w->t, m->real_bytes, i, s->t[i]);
    for (size_t i = 1; i < s->times; i++)
        if (real_at(w->t, m->real_bytes, i) == real_at(w->t, m->real_bytes, i - 1))
            return fault_set(fault, NODEC_EXIT_DATA, "run: times %zu and %zu are the same number in this precision", i - 1, i);
    m->init(m, s->seed, w->theta);
    if (!s->weights) return 0;
    learned from = learned_of_module(m);
    from.theta = w->theta;
    return weights_load(s->weights, &from, fault);
}

static int open_parts(sweep *w, nodec_fault *fault)
{
    const nodec_sweep *s = w->work.sweep;
    const bool apart = code_apart(s->module->code);
    const size_t threads = s->threads ? s->threads : 1;
    const uint64_t blocks = (s->over.count + w->work.block - 1) / w->work.block;
    size_t parts = apart ? 1 : threads * PARTS;
    while (parts > threads && s->module->work(s->module, w->work.block, w->work.slice) > WORK_BYTES / parts) parts /= 2;
    if (parts > blocks) parts = (size_t)blocks;
    w->threads = pool_open(threads, fault);
    w->part = calloc(parts, sizeof *w->part);
    w->rows = calloc(parts, sizeof *w->rows);
    if (!w->part || !w->rows) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    while (!fault->status && w->parts < parts)
        if (!sweep_part_open(&w->part[w->parts], &w->work, apart ? pool_parallel(w->threads) : NULL, fault)) w->parts++;
    return fault->status;
}

/* ---- one group ---------------------------------------------------------------------------------- */

typedef struct group { sweep *w; uint64_t first; } group;

/* t and the outputs of trajectory b at every time. */
static void add_trajectory(sweep *w, const sweep_part *p, sweep_rows *rows, size_t b)
{
    const nodec_sweep *s = w->work.sweep;
    double *row = calloc(s->module->outputs + 1, sizeof *row);
    rows->full |= !row;
    for (size_t i = 0; row && i < s->times; i++) {
        row[0] = real_at(w->work.t, s->module->real_bytes, i);
        for (size_t o = 0; o < s->module->outputs; o++) row[1 + o] = sweep_part_seen(p, i, b, o);
        sweep_table_row(&w->table, rows, p->first + b, row);
    }
    free(row);
}

static void run_part(void *arg, size_t i)
{
    const group *g = arg;
    sweep *w = g->w;
    const nodec_sweep *s = w->work.sweep;
    sweep_part *p = &w->part[i];
    const uint64_t first = g->first + (uint64_t)i * w->work.block, left = s->over.count - first;
    sweep_part_run(p, first, left < w->work.block ? (size_t)left : w->work.block);
    for (size_t b = 0; !p->status && !p->stopped && b < p->batch; b++)
        if (s->summaries) sweep_table_row(&w->table, &w->rows[i], first + b, p->value + b * s->summaries);
        else add_trajectory(w, p, &w->rows[i], b);
}

static void run_group(sweep *w, uint64_t first, size_t parts)
{
    group g = {w, first};
    const nodec_parallel *parallel = parts > 1 ? pool_parallel(w->threads) : NULL;
    if (parallel) parallel->run(parallel->pool, parts, run_part, &g);
    else for (size_t i = 0; i < parts; i++) run_part(&g, i);
}

/* Mean and squared deviations, updated one by one (Welford 1962). */
static void find(nodec_found *found, uint64_t count, double value)
{
    const double off = value - found->mean;
    found->mean += off / (double)count;
    found->sd += off * (value - found->mean);
    if (count == 1 || value < found->min) found->min = value;
    if (count == 1 || value > found->max) found->max = value;
}

static int keep(sweep *w, size_t part, nodec_fault *fault)
{
    const nodec_sweep *s = w->work.sweep;
    const sweep_part *p = &w->part[part];
    for (size_t b = 0; b < p->batch; b++) {
        const double *value = p->value + b * s->summaries;
        w->swept->trajectories++;
        w->swept->not_finite += !p->finite[b];
        for (size_t k = 0; p->finite[b] && k < s->summaries; k++)
            find(&w->swept->found[k], w->swept->trajectories - w->swept->not_finite, value[k]);
        sweep_plots_see(&w->plots, p->first + b, value);
    }
    sweep_table_write(&w->table, &w->rows[part], fault);
    return fault->status;
}

static int explain(const sweep *w, const sweep_part *p, nodec_fault *fault)
{
    solution failed = {.module = w->work.sweep->module, .report = w->work.whole ? p->path.report : p->report};
    failed.report.sample += (size_t)p->first;
    return solve_fault(&failed, p->status, "running", fault);
}

/* ---- all of them ----------------------------------------------------------------------------------- */

/* 0, or NODEC_EXIT_STOPPED without a fault, or a fault. */
static int loop(sweep *w, nodec_fault *fault)
{
    const nodec_sweep *s = w->work.sweep;
    for (uint64_t first = 0; first < s->over.count; ) {
        const uint64_t left = (s->over.count - first + w->work.block - 1) / w->work.block;
        const size_t parts = left < w->parts ? (size_t)left : w->parts;
        run_group(w, first, parts);
        for (size_t i = 0; i < parts; i++) {
            if (w->part[i].stopped) return NODEC_EXIT_STOPPED;
            if (w->part[i].status) return explain(w, &w->part[i], fault);
            if (keep(w, i, fault)) return fault->status;
            first += w->part[i].batch;
        }
        progress_show(&w->shown, first, PROGRESS_NO_LOSS);
    }
    return 0;
}

/* Steps of a fixed-step solver from one time to the next, counted as it does. */
static uint64_t steps_of(const sweep_work *w)
{
    const nodec_sweep *s = w->sweep;
    const nodec_options *o = s->options ? s->options : &s->module->options;
    const size_t bytes = s->module->real_bytes;
    const float h = (float)o->h_max;
    uint64_t steps = 0;
    for (size_t i = 1; i < s->times; i++) {
        const double span = fabs(real_at(w->t, bytes, i) - real_at(w->t, bytes, i - 1));
        steps += o->steps ? o->steps : bytes == 4 ? (uint64_t)ceilf((float)span / h) : (uint64_t)ceil(span / o->h_max);
    }
    return steps;
}

static void conclude(sweep *w)
{
    nodec_swept *r = w->swept;
    const uint64_t finite = r->trajectories - r->not_finite;
    r->seconds = (double)(progress_clock() - w->begun) * 1e-9;
    r->steps = steps_of(&w->work);
    for (size_t k = 0; k < w->work.sweep->summaries; k++) {
        nodec_found *found = &r->found[k];
        if (finite) found->sd = sqrt(found->sd / (double)finite);
        else *found = (nodec_found){NAN, NAN, NAN, NAN};
    }
}

/* What a user should know beside the numbers. */
static void say(const sweep *w, bool whole)
{
    const nodec_sweep *s = w->work.sweep;
    const nodec_swept *r = w->swept;
    if (!whole)
        fprintf(stderr, "nodec: stopped after %llu of %llu trajectories%s%s%s\n", (unsigned long long)r->trajectories,
                (unsigned long long)s->over.count, s->out ? "; what there is is in " : "", s->out ? s->out : "",
                s->out ? (s->summaries ? "/summary-partial" : "/trajectories-partial") : "");
    else if (!s->quiet)
        sweep_result_say(s, r, stderr);
    if (r->not_finite)
        fprintf(stderr, "nodec: warning: %llu of %llu trajectories left the finite numbers%s\n", (unsigned long long)r->not_finite,
                (unsigned long long)r->trajectories, s->summaries ? " and are not in the statistics" : "");
}

static int run(sweep *w, const nodec_sweep *s, nodec_fault *fault)
{
    if (check(s, fault) || open_work(&w->work, s, fault) || open_parts(w, fault)) return fault->status;
    if (sweep_table_open(&w->table, &w->work.points, fault) || sweep_plots_open(&w->plots, &w->work, fault)) return fault->status;
    w->begun = progress_clock();
    progress_open(&w->shown, s->quiet, 0, s->over.count);
    const int status = loop(w, fault);
    progress_close(&w->shown, w->swept->trajectories, PROGRESS_NO_LOSS);
    conclude(w);
    if (sweep_table_close(&w->table, !status, fault)) return fault->status;
    say(w, !status);
    if (!status) sweep_plots_finish(&w->plots, fault);
    if (!fault->status && s->out) sweep_result_file(s, w->swept, !status, fault);
    if (!fault->status && s->json) sweep_result(s, w->swept, !status, s->json, fault);
    return fault->status ? fault->status : status;
}

int nodec_run(const nodec_sweep *s, nodec_swept *swept, nodec_fault *fault)
{
    sweep w = {.swept = swept};
    interrupts before;
    nodec_found *found = swept->found;
    *swept = (nodec_swept){.found = found};
    if (found) memset(found, 0, s->summaries * sizeof *found);
    interrupts_take(&before);
    const int status = run(&w, s, fault);
    interrupts_give_back(&before);
    sweep_plots_close(&w.plots);
    if (w.table.points) sweep_table_drop(&w.table);
    for (size_t i = 0; i < w.parts; i++) {
        sweep_part_close(&w.part[i]);
        free(w.rows[i].at);
    }
    pool_close(w.threads);
    points_close(&w.work.points);
    free(w.part);
    free(w.rows);
    free(w.work.theta);
    free(w.work.t);
    return status;
}
