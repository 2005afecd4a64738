/* inline.c: one Fn into another. */
#include "ir/make.h"

#include <string.h>

static void mark(const Fn *f, const Ref *root, size_t n, bool *needed)
{
    Ref last = 0;
    for (size_t i = 0; i < n; i++) {
        needed[root[i]] = true;
        last = root[i] > last ? root[i] : last;
    }
    for (Ref r = last; r > 0; r--)
        for (unsigned i = 0; needed[r] && i < NODE(f, r)->narg; i++)
            needed[NODE(f, r)->arg[i]] = true;
}

static Ref leaf(Fn *to, const Fn *from, uint32_t index, const Ref *subst)
{
    const Symbol *s = &from->symbol.at[index];
    return subst && subst[index] ? subst[index] : ir_leaf(to, s->role, s->name, s->type, s->shape);
}

static bool same_place(const Place *p, const Place *q)
{
    return p->label == q->label && p->back == q->back && p->op == q->op && p->from == q->from && memcmp(&p->at, &q->at, sizeof p->at) == 0;
}

/* Nodes come in the order they were made, so a place that is here already was added lately. */
uint32_t ir_place(Fn *to, const Place *p)
{
    enum { LATELY = 64 };
    uint32_t count = (uint32_t)to->place.count;
    if (same_place(&to->place.at[to->loc], p))
        return to->loc;
    for (uint32_t i = count; i > 0 && i + LATELY > count; i--)
        if (same_place(&to->place.at[i - 1], p))
            return i - 1;
    VEC_PUSH(to->arena, to->place) = *p;
    return (uint32_t)to->place.count - 1;
}

static Ref constant(Fn *to, const Fn *from, Ref r)
{
    const Node *n = NODE(from, r);
    return ir_const(to, SHAPE(from, r), &from->value.at[n->aux]);
}

Ref ir_copy(Fn *to, const Fn *from, Ref r, const Ref *subst, const Ref arg[3])
{
    const Node *n = NODE(from, r);
    to->loc = ir_place(to, &from->place.at[n->loc]);
    switch (n->op) {
    case OP_LEAF:     return leaf(to, from, n->aux, subst);
    case OP_CONST:    return constant(to, from, r);
    case OP_CON:      return ir_con(to, CON(from, r), SHAPE(from, r), arg);
    case OP_PEAK_MAX:
    case OP_PEAK_MIN: return ir_peak(to, (Op)n->op, arg[0], n->aux);
    case OP_TAKE:     return ir_take(to, arg[0], arg[1], n->aux);
    case OP_PUT:      return ir_put(to, arg[0], arg[1], n->aux, SHAPE(from, r).dim[n->aux]);
    default:          return ir_map(to, (Op)n->op, arg[0], arg[1], arg[2]);
    }
}

Ref ir_again(Fn *to, const Fn *from, Ref r, const Ref arg[3])
{
    const Node *n = NODE(from, r);
    Ref in[3] = {arg[0], arg[1], arg[2]};
    to->loc = ir_place(to, &from->place.at[n->loc]);
    if (n->op == OP_LEAF)
        return leaf(to, from, n->aux, NULL);
    if (n->op == OP_CONST)
        return constant(to, from, r);
    if (ir_commutes((Op)n->op) && arg[0] > arg[1])
        in[0] = arg[1], in[1] = arg[0];
    uint32_t aux = n->op == OP_CON ? ir_con_index(to, CON(from, r)) : n->aux;
    return ir_node(to, (Op)n->op, (Type)n->type, SHAPE(from, r), in, n->narg, aux);
}

/* Is r, which stands for this leaf of `from`, the leaf itself? */
static bool is_leaf(const Fn *to, Ref r, const Symbol *s)
{
    const Node *n = NODE(to, r);
    return n->op == OP_LEAF && to->symbol.at[n->aux].name == s->name;
}

void ir_inline_many(Fn *to, const Fn *from, const Ref *root, size_t n, const Ref *subst, Ref *out)
{
    uint32_t loc = to->loc;
    bool *needed = NEW_ARRAY(to->arena, bool, from->node.count);
    Ref *copy = NEW_ARRAY(to->arena, Ref, from->node.count);
    bool *same = NEW_ARRAY(to->arena, bool, from->node.count);
    same[0] = true;
    mark(from, root, n, needed);
    for (Ref r = 1; r < from->node.count; r++) {
        if (!needed[r])
            continue;
        const Node *node = NODE(from, r);
        const Ref arg[3] = {copy[node->arg[0]], copy[node->arg[1]], copy[node->arg[2]]};
        same[r] = same[node->arg[0]] && same[node->arg[1]] && same[node->arg[2]];
        copy[r] = same[r] && node->op != OP_LEAF ? ir_again(to, from, r, arg) : ir_copy(to, from, r, subst, arg);
        if (node->op == OP_LEAF)
            same[r] = is_leaf(to, copy[r], &from->symbol.at[node->aux]);
    }
    for (size_t i = 0; i < n; i++)
        out[i] = copy[root[i]];
    to->loc = loc;
}

Ref ir_inline(Fn *to, const Fn *from, Ref root, const Ref *subst)
{
    Ref out;
    ir_inline_many(to, from, &root, 1, subst, &out);
    return out;
}
