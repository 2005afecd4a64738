/* batch.c: the regimes batch and scalar: many trajectories in lanes, or one.
 *
 * A block is 128 trajectories, eight chunks of 16 lanes; all that a step computes for
 * a chunk stays in the first level of cache, weights are read where theta has them
 * and spread over the lanes. Lanes beyond the batch hold copies of its last sample:
 * nothing is stored from them, and the cotangents in them are zero, so they add
 * nothing to a sum. Sample b is in block b/128, chunk b/16 mod 8, lane b mod 16,
 * whatever the size of the batch, and lanes never meet before sums_finish: the bits
 * of a sample do not depend on its neighbours.
 *
 * Scalar is the same code with one chunk of one lane. It can lower everything.
 *
 * Local arrays take at most LOCAL_REALS reals of a thread's stack per function
 * (128 KiB in f32); what is beyond is in the block's scratch.                       */
#include "lower/batch.h"

/* ---- blocks and values ------------------------------------------------------------ */

static Block *block_new(const Job *job, unsigned lanes, Exp count, Var theta, Var pack, Var scratch)
{
    Program *p = job->p;
    Block *b = NEW(p->arena, Block);
    *b = (Block){ .job = job, .p = p, .arena = p->arena, .lanes = lanes, .chunks = lanes > 1 ? CHUNKS : 1,
                  .theta = theta, .pack = pack, .scratch = scratch };
    if (lanes == 1) return b;
    b->count = count;
    Exp chunks = x_op(p, OP_div, x_add(p, b->count, x_int(p, LANES - 1)), x_int(p, LANES), 0);
    b->full = s_let(p, "full", x_mul(p, chunks, x_int(p, LANES)));
    return b;
}

static Block *batch_begin(const Job *job, Exp count, Var theta, Var pack, Var scratch)
{
    return block_new(job, LANES, count, theta, pack, scratch);
}

static Block *scalar_begin(const Job *job, Exp count, Var theta, Var pack, Var scratch)
{
    return block_new(job, 1, count, theta, pack, scratch);
}

static uint32_t block_end(Block *b)
{
    return b->spilled;
}

Var block_array(Block *b, const char *name, uint32_t reals)
{
    if (!b->scratch || b->local + reals <= LOCAL_REALS) {
        b->local += reals;
        return s_local(b->p, name, reals);
    }
    Var view = s_view(b->p, name, b->scratch, x_int(b->p, b->spilled));
    b->spilled += (reals + LANES - 1) / LANES * LANES;
    return view;
}

Exp held_index(const Block *b, const Held *held, Exp element, Exp chunk)
{
    Program *p = b->p;
    if (b->lanes > 1) element = x_add(p, x_mul(p, element, x_int(p, b->lanes * b->chunks)), chunk);
    return x_add(p, held->base, element);
}

static Held *declare(Block *b, const char *name, Shape shape)
{
    Held *held = NEW(b->arena, Held);
    *held = (Held){ .shape = shape, .count = (uint32_t)shape_count(shape), .base = x_int(b->p, 0) };
    held->buffer = block_array(b, name, held->count * b->lanes * b->chunks);
    return held;
}

static Held *shared(Block *b, Shape shape, Var buffer, Exp base)
{
    Held *held = NEW(b->arena, Held);
    *held = (Held){ .shape = shape, .count = (uint32_t)shape_count(shape), .buffer = buffer, .base = base,
                    .shared = true };
    return held;
}

/* ---- walking over a value ----------------------------------------------------------- */

typedef struct Walk { Exp element, chunk, rest, at; } Walk;     /* rest: samples from this chunk on */

/* for c, for e: opens the loops; walk_end closes them. Chunks have nothing to do with each other,
 * but where something is summed.                                                           */
static Walk walk_with(const Block *b, const Held *held, unsigned flags)
{
    Program *p = b->p;
    Walk w = { .element = x_int(p, 0), .chunk = x_int(p, 0) };
    if (b->lanes > 1) {
        w.chunk = x_var(p, s_for(p, "c", x_int(p, 0), x_var(p, b->full), x_int(p, LANES), flags));
        w.rest = x_sub(p, b->count, w.chunk);
    }
    if (held->count > 1)
        w.element = x_var(p, s_for(p, "e", x_int(p, 0), x_int(p, held->count), x_int(p, 1), FOR_ROLL));
    w.at = held_index(b, held, w.element, w.chunk);
    return w;
}

static Walk walk(const Block *b, const Held *held)      { return walk_with(b, held, FOR_ROLL | FOR_ANY); }
static Walk walk_over(const Block *b, const Held *held) { return walk_with(b, held, FOR_ROLL); }

static void walk_end(const Block *b, const Held *held)
{
    if (held->count > 1) s_end(b->p);
    if (b->lanes > 1) s_end(b->p);
}

static Exp spread(const Block *b, Exp x)
{
    return b->lanes > 1 ? x_splat(b->p, x) : x;
}

static void fill(Block *b, Held *to, Exp real)
{
    Exp value = x_var(b->p, s_let(b->p, "value", real));
    Walk w = walk(b, to);
    s_store(b->p, to->buffer, w.at, spread(b, value));
    walk_end(b, to);
}

static void zero(Block *b, Held *to)
{
    Walk w = walk(b, to);
    s_store(b->p, to->buffer, w.at, spread(b, x_real(b->p, 0)));
    walk_end(b, to);
}

static void copy(Block *b, Held *to, const Held *from)
{
    Walk w = walk(b, to);
    s_store(b->p, to->buffer, w.at, x_load(b->p, from->buffer, held_index(b, from, w.element, w.chunk), b->lanes));
    walk_end(b, to);
}

/* Element e of the chunk's first sample in an array of dense samples. */
static Exp dense(const Block *b, const Walk *w, Exp base, Exp stride)
{
    Program *p = b->p;
    if (b->lanes > 1) base = x_add(p, base, x_mul(p, w->chunk, stride));
    return x_add(p, base, w->element);
}

static void load(Block *b, Held *to, Var buffer, Exp base, Exp stride)
{
    Program *p = b->p;
    Walk w = walk(b, to);
    Exp from = dense(b, &w, base, stride);
    bool lanes = b->lanes > 1;
    s_store(p, to->buffer, w.at, lanes ? x_gather(p, buffer, from, stride, w.rest) : x_load(p, buffer, from, 1));
    walk_end(b, to);
}

static void store(Block *b, const Held *from, Var buffer, Exp base, Exp stride)
{
    Program *p = b->p;
    Walk w = walk(b, from);
    Exp to = dense(b, &w, base, stride), value = x_load(p, from->buffer, w.at, b->lanes);
    if (b->lanes > 1) s_scatter(p, buffer, to, stride, w.rest, value);
    else s_store(p, buffer, to, value);
    walk_end(b, from);
}

static uint32_t held_size(const Block *b, const Held *held)
{
    return held->count * b->lanes * b->chunks;
}

static void stash(Block *b, const Held *from, Var buffer, Exp base)
{
    Program *p = b->p;
    Walk w = walk(b, from);
    s_store(p, buffer, x_add(p, base, w.at), x_load(p, from->buffer, w.at, b->lanes));
    walk_end(b, from);
}

static void fetch(Block *b, Held *to, Var buffer, Exp base)
{
    Program *p = b->p;
    Walk w = walk(b, to);
    s_store(p, to->buffer, w.at, x_load(p, buffer, x_add(p, base, w.at), b->lanes));
    walk_end(b, to);
}

static void poke(Block *b, Held *to, Exp sample, Exp real)
{
    s_store(b->p, to->buffer, x_add(b->p, to->base, b->lanes > 1 ? sample : x_int(b->p, 0)), real);
}

static void mask(Block *b, Held *held)
{
    Program *p = b->p;
    if (b->lanes == 1) return;
    Walk w = walk(b, held);
    Exp real = x_op(p, OP_lt, x_lane(p), x_convert(p, w.rest, L_REAL), 0);
    s_store(p, held->buffer, w.at, x_op(p, OP_select, real, x_load(p, held->buffer, w.at, LANES), x_real(p, 0)));
    walk_end(b, held);
}

static Exp total(Block *b, const Held *held)
{
    Program *p = b->p;
    INSIST(b->arena, held->count == 1);
    Var sum = s_var(p, "total", spread(b, x_real(p, 0)));
    Walk w = walk_over(b, held);
    s_set(p, sum, x_add(p, x_var(p, sum), x_load(p, held->buffer, w.at, b->lanes)));
    walk_end(b, held);
    return b->lanes > 1 ? x_tree(p, x_var(p, sum)) : x_var(p, sum);
}

/* 0 times a finite number is 0, times anything else NaN, and NaN stays. */
static Exp finite(Block *b, const Held *held)
{
    Program *p = b->p;
    Var sum = s_var(p, "zero", spread(b, x_real(p, 0)));
    Walk w = walk(b, held);
    s_set(p, sum, x_fma(p, x_load(p, held->buffer, w.at, b->lanes), x_real(p, 0), x_var(p, sum)));
    walk_end(b, held);
    Exp any = x_any(p, x_op(p, OP_ne, x_var(p, sum), x_var(p, sum), 0));
    return x_sub(p, x_int(p, 1), any);
}

/* ---- the pack: values from weights alone ----------------------------------------------- */

static bool packs(const Fn *fn, const Value *value, Ref r)
{
    const Node *n = NODE(fn, r);
    return value[r].sort == SORT_SHARED && !value[r].on_demand && n->op != OP_LEAF
        && !(n->op == OP_CONST && !SHAPE(fn, r).rank);
}

/* Gives packed values their places from `at` on; where the next may begin. */
static uint32_t lay_out(Program *p, const Fn *fn, Value *value, Var pack, uint32_t at)
{
    for (Ref r = 1; r < fn->node.count; r++)
        if (packs(fn, value, r)) {
            value[r].buffer = pack;
            value[r].base = x_int(p, at);
            at += (uint32_t)shape_count(SHAPE(fn, r));
        }
    return at;
}

/* Where the pack of fn begins; for fn NULL its size. */
static uint32_t pack_of(const Job *job, const Fn *fn)
{
    uint32_t at = 0;
    for (size_t i = 0; i < job->fns && job->fn[i] != fn; i++) {
        Value *value = NEW_ARRAY(job->p->arena, Value, job->fn[i]->node.count);
        sort_nodes(job->fn[i], value);
        at = lay_out(job->p, job->fn[i], value, 0, at);
    }
    return at;
}

static uint32_t pack_size(const Job *job)
{
    return pack_of(job, NULL);
}

static Lowering *lowering_new(Block *b, const Fn *fn)
{
    Lowering *l = NEW(b->arena, Lowering);
    *l = (Lowering){ .b = b, .p = b->p, .arena = b->arena, .fn = fn, .lanes = b->lanes,
                     .value = NEW_ARRAY(b->arena, Value, fn->node.count), .chunk = x_int(b->p, 0) };
    sort_nodes(fn, l->value);
    return l;
}

static void pack(const Job *job, Var theta, Var to)
{
    if (!pack_size(job)) return;
    Block *b = block_new(job, 1, 0, theta, to, 0);
    for (size_t i = 0; i < job->fns; i++) {
        Lowering *l = lowering_new(b, job->fn[i]);
        l->packing = true;
        lay_out(b->p, job->fn[i], l->value, to, pack_of(job, job->fn[i]));
        group_nodes(l, NULL, 0, NULL, 0);
        for (uint32_t g = 1; g < l->group.count; g++) lower_group(l, &l->group.at[g]);
    }
}

/* ---- apply -------------------------------------------------------------------------------- */

typedef struct Array { Var var; uint32_t reals, free_after; } Array;

/* Values that live within a chunk share arrays: interval colouring over groups. */
static Var shared_array(Lowering *l, Array *array, size_t *count, const Value *v, const char *name, uint32_t reals)
{
    for (size_t i = 0; i < *count; i++)
        if (array[i].free_after < v->group && array[i].reals >= reals && array[i].reals <= 2 * reals) {
            array[i].free_after = v->last;
            return array[i].var;
        }
    Array *new = &array[(*count)++];
    *new = (Array){ .var = block_array(l->b, name, reals), .reals = reals, .free_after = v->last };
    return new->var;
}

static const char *array_name(const Lowering *l, Ref r)
{
    const Node *n = NODE(l->fn, r);
    const Place *place = &l->fn->place.at[n->loc];
    return place->label ? place->label : op_info((Op)(place->op ? place->op : n->op))->name;
}

static void place_values(Lowering *l)
{
    const Fn *fn = l->fn;
    Array *array = NEW_ARRAY(l->arena, Array, fn->node.count);
    size_t arrays = 0;
    for (uint32_t g = 1; g < l->group.count; g++)
        for (Ref r = 1; r < fn->node.count; r++) {
            Value *v = &l->value[r];
            if (v->group != g || !v->stored) continue;
            uint32_t reals = (uint32_t)shape_count(SHAPE(fn, r)) * l->lanes;
            v->base = x_int(l->p, 0);
            if (l->lanes > 1 && v->blocked) v->buffer = block_array(l->b, array_name(l, r), reals * CHUNKS);
            else if (v->blocked || v->sort == SORT_COUPLED) v->buffer = block_array(l->b, array_name(l, r), reals);
            else v->buffer = shared_array(l, array, &arrays, v, array_name(l, r), reals);
        }
}

static void lower_phases(Lowering *l, uint32_t phases, bool chunked)
{
    Program *p = l->p;
    bool any = false, sums = false, loop = chunked && l->lanes > 1;
    for (uint32_t g = 1; g < l->group.count; g++) {
        const Group *group = &l->group.at[g];
        if (!(phases >> group->phase & 1)) continue;
        any = true;
        for (size_t i = 0; i < group->item.count; i++) sums |= group->item.at[i].sum;
    }
    if (!any) return;
    const unsigned flags = sums ? FOR_ROLL : FOR_ROLL | FOR_ANY;
    if (loop) l->chunk = x_var(p, s_for(p, "c", x_int(p, 0), x_var(p, l->b->full), x_int(p, LANES), flags));
    for (uint32_t g = 1; g < l->group.count; g++)
        if (phases >> l->group.at[g].phase & 1) lower_group(l, &l->group.at[g]);
    if (loop) s_end(p);
    l->chunk = x_int(p, 0);
}

static void apply(Block *b, const Fn *fn, const Bind *bind, size_t nbind, const Bind *out, size_t nout, Var sums)
{
    enum { SAMPLE = 1 << PHASE_SAMPLE, COUPLED = 1 << PHASE_COUPLED, CARRY = 1 << PHASE_CARRY };
    Lowering *l = lowering_new(b, fn);
    l->sums = sums;
    lay_out(b->p, fn, l->value, b->pack, pack_of(b->job, fn));
    group_nodes(l, bind, nbind, out, nout);
    place_values(l);
    lower_phases(l, l->carry_late ? SAMPLE : SAMPLE | CARRY, true);
    lower_phases(l, COUPLED, false);
    if (l->carry_late) lower_phases(l, CARRY, true);
}

/* ---- sums over samples ----------------------------------------------------------------------- */

static uint32_t scalar_sums_size(const Job *job) { return job->field->params; }
static uint32_t batch_sums_size(const Job *job)  { return job->field->params * LANES; }

static void sums_clear(const Job *job, Var sums, unsigned lanes)
{
    Program *p = job->p;
    Var i = s_for(p, "i", x_int(p, 0), x_int(p, job->field->params * (int64_t)lanes), x_int(p, lanes), FOR_ROLL | FOR_ANY);
    Exp none = x_real(p, 0);
    s_store(p, sums, x_var(p, i), lanes > 1 ? x_splat(p, none) : none);
    s_end(p);
}

/* Neighbours, then neighbours of neighbours: block 0 holds the sum of [first, end) at the end. */
static void combine_blocks(const Job *job, Var sums, Exp blocks, Exp first, Exp end, unsigned lanes)
{
    Program *p = job->p;
    Exp size = x_int(p, job->field->params * (int64_t)lanes);
    Var reach = s_var(p, "reach", x_int(p, 1));
    s_for(p, "level", x_int(p, 0), x_int(p, 48), x_int(p, 1), FOR_ROLL);
    s_if(p, x_op(p, OP_lt, x_var(p, reach), blocks, 0));
    Exp twice = x_mul(p, x_var(p, reach), x_int(p, 2));
    Var b = s_for(p, "b", x_int(p, 0), x_sub(p, blocks, x_var(p, reach)), twice, FOR_ROLL);
    Var to = s_view(p, "to", sums, x_mul(p, x_var(p, b), size));
    Var from = s_view(p, "from", sums, x_mul(p, x_add(p, x_var(p, b), x_var(p, reach)), size));
    Exp i = x_var(p, s_for(p, "i", x_mul(p, first, x_int(p, lanes)), x_mul(p, end, x_int(p, lanes)), x_int(p, lanes), FOR_ROLL | FOR_ANY));
    s_store(p, to, i, x_add(p, x_load(p, to, i, lanes), x_load(p, from, i, lanes)));
    s_end(p);
    s_end(p);
    s_set(p, reach, twice);
    s_end(p);
    s_end(p);
}

static void finish_some(const Job *job, Var sums, Exp blocks, Var g_theta, Exp first, Exp end, bool add, unsigned lanes)
{
    Program *p = job->p;
    combine_blocks(job, sums, blocks, first, end, lanes);
    Exp i = x_var(p, s_for(p, "i", first, end, x_int(p, 1), FOR_ROLL));
    Exp sum = x_load(p, sums, x_mul(p, i, x_int(p, lanes)), lanes);
    if (lanes > 1) sum = x_tree(p, sum);
    s_store(p, g_theta, i, add ? x_add(p, x_load(p, g_theta, i, 1), sum) : sum);
    s_end(p);
}
static void scalar_sums_finish(const Job *job, Var sums, Exp blocks, Var g_theta, bool add)
{
    Exp none = x_int(job->p, 0), all = x_int(job->p, job->field->params);
    if (job->field->params) finish_some(job, sums, blocks, g_theta, none, all, add, 1);
}

/* A share of the parameters. */
static uint32_t batch_sums_part(const Job *job, const char *name, bool add)
{
    Program *p = job->p;
    uint32_t fn = fn_begin(p, name, "sums over blocks, of some parameters");
    Var sums = fn_param_buffer(p, "sums", SPACE_BLOCK, true, false);
    Var blocks = fn_param(p, "blocks", L_INT);
    Var g_theta = fn_param_buffer(p, "g_theta", SPACE_SHARED, true, false);
    Exp first = x_mul(p, x_var(p, fn_param(p, "share", L_INT)), x_int(p, SUMS_PART));
    first = x_var(p, s_let(p, "first", first));
    Exp end = x_op(p, OP_min, x_add(p, first, x_int(p, SUMS_PART)), x_int(p, job->field->params), 0);
    finish_some(job, sums, x_var(p, blocks), g_theta, first, x_var(p, s_let(p, "end", end)), add, LANES);
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

static void batch_sums_clear(const Job *job, Var sums)  { sums_clear(job, sums, LANES); }
static void scalar_sums_clear(const Job *job, Var sums) { sums_clear(job, sums, 1); }

/* A sum over samples that a sample then reads would need all blocks to meet. */
static bool accepts(const Fn *fn)
{
    Value *value = NEW_ARRAY(fn->arena, Value, fn->node.count);
    sort_nodes(fn, value);
    for (Ref r = 1; r < fn->node.count; r++)
        if (value[r].sort == SORT_COUPLED && shape_batched(SHAPE(fn, r))) return false;
    return true;
}

#define BOTH .accepts = accepts, .pack_size = pack_size, .pack = pack, .end = block_end,               \
    .declare = declare, .zero = zero, .copy = copy, .load = load, .store = store,                     \
    .held_size = held_size, .stash = stash, .fetch = fetch, .fill = fill, .poke = poke, .mask = mask, \
    .total = total, .finite = finite, .shared = shared, .apply = apply

const Regime regime_batch = { BOTH, .name = "batch", .width = CHUNKS * LANES, .begin = batch_begin,
    .sums_size = batch_sums_size, .sums_clear = batch_sums_clear, .sums_part = batch_sums_part };

const Regime regime_scalar = { BOTH, .name = "scalar", .width = 1, .begin = scalar_begin,
    .sums_size = scalar_sums_size, .sums_clear = scalar_sums_clear, .sums_finish = scalar_sums_finish };
