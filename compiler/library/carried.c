/* carried.c: weights that stand in the C itself, for programs without files.
 *
 * In: a safetensors file, and the one field or model that was lowered.  Out: theta, and a model's
 * buffers, as the back end prints them. */
#include "library/library.h"
#include "safetensors.h"

#include <string.h>

/* A row's shape as the tables of generated code have it: of more than four dimensions just the length. */
static size_t shape_of(Shape shape, size_t count, size_t to[4])
{
    const bool flat = shape.rank > 4;
    for (unsigned i = 0; i < 4; i++) to[i] = flat ? (i ? 0 : count) : i < shape.rank ? shape.dim[i] : 0;
    return flat ? 1 : shape.rank;
}

static void add_params(Arena *arena, learned *l, const FieldParam *param, size_t rows, size_t reals)
{
    nodec_param *row = NEW_ARRAY(arena, nodec_param, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        row[i] = (nodec_param){ .name = param[i].file_name, .offset = param[i].offset, .count = param[i].count,
                                .positive = param[i].positive };
        row[i].rank = shape_of(param[i].shape, param[i].count, row[i].shape);
    }
    l->param = row;
    l->param_rows = rows;
    l->params = reals;
    l->theta = NEW_ARRAY(arena, double, reals + 1);
}

static void add_buffers(Arena *arena, learned *l, const LoweredModel *model)
{
    const size_t rows = model->model->buffer.count;
    nodec_buffer *row = NEW_ARRAY(arena, nodec_buffer, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        const LoweredBuffer *b = &model->buffer[i];
        row[i] = (nodec_buffer){ .name = b->buffer->file_name, .offset = b->offset, .count = b->buffer->count,
                                 .slots = b->slots, .stride = b->stride, .initial = b->buffer->initial };
        row[i].rank = shape_of(b->buffer->shape, b->buffer->count, row[i].shape);
    }
    l->buffer = row;
    l->buffer_rows = rows;
    l->buffers = model->buffers;
    l->kept = NEW_ARRAY(arena, double, model->buffers + 1);
}

int carry_weights(nodec_unit *u, const nodec_request *request, const EmitInput *in, Arena *arena, EmitOptions *emit)
{
    nodec_fault fault = { 0 };
    learned l = { .real_bytes = sizeof(double) };
    if (in->fields + in->models != 1) return unit_misused(u, "weights are of one definition: say which, by its name");
    if (in->fields) {
        const Field *f = in->field[0]->field;
        l.name = f->name;
        add_params(arena, &l, f->param.at, f->param.count, f->params);
    } else {
        const Model *m = in->model[0]->model;
        l.name = m->name;
        add_params(arena, &l, m->param.at, m->param.count, m->params);
        add_buffers(arena, &l, in->model[0]);
    }
    if (!l.params) return unit_misused(u, "%s learns nothing, so it has no weights", l.name);
    if (weights_load(request->weights, &l, &fault)) return unit_fault(u, &fault);
    emit->weights = l.theta;
    emit->buffers = l.kept;
    const char *slash = strrchr(request->weights, '/');
    emit->weights_path = slash ? slash + 1 : request->weights;
    return NODEC_DONE;
}
