/* dataset.c: what simulated and tabulated data have in common. */
#include "dataset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data_from.h"
#include "philox.h"
#include "real.h"

int data_room(dataset *d, size_t count, size_t total, nodec_fault *fault)
{
    const size_t bytes = d->real_bytes;
    d->count = count;
    d->first = calloc(count + 1, sizeof *d->first);
    d->seen  = calloc(count ? count : 1, sizeof *d->seen);
    d->time  = calloc(total ? total : 1, sizeof *d->time);
    d->y     = calloc(total * d->outputs + 1, bytes);
    d->input = calloc(count * d->inputs + 1, bytes);
    if (d->first && d->seen && d->time && d->y && d->input) return 0;
    return fault_set(fault, NODEC_EXIT_IO, "out of memory for %zu observations", total);
}

static const nodec_state *row_of(const nodec_state *row, size_t rows, const char *name)
{
    for (size_t i = 0; i < rows; i++)
        if (!strcmp(row[i].name, name)) return &row[i];
    return NULL;
}

const nodec_state *data_row(const nodec_state *row, size_t rows, const char *name)
{
    return row_of(row, rows, name);
}

/* A given state starts from the observation of its own name. */
static int find_starts(dataset *d, nodec_fault *fault)
{
    const nodec_module *m = d->module;
    d->start_from = calloc(d->states + 1, sizeof *d->start_from);
    if (!d->start_from) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    d->start_is_target = d->states == d->outputs;
    for (size_t i = 0; i < d->states; i++) d->start_from[i] = -1;
    for (size_t r = 0; r < m->state_rows; r++) {
        const nodec_state *state = &m->state[r], *seen;
        if (!state->given) {
            d->start_is_target = false;
            continue;
        }
        seen = row_of(m->output, m->output_rows, state->name);
        if (!seen || seen->count != state->count)
            return fault_set(fault, NODEC_EXIT_DATA,
                "state `%s` of %s starts from data, but `%s` is not among what is observed; "
                "give it a value in the model", state->name, m->name, state->name);
        for (size_t i = 0; i < state->count; i++) {
            d->start_from[state->offset + i] = (int)(seen->offset + i);
            if (seen->offset != state->offset) d->start_is_target = false;
        }
    }
    return 0;
}

/* Times in the model's precision must still increase. */
static int round_times(dataset *d, const char *path, nodec_fault *fault)
{
    const size_t total = d->first[d->count];
    d->t = calloc(total + 1, d->real_bytes);
    if (!d->t) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    for (size_t i = 0; i < total; i++) real_put(d->t, d->real_bytes, i, d->time[i]);
    for (size_t k = 0; k < d->count; k++)
        for (size_t i = d->first[k] + 1; i < d->first[k + 1]; i++)
            if (!(real_at(d->t, d->real_bytes, i) > real_at(d->t, d->real_bytes, i - 1))) {
                char a[REAL_TEXT], b[REAL_TEXT];
                real_print(a, d->time[i - 1], false);
                real_print(b, d->time[i], false);
                fault_set(fault, NODEC_EXIT_DATA, "times %s and %s%s%s are too close for numbers of %zu bytes",
                          a, b, path ? " in " : "", path ? path : "", d->real_bytes);
                if (d->real_bytes == 4)
                    fault_note(fault, "count time from a nearer origin, or train with precision = float64");
                return NODEC_EXIT_DATA;
            }
    return 0;
}

int data_open(dataset *d, const nodec_module *fit, const nodec_source *source, uint64_t seed,
              const nodec_parallel *parallel, nodec_fault *fault)
{
    *d = (dataset){.module = fit, .real_bytes = fit->real_bytes, .outputs = fit->outputs,
                   .inputs = fit->inputs, .states = fit->states};
    int status;
    if (source->simulation) status = data_simulate(d, source->simulation, seed, parallel, fault);
    else if (source->table) status = data_tabulate(d, source->table, fault);
    else status = fault_set(fault, NODEC_EXIT_USAGE, "the experiment has no data");
    if (!status) status = find_starts(d, fault);
    if (!status) status = round_times(d, source->table ? source->table->path : NULL, fault);
    if (status) data_close(d);
    for (size_t k = 0; !status && k < d->count; k++) d->seen[k] = d->first[k + 1] - d->first[k];
    return status;
}

void data_close(dataset *d)
{
    free(d->first);
    free(d->seen);
    free(d->time);
    free(d->t);
    free(d->y);
    free(d->input);
    free(d->start_from);
    *d = (dataset){0};
}

void data_start(const dataset *d, size_t k, size_t i, void *x)
{
    const size_t row = (d->first[k] + i) * d->outputs;
    for (size_t s = 0; s < d->states; s++)
        real_put(x, d->real_bytes, s,
                 d->start_from[s] < 0 ? 0 : real_at(d->y, d->real_bytes, row + (size_t)d->start_from[s]));
}

void value_fill(const nodec_value *value, size_t count, uint64_t stream, size_t sample, size_t bytes,
                void *row, size_t offset)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t who = (uint32_t)sample, which = (uint32_t)i;
        const double a = value->draw.a, b = value->draw.b;
        double number = 0;
        switch (value->draw.law) {
        case NODEC_FIXED:   number = value->fixed[i]; break;
        case NODEC_UNIFORM: number = a + (b - a) * nodec_uniform(stream, 0, who, which); break;
        case NODEC_NORMAL:  number = a + b * nodec_normal(stream, 0, who, which); break;
        }
        real_put(row, bytes, offset + i, number);
    }
}

/* ---- split -------------------------------------------------------------------------- */

/* How many observations of trajectory k come before time t. */
static size_t before(const dataset *d, size_t k, double t)
{
    size_t i = 0;
    const size_t n = d->first[k + 1] - d->first[k];
    while (i < n && d->time[d->first[k] + i] < t) i++;
    return i;
}

int data_split(dataset *d, const nodec_split *split, nodec_fault *fault)
{
    char text[REAL_TEXT];
    real_print(text, split->value, false);
    if (split->kind == NODEC_SPLIT_NONE) return 0;
    if (split->kind == NODEC_SPLIT_FRACTION && !(split->value > 0 && split->value < 1))
        return fault_set(fault, NODEC_EXIT_DATA, "split = %s: a fraction lies between 0 and 1", text);
    if (split->kind == NODEC_SPLIT_FRACTION && d->count > 1) {
        size_t kept = (size_t)floor((double)d->count * split->value + 0.5);
        if (kept < 1) kept = 1;
        if (kept >= d->count) kept = d->count - 1;
        for (size_t k = d->count - kept; k < d->count; k++) d->seen[k] = 0;
        d->held = true;
        return 0;
    }
    size_t most = 0, left = 0;
    for (size_t k = 0; k < d->count; k++) {
        const size_t n = d->first[k + 1] - d->first[k];
        size_t seen = split->kind == NODEC_SPLIT_BEFORE ? before(d, k, split->value)
                                                        : n - (size_t)ceil((double)n * split->value);
        if (seen < 2) seen = 0;                 /* one observation teaches nothing  */
        d->seen[k] = seen;
        if (seen > most) most = seen;
        left += n - seen;
    }
    if (most < 2)
        return fault_set(fault, NODEC_EXIT_DATA, "split at %s leaves fewer than 2 observations to train on", text);
    if (!left)
        return fault_set(fault, NODEC_EXIT_DATA, "split at %s leaves nothing to validate on", text);
    d->held = true;
    return 0;
}
