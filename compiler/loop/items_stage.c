/* items_stage.c: what others have of an array that is spread over the group.
 *
 * A statement that reads elements of other items, a sum over samples, begins with a copy of
 * the whole array in the group's memory, where all see it:
 *
 *     for k in 0 .. 16 { store pool[k*128 + item] = h[k] }
 *     sync
 *
 * The pool holds several copies at a time; one is good until the array is stored to again. */
#include "loop/items_in.h"

static bool reads_others(const Items *m, Exp e, Stm spread, Var array)
{
    const LExp *x = &m->p->exp.at[e];
    if (!e) return false;
    if (x->kind == X_LOAD && x->var == array && (x->type.lanes == 1 || !is_own(m, spread, x->a))) return true;
    return reads_others(m, x->a, spread, array) || reads_others(m, x->b, spread, array) || reads_others(m, x->c, spread, array);
}

typedef struct Want { bool reads, stores; } Want;

static void want(const Items *m, Stm s, Stm spread, Var array, Want *w)
{
    const LStm *at = &m->p->stm.at[s];
    const Stm within = spread ? spread : is_spread(m, s) ? s : 0;
    w->reads |= reads_others(m, at->a, spread, array) || reads_others(m, at->b, spread, array)
             || reads_others(m, at->c, spread, array) || reads_others(m, at->d, spread, array);
    w->stores |= at->kind == S_STORE && at->var == array;
    for (Stm in = at->body; in; in = m->p->stm.at[in].next) want(m, in, within, array, w);
    for (Stm in = at->other; in; in = m->p->stm.at[in].next) want(m, in, within, array, w);
}

static Staged *copy_of(const Items *m, Var array)
{
    for (size_t i = 0; i < m->staged.count; i++)
        if (m->staged.at[i].array == array) return &m->staged.at[i];
    return NULL;
}

Exp staged_at(const Items *m, Var array)
{
    const Staged *copy = copy_of(m, array);
    return x_int(m->p, copy ? copy->at : 0);
}

void unstage(Items *m, Var array)
{
    if (!array) m->staged.count = m->pool_at = 0;
    Staged *copy = array ? copy_of(m, array) : NULL;
    if (copy) *copy = m->staged.at[--m->staged.count];
}

static void stage_array(Items *m, Var array)
{
    Program *p = m->p;
    const uint32_t count = p->var.at[array].count;
    const Accesses all = { .at = &(Access){ .buffer = m->pool, .store = true }, .count = 1 };
    if (m->pool_at + count > m->pool_room) m->failed = true;
    VEC_PUSH(p->arena, m->staged) = (Staged){ array, m->pool_at };
    touch(m, &all);
    guard(m);
    Exp k = x_var(p, s_for(p, "k", x_int(p, 0), x_int(p, count / m->group), x_int(p, 1), FOR_ROLL));
    Exp at = x_add(p, x_add(p, x_mul(p, k, x_int(p, m->group)), x_var(p, m->item)), x_int(p, m->pool_at));
    s_store(p, m->to[m->pool], at, x_load(p, m->to[array], k, 1));
    s_end(p);
    guard_end(m);
    m->pool_at += count;
    if (m->pool_at > m->pool_most) m->pool_most = m->pool_at;
}

/* What stores to the array between its reads copies it there, within. */
void stage(Items *m, Stm s)
{
    uint32_t more = 0;
    VEC(Var) wanted = { 0 };
    for (Var v = 1; v < m->vars; v++) {
        Want w = { 0 };
        if (m->home[v] != HOME_SPREAD || !is_array(m, v) || !m->to[v]) continue;
        want(m, s, 0, v, &w);
        if (!w.reads || (w.stores && m->p->stm.at[s].body) || copy_of(m, v)) continue;
        VEC_PUSH(m->p->arena, wanted) = v;
        more += m->p->var.at[v].count;
    }
    if (m->pool_at + more > m->pool_room) {             /* begins anew, with all that this statement wants */
        unstage(m, 0);
        wanted.count = 0;
        for (Var v = 1; v < m->vars; v++) {
            Want w = { 0 };
            if (m->home[v] != HOME_SPREAD || !is_array(m, v) || !m->to[v]) continue;
            want(m, s, 0, v, &w);
            if (w.reads && !(w.stores && m->p->stm.at[s].body)) VEC_PUSH(m->p->arena, wanted) = v;
        }
    }
    for (size_t i = 0; i < wanted.count; i++) stage_array(m, wanted.at[i]);
}
