/* planner.h: reading an experiment's values on the way to a plan; between training.c,
 * which plans for odefs and has what all plans share, learning.c for models and sweep.c for runs. */
#ifndef ND_PLANNER_H
#define ND_PLANNER_H

#include "engine.h"

typedef struct Planner {
    const Options    *options;
    const Experiment *experiment;
    Engines          *engines;
    Diags            *diags;
    Arena            *arena;
} Planner;

const Value *plan_clause(const Planner *, const char *name);
bool     plan_is_call(const Value *, const char *name);     /* or the bare name; NULL is none */
double   plan_number(const Value *call, const char *argument, double otherwise);
uint64_t plan_whole(const Value *call, const char *argument, uint64_t otherwise);
nodec_draw plan_draw(Planner *, const Value *, const char *what);       /* a number or a distribution */
/* What the odef's states and inputs are given in a call: as many as it has arguments. */
const nodec_value *plan_values(Planner *, const Value *field);
const nodec_options *plan_options(Planner *, const Value *solver, const nodec_module *);
void     plan_unsupported(Planner *, const Value *, const char *what);

/* Where a path of the model is: in the `dir` of its columns; else beside the model, so that
 * a model and its data travel together; else in the folder that NODEC_DATA names.        */
const char *plan_path(Planner *, const Value *dir, const char *path);

/* learning.c: what of a plan is a model's own, with the model loaded. False after errors. */
bool plan_model(Planner *, const Model *, const LowerOptions *, nodec_plan *);

#endif
