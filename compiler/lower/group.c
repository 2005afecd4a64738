/* group.c: which nodes are computed together, and what is kept in memory.
 *
 * In: a Fn and what its leaves and roots are bound to.  Out: groups, in order of
 * execution, and per node where it lives.  A group is a loop over the elements of
 * one shape: a con with the maps on its elements as they leave the accumulators,
 * or a run of maps of equal shape.  So a value crosses memory only between groups.
 *
 * Three phases: what is one value per sample, in one loop over chunks of samples;
 * sums over samples, each a loop over chunks of its own, accumulators in registers;
 * new values of carried leaves, last, because everybody else reads the old ones.  */
#include "lower/batch.h"


_Noreturn static void unsound(const Fn *fn, const char *what)
{
    arena_bug(fn->arena, "%s: %s", fn->name, what);
}

/* ---- kinds of con -------------------------------------------------------------- */

int plain_axis(const Aff *a)
{
    return a->n == 1 && a->k[0] == 1 && a->c == 0 ? a->ax[0] : -1;
}

void aff_reach(const Con *con, const Aff *a, int64_t *lo, int64_t *hi)
{
    *lo = *hi = a->c;
    for (unsigned i = 0; i < a->n; i++) {
        int64_t reach = (int64_t)a->k[i] * (con->extent[a->ax[i]] - INT64_C(1));
        *(reach < 0 ? lo : hi) += reach;
    }
}

static bool stays_inside(const Con *con, const Aff *a, uint32_t dim)
{
    if (dim == BATCH)
        return plain_axis(a) >= 0 && con->extent[plain_axis(a)] == BATCH;
    int64_t lo, hi;
    aff_reach(con, a, &lo, &hi);
    return lo >= 0 && hi < (int64_t)dim;
}

bool con_is_tile(const Fn *fn, Ref r)
{
    const Con *con = CON(fn, r);
    Shape shape = SHAPE(fn, r);
    uint32_t seen = 0;
    for (unsigned d = 0; d < shape.rank; d++) {
        int axis = plain_axis(&con->out[d]);
        if (shape.dim[d] == 1 && !con->out[d].n && con->out[d].c == 0) continue;
        if (axis < 0 || con->extent[axis] != shape.dim[d] || seen >> axis & 1) return false;
        seen |= 1u << axis;
    }
    return true;
}

bool con_is_view(const Fn *fn, Ref r)
{
    const Con *con = CON(fn, r);
    Shape to = SHAPE(fn, r);
    unsigned axes = 0;
    for (unsigned d = 0; d < to.rank; d++) axes += con->out[d].n > 0;
    if (con->nopd != 1 || con->nguard || con->naxis != axes || !con_is_tile(fn, r)) return false;
    Shape from = SHAPE(fn, NODE(fn, r)->arg[0]);
    for (unsigned d = 0; d < from.rank; d++)
        if (!stays_inside(con, &con->in[0][d], from.dim[d])) return false;
    return true;
}

bool con_over_batch(const Fn *fn, Ref r)
{
    const Con *con = CON(fn, r);
    for (unsigned a = 0; a < con->naxis; a++)
        if (con->extent[a] == BATCH && !shape_batched(SHAPE(fn, r))) return true;
    return false;
}

void sort_nodes(const Fn *fn, Value *value)
{
    for (Ref r = 1; r < fn->node.count; r++) {
        const Node *n = NODE(fn, r);
        Value *v = &value[r];
        *v = (Value){ .sort = SORT_SHARED };
        if (n->op == OP_LEAF && fn->symbol.at[n->aux].role != ROLE_PARAM) v->sort = SORT_SAMPLE;
        for (unsigned i = 0; i < n->narg; i++)
            if (value[n->arg[i]].sort > v->sort) v->sort = value[n->arg[i]].sort;
        if (n->op == OP_CON && con_over_batch(fn, r)) v->sort = SORT_COUPLED;
        v->on_demand = (n->op == OP_CON && con_is_view(fn, r))
                    || (n->type == TYPE_BOOL && n->op > OP_BEFORE_MAP);
    }
}

/* ---- who is needed --------------------------------------------------------------- */

/* Nodes that a group computes; the others are leaves, numbers, read on demand, or
 * come from the pack.                                                              */
static bool is_computed(const Lowering *l, Ref r)
{
    const Value *v = &l->value[r];
    const Node *n = NODE(l->fn, r);
    if (v->on_demand || n->op == OP_LEAF || (n->op == OP_CONST && !SHAPE(l->fn, r).rank)) return false;
    return (v->sort == SORT_SHARED) == l->packing;
}

/* In apply the arguments of packed values need not exist. */
static bool is_packed(const Lowering *l, Ref r)
{
    const Value *v = &l->value[r];
    return !l->packing && v->sort == SORT_SHARED && !v->on_demand;
}

static void need(Lowering *l, Ref root)
{
    l->value[root].needed = true;
    l->value[root].uses++;
}

static void need_arguments(Lowering *l)
{
    for (Ref r = (Ref)l->fn->node.count; r-- > 1;) {
        const Node *n = NODE(l->fn, r);
        if (!l->value[r].needed || is_packed(l, r)) continue;
        for (unsigned i = 0; i < n->narg; i++) need(l, n->arg[i]);
    }
}

/* con + x, when nobody else wants the con: x is where the accumulators start. */
static void fuse_initial_values(Lowering *l)
{
    for (Ref r = 1; r < l->fn->node.count; r++) {
        const Node *n = NODE(l->fn, r);
        if (n->op != OP_add || !l->value[r].needed || !is_computed(l, r)) continue;
        for (unsigned i = 0; i < 2; i++) {
            Ref con = n->arg[i], other = n->arg[1 - i];
            Value *v = &l->value[con];
            if (con == other || NODE(l->fn, con)->op != OP_CON || v->uses != 1 || !is_computed(l, con)
                || v->sort == SORT_COUPLED || v->sort != l->value[r].sort || !con_is_tile(l->fn, con))
                continue;
            v->init = other;
            l->value[r].sum_with = con;
            break;
        }
    }
}

/* ---- placing ----------------------------------------------------------------------- */

/* The first group that can read r; direct: it reads the element it stands at. */
static uint32_t ready(const Lowering *l, Ref r, bool direct, Phase phase)
{
    const Value *v = &l->value[r];
    const Node *n = NODE(l->fn, r);
    uint32_t first = 1;
    if (v->on_demand) {
        for (unsigned i = 0; i < n->narg; i++) {
            uint32_t g = ready(l, n->arg[i], direct && n->op != OP_CON, phase);
            if (g > first) first = g;
        }
        return first;
    }
    if (!v->group || (phase != PHASE_SAMPLE && l->group.at[v->group].phase != phase)) return 1;
    return direct ? v->group : v->group + 1;
}

/* Group g reads r: so r must be in memory unless it is at hand. */
static void touch(Lowering *l, Ref r, bool direct, uint32_t g)
{
    Value *v = &l->value[r];
    const Node *n = NODE(l->fn, r);
    Phase phase = l->group.at[g].phase;
    if (v->on_demand) {
        for (unsigned i = 0; i < n->narg; i++) touch(l, n->arg[i], direct && n->op != OP_CON, g);
        return;
    }
    if (v->leaf && phase == PHASE_COUPLED) v->blocked = true;
    if (!v->group || (direct && v->group == g)) return;
    if (v->sort == SORT_SAMPLE && phase == PHASE_COUPLED && !l->group.at[g].head)
        unsound(l->fn, "a value of one sample meets a sum over samples");
    v->stored = true;
    if (v->last < g) v->last = g;
    if (v->sort != SORT_COUPLED && (phase == PHASE_COUPLED || (phase == PHASE_CARRY && l->carry_late)))
        v->blocked = true;
}

static uint32_t group_new(Lowering *l, Phase phase, Shape shape, Ref head)
{
    VEC_PUSH(l->arena, l->group) = (Group){ .phase = phase, .shape = shape, .head = head };
    return (uint32_t)l->group.count - 1;
}

/* The first group from `first` on over the same elements, or a new one. */
static uint32_t group_join(Lowering *l, Phase phase, Shape shape, uint32_t first)
{
    for (uint32_t g = first ? first : 1; g < l->group.count; g++) {
        const Group *at = &l->group.at[g];
        if (at->phase == phase && !at->loose && shape_equal(at->shape, shape)) return g;
    }
    return group_new(l, phase, shape, 0);
}

static Phase phase_of(const Lowering *l, Ref r)
{
    return l->value[r].sort == SORT_COUPLED ? PHASE_COUPLED : PHASE_SAMPLE;
}

static void place_head(Lowering *l, Ref r)
{
    const Node *n = NODE(l->fn, r);
    uint32_t g = group_new(l, phase_of(l, r), shape_feature(SHAPE(l->fn, r)), r);
    l->group.at[g].loose = n->op == OP_CONST || (n->op == OP_CON && !con_is_tile(l->fn, r));
    l->value[r].group = g;
    if (l->group.at[g].loose) l->value[r].stored = true;
    for (unsigned i = 0; i < n->narg; i++) touch(l, n->arg[i], false, g);
    if (l->value[r].init) touch(l, l->value[r].init, true, g);
}

static void place_map(Lowering *l, Ref r, Phase phase)
{
    const Node *n = NODE(l->fn, r);
    uint32_t first = 1;
    for (unsigned i = 0; i < n->narg; i++) {
        uint32_t g = ready(l, n->arg[i], true, phase);
        if (g > first) first = g;
    }
    uint32_t g = group_join(l, phase, shape_feature(SHAPE(l->fn, r)), first);
    l->value[r].group = g;
    VEC_PUSH(l->arena, l->group.at[g].item) = (Item){ .node = r };
    for (unsigned i = 0; i < n->narg; i++) touch(l, n->arg[i], true, g);
}

static void place(Lowering *l, Ref r)
{
    Value *v = &l->value[r];
    if (v->init) return;                    /* comes with the add it starts */
    if (v->sum_with) {
        place_head(l, v->sum_with);
        v->group = l->value[v->sum_with].group;
        return;
    }
    if (NODE(l->fn, r)->op > OP_BEFORE_MAP) place_map(l, r, phase_of(l, r));
    else place_head(l, r);
}

static void place_move(Lowering *l, Item item, Phase phase)
{
    Shape shape = shape_feature(SHAPE(l->fn, item.value));
    uint32_t g = group_join(l, phase, shape, ready(l, item.value, true, phase));
    VEC_PUSH(l->arena, l->group.at[g].item) = item;
    touch(l, item.value, true, g);
}

/* ---- roots --------------------------------------------------------------------------- */

static Held *bound(const Bind *bind, size_t n, Name name)
{
    for (size_t i = 0; i < n; i++)
        if (bind[i].leaf == name) return bind[i].value;
    return NULL;
}

static Held *leaf_of(const Lowering *l, Name name)
{
    int symbol = ir_symbol(l->fn, name);
    return symbol < 0 ? NULL : l->value[l->fn->symbol.at[symbol].node].leaf;
}

/* Is there a carried leaf under r, other than `own` at the element where one stands? */
static bool reads_carried(const Lowering *l, Ref r, Held *own, bool direct, const bool *carried)
{
    const Node *n = NODE(l->fn, r);
    const Value *v = &l->value[r];
    if (v->leaf) return carried[r] && !(v->leaf == own && direct);
    if (!v->on_demand) return false;
    for (unsigned i = 0; i < n->narg; i++)
        if (reads_carried(l, n->arg[i], own, direct && n->op != OP_CON, carried)) return true;
    return false;
}

/* z' = fma(h, dz, z) can be computed where z is written. */
static bool computed_late(const Lowering *l, Ref r, Held *own, const bool *carried)
{
    const Node *n = NODE(l->fn, r);
    if (n->op <= OP_BEFORE_MAP || l->value[r].uses != 1 || !is_computed(l, r) || l->value[r].sum_with) return false;
    for (unsigned i = 0; i < n->narg; i++)
        if (reads_carried(l, n->arg[i], own, true, carried)) return false;
    return true;
}

static bool *carried_leaves(const Lowering *l)
{
    bool *carried = NEW_ARRAY(l->arena, bool, l->fn->node.count);
    for (size_t i = 0; i < l->fn->root.count; i++) {
        int symbol = ir_symbol(l->fn, l->fn->root.at[i].name);
        if (l->fn->root.at[i].kind == ROOT_CARRY && symbol >= 0)
            carried[l->fn->symbol.at[symbol].node] = true;
    }
    return carried;
}

static void place_sum(Lowering *l, const Root *root, Held *to)
{
    if ((l->value[root->value].sort == SORT_COUPLED) != !to)
        unsound(l->fn, arena_printf(l->arena, "%s is summed over samples where it should not, or not where it should",
                                    root->name));
    if (to) {
        place_move(l, (Item){ .value = root->value, .to = to, .add = true }, PHASE_SAMPLE);
        return;
    }
    uint32_t offset = param_offset(l->b->job->field, root->name);
    place_move(l, (Item){ .value = root->value, .sum = true, .offset = offset }, PHASE_COUPLED);
}

static bool is_zero(const Fn *fn, Ref r)
{
    const Node *n = NODE(fn, r);
    if (n->op == OP_CON && con_is_view(fn, r)) return is_zero(fn, n->arg[0]);
    if (n->op != OP_CONST) return false;
    for (uint64_t i = 0; i < shape_count(SHAPE(fn, r)); i++)
        if (fn->value.at[n->aux + i] != 0) return false;
    return true;
}

static bool root_wanted(const Lowering *l, const Root *root, const Bind *out, size_t nout)
{
    switch (root->kind) {
    case ROOT_RESULT: return bound(out, nout, root->name);
    case ROOT_CARRY:  return leaf_of(l, root->name);
    case ROOT_SUM:    return !is_zero(l->fn, root->value) && (l->sums || bound(out, nout, root->name));
    case ROOT_UPDATE: return false;
    }
    return false;
}

static void bind_leaves(Lowering *l, const Bind *bind, size_t nbind)
{
    for (size_t i = 0; i < l->fn->symbol.count; i++) {
        const Symbol *s = &l->fn->symbol.at[i];
        if (s->node) l->value[s->node].leaf = bound(bind, nbind, s->name);
    }
}

static void check_leaves(const Lowering *l)
{
    for (size_t i = 0; i < l->fn->symbol.count; i++) {
        const Symbol *s = &l->fn->symbol.at[i];
        if (s->role != ROLE_PARAM && s->node && l->value[s->node].needed && !l->value[s->node].leaf)
            unsound(l->fn, arena_printf(l->arena, "leaf %s is not bound", s->name));
    }
}

/* ---- all of it ------------------------------------------------------------------------- */

static void group_shared(Lowering *l)
{
    for (size_t i = 0; i < l->fn->root.count; i++) need(l, l->fn->root.at[i].value);
    need_arguments(l);
    for (Ref r = 1; r < l->fn->node.count; r++) {
        if (!l->value[r].needed || !is_computed(l, r)) continue;
        place(l, r);
        l->value[r].stored = true;
    }
}

void group_nodes(Lowering *l, const Bind *bind, size_t nbind, const Bind *out, size_t nout)
{
    const Fn *fn = l->fn;
    VEC_PUSH(l->arena, l->group) = (Group){ .loose = true };
    if (l->packing) {
        group_shared(l);
        return;
    }
    bind_leaves(l, bind, nbind);
    bool *late = NEW_ARRAY(l->arena, bool, fn->node.count), *carried = carried_leaves(l);
    for (size_t i = 0; i < fn->root.count; i++)
        if (root_wanted(l, &fn->root.at[i], out, nout)) need(l, fn->root.at[i].value);
    need_arguments(l);
    check_leaves(l);
    fuse_initial_values(l);
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        if (root->kind == ROOT_CARRY && root_wanted(l, root, out, nout))
            late[root->value] = computed_late(l, root->value, leaf_of(l, root->name), carried);
    }
    for (Ref r = 1; r < fn->node.count; r++)
        if (l->value[r].needed && is_computed(l, r) && !late[r]) place(l, r);

    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        if (root->kind == ROOT_CARRY || !root_wanted(l, root, out, nout)) continue;
        Held *to = bound(out, nout, root->name);
        if (root->kind == ROOT_SUM) place_sum(l, root, to);
        else place_move(l, (Item){ .value = root->value, .to = to }, PHASE_SAMPLE);
    }
    for (Ref r = 1; r < fn->node.count; r++) l->carry_late |= carried[r] && l->value[r].blocked;
    for (size_t i = 0; i < fn->root.count; i++) {
        const Root *root = &fn->root.at[i];
        if (root->kind != ROOT_CARRY || !root_wanted(l, root, out, nout)) continue;
        Held *to = leaf_of(l, root->name);
        if (l->value[root->value].leaf == to) continue;
        if (!late[root->value] && reads_carried(l, root->value, to, true, carried))
            unsound(l->fn, "a carried leaf becomes another carried leaf");
        if (late[root->value]) place_map(l, root->value, PHASE_CARRY);
        place_move(l, (Item){ .value = root->value, .to = to }, PHASE_CARRY);
    }
}
