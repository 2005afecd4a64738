/* models.h: whole models built by hand as tensor IR, small and smooth, so that central
 * differences can judge their gradients. Odd sizes on purpose: 7x7, stride 2, 5 channels. */
#ifndef MODELS_H
#define MODELS_H

#include "fields.h"
#include "ir/model.h"

enum { CHANNELS = 5, SIDE = 4, CLASSES = 3, PIXELS = 7 };

typedef struct MadeWith {
    unsigned solves;                /* 0, 1, 2                                         */
    bool     shared;                /* a buffer of the solves is read outside as well     */
    bool     number;                /* a second state, one number per sample              */
} MadeWith;

typedef struct ModelMaker { Arena *arena; Names *names; Model *model; Type real; } ModelMaker;

static inline Aff window(unsigned axis, unsigned tap, int stride, int pad)
{
    return (Aff){.c = -pad, .n = 2, .k = {(int16_t)stride, 1}, .ax = {(uint8_t)axis, (uint8_t)tap}};
}

/* x[B i y x] with w[o i u v] */
static inline Ref conv(Fn *f, Ref x, Ref w, int stride, int pad)
{
    Shape from = SHAPE(f, x), tap = SHAPE(f, w);
    uint32_t rows = (from.dim[2] + 2 * (uint32_t)pad - tap.dim[2]) / (uint32_t)stride + 1;
    uint32_t columns = (from.dim[3] + 2 * (uint32_t)pad - tap.dim[3]) / (uint32_t)stride + 1;
    Con c = {.naxis = 7, .nopd = 2,
             .extent = {BATCH, tap.dim[0], rows, columns, tap.dim[1], tap.dim[2], tap.dim[3]},
             .out = {index_of(0), index_of(1), index_of(2), index_of(3)},
             .in = {{index_of(0), index_of(4), window(2, 5, stride, pad), window(3, 6, stride, pad)},
                    {index_of(1), index_of(4), index_of(5), index_of(6)}}};
    return ir_con(f, &c, DIMS(BATCH, tap.dim[0], rows, columns), (Ref[]){x, w});
}

/* v[C] to [B C y x] */
static inline Ref per_channel(Fn *f, Ref v, Shape to)
{
    Con c = {.naxis = 4, .nopd = 1, .extent = {to.dim[0], to.dim[1], to.dim[2], to.dim[3]},
             .out = {index_of(0), index_of(1), index_of(2), index_of(3)}, .in = {{index_of(1)}}};
    return ir_con(f, &c, to, (Ref[]){v});
}

/* how many samples there are, as a number */
static inline Ref samples(Fn *f)
{
    return ir_sum(f, ir_expand(f, ir_num(f, 1), DIMS(BATCH)), 1);
}

static inline Ref made_param(ModelMaker *m, Fn *f, const char *name, Shape shape)
{
    Model *model = m->model;
    Name path = name_of(m->names, name);
    size_t i = 0;
    while (i < model->param.count && model->param.at[i].name != path) i++;
    if (i == model->param.count) {
        uint32_t count = (uint32_t)shape_count(shape);
        VEC_PUSH(m->arena, model->param) = (FieldParam){.name = path, .file_name = path, .shape = shape,
            .offset = model->params, .count = count, .init = INIT_UNIFORM, .lo = -0.5, .hi = 0.5};
        model->params += count;
    }
    return ir_leaf(f, ROLE_PARAM, path, m->real, shape);
}

static inline Ref made_buffer(ModelMaker *m, Fn *f, const char *name, Shape shape, int solve)
{
    Model *model = m->model;
    Name path = name_of(m->names, name);
    size_t i = 0;
    while (i < model->buffer.count && model->buffer.at[i].name != path) i++;
    if (i == model->buffer.count) {
        double *initial = NEW_ARRAY(m->arena, double, shape_count(shape));
        for (size_t k = 0; k < shape_count(shape); k++) initial[k] = 0.5 + 0.1 * (double)k;
        VEC_PUSH(m->arena, model->buffer) = (ModelBuffer){.name = path, .file_name = path, .shape = shape,
            .count = (uint32_t)shape_count(shape), .initial = initial, .solve = solve};
    }
    if (model->buffer.at[i].solve != solve) model->buffer.at[i].solve = -1;
    return ir_leaf(f, ROLE_BUFFER, path, m->real, shape);
}

/* Batch norm over raw moments; with batch statistics, which it remembers, or running ones. */
static inline Ref batch_norm(ModelMaker *m, Fn *f, const char *path, Ref x, bool train, int solve)
{
    Shape shape = SHAPE(f, x), channels = DIMS(shape.dim[1]);
    Ref scale = made_param(m, f, arena_printf(m->arena, "%s.weight", path), channels);
    Ref shift = made_param(m, f, arena_printf(m->arena, "%s.bias", path), channels);
    const char *names[] = {"mean", "var"};
    Ref moment[2], now[2];
    for (unsigned k = 0; k < 2; k++)
        moment[k] = made_buffer(m, f, arena_printf(m->arena, "%s.running_%s", path, names[k]), channels, solve);
    if (train) {
        Ref per = ir_map(f, OP_div, ir_num(f, 1.0 / (shape.dim[2] * shape.dim[3])), samples(f), 0);
        now[0] = ir_mul(f, ir_sum(f, x, 13), per);
        Ref square = ir_mul(f, ir_sum(f, ir_mul(f, x, x), 13), per);
        now[1] = ir_sub(f, square, ir_mul(f, now[0], now[0]));
    } else
        memcpy(now, moment, sizeof now);
    Ref deviation = ir_map(f, OP_sqrt, ir_add(f, now[1], ir_num(f, 0.01)), 0, 0);
    Ref times = ir_map(f, OP_div, scale, deviation, 0), plus = ir_sub(f, shift, ir_mul(f, now[0], times));
    Ref y = ir_add(f, ir_mul(f, x, per_channel(f, times, shape)), per_channel(f, plus, shape));
    for (unsigned k = 0; train && k < 2; k++) {
        Ref next = ir_add(f, ir_mul(f, ir_num(f, 0.9), moment[k]), ir_mul(f, ir_num(f, 0.1), now[k]));
        ir_root(f, ROOT_UPDATE, f->symbol.at[NODE(f, moment[k])->aux].name, next);
    }
    return y;
}

static inline Ref smooth(Fn *f, Ref x) { return ir_map(f, OP_tanh, x, 0, 0); }

/* The mean over all but the samples. */
static inline Ref mean_of(Fn *f, Ref x)
{
    Shape s = SHAPE(f, x);
    return ir_mul(f, ir_sum(f, x, (1u << s.rank) - 2), ir_num(f, 1 / (double)shape_count(s)));
}

/* dx/dt = conv(tanh(norm(conv(x)) + t*w + s)), ds/dt = mean(x) - t*s */
static inline Fn *made_f(ModelMaker *m, const MadeWith *with, const char *path, bool train, int solve)
{
    Fn *f = fn_new(m->arena, m->names, arena_printf(m->arena, "%s.f", path), m->real);
    Shape shape = DIMS(BATCH, CHANNELS, SIDE, SIDE);
    Ref x = ir_leaf(f, ROLE_STATE, "x", m->real, shape);
    Ref s = with->number ? ir_leaf(f, ROLE_STATE, "s", m->real, DIMS(BATCH)) : 0;
    Ref t = ir_leaf(f, ROLE_TIME, "t", m->real, DIMS(BATCH));
    Ref w1 = made_param(m, f, arena_printf(m->arena, "%s.conv1.weight", path), DIMS(CHANNELS, CHANNELS, 3, 3));
    Ref w2 = made_param(m, f, arena_printf(m->arena, "%s.conv2.weight", path), DIMS(CHANNELS, CHANNELS, 1, 1));
    Ref along = made_param(m, f, arena_printf(m->arena, "%s.time", path), DIMS(CHANNELS));
    Ref time = ir_mul(f, ir_expand(f, t, shape), per_channel(f, along, shape));
    Fn *notes = fn_new(m->arena, m->names, "updates", m->real);     /* results come before updates */
    Ref inner = ir_add(f, batch_norm(m, f, "norm", conv(f, x, w1, 1, 1), train, solve), time);
    notes->root = f->root;
    memset(&f->root, 0, sizeof f->root);
    ir_root(f, ROOT_RESULT, "dx", conv(f, smooth(f, s ? ir_add(f, inner, ir_expand(f, s, shape)) : inner), w2, 1, 0));
    if (s) ir_root(f, ROOT_RESULT, "ds", ir_sub(f, mean_of(f, x), ir_mul(f, t, s)));
    for (size_t i = 0; i < notes->root.count; i++) VEC_PUSH(m->arena, f->root) = notes->root.at[i];
    return f;
}

static inline Field *made_field(ModelMaker *m, const MadeWith *with, const char *path, bool train, int solve)
{
    Field *field = NEW(m->arena, Field);
    field->name = field->instance = name_of(m->names, path);
    field->time = name_of(m->names, "t");
    field->uses_time = true;
    field->states = CHANNELS * SIDE * SIDE;
    VEC_PUSH(m->arena, field->state) = (FieldState){.name = name_of(m->names, "x"),
        .shape = DIMS(CHANNELS, SIDE, SIDE), .count = field->states, .given = true};
    if (with->number)
        VEC_PUSH(m->arena, field->state) = (FieldState){.name = name_of(m->names, "s"), .offset = field->states++,
            .count = 1, .given = true};
    field->f = made_f(m, with, path, train, solve);
    return field;
}

/* log sum exp(y) - y[label], per sample */
static inline Ref cross_entropy(Fn *f, Ref y, Ref label)
{
    Ref sum = ir_sum(f, ir_map(f, OP_exp, y, 0, 0), 2);
    return ir_sub(f, ir_map(f, OP_log, sum, 0, 0), ir_take(f, y, label, 1));
}

static inline Fn *made_model_fn(ModelMaker *m, const MadeWith *with, bool train)
{
    Fn *f = fn_new(m->arena, m->names, train ? "Small.train" : "Small.eval", m->real);
    Ref image = ir_leaf(f, ROLE_INPUT, "image", m->real, DIMS(BATCH, 1, PIXELS, PIXELS));
    Ref label = ir_leaf(f, ROLE_INPUT, "label", TYPE_I32, DIMS(BATCH));
    Ref w = made_param(m, f, "down.weight", DIMS(CHANNELS, 1, 3, 3));
    Ref x = smooth(f, batch_norm(m, f, "down.norm", conv(f, image, w, 2, 1), train, -1));
    Shape shape = SHAPE(f, x);
    if (train) x = ir_mul(f, x, ir_leaf(f, ROLE_INPUT, "keep", m->real, shape));
    for (unsigned k = 0; k < with->solves; k++) {
        ir_root(f, ROOT_RESULT, arena_printf(m->arena, "ode%u.x.begin", k), x);
        Ref end = ir_leaf(f, ROLE_STATE, arena_printf(m->arena, "ode%u.x.end", k), m->real, shape);
        if (with->number) {
            ir_root(f, ROOT_RESULT, arena_printf(m->arena, "ode%u.s.begin", k), mean_of(f, ir_mul(f, x, x)));
            Ref s = ir_leaf(f, ROLE_STATE, arena_printf(m->arena, "ode%u.s.end", k), m->real, DIMS(BATCH));
            end = ir_add(f, end, ir_expand(f, s, shape));
        }
        x = ir_add(f, smooth(f, end), ir_mul(f, x, end));       /* what was before is needed behind */
    }
    if (with->shared) x = batch_norm(m, f, "norm", x, train, -1);
    Ref pooled = ir_mul(f, ir_sum(f, x, 12), ir_num(f, 1.0 / (SIDE * SIDE)));
    Ref logits = ir_add(f, product(f, pooled, made_param(m, f, "fc.weight", DIMS(CLASSES, CHANNELS))),
                        made_param(m, f, "fc.bias", DIMS(CLASSES)));
    ir_root(f, ROOT_RESULT, "logits", logits);
    ir_root(f, ROOT_RESULT, "ce", cross_entropy(f, logits, label));
    ir_root(f, ROOT_RESULT, "size", ir_mul(f, ir_num(f, 0.01), ir_sum(f, ir_mul(f, logits, logits), 2)));
    ir_root(f, ROOT_RESULT, "chosen", ir_take(f, logits, label, 1));
    return f;
}

/* Two losses, a metric, an input of whole numbers, a draw, an output. */
static inline Model *made_model(Arena *arena, Names *names, const MadeWith *with, Type real)
{
    Model *model = NEW(arena, Model);
    ModelMaker m = {arena, names, model, real};
    model->name = model->instance = name_of(names, "Small");
    model->inputs = PIXELS * PIXELS + 1;
    VEC_PUSH(arena, model->input) = (ModelInput){name_of(names, "image"), DIMS(1, PIXELS, PIXELS), 0, PIXELS * PIXELS, 0};
    VEC_PUSH(arena, model->input) = (ModelInput){name_of(names, "label"), RANK0, PIXELS * PIXELS, 1, CLASSES};
    model->draws = CHANNELS * SIDE * SIDE;
    VEC_PUSH(arena, model->draw) = (ModelDraw){.name = name_of(names, "keep"), .shape = DIMS(CHANNELS, SIDE, SIDE),
        .count = model->draws, .kind = DRAW_UNIFORM, .a = 0.5, .b = 1.5};
    model->outputs = CLASSES;
    VEC_PUSH(arena, model->output) = (FieldOutput){name_of(names, "logits"), DIMS(CLASSES), 0, CLASSES};
    static const char *const value[] = {"ce", "size", "chosen"};
    for (size_t i = 0; i < COUNT(value); i++)
        VEC_PUSH(arena, model->value) = (ModelValue){.name = name_of(names, value[i]), .loss = i < 2};
    for (unsigned k = 0; k < with->solves; k++) {
        const char *path = arena_printf(arena, "ode%u", k);
        int solve = with->solves > 1 ? -1 : (int)k;     /* both read the same statistics */
        VEC_PUSH(arena, model->solve) = (ModelSolve){.name = name_of(names, path), .from = 0.25, .to = k ? -0.5 : 1,
            .train = made_field(&m, with, path, true, solve), .eval = made_field(&m, with, path, false, solve)};
    }
    model->train = made_model_fn(&m, with, true);
    model->eval = made_model_fn(&m, with, false);
    return model;
}

#endif
