/* model.h: a model, as the front end hands it on: layers before, between and
 * after ODE solves, with losses and metrics, as tensor IR.
 *
 * `model` and `layer` bodies run straight through, so the whole of a model is one
 * Fn. A solve is a gap in it: its begin is a root of the Fn and its end a leaf, and
 * between the two somebody integrates. There are two Fns, as a model that is
 * trained computes other things than one that is used: batch statistics and random
 * draws on one side, running statistics on the other.
 *
 * Leaves of `train` and `eval`, each under its own name:
 *     inputs            ROLE_INPUT   [B ...]; whole numbers are TYPE_I32
 *     draws             ROLE_INPUT   [B ...], train only
 *     parameters        ROLE_PARAM
 *     buffers           ROLE_BUFFER  no B
 *     SOLVE.STATE.end   ROLE_STATE   [B ...], of every state of every solve
 * Roots:
 *     RESULT SOLVE.STATE.begin       [B ...]; depends on ends of earlier solves only
 *     RESULT OUTPUT                  [B ...]
 *     RESULT LOSS, METRIC            [B], a number per sample; what is reported is the
 *                                    mean over the batch, what is minimised the sum
 *                                    of the losses' means
 *     UPDATE BUFFER                  train only, no B: its value after this batch
 *
 * A solve's fields (train and eval) have the leaves and roots of Field.f, and the
 * model's parameters, buffers and draws under their full paths; roots UPDATE for
 * buffers that f updates. `t` is [B] in them. Buffers that only f reads have
 * `solve` set: integration gives them a slot per evaluation, see lowered.h.      */
#ifndef ND_MODEL_H
#define ND_MODEL_H

#include "ir/field.h"

typedef struct ModelBuffer {
    Name     name, file_name;       /* "feature.func.norm1.running_mean"           */
    Shape    shape;
    uint32_t count;
    const double *initial;          /* count numbers                               */
    int      solve;                 /* of Model.solve, whose field alone reads it; else -1 */
} ModelBuffer;

typedef struct ModelInput {
    Name     name;                  /* "image"                                     */
    Shape    shape;
    uint32_t offset, count;         /* reals of a sample's row, whole numbers too  */
    uint32_t classes;               /* whole numbers 0 .. classes-1; 0: reals      */
} ModelInput;

typedef enum DrawKind { DRAW_UNIFORM, DRAW_NORMAL, DRAW_BERNOULLI } DrawKind;

typedef struct ModelDraw {          /* random numbers, new for every sample and step */
    Name     name;                  /* path: "drop.keep"                           */
    Shape    shape;
    uint32_t offset, count;
    DrawKind kind;
    double   a, b;                  /* bounds; mean, deviation; probability of 1    */
} ModelDraw;

typedef struct ModelValue { Name name; bool loss; Span at; } ModelValue;

typedef struct ModelSolve {
    Name     name;                  /* path of the layer that integrates: "feature" */
    Field   *train, *eval;          /* state tables the same; param tables empty   */
    double   from, to;
    Span     at;
} ModelSolve;

typedef struct Model {
    Name name, instance;            /* "Classifier", "Classifier(body = OdeBlock(64, 6))" */
    Span at;
    VEC(FieldParam)  param;  uint32_t params;
    VEC(ModelBuffer) buffer;
    VEC(ModelInput)  input;  uint32_t inputs;   /* reals per sample                */
    VEC(ModelDraw)   draw;   uint32_t draws;
    VEC(FieldOutput) output; uint32_t outputs;
    VEC(ModelValue)  value;         /* losses first                                */
    VEC(ModelSolve)  solve;         /* in the order they are integrated            */
    Fn *train, *eval;
} Model;

#endif
