/* minibatch_there.c: batches on an engine with memory of its own.
 *
 * What the host has is kept there: one batch of everything; or the data, where a batch is one
 * whole window or the engine gathers what was picked. Then a step sends the numbers of rows, one
 * for each trajectory, or for each observation of a window. */
#include "minibatch.h"

#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "real.h"
#include "solve.h"

typedef struct minibatch_there {
    int32_t *row, *which;           /* [batch][times] or [batch], [batch]: observations and trajectories */
    void    *start;                 /* [total][states] of every observation; NULL: they are what is seen */
    bool     by_time;               /* of the batch at hand: a row for each observation */
} minibatch_there;

static const nodec_code *engine(const minibatch *b) { return b->data->module->code; }
static size_t total(const minibatch *b) { return b->data->first[b->data->count]; }

/* All batches have the same times. */
static bool has_one_clock(const minibatch *b) { return b->shared && b->batch > 1; }

/* ---- a step ------------------------------------------------------------------------------------- */

void minibatch_pick(minibatch *b, size_t s, size_t trajectory, size_t first, const size_t *pick, size_t times)
{
    minibatch_there *there = b->there;
    const size_t row = b->data->first[trajectory] + first;
    there->by_time = pick;
    there->which[s] = (int32_t)trajectory;
    if (!pick) there->row[s] = (int32_t)row;
    for (size_t i = 0; pick && i < times; i++) there->row[s * times + i] = (int32_t)(row + pick[i]);
}

/* An engine that breaks here says so when it is asked for the step. */
static void gather(const minibatch *b, nodec_gather g, void *to, const void *from, size_t rows)
{
    const size_t real = b->data->real_bytes;
    g.to = to;
    g.to_bytes = g.batch * g.times * g.width * real;
    g.from = (void *)(uintptr_t)from;
    g.from_bytes = rows * g.width * real;
    if (g.width) engine(b)->gather(engine(b)->self, &g);
}

void minibatch_gather(minibatch *b, size_t batch, size_t times)
{
    const dataset *d = b->data;
    minibatch_there *there = b->there;
    const size_t seen = d->outputs;
    nodec_fault ignored = {0};
    nodec_gather g = {.by_time = there->by_time, .pick = there->row, .each = there->by_time ? times : 1, .batch = batch,
                      .times = times, .width = seen, .to_sample = seen, .to_time = batch * seen};
    code_keep(engine(b), there->row, batch * g.each * sizeof *there->row, false, &ignored);     /* sent once for all */
    gather(b, g, b->target, d->y, total(b));
    if (!has_one_clock(b)) {
        g.width = g.to_time = 1;
        g.to_sample = times;
        gather(b, g, b->t, d->t, total(b));
    }
    g.times = 1;
    g.width = g.to_sample = d->states;
    gather(b, g, b->start, there->start ? there->start : d->y, total(b));
    code_drop(engine(b), there->row);
    g.by_time = 0;
    g.pick = there->which;
    g.each = 1;
    g.width = g.to_sample = d->inputs;
    gather(b, g, b->inputs, d->input, d->count);
}

/* ---- begin and end -------------------------------------------------------------------------------- */

static int keep(minibatch *b, void *array, size_t reals, nodec_fault *fault)
{
    const dataset *d = b->data;
    if (!reals || code_keep(engine(b), array, reals * d->real_bytes, false, fault)) return fault->status;
    b->kept[b->keeps++] = array;
    return 0;
}

static int keep_data(minibatch *b, nodec_fault *fault)
{
    const dataset *d = b->data;
    return keep(b, d->t, total(b), fault) || keep(b, d->y, total(b) * d->outputs, fault) || keep(b, d->input, d->count * d->inputs, fault);
}

static int keep_batch(minibatch *b, nodec_fault *fault)
{
    const dataset *d = b->data;
    const size_t rows = b->batch * b->times;
    return keep(b, b->t, b->shared ? b->times : rows, fault) || keep(b, b->start, b->batch * d->states, fault) ||
           keep(b, b->inputs, b->batch * d->inputs, fault) || keep(b, b->target, rows * d->outputs, fault);
}

/* Where each observation would start. */
static int keep_starts(minibatch *b, nodec_fault *fault)
{
    const dataset *d = b->data;
    if (d->start_is_target) return 0;
    b->there->start = solve_memory(total(b) * d->states * d->real_bytes);
    if (!b->there->start) return fault_set(fault, NODEC_EXIT_IO, "out of memory for the data");
    for (size_t k = 0; k < d->count; k++)
        for (size_t i = 0; d->first[k] + i < d->first[k + 1]; i++)
            data_start(d, k, i, real_address(b->there->start, d->real_bytes, (d->first[k] + i) * d->states));
    return keep(b, b->there->start, total(b) * d->states, fault);
}

static int gather_there(minibatch *b, nodec_fault *fault)
{
    minibatch_there *there = b->there = calloc(1, sizeof *there);
    if (there) there->row = calloc(b->batch * b->times, sizeof *there->row);
    if (there) there->which = calloc(b->batch, sizeof *there->which);
    if (!there || !there->row || !there->which) return fault_set(fault, NODEC_EXIT_IO, "out of memory for a batch of %zu", b->batch);
    if (has_one_clock(b))
        memcpy(b->t, real_address(b->data->t, b->data->real_bytes, b->data->first[b->able[0]]), b->times * b->data->real_bytes);
    return keep_data(b, fault) || keep_starts(b, fault) || keep_batch(b, fault);
}

int minibatch_keep(minibatch *b, nodec_fault *fault)
{
    if (!code_apart(engine(b))) return 0;
    if (b->plan.kind == NODEC_BATCH_FULL) return keep_batch(b, fault);
    if (code_gathers(engine(b)) && total(b) <= INT32_MAX) return gather_there(b, fault);
    return minibatch_windowed(b) && b->batch == 1 ? keep_data(b, fault) : 0;
}

void minibatch_drop(minibatch *b)
{
    while (b->keeps) code_drop(engine(b), b->kept[--b->keeps]);
    if (!b->there) return;
    free(b->there->row);
    free(b->there->which);
    free(b->there->start);
    free(b->there);
    b->there = NULL;
}
