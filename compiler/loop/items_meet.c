/* items_meet.c: where items of a group meet.
 *
 * Two accesses to one buffer need a barrier between them if one is a store and they may be
 * to one element by different items. Who it is that touches an element is known where a
 * team does what is its own, and where one team stores what all have computed.
 *
 * A loop of the teams' is FOR_ANY: its iterations have nothing to do with each other. Within
 * an iteration lanes must not need to meet; if they do, the loop is done by all teams. What
 * a team touches is compared with what was before the loop, and items meet in front of it. */
#include "loop/items_in.h"

/* ---- buffers ---------------------------------------------------------------------------------- */

static Var beneath(const Items *m, Var buffer) { return m->view_of[buffer] ? m->p->stm.at[m->view_of[buffer]].var2 : 0; }

static Var root_of(const Items *m, Var buffer)
{
    while (beneath(m, buffer)) buffer = beneath(m, buffer);
    return buffer;
}

/* Are they, or views that they are made of, parameters of one call? */
static bool are_apart(const Items *m, Var a, Var b)
{
    for (Var x = a; x; x = beneath(m, x))
        for (Var y = b; m->apart[x] && y; y = beneath(m, y))
            if (x != y && m->apart[x] == m->apart[y]) return true;
    return false;
}

static Linear between(const Items *m, const Access *a, const Access *b)
{
    Linear l = a->at;
    l.c -= b->at.c;
    l.unknown |= b->at.unknown;
    for (unsigned i = 0; i < b->at.n; i++) linear_add(m, &l, b->at.atom[i], -b->at.k[i]);
    return l;
}

static bool is_one_item(const Items *m, const Access *a, const Access *b)
{
    if (a->who != b->who || a->who == WHO_ANY) return false;
    if (a->who != WHO_OWNER) return true;
    const Linear l = between(m, a, b);
    return linear_is_multiple(m, &l, m->group);
}

/* Every so many elements both, and never the same. */
static bool interleave(const Items *m, const Access *a, const Access *b)
{
    if (!a->stride || a->stride != b->stride) return false;
    Linear l = between(m, a, b);
    const int64_t apart = l.c % a->stride;
    l.c -= apart;
    return apart && linear_is_multiple(m, &l, a->stride);
}

static bool conflict(const Items *m, const Access *a, const Access *b)
{
    if ((!a->store && !b->store) || root_of(m, a->buffer) != root_of(m, b->buffer)) return false;
    return !is_one_item(m, a, b) && !are_apart(m, a->buffer, b->buffer) && !interleave(m, a, b);
}

bool any_conflict(const Items *m, const Accesses *a, const Accesses *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (conflict(m, &a->at[i], &b->at[k])) return true;
    return false;
}

static bool is_known(const Items *m, const Accesses *all, const Access *a)
{
    for (size_t i = 0; i < all->count; i++) {
        const Access *b = &all->at[i];
        if (b->buffer != a->buffer || b->store != a->store || (b->stride && b->stride != a->stride)) continue;
        const Linear l = a->who == WHO_OWNER || b->stride ? between(m, a, b) : (Linear){ .n = 0 };
        if (b->stride ? !l.c && linear_is_multiple(m, &l, INT64_MAX) : b->who == WHO_ANY) return true;
        if (!b->stride && b->who == a->who && (a->who != WHO_OWNER || is_one_item(m, a, b))) return true;
    }
    return false;
}

void add_access(Items *m, Accesses *to, Access a)
{
    if (!is_known(m, to, &a)) VEC_PUSH(m->p->arena, *to) = a;
}

static void add_all(Items *m, Accesses *to, const Accesses *from)
{
    for (size_t i = 0; i < from->count; i++) add_access(m, to, from->at[i]);
}

/* ---- loads -------------------------------------------------------------------------------------- */

Access strided(const Items *m, Var buffer, Exp base, Exp stride, bool store)
{
    const LExp *step = &m->p->exp.at[stride];
    Access a = { .buffer = buffer, .store = store };
    if (step->kind != X_INT) return a;
    a.stride = (int64_t)step->num;
    a.at = linear_of(m, base);
    for (Var v = buffer; m->view_of[v]; v = beneath(m, v)) linear_add(m, &a.at, m->p->stm.at[m->view_of[v]].a, 1);
    return a;
}

void loads_of(Items *m, Exp e, Who one, Who vector, Accesses *to)
{
    const LExp x = m->p->exp.at[e];
    if (!e) return;
    if (x.kind == X_GATHER && is_shared(m, x.var)) add_access(m, to, strided(m, x.var, x.a, x.b, false));
    if (x.kind == X_LOAD) {
        const bool even = x.type.lanes > 1 && is_multiple(m, x.a, LANES), foreign = is_array(m, x.var) && m->home[x.var] == HOME_SPREAD && !is_own(m, m->spread, x.a);
        Access a = { .buffer = x.var, .who = (uint8_t)(x.type.lanes == 1 ? one : even ? vector : WHO_ANY), .at = linear_of(m, x.a) };
        if (foreign) add_access(m, to, (Access){ .buffer = m->pool });
        else if (is_shared(m, x.var)) add_access(m, to, a);
    }
    loads_of(m, x.a, one, vector, to), loads_of(m, x.b, one, vector, to), loads_of(m, x.c, one, vector, to);
}

/* ---- what happens ------------------------------------------------------------------------------- */

void meet(Items *m)
{
    for (size_t i = 0; i < m->around.count; i++) {
        const Stm s = m->around.at[i];
        bool *known = m->p->stm.at[s].kind == S_IF ? &m->flat[s] : &m->meets[s];
        if (!*known) *known = m->again = true;
    }
    s_sync(m->p);
    m->outer.count = 0;
}

/* Which item of the group it is, where lanes only are known. */
static Access in_group(const Items *m, const Access *a)
{
    Access b = *a;
    if (a->who == WHO_OWNER || a->stride) return b;
    b.who = WHO_ANY;
    if (a->who != WHO_TEAM) return b;
    for (Var v = a->buffer; v && m->view_of[v]; v = beneath(m, v)) linear_add(m, &b.at, m->p->stm.at[m->view_of[v]].a, 1);
    const LStm *loop = &m->p->stm.at[m->spread];
    const LExp *step = &m->p->exp.at[loop->c];
    const bool own = step->kind == X_INT && step->num == LANES && is_multiple(m, loop->a, m->group) && linear_own(m, &b.at, loop->var);
    linear_reduce(m, &b.at, m->group);
    if (own && !b.at.unknown && !linear_mentions(m, &b.at, loop->var)) b.who = WHO_OWNER;
    return b;
}

static void touch_in_team(Items *m, const Accesses *all)
{
    if (any_conflict(m, all, &m->inner) && !m->alone[m->spread]) m->alone[m->spread] = m->again = true;
    add_all(m, &m->inner, all);
    for (size_t i = 0; i < all->count; i++) {
        const Access a = in_group(m, &all->at[i]);
        const Accesses one = { .at = (Access *)&a, .count = 1 };
        if (any_conflict(m, &one, &m->outer) && !m->early[m->spread]) m->early[m->spread] = m->again = true;
        add_access(m, &m->mine, a);
    }
}

void touch(Items *m, const Accesses *all)
{
    if (m->spread) {
        touch_in_team(m, all);
        return;
    }
    if (any_conflict(m, all, &m->outer)) meet(m);
    add_all(m, &m->outer, all);
}

/* ---- loops ---------------------------------------------------------------------------------------- */

void spread_begin(Items *m, Stm loop)
{
    if (m->early[loop] && m->outer.count) meet(m);
    m->spread = loop;
    m->inner = m->mine = (Accesses){ 0 };
}

void spread_end(Items *m)
{
    m->spread = 0;
    add_all(m, &m->outer, &m->mine);
}

void loop_begin(Items *m, Stm loop) { add_all(m, &m->outer, &m->carried[loop]); }

/* What was before it may be all there is: it may not go round once. */
void loop_end(Items *m, Stm loop, const Accesses *before)
{
    for (size_t i = 0; i < m->outer.count; i++) {
        Access a = m->outer.at[i];
        if (a.stride) linear_reduce(m, &a.at, a.stride);
        const bool varies = (a.who == WHO_OWNER || a.stride) && linear_mentions(m, &a.at, m->p->stm.at[loop].var);
        if (varies) a.who = WHO_ANY, a.stride = 0;
        if (is_known(m, &m->carried[loop], &a)) continue;
        VEC_PUSH(m->p->arena, m->carried[loop]) = a;
        m->again = true;
    }
    add_all(m, &m->outer, before);
}
