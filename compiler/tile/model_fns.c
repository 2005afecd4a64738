/* model_fns.c: the tensor functions of a whole model.
 *
 * In: a Model, whose two Fns have gaps where it integrates.  Out: the same with means
 * over the batch, training with its gradient as well; and for every solve a step, and
 * a step back.
 *
 * One vjp goes over the whole of training, gaps and all: the cotangent of a solve's end
 * becomes a root, that of its beginning a leaf, which is there when somebody has
 * integrated back from the one to the other.  What is minimised is the sum of losses,
 * each a mean: every sample's loss is seeded with 1/batch.
 *
 * Samples of a batch share the clock of a solve: its t and h have no B.             */
#include "tile/whole.h"

#include "pass/rewrite.h"

#include <math.h>

typedef struct Making {
    Arena  *arena;                  /* what stays                                     */
    Arena   raw;                    /* functions before pass_finish                   */
    Names  *names;
    Whole  *w;
} Making;

static const Shape per_sample = { .rank = 1, .dim = { BATCH } };

/* ---- a function in another ---------------------------------------------------------- */

typedef struct Copy { Fn *to; const Fn *from; Ref *leaf, *root; } Copy;     /* by symbol, by root */

/* Leaves of `from` in a new function; what stands for them may still be changed. */
static Copy copy_begin(Making *m, const Fn *from, const char *name)
{
    Copy c = { .to = fn_new(&m->raw, m->names, name, from->real), .from = from,
               .leaf = NEW_ARRAY(&m->raw, Ref, from->symbol.count + 1),
               .root = NEW_ARRAY(&m->raw, Ref, from->root.count + 1) };
    for (size_t i = 0; i < from->symbol.count; i++) {
        const Symbol *s = &from->symbol.at[i];
        bool clock = s->role == ROLE_TIME;
        Ref leaf = ir_leaf(c.to, s->role, s->name, s->type, clock ? (Shape){ 0 } : s->shape);
        c.leaf[i] = clock ? ir_expand(c.to, leaf, s->shape) : leaf;
    }
    return c;
}

static void copy_end(Making *m, Copy *c)
{
    Ref *old = NEW_ARRAY(&m->raw, Ref, c->from->root.count + 1);
    for (size_t i = 0; i < c->from->root.count; i++) old[i] = c->from->root.at[i].value;
    ir_inline_many(c->to, c->from, old, c->from->root.count, c->leaf, c->root);
}

/* f as it is differentiated: the transforms that the accuracy admits are part of it. */
static const Fn *transformed(Making *m, const Fn *f)
{
    double accuracy = m->w->options->accuracy;
    return accuracy > 0 ? pass_winograd(&m->raw, f, accuracy) : f;
}

static Name joined(Making *m, Name first, Name second, const char *last)
{
    return name_of(m->names, arena_printf(m->arena, "%s.%s.%s", first, second, last));
}

/* ---- training and evaluation ----------------------------------------------------------- */

static bool is_loss(const Model *model, Name name)
{
    for (size_t i = 0; i < model->value.count; i++)
        if (model->value.at[i].name == name) return model->value.at[i].loss;
    return false;
}

static const WholeValue *value_of(const Whole *w, Name name)
{
    for (size_t i = 0; i < w->model->value.count; i++)
        if (w->value[i].mean == name) return &w->value[i];
    return NULL;
}

/* The model's own roots, its values per sample and as means. */
static void root_values(const Whole *w, const Copy *c, Ref weight)
{
    for (size_t i = 0; i < c->from->root.count; i++) {
        const Root *root = &c->from->root.at[i];
        const WholeValue *value = root->kind == ROOT_RESULT ? value_of(w, root->name) : NULL;
        ir_root(c->to, root->kind, value ? value->each : root->name, c->root[i]);
        if (!value) continue;
        Ref share = ir_mul(c->to, c->root[i], ir_expand(c->to, weight, per_sample));
        ir_root(c->to, ROOT_RESULT, value->mean, ir_sum(c->to, share, 1));
    }
}

static LegState *state_ending(const Whole *w, Name leaf)
{
    for (size_t k = 0; k < w->legs; k++)
        for (size_t i = 0; i < w->leg[k].states; i++)
            if (w->leg[k].state[i].end == leaf) return &w->leg[k].state[i];
    return NULL;
}

static LegState *state_beginning(const Whole *w, Name root)
{
    for (size_t k = 0; k < w->legs; k++)
        for (size_t i = 0; i < w->leg[k].states; i++)
            if (w->leg[k].state[i].begin == root) return &w->leg[k].state[i];
    return NULL;
}

/* Cotangents of parameters and of the solves' ends, from those of losses and of the
 * solves' beginnings.                                                                */
static void root_gradients(Making *m, Copy *c, Ref weight)
{
    const Whole *w = m->w;
    const Fn *from = c->from;
    Ref *seed = NEW_ARRAY(&m->raw, Ref, from->root.count + 1);
    for (size_t i = 0; i < from->root.count; i++) {
        const Root *root = &from->root.at[i];
        LegState *state = root->kind == ROOT_RESULT ? state_beginning(w, root->name) : NULL;
        if (state) {
            state->begin_bar = pass_name(from, "a_%s", root->name);
            seed[i] = ir_leaf(c->to, ROLE_COTANGENT, state->begin_bar, c->to->real, SHAPE(c->to, c->root[i]));
        } else if (root->kind == ROOT_RESULT && is_loss(w->model, root->name))
            seed[i] = ir_expand(c->to, weight, per_sample);
    }

    Ref *leaf = NEW_ARRAY(&m->raw, Ref, from->symbol.count + 1), *bar = NEW_ARRAY(&m->raw, Ref, from->symbol.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < from->symbol.count; i++)
        if (from->symbol.at[i].role == ROLE_PARAM || state_ending(w, from->symbol.at[i].name)) leaf[n++] = c->leaf[i];
    vjp_into(c->to, c->root, seed, from->root.count, leaf, n, bar);

    for (size_t i = 0; i < n; i++) {
        const Symbol *s = &c->to->symbol.at[NODE(c->to, leaf[i])->aux];
        LegState *state = state_ending(w, s->name);
        if (state) {
            state->end_bar = pass_name(from, "a_%s", s->name);
            Ref none = bar[i] ? bar[i] : ir_expand(c->to, ir_num(c->to, 0), s->shape);
            ir_root(c->to, ROOT_RESULT, state->end_bar, none);
        } else if (bar[i])
            ir_root(c->to, ROOT_SUM, s->name, bar[i]);
    }
}

static Fn *model_fn(Making *m, const Fn *model, const char *name, bool gradient)
{
    Copy c = copy_begin(m, transformed(m, model), arena_printf(&m->raw, "%s.%s", m->w->model->name, name));
    Ref weight = ir_leaf(c.to, ROLE_SCALAR, m->w->weight, c.to->real, (Shape){ 0 });
    copy_end(m, &c);
    root_values(m->w, &c, weight);
    if (gradient) root_gradients(m, &c, weight);
    return pass_finish(m->arena, c.to);
}

static bool is_used(const Model *model, Name name)
{
    return ir_symbol(model->eval, name) >= 0 || (model->train && ir_symbol(model->train, name) >= 0);
}

/* `format` of `name`, unlike every leaf of the model's functions. */
static Name unused(Making *m, const char *format, Name name)
{
    const char *made = arena_printf(m->arena, format, name);
    while (is_used(m->w->model, name_of(m->names, made))) made = arena_printf(m->arena, "%s_", made);
    return name_of(m->names, made);
}

static void values_name(Making *m)
{
    const Model *model = m->w->model;
    m->w->weight = unused(m, "%s", "weight");
    m->w->value = NEW_ARRAY(m->arena, WholeValue, model->value.count + 1);
    for (size_t i = 0; i < model->value.count; i++) {
        Name name = model->value.at[i].name;
        m->w->value[i] = (WholeValue){ name, unused(m, "%s.each", name) };
    }
}

/* ---- solves ------------------------------------------------------------------------------- */

/* A field's f in which t is one number. */
static Fn *clocked(Making *m, const Fn *f)
{
    Copy c = copy_begin(m, transformed(m, f), f->name);
    copy_end(m, &c);
    for (size_t i = 0; i < f->root.count; i++) ir_root(c.to, f->root.at[i].kind, f->root.at[i].name, c.root[i]);
    return c.to;
}

static Fn *step_fn(Making *m, const Leg *leg, const Fn *f, const char *name)
{
    const Tableau *tableau = m->w->options->solver;
    f = clocked(m, f);
    Fn *step = leg->slots ? pass_step_slots(&m->raw, f, tableau) : pass_step(&m->raw, f, tableau);
    step->name = name_of(m->names, arena_printf(m->arena, "%s.%s.%s", m->w->model->name, leg->solve->name, name));
    return pass_finish(m->arena, step);
}

/* Without what nobody asks for here: cotangents of inputs and of times. */
static Fn *pull_fn(Making *m, Leg *leg)
{
    const LowerOptions *o = m->w->options;
    const Fn *f = clocked(m, leg->solve->train->f);
    Fn *pull = o->gradient == GRADIENT_ADJOINT ? pass_pull_adjoint(&m->raw, f, o->solver)
                                               : pass_pull_discrete(&m->raw, f, o->solver);
    pull->name = name_of(m->names, arena_printf(m->arena, "%s.%s.pull", m->w->model->name, leg->solve->name));
    size_t kept = 0;
    for (size_t i = 0; i < pull->root.count; i++) {
        const Root *root = &pull->root.at[i];
        bool param = root->kind == ROOT_SUM && pull->symbol.at[ir_symbol(pull, root->name)].role == ROLE_PARAM;
        if (root->kind == ROOT_CARRY || param) pull->root.at[kept++] = *root;
    }
    pull->root.count = kept;
    for (size_t i = 0, k = 0; i < pull->symbol.count; i++)
        if (pull->symbol.at[i].role == ROLE_COTANGENT) leg->state[k++].pulled = pull->symbol.at[i].name;
    return pass_finish(m->arena, pass_accumulate(&m->raw, pull));
}

double whole_steps(const ModelSolve *solve, const LowerOptions *o)
{
    return o->steps ? o->steps : fmax(1, ceil(fabs(solve->to - solve->from) / o->h_max));
}

static void leg_begin(Making *m, Leg *leg, const ModelSolve *solve)
{
    const Field *field = solve->eval;
    *leg = (Leg){ .solve = solve, .steps = (uint32_t)whole_steps(solve, m->w->options), .states = field->state.count };
    leg->h = (solve->to - solve->from) / leg->steps;
    leg->state = NEW_ARRAY(m->arena, LegState, leg->states + 1);
    for (size_t i = 0; i < leg->states; i++) {
        const FieldState *s = &field->state.at[i];
        leg->state[i] = (LegState){ .state = s->name, .shape = s->shape, .offset = s->offset,
                                    .begin = joined(m, solve->name, s->name, "begin"),
                                    .end = joined(m, solve->name, s->name, "end") };
    }
}

/* ---- buffers --------------------------------------------------------------------------------- */

static const ModelBuffer *buffer_called(const Model *model, Name name)
{
    for (size_t i = 0; i < model->buffer.count; i++)
        if (model->buffer.at[i].name == name) return &model->buffer.at[i];
    return NULL;
}

/* Does f read buffers that are not the solve's alone? Then they cannot differ along time. */
static bool shares_buffers(const Model *model, const Fn *f, int solve)
{
    for (size_t i = 0; f && i < f->symbol.count; i++)
        if (f->symbol.at[i].role == ROLE_BUFFER && buffer_called(model, f->symbol.at[i].name)->solve != solve) return true;
    return false;
}

static bool has_slots(const Whole *w, const Leg *leg)
{
    const Model *model = w->model;
    int k = (int)(leg - w->leg);
    return !w->options->running && !shares_buffers(model, leg->solve->eval->f, k)
        && !(leg->solve->train && shares_buffers(model, leg->solve->train->f, k));
}

/* First what there is once, then solve by solve the buffers of an evaluation together,
 * evaluation behind evaluation.                                                        */
static void buffers_place(Making *m)
{
    Whole *w = m->w;
    const Model *model = w->model;
    w->buffer = NEW_ARRAY(m->arena, LoweredBuffer, model->buffer.count + 1);
    for (size_t k = 0; k < w->legs; k++) w->leg[k].slots = has_slots(w, &w->leg[k]);
    for (size_t i = 0; i < model->buffer.count; i++) {
        const ModelBuffer *b = &model->buffer.at[i];
        if (b->solve >= 0 && w->leg[b->solve].slots) continue;
        w->buffer[i] = (LoweredBuffer){ b, w->buffers, 1, b->count };
        w->buffers += b->count;
    }
    for (size_t k = 0; k < w->legs; k++) {
        Leg *leg = &w->leg[k];
        uint32_t slots = leg->steps * w->options->solver->stages, first = w->buffers;
        for (size_t i = 0; i < model->buffer.count; i++) {
            const ModelBuffer *b = &model->buffer.at[i];
            if (b->solve != (int)k || !leg->slots) continue;
            w->buffer[i] = (LoweredBuffer){ b, first + leg->stride, slots, 0 };
            leg->stride += b->count;
        }
        for (size_t i = 0; i < model->buffer.count; i++)
            if (model->buffer.at[i].solve == (int)k && leg->slots) w->buffer[i].stride = leg->stride;
        w->buffers += slots * leg->stride;
    }
}

uint32_t whole_buffer(const Whole *w, const Fn *f, Name leaf)
{
    for (size_t i = 0; i < w->model->buffer.count; i++)
        for (unsigned stage = 0; stage == 0 || (w->legs && stage < w->options->solver->stages); stage++)
            if (pass_slot(f, w->buffer[i].buffer->name, stage) == leaf)
                return w->buffer[i].offset + stage * w->buffer[i].stride;
    return 0;
}

/* ---- all of it -------------------------------------------------------------------------------- */

Whole *whole_build(Arena *arena, Names *names, const Model *model, const LowerOptions *options)
{
    Making m = { .arena = arena, .raw = { .heap = arena->heap }, .names = names, .w = NEW(arena, Whole) };
    Whole *w = m.w;
    bool train = model->train && options->optimizer;
    *w = (Whole){ .model = model, .options = options, .legs = model->solve.count };
    w->leg = NEW_ARRAY(arena, Leg, w->legs + 1);
    for (size_t k = 0; k < w->legs; k++) leg_begin(&m, &w->leg[k], &model->solve.at[k]);
    buffers_place(&m);
    values_name(&m);

    w->eval = model_fn(&m, model->eval, "eval", false);
    if (train) w->train = model_fn(&m, model->train, "train", true);
    for (size_t k = 0; k < w->legs; k++) {
        Leg *leg = &w->leg[k];
        leg->eval = step_fn(&m, leg, leg->solve->eval->f, "step_eval");
        if (!train) continue;
        leg->train = step_fn(&m, leg, leg->solve->train->f, "step");
        leg->pull = pull_fn(&m, leg);
    }
    arena_free(&m.raw);
    return w;
}
