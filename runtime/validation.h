/* validation.h: the loss on what a split keeps from training.
 *
 * Trajectories kept whole are compared whole.  Where the end of a trajectory is
 * kept, the model runs through all of it, and only the end counts: the part seen
 * in training is compared with the model itself, which adds nothing to any of the
 * losses, and the mean is taken over the rest. */
#ifndef NODEC_VALIDATION_H
#define NODEC_VALIDATION_H

#include "dataset.h"
#include "solve.h"

typedef struct validation {
    const dataset *data;
    solution solved;
    void *start, *target;           /* [states]; [times][outputs]                   */
} validation;

int  validation_open(validation *, const nodec_plan *, const dataset *, nodec_fault *);
void validation_close(validation *);
/* Mean over the observations kept; NaN where the model leaves the finite numbers. */
double validation_loss(const validation *, const void *theta);

#endif
