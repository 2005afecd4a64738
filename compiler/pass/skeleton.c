/* skeleton.c: what a solve and its gradients are, once for every regime.
 *
 * One block of samples, all intervals.  solve:
 *
 *     x[0] = x0;  for i: x[i] = x[i-1] after n substeps of length (t[i] - t[i-1])/n
 *
 * adjoint (Chen et al. 2018, algorithm 1, with a jump at every observation):
 *
 *     for i from the last to 1:  a += dL/dx[i];  z = x[i]
 *         n substeps of the augmented dynamics [z, a, theta_bar] from t[i] to t[i-1]
 *         dL/dt[i] = dL/dx[i] . f(x[i], t[i]), f being the first substep's own
 *     dL/dt[0] = -a . f(x[0], t[0]);  a += dL/dx[0] is dL/dx0
 *
 * discrete: the exact gradient of what solve computes.  Each interval is run again
 * from x[i-1], its states kept on a tape, then pulled back through step by step; an
 * interval longer than the tape is done in pieces from its end, each time from x[i-1].
 *
 * A block that fails writes down how and does nothing more; entry.c reports the
 * first.                                                                            */
#include "pass/skeleton.h"
#include "abi.h"

/* ---- small words -------------------------------------------------------------------- */

static Exp arg(const Scene *c, Arg a)
{
    return x_var(c->p, c->arg[a]);
}

static Exp whole(const Scene *c, int64_t i)
{
    return x_int(c->p, i);
}

static Exp loop(const Scene *c, const char *name, Exp from, Exp to)
{
    return x_var(c->p, s_for(c->p, name, from, to, x_int(c->p, 1), FOR_ROLL));
}

static bool reads(const Fn *fn, Name leaf)
{
    int symbol = ir_symbol(fn, leaf);
    Ref r = symbol < 0 ? 0 : fn->symbol.at[symbol].node;
    for (Ref n = r; r && n < fn->node.count; n++)
        for (unsigned i = 0; i < NODE(fn, n)->narg; i++)
            if (NODE(fn, n)->arg[i] == r) return true;
    return false;
}

/* A number per sample that some stage reads; NULL if none does. */
static Held *rank0(Scene *c, Name name)
{
    bool read = false;
    for (Fn *const *fn = c->row->stage; *fn; fn++) read |= reads(*fn, name);
    if (!read) return NULL;
    Held *held = c->r->declare(c->block, name, (Shape){ 0 });
    scene_bind(c, name, held);
    return held;
}

static void fill(Scene *c, Held *held, Exp real)
{
    if (held) c->r->fill(c->block, held, real);
}

static void if_zero(const Scene *c, Exp x)
{
    s_if(c->p, x_op(c->p, OP_eq, x, x_int(c->p, 0), 0));
}

/* ---- failing --------------------------------------------------------------------------- */

static void if_sound(const Scene *c)
{
    if_zero(c, x_var(c->p, c->failed));
}

static void fail(Scene *c, enum nodec_status status, Exp sample, Exp time, Exp interval, Exp state)
{
    Program *p = c->p;
    Exp value[FAIL_REALS] = { x_int(p, status), sample, time, interval, state };
    for (int i = 0; i < FAIL_REALS; i++)
        s_store(p, c->arg[ARG_WORK], x_add(p, c->area, x_int(p, i)), x_convert(p, value[i], L_REAL));
    s_set(p, c->failed, x_int(p, status));
}

static void fail_begin(Scene *c)
{
    Program *p = c->p;
    c->failed = s_var(p, "failed", x_int(p, 0));
    s_store(p, c->arg[ARG_WORK], c->area, x_real(p, 0));
}

static Exp time_at(const Scene *c, Exp sample, Exp i)
{
    Program *p = c->p;
    return x_load(p, c->arg[ARG_T], x_add(p, x_mul(p, sample, arg(c, ARG_T_STRIDE)), i), 1);
}

/* Looks at x; `probe` of an array that has x dense, from `base` on, says who it was. */
static void check(Scene *c, Held **x, Var probe, Exp base, Exp i, Exp interval)
{
    Program *p = c->p;
    Exp sound = whole(c, 1);
    for (size_t k = 0; k < c->field->state.count; k++)
        sound = x_var(p, s_let(p, "sound", x_mul(p, c->r->finite(c->block, x[k]), sound)));
    if_zero(c, sound);
    if (!probe) {
        probe = c->arg[ARG_WORK];
        base = x_add(p, c->area, whole(c, LANES));
        for (size_t k = 0; k < c->field->state.count; k++)
            c->r->store(c->block, x[k], probe, x_add(p, base, whole(c, c->field->state.at[k].offset)),
                        whole(c, c->field->states));
    }
    Exp states = whole(c, c->field->states);
    Exp where[] = { x_var(p, probe), base, x_mul(p, c->count, states) };
    Exp at = x_var(p, s_call_named(p, c->serve->find, where, 3, "at"));
    Exp sample = x_add(p, c->first, x_op(p, OP_div, at, states, 0));
    if_sound(c);
    fail(c, NODEC_NONFINITE, sample, time_at(c, sample, i), interval, x_op(p, OP_mod, at, states, 0));
    s_end(p);
    s_end(p);
}

/* ---- intervals ----------------------------------------------------------------------------- */

static void clock_declare(Scene *c)
{
    c->time = rank0(c, c->st->time);
    c->step_size = rank0(c, c->st->step_size);
    c->index = rank0(c, c->st->index);
    c->steps = rank0(c, c->st->count);
}

typedef struct Stride { Exp begin, size, count; } Stride; /* of one sample: t, h (reals), n (int) */

/* From t[from] to t[to] of a sample; the block fails if that takes too many steps. */
static Stride stride_of(Scene *c, Exp sample, Exp from, Exp to, Exp number)
{
    Program *p = c->p;
    Exp begin = x_var(p, s_let(p, "begin", time_at(c, sample, from)));
    Exp end = x_var(p, s_let(p, "end", time_at(c, sample, to)));
    Exp how[] = { begin, end, arg(c, ARG_H_MAX), arg(c, ARG_STEPS), arg(c, ARG_MAX_STEPS) };
    Exp n = x_var(p, s_call_named(p, c->serve->steps, how, 5, "n"));
    if_zero(c, n);
    if_sound(c);
    fail(c, NODEC_STEPS, sample, begin, number, whole(c, 0));
    s_end(p);
    s_end(p);
    Exp divisor = x_convert(p, x_op(p, OP_max, n, whole(c, 1), 0), L_REAL);
    Exp size = x_op(p, OP_div, x_sub(p, end, begin), divisor, 0);
    return (Stride){ begin, x_var(p, s_let(p, "h", size)), n };
}

static Exp stride_all(Scene *c, Exp from, Exp to, Exp number)
{
    Program *p = c->p;
    Stride s = stride_of(c, c->first, from, to, number);
    fill(c, c->time, s.begin);
    fill(c, c->step_size, s.size);
    fill(c, c->steps, x_convert(p, s.count, L_REAL));
    return s.count;
}

/* Each sample its own; lanes without one stand still at the first sample's time. */
static void stride_each(Scene *c, Exp from, Exp to, Exp number, Var most)
{
    Program *p = c->p;
    fill(c, c->time, time_at(c, c->first, from));
    fill(c, c->step_size, x_real(p, 0));
    fill(c, c->steps, x_real(p, 0));
    Exp b = loop(c, "b", whole(c, 0), c->count);
    Stride s = stride_of(c, x_add(p, c->first, b), from, to, number);
    if (c->time) c->r->poke(c->block, c->time, b, s.begin);
    if (c->step_size) c->r->poke(c->block, c->step_size, b, s.size);
    if (c->steps) c->r->poke(c->block, c->steps, b, x_convert(p, s.count, L_REAL));
    s_set(p, most, x_op(p, OP_max, x_var(p, most), s.count, 0));
    s_end(p);
}

/* Sets time, step_size and steps for interval `number`; the most steps any sample
 * takes, 0 after a failure.                                                           */
static Exp interval(Scene *c, Exp from, Exp to, Exp number)
{
    Program *p = c->p;
    if (c->r->width == 1) return stride_all(c, from, to, number);
    Var most = s_var(p, "most", whole(c, 0));
    if_zero(c, arg(c, ARG_T_STRIDE));
    s_set(p, most, stride_all(c, from, to, number));
    s_else(p);
    stride_each(c, from, to, number, most);
    s_end(p);
    s_if(p, x_op(p, OP_ne, x_var(p, c->failed), whole(c, 0), 0));
    s_set(p, most, whole(c, 0));
    s_end(p);
    return x_var(p, most);
}

static void stand_at(Scene *c, Exp substep)
{
    fill(c, c->index, x_convert(c->p, substep, L_REAL));
}

/* ---- solve ------------------------------------------------------------------------------------ */

static Exp state_row(const Scene *c, Exp row)
{
    Program *p = c->p;
    Exp sample = x_add(p, x_mul(p, row, arg(c, ARG_BATCH)), c->first);
    return x_mul(p, sample, whole(c, c->field->states));
}

static void solve_block(Scene *c)
{
    Program *p = c->p;
    fail_begin(c);
    Held **x = scene_states(c, "");
    scene_states_bind(c, x);
    scene_inputs(c);
    clock_declare(c);
    scene_load(c, x, ARG_X0, whole(c, 0));
    scene_store(c, x, ARG_X_OUT, whole(c, 0));
    check(c, x, c->arg[ARG_X_OUT], state_row(c, whole(c, 0)), whole(c, 0), whole(c, 0));

    Exp i = loop(c, "i", whole(c, 1), arg(c, ARG_TIMES)), before = x_sub(p, i, whole(c, 1));
    if_sound(c);
    Exp most = interval(c, before, i, before);
    Exp s = loop(c, "s", whole(c, 0), most);
    stand_at(c, s);
    scene_apply(c, c->st->step, NULL, 0);
    s_end(p);
    scene_store(c, x, ARG_X_OUT, i);
    check(c, x, c->arg[ARG_X_OUT], state_row(c, i), i, before);
    s_end(p);
    s_end(p);
}

uint32_t solve_build(const Serve *s)
{
    EntryRow row = {
        .name = "solve", .note = "x at every time, from x0", .block = solve_block, .parallel = true,
        .arg = { ARG_BATCH, ARG_TIMES, ARG_T, ARG_T_STRIDE, ARG_X0, ARG_INPUTS, ARG_THETA, ARG_X_OUT,
                 ARG_H_MAX, ARG_STEPS, ARG_MAX_STEPS, ARG_FAIL, ARG_WORK },
        .stage = { s->stages->step },
    };
    return entry_build(s, &row);
}

/* ---- gradients ----------------------------------------------------------------------------------- */

typedef struct Going {              /* back, from observation to observation       */
    Held **x, **a, **g;             /* state, its cotangent, dL/dx[i]               */
    Held **input_bar;
    Held **slope;                   /* adjoint: f of the substep, of the first one  */
    Held **first_slope;
    Held *dt;
    VEC(Bind) sums;                 /* where per-sample sums of pull go             */
} Going;

static Going going_begin(Scene *c)
{
    Going go = { 0 };
    fail_begin(c);
    go.x = scene_states(c, "");
    go.a = scene_states(c, "_bar");
    go.g = scene_states(c, "_jump");
    scene_states_bind(c, go.x);
    for (size_t i = 0; i < c->field->state.count; i++) {
        scene_bind(c, c->st->state[i].pulled, go.a[i]);
        scene_bind(c, c->st->state[i].direct, go.g[i]);
        c->r->zero(c->block, go.a[i]);
    }
    scene_inputs(c);
    go.input_bar = NEW_ARRAY(c->arena, Held *, c->field->input.count + 1);
    for (size_t i = 0; i < c->field->input.count; i++) {
        Name name = c->st->input[i].input;
        go.input_bar[i] = c->r->declare(c->block, arena_printf(c->arena, "%s_bar", name), c->field->input.at[i].shape);
        c->r->zero(c->block, go.input_bar[i]);
        VEC_PUSH(c->arena, go.sums) = (Bind){ name, go.input_bar[i] };
    }
    clock_declare(c);
    go.dt = c->r->declare(c->block, "dt", (Shape){ 0 });
    return go;
}

/* a += dL/dx[i]; lanes without a sample get none. */
static void jump(Scene *c, const Going *go, Exp i)
{
    scene_load(c, go->g, ARG_G_X, i);
    for (size_t k = 0; k < c->field->state.count; k++) c->r->mask(c->block, go->g[k]);
    scene_apply(c, c->st->jump, NULL, 0);
}

static void if_times_wanted(const Scene *c)
{
    if_zero(c, x_null(c->p, c->arg[ARG_G_T]));
}

/* dL/dt[i] to where it is kept: per sample, or the block's sum. */
static void keep_dt(Scene *c, const Going *go, Exp i)
{
    Program *p = c->p;
    if_zero(c, arg(c, ARG_T_STRIDE));
    s_store(p, c->arg[ARG_WORK], x_add(p, c->dt_at, i), c->r->total(c->block, go->dt));
    s_else(p);
    Exp base = x_add(p, x_mul(p, c->first, arg(c, ARG_T_STRIDE)), i);
    c->r->store(c->block, go->dt, c->arg[ARG_G_T], base, arg(c, ARG_T_STRIDE));
    s_end(p);
}

static void going_end(Scene *c, const Going *go)
{
    Program *p = c->p;
    jump(c, go, whole(c, 0));
    check(c, go->a, 0, 0, whole(c, 0), whole(c, 0));
    if_zero(c, x_null(p, c->arg[ARG_G_X0]));
    scene_store(c, go->a, ARG_G_X0, whole(c, 0));
    s_end(p);
    if (!c->field->inputs) return;
    if_zero(c, x_null(p, c->arg[ARG_G_INPUTS]));
    Exp width = whole(c, c->field->inputs);
    for (size_t i = 0; i < c->field->input.count; i++)
        c->r->store(c->block, go->input_bar[i], c->arg[ARG_G_INPUTS],
                    x_add(p, x_mul(p, c->first, width), whole(c, c->field->input.at[i].offset)), width);
    s_end(p);
}

/* dL/dt[i] = (what is bound to the direct gradient's leaf) . slope */
static void slope_time(Scene *c, const Going *go, const Fn *fn, Held **direct, Held **slope, Exp i)
{
    size_t states = c->field->state.count;
    Bind *bind = NEW_ARRAY(c->arena, Bind, 2 * states);
    for (size_t k = 0; k < states; k++) {
        bind[2 * k] = (Bind){ c->st->state[k].direct, direct[k] };
        bind[2 * k + 1] = (Bind){ c->st->state[k].along, slope[k] };
    }
    Bind out = { c->st->dt, go->dt };
    c->r->apply(c->block, fn, bind, 2 * states, &out, 1, 0);
    keep_dt(c, go, i);
}

/* All substeps from t[i] to t[i-1]; f of the first stays in first_slope. */
static void adjoint_interval(Scene *c, Going *go, Exp most)
{
    Program *p = c->p;
    size_t states = c->field->state.count, n = 0;
    Bind *out = NEW_ARRAY(c->arena, Bind, states + go->sums.count);
    for (size_t k = 0; k < states; k++) out[n++] = (Bind){ c->st->state[k].first_slope, go->slope[k] };
    for (size_t k = 0; k < go->sums.count; k++) out[n++] = go->sums.at[k];

    Exp s = loop(c, "s", whole(c, 0), most);
    stand_at(c, s);
    scene_apply(c, c->st->pull, out, n);
    if_zero(c, s);
    for (size_t k = 0; k < states; k++) c->r->copy(c->block, go->first_slope[k], go->slope[k]);
    s_end(p);
    s_end(p);
}

/* -a . f(x[0], t[0]), from an f of its own */
static void adjoint_start(Scene *c, Going *go)
{
    size_t states = c->field->state.count;
    Bind *out = NEW_ARRAY(c->arena, Bind, states);
    if_times_wanted(c);
    scene_load(c, go->x, ARG_X, whole(c, 0));
    Exp stride = arg(c, ARG_T_STRIDE);
    if (c->time) c->r->load(c->block, c->time, c->arg[ARG_T], x_mul(c->p, c->first, stride), stride);
    for (size_t k = 0; k < states; k++) out[k] = (Bind){ c->st->state[k].slope, go->first_slope[k] };
    scene_apply(c, c->st->f, out, states);
    slope_time(c, go, c->st->start_slope, go->a, go->first_slope, whole(c, 0));
    s_end(c->p);
}

/* for i from the last observation to 1, unless the block has failed */
static Exp backwards(const Scene *c)
{
    Program *p = c->p;
    Exp k = loop(c, "k", whole(c, 1), arg(c, ARG_TIMES));
    Exp i = x_var(p, s_let(p, "i", x_sub(p, arg(c, ARG_TIMES), k)));
    if_sound(c);
    return i;
}

static void backwards_end(Scene *c, const Going *go, Exp i)
{
    Exp before = x_sub(c->p, i, whole(c, 1));
    check(c, go->a, 0, 0, before, before);
    s_end(c->p);
    s_end(c->p);
}

static void adjoint_block(Scene *c)
{
    Going go = going_begin(c);
    go.slope = scene_states(c, "_slope");
    go.first_slope = scene_states(c, "_first_slope");
    for (size_t k = 0; k < c->field->state.count; k++) c->r->zero(c->block, go.first_slope[k]);
    Exp i = backwards(c);
    jump(c, &go, i);
    scene_load(c, go.x, ARG_X, i);
    Exp before = x_sub(c->p, i, whole(c, 1)), most = interval(c, i, before, before);
    adjoint_interval(c, &go, most);
    if_times_wanted(c);
    slope_time(c, &go, c->st->slope, go.g, go.first_slope, i);
    s_end(c->p);
    backwards_end(c, &go, i);
    adjoint_start(c, &go);
    going_end(c, &go);
}

/* ---- discrete ------------------------------------------------------------------------------------ */

/* The tape slot of substep s when the tape begins at `low`. */
static void tape_each(Scene *c, const Going *go, Exp s, Exp low, uint32_t slot,
                      void each(Scene *, Held *, Exp at))
{
    Program *p = c->p;
    Exp at = x_mul(p, c->b, whole(c, c->tape_size));
    at = x_add(p, at, x_mul(p, x_sub(p, s, low), whole(c, slot)));
    for (size_t k = 0; k < c->field->state.count; k++) {
        each(c, go->x[k], at);
        at = x_add(p, at, whole(c, c->r->held_size(c->block, go->x[k])));
    }
}

static void tape_write(Scene *c, Held *x, Exp at) { c->r->stash(c->block, x, c->tape, at); }
static void tape_read(Scene *c, Held *x, Exp at)  { c->r->fetch(c->block, x, c->tape, at); }

/* Substeps low .. high: forwards to the tape, and back. */
static void discrete_piece(Scene *c, const Going *go, Exp low, Exp high, Exp before, uint32_t slot)
{
    Program *p = c->p;
    Exp last = x_sub(p, high, whole(c, 1));
    scene_load(c, go->x, ARG_X, before);
    Exp s = loop(c, "s", whole(c, 0), last);
    s_if(p, x_op(p, OP_ge, s, low, 0));
    tape_each(c, go, s, low, slot, tape_write);
    s_end(p);
    stand_at(c, s);
    scene_apply(c, c->st->step, NULL, 0);
    s_end(p);

    Exp r = loop(c, "r", whole(c, 0), x_sub(p, high, low));     /* x is the last one's already */
    Exp back = x_var(p, s_let(p, "back", x_sub(p, last, r)));
    s_if(p, x_op(p, OP_gt, r, whole(c, 0), 0));
    tape_each(c, go, back, low, slot, tape_read);
    s_end(p);
    stand_at(c, back);
    scene_apply(c, c->st->pull, go->sums.at, go->sums.count);
    s_end(p);
}

static void discrete_interval(Scene *c, const Going *go, Exp most, Exp before, uint32_t slot)
{
    Program *p = c->p;
    Exp length = whole(c, c->serve->tape);
    Exp pieces = x_op(p, OP_div, x_add(p, most, whole(c, (int64_t)c->serve->tape - 1)), length, 0);
    pieces = x_var(p, s_let(p, "pieces", pieces));
    Exp q = loop(c, "q", whole(c, 0), pieces);
    Exp low = x_mul(p, x_sub(p, x_sub(p, pieces, whole(c, 1)), q), length);
    low = x_var(p, s_let(p, "low", low));
    Exp high = x_var(p, s_let(p, "high", x_op(p, OP_min, most, x_add(p, low, length), 0)));
    discrete_piece(c, go, low, high, before, slot);
    s_end(p);
}

static void discrete_block(Scene *c)
{
    Program *p = c->p;
    Going go = going_begin(c);
    Held *span_sum = rank0(c, c->st->span_sum), *time_sum = rank0(c, c->st->time_sum);
    Held *later = rank0(c, c->st->later);
    fill(c, later, x_real(p, 0));
    uint32_t slot = 0;
    for (size_t k = 0; k < c->field->state.count; k++) slot += c->r->held_size(c->block, go.x[k]);
    c->tape_size = (slot * c->serve->tape + LANES - 1) / LANES * LANES;

    Exp i = backwards(c), before = x_sub(p, i, whole(c, 1));
    jump(c, &go, i);
    Exp most = interval(c, before, i, before);
    fill(c, span_sum, x_real(p, 0));
    fill(c, time_sum, x_real(p, 0));
    discrete_interval(c, &go, most, before, slot);
    Bind out = { c->st->dt, go.dt };
    scene_apply(c, c->st->close, &out, 1);
    if_times_wanted(c);
    keep_dt(c, &go, i);
    s_end(p);
    backwards_end(c, &go, i);

    if_times_wanted(c);
    c->r->copy(c->block, go.dt, later);
    keep_dt(c, &go, whole(c, 0));
    s_end(p);
    going_end(c, &go);
}

uint32_t gradient_build(const Serve *s)
{
    const Stages *st = s->stages;
    bool adjoint = s->gradient == GRADIENT_ADJOINT;
    EntryRow row = {
        .name = "gradient", .note = adjoint ? "dL/dx0, dL/dtheta and dL/dt by the continuous adjoint"
                                            : "dL/dx0, dL/dtheta and dL/dt of the discrete solve",
        .block = adjoint ? adjoint_block : discrete_block, .parallel = true, .dt = true, .tape = !adjoint,
        .arg = { ARG_BATCH, ARG_TIMES, ARG_T, ARG_T_STRIDE, ARG_X, ARG_INPUTS, ARG_THETA, ARG_G_X, ARG_G_X0,
                 ARG_G_INPUTS, ARG_G_THETA, ARG_G_T, ARG_H_MAX, ARG_STEPS, ARG_MAX_STEPS, ARG_FAIL, ARG_WORK },
        .sums = ARG_G_THETA,
    };
    Fn *with_adjoint[] = { st->pull, st->jump, st->slope, st->f, st->start_slope };
    Fn *with_discrete[] = { st->step, st->pull, st->jump, st->close };
    for (size_t i = 0; i < (adjoint ? COUNT(with_adjoint) : COUNT(with_discrete)); i++)
        row.stage[i] = adjoint ? with_adjoint[i] : with_discrete[i];
    return entry_build(s, &row);
}
