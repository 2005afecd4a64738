/* origin.c: what of the model a statement computes.
 *
 * In: a node of the tensor IR, which knows its place in the model (Fn.place; passes
 * hand it on, and a cotangent has that of the node it belongs to).  Out: the origin of
 * the statements that are built next. Lowering goes from node to node, so an origin
 * that is here already was added lately; a second one of the same is no harm.         */
#include "loop/loop.h"

static bool same_origin(const Origin *a, const Origin *b)
{
    return a->kind == b->kind && a->layer == b->layer && a->op == b->op && a->back == b->back && a->at.source == b->at.source
        && a->at.line == b->at.line && a->at.column == b->at.column;
}

static uint32_t enter(Program *p, const Origin *origin)
{
    enum { LATELY = 8 };
    uint32_t before = p->at, count = (uint32_t)p->origin.count;
    for (uint32_t i = count; i > 1 && i + LATELY > count; i--)
        if (same_origin(&p->origin.at[i - 1], origin)) {
            p->at = i - 1;
            return before;
        }
    VEC_PUSH(p->arena, p->origin) = *origin;
    p->at = count;
    return before;
}

uint32_t origin_node(Program *p, const Fn *fn, Ref r)
{
    const Node *n = NODE(fn, r);
    const Place *place = n->loc < fn->place.count ? &fn->place.at[n->loc] : &(Place){ 0 };
    return enter(p, &(Origin){ .layer = place->label, .op = op_info((Op)(place->op ? place->op : n->op))->name,
                               .at = place->from ? *place->from : place->at, .back = place->back });
}

uint32_t origin_param(Program *p, Name param, const char *op, bool back)
{
    return enter(p, &(Origin){ .kind = ORIGIN_PARAM, .layer = param, .op = op, .back = back });
}
