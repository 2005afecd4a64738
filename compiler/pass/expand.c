/* expand.c: MACRO ops become their value cells.
 *
 *     %3 = elu %2      %3 = min 0 %2    %4 = exp %3    %5 = sub %4 1
 *                      %6 = max 0 %2    %7 = add %6 %5
 *
 * Equal nodes are one node, so what a derivative cell computed already, exp of
 * min(0, %2) here, is not computed again.                                        */
#include "pass/rewrite.h"

static Ref expand(Fn *to, const Fn *from, Ref r, const Ref *copy, void *context)
{
    const Node *n = NODE(from, r);
    const OpInfo *info = op_info((Op)n->op);
    if (info->kind != OP_KIND_MACRO)
        return pass_keep(to, from, r, copy, context);
    Ref in[CELL_INPUTS] = {copy[n->arg[0]], copy[n->arg[1]], copy[n->arg[2]]};
    return ir_expand(to, pass_cell(to, info->value, in), SHAPE(from, r));
}

Fn *pass_expand(Arena *arena, const Fn *f)
{
    return pass_rewrite(arena, f, expand, NULL);
}
