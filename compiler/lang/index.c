/* index.c: affine functions of axes, and rewriting a value's views with them.
 *
 * Substituting an index for an axis is how `x[2*i + 1]`, a slice, a transpose and
 * `for row in x` work: no node is made. */
#include "lang/elab.h"

#include <string.h>

Index index_const(int64_t c) { return (Index){ .c = c }; }

Index index_of(const Gen *gen)
{
    return (Index){ .n = 1, .term = { { gen, 1 } } };
}

static bool term_add(Index *index, const Gen *gen, int64_t k)
{
    unsigned t = 0;
    while (t < index->n && index->term[t].gen != gen) t++;
    if (t == index->n) {
        if (!k) return true;
        if (index->n == INDEX_TERMS) return false;
        index->term[index->n++] = (Term){ gen, 0 };
    }
    k += index->term[t].k;
    if (k > INT16_MAX || k < INT16_MIN) return false;
    index->term[t].k = (int32_t)k;
    if (!k) index->term[t] = index->term[--index->n];
    return true;
}

bool index_add(Index *to, const Index *more, int64_t times)
{
    int64_t c;
    if (__builtin_mul_overflow(more->c, times, &c) || __builtin_add_overflow(to->c, c, &c)) return false;
    if (c > INT32_MAX || c < INT32_MIN) return false;
    to->c = c;
    for (unsigned t = 0; t < more->n; t++) {
        int64_t k;
        if (__builtin_mul_overflow((int64_t)more->term[t].k, times, &k)) return false;
        if (!term_add(to, more->term[t].gen, k)) return false;
    }
    return true;
}

double index_at(const Index *index, const Gen *const *gen, const uint32_t *count, unsigned n)
{
    double sum = (double)index->c;
    for (unsigned t = 0; t < index->n; t++) {
        const Gen *of = index->term[t].gen->of, *plain = of ? of : index->term[t].gen;
        double number = 0;
        for (unsigned i = 0; i < n; i++)
            if (gen[i] == plain) number = count[i];
        if (of) number += number >= index_at(index->term[t].gen->skip, gen, count, n);
        sum += index->term[t].k * number;
    }
    return sum;
}

typedef struct Put { const Gen *const *gen; const Index *to; unsigned n; } Put;

/* All substitutions at once. */
static bool put_all(Index *index, const Put *put)
{
    Index out = index_const(index->c);
    for (unsigned t = 0; t < index->n; t++) {
        Index term = index_of(index->term[t].gen);
        for (unsigned i = 0; i < put->n; i++)
            if (put->gen[i] == index->term[t].gen) term = put->to[i];
        if (!index_add(&out, &term, index->term[t].k)) return false;
    }
    *index = out;
    return true;
}

bool index_put(Index *index, const Gen *gen, const Index *to)
{
    return put_all(index, &(Put){ &gen, to, 1 });
}

void index_range(const Index *index, int64_t *least, int64_t *most)
{
    *least = *most = index->c;
    for (unsigned t = 0; t < index->n; t++) {
        const Gen *gen = index->term[t].gen;
        int64_t top = (int64_t)index->term[t].k * ((int64_t)gen->extent - 1);
        *(top < 0 ? least : most) += top;
    }
}

/* The own dimensions among `gen` disappear from the value; the caller says what
 * takes their place.  Views that would need too many axes per index are settled
 * into a node of their own first.                                               */
const Val *val_put(Elab *e, const Val *v, const Gen *const *gen, const Index *to, unsigned n)
{
    const Put put = { gen, to, n };
    if (v->kind == VAL_INDEX) {
        Index index = v->index;
        return put_all(&index, &put) ? val_index(e, index) : elab_bad(e);
    }
    if (v->kind != VAL_TENSOR) return v;
    for (int settled = 0; ; settled++) {
        Val *out = arena_copy(e->arena, v, sizeof *v);
        View *view = arena_copy(e->arena, v->view, v->count * sizeof *view);
        bool fits = true;
        for (unsigned i = 0; i < v->count; i++)
            for (unsigned d = 0; d < view[i].rank; d++) fits = fits && put_all(&view[i].at[d], &put);
        out->view = view;
        out->rank = 0;
        for (unsigned d = 0; d < v->rank; d++) {
            bool gone = false;
            for (unsigned i = 0; i < n; i++) gone = gone || gen[i] == v->dim[d];
            if (!gone) out->dim[out->rank++] = v->dim[d];
        }
        if (fits) return out;
        if (settled) return elab_bad(e);
        v = val_settle(e, v);
        if (v->kind == VAL_BAD) return v;
    }
}

const Val *val_redim(Elab *e, const Val *v, const Gen *const *dim)
{
    Index to[MAX_RANK];
    if (v->kind == VAL_ARRAY) {
        Val *out = arena_copy(e->arena, v, sizeof *v);
        memcpy(out->dim, dim, v->rank * sizeof *dim);
        return out;
    }
    if (v->kind != VAL_TENSOR || !v->rank) return v;
    for (unsigned i = 0; i < v->rank; i++) to[i] = index_of(dim[i]);
    const Val *put = val_put(e, v, v->dim, to, v->rank);
    if (put->kind == VAL_BAD) return put;
    Val *out = (Val *)put;
    out->rank = v->rank;
    memcpy(out->dim, dim, v->rank * sizeof *dim);
    return out;
}

const Val *val_fresh(Elab *e, const Val *v)
{
    const Gen *dim[MAX_RANK];
    if (v->kind != VAL_TENSOR && v->kind != VAL_ARRAY) return v;
    for (unsigned i = 0; i < v->rank; i++) {
        Gen *gen = arena_copy(e->arena, v->dim[i], sizeof *gen);
        gen->serial = ++e->serial;
        dim[i] = gen;
    }
    return val_redim(e, v, dim);
}
