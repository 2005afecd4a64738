/* numbers.c: see numbers.h. */
#include "numbers.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "real.h"

/* ---- reading ----------------------------------------------------------------------------- */

bool text_ends_in(const char *text, const char *ending)
{
    const size_t n = strlen(text), m = strlen(ending);
    return n > m && !strcmp(text + n - m, ending);
}

static int allocate(numbers *n, size_t rows, size_t columns, nodec_fault *fault)
{
    *n = (numbers){NULL, rows, columns};
    if (!columns || rows <= SIZE_MAX / 16 / columns) n->at = calloc(rows * columns + 1, sizeof *n->at);
    return n->at ? 0 : fault_set(fault, NODEC_EXIT_IO, "out of memory");
}

/* One number of a list; false if it is none. */
static bool read_number(const char *text, size_t length, double *value)
{
    char word[REAL_TEXT];
    while (length && isspace((unsigned char)*text)) text++, length--;
    while (length && isspace((unsigned char)text[length - 1])) length--;
    if (length >= sizeof word) return false;
    memcpy(word, text, length);
    word[length] = 0;
    return real_parse(word, value) && isfinite(*value);
}

/* "0, 0.5, 2" */
static int read_list(const char *text, const char *what, numbers *n, nodec_fault *fault)
{
    size_t count = 1;
    for (const char *at = text; *at; at++) count += *at == ',';
    if (allocate(n, 1, count, fault)) return fault->status;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strcspn(text, ",");
        if (!read_number(text, length, &n->at[i]))
            return fault_set(fault, NODEC_EXIT_USAGE, "%s: `%.*s` is not a number", what,
                             length < 60 ? (int)length : 60, text);
        text += length + 1;
    }
    return 0;
}

/* "0:10:101": so many numbers from the first to the second, both included. */
static int read_range(const char *text, const char *what, numbers *n, nodec_fault *fault)
{
    double part[3];
    const char *at = text;
    for (int i = 0; i < 3; i++) {
        const size_t length = strcspn(at, ":");
        if (!read_number(at, length, &part[i]) || (i < 2) != (at[length] == ':'))
            return fault_set(fault, NODEC_EXIT_USAGE, "%s: `%.60s` is not FROM:TO:COUNT", what, text);
        at += length + 1;
    }
    const double count = part[2];
    if (!(count >= 2 && count <= 1e8 && count == floor(count)))
        return fault_set(fault, NODEC_EXIT_USAGE, "%s: COUNT in `%.60s` is a whole number from 2 on", what, text);
    if (allocate(n, 1, (size_t)count, fault)) return fault->status;
    for (size_t i = 0; i < n->columns; i++)
        n->at[i] = part[0] + (part[1] - part[0]) * (double)i / (count - 1);
    return 0;
}

static int read_npy(const char *path, numbers *n, nodec_fault *fault)
{
    npy array;
    if (npy_read(&array, path, fault)) return fault->status;
    const size_t columns = array.rank ? array.shape[array.rank - 1] : 1;
    *n = (numbers){array.at, columns ? array.count / columns : 0, columns};
    for (size_t i = 0; i < array.count; i++)
        if (!isfinite(array.at[i]))
            return fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, "element %zu is not a finite number", i);
    return 0;
}

int numbers_table(numbers *n, const char *path, const char *const *name, size_t columns, nodec_fault *fault)
{
    csv *file = csv_open(path, fault);
    int *from = calloc(columns + 1, sizeof *from), more = 0;
    size_t room = 0;
    *n = (numbers){NULL, 0, columns};
    for (size_t i = 0; file && from && i < columns; i++) from[i] = csv_need(file, name[i], fault);
    while (!fault->status && (more = csv_next(file, fault)) == 1) {
        if (n->rows == room) {
            room = room ? 2 * room : 64;
            double *grown = realloc(n->at, room * columns * sizeof *grown + 1);
            if (!grown) {
                fault_set(fault, NODEC_EXIT_IO, "out of memory");
                break;
            }
            n->at = grown;
        }
        for (size_t i = 0; i < columns && !fault->status; i++)
            csv_number(file, from[i], &n->at[n->rows * columns + i], fault);
        n->rows++;
    }
    if (!fault->status && !n->rows) fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, "there is a header but no data");
    csv_close(file);
    free(from);
    return fault->status;
}

int numbers_read(numbers *n, const char *text, const char *what, const char *const *name, size_t columns,
                 nodec_fault *fault)
{
    if (text_ends_in(text, ".npy")) return read_npy(text, n, fault);
    if (text_ends_in(text, ".csv") || text_ends_in(text, ".csv.gz")) return numbers_table(n, text, name, columns, fault);
    return strchr(text, ':') ? read_range(text, what, n, fault) : read_list(text, what, n, fault);
}

/* ---- writing ----------------------------------------------------------------------------- */

static bool to_stdout(const char *path) { return !path || !strcmp(path, "-"); }

int output_open(output *o, const char *path, nodec_fault *fault)
{
    *o = (output){.file = stdout, .stored = !to_stdout(path), .path = to_stdout(path) ? "standard output" : path};
    if (!o->stored) return 0;
    if (store_open(&o->store, path, fault)) return fault->status;
    o->file = o->store.file;
    return 0;
}

int output_close(output *o, nodec_fault *fault)
{
    if (o->stored) return store_commit(&o->store, fault);
    errno = 0;
    return fflush(o->file) || ferror(o->file) ? fault_io(fault, "write", o->path) : 0;
}

void output_drop(output *o)
{
    if (o->stored) store_drop(&o->store);
}

bool output_is_npy(const char *path, const char *format)
{
    return format ? !strcmp(format, "npy") : !to_stdout(path) && text_ends_in(path, ".npy");
}

void output_number(FILE *f, double value, bool single, char after)
{
    char text[REAL_TEXT];
    real_print(text, value, single);
    fputs(text, f);
    putc(after, f);
}
