/* unit.h: a file, what it imports, the prelude; and who may see whom.
 *
 * A definition sees what stands above it in its own file, what is imported
 * without a name above it, and the prelude (D1, D3). */
#ifndef ND_UNIT_H
#define ND_UNIT_H

#include "lang/ast.h"
#include "lang/lang.h"

typedef struct File File;

typedef struct Import { Name name; File *file; Span at; size_t order; } Import;     /* name NULL: opened */

struct File {
    const Source *source;
    Ast   *ast;
    VEC(Import) import;
    bool   open;                    /* being read: an import of it is a cycle      */
    Unit  *unit;                    /* the prelude: whose it is,                   */
    struct Unread *unread;          /*   and what of each definition is still text; else NULL */
};

typedef struct Def {                /* a definition and where it stands            */
    const AstDef *def;
    const File   *file;
    size_t        order;            /* index into file->ast->defs                  */
} Def;

typedef struct Made {
    const char  *from;
    const Field *field;             /* NULL after an error                          */
    const Model *model;
    bool         wrong;             /* errors were said                             */
    Span         coupled;           /* where f takes a sum over the batch, if it does */
} Made;

struct Unit {
    Arena  *arena;
    Names  *names;
    Diags  *diags;
    File   *prelude, *main;
    VEC(File *) file;
    VEC(Name) experiment;
    VEC(Made)   made;               /* fields and models, by what they were made from */
    Differentiate *differentiate;   /* or NULL                                     */
    const Importer *importer;       /* or NULL: files                              */
    struct Rows *rows;              /* clauses and constructors (experiment.c)     */
};

/* What `name` means at place `order` of `file`: a definition (def set), an
 * import's name (module set), or neither.                                       */
typedef struct Found { Def def; const File *module; } Found;
Found unit_find(const Unit *, const File *, size_t order, Name);
Found unit_below(const File *, Name);           /* anywhere in the file, for the message */

/* prelude.c: its definitions by name; what is looked up gets read.               */
File *prelude_open(Unit *);
void  prelude_read(const File *, size_t order);

/* names.c: every name of the file is declared above its use.  Errors go to the Diags. */
void names_check(Unit *, const File *);
/* words.c: which parts a declaration takes. */
void words_check(Unit *, const AstDef *);
/* One definition, as if it stood at place `order`. */
void names_check_def(Unit *, const File *, size_t order, const AstDef *);
bool names_check_expr(Unit *, const File *, size_t order, const AstExpr *);

#endif
