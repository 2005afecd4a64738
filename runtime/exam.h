/* exam.h: a model on samples it does not learn from: losses, metrics, mistakes. */
#ifndef NODEC_EXAM_H
#define NODEC_EXAM_H

#include "learned.h"
#include "progress.h"
#include "rows.h"

typedef struct mistake { size_t sample, truth, taken; } mistake;

typedef struct exam {
    const nodec_model *model;
    rows   data;
    size_t most;                    /* samples at a time                            */
    int    label, scores;           /* input of classes, output with a score for each; -1: none */
    void  *inputs, *outputs;
    double *value;                  /* [values] means over all samples, of the last exam */
    double *part;                   /* [values] of one batch                        */
    size_t done, wrong;             /* samples; of these, taken for another class   */
    mistake *mistake; size_t mistakes, room;    /* the first of them                */
    nodec_report report;            /* if it broke                                  */
} exam;

/* `keep`: how many mistakes to remember. */
int  exam_open(exam *, const nodec_model *, const nodec_files *, size_t most, size_t keep, nodec_fault *);
void exam_close(exam *);
/* Goes through all samples, or until interrupted (then done < data.count). A
 * nodec_status. work: model->work(most, 0) bytes. The bar counts samples; NULL: none. */
int  exam_take(exam *, const learned *, const nodec_parallel *, void *work, size_t work_bytes, progress *);
double exam_loss(const exam *);     /* the sum of the losses                        */
double exam_error(const exam *);    /* share of mistakes; NaN: nothing is classified */
/* Of the value named "accuracy", else 1 - error. */
double exam_accuracy(const exam *);

#endif
