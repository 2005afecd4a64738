/* share.c: loops that say the same become one function.
 *
 * In: a Program that is complete. Out: the same Program, in which nests of loops that
 * differ only in addresses, buffers and lengths (nest.h) are calls of one function each,
 * as far as that makes it shorter. Large nests come first; what is inside of them is
 * looked at again afterwards. The statements executed, and their order, stay what they
 * were, so bits do.
 *
 * (Procedural abstraction: Fraser, Myers and Wendt, Analyzing and compressing assembly
 * code, 1984; here of trees, so that addresses can differ.)                          */
#include "loop/nest.h"
#include "loop/share.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PARAMS = 24, CALL = 4 };            /* CALL: what a call takes beside its arguments */

typedef struct Found {
    Nest     nest;
    uint64_t hash;
    size_t   end;                   /* the first nest behind those inside of it      */
    bool     gone;                  /* it, or one around it, is a call already       */
} Found;

typedef VEC(Found) FoundList;

typedef struct Sharing {
    Arena    scratch;
    Program *p;
    Nests   *nests;
    FoundList found;
    uint32_t shared;                /* functions made                               */
} Sharing;

/* ---- finding ------------------------------------------------------------------------------ */

static void find_in(Sharing *s, uint32_t fn, Stm first)
{
    for (Stm at = first; at; at = s->p->stm.at[at].next) {
        const LStm *stm = &s->p->stm.at[at];
        size_t self = s->found.count;
        if (stm->kind == S_FOR) VEC_PUSH(&s->scratch, s->found) = (Found){ .nest = { .loop = at, .fn = fn } };
        find_in(s, fn, stm->body);
        find_in(s, fn, stm->other);
        if (stm->kind == S_FOR) s->found.at[self].end = s->found.count;
    }
}

static void find_all(Sharing *s)
{
    arena_clear(&s->scratch);
    s->found = (FoundList){ 0 };
    s->nests = nests_new(&s->scratch, s->p);
    for (uint32_t i = 0; i < s->p->fn.count; i++)
        if (!fn_of(s->p, i)->apart) find_in(s, i, fn_of(s->p, i)->body);
    for (size_t i = 0; i < s->found.count; i++) {
        Found *f = &s->found.at[i];
        nest_read(s->nests, &f->nest);
        f->hash = hash_bytes(f->nest.code.at, f->nest.code.count * sizeof *f->nest.code.at, 0);
    }
}

static bool same_code(const Nest *a, const Nest *b)
{
    return a->code.count == b->code.count && a->hole.count == b->hole.count
        && !memcmp(a->code.at, b->code.at, a->code.count * sizeof *a->code.at);
}

/* Longest first, equal ones side by side in the order of the Program. */
static int by_size(const void *a, const void *b)
{
    const Found *x = *(Found *const *)a, *y = *(Found *const *)b;
    if (x->nest.code.count != y->nest.code.count) return x->nest.code.count < y->nest.code.count ? 1 : -1;
    if (x->hash != y->hash) return x->hash < y->hash ? 1 : -1;
    return x < y ? -1 : x > y;
}

/* ---- parameters ------------------------------------------------------------------------------ */

typedef struct Group { Found **member; size_t count; } Group;

typedef struct Params {
    unsigned count;
    size_t   hole[MOST_PARAMS];     /* the first that each fills                     */
    bool     stored[MOST_PARAMS];
    uint32_t *of;                   /* by hole: its parameter + 1, or 0: the same everywhere */
    int64_t  *more;                 /* by hole: integers, added to the parameter    */
} Params;

static const Hole *hole_of(const Group *g, size_t member, size_t i) { return &g->member[member]->nest.hole.at[i]; }

static bool same_exp(const Program *p, Exp a, Exp b)
{
    const LExp *x = &p->exp.at[a], *y = &p->exp.at[b];
    if (a == b) return true;
    if (!a || !b || x->kind != y->kind || x->op != y->op || x->var != y->var) return false;
    return (x->kind != X_INT || x->num == y->num) && same_exp(p, x->a, y->a) && same_exp(p, x->b, y->b) && same_exp(p, x->c, y->c);
}

/* rest + number */
static Exp split(const Program *p, Exp e, int64_t *number)
{
    const LExp *x = &p->exp.at[e];
    *number = 0;
    if (x->kind == X_INT) {
        *number = (int64_t)x->num;
        return 0;
    }
    bool sum = x->kind == X_OP && (x->op == OP_add || x->op == OP_sub) && p->exp.at[x->b].kind == X_INT;
    if (!sum) return e;
    *number = (int64_t)p->exp.at[x->b].num * (x->op == OP_sub ? -1 : 1);
    return x->a;
}

/* Is hole b always so much more than hole a? Buffers and reals: the same. */
static bool follows(const Program *p, const Group *g, size_t a, size_t b, int64_t *more)
{
    for (size_t i = 0; i < g->count; i++) {
        int64_t na, nb;
        Exp x = hole_of(g, i, a)->value, y = hole_of(g, i, b)->value;
        if (x_type(p, x).kind != x_type(p, y).kind) return false;
        x = split(p, x, &na), y = split(p, y, &nb);
        if (!same_exp(p, x, y) || (i && nb - na != *more)) return false;
        *more = nb - na;
    }
    return true;
}

static bool same_number(const Program *p, const Group *g, size_t hole)
{
    const LExp *first = &p->exp.at[hole_of(g, 0, hole)->value];
    for (size_t i = 0; i < g->count; i++) {
        const LExp *x = &p->exp.at[hole_of(g, i, hole)->value];
        if (x->kind != X_INT || x->num != first->num) return false;
    }
    return true;
}

static bool find_params(Sharing *s, const Group *g, Params *to)
{
    size_t holes = g->member[0]->nest.hole.count;
    to->count = 0;
    to->of = NEW_ARRAY(&s->scratch, uint32_t, holes + 1);
    to->more = NEW_ARRAY(&s->scratch, int64_t, holes + 1);
    for (size_t i = 0; i < holes; i++) {
        if (same_number(s->p, g, i)) continue;
        unsigned k = 0;
        while (k < to->count && !follows(s->p, g, to->hole[k], i, &to->more[i])) k++;
        if (k == MOST_PARAMS) return false;
        if (k == to->count) {
            to->hole[to->count] = i;
            to->stored[to->count++] = false;
            to->more[i] = 0;
        }
        to->of[i] = k + 1;
        to->stored[k] |= hole_of(g, 0, i)->stored;
    }
    return true;
}

/* ---- one function for many nests ------------------------------------------------------------- */

static Var param_of(Sharing *s, const Group *g, const Params *params, unsigned k)
{
    Program *p = s->p;
    Exp e = hole_of(g, 0, params->hole[k])->value;
    const LExp *x = &p->exp.at[e];
    const char *name = x->kind == X_VAR ? p->var.at[x->var].name : params->hole[k] == HOLE_TO ? "count" : "at";
    if (x->type.kind != L_BUFFER) return fn_param(p, name, (LKind)x->type.kind);
    const LVar *var = &p->var.at[x->var];
    return fn_param_buffer(p, name, (Space)var->space, params->stored[k], var->optional);
}

/* "train_phase3, train_phase5 and 2 more" */
static const char *users(const Sharing *s, const Group *g)
{
    enum { NAMED = 3 };
    Text text = { .arena = s->p->arena };
    const LFn *before = NULL;
    size_t named = 0, more = 0;
    for (size_t i = 0; i < g->count; i++) {
        const LFn *fn = fn_of(s->p, g->member[i]->nest.fn);
        const char *dot = strchr(fn->name, '.');
        if (fn == before) continue;
        before = fn;
        if (named == NAMED) more++;
        else text_printf(&text, "%s%s", named++ ? ", " : "", dot ? dot + 1 : fn->name);
    }
    if (more) text_printf(&text, " and %zu more", more);
    return text_string(&text);
}

static uint32_t build(Sharing *s, const Group *g, const Params *params)
{
    Program *p = s->p;
    const Nest *nest = &g->member[0]->nest;
    const char *first = fn_of(p, nest->fn)->name, *dot = strchr(first, '.');
    int length = dot ? (int)(dot - first) : (int)strlen(first);
    const char *name = arena_printf(p->arena, "%.*s.loop%u", length, first, ++s->shared);
    uint32_t fn = fn_begin(p, name, arena_printf(p->arena, "Part of %s.", users(s, g)));
    p->at = 0;                      /* it is its callers' */
    Exp *value = NEW_ARRAY(&s->scratch, Exp, nest->hole.count + 1);
    Exp param[MOST_PARAMS];
    for (unsigned k = 0; k < params->count; k++) param[k] = x_var(p, param_of(s, g, params, k));
    for (size_t i = 0; i < nest->hole.count; i++) {
        value[i] = nest->hole.at[i].value;
        if (params->of[i]) value[i] = param[params->of[i] - 1];
        if (params->more[i]) value[i] = x_add(p, value[i], x_int(p, params->more[i]));
    }
    nest_write(s->nests, nest, value);
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

/* Where a nest stood, a call. */
static void replace(Sharing *s, Found *f, uint32_t fn, const Params *params)
{
    Program *p = s->p;
    LStm call = { .kind = S_CALL, .callee = fn, .args = (uint32_t)p->arg.count, .nargs = params->count,
                  .next = p->stm.at[f->nest.loop].next, .origin = p->stm.at[f->nest.loop].origin };
    for (unsigned k = 0; k < params->count; k++) VEC_PUSH(p->arena, p->arg) = f->nest.hole.at[params->hole[k]].value;
    p->stm.at[f->nest.loop] = call;
    for (Found *inner = f; inner < s->found.at + f->end; inner++) inner->gone = true;
}

static bool pays(const Group *g, const Params *params)
{
    size_t size = g->member[0]->nest.code.count, calls = g->count * (params->count + CALL);
    return size * (g->count - 1) > 4 * calls;
}

static bool share_group(Sharing *s, const Group *g)
{
    Params params;
    if (g->count < 2 || !find_params(s, g, &params) || !pays(g, &params)) return false;
    uint32_t fn = build(s, g, &params);
    for (size_t i = 0; i < g->count; i++) replace(s, g->member[i], fn, &params);
    return true;
}

/* Those that are equal to *at, which are not gone; *at goes on behind them. */
static Group next_group(Sharing *s, Found **list, size_t count, size_t *at)
{
    Group g = { .member = NEW_ARRAY(&s->scratch, Found *, count - *at) };
    const Found *first = list[*at];
    for (; *at < count && list[*at]->hash == first->hash && same_code(&list[*at]->nest, &first->nest); ++*at)
        if (!list[*at]->gone) g.member[g.count++] = list[*at];
    return g;
}

static bool share_once(Sharing *s)
{
    find_all(s);
    Found **list = NEW_ARRAY(&s->scratch, Found *, s->found.count + 1);
    size_t count = 0;
    bool some = false;
    for (size_t i = 0; i < s->found.count; i++)
        if (s->found.at[i].nest.whole) list[count++] = &s->found.at[i];
    qsort(list, count, sizeof *list, by_size);
    for (size_t at = 0; at < count;) {
        Group g = next_group(s, list, count, &at);
        some |= share_group(s, &g);
    }
    return some;
}

/* ---- callees before callers -------------------------------------------------------------------- */

typedef struct Order { Program *p; uint32_t *place; VEC(LFn *) fn; } Order;

static void put_fn(Order *o, uint32_t fn);

static void put_callees(Order *o, Stm first)
{
    for (Stm s = first; s; s = o->p->stm.at[s].next) {
        if (o->p->stm.at[s].kind == S_CALL) put_fn(o, o->p->stm.at[s].callee);
        put_callees(o, o->p->stm.at[s].body);
        put_callees(o, o->p->stm.at[s].other);
    }
}

static void put_fn(Order *o, uint32_t fn)
{
    if (o->place[fn] != UINT32_MAX) return;
    put_callees(o, fn_of(o->p, fn)->body);
    o->place[fn] = (uint32_t)o->fn.count;
    VEC_PUSH(o->p->arena, o->fn) = fn_of(o->p, fn);
}

static void rename_callees(const Order *o, Stm first)
{
    for (Stm s = first; s; s = o->p->stm.at[s].next) {
        LStm *stm = &o->p->stm.at[s];
        if (stm->kind == S_CALL) stm->callee = o->place[stm->callee];
        rename_callees(o, stm->body);
        rename_callees(o, stm->other);
    }
}

static const uint32_t *order_fns(Program *p)
{
    Order o = { .p = p, .place = NEW_ARRAY(p->arena, uint32_t, p->fn.count + 1) };
    memset(o.place, 0xff, p->fn.count * sizeof *o.place);
    for (uint32_t i = 0; i < p->fn.count; i++) put_fn(&o, i);
    memcpy(p->fn.at, o.fn.at, p->fn.count * sizeof *p->fn.at);
    for (uint32_t i = 0; i < p->fn.count; i++) rename_callees(&o, p->fn.at[i]->body);
    return o.place;
}

const uint32_t *loop_share(Program *p)
{
    Sharing s = { .p = p, .scratch = { .heap = p->arena->heap } };
    while (share_once(&s)) { }
    arena_free(&s.scratch);
    return order_fns(p);
}
