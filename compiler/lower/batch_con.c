/* batch_con.c: a con as loops, where lanes are trajectories.
 *
 * A tile of sums is kept in named variables: rows along an axis that one operand
 * lacks, so that each of its vectors is loaded once for all rows (axpy); if a second
 * axis is lacking in the other operand, columns along that one (dot).  Each sum is
 * one chain of fma over the summed axes in order.  The group's maps run on the sums
 * before they are stored.
 *
 *     for i in 0 .. 16 step 8 {
 *         var s0 = value_splat(b[i]) ... s7
 *         for j in 0 .. 16 {
 *             let y = h[j]
 *             set s0 = fma(W[i, j], y, s0) ...
 *         }
 *         let u = elu(s0); store h2[i] = u ...
 *     }                                                                             */
#include "lower/batch.h"

enum { ROWS = 8, COLUMNS = 4, SUMS = 16 };

typedef struct Nest {
    Lowering    *l;
    const Group *g;
    Ref          r;
    const Con   *con;
    uint32_t     kept;              /* bit mask: axes of the result; the others are summed */
    uint32_t     bounded;           /* bit mask: axes that decide whether a product counts */
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
    Exp x = aff_index(p, a, n->axis);
    if (p->exp.at[x].kind == X_INT)
        return p->exp.at[x].num >= 0 && p->exp.at[x].num < limit ? 1 : -1;
    Exp below = x_op(p, OP_lt, x, x_int(p, limit), 0), above = x_op(p, OP_ge, x, x_int(p, 0), 0);
    Exp both = lo >= 0 ? below : hi < (int64_t)limit ? above : x_op(p, OP_and, above, below, 0);
    *when = *when ? x_op(p, OP_and, *when, both, 0) : both;
    return 0;
}

static void bound(Nest *n, const Aff *a, uint32_t limit)
{
    int64_t lo, hi;
    if (limit == BATCH) return;
    aff_reach(n->con, a, &lo, &hi);
    for (unsigned i = 0; (lo < 0 || hi >= (int64_t)limit) && i < a->n; i++) n->bounded |= 1u << a->ax[i];
}

static void find_bounded(Nest *n)
{
    const Fn *fn = n->l->fn;
    for (unsigned k = 0; k < n->con->nopd; k++) {
        Shape shape = SHAPE(fn, NODE(fn, n->r)->arg[k]);
        for (unsigned d = 0; d < shape.rank; d++) bound(n, &n->con->in[k][d], shape.dim[d]);
    }
    for (unsigned g = 0; g < n->con->nguard; g++) bound(n, &n->con->guard[g], n->con->limit[g]);
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
    if (!once) x = x_var(l->p, s_let(l->p, value_hint(l, NODE(l->fn, n->r)->arg[k]), x));
    return *at = x;
}

static void stand_at(Nest *n, unsigned u, unsigned v)
{
    Program *p = n->l->p;
    if (n->row >= 0) n->axis[n->row] = x_add(p, n->first_row, x_int(p, u));
    if (n->column >= 0) n->axis[n->column] = x_add(p, n->first_column, x_int(p, v));
}

/* Rows and columns are not bounded, so that all products of a tile count, or none. */
static void tile_products(Nest *n)
{
    Program *p = n->l->p;
    Exp loaded[MAX_OPERANDS][ROWS][COLUMNS] = { 0 }, when;
    stand_at(n, 0, 0);
    int range = all_in_range(n, false, &when);
    if (range < 0) return;
    if (range == 0) s_if(p, when);
    for (unsigned u = 0; u < n->rows; u++)
        for (unsigned v = 0; v < n->columns; v++) {
            Exp factor[MAX_OPERANDS] = { 0 };
            stand_at(n, u, v);
            for (unsigned k = 0; k < n->con->nopd; k++) factor[k] = factor_at(n, k, u, v, loaded[k]);
            Var sum = n->sum[u * n->columns + v];
            s_set(p, sum, add_product(n, factor, x_var(p, sum)));
        }
    if (range == 0) s_end(p);
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
    if (extent * copies <= UNROLLED && !(n->bounded >> a & 1)) {
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
    for (unsigned d = b; d < shape.rank; d++) at[d - b] = aff_index(n->l->p, &n->con->out[d], n->axis);
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
    return value_splat(l, init ? value_at(l, init, at) : x_real(l->p, 0));
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

/* Sums over samples are each in one place; they have nothing to do with each other. */
static unsigned tile_flags(const Nest *n)
{
    return n->l->lanes > 1 && con_over_batch(n->l->fn, n->r) ? FOR_ROLL | FOR_ANY : FOR_ROLL;
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
        Var i = s_for(p, axis_name[axis], x_int(p, 0), x_int(p, extent - rest), x_int(p, whole), tile_flags(n));
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
        if (!(n->kept >> a & 1) || n->bounded >> a & 1 || con->extent[a] == BATCH) continue;
        bool shares = con->nopd == 1;
        for (unsigned k = 0; k < con->nopd; k++)
            shares |= n->l->value[NODE(fn, n->r)->arg[k]].sort == SORT_SAMPLE && !operand_reads(n, k, (int)a);
        if (shares && (n->row < 0 || con->extent[a] > con->extent[n->row])) n->row = (int)a;
    }
    for (unsigned a = 0; n->row >= 0 && a < con->naxis; a++) {
        if (!(n->kept >> a & 1) || n->bounded >> a & 1 || con->extent[a] == BATCH || (int)a == n->row) continue;
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
    Var i = s_for(p, axis_name[a], x_int(p, 0), x_int(p, n->con->extent[a]), x_int(p, 1), tile_flags(n));
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
    Exp index = value_place(l, v, flat_index(p, n->g->shape, at));
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
    s_store(l->p, v->buffer, value_place(l, v, flat_index(l->p, g->shape, at)), value_splat(l, x_real(l->p, 0)));
}

void lower_con(Lowering *l, const Group *g)
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
    find_bounded(&n);
    choose_tile(&n);
    kept_loops(&n, 0);
}
