/* training.c: an experiment of the language as a plan of the runtime.
 *
 * In: checked clauses, as Value trees.  Out: a nodec_plan of plain numbers, with
 * the fitted field and, for `simulate`, the truth as loaded modules.  The
 * constructors' arguments have been checked against their rows already; what is
 * left to say here is what the runtime cannot do (yet). */
#include "planner.h"
#include "ops/rows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- reading values --------------------------------------------------------------- */

bool plan_is_call(const Value *v, const char *name)
{
    return v && v->name && (v->kind == VALUE_CALL || v->kind == VALUE_NAME) && !strcmp(v->name, name);
}

static bool is_number(const Value *v) { return v && (v->kind == VALUE_INT || v->kind == VALUE_REAL); }

static double number_of_value(const Value *v, double otherwise) { return is_number(v) ? v->real : otherwise; }

double plan_number(const Value *call, const char *argument, double otherwise)
{
    return number_of_value(value_argument(call, argument), otherwise);
}

uint64_t plan_whole(const Value *call, const char *argument, uint64_t otherwise)
{
    return (uint64_t)plan_number(call, argument, (double)otherwise);
}

const Value *plan_clause(const Planner *p, const char *name) { return experiment_clause(p->experiment, name); }

void plan_unsupported(Planner *p, const Value *v, const char *what)
{
    Text text = { .arena = p->arena };
    value_print(v, &text);
    diag_error(p->diags, v->at, "%s = %s is not supported yet", what, text_string(&text));
}

/* A number, uniform(a, b) or normal(mean, sd). */
nodec_draw plan_draw(Planner *p, const Value *v, const char *what)
{
    nodec_draw draw = { NODEC_FIXED, 0, 0 };
    if (!v) return draw;
    if (plan_is_call(v, "uniform")) draw = (nodec_draw){ NODEC_UNIFORM, plan_number(v, "lo", 0), plan_number(v, "hi", 1) };
    else if (plan_is_call(v, "normal")) draw = (nodec_draw){ NODEC_NORMAL, plan_number(v, "mean", 0), plan_number(v, "sd", 1) };
    else if (is_number(v)) draw.a = v->real;
    else plan_unsupported(p, v, what);
    return draw;
}

/* ---- solvers ------------------------------------------------------------------------ */

const nodec_options *plan_options(Planner *p, const Value *solver, const nodec_module *module)
{
    if (!solver) return NULL;
    nodec_options *options = NEW(p->arena, nodec_options);
    *options = module->options;
    options->h_max = plan_number(solver, "h_max", options->h_max);
    options->steps = plan_whole(solver, "steps", options->steps);
    options->max_steps = plan_whole(solver, "max_steps", options->max_steps);
    return options;
}

/* ---- data ---------------------------------------------------------------------------- */

static const double *tensor_of(Planner *p, const Value *v, size_t *count)
{
    if (v->kind == VALUE_TENSOR) return *count = v->count, v->tensor;
    double *one = NEW(p->arena, double);
    *one = v->real;
    *count = 1;
    return one;
}

/* `TwoWells(x = [0.6, 0.3], ...)`: what the trajectories start from. */
const nodec_value *plan_values(Planner *p, const Value *field)
{
    nodec_value *value = NEW_ARRAY(p->arena, nodec_value, field->count + 1);
    for (size_t i = 0; i < field->count; i++) {
        const Value *v = field->arg[i].value;
        nodec_value *to = &value[i];
        to->name = field->arg[i].name;
        if (v->kind == VALUE_TENSOR || is_number(v)) to->fixed = tensor_of(p, v, &to->count);
        else to->draw = plan_draw(p, v, to->name);
    }
    return value;
}

/* Every state that the odef leaves open, and every input without a default, is given. */
static bool truth_is_whole(Planner *p, const Value *truth)
{
    const Field *f = truth->field;
    const char *open = NULL;
    for (size_t i = f->input.count; i--; )
        if (!f->input.at[i].has_default && !value_argument(truth, f->input.at[i].name)) open = f->input.at[i].name;
    for (size_t i = f->state.count; i--; )
        if (f->state.at[i].given && !value_argument(truth, f->state.at[i].name)) open = f->state.at[i].name;
    if (!open) return true;
    diag_error(p->diags, truth->at, "`%s` has no value for `%s`, so there is nothing to simulate", f->name, open);
    diag_help(p->diags, "%s(%s = ...)", f->name, open);
    return false;
}

static const nodec_simulation *simulation_of(Planner *p, const Value *v)
{
    nodec_simulation *sim = NEW(p->arena, nodec_simulation);
    const Value *truth = value_argument(v, "truth"), *t = value_argument(v, "t");
    const Value *solver = value_argument(v, "solver");
    LowerOptions lower = { 0 };
    if (!truth || !truth->field || !t || t->kind != VALUE_TENSOR) {
        plan_unsupported(p, v, "data");
        return NULL;
    }
    if (!truth_is_whole(p, truth) || lower_solver(p->arena, solver, truth->field->f->real, &lower, p->diags)) return NULL;
    sim->count = plan_whole(v, "count", 1);
    sim->truth = engine_load(p->engines, p->options, truth->field, &lower, sim->count);
    if (!sim->truth) return NULL;
    sim->t = t->tensor;
    sim->times = t->count;
    sim->noise = plan_draw(p, value_argument(v, "noise"), "noise");
    sim->options = plan_options(p, solver, sim->truth);
    sim->value = plan_values(p, truth);
    sim->values = truth->count;
    return sim;
}

/* A folder named on the command line counts from where the command stands, one named in
 * the model from the model.                                                             */
static const char *folder_of(Planner *p, const Value *dir)
{
    const char *model = p->options->word[0], *slash = strrchr(model, '/');
    const bool given = dir && dir->at.source && !strcmp(dir->at.source->path, "<command line>");
    if (dir && (given || *dir->name == '/' || !slash)) return dir->name;
    if (!slash) return dir ? dir->name : ".";
    return arena_printf(p->arena, "%.*s%s", (int)(slash + (dir || slash == model) - model), model, dir ? dir->name : "");
}

const char *plan_path(Planner *p, const Value *dir, const char *path)
{
    const char *shared = getenv("NODEC_DATA");
    const char *here = arena_printf(p->arena, "%s/%s", folder_of(p, dir), path);
    if (*path == '/') return path;
    if (dir || !shared || !*shared || !access(here, F_OK)) return !dir && !strchr(p->options->word[0], '/') ? path : here;
    const char *there = arena_printf(p->arena, "%s/%s", shared, path);
    return access(there, F_OK) ? here : there;
}

/* csv(path) |> columns(t = "Year", hare = "Hare", x = ["X", "Y"]) */
static const nodec_table *table_of(Planner *p, const Value *v, const Value *columns)
{
    nodec_table *table = NEW(p->arena, nodec_table);
    const Value *path = value_argument(v, "path"), *series = value_argument(v, "series");
    VEC(nodec_column) column = { 0 };
    table->path = plan_path(p, columns ? value_argument(columns, "dir") : NULL, path->name);
    table->series = series ? series->name : NULL;
    for (size_t i = 0; columns && i < columns->count; i++) {
        const ValueArg *arg = &columns->arg[i];
        const Value *of = arg->value->kind == VALUE_LIST && arg->value->count == 1 ? arg->value->item[0] : arg->value;
        if (!arg->name || !strcmp(arg->name, "dir")) continue;
        for (size_t k = 0; of->kind == VALUE_LIST && k < of->count; k++)
            VEC_PUSH(p->arena, column) = (nodec_column){ arena_printf(p->arena, "%s[%zu]", arg->name, k), of->item[k]->name };
        if (of->kind == VALUE_CALL) plan_unsupported(p, of, arg->name);
        if (of->kind != VALUE_STRING) continue;
        if (!strcmp(arg->name, "t")) table->time = of->name;
        else VEC_PUSH(p->arena, column) = (nodec_column){ arg->name, of->name };
    }
    table->column = column.at;
    table->columns = column.count;
    return table;
}

static void data_of(Planner *p, nodec_plan *plan)
{
    const Value *v = plan_clause(p, "data");
    if (!v) {
        diag_error(p->diags, p->experiment->at, "experiment %s has no `data`", p->experiment->name);
        return;
    }
    const Value *columns = plan_is_call(v, "columns") ? v : NULL;
    const Value *from = columns && v->item ? v->item[0] : v;
    if (plan_is_call(from, "csv")) plan->data.table = table_of(p, from, columns);
    else if (plan_is_call(from, "simulate") && !columns) plan->data.simulation = simulation_of(p, from);
    else plan_unsupported(p, v, "data");
}

/* ---- batches, split, steps -------------------------------------------------------------- */

static void batch_of(Planner *p, nodec_batching *batch)
{
    const Value *v = plan_clause(p, "batch");
    if (!v || v->kind == VALUE_NONE) return;
    if (is_number(v)) {
        batch->kind = NODEC_BATCH_SOME;
        batch->count = (size_t)v->real;
        return;
    }
    if (!plan_is_call(v, "window")) {
        plan_unsupported(p, v, "batch");
        return;
    }
    const Value *span = value_argument(v, "span");
    batch->count = plan_whole(v, "size", 0);
    batch->points = plan_whole(v, "points", 0);
    batch->rows = plan_whole(v, "rows", 0);
    batch->kind = span ? NODEC_BATCH_SPAN : NODEC_BATCH_ROWS;
    nodec_draw draw = plan_draw(p, span, "span");
    batch->span_min = draw.a;
    batch->span_max = draw.law == NODEC_FIXED ? draw.a : draw.b;
    if (draw.law == NODEC_NORMAL) plan_unsupported(p, span, "span");
}

/* Trajectories in a batch at most; everything but training takes them one by one. 0: the
 * data will say.                                                                        */
static size_t most_at_once(const nodec_plan *plan)
{
    if (plan->batch.kind != NODEC_BATCH_FULL) return plan->batch.count ? plan->batch.count : 1;
    if (plan->data.simulation) return plan->data.simulation->count;
    return plan->data.table && !plan->data.table->series;
}

static void split_of(Planner *p, nodec_split *split)
{
    const Value *v = plan_clause(p, "split");
    if (!v || v->kind == VALUE_NONE) return;
    if (plan_is_call(v, "before")) *split = (nodec_split){ NODEC_SPLIT_BEFORE, plan_number(v, "t", 0) };
    else if (plan_is_call(v, "fraction")) *split = (nodec_split){ NODEC_SPLIT_FRACTION, plan_number(v, "share", 0.2) };
    else if (is_number(v)) *split = (nodec_split){ NODEC_SPLIT_FRACTION, v->real };
    else plan_unsupported(p, v, "split");
}

/* ---- the optimiser ------------------------------------------------------------------------ */

/* `lr`: a number, or cosine(1e-2, 1e-4, steps = 5000) and the like. */
static void rate_of(Planner *p, const Value *v, nodec_plan *plan)
{
    plan->rate.kind = NODEC_RATE_constant;
    if (!v || is_number(v)) {
        plan->update.lr = number_of_value(v, plan->update.lr);
        return;
    }
    plan->update.lr = plan_number(v, "lr", 1e-3);
    plan->rate.warmup = plan_whole(v, "warmup", 0);
    plan->rate.every = plan_whole(v, "every", 0);
    plan->rate.factor = plan_number(v, "factor", 1);
    plan->rate.over = plan_whole(v, "steps", 0);
    if (plan_is_call(v, "cosine")) {
        plan->rate.kind = NODEC_RATE_cosine;
        plan->rate.end = plan_number(v, "end", 0) / plan->update.lr;
    } else if (plan_is_call(v, "step")) plan->rate.kind = NODEC_RATE_step;
    else if (!plan_is_call(v, "constant")) plan_unsupported(p, v, "lr");
}

static double *update_real(nodec_update *update, const char *name)
{
    struct { const char *name; double *at; } field[] = {
        { "lr", &update->lr }, { "beta1", &update->beta1 }, { "beta2", &update->beta2 },
        { "eps", &update->eps }, { "decay", &update->decay }, { "momentum", &update->momentum },
    };
    for (size_t i = 0; i < COUNT(field); i++)
        if (!strcmp(field[i].name, name)) return field[i].at;
    return NULL;
}

static void optimizer_of(Planner *p, nodec_plan *plan)
{
    const Value *v = plan_clause(p, "optimizer");
    const OptimRow *row = v && v->name ? optim_row(v->name) : NULL;
    if (!row) return;               /* lower_options has said so */
    for (size_t i = 0; i < row->args; i++) {
        double *to = update_real(&plan->update, row->arg[i].real);
        if (to) *to = plan_number(v, row->arg[i].name, row->arg[i].value);
    }
    rate_of(p, value_argument(v, "lr"), plan);
    plan->update.clip = number_of_value(plan_clause(p, "clip"), 0);
}

/* ---- pictures -------------------------------------------------------------------------------- */

static nodec_axis axis_of(const Value *v)
{
    return plan_is_call(v, "samples") ? NODEC_AXIS_SAMPLES : plan_is_call(v, "epochs") ? NODEC_AXIS_EPOCHS : NODEC_AXIS_STEPS;
}

static void plots_of(Planner *p, nodec_plan *plan)
{
    const Value *v = plan_clause(p, "plot");
    if (!v || v->kind == VALUE_NONE) return;
    size_t count = v->kind == VALUE_LIST ? v->count : 1;
    nodec_plot *plot = NEW_ARRAY(p->arena, nodec_plot, count + 1);
    for (size_t i = 0; i < count; i++) {
        const Value *one = v->kind == VALUE_LIST ? v->item[i] : v, *metric = value_argument(one, "metric");
        nodec_plot *to = &plot[plan->plots++];
        to->every = plan_whole(one, "every", 0);
        to->metric = metric ? metric->name : "loss";
        to->axis = axis_of(value_argument(one, "x"));
        to->halflife = plan_number(value_argument(one, "smooth"), "halflife", 0);
        to->count = plan_whole(one, "count", 0);
        if (plan_is_call(one, "trajectory")) to->kind = NODEC_PLOT_TRAJECTORY;
        else if (plan_is_call(one, "series")) to->kind = NODEC_PLOT_SERIES;
        else if (plan_is_call(one, "curve")) to->kind = NODEC_PLOT_CURVE;
        else if (plan_is_call(one, "mistakes")) to->kind = NODEC_PLOT_MISTAKES;
        else plan_unsupported(p, one, "plot");
    }
    plan->plot = plot;
}

/* ---- the whole --------------------------------------------------------------------------------- */

/* Clauses that only a model has a use for. */
static void check_for_odef(Planner *p)
{
    static const char *const models[] = { "test", "augment" };
    for (size_t i = 0; i < COUNT(models); i++) {
        const Value *v = plan_clause(p, models[i]);
        if (!v) continue;
        diag_error(p->diags, v->at, "`%s` is for models, and this experiment fits an odef", models[i]);
        if (!i) diag_help(p->diags, "`split` sets data aside for validation");
    }
}

static bool plan_field(Planner *p, const Field *field, const LowerOptions *lower, nodec_plan *plan)
{
    check_for_odef(p);
    split_of(p, &plan->split);
    data_of(p, plan);
    if (p->diags->errors || p->engines->status) return false;
    plan->fit = engine_load(p->engines, p->options, field, lower, most_at_once(plan));
    if (plan->fit) plan->options = plan_options(p, plan_clause(p, "solver"), plan->fit);
    return plan->fit;
}

int plan_experiment(const Options *o, const Experiment *e, Engines *engines, Diags *diags, nodec_plan *plan)
{
    Planner p = { o, e, engines, diags, o->arena };
    const Value *fit = plan_clause(&p, "fit");
    LowerOptions lower = { 0 };
    if (!fit || (!fit->field && !fit->model)) {
        diag_error(diags, fit ? fit->at : e->at, "experiment %s has nothing to fit", e->name);
        return NODEC_EXIT_DATA;
    }
    if (lower_options(o->arena, e, fit->model ? fit->model->train->real : fit->field->f->real, &lower, diags)) return NODEC_EXIT_DATA;
    plan->experiment = e->name;
    plan->device = engine_device(o);
    plan->steps = (uint64_t)number_of_value(plan_clause(&p, "steps"), 0);
    plan->epochs = (uint64_t)number_of_value(plan_clause(&p, "epochs"), 0);
    if (!o->seed) plan->seed = (uint64_t)number_of_value(plan_clause(&p, "seed"), 0);
    batch_of(&p, &plan->batch);
    optimizer_of(&p, plan);
    plots_of(&p, plan);
    if (diags->errors) return NODEC_EXIT_DATA;
    if (fit->model ? plan_model(&p, fit->model, &lower, plan) : plan_field(&p, fit->field, &lower, plan)) {
        plan->engine = engines->engine;
        return NODEC_EXIT_OK;
    }
    return engines->status ? engines->status : NODEC_EXIT_DATA;
}
