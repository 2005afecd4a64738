/* learning.h: a model's training from the inside, between learn.c, which makes steps,
 * and epoch.c, which sums up epochs. */
#ifndef NODEC_LEARNING_H
#define NODEC_LEARNING_H

#include "exam.h"
#include "gallery.h"
#include "lesson.h"
#include "training.h"

typedef struct learning {
    training  w;
    const nodec_model *model;
    rows      data;
    row_batch batch;
    exam      test;
    bool      tests;
    gallery   pictures;
    lesson   *lesson;                           /* in checkpoints                     */
    uint64_t *draw_stream;                      /* [draw_rows]                        */
    void     *draws, *work;                     /* [most][draws]                      */
    size_t    work_bytes;
} learning;

/* A single loss is called "loss"; this is the first value that has a name of its own. */
static inline size_t learning_named(const nodec_model *m) { return m->losses == 1 ? 1 : 0; }

/* ---- learn.c ---- */

/* The loss and gradient of a step's batch; buffers see it too. A nodec_status.      */
int  learning_gradient(training *, uint64_t step);
/* The sample of the batch that the report names. */
size_t learning_blamed(const learning *);
/* "`x` became infinite or not a number at t = 0.3, item 5 of train.gz" */
void learning_describe(const learning *, const nodec_report *, size_t item, const rows *of, char *text, size_t size);

/* ---- epoch.c ---- */

void epoch_begin(learning *);       /* its bar                                      */
bool epoch_ended(const learning *);
/* Test, line of metrics, checkpoint. If it was interrupted, w.unfinished is set and all is as
 * before.                                                                          */
int  epoch_end(learning *, nodec_fault *);
/* ", accuracy=0.985": the metrics of the epoch so far, each by `format`.            */
void epoch_metrics(const learning *, const char *format, char *text, size_t size);

#endif
