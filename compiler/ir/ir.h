/* ir.h: the tensor IR.
 *
 * A Fn is a straight line of nodes in one array.  A node's arguments are
 * indices smaller than its own, so every analysis is one loop over the array
 * and reverse mode is that loop run backwards.  Nodes are hash-consed by the
 * builder: equal nodes are one node.
 *
 *     class   members                                        derivative
 *     leaf    param, state, cotangent, input, t, h ...       -
 *     const   a number or a tensor of numbers                -
 *     map     rows of ops/ops.def, elementwise, equal shapes  the row's cells
 *     con     sum of products over affinely indexed operands swap two accesses
 *     peak    maximum or minimum over axes                   con with a mask
 *     take    data-dependent index; put is its transpose     each other
 *
 * Everything linear is `con`:
 *
 *     out[f0(i)] += product over k of opd_k[f_k(i)]
 *
 * for all i in a box for which every f_k(i) (and every guard) is in range;
 * elements of `out` that no i reaches are zero.  Matrix products, outer
 * products, sums, expand, slice, concat (a sum of two), transpose, pad, flip,
 * diagonal, convolution and their gradients are all it.
 *
 * Text form (ir_print, ir_parse; see text.c for the grammar):
 *
 *     fn Mlp.f(state x: f32[B 2], time t: f32[B], param lin1.weight: f32[16 2]) {
 *       %1 = con [B i | j] x[B j] * lin1.weight[i j] : f32[B 16]
 *       %2 = elu %1 : f32[B 16]
 *       %3 = con [B o | i] %2[B i] * lin3.weight[o i] : f32[B 2]
 *       result dx = %3
 *     }
 *
 * A leaf is printed by its name, a rank-0 const as its number.
 * `B` is the batch: an extent that is known only when the code runs. Every
 * per-sample value carries it as its first dimension; sharing it away by a sum
 * is what couples samples (and what makes a parameter's gradient). */
#ifndef ND_IR_H
#define ND_IR_H

#include "base/base.h"
#include "base/diag.h"
#include "ops/ops.h"                /* Op, Type                                    */

typedef uint32_t Ref;               /* index of a node; 0 is "none"                */

/* ---- shapes ---------------------------------------------------------------- */

enum { MAX_RANK = 6, MAX_AXES = 12, MAX_OPERANDS = 3 };
#define BATCH UINT32_MAX            /* the extent of B                             */

typedef struct Shape { uint8_t rank; uint32_t dim[MAX_RANK]; } Shape;  /* dim[0] may be BATCH */

bool     shape_equal(Shape, Shape);
bool     shape_batched(Shape);                          /* has B in front          */
uint64_t shape_count(Shape);                            /* elements, B counted as 1 */

/* ---- con ------------------------------------------------------------------- */

typedef struct Aff {                /* c + sum of k[i] * axis ax[i]                */
    int32_t c;
    int16_t k[3];
    uint8_t ax[3], n;
} Aff;

typedef struct Con {                /* kept once in Fn.con, however many say it  */
    uint8_t   naxis, nopd, nguard;
    uint32_t  extent[MAX_AXES];     /* BATCH allowed                               */
    Aff       out[MAX_RANK];        /* one per dimension of the result             */
    Aff       in[MAX_OPERANDS][MAX_RANK];   /* one per dimension of each operand   */
    Aff       guard[MAX_RANK];      /* 0 <= guard[g] < limit[g], what stays of a   */
    uint32_t  limit[MAX_RANK];      /*   dropped operand of ones                   */
} Con;

/* ---- nodes ----------------------------------------------------------------- */

typedef enum Role {                 /* what a leaf is to the function              */
    ROLE_STATE, ROLE_TIME, ROLE_STEP, ROLE_PARAM, ROLE_INPUT, ROLE_COTANGENT,
    ROLE_TANGENT, ROLE_SCALAR, ROLE_BUFFER
} Role;

enum {                              /* Node.dep: what a value depends on           */
    DEP_PARAM = 1, DEP_TIME = 2, DEP_STATE = 4, DEP_COTANGENT = 8, DEP_BATCH = 16,
    DEP_INPUT = 32, DEP_OTHER = 64
};

typedef struct Node {
    uint16_t op;
    uint8_t  narg, type;
    uint32_t shape;                 /* index into Fn.shape                         */
    Ref      arg[3];
    uint32_t aux;                   /* leaf: symbol; const: first of Fn.value;
                                       con: Fn.con; peak: bit mask of the axes that
                                       are reduced (they leave the shape)          */
    uint32_t loc;                   /* index into Fn.place: where in the source    */
    uint32_t dep;                   /* or-ed from the arguments                    */
} Node;

typedef struct Symbol { Name name; Role role; Type type; Shape shape; Ref node; } Symbol;

typedef enum RootKind {
    ROOT_RESULT,                    /* an output                                   */
    ROOT_CARRY,                     /* the new value of the leaf of the same name  */
    ROOT_SUM,                       /* added to an accumulator of the same name    */
    ROOT_UPDATE                     /* the buffer leaf's value from the next call on */
} RootKind;

typedef struct Root { Name name; RootKind kind; Ref value; } Root;

typedef struct Place {              /* what a node came from, for errors and comments */
    Span  at;
    Name  label;                    /* "lin1", "lin1.weight", "h": path in the model, or NULL */
    const Span *from;               /* at is in the prelude: where the model calls it; or NULL */
    bool  back;                     /* of a derivative: the place of what is derived  */
    uint16_t op;                    /* the macro it was expanded from, or 0         */
} Place;

typedef struct Fn {
    Name    name;
    Type    real;                   /* TYPE_F32 or TYPE_F64: the type of its reals */
    Arena  *arena;
    Names  *names;
    VEC(Node)   node;               /* node.at[0] is the "none" node               */
    VEC(Shape)  shape;
    VEC(Con *)  con;
    VEC(double) value;
    VEC(Symbol) symbol;             /* leaves in order of declaration              */
    VEC(Root)   root;
    VEC(Place)  place;              /* place.at[0] is "nowhere"                    */
    uint32_t loc;                   /* given to new nodes; set it before building  */
    struct { uint32_t *slot; size_t slots; } cons;  /* hash-consing table          */
} Fn;

Fn   *fn_new(Arena *, Names *, const char *name, Type real);
#define NODE(fn, r)   (&(fn)->node.at[r])
#define SHAPE(fn, r)  ((fn)->shape.at[(fn)->node.at[r].shape])
#define CON(fn, r)    ((fn)->con.at[(fn)->node.at[r].aux])

/* ---- building (build.c) ----------------------------------------------------
 * Constructors check their arguments (a wrong use is a bug: it aborts with the
 * node's text), insert explicit expands for rank-0 operands of a map, and
 * simplify on the way: constants fold, x+0, x*1, x*0 of finite constants only,
 * double transposes, con of an expand, con of a con that is a pure re-indexing
 * (slice, expand, transpose), identity cons.  What you get back may be an
 * older node.                                                                  */
Ref ir_leaf (Fn *, Role, const char *name, Type, Shape);
Ref ir_num  (Fn *, double);                             /* rank 0, the Fn's real   */
Ref ir_const(Fn *, Shape, const double *);              /* a tensor of numbers     */
Ref ir_map  (Fn *, Op, Ref a, Ref b, Ref c);            /* 0 for absent arguments  */
Ref ir_con  (Fn *, const Con *, Shape out, const Ref operand[]);
Ref ir_peak (Fn *, Op, Ref a, uint32_t axes);
Ref ir_take (Fn *, Ref from, Ref index, unsigned axis); /* index: i32, [B] or []   */
Ref ir_put  (Fn *, Ref value, Ref index, unsigned axis, uint32_t extent);
void ir_root(Fn *, RootKind, const char *name, Ref);

/* Common cons, each one call of ir_con. */
Ref ir_expand   (Fn *, Ref rank0_or_batch, Shape to);   /* [] or [B] to [..] or [B ..] */
Ref ir_sum      (Fn *, Ref, uint32_t axes);             /* bit mask of summed axes */
Ref ir_transpose(Fn *, Ref, const uint8_t *order);
Ref ir_slice    (Fn *, Ref, unsigned axis, uint32_t first, uint32_t count, int32_t stride);
Ref ir_pad      (Fn *, Ref, unsigned axis, uint32_t before, uint32_t after);
Ref ir_concat   (Fn *, const Ref *, unsigned n, unsigned axis); /* sum of pads     */
Ref ir_reshape  (Fn *, Ref, Shape);                     /* row-major, while indices stay affine; else 0 */

static inline Ref ir_add(Fn *f, Ref a, Ref b) { return ir_map(f, OP_add, a, b, 0); }
static inline Ref ir_sub(Fn *f, Ref a, Ref b) { return ir_map(f, OP_sub, a, b, 0); }
static inline Ref ir_mul(Fn *f, Ref a, Ref b) { return ir_map(f, OP_mul, a, b, 0); }

/* Copies what `root` needs of `from` into `to`, leaves mapped by `subst[symbol
 * index]` (0: the leaf of the same name is made or found).  The way one Fn is
 * called by another: a layer, a solver's stage, a vjp of a vjp.                */
Ref ir_inline(Fn *to, const Fn *from, Ref root, const Ref *subst);
void ir_inline_many(Fn *to, const Fn *from, const Ref *roots, size_t n, const Ref *subst, Ref *out);
/* One node of `from`, its arguments already copied: what a pass does with the nodes
 * it leaves as they are.                                                       */
Ref ir_copy(Fn *to, const Fn *from, Ref, const Ref *subst, const Ref arg[3]);
/* The same where the arguments are made as they were in `from`: nothing to simplify.  */
Ref ir_again(Fn *to, const Fn *from, Ref, const Ref arg[3]);

int  ir_symbol(const Fn *, const char *name);           /* index or -1             */
uint32_t ir_place(Fn *, const Place *);                 /* its index in Fn.place   */
/* Is every element this number (a rank-0 const, or an expand of one)?            */
bool ir_is_number(const Fn *, Ref, double *number);
bool con_sums(const Con *, Shape out);                  /* some axis is not in the result */

/* ---- reading back ----------------------------------------------------------- */

void ir_print(const Fn *, Text *);                      /* text.c                  */
Fn  *ir_parse(Arena *, Names *, const Source *, Diags *);   /* first fn; NULL after errors */
/* NULL if sound, else what is wrong, as text in the arena (verify.c).          */
const char *ir_verify(const Fn *, Arena *);

/* ---- the reference evaluator (eval.c) ---------------------------------------
 * Plain loops in the precision of the Fn; every compiled form is tested against
 * it.  bind[symbol] points at doubles (values are rounded to f32 first if the
 * Fn is f32), row-major with B in front.  Results for every node are kept.      */
typedef struct Eval { const Fn *fn; size_t batch; double **value; } Eval;
Eval ir_eval(Arena *, const Fn *, size_t batch, const double *const *bind);

#endif
