/* compare.c: `nodec run MODEL A B C --compare`: each trained in a folder of its own, then
 * the table; all of them models, or all of them odefs. Stopped and resumed, it goes on where it was. */
#include "engine.h"
#include "compare.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What --resume finds: a run that had begun is resumed, one that had not begins. */
static bool has_begun(const Options *o, const char *folder)
{
    return !access(arena_printf(o->arena, "%s/checkpoint.nodec", folder), F_OK);
}

int run_compared(const Options *o, Unit *unit, const char *const *name, size_t count, const nodec_plan *base, Engines *engines)
{
    nodec_trained *trained = NEW_ARRAY(o->arena, nodec_trained, count);
    nodec_fault fault = { 0 };
    for (size_t i = 0; i < count; i++) {
        nodec_plan plan = *base;
        plan.json = NULL;
        plan.out = arena_printf(o->arena, "%s/%s", base->out, name[i]);
        plan.resume = base->resume && has_begun(o, plan.out);
        if (!base->quiet) fprintf(stderr, "%s (%zu of %zu)\n", name[i], i + 1, count);
        int status = run_experiment(o, unit, name[i], &plan, engines, &trained[i].result);
        if (status == NODEC_EXIT_STOPPED) fprintf(stderr, "nodec: the comparison goes on with --compare --resume --out %s\n", base->out);
        if (status) return status;
        if (!plan.model && !plan.fit) return complain(NODEC_EXIT_DATA, "%s learns nothing; --compare is for experiments with `fit`", name[i]);
        trained[i].name = name[i];
        trained[i].model = plan.model;
        trained[i].field = plan.fit;
        if (!trained[i].model != !trained->model)
            return complain(NODEC_EXIT_DATA, "%s fits %s and %s %s; --compare is for experiments of one kind", name[0],
                            trained->model ? "a model" : "an odef", name[i], trained[i].model ? "a model" : "an odef");
    }
    int status = nodec_compare(base->out, trained, count, base->json, stdout, &fault);
    if (fault.status) fprintf(stderr, "%s\n", fault.text);
    return status;
}
