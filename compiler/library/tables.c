/* tables.c: see tables.h.
 *
 * In: a lowered field or model.  Out: one block: a serve_field or serve_model, then its
 * lists and texts, which are found by their distance from the beginning. */
#include "library/tables.h"

#include <string.h>

/* ---- a block -------------------------------------------------------------------------------- */

typedef struct Block { Arena *arena; VEC(unsigned char) byte; } Block;

/* Room for so many bytes, zeroed, at a multiple of 8. */
static uint32_t put(Block *b, const void *from, size_t bytes)
{
    while (b->byte.count % 8) VEC_PUSH(b->arena, b->byte) = 0;
    const uint32_t at = (uint32_t)b->byte.count;
    for (size_t i = 0; i < bytes; i++) VEC_PUSH(b->arena, b->byte) = from ? ((const unsigned char *)from)[i] : 0;
    return at;
}

static serve_list put_list(Block *b, const void *from, size_t count, size_t each)
{
    return (serve_list){ put(b, from, count * each), (uint32_t)count };
}

static serve_text put_text(Block *b, const char *text)
{
    return put(b, text ? text : "", strlen(text ? text : "") + 1);
}

static uint32_t put_numbers(Block *b, const double *from, size_t count) { return put(b, from, count * sizeof *from); }

/* The block with its head, a zero behind the last text. */
static Tables finished(Block *b, serve_head *head, size_t bytes)
{
    VEC_PUSH(b->arena, b->byte) = 0;
    head->version = SERVE_VERSION;
    head->bytes = (uint32_t)b->byte.count;
    memcpy(b->byte.at, head, bytes);
    return (Tables){ b->byte.at, b->byte.count };
}

/* ---- rows ------------------------------------------------------------------------------------- */

static serve_row row_of(Block *b, const char *name, Shape shape, uint32_t offset, uint32_t count, uint32_t flag)
{
    const bool flat = shape.rank > 4;           /* as generated C has it               */
    serve_row row = { put_text(b, name), offset, count, flat ? 1 : shape.rank, { flat ? count : 0 }, flag };
    for (unsigned i = 0; i < shape.rank && !flat; i++) row.shape[i] = shape.dim[i];
    return row;
}

/* A list of rows of any table that has name, shape, offset and count. */
#define PUT_ROWS(block, table, its_name, its_flag, list)                                              \
    do {                                                                                              \
        serve_row *rows_ = NEW_ARRAY((block)->arena, serve_row, (table).count + 1);                   \
        for (size_t i_ = 0; i_ < (table).count; i_++)                                                 \
            rows_[i_] = row_of(block, (table).at[i_].its_name, (table).at[i_].shape, (table).at[i_].offset, \
                               (table).at[i_].count, its_flag);                                       \
        (list) = put_list(block, rows_, (table).count, sizeof *rows_);                                \
    } while (0)

static bool all_equal(const FieldParam *p)
{
    for (uint32_t i = 1; i < p->count; i++)
        if (p->tensor[i] != p->tensor[0]) return false;
    return true;
}

static serve_init init_of(Block *b, const FieldParam *p)
{
    switch (p->init) {
    case INIT_UNIFORM: return (serve_init){ .law = SERVE_UNIFORM, .a = p->lo, .b = p->hi };
    case INIT_NORMAL:  return (serve_init){ .law = SERVE_NORMAL, .a = p->lo, .b = p->hi };
    case INIT_TENSOR:
        if (all_equal(p)) return (serve_init){ .law = SERVE_FILL, .a = p->tensor[0] };
        return (serve_init){ .law = SERVE_TENSOR, .values = put_numbers(b, p->tensor, p->count) };
    case INIT_ZERO: break;
    }
    return (serve_init){ .law = SERVE_FILL };
}

static void put_params(Block *b, const FieldParam *param, size_t count, serve_head *head)
{
    serve_row *row = NEW_ARRAY(b->arena, serve_row, count + 1);
    serve_init *init = NEW_ARRAY(b->arena, serve_init, count + 1);
    for (size_t i = 0; i < count; i++) {
        const FieldParam *p = &param[i];
        row[i] = row_of(b, p->file_name, p->shape, p->offset, p->count, p->positive);
        init[i] = init_of(b, p);
    }
    head->param = put_list(b, row, count, sizeof *row);
    head->init = put_list(b, init, count, sizeof *init);
}

static serve_list put_texts(Block *b, const char *const *text, size_t count)
{
    serve_text *at = NEW_ARRAY(b->arena, serve_text, count + 1);
    for (size_t i = 0; i < count; i++) at[i] = put_text(b, text[i]);
    return put_list(b, at, count, sizeof *at);
}

static uint32_t real_bytes(const Program *p) { return p->real == TYPE_F32 ? 4 : 8; }

/* ---- a field ------------------------------------------------------------------------------------ */

static uint32_t either(uint32_t entry, uint32_t other) { return entry != NO_ENTRY ? entry : other; }

/* One regime's entries, the other's where it has none of its own. */
static serve_regime regime_of(const Serving *s, const Serving *other, bool embedded, bool trains)
{
    const Entries *e = &s->entry, *o = &other->entry;
    serve_regime r = {
        .f = either(e->f, o->f), .solve = either(e->solve, o->solve),
        .vjp = embedded ? either(e->vjp, o->vjp) : SERVE_NONE, .jvp = embedded ? either(e->jvp, o->jvp) : SERVE_NONE,
        .gradient = embedded || trains ? either(e->gradient, o->gradient) : SERVE_NONE,
        .start = either(e->start, o->start), .observe = either(e->observe, o->observe),
        .start_vjp = trains ? either(e->start_vjp, o->start_vjp) : SERVE_NONE,
        .observe_vjp = trains ? either(e->observe_vjp, o->observe_vjp) : SERVE_NONE,
        .survey = either(e->survey, o->survey), .conclude = either(e->conclude, o->conclude),
        .width = s->width, .fixed = s->fixed, .per_block = s->per_block,
        .per_time = s->per_time, .per_block_time = s->per_block_time
    };
    return r;
}

/* Doubles [inputs] if every input has a default. */
static uint32_t put_defaults(Block *b, const Field *field)
{
    double *value = NEW_ARRAY(b->arena, double, field->inputs + 1);
    for (size_t i = 0; i < field->input.count; i++) {
        const FieldInput *in = &field->input.at[i];
        if (!in->has_default) return 0;
        for (uint32_t k = 0; in->tensor && k < in->count; k++) value[in->offset + k] = in->tensor[k];
    }
    return field->inputs ? put_numbers(b, value, field->inputs) : 0;
}

Tables tables_of_field(Arena *arena, const Lowered *l, const EmitOptions *options)
{
    const Field *field = l->field;
    const bool trains = l->loss != NO_ENTRY && l->update != NO_ENTRY && l->norm != NO_ENTRY;
    const bool serves_many = !options->most || options->most >= l->many_from;
    Block block = { .arena = arena }, *b = &block;
    put(b, NULL, sizeof(serve_field));
    serve_field t = {
        .head = { .real_bytes = real_bytes(l->program), .inputs = field->inputs, .params = field->params,
                  .outputs = field->outputs ? field->outputs : field->states, .moments = l->moments,
                  .update = l->update, .norm = l->norm,
                  .judge = l->ahead.judge, .scale = l->ahead.scale },
        .summaries = l->summaries, .cells = l->cells, .states = field->states, .uses_time = field->uses_time,
        .trains = trains, .steps = l->steps,
        .max_steps = l->max_steps, .stages = l->stages, .many_from = l->many_from, .h_max = l->h_max,
        .few = regime_of(&l->few, &l->many, !options->module || options->whole, trains),
        .loss = l->loss, .clear = l->clear, .add = l->add
    };
    t.many = serves_many ? regime_of(&l->many, &l->few, !options->module || options->whole, trains) : t.few;
    t.head.name = put_text(b, field->name);
    t.head.reals = put_texts(b, l->update_reals, trains ? l->update_real_count : 0);
    t.input_default = put_defaults(b, field);
    put_params(b, field->param.at, field->param.count, &t.head);
    PUT_ROWS(b, field->state, name, field->state.at[i_].given, t.state);
    PUT_ROWS(b, field->input, name, !field->input.at[i_].has_default, t.head.input);
    PUT_ROWS(b, field->output, name, 0, t.head.output);
    return finished(b, &t.head, sizeof t);
}

/* ---- a model ------------------------------------------------------------------------------------- */

static serve_list put_buffers(Block *b, const LoweredModel *l)
{
    const size_t count = l->model->buffer.count;
    serve_buffer *to = NEW_ARRAY(b->arena, serve_buffer, count + 1);
    for (size_t i = 0; i < count; i++) {
        const LoweredBuffer *from = &l->buffer[i];
        const ModelBuffer *m = from->buffer;
        to[i] = (serve_buffer){ row_of(b, m->file_name, m->shape, from->offset, m->count, 0), from->slots, from->stride,
                                put_numbers(b, m->initial, m->count) };
    }
    return put_list(b, to, count, sizeof *to);
}

static serve_list put_draws(Block *b, const Model *model)
{
    serve_draw *to = NEW_ARRAY(b->arena, serve_draw, model->draw.count + 1);
    for (size_t i = 0; i < model->draw.count; i++) {
        const ModelDraw *d = &model->draw.at[i];
        to[i] = (serve_draw){ put_text(b, d->name), d->offset, d->count, (uint32_t)d->kind, d->a, d->b };
    }
    return put_list(b, to, model->draw.count, sizeof *to);
}

/* The last state of a solve has all indices that are left. */
static serve_list put_where(Block *b, const Model *model)
{
    VEC(serve_where) row = { 0 };
    for (size_t i = 0; i < model->solve.count; i++) {
        const ModelSolve *s = &model->solve.at[i];
        for (size_t k = 0; k < s->eval->state.count; k++) {
            const FieldState *x = &s->eval->state.at[k];
            const bool last = k + 1 == s->eval->state.count;
            VEC_PUSH(b->arena, row) = (serve_where){ put_text(b, arena_printf(b->arena, "%s.%s", s->name, x->name)),
                                                     (uint32_t)i, last ? UINT32_MAX : x->offset + x->count };
        }
    }
    return put_list(b, row.at, row.count, sizeof *row.at);
}

Tables tables_of_model(Arena *arena, const LoweredModel *l, const EmitOptions *options)
{
    (void)options;
    const Model *model = l->model;
    const bool trains = l->train != NO_ENTRY && l->update != NO_ENTRY;
    Block block = { .arena = arena }, *b = &block;
    put(b, NULL, sizeof(serve_model));
    serve_model t = {
        .head = { .of_model = 1, .real_bytes = real_bytes(l->program), .inputs = model->inputs, .outputs = model->outputs,
                  .params = model->params, .moments = l->moments, .update = l->update, .norm = l->norm,
                  .judge = l->ahead.judge, .scale = l->ahead.scale },
        .save = l->ahead.save, .buffers = l->buffers, .draws = model->draws, .trains = trains, .solves = (uint32_t)model->solve.count,
        .steps = l->steps, .evaluations = l->evaluations, .pulls = l->pulls,
        .flops_forward = (double)l->flops_forward, .flops_train = (double)l->flops_train,
        .forward = l->forward, .train = l->train, .forward_fixed = l->forward_fixed, .forward_sample = l->forward_sample,
        .train_fixed = l->train_fixed, .train_sample = l->train_sample
    };
    const char **value = NEW_ARRAY(arena, const char *, model->value.count + 1);
    for (size_t i = 0; i < model->value.count; i++) {
        value[i] = model->value.at[i].name;
        t.losses += model->value.at[i].loss;
    }
    t.head.name = put_text(b, model->name);
    t.head.reals = put_texts(b, l->update_reals, trains ? l->update_real_count : 0);
    put_params(b, model->param.at, model->param.count, &t.head);
    PUT_ROWS(b, model->input, name, model->input.at[i_].classes, t.head.input);
    PUT_ROWS(b, model->output, name, 0, t.head.output);
    t.buffer = put_buffers(b, l);
    t.draw = put_draws(b, model);
    t.value = put_texts(b, value, model->value.count);
    t.where = put_where(b, model);
    t.elsewhere = put_text(b, t.losses == 1 ? value[0] : "a loss");
    return finished(b, &t.head, sizeof t);
}
