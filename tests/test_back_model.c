/* test_back_model.c: a model as generated C: tables, checks of arguments, draws, threads.
 *
 * The model is made by hand, so that it is small and has everything once: an input that is
 * a whole number, draws of each law, a buffer with copies, a loss and a metric, blocks of
 * samples in parallel.                                                                    */
#include "machine.h"
#include "library/tables.h"

#include <criterion/criterion.h>

#include "back/back.h"
#include "cc.h"
#include "philox.h"
#include "run.h"

#include <math.h>

enum { INPUTS = 4, DRAWS = 6, BUFFERS = 8, PARAMS = 4, BLOCK_COUNT = 4 };

typedef struct Hand {
    Arena   arena;
    Names   names;
    Model   model;
    Field   field;
    LoweredBuffer buffer[2];
    LoweredModel  lowered;
    Program *p;
} Hand;

static Shape shape_of(unsigned rank, uint32_t a, uint32_t b)
{
    Shape s = { .rank = (uint8_t)rank };
    s.dim[0] = a, s.dim[1] = b;
    return s;
}

/* ---- the program ----------------------------------------------------------------------- */

typedef struct Args { Var batch, inputs, draws, theta, buffers, g_theta, outputs, values, fail, work; } Args;

static Args args_declare(Program *p, bool train)
{
    Args v = { 0 };
    v.batch = fn_param(p, "batch", L_INT);
    v.inputs = fn_param_buffer(p, "inputs", SPACE_CONST, false, false);
    if (train) v.draws = fn_param_buffer(p, "draws", SPACE_CONST, false, false);
    v.theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    v.buffers = fn_param_buffer(p, "buffers", train ? SPACE_SHARED : SPACE_CONST, train, false);
    if (train) v.g_theta = fn_param_buffer(p, "g_theta", SPACE_SHARED, true, false);
    v.outputs = fn_param_buffer(p, "outputs", SPACE_SHARED, true, true);
    v.values = fn_param_buffer(p, "values", SPACE_SHARED, true, !train);
    v.fail = fn_param_buffer(p, "fail", SPACE_SHARED, true, false);
    v.work = fn_param_buffer(p, "work", SPACE_SHARED, true, false);
    return v;
}

/* work[block] = the sum over its samples of x.theta; every sample's goes to outputs. */
static uint32_t block_function(Program *p)
{
    uint32_t fn = fn_begin(p, "Hand.block", "x.theta of the samples of one block, and their sum.");
    fn_of(p, fn)->outline = true;
    Var b = fn_param(p, "b", L_INT), batch = fn_param(p, "batch", L_INT);
    Var inputs = fn_param_buffer(p, "inputs", SPACE_CONST, false, false);
    Var theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    Var outputs = fn_param_buffer(p, "outputs", SPACE_SHARED, true, true);
    Var work = fn_param_buffer(p, "work", SPACE_SHARED, true, false);
    Var size = s_let(p, "size", x_op(p, OP_div, x_add(p, x_var(p, batch), x_int(p, BLOCK_COUNT - 1)), x_int(p, BLOCK_COUNT), 0));
    Var from = s_let(p, "from", x_mul(p, x_var(p, b), x_var(p, size)));
    Var to = s_let(p, "to", x_op(p, OP_min, x_add(p, x_var(p, from), x_var(p, size)), x_var(p, batch), 0));
    Var sum = s_var(p, "sum", x_real(p, 0));
    Var n = s_for(p, "n", x_var(p, from), x_var(p, to), x_int(p, 1), FOR_ROLL);
    Var y = s_var(p, "y", x_load(p, theta, x_int(p, 3), 1));
    for (int k = 0; k < 3; k++) {
        Exp at = x_add(p, x_mul(p, x_var(p, n), x_int(p, INPUTS)), x_int(p, k));
        s_set(p, y, x_fma(p, x_load(p, inputs, at, 1), x_load(p, theta, x_int(p, k), 1), x_var(p, y)));
    }
    s_if(p, x_op(p, OP_eq, x_null(p, outputs), x_int(p, 0), 0));
    s_store(p, outputs, x_var(p, n), x_var(p, y));
    s_end(p);
    s_set(p, sum, x_add(p, x_var(p, sum), x_var(p, y)));
    s_end(p);
    s_store(p, work, x_var(p, b), x_var(p, sum));
    fn_end(p);
    return fn;
}

static uint32_t entry_function(Program *p, uint32_t block, bool train)
{
    uint32_t fn = fn_begin(p, train ? "Hand.train" : "Hand.forward", "The mean of x.theta.");
    fn_of(p, fn)->entry = fn_of(p, fn)->returns = true;
    Args v = args_declare(p, train);
    Var b = s_par(p, "b", x_int(p, BLOCK_COUNT), AXIS_BLOCK);
    s_call(p, block, (Exp[]){ x_var(p, b), x_var(p, v.batch), x_var(p, v.inputs), x_var(p, v.theta), x_var(p, v.outputs), x_var(p, v.work) }, 6);
    s_end(p);
    Exp mean = x_load(p, v.work, x_int(p, 0), 1);
    for (int k = 1; k < BLOCK_COUNT; k++) mean = x_add(p, mean, x_load(p, v.work, x_int(p, k), 1));
    Var y = s_let(p, "y", x_op(p, OP_div, mean, x_convert(p, x_var(p, v.batch), L_REAL), 0));
    if (train) {
        for (int k = 0; k < PARAMS; k++) s_store(p, v.g_theta, x_int(p, k), x_load(p, v.draws, x_int(p, k), 1));
        for (int k = 0; k < BUFFERS; k++) s_store(p, v.buffers, x_int(p, k), x_add(p, x_load(p, v.buffers, x_int(p, k), 1), x_real(p, 1)));
    } else {
        s_if(p, x_op(p, OP_eq, x_null(p, v.values), x_int(p, 0), 0));
    }
    s_store(p, v.values, x_int(p, 0), x_var(p, y));
    s_store(p, v.values, x_int(p, 1), x_load(p, v.buffers, x_int(p, 7), 1));
    if (!train) s_end(p);
    s_if(p, x_op(p, OP_gt, x_var(p, y), x_real(p, 1e6), 0));
    const double fail[] = { 2, 0, 1 };
    for (int k = 0; k < 3; k++) s_store(p, v.fail, x_int(p, k), x_real(p, fail[k]));
    s_return(p, x_int(p, NODEC_NONFINITE));
    s_end(p);
    s_return(p, x_int(p, 0));
    fn_end(p);
    return fn;
}

static uint32_t update_function(Program *p)
{
    uint32_t fn = fn_begin(p, "Hand.update", "theta = theta - lr*g.");
    fn_of(p, fn)->entry = true;
    Var params = fn_param(p, "params", L_INT);
    Var theta = fn_param_buffer(p, "theta", SPACE_SHARED, true, false), g = fn_param_buffer(p, "g", SPACE_CONST, false, false);
    fn_param_buffer(p, "moments", SPACE_SHARED, true, false);
    Var lr = fn_param(p, "lr", L_REAL), scale = fn_param(p, "gscale", L_REAL);
    Var i = s_for(p, "i", x_int(p, 0), x_var(p, params), x_int(p, 1), FOR_ROLL);
    Exp step = x_mul(p, x_mul(p, x_var(p, lr), x_var(p, scale)), x_load(p, g, x_var(p, i), 1));
    s_store(p, theta, x_var(p, i), x_sub(p, x_load(p, theta, x_var(p, i), 1), step));
    s_end(p);
    fn_end(p);
    return fn;
}

static uint32_t norm_function(Program *p)
{
    uint32_t fn = fn_begin(p, "Hand.norm", "The norm of g.");
    fn_of(p, fn)->entry = true;
    Var params = fn_param(p, "params", L_INT);
    fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    Var g = fn_param_buffer(p, "g", SPACE_CONST, false, false), out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Var sum = s_var(p, "sum", x_real(p, 0));
    Var i = s_for(p, "i", x_int(p, 0), x_var(p, params), x_int(p, 1), FOR_ROLL);
    Var x = s_let(p, "x", x_load(p, g, x_var(p, i), 1));
    s_set(p, sum, x_fma(p, x_var(p, x), x_var(p, x), x_var(p, sum)));
    s_end(p);
    s_store(p, out, x_int(p, 0), x_op(p, OP_sqrt, x_var(p, sum), 0, 0));
    fn_end(p);
    return fn;
}

/* ---- the model ----------------------------------------------------------------------------- */

static void hand_tables(Hand *h)
{
    static const double ones[] = { 1, 1 }, other[] = { 0.1, -2 }, weight[] = { 0.5, -1, 2 };
    Arena *arena = &h->arena;
    Model *m = &h->model;
    m->name = name_of(&h->names, "Hand");
    m->instance = name_of(&h->names, "Hand(size = 3)");
    VEC_PUSH(arena, m->input) = (ModelInput){ .name = name_of(&h->names, "image"), .shape = shape_of(1, 3, 0), .count = 3 };
    VEC_PUSH(arena, m->input) = (ModelInput){ .name = name_of(&h->names, "label"), .offset = 3, .count = 1, .classes = 2 };
    VEC_PUSH(arena, m->output) = (FieldOutput){ .name = name_of(&h->names, "y"), .count = 1 };
    VEC_PUSH(arena, m->param) = (FieldParam){ .name = name_of(&h->names, "lin.W"), .file_name = name_of(&h->names, "lin.weight"),
        .shape = shape_of(2, 1, 3), .count = 3, .init = INIT_TENSOR, .tensor = weight };
    VEC_PUSH(arena, m->param) = (FieldParam){ .name = name_of(&h->names, "lin.b"), .file_name = name_of(&h->names, "lin.bias"),
        .offset = 3, .count = 1, .init = INIT_UNIFORM, .lo = -0.25, .hi = 0.25 };
    VEC_PUSH(arena, m->buffer) = (ModelBuffer){ .name = name_of(&h->names, "norm.var"), .file_name = name_of(&h->names, "norm.running_var"),
        .shape = shape_of(1, 2, 0), .count = 2, .initial = ones, .solve = 0 };
    VEC_PUSH(arena, m->buffer) = (ModelBuffer){ .name = name_of(&h->names, "norm.mean"), .file_name = name_of(&h->names, "norm.running_mean"),
        .shape = shape_of(1, 2, 0), .count = 2, .initial = other, .solve = 0 };
    VEC_PUSH(arena, m->draw) = (ModelDraw){ .name = name_of(&h->names, "drop.keep"), .shape = shape_of(1, 3, 0), .count = 3, .kind = DRAW_BERNOULLI, .a = 0.75 };
    VEC_PUSH(arena, m->draw) = (ModelDraw){ .name = name_of(&h->names, "noise"), .shape = shape_of(1, 2, 0), .offset = 3, .count = 2, .kind = DRAW_NORMAL, .a = 1, .b = 0.5 };
    VEC_PUSH(arena, m->draw) = (ModelDraw){ .name = name_of(&h->names, "shift"), .offset = 5, .count = 1, .kind = DRAW_UNIFORM, .a = -2, .b = 3 };
    VEC_PUSH(arena, m->value) = (ModelValue){ .name = name_of(&h->names, "ce"), .loss = true };
    VEC_PUSH(arena, m->value) = (ModelValue){ .name = name_of(&h->names, "accuracy") };
    VEC_PUSH(arena, h->field.state) = (FieldState){ .name = name_of(&h->names, "z"), .shape = shape_of(1, 1, 0), .count = 1 };
    VEC_PUSH(arena, h->field.state) = (FieldState){ .name = name_of(&h->names, "v"), .shape = shape_of(1, 2, 0), .offset = 1, .count = 2 };
    VEC_PUSH(arena, m->solve) = (ModelSolve){ .name = name_of(&h->names, "feature"), .train = &h->field, .eval = &h->field, .to = 1 };
    m->inputs = INPUTS, m->outputs = 1, m->params = PARAMS, m->draws = DRAWS;
}

static void hand_open(Hand *h)
{
    static const char *const reals[] = { "lr", "gscale" };
    memset(h, 0, sizeof *h);
    h->names.arena = &h->arena;
    hand_tables(h);
    Program *p = h->p = program_new(&h->arena, &h->names, TYPE_F32);
    uint32_t block = block_function(p);
    h->buffer[0] = (LoweredBuffer){ &h->model.buffer.at[0], 0, 2, 4 };
    h->buffer[1] = (LoweredBuffer){ &h->model.buffer.at[1], 2, 2, 4 };
    h->lowered = (LoweredModel){ .model = &h->model, .program = p, .solver = "euler(h_max = 0.05)", .gradient = "adjoint",
        .forward = entry_function(p, block, false), .train = entry_function(p, block, true),
        .update = update_function(p), .norm = norm_function(p), .forward_fixed = 16, .forward_sample = 0, .train_fixed = 16,
        .train_sample = 2, .buffer = h->buffer, .buffers = BUFFERS, .steps = 20, .evaluations = 20, .pulls = 40,
        .flops_forward = 3, .flops_train = 6, .optimizer_name = "sgd", .moments = 0, .update_reals = reals, .update_real_count = 2 };
    const char *wrong = loop_verify(p, &h->arena);
    cr_assert_null(wrong, "%s", wrong);
}

static const char *hand_module(Hand *h)
{
    const LoweredModel *l = &h->lowered;
    Text source = { .arena = &h->arena };
    back_c.emit(&(EmitInput){ .model = &l, .models = 1 }, &(EmitOptions){ .stem = "m", .module = true }, &source, NULL);
    return text_string(&source);
}

/* ---- what holds -------------------------------------------------------------------------------- */

Test(back_model, is_clean_c_and_cpp, .timeout = 120)
{
    static const struct { const char *compiler, *flags; } rows[] = {
        { "gcc", "-std=c99 -O2 " CC_STRICT }, { "clang", "-std=c99 -O1 -march=native " CC_STRICT },
        { "gcc", "-std=c17 -O0 " CC_STRICT }, { "clang", "-std=c11 -O2 " CC_STRICT },
        { "g++", "-x c++ -std=c++17 -O1 " CC_STRICT }, { "clang++", "-x c++ -std=c++17 -O1 " CC_STRICT },
    };
    Hand h;
    hand_open(&h);
    const LoweredModel *l = &h.lowered, *two[] = { l, l };
    Text source = { .arena = &h.arena }, header = source, pair = source, pair_header = source;
    back_c.emit(&(EmitInput){ .model = two, .models = 1 }, &(EmitOptions){ .stem = "one", .model_path = "dir/hand.node" }, &source, &header);
    back_c.emit(&(EmitInput){ .model = two, .models = 2 }, &(EmitOptions){ .stem = "two" }, &pair, &pair_header);
    CcFolder folder = cc_folder();
    cc_write(&folder, "one.c", text_string(&source));
    cc_write(&folder, "one.h", text_string(&header));
    cc_write(&folder, "two.c", text_string(&pair));
    cc_write(&folder, "two.h", text_string(&pair_header));
    cc_write(&folder, "module.c", hand_module(&h));
    cc_write(&folder, "both.c", "#include \"one.h\"\n#include \"two.h\"\n"
             "int main(void) { return ONE_HAND_WORK(3) != one_hand_work(3) || two_hand_train_work(2) != TWO_HAND2_TRAIN_WORK(2); }\n");
    for (size_t i = 0; i < COUNT(rows); i++) {
        char command[256];
        if (!cc_has(rows[i].compiler)) {
            cr_log_warn("%s is skipped: not on this machine", rows[i].compiler);
            continue;
        }
        snprintf(command, sizeof command, "%s %s one.c two.c both.c -o both -lm && ./both", rows[i].compiler, rows[i].flags);
        cr_expect(cc_run(&folder, command), "%s", command);
        if (strstr(rows[i].compiler, "++")) continue;           /* only `nodec run` reads modules */
        snprintf(command, sizeof command, "%s %s -c module.c", rows[i].compiler, rows[i].flags);
        cr_expect(cc_run(&folder, command), "%s", command);
    }
    cc_remove(&folder);
    arena_free(&h.arena);
}

static void last_first(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    ++*(int *)pool;
    while (count-- > 0) task(arg, count);
}

/* The module's tables say what the model says. */
static void tables_hold(const nodec_model *m)
{
    cr_assert(m->inputs == INPUTS && m->outputs == 1 && m->params == PARAMS && m->buffers == BUFFERS && m->draws == DRAWS);
    cr_assert(m->values == 2 && m->losses == 1 && !strcmp(m->value[0], "ce") && !strcmp(m->value[1], "accuracy"));
    cr_assert(m->input_rows == 2 && m->input[1].offset == 3 && m->input[1].classes == 2 && !strcmp(m->input[0].name, "image"));
    cr_assert(m->output_rows == 1 && !strcmp(m->output[0].name, "y"));
    cr_assert(m->param_rows == 2 && !strcmp(m->param[0].name, "lin.weight") && m->param[0].shape[1] == 3);
    cr_assert(m->buffer_rows == 2 && m->buffer[1].slots == 2 && m->buffer[1].stride == 4 && m->buffer[1].initial[1] == -2);
    cr_assert(m->draw_rows == 3 && m->draw[0].law == 2 && m->draw[0].a == 0.75 && m->draw[1].law == 1 && m->draw[2].law == 0);
    cr_assert(m->steps == 20 && m->evaluations == 20 && m->pulls == 40 && m->flops_train == 6 && m->real_bytes == 4);
}

static void module_computes(const nodec_model *m, bool threads)
{
    enum { SAMPLES = 10 };
    tables_hold(m);
    float theta[PARAMS], again[PARAMS], buffers[BUFFERS], inputs[SAMPLES * INPUTS], outputs[SAMPLES], backwards[SAMPLES], g[PARAMS], draws[SAMPLES * DRAWS];
    m->init(m, 7, theta, buffers);
    m->init(m, 7, again, buffers);
    cr_assert(!memcmp(theta, again, sizeof theta) && theta[2] == 2 && fabsf(theta[3]) <= 0.25f && theta[3] != 0);
    const float first[BUFFERS] = { 1, 1, 0.1f, -2, 1, 1, 0.1f, -2 };
    cr_assert(!memcmp(buffers, first, sizeof first));

    for (int i = 0; i < SAMPLES * INPUTS; i++) inputs[i] = (float)(i % 7) / 7;
    double work[64], values[2], others[2];
    int calls = 0;
    nodec_report report;
    cr_assert_eq(m->work(m, SAMPLES, 0), 64 + 16 * sizeof(float));
    cr_assert_eq(m->work(m, SAMPLES, 1), 64 + (16 + 2 * SAMPLES) * sizeof(float));
    cr_assert_eq(m->work(m, SIZE_MAX / 2, 1), 0);
    cr_assert_eq(m->forward(m, SAMPLES, inputs, theta, buffers, outputs, values, NULL, &report, work, sizeof work), NODEC_OK);
    cr_assert(report.steps == 20 * SAMPLES && report.evaluations == 20 * SAMPLES);
    float sum = 0;
    for (int i = 0; i < SAMPLES; i++) sum += outputs[i];
    cr_assert_float_eq(values[0], sum / SAMPLES, 1e-6);
    cr_assert_eq(values[1], -2);
    const nodec_parallel pool = { last_first, &calls };
    cr_assert_eq(m->forward(m, SAMPLES, inputs, theta, buffers, backwards, others, &pool, NULL, work, sizeof work), NODEC_OK);
    cr_assert(calls == threads && !memcmp(outputs, backwards, sizeof outputs) && !memcmp(values, others, sizeof values));
    cr_assert_eq(m->forward(m, SAMPLES, inputs, theta, buffers, NULL, NULL, NULL, NULL, work, sizeof work), NODEC_OK);

    for (int i = 0; i < SAMPLES * DRAWS; i++) draws[i] = (float)i + 1;
    cr_assert_eq(m->train(m, SAMPLES, inputs, draws, theta, buffers, g, NULL, values, NULL, &report, work, sizeof work), NODEC_OK);
    cr_assert(report.evaluations == 60 * SAMPLES && buffers[3] == -1 && g[3] == 4);
    nodec_update update = { .lr = 0.5, .step = 1 };
    const double norm = m->update(m, &update, theta, g, again);
    cr_assert_float_eq(norm, sqrt(1 + 4 + 9 + 16), 1e-5);
    cr_assert_eq(theta[0], 0);
    update.clip = sqrt(30) / 2;
    m->update(m, &update, theta, g, again);
    cr_assert_float_eq(theta[0], -0.25, 1e-6);

    /* what is wrong is said */
    cr_assert_eq(m->forward(m, 0, inputs, theta, buffers, NULL, NULL, NULL, NULL, work, sizeof work), NODEC_ARGUMENT);
    cr_assert_eq(m->forward(m, SAMPLES, NULL, theta, buffers, NULL, NULL, NULL, NULL, work, sizeof work), NODEC_ARGUMENT);
    cr_assert_eq(m->forward(m, SAMPLES, inputs, theta, NULL, NULL, NULL, NULL, NULL, work, sizeof work), NODEC_ARGUMENT);
    cr_assert_eq(m->train(m, SAMPLES, inputs, NULL, theta, buffers, g, NULL, values, NULL, NULL, work, sizeof work), NODEC_ARGUMENT);
    cr_assert_eq(m->forward(m, SAMPLES, inputs, theta, buffers, NULL, NULL, NULL, NULL, work, 64), NODEC_WORKSPACE);
    theta[3] = 1e7f;
    cr_assert_eq(m->forward(m, SAMPLES, inputs, theta, buffers, NULL, NULL, NULL, &report, work, sizeof work), NODEC_NONFINITE);
    cr_assert(report.sample == 2 && !strcmp(report.where, "feature.v"));
}

Test(back_model, what_run_loads_computes, .timeout = 60)
{
    Hand h;
    hand_open(&h);
    const char *source = hand_module(&h);
    nodec_fault fault = { 0 };
    nodec_engine *engine = nodec_load(source, strlen(source), false, NULL, &fault);
    cr_assert(engine, "%s", fault.text);
    cr_assert_null(nodec_loaded(engine));
    module_computes(nodec_loaded_model(engine), true);
    nodec_unload(engine);
    arena_free(&h.arena);
}

/* The same of the driver, over the reference machine. */
Test(back_model, what_is_served_computes, .timeout = 60)
{
    for (int apart = 0; apart < 2; apart++) {
        Hand h;
        nodec_fault fault = { 0 };
        hand_open(&h);
        const Tables tables = tables_of_model(&h.arena, &h.lowered, &(EmitOptions){ 0 });
        const nodec_code code = machine_code(machine_new(h.lowered.program, apart));
        served *s = served_open(tables.at, tables.bytes, &code, &fault);
        cr_assert(s, "%s", fault.text);
        cr_assert_null(served_module(s));
        module_computes(served_model(s), false);
        served_close(s);
        arena_free(&h.arena);
    }
}

/* PREFIX_draws gives what philox.h gives, whoever asks for how many. */
Test(back_model, draws_depend_on_seed_step_and_sample, .timeout = 60)
{
    enum { SAMPLES = 300 };
    if (!cc_has("cc")) {
        cr_log_warn("skipped: no C compiler");
        return;
    }
    Hand h;
    hand_open(&h);
    const LoweredModel *l = &h.lowered;
    Text source = { .arena = &h.arena };
    back_c.emit(&(EmitInput){ .model = &l, .models = 1 }, &(EmitOptions){ .stem = "m" }, &source, NULL);
    CcFolder folder = cc_folder();
    cc_write(&folder, "m.c", text_string(&source));
    void *module = cc_load(&folder, "cc", "-O1", "m.c");
    cr_assert(module);
    void (*draws)(uint64_t, uint64_t, size_t, float *);
    *(void **)&draws = dlsym(module, "m_hand_draws");
    static float x[SAMPLES * DRAWS], few[3 * DRAWS];
    draws(5, 17, SAMPLES, x);
    draws(5, 17, 3, few);
    cr_assert(!memcmp(x, few, sizeof few));
    double kept = 0;
    for (uint32_t b = 0; b < SAMPLES; b++) {
        for (uint32_t i = 0; i < 3; i++) {
            cr_assert_eq(x[b * DRAWS + i], nodec_uniform(nodec_stream(5, "drop.keep"), 17, b, i) < 0.75 ? 1.0f : 0.0f);
            kept += (double)x[b * DRAWS + i];
        }
        cr_assert_eq(x[b * DRAWS + 4], (float)(1 + 0.5 * nodec_normal(nodec_stream(5, "noise"), 17, b, 1)));
        cr_assert_eq(x[b * DRAWS + 5], (float)(-2 + (3 - -2) * nodec_uniform(nodec_stream(5, "shift"), 17, b, 0)));
    }
    cr_assert(kept > 0.7 * 3 * SAMPLES && kept < 0.8 * 3 * SAMPLES);
    dlclose(module);
    cc_remove(&folder);
    arena_free(&h.arena);
}
