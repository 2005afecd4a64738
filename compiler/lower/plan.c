/* plan.c: which regime serves which batch, and everything that is lowered for it.
 *
 * In: a Field and the solver, gradient, loss and optimiser to compile it for.  Out:
 * one Program with the entries of lowered.h.  Whether there are few or many
 * trajectories is all that decides, and what the latency regime can hold; never the
 * target, so that every target computes the same bits.                              */
#include "pass/pass.h"
#include "lower/skeleton.h"
#include "lower/train.h"

enum { MANY = 32, TAPE = 64, LONGEST_TAPE = 65536, MOST_STEPS = 1000000, USUAL_SIZE = 8192 };

static bool accepts_all(const Regime *r, const Stages *st)
{
    Fn *const fn[] = { st->f, st->step, st->pull, st->jump, st->slope, st->start_slope, st->close, st->vjp,
                       st->observe, st->observe_vjp, st->see, st->conclude };
    for (size_t i = 0; i < COUNT(fn); i++)
        if (fn[i] && !r->accepts(fn[i])) return false;
    return true;
}

/* Steps between two observations whose states are kept, per trajectory. */
static uint32_t tape_steps(const Field *field, const LowerOptions *options)
{
    double step = (double)field->states * (options->real == TYPE_F64 ? 8 : 4);
    double steps = options->tape_bytes > 0 ? options->tape_bytes / step : options->tape ? options->tape : TAPE;
    return steps < 1 ? 1 : steps > LONGEST_TAPE ? LONGEST_TAPE : (uint32_t)steps;
}

static Serve serve_new(Arena *arena, Program *p, const Field *field, const Stages *st, const Regime *regime,
                       const LowerOptions *options, Serving *to)
{
    Serve serve = { .arena = arena, .p = p, .field = field, .stages = st, .regime = regime, .to = to,
                    .gradient = options->gradient, .tape = tape_steps(field, options) };
    helpers_build(&serve);
    return serve;
}

void common_build(Arena *arena, Program *p, const Field *field, const Stages *st, const Regime *regime,
                  const LowerOptions *options, Serving *common)
{
    *common = (Serving){ .regime = regime->name, .width = regime->width };
    Serve serve = serve_new(arena, p, field, st, regime, options, common);
    common->entry.jvp = jvp_build(&serve);
    serve.regime = &regime_scalar;
    ends_build(&serve, &common->entry);
}

void serving_build(Arena *arena, Program *p, const Field *field, const Stages *st, const Regime *regime,
                   const LowerOptions *options, const Serving *common, Serving *to)
{
    *to = *common;
    to->regime = regime->name;
    to->width = regime->width;
    Serve serve = serve_new(arena, p, field, st, regime, options, to);
    products_build(&serve, &to->entry);
    Serve back = serve;                         /* few that start somewhere are added one by one */
    if (regime->width == 1) back.regime = &regime_scalar;
    to->entry.start_vjp = start_vjp_build(&back);
    to->entry.solve = solve_build(&serve);
    to->entry.gradient = gradient_build(&serve);
    survey_build(&serve, &to->entry);
}

static void stages_show(Lowered *out, Arena *arena, const Stages *st)
{
    for (size_t i = 0; i < st->count_all; i++) VEC_PUSH(arena, out->stage) = st->all[i];
}

Lowered *lower_field(Arena *arena, Names *names, const Field *field, const LowerOptions *options)
{
    Lowered *out = NEW(arena, Lowered);
    Program *p = program_new(arena, names, options->real);
    program_reserve(p, USUAL_SIZE);
    *out = (Lowered){ .field = field, .program = p, .solver = options->solver_text,
                      .gradient = options->gradient_text,
                      .h_max = options->h_max, .steps = options->steps,
                      .max_steps = options->max_steps ? options->max_steps : MOST_STEPS, .many_from = MANY,
                      .stages = options->solver ? options->solver->stages : 1,
                      .loss = NO_ENTRY, .update = NO_ENTRY, .norm = NO_ENTRY,
                      .clear = NO_ENTRY, .add = NO_ENTRY, .ahead = NO_AHEAD };

    Stages *one = stages_build(arena, names, field, options);
    Stages *lanes = stages_for_lanes(arena, names, field, options, one);
    if (!accepts_all(&regime_batch, lanes)) arena_bug(arena, "%s couples the samples of a batch", field->name);
    const Regime *latency = accepts_all(&regime_latency, one) ? &regime_latency : &regime_scalar;
    Serving common;
    common_build(arena, p, field, one, &regime_batch, options, &common);
    serving_build(arena, p, field, one, latency, options, &common, &out->few);
    serving_build(arena, p, field, lanes, &regime_batch, options, &common, &out->many);
    out->summaries = (uint32_t)one->summaries;
    out->cells = (uint32_t)one->cells;
    stages_show(out, arena, lanes);

    if (options->loss && options->optimizer)
        train_build(p, field, options->loss, options->loss_delta, options->loss_log, options->optimizer, out);
    return out;
}
