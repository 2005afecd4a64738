/* copy.c: statements again, with other variables.
 *
 * In: statements of one function.  Out: the same where the builder stands, every
 * variable that they declare made anew, every other one replaced by what the copier says. */
#include "loop/copy.h"

#include <string.h>

Program *program_copy(Arena *arena, const Program *from)
{
    Program *p = program_new(arena, from->names, from->real);
    struct LScope *scope = p->scope;
    *p = *from;
    p->arena = arena;
    p->scope = scope;
#define OWN(v) ((v).at = arena_copy(arena, (v).at, (v).count * sizeof *(v).at), (v).room = (v).count)
    OWN(p->exp), OWN(p->stm), OWN(p->var), OWN(p->fn), OWN(p->arg), OWN(p->origin);
#undef OWN
    return p;
}

Copier copier_new(Program *p)
{
    return (Copier){ .p = p, .vars = p->var.count, .to = NEW_ARRAY(p->arena, Var, p->var.count) };
}

static Var now(const Copier *c, Var var)
{
    return var < c->vars && c->to[var] ? c->to[var] : var;
}

Exp copy_exp(const Copier *c, Exp e)
{
    Program *p = c->p;
    LExp x = p->exp.at[e];
    if (!e) return 0;
    if (x.kind == X_VAR) return x_var(p, now(c, x.var));
    LExp y = x;
    y.a = copy_exp(c, x.a);
    y.b = copy_exp(c, x.b);
    y.c = copy_exp(c, x.c);
    if (x.var) y.var = now(c, x.var);
    if (y.a == x.a && y.b == x.b && y.c == x.c && y.var == x.var) return e;
    VEC_PUSH(p->arena, p->exp) = y;
    return (Exp)(p->exp.count - 1);
}

/* ---- statements ---------------------------------------------------------------------------- */

static void copy_call(Copier *c, const LStm *s)
{
    Program *p = c->p;
    Exp *arg = NEW_ARRAY(p->arena, Exp, s->nargs + 1);
    for (uint32_t i = 0; i < s->nargs; i++) arg[i] = copy_exp(c, p->arg.at[s->args + i]);
    Var result = s_call_named(p, s->callee, arg, s->nargs, s->var ? p->var.at[s->var].name : NULL);
    if (s->var) c->to[s->var] = result;
}

static void copy_loop(Copier *c, const LStm *s)
{
    Program *p = c->p;
    const char *name = p->var.at[s->var].name;
    Exp from = copy_exp(c, s->a), to = copy_exp(c, s->b), step = copy_exp(c, s->c);
    c->to[s->var] = s->kind == S_PAR ? s_par(p, name, to, (AxisRole)s->role) : s_for(p, name, from, to, step, s->flags);
    copy_block(c, s->body);
    s_end(p);
}

static void copy_if(Copier *c, const LStm *s)
{
    s_if(c->p, copy_exp(c, s->a));
    copy_block(c, s->body);
    if (s->other) {
        s_else(c->p);
        copy_block(c, s->other);
    }
    s_end(c->p);
}

static void copy_kind(Copier *c, LStm s)
{
    Program *p = c->p;
    const char *name = s.var ? p->var.at[s.var].name : NULL;
    switch ((SKind)s.kind) {
    case S_NONE:    return;
    case S_NOTE:    s_note(p, "%s", s.text); return;
    case S_LOCAL:   c->to[s.var] = s_local(p, name, p->var.at[s.var].count); return;
    case S_LET:     c->to[s.var] = s_let(p, name, copy_exp(c, s.a)); return;
    case S_VAR:     c->to[s.var] = s_var(p, name, copy_exp(c, s.a)); return;
    case S_SET:     s_set(p, now(c, s.var), copy_exp(c, s.a)); return;
    case S_VIEW:
        c->to[s.var] = s.flags & VIEW_FRESH ? s_fresh(p, name, now(c, s.var2)) : s_view(p, name, now(c, s.var2), copy_exp(c, s.a));
        return;
    case S_STORE:   s_store(p, now(c, s.var), copy_exp(c, s.a), copy_exp(c, s.b)); return;
    case S_SCATTER:
        s_scatter(p, now(c, s.var), copy_exp(c, s.a), copy_exp(c, s.c), copy_exp(c, s.d), copy_exp(c, s.b));
        return;
    case S_FOR: case S_PAR: copy_loop(c, &s); return;
    case S_IF:      copy_if(c, &s); return;
    case S_CALL:    copy_call(c, &s); return;
    case S_RETURN:  s_return(p, copy_exp(c, s.a)); return;
    case S_BAR:     s_bar(p); return;
    case S_SYNC:    s_sync(p); return;
    }
}

void copy_statement(Copier *c, Stm at)
{
    const uint32_t before = c->p->at;
    c->p->at = c->p->stm.at[at].origin;
    copy_kind(c, c->p->stm.at[at]);
    c->p->at = before;
}

void copy_block(Copier *c, Stm first)
{
    for (Stm s = first; s; s = c->p->stm.at[s].next) copy_statement(c, s);
}

/* ---- parameters ---------------------------------------------------------------------------- */

Var copy_param(Copier *c, Var var)
{
    Program *p = c->p;
    const LVar v = p->var.at[var];
    return c->to[var] = v.space == SPACE_NONE ? fn_param(p, v.name, (LKind)v.type.kind)
                                              : fn_param_buffer(p, v.name, (Space)v.space, v.writable, v.optional);
}
