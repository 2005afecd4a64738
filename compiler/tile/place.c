/* place.c: what is computed when, what is stored, what is computed again where it is
 * read.
 *
 * In: a Fn and where its leaves live. Out: TileNode of every node. No code.
 *
 *     classes        what a value hangs on: FIXED, STEP, SAMPLE
 *     accumulators   sums over samples that only sums of the whole call want, through
 *                    maps that are linear in them and the same at every step
 *     phases         phase(v) = max over arguments (phase + 1 if the argument sums over
 *                    samples), per moment
 *     slack          a con that could stand in several phases goes where most of what
 *                    it reads is touched already, the earliest of them
 *     kept           a value of a sample is stored iff it hangs on a con of its own phase
 *                    that is not stored, and is read in a later one
 *
 * (Demand-driven recomputation as in Halide's compute_at, Ragan-Kelley et al. 2013, but
 * decided by rule: contractions are never computed twice, maps always are.)          */
#include "tile/place.h"

#include <string.h>

enum { LARGE = 65536 };              /* elements not to be read once per block       */

_Noreturn void place_bug(const Fn *fn, const char *what, const char *name)
{
    arena_bug(fn->arena, "%s: %s %s", fn->name, what, name);
}

/* ---- shapes of con ----------------------------------------------------------------- */

static int bare(const Aff *a) { return a->n == 1 && a->k[0] == 1 && a->c == 0 ? a->ax[0] : -1; }

/* Every dimension is an axis of its own, all of it (or an extent of 1). */
static bool plain_access(const Con *con, const Aff *index, Shape shape, uint32_t *axes)
{
    *axes = 0;
    for (unsigned d = 0; d < shape.rank; d++) {
        int a = bare(&index[d]);
        if (shape.dim[d] == 1 && index[d].n == 0 && index[d].c == 0) continue;
        if (a < 0 || con->extent[a] != shape.dim[d] || *axes >> a & 1) return false;
        *axes |= 1u << a;
    }
    return true;
}

bool con_is_expand(const Fn *fn, Ref r)
{
    const Node *n = NODE(fn, r);
    uint32_t out, in;
    if (n->op != OP_CON || n->narg != 1 || CON(fn, r)->nguard) return false;
    return plain_access(CON(fn, r), CON(fn, r)->out, SHAPE(fn, r), &out)
        && plain_access(CON(fn, r), CON(fn, r)->in[0], SHAPE(fn, n->arg[0]), &in)
        && out == (1u << CON(fn, r)->naxis) - 1 && (in & ~out) == 0;
}

static uint32_t axes_of(const Aff *index, unsigned rank)
{
    uint32_t axes = 0;
    for (unsigned d = 0; d < rank; d++)
        for (unsigned i = 0; i < index[d].n; i++) axes |= 1u << index[d].ax[i];
    return axes;
}

static uint32_t batch_axis(const Con *con)
{
    for (unsigned a = 0; a < con->naxis; a++)
        if (con->extent[a] == BATCH) return 1u << a;
    return 0;
}

/* ---- classes -------------------------------------------------------------------------- */

const TileBind *bind_of(const TileFn *tf, Name name)
{
    for (size_t i = 0; i < tf->binds; i++)
        if (tf->bind[i].name == name) return &tf->bind[i];
    return NULL;
}

static TileClass leaf_class(const Placing *s, Ref r)
{
    const Symbol *symbol = place_symbol(s->fn, r);
    const TileBind *b = bind_of(s->tf, symbol->name);
    if (!b) {
        if (symbol->role != ROLE_PARAM) place_bug(s->fn, "no place for leaf", symbol->name);
        return CLASS_FIXED;
    }
    switch (b->home.area) {
    case AREA_THETA: case AREA_WEIGHT: return CLASS_FIXED;
    case AREA_TIME: case AREA_STEP: case AREA_BUFFERS: case AREA_FIXED: return CLASS_STEP;
    default: return CLASS_SAMPLE;
    }
}

static void classify(Placing *s)
{
    const Fn *fn = s->fn;
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *n = NODE(fn, r);
        TileNode *v = &s->node[r];
        if (!v->uses) continue;
        v->cls = n->op == OP_LEAF ? (uint8_t)leaf_class(s, r) : CLASS_FIXED;
        for (unsigned i = 0; i < n->narg; i++)
            if (s->node[n->arg[i]].cls > v->cls) v->cls = s->node[n->arg[i]].cls;
        if (n->op == OP_CON && !shape_batched(SHAPE(fn, r)) && batch_axis(CON(fn, r))) {
            v->coupled = v->cls == CLASS_SAMPLE;
            v->cls = CLASS_STEP;
        }
        v->view = con_is_expand(fn, r);
    }
}

/* ---- how a con of samples is computed ---------------------------------------------------- */

/* The operand of a sum over its elements: it has all axes. The others come along, in the
 * same order of axes if they have all. -1: there is none.                               */
int sum_operand(const TileFn *tf, Ref r)
{
    const Fn *fn = tf->fn;
    const Con *con = CON(fn, r);
    const Node *n = NODE(fn, r);
    uint32_t axes, all = (1u << con->naxis) - 1;
    int whole = -1;
    if (con->nguard || !plain_access(con, con->out, SHAPE(fn, r), &axes) || axes == all) return -1;
    for (unsigned k = 0; k < con->nopd; k++) {
        if (!plain_access(con, con->in[k], SHAPE(fn, n->arg[k]), &axes)) return -1;
        if (axes != all || tf->node[n->arg[k]].cls != CLASS_SAMPLE) continue;
        if (whole >= 0 && memcmp(con->in[k], con->in[whole], sizeof con->in[k]) != 0) return -1;
        whole = (int)k;
    }
    return whole;
}

/* Without an axis inside the sample that one operand has and another lacks, samples are
 * the rows of the product, or what is summed.                                          */
static bool is_block(const Placing *s, Ref r)
{
    const Con *con = CON(s->fn, r);
    const Node *n = NODE(s->fn, r);
    uint32_t batch = batch_axis(con), out = axes_of(con->out, SHAPE(s->fn, r).rank), in[2];
    if (con->nopd != 2 || !batch) return false;
    for (unsigned k = 0; k < 2; k++) in[k] = axes_of(con->in[k], SHAPE(s->fn, n->arg[k]).rank);
    if (s->node[r].coupled) return (((in[0] | in[1]) & ~out) == batch) && (in[0] & in[1] & batch);
    for (unsigned k = 0; k < 2; k++)
        if (s->node[n->arg[k]].cls != CLASS_SAMPLE) return (out & in[k == 0] & ~in[k]) == batch;
    return false;
}

/* The axis that is shared out when a con goes over all samples at once: of the result and
 * of both operands; or, for a sum over samples, the shortest of the result (vectors go
 * along the longest). -1: there is none.                                                */
int whole_axis(const TileFn *tf, Ref r)
{
    const Con *con = CON(tf->fn, r);
    const Node *n = NODE(tf->fn, r);
    uint32_t out, in, all = UINT32_MAX;
    int best = -1;
    if (!plain_access(con, con->out, SHAPE(tf->fn, r), &out)) return -1;
    for (unsigned k = 0; k < n->narg; k++) {
        if (!plain_access(con, con->in[k], SHAPE(tf->fn, n->arg[k]), &in)) return -1;
        all &= in;
    }
    for (unsigned a = 0; a < con->naxis; a++) {
        if (!(out >> a & 1) || con->extent[a] == BATCH || con->extent[a] < BLOCKS / 2) continue;
        if (all >> a & 1) return (int)a;
        if (tf->node[r].coupled && (best < 0 || con->extent[a] < con->extent[best])) best = (int)a;
    }
    return best;
}

/* A large product of matrices that all samples share is read once for all of them, by
 * whoever has its part, not once per block; a sum over samples that is as large needs no
 * partial sums then.                                                                   */
static bool is_whole(const Placing *s, Ref r)
{
    const Fn *fn = s->fn;
    const Node *n = NODE(fn, r);
    uint64_t common = s->node[r].coupled ? shape_count(SHAPE(fn, r)) : 0;
    if (n->narg != 2 || !batch_axis(CON(fn, r)) || s->root[r]) return false;
    for (unsigned k = 0; k < 2; k++) {
        const TileNode *a = &s->node[n->arg[k]];
        if (a->view || NODE(fn, n->arg[k])->type != fn->real) return false;
        if (a->cls != CLASS_SAMPLE) common = shape_count(tile_feature(SHAPE(fn, n->arg[k])));
    }
    return common >= LARGE && whole_axis(s->tf, r) >= 0;
}

static void shape_cons(Placing *s)
{
    for (Ref r = 1; r < s->fn->node.count; r++) {
        TileNode *v = &s->node[r];
        unsigned op = NODE(s->fn, r)->op;
        if (!v->cls || (v->cls != CLASS_SAMPLE && !v->coupled) || v->view) continue;
        v->heavy = op == OP_CON || op == OP_PEAK_MAX || op == OP_PEAK_MIN || op == OP_TAKE || op == OP_PUT;
        if (op != OP_CON) continue;
        v->sum = sum_operand(s->tf, r) >= 0;
        v->whole = !v->sum && is_whole(s, r);
        v->block = v->whole || (!v->sum && is_block(s, r));
    }
}

/* ---- needed ------------------------------------------------------------------------------ */

const FieldParam *place_param(const TileFn *tf, Name name)
{
    for (size_t i = 0; i < tf->t->params; i++)
        if (tf->t->param[i].name == name) return &tf->t->param[i];
    return NULL;
}

bool root_wanted(const TileFn *tf, const Root *root)
{
    double number;
    switch (root->kind) {
    case ROOT_SUM:
        return place_param(tf, root->name) && !shape_batched(SHAPE(tf->fn, root->value))
            && !(ir_is_number(tf->fn, root->value, &number) && number == 0);
    case ROOT_UPDATE: return tf->t->writes_buffers && bind_of(tf, root->name);
    default: return bind_of(tf, root->name);
    }
}

static void count_uses(Placing *s)
{
    const Fn *fn = s->fn;
    for (size_t i = 0; i < fn->root.count; i++)
        if (root_wanted(s->tf, &fn->root.at[i])) s->node[fn->root.at[i].value].uses++;
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--)
        for (unsigned k = 0; s->node[r].uses && k < NODE(fn, r)->narg; k++) s->node[NODE(fn, r)->arg[k]].uses++;
}

/* ---- accumulators ------------------------------------------------------------------------ */

/* Is r, a node of numbers, linear in what it reads of `post`, and the same at every step? */
static bool is_linear(const Placing *s, Ref r, const bool *post)
{
    const Node *n = NODE(s->fn, r);
    bool p[3] = { false }, fixed[3] = { false };
    unsigned posts = 0;
    if (s->node[r].cls == CLASS_SAMPLE) return false;
    for (unsigned i = 0; i < n->narg; i++) {
        p[i] = post[n->arg[i]];
        fixed[i] = s->node[n->arg[i]].cls == CLASS_FIXED;
        if (!p[i] && !fixed[i]) return false;
        posts += p[i];
    }
    switch (n->op) {
    case OP_neg: return p[0];
    case OP_add: case OP_sub: return posts == 2;
    case OP_mul: return posts == 1;
    case OP_div: return posts == 1 && p[0];
    case OP_fma: return posts == 2 && p[2];
    case OP_CON: return posts == 1 && !batch_axis(CON(s->fn, r));
    default: return false;
    }
}

/* Every use is one that may be linear, so candidates fall until all that are left agree. */
static void find_accumulators(Placing *s)
{
    const Fn *fn = s->fn;
    bool *post = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    bool *failed = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    for (bool changed = true; changed;) {
        changed = false;
        for (Ref r = 1; r < fn->node.count; r++) {
            const TileNode *v = &s->node[r];
            post[r] = v->cls && !failed[r] && (v->coupled || (v->cls == CLASS_STEP && is_linear(s, r, post)));
        }
        for (size_t i = 0; i < fn->root.count; i++) {
            Ref r = fn->root.at[i].value;
            if (fn->root.at[i].kind != ROOT_SUM && root_wanted(s->tf, &fn->root.at[i]) && post[r])
                failed[r] = changed = true, post[r] = false;
        }
        for (Ref r = (Ref)fn->node.count - 1; r > 0; r--)
            for (unsigned i = 0; s->node[r].cls && i < NODE(fn, r)->narg; i++) {
                Ref a = NODE(fn, r)->arg[i];
                if (!post[a] || (post[r] && !s->node[r].coupled)) continue;
                failed[a] = changed = true;
                post[a] = false;
            }
    }
    for (Ref r = 1; r < fn->node.count; r++) {
        if (!post[r]) continue;
        if (s->node[r].coupled) s->node[r].accumulator = true;
        else s->node[r].cls = CLASS_POST;
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

void place_nodes(TileFn *tf)
{
    size_t n = tf->fn->node.count;
    tf->node = NEW_ARRAY(tf->arena, TileNode, n);
    Placing s = { .tf = tf, .fn = tf->fn, .node = tf->node, .moments = 1 };
    s.latest = NEW_ARRAY(tf->arena, uint32_t, n);
    s.later = NEW_ARRAY(tf->arena, uint32_t, n);
    s.hangs = NEW_ARRAY(tf->arena, bool, n);
    s.fleeting = NEW_ARRAY(tf->arena, bool, n);
    s.root = NEW_ARRAY(tf->arena, bool, n);
    for (size_t i = 0; i < tf->fn->root.count; i++)
        if (shape_batched(SHAPE(tf->fn, tf->fn->root.at[i].value))) s.root[tf->fn->root.at[i].value] = true;
    count_uses(&s);
    classify(&s);
    shape_cons(&s);
    find_accumulators(&s);
    place_phases(&s);
    place_kept(&s);
    place_homes(&s);
}
