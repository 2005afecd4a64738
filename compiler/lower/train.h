/* train.h: the three functions of a training step that are not the solve. */
#ifndef ND_TRAIN_H
#define ND_TRAIN_H

#include "loop/lowered.h"

/* `update` and `norm` (lowered.h) for a table of parameters, theta being `params` reals
 * in all; `prefix` names the functions. The optimiser is the name of a row (ops/rows.h). */
typedef struct Optimizer {
    uint32_t    update, norm;       /* functions                                       */
    const char *name;
    uint32_t    moments;            /* reals per parameter                             */
    const char *const *reals;       /* what update takes beside arrays, in order       */
    uint32_t    real_count;
} Optimizer;
Optimizer optimizer_build(Program *, Name prefix, const FieldParam *, size_t count, uint32_t params,
                          const char *optimizer);

/* Adds `loss`, `update` and `norm` (lowered.h) for a field to the Program and
 * fills in what `out` says about them.  loss and optimizer are names of rows
 * (ops/rows.h); delta is huber's; log: the loss compares logarithms.           */
void train_build(Program *, const Field *, const char *loss, double delta, bool log,
                 const char *optimizer, Lowered *out);

#endif
