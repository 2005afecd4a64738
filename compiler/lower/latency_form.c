/* latency_form.c: what the latency regime sees in a Fn before it writes a line.
 *
 * In: a Fn.  Out: per node whether it is computed once per call or per sample, and
 * per con its Form: which axis lies in lanes.  Four uses of the lanes cover what
 * small models do:
 *
 *     long result     out[l] += W[l k] * x[k]      axpy: columns of W times picks of x
 *     short result    out[e] += W[e l] * x[l]      dot: lane by lane, then a tree
 *     accumulators    g[k l] += p[k] * h[l]        rank one: rows, picks shared with the
 *                                                  axpy of the transposed product
 *     zip             out[l] += a[l] * b[l+2]      windows: neighbours are read shifted
 *
 * Everything short is written out number by number.  A con that fits none of these
 * makes latency_accepts say no, and the plan takes the scalar regime. */
#include "lower/latency.h"

#include <stddef.h>
#include <string.h>

/* ---- shapes ----------------------------------------------------------------------- */

Shape latency_shape(const Fn *fn, Ref r)
{
    Shape s = SHAPE(fn, r);
    if (s.rank && s.dim[0] == BATCH) {
        s.rank--;
        memmove(s.dim, s.dim + 1, s.rank * sizeof *s.dim);
    }
    return s;
}

uint32_t latency_count(const Fn *fn, Ref r) { return (uint32_t)shape_count(latency_shape(fn, r)); }

static bool holdable(const Fn *fn, Ref r)
{
    Shape s = latency_shape(fn, r);
    return NODE(fn, r)->type != TYPE_I32 && (s.rank <= 1 || shape_count(s) <= SHORT);
}

static bool is_uniform(const Fn *fn, Ref r)
{
    const double *number = &fn->value.at[NODE(fn, r)->aux];
    for (uint64_t i = 1; i < shape_count(SHAPE(fn, r)); i++)
        if (number[i] != number[0])
            return false;
    return true;
}

/* ---- who depends on the sample ------------------------------------------------------ */

static bool is_map(const Fn *fn, Ref r) { return NODE(fn, r)->op > OP_BEFORE_MAP; }

static bool sums_batch(const Fn *fn, Ref r)
{
    const Con *con = CON(fn, r);
    if (shape_batched(SHAPE(fn, r)))
        return false;
    for (unsigned a = 0; a < con->naxis; a++)
        if (con->extent[a] == BATCH)
            return true;
    return false;
}

static uint8_t sort_of(const Fn *fn, const Fact *fact, Ref r)
{
    const Node *n = NODE(fn, r);
    if (n->op == OP_LEAF)
        return fn->symbol.at[n->aux].role == ROLE_PARAM ? SORT_SHARED : SORT_SAMPLE;
    uint8_t sort = n->op == OP_CON && sums_batch(fn, r) ? SORT_COUPLED : SORT_SHARED;
    for (unsigned k = 0; k < n->narg; k++)
        if (fact[n->arg[k]].sort > sort)
            sort = fact[n->arg[k]].sort;
    return sort;
}

/* Adding up samples before or after it must make no difference. */
static bool linear_in_coupled(const Fn *fn, const Fact *fact, Ref r)
{
    const Node *n = NODE(fn, r);
    bool c[3] = {0};
    unsigned coupled = 0;
    for (unsigned k = 0; k < n->narg; k++)
        coupled += c[k] = fact[n->arg[k]].sort == SORT_COUPLED;
    if (coupled == 0)
        return true;
    switch (n->op) {
    case OP_neg:             return true;
    case OP_add: case OP_sub: return coupled == 2;
    case OP_mul: case OP_CON: return coupled == 1;
    case OP_div:             return !c[1];
    case OP_fma:             return c[0] != c[1] && c[2];
    default:                 return false;
    }
}

/* ---- terms of a sum ------------------------------------------------------------------- */

static bool is_zero(const Fn *fn, Ref r)
{
    const Node *n = NODE(fn, r);
    if (n->op == OP_CONST)
        return is_uniform(fn, r) && fn->value.at[n->aux] == 0;
    for (unsigned k = 0; k < n->narg && n->op == OP_CON; k++)
        if (is_zero(fn, n->arg[k]))
            return true;
    return false;
}

static bool terms_of(Arena *arena, const Fn *fn, Ref r, bool minus, Terms *terms)
{
    const Node *n = NODE(fn, r);
    if (is_zero(fn, r))
        return true;                                /* a weight that nothing reads */
    if (holdable(fn, r)) {
        VEC_PUSH(arena, *terms) = (Term){r, minus, false};
        return true;
    }
    switch (n->op) {
    case OP_CON:
        VEC_PUSH(arena, *terms) = (Term){r, minus, true};
        return true;
    case OP_neg:
        return terms_of(arena, fn, n->arg[0], !minus, terms);
    case OP_add: case OP_sub:
        return terms_of(arena, fn, n->arg[0], minus, terms)
            && terms_of(arena, fn, n->arg[1], minus != (n->op == OP_sub), terms);
    default:
        return false;
    }
}

bool latency_terms(Arena *arena, const Fn *fn, Ref root, Terms *terms)
{
    return terms_of(arena, fn, root, false, terms);
}

/* ---- facts ------------------------------------------------------------------------------ */

/* Is there from the start: a weight, or the same number everywhere. */
static bool is_source(const Fn *fn, Ref r)
{
    return NODE(fn, r)->op == OP_LEAF || (NODE(fn, r)->op == OP_CONST && is_uniform(fn, r));
}

/* A weight in another arrangement, which costs no more than the weight. */
static bool is_view(const Fn *fn, const Fact *fact, Ref r)
{
    Form form;
    return NODE(fn, r)->op == OP_CON && CON(fn, r)->nopd == 1 && is_source(fn, NODE(fn, r)->arg[0])
        && holdable(fn, r) && latency_form(fn, fact, r, false, &form);
}

static void read_shared(const Fn *fn, Fact *fact, Ref r, bool as_operand)
{
    if (fact[r].sort == SORT_SHARED && !is_source(fn, r) && (as_operand || !is_view(fn, fact, r)))
        fact[r].region = true;
}

static void need_roots(Arena *arena, const Fn *fn, Fact *fact, bool *rows)
{
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        Terms terms = {0};
        if (root->kind != ROOT_SUM || !latency_terms(arena, fn, root->value, &terms)) {
            terms.count = 0;
            VEC_PUSH(arena, terms) = (Term){root->value, false, false};
        }
        for (size_t k = 0; k < terms.count; k++) {
            Ref r = terms.at[k].node;
            if (terms.at[k].rows) {
                rows[r] = true;
            } else {
                fact[r].needed = true;
                fact[r].uses += 2;                  /* a root is not somebody's only reader */
                read_shared(fn, fact, r, false);
            }
        }
    }
}

Fact *latency_facts(Arena *arena, const Fn *fn)
{
    Fact *fact = NEW_ARRAY(arena, Fact, fn->node.count);
    bool *rows = NEW_ARRAY(arena, bool, fn->node.count);
    for (Ref r = 1; r < fn->node.count; r++)
        fact[r].sort = sort_of(fn, fact, r);
    need_roots(arena, fn, fact, rows);
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--) {
        const Node *n = NODE(fn, r);
        if (!fact[r].needed && !rows[r])
            continue;
        for (unsigned k = 0; k < n->narg; k++) {
            fact[n->arg[k]].needed = true;
            fact[n->arg[k]].uses += 1 + rows[r];
            if (fact[r].sort != SORT_SHARED || fact[r].region)
                read_shared(fn, fact, n->arg[k], n->op == OP_CON || fact[r].sort == SORT_SHARED);
        }
    }
    /* con + x: the con's accumulators start from x */
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *n = NODE(fn, r);
        if (n->op != OP_add || !fact[r].needed || fact[r].sort == SORT_SHARED)
            continue;
        for (unsigned k = 0; k < 2 && !fact[r].done; k++) {
            Ref con = n->arg[k];
            if (NODE(fn, con)->op == OP_CON && fact[con].uses == 1 && fact[con].sort != SORT_SHARED) {
                fact[r].done = con;
                fact[con].init = n->arg[1 - k];
            }
        }
    }
    return fact;
}

/* ---- forms -------------------------------------------------------------------------------- */

static void flat_add(Flat *f, const Aff *aff, int64_t scale)
{
    f->c += scale * aff->c;
    for (unsigned i = 0; i < aff->n; i++)
        f->k[aff->ax[i]] += scale * aff->k[i];
}

/* What is indexed by affs, without B, as one row-major index; its limits noted. */
static Flat flat_open(Form *form, const Aff *aff, Shape shape)
{
    Flat flat = {0};
    for (unsigned d = 0; d < shape.rank; d++) {
        if (shape.dim[d] == BATCH)
            continue;
        int64_t stride = 1;
        for (unsigned e = d + 1; e < shape.rank; e++)
            stride *= shape.dim[e];
        Limit *limit = &form->limit[form->limits++];
        *limit = (Limit){.limit = shape.dim[d]};
        flat_add(&limit->at, &aff[d], 1);
        flat_add(&flat, &aff[d], stride);
    }
    return flat;
}

/* Axis a counts from lo, not from 0. */
static void axis_shift(Form *form, unsigned a, int64_t lo)
{
    form->out.c += lo * form->out.k[a];
    for (unsigned k = 0; k < MAX_OPERANDS; k++)
        form->in[k].c += lo * form->in[k].k[a];
    for (unsigned i = 0; i < form->limits; i++)
        form->limit[i].at.c += lo * form->limit[i].at.k[a];
}

static int only_axis(const Form *form, const Flat *flat)
{
    int axis = -1;
    for (unsigned a = 0; a < form->axes; a++)
        if (flat->k[a] && form->extent[a] != 1) {
            if (axis >= 0)
                return -1;
            axis = (int)a;
        }
    return axis;
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

/* Those l of lo .. hi with 0 <= c + k*l < limit. */
static void cut(int64_t c, int64_t k, int64_t limit, int64_t *lo, int64_t *hi)
{
    int64_t from, to;
    if (k == 0) {
        from = c >= 0 && c < limit ? *lo : *hi;
        to = *hi;
    } else if (k > 0) {
        from = -floor_div(c, k);
        to = floor_div(limit - 1 - c, k) + 1;
    } else {
        from = -floor_div(limit - 1 - c, -k);
        to = floor_div(c, -k) + 1;
    }
    if (from > *lo)
        *lo = from;
    if (to < *hi)
        *hi = to;
}

static bool tighten(Form *form)
{
    for (unsigned i = 0; i < form->limits; i++) {
        int a = only_axis(form, &form->limit[i].at);
        if (a < 0)
            continue;
        int64_t lo = 0, hi = form->extent[a];
        cut(form->limit[i].at.c, form->limit[i].at.k[a], form->limit[i].limit, &lo, &hi);
        if (lo >= hi)
            return false;
        axis_shift(form, (unsigned)a, lo);
        form->extent[a] = hi - lo;
    }
    return true;
}

static bool stays_inside(const Form *form)
{
    for (unsigned i = 0; i < form->limits; i++) {
        int64_t lo = form->limit[i].at.c, hi = lo;
        for (unsigned a = 0; a < form->axes; a++) {
            int64_t reach = form->limit[i].at.k[a] * (form->extent[a] - 1);
            *(reach < 0 ? &lo : &hi) += reach;
        }
        if (lo < 0 || hi >= form->limit[i].limit)
            return false;
    }
    return true;
}

bool latency_form_open(const Fn *fn, Ref r, Form *form)
{
    const Con *con = CON(fn, r);
    memset(form, 0, offsetof(Form, limit));
    form->node = r;
    form->axes = con->naxis;
    form->lane = form->roll = -1;
    for (unsigned a = 0; a < con->naxis; a++)
        form->extent[a] = con->extent[a] == BATCH ? 1 : con->extent[a];
    form->out = flat_open(form, con->out, SHAPE(fn, r));
    for (unsigned k = 0; k < con->nopd; k++)
        form->in[k] = flat_open(form, con->in[k], SHAPE(fn, NODE(fn, r)->arg[k]));
    for (unsigned g = 0; g < con->nguard; g++) {
        Limit *limit = &form->limit[form->limits++];
        *limit = (Limit){.limit = con->limit[g]};
        flat_add(&limit->at, &con->guard[g], 1);
    }
    if (!tighten(form))
        return false;
    form->inside = stays_inside(form);
    return true;
}

uint8_t latency_axes(const Form *form, uint8_t axis[MAX_AXES])
{
    uint8_t n = 0;
    for (unsigned a = 0; a < form->axes; a++)
        if ((int)a != form->lane && form->extent[a] != 1)
            axis[n++] = (uint8_t)a;
    return n;
}

void latency_range(const Form *form, const int64_t at[MAX_AXES], int64_t *lo, int64_t *hi)
{
    *lo = 0;
    *hi = form->lane < 0 ? 1 : form->extent[form->lane];
    for (unsigned i = 0; i < form->limits && !form->inside; i++) {
        const Limit *limit = &form->limit[i];
        int64_t c = limit->at.c;
        for (unsigned a = 0; a < form->axes; a++)
            if ((int)a != form->lane)
                c += limit->at.k[a] * at[a];
        cut(c, form->lane < 0 ? 0 : limit->at.k[form->lane], limit->limit, lo, hi);
    }
}

/* Puts axis a in lanes if everything per sample can be read so. */
static bool lane_fits(const Fn *fn, const Fact *fact, Form *form, int a, Ref *zipped)
{
    const Node *n = NODE(fn, form->node);
    bool value = !form->rows, long_out = is_long(fn, form->node);
    *zipped = UINT32_MAX;
    form->lane = a;
    form->base = 0;
    form->length = a < 0 ? 1 : form->extent[a];
    form->tree = false;
    if (a < 0)
        return true;
    if (value && long_out) {
        if (form->out.k[a] != 1 || only_axis(form, &form->out) != a)
            return false;
        form->base = form->out.c;
        form->length = latency_count(fn, form->node);
    } else if (value) {
        form->tree = true;
        if (form->out.k[a] != 0)
            return false;
    } else if (form->out.k[a] == 0) {
        return false;
    }
    for (unsigned k = 0; k < n->narg; k++) {
        if (fact[n->arg[k]].sort == SORT_SHARED || form->in[k].k[a] == 0)
            continue;
        if (!is_long(fn, n->arg[k]) || form->in[k].k[a] != 1)
            return false;
        if (*zipped == UINT32_MAX && !(value && long_out) && form->in[k].c >= 0) {
            form->base = form->in[k].c;
            form->length = latency_count(fn, n->arg[k]);
        }
        if (n->arg[k] < *zipped)
            *zipped = n->arg[k];
    }
    if (!(value && long_out) && form->length < form->base + form->extent[a])
        form->length = form->base + form->extent[a];
    return true;
}

/* How many fmas it is written as; 0: too many. */
static int64_t lane_cost(Form *form)
{
    uint8_t axis[MAX_AXES];
    unsigned n = latency_axes(form, axis);
    int64_t points = 1;
    for (unsigned i = 0; i < n && points <= POINTS * POINTS; i++)
        points *= form->extent[axis[i]];
    form->roll = n == 1 && points > ROLLED && form->inside && form->lane >= 0 && !form->tree ? axis[0] : -1;
    int64_t cost = points * (form->lane < 0 ? 2 : chunks_of(form->length));
    return form->roll >= 0 || cost <= POINTS ? cost : 0;
}

bool latency_form(const Fn *fn, const Fact *fact, Ref r, bool rows, Form *form)
{
    int64_t least = 0;
    Ref zipped, oldest = 0;
    int best = -1;
    if (!latency_form_open(fn, r, form))
        return false;
    form->rows = rows;
    if (rows && !form->inside)
        return false;
    for (int a = -1; a < (int)form->axes; a++) {
        if ((a >= 0 && form->extent[a] == 1) || !lane_fits(fn, fact, form, a, &zipped))
            continue;
        int64_t cost = lane_cost(form);
        /* at equal cost, pick from what was computed last: its picks are at hand */
        if (cost && (!least || cost < least || (cost == least && zipped < oldest))) {
            least = cost;
            oldest = zipped;
            best = a;
        }
    }
    return least > 0 && lane_fits(fn, fact, form, best, &zipped) && lane_cost(form) > 0;
}

/* ---- can it be done ---------------------------------------------------------------------------- */

static bool node_fits(const Fn *fn, const Fact *fact, Ref r)
{
    Form form;
    const Node *n = NODE(fn, r);
    if (!linear_in_coupled(fn, fact, r))
        return false;
    if (fact[r].sort == SORT_SHARED)
        return n->op == OP_LEAF || n->op == OP_CONST || n->op == OP_CON || is_map(fn, r);
    if (!holdable(fn, r))
        return false;
    return n->op == OP_LEAF || is_map(fn, r)
        || (n->op == OP_CON && latency_form(fn, fact, r, false, &form));
}

static bool fits(Arena *arena, const Fn *fn)
{
    const Fact *fact = latency_facts(arena, fn);
    for (size_t i = 0; i < fn->root.count; i++) {
        Terms terms = {0};
        Form form;
        if (fn->root.at[i].kind != ROOT_SUM)
            continue;
        if (!latency_terms(arena, fn, fn->root.at[i].value, &terms))
            return false;
        for (size_t k = 0; k < terms.count; k++)
            if (!linear_in_coupled(fn, fact, terms.at[k].node)
                || (terms.at[k].rows && !latency_form(fn, fact, terms.at[k].node, true, &form)))
                return false;
    }
    for (Ref r = 1; r < fn->node.count; r++)
        if (fact[r].needed && !node_fits(fn, fact, r))
            return false;
    return true;
}

bool latency_accepts(const Fn *fn)
{
    Arena arena = {.heap = fn->arena->heap};
    bool yes = fits(&arena, fn);
    arena_free(&arena);
    return yes;
}
