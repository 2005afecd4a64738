/* solve.h: a module with the buffers a solve needs: states, outputs, workspace. */
#ifndef NODEC_SOLVE_H
#define NODEC_SOLVE_H

#include "run.h"

typedef struct solution {
    const nodec_module *module;
    nodec_options options;
    nodec_report  report;           /* of the last solve                            */
    size_t batch, times;            /* room for so many; of the last solve          */
    void *x0;                       /* [batch][states]                              */
    void *x;                        /* [times][batch][states]                       */
    void *y;                        /* [times][batch][outputs]; x when they are the states */
    void *work; size_t work_bytes;  /* 64-aligned                                   */
    const void *t; size_t t_stride; /* of the last solve                            */
} solution;

/* Bytes of workspace for `batch` trajectories, or fewer; 0: too large. */
size_t solve_work(const nodec_module *, size_t batch, size_t times);

/* Room for `batch` trajectories of `times` observations. options NULL: the module's. */
int  solve_open(solution *, const nodec_module *, const nodec_options *, const nodec_parallel *,
                size_t batch, size_t times, nodec_fault *);
void solve_close(solution *);

/* Starts from `given` [batch][states] (states the model starts itself are computed
 * from theta), solves, and computes y if `observe`. Returns a nodec_status.         */
int  solve_start(solution *, size_t batch, size_t times, const void *t, size_t t_stride,
                 const void *given, const void *inputs, const void *theta, bool observe);

/* Says in the fault what a nodec_status means for the last solve. */
int  solve_fault(const solution *, int status, const char *doing, nodec_fault *);
/* "...: `x` of Mlp became infinite or not a number at t = 3.2 (trajectory 4)" */
const char *solve_status(int status);

/* Memory for reals, 64-aligned and zeroed, or NULL. Free with free(). */
void *solve_memory(size_t bytes);
/* The same for what is written before it is read: it is there, with anything in it. Large memory comes from
 * the system page by page, by all threads. */
void *solve_workspace(size_t bytes, const nodec_parallel *);

#endif
