/* tile_in.h: what the files of the tile regime share.
 *
 *     gather.c   samples are summed before anything else is done with them
 *     place*.c   fill TileNode: class, phase, what is stored, where
 *     order.c    one phase: what is done to a sample, one after the other
 *     sample.c   ... as loops and contractions; wide.c  ... for many work-items
 *     box.c      a con over samples as a contraction
 *     tile.c     functions in order;  tile_text.c  what was decided, as text
 *     layout.c   Layout, Memory
 *     value.c    home_*, tile_value: one element
 *     grid.c     loops over the elements of a shape (grid.h)
 *     maps.c     maps_lower
 *     pick.c     pick_lower: peak, take, put, one element at a time
 *     shared.c   shared_*, pack_lower, combine_lower, move_lower, zero_lower
 *
 * Vocabulary. The *feature shape* of a value is its shape without B. A value of class
 * FIXED or STEP that has B in its shape is the same for all samples (t is [B] in a
 * field) and is held once, by its feature shape. `at` is an index per feature
 * dimension.
 *
 * Where a value is. TileNode.here is the place of the value at the point of the code
 * that is being emitted, AREA_NONE: nowhere, so it is computed from its arguments
 * (maps only, and views: see is_view). sample.c and shared.c set `here` as they go.   */
#ifndef ND_TILE_IN_H
#define ND_TILE_IN_H

#include "tile/tile.h"

typedef enum TileClass {
    CLASS_NONE,                     /* no root needs it                            */
    CLASS_FIXED, CLASS_STEP, CLASS_SAMPLE,
    CLASS_POST                      /* made of accumulators alone: by `finish`      */
} TileClass;

/* A home that is one per block, not one per sample: AREA_FIXED with a pitch. Its
 * element e is fixed[at + b * pitch + e]: scratch and the blocks' partial sums.      */

typedef struct TileNode {           /* of a node of Fn                             */
    uint8_t  cls;                   /* TileClass                                   */
    bool     coupled;               /* sums over samples: `partial` per block, and the
                                       total in `home` after combine_lower          */
    bool     accumulator;           /* ... and combined by `finish` only           */
    bool     view;                  /* an expand: never stored, read through        */
    bool     sum;                   /* con formed by maps_lower as a MAP_SUM         */
    bool     heavy;                 /* con, peak, take, put: written whole to memory */
    bool     block;                 /* con over the samples of a block at once       */
    bool     whole;                 /* ... or of all blocks: each block has a share of
                                       another axis. Its operands are there before the
                                       phase, its result after it                    */
    bool     kept;                  /* SAMPLE: in memory beyond its phase            */
    uint32_t moment, phase;         /* phase counts through all moments. FIXED: 0.
                                       STEP: the first phase that can read it         */
    uint32_t uses;                  /* by needed nodes and roots                    */
    Home     home;                  /* AREA_NONE: never in memory beyond a phase     */
    Home     partial;               /* coupled                                      */
    Home     slot;                  /* wide, coupled, formed by maps: what a sample adds */
    Layout   lay;                   /* of home, here, partial: step[d] per feature dimension;
                                       leaves in dense areas: row-major, padded false */
    bool     padded;                /* vector dimension runs on to whole vectors (its
                                       step is 1), so a load of LANES may run past the
                                       extent; else gather                          */
    Home     here;                  /* see above                                    */
} TileNode;

/* A copy of a con's operand in the order that contract_layout asked for: element at
 * axes i (those in `reads`, each a bare axis of the operand's access) goes to
 * to.at + sum step[a] * i_a. The source is operand k of con `con` (FIXED or STEP, `here`). */
typedef struct Pack {
    Ref      con;
    unsigned operand;
    uint32_t reads;
    int64_t  step[MAX_AXES];
    Home     to;
} Pack;

typedef VEC(Pack) Packs;

typedef struct TileFn {             /* one Fn being lowered                         */
    Tiling   *t;
    Program  *p;
    Arena    *arena;
    const Fn *fn;
    const char *name;
    const TileBind *bind;
    size_t    binds;
    TileNode *node;                 /* by Ref                                       */
    uint32_t  phases;               /* 0 .. phases-1                                */
    Packs     pack;                 /* copies that contractions want                */
    Home      scratch;              /* one per block                                */
    uint32_t *phase_moment;         /* of each                                      */

    TileArgs  args;                 /* of the function that is being built          */
    Exp       block;                /* phases: b, an int                            */
    Exp       sample;               /* phases, in a loop over samples: n            */
    Var       g_theta;              /* finish                                       */
} TileFn;

static inline Shape tile_feature(Shape s)               /* without B                */
{
    if (!s.rank || s.dim[0] != BATCH) return s;
    for (unsigned d = 1; d < s.rank; d++) s.dim[d - 1] = s.dim[d];
    s.rank--;
    return s;
}

/* ---- layout.c ---------------------------------------------------------------------- */

/* Row-major without padding, as in inputs, theta ...: vector is the last dimension.    */
Layout layout_dense(Shape feature);

/* ---- value.c ----------------------------------------------------------------------- */

/* First real of a value for the current block or sample, as an index into home_buffer:
 * batch * at + sample * pitch; at + b * pitch; at; slot + at ...                     */
Var home_buffer(const TileFn *, Home);
Exp home_base(const TileFn *, Home);
Exp home_scalar(const TileFn *, Home);                  /* t, h, 1/batch; else 0     */

/* One element, loaded from where it is `here`, or computed from its arguments; a view
 * reads its operand at the operand's index. Tensors of numbers (OP_CONST) live in
 * AREA_FIXED, filled by `prepare`.                                                   */
Exp tile_value(TileFn *, Ref, const Exp *at);
/* Operand k of a con where its axes are axis[]. */
Exp tile_operand(TileFn *, Ref con, unsigned k, const Exp *axis);
bool tile_is_view(const TileFn *, Ref);                 /* every element from one place: read through */
const char *tile_hint(const TileFn *, Ref);             /* for a variable's name     */
_Noreturn void tile_bug(const TileFn *, Ref, const char *what);

/* ---- maps.c ------------------------------------------------------------------------ */

/* Loops over the elements of a feature shape for the current sample, vectors along the
 * vector dimension of layout_of(feature), which is innermost, pixels outside. Items in
 * order; an item may read what an earlier STORE item of the list computes (same element).
 * Per element every node is computed once, and all loads come before all stores, so
 * that a store may overwrite what an item reads (new values of carried leaves).
 *
 *     STORE  node (feature shape `feature`) to `to` in the order of `lay`; if that is a
 *            place of the node itself, the caller sets node.here afterwards
 *     SUM    node is a con: out[kept axes] = sum of the product of its operands. Axes
 *            (but for B) are the dimensions of `feature`: dimension d is axis axis_of[d],
 *            every access is a bare axis (axis_of[d] NO_AXIS: extent 1). Summed over one sample, then set (a SAMPLE
 *            value) or, with `add`, added to what is there (a block's partial sum).
 * Vectors that run past the extent hold garbage there: sums must not see it, stores to
 * padded places may write it.                                                        */
enum { NO_AXIS = UINT8_MAX };
typedef struct MapItem {
    enum { MAP_STORE, MAP_SUM } kind;
    Ref     node;
    Home    to;
    Layout  lay;
    bool    padded, add;
    uint8_t axis_of[MAX_RANK];
} MapItem;
void maps_lower(TileFn *, Shape feature, const MapItem *, size_t n);

/* ---- pick.c ------------------------------------------------------------------------ */

/* A peak, take or put (SAMPLE, for the current sample, or FIXED, STEP), whole, to `to` in
 * the order of the node's `lay`. Its arguments are read where they are `here`, else
 * computed. The caller sets node.here afterwards.                                    */
void pick_lower(TileFn *, Ref, Home to);

/* ---- shared.c ---------------------------------------------------------------------- */

/* FIXED, STEP or POST nodes in order of the Fn, each to its home, setting `here`: maps,
 * views that are read by others than maps, cons (B may be among their summed axes: extent
 * is batch, and all operands are the same for every sample), peak, take, put. Leaves and
 * constants that have a home in AREA_FIXED are copied there (params from theta, buffers
 * from slot + at by TileBind). Those with home AREA_NONE are computed where they are
 * read. Functions cannot be made while another is being built, so first plan.         */
typedef struct SharedPlan SharedPlan;
SharedPlan *shared_plan(TileFn *, const Ref *, size_t n);
void        shared_lower(TileFn *, SharedPlan *);

void pack_lower(TileFn *, const Pack *);

/* home = sum over blocks of partial, pairs first: ((0+1)+(2+3))+((4+5)+(6+7)).          */
void combine_lower(TileFn *, Ref coupled);
/* A block's partial sums to zero (all: of every block, for `clear`).                  */
void zero_lower(TileFn *, Home partial, uint64_t count, bool all);
/* to[at + dense index] = value, or += with add. For UPDATE, RESULT without B, SUM roots. */
void move_lower(TileFn *, Ref, Var to, Exp at, bool add);

/* ---- gather.c ---------------------------------------------------------------------- */

Fn *tile_gather(Arena *, const Fn *);

/* ---- place.c ----------------------------------------------------------------------- */

void place_nodes(TileFn *);                             /* all but homes of sums     */
void place_sums(TileFn *);                              /* those, once their layouts are known */
const TileBind *bind_of(const TileFn *, Name);          /* or NULL                   */
bool con_is_expand(const Fn *, Ref);                    /* bare axes, covers, repeats */
int  sum_operand(const TileFn *, Ref con);
int  whole_axis(const TileFn *, Ref con);
bool root_wanted(const TileFn *, const Root *);
uint32_t root_phase(const TileFn *, const Root *);      /* of one with B             */

/* ---- order.c ----------------------------------------------------------------------- */

typedef struct Box Box;

/* One step of a phase: a heavy node, or loops over the elements of a shape.         */
typedef struct Action {
    Ref   heavy;                    /* or 0                                        */
    Shape shape;
    VEC(MapItem) item;              /* `to` AREA_NONE: the node's place in this phase */
    Box  *box;                      /* of a con                                    */
} Action;

typedef struct PhaseOrder {
    uint32_t phase;
    VEC(Action) action;
    bool     spills;                /* some con is over the block's samples: what it reads
                                       or makes is per sample, not scratch of the block */
    Home    *place;                 /* by node: where it is in this phase, AREA_NONE:
                                       nowhere. In AREA_FIXED without pitch: scratch,
                                       counted from its begin                       */
    bool    *made;                  /* by node: this phase puts it there            */
    uint64_t scratch;               /* reals of scratch per block                  */
} PhaseOrder;
PhaseOrder *order_phase(TileFn *, uint32_t phase);

/* ---- box.c -------------------------------------------------------------------------- */

/* A con over samples as a contraction: over one sample, or over those of the block. */
struct Box {
    Contract contract;
    ContractPlan *plan;
    Home     pack[MAX_OPERANDS];            /* the operand's copy, if it has one    */
    int64_t  offset[MAX_OPERANDS + 1];      /* reals from its place; OPERAND_OUT: the result's */
    int      samples;               /* the axis of samples, or -1                   */
    int      piece;                 /* whole: the axis of which a block has `share`, or -1 */
    uint32_t share, pieces;
    bool     zero;                  /* the result is set to zero first              */
    uint64_t flops;                 /* of one sample                                */
};
/* place: where the value of a node is in this phase. Planning needs to know how far apart
 * samples are there, lowering all of it. samples: how many, if the contraction has that axis. */
Box *box_plan(TileFn *, Ref con, const Home *place);
void box_lower(TileFn *, Ref con, const Box *, const Home *place, Exp samples);
/* The same in parts: those of its contraction, but all that is set to zero first is one. */
size_t box_parts(const Box *);
void box_lower_part(TileFn *, Ref con, const Box *, const Home *place, Exp samples, size_t part);

/* ---- sample.c ---------------------------------------------------------------------- */

/* Plans the contractions of a phase and says which copies of operands they want. */
void sample_plan(TileFn *, PhaseOrder *);
void sample_lower(TileFn *, PhaseOrder *);              /* the body of the phase's function */

/* For both: what is there when the phase begins; one action for tf->sample, or (`samples`)
 * for so many from there on; a share of what is done for all.                          */
void sample_enter(TileFn *, PhaseOrder *);
void sample_action(TileFn *, const PhaseOrder *, const Action *, Exp samples);
void sample_part(TileFn *, const PhaseOrder *, const Action *, Exp samples, size_t part);   /* of its box */
void sample_whole(TileFn *, const PhaseOrder *, const Action *);
void sample_bounds(TileFn *, Exp block, Exp *first, Exp *last);         /* the block's samples */

/* ---- wide.c ------------------------------------------------------------------------ */

enum { WIDE_LITTLE = 256 };         /* elements that are not worth a launch of their own */
void wide_lower(TileFn *, PhaseOrder *, TilePhase *);   /* the phase's parts           */
void wide_gather_blocks(TileFn *, Ref coupled);         /* slots to the partial sums of all blocks */

/* ---- tile_text.c ------------------------------------------------------------------- */

const char *tile_phase_note(TileFn *, const PhaseOrder *);      /* what a phase does   */

/* ---- tile.c ------------------------------------------------------------------------- */

/* Begins one of the Fn's functions, "what" with its number, if that is not negative. */
uint32_t tile_begin(TileFn *, const char *item, const char *note, const char *what, int number);

/* Is r, of this class, computed by this glue? 0: `begin`, n + 1: that of phase n.     */
bool glue_makes(const TileFn *, Ref r, TileClass cls, uint32_t glue);

#endif
