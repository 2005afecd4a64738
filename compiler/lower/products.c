/* products.c: f, its products with vectors, and what is before and after a solve:
 * initial states from parameters and inputs, observables from states.              */
#include "lower/skeleton.h"

/* ---- small words -------------------------------------------------------------------- */

static Exp at_time(const Scene *c, Exp i)       /* the block's first sample's t[i] */
{
    return x_add(c->p, x_mul(c->p, c->first, scene_arg(c, ARG_T_STRIDE)), i);
}

static void if_given(const Scene *c, Arg a)
{
    scene_if_zero(c, x_null(c->p, c->arg[a]));
}

static Bind *binds(const Scene *c, size_t n)
{
    return NEW_ARRAY(c->arena, Bind, n + 1);
}

/* State k of the block's first sample in an array of dense states. */
static Exp sample_state(const Scene *c, size_t k)
{
    Program *p = c->p;
    return x_add(p, x_mul(p, c->first, scene_int(c, c->field->states)), scene_int(c, c->field->state.at[k].offset));
}

/* A cotangent per sample: zero in lanes that hold none. */
static Held *cotangent(Scene *c, Name leaf, Shape shape, Arg from, Exp base, uint32_t stride)
{
    Held *held = c->r->declare(c->block, leaf, shape);
    c->r->load(c->block, held, c->arg[from], base, scene_int(c, stride));
    c->r->mask(c->block, held);
    scene_bind(c, leaf, held);
    return held;
}

static Held **given_states(Scene *c)
{
    Held **x = scene_states(c, "");
    scene_states_bind(c, x);
    scene_load(c, x, ARG_X, scene_int(c, 0));
    scene_inputs(c);
    scene_time(c);
    return x;
}

/* ---- f -------------------------------------------------------------------------------- */

static void f_block(Scene *c)
{
    size_t states = c->field->state.count;
    given_states(c);
    Held **dx = scene_states(c, "_dot");
    Bind *out = binds(c, states);
    for (size_t i = 0; i < states; i++) out[i] = (Bind){ c->st->state[i].slope, dx[i] };
    scene_apply(c, c->st->f, out, states);
    scene_store(c, dx, ARG_DX, scene_int(c, 0));
}

static uint32_t f_build(const Serve *s)
{
    EntryRow row = { .name = "f", .note = "dx/dt", .block = f_block, .stage = { s->stages->f },
                     .arg = { ARG_BATCH, ARG_T, ARG_T_STRIDE, ARG_X, ARG_INPUTS, ARG_THETA, ARG_DX } };
    return entry_build(s, &row);
}

/* ---- vjp ------------------------------------------------------------------------------- */

static Bind result(Scene *c, Name root, Shape shape)
{
    return (Bind){ root, c->r->declare(c->block, root, shape) };
}

static void vjp_block(Scene *c)
{
    const Field *f = c->field;
    Program *p = c->p;
    size_t states = f->state.count, inputs = f->input.count, n = 0;
    given_states(c);
    for (size_t i = 0; i < states; i++)
        cotangent(c, c->st->state[i].seed, f->state.at[i].shape, ARG_A,
                  sample_state(c, i), f->states);
    Bind *out = binds(c, states + inputs + 1);
    for (size_t i = 0; i < states; i++) out[n++] = result(c, c->st->state[i].moved, f->state.at[i].shape);
    for (size_t i = 0; i < inputs; i++) out[n++] = result(c, c->st->input[i].moved, f->input.at[i].shape);
    out[n++] = result(c, c->st->time_moved, (Shape){ 0 });
    scene_apply(c, c->st->vjp, out, n);

    if_given(c, ARG_AX);
    for (size_t i = 0; i < states; i++)
        c->r->store(c->block, out[i].value, c->arg[ARG_AX],
                    sample_state(c, i), scene_int(c, f->states));
    s_end(p);
    if_given(c, ARG_AT);
    c->r->store(c->block, out[n - 1].value, c->arg[ARG_AT], c->first, scene_int(c, 1));
    s_end(p);
    if (!inputs) return;
    if_given(c, ARG_AINPUTS);
    for (size_t i = 0; i < inputs; i++)
        c->r->store(c->block, out[states + i].value, c->arg[ARG_AINPUTS],
                    x_add(p, x_mul(p, c->first, scene_int(c, f->inputs)), scene_int(c, f->input.at[i].offset)),
                    scene_int(c, f->inputs));
    s_end(p);
}

static uint32_t vjp_build(const Serve *s)
{
    EntryRow row = { .name = "vjp", .note = "a.df/dx, a.df/dt, a.df/dtheta", .block = vjp_block,
                     .stage = { s->stages->vjp }, .sums = ARG_ATHETA,
                     .arg = { ARG_BATCH, ARG_T, ARG_T_STRIDE, ARG_X, ARG_INPUTS, ARG_THETA, ARG_A, ARG_AX,
                              ARG_AT, ARG_AINPUTS, ARG_ATHETA, ARG_WORK } };
    return entry_build(s, &row);
}

/* ---- jvp -------------------------------------------------------------------------------- */

/* A direction; NULL is zero. */
static void tangent(Scene *c, Name leaf, Shape shape, Arg from, Exp base, uint32_t stride)
{
    Held *held = c->r->declare(c->block, leaf, shape);
    if_given(c, from);
    c->r->load(c->block, held, c->arg[from], base, scene_int(c, stride));
    s_else(c->p);
    c->r->zero(c->block, held);
    s_end(c->p);
    scene_bind(c, leaf, held);
}

/* theta's direction is the same for all samples: a copy in the block's area. */
static void theta_tangent(Scene *c)
{
    Program *p = c->p;
    const Field *f = c->field;
    Exp at = x_add(p, c->area, scene_int(c, LANES));
    if (!f->params) return;
    Var copy = s_view(p, "v", c->arg[ARG_WORK], at);
    Exp i = x_var(p, s_for(p, "i", scene_int(c, 0), scene_int(c, f->params), scene_int(c, 1), FOR_ROLL));
    if_given(c, ARG_VTHETA);
    s_store(p, copy, i, x_load(p, c->arg[ARG_VTHETA], i, 1));
    s_else(p);
    s_store(p, copy, i, x_real(p, 0));
    s_end(p);
    s_end(p);
    for (size_t k = 0; k < f->param.count; k++)
        scene_bind(c, c->st->param[k].tangent,
                   c->r->shared(c->block, f->param.at[k].shape, copy, scene_int(c, f->param.at[k].offset)));
}

static void jvp_block(Scene *c)
{
    const Field *f = c->field;
    size_t states = f->state.count;
    given_states(c);
    for (size_t i = 0; i < states; i++)
        tangent(c, c->st->state[i].tangent, f->state.at[i].shape, ARG_VX,
                sample_state(c, i), f->states);
    tangent(c, c->st->time_tangent, (Shape){ 0 }, ARG_VT, c->first, 1);
    theta_tangent(c);
    Held **dot = scene_states(c, "_dot");
    Bind *out = binds(c, states);
    for (size_t i = 0; i < states; i++) out[i] = (Bind){ c->st->state[i].dot, dot[i] };
    scene_apply(c, c->st->jvp, out, states);
    scene_store(c, dot, ARG_OUT, scene_int(c, 0));
}

uint32_t jvp_build(const Serve *s)
{
    EntryRow row = { .name = "jvp", .note = "df/dx.vx + df/dt.vt + df/dtheta.vtheta", .block = jvp_block,
                     .stage = { s->stages->jvp }, .room = s->field->params,
                     .arg = { ARG_BATCH, ARG_T, ARG_T_STRIDE, ARG_X, ARG_INPUTS, ARG_THETA, ARG_VX, ARG_VT,
                              ARG_VTHETA, ARG_OUT, ARG_WORK } };
    return entry_build(s, &row);
}

/* ---- observables -------------------------------------------------------------------------- */

static Exp output_base(const Scene *c, size_t k, Exp row)
{
    Program *p = c->p;
    Exp sample = x_add(p, x_mul(p, row, scene_arg(c, ARG_BATCH)), c->first);
    return x_add(p, x_mul(p, sample, scene_int(c, c->field->outputs)), scene_int(c, c->field->output.at[k].offset));
}

/* for every time: the states there and the time, loaded */
static Exp observations(Scene *c, Held **x, Held *time)
{
    Program *p = c->p;
    Exp i = x_var(p, s_for(p, "i", scene_int(c, 0), scene_arg(c, ARG_TIMES), scene_int(c, 1), FOR_ROLL));
    scene_load(c, x, ARG_X, i);
    c->r->load(c->block, time, c->arg[ARG_T], at_time(c, i), x_var(p, c->arg[ARG_T_STRIDE]));
    return i;
}

static void observe_block(Scene *c)
{
    size_t outputs = c->field->output.count;
    Held **x = scene_states(c, "");
    scene_states_bind(c, x);
    scene_inputs(c);
    Held *time = c->r->declare(c->block, c->st->time, (Shape){ 0 });
    scene_bind(c, c->st->time, time);
    Bind *out = binds(c, outputs);
    for (size_t k = 0; k < outputs; k++) out[k] = result(c, c->st->output[k].output, c->field->output.at[k].shape);

    Exp i = observations(c, x, time);
    scene_apply(c, c->st->observe, out, outputs);
    for (size_t k = 0; k < outputs; k++)
        c->r->store(c->block, out[k].value, c->arg[ARG_Y], output_base(c, k, i), scene_int(c, c->field->outputs));
    s_end(c->p);
}

static uint32_t observe_build(const Serve *s)
{
    EntryRow row = { .name = "observe", .note = "observables at every time", .block = observe_block,
                     .stage = { s->stages->observe },
                     .arg = { ARG_BATCH, ARG_TIMES, ARG_T, ARG_T_STRIDE, ARG_X, ARG_INPUTS, ARG_THETA, ARG_Y } };
    return entry_build(s, &row);
}

static void observe_vjp_block(Scene *c)
{
    const Field *f = c->field;
    size_t outputs = f->output.count, states = f->state.count;
    Held **x = scene_states(c, ""), **bar = scene_states(c, "_bar");
    scene_states_bind(c, x);
    scene_inputs(c);
    Held *time = c->r->declare(c->block, c->st->time, (Shape){ 0 });
    scene_bind(c, c->st->time, time);
    Bind *out = binds(c, states);
    for (size_t k = 0; k < states; k++) out[k] = (Bind){ c->st->state[k].observed, bar[k] };
    Held **seed = NEW_ARRAY(c->arena, Held *, outputs + 1);
    for (size_t k = 0; k < outputs; k++) {
        seed[k] = c->r->declare(c->block, c->st->output[k].seed, f->output.at[k].shape);
        scene_bind(c, c->st->output[k].seed, seed[k]);
    }
    Exp i = observations(c, x, time);
    for (size_t k = 0; k < outputs; k++) {
        c->r->load(c->block, seed[k], c->arg[ARG_A], output_base(c, k, i), scene_int(c, f->outputs));
        c->r->mask(c->block, seed[k]);
    }
    scene_apply(c, c->st->observe_vjp, out, states);
    scene_store(c, bar, ARG_G_X_OUT, i);
    s_end(c->p);
}

static uint32_t observe_vjp_build(const Serve *s)
{
    EntryRow row = { .name = "observe_vjp", .note = "from dL/dy: dL/dx, and dL/dtheta added to g_theta",
                     .block = observe_vjp_block, .stage = { s->stages->observe_vjp }, .sums = ARG_ADD_THETA,
                     .arg = { ARG_BATCH, ARG_TIMES, ARG_T, ARG_T_STRIDE, ARG_X, ARG_INPUTS, ARG_THETA, ARG_A,
                              ARG_G_X_OUT, ARG_ADD_THETA, ARG_WORK } };
    return entry_build(s, &row);
}

/* ---- initial states ------------------------------------------------------------------------ */

static void start_block(Scene *c)
{
    const Field *f = c->field;
    size_t n = 0;
    scene_inputs(c);
    Held **x0 = scene_states(c, "");
    Bind *out = binds(c, f->state.count);
    for (size_t k = 0; k < f->state.count; k++)
        if (f->state.at[k].given)
            c->r->load(c->block, x0[k], c->arg[ARG_GIVEN], sample_state(c, k), scene_int(c, f->states));
        else
            out[n++] = (Bind){ c->st->state[k].state, x0[k] };
    for (size_t k = 0; k < f->state.count; k++)
        if (f->state.at[k].given) scene_bind(c, c->st->state[k].state, x0[k]);
    scene_apply(c, c->st->start, out, n);
    scene_store(c, x0, ARG_X0_OUT, scene_int(c, 0));
}

static void start_vjp_block(Scene *c)
{
    const Field *f = c->field;
    Held **x0 = scene_states(c, "");
    scene_inputs(c);
    for (size_t k = 0; k < f->state.count; k++) {
        if (f->state.at[k].given) {
            c->r->load(c->block, x0[k], c->arg[ARG_GIVEN], sample_state(c, k), scene_int(c, f->states));
            scene_bind(c, c->st->state[k].state, x0[k]);
        } else cotangent(c, c->st->state[k].begun, f->state.at[k].shape, ARG_A, sample_state(c, k), f->states);
    }
    scene_apply(c, c->st->start_vjp, NULL, 0);
}

void ends_build(const Serve *s, Entries *to)
{
    to->start = NO_ENTRY;
    if (!s->stages->start) return;
    EntryRow start = { .name = "start", .note = "the initial states", .block = start_block,
                       .stage = { s->stages->start },
                       .arg = { ARG_BATCH, ARG_GIVEN, ARG_INPUTS, ARG_THETA, ARG_X0_OUT } };
    to->start = entry_build(s, &start);
}

uint32_t start_vjp_build(const Serve *s)
{
    if (!s->stages->start) return NO_ENTRY;
    EntryRow row = { .name = "start_vjp", .note = "from dL/dx0: dL/dtheta, added to g_theta",
                     .block = start_vjp_block, .stage = { s->stages->start_vjp }, .sums = ARG_ADD_THETA,
                     .arg = { ARG_BATCH, ARG_GIVEN, ARG_INPUTS, ARG_THETA, ARG_A, ARG_ADD_THETA, ARG_WORK } };
    return entry_build(s, &row);
}

void products_build(const Serve *s, Entries *to)
{
    to->f = f_build(s);
    to->vjp = vjp_build(s);
    to->observe = s->stages->observe ? observe_build(s) : NO_ENTRY;
    to->observe_vjp = s->stages->observe_vjp ? observe_vjp_build(s) : NO_ENTRY;
}
