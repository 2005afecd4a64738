/* con.c: from views to nodes.
 *
 * A product of views over a space of axes becomes a con where something is
 * summed or re-indexed, and multiplications otherwise.  An axis that skips a
 * number (j != i) splits the con in two, told apart by a guard:
 *
 *     j counts  0 .. i-1    guard  i - 1 - g >= 0     reads at g
 *               i+1 .. n-1  guard  g - i     >= 0     reads at g + 1             */
#include "lang/elab.h"

#include <math.h>
#include <string.h>

enum { MAX_SKIPS = 3 };
static const uint64_t LARGEST = UINT64_C(1) << 28;      /* numbers in one tensor    */

/* ---- the space of a value ------------------------------------------------------ */

static void space_add(Space *space, const Gen *gen)
{
    unsigned i = 0, free = space->count - space->own;
    for (unsigned k = 0; k < space->count; k++)
        if (space->gen[k] == gen) return;
    while (i < free && space->gen[i]->serial < gen->serial) i++;
    if (space->count == MAX_AXES) return;
    memmove(space->gen + i + 1, space->gen + i, (space->count - i) * sizeof *space->gen);
    space->gen[i] = gen;
    space->count++;
}

/* Free axes of all, then the own dimensions of the first that has any. */
Space val_space(Elab *e, const Val *const *v, unsigned n)
{
    Space space = { .own = 0 };
    for (unsigned i = 0; i < n && !space.own; i++)
        if (v[i]->kind == VAL_TENSOR || v[i]->kind == VAL_ARRAY)
            for (unsigned d = 0; d < v[i]->rank; d++) space.gen[space.own++] = v[i]->dim[d];
    space.count = space.own;
    for (unsigned i = 0; i < n; i++) {
        const Gen *gen[MAX_AXES];
        unsigned gens = val_gens(v[i], gen, MAX_AXES);
        for (unsigned k = 0; k < gens; k++) space_add(&space, gen[k]);
        space.batched = space.batched || val_batched(e, v[i]);
    }
    return space;
}

static Shape space_shape(const Space *space)
{
    Shape shape = { 0 };
    if (space->batched) shape.dim[shape.rank++] = BATCH;
    for (unsigned i = 0; i < space->count; i++) shape.dim[shape.rank++] = space->gen[i]->extent;
    return shape;
}

bool space_fits(Elab *e, const Space *space)
{
    uint64_t count = 1;
    Span at = e->fn ? e->fn->place.at[e->fn->loc].at : (Span){ 0 };
    if (space->count + space->batched > MAX_RANK) {
        elab_error(e, at, "this needs a tensor of %u dimensions; the most is %d",
                   space->count, MAX_RANK - 1);
        return false;
    }
    for (unsigned i = 0; i < space->count; i++) {
        count *= space->gen[i]->extent;
        if (e->lab && !numbers_fit(e, count, at)) return false;
        if (count <= LARGEST) continue;
        elab_error(e, at, "this needs a tensor of more than %llu numbers", (unsigned long long)LARGEST);
        return false;
    }
    return true;
}

/* ---- one con --------------------------------------------------------------------- */

typedef struct Plan {               /* of a con under construction                  */
    Con        con;
    const Gen *axis[MAX_AXES];      /* NULL for B                                   */
    const Gen *skip[MAX_SKIPS];
    unsigned   skips, upper;        /* bit i of upper: skip[i] is past its gap      */
    bool       fits;
} Plan;

static void plan_axis(Plan *plan, const Gen *gen, uint32_t extent)
{
    if (plan->con.naxis == MAX_AXES) { plan->fits = false; return; }
    plan->axis[plan->con.naxis] = gen;
    plan->con.extent[plan->con.naxis++] = extent;
}

static void plan_skips(Plan *plan, const Index *index)
{
    for (unsigned t = 0; t < index->n; t++) {
        const Gen *gen = index->term[t].gen;
        if (!gen->of) continue;
        unsigned i = 0;
        while (i < plan->skips && plan->skip[i] != gen) i++;
        if (i < plan->skips) continue;
        if (plan->skips == MAX_SKIPS) { plan->fits = false; return; }
        plan->skip[plan->skips++] = gen;
        plan_skips(plan, gen->skip);
    }
}

static void aff_add(Plan *plan, Aff *aff, const Index *index, int32_t times)
{
    aff->c += times * (int32_t)index->c;
    for (unsigned t = 0; t < index->n; t++) {
        const Gen *gen = index->term[t].gen;
        int32_t k = times * index->term[t].k;
        for (unsigned i = 0; i < plan->skips; i++)
            if (plan->skip[i] == gen && plan->upper >> i & 1) aff->c += k;
        if (gen->of) gen = gen->of;
        unsigned axis = 0, at = 0;
        while (axis < plan->con.naxis && plan->axis[axis] != gen) axis++;
        while (at < aff->n && aff->ax[at] != axis) at++;
        if (axis == plan->con.naxis || at == COUNT(aff->k)) { plan->fits = false; return; }
        if (at == aff->n) {
            aff->ax[at] = (uint8_t)axis;
            aff->k[at] = 0;
            aff->n++;
        }
        aff->k[at] = (int16_t)(aff->k[at] + k);
    }
}

static Aff aff_axis(unsigned axis)
{
    return (Aff){ .k = { 1 }, .ax = { (uint8_t)axis }, .n = 1 };
}

static void plan_guards(Plan *plan)
{
    for (unsigned i = 0; i < plan->skips; i++) {
        bool upper = plan->upper >> i & 1;
        Index count = index_of(plan->skip[i]->of);
        Aff aff = { 0 };
        aff_add(plan, &aff, plan->skip[i]->skip, upper ? -1 : 1);
        aff_add(plan, &aff, &count, upper ? 1 : -1);
        if (!upper) aff.c--;
        plan->con.guard[plan->con.nguard] = aff;
        plan->con.limit[plan->con.nguard++] = plan->skip[i]->extent;
    }
}

static unsigned plan_batch(const Plan *plan)
{
    unsigned axis = 0;
    while (axis < plan->con.naxis && plan->axis[axis]) axis++;
    return axis;
}

static Ref plan_build(Elab *e, Plan plan, const View *view, unsigned views, const Space *out)
{
    Ref operand[MAX_OPERANDS];
    Shape shape = space_shape(out);
    for (unsigned d = 0; d < shape.rank; d++) plan.con.out[d] = aff_axis(d);
    plan.con.nopd = (uint8_t)views;
    for (unsigned i = 0; i < views; i++) {
        unsigned batched = shape_batched(SHAPE(e->fn, view[i].ref));
        operand[i] = view[i].ref;
        if (batched) plan.con.in[i][0] = aff_axis(plan_batch(&plan));
        for (unsigned d = 0; d < view[i].rank; d++)
            aff_add(&plan, &plan.con.in[i][batched + d], &view[i].at[d], 1);
    }
    plan_guards(&plan);
    return plan.fits ? ir_con(e->fn, &plan.con, shape, operand) : 0;
}

/* out[space] = sum over `over` of the product of the views; 0 if it takes too many axes.
 * Over the batch too if `all` and the result is not per sample.                      */
static Ref con_make(Elab *e, const View *view, unsigned views, const Space *out,
                    const Gen *const *over, unsigned overs, bool all)
{
    Plan plan = { .fits = true };
    Ref sum = 0;
    if (out->batched) plan_axis(&plan, NULL, BATCH);
    for (unsigned i = 0; i < out->count; i++) plan_axis(&plan, out->gen[i], out->gen[i]->extent);
    for (unsigned i = 0; i < overs; i++) plan_axis(&plan, over[i], over[i]->extent);
    if (all) plan_axis(&plan, NULL, BATCH);
    for (unsigned i = 0; i < views; i++)
        for (unsigned d = 0; d < view[i].rank; d++) plan_skips(&plan, &view[i].at[d]);
    for (; plan.upper < 1u << plan.skips; plan.upper++) {
        Ref piece = plan_build(e, plan, view, views, out);
        if (!piece) return 0;
        sum = sum ? ir_add(e->fn, sum, piece) : piece;
    }
    return sum;
}

/* ---- values as nodes ---------------------------------------------------------------- */

/* A view over a larger space.  A con takes reals only: a condition goes through 0 and 1. */
static Ref view_expand(Elab *e, const View *view, const Space *space)
{
    Fn *fn = e->fn;
    Shape shape = space_shape(space);
    unsigned batched = shape_batched(SHAPE(fn, view->ref));
    bool plain = shape_equal(SHAPE(fn, view->ref), shape) && batched == space->batched;
    for (unsigned d = 0; plain && d < view->rank; d++) {
        const Index *at = &view->at[d];
        plain = at->n == 1 && !at->c && at->term[0].k == 1 && at->term[0].gen == space->gen[d];
    }
    if (plain) return view->ref;
    if (NODE(fn, view->ref)->type != TYPE_BOOL) return con_make(e, view, 1, space, NULL, 0, false);
    View number = *view;
    number.ref = ir_map(fn, OP_select, view->ref, ir_num(fn, 1), ir_num(fn, 0));
    return ir_map(fn, OP_gt, con_make(e, &number, 1, space, NULL, 0, false), ir_num(fn, 0.5), 0);
}

Ref val_ref(Elab *e, const Val *v, const Space *space)
{
    v = val_tensor(e, v);
    if (v->kind == VAL_BAD || !space_fits(e, space)) return 0;
    if (v->count > 1) {
        Space own = val_space(e, &v, 1);
        Ref product = 0;
        if (!space_fits(e, &own)) return 0;
        for (unsigned i = 0; i < v->count; i++) {
            Ref factor = SHAPE(e->fn, v->view[i].ref).rank ? view_expand(e, &v->view[i], &own) : v->view[i].ref;
            product = product ? ir_mul(e->fn, product, factor) : factor;
        }
        if (SHAPE(e->fn, product).rank) v = val_node(e, product, own.gen, own.count, NULL, 0);
        else v = val_node(e, product, NULL, 0, NULL, 0);
    }
    return view_expand(e, v->view, space);
}

const Val *val_settle(Elab *e, const Val *v)
{
    v = val_tensor(e, v);
    if (v->kind == VAL_BAD) return v;
    Space space = val_space(e, &v, 1);
    Ref ref = val_ref(e, v, &space);
    if (!ref) return elab_bad(e);
    return val_node(e, ref, space.gen, space.count - space.own, v->dim, v->rank);
}

static const Val *index_table(Elab *e, const Val *v)
{
    Val *out = (Val *)val_array(e, NUMBER_INT, 0, NULL, NULL);
    uint32_t count[MAX_RANK] = { 0 };
    uint64_t total = 1;
    out->count = (uint8_t)val_gens(v, out->array.gen, MAX_RANK);
    for (unsigned i = 0; i < out->count && total <= MOST_NUMBERS; i++) total *= out->array.gen[i]->extent;
    if (!numbers_fit(e, total, e->fn->place.at[e->fn->loc].at)) return elab_bad(e);
    double *at = NEW_ARRAY(e->arena, double, total);
    for (uint64_t i = 0; i < total; i++) {
        at[i] = index_at(&v->index, out->array.gen, count, out->count);
        for (unsigned d = out->count; d-- && ++count[d] == out->array.gen[d]->extent; ) count[d] = 0;
    }
    out->array.at = at;
    return out;
}

const Val *val_tensor(Elab *e, const Val *v)
{
    double number;
    if (v->kind == VAL_TENSOR || v->kind == VAL_BAD) return v;
    if (val_scalar_number(v, &number)) return val_node(e, ir_num(e->fn, number), NULL, 0, NULL, 0);
    if (v->kind == VAL_BOOL)
        return val_node(e, ir_map(e->fn, OP_gt, ir_num(e->fn, v->truth), ir_num(e->fn, 0.5), 0), NULL, 0, NULL, 0);
    if (v->kind == VAL_INDEX) v = index_table(e, v);
    if (v->kind != VAL_ARRAY) return elab_bad(e);
    Space space = { .own = v->rank, .count = v->count + v->rank };
    memcpy(space.gen, v->array.gen, v->count * sizeof *space.gen);
    memcpy(space.gen + v->count, v->dim, v->rank * sizeof *space.gen);
    if (!space_fits(e, &space)) return elab_bad(e);
    Ref ref = ir_const(e->fn, space_shape(&space), v->array.at);
    if (v->number == NUMBER_BOOL) ref = ir_map(e->fn, OP_gt, ref, ir_num(e->fn, 0.5), 0);
    return val_node(e, ref, v->array.gen, v->count, v->dim, v->rank);
}

/* ---- reductions ---------------------------------------------------------------------- */

static bool among(const Gen *gen, const Gen *const *list, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (list[i] == gen) return true;
    return false;
}

static bool view_uses(Elab *e, const View *view, const Gen *const *over, unsigned n)
{
    const Val *alone = val_node(e, view->ref, NULL, 0, NULL, 0);
    const Gen *gen[MAX_AXES];
    ((Val *)alone)->view = view;
    unsigned gens = val_gens(alone, gen, MAX_AXES);
    for (unsigned i = 0; i < gens; i++)
        if (among(gen[i], over, n)) return true;
    return false;
}

/* `v` without the axes `over`: its space, and which of `over` it has at all. */
static Space space_without(Elab *e, const Val *v, const Gen *const *over, unsigned n, bool batch,
                           const Gen **present, unsigned *count)
{
    Space all = val_space(e, &v, 1), rest = { .batched = all.batched && !batch };
    *count = 0;
    for (unsigned i = 0; i < all.count; i++) {
        if (among(all.gen[i], over, n)) { present[(*count)++] = all.gen[i]; continue; }
        rest.gen[rest.count++] = all.gen[i];
        rest.own += i >= all.count - all.own;
    }
    return rest;
}

static const Val *node_in(Elab *e, Ref ref, const Space *space)
{
    unsigned gens = space->count - space->own;
    return val_node(e, ref, space->gen, gens, space->gen + gens, space->own);
}

/* Own dimensions that none of the views has leave the space. */
static void space_keep(Elab *e, Space *space, const View *view, unsigned views)
{
    unsigned kept = space->count - space->own;
    for (unsigned i = kept; i < space->count; i++) {
        bool used = false;
        for (unsigned k = 0; k < views; k++) used = used || view_uses(e, &view[k], &space->gen[i], 1);
        if (used) space->gen[kept++] = space->gen[i];
    }
    space->count = kept;
    space->own = 0;
}

/* Factors that the sum does not touch stay outside it. */
static const Val *sum_views(Elab *e, const Val *v, const Gen *const *over, unsigned n, bool batch)
{
    View in[MAX_OPERANDS], out[MAX_OPERANDS];
    unsigned ins = 0, outs = 0;
    for (unsigned i = 0; i < v->count; i++)
        if (view_uses(e, &v->view[i], over, n) || (batch && shape_batched(SHAPE(e->fn, v->view[i].ref))))
            in[ins++] = v->view[i];
        else
            out[outs++] = v->view[i];
    Val inner = *v;
    inner.view = in;
    inner.count = (uint8_t)ins;

    const Val *of = &inner;
    const Gen *present[MAX_AXES];
    unsigned count;
    Space space = space_without(e, of, over, n, batch, present, &count);
    if (outs) space_keep(e, &space, in, ins);
    if (!space_fits(e, &space)) return elab_bad(e);
    Ref ref = con_make(e, in, ins, &space, present, count, batch);
    if (!ref) {
        of = val_settle(e, of);
        if (of->kind == VAL_BAD) return of;
        ref = con_make(e, of->view, 1, &space, present, count, batch);
        if (!ref) return elab_error(e, e->fn->place.at[e->fn->loc].at, "this sum has too many axes");
    }
    Val *sum = (Val *)node_in(e, ref, &space);
    View *view = NEW_ARRAY(e->arena, View, outs + 1);
    memcpy(view, out, outs * sizeof *view);
    view[outs] = sum->view[0];
    Val *result = arena_copy(e->arena, v, sizeof *v);
    result->rank = 0;
    for (unsigned d = 0; d < v->rank; d++)
        if (!among(v->dim[d], over, n)) result->dim[result->rank++] = v->dim[d];
    result->view = view;
    result->count = (uint8_t)(outs + 1);
    return result;
}

static const Val *sum_all(Elab *e, const Val *v, const Gen *const *over, unsigned n, bool batch, Span at)
{
    elab_place(e, at);
    v = val_tensor(e, v);
    if (v->kind == VAL_BAD) return v;
    if (v->number == NUMBER_INT) return elab_error(e, at, "whole numbers of the running model cannot be added up");
    if (v->number == NUMBER_BOOL) {
        const Val *choice[3] = { v, val_int(e, 1), val_int(e, 0) };
        v = arith_select(e, choice[0], choice[1], choice[2], at);
        if (v->kind == VAL_BAD) return v;
    }
    const Gen *present[MAX_AXES];
    unsigned count;
    double absent = 1;
    space_without(e, v, over, n, batch, present, &count);
    for (unsigned i = 0; i < n; i++)
        if (!among(over[i], present, count)) absent *= over[i]->extent;
    if (count || batch) v = sum_views(e, v, over, n, batch);
    if (absent == 1 || v->kind == VAL_BAD) return v;
    const Val *times[2] = { val_real(e, absent), v };
    return arith_map(e, OP_mul, times, 2, at);
}

const Val *val_sum(Elab *e, const Val *v, const Gen *const *over, unsigned n, Span at)
{
    return sum_all(e, v, over, n, false, at);
}

const Val *val_sum_batch(Elab *e, const Val *v, const Gen *const *over, unsigned n, Span at)
{
    return sum_all(e, v, over, n, true, at);
}

/* How many samples there are: the sum of as many ones. */
const Val *val_batch_size(Elab *e)
{
    Con con = { .naxis = 1, .nopd = 1, .extent = { BATCH } };
    Ref one = ir_num(e->fn, 1);
    return val_node(e, ir_con(e->fn, &con, (Shape){ 0 }, &one), NULL, 0, NULL, 0);
}

const Val *val_peak(Elab *e, Op op, const Val *v, const Gen *const *over, unsigned n, Span at)
{
    elab_place(e, at);
    v = val_tensor(e, v);
    if (v->kind == VAL_BAD) return v;
    if (v->number == NUMBER_INT) return elab_error(e, at, "whole numbers of the running model have no largest or least");
    const Gen *present[MAX_AXES];
    unsigned count, axes = 0;
    Space all = val_space(e, &v, 1), rest = space_without(e, v, over, n, false, present, &count);
    if (!count) return v;
    Ref ref = val_ref(e, v, &all);
    if (!ref) return elab_bad(e);
    for (unsigned i = 0; i < all.count; i++)
        if (among(all.gen[i], over, n)) axes |= 1u << (i + all.batched);
    return node_in(e, ir_peak(e->fn, op, ref, axes), &rest);
}

/* ---- numbers ---------------------------------------------------------------------------- */

Fn *lab_begin(Elab *e, const Val *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!val_known(v[i])) return NULL;
    Fn *before = e->fn;
    e->whole = true;
    for (size_t i = 0; i < n; i++)
        if (v[i]->kind != VAL_INT && v[i]->kind != VAL_INDEX)
            e->whole = e->whole && v[i]->kind == VAL_ARRAY && v[i]->number == NUMBER_INT;
    e->fn = fn_new(e->arena, e->names, "numbers", TYPE_F64);
    e->lab++;
    elab_place(e, before->place.at[before->loc].at);
    return before;
}

static const Val *lab_number(Elab *e, double number, bool truth)
{
    if (truth) return val_bool(e, number != 0);
    if (e->whole && fabs(number) < 1e15 && number == floor(number)) return val_int(e, (int64_t)number);
    return val_real(e, number);
}

const Val *lab_end(Elab *e, Fn *before, const Val *v)
{
    Fn *lab = e->fn;
    Ref ref = 0;
    Space space;
    if (v->kind == VAL_TENSOR) {
        space = val_space(e, &v, 1);
        ref = val_ref(e, v, &space);
    }
    e->fn = before;
    e->lab--;
    if (v->kind != VAL_TENSOR) return v;
    if (!ref) return elab_bad(e);

    bool truth = NODE(lab, ref)->type == TYPE_BOOL;
    const double *at = ir_eval(e->arena, lab, 1, NULL).value[ref];
    if (!space.count) return lab_number(e, at[0], truth);
    unsigned gens = space.count - space.own;
    Number number = truth ? NUMBER_BOOL : NUMBER_INT;
    for (uint64_t i = 0, n = shape_count(SHAPE(lab, ref)); i < n && number == NUMBER_INT; i++)
        if (!e->whole || at[i] != floor(at[i])) number = NUMBER_REAL;
    Val *out = (Val *)val_array(e, number, v->rank, v->dim, at);
    out->count = (uint8_t)gens;
    memcpy(out->array.gen, space.gen, gens * sizeof *space.gen);
    return out;
}
