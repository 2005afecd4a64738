/* adjoint.c: one step back in time, for both gradients.
 *
 * In: a field's f and a row of solvers.def.  Out: a Fn that carries the
 * cotangents of the states and sums those of the parameters.
 *
 * The continuous adjoint (Chen et al. 2018, eq. 4 and 5) integrates
 *
 *     dz/dt = f      da/dt = -a df/dz      dp/dt = -a df/dp      du/dt = -a df/du
 *
 * from the later time to the earlier one, h < 0. Nothing depends on p and u, so
 * their stages are never formed: stage i of a row with weight b_i is seeded with
 * b_i (-h a_i), and since the vjp is linear, what comes out are finished
 * increments, added to z, a, p, u as they are. (With b_i = 0 the stage is seeded
 * with -h a_i, and only later stages read it.)
 *
 * The discrete gradient is the vjp of the step itself. */
#include "pass/step.h"

#include <string.h>

typedef struct Back {               /* vjp of some function of f's leaves, by symbol of f */
    Fn  *vjp;
    Name *wanted;
    size_t count;
} Back;

static Back back_of(Arena *arena, const Fn *fn, const char *name)
{
    Back back = { .wanted = NEW_ARRAY(arena, Name, fn->symbol.count + 1) };
    for (size_t i = 0; i < fn->symbol.count; i++)
        if (fn->symbol.at[i].type == fn->real) back.wanted[back.count++] = fn->symbol.at[i].name;
    back.vjp = pass_vjp(arena, fn, name, back.wanted, back.count);
    return back;
}

/* The vjp's results, inlined: `leaf` by symbol of the differentiated function, `seed`
 * by state; out by wanted name.                                                        */
static void back_inline(const Back *back, Fn *g, const Fn *fn, const Ref *leaf, const Ref *seed, size_t states,
                        Ref *out)
{
    Ref *subst = NEW_ARRAY(g->arena, Ref, back->vjp->symbol.count + 1);
    Ref *root = NEW_ARRAY(g->arena, Ref, back->count + 1);
    memcpy(subst, leaf, fn->symbol.count * sizeof *subst);
    memcpy(subst + fn->symbol.count, seed, states * sizeof *subst);
    for (size_t i = 0; i < back->count; i++) root[i] = back->vjp->root.at[i].value;
    ir_inline_many(g, back->vjp, root, back->count, subst, out);
}

static size_t wanted_index(const Back *back, Name name)
{
    size_t i = 0;
    while (back->wanted[i] != name) i++;
    return i;
}

/* SUM roots of parameters and inputs. */
static void root_sums(Step *s, const Back *back, const Ref *total)
{
    for (size_t i = 0; i < s->f->symbol.count; i++) {
        const Symbol *symbol = &s->f->symbol.at[i];
        if ((symbol->role == ROLE_PARAM || symbol->role == ROLE_INPUT) && symbol->type == s->f->real)
            ir_root(s->g, ROOT_SUM, symbol->name, total[wanted_index(back, symbol->name)]);
    }
}

Fn *pass_pull_adjoint(Arena *arena, const Fn *f, const Tableau *tableau)
{
    Step s = step_begin(arena, f, tableau, "pull", true, false);
    Arena own = { .heap = arena->heap };          /* the vjp lives as long as this call */
    Back back = back_of(&own, f, "f.vjp");
    unsigned n = tableau->stages;
    Ref *slope = NEW_ARRAY(arena, Ref, s.states * n), *gain = NEW_ARRAY(arena, Ref, back.count * n);
    Ref *subst = NEW_ARRAY(arena, Ref, f->symbol.count + 1), *seed = NEW_ARRAY(arena, Ref, s.states + 1);
    Ref *total = NEW_ARRAY(arena, Ref, back.count + 1);
    Ref minus_h = ir_map(s.g, OP_neg, s.h, 0, 0);

    for (unsigned i = 0; i < n; i++) {
        double weight = tableau->b[i] != 0 ? tableau->b[i] : 1;
        step_stage(&s, i, slope, subst);
        for (size_t k = 0; k < s.states; k++) {
            size_t x = wanted_index(&back, f->symbol.at[s.state[k]].name);
            Ref a = s.cotangent[k];
            for (unsigned j = 0; j < i; j++) {
                double share = tableau->a[i][j] / (tableau->b[j] != 0 ? tableau->b[j] : 1);
                if (share != 0) a = ir_add(s.g, a, ir_mul(s.g, ir_num(s.g, share), gain[j * back.count + x]));
            }
            Ref scale = ir_mul(s.g, ir_num(s.g, weight), minus_h);
            seed[k] = ir_mul(s.g, ir_expand(s.g, scale, SHAPE(s.g, a)), a);
        }
        back_inline(&back, s.g, f, subst, seed, s.states, gain + i * back.count);
        for (size_t w = 0; w < back.count && tableau->b[i] != 0; w++) {
            Ref more = gain[i * back.count + w];
            total[w] = total[w] ? ir_add(s.g, total[w], more) : more;
        }
    }

    for (size_t k = 0; k < s.states; k++) {
        Name x = f->symbol.at[s.state[k]].name;
        ir_root(s.g, ROOT_CARRY, x, step_along(s.g, s.leaf[s.state[k]], s.h, tableau->b, slope + k, s.states, n));
        ir_root(s.g, ROOT_CARRY, pass_name(f, "a_%s", x), ir_add(s.g, s.cotangent[k], total[wanted_index(&back, x)]));
    }
    root_sums(&s, &back, total);
    for (size_t k = 0; k < s.states; k++)
        ir_root(s.g, ROOT_RESULT, pass_name(f, "f_%s", f->symbol.at[s.state[k]].name), slope[k]);
    arena_free(&own);
    return s.g;
}

Fn *pass_pull_discrete(Arena *arena, const Fn *f, const Tableau *tableau)
{
    Step s = step_begin(arena, f, tableau, "pull", true, false);
    Arena own = { .heap = arena->heap };
    Fn *step = pass_step(&own, f, tableau);
    Back back = back_of(&own, step, "step.vjp");
    Ref *leaf = NEW_ARRAY(arena, Ref, step->symbol.count + 1), *out = NEW_ARRAY(arena, Ref, back.count + 1);
    for (size_t i = 0; i < step->symbol.count; i++) {
        int same = ir_symbol(s.g, step->symbol.at[i].name);
        leaf[i] = s.g->symbol.at[same].node;
    }
    back_inline(&back, s.g, step, leaf, s.cotangent, s.states, out);
    for (size_t k = 0; k < s.states; k++) {
        Name x = f->symbol.at[s.state[k]].name;
        ir_root(s.g, ROOT_CARRY, pass_name(f, "a_%s", x), out[wanted_index(&back, x)]);
    }
    root_sums(&s, &back, out);
    Name t = f->symbol.at[s.time].name, h = s.g->symbol.at[NODE(s.g, s.h)->aux].name;
    ir_root(s.g, ROOT_RESULT, pass_name(f, "%s_bar", t), out[wanted_index(&back, t)]);
    ir_root(s.g, ROOT_RESULT, pass_name(f, "%s_bar", h), out[wanted_index(&back, h)]);
    arena_free(&own);
    return s.g;
}
