/* classifier.h: the classifier of models/mnist.node with the weights and images of the notebook's
 * own model in PyTorch, in either precision, with its activation or another one.
 *
 * The reference is large and lies beside the repository: a test without it is skipped. */
#ifndef ND_TEST_CLASSIFIER_H
#define ND_TEST_CLASSIFIER_H

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
    Type        real;
    Arena       arena;
    Names       names;
    Diags       diags;
    safetensors file;
    CcFolder    folder;
    const nodec_model *model;
    double     *theta, *buffers, *inputs, *outputs, *g_theta;
} Bench;

static inline const tensor *tensor_called(const Bench *b, const char *name)
{
    const tensor *t = safetensors_find(&b->file, name);
    cr_assert(t, "%s has no %s", file, name);
    return t;
}

static inline const double *numbers_of(Bench *b, const char *name)
{
    const tensor *t = tensor_called(b, name);
    nodec_fault fault = {0};
    double *value = NEW_ARRAY(&b->arena, double, t->count);
    cr_assert(!safetensors_read(&b->file, t, sizeof *value, value, &fault), "%s", name);
    return value;
}

static inline const uint8_t *bytes_of(Bench *b, const char *name)
{
    const tensor *t = tensor_called(b, name);
    uint8_t *value = NEW_ARRAY(&b->arena, uint8_t, t->count);
    cr_assert_eq(pread(b->file.fd, value, t->count, (off_t)(b->file.data + t->begin)), (ssize_t)t->count);
    return value;
}

/* ---- reals of the model's precision ------------------------------------------------------- */

static inline void *reals_of(Bench *b, const double *from, size_t count)
{
    float *single = NEW_ARRAY(&b->arena, float, count);
    double *real = NEW_ARRAY(&b->arena, double, count);
    for (size_t i = 0; i < count; i++) single[i] = (float)from[i], real[i] = from[i];
    return b->real == TYPE_F32 ? (void *)single : (void *)real;
}

static inline void doubles_of(const Bench *b, const void *from, size_t count, double *to)
{
    for (size_t i = 0; i < count; i++) to[i] = b->real == TYPE_F32 ? (double)((const float *)from)[i] : ((const double *)from)[i];
}

/* ---- the model, compiled --------------------------------------------------------------- */

static inline const char *replaced(Bench *b, const char *text, const char *word, const char *by)
{
    Text out = {.arena = &b->arena};
    for (const char *at; (at = strstr(text, word)); text = at + strlen(word)) {
        text_add_n(&out, text, (size_t)(at - text));
        text_add(&out, by);
    }
    text_add(&out, text);
    return text_string(&out);
}

static inline const nodec_model *compiled(Bench *b, const char *activation, GradientKind gradient)
{
    Source *source_text = NEW(&b->arena, Source);
    source_text->path = "models/mnist.node";
    source_text->text = replaced(b, file_read(&b->arena, source_text->path, &source_text->length), "relu", activation);
    source_text->length = strlen(source_text->text);
    Unit *unit = unit_of_source(&b->arena, &b->names, source_text, &b->diags);
    cr_assert(unit);
    unit_differentiates(unit, vjp_into);
    const Model *model = unit_model(unit, "Classifier(OdeBlock(64, 6))", b->real, &b->diags);
    cr_assert(model);
    LowerOptions options = {.real = b->real, .solver = solver_by_name("euler"), .gradient = gradient, .h_max = 0.05,
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

static inline void set_weights(Bench *b)
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

static inline void bench_open(Bench *b, Type real, const char *activation, GradientKind gradient)
{
    *b = (Bench){.real = real};
    nodec_fault fault = {0};
    if (access(file, R_OK)) cr_skip_test("%s is not here", file);
    b->names.arena = b->diags.arena = &b->arena;
    cr_assert(!safetensors_open(&b->file, file, &fault));
    b->model = compiled(b, activation, gradient);
    const nodec_model *m = b->model;
    b->theta = NEW_ARRAY(&b->arena, double, m->params);
    b->g_theta = NEW_ARRAY(&b->arena, double, m->params);
    b->buffers = NEW_ARRAY(&b->arena, double, m->buffers);
    b->inputs = NEW_ARRAY(&b->arena, double, SAMPLES * m->inputs);
    b->outputs = NEW_ARRAY(&b->arena, double, SAMPLES * m->outputs);
    set_weights(b);
}

static inline void bench_close(Bench *b)
{
    safetensors_close(&b->file);
    cc_remove(&b->folder);
    arena_free(&b->arena);
}

/* One training step's loss, logits, gradient. */
static inline void bench_train(Bench *b, double *loss)
{
    const nodec_model *m = b->model;
    const size_t size = m->work(m, SAMPLES, 1);
    void *work = aligned_alloc(64, (size + 63) / 64 * 64);
    double values[2];
    void *theta = reals_of(b, b->theta, m->params), *buffers = reals_of(b, b->buffers, m->buffers);
    void *inputs = reals_of(b, b->inputs, SAMPLES * m->inputs), *outputs = reals_of(b, b->outputs, SAMPLES * m->outputs);
    void *g_theta = reals_of(b, b->g_theta, m->params);
    cr_assert_eq(m->train(m, SAMPLES, inputs, NULL, theta, buffers, g_theta, outputs, values, NULL, NULL, work, size), 0);
    *loss = values[0];
    doubles_of(b, outputs, SAMPLES * m->outputs, b->outputs);
    doubles_of(b, g_theta, m->params, b->g_theta);
    free(work);
}

/* A bias in front of a batch norm has no gradient but rounding. */
static inline bool is_idle(const char *param)
{
    return !strcmp(param, "downsampling.0.bias") || !strcmp(param, "downsampling.3.bias");
}

#endif
