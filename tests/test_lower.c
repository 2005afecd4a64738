/* test_lower.c: whole solves in loop IR against the same mathematics by hand.
 *
 * The reference below is Euler's method and its two gradients written as loops over
 * the evaluator's f and vjp, one sample at a time. Everything that is lowered must
 * agree with it to 1e-11 in float64: every entry, every regime, every field here,
 * shared and per-sample times, increasing and decreasing, for batches that fill a
 * chunk, a block, and neither.                                                      */
#include "golden_run.h"
#include "pass/pass.h"
#include "pass/skeleton.h"
#include "abi.h"

#include <math.h>
#include <string.h>

/* ---- fields ------------------------------------------------------------------------ */

static const struct Written { const char *name, *text; } models[] = {
    { "linear", "fn linear(state x: f64[B 2], time t: f64[B], param W: f64[2 2]) : f64 {"
      "  %1 = con [B i | j] W[i j] * x[B j] : f64[B 2]"
      "  result dx = %1 }" },
    { "mlp", "fn mlp(state x: f64[B 2], time t: f64[B], param W1: f64[16 2], param b1: f64[16],"
      "        param W2: f64[16 16], param b2: f64[16], param W3: f64[2 16], param b3: f64[2]) : f64 {"
      "  %1 = con [B i | j] W1[i j] * x[B j] : f64[B 16]   %2 = con [B i |] b1[i] : f64[B 16]"
      "  %3 = add %1 %2 : f64[B 16]                        %4 = elu %3 : f64[B 16]"
      "  %5 = con [B i | j] W2[i j] * %4[B j] : f64[B 16]  %6 = con [B i |] b2[i] : f64[B 16]"
      "  %7 = add %5 %6 : f64[B 16]                        %8 = elu %7 : f64[B 16]"
      "  %9 = con [B i | j] W3[i j] * %8[B j] : f64[B 2]   %10 = con [B i |] b3[i] : f64[B 2]"
      "  %11 = add %9 %10 : f64[B 2]"
      "  result dx = %11 }" },
    { "timed", "fn timed(state x: f64[B 2], time t: f64[B], param W1: f64[13 3], param b1: f64[13],"
      "        param W2: f64[2 13]) : f64 {"
      "  %1 = con [B i | ] x[B i] : f64[B 3]               %2 = con [B 2 | ] t[B] : f64[B 3]"
      "  %3 = add %1 %2 : f64[B 3]                         %4 = con [B i | j] W1[i j] * %3[B j] : f64[B 13]"
      "  %5 = con [B i |] b1[i] : f64[B 13]                %6 = add %4 %5 : f64[B 13]"
      "  %7 = tanh %6 : f64[B 13]                          %8 = con [B i | j] W2[i j] * %7[B j] : f64[B 2]"
      "  result dx = %8 }" },
    { "driven", "fn driven(state x: f64[B 3], time t: f64[B], input u: f64[B 2], input v: f64[B],"
      "        param W: f64[3 3], param V: f64[3 2], param c: f64[]) : f64 {"
      "  %1 = con [B i | j] W[i j] * x[B j] : f64[B 3]     %2 = con [B i | j] V[i j] * u[B j] : f64[B 3]"
      "  %3 = add %1 %2 : f64[B 3]                         %4 = con [B i |] v[B] * c[] : f64[B 3]"
      "  %5 = add %3 %4 : f64[B 3]                         %6 = tanh %5 : f64[B 3]"
      "  result dx = %6 }" },
    { "pendulum", "fn pendulum(state x: f64[B 2], state v: f64[B 2], time t: f64[B], param k: f64[], param c: f64[2]) : f64 {"
      "  %1 = con [B i |] k[] : f64[B 2]                 %2 = sin x : f64[B 2]"
      "  %3 = mul %1 %2 : f64[B 2]                         %4 = con [B i |] c[i] : f64[B 2]"
      "  %5 = exp %4 : f64[B 2]                            %6 = mul %5 v : f64[B 2]"
      "  %7 = add %3 %6 : f64[B 2]                         %8 = neg %7 : f64[B 2]"
      "  %9 = cos t : f64[B]                               %10 = con [B i |] %9[B] : f64[B 2]"
      "  %11 = add %8 %10 : f64[B 2]"
      "  result dx = v  result dv = %11 }" },
    { "matrix", "fn matrix(state M: f64[B 2 3], state s: f64[B], time t: f64[B], param A: f64[2 2], param C: f64[3 3]) : f64 {"
      "  %1 = con [B i j | k] A[i k] * M[B k j] : f64[B 2 3]"
      "  %2 = con [k j | m] C[k m] * C[j m] : f64[3 3]"
      "  %3 = con [B i j | k] M[B i k] * %2[k j] : f64[B 2 3]"
      "  %4 = sub %1 %3 : f64[B 2 3]                       %5 = con [B | i j] M[B i j] * M[B i j] : f64[B]"
      "  %6 = mul t s : f64[B]                             %7 = sub %5 %6 : f64[B]"
      "  result dM = %4  result ds = %7 }" },
    { "softmax", "fn softmax(state x: f64[B 5], time t: f64[B], param W: f64[5 5], param V: f64[5 5]) : f64 {"
      "  %1 = con [B i | j] W[i j] * x[B j] : f64[B 5]     %2 = peak_max %1 over 1 : f64[B]"
      "  %3 = con [B i |] %2[B] : f64[B 5]               %4 = sub %1 %3 : f64[B 5]"
      "  %5 = exp %4 : f64[B 5]                            %6 = con [B | i] %5[B i] : f64[B]"
      "  %7 = con [B i |] %6[B] : f64[B 5]               %8 = div %5 %7 : f64[B 5]"
      "  %9 = con [B i | j] V[i j] * %8[B j] : f64[B 5]    %10 = sub %9 x : f64[B 5]"
      "  result dx = %10 }" },
    /* more than local arrays hold: what is beyond goes to the block's scratch */
    { "wide", "fn wide(state x: f64[B 2], time t: f64[B], param W1: f64[70 2], param b1: f64[70], param c: f64[70],"
      "        param W2: f64[2 70]) : f64 {"
      "  %1 = con [B i | j] W1[i j] * x[B j] : f64[B 70]   %2 = con [B i |] b1[i] : f64[B 70]"
      "  %3 = add %1 %2 : f64[B 70]                        %4 = tanh %3 : f64[B 70]"
      "  %5 = con [B i |] c[i] : f64[B 70]                 %6 = mul %4 %5 : f64[B 70]"
      "  %7 = sin %6 : f64[B 70]                           %8 = con [B i | j] W2[i j] * %7[B j] : f64[B 2]"
      "  result dx = %8 }" },
};

/* A field whose initial state and observables are functions too. */
static const char *const start_text =
    "fn start(state x: f64[B 2], input u: f64[B 2], param w: f64[2], param k: f64[]) : f64 {"
    "  %1 = con [B i |] w[i] : f64[B 2]  %2 = mul %1 u : f64[B 2]  %3 = tanh %2 : f64[B 2]"
    "  %4 = con [B |] k[] : f64[B]  result y = %3 }";
static const char *const observe_text =
    "fn observe(state x: f64[B 2], state y: f64[B 2], time t: f64[B], input u: f64[B 2], param w: f64[2], param k: f64[]) : f64 {"
    "  %1 = mul x y : f64[B 2]            %2 = con [B i |] t[B] * u[B i] : f64[B 2]"
    "  %3 = add %1 %2 : f64[B 2]          %4 = con [B | i] %3[B i] * w[i] : f64[B]"
    "  %5 = exp %4 : f64[B]               result p = %3  result q = %5 }";
static const struct Written observed = { "observed",
    "fn observed(state x: f64[B 2], state y: f64[B 2], time t: f64[B], input u: f64[B 2], param w: f64[2], param k: f64[]) : f64 {"
    "  %1 = con [B i |] k[] * x[B i] : f64[B 2]  %2 = add %1 u : f64[B 2]  %3 = con [B i |] w[i] * y[B i] : f64[B 2]"
    "  result dx = %2  result dy = %3 }" };

static Shape without_batch(Shape s)
{
    if (s.rank && s.dim[0] == BATCH) {
        memmove(s.dim, s.dim + 1, (s.rank - 1u) * sizeof *s.dim);
        s.rank--;
    }
    return s;
}

static Fn *fn_of_text(Arena *arena, Names *names, const char *text)
{
    Diags diags = { .arena = arena };
    Source source = { .path = "test", .text = text, .length = strlen(text) };
    Fn *fn = ir_parse(arena, names, &source, &diags);
    cr_assert(fn && !diags.errors, "%s", diags.list.count ? diags.list.at[0].text : "no function");
    const char *wrong = ir_verify(fn, arena);
    cr_assert(!wrong, "%s", wrong);
    return fn;
}

static Field *field_of(Arena *arena, Names *names, const struct Written *model)
{
    Field *field = NEW(arena, Field);
    field->f = fn_of_text(arena, names, model->text);
    field->name = field->instance = field->f->name;
    field->uses_time = true;
    for (size_t i = 0; i < field->f->symbol.count; i++) {
        const Symbol *s = &field->f->symbol.at[i];
        Shape shape = without_batch(s->shape);
        uint32_t count = (uint32_t)shape_count(shape);
        if (s->role == ROLE_STATE) {
            VEC_PUSH(arena, field->state) = (FieldState){ s->name, shape, field->states, count, true };
            field->states += count;
        }
        if (s->role == ROLE_INPUT) {
            VEC_PUSH(arena, field->input) = (FieldInput){ .name = s->name, .shape = shape, .offset = field->inputs, .count = count };
            field->inputs += count;
        }
        if (s->role == ROLE_PARAM) {
            VEC_PUSH(arena, field->param) = (FieldParam){ .name = s->name, .shape = shape, .offset = field->params, .count = count };
            field->params += count;
        }
        if (s->role == ROLE_TIME) field->time = s->name;
    }
    return field;
}

/* ---- the reference ------------------------------------------------------------------- */

enum { MOST = 130, TIMES = 4 };

typedef struct Numbers { double t[MOST * TIMES], x0[MOST * 16], u[MOST * 8], theta[512], g_x[TIMES * MOST * 16]; } Numbers;

typedef struct Reference {          /* of MOST samples; batches are its beginnings    */
    double x[TIMES * MOST * 16], g_x0[MOST * 16], g_u[MOST * 8], g_theta[MOST * 512], g_t[MOST * TIMES];
} Reference;

typedef struct Oracle { const Field *field; const Fn *vjp; Arena arena; } Oracle;

static double wave(uint32_t i)      /* reals between -1 and 1 without order          */
{
    uint32_t h = (i + 1) * 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return (double)h / 2147483648.0 - 1;
}

/* f and, with a cotangent, its products, of one sample. */
static void oracle(Oracle *o, const double *x, double t, const double *u, const double *theta, const double *a,
                   double *dx, double *ax, double *at, double *au, double *atheta)
{
    const Field *f = o->field;
    const Fn *fn = a ? o->vjp : f->f;
    const double **bind = NEW_ARRAY(&o->arena, const double *, fn->symbol.count + 1);
    size_t state = 0, input = 0, param = 0, seed = 0;
    for (size_t i = 0; i < fn->symbol.count; i++)
        switch (fn->symbol.at[i].role) {
        case ROLE_STATE:     bind[i] = x + f->state.at[state++].offset;     break;
        case ROLE_INPUT:     bind[i] = u + f->input.at[input++].offset;     break;
        case ROLE_PARAM:     bind[i] = theta + f->param.at[param++].offset; break;
        case ROLE_COTANGENT: bind[i] = a + f->state.at[seed++].offset;      break;
        default:             bind[i] = &t;                                  break;
        }
    Eval e = ir_eval(&o->arena, fn, 1, bind);
    if (!a) {
        for (size_t i = 0; i < f->state.count; i++)
            memcpy(dx + f->state.at[i].offset, e.value[fn->root.at[i].value], f->state.at[i].count * sizeof *dx);
    } else {
        state = input = param = 0;
        for (size_t i = 0, r = 0; i < f->f->symbol.count; i++) {
            const double *v = e.value[fn->root.at[r++].value];
            switch (f->f->symbol.at[i].role) {
            case ROLE_STATE: memcpy(ax + f->state.at[state].offset, v, f->state.at[state].count * sizeof *v); state++; break;
            case ROLE_INPUT: memcpy(au + f->input.at[input].offset, v, f->input.at[input].count * sizeof *v); input++; break;
            case ROLE_PARAM: memcpy(atheta + f->param.at[param].offset, v, f->param.at[param].count * sizeof *v); param++; break;
            default:         *at = *v; break;
            }
        }
    }
    arena_free(&o->arena);
}

static int steps_between(double t0, double t1, double h_max)
{
    double n = ceil(fabs(t1 - t0) / h_max);
    return n < 1 ? 1 : (int)n;
}

typedef struct Sample { const double *t, *u, *theta; int samples; } Sample;

static void reference_solve(Oracle *o, const Sample *s, const double *x0, double *x, size_t row, double h_max)
{
    uint32_t n = o->field->states;
    double z[16], dx[16];
    memcpy(z, x0, n * sizeof *z);
    memcpy(x, z, n * sizeof *z);
    for (int i = 1; i < TIMES; i++) {
        int steps = steps_between(s->t[i - 1], s->t[i], h_max);
        double h = (s->t[i] - s->t[i - 1]) / steps;
        for (int k = 0; k < steps; k++) {
            oracle(o, z, fma(k, h, s->t[i - 1]), s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            for (uint32_t e = 0; e < n; e++) z[e] = fma(h, dx[e], z[e]);
        }
        memcpy(x + (size_t)i * row, z, n * sizeof *z);
    }
}

static double inner(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t e = 0; e < n; e++) sum += a[e] * b[e];
    return sum;
}

/* From x and g_x (rows apart) of one sample to its gradients; sums are added to. */
static void reference_adjoint(Oracle *o, const Sample *s, const double *x, const double *g_x, size_t row, double h_max,
                              double *a, double *g_u, double *g_theta, double *g_t)
{
    const Field *f = o->field;
    double z[16], dx[16], ax[16], at, au[8], atheta[512];
    memset(a, 0, f->states * sizeof *a);
    for (int i = TIMES - 1; i > 0; i--) {
        const double *g = g_x + (size_t)i * row;
        for (uint32_t e = 0; e < f->states; e++) a[e] += g[e];
        memcpy(z, x + (size_t)i * row, f->states * sizeof *z);
        int steps = steps_between(s->t[i], s->t[i - 1], h_max);
        double h = (s->t[i - 1] - s->t[i]) / steps;
        for (int k = 0; k < steps; k++) {
            double t = fma(k, h, s->t[i]);
            oracle(o, z, t, s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            oracle(o, z, t, s->u, s->theta, a, dx, ax, &at, au, atheta);
            if (k == 0) g_t[i] = inner(g, dx, f->states);
            for (uint32_t e = 0; e < f->states; e++) z[e] += h * dx[e], a[e] -= h * ax[e];
            for (uint32_t e = 0; e < f->inputs; e++) g_u[e] -= h * au[e];
            for (uint32_t e = 0; e < f->params; e++) g_theta[e] -= h * atheta[e];
        }
    }
    oracle(o, x, s->t[0], s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
    g_t[0] = -inner(a, dx, f->states);
    for (uint32_t e = 0; e < f->states; e++) a[e] += g_x[e];
}

static void reference_discrete(Oracle *o, const Sample *s, const double *x, const double *g_x, size_t row, double h_max,
                               double *a, double *g_u, double *g_theta, double *g_t)
{
    const Field *f = o->field;
    double z[64][16], dx[16], ax[16], at, au[8], atheta[512];
    memset(a, 0, f->states * sizeof *a);
    memset(g_t, 0, TIMES * sizeof *g_t);
    for (int i = TIMES - 1; i > 0; i--) {
        for (uint32_t e = 0; e < f->states; e++) a[e] += g_x[(size_t)i * row + e];
        int steps = steps_between(s->t[i - 1], s->t[i], h_max);
        double h = (s->t[i] - s->t[i - 1]) / steps, length = 0, shift = 0;
        memcpy(z[0], x + (size_t)(i - 1) * row, sizeof z[0]);
        for (int k = 0; k < steps; k++) {
            oracle(o, z[k], fma(k, h, s->t[i - 1]), s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            for (uint32_t e = 0; e < f->states; e++) z[k + 1][e] = fma(h, dx[e], z[k][e]);
        }
        for (int k = steps; k-- > 0;) {
            double t = fma(k, h, s->t[i - 1]);
            oracle(o, z[k], t, s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            oracle(o, z[k], t, s->u, s->theta, a, dx, ax, &at, au, atheta);
            length += inner(a, dx, f->states) + k * h * at;
            shift += h * at;
            for (uint32_t e = 0; e < f->states; e++) a[e] += h * ax[e];
            for (uint32_t e = 0; e < f->inputs; e++) g_u[e] += h * au[e];
            for (uint32_t e = 0; e < f->params; e++) g_theta[e] += h * atheta[e];
        }
        g_t[i] += length / steps;
        g_t[i - 1] += shift - length / steps;
    }
    for (uint32_t e = 0; e < f->states; e++) a[e] += g_x[e];
}

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
