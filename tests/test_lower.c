/* test_lower.c: whole solves in loop IR against the same mathematics by hand.
 *
 * The reference below is Euler's method and its two gradients written as loops over
 * the evaluator's f and vjp, one sample at a time. Everything that is lowered must
 * agree with it to 1e-11 in float64: every entry, every regime, every field here,
 * shared and per-sample times, increasing and decreasing, for batches that fill a
 * chunk, a block, and neither.                                                      */
#include <criterion/criterion.h>

#include "pass/pass.h"
#include "pass/skeleton.h"
#include "abi.h"

#include <math.h>
#include <string.h>

/* ---- fields ------------------------------------------------------------------------ */

static const struct Model { const char *name, *text; } models[] = {
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
};

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

static Field *field_of(Arena *arena, Names *names, const struct Model *model)
{
    Field *field = NEW(arena, Field);
    field->name = field->instance = name_of(names, model->name);
    field->f = fn_of_text(arena, names, model->text);
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

enum { H_MAX_DEN = 10, TAPE = 3 };
static const double h_max = 1.0 / H_MAX_DEN;

static void lab_open(Lab *lab, const struct Model *model, const Regime *regime, GradientKind gradient)
{
    *lab = (Lab){ 0 };
    lab->names.arena = &lab->arena;
    lab->field = field_of(&lab->arena, &lab->names, model);
    lab->options = (LowerOptions){ .real = TYPE_F64, .solver = solver_by_name("euler"), .gradient = gradient, .tape = TAPE };
    lab->p = program_new(&lab->arena, &lab->names, TYPE_F64);
    Stages *st = stages_build(&lab->arena, &lab->names, lab->field, &lab->options, regime->width > 1);
    for (size_t i = 0; i < st->count_all; i++) {
        const char *wrong = ir_verify(st->all[i], &lab->arena);
        cr_assert(!wrong, "%s: %s", st->all[i]->name, wrong);
        if (!regime->accepts(st->all[i])) {
            lab->p = NULL;
            return;
        }
    }
    serving_build(&lab->arena, lab->p, lab->field, st, regime, &lab->options, &lab->serving);
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

static const Regime *const regimes[] = { &regime_scalar, &regime_batch };
static const size_t batches[] = { 1, 5, 31, 32, 33, 130 };

static void reference_all(const Field *field, Numbers *n, GradientKind kind, Reference *ref)
{
    Oracle o = { .field = field };
    Arena arena = { 0 };
    o.vjp = pass_vjp(&arena, field->f, "vjp", NULL, 0);
    memset(ref, 0, sizeof *ref);
    size_t row = (size_t)MOST * field->states;
    for (size_t b = 0; b < MOST; b++) {
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
            reference_all(lab[0].field, &n, kind, &ref);
            for (size_t r = 0; r < COUNT(regimes); r++)
                for (size_t b = 0; b < COUNT(batches); b++)
                    if (lab[r].p) check_batch(&lab[r], &n, &ref, batches[b], when);
        }
        for (size_t r = 0; r < COUNT(regimes); r++) lab_close(&lab[r]);
    }
}

Test(lower, solve_and_adjoint_gradient) { check_everything(GRADIENT_ADJOINT); }
Test(lower, discrete_gradient_and_tape) { check_everything(GRADIENT_DISCRETE); }
