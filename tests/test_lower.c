/* test_lower.c: whole solves in loop IR against the same mathematics by hand.
 *
 * Everything that is lowered must agree with oracle.h to 1e-11 in float64: every entry,
 * every regime, every field of written.h, shared and per-sample times, increasing and
 * decreasing, for batches that fill a chunk, a block, and neither.                   */
#include "golden_run.h"
#include "oracle.h"
#include "pass/pass.h"
#include "lower/skeleton.h"
#include "written.h"
#include "abi.h"

#include <string.h>

/* ---- running what was lowered ------------------------------------------------------------ */

typedef enum When { SHARED, BACKWARDS, PER_SAMPLE, WAYS } When;

static void fill_numbers(Numbers *n, const Field *f, When when)
{
    for (uint32_t i = 0; i < MOST * 16; i++) n->x0[i] = 0.8 * wave(i);
    for (uint32_t i = 0; i < MOST * 8; i++) n->u[i] = wave(i + 5000);
    for (uint32_t i = 0; i < f->params; i++) n->theta[i] = 0.5 * wave(i + 9000);
    for (uint32_t i = 0; i < TIMES * MOST * 16; i++) n->g_x[i] = wave(i + 20000);
    static const double shared[TIMES] = { 0.1, 0.35, 0.4, 1.02 };
    for (uint32_t b = 0; b < MOST; b++)
        for (uint32_t i = 0; i < TIMES; i++) {
            double t = shared[i] + (when == PER_SAMPLE ? 0.21 * i * (1 + wave(b)) : 0);
            n->t[b * TIMES + i] = when == BACKWARDS ? 1 - t : t;
        }
}

typedef struct Lab {                /* one field, lowered for one regime             */
    Arena     arena;
    Names     names;
    Field    *field;
    Program  *p;
    Serving   serving;
    LowerOptions options;
} Lab;

enum { TAPE = 2 };
static const double h_max = 0.2;

static Stages *stages_of(Lab *lab, const Regime *regime)
{
    Stages *st = stages_build(&lab->arena, &lab->names, lab->field, &lab->options);
    return regime->width > 1 ? stages_for_lanes(&lab->arena, &lab->names, lab->field, &lab->options, st) : st;
}

static void lab_build(Lab *lab, const Stages *st, const Regime *regime)
{
    Serving common;
    const Regime *spare = regime->shared ? regime : &regime_scalar;
    common_build(&lab->arena, lab->p, lab->field, st, spare, &lab->options, &common);
    serving_build(&lab->arena, lab->p, lab->field, st, regime, &lab->options, &common, &lab->serving);
}

static void lab_open(Lab *lab, const struct Written *model, const Regime *regime, GradientKind gradient)
{
    *lab = (Lab){ 0 };
    lab->names.arena = &lab->arena;
    lab->field = field_of(&lab->arena, &lab->names, model);
    lab->options = (LowerOptions){ .real = TYPE_F64, .solver = solver_by_name("euler"), .gradient = gradient, .tape = TAPE };
    lab->p = program_new(&lab->arena, &lab->names, TYPE_F64);
    Stages *st = stages_of(lab, regime);
    for (size_t i = 0; i < st->count_all; i++) {
        const char *wrong = ir_verify(st->all[i], &lab->arena);
        cr_assert(!wrong, "%s: %s", st->all[i]->name, wrong);
        if (!regime->accepts(st->all[i])) {
            lab->p = NULL;
            return;
        }
    }
    lab_build(lab, st, regime);
    const char *wrong = loop_verify(lab->p, &lab->arena);
    cr_assert(!wrong, "%s, %s: %s", model->name, regime->name, wrong);
}

static void lab_close(Lab *lab)
{
    arena_free(&lab->arena);
}

static LArg array(Lab *lab, double *at, size_t n) { (void)lab; return (LArg){ .buffer = at, .elements = n }; }
static LArg number(int64_t i) { return (LArg){ .i = i }; }
static LArg real(double r)    { return (LArg){ .r = r }; }

/* Arguments in order; those of inputs only if the field has any. */
typedef struct Args { LArg at[24]; size_t n; } Args;
static void add(Args *a, LArg x) { a->at[a->n++] = x; }

static double *work_for(Lab *lab, size_t batch, size_t times, size_t *reals)
{
    const Serving *s = &lab->serving;
    size_t blocks = (batch + s->width - 1) / s->width;
    *reals = s->fixed + s->per_block * blocks + s->per_time * times + s->per_block_time * blocks * times;
    double *work = calloc(*reals + 8, sizeof *work);
    for (size_t i = 0; i < *reals; i++) work[i] = NAN;      /* nothing may rely on what is there */
    return work;
}

static int call(Lab *lab, uint32_t fn, const Args *a)
{
    char error[256] = "";
    int status = loop_run(lab->p, fn, a->at, a->n, error, sizeof error);
    cr_assert(!error[0], "%s, %s: %s", lab->field->name, lab->p->fn.at[fn]->name, error);
    return status;
}

static int run_solve(Lab *lab, Numbers *n, size_t batch, size_t stride, double *x, double *failure)
{
    const Field *f = lab->field;
    size_t reals;
    double *work = work_for(lab, batch, TIMES, &reals);
    Args a = { .n = 0 };
    add(&a, number((int64_t)batch)), add(&a, number(TIMES));
    add(&a, array(lab, n->t, stride ? batch * TIMES : TIMES)), add(&a, number((int64_t)stride));
    add(&a, array(lab, n->x0, batch * f->states));
    if (f->inputs) add(&a, array(lab, n->u, batch * f->inputs));
    add(&a, array(lab, n->theta, f->params)), add(&a, array(lab, x, TIMES * batch * f->states));
    add(&a, real(h_max)), add(&a, number(0)), add(&a, number(1000));
    add(&a, array(lab, failure, 4)), add(&a, array(lab, work, reals));
    int status = call(lab, lab->serving.entry.solve, &a);
    free(work);
    return status;
}

typedef struct Gradient { double x0[MOST * 16], u[MOST * 8], theta[512], t[MOST * TIMES]; } Gradient;

static int run_gradient(Lab *lab, Numbers *n, size_t batch, size_t stride, double *x, double *g_x, Gradient *g)
{
    const Field *f = lab->field;
    size_t reals;
    double *work = work_for(lab, batch, TIMES, &reals), failure[4];
    Args a = { .n = 0 };
    add(&a, number((int64_t)batch)), add(&a, number(TIMES));
    add(&a, array(lab, n->t, stride ? batch * TIMES : TIMES)), add(&a, number((int64_t)stride));
    add(&a, array(lab, x, TIMES * batch * f->states));
    if (f->inputs) add(&a, array(lab, n->u, batch * f->inputs));
    add(&a, array(lab, n->theta, f->params)), add(&a, array(lab, g_x, TIMES * batch * f->states));
    add(&a, array(lab, g ? g->x0 : NULL, batch * f->states));
    if (f->inputs) add(&a, array(lab, g ? g->u : NULL, batch * f->inputs));
    add(&a, array(lab, g ? g->theta : NULL, f->params)), add(&a, array(lab, g ? g->t : NULL, stride ? batch * TIMES : TIMES));
    add(&a, real(h_max)), add(&a, number(0)), add(&a, number(1000));
    add(&a, array(lab, failure, 4)), add(&a, array(lab, work, reals));
    int status = call(lab, lab->serving.entry.gradient, &a);
    free(work);
    return status;
}

static void same(const double *got, const double *want, size_t n, const char *what, const Lab *lab, size_t batch, int when)
{
    double scale = 1;
    for (size_t i = 0; i < n; i++) scale = fmax(scale, fabs(want[i]));
    for (size_t i = 0; i < n; i++)
        cr_assert(fabs(got[i] - want[i]) <= 1e-11 * scale, "%s, %s, %s of %zu, times %d: [%zu] is %.17g, not %.17g",
                  lab->field->name, lab->serving.regime, what, batch, when, i, got[i], want[i]);
}

/* ---- solve and gradient, everything against everything -------------------------------------- */

static const Regime *const regimes[] = { &regime_scalar, &regime_batch, &regime_latency };
static const struct { When when; size_t batch; bool small; } calls[] = {   /* small: models with few parameters only */
    { SHARED, 1, 0 }, { SHARED, 32, 1 }, { BACKWARDS, 5, 0 }, { BACKWARDS, 130, 1 },
    { PER_SAMPLE, 1, 1 }, { PER_SAMPLE, 33, 0 }, { PER_SAMPLE, 31, 1 },
};
enum { SMALL = 14 };

static void reference_all(const Field *field, Numbers *n, GradientKind kind, When when, Reference *ref)
{
    size_t most = 0;
    for (size_t k = 0; k < COUNT(calls); k++)
        if (calls[k].when == when && calls[k].batch > most && (field->params < SMALL || !calls[k].small)) most = calls[k].batch;
    Oracle o = { .field = field };
    Arena arena = { 0 };
    o.vjp = pass_vjp(&arena, field->f, "vjp", NULL, 0);
    memset(ref, 0, sizeof *ref);
    size_t row = (size_t)MOST * field->states;
    for (size_t b = 0; b < most; b++) {
        Sample s = { .t = n->t + b * TIMES, .u = n->u + b * field->inputs, .theta = n->theta };
        double *x = ref->x + b * field->states, *g_x = n->g_x + b * field->states;
        reference_solve(&o, &s, n->x0 + b * field->states, x, row, h_max);
        (kind == GRADIENT_ADJOINT ? reference_adjoint : reference_discrete)(
            &o, &s, x, g_x, row, h_max, ref->g_x0 + b * field->states, ref->g_u + b * field->inputs,
            ref->g_theta + b * field->params, ref->g_t + b * TIMES);
    }
    arena_free(&arena);
}

static void check_batch(Lab *lab, Numbers *n, const Reference *ref, size_t batch, When when)
{
    const Field *f = lab->field;
    size_t stride = when == PER_SAMPLE ? TIMES : 0, row = batch * f->states;
    static double x[TIMES * MOST * 16], want[TIMES * MOST * 16], g_x[TIMES * MOST * 16], theta[512], t[TIMES];
    static Gradient g;
    double failure[4];
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(want + i * row, ref->x + i * MOST * f->states, row * sizeof *want);
        memcpy(g_x + i * row, n->g_x + i * MOST * f->states, row * sizeof *want);
    }
    cr_assert(run_solve(lab, n, batch, stride, x, failure) == NODEC_OK);
    same(x, want, TIMES * row, "solve", lab, batch, when);

    cr_assert(run_gradient(lab, n, batch, stride, x, g_x, &g) == NODEC_OK);
    memset(theta, 0, sizeof theta);
    memset(t, 0, sizeof t);
    for (size_t b = 0; b < batch; b++) {
        for (size_t e = 0; e < f->params; e++) theta[e] += ref->g_theta[b * f->params + e];
        for (size_t i = 0; i < TIMES; i++) t[i] += ref->g_t[b * TIMES + i];
    }
    same(g.x0, ref->g_x0, row, "dL/dx0", lab, batch, when);
    same(g.u, ref->g_u, batch * f->inputs, "dL/dinputs", lab, batch, when);
    same(g.theta, theta, f->params, "dL/dtheta", lab, batch, when);
    if (stride) same(g.t, ref->g_t, batch * TIMES, "dL/dt", lab, batch, when);
    else        same(g.t, t, TIMES, "dL/dt", lab, batch, when);
    cr_assert(run_gradient(lab, n, batch, stride, x, g_x, NULL) == NODEC_OK, "no output is wanted");
}

static void check_everything(GradientKind kind)
{
    static Numbers n;
    static Reference ref;
    for (size_t m = 0; m < COUNT(models); m++) {
        Lab lab[COUNT(regimes)];
        for (size_t r = 0; r < COUNT(regimes); r++) lab_open(&lab[r], &models[m], regimes[r], kind);
        for (When when = SHARED; when < WAYS; when++) {
            fill_numbers(&n, lab[0].field, when);
            reference_all(lab[0].field, &n, kind, when, &ref);
            for (size_t r = 0; r < COUNT(regimes); r++)
                for (size_t k = 0; k < COUNT(calls); k++)
                    if (lab[r].p && calls[k].when == when && (lab[r].field->params < SMALL || !calls[k].small))
                        check_batch(&lab[r], &n, &ref, calls[k].batch, when);
        }
        for (size_t r = 0; r < COUNT(regimes); r++) lab_close(&lab[r]);
    }
}

Test(lower, solve_and_adjoint_gradient) { check_everything(GRADIENT_ADJOINT); }
Test(lower, discrete_gradient_and_tape) { check_everything(GRADIENT_DISCRETE); }

/* ---- the other entries ----------------------------------------------------------------------- */

/* f, vjp and jvp of one sample after the other by the evaluator, against the entry's. */
static void check_products(const struct Written *model, const Regime *regime, size_t batch, When when)
{
    static Numbers n;
    static double dx[MOST * 16], ax[MOST * 16], at[MOST], au[MOST * 8], atheta[512], out[MOST * 16];
    static double r_dx[MOST * 16], r_ax[MOST * 16], r_at[MOST], r_au[MOST * 8], r_theta[512], each[512], r_out[MOST * 16];
    Lab lab;
    lab_open(&lab, model, regime, GRADIENT_ADJOINT);
    if (!lab.p) {
        lab_close(&lab);
        return;
    }
    const Field *f = lab.field;
    fill_numbers(&n, f, when);
    size_t stride = when == PER_SAMPLE ? TIMES : 0, reals;
    double *work = work_for(&lab, batch, 1, &reals), *a = n.g_x, *vx = n.g_x + 3000, *vt = n.g_x + 6000, *vtheta = n.g_x + 7000;
    Oracle o = { .field = f, .vjp = pass_vjp(&lab.arena, f->f, "vjp", NULL, 0) };
    memset(r_theta, 0, sizeof r_theta);
    memset(r_out, 0, sizeof r_out);
    for (size_t b = 0; b < batch; b++) {
        const double *x = n.x0 + b * f->states, t = n.t[b * stride], *u = n.u + b * f->inputs;
        oracle(&o, x, t, u, n.theta, NULL, r_dx + b * f->states, NULL, NULL, NULL, NULL);
        oracle(&o, x, t, u, n.theta, a + b * f->states, NULL, r_ax + b * f->states, r_at + b, r_au + b * f->inputs, each);
        for (size_t e = 0; e < f->params; e++) r_theta[e] += each[e];
        for (size_t e = 0; e < f->states; e++) {        /* jvp: a row of the Jacobian at a time */
            double unit[16] = { 0 }, row[16], row_t, row_u[8], row_theta[512];
            unit[e] = 1;
            oracle(&o, x, t, u, n.theta, unit, NULL, row, &row_t, row_u, row_theta);
            r_out[b * f->states + e] = inner(row, vx + b * f->states, f->states) + row_t * vt[b]
                                     + inner(row_theta, vtheta, f->params);
        }
    }
    Args head = { .n = 0 };
    add(&head, number((int64_t)batch)), add(&head, array(&lab, n.t, stride ? batch * TIMES : TIMES));
    add(&head, number((int64_t)stride)), add(&head, array(&lab, n.x0, batch * f->states));
    if (f->inputs) add(&head, array(&lab, n.u, batch * f->inputs));
    add(&head, array(&lab, n.theta, f->params));

    Args call_f = head, call_vjp = head, call_jvp = head;
    add(&call_f, array(&lab, dx, batch * f->states));
    call(&lab, lab.serving.entry.f, &call_f);
    add(&call_vjp, array(&lab, a, batch * f->states)), add(&call_vjp, array(&lab, ax, batch * f->states));
    add(&call_vjp, array(&lab, at, batch));
    if (f->inputs) add(&call_vjp, array(&lab, au, batch * f->inputs));
    add(&call_vjp, array(&lab, atheta, f->params)), add(&call_vjp, array(&lab, work, reals));
    call(&lab, lab.serving.entry.vjp, &call_vjp);
    add(&call_jvp, array(&lab, vx, batch * f->states)), add(&call_jvp, array(&lab, vt, batch));
    add(&call_jvp, array(&lab, vtheta, f->params)), add(&call_jvp, array(&lab, out, batch * f->states));
    add(&call_jvp, array(&lab, work, reals));
    call(&lab, lab.serving.entry.jvp, &call_jvp);

    same(dx, r_dx, batch * f->states, "f", &lab, batch, when);
    same(ax, r_ax, batch * f->states, "a.df/dx", &lab, batch, when);
    same(at, r_at, batch, "a.df/dt", &lab, batch, when);
    same(au, r_au, batch * f->inputs, "a.df/dinputs", &lab, batch, when);
    same(atheta, r_theta, f->params, "a.df/dtheta", &lab, batch, when);
    same(out, r_out, batch * f->states, "jvp", &lab, batch, when);
    free(work);
    lab_close(&lab);
}

Test(lower, f_and_its_products)
{
    for (size_t m = 0; m < COUNT(models); m++)
        for (size_t r = 0; r < COUNT(regimes); r++) {
            check_products(&models[m], regimes[r], 3, SHARED);
            check_products(&models[m], regimes[r], 130, PER_SAMPLE);
        }
}

static void lab_open_observed(Lab *lab, const Regime *regime)
{
    *lab = (Lab){ 0 };
    lab->names.arena = &lab->arena;
    Field *f = lab->field = field_of(&lab->arena, &lab->names, &observed);
    f->state.at[1].given = false;
    f->start = fn_of_text(&lab->arena, &lab->names, start_text);
    f->observe = fn_of_text(&lab->arena, &lab->names, observe_text);
    VEC_PUSH(&lab->arena, f->output) = (FieldOutput){ name_of(&lab->names, "p"), { .rank = 1, .dim = { 2 } }, 0, 2 };
    VEC_PUSH(&lab->arena, f->output) = (FieldOutput){ name_of(&lab->names, "q"), { 0 }, 2, 1 };
    f->outputs = 3;
    lab->options = (LowerOptions){ .real = TYPE_F64, .solver = solver_by_name("euler") };
    lab->p = program_new(&lab->arena, &lab->names, TYPE_F64);
    lab_build(lab, stages_of(lab, regime), regime);
    const char *wrong = loop_verify(lab->p, &lab->arena);
    cr_assert(!wrong, "%s", wrong);
}

/* By hand: y0 = tanh(w*u), p = x*y + t*u, q = exp(w.p). */
Test(lower, starts_and_observables)
{
    enum { BATCH_SIZE = 19, AT = 2 };
    static double given[BATCH_SIZE * 4], u[BATCH_SIZE * 2], x0[BATCH_SIZE * 4], w[3] = { 0.7, -0.4, 0.2 };
    static double x[AT * BATCH_SIZE * 4], y[AT * BATCH_SIZE * 3], a[AT * BATCH_SIZE * 4], g_x[AT * BATCH_SIZE * 4];
    double t[AT] = { 0.3, 1.1 };
    for (uint32_t i = 0; i < COUNT(x); i++) x[i] = wave(i), a[i] = wave(i + 777);
    for (uint32_t i = 0; i < COUNT(given); i++) given[i] = wave(i + 50);
    for (uint32_t i = 0; i < COUNT(u); i++) u[i] = wave(i + 99);
    for (size_t r = 0; r < COUNT(regimes); r++) {
        Lab lab;
        lab_open_observed(&lab, regimes[r]);
        size_t reals;
        double *work = work_for(&lab, BATCH_SIZE, AT, &reals), g_start[3] = { 1, 2, 3 }, g_observe[3] = { 1, 2, 3 };
        Args start = { { number(BATCH_SIZE), array(&lab, given, COUNT(given)), array(&lab, u, COUNT(u)),
                         array(&lab, w, 3), array(&lab, x0, COUNT(x0)) }, 5 };
        Args start_vjp = start;
        start_vjp.at[4] = array(&lab, a, COUNT(given));
        add(&start_vjp, array(&lab, g_start, 3));
        add(&start_vjp, array(&lab, work, reals));
        Args observe = { { number(BATCH_SIZE), number(AT), array(&lab, t, AT), number(0), array(&lab, x, COUNT(x)),
                           array(&lab, u, COUNT(u)), array(&lab, w, 3), array(&lab, y, COUNT(y)) }, 8 };
        Args observe_vjp = observe;
        observe_vjp.at[7] = array(&lab, a, COUNT(y));
        add(&observe_vjp, array(&lab, g_x, COUNT(g_x))), add(&observe_vjp, array(&lab, g_observe, 3));
        add(&observe_vjp, array(&lab, work, reals));
        call(&lab, lab.serving.entry.start, &start);
        call(&lab, lab.serving.entry.start_vjp, &start_vjp);
        call(&lab, lab.serving.entry.observe, &observe);
        call(&lab, lab.serving.entry.observe_vjp, &observe_vjp);

        double want_start[3] = { 1, 2, 3 }, want_observe[3] = { 1, 2, 3 };
        for (size_t b = 0; b < BATCH_SIZE; b++)
            for (size_t e = 0; e < 2; e++) {
                double y0 = tanh(w[e] * u[2 * b + e]);
                want_start[e] += a[4 * b + 2 + e] * (1 - y0 * y0) * u[2 * b + e];
                same(&x0[4 * b + e], &given[4 * b + e], 1, "x0, given", &lab, BATCH_SIZE, 0);
                same(&x0[4 * b + 2 + e], &y0, 1, "x0, computed", &lab, BATCH_SIZE, 0);
            }
        for (size_t i = 0; i < AT; i++)
            for (size_t b = 0; b < BATCH_SIZE; b++) {
                size_t k = i * BATCH_SIZE + b;
                double p[3], want[4];
                for (size_t e = 0; e < 2; e++) p[e] = x[4 * k + e] * x[4 * k + 2 + e] + t[i] * u[2 * b + e];
                p[2] = exp(w[0] * p[0] + w[1] * p[1]);
                same(&y[3 * k], p, 3, "observables", &lab, BATCH_SIZE, 0);
                for (size_t e = 0; e < 2; e++) {
                    double bar = a[3 * k + e] + a[3 * k + 2] * p[2] * w[e];
                    want[e] = bar * x[4 * k + 2 + e];
                    want[2 + e] = bar * x[4 * k + e];
                    want_observe[e] += a[3 * k + 2] * p[2] * p[e];
                }
                same(&g_x[4 * k], want, 4, "dL/dx from observables", &lab, BATCH_SIZE, 0);
            }
        same(g_start, want_start, 3, "dL/dtheta from x0", &lab, BATCH_SIZE, 0);
        same(g_observe, want_observe, 3, "dL/dtheta from observables", &lab, BATCH_SIZE, 0);
        free(work);
        lab_close(&lab);
    }
}

/* ---- properties --------------------------------------------------------------------------------- */

/* L = sum of g_x . x: the discrete gradient is the derivative of what solve computes. */
Test(lower, discrete_gradient_is_the_derivative_of_solve)
{
    enum { BATCH_SIZE = 3 };
    static Numbers n;
    static double x[TIMES * BATCH_SIZE * 2], y[TIMES * BATCH_SIZE * 2];
    static Gradient g;
    double failure[4];
    Lab lab;
    lab_open(&lab, &models[2], &regime_batch, GRADIENT_DISCRETE);
    fill_numbers(&n, lab.field, PER_SAMPLE);
    run_solve(&lab, &n, BATCH_SIZE, TIMES, x, failure);
    run_gradient(&lab, &n, BATCH_SIZE, TIMES, x, n.g_x, &g);
    struct { double *at, *got; size_t n; } wrt[] = {
        { n.x0, g.x0, BATCH_SIZE * 2 }, { n.theta, g.theta, lab.field->params }, { n.t, g.t, BATCH_SIZE * TIMES } };
    for (size_t k = 0; k < COUNT(wrt); k++)
        for (size_t e = 0; e < wrt[k].n; e++) {
            double kept = wrt[k].at[e], side[2], step = 1e-6;
            for (int i = 0; i < 2; i++) {
                wrt[k].at[e] = kept + (i ? step : -step);
                run_solve(&lab, &n, BATCH_SIZE, TIMES, y, failure);
                side[i] = inner(y, n.g_x, COUNT(y));
            }
            wrt[k].at[e] = kept;
            double slope = (side[1] - side[0]) / (2 * step);
            cr_assert(fabs(slope - wrt[k].got[e]) < 1e-8, "%zu[%zu]: %.12g, differences say %.12g", k, e, wrt[k].got[e], slope);
        }
    lab_close(&lab);
}

/* Same bits whatever the neighbours, the place in the batch, and its size. */
Test(lower, bits_of_a_sample_are_its_own)
{
    static Numbers n;
    static double whole[TIMES * MOST * 2], alone[TIMES * 2];
    double failure[4];
    Lab lab;
    lab_open(&lab, &models[1], &regime_batch, GRADIENT_ADJOINT);
    fill_numbers(&n, lab.field, PER_SAMPLE);
    run_solve(&lab, &n, MOST, TIMES, whole, failure);
    for (size_t b = 0; b < MOST; b += 43) {
        Numbers one = n;
        memcpy(one.t, n.t + b * TIMES, TIMES * sizeof *n.t);
        memcpy(one.x0, n.x0 + b * 2, 2 * sizeof *n.x0);
        run_solve(&lab, &one, 1, TIMES, alone, failure);
        for (size_t i = 0; i < TIMES; i++)
            cr_assert(!memcmp(&alone[2 * i], &whole[2 * (i * MOST + b)], 2 * sizeof *alone), "sample %zu, time %zu", b, i);
    }
    lab_close(&lab);
}

Test(lower, says_who_failed)
{
    static Numbers n;
    static double x[TIMES * MOST * 2];
    static Gradient g;
    for (size_t r = 0; r < COUNT(regimes); r++) {
        double failure[4] = { 0 };
        Lab lab;
        lab_open(&lab, &models[0], regimes[r], GRADIENT_ADJOINT);
        fill_numbers(&n, lab.field, SHARED);
        n.x0[2 * 129 + 1] = 1e308, n.x0[2 * 37 + 1] = 1e308;
        for (int i = 0; i < 4; i++) n.theta[i] = 20;
        cr_assert(run_solve(&lab, &n, MOST, 0, x, failure) == NODEC_NONFINITE, "%s", regimes[r]->name);
        cr_assert(failure[0] == 37 && failure[1] == n.t[1] && failure[2] == 0 && failure[3] < 2, "%s: %g %g %g %g",
                  regimes[r]->name, failure[0], failure[1], failure[2], failure[3]);
        n.x0[2 * 37 + 1] = n.x0[2 * 129 + 1] = 0.5;
        for (int i = 0; i < 4; i++) n.theta[i] = 0.1;
        cr_assert(run_solve(&lab, &n, MOST, 0, x, failure) == NODEC_OK);
        n.g_x[2 * (2 * MOST + 64)] = NAN;
        cr_assert(run_gradient(&lab, &n, MOST, 0, x, n.g_x, &g) == NODEC_NONFINITE, "%s", regimes[r]->name);
        n.g_x[2 * (2 * MOST + 64)] = 0;
        for (int i = 1; i < TIMES; i++) n.t[i] += 1000;
        cr_assert(run_solve(&lab, &n, MOST, 0, x, failure) == NODEC_STEPS, "%s", regimes[r]->name);
        cr_assert(failure[0] == 0 && failure[2] == 0, "%s", regimes[r]->name);
        lab_close(&lab);
    }
}

/* ---- golden texts ------------------------------------------------------------------------------------ */

/* One function on one block: every leaf declared, every result kept. */
static void golden_apply(const char *path)
{
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Source source = golden_source(&arena, path);
    Field *field = field_of(&arena, &names, &(struct Written){ path, source.text });
    Fn *fn = field->f;
    Program *p = program_new(&arena, &names, fn->real);
    const Regime *r = &regime_batch;
    Job job = { .p = p, .field = field, .fn = &fn, .fns = 1 };

    fn_begin(p, "apply", NULL);
    Var theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    Var pack = fn_param_buffer(p, "pack", SPACE_SHARED, true, false);
    Var sums = fn_param_buffer(p, "sums", SPACE_SHARED, true, false);
    Var count = fn_param(p, "count", L_INT);
    r->pack(&job, theta, pack);
    Block *block = r->begin(&job, x_var(p, count), theta, pack, 0);
    Bind leaf[8], out[8];
    size_t leaves = 0, outs = 0;
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        if (s->role != ROLE_PARAM) leaf[leaves++] = (Bind){ s->name, r->declare(block, s->name, without_batch(s->shape)) };
    }
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        if (root->kind == ROOT_RESULT)
            out[outs++] = (Bind){ root->name, r->declare(block, root->name, without_batch(SHAPE(fn, root->value))) };
    }
    s_note(p, "apply");
    r->apply(block, fn, leaf, leaves, out, outs, sums);
    fn_end(p);
    const char *wrong = loop_verify(p, &arena);
    cr_assert(!wrong, "%s: %s", path, wrong);
    Text text = { .arena = &arena };
    loop_print(p, &text);
    golden_compare(&arena, path, ".loop", text_string(&text));
    arena_free(&arena);
}

Test(lower, golden_blocks) { cr_assert(golden_each("tests/golden/lower/*.ir", golden_apply) >= 3); }
