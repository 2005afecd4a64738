/* ahead.c: what the host does between two kernels of a training step, as entries, for an
 * engine that runs ahead of its host: nobody there has a look at the numbers.
 *
 *     judge   are loss and gradient finite? If not, that is the status, and nothing that
 *             comes after it is done. Else the step counts: its numbers are written down,
 *             and what the gradient is to be multiplied by to respect `clip`.
 *     scale   the gradient times that.
 *     save    a copy of buffers, to have them back if the step does not count.           */
#include "lower/ahead.h"

#include "entry.h"

static Exp named(Program *p, const char *name, Exp value) { return x_var(p, s_let(p, name, value)); }

/* v - v is 0 for finite numbers and NaN for all others. */
static void return_if_bad(Program *p, Exp v)
{
    s_if(p, x_op(p, OP_ne, x_sub(p, v, v), x_real(p, 0), 0));
    s_return(p, x_int(p, NODEC_UNSOUND));
    s_end(p);
}

/* A norm may overflow where nothing else does. */
static void judge_gradient(Program *p, Exp norm, Exp params, Var g)
{
    s_if(p, x_op(p, OP_ne, x_sub(p, norm, norm), x_real(p, 0), 0));
    Exp i = x_var(p, s_for(p, "i", x_int(p, 0), params, x_int(p, 1), FOR_ROLL));
    return_if_bad(p, named(p, "slope", x_load(p, g, i, 1)));
    s_end(p);
    s_end(p);
}

/* Doubles may overflow in the sum; floats are added in doubles by whoever looks. */
static void judge_loss(Program *p, Exp losses, Var value)
{
    Exp i = x_var(p, s_for(p, "i", x_int(p, 0), losses, x_int(p, 1), FOR_ROLL));
    return_if_bad(p, named(p, "loss", x_load(p, value, i, 1)));
    s_end(p);
    if (p->real == TYPE_F32) return;
    Var sum = s_var(p, "sum", x_real(p, 0));
    Exp k = x_var(p, s_for(p, "k", x_int(p, 0), losses, x_int(p, 1), FOR_ROLL));
    s_set(p, sum, x_add(p, x_var(p, sum), x_load(p, value, k, 1)));
    s_end(p);
    return_if_bad(p, x_var(p, sum));
}

static uint32_t judge_build(Program *p, Name prefix)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.judge", prefix), "whether a step of the training counts, and what is left of it");
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "norm", false);
    Exp params = x_var(p, fn_param(p, "params", L_INT)), values = x_var(p, fn_param(p, "values", L_INT));
    Exp losses = x_var(p, fn_param(p, "losses", L_INT)), row = x_var(p, fn_param(p, "row", L_INT));
    Exp clip = x_var(p, fn_param(p, "clip", L_REAL));
    Var g = fn_param_buffer(p, "g", SPACE_CONST, false, false), value = fn_param_buffer(p, "value", SPACE_CONST, false, false);
    Var norms = fn_param_buffer(p, "norm", SPACE_CONST, false, false), out = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    Exp norm = named(p, "n", x_load(p, norms, x_int(p, 0), 1));
    judge_gradient(p, norm, params, g);
    judge_loss(p, losses, value);
    Exp at = named(p, "at", x_add(p, x_mul(p, row, x_add(p, values, x_int(p, 1))), x_int(p, NODEC_JUDGED_ROWS)));
    Exp i = x_var(p, s_for(p, "v", x_int(p, 0), values, x_int(p, 1), FOR_ROLL));
    s_store(p, out, x_add(p, at, i), x_load(p, value, i, 1));
    s_end(p);
    s_store(p, out, x_add(p, at, values), norm);
    s_if(p, x_op(p, OP_gt, clip, x_real(p, 0), 0));
    Exp scale = x_op(p, OP_select, x_op(p, OP_gt, norm, clip, 0), x_op(p, OP_div, clip, norm, 0), x_real(p, 1));
    s_store(p, out, x_int(p, NODEC_JUDGED_SCALE), scale);
    s_end(p);
    s_store(p, out, x_int(p, NODEC_JUDGED_STEPS), x_convert(p, x_add(p, row, x_int(p, 1)), L_REAL));
    s_return(p, x_int(p, NODEC_OK));
    fn_end(p);
    return fn;
}

/* ---- arrays ---------------------------------------------------------------------------------- */

typedef Exp Element(Program *, void *of, Exp index, unsigned lanes);

/* to[i] for i < count, by vectors as far as they go, in any order. */
static void each_element(Program *p, Var to, uint32_t count, Element *element, void *of)
{
    const uint32_t end[] = { 0, count / LANES * LANES, count };
    for (unsigned part = 0; part < 2; part++) {
        if (end[part] == end[part + 1]) continue;
        const unsigned lanes = part ? 1 : LANES;
        Exp i = x_var(p, s_for(p, "i", x_int(p, end[part]), x_int(p, end[part + 1]), x_int(p, lanes), FOR_ROLL | FOR_ANY));
        s_store(p, to, i, element(p, of, i, lanes));
        s_end(p);
    }
}

static Exp copied(Program *p, void *of, Exp index, unsigned lanes) { return x_load(p, *(const Var *)of, index, lanes); }

typedef struct Scaled { Var of, judged; } Scaled;

/* Read again by each, who may be a work-item of its own. */
static Exp scaled(Program *p, void *of, Exp index, unsigned lanes)
{
    const Scaled *s = of;
    return x_mul(p, x_load(p, s->of, index, lanes), x_load(p, s->judged, x_int(p, NODEC_JUDGED_SCALE), 1));
}

static uint32_t scale_build(Program *p, Name prefix, uint32_t params)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.scale", prefix), "a gradient that respects `clip`");
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "norm", false);
    Var g = fn_param_buffer(p, "g", SPACE_SHARED, true, false), judged = fn_param_buffer(p, "judged", SPACE_CONST, false, false);
    Scaled s = { g, judged };
    each_element(p, g, params, scaled, &s);
    fn_end(p);
    return fn;
}

static uint32_t save_build(Program *p, Name prefix, uint32_t count)
{
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "%s.save", prefix), "a copy of buffers");
    fn_of(p, fn)->entry = true;
    origin_param(p, NULL, "buffers", false);
    Var to = fn_param_buffer(p, "to", SPACE_SHARED, true, false), from = fn_param_buffer(p, "from", SPACE_CONST, false, false);
    each_element(p, to, count, copied, &from);
    fn_end(p);
    return fn;
}

Ahead ahead_build(Program *p, Name prefix, uint32_t params, uint32_t buffers)
{
    return (Ahead){ judge_build(p, prefix), scale_build(p, prefix, params), buffers ? save_build(p, prefix, buffers) : NO_ENTRY };
}
