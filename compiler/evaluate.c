/* evaluate.c: `nodec eval FILE NAME`: trajectories from given weights, initial states
 * and times; or a model's outputs, from weights and inputs. */
#include "engine.h"

#include <string.h>

typedef struct Flags { long long seed, threads; } Flags;

static int read_flags(const Options *o, Flags *flags)
{
    *flags = (Flags){ .seed = 0, .threads = 1 };
    if (o->words < 2) return complain(NODEC_EXIT_USAGE, "eval needs the name of an experiment, an odef or a model after the file");
    if (o->seed && !number_of(o->seed, 0, INT64_MAX, &flags->seed))
        return complain(NODEC_EXIT_USAGE, "--seed is a whole number from 0 on, not %s", o->seed);
    if (o->threads && !number_of(o->threads, 1, 1024, &flags->threads))
        return complain(NODEC_EXIT_USAGE, "--threads is a number from 1 to 1024, not %s", o->threads);
    if (o->format && strcmp(o->format, "csv") && strcmp(o->format, "npy"))
        return complain(NODEC_EXIT_USAGE, "--format is csv or npy, not %s", o->format);
    return engine_check(o);
}

static int eval_field(const Options *o, const Flags *flags, const Wanted *wanted, Engines *engines)
{
    nodec_fault fault = { 0 };
    if (!o->times) return complain(NODEC_EXIT_USAGE, "eval needs --times, such as --times 0:10:101");
    nodec_evaluation evaluation = {
        .module = engine_load(engines, o, wanted->field[0], &wanted->lower, 0),
        .weights = o->weights, .seed = (uint64_t)flags->seed, .threads = (size_t)flags->threads,
        .times = o->times, .start = o->start, .inputs = o->inputs,
        .output = o->output, .format = o->format,
    };
    if (!evaluation.module) return engines->status;
    const nodec_options options = engine_options(evaluation.module, &wanted->lower);
    evaluation.options = &options;
    int status = nodec_evaluate(&evaluation, &fault);
    if (fault.status) fprintf(stderr, "%s\n", fault.text);
    return status;
}

static int eval_model(const Options *o, const Flags *flags, Wanted *wanted, Engines *engines)
{
    nodec_fault fault = { 0 };
    if (o->times || o->start) return complain(NODEC_EXIT_USAGE, "a model has inputs, neither --times nor --start");
    wanted->lower.optimizer = NULL;             /* nothing is trained                 */
    nodec_prediction prediction = {
        .model = engine_load_model(engines, o, wanted->model[0], &wanted->lower),
        .weights = o->weights, .seed = (uint64_t)flags->seed, .threads = (size_t)flags->threads,
        .inputs = o->inputs, .output = o->output, .format = o->format,
    };
    if (!prediction.model) return engines->status;
    int status = nodec_predict(&prediction, &fault);
    if (fault.status) fprintf(stderr, "%s\n", fault.text);
    return status;
}

static int eval(const Options *o, const Flags *flags, nodec_unit *u)
{
    Engines engines = { 0 };
    Wanted wanted = { 0 };
    nodec_request request = request_of(o);
    int wrong = wanted_of(u, &request, &wanted);
    int status = report(o, &u->diags);
    if (wrong) return status;
    status = wanted.models ? eval_model(o, flags, &wanted, &engines) : eval_field(o, flags, &wanted, &engines);
    engine_unload(&engines);
    return status;
}

int command_eval(Options *o)
{
    nodec_unit *u = NULL;
    Flags flags;
    int status = read_flags(o, &flags);
    if (!status) status = open_model(o, &u);
    if (!status) status = eval(o, &flags, u);
    nodec_close(u);
    return status;
}
