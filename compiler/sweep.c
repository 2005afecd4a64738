/* sweep.c: an experiment that runs, as the runtime's nodec_sweep, and carried out.
 *
 * The front end has made the odef so that what varies are its inputs and given states, and
 * what is looked at its outputs, each named by its text in parentheses (lang/sweep.c). */
#include "planner.h"
#include "sweep.h"

#include <stdio.h>
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
    if (s->times < 2 || s->t[0] == s->t[1]) diag_error(p->diags, v->at, "a run needs at least two times");
    else if (after && s->t[1] > s->t[0] ? after && after->real >= s->t[s->times - 1] : after && after->real <= s->t[s->times - 1])
        diag_error(p->diags, after->at, "the run ends at %g, so there is nothing after %g", s->t[s->times - 1], after->real);
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

static void too_many(Planner *p, const Value *over, double count)
{
    diag_error(p->diags, over->at, "this makes %.3g trajectories; there may be %u", count, UINT32_MAX);
}

static void count_of(Planner *p, const Value *over, nodec_over *to)
{
    double count = 1;
    for (size_t i = 0; i < to->names; i++) {
        if (to->kind == NODEC_OVER_GRID) count *= (double)to->varied[i].points;
        if (to->kind != NODEC_OVER_POINTS) continue;
        count = (double)to->varied[0].points;
        if (to->varied[i].points == to->varied[0].points) continue;
        diag_error(p->diags, over->at, "`points` takes lists of one length: `%s` has %zu, `%s` has %zu", to->varied[0].name,
                   to->varied[0].points, to->varied[i].name, to->varied[i].points);
        return;
    }
    if (to->kind == NODEC_OVER_SAMPLE) count = (double)plan_whole(over, "count", 1);
    if (count > UINT32_MAX) too_many(p, over, count);
    else to->count = (uint64_t)count;
}

static void over_of(Planner *p, nodec_sweep *s)
{
    const Value *over = plan_clause(p, "over");
    nodec_varied *varied = NEW_ARRAY(p->arena, nodec_varied, over ? over->count + 1 : 1);
    s->over = (nodec_over){ .kind = kind_of(over), .varied = varied, .count = 1 };
    for (size_t i = 0; over && i < over->count; i++) {
        if (s->over.kind == NODEC_OVER_SAMPLE && !strcmp(over->arg[i].name, "count")) continue;
        varied[s->over.names++] = varied_of(p, s->over.kind, &over->arg[i]);
    }
    if (over && !s->over.names && s->over.kind != NODEC_OVER_SAMPLE) diag_error(p->diags, over->at, "`%s` varies nothing", over->name);
    else if (over) count_of(p, over, &s->over);
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

static nodec_summary summary_of(const Planner *p, const Value *v)
{
    const Value *of = value_argument(v, "of");
    return (nodec_summary){ arena_printf(p->arena, "%s(%s)", v->name, of->name), v->name, output_of(p, of) };
}

/* Each once: a picture's are often among those of `summary`. */
static size_t keep(const nodec_summary one, nodec_summary *all, size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (!strcmp(all[i].name, one.name)) return i;
    all[*count] = one;
    return (*count)++;
}

/* ---- pictures ----------------------------------------------------------------------------------- */

/* Which of what varies: by its name, or the next in turn. */
static size_t side_of(Planner *p, const nodec_sweep *s, const Value *plot, const char *axis, size_t otherwise)
{
    const Value *v = value_argument(plot, axis);
    size_t i = otherwise;
    if (v)
        for (i = 0; i < s->over.names && strcmp(s->over.varied[i].name, v->name); ) i++;
    if (i >= s->over.names) {
        if (v) diag_error(p->diags, v->at, "`over` does not vary `%s`", v->name);
        else diag_error(p->diags, plot->at, "a `heatmap` is of two that vary, and `over` varies %zu", s->over.names);
        return 0;
    }
    const nodec_varied *varied = &s->over.varied[i];
    if (varied->count > 1) diag_error(p->diags, v ? v->at : plot->at, "`%s` has %zu numbers, and a side of a `heatmap` one", varied->name, varied->count);
    return i;
}

static void heatmap_of(Planner *p, const nodec_sweep *s, const Value *v, nodec_plot *to)
{
    to->kind = NODEC_PLOT_HEATMAP;
    if (s->over.kind == NODEC_OVER_POINTS) {
        diag_error(p->diags, v->at, "a `heatmap` is of a `grid` or a `sample`");
        return;
    }
    const Value *y = value_argument(v, "y");
    to->x = side_of(p, s, v, "x", 0);
    if (!value_argument(v, "x") && y && s->over.names > 1 && !strcmp(s->over.varied[0].name, y->name)) to->x = 1;
    to->y = side_of(p, s, v, "y", to->x == 1 ? 0 : 1);
    if (!p->diags->errors && to->x == to->y) diag_error(p->diags, v->at, "both sides of this `heatmap` are `%s`", s->over.varied[to->x].name);
}

static void trajectory_of(Planner *p, const Value *v, nodec_plot *to)
{
    const Value *x = value_argument(v, "x"), *y = value_argument(v, "y");
    to->kind = NODEC_PLOT_TRAJECTORY;
    to->x = x ? output_of(p, x) : 0;
    to->y = y ? output_of(p, y) : 1;
    const Field *f = field_of(p)->field;
    const size_t reals = f->outputs ? f->outputs : f->states;
    if (to->y >= reals) diag_error(p->diags, v->at, "a trajectory needs two numbers, and `%s` has one; use `series`", f->name);
}

static void plot_of(Planner *p, nodec_sweep *s, const Value *v, nodec_summary *all, nodec_plot *to)
{
    const Value *value = value_argument(v, "value"), *every = value_argument(v, "every");
    if (every) diag_error(p->diags, every->at, "`every` counts steps of a training, and this experiment runs");
    if (value) to->summary = keep(summary_of(p, value), all, &s->summaries);
    to->count = plan_whole(v, "bins", 60);
    if (plan_is_call(v, "heatmap")) heatmap_of(p, s, v, to);
    else if (plan_is_call(v, "histogram")) to->kind = NODEC_PLOT_HISTOGRAM;
    else if (plan_is_call(v, "trajectory")) trajectory_of(p, v, to);
    else if (plan_is_call(v, "series")) to->kind = NODEC_PLOT_SERIES;
    else diag_error(p->diags, v->at, "`%s` is a picture of a training, and this experiment runs", v->name);
}

static void kept_of(Planner *p, nodec_sweep *s)
{
    const Value *summary = plan_clause(p, "summary"), *plot = plan_clause(p, "plot");
    const size_t most = (summary ? summary->count : 0) + (plot ? plot->count : 0) + 1;
    nodec_summary *all = NEW_ARRAY(p->arena, nodec_summary, most);
    nodec_plot *to = NEW_ARRAY(p->arena, nodec_plot, most);
    for (size_t i = 0; summary && i < summary->count; i++) keep(summary_of(p, summary->item[i]), all, &s->summaries);
    for (size_t i = 0; plot && i < plot->count; i++) plot_of(p, s, plot->item[i], all, &to[s->plots++]);
    s->summary = all;
    s->plot = to;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static bool plan(Planner *p, LowerOptions *lower, nodec_sweep *s)
{
    const Value *run = field_of(p), *seed = plan_clause(p, "seed");
    if (lower_options(p->arena, p->experiment, run->field->f->real, lower, p->diags)) return false;
    if (!p->options->seed && seed) s->seed = (uint64_t)seed->real;
    times_of(p, s);
    over_of(p, s);
    if (!p->diags->errors) kept_of(p, s);
    if (p->diags->errors) return false;
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
    if (!plan(&p, &lower, &s)) return report(o, diags);
    s.module = engine_load(engines, o, field_of(&p)->field, &lower, s.over.count == 1);
    if (!s.module) return engines->status ? engines->status : NODEC_EXIT_DATA;
    s.engine = engines->engine;
    s.options = plan_options(&p, plan_clause(&p, "solver"), s.module);
    swept.found = NEW_ARRAY(o->arena, nodec_found, s.summaries + 1);
    const int status = nodec_run(&s, &swept, &fault);
    if (fault.status) fprintf(stderr, "%s\n", fault.text);
    return status;
}
