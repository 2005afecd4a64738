/* sample.c: a phase as loops over the samples of a block.
 *
 * In: the actions of a phase. Out: the body of its function. Runs of actions that stay
 * within a sample share one loop over samples, so that what an action leaves in scratch
 * is still near when the next one reads it; a con over the samples of the block stands
 * between two such loops.                                                            */
#include "pass/tile_in.h"

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
static void enter_places(TileFn *tf, PhaseOrder *o)
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

/* ---- one lane at a time: peak, take, put ---------------------------------------------------- */

typedef struct Each { TileFn *tf; const PhaseOrder *o; Ref r; } Each;
typedef void Body(const Each *, const Exp *at);

static void each(const Each *e, Shape shape, Body *body, Exp *at, unsigned d)
{
    static const char *const name[MAX_RANK] = { "i", "j", "k", "l", "m", "o" };
    Program *p = e->tf->p;
    if (d == shape.rank) {
        body(e, at);
        return;
    }
    at[d] = x_var(p, s_for(p, name[d], x_int(p, 0), x_int(p, shape.dim[d]), x_int(p, 1), FOR_ROLL));
    each(e, shape, body, at, d + 1);
    s_end(p);
}

static void store_cell(const Each *e, const Exp *at, Exp value)
{
    Program *p = e->tf->p;
    const TileNode *v = &e->tf->node[e->r];
    Exp index = home_base(e->tf, e->o->place[e->r]);
    for (unsigned d = 0; d < v->lay.rank; d++) index = x_add(p, index, x_mul(p, at[d], x_int(p, v->lay.step[d])));
    s_store(p, home_buffer(e->tf, e->o->place[e->r]), index, value);
}

static void zero_cell(const Each *e, const Exp *at) { store_cell(e, at, x_real(e->tf->p, 0)); }

static void peak_axes(const Each *e, Var best, Exp *from, unsigned d, unsigned front)
{
    Program *p = e->tf->p;
    const Node *n = NODE(e->tf->fn, e->r);
    Shape shape = SHAPE(e->tf->fn, n->arg[0]);
    while (d < shape.rank && !(n->aux >> d & 1)) d++;
    if (d == shape.rank) {
        Op op = n->op == OP_PEAK_MAX ? OP_max : OP_min;
        s_set(p, best, x_op(p, op, x_var(p, best), tile_value(e->tf, n->arg[0], from, 1), 0));
        return;
    }
    from[d - front] = x_var(p, s_for(p, "k", x_int(p, 0), x_int(p, shape.dim[d]), x_int(p, 1), FOR_ROLL));
    peak_axes(e, best, from, d + 1, front);
    s_end(p);
}

static void peak_cell(const Each *e, const Exp *at)
{
    Program *p = e->tf->p;
    const Node *n = NODE(e->tf->fn, e->r);
    Shape shape = SHAPE(e->tf->fn, n->arg[0]);
    unsigned front = shape_batched(shape), kept = 0;
    Exp from[MAX_RANK] = { 0 };
    for (unsigned d = front; d < shape.rank; d++) from[d - front] = n->aux >> d & 1 ? x_int(p, 0) : at[kept++];
    Var best = s_var(p, "peak", tile_value(e->tf, n->arg[0], from, 1));
    peak_axes(e, best, from, front, front);
    store_cell(e, at, x_var(p, best));
}

/* Opens `if` index is one of 0 .. extent: as an int. The caller closes two blocks. */
static Exp open_index(const Each *e, uint32_t extent)
{
    Program *p = e->tf->p;
    Exp none[1] = { 0 };
    Exp real = tile_value(e->tf, NODE(e->tf->fn, e->r)->arg[1], none, 1);
    Exp index = x_var(p, s_let(p, "index", x_convert(p, real, L_INT)));
    s_if(p, x_op(p, OP_ge, index, x_int(p, 0), 0));
    s_if(p, x_op(p, OP_lt, index, x_int(p, extent), 0));
    return index;
}

static void close_index(const Each *e)
{
    s_end(e->tf->p);
    s_end(e->tf->p);
}

/* out[i j] = from[i index j], 0 outside */
static void take_cell(const Each *e, const Exp *at)
{
    Program *p = e->tf->p;
    const Node *n = NODE(e->tf->fn, e->r);
    Shape shape = SHAPE(e->tf->fn, n->arg[0]);
    unsigned front = shape_batched(shape);
    Exp from[MAX_RANK] = { 0 };
    Var taken = s_var(p, "taken", x_real(p, 0));
    Exp index = open_index(e, shape.dim[n->aux]);
    for (unsigned d = front, k = 0; d < shape.rank; d++) from[d - front] = d == n->aux ? index : at[k++];
    s_set(p, taken, tile_value(e->tf, n->arg[0], from, 1));
    close_index(e);
    store_cell(e, at, x_var(p, taken));
}

/* out[i index j] = value[i j] */
static void put_cell(const Each *e, const Exp *at)
{
    const Node *n = NODE(e->tf->fn, e->r);
    Shape shape = SHAPE(e->tf->fn, e->r);
    unsigned front = shape_batched(shape);
    Exp to[MAX_RANK] = { 0 };
    Exp index = open_index(e, shape.dim[n->aux]);
    for (unsigned d = front, k = 0; d < shape.rank; d++) to[d - front] = d == n->aux ? index : at[k++];
    store_cell(e, to, tile_value(e->tf, n->arg[0], at, 1));
    close_index(e);
}

static void lower_choice(TileFn *tf, const PhaseOrder *o, Ref r)
{
    const Node *n = NODE(tf->fn, r);
    Each e = { .tf = tf, .o = o, .r = r };
    Exp at[MAX_RANK] = { 0 };
    Shape shape = tile_feature(SHAPE(tf->fn, r));
    switch (n->op) {
    case OP_TAKE: each(&e, shape, take_cell, at, 0); break;
    case OP_PUT:
        each(&e, shape, zero_cell, at, 0);
        each(&e, tile_feature(SHAPE(tf->fn, n->arg[0])), put_cell, at, 0);
        break;
    default: each(&e, shape, peak_cell, at, 0); break;
    }
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
        item[i].to = v->kept ? v->home : o->place[item[i].node];
        item[i].lay = v->lay;
        item[i].padded = true;
    }
    maps_lower(tf, a->shape, item, a->item.count);
    for (size_t i = 0; i < a->item.count; i++)
        if (!a->item.at[i].to.area) made(tf, o, a->item.at[i].node);
}

static void lower_action(TileFn *tf, const PhaseOrder *o, const Action *a, Exp samples)
{
    if (!a->heavy) {
        lower_maps(tf, o, a);
        return;
    }
    note(tf, a->heavy);
    if (a->box) box_lower(tf, a->heavy, a->box, o->place, samples);
    else lower_choice(tf, o, a->heavy);
    made(tf, o, a->heavy);
}

static bool over_block(const TileFn *tf, const Action *a) { return a->heavy && tf->node[a->heavy].block; }

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
        if (v->coupled && !v->accumulator && v->phase == o->phase) zero_lower(tf, v->partial, v->lay.count, false);
    }
}

void sample_lower(TileFn *tf, PhaseOrder *o)
{
    Program *p = tf->p;
    Exp batch = x_var(p, tf->args.batch), block = x_var(p, tf->args.b);
    Exp size = x_var(p, s_let(p, "size", x_op(p, OP_div, x_add(p, batch, x_int(p, BLOCKS - 1)), x_int(p, BLOCKS), 0)));
    Exp first = x_var(p, s_let(p, "first", x_op(p, OP_min, x_mul(p, block, size), batch, 0)));
    Exp last = x_var(p, s_let(p, "last", x_op(p, OP_min, x_add(p, first, size), batch, 0)));
    Exp samples = x_sub(p, last, first);
    tf->block = block;
    enter_places(tf, o);
    clear_sums(tf, o);
    for (size_t i = 0; i < o->action.count;) {
        if (over_block(tf, &o->action.at[i])) {
            tf->sample = first;
            lower_action(tf, o, &o->action.at[i++], samples);
            continue;
        }
        tf->sample = x_var(p, s_for(p, "n", first, last, x_int(p, 1), FOR_ROLL));
        while (i < o->action.count && !over_block(tf, &o->action.at[i])) lower_action(tf, o, &o->action.at[i++], 0);
        s_end(p);
    }
    tf->sample = tf->block = 0;
}
