/* items.c: see items.h.
 *
 * Whether a loop is the teams', where items meet and which conditions they meet in depends on
 * each other. So a form is built, and where it finds that a decision was wrong, that is noted
 * and the form thrown away. Decisions go one way, so it ends; three forms are usual.        */
#include "loop/items_in.h"

static Var param(Items *m, Var var)
{
    Program *p = m->p;
    const LVar v = p->var.at[var];
    return m->to[var] = v.space != SPACE_NONE ? fn_param_buffer(p, v.name, (Space)v.space, v.writable, v.optional)
                                              : fn_param(p, v.name, (LKind)v.type.kind);
}

static Var group_array(Program *p, const char *name, uint32_t count)
{
    Var array = s_local(p, name, count);
    p->var.at[array].space = SPACE_LOCAL;
    return array;
}

static void group_arrays(Items *m, Stm first)
{
    const Program *p = m->p;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm at = p->stm.at[s];
        if (at.kind == S_LOCAL && m->home[at.var] == HOME_GROUP)
            m->to[at.var] = group_array(m->p, p->var.at[at.var].name, p->var.at[at.var].count);
        group_arrays(m, at.body);
        group_arrays(m, at.other);
    }
}

/* A name for an array that each form makes anew. */
static Var stands_for(Program *p, const char *name)
{
    VEC_PUSH(p->arena, p->var) = (LVar){ .name = name_of(p->names, name), .type = { L_BUFFER, 1 }, .space = SPACE_LOCAL, .writable = true };
    return (Var)(p->var.count - 1);
}

static uint32_t build(Items *m, const LFn *from)
{
    Program *p = m->p;
    const uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.items", from->name), from->note);
    for (size_t i = 0; i < m->vars; i++) m->to[i] = 0;
    param(m, from->param.at[0]);
    m->item = fn_param(p, "item", L_INT);
    for (size_t i = 1; i < from->param.count; i++) param(m, from->param.at[i]);
    m->lane = s_let(p, "lane", x_op(p, OP_mod, x_var(p, m->item), x_int(p, LANES), 0));
    m->team = s_let(p, "team", x_op(p, OP_div, x_var(p, m->item), x_int(p, LANES), 0));
    m->to[m->meet] = group_array(p, "meet", (uint32_t)m->group);
    m->to[m->pool] = group_array(p, "others", 1);
    group_arrays(m, m->body);
    m->live = m->spread = 0;
    m->around.count = m->outer.count = m->staged.count = m->pinned = m->pool_most = 0;
    form_block(m, m->body);
    fn_end(p);
    if (m->pool_most) p->var.at[m->to[m->pool]].count = m->pool_most;
    return fn;
}

static ItemsForm form_for(Program *p, uint32_t kernel, unsigned teams)
{
    enum { ATTEMPTS = 64 };
    Items m = { .p = p, .teams = teams, .group = (int64_t)teams * LANES };
    m.meet = stands_for(p, "meet"), m.pool = stands_for(p, "others");
    inline_kernel(&m, kernel);
    m.def = NEW_ARRAY(p->arena, Exp, m.vars), m.loop_of = NEW_ARRAY(p->arena, Stm, m.vars), m.view_of = NEW_ARRAY(p->arena, Stm, m.vars);
    m.alone = NEW_ARRAY(p->arena, bool, m.stms), m.early = NEW_ARRAY(p->arena, bool, m.stms);
    m.flat = NEW_ARRAY(p->arena, bool, m.stms), m.meets = NEW_ARRAY(p->arena, bool, m.stms);
    m.carried = NEW_ARRAY(p->arena, Accesses, m.stms);
    m.home = NEW_ARRAY(p->arena, uint8_t, m.vars), m.to = NEW_ARRAY(p->arena, Var, m.vars);
    m.nan = NEW_ARRAY(p->arena, bool, m.vars);
    find_loops(&m);
    for (int i = 0; i < ATTEMPTS; i++) {
        m.again = m.failed = false;
        arrays_place(&m);
        const uint32_t fn = m.again ? 0 : build(&m, fn_of(p, kernel));
        if (!m.again && !m.failed) return (ItemsForm){ fn, (uint32_t)m.group, m.item, m.lane, m.team };
        if (fn) p->fn.count--;
        if (!m.again) break;
    }
    return (ItemsForm){ 0 };
}

ItemsForm items_build(Program *p, uint32_t kernel)
{
    const ItemsForm many = form_for(p, kernel, TEAMS);
    return many.items ? many : form_for(p, kernel, 1);
}
