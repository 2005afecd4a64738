/* shared.c: values that are the same for all samples.
 *
 * In: FIXED, STEP or POST nodes with homes.  Out: statements that compute them, in an
 * order that gathers maps over one shape into one loop. Leaves come from theta and the
 * buffers, dense; what is kept is in the order of its layout.
 *
 * A sum over samples of what is the same for all of them is a product with their number. */
#include "tile/grid.h"

#include <stdlib.h>
#include <stdlib.h>
#include <string.h>

typedef enum StepKind { STEP_MAPS, STEP_CON, STEP_PICK, STEP_NUMBERS } StepKind;

typedef struct SharedStep {
    StepKind kind;
    VEC(Ref) node;                  /* MAPS: of one shape; else one                 */
    Box     *box;                   /* CON                                          */
    Packs    pack;                  /* copies it reads, made just before            */
} SharedStep;

struct SharedPlan {
    VEC(SharedStep) step;
    Home *place;                    /* by node: where it is when a con reads it     */
    bool *leaves;                   /* by node: read by others than its own maps    */
};

/* ---- leaves ------------------------------------------------------------------------- */

static bool is_leaf(const TileFn *f, Ref r) { return NODE(f->fn, r)->op == OP_LEAF; }

/* Where a leaf is before it is copied. */
static Home leaf_source(const TileFn *f, Ref r)
{
    Name name = f->fn->symbol.at[NODE(f->fn, r)->aux].name;
    const TileBind *bind = bind_of(f, name);
    if (bind) return bind->home;
    for (size_t i = 0; i < f->t->params; i++)
        if (f->t->param[i].name == name) return (Home){ .area = AREA_THETA, .at = f->t->param[i].offset };
    tile_bug(f, r, "has no place");
}

static bool same_home(Home a, Home b) { return a.area == b.area && a.at == b.at && a.pitch == b.pitch; }

/* ---- what is done together ------------------------------------------------------------- */

static StepKind kind_of(const TileFn *f, Ref r)
{
    switch (NODE(f->fn, r)->op) {
    case OP_CON: return tile_is_view(f, r) ? STEP_MAPS : STEP_CON;
    case OP_PEAK_MAX: case OP_PEAK_MIN: case OP_TAKE: case OP_PUT: return STEP_PICK;
    case OP_CONST: return STEP_NUMBERS;
    default: return STEP_MAPS;
    }
}

static bool has_work(const TileFn *f, Ref r)
{
    if (f->node[r].home.area != AREA_FIXED) return false;
    return !is_leaf(f, r) || !same_home(leaf_source(f, r), f->node[r].home);
}

/* Is all that r reads there, or computed where it is read from what is there? */
static bool is_ready(const TileFn *f, Ref r, const bool *waits)
{
    const Node *n = NODE(f->fn, r);
    for (unsigned i = 0; i < n->narg; i++) {
        if (waits[n->arg[i]]) return false;
        if (f->node[n->arg[i]].home.area == AREA_NONE && !is_ready(f, n->arg[i], waits)) return false;
    }
    return true;
}

/* From the first node that waits on: all ready maps of its shape, or it alone. */
static void gather(const TileFn *f, const Ref *node, size_t n, bool *waits, SharedStep *s)
{
    Shape shape = { 0 };
    for (size_t i = 0; i < n; i++) {
        Ref r = node[i];
        if (!waits[r] || !is_ready(f, r, waits)) continue;
        Shape feature = tile_feature(SHAPE(f->fn, r));
        if (!s->node.count) {
            s->kind = kind_of(f, r);
            shape = feature;
        } else if (s->kind != STEP_MAPS || kind_of(f, r) != STEP_MAPS || !shape_equal(shape, feature)) continue;
        VEC_PUSH(f->arena, s->node) = r;
        waits[r] = false;
    }
}

/* A map that only maps of its own loop read is never stored. */
static void find_leaving(const TileFn *f, SharedPlan *plan)
{
    uint32_t *step = NEW_ARRAY(f->arena, uint32_t, f->fn->node.count);
    plan->leaves = NEW_ARRAY(f->arena, bool, f->fn->node.count);
    for (size_t i = 0; i < plan->step.count; i++)
        for (size_t k = 0; k < plan->step.at[i].node.count; k++) step[plan->step.at[i].node.at[k]] = (uint32_t)i + 1;
    for (size_t i = 0; i < f->fn->root.count; i++) plan->leaves[f->fn->root.at[i].value] = true;
    for (Ref r = 1; r < f->fn->node.count; r++)
        for (unsigned k = 0; f->node[r].cls && k < NODE(f->fn, r)->narg; k++) {
            Ref a = NODE(f->fn, r)->arg[k];
            plan->leaves[a] |= !step[a] || step[a] != step[r];
        }
}

/* Its copies are its own: those of the phases are made later. */
static void plan_con(TileFn *f, SharedPlan *plan, SharedStep *s)
{
    Ref r = s->node.at[0];
    Packs others = f->pack;
    f->pack = (Packs){ 0 };
    s->box = box_plan(f, r, plan->place);
    s->pack = f->pack;
    f->pack = others;
    plan->place[r] = f->node[r].home;
}

SharedPlan *shared_plan(TileFn *f, const Ref *node, size_t n)
{
    SharedPlan *plan = NEW(f->arena, SharedPlan);
    bool *waits = NEW_ARRAY(f->arena, bool, f->fn->node.count);
    plan->place = NEW_ARRAY(f->arena, Home, f->fn->node.count);
    for (Ref r = 1; r < f->fn->node.count; r++) plan->place[r] = f->node[r].home;
    for (size_t i = 0; i < n; i++) waits[node[i]] = has_work(f, node[i]);
    for (;;) {
        SharedStep s = { 0 };
        gather(f, node, n, waits, &s);
        if (!s.node.count) break;
        if (s.kind == STEP_CON) plan_con(f, plan, &s);
        VEC_PUSH(f->arena, plan->step) = s;
    }
    find_leaving(f, plan);
    return plan;
}

/* ---- maps and copies ----------------------------------------------------------------------- */

/* Leaves are read in dense order here, and in that of their layout from then on. */
static void lower_maps(TileFn *f, const SharedPlan *plan, const SharedStep *s)
{
    MapItem *item = NEW_ARRAY(f->arena, MapItem, s->node.count);
    size_t items = 0;
    for (size_t i = 0; i < s->node.count; i++) {
        Ref r = s->node.at[i];
        TileNode *v = &f->node[r];
        v->here = (Home){ .area = AREA_NONE };
        if (plan->leaves[r])
            item[items++] = (MapItem){ .kind = MAP_STORE, .node = r, .to = v->home, .lay = v->lay, .padded = v->padded };
        if (!is_leaf(f, r)) continue;
        v->lay = layout_dense(tile_feature(SHAPE(f->fn, r)));
        v->padded = false;
        v->here = leaf_source(f, r);
    }
    maps_lower(f, tile_feature(SHAPE(f->fn, s->node.at[0])), item, items);
    for (size_t i = 0; i < items; i++) {
        TileNode *v = &f->node[item[i].node];
        v->lay = item[i].lay;
        v->padded = item[i].padded;
        v->here = v->home;
    }
}

/* ---- numbers -------------------------------------------------------------------------------- */

static void fill(TileFn *f, Var buffer, Exp from, uint64_t count, Exp value)
{
    Program *p = f->p;
    Var e = s_for(p, "e", x_int(p, 0), x_int(p, (int64_t)count), x_int(p, LANES), FOR_ROLL | FOR_ANY);
    s_store(p, buffer, x_add(p, from, x_var(p, e)), x_splat(p, value));
    s_end(p);
}

static uint64_t place_in(const Layout *lay, Shape shape, uint64_t dense)
{
    uint64_t at = 0;
    for (unsigned d = shape.rank; d-- > 0;) {
        at += dense % shape.dim[d] * lay->step[d];
        dense /= shape.dim[d];
    }
    return at;
}

static void lower_numbers(TileFn *f, Ref r)
{
    Program *p = f->p;
    TileNode *v = &f->node[r];
    Shape shape = SHAPE(f->fn, r);
    uint64_t count = shape_count(shape);
    const double *number = &f->fn->value.at[NODE(f->fn, r)->aux];
    Exp base = home_base(f, v->home);
    double most = number[0];                    /* what stands at most places is filled in */
    uint64_t same = 0;
    for (uint64_t i = 0; i < count; i++) same += number[i] == 0;
    if (2 * same > count) most = 0;
    fill(f, f->args.fixed, base, v->lay.count, x_real(p, most));
    for (uint64_t i = 0; i < count; i++)
        if (memcmp(&number[i], &most, sizeof most))
            s_store(p, f->args.fixed, x_add(p, base, x_int(p, (int64_t)place_in(&v->lay, shape, i))), x_real(p, number[i]));
    v->here = v->home;
}

/* ---- cons -------------------------------------------------------------------------------------- */

static bool counts_samples(const Fn *fn, Ref r)
{
    const Con *con = CON(fn, r);
    for (unsigned a = 0; a < con->naxis; a++)
        if (con->extent[a] == BATCH && !shape_batched(SHAPE(fn, r))) return true;
    return false;
}

static void lower_con(TileFn *f, const SharedPlan *plan, const SharedStep *s)
{
    Program *p = f->p;
    Ref r = s->node.at[0];
    TileNode *v = &f->node[r];
    for (unsigned k = 0; k < NODE(f->fn, r)->narg; k++) plan->place[NODE(f->fn, r)->arg[k]] = f->node[NODE(f->fn, r)->arg[k]].here;
    v->here = v->home;
    for (size_t i = 0; i < s->pack.count; i++) pack_lower(f, &s->pack.at[i]);
    box_lower(f, r, s->box, plan->place, 0);
    if (!counts_samples(f->fn, r)) return;
    Var samples = s_let(p, "samples", x_convert(p, x_var(p, f->args.batch), L_REAL));
    Var e = s_for(p, "e", x_int(p, 0), x_int(p, v->lay.count), x_int(p, LANES), FOR_ROLL | FOR_ANY);
    Exp at = x_add(p, home_base(f, v->home), x_var(p, e));
    s_store(p, f->args.fixed, at, x_mul(p, x_load(p, f->args.fixed, at, LANES), x_var(p, samples)));
    s_end(p);
}

void shared_lower(TileFn *f, SharedPlan *plan)
{
    for (size_t i = 0; i < plan->step.count; i++) {
        SharedStep *s = &plan->step.at[i];
        Ref r = s->node.at[0];
        uint32_t before = origin_node(f->p, f->fn, r);
        switch (s->kind) {
        case STEP_MAPS:    lower_maps(f, plan, s); break;
        case STEP_CON:     lower_con(f, plan, s); break;
        case STEP_NUMBERS: lower_numbers(f, r); break;
        case STEP_PICK:
            pick_lower(f, r, f->node[r].home);
            f->node[r].here = f->node[r].home;
            break;
        }
        f->p->at = before;
    }
}

/* ---- sums over blocks ---------------------------------------------------------------------------- */

static Exp block_tree(TileFn *f, Home partial, Exp e, unsigned from, unsigned count)
{
    Program *p = f->p;
    if (count == 1) {
        int64_t at = (int64_t)(partial.at + (uint64_t)from * partial.pitch);
        return x_load(p, f->args.fixed, x_add(p, e, x_int(p, at)), LANES);
    }
    return x_add(p, block_tree(f, partial, e, from, count / 2), block_tree(f, partial, e, from + count / 2, count / 2));
}

void combine_lower(TileFn *f, Ref r)
{
    Program *p = f->p;
    TileNode *v = &f->node[r];
    uint32_t before = origin_node(p, f->fn, r);
    Var e = s_for(p, "e", x_int(p, 0), x_int(p, v->lay.count), x_int(p, LANES), FOR_ROLL | FOR_ANY);
    Exp sum = block_tree(f, v->partial, x_var(p, e), 0, BLOCKS);
    s_store(p, f->args.fixed, x_add(p, x_var(p, e), x_int(p, (int64_t)v->home.at)), sum);
    s_end(p);
    v->here = v->home;
    p->at = before;
}

void zero_lower(TileFn *f, Home partial, uint64_t count, bool all)
{
    Program *p = f->p;
    count = (count + LANES - 1) / LANES * LANES;
    if (!all) fill(f, f->args.fixed, home_base(f, partial), count, x_real(p, 0));
    else fill(f, f->args.fixed, x_int(p, (int64_t)partial.at), (uint64_t)BLOCKS * partial.pitch, x_real(p, 0));
}

/* ---- copies ----------------------------------------------------------------------------------------- */

typedef struct Packing {
    TileFn     *f;
    const Pack *pack;
    const Con  *con;
    int64_t     from[MAX_AXES], first;      /* steps in the source, where it begins    */
    unsigned    order[MAX_AXES], loops;     /* axes, outermost first                   */
    bool        vectors;                    /* the last one in vectors                 */
    Exp         axis[MAX_AXES];
} Packing;

/* Is what is contiguous in the copy followed by room up to whole vectors? */
static bool runs_on(const Packing *k)
{
    for (unsigned a = 0; a < k->con->naxis; a++) {
        int64_t step = k->pack->reads >> a & 1 && k->con->extent[a] > 1 ? k->pack->step[a] : 0;
        if (step != 1 && step % LANES) return false;
    }
    return true;
}

/* In vectors along what is contiguous in the copy; else as the source lies, so that a
 * line of it is read again while it is near.                                          */
static void order_axes(Packing *k)
{
    const int64_t *step = k->pack->step, *from = k->from;
    unsigned vector = MAX_AXES;
    for (unsigned a = 0; a < k->con->naxis; a++) {
        k->axis[a] = x_int(k->f->p, 0);
        if (!(k->pack->reads >> a & 1) || k->con->extent[a] == 1) continue;
        if (step[a] == 1 && k->vectors) {
            vector = a;
            continue;
        }
        unsigned at = k->loops++;
        for (; at > 0 && llabs(from[k->order[at - 1]]) < llabs(from[a]); at--) k->order[at] = k->order[at - 1];
        k->order[at] = a;
    }
    k->vectors = vector < MAX_AXES;
    if (k->vectors) k->order[k->loops++] = vector;
}

static void pack_element(Packing *k)
{
    Program *p = k->f->p;
    const Pack *pack = k->pack;
    Exp to = x_int(p, (int64_t)pack->to.at), from = x_int(p, k->first);
    for (unsigned i = 0; i < k->loops; i++) {
        unsigned a = k->order[i];
        to = x_add(p, to, x_mul(p, k->axis[a], x_int(p, pack->step[a])));
        from = x_add(p, from, x_mul(p, k->axis[a], x_int(p, k->from[a])));
    }
    if (!k->vectors) {
        s_store(p, k->f->args.fixed, to, tile_operand(k->f, pack->con, pack->operand, k->axis));
        return;
    }
    const TileNode *v = &k->f->node[NODE(k->f->fn, pack->con)->arg[pack->operand]];
    unsigned last = k->order[k->loops - 1];
    Exp left = x_sub(p, x_int(p, k->con->extent[last]), k->axis[last]), count = x_op(p, OP_min, left, x_int(p, LANES), 0);
    bool whole = k->con->extent[last] % LANES == 0;
    if (whole) count = x_int(p, LANES);
    Var buffer = home_buffer(k->f, v->here);
    from = x_add(p, home_base(k->f, v->here), from);
    Exp value = whole && k->from[last] == 1 ? x_load(p, buffer, from, LANES)
              : x_gather(p, buffer, from, x_int(p, k->from[last]), count);
    if (!whole) value = x_op(p, OP_select, x_op(p, OP_lt, x_lane(p), x_convert(p, left, L_REAL), 0), value, x_real(p, 0));
    s_store(p, k->f->args.fixed, to, value);
}

static void pack_loops(Packing *k, unsigned i)
{
    Program *p = k->f->p;
    if (i == k->loops) {
        pack_element(k);
        return;
    }
    unsigned a = k->order[i], step = k->vectors && i + 1 == k->loops ? LANES : 1;
    static const char *const name[MAX_AXES] = { "i", "j", "k", "l", "m", "n", "o", "q", "r", "s", "u", "w" };
    k->axis[a] = x_var(p, s_for(p, name[a], x_int(p, 0), x_int(p, k->con->extent[a]), x_int(p, step), FOR_ROLL | FOR_ANY));
    pack_loops(k, i + 1);
    s_end(p);
}

void pack_lower(TileFn *f, const Pack *pack)
{
    Packing k = { .f = f, .pack = pack, .con = CON(f->fn, pack->con) };
    Ref source = NODE(f->fn, pack->con)->arg[pack->operand];
    const TileNode *v = &f->node[source];
    Shape shape = SHAPE(f->fn, source);
    unsigned b = shape_batched(shape);
    for (unsigned d = b; d < shape.rank; d++) {
        const Aff *index = &k.con->in[pack->operand][d];
        k.first += (int64_t)v->lay.step[d - b] * index->c;
        for (unsigned i = 0; i < index->n; i++) k.from[index->ax[i]] += (int64_t)v->lay.step[d - b] * index->k[i];
    }
    k.vectors = v->here.area != AREA_NONE && runs_on(&k);
    order_axes(&k);
    uint32_t before = origin_node(f->p, f->fn, pack->con);
    pack_loops(&k, 0);
    f->p->at = before;
}

/* ---- into dense memory --------------------------------------------------------------------------------- */

/* Vectors along what is contiguous where the value is: that dense memory is written in
 * strides is bearable, both would not be.                                             */
static unsigned source_vector(const TileFn *f, Ref r, Shape feature)
{
    const TileNode *v = &f->node[r];
    bool usable = v->here.area != AREA_NONE && feature.rank && feature.dim[v->lay.vector] > 1;
    return usable ? v->lay.vector : layout_of(f->t->layouts, feature).vector;
}

void move_lower(TileFn *f, Ref r, Var to, Exp at, bool add)
{
    Shape feature = tile_feature(SHAPE(f->fn, r));
    Layout dense = layout_dense(feature);
    Grid *g = grid_new(f, feature, source_vector(f, r, feature));
    Form index[MAX_RANK] = { 0 };
    for (unsigned d = 0; d < feature.rank; d++) index[d] = form_index(d);
    uint32_t elem = grid_elem(g, r, index);
    Access place = grid_buffer(g, to, at, &dense, false, index, feature);
    VEC_PUSH(f->arena, g->out) = place;
    uint32_t before = origin_node(f->p, f->fn, r);
    grid_order(g, false, true);
    grid_enter(g);
    for (unsigned l = 0; l < g->loops; l++) grid_open(g, l);
    Exp value = grid_value(g, elem);
    if (add) value = x_add(f->p, grid_load(g, &place, g->loops), value);
    grid_store(g, &place, g->loops, value);
    for (unsigned l = g->loops; l-- > 0;) grid_close(g, l);
    f->p->at = before;
}
