/* wanted.c: from what a request names to what lowering needs.
 *
 * In: a checked unit, a name and overrides.  Out: fields and models, and the
 * clauses `solver`, `gradient`, `loss`, `optimizer`, `summary` as LowerOptions. */
#include "ops/rows.h"
#include "library/library.h"
#include "pass/pass.h"

#include <string.h>

/* ---- the request ---------------------------------------------------------------------- */

static const char *own(nodec_unit *u, const char *text)
{
    return text ? arena_string(&u->arena, text, strlen(text)) : NULL;
}

int request_read(nodec_unit *u, const nodec_request *given, nodec_request *r)
{
    *r = (nodec_request){ .size = sizeof *r };
    if (!given) return NODEC_DONE;
    if (given->size < offsetof(nodec_request, set)) return unit_misused(u, "the request does not say its size");
    memcpy(r, given, given->size < sizeof *r ? given->size : sizeof *r);
    if (r->real_bytes && r->real_bytes != 4 && r->real_bytes != 8)
        return unit_misused(u, "real_bytes is 4 or 8, not %zu", r->real_bytes);
    if (r->sets && !r->set) return unit_misused(u, "%zu overrides, and `set` is NULL", r->sets);
    const char **set = NEW_ARRAY(&u->arena, const char *, r->sets + 1);
    for (size_t i = 0; i < r->sets; i++)
        if (!(set[i] = own(u, r->set[i]))) return unit_misused(u, "override %zu is NULL", i);
    r->set = set;
    r->name = own(u, r->name);
    r->prefix = own(u, r->prefix);
    r->file = own(u, r->file);
    r->cpu = own(u, r->cpu);
    r->weights = own(u, r->weights);
    return NODEC_DONE;
}

/* A prefix for C names from a path: "dir/my-model.node" gives "my_model". A text has none. */
const char *request_stem(Arena *arena, const nodec_unit *u, const nodec_request *r)
{
    const char *path = r->prefix ? r->prefix : u->source->path;
    const char *last = strrchr(path, '/');
    if (*path == '<') return "model";
    char *stem = arena_string(arena, last ? last + 1 : path, strlen(last ? last + 1 : path));
    char *dot = strrchr(stem, '.');
    if (dot && dot > stem) *dot = 0;
    for (char *c = stem; *c; c++)
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') && !(*c >= '0' && *c <= '9')) *c = '_';
    return *stem >= '0' && *stem <= '9' ? arena_printf(arena, "n%s", stem) : stem;
}

Type real_wanted(const nodec_request *r) { return r->real_bytes == 8 ? TYPE_F64 : TYPE_F32; }

/* ---- clauses ---------------------------------------------------------------------------- */

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

static const char *text_of(Arena *arena, const Value *value)
{
    Text text = { .arena = arena };
    value_print(value, &text);
    return text_string(&text);
}

static void set_steps(const Value *solver, LowerOptions *out)
{
    out->h_max = number_in(solver, "h_max", 0.05);
    out->steps = (uint32_t)number_in(solver, "steps", 0);
    out->max_steps = (uint32_t)number_in(solver, "max_steps", 1e6);
}

LowerOptions lower_any_steps(const LowerOptions *options)
{
    LowerOptions any = *options;
    set_steps(NULL, &any);
    any.solver_text = any.solver ? any.solver->name : NULL;
    return any;
}

int lower_solver(Arena *arena, const Value *solver, Type real, LowerOptions *out, Diags *diags)
{
    out->real = real;
    out->solver = solver_by_name(solver && solver->name ? solver->name : "euler");
    if (!out->solver) {
        diag_error(diags, solver->at, "solver = %s is not supported yet", text_of(arena, solver));
        return NODEC_WRONG;
    }
    set_steps(solver, out);
    out->solver_text = solver ? text_of(arena, solver) : "euler(h_max = 0.05)";
    return NODEC_DONE;
}

/* The output that the front end has made of an expression. */
static uint32_t output_of(Arena *arena, const Field *f, const Value *expression)
{
    const char *name = arena_printf(arena, "(%s)", expression->name);
    for (size_t i = 0; i < f->output.count; i++)
        if (!strcmp(f->output.at[i].name, name)) return f->output.at[i].offset;
    return 0;
}

/* Each once: a picture's are often among those of `summary`. */
static void summarise(Arena *arena, const Field *f, const Value *v, Summarised *all, size_t *count)
{
    const Value *of = value_argument(v, "of");
    const char *name = arena_printf(arena, "%s(%s)", v->name, of->name);
    for (size_t i = 0; i < *count; i++)
        if (!strcmp(all[i].name, name)) return;
    all[(*count)++] = (Summarised){ name, summary_row(v->name), output_of(arena, f, of) };
}

static void lower_summaries(Arena *arena, const Experiment *e, LowerOptions *out)
{
    const Value *run = experiment_clause(e, "run"), *summary = experiment_clause(e, "summary"), *plot = experiment_clause(e, "plot");
    if (!run || !run->field) return;
    Summarised *all = NEW_ARRAY(arena, Summarised, (summary ? summary->count : 0) + (plot ? plot->count : 0) + 1);
    for (size_t i = 0; summary && i < summary->count; i++) summarise(arena, run->field, summary->item[i], all, &out->summaries);
    for (size_t i = 0; plot && i < plot->count; i++) {
        const Value *value = value_argument(plot->item[i], "value");
        if (value) summarise(arena, run->field, value, all, &out->summaries);
    }
    out->summary = all;
}

int lower_options(Arena *arena, const Experiment *e, Type real, LowerOptions *out, Diags *diags)
{
    const Value *gradient = experiment_clause(e, "gradient");
    const Value *loss = experiment_clause(e, "loss"), *optimizer = experiment_clause(e, "optimizer");
    if (lower_solver(arena, experiment_clause(e, "solver"), real, out, diags)) return NODEC_WRONG;

    const char *way = gradient && gradient->name ? gradient->name : "adjoint";
    out->gradient = strcmp(way, "adjoint") ? GRADIENT_DISCRETE : GRADIENT_ADJOINT;
    out->gradient_text = gradient ? text_of(arena, gradient) : way;
    out->tape = 64;
    if (!strcmp(way, "checkpoint"))             /* the tape is what `bytes` holds, see lower_field */
        out->tape_bytes = number_in(gradient, "bytes", 65536);

    lower_summaries(arena, e, out);
    const Value *statistics = experiment_clause(e, "statistics"), *accuracy = experiment_clause(e, "accuracy");
    out->running = statistics && statistics->name && !strcmp(statistics->name, "running");
    out->accuracy = accuracy ? accuracy->real : 0;
    const Value *fit = experiment_clause(e, "fit");
    if (fit && fit->model && optimizer) out->optimizer = optimizer->name;       /* its losses are its own */
    if (!loss || !optimizer) return NODEC_DONE;
    out->loss = loss->name;
    out->loss_delta = number_in(loss, "delta", 1);
    out->loss_log = named_in(loss, "scale", "log");
    out->optimizer = optimizer->name;
    return NODEC_DONE;
}

void lower_fits(Arena *arena, const Model *model, const LowerOptions *lower, Diags *diags)
{
    Span at;
    const char *why = lower_model_refuses(arena, model, lower, &at);
    if (why) diag_error(diags, at, "%s", why);
}

/* ---- names -------------------------------------------------------------------------------- */

static bool is_experiment(const Unit *unit, const char *name)
{
    const Name *names;
    size_t n = unit_experiments(unit, &names);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(names[i], name)) return true;
    return false;
}

static void want_field(Arena *arena, const Field *field, Wanted *out)
{
    const Field **one = NEW(arena, const Field *);
    *one = field;
    out->field = one;
    out->count = field != NULL;
}

static void want_model(Arena *arena, const Model *model, Wanted *out)
{
    const Model **one = NEW(arena, const Model *);
    *one = model;
    out->model = one;
    out->models = model != NULL;
}

/* The name is an experiment's, or an odef or a model with or without arguments. */
static void want_named(nodec_unit *u, const nodec_request *r, Wanted *out)
{
    Type real = real_wanted(r);
    Arena *arena = &u->arena;
    const char *name = is_experiment(u->unit, r->name) ? r->name : NULL;
    out->experiment = unit_experiment(u->unit, name, r->set, r->sets, real, &u->diags);
    if (!out->experiment || u->diags.errors) return;
    if (!name && unit_is_model(u->unit, r->name)) { want_model(arena, unit_model(u->unit, r->name, real, &u->diags), out); return; }
    if (!name) { want_field(arena, unit_field(u->unit, r->name, real, &u->diags), out); return; }
    const Value *what = experiment_clause(out->experiment, "fit");
    if (!what) what = experiment_clause(out->experiment, "run");
    if (what && what->model) want_model(arena, what->model, out);
    else if (what && what->field) want_field(arena, what->field, out);
    else diag_error(&u->diags, out->experiment->at, "%s has neither `fit` nor `run`", name);
}

int wanted_of(nodec_unit *u, const nodec_request *r, Wanted *out)
{
    Diags *diags = &u->diags;
    Type real = real_wanted(r);
    *out = (Wanted){ 0 };
    if (r->name) {
        want_named(u, r, out);
    } else {
        out->experiment = unit_experiment(u->unit, NULL, r->set, r->sets, real, diags);
        if (!diags->errors) out->count = unit_fields(u->unit, real, &out->field, diags);
        if (!diags->errors) out->models = unit_models(u->unit, real, &out->model, diags);
    }
    INSIST(&u->arena, diags->errors || (out->experiment && "an error is said"));
    if (!diags->errors) lower_options(&u->arena, out->experiment, real, &out->lower, diags);
    for (size_t i = 0; !diags->errors && i < out->models; i++) lower_fits(&u->arena, out->model[i], &out->lower, diags);
    if (!out->experiment || !out->experiment->name) out->lower.loss = out->lower.optimizer = NULL;
    return unit_outcome(u);
}
