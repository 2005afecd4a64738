/* fold.c: products and sums become fma, before any target.
 *
 *     add(mul(a, b), c)    fma(a, b, c)
 *     sub(mul(a, b), c)    fma(a, b, -c)
 *     sub(c, mul(a, b))    fma(-a, b, c), or fma(a, -b, c) if b is repeated and a is not
 *
 * where the product has no other use.  The second change is to long sums: what is
 * not a con is added up first, so that a con may start from it.                   */
#include "pass/rewrite.h"

enum { TERMS = 16 };

typedef struct Uses { uint32_t *count; } Uses;

static Uses count_uses(Arena *arena, const Fn *f)
{
    Uses u = {NEW_ARRAY(arena, uint32_t, f->node.count)};
    for (Ref r = 1; r < f->node.count; r++)
        for (unsigned i = 0; i < NODE(f, r)->narg; i++)
            u.count[NODE(f, r)->arg[i]]++;
    for (size_t i = 0; i < f->root.count; i++)
        u.count[f->root.at[i].value]++;
    return u;
}

/* ---- fma ------------------------------------------------------------------------- */

static bool single_product(const Fn *f, const Uses *uses, Ref r)
{
    return NODE(f, r)->op == OP_mul && uses->count[r] == 1;
}

static Ref negated(Fn *f, Ref r)
{
    return ir_map(f, OP_neg, r, 0, 0);
}

static Ref fuse(Fn *to, const Fn *from, Ref r, const Ref *copy, void *context)
{
    const Uses *uses = context;
    const Node *n = NODE(from, r);
    Ref a = n->arg[0], b = n->arg[1];
    if (n->op == OP_add && single_product(from, uses, a)) {
        const Node *m = NODE(from, a);
        return ir_map(to, OP_fma, copy[m->arg[0]], copy[m->arg[1]], copy[b]);
    }
    if (n->op == OP_add && single_product(from, uses, b)) {
        const Node *m = NODE(from, b);
        return ir_map(to, OP_fma, copy[m->arg[0]], copy[m->arg[1]], copy[a]);
    }
    if (n->op == OP_sub && single_product(from, uses, b)) {
        const Node *m = NODE(from, b);
        Ref p = copy[m->arg[0]], q = copy[m->arg[1]];
        bool q_repeats = NODE(to, q)->op == OP_CON && NODE(to, p)->op != OP_CON;
        return q_repeats ? ir_map(to, OP_fma, p, negated(to, q), copy[a])
                         : ir_map(to, OP_fma, negated(to, p), q, copy[a]);
    }
    if (n->op == OP_sub && single_product(from, uses, a)) {
        const Node *m = NODE(from, a);
        return ir_map(to, OP_fma, copy[m->arg[0]], copy[m->arg[1]], negated(to, copy[b]));
    }
    return pass_keep(to, from, r, copy, context);
}

/* ---- long sums --------------------------------------------------------------------- */

static bool contracts(const Fn *f, Ref r)
{
    return NODE(f, r)->op == OP_CON && con_sums(CON(f, r), SHAPE(f, r));
}

static size_t terms(const Fn *f, const Uses *uses, Ref r, bool top, Ref out[TERMS], size_t n)
{
    const Node *node = NODE(f, r);
    if (node->op == OP_add && (top || uses->count[r] == 1) && n + 1 < TERMS) {
        n = terms(f, uses, node->arg[0], false, out, n);
        if (n < TERMS)
            return terms(f, uses, node->arg[1], false, out, n);
    }
    if (n < TERMS)
        out[n++] = r;
    return n;
}

/* A sum of at least three terms, some of them contractions, some not. */
static Ref order(Fn *to, const Fn *from, Ref r, const Ref *copy, void *context)
{
    Ref term[TERMS], sum = 0;
    size_t cons = 0, n = 0;
    if (NODE(from, r)->op == OP_add)
        n = terms(from, context, r, true, term, 0);
    for (size_t i = 0; i < n; i++)
        cons += contracts(from, term[i]);
    if (n < 3 || n == TERMS || cons == 0 || cons == n)
        return pass_keep(to, from, r, copy, context);
    for (int want = 0; want <= 1; want++)
        for (size_t i = 0; i < n; i++)
            if (contracts(from, term[i]) == want)
                sum = sum ? ir_add(to, sum, copy[term[i]]) : copy[term[i]];
    return sum;
}

Fn *pass_fold(Arena *arena, const Fn *f)
{
    Uses uses = count_uses(arena, f);
    const Fn *ordered = pass_dce(arena, pass_rewrite(arena, f, order, &uses));
    uses = count_uses(arena, ordered);
    return pass_dce(arena, pass_rewrite(arena, ordered, fuse, &uses));
}
