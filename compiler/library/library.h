/* library.h: what the files behind nodec.h share.
 *
 * A call of the public interface is a function of the caller's arguments in a struct, run
 * by unit_call, which is the one place that failures come back to. */
#ifndef ND_LIBRARY_H
#define ND_LIBRARY_H

#include "back/back.h"
#include "fault.h"
#include "lang/lang.h"
#include "library/nodec.h"
#include "lower/lower.h"

struct nodec_unit {
    Heap      heap;
    Escape    escape;               /* from the call under way; what was wrong     */
    Arena     arena;                /* as long as the unit                         */
    Arena     said;                 /* as long as the diagnostics                  */
    Names     names;
    Diags     diags;
    Source   *source;
    Unit     *unit;                 /* NULL: the text is wrong,                    */
    int       opened;               /*   as this outcome said                      */
    Importer  importer;
    nodec_opening how;
    int       broken;               /* NODEC_MEMORY or NODEC_BUG: out of order     */
    nodec_diagnostic *diagnostic;   /* the Diags as the caller sees them           */
    size_t    count;
    nodec_diagnostic last_words;    /* when there is no memory for others          */
};

typedef struct Output {             /* an output has a heap of its own, to outlive its unit */
    nodec_output seen;
    Heap  heap;
    Arena arena;
} Output;

/* Runs body(unit, call), which returns an outcome; failures end it early. `also`: another heap
 * whose arenas it uses, or NULL.                                                   */
typedef int Body(nodec_unit *, void *call);
void unit_clear_diagnostics(nodec_unit *);
int  unit_call(nodec_unit *, Body *, void *call, Heap *also);
int  unit_request(nodec_unit *, Body *, void *call, Heap *also);    /* of a sound text, with diagnostics of its own */
int  unit_break(nodec_unit *, int outcome);     /* from now on, and always, this outcome */
/* The caller's mistake, as a diagnostic.                                           */
int  unit_misused(nodec_unit *, const char *format, ...) ND_PRINTF(2, 3);
/* What a body returns: NODEC_WRONG if there are errors.                            */
int  unit_outcome(const nodec_unit *);

Output *output_new(nodec_unit *);               /* NULL: no memory                 */
/* Memory for an object of its own beside the unit, zeroed, and its Heap; NULL: no memory. */
void *object_new(const nodec_unit *, size_t bytes, Heap *);
void  object_free(void *, Heap *);              /* with all that its arenas have   */
/* What the runtime says went wrong, as diagnostics; the outcome.                   */
int   unit_fault(nodec_unit *, const nodec_fault *);

/* ---- what a request means (wanted.c) ---------------------------------------------- */

typedef struct Wanted {
    const Field *const *field; size_t count;
    const Model *const *model; size_t models;
    const Experiment *experiment;   /* its name NULL if none was named              */
    LowerOptions lower;
} Wanted;

/* The caller's request as this library knows it, with texts of the unit's own.     */
int  request_read(nodec_unit *, const nodec_request *given, nodec_request *);
const char *request_stem(Arena *, const nodec_unit *, const nodec_request *);       /* of its C names */
/* What it means: fields and models, and how to lower them.                         */
int  wanted_of(nodec_unit *, const nodec_request *, Wanted *);
Type real_wanted(const nodec_request *);

/* A solver clause alone (NULL: the default), for simulated data.                   */
int lower_solver(Arena *, const Value *solver, Type, LowerOptions *, Diags *);
/* The same with standard steps: for fields, how long they are is said in each call (nodec_options), and
 * one code serves them all.                                                                  */
LowerOptions lower_any_steps(const LowerOptions *);
/* An experiment's solver, gradient, loss and optimizer as lowering wants them.     */
int lower_options(Arena *, const Experiment *, Type, LowerOptions *, Diags *);
/* An error where a model's solve cannot be lowered so.                             */
void lower_fits(Arena *, const Model *, const LowerOptions *, Diags *);

/* carried.c: what the request's `weights` are, for the only definition that was lowered.    */
int carry_weights(nodec_unit *, const nodec_request *, const EmitInput *, Arena *, EmitOptions *);

/* explain.c: what the plan chose for all of it, as text.                           */
void explain(Arena *, Names *, Wanted *, Text *);

#endif
