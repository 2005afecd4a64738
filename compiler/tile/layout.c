/* layout.c: how a value lies in memory.
 *
 * In: the shapes of Fns that share values, and how their cons walk them.  Out: for
 * each shape one order of its dimensions, the vector dimension last and padded to
 * whole vectors; places in the two work memories.
 *
 * A window slides along a dimension where an index is a sum of overlapping strides,
 * y + i or 2y + i: neighbours there are read again and again, at offsets that no
 * vector could be aligned to. So [C y x] lies as y, x, C (NHWC), whoever wrote it.  */
#include "tile/tile_in.h"

#include <stdlib.h>

/* ---- who slides ---------------------------------------------------------------------- */

typedef struct Vote {
    Shape    shape;
    uint32_t slides[MAX_RANK];      /* cons in which a window moves along it       */
} Vote;

struct Layouts { Arena *arena; VEC(Vote) vote; };

Layouts *layouts_new(Arena *arena)
{
    Layouts *l = NEW(arena, Layouts);
    l->arena = arena;
    return l;
}

static Vote *vote_find(const Layouts *l, Shape feature)
{
    for (size_t i = 0; i < l->vote.count; i++)
        if (shape_equal(l->vote.at[i].shape, feature)) return &l->vote.at[i];
    return NULL;
}

static int64_t reach(const Con *con, const Aff *a, unsigned term)
{
    return (con->extent[a->ax[term]] - INT64_C(1)) * abs(a->k[term]);
}

static bool shorter(const Aff *a, unsigned i, unsigned than)
{
    int left = abs(a->k[i]), right = abs(a->k[than]);
    return left < right || (left == right && i < than);
}

/* 36c + 6y + x tells its axes apart, y + i does not: some step is no longer than what
 * the shorter ones reach together.                                                 */
static bool overlaps(const Con *con, const Aff *a)
{
    for (unsigned i = 0; i < a->n; i++) {
        int64_t below = 0;
        for (unsigned j = 0; j < a->n; j++)
            if (j != i && shorter(a, j, i)) below += reach(con, a, j);
        if (below && abs(a->k[i]) <= below) return true;
    }
    return false;
}

static uint32_t axes_of(const Aff *a)
{
    uint32_t axes = 0;
    for (unsigned i = 0; i < a->n; i++) axes |= 1u << a->ax[i];
    return axes;
}

static uint32_t sliding_axes(const Con *con, const Aff *a, unsigned n)
{
    uint32_t axes = 0;
    for (unsigned d = 0; d < n; d++)
        if (overlaps(con, &a[d])) axes |= axes_of(&a[d]);
    return axes;
}

static void vote_for(Layouts *l, Shape shape, const Aff *index, uint32_t sliding)
{
    unsigned b = shape_batched(shape);
    Shape feature = { .rank = (uint8_t)(shape.rank - b) };
    for (unsigned d = b; d < shape.rank; d++) feature.dim[d - b] = shape.dim[d];
    Vote *v = vote_find(l, feature);
    if (!v) {
        VEC_PUSH(l->arena, l->vote) = (Vote){ .shape = feature };
        v = &l->vote.at[l->vote.count - 1];
    }
    for (unsigned d = b; d < shape.rank; d++)
        if (axes_of(&index[d]) & sliding) v->slides[d - b]++;
}

void layouts_vote(Layouts *l, const Fn *fn)
{
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *n = NODE(fn, r);
        if (n->op != OP_CON) continue;
        const Con *con = CON(fn, r);
        Shape out = SHAPE(fn, r);
        uint32_t sliding = sliding_axes(con, con->out, out.rank) | sliding_axes(con, con->guard, con->nguard);
        for (unsigned k = 0; k < con->nopd; k++)
            sliding |= sliding_axes(con, con->in[k], SHAPE(fn, n->arg[k]).rank);
        if (!sliding) continue;
        vote_for(l, out, con->out, sliding);
        for (unsigned k = 0; k < con->nopd; k++)
            vote_for(l, SHAPE(fn, n->arg[k]), con->in[k], sliding);
    }
}

/* ---- the order of dimensions ----------------------------------------------------------- */

/* A dimension of one element has no neighbours: anything else is better. Of two that
 * windows slide along, as in an image without channels, the later one is contiguous in
 * dense rows too.                                                                   */
static bool better_vector(Shape s, const Vote *v, unsigned d, unsigned than)
{
    if ((s.dim[d] > 1) != (s.dim[than] > 1)) return s.dim[d] > 1;
    if (v && v->slides[d] != v->slides[than]) return v->slides[d] < v->slides[than];
    if (s.dim[d] != s.dim[than]) return s.dim[d] > s.dim[than];
    return v && v->slides[d] && d > than;
}

static uint32_t round_up(uint64_t reals) { return (uint32_t)((reals + LANES - 1) / LANES * LANES); }

Layout layout_of(const Layouts *l, Shape feature)
{
    Layout at = { .rank = feature.rank };
    const Vote *v = vote_find(l, feature);
    for (unsigned d = 1; d < feature.rank; d++)
        if (better_vector(feature, v, d, at.vector)) at.vector = (uint8_t)d;
    at.count = feature.rank ? round_up(feature.dim[at.vector]) : LANES;
    for (unsigned d = feature.rank; d-- > 0;) {
        if (d == at.vector) continue;
        at.step[d] = at.count;
        at.count *= feature.dim[d];
    }
    if (feature.rank) at.step[at.vector] = 1;
    return at;
}

Layout layout_dense(Shape feature)
{
    Layout at = { .rank = feature.rank, .count = 1 };
    for (unsigned d = feature.rank; d-- > 0;) {
        at.step[d] = at.count;
        at.count *= feature.dim[d];
    }
    if (feature.rank) at.vector = (uint8_t)(feature.rank - 1);
    return at;
}

/* ---- places -------------------------------------------------------------------------------- */

enum { PAGE_REALS = 1024 };         /* 4096 bytes of floats: neighbours at such a distance
                                       would share a set of the cache               */

Home memory_fixed(Memory *m, uint64_t reals)
{
    Home home = { .area = AREA_FIXED, .at = m->fixed };
    m->fixed += (reals + LANES - 1) / LANES * LANES;
    return home;
}

Home memory_values(Memory *m, uint32_t reals)
{
    uint32_t pitch = round_up(reals);
    if (pitch % PAGE_REALS == 0) pitch += LANES;
    Home home = { .area = AREA_VALUES, .at = m->values, .pitch = pitch };
    m->values += pitch;
    return home;
}
