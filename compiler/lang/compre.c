/* compre.c: comprehensions, reductions over generators, fold and scan.
 *
 * A generator first stands for an axis and the body runs once.  If the body
 * asks for a number instead (elab_unroll), this generator counts and the body
 * runs for each number.                                                        */
#include "lang/elab.h"

#include <string.h>

enum { MOST_COPIES = 4096 };

/* ---- generators --------------------------------------------------------------------- */

typedef struct Range {              /* what a generator runs over                    */
    int64_t    first, count;
    const Val *items;               /* NULL: the numbers themselves                  */
    const AstExpr *from;
} Range;

static const Val *numbers_done(Elab *e, const Val *v, Span at)
{
    if (v->kind == VAL_INDEX) return elab_unroll(e, v, at);
    return v;
}

static bool range_open(Elab *e, const Env *env, const AstRange *in, Range *out)
{
    *out = (Range){ .from = in->first };
    if (!in->range) {
        const Val *v = eval(e, env, in->first);
        if (v->kind == VAL_BAD) return false;
        bool tensor = v->kind == VAL_TENSOR || v->kind == VAL_ARRAY;
        if (!tensor || !v->rank) {
            elab_error(e, in->at, "a loop runs over a range `a:b` or the first axis of a tensor, not over %s",
                       val_text(e, v));
            return false;
        }
        out->items = v;
        out->count = v->dim[0]->extent;
        return true;
    }
    const Val *a = numbers_done(e, eval(e, env, in->first), in->at);
    const Val *b = numbers_done(e, eval(e, env, in->last), in->at);
    if (a->kind == VAL_BAD || b->kind == VAL_BAD) return false;
    if (a->kind != VAL_INT || b->kind != VAL_INT) {
        const AstExpr *wrong = a->kind != VAL_INT ? in->first : in->last;
        elab_error(e, wrong->at, "the ends of a range must be whole numbers known when the model is compiled, not %s",
                   val_text(e, a->kind != VAL_INT ? a : b));
        return false;
    }
    if (b->integer < a->integer) {
        elab_error(e, in->at, "this range is reversed: it runs from %lld to %lld",
                   (long long)a->integer, (long long)b->integer);
        return false;
    }
    out->first = a->integer;
    if (__builtin_sub_overflow(b->integer, a->integer, &out->count) || out->count > 1 << 28 ||
        out->first > INT32_MAX / 2 || out->first < INT32_MIN / 2) {
        elab_error(e, in->at, "this range is too long");
        return false;
    }
    return true;
}

/* The loop variable where the axis stands at `at`. */
static const Val *range_value(Elab *e, const Range *range, Index at)
{
    if (range->items) return val_item(e, range->items, at, range->from);
    at.c += range->first;
    return val_index(e, at);
}

static bool copies_fit(Elab *e, const Range *range, Span at)
{
    if (range->count <= MOST_COPIES) return true;
    elab_error(e, at, "this loop would be written out %lld times; the most is %d",
               (long long)range->count, MOST_COPIES);
    if (e->unroll_at.source) diag_note(e->diags, e->unroll_at, "this needs a number, not an axis");
    return false;
}

/* ---- a loop nest ---------------------------------------------------------------------- */

typedef struct Nest {
    const AstExpr *x;               /* EACH or REDUCE                                */
    const Env     *env;
    const Gen     *over[MAX_AXES];  /* REDUCE: axes of the loops around the body     */
    unsigned       overs;
    double         count;           /* REDUCE: how many bodies were summed           */
    bool           mean;
    bool           batch;           /* REDUCE: over the samples too                  */
    Op             peak;            /* OP_NONE: a sum                                */
} Nest;

/* j != i with j the innermost axis: 1 and the axis that leaves out i; 0: not of this
 * form, or i may be out of range; -1: an error or a request.                          */
static int range_skip(Elab *e, const Nest *nest, const AstBinder *binder, const Local *up,
                      const Range *range, const Gen **out)
{
    const AstExpr *only = nest->x->over.only;
    if (!only || only->kind != AST_BINARY || only->op != AST_NE || range->count < 2 || range->items) return 0;
    const Gen *probe = gen_new(e, (uint32_t)range->count, binder->name.name);
    Local local = { up, binder->name.name, range_value(e, range, index_of(probe)) };
    Env env = { nest->env->frame, &local, nest->env->gate };
    const Val *a = eval(e, &env, only->a), *b = eval(e, &env, only->b);
    const Val *minus[2] = { a, b };
    if (a->kind == VAL_BAD || b->kind == VAL_BAD) return -1;
    Index gap = { 0 }, skip = { 0 };
    int64_t k = 0, least, most;
    for (int i = 0; i < 2; i++) {
        Index side = minus[i]->kind == VAL_INDEX ? minus[i]->index : index_const(minus[i]->integer);
        if (minus[i]->kind != VAL_INT && minus[i]->kind != VAL_INDEX) return 0;
        if (!index_add(&gap, &side, i ? -1 : 1)) return 0;
    }
    for (unsigned t = 0; t < gap.n; t++)
        if (gap.term[t].gen == probe) k = gap.term[t].k;
    if (k != 1 && k != -1) return 0;
    Index none = index_const(0);    /* gap = k*probe + rest = 0, so probe = -k*rest  */
    if (!index_put(&gap, probe, &none) || !index_add(&skip, &gap, -k)) return 0;
    index_range(&skip, &least, &most);
    if (least < 0 || most >= range->count) return 0;
    Gen *gen = (Gen *)gen_new(e, (uint32_t)range->count, binder->name.name);
    gen->of = gen_new(e, (uint32_t)range->count - 1, binder->name.name);
    gen->skip = arena_copy(e->arena, &skip, sizeof skip);
    *out = gen;
    return 1;
}

static const Val *excluded(Elab *e)  { return val_kind(e, VAL_LATER); }
static bool is_excluded(const Val *v) { return v->kind == VAL_LATER; }

/* A number is the same for every sample, and counts as often as there are samples. */
static const Val *batch_sum(Elab *e, const Nest *nest, const Val *v)
{
    const AstExpr *x = nest->x;
    if (val_known(v)) {
        Fn *before = lab_begin(e, &v, 1);
        const Val *times[2] = { lab_end(e, before, val_sum(e, v, nest->over, nest->overs, x->at)), NULL };
        elab_place(e, x->at);
        times[1] = val_batch_size(e);
        return arith_map(e, OP_mul, times, 2, x->at);
    }
    if (val_batched(e, v)) return val_sum_batch(e, v, nest->over, nest->overs, x->at);
    const Val *bad = elab_error(e, x->over.body->at, "`for batch` takes a value per sample, and this is the same for all");
    diag_help(e->diags, "sum(1 for batch) is how many samples there are");
    return bad;
}

/* All loop variables stand: the guard, the body, and for a reduction the sum. */
static const Val *nest_body(Elab *e, Nest *nest, const Local *local, bool guarded)
{
    const AstExpr *x = nest->x;
    Env env = { nest->env->frame, local, nest->env->gate };
    if (x->over.only && !guarded) {
        const Val *v = eval(e, &env, x->over.only);
        const Gen *gen[MAX_AXES];
        if (v->kind == VAL_BAD) return v;
        if (val_known(v) && val_gens(v, gen, MAX_AXES)) return elab_unroll(e, v, x->over.only->at);
        if (v->kind != VAL_BOOL)
            return elab_error(e, x->over.only->at, "`if` in a loop concerns its indices, and this is %s", val_text(e, v));
        if (!v->truth) return excluded(e);
    }
    const Val *v = eval(e, &env, x->over.body);
    if (v->kind == VAL_BAD) return v;
    if (!val_numeric(v)) return elab_error(e, x->over.body->at, "a loop makes numbers, not %s", val_text(e, v));
    if (x->kind == AST_EACH) return v;

    double times = 1;
    for (unsigned i = 0; i < nest->overs; i++) times *= nest->over[i]->extent;
    nest->count += times;
    if (nest->batch) return batch_sum(e, nest, v);
    if (!nest->overs) return v;
    Fn *before = lab_begin(e, &v, 1);
    v = nest->peak ? val_peak(e, nest->peak, v, nest->over, nest->overs, x->at)
                   : val_sum(e, v, nest->over, nest->overs, x->at);
    return before ? lab_end(e, before, v) : v;
}

static const Val *nest_loop(Elab *e, Nest *nest, size_t depth, const Local *local, bool guarded);

static const Val *nest_batch(Elab *e, Nest *nest, size_t depth, const Local *local, bool guarded)
{
    Span at = nest->x->over.binders.at[depth].name.at;
    if (nest->x->kind == AST_EACH) return elab_error(e, at, "`for batch` stands in `sum` and `mean`; a list over the batch is no value");
    if (nest->peak) return elab_error(e, at, "the largest or least over the batch is not supported yet");
    if (nest->batch) return elab_error(e, at, "there is one batch");
    nest->batch = true;
    const Val *v = nest_loop(e, nest, depth + 1, local, guarded);
    nest->batch = false;
    return v;
}

/* The axis becomes the first dimension. */
static const Val *close_axis(Elab *e, const Val *v, const Gen *axis, bool settle, Span at)
{
    elab_place(e, at);
    if (v->kind == VAL_INT || v->kind == VAL_REAL || v->kind == VAL_BOOL || v->kind == VAL_INDEX) {
        Fn *before = lab_begin(e, &v, 1);
        v = lab_end(e, before, val_tensor(e, v));
        if (v->kind == VAL_BAD) return v;
        if (v->kind != VAL_ARRAY) {         /* one number for all */
            if (!numbers_fit(e, axis->extent, at)) return elab_bad(e);
            double number = 0, *all = NEW_ARRAY(e->arena, double, axis->extent);
            Number type = v->kind == VAL_INT ? NUMBER_INT : v->kind == VAL_BOOL ? NUMBER_BOOL : NUMBER_REAL;
            if (v->kind == VAL_BOOL) number = v->truth;
            else val_scalar_number(v, &number);
            for (uint32_t i = 0; i < axis->extent; i++) all[i] = number;
            return val_array(e, type, 1, &axis, all);
        }
    }
    if (v->rank == MAX_RANK - 1) return elab_error(e, at, "at most %d dimensions", MAX_RANK - 1);
    if (v->kind == VAL_ARRAY) {             /* through a node, which may have to be turned and repeated */
        Val open = *v;
        Fn *before = lab_begin(e, &v, 1);
        const Val *y = val_tensor(e, v);
        if (y->kind != VAL_BAD) {
            Val *closed = arena_copy(e->arena, y, sizeof *y);
            closed->rank = (uint8_t)(open.rank + 1);
            closed->dim[0] = axis;
            memcpy(closed->dim + 1, open.dim, open.rank * sizeof *open.dim);
            y = closed;
        }
        return lab_end(e, before, y);
    }
    Val *y = arena_copy(e->arena, v, sizeof *v);
    y->rank = (uint8_t)(v->rank + 1);
    y->dim[0] = axis;
    memcpy(y->dim + 1, v->dim, v->rank * sizeof *v->dim);
    return settle ? val_settle(e, y) : y;
}

static const Val *join(Elab *e, const Nest *nest, const Val *sum, const Val *v)
{
    const Val *both[2] = { sum, v };
    if (!sum) return v;
    Op op = nest->peak == OP_PEAK_MAX ? OP_max : nest->peak == OP_PEAK_MIN ? OP_min : OP_add;
    return arith_map(e, op, both, 2, nest->x->at);
}

static const Val *nest_unrolled(Elab *e, Nest *nest, size_t depth, const Range *range, const Local *local, bool guarded)
{
    const AstBinder *binder = &nest->x->over.binders.at[depth];
    if (!copies_fit(e, range, binder->name.at)) return elab_bad(e);
    const Val **made = NEW_ARRAY(e->arena, const Val *, range->count + 1), *sum = NULL;
    size_t n = 0;
    for (int64_t i = 0; i < range->count; i++) {
        Local here = { local, binder->name.name, range_value(e, range, index_const(i)) };
        if (here.val->kind == VAL_BAD) return here.val;
        const Val *v = nest_loop(e, nest, depth + 1, &here, guarded);
        if (v->kind == VAL_BAD) return v;
        if (is_excluded(v)) continue;
        made[n++] = v;
        if (nest->x->kind == AST_REDUCE) sum = join(e, nest, sum, v);
        if (sum && sum->kind == VAL_BAD) return sum;
    }
    if (!n) return excluded(e);
    if (sum) return sum;
    elab_place(e, nest->x->at);
    for (size_t i = 0; i < n; i++) {
        unsigned rank[2] = { made[0]->rank, made[i]->rank };
        if (rank[0] == rank[1] && shape_equal(val_shape(made[0]), val_shape(made[i])) &&
            val_truthful(made[0]) == val_truthful(made[i]) && !val_label(made[i])) continue;
        if (val_label(made[i])) return elab_error(e, nest->x->over.body->at, "a list holds numbers, not %s", val_text(e, made[i]));
        return elab_error(e, nest->x->over.body->at, "the elements differ, %s and %s",
                          val_text(e, made[0]), val_text(e, made[i]));
    }
    Fn *before = lab_begin(e, made, n);
    const Val *y = val_stack(e, made, n);
    return before ? lab_end(e, before, y) : y;
}

/* Loops from `depth` on. */
static const Val *nest_loop(Elab *e, Nest *nest, size_t depth, const Local *local, bool guarded)
{
    const AstExpr *x = nest->x;
    if (depth == x->over.binders.count) return nest_body(e, nest, local, guarded);
    const AstBinder *binder = &x->over.binders.at[depth];
    if (binder->batch) return nest_batch(e, nest, depth, local, guarded);
    Env env = { nest->env->frame, local, nest->env->gate };
    Range range;
    if (!range_open(e, &env, &binder->in, &range)) return elab_bad(e);
    if (!range.count) return excluded(e);

    const Gen *value = NULL;
    bool innermost = depth + 1 == x->over.binders.count;
    int skips = innermost && !guarded ? range_skip(e, nest, binder, local, &range, &value) : 0;
    if (skips < 0) return elab_bad(e);
    if (!skips) value = gen_new(e, (uint32_t)range.count, binder->name.name);
    const Gen *axis = value->of ? value->of : value;

    Local here = { local, binder->name.name, range_value(e, &range, index_of(value)) };
    double count = nest->count;
    size_t memory = e->memory.log.count;
    if (here.val->kind == VAL_BAD) return here.val;
    if (nest->overs == MAX_AXES) return elab_error(e, binder->name.at, "too many loops in one another");
    nest->over[nest->overs++] = axis;
    const Gen *around = e->axis;
    e->axis = axis;
    const Val *v = nest_loop(e, nest, depth + 1, &here, guarded || skips);
    e->axis = around;
    nest->overs--;
    if (v->kind == VAL_BAD && e->unroll && (e->unroll == axis)) {
        e->unroll = NULL;
        nest->count = count;
        memory_undo(e, memory);
        return nest_unrolled(e, nest, depth, &range, local, guarded);
    }
    if (v->kind == VAL_BAD || is_excluded(v) || x->kind == AST_REDUCE) return v;
    return close_axis(e, v, axis, skips, x->at);
}

const Val *eval_each(Elab *e, const Env *env, const AstExpr *x)
{
    Nest nest = { .x = x, .env = env };
    const Val *v = nest_loop(e, &nest, 0, env->local, false);
    return is_excluded(v) ? elab_error(e, x->at, "this loop makes nothing: its range is empty") : v;
}

const Val *eval_reduce(Elab *e, const Env *env, const AstExpr *x)
{
    Nest nest = { .x = x, .env = env };
    const Val *f = eval(e, env, x->over.f);
    const char *name = f->kind == VAL_BUILTIN ? f->builtin->name : "";
    if (f->kind == VAL_BAD) return f;
    nest.mean = !strcmp(name, "mean");
    if (!strcmp(name, "max")) nest.peak = OP_PEAK_MAX;
    else if (!strcmp(name, "min")) nest.peak = OP_PEAK_MIN;
    else if (!nest.mean && strcmp(name, "sum")) {
        const Val *bad = elab_error(e, x->over.f->at, "only `sum`, `mean`, `max` and `min` take `for`");
        diag_help(e->diags, "[... for ...] makes a tensor, which any function takes");
        return bad;
    }
    const Val *v = nest_loop(e, &nest, 0, env->local, false);
    if (is_excluded(v)) {
        if (!nest.peak && !nest.mean) return val_int(e, 0);
        return elab_error(e, x->at, "`%s` of nothing: the range is empty", name);
    }
    if (!nest.mean || v->kind == VAL_BAD) return v;
    const Val *divide[2] = { v, val_real(e, nest.count) };
    for (size_t i = 0; i < x->over.binders.count; i++) {
        if (!x->over.binders.at[i].batch) continue;
        const Val *times[2] = { divide[1], val_batch_size(e) };
        divide[1] = arith_map(e, OP_mul, times, 2, x->at);
    }
    return arith_map(e, OP_div, divide, 2, x->at);
}

/* ---- fold and scan ------------------------------------------------------------------------ */

const Val *eval_fold(Elab *e, const Env *env, const AstExpr *x)
{
    Range range;
    const Val *state = eval(e, env, x->fold.begin);
    if (state->kind == VAL_BAD || !range_open(e, env, &x->fold.in, &range)) return elab_bad(e);
    e->unroll_at = (Span){ 0 };
    if (!copies_fit(e, &range, x->fold.item.at)) return elab_bad(e);
    const Val **made = NEW_ARRAY(e->arena, const Val *, range.count + 1);
    for (int64_t i = 0; i < range.count; i++) {
        Local item = { env->local, x->fold.item.name, range_value(e, &range, index_const(i)) };
        Local sum = { &item, x->fold.state.name, state };
        Env inside = { env->frame, &sum, env->gate };
        if (item.val->kind == VAL_BAD) return item.val;
        const Val *next = eval(e, &inside, x->fold.body);
        if (next->kind == VAL_BAD) return next;
        bool same = val_numeric(next) && val_numeric(state) && next->rank == state->rank &&
                    shape_equal(val_shape(next), val_shape(state)) && val_truthful(next) == val_truthful(state) &&
                    val_label(next) == val_label(state);
        if (!same) {
            const Val *bad = elab_error(e, x->fold.body->at, "`%s` begins as %s and becomes %s",
                                        x->fold.state.name, val_text(e, state), val_text(e, next));
            diag_note(e->diags, x->fold.begin->at, "it begins here");
            return bad;
        }
        made[i] = state = next;
    }
    if (x->kind == AST_FOLD) return state;
    if (val_label(state)) return elab_error(e, x->fold.body->at, "a list holds numbers, not %s", val_text(e, state));
    if (!range.count) return elab_error(e, x->at, "this loop makes nothing: its range is empty");
    elab_place(e, x->at);
    Fn *before = lab_begin(e, made, (size_t)range.count);
    const Val *y = val_stack(e, made, (size_t)range.count);
    return before ? lab_end(e, before, y) : y;
}
