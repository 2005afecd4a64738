/* skeleton.c: what a solve and its gradients are, once for every regime.
 *
 * One block of samples, all intervals.  solve:
 *
 *     x[0] = x0;  for i: x[i] = x[i-1] after n substeps of length (t[i] - t[i-1])/n
 *
 * A sample that leaves the finite numbers stays there, and the others of its block
 * are none the worse for it: solve goes on to the end, and says what it has seen.
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
 * interval longer than the tape is done in pieces from its end, each time from x[i-1]. */
#include "lower/skeleton.h"

/* ---- solve ------------------------------------------------------------------------------------ */

static Exp state_row(const Scene *c, Exp row)
{
    Program *p = c->p;
    Exp sample = x_add(p, x_mul(p, row, scene_arg(c, ARG_BATCH)), c->first);
    return x_mul(p, sample, scene_int(c, c->field->states));
}

static void solve_block(Scene *c)
{
    Program *p = c->p;
    scene_fail_begin(c);
    Held **x = scene_states(c, "");
    scene_states_bind(c, x);
    scene_inputs(c);
    scene_clock(c);
    scene_load(c, x, ARG_X0, scene_int(c, 0));
    scene_store(c, x, ARG_X_OUT, scene_int(c, 0));
    scene_check(c, x, c->arg[ARG_X_OUT], state_row(c, scene_int(c, 0)), scene_int(c, 0), scene_int(c, 0));

    s_note(p, "from each time to the next: n steps of length h");
    Exp i = scene_loop(c, "i", scene_int(c, 1), scene_arg(c, ARG_TIMES)), before = x_sub(p, i, scene_int(c, 1));
    Exp most = scene_interval(c, before, i, before);
    Exp s = scene_loop(c, "s", scene_int(c, 0), most);
    scene_substep(c, s);
    scene_apply(c, c->st->step, NULL, 0);
    s_end(p);
    scene_store(c, x, ARG_X_OUT, i);
    scene_check(c, x, c->arg[ARG_X_OUT], state_row(c, i), i, before);
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
    scene_fail_begin(c);
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
        go.input_bar[i] = c->r->declare(c->block, arena_printf(c->arena, "%s_bar", name),
                                        c->field->input.at[i].shape);
        c->r->zero(c->block, go.input_bar[i]);
        VEC_PUSH(c->arena, go.sums) = (Bind){ name, go.input_bar[i] };
    }
    scene_clock(c);
    go.dt = c->r->declare(c->block, "dt", (Shape){ 0 });
    return go;
}

/* a += dL/dx[i]; lanes without a sample get none. */
static void jump(Scene *c, const Going *go, Exp i)
{
    s_note(c->p, "the adjoint, %s_bar, jumps by dL/dx at this time", c->field->state.at[0].name);
    scene_load(c, go->g, ARG_G_X, i);
    for (size_t k = 0; k < c->field->state.count; k++) c->r->mask(c->block, go->g[k]);
    scene_apply(c, c->st->jump, NULL, 0);
}

static void if_times_wanted(const Scene *c)
{
    scene_if_zero(c, x_null(c->p, c->arg[ARG_G_T]));
}

/* dL/dt[i] to where it is kept: per sample, or the block's sum. */
static void keep_dt(Scene *c, const Going *go, Exp i)
{
    Program *p = c->p;
    scene_if_zero(c, scene_arg(c, ARG_T_STRIDE));
    s_store(p, c->arg[ARG_WORK], x_add(p, c->dt_at, i), c->r->total(c->block, go->dt));
    s_else(p);
    Exp base = x_add(p, x_mul(p, c->first, scene_arg(c, ARG_T_STRIDE)), i);
    c->r->store(c->block, go->dt, c->arg[ARG_G_T], base, scene_arg(c, ARG_T_STRIDE));
    s_end(p);
}

static void going_end(Scene *c, const Going *go)
{
    Program *p = c->p;
    jump(c, go, scene_int(c, 0));
    scene_check(c, go->a, 0, 0, scene_int(c, 0), scene_int(c, 0));
    scene_if_zero(c, x_null(p, c->arg[ARG_G_X0]));
    scene_store(c, go->a, ARG_G_X0, scene_int(c, 0));
    s_end(p);
    if (!c->field->inputs) return;
    scene_if_zero(c, x_null(p, c->arg[ARG_G_INPUTS]));
    Exp width = scene_int(c, c->field->inputs);
    for (size_t i = 0; i < c->field->input.count; i++)
        c->r->store(c->block, go->input_bar[i], c->arg[ARG_G_INPUTS],
                    x_add(p, x_mul(p, c->first, width), scene_int(c, c->field->input.at[i].offset)), width);
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

    const char *x = states == 1 ? c->field->state.at[0].name : "x";     /* x: all states */
    s_note(p, "n steps to the time before, together: d%s/dt = f, d%s_bar/dt = -%s_bar . df/d%s, and dL/dtheta "
           "sums %s_bar . df/dtheta dt", x, x, x, x, x);
    Exp s = scene_loop(c, "s", scene_int(c, 0), most);
    scene_substep(c, s);
    scene_apply(c, c->st->pull, out, n);
    scene_if_zero(c, s);
    for (size_t k = 0; k < states; k++) c->r->copy(c->block, go->first_slope[k], go->slope[k]);
    s_end(p);
    s_end(p);
}

/* -a . f(x[0], t[0]), from an f of its own */
static void adjoint_start(Scene *c, Going *go)
{
    size_t states = c->field->state.count;
    Bind *out = NEW_ARRAY(c->arena, Bind, states);
    s_note(c->p, "dL/dt at the first time: -adjoint . f");
    if_times_wanted(c);
    scene_load(c, go->x, ARG_X, scene_int(c, 0));
    Exp stride = scene_arg(c, ARG_T_STRIDE);
    if (c->time) c->r->load(c->block, c->time, c->arg[ARG_T], x_mul(c->p, c->first, stride), stride);
    for (size_t k = 0; k < states; k++) out[k] = (Bind){ c->st->state[k].slope, go->first_slope[k] };
    scene_apply(c, c->st->f, out, states);
    slope_time(c, go, c->st->start_slope, go->a, go->first_slope, scene_int(c, 0));
    s_end(c->p);
}

/* for i from the last observation to 1, unless the block has failed */
static Exp backwards(const Scene *c)
{
    Program *p = c->p;
    Exp k = scene_loop(c, "k", scene_int(c, 1), scene_arg(c, ARG_TIMES));
    Exp i = x_var(p, s_let(p, "i", x_sub(p, scene_arg(c, ARG_TIMES), k)));
    scene_if_sound(c);
    return i;
}

static void backwards_end(Scene *c, const Going *go, Exp i)
{
    Exp before = x_sub(c->p, i, scene_int(c, 1));
    scene_check(c, go->a, 0, 0, before, before);
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
    Exp before = x_sub(c->p, i, scene_int(c, 1)), most = scene_interval(c, i, before, before);
    adjoint_interval(c, &go, most);
    s_note(c->p, "dL/dt at this time: dL/dx . f");
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
    Exp at = x_mul(p, c->b, scene_int(c, c->tape_size));
    at = x_add(p, at, x_mul(p, x_sub(p, s, low), scene_int(c, slot)));
    for (size_t k = 0; k < c->field->state.count; k++) {
        each(c, go->x[k], at);
        at = x_add(p, at, scene_int(c, c->r->held_size(c->block, go->x[k])));
    }
}

static void tape_write(Scene *c, Held *x, Exp at) { c->r->stash(c->block, x, c->tape, at); }
static void tape_read(Scene *c, Held *x, Exp at)  { c->r->fetch(c->block, x, c->tape, at); }

/* Substeps low .. high: forwards to the tape, and back. */
static void discrete_piece(Scene *c, const Going *go, Exp low, Exp high, Exp before, uint32_t slot)
{
    Program *p = c->p;
    Exp last = x_sub(p, high, scene_int(c, 1));
    s_note(p, "once more forwards from the time before, the states of the steps onto the tape");
    scene_load(c, go->x, ARG_X, before);
    Exp s = scene_loop(c, "s", scene_int(c, 0), last);
    s_if(p, x_op(p, OP_ge, s, low, 0));
    tape_each(c, go, s, low, slot, tape_write);
    s_end(p);
    scene_substep(c, s);
    scene_apply(c, c->st->step, NULL, 0);
    s_end(p);

    s_note(p, "and back: the derivative of each step as it was taken, from the last to the first");
    Exp r = scene_loop(c, "r", scene_int(c, 0), x_sub(p, high, low));     /* x is the last one's already */
    Exp back = x_var(p, s_let(p, "back", x_sub(p, last, r)));
    s_if(p, x_op(p, OP_gt, r, scene_int(c, 0), 0));
    tape_each(c, go, back, low, slot, tape_read);
    s_end(p);
    scene_substep(c, back);
    scene_apply(c, c->st->pull, go->sums.at, go->sums.count);
    s_end(p);
}

static void discrete_interval(Scene *c, const Going *go, Exp most, Exp before, uint32_t slot)
{
    Program *p = c->p;
    Exp length = scene_int(c, c->serve->tape);
    Exp pieces = x_op(p, OP_div, x_add(p, most, scene_int(c, (int64_t)c->serve->tape - 1)), length, 0);
    pieces = x_var(p, s_let(p, "pieces", pieces));
    Exp q = scene_loop(c, "q", scene_int(c, 0), pieces);
    Exp low = x_mul(p, x_sub(p, x_sub(p, pieces, scene_int(c, 1)), q), length);
    low = x_var(p, s_let(p, "low", low));
    Exp high = x_var(p, s_let(p, "high", x_op(p, OP_min, most, x_add(p, low, length), 0)));
    discrete_piece(c, go, low, high, before, slot);
    s_end(p);
}

static void discrete_block(Scene *c)
{
    Program *p = c->p;
    Going go = going_begin(c);
    Held *span_sum = scene_number(c, c->st->span_sum), *time_sum = scene_number(c, c->st->time_sum);
    Held *later = scene_number(c, c->st->later);
    scene_fill(c, later, x_real(p, 0));
    uint32_t slot = 0;
    for (size_t k = 0; k < c->field->state.count; k++) slot += c->r->held_size(c->block, go.x[k]);
    c->tape_size = (slot * c->serve->tape + LANES - 1) / LANES * LANES;

    Exp i = backwards(c), before = x_sub(p, i, scene_int(c, 1));
    jump(c, &go, i);
    Exp most = scene_interval(c, before, i, before);
    scene_fill(c, span_sum, x_real(p, 0));
    scene_fill(c, time_sum, x_real(p, 0));
    discrete_interval(c, &go, most, before, slot);
    Bind out = { c->st->dt, go.dt };
    scene_apply(c, c->st->close, &out, 1);
    if_times_wanted(c);
    keep_dt(c, &go, i);
    s_end(p);
    backwards_end(c, &go, i);

    if_times_wanted(c);
    c->r->copy(c->block, go.dt, later);
    keep_dt(c, &go, scene_int(c, 0));
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
