/* diag.h: what the compiler has to say about a source text.
 *
 * A Source is one file's text; a Span is a place in it; a Diags collects
 * messages as data, so that a library client can show them its own way.  The
 * usual rendering is
 *
 *     model.node:12:13: error: `@`: inner sizes differ, [16, 2] and [3]
 *        12 |     dx/dt = W @ x
 *           |             ^~~~~
 *     model.node:4:11: note: `W` is declared here
 *         4 |     param W[16, 2]
 *           |           ^
 *     help: did you mean `weight`?
 *
 * A note on the line that was shown last does not show it again.
 */
#ifndef ND_DIAG_H
#define ND_DIAG_H

#include "base/base.h"

typedef struct Source {
    const char *path;               /* as the user gave it; "<prelude>" for the prelude */
    const char *text;
    size_t      length;
} Source;

typedef struct Span {               /* lines and columns count from 1; columns in bytes */
    const Source *source;           /* NULL: no place (the command line, say)      */
    int line, column, end_line, end_column;         /* end is one past the last    */
} Span;

typedef enum DiagKind { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE, DIAG_HELP } DiagKind;

typedef struct Diag {
    DiagKind    kind;               /* notes and helps belong to the message before */
    Span        at;
    const char *text;
} Diag;

typedef struct Diags {
    Arena *arena;
    VEC(Diag) list;
    size_t errors;
} Diags;

Span span_join(Span first, Span last);
/* Where a line begins in the source's text, in which a byte may be NUL; NULL if there is none. */
const char *source_line(const Source *, int number);

void diag_error  (Diags *, Span, const char *format, ...) ND_PRINTF(3, 4);
void diag_warning(Diags *, Span, const char *format, ...) ND_PRINTF(3, 4);
void diag_note   (Diags *, Span, const char *format, ...) ND_PRINTF(3, 4);
void diag_help   (Diags *, const char *format, ...) ND_PRINTF(2, 3);

void diag_render(const Diags *, Text *, bool colour);

#endif
