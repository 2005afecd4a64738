/* lang.h: the front end as the rest of the compiler sees it: source text in,
 * fields and experiments out, everything wrong with the text in Diags.
 *
 * Parsing is parse.h; here is what follows: names, compile-time arguments,
 * shapes, layers and functions (the prelude's are written in the language), and
 * the lowering of mathematics to tensor IR. */
#ifndef ND_LANG_H
#define ND_LANG_H

#include "ir/model.h"

typedef struct Unit Unit;           /* a parsed and checked file with its imports and the prelude */

/* ---- clause values: what stands right of `=` in an experiment ------------------ */

typedef enum ValueKind {
    VALUE_NONE, VALUE_BOOL, VALUE_INT, VALUE_REAL, VALUE_STRING, VALUE_NAME,
    VALUE_LIST,                     /* [a, b]                                           */
    VALUE_CALL,                     /* adam(lr = 0.01), linspace(0, 1, 5), a |> columns(...) */
    VALUE_TENSOR,                   /* a compile-time array of numbers                  */
    VALUE_FIELD,                    /* an odef with arguments applied                   */
    VALUE_MODEL,                    /* a model with arguments applied                   */
    VALUE_SPAN,                     /* 0 .. 10                                          */
    VALUE_EXPRESSION                /* of a run's odef: x > 0; its text is the name     */
} ValueKind;

typedef struct Value Value;
typedef struct ValueArg { Name name; const Value *value; Span at; } ValueArg;   /* name NULL: by position */

struct Value {
    ValueKind kind;
    Span at;
    int64_t integer;
    double  real;                   /* also set for INT                                 */
    Name    name;                   /* NAME, CALL (the callee), STRING                  */
    size_t  count;                  /* LIST, CALL, TENSOR                               */
    const Value *const *item;       /* LIST; CALL of pipes: item[0] is what is piped in */
    const ValueArg *arg;            /* CALL; FIELD: bindings of states and inputs that stay open */
    Shape   shape;                  /* TENSOR                                           */
    const double *tensor;
    const Field *field;
    const Model *model;
    double  from, to;               /* SPAN                                             */
    const struct AstExpr *expression;
};

typedef struct Clause { Name path; const Value *value; Span at; } Clause;    /* "optimizer.lr" */

typedef struct Experiment {
    Name name;
    Span at;
    VEC(Clause) clause;             /* after `like`, overriding and --set; checked against clauses.def */
} Experiment;

/* Reads path (or "-") with its imports. NULL after errors (see diags).                  */
Unit *unit_open(Arena *, Names *, const char *path, Diags *);
Unit *unit_of_source(Arena *, Names *, const Source *, Diags *);

/* Where the text of an import comes from, instead of the file at that path: NULL, and
 * the reason, if there is none. What it returns lives as long as the arena.             */
typedef struct Importer {
    const char *(*read)(void *self, Arena *, const char *path, size_t *length, const char **why);
    void *self;
} Importer;
Unit *unit_importing(Arena *, Names *, const Source *, const Importer *, Diags *);      /* NULL: files */
size_t unit_imports(const Unit *, size_t i, const char **path);     /* of so many files, the i-th */
size_t unit_sources(const Unit *, size_t i, const Source **);       /* the same with the file itself, which is the first */

/* How to differentiate, for grad, vjp and jacobian in a model; before any field is made.
 * The function adds to the Fn what wanted[k] gets when root[i] has the cotangent seed[i]. */
typedef void Differentiate(Fn *, const Ref *root, const Ref *seed, size_t roots,
                           const Ref *wanted, size_t count, Ref *out);
void unit_differentiates(Unit *, Differentiate *);

/* What is wrong is said once, however often it is asked for; after this, once more.     */
void unit_forget_errors(Unit *);

/* Definitions that compile without further arguments, in order of the file.             */
size_t unit_fields(Unit *, Type real, const Field *const **out, Diags *);
/* A field by expression: "Mlp" or "Mlp(hidden = 32)". NULL after errors.                */
const Field *unit_field(Unit *, const char *expression, Type real, Diags *);

/* Models whose arguments have defaults, and one by expression; "Classifier(OdeBlock(64, 6))". */
size_t unit_models(Unit *, Type real, const Model *const **out, Diags *);
const Model *unit_model(Unit *, const char *expression, Type real, Diags *);
bool unit_is_model(const Unit *, const char *expression);       /* by the name it begins with */

size_t unit_experiments(const Unit *, Name const **names);
/* name NULL: no experiment of the file, just the defaults of clauses.def and the overrides.
 * With overrides "optimizer.lr=1e-4". real: TYPE_F64 if precision = float64 is wanted.  */
const Experiment *unit_experiment(Unit *, const char *name, const char *const *set, size_t sets, Type real, Diags *);
const Value *experiment_clause(const Experiment *, const char *path);   /* NULL: absent and no default */

/* The argument of a CALL by name; constructors' rows have put positional arguments
 * and defaults under their names by then. NULL if it is not there.                       */
const Value *value_argument(const Value *call, const char *name);
void value_print(const Value *, Text *);        /* as in the language: euler(h_max = 0.05) */
void experiment_print(const Experiment *, Text *);      /* every clause that counts, defaults too */

void unit_dump_ast(const Unit *, Text *);

#endif
