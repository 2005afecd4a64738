/* step.c: one step of an explicit Runge-Kutta method as tensor IR.
 *
 * In: a field's f and a row of solvers.def.  Out: a Fn whose leaves are f's and
 * the step's length h, and whose roots are the states after the step:
 *
 *     k_i = f(x + h sum_j a_ij k_j, t + c_i h)        x' = x + h sum_i b_i k_i
 *
 * (Butcher 1964; Hairer, Norsett and Wanner, chapter II.1.) */
#include "pass/step.h"

#include <string.h>

Step step_begin(Arena *arena, const Fn *f, const Tableau *tableau, const char *suffix, bool cotangents)
{
    Step s = { .f = f, .tableau = tableau };
    s.g = fn_new(arena, f->names, arena_printf(arena, "%s.%s", f->name, suffix), f->real);
    s.state = NEW_ARRAY(arena, uint32_t, f->root.count + 1);
    s.leaf = NEW_ARRAY(arena, Ref, f->symbol.count + 1);
    s.cotangent = NEW_ARRAY(arena, Ref, f->root.count + 1);
    for (uint32_t i = 0; i < f->symbol.count; i++) {
        const Symbol *symbol = &f->symbol.at[i];
        if (symbol->role == ROLE_STATE) s.state[s.states++] = i;
        if (symbol->role == ROLE_TIME) s.time = i;
    }
    for (uint32_t i = 0; i < f->symbol.count; i++) {
        const Symbol *symbol = &f->symbol.at[i];
        if (i == s.time)
            for (size_t k = 0; cotangents && k < s.states; k++) {
                const Symbol *x = &f->symbol.at[s.state[k]];
                s.cotangent[k] = ir_leaf(s.g, ROLE_COTANGENT, pass_name(f, "a_%s", x->name), x->type, x->shape);
            }
        s.leaf[i] = ir_leaf(s.g, symbol->role, symbol->name, symbol->type, symbol->shape);
        if (i == s.time)
            s.h = ir_leaf(s.g, ROLE_STEP, pass_name(f, "%s", "h"), symbol->type, symbol->shape);
    }
    return s;
}

Ref step_along(Fn *g, Ref base, Ref h, const double *weight, const Ref *slope, size_t stride, unsigned n)
{
    Ref sum = 0;
    for (unsigned j = 0; j < n; j++) {
        if (weight[j] == 0) continue;
        Ref term = weight[j] == 1 ? slope[j * stride] : ir_mul(g, ir_num(g, weight[j]), slope[j * stride]);
        sum = sum ? ir_add(g, sum, term) : term;
    }
    return sum ? ir_add(g, base, ir_mul(g, ir_expand(g, h, SHAPE(g, base)), sum)) : base;
}

void step_stage(const Step *s, unsigned i, Ref *slope, Ref *subst)
{
    const Tableau *tableau = s->tableau;
    memcpy(subst, s->leaf, s->f->symbol.count * sizeof *subst);
    for (size_t k = 0; k < s->states; k++)
        subst[s->state[k]] = step_along(s->g, s->leaf[s->state[k]], s->h, tableau->a[i], slope + k, s->states, i);
    if (tableau->c[i] != 0)
        subst[s->time] = ir_add(s->g, s->leaf[s->time], ir_mul(s->g, ir_num(s->g, tableau->c[i]), s->h));

    Ref *root = NEW_ARRAY(s->g->arena, Ref, s->states);
    for (size_t k = 0; k < s->states; k++) root[k] = s->f->root.at[k].value;
    ir_inline_many(s->g, s->f, root, s->states, subst, slope + i * s->states);
}

Fn *pass_step(Arena *arena, const Fn *f, const Tableau *tableau)
{
    Step s = step_begin(arena, f, tableau, "step", false);
    Ref *slope = NEW_ARRAY(arena, Ref, s.states * tableau->stages);
    Ref *subst = NEW_ARRAY(arena, Ref, f->symbol.count + 1);
    for (unsigned i = 0; i < tableau->stages; i++) step_stage(&s, i, slope, subst);
    for (size_t k = 0; k < s.states; k++) {
        Name x = f->symbol.at[s.state[k]].name;
        ir_root(s.g, ROOT_CARRY, x,
                step_along(s.g, s.leaf[s.state[k]], s.h, tableau->b, slope + k, s.states, tableau->stages));
    }
    return s.g;
}
