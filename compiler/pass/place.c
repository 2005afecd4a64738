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
#include "pass/tile_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SMALL = 4096,                   /* elements of a STEP value worth a serial loop */
    LARGE = 65536                   /* elements not to be read once per block       */
};

typedef struct Placing {
    TileFn   *tf;
    const Fn *fn;
    TileNode *node;
    uint32_t  moments;
    uint32_t *last;                 /* per moment: its last phase, counted from its first */
    uint32_t *latest;               /* per node: the last phase it may stand in    */
    uint32_t *later;                /* per node: the last phase that reads it      */
    bool     *hangs, *fleeting;     /* on an unstored con of its phase; on a leaf that
                                       another moment may overwrite                  */
    bool     *root;                 /* the value of one, with B                    */
} Placing;

_Noreturn static void unsound(const Fn *fn, const char *what, const char *name)
{
    fprintf(stderr, "nodec: bug: %s: %s %s\n", fn->name, what, name);
    abort();
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

static const Symbol *symbol_of(const Fn *fn, Ref leaf) { return &fn->symbol.at[NODE(fn, leaf)->aux]; }

static TileClass leaf_class(const Placing *s, Ref r)
{
    const Symbol *symbol = symbol_of(s->fn, r);
    const TileBind *b = bind_of(s->tf, symbol->name);
    if (!b) {
        if (symbol->role != ROLE_PARAM) unsound(s->fn, "no place for leaf", symbol->name);
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
 * of both operands.                                                                    */
int whole_axis(const TileFn *tf, Ref r)
{
    const Con *con = CON(tf->fn, r);
    const Node *n = NODE(tf->fn, r);
    uint32_t all, in;
    plain_access(con, con->out, SHAPE(tf->fn, r), &all);
    for (unsigned k = 0; k < n->narg; k++) {
        if (!plain_access(con, con->in[k], SHAPE(tf->fn, n->arg[k]), &in)) return -1;
        all &= in;
    }
    for (unsigned a = 0; a < con->naxis; a++)
        if (all >> a & 1 && con->extent[a] != BATCH && con->extent[a] >= BLOCKS / 2) return (int)a;
    return -1;
}

/* A product of matrices at many points, of which all samples share one: it is read once
 * for all samples, by whoever has these points, not once per block; a sum of such products
 * needs no partial sums.                                                               */
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

static const FieldParam *param_of(const TileFn *tf, Name name)
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
        return param_of(tf, root->name) && !shape_batched(SHAPE(tf->fn, root->value))
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

/* ---- phases ------------------------------------------------------------------------------- */

/* Phases are counted within their moment here, and through all of them in the end. */

static bool by_glue(const Placing *s, Ref r)            /* there after a phase         */
{
    const TileNode *v = &s->node[r];
    return v->coupled || (v->cls == CLASS_STEP && NODE(s->fn, r)->op == OP_LEAF && v->moment > 0);
}

/* Must a phase lie between `from` and its reader? */
static bool waits(const Placing *s, Ref from, Ref reader)
{
    const TileNode *v = &s->node[from];
    bool whole = v->whole || (s->node[reader].whole && NODE(s->fn, from)->op != OP_LEAF);
    return by_glue(s, from) || (v->cls == CLASS_SAMPLE && whole);
}

static bool in_phase(const TileNode *v) { return v->cls == CLASS_SAMPLE || v->coupled; }

/* The earliest place of r, given those of its arguments. */
static void earliest(const Placing *s, Ref r, uint32_t *moment, uint32_t *phase)
{
    const Node *n = NODE(s->fn, r);
    const TileBind *b = n->op == OP_LEAF ? bind_of(s->tf, symbol_of(s->fn, r)->name) : NULL;
    *moment = b ? b->moment : 0;
    *phase = 0;
    for (unsigned i = 0; i < n->narg; i++) {
        const TileNode *a = &s->node[n->arg[i]];
        uint32_t ready = a->phase + waits(s, n->arg[i], r);
        if (a->moment > *moment) *moment = a->moment, *phase = ready;
        else if (a->moment == *moment && ready > *phase) *phase = ready;
    }
}

static bool is_placed(const TileNode *v) { return v->cls && v->cls != CLASS_POST; }

static void place_early(Placing *s)
{
    for (Ref r = 1; r < s->fn->node.count; r++) {
        TileNode *v = &s->node[r];
        if (!is_placed(v)) continue;
        earliest(s, r, &v->moment, &v->phase);
        if (v->moment >= s->moments) s->moments = v->moment + 1;
    }
    s->last = NEW_ARRAY(s->tf->arena, uint32_t, s->moments);
    for (Ref r = 1; r < s->fn->node.count; r++) {
        const TileNode *v = &s->node[r];
        if (is_placed(v) && in_phase(v) && v->phase > s->last[v->moment]) s->last[v->moment] = v->phase;
    }
    for (size_t i = 0; i < s->fn->root.count; i++) {     /* one number for all samples, as an output */
        const TileNode *v = &s->node[s->fn->root.at[i].value];
        if (is_placed(v) && shape_batched(SHAPE(s->fn, s->fn->root.at[i].value))
            && root_wanted(s->tf, &s->fn->root.at[i]) && v->phase > s->last[v->moment])
            s->last[v->moment] = v->phase;
    }
}

static void find_latest(Placing *s)
{
    const Fn *fn = s->fn;
    for (Ref r = 1; r < fn->node.count; r++)
        s->latest[r] = s->last[s->node[r].moment] + !(in_phase(&s->node[r]) || s->root[r]);
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--)
        for (unsigned i = 0; is_placed(&s->node[r]) && i < NODE(fn, r)->narg; i++) {
            Ref a = NODE(fn, r)->arg[i];
            uint32_t latest = s->latest[r] - waits(s, a, r);
            if (s->node[a].moment == s->node[r].moment && latest < s->latest[a]) s->latest[a] = latest;
        }
}

/* Adds the stored values that r touches, seen through what is computed where it is read. */
static void reads(const Placing *s, Ref r, bool *set)
{
    const Node *n = NODE(s->fn, r);
    for (unsigned i = 0; i < n->narg; i++) {
        Ref a = n->arg[i];
        if (s->node[a].cls != CLASS_SAMPLE || set[a]) continue;
        set[a] = true;
        if (!s->node[a].heavy && NODE(s->fn, a)->op != OP_LEAF) reads(s, a, set);
    }
}

static void touch(const Placing *s, Ref r, bool *touched)
{
    reads(s, r, touched);
    if (s->node[r].cls == CLASS_SAMPLE) touched[r] = true;
}

static uint32_t best_phase(const Placing *s, Ref r, uint32_t from, uint32_t to, bool *const *touched)
{
    const Fn *fn = s->fn;
    bool *set = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    uint32_t best = from, most = 0;
    reads(s, r, set);
    for (uint32_t phase = from; phase <= to; phase++) {
        uint32_t common = 0;
        for (Ref a = 1; a < r; a++)
            common += set[a] && touched[phase][a] && (s->node[a].heavy || NODE(fn, a)->op == OP_LEAF);
        if (common > most) most = common, best = phase;
    }
    return best;
}

static void place_moment(Placing *s, uint32_t moment)
{
    const Fn *fn = s->fn;
    bool **touched = NEW_ARRAY(s->tf->arena, bool *, s->last[moment] + 1);
    for (uint32_t p = 0; p <= s->last[moment]; p++) touched[p] = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    for (Ref r = 1; r < fn->node.count; r++) {
        const TileNode *v = &s->node[r];
        if (is_placed(v) && v->heavy && v->moment == moment && v->phase == s->latest[r])
            touch(s, r, touched[v->phase]);
    }
    for (Ref r = 1; r < fn->node.count; r++) {
        TileNode *v = &s->node[r];
        uint32_t at, phase;
        if (!is_placed(v) || v->moment != moment) continue;
        earliest(s, r, &at, &phase);
        if (v->heavy && phase < s->latest[r]) {
            phase = best_phase(s, r, phase, s->latest[r], touched);
            touch(s, r, touched[phase]);
        }
        v->phase = phase;
    }
}

/* From phases of a moment to phases of the Fn. A moment without any work has none. */
static void number_phases(Placing *s)
{
    TileFn *tf = s->tf;
    bool *any = NEW_ARRAY(tf->arena, bool, s->moments);
    uint32_t *first = NEW_ARRAY(tf->arena, uint32_t, s->moments);
    for (Ref r = 1; r < s->fn->node.count; r++) {
        const TileNode *v = &s->node[r];
        if (is_placed(v) && (in_phase(v) || by_glue(s, r))) any[v->moment] = true;
    }
    for (size_t i = 0; i < s->fn->root.count; i++) {
        const Root *root = &s->fn->root.at[i];
        if (root_wanted(tf, root) && shape_batched(SHAPE(s->fn, root->value)))
            any[s->node[root->value].moment] = true;
    }
    for (uint32_t m = 0; m < s->moments; m++) {
        first[m] = tf->phases;
        if (any[m]) tf->phases += s->last[m] + 1;
    }
    tf->phase_moment = NEW_ARRAY(tf->arena, uint32_t, tf->phases + 1);
    for (uint32_t m = 0; m < s->moments; m++)
        for (uint32_t p = first[m]; any[m] && p <= first[m] + s->last[m]; p++) tf->phase_moment[p] = m;
    for (Ref r = 1; r < s->fn->node.count; r++)
        if (is_placed(&s->node[r])) s->node[r].phase += first[s->node[r].moment];
}

/* ---- kept ----------------------------------------------------------------------------------- */

/* Computed where it is read, always: there is nothing of it to be stored. */
static bool is_transparent(const Placing *s, Ref r) { return s->node[r].view || NODE(s->fn, r)->type == TYPE_BOOL; }

uint32_t root_phase(const TileFn *tf, const Root *root)
{
    return root->kind == ROOT_CARRY ? tf->phases - 1 : tf->node[root->value].phase;
}

static void find_readers(Placing *s)
{
    const Fn *fn = s->fn;
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        if (!root_wanted(s->tf, root) || !shape_batched(SHAPE(fn, root->value))) continue;
        uint32_t phase = root_phase(s->tf, root);
        if (phase > s->later[root->value]) s->later[root->value] = phase;
    }
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--) {
        const TileNode *v = &s->node[r];
        if (!is_placed(v) || !in_phase(v)) continue;
        uint32_t phase = is_transparent(s, r) && s->later[r] > v->phase ? s->later[r] : v->phase;
        for (unsigned i = 0; i < NODE(fn, r)->narg; i++)
            if (phase > s->later[NODE(fn, r)->arg[i]]) s->later[NODE(fn, r)->arg[i]] = phase;
    }
}

static void find_kept(Placing *s)
{
    const Fn *fn = s->fn;
    const uint32_t *moment = s->tf->phase_moment;
    bool *whole = NEW_ARRAY(s->tf->arena, bool, fn->node.count);
    for (Ref r = 1; r < fn->node.count; r++)
        for (unsigned i = 0; s->node[r].whole && i < NODE(fn, r)->narg; i++)
            whole[NODE(fn, r)->arg[i]] = NODE(fn, NODE(fn, r)->arg[i])->op != OP_LEAF;
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *n = NODE(fn, r);
        TileNode *v = &s->node[r];
        if (v->cls != CLASS_SAMPLE) continue;
        bool hangs = v->heavy, fleeting = false;
        if (n->op == OP_LEAF) fleeting = bind_of(s->tf, symbol_of(fn, r)->name)->home.area == AREA_VALUES;
        for (unsigned i = 0; !v->heavy && i < n->narg; i++) {
            const TileNode *a = &s->node[n->arg[i]];
            hangs |= s->hangs[n->arg[i]] && a->phase == v->phase;
            fleeting |= s->fleeting[n->arg[i]] && a->moment == v->moment;
        }
        if (!is_transparent(s, r))
            v->kept = whole[r] || (hangs && s->later[r] > v->phase) || (fleeting && moment[s->later[r]] > v->moment);
        s->hangs[r] = hangs && !v->kept;
        s->fleeting[r] = fleeting && !v->kept;
    }
}

/* ---- homes ----------------------------------------------------------------------------------- */

typedef struct Read { bool by_con, by_map; } Read;      /* who reads a shared value  */

static void find_reads(const Placing *s, Read *read)
{
    const Fn *fn = s->fn;
    for (Ref r = (Ref)fn->node.count - 1; r > 0; r--) {
        const TileNode *v = &s->node[r];
        if (!v->cls) continue;
        bool con = NODE(fn, r)->op <= OP_BEFORE_MAP && !v->view && !v->sum;
        bool map = !con && (v->cls == CLASS_SAMPLE || v->sum || read[r].by_map);
        for (unsigned i = 0; i < NODE(fn, r)->narg; i++) {
            Read *a = &read[NODE(fn, r)->arg[i]];
            a->by_con |= con;
            a->by_map |= map;
        }
    }
}

static bool is_updated(const Fn *fn, Name name)
{
    for (size_t i = 0; i < fn->root.count; i++)
        if (fn->root.at[i].kind == ROOT_UPDATE && fn->root.at[i].name == name) return true;
    return false;
}

/* Reads from theta and buffers go to a padded copy where vectors are loaded, and where
 * the original changes.                                                                */
static void leaf_home(const Placing *s, Ref r, Read read)
{
    const Symbol *symbol = symbol_of(s->fn, r);
    const TileBind *b = bind_of(s->tf, symbol->name);
    TileNode *v = &s->node[r];
    Shape feature = tile_feature(SHAPE(s->fn, r));
    bool copy, whole = !feature.rank || (feature.rank == 1 && feature.dim[0] % LANES == 0);
    if (b) v->home = b->home;
    else {
        const FieldParam *param = param_of(s->tf, symbol->name);
        if (!param) unsound(s->fn, "no place for parameter", symbol->name);
        v->home = (Home){ .area = AREA_THETA, .at = param->offset };
    }
    switch (v->home.area) {
    case AREA_TIME: case AREA_STEP: case AREA_WEIGHT: copy = read.by_con; break;
    case AREA_THETA: case AREA_FIXED: copy = read.by_map && !whole; break;
    case AREA_BUFFERS: copy = (read.by_map && !whole) || is_updated(s->fn, symbol->name); break;
    default: copy = false;
    }
    v->padded = copy || v->home.area == AREA_VALUES;
    v->lay = v->padded ? layout_of(s->tf->t->layouts, feature) : layout_dense(feature);
    if (copy) v->home = memory_fixed(&s->tf->t->memory, v->lay.count);
    v->here = v->home;
    if (!v->kept) return;           /* a copy that outlives the moment */
    v->padded = true;
    v->lay = layout_of(s->tf->t->layouts, feature);
    v->home = memory_values(&s->tf->t->memory, v->lay.count);
}

static bool shared_home(const Placing *s, Ref r, Read read)
{
    const Node *n = NODE(s->fn, r);
    const TileNode *v = &s->node[r];
    Shape feature = tile_feature(SHAPE(s->fn, r));
    if (n->type == TYPE_BOOL) return false;
    if (v->view) return read.by_con;
    if (n->op == OP_CONST) return feature.rank || read.by_con;
    if (n->op == OP_CON || v->cls != CLASS_STEP || read.by_con) return true;
    return n->op <= OP_BEFORE_MAP || shape_count(feature) <= SMALL;
}

static bool is_root_value(const TileFn *tf, Ref r)
{
    for (size_t i = 0; i < tf->fn->root.count; i++)
        if (tf->fn->root.at[i].value == r && root_wanted(tf, &tf->fn->root.at[i])) return true;
    return false;
}

static void find_homes(Placing *s)
{
    const Fn *fn = s->fn;
    Memory *memory = &s->tf->t->memory;
    Read *read = NEW_ARRAY(s->tf->arena, Read, fn->node.count);
    find_reads(s, read);
    for (Ref r = 1; r < fn->node.count; r++) {
        TileNode *v = &s->node[r];
        if (!v->cls) continue;
        if (NODE(fn, r)->op == OP_LEAF) {
            leaf_home(s, r, read[r]);
            continue;
        }
        v->padded = true;
        v->lay = layout_of(s->tf->t->layouts, tile_feature(SHAPE(fn, r)));
        if (v->cls == CLASS_SAMPLE) {
            if (v->kept) v->home = memory_values(memory, v->lay.count);
        } else if (!v->coupled && (shared_home(s, r, read[r]) || (is_root_value(s->tf, r) && NODE(fn, r)->op != OP_CONST))) {
            v->home = memory_fixed(memory, v->lay.count);
        }
    }
}

/* Sums over samples: a partial one per block, and the total. */
void place_sums(TileFn *tf)
{
    for (Ref r = 1; r < tf->fn->node.count; r++) {
        TileNode *v = &tf->node[r];
        if (!v->coupled) continue;
        v->home = v->partial = memory_fixed(&tf->t->memory, v->lay.count);
        if (v->whole) continue;
        v->partial = memory_fixed(&tf->t->memory, (uint64_t)BLOCKS * v->lay.count);
        v->partial.pitch = v->lay.count;
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
    place_early(&s);
    find_latest(&s);
    for (uint32_t m = 0; m < s.moments; m++) place_moment(&s, m);
    number_phases(&s);
    find_readers(&s);
    find_kept(&s);
    find_homes(&s);
}
