/* near.c: see near.h.
 *
 * A site is a loop that computes and stores nothing, in conditions and loops that are not
 * some items' only, or can be made all items': what the condition guards is guarded later,
 * and a loop that each team begins elsewhere becomes one over all that they do together. */
#include "loop/near_in.h"

enum { WORTH = 80, LEAST_TERMS = LANES };       /* reads that two barriers must save an item */

/* ---- expressions --------------------------------------------------------------------------- */

bool near_reads(const Program *p, Exp e)
{
    const LExp *x = &p->exp.at[e];
    return e && (x->kind == X_LOAD || near_reads(p, x->a) || near_reads(p, x->b) || near_reads(p, x->c));
}

/* What the view is of; to `at`, if it is given, the elements in front of it. */
static Var beneath(const Near *n, Var buffer, Linear *at)
{
    for (Stm view; (view = n->index.view_of[buffer]) != 0; buffer = n->p->stm.at[view].var2)
        if (at) linear_add(&n->index, at, n->p->stm.at[view].a, 1);
    return buffer;
}

static bool is_far(const Near *n, Var buffer)
{
    const uint8_t space = n->p->var.at[buffer].space;
    return space != SPACE_PRIVATE && space != SPACE_LOCAL;
}

bool near_varies(const Near *n, Exp e)
{
    const LExp *x = &n->p->exp.at[e];
    const Var item = n->form->item;
    if (!e) return false;
    if (x->kind == X_LOAD && !is_far(n, beneath(n, x->var, NULL))) return true;
    if (x->kind != X_VAR) return near_varies(n, x->a) || near_varies(n, x->b) || near_varies(n, x->c);
    if (x->var == item || x->var == n->form->lane || x->var == n->form->team) return true;
    if (n->index.def[x->var]) return near_varies(n, n->index.def[x->var]);
    return n->p->var.at[x->var].type.kind != L_INT || n->varies[x->var];
}

static bool range_of_var(const Near *n, Var var, int64_t *lo, int64_t *hi)
{
    int64_t unused;
    *lo = 0, *hi = n->teams - 1;
    if (var == n->form->team) return true;
    *hi = LANES - 1;
    if (var == n->form->lane) return true;
    if (n->index.def[var]) return near_range(n, n->index.def[var], lo, hi);
    if (!n->index.loop_of[var]) return false;
    const LStm *loop = &n->p->stm.at[n->index.loop_of[var]];
    if (!near_range(n, loop->a, lo, &unused) || !near_range(n, loop->b, &unused, hi)) return false;
    --*hi;
    return true;
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t greatest(int64_t a, int64_t b) { return a > b ? a : b; }

/* The least and the greatest that a whole number may be; false: who knows. */
bool near_range(const Near *n, Exp e, int64_t *lo, int64_t *hi)
{
    const LExp *x = &n->p->exp.at[e];
    int64_t a, b, c, d;
    if (x->kind == X_INT) return *lo = *hi = (int64_t)x->num, true;
    if (x->kind == X_VAR) return range_of_var(n, x->var, lo, hi);
    if (x->kind != X_OP) return false;
    const LExp *by = &n->p->exp.at[x->b];
    const int64_t k = by->kind == X_INT ? (int64_t)by->num : 0;
    if (x->op == OP_mod) return *lo = 0, *hi = k - 1, k > 0;        /* of numbers of items, never negative */
    if (!near_range(n, x->a, &a, &b)) return false;
    if (x->op == OP_div) return *lo = k > 0 ? a / k : 0, *hi = k > 0 ? b / k : 0, k > 0;
    if (x->op == OP_neg) return *lo = -b, *hi = -a, true;
    if (x->b && !near_range(n, x->b, &c, &d)) return false;
    switch (x->op) {
    case OP_add: return *lo = a + c, *hi = b + d, true;
    case OP_sub: return *lo = a - d, *hi = b - c, true;
    case OP_min: return *lo = least(a, c), *hi = least(b, d), true;
    case OP_max: return *lo = greatest(a, c), *hi = greatest(b, d), true;
    case OP_mul: return *lo = least(a * k, b * k), *hi = greatest(a * k, b * k), by->kind == X_INT;
    default:     return false;
    }
}

/* ---- loads ------------------------------------------------------------------------------------ */

/* Who reads the same. */
static bool fetch_of(const Near *n, const LExp *load, Var counter, Fetch *by)
{
    Linear at = linear_of(&n->index, load->a);
    int64_t lane = 0, team = 0, term = 0;
    if (!is_far(n, beneath(n, load->var, &at)) || at.unknown) return false;
    for (unsigned i = 0; i < at.n; i++) {
        const LExp *atom = &n->p->exp.at[at.atom[i]];
        const Var var = atom->kind == X_VAR ? atom->var : 0;
        if (var && var == n->form->lane) lane += at.k[i];
        else if (var && var == n->form->team) team += at.k[i];
        else if (var && var == counter) term += at.k[i];
        else if (at.k[i] && near_varies(n, at.atom[i])) return false;
    }
    *by = lane ? FETCH_TEAMS : team ? FETCH_LANES : FETCH_ITEMS;
    return term != 0 && (!lane || (lane == 1 && !team && n->teams > 1));
}

static void find_reads(const Near *n, NearSite *site, Exp e, Var counter)
{
    const LExp x = n->p->exp.at[e];
    NearRead read = { .load = e, .was = x };
    if (!e) return;
    if (x.kind == X_LOAD && fetch_of(n, &x, counter, &read.by)) VEC_PUSH(n->p->arena, site->read) = read;
    find_reads(n, site, x.a, counter), find_reads(n, site, x.b, counter), find_reads(n, site, x.c, counter);
}

/* ---- sites -------------------------------------------------------------------------------------- */

static bool set_loop(const Near *n, NearSite *site, Stm s)
{
    const LStm *loop = &n->p->stm.at[s];
    const LExp *step = &n->p->exp.at[loop->c];
    int64_t unused, end;
    if (site->depth == NEAR_DEEP || step->kind != X_INT || step->num != 1) return false;
    for (unsigned i = site->depth; i-- > 0;) {          /* from the inside outwards */
        site->loop[i + 1] = site->loop[i], site->first[i + 1] = site->first[i], site->extent[i + 1] = site->extent[i];
    }
    site->loop[0] = s;
    site->depth++;
    if (!near_range(n, loop->a, &site->first[0], &unused) || !near_range(n, loop->b, &unused, &end)) return false;
    site->extent[0] = end - site->first[0];
    return site->extent[0] > 0;
}

static int64_t count_of(const NearSite *site)
{
    int64_t count = 1;
    for (unsigned i = 0; i < site->depth; i++) count *= i + 1 < site->depth ? site->extent[i] : site->terms;
    return count;
}

/* Where what lies; the reals it takes. A team's numbers are an odd number apart, so that two teams
 * find theirs in different banks.                                                                  */
static int64_t lay_out(const Near *n, NearSite *site)
{
    const int64_t count = count_of(site);
    int64_t kinds[FETCHES] = { 0 }, seen[FETCHES] = { 0 };
    for (size_t i = 0; i < site->read.count; i++) kinds[site->read.at[i].by]++;
    site->vectors = LANES * kinds[FETCH_TEAMS];
    site->own = kinds[FETCH_LANES] ? (kinds[FETCH_LANES] * count) | 1 : 0;
    const int64_t begin[FETCHES] = { 0, count * site->vectors, count * site->vectors + n->teams * site->own };
    for (size_t i = 0; i < site->read.count; i++) {
        NearRead *read = &site->read.at[i];
        read->at = begin[read->by] + seen[read->by]++ * (read->by == FETCH_TEAMS ? LANES : count);
    }
    return begin[FETCH_ITEMS] + kinds[FETCH_ITEMS] * count;
}

static bool is_worth(const Near *n, const NearSite *site)
{
    const int64_t of[FETCHES] = { n->teams, LANES, n->group };
    double saved = 0;
    for (size_t i = 0; i < site->read.count; i++) saved += 1 - 1.0 / (double)of[site->read.at[i].by];
    return saved * (double)count_of(site) >= WORTH;
}

/* The loop and as many of those around it as there is room for, as long as they do nothing else. */
static NearSite *site_of(const Near *n, Stm inner, const Stm *around, unsigned count)
{
    const Program *p = n->p;
    NearSite *site = NEW(p->arena, NearSite);
    if (!set_loop(n, site, inner)) return NULL;
    for (Stm s = p->stm.at[inner].body; s; s = p->stm.at[s].next) find_reads(n, site, p->stm.at[s].a, p->stm.at[inner].var);
    if (!site->read.count) return NULL;
    site->terms = site->extent[0];
    while (site->terms > LEAST_TERMS && lay_out(n, site) > n->room) site->terms = (site->terms / 2 + LANES - 1) / LANES * LANES;
    if (lay_out(n, site) > n->room) return NULL;
    while (count-- > 0 && site->terms == site->extent[site->depth - 1]) {
        NearSite more = *site;
        bool alone = set_loop(n, &more, around[count]) && lay_out(n, &more) <= n->room;
        for (Stm s = p->stm.at[around[count]].body; s; s = p->stm.at[s].next)
            alone &= s == site->loop[0] || p->stm.at[s].kind == S_NOTE || p->stm.at[s].kind == S_VIEW
                  || (p->stm.at[s].kind == S_LET && !near_reads(p, p->stm.at[s].a));
        if (!alone) break;
        *site = more;
    }
    lay_out(n, site);
    return is_worth(n, site) ? site : NULL;
}

static bool only_computes(const Program *p, Stm first)
{
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        if (at->kind != S_LET && at->kind != S_SET && at->kind != S_VIEW && at->kind != S_NOTE && at->kind != S_FOR) return false;
        if (!only_computes(p, at->body)) return false;
    }
    return true;
}

/* Bounds that are the same for all, or of which is known how far they go at most. */
static bool may_be_all_items(Near *n, Stm s)
{
    int64_t lo, hi;
    const LStm *loop = &n->p->stm.at[s];
    const LExp *step = &n->p->exp.at[loop->c];
    n->same[s] = !near_varies(n, loop->a) && !near_varies(n, loop->b) && !near_varies(n, loop->c);
    if (n->same[s]) return true;
    return step->kind == X_INT && step->num == 1 && near_range(n, loop->a, &lo, &hi) && near_range(n, loop->b, &lo, &hi);
}

static bool find_in_nest(Near *n, Stm s, Stm *around, unsigned count)
{
    const Program *p = n->p;
    bool loops = false, found = false;
    if (count == NEAR_DEEP || !may_be_all_items(n, s)) return false;
    around[count] = s;
    for (Stm in = p->stm.at[s].body; in; in = p->stm.at[in].next) {
        if (p->stm.at[in].kind != S_FOR) continue;
        loops = true;
        found |= find_in_nest(n, in, around, count + 1);
    }
    if (loops) return n->within[s] = found;
    NearSite *site = site_of(n, s, around, count);
    if (!site) return false;
    n->site[site->loop[0]] = site;
    for (unsigned i = 0; i < site->depth; i++) n->within[site->loop[i]] = true;
    const int64_t reals = lay_out(n, site);
    if (reals > n->most) n->most = reals;
    return true;
}

/* A truth has no variable that could be set where a condition guards it, nor what a call leaves. */
static bool is_truth_read(const Program *p, const LStm *s)
{
    return s->kind == S_LET && p->var.at[s->var].type.kind == L_MASK && near_reads(p, s->a);
}

static bool find_sites(Near *n, Stm first)
{
    const Program *p = n->p;
    bool found = false;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        Stm around[NEAR_DEEP];
        n->same[s] = !near_varies(n, at->a) && !near_varies(n, at->b) && !near_varies(n, at->c);
        if (at->kind == S_FOR && only_computes(p, at->body)) n->within[s] = find_in_nest(n, s, around, 0);
        else if (at->kind == S_FOR && n->same[s]) n->within[s] = find_sites(n, at->body);
        else if (at->kind == S_IF && !at->other) n->within[s] = find_sites(n, at->body);
        else if ((at->kind == S_CALL && at->var) || is_truth_read(p, at)) return false;
        found |= n->within[s];
    }
    return found;
}

/* ---- all of it ------------------------------------------------------------------------------------ */

static void find_numbers(Near *n, Stm first)
{
    const Program *p = n->p;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        const bool number = at->kind == S_LET && p->var.at[at->var].type.kind == L_INT;
        if (number && at->var != n->form->lane && at->var != n->form->team) n->index.def[at->var] = at->a;
        if (at->kind == S_VIEW) n->index.view_of[at->var] = s;
        if (at->kind == S_FOR) n->index.loop_of[at->var] = s;
        if (at->kind == S_LOCAL && p->var.at[at->var].space == SPACE_LOCAL) n->room -= p->var.at[at->var].count;
        find_numbers(n, at->body);
        find_numbers(n, at->other);
    }
}

/* Whole numbers that are set to what varies, or where that decides whether. */
static bool find_varying(Near *n, Stm first, bool where)
{
    const Program *p = n->p;
    bool more = false;
    for (Stm s = first; s; s = p->stm.at[s].next) {
        const LStm *at = &p->stm.at[s];
        const bool set = at->kind == S_VAR || at->kind == S_SET || (at->kind == S_CALL && at->var);
        const bool varies = where || near_varies(n, at->a) || near_varies(n, at->b) || near_varies(n, at->c);
        if (set && (varies || at->kind == S_CALL) && !n->varies[at->var]) more = n->varies[at->var] = true;
        more |= find_varying(n, at->body, varies);
        more |= find_varying(n, at->other, varies);
    }
    return more;
}

uint32_t near_build(Program *p, const ItemsForm *form, uint32_t room)
{
    const LFn *from = fn_of(p, form->fn);
    Near n = { .p = p, .form = form, .group = form->items, .teams = form->items / LANES, .room = room / (p->real == TYPE_F32 ? 4 : 8) };
    n.index = (Items){ .p = p, .vars = p->var.count, .stms = p->stm.count };
    n.index.def = NEW_ARRAY(p->arena, Exp, p->var.count);
    n.index.loop_of = NEW_ARRAY(p->arena, Stm, p->var.count), n.index.view_of = NEW_ARRAY(p->arena, Stm, p->var.count);
    n.site = NEW_ARRAY(p->arena, NearSite *, p->stm.count);
    n.within = NEW_ARRAY(p->arena, bool, p->stm.count), n.same = NEW_ARRAY(p->arena, bool, p->stm.count);
    n.varies = NEW_ARRAY(p->arena, bool, p->var.count);
    find_numbers(&n, from->body);
    while (find_varying(&n, from->body, false)) { }
    if (!find_sites(&n, from->body)) return form->fn;
    INSIST(p->arena, form->fn + 1 == p->fn.count && "a form that was not made just now");
    p->fn.count--;
    return near_form(&n, from);
}
