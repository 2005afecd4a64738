/* loop.h: the loop IR, the last form before text.
 *
 * A Program is a list of functions over flat buffers; a back end prints loops,
 * loads, stores and scalars and decides nothing.  What the plan decided is
 * visible here: what is a loop and of which role, which values are vectors,
 * where each buffer lives, in which order sums are taken.  So every back end
 * gives the same bits.
 *
 * Values.  A value is an integer (64-bit index arithmetic), a real (the
 * Program's precision) or a mask (the result of a comparison), with one lane
 * or with LANES of them.  LANES is virtual: 16 for every target and precision,
 * so that the order of a horizontal sum does not depend on the machine; a
 * target with narrower registers uses several.
 *
 * Text form (loop_print, loop_parse; grammar in text.c):
 *
 *     fn Mlp.step_block(in theta: real, mut z: real, n: int) {
 *       local h1: real[256]                        # private array, 64-aligned
 *       for s in 0 .. n {
 *         for j in 0 .. 16 unroll {
 *           let u = fma(splat(theta[j]), z[0 :16], splat(theta[j + 32]))
 *           store h1[j*16] = u
 *         }
 *       }
 *       return 0
 *     }
 *
 * `x[e]` is a one-lane load at element e, `x[e :16]` a vector of 16 from e on. */
#ifndef ND_LOOP_H
#define ND_LOOP_H

#include "ir/ir.h"

enum { LANES = 16 };

typedef uint32_t Exp;               /* index into Program.exp; 0 is "none"         */
typedef uint32_t Stm;               /* index into Program.stm; 0 is "none"         */
typedef uint32_t Var;               /* index into Program.var; 0 is "none"         */

typedef enum LKind { L_INT, L_REAL, L_MASK, L_BUFFER } LKind;

typedef struct LType { uint8_t kind, lanes; } LType;    /* lanes: 1 or LANES       */

/* ---- variables and buffers ------------------------------------------------- */

typedef enum Space {                /* of a buffer: who sees it                    */
    SPACE_NONE,                     /* not a buffer                                */
    SPACE_CONST,                    /* read only, shared by all (weights, times)   */
    SPACE_SHARED,                   /* read and written, each element by one owner */
    SPACE_BLOCK,                    /* one per block of samples (accumulators)     */
    SPACE_LOCAL,                    /* one per work-group (OpenCL local memory)    */
    SPACE_PRIVATE                   /* one per thread of execution: a local array  */
} Space;

typedef struct LVar {
    Name     name;                  /* unlike every other name visible at its place */
    LType    type;                  /* buffers: the element's kind, lanes 1        */
    uint8_t  space;                 /* Space                                       */
    bool     writable;              /* buffers: stored to; others: S_SET allowed   */
    bool     optional;              /* parameters: may be NULL (see X_NULL)        */
    uint32_t count;                 /* SPACE_PRIVATE: elements                     */
    Exp      read;                  /* its X_VAR, once there is one                */
} LVar;

/* ---- expressions ------------------------------------------------------------ */

typedef enum XKind {
    X_NONE,
    X_INT,                          /* num                                          */
    X_REAL,                         /* num, rounded to the Program's precision      */
    X_VAR,                          /* var                                          */
    X_LOAD,                         /* var[a], lanes consecutive elements           */
    X_GATHER,                       /* lane l: var[a + min(l, c-1)*b]; a b c ints   */
    X_OP,                           /* op(a, b, c): a row of ops.def but MACRO; ints
                                       know add sub mul div mod (as C's) neg min max,
                                       the comparisons and select, 1 lane only      */
    X_SPLAT,                        /* a in every lane                              */
    X_PICK,                         /* lane b (an X_INT) of a, in every lane        */
    X_TREE,                         /* sum of the lanes of a, pairs 8-4-2-1, one lane */
    X_LANE,                         /* reals 0 1 2 ... 15                           */
    X_ANY,                          /* int 1 if any lane of mask a is set           */
    X_CONVERT,                      /* real to int (truncates) or int to real       */
    X_NULL                          /* int 1 if the optional buffer var is NULL     */
} XKind;

typedef struct LExp {
    uint8_t  kind;
    LType    type;
    uint16_t op;                    /* X_OP                                        */
    Exp      a, b, c;
    Var      var;
    double   num;
} LExp;

/* ---- statements ------------------------------------------------------------- */

typedef enum SKind {
    S_NONE,
    S_NOTE,                         /* text: a comment                             */
    S_LOCAL,                        /* declares the private array var              */
    S_LET,                          /* var := a, once                              */
    S_VAR,                          /* var := a, may be set again                  */
    S_SET,                          /* var = a                                     */
    S_VIEW,                         /* buffer var := the elements of var2 from a on (a may be X_NULL-guarded: NULL stays NULL);
                                       VIEW_FRESH: whatever is read through it is read
                                       again each time the view is made, see s_fresh  */
    S_STORE,                        /* var[a] = b, b's lanes                       */
    S_SCATTER,                      /* lane l < d: var[a + l*c] = b                */
    S_FOR,                          /* for var in a .. b step c { body }           */
    S_PAR,                          /* for var in 0 .. b, in any order, on threads { body }; role; the body is one S_CALL */
    S_IF,                           /* if a { body } else { other }                */
    S_CALL,                         /* callee(args...); result into the int var if any */
    S_RETURN,                       /* a: int status                               */
    S_BAR,                          /* all threads of the program meet (phase end) */
    S_SYNC                          /* all items of a work-group meet              */
} SKind;

typedef enum AxisRole { AXIS_NONE, AXIS_BLOCK, AXIS_SAMPLE, AXIS_ROW, AXIS_LANE } AxisRole;
/* LStm.flags. FOR_ANY: the iterations may be done in any order, by anybody: none reads or writes
 * what another one writes. An array that is older than the loop, used at places that belong to
 * no iteration, is scratch: what is left in it is nobody's, and a sum of all is only asked
 * whether it is NaN. FOR_CHAIN: they go one after the other, but loops in it that are FOR_ANY,
 * each alone in the other, may as well be around it. */
enum { FOR_ROLL = 1, FOR_UNROLL = 2, FOR_UNIFORM = 4, VIEW_FRESH = 8, FOR_ANY = 16, FOR_CHAIN = 32 };

typedef struct LStm {
    uint8_t  kind, role, flags;
    Exp      a, b, c, d;
    Var      var, var2;
    Stm      body, other, next;     /* next: the statement after this one          */
    uint32_t callee;                /* S_CALL: index into Program.fn               */
    uint32_t args, nargs;           /* S_CALL: Program.arg[args ...]; buffers as X_VAR */
    uint32_t origin;                /* index into Program.origin                   */
    const char *text;               /* S_NOTE                                      */
} LStm;

/* ---- origins ----------------------------------------------------------------------
 * What of the model a statement computes: for profiles and debuggers, never for what
 * is computed. Origin 0 is that of whoever calls: a function that several layers share
 * has no other. What serves no node of the model in particular belongs to its function. */
typedef enum OriginKind { ORIGIN_NODE, ORIGIN_PARAM, ORIGIN_FUNCTION } OriginKind;

typedef struct Origin {
    uint8_t kind;                   /* OriginKind                                  */
    bool back;                      /* of a derivative                             */
    Name layer;                     /* "feature.func.conv1", path in the model, or NULL */
    const char *op;                 /* "con", "tanh", "update"; of a function: its name */
    Span at;                        /* where the model says so; or nowhere         */
} Origin;

/* ---- functions --------------------------------------------------------------- */

typedef struct LFn {                /* the flags are set by who builds it, see fn_of() */
    Name name;                      /* "Mlp.solve_batch"; back ends make it a C name */
    const char *note;               /* what it computes, for the comment above it  */
    VEC(Var) param;                 /* in order                                    */
    Stm  body;
    bool returns;                   /* an int status; else nothing                 */
    bool entry;                     /* called from outside the Program             */
    bool outline;                   /* never inlined: shared or large              */
    bool apart;                     /* lanes never meet: vectors are loaded, computed with
                                       and stored, nothing else is stored. A back end may
                                       do all for some lanes, then all for the next  */
} LFn;

typedef struct Program {
    Arena *arena;
    Names *names;
    Type   real;                    /* TYPE_F32 or TYPE_F64                        */
    VEC(LExp) exp;                  /* [0] is none                                 */
    VEC(LStm) stm;
    VEC(LVar) var;
    VEC(LFn *) fn;
    VEC(Exp)  arg;
    VEC(Origin) origin;             /* [0] is none                                 */
    uint32_t at;                    /* the origin of the statements being built    */
    uint32_t in;                    /* the function being built                    */
    struct LScope *scope;           /* where the builder appends, which names are taken */
    Exp small[64];                  /* the integers from 0, made once                  */
} Program;

/* ---- building (build.c, exp.c) -------------------------------------------------------
 * Functions are built one after another, each callee before its callers.  The
 * x_ functions make expressions (integers fold, x*1 and x+0 of ints vanish),
 * the s_ functions append a statement where the builder stands.  Blocks:
 *
 *     Var i = s_for(p, "i", x_int(p, 0), x_int(p, n), x_int(p, 1), FOR_ROLL);
 *         ... statements of the body ...
 *     s_end(p);
 */
Program *program_new(Arena *, Names *, Type real);
void program_reserve(Program *, size_t size);   /* room for so many expressions, and what goes with them */

uint32_t fn_begin(Program *, const char *name, const char *note);
Var  fn_param_buffer(Program *, const char *name, Space, bool writable, bool optional);
Var  fn_param(Program *, const char *name, LKind);              /* one-lane int or real */
void fn_end(Program *);
static inline LFn *fn_of(const Program *p, uint32_t fn) { return p->fn.at[fn]; }

Exp x_int(Program *, int64_t);
Exp x_real(Program *, double);
Exp x_var(Program *, Var);
Exp x_load(Program *, Var buffer, Exp index, unsigned lanes);
Exp x_gather(Program *, Var buffer, Exp base, Exp stride, Exp count);
/* Lanes and kind come from the arguments; one-lane ones are splat when mixed
 * with vectors. MATH rows stay one op down here; back ends define each that is
 * used once, as a function, from its steps in ops/math.def. An Exp is a tree:
 * what is used twice is written twice, so name it with s_let.                  */
Exp x_op(Program *, Op, Exp a, Exp b, Exp c);
Exp x_splat(Program *, Exp);
Exp x_pick(Program *, Exp vector, unsigned lane);
Exp x_tree(Program *, Exp vector);
Exp x_lane(Program *);
Exp x_any(Program *, Exp mask);
Exp x_convert(Program *, Exp, LKind);
Exp x_null(Program *, Var buffer);
LType x_type(const Program *, Exp);

/* Does this X_GATHER have an element for every lane, whatever it is given?           */
static inline bool loop_gathers_all(const Program *p, const LExp *x)
{
    return p->exp.at[x->c].kind == X_INT && p->exp.at[x->c].num >= LANES;
}

static inline Exp x_add(Program *p, Exp a, Exp b) { return x_op(p, OP_add, a, b, 0); }
static inline Exp x_sub(Program *p, Exp a, Exp b) { return x_op(p, OP_sub, a, b, 0); }
static inline Exp x_mul(Program *p, Exp a, Exp b) { return x_op(p, OP_mul, a, b, 0); }
static inline Exp x_fma(Program *p, Exp a, Exp b, Exp c) { return x_op(p, OP_fma, a, b, c); }

/* `name` is always a hint: a number is added where it is taken already.        */
void s_note(Program *, const char *format, ...) ND_PRINTF(2, 3);
Var  s_local(Program *, const char *name, uint32_t count);
Var  s_let(Program *, const char *name, Exp);
Var  s_var(Program *, const char *name, Exp);
void s_set(Program *, Var, Exp);
Var  s_view(Program *, const char *name, Var buffer, Exp from);
/* The buffer itself, in a loop that is short-lived and reads more of it than there
 * are registers: a C compiler that moved those reads in front of the loop would
 * only copy them to its stack, once per entry.                                 */
Var  s_fresh(Program *, const char *name, Var buffer);
void s_store(Program *, Var buffer, Exp index, Exp value);
void s_scatter(Program *, Var buffer, Exp base, Exp stride, Exp count, Exp value);
Var  s_for(Program *, const char *name, Exp from, Exp to, Exp step, unsigned flags);
Var  s_par(Program *, const char *name, Exp count, AxisRole);
void s_if(Program *, Exp);
void s_else(Program *);
void s_end(Program *);
Var  s_call(Program *, uint32_t callee, const Exp *args, size_t n);     /* result or 0 */
Var  s_call_named(Program *, uint32_t callee, const Exp *args, size_t n, const char *result);  /* NULL: none wanted */
void s_return(Program *, Exp);
void s_bar(Program *);
void s_sync(Program *);

/* Statements from now on compute this node of the tensor IR, or do with all parameters,
 * or with one of them, what `op` says (origin.c). Returned: what they did before, to be
 * set in Program.at again.                                                       */
uint32_t origin_node(Program *, const Fn *, Ref);
uint32_t origin_param(Program *, Name param, const char *op, bool back);    /* NULL: all */

/* ---- reading back ------------------------------------------------------------- */

void        loop_print(const Program *, Text *);                    /* text.c      */
Program    *loop_parse(Arena *, Names *, const Source *, Diags *);
const char *loop_verify(const Program *, Arena *);                  /* verify.c; NULL if sound */

/* ---- the reference machine (eval.c) ---------------------------------------------
 * Runs one function of a Program on buffers of floats or doubles (the Program's
 * precision), lane by lane, one thread, with the meaning every back end must
 * reproduce to the last bit.  Arguments: a pointer, an integer or a real.
 * Out-of-range accesses are caught when `elements` is given.                      */
typedef struct LArg { void *buffer; size_t elements; int64_t i; double r; } LArg;
int loop_run(const Program *, uint32_t fn, const LArg *args, size_t n, char *error, size_t room);

#endif
