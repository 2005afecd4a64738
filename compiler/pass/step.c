/* step.c: one step of an explicit Runge-Kutta method as tensor IR.
 *
 * In: a field's f and a row of solvers.def.  Out: a Fn whose leaves are f's and
 * the step's length h, and whose roots are the states after the step:
 *
 *     k_i = f(x + h sum_j a_ij k_j, t + c_i h)        x' = x + h sum_i b_i k_i
 *
 * (Butcher 1964; Hairer, Norsett and Wanner, chapter II.1.)  Where f updates buffers,
 * every stage does, in order: each finds what the stage before it left, or with slots
 * has buffers of its own. */
#include "pass/step.h"

#include <string.h>

Name pass_slot(const Fn *f, Name buffer, unsigned stage)
{
    if (stage == 0) return buffer;
    return pass_name(f, "%s", arena_printf(f->arena, "%s.stage%u", buffer, stage + 1));
}

static void buffers_begin(Step *s)
{
    size_t symbols = s->f->symbol.count;
    unsigned stages = s->tableau->stages;
    s->before = NEW_ARRAY(s->g->arena, Ref, symbols * stages + 1);
    s->after = NEW_ARRAY(s->g->arena, Ref, symbols * stages + 1);
    for (unsigned i = 0; i < stages; i++)
        for (size_t k = 0; k < symbols; k++) {
            const Symbol *b = &s->f->symbol.at[k];
            if (b->role != ROLE_BUFFER) continue;
            bool own = s->slots && i > 0;
            s->before[i * symbols + k] =
                own ? ir_leaf(s->g, b->role, pass_slot(s->f, b->name, i), b->type, b->shape) : s->leaf[k];
        }
}

Step step_begin(Arena *arena, const Fn *f, const Tableau *tableau, const char *suffix, bool cotangents,
                bool slots)
{
    Step s = { .f = f, .tableau = tableau, .slots = slots };
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
    buffers_begin(&s);
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

/* What f updates at stage i. */
static void stage_updates(const Step *s, unsigned i, const Ref *subst)
{
    size_t symbols = s->f->symbol.count;
    for (size_t k = s->states; k < s->f->root.count; k++) {
        const Root *root = &s->f->root.at[k];
        size_t b = (size_t)ir_symbol(s->f, root->name);
        Ref value = s->after[i * symbols + b] = ir_inline(s->g, s->f, root->value, subst);
        if (!s->slots && i + 1 < s->tableau->stages) s->before[(i + 1) * symbols + b] = value;
    }
}

void step_stage(const Step *s, unsigned i, Ref *slope, Ref *subst)
{
    const Tableau *tableau = s->tableau;
    size_t symbols = s->f->symbol.count;
    for (size_t k = 0; k < symbols; k++) {
        Ref buffer = s->before[i * symbols + k];
        subst[k] = buffer ? buffer : s->leaf[k];
    }
    for (size_t k = 0; k < s->states; k++)
        subst[s->state[k]] = step_along(s->g, s->leaf[s->state[k]], s->h, tableau->a[i], slope + k, s->states, i);
    if (tableau->c[i] != 0)
        subst[s->time] = ir_add(s->g, s->leaf[s->time], ir_mul(s->g, ir_num(s->g, tableau->c[i]), s->h));

    Ref *root = NEW_ARRAY(s->g->arena, Ref, s->states);
    for (size_t k = 0; k < s->states; k++) root[k] = s->f->root.at[k].value;
    ir_inline_many(s->g, s->f, root, s->states, subst, slope + i * s->states);
}

/* UPDATE roots: what the last stage left, or what each did. */
static void root_updates(const Step *s)
{
    size_t symbols = s->f->symbol.count;
    for (unsigned i = 0; i < s->tableau->stages; i++)
        for (size_t k = 0; k < symbols; k++) {
            Ref value = s->after[i * symbols + k];
            if (value && (s->slots || i + 1 == s->tableau->stages))
                ir_root(s->g, ROOT_UPDATE, pass_slot(s->f, s->f->symbol.at[k].name, s->slots ? i : 0), value);
        }
}

static Fn *step_make(Arena *arena, const Fn *f, const Tableau *tableau, bool slots)
{
    Step s = step_begin(arena, f, tableau, "step", false, slots);
    Ref *slope = NEW_ARRAY(arena, Ref, s.states * tableau->stages);
    Ref *subst = NEW_ARRAY(arena, Ref, f->symbol.count + 1);
    for (unsigned i = 0; i < tableau->stages; i++) {
        step_stage(&s, i, slope, subst);
        stage_updates(&s, i, subst);
    }
    for (size_t k = 0; k < s.states; k++) {
        Name x = f->symbol.at[s.state[k]].name;
        ir_root(s.g, ROOT_CARRY, x,
                step_along(s.g, s.leaf[s.state[k]], s.h, tableau->b, slope + k, s.states, tableau->stages));
    }
    root_updates(&s);
    return s.g;
}

Fn *pass_step(Arena *arena, const Fn *f, const Tableau *tableau) { return step_make(arena, f, tableau, false); }
Fn *pass_step_slots(Arena *arena, const Fn *f, const Tableau *tableau) { return step_make(arena, f, tableau, true); }
