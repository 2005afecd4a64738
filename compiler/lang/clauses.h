/* clauses.h: what an experiment may say, as tables: the rows of clauses.def and
 * of the tables of optimisers, losses and solvers. */
#ifndef ND_CLAUSES_H
#define ND_CLAUSES_H

#include "lang/elab.h"

enum {                              /* literals that a kind takes                   */
    TAKES_COUNT = 1, TAKES_WHOLE = 2, TAKES_NUMBER = 4, TAKES_POSITIVE = 8, TAKES_SHARE = 16,
    TAKES_TEXT = 32, TAKES_TENSOR = 64, TAKES_ODEF = 128, TAKES_OPEN = 256, TAKES_SPAN = 512,
    TAKES_LIST = 1024, TAKES_MODEL = 2048, TAKES_EXPRESSION = 4096, TAKES_NAME = 8192,
    TAKES_TEXTS = 16384             /* strings in a list, beside TAKES_TEXT             */
};

typedef enum Kind {
#define KIND(id, what, takes, makers) KIND_##id,
#include "lang/clauses.def"
    KIND_CLAUSE, KINDS
} Kind;

typedef struct KindRow { const char *what; unsigned takes; Kind makers; } KindRow;
extern const KindRow kind_rows[KINDS];

typedef struct ArgRow {
    const char *name;               /* "*": any name                                */
    Kind        kind;
    const char *value;              /* default; NULL: none; "": must be given       */
    const char *help;
} ArgRow;

typedef struct Maker {              /* a constructor                                */
    const char *name, *help;
    Kind        kind;               /* what it makes                                */
    bool        later;              /* known, and not supported yet                 */
    VEC(ArgRow) arg;
} Maker;

typedef struct Rows {
    VEC(ArgRow) clause;
    VEC(Maker)  maker;
} Rows;

Rows *rows_make(Arena *);
const ArgRow *rows_clause(const Rows *, const char *name);
const Maker  *rows_maker(const Rows *, Kind, const char *name);
/* Whether the argument `name` of a kind's constructors is a string.               */
bool rows_text(const Rows *, Kind, const char *name);
/* Names of the constructors of a kind; of KIND_CLAUSE: of the clauses.            */
size_t rows_names(const Rows *, Arena *, Kind, const char ***);

/* ---- value.c ------------------------------------------------------------------- */

typedef struct Reader {             /* of one experiment                            */
    Unit *unit;
    Rows *rows;
    Elab *e;
    Env   env;
    Type  real;
} Reader;

Reader reader_make(Unit *, const File *, size_t order, Type real);
const Value *read_value(Reader *, const AstExpr *, Kind, const char *what);     /* NULL after an error */
const AstExpr *read_text(Reader *, const char *text);           /* a default, parsed */
/* `x` with the argument at path[1..] replaced. NULL after an error. */
const AstExpr *read_override(Reader *, const AstExpr *x, Kind, const AstIdents *path, size_t at, AstExpr *value);

/* ---- sweep.c --------------------------------------------------------------------- */

/* As it was written, on one line. */
const char *expression_text(Arena *, const AstExpr *);
/* Whether the runtime may give a value to this name of an odef. */
bool open_in_run(const AstDef *, Name);
Shape open_shape(const Field *, Name);          /* of a state or an input           */
/* The odef that the call `x` names, starting where the call says in spite of what it says itself. */
const Field *field_opened(Reader *, const AstExpr *x, Def);
/* The odef that the call `x` in `run` names, made for this experiment: what varies are inputs
 * and given states, what is looked at are outputs.  False after an error. */
bool sweep_make(Reader *, const AstExpr *x, Experiment *);

/* over.c: the clauses of a run go together, or there is an error. */
bool run_fits(Diags *, const Experiment *);

#endif
