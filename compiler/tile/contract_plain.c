/* contract_plain.c: a piece as loops of one lane: the reference.
 *
 *     for n { for o { var sum = 0
 *         for c { for i { if (0 <= y+i-1 and y+i-1 < 6) set sum = fma(z[..], w[..], sum) } }
 *         store out[..] = sum } }                                                       */
#include "tile/contract_in.h"

Exp site_index(const Site *n, unsigned operand)
{
    Program *p = n->p;
    const Strided *of = operand == OPERAND_OUT ? &n->c->out : &n->c->in[operand];
    Exp at = of->at ? of->at : x_int(p, 0);
    for (unsigned a = 0; a < n->piece->naxis; a++)
        if (n->axis[a] && n->piece->step[operand][a])
            at = x_add(p, at, x_mul(p, n->axis[a], x_int(p, n->piece->step[operand][a])));
    return x_add(p, at, x_int(p, n->piece->at[operand]));
}

Exp site_guard(const Site *n, const PieceGuard *g)
{
    Program *p = n->p;
    Exp at = 0;
    for (unsigned a = 0; a < n->piece->naxis; a++) {
        if (!n->axis[a] || !g->k[a]) continue;
        Exp term = x_mul(p, n->axis[a], x_int(p, g->k[a]));
        at = at ? x_add(p, at, term) : term;
    }
    return at ? x_add(p, at, x_int(p, g->c)) : x_int(p, g->c);
}

Exp site_extent(const Site *n, unsigned axis)
{
    bool counted = n->piece->counted >> axis & 1;
    return counted ? n->c->count[n->piece->of[axis]] : x_int(n->p, n->piece->extent[axis]);
}

void site_loop(Site *n, unsigned axis, Exp from, Exp to)
{
    static const char *const usual[] = { "i", "j", "k", "l", "m", "q", "r", "s", "u", "v", "x", "y" };
    unsigned of = n->piece->of[axis];
    const char *name = n->c->axis[of] ? n->c->axis[of] : usual[of % COUNT(usual)];
    bool any = n->c->out.step[of] != 0;            /* each writes what is its own */
    n->axis[axis] = x_var(n->p, s_for(n->p, name, from, to, x_int(n->p, 1), any ? FOR_ROLL | FOR_ANY : FOR_ROLL));
}

Exp site_product(Program *p, const Exp *factor, unsigned count, Exp sum)
{
    if (count == 0) return x_add(p, sum, x_real(p, 1));
    if (count == 1) return x_add(p, sum, factor[0]);
    Exp first = factor[0];
    for (unsigned k = 1; k + 1 < count; k++) first = x_mul(p, first, factor[k]);
    return x_fma(p, first, factor[count - 1], sum);
}

static Exp condition(const Site *n)
{
    Program *p = n->p;
    Exp all = 0;
    for (unsigned g = 0; g < n->piece->nguard; g++) {
        const PieceGuard *guard = &n->piece->guard[g];
        int64_t lo, hi;
        piece_guard_range(n->piece, guard, &lo, &hi);
        Exp x = site_guard(n, guard);
        Exp above = lo < 0 ? x_op(p, OP_ge, x, x_int(p, 0), 0) : 0;
        Exp below = hi >= guard->limit ? x_op(p, OP_lt, x, x_int(p, guard->limit), 0) : 0;
        if (above) all = all ? x_op(p, OP_and, all, above, 0) : above;
        if (below) all = all ? x_op(p, OP_and, all, below, 0) : below;
    }
    return all;
}

static void terms(Site *n, const Way *way, Var sum)
{
    Program *p = n->p;
    Exp factor[MAX_OPERANDS] = { 0 };
    for (unsigned i = 0; i < way->nsum; i++) site_loop(n, way->sum[i], x_int(p, 0), site_extent(n, way->sum[i]));
    Exp when = condition(n);
    if (when) s_if(p, when);
    for (unsigned k = 0; k < n->piece->nopd; k++) factor[k] = x_load(p, n->c->in[k].buffer, site_index(n, k), 1);
    s_set(p, sum, site_product(p, factor, n->piece->nopd, x_var(p, sum)));
    if (when) s_end(p);
    for (unsigned i = 0; i < way->nsum; i++) s_end(p);
}

static void element(Site *n, const Way *way)
{
    Program *p = n->p;
    Var out = n->c->out.buffer;
    Exp at = site_index(n, OPERAND_OUT);
    Var sum = s_var(p, "sum", n->piece->add ? x_load(p, out, at, 1) : x_real(p, 0));
    terms(n, way, sum);
    s_store(p, out, at, x_var(p, sum));
}

/* Zeros along the vector axis, or one. */
static void zeros(Site *n, const Way *way)
{
    Program *p = n->p;
    Exp zero = x_real(p, 0), at = site_index(n, OPERAND_OUT);
    int64_t whole = way->kernel.vectors * LANES, all = whole + way->kernel.rest;
    if (way->vector < 0) s_store(p, n->c->out.buffer, at, zero);
    if (whole) {
        Var v = s_for(p, "v", x_int(p, 0), x_int(p, whole), x_int(p, LANES), FOR_ROLL);
        s_store(p, n->c->out.buffer, x_add(p, at, x_var(p, v)), x_splat(p, zero));
        s_end(p);
    }
    if (all > whole) {
        Var v = s_for(p, "v", x_int(p, whole), x_int(p, all), x_int(p, 1), FOR_ROLL);
        s_store(p, n->c->out.buffer, x_add(p, at, x_var(p, v)), zero);
        s_end(p);
    }
}

void plain_lower(Site *n, const Way *way)
{
    const Piece *piece = n->piece;
    unsigned open = 0;
    for (unsigned a = 0; a < piece->naxis; a++) {
        if (piece->summed >> a & 1 || (piece->empty && (int)a == way->vector)) continue;
        site_loop(n, a, x_int(n->p, 0), site_extent(n, a));
        open++;
    }
    if (piece->empty) zeros(n, way);
    else element(n, way);
    while (open-- > 0) s_end(n->p);
}
