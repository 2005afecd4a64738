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

static uint32_t pool_end(const Items *m)
{
    uint32_t end = 0;
    for (size_t i = 0; i < m->staged.count; i++) {
        const uint32_t own = m->staged.at[i].at + m->p->var.at[m->staged.at[i].array].count;
        end = own > end ? own : end;
    }
    return end;
}

void unstage(Items *m, Var array)
{
    if (!array) m->staged.count = m->pinned;
    Staged *copy = array ? copy_of(m, array) : NULL;
    if (copy) *copy = m->staged.at[--m->staged.count];
}

static void stage_array(Items *m, Var array)
{
    Program *p = m->p;
    const uint32_t count = p->var.at[array].count, begin = pool_end(m);
    const Access store = { .buffer = m->pool, .store = true };
    VEC_PUSH(p->arena, m->staged) = (Staged){ array, begin };
    if (begin + count > m->pool_room) m->failed = true;
    if (begin + count > m->pool_most) m->pool_most = begin + count;
    touch(m, &(Accesses){ .at = (Access *)&store, .count = 1 });
    guard(m);
    Exp k = x_var(p, s_for(p, "k", x_int(p, 0), x_int(p, count / m->group), x_int(p, 1), count / m->group <= 64 ? FOR_UNROLL : FOR_ROLL));
    Exp at = x_add(p, x_add(p, x_mul(p, k, x_int(p, m->group)), x_var(p, m->item)), x_int(p, begin));
    s_store(p, m->to[m->pool], at, x_load(p, m->to[array], k, 1));
    s_end(p);
    guard_end(m);
}

/* Whose elements the statement wants. Where it stores to an array between its reads, that
 * array is copied there, within.                                                          */
static uint32_t wanted_by(Items *m, Stm s, Vars *wanted)
{
    uint32_t more = 0;
    wanted->count = 0;
    for (Var v = 1; v < m->vars; v++) {
        Want w = { 0 };
        if (m->home[v] != HOME_SPREAD || !is_array(m, v) || !m->to[v] || copy_of(m, v)) continue;
        want(m, s, 0, v, &w);
        if (!w.reads || (w.stores && m->p->stm.at[s].body)) continue;
        VEC_PUSH(m->p->arena, *wanted) = v;
        more += m->p->var.at[v].count;
    }
    return more;
}

/* Copies that were there when a statement began are there until it ends. */
size_t stage(Items *m, Stm s)
{
    Vars wanted = { 0 };
    const size_t before = m->pinned;
    if (wanted_by(m, s, &wanted) + pool_end(m) > m->pool_room) {
        unstage(m, 0);
        wanted_by(m, s, &wanted);
    }
    for (size_t i = 0; i < wanted.count; i++) stage_array(m, wanted.at[i]);
    if (wanted.count && m->p->stm.at[s].kind == S_FOR && !is_spread(m, s)) meet(m);     /* once, not in every round */
    if (m->p->stm.at[s].body && wanted.count) m->pinned = m->staged.count;
    return before;
}
