/* items_inline.c: a kernel and what it calls as one function without returns.
 *
 * What a function was given stays apart: its parameters do not overlap where one of them is
 * written, and the views that stand for them share a number. After a statement that may
 * return, the others are done if it did not:
 *
 *     if a { return 5 }                var left = 0; var on = 1
 *     store y[0] = 1.0                 if a { set left = 5; set on = 0 }
 *     return 0                         if on != 0 { store y[0] = 1.0 }
 *
 * Functions that only compute with what they read are called as they are.                  */
#include "loop/copy.h"
#include "loop/items_in.h"

typedef struct Inline {
    Items   *m;
    Program *p;
    Copier   c;
    VEC(uint32_t) apart;            /* by variable, of those that were made                 */
    uint32_t calls;
    Var      left, on;              /* of the function being copied, if it returns early    */
} Inline;

/* ---- which functions ----------------------------------------------------------------------- */

static bool exp_is_plain(const Program *p, Exp e)
{
    const LExp *x = &p->exp.at[e];
    return !e || (x->type.lanes == 1 && x->kind != X_TREE && x->kind != X_ANY && exp_is_plain(p, x->a) && exp_is_plain(p, x->b)
                  && exp_is_plain(p, x->c));
}

static bool block_is_plain(const Program *p, Stm first)
{
    for (Stm at = first; at; at = p->stm.at[at].next) {
        const LStm *s = &p->stm.at[at];
        const bool other = s->kind == S_LOCAL || s->kind == S_VIEW || s->kind == S_STORE || s->kind == S_SCATTER || s->kind == S_PAR;
        if (other || (s->kind == S_CALL && !touches_nothing(p, s->callee))) return false;
        if (!exp_is_plain(p, s->a) || !exp_is_plain(p, s->b) || !exp_is_plain(p, s->c) || !exp_is_plain(p, s->d)) return false;
        if (!block_is_plain(p, s->body) || !block_is_plain(p, s->other)) return false;
    }
    return true;
}

bool touches_nothing(const Program *p, uint32_t fn) { return block_is_plain(p, fn_of(p, fn)->body); }

/* ---- returns --------------------------------------------------------------------------------- */

static bool returns(const Program *p, Stm s)
{
    const LStm *at = &p->stm.at[s];
    if (at->kind == S_RETURN) return true;
    for (Stm in = at->body; in; in = p->stm.at[in].next)
        if (returns(p, in)) return true;
    for (Stm in = at->other; in; in = p->stm.at[in].next)
        if (returns(p, in)) return true;
    return false;
}

static void inline_block(Inline *, Stm first);

static Exp is_on(const Inline *in) { return x_op(in->p, OP_ne, x_var(in->p, in->on), x_int(in->p, 0), 0); }

/* ---- calls ------------------------------------------------------------------------------------ */

static void inline_params(Inline *in, const LStm *s, const LFn *callee)
{
    Program *p = in->p;
    in->calls++;
    for (uint32_t i = 0; i < s->nargs; i++) {
        const Var param = callee->param.at[i];
        const Exp given = copy_exp(&in->c, p->arg.at[s->args + i]);
        const LExp *x = &p->exp.at[given];
        if (x->type.kind == L_BUFFER) {
            const Var view = s_view(p, p->var.at[param].name, x->var, x_int(p, 0));
            while (in->apart.count <= view) VEC_PUSH(p->arena, in->apart) = 0;
            in->apart.at[view] = in->calls;
            in->c.to[param] = view;
        } else in->c.to[param] = x->kind == X_VAR && !p->var.at[x->var].writable ? x->var : s_let(p, p->var.at[param].name, given);
    }
}

static void inline_call(Inline *in, const LStm *s)
{
    Program *p = in->p;
    const LFn *callee = fn_of(p, s->callee);
    const Var left = in->left, on = in->on;
    inline_params(in, s, callee);
    in->left = in->on = 0;
    if (callee->returns) in->left = s_var(p, s->var ? p->var.at[s->var].name : "left", x_int(p, 0));
    if (callee->returns) in->on = s_var(p, "on", x_int(p, 1));
    inline_block(in, callee->body);
    if (s->var) in->c.to[s->var] = in->left;
    in->left = left, in->on = on;
}

/* ---- statements --------------------------------------------------------------------------------- */

static void inline_loop(Inline *in, const LStm *s, bool may_return)
{
    Program *p = in->p;
    const Exp from = copy_exp(&in->c, s->a), to = copy_exp(&in->c, s->b), step = copy_exp(&in->c, s->c);
    in->c.to[s->var] = s_for(p, p->var.at[s->var].name, from, to, step, may_return ? s->flags & ~(unsigned)FOR_ANY : s->flags);
    if (may_return) s_if(p, is_on(in));
    inline_block(in, s->body);
    if (may_return) s_end(p);
    s_end(p);
}

static void inline_statement(Inline *in, Stm at, bool may_return)
{
    Program *p = in->p;
    const LStm s = p->stm.at[at];
    const uint32_t before = p->at;
    p->at = s.origin;
    if (s.kind == S_RETURN) {
        s_set(p, in->left, copy_exp(&in->c, s.a));
        s_set(p, in->on, x_int(p, 0));
    } else if (s.kind == S_CALL && !touches_nothing(p, s.callee)) {
        inline_call(in, &s);
    } else if (s.kind == S_FOR) {
        inline_loop(in, &s, may_return);
    } else if (s.kind == S_IF) {
        s_if(p, copy_exp(&in->c, s.a));
        inline_block(in, s.body);
        if (s.other) s_else(p);
        inline_block(in, s.other);
        s_end(p);
    } else copy_statement(&in->c, at);
    p->at = before;
}

static void inline_block(Inline *in, Stm first)
{
    Program *p = in->p;
    unsigned open = 0;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const bool may_return = in->on && returns(p, s);
        inline_statement(in, s, may_return);
        if (!may_return || !p->stm.at[s].next) continue;
        s_if(p, is_on(in));
        open++;
    }
    while (open--) s_end(p);
}

/* The function is taken back: what it is made of stays, for what is made of it. */
void inline_kernel(Items *m, uint32_t kernel)
{
    Program *p = m->p;
    const LFn *from = fn_of(p, kernel);
    Inline in = { .m = m, .p = p };
    fn_begin(p, arena_printf(p->arena, "%s.inlined", from->name), NULL);
    in.c = copier_new(p);
    for (size_t i = 0; i < from->param.count; i++) in.c.to[from->param.at[i]] = from->param.at[i];
    inline_block(&in, from->body);
    fn_end(p);
    m->body = p->fn.at[--p->fn.count]->body;
    m->vars = p->var.count;
    m->stms = p->stm.count;
    m->apart = NEW_ARRAY(p->arena, uint32_t, m->vars);
    for (size_t i = 0; i < in.apart.count; i++) m->apart[i] = in.apart.at[i];
}
