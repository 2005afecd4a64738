/* tabulate.c: data = csv("file") |> columns(t = ..., hare = ...): observations from
 * a table, a row each.  With a `series` column the rows of one trajectory stand
 * together and share its value. */
#include "data_from.h"

#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "philox.h"
#include "real.h"

typedef struct table {
    const nodec_table *plan;
    csv *file;
    int time, series;               /* columns; series may be CSV_NONE              */
    int *output, *input;            /* [outputs], [inputs]; an input with a default may be CSV_NONE */
    double *t, *y, *u;              /* grown together: a row each                   */
    size_t *first;
    size_t rows, row_room, count, count_room;
} table;

/* "x" for a number, "x[1]" for an element, or what the plan says instead. */
static void column_name(const nodec_table *plan, const nodec_state *row, size_t i, char *name, size_t size)
{
    if (row->count == 1 && row->rank == 0) snprintf(name, size, "%s", row->name);
    else snprintf(name, size, "%s[%zu]", row->name, i);
    for (size_t c = 0; c < plan->columns; c++)
        if (!strcmp(plan->column[c].name, name) || (row->count == 1 && !strcmp(plan->column[c].name, row->name))) {
            snprintf(name, size, "%s", plan->column[c].column);
            return;
        }
}

static bool names_element(const char *name, const nodec_state *row, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        const size_t n = strlen(row[r].name);
        if (!strncmp(name, row[r].name, n) && (!name[n] || name[n] == '[')) return true;
    }
    return false;
}

/* Every column the plan maps must mean something to the model. */
static int check_mapping(const nodec_module *m, const nodec_table *plan, nodec_fault *fault)
{
    for (size_t c = 0; c < plan->columns; c++) {
        const char *name = plan->column[c].name, *known[64];
        size_t n = 0;
        if (names_element(name, m->output, m->output_rows) || names_element(name, m->input, m->input_rows)) continue;
        for (size_t r = 0; r < m->output_rows && n < COUNT_OF(known); r++) known[n++] = m->output[r].name;
        for (size_t r = 0; r < m->input_rows && n < COUNT_OF(known); r++) known[n++] = m->input[r].name;
        fault_set(fault, NODEC_EXIT_DATA, "columns: %s observes no `%s`", m->name, name);
        fault_suggest(fault, name, known, n);
        return NODEC_EXIT_DATA;
    }
    return 0;
}

/* A column of what is observed is missing: perhaps the data have less than that. */
static int unseen(const nodec_table *plan, const nodec_state *row, nodec_fault *fault)
{
    if (!plan->columns) fault_note(fault, "which column is what: csv(\"...\") |> columns(t = \"...\", %s = \"...\")", row->name);
    else fault_note(fault, "where `%s` is not in the data: `output` in the odef says what is observed instead of all states", row->name);
    return fault->status;
}

static int find_columns(table *b, const nodec_module *m, nodec_fault *fault)
{
    char name[256];
    const nodec_table *plan = b->plan;
    b->time = csv_need(b->file, plan->time ? plan->time : "t", fault);
    if (fault->status && !plan->time) fault_note(fault, "which column is the time: csv(\"...\") |> columns(t = \"...\")");
    b->series = plan->series ? csv_need(b->file, plan->series, fault) : CSV_NONE;
    if (fault->status) return fault->status;
    for (size_t r = 0; r < m->output_rows; r++)
        for (size_t i = 0; i < m->output[r].count; i++) {
            column_name(plan, &m->output[r], i, name, sizeof name);
            b->output[m->output[r].offset + i] = csv_need(b->file, name, fault);
            if (fault->status) return unseen(plan, &m->output[r], fault);
        }
    for (size_t r = 0; r < m->input_rows; r++)
        for (size_t i = 0; i < m->input[r].count; i++) {
            column_name(plan, &m->input[r], i, name, sizeof name);
            b->input[m->input[r].offset + i] =
                m->input_default ? csv_find(b->file, name) : csv_need(b->file, name, fault);
        }
    return fault->status;
}

/* ---- rows --------------------------------------------------------------------------- */

static void *grown(void *old, size_t room, size_t bytes, bool *ok)
{
    void *more = realloc(old, room * bytes + 1);
    if (!more) *ok = false;
    return more ? more : old;
}

static int out_of_memory(nodec_fault *fault)
{
    return fault_set(fault, NODEC_EXIT_IO, "out of memory");
}

static int make_room(table *b, const dataset *d, nodec_fault *fault)
{
    bool ok = true;
    if (b->rows == b->row_room) {
        b->row_room = b->row_room ? 2 * b->row_room : 64;
        b->t = grown(b->t, b->row_room, sizeof *b->t, &ok);
        b->y = grown(b->y, b->row_room, sizeof *b->y * d->outputs, &ok);
    }
    if (b->count == b->count_room) {
        b->count_room = b->count_room ? 2 * b->count_room : 16;
        b->first = grown(b->first, b->count_room, sizeof *b->first, &ok);
        b->u = grown(b->u, b->count_room, sizeof *b->u * d->inputs, &ok);
    }
    return ok ? 0 : out_of_memory(fault);
}

static int too_short(const table *b, size_t line, nodec_fault *fault)
{
    const size_t rows = b->rows - b->first[b->count - 1];
    return fault_at(fault, NODEC_EXIT_DATA, b->plan->path, line, 0,
                    "a trajectory needs at least 2 observations, this one has %zu", rows);
}

/* Inputs are those of the trajectory's first row, and may not change after it. */
static int read_inputs(table *b, const dataset *d, bool first, nodec_fault *fault)
{
    for (size_t i = 0; i < d->inputs; i++) {
        double *u = &b->u[(b->count - 1) * d->inputs + i], value;
        if (b->input[i] == CSV_NONE) value = real_at(d->module->input_default, d->real_bytes, i);
        else if (!csv_number(b->file, b->input[i], &value, fault)) return fault->status;
        if (first) *u = value;
        else if (*u != value)
            return csv_complain(b->file, b->input[i], fault, "input `%s` changes within a trajectory",
                                csv_names(b->file)[b->input[i]]);
    }
    return 0;
}

static int read_row(table *b, const dataset *d, bool first, nodec_fault *fault)
{
    double *t = &b->t[b->rows];
    if (!csv_number(b->file, b->time, t, fault)) return fault->status;
    if (!first && !(*t > t[-1])) {
        char now[REAL_TEXT], last[REAL_TEXT];
        real_print(now, *t, false);
        real_print(last, t[-1], false);
        return csv_complain(b->file, b->time, fault, "times must increase, but %s comes after %s", now, last);
    }
    for (size_t o = 0; o < d->outputs; o++)
        if (!csv_number(b->file, b->output[o], &b->y[b->rows * d->outputs + o], fault)) return fault->status;
    if (d->real_bytes == 4)
        for (size_t o = 0; o < d->outputs; o++) {
            const double y = b->y[b->rows * d->outputs + o];
            if (y > 3.4e38 || y < -3.4e38)
                return csv_complain(b->file, b->output[o], fault, "too large for a number of 4 bytes");
        }
    b->rows++;
    return read_inputs(b, d, first, fault);
}

/* ---- series ------------------------------------------------------------------------- */

/* The labels so far as a set of their hashes; 0 marks a free slot. */
typedef struct labels { uint64_t *slot, last; size_t slots, count; } labels;

static void insert(labels *l, uint64_t hash)
{
    size_t i = hash & (l->slots - 1);
    while (l->slot[i] && l->slot[i] != hash) i = (i + 1) & (l->slots - 1);
    l->slot[i] = hash;
}

static bool contains(const labels *l, uint64_t hash)
{
    size_t i = hash & (l->slots - 1);
    while (l->slots && l->slot[i] && l->slot[i] != hash) i = (i + 1) & (l->slots - 1);
    return l->slots && l->slot[i] == hash;
}

static int remember(labels *l, uint64_t hash, nodec_fault *fault)
{
    if (2 * l->count >= l->slots) {
        labels more = {.slots = l->slots ? 2 * l->slots : 64};
        more.slot = calloc(more.slots, sizeof *more.slot);
        if (!more.slot) return out_of_memory(fault);
        for (size_t i = 0; i < l->slots; i++)
            if (l->slot[i]) insert(&more, l->slot[i]);
        free(l->slot);
        l->slot = more.slot;
        l->slots = more.slots;
    }
    insert(l, hash);
    l->last = hash;
    l->count++;
    return 0;
}

/* The current row opens a trajectory. A series that comes back after another one
 * would be two trajectories of one name.                                           */
static int begin_trajectory(table *b, labels *l, uint64_t hash, size_t last_line, nodec_fault *fault)
{
    if (b->count && b->rows - b->first[b->count - 1] < 2) return too_short(b, last_line, fault);
    if (contains(l, hash))
        return csv_complain(b->file, b->series, fault, "rows of series `%.60s` do not stand together",
                            csv_text(b->file, b->series));
    b->first[b->count++] = b->rows;
    return remember(l, hash, fault);
}

static int read_rows(table *b, const dataset *d, nodec_fault *fault)
{
    labels l = {0};
    size_t line = 0;
    while (csv_next(b->file, fault) == 1 && !make_room(b, d, fault)) {
        const uint64_t hash = b->series == CSV_NONE ? 1 : nodec_stream(0, csv_text(b->file, b->series)) | 1;
        const bool first = !b->count || hash != l.last;
        if (first && begin_trajectory(b, &l, hash, line, fault)) break;
        if (read_row(b, d, first, fault)) break;
        line = csv_line(b->file);
    }
    free(l.slot);
    if (fault->status) return fault->status;
    if (!b->count) return fault_at(fault, NODEC_EXIT_DATA, b->plan->path, 0, 0, "there is a header but no data");
    if (b->rows - b->first[b->count - 1] < 2) return too_short(b, line, fault);
    return 0;
}

static int hand_over(const table *b, dataset *d, nodec_fault *fault)
{
    if (data_room(d, b->count, b->rows, fault)) return fault->status;
    memcpy(d->first, b->first, b->count * sizeof *b->first);
    d->first[b->count] = b->rows;
    memcpy(d->time, b->t, b->rows * sizeof *b->t);
    for (size_t i = 0; i < b->rows * d->outputs; i++) real_put(d->y, d->real_bytes, i, b->y[i]);
    for (size_t i = 0; i < b->count * d->inputs; i++) real_put(d->input, d->real_bytes, i, b->u[i]);
    return 0;
}

int data_tabulate(dataset *d, const nodec_table *plan, nodec_fault *fault)
{
    if (check_mapping(d->module, plan, fault)) return fault->status;
    table b = {.plan = plan};
    b.file = csv_open(plan->path, fault);
    if (!b.file) return fault->status;
    b.output = calloc(d->outputs + 1, sizeof *b.output);
    b.input  = calloc(d->inputs + 1, sizeof *b.input);
    if (!b.output || !b.input) out_of_memory(fault);
    else if (!find_columns(&b, d->module, fault) && !read_rows(&b, d, fault)) hand_over(&b, d, fault);
    csv_close(b.file);
    free(b.output);
    free(b.input);
    free(b.t);
    free(b.y);
    free(b.u);
    free(b.first);
    return fault->status;
}
