/* con.c: the constructor of con, and what it simplifies.
 *
 *     con of a re-indexing    the operand's own operand, indices substituted
 *     con of a concat         a sum of cons (concat is a sum of pads)
 *     scalars                 come out: con s*x[..]*w[..] = s * con x[..]*w[..]
 *     the batch               a sum that is the same for every sample is made once
 *                             and expanded
 *     axes                    shrink to the range where every index is valid;
 *                             of extent 1 they vanish, unused they become a factor
 *     identity                the operand
 *
 * So Linear of concat(x, t) becomes con x[B i]*W[o i] + t * con W[o 2], and
 * an expand is never computed before it is summed.
 *
 * Axes are numbered in the order in which the result and then the operands use
 * them: those of the result first, the summed ones behind. */
#include "ir/make.h"

#include <string.h>

typedef struct Draft {              /* a con under construction                      */
    Con   con;
    Shape out, in[MAX_OPERANDS];
    Ref   operand[MAX_OPERANDS];
} Draft;

/* ---- what kind of con ----------------------------------------------------------- */

static bool uses(const Aff *a, unsigned rank, unsigned axis)
{
    for (unsigned d = 0; d < rank; d++)
        if (aff_coefficient(&a[d], axis) != 0)
            return true;
    return false;
}

unsigned con_kept(const Con *c, Shape out)
{
    unsigned kept = 0;
    while (kept < c->naxis && uses(c->out, out.rank, kept))
        kept++;
    return kept;
}

bool con_sums(const Con *c, Shape out)
{
    return con_kept(c, out) < c->naxis;
}

/* One operand; each dimension of the result is a number or plus or minus one axis,
 * each axis in one dimension: the place of an element says which i made it.        */
bool con_reindexes(const Con *c)
{
    unsigned seen = 0, found = 0;
    if (c->nopd != 1)
        return false;
    for (unsigned d = 0; d < MAX_RANK; d++) {
        const Aff *a = &c->out[d];
        if (a->n > 1 || (a->n == 1 && a->k[0] != 1 && a->k[0] != -1))
            return false;
        if (a->n == 1) {
            if (seen >> a->ax[0] & 1)
                return false;
            seen |= 1u << a->ax[0];
            found++;
        }
    }
    return found == c->naxis;
}

bool con_covers(const Con *c, Shape out)
{
    if (!con_reindexes(c) || c->nguard > 0)
        return false;
    for (unsigned d = 0; d < out.rank; d++) {
        unsigned axis;
        bool whole = aff_is_axis(&c->out[d], &axis) ? c->extent[axis] == out.dim[d]
                   : c->out[d].n == 0 && out.dim[d] == 1;
        if (!whole)
            return false;
    }
    return true;
}

bool con_expands(const Con *c, Shape out, Shape operand)
{
    if (!con_covers(c, out))
        return false;
    unsigned seen = 0, used = 0;
    for (unsigned d = 0; d < operand.rank; d++) {
        unsigned axis;
        if (!aff_is_axis(&c->in[0][d], &axis)) {
            if (c->in[0][d].n != 0 || operand.dim[d] != 1)
                return false;
            continue;
        }
        if (seen >> axis & 1 || c->extent[axis] != operand.dim[d])
            return false;
        seen |= 1u << axis;
        used++;
    }
    return used < c->naxis || operand.rank < out.rank;
}

/* ---- every index of a con ----------------------------------------------------------- */

typedef struct Index { Aff *aff; uint32_t limit; bool guard; } Index;

static unsigned indices(Draft *d, Index out[MAX_RANK * (MAX_OPERANDS + 2)])
{
    unsigned n = 0;
    for (unsigned i = 0; i < d->out.rank; i++)
        out[n++] = (Index){&d->con.out[i], d->out.dim[i], false};
    for (unsigned k = 0; k < d->con.nopd; k++)
        for (unsigned i = 0; i < d->in[k].rank; i++)
            out[n++] = (Index){&d->con.in[k][i], d->in[k].dim[i], false};
    for (unsigned i = 0; i < d->con.nguard; i++)
        out[n++] = (Index){&d->con.guard[i], d->con.limit[i], true};
    return n;
}

static void drop_guard(Con *c, unsigned g)
{
    c->nguard--;
    memmove(&c->guard[g], &c->guard[g + 1], (c->nguard - g) * sizeof *c->guard);
    memmove(&c->limit[g], &c->limit[g + 1], (c->nguard - g) * sizeof *c->limit);
}

static bool always(const Con *c, const Aff *a, uint32_t limit)
{
    int64_t lo, hi;
    if (limit == BATCH)
        return true;
    aff_range(a, c->extent, &lo, &hi);
    return lo >= 0 && hi < limit;
}

/* ---- axes shrink -------------------------------------------------------------------- */

/* axis := axis + c, wherever it stands */
static void shift(Draft *d, unsigned axis, int32_t c)
{
    Index at[MAX_RANK * (MAX_OPERANDS + 2)];
    unsigned n = indices(d, at);
    for (unsigned i = 0; i < n; i++)
        at[i].aff->c += c * aff_coefficient(at[i].aff, axis);
}

/* To the values for which every index that is plus or minus this axis alone is in
 * range; false if there are none.                                                  */
static bool shrink(Draft *d, unsigned axis)
{
    Index at[MAX_RANK * (MAX_OPERANDS + 2)];
    unsigned n = indices(d, at);
    int64_t lo = 0, hi = (int64_t)d->con.extent[axis] - 1;
    if (d->con.extent[axis] == BATCH)
        return true;
    for (unsigned i = 0; i < n; i++) {
        const Aff *a = at[i].aff;
        if (a->n != 1 || a->ax[0] != axis || (a->k[0] != 1 && a->k[0] != -1))
            continue;
        int64_t first = -(int64_t)a->c, last = (int64_t)at[i].limit - 1 - a->c;
        if (a->k[0] == -1)
            first = a->c - (int64_t)at[i].limit + 1, last = a->c;
        lo = first > lo ? first : lo;
        hi = last < hi ? last : hi;
    }
    if (hi < lo)
        return false;
    shift(d, axis, (int32_t)lo);
    d->con.extent[axis] = (uint32_t)(hi - lo + 1);
    return true;
}

/* False if the con has no points at all. */
static bool shrink_all(Draft *d)
{
    for (unsigned axis = 0; axis < d->con.naxis; axis++)
        if (!shrink(d, axis))
            return false;
    for (unsigned g = d->con.nguard; g-- > 0;)
        if (always(&d->con, &d->con.guard[g], d->con.limit[g]))
            drop_guard(&d->con, g);
    Index at[MAX_RANK * (MAX_OPERANDS + 2)];
    unsigned n = indices(d, at);
    for (unsigned i = 0; i < n; i++)
        if (at[i].aff->n == 0 && !always(&d->con, at[i].aff, at[i].limit))
            return false;
    return true;
}

/* ---- axes in order --------------------------------------------------------------------- */

/* Numbers the axes by first use.  Those of extent 1 vanish; the extents of unused
 * ones multiply into the result.                                                   */
static double sort_axes(Draft *d)
{
    Index at[MAX_RANK * (MAX_OPERANDS + 2)];
    unsigned n = indices(d, at), count = 0;
    Aff with[MAX_AXES] = {{0}};
    bool seen[MAX_AXES] = {false};
    uint32_t extent[MAX_AXES] = {0};
    double factor = 1;

    for (unsigned i = 0; i < n; i++)
        for (unsigned a = 0; a < d->con.naxis; a++)
            if (!seen[a] && d->con.extent[a] != 1 && aff_coefficient(at[i].aff, a) != 0) {
                seen[a] = true;
                extent[count] = d->con.extent[a];
                with[a] = aff_axis(count++);
            }
    for (unsigned a = 0; a < d->con.naxis; a++)
        if (!seen[a] && d->con.extent[a] == BATCH) {
            extent[count] = BATCH;
            with[a] = aff_axis(count++);
        } else if (!seen[a]) {
            factor *= d->con.extent[a];
        }
    for (unsigned i = 0; i < n; i++) {
        Aff old = *at[i].aff;
        aff_substitute(&old, with, at[i].aff);
        aff_sort(at[i].aff);
    }
    d->con.naxis = (uint8_t)count;
    memcpy(d->con.extent, extent, sizeof extent);
    return factor;
}

/* Both until nothing changes: an axis that vanishes may leave another one alone in an
 * index.  False if the con has no points.                                           */
static bool normalise(Draft *d, double *factor)
{
    uint32_t before[MAX_AXES];
    do {
        memcpy(before, d->con.extent, sizeof before);
        if (!shrink_all(d))
            return false;
        *factor *= sort_axes(d);
    } while (memcmp(before, d->con.extent, sizeof before) != 0);
    return true;
}

/* ---- con of a re-indexing ---------------------------------------------------------------- */

static bool add_guard(Con *c, const Aff *a, uint32_t limit)
{
    if (always(c, a, limit))
        return true;
    if (c->nguard == MAX_RANK)
        return false;
    c->guard[c->nguard] = *a;
    c->limit[c->nguard++] = limit;
    return true;
}

/* Operand k is `inner`, a re-indexing of z: reads z itself instead.  What the place
 * of an element in `inner` says about inner's axes is solved for them; a guard keeps
 * each within its extent unless z's own bounds do.  False: it cannot be said so.     */
static bool see_through(const Fn *f, Draft *d, unsigned k)
{
    const Node *inner = NODE(f, d->operand[k]);
    const Con *ic = CON(f, d->operand[k]);
    Shape shape = d->in[k], zshape = ir_operand_shape(f, inner, 0);
    Aff with[MAX_AXES] = {{0}}, z[MAX_RANK] = {{0}};
    Con con = d->con;

    for (unsigned i = 0; i < shape.rank; i++) {
        const Aff *place = &ic->out[i];
        Aff value = d->con.in[k][i], minus = aff_number(place->c);
        if (!aff_add(&value, &minus, -1))
            return false;
        if (place->n == 0) {
            if (!add_guard(&con, &value, 1))
                return false;
        } else if (!aff_add(&with[place->ax[0]], &value, place->k[0])) {
            return false;
        }
    }
    for (unsigned i = 0; i < zshape.rank; i++)
        if (!aff_substitute(&ic->in[0][i], with, &z[i]))
            return false;
    for (unsigned a = 0; a < ic->naxis; a++) {
        bool bounded = ic->extent[a] == BATCH;
        for (unsigned i = 0; i < zshape.rank; i++) {
            unsigned axis;
            bounded |= aff_is_axis(&ic->in[0][i], &axis) && axis == a && zshape.dim[i] == ic->extent[a];
        }
        if (!bounded && !add_guard(&con, &with[a], ic->extent[a]))
            return false;
    }
    for (unsigned g = 0; g < ic->nguard; g++) {
        Aff guard;
        if (!aff_substitute(&ic->guard[g], with, &guard) || !add_guard(&con, &guard, ic->limit[g]))
            return false;
    }
    memcpy(con.in[k], z, sizeof z);
    d->con = con;
    d->in[k] = zshape;
    d->operand[k] = inner->arg[0];
    return true;
}

/* ---- con of a concat ------------------------------------------------------------------------ */

/* A sum of re-indexings none of which reaches every element. */
static bool is_concat(const Fn *f, Ref r)
{
    const Node *n = NODE(f, r);
    if (n->op == OP_add)
        return is_concat(f, n->arg[0]) && is_concat(f, n->arg[1]);
    return n->op == OP_CON && con_reindexes(CON(f, r)) && !con_covers(CON(f, r), SHAPE(f, r));
}

static Ref split(Fn *f, const Draft *d, unsigned k)
{
    Node sum = *NODE(f, d->operand[k]);
    Ref part[2];
    for (unsigned i = 0; i < 2; i++) {
        Ref operand[MAX_OPERANDS];
        memcpy(operand, d->operand, sizeof operand);
        operand[k] = sum.arg[i];
        Con con = d->con;
        part[i] = ir_con(f, &con, d->out, operand);
    }
    return ir_add(f, part[0], part[1]);
}

/* ---- scalars come out -------------------------------------------------------------------------- */

static void drop_operand(Draft *d, unsigned k)
{
    d->con.nopd--;
    for (unsigned j = k; j < d->con.nopd; j++) {
        memcpy(d->con.in[j], d->con.in[j + 1], sizeof *d->con.in);
        d->in[j] = d->in[j + 1];
        d->operand[j] = d->operand[j + 1];
    }
    memset(d->con.in[d->con.nopd], 0, sizeof *d->con.in);
}

/* [], or [B] where the result has the same B. */
static bool comes_out(const Draft *d, unsigned k)
{
    unsigned mine, result;
    if (d->in[k].rank == 0)
        return true;
    return d->in[k].rank == 1 && d->in[k].dim[0] == BATCH && shape_batched(d->out)
        && aff_is_axis(&d->con.in[k][0], &mine) && aff_is_axis(&d->con.out[0], &result)
        && mine == result;
}

static Ref times(Fn *f, Ref a, Ref b)
{
    return a == 0 ? b : ir_mul(f, a, b);
}

/* ---- the constructor ------------------------------------------------------------------------------ */

static void check(const Fn *f, const Draft *d)
{
    Draft copy = *d;
    Index at[MAX_RANK * (MAX_OPERANDS + 2)];
    unsigned n = indices(&copy, at);
    if (d->con.nopd < 1 || d->con.nopd > MAX_OPERANDS || d->con.naxis > MAX_AXES
        || d->con.nguard > MAX_RANK)
        ir_bug(f, "con of %u operands, %u axes, %u guards", d->con.nopd, d->con.naxis, d->con.nguard);
    for (unsigned a = 0; a < d->con.naxis; a++)
        if (d->con.extent[a] == 0)
            ir_bug(f, "con has an empty axis");
    for (unsigned i = 0; i < n; i++) {
        unsigned axis;
        bool batch = at[i].limit == BATCH;
        if (at[i].limit == 0)
            ir_bug(f, "con has an empty dimension");
        for (unsigned t = 0; t < at[i].aff->n; t++) {
            if (at[i].aff->ax[t] >= d->con.naxis)
                ir_bug(f, "con uses axis %u of %u", at[i].aff->ax[t], d->con.naxis);
            if (batch != (d->con.extent[at[i].aff->ax[t]] == BATCH))
                ir_bug(f, "con mixes B with other axes");
        }
        if (batch && !aff_is_axis(at[i].aff, &axis))
            ir_bug(f, "con indexes B by something else than its axis");
    }
}

static void clear_unused(Con *c, Shape out, const Shape in[])
{
    for (unsigned d = out.rank; d < MAX_RANK; d++)
        c->out[d] = aff_number(0);
    for (unsigned k = 0; k < MAX_OPERANDS; k++)
        for (unsigned d = k < c->nopd ? in[k].rank : 0; d < MAX_RANK; d++)
            c->in[k][d] = aff_number(0);
    for (unsigned g = c->nguard; g < MAX_RANK; g++)
        c->guard[g] = aff_number(0), c->limit[g] = 0;
    for (unsigned a = c->naxis; a < MAX_AXES; a++)
        c->extent[a] = 0;
}

static bool is_identity(const Draft *d)
{
    if (!con_covers(&d->con, d->out) || !shape_equal(d->out, d->in[0]))
        return false;
    for (unsigned i = 0; i < d->out.rank; i++)
        if (!aff_equal(&d->con.out[i], &d->con.in[0][i]))
            return false;
    return true;
}

/* A sum none of whose operands has B, though the result has. */
static bool same_for_all(const Draft *d)
{
    if (!shape_batched(d->out) || !con_sums(&d->con, d->out))
        return false;
    for (unsigned k = 0; k < d->con.nopd; k++)
        if (shape_batched(d->in[k]))
            return false;
    return true;
}

static Ref expand_batch(Fn *f, Ref r, Shape out)
{
    Con c = {.naxis = out.rank, .nopd = 1};
    for (unsigned i = 0; i < out.rank; i++) {
        c.extent[i] = out.dim[i];
        c.out[i] = aff_axis(i);
        if (i > 0)
            c.in[0][i - 1] = aff_axis(i);
    }
    return ir_con(f, &c, out, &r);
}

/* B is axis 0, of the result alone. */
static Ref without_batch(Fn *f, Draft *d)
{
    Index at[MAX_RANK * (MAX_OPERANDS + 2)];
    Aff with[MAX_AXES] = {{0}};
    Shape out = d->out;
    d->out.rank--;
    memmove(d->out.dim, d->out.dim + 1, d->out.rank * sizeof *d->out.dim);
    memmove(d->con.out, d->con.out + 1, d->out.rank * sizeof *d->con.out);
    d->con.naxis--;
    memmove(d->con.extent, d->con.extent + 1, d->con.naxis * sizeof *d->con.extent);
    for (unsigned a = 0; a < d->con.naxis; a++)
        with[a + 1] = aff_axis(a);
    unsigned n = indices(d, at);
    for (unsigned i = 0; i < n; i++) {
        Aff old = *at[i].aff;
        aff_substitute(&old, with, at[i].aff);
    }
    return expand_batch(f, ir_con(f, &d->con, d->out, d->operand), out);
}

Ref ir_con(Fn *f, const Con *con, Shape out, const Ref operand[])
{
    Draft d = {.con = *con, .out = out};
    for (unsigned k = 0; k < con->nopd && k < MAX_OPERANDS; k++) {
        d.operand[k] = operand[k];
        d.in[k] = SHAPE(f, operand[k]);
    }
    check(f, &d);
    Type type = (Type)NODE(f, d.operand[0])->type;

    for (unsigned k = 0; k < d.con.nopd; k++) {
        if (NODE(f, d.operand[k])->op == OP_add && is_concat(f, d.operand[k]))
            return split(f, &d, k);
        while (NODE(f, d.operand[k])->op == OP_CON && con_reindexes(CON(f, d.operand[k]))
               && see_through(f, &d, k))
            ;
    }
    double factor = 1;
    if (!normalise(&d, &factor))
        return ir_expand(f, ir_num(f, 0), out);

    Ref scalar = 0;
    for (unsigned k = d.con.nopd; k-- > 0;)
        if (d.con.nopd > 1 && comes_out(&d, k)) {
            scalar = times(f, scalar, d.operand[k]);
            drop_operand(&d, k);
        }
    factor *= sort_axes(&d);
    if (factor != 1)
        scalar = times(f, scalar, ir_num(f, factor));
    clear_unused(&d.con, d.out, d.in);
    Ref r = same_for_all(&d) ? without_batch(f, &d)
          : is_identity(&d) ? d.operand[0]
          : ir_node(f, OP_CON, type, out, d.operand, d.con.nopd, ir_con_index(f, &d.con));
    return scalar ? ir_mul(f, scalar, r) : r;
}
