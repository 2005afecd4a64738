/* field.h: what the front end hands to the rest of the compiler.
 *
 * A Field is one odef with its compile-time arguments applied: tables of its
 * states, parameters and inputs, and its mathematics as tensor IR.  Passes turn
 * its functions into steps and gradients; back ends print them; the runtime
 * sees the tables only.  Offsets count reals in the packed vectors the
 * generated code works on (states: per sample; theta: the weight vector). */
#ifndef ND_FIELD_H
#define ND_FIELD_H

#include "ir/ir.h"

typedef struct FieldState {
    Name     name;                  /* "x", "hare"                                 */
    Shape    shape;                 /* without B                                   */
    uint32_t offset, count;
    bool     given;                 /* false: the model says it (Field.start)      */
} FieldState;

typedef enum InitKind { INIT_ZERO, INIT_TENSOR, INIT_UNIFORM, INIT_NORMAL } InitKind;

typedef struct FieldParam {
    Name     name;                  /* path in the model, "lin1.b"                 */
    Name     file_name;             /* path in a weights file, "lin1.bias"         */
    Shape    shape;
    uint32_t offset, count;
    bool     positive;              /* trained as its logarithm                    */
    bool     buffer;                /* remembered, not trained; its start is TENSOR */
    InitKind init;
    double   lo, hi;                /* UNIFORM: bounds; NORMAL: mean, deviation    */
    const double *tensor;           /* TENSOR: count numbers                       */
    Span     at;
} FieldParam;

typedef struct FieldInput {         /* constant along a trajectory, one per sample */
    Name     name;
    Shape    shape;
    uint32_t offset, count;
    bool     has_default;
    const double *tensor;           /* the default                                 */
} FieldInput;

typedef struct FieldOutput { Name name; Shape shape; uint32_t offset, count; } FieldOutput;

typedef struct Field {
    Name name;                      /* "Mlp"                                       */
    Name instance;                  /* "Mlp(n = 2, hidden = 16, time = true)"      */
    Name time;                      /* name of the independent variable, "t"       */
    Span at;
    const char *equations;          /* the source lines of dx/dt = ..., for comments */
    VEC(FieldState)  state;  uint32_t states;   /* reals per sample               */
    VEC(FieldParam)  param;  uint32_t params;   /* reals of theta                 */
    VEC(FieldInput)  input;  uint32_t inputs;
    VEC(FieldOutput) output; uint32_t outputs;  /* observables; none: the states themselves */

    /* Leaves: the states [B ...], t [B], the parameters, the inputs [B ...], each
     * under its own name.  Roots: RESULT "dNAME" for every state, in order.      */
    Fn *f;
    /* Initial states from parameters and inputs; RESULT "NAME" for states that
     * are not given.  NULL if all are given.                                     */
    Fn *start;
    /* Observables from states, t, parameters, inputs; RESULT per output, or NULL. */
    Fn *observe;
    bool uses_time;                 /* f depends on t                              */
} Field;

#endif
