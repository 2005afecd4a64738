/* sweep_table.c: see sweep_table.h. */
#include "sweep_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "npy.h"
#include "numbers.h"
#include "real.h"

enum { FEW = 100000 };             /* rows that are text unless something else is wanted */

/* ---- columns ------------------------------------------------------------------------------ */

/* One per real of a name; elements of arrays are "x[0]", "x[1]". */
static bool add(sweep_table *w, const char *name, size_t count)
{
    for (size_t e = 0; e < count; e++) {
        char text[512];
        char **more = realloc(w->column, (w->columns + 1) * sizeof *more);
        if (!more) return false;
        w->column = more;
        snprintf(text, sizeof text, count > 1 ? "%.480s[%zu]" : "%.480s", name, e);
        if (!(w->column[w->columns] = strdup(text))) return false;
        w->columns++;
    }
    return true;
}

/* The run's outputs were named by their text, in parentheses. */
static bool add_output(sweep_table *w, const nodec_state *row)
{
    char text[512];
    const size_t n = strlen(row->name);
    const bool closed = *row->name == '(' && n < sizeof text;
    if (closed) snprintf(text, sizeof text, "%.*s", (int)n - 2, row->name + 1);
    else snprintf(text, sizeof text, "%.500s", row->name);
    return add(w, text, row->count);
}

static bool add_all(sweep_table *w)
{
    const nodec_sweep *s = w->points->sweep;
    const nodec_module *m = s->module;
    bool good = true;
    for (size_t i = 0; i < s->over.names; i++) {
        const place *p = &w->points->place[i];
        char text[256];             /* beside `x` at every time, where it starts    */
        snprintf(text, sizeof text, s->summaries || p->input ? "%.240s" : "start.%.240s", s->over.varied[i].name);
        good = good && add(w, text, p->count);
    }
    w->varied = w->columns;
    for (size_t i = 0; i < s->summaries; i++) good = good && add(w, s->summary[i], 1);
    if (s->summaries) return good;
    good = good && add(w, "t", 1);
    for (size_t r = 0; r < m->output_rows; r++) good = good && add_output(w, &m->output[r]);
    return good;
}

/* ---- heads ---------------------------------------------------------------------------------- */

/* A name may hold commas: max(x, y). */
static void head_csv(sweep_table *w)
{
    for (size_t i = 0; i < w->columns; i++) {
        const bool quoted = strpbrk(w->column[i], ",\"");
        if (i) putc(',', w->file.file);
        if (quoted) putc('"', w->file.file);
        for (const char *at = w->column[i]; *at; at++) {
            if (*at == '"') putc('"', w->file.file);
            putc(*at, w->file.file);
        }
        if (quoted) putc('"', w->file.file);
    }
    putc('\n', w->file.file);
}

/* Records of little-endian reals (NEP 1). The number of rows is written with blanks
 * around it, so that it can be corrected when the rows are there.                   */
static int head_npy(sweep_table *w, nodec_fault *fault)
{
    FILE *f = w->file.file;
    char *text = NULL;
    size_t n = 0;
    FILE *head = open_memstream(&text, &n);
    if (!head) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    fputs("{'descr': [", head);
    for (size_t i = 0; i < w->columns; i++) {
        fputs("('", head);
        for (const char *at = w->column[i]; *at; at++) {
            if (*at == '\'' || *at == '\\') putc('\\', head);
            putc(*at, head);
        }
        fprintf(head, "', '<f%d'), ", w->single ? 4 : 8);
    }
    fputs("], 'fortran_order': False, 'shape': (", head);
    fflush(head);
    const size_t shape = n;
    fprintf(head, "%20u,), }", 0u);
    fclose(head);
    const size_t padded = (12 + n + 1 + 63) / 64 * 64 - 12;     /* data start on a multiple of 64 */
    fwrite("\x93NUMPY\x02\0", 1, 8, f);
    for (int i = 0; i < 4; i++) putc((int)(padded >> 8 * i & 255), f);
    fprintf(f, "%s%*s\n", text, (int)(padded - n - 1), "");
    w->shape = (long)(12 + shape);
    free(text);
    return 0;
}

/* ---- the whole -------------------------------------------------------------------------------- */

static const char *stem(const sweep_table *w) { return w->points->sweep->summaries ? "summary" : "trajectories"; }

int sweep_table_open(sweep_table *w, const points *p, nodec_fault *fault)
{
    const nodec_sweep *s = p->sweep;
    const uint64_t rows = s->summaries ? s->over.count : s->over.count * s->times;
    char path[PATH_MAX], name[64];
    *w = (sweep_table){.points = p, .single = s->module->real_bytes == 4};
    w->npy = s->format ? !strcmp(s->format, "npy") : rows > FEW;
    if (!add_all(w)) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    snprintf(name, sizeof name, "%s.%s", stem(w), w->npy ? "npy" : "csv");
    if (!fault->status && s->out && !store_folder(s->out, fault) && !store_path(path, s->out, name, fault) &&
        !store_open(&w->file, path, fault)) {
        w->open = true;
        if (!w->npy) head_csv(w);
        else head_npy(w, fault);
    }
    if (fault->status) sweep_table_drop(w);
    return fault->status;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

/* Room for n more bytes; NULL if there is none. */
static char *more(sweep_rows *rows, size_t n)
{
    if (rows->used + n > rows->room) {
        const size_t room = 2 * rows->room + n + 4096;
        char *grown = realloc(rows->at, room);
        if (!grown) return rows->full = true, NULL;
        rows->at = grown;
        rows->room = room;
    }
    return rows->at + rows->used;
}

static void put(const sweep_table *w, sweep_rows *rows, double value, char after)
{
    char *to = more(rows, REAL_TEXT + 1);
    if (!to) return;
    if (w->npy) {
        rows->used += npy_bytes(to, w->single ? 4 : 8, value);
        return;
    }
    const int n = real_print(to, value, w->single);
    to[n] = after;
    rows->used += (size_t)n + 1;
}

void sweep_table_row(const sweep_table *w, sweep_rows *rows, uint64_t i, const double *rest)
{
    const nodec_sweep *s = w->points->sweep;
    if (!w->open) return;
    size_t column = 0;
    for (size_t k = 0; k < s->over.names; k++)
        for (size_t e = 0; e < w->points->place[k].count; e++)
            put(w, rows, points_value(w->points, k, i, e), ++column < w->columns ? ',' : '\n');
    for (size_t k = 0; k < w->columns - w->varied; k++) put(w, rows, rest[k], ++column < w->columns ? ',' : '\n');
    rows->count++;
}

void sweep_table_write(sweep_table *w, sweep_rows *rows, nodec_fault *fault)
{
    if (rows->full) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    errno = 0;
    if (w->open && !fault->status && fwrite(rows->at, 1, rows->used, w->file.file) != rows->used) fault_io(fault, "write", w->file.path);
    w->rows += rows->count;
    rows->used = rows->count = 0;
}

/* ---- the end ------------------------------------------------------------------------------------- */

/* What an earlier run left when it was interrupted. */
static void forget_partial(const sweep_table *w, nodec_fault *fault)
{
    static const char *const ending[] = {"csv", "npy"};
    char path[PATH_MAX], name[64];
    for (size_t i = 0; i < COUNT_OF(ending); i++) {
        snprintf(name, sizeof name, "%s-partial.%s", stem(w), ending[i]);
        if (!store_path(path, w->points->sweep->out, name, fault)) unlink(path);
    }
}

int sweep_table_close(sweep_table *w, bool whole, nodec_fault *fault)
{
    const nodec_sweep *s = w->points->sweep;
    char name[64];
    if (w->open && !fault->status) {
        if (w->npy && !fseek(w->file.file, w->shape, SEEK_SET))
            fprintf(w->file.file, "%20llu", (unsigned long long)w->rows);
        snprintf(name, sizeof name, "%s%s.%s", stem(w), whole ? "" : "-partial", w->npy ? "npy" : "csv");
        if (!store_path(w->file.path, s->out, name, fault) && !store_commit(&w->file, fault)) w->open = false;
        if (whole && !fault->status) forget_partial(w, fault);
    }
    sweep_table_drop(w);
    return fault->status;
}

void sweep_table_drop(sweep_table *w)
{
    if (w->open) store_drop(&w->file);
    for (size_t i = 0; i < w->columns; i++) free(w->column[i]);
    free(w->column);
    *w = (sweep_table){0};
}
