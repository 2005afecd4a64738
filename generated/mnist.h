/* mnist.h, written by nodec from mnist.node: Classifier(body = OdeBlock(dim = 64, size = 6), dim = 64).
 *
 * Compile mnist.c with the vectors of the machine (-O2 -march=native); there is code for
 * AVX-512, AVX2 with FMA and NEON in it, and portable C for the rest (or with -DNODEC_PLAIN).
 * All give the same bits.
 *
 * Arrays are dense and row-major, the batch first: inputs[batch][INPUTS].
 * Nothing here allocates, prints, locks or keeps state; every function is re-entrant.
 * Outputs are overwritten, never added to; those marked "or NULL" are not computed then.
 * `work` needs no alignment and holds nothing between calls; inputs, outputs and `work` do
 * not overlap. A number of threads may help (parallel) and changes no bit.
 * Functions return 0, or a status whose text is mnist_message(status). */
#ifndef MNIST_H
#define MNIST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The same text in every header nodec writes, so that two of them can meet. */
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

typedef float mnist_real;

/* The meaning of a status, in English. */
const char *mnist_message(int status);

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


/* ---- Classifier(body = OdeBlock(dim = 64, size = 6), dim = 64) ----
 *
 *     input    image[28, 28]
 *     input    label                    whole, 0 to 9
 *     solve    feature                  from 0 to 1, x[64, 6, 6]
 *     output   logits[10]
 *     loss     ce
 *     metric   accuracy
 *
 * solver euler(h_max = 0.05), gradient adjoint; multiply-adds per sample: 54739840 for forward, 205773184 for train. */

enum {
    MNIST_CLASSIFIER_INPUTS      = 785,    /* per sample: image[28, 28], label */
    MNIST_CLASSIFIER_OUTPUTS     = 10,    /* per sample: logits[10] */
    MNIST_CLASSIFIER_PARAMS      = 208010,    /* length of theta */
    MNIST_CLASSIFIER_BUFFERS     = 5504,    /* length of buffers: what training remembers beside theta */
    MNIST_CLASSIFIER_VALUES      = 2,    /* means over the batch: ce, accuracy */
    MNIST_CLASSIFIER_INPUT_ROWS  = 2,
    MNIST_CLASSIFIER_OUTPUT_ROWS = 1,
    MNIST_CLASSIFIER_PARAM_ROWS  = 20,
    MNIST_CLASSIFIER_BUFFER_ROWS = 10
};

/* Bytes of workspace of forward and of train, as a constant for static arrays and as a
 * checked function (0 when the size does not fit in a size_t). */
#define MNIST_CLASSIFIER_WORK(batch) \
    (64 + sizeof(mnist_real) * (1109568 + (size_t)(batch)*2576))
size_t mnist_classifier_work(size_t batch);
#define MNIST_CLASSIFIER_TRAIN_WORK(batch) \
    (64 + sizeof(mnist_real) * (3273632 + (size_t)(batch)*120160))
size_t mnist_classifier_train_work(size_t batch);

/* Tables, static: what a row of inputs and of outputs holds, the parameters, the buffers. */
const nodec_input  *mnist_classifier_inputs(void);
const nodec_input  *mnist_classifier_outputs(void);
const nodec_param  *mnist_classifier_params(void);
const nodec_buffer *mnist_classifier_buffers(void);

/* theta[PARAMS] and buffers[BUFFERS] as the model initialises them, the same for the same
 * seed on every machine. */
void mnist_classifier_init(uint64_t seed, mnist_real *theta, mnist_real *buffers);

/* What the model is trained for: inputs[batch][INPUTS] (whole numbers as reals) to
 * outputs[batch][OUTPUTS] (or NULL) and values[VALUES] (or NULL: what only they read may be
 * anything). parallel (NULL: sequential) and report (or NULL) as above. */
int mnist_classifier_forward(size_t batch, const mnist_real *inputs, const mnist_real *theta, const mnist_real *buffers,
    mnist_real *outputs, double *values,
    const nodec_parallel *parallel, nodec_report *report, void *work, size_t work_bytes);

/* The same in training: values and their gradient g_theta[PARAMS]; buffers move on. What is minimised
 * is the sum of the losses: ce. */
int mnist_classifier_train(size_t batch, const mnist_real *inputs, const mnist_real *theta, mnist_real *buffers,
    mnist_real *g_theta, mnist_real *outputs, double *values,
    const nodec_parallel *parallel, nodec_report *report, void *work, size_t work_bytes);

enum { MNIST_CLASSIFIER_MOMENTS = 2 * MNIST_CLASSIFIER_PARAMS };      /* reals of optimiser state, 0 at first */

/* One step of adam in place: theta[PARAMS], moments[MOMENTS]. Returns the norm of the gradient. */
double mnist_classifier_update(const nodec_update *u, mnist_real *theta, const mnist_real *g_theta, mnist_real *moments);

/* train and update in one; theta stays as it was when the status is not 0. */
int mnist_classifier_train_step(size_t batch, const mnist_real *inputs, mnist_real *theta, mnist_real *buffers,
    const nodec_update *update, mnist_real *moments, mnist_real *g_theta, double *values,
    const nodec_parallel *parallel, nodec_report *report, void *work, size_t work_bytes);

#ifdef __cplusplus
}
#endif
#endif
