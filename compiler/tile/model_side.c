/* model_side.c: one way through a model, in memory: evaluation, or training.
 *
 * In: the model's tensor functions.  Out: where every leaf and root lives, the functions
 * tiled, and what moves and judges states between them.
 *
 * A state of a solve has one place: the layers before it write its beginning there,
 * steps carry it, the layers behind it read its end.  Its cotangent has another.       */
#include "tile/whole.h"

#include "abi.h"

typedef struct Binds { Arena *arena; VEC(TileBind) at; } Binds;

static void bind(Binds *b, Name name, Home home, uint32_t moment)
{
    VEC_PUSH(b->arena, b->at) = (TileBind){ name, home, moment };
}

/* A state of an odef may be called as an input of the model. */
static bool is_input(const Fn *fn, Name name)
{
    int symbol = ir_symbol(fn, name);
    return symbol >= 0 && fn->symbol.at[symbol].role == ROLE_INPUT;
}

/* ---- where things are ------------------------------------------------------------------ */

/* Inputs, draws, buffers; f: see whole_buffer. */
static void bind_leaves(Binds *b, const Whole *w, const Fn *fn, const Fn *f)
{
    const Model *model = w->model;
    for (size_t i = 0; i < model->input.count; i++)
        if (is_input(fn, model->input.at[i].name))
            bind(b, model->input.at[i].name, (Home){ AREA_INPUTS, model->input.at[i].offset, 0 }, 0);
    for (size_t i = 0; i < model->draw.count; i++)
        if (is_input(fn, model->draw.at[i].name))
            bind(b, model->draw.at[i].name, (Home){ AREA_DRAWS, model->draw.at[i].offset, 0 }, 0);
    for (size_t i = 0; i < fn->symbol.count; i++) {
        const Symbol *s = &fn->symbol.at[i];
        if (s->role == ROLE_BUFFER) bind(b, s->name, (Home){ AREA_BUFFERS, whole_buffer(w, f, s->name), 0 }, 0);
        if (s->role == ROLE_TIME) bind(b, s->name, (Home){ AREA_TIME, 0, 0 }, 0);
        if (s->role == ROLE_STEP) bind(b, s->name, (Home){ AREA_STEP, 0, 0 }, 0);
    }
}

static void bind_states(Binds *b, const Side *side)
{
    const Whole *w = side->w;
    for (size_t k = 0; k < w->legs; k++)
        for (size_t i = 0; i < w->leg[k].states; i++) {
            const LegState *s = &w->leg[k].state[i];
            const StateHomes *home = &side->home[k][i];
            bind(b, s->begin, home->now, 0);
            bind(b, s->end, home->now, moment_of_end(k));
            if (!side->train) continue;
            bind(b, s->end_bar, home->bar, 0);
            bind(b, s->begin_bar, home->bar, moment_of_bar(w, k));
        }
}

static Tiled *tiled(Side *side, const Fn *fn, const char *name, const Binds *b)
{
    Text *phases = side->w->options->phases;
    if (phases) {
        tile_print(&side->t, fn, b->at.at, b->at.count, phases);
        text_add(phases, "\n");
    }
    return tile_lower(&side->t, fn, name, b->at.at, b->at.count);
}

static Tiled *tile_all(Side *side)
{
    const Whole *w = side->w;
    const Model *model = w->model;
    const Fn *fn = side->train ? w->train : w->eval;
    Binds b = { .arena = side->arena };
    bind_leaves(&b, w, fn, side->train ? model->train : model->eval);
    bind_states(&b, side);
    bind(&b, w->weight, (Home){ AREA_WEIGHT, 0, 0 }, 0);
    for (size_t i = 0; i < model->output.count; i++)
        bind(&b, model->output.at[i].name, (Home){ AREA_OUTPUTS, model->output.at[i].offset, 0 }, 0);
    for (size_t i = 0; i < model->value.count; i++) {
        side->mean[i] = memory_fixed(&side->t.memory, 1);
        side->each[i] = memory_values(&side->t.memory, 1);
        bind(&b, w->value[i].mean, side->mean[i], 0);
        bind(&b, w->value[i].each, side->each[i], 0);
    }
    return tiled(side, fn, side->train ? "train" : "eval", &b);
}

/* What a step remembers of samples is forgotten when it has been taken: all steps, of
 * whatever solve and direction, use the same memory behind `between`.                 */
static Tiled *tile_step(Side *side, size_t leg, uint64_t between, const Fn *fn, const char *what)
{
    uint64_t most = side->t.memory.values;
    const Leg *l = &side->w->leg[leg];
    const Field *field = side->train ? l->solve->train : l->solve->eval;
    Binds b = { .arena = side->arena };
    bind_leaves(&b, side->w, fn, field->f);
    for (size_t i = 0; i < l->states; i++) {
        bind(&b, l->state[i].state, side->home[leg][i].now, 0);
        if (fn == l->pull) bind(&b, l->state[i].pulled, side->home[leg][i].bar, 0);
    }
    side->t.memory.values = between;
    Tiled *step = tiled(side, fn, arena_printf(side->arena, "%s_%s", l->solve->name, what), &b);
    if (side->t.memory.values < most) side->t.memory.values = most;
    return step;
}

static void place_states(Side *side)
{
    const Whole *w = side->w;
    bool tape = side->train && w->options->gradient == GRADIENT_DISCRETE;
    for (size_t k = 0; k < w->legs; k++) {
        const Leg *leg = &w->leg[k];
        side->home[k] = NEW_ARRAY(side->arena, StateHomes, leg->states + 1);
        for (size_t i = 0; i < leg->states; i++) {
            StateHomes *home = &side->home[k][i];
            Memory *memory = &side->t.memory;
            home->lay = layout_of(side->t.layouts, leg->state[i].shape);
            home->now = memory_values(memory, home->lay.count);
            if (side->train) home->bar = memory_values(memory, home->lay.count);
            if (side->t.wide) home->check = memory_values(memory, 2 * LANES);
            for (uint32_t step = 0; tape && step < leg->steps; step++) {
                Home next = memory_values(memory, home->lay.count);
                if (step == 0) home->tape = next;
            }
        }
    }
}

/* ---- the tape ----------------------------------------------------------------------------- */

/* A block's samples from one area of `values` to another. */
static uint32_t copy_block_build(Side *side)
{
    Program *p = side->p;
    uint32_t fn = fn_begin(p, arena_printf(side->arena, "%s.copy_block", side->t.prefix),
                           "a block's samples of a state, to or from the tape");
    Exp batch = x_var(p, fn_param(p, "batch", L_INT)), b = x_var(p, fn_param(p, "b", L_INT));
    Exp from = x_var(p, fn_param(p, "from", L_INT)), to = x_var(p, fn_param(p, "to", L_INT));
    Exp pitch = x_var(p, fn_param(p, "pitch", L_INT)), count = x_var(p, fn_param(p, "count", L_INT));
    Var values = fn_param_buffer(p, "values", SPACE_SHARED, true, false);
    Exp blocks = x_int(p, BLOCKS), size = x_op(p, OP_div, x_add(p, batch, x_int(p, BLOCKS - 1)), blocks, 0);
    Exp first = x_var(p, s_let(p, "first", x_mul(p, b, size)));
    Exp last = x_var(p, s_let(p, "last", x_op(p, OP_min, batch, x_add(p, first, size), 0)));
    Exp n = x_var(p, s_for(p, "n", first, last, x_int(p, 1), FOR_ROLL));
    Exp row = x_var(p, s_let(p, "row", x_mul(p, n, pitch)));
    Exp i = x_var(p, s_for(p, "i", x_int(p, 0), count, x_int(p, LANES), FOR_ROLL));
    Exp at = x_add(p, row, i);
    s_store(p, values, x_add(p, to, at), x_load(p, values, x_add(p, from, at), LANES));
    s_end(p);
    s_end(p);
    fn_end(p);
    return fn;
}

static uint32_t copy_build(Side *side)
{
    Program *p = side->p;
    uint32_t block = copy_block_build(side);
    uint32_t fn = fn_begin(p, arena_printf(side->arena, "%s.copy", side->t.prefix), "a state, to or from the tape");
    Exp args[7];
    args[0] = x_var(p, fn_param(p, "batch", L_INT));
    static const char *const name[] = { "from", "to", "pitch", "count" };
    for (size_t i = 0; i < COUNT(name); i++) args[2 + i] = x_var(p, fn_param(p, name[i], L_INT));
    args[6] = x_var(p, fn_param_buffer(p, "values", SPACE_SHARED, true, false));
    args[1] = x_var(p, s_par(p, "b", x_int(p, BLOCKS), AXIS_BLOCK));
    s_call(p, block, args, COUNT(args));
    s_end(p);
    fn_end(p);
    return fn;
}

static Exp area_of(const Side *side, const TileArgs *a, Home home)
{
    return x_mul(side->p, x_var(side->p, a->batch), x_int(side->p, (int64_t)home.at));
}

static Exp tape_of(const Side *side, const TileArgs *a, const StateHomes *home, Exp step)
{
    Program *p = side->p;
    Exp at = x_add(p, x_int(p, (int64_t)home->tape.at), x_mul(p, step, x_int(p, home->tape.pitch)));
    return x_mul(p, x_var(p, a->batch), at);
}

static void copy(const Side *side, const TileArgs *a, const StateHomes *home, Exp from, Exp to)
{
    Program *p = side->p;
    const Exp args[] = { x_var(p, a->batch), from, to, x_int(p, home->now.pitch), x_int(p, home->lay.count),
                         x_var(p, a->values) };
    s_call(p, side->copy, args, COUNT(args));
}

void side_record(const Side *side, const TileArgs *a, const StateHomes *home, Exp step)
{
    copy(side, a, home, area_of(side, a, home->now), tape_of(side, a, home, step));
}

void side_recall(const Side *side, const TileArgs *a, const StateHomes *home, Exp step)
{
    copy(side, a, home, tape_of(side, a, home, step), area_of(side, a, home->now));
}

/* ---- is it finite? --------------------------------------------------------------------------- */

typedef struct Scan { Program *p; Shape shape; Layout lay; Exp at, index; unsigned open; } Scan;

/* Opens a loop over dimension d: where its elements are, which of the state they are. */
static void scan_along(Scan *s, unsigned d)
{
    Program *p = s->p;
    Exp i = x_var(p, s_for(p, "i", x_int(p, 0), x_int(p, s->shape.dim[d]), x_int(p, 1), FOR_ROLL));
    s->at = x_add(p, s->at, x_mul(p, i, x_int(p, s->lay.step[d])));
    s->index = x_add(p, x_mul(p, s->index, x_int(p, s->shape.dim[d])), i);
    s->open++;
}

/* The padding behind an extent may hold anything and is not looked at. x - x is 0 or NaN. */
static void scan_vectors(Scan s, Var values, Var vector, Var number)
{
    Program *p = s.p;
    for (unsigned d = 0; d < s.shape.rank; d++)
        if (d != s.lay.vector) scan_along(&s, d);
    uint32_t extent = s.shape.rank ? s.shape.dim[s.lay.vector] : 1, whole = extent / LANES * LANES;
    for (unsigned lanes = LANES; lanes > 0; lanes = lanes == LANES ? 1 : 0) {
        uint32_t from = lanes > 1 ? 0 : whole, to = lanes > 1 ? whole : extent;
        if (from == to) continue;
        Exp v = x_var(p, s_for(p, "v", x_int(p, from), x_int(p, to), x_int(p, lanes), FOR_ROLL));
        Exp x = x_var(p, s_let(p, "x", x_load(p, values, x_add(p, s.at, v), lanes)));
        Var sum = lanes > 1 ? vector : number;
        s_set(p, sum, x_add(p, x_var(p, sum), x_sub(p, x, x)));
        s_end(p);
    }
    for (; s.open; s.open--) s_end(p);
}

/* Returns at the first element that is not finite. */
static void scan_search(Scan s, Var values, Exp sample, Var fail, size_t leg, uint32_t offset)
{
    Program *p = s.p;
    for (unsigned d = 0; d < s.shape.rank; d++) scan_along(&s, d);
    Exp x = x_var(p, s_let(p, "x", x_load(p, values, s.at, 1)));
    s_if(p, x_op(p, OP_ne, x_sub(p, x, x), x_real(p, 0), 0));
    s_store(p, fail, x_int(p, 0), x_convert(p, sample, L_REAL));
    s_store(p, fail, x_int(p, 1), x_real(p, (double)leg));
    s_store(p, fail, x_int(p, 2), x_convert(p, x_add(p, s.index, x_int(p, offset)), L_REAL));
    s_return(p, x_int(p, NODEC_NONFINITE));
    s_end(p);
    for (; s.open; s.open--) s_end(p);
}

static Scan scan_sample(Side *side, const StateHomes *home, const LegState *state, Exp batch, Exp *n)
{
    Program *p = side->p;
    *n = x_var(p, s_for(p, "n", x_int(p, 0), batch, x_int(p, 1), FOR_ROLL));
    Exp at = x_add(p, x_mul(p, batch, x_int(p, (int64_t)home->now.at)), x_mul(p, *n, x_int(p, home->now.pitch)));
    return (Scan){ .p = p, .shape = state->shape, .lay = home->lay, .at = x_var(p, s_let(p, "at", at)),
                   .index = x_int(p, 0) };
}

static const char *check_name(const Side *side, size_t leg, size_t i, const char *what)
{
    return arena_printf(side->arena, "%s.%s_%s_%s_%s", side->t.prefix, side->name, side->w->leg[leg].solve->name,
                        side->w->leg[leg].state[i].state, what);
}

/* x - x of all elements of a sample: the sum of vectors and, behind it, that of single numbers. */
static uint32_t check_sample_build(Side *side, size_t leg, size_t i)
{
    Program *p = side->p;
    const StateHomes *home = &side->home[leg][i];
    uint32_t fn = fn_begin(p, check_name(side, leg, i, "sample"), "is a sample's state finite?");
    Exp batch = x_var(p, fn_param(p, "batch", L_INT)), n = x_var(p, fn_param(p, "n", L_INT));
    Var values = fn_param_buffer(p, "values", SPACE_SHARED, true, false);
    Var vector = s_var(p, "vectors", x_splat(p, x_real(p, 0))), number = s_var(p, "numbers", x_real(p, 0));
    Exp at = x_add(p, x_mul(p, batch, x_int(p, (int64_t)home->now.at)), x_mul(p, n, x_int(p, home->now.pitch)));
    Exp to = x_add(p, x_mul(p, batch, x_int(p, (int64_t)home->check.at)), x_mul(p, n, x_int(p, home->check.pitch)));
    scan_vectors((Scan){ .p = p, .shape = side->w->leg[leg].state[i].shape, .lay = home->lay, .at = at, .index = x_int(p, 0) },
                 values, vector, number);
    s_store(p, values, to, x_var(p, vector));
    s_store(p, values, x_add(p, to, x_int(p, LANES)), x_var(p, number));
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

/* What samples found, or a look at them. */
static void scan_all(Side *side, const StateHomes *home, const LegState *state, Exp batch, Var values, Var vector, Var number)
{
    Program *p = side->p;
    Exp n;
    if (side->t.wide) {
        n = x_var(p, s_for(p, "n", x_int(p, 0), batch, x_int(p, 1), FOR_ROLL));
        Exp at = x_add(p, x_mul(p, batch, x_int(p, (int64_t)home->check.at)), x_mul(p, n, x_int(p, home->check.pitch)));
        s_set(p, vector, x_add(p, x_var(p, vector), x_load(p, values, at, LANES)));
        s_set(p, number, x_add(p, x_var(p, number), x_load(p, values, x_add(p, at, x_int(p, LANES)), 1)));
    } else
        scan_vectors(scan_sample(side, home, state, batch, &n), values, vector, number);
    s_end(p);
}

static uint32_t check_build(Side *side, size_t leg, size_t i)
{
    Program *p = side->p;
    const LegState *state = &side->w->leg[leg].state[i];
    const StateHomes *home = &side->home[leg][i];
    const char *name = check_name(side, leg, i, "finite");
    uint32_t fn = fn_begin(p, name, "0 if a state is finite; else `fail` says whose and which element is not");
    Exp batch = x_var(p, fn_param(p, "batch", L_INT)), n;
    Var values = fn_param_buffer(p, "values", SPACE_CONST, false, false);
    Var fail = fn_param_buffer(p, "fail", SPACE_SHARED, true, false);
    Var vector = s_var(p, "vectors", x_splat(p, x_real(p, 0))), number = s_var(p, "numbers", x_real(p, 0));
    scan_all(side, home, state, batch, values, vector, number);
    Exp sum = x_var(p, s_let(p, "sum", x_add(p, x_tree(p, x_var(p, vector)), x_var(p, number))));
    s_if(p, x_op(p, OP_eq, sum, x_real(p, 0), 0));
    s_return(p, x_int(p, 0));
    s_end(p);
    Scan scan = scan_sample(side, home, state, batch, &n);
    scan_search(scan, values, n, fail, leg, state->offset);
    s_end(p);
    s_return(p, x_int(p, 0));
    fn_end(p);
    fn_of(p, fn)->outline = true;
    return fn;
}

Exp side_check(const Side *side, const TileArgs *a, Var fail, size_t leg, size_t state)
{
    Program *p = side->p;
    const Exp args[] = { x_var(p, a->batch), x_var(p, a->values), x_var(p, fail) };
    if (side->t.wide) {
        Var n = s_par(p, "n", x_var(p, a->batch), AXIS_SAMPLE);
        const Exp own[] = { x_var(p, a->batch), x_var(p, n), x_var(p, a->values) };
        s_call(p, side->check_sample[leg][state], own, COUNT(own));
        s_end(p);
    }
    return x_var(p, s_call(p, side->check[leg][state], args, COUNT(args)));
}

/* ---- all of it -------------------------------------------------------------------------------- */

static Tiling tiling_of(const Side *side, Kernels *kernels, Layouts *layouts)
{
    const Whole *w = side->w;
    const Model *model = w->model;
    return (Tiling){
        .arena = side->arena, .p = side->p, .kernels = kernels, .layouts = layouts, .prefix = model->name,
        .has_draws = side->train && model->draws, .has_outputs = model->outputs > 0, .has_buffers = w->buffers > 0,
        .writes_buffers = side->train, .has_time = w->legs > 0, .wide = w->options->wide,
        .input_row = model->inputs, .draw_row = model->draws,
        .output_row = model->outputs, .param = model->param.at, .params = model->param.count,
    };
}

Side *side_build(Arena *arena, Program *p, const Whole *w, Kernels *kernels, Layouts *layouts, bool train)
{
    Side *side = NEW(arena, Side);
    *side = (Side){ .arena = arena, .w = w, .p = p, .train = train, .name = train ? "train" : "forward" };
    side->t = tiling_of(side, kernels, layouts);
    side->step = NEW_ARRAY(arena, Tiled *, w->legs + 1);
    side->pull = NEW_ARRAY(arena, Tiled *, w->legs + 1);
    side->home = NEW_ARRAY(arena, StateHomes *, w->legs + 1);
    side->check = NEW_ARRAY(arena, uint32_t *, w->legs + 1);
    side->check_sample = NEW_ARRAY(arena, uint32_t *, w->legs + 1);
    side->mean = NEW_ARRAY(arena, Home, w->model->value.count + 1);
    side->each = NEW_ARRAY(arena, Home, w->model->value.count + 1);
    place_states(side);
    side->all = tile_all(side);
    uint64_t between = side->t.memory.values;
    for (size_t k = 0; k < w->legs; k++) {
        const Leg *leg = &w->leg[k];
        side->step[k] = tile_step(side, k, between, train ? leg->train : leg->eval, train ? "step" : "eval");
        if (train) side->pull[k] = tile_step(side, k, between, leg->pull, "pull");
        side->check[k] = NEW_ARRAY(arena, uint32_t, leg->states + 1);
        side->check_sample[k] = NEW_ARRAY(arena, uint32_t, leg->states + 1);
        for (size_t i = 0; i < leg->states; i++) {
            side->check[k][i] = check_build(side, k, i);
            if (side->t.wide) side->check_sample[k][i] = check_sample_build(side, k, i);
        }
    }
    if (train && w->legs && w->options->gradient == GRADIENT_DISCRETE) side->copy = copy_build(side);
    return side;
}
