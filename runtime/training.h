/* training.h: what every training is made of: steps, files, interrupts.
 *
 * A training learns from trajectories (train.c) or from rows (learn.c); its kind
 * says how a step's loss and gradient come about, and what else is due. */
#ifndef NODEC_TRAINING_H
#define NODEC_TRAINING_H

#include "checkpoint.h"
#include "metrics.h"
#include "pool.h"
#include "progress.h"
#include "run.h"

#define CHECKPOINT_FILE "checkpoint.nodec"
#define WEIGHTS_FILE    "weights.safetensors"

enum {
    RECORDS = 1024,                 /* logged steps in one chunk, at most           */
    TRAINING_EXTRAS = 16            /* further numbers of a logged step, at most    */
};

typedef struct record { uint64_t step; double loss, rate, gradient; } record;

typedef struct training training;

typedef struct training_kind {
    /* Losses and metrics of a step into w->value, its gradient into w->gradient; a nodec_status. */
    int  (*gradient)(training *, uint64_t number);
    double (*update)(training *, const nodec_update *);         /* gives the gradient's norm */
    void (*remember)(training *, uint64_t number, double loss); /* of a step that was made: w->value; or NULL */
    /* The next step after `step` at which attend must be called.                   */
    uint64_t (*due)(const training *, uint64_t step);
    /* What is due at the step reached; an exit status.                             */
    int  (*attend)(training *, nodec_fault *);
    /* Why the step that did not come off failed: into the fault. It is the one after the last that
     * was made, w->report is of it, and others may have been begun since.          */
    void (*explain)(training *, int status, nodec_fault *);
    void (*init)(training *);       /* first weights, by the seed                   */
} training_kind;

struct training {
    const nodec_plan    *plan;
    const training_kind *kind;
    void      *self;                /* the kind's own                               */
    learned    now;
    void      *gradient, *before;   /* [params]; buffers before the step            */
    size_t     values, losses;      /* numbers of a step; the sum of the first `losses` is its loss */
    double    *value;               /* [values]                                     */
    nodec_report report;            /* of the last step                             */
    const nodec_parallel *parallel;
    pool      *threads;
    metrics    log;
    progress   shown;
    checkpoint at;                  /* step, seconds, losses so far                 */
    void      *more; size_t more_bytes;         /* of the kind, in checkpoints      */
    uint64_t   steps, log_every;
    uint64_t   steps_here, nanoseconds, begun, first;           /* first: when its step was done */
    uint64_t   checkpoint_due, saved;           /* on the clock                     */
    double     running;             /* the loss that progress shows                 */
    bool       kept;                /* weights and gradient live with the engine       */
    bool       unfinished;          /* the kind has work left after the last step   */

    size_t     records;
    record     record[RECORDS];
    size_t     extras;              /* further numbers per record, the last of `value`: [RECORDS][extras] */
    const char *const *extra_name;
    double    *extra;
};

/* In order: open, (the kind's own data, `values`), begin, loop, end. Close at any time.
 * open: memory for `now`, threads.                                                 */
int  training_open(training *, const nodec_plan *, const learned *, nodec_fault *);
/* w->steps is known: weights or checkpoint are read, the folder is made.           */
int  training_begin(training *, nodec_fault *);
/* Until the last step, or until somebody wants to stop (interrupt.h).         */
int  training_loop(training *, nodec_fault *);
void training_result(const training *, nodec_result *);
/* Last checkpoint, and the weights of a training that came to its end.             */
int  training_leave(training *, nodec_fault *);
/* Says how it ended: stopped before the last step is NODEC_EXIT_STOPPED.           */
int  training_end(training *, nodec_fault *);
bool training_finished(const training *);
void training_close(training *);

int  training_save(training *, nodec_fault *);  /* a checkpoint                     */
int  training_save_seldom(training *, nodec_fault *);       /* unless one was just made */
/* What a model's buffers hold now is remembered, and comes back. An exit status.   */
int  training_keep_buffers(training *, nodec_fault *);
int  training_restore_buffers(training *, nodec_fault *);
uint64_t training_next(uint64_t step, uint64_t every);      /* the next multiple    */

/* ---- between training.c and training_march.c ---- */

nodec_update training_update(const training *, uint64_t number);
void training_count(training *, uint64_t number, double norm);  /* a step was made: w->value */
/* Steps up to `until`, or fewer; false, and why not (0: loss or gradient), if one did not come off. */
bool training_march(training *, uint64_t until, int *status);

#endif
