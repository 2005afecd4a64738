/* fold.c: products that feed one sum become fused multiply-adds.
 *
 * In: a Fn without MACRO nodes.  Out: the same with
 *
 *     a*b + c -> fma(a, b, c)      c - a*b -> fma(-a, b, c)      a*b - c -> fma(a, b, -c)
 *
 * wherever the product has no other use.  This is the last change of bits: from
 * here on every target computes the same, contraction by compilers is off.
 * (Numbers were folded, and identities applied, when the nodes were built.) */
#include "pass/pass.h"
#include "pass/rewrite.h"

static Ref negate(Fn *f, Ref a) { return ir_map(f, OP_neg, a, 0, 0); }

/* The product behind argument k of node r, if it can be fused. */
static const Node *product(const Rewrite *w, Ref r, unsigned k)
{
    Ref arg = NODE(w->from, r)->arg[k];
    const Node *n = NODE(w->from, arg);
    return n->op == OP_mul && w->uses[arg] == 1 ? n : NULL;
}

/* Negate where it is cheapest: a value with fewer elements behind its expand. */
static void put_sign(Fn *f, Ref *a, Ref *b)
{
    bool first = NODE(f, *a)->op == OP_CON || NODE(f, *a)->op == OP_CONST || NODE(f, *a)->op == OP_neg;
    Ref *which = first ? a : b;
    *which = negate(f, *which);
}

static Ref fold_node(Rewrite *w, Ref r, const Ref arg[3])
{
    const Node *n = NODE(w->from, r);
    if (n->op == OP_add || n->op == OP_sub)
        for (unsigned k = 2; k-- > 0; ) {
            const Node *mul = product(w, r, k);
            if (!mul) continue;
            Ref a = w->copy[mul->arg[0]], b = w->copy[mul->arg[1]], c = arg[1 - k];
            if (n->op == OP_sub && k == 1) put_sign(w->to, &a, &b);
            if (n->op == OP_sub && k == 0) c = negate(w->to, c);
            w->to->loc = ir_place(w->to, &w->from->place.at[n->loc]);
            return ir_map(w->to, OP_fma, a, b, c);
        }
    return rewrite_plain(w, r, arg);
}

Fn *pass_fold(Arena *arena, const Fn *f) { return rewrite(arena, f, fold_node, NULL); }
