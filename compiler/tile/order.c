/* order.c: what a phase does to the samples of a block, one action after the other.
 *
 * In: the nodes as placed. Out: actions, each a heavy node (a con, peak, take or put,
 * whole, in memory) or loops over the elements of one shape with all that is stored
 * and summed there. An element is asked for in two ways:
 *
 *     by element   where the loops stand: what is not in memory is computed there
 *     whole        at other elements too: it must be in memory before. A map that a
 *                  con reads is staged, in the first loops that can compute it
 *
 * Everything goes to the earliest loops of its shape, so what belongs together meets.
 * New values of carried leaves come last, as everybody else reads the old ones.      */
#include "tile/tile_in.h"

typedef struct Order {
    TileFn     *tf;
    const Fn   *fn;
    PhaseOrder *out;
    uint32_t   *made;               /* by node: 1 + the action that makes it in this phase */
    bool       *carried;            /* leaves that this Fn gives new values          */
} Order;

/* ---- when can it be read ------------------------------------------------------------- */

static bool is_there(const Order *o, Ref r)
{
    const TileNode *v = &o->tf->node[r];
    return v->cls != CLASS_SAMPLE || NODE(o->fn, r)->op == OP_LEAF || (v->kept && v->phase < o->out->phase);
}

static uint32_t whole(Order *, Ref);

/* The first action that can read it at its own element. */
static uint32_t by_element(Order *o, Ref r)
{
    const Node *n = NODE(o->fn, r);
    const TileNode *v = &o->tf->node[r];
    uint32_t first = 0;
    if (is_there(o, r)) return 0;
    if (o->made[r]) return o->made[r] - !v->heavy;
    if (v->view) return whole(o, n->arg[0]);
    for (unsigned i = 0; i < n->narg; i++) {
        uint32_t a = by_element(o, n->arg[i]);
        if (a > first) first = a;
    }
    return first;
}

/* ---- actions ---------------------------------------------------------------------------- */

static uint32_t new_action(Order *o, Ref heavy, Shape shape)
{
    VEC_PUSH(o->tf->arena, o->out->action) = (Action){ .heavy = heavy, .shape = shape };
    return (uint32_t)o->out->action.count - 1;
}

static uint32_t join(Order *o, Shape shape, uint32_t first)
{
    for (uint32_t g = first; g < o->out->action.count; g++) {
        const Action *a = &o->out->action.at[g];
        if (!a->heavy && shape_equal(a->shape, shape)) return g;
    }
    return new_action(o, 0, shape);
}

static void add_item(Order *o, uint32_t action, MapItem item)
{
    VEC_PUSH(o->tf->arena, o->out->action.at[action].item) = item;
}

/* Storing it at its own place in loops from `first` on. */
static void store(Order *o, Ref r, uint32_t first)
{
    uint32_t g = join(o, tile_feature(SHAPE(o->fn, r)), first);
    add_item(o, g, (MapItem){ .kind = MAP_STORE, .node = r });
    o->made[r] = g + 1;
}

static uint32_t whole(Order *o, Ref r)
{
    if (is_there(o, r)) return 0;
    if (!o->made[r]) {
        uint32_t first = by_element(o, r);
        if (NODE(o->fn, r)->type == TYPE_BOOL) return first;     /* computed at any element */
        store(o, r, first);
    }
    return o->made[r];
}

/* ---- nodes --------------------------------------------------------------------------------- */

static uint32_t arguments_whole(Order *o, Ref r)
{
    uint32_t first = 0;
    for (unsigned i = 0; i < NODE(o->fn, r)->narg; i++) {
        uint32_t a = whole(o, NODE(o->fn, r)->arg[i]);
        if (a > first) first = a;
    }
    return first;
}

static void order_heavy(Order *o, Ref r)
{
    arguments_whole(o, r);
    uint32_t g = new_action(o, r, (Shape){ 0 });
    o->out->spills |= o->tf->node[r].block && !o->tf->node[r].whole;
    o->made[r] = g + 1;
}

static uint8_t axis_of(const Aff *index) { return index->n ? index->ax[0] : NO_AXIS; }

static void order_sum(Order *o, Ref r)
{
    const Con *con = CON(o->fn, r);
    const Node *n = NODE(o->fn, r);
    const TileNode *v = &o->tf->node[r];
    int main = sum_operand(o->tf, r);
    Shape shape = SHAPE(o->fn, n->arg[main]);
    MapItem item = { .kind = MAP_SUM, .node = r, .lay = v->lay, .padded = v->padded };
    uint32_t first = 0;
    for (unsigned d = 1; d < shape.rank; d++) item.axis_of[d - 1] = axis_of(&con->in[main][d]);
    for (unsigned k = 0; k < con->nopd; k++) {
        bool along = shape_equal(SHAPE(o->fn, n->arg[k]), shape);
        uint32_t a = along ? by_element(o, n->arg[k]) : whole(o, n->arg[k]);
        if (a > first) first = a;
    }
    item.add = v->coupled;
    uint32_t g = join(o, tile_feature(shape), first);
    add_item(o, g, item);
    o->made[r] = g + 1;
}

static void order_nodes(Order *o)
{
    for (Ref r = 1; r < o->fn->node.count; r++) {
        const TileNode *v = &o->tf->node[r];
        bool here = v->cls == CLASS_SAMPLE || v->coupled;
        if (!here || v->phase != o->out->phase) continue;
        if (v->sum) order_sum(o, r);
        else if (v->heavy) order_heavy(o, r);
        else if (v->kept && NODE(o->fn, r)->op == OP_LEAF) store(o, r, 0);
        else if (v->kept && !o->made[r]) store(o, r, by_element(o, r));
    }
}

/* ---- roots --------------------------------------------------------------------------------- */

static MapItem move_item(const Order *o, const Root *root)
{
    Home to = bind_of(o->tf, root->name)->home;
    bool padded = to.area == AREA_VALUES;
    Shape feature = tile_feature(SHAPE(o->fn, root->value));
    return (MapItem){ .kind = MAP_STORE, .node = root->value, .to = to, .padded = padded,
                      .lay = padded ? layout_of(o->tf->t->layouts, feature) : layout_dense(feature) };
}

/* Does computing r, at its own element, read a carried leaf elsewhere? */
static bool reads_aside(const Order *o, Ref r, bool aside)
{
    const Node *n = NODE(o->fn, r);
    const TileNode *v = &o->tf->node[r];
    if (v->cls != CLASS_SAMPLE) return false;
    if (n->op == OP_LEAF) return aside && o->carried[r];
    if (is_there(o, r) || o->made[r]) return false;
    for (unsigned i = 0; i < n->narg; i++)
        if (reads_aside(o, n->arg[i], aside || v->view)) return true;
    return false;
}

static bool moves_here(const Order *o, const Root *root, RootKind kind)
{
    return root->kind == kind && root_wanted(o->tf, root) && shape_batched(SHAPE(o->fn, root->value))
        && root_phase(o->tf, root) == o->out->phase;
}

static void order_results(Order *o)
{
    for (size_t i = 0; i < o->fn->root.count; i++) {
        const Root *root = &o->fn->root.at[i];
        if (!moves_here(o, root, ROOT_RESULT)) continue;
        uint32_t g = join(o, tile_feature(SHAPE(o->fn, root->value)), by_element(o, root->value));
        add_item(o, g, move_item(o, root));
    }
}

static void order_carries(Order *o)
{
    uint32_t first = 0;
    for (size_t i = 0; i < o->fn->root.count; i++) {
        const Root *root = &o->fn->root.at[i];
        if (!moves_here(o, root, ROOT_CARRY)) continue;
        uint32_t g = by_element(o, root->value);
        if (reads_aside(o, root->value, false)) g = whole(o, root->value);
        if (g > first) first = g;
    }
    if (o->out->action.count > first + 1) first = (uint32_t)o->out->action.count - 1;
    for (size_t i = 0; i < o->fn->root.count; i++) {
        const Root *root = &o->fn->root.at[i];
        if (moves_here(o, root, ROOT_CARRY))
            add_item(o, join(o, tile_feature(SHAPE(o->fn, root->value)), first), move_item(o, root));
    }
}

/* ---- places --------------------------------------------------------------------------------- */

static Home leaf_place(const Order *o, Ref r)
{
    const TileNode *v = &o->tf->node[r];
    const TileBind *b = bind_of(o->tf, o->fn->symbol.at[NODE(o->fn, r)->aux].name);
    return v->kept && o->tf->phase_moment[o->out->phase] == v->moment ? b->home : v->home;
}

/* Scratch of the block, in the cache from one sample to the next; or per sample, where
 * a con over samples, or another launch, stands between who writes and who reads.        */
static Home new_place(Order *o, Ref r)
{
    const TileNode *v = &o->tf->node[r];
    if (o->out->spills || o->tf->t->wide) return memory_values(&o->tf->t->memory, v->lay.count);
    Home home = { .area = AREA_FIXED, .at = o->out->scratch };
    o->out->scratch += v->lay.count;
    return home;
}

static void find_places(Order *o)
{
    for (Ref r = 1; r < o->fn->node.count; r++) {
        const TileNode *v = &o->tf->node[r];
        o->out->made[r] = o->made[r];
        if (v->cls != CLASS_SAMPLE) o->out->place[r] = v->home;
        else if (NODE(o->fn, r)->op == OP_LEAF) o->out->place[r] = leaf_place(o, r);
        else if (v->kept && v->phase <= o->out->phase) o->out->place[r] = v->home;
        else if (o->made[r]) o->out->place[r] = new_place(o, r);
        if (o->tf->t->wide && v->coupled && v->sum && v->phase == o->out->phase)
            o->tf->node[r].slot = memory_values(&o->tf->t->memory, v->lay.count);
    }
}

PhaseOrder *order_phase(TileFn *tf, uint32_t phase)
{
    size_t n = tf->fn->node.count;
    PhaseOrder *out = NEW(tf->arena, PhaseOrder);
    Order o = { .tf = tf, .fn = tf->fn, .out = out };
    out->phase = phase;
    out->place = NEW_ARRAY(tf->arena, Home, n);
    out->made = NEW_ARRAY(tf->arena, bool, n);
    o.made = NEW_ARRAY(tf->arena, uint32_t, n);
    o.carried = NEW_ARRAY(tf->arena, bool, n);
    for (size_t i = 0; i < tf->fn->root.count; i++) {
        int symbol = ir_symbol(tf->fn, tf->fn->root.at[i].name);
        if (tf->fn->root.at[i].kind == ROOT_CARRY && symbol >= 0)
            o.carried[tf->fn->symbol.at[symbol].node] = true;
    }
    order_nodes(&o);
    order_results(&o);
    order_carries(&o);
    find_places(&o);
    return out;
}
