/* parse.h: source text to tree.
 *
 * What is wrong goes to the Diags; nothing is printed.  The Source must live
 * as long as the tree, whose places point to it.  */
#ifndef ND_PARSE_H
#define ND_PARSE_H

#include "lang/ast.h"

/* A whole file.  After errors (diags->errors grew) the tree holds what could
 * be understood; never NULL. */
Ast *parse_file(Arena *, Names *, const Source *, Diags *);

/* The definition that begins at the byte `from`, in the first column of line `line`, and
 * ends with the Source, whose text is the whole file's.  NULL after an error. */
AstDef *parse_def(Arena *, Names *, const Source *, size_t from, int line, Diags *);

/* `Mlp(hidden = 32)`, on the command line.  NULL after an error. */
AstExpr *parse_expr(Arena *, Names *, const Source *, Diags *);

/* `optimizer.lr=1e-4`, after --set.  False after an error. */
bool parse_clause(Arena *, Names *, const Source *, Diags *, AstClause *);

#endif
