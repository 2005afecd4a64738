/* builtin.c: functions on tensors that the language itself cannot say. */
#include "lang/elab.h"

#include <string.h>

static const Val *argument(const Args *args, size_t i) { return args->at[i].val; }

static bool is_tensor(const Val *v) { return v->kind == VAL_TENSOR || v->kind == VAL_ARRAY; }

static unsigned rank_of(const Val *v) { return is_tensor(v) ? v->rank : 0; }

static bool numbers(Elab *e, const Args *args, const char *name)
{
    for (size_t i = 0; i < args->count; i++)
        if (!val_numeric(argument(args, i))) {
            elab_error(e, args->at[i].at, "`%s` takes numbers, not %s", name, val_text(e, argument(args, i)));
            return false;
        }
    return true;
}

/* ---- putting together ---------------------------------------------------------------- */

const Val *val_one(Elab *e, const Val *v)
{
    v = val_tensor(e, v);
    if (v->kind == VAL_BAD) return v;
    Val *y = arena_copy(e->arena, v, sizeof *v);
    memmove(y->dim + 1, y->dim, y->rank * sizeof *y->dim);
    y->dim[0] = gen_new(e, 1, NULL);
    y->rank++;
    return y;
}

static const Val *too_many_axes(Elab *e)
{
    return elab_error(e, e->fn->place.at[e->fn->loc].at, "too many loops in one another");
}

/* Along the first dimension; all have one, and the others agree. Conditions go through 0 and 1. */
static const Val *join(Elab *e, const Val *const *v, size_t n)
{
    const Val **part = NEW_ARRAY(e->arena, const Val *, n);
    Ref *ref = NEW_ARRAY(e->arena, Ref, n);
    const Gen *dim[MAX_RANK];
    uint32_t extent = 0;
    for (size_t i = 0; i < n; i++) {
        part[i] = val_tensor(e, v[i]);
        if (part[i]->kind == VAL_BAD) return part[i];
        extent += part[i]->dim[0]->extent;
    }
    Space all = { .batched = false }, space;
    for (size_t i = 0; i < n; i++) {        /* the free axes of all of them */
        Val bare = *part[i];
        const Val *both[2] = { &bare, part[0] };
        const Gen *gen[MAX_AXES];
        unsigned gens = val_gens(&bare, gen, MAX_AXES);
        all.batched = all.batched || val_batched(e, both[0]);
        for (unsigned k = 0; k < gens; k++) {
            unsigned at = 0;
            while (at < all.count && all.gen[at]->serial < gen[k]->serial) at++;
            if (at < all.count && all.gen[at] == gen[k]) continue;
            if (all.count == MAX_AXES) return too_many_axes(e);
            memmove(all.gen + at + 1, all.gen + at, (all.count - at) * sizeof *all.gen);
            all.gen[at] = gen[k];
            all.count++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        space = all;
        if (all.count + part[i]->rank > MAX_AXES) return too_many_axes(e);
        memcpy(space.gen + all.count, part[i]->dim, part[i]->rank * sizeof *space.gen);
        space.own = part[i]->rank;
        space.count = all.count + space.own;
        ref[i] = val_ref(e, part[i], &space);
        if (!ref[i]) return elab_bad(e);
        if (val_truthful(v[i])) ref[i] = ir_map(e->fn, OP_select, ref[i], ir_num(e->fn, 1), ir_num(e->fn, 0));
    }
    Ref y = ir_concat(e->fn, ref, (unsigned)n, all.count + all.batched);
    if (val_truthful(v[0])) y = ir_map(e->fn, OP_gt, y, ir_num(e->fn, 0.5), 0);
    dim[0] = gen_new(e, extent, NULL);
    for (unsigned d = 1; d < part[0]->rank; d++) dim[d] = part[0]->dim[d];
    return val_node(e, y, all.gen, all.count, dim, part[0]->rank);
}

const Val *val_stack(Elab *e, const Val *const *v, size_t n)
{
    const Val **row = NEW_ARRAY(e->arena, const Val *, n);
    for (size_t i = 0; i < n; i++) row[i] = val_one(e, v[i]);
    return join(e, row, n);
}

static const Val *concat(Elab *e, const Args *args, const AstExpr *x)
{
    const Val **part = NEW_ARRAY(e->arena, const Val *, args->count);
    const Val *lead = NULL;
    if (!numbers(e, args, "concat")) return elab_bad(e);
    for (size_t i = 0; i < args->count; i++)
        if (rank_of(argument(args, i)) && !lead) lead = argument(args, i);
    for (size_t i = 0; i < args->count; i++) {
        const Val *v = argument(args, i);
        part[i] = rank_of(v) ? v : val_one(e, v);
        if (part[i]->kind == VAL_BAD) return part[i];
        if (val_truthful(v) != val_truthful(argument(args, 0)))
            return elab_error(e, args->at[i].at, "`concat` takes either numbers or conditions, and this is %s", val_text(e, v));
        bool same = !lead || part[i]->rank == lead->rank;
        for (unsigned d = 1; same && lead && d < lead->rank; d++)
            same = part[i]->dim[d]->extent == lead->dim[d]->extent;
        if (same) continue;
        const Val *bad = elab_error(e, x->at, "`concat`: %s and %s differ in more than the first dimension",
                                    val_text(e, lead), val_text(e, v));
        return bad;
    }
    return join(e, part, args->count);
}

/* ---- reductions over everything --------------------------------------------------------- */

static const Val *reduce(Elab *e, Op peak, const Args *args, const AstExpr *x, const char *name)
{
    if (!numbers(e, args, name)) return elab_bad(e);
    const Val *v = val_fresh(e, argument(args, 0));
    if (!rank_of(v)) return v;
    return peak ? val_peak(e, peak, v, v->dim, v->rank, x->at) : val_sum(e, v, v->dim, v->rank, x->at);
}

static const Val *sum(Elab *e, const Args *args, const AstExpr *x) { return reduce(e, OP_NONE, args, x, "sum"); }

static const Val *mean(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *total = sum(e, args, x), *v = argument(args, 0);
    if (total->kind == VAL_BAD || !rank_of(v)) return total;
    const Val *divide[2] = { total, val_real(e, (double)shape_count(val_shape(v))) };
    return arith_map(e, OP_div, divide, 2, x->at);
}

static const Val *peak(Elab *e, Op axes, Op two, const Args *args, const AstExpr *x, const char *name)
{
    if (args->count == 1) return reduce(e, axes, args, x, name);
    const Val *v[2] = { argument(args, 0), argument(args, 1) };
    return arith_map(e, two, v, 2, x->at);
}

static const Val *max(Elab *e, const Args *args, const AstExpr *x) { return peak(e, OP_PEAK_MAX, OP_max, args, x, "max"); }
static const Val *min(Elab *e, const Args *args, const AstExpr *x) { return peak(e, OP_PEAK_MIN, OP_min, args, x, "min"); }

static const Val *trace(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = val_tensor(e, argument(args, 0));
    if (v->kind == VAL_BAD) return v;
    if (v->kind != VAL_TENSOR || v->rank != 2 || v->dim[0]->extent != v->dim[1]->extent)
        return elab_error(e, x->at, "`trace` takes a square matrix, not %s", val_text(e, argument(args, 0)));
    const Gen *gen = gen_new(e, v->dim[0]->extent, NULL);
    Index both[2] = { index_of(gen), index_of(gen) };
    v = val_put(e, v, v->dim, both, 2);
    return v->kind == VAL_BAD ? v : val_sum(e, v, &gen, 1, x->at);
}

/* ---- @ ------------------------------------------------------------------------------------- */

/* Matrix times matrix or vector, vector times matrix, vector times vector. */
const Val *val_matmul(Elab *e, const Val *a, const Val *b, const AstExpr *x)
{
    if (!is_tensor(a) || !is_tensor(b) || !a->rank || !b->rank || a->rank > 2 || b->rank > 2 || val_truthful(a) || val_truthful(b)) {
        const Val *bad = elab_error(e, x->op_at, "`@` multiplies matrices and vectors, not %s by %s",
                                    val_text(e, a), val_text(e, b));
        elab_note(e, x->a, a);
        elab_note(e, x->b, b);
        return bad;
    }
    if (a->dim[a->rank - 1]->extent != b->dim[0]->extent) {
        const Val *bad = elab_error(e, x->op_at, "`@`: inner sizes differ, %s and %s", val_text(e, a), val_text(e, b));
        elab_note(e, x->a, a);
        elab_note(e, x->b, b);
        return bad;
    }
    const Val *both[2] = { a, b };
    Fn *before = lab_begin(e, both, 2);
    const Val *p = val_fresh(e, val_tensor(e, a)), *q = val_fresh(e, val_tensor(e, b));
    if (p->kind != VAL_BAD && p->count > 1) p = val_settle(e, p);
    if (q->kind != VAL_BAD && q->count > 1) q = val_settle(e, q);
    if (p->kind == VAL_BAD || q->kind == VAL_BAD) return before ? lab_end(e, before, elab_bad(e)) : elab_bad(e);
    const Gen *inner = p->dim[p->rank - 1];
    Index index = index_of(inner);
    const Gen *column = q->rank == 2 ? q->dim[1] : NULL;
    q = val_put(e, q, q->dim, &index, 1);
    if (q->kind == VAL_BAD) return before ? lab_end(e, before, q) : q;
    Val *product = arena_copy(e->arena, p, sizeof *p);
    View *view = NEW_ARRAY(e->arena, View, 2);
    view[0] = p->view[0];
    view[1] = q->view[0];
    product->view = view;
    product->count = 2;
    if (column) product->dim[product->rank++] = column;
    const Val *y = val_sum(e, product, &inner, 1, x->op_at);
    return before ? lab_end(e, before, y) : y;
}

/* ---- other shapes ---------------------------------------------------------------------------- */

static bool shape_of_args(Elab *e, const Args *args, size_t first, const char *name, Shape *shape)
{
    const Val *list = args->count > first ? argument(args, first) : NULL;
    bool listed = list && list->kind == VAL_ARRAY && list->rank == 1 && args->count == first + 1;
    size_t n = listed ? list->dim[0]->extent : args->count - first;
    uint64_t total = 1;
    *shape = (Shape){ 0 };
    for (size_t i = 0; i < n; i++) {
        double extent = -1;
        Span at = args->at[listed ? first : first + i].at;
        if (listed) extent = list->array.at[i];
        else if (argument(args, first + i)->kind == VAL_INT) extent = (double)argument(args, first + i)->integer;
        if (extent < 1 || extent > INT32_MAX || extent != (double)(int64_t)extent) {
            elab_error(e, at, "`%s`: a length must be a whole number of at least 1", name);
            return false;
        }
        total *= (uint64_t)extent;
        if (shape->rank == MAX_RANK - 1 || total > UINT64_C(1) << 28) {
            elab_error(e, at, "`%s`: this tensor is too large", name);
            return false;
        }
        shape->dim[shape->rank++] = (uint32_t)extent;
    }
    return true;
}

static const Val *filled(Elab *e, const Args *args, const char *name, double number)
{
    Shape shape;
    const Gen *dim[MAX_RANK];
    if (!shape_of_args(e, args, 0, name, &shape)) return elab_bad(e);
    size_t count = shape_count(shape);
    if (!numbers_fit(e, count, args->at[0].at)) return elab_bad(e);
    double *at = NEW_ARRAY(e->arena, double, count);
    for (size_t i = 0; i < count && number != 0; i++) at[i] = number;
    for (unsigned d = 0; d < shape.rank; d++) dim[d] = gen_new(e, shape.dim[d], NULL);
    return val_array(e, NUMBER_INT, shape.rank, dim, at);
}

static const Val *zeros(Elab *e, const Args *args, const AstExpr *x) { (void)x; return filled(e, args, "zeros", 0); }
static const Val *ones(Elab *e, const Args *args, const AstExpr *x)  { (void)x; return filled(e, args, "ones", 1); }

/* The last two dimensions as one, row-major. */
static const Val *merge(Elab *e, const Val *v)
{
    Space space = val_space(e, &v, 1), out;
    Ref ref = val_ref(e, v, &space);
    if (!ref) return elab_bad(e);
    Con con = { .nopd = 1 };
    unsigned axes = space.count + space.batched, last = axes - 1;
    Shape in = SHAPE(e->fn, ref), shape = { .rank = (uint8_t)(axes - 1) };
    con.naxis = (uint8_t)axes;
    for (unsigned i = 0; i < axes; i++) {
        con.extent[i] = in.dim[i];
        con.in[0][i] = con.out[i] = (Aff){ .k = { 1 }, .ax = { (uint8_t)i }, .n = 1 };
        if (i < last) shape.dim[i] = in.dim[i];
    }
    uint32_t columns = in.dim[last];
    if (columns > INT16_MAX) return elab_error(e, e->fn->place.at[e->fn->loc].at, "`reshape` of rows this long is not supported yet");
    shape.dim[last - 1] *= columns;
    con.out[last - 1] = (Aff){ .k = { (int16_t)columns, 1 }, .ax = { (uint8_t)(last - 1), (uint8_t)last }, .n = 2 };
    out = space;
    out.count--;
    out.own--;
    out.gen[out.count - 1] = gen_new(e, shape.dim[last - 1], NULL);
    Ref y = ir_con(e->fn, &con, shape, &ref);
    unsigned gens = out.count - out.own;
    return val_node(e, y, out.gen, gens, out.gen + gens, out.own);
}

/* The first dimension as several, `tail` others behind them: only the index changes. */
static const Val *split(Elab *e, const Val *v, Shape to, unsigned tail)
{
    const Gen *dim[MAX_RANK];
    Index row = index_const(0);
    unsigned parts = to.rank - tail;
    for (unsigned d = 0; d < to.rank; d++) dim[d] = d < parts ? gen_new(e, to.dim[d], NULL) : v->dim[1 + d - parts];
    for (unsigned d = 0; d < parts; d++) {
        int64_t stride = 1;
        Index one = index_of(dim[d]);
        for (unsigned i = d + 1; i < parts; i++) stride *= to.dim[i];
        if (to.dim[d] > 1 && !index_add(&row, &one, stride))
            return elab_error(e, e->fn->place.at[e->fn->loc].at, "this `reshape` has too many dimensions or too long rows");
    }
    const Val *y = val_put(e, v, v->dim, &row, 1);
    if (y->kind == VAL_BAD) return y;
    ((Val *)y)->rank = to.rank;
    memcpy(((Val *)y)->dim, dim, to.rank * sizeof *dim);
    return y;
}

/* The first `n` dimensions behind the others. */
static const Val *rotate(Elab *e, const Val *v, unsigned n)
{
    Val *y = (Val *)val_fresh(e, v);
    const Gen *dim[MAX_RANK];
    for (unsigned d = 0; d < v->rank; d++) dim[d] = y->dim[(d + n) % v->rank];
    memcpy(y->dim, dim, v->rank * sizeof *dim);
    return y;
}

/* Dimensions at the end that stay as they are are left alone. */
static const Val *reshape_to(Elab *e, const Val *v, Shape to)
{
    v = val_tensor(e, v);
    if (v->kind == VAL_BAD || shape_equal(val_shape(v), to)) return v;
    if (!v->rank) v = val_one(e, v);
    Shape from = val_shape(v);
    unsigned tail = 0;
    while (tail + 1 < from.rank && tail + 1 < to.rank && from.dim[from.rank - 1 - tail] == to.dim[to.rank - 1 - tail]) tail++;
    if (tail) v = rotate(e, v, v->rank - tail);
    while (v->kind != VAL_BAD && v->rank > tail + 1) v = merge(e, v);
    if (v->kind == VAL_BAD) return v;
    if (tail) v = rotate(e, v, tail);
    return split(e, v, to, tail);
}

static const Val *reshape(Elab *e, const Args *args, const AstExpr *x)
{
    Shape to;
    const Val *v = argument(args, 0);
    if (!val_numeric(v)) return elab_error(e, x->at, "`reshape` takes numbers, not %s", val_text(e, v));
    if (!shape_of_args(e, args, 1, "reshape", &to)) return elab_bad(e);
    uint64_t have = rank_of(v) ? shape_count(val_shape(v)) : 1;
    if (have != shape_count(to))
        return elab_error(e, x->at, "`reshape`: %s has %llu numbers, the new shape %llu", val_text(e, v),
                          (unsigned long long)have, (unsigned long long)shape_count(to));
    return reshape_to(e, v, to);
}

static const Val *flatten(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = argument(args, 0);
    if (!val_numeric(v)) return elab_error(e, x->at, "`flatten` takes numbers, not %s", val_text(e, v));
    Shape to = { 1, { (uint32_t)(rank_of(v) ? shape_count(val_shape(v)) : 1) } };
    return reshape_to(e, v, to);
}

static const Val *transpose(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = val_tensor(e, argument(args, 0));
    if (v->kind == VAL_BAD) return v;
    if (v->kind != VAL_TENSOR || v->rank != 2)
        return elab_error(e, x->at, "`transpose` takes a matrix, not %s", val_text(e, argument(args, 0)));
    Val *y = (Val *)val_fresh(e, v);
    const Gen *rows = y->dim[0];
    y->dim[0] = y->dim[1];
    y->dim[1] = rows;
    return y;
}

static const Val *reverse(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = val_tensor(e, argument(args, 0));
    if (v->kind == VAL_BAD) return v;
    if (v->kind != VAL_TENSOR || !v->rank)
        return elab_error(e, x->at, "`reverse` takes a tensor, not %s", val_text(e, argument(args, 0)));
    const Gen *dim[MAX_RANK];
    memcpy(dim, v->dim, v->rank * sizeof *dim);
    dim[0] = gen_new(e, v->dim[0]->extent, NULL);
    Index back = index_const((int64_t)v->dim[0]->extent - 1), one = index_of(dim[0]);
    index_add(&back, &one, -1);
    Val *y = (Val *)val_put(e, v, v->dim, &back, 1);
    if (y->kind == VAL_BAD) return y;
    y->rank = v->rank;
    memcpy(y->dim, dim, v->rank * sizeof *dim);
    return y;
}

/* border(x, [0, 1, 1]): zeros around.  Only the index moves; outside, a con reads zero. */
static const Val *border(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = val_tensor(e, argument(args, 0)), *widths = argument(args, 1);
    if (v->kind == VAL_BAD) return v;
    if (v->kind != VAL_TENSOR || !v->rank || widths->kind != VAL_ARRAY || widths->rank != 1 ||
        widths->dim[0]->extent != v->rank) {
        const Val *bad = elab_error(e, x->at, "`border` takes a tensor and a width for each of its dimensions");
        diag_help(e->diags, "border(x, [0, 1, 1]) puts zeros around the last two of three");
        return bad;
    }
    const Gen *dim[MAX_RANK];
    Index to[MAX_RANK];
    if (v->count > 1) v = val_settle(e, v);
    if (v->kind == VAL_BAD) return v;
    for (unsigned d = 0; d < v->rank; d++) {
        double width = widths->array.at[d];
        if (width < 0 || width > 1 << 20 || width != (double)(int64_t)width)
            return elab_error(e, args->at[1].at, "a width must be a whole number of at least 0");
        dim[d] = gen_new(e, v->dim[d]->extent + 2 * (uint32_t)width, NULL);
        to[d] = index_of(dim[d]);
        to[d].c = -(int64_t)width;
    }
    Val *y = (Val *)val_put(e, v, v->dim, to, v->rank);
    if (y->kind == VAL_BAD) return y;
    y->rank = v->rank;
    memcpy(y->dim, dim, v->rank * sizeof *dim);
    return y;
}

static const Val *size(Elab *e, const Args *args, const AstExpr *x)
{
    const Val *v = argument(args, 0);
    if (args->count == 1 && is_tensor(v)) return val_int(e, (int64_t)shape_count(val_shape(v)));
    const Val *axis = args->count > 1 ? argument(args, 1) : NULL;
    if (!is_tensor(v) || axis->kind != VAL_INT || axis->integer < 0 || axis->integer >= v->rank)
        return elab_error(e, x->at, "`size` takes a tensor and the number of one of its dimensions, counted from 0");
    return val_int(e, v->dim[axis->integer]->extent);
}

/* ---- the table ---------------------------------------------------------------------------------- */

static const Builtin builtins[] = {
    { "sum",       "sum(x): all elements; sum(e for i in 0:n): over a loop", 1, 1, sum },
    { "mean",      "mean(x): of all elements; mean(e for i in 0:n): over a loop", 1, 1, mean },
    { "max",       "max(x): of all elements; max(a, b): elementwise", 1, 2, max },
    { "min",       "min(x): of all elements; min(a, b): elementwise", 1, 2, min },
    { "trace",     "trace(a): the sum of a square matrix's diagonal", 1, 1, trace },
    { "concat",    "concat(a, b, ...): along the first dimension", 1, 255, concat },
    { "reshape",   "reshape(x, [2, 3])", 2, 6, reshape },
    { "flatten",   "flatten(x): a vector", 1, 1, flatten },
    { "transpose", "transpose(a): rows become columns", 1, 1, transpose },
    { "reverse",   "reverse(x): along the first dimension", 1, 1, reverse },
    { "border",    "border(x, [0, 1, 1]): zeros around, a width per dimension", 2, 2, border },
    { "zeros",     "zeros(2, 3) or zeros([2, 3])", 1, 5, zeros },
    { "ones",      "ones(2, 3) or ones([2, 3])", 1, 5, ones },
    { "size",      "size(x): how many numbers; size(x, 0): along a dimension", 1, 2, size },
    { "grad",      "grad(y, x): of a number y in a state, an input or the time", 2, 2, calculus_grad },
    { "vjp",       "vjp(y, x, a): a . dy/dx", 3, 3, calculus_vjp },
    { "jvp",       "jvp(y, x, v)", 0, 0, NULL },
    { "jacobian",  "jacobian(y, x): dy/dx, row by row", 2, 2, calculus_jacobian },
    { "solve",     "solve(f, x, 0 .. 1) or solve(f, x = .., v = .., t = 0 .. 1): the last state", 2, 255, solve_call },
    { "argmax",    "argmax(x): where the largest of a vector stands", 1, 1, pick_argmax },
    { "one_hot",   "one_hot(label, 10): one at its place, zeros elsewhere", 2, 2, pick_one_hot },
};

const Builtin *builtin_find(const char *name)
{
    for (size_t i = 0; i < COUNT(builtins); i++)
        if (!strcmp(builtins[i].name, name)) return &builtins[i];
    return NULL;
}

/* Every elementwise op of ops.def that has no operator, by its name there. */
Op op_callable(const char *name)
{
    Op op = op_by_name(name);
    if (op == OP_NONE) return OP_NONE;
    uint8_t kind = op_info(op)->kind;
    bool yes = kind == OP_KIND_PRIM || kind == OP_KIND_MATH || kind == OP_KIND_MACRO;
    return yes ? op : OP_NONE;
}

size_t builtin_names(Arena *arena, const char ***out)
{
    VEC(const char *) names = { 0 };
    for (size_t i = 0; i < COUNT(builtins); i++) VEC_PUSH(arena, names) = builtins[i].name;
    for (int op = OP_FIRST_MAP; op < OP_COUNT; op++)
        if (op_callable(op_info((Op)op)->name)) VEC_PUSH(arena, names) = op_info((Op)op)->name;
    VEC_PUSH(arena, names) = "pi";
    *out = names.at;
    return names.count;
}
