/* Whole models: the tensor functions that lower_model makes, against central differences;
 * the code it makes from them, against these functions run by the reference evaluator.  */
#include "model_eval.h"
#include "models.h"
#include "abi.h"
#include "lower/lower.h"

static Arena arena;
static Names names;

static void begin(void) { names = (Names){.arena = &arena}; }
static void end(void) { arena_free(&arena); }

TestSuite(model, .init = begin, .fini = end);

/* ---- a model with numbers -------------------------------------------------------------- */

typedef struct Case {
    const char  *name, *solver;
    MadeWith     with;
    GradientKind gradient;
    bool         running;
    uint32_t     steps;             /* 0: by h_max = 0.3                               */
} Case;

static const Case cases[] = {
    {"no solve", "euler", {.solves = 0}, GRADIENT_DISCRETE, false, 0},
    {"euler", "euler", {.solves = 1}, GRADIENT_DISCRETE, false, 0},
    {"euler, adjoint", "euler", {.solves = 1}, GRADIENT_ADJOINT, false, 0},
    {"one step", "euler", {.solves = 1}, GRADIENT_DISCRETE, false, 1},
    {"running", "euler", {.solves = 1}, GRADIENT_DISCRETE, true, 0},
    {"rk4", "rk4", {.solves = 1}, GRADIENT_DISCRETE, false, 2},
    {"rk4, adjoint", "rk4", {.solves = 1}, GRADIENT_ADJOINT, false, 2},
    {"rk4, running", "rk4", {.solves = 1}, GRADIENT_DISCRETE, true, 2},
    {"two solves", "euler", {.solves = 2}, GRADIENT_DISCRETE, false, 2},
    {"two solves, adjoint", "heun", {.solves = 2}, GRADIENT_ADJOINT, false, 2},
    {"two states", "euler", {.solves = 1, .number = true}, GRADIENT_DISCRETE, false, 0},
    {"two states, adjoint", "heun", {.solves = 2, .number = true}, GRADIENT_ADJOINT, false, 2},
    {"shared statistics", "euler", {.solves = 1, .shared = true}, GRADIENT_DISCRETE, false, 2},
};

static LowerOptions options_of(const Case *c, Type real)
{
    return (LowerOptions){.real = real, .solver = solver_by_name(c->solver), .gradient = c->gradient, .h_max = 0.3,
                          .steps = c->steps, .optimizer = "adam", .running = c->running};
}

static double noise(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (double)(int64_t)(*state >> 11) / (double)(UINT64_C(1) << 53) * 2 - 1;
}

static double *numbers(size_t count, double scale, uint64_t seed)
{
    double *to = NEW_ARRAY(&arena, double, count + 1);
    for (size_t i = 0; i < count; i++) to[i] = scale * noise(&seed);
    return to;
}

/* Weights, a batch, buffers as they begin. */
static ModelCall call_of(const Whole *w, size_t batch)
{
    const Model *model = w->model;
    double *inputs = numbers(batch * model->inputs, 1, 1), *theta = numbers(model->params, 0.5, 3);
    for (size_t n = 0; n < batch; n++) inputs[n * model->inputs + PIXELS * PIXELS] = (double)((n + 1) % CLASSES);
    for (size_t i = 0; i < model->param.count; i++)
        if (model->param.at[i].shape.rank == 1) theta[model->param.at[i].offset] += 1;
    ModelCall c = {.w = w, .batch = batch, .inputs = inputs, .draws = numbers(batch * model->draws, 1, 2), .theta = theta};
    c.buffers = NEW_ARRAY(&arena, double, w->buffers + 1);
    for (size_t i = 0; i < model->buffer.count; i++)
        for (size_t k = 0; k < w->buffer[i].slots; k++)
            memcpy(c.buffers + w->buffer[i].offset + k * w->buffer[i].stride, model->buffer.at[i].initial,
                   model->buffer.at[i].count * sizeof(double));
    c.g_theta = NEW_ARRAY(&arena, double, model->params + 1);
    c.outputs = NEW_ARRAY(&arena, double, batch * model->outputs + 1);
    c.values = NEW_ARRAY(&arena, double, model->value.count + 1);
    return c;
}

static Whole *whole_of(const Case *c, const LowerOptions *options)
{
    Model *model = made_model(&arena, &names, &c->with, options->real);
    return whole_build(&arena, &names, model, options);
}

static void assert_sound(const Fn *f)
{
    const char *wrong = f ? ir_verify(f, &arena) : NULL;
    cr_assert(wrong == NULL, "%s: %s", f->name, wrong);
}

/* ---- the tensor functions -------------------------------------------------------------------- */

Test(model, functions_are_sound)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        LowerOptions options = options_of(&cases[i], TYPE_F32);
        Whole *w = whole_of(&cases[i], &options);
        assert_sound(w->train);
        assert_sound(w->eval);
        for (size_t k = 0; k < w->legs; k++)
            assert_sound(w->leg[k].train), assert_sound(w->leg[k].eval), assert_sound(w->leg[k].pull);
    }
}

/* What training minimises, somewhere along a line through theta. */
static double loss_along(const ModelCall *c, const double *direction, double along)
{
    ModelCall moved = *c;
    double *theta = arena_copy(&arena, c->theta, c->w->model->params * sizeof *theta);
    for (size_t i = 0; i < c->w->model->params; i++) theta[i] += along * direction[i];
    moved.theta = theta;
    moved.g_theta = NULL;
    moved.buffers = arena_copy(&arena, c->buffers, (c->w->buffers + 1) * sizeof(double));
    model_eval(&moved, true);
    double sum = 0;
    for (size_t i = 0; i < c->w->model->value.count; i++)
        if (c->w->model->value.at[i].loss) sum += moved.values[i];
    return sum;
}

/* The gradient along a random direction in every parameter, against the loss itself. */
static void assert_gradient(const Case *c, double tolerance)
{
    LowerOptions options = options_of(c, TYPE_F64);
    Whole *w = whole_of(c, &options);
    ModelCall call = call_of(w, 3);
    ModelCall once = call;
    once.buffers = arena_copy(&arena, call.buffers, (w->buffers + 1) * sizeof(double));
    model_eval(&once, true);
    for (size_t p = 0; p < w->model->param.count; p++) {
        const FieldParam *param = &w->model->param.at[p];
        double *direction = NEW_ARRAY(&arena, double, w->model->params), slope = 0, step = 1e-4;
        memcpy(direction + param->offset, numbers(param->count, 1, p + 7), param->count * sizeof *direction);
        for (size_t i = 0; i < w->model->params; i++) slope += direction[i] * call.g_theta[i];
        double wanted = (8 * (loss_along(&call, direction, step) - loss_along(&call, direction, -step))
                         - loss_along(&call, direction, 2 * step) + loss_along(&call, direction, -2 * step)) / (12 * step);
        cr_assert(fabs(wanted) > 1e-6, "%s: %s does not matter", c->name, param->name);
        cr_assert(fabs(slope - wanted) <= tolerance * fmax(0.1, fabs(wanted)), "%s: %s: %.12g, not %.12g", c->name,
                  param->name, slope, wanted);
    }
}

Test(model, discrete_gradients_are_those_of_the_loss)
{
    for (size_t i = 0; i < COUNT(cases); i++)
        if (cases[i].gradient == GRADIENT_DISCRETE) assert_gradient(&cases[i], 1e-8);
}

Test(model, adjoint_gradients_converge_to_those_of_the_loss)
{
    Case c = {"rk4, adjoint", "rk4", {.solves = 1}, GRADIENT_ADJOINT, false, 40};
    assert_gradient(&c, 1e-6);
}

/* ---- what steps add up ------------------------------------------------------------------------- */

static const struct { const char *name, *text; bool inside; } sums[] = {
    {"a number of time", "%1 = con [i | B] a[B i] : f64[3]\n %2 = con [i |] t[] : f64[3]\n %3 = mul %1 %2 : f64[3]\n"
                         "sum w = %3", true},
    {"mapped further", "%1 = con [i | B] a[B i] : f64[3]\n %2 = con [i |] t[] : f64[3]\n %3 = mul %1 %2 : f64[3]\n"
                       "%4 = con [i | j] %3[j] * w[i] : f64[3]\n sum w = %4", true},
    {"a product", "%1 = con [i | B] a[B i] * x[B i] : f64[3]\n %2 = con [i |] t[] : f64[3]\n %3 = mul %2 %1 : f64[3]\n"
                  "sum w = %3", true},
    {"the sum is wanted as well", "%1 = con [i | B] a[B i] : f64[3]\n %2 = con [i |] t[] : f64[3]\n"
                                  "%3 = mul %1 %2 : f64[3]\n sum w = %3\n sum v = %1", false},
    {"samples read it", "%1 = con [i | B] a[B i] : f64[3]\n %2 = con [i |] t[] : f64[3]\n %3 = mul %1 %2 : f64[3]\n"
                        "%4 = con [B i |] %3[i] : f64[B 3]\n sum w = %3\n carry x = %4", false},
    {"no number", "%1 = con [i | B] a[B i] : f64[3]\n %2 = mul %1 w : f64[3]\n sum w = %2", false},
};

Test(model, time_goes_inside_sums)
{
    const double a[] = {1, 2, 3, -4, 5, 6}, x[] = {3, 1, 4, 1, 5, 9}, t[] = {0.5}, w[] = {2, 7, 1};
    const Bound bound[] = {{"a", a}, {"x", x}, {"t", t}, {"w", w}};
    for (size_t i = 0; i < COUNT(sums); i++) {
        Diags diags = {.arena = &arena};
        Source source = {.path = "sums"};
        source.text = arena_printf(&arena, "fn f(state x: f64[B 3], cotangent a: f64[B 3], time t: f64[], param w: f64[3], "
                                   "param v: f64[3]) {\n %s\n}", sums[i].text);
        source.length = strlen(source.text);
        Fn *f = ir_parse(&arena, &names, &source, &diags);
        cr_assert(f, "%s", sums[i].name);
        Fn *g = pass_accumulate(&arena, f);
        assert_sound(g);
        const Fn *needed = pass_dce(&arena, g);
        bool outside = false;
        for (Ref r = 1; r < needed->node.count; r++)
            outside |= NODE(needed, r)->op == OP_mul && !shape_batched(SHAPE(needed, r));
        cr_assert_eq(outside, !sums[i].inside, "%s", sums[i].name);
        Eval before = run_fn(&arena, f, 2, bound, COUNT(bound)), after = run_fn(&arena, g, 2, bound, COUNT(bound));
        assert_near(root_of(&after, ROOT_SUM, "w"), root_of(&before, ROOT_SUM, "w"), 3, 1e-15, sums[i].name);
    }
}

/* ---- the code ------------------------------------------------------------------------------------ */

static double *grown(size_t count)
{
    double *to = NEW_ARRAY(&arena, double, count + 1);
    for (size_t i = 0; i < count; i++) to[i] = NAN;         /* what nobody sets is seen */
    return to;
}

static LArg array(double *at, size_t count) { return (LArg){.buffer = at, .elements = count}; }

/* Runs an entry on the arrays of a call, and says what it returned. */
static int run_entry(const LoweredModel *m, const ModelCall *c, bool train, double *fail)
{
    const Model *model = m->model;
    LArg arg[12];
    size_t n = 0;
    uint64_t work = train ? m->train_fixed + c->batch * m->train_sample : m->forward_fixed + c->batch * m->forward_sample;
    arg[n++] = (LArg){.i = (int64_t)c->batch};
    arg[n++] = array((double *)c->inputs, c->batch * model->inputs);
    if (train && model->draws) arg[n++] = array((double *)c->draws, c->batch * model->draws);
    arg[n++] = array((double *)c->theta, model->params);
    if (m->buffers) arg[n++] = array(c->buffers, m->buffers);
    if (train) arg[n++] = array(c->g_theta, model->params);
    arg[n++] = array(c->outputs, c->outputs ? c->batch * model->outputs : 0);
    arg[n++] = array(c->values, c->values ? model->value.count : 0);
    arg[n++] = array(fail, 3);
    arg[n++] = array(grown(work), work);
    char error[512] = "";
    int status = loop_run(m->program, train ? m->train : m->forward, arg, n, error, sizeof error);
    cr_assert(!*error, "%s: %s", train ? "train" : "forward", error);
    return status;
}

static ModelCall fresh(const ModelCall *from, const Whole *w)
{
    ModelCall c = *from;
    c.buffers = arena_copy(&arena, from->buffers, (w->buffers + 1) * sizeof(double));
    c.g_theta = grown(w->model->params);
    c.outputs = grown(c.batch * w->model->outputs);
    c.values = grown(w->model->value.count);
    return c;
}

static void assert_same_call(const char *name, const Whole *w, const ModelCall *got, const ModelCall *wanted, bool train)
{
    const Model *model = w->model;
    assert_near(got->values, wanted->values, model->value.count, 1e-10, arena_printf(&arena, "%s: values", name));
    assert_near(got->outputs, wanted->outputs, got->batch * model->outputs, 1e-10, arena_printf(&arena, "%s: outputs", name));
    assert_near(got->buffers, wanted->buffers, w->buffers, 1e-10, arena_printf(&arena, "%s: buffers", name));
    for (size_t i = 0; train && i < model->param.count; i++)
        assert_near(got->g_theta + model->param.at[i].offset, wanted->g_theta + model->param.at[i].offset,
                    model->param.at[i].count, 1e-10, arena_printf(&arena, "%s: %s", name, model->param.at[i].name));
}

Test(model, code_computes_what_the_functions_say)
{
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t batch = 1; batch <= 11; batch += 5) {
            LowerOptions options = options_of(&cases[i], TYPE_F64);
            Model *model = made_model(&arena, &names, &cases[i].with, TYPE_F64);
            Whole *w = whole_build(&arena, &names, model, &options);
            LoweredModel *m = lower_model(&arena, &names, model, &options);
            const char *wrong = loop_verify(m->program, &arena);
            cr_assert(wrong == NULL, "%s: %s", cases[i].name, wrong);
            ModelCall first = call_of(w, batch), wanted = fresh(&first, w), got = fresh(&first, w);
            double fail[3];
            for (int train = 1; train >= 0; train--) {          /* then with the statistics that remain */
                model_eval(&wanted, train);
                cr_assert_eq(run_entry(m, &got, train, fail), 0, "%s", cases[i].name);
                assert_same_call(cases[i].name, w, &got, &wanted, train);
            }
            end(), begin();
        }
}

Test(model, says_whose_number_is_not_finite)
{
    Case c = {"euler", "euler", {.solves = 1}, GRADIENT_ADJOINT, false, 2};
    LowerOptions options = options_of(&c, TYPE_F64);
    Model *model = made_model(&arena, &names, &c.with, TYPE_F64);
    Whole *w = whole_build(&arena, &names, model, &options);
    LoweredModel *m = lower_model(&arena, &names, model, &options);
    ModelCall call = call_of(w, 4);
    double fail[3] = {-7, -7, -7};
    ((double *)call.inputs)[2 * model->inputs + 3] = NAN;       /* evaluation does not mix samples */
    cr_assert_eq(run_entry(m, &call, false, fail), NODEC_NONFINITE);
    cr_assert_eq(fail[0], 2);
    cr_assert_eq(fail[1], 0);
    cr_assert(fail[2] >= 0 && fail[2] < CHANNELS * SIDE * SIDE);
    ((double *)call.inputs)[2 * model->inputs + 3] = 0;
    ((double *)call.theta)[model->params - 1] = INFINITY;       /* behind the solve: a loss of every sample */
    cr_assert_eq(run_entry(m, &call, true, fail), NODEC_NONFINITE);
    cr_assert_eq(fail[0], 0);
    cr_assert_eq(fail[1], -1);
}

Test(model, outputs_and_values_need_not_be_wanted)
{
    Case c = {"euler", "euler", {.solves = 1}, GRADIENT_ADJOINT, false, 2};
    LowerOptions options = options_of(&c, TYPE_F64);
    Model *model = made_model(&arena, &names, &c.with, TYPE_F64);
    Whole *w = whole_build(&arena, &names, model, &options);
    LoweredModel *m = lower_model(&arena, &names, model, &options);
    ModelCall call = call_of(w, 3), other = fresh(&call, w);
    double fail[3];
    cr_assert_eq(run_entry(m, &call, false, fail), 0);
    other.values = NULL;
    cr_assert_eq(run_entry(m, &other, false, fail), 0);
    cr_assert_arr_eq(call.outputs, other.outputs, 3 * model->outputs * sizeof(double));
    other = fresh(&call, w);
    other.outputs = NULL;
    cr_assert_eq(run_entry(m, &other, false, fail), 0);
    cr_assert_arr_eq(call.values, other.values, model->value.count * sizeof(double));
}

Test(model, without_an_optimiser_only_forward_is_made)
{
    Case c = {"euler", "euler", {.solves = 1}, GRADIENT_ADJOINT, false, 2};
    LowerOptions options = options_of(&c, TYPE_F32);
    options.optimizer = NULL;
    LoweredModel *m = lower_model(&arena, &names, made_model(&arena, &names, &c.with, TYPE_F32), &options);
    cr_assert_eq(m->train, NO_ENTRY);
    cr_assert_eq(m->update, NO_ENTRY);
    cr_assert_null(loop_verify(m->program, &arena));
    cr_assert_eq(m->evaluations, 2);
    cr_assert_eq(m->buffers, 4 * CHANNELS + 2 * CHANNELS);
}

Test(model, refuses_what_it_cannot_count)
{
    static const struct { double h_max; uint32_t steps; bool running; const char *why; } row[] = {
        {0.3, 0, false, NULL},
        {1e-12, 0, true, "this takes 750000000000 steps, more than max_steps = 1000000000"},
        {0, 1000000001, true, "this takes 1000000001 steps, more than max_steps = 1000000000"},
        {0, 1000000000, false, "the statistics of 1000000000 steps are 10000000000 numbers; `statistics = running` keeps one of each"},
        {0, 1000000000, true, NULL},
    };
    Case c = {"euler", "euler", {.solves = 1}, GRADIENT_ADJOINT, false, 0};
    const Model *model = made_model(&arena, &names, &c.with, TYPE_F32);
    for (size_t i = 0; i < COUNT(row); i++) {
        LowerOptions options = options_of(&c, TYPE_F32);
        options.h_max = row[i].h_max, options.steps = row[i].steps, options.running = row[i].running;
        options.max_steps = 1000000000;
        Span at;
        const char *why = lower_model_refuses(&arena, model, &options, &at);
        cr_assert_eq(why == NULL, row[i].why == NULL, "row %zu: %s", i, why);
        if (why) cr_assert_str_eq(why, row[i].why);
    }
}
