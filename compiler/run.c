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
    if (o->device && strcmp(o->device, "cpu"))
        return complain(NODEC_EXIT_USAGE, "--device %s is not supported yet; there is cpu", o->device);
    if (o->engine && strcmp(o->engine, "cc"))
        return complain(NODEC_EXIT_USAGE, "--engine %s is not supported yet; there is cc", o->engine);
    plan->seed = (uint64_t)seed;
    plan->threads = (size_t)threads;
    plan->resume = o->resume;
    plan->quiet = o->quiet;
    plan->json = o->json ? stdout : NULL;
    plan->weights = o->weights;
    return NODEC_EXIT_OK;
}

/* The experiment named, or the only one there is. */
static int choose(const Options *o, const Unit *unit, const char **chosen)
{
    const Name *name;
    size_t count = unit_experiments(unit, &name);
    Text list = { .arena = o->arena };
    for (size_t i = 0; i < count; i++) text_printf(&list, "%s%s", i ? ", " : "", name[i]);
    if (o->words > 2) return complain(NODEC_EXIT_USAGE, "one experiment at a time, not also %s", o->word[2]);
    if (!count) return complain(NODEC_EXIT_DATA, "%s has no experiment", o->word[0]);
    if (o->words < 2 && count > 1)
        return complain(NODEC_EXIT_USAGE, "which experiment? %s has %s", o->word[0], text_string(&list));
    *chosen = o->words > 1 ? o->word[1] : name[0];
    for (size_t i = 0; i < count; i++)
        if (!strcmp(name[i], *chosen)) return NODEC_EXIT_OK;
    const char *near = name_nearest(*chosen, name, count);
    return complain(NODEC_EXIT_USAGE, "%s has no experiment %s; %s%s%s%s", o->word[0], *chosen,
                    near ? "did you mean " : "there is ", near ? near : text_string(&list),
                    near ? "?" : "", "");
}

/* Tells one model and its clauses from another, so that a checkpoint is not resumed
 * under a different experiment: the clauses that training depends on, as text. */
static uint64_t fingerprint_of(const Options *o, const Experiment *e, const Field *field)
{
    static const char *const matters[] = { "data", "batch", "loss", "solver", "gradient", "optimizer", "split", "clip" };
    Text text = { .arena = o->arena };
    ir_print(field->f, &text);
    for (size_t i = 0; i < COUNT(matters); i++) {
        const Value *v = experiment_clause(e, matters[i]);
        text_printf(&text, "\n%s = ", matters[i]);
        if (v) value_print(v, &text);
    }
    return hash_bytes(text.at, text.length, 0);
}

int command_run(const Options *o)
{
    Diags diags = { .arena = o->arena };
    Engines engines = { 0 };
    Unit *unit = NULL;
    nodec_plan plan = { 0 };
    const char *name = NULL;
    int status = read_flags(o, &plan);
    if (!status) status = open_model(o, &diags, &unit);
    if (status) return diags.errors ? report(o, &diags) : status;
    if ((status = choose(o, unit, &name))) return status;

    const Experiment *e = unit_experiment(unit, name, o->set, o->sets, real_of(o), &diags);
    if (!e || diags.errors) return report(o, &diags);
    plan.out = o->out ? o->out : arena_printf(o->arena, "runs/%s", name);
    status = plan_experiment(o, e, &engines, &diags, &plan);
    if (diags.list.count) {
        int said = report(o, &diags);
        if (said) status = said;
    }
    if (!status) {
        Blame blame = { o, experiment_clause(e, "fit")->field };
        nodec_result result = { 0 };
        nodec_fault fault = { 0 };
        plan.layer = blame_layer;
        plan.context = &blame;
        plan.fingerprint = fingerprint_of(o, e, blame.field);
        status = nodec_train(&plan, &result, &fault);
        if (fault.status) fprintf(stderr, "%s\n", fault.text);
    }
    engine_unload(&engines);
    return status;
}
