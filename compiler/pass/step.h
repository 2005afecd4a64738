/* step.h: what step.c and adjoint.c share: the leaves of a step, and f at a stage. */
#ifndef ND_STEP_H
#define ND_STEP_H

#include "pass/pass.h"
#include "pass/rewrite.h"

typedef struct Step {               /* a Fn under construction from a field's f    */
    Fn       *g;
    const Fn *f;
    const Tableau *tableau;
    size_t    states;               /* f has a root for each, before its updates    */
    uint32_t *state;                /* their symbols in f                          */
    uint32_t  time;                 /* symbol of t in f                            */
    Ref      *leaf;                 /* of g, by symbol of f                        */
    Ref      *cotangent;            /* of g, by state; 0 without                   */
    Ref       h;
    bool      slots;                /* a stage has buffers of its own              */
    Ref      *before, *after;       /* by stage and symbol of f: a buffer's value when the
                                       stage begins; as updated by it, or 0         */
} Step;

/* Leaves in order: f's; after its t, h; with cotangents, a_x for every state behind
 * the states; with slots, at the end, the buffers of stages after the first.       */
Step step_begin(Arena *, const Fn *f, const Tableau *, const char *suffix, bool cotangents, bool slots);
/* base + h*(sum of weight[j]*slope[j]) ; slopes that weigh nothing are left out.    */
Ref  step_along(Fn *, Ref base, Ref h, const double *weight, const Ref *slope, size_t stride, unsigned n);
/* f's derivatives at stage i, given those of the stages before: slope[j*states + s];
 * subst is filled with the leaves of f at that stage.                               */
void step_stage(const Step *, unsigned i, Ref *slope, Ref *subst);

#endif
