/* forced.h, written by nodec from forced.node: Duffing, Pushed(hidden = 16, harmonics = 2).
 *
 * Compile forced.c with the vectors of the machine (-O2 -march=native); there is code for
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
 * Functions return 0, or a status whose text is forced_message(status). */
#ifndef FORCED_H
#define FORCED_H

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

typedef float forced_real;

/* The meaning of a status, in English. */
const char *forced_message(int status);


/* ---- Duffing ----
 *
 *     dx/dt = v
 *     dv/dt = push * cos(omega * t) - damping * v - stiffness * x - cubic * x^3
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    FORCED_DUFFING_STATES     = 2,    /* per sample: x, v */
    FORCED_DUFFING_PARAMS     = 3,    /* length of theta */
    FORCED_DUFFING_INPUTS     = 2,    /* per sample, constant along its trajectory: push, omega */
    FORCED_DUFFING_PARAM_ROWS = 3
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define FORCED_DUFFING_WORK(batch, times) \
    (64 + sizeof(forced_real) * ((size_t)(batch) < 32 \
        ? 192 + (size_t)(batch)*(80 + (size_t)(times)) \
        : 16 + ((size_t)(batch) + 127)/128*(320 + (size_t)(times))))
size_t forced_duffing_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *forced_duffing_params(void);
nodec_options      forced_duffing_options(void);
void               forced_duffing_init(uint64_t seed, forced_real *theta);

/* dx = f(x, t, theta) */
int forced_duffing_f(size_t batch, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *inputs, const forced_real *theta, forced_real *dx);

/* a.df/dx, a.df/dt (per sample), a.df/dinputs and a.df/dtheta (summed over the batch); each or NULL */
int forced_duffing_vjp(size_t batch, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *inputs, const forced_real *theta, const forced_real *a,
    forced_real *ax, forced_real *at, forced_real *ainputs, forced_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int forced_duffing_jvp(size_t batch, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *inputs, const forced_real *theta,
    const forced_real *vx, const forced_real *vt, const forced_real *vtheta, forced_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int forced_duffing_solve(size_t batch, size_t times, const forced_real *t, size_t t_stride, const forced_real *x0,
    const forced_real *inputs, const forced_real *theta, forced_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dinputs, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int forced_duffing_gradient(size_t batch, size_t times, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *inputs, const forced_real *theta, const forced_real *g_x,
    forced_real *g_x0, forced_real *g_inputs, forced_real *g_theta, forced_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* ---- Pushed(hidden = 16, harmonics = 2) ----
 *
 *     dx/dt = v
 *     dv/dt = (concat(x, v, clock) |> net)[0]
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    FORCED_PUSHED_STATES     = 2,    /* per sample: x, v */
    FORCED_PUSHED_PARAMS     = 129,    /* length of theta */
    FORCED_PUSHED_PARAM_ROWS = 4
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define FORCED_PUSHED_WORK(batch, times) \
    (64 + sizeof(forced_real) * ((size_t)(batch) < 32 \
        ? 192 + (size_t)(batch)*(176 + (size_t)(times)) \
        : 16 + ((size_t)(batch) + 127)/128*(2336 + (size_t)(times))))
size_t forced_pushed_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *forced_pushed_params(void);
nodec_options      forced_pushed_options(void);
void               forced_pushed_init(uint64_t seed, forced_real *theta);

/* dx = f(x, t, theta) */
int forced_pushed_f(size_t batch, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *theta, forced_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int forced_pushed_vjp(size_t batch, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *theta, const forced_real *a,
    forced_real *ax, forced_real *at, forced_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int forced_pushed_jvp(size_t batch, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *theta,
    const forced_real *vx, const forced_real *vt, const forced_real *vtheta, forced_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int forced_pushed_solve(size_t batch, size_t times, const forced_real *t, size_t t_stride, const forced_real *x0,
    const forced_real *theta, forced_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int forced_pushed_gradient(size_t batch, size_t times, const forced_real *t, size_t t_stride, const forced_real *x,
    const forced_real *theta, const forced_real *g_x,
    forced_real *g_x0, forced_real *g_theta, forced_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

#ifdef __cplusplus
}
#endif
#endif
