/* model_eval.h: what a model computes, by the reference evaluator: its tensor functions
 * run one after the other as their moments come, leaves that come late being NaN before.
 * Generated code must give the same.                                                   */
#ifndef MODEL_EVAL_H
#define MODEL_EVAL_H

#include "fields.h"
#include "tile/whole.h"

typedef struct ModelCall {
    const Whole  *w;
    size_t        batch;
    const double *inputs, *draws, *theta;
    double       *buffers;          /* set in training                                  */
    double       *g_theta;          /* NULL: no gradient                                */
    double       *outputs, *values;
} ModelCall;

typedef struct Course {             /* one call under way                               */
    Arena      *arena;
    ModelCall   c;
    bool        train;
    const Fn   *fn;                 /* train or eval                                    */
    double    **bound;              /* by symbol of fn                                  */
    Eval        now;                /* fn with the leaves there are                      */
} Course;

static inline size_t batched_count(const Course *k, Shape s)
{
    return shape_count(s) * (shape_batched(s) ? k->c.batch : 1);
}

/* Rows [batch][row] to a leaf of its own. */
static inline double *from_rows(const Course *k, const double *rows, size_t row, size_t offset, size_t count)
{
    double *to = NEW_ARRAY(k->arena, double, k->c.batch * count);
    for (size_t n = 0; n < k->c.batch; n++) memcpy(to + n * count, rows + n * row + offset, count * sizeof *to);
    return to;
}

static inline double *leaf_value(const Course *k, const Fn *fn, const Fn *f, size_t index, size_t slot)
{
    const Model *model = k->c.w->model;
    const Symbol *s = &fn->symbol.at[index];
    for (size_t i = 0; i < model->input.count; i++)
        if (model->input.at[i].name == s->name)
            return from_rows(k, k->c.inputs, model->inputs, model->input.at[i].offset, model->input.at[i].count);
    for (size_t i = 0; i < model->draw.count; i++)
        if (model->draw.at[i].name == s->name)
            return from_rows(k, k->c.draws, model->draws, model->draw.at[i].offset, model->draw.at[i].count);
    for (size_t i = 0; i < model->param.count; i++)
        if (model->param.at[i].name == s->name)
            return arena_copy(k->arena, k->c.theta + model->param.at[i].offset, model->param.at[i].count * sizeof(double));
    if (s->role == ROLE_BUFFER)
        return arena_copy(k->arena, k->c.buffers + slot + whole_buffer(k->c.w, f, s->name),
                          shape_count(s->shape) * sizeof(double));
    double *late = NEW_ARRAY(k->arena, double, batched_count(k, s->shape));
    for (size_t i = 0; i < batched_count(k, s->shape); i++) late[i] = NAN;
    if (s->name == k->c.w->weight) *late = 1.0 / (double)k->c.batch;
    return late;
}

static inline void set_leaf(const Course *k, const Fn *fn, double **bound, Name name, const double *value)
{
    int index = ir_symbol(fn, name);
    memcpy(bound[index], value, batched_count(k, fn->symbol.at[index].shape) * sizeof(double));
}

static inline double **bind_leaves(const Course *k, const Fn *fn, const Fn *f, size_t slot)
{
    double **bound = NEW_ARRAY(k->arena, double *, fn->symbol.count + 1);
    for (size_t i = 0; i < fn->symbol.count; i++) bound[i] = leaf_value(k, fn, f, i, slot);
    return bound;
}

static inline Eval evaluate(const Course *k, const Fn *fn, double **bound)
{
    return ir_eval(k->arena, fn, k->c.batch, (const double *const *)bound);
}

static inline void take_updates(const Course *k, const Eval *e, const Fn *f, size_t slot)
{
    for (size_t i = 0; i < e->fn->root.count; i++) {
        const Root *root = &e->fn->root.at[i];
        if (root->kind == ROOT_UPDATE)
            memcpy(k->c.buffers + slot + whole_buffer(k->c.w, f, root->name), e->value[root->value],
                   shape_count(SHAPE(e->fn, root->value)) * sizeof(double));
    }
}

static inline void take_sums(const Course *k, const Eval *e)
{
    const Model *model = k->c.w->model;
    for (size_t i = 0; i < e->fn->root.count; i++)
        for (size_t p = 0; p < model->param.count; p++)
            if (e->fn->root.at[i].kind == ROOT_SUM && e->fn->root.at[i].name == model->param.at[p].name)
                for (size_t j = 0; j < model->param.at[p].count; j++)
                    k->c.g_theta[model->param.at[p].offset + j] += e->value[e->fn->root.at[i].value][j];
}

/* ---- solves ------------------------------------------------------------------------------- */

typedef struct Held1 { double *x, *a; size_t count; } Held1;     /* a state: all samples */

static inline Eval one_step(const Course *k, const Leg *leg, const Fn *fn, const Fn *f, size_t step, double t, double h,
                            const Held1 *held)
{
    double **bound = bind_leaves(k, fn, f, step * k->c.w->options->solver->stages * leg->stride);
    for (size_t i = 0; i < fn->symbol.count; i++) {
        if (fn->symbol.at[i].role == ROLE_TIME) *bound[i] = t;
        if (fn->symbol.at[i].role == ROLE_STEP) *bound[i] = h;
    }
    for (size_t i = 0; i < leg->states; i++) {
        set_leaf(k, fn, bound, leg->state[i].state, held[i].x);
        if (fn == leg->pull) set_leaf(k, fn, bound, leg->state[i].pulled, held[i].a);
    }
    return evaluate(k, fn, bound);
}

static inline void take_carried(const Eval *e, Name name, double *to, size_t count)
{
    for (size_t i = 0; i < e->fn->root.count; i++)
        if (e->fn->root.at[i].kind == ROOT_CARRY && e->fn->root.at[i].name == name)
            memcpy(to, e->value[e->fn->root.at[i].value], count * sizeof *to);
}

static inline void go_forwards(Course *k, const Leg *leg, Held1 *held, double **tape)
{
    const Fn *fn = k->train ? leg->train : leg->eval, *f = (k->train ? leg->solve->train : leg->solve->eval)->f;
    for (size_t i = 0; i < leg->states; i++) {
        held[i].count = k->c.batch * shape_count(leg->state[i].shape);
        held[i].x = arena_copy(k->arena, root_of(&k->now, ROOT_RESULT, leg->state[i].begin), held[i].count * sizeof(double));
    }
    for (size_t s = 0; s < leg->steps; s++) {
        for (size_t i = 0; i < leg->states; i++)
            tape[s * leg->states + i] = arena_copy(k->arena, held[i].x, held[i].count * sizeof(double));
        Eval e = one_step(k, leg, fn, f, s, leg->solve->from + (double)s * leg->h, leg->h, held);
        for (size_t i = 0; i < leg->states; i++) take_carried(&e, leg->state[i].state, held[i].x, held[i].count);
        if (k->train) take_updates(k, &e, f, s * k->c.w->options->solver->stages * leg->stride);
    }
    for (size_t i = 0; i < leg->states; i++) set_leaf(k, k->fn, k->bound, leg->state[i].end, held[i].x);
}

static inline void go_back(Course *k, const Leg *leg, Held1 *held, double *const *tape)
{
    bool adjoint = k->c.w->options->gradient == GRADIENT_ADJOINT;
    for (size_t i = 0; i < leg->states; i++)
        held[i].a = arena_copy(k->arena, root_of(&k->now, ROOT_RESULT, leg->state[i].end_bar), held[i].count * sizeof(double));
    for (size_t s = leg->steps; s-- > 0;) {
        for (size_t i = 0; i < leg->states && !adjoint; i++) held[i].x = tape[s * leg->states + i];
        double t = leg->solve->from + (double)(adjoint ? s + 1 : s) * leg->h;
        Eval e = one_step(k, leg, leg->pull, leg->solve->train->f, s, t, adjoint ? -leg->h : leg->h, held);
        take_sums(k, &e);
        for (size_t i = 0; i < leg->states; i++) {
            take_carried(&e, leg->state[i].state, held[i].x, held[i].count);
            take_carried(&e, leg->state[i].pulled, held[i].a, held[i].count);
        }
    }
    for (size_t i = 0; i < leg->states; i++) set_leaf(k, k->fn, k->bound, leg->state[i].begin_bar, held[i].a);
}

/* ---- the whole of it ------------------------------------------------------------------------ */

static inline void take_values(const Course *k)
{
    const Model *model = k->c.w->model;
    for (size_t i = 0; i < model->value.count; i++)
        k->c.values[i] = *root_of(&k->now, ROOT_RESULT, model->value.at[i].name);
    for (size_t i = 0; k->c.outputs && i < model->output.count; i++) {
        const FieldOutput *o = &model->output.at[i];
        const double *y = root_of(&k->now, ROOT_RESULT, o->name);
        for (size_t n = 0; n < k->c.batch; n++)
            memcpy(k->c.outputs + n * model->outputs + o->offset, y + n * o->count, o->count * sizeof *y);
    }
}

static inline void model_eval(const ModelCall *call, bool train)
{
    Arena arena = {0};
    const Whole *w = call->w;
    Course k = {.arena = &arena, .c = *call, .train = train, .fn = train ? w->train : w->eval};
    const Fn *from = train ? w->model->train : w->model->eval;
    Held1 **held = NEW_ARRAY(&arena, Held1 *, w->legs + 1);
    double ***tape = NEW_ARRAY(&arena, double **, w->legs + 1);
    k.bound = bind_leaves(&k, k.fn, from, 0);
    k.now = evaluate(&k, k.fn, k.bound);
    for (size_t i = 0; i < w->legs; i++) {
        held[i] = NEW_ARRAY(&arena, Held1, w->leg[i].states);
        tape[i] = NEW_ARRAY(&arena, double *, w->leg[i].steps * w->leg[i].states + 1);
        go_forwards(&k, &w->leg[i], held[i], tape[i]);
        k.now = evaluate(&k, k.fn, k.bound);
    }
    take_values(&k);
    if (train) take_updates(&k, &k.now, from, 0);
    if (train && call->g_theta) {
        memset(call->g_theta, 0, w->model->params * sizeof *call->g_theta);
        for (size_t i = w->legs; i-- > 0;) {
            go_back(&k, &w->leg[i], held[i], tape[i]);
            k.now = evaluate(&k, k.fn, k.bound);
        }
        take_sums(&k, &k.now);
    }
    arena_free(&arena);
}

#endif
