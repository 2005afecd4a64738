/* pendulum.h, written by nodec from pendulum.node: Pendulum, Swing(hidden = 16), SecondOrder(n = 1, hidden = 32), Hamiltonian(n = 1, hidden = 32).
 *
 * Compile pendulum.c with the vectors of the machine (-O2 -march=native); there is code for
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
 * Functions return 0, or a status whose text is pendulum_message(status). */
#ifndef PENDULUM_H
#define PENDULUM_H

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

typedef float pendulum_real;

/* The meaning of a status, in English. */
const char *pendulum_message(int status);


/* ---- Pendulum ----
 *
 *     dangle/dt = speed
 *     dspeed/dt = -g / length * sin(angle) - damping * speed
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    PENDULUM_PENDULUM_STATES     = 2,    /* per sample: angle, speed */
    PENDULUM_PENDULUM_PARAMS     = 1,    /* length of theta */
    PENDULUM_PENDULUM_OUTPUTS    = 2,    /* per sample and time: across, height */
    PENDULUM_PENDULUM_PARAM_ROWS = 1
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f, start, observe;
 * vjp and jvp need that of one time. */
#define PENDULUM_PENDULUM_WORK(batch, times) \
    (64 + sizeof(pendulum_real) * ((size_t)(batch) < 32 \
        ? 64 + (size_t)(batch)*(48 + (size_t)(times)) \
        : 16 + ((size_t)(batch) + 127)/128*(288 + (size_t)(times))))
size_t pendulum_pendulum_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *pendulum_pendulum_params(void);
nodec_options      pendulum_pendulum_options(void);
void               pendulum_pendulum_init(uint64_t seed, pendulum_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int pendulum_pendulum_f(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, pendulum_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int pendulum_pendulum_vjp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *a,
    pendulum_real *ax, pendulum_real *at, pendulum_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int pendulum_pendulum_jvp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta,
    const pendulum_real *vx, const pendulum_real *vt, const pendulum_real *vtheta, pendulum_real *out,
    void *work, size_t work_bytes);

/* x0[batch][states]: the states that `given` holds, and those the model computes itself */
int pendulum_pendulum_start(size_t batch, const pendulum_real *given, const pendulum_real *theta, pendulum_real *x0);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int pendulum_pendulum_solve(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x0,
    const pendulum_real *theta, pendulum_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int pendulum_pendulum_gradient(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *g_x,
    pendulum_real *g_x0, pendulum_real *g_theta, pendulum_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* y[times][batch][outputs]: what is observed of a trajectory */
int pendulum_pendulum_observe(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, pendulum_real *y);

/* ---- Swing(hidden = 16) ----
 *
 *     dangle/dt = speed
 *     dspeed/dt = 10 * net([angle, speed / 3])[0]
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    PENDULUM_SWING_STATES     = 2,    /* per sample: angle, speed */
    PENDULUM_SWING_PARAMS     = 65,    /* length of theta */
    PENDULUM_SWING_OUTPUTS    = 2,    /* per sample and time: across, height */
    PENDULUM_SWING_PARAM_ROWS = 4
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f, start, observe;
 * vjp and jvp need that of one time. */
#define PENDULUM_SWING_WORK(batch, times) \
    (64 + sizeof(pendulum_real) * ((size_t)(batch) < 32 \
        ? 64 + (size_t)(batch)*(112 + (size_t)(times)) \
        : ((size_t)(batch) + 127)/128*(1312 + (size_t)(times))))
size_t pendulum_swing_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *pendulum_swing_params(void);
nodec_options      pendulum_swing_options(void);
void               pendulum_swing_init(uint64_t seed, pendulum_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int pendulum_swing_f(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, pendulum_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int pendulum_swing_vjp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *a,
    pendulum_real *ax, pendulum_real *at, pendulum_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int pendulum_swing_jvp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta,
    const pendulum_real *vx, const pendulum_real *vt, const pendulum_real *vtheta, pendulum_real *out,
    void *work, size_t work_bytes);

/* x0[batch][states]: the states that `given` holds, and those the model computes itself */
int pendulum_swing_start(size_t batch, const pendulum_real *given, const pendulum_real *theta, pendulum_real *x0);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int pendulum_swing_solve(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x0,
    const pendulum_real *theta, pendulum_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int pendulum_swing_gradient(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *g_x,
    pendulum_real *g_x0, pendulum_real *g_theta, pendulum_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* y[times][batch][outputs]: what is observed of a trajectory */
int pendulum_swing_observe(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, pendulum_real *y);

/* ---- SecondOrder(n = 1, hidden = 32) ----
 *
 *     dx/dt = v
 *     dv/dt = concat(x, v) |> net
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    PENDULUM_SECONDORDER_STATES     = 2,    /* per sample: x[1], v[1] */
    PENDULUM_SECONDORDER_PARAMS     = 129,    /* length of theta */
    PENDULUM_SECONDORDER_PARAM_ROWS = 4
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define PENDULUM_SECONDORDER_WORK(batch, times) \
    (64 + sizeof(pendulum_real) * ((size_t)(batch) < 32 \
        ? 128 + (size_t)(batch)*(176 + (size_t)(times)) \
        : ((size_t)(batch) + 127)/128*(2336 + (size_t)(times))))
size_t pendulum_secondorder_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *pendulum_secondorder_params(void);
nodec_options      pendulum_secondorder_options(void);
void               pendulum_secondorder_init(uint64_t seed, pendulum_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int pendulum_secondorder_f(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, pendulum_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int pendulum_secondorder_vjp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *a,
    pendulum_real *ax, pendulum_real *at, pendulum_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int pendulum_secondorder_jvp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta,
    const pendulum_real *vx, const pendulum_real *vt, const pendulum_real *vtheta, pendulum_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int pendulum_secondorder_solve(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x0,
    const pendulum_real *theta, pendulum_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int pendulum_secondorder_gradient(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *g_x,
    pendulum_real *g_x0, pendulum_real *g_theta, pendulum_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* ---- Hamiltonian(n = 1, hidden = 32) ----
 *
 *     dq/dt = grad(H, p)
 *     dp/dt = -grad(H, q)
 *
 * solver euler(h_max = 0.05), gradient adjoint. */

enum {
    PENDULUM_HAMILTONIAN_STATES     = 2,    /* per sample: q[1], p[1] */
    PENDULUM_HAMILTONIAN_PARAMS     = 129,    /* length of theta */
    PENDULUM_HAMILTONIAN_PARAM_ROWS = 4
};

/* Bytes of workspace, as a constant for static arrays and as a checked function (0 when the
 * size does not fit in a size_t). None is needed by f;
 * vjp and jvp need that of one time. */
#define PENDULUM_HAMILTONIAN_WORK(batch, times) \
    (64 + sizeof(pendulum_real) * ((size_t)(batch) < 32 \
        ? 128 + (size_t)(batch)*(160 + (size_t)(times)) \
        : ((size_t)(batch) + 127)/128*(2336 + (size_t)(times))))
size_t pendulum_hamiltonian_work(size_t batch, size_t times);

/* The table of parameters, [PARAM_ROWS], static; what the model says about steps and solver;
 * parameters as the model initialises them, the same for the same seed on every machine. */
const nodec_param *pendulum_hamiltonian_params(void);
nodec_options      pendulum_hamiltonian_options(void);
void               pendulum_hamiltonian_init(uint64_t seed, pendulum_real *theta);

/* dx = f(x, t, theta); t is not read and may be NULL */
int pendulum_hamiltonian_f(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, pendulum_real *dx);

/* a.df/dx, a.df/dt (per sample) and a.df/dtheta (summed over the batch); each or NULL */
int pendulum_hamiltonian_vjp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *a,
    pendulum_real *ax, pendulum_real *at, pendulum_real *atheta,
    void *work, size_t work_bytes);

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta; a tangent that is NULL is zero */
int pendulum_hamiltonian_jvp(size_t batch, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta,
    const pendulum_real *vx, const pendulum_real *vt, const pendulum_real *vtheta, pendulum_real *out,
    void *work, size_t work_bytes);

/* x at every time, x[0] = x0. options (NULL: the model's) and report (or NULL) as above. A sample that
 * leaves the finite numbers (NODEC_NONFINITE) takes no other with it: their x is whole. */
int pendulum_hamiltonian_solve(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x0,
    const pendulum_real *theta, pendulum_real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

/* From x as solve left it and g_x = dL/dx at every time: dL/dx0, dL/dtheta and dL/dt
 * (shaped like t: summed over the batch when samples share it); each or NULL. Same options. */
int pendulum_hamiltonian_gradient(size_t batch, size_t times, const pendulum_real *t, size_t t_stride, const pendulum_real *x,
    const pendulum_real *theta, const pendulum_real *g_x,
    pendulum_real *g_x0, pendulum_real *g_theta, pendulum_real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes);

#ifdef __cplusplus
}
#endif
#endif
