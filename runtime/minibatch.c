/* minibatch.c: see minibatch.h. */
#include "minibatch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"
#include "shuffle.h"
#include "solve.h"

/* ---- windows -------------------------------------------------------------------------- */

/* First of the n increasing times that is not before `from`. */
static size_t lower_bound(const double *time, size_t n, double from)
{
    size_t low = 0;
    while (n) {
        const size_t half = n / 2;
        if (time[low + half] < from) low += half + 1, n -= half + 1;
        else n = half;
    }
    return low;
}

typedef struct window { size_t trajectory, first, count; } window;

/* A start drawn so that the longest span still fits, and a span; never fewer than
 * two observations.                                                                */
static window span_window(const minibatch *b, uint64_t step, uint32_t w)
{
    const dataset *d = b->data;
    const nodec_random r = nodec_bits(b->starts, step, w, 0);
    window out = {.trajectory = b->able[nodec_below(r.w[2], b->ables)]};
    const size_t n = d->seen[out.trajectory];
    const double *time = d->time + d->first[out.trajectory];
    const double room = time[n - 1] - time[0] - b->plan.span_max;
    const double from = time[0] + (room > 0 ? room : 0) * nodec_unit(r.w[0], r.w[1]);
    const double span = b->plan.span_min + (b->plan.span_max - b->plan.span_min) * nodec_uniform(b->spans, step, w, 0);
    out.first = lower_bound(time, n, from);
    if (out.first > n - 2) out.first = n - 2;
    out.count = lower_bound(time + out.first, n - out.first, nextafter(from + span, INFINITY));
    if (out.count < 2) out.count = 2;
    return out;
}

static window rows_window(const minibatch *b, uint64_t step, uint32_t w)
{
    const nodec_random r = nodec_bits(b->starts, step, w, 0);
    window out = {.trajectory = b->able[nodec_below(r.w[2], b->ables)], .count = b->plan.rows};
    const size_t n = b->data->seen[out.trajectory];
    if (out.count > n) out.count = n;
    out.first = nodec_below(r.w[0], n - out.count + 1);
    return out;
}

static window draw_window(const minibatch *b, uint64_t step, uint32_t w)
{
    return b->plan.kind == NODEC_BATCH_SPAN ? span_window(b, step, w) : rows_window(b, step, w);
}

/* k of n rows, every choice equally likely, in order: Floyd's sampling (Bentley and
 * Floyd, CACM 1987) into a sorted array; n does not matter for the cost.            */
static void choose(minibatch *b, uint64_t step, uint32_t w, size_t n, size_t k)
{
    size_t *set = b->pick, size = 0;
    nodec_random bits = {{0}};
    for (size_t j = n - k; j < n; j++) {
        if (size % 4 == 0) bits = nodec_bits(b->picks, step, w, (uint32_t)(size / 4));
        size_t row = nodec_below(bits.w[size % 4], j + 1), at = size;
        while (at && set[at - 1] > row) at--;
        if (at && set[at - 1] == row) row = j, at = size;
        memmove(set + at + 1, set + at, (size - at) * sizeof *set);
        set[at] = row;
        size++;
    }
}

/* All rows of one window of one trajectory: nothing needs to move. */
static void point_at(minibatch *b, const window *w)
{
    const dataset *d = b->data;
    const size_t row = d->first[w->trajectory] + w->first;
    b->now.times = w->count;
    b->now.t = real_address(d->t, d->real_bytes, row);
    b->now.target = real_address(d->y, d->real_bytes, row * d->outputs);
    b->now.inputs = real_address(d->input, d->real_bytes, w->trajectory * d->inputs);
    if (d->start_is_target) b->now.start = b->now.target;
    else {
        data_start(d, w->trajectory, w->first, b->start);
        b->now.start = b->start;
    }
}

/* n elements of `size` bytes, each `stride` bytes after the one before it; `from` is
 * dense. The usual sizes are copied without a call.                                */
static void scatter(char *to, size_t stride, const char *from, size_t n, size_t size)
{
    switch (size) {
    case 4:  for (size_t i = 0; i < n; i++) memcpy(to + i * stride, from + i * 4, 4); break;
    case 8:  for (size_t i = 0; i < n; i++) memcpy(to + i * stride, from + i * 8, 8); break;
    case 16: for (size_t i = 0; i < n; i++) memcpy(to + i * stride, from + i * 16, 16); break;
    default: for (size_t i = 0; i < n; i++) memcpy(to + i * stride, from + i * size, size); break;
    }
}

/* Rows `pick` (or the first `times`, if NULL) of a window into column s of the batch. */
static void copy_column(minibatch *b, const window *w, const size_t *pick, size_t s, size_t batch, size_t times)
{
    const dataset *d = b->data;
    const size_t bytes = d->real_bytes, first = d->first[w->trajectory] + w->first;
    const size_t row_bytes = d->outputs * bytes, stride = batch * row_bytes;
    char *target = real_address(b->target, bytes, s * d->outputs), *t = real_address(b->t, bytes, s * times);
    for (size_t i = 0, run; i < times; i += run) {              /* runs of neighbours */
        const size_t row = first + (pick ? pick[i] : i);
        for (run = pick ? 1 : times; i + run < times && pick[i + run] == pick[i] + run;) run++;
        scatter(target + i * stride, stride, real_address(d->y, bytes, row * d->outputs), run, row_bytes);
        if (!b->shared || !s) memcpy(t + i * bytes, real_address(d->t, bytes, row), run * bytes);
    }
    data_start(d, w->trajectory, w->first + (pick ? pick[0] : 0), real_address(b->start, bytes, s * d->states));
    if (d->inputs)
        memcpy(real_address(b->inputs, bytes, s * d->inputs),
               real_address(d->input, bytes, w->trajectory * d->inputs), d->inputs * bytes);
}

static void take_column(minibatch *b, const window *w, const size_t *pick, size_t s, size_t batch, size_t times)
{
    if (b->there) minibatch_pick(b, s, w->trajectory, w->first, pick, times);
    else copy_column(b, w, pick, s, batch, times);
}

static void use_copies(minibatch *b, size_t batch, size_t times)
{
    if (b->there) minibatch_gather(b, batch, times);
    b->now = (nodec_batch){.batch = batch, .times = times, .t_stride = b->shared ? 0 : times,
                           .t = b->t, .start = b->start, .inputs = b->inputs, .target = b->target};
}

static size_t at_most(size_t n, size_t limit) { return limit && n > limit ? limit : n; }

/* Several windows have as many observations as the shortest of them. */
static void draw_windows(minibatch *b, uint64_t step)
{
    size_t times = b->times;
    for (size_t w = 0; w < b->batch; w++) {
        const window drawn = draw_window(b, step, (uint32_t)w);
        const size_t points = at_most(drawn.count, b->plan.points);
        if (b->batch == 1 && points == drawn.count) {
            point_at(b, &drawn);
            return;
        }
        if (points < times) times = points;
    }
    for (size_t w = 0; w < b->batch; w++) {
        const window drawn = draw_window(b, step, (uint32_t)w);
        choose(b, step, (uint32_t)w, drawn.count, times);
        take_column(b, &drawn, b->pick, w, b->batch, times);
    }
    use_copies(b, b->batch, times);
}

/* ---- whole trajectories ------------------------------------------------------------------ */

/* Anew from `able`, so that it depends on the epoch only. */
static void shuffle(minibatch *b, uint64_t epoch)
{
    memcpy(b->order, b->able, b->ables * sizeof *b->order);
    nodec_shuffle(b->order, b->ables, b->orders, epoch);
    b->epoch = epoch + 1;
}

static void gather(minibatch *b, const size_t *trajectory, size_t batch)
{
    const size_t times = b->data->seen[trajectory[0]];
    for (size_t s = 0; s < batch; s++)
        take_column(b, &(window){.trajectory = trajectory[s]}, NULL, s, batch, times);
    use_copies(b, batch, times);
}

static void some(minibatch *b, uint64_t step)
{
    const uint64_t epoch = (step - 1) / b->per_epoch, at = (step - 1) % b->per_epoch;
    const size_t first = (size_t)at * b->plan.count;
    if (b->epoch != epoch + 1) shuffle(b, epoch);
    gather(b, b->order + first, at_most(b->ables - first, b->plan.count));
}

bool minibatch_windowed(const minibatch *b)
{
    return b->plan.kind == NODEC_BATCH_SPAN || b->plan.kind == NODEC_BATCH_ROWS;
}

const nodec_batch *minibatch_at(minibatch *b, uint64_t step)
{
    switch (b->plan.kind) {
    case NODEC_BATCH_FULL: break;               /* gathered once, by minibatch_open */
    case NODEC_BATCH_SOME: some(b, step); break;
    case NODEC_BATCH_SPAN:
    case NODEC_BATCH_ROWS: draw_windows(b, step); break;
    }
    return &b->now;
}

const nodec_batch *minibatch_again(minibatch *b, uint64_t step)
{
    struct minibatch_there *const there = b->there;
    b->there = NULL;
    minibatch_at(b, step);
    b->there = there;
    return &b->now;
}

/* ---- opening --------------------------------------------------------------------------- */

static int find_able(minibatch *b, nodec_fault *fault)
{
    const dataset *d = b->data;
    b->able  = calloc(d->count + 1, sizeof *b->able);
    b->order = calloc(d->count + 1, sizeof *b->order);
    if (!b->able || !b->order) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    for (size_t k = 0; k < d->count; k++) {
        if (d->seen[k] < 2) continue;
        b->able[b->ables++] = k;
        if (d->seen[k] > b->times) b->times = d->seen[k];
    }
    return 0;
}

/* Whether all that training sees has the same times. */
static bool same_times(const minibatch *b)
{
    const dataset *d = b->data;
    const double *one = d->time + d->first[b->able[0]];
    for (size_t i = 1; i < b->ables; i++)
        if (memcmp(one, d->time + d->first[b->able[i]], b->times * sizeof *one)) return false;
    return true;
}

/* Every state begins with what is observed, so a piece may begin anywhere. */
static bool starts_anywhere(const dataset *d)
{
    for (size_t s = 0; s < d->states; s++)
        if (d->start_from[s] < 0) return false;
    return true;
}

static int check_windows(const minibatch *b, nodec_fault *fault)
{
    const nodec_batching *p = &b->plan;
    if (!starts_anywhere(b->data)) {
        fault_set(fault, NODEC_EXIT_DATA, "batch = window(...) starts where a window starts, but %s says itself where it starts",
                  b->data->module->name);
        fault_note(fault, "leave `batch` out to train on whole trajectories, or out of the odef the values of its states");
        return fault->status;
    }
    if (p->kind == NODEC_BATCH_SPAN && !(p->span_min > 0 && p->span_max >= p->span_min && isfinite(p->span_max)))
        return fault_set(fault, NODEC_EXIT_DATA, "batch: a window's span must be positive, and its bounds in order");
    if (p->kind == NODEC_BATCH_ROWS && p->rows < 2)
        return fault_set(fault, NODEC_EXIT_DATA, "batch: a window needs at least 2 observations");
    if (p->points == 1)
        return fault_set(fault, NODEC_EXIT_DATA, "batch: a window needs at least 2 points");
    return 0;
}

static int check_whole(const minibatch *b, nodec_fault *fault)
{
    const dataset *d = b->data;
    for (size_t i = 0; i < b->ables; i++)
        if (d->seen[b->able[i]] != b->times) {
            fault_set(fault, NODEC_EXIT_DATA, "trajectories of different lengths (%zu and %zu observations) "
                      "do not fit into one batch", b->times, d->seen[b->able[i]]);
            fault_note(fault, "batch = 1%s can train on them", starts_anywhere(d) ? " or batch = window(...)" : "");
            return fault->status;
        }
    return 0;
}

int minibatch_open(minibatch *b, const dataset *d, const nodec_batching *plan, uint64_t seed, nodec_fault *fault)
{
    *b = (minibatch){.data = d, .plan = *plan};
    b->starts = nodec_stream(seed, "batch.start");
    b->spans  = nodec_stream(seed, "batch.span");
    b->picks  = nodec_stream(seed, "batch.points");
    b->orders = nodec_stream(seed, "batch.order");
    if (!b->plan.count) b->plan.count = 1;
    if (find_able(b, fault)) return minibatch_close(b), fault->status;
    if (!b->ables) fault_set(fault, NODEC_EXIT_DATA, "nothing to train on: the split keeps every trajectory");
    else if (minibatch_windowed(b)) check_windows(b, fault);
    else if (plan->kind == NODEC_BATCH_FULL || b->plan.count > 1) check_whole(b, fault);
    if (fault->status) return minibatch_close(b), fault->status;

    if (plan->kind == NODEC_BATCH_SOME && b->plan.count > b->ables) b->plan.count = b->ables;
    b->batch = plan->kind == NODEC_BATCH_FULL ? b->ables : b->plan.count;
    b->shared = b->batch == 1 || (!minibatch_windowed(b) && same_times(b));
    b->per_epoch = minibatch_windowed(b) || plan->kind == NODEC_BATCH_FULL ? 1 : (b->ables + b->batch - 1) / b->batch;
    if (plan->kind == NODEC_BATCH_ROWS) b->times = at_most(b->times, plan->rows);
    b->times = minibatch_windowed(b) ? at_most(b->times, plan->points) : b->times;

    const size_t rows = b->batch * b->times, bytes = d->real_bytes;
    if (rows / b->batch == b->times && rows < SIZE_MAX / 16 / (d->outputs + 1)) {
        b->pick   = calloc(b->times + 1, sizeof *b->pick);
        b->t      = solve_memory((b->shared ? b->times : rows) * bytes);
        b->start  = solve_memory(b->batch * d->states * bytes);
        b->inputs = solve_memory(b->batch * d->inputs * bytes);
        b->target = solve_memory(rows * d->outputs * bytes);
    }
    if (!b->pick || !b->t || !b->start || !b->inputs || !b->target) {
        minibatch_close(b);
        return fault_set(fault, NODEC_EXIT_IO, "out of memory for a batch of %zu", plan->count);
    }
    if (plan->kind == NODEC_BATCH_FULL) gather(b, b->able, b->ables);
    else b->now = (nodec_batch){.batch = 1};    /* what point_at does not set        */
    if (minibatch_keep(b, fault)) minibatch_close(b);
    return fault->status;
}

void minibatch_close(minibatch *b)
{
    minibatch_drop(b);
    free(b->able);
    free(b->order);
    free(b->pick);
    free(b->t);
    free(b->start);
    free(b->inputs);
    free(b->target);
    *b = (minibatch){0};
}
