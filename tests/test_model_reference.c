/* test_model_reference.c: the classifier of models/mnist.node, 208 thousand parameters,
 * against the notebook's own model in PyTorch: what it says of four images, evaluated and
 * trained, and both gradients, from its weights in float64 (large ones kept as float32).
 * The file is large and lies beside the repository; without it there is nothing to see. */
#include "abi.h"
#include "back/back.h"
#include "cc.h"
#include "fields.h"
#include "lang/lang.h"
#include "lower/lower.h"
#include "pass/pass.h"

#include <dlfcn.h>

enum { SAMPLES = 4, PIXELS = 784 };

static const char file[] = "../shared/reference/classifier.safetensors";

typedef struct Bench {
    Arena       arena;
    Names       names;
    Diags       diags;
    safetensors file;
    CcFolder    folder;
    const nodec_model *model;
    double     *theta, *buffers, *inputs, *outputs, *g_theta;
} Bench;

static const tensor *tensor_called(const Bench *b, const char *name)
{
    const tensor *t = safetensors_find(&b->file, name);
    cr_assert(t, "%s has no %s", file, name);
    return t;
}

static const double *numbers_of(Bench *b, const char *name)
{
    const tensor *t = tensor_called(b, name);
    nodec_fault fault = {0};
    double *value = NEW_ARRAY(&b->arena, double, t->count);
    cr_assert(!safetensors_read(&b->file, t, sizeof *value, value, &fault), "%s", name);
    return value;
}

static const uint8_t *bytes_of(Bench *b, const char *name)
{
    const tensor *t = tensor_called(b, name);
    uint8_t *value = NEW_ARRAY(&b->arena, uint8_t, t->count);
    cr_assert_eq(pread(b->file.fd, value, t->count, (off_t)(b->file.data + t->begin)), (ssize_t)t->count);
    return value;
}

/* ---- the model, compiled --------------------------------------------------------------- */

static const nodec_model *compiled(Bench *b, GradientKind gradient)
{
    Unit *unit = unit_open(&b->arena, &b->names, "models/mnist.node", &b->diags);
    cr_assert(unit);
    unit_differentiates(unit, vjp_into);
    const Model *model = unit_model(unit, "Classifier(OdeBlock(64, 6))", TYPE_F64, &b->diags);
    cr_assert(model);
    LowerOptions options = {.real = TYPE_F64, .solver = solver_by_name("euler"), .gradient = gradient, .h_max = 0.05,
                            .optimizer = "adam", .solver_text = "euler", .gradient_text = "gradient"};
    const LoweredModel *lowered = lower_model(&b->arena, &b->names, model, &options);
    cr_assert_null(loop_verify(lowered->program, &b->arena));
    Text source = {.arena = &b->arena};
    back_c.emit(&(EmitInput){.model = &lowered, .models = 1}, &(EmitOptions){.stem = "m", .module = true}, &source, NULL);
    b->folder = cc_folder();
    cc_write(&b->folder, "m.c", text_string(&source));
    const char *compiler = cc_has("gcc") ? "gcc" : "clang";
    const char *flags = cc_cpu("avx512") ? "-O1 -mavx512f -mavx512dq -mavx2 -mfma" : cc_cpu("avx2") ? "-O1 -mavx2 -mfma" : "-O1";
    void *object = cc_load(&b->folder, compiler, flags, "m.c");
    cr_assert(object);
    const nodec_model *(*entry)(void);
    *(void **)&entry = dlsym(object, "nodec_model_entry");
    return entry();
}

/* ---- the reference's weights and images -------------------------------------------------- */

static void set_weights(Bench *b)
{
    const nodec_model *m = b->model;
    for (size_t i = 0; i < m->param_rows; i++) {
        const nodec_param *p = &m->param[i];
        memcpy(b->theta + p->offset, numbers_of(b, arena_printf(&b->arena, "weights.%s", p->name)), p->count * sizeof(double));
    }
    for (size_t i = 0; i < m->buffer_rows; i++) {
        const nodec_buffer *r = &m->buffer[i];
        const double *value = numbers_of(b, arena_printf(&b->arena, "weights.%s", r->name));
        for (size_t k = 0; k < r->slots; k++) memcpy(b->buffers + r->offset + k * r->stride, value, r->count * sizeof *value);
    }
    const uint8_t *image = bytes_of(b, "images"), *label = bytes_of(b, "labels");
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t i = 0; i < PIXELS; i++) b->inputs[n * m->inputs + i] = image[n * PIXELS + i];
        b->inputs[n * m->inputs + PIXELS] = label[n];
    }
}

static void bench_open(Bench *b, GradientKind gradient)
{
    *b = (Bench){0};
    nodec_fault fault = {0};
    if (access(file, R_OK)) cr_skip_test("%s is not here", file);
    b->names.arena = b->diags.arena = &b->arena;
    cr_assert(!safetensors_open(&b->file, file, &fault));
    b->model = compiled(b, gradient);
    const nodec_model *m = b->model;
    b->theta = NEW_ARRAY(&b->arena, double, m->params);
    b->g_theta = NEW_ARRAY(&b->arena, double, m->params);
    b->buffers = NEW_ARRAY(&b->arena, double, m->buffers);
    b->inputs = NEW_ARRAY(&b->arena, double, SAMPLES * m->inputs);
    b->outputs = NEW_ARRAY(&b->arena, double, SAMPLES * m->outputs);
    set_weights(b);
}

static void bench_close(Bench *b)
{
    safetensors_close(&b->file);
    cc_remove(&b->folder);
    arena_free(&b->arena);
}

/* ---- comparisons --------------------------------------------------------------------------- */

/* A bias in front of a batch norm has no gradient but rounding. */
static bool is_idle(const char *param)
{
    return !strcmp(param, "downsampling.0.bias") || !strcmp(param, "downsampling.3.bias");
}

static void check_training(GradientKind gradient, const char *kind)
{
    Bench b;
    bench_open(&b, gradient);
    const nodec_model *m = b.model;
    double values[2];
    size_t size = m->work(m, SAMPLES, 1);
    void *work = aligned_alloc(64, (size + 63) / 64 * 64);
    cr_assert_eq(m->train(m, SAMPLES, b.inputs, NULL, b.theta, b.buffers, b.g_theta, b.outputs, values, NULL, NULL, work, size), 0);
    assert_near(values, numbers_of(&b, "train.loss"), 1, 1e-6, "loss");
    assert_near(b.outputs, numbers_of(&b, "train.logits"), SAMPLES * m->outputs, 1e-6, "logits");
    for (size_t i = 0; i < m->param_rows; i++) {
        const nodec_param *p = &m->param[i];
        const char *name = arena_printf(&b.arena, "%s.%s", kind, p->name);
        if (!is_idle(p->name)) assert_near(b.g_theta + p->offset, numbers_of(&b, name), p->count, 2e-6, name);
        for (size_t k = 0; is_idle(p->name) && k < p->count; k++) cr_assert_lt(fabs(b.g_theta[p->offset + k]), 1e-12, "%s", name);
    }
    free(work);
    bench_close(&b);
}

Test(model_reference, adjoint) { check_training(GRADIENT_ADJOINT, "adjoint"); }
Test(model_reference, discrete) { check_training(GRADIENT_DISCRETE, "discrete"); }

Test(model_reference, evaluation)
{
    Bench b;
    bench_open(&b, GRADIENT_ADJOINT);
    const nodec_model *m = b.model;
    double values[2];
    size_t size = m->work(m, SAMPLES, 0);
    void *work = aligned_alloc(64, (size + 63) / 64 * 64);
    cr_assert_eq(m->forward(m, SAMPLES, b.inputs, b.theta, b.buffers, b.outputs, values, NULL, NULL, work, size), 0);
    assert_near(b.outputs, numbers_of(&b, "eval.logits"), SAMPLES * m->outputs, 1e-6, "logits");
    free(work);
    bench_close(&b);
}
