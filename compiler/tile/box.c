/* box.c: a con over samples as a contraction over memory.
 *
 * In: a con and where its operands and its result are. Out: steps, guards and packed
 * copies for the scheduler, and which axis, if any, is that of the samples.         */
#include "ir/make.h"
#include "tile/tile_in.h"

#include <string.h>

enum { ANY_COUNT = INT32_MAX };     /* extent of the samples' axis                  */

/* ---- steps ------------------------------------------------------------------------------ */

typedef struct Boxing {
    TileFn  *tf;
    Ref      r;
    const Con *con;
    Shape    out, in[MAX_OPERANDS];
    Box     *box;
    uint8_t  axis[MAX_AXES];        /* of the contract, by axis of the con          */
} Boxing;

static uint32_t sample_step(const Tiling *t, Home home)
{
    switch (home.area) {
    case AREA_INPUTS:  return t->input_row;
    case AREA_DRAWS:   return t->draw_row;
    case AREA_OUTPUTS: return t->output_row;
    default:           return home.pitch;
    }
}

/* k: OPERAND_OUT for the result. */
static void set_steps(Boxing *b, unsigned k, Ref r, const Aff *index, Shape shape, Home home)
{
    const TileNode *v = &b->tf->node[r];
    Strided *s = k == OPERAND_OUT ? &b->box->contract.out : &b->box->contract.in[k];
    unsigned front = shape_batched(shape);
    memset(s->step, 0, sizeof s->step);
    b->box->offset[k] = 0;
    for (unsigned d = front; d < shape.rank; d++) {
        int64_t step = v->lay.step[d - front];
        b->box->offset[k] += step * index[d].c;
        for (unsigned i = 0; i < index[d].n; i++) s->step[b->axis[index[d].ax[i]]] += step * index[d].k[i];
    }
    if (front && b->box->samples >= 0 && v->cls == CLASS_SAMPLE)
        s->step[b->box->samples] = sample_step(b->tf->t, home);
}

static Aff renamed(const Boxing *b, const Aff *a)
{
    Aff to = *a;
    for (unsigned i = 0; i < a->n; i++) to.ax[i] = b->axis[a->ax[i]];
    return to;
}

static void add_guard(Boxing *b, const Aff *a, uint32_t limit, bool dimension)
{
    Contract *c = &b->box->contract;
    Aff g = renamed(b, a);
    for (unsigned i = 0; i < c->nguard; i++)
        if (c->limit[i] == limit && aff_equal(&c->guard[i], &g)) return;
    if (c->nguard == COUNT(c->guard)) tile_bug(b->tf, b->r, "has too many bounds");
    c->dimensions |= (uint32_t)dimension << c->nguard;
    c->guard[c->nguard] = g;
    c->limit[c->nguard++] = limit;
}

static void bound(Boxing *b, const Aff *a, uint32_t limit)
{
    int64_t lo, hi;
    if (limit == BATCH) return;
    aff_range(a, b->con->extent, &lo, &hi);
    if (lo < 0 || hi >= (int64_t)limit) add_guard(b, a, limit, false);
}

/* An index of the result that is not one whole axis. One that does not move and leaves
 * others out is nobody's to set: zero first.                                           */
static void bound_out(Boxing *b, const Aff *a, uint32_t dim)
{
    unsigned axis;
    if (dim == BATCH || (aff_is_axis(a, &axis) && b->con->extent[axis] == dim)) return;
    if (a->n) add_guard(b, a, dim, true);
    else b->box->zero |= dim > 1;
}

static void guards(Boxing *b)
{
    for (unsigned d = 0; d < b->out.rank; d++) bound_out(b, &b->con->out[d], b->out.dim[d]);
    for (unsigned k = 0; k < b->con->nopd; k++)
        for (unsigned d = 0; d < b->in[k].rank; d++) bound(b, &b->con->in[k][d], b->in[k].dim[d]);
    for (unsigned g = 0; g < b->con->nguard; g++) bound(b, &b->con->guard[g], b->con->limit[g]);
}

static void set_axes(Boxing *b)
{
    static const char *const name[MAX_AXES] = { "i", "j", "k", "l", "m", "o", "p", "q", "r", "u", "v", "w" };
    Contract *c = &b->box->contract;
    const Con *con = b->con;
    bool block = b->tf->node[b->r].block;
    uint32_t kept = 0;
    b->box->samples = -1;
    for (unsigned a = 0; a < con->naxis; a++) {
        bool samples = con->extent[a] == BATCH;
        b->axis[a] = NO_AXIS;
        if (samples && !block) continue;
        if (samples) b->box->samples = (int)c->naxis, c->counted |= 1u << c->naxis;
        c->extent[c->naxis] = samples ? ANY_COUNT : con->extent[a];
        c->count[c->naxis] = samples ? x_int(b->tf->p, 1) : 0;
        c->axis[c->naxis] = name_of(b->tf->p->names, samples ? "n" : name[a]);
        b->axis[a] = (uint8_t)c->naxis++;
    }
    for (unsigned d = 0; d < b->out.rank; d++)
        for (unsigned i = 0; i < con->out[d].n; i++)
            if (b->axis[con->out[d].ax[i]] != NO_AXIS) kept |= 1u << b->axis[con->out[d].ax[i]];
    c->summed = ((1u << c->naxis) - 1) & ~kept;
}

/* ---- free layouts ---------------------------------------------------------------------------- */

/* Every dimension an axis of its own? Then bits of them, as axes of the contract. */
static bool plain_axes(const Boxing *b, const Aff *index, Shape shape, uint32_t *axes)
{
    unsigned a;
    *axes = 0;
    for (unsigned d = shape_batched(shape); d < shape.rank; d++) {
        if (index[d].n == 0 && shape.dim[d] == 1) continue;
        if (!aff_is_axis(&index[d], &a) || b->con->extent[a] != shape.dim[d]) return false;
        if (*axes >> b->axis[a] & 1) return false;
        *axes |= 1u << b->axis[a];
    }
    return true;
}

/* Every dimension a number, or an axis of its own from some element on? Then a copy can
 * hold what the axes reach, and nothing else.                                        */
static bool free_axes(const Boxing *b, const Aff *index, Shape shape, uint32_t *axes)
{
    *axes = 0;
    for (unsigned d = shape_batched(shape); d < shape.rank; d++) {
        int64_t lo, hi;
        aff_range(&index[d], b->con->extent, &lo, &hi);
        if (lo < 0 || hi >= (int64_t)shape.dim[d]) return false;
        if (index[d].n == 0) continue;
        if (index[d].n > 1 || index[d].k[0] != 1 || *axes >> b->axis[index[d].ax[0]] & 1) return false;
        *axes |= 1u << b->axis[index[d].ax[0]];
    }
    return true;
}

static bool same_pack(const Fn *fn, const Pack *a, const Pack *b)
{
    const Con *x = CON(fn, a->con), *y = CON(fn, b->con);
    Ref of = NODE(fn, a->con)->arg[a->operand];
    if (of != NODE(fn, b->con)->arg[b->operand]) return false;
    for (unsigned d = 0; d < SHAPE(fn, of).rank; d++) {
        const Aff *i = &x->in[a->operand][d], *j = &y->in[b->operand][d];
        if (i->n != j->n || i->c != j->c) return false;
        if (i->n && (a->step[i->ax[0]] != b->step[j->ax[0]] || x->extent[i->ax[0]] != y->extent[j->ax[0]])) return false;
    }
    return true;
}

/* A copy of operand k, shared with every con that wants the same. */
static void pack(Boxing *b, unsigned k, uint32_t reads)
{
    TileFn *tf = b->tf;
    Contract *c = &b->box->contract;
    Pack p = { .con = b->r, .operand = k };
    uint64_t count = contract_layout(c, k, reads, c->in[k].step);
    for (unsigned a = 0; a < b->con->naxis; a++) {
        if (b->axis[a] == NO_AXIS || !(reads >> b->axis[a] & 1)) continue;
        p.reads |= 1u << a;
        p.step[a] = c->in[k].step[b->axis[a]];
    }
    b->box->offset[k] = 0;
    for (size_t i = 0; i < tf->pack.count; i++) {
        if (!same_pack(tf->fn, &tf->pack.at[i], &p)) continue;
        b->box->pack[k] = tf->pack.at[i].to;
        return;
    }
    p.to = memory_fixed(&tf->t->memory, count);
    p.to.at += (uint64_t)contract_layout_first(c, reads, c->in[k].step);
    b->box->pack[k] = p.to;
    VEC_PUSH(tf->arena, tf->pack) = p;
}

static void pack_operands(Boxing *b)
{
    const Node *n = NODE(b->tf->fn, b->r);
    uint32_t reads;
    for (unsigned k = 0; k < n->narg; k++) {
        const TileNode *v = &b->tf->node[n->arg[k]];
        if (v->cls == CLASS_SAMPLE || !tile_feature(b->in[k]).rank) continue;
        if (free_axes(b, b->con->in[k], b->in[k], &reads)) pack(b, k, reads);
    }
}

/* Is what has step 1 followed by room up to whole vectors? */
static bool runs_on(const Boxing *b, const Strided *s)
{
    for (unsigned a = 0; a < b->box->contract.naxis; a++)
        if (s->step[a] != 1 && s->step[a] % LANES) return false;
    return true;
}

/* A sum over samples lies as its products like it. */
static void lay_out_sum(Boxing *b)
{
    TileNode *v = &b->tf->node[b->r];
    Contract *c = &b->box->contract;
    Shape shape = b->out;
    uint32_t reads;
    unsigned a;
    if (!shape.rank || !plain_axes(b, b->con->out, shape, &reads)) return;
    uint64_t count = contract_layout(c, OPERAND_OUT, reads, c->out.step);
    v->lay = (Layout){ .rank = shape.rank, .count = (uint32_t)((count + LANES - 1) / LANES * LANES) };
    for (unsigned d = 0; d < shape.rank; d++) {
        if (!aff_is_axis(&b->con->out[d], &a)) continue;
        v->lay.step[d] = (uint32_t)c->out.step[b->axis[a]];
        if (v->lay.step[d] == 1) v->lay.vector = (uint8_t)d;
    }
    v->padded = runs_on(b, &c->out);
}

/* What only `finish` reads may lie as it likes, too, if that gives it vectors. */
static void lay_out_post(Boxing *b)
{
    TileNode *v = &b->tf->node[b->r], old = *v;
    Strided out = b->box->contract.out;
    lay_out_sum(b);
    bool vectors = false;
    for (unsigned d = 0; d < v->lay.rank; d++) vectors |= v->lay.step[d] == 1 && b->out.dim[d] > 1;
    if (!vectors) {
        *v = old;
        b->box->contract.out = out;
    } else if (v->lay.count > old.lay.count) v->home = memory_fixed(&b->tf->t->memory, v->lay.count);
}

enum { OFTEN = 4 };                 /* reads of an element that pay for its copy    */

/* Without samples: a copy where the result's vectors would be gathered, again and again. */
static void pack_strided(Boxing *b)
{
    const Contract *c = &b->box->contract;
    int vector = -1;
    for (unsigned a = 0; a < c->naxis; a++)
        if (c->out.step[a] == 1 && c->extent[a] > 1) vector = (int)a;
    for (unsigned k = 0; vector >= 0 && k < c->nopd; k++) {
        int64_t step = c->in[k].step[vector];
        uint32_t reads;
        uint64_t elements = 1;
        if (step == 0 || step == 1 || !free_axes(b, b->con->in[k], b->in[k], &reads)) continue;
        for (unsigned a = 0; a < c->naxis; a++)
            if (reads >> a & 1) elements *= c->extent[a];
        if (contract_flops(c) >= OFTEN * elements) pack(b, k, reads);
    }
}

/* ---- the contraction --------------------------------------------------------------------------- */

/* Where a vector may run on: in the result, and in what has its vector axis. */
static bool is_padded(const Boxing *b)
{
    const Contract *c = &b->box->contract;
    const Node *n = NODE(b->tf->fn, b->r);
    if (!b->tf->node[b->r].padded) return false;
    for (unsigned k = 0; k < n->narg; k++)
        for (unsigned a = 0; a < c->naxis; a++)
            if (c->in[k].step[a] == 1 && c->out.step[a] == 1 && !(b->tf->node[n->arg[k]].padded && !b->box->pack[k].area)
                && !(b->box->pack[k].area && runs_on(b, &c->in[k])))
                return false;
    return true;
}

/* Equal shares of an axis, at most one per block. Vectors stay within a share. */
static void share_out(Boxing *b)
{
    Box *box = b->box;
    box->piece = b->tf->node[b->r].whole ? b->axis[whole_axis(b->tf, b->r)] : -1;
    if (box->piece < 0) return;
    uint32_t extent = box->contract.extent[box->piece];
    box->share = (extent + BLOCKS - 1) / BLOCKS;
    while (extent % box->share) box->share++;
    box->pieces = extent / box->share;
    box->contract.extent[box->piece] = box->share;
    if (box->contract.out.step[box->piece] == 1 && box->share % LANES) box->contract.padded = false;
}

Box *box_plan(TileFn *tf, Ref r, const Home *place)
{
    const Node *n = NODE(tf->fn, r);
    const TileNode *v = &tf->node[r];
    Boxing b = { .tf = tf, .r = r, .box = NEW(tf->arena, Box) };
    Box *box = b.box;
    Contract *c = &box->contract;
    b.con = CON(tf->fn, r);
    b.out = SHAPE(tf->fn, r);
    for (unsigned k = 0; k < n->narg; k++) b.in[k] = SHAPE(tf->fn, n->arg[k]);
    set_axes(&b);
    c->heap = tf->arena->heap;
    c->nopd = n->narg;
    for (unsigned k = 0; k < n->narg; k++)
        set_steps(&b, k, n->arg[k], b.con->in[k], b.in[k], place[n->arg[k]]);
    set_steps(&b, OPERAND_OUT, r, b.con->out, b.out, place[r]);
    guards(&b);
    box->zero &= !v->coupled;
    c->add = (v->coupled && (v->accumulator || !v->whole)) || box->zero;
    if (v->coupled) lay_out_sum(&b);
    if (v->cls == CLASS_POST) lay_out_post(&b);
    if (v->coupled || v->cls == CLASS_SAMPLE) pack_operands(&b);
    else pack_strided(&b);
    c->padded = is_padded(&b);

    box->flops = contract_flops(c);
    share_out(&b);
    box->plan = contract_plan(tf->t->kernels, c);
    return box;
}

static void zero_result(TileFn *tf, Ref r, const Box *box, Home home, Exp samples)
{
    Program *p = tf->p;
    Var n = 0;
    Exp base = home_base(tf, home);
    if (box->samples >= 0) {
        n = s_for(p, "n", x_int(p, 0), samples, x_int(p, 1), FOR_ROLL);
        base = x_add(p, base, x_mul(p, x_var(p, n), x_int(p, sample_step(tf->t, home))));
    }
    Var e = s_for(p, "e", x_int(p, 0), x_int(p, tf->node[r].lay.count), x_int(p, LANES), FOR_ROLL);
    s_store(p, home_buffer(tf, home), x_add(p, base, x_var(p, e)), x_splat(p, x_real(p, 0)));
    s_end(p);
    if (n) s_end(p);
}

static void set_address(TileFn *tf, const Box *box, Strided *s, Home home, int64_t offset)
{
    Program *p = tf->p;
    s->buffer = home_buffer(tf, home);
    s->at = x_add(p, home_base(tf, home), x_int(p, offset));
    if (box->piece >= 0) s->at = x_add(p, s->at, x_mul(p, tf->block, x_int(p, box->share * s->step[box->piece])));
}

static Contract contract_at(TileFn *tf, Ref r, const Box *box, const Home *place, Exp samples)
{
    const Node *n = NODE(tf->fn, r);
    Contract c = box->contract;
    for (unsigned k = 0; k < c.nopd; k++)
        set_address(tf, box, &c.in[k], box->pack[k].area ? box->pack[k] : place[n->arg[k]], box->offset[k]);
    set_address(tf, box, &c.out, place[r], box->offset[OPERAND_OUT]);
    if (box->samples >= 0) c.count[box->samples] = samples;
    return c;
}

void box_lower(TileFn *tf, Ref r, const Box *box, const Home *place, Exp samples)
{
    Contract c = contract_at(tf, r, box, place, samples);
    if (box->zero) zero_result(tf, r, box, place[r], samples);
    contract_lower(box->plan, &c);
}

size_t box_parts(const Box *box) { return box->zero ? 1 : contract_pieces(box->plan); }

void box_lower_part(TileFn *tf, Ref r, const Box *box, const Home *place, Exp samples, size_t part)
{
    if (box->zero) {
        box_lower(tf, r, box, place, samples);
        return;
    }
    Contract c = contract_at(tf, r, box, place, samples);
    contract_lower_piece(box->plan, &c, part);
}
