/* eval.c: what a Fn computes, by plain loops: the reference that every compiled
 * form is tested against.
 *
 * Reals are computed in the Fn's precision.  A con visits its points in the order
 * of its axes, the last one fastest.  The first product an element of the result
 * receives is its start, the others follow by fma; a product of three is rounded
 * once after two of them.  A peak is max(so far, next) in the order of memory.    */
#include "ir/make.h"

#include <math.h>
#include <string.h>

typedef struct Run { Eval *eval; OpValues ops; } Run;

static size_t extent(const Eval *e, uint32_t dim)
{
    return dim == BATCH ? e->batch : dim;
}

static size_t elements(const Eval *e, Shape s)
{
    size_t n = 1;
    for (unsigned d = 0; d < s.rank; d++)
        n *= extent(e, s.dim[d]);
    return n;
}

static double rounded(const Fn *f, double value)
{
    return f->real == TYPE_F32 ? (float)value : value;
}

/* ---- con ------------------------------------------------------------------------- */

/* The element at these axes, or -1 outside. */
static int64_t place(const Eval *e, const Aff *index, Shape s, const int64_t axis[MAX_AXES])
{
    int64_t at = 0;
    for (unsigned d = 0; d < s.rank; d++) {
        int64_t i = index[d].c, n = (int64_t)extent(e, s.dim[d]);
        for (unsigned t = 0; t < index[d].n; t++)
            i += index[d].k[t] * axis[index[d].ax[t]];
        if (i < 0 || i >= n)
            return -1;
        at = at * n + i;
    }
    return at;
}

static double multiply_add(const Fn *f, double a, double b, double c)
{
    return f->real == TYPE_F32 ? fmaf((float)a, (float)b, (float)c) : fma(a, b, c);
}

static bool guarded(const Eval *e, const Con *c, const int64_t axis[MAX_AXES])
{
    for (unsigned g = 0; g < c->nguard; g++)
        if (place(e, &c->guard[g], (Shape){1, {c->limit[g]}}, axis) < 0)
            return false;
    return true;
}

static void con_point(const Eval *e, Ref r, const int64_t axis[MAX_AXES], double *out, bool *begun)
{
    const Fn *f = e->fn;
    const Con *c = CON(f, r);
    const Node *n = NODE(f, r);
    double x[MAX_OPERANDS] = {0};
    int64_t to = place(e, c->out, SHAPE(f, r), axis);
    if (to < 0 || !guarded(e, c, axis))
        return;
    for (unsigned k = 0; k < c->nopd; k++) {
        int64_t from = place(e, c->in[k], SHAPE(f, n->arg[k]), axis);
        if (from < 0)
            return;
        x[k] = e->value[n->arg[k]][from];
    }
    double a = c->nopd == 3 ? rounded(f, x[0] * x[1]) : x[0];
    double b = c->nopd == 1 ? 1 : x[c->nopd - 1];
    out[to] = begun[to] ? multiply_add(f, a, b, out[to]) : rounded(f, a * b);
    begun[to] = true;
}

static void con(const Eval *e, Arena *arena, Ref r, double *out, size_t count)
{
    const Con *c = CON(e->fn, r);
    int64_t axis[MAX_AXES] = {0};
    bool *begun = NEW_ARRAY(arena, bool, count);
    for (unsigned moved = 0; moved <= c->naxis;) {
        con_point(e, r, axis, out, begun);
        for (moved = 1; moved <= c->naxis; moved++) {
            unsigned a = c->naxis - moved;
            if (++axis[a] < (int64_t)extent(e, c->extent[a]))
                break;
            axis[a] = 0;
        }
    }
}

/* ---- the other classes --------------------------------------------------------------- */

static void map(Run *run, Ref r, double *out, size_t count)
{
    const Eval *e = run->eval;
    const Node *n = NODE(e->fn, r);
    for (size_t i = 0; i < count; i++) {
        double x[3] = {0};
        Type type = e->fn->real;
        for (unsigned k = 0; k < n->narg; k++) {
            x[k] = e->value[n->arg[k]][i];
            if (NODE(e->fn, n->arg[k])->type == TYPE_I32)
                type = TYPE_F64;                        /* compares whole numbers exactly */
        }
        out[i] = op_value(&run->ops, (Op)n->op, type, x);
    }
}

static void peak(Run *run, Ref r, double *out)
{
    const Eval *e = run->eval;
    const Node *n = NODE(e->fn, r);
    Shape from = SHAPE(e->fn, n->arg[0]);
    size_t count = elements(e, from), results = elements(e, SHAPE(e->fn, r));
    const double *in = e->value[n->arg[0]];
    Op op = n->op == OP_PEAK_MAX ? OP_max : OP_min;
    for (size_t i = 0; i < results; i++)
        out[i] = op == OP_max ? -INFINITY : INFINITY;
    for (size_t i = 0; i < count; i++) {
        size_t rest = i, at = 0, step = 1;
        for (unsigned d = from.rank; d-- > 0;) {
            size_t m = extent(e, from.dim[d]), index = rest % m;
            rest /= m;
            if (n->aux >> d & 1)
                continue;
            at += index * step;
            step *= m;
        }
        out[at] = op_value(&run->ops, op, e->fn->real, (double[3]){out[at], in[i]});
    }
}

/* large[outer, index, inner] against small[outer, inner] */
static void choice(const Eval *e, Ref r, double *out, size_t count)
{
    const Node *n = NODE(e->fn, r);
    bool take = n->op == OP_TAKE;
    Shape value = SHAPE(e->fn, n->arg[0]), large = take ? value : SHAPE(e->fn, r);
    const double *in = e->value[n->arg[0]], *index = e->value[n->arg[1]];
    bool by_sample = shape_batched(SHAPE(e->fn, n->arg[1]));
    size_t outer = 1, inner = 1, extent_of = large.dim[n->aux];
    for (unsigned d = 0; d < large.rank; d++)
        *(d < n->aux ? &outer : &inner) *= d == n->aux ? 1 : extent(e, large.dim[d]);
    size_t small = take ? count : elements(e, value);
    for (size_t i = 0; i < small; i++) {
        size_t sample = i / (small / e->batch);
        size_t o = i / inner % outer, chosen = (size_t)index[by_sample ? sample : 0];
        size_t at = (o * extent_of + chosen) * inner + i % inner;
        bool inside = index[by_sample ? sample : 0] >= 0 && chosen < extent_of;
        if (take)
            out[i] = inside ? in[at] : 0;
        else if (inside)
            out[at] = in[i];
    }
}

/* ---- all nodes --------------------------------------------------------------------------- */

static void leaf(const Eval *e, Ref r, const double *bound, double *out, size_t count)
{
    bool is_real = NODE(e->fn, r)->type <= TYPE_F64;
    for (size_t i = 0; i < count; i++)
        out[i] = is_real ? rounded(e->fn, bound[i]) : bound[i];
}

Eval ir_eval(Arena *arena, const Fn *f, size_t batch, const double *const *bind)
{
    Eval e = {f, batch, NEW_ARRAY(arena, double *, f->node.count)};
    Run *run = NEW(arena, Run);
    run->eval = &e;
    run->ops.arena = arena;
    for (Ref r = 1; r < f->node.count; r++) {
        const Node *n = NODE(f, r);
        size_t count = elements(&e, SHAPE(f, r));
        double *out = e.value[r] = NEW_ARRAY(arena, double, count);
        switch (n->op) {
        case OP_LEAF:     if (bind[n->aux]) leaf(&e, r, bind[n->aux], out, count); break;
        case OP_CONST:    memcpy(out, &f->value.at[n->aux], count * sizeof *out); break;
        case OP_CON:      con(&e, arena, r, out, count); break;
        case OP_PEAK_MAX:
        case OP_PEAK_MIN: peak(run, r, out); break;
        case OP_TAKE:
        case OP_PUT:      choice(&e, r, out, count); break;
        default:          map(run, r, out, count); break;
        }
    }
    return e;
}
