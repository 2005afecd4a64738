/* sweep.c: an experiment that runs, as the runtime's nodec_sweep, and carried out.
 *
 * The front end has made the odef so that what varies are its inputs and given states, and
 * what is looked at its outputs, each named by its text in parentheses (lang/sweep.c); and
 * has seen to it that the clauses go together (lang/over.c). */
#include "numbers.h"
#include "planner.h"
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Value *field_of(const Planner *p) { return plan_clause(p, "run"); }

/* ---- times ---------------------------------------------------------------------------- */

static void times_of(Planner *p, nodec_sweep *s)
{
    const Value *v = plan_clause(p, "at"), *after = plan_clause(p, "after");
    if (v->kind == VALUE_TENSOR) {
        s->t = v->tensor;
        s->times = v->count;
    } else {
        double *t = NEW_ARRAY(p->arena, double, 2);
        t[0] = v->from;
        t[1] = v->to;
        s->t = t;
        s->times = 2;
    }
    if (after) s->after = &after->real;
}

/* ---- what varies ------------------------------------------------------------------------- */

static const double *numbers_in(Planner *p, const Value *v)
{
    if (v->kind == VALUE_TENSOR) return v->tensor;
    double *one = NEW(p->arena, double);
    *one = v->real;
    return one;
}

static nodec_over_kind kind_of(const Value *over)
{
    return plan_is_call(over, "points") ? NODEC_OVER_POINTS : plan_is_call(over, "sample") ? NODEC_OVER_SAMPLE : NODEC_OVER_GRID;
}

static nodec_varied varied_of(Planner *p, nodec_over_kind kind, const ValueArg *arg)
{
    const Value *v = arg->value;
    nodec_varied to = { .name = arg->name };
    if (kind == NODEC_OVER_SAMPLE) {
        to.draw = plan_draw(p, v, arg->name);
        return to;
    }
    to.points = v->kind == VALUE_TENSOR ? v->shape.dim[0] : 1;
    to.count = v->kind == VALUE_TENSOR ? v->count / to.points : 1;
    to.at = numbers_in(p, v);
    return to;
}

/* Columns of a table, each for what it is named after. */
static int table_of(Planner *p, const Value *over, nodec_varied *varied, nodec_fault *fault)
{
    const Value *path = value_argument(over->item[0], "path");
    const char **column = NEW_ARRAY(p->arena, const char *, over->count);
    numbers n;
    for (size_t i = 0; i < over->count; i++) column[i] = over->arg[i].value->name;
    if (numbers_table(&n, plan_path(p, NULL, path->name), column, over->count, fault)) return fault->status;
    for (size_t i = 0; i < over->count; i++) {
        double *at = NEW_ARRAY(p->arena, double, n.rows);
        for (size_t k = 0; k < n.rows; k++) at[k] = n.at[k * n.columns + i];
        varied[i] = (nodec_varied){ .name = over->arg[i].name, .count = 1, .points = n.rows, .at = at };
    }
    free(n.at);
    return 0;
}

static uint64_t count_of(const Value *over, const nodec_over *to)
{
    uint64_t count = 1;
    for (size_t i = 0; i < to->names; i++) count = to->kind == NODEC_OVER_GRID ? count * to->varied[i].points : to->varied[i].points;
    return to->kind == NODEC_OVER_SAMPLE ? plan_whole(over, "count", 1) : count;
}

static int over_of(Planner *p, nodec_sweep *s, nodec_fault *fault)
{
    const Value *over = plan_clause(p, "over");
    nodec_varied *varied = NEW_ARRAY(p->arena, nodec_varied, over ? over->count + 1 : 1);
    s->over = (nodec_over){ .kind = kind_of(over), .varied = varied };
    const bool table = over && over->item;
    if (table && table_of(p, over, varied, fault)) return fault->status;
    if (table) s->over.names = over->count;
    for (size_t i = 0; over && !table && i < over->count; i++) {
        if (s->over.kind == NODEC_OVER_SAMPLE && !strcmp(over->arg[i].name, "count")) continue;
        varied[s->over.names++] = varied_of(p, s->over.kind, &over->arg[i]);
    }
    s->over.count = count_of(over, &s->over);
    return 0;
}

/* ---- what is kept ---------------------------------------------------------------------------- */

/* The output that the front end has made of an expression. */
static size_t output_of(const Planner *p, const Value *expression)
{
    const Field *f = field_of(p)->field;
    const char *name = arena_printf(p->arena, "(%s)", expression->name);
    for (size_t i = 0; i < f->output.count; i++)
        if (!strcmp(f->output.at[i].name, name)) return f->output.at[i].offset;
    return 0;
}

/* Which of what is kept (library/wanted.c) is `v`. */
static size_t summary_of(const Planner *p, const nodec_sweep *s, const Value *v)
{
    const char *name = arena_printf(p->arena, "%s(%s)", v->name, value_argument(v, "of")->name);
    size_t k = 0;
    while (k + 1 < s->summaries && strcmp(s->summary[k], name)) k++;
    return k;
}

/* ---- pictures ----------------------------------------------------------------------------------- */

/* Which of what varies: by its name, or the first that is not `other`. */
static size_t side_of(const nodec_sweep *s, const Value *plot, const char *axis, size_t other)
{
    const Value *v = value_argument(plot, axis);
    size_t i = 0;
    while (i + 1 < s->over.names && (v ? strcmp(s->over.varied[i].name, v->name) != 0 : i == other)) i++;
    return i;
}

static void heatmap_of(const nodec_sweep *s, const Value *v, nodec_plot *to)
{
    to->kind = NODEC_PLOT_HEATMAP;
    to->x = side_of(s, v, "x", value_argument(v, "y") ? side_of(s, v, "y", SIZE_MAX) : SIZE_MAX);
    to->y = side_of(s, v, "y", to->x);
}

static void trajectory_of(const Planner *p, const Value *v, nodec_plot *to)
{
    const Value *x = value_argument(v, "x"), *y = value_argument(v, "y");
    to->kind = NODEC_PLOT_TRAJECTORY;
    to->x = x ? output_of(p, x) : 0;
    to->y = y ? output_of(p, y) : 1;
}

static void plot_of(const Planner *p, const nodec_sweep *s, const Value *v, nodec_plot *to)
{
    const Value *value = value_argument(v, "value");
    if (value) to->summary = summary_of(p, s, value);
    to->count = plan_whole(v, "bins", 60);
    if (plan_is_call(v, "heatmap")) heatmap_of(s, v, to);
    else if (plan_is_call(v, "histogram")) to->kind = NODEC_PLOT_HISTOGRAM;
    else if (plan_is_call(v, "trajectory")) trajectory_of(p, v, to);
    else to->kind = NODEC_PLOT_SERIES;
}

static void kept_of(Planner *p, nodec_sweep *s, const LowerOptions *lower)
{
    const Value *plot = plan_clause(p, "plot");
    const char **name = NEW_ARRAY(p->arena, const char *, lower->summaries + 1);
    nodec_plot *to = NEW_ARRAY(p->arena, nodec_plot, (plot ? plot->count : 0) + 1);
    for (size_t i = 0; i < lower->summaries; i++) name[s->summaries++] = lower->summary[i].name;
    s->summary = name;
    for (size_t i = 0; plot && i < plot->count; i++) plot_of(p, s, plot->item[i], &to[s->plots++]);
    s->plot = to;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static bool plan(Planner *p, LowerOptions *lower, nodec_sweep *s, nodec_fault *fault)
{
    const Value *run = field_of(p), *seed = plan_clause(p, "seed");
    if (lower_options(p->arena, p->experiment, run->field->f->real, lower, p->diags)) return false;
    if (!p->options->seed && seed) s->seed = (uint64_t)seed->real;
    times_of(p, s);
    if (over_of(p, s, fault)) return false;
    kept_of(p, s, lower);
    s->value = plan_values(p, run);
    s->values = run->count;
    return !p->diags->errors;
}

int run_sweep(const Options *o, const Experiment *e, const nodec_plan *flags, Engines *engines, Diags *diags)
{
    Planner p = { o, e, engines, diags, o->arena };
    LowerOptions lower = { 0 };
    nodec_sweep s = { .experiment = e->name, .engine = "cc", .device = "cpu", .seed = flags->seed, .threads = flags->threads,
                      .weights = flags->weights, .out = flags->out, .format = o->format, .quiet = flags->quiet, .json = flags->json };
    nodec_swept swept = { 0 };
    nodec_fault fault = { 0 };
    if (o->resume) return complain(NODEC_EXIT_USAGE, "%s runs; only a training can be resumed", e->name);
    if (o->format && strcmp(o->format, "csv") && strcmp(o->format, "npy"))
        return complain(NODEC_EXIT_USAGE, "--format is csv or npy, not %s", o->format);
    if (!plan(&p, &lower, &s, &fault)) {
        if (fault.status) fprintf(stderr, "%s\n", fault.text);
        return fault.status ? fault.status : report(o, diags);
    }
    s.module = engine_load(engines, o, field_of(&p)->field, &lower, s.over.count == 1);
    if (!s.module) return engines->status ? engines->status : NODEC_EXIT_DATA;
    s.engine = engines->engine;
    s.device = engine_device(o);
    s.options = plan_options(&p, plan_clause(&p, "solver"), s.module);
    swept.found = NEW_ARRAY(o->arena, nodec_found, s.summaries + 1);
    const int status = nodec_run(&s, &swept, &fault);
    if (fault.status) fprintf(stderr, "%s\n", fault.text);
    return status;
}
