/* run.c: `nodec run MODEL EXPERIMENT`: compile in memory, then train. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

/* Flags that are numbers or names, checked before anything is compiled. */
static int read_flags(const Options *o, nodec_plan *plan)
{
    long long seed = 0, threads = 1;
    if (o->seed && !number_of(o->seed, 0, INT64_MAX, &seed))
        return complain(NODEC_EXIT_USAGE, "--seed is a whole number from 0 on, not %s", o->seed);
    if (o->threads && !number_of(o->threads, 1, 1024, &threads))
        return complain(NODEC_EXIT_USAGE, "--threads is a number from 1 to 1024, not %s", o->threads);
    if (engine_check(o)) return NODEC_EXIT_USAGE;
    plan->seed = (uint64_t)seed;
    plan->threads = (size_t)threads;
    plan->resume = o->resume;
    plan->begun = o->begun;
    plan->quiet = o->quiet;
    plan->json = o->json ? stdout : NULL;
    plan->weights = o->weights;
    return NODEC_EXIT_OK;
}

/* Experiments of the file as text, and whether `name` is one. */
static bool is_experiment(const Options *o, const Unit *unit, const char *name)
{
    const Name *known;
    size_t count = unit_experiments(unit, &known);
    Text list = { .arena = o->arena };
    for (size_t i = 0; i < count; i++)
        if (!strcmp(known[i], name)) return true;
    for (size_t i = 0; i < count; i++) text_printf(&list, "%s%s", i ? ", " : "", known[i]);
    const char *near = name_nearest(name, known, count);
    complain(NODEC_EXIT_USAGE, "%s has no experiment %s; %s%s%s", o->word[0], name,
             near ? "did you mean " : "there is ", near ? near : text_string(&list), near ? "?" : "");
    return false;
}

/* The experiments named, or the only one there is. */
static int choose(const Options *o, const Unit *unit, const char *const **chosen, size_t *count)
{
    const Name *name;
    size_t known = unit_experiments(unit, &name);
    Text list = { .arena = o->arena };
    for (size_t i = 0; i < known; i++) text_printf(&list, "%s%s", i ? ", " : "", name[i]);
    if (!known) return complain(NODEC_EXIT_DATA, "%s has no experiment", o->word[0]);
    *chosen = o->words > 1 ? o->word + 1 : name;
    *count = o->words > 1 ? o->words - 1 : known;
    if (*count > 1 && !o->compare) {
        if (o->words < 2) return complain(NODEC_EXIT_USAGE, "which experiment? %s has %s", o->word[0], text_string(&list));
        return complain(NODEC_EXIT_USAGE, "one experiment at a time, not also %s; or --compare them", o->word[2]);
    }
    for (size_t i = 0; i < *count; i++)
        if (!is_experiment(o, unit, (*chosen)[i])) return NODEC_EXIT_USAGE;
    return NODEC_EXIT_OK;
}

/* Tells one model and its clauses from another, so that a checkpoint is not resumed
 * under a different experiment: the clauses that training depends on, as text. */
static uint64_t fingerprint_of(const Options *o, const Experiment *e, const Value *fit)
{
    static const char *const matters[] = { "data", "batch", "augment", "loss", "solver", "gradient", "statistics", "accuracy",
                                           "optimizer", "split", "clip" };
    Text text = { .arena = o->arena };
    if (fit->field) ir_print(fit->field->f, &text);
    if (fit->model) {
        ir_print(fit->model->train, &text);
        for (size_t i = 0; i < fit->model->solve.count; i++) ir_print(fit->model->solve.at[i].train->f, &text);
    }
    for (size_t i = 0; i < COUNT(matters); i++) {
        const Value *v = experiment_clause(e, matters[i]);
        text_printf(&text, "\n%s = ", matters[i]);
        if (v) value_print(v, &text);
    }
    return hash_bytes(text.at, text.length, 0);
}

static int run_planned(const Options *o, Unit *unit, const char *name, nodec_plan *plan, Engines *engines, nodec_result *result)
{
    Diags diags = { .arena = o->arena };
    const Experiment *e = unit_experiment(unit, name, o->set, o->sets, real_of(o), &diags);
    if (!e || diags.errors) return report(o, &diags);
    if (experiment_clause(e, "run") && o->profile) return complain(NODEC_EXIT_USAGE, "--profile is of trainings, and %s runs", name);
    engines->experiment = name;
    if (experiment_clause(e, "run")) return run_sweep(o, e, plan, engines, &diags);
    plan->profile = engines->profile;
    int status = plan_experiment(o, e, engines, &diags, plan);
    if (diags.list.count) {
        int said = report(o, &diags);
        if (said) status = said;
    }
    if (status) return status;
    const Value *fit = experiment_clause(e, "fit");
    Blame blame = { o, fit->field };
    nodec_fault fault = { 0 };
    plan->layer = fit->field ? blame_layer : NULL;
    plan->context = &blame;
    plan->fingerprint = fingerprint_of(o, e, fit);
    status = fit->model ? nodec_learn(plan, result, &fault) : nodec_train(plan, result, &fault);
    if (fault.status) fprintf(stderr, "%s\n", fault.text);
    return status;
}

int run_experiment(const Options *o, Unit *unit, const char *name, nodec_plan *plan, Engines *engines, nodec_result *result)
{
    nodec_fault fault = { 0 };
    if (o->profile && !(engines->profile = profile_new(&fault))) {
        fprintf(stderr, "%s\n", fault.text);
        return fault.status;
    }
    int status = run_planned(o, unit, name, plan, engines, result);
    if (plan->data.files) nodec_read_end(plan->data.files->ahead);
    if (plan->test.files) nodec_read_end(plan->test.files->ahead);
    profile_free(engines->profile);
    engines->profile = NULL;
    return status;
}

static int run(const Options *o, Unit *unit, nodec_plan *plan)
{
    Engines engines = { 0 };
    nodec_result result;
    const char *const *name = NULL;
    size_t count = 0;
    int status = choose(o, unit, &name, &count);
    if (status) return status;
    plan->out = o->out ? o->out : arena_printf(o->arena, "runs/%s", o->compare ? "compare" : *name);
    status = o->compare ? run_compared(o, unit, name, count, plan, &engines)
                        : run_experiment(o, unit, *name, plan, &engines, &result);
    engine_unload(&engines);
    return status;
}

int command_run(Options *o)
{
    nodec_unit *u = NULL;
    nodec_plan plan = { 0 };
    int status = read_flags(o, &plan);
    if (!status) status = open_model(o, &u);
    if (!status) status = run(o, u->unit, &plan);
    nodec_close(u);
    return status;
}
