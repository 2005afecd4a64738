/* lower.h: from steps in tensor IR to whole solves in loop IR.
 *
 * The skeletons (skeleton.c) say once, for every regime, what a solve and its
 * gradients are: intervals, substeps, jumps, tape, blocks of samples.  A Regime
 * says how one block's values are held and how one tensor function is computed
 * on them:
 *
 *     latency  one trajectory; features in lanes, short vectors as splats, all
 *              in registers: for a batch of one or few (latency.c)
 *     batch    128 trajectories a block; lanes are trajectories, values are
 *              local arrays [element][chunk][16], contractions are tiles of
 *              accumulators (batch.c).  With width 1 (one trajectory, one-lane
 *              values) the same code is `scalar`, which can lower everything.
 *
 * Which regime serves a call is the plan's choice, from the model and the size
 * of the batch, never from the target (plan.c): B >= 32 batch; else latency if
 * its `accepts` says so for every function concerned, else scalar. */
#ifndef ND_LOWER_H
#define ND_LOWER_H

#include "ir/field.h"
#include "loop/lowered.h"

/* What the functions of one field and regime have in common. */
typedef struct Job {
    Program     *p;
    const Field *field;
    Fn *const   *fn;                /* every function that will be applied: what pack      */
    size_t       fns;               /*   and sums must provide for                         */
    void       **found;             /* what the regime finds out about them, kept here; or NULL */
} Job;

/* A value of the current block in a regime's own form (registers or arrays). */
typedef struct Held Held;

enum { SUMS_PART = 64 };

/* Lowering of one block; each regime has its own. */
typedef struct Block Block;

typedef struct Bind { Name leaf; Held *value; } Bind;       /* leaf or root of a Fn <-> a value */

typedef struct Regime {
    const char *name;
    unsigned    width;              /* trajectories per block: 1 or 128                    */
    bool   (*accepts)(const Fn *);

    /* What the regime wants copied from theta once per call, before any block:
     * how many reals, and the statements that fill `pack`.                                */
    uint32_t (*pack_size)(const Job *);
    void     (*pack)(const Job *, Var theta, Var pack);

    /* A block begins, where the builder stands: `count` (an int variable) is how many samples
     * it has, `theta` the weights, `pack` the packed copies.  `scratch` is memory of this
     * block alone for values that are too large for local arrays; `end` says how many
     * reals of it were used.  Sample 0 below is the block's first.                        */
    Block   *(*begin)(const Job *, Exp count, Var theta, Var pack, Var scratch);
    uint32_t (*end)(Block *);

    /* Values.  declare: mutable, of a shape without B.  The others set it.               */
    Held *(*declare)(Block *, const char *name, Shape);
    void  (*zero)(Block *, Held *);
    void  (*copy)(Block *, Held *to, const Held *from);
    /* from/to an API array of dense samples: element e of sample b is buffer[base + b*stride + e] */
    void  (*load)(Block *, Held *to, Var buffer, Exp base, Exp stride);
    void  (*store)(Block *, const Held *from, Var buffer, Exp base, Exp stride);
    /* the same in the regime's own layout, held_size reals, for the tape                  */
    uint32_t (*held_size)(const Block *, const Held *);
    void  (*stash)(Block *, const Held *, Var buffer, Exp base);
    void  (*fetch)(Block *, Held *, Var buffer, Exp base);
    /* rank 0 from a one-lane real: for all samples, and for one (an int; below count)     */
    void  (*fill)(Block *, Held *, Exp real);
    void  (*poke)(Block *, Held *, Exp sample, Exp real);
    /* zero in lanes that hold no sample, so that a sum over samples may read them         */
    void  (*mask)(Block *, Held *);
    /* rank 0, masked: the sum over the block's samples in a fixed order, one lane         */
    Exp   (*total)(Block *, const Held *);
    /* int 1 if every element of every sample is finite                                    */
    Exp   (*finite)(Block *, const Held *);
    /* a value without B, the same for all samples, row-major in memory from `base` on;
     * NULL: this regime has no such values (and jvp is lowered by scalar)                 */
    Held *(*shared)(Block *, Shape, Var buffer, Exp base);

    /* Applies fn: leaves from `bind` (parameters come from theta/pack by their name;
     * a leaf without B, such as t or h, may be bound to a rank-0 Held: it is still one
     * number per sample).  RESULT roots go to the `out` of their name (no leaf's Held);
     * CARRY roots to the Held their leaf is bound to, after everything has been read;
     * SUM roots are added to their `out` if there is one, else to the area `sums` of
     * sums_size reals (one per block; 0: not computed).  Other roots are not computed.    */
    void  (*apply)(Block *, const Fn *, const Bind *bind, size_t nbind,
                   const Bind *out, size_t nout, Var sums);

    /* Accumulators of parameter cotangents, in the regime's own layout.                   */
    uint32_t (*sums_size)(const Job *);
    void  (*sums_clear)(const Job *, Var sums);
    /* after all blocks: combine `blocks` areas, sums_size apart, in a fixed tree, and set
     * g_theta [params] to the result (add: add it); areas may be overwritten              */
    void  (*sums_finish)(const Job *, Var sums, Exp blocks, Var g_theta, bool add);
    /* instead, not NULL: a function of sums, blocks, g_theta and a number, that does so for
     * SUMS_PART parameters from SUMS_PART times the number on; in any order               */
    uint32_t (*sums_part)(const Job *, const char *name, bool add);
} Regime;

extern const Regime regime_latency, regime_batch, regime_scalar;

/* ---- what is made (plan.c, skeleton.c) ----------------------------------------- */

typedef enum GradientKind { GRADIENT_ADJOINT, GRADIENT_DISCRETE } GradientKind;

typedef struct Tableau Tableau;     /* a row of ops/solvers.def (pass.h)             */

typedef struct Summarised {
    const char    *name;            /* as the model says it: "max(abs(x))"             */
    const struct SummaryRow *row;   /* of ops/summary.def                              */
    uint32_t       output;          /* of which of the outputs' reals                  */
} Summarised;

typedef struct LowerOptions {
    Type           real;
    const Tableau *solver;
    GradientKind   gradient;
    uint32_t       tape;            /* steps kept between two observations by the
                                       discrete gradient; beyond, it recomputes      */
    double         tape_bytes;      /* not 0: as many as these bytes hold, for checkpoint(bytes = ...) */
    double         h_max;           /* the model's defaults, for Lowered's fields of   */
    uint32_t       steps, max_steps;/*   the same names                               */
    const char    *solver_text, *gradient_text;     /* as the model says them          */
    const Summarised *summary;      /* what runs keep of each trajectory               */
    size_t         summaries;
    const char    *loss, *optimizer;        /* rows of loss.def, optim.def; NULL: no training functions */
    double         loss_delta;      /* huber's                                       */
    bool           loss_log;        /* the loss compares logarithms                  */
    bool           running;         /* models: one slot per buffer, as PyTorch has it; else
                                       one per evaluation of f along a solve           */
    double         accuracy;        /* models: the relative error allowed to contractions;
                                       0: none beyond rounding                         */
    bool           wide;            /* models: for devices of many work-items; see tile/wide.c */
    Text          *phases;          /* models, not NULL: what tile_print says goes here    */
} LowerOptions;

Lowered *lower_field(Arena *, Names *, const Field *, const LowerOptions *);

/* model.c: a model in the tile regime; `loss` of the options is the model's own.        */
LoweredModel *lower_model(Arena *, Names *, const Model *, const LowerOptions *);
/* Before that: NULL, or why it cannot be, and which solve is to blame.                  */
const char *lower_model_refuses(Arena *, const Model *, const LowerOptions *, Span *at);

#endif
