/* dataset.h: observed trajectories in memory, in the precision of the model.
 *
 * All trajectories lie behind one another: observation i of trajectory k is
 * number first[k] + i, for i < first[k+1] - first[k].  Training sees those with
 * i < seen[k]; the rest is kept for validation (data_split). */
#ifndef NODEC_DATASET_H
#define NODEC_DATASET_H

#include "run.h"

typedef struct dataset {
    const nodec_module *module;     /* whose outputs and inputs these are           */
    size_t real_bytes, outputs, inputs, states;     /* the module's                 */
    size_t count;                   /* trajectories                                 */
    size_t *first;                  /* [count+1]                                    */
    size_t *seen;                   /* [count] observations given to training; 0: held out */
    bool   held;                    /* something is kept for validation             */
    double *time;                   /* [total], increasing within a trajectory      */
    void *t;                        /* [total], the same rounded                    */
    void *y;                        /* [total][outputs]                             */
    void *input;                    /* [count][inputs]                              */
    int  *start_from;               /* [states]: output that starts a given state; -1: the model says it */
    bool start_is_target;           /* every state starts from the output of its index */
} dataset;

/* Observations of `fit`'s outputs from a table or by simulating. Numbers drawn are
 * from streams "data.*" under the seed. Returns an exit status.                    */
int data_open(dataset *, const nodec_module *fit, const nodec_source *, uint64_t seed,
              const nodec_parallel *, nodec_fault *);
int data_split(dataset *, const nodec_split *, nodec_fault *);
void data_close(dataset *);

/* The starting states of trajectory k from its observation i: [states] into x;
 * states that the model starts itself become 0.                                    */
void data_start(const dataset *, size_t k, size_t i, void *x);

/* Writes a value's `count` numbers for one sample behind row's first `offset` reals.
 * `stream` and `sample` choose the draws.                                          */
void value_fill(const nodec_value *, size_t count, uint64_t stream, size_t sample, size_t bytes,
                void *row, size_t offset);

#endif
