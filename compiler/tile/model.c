/* model.c: a whole model, all the way down.
 *
 * In: a Model and the solver, gradient and optimiser to compile it for.  Out: one
 * Program with the entries of lowered.h.  Evaluation and training are two ways through
 * with memory of their own, as one needs far less of it; they share layouts and kernels. */
#include "lower/ahead.h"
#include "lower/train.h"
#include "tile/whole.h"

static void vote(Layouts *layouts, const Whole *w)
{
    layouts_vote(layouts, w->eval);
    if (w->train) layouts_vote(layouts, w->train);
    for (size_t k = 0; k < w->legs; k++) {
        const Fn *fn[] = { w->leg[k].eval, w->leg[k].train, w->leg[k].pull };
        for (size_t i = 0; i < COUNT(fn); i++)
            if (fn[i]) layouts_vote(layouts, fn[i]);
    }
}

/* The functions as they were lowered, for whoever looks. */
static void show(LoweredModel *out, Arena *arena, const Side *side)
{
    VEC_PUSH(arena, out->stage) = side->all->fn;
    for (size_t k = 0; k < side->w->legs; k++) {
        VEC_PUSH(arena, out->stage) = side->step[k]->fn;
        if (side->train) VEC_PUSH(arena, out->stage) = side->pull[k]->fn;
    }
}

static uint64_t flops_of(const Side *side)
{
    uint64_t flops = side->all->flops;
    for (size_t k = 0; k < side->w->legs; k++) {
        flops += side->step[k]->flops * side->w->leg[k].steps;
        if (side->train) flops += side->pull[k]->flops * side->w->leg[k].steps;
    }
    return flops;
}

static void train_entries(LoweredModel *out, Side *side)
{
    const Model *model = out->model;
    out->train = model_entry_build(side);
    out->train_fixed = side->t.memory.fixed;
    out->train_sample = side->t.memory.values;
    out->flops_train = flops_of(side);
    Optimizer made = optimizer_build(out->program, model->name, model->param.at, model->param.count, model->params,
                                     side->w->options->optimizer);
    out->update = made.update;
    out->norm = made.norm;
    out->ahead = ahead_build(out->program, model->name, model->params, out->buffers);
    out->optimizer_name = made.name;
    out->moments = made.moments;
    out->update_reals = made.reals;
    out->update_real_count = made.real_count;
}

/* Steps are counted when a model is compiled, and buffers are addressed by an int. */
const char *lower_model_refuses(Arena *arena, const Model *model, const LowerOptions *options, Span *at)
{
    double reals = 0;
    for (size_t k = 0; k < model->solve.count; k++) {
        const ModelSolve *solve = &model->solve.at[k];
        double steps = whole_steps(solve, options);
        *at = solve->at;
        if (steps > options->max_steps && options->max_steps)
            return arena_printf(arena, "this takes %.0f steps, more than max_steps = %u", steps, options->max_steps);
        for (size_t i = 0; i < model->buffer.count; i++)
            if (model->buffer.at[i].solve == (int)k && !options->running)
                reals += steps * options->solver->stages * model->buffer.at[i].count;
        if (reals > INT32_MAX)
            return arena_printf(arena, "the statistics of %.0f steps are %.0f numbers; `statistics = running` keeps one of each",
                                steps, reals);
    }
    return NULL;
}

LoweredModel *lower_model(Arena *arena, Names *names, const Model *model, const LowerOptions *options)
{
    LoweredModel *out = NEW(arena, LoweredModel);
    Program *p = program_new(arena, names, options->real);
    Whole *w = whole_build(arena, names, model, options);
    *out = (LoweredModel){ .model = model, .program = p, .solver = options->solver_text,
                           .gradient = options->gradient_text, .train = NO_ENTRY, .update = NO_ENTRY, .norm = NO_ENTRY, .ahead = NO_AHEAD,
                           .buffer = w->buffer, .buffers = w->buffers };
    for (size_t k = 0; k < w->legs; k++) {
        out->steps = w->leg[k].steps > out->steps ? w->leg[k].steps : out->steps;
        out->evaluations += (uint64_t)w->leg[k].steps * options->solver->stages;
    }

    Kernels *kernels = kernels_new(arena, p);
    if (options->wide) kernels_spread(kernels);
    Layouts *layouts = layouts_new(arena);
    vote(layouts, w);
    Side *forward = side_build(arena, p, w, kernels, layouts, false);
    out->forward = model_entry_build(forward);
    out->forward_fixed = forward->t.memory.fixed;
    out->forward_sample = forward->t.memory.values;
    out->flops_forward = flops_of(forward);
    show(out, arena, forward);
    if (w->train) {
        out->pulls = out->evaluations;
        Side *train = side_build(arena, p, w, kernels, layouts, true);
        train_entries(out, train);
        show(out, arena, train);
    }
    return out;
}
