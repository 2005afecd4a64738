/* check.c: `nodec check`: what is wrong with a file, or how big what it defines is.
 *
 * For every odef and every model that needs no arguments: its states, inputs, layers
 * and parameters with shapes, and the work of one evaluation of f, counted on the tensor IR:
 * a contraction costs a multiplication and an addition per point of its box, a
 * map one operation per element (exp and its kin counted apart). */
#include "command.h"

#include <stdio.h>
#include <string.h>

typedef struct Work { double flops, transcendentals; } Work;

static Work work_of(const Fn *fn)
{
    Work work = { 0 };
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *node = NODE(fn, r);
        double count = (double)shape_count(SHAPE(fn, r));
        if (node->op == OP_CON) {
            double points = 1;
            for (unsigned i = 0; i < CON(fn, r)->naxis; i++)
                if (CON(fn, r)->extent[i] != BATCH) points *= CON(fn, r)->extent[i];
            work.flops += points > count || CON(fn, r)->nopd > 1 ? 2 * points : 0;
        } else if (node->op >= OP_FIRST_MAP) {
            OpKind kind = (OpKind)op_info((Op)node->op)->kind;
            *(kind == OP_KIND_MATH || kind == OP_KIND_MACRO ? &work.transcendentals : &work.flops) += count;
        }
    }
    return work;
}

static void add_shape(Text *text, Shape shape)
{
    for (unsigned i = 0; i < shape.rank; i++)
        text_printf(text, "%s%u%s", i ? ", " : "[", shape.dim[i], i + 1 == shape.rank ? "]" : "");
}

static void add_row(Text *text, const char *kind, const char *name, Shape shape, const char *rest)
{
    Text left = { .arena = text->arena };
    text_add(&left, name);
    add_shape(&left, shape);
    text_printf(text, "    %-7s %-28s %s\n", kind, text_string(&left), rest);
}

static void add_field(Text *text, const Field *f)
{
    Work work = work_of(f->f);
    text_printf(text, "%s: %u state%s, %u parameter%s\n", f->instance, f->states, f->states == 1 ? "" : "s",
                f->params, f->params == 1 ? "" : "s");
    for (size_t i = 0; i < f->state.count; i++)
        add_row(text, "state", f->state.at[i].name, f->state.at[i].shape,
                f->state.at[i].given ? "" : "starts where the model says");
    for (size_t i = 0; i < f->input.count; i++)
        add_row(text, "input", f->input.at[i].name, f->input.at[i].shape, "");
    for (size_t i = 0; i < f->param.count; i++)
        add_row(text, "param", f->param.at[i].file_name, f->param.at[i].shape,
                f->param.at[i].positive ? "positive" : "");
    for (size_t i = 0; i < f->output.count; i++)
        add_row(text, "output", f->output.at[i].name, f->output.at[i].shape, "");
    text_printf(text, "    f: %.0f flops and %.0f of exp, tanh and the like; %s\n\n", work.flops,
                work.transcendentals, f->uses_time ? "depends on time" : "time-invariant");
}

/* ---- models ------------------------------------------------------------------------- */

static void add_inputs(Text *text, const Model *m)
{
    for (size_t i = 0; i < m->input.count; i++) {
        const ModelInput *in = &m->input.at[i];
        add_row(text, "input", in->name, in->shape,
                in->classes ? arena_printf(text->arena, "whole, 0 to %u", in->classes - 1) : "");
    }
}

/* "feature.norm1" of "feature.norm1.weight". */
static size_t layer_length(Name path)
{
    const char *dot = strrchr(path, '.');
    return dot ? (size_t)(dot - path) : 0;
}

static bool same_layer(Name a, Name b)
{
    size_t n = layer_length(a);
    return n == layer_length(b) && !memcmp(a, b, n);
}

static void add_part(Text *row, Name path, Shape shape)
{
    size_t n = layer_length(path);
    text_printf(row, "%s%s", row->length ? "  " : "", path + n + (n > 0));
    add_shape(row, shape);
}

/* A line per layer: its parameters, and what it remembers. */
static void add_layers(Text *text, const Model *m)
{
    for (size_t i = 0; i < m->param.count; i++) {
        const FieldParam *p = &m->param.at[i];
        if (i && same_layer(p->file_name, p[-1].file_name)) continue;
        Text row = { .arena = text->arena };
        for (size_t k = i; k < m->param.count && same_layer(m->param.at[k].file_name, p->file_name); k++)
            add_part(&row, m->param.at[k].file_name, m->param.at[k].shape);
        for (size_t k = 0, first = 1; k < m->buffer.count; k++) {
            if (!same_layer(m->buffer.at[k].file_name, p->file_name)) continue;
            text_add(&row, first ? ", keeps" : "");
            add_part(&row, m->buffer.at[k].file_name, m->buffer.at[k].shape);
            first = 0;
        }
        size_t n = layer_length(p->file_name);
        text_printf(text, "    %-7s %-28s %s\n", "layer", n ? arena_string(text->arena, p->file_name, n) : m->name, text_string(&row));
    }
}

static void add_solve(Text *text, const ModelSolve *s)
{
    Work work = work_of(s->eval->f);
    Text row = { .arena = text->arena };
    text_printf(&row, "from ");
    text_real(&row, s->from, false);
    text_add(&row, " to ");
    text_real(&row, s->to, false);
    for (size_t i = 0; i < s->eval->state.count; i++) {
        text_printf(&row, ", %s", s->eval->state.at[i].name);
        add_shape(&row, s->eval->state.at[i].shape);
    }
    text_printf(text, "    %-7s %-28s %s\n", "solve", s->name, text_string(&row));
    text_printf(text, "            f: %.0f flops and %.0f of exp, tanh and the like\n", work.flops, work.transcendentals);
}

static void add_model(Text *text, const Model *m)
{
    Work work = work_of(m->eval);
    uint32_t buffers = 0;
    for (size_t i = 0; i < m->buffer.count; i++) buffers += m->buffer.at[i].count;
    text_printf(text, "%s: %u parameter%s, %u buffer%s\n", m->instance, m->params, m->params == 1 ? "" : "s",
                buffers, buffers == 1 ? "" : "s");
    add_inputs(text, m);
    add_layers(text, m);
    for (size_t i = 0; i < m->solve.count; i++) add_solve(text, &m->solve.at[i]);
    for (size_t i = 0; i < m->output.count; i++) add_row(text, "output", m->output.at[i].name, m->output.at[i].shape, "");
    for (size_t i = 0; i < m->value.count; i++)
        add_row(text, m->value.at[i].loss ? "loss" : "metric", m->value.at[i].name, (Shape){ 0 }, "");
    text_printf(text, "    outside of solves: %.0f flops and %.0f of exp, tanh and the like per sample\n\n", work.flops,
                work.transcendentals);
}

int command_check(const Options *o)
{
    Diags diags = { .arena = o->arena };
    Unit *unit = NULL;
    int status = open_model(o, &diags, &unit);
    if (status) return diags.errors ? report(o, &diags) : status;

    Text text = { .arena = o->arena };
    const Field *const *field;
    size_t fields = unit_fields(unit, real_of(o), &field, &diags);
    for (size_t i = 0; i < fields && !diags.errors; i++) add_field(&text, field[i]);
    const Model *const *model;
    size_t models = diags.errors ? 0 : unit_models(unit, real_of(o), &model, &diags);
    for (size_t i = 0; i < models && !diags.errors; i++) add_model(&text, model[i]);

    const Name *name;
    size_t experiments = unit_experiments(unit, &name);
    for (size_t i = 0; i < experiments; i++)
        if (unit_experiment(unit, name[i], NULL, 0, real_of(o), &diags))
            text_printf(&text, "experiment %s\n", name[i]);
    status = report(o, &diags);
    if (!status) fputs(text_string(&text), stdout);
    return status;
}
