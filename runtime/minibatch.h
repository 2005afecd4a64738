/* minibatch.h: what one training step sees of a dataset.
 *
 * The batch of a step depends on the step's number only (Philox streams "batch.*"),
 * so a resumed run sees the batches of an uninterrupted one.  After opening,
 * nothing is allocated; a window that takes every observation points into the
 * dataset without copying.  An engine with memory of its own keeps the data, and picks
 * the batch out of them: it is sent which rows those are (minibatch_there.c). */
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
    void  *kept[8]; size_t keeps;   /* by the module's engine                       */
    struct minibatch_there *there;  /* batches are gathered by the engine; NULL: here */
} minibatch;

int  minibatch_open(minibatch *, const dataset *, const nodec_batching *, uint64_t seed, nodec_fault *);
void minibatch_close(minibatch *);

/* The batch of step 1, 2, ...; valid until the next call. */
const nodec_batch *minibatch_at(minibatch *, uint64_t step);
/* The same, in the host's memory whatever the engine has: of a step that was made.  */
const nodec_batch *minibatch_again(minibatch *, uint64_t step);

/* ---- minibatch_there.c ---- */

/* What a batch is made of lives with the module's engine from here on, as far as it has memory
 * of its own. An exit status.                                                       */
int  minibatch_keep(minibatch *, nodec_fault *);
void minibatch_drop(minibatch *);
/* Sample s of the batch has rows first + pick[i] of the trajectory (pick NULL: first + i).  */
void minibatch_pick(minibatch *, size_t s, size_t trajectory, size_t first, const size_t *pick, size_t times);
/* The batch of what was picked. */
void minibatch_gather(minibatch *, size_t batch, size_t times);
bool minibatch_windowed(const minibatch *);

#endif
