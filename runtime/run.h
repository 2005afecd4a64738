/* run.h: an experiment as plain numbers, and the functions that carry it out.
 *
 * The command translates a model's `experiment` into a nodec_plan; from there
 * on nothing reads the compiler.  Every pointer in a plan belongs to the caller
 * and must live until the call returns; nothing in a plan is changed.
 *
 * theta, as modules take it, and weight files hold the natural value of every
 * parameter, `positive` ones too: only a module's `update` works on their
 * logarithms. Nothing here converts. */
#ifndef NODEC_RUN_H
#define NODEC_RUN_H

#include <stdbool.h>
#include <stdio.h>

#include "abi.h"
#include "fault.h"
#include "profile.h"

/* ---- data ----------------------------------------------------------------------- */

typedef enum nodec_law { NODEC_FIXED, NODEC_UNIFORM, NODEC_NORMAL } nodec_law;

typedef struct nodec_draw {         /* a random number per element                  */
    nodec_law law;
    double a, b;                    /* UNIFORM: bounds; NORMAL: mean, deviation     */
} nodec_draw;

typedef struct nodec_value {        /* of a state or an input, by its name          */
    const char *name;
    nodec_draw draw;                /* anew for every trajectory, unless FIXED      */
    const double *fixed; size_t count;          /* for FIXED                        */
} nodec_value;

typedef struct nodec_simulation {   /* data = simulate(truth, ...)                  */
    const nodec_module *truth;
    const double *t; size_t times;  /* when it is observed; shared by trajectories  */
    size_t count;                   /* trajectories; 0 means 1                      */
    nodec_draw noise;               /* added to every observation; FIXED: none      */
    const nodec_value *value; size_t values;    /* starts and inputs                */
    const nodec_options *options;   /* NULL: the module's                           */
} nodec_simulation;

typedef struct nodec_column { const char *name, *column; } nodec_column;

typedef struct nodec_table {        /* data = csv(path) |> columns(...)             */
    const char *path;
    const char *time;               /* name of the column of times; NULL: "t"       */
    const char *series;             /* column that tells trajectories apart, or NULL */
    const nodec_column *column; size_t columns; /* "hare" <- "Hare"; an output or an */
} nodec_table;                      /* input that is not named has its own name; of a */
                                    /* vector x the columns are "x[0]", "x[1]", ...  */
typedef struct nodec_files {        /* data = columns(image = idx(path), ...)       */
    const nodec_column *column; size_t columns; /* input "image" <- path: item i is sample i's */
    bool keep;                      /* large packed files, unpacked, in the cache   */
    struct nodec_ahead *ahead;      /* who reads them already, or NULL              */
} nodec_files;

/* Threads that begin to read the large files now, and keep them; NULL: there is no memory. They
 * end when the last of them has written what it keeps.                             */
typedef struct nodec_ahead nodec_ahead;
nodec_ahead *nodec_read_ahead(const nodec_files *);
void nodec_read_end(nodec_ahead *);             /* NULL too */

typedef struct nodec_source {       /* one of them; files are for models, the others for odefs */
    const nodec_simulation *simulation;
    const nodec_table *table;
    const nodec_files *files;
} nodec_source;

/* ---- training ------------------------------------------------------------------- */

typedef enum nodec_batch_kind {
    NODEC_BATCH_FULL,               /* every trajectory, whole                      */
    NODEC_BATCH_SOME,               /* `count` whole trajectories, shuffled anew each epoch */
    NODEC_BATCH_SPAN,               /* a window in time: span_min .. span_max long  */
    NODEC_BATCH_ROWS                /* a window of `rows` consecutive observations  */
} nodec_batch_kind;

typedef struct nodec_batching {
    nodec_batch_kind kind;
    size_t count;                   /* trajectories or windows a step; 0 means 1    */
    double span_min, span_max;      /* SPAN: drawn uniformly between them           */
    size_t rows;                    /* ROWS                                         */
    size_t points;                  /* at most so many of a window, drawn; 0: all   */
} nodec_batching;

typedef enum nodec_split_kind { NODEC_SPLIT_NONE, NODEC_SPLIT_BEFORE, NODEC_SPLIT_FRACTION } nodec_split_kind;

typedef struct nodec_split {        /* what is kept from training, for validation   */
    nodec_split_kind kind;
    double value;                   /* BEFORE: train on t < value; FRACTION: of the */
} nodec_split;                      /* trajectories, or of one trajectory's end     */

typedef enum nodec_rate_kind {      /* rows of rate.def                             */
#define RATE(name, expression) NODEC_RATE_##name,
#include "rate.def"
#undef RATE
    NODEC_RATES
} nodec_rate_kind;

typedef struct nodec_rate {         /* learning rate: update.lr times the schedule  */
    nodec_rate_kind kind;
    uint64_t every;                 /* step: so often ...                           */
    double factor;                  /* ... times this                               */
    double end;                     /* cosine: what is left at the end, of 1        */
    uint64_t over;                  /* cosine: steps; 0: those of the run           */
    uint64_t warmup;                /* any: linear from 0 over the first so many    */
} nodec_rate;

typedef enum nodec_plot_kind {
    NODEC_PLOT_TRAJECTORY,          /* phase plane: observations by time, and the curve */
    NODEC_PLOT_SERIES,              /* each output over time, with the fit          */
    NODEC_PLOT_CURVE,               /* a metric over the steps                      */
    NODEC_PLOT_MISTAKES,            /* test images taken for another class          */
    NODEC_PLOT_HEATMAP,             /* a sweep: a summary over two of what varies   */
    NODEC_PLOT_HISTOGRAM            /* a sweep: how often which value of a summary  */
} nodec_plot_kind;

typedef enum nodec_axis { NODEC_AXIS_STEPS, NODEC_AXIS_SAMPLES, NODEC_AXIS_EPOCHS } nodec_axis;

typedef struct nodec_plot {
    nodec_plot_kind kind;
    const char *metric;             /* CURVE: "loss" (NULL means it), "validation", a model's "accuracy" */
    nodec_axis axis;                /* CURVE of a model                             */
    double halflife;                /* CURVE of a model: smoothed, half forgotten after so many steps; 0: by itself */
    size_t count;                   /* MISTAKES: at most so many; HISTOGRAM: bars   */
    size_t summary;                 /* HEATMAP, HISTOGRAM: which                    */
    size_t x, y;                    /* HEATMAP: which of what varies; TRAJECTORY of a run: which outputs' reals */
    uint64_t every;                 /* a frame so often as well; 0: at the end only */
} nodec_plot;

typedef struct nodec_failure {      /* where a training or a solve broke            */
    uint64_t step;                  /* of the training; 0: none                     */
    size_t sample;
    double t;                       /* at which the first bad value appeared        */
    const char *state;              /* as the model names it, or NULL               */
    const nodec_module *module;
    const void *theta;              /* [params]                                     */
    double t_before;                /* the last solver step before it, and the      */
    const void *x_before;           /* sample's state there [states]; or NULL       */
    const void *inputs;             /* the sample's [inputs], or NULL               */
} nodec_failure;

typedef struct nodec_plan {
    const char *experiment, *engine, *device;       /* names for titles and results */
    const nodec_module *fit;        /* for nodec_train                              */
    const nodec_model  *model;      /* for nodec_learn                              */
    nodec_source   data, test;      /* test: after each epoch of a model            */
    size_t         settle;          /* batches before a test that only a model's buffers see */
    size_t         shift;           /* images move by at most so many pixels, anew in each epoch */
    nodec_batching batch;
    nodec_split    split;
    const nodec_options *options;   /* NULL: the module's                           */
    nodec_update   update;          /* the optimiser's numbers; lr is the base rate */
    nodec_rate     rate;
    uint64_t steps, epochs;         /* steps 0: by epochs                           */
    uint64_t seed;
    size_t   threads;               /* 0 means 1                                    */
    const char *weights;            /* start from these (safetensors); NULL: the model's own */
    const char *out;                /* folder of the run; NULL: leave no files      */
    const nodec_plot *plot; size_t plots;
    bool     resume;                /* from the checkpoint in out                   */
    uint64_t begun;                 /* when the process began, on progress_clock    */
    bool     quiet;                 /* no progress                                  */
    FILE    *json;                  /* result as one JSON object, or NULL           */
    nodec_profile *profile;         /* where the time goes: to standard error, in the result, and
                                       in out/profile.json; NULL: nobody asks       */
    uint64_t log_every;             /* 0: so that about 10,000 lines come out       */
    uint64_t validate_every;        /* 0: 50 times                                  */
    uint64_t save_every;            /* a checkpoint so often; 0: by the clock       */
    uint64_t fingerprint;           /* of model and experiment; a checkpoint of     */
                                    /* another one is refused                       */
    /* Names the layer in which the first bad value appeared (NULL: unknown). The
     * string is the callback's, and valid until it is called again.               */
    const char *(*layer)(void *context, const nodec_failure *);
    void *context;
} nodec_plan;

typedef struct nodec_result {
    uint64_t steps;                 /* done in all, earlier runs included           */
    uint64_t steps_here;            /* of these, in this call                       */
    double loss_first, loss_last;   /* of the first and the last step's batch       */
    double loss_mean;               /* over the last 100 steps at most              */
    double validation;              /* loss on what the split kept; NaN: no split   */
    double test_loss, test_accuracy;            /* of a model; NaN: no test         */
    double test_error;              /* share of test samples taken for another class */
    size_t bytes;                   /* of a model: work, weights, moments, gradient, batch */
    double seconds;                 /* of training, without pictures and files      */
    double us_per_step;
    double first_step;              /* seconds from plan.begun until it was done; NaN: none was  */
    size_t parameters;
} nodec_result;

/* Trains as planned. Returns an exit status; anything but 0 is explained in the
 * fault. The same plan gives the same bits, whatever `threads`, and however often
 * it was stopped and resumed. SIGINT and SIGTERM are handled while it runs.        */
int nodec_train(const nodec_plan *, nodec_result *, nodec_fault *);

/* The same for a model: learns from rows of files, with a test after each epoch.    */
int nodec_learn(const nodec_plan *, nodec_result *, nodec_fault *);

/* ---- evaluating ----------------------------------------------------------------- */

typedef struct nodec_evaluation {
    const nodec_module *module;
    const char *weights;            /* safetensors; NULL: initial ones from the seed */
    uint64_t seed;
    /* Each is numbers "0, 0.5, 2", a range "FROM:TO:COUNT", or the path of a .csv
     * or .npy file. start: a row of numbers per sample, or a CSV with the states'
     * names as columns; inputs likewise. NULL: the model's own.                     */
    const char *times, *start, *inputs;
    const nodec_options *options;   /* NULL: the module's                           */
    size_t threads;
    const char *output;             /* path, or "-" or NULL: standard output        */
    const char *format;             /* "csv", "npy"; NULL: by the path's ending, or csv */
} nodec_evaluation;

/* Solves and writes the outputs: as CSV with columns sample (if more than one), t
 * and the outputs; as npy [times][samples][outputs].                               */
int nodec_evaluate(const nodec_evaluation *, nodec_fault *);

typedef struct nodec_prediction {   /* the same of a model                          */
    const nodec_model *model;
    const char *weights;            /* NULL: initial ones from the seed             */
    uint64_t seed;
    /* "image=FILE,label=FILE": .npy, .csv (columns image[0] ...) or IDX. Inputs that are
     * whole numbers may be left out; then there are no losses and metrics.          */
    const char *inputs;
    size_t threads;
    const char *output, *format;    /* as above                                     */
} nodec_prediction;

/* Writes the outputs: as CSV a row per sample, as npy [samples][outputs]; and the losses
 * and metrics, means over all samples, to standard output if the outputs go to a file,
 * else to standard error.                                                           */
int nodec_predict(const nodec_prediction *, nodec_fault *);

/* ---- compiling generated code ----------------------------------------------------- */

typedef struct nodec_engine nodec_engine;       /* a loaded module or model         */

/* Compiles C text with the system's compiler into a shared object, cached by
 * content, and loads it. NULL on failure, with the reason in the fault.            */
typedef struct nodec_watch { nodec_profile *profile; const nodec_origin *origin; size_t origins; } nodec_watch;
/* watch: NULL, or who is told where its statements come from.                      */
nodec_engine *nodec_load(const char *source, size_t length, bool use_cache, const nodec_watch *, nodec_fault *);
const nodec_module *nodec_loaded(const nodec_engine *);         /* NULL: it is a model */
const nodec_model  *nodec_loaded_model(const nodec_engine *);   /* NULL: it is a field */
void *nodec_symbol(const nodec_engine *, const char *name);     /* another function of the text; NULL: there is none */
void nodec_unload(nodec_engine *);              /* its module dies with it          */

#endif
