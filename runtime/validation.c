/* validation.c: see validation.h. */
#include "validation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"

int validation_open(validation *v, const nodec_plan *plan, const dataset *d, nodec_fault *fault)
{
    size_t most = 2;
    for (size_t k = 0; k < d->count; k++)
        if (d->first[k + 1] - d->first[k] > most) most = d->first[k + 1] - d->first[k];
    *v = (validation){.data = d};
    v->start  = solve_memory(d->states * d->real_bytes);
    v->target = solve_memory(most * d->outputs * d->real_bytes);
    if (!v->start || !v->target) {
        validation_close(v);
        return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    }
    if (solve_open(&v->solved, plan->fit, plan->options, NULL, 1, most, fault)) validation_close(v);
    return fault->status;
}

void validation_close(validation *v)
{
    solve_close(&v->solved);
    free(v->start);
    free(v->target);
    *v = (validation){0};
}

/* The mean over the observations of trajectory k that training does not see. */
static double one(const validation *v, size_t k, const void *theta)
{
    const dataset *d = v->data;
    solution solved = v->solved;                /* its buffers are shared            */
    const size_t first = d->first[k], times = d->first[k + 1] - first, seen = d->seen[k];
    const void *t = real_address(d->t, d->real_bytes, first);
    const void *inputs = real_address(d->input, d->real_bytes, k * d->inputs);
    data_start(d, k, 0, v->start);
    memcpy(v->target, real_address(d->y, d->real_bytes, first * d->outputs), times * d->outputs * d->real_bytes);
    if (seen) {
        if (solve_start(&solved, 1, times, t, 0, v->start, inputs, theta, true)) return NAN;
        memcpy(v->target, solved.y, seen * d->outputs * d->real_bytes);
    }
    const nodec_batch batch = {.batch = 1, .times = times, .t = t, .start = v->start, .inputs = inputs, .target = v->target};
    double loss = NAN;
    if (d->module->loss(d->module, &batch, theta, &loss, solved.x, NULL, &solved.options, &solved.report, solved.work,
                        solved.work_bytes))
        return NAN;
    return loss * (double)times / (double)(times - seen);
}

double validation_loss(const validation *v, const void *theta)
{
    const dataset *d = v->data;
    double sum = 0, count = 0;
    for (size_t k = 0; k < d->count; k++) {
        const size_t kept = d->first[k + 1] - d->first[k] - d->seen[k];
        if (!kept) continue;
        sum += one(v, k, theta) * (double)kept;
        count += (double)kept;
    }
    return sum / count;
}
