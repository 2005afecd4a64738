/* latency.c: the latency regime: one trajectory in registers.
 *
 * A small model on one trajectory is a serial chain of dependent instructions, so
 * what counts is their latency: features lie in lanes, the state stays in
 * registers from step to step, weights are read from copies in which every read
 * is one aligned vector.  latency.h says how values are held and which file does
 * what. */
#include "lower/latency.h"

#include <string.h>

/* ---- values ------------------------------------------------------------------------------ */

static uint32_t parts_of(uint32_t count) { return count > SHORT ? chunks_of(count) : count; }

static Exp zero_of(Program *p, uint32_t count)
{
    Exp zero = x_real(p, 0);
    return count > SHORT ? x_splat(p, zero) : zero;
}

/* How many elements part i has. */
static uint32_t part_count(uint32_t count, uint32_t i)
{
    uint32_t left = count - i * LANES;
    return count <= SHORT ? 1 : left < LANES ? left : LANES;
}

/* Part i of `count` elements that lie one after another from `base` on. */
static Exp part_load(Program *p, Var buffer, Exp base, uint32_t count, uint32_t i)
{
    if (count <= SHORT)
        return x_load(p, buffer, x_add(p, base, x_int(p, i)), 1);
    Exp from = x_add(p, base, x_int(p, i * LANES));
    uint32_t n = part_count(count, i);
    return n == LANES ? x_load(p, buffer, from, LANES)
                      : x_gather(p, buffer, from, x_int(p, 1), x_int(p, n));
}

Value *value_new(Block *b, uint32_t count)
{
    Value *v = NEW(b->arena, Value);
    v->count = count;
    v->parts = parts_of(count);
    v->part = NEW_ARRAY(b->arena, Exp, v->parts);
    return v;
}

static bool is_atom(const Program *p, Exp x)
{
    const LExp *e = &p->exp.at[x];
    return e->kind == X_VAR || e->kind == X_REAL
        || (e->kind == X_SPLAT && p->exp.at[e->a].kind == X_REAL);
}

void value_name(Block *b, Value *v, const char *hint)
{
    for (uint32_t i = 0; i < v->parts; i++)
        if (!is_atom(b->p, v->part[i]))
            v->part[i] = x_var(b->p, s_let(b->p, hint, v->part[i]));
}

/* What a node is called: the last word of its place in the model, or its op. */
const char *latency_hint(const Fn *fn, Ref r)
{
    const Node *n = NODE(fn, r);
    const char *label = n->loc < fn->place.count ? fn->place.at[n->loc].label : NULL;
    if (!label)
        return n->op == OP_CON ? "c" : op_info((Op)n->op)->name;
    const char *dot = strrchr(label, '.');
    return dot ? dot + 1 : label;
}

/* A value that depends on weights alone, where somebody reads it. */
static Value *shared_value(Block *b, Ref r)
{
    Program *p = b->p;
    const Node *n = NODE(b->fn, r);
    const Packed *region = layout_region(b->layout, b->index, r);
    if (!region && n->op == OP_CON)
        return con_value(b, r, NULL);
    Value *v = value_new(b, latency_count(b->fn, r));
    for (uint32_t i = 0; i < v->parts; i++)
        if (region) {
            uint32_t lanes = v->count > SHORT ? LANES : 1;
            v->part[i] = latency_packed(p, n, b->pack, x_int(p, region->offset + i * lanes), lanes);
        } else if (n->op == OP_CONST) {
            Exp number = x_real(p, b->fn->value.at[n->aux]);
            v->part[i] = v->count > SHORT ? x_splat(p, number) : number;
        } else {
            const FieldParam *param = latency_param(b->job->field, b->fn->symbol.at[n->aux].name);
            v->part[i] = part_load(p, b->theta, x_int(p, param->offset), v->count, i);
        }
    value_name(b, v, latency_hint(b->fn, r));
    return v;
}

Value *value_of(Block *b, Ref r)
{
    if (!b->value[r]) {
        INSIST(b->arena, b->fact[r].sort == SORT_SHARED && "computed before it is read");
        uint32_t before = origin_node(b->p, b->fn, r);
        b->value[r] = shared_value(b, r);
        b->p->at = before;
    }
    return b->value[r];
}

static Value *map_value(Block *b, Ref r)
{
    const Node *n = NODE(b->fn, r);
    Value *v = value_new(b, latency_count(b->fn, r));
    const Value *arg[3];
    for (unsigned k = 0; k < n->narg; k++)
        arg[k] = value_of(b, n->arg[k]);
    for (uint32_t i = 0; i < v->parts; i++) {
        Exp x[3] = {0};
        for (unsigned k = 0; k < n->narg; k++)
            x[k] = arg[k]->part[i];
        v->part[i] = x_op(b->p, (Op)n->op, x[0], x[1], x[2]);
    }
    value_name(b, v, latency_hint(b->fn, r));
    return v;
}

static Value *node_value(Block *b, Ref r)
{
    Ref con = b->fact[r].done;
    if (con)
        return con_value(b, con, value_of(b, b->fact[con].init));
    return NODE(b->fn, r)->op == OP_CON ? con_value(b, r, NULL) : map_value(b, r);
}

/* ---- what is held between functions -------------------------------------------------------- */

static Held *latency_declare(Block *b, const char *name, Shape shape)
{
    Held *h = NEW(b->arena, Held);
    h->shape = shape;
    h->count = (uint32_t)shape_count(shape);
    h->vars = parts_of(h->count);
    h->var = NEW_ARRAY(b->arena, Var, h->vars);
    for (uint32_t i = 0; i < h->vars; i++)
        h->var[i] = s_var(b->p, name, zero_of(b->p, h->count));
    return h;
}

static void latency_zero(Block *b, Held *h)
{
    for (uint32_t i = 0; i < h->vars; i++)
        s_set(b->p, h->var[i], zero_of(b->p, h->count));
}

static void latency_copy(Block *b, Held *to, const Held *from)
{
    INSIST(b->arena, to->count == from->count);
    for (uint32_t i = 0; i < to->vars; i++)
        s_set(b->p, to->var[i], x_var(b->p, from->var[i]));
}

static void latency_load(Block *b, Held *to, Var buffer, Exp base, Exp stride)
{
    (void)stride;                                           /* there is no second sample */
    for (uint32_t i = 0; i < to->vars; i++)
        s_set(b->p, to->var[i], part_load(b->p, buffer, base, to->count, i));
}

static void latency_store(Block *b, const Held *from, Var buffer, Exp base, Exp stride)
{
    Program *p = b->p;
    (void)stride;
    for (uint32_t i = 0; i < from->vars; i++) {
        uint32_t n = part_count(from->count, i), step = from->count > SHORT ? LANES : 1;
        Exp at = x_add(p, base, x_int(p, i * step));
        if (n == step)
            s_store(p, buffer, at, x_var(p, from->var[i]));
        else
            s_scatter(p, buffer, at, x_int(p, 1), x_int(p, n), x_var(p, from->var[i]));
    }
}

static uint32_t latency_held_size(const Block *b, const Held *h)
{
    (void)b;
    return h->count > SHORT ? h->vars * LANES : h->count;
}

static void latency_stash(Block *b, const Held *h, Var buffer, Exp base)
{
    uint32_t step = h->count > SHORT ? LANES : 1;
    for (uint32_t i = 0; i < h->vars; i++)
        s_store(b->p, buffer, x_add(b->p, base, x_int(b->p, i * step)), x_var(b->p, h->var[i]));
}

static void latency_fetch(Block *b, Held *h, Var buffer, Exp base)
{
    uint32_t step = h->count > SHORT ? LANES : 1;
    for (uint32_t i = 0; i < h->vars; i++)
        s_set(b->p, h->var[i], x_load(b->p, buffer, x_add(b->p, base, x_int(b->p, i * step)), step));
}

static void latency_fill(Block *b, Held *h, Exp real) { s_set(b->p, h->var[0], real); }

static void latency_poke(Block *b, Held *h, Exp sample, Exp real)
{
    (void)sample;                                           /* it is 0 */
    s_set(b->p, h->var[0], real);
}

static void latency_mask(Block *b, Held *h) { (void)b, (void)h; }

static Exp latency_total(Block *b, const Held *h) { return x_var(b->p, h->var[0]); }

/* v - v is 0 for finite numbers and NaN for all others. */
static Exp latency_finite(Block *b, const Held *h)
{
    Program *p = b->p;
    Exp sum = 0;
    for (uint32_t i = 0; i < h->vars; i++) {
        Exp v = x_var(p, h->var[i]), zero = x_sub(p, v, v);
        uint32_t n = part_count(h->count, i);
        if (h->count > SHORT && n < LANES)
            zero = x_op(p, OP_select, x_op(p, OP_lt, x_lane(p), x_real(p, n), 0), zero, zero_of(p, h->count));
        sum = sum ? x_add(p, sum, zero) : zero;
    }
    Exp wrong = x_any(p, x_op(p, OP_ne, sum, zero_of(p, h->count), 0));
    return x_sub(p, x_int(p, 1), wrong);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static Block *latency_begin(const Job *job, Exp count, Var theta, Var pack, Var scratch)
{
    (void)count, (void)scratch;
    Block *b = NEW(job->p->arena, Block);
    b->job = job;
    b->layout = latency_layout(job);
    b->p = job->p;
    b->arena = job->p->arena;
    b->theta = theta;
    b->pack = pack;
    return b;
}

static uint32_t latency_end(Block *b) { (void)b; return 0; }

/* ---- applying a function ----------------------------------------------------------------------- */

static Held *bound(const Bind *bind, size_t n, Name name)
{
    for (size_t i = 0; i < n; i++)
        if (bind[i].leaf == name)
            return bind[i].value;
    return NULL;
}

typedef struct Wanted {             /* a root that is computed                            */
    const Root *root;
    Held       *to;                 /* NULL: the area in sums                             */
    Terms       terms;              /* of a sum                                           */
} Wanted;

typedef struct Apply {
    Block      *b;
    const Bind *bind, *out;
    size_t      nbind, nout;
    Var         sums;
    VEC(Wanted) wanted;
    bool       *live;               /* per node: its value is read                        */
} Apply;

static void find_wanted(Apply *a)
{
    const Fn *fn = a->b->fn;
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        Wanted w = {.root = root, .to = bound(a->out, a->nout, root->name)};
        if (root->kind == ROOT_CARRY)
            w.to = bound(a->bind, a->nbind, root->name);
        if (!w.to && (root->kind != ROOT_SUM || !a->sums))
            continue;
        if (root->kind == ROOT_SUM && !latency_terms(a->b->arena, fn, root->value, &w.terms))
            continue;
        VEC_PUSH(a->b->arena, a->wanted) = w;
    }
}

static void find_live(Apply *a)
{
    const Fn *fn = a->b->fn;
    a->live = NEW_ARRAY(a->b->arena, bool, fn->node.count);
    bool *rows = NEW_ARRAY(a->b->arena, bool, fn->node.count);
    for (size_t i = 0; i < a->wanted.count; i++) {
        const Wanted *w = &a->wanted.at[i];
        if (w->root->kind != ROOT_SUM)
            a->live[w->root->value] = true;
        for (size_t k = 0; k < w->terms.count; k++)
            (w->terms.at[k].rows ? rows : a->live)[w->terms.at[k].node] = true;
    }
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--)
        for (unsigned k = 0; k < NODE(fn, r)->narg; k++)
            if (a->live[r] || rows[r])
                a->live[NODE(fn, r)->arg[k]] = true;
}

/* The leaves are read where they are held; nothing is set before everything is read. */
static void bind_leaves(Apply *a)
{
    const Fn *fn = a->b->fn;
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        if (s->role == ROLE_PARAM || !s->node || !a->live[s->node])
            continue;
        const Held *h = bound(a->bind, a->nbind, s->name);
        INSIST(a->b->arena, h && "a leaf that nobody bound");
        Value *v = value_new(a->b, h->count);
        for (uint32_t k = 0; k < v->parts; k++)
            v->part[k] = x_var(a->b->p, h->var[k]);
        a->b->value[s->node] = v;
    }
}

static void add_value(Block *b, const Value *v, bool minus, Var sums, const Area *area)
{
    Program *p = b->p;
    uint32_t step = v->count > SHORT ? LANES : 1;
    for (uint32_t i = 0; i < v->parts; i++) {
        Exp at = x_int(p, area->offset + i * step);
        s_store(p, sums, at, x_op(p, minus ? OP_sub : OP_add, x_load(p, sums, at, step), v->part[i], 0));
    }
}

/* What node r adds to the accumulators, as soon as it can be added. */
static void add_terms(Apply *a, Ref r)
{
    Block *b = a->b;
    for (size_t i = 0; i < a->wanted.count; i++) {
        const Wanted *w = &a->wanted.at[i];
        for (size_t k = 0; k < w->terms.count && !w->to; k++) {
            const Term *term = &w->terms.at[k];
            Form form;
            Nest nest = latency_value_nest(latency_count(b->fn, r));
            if (term->node != r)
                continue;
            if (term->rows && latency_form(b->fn, b->fact, r, true, &form))
                nest = latency_nest(&form, &form.out);
            const Area *area = layout_area(b->layout, w->root->name, &nest);
            if (term->rows)
                con_rows(b, r, term->minus, a->sums, area);
            else
                add_value(b, value_of(b, r), term->minus, a->sums, area);
        }
    }
}

/* A leaf's value that outlives the setting of what it is held in. */
static void keep_leaf(Block *b, Ref r)
{
    if (NODE(b->fn, r)->op != OP_LEAF || b->fact[r].sort == SORT_SHARED)
        return;
    Value *v = value_of(b, r), *own = value_new(b, v->count);
    for (uint32_t k = 0; k < v->parts; k++)
        own->part[k] = x_var(b->p, s_let(b->p, latency_hint(b->fn, r), v->part[k]));
    b->value[r] = own;
}

static void set_root(Block *b, const Wanted *w)
{
    Program *p = b->p;
    origin_node(p, b->fn, w->root->value);
    if (w->root->kind != ROOT_SUM) {
        const Value *v = value_of(b, w->root->value);
        for (uint32_t k = 0; k < v->parts; k++)
            s_set(p, w->to->var[k], v->part[k]);
    }
    for (size_t t = 0; t < w->terms.count; t++) {
        const Value *v = value_of(b, w->terms.at[t].node);
        Op op = w->terms.at[t].minus ? OP_sub : OP_add;
        for (uint32_t k = 0; k < v->parts; k++)
            s_set(p, w->to->var[k], x_op(p, op, x_var(p, w->to->var[k]), v->part[k], 0));
    }
}

/* New values of what is held, after everything has been read. */
static void set_roots(Apply *a)
{
    for (size_t i = 0; i < a->wanted.count; i++) {
        const Wanted *w = &a->wanted.at[i];
        if (w->to && w->root->kind != ROOT_SUM)
            keep_leaf(a->b, w->root->value);
        for (size_t t = 0; w->to && t < w->terms.count; t++)
            keep_leaf(a->b, w->terms.at[t].node);
    }
    for (size_t i = 0; i < a->wanted.count; i++)
        if (a->wanted.at[i].to)
            set_root(a->b, &a->wanted.at[i]);
}

static void latency_apply(Block *b, const Fn *fn, const Bind *bind, size_t nbind,
                          const Bind *out, size_t nout, Var sums)
{
    Var pack = b->pack;
    uint32_t before = b->p->at;
    Apply a = {.b = b, .bind = bind, .out = out, .nbind = nbind, .nout = nout, .sums = sums};
    for (b->index = 0; b->index < b->job->fns && b->job->fn[b->index] != fn;)
        b->index++;
    INSIST(b->arena, b->index < b->job->fns && "a function that is not in the job");
    b->fn = fn;
    b->fact = b->layout->fact[b->index];
    b->value = NEW_ARRAY(b->arena, Value *, fn->node.count);
    if (b->layout->pack_reals > 0)
        b->pack = s_fresh(b->p, "w", pack);
    if (sums)
        a.sums = s_fresh(b->p, "g", sums);
    find_wanted(&a);
    find_live(&a);
    bind_leaves(&a);
    for (Ref r = 1; r < fn->node.count; r++) {
        bool later = b->fact[r].init != 0;                  /* by the add that reads it */
        origin_node(b->p, fn, b->fact[r].done ? b->fact[r].done : r);
        if (a.live[r] && !later && !b->value[r] && b->fact[r].sort != SORT_SHARED)
            b->value[r] = node_value(b, r);
        add_terms(&a, r);
    }
    set_roots(&a);
    b->pack = pack;
    b->p->at = before;
}

const Regime regime_latency = {
    .name = "latency", .width = 1, .accepts = latency_accepts,
    .pack_size = latency_pack_size, .pack = latency_pack,
    .begin = latency_begin, .end = latency_end,
    .declare = latency_declare, .zero = latency_zero, .copy = latency_copy,
    .load = latency_load, .store = latency_store,
    .held_size = latency_held_size, .stash = latency_stash, .fetch = latency_fetch,
    .fill = latency_fill, .poke = latency_poke, .mask = latency_mask,
    .total = latency_total, .finite = latency_finite,
    .apply = latency_apply,
    .sums_size = latency_sums_size, .sums_clear = latency_sums_clear, .sums_finish = latency_sums_finish,
};
