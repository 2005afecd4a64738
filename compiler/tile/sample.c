/* sample.c: a phase as loops over the samples of a block.
 *
 * In: the actions of a phase. Out: the body of its function. Runs of actions that stay
 * within a sample share one loop over samples, so that what an action leaves in scratch
 * is still near when the next one reads it; a con over the samples of the block stands
 * between two such loops. One that goes over all samples is shared out: the block does
 * a piece of the result.                                                             */
#include "tile/tile_in.h"

/* ---- places ---------------------------------------------------------------------------- */

static Home now_place(const TileFn *tf, const PhaseOrder *o, Ref r)
{
    const TileNode *v = &tf->node[r];
    Home home = o->place[r];
    if (v->coupled) return v->phase == o->phase ? v->partial : v->home;
    if (v->cls == CLASS_SAMPLE && home.area == AREA_FIXED)
        return (Home){ .area = AREA_FIXED, .at = tf->scratch.at + home.at, .pitch = tf->scratch.pitch };
    return home;
}

/* What is there when the phase begins. */
void sample_enter(TileFn *tf, PhaseOrder *o)
{
    for (Ref r = 1; r < tf->fn->node.count; r++) {
        TileNode *v = &tf->node[r];
        o->place[r] = now_place(tf, o, r);
        if (v->cls != CLASS_SAMPLE) continue;
        v->here = o->made[r] && NODE(tf->fn, r)->op != OP_LEAF ? (Home){ 0 } : o->place[r];
    }
}

static void made(TileFn *tf, const PhaseOrder *o, Ref r)
{
    if (tf->node[r].cls == CLASS_SAMPLE) tf->node[r].here = o->place[r];
}

/* ---- actions ------------------------------------------------------------------------------------ */

static void note(TileFn *tf, Ref r)
{
    const char *label = tf->fn->place.count ? tf->fn->place.at[NODE(tf->fn, r)->loc].label : NULL;
    if (label) s_note(tf->p, tf->node[r].coupled ? "%s: sum over samples" : "%s", label);
}

static void lower_maps(TileFn *tf, const PhaseOrder *o, const Action *a)
{
    MapItem *item = NEW_ARRAY(tf->arena, MapItem, a->item.count);
    for (size_t i = 0; i < a->item.count; i++) {
        const TileNode *v = &tf->node[a->item.at[i].node];
        item[i] = a->item.at[i];
        if (item[i].to.area) continue;
        item[i].add &= !v->slot.area;
        item[i].to = v->slot.area ? v->slot : v->kept ? v->home : o->place[item[i].node];
        item[i].lay = v->lay;
        item[i].padded = true;
    }
    maps_lower(tf, a->shape, item, a->item.count);
    for (size_t i = 0; i < a->item.count; i++)
        if (!a->item.at[i].to.area) made(tf, o, a->item.at[i].node);
}

void sample_action(TileFn *tf, const PhaseOrder *o, const Action *a, Exp samples)
{
    if (!a->heavy) {
        lower_maps(tf, o, a);
        return;
    }
    note(tf, a->heavy);
    uint32_t before = origin_node(tf->p, tf->fn, a->heavy);
    if (a->box) box_lower(tf, a->heavy, a->box, o->place, samples);
    else pick_lower(tf, a->heavy, o->place[a->heavy]);
    tf->p->at = before;
    made(tf, o, a->heavy);
}

void sample_part(TileFn *tf, const PhaseOrder *o, const Action *a, Exp samples, size_t part)
{
    note(tf, a->heavy);
    uint32_t before = origin_node(tf->p, tf->fn, a->heavy);
    box_lower_part(tf, a->heavy, a->box, o->place, samples, part);
    tf->p->at = before;
    made(tf, o, a->heavy);
}

static bool over_block(const TileFn *tf, const Action *a) { return a->heavy && tf->node[a->heavy].block; }

/* From action i on, all that stays within a sample; the first that does not. */
static size_t lower_each(TileFn *tf, const PhaseOrder *o, size_t i, Exp first, Exp last)
{
    tf->sample = x_var(tf->p, s_for(tf->p, "n", first, last, x_int(tf->p, 1), FOR_ROLL));
    while (i < o->action.count && !over_block(tf, &o->action.at[i])) sample_action(tf, o, &o->action.at[i++], 0);
    s_end(tf->p);
    return i;
}

/* The samples of the block at once. */
static void lower_block(TileFn *tf, const PhaseOrder *o, const Action *a, Exp first, Exp last)
{
    tf->sample = first;
    sample_action(tf, o, a, x_sub(tf->p, last, first));
}

/* The block's share of what is done for all samples. */
void sample_whole(TileFn *tf, const PhaseOrder *o, const Action *a)
{
    Program *p = tf->p;
    bool some = a->box->pieces < BLOCKS;
    tf->sample = x_int(p, 0);
    if (some) s_if(p, x_op(p, OP_lt, tf->block, x_int(p, a->box->pieces), 0));
    sample_action(tf, o, a, x_var(p, tf->args.batch));
    if (some) s_end(p);
}

/* ---- all of it ------------------------------------------------------------------------------------ */

void sample_plan(TileFn *tf, PhaseOrder *o)
{
    for (size_t i = 0; i < o->action.count; i++) {
        Action *a = &o->action.at[i];
        if (a->heavy && NODE(tf->fn, a->heavy)->op == OP_CON) a->box = box_plan(tf, a->heavy, o->place);
    }
}

static void clear_sums(TileFn *tf, const PhaseOrder *o)
{
    for (Ref r = 1; r < tf->fn->node.count; r++) {
        const TileNode *v = &tf->node[r];
        if (!v->coupled || v->accumulator || v->whole || v->phase != o->phase) continue;
        uint32_t before = origin_node(tf->p, tf->fn, r);
        zero_lower(tf, v->partial, v->lay.count, false);
        tf->p->at = before;
    }
}

void sample_bounds(TileFn *tf, Exp block, Exp *first, Exp *last)
{
    Program *p = tf->p;
    Exp batch = x_var(p, tf->args.batch);
    Exp size = x_var(p, s_let(p, "size", x_op(p, OP_div, x_add(p, batch, x_int(p, BLOCKS - 1)), x_int(p, BLOCKS), 0)));
    *first = x_var(p, s_let(p, "first", x_op(p, OP_min, x_mul(p, block, size), batch, 0)));
    *last = x_var(p, s_let(p, "last", x_op(p, OP_min, x_add(p, *first, size), batch, 0)));
}

void sample_lower(TileFn *tf, PhaseOrder *o)
{
    Exp first, last;
    tf->block = x_var(tf->p, tf->args.b);
    sample_bounds(tf, tf->block, &first, &last);
    sample_enter(tf, o);
    clear_sums(tf, o);
    for (size_t i = 0; i < o->action.count;) {
        const Action *a = &o->action.at[i];
        if (!over_block(tf, a)) {
            i = lower_each(tf, o, i, first, last);
            continue;
        }
        if (tf->node[a->heavy].whole) sample_whole(tf, o, a);
        else lower_block(tf, o, a, first, last);
        i++;
    }
    tf->sample = tf->block = 0;
}
