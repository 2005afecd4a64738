/* tile.c: one group of a tensor function as loops over its elements.
 *
 * A con keeps a tile of sums in named variables: rows along an axis that one
 * operand lacks, so that each of its vectors is loaded once for all rows (axpy);
 * if a second axis is lacking in the other operand, columns along that one (dot).
 * Each sum is one chain of fma over the summed axes in order. The group's maps run
 * on the sums before they are stored.
 *
 *     for i in 0 .. 16 step 8 {
 *         var s0 = splat(b[i]) ... s7
 *         for j in 0 .. 16 {
 *             let y = h[j]
 *             set s0 = fma(W[i, j], y, s0) ...
 *         }
 *         let u = elu(s0); store h2[i] = u ...
 *     }                                                                             */
#include "pass/batch.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 8, COLUMNS = 4, SUMS = 16 };

static const char *const axis_name[MAX_AXES] = { "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "u", "v" };

/* ---- where things are ------------------------------------------------------------- */

uint32_t param_offset(const Field *field, Name name)
{
    for (size_t i = 0; i < field->param.count; i++)
        if (field->param.at[i].name == name) return field->param.at[i].offset;
    fprintf(stderr, "nodec: bug: %s has no parameter %s\n", field->name, name);
    abort();
}

Exp flat_index(Program *p, Shape shape, const Exp *at)
{
    Exp flat = x_int(p, 0);
    for (unsigned d = 0; d < shape.rank; d++)
        flat = x_add(p, x_mul(p, flat, x_int(p, shape.dim[d])), at[d]);
    return flat;
}

static Exp splat(const Lowering *l, Exp x)
{
    return x_type(l->p, x).lanes < l->lanes ? x_splat(l->p, x) : x;
}

/* Where element `flat` of a computed value is in its array. */
static Exp stored_at(const Lowering *l, const Value *v, Exp flat)
{
    Program *p = l->p;
    unsigned chunks = v->blocked ? l->b->chunks : 1;
    Exp at = x_mul(p, flat, x_int(p, l->lanes * chunks));
    if (v->blocked) at = x_add(p, at, l->chunk);
    return x_add(p, v->base, at);
}

static Exp aff_exp(Program *p, const Aff *a, const Exp *axis)
{
    Exp x = x_int(p, 0);
    for (unsigned i = 0; i < a->n; i++)
        x = x_add(p, x, x_mul(p, axis[a->ax[i]], x_int(p, a->k[i])));
    return x_add(p, x, x_int(p, a->c));
}

/* Operand k of a con where its axes stand. */
static Exp operand_at(Lowering *l, Ref r, unsigned k, const Exp *axis)
{
    const Con *con = CON(l->fn, r);
    Ref from = NODE(l->fn, r)->arg[k];
    Shape shape = SHAPE(l->fn, from);
    unsigned b = shape_batched(shape);
    Exp at[MAX_RANK];
    for (unsigned d = b; d < shape.rank; d++) at[d - b] = aff_exp(l->p, &con->in[k][d], axis);
    return value_at(l, from, at);
}

static Exp view_at(Lowering *l, Ref r, const Exp *at)
{
    const Con *con = CON(l->fn, r);
    Shape shape = SHAPE(l->fn, r);
    unsigned b = shape_batched(shape);
    Exp axis[MAX_AXES] = { 0 };
    for (unsigned d = b; d < shape.rank; d++)
        if (con->out[d].n) axis[plain_axis(&con->out[d])] = at[d - b];
    return operand_at(l, r, 0, axis);
}

static Exp map_at(Lowering *l, Ref r, const Exp *at)
{
    const Node *n = NODE(l->fn, r);
    Exp arg[3] = { 0 };
    for (unsigned i = 0; i < n->narg; i++) arg[i] = value_at(l, n->arg[i], at);
    return x_op(l->p, (Op)n->op, arg[0], arg[1], arg[2]);
}

Exp value_at(Lowering *l, Ref r, const Exp *at)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, r);
    const Value *v = &l->value[r];
    Shape shape = shape_feature(SHAPE(l->fn, r));
    if (v->here) return x_var(p, v->here);
    if (v->on_demand) return n->op == OP_CON ? view_at(l, r, at) : map_at(l, r, at);
    if (n->op == OP_CONST && !shape.rank) return x_real(p, l->fn->value.at[n->aux]);

    Exp flat = flat_index(p, shape, at);
    if (v->leaf && v->leaf->shared) return x_load(p, v->leaf->buffer, x_add(p, v->leaf->base, flat), 1);
    if (v->leaf) return x_load(p, v->leaf->buffer, held_index(l->b, v->leaf, flat, l->chunk), l->lanes);
    if (n->op == OP_LEAF) {
        uint32_t offset = param_offset(l->b->job->field, l->fn->symbol.at[n->aux].name);
        return x_load(p, l->b->theta, x_add(p, flat, x_int(p, offset)), 1);
    }
    if (v->sort == SORT_SHARED) return x_load(p, v->buffer, x_add(p, v->base, flat), 1);
    return x_load(p, v->buffer, stored_at(l, v, flat), l->lanes);
}

/* ---- one element of a group ---------------------------------------------------------- */

static const char *hint(const Lowering *l, Ref r)
{
    const Node *n = NODE(l->fn, r);
    if (n->op == OP_LEAF) return l->fn->symbol.at[n->aux].name;
    return n->op == OP_CON ? "sum" : op_info((Op)n->op)->name;
}

static void keep(Lowering *l, Ref r, const Exp *at)
{
    const Value *v = &l->value[r];
    if (!v->stored) return;
    Exp flat = flat_index(l->p, shape_feature(SHAPE(l->fn, r)), at);
    s_store(l->p, v->buffer, stored_at(l, v, flat), splat(l, x_var(l->p, v->here)));
}

static void move(Lowering *l, const Item *item, const Exp *at)
{
    Program *p = l->p;
    Exp flat = flat_index(p, shape_feature(SHAPE(l->fn, item->value)), at);
    Exp value = splat(l, value_at(l, item->value, at));
    Var to = item->sum ? l->sums : item->to->buffer;
    Exp index = item->sum ? x_mul(p, x_add(p, flat, x_int(p, item->offset)), x_int(p, l->lanes))
                          : held_index(l->b, item->to, flat, l->chunk);
    if (item->sum || item->add) value = x_add(p, x_load(p, to, index, l->lanes), value);
    s_store(p, to, index, value);
}

/* head: the value of the group's con, peak ... here, or 0. */
static void lower_element(Lowering *l, const Group *g, const Exp *at, Var head)
{
    if (g->head) {
        Ref r = g->head;
        if (l->value[r].init)               /* these sums are the add's already */
            for (r++; l->value[r].sum_with != g->head;) r++;
        l->value[r].here = head;
        keep(l, r, at);
    }
    for (size_t i = 0; i < g->item.count; i++) {
        Ref r = g->item.at[i].node;
        if (!r) continue;
        l->value[r].here = s_let(l->p, hint(l, r), map_at(l, r, at));
        keep(l, r, at);
    }
    for (size_t i = 0; i < g->item.count; i++)
        if (!g->item.at[i].node) move(l, &g->item.at[i], at);

    for (Ref r = 1; r < l->fn->node.count; r++) l->value[r].here = 0;
}

/* ---- groups without a con ------------------------------------------------------------- */

typedef void Element(Lowering *, const Group *, const Exp *at);

static void element_loop(Lowering *l, const Group *g, Element *element, Exp *at, unsigned d, bool unroll)
{
    Program *p = l->p;
    if (d == g->shape.rank) {
        element(l, g, at);
        return;
    }
    if (unroll || g->shape.dim[d] == 1)
        for (uint32_t i = 0; i < g->shape.dim[d]; i++) {
            at[d] = x_int(p, i);
            element_loop(l, g, element, at, d + 1, unroll);
        }
    else {
        Var i = s_for(p, axis_name[d], x_int(p, 0), x_int(p, g->shape.dim[d]), x_int(p, 1), FOR_ROLL);
        at[d] = x_var(p, i);
        element_loop(l, g, element, at, d + 1, unroll);
        s_end(p);
    }
}

static void each_element(Lowering *l, const Group *g, Element *element)
{
    Exp at[MAX_RANK];
    element_loop(l, g, element, at, 0, shape_count(g->shape) <= UNROLLED);
}

static void map_element(Lowering *l, const Group *g, const Exp *at)
{
    lower_element(l, g, at, 0);
}

/* The index along an axis of the argument that is not in the result; for peak all
 * of `axes`, a bit mask over the argument's dimensions with B as one of them.        */
static void peak_loop(Lowering *l, const Group *g, Var best, Exp *from, unsigned d, unsigned b)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, g->head);
    Shape shape = SHAPE(l->fn, n->arg[0]);
    while (d < shape.rank && !(n->aux >> d & 1)) d++;
    if (d == shape.rank) {
        Op op = n->op == OP_PEAK_MAX ? OP_max : OP_min;
        s_set(p, best, x_op(p, op, x_var(p, best), value_at(l, n->arg[0], from), 0));
        return;
    }
    Var i = s_for(p, "k", x_int(p, 0), x_int(p, shape.dim[d]), x_int(p, 1), FOR_ROLL);
    from[d - b] = x_var(p, i);
    peak_loop(l, g, best, from, d + 1, b);
    s_end(p);
}

static void peak_element(Lowering *l, const Group *g, const Exp *at)
{
    const Node *n = NODE(l->fn, g->head);
    Shape shape = SHAPE(l->fn, n->arg[0]);
    unsigned b = shape_batched(shape), kept = 0;
    Exp from[MAX_RANK];
    for (unsigned d = b; d < shape.rank; d++)
        from[d - b] = n->aux >> d & 1 ? x_int(l->p, 0) : at[kept++];
    Var best = s_var(l->p, "peak", splat(l, value_at(l, n->arg[0], from)));
    peak_loop(l, g, best, from, b, b);
    lower_element(l, g, at, best);
}

static Exp is_index(Lowering *l, Ref index, Exp k)
{
    Exp at[1] = { 0 };
    return x_op(l->p, OP_eq, value_at(l, index, at), x_convert(l->p, k, L_REAL), 0);
}

/* out[i j] = from[i index j]: the one of all that is meant; 0 outside. */
static void take_element(Lowering *l, const Group *g, const Exp *at)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, g->head);
    Shape shape = SHAPE(l->fn, n->arg[0]);
    unsigned b = shape_batched(shape), axis = n->aux - b;
    Exp from[MAX_RANK];
    for (unsigned d = 0, k = 0; d < shape.rank - b; d++)
        if (d != axis) from[d] = at[k++];
    Var taken = s_var(p, "taken", splat(l, x_real(p, 0)));
    Var k = s_for(p, "k", x_int(p, 0), x_int(p, shape.dim[n->aux]), x_int(p, 1), FOR_ROLL);
    from[axis] = x_var(p, k);
    s_set(p, taken, x_op(p, OP_select, is_index(l, n->arg[1], x_var(p, k)), value_at(l, n->arg[0], from),
                         x_var(p, taken)));
    s_end(p);
    lower_element(l, g, at, taken);
}

/* out[i k j] = k == index ? value[i j] : 0 */
static void put_element(Lowering *l, const Group *g, const Exp *at)
{
    Program *p = l->p;
    const Node *n = NODE(l->fn, g->head);
    unsigned b = shape_batched(SHAPE(l->fn, g->head)), axis = n->aux - b;
    Exp from[MAX_RANK];
    for (unsigned d = 0, k = 0; d < g->shape.rank; d++)
        if (d != axis) from[k++] = at[d];
    Exp put = x_op(p, OP_select, is_index(l, n->arg[1], at[axis]), value_at(l, n->arg[0], from), x_real(p, 0));
    lower_element(l, g, at, s_let(p, "put", put));
}

static void store_numbers(Lowering *l, const Group *g)
{
    const Node *n = NODE(l->fn, g->head);
    const Value *v = &l->value[g->head];
    for (uint32_t i = 0; i < shape_count(g->shape); i++)
        s_store(l->p, v->buffer, stored_at(l, v, x_int(l->p, i)), x_real(l->p, l->fn->value.at[n->aux + i]));
}

/* ---- con --------------------------------------------------------------------------------- */

typedef struct Nest {
    Lowering    *l;
    const Group *g;
    Ref          r;
    const Con   *con;
    uint32_t     kept;              /* bit mask: axes of the result; the others are summed */
    Exp          axis[MAX_AXES];    /* where the loops stand                        */
    int          row, column;       /* axes, or -1                                  */
    Exp          first_row, first_column;
    unsigned     rows, columns;     /* of this tile                                 */
    Var          sum[SUMS];
    unsigned     copies;            /* of the innermost statement, by unrolling     */
    const Item  *in_place;          /* the sums are a parameter's accumulators      */
} Nest;

static bool aff_reads(const Aff *a, int axis)
{
    for (unsigned i = 0; i < a->n; i++)
        if (a->ax[i] == axis) return true;
    return false;
}

static bool operand_reads(const Nest *n, unsigned k, int axis)
{
    Shape shape = SHAPE(n->l->fn, NODE(n->l->fn, n->r)->arg[k]);
    for (unsigned d = 0; axis >= 0 && d < shape.rank; d++)
        if (aff_reads(&n->con->in[k][d], axis)) return true;
    return false;
}

/* -1: never, 1: always, 0: when *when (a mask) says so. */
static int in_range(const Nest *n, const Aff *a, uint32_t limit, Exp *when)
{
    Program *p = n->l->p;
    int64_t lo, hi;
    if (limit == BATCH) return 1;
    aff_reach(n->con, a, &lo, &hi);
    if (lo >= 0 && hi < (int64_t)limit) return 1;
    Exp x = aff_exp(p, a, n->axis);
    if (p->exp.at[x].kind == X_INT)
        return p->exp.at[x].num >= 0 && p->exp.at[x].num < limit ? 1 : -1;
    Exp below = x_op(p, OP_lt, x, x_int(p, limit), 0), above = x_op(p, OP_ge, x, x_int(p, 0), 0);
    Exp both = lo >= 0 ? below : hi < (int64_t)limit ? above : x_op(p, OP_and, above, below, 0);
    *when = *when ? x_op(p, OP_and, *when, both, 0) : both;
    return 0;
}

static int all_in_range(const Nest *n, bool outputs, Exp *when)
{
    const Fn *fn = n->l->fn;
    int all = 1;
    *when = 0;
    for (unsigned k = 0; k < n->con->nopd; k++) {
        Shape shape = SHAPE(fn, NODE(fn, n->r)->arg[k]);
        for (unsigned d = 0; d < shape.rank; d++) {
            int one = in_range(n, &n->con->in[k][d], shape.dim[d], when);
            if (one < all) all = one;
        }
    }
    for (unsigned g = 0; g < n->con->nguard; g++) {
        int one = in_range(n, &n->con->guard[g], n->con->limit[g], when);
        if (one < all) all = one;
    }
    Shape shape = SHAPE(fn, n->r);
    for (unsigned d = 0; outputs && d < shape.rank; d++) {
        int one = in_range(n, &n->con->out[d], shape.dim[d], when);
        if (one < all) all = one;
    }
    return all;
}

/* A sum over samples of something that no sample has a part in: lanes beyond the
 * batch must not count.  0: nothing to do.                                          */
static Exp mask(const Nest *n)
{
    Lowering *l = n->l;
    Program *p = l->p;
    if (l->lanes == 1 || !con_over_batch(l->fn, n->r)) return 0;
    for (unsigned k = 0; k < n->con->nopd; k++)
        if (l->value[NODE(l->fn, n->r)->arg[k]].sort == SORT_SAMPLE) return 0;
    Exp rest = x_convert(p, x_sub(p, l->b->count, l->chunk), L_REAL);
    return x_op(p, OP_select, x_op(p, OP_lt, x_lane(p), rest, 0), x_real(p, 1), x_real(p, 0));
}

static Exp add_product(const Nest *n, const Exp *operand, Exp sum)
{
    Program *p = n->l->p;
    Exp factor[MAX_OPERANDS + 1], outside = mask(n);
    unsigned count = n->con->nopd;
    for (unsigned k = 0; k < count; k++) factor[k] = operand[k];
    if (outside) factor[count++] = outside;
    if (count == 0) return x_add(p, sum, x_real(p, 1));
    if (count == 1) return x_add(p, sum, factor[0]);
    Exp first = factor[0];
    for (unsigned k = 1; k + 1 < count; k++) first = x_mul(p, first, factor[k]);
    return x_fma(p, first, factor[count - 1], sum);
}

/* Row u and column v of operand k; what several sums read is loaded once. */
static Exp factor_at(Nest *n, unsigned k, unsigned u, unsigned v, Exp loaded[ROWS][COLUMNS])
{
    Lowering *l = n->l;
    bool by_row = operand_reads(n, k, n->row), by_column = operand_reads(n, k, n->column);
    Exp *at = &loaded[by_row ? u : 0][by_column ? v : 0];
    if (*at) return *at;
    Exp x = operand_at(l, n->r, k, n->axis);
    bool once = (by_row || n->rows == 1) && (by_column || n->columns == 1);
    if (!once) x = x_var(l->p, s_let(l->p, hint(l, NODE(l->fn, n->r)->arg[k]), x));
    return *at = x;
}

static void stand_at(Nest *n, unsigned u, unsigned v)
{
    Program *p = n->l->p;
    if (n->row >= 0) n->axis[n->row] = x_add(p, n->first_row, x_int(p, u));
    if (n->column >= 0) n->axis[n->column] = x_add(p, n->first_column, x_int(p, v));
}

static void tile_products(Nest *n)
{
    Program *p = n->l->p;
    Exp loaded[MAX_OPERANDS][ROWS][COLUMNS] = { 0 };
    for (unsigned u = 0; u < n->rows; u++)
        for (unsigned v = 0; v < n->columns; v++) {
            stand_at(n, u, v);
            Exp when, factor[MAX_OPERANDS] = { 0 };
            int range = all_in_range(n, false, &when);
            if (range < 0) continue;
            if (range == 0) s_if(p, when);
            for (unsigned k = 0; k < n->con->nopd; k++)
                factor[k] = range ? factor_at(n, k, u, v, loaded[k]) : operand_at(n->l, n->r, k, n->axis);
            Var sum = n->sum[u * n->columns + v];
            s_set(p, sum, add_product(n, factor, x_var(p, sum)));
            if (range == 0) s_end(p);
        }
}

static void summed_loops(Nest *n, unsigned a)
{
    Program *p = n->l->p;
    while (a < n->con->naxis && (n->kept >> a & 1 || n->con->extent[a] == BATCH)) a++;
    if (a == n->con->naxis) {
        tile_products(n);
        return;
    }
    uint32_t extent = n->con->extent[a];
    unsigned copies = n->copies;
    if (extent * copies <= UNROLLED) {
        n->copies *= extent;
        for (uint32_t i = 0; i < extent; i++) {
            n->axis[a] = x_int(p, i);
            summed_loops(n, a + 1);
        }
        n->copies = copies;
        return;
    }
    Var i = s_for(p, axis_name[a], x_int(p, 0), x_int(p, extent), x_int(p, 1), FOR_ROLL);
    n->axis[a] = x_var(p, i);
    summed_loops(n, a + 1);
    s_end(p);
}

static void chunk_loop_begin(Lowering *l)
{
    Program *p = l->p;
    if (l->lanes == 1) return;
    Var c = s_for(p, "c", x_int(p, 0), x_var(p, l->b->full), x_int(p, LANES), FOR_ROLL);
    l->chunk = x_var(p, c);
}

static void chunk_loop_end(Lowering *l)
{
    if (l->lanes > 1) s_end(l->p);
}

/* The element of the result where the axes stand. */
static void result_at(const Nest *n, Exp at[MAX_RANK])
{
    Shape shape = SHAPE(n->l->fn, n->r);
    unsigned b = shape_batched(shape);
    for (unsigned d = b; d < shape.rank; d++) at[d - b] = aff_exp(n->l->p, &n->con->out[d], n->axis);
}

static Exp accumulator(const Nest *n, const Exp *at)
{
    Program *p = n->l->p;
    Exp flat = flat_index(p, n->g->shape, at);
    return x_mul(p, x_add(p, flat, x_int(p, n->in_place->offset)), x_int(p, n->l->lanes));
}

static Exp initial(const Nest *n, const Exp *at)
{
    Lowering *l = n->l;
    Ref init = l->value[n->r].init;
    if (n->in_place) return x_load(l->p, l->sums, accumulator(n, at), l->lanes);
    return splat(l, init ? value_at(l, init, at) : x_real(l->p, 0));
}

static void finish_sums(Nest *n)
{
    Lowering *l = n->l;
    Exp at[MAX_RANK];
    for (unsigned s = 0; s < n->rows * n->columns; s++) {
        stand_at(n, s / n->columns, s % n->columns);
        result_at(n, at);
        if (n->in_place) s_store(l->p, l->sums, accumulator(n, at), x_var(l->p, n->sum[s]));
        else lower_element(l, n->g, at, n->sum[s]);
    }
}

/* Many rows and maps to run on them: by a loop over the sums in memory, so that the
 * maps are written once.                                                            */
static void finish_rows(Nest *n)
{
    Lowering *l = n->l;
    Program *p = l->p;
    Exp at[MAX_RANK], first = n->first_row;
    Var row = s_local(p, "row", n->rows * l->lanes);
    for (unsigned u = 0; u < n->rows; u++) s_store(p, row, x_int(p, u * l->lanes), x_var(p, n->sum[u]));
    Exp u = x_var(p, s_for(p, "u", x_int(p, 0), x_int(p, n->rows), x_int(p, 1), FOR_ROLL));
    n->first_row = x_add(p, first, u);
    stand_at(n, 0, 0);
    result_at(n, at);
    lower_element(l, n->g, at, s_let(p, "sum", x_load(p, row, x_mul(p, u, x_int(p, l->lanes)), l->lanes)));
    s_end(p);
    n->first_row = first;
}

static void tile(Nest *n)
{
    Lowering *l = n->l;
    Exp at[MAX_RANK];
    for (unsigned s = 0; s < n->rows * n->columns; s++) {
        stand_at(n, s / n->columns, s % n->columns);
        result_at(n, at);
        n->sum[s] = s_var(l->p, arena_printf(l->arena, "s%u", s), initial(n, at));
    }
    bool coupled = con_over_batch(l->fn, n->r);
    if (coupled) chunk_loop_begin(l);
    summed_loops(n, 0);
    if (coupled) chunk_loop_end(l);
    if (n->g->item.count && !n->in_place && n->columns == 1 && n->rows > UNROLLED) finish_rows(n);
    else finish_sums(n);
}

/* The largest divisor if it is not small, else equal pieces and a smaller last one. */
static unsigned tile_size(uint32_t extent, unsigned limit)
{
    for (unsigned size = limit; size > limit / 2; size--)
        if (extent % size == 0) return size;
    if (extent <= limit) return extent;
    uint32_t pieces = (extent + limit - 1) / limit;
    return (extent + pieces - 1) / pieces;
}

/* Calls `inner` for all tiles of `size` along an axis, then for what remains. */
static void tiles_along(Nest *n, int axis, unsigned limit, Exp *first, unsigned *size, void inner(Nest *))
{
    Program *p = n->l->p;
    uint32_t extent = axis < 0 ? 1 : n->con->extent[axis];
    unsigned whole = axis < 0 ? 1 : tile_size(extent, limit);
    uint32_t rest = extent % whole;
    *size = whole;
    *first = x_int(p, 0);
    if (extent / whole == 1) inner(n);
    else {
        Var i = s_for(p, axis_name[axis], x_int(p, 0), x_int(p, extent - rest), x_int(p, whole), FOR_ROLL);
        *first = x_var(p, i);
        inner(n);
        s_end(p);
    }
    if (!rest) return;
    *size = rest;
    *first = x_int(p, extent - rest);
    inner(n);
}

static void tile_columns(Nest *n)
{
    tiles_along(n, n->column, COLUMNS, &n->first_column, &n->columns, tile);
}

static void tile_rows(Nest *n)
{
    tiles_along(n, n->row, n->column < 0 ? ROWS : COLUMNS, &n->first_row, &n->rows, tile_columns);
}

/* Rows: an axis that a per-sample operand lacks; columns: one that another lacks
 * while the first has it.  Without sums there is nothing to share.                  */
static void choose_tile(Nest *n)
{
    const Con *con = n->con;
    const Fn *fn = n->l->fn;
    n->row = n->column = -1;
    bool sums = con_over_batch(fn, n->r);
    for (unsigned a = 0; a < con->naxis; a++) sums |= !(n->kept >> a & 1) && con->extent[a] > 1;
    if (!sums) return;
    for (unsigned a = 0; a < con->naxis; a++) {
        if (!(n->kept >> a & 1) || con->extent[a] == BATCH) continue;
        bool shares = con->nopd == 1;
        for (unsigned k = 0; k < con->nopd; k++)
            shares |= n->l->value[NODE(fn, n->r)->arg[k]].sort == SORT_SAMPLE && !operand_reads(n, k, (int)a);
        if (shares && (n->row < 0 || con->extent[a] > con->extent[n->row])) n->row = (int)a;
    }
    for (unsigned a = 0; n->row >= 0 && a < con->naxis; a++) {
        if (!(n->kept >> a & 1) || con->extent[a] == BATCH || (int)a == n->row) continue;
        bool own = false, other = false;
        for (unsigned k = 0; k < con->nopd; k++) {
            bool by_row = operand_reads(n, k, n->row), by_column = operand_reads(n, k, (int)a);
            own |= by_row && !by_column;
            other |= by_column && !by_row;
        }
        if (own && other && (n->column < 0 || con->extent[a] > con->extent[n->column])) n->column = (int)a;
    }
}

static void kept_loops(Nest *n, unsigned a)
{
    Program *p = n->l->p;
    while (a < n->con->naxis && (!(n->kept >> a & 1) || n->con->extent[a] == BATCH
                                 || (int)a == n->row || (int)a == n->column)) a++;
    if (a == n->con->naxis) {
        tile_rows(n);
        return;
    }
    if (n->con->extent[a] == 1) {
        n->axis[a] = x_int(p, 0);
        kept_loops(n, a + 1);
        return;
    }
    Var i = s_for(p, axis_name[a], x_int(p, 0), x_int(p, n->con->extent[a]), x_int(p, 1), FOR_ROLL);
    n->axis[a] = x_var(p, i);
    kept_loops(n, a + 1);
    s_end(p);
}

/* A con with holes, strides or overlaps in its result: element by element in memory. */
static void loose_product(Nest *n)
{
    Lowering *l = n->l;
    Program *p = l->p;
    const Value *v = &l->value[n->r];
    Exp when, at[MAX_RANK], factor[MAX_OPERANDS] = { 0 };
    int range = all_in_range(n, true, &when);
    if (range < 0) return;
    if (range == 0) s_if(p, when);
    result_at(n, at);
    Exp index = stored_at(l, v, flat_index(p, n->g->shape, at));
    for (unsigned k = 0; k < n->con->nopd; k++) factor[k] = operand_at(l, n->r, k, n->axis);
    s_store(p, v->buffer, index, add_product(n, factor, x_load(p, v->buffer, index, l->lanes)));
    if (range == 0) s_end(p);
}

static void loose_loops(Nest *n, unsigned a)
{
    Program *p = n->l->p;
    while (a < n->con->naxis && n->con->extent[a] == BATCH) a++;
    if (a == n->con->naxis) {
        loose_product(n);
        return;
    }
    uint32_t extent = n->con->extent[a];
    unsigned copies = n->copies;
    if (extent * copies <= UNROLLED) {
        n->copies *= extent;
        for (uint32_t i = 0; i < extent; i++) {
            n->axis[a] = x_int(p, i);
            loose_loops(n, a + 1);
        }
        n->copies = copies;
        return;
    }
    Var i = s_for(p, axis_name[a], x_int(p, 0), x_int(p, extent), x_int(p, 1), FOR_ROLL);
    n->axis[a] = x_var(p, i);
    loose_loops(n, a + 1);
    s_end(p);
}

static void zero_element(Lowering *l, const Group *g, const Exp *at)
{
    const Value *v = &l->value[g->head];
    s_store(l->p, v->buffer, stored_at(l, v, flat_index(l->p, g->shape, at)), splat(l, x_real(l->p, 0)));
}

static void lower_con(Lowering *l, const Group *g)
{
    Nest n = { .l = l, .g = g, .r = g->head, .con = CON(l->fn, g->head), .copies = 1 };
    Shape shape = SHAPE(l->fn, g->head);
    for (unsigned d = 0; d < shape.rank; d++)
        for (unsigned i = 0; i < n.con->out[d].n; i++) n.kept |= 1u << n.con->out[d].ax[i];
    if (g->loose) {
        bool coupled = con_over_batch(l->fn, g->head);
        each_element(l, g, zero_element);
        if (coupled) chunk_loop_begin(l);
        loose_loops(&n, 0);
        if (coupled) chunk_loop_end(l);
        return;
    }
    if (g->item.count == 1 && g->item.at[0].sum && g->item.at[0].value == g->head
        && l->value[g->head].uses == 1)
        n.in_place = &g->item.at[0];
    choose_tile(&n);
    kept_loops(&n, 0);
}

/* A comment where a layer of the model begins. */
static void note(Lowering *l, const Group *g)
{
    const char *label = l->fn->place.count ? l->fn->place.at[NODE(l->fn, g->head)->loc].label : NULL;
    if (label) s_note(l->p, l->value[g->head].sort == SORT_COUPLED ? "%s: sum over samples" : "%s", label);
}

void lower_group(Lowering *l, const Group *g)
{
    if (g->head) note(l, g);
    switch (g->head ? NODE(l->fn, g->head)->op : OP_NONE) {
    case OP_NONE:     each_element(l, g, map_element);  break;
    case OP_CON:      lower_con(l, g);                  break;
    case OP_PEAK_MAX:
    case OP_PEAK_MIN: each_element(l, g, peak_element); break;
    case OP_TAKE:     each_element(l, g, take_element); break;
    case OP_PUT:      each_element(l, g, put_element);  break;
    default:          store_numbers(l, g);              break;
    }
}
