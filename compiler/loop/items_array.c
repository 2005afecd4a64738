/* items_array.c: which loops are the teams', and where private arrays are.
 *
 * An array that teams use in their loops at places that belong to no iteration is scratch:
 * each has its own. One that they use at their iterations' places is spread over the group,
 * and an item's part is never seen by others but in copies (items_stage.c). What fits
 * neither is the group's, or its loops are done by all teams together.                     */
#include "loop/items_in.h"

enum {                              /* how an array is used                                 */
    ONE_STORE = 1, ONE_LOAD = 2, VECTOR_STORE = 4, VECTOR_LOAD = 8,         /* by the group  */
    BY_TEAM = 4,                    /* shift: the same, in teams' loops                      */
    OWN = 1 << 8,                   /* at the iteration's place                              */
    OTHER = 1 << 9, SCRATCH = 1 << 10
};
enum { TEAM_ONE_STORE = ONE_STORE << BY_TEAM, TEAM_ONE_LOAD = ONE_LOAD << BY_TEAM,
       TEAM_VECTOR_STORE = VECTOR_STORE << BY_TEAM, TEAM_VECTOR_LOAD = VECTOR_LOAD << BY_TEAM };

typedef struct Look {
    Items    *m;
    uint32_t *use;                  /* [var]                                                */
    VEC(Var)  array;
    VEC(Stm)  loop;                 /* where an array is scratch, by `of`                   */
    VEC(Var)  of;
} Look;

bool is_array(const Items *m, Var var) { return m->p->var.at[var].space == SPACE_PRIVATE && !m->view_of[var]; }
bool is_shared(const Items *m, Var var) { return !is_array(m, var) || m->home[var] == HOME_GROUP; }

/* ---- loops ------------------------------------------------------------------------------------ */

bool is_spread(const Items *m, Stm s)
{
    const LStm *at = &m->p->stm.at[s];
    return at->kind == S_FOR && at->flags & FOR_ANY && !m->alone[s];
}

static bool exchanges(const Program *p, Exp e)
{
    const LExp *x = &p->exp.at[e];
    if (!e) return false;
    if (x->kind == X_TREE || x->kind == X_PICK || (x->kind == X_ANY && p->exp.at[x->a].type.lanes > 1)) return true;
    return exchanges(p, x->a) || exchanges(p, x->b) || exchanges(p, x->c);
}

/* set sum = fma(x, 0, sum): it is NaN as soon as any x is infinite or NaN, else 0. */
static bool seeks_nan(const Program *p, const LStm *set)
{
    const LExp *x = &p->exp.at[set->a];
    if (x->kind != X_OP || x->op != OP_fma) return false;
    const LExp *zero = &p->exp.at[x->b], *sum = &p->exp.at[x->c];
    if (zero->kind == X_SPLAT) zero = &p->exp.at[zero->a];
    return zero->kind == X_REAL && zero->num == 0 && sum->kind == X_VAR && sum->var == set->var;
}

static bool reads(const Program *p, Exp e, Var var)
{
    const LExp *x = &p->exp.at[e];
    return e && (x->var == var || reads(p, x->a, var) || reads(p, x->b, var) || reads(p, x->c, var));
}

/* Is a sum read but to be asked? */
static bool is_read(const Program *p, Exp e, Var sum)
{
    const LExp *x = &p->exp.at[e];
    if (!e || x->kind == X_ANY) return false;
    return x->var == sum || is_read(p, x->a, sum) || is_read(p, x->b, sum) || is_read(p, x->c, sum);
}

static bool is_read_in(const Program *p, Stm first, Var sum)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        const bool own = at->kind == S_SET && at->var == sum && seeks_nan(p, at) && !reads(p, p->exp.at[at->a].a, sum);
        if (at->kind == S_SET && at->var == sum && !own) return true;
        if (!own && (is_read(p, at->a, sum) || is_read(p, at->b, sum) || is_read(p, at->c, sum) || is_read(p, at->d, sum))) return true;
        if (is_read_in(p, at->body, sum) || is_read_in(p, at->other, sum)) return true;
    }
    return false;
}

bool asks_teams(const Items *m, Exp mask)
{
    const LExp *x = &m->p->exp.at[mask];
    return mask && ((x->kind == X_VAR && m->nan[x->var]) || asks_teams(m, x->a) || asks_teams(m, x->b) || asks_teams(m, x->c));
}

/* Do lanes exchange something in there, or is a variable set that is older than this one? */
static bool holds_together(const Items *m, Stm first, Var counter)
{
    const Program *p = m->p;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_SET && at->var < counter) {
            m->nan[at->var] |= seeks_nan(p, at) && !is_read_in(p, m->body, at->var);
            if (!m->nan[at->var]) return true;
        }
        if (exchanges(p, at->a) || exchanges(p, at->b) || exchanges(p, at->c) || exchanges(p, at->d)) return true;
        if (holds_together(m, at->body, counter) || holds_together(m, at->other, counter)) return true;
    }
    return false;
}

static void find_in(Items *m, Stm first)
{
    const Program *p = m->p;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind == S_LET && p->var.at[at->var].type.kind == L_INT) m->def[at->var] = at->a;
        if (at->kind == S_VIEW) m->view_of[at->var] = s;
        if (at->kind == S_FOR) m->loop_of[at->var] = s;
        if (at->kind == S_FOR && at->flags & FOR_ANY) m->alone[s] = holds_together(m, at->body, at->var);
        find_in(m, at->body);
        find_in(m, at->other);
    }
}

void find_loops(Items *m) { find_in(m, m->body); }

/* ---- registers ---------------------------------------------------------------------------------- */

/* A device has no registers with numbers: an item's array is memory, far away, where an index is
 * not known when the kernel is compiled. So loops that count along such arrays are unrolled. */
enum { UNROLLED = 2048 };           /* statements at most                                   */

static int64_t rounds_of(const Program *p, const LStm *loop)
{
    const LExp *from = &p->exp.at[loop->a], *to = &p->exp.at[loop->b], *by = &p->exp.at[loop->c];
    if (from->kind != X_INT || to->kind != X_INT || by->kind != X_INT || by->num <= 0) return 0;
    return ((int64_t)to->num - (int64_t)from->num + (int64_t)by->num - 1) / (int64_t)by->num;
}

static int64_t statements_of(const Program *p, Stm first)
{
    int64_t sum = 0;
    for (Stm s = first; s && sum <= UNROLLED; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        const int64_t rounds = at->kind == S_FOR ? rounds_of(p, at) : 1;
        sum += 1 + (rounds ? rounds : 1) * statements_of(p, at->body) + statements_of(p, at->other);
    }
    return sum;
}

static bool is_own_memory(const Items *m, Var var) { return is_array(m, var) && m->home[var] != HOME_GROUP; }

static bool loads_along(const Items *m, Exp e, Var counter)
{
    const LExp *x = &m->p->exp.at[e];
    if (!e) return false;
    if (x->kind == X_LOAD && is_own_memory(m, x->var) && mentions(m, x->a, counter)) return true;
    return loads_along(m, x->a, counter) || loads_along(m, x->b, counter) || loads_along(m, x->c, counter);
}

static bool goes_along(const Items *m, Stm first, Var counter)
{
    for (Stm s = first; s; s = m->p->stm.at[s].next) {
        const LStm *at = &m->p->stm.at[s];
        if (at->kind == S_STORE && is_own_memory(m, at->var) && mentions(m, at->a, counter)) return true;
        if (loads_along(m, at->a, counter) || loads_along(m, at->b, counter) || loads_along(m, at->c, counter)) return true;
        if (goes_along(m, at->body, counter) || goes_along(m, at->other, counter)) return true;
    }
    return false;
}

bool in_registers(const Items *m, const LStm *loop)
{
    const int64_t rounds = rounds_of(m->p, loop);
    return rounds > 0 && rounds <= UNROLLED && rounds * statements_of(m->p, loop->body) <= UNROLLED && goes_along(m, loop->body, loop->var);
}

/* ---- uses --------------------------------------------------------------------------------------- */

/* Is the element, or each of a vector, the item's own by its number modulo the group? */
bool is_own(const Items *m, Stm spread, Exp index)
{
    if (m->teams == 1) return is_multiple(m, index, LANES);
    if (!spread) return false;
    const LStm *loop = &m->p->stm.at[spread];
    Linear at = linear_of(m, index);
    const LExp *step = &m->p->exp.at[loop->c];
    return step->kind == X_INT && step->num == LANES && is_multiple(m, loop->a, m->group) && linear_own(m, &at, loop->var)
        && linear_is_multiple(m, &at, m->group);
}

static void see(Look *l, Stm spread, Var array, Exp index, unsigned lanes, bool store)
{
    Items *m = l->m;
    uint32_t how = lanes == 1 ? (store ? ONE_STORE : ONE_LOAD) : store ? VECTOR_STORE : VECTOR_LOAD;
    if (!is_array(m, array)) return;
    if (lanes > 1 && is_own(m, spread, index)) how = OWN;
    else if (lanes > 1 && !is_multiple(m, index, LANES)) how = OTHER;
    else if (spread) {
        how <<= BY_TEAM;
        if (store && !mentions(m, index, m->p->stm.at[spread].var)) {
            how |= SCRATCH;
            VEC_PUSH(m->p->arena, l->loop) = spread;
            VEC_PUSH(m->p->arena, l->of) = array;
        }
    }
    l->use[array] |= how;
}

static void see_exp(Look *l, Stm spread, Exp e)
{
    const LExp *x = &l->m->p->exp.at[e];
    if (!e) return;
    if (x->kind == X_LOAD) see(l, spread, x->var, x->a, x->type.lanes, false);
    if (x->kind == X_GATHER) l->use[x->var] |= OTHER;
    see_exp(l, spread, x->a), see_exp(l, spread, x->b), see_exp(l, spread, x->c);
}

static void see_block(Look *l, Stm first, Stm spread)
{
    const Program *p = l->m->p;
    for (Stm at = first; at; at = p->stm.at[at].next) {
        const LStm *s = &p->stm.at[at];
        see_exp(l, spread, s->a), see_exp(l, spread, s->b), see_exp(l, spread, s->c), see_exp(l, spread, s->d);
        if (s->kind == S_LOCAL) VEC_PUSH(p->arena, l->array) = s->var;
        if (s->kind == S_STORE) see(l, spread, s->var, s->a, p->exp.at[s->b].type.lanes, true);
        if (s->kind == S_SCATTER) l->use[s->var] |= OTHER;
        if (s->kind == S_VIEW) l->use[s->var2] |= OTHER;
        for (uint32_t i = 0; s->kind == S_CALL && i < s->nargs; i++) {
            const LExp *x = &p->exp.at[p->arg.at[s->args + i]];
            see_exp(l, spread, p->arg.at[s->args + i]);
            if (x->type.kind == L_BUFFER) l->use[x->var] |= OTHER;
        }
        see_block(l, s->body, !spread && is_spread(l->m, at) ? at : spread);
        see_block(l, s->other, spread);
    }
}

/* ---- homes ----------------------------------------------------------------------------------------- */

static bool only(uint32_t use, uint32_t these) { return !(use & ~these); }

static Home home_of(const Items *m, Var array, uint32_t use)
{
    const bool whole = m->p->var.at[array].count % m->group == 0;
    const uint32_t scratch = use & SCRATCH, how = use & ~(uint32_t)SCRATCH;
    if (how & OWN && whole && only(how, OWN | ONE_STORE | ONE_LOAD | VECTOR_LOAD | TEAM_ONE_LOAD | TEAM_VECTOR_LOAD)) return HOME_SPREAD;
    if (how & (OWN | OTHER)) return HOME_GROUP;
    if (only(how, ONE_STORE | ONE_LOAD | TEAM_ONE_LOAD)) return HOME_ITEM;
    if (only(how, VECTOR_STORE | VECTOR_LOAD | TEAM_VECTOR_LOAD)) return HOME_LANE;
    if (scratch && only(how, TEAM_ONE_STORE | TEAM_ONE_LOAD)) return HOME_ITEM;
    if (scratch && only(how, TEAM_VECTOR_STORE | TEAM_VECTOR_LOAD)) return HOME_LANE;
    return HOME_GROUP;
}

void arrays_place(Items *m)
{
    Look l = { .m = m, .use = NEW_ARRAY(m->p->arena, uint32_t, m->vars) };
    uint64_t room = (uint64_t)m->group, real = m->p->real == TYPE_F32 ? 4 : 8;
    see_block(&l, m->body, 0);
    for (size_t i = 0; i < l.array.count; i++) {
        const Var array = l.array.at[i];
        m->home[array] = (uint8_t)home_of(m, array, l.use[array]);
        if (m->home[array] == HOME_GROUP) room += m->p->var.at[array].count;
    }
    for (size_t i = 0; i < l.of.count; i++)
        if (m->home[l.of.at[i]] == HOME_GROUP) m->alone[l.loop.at[i]] = m->again = true;
    m->failed |= room * real > GROUP_ROOM;
    m->pool_room = room * real > GROUP_ROOM ? 0 : (uint32_t)(GROUP_ROOM / real - room);
}
