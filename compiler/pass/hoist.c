/* hoist.c: what depends on parameters alone leaves the step.
 *
 * In: a function of states and parameters.  Out: `prep`, which computes from the
 * parameters what does not change along a solve (a norm of weights, the square of a
 * parameter, a product of two weights); `step`, the function with these values as
 * parameters of its own; and `post`, which takes their cotangents, summed over the
 * whole solve, to the parameters': the vjp of prep, once instead of every step.
 *
 * A slice or an expand of a parameter is an index, not a computation, and stays.  */
#include "pass/step.h"

typedef struct Division { bool *need, *hoisted; } Division;   /* by node */

static bool is_computed(const Fn *f, Ref r)
{
    const Node *n = NODE(f, r);
    bool view = n->op == OP_CON && n->narg == 1 && !con_sums(CON(f, r), SHAPE(f, r));
    return n->narg > 0 && !view && n->dep == DEP_PARAM && n->type == f->real;
}

/* The computed nodes that are reached from the roots without passing another one. */
static Division divide(Arena *arena, const Fn *f)
{
    Division d = { NEW_ARRAY(arena, bool, f->node.count), NEW_ARRAY(arena, bool, f->node.count) };
    for (size_t i = 0; i < f->root.count; i++) d.need[f->root.at[i].value] = true;
    for (Ref r = (Ref)f->node.count - 1; r > 0; r--) {
        d.hoisted[r] = d.need[r] && is_computed(f, r);
        for (unsigned k = 0; d.need[r] && !d.hoisted[r] && k < NODE(f, r)->narg; k++)
            d.need[NODE(f, r)->arg[k]] = true;
    }
    return d;
}

static Name made(const Fn *f, size_t k)
{
    return pass_name(f, "theta_%s", arena_printf(f->arena, "%zu", k));
}

static Fn *prep_of(Arena *arena, const Fn *f, const Division *d)
{
    Fn *prep = fn_new(arena, f->names, arena_printf(arena, "%s.prep", f->name), f->real);
    size_t k = 0;
    for (size_t i = 0; i < f->symbol.count; i++) {
        const Symbol *s = &f->symbol.at[i];
        if (s->role == ROLE_PARAM) ir_leaf(prep, s->role, s->name, s->type, s->shape);
    }
    for (Ref r = 1; r < f->node.count; r++)
        if (d->hoisted[r]) ir_root(prep, ROOT_RESULT, made(f, k++), ir_inline(prep, f, r, NULL));
    return prep;
}

static Fn *step_of(Arena *arena, const Fn *f, const Division *d)
{
    Fn *step = fn_new(arena, f->names, f->name, f->real);
    Ref *copy = NEW_ARRAY(arena, Ref, f->node.count);
    size_t k = 0;
    for (size_t i = 0; i < f->symbol.count; i++) {
        const Symbol *s = &f->symbol.at[i];
        if (s->role != ROLE_PARAM || d->need[s->node])
            copy[s->node] = ir_leaf(step, s->role, s->name, s->type, s->shape);
    }
    for (Ref r = 1; r < f->node.count; r++)
        if (d->hoisted[r]) copy[r] = ir_leaf(step, ROLE_PARAM, made(f, k++), f->real, SHAPE(f, r));
    for (Ref r = 1; r < f->node.count; r++) {
        const Node *n = NODE(f, r);
        const Ref arg[3] = { copy[n->arg[0]], copy[n->arg[1]], copy[n->arg[2]] };
        if (d->need[r] && copy[r] == 0) copy[r] = ir_copy(step, f, r, NULL, arg);
    }
    step->loc = 0;
    for (size_t i = 0; i < f->root.count; i++)
        ir_root(step, f->root.at[i].kind, f->root.at[i].name, copy[f->root.at[i].value]);
    return step;
}

bool pass_hoist(Arena *arena, const Fn *f, Hoisted *out)
{
    Division d = divide(arena, f);
    bool any = false;
    for (Ref r = 1; r < f->node.count; r++) any |= d.hoisted[r];
    if (!any) return false;
    out->prep = prep_of(arena, f, &d);
    out->step = step_of(arena, f, &d);
    out->post = pass_vjp(arena, out->prep, arena_printf(arena, "%s.post", f->name), NULL, 0);
    return true;
}
