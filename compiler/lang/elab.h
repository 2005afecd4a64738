/* elab.h: elaboration, from the tree to tensor IR.
 *
 * A model is a program over two kinds of values.  Compile-time values (sizes,
 * switches, tables of numbers, layers) are computed here and now; tensors
 * become nodes of an Fn.  Elaboration is the interpreter that does both at once,
 * a partial evaluator (Jones, Gomard, Sestoft 1993).
 *
 * The one idea in it: every axis has a name.  `[w[o, i] * x[i] for o in 0:m]`
 * runs its body once, with `o` standing for an axis, a Gen.  A tensor value is
 * a product of views; a view is a node whose dimensions are read at affine
 * functions of Gens.  Indexing, slicing, transposing and looping over a tensor
 * only rewrite those functions, a sum over a product of views is one `con`, and
 * a comprehension turns a Gen into a dimension of the result.  What cannot be
 * done with an axis (`if i == 0`, `x[i // 2]`) asks for the loop to be
 * unrolled: Elab.unroll names the Gen, the body returns VAL_BAD, and the loop
 * starts over with numbers (compre.c).                                        */
#ifndef ND_ELAB_H
#define ND_ELAB_H

#include "ir/model.h"
#include "lang/unit.h"
#include "ops/ops.h"

/* ---- values ------------------------------------------------------------------ */

typedef struct Gen Gen;
typedef struct Val Val;
typedef struct Layer Layer;

enum { INDEX_TERMS = 3, MOST_NUMBERS = 1 << 22 };      /* known ones, in one array     */

typedef struct Term { const Gen *gen; int32_t k; } Term;
typedef struct Index { int64_t c; uint8_t n; Term term[INDEX_TERMS]; } Index;  /* c + sum k*gen */

/* An axis that counts 0, 1 .. extent-1.  `for j in 0:n if j != i` makes two: a
 * plain axis `of` one shorter, and j, which is not an axis but stands for
 * of + (of >= skip ? 1 : 0); a con that reads at j is the sum of a con for
 * either case.                                                                 */
struct Gen {
    uint32_t     extent;
    uint32_t     serial;            /* outer axes have smaller numbers             */
    Name         name;
    const Gen   *of;                /* NULL: a plain axis                          */
    const Index *skip;
};

typedef struct View {               /* a node, read at one index per dimension, B apart */
    Ref     ref;
    uint8_t rank;
    Index   at[MAX_RANK];
} View;

typedef enum ValKind {
    VAL_BAD,                        /* an error was reported, or Elab.unroll is set */
    VAL_INT, VAL_REAL, VAL_BOOL, VAL_STRING,
    VAL_INDEX,                      /* a whole number that depends on axes: `2*i + 1` */
    VAL_ARRAY,                      /* compile-time numbers, over axes and dimensions */
    VAL_TENSOR,                     /* a product of views                           */
    VAL_RECORD,                     /* several outputs                              */
    VAL_LATER,                      /* a slot whose value only the running model knows */
    VAL_PARAM,                      /* a parameter: a leaf of whichever Fn is built  */
    VAL_BUFFER, VAL_DRAW,           /* likewise                                     */
    VAL_SPAN,                       /* a .. b                                       */
    VAL_OP, VAL_BUILTIN, VAL_DEF, VAL_MODULE,       /* what can be called, and `s` of import */
    VAL_SPEC,                       /* a layer with its arguments, not yet declared */
    VAL_LAYER                       /* a declared layer                             */
} ValKind;

typedef enum Number { NUMBER_INT, NUMBER_REAL, NUMBER_BOOL } Number;

typedef struct Member { Name name; const Val *value; } Member;

struct Val {
    ValKind kind;
    uint8_t rank;                   /* ARRAY, TENSOR: own dimensions               */
    uint8_t count;                  /* ARRAY: axes; TENSOR: views                  */
    uint8_t number;                 /* Number; a TENSOR of INT is an input of whole numbers */
    const Gen *dim[MAX_RANK];
    union {
        int64_t     integer;
        double      real;
        bool        truth;
        const char *string;
        Index       index;
        struct { const Gen *gen[MAX_RANK]; const double *at; } array;   /* axes, then dimensions */
        const View *view;
        struct { size_t count; const Member *member; } record;
        const AstDecl *later;
        uint32_t    param;          /* index into Field.param                      */
        uint32_t    buffer;         /* index into Model.buffer                     */
        struct { Name path; const AstDecl *decl; } draw;
        struct { double from, to; } span;
        uint16_t    op;
        const struct Builtin *builtin;
        Def         def;
        const File *module;
        const struct Spec *spec;
        const Layer *layer;
    };
};

/* ---- frames: the names of one definition at work ------------------------------- */

typedef struct Slot {
    Name           name;
    const AstDecl *decl;            /* NULL: a compile-time parameter              */
    const Val     *val;             /* NULL: not computed yet                      */
    bool           busy;
} Slot;

typedef struct Frame {
    Def      def;                   /* def NULL: an experiment or the command line */
    size_t   count;
    Slot    *slot;
} Frame;

typedef struct Local { const struct Local *up; Name name; const Val *val; } Local;

/* Inside a branch of a run-time `if`, what comes from outside passes a gate, so
 * that the untaken branch sends no gradient back, not even 0 * inf (D15).       */
typedef struct Gate { const struct Gate *up; const Local *inside; const Val *test; bool sense; } Gate;

typedef struct Env { Frame *frame; const Local *local; const Gate *gate; } Env;

typedef struct Arg { Name name; const Val *val; Span at; } Arg;     /* name NULL: by place */
typedef struct Args { size_t count; Arg *at; } Args;

/* ---- layers ---------------------------------------------------------------------- */

typedef enum LayerKind { LAYER_DEF, LAYER_CHAIN, LAYER_ARRAY, LAYER_STAGE } LayerKind;

typedef struct Spec {               /* what `Linear(2, w) |> tanh` says            */
    LayerKind kind;                 /* not ARRAY                                   */
    Span      at;
    Frame    *frame;                /* DEF: with its compile-time arguments        */
    Args      bound;                /* DEF: parameters, inputs, states given (D5)  */
    const Val *callee; Args extra;  /* STAGE: tanh; leaky(0.1)                     */
    size_t    count;
    const struct Spec **part;       /* CHAIN                                       */
} Spec;

struct Layer {
    LayerKind kind;
    Name      path;
    Frame    *frame;                /* DEF: its parameters and sub-layers are bound */
    const Spec *spec;
    size_t    count;
    const Layer **part;             /* CHAIN, ARRAY                                */
};

/* ---- the elaborator --------------------------------------------------------------- */

/* Declaring layers, the model being used, the model being trained. */
typedef enum Mode { MODE_MAKING, MODE_EVAL, MODE_TRAIN } Mode;

typedef struct Updated { uint32_t buffer; const Val *value; } Updated;

/* What the Fn under construction has made of the buffers: what the next call of a
 * layer reads, NULL while that is the leaf.  The log takes changes back (compre.c). */
typedef struct Memory {
    const Val **now;                /* by index into Model.buffer                  */
    VEC(Updated) log;               /* values before                               */
} Memory;

typedef struct Solved {             /* a solve of the Fn under construction        */
    const Layer *func;
    double       from, to;
    const Ref   *begin;             /* per state                                   */
    const Val   *end;
    uint32_t     index;             /* into Model.solve                            */
} Solved;

typedef struct Call { const struct Call *up; const Span *at; const char *name; } Call;

typedef struct Elab {
    Unit   *unit;
    Arena  *arena;
    Names  *names;
    Diags  *diags;
    Field  *field;                  /* where parameters are registered, or NULL    */
    Model  *model;                  /* where buffers, draws and solves are, or NULL */
    Mode    mode;
    bool    odef;                   /* within the right-hand side of an odef       */
    Memory  memory;
    VEC(Solved) solved;
    Fn     *fn;                     /* where nodes go                              */
    const Gen *axis;                /* of the innermost loop that runs as one, or NULL */
    const Gen *unroll;              /* asked for by the body that just returned BAD */
    Span    unroll_at;
    const char *need;               /* "a shape": what must be known now, or NULL  */
    const struct Env *env;          /* of the expression at work, for notes        */
    const Call *call;               /* layers and functions being called, innermost first */
    bool    whole;                  /* lab: nothing but whole numbers went in      */
    unsigned lab;                   /* within lab_begin .. lab_end                 */
    OpValues values;
    Name    label;                  /* path of the layer being called, or NULL     */
    uint32_t serial;
    unsigned depth, layers;         /* of expressions, of layers in layers         */
    uint64_t steps;
    bool     spent;                 /* a limit was reported                        */
} Elab;

Elab *elab_new(Unit *, Field *, Fn *);
/* Reports, with the calls that led here, and returns VAL_BAD. */
const Val *elab_error(Elab *, Span, const char *format, ...) ND_PRINTF(3, 4);
const Val *elab_bad(Elab *);
void elab_place(Elab *, Span);                  /* where the next nodes come from  */
/* The value hangs on an axis where a number is needed: ask for the loop to be unrolled. */
const Val *elab_unroll(Elab *, const Val *, Span);
/* A note with the shape of an operand, at its declaration if it is a name. */
void elab_note(Elab *, const AstExpr *, const Val *);

/* val.c */
const Val *val_int(Elab *, int64_t);
const Val *val_real(Elab *, double);
const Val *val_bool(Elab *, bool);
const Val *val_kind(Elab *, ValKind);           /* an empty one, to be filled in   */
bool numbers_fit(Elab *, uint64_t count, Span);         /* else an error                */
const Val *val_array(Elab *, Number, unsigned rank, const Gen *const *dim, const double *);
const Val *val_node(Elab *, Ref, const Gen *const *gen, unsigned gens, const Gen *const *dim, unsigned rank);
const Val *val_index(Elab *, Index);
const Gen *gen_new(Elab *, uint32_t extent, Name name);
Shape val_shape(const Val *);                   /* own dimensions, without B       */
const char *val_text(Elab *, const Val *);      /* "[16, 2]", "a number", for messages */
bool val_known(const Val *);                    /* compile-time number, maybe over axes */
bool val_numeric(const Val *);                  /* known or tensor                 */
bool val_truthful(const Val *);                 /* a condition, or several         */
bool val_label(const Val *);                    /* a whole number of the running model */
bool val_scalar_number(const Val *, double *);  /* INT or REAL                     */
unsigned val_gens(const Val *, const Gen **out, unsigned room);    /* free axes, outermost first */
bool val_batched(const Elab *, const Val *);

/* index.c: affine functions of axes */
Index index_of(const Gen *);
Index index_const(int64_t);
bool  index_add(Index *, const Index *, int64_t times);     /* false: too many axes */
bool  index_put(Index *, const Gen *, const Index *);       /* gen := index         */
void  index_range(const Index *, int64_t *least, int64_t *most);
const Val *val_put(Elab *, const Val *, const Gen *const *gen, const Index *, unsigned n);
const Val *val_redim(Elab *, const Val *, const Gen *const *dim);   /* own axes renamed */
const Val *val_fresh(Elab *, const Val *);                          /* to new ones  */

/* con.c: from views to nodes */
typedef struct Space { const Gen *gen[MAX_AXES]; unsigned count, own; bool batched; } Space;
Ref val_ref(Elab *, const Val *, const Space *);            /* the value over all of the space */
Space val_space(Elab *, const Val *const *, unsigned n);    /* what all of them need */
const Val *val_settle(Elab *, const Val *);                 /* one node, read plainly */
const Val *val_tensor(Elab *, const Val *);                 /* numbers become nodes */
const Val *val_sum(Elab *, const Val *, const Gen *const *over, unsigned n, Span);
/* ... and over the samples of the batch: what was per sample is shared after it.   */
const Val *val_sum_batch(Elab *, const Val *, const Gen *const *over, unsigned n, Span);
const Val *val_batch_size(Elab *);
const Val *val_peak(Elab *, Op, const Val *, const Gen *const *over, unsigned n, Span);
bool space_fits(Elab *, const Space *);                     /* else an error        */
/* Between the two, operations on numbers go to a scratch Fn of double precision,
 * and what they make comes back as numbers.  begin: NULL unless all are known.  */
Fn *lab_begin(Elab *, const Val *const *, size_t n);
const Val *lab_end(Elab *, Fn *before, const Val *);
double index_at(const Index *, const Gen *const *gen, const uint32_t *count, unsigned n);

/* arith.c */
const Val *arith_map(Elab *, Op, const Val *const *, unsigned n, Span);
const Val *arith_binary(Elab *, AstOp, const Val *, const Val *, const AstExpr *);
const Val *arith_unary(Elab *, AstOp, const Val *, Span);
const Val *arith_select(Elab *, const Val *test, const Val *yes, const Val *no, Span);

/* expr.c */
const Val *eval(Elab *, const Env *, const AstExpr *);
bool eval_int(Elab *, const Env *, const AstExpr *, const char *what, int64_t *);
bool eval_bool(Elab *, const Env *, const AstExpr *, const char *what, bool *);
const Val *eval_known(Elab *, const Env *, const AstExpr *, const char *what);
bool eval_shape(Elab *, const Env *, const AstExprs *, Shape *);
const Val *apply(Elab *, const Val *callee, const Args *, const AstExpr *);
const char *callee_name(const Val *);

/* subscript.c */
const Val *eval_subscripts(Elab *, const Env *, const AstExpr *);
const Val *val_item(Elab *, const Val *, Index, const AstExpr *);   /* first axis at an index */

/* compre.c */
const Val *eval_each(Elab *, const Env *, const AstExpr *);
const Val *eval_reduce(Elab *, const Env *, const AstExpr *);
const Val *eval_fold(Elab *, const Env *, const AstExpr *);

/* builtin.c */
typedef struct Builtin {
    const char *name, *usage;
    uint8_t least, most;            /* arguments; most 0: not supported yet        */
    const Val *(*call)(Elab *, const Args *, const AstExpr *);
} Builtin;
const Builtin *builtin_find(const char *name);
size_t builtin_names(Arena *, const char ***);              /* builtins and ops     */
Op op_callable(const char *name);                           /* OP_NONE if not for the language */
const Val *val_stack(Elab *, const Val *const *, size_t n);     /* as rows */
const Val *val_matmul(Elab *, const Val *, const Val *, const AstExpr *);
const Val *val_one(Elab *, const Val *);                    /* a leading axis of length 1 */

/* pick.c */
const Val *pick_argmax(Elab *, const Args *, const AstExpr *);
const Val *pick_one_hot(Elab *, const Args *, const AstExpr *);
/* `v` at a whole number of the running model, along its dimension `d`. */
const Val *pick_take(Elab *, const Val *v, unsigned d, const Val *index);

/* calculus.c */
const Val *calculus_grad(Elab *, const Args *, const AstExpr *);
const Val *calculus_vjp(Elab *, const Args *, const AstExpr *);
const Val *calculus_jacobian(Elab *, const Args *, const AstExpr *);

/* frame.c: the names of a definition */
Frame *frame_new(Elab *, Def);
Frame *frame_copy(Elab *, const Frame *);       /* values of the running model forgotten */
Slot  *frame_slot(const Frame *, Name);
void   frame_set(Frame *, Name, const Val *);
const Val *frame_value(Elab *, Frame *, Slot *, Span);
/* Arguments to compile-time parameters; those that name a state, parameter or input go to `bound`. */
bool frame_bind(Elab *, Frame *, const Env *, const AstExpr *call, const AstArgs *, Args *bound);
bool frame_defaults(Elab *, Frame *, Span at);
const Val *frame_run(Elab *, Frame *, AstWord of);          /* lets in order; outputs or derivatives */
bool  frame_all(Elab *, Frame *);                           /* every declaration; false after an error */
bool  shape_of_decl(Elab *, Frame *, const AstDecl *, Shape *);
const Val *function_call(Elab *, Def, const Args *, const AstExpr *);

/* spec.c: layers as arguments and compositions */
const Spec *eval_layer(Elab *, const Env *, const AstExpr *);       /* NULL after an error */
const Spec *spec_of(Elab *, const Env *, const AstExpr *, Def, const AstArgs *);
const char *spec_text(Elab *, const Spec *);                /* Mlp(n = 2, hidden = 16) */

/* layer.c: declared layers */
const Layer *layer_make(Elab *, const Spec *, Name path, Name file_path);
const Val *layer_call(Elab *, const Layer *, const Args *, const AstExpr *);

/* param.c */
typedef struct Law { DrawKind kind; double a, b; } Law;    /* bounds; mean, deviation; probability */
bool law_read(Elab *, const Env *, const AstExpr *, const char *what, bool bernoulli, Law *);
bool file_name_free(Elab *, Name file_name, const AstDecl *);
bool param_make(Elab *, Frame *, const AstDecl *, const Arg *bound, Name path, Name file_path);
const Val *param_value(Elab *, uint32_t param);
const double *numbers_of(Elab *, const Val *, Shape, const char *what, Span);  /* NULL after an error */
Name path_join(Elab *, Name path, const char *part);

/* buffer.c: what is remembered and what is drawn */
bool buffer_make(Elab *, Frame *, const AstDecl *, Name path, Name file_path);
const Val *buffer_value(Elab *, uint32_t buffer);
bool update_make(Elab *, const Frame *, const AstDecl *);   /* is there such a buffer? */
const Val *update_check(Elab *, const Frame *, const AstDecl *, const Val *);
void memory_set(Elab *, uint32_t buffer, const Val *);
void memory_undo(Elab *, size_t count);         /* until the log has so many entries */
typedef struct Outs { VEC(Root) root; } Outs;   /* of a function under construction */
bool memory_roots(Elab *, Outs *);              /* UPDATE of what has changed       */
const Val *draw_make(Elab *, const AstDecl *, Name path);
const Val *draw_value(Elab *, Frame *, const Val *, Span);

/* solve.c */
const Val *solve_call(Elab *, const Args *, const AstExpr *);

/* leaf.c: where a function begins and ends */
Shape shape_batch(Shape);                       /* with B in front                  */
const Val *leaf_value(Elab *, Role, Name, Type, Shape, bool sample);
/* A value of `shape` for every sample, as a node; a number fills it if `fill`; 0 after an error. */
Ref result_ref(Elab *, const Val *, Shape, bool fill, const char *what, Span);

/* field.c */
Field *field_make(Unit *, const Spec *, Type real, Span *coupled);
Field *field_of_layer(Elab *, const Layer *);   /* of a solve, in the mode at hand  */

/* model.c */
Model *model_make(Unit *, const Spec *, Type real);

/* unit.c: the odef or the model that `x` names, with `args` of its call. NULL after an error. */
const Field *unit_field_of(Unit *, const Env *, const AstExpr *x, const AstArgs *args, Type real);
const Model *unit_model_of(Unit *, const Env *, const AstExpr *x, const AstArgs *args, Type real);

#endif
