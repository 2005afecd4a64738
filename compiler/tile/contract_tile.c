/* contract_tile.c: which kernel computes a piece, and the loops that call it.
 *
 * In: a piece. Out: the vector axis, the row axis, the size of the tile, how each summed
 * axis is walked. The choice sees steps and extents, and nothing of the target:
 * AT_HAND is how many registers a plan counts on; with twice as many, larger tiles
 * gain nothing.
 *
 *     vector axis  kept, step 1 in out, steps 1 or 0 in the operands; else one that is
 *                  summed, with step 1 or 0 in the operands
 *     row axis     kept; rather one that the vector operands lack and the others have;
 *                  then the one that fills the tile, whose extent is known; then the
 *                  nearest in memory
 *     tile         two vectors wide, as many rows as fit, split evenly; wider while the
 *                  sums are too few to hide the latency of an fma, and where sums come
 *                  from memory and go back: what lies together there moves together
 *
 * A guard must be seen by the kernel (row and unrolled axes), or be a bound of one
 * summed axis, known to the caller. Whatever does not fit is computed plainly.      */
#include "tile/contract_in.h"

#include <string.h>

enum { AT_HAND = 16, SUMS_IN_FLIGHT = 8, TALL_ENOUGH = 6, MOST_COPIES = 36, COUNTED_ROWS = 8, DOT_ROWS = 8 };

static bool is_summed(const Piece *b, unsigned a) { return b->summed >> a & 1; }
static bool is_counted(const Piece *b, unsigned a) { return b->counted >> a & 1; }

static bool is_guarded(const Piece *b, unsigned a)
{
    for (unsigned g = 0; g < b->nguard; g++)
        if (b->guard[g].k[a]) return true;
    return false;
}

/* ---- the vector axis ------------------------------------------------------------------------ */

static bool may_be_vector(const Piece *b, unsigned a, bool summed, bool padded)
{
    if (is_counted(b, a) || is_guarded(b, a) || is_summed(b, a) != summed) return false;
    if (b->step[OPERAND_OUT][a] != !summed) return false;
    bool one = !summed;
    for (unsigned k = 0; k < b->nopd; k++) {
        if (b->step[k][a] != 0 && b->step[k][a] != 1) return false;
        one |= b->step[k][a] == 1;
    }
    return one && (b->extent[a] >= LANES || (padded && !summed && !(b->cut >> a & 1)));
}

static int vector_axis(const Piece *b, bool padded)
{
    for (int summed = 0; summed <= 1; summed++) {
        int best = -1;
        for (unsigned a = 0; a < b->naxis; a++)
            if (may_be_vector(b, a, summed, padded) && (best < 0 || b->extent[a] > b->extent[best])) best = (int)a;
        if (best >= 0) return best;
    }
    return -1;
}

/* ---- the tile ---------------------------------------------------------------------------------- */

/* The most even split of an extent into pieces of at most so many; a divisor if that is enough. */
static unsigned split_evenly(int64_t extent, int64_t most, unsigned enough)
{
    if (most < 1) most = 1;
    int64_t pieces = (extent + most - 1) / most, size = (extent + pieces - 1) / pieces;
    for (int64_t divisor = size; divisor >= enough && divisor > 0; divisor--)
        if (extent % divisor == 0) return (unsigned)divisor;
    return (unsigned)size;
}

static unsigned tile_width(const Kernel *k)
{
    if (k->vectors == 3) return 3;
    if (k->add && !k->rows_counted && k->vectors % 4 == 0) return 4;
    return k->vectors >= 2 ? 2 : 1;
}

static void tile_size(const Kernel *k, unsigned *tall, unsigned *wide)
{
    unsigned w = tile_width(k), most = (AT_HAND - 1) / w - 1;
    unsigned p = k->rows_counted ? COUNTED_ROWS : split_evenly(k->rows, most, (SUMS_IN_FLIGHT + w - 1) / w);
    while (k->rows_counted && p > most) p /= 2;
    while (p * w < SUMS_IN_FLIGHT && (p + 1) * 2 * w <= AT_HAND && k->vectors % (2 * w) == 0) w *= 2;
    *tall = p;
    *wide = w;
}

/* ---- the row axis -------------------------------------------------------------------------------- */

/* Guards as the kernel or the caller will see them; false: neither can. */
static bool place_guards(const Piece *b, Way *way)
{
    Kernel *k = &way->kernel;
    int64_t copies = 1;
    k->nguard = 0;
    for (unsigned s = 0; s < k->nsum; s++)
        if (k->sum[s].how != SUM_COUNTED) k->sum[s].how = SUM_WHOLE;
    for (unsigned g = 0; g < b->nguard; g++) {
        const PieceGuard *guard = &b->guard[g];
        if (way->row < 0 || !guard->k[way->row]) continue;
        KernelGuard *inner = &k->guard[k->nguard++];
        *inner = (KernelGuard){ .c = guard->c, .row = guard->k[way->row], .limit = guard->limit };
        if (k->rows_counted) return false;
        for (unsigned a = 0; a < b->naxis; a++)
            if (guard->k[a] && (int)a != way->row && !is_summed(b, a)) return false;
        for (unsigned s = 0; s < k->nsum; s++) {
            if (!(inner->k[s] = guard->k[way->sum[s]])) continue;
            if (k->sum[s].how == SUM_COUNTED) return false;
            if (k->sum[s].how == SUM_WHOLE) copies *= k->sum[s].extent;
            k->sum[s].how = SUM_UNROLLED;
        }
    }
    for (unsigned g = 0; g < b->nguard; g++) {
        if (way->row >= 0 && b->guard[g].k[way->row]) continue;
        unsigned bound = 0;
        for (unsigned s = 0; s < k->nsum; s++) {
            if (!b->guard[g].k[way->sum[s]]) continue;
            if (bound++ || k->sum[s].how == SUM_UNROLLED || k->sum[s].how == SUM_COUNTED) return false;
            k->sum[s].how = SUM_CLIPPED;
        }
        if (!bound) return false;
    }
    return copies <= MOST_COPIES;
}

static void set_row(const Piece *b, Way *way, int row)
{
    Kernel *k = &way->kernel;
    way->row = row;
    k->rows = row < 0 ? 1 : b->extent[row];
    k->rows_counted = row >= 0 && is_counted(b, (unsigned)row);
    for (unsigned o = 0; o <= MAX_OPERANDS; o++) k->row_step[o] = row < 0 ? 0 : b->step[o][row];
}

/* 2: the vector operands lack it and another has it; 1: some operand lacks it; 0: none does. */
static unsigned row_sharing(const Piece *b, const Kernel *k, unsigned row)
{
    bool vector_lacks = true, other_has = false, some_lacks = false;
    for (unsigned o = 0; o < b->nopd; o++) {
        bool has = b->step[o][row] != 0;
        vector_lacks &= !(k->vector[o] && has);
        other_has |= !k->vector[o] && has;
        some_lacks |= !has;
    }
    return vector_lacks && other_has ? 2 : some_lacks;
}

typedef struct Score { unsigned sharing, tall; int64_t step; bool safe; } Score;

static bool better(Score a, Score b)
{
    if (a.sharing != b.sharing) return a.sharing > b.sharing;
    if (a.safe != b.safe) return a.safe;
    if (a.tall != b.tall) return a.tall > b.tall;
    return a.step < b.step;
}

static bool choose_row(const Piece *b, Way *way)
{
    Kernel *k = &way->kernel;
    Score best = { 0 };
    int row = -1;
    for (unsigned a = 0; a < b->naxis; a++) {
        if (is_summed(b, a) || (int)a == way->vector) continue;
        set_row(b, way, (int)a);
        if (!place_guards(b, way)) continue;
        Score score = { .sharing = row_sharing(b, k, a), .step = b->step[OPERAND_OUT][a] };
        unsigned wide = 1;
        if (k->lanes_summed) score.tall = k->rows < DOT_ROWS ? (unsigned)k->rows : DOT_ROWS;
        else tile_size(k, &score.tall, &wide);
        score.safe = !k->rows_counted && score.tall * wide >= SUMS_IN_FLIGHT;
        if (score.tall > TALL_ENOUGH) score.tall = TALL_ENOUGH;
        if (row >= 0 && !better(score, best)) continue;
        best = score;
        row = (int)a;
    }
    set_row(b, way, row);
    return place_guards(b, way);
}

/* ---- the choice ------------------------------------------------------------------------------------ */

/* The operand whose memory gives the order of the sum: the first that lacks the vector axis. */
static unsigned walked_operand(const Piece *b, int vector)
{
    for (unsigned o = 0; o < b->nopd && vector >= 0; o++)
        for (unsigned a = 0; a < b->naxis && !b->step[o][vector]; a++)
            if (b->step[o][a]) return o;
    return 0;
}

/* The same for every way of computing the piece. */
static void order_sums(Piece *b, Way *way)
{
    unsigned order[MAX_AXES], count, operand = walked_operand(b, way->vector);
    piece_forwards(b, operand);
    piece_sum_order(b, operand, order, &count);
    for (unsigned i = 0; i < count; i++)
        if ((int)order[i] != way->vector) way->sum[way->nsum++] = order[i];
    if (way->vector >= 0 && is_summed(b, (unsigned)way->vector)) way->sum[way->nsum++] = (unsigned)way->vector;
}

static void set_sums(const Piece *b, Way *way)
{
    Kernel *k = &way->kernel;
    k->nsum = way->nsum - k->lanes_summed;
    for (unsigned s = 0; s < k->nsum; s++) {
        unsigned a = way->sum[s];
        k->sum[s].how = is_counted(b, a) ? SUM_COUNTED : SUM_WHOLE;
        k->sum[s].extent = b->extent[a];
        for (unsigned o = 0; o < b->nopd; o++) k->sum[s].step[o] = b->step[o][a];
    }
}

static void set_vectors(const Piece *b, bool padded, Way *way)
{
    Kernel *k = &way->kernel;
    unsigned v = (unsigned)way->vector;
    k->lanes_summed = is_summed(b, v);
    k->vectors = b->extent[v] / LANES;
    k->rest = b->extent[v] % LANES;
    if (padded && !k->lanes_summed && !(b->cut >> v & 1) && k->rest) k->vectors++, k->rest = 0;
    for (unsigned o = 0; o < b->nopd; o++) k->vector[o] = b->step[o][v] == 1;
}

/* What the caller says is not in the text. */
static void forget_what_is_told(Kernel *k)
{
    for (unsigned s = 0; s < k->nsum; s++)
        if (k->sum[s].how == SUM_CLIPPED || k->sum[s].how == SUM_COUNTED) k->sum[s].extent = 0;
    if (k->rows_counted) k->rows = 0;
}

void way_choose(Piece *b, bool padded, Way *way)
{
    Kernel *k = &way->kernel;
    memset(way, 0, sizeof *way);
    way->plain = true;
    way->vector = vector_axis(b, padded);
    order_sums(b, way);
    if (way->vector < 0) return;
    k->nopd = b->nopd;
    k->add = b->add;
    set_vectors(b, padded, way);
    if (b->empty) return;
    set_sums(b, way);
    if (!choose_row(b, way)) return;
    if (!k->lanes_summed) tile_size(k, &k->tall, &k->wide);
    else {
        k->wide = 1;
        k->tall = k->rows_counted ? DOT_ROWS : split_evenly(k->rows, DOT_ROWS, DOT_ROWS / 2);
    }
    forget_what_is_told(k);
    way->plain = false;
}

/* ---- calls ----------------------------------------------------------------------------------------- */

static Exp int_max(Program *p, Exp a, Exp b) { return x_op(p, OP_max, a, b, 0); }
static Exp int_min(Program *p, Exp a, Exp b) { return x_op(p, OP_min, a, b, 0); }

/* What x >= 0 is divided by k, rounded up. */
static Exp divide_up(Program *p, Exp x, int64_t k)
{
    return k == 1 ? x : x_op(p, OP_div, x_add(p, x, x_int(p, k - 1)), x_int(p, k), 0);
}

/* Narrows from .. to of summed axis a to where 0 <= k*a + rest < limit. */
static void bound(const Site *site, const PieceGuard *guard, unsigned a, Exp *from, Exp *to)
{
    Program *p = site->p;
    const Piece *b = site->piece;
    PieceGuard g = *guard;
    if (g.k[a] < 0) {                                   /* seen from the other end */
        for (unsigned i = 0; i < b->naxis; i++) g.k[i] = -g.k[i];
        g.c = g.limit - 1 - g.c;
    }
    int64_t k = g.k[a], c = g.c, lo, hi;
    g.k[a] = 0;
    piece_guard_range(b, &g, &lo, &hi);
    g.c = 0;
    Exp rest = site_guard(site, &g);
    if (lo < 0) {
        Exp below = divide_up(p, int_max(p, x_sub(p, x_int(p, -c), rest), x_int(p, 0)), k);
        bool first = p->exp.at[*from].kind == X_INT;
        *from = first ? below : int_max(p, *from, below);
    }
    if (hi + k * (b->extent[a] - 1) >= g.limit) {
        Exp above = x_sub(p, x_int(p, g.limit - c), rest);
        if (hi >= g.limit) above = int_max(p, above, x_int(p, 0));
        *to = int_min(p, *to, divide_up(p, above, k));
    }
}

static void clipped_bounds(const Site *site, unsigned a, Exp *from, Exp *to)
{
    Program *p = site->p;
    *from = x_int(p, 0);
    *to = x_int(p, site->piece->extent[a]);
    for (unsigned g = 0; g < site->piece->nguard; g++)
        if (site->piece->guard[g].k[a]) bound(site, &site->piece->guard[g], a, from, to);
}

static void call(Site *site, const Way *way)
{
    const Kernel *k = &way->kernel;
    Program *p = site->p;
    Exp arg[2 * (MAX_OPERANDS + 1) + 2 * MAX_AXES + 1];
    unsigned n = 0;
    for (unsigned o = 0; o < k->nopd; o++) arg[n++] = x_var(p, site->c->in[o].buffer);
    arg[n++] = x_var(p, site->c->out.buffer);
    for (unsigned o = 0; o < k->nopd; o++) arg[n++] = site_index(site, o);
    arg[n++] = site_index(site, OPERAND_OUT);
    for (unsigned s = 0; s < k->nsum; s++) {
        if (k->sum[s].how == SUM_COUNTED) arg[n++] = site_extent(site, way->sum[s]);
        if (k->sum[s].how != SUM_CLIPPED) continue;
        clipped_bounds(site, way->sum[s], &arg[n], &arg[n + 1]);
        n += 2;
    }
    if (k->rows_counted) arg[n++] = site_extent(site, (unsigned)way->row);
    s_call(p, way->fn, arg, n);
}

/* Kept axes outside of the kernel, farthest in memory outermost. */
static void outer_loops(Site *site, const Way *way, uint32_t done)
{
    const Piece *b = site->piece;
    int next = -1;
    for (unsigned a = 0; a < b->naxis; a++) {
        if (is_summed(b, a) || (int)a == way->vector || (int)a == way->row || done >> a & 1) continue;
        if (next < 0 || b->step[OPERAND_OUT][a] > b->step[OPERAND_OUT][next]) next = (int)a;
    }
    if (next < 0) {
        call(site, way);
        return;
    }
    site_loop(site, (unsigned)next, x_int(site->p, 0), site_extent(site, (unsigned)next));
    outer_loops(site, way, done | 1u << next);
    s_end(site->p);
}

void way_lower(Site *site, const Way *way)
{
    if (way->plain) plain_lower(site, way);
    else outer_loops(site, way, 0);
}
