/* diag.c: collecting messages, and showing them with the line they speak of.
 *
 * A line is shown as people see it: tabs become spaces, bytes that are no
 * UTF-8 or no printing character a question mark, and of a line too long for
 * a terminal only the part around the place. */
#include "base/diag.h"

#include <stdio.h>
#include <string.h>

enum { TAB = 4, WIDTH = 96, BEFORE = 48 };

Span span_join(Span first, Span last)
{
    if (!first.source) return last;
    if (first.source != last.source) return first;
    first.end_line = last.end_line;
    first.end_column = last.end_column;
    return first;
}

/* ---- collecting ---------------------------------------------------------- */

static void add(Diags *diags, DiagKind kind, Span at, const char *format, va_list args)
{
    Text text = { .arena = diags->arena };
    text_vprintf(&text, format, args);
    VEC_PUSH(diags->arena, diags->list) = (Diag){ kind, at, text_string(&text) };
    diags->errors += kind == DIAG_ERROR;
}

#define ADD(kind, at)                               \
    va_list args;                                   \
    va_start(args, format);                         \
    add(diags, kind, at, format, args);             \
    va_end(args)

void diag_error(Diags *diags, Span at, const char *format, ...)   { ADD(DIAG_ERROR, at); }
void diag_warning(Diags *diags, Span at, const char *format, ...) { ADD(DIAG_WARNING, at); }
void diag_note(Diags *diags, Span at, const char *format, ...)    { ADD(DIAG_NOTE, at); }
void diag_help(Diags *diags, const char *format, ...)             { ADD(DIAG_HELP, (Span){ 0 }); }

/* ---- a line as people see it ----------------------------------------------
 * `from[i]` is the cell that byte i of the line begins in, `cells` a string
 * for each cell: one character, possibly of several bytes.                    */

typedef struct Cell { const char *at; int n; } Cell;
typedef struct Line { Cell *cell; int *from, cells, bytes; } Line;

/* Bytes of the well-formed UTF-8 character at `at`, or 0. */
static int utf8_length(const unsigned char *at, size_t left)
{
    unsigned char c = at[0];
    int n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    if ((size_t)n > left) return 0;
    for (int i = 1; i < n; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    if (n == 3 && ((c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f))) return 0;
    if (n == 4 && ((c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f))) return 0;
    return n;
}

static Cell cell_of(const unsigned char *at, size_t left, int *eaten)
{
    int n = utf8_length(at, left);
    bool control = *at < ' ' || *at == 0x7f || (n == 2 && at[0] == 0xc2 && at[1] < 0xa0);
    *eaten = n ? n : 1;
    return n && !control ? (Cell){ (const char *)at, n } : (Cell){ "?", 1 };
}

static Line line_of(Arena *arena, const char *text, size_t bytes)
{
    Line line = { .bytes = (int)bytes };
    line.cell = NEW_ARRAY(arena, Cell, TAB * bytes + 1);
    line.from = NEW_ARRAY(arena, int, bytes + 1);
    for (size_t i = 0; i < bytes; ) {
        int eaten = 1;
        if (text[i] == '\t') {
            line.from[i] = line.cells;
            do line.cell[line.cells++] = (Cell){ " ", 1 };
            while (line.cells % TAB);
        } else {
            Cell cell = cell_of((const unsigned char *)text + i, bytes - i, &eaten);
            for (int k = 0; k < eaten; k++) line.from[i + (size_t)k] = line.cells;
            line.cell[line.cells++] = cell;
        }
        i += (size_t)eaten;
    }
    line.from[bytes] = line.cells;
    return line;
}

static int cell_at(const Line *line, int column)
{
    int byte = column - 1;
    if (byte < 0) byte = 0;
    return byte <= line->bytes ? line->from[byte] : line->cells;
}

const char *source_line(const Source *source, int number)
{
    const char *at = source->text, *end = at + source->length;
    for (int line = 1; line < number && at; line++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at) at++;
    }
    return at;
}

/* The text of line `number`, without its end; NULL if there is none. */
static const char *line_find(const Source *source, int number, size_t *bytes)
{
    const char *at = source_line(source, number), *end = source->text + source->length;
    if (!at) return NULL;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    while (stop > at && (stop[-1] == '\r' || stop[-1] == ' ' || stop[-1] == '\t')) stop--;
    *bytes = (size_t)(stop - at);
    return at;
}

/* ---- rendering ----------------------------------------------------------- */

static const struct { const char *word, *colour; } kinds[] = {
    [DIAG_ERROR]   = { "error",   "\033[1;31m" },
    [DIAG_WARNING] = { "warning", "\033[1;35m" },
    [DIAG_NOTE]    = { "note",    "\033[1;36m" },
    [DIAG_HELP]    = { "help",    "\033[1;32m" },
};

typedef struct Pen { Text *out; bool colour; } Pen;

static void dye(Pen pen, const char *code)
{
    if (pen.colour) text_add(pen.out, code);
}

static void marks(Pen pen, const char *colour, int blanks, int tildes)
{
    text_printf(pen.out, "      | %*s", blanks, "");
    dye(pen, colour);
    text_add(pen.out, "^");
    while (tildes-- > 0) text_add(pen.out, "~");
    dye(pen, "\033[0m");
    text_add(pen.out, "\n");
}

static void excerpt(Pen pen, Span at, const char *colour)
{
    size_t bytes;
    const char *text = at.line > 0 ? line_find(at.source, at.line, &bytes) : NULL;
    if (!text || !bytes) return;

    Arena scratch = { .heap = pen.out->arena->heap };
    Line line = line_of(&scratch, text, bytes);
    int first = cell_at(&line, at.column);
    int last = at.end_line > at.line ? line.cells : cell_at(&line, at.end_column);
    int begin = first > WIDTH - 8 ? first - BEFORE : 0;
    int end = line.cells - begin > WIDTH ? begin + WIDTH : line.cells;
    if (last > end) last = end;

    text_printf(pen.out, "%5d | %s", at.line, begin ? "..." : "");
    for (int i = begin; i < end; i++) text_add_n(pen.out, line.cell[i].at, (size_t)line.cell[i].n);
    text_add(pen.out, end < line.cells ? "...\n" : "\n");
    marks(pen, colour, first - begin + (begin ? 3 : 0), last - first - 1);
    arena_free(&scratch);
}

static bool same_line(Span a, Span b)
{
    return a.source == b.source && a.line == b.line;
}

void diag_render(const Diags *diags, Text *out, bool colour)
{
    Pen pen = { out, colour };
    Span shown = { 0 };
    for (size_t i = 0; i < diags->list.count; i++) {
        const Diag *d = &diags->list.at[i];
        const char *dyed = kinds[d->kind].colour;
        bool leads = d->kind == DIAG_ERROR || d->kind == DIAG_WARNING;
        if (d->at.source) {
            dye(pen, "\033[1m");
            text_printf(out, "%s:", d->at.source->path);
            if (d->at.line > 0) text_printf(out, "%d:%d:", d->at.line, d->at.column);
            dye(pen, "\033[0m");
            text_add(out, " ");
        }
        dye(pen, dyed);
        text_printf(out, "%s:", kinds[d->kind].word);
        dye(pen, "\033[0m");
        text_printf(out, " %s\n", d->text);
        if (d->at.source && (leads || !same_line(d->at, shown))) {
            excerpt(pen, d->at, dyed);
            shown = d->at;
        }
    }
}
