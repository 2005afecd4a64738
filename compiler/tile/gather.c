/* gather.c: samples are summed before anything else is done with them.
 *
 * In: a Fn with sums over samples.  Out: the same, where a con that sums over samples
 * and spreads the result,
 *
 *     %9 = con [o 64 i j | B y x] d[B o y x] where y+i-1 in 6, x+j-1 in 6   : f32[64 65 3 3]
 *
 * has become two, the first of them over what its operands say alone:
 *
 *     %8 = con [o y x | B] d[B o y x]                                        : f32[64 6 6]
 *     %9 = con [o 64 i j | y x] %8[o y x] where y+i-1 in 6, x+j-1 in 6       : f32[64 65 3 3]
 *
 * What is done for every sample is then an addition, and what is accumulated is no
 * larger than it must be; the second con comes once, at the end.                   */
#include "pass/rewrite.h"
#include "tile/tile_in.h"

#include "ir/make.h"

typedef struct Parts {
    uint32_t in, out, guard;        /* bit masks: axes of operands, result, guards   */
    uint32_t batch;
    bool     bare;                  /* operands are read at bare axes                */
    bool     spread;                /* the result is not just its axes               */
} Parts;

static uint32_t axes_of(const Aff *a)
{
    uint32_t axes = 0;
    for (unsigned i = 0; i < a->n; i++) axes |= 1u << a->ax[i];
    return axes;
}

static Parts parts_of(const Fn *fn, Ref r)
{
    const Node *n = NODE(fn, r);
    const Con *con = CON(fn, r);
    Shape shape = SHAPE(fn, r);
    Parts p = { .bare = true };
    unsigned axis;
    for (unsigned a = 0; a < con->naxis; a++)
        if (con->extent[a] == BATCH) p.batch |= 1u << a;
    for (unsigned k = 0; k < n->narg; k++)
        for (unsigned d = 0; d < SHAPE(fn, n->arg[k]).rank; d++) {
            p.in |= axes_of(&con->in[k][d]);
            p.bare &= aff_is_axis(&con->in[k][d], &axis);
        }
    for (unsigned d = 0; d < shape.rank; d++) {
        bool whole = aff_is_axis(&con->out[d], &axis) && con->extent[axis] == shape.dim[d] && !(p.out >> axis & 1);
        p.spread |= !whole && !(shape.dim[d] == 1 && con->out[d].n == 0);
        p.out |= axes_of(&con->out[d]);
    }
    for (unsigned g = 0; g < con->nguard; g++) p.guard |= axes_of(&con->guard[g]);
    return p;
}

/* Axes that no operand has make every sample's term count again and again. */
static bool divides(const Fn *fn, Ref r, const Parts *p)
{
    const Con *con = CON(fn, r);
    bool repeats = con->nguard || (p->out & ~p->in);
    uint32_t kept = p->in & (p->out | p->guard);
    if (!con->nopd || !p->batch || shape_batched(SHAPE(fn, r)) || !(p->in & p->batch)) return false;
    return (repeats ? p->bare : p->spread) && __builtin_popcount(kept) <= MAX_RANK;
}

/* The axes of the first con's result, in the order in which the whole result has them. */
static unsigned kept_axes(const Con *con, Shape out, uint32_t kept, unsigned axis[MAX_RANK])
{
    const Aff *index[2 * MAX_RANK];
    unsigned n = 0, count = 0;
    for (unsigned d = 0; d < out.rank; d++) index[n++] = &con->out[d];
    for (unsigned g = 0; g < con->nguard; g++) index[n++] = &con->guard[g];
    for (unsigned i = 0; i < n; i++)
        for (unsigned t = 0; t < index[i]->n; t++) {
            unsigned a = index[i]->ax[t];
            if (!(kept >> a & 1)) continue;
            kept &= ~(1u << a);
            axis[count++] = a;
        }
    return count;
}

static Ref divide(Rewrite *w, Ref r, const Ref arg[3])
{
    const Con *con = CON(w->from, r);
    Shape out = SHAPE(w->from, r), mid = { 0 };
    Parts p = parts_of(w->from, r);
    unsigned axis[MAX_RANK];
    uint32_t kept = p.in & (p.out | p.guard);
    mid.rank = (uint8_t)kept_axes(con, out, kept, axis);

    Con first = *con, second = *con;
    first.nguard = 0;
    for (unsigned d = 0; d < mid.rank; d++) {
        mid.dim[d] = con->extent[axis[d]];
        first.out[d] = second.in[0][d] = aff_axis(axis[d]);
    }
    for (unsigned d = mid.rank; d < MAX_RANK; d++) first.out[d] = second.in[0][d] = aff_number(0);
    second.nopd = 1;
    for (unsigned a = 0; a < con->naxis; a++) {
        if (!(p.in >> a & 1)) first.extent[a] = 1;
        if (p.in >> a & 1 && !(kept >> a & 1)) second.extent[a] = 1;
    }
    w->to->loc = ir_place(w->to, &w->from->place.at[NODE(w->from, r)->loc]);
    Ref sum = ir_con(w->to, &first, mid, arg);
    return ir_con(w->to, &second, out, &sum);
}

static Ref gather_node(Rewrite *w, Ref r, const Ref arg[3])
{
    if (NODE(w->from, r)->op == OP_CON) {
        Parts p = parts_of(w->from, r);
        if (divides(w->from, r, &p)) return divide(w, r, arg);
    }
    return rewrite_plain(w, r, arg);
}

Fn *tile_gather(Arena *arena, const Fn *fn) { return rewrite(arena, fn, gather_node, NULL); }
