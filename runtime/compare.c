/* compare.c: see compare.h. A column of the table is a row of `columns`. */
#include "compare.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gnuplot.h"
#include "plot_script.h"
#include "sheet.h"
#include "store.h"

static double loss(const nodec_trained *e)        { return e->result.loss_mean; }
static double validation(const nodec_trained *e)  { return e->result.validation; }
static double test_error(const nodec_trained *e)  { return e->result.test_error; }
static double test_loss(const nodec_trained *e)   { return e->result.test_loss; }
static double parameters(const nodec_trained *e)  { return (double)e->result.parameters; }
static double memory(const nodec_trained *e)      { return (double)e->result.bytes; }
static double step(const nodec_trained *e)        { return e->result.seconds / (double)e->result.steps; }
static double evaluations(const nodec_trained *e) { return (double)e->model->evaluations; }
static double pulls(const nodec_trained *e)       { return (double)e->model->pulls; }
static double products(const nodec_trained *e)    { return e->model->flops_train; }

/* What is printed is the value over `unit`, with so many digits behind the point; -3: with 3 in all. */
typedef struct column {
    const char *key, *head;         /* of JSON; of the text                         */
    double (*of)(const nodec_trained *);
    double unit;
    int digits;
    bool drawn, whole;
} column;

static const column of_models[] = {
    {"test_error",       "test error, %",     test_error,  0.01,    2, true,  false},
    {"test_loss",        "test loss",         test_loss,   1,       4, false, false},
    {"parameters",       "parameters",        parameters,  1,       0, true,  true},
    {"memory_bytes",     "memory, MiB",       memory,      1048576, 1, true,  true},
    {"seconds_per_step", "ms per step",       step,        1e-3,    2, true,  false},
    {"evaluations",      "f forwards",        evaluations, 1,       0, false, true},
    {"pulls",            "f backwards",       pulls,       1,       0, false, true},
    {"products_sample",  "M products/sample", products,    1e6,     1, false, true},
}, of_fields[] = {
    {"loss",             "training loss",     loss,        1,      -3, true,  false},
    {"validation",       "validation loss",   validation,  1,      -3, true,  false},
    {"parameters",       "parameters",        parameters,  1,       0, true,  true},
    {"seconds_per_step", "us per step",       step,        1e-6,    1, true,  false},
};

typedef struct table {
    const column *column; size_t columns;
    const nodec_trained *row; size_t rows;
} table;

static table table_of(const nodec_trained *e, size_t count)
{
    if (e->model) return (table){of_models, sizeof of_models / sizeof *of_models, e, count};
    return (table){of_fields, sizeof of_fields / sizeof *of_fields, e, count};
}

/* ---- text and JSON ------------------------------------------------------------------------- */

static void cell(char text[32], const column *c, const nodec_trained *e)
{
    const double value = c->of(e);
    if (isfinite(value) && c->digits < 0) snprintf(text, 32, "%.*g", -c->digits, value / c->unit);
    else if (isfinite(value)) snprintf(text, 32, "%.*f", c->digits, value / c->unit);
    else strcpy(text, "-");
}

static void write_table(FILE *f, const table *t)
{
    const nodec_trained *e = t->row;
    int name = 0;
    for (size_t i = 0; i < t->rows; i++) name = (int)strlen(e[i].name) > name ? (int)strlen(e[i].name) : name;
    fprintf(f, "%-*s", name, "");
    for (size_t k = 0; k < t->columns; k++) fprintf(f, "  %s", t->column[k].head);
    putc('\n', f);
    for (size_t i = 0; i < t->rows; i++) {
        fprintf(f, "%-*s", name, e[i].name);
        for (size_t k = 0; k < t->columns; k++) {
            char text[32];
            cell(text, &t->column[k], &e[i]);
            fprintf(f, "  %*s", (int)strlen(t->column[k].head), text);
        }
        putc('\n', f);
    }
}

static int write_json(FILE *f, const table *t)
{
    const nodec_trained *e = t->row;
    json_t *all = json_array();
    for (size_t i = 0; i < t->rows; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "experiment", json_string(e[i].name));
        json_object_set_new(o, "model", json_string(t->row[i].model ? e[i].model->name : e[i].field->name));
        for (size_t k = 0; k < t->columns; k++) {
            const double value = t->column[k].of(&e[i]);
            json_object_set_new(o, t->column[k].key, !isfinite(value) ? json_null() : t->column[k].whole
                                ? json_integer((json_int_t)value) : json_real(value));
        }
        json_object_set_new(o, "steps", json_integer((json_int_t)e[i].result.steps));
        json_object_set_new(o, "seconds", json_real(e[i].result.seconds));
        json_array_append_new(all, o);
    }
    const int bad = json_dumpf(all, f, JSON_INDENT(2)) || putc('\n', f) == EOF;
    json_decref(all);
    return bad;
}

/* ---- picture ---------------------------------------------------------------------------------- */

static void write_numbers(FILE *f, const table *t)
{
    const nodec_trained *e = t->row;
    fputs("# experiment", f);
    for (size_t k = 0; k < t->columns; k++) fprintf(f, "; %s", t->column[k].head);
    putc('\n', f);
    for (size_t i = 0; i < t->rows; i++) {
        fprintf(f, "\"%s\"", e[i].name);
        for (size_t k = 0; k < t->columns; k++) fprintf(f, " %.7g", t->column[k].of(&e[i]) / t->column[k].unit);
        putc('\n', f);
    }
}

static bool is_drawn(const table *t, const column *c)
{
    for (size_t i = 0; i < t->rows; i++)
        if (c->drawn && isfinite(c->of(&t->row[i]))) return true;
    return false;
}

static void write_script(FILE *f, const table *t)
{
    const picture p = {.name = "compare"};
    script_head(f, &p, false);
    script_style(f);
    fputs("set style fill solid\nset boxwidth 0.6\nunset key\nset yrange [0:*]\nset offsets 0.5, 0.5, 0, 0\n"
          "set xtics rotate by -20\nset grid noxtics\n", f);
    script_begin(f, &p, false);
    fputs("    set multiplot layout 2,2\n", f);
    for (size_t k = 0; k < t->columns; k++)
        if (is_drawn(t, &t->column[k])) {
            fprintf(f, "    set title '%s'\n    plot data using 0:%zu:xtic(1) with boxes linecolor '#2f6fb0', \\\n"
                       "         data using 0:%zu:(sprintf('%%.%d%c', $%zu)) with labels offset 0,0.6 textcolor '#40464d'\n",
                    t->column[k].head, k + 2, k + 2, abs(t->column[k].digits), t->column[k].digits < 0 ? 'g' : 'f', k + 2);
        }
    fputs("    unset multiplot\n", f);
    script_end(f, false);
}

static int draw(const char *folder, nodec_fault *fault)
{
    gnuplot g = {.folder = folder};
    char reason[300];
    gnuplot_send(&g, "load 'compare.gp'\n");
    if (!gnuplot_finish(&g, reason, sizeof reason))
        fprintf(stderr, "nodec: warning: no picture: %s (its data and script are in %s)\n", reason, folder);
    return fault->status;
}

/* ---- files ------------------------------------------------------------------------------------- */

typedef enum Part { TABLE, JSON, NUMBERS, SCRIPT, PARTS } Part;

static int write_part(const char *folder, Part part, const table *t, nodec_fault *fault)
{
    static const char *const name[PARTS] = {"compare.txt", "compare.json", "compare.dat", "compare.gp"};
    sheet s;
    if (!sheet_open(&s, folder, fault, "%s", name[part])) return fault->status;
    switch (part) {
    case TABLE:   write_table(s.file, t); break;
    case JSON:    write_json(s.file, t); break;
    case NUMBERS: write_numbers(s.file, t); break;
    case SCRIPT:  write_script(s.file, t); break;
    case PARTS:   break;
    }
    return sheet_close(&s, fault);
}

int nodec_compare(const char *folder, const nodec_trained *e, size_t count, bool json, FILE *to, nodec_fault *fault)
{
    const table t = table_of(e, count);
    if (store_folder(folder, fault)) return fault->status;
    for (Part part = TABLE; part < PARTS; part++)
        if (write_part(folder, part, &t, fault)) return fault->status;
    draw(folder, fault);
    errno = 0;
    if (json) write_json(to, &t);
    else write_table(to, &t);
    return fflush(to) || ferror(to) ? fault_io(fault, "write", "the table") : 0;
}
