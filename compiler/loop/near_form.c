/* near_form.c: a kernel whose items fetch in common what they read in common.
 *
 * Where items meet, all of them are: conditions have become numbers that guard what is done
 * (live), and a loop whose bounds vary goes as far as any of them.                       */
#include "loop/near_in.h"

/* ---- what is guarded ------------------------------------------------------------------------- */

static void begin_live(const Near *n)
{
    if (n->live) s_if(n->p, x_op(n->p, OP_ne, x_var(n->p, n->live), x_int(n->p, 0), 0));
}

static void end_live(const Near *n)
{
    if (n->live) s_end(n->p);
}

/* Takes part, and the condition holds. */
static void live_where(Near *n, Op op, Exp a, Exp b)
{
    Program *p = n->p;
    const Exp so_far = n->live ? x_var(p, n->live) : x_int(p, 1);
    n->live = s_let(p, "live", x_op(p, OP_select, x_op(p, op, a, b, 0), so_far, x_int(p, 0)));
}

/* ... and what the loop's variable is now is within its bounds. */
static void live_within(Near *n, const LStm *loop)
{
    const Exp now = x_var(n->p, n->copier.to[loop->var]);
    live_where(n, OP_ge, now, copy_exp(&n->copier, loop->a));
    live_where(n, OP_lt, now, copy_exp(&n->copier, loop->b));
}

/* Stands it for a name that others behind it use? */
static bool is_name(const LStm *s)
{
    return s->kind == S_LET || s->kind == S_VAR || s->kind == S_VIEW || s->kind == S_NOTE || s->kind == S_LOCAL;
}

/* What has a name has it outside of the condition; memory is read within. */
static void name_statement(Near *n, Stm at)
{
    Program *p = n->p;
    const LStm s = p->stm.at[at];
    const LVar v = p->var.at[s.var];
    const bool reads = (s.kind == S_LET || s.kind == S_VAR) && near_reads(p, s.a) && v.type.kind != L_MASK;
    if (!n->live || !reads) {
        copy_statement(&n->copier, at);
        if (s.kind == S_LOCAL) p->var.at[n->copier.to[s.var]].space = v.space;
        return;
    }
    n->copier.to[s.var] = s_var(p, v.name, v.type.kind == L_INT ? x_int(p, 0) : x_real(p, 0));
    begin_live(n);
    s_set(p, n->copier.to[s.var], copy_exp(&n->copier, s.a));
    end_live(n);
}

/* ---- loops ------------------------------------------------------------------------------------- */

/* Opens a loop for all items; live where it would have been done. */
static void open_loop(Near *n, Stm at)
{
    Program *p = n->p;
    const LStm copy = p->stm.at[at], *s = &copy;
    int64_t lo = 0, hi = 0, unused;
    Exp from = copy_exp(&n->copier, s->a), to = copy_exp(&n->copier, s->b);
    const bool same = n->same[at];
    if (!same) near_range(n, s->a, &lo, &unused), near_range(n, s->b, &unused, &hi);
    n->copier.to[s->var] = s_for(p, p->var.at[s->var].name, same ? from : x_int(p, lo), same ? to : x_int(p, hi), copy_exp(&n->copier, s->c), s->flags);
    if (!same) live_within(n, s);
}

/* Definitions of a loop of the site: those that nobody reads are not printed. */
static void define(Near *n, const LStm *loop)
{
    for (Stm s = loop->body; s; s = n->p->stm.at[s].next) {
        const LStm *at = &n->p->stm.at[s];
        if (at->kind == S_VIEW || (at->kind == S_LET && !near_reads(n->p, at->a))) copy_statement(&n->copier, s);
    }
}

/* ---- fetching ------------------------------------------------------------------------------------ */

/* Where a number of the terms that the loops stand at lies. */
static Exp place_of(const Near *n, const NearSite *site, const NearRead *read, Var piece)
{
    Program *p = n->p;
    Exp term = x_int(p, 0);
    for (unsigned i = 0; i < site->depth; i++) {
        const bool inner = i + 1 == site->depth;
        const Exp first = inner && piece ? x_var(p, piece) : x_int(p, site->first[i]);
        const Exp at = x_sub(p, x_var(p, p->stm.at[site->loop[i]].var), first);
        term = x_add(p, x_mul(p, term, x_int(p, inner ? site->terms : site->extent[i])), at);
    }
    if (read->by == FETCH_TEAMS) term = x_add(p, x_mul(p, term, x_int(p, site->vectors)), x_var(p, n->form->lane));
    if (read->by == FETCH_LANES) term = x_add(p, term, x_mul(p, x_var(p, n->form->team), x_int(p, site->own)));
    return x_add(p, term, x_int(p, read->at));
}

static Exp end_of(Near *n, const NearSite *site, Var piece)
{
    Program *p = n->p;
    const unsigned inner = site->depth - 1;
    const int64_t last = site->first[inner] + site->extent[inner];
    const Exp end = x_add(p, x_var(p, piece), x_int(p, site->terms));
    return site->extent[inner] % site->terms ? x_op(p, OP_min, end, x_int(p, last), 0) : end;
}

/* The innermost loop, each of its terms by one of `of`; how many blocks that opens. */
static unsigned open_shared(Near *n, const NearSite *site, Var piece, Var who, int64_t of)
{
    Program *p = n->p;
    const unsigned inner = site->depth - 1;
    const LStm s = p->stm.at[site->loop[inner]];
    const char *name = p->var.at[s.var].name;
    const bool same = n->same[site->loop[inner]];
    const int64_t first = site->first[inner], extent = site->terms;
    const Exp from = piece ? x_var(p, piece) : same ? copy_exp(&n->copier, s.a) : x_int(p, first);
    const Exp to = piece ? end_of(n, site, piece) : same ? copy_exp(&n->copier, s.b) : x_int(p, first + extent);
    const bool known = (p->exp.at[from].kind == X_INT && p->exp.at[to].kind == X_INT) || (piece && site->extent[inner] % site->terms == 0);
    const bool once = extent <= of, even = known && extent % of == 0;
    const Exp base = once ? from : x_var(p, s_for(p, name, from, to, x_int(p, of), FOR_ROLL));
    const Var mine = s_let(p, name, x_add(p, base, x_var(p, who)));
    n->copier.to[s.var] = mine;
    if (!even) s_if(p, x_op(p, OP_lt, x_var(p, mine), to, 0));
    return (unsigned)!once + (unsigned)!even;
}

static void fetch(Near *n, const NearSite *site, Fetch by, Var piece)
{
    Program *p = n->p;
    const Var live = n->live;
    const Var who[FETCHES] = { n->copier.to[n->form->team], n->copier.to[n->form->lane], n->copier.to[n->form->item] };
    const int64_t of[FETCHES] = { n->teams, LANES, n->group };
    bool any = false;
    for (size_t i = 0; i < site->read.count; i++) any |= site->read.at[i].by == by;
    if (!any) return;
    for (unsigned i = 0; i + 1 < site->depth; i++) {
        open_loop(n, site->loop[i]);
        define(n, &p->stm.at[site->loop[i]]);
    }
    const unsigned open = open_shared(n, site, piece, who[by], of[by]);
    const LStm inner = p->stm.at[site->loop[site->depth - 1]];
    define(n, &inner);
    if (!n->same[site->loop[site->depth - 1]]) live_within(n, &inner);
    if (by != FETCH_LANES) n->live = n->all;            /* for others, who may take part */
    begin_live(n);
    for (size_t i = 0; i < site->read.count; i++) {
        const NearRead *read = &site->read.at[i];
        if (read->by != by) continue;
        const Exp at = copy_exp(&n->copier, place_of(n, site, read, piece)), from = copy_exp(&n->copier, read->was.a);
        s_store(p, n->near, at, x_load(p, n->copier.to[read->was.var] ? n->copier.to[read->was.var] : read->was.var, from, 1));
    }
    end_live(n);
    for (unsigned i = 0; i < open + site->depth - 1; i++) s_end(p);
    n->live = live;
}

/* ---- what was fetched ------------------------------------------------------------------------------ */

/* The innermost loop over so many terms. */
static void open_piece(Near *n, const NearSite *site, Var piece)
{
    Program *p = n->p;
    const Stm at = site->loop[site->depth - 1];
    const LStm s = p->stm.at[at];
    n->copier.to[s.var] = s_for(p, p->var.at[s.var].name, x_var(p, piece), end_of(n, site, piece), x_int(p, 1), s.flags);
    if (!n->same[at]) live_within(n, &s);
}

/* From loop i of the site on, inwards; a condition that all of a loop's terms are under stands around it. */
static void compute(Near *n, const NearSite *site, unsigned i, Var piece)
{
    Program *p = n->p;
    const Var live = n->live;
    const LStm s = p->stm.at[site->loop[i]];
    const bool inner = i + 1 == site->depth;
    begin_live(n);
    n->live = 0;
    if (inner && piece) open_piece(n, site, piece);
    else open_loop(n, site->loop[i]);
    begin_live(n);
    if (inner) copy_block(&n->copier, s.body);
    else define(n, &s);
    const Var varies = n->live;
    n->live = 0;
    if (!inner) compute(n, site, i + 1, piece);
    n->live = varies;
    end_live(n);
    s_end(p);
    n->live = live;
    end_live(n);
}

static void form_site(Near *n, const NearSite *site)
{
    Program *p = n->p;
    const unsigned inner = site->depth - 1;
    const bool pieces = site->terms < site->extent[inner];
    Var piece = 0;
    if (pieces) {
        const int64_t first = site->first[inner];
        piece = s_for(p, "piece", x_int(p, first), x_int(p, first + site->extent[inner]), x_int(p, site->terms), FOR_ROLL);
    }
    s_sync(p);
    for (Fetch by = 0; by < FETCHES; by++) fetch(n, site, by, piece);
    s_sync(p);
    for (size_t i = 0; i < site->read.count; i++) {
        const Exp instead = x_load(p, n->near, place_of(n, site, &site->read.at[i], piece), 1);
        p->exp.at[site->read.at[i].load] = p->exp.at[instead];
    }
    compute(n, site, 0, piece);
    if (pieces) s_end(p);
}

/* ---- statements ---------------------------------------------------------------------------------------- */

static void near_block(Near *n, Stm first);

static Var live_if(const Near *n, Var so_far, const char *name, Exp condition)
{
    Program *p = n->p;
    const Var on = s_var(p, name, x_int(p, 0));
    Near when = { .p = p, .live = so_far };
    begin_live(&when);
    s_if(p, condition);
    s_set(p, on, x_int(p, 1));
    s_end(p);
    end_live(&when);
    return on;
}

static void form_if(Near *n, const LStm *s)
{
    const Var live = n->live, all = n->all;
    const Exp condition = copy_exp(&n->copier, s->a);
    n->live = live_if(n, live, "on", condition);
    if (!near_varies(n, s->a)) n->all = live == all ? n->live : live_if(n, all, "all", condition);
    near_block(n, s->body);
    n->live = live, n->all = all;
}

static void form_within(Near *n, Stm at)
{
    const LStm s = n->p->stm.at[at];
    const Var live = n->live;
    if (n->site[at]) form_site(n, n->site[at]);
    else if (s.kind == S_IF) form_if(n, &s);
    else {
        open_loop(n, at);
        near_block(n, s.body);
        s_end(n->p);
    }
    n->live = live;
}

static void near_block(Near *n, Stm first)
{
    const Program *p = n->p;
    for (Stm s = first; s;) {
        const uint32_t before = p->at;
        n->p->at = p->stm.at[s].origin;
        if (n->within[s]) form_within(n, s), s = p->stm.at[s].next;
        else if (is_name(&p->stm.at[s]) || p->stm.at[s].kind == S_SYNC) name_statement(n, s), s = p->stm.at[s].next;
        else {
            begin_live(n);
            for (; s && !n->within[s] && !is_name(&p->stm.at[s]) && p->stm.at[s].kind != S_SYNC; s = p->stm.at[s].next) copy_statement(&n->copier, s);
            end_live(n);
        }
        n->p->at = before;
    }
}

/* What `from` consists of is used up: its loads of what is fetched are made loads of what was. */
uint32_t near_form(Near *n, const LFn *from)
{
    Program *p = n->p;
    const Stm body = from->body;
    const uint32_t fn = fn_begin(p, from->name, from->note);
    n->copier = copier_new(p);
    for (size_t i = 0; i < from->param.count; i++) copy_param(&n->copier, from->param.at[i]);
    n->near = s_local(p, "near", (uint32_t)n->most);
    p->var.at[n->near].space = SPACE_LOCAL;
    near_block(n, body);
    fn_end(p);
    return fn;
}
