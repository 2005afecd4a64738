/* minibatch.h: what one training step sees of a dataset.
 *
 * The batch of a step depends on the step's number only (Philox streams "batch.*"),
 * so a resumed run sees the batches of an uninterrupted one.  After opening,
 * nothing is allocated; a window that takes every observation points into the
 * dataset without copying.  An engine with memory of its own keeps what does not
 * change from step to step: one batch of everything, or the data of such windows;
 * what is gathered anew is sent to it with each step. */
#ifndef NODEC_MINIBATCH_H
#define NODEC_MINIBATCH_H

#include "dataset.h"

typedef struct minibatch {
    const dataset *data;
    nodec_batching plan;
    uint64_t spans, starts, picks, orders;      /* streams                          */
    size_t *able;  size_t ables;    /* trajectories that training sees              */
    size_t *order; uint64_t epoch;  /* SOME: able, shuffled for this epoch + 1      */
    size_t per_epoch;               /* steps                                        */
    size_t batch, times;            /* the largest there can be                     */
    bool   shared;                  /* trajectories have the same times             */
    size_t *pick;                   /* [times] rows of one window                   */
    void *t, *start, *inputs, *target;          /* room for the largest             */
    nodec_batch now;
    void  *kept[4]; size_t keeps;   /* by the module's engine                       */
} minibatch;

int  minibatch_open(minibatch *, const dataset *, const nodec_batching *, uint64_t seed, nodec_fault *);
void minibatch_close(minibatch *);

/* The batch of step 1, 2, ...; valid until the next call. */
const nodec_batch *minibatch_at(minibatch *, uint64_t step);

#endif
