/* gallery.c: see gallery.h. */
#include "gallery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot_script.h"
#include "real.h"
#include "sheet.h"
#include "store.h"

static const char *const axis_label[] = {"step", "samples seen", "epochs"};

/* ---- what can be drawn ---------------------------------------------------------------------- */

/* Which of a lesson's a curve shows; -1: there is no such metric. */
static int course_of(const nodec_model *m, const char *metric)
{
    if (!metric || !strcmp(metric, "loss")) return 0;
    for (size_t i = 0; i < m->values; i++)
        if (!strcmp(m->value[i], metric)) return (int)i + 1;
    return -1;
}

static bool is_loss(const nodec_model *m, int which) { return which <= (int)m->losses; }

/* The input that is drawn: the first of height and width. */
static const nodec_input *image_of(const nodec_model *m)
{
    for (size_t r = 0; r < m->input_rows; r++)
        if (m->input[r].rank >= 2 && !m->input[r].classes) return &m->input[r];
    return NULL;
}

static int check_curve(const nodec_model *m, const nodec_plot *plot, nodec_fault *fault)
{
    const char *known[32];
    size_t n = 0;
    if (course_of(m, plot->metric) >= 0) return 0;
    known[n++] = "loss";
    for (size_t i = 0; i < m->values && n < COUNT_OF(known); i++) known[n++] = m->value[i];
    fault_set(fault, NODEC_EXIT_DATA, "plot: there is no metric `%.60s` to draw", plot->metric);
    fault_suggest(fault, plot->metric, known, n);
    return fault->status;
}

int gallery_check(const nodec_plan *plan, const exam *test, nodec_fault *fault)
{
    const nodec_model *m = plan->model;
    for (size_t i = 0; i < plan->plots; i++) {
        const nodec_plot *plot = &plan->plot[i];
        if (plot->kind == NODEC_PLOT_CURVE) {
            if (check_curve(m, plot, fault)) return fault->status;
        } else if (plot->kind != NODEC_PLOT_MISTAKES)
            return fault_set(fault, NODEC_EXIT_DATA, "plot: a model has no `%s`; there is `curve` and `mistakes`", plot_kind(plot));
        else if (!test)
            return fault_set(fault, NODEC_EXIT_DATA, "plot: `mistakes` are made in a test, and there is no `test`");
        else if (test->scores < 0 || !image_of(m))
            return fault_set(fault, NODEC_EXIT_DATA, "plot: `mistakes` needs an image, a class, and an output with a "
                             "number for each class; %s lacks one of them", m->name);
    }
    return 0;
}

/* ---- curves ----------------------------------------------------------------------------------- */

static double place(const gallery *g, const nodec_plot *plot, double step)
{
    const double epochs = step / (double)g->per_epoch;
    switch (plot->axis) {
    case NODEC_AXIS_STEPS:   break;
    case NODEC_AXIS_SAMPLES: return epochs * (double)g->samples;
    case NODEC_AXIS_EPOCHS:  return epochs;
    }
    return step;
}

/* What remains of a point at the next one: half after `halflife` steps, as in pandas' ewm;
 * if the plan says nothing, a hundredth of the curve is what counts.                     */
static double keeps(const nodec_plot *plot, const history_curve *c)
{
    return plot->halflife > 0 ? pow(0.5, (double)c->every / plot->halflife) : 1 - 1 / (1 + (double)c->count / 100);
}

static void write_train(const gallery *g, const nodec_plot *plot, const history_curve *c, FILE *f)
{
    const double keep = keeps(plot, c);
    double mean = 0, weight = 0;
    fputs("# where, the mean since the last point, smoothed\n", f);
    for (size_t i = 0; i < c->count; i++) {
        weight = 1 + keep * weight;
        mean += (c->at[i].value - mean) / weight;
        fprintf(f, "%.9g %.7g %.7g\n", place(g, plot, c->at[i].step), c->at[i].value, mean);
    }
    fputs("\n\n", f);
}

static void write_curve(const gallery *g, const nodec_plot *plot, FILE *f)
{
    const course *c = &g->lesson->of[course_of(g->plan->model, plot->metric)];
    write_train(g, plot, &c->train, f);
    fputs("# where, in the test\n", f);
    for (size_t i = 0; i < c->test.count; i++)
        fprintf(f, "%.9g %.7g\n", place(g, plot, c->test.at[i].step), c->test.at[i].value);
    if (!c->test.count) fputs("0 NaN\n", f);
}

static void script_curve(const gallery *g, const picture *p, bool frames, FILE *f)
{
    const nodec_model *m = g->plan->model;
    const bool loss = is_loss(m, course_of(m, p->metric));
    script_style(f);
    if (loss) fputs("set logscale y\nset format y '10^{%L}'\n", f);
    else fputs("set key bottom right\n", f);
    fprintf(f, "set xlabel '%s'\nset ylabel ", axis_label[p->plan->axis]);
    script_quoted(f, p->metric);
    fputs("\n", f);
    script_begin(f, p, frames);
    if (loss) fputs("    set termoption enhanced\n", f);
    fputs("    plot data index 0 using 1:2 with lines linewidth 0.8 linecolor '#a9c4e0' notitle, \\\n"
          "         data index 0 using 1:3 with lines linewidth 2.2 linecolor '#2f6fb0' title 'training'", f);
    if (g->test) fputs(", \\\n         data index 1 using 1:2 with linespoints pointtype 7 pointsize 1.2 linewidth 1.6 "
                       "linecolor '#d9642c' title 'test'", f);
    fputs("\n", f);
    script_end(f, frames);
}

/* ---- mistakes ------------------------------------------------------------------------------------ */

enum { GAP = 3, CAPTION = 8 };      /* pixels between images, and above each         */

typedef struct grid { size_t count, across, down, width, height; } grid;

static grid grid_of(const gallery *g, const picture *p)
{
    const nodec_input *in = image_of(g->plan->model);
    grid d = {.count = g->test->mistakes < p->plan->count ? g->test->mistakes : p->plan->count};
    while (d.across * d.across < d.count) d.across++;
    d.across += !d.across;
    d.down = d.count ? (d.count + d.across - 1) / d.across : 1;
    d.width = in->shape[in->rank - 1] + GAP;
    d.height = in->shape[in->rank - 2] + GAP + CAPTION;
    return d;
}

/* One row of pixels of the whole sheet; 0 is paper. Of several channels the first is shown. */
static void write_pixels(const gallery *g, const grid *d, size_t y, void *sample, FILE *f)
{
    const nodec_model *m = g->plan->model;
    const nodec_input *in = image_of(m);
    const size_t width = in->shape[in->rank - 1], high = in->shape[in->rank - 2];
    const size_t row = y / d->height, line = y % d->height;
    for (size_t column = 0; column < d->across; column++) {
        const size_t k = row * d->across + column;
        const bool here = k < d->count && line >= CAPTION && line < CAPTION + high;
        if (here) rows_sample(&g->test->data, g->test->mistake[k].sample, 0, 0, sample);
        for (size_t x = 0; x < d->width; x++)
            fprintf(f, "%g ", here && x < width
                    ? real_at(sample, m->real_bytes, in->offset + (line - CAPTION) * width + x) : 0);
    }
    putc('\n', f);
}

static int write_mistakes(const gallery *g, const picture *p, FILE *f, nodec_fault *fault)
{
    const nodec_model *m = g->plan->model;
    const grid d = grid_of(g, p);
    void *sample = malloc(m->inputs * m->real_bytes + 1);
    if (!sample) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    fputs("# pixels of the sheet, row by row\n", f);
    for (size_t y = 0; y < d.down * d.height; y++) write_pixels(g, &d, y, sample, f);
    fputs("\n\n# x, y, what it is > what the model takes it for, which of the test\n", f);
    for (size_t k = 0; k < d.count; k++) {
        const mistake *one = &g->test->mistake[k];
        fprintf(f, "%zu %zu \"%zu > %zu\" %zu\n", k % d.across * d.width + (d.width - GAP) / 2,
                k / d.across * d.height + CAPTION / 2, one->truth, one->taken, one->sample);
    }
    if (!d.count) fputs("0 0 \"none\" 0\n", f);
    free(sample);
    return fault->status;
}

static void script_mistakes(const picture *p, FILE *f)
{
    script_style(f);
    fputs("unset border\nunset tics\nunset grid\nunset colorbox\nunset key\n"
          "set palette defined (0 '#ffffff', 1 '#20252b')\n"
          "set size ratio -1\nset yrange [*:*] reverse\n"
          "set lmargin 1\nset rmargin 1\nset bmargin 1\nset tmargin 2\n"
          "set title 'what it is > what the model takes it for'\n", f);
    script_begin(f, p, false);
    fputs("    plot data index 0 matrix with image, \\\n"
          "         data index 1 using 1:2:3 with labels font ',9' textcolor '#d9382c'\n", f);
    script_end(f, false);
}

/* ---- files ------------------------------------------------------------------------------------- */

static bool has_frames(const picture *p) { return p->plan->kind == NODEC_PLOT_CURVE && p->plan->every; }

static int write_script(const gallery *g, const picture *p, bool frames, nodec_fault *fault)
{
    sheet s;
    if (!sheet_open(&s, g->plan->out, fault, "%s%s.gp", p->name, frames ? "-frames" : "")) return fault->status;
    script_head(s.file, p, frames);
    if (p->plan->kind == NODEC_PLOT_CURVE) script_curve(g, p, frames, s.file);
    else script_mistakes(p, s.file);
    return sheet_close(&s, fault);
}

static int write_data(const gallery *g, const picture *p, nodec_fault *fault)
{
    sheet s;
    if (!sheet_open(&s, g->plan->out, fault, "%s.dat", p->name)) return fault->status;
    if (p->plan->kind == NODEC_PLOT_CURVE) write_curve(g, p->plan, s.file);
    else write_mistakes(g, p, s.file, fault);
    return sheet_close(&s, fault);
}

int gallery_open(gallery *g, const nodec_plan *plan, const lesson *past, const exam *test, size_t samples,
                 size_t per_epoch, nodec_fault *fault)
{
    *g = (gallery){.plan = plan, .lesson = past, .test = test, .samples = samples, .per_epoch = per_epoch,
                   .gnuplot = {.folder = plan->out}};
    if (!plan->out || !plan->plots) return 0;
    g->picture = calloc(plan->plots, sizeof *g->picture);
    if (!g->picture) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    bool frames = false;
    for (size_t i = 0; i < plan->plots && !fault->status; i++) {
        picture *p = &g->picture[g->pictures];
        *p = plot_picture(&plan->plot[i], g->picture, g->pictures);
        g->pictures++;
        frames |= has_frames(p);
        if (!write_script(g, p, false, fault) && has_frames(p)) write_script(g, p, true, fault);
    }
    char folder[PATH_MAX];
    if (frames && !fault->status && !store_path(folder, plan->out, "frames", fault)) store_folder(folder, fault);
    return fault->status;
}

uint64_t gallery_due(const gallery *g, uint64_t step)
{
    uint64_t due = UINT64_MAX;
    for (size_t i = 0; i < g->pictures; i++) {
        const uint64_t every = has_frames(&g->picture[i]) ? g->picture[i].plan->every : 0;
        if (every && (step / every + 1) * every < due) due = (step / every + 1) * every;
    }
    return due;
}

int gallery_frames(gallery *g, uint64_t step, nodec_fault *fault)
{
    for (size_t i = 0; i < g->pictures; i++) {
        const picture *p = &g->picture[i];
        sheet s;
        if (!has_frames(p) || step % p->plan->every) continue;
        if (!sheet_open(&s, g->plan->out, fault, "frames/%s-%06llu.dat", p->name, (unsigned long long)step)) return fault->status;
        write_curve(g, p->plan, s.file);
        if (sheet_close(&s, fault)) return fault->status;
        gnuplot_send(&g->gnuplot, "first = %llu; last = first; load '%s-frames.gp'\n", (unsigned long long)step, p->name);
        gnuplot_start(&g->gnuplot);
    }
    return 0;
}

bool gallery_finish(gallery *g, char *reason, size_t size, nodec_fault *fault)
{
    for (size_t i = 0; i < g->pictures && !fault->status; i++) {
        if (write_data(g, &g->picture[i], fault)) break;
        gnuplot_send(&g->gnuplot, "load '%s.gp'\n", g->picture[i].name);
    }
    return gnuplot_finish(&g->gnuplot, reason, size);
}

void gallery_close(gallery *g)
{
    char reason[256];
    if (g->pictures) {
        g->gnuplot.used = 0;                    /* nothing more is drawn            */
        gnuplot_finish(&g->gnuplot, reason, sizeof reason);
    }
    free(g->picture);
    *g = (gallery){0};
}
