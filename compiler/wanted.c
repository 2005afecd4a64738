/* wanted.c: from what the command line names to what lowering needs.
 *
 * In: a checked unit, the words and the --set overrides.  Out: fields and models, and the
 * clauses `solver`, `gradient`, `loss`, `optimizer` as LowerOptions. */
#include "command.h"
#include "pass/pass.h"

#include <math.h>
#include <string.h>

/* The argument `name` of a call like `euler(h_max = 0.05)`, else `otherwise`. */
static double number_in(const Value *call, const char *name, double otherwise)
{
    const Value *value = call ? value_argument(call, name) : NULL;
    return value && (value->kind == VALUE_REAL || value->kind == VALUE_INT) ? value->real : otherwise;
}

static bool named_in(const Value *call, const char *name, const char *wanted)
{
    const Value *value = value_argument(call, name);
    return value && value->name && !strcmp(value->name, wanted);
}

static const char *text_of(const Options *o, const Value *value)
{
    Text text = { .arena = o->arena };
    value_print(value, &text);
    return text_string(&text);
}

int lower_solver(const Options *o, const Value *solver, Type real, LowerOptions *out, Diags *diags)
{
    out->real = real;
    out->solver = solver_by_name(solver && solver->name ? solver->name : "euler");
    if (!out->solver) {
        diag_error(diags, solver->at, "solver = %s is not supported yet", text_of(o, solver));
        return NODEC_EXIT_DATA;
    }
    out->h_max = number_in(solver, "h_max", 0.05);
    out->steps = (uint32_t)number_in(solver, "steps", 0);
    out->max_steps = (uint32_t)number_in(solver, "max_steps", 1e6);
    out->solver_text = solver ? text_of(o, solver) : "euler(h_max = 0.05)";
    return NODEC_EXIT_OK;
}

int lower_options(const Options *o, const Experiment *e, Type real, LowerOptions *out, Diags *diags)
{
    const Value *gradient = experiment_clause(e, "gradient");
    const Value *loss = experiment_clause(e, "loss"), *optimizer = experiment_clause(e, "optimizer");
    if (lower_solver(o, experiment_clause(e, "solver"), real, out, diags)) return NODEC_EXIT_DATA;

    const char *way = gradient && gradient->name ? gradient->name : "adjoint";
    out->gradient = strcmp(way, "adjoint") ? GRADIENT_DISCRETE : GRADIENT_ADJOINT;
    out->gradient_text = gradient ? text_of(o, gradient) : way;
    out->tape = 64;
    if (!strcmp(way, "checkpoint"))             /* the tape is what `bytes` holds, see lower_field */
        out->tape_bytes = number_in(gradient, "bytes", 65536);

    const Value *statistics = experiment_clause(e, "statistics"), *accuracy = experiment_clause(e, "accuracy");
    out->running = statistics && statistics->name && !strcmp(statistics->name, "running");
    out->accuracy = accuracy ? accuracy->real : 0;
    const Value *fit = experiment_clause(e, "fit");
    if (fit && fit->model && optimizer) out->optimizer = optimizer->name;       /* its losses are its own */
    if (!loss || !optimizer) return NODEC_EXIT_OK;
    out->loss = loss->name;
    out->loss_delta = number_in(loss, "delta", 1);
    out->loss_log = named_in(loss, "scale", "log");
    out->optimizer = optimizer->name;
    return NODEC_EXIT_OK;
}

void lower_fits(const Options *o, const Model *model, const LowerOptions *lower, Diags *diags)
{
    Span at;
    const char *why = lower_model_refuses(o->arena, model, lower, &at);
    if (why) diag_error(diags, at, "%s", why);
}

static bool is_experiment(const Unit *unit, const char *name)
{
    const Name *names;
    size_t n = unit_experiments(unit, &names);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(names[i], name)) return true;
    return false;
}

static void want_field(const Options *o, const Field *field, Wanted *out)
{
    const Field **one = NEW(o->arena, const Field *);
    *one = field;
    out->field = one;
    out->count = field != NULL;
}

static void want_model(const Options *o, const Model *model, Wanted *out)
{
    const Model **one = NEW(o->arena, const Model *);
    *one = model;
    out->model = one;
    out->models = model != NULL;
}

/* `word` names an experiment, or is an odef or a model, with or without arguments. */
static void want_named(const Options *o, Unit *unit, const char *word, Diags *diags, Wanted *out)
{
    Type real = real_of(o);
    const char *name = is_experiment(unit, word) ? word : NULL;
    out->experiment = unit_experiment(unit, name, o->set, o->sets, real, diags);
    if (!out->experiment || diags->errors) return;
    if (!name && unit_is_model(unit, word)) { want_model(o, unit_model(unit, word, real, diags), out); return; }
    if (!name) { want_field(o, unit_field(unit, word, real, diags), out); return; }
    const Value *what = experiment_clause(out->experiment, "fit");
    if (!what) what = experiment_clause(out->experiment, "run");
    if (what && what->model) want_model(o, what->model, out);
    else if (what && what->field) want_field(o, what->field, out);
    else diag_error(diags, out->experiment->at, "%s has neither `fit` nor `run`", name);
}

int wanted_of(const Options *o, Unit *unit, Diags *diags, Wanted *out)
{
    if (o->words > 1) {
        want_named(o, unit, o->word[1], diags, out);
    } else {
        out->experiment = unit_experiment(unit, NULL, o->set, o->sets, real_of(o), diags);
        if (!diags->errors) out->count = unit_fields(unit, real_of(o), &out->field, diags);
        if (!diags->errors) out->models = unit_models(unit, real_of(o), &out->model, diags);
    }
    if (!diags->errors) lower_options(o, out->experiment, real_of(o), &out->lower, diags);
    for (size_t i = 0; !diags->errors && i < out->models; i++) lower_fits(o, out->model[i], &out->lower, diags);
    if (!out->experiment || !out->experiment->name) out->lower.loss = out->lower.optimizer = NULL;
    return report(o, diags);
}
