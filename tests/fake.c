/* fake.c: see fake.h. Everything is computed in double by one generic Euler solve that carries
 * the sensitivities dx/dtheta along; only the arrays are float or double. */
#include "fake.h"

#include <math.h>
#include <string.h>

#include "philox.h"
#include "real.h"

enum { STATES = 2, PARAMS = 4 };                /* at most                                        */

typedef struct system {                         /* one of the two models                          */
    size_t states, params, inputs, bytes;
    void (*f)(const double *x, const double *u, const double *p, double *dx,
              double jx[STATES][STATES], double jp[STATES][PARAMS]);
    void (*begin)(const double *p, double *x, double jp[STATES][PARAMS]);   /* NULL: x is given   */
} system;

static void linear_f(const double *x, const double *u, const double *p, double *dx,
                     double jx[STATES][STATES], double jp[STATES][PARAMS])
{
    (void)u;
    for (int i = 0; i < 2; i++) {
        dx[i] = p[2 * i] * x[0] + p[2 * i + 1] * x[1];
        for (int j = 0; j < 2; j++) {
            jx[i][j] = p[2 * i + j];
            jp[i][2 * i + j] = x[j];
        }
    }
}

static void decay_f(const double *x, const double *u, const double *p, double *dx,
                    double jx[STATES][STATES], double jp[STATES][PARAMS])
{
    const double k = p[0];
    dx[0] = u[0] - k * x[0];
    jx[0][0] = -k;
    jp[0][0] = -x[0];
}

static void decay_begin(const double *p, double *x, double jp[STATES][PARAMS])
{
    x[0] = p[1];
    jp[0][1] = 1;
}

typedef struct sample { double x[STATES], s[STATES][PARAMS]; } sample;

static void euler(const system *y, sample *z, const double *u, const double *p, double h)
{
    double dx[STATES] = {0}, jx[STATES][STATES] = {{0}}, jp[STATES][PARAMS] = {{0}}, ds[STATES][PARAMS] = {{0}};
    y->f(z->x, u, p, dx, jx, jp);
    for (size_t i = 0; i < y->states; i++)
        for (size_t k = 0; k < y->params; k++) {
            ds[i][k] = jp[i][k];
            for (size_t j = 0; j < y->states; j++) ds[i][k] += jx[i][j] * z->s[j][k];
        }
    for (size_t i = 0; i < y->states; i++) {
        z->x[i] += h * dx[i];
        for (size_t k = 0; k < y->params; k++) z->s[i][k] += h * ds[i][k];
    }
}

static void widen(const system *y, const void *from, size_t offset, size_t count, double *to)
{
    for (size_t i = 0; i < count; i++) to[i] = real_at(from, y->bytes, offset + i);
}

static void begin(const system *y, const void *given, size_t b, const double *p, sample *z)
{
    memset(z, 0, sizeof *z);
    if (y->begin) y->begin(p, z->x, z->s);
    else widen(y, given, b * y->states, y->states, z->x);
}

static int fail(nodec_report *report, size_t b, double t)
{
    report->sample = b;
    report->t = t;
    report->where = "x";
    return NODEC_NONFINITE;
}

/* One sample through all its times. x may be NULL; target NULL: no loss; g NULL: no gradient. */
static int run(const system *y, size_t batch, size_t times, const void *t, size_t stride, size_t b, sample z,
               const void *inputs, const double *p, void *x, const void *target, double *loss, double *g,
               const nodec_options *options, nodec_report *report)
{
    double u[1] = {0}, t0 = real_at(t, y->bytes, b * stride);
    if (y->inputs) widen(y, inputs, b * y->inputs, y->inputs, u);
    for (size_t i = 0; i < times; i++) {
        const double t1 = real_at(t, y->bytes, b * stride + i);
        if (i && t1 == t0) return NODEC_ARGUMENT;
        const size_t steps = (size_t)ceil(fabs(t1 - t0) / options->h_max);
        for (size_t s = 0; s < steps; s++) euler(y, &z, u, p, (t1 - t0) / (double)steps);
        t0 = t1;
        for (size_t k = 0; k < y->states; k++) {
            const size_t at = (i * batch + b) * y->states + k;
            if (!(fabs(z.x[k]) < (y->bytes == 4 ? 3e38 : 1e300))) return fail(report, b, t1);
            if (x) real_put(x, y->bytes, at, z.x[k]);
            if (!target) continue;
            const double error = z.x[k] - real_at(target, y->bytes, at), share = 1 / (double)(times * batch * y->states);
            *loss += error * error * share;
            for (size_t j = 0; g && j < y->params; j++) g[j] += 2 * error * share * z.s[k][j];
        }
    }
    return NODEC_OK;
}

static int solve(const system *y, size_t batch, size_t times, const void *t, size_t stride, const void *x0,
                 const void *inputs, const void *theta, void *x, const nodec_options *options, nodec_report *report)
{
    double p[PARAMS];
    system plain = *y;
    plain.begin = NULL;
    widen(y, theta, 0, y->params, p);
    for (size_t b = 0; b < batch; b++) {
        sample z;
        begin(&plain, x0, b, p, &z);
        const int status = run(y, batch, times, t, stride, b, z, inputs, p, x, NULL, NULL, NULL, options, report);
        if (status) return status;
    }
    return NODEC_OK;
}

static int loss(const system *y, const nodec_batch *n, const void *theta, double *out, void *x, void *g_theta,
                const nodec_options *options, nodec_report *report)
{
    double p[PARAMS], g[PARAMS] = {0};
    *out = 0;
    widen(y, theta, 0, y->params, p);
    for (size_t b = 0; b < n->batch; b++) {
        sample z;
        begin(y, n->start, b, p, &z);
        const int status = run(y, n->batch, n->times, n->t, n->t_stride, b, z, n->inputs, p, x, n->target, out,
                               g_theta ? g : NULL, options, report);
        if (status) return status;
    }
    for (size_t k = 0; g_theta && k < y->params; k++) real_put(g_theta, y->bytes, k, g[k]);
    return NODEC_OK;
}

static double update(const system *y, const nodec_update *u, void *theta, const void *g, void *moments)
{
    double norm = 0;
    for (size_t i = 0; i < y->params; i++) {
        const double slope = real_at(g, y->bytes, i);
        const double moment = u->momentum * real_at(moments, y->bytes, i) + slope;
        norm += slope * slope;
        real_put(moments, y->bytes, i, moment);
        real_put(theta, y->bytes, i, real_at(theta, y->bytes, i) - u->lr * moment);
    }
    return sqrt(norm);
}

static size_t work(const nodec_module *m, size_t batch, size_t times)
{
    (void)m;
    return times && batch < (size_t)1 << 40 ? 64 : 0;
}

/* ---- the modules: thin wrappers that know which system they are --------------------------------- */

#define MODULE(name, system)                                                                                 \
    static int name##_solve(const nodec_module *m, size_t batch, size_t times, const void *t,                \
                            size_t stride, const void *x0, const void *inputs, const void *theta, void *x,   \
                            const nodec_options *o, nodec_report *r, void *w, size_t bytes)                  \
    {                                                                                                        \
        (void)m, (void)w;                                                                                    \
        return bytes < 64 ? (int)NODEC_WORKSPACE                                                             \
                          : solve(&system, batch, times, t, stride, x0, inputs, theta, x, o, r);             \
    }                                                                                                        \
    static int name##_loss(const nodec_module *m, const nodec_batch *n, const void *theta, double *out,      \
                           void *x, void *g, const nodec_options *o, nodec_report *r, void *w, size_t bytes) \
    {                                                                                                        \
        (void)m, (void)w;                                                                                    \
        return bytes < 64 ? (int)NODEC_WORKSPACE : loss(&system, n, theta, out, x, g, o, r);                 \
    }                                                                                                        \
    static double name##_update(const nodec_module *m, const nodec_update *u, void *theta, const void *g,    \
                                void *moments)                                                               \
    {                                                                                                        \
        (void)m;                                                                                             \
        return update(&system, u, theta, g, moments);                                                        \
    }                                                                                                        \
    static int name##_start(const nodec_module *m, size_t batch, const void *given, const void *inputs,      \
                            const void *theta, void *x0)                                                     \
    {                                                                                                        \
        double p[PARAMS];                                                                                    \
        (void)m, (void)inputs;                                                                               \
        widen(&system, theta, 0, system.params, p);                                                          \
        for (size_t b = 0; b < batch; b++) {                                                                 \
            sample z;                                                                                        \
            begin(&system, given, b, p, &z);                                                                 \
            for (size_t k = 0; k < system.states; k++)                                                       \
                real_put(x0, system.bytes, b * system.states + k, z.x[k]);                                   \
        }                                                                                                    \
        return NODEC_OK;                                                                                     \
    }

static const system linear_float  = {2, 4, 0, 4, linear_f, NULL};
static const system linear_double = {2, 4, 0, 8, linear_f, NULL};
static const system decay_double  = {1, 2, 1, 8, decay_f, decay_begin};

MODULE(linear_float, linear_float)
MODULE(linear_double, linear_double)
MODULE(decay_double, decay_double)

static void linear_init(size_t bytes, uint64_t seed, void *theta)
{
    const uint64_t stream = nodec_stream(seed, "init.W");
    for (uint32_t i = 0; i < 4; i++) real_put(theta, bytes, i, 0.1 * nodec_normal(stream, 0, 0, i));
}

static void linear_float_init(const nodec_module *m, uint64_t seed, void *theta)
{
    linear_init(m->real_bytes, seed, theta);
}

static void linear_double_init(const nodec_module *m, uint64_t seed, void *theta)
{
    linear_init(m->real_bytes, seed, theta);
}

static void decay_init(const nodec_module *m, uint64_t seed, void *theta)
{
    (void)m, (void)seed;
    real_put(theta, 8, 0, 0.5);
    real_put(theta, 8, 1, 2);
}

static const nodec_state linear_x[] = {{"x", 0, 2, 1, {2, 0, 0, 0}, 1}};
static const nodec_param linear_w[] = {{"W", 0, 4, 2, {2, 2, 0, 0}, 0}};
static const nodec_state decay_n[] = {{"n", 0, 1, 0, {0, 0, 0, 0}, 0}};
static const nodec_state decay_u[] = {{"u", 0, 1, 0, {0, 0, 0, 0}, 1}};
static const nodec_param decay_p[] = {{"k", 0, 1, 0, {0, 0, 0, 0}, 1}, {"n0", 1, 1, 0, {0, 0, 0, 0}, 1}};
static const double decay_u0[] = {0};

#define LINEAR(real)                                                                                   \
    const nodec_module fake_linear_##real = {                                                          \
        .version = 2, .real_bytes = sizeof(real), .name = "Linear", .states = 2, .params = 4,          \
        .outputs = 2, .state_rows = 1, .param_rows = 1, .output_rows = 1, .state = linear_x,           \
        .output = linear_x, .param = linear_w, .moments = 1,                                           \
        .options = {.size = sizeof(nodec_options), .h_max = 0.05, .max_steps = 100000},                \
        .init = linear_##real##_init, .start = linear_##real##_start, .work = work,                    \
        .solve = linear_##real##_solve, .loss = linear_##real##_loss, .update = linear_##real##_update \
    };

LINEAR(float)
LINEAR(double)

const nodec_module fake_decay_double = {
    .version = 2, .real_bytes = 8, .name = "Decay", .states = 1, .params = 2, .inputs = 1, .outputs = 1,
    .state_rows = 1, .param_rows = 2, .input_rows = 1, .output_rows = 1, .state = decay_n, .input = decay_u,
    .output = decay_n, .param = decay_p, .input_default = decay_u0, .moments = 1,
    .options = {.size = sizeof(nodec_options), .h_max = 0.05, .max_steps = 100000},
    .init = decay_init, .start = decay_double_start, .work = work,
    .solve = decay_double_solve, .loss = decay_double_loss, .update = decay_double_update
};
