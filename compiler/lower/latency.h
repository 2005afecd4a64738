/* latency.h: what the files of the latency regime share.
 *
 * One trajectory, everything in registers.  A value of at most SHORT elements is
 * that many one-lane reals; a longer one, which must be a vector, is ceil(n/16)
 * vectors with its features in lanes.  The lanes behind the last feature hold
 * anything: they are masked before lanes are summed, and nobody else reads them.
 *
 *     latency_form.c   a Fn on its own: who depends on the sample, and for each con
 *                      which axis goes in lanes (or why it cannot be done here)
 *     latency_layout.c where weights lie as the cons read them, and accumulators of
 *                      their cotangents as the cons add to them
 *     latency_pack.c   both as statements: copied there, added up
 *     latency_con.c    a con as statements
 *     latency.c        the regime                                                 */
#ifndef ND_LATENCY_H
#define ND_LATENCY_H

#include "lower/lower.h"

enum {
    SHORT    = 4,                   /* elements that are held one by one               */
    CHAINS   = 4,                   /* of a long sum, so that fmas overlap             */
    CHAINED  = 8,                   /* terms from which on a sum is long               */
    ROLLED   = 32,                  /* terms beyond which a loop stays a loop          */
    GROUP    = 2,                   /* vectors of the result such a loop computes      */
    POINTS   = 2048                 /* most fmas a con may be written out into         */
};

/* ---- a Fn on its own (latency_form.c) ----------------------------------------------- */

typedef enum Sort {
    SORT_SHARED,                    /* from weights and numbers alone                  */
    SORT_SAMPLE,                    /* depends on the sample                           */
    SORT_COUPLED                    /* summed over samples; here there is one          */
} Sort;

typedef struct Fact {               /* about a node                                    */
    uint8_t  sort;
    bool     needed;                /* as a value                                      */
    bool     region;                /* SHARED: computed once, kept in pack             */
    uint32_t uses;
    Ref      init;                  /* con, read by one add only: the other summand    */
    Ref      done;                  /* that add: the con that computes it              */
} Fact;

typedef struct Flat { int64_t c, k[MAX_AXES]; } Flat;   /* c + sum of k[a] * axis a    */
typedef struct Limit { Flat at; int64_t limit; } Limit; /* 0 <= at < limit             */

/* A con with its samples gone (the extent of B is 1), its axes cut to what can be
 * in range, and one of them in lanes: element l of it in lane l + base.            */
typedef struct Form {
    Ref      node;
    unsigned axes;
    int64_t  extent[MAX_AXES];
    Flat     out, in[MAX_OPERANDS]; /* row-major elements                              */
    bool     inside;                /* no limit is ever met                            */
    int      lane;                  /* axis in lanes, or -1                            */
    int64_t  base, length;          /* lanes in use are 0 <= l + base < length         */
    bool     tree;                  /* lanes are summed                                */
    bool     rows;                  /* of accumulators; else a value                   */
    int      roll;                  /* axis that is a loop, or -1                      */
    unsigned limits;
    Limit    limit[MAX_RANK * (MAX_OPERANDS + 2)];      /* those behind `limits` are not set */
} Form;

/* Rows of lanes <-> elements of a tensor: element first + sum stride*axis + step*l
 * is in lane base + l of row number (axes in row-major order).                       */
typedef struct Nest {
    int64_t axes, extent[MAX_AXES], stride[MAX_AXES];
    int64_t first, step, count;
    int64_t base, pitch;            /* reals per row                                   */
} Nest;

Fact    *latency_facts(Arena *, const Fn *);
bool     latency_form_open(const Fn *, Ref, Form *);     /* without a choice of lanes  */
bool     latency_form(const Fn *, const Fact *, Ref, bool rows, Form *);
/* For which l of the lane axis everything is in range, the other axes being `at`.    */
void     latency_range(const Form *, const int64_t at[MAX_AXES], int64_t *lo, int64_t *hi);
bool     latency_accepts(const Fn *);
Shape    latency_shape(const Fn *, Ref);                /* without B                   */
uint32_t latency_count(const Fn *, Ref);
uint8_t  latency_axes(const Form *, uint8_t axis[MAX_AXES]);   /* but lane, longer than 1 */
static inline uint32_t chunks_of(int64_t n) { return (uint32_t)((n + LANES - 1) / LANES); }
static inline bool is_long(const Fn *fn, Ref r) { return latency_count(fn, r) > SHORT; }

/* A root that sums is a sum of terms: cons whose rows are accumulated as they
 * are computed, and plain values.                                                    */
typedef struct Term { Ref node; bool minus, rows; } Term;
typedef VEC(Term) Terms;
bool latency_terms(Arena *, const Fn *, Ref root, Terms *);

/* ---- where weights and accumulators are (latency_layout.c) ---------------------------- */

typedef struct Packed {             /* a part of pack: a region, or a copy             */
    bool     region;
    uint32_t fn;                    /* function and node: of the region, or that the   */
    Ref      node;                  /*   copy is of; of a weight's copy any that asks  */
    Name     param;                 /* the weight that is copied, or NULL              */
    Nest     nest;
    uint32_t offset;                /* of its first real in pack                       */
} Packed;

typedef struct Area { Name param; Nest nest; uint32_t offset; } Area;   /* a part of sums */

typedef struct Layout {
    const Job *job;
    Arena     *arena;
    Fact     **fact;                /* per function of the job                         */
    VEC(Packed) packed;  uint32_t pack_reals;
    VEC(Area)   area;    uint32_t sum_reals;
} Layout;

Nest           latency_nest(const Form *, const Flat *);    /* of what is indexed by this */
Nest           latency_value_nest(uint32_t count);      /* of a value's own elements   */
Layout        *latency_layout(const Job *);
/* What operand k of a con reads; the area a term of a root adds to.                   */
const Packed  *layout_packed(const Layout *, uint32_t fn, const Form *, unsigned k);
const Packed  *layout_region(const Layout *, uint32_t fn, Ref);
const Area    *layout_area(const Layout *, Name param, const Nest *);
const FieldParam *latency_param(const Field *, Name);

/* ---- written there, and read (latency_pack.c) ------------------------------------------ */

uint32_t latency_pack_size(const Job *);
void     latency_pack(const Job *, Var theta, Var pack);
Exp      latency_packed(Program *, const Node *, Var pack, Exp index, unsigned lanes);    /* of a region */
uint32_t latency_sums_size(const Job *);
void     latency_sums_clear(const Job *, Var sums);
void     latency_sums_finish(const Job *, Var sums, Exp blocks, Var g_theta, bool add);

/* ---- values while a function is being written (latency.c, latency_con.c) --------------- */

struct Held { Shape shape; uint32_t count, vars; Var *var; };

typedef struct Value {
    uint32_t count, parts;          /* elements; reals or vectors they are held in     */
    Exp     *part;                  /* free to repeat: variables and numbers           */
    Exp     *pick;                  /* per element, in every lane, once it was needed  */
    Var      flat, wide;            /* in memory, once that was needed; wide: between zeros */
} Value;

struct Block {
    const Job *job;
    Layout    *layout;
    Program   *p;
    Arena     *arena;
    Var        theta, pack;
    /* of the function that is being applied */
    const Fn  *fn;
    uint32_t   index;               /* of it in the job                                */
    Fact      *fact;
    Value    **value;
    Var        sums;
};

Value *value_new(Block *, uint32_t count);
Value *value_of(Block *, Ref);
void   value_name(Block *, Value *, const char *hint);  /* parts become variables      */
const char *latency_hint(const Fn *, Ref);
Value *con_value(Block *, Ref, const Value *init);
void   con_rows(Block *, Ref, bool minus, Var sums, const Area *);

#endif
