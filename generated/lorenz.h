/* lorenz.h, written by nodec from lorenz.node: Lorenz, Tangent.
 *
 * Compile lorenz.c with the vectors of the machine (-O2 -march=native); there is code for
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
 * Functions return 0, or a status whose text is lorenz_message(status). */
#ifndef LORENZ_H
#define LORENZ_H

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

typedef float lorenz_real;

/* The meaning of a status, in English. */
const char *lorenz_message(int status);


/* ---- Lorenz ----
 *
 *     dx/dt = sigma * (y - x)
 *     dy/dt = x * (rho - z) - y
 *     dz/dt = x * y - beta * z
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    LORENZ_LORENZ_STATES     = 3,    /* per sample: x, y, z */
    LORENZ_LORENZ_PARAMS     = 3,    /* length of theta */
    LORENZ_LORENZ_PARAM_ROWS = 3
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f, start;
 * vjp and jvp need that of one time. */
#define LORENZ_LORENZ_WORK(batch, times) \
    (64 + sizeof(lorenz_real) * ((size_t)(batch) < 32 \
        ? 64 + (size_t)(batch)*(80 + (size_t)(times)) \
        : 16 + ((size_t)(batch) + 127)/128*(448 + (size_t)(times))))
size_t lorenz_lorenz_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *lorenz_lorenz_params(void);
nodec_options      lorenz_lorenz_options(void);
void               lorenz_lorenz_init(uint64_t seed, lorenz_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int lorenz_lorenz_f(size_t batch, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta, lorenz_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int lorenz_lorenz_vjp(size_t batch, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta, const lorenz_real *a,
    lorenz_real *ax, lorenz_real *at, lorenz_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int lorenz_lorenz_jvp(size_t batch, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta,
    const lorenz_real *vx, const lorenz_real *vt, const lorenz_real *vtheta, lorenz_real *out,
    void *work, size_t work_bytes);

/* x0[batch][states]: the states that `given` holds, and those the model computes itself */
int lorenz_lorenz_start(size_t batch, const lorenz_real *given, const lorenz_real *theta, lorenz_real *x0);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int lorenz_lorenz_solve(size_t batch, size_t times, const lorenz_real *t, size_t t_stride, const lorenz_real *x0,
    const lorenz_real *theta, lorenz_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int lorenz_lorenz_gradient(size_t batch, size_t times, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta, const lorenz_real *g_x,
    lorenz_real *g_x0, lorenz_real *g_theta, lorenz_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* ---- Tangent ----
 *
 *     ds/dt      = f
 *     du/dt      = v - faster * u
 *     dgrowth/dt = faster
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    LORENZ_TANGENT_STATES     = 7,    /* per sample: s[3], u[3], growth */
    LORENZ_TANGENT_PARAMS     = 3,    /* length of theta */
    LORENZ_TANGENT_PARAM_ROWS = 3
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f, start;
 * vjp and jvp need that of one time. */
#define LORENZ_TANGENT_WORK(batch, times) \
    (64 + sizeof(lorenz_real) * ((size_t)(batch) < 32 \
        ? 832 + (size_t)(batch)*(80 + (size_t)(times)) \
        : 48 + ((size_t)(batch) + 127)/128*(960 + (size_t)(times))))
size_t lorenz_tangent_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *lorenz_tangent_params(void);
nodec_options      lorenz_tangent_options(void);
void               lorenz_tangent_init(uint64_t seed, lorenz_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int lorenz_tangent_f(size_t batch, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta, lorenz_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int lorenz_tangent_vjp(size_t batch, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta, const lorenz_real *a,
    lorenz_real *ax, lorenz_real *at, lorenz_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int lorenz_tangent_jvp(size_t batch, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta,
    const lorenz_real *vx, const lorenz_real *vt, const lorenz_real *vtheta, lorenz_real *out,
    void *work, size_t work_bytes);

/* x0[batch][states]: the states that `given` holds, and those the model computes itself */
int lorenz_tangent_start(size_t batch, const lorenz_real *given, const lorenz_real *theta, lorenz_real *x0);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int lorenz_tangent_solve(size_t batch, size_t times, const lorenz_real *t, size_t t_stride, const lorenz_real *x0,
    const lorenz_real *theta, lorenz_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int lorenz_tangent_gradient(size_t batch, size_t times, const lorenz_real *t, size_t t_stride, const lorenz_real *x,
    const lorenz_real *theta, const lorenz_real *g_x,
    lorenz_real *g_x0, lorenz_real *g_theta, lorenz_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

#ifdef __cplusplus
}
#endif
#endif
