/* spiral.h, written by nodec from spiral.node: Spiral, TwoWells, Mlp(n = 2, hidden = 16, time = false).
 *
 * Compile spiral.c with the vectors of the machine (-O2 -march=native); there is code for
 * AVX-512, AVX2 with FMA and NEON in it, and portable C for the rest (or with -DNODEC_PLAIN).
 * All give the same bits.
 *
 * Arrays are dense and row-major, the batch first: x0[batch][states], x[times][batch][states].
 * `t` has `times` entries, increasing or decreasing, and t[0] belongs to x0. With t_stride = 0
 * all samples share it; otherwise sample b reads t + b*t_stride.
 * Nothing here allocates, prints, locks or keeps state; every function is re-entrant.
 * Outputs are overwritten, never added to; those marked "or NULL" are not computed then.
 * `work` needs no alignment and holds nothing between calls; inputs, outputs and `work` do
 * not overlap. A number of threads may help (nodec_options.parallel) and changes no bit.
 * Functions return 0, or a status whose text is spiral_message(status). */
#ifndef SPIRAL_H
#define SPIRAL_H

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

typedef float spiral_real;

/* The meaning of a status, in English. */
const char *spiral_message(int status);


/* ---- Spiral ----
 *
 *     dx/dt = W @ x
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    SPIRAL_SPIRAL_STATES     = 2,    /* per sample: x[2] */
    SPIRAL_SPIRAL_PARAMS     = 4,    /* length of theta */
    SPIRAL_SPIRAL_PARAM_ROWS = 1
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define SPIRAL_SPIRAL_WORK(batch, times) \
    (64 + sizeof(spiral_real) * ((size_t)(batch) < 32 \
        ? (size_t)(batch)*(48 + (size_t)(times)) \
        : ((size_t)(batch) + 127)/128*(336 + (size_t)(times))))
size_t spiral_spiral_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *spiral_spiral_params(void);
nodec_options      spiral_spiral_options(void);
void               spiral_spiral_init(uint64_t seed, spiral_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int spiral_spiral_f(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, spiral_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int spiral_spiral_vjp(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, const spiral_real *a,
    spiral_real *ax, spiral_real *at, spiral_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int spiral_spiral_jvp(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta,
    const spiral_real *vx, const spiral_real *vt, const spiral_real *vtheta, spiral_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int spiral_spiral_solve(size_t batch, size_t times, const spiral_real *t, size_t t_stride, const spiral_real *x0,
    const spiral_real *theta, spiral_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int spiral_spiral_gradient(size_t batch, size_t times, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, const spiral_real *g_x,
    spiral_real *g_x0, spiral_real *g_theta, spiral_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* ---- TwoWells ----
 *
 *     dx/dt = sigmoid(s) * (A @ (x - x0)) + sigmoid(-s) * (B @ (x + x0))
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    SPIRAL_TWOWELLS_STATES     = 2,    /* per sample: x[2] */
    SPIRAL_TWOWELLS_PARAMS     = 10,    /* length of theta */
    SPIRAL_TWOWELLS_PARAM_ROWS = 3
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define SPIRAL_TWOWELLS_WORK(batch, times) \
    (64 + sizeof(spiral_real) * ((size_t)(batch) < 32 \
        ? (size_t)(batch)*(80 + (size_t)(times)) \
        : ((size_t)(batch) + 127)/128*(432 + (size_t)(times))))
size_t spiral_twowells_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *spiral_twowells_params(void);
nodec_options      spiral_twowells_options(void);
void               spiral_twowells_init(uint64_t seed, spiral_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int spiral_twowells_f(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, spiral_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int spiral_twowells_vjp(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, const spiral_real *a,
    spiral_real *ax, spiral_real *at, spiral_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int spiral_twowells_jvp(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta,
    const spiral_real *vx, const spiral_real *vt, const spiral_real *vtheta, spiral_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int spiral_twowells_solve(size_t batch, size_t times, const spiral_real *t, size_t t_stride, const spiral_real *x0,
    const spiral_real *theta, spiral_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int spiral_twowells_gradient(size_t batch, size_t times, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, const spiral_real *g_x,
    spiral_real *g_x0, spiral_real *g_theta, spiral_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* ---- Mlp(n = 2, hidden = 16, time = false) ----
 *
 *     dx/dt = inp |> lin1 |> elu |> lin2 |> elu |> lin3
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    SPIRAL_MLP_STATES     = 2,    /* per sample: x[2] */
    SPIRAL_MLP_PARAMS     = 354,    /* length of theta */
    SPIRAL_MLP_PARAM_ROWS = 6
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define SPIRAL_MLP_WORK(batch, times) \
    (64 + sizeof(spiral_real) * ((size_t)(batch) < 32 \
        ? 608 + (size_t)(batch)*(400 + (size_t)(times)) \
        : ((size_t)(batch) + 127)/128*(5936 + (size_t)(times))))
size_t spiral_mlp_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *spiral_mlp_params(void);
nodec_options      spiral_mlp_options(void);
void               spiral_mlp_init(uint64_t seed, spiral_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int spiral_mlp_f(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, spiral_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int spiral_mlp_vjp(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, const spiral_real *a,
    spiral_real *ax, spiral_real *at, spiral_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int spiral_mlp_jvp(size_t batch, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta,
    const spiral_real *vx, const spiral_real *vt, const spiral_real *vtheta, spiral_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int spiral_mlp_solve(size_t batch, size_t times, const spiral_real *t, size_t t_stride, const spiral_real *x0,
    const spiral_real *theta, spiral_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int spiral_mlp_gradient(size_t batch, size_t times, const spiral_real *t, size_t t_stride, const spiral_real *x,
    const spiral_real *theta, const spiral_real *g_x,
    spiral_real *g_x0, spiral_real *g_theta, spiral_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

#ifdef __cplusplus
}
#endif
#endif
