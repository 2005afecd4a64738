/* dce.c: only what the roots need.
 *
 * In: a Fn.  Out: a new one without dead nodes; all leaves stay, in order, since
 * they are the function's signature.  The same walk, with something else than a
 * plain copy for each node, is what expand.c and fold.c are. */
#include "pass/pass.h"
#include "pass/rewrite.h"

/* How often each needed node is used; a node that is not needed: never. */
static uint32_t *count_uses(Arena *arena, const Fn *f)
{
    uint32_t *uses = NEW_ARRAY(arena, uint32_t, f->node.count);
    for (size_t i = 0; i < f->root.count; i++) uses[f->root.at[i].value]++;
    for (Ref r = (Ref)f->node.count - 1; r > 0; r--)
        for (unsigned k = 0; uses[r] && k < NODE(f, r)->narg; k++) uses[NODE(f, r)->arg[k]]++;
    return uses;
}

Fn *rewrite(Arena *arena, const Fn *f, RewriteNode *node, const void *context)
{
    Arena scratch = { .heap = arena->heap };
    Rewrite w = { .from = f, .to = fn_new(arena, f->names, f->name, f->real), .context = context };
    w.uses = count_uses(&scratch, f);
    w.copy = NEW_ARRAY(&scratch, Ref, f->node.count);
    w.same = NEW_ARRAY(&scratch, bool, f->node.count);
    w.same[0] = true;
    for (size_t i = 0; i < f->symbol.count; i++) {
        const Symbol *s = &f->symbol.at[i];
        w.copy[s->node] = ir_leaf(w.to, s->role, s->name, s->type, s->shape);
        w.same[s->node] = true;
    }
    for (Ref r = 1; r < f->node.count; r++) {
        const Node *n = NODE(f, r);
        if (!w.uses[r] || n->op == OP_LEAF) continue;
        const Ref arg[3] = { w.copy[n->arg[0]], w.copy[n->arg[1]], w.copy[n->arg[2]] };
        w.copy[r] = node(&w, r, arg);
    }
    for (size_t i = 0; i < f->root.count; i++)
        ir_root(w.to, f->root.at[i].kind, f->root.at[i].name, w.copy[f->root.at[i].value]);
    w.to->loc = 0;
    arena_free(&scratch);
    return w.to;
}

Name pass_name(const Fn *f, const char *format, Name of)
{
    const char *name = arena_printf(f->arena, format, of);
    while (ir_symbol(f, name) >= 0) name = arena_printf(f->arena, "%s_", name);
    return name_of(f->names, name);
}

Ref rewrite_plain(Rewrite *w, Ref r, const Ref arg[3])
{
    const Ref *old = NODE(w->from, r)->arg;
    w->same[r] = w->same[old[0]] && w->same[old[1]] && w->same[old[2]];
    return w->same[r] ? ir_again(w->to, w->from, r, arg) : ir_copy(w->to, w->from, r, NULL, arg);
}

Fn *pass_dce(Arena *arena, const Fn *f) { return rewrite(arena, f, rewrite_plain, NULL); }

Fn *pass_finish(Arena *arena, const Fn *f)
{
    Arena between = { .heap = arena->heap };
    Fn *finished = pass_dce(arena, pass_fold(&between, pass_expand(&between, f)));
    arena_free(&between);
    return finished;
}
