/* rows.h: samples of a model, as items of files, and batches of them.
 *
 * The files stay in memory as they are, bytes as bytes; a batch is converted when
 * it is wanted.  The batch of a step depends on the step's number only: samples
 * are shuffled anew in each epoch (Philox stream "batch.order"), and the last
 * batch of an epoch is as short as it comes.  An engine with memory of its own
 * keeps the samples, and picks batches out of them (rows_there.c). */
#ifndef NODEC_ROWS_H
#define NODEC_ROWS_H

#include "idx.h"
#include "run.h"

typedef struct rows {
    const nodec_model *model;
    size_t count;                   /* samples                                      */
    idx   *column;                  /* [model->input_rows]                          */
    nodec_ahead *ahead;             /* who may still be looking at them             */
} rows;

/* `what` is what the files are for: "data". Every input has a file, shapes and counts
 * fit, and whole numbers are below their classes; or the fault says which is not.  */
int  rows_open(rows *, const nodec_model *, const nodec_files *, const char *what, nodec_fault *);
void rows_close(rows *);
/* Sample i as reals into to [inputs], its images moved by down and right pixels.    */
void rows_sample(const rows *, size_t i, long down, long right, void *to);
/* Has it a height and a width? */
static inline bool rows_image(const nodec_input *in) { return in->rank >= 2 && !in->classes; }
/* The file of an input, for messages. */
const char *rows_path(const rows *, size_t input);

typedef struct row_batch {          /* of a step                                    */
    const rows *data;
    uint64_t orders, shifts;        /* streams                                      */
    size_t  *order; uint64_t epoch; /* shuffled for this epoch + 1                  */
    size_t   most, per_epoch;       /* samples a step; steps                        */
    size_t   shift;
    void    *inputs;                /* [most][inputs]                               */
    int32_t *move;                  /* [most][2]: images go so many pixels down and right */
    size_t   batch;                 /* of the last step                             */
    const size_t *sample;           /* [batch] which samples they are               */
    struct rows_there *there;       /* inputs are gathered by the engine; NULL: here */
} row_batch;

int  row_batch_open(row_batch *, const rows *, const nodec_plan *, nodec_fault *);
void row_batch_close(row_batch *);
size_t row_batch_size(const row_batch *, uint64_t step);
/* Fills inputs, batch and sample for step 1, 2, ... */
void row_batch_at(row_batch *, uint64_t step);

/* ---- rows_there.c ---- */

/* Samples and inputs live with the model's engine from here on, if it can pick from them. */
int  rows_keep(row_batch *, nodec_fault *);
void rows_drop(row_batch *);
/* The inputs of b->sample, moved by b->move. */
void rows_gather(row_batch *);

#endif
