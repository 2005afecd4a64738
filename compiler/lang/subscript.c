/* subscript.c: x[i, 2:5, :] as new views of the same nodes. */
#include "lang/elab.h"

#include <string.h>

typedef struct Subscript {          /* of one dimension                              */
    Index      at;
    const Gen *gen;                 /* a range: the axis that takes its place, or NULL */
    const Val *label;               /* a whole number of the running model, or NULL  */
} Subscript;

static bool within(Elab *e, const Index *index, uint32_t extent, Span at, const AstExpr *of)
{
    int64_t least, most;
    index_range(index, &least, &most);
    if (least >= 0 && most < (int64_t)extent) return true;
    const char *name = of->kind == AST_NAME ? of->name : "this dimension";
    if (!index->n && index->c < 0) {
        elab_error(e, at, "an index counts from 0; %lld is negative", (long long)index->c);
        diag_help(e->diags, "the last of %u is %u", extent, extent - 1);
    } else if (!index->n)
        elab_error(e, at, "index %lld is past the end of `%s`, whose %u elements are 0 to %u",
                   (long long)index->c, name, extent, extent - 1);
    else
        elab_error(e, at, "this index goes from %lld to %lld, but `%s` has only 0 to %u",
                   (long long)least, (long long)most, name, extent - 1);
    return false;
}

static bool index_value(Elab *e, const Val *v, Span at, Index *out)
{
    const Gen *gen[MAX_AXES];
    if (v->kind == VAL_INT && v->integer <= INT32_MAX && v->integer >= INT32_MIN)
        return *out = index_const(v->integer), true;
    if (v->kind == VAL_INDEX) return *out = v->index, true;
    if (v->kind == VAL_BAD) return false;
    if (v->kind == VAL_ARRAY && !v->rank && val_gens(v, gen, MAX_AXES)) elab_unroll(e, v, at);
    else if (v->kind == VAL_INT) elab_error(e, at, "this index is too large");
    else if (v->kind == VAL_TENSOR) elab_error(e, at, "an index that depends on the running model is an input of whole numbers, and this is %s", val_text(e, v));
    else elab_error(e, at, "an index must be a whole number, not %s", val_text(e, v));
    return false;
}

static bool bound(Elab *e, const Env *env, const AstExpr *x, int64_t otherwise, Index *out)
{
    if (x) return index_value(e, eval(e, env, x), x->at, out);
    *out = index_const(otherwise);
    return true;
}

static bool subscript_range(Elab *e, const Env *env, const AstRange *range, uint32_t extent,
                            const AstExpr *of, Subscript *out)
{
    Index first, last, count, end;
    if (!bound(e, env, range->first, 0, &first) || !bound(e, env, range->last, extent, &last)) return false;
    count = last;
    if (!index_add(&count, &first, -1) || count.n) {
        elab_error(e, range->at, "the length of this range changes with the index");
        return false;
    }
    if (count.c <= 0) {
        elab_error(e, range->at, count.c ? "this range is reversed: it ends %lld before it begins"
                                         : "this range is empty", (long long)-count.c);
        return false;
    }
    end = last;
    end.c--;
    if (!within(e, &first, extent, range->at, of) || !within(e, &end, extent, range->at, of)) return false;
    Index each = index_of(out->gen = gen_new(e, (uint32_t)count.c, NULL));
    out->at = first;
    return index_add(&out->at, &each, 1) || (elab_error(e, range->at, "this index depends on too many axes"), false);
}

static const Val *subscripts_put(Elab *e, const Val *v, const Subscript *sub, unsigned n)
{
    Index to[MAX_RANK];
    const Gen *dim[MAX_RANK];
    unsigned rank = 0;
    for (unsigned d = 0; d < n; d++) {
        to[d] = sub[d].at;
        if (sub[d].gen) dim[rank++] = sub[d].gen;
    }
    for (unsigned d = n; d < v->rank; d++) dim[rank++] = v->dim[d];
    Val *y = (Val *)val_put(e, v, v->dim, to, n);
    if (y->kind == VAL_BAD) return y;
    y->rank = (uint8_t)rank;
    memcpy(y->dim, dim, rank * sizeof *dim);
    return y;
}

/* An array at constant places, without a detour through nodes. */
static const Val *array_item(Elab *e, const Val *v, int64_t at)
{
    size_t each = 1;
    for (unsigned d = 1; d < v->rank; d++) each *= v->dim[d]->extent;
    const double *from = v->array.at + (size_t)at * each;
    if (v->rank > 1) return val_array(e, (Number)v->number, v->rank - 1u, v->dim + 1, from);
    if (v->number == NUMBER_BOOL) return val_bool(e, *from != 0);
    return v->number == NUMBER_INT ? val_int(e, (int64_t)*from) : val_real(e, *from);
}

/* Those that the running model knows come last, one by one. */
static const Val *labels_take(Elab *e, const Val *v, const Subscript *sub, unsigned n)
{
    for (unsigned d = n; d-- > 0 && v->kind != VAL_BAD; ) {
        unsigned at = 0;
        for (unsigned i = 0; i < d; i++) at += sub[i].gen != NULL;
        if (sub[d].label) v = pick_take(e, v, at, sub[d].label);
    }
    return v;
}

static const Val *subscripts_apply(Elab *e, const Val *v, const Subscript *sub, unsigned n, Span at)
{
    elab_place(e, at);
    if (n == 1 && v->kind == VAL_ARRAY && !v->count && !sub->at.n && !sub->gen) return array_item(e, v, sub->at.c);
    bool labels = false;
    for (unsigned d = 0; d < n; d++) labels = labels || sub[d].label;
    Fn *before = labels ? NULL : lab_begin(e, &v, 1);
    const Val *y = subscripts_put(e, val_tensor(e, v), sub, n);
    if (y->kind == VAL_BAD) elab_error(e, at, "this index depends on too many axes");
    y = labels_take(e, y, sub, n);
    return before ? lab_end(e, before, y) : y;
}

const Val *val_item(Elab *e, const Val *v, Index index, const AstExpr *of)
{
    Subscript sub = { .at = index };
    return subscripts_apply(e, v, &sub, 1, of->at);
}

static const Val *layer_part(Elab *e, const Env *env, const Layer *layer, const AstExpr *x)
{
    const AstRange *range = &x->index.subscripts.at[0];
    Index at;
    if (layer->kind != LAYER_ARRAY || x->index.subscripts.count != 1 || range->range)
        return elab_error(e, x->at, "`%s` is not an array of layers", layer->path);
    const Val *v = eval(e, env, range->first);
    if (v->kind == VAL_INDEX) return elab_unroll(e, v, range->at);
    if (!index_value(e, v, range->at, &at)) return elab_bad(e);
    if (!within(e, &at, (uint32_t)layer->count, range->at, x->index.of)) return elab_bad(e);
    Val *part = (Val *)val_kind(e, VAL_LAYER);
    part->layer = layer->part[at.c];
    return part;
}

const Val *eval_subscripts(Elab *e, const Env *env, const AstExpr *x)
{
    Subscript sub[MAX_RANK] = { 0 };
    const Val *v = eval(e, env, x->index.of);
    size_t n = x->index.subscripts.count;
    if (v->kind == VAL_BAD) return v;
    if (v->kind == VAL_LAYER) return layer_part(e, env, v->layer, x);
    if (v->kind != VAL_TENSOR && v->kind != VAL_ARRAY)
        return elab_error(e, x->index.of->at, "%s has no elements to index", val_text(e, v));
    if (!v->rank) {
        const Val *bad = elab_error(e, x->index.of->at, "a number has no elements to index");
        elab_note(e, x->index.of, v);
        return bad;
    }
    if (n > v->rank) {
        const AstRange *extra = &x->index.subscripts.at[v->rank];
        const Val *bad = elab_error(e, extra->at, "too many indices: this has %u dimension%s", v->rank,
                                    v->rank == 1 ? "" : "s");
        elab_note(e, x->index.of, v);
        return bad;
    }
    for (unsigned d = 0; d < n; d++) {
        const AstRange *range = &x->index.subscripts.at[d];
        uint32_t extent = v->dim[d]->extent;
        if (range->range) {
            if (!subscript_range(e, env, range, extent, x->index.of, &sub[d])) return elab_bad(e);
        } else {
            const Val *at = eval(e, env, range->first);
            if (val_label(at)) {
                sub[d].label = at;
                sub[d].at = index_of(sub[d].gen = gen_new(e, extent, NULL));
                continue;
            }
            if (!index_value(e, at, range->first->at, &sub[d].at)) return elab_bad(e);
            if (!within(e, &sub[d].at, extent, range->first->at, x->index.of)) return elab_bad(e);
        }
    }
    return subscripts_apply(e, v, sub, (unsigned)n, x->at);
}
