/* model_entry.c: `forward` and `train`: what is called in which order.
 *
 *     prepare everything; moment 0
 *     for every solve: its steps, is it finite?; the moment of its end
 *     values and losses, are they finite?
 *     training, for every solve from the last: steps back; the moment of its beginning
 *     training: the sums of all, into g_theta
 *
 * The clock of a solve: n equal steps from `from` to `to`, t = from + k*h.  The adjoint
 * goes back along the same times with -h, from the state at the end; the discrete
 * gradient along the same steps, from the states on the tape.                        */
#include "tile/whole.h"

#include "abi.h"

typedef struct Entry {              /* a function being built                          */
    Side    *s;
    Program *p;
    TileArgs a;
    Var      g_theta, values, fail, work;
} Entry;

static void params(Entry *e)
{
    Program *p = e->p;
    const Model *model = e->s->w->model;
    bool train = e->s->train;
    e->a.batch = fn_param(p, "batch", L_INT);
    e->a.inputs = fn_param_buffer(p, "inputs", SPACE_CONST, false, false);
    if (train && model->draws) e->a.draws = fn_param_buffer(p, "draws", SPACE_CONST, false, false);
    e->a.theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false);
    if (e->s->w->buffers)
        e->a.buffers = fn_param_buffer(p, "buffers", train ? SPACE_SHARED : SPACE_CONST, train, false);
    if (train) e->g_theta = fn_param_buffer(p, "g_theta", SPACE_SHARED, true, false);
    e->a.outputs = fn_param_buffer(p, "outputs", SPACE_SHARED, true, true);
    e->values = fn_param_buffer(p, "values", SPACE_SHARED, true, !train);
    e->fail = fn_param_buffer(p, "fail", SPACE_SHARED, true, false);
    e->work = fn_param_buffer(p, "work", SPACE_SHARED, true, false);
}

/* What every tiled function takes. */
static void arguments(Entry *e)
{
    Program *p = e->p;
    Exp batch = x_convert(p, x_var(p, e->a.batch), L_REAL);
    e->a.fixed = s_view(p, "fixed", e->work, x_int(p, 0));
    e->a.values = s_view(p, "samples", e->work, x_int(p, (int64_t)e->s->t.memory.fixed));
    e->a.weight = s_let(p, "weight", x_op(p, OP_div, x_real(p, 1), batch, 0));
    if (!e->s->t.has_outputs) e->a.outputs = 0;                 /* the host may still give an array */
    if (e->s->t.has_buffers) e->a.slot = s_let(p, "slot", x_int(p, 0));
    if (!e->s->t.has_time) return;
    e->a.t = s_let(p, "t", x_real(p, 0));
    e->a.h = s_let(p, "h", x_real(p, 0));
}

/* ---- parts of a call --------------------------------------------------------------------- */

static void call(const Entry *e, uint32_t fn)
{
    if (fn != NO_ENTRY) tile_call(&e->s->t, fn, &e->a, 0);
}

/* Each of a Tiled's functions, if it has one: prepare, clear, finish. */
typedef void Part(const Entry *, const Tiled *);

static void prepare(const Entry *e, const Tiled *t) { call(e, t->prepare); }
static void clear(const Entry *e, const Tiled *t) { call(e, t->clear); }

static void finish(const Entry *e, const Tiled *t)
{
    if (t->finish != NO_ENTRY) tile_call(&e->s->t, t->finish, &e->a, x_var(e->p, e->g_theta));
}

static void for_all(const Entry *e, Part *part)
{
    part(e, e->s->all);
    for (size_t k = 0; k < e->s->w->legs; k++) {
        part(e, e->s->step[k]);
        if (e->s->train) part(e, e->s->pull[k]);
    }
}

static void moment(const Entry *e, const Tiled *t, uint32_t number)
{
    if (number == 0) call(e, t->begin);
    for (size_t i = 0; i < t->phase.count; i++) {
        if (t->phase.at[i].moment != number) continue;
        tile_call_phase(&e->s->t, &t->phase.at[i], &e->a);
    }
}

/* ---- solves ---------------------------------------------------------------------------------- */

/* In a loop: the time after `index` of the leg's steps, a step of h, the slot of its buffers. */
static void set_clock(Entry *e, const Leg *leg, Exp index, Exp slot, double h)
{
    Program *p = e->p;
    Exp t = x_fma(p, x_convert(p, index, L_REAL), x_real(p, leg->h), x_real(p, leg->solve->from));
    int64_t size = (int64_t)leg->stride * e->s->w->options->solver->stages;
    e->a.t = s_let(p, "t", t);
    e->a.h = s_let(p, "h", x_real(p, h));
    if (e->s->t.has_buffers) e->a.slot = s_let(p, "slot", x_mul(p, slot, x_int(p, size)));
}

static Exp loop_of_steps(const Entry *e, const Leg *leg)
{
    Program *p = e->p;
    return x_var(p, s_for(p, "k", x_int(p, 0), x_int(p, leg->steps), x_int(p, 1), FOR_ROLL));
}

static bool has_tape(const Entry *e)
{
    return e->s->train && e->s->w->options->gradient == GRADIENT_DISCRETE;
}

static void forwards(const Entry *outer, size_t number)
{
    Entry inner = *outer, *e = &inner;
    Program *p = e->p;
    const Leg *leg = &e->s->w->leg[number];
    Exp k = loop_of_steps(e, leg);
    for (size_t i = 0; i < leg->states && has_tape(e); i++) side_record(e->s, &e->a, &e->s->home[number][i], k);
    set_clock(e, leg, k, k, leg->h);
    moment(e, e->s->step[number], 0);
    s_end(p);
    for (size_t i = 0; i < leg->states; i++) {
        Exp status = side_check(e->s, &outer->a, e->fail, number, i);
        s_if(p, x_op(p, OP_ne, status, x_int(p, 0), 0));
        s_return(p, status);
        s_end(p);
    }
}

static void backwards(const Entry *outer, size_t number)
{
    Entry inner = *outer, *e = &inner;
    Program *p = e->p;
    const Leg *leg = &e->s->w->leg[number];
    Exp k = loop_of_steps(e, leg);
    Exp after = x_var(p, s_let(p, "after", x_sub(p, x_int(p, leg->steps), k)));
    Exp before = x_var(p, s_let(p, "before", x_sub(p, after, x_int(p, 1))));
    for (size_t i = 0; i < leg->states && has_tape(e); i++) side_recall(e->s, &e->a, &e->s->home[number][i], before);
    if (has_tape(e)) set_clock(e, leg, before, before, leg->h);
    else set_clock(e, leg, after, before, -leg->h);
    moment(e, e->s->pull[number], 0);
    s_end(p);
}

/* ---- values ------------------------------------------------------------------------------------ */

static Exp is_bad(Program *p, Exp x) { return x_op(p, OP_ne, x_sub(p, x, x), x_real(p, 0), 0); }

/* Loss `number` is not finite: whose? */
static void fail_loss(const Entry *e, size_t number)
{
    Program *p = e->p;
    Exp batch = x_var(p, e->a.batch);
    Home each = e->s->each[number];
    Var sample = s_var(p, "sample", x_int(p, 0));
    Exp n = x_var(p, s_for(p, "n", x_int(p, 1), x_add(p, batch, x_int(p, 1)), x_int(p, 1), FOR_ROLL));
    Exp last = x_var(p, s_let(p, "last", x_sub(p, batch, n)));
    Exp at = x_add(p, x_mul(p, batch, x_int(p, (int64_t)each.at)), x_mul(p, last, x_int(p, each.pitch)));
    s_if(p, is_bad(p, x_var(p, s_let(p, "x", x_load(p, e->a.values, at, 1)))));
    s_set(p, sample, last);
    s_end(p);
    s_end(p);
    s_store(p, e->fail, x_int(p, 0), x_convert(p, x_var(p, sample), L_REAL));
    s_store(p, e->fail, x_int(p, 1), x_real(p, -1));
    s_store(p, e->fail, x_int(p, 2), x_real(p, (double)number));
    s_return(p, x_int(p, NODEC_NONFINITE));
}

static void report_values(const Entry *e)
{
    Program *p = e->p;
    const Model *model = e->s->w->model;
    if (!model->value.count) return;
    if (!e->s->train) s_if(p, x_op(p, OP_eq, x_null(p, e->values), x_int(p, 0), 0));
    for (size_t i = 0; i < model->value.count; i++) {
        Exp mean = x_load(p, e->a.fixed, x_int(p, (int64_t)e->s->mean[i].at), 1);
        Var value = s_let(p, "value", mean);
        s_store(p, e->values, x_int(p, (int64_t)i), x_var(p, value));
        if (!model->value.at[i].loss) continue;
        s_if(p, is_bad(p, x_var(p, value)));
        fail_loss(e, i);
        s_end(p);
    }
    if (!e->s->train) s_end(p);
}

static void clear_gradient(const Entry *e)
{
    Program *p = e->p;
    int64_t params = e->s->w->model->params, whole = params / LANES * LANES;
    for (int lanes = LANES; lanes > 0; lanes = lanes == LANES ? 1 : 0) {
        int64_t from = lanes > 1 ? 0 : whole, to = lanes > 1 ? whole : params;
        if (from == to) continue;
        Exp i = x_var(p, s_for(p, "i", x_int(p, from), x_int(p, to), x_int(p, lanes), FOR_ROLL | FOR_ANY));
        s_store(p, e->g_theta, i, lanes > 1 ? x_splat(p, x_real(p, 0)) : x_real(p, 0));
        s_end(p);
    }
}

/* ---- the entries ---------------------------------------------------------------------------------- */

uint32_t model_entry_build(Side *side)
{
    Program *p = side->p;
    Entry e = { .s = side, .p = p };
    const Whole *w = side->w;
    uint32_t fn = fn_begin(p, arena_printf(side->arena, "%s.%s", w->model->name, side->name),
                           side->train ? "a training step's losses and gradient" : "outputs and losses of a trained model");
    fn_of(p, fn)->entry = true;
    params(&e);
    arguments(&e);
    for_all(&e, prepare);
    if (side->train) for_all(&e, clear);
    moment(&e, side->all, 0);
    for (size_t k = 0; k < w->legs; k++) {
        forwards(&e, k);
        moment(&e, side->all, moment_of_end(k));
    }
    report_values(&e);
    if (side->train) {
        for (size_t k = w->legs; k-- > 0;) {
            backwards(&e, k);
            moment(&e, side->all, moment_of_bar(w, k));
        }
        clear_gradient(&e);
        for_all(&e, finish);
    }
    s_return(p, x_int(p, 0));
    fn_end(p);
    return fn;
}
