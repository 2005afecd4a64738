/* interval.c: the words skeletons are written in: failing, and standing in time.
 *
 * A block that fails writes status, sample, time, interval and state into its area
 * and does nothing more; entry.c reports the first block's.  An interval is taken in
 * equal substeps; samples with times of their own have counts of their own, and the
 * loop goes to the largest (stages.c says how the others stand still).              */
#include "lower/skeleton.h"
#include "abi.h"

/* ---- small words -------------------------------------------------------------------- */

Exp scene_arg(const Scene *c, Arg a)
{
    return x_var(c->p, c->arg[a]);
}

Exp scene_int(const Scene *c, int64_t i)
{
    return x_int(c->p, i);
}

Exp scene_loop(const Scene *c, const char *name, Exp from, Exp to)
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

Held *scene_number(Scene *c, Name name)
{
    bool read = false;
    for (Fn *const *fn = c->row->stage; *fn; fn++) read |= reads(*fn, name);
    if (!read) return NULL;
    Held *held = c->r->declare(c->block, name, (Shape){ 0 });
    scene_bind(c, name, held);
    return held;
}

void scene_fill(Scene *c, Held *held, Exp real)
{
    if (held) c->r->fill(c->block, held, real);
}

void scene_if_zero(const Scene *c, Exp x)
{
    s_if(c->p, x_op(c->p, OP_eq, x, x_int(c->p, 0), 0));
}

/* ---- failing --------------------------------------------------------------------------- */

void scene_if_sound(const Scene *c)
{
    scene_if_zero(c, x_var(c->p, c->failed));
}

static void fail(Scene *c, enum nodec_status status, Exp sample, Exp time, Exp interval, Exp state)
{
    Program *p = c->p;
    s_note(p, "for the report: status, sample, time, interval, state");
    Exp value[FAIL_REALS] = { x_int(p, status), sample, time, interval, state };
    for (int i = 0; i < FAIL_REALS; i++)
        s_store(p, c->arg[ARG_WORK], x_add(p, c->area, x_int(p, i)), x_convert(p, value[i], L_REAL));
    s_set(p, c->failed, x_int(p, status));
}

void scene_fail_begin(Scene *c)
{
    Program *p = c->p;
    c->failed = s_var(p, "failed", x_int(p, 0));
    s_store(p, c->arg[ARG_WORK], c->area, x_real(p, 0));
}

static Exp time_at(const Scene *c, Exp sample, Exp i)
{
    Program *p = c->p;
    return x_load(p, c->arg[ARG_T], x_add(p, x_mul(p, sample, scene_arg(c, ARG_T_STRIDE)), i), 1);
}

void scene_check(Scene *c, Held **x, Var probe, Exp base, Exp i, Exp interval)
{
    Program *p = c->p;
    Exp sound = scene_int(c, 1);
    for (size_t k = 0; k < c->field->state.count; k++)
        sound = x_var(p, s_let(p, "sound", x_mul(p, c->r->finite(c->block, x[k]), sound)));
    scene_if_zero(c, sound);
    if (!probe) {
        probe = c->arg[ARG_WORK];
        base = x_add(p, c->area, scene_int(c, LANES));
        for (size_t k = 0; k < c->field->state.count; k++)
            c->r->store(c->block, x[k], probe, x_add(p, base, scene_int(c, c->field->state.at[k].offset)),
                        scene_int(c, c->field->states));
    }
    Exp states = scene_int(c, c->field->states);
    Exp where[] = { x_var(p, probe), base, x_mul(p, c->count, states) };
    Exp at = x_var(p, s_call_named(p, c->serve->find, where, 3, "at"));
    Exp sample = x_add(p, c->first, x_op(p, OP_div, at, states, 0));
    scene_if_sound(c);
    fail(c, NODEC_NONFINITE, sample, time_at(c, sample, i), interval, x_op(p, OP_mod, at, states, 0));
    s_end(p);
    s_end(p);
}

/* ---- intervals ----------------------------------------------------------------------------- */

void scene_clock(Scene *c)
{
    c->time = scene_number(c, c->st->time);
    c->step_size = scene_number(c, c->st->step_size);
    c->index = scene_number(c, c->st->index);
    c->steps = scene_number(c, c->st->count);
}

typedef struct Stride { Exp begin, size, count; } Stride; /* of one sample: t, h (reals), n (int) */

/* From t[from] to t[to] of a sample; the block fails if that takes too many steps. */
static Stride stride_of(Scene *c, Exp sample, Exp from, Exp to, Exp number)
{
    Program *p = c->p;
    Exp begin = x_var(p, s_let(p, "begin", time_at(c, sample, from)));
    Exp end = x_var(p, s_let(p, "end", time_at(c, sample, to)));
    Exp how[] = { begin, end, scene_arg(c, ARG_H_MAX), scene_arg(c, ARG_STEPS), scene_arg(c, ARG_MAX_STEPS) };
    Exp n = x_var(p, s_call_named(p, c->serve->steps, how, 5, "n"));
    scene_if_zero(c, n);
    scene_if_sound(c);
    fail(c, NODEC_STEPS, sample, begin, number, scene_int(c, 0));
    s_end(p);
    s_end(p);
    Exp divisor = x_convert(p, x_op(p, OP_max, n, scene_int(c, 1), 0), L_REAL);
    Exp size = x_op(p, OP_div, x_sub(p, end, begin), divisor, 0);
    return (Stride){ begin, x_var(p, s_let(p, "h", size)), n };
}

static Exp stride_all(Scene *c, Exp from, Exp to, Exp number)
{
    Program *p = c->p;
    Stride s = stride_of(c, c->first, from, to, number);
    scene_fill(c, c->time, s.begin);
    scene_fill(c, c->step_size, s.size);
    scene_fill(c, c->steps, x_convert(p, s.count, L_REAL));
    return s.count;
}

/* Each sample its own; lanes without one stand still at the first sample's time. */
static void stride_each(Scene *c, Exp from, Exp to, Exp number, Var most)
{
    Program *p = c->p;
    scene_fill(c, c->time, time_at(c, c->first, from));
    scene_fill(c, c->step_size, x_real(p, 0));
    scene_fill(c, c->steps, x_real(p, 0));
    Exp b = scene_loop(c, "b", scene_int(c, 0), c->count);
    Stride s = stride_of(c, x_add(p, c->first, b), from, to, number);
    if (c->time) c->r->poke(c->block, c->time, b, s.begin);
    if (c->step_size) c->r->poke(c->block, c->step_size, b, s.size);
    if (c->steps) c->r->poke(c->block, c->steps, b, x_convert(p, s.count, L_REAL));
    s_set(p, most, x_op(p, OP_max, x_var(p, most), s.count, 0));
    s_end(p);
}

Exp scene_interval(Scene *c, Exp from, Exp to, Exp number)
{
    Program *p = c->p;
    if (c->r->width == 1) return stride_all(c, from, to, number);
    Var most = s_var(p, "most", scene_int(c, 0));
    scene_if_zero(c, scene_arg(c, ARG_T_STRIDE));
    s_set(p, most, stride_all(c, from, to, number));
    s_else(p);
    stride_each(c, from, to, number, most);
    s_end(p);
    s_if(p, x_op(p, OP_eq, x_var(p, c->failed), scene_int(c, NODEC_STEPS), 0));
    s_set(p, most, scene_int(c, 0));
    s_end(p);
    return x_var(p, most);
}

void scene_substep(Scene *c, Exp substep)
{
    scene_fill(c, c->index, x_convert(c->p, substep, L_REAL));
}
