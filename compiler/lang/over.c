/* over.c: do the clauses of a run go together?
 *
 * In: a run whose odef has been made (sweep.c).  Out: an error where times, what varies,
 * where trajectories start or what is drawn cannot be; so that whoever carries the run out
 * need not ask. */
#include "lang/clauses.h"

#include <string.h>

typedef struct Run {
    Diags *diags;
    const Value *run, *over, *at, *after, *plot;
    bool   sample, points;
    bool   table;                   /* points are rows of one                       */
    size_t names;                   /* that vary                                    */
} Run;

static bool is_count(const Run *r, const ValueArg *arg) { return r->sample && !strcmp(arg->name, "count"); }

/* ---- times ------------------------------------------------------------------------------ */

static bool times_fit(const Run *r)
{
    const bool list = r->at->kind == VALUE_TENSOR;
    const double first = list ? r->at->tensor[0] : r->at->from, last = list ? r->at->tensor[r->at->count - 1] : r->at->to;
    if (first == last) {
        diag_error(r->diags, r->at->at, "a run needs at least two times");
        return false;
    }
    if (!r->after || (last > first ? r->after->real < last : r->after->real > last)) return true;
    diag_error(r->diags, r->after->at, "the run ends at %g, so summaries see nothing after %g", last, r->after->real);
    return false;
}

/* ---- what varies --------------------------------------------------------------------------- */

static size_t points_of(const Value *v) { return v->kind == VALUE_TENSOR ? v->shape.dim[0] : 1; }

static bool lengths_fit(const Run *r)
{
    const ValueArg *arg = r->over->arg;
    for (size_t i = 1; r->points && i < r->over->count; i++) {
        const size_t first = points_of(arg[0].value), n = points_of(arg[i].value);
        if (n == first) continue;
        diag_error(r->diags, arg[i].value->at, "`points` takes lists of one length, and `%s` has %zu where `%s` has %zu", arg[i].name, n,
                   arg[0].name, first);
        return false;
    }
    return true;
}

/* Names of columns where a table is piped in, lists where none is. */
static bool columns_fit(const Run *r)
{
    if (r->table && strcmp(r->over->item[0]->name, "csv")) {
        diag_error(r->diags, r->over->item[0]->at, "`points` are read from a table, `csv(\"...\")`");
        return false;
    }
    for (size_t i = 0; i < r->over->count; i++) {
        const ValueArg *arg = &r->over->arg[i];
        const bool column = arg->value->kind == VALUE_STRING;
        const unsigned numbers = (unsigned)shape_count(open_shape(r->run->field, arg->name));
        if (column && !r->table) diag_error(r->diags, arg->value->at, "a column, and no table is piped into `points`");
        else if (!column && r->table) diag_error(r->diags, arg->value->at, "where a table is piped in, `%s` is the name of a column", arg->name);
        else if (column && numbers > 1) diag_error(r->diags, arg->at, "`%s` has %u numbers, and a column gives it one", arg->name, numbers);
        else continue;
        return false;
    }
    return true;
}

static bool count_fits(const Run *r)
{
    double count = r->sample ? value_argument(r->over, "count")->real : 1;
    for (size_t i = 0; i < r->over->count && !r->sample; i++) {
        const double points = (double)points_of(r->over->arg[i].value);
        count = r->points ? points : count * points;
    }
    if (count <= UINT32_MAX) return true;
    diag_error(r->diags, r->over->at, "this makes %.4g trajectories, and there may be %u", count, UINT32_MAX);
    return false;
}

static bool over_fits(Run *r)
{
    if (!r->over) return true;
    for (size_t i = 0; i < r->over->count; i++) r->names += !is_count(r, &r->over->arg[i]);
    if (r->names || r->sample) return columns_fit(r) && (r->table || (lengths_fit(r) && count_fits(r)));
    diag_error(r->diags, r->over->at, "`%s` varies nothing", r->over->name);
    return false;
}

/* ---- where trajectories start ----------------------------------------------------------------- */

static bool has_value(const Run *r, Name name)
{
    return value_argument(r->run, name) || (r->over && value_argument(r->over, name));
}

static bool starts_fit(const Run *r)
{
    const Field *f = r->run->field;
    Name missing = NULL;
    for (size_t i = f->input.count; i--; )
        if (!f->input.at[i].has_default && !has_value(r, f->input.at[i].name)) missing = f->input.at[i].name;
    for (size_t i = f->state.count; i--; )
        if (f->state.at[i].given && !has_value(r, f->state.at[i].name)) missing = f->state.at[i].name;
    if (!missing) return true;
    diag_error(r->diags, r->run->at, "`%s` of `%s` has no value", missing, f->name);
    diag_help(r->diags, "%s(%s = 0), or let it vary", f->name, missing);
    return false;
}

/* ---- pictures -------------------------------------------------------------------------------------- */

static const ValueArg *side_named(const Run *r, Name name)
{
    for (size_t i = 0; r->over && i < r->over->count; i++)
        if (!is_count(r, &r->over->arg[i]) && r->over->arg[i].name == name) return &r->over->arg[i];
    return NULL;
}

static bool side_fits(const Run *r, const Value *plot, const char *which)
{
    const Value *side = value_argument(plot, which);
    if (!side) return true;
    const ValueArg *arg = side_named(r, side->name);
    if (!arg) {
        VEC(const char *) names = { 0 };
        diag_error(r->diags, side->at, "`over` does not vary `%s`", side->name);
        for (size_t i = 0; r->over && i < r->over->count; i++) VEC_PUSH(r->diags->arena, names) = r->over->arg[i].name;
        const char *near = name_nearest(side->name, names.at, names.count);
        if (near) diag_help(r->diags, "did you mean `%s`?", near);
        return false;
    }
    const unsigned numbers = (unsigned)shape_count(open_shape(r->run->field, side->name));
    if (numbers == 1) return true;
    diag_error(r->diags, side->at, "a side of a `heatmap` is of one number, and `%s` has %u", side->name, numbers);
    return false;
}

static bool heatmap_fits(const Run *r, const Value *v)
{
    const Value *x = value_argument(v, "x"), *y = value_argument(v, "y");
    if (r->points) {
        diag_error(r->diags, v->at, "a `heatmap` is of a `grid` or a `sample`, and `over` lists `points`");
        return false;
    }
    if (r->names < 2) {
        diag_error(r->diags, v->at, "a `heatmap` is of two that vary, and `over` varies %zu", r->names);
        return false;
    }
    if (!side_fits(r, v, "x") || !side_fits(r, v, "y")) return false;
    if (!x || !y || x->name != y->name) return true;
    diag_error(r->diags, y->at, "both sides of this `heatmap` are `%s`", y->name);
    return false;
}

static bool plot_fits(const Run *r, const Value *v)
{
    static const char *const of_training[] = { "curve", "mistakes" };
    const Field *f = r->run->field;
    const Value *every = value_argument(v, "every");
    for (size_t i = 0; i < COUNT(of_training); i++) {
        if (strcmp(v->name, of_training[i])) continue;
        diag_error(r->diags, v->at, "`%s` is a picture of a training, and this experiment runs", v->name);
        return false;
    }
    if (every) {
        diag_error(r->diags, every->at, "`every` counts steps of a training, and this experiment runs");
        return false;
    }
    if (!strcmp(v->name, "heatmap")) return heatmap_fits(r, v);
    const bool two = (f->outputs ? f->outputs : f->states) > 1 || (value_argument(v, "x") && value_argument(v, "y"));
    if (strcmp(v->name, "trajectory") || two) return true;
    diag_error(r->diags, v->at, "a trajectory needs two numbers, and `%s` has one; use `series`", f->name);
    return false;
}

bool run_fits(Diags *diags, const Experiment *e)
{
    Run r = { .diags = diags, .run = experiment_clause(e, "run"), .over = experiment_clause(e, "over"), .at = experiment_clause(e, "at"),
              .after = experiment_clause(e, "after"), .plot = experiment_clause(e, "plot") };
    r.sample = r.over && !strcmp(r.over->name, "sample");
    r.points = r.over && !strcmp(r.over->name, "points");
    r.table = r.points && r.over->item;
    if (!times_fit(&r) || !over_fits(&r) || !starts_fit(&r)) return false;
    for (size_t i = 0; r.plot && i < r.plot->count; i++)
        if (!plot_fits(&r, r.plot->item[i])) return false;
    return true;
}
