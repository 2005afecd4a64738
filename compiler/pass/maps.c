/* maps.c: maps, and sums of them, over the elements of a shape.
 *
 * In: a feature shape and items: values to store, sums to form.  Out: one nest of
 * loops that does all of it. Where sums run over pixels and not over the vector
 * dimension, that goes outside, so a sum is a register. Sums nest, innermost loop
 * first: chains of rounding are as long as a row, not as an image. What goes to a
 * block's partial sum is summed over the sample before.                             */
#include "pass/nest.h"

typedef struct Sum {
    const MapItem *item;
    Access   to;
    uint32_t factor[MAX_OPERANDS];  /* elems                                         */
    unsigned factors;
    uint32_t reduced;               /* bit mask of dimensions of more than one element */
    unsigned from;                  /* loops from here on are all summed over        */
    bool     cells;                 /* others too: partial sums wait in an array     */
    Access   cell;
    uint32_t cell_count;
    Var      acc[MAX_RANK + 1];     /* before loop l                                 */
    Exp      value;                 /* of the element                                */
} Sum;

typedef struct Store { uint32_t elem; Access to; } Store;

typedef struct Job {
    Nest *n;
    VEC(Sum)   sum;
    VEC(Store) store;
} Job;

/* ---- what is to be done --------------------------------------------------------------- */

static void identity(const Nest *n, Form at[MAX_RANK])
{
    for (unsigned d = 0; d < n->shape.rank; d++) at[d] = form_index(d);
}

static void add_store(Job *j, const MapItem *item)
{
    Nest *n = j->n;
    Form at[MAX_RANK];
    identity(n, at);
    Store store = { .elem = nest_elem(n, item->node, at) };
    n->elem.at[store.elem].root = true;
    store.to = nest_access(n, item->to, &item->lay, item->padded, at, n->shape, tile_hint(n->f, item->node));
    VEC_PUSH(n->f->arena, n->out) = store.to;
    VEC_PUSH(n->f->arena, j->store) = store;
}

static uint32_t long_dims(const Nest *n)
{
    uint32_t dims = 0;
    for (unsigned d = 0; d < n->shape.rank; d++)
        if (n->shape.dim[d] > 1) dims |= 1u << d;
    return dims;
}

static void add_sum(Job *j, const MapItem *item)
{
    Nest *n = j->n;
    const Fn *fn = n->f->fn;
    const Con *con = CON(fn, item->node);
    Shape out = SHAPE(fn, item->node), feature = tile_feature(out);
    unsigned b = shape_batched(out);
    Form axis[MAX_AXES] = { 0 }, at[MAX_RANK] = { 0 };
    for (unsigned d = 0; d < n->shape.rank; d++) axis[item->axis_of[d]] = form_index(d);

    Sum sum = { .item = item, .factors = con->nopd, .reduced = long_dims(n) };
    for (unsigned d = 0; d < feature.rank; d++) {
        at[d] = form_of(&con->out[d + b], axis);
        for (unsigned k = 0; k < n->shape.rank; k++)
            if (at[d].k[k]) sum.reduced &= ~(1u << k);
    }
    sum.to = nest_access(n, item->to, &item->lay, item->padded, at, feature, tile_hint(n->f, item->node));
    VEC_PUSH(n->f->arena, n->out) = sum.to;
    for (unsigned k = 0; k < con->nopd; k++) {
        Ref from = NODE(fn, item->node)->arg[k];
        unsigned first = shape_batched(SHAPE(fn, from));
        for (unsigned d = first; d < SHAPE(fn, from).rank; d++) at[d - first] = form_of(&con->in[k][d], axis);
        sum.factor[k] = nest_elem(n, from, at);
        n->elem.at[sum.factor[k]].uses++;
    }
    VEC_PUSH(n->f->arena, j->sum) = sum;
}

/* The vector dimension goes outside if a sum keeps it but not what it would enclose. */
static void order_loops(Job *j)
{
    Nest *n = j->n;
    bool outside = false, merge = true;
    for (size_t i = 0; i < j->sum.count; i++) {
        uint32_t reduced = j->sum.at[i].reduced;
        outside |= reduced && !(reduced >> n->lay.vector & 1);
        merge &= !reduced;
    }
    nest_order(n, outside, merge);
    for (size_t i = 0; i < j->sum.count; i++) {
        Sum *s = &j->sum.at[i];
        s->from = n->loops;
        while (s->from && n->loop[s->from - 1].dims & s->reduced) s->from--;
        for (unsigned l = 0; l < s->from; l++) s->cells |= (n->loop[l].dims & s->reduced) != 0;
    }
}

/* ---- sums ---------------------------------------------------------------------------------- */

static bool sums_lanes(const Nest *n, const Sum *s) { return s->reduced >> n->lay.vector & 1; }

static Exp zero(Nest *n)
{
    Exp none = x_real(n->p, 0);
    return n->lanes > 1 ? x_splat(n->p, none) : none;
}

/* The whole sum over the sample, where loops 0 .. level-1 are open. */
static void finish(Nest *n, const Sum *s, unsigned level, Exp value)
{
    if (sums_lanes(n, s)) value = x_tree(n->p, value);
    if (s->item->add) value = x_add(n->p, nest_load(n, &s->to, level), value);
    nest_store(n, &s->to, level, value);
}

/* One vector for every element that is kept. */
static void make_cells(Nest *n, Sum *s)
{
    uint32_t count = LANES;
    int64_t step[MAX_RANK] = { 0 };
    for (unsigned l = n->loops; l-- > 0;) {
        const Loop *loop = &n->loop[l];
        if (loop->dims & s->reduced) continue;
        step[loop->dim] = loop->vector ? count / LANES : count;
        count *= loop->vector ? (loop->extent + LANES - 1) / LANES : loop->extent;
    }
    s->cell = nest_local(n, "part", count);
    for (unsigned d = 0; d < MAX_RANK; d++) s->cell.at.k[d] = step[d];
    s->cell_count = count;
    Var e = s_for(n->p, "e", x_int(n->p, 0), x_int(n->p, count), x_int(n->p, LANES), FOR_ROLL);
    s_store(n->p, n->base.at[s->cell.base].view, x_var(n->p, e), zero(n));
    s_end(n->p);
}

static Exp cell_load(Nest *n, const Sum *s, unsigned level)
{
    return x_load(n->p, n->base.at[s->cell.base].view, nest_index(n, &s->cell, level), LANES);
}

static void finish_cells(Nest *n, const Sum *s)
{
    unsigned open = 0;
    for (unsigned l = 0; l < n->loops; l++) {
        if (n->loop[l].dims & s->reduced) continue;
        nest_loop(n, l);
        open += !n->loop[l].once;
    }
    finish(n, s, n->loops, cell_load(n, s, n->loops));
    while (open--) s_end(n->p);
}

static void settle(Nest *n, const Sum *s, unsigned level, Exp value)
{
    if (!s->cells) {
        finish(n, s, level, value);
        return;
    }
    value = x_add(n->p, cell_load(n, s, level), value);
    s_store(n->p, n->base.at[s->cell.base].view, nest_index(n, &s->cell, level), value);
}

/* ---- the element ------------------------------------------------------------------------------ */

static Exp product(Nest *n, const Sum *s)
{
    if (!s->factors) return x_real(n->p, 1);
    Exp value = nest_value(n, s->factor[0]);
    for (unsigned k = 1; k < s->factors; k++) value = x_mul(n->p, value, nest_value(n, s->factor[k]));
    return value;
}

/* acc + the product of the factors; lanes beyond the extent count for nothing. */
static Exp added(Nest *n, const Sum *s, Exp live, Exp acc)
{
    Program *p = n->p;
    if (live && sums_lanes(n, s)) return x_add(p, acc, x_op(p, OP_select, live, product(n, s), x_real(p, 0)));
    if (s->factors != 2) return x_add(p, acc, product(n, s));
    return x_fma(p, nest_value(n, s->factor[0]), nest_value(n, s->factor[1]), acc);
}

static void add_element(Nest *n, Sum *s, Exp live)
{
    if (s->from < n->loops) {
        Var acc = s->acc[n->loops - 1];
        s_set(n->p, acc, added(n, s, live, x_var(n->p, acc)));
        return;
    }
    Var view = n->base.at[s->cell.base].view;
    s_store(n->p, view, nest_index(n, &s->cell, n->loops), added(n, s, live, cell_load(n, s, n->loops)));
}

static void lower_element(Job *j)
{
    Nest *n = j->n;
    bool masks = false;
    for (size_t i = 0; i < j->sum.count; i++) {
        Sum *s = &j->sum.at[i];
        if (!s->reduced) s->value = x_var(n->p, s_let(n->p, tile_hint(n->f, s->item->node), product(n, s)));
        masks |= s->reduced && sums_lanes(n, s);
    }
    Exp live = masks ? nest_live(n) : 0;
    if (live) live = x_var(n->p, s_let(n->p, "live", live));
    for (size_t i = 0; i < j->sum.count; i++)
        if (j->sum.at[i].reduced) add_element(n, &j->sum.at[i], live);
    for (size_t i = 0; i < j->store.count; i++)
        nest_store(n, &j->store.at[i].to, n->loops, nest_value(n, j->store.at[i].elem));
    for (size_t i = 0; i < j->sum.count; i++)
        if (!j->sum.at[i].reduced) finish(n, &j->sum.at[i], n->loops, j->sum.at[i].value);
}

/* ---- loops --------------------------------------------------------------------------------------- */

static bool spans(const Sum *s, unsigned l) { return s->reduced && l >= s->from; }

static void lower_loops(Job *j, unsigned l)
{
    Nest *n = j->n;
    if (l == n->loops) {
        lower_element(j);
        return;
    }
    for (size_t i = 0; i < j->sum.count; i++)
        if (spans(&j->sum.at[i], l)) j->sum.at[i].acc[l] = s_var(n->p, "sum", zero(n));
    nest_open(n, l);
    lower_loops(j, l + 1);
    nest_close(n, l);
    for (size_t i = 0; i < j->sum.count; i++) {
        const Sum *s = &j->sum.at[i];
        if (!spans(s, l)) continue;
        Exp value = x_var(n->p, s->acc[l]);
        if (l == s->from) settle(n, s, l, value);
        else s_set(n->p, s->acc[l - 1], x_add(n->p, x_var(n->p, s->acc[l - 1]), value));
    }
}

void maps_lower(TileFn *f, Shape feature, const MapItem *item, size_t items)
{
    Job j = { .n = nest_new(f, feature) };
    for (size_t i = 0; i < items; i++) {
        if (item[i].kind == MAP_STORE) add_store(&j, &item[i]);
        else add_sum(&j, &item[i]);
    }
    order_loops(&j);
    nest_enter(j.n);
    for (size_t i = 0; i < j.sum.count; i++)
        if (j.sum.at[i].cells) make_cells(j.n, &j.sum.at[i]);
    lower_loops(&j, 0);
    for (size_t i = 0; i < j.sum.count; i++)
        if (j.sum.at[i].cells) finish_cells(j.n, &j.sum.at[i]);
}
