/* whole.h: what the files of lower_model share.
 *
 *     model_fns.c      the tensor functions of a whole model, and when each leaf is there
 *     model_side.c     one way through it, in memory: places, tiles, helpers
 *     model_entry.c    `forward` and `train`: what is called in which order
 *     model.c          lower_model
 *
 * Moments (tile.h) of a model with S solves:
 *
 *     0          inputs: the layers up to the first solve
 *     k+1        the end of solve k: the layers behind it; behind the last one the
 *                losses, and back to its end
 *     2S - k     the cotangents of solve k's beginning: back through the layers before it */
#ifndef ND_WHOLE_H
#define ND_WHOLE_H

#include "lower/lower.h"
#include "pass/pass.h"
#include "tile/tile.h"

typedef struct LegState {           /* of one state of a solve: leaves and roots       */
    Name     state;                 /* steps: leaf and CARRY; pull: leaf               */
    Name     pulled;                /* pull: leaf and CARRY, its cotangent             */
    Name     begin, end;            /* train, eval: root, leaf                         */
    Name     end_bar, begin_bar;    /* train: root, leaf                               */
    Shape    shape;                 /* without B                                       */
    uint32_t offset;                /* among the reals of the solve's states           */
} LegState;

typedef struct Leg {                /* one solve                                       */
    const ModelSolve *solve;
    uint32_t  steps;
    double    h;
    bool      slots;                /* every evaluation forwards has its own buffers   */
    uint32_t  stride;               /* ... which are so many reals; else 0             */
    Fn       *train, *eval;         /* a step forwards                                 */
    Fn       *pull;                 /* and back                                        */
    LegState *state;
    size_t    states;
} Leg;

typedef struct WholeValue { Name mean, each; } WholeValue;  /* roots: [], [B]           */

typedef struct Whole {
    const Model        *model;
    const LowerOptions *options;
    Fn            *train, *eval;    /* train: with the gradient; NULL: none wanted      */
    Leg           *leg;
    size_t         legs;
    WholeValue    *value;           /* per Model.value                                 */
    Name           weight;          /* leaf of train and eval: 1 / batch               */
    LoweredBuffer *buffer;          /* per Model.buffer                                */
    uint32_t       buffers;         /* reals                                           */
} Whole;

Whole *whole_build(Arena *, Names *, const Model *, const LowerOptions *);
double whole_steps(const ModelSolve *, const LowerOptions *);       /* n of a solve      */

static inline uint32_t moment_of_end(size_t leg)                { return (uint32_t)leg + 1; }
static inline uint32_t moment_of_bar(const Whole *w, size_t leg) { return (uint32_t)(2 * w->legs - leg); }
/* Where a buffer is, in reals, for the first evaluation: a leaf of the model's function
 * f, or of a step made from a field's f.                                              */
uint32_t whole_buffer(const Whole *, const Fn *f, Name leaf);

/* ---- model_side.c ----------------------------------------------------------------- */

typedef struct StateHomes {
    Home   now;                     /* root of the beginning, carried, leaf of the end */
    Home   bar;                     /* the same for its cotangent, backwards           */
    Home   check;                   /* wide: of each sample, 0 or NaN                */
    Home   tape;                    /* discrete: before step 0; k pitches on before step k */
    Layout lay;
} StateHomes;

typedef struct Side {               /* one way through: evaluation or training         */
    Arena       *arena;
    const Whole *w;
    Program     *p;
    bool         train;
    const char  *name;              /* "forward", "train"                              */
    Tiling       t;
    Tiled       *all;               /* train or eval                                   */
    Tiled      **step, **pull;      /* per leg                                         */
    StateHomes **home;              /* per leg and state                               */
    uint32_t   **check;             /* per leg and state: function                     */
    uint32_t   **check_sample;      /* wide: ... and what comes before it, for each sample */
    Home        *mean, *each;       /* per value                                       */
    uint32_t     copy;              /* function, for a tape                            */
} Side;

Side *side_build(Arena *, Program *, const Whole *, Kernels *, Layouts *, bool train);
/* A state to or from its tape at `step`, for all samples.                             */
void side_record(const Side *, const TileArgs *, const StateHomes *, Exp step);
void side_recall(const Side *, const TileArgs *, const StateHomes *, Exp step);
/* 0, or NODEC_NONFINITE and `fail` says where.                                        */
Exp  side_check(const Side *, const TileArgs *, Var fail, size_t leg, size_t state);

/* ---- model_entry.c ------------------------------------------------------------------ */

uint32_t model_entry_build(Side *);             /* `forward` or `train`                */

#endif
