/* wide.c: a phase for devices that want many groups of work-items.
 *
 * In: the actions of a phase.  Out: a function for each of them, called for every sample of
 * the batch, so that there are as many groups as samples, and more where its loops may
 * be shared out (FOR_ANY); what one leaves for the next lies in memory per sample.  Small
 * actions in a row stay together: a launch costs more than they do.
 *
 * Bits are those of blocks.  A sum over samples is formed in two stages: what each sample
 * adds goes to a slot of its own, and then the slots of a block are added in the order
 * of its samples, little by the glue (before its tree over blocks), much by a function for
 * each block. A contraction that adds to a block's sum goes through the samples in that
 * order, its other loops around it (FOR_CHAIN).                                          */
#include "tile/tile_in.h"

typedef struct Wide {
    TileFn     *tf;
    PhaseOrder *order;
    TilePhase  *out;
} Wide;

/* ---- actions ---------------------------------------------------------------------------- */

/* Does it add up or share out what is of several samples? */
static bool is_blocks(const Wide *w, const Action *a)
{
    return a->heavy && (w->tf->node[a->heavy].block || w->tf->node[a->heavy].coupled);
}

static bool is_little(const Wide *w, const Action *a)
{
    if (!a->heavy) return shape_count(a->shape) <= WIDE_LITTLE;
    if (a->box) return a->box->flops <= WIDE_LITTLE;
    const Node *n = NODE(w->tf->fn, a->heavy);
    return shape_count(tile_feature(SHAPE(w->tf->fn, n->arg[0]))) <= WIDE_LITTLE;
}

/* ---- functions ---------------------------------------------------------------------------- */

static void open_part(Wide *w, bool samples)
{
    TileFn *tf = w->tf;
    unsigned part = (unsigned)w->out->part.count;
    const char *what = part ? arena_printf(tf->arena, "phase%u_part", w->order->phase) : "phase";
    uint32_t fn = tile_begin(tf, samples ? "n" : "b", tile_phase_note(tf, w->order), what, (int)(part ? part : w->order->phase));
    VEC_PUSH(tf->t->arena, w->out->part) = (TilePart){ fn, samples };
    tf->sample = samples ? x_var(tf->p, tf->args.b) : 0;
    tf->block = samples ? 0 : x_var(tf->p, tf->args.b);
}

static void close_part(Wide *w)
{
    fn_end(w->tf->p);
    w->tf->sample = w->tf->block = 0;
}

/* Is it done in parts, for the sake of more groups? */
static bool is_parts(const Wide *w, const Action *a)
{
    return a->box && !is_little(w, a) && !w->tf->node[a->heavy].whole && box_parts(a->box) > 1;
}

/* From action i on, what stays together; the first that does not. */
static size_t part_of_samples(Wide *w, size_t i)
{
    const PhaseOrder *o = w->order;
    const Action *first = &o->action.at[i];
    bool little = true;
    for (size_t k = 0; is_parts(w, first) && k < box_parts(first->box); k++) {
        open_part(w, true);
        sample_part(w->tf, o, first, 0, k);
        close_part(w);
    }
    if (is_parts(w, first)) return i + 1;
    open_part(w, true);
    do {
        little &= is_little(w, &o->action.at[i]);
        sample_action(w->tf, o, &o->action.at[i], 0);
        i++;
    } while (little && i < o->action.count && !is_blocks(w, &o->action.at[i]) && is_little(w, &o->action.at[i]));
    close_part(w);
    return i;
}

/* What a block adds up of its samples, all of it or part of the box. */
static void add_up(Wide *w, const Action *a, size_t part)
{
    TileFn *tf = w->tf;
    Program *p = tf->p;
    const bool each = !tf->node[a->heavy].block;
    Exp first, last;
    sample_bounds(tf, tf->block, &first, &last);
    tf->sample = first;
    if (each) tf->sample = x_var(p, s_for(p, "n", first, last, x_int(p, 1), FOR_ROLL | FOR_CHAIN));
    if (a->box) sample_part(tf, w->order, a, x_sub(p, last, first), part);
    else sample_action(tf, w->order, a, x_sub(p, last, first));
    if (each) s_end(p);
}

static void parts_of_blocks(Wide *w, const Action *a)
{
    TileFn *tf = w->tf;
    const TileNode *v = &tf->node[a->heavy];
    const bool clears = v->coupled && !v->accumulator && !v->whole;
    const size_t parts = a->box && !v->whole ? box_parts(a->box) : 1;
    for (size_t k = 0; k < parts; k++) {
        open_part(w, false);
        if (clears && k == 0) zero_lower(tf, v->partial, v->lay.count, false);
        if (v->whole) sample_whole(tf, w->order, a);
        else add_up(w, a, k);
        close_part(w);
    }
}

/* ---- sums of what samples left --------------------------------------------------------------- */

/* partial = (what it was, or 0) + slot of the first sample + ... of the last, for tf->block. */
static void gather(TileFn *tf, Ref r)
{
    Program *p = tf->p;
    const TileNode *v = &tf->node[r];
    Exp first, last;
    uint32_t before = origin_node(p, tf->fn, r);
    sample_bounds(tf, tf->block, &first, &last);
    Exp e = x_var(p, s_for(p, "e", x_int(p, 0), x_int(p, v->lay.count), x_int(p, LANES), FOR_ROLL | FOR_ANY));
    Exp to = x_add(p, home_base(tf, v->partial), e);
    Var sum = s_var(p, "sum", v->accumulator ? x_load(p, tf->args.fixed, to, LANES) : x_splat(p, x_real(p, 0)));
    tf->sample = x_var(p, s_for(p, "n", first, last, x_int(p, 1), FOR_ROLL));
    Exp own = x_load(p, tf->args.values, x_add(p, home_base(tf, v->slot), e), LANES);
    s_set(p, sum, x_add(p, x_var(p, sum), own));
    s_end(p);
    s_store(p, tf->args.fixed, to, x_var(p, sum));
    s_end(p);
    tf->sample = 0;
    p->at = before;
}

void wide_gather_blocks(TileFn *tf, Ref r)
{
    Program *p = tf->p;
    tf->block = x_var(p, s_for(p, "b", x_int(p, 0), x_int(p, BLOCKS), x_int(p, 1), FOR_ROLL | FOR_ANY));
    gather(tf, r);
    s_end(p);
    tf->block = 0;
}

/* Those that are too much for the glue. */
static void parts_of_sums(Wide *w)
{
    TileFn *tf = w->tf;
    for (Ref r = 1; r < tf->fn->node.count; r++) {
        const TileNode *v = &tf->node[r];
        if (!v->coupled || !v->slot.area || v->phase != w->order->phase || v->lay.count <= WIDE_LITTLE) continue;
        open_part(w, false);
        gather(tf, r);
        close_part(w);
    }
}

/* ---- all of it ----------------------------------------------------------------------------------- */

void wide_lower(TileFn *tf, PhaseOrder *order, TilePhase *out)
{
    Wide w = { tf, order, out };
    sample_enter(tf, order);
    for (size_t i = 0; i < order->action.count;) {
        if (!is_blocks(&w, &order->action.at[i])) i = part_of_samples(&w, i);
        else parts_of_blocks(&w, &order->action.at[i++]);
    }
    parts_of_sums(&w);
}
