/* csv.c: see csv.h.
 *
 * One pass over the bytes fills `text` with the unquoted fields of a row, each
 * ended by NUL, and `field` with where they start here and in the file. */
#include "csv.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "real.h"

enum { LONGEST_ROW = 1 << 20, MOST_COLUMNS = 4096 };

typedef struct field { size_t at, line, column; } field;

struct csv {
    const char *path;
    gzFile file;
    unsigned char buffer[4096];
    int filled, used;
    size_t line, column;            /* of the next byte                             */
    size_t row_line;
    char *text;    size_t length, text_room;
    field *field;  size_t fields, field_room;
    char **name;   size_t columns;
};

enum { END = -1, TROUBLE = -2 };    /* instead of a byte                            */

static int refill(csv *c, nodec_fault *fault)
{
    c->used = 0;
    c->filled = gzread(c->file, c->buffer, sizeof c->buffer);
    if (c->filled > 0) return 0;
    int code = Z_OK;
    const char *message = gzerror(c->file, &code);
    if (code == Z_ERRNO) return fault_io(fault, "read", c->path), TROUBLE;
    if (c->filled < 0 || code == Z_BUF_ERROR)
        return fault_at(fault, NODEC_EXIT_DATA, c->path, 0, 0, "damaged gzip file: %s", message), TROUBLE;
    return END;
}

static int peek_byte(csv *c, nodec_fault *fault)
{
    if (c->used == c->filled) {
        const int status = refill(c, fault);
        if (status) return status;
    }
    return c->buffer[c->used];
}

static void take_byte(csv *c)
{
    if (c->buffer[c->used++] == '\n') c->line++, c->column = 1;
    else c->column++;
}

static int here(const csv *c, nodec_fault *fault, const char *what)
{
    fault_at(fault, NODEC_EXIT_DATA, c->path, c->line, c->column, "%s", what);
    return TROUBLE;
}

static int out_of_memory(nodec_fault *fault)
{
    fault_set(fault, NODEC_EXIT_IO, "out of memory");
    return TROUBLE;
}

/* ---- fields ----------------------------------------------------------------------- */

static int put(csv *c, int byte, nodec_fault *fault)
{
    if (c->length >= LONGEST_ROW) return here(c, fault, "a row longer than 1 MiB");
    if (c->length == c->text_room) {
        const size_t room = c->text_room ? 2 * c->text_room : 256;
        char *more = realloc(c->text, room);
        if (!more) return out_of_memory(fault);
        c->text = more;
        c->text_room = room;
    }
    c->text[c->length++] = (char)byte;
    return 0;
}

static int begin_field(csv *c, nodec_fault *fault)
{
    if (c->fields == MOST_COLUMNS) return here(c, fault, "more than 4096 columns");
    if (c->fields == c->field_room) {
        const size_t room = c->field_room ? 2 * c->field_room : 16;
        field *more = realloc(c->field, room * sizeof *more);
        if (!more) return out_of_memory(fault);
        c->field = more;
        c->field_room = room;
    }
    c->field[c->fields++] = (field){c->length, c->line, c->column};
    return 0;
}

/* From the opening quote to behind the closing one. */
static int quoted(csv *c, nodec_fault *fault)
{
    const size_t line = c->line, column = c->column;
    take_byte(c);
    for (;;) {
        const int byte = peek_byte(c, fault);
        if (byte == TROUBLE) return TROUBLE;
        if (byte == END) {
            fault_at(fault, NODEC_EXIT_DATA, c->path, line, column, "this quote is never closed");
            return TROUBLE;
        }
        if (!byte) return here(c, fault, "a NUL byte: this is not a text file");
        take_byte(c);
        if (byte == '"') {
            const int next = peek_byte(c, fault);
            if (next == TROUBLE) return TROUBLE;
            if (next != '"') return 0;
            take_byte(c);
        }
        if (put(c, byte, fault)) return TROUBLE;
    }
}

static bool blank(int byte) { return byte == ' ' || byte == '\t'; }

/* Reads one field and leaves the byte that ends it: a comma, LF, or END. */
static int read_field(csv *c, nodec_fault *fault)
{
    bool was_quoted = false;
    int byte;
    while ((byte = peek_byte(c, fault), blank(byte))) take_byte(c);
    if (begin_field(c, fault)) return TROUBLE;
    const size_t start = c->length;
    if (byte == '"') {
        if (quoted(c, fault)) return TROUBLE;
        was_quoted = true;
    }
    for (;;) {
        byte = peek_byte(c, fault);
        if (byte == '\r') {
            take_byte(c);
            byte = peek_byte(c, fault);
            if (byte != '\n' && byte >= 0) return here(c, fault, "a carriage return inside a line");
        }
        if (byte < 0 || byte == ',' || byte == '\n') break;
        if (!byte) return here(c, fault, "a NUL byte: this is not a text file");
        if (was_quoted && !blank(byte)) return here(c, fault, "text after the closing quote");
        if (byte == '"') return here(c, fault, "a quote inside an unquoted field");
        if (!was_quoted && put(c, byte, fault)) return TROUBLE;
        take_byte(c);
    }
    while (!was_quoted && c->length > start && blank(c->text[c->length - 1])) c->length--;
    return put(c, 0, fault) ? TROUBLE : byte;
}

/* 1, 0 at the end of the file, TROUBLE. */
static int read_row(csv *c, nodec_fault *fault)
{
    c->length = c->fields = 0;
    c->row_line = c->line;
    int byte = peek_byte(c, fault);
    if (byte < 0) return byte == END ? 0 : TROUBLE;
    while ((byte = read_field(c, fault)) == ',') take_byte(c);
    if (byte == TROUBLE) return TROUBLE;
    if (byte == '\n') take_byte(c);
    return 1;
}

static bool empty_row(const csv *c) { return c->fields == 1 && !c->text[0]; }

/* ---- header ----------------------------------------------------------------------- */

static int skip_mark(csv *c, nodec_fault *fault)
{
    const int byte = peek_byte(c, fault);
    if (byte == TROUBLE) return TROUBLE;
    const unsigned char *b = c->buffer;
    if (c->filled >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF)))
        return here(c, fault, "UTF-16 text; save it as UTF-8");
    if (c->filled >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) c->used = 3;
    return 0;
}

static int read_header(csv *c, nodec_fault *fault)
{
    if (skip_mark(c, fault)) return TROUBLE;
    const int status = read_row(c, fault);
    if (status < 0) return TROUBLE;
    if (!status) {
        fault_at(fault, NODEC_EXIT_DATA, c->path, 0, 0, "the file is empty");
        return TROUBLE;
    }
    c->name = calloc(c->fields, sizeof *c->name);
    if (!c->name) return out_of_memory(fault);
    for (size_t i = 0; i < c->fields; i++) {
        const char *name = csv_text(c, (int)i);
        if (!*name)
            return csv_complain(c, (int)i, fault, "a column without a name"), TROUBLE;
        if (csv_find(c, name) != CSV_NONE)
            return csv_complain(c, (int)i, fault, "column `%s` occurs twice", name), TROUBLE;
        c->name[i] = strdup(name);
        if (!c->name[i]) return out_of_memory(fault);
        c->columns++;
    }
    return 0;
}

csv *csv_open(const char *path, nodec_fault *fault)
{
    csv *c = calloc(1, sizeof *c);
    if (!c) return out_of_memory(fault), NULL;
    c->path = path;
    c->line = c->column = 1;
    errno = 0;
    c->file = gzopen(path, "rbe");
    if (!c->file) fault_io(fault, "read", path);
    else if (!read_header(c, fault)) return c;
    csv_close(c);
    return NULL;
}

void csv_close(csv *c)
{
    if (!c) return;
    for (size_t i = 0; i < c->columns; i++) free(c->name[i]);
    free(c->name);
    free(c->text);
    free(c->field);
    if (c->file) gzclose_r(c->file);
    free(c);
}

size_t csv_columns(const csv *c) { return c->columns; }
const char *const *csv_names(const csv *c) { return (const char *const *)c->name; }
size_t csv_line(const csv *c) { return c->row_line; }

int csv_find(const csv *c, const char *name)
{
    for (size_t i = 0; i < c->columns; i++)
        if (!strcmp(c->name[i], name)) return (int)i;
    return CSV_NONE;
}

int csv_need(const csv *c, const char *name, nodec_fault *fault)
{
    const int column = csv_find(c, name);
    if (column != CSV_NONE || fault->status) return column;
    fault_at(fault, NODEC_EXIT_DATA, c->path, 1, 0, "there is no column `%s`", name);
    fault_suggest(fault, name, csv_names(c), c->columns);
    if (c->columns == 1 && strpbrk(c->name[0], ";\t")) fault_note(fault, "columns are separated by commas");
    return CSV_NONE;
}

/* ---- rows ------------------------------------------------------------------------- */

int csv_next(csv *c, nodec_fault *fault)
{
    int status = read_row(c, fault);
    if (status == 1 && empty_row(c)) {          /* fine at the end of the file only */
        const size_t line = c->row_line;
        while ((status = read_row(c, fault)) == 1)
            if (!empty_row(c))
                return fault_at(fault, NODEC_EXIT_DATA, c->path, line, 0, "an empty line"), -1;
    }
    if (status <= 0) return status ? -1 : 0;
    if (c->fields == c->columns) return 1;
    const size_t last = c->fields < c->columns ? c->fields - 1 : c->columns;
    csv_complain(c, (int)last, fault, "this row has %zu field%s, the header has %zu",
                 c->fields, c->fields == 1 ? "" : "s", c->columns);
    return -1;
}

const char *csv_text(const csv *c, int column) { return c->text + c->field[column].at; }

int csv_complain(const csv *c, int column, nodec_fault *fault, const char *format, ...)
{
    char what[300];
    va_list list;
    va_start(list, format);
    vsnprintf(what, sizeof what, format, list);
    va_end(list);
    const field *f = &c->field[column];
    return fault_at(fault, NODEC_EXIT_DATA, c->path, f->line, f->column, "%s", what);
}

static const char gap[] = "leave rows out in which something is missing; times need not be evenly spaced";

bool csv_number(const csv *c, int column, double *value, nodec_fault *fault)
{
    const char *text = csv_text(c, column), *name = c->name[column];
    if (real_parse(text, value)) {
        if (isfinite(*value)) return true;
        csv_complain(c, column, fault, "`%.40s` in column `%.60s` is too large for a number", text, name);
    } else if (!*text) {
        csv_complain(c, column, fault, "column `%.60s` is empty here", name);
        fault_note(fault, "%s", gap);
    } else {
        char *end;
        const double other = strtod(text, &end);
        const bool odd = !*end && !isfinite(other);
        csv_complain(c, column, fault, odd ? "`%.40s` in column `%.60s` is not a finite number"
                                           : "`%.40s` in column `%.60s` is not a number", text, name);
        if (odd || !strcasecmp(text, "NA")) fault_note(fault, "%s", gap);
    }
    return false;
}
