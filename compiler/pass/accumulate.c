/* accumulate.c: what a solve adds up over its steps.
 *
 * In: a step back, whose SUM roots are added to gradients.  Out: the same, with numbers
 * of the step inside the sums over samples,
 *
 *     t * sum over n of g[n]   ->   sum over n of t * g[n]
 *
 * where nothing but SUM roots reads the product.  What then lies between the sum over
 * samples and the root is the same map at every step, so it need not be applied at each:
 * sums over samples are added up, step after step, and mapped once.                  */
#include "pass/pass.h"
#include "pass/rewrite.h"

/* Is every reader of a node a SUM root, or read by such alone? */
static bool *only_summed(Arena *arena, const Fn *f)
{
    bool *only = NEW_ARRAY(arena, bool, f->node.count), *other = NEW_ARRAY(arena, bool, f->node.count);
    for (size_t i = 0; i < f->root.count; i++)
        *(f->root.at[i].kind == ROOT_SUM ? &only[f->root.at[i].value] : &other[f->root.at[i].value]) = true;
    for (Ref r = (Ref)f->node.count - 1; r > 0; r--)
        for (unsigned k = 0; k < NODE(f, r)->narg; k++) {
            Ref a = NODE(f, r)->arg[k];
            only[a] |= only[r];
            other[a] |= other[r];
        }
    for (Ref r = 0; r < f->node.count; r++) only[r] &= !other[r];
    return only;
}

static bool sums_samples(const Fn *f, Ref r)
{
    if (NODE(f, r)->op != OP_CON || shape_batched(SHAPE(f, r))) return false;
    for (unsigned a = 0; a < CON(f, r)->naxis; a++)
        if (CON(f, r)->extent[a] == BATCH) return true;
    return false;
}

/* The number, known before the step begins, that every element of r is; or 0. */
static Ref number_of_clock(const Fn *f, Ref r)
{
    if (NODE(f, r)->dep & ~(uint32_t)(DEP_PARAM | DEP_TIME | DEP_OTHER)) return 0;
    if (SHAPE(f, r).rank && NODE(f, r)->op == OP_CON && NODE(f, r)->narg == 1) r = NODE(f, r)->arg[0];
    return SHAPE(f, r).rank ? 0 : r;
}

/* sum * t, t inside. */
static Ref inside(Fn *f, Ref sum, Ref t)
{
    Con con = *CON(f, sum);
    Ref operand[MAX_OPERANDS] = { 0 };
    bool done = false;
    for (unsigned k = 0; k < con.nopd; k++) {
        operand[k] = NODE(f, sum)->arg[k];
        if (done || !shape_batched(SHAPE(f, operand[k]))) continue;
        operand[k] = ir_mul(f, operand[k], t);
        done = true;
    }
    return done ? ir_con(f, &con, SHAPE(f, sum), operand) : 0;
}

static Ref node(Rewrite *w, Ref r, const Ref arg[3])
{
    const Node *n = NODE(w->from, r);
    const bool *only = w->context;
    for (unsigned k = 0; k < 2 && n->op == OP_mul && only[r]; k++) {
        Ref t = number_of_clock(w->from, n->arg[!k]), product = 0;
        if (t && w->uses[n->arg[k]] == 1 && sums_samples(w->to, arg[k])) product = inside(w->to, arg[k], w->copy[t]);
        if (product) return product;
    }
    return ir_copy(w->to, w->from, r, NULL, arg);
}

Fn *pass_accumulate(Arena *arena, const Fn *f)
{
    Arena own = { .heap = arena->heap };
    Fn *out = rewrite(arena, f, node, only_summed(&own, f));
    arena_free(&own);
    return out;
}
