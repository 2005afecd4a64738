/* maps.c: maps, and sums of them, over the elements of a shape.
 *
 * In: a feature shape and items: values to store, sums to form.  Out: one nest of
 * loops that does all of it. Where sums run over pixels and not over the vector
 * dimension, that goes outside, so a sum is a register. Sums nest, innermost loop
 * first: chains of rounding are as long as a row, not as an image. What goes to a
 * block's partial sum is summed over the sample before.                             */
#include "tile/grid.h"

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
    Grid *g;
    VEC(Sum)   sum;
    VEC(Store) store;
} Job;

/* ---- what is to be done --------------------------------------------------------------- */

static void identity(const Grid *g, Form at[MAX_RANK])
{
    for (unsigned d = 0; d < g->shape.rank; d++) at[d] = form_index(d);
}

static void add_store(Job *j, const MapItem *item)
{
    Grid *g = j->g;
    Form at[MAX_RANK];
    identity(g, at);
    Store store = { .elem = grid_elem(g, item->node, at) };
    g->elem.at[store.elem].root = true;
    store.to = grid_access(g, item->to, &item->lay, item->padded, at, g->shape, tile_hint(g->f, item->node));
    VEC_PUSH(g->f->arena, g->out) = store.to;
    VEC_PUSH(g->f->arena, j->store) = store;
}

static uint32_t long_dims(const Grid *g)
{
    uint32_t dims = 0;
    for (unsigned d = 0; d < g->shape.rank; d++)
        if (g->shape.dim[d] > 1) dims |= 1u << d;
    return dims;
}

static void add_sum(Job *j, const MapItem *item)
{
    Grid *g = j->g;
    const Fn *fn = g->f->fn;
    const Con *con = CON(fn, item->node);
    Shape out = SHAPE(fn, item->node), feature = tile_feature(out);
    unsigned b = shape_batched(out);
    Form axis[MAX_AXES] = { 0 }, at[MAX_RANK] = { 0 };
    for (unsigned d = 0; d < g->shape.rank; d++)
        if (item->axis_of[d] != NO_AXIS) axis[item->axis_of[d]] = form_index(d);

    Sum sum = { .item = item, .factors = con->nopd, .reduced = long_dims(g) };
    for (unsigned d = 0; d < feature.rank; d++) {
        at[d] = form_of(&con->out[d + b], axis);
        for (unsigned k = 0; k < g->shape.rank; k++)
            if (at[d].k[k]) sum.reduced &= ~(1u << k);
    }
    sum.to = grid_access(g, item->to, &item->lay, item->padded, at, feature, tile_hint(g->f, item->node));
    VEC_PUSH(g->f->arena, g->out) = sum.to;
    for (unsigned k = 0; k < con->nopd; k++) {
        Ref from = NODE(fn, item->node)->arg[k];
        unsigned first = shape_batched(SHAPE(fn, from));
        for (unsigned d = first; d < SHAPE(fn, from).rank; d++) at[d - first] = form_of(&con->in[k][d], axis);
        sum.factor[k] = grid_elem(g, from, at);
        g->elem.at[sum.factor[k]].uses++;
    }
    VEC_PUSH(g->f->arena, j->sum) = sum;
}

/* The vector dimension goes outside if a sum keeps it but not what it would enclose. */
static void order_loops(Job *j)
{
    Grid *g = j->g;
    bool outside = false, merge = true;
    for (size_t i = 0; i < j->sum.count; i++) {
        uint32_t reduced = j->sum.at[i].reduced;
        outside |= reduced && !(reduced >> g->vector & 1);
        merge &= !reduced;
    }
    grid_order(g, outside, merge);
    for (size_t i = 0; i < j->sum.count; i++) {
        Sum *s = &j->sum.at[i];
        s->from = g->loops;
        while (s->from && g->loop[s->from - 1].dims & s->reduced) s->from--;
        for (unsigned l = 0; l < s->from; l++) s->cells |= (g->loop[l].dims & s->reduced) != 0;
        for (unsigned l = 0; l < g->loops; l++)
            if (s->cells || (s->reduced && l >= s->from)) g->chained |= 1u << l;
    }
}

/* ---- sums ---------------------------------------------------------------------------------- */

static void stand_at(const Job *j, const Sum *s) { origin_node(j->g->p, j->g->f->fn, s->item->node); }

static bool sums_lanes(const Grid *g, const Sum *s) { return s->reduced >> g->vector & 1; }

static Exp zero(Grid *g)
{
    Exp none = x_real(g->p, 0);
    return g->lanes > 1 ? x_splat(g->p, none) : none;
}

/* The whole sum over the sample, where loops 0 .. level-1 are open. */
static void finish(Grid *g, const Sum *s, unsigned level, Exp value)
{
    if (sums_lanes(g, s)) value = x_tree(g->p, value);
    if (s->item->add) value = x_add(g->p, grid_load(g, &s->to, level), value);
    grid_store(g, &s->to, level, value);
}

/* One vector for every element that is kept. */
static void make_cells(Grid *g, Sum *s)
{
    uint32_t count = LANES;
    int64_t step[MAX_RANK] = { 0 };
    for (unsigned l = g->loops; l-- > 0;) {
        const Loop *loop = &g->loop[l];
        if (loop->dims & s->reduced) continue;
        step[loop->dim] = loop->vector ? count / LANES : count;
        count *= loop->vector ? (loop->extent + LANES - 1) / LANES : loop->extent;
    }
    s->cell = grid_local(g, "part", count);
    for (unsigned d = 0; d < MAX_RANK; d++) s->cell.at.k[d] = step[d];
    s->cell_count = count;
    Var e = s_for(g->p, "e", x_int(g->p, 0), x_int(g->p, count), x_int(g->p, LANES), FOR_ROLL);
    s_store(g->p, g->base.at[s->cell.base].view, x_var(g->p, e), zero(g));
    s_end(g->p);
}

static Exp cell_load(Grid *g, const Sum *s, unsigned level)
{
    return x_load(g->p, g->base.at[s->cell.base].view, grid_index(g, &s->cell, level), LANES);
}

static void finish_cells(Grid *g, const Sum *s)
{
    unsigned open = 0;
    for (unsigned l = 0; l < g->loops; l++) {
        if (g->loop[l].dims & s->reduced) continue;
        grid_loop(g, l);
        open += !g->loop[l].once;
    }
    finish(g, s, g->loops, cell_load(g, s, g->loops));
    while (open--) s_end(g->p);
}

static void settle(Grid *g, const Sum *s, unsigned level, Exp value)
{
    if (!s->cells) {
        finish(g, s, level, value);
        return;
    }
    value = x_add(g->p, cell_load(g, s, level), value);
    s_store(g->p, g->base.at[s->cell.base].view, grid_index(g, &s->cell, level), value);
}

/* ---- the element ------------------------------------------------------------------------------ */

static Exp product(Grid *g, const Sum *s)
{
    if (!s->factors) return x_real(g->p, 1);
    Exp value = grid_value(g, s->factor[0]);
    for (unsigned k = 1; k < s->factors; k++) value = x_mul(g->p, value, grid_value(g, s->factor[k]));
    return value;
}

/* acc + the product of the factors; lanes beyond the extent count for nothing. */
static Exp added(Grid *g, const Sum *s, Exp live, Exp acc)
{
    Program *p = g->p;
    if (live && sums_lanes(g, s)) return x_add(p, acc, x_op(p, OP_select, live, product(g, s), x_real(p, 0)));
    if (s->factors != 2) return x_add(p, acc, product(g, s));
    return x_fma(p, grid_value(g, s->factor[0]), grid_value(g, s->factor[1]), acc);
}

static void add_element(Grid *g, Sum *s, Exp live)
{
    if (s->from < g->loops) {
        Var acc = s->acc[g->loops - 1];
        s_set(g->p, acc, added(g, s, live, x_var(g->p, acc)));
        return;
    }
    Var view = g->base.at[s->cell.base].view;
    s_store(g->p, view, grid_index(g, &s->cell, g->loops), added(g, s, live, cell_load(g, s, g->loops)));
}

/* Loads come before stores, so what is stored later has a name. */
static Exp named(Grid *g, Exp value)
{
    return g->p->exp.at[value].kind == X_VAR ? value : x_var(g->p, s_let(g->p, "term", value));
}

static void lower_element(Job *j)
{
    Grid *g = j->g;
    uint32_t before = g->p->at;
    bool masks = false;
    for (size_t i = 0; i < j->sum.count; i++) {
        Sum *s = &j->sum.at[i];
        if (!s->reduced) s->value = named(g, product(g, s));
        masks |= s->reduced && sums_lanes(g, s);
    }
    Exp live = masks ? grid_live(g) : 0;
    if (live) live = x_var(g->p, s_let(g->p, "live", live));
    for (size_t i = 0; i < j->sum.count; i++)
        if (j->sum.at[i].reduced) {
            stand_at(j, &j->sum.at[i]);
            add_element(g, &j->sum.at[i], live);
        }
    for (size_t i = 0; i < j->store.count; i++) {
        origin_node(g->p, g->f->fn, g->elem.at[j->store.at[i].elem].ref);
        grid_store(g, &j->store.at[i].to, g->loops, grid_value(g, j->store.at[i].elem));
    }
    for (size_t i = 0; i < j->sum.count; i++)
        if (!j->sum.at[i].reduced) {
            stand_at(j, &j->sum.at[i]);
            finish(g, &j->sum.at[i], g->loops, j->sum.at[i].value);
        }
    g->p->at = before;
}

/* ---- loops --------------------------------------------------------------------------------------- */

static bool spans(const Sum *s, unsigned l) { return s->reduced && l >= s->from; }

static void lower_loops(Job *j, unsigned l)
{
    Grid *g = j->g;
    if (l == g->loops) {
        lower_element(j);
        return;
    }
    for (size_t i = 0; i < j->sum.count; i++)
        if (spans(&j->sum.at[i], l)) j->sum.at[i].acc[l] = s_var(g->p, "sum", zero(g));
    grid_open(g, l);
    lower_loops(j, l + 1);
    grid_close(g, l);
    uint32_t before = g->p->at;
    for (size_t i = 0; i < j->sum.count; i++) {
        const Sum *s = &j->sum.at[i];
        if (!spans(s, l)) continue;
        stand_at(j, s);
        Exp value = x_var(g->p, s->acc[l]);
        if (l == s->from) settle(g, s, l, value);
        else s_set(g->p, s->acc[l - 1], x_add(g->p, x_var(g->p, s->acc[l - 1]), value));
    }
    g->p->at = before;
}

void maps_lower(TileFn *f, Shape feature, const MapItem *item, size_t items)
{
    Job j = { .g = grid_new(f, feature, layout_of(f->t->layouts, feature).vector) };
    for (size_t i = 0; i < items; i++) {
        if (item[i].kind == MAP_STORE) add_store(&j, &item[i]);
        else add_sum(&j, &item[i]);
    }
    uint32_t before = origin_node(f->p, f->fn, items ? item[0].node : 0);
    order_loops(&j);
    grid_enter(j.g);
    for (size_t i = 0; i < j.sum.count; i++)
        if (j.sum.at[i].cells) make_cells(j.g, &j.sum.at[i]);
    lower_loops(&j, 0);
    for (size_t i = 0; i < j.sum.count; i++)
        if (j.sum.at[i].cells) finish_cells(j.g, &j.sum.at[i]);
    f->p->at = before;
}
