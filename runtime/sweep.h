/* sweep.h: many trajectories of one odef, and what is kept of each.
 *
 * An experiment with `run` becomes a nodec_sweep.  Its trajectories are solved a block
 * at a time.  Where summaries are kept, states are not: the module looks at each while it
 * is in registers, and a block's times come a slice at a time, each going on from where
 * the one before ended.  So what is in memory does not grow with trajectories or times,
 * and ten million of them are a matter of time alone. */
#ifndef NODEC_SWEEP_H
#define NODEC_SWEEP_H

#include "run.h"

typedef enum nodec_over_kind {
    NODEC_OVER_GRID,                /* every combination, the last name varying fastest; no names: one */
    NODEC_OVER_POINTS,              /* lists side by side                           */
    NODEC_OVER_SAMPLE               /* drawn                                        */
} nodec_over_kind;

typedef struct nodec_varied {       /* of a state or an input                       */
    const char *name;
    size_t count;                   /* reals of it                                  */
    size_t points;                  /* GRID, POINTS: so many ...                    */
    const double *at;               /* ... [points][count]                          */
    nodec_draw draw;                /* SAMPLE                                       */
} nodec_varied;

typedef struct nodec_over {
    nodec_over_kind kind;
    const nodec_varied *varied; size_t names;
    uint64_t count;                 /* trajectories                                 */
} nodec_over;

typedef struct nodec_sweep {
    const char *experiment;
    const char *engine, *device;    /* as --json says                               */
    const nodec_module *module;
    const nodec_options *options;   /* NULL: the module's                           */
    const double *t; size_t times;
    const double *after;            /* summaries are of the times from here on; NULL: of all */
    nodec_over over;
    const nodec_value *value; size_t values;    /* of states and inputs, for all trajectories */
    const char *const *summary; size_t summaries;       /* names of what the module concludes; none: whole trajectories are kept */
    const nodec_plot *plot; size_t plots;
    uint64_t seed;
    size_t   threads;
    size_t   block, slice;          /* trajectories and times solved at once; 0: as suits the engine */
    const char *weights;            /* safetensors, of parameters that do not vary; NULL: the model's */
    const char *out;                /* folder; NULL: leave no files                 */
    const char *format;             /* "csv", "npy"; NULL: csv while there are few  */
    bool     quiet;
    FILE    *json;
} nodec_sweep;

typedef struct nodec_found {        /* of one summary, over finite trajectories     */
    double mean, sd, min, max;
} nodec_found;

typedef struct nodec_swept {
    uint64_t trajectories;          /* done                                         */
    uint64_t not_finite;            /* of these, left the finite numbers            */
    uint64_t steps;                 /* of one trajectory                            */
    double   seconds;               /* without pictures                             */
    nodec_found *found;             /* [summaries]; the caller's                    */
} nodec_swept;

/* Returns an exit status, explained in the fault. The same plan gives the same bits and
 * files whatever `threads`, `block` and `slice`. Trajectories that leave the finite numbers are
 * counted and left out of `found`; in files their summaries are NaN.                */
int nodec_run(const nodec_sweep *, nodec_swept *, nodec_fault *);

#endif
