/* evaluate.c: `nodec eval MODEL NAME`: trajectories from given weights, initial
 * states and times. */
#include "engine.h"

#include <string.h>

int command_eval(const Options *o)
{
    Diags diags = { .arena = o->arena };
    Engines engines = { 0 };
    Unit *unit = NULL;
    Wanted wanted = { 0 };
    long long seed = 0, threads = 1;
    if (o->words < 2) return complain(NODEC_EXIT_USAGE, "eval needs an experiment's or odef's name after the model");
    if (!o->times) return complain(NODEC_EXIT_USAGE, "eval needs --times, such as --times 0:10:101");
    if (o->seed && !number_of(o->seed, 0, INT64_MAX, &seed))
        return complain(NODEC_EXIT_USAGE, "--seed is a whole number from 0 on, not %s", o->seed);
    if (o->threads && !number_of(o->threads, 1, 1024, &threads))
        return complain(NODEC_EXIT_USAGE, "--threads is a number from 1 to 1024, not %s", o->threads);
    if (o->format && strcmp(o->format, "csv") && strcmp(o->format, "npy"))
        return complain(NODEC_EXIT_USAGE, "--format is csv or npy, not %s", o->format);

    int status = open_model(o, &diags, &unit);
    if (status) return diags.errors ? report(o, &diags) : status;
    if ((status = wanted_of(o, unit, &diags, &wanted))) return status;
    nodec_evaluation evaluation = {
        .module = engine_load(&engines, o, wanted.field[0], &wanted.lower),
        .weights = o->weights, .seed = (uint64_t)seed, .threads = (size_t)threads,
        .times = o->times, .start = o->start, .inputs = o->inputs,
        .output = o->output, .format = o->format,
    };
    status = engines.status;
    if (evaluation.module) {
        nodec_fault fault = { 0 };
        status = nodec_evaluate(&evaluation, &fault);
        if (fault.status) fprintf(stderr, "%s\n", fault.text);
    }
    engine_unload(&engines);
    return status;
}
