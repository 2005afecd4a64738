/* latency_con.c: a con as statements.
 *
 * A con is a sum over points, the values of its axes other than the one in lanes.
 * At a point it is a product of factors, each a vector or a number for all lanes:
 *
 *     weight      a row of its copy in pack, or one number of it
 *     sample      a vector, perhaps shifted; or an element, picked into every lane
 *
 * One fma per point and vector.  Sums of CHAINED products and more run in four
 * chains, k mod 4, added as (0+1)+(2+3); lanes are summed by the tree at the end.  */
#include "lower/latency.h"

enum { FACTORS = 2 * MAX_OPERANDS };

/* Where we are: axes at `at`, the rolled one further by var. */
typedef struct Point { int64_t at[MAX_AXES]; Exp var; } Point;
typedef VEC(Point) Points;

/* ---- elements and vectors of values ---------------------------------------------------- */

static Exp pick(Block *b, Value *v, int64_t i)
{
    if (v->count <= SHORT)
        return v->part[i];
    if (!v->pick)
        v->pick = NEW_ARRAY(b->arena, Exp, v->count);
    if (!v->pick[i])
        v->pick[i] = x_var(b->p, s_let(b->p, "b", x_pick(b->p, v->part[i / LANES], (unsigned)(i % LANES))));
    return v->pick[i];
}

/* The vectors of v in memory, `margin` zeros on either side. */
static Var spread(Block *b, const Value *v, uint32_t margin)
{
    Program *p = b->p;
    uint32_t n = v->parts * LANES;
    Var to = s_local(p, "m", n + 2 * margin);
    Exp zero = x_splat(p, x_real(p, 0));
    for (uint32_t i = 0; i < margin; i += LANES) {
        s_store(p, to, x_int(p, i), zero);
        s_store(p, to, x_int(p, margin + n + i), zero);
    }
    for (uint32_t c = 0; c < v->parts; c++)
        s_store(p, to, x_int(p, margin + c * LANES), v->part[c]);
    return to;
}

static Var in_memory(Block *b, Value *v)
{
    if (!v->flat)
        v->flat = spread(b, v, 0);
    return v->flat;
}

/* Vector number c of v, moved down by `shift` elements. */
static Exp shifted(Block *b, Value *v, uint32_t c, int64_t shift)
{
    if (shift == 0 && c < v->parts)
        return v->part[c];
    int64_t n = (int64_t)v->parts * LANES, from = n + (int64_t)c * LANES + shift;
    if (from < 0 || from + LANES > 3 * n)
        return x_splat(b->p, x_real(b->p, 0));          /* nothing of it is in range */
    if (!v->wide)
        v->wide = spread(b, v, (uint32_t)n);
    return x_load(b->p, v->wide, x_int(b->p, from), LANES);
}

/* ---- indices ------------------------------------------------------------------------------ */

static int64_t flat_at(const Form *form, const Flat *flat, const Point *point)
{
    int64_t i = flat->c;
    for (unsigned a = 0; a < form->axes; a++)
        if ((int)a != form->lane)
            i += flat->k[a] * point->at[a];
    return i;
}

static Exp rolled_index(Block *b, const Form *form, const Flat *flat, const Point *point, int64_t offset)
{
    Exp i = x_int(b->p, flat_at(form, flat, point) + offset);
    if (!point->var || flat->k[form->roll] == 0)
        return i;
    return x_add(b->p, x_mul(b->p, point->var, x_int(b->p, flat->k[form->roll])), i);
}

/* The row of a nest over `flat` that a point is in, in reals from its start. */
static Exp row_index(Block *b, const Form *form, const Flat *flat, const Point *point, int64_t offset)
{
    uint8_t axis[MAX_AXES];
    unsigned n = latency_axes(form, axis);
    int64_t pitch = latency_nest(form, flat).pitch, roll = 0;
    for (unsigned i = n; i-- > 0;)
        if (flat->k[axis[i]]) {
            offset += point->at[axis[i]] * pitch;
            if (axis[i] == form->roll)
                roll = pitch;
            pitch *= form->extent[axis[i]];
        }
    Exp i = x_int(b->p, offset);
    return point->var && roll ? x_add(b->p, x_mul(b->p, point->var, x_int(b->p, roll)), i) : i;
}

/* ---- products ------------------------------------------------------------------------------- */

typedef struct Product { unsigned n; Exp factor[FACTORS]; unsigned lo, hi; bool masked; } Product;

static Exp weight_factor(Block *b, const Form *form, unsigned k, const Point *point, uint32_t c)
{
    Program *p = b->p;
    Ref r = NODE(b->fn, form->node)->arg[k];
    const Node *n = NODE(b->fn, r);
    const Packed *region = layout_region(b->layout, b->index, r);
    if (n->op == OP_CONST && !region) {
        double number = b->fn->value.at[n->aux];
        return number == 1 ? 0 : x_real(p, number);
    }
    if (form->lane >= 0 && form->in[k].k[form->lane]) {
        const Packed *copy = layout_packed(b->layout, b->index, form, k);
        Exp at = row_index(b, form, &form->in[k], point, copy->offset + (int64_t)c * LANES);
        return x_load(p, b->pack, at, LANES);
    }
    if (region)
        return x_load(p, b->pack, rolled_index(b, form, &form->in[k], point, region->offset), 1);
    const FieldParam *param = latency_param(b->job->field, b->fn->symbol.at[n->aux].name);
    return x_load(p, b->theta, rolled_index(b, form, &form->in[k], point, param->offset), 1);
}

static Exp sample_factor(Block *b, const Form *form, unsigned k, const Point *point, uint32_t c)
{
    Value *v = value_of(b, NODE(b->fn, form->node)->arg[k]);
    int64_t i = flat_at(form, &form->in[k], point);
    if (form->lane >= 0 && form->in[k].k[form->lane])
        return shifted(b, v, c, i - form->base);
    bool rolled = point->var && form->in[k].k[form->roll];
    if (v->count > SHORT && (form->lane < 0 || rolled))
        return x_load(b->p, in_memory(b, v), rolled_index(b, form, &form->in[k], point, 0), 1);
    return pick(b, v, i);
}

/* The factors at a point for vector c of the lanes; false: nothing is in range. */
static bool product_at(Block *b, const Form *form, const Point *point, uint32_t c, Product *product)
{
    const Node *n = NODE(b->fn, form->node);
    int64_t lo, hi, first = (int64_t)c * LANES;
    *product = (Product){.hi = 1};
    latency_range(form, point->at, &lo, &hi);
    if (lo >= hi)
        return false;
    if (form->lane >= 0) {
        int64_t used = form->tree ? LANES : form->length - first;
        if (used > LANES)
            used = LANES;
        lo += form->base - first;
        hi += form->base - first;
        product->lo = lo > 0 ? (unsigned)(lo < LANES ? lo : LANES) : 0;
        product->hi = hi > 0 ? (unsigned)(hi < LANES ? hi : LANES) : 0;
        if (product->lo >= product->hi)
            return false;
        product->masked = product->lo > 0 || product->hi < used;
    }
    for (unsigned pass = 0; pass < 2; pass++)               /* weights first */
        for (unsigned k = 0; k < n->narg; k++) {
            if ((b->fact[n->arg[k]].sort == SORT_SHARED) != (pass == 0))
                continue;
            Exp factor = pass ? sample_factor(b, form, k, point, c) : weight_factor(b, form, k, point, c);
            if (factor)
                product->factor[product->n++] = factor;
        }
    if (product->n == 0)
        product->factor[product->n++] = x_real(b->p, 1);
    return true;
}

static Exp vector(Program *p, Exp x) { return x_type(p, x).lanes == 1 ? x_splat(p, x) : x; }

/* acc + product, acc 0: the product alone. */
static Exp add_product(Block *b, const Form *form, Exp acc, const Product *product)
{
    Program *p = b->p;
    Exp most = product->factor[0], last = product->factor[product->n - 1];
    for (unsigned i = 1; i + 1 < product->n; i++)
        most = x_mul(p, most, product->factor[i]);
    if (product->masked) {
        Exp value = product->n == 1 ? last : x_mul(p, most, last);
        Exp mask = x_op(p, OP_ge, x_lane(p), x_real(p, product->lo), 0);
        if (product->hi < LANES) {
            Exp below = x_op(p, OP_lt, x_lane(p), x_real(p, product->hi), 0);
            mask = product->lo > 0 ? x_op(p, OP_and, mask, below, 0) : below;
        }
        value = x_op(p, OP_select, mask, vector(p, value), x_splat(p, x_real(p, 0)));
        return acc ? x_add(p, acc, value) : value;
    }
    Exp sum = product->n == 1 ? (acc ? x_add(p, acc, last) : last)
            : acc ? x_fma(p, most, last, acc) : x_mul(p, most, last);
    return form->lane >= 0 ? vector(p, sum) : sum;
}

/* ---- sums of products --------------------------------------------------------------------------- */

/* Sums side by side; one is an expression until its second product makes it a variable. */
typedef struct Chains { Exp sum[CHAINS]; Var var[CHAINS]; unsigned n, next; const char *name; } Chains;

static Chains chains_open(size_t terms, Exp init, const char *name)
{
    return (Chains){.n = terms >= CHAINED ? CHAINS : 1, .sum = {init}, .name = name};
}

static void chain_settle(Block *b, Chains *s, unsigned c)
{
    if (!s->var[c]) {
        s->var[c] = s_var(b->p, s->name, s->sum[c]);
        s->sum[c] = x_var(b->p, s->var[c]);
    }
}

static void chain_add(Block *b, const Form *form, Chains *s, const Product *product)
{
    unsigned c = s->next++ % s->n;
    if (s->next > s->n)
        chain_settle(b, s, c);
    Exp sum = add_product(b, form, s->sum[c], product);
    if (s->var[c])
        s_set(b->p, s->var[c], sum);
    else
        s->sum[c] = sum;
}

static Exp chains_close(Block *b, const Form *form, const Chains *s)
{
    Exp zero = x_real(b->p, 0), half[2];
    if (!s->sum[0])
        return form->lane >= 0 ? x_splat(b->p, zero) : zero;
    for (unsigned i = 0; i < 2; i++) {
        half[i] = s->sum[2 * i];
        if (s->sum[2 * i + 1])
            half[i] = x_add(b->p, half[i], s->sum[2 * i + 1]);
    }
    return half[1] ? x_add(b->p, half[0], half[1]) : half[0];
}

/* All points, in row-major order of the axes; without the rolled axis. */
static Points points_of(Block *b, const Form *form)
{
    Points points = {0};
    uint8_t axis[MAX_AXES];
    unsigned n = latency_axes(form, axis);
    Point at = {0};
    for (;;) {
        VEC_PUSH(b->arena, points) = at;
        unsigned i = n;
        while (i-- > 0) {
            if (axis[i] == form->roll)
                continue;
            if (++at.at[axis[i]] < form->extent[axis[i]])
                break;
            at.at[axis[i]] = 0;
        }
        if (i == UINT32_MAX)
            return points;
    }
}

/* ---- values ------------------------------------------------------------------------------------- */

static Exp long_part(Block *b, const Form *form, const Points *points, uint32_t c, Exp init)
{
    Chains s = chains_open(points->count, init, latency_hint(b->fn, form->node));
    Product product;
    for (size_t i = 0; i < points->count; i++)
        if (product_at(b, form, &points->at[i], c, &product))
            chain_add(b, form, &s, &product);
    return chains_close(b, form, &s);
}

/* Before a loop: what its factors are read from must not come into being inside. */
static void factors_ready(Block *b, const Form *form)
{
    const Node *n = NODE(b->fn, form->node);
    Point origin = {0};
    for (unsigned k = 0; k < n->narg; k++) {
        if (b->fact[n->arg[k]].sort == SORT_SHARED)
            continue;
        Value *v = value_of(b, n->arg[k]);
        int64_t i = flat_at(form, &form->in[k], &origin);
        if (form->in[k].k[form->lane])
            for (uint32_t c = 0; c < chunks_of(form->length); c++)
                shifted(b, v, c, i - form->base);
        else if (form->in[k].k[form->roll])
            in_memory(b, v);
        else
            pick(b, v, i);
    }
}

static Point loop_open(Block *b, int64_t from, int64_t to, int64_t step)
{
    Program *p = b->p;
    return (Point){.var = x_var(p, s_for(p, "k", x_int(p, from), x_int(p, to), x_int(p, step), FOR_ROLL))};
}

static void chains_add(Block *b, const Form *form, Chains *s, uint32_t c, uint32_t n, Point point, int64_t k)
{
    Product product;
    point.at[form->roll] = k;
    for (uint32_t g = 0; g < n; g++)
        if (product_at(b, form, &point, c + g, &product))
            chain_add(b, form, &s[g], &product);
}

/* Vectors c .. c + n of the result, the sum being a loop over CHAINS points at a time. */
static void rolled_parts(Block *b, const Form *form, uint32_t c, uint32_t n, const Value *init, Value *out)
{
    const char *name = latency_hint(b->fn, form->node);
    int64_t terms = form->extent[form->roll], whole = terms / CHAINS * CHAINS;
    Chains s[GROUP];
    for (uint32_t g = 0; g < n; g++)
        s[g] = chains_open((size_t)terms, init ? init->part[c + g] : 0, name);
    for (int64_t k = 0; k < CHAINS; k++)
        chains_add(b, form, s, c, n, (Point){0}, k);
    for (uint32_t g = 0; g < n; g++)
        for (unsigned k = 0; k < CHAINS; k++)
            chain_settle(b, &s[g], k);
    Point point = loop_open(b, CHAINS, whole, CHAINS);
    for (int64_t k = 0; k < CHAINS; k++)
        chains_add(b, form, s, c, n, point, k);
    s_end(b->p);
    for (int64_t k = whole; k < terms; k++)
        chains_add(b, form, s, c, n, (Point){0}, k);
    for (uint32_t g = 0; g < n; g++)
        out->part[c + g] = x_var(b->p, s_let(b->p, name, chains_close(b, form, &s[g])));
}

static void long_value(Block *b, const Form *form, const Value *init, Value *out)
{
    if (form->roll < 0) {
        Points points = points_of(b, form);
        for (uint32_t c = 0; c < out->parts; c++)
            out->part[c] = long_part(b, form, &points, c, init ? init->part[c] : 0);
        return;
    }
    factors_ready(b, form);
    for (uint32_t c = 0; c < out->parts; c += GROUP)
        rolled_parts(b, form, c, out->parts - c < GROUP ? out->parts - c : GROUP, init, out);
}

/* Elements one by one: each the sum of the points whose result it is. */
static void short_value(Block *b, const Form *form, const Value *init, Value *out)
{
    Points points = points_of(b, form);
    uint32_t chunks = form->lane < 0 ? 1 : chunks_of(form->length);
    Product product;
    for (uint32_t e = 0; e < out->count; e++) {
        Points mine = {0};
        for (size_t i = 0; i < points.count; i++)
            if (flat_at(form, &form->out, &points.at[i]) == e)
                VEC_PUSH(b->arena, mine) = points.at[i];
        Exp start = form->tree || !init ? 0 : init->part[e];
        Chains s = chains_open(mine.count * chunks, start, latency_hint(b->fn, form->node));
        for (size_t i = 0; i < mine.count; i++)
            for (uint32_t c = 0; c < chunks; c++)
                if (product_at(b, form, &mine.at[i], c, &product))
                    chain_add(b, form, &s, &product);
        out->part[e] = chains_close(b, form, &s);
    }
    if (!form->tree)
        return;
    for (uint32_t e = 0; e < out->count; e++)               /* side by side: trees share shuffles */
        out->part[e] = x_var(b->p, s_let(b->p, "s", x_tree(b->p, out->part[e])));
    for (uint32_t e = 0; e < out->count && init; e++)
        out->part[e] = x_add(b->p, out->part[e], init->part[e]);
}

/* A long value of single elements, through memory. */
static void scattered_value(Block *b, const Form *form, const Value *init, Value *out)
{
    Program *p = b->p;
    Value single = {.count = latency_count(b->fn, form->node)};
    single.parts = single.count;
    single.part = NEW_ARRAY(b->arena, Exp, single.count);
    short_value(b, form, NULL, &single);
    Var to = s_local(p, "m", out->parts * LANES);
    for (uint32_t i = 0; i < out->parts * LANES; i++)
        s_store(p, to, x_int(p, i), i < single.count ? single.part[i] : x_real(p, 0));
    for (uint32_t c = 0; c < out->parts; c++) {
        Exp part = x_load(p, to, x_int(p, c * LANES), LANES);
        out->part[c] = init ? x_add(p, init->part[c], part) : part;
    }
}

/* A product with a weight is worth a heading. */
static void note_weight(Block *b, Ref r)
{
    const Node *n = NODE(b->fn, r);
    for (unsigned k = 0; k < n->narg && n->narg > 1; k++) {
        const Node *arg = NODE(b->fn, n->arg[k]);
        if (arg->op == OP_LEAF && b->fact[n->arg[k]].sort == SORT_SHARED && SHAPE(b->fn, n->arg[k]).rank > 1)
            s_note(b->p, "%s", b->fn->symbol.at[arg->aux].name);
    }
}

Value *con_value(Block *b, Ref r, const Value *init)
{
    Form form;
    bool fits = latency_form(b->fn, b->fact, r, false, &form);
    INSIST(b->arena, fits && "accepted before");
    Value *out = value_new(b, latency_count(b->fn, r));
    note_weight(b, r);
    if (out->count <= SHORT)
        short_value(b, &form, init, out);
    else if (form.lane < 0)
        scattered_value(b, &form, init, out);
    else
        long_value(b, &form, init, out);
    value_name(b, out, latency_hint(b->fn, r));
    return out;
}

/* ---- rows of accumulators ------------------------------------------------------------------------- */

static void add_row(Block *b, const Form *form, const Point *point, bool minus, Var sums, const Area *area)
{
    Program *p = b->p;
    Product product;
    for (uint32_t c = 0; c < chunks_of(form->length); c++) {
        if (!product_at(b, form, point, c, &product))
            continue;
        if (minus)
            product.factor[0] = x_op(p, OP_neg, product.factor[0], 0, 0);
        Exp at = row_index(b, form, &form->out, point, area->offset + (int64_t)c * LANES);
        s_store(p, sums, at, add_product(b, form, x_load(p, sums, at, form->lane < 0 ? 1 : LANES), &product));
    }
}

void con_rows(Block *b, Ref r, bool minus, Var sums, const Area *area)
{
    Form form;
    bool fits = latency_form(b->fn, b->fact, r, true, &form);
    INSIST(b->arena, fits && "accepted before");
    s_note(b->p, "cotangent of %s", area->param);
    if (form.roll < 0) {
        Points points = points_of(b, &form);
        for (size_t i = 0; i < points.count; i++)
            add_row(b, &form, &points.at[i], minus, sums, area);
        return;
    }
    factors_ready(b, &form);
    Point point = loop_open(b, 0, form.extent[form.roll], 1);
    add_row(b, &form, &point, minus, sums, area);
    s_end(b->p);
}
