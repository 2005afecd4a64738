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

/* A value of the current block in a regime's own form (registers or arrays). */
typedef struct Held Held;

/* Lowering of one block; `regime` first, the rest is the regime's own. */
typedef struct Block Block;

typedef struct Bind { Name leaf; Held *value; } Bind;       /* leaf of a Fn <- a value      */

typedef struct Regime {
    const char *name;
    unsigned    width;              /* trajectories per block: 1 or 128                    */
    bool   (*accepts)(const Fn *);

    /* A block begins: `first` is its first sample, `count` its samples (both
     * int expressions; latency: count is 1), `theta` the weights, `pack` the
     * regime's packed copies (made by pack below).                                        */
    Block *(*begin)(Program *, Exp first, Exp count, Var theta, Var pack);

    /* What the regime wants copied from theta once per call, before any block:
     * how many reals, and the statements that fill `pack`.  `fns` are all the
     * functions that will be applied.                                                      */
    uint32_t (*pack_size)(const Field *, Fn *const *fns, size_t n);
    void     (*pack)(Program *, const Field *, Fn *const *fns, size_t n, Var theta, Var pack);

    /* Values.  declare: mutable, of a shape without B.  The others set it.               */
    Held *(*declare)(Block *, const char *name, Shape);
    void  (*zero)(Block *, Held *);
    void  (*copy)(Block *, Held *to, const Held *from);
    /* from/to an API array of dense samples: element e of sample b is buffer[base + b*stride + e] */
    void  (*load)(Block *, Held *to, Var buffer, Exp base, Exp stride);
    void  (*store)(Block *, const Held *from, Var buffer, Exp base, Exp stride);
    /* the same in the regime's own layout: for the tape; `slot` is an int expression,
     * one slot holds held_size reals                                                       */
    uint32_t (*held_size)(const Block *, const Held *);
    void  (*stash)(Block *, const Held *, Var buffer, Exp base);
    void  (*fetch)(Block *, Held *, Var buffer, Exp base);
    /* a rank-0 value from a scalar real (same for all samples of the block)               */
    void  (*fill)(Block *, Held *, Exp real);

    /* Applies fn: leaves from `bind` (parameters come from theta/pack by their
     * name), results into `out` (RESULT and CARRY roots by name; a CARRY updates
     * its own binding; a root without an `out` entry is not computed), SUM roots
     * are added to `sums` (an accumulator area of sums_size reals, one per block). */
    void  (*apply)(Block *, const Fn *, const Bind *bind, size_t nbind,
                   const Bind *out, size_t nout, Var sums);

    /* Accumulators of parameter cotangents, in the regime's own layout.                   */
    uint32_t (*sums_size)(const Field *, Fn *const *fns, size_t n);
    void  (*sums_clear)(Program *, const Field *, Fn *const *fns, size_t n, Var sums);
    /* after all blocks: combine `blocks` areas in a fixed tree into g_theta [params]      */
    void  (*sums_finish)(Program *, const Field *, Fn *const *fns, size_t n,
                         Var sums, Exp blocks, Var g_theta);
} Regime;

extern const Regime regime_latency, regime_batch, regime_scalar;

/* ---- what is made (plan.c, skeleton.c) ----------------------------------------- */

typedef enum GradientKind { GRADIENT_ADJOINT, GRADIENT_DISCRETE } GradientKind;

typedef struct Tableau Tableau;     /* a row of pass/solvers.def (pass.h)            */

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
    const char    *loss, *optimizer;        /* rows of loss.def, optim.def; NULL: no training functions */
    double         loss_delta;      /* huber's                                       */
    bool           loss_log;        /* the loss compares logarithms                  */
} LowerOptions;

Lowered *lower_field(Arena *, Names *, const Field *, const LowerOptions *);

#endif
