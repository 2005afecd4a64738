/* blame.c: which layer the first non-finite value came from.
 *
 * In: a failure at (t, x, theta, inputs).  f is evaluated there, node by node,
 * in the reference evaluator; the answer is the label of the first node that is
 * not finite while everything before it is. If f itself is finite at the last
 * observation, the solve left the finite numbers on the way: no layer is named. */
#include "engine.h"

#include <math.h>
#include <string.h>

static double *widen(Arena *a, const nodec_module *m, const void *from, size_t offset, size_t count)
{
    double *to = NEW_ARRAY(a, double, count ? count : 1);
    for (size_t i = 0; i < count; i++)
        to[i] = m->real_bytes == 8 ? ((const double *)from)[offset + i] : ((const float *)from)[offset + i];
    return to;
}

static bool all_finite(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(value[i])) return false;
    return true;
}

/* Doubles for every leaf of f, in order of its symbols. */
static const double *const *bind_leaves(Arena *a, const Field *field, const nodec_failure *at)
{
    const Fn *f = field->f;
    const double **bind = NEW_ARRAY(a, const double *, f->symbol.count + 1);
    for (size_t s = 0; s < f->symbol.count; s++) {
        Name name = f->symbol.at[s].name;
        double *t = NEW(a, double);
        *t = at->t_before;
        if (f->symbol.at[s].role == ROLE_TIME) bind[s] = t;
        for (size_t i = 0; i < field->state.count; i++)
            if (field->state.at[i].name == name)
                bind[s] = widen(a, at->module, at->x_before, field->state.at[i].offset, field->state.at[i].count);
        for (size_t i = 0; i < field->param.count; i++)
            if (field->param.at[i].name == name)
                bind[s] = widen(a, at->module, at->theta, field->param.at[i].offset, field->param.at[i].count);
        for (size_t i = 0; i < field->input.count; i++)
            if (field->input.at[i].name == name && at->inputs)
                bind[s] = widen(a, at->module, at->inputs, field->input.at[i].offset, field->input.at[i].count);
        if (!bind[s]) return NULL;
    }
    return bind;
}

const char *blame_layer(void *context, const nodec_failure *at)
{
    const Blame *blame = context;
    const Fn *f = blame->field->f;
    Arena *a = blame->options->arena;
    if (!at->x_before || !at->theta) return NULL;
    const double *const *bind = bind_leaves(a, blame->field, at);
    if (!bind) return NULL;
    Eval eval = ir_eval(a, f, 1, bind);
    for (Ref r = 1; r < f->node.count; r++) {
        const Place *place = &f->place.at[NODE(f, r)->loc];
        if (!all_finite(eval.value[r], shape_count(SHAPE(f, r))))
            return place->label ? place->label
                 : place->at.source ? arena_printf(a, "line %d", place->at.line) : NULL;
    }
    return NULL;
}
