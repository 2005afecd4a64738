/* contract_normal.c: a contraction as pieces that need no division.
 *
 * In: out[s*u + d1*v1 + ... + c] += ..., the index of one dimension of out made of
 * several axes, or with a step: what a convolution's gradient looks like. Out: one
 * piece per residue of that index, whose axes are q, the place in out, and v'. With
 * every v split by its residue modulo s / gcd(s, d),
 *
 *     index = s*q + rho,   u = q - sum of (d*p/s) * v' - k
 *
 * so that stride is gone and what is left of u's own range is a guard. Residues that
 * no term reaches are empty pieces: zeros.
 *
 * A guard on one axis shortens it, one that always holds goes. Axes that follow one
 * another in every memory become one.                                              */
#include "tile/contract_in.h"

#include <string.h>

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
static int64_t ceil_div(int64_t a, int64_t b)  { return -floor_div(-a, b); }
static int64_t gcd(int64_t a, int64_t b)       { return b ? gcd(b, a % b) : a; }
static int64_t abs64(int64_t a)                { return a < 0 ? -a : a; }

void piece_guard_range(const Piece *b, const PieceGuard *g, int64_t *lo, int64_t *hi)
{
    *lo = *hi = g->c;
    for (unsigned a = 0; a < b->naxis; a++) {
        int64_t reach = g->k[a] * (b->extent[a] - 1);
        *(reach < 0 ? lo : hi) += reach;
    }
}

static void guard_remove(Piece *b, unsigned g) { b->guard[g] = b->guard[--b->nguard]; }

static void axis_remove(Piece *b, unsigned a)
{
    unsigned last = --b->naxis;
    b->extent[a] = b->extent[last];
    b->of[a] = b->of[last];
    for (unsigned k = 0; k <= MAX_OPERANDS; k++) b->step[k][a] = b->step[k][last];
    for (unsigned g = 0; g < b->nguard; g++) b->guard[g].k[a] = b->guard[g].k[last], b->guard[g].k[last] = 0;
    uint32_t *mask[] = { &b->summed, &b->counted, &b->cut };
    for (unsigned m = 0; m < COUNT(mask); m++) {
        uint32_t moved = a < last ? (*mask[m] >> last & 1) << a : 0;
        *mask[m] = (*mask[m] & ~(1u << a) & ~(1u << last)) | moved;
    }
}

/* axis a := factor*a + shift, everywhere it is read. */
static void axis_substitute(Piece *b, unsigned a, int64_t factor, int64_t shift)
{
    for (unsigned k = 0; k <= MAX_OPERANDS; k++) {
        b->at[k] += b->step[k][a] * shift;
        b->step[k][a] *= factor;
    }
    for (unsigned g = 0; g < b->nguard; g++) {
        b->guard[g].c += b->guard[g].k[a] * shift;
        b->guard[g].k[a] *= factor;
    }
}

/* ---- guards on one axis -------------------------------------------------------------------- */

static int guard_axis(const Piece *b, const PieceGuard *g)
{
    int axis = -1;
    for (unsigned a = 0; a < b->naxis; a++)
        if (g->k[a]) {
            if (axis >= 0) return -1;
            axis = (int)a;
        }
    return axis;
}

/* Zeros where axis a is from `lo` on. */
static void push_empty(Arena *arena, Pieces *out, Piece b, unsigned a, int64_t lo, int64_t hi)
{
    if (b.add || lo >= hi) return;
    axis_substitute(&b, a, 1, lo);
    b.cut |= 1u << a;
    b.extent[a] = hi - lo;
    b.empty = true;
    VEC_PUSH(arena, *out) = b;
}

static void become_empty(Piece *b) { b->empty = true; b->nguard = 0; }

/* False: nothing to do for this guard. */
static bool clip_guard(Arena *arena, Piece *b, unsigned g, Pieces *out)
{
    const PieceGuard guard = b->guard[g];
    int64_t lo, hi;
    piece_guard_range(b, &guard, &lo, &hi);
    if (lo >= 0 && hi < guard.limit) return guard_remove(b, g), true;
    if (hi < 0 || lo >= guard.limit) return become_empty(b), true;
    int axis = guard_axis(b, &guard);
    if (axis < 0 || b->counted >> axis & 1) return false;
    unsigned a = (unsigned)axis;
    int64_t k = guard.k[a], c = k > 0 ? guard.c : guard.limit - 1 - guard.c, extent = b->extent[a];
    k = abs64(k);
    lo = ceil_div(-c, k), hi = ceil_div(guard.limit - c, k);
    lo = lo > 0 ? lo : 0, hi = hi < extent ? hi : extent;
    guard_remove(b, g);
    if (lo >= hi) return become_empty(b), true;
    if (!(b->summed >> a & 1)) {
        push_empty(arena, out, *b, a, 0, lo);
        push_empty(arena, out, *b, a, hi, extent);
    }
    axis_substitute(b, a, 1, lo);
    if (hi - lo < extent) b->cut |= 1u << a;
    b->extent[a] = hi - lo;
    return true;
}

static void clip(Arena *arena, Piece b, Pieces *out)
{
    for (unsigned g = 0; g < b.nguard && !b.empty;)
        g = clip_guard(arena, &b, g, out) ? 0 : g + 1;
    for (unsigned a = 0; a < b.naxis; a++)
        if (b.summed >> a & 1 && b.extent[a] == 0) become_empty(&b);
    if (b.empty) {
        if (b.add) return;
        b.nguard = 0;
    }
    VEC_PUSH(arena, *out) = b;
}

/* ---- dimensions of out ------------------------------------------------------------------------ */

static void split(Arena *, Piece, Pieces *);

static int64_t dimension_step(Arena *arena, const Piece *b, const PieceGuard *g)
{
    int64_t step = 0;
    for (unsigned a = 0; a < b->naxis; a++)
        if (g->k[a]) {
            INSIST(arena, b->step[OPERAND_OUT][a] % g->k[a] == 0 && !(b->counted >> a & 1));
            INSIST(arena, !step || step == b->step[OPERAND_OUT][a] / g->k[a]);
            step = b->step[OPERAND_OUT][a] / g->k[a];
        }
    INSIST(arena, step || g->limit == 1);
    return step;
}

/* No element of the dimension is reached by two points; `all`: and each by one. */
static bool injective(const Piece *b, const PieceGuard *g, bool *all)
{
    int64_t reach = 1, lo, hi;
    bool dense = true;
    piece_guard_range(b, g, &lo, &hi);
    for (uint32_t done = 0;;) {
        int next = -1;
        for (unsigned a = 0; a < b->naxis; a++)
            if (g->k[a] && !(done >> a & 1) && (next < 0 || abs64(g->k[a]) < abs64(g->k[next]))) next = (int)a;
        if (next < 0) break;
        if (abs64(g->k[next]) < reach) return false;
        dense &= abs64(g->k[next]) == reach;
        reach += abs64(g->k[next]) * (b->extent[next] - 1);
        done |= 1u << next;
    }
    *all = dense && lo == 0 && hi == g->limit - 1;
    return lo >= 0 && hi < g->limit;
}

/* Zeros at rho, rho + s ... of the dimension. */
static void zero_dimension(Arena *arena, Piece b, const PieceGuard *g, int64_t step, int64_t s, int64_t rho, Pieces *out)
{
    if (b.add || rho >= g->limit) return;
    int q = -1;
    for (unsigned a = b.naxis; a-- > 0;) {
        if (!g->k[a]) continue;
        if (q >= 0) {
            b.extent[q] = 1, b.step[OPERAND_OUT][q] = 0;
            for (unsigned h = 0; h < b.nguard; h++) b.guard[h].k[q] = 0;
        }
        q = (int)a;
    }
    b.at[OPERAND_OUT] += step * (rho - g->c);
    b.empty = true;
    if (q >= 0) {
        b.summed &= ~(1u << q);
        b.extent[q] = ceil_div(g->limit - rho, s);
        b.step[OPERAND_OUT][q] = step * s;
    }
    split(arena, b, out);
}

static unsigned widest_axis(const Piece *b, const PieceGuard *g)
{
    int u = -1;
    for (unsigned a = 0; a < b->naxis; a++) {
        if (!g->k[a]) continue;
        int64_t more = u < 0 ? 1 : abs64(g->k[a]) - abs64(g->k[u]);
        if (more > 0 || (more == 0 && b->extent[a] > b->extent[u])) u = (int)a;
    }
    return (unsigned)u;
}

/* u := sign * (q - sum of d*v - k), q in u's place; its old range becomes a guard. */
static void exchange(Arena *arena, Piece *b, const PieceGuard *index, unsigned u, int64_t s, int64_t limit)
{
    int64_t sign = index->k[u] < 0 ? -1 : 1, k = floor_div(index->c, s), old = b->extent[u];
    PieceGuard range = { .limit = old };
    range.k[u] = 1;
    INSIST(arena, b->nguard < PIECE_GUARDS);
    b->guard[b->nguard++] = range;
    for (unsigned v = 0; v < b->naxis; v++) {
        if (v == u || !index->k[v]) continue;
        int64_t d = sign * (index->k[v] / s);
        for (unsigned j = 0; j < MAX_OPERANDS; j++) b->step[j][v] -= d * b->step[j][u];
        for (unsigned g = 0; g < b->nguard; g++) b->guard[g].k[v] -= d * b->guard[g].k[u];
        b->step[OPERAND_OUT][v] = 0;
        b->summed |= 1u << v;
    }
    for (unsigned j = 0; j < MAX_OPERANDS; j++) {
        b->at[j] -= sign * k * b->step[j][u];
        b->step[j][u] *= sign;
    }
    for (unsigned g = 0; g < b->nguard; g++) {
        b->guard[g].c -= sign * k * b->guard[g].k[u];
        b->guard[g].k[u] *= sign;
    }
    b->extent[u] = limit;
    b->summed &= ~(1u << u);
}

static void split_by_residue(Arena *arena, const Piece *b, const PieceGuard *g, int64_t step, Pieces *out)
{
    unsigned u = widest_axis(b, g);
    int64_t s = abs64(g->k[u]), period[MAX_AXES], r[MAX_AXES] = { 0 };
    bool *reached = NEW_ARRAY(arena, bool, s);
    for (unsigned v = 0; v < b->naxis; v++) {
        period[v] = v == u || !g->k[v] ? 1 : s / gcd(s, abs64(g->k[v]));
        if (period[v] > b->extent[v]) period[v] = b->extent[v];
    }
    for (bool more = true; more;) {
        Piece part = *b;
        PieceGuard index = *g;
        for (unsigned v = 0; v < b->naxis; v++) {
            if (v == u || !g->k[v]) continue;
            int64_t p = s / gcd(s, abs64(g->k[v]));
            axis_substitute(&part, v, p, r[v]);
            part.extent[v] = ceil_div(b->extent[v] - r[v], p);
            index.c += index.k[v] * r[v];
            index.k[v] *= p;
        }
        int64_t rho = index.c - s * floor_div(index.c, s);
        if (rho < g->limit) {
            exchange(arena, &part, &index, u, s, ceil_div(g->limit - rho, s));
            part.at[OPERAND_OUT] = b->at[OPERAND_OUT] + step * (rho - g->c);
            part.step[OPERAND_OUT][u] = step * s;
            part.add |= reached[rho];
            reached[rho] = true;
            split(arena, part, out);
        }
        more = false;
        for (unsigned v = 0; v < b->naxis && !more; v++) {
            more = ++r[v] < period[v];
            if (!more) r[v] = 0;
        }
    }
    for (int64_t rho = 0; rho < s; rho++)
        if (!reached[rho]) zero_dimension(arena, *b, g, step, s, rho, out);
}

static void split(Arena *arena, Piece b, Pieces *out)
{
    unsigned n = 0;
    while (n < b.nguard && !b.guard[n].dimension) n++;
    if (n == b.nguard) {
        clip(arena, b, out);
        return;
    }
    const PieceGuard g = b.guard[n];
    int64_t step = dimension_step(arena, &b, &g);
    bool all;
    guard_remove(&b, n);
    if (b.empty) zero_dimension(arena, b, &g, step, 1, 0, out);
    else if (injective(&b, &g, &all)) {
        if (!all) zero_dimension(arena, b, &g, step, 1, 0, out);
        bool alone = all && guard_axis(&b, &g) >= 0;
        for (unsigned a = 0; a < b.naxis; a++) {
            if (!g.k[a]) continue;
            b.summed &= ~(1u << a);
            if (!alone) b.cut |= 1u << a;
        }
        split(arena, b, out);
    } else split_by_residue(arena, &b, &g, step, out);
}

static Piece whole_piece(const Contract *c)
{
    Piece b = { .naxis = c->naxis, .summed = c->summed, .nopd = c->nopd, .nguard = c->nguard, .add = c->add };
    for (unsigned a = 0; a < c->naxis; a++) {
        b.extent[a] = c->extent[a];
        b.of[a] = (uint8_t)a;
        if (c->counted >> a & 1) b.counted |= 1u << a;
        for (unsigned k = 0; k < c->nopd; k++) b.step[k][a] = c->in[k].step[a];
        b.step[OPERAND_OUT][a] = c->out.step[a];
        if (!c->out.step[a]) b.summed |= 1u << a;       /* all of it falls onto one element */
    }
    for (unsigned g = 0; g < c->nguard; g++) {
        b.guard[g].c = c->guard[g].c;
        b.guard[g].limit = c->limit[g];
        b.guard[g].dimension = c->dimensions >> g & 1;
        for (unsigned i = 0; i < c->guard[g].n; i++) {
            unsigned a = c->guard[g].ax[i];
            if (b.extent[a] > 1 || b.counted >> a & 1 || b.guard[g].dimension) b.guard[g].k[a] = c->guard[g].k[i];
        }
    }
    return b;
}

void pieces_of(Arena *arena, const Contract *c, Pieces *out) { split(arena, whole_piece(c), out); }

/* ---- tidying ------------------------------------------------------------------------------------ */

static bool guarded(const Piece *b, unsigned a)
{
    for (unsigned g = 0; g < b->nguard; g++)
        if (b->guard[g].k[a]) return true;
    return false;
}

/* One step along `outer` is the whole of `inner`, in every memory. */
static bool follows(const Piece *b, unsigned outer, unsigned inner)
{
    uint32_t both = 1u << outer | 1u << inner;
    if (outer == inner || (b->counted & both) || guarded(b, outer) || guarded(b, inner)) return false;
    if ((b->summed & both) && (b->summed & both) != both) return false;
    for (unsigned k = 0; k <= MAX_OPERANDS; k++)
        if (b->step[k][outer] != b->step[k][inner] * b->extent[inner]) return false;
    return true;
}

static bool merge_once(Piece *b)
{
    for (unsigned outer = 0; outer < b->naxis; outer++)
        for (unsigned inner = 0; inner < b->naxis; inner++)
            if (follows(b, outer, inner)) {
                b->extent[inner] *= b->extent[outer];
                axis_remove(b, outer);
                return true;
            }
    return false;
}

void piece_tidy(Piece *b)
{
    for (unsigned k = 0; b->empty && k < MAX_OPERANDS; k++) memset(b->step[k], 0, sizeof b->step[k]);
    for (unsigned a = b->naxis; a-- > 0;)
        if ((b->extent[a] == 1 && !(b->counted >> a & 1)) || (b->empty && b->summed >> a & 1)) axis_remove(b, a);
    while (merge_once(b)) { }
}

/* Summed axes run forwards in an operand: a sum over a window read backwards, as gradients
 * do, is the sum over the mirrored window.                                              */
void piece_forwards(Piece *b, unsigned operand)
{
    for (unsigned a = 0; a < b->naxis; a++)
        if (b->summed >> a & 1 && !(b->counted >> a & 1) && b->step[operand][a] < 0)
            axis_substitute(b, a, -1, b->extent[a] - 1);
}

/* Summed axes in the order of the sum: samples, then by falling step of one operand. */
void piece_sum_order(const Piece *b, unsigned operand, unsigned order[MAX_AXES], unsigned *count)
{
    *count = 0;
    for (unsigned a = 0; a < b->naxis; a++) {
        if (!(b->summed >> a & 1)) continue;
        unsigned at = (*count)++;
        for (; at > 0; at--) {
            unsigned before = order[at - 1];
            bool counted = b->counted >> a & 1, other = b->counted >> before & 1;
            if (counted != other ? other : abs64(b->step[operand][before]) >= abs64(b->step[operand][a])) break;
            order[at] = before;
        }
        order[at] = a;
    }
}

/* ---- counting --------------------------------------------------------------------------------------- */

static bool point_counts(const Piece *b, const int64_t *point, uint32_t axes)
{
    for (unsigned g = 0; g < b->nguard; g++) {
        const PieceGuard *guard = &b->guard[g];
        int64_t index = guard->c;
        bool mine = true;
        for (unsigned a = 0; a < b->naxis; a++) {
            if (!guard->k[a]) continue;
            mine &= axes >> a & 1;
            index += guard->k[a] * point[a];
        }
        if (mine && (index < 0 || index >= guard->limit)) return false;
    }
    return true;
}

static uint64_t points(const Piece *b, uint32_t axes)
{
    int64_t point[MAX_AXES] = { 0 };
    uint64_t count = 0;
    for (bool more = true; more;) {
        count += point_counts(b, point, axes);
        more = false;
        for (unsigned a = 0; a < b->naxis && !more; a++) {
            if (!(axes >> a & 1)) continue;
            more = ++point[a] < b->extent[a];
            if (!more) point[a] = 0;
        }
    }
    return count;
}

/* Axes that guards tie together are walked through, the others multiply. */
uint64_t piece_terms(const Piece *b)
{
    uint64_t terms = 1;
    uint32_t done = 0;
    if (b->empty) return 0;
    for (unsigned a = 0; a < b->naxis; a++) {
        if (done >> a & 1) continue;
        uint32_t tied = 1u << a, before;
        do {
            before = tied;
            for (unsigned g = 0; g < b->nguard; g++) {
                uint32_t axes = 0;
                for (unsigned i = 0; i < b->naxis; i++) axes |= (uint32_t)(b->guard[g].k[i] != 0) << i;
                if (axes & tied) tied |= axes;
            }
        } while (tied != before);
        done |= tied;
        if (tied != 1u << a) terms *= points(b, tied);
        else if (!(b->counted >> a & 1)) terms *= (uint64_t)b->extent[a];
    }
    return terms;
}
