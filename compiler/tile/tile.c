/* tile.c: one Fn in the tile regime, all of it.
 *
 * In: a Fn and where its leaves and roots live. Out: functions over the buffers that
 * all functions of a model share, to be called in this order:
 *
 *     prepare                 once per call: FIXED values, copies of weights
 *     clear                   once per call: accumulators to zero
 *     begin                   every time: STEP values that wait for no phase
 *     phase 0, its glue, phase 1 ...
 *     finish                  once per call: accumulators to gradients              */
#include "loop/lowered.h"
#include "tile/tile_in.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- functions and their parameters ------------------------------------------------- */

TileArgs tile_params(const Tiling *t, const char *item)
{
    Program *p = t->p;
    TileArgs a = { .batch = fn_param(p, "batch", L_INT) };
    if (item) a.b = fn_param(p, item, L_INT);
    a.inputs = fn_param_buffer(p, "inputs", SPACE_CONST, false, false);
    if (t->has_draws) a.draws = fn_param_buffer(p, "draws", SPACE_CONST, false, false);
    a.theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    if (t->has_buffers) {
        a.buffers = fn_param_buffer(p, "buffers", SPACE_SHARED, t->writes_buffers, false);
        a.slot = fn_param(p, "slot", L_INT);
    }
    if (t->has_outputs) a.outputs = fn_param_buffer(p, "outputs", SPACE_SHARED, true, true);
    a.fixed = fn_param_buffer(p, "fixed", SPACE_SHARED, true, false);
    a.values = fn_param_buffer(p, "values", SPACE_SHARED, true, false);
    if (t->has_time) {
        a.t = fn_param(p, "t", L_REAL);
        a.h = fn_param(p, "h", L_REAL);
    }
    a.weight = fn_param(p, "weight", L_REAL);
    return a;
}

static void call(const Tiling *t, uint32_t fn, const TileArgs *a, Var b, Exp g_theta)
{
    Program *p = t->p;
    const Var all[] = { a->batch, b, a->inputs, a->draws, a->theta, a->buffers, a->slot, a->outputs,
                        a->fixed, a->values, a->t, a->h, a->weight };
    Exp arg[COUNT(all) + 1];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i]) arg[n++] = x_var(p, all[i]);
    if (g_theta) arg[n++] = g_theta;
    s_call(p, fn, arg, n);
}

void tile_call(const Tiling *t, uint32_t fn, const TileArgs *a, Exp g_theta) { call(t, fn, a, 0, g_theta); }

void tile_call_phase(const Tiling *t, const TilePhase *phase, const TileArgs *a)
{
    for (size_t i = 0; i < phase->part.count; i++) {
        const TilePart *part = &phase->part.at[i];
        Var b = part->samples ? s_par(t->p, "n", x_var(t->p, a->batch), AXIS_SAMPLE)
                              : s_par(t->p, "b", x_int(t->p, BLOCKS), AXIS_BLOCK);
        call(t, part->fn, a, b, 0);
        s_end(t->p);
    }
    if (phase->glue != NO_ENTRY) call(t, phase->glue, a, 0, 0);
}

uint32_t tile_begin(TileFn *tf, const char *item, const char *note, const char *what, int number)
{
    Tiling *t = tf->t;
    const char *name = number < 0 ? arena_printf(tf->arena, "%s.%s_%s", t->prefix, tf->name, what)
                                  : arena_printf(tf->arena, "%s.%s_%s%d", t->prefix, tf->name, what, number);
    uint32_t fn = fn_begin(t->p, name, note);
    fn_of(t->p, fn)->outline = true;
    tf->args = tile_params(t, item);
    return fn;
}

/* ---- values without B ------------------------------------------------------------------ */

/* The glue that makes it: 0 is `begin`, n + 1 that of phase n. */
static uint32_t made_by(const TileFn *tf, Ref r)
{
    const TileNode *v = &tf->node[r];
    bool late = NODE(tf->fn, r)->op == OP_LEAF && v->moment > 0;
    return v->phase + (v->coupled || (v->cls == CLASS_STEP && late));
}

/* Leaves that stay where they are have nothing to be computed. */
static bool is_computed(const TileFn *tf, Ref r)
{
    const TileNode *v = &tf->node[r];
    if (v->home.area != AREA_FIXED || v->coupled) return false;
    if (NODE(tf->fn, r)->op != OP_LEAF) return true;
    const TileBind *b = bind_of(tf, tf->fn->symbol.at[NODE(tf->fn, r)->aux].name);
    return !b || b->home.area != AREA_FIXED || b->home.at != v->home.at;
}

bool glue_makes(const TileFn *tf, Ref r, TileClass cls, uint32_t glue)
{
    return tf->node[r].cls == cls && is_computed(tf, r) && (cls != CLASS_STEP || made_by(tf, r) == glue);
}

typedef VEC(Ref) Refs;

static Refs shared_nodes(const TileFn *tf, TileClass cls, uint32_t glue)
{
    Refs refs = { 0 };
    for (Ref r = 1; r < tf->fn->node.count; r++)
        if (glue_makes(tf, r, cls, glue)) VEC_PUSH(tf->arena, refs) = r;
    return refs;
}

static void lower_packs(TileFn *tf, TileClass cls, uint32_t glue)
{
    for (size_t i = 0; i < tf->pack.count; i++) {
        const Pack *pack = &tf->pack.at[i];
        Ref of = NODE(tf->fn, pack->con)->arg[pack->operand];
        if (tf->node[of].cls == cls && (cls == CLASS_FIXED || made_by(tf, of) == glue)) pack_lower(tf, pack);
    }
}

static bool wants_packs(const TileFn *tf, TileClass cls, uint32_t glue)
{
    for (size_t i = 0; i < tf->pack.count; i++) {
        Ref of = NODE(tf->fn, tf->pack.at[i].con)->arg[tf->pack.at[i].operand];
        if (tf->node[of].cls == cls && (cls == CLASS_FIXED || made_by(tf, of) == glue)) return true;
    }
    return false;
}

static uint32_t lower_prepare(TileFn *tf)
{
    Refs refs = shared_nodes(tf, CLASS_FIXED, 0);
    if (!refs.count && !wants_packs(tf, CLASS_FIXED, 0)) return NO_ENTRY;
    SharedPlan *plan = shared_plan(tf, refs.at, refs.count);
    uint32_t fn = tile_begin(tf, NULL, "What hangs on the weights alone.", "prepare", -1);
    shared_lower(tf, plan);
    lower_packs(tf, CLASS_FIXED, 0);
    fn_end(tf->p);
    return fn;
}

/* ---- roots without B ----------------------------------------------------------------------- */

typedef struct StepSum { const Root *root; const FieldParam *param; Home at; } StepSum;

typedef struct Gluing {
    TileFn *tf;
    VEC(StepSum) sum;               /* SUM roots that are added up step by step    */
    uint32_t last;                  /* the last glue                               */
} Gluing;

static bool is_shared_root(const TileFn *tf, const Root *root)
{
    return root_wanted(tf, root) && !shape_batched(SHAPE(tf->fn, root->value));
}

static bool is_accumulated(const TileFn *tf, Ref r)
{
    return tf->node[r].cls == CLASS_POST || tf->node[r].accumulator;
}

static const FieldParam *param_named(const Tiling *t, Name name)
{
    for (size_t i = 0; i < t->params; i++)
        if (t->param[i].name == name) return &t->param[i];
    return NULL;
}

static void find_step_sums(Gluing *w)
{
    TileFn *tf = w->tf;
    for (size_t i = 0; i < tf->fn->root.count; i++) {
        const Root *root = &tf->fn->root.at[i];
        if (root->kind != ROOT_SUM || !is_shared_root(tf, root) || is_accumulated(tf, root->value)) continue;
        const FieldParam *param = param_named(tf->t, root->name);
        VEC_PUSH(tf->arena, w->sum) = (StepSum){ root, param, memory_fixed(&tf->t->memory, param->count) };
    }
}

/* Sums over steps and new buffers wait for the last glue: until then others read the old. */
static bool root_moves(const Gluing *w, const Root *root, uint32_t glue)
{
    if (!is_shared_root(w->tf, root) || root->kind == ROOT_SUM) return false;
    return glue == (root->kind == ROOT_UPDATE ? w->last : made_by(w->tf, root->value));
}

static bool moves_roots(const Gluing *w, uint32_t glue)
{
    if (glue == w->last && w->sum.count) return true;
    for (size_t i = 0; i < w->tf->fn->root.count; i++)
        if (root_moves(w, &w->tf->fn->root.at[i], glue)) return true;
    return false;
}

static void move_roots(Gluing *w, uint32_t glue)
{
    TileFn *tf = w->tf;
    Program *p = tf->p;
    for (size_t i = 0; i < tf->fn->root.count; i++) {
        const Root *root = &tf->fn->root.at[i];
        if (!root_moves(w, root, glue)) continue;
        Home to = bind_of(tf, root->name)->home;
        move_lower(tf, root->value, home_buffer(tf, to), home_base(tf, to), false);
    }
    for (size_t i = 0; glue == w->last && i < w->sum.count; i++)
        move_lower(tf, w->sum.at[i].root->value, tf->args.fixed, x_int(p, (int64_t)w->sum.at[i].at.at), true);
}

/* ---- glue ------------------------------------------------------------------------------------ */

static bool combines(const TileFn *tf, Ref r, uint32_t glue)
{
    return tf->node[r].coupled && !tf->node[r].accumulator && made_by(tf, r) == glue;
}

/* Are what its samples left summed per block here? */
static bool gathers(const TileFn *tf, Ref r, uint32_t glue)
{
    const TileNode *v = &tf->node[r];
    return v->coupled && v->slot.area && v->lay.count <= WIDE_LITTLE && made_by(tf, r) == glue;
}

/* The total of what the blocks summed, unless they made it together. */
static void total(TileFn *tf, Ref r)
{
    TileNode *v = &tf->node[r];
    if (v->whole) v->here = v->home;
    else combine_lower(tf, r);
}

/* 0: `begin`. */
static uint32_t lower_glue(Gluing *w, uint32_t glue)
{
    TileFn *tf = w->tf;
    Refs refs = shared_nodes(tf, CLASS_STEP, glue);
    bool any = refs.count || wants_packs(tf, CLASS_STEP, glue) || moves_roots(w, glue);
    for (Ref r = 1; r < tf->fn->node.count; r++) any |= combines(tf, r, glue) || gathers(tf, r, glue);
    if (!any) return NO_ENTRY;
    SharedPlan *plan = shared_plan(tf, refs.at, refs.count);
    uint32_t fn = glue ? tile_begin(tf, NULL, "Sums over samples, and what hangs on them.", "glue", (int)glue - 1)
                       : tile_begin(tf, NULL, "What hangs on the step alone.", "begin", -1);
    for (Ref r = 1; r < tf->fn->node.count; r++)
        if (gathers(tf, r, glue)) wide_gather_blocks(tf, r);
    for (Ref r = 1; r < tf->fn->node.count; r++)
        if (combines(tf, r, glue)) total(tf, r);
    shared_lower(tf, plan);
    lower_packs(tf, CLASS_STEP, glue);
    move_roots(w, glue);
    fn_end(tf->p);
    return fn;
}

/* ---- accumulators ------------------------------------------------------------------------------ */

static bool accumulates(const Gluing *w)
{
    for (Ref r = 1; r < w->tf->fn->node.count; r++)
        if (w->tf->node[r].accumulator) return true;
    return w->sum.count > 0;
}

static uint32_t lower_clear(Gluing *w)
{
    TileFn *tf = w->tf;
    Program *p = tf->p;
    if (!accumulates(w)) return NO_ENTRY;
    uint32_t fn = tile_begin(tf, NULL, "Nothing is accumulated yet.", "clear", -1);
    for (Ref r = 1; r < tf->fn->node.count; r++)
        if (tf->node[r].accumulator) {
            origin_node(p, tf->fn, r);
            zero_lower(tf, tf->node[r].partial, tf->node[r].lay.count, !tf->node[r].whole);
        }
    for (size_t i = 0; i < w->sum.count; i++) {
        const StepSum *s = &w->sum.at[i];
        Exp e = x_var(p, s_for(p, "e", x_int(p, 0), x_int(p, s->param->count), x_int(p, 1), FOR_ROLL | FOR_ANY));
        s_store(p, tf->args.fixed, x_add(p, x_int(p, (int64_t)s->at.at), e), x_real(p, 0));
        s_end(p);
    }
    fn_end(p);
    return fn;
}

static void add_step_sum(TileFn *tf, const StepSum *s)
{
    Program *p = tf->p;
    Exp e = x_var(p, s_for(p, "e", x_int(p, 0), x_int(p, s->param->count), x_int(p, 1), FOR_ROLL | FOR_ANY));
    Exp to = x_add(p, x_int(p, s->param->offset), e);
    Exp sum = x_load(p, tf->args.fixed, x_add(p, x_int(p, (int64_t)s->at.at), e), 1);
    s_store(p, tf->g_theta, to, x_add(p, x_load(p, tf->g_theta, to, 1), sum));
    s_end(p);
}

static uint32_t lower_finish(Gluing *w)
{
    TileFn *tf = w->tf;
    Program *p = tf->p;
    if (!accumulates(w)) return NO_ENTRY;
    Refs refs = shared_nodes(tf, CLASS_POST, 0);
    SharedPlan *plan = shared_plan(tf, refs.at, refs.count);
    uint32_t fn = tile_begin(tf, NULL, "From what is accumulated to gradients.", "finish", -1);
    tf->g_theta = fn_param_buffer(p, "g_theta", SPACE_SHARED, true, false);
    for (Ref r = 1; r < tf->fn->node.count; r++)
        if (tf->node[r].accumulator) total(tf, r);
    shared_lower(tf, plan);
    for (size_t i = 0; i < tf->fn->root.count; i++) {
        const Root *root = &tf->fn->root.at[i];
        if (root->kind != ROOT_SUM || !is_shared_root(tf, root) || !is_accumulated(tf, root->value)) continue;
        move_lower(tf, root->value, tf->g_theta, x_int(p, param_named(tf->t, root->name)->offset), true);
    }
    for (size_t i = 0; i < w->sum.count; i++) add_step_sum(tf, &w->sum.at[i]);
    fn_end(p);
    tf->g_theta = 0;
    return fn;
}

/* ---- all of it ---------------------------------------------------------------------------------- */

/* The largest that any function needed so far, for one after the other. */
static Home scratch_of(Tiling *t, uint64_t reals)
{
    if (reals > t->scratch.pitch) {
        t->scratch = memory_fixed(&t->memory, reals * BLOCKS);
        t->scratch.pitch = (uint32_t)reals;
    }
    return t->scratch;
}

/* What a phase remembers of samples on its own is forgotten when the next begins. */
static PhaseOrder **order_phases(TileFn *tf)
{
    PhaseOrder **order = NEW_ARRAY(tf->arena, PhaseOrder *, tf->phases + 1);
    Memory *memory = &tf->t->memory;
    uint64_t scratch = 0, kept = memory->values, most = kept;
    for (uint32_t i = 0; i < tf->phases; i++) {
        memory->values = kept;
        order[i] = order_phase(tf, i);
        if (order[i]->scratch > scratch) scratch = order[i]->scratch;
        if (memory->values > most) most = memory->values;
    }
    memory->values = most;
    tf->scratch = scratch_of(tf->t, scratch);
    return order;
}

static void lower_phase(TileFn *tf, Tiled *out, PhaseOrder *order)
{
    TilePhase phase = { .moment = tf->phase_moment[order->phase], .glue = NO_ENTRY };
    if (tf->t->wide) wide_lower(tf, order, &phase);
    else {
        VEC_PUSH(tf->t->arena, phase.part) = (TilePart){ .fn = tile_begin(tf, "b", tile_phase_note(tf, order), "phase", (int)order->phase) };
        sample_lower(tf, order);
        fn_end(tf->p);
    }
    VEC_PUSH(tf->t->arena, out->phase) = phase;
}

static uint64_t count_flops(PhaseOrder *const *order, uint32_t phases)
{
    uint64_t flops = 0;
    for (uint32_t i = 0; i < phases; i++)
        for (size_t a = 0; a < order[i]->action.count; a++)
            if (order[i]->action.at[a].box) flops += order[i]->action.at[a].box->flops;
    return flops;
}

Tiled *tile_lower(Tiling *t, const Fn *fn, const char *name, const TileBind *bind, size_t binds)
{
    TileFn tf = { .t = t, .p = t->p, .arena = t->arena, .fn = fn, .name = name, .bind = bind, .binds = binds };
    Gluing w = { .tf = &tf };
    Tiled *out = NEW(t->arena, Tiled);
    out->fn = tf.fn = tile_gather(t->arena, fn);
    place_nodes(&tf);
    PhaseOrder **order = order_phases(&tf);
    for (uint32_t i = 0; i < tf.phases; i++) sample_plan(&tf, order[i]);
    place_sums(&tf);
    find_step_sums(&w);
    w.last = tf.phases;
    out->flops = count_flops(order, tf.phases);

    out->prepare = lower_prepare(&tf);
    out->clear = lower_clear(&w);
    out->begin = lower_glue(&w, 0);
    for (uint32_t i = 0; i < tf.phases; i++) {
        lower_phase(&tf, out, order[i]);
        out->phase.at[i].glue = lower_glue(&w, i + 1);
    }
    out->finish = lower_finish(&w);
    return out;
}
