/* engine.h: fields and models as running code, for `run` and `eval`. */
#ifndef ND_ENGINE_H
#define ND_ENGINE_H

#include <stdio.h>

#include "command.h"
#include "run.h"

typedef struct Engines {
    VEC(nodec_engine *) loaded;
    int status;                     /* of the last failure; it has been said       */
} Engines;

/* NULL after saying why. The module lives until engine_unload.                    */
const nodec_module *engine_load(Engines *, const Options *, const Field *, const LowerOptions *);
const nodec_model  *engine_load_model(Engines *, const Options *, const Model *, const LowerOptions *);
void engine_unload(Engines *);

/* training.c: an experiment as the runtime's plan.  Modules are loaded on the way. */
int  plan_experiment(const Options *, const Experiment *, Engines *, Diags *, nodec_plan *);

/* blame.c: the layer in which the first non-finite value appears, by evaluating f
 * in the reference evaluator; for nodec_plan.layer, context is a Blame.           */
typedef struct Blame { const Options *options; const Field *field; } Blame;
const char *blame_layer(void *context, const nodec_failure *);

#endif
