/* items_form.c: statements and expressions of an item of a group. */
#include "loop/items_in.h"

/* ---- what is known of an item ---------------------------------------------------------------- */

static Var now(const Items *m, Var var) { return var < m->vars && m->to[var] ? m->to[var] : var; }
static Exp lane(const Items *m) { return x_var(m->p, m->lane); }
static Exp is_zero(const Items *m, Var of) { return x_op(m->p, OP_eq, x_var(m->p, of), x_int(m->p, 0), 0); }
static Exp is_set(const Items *m, Var of) { return x_op(m->p, OP_ne, x_var(m->p, of), x_int(m->p, 0), 0); }

void guard(Items *m)
{
    if (m->live) s_if(m->p, is_set(m, m->live));
}

void guard_end(Items *m)
{
    if (m->live) s_end(m->p);
}

/* ---- expressions ------------------------------------------------------------------------------- */

static Exp form(Items *, Exp);

static bool has_loads(const Program *p, Exp e)
{
    const LExp *x = &p->exp.at[e];
    return e && (x->kind == X_LOAD || x->kind == X_GATHER || has_loads(p, x->a) || has_loads(p, x->b) || has_loads(p, x->c));
}

/* A number that is used once more; where a guard stands, read behind it. */
static Var named(Items *m, const char *name, Exp e)
{
    Program *p = m->p;
    const LKind kind = (LKind)x_type(p, e).kind;
    if (!m->live || kind == L_MASK || !has_loads(p, e)) return s_let(p, name, e);
    Var var = s_var(p, name, kind == L_INT ? x_int(p, 0) : x_real(p, 0));
    guard(m);
    s_set(p, var, e);
    guard_end(m);
    return var;
}

/* index/by, where it can be divided term by term; else the machine divides. Of the counter of
 * a loop of the teams' no more is left than the round.                                      */
static Exp divided(Items *m, Exp index, int64_t by, Var counter)
{
    Program *p = m->p;
    Linear l = linear_of(m, index);
    Exp sum = x_int(p, 0);
    if (counter && linear_own(m, &l, counter) && !m->once) sum = x_op(p, OP_div, x_var(p, m->to[counter]), x_int(p, by), 0);
    bool exact = !l.unknown && l.c % by == 0;
    for (unsigned i = 0; i < l.n; i++) exact &= l.k[i] % by == 0 && (!l.k[i] || !has_loads(p, l.atom[i]));
    if (!exact) return x_op(p, OP_div, form(m, index), x_int(p, by), 0);
    for (unsigned i = 0; i < l.n; i++)
        if (l.k[i]) sum = x_add(p, sum, x_mul(p, form(m, l.atom[i]), x_int(p, l.k[i] / by)));
    return x_add(p, sum, x_int(p, l.c / by));
}

/* Has each item one element of it? */
static bool is_one(const Items *m, Var array, Home home)
{
    return (home == HOME_LANE || home == HOME_SPREAD) && m->p->var.at[array].count == (home == HOME_LANE ? LANES : m->group);
}

/* Of the array or buffer: the item's element of `lanes`, beginning at index. */
static Exp element(Items *m, Var buffer, Exp index, unsigned lanes)
{
    Program *p = m->p;
    const Home home = is_array(m, buffer) ? (Home)m->home[buffer] : HOME_GROUP;
    if (is_one(m, buffer, home)) return x_int(p, 0);
    if (home == HOME_LANE) return divided(m, index, LANES, 0);
    if (home == HOME_SPREAD) return divided(m, index, m->group, m->spread ? p->stm.at[m->spread].var : 0);
    const Exp at = form(m, index);
    if (home == HOME_ITEM) return at;
    return lanes == 1 ? at : x_add(p, at, lane(m));
}

static Exp load(Items *m, const LExp *x)
{
    Program *p = m->p;
    const bool foreign = is_array(m, x->var) && m->home[x->var] == HOME_SPREAD && (x->type.lanes == 1 || !is_own(m, m->spread, x->a));
    if (!foreign) return x_load(p, now(m, x->var), element(m, x->var, x->a, x->type.lanes), 1);
    const Exp at = x_add(p, form(m, x->a), staged_at(m, x->var));
    return x_load(p, m->to[m->pool], x->type.lanes == 1 ? at : x_add(p, at, lane(m)), 1);
}

static void show(Items *m, Exp value)
{
    const Access store = { .buffer = m->meet, .store = true, .who = WHO_OWNER }, all = { .buffer = m->meet };
    const Var mine = named(m, "mine", value);
    touch(m, &(Accesses){ .at = (Access *)&store, .count = 1 });
    s_store(m->p, m->to[m->meet], x_var(m->p, m->item), x_var(m->p, mine));
    touch(m, &(Accesses){ .at = (Access *)&all, .count = 1 });
}

static Exp shown(Items *m, unsigned of)         /* the lane of its team */
{
    return x_load(m->p, m->to[m->meet], x_add(m->p, x_mul(m->p, x_var(m->p, m->team), x_int(m->p, LANES)), x_int(m->p, of)), 1);
}

/* Pairs 8, 4, 2 and 1 apart. */
static Exp tree_of(Items *m, unsigned from, unsigned apart)
{
    if (apart == LANES) return shown(m, from);
    return x_add(m->p, tree_of(m, from, 2 * apart), tree_of(m, from + apart, 2 * apart));
}

static Exp any_of(Items *m, Exp mask)
{
    Program *p = m->p;
    show(m, x_op(p, OP_select, form(m, mask), x_real(p, 1), x_real(p, 0)));
    Exp sum = x_var(p, s_let(p, "some", tree_of(m, 0, 1)));
    if (m->teams > 1 && asks_teams(m, mask)) {
        show(m, sum);
        for (unsigned team = sum = 0; team < m->teams; team++) {
            const Exp of = x_load(p, m->to[m->meet], x_int(p, team * LANES), 1);
            sum = sum ? x_add(p, sum, of) : of;
        }
        sum = x_var(p, s_let(p, "some", sum));
    }
    return x_any(p, x_op(p, OP_ne, sum, x_real(p, 0), 0));
}

static Exp gathered(Items *m, const LExp *x)
{
    Program *p = m->p;
    Exp last = x_sub(p, form(m, x->c), x_int(p, 1));
    Exp which = x_op(p, OP_min, lane(m), last, 0);
    return x_load(p, now(m, x->var), x_add(p, form(m, x->a), x_mul(p, which, form(m, x->b))), 1);
}

static Exp form(Items *m, Exp e)
{
    Program *p = m->p;
    const LExp x = p->exp.at[e];
    if (!e) return 0;
    switch ((XKind)x.kind) {
    case X_NONE: case X_INT: case X_REAL: return e;
    case X_VAR:     return x_var(p, now(m, x.var));
    case X_LOAD:    return load(m, &x);
    case X_GATHER:  return gathered(m, &x);
    case X_SPLAT:   return form(m, x.a);
    case X_LANE:    return x_convert(p, lane(m), L_REAL);
    case X_CONVERT: return x_convert(p, form(m, x.a), (LKind)x.type.kind);
    case X_NULL:    return x_null(p, now(m, x.var));
    case X_ANY:     return p->exp.at[x.a].type.lanes == 1 ? x_any(p, form(m, x.a)) : any_of(m, x.a);
    case X_TREE:
        show(m, form(m, x.a));
        return x_var(p, s_let(p, "sum", tree_of(m, 0, 1)));
    case X_PICK:
        show(m, form(m, x.a));
        return x_var(p, s_let(p, "picked", shown(m, (unsigned)p->exp.at[x.b].num)));
    case X_OP: {
        Exp a = form(m, x.a), b = form(m, x.b);
        return x_op(p, (Op)x.op, a, b, form(m, x.c));
    }
    }
    return 0;
}

/* What an expression of the statement reads, read by all. */
static void touch_loads(Items *m, Exp a, Exp b, Exp c)
{
    Accesses all = { 0 };
    const Who vector = m->spread ? WHO_TEAM : WHO_ANY;
    loads_of(m, a, WHO_ANY, vector, &all), loads_of(m, b, WHO_ANY, vector, &all), loads_of(m, c, WHO_ANY, vector, &all);
    touch(m, &all);
}

/* ---- stores --------------------------------------------------------------------------------------- */

static bool exchanges(const Program *p, Exp e)
{
    const LExp *x = &p->exp.at[e];
    if (!e) return false;
    if (x->kind == X_TREE || x->kind == X_PICK || x->kind == X_ANY) return true;
    return exchanges(p, x->a) || exchanges(p, x->b) || exchanges(p, x->c);
}

static void store_own(Items *m, const LStm *s)
{
    Program *p = m->p;
    const bool spread = m->home[s->var] == HOME_SPREAD, one = p->exp.at[s->b].type.lanes == 1;
    touch_loads(m, s->a, s->b, 0);
    const Exp value = form(m, s->b), at = element(m, s->var, s->a, one ? 1 : LANES);
    guard(m);
    if (spread && one) s_if(p, x_op(p, OP_eq, x_op(p, OP_mod, form(m, s->a), x_int(p, m->group), 0), x_var(p, m->item), 0));
    s_store(p, now(m, s->var), at, value);
    if (spread && one) s_end(p);
    guard_end(m);
    if (spread) unstage(m, s->var);
}

/* Begins the condition of the items that store what the others know too. */
static bool chosen(Items *m, bool one)
{
    if (one) s_if(m->p, is_zero(m, m->spread ? m->lane : m->item));
    else if (!m->spread && m->teams > 1) s_if(m->p, is_zero(m, m->team));
    else return false;
    return true;
}

static void store_shared(Items *m, const LStm *s)
{
    Program *p = m->p;
    const bool one = p->exp.at[s->b].type.lanes == 1, even = !one && is_multiple(m, s->a, LANES);
    const Access to = { .buffer = s->var, .store = true, .who = (uint8_t)(one ? WHO_FIRST : even ? WHO_TEAM : WHO_ANY), .at = linear_of(m, s->a) };
    const Accesses store = { .at = (Access *)&to, .count = 1 };
    Accesses loads = { 0 };
    Exp value, at;
    loads_of(m, s->b, one ? WHO_FIRST : WHO_ANY, WHO_TEAM, &loads);
    if (one && m->spread) loads.count = 0, loads_of(m, s->b, WHO_ANY, WHO_TEAM, &loads);
    bool before = exchanges(p, s->b) || has_loads(p, s->a) || any_conflict(m, &loads, &store);
    if (before) {
        touch_loads(m, s->a, s->b, 0);
        value = x_var(p, named(m, "v", form(m, s->b)));
        at = x_var(p, named(m, "to", element(m, s->var, s->a, one ? 1 : LANES)));
    } else {
        touch(m, &loads);
        value = form(m, s->b), at = element(m, s->var, s->a, one ? 1 : LANES);
    }
    touch(m, &store);
    guard(m);
    const bool some = chosen(m, one);
    s_store(p, now(m, s->var), at, value);
    if (some) s_end(p);
    guard_end(m);
}

static void form_scatter(Items *m, const LStm *s)
{
    Program *p = m->p;
    const Access to = strided(m, s->var, s->a, s->c, true);
    touch_loads(m, s->a, s->b, s->c);
    touch_loads(m, s->d, 0, 0);
    Exp value = x_var(p, named(m, "v", form(m, s->b)));
    Exp at = x_var(p, named(m, "to", x_add(p, form(m, s->a), x_mul(p, lane(m), form(m, s->c)))));
    Exp count = x_var(p, named(m, "count", form(m, s->d)));
    touch(m, &(Accesses){ .at = (Access *)&to, .count = 1 });
    guard(m);
    const bool some = chosen(m, false);
    s_if(p, x_op(p, OP_lt, lane(m), count, 0));
    s_store(p, now(m, s->var), at, value);
    s_end(p);
    if (some) s_end(p);
    guard_end(m);
}

/* ---- loops ------------------------------------------------------------------------------------------ */

/* Each team does some of the iterations: one at most, or every so many. */
static void form_spread(Items *m, Stm at, const LStm *s)
{
    Program *p = m->p;
    const char *name = p->var.at[s->var].name;
    const int64_t most = most_between(m, s->a, s->b), step = most_of(m, s->c);
    const bool once = most <= step * m->teams, all = once && most == step * m->teams && is_between(m, s->a, s->b, most);
    Exp first = form(m, s->a);
    const Exp end = form(m, s->b), by = form(m, s->c);
    touch_loads(m, s->a, s->b, s->c);
    spread_begin(m, at);
    m->once = once;
    const Var live = m->live;
    guard(m);
    m->live = 0;
    if (!once) first = x_var(p, s_for(p, name, first, end, x_mul(p, by, x_int(p, m->teams)), FOR_ROLL));
    m->to[s->var] = s_let(p, name, x_add(p, first, x_mul(p, x_var(p, m->team), by)));
    if (!all) s_if(p, x_op(p, OP_lt, x_var(p, m->to[s->var]), end, 0));
    form_block(m, s->body);
    if (!all) s_end(p);
    if (!once) s_end(p);
    m->live = live;
    guard_end(m);
    spread_end(m);
}

static void form_loop(Items *m, Stm at, const LStm *s)
{
    Program *p = m->p;
    const unsigned flags = in_registers(m, s) ? FOR_UNROLL : s->flags & ~(unsigned)FOR_ANY;
    touch_loads(m, s->a, s->b, s->c);
    Exp from = form(m, s->a), to = form(m, s->b), step = form(m, s->c);
    if (m->spread) {
        m->to[s->var] = s_for(p, p->var.at[s->var].name, from, to, step, flags);
        form_block(m, s->body);
        s_end(p);
        return;
    }
    const Var live = m->live;
    const bool around = live && !m->meets[at];          /* else it goes round not once */
    Accesses before = { 0 };
    for (size_t i = 0; i < m->outer.count; i++) VEC_PUSH(p->arena, before) = m->outer.at[i];
    if (around) guard(m);
    else if (live) to = x_var(p, s_let(p, "end", x_op(p, OP_select, is_set(m, live), to, from)));
    m->live = 0;
    VEC_PUSH(p->arena, m->around) = at;
    unstage(m, 0);
    loop_begin(m, at);
    m->to[s->var] = s_for(p, p->var.at[s->var].name, from, to, step, flags);
    form_block(m, s->body);
    s_end(p);
    loop_end(m, at, &before);
    unstage(m, 0);
    m->around.count--;
    m->live = live;
    if (around) guard_end(m);
}

/* ---- conditions ---------------------------------------------------------------------------------------- */

/* The condition as a number that guards statements; `is`: of the part that is done if it holds. */
static Var live_if(Items *m, Exp condition)
{
    Program *p = m->p;
    Var on = s_var(p, "live", x_int(p, 0));
    guard(m);
    s_if(p, condition);
    s_set(p, on, x_int(p, 1));
    s_end(p);
    guard_end(m);
    return on;
}

static void form_flat(Items *m, const LStm *s)
{
    const Var live = m->live, on = live_if(m, form(m, s->a));
    const Var off = s->other ? live_if(m, is_zero(m, on)) : 0;
    m->live = on;
    form_block(m, s->body);
    unstage(m, 0);
    m->live = off;
    if (s->other) form_block(m, s->other);
    m->live = live;
}

static void form_if(Items *m, Stm at, const LStm *s)
{
    Program *p = m->p;
    touch_loads(m, s->a, 0, 0);
    if (!m->spread) {
        VEC_PUSH(p->arena, m->around) = at;
        unstage(m, 0);
    }
    if (m->flat[at] && !m->spread) form_flat(m, s);
    else {
        const Var live = m->live;
        guard(m);
        m->live = 0;
        s_if(p, form(m, s->a));
        form_block(m, s->body);
        if (!m->spread) unstage(m, 0);
        if (s->other) {
            s_else(p);
            form_block(m, s->other);
        }
        s_end(p);
        m->live = live;
        guard_end(m);
    }
    if (!m->spread) {
        unstage(m, 0);
        m->around.count--;
    }
}

/* ---- the rest --------------------------------------------------------------------------------------------- */

static void form_call(Items *m, const LStm *s)
{
    Program *p = m->p;
    Exp *arg = NEW_ARRAY(p->arena, Exp, s->nargs + 1);
    Accesses all = { 0 };
    for (uint32_t i = 0; i < s->nargs; i++) {
        const Exp given = p->arg.at[s->args + i];
        const LExp *x = &p->exp.at[given];
        if (x->type.kind == L_BUFFER) add_access(m, &all, (Access){ .buffer = x->var });
        loads_of(m, given, WHO_ANY, WHO_ANY, &all);
        arg[i] = form(m, given);
    }
    touch(m, &all);
    const char *name = s->var ? p->var.at[s->var].name : NULL;
    if (!m->live || !s->var) {
        guard(m);
        Var result = s_call_named(p, s->callee, arg, s->nargs, name);
        guard_end(m);
        if (s->var) m->to[s->var] = result;
        return;
    }
    m->to[s->var] = s_var(p, name, x_int(p, 0));
    guard(m);
    Var result = s_call_named(p, s->callee, arg, s->nargs, name);
    s_set(p, m->to[s->var], x_var(p, result));
    guard_end(m);
}

static void form_local(Items *m, Var array)
{
    const Home home = (Home)m->home[array];
    const uint32_t count = m->p->var.at[array].count, share = home == HOME_LANE ? LANES : home == HOME_SPREAD ? (uint32_t)m->group : 1;
    if (home != HOME_GROUP) m->to[array] = s_local(m->p, m->p->var.at[array].name, (count + share - 1) / share);
}

static void form_var(Items *m, const LStm *s)
{
    Program *p = m->p;
    const char *name = p->var.at[s->var].name;
    touch_loads(m, s->a, 0, 0);
    const Exp value = form(m, s->a);
    if (s->kind == S_LET) {
        m->to[s->var] = named(m, name, value);
        return;
    }
    const bool later = s->kind == S_VAR && m->live && has_loads(p, value);
    if (s->kind == S_VAR) m->to[s->var] = s_var(p, name, !later ? value : x_type(p, value).kind == L_INT ? x_int(p, 0) : x_real(p, 0));
    if (s->kind == S_VAR && !later) return;
    guard(m);
    s_set(p, now(m, s->var), value);
    guard_end(m);
}

static void form_statement(Items *m, Stm at, const LStm *s)
{
    Program *p = m->p;
    switch ((SKind)s->kind) {
    case S_NONE:    return;
    case S_NOTE:    s_note(p, "%s", s->text); return;
    case S_LOCAL:   form_local(m, s->var); return;
    case S_LET: case S_VAR: case S_SET: form_var(m, s); return;
    case S_VIEW:    m->to[s->var] = s_view(p, p->var.at[s->var].name, now(m, s->var2), form(m, s->a)); return;
    case S_STORE:   (is_shared(m, s->var) ? store_shared : store_own)(m, s); return;
    case S_SCATTER: form_scatter(m, s); return;
    case S_FOR:
        if (!m->spread && is_spread(m, at)) form_spread(m, at, s);
        else form_loop(m, at, s);
        return;
    case S_IF:      form_if(m, at, s); return;
    case S_CALL:    form_call(m, s); return;
    case S_BAR: case S_SYNC: meet(m); return;
    case S_PAR: case S_RETURN: return;          /* the host's; and there is none: items_inline.c */
    }
}

void form_block(Items *m, Stm first)
{
    for (Stm s = first; s; s = m->p->stm.at[s].next) {
        const LStm at = m->p->stm.at[s];
        const uint32_t before = m->p->at;
        m->p->at = at.origin;
        const size_t pinned = m->spread ? m->pinned : stage(m, s);
        form_statement(m, s, &at);
        m->pinned = pinned;
        m->p->at = before;
    }
}
