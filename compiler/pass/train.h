/* train.h: the three functions of a training step that are not the solve. */
#ifndef ND_TRAIN_H
#define ND_TRAIN_H

#include "loop/lowered.h"

/* Adds `loss`, `update` and `norm` (lowered.h) for a field to the Program and
 * fills in what `out` says about them.  loss and optimizer are names of rows
 * (ops/rows.h); delta is huber's; log: the loss compares logarithms.           */
void train_build(Program *, const Field *, const char *loss, double delta, bool log,
                 const char *optimizer, Lowered *out);

#endif
