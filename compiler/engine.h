/* engine.h: fields and models as running code, for `run` and `eval`. */
#ifndef ND_ENGINE_H
#define ND_ENGINE_H

#include <stdio.h>

#include "command.h"
#include "library/live.h"

typedef struct Engines {
    VEC(Live) live;
    const char *experiment;         /* that they are of, or NULL                   */
    const char *engine;             /* that ran the last: "llvm", "cc", "opencl"   */
    const char *device;             /* OpenCL: the device's own name               */
    nodec_profile *profile;         /* of the experiment being run, or NULL        */
    int status;                     /* of the last failure; it has been said       */
} Engines;

/* NULL after saying why. The module lives until engine_unload; `most`: no call has more
 * trajectories, 0: who knows. A field's steps are the standard solver's: whoever solves says
 * others (plan_options, engine_options); a model's are part of its code, as its workspace is. */
const nodec_module *engine_load(Engines *, const Options *, const Field *, const LowerOptions *, size_t most);
const nodec_model  *engine_load_model(Engines *, const Options *, const Model *, const LowerOptions *);
nodec_options engine_options(const nodec_module *, const LowerOptions *);
void engine_unload(Engines *);
int  engine_check(const Options *);         /* are --engine and --device one? if not, says so */
const char *engine_device(const Options *);             /* "cpu", "opencl:0:0"       */

/* training.c: an experiment as the runtime's plan.  Modules are loaded on the way. */
int  plan_experiment(const Options *, const Experiment *, Engines *, Diags *, nodec_plan *);

/* run.c: plans, compiles and trains one experiment; `plan` has the flags, and the rest afterwards. */
int  run_experiment(const Options *, Unit *, const char *name, nodec_plan *plan, Engines *, nodec_result *);
/* compare.c: several, each in plan->out/NAME, and their table.                     */
int  run_compared(const Options *, Unit *, const char *const *name, size_t count, const nodec_plan *plan, Engines *);

/* sweep.c: an experiment that runs; flags as they are in `plan`.                   */
int  run_sweep(const Options *, const Experiment *, const nodec_plan *, Engines *, Diags *);

/* blame.c: the layer in which the first non-finite value appears, by evaluating f
 * in the reference evaluator; for nodec_plan.layer, context is a Blame.           */
typedef struct Blame { const Options *options; const Field *field; } Blame;
const char *blame_layer(void *context, const nodec_failure *);

#endif
