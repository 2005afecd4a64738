/* simulate.c: data = simulate(Truth(...), t = ..., noise = ...): observations of a
 * known system.  The trajectories are solved a block at a time, so that a thousand
 * of them need no more memory than their observations. */
#include "data_from.h"

#include <stdlib.h>
#include <string.h>

#include "philox.h"
#include "real.h"
#include "solve.h"

enum { BLOCK = 128 };               /* trajectories solved at once                  */

static const nodec_value *value_named(const nodec_simulation *s, const char *name)
{
    for (size_t i = 0; i < s->values; i++)
        if (!strcmp(s->value[i].name, name)) return &s->value[i];
    return NULL;
}

/* Every value must name a state or an input of the truth, with its size. */
static int check_values(const nodec_simulation *s, nodec_fault *fault)
{
    const nodec_module *m = s->truth;
    for (size_t i = 0; i < s->values; i++) {
        const nodec_value *v = &s->value[i];
        const nodec_state *row = data_row(m->state, m->state_rows, v->name);
        if (!row) row = data_row(m->input, m->input_rows, v->name);
        if (!row)
            return fault_set(fault, NODEC_EXIT_DATA, "%s has no state or input `%s`", m->name, v->name);
        if (v->draw.law == NODEC_FIXED && row->count != v->count)
            return fault_set(fault, NODEC_EXIT_DATA, "`%s` of %s holds %zu number%s, not %zu", v->name,
                             m->name, row->count, row->count == 1 ? "" : "s", v->count);
    }
    for (size_t r = 0; r < m->state_rows; r++)
        if (m->state[r].given && !value_named(s, m->state[r].name))
            return fault_set(fault, NODEC_EXIT_DATA, "simulate: state `%s` of %s has no initial value",
                             m->state[r].name, m->name);
    for (size_t r = 0; r < m->input_rows; r++)
        if (!m->input_default && !value_named(s, m->input[r].name))
            return fault_set(fault, NODEC_EXIT_DATA, "simulate: input `%s` of %s has no value",
                             m->input[r].name, m->name);
    return 0;
}

static int check_times(const nodec_simulation *s, nodec_fault *fault)
{
    if (s->times < 2) return fault_set(fault, NODEC_EXIT_DATA, "simulate: needs at least 2 times, has %zu", s->times);
    for (size_t i = 1; i < s->times; i++)
        if (!(s->t[i] > s->t[i - 1]))
            return fault_set(fault, NODEC_EXIT_DATA, "simulate: times must increase, but t[%zu] does not", i);
    return 0;
}

/* For each real of the fit's outputs, the truth's; faults name what is missing. */
static int match_outputs(const nodec_module *fit, const nodec_module *truth, size_t *from, nodec_fault *fault)
{
    for (size_t r = 0; r < fit->output_rows; r++) {
        const nodec_state *want = &fit->output[r];
        const nodec_state *have = data_row(truth->output, truth->output_rows, want->name);
        if (!have)
            return fault_set(fault, NODEC_EXIT_DATA, "%s observes `%s`, but simulated %s has no `%s`",
                             fit->name, want->name, truth->name, want->name);
        if (have->count != want->count)
            return fault_set(fault, NODEC_EXIT_DATA, "`%s` holds %zu numbers in %s and %zu in simulated %s",
                             want->name, want->count, fit->name, have->count, truth->name);
        for (size_t i = 0; i < want->count; i++) from[want->offset + i] = have->offset + i;
    }
    return 0;
}

/* The fit's inputs are the truth's of the same names, else defaults. */
static int match_inputs(dataset *d, const nodec_simulation *s, size_t k, const void *truth_row, nodec_fault *fault)
{
    const nodec_module *fit = d->module, *truth = s->truth;
    for (size_t r = 0; r < fit->input_rows; r++) {
        const nodec_state *want = &fit->input[r];
        const nodec_state *have = data_row(truth->input, truth->input_rows, want->name);
        if (have && have->count != want->count) have = NULL;
        if (!have && !fit->input_default)
            return fault_set(fault, NODEC_EXIT_DATA, "input `%s` of %s has no value: simulated %s has no such input",
                             want->name, fit->name, truth->name);
        for (size_t i = 0; i < want->count; i++)
            real_put(d->input, d->real_bytes, k * d->inputs + want->offset + i,
                     have ? real_at(truth_row, truth->real_bytes, have->offset + i)
                          : real_at(fit->input_default, d->real_bytes, want->offset + i));
    }
    return 0;
}

/* Row b of the block's states or inputs. */
static void fill(const nodec_simulation *s, const nodec_state *row, size_t rows, uint64_t seed,
                 size_t sample, void *to, size_t offset)
{
    char stream[200];
    for (size_t r = 0; r < rows; r++) {
        const nodec_value *value = value_named(s, row[r].name);
        if (!value) continue;
        snprintf(stream, sizeof stream, "data.%s", value->name);
        value_fill(value, row[r].count, nodec_stream(seed, stream), sample, s->truth->real_bytes, to,
                   offset + row[r].offset);
    }
}

static double noise(const nodec_draw *law, uint64_t stream, size_t sample, size_t element)
{
    const uint32_t who = (uint32_t)sample, which = (uint32_t)element;
    switch (law->law) {
    case NODEC_FIXED:   return 0;
    case NODEC_UNIFORM: return law->a + (law->b - law->a) * nodec_uniform(stream, 0, who, which);
    case NODEC_NORMAL:  break;
    }
    return law->a + law->b * nodec_normal(stream, 0, who, which);
}

typedef struct simulation {
    const nodec_simulation *plan;
    solution solved;                /* of one block                                 */
    void *given, *input, *theta, *t;
    size_t *from;                   /* [fit's outputs]                              */
} simulation;

static int block(dataset *d, simulation *w, size_t first, size_t count, uint64_t seed, nodec_fault *fault)
{
    const nodec_simulation *s = w->plan;
    const nodec_module *m = s->truth;
    for (size_t b = 0; b < count; b++) {
        if (m->inputs && m->input_default)
            memcpy(real_address(w->input, m->real_bytes, b * m->inputs), m->input_default, m->inputs * m->real_bytes);
        fill(s, m->state, m->state_rows, seed, first + b, w->given, b * m->states);
        fill(s, m->input, m->input_rows, seed, first + b, w->input, b * m->inputs);
        if (match_inputs(d, s, first + b, real_address(w->input, m->real_bytes, b * m->inputs), fault))
            return fault->status;
    }
    const int status = solve_start(&w->solved, count, s->times, w->t, 0, w->given, w->input, w->theta, true);
    if (status) return solve_fault(&w->solved, status, "simulating", fault);

    const uint64_t stream = nodec_stream(seed, "data.noise");
    for (size_t i = 0; i < s->times; i++)
        for (size_t b = 0; b < count; b++)
            for (size_t o = 0; o < d->outputs; o++) {
                const double value = real_at(w->solved.y, m->real_bytes, (i * count + b) * m->outputs + w->from[o]);
                real_put(d->y, d->real_bytes, ((first + b) * s->times + i) * d->outputs + o,
                         value + noise(&s->noise, stream, first + b, i * d->outputs + o));
            }
    return 0;
}

int data_simulate(dataset *d, const nodec_simulation *s, uint64_t seed, const nodec_parallel *parallel,
                  nodec_fault *fault)
{
    const nodec_module *m = s->truth;
    const size_t count = s->count ? s->count : 1, most = count < BLOCK ? count : BLOCK, bytes = m->real_bytes;
    if (check_values(s, fault) || check_times(s, fault)) return fault->status;
    if (count > SIZE_MAX / 16 / s->times / (d->outputs + 1))
        return fault_set(fault, NODEC_EXIT_DATA, "simulate: %zu trajectories are too many", count);
    if (data_room(d, count, count * s->times, fault)) return fault->status;

    simulation w = {.plan = s};
    w.from  = calloc(d->outputs + 1, sizeof *w.from);
    w.given = calloc(most * m->states + 1, bytes);
    w.input = calloc(most * m->inputs + 1, bytes);
    w.theta = calloc(m->params + 1, bytes);
    w.t     = calloc(s->times, bytes);
    int status = !w.from || !w.given || !w.input || !w.theta || !w.t
               ? fault_set(fault, NODEC_EXIT_IO, "out of memory")
               : solve_open(&w.solved, m, s->options, parallel, most, s->times, fault);
    if (!status) status = match_outputs(d->module, m, w.from, fault);
    if (!status && m->params) m->init(m, nodec_stream(seed, "data.truth"), w.theta);    /* not what a fit begins with */
    for (size_t i = 0; !status && i < s->times; i++) real_put(w.t, bytes, i, s->t[i]);
    for (size_t k = 0; k <= count; k++) d->first[k] = k * s->times;
    for (size_t i = 0; i < count * s->times; i++) d->time[i] = s->t[i % s->times];
    for (size_t k = 0; !status && k < count; k += most)
        status = block(d, &w, k, count - k < most ? count - k : most, seed, fault);
    solve_close(&w.solved);
    free(w.from);
    free(w.given);
    free(w.input);
    free(w.theta);
    free(w.t);
    return status;
}
