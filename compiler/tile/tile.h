/* tile.h: the tile regime: large values, lanes are features, batch coupled or not.
 *
 *     layout.c   how a value of a shape lies in memory
 *     place.c    analysis: what is computed when, what is stored, what is
 *                computed again where it is read (no code)
 *     maps.c     loops over the elements of a shape that compute maps
 *     shared.c   values without B: weights' copies, statistics, coefficients
 *     sample.c   phases: loops over the samples of a block
 *     wide.c     phases for devices of many work-items: a function per action
 *     tile.c     one Fn, all of it
 *
 * A Fn is computed in phases. A phase is one function, called for every block of
 * samples in any order on any thread, and after all of them a serial one, its glue.
 * What sums over samples (`coupled`) is complete only after the phase that forms it:
 *
 *     phase(v) = max over arguments (phase + 1 if the argument is coupled)
 *
 * Some leaves come late: the end of a solve exists when the solve has run, the
 * cotangent of its begin when it has been run back. A leaf of moment m opens a phase
 * of its own, later than every phase of moment m-1. The caller integrates between
 * the moments.
 *
 * Values by what they hang on:
 *
 *     FIXED   parameters and numbers alone: computed once per call (prepare)
 *     STEP    and t, h, buffers, batch size or sums over samples: by the glue, or by
 *             the glue before the first phase (begin)
 *     SAMPLE  [B ...]: by the phases
 *
 * A SAMPLE value is stored iff it hangs on a contraction of its own phase and is
 * read in a later one, or is a root; others are computed again where they are read.
 * A map that a contraction reads is staged in scratch first.
 *
 * Sums over samples are formed per block, in BLOCKS blocks of ceil(B / BLOCKS)
 * samples whatever the number of threads, and combined in a fixed tree by the glue:
 * the same bits on any machine. One that only SUM roots hang on, through maps that
 * are linear and the same at every step, is an accumulator: it is added to, call
 * after call, and combined once, by `finish`. So the gradient of what was derived
 * from weights (a transformed filter) is gathered where it arises.
 *
 * A large product of matrices that all samples share (the points of a transformed
 * convolution, a wide layer's gradient) has a phase of its own, in which a block is not
 * some samples but a share of the result, for all of them.                          */
#ifndef ND_TILE_H
#define ND_TILE_H

#include "ir/model.h"
#include "tile/contract.h"

enum { BLOCKS = 8 };

/* ---- layout.c: memory ------------------------------------------------------------ */

/* How a value of one feature shape (without B) lies: step[d] reals between neighbours
 * along dimension d; the vector dimension has step 1 and is last, its extent rounded
 * up to LANES; `count` reals in all, a multiple of LANES.                          */
typedef struct Layout { uint8_t rank, vector; uint32_t step[MAX_RANK], count; } Layout;

/* Which dimension is the vector one is decided by vote, over all Fns that share
 * values: none that a window slides along, else the longest, else the first.      */
typedef struct Layouts Layouts;
Layouts *layouts_new(Arena *);
void     layouts_vote(Layouts *, const Fn *);
Layout   layout_of(const Layouts *, Shape feature);

/* Where a value lives. Every function gets two buffers of work memory: `fixed`, of a
 * size known here, and `values`, per-sample areas one behind another: sample n's
 * element e of an area is values[batch * at + n * pitch + e].                      */
typedef enum Area {
    AREA_NONE,
    AREA_FIXED,                     /* fixed[at + e]                               */
    AREA_VALUES,                    /* as above, in the shape's Layout             */
    AREA_INPUTS, AREA_DRAWS,        /* inputs[n * row + at + e], dense             */
    AREA_OUTPUTS,                   /* outputs likewise, may be NULL: not wanted   */
    AREA_THETA, AREA_BUFFERS,       /* theta[at + e], dense; buffers[slot + at + e] */
    AREA_TIME, AREA_STEP, AREA_WEIGHT       /* rank 0: the arguments t, h; 1 / batch */
} Area;

typedef struct Home { Area area; uint64_t at; uint32_t pitch; } Home;

typedef struct Memory { uint64_t fixed, values; } Memory;       /* reals; reals per sample */
Home memory_fixed(Memory *, uint64_t reals);
Home memory_values(Memory *, uint32_t reals);           /* pitch avoids multiples of 4096 bytes */

/* ---- tile.c: a Fn ------------------------------------------------------------------ */

typedef struct TileBind {           /* a leaf or a root, and where it lives         */
    Name     name;
    Home     home;
    uint32_t moment;                /* leaves: when it is there                    */
} TileBind;

/* Parameters of every function made here, in this order: int batch, [int b: phases
 * only], inputs, draws, theta, mut buffers, int slot, mut outputs (optional), mut
 * fixed, mut values, real t, real h, real weight. Those that cannot matter to the
 * model (no draws ...) are left out, the same for all.                            */
typedef struct TileArgs {
    Var batch, b, inputs, draws, theta, buffers, slot, outputs, fixed, values, t, h, weight;
} TileArgs;

typedef struct Tiling {             /* what the Fns of one model share             */
    Arena    *arena;
    Program  *p;
    Kernels  *kernels;
    Layouts  *layouts;
    Memory    memory;
    Home      scratch;              /* of phases: one per block                    */
    Name      prefix;               /* of the functions: "Classifier"              */
    bool      has_draws, has_outputs, has_buffers, writes_buffers, has_time;
    bool      wide;                 /* phases in parts, most of them for one sample: wide.c */
    uint32_t  input_row, draw_row, output_row;  /* reals per sample                */
    /* offset of a parameter in theta and of its gradient in g_theta, by name      */
    const FieldParam *param; size_t params;
} Tiling;

typedef struct TilePart {
    uint32_t fn;
    bool     samples;               /* for each n in 0 .. batch; else for each b in 0 .. BLOCKS */
} TilePart;

typedef struct TilePhase {
    uint32_t moment;
    VEC(TilePart) part;             /* one after the other; one, unless wide        */
    uint32_t glue;                  /* function, or NO_ENTRY                       */
} TilePhase;

typedef struct Tiled {
    const Fn *fn;
    uint32_t  prepare;              /* function or NO_ENTRY: FIXED values and copies of
                                       weights, once per call                      */
    uint32_t  begin;                /* or NO_ENTRY: STEP values known before any phase,
                                       every time; and for moment m>0, see `glue`  */
    uint32_t  clear;                /* or NO_ENTRY: accumulators to zero           */
    VEC(TilePhase) phase;           /* in order of moments                         */
    /* or NO_ENTRY: accumulators combined, and what SUM roots make of them added to
     * g_theta (one more parameter, last: mut g_theta)                             */
    uint32_t  finish;
    uint64_t  flops;                /* multiply-adds of contractions per sample    */
} Tiled;

/* Lowers fn (from pass_finish). Leaves that `bind` does not name: parameters are in
 * theta. Roots: RESULT and CARRY to their homes (CARRY: the leaf's own, after every
 * reader), UPDATE to the buffer's own place, SUM to accumulators or, when not linear
 * in them, added per step to a sum in `fixed`.
 * RESULT roots without B go to AREA_FIXED homes. Names: prefix.NAME_phase0 ...      */
Tiled *tile_lower(Tiling *, const Fn *fn, const char *name, const TileBind *, size_t binds);

/* Emits a call of one of the functions with the caller's own parameters (g_theta: 0,
 * but for `finish`); a phase as parallel loops over blocks or samples, and its glue behind them. */
TileArgs tile_params(const Tiling *, const char *item);  /* declares them, inside fn_begin; item: b's name, or NULL */
void tile_call(const Tiling *, uint32_t fn, const TileArgs *, Exp g_theta);
void tile_call_phase(const Tiling *, const TilePhase *, const TileArgs *);

/* What place.c decided, as text: for --dump=phases and its tests. */
void tile_print(const Tiling *, const Fn *, const TileBind *, size_t binds, Text *);

#endif
