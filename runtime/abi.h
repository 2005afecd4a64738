/* abi.h: what a compiled module looks like to the runtime.
 *
 * Generated code meant for `nodec run` ends with a nodec_module and the one
 * exported function nodec_entry.  The reals in the arrays are float or double
 * (real_bytes says which), so they pass as void pointers here; everywhere else
 * generated code is typed.  The first part, under NODEC_1, is the same text
 * that every generated header carries. */
#ifndef NODEC_ABI_H
#define NODEC_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifndef NODEC_1
#define NODEC_1

enum nodec_status {
    NODEC_OK        = 0,
    NODEC_ARGUMENT  = 1,    /* NULL, a size of 0, or times not monotone            */
    NODEC_WORKSPACE = 2,    /* work_bytes is less than ..._work() says             */
    NODEC_STEPS     = 3,    /* max_steps reached between two times                 */
    NODEC_STEP_SIZE = 4,    /* the step fell below the spacing of numbers near t   */
    NODEC_NONFINITE = 5     /* a value overflowed or became NaN: see the report    */
};

typedef struct nodec_param {
    const char *name;               /* as in a PyTorch state_dict: "lin1.weight"   */
    size_t offset, count;           /* in reals, into theta                        */
    size_t rank, shape[4];
    int positive;                   /* 1: kept above zero, trained as its logarithm */
} nodec_param;

typedef struct nodec_parallel {     /* run task(arg, 0) ... task(arg, count-1), in */
    void (*run)(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg);
    void *pool;                     /* any order, and return when all are done     */
} nodec_parallel;

typedef struct nodec_options {
    size_t size;                    /* sizeof(nodec_options): later ones may be longer */
    double h_max;                   /* longest step; ceil(|t1 - t0| / h_max) equal steps */
    size_t steps;                   /* not 0: that many steps instead              */
    double rtol, atol;              /* for adaptive solvers                        */
    size_t max_steps;               /* per sample and interval                     */
    const nodec_parallel *parallel; /* NULL: sequential; the results are the same  */
} nodec_options;

typedef struct nodec_report {       /* of the first sample that failed, or the sums */
    size_t sample, steps, rejected, evaluations;
    double t;
    const char *where;              /* the state, as the model names it; or NULL   */
} nodec_report;

#endif

#ifndef NODEC_1_UPDATE
#define NODEC_1_UPDATE

/* Numbers an optimiser's update reads; which of them matter depends on its row
 * in ops/optim.def.                                                             */
typedef struct nodec_update {
    double lr, beta1, beta2, eps, decay, momentum;
    double clip;                    /* greatest norm of the gradient, 0: no limit  */
    uint64_t step;                  /* 1, 2, ...                                   */
} nodec_update;

#endif

#ifndef NODEC_1_MODEL
#define NODEC_1_MODEL

typedef struct nodec_input {        /* of a sample's row, or an output              */
    const char *name;
    size_t offset, count, rank, shape[4];
    size_t classes;                 /* whole numbers 0 ... classes-1, held as reals; 0: reals */
} nodec_input;

typedef struct nodec_buffer {       /* what training remembers beside the weights: running statistics */
    const char *name;               /* "norm.running_mean"                          */
    size_t offset, count, rank, shape[4];
    size_t slots, stride;           /* copies, one per evaluation of f: k at offset + k*stride */
    const double *initial;          /* [count], every copy's                         */
} nodec_buffer;

#endif

/* A batch of observed trajectories.  t has `times` entries per sample (shared
 * when t_stride is 0); target is [times][batch][outputs], start [batch][states]
 * (given states only are read), inputs [batch][inputs].                          */
typedef struct nodec_batch {
    size_t batch, times, t_stride;
    const void *t, *start, *inputs, *target;
} nodec_batch;

typedef struct nodec_state {
    const char *name; size_t offset, count, rank, shape[4]; int given;
} nodec_state;

/* An engine that is asked for every computation (entry.h), with memory of its own perhaps. */
struct nodec_code;

/* Every function of a module is given the module, so that a struct that begins with one
 * can carry what its functions need (serve.h); those of generated code ignore it.     */
typedef struct nodec_module nodec_module;
struct nodec_module {
    uint32_t version;               /* 2                                           */
    uint32_t real_bytes;            /* 4 or 8                                      */
    const char *name;               /* of the odef: "Mlp"                          */
    size_t states, params, inputs, outputs;         /* reals                       */
    size_t state_rows, param_rows, input_rows, output_rows;
    const nodec_state *state, *input, *output;      /* output: the states if none are declared */
    const nodec_param *param;
    const void *input_default;      /* [inputs], or NULL                           */
    size_t moments;                 /* reals of optimiser state per parameter      */
    nodec_options options;          /* as the model says                           */

    void (*init)(const nodec_module *, uint64_t seed, void *theta);
    int (*f)(const nodec_module *, size_t batch, const void *t, size_t t_stride, const void *x,
             const void *inputs, const void *theta, void *dx);
    int (*start)(const nodec_module *, size_t batch, const void *given, const void *inputs, const void *theta, void *x0);
    size_t (*work)(const nodec_module *, size_t batch, size_t times);   /* bytes, for all of the below; 0: too large */
    /* x [times][batch][states] from x0 [batch][states] */
    int (*solve)(const nodec_module *, size_t batch, size_t times, const void *t, size_t t_stride, const void *x0,
                 const void *inputs, const void *theta, void *x,
                 const nodec_options *, nodec_report *, void *work, size_t work_bytes);
    int (*observe)(const nodec_module *, size_t batch, size_t times, const void *t, size_t t_stride, const void *x,
                   const void *inputs, const void *theta, void *y);      /* [times][batch][outputs] */
    /* mean loss over the batch; x [times][batch][states] is scratch that holds the
     * solution afterwards; g_theta NULL: the loss only                             */
    int (*loss)(const nodec_module *, const nodec_batch *, const void *theta, double *loss, void *x, void *g_theta,
                const nodec_options *, nodec_report *, void *work, size_t work_bytes);
    /* one optimiser step in place; moments [moments * params]; returns the gradient's norm,
     * which is not a number when the engine broke. Nobody asks for it where the gradient
     * is not finite.                                                                   */
    double (*update)(const nodec_module *, const nodec_update *, void *theta, const void *g_theta, void *moments);

    /* What a run keeps of each trajectory; of modules made for one, else 0 and NULL. survey:
     * from x [batch][states] at t[0] to t[times-1], where it leaves the states; on the way the
     * `cells` reals of each trajectory, [batch][cells], see times begin, begin + 1 ..., before
     * which they have seen `before`. conclude: values [batch][summaries] of what `count`
     * observations over `span` have left in them; all not finite if x or one of them is not. */
    size_t summaries, cells;
    int (*survey)(const nodec_module *, size_t batch, size_t times, const void *t, const void *inputs, const void *theta,
                  void *x, void *cells, size_t begin, size_t before, const nodec_options *, nodec_report *, void *work,
                  size_t work_bytes);
    int (*conclude)(const nodec_module *, size_t batch, const void *x, const void *cells, size_t count, double span, void *values);

    /* The engine behind them, whose memory may hold any of the arrays, or NULL: what is
     * compiled into the process.  When one of the functions gives NODEC_BROKEN (entry.h) it
     * says why.  Once its engine has kept it, an array of the host's may be behind.     */
    const struct nodec_code *code;
    const struct nodec_march *march;            /* many steps at once (march.h), or NULL */
};

/* What dlsym finds.  Static data; nothing to free. */
const nodec_module *nodec_entry(void);

/* ---- models: layers around solves, with their losses and metrics ------------------- */

typedef struct nodec_drawn {        /* numbers a model draws in training: Dropout's mask */
    const char *name;               /* its hash chooses the Philox stream            */
    size_t offset, count;
    int    law;                     /* 0 uniform(a, b), 1 normal(a, b), 2 bernoulli(a) */
    double a, b;
} nodec_drawn;

typedef struct nodec_model nodec_model;
struct nodec_model {
    uint32_t version;               /* 2                                            */
    uint32_t real_bytes;
    const char *name;               /* "Classifier"                                 */
    size_t inputs, outputs, params, buffers, draws;         /* reals                */
    size_t values, losses;          /* numbers reported; the first `losses` are minimised, summed */
    size_t input_rows, output_rows, param_rows, buffer_rows, draw_rows;
    const nodec_input  *input, *output;
    const nodec_param  *param;
    const nodec_buffer *buffer;
    const nodec_drawn *draw;
    const char *const  *value;      /* their names: "ce", "accuracy"                */
    size_t moments;
    size_t steps, evaluations, pulls;       /* of a solve; of f forwards; of f with its vjp */
    double flops_forward, flops_train;      /* multiply-adds per sample             */

    void   (*init)(const nodec_model *, uint64_t seed, void *theta, void *buffers);
    size_t (*work)(const nodec_model *, size_t batch, int training);        /* bytes; 0: too large */
    /* inputs [batch][inputs]; outputs [batch][outputs] or NULL; values [values], means
     * over the batch, or NULL                                                       */
    int (*forward)(const nodec_model *, size_t batch, const void *inputs, const void *theta, const void *buffers,
                   void *outputs, double *values, const nodec_parallel *, nodec_report *, void *work, size_t work_bytes);
    /* draws [batch][draws] or NULL if there are none; buffers are updated; g_theta is set */
    int (*train)(const nodec_model *, size_t batch, const void *inputs, const void *draws, const void *theta,
                 void *buffers, void *g_theta, void *outputs, double *values, const nodec_parallel *, nodec_report *,
                 void *work, size_t work_bytes);
    double (*update)(const nodec_model *, const nodec_update *, void *theta, const void *g_theta, void *moments);
    const struct nodec_code *code;  /* as a module's                                */
    const struct nodec_march *march;
};

const nodec_model *nodec_model_entry(void);         /* what dlsym finds in a model's module */

#endif
