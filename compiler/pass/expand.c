/* expand.c: MACRO ops by their value cells.
 *
 * In: a Fn after differentiation.  Out: the same without MACRO nodes.  Value and
 * derivative cells were written to share subexpressions (elu's both hold
 * exp(min(0, a))), and the builder finds equal nodes, so the sharing is free. */
#include "pass/pass.h"
#include "pass/rewrite.h"

/* leaf: what the further inputs are, by their numbers. */
static Ref cell_nodes(Fn *f, const Cell *cell, const Ref input[CELL_INPUTS], const Ref *leaf)
{
    Ref *made = NEW_ARRAY(f->arena, Ref, cell->count + 1u);
    for (unsigned s = 0; s < cell->count; s++) {
        const CellStep *step = &cell->step[s];
        Ref arg[3] = { 0 };
        unsigned n = step->op == OP_CONST || step->op == OP_LEAF ? 0 : op_info((Op)step->op)->narg;
        for (unsigned k = 0; k < n; k++)
            arg[k] = step->arg[k] < CELL_INPUTS ? input[step->arg[k]] : made[step->arg[k] - CELL_INPUTS];
        made[s] = step->op == OP_CONST ? ir_num(f, step->number)
                : step->op == OP_LEAF  ? leaf[(size_t)step->number] : ir_map(f, (Op)step->op, arg[0], arg[1], arg[2]);
    }
    return cell->result < CELL_INPUTS ? input[cell->result] : made[cell->result - CELL_INPUTS];
}

Ref rewrite_cell(Fn *f, const Cell *cell, const Ref input[CELL_INPUTS]) { return cell_nodes(f, cell, input, NULL); }

Ref pass_cell(Fn *f, const char *cell, const char *const *name, const Ref *value, size_t count)
{
    static const Ref none[CELL_INPUTS];
    return cell_nodes(f, cell_parse_named(f->arena, cell, name, count), none, value);
}

/* A macro's cell may hold further macros: expanded until none is left. */
static Ref expand_node(Rewrite *w, Ref r, const Ref arg[3])
{
    const Node *n = NODE(w->from, r);
    if (op_info((Op)n->op)->kind != OP_KIND_MACRO) return rewrite_plain(w, r, arg);
    const Ref input[CELL_INPUTS] = { arg[0], arg[1], arg[2], 0, 0 };
    Place place = w->from->place.at[n->loc];
    if (!place.op) place.op = n->op;
    w->to->loc = ir_place(w->to, &place);
    return rewrite_cell(w->to, cell_parse(w->to->arena, op_info((Op)n->op)->value), input);
}

static bool has_macros(const Fn *f)
{
    for (Ref r = 1; r < f->node.count; r++)
        if (op_info((Op)NODE(f, r)->op)->kind == OP_KIND_MACRO) return true;
    return false;
}

Fn *pass_expand(Arena *arena, const Fn *f)
{
    Fn *out = rewrite(arena, f, expand_node, NULL);
    while (has_macros(out)) out = rewrite(arena, out, expand_node, NULL);
    return out;
}
