/* c_model.c: the functions of a whole model that a host program calls, and their header.
 *
 * In: a model whose entries have C names.  Out: the templates of c_model.in with the
 * model's tables, sizes and calls filled in; arguments are as lowered.h lists them. */
#include "back/c.h"
#include "c_model_text.h"

#include <string.h>

/* ---- what goes in and comes out ------------------------------------------------------------ */

/* " *     input   image[1, 28, 28]", a line per thing the model has. */
static void interface_line(Text *out, const char *kind, const char *name, const Shape *shape, const char *rest)
{
    Text what = { .arena = out->arena };
    text_add(&what, name);
    for (unsigned i = 0; shape && i < shape->rank; i++)
        text_printf(&what, "%s%u%s", i ? ", " : "[", shape->dim[i], i + 1 == shape->rank ? "]" : "");
    if (*rest) text_printf(out, " *     %-8s %-24s %s\n", kind, text_string(&what), rest);
    else text_printf(out, " *     %-8s %s\n", kind, text_string(&what));
}

static const char *solve_text(Arena *arena, const ModelSolve *s)
{
    Text out = { .arena = arena };
    text_add(&out, "from ");
    text_real(&out, s->from, false);
    text_add(&out, " to ");
    text_real(&out, s->to, false);
    for (size_t i = 0; i < s->eval->state.count; i++) {
        const FieldState *x = &s->eval->state.at[i];
        Text name = { .arena = arena };
        c_name_shape(&name, x->name, x->shape);
        text_printf(&out, ", %s", text_string(&name) + strlen(": "));
    }
    return text_string(&out);
}

static const char *interface(const CMaker *m)
{
    const Model *model = m->part->model->model;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i < model->input.count; i++) {
        const ModelInput *in = &model->input.at[i];
        interface_line(&out, "input", in->name, &in->shape,
                       in->classes ? arena_printf(m->arena, "whole, 0 to %u", in->classes - 1) : "");
    }
    for (size_t i = 0; i < model->solve.count; i++)
        interface_line(&out, "solve", model->solve.at[i].name, NULL, solve_text(m->arena, &model->solve.at[i]));
    for (size_t i = 0; i < model->output.count; i++)
        interface_line(&out, "output", model->output.at[i].name, &model->output.at[i].shape, "");
    for (size_t i = 0; i < model->value.count; i++)
        interface_line(&out, model->value.at[i].loss ? "loss" : "metric", model->value.at[i].name, NULL, "");
    return out.length ? text_string(&out) : "";
}

static void hole_names(const CMaker *m)
{
    const Model *model = m->part->model->model;
    Text input = { .arena = m->arena }, output = input, draw = input, value = input, loss = input;
    for (size_t i = 0; i < model->input.count; i++) c_name_shape(&input, model->input.at[i].name, model->input.at[i].shape);
    for (size_t i = 0; i < model->output.count; i++) c_name_shape(&output, model->output.at[i].name, model->output.at[i].shape);
    for (size_t i = 0; i < model->draw.count; i++) c_name_shape(&draw, model->draw.at[i].name, model->draw.at[i].shape);
    for (size_t i = 0; i < model->value.count; i++) {
        c_name_shape(&value, model->value.at[i].name, (Shape){ 0 });
        if (model->value.at[i].loss) c_name_shape(&loss, model->value.at[i].name, (Shape){ 0 });
    }
    c_hole(m, "input_names", text_string(&input));
    c_hole(m, "output_names", text_string(&output));
    c_hole(m, "draw_names", text_string(&draw));
    c_hole(m, "value_names", text_string(&value));
    c_hole(m, "loss_names", text_string(&loss));
}

/* ---- tables -------------------------------------------------------------------------------- */

static bool same_initial(const LoweredBuffer *a, const LoweredBuffer *b)
{
    return a->buffer->count == b->buffer->count &&
           !memcmp(a->buffer->initial, b->buffer->initial, a->buffer->count * sizeof *a->buffer->initial);
}

static void print_doubles(Text *out, const char *name, const double *value, size_t count)
{
    Text line = { .arena = out->arena };
    text_printf(&line, "static const double %s[%zu] = { ", name, count);
    for (size_t i = 0; i < count; i++) {
        if (i) text_add(&line, ", ");
        text_real(&line, value[i], false);
    }
    text_add(&line, " };");
    c_print_line(out, 0, text_string(&line));
}

/* Arrays of first values, "..._initial3" of the first buffer that has them, and rows that point there. */
static void hole_buffers(const CMaker *m)
{
    const LoweredModel *l = m->part->model;
    Text rows = { .arena = m->arena }, arrays = rows;
    for (size_t i = 0, k; i < l->model->buffer.count; i++) {
        const LoweredBuffer *b = &l->buffer[i];
        for (k = 0; k < i && !same_initial(&l->buffer[k], b);) k++;
        const char *name = arena_printf(m->arena, "%s_initial%zu", m->part->prefix, k);
        if (k == i) print_doubles(&arrays, name, b->buffer->initial, b->buffer->count);
        c_table_row(&rows, 1, b->buffer->file_name, b->offset, b->buffer->count, b->buffer->shape,
                    arena_printf(m->arena, "%u, %u, %s", b->slots, b->stride, name));
    }
    c_hole_text(m, "buffer_table", &rows);
    c_hole_text(m, "initial", &arrays);
}

static void hole_tables(const CMaker *m)
{
    const Model *model = m->part->model->model;
    Text input = { .arena = m->arena }, output = input, param = input;
    for (size_t i = 0; i < model->input.count; i++) {
        const ModelInput *in = &model->input.at[i];
        c_table_row(&input, 1, in->name, in->offset, in->count, in->shape, arena_printf(m->arena, "%u", in->classes));
    }
    for (size_t i = 0; i < model->output.count; i++) {
        const FieldOutput *o = &model->output.at[i];
        c_table_row(&output, 1, o->name, o->offset, o->count, o->shape, "0");
    }
    c_param_table(model->param.at, model->param.count, 1, &param);
    c_hole_text(m, "input_table", &input);
    c_hole_text(m, "output_table", &output);
    c_hole_text(m, "param_table", &param);
    hole_buffers(m);
}

static void hole_init(const CMaker *m)
{
    const LoweredModel *l = m->part->model;
    const char *params = c_init_calls(m->file, l->model->param.at, l->model->param.count);
    const char *buffers = arena_printf(m->arena, "    init_buffers(%s_buffers(), %s_BUFFER_ROWS, buffers);\n", m->part->prefix, m->part->upper);
    c_hole(m, "init", l->buffers ? arena_printf(m->arena, "%s%s", params, buffers) : params);
    c_weights(m, l->model->params, l->buffers);
}

/* ---- failures ------------------------------------------------------------------------------- */

/* fail[1] is a solve or -1, fail[2] an index of its states. */
static const char *where(const CMaker *m)
{
    const Model *model = m->part->model->model;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i < model->solve.count; i++) {
        const ModelSolve *s = &model->solve.at[i];
        for (size_t k = 0; k < s->eval->state.count; k++) {
            const FieldState *x = &s->eval->state.at[k];
            if (k + 1 < s->eval->state.count)
                text_printf(&out, "    if (fail[1] == %zu && fail[2] < %u) return \"%s.%s\";\n", i, x->offset + x->count, s->name, x->name);
            else
                text_printf(&out, "    if (fail[1] == %zu) return \"%s.%s\";\n", i, s->name, x->name);
        }
    }
    size_t losses = 0;
    for (size_t i = 0; i < model->value.count; i++) losses += model->value.at[i].loss;
    if (!out.length) text_add(&out, "    (void)fail;\n");
    text_printf(&out, "    return \"%s\";\n", losses == 1 ? model->value.at[0].name : "a loss");
    return text_string(&out);
}

/* ---- draws ------------------------------------------------------------------------------------ */

static void draw_loop(const CMaker *m, const ModelDraw *d, Text *out)
{
    static const char *const value[] = {
        [DRAW_UNIFORM]   = "%s + (%s - %s) * nodec_uniform(stream, step, (uint32_t)b, (uint32_t)i)",
        [DRAW_NORMAL]    = "%s + %s * nodec_normal(stream, step, (uint32_t)b, (uint32_t)i)",
        [DRAW_BERNOULLI] = "nodec_uniform(stream, step, (uint32_t)b, (uint32_t)i) < %s",
    };
    Text a = { .arena = m->arena }, b = a;
    text_real(&a, d->a, false);
    text_real(&b, d->b, false);
    const char *x = text_string(&a), *y = text_string(&b), *draw =
        d->kind == DRAW_UNIFORM ? arena_printf(m->arena, value[d->kind], x, y, x) :
        d->kind == DRAW_NORMAL  ? arena_printf(m->arena, value[d->kind], x, y) : arena_printf(m->arena, value[d->kind], x);
    text_printf(out, "    {\n        const uint64_t stream = nodec_stream(seed, \"%s\");\n        size_t b, i;\n", d->name);
    text_printf(out, "        for (b = 0; b < batch; b++)\n            for (i = 0; i < %u; i++)\n", d->count);
    text_printf(out, "                draws[b * %u + %u + i] = (real)(%s);\n    }\n", m->part->model->model->draws, d->offset, draw);
}

static void hole_draws(const CMaker *m)
{
    const Model *model = m->part->model->model;
    Text out = { .arena = m->arena };
    for (size_t i = 0; i < model->draw.count; i++) draw_loop(m, &model->draw.at[i], &out);
    c_hole_text(m, "draw_loops", &out);
}

/* ---- the model ---------------------------------------------------------------------------------- */

static void hole_work(const CMaker *m, const char *plain, const char *checked, uint64_t fixed, uint64_t per_sample)
{
    const char *sum = c_linear(m, fixed, per_sample, "(size_t)(batch)", "%s*%llu", "%s + %s");
    c_hole(m, plain, per_sample && fixed ? arena_printf(m->arena, "(%s)", sum) : sum);
    c_hole(m, checked, c_linear(m, fixed, per_sample, "batch", "size_mul(%s, %llu)", "size_add(%s, %s)"));
}

static void hole_training(const CMaker *m)
{
    const LoweredModel *l = m->part->model;
    bool train = l->train != NO_ENTRY && l->update != NO_ENTRY;
    c_hole_if(m, "train", train);
    c_hole_number(m, "moments", train ? l->moments : 0);
    c_hole_number(m, "flops_train", l->flops_train);
    if (!train) return;
    c_hole(m, "optimizer", l->optimizer_name);
    hole_work(m, "train_work", "train_work_checked", l->train_fixed, l->train_sample);
    c_hole_entry(m, "call train", 1, "status = ", l->train, c_filled(m, "(ptrdiff_t)batch, inputs, @if draws@draws, @end@theta, "
                 "@if buffers_count@buffers, @end@g_theta, outputs, mean, fail, aligned(work)"), "parallel");
    c_hole_update(m, l->norm, l->update, l->model->params, l->update_reals, l->update_real_count);
}

void c_model_holes(CFile *file, const CPart *part, CHoles *holes)
{
    const LoweredModel *l = part->model;
    const Model *model = l->model;
    CMaker maker = { file, part, holes, file->arena }, *m = &maker;
    size_t losses = 0;
    for (size_t i = 0; i < model->value.count; i++) losses += model->value.at[i].loss;

    c_part_holes(m);
    c_hole(m, "name", model->name);
    c_hole(m, "instance", model->instance ? model->instance : model->name);
    c_hole(m, "interface", interface(m));
    c_hole(m, "solver", l->solver);
    c_hole(m, "way", l->gradient);
    c_hole_if(m, "solve", model->solve.count > 0);
    c_hole_number(m, "inputs", model->inputs);
    c_hole_number(m, "outputs", model->outputs);
    c_hole_number(m, "params", model->params);
    c_hole_number(m, "buffers", l->buffers);
    c_hole_number(m, "draws_count", model->draws);
    c_hole(m, "draws", model->draws ? arena_printf(file->arena, "%u", model->draws) : NULL);
    c_hole_if(m, "buffers_count", l->buffers > 0);
    c_hole_if(m, "no_buffers", !l->buffers);
    c_hole_number(m, "values", model->value.count);
    c_hole_number(m, "losses", losses);
    c_hole_number(m, "input_rows", model->input.count);
    c_hole_number(m, "output_rows", model->output.count);
    c_hole_number(m, "param_rows", model->param.count);
    c_hole_number(m, "buffer_rows", model->buffer.count);
    c_hole_number(m, "draw_rows", model->draw.count);
    c_hole_number(m, "mean_room", (model->value.count + 16) / 16 * 16);
    c_hole_number(m, "steps", (uint64_t)l->steps * model->solve.count);
    c_hole_number(m, "solve_steps", l->steps);
    c_hole_number(m, "evaluations", l->evaluations);
    c_hole_number(m, "pulls", l->pulls);
    c_hole_number(m, "flops_forward", l->flops_forward);
    hole_names(m);
    hole_tables(m);
    hole_draws(m);
    hole_init(m);
    c_hole(m, "where", where(m));
    hole_work(m, "work", "work_checked", l->forward_fixed, l->forward_sample);
    c_hole_entry(m, "call forward", 1, "status = ", l->forward, c_filled(m, "(ptrdiff_t)batch, inputs, theta, "
                 "@if buffers_count@buffers, @end@outputs, values ? mean : NULL, fail, aligned(work)"), "parallel");
    hole_training(m);
}

/* ---- what is printed --------------------------------------------------------------------------- */

void c_print_model_header(CFile *file, const CPart *part, Text *out)
{
    CHoles holes = { 0 };
    c_model_holes(file, part, &holes);
    c_fill_section(out, c_model_text, "header", &holes);
}

void c_print_model(CFile *file, const CPart *part, Text *out)
{
    CHoles holes = { 0 };
    c_model_holes(file, part, &holes);
    c_fill_section(out, c_model_text, "source", &holes);
}
