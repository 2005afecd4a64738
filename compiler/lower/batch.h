/* batch.h: what the files of the batch and scalar regimes share.
 *
 * A tensor function is lowered in steps:
 *
 *     group.c   sorts its nodes (who depends on a sample, who sums over them) and
 *               gathers them into groups: a con and the maps on its elements, or
 *               a run of maps of one shape; decides which values are stored
 *     element.c one group: loops over its elements; where every value is
 *     batch_con.c  a con's loops: tiles of accumulators
 *     batch.c   the regime: blocks, values between functions, packs and sums
 *
 * A block's samples are `chunks` vectors of `lanes`; scalar is the case 1 x 1. A
 * value read in more than one chunk loop is stored [element][chunk][lane], one
 * that lives within a chunk [element][lane].                                      */
#ifndef ND_BATCH_H
#define ND_BATCH_H

#include "lower/lower.h"

enum { CHUNKS = 8, UNROLLED = 4, LOCAL_REALS = 32768 };

struct Held {
    Shape    shape;                 /* without B                                    */
    uint32_t count;
    Var      buffer;
    Exp      base;
    bool     shared;                /* one number for all samples                   */
};

struct Block {
    const Job *job;
    Program   *p;
    Arena     *arena;
    unsigned   lanes, chunks;
    Exp        count;               /* samples                                      */
    Var        full;                /* chunks in use                                */
    Var        theta, pack, scratch;
    uint32_t   local, spilled;      /* reals in local arrays, and in scratch        */
};

/* How a value comes about, from a Fn alone. */
typedef enum Sort {
    SORT_SHARED,                    /* from weights and numbers: once per call      */
    SORT_SAMPLE,                    /* one per sample                               */
    SORT_COUPLED                    /* summed over samples; held as one partial sum
                                       per lane, which is right because all that is
                                       ever done to a cotangent is linear           */
} Sort;

typedef struct Value {              /* of a node                                    */
    uint8_t  sort;
    bool     needed;
    bool     on_demand;             /* computed where it is read: a view or a bool  */
    bool     stored, blocked;       /* in memory; with the chunk dimension          */
    uint32_t uses;                  /* by needed nodes and roots                    */
    uint32_t group;                 /* 0: is there from the start                   */
    uint32_t last;                  /* the last group that reads it from memory     */
    Ref      init;                  /* con: what the accumulators start from        */
    Ref      sum_with;              /* add: the con whose accumulators it is        */
    Held    *leaf;
    Var      buffer;                /* where it is stored                           */
    Exp      base;
    Var      here;                  /* its element in the loop that is being built  */
} Value;

typedef struct Item {               /* what a group does per element                */
    Ref         node;               /* computes a map                               */
    Ref         value;              /* or moves a value                             */
    const Held *to;                 /*   there,                                     */
    bool        add;                /*   or adds it                                 */
    bool        sum;                /*   or adds it to the accumulators             */
    uint32_t    offset;             /*   of the parameter at this offset            */
} Item;

typedef enum Phase { PHASE_SAMPLE, PHASE_COUPLED, PHASE_CARRY } Phase;

typedef struct Group {
    Phase phase;
    Shape shape;                    /* of its elements, without B                   */
    Ref   head;                     /* a con, peak, take or put; or none            */
    bool  loose;                    /* a head that is stored as it is               */
    VEC(Item) item;
} Group;

typedef struct Lowering {
    Block      *b;
    Program    *p;
    Arena      *arena;
    const Fn   *fn;
    Value      *value;              /* per node                                     */
    VEC(Group)  group;              /* [0] is none                                  */
    bool        packing;            /* the shared values are being computed         */
    bool        carry_late;         /* after the coupled groups                     */
    Var         sums;
    unsigned    lanes;
    Exp         chunk;              /* first lane of the chunk being built, in reals */
} Lowering;

static inline Shape shape_feature(Shape s)              /* without B                */
{
    if (!s.rank || s.dim[0] != BATCH) return s;
    for (unsigned d = 1; d < s.rank; d++) s.dim[d - 1] = s.dim[d];
    s.rank--;
    return s;
}

/* group.c */
void sort_nodes(const Fn *, Value *);                   /* sort and on_demand only  */
bool con_is_view(const Fn *, Ref);
bool con_is_tile(const Fn *, Ref);                      /* every element, in place  */
bool con_over_batch(const Fn *, Ref);
int  plain_axis(const Aff *);                           /* the axis it is, or -1    */
void aff_reach(const Con *, const Aff *, int64_t *lo, int64_t *hi);
void group_nodes(Lowering *, const Bind *bind, size_t nbind, const Bind *out, size_t nout);

/* element.c */
extern const char *const axis_name[MAX_AXES];
typedef void Element(Lowering *, const Group *, const Exp *at);
uint32_t param_offset(const Field *, Name);
const char *value_hint(const Lowering *, Ref);          /* for a variable's name    */
Exp  flat_index(Program *, Shape, const Exp *at);
Exp  aff_index(Program *, const Aff *, const Exp *axis);
Exp  value_splat(const Lowering *, Exp);                      /* in as many lanes as values have */
Exp  value_place(const Lowering *, const Value *, Exp flat);      /* in the value's array */
Exp  value_at(Lowering *, Ref, const Exp *at);          /* at: an index per feature dimension */
Exp  operand_at(Lowering *, Ref con, unsigned k, const Exp *axis);
void each_element(Lowering *, const Group *, Element *);
/* head: the value of the group's con, peak ... at this element, or none.             */
void lower_element(Lowering *, const Group *, const Exp *at, Var head);
void lower_group(Lowering *, const Group *);

/* batch_con.c */
void lower_con(Lowering *, const Group *);

/* batch.c */
Exp  held_index(const Block *, const Held *, Exp element, Exp chunk);
Var  block_array(Block *, const char *name, uint32_t reals);

#endif
