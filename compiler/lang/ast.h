/* ast.h: a model file as a tree.
 *
 *     Source --parse--> Ast --check, lower--> tensor IR
 *
 * The tree says what was written, in order, and nothing about what it means:
 * names are not resolved, `1 + 2` is not 3, a word such as `param` is accepted
 * with every part a declarator can have.  Nodes live in the arena given to the
 * parser and never change afterwards; names are interned (compare with ==);
 * every node knows its place.  No expression is higher than AST_TALLEST, so a
 * pass may recurse.
 *
 *     file        = ["nodec" version] {def}
 *     def         = import | def | odef | layer | model | experiment
 *     odef ...    = params, decls             one decl per declarator
 *     experiment  = clauses                   path = expr
 */
#ifndef ND_AST_H
#define ND_AST_H

#include "base/diag.h"

enum { AST_TALLEST = 400, AST_VERSION = 1 };

typedef struct AstExpr AstExpr;
typedef struct AstDecl AstDecl;
typedef struct AstDef  AstDef;

typedef VEC(AstExpr *) AstExprs;
typedef VEC(AstDecl *) AstDecls;

typedef struct AstIdent { Name name; Span at; } AstIdent;       /* name NULL: not there */
typedef VEC(AstIdent) AstIdents;

/* ---- expressions ----------------------------------------------------------- */

typedef enum AstKind {
    AST_NAME,       /* x                              name                      */
    AST_NUMBER,     /* 16  0.5  1e-4                  number                    */
    AST_STRING,     /* "Year"                         string                    */
    AST_TRUTH,      /* true  false                    truth                     */
    AST_UNARY,      /* -a  not a                      op a                      */
    AST_BINARY,     /* a + b   a |> f   t0 .. t1      op a b                    */
    AST_CALL,       /* f(a, k = b)                    call                      */
    AST_REDUCE,     /* sum(e for i in 0:n if p)       over: f, body, generators */
    AST_MEMBER,     /* end.x  spiral.Mlp              member                    */
    AST_INDEX,      /* w[i, 0:2, :]                   index                     */
    AST_LIST,       /* [a, b, c]                      list                      */
    AST_EACH,       /* [e for i in 0:n if p]          over: f NULL              */
    AST_IF,         /* if p then a else b             choice                    */
    AST_FOLD,       /* fold s = a for v in xs do e    fold                      */
    AST_SCAN        /* scan s = a for v in xs do e    fold                      */
} AstKind;

typedef enum AstOp {
    AST_NEG, AST_NOT,                               /* unary                     */
    AST_OR, AST_AND,
    AST_EQ, AST_NE, AST_LE, AST_GE, AST_LT, AST_GT,
    AST_ADD, AST_SUB, AST_MUL, AST_DIV, AST_IDIV, AST_MATMUL, AST_POW,
    AST_PIPE,                                       /* b is a name, member, index or call */
    AST_SPAN,                                       /* a .. b, a closed span of time      */
    AST_OPS
} AstOp;

/* Where a subscript, a generator or a fold goes: `e`, or the half-open a:b.
 * In a subscript either end of a range may be missing (NULL).                */
typedef struct AstRange {
    AstExpr *first, *last;
    bool     range;                 /* there is a colon                         */
    Span     at;
} AstRange;

typedef struct AstArg {             /* of a call                                */
    AstIdent key;                   /* key.name NULL: by place                  */
    AstExpr *value;
} AstArg;

typedef struct AstBinder {          /* `i in 0:n`, `v in xs`; or `batch`        */
    AstIdent name;
    bool     batch;                 /* `for batch`: `in` is empty               */
    AstRange in;
} AstBinder;

typedef VEC(AstRange)  AstRanges;
typedef VEC(AstArg)    AstArgs;
typedef VEC(AstBinder) AstBinders;

struct AstExpr {
    AstKind kind;
    int     height;                 /* 1 for a leaf, at most AST_TALLEST        */
    Span    at;
    union {
        Name name;
        bool truth;
        struct {
            double      value;
            int64_t     integer;    /* if whole                                 */
            bool        whole;      /* written without point and exponent       */
            const char *spelling;
        } number;
        struct {
            const char *text;       /* escapes resolved                         */
            size_t      length;
            const char *spelling;   /* with its quotes                          */
        } string;
        struct {
            AstOp    op;
            Span     op_at;         /* the operator itself                      */
            AstExpr *a, *b;         /* b NULL if unary                          */
        };
        struct { AstExpr *f; AstArgs args; } call;
        struct {
            AstExpr   *f;           /* of AST_REDUCE                            */
            AstExpr   *body;
            AstBinders binders;
            AstExpr   *only;        /* after `if`, or NULL                      */
        } over;
        struct { AstExpr *of; AstIdent field; } member;
        struct { AstExpr *of; AstRanges subscripts; } index;
        AstExprs list;
        struct { AstExpr *test, *yes, *no; } choice;
        struct {
            AstIdent state;
            AstExpr *begin;
            AstIdent item;
            AstRange in;
            AstExpr *body;
        } fold;
    };
};

/* ---- declarations ------------------------------------------------------------
 * `param b[n] : positive as "bias" ~ uniform(-k, k) when bias`.  All words share
 * one shape; which parts a word takes is for the checker's table.              */

typedef enum AstWord {
    AST_STATE, AST_PARAM, AST_INPUT, AST_SIGNAL, AST_BUFFER, AST_UPDATE, AST_DRAW,
    AST_AXIS, AST_LAYER, AST_LET, AST_OUTPUT, AST_LOSS, AST_METRIC, AST_EVENT,
    AST_DERIVATIVE,                 /* dx/dt = value                            */
    AST_WORDS
} AstWord;

typedef struct AstSort {            /* after the colon: `positive`, `int(10)`, `layer` */
    AstIdent name;
    AstArgs  args;
    Span     at;
} AstSort;

struct AstDecl {
    AstWord  word;
    Span     at;                    /* the declarator, from its name on; with the
                                       word where it is the first after it      */
    Span     word_at;
    AstIdent name;                  /* of a derivative: `x` of dx/dt, at = the token */
    AstIdent by;                    /* of a derivative: `t`                     */
    AstExprs shape;                 /* [2, n]; count 0: none written            */
    AstSort *sort;                  /* or NULL                                  */
    const char *file_name;          /* as "bias", or NULL                       */
    Span     file_name_at;
    AstExpr *value;                 /* after = or ~, or NULL                    */
    bool     random;                /* it was ~                                 */
    AstExpr *when;                  /* or NULL                                  */
    AstDecls body;                  /* of an event                              */
};

/* ---- definitions --------------------------------------------------------------- */

typedef enum AstDefKind {
    AST_IMPORT, AST_FUNCTION, AST_ODEF, AST_LAYERDEF, AST_MODEL, AST_EXPERIMENT, AST_DEFKINDS
} AstDefKind;

typedef struct AstParam {           /* `hidden = 16`, `body : layer`            */
    AstIdent name;
    AstSort *sort;                  /* or NULL                                  */
    AstExpr *value;                 /* or NULL                                  */
    Span     at;
} AstParam;

typedef struct AstClause {          /* `optimizer.lr = 1e-4`                    */
    AstIdents path;                 /* at least one                             */
    AstExpr  *value;
    Span      at;
} AstClause;

typedef VEC(AstParam)  AstParams;
typedef VEC(AstClause) AstClauses;

struct AstDef {
    AstDefKind kind;
    Span       at;                  /* the head: up to its `{` or `=`           */
    AstIdent   name;                /* of an import: the one after `as`, or NULL */
    const char *path;               /* of an import                             */
    Span       path_at;
    AstParams  params;
    bool       has_params;          /* parentheses were written                 */
    AstDecls   decls;               /* odef, layer, model, function with a block */
    AstExpr   *value;               /* function: def f(x) = value; else NULL    */
    AstIdent   like;                /* experiment a like b                      */
    AstClauses clauses;             /* experiment                               */
};

typedef struct Ast {
    const Source *source;
    int           version;          /* as written, else AST_VERSION             */
    VEC(AstDef *) defs;
} Ast;

/* ---- ast.c ---------------------------------------------------------------------- */

extern const char *const ast_op_text[AST_OPS];          /* "+"                  */
extern const char *const ast_word_text[AST_WORDS];      /* "param"              */
extern const char *const ast_def_text[AST_DEFKINDS];    /* "odef"               */

AstExpr *ast_expr(Arena *, AstKind, Span);              /* height 1, rest empty */
AstExpr *ast_unary(Arena *, AstOp, Span op, AstExpr *);
AstExpr *ast_binary(Arena *, AstOp, Span op, AstExpr *, AstExpr *);
void     ast_grow(AstExpr *, const AstExpr *child);     /* height; child may be NULL */

/* `optimizer.lr` as text, in the arena. */
const char *ast_path(Arena *, const AstIdents *);

/* Indented text without places: equal trees, equal texts. */
void ast_dump(const Ast *, Text *);
void ast_dump_expr(const AstExpr *, Text *);            /* one line             */

#endif
