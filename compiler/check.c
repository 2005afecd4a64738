/* check.c: `nodec check`: what is wrong with a model, or how big it is.
 *
 * For every odef that needs no arguments: its states, inputs and parameters
 * with shapes, and the work of one evaluation of f, counted on the tensor IR:
 * a contraction costs a multiplication and an addition per point of its box, a
 * map one operation per element (exp and its kin counted apart). */
#include "command.h"

#include <stdio.h>

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

    const Name *name;
    size_t experiments = unit_experiments(unit, &name);
    for (size_t i = 0; i < experiments; i++)
        if (unit_experiment(unit, name[i], NULL, 0, real_of(o), &diags))
            text_printf(&text, "experiment %s\n", name[i]);
    status = report(o, &diags);
    if (!status) fputs(text_string(&text), stdout);
    return status;
}
