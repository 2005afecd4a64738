/* rewrite.c: a pass is a loop over the nodes that are needed, and what it makes of
 * each of them.                                                                    */
#include "pass/rewrite.h"

#include <string.h>

Fn *pass_begin(Arena *arena, const Fn *from, const char *name)
{
    Fn *to = fn_new(arena, from->names, name, from->real);
    for (size_t i = 0; i < from->symbol.count; i++) {
        const Symbol *s = &from->symbol.at[i];
        ir_leaf(to, s->role, s->name, s->type, s->shape);
    }
    return to;
}

Name pass_name(const Fn *f, const char *prefix, const char *name, const char *suffix)
{
    Text t = {.arena = f->arena};
    text_printf(&t, "%s%s%s", prefix, name, suffix);
    while (ir_symbol(f, text_string(&t)) >= 0)
        text_add(&t, "_");
    return name_of(f->names, text_string(&t));
}

Ref pass_keep(Fn *to, const Fn *from, Ref r, const Ref *copy, void *context)
{
    (void)context;
    const Node *n = NODE(from, r);
    const Ref arg[3] = {copy[n->arg[0]], copy[n->arg[1]], copy[n->arg[2]]};
    return ir_copy(to, from, r, NULL, arg);
}

Fn *pass_rewrite(Arena *arena, const Fn *from, Rewrite *rewrite, void *context)
{
    Fn *to = pass_begin(arena, from, from->name);
    bool *needed = NEW_ARRAY(arena, bool, from->node.count);
    Ref *copy = NEW_ARRAY(arena, Ref, from->node.count);
    for (size_t i = 0; i < from->root.count; i++)
        needed[from->root.at[i].value] = true;
    for (Ref r = (Ref)from->node.count - 1; r > 0; r--)
        for (unsigned i = 0; needed[r] && i < NODE(from, r)->narg; i++)
            needed[NODE(from, r)->arg[i]] = true;

    for (Ref r = 1; r < from->node.count; r++)
        if (needed[r]) {
            to->loc = ir_place(to, &from->place.at[NODE(from, r)->loc]);
            copy[r] = rewrite(to, from, r, copy, context);
        }
    to->loc = 0;
    for (size_t i = 0; i < from->root.count; i++) {
        const Root *root = &from->root.at[i];
        ir_root(to, root->kind, root->name, copy[root->value]);
    }
    return to;
}

Ref pass_cell(Fn *f, const char *text, const Ref in[CELL_INPUTS])
{
    const Cell *cell = cell_parse(f->arena, text);
    Ref *value = NEW_ARRAY(f->arena, Ref, CELL_INPUTS + cell->count);
    memcpy(value, in, CELL_INPUTS * sizeof *value);
    for (size_t i = 0; i < cell->count; i++) {
        const CellStep *s = &cell->step[i];
        unsigned narg = op_info((Op)s->op)->narg;
        Ref arg[3] = {0};
        for (unsigned k = 0; k < narg; k++)
            arg[k] = value[s->arg[k]];
        value[CELL_INPUTS + i] = s->op == OP_CONST ? ir_num(f, s->number)
                                                   : ir_map(f, (Op)s->op, arg[0], arg[1], arg[2]);
    }
    return value[cell->result];
}

Fn *pass_dce(Arena *arena, const Fn *f)
{
    return pass_rewrite(arena, f, pass_keep, NULL);
}

Fn *pass_finish(Arena *arena, const Fn *f)
{
    return pass_dce(arena, pass_fold(arena, pass_expand(arena, f)));
}
