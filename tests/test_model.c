/* Whole models: the tensor functions that lower_model makes, against central differences;
 * the code it makes from them, against these functions run by the reference evaluator.  */
#include "model_eval.h"
#include "models.h"

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
