/* sweep_plot.c: see sweep_plot.h. */
#include "sweep_plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot_script.h"
#include "real.h"
#include "sheet.h"

static const nodec_sweep *sweep_of(const sweep_plots *w) { return w->work->sweep; }

/* ---- maps ---------------------------------------------------------------------------------- */

/* At equal distances, within what rounding makes of linspace. */
static bool even(const nodec_varied *v)
{
    const double step = (v->at[v->points - 1] - v->at[0]) / (double)(v->points - 1);
    for (size_t i = 0; i < v->points; i++)
        if (!(fabs(v->at[i] - (v->at[0] + step * (double)i)) <= 1e-6 * fabs(step))) return false;
    return true;
}

static side side_of(const nodec_sweep *s, size_t varied)
{
    const nodec_varied *v = &s->over.varied[varied];
    side d = {.varied = varied, .cells = v->points < SWEEP_CELLS ? v->points : SWEEP_CELLS};
    if (s->over.kind == NODEC_OVER_SAMPLE) {
        const bool normal = v->draw.law == NODEC_NORMAL;
        const double most = sqrt((double)s->over.count);        /* some in each cell         */
        d.cells = most < 20 ? 10 : most / 2 < 200 ? (size_t)(most / 2) : 200;
        d.even = true;
        d.low  = normal ? v->draw.a - 3 * v->draw.b : v->draw.a;
        d.high = normal ? v->draw.a + 3 * v->draw.b : v->draw.b;
        return d;
    }
    d.even = v->points > 1 && even(v);
    const double half = d.even ? (v->at[v->points - 1] - v->at[0]) / (double)(v->points - 1) / 2 : 0.5;
    d.low  = d.even ? v->at[0] - half : -0.5;
    d.high = d.even ? v->at[v->points - 1] + half : (double)v->points - 0.5;
    return d;
}

/* Which cell trajectory i is in; `cells` if it is outside. */
static size_t cell_of(const sweep_plots *w, const side *d, uint64_t i)
{
    const nodec_sweep *s = sweep_of(w);
    if (s->over.kind != NODEC_OVER_SAMPLE)
        return (size_t)((uint64_t)points_index(&w->work->points, d->varied, i) * d->cells / s->over.varied[d->varied].points);
    const double at = (points_value(&w->work->points, d->varied, i, 0) - d->low) / (d->high - d->low);
    return at >= 0 && at < 1 ? (size_t)(at * (double)d->cells) : d->cells;
}

static void map_see(const sweep_plots *w, sweep_map *m, uint64_t i, double value)
{
    const size_t x = cell_of(w, &m->x, i), y = cell_of(w, &m->y, i);
    if (!isfinite(value) || x >= m->x.cells || y >= m->y.cells) return;
    m->sum[y * m->x.cells + x] += value;
    m->count[y * m->x.cells + x]++;
}

static void map_write(const sweep_map *m, FILE *f)
{
    for (size_t y = 0; y < m->y.cells; y++)
        for (size_t x = 0; x < m->x.cells; x++) {
            const size_t cell = y * m->x.cells + x;
            if (m->count[cell]) fprintf(f, "%.6g", m->sum[cell] / m->count[cell]);
            else fputs("NaN", f);
            putc(x + 1 < m->x.cells ? ' ' : '\n', f);
        }
}

/* Numbers that are not at equal distances are written below their cells. */
static void tics(const sweep_plots *w, const side *d, const char *axis, FILE *f)
{
    const nodec_varied *v = &sweep_of(w)->over.varied[d->varied];
    enum { TICS = 6 };
    if (d->even) return;
    fprintf(f, "set %stics (", axis);
    const size_t n = v->points < TICS ? v->points : TICS;
    for (size_t k = 0; k < n; k++) {
        const size_t i = n > 1 ? k * (v->points - 1) / (n - 1) : 0;
        fprintf(f, "%s'%.4g' %zu", k ? ", " : "", v->at[i], i);
    }
    fputs(")\n", f);
}

static void map_script(const sweep_plots *w, const picture *p, const sweep_map *m, FILE *f)
{
    const nodec_sweep *s = sweep_of(w);
    const double dx = (m->x.high - m->x.low) / (double)m->x.cells, dy = (m->y.high - m->y.low) / (double)m->y.cells;
    script_style(f);
    script_palette(f);
    fputs("unset grid\nunset key\nset xlabel ", f), script_quoted(f, s->over.varied[m->x.varied].name);
    fputs("\nset ylabel ", f), script_quoted(f, s->over.varied[m->y.varied].name);
    fputs("\nset cblabel ", f), script_quoted(f, s->summary[p->plan->summary]);
    fputs(" textcolor '#40464d'\nset colorbox noborder\n", f);
    fprintf(f, "set xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\n", m->x.low, m->x.high, m->y.low, m->y.high);
    fputs("# Where no trajectory stayed finite.\n"
          "set object 1 rectangle from graph 0, graph 0 to graph 1, graph 1 behind fillcolor '#b4b8bd' fillstyle solid noborder\n", f);
    tics(w, &m->x, "x", f);
    tics(w, &m->y, "y", f);
    script_begin(f, p, false);
    fprintf(f, "    plot data matrix using (%.12g + %.12g*$1):(%.12g + %.12g*$2):3 with image\n", m->x.low + dx / 2, dx,
            m->y.low + dy / 2, dy);
    script_end(f, false);
}

/* ---- histograms --------------------------------------------------------------------------------- */

/* Twice the width, the range growing downwards or upwards. */
static void widen(sweep_bars *b, bool down)
{
    uint64_t merged[SWEEP_BINS] = {0};
    for (size_t i = 0; i < SWEEP_BINS; i++) merged[(i + (down ? SWEEP_BINS : 0)) / 2] += b->count[i];
    memcpy(b->count, merged, sizeof merged);
    if (down) b->low -= b->width * SWEEP_BINS;
    b->width *= 2;
}

void sweep_bars_see(sweep_bars *b, double value)
{
    if (!isfinite(value) || fabs(value) > 1e300) return;
    if (!b->total++) {
        b->width = 1e-9 * (fabs(value) > 1e-30 ? fabs(value) : 1e-30);
        b->low = value - b->width * SWEEP_BINS / 2;
        b->least = b->most = value;
    }
    while (value < b->low) widen(b, true);
    while (value >= b->low + b->width * SWEEP_BINS) widen(b, false);
    const double at = (value - b->low) / b->width;
    b->count[at < SWEEP_BINS - 1 ? (size_t)(at > 0 ? at : 0) : SWEEP_BINS - 1]++;
    b->least = fmin(b->least, value);
    b->most = fmax(b->most, value);
}

/* Fine cells between least and most, gathered into about so many bars. */
static void bars_write(const sweep_bars *b, size_t bars, FILE *f)
{
    const size_t first = (size_t)fmax(0, floor((b->least - b->low) / b->width));
    const size_t last = (size_t)fmin(SWEEP_BINS - 1, floor((b->most - b->low) / b->width));
    const size_t each = (last - first + bars) / bars;
    fputs("# middle, width, trajectories\n", f);
    for (size_t i = first; b->total && i <= last; i += each) {
        uint64_t count = 0;
        for (size_t k = i; k < i + each && k < SWEEP_BINS; k++) count += b->count[k];
        fprintf(f, "%.9g %.9g %llu\n", b->low + b->width * ((double)i + (double)each / 2), b->width * (double)each,
                (unsigned long long)count);
    }
}

static void bars_script(const sweep_plots *w, const picture *p, FILE *f)
{
    script_style(f);
    fputs("unset key\nset style fill solid 0.85 noborder\nset yrange [0:*]\nset ylabel 'trajectories'\nset xlabel ", f);
    script_quoted(f, sweep_of(w)->summary[p->plan->summary]);
    fputs("\n", f);
    script_begin(f, p, false);
    fputs("    plot data using 1:3:2 with boxes linecolor '#2f6fb0'\n", f);
    script_end(f, false);
}

/* ---- trajectories ---------------------------------------------------------------------------------- */

/* What a trajectory is called: "rho = 28". */
static void title(const sweep_plots *w, uint64_t i, FILE *f)
{
    const nodec_sweep *s = sweep_of(w);
    putc('"', f);
    for (size_t k = 0; k < s->over.names; k++)
        if (w->work->points.place[k].count == 1)
            fprintf(f, "%s%s = %.4g", k ? ", " : "", s->over.varied[k].name, points_value(&w->work->points, k, i, 0));
    fputs("\"\n", f);
}

static uint64_t shown(const nodec_sweep *s)
{
    return s->over.count < PLOT_TRAJECTORIES ? s->over.count : PLOT_TRAJECTORIES;
}

/* Trajectories at equal distances among all. */
static void write_curves(const sweep_plots *w, sweep_part *p, FILE *f)
{
    const nodec_sweep *s = sweep_of(w);
    const nodec_module *m = s->module;
    const uint64_t n = shown(s);
    for (uint64_t k = 0; k < n; k++) {
        const uint64_t i = n > 1 ? k * (s->over.count - 1) / (n - 1) : 0;
        sweep_part_run(p, i, 1);
        title(w, i, f);
        for (size_t t = 0; !p->status && !p->stopped && t < s->times; t++) {
            fprintf(f, "%.7g", s->t[t]);
            for (size_t o = 0; o < m->outputs; o++) {
                const double value = sweep_part_seen(p, t, 0, o);
                if (isfinite(value)) fprintf(f, " %.7g", value);
                else fputs(" NaN", f);
            }
            putc('\n', f);
        }
        fputs("\n\n", f);
    }
}

/* Of one trajectory at a time, from the first time on. */
static int curves_write(const sweep_plots *w, FILE *f, nodec_fault *fault)
{
    sweep_work one = *w->work;
    sweep_part p;
    one.block = one.sweep->over.count < 32 ? 1 : 32;
    one.whole = true;
    if (sweep_part_open(&p, &one, NULL, fault)) return fault->status;
    write_curves(w, &p, f);
    sweep_part_close(&p);
    return 0;
}

static void label(const nodec_module *m, size_t o, char *text, size_t size)
{
    plot_label(m, o, text, size);
    const size_t n = strlen(text);
    if (*text != '(' || text[n - 1] != ')') return;
    memmove(text, text + 1, n - 2);
    text[n - 2] = 0;
}

static void trajectory_script(const sweep_plots *w, const picture *p, FILE *f)
{
    const nodec_sweep *s = sweep_of(w);
    const uint64_t n = shown(s);
    char x[128], y[128];
    label(s->module, p->plan->x, x, sizeof x);
    label(s->module, p->plan->y, y, sizeof y);
    script_style(f);
    fputs("set xlabel ", f), script_quoted(f, x), fputs("\nset ylabel ", f), script_quoted(f, y);
    fputs("\nset key outside top center horizontal maxrows 2\n", f);
    if (!s->over.names) fputs("unset key\n", f);
    script_begin(f, p, false);
    fputs("    plot ", f);
    for (uint64_t k = 0; k < n; k++)
        fprintf(f, "%sdata index %llu using %zu:%zu with lines linewidth 0.9 linecolor '%s' title columnheader(1)", k ? ", \\\n         " : "",
                (unsigned long long)k, p->plan->x + 2, p->plan->y + 2, script_colour((size_t)k));
    fputs("\n", f);
    script_end(f, false);
}

static void series_script(const sweep_plots *w, const picture *p, FILE *f)
{
    enum { PANELS = 6 };
    const nodec_sweep *s = sweep_of(w);
    const nodec_module *m = s->module;
    const size_t panels = m->outputs < PANELS ? m->outputs : PANELS;
    const uint64_t n = shown(s);
    script_style(f);
    fputs("set key outside top center horizontal maxrows 2\n", f);
    script_begin(f, p, false);
    fprintf(f, "    set multiplot layout %zu,1\n", panels);
    for (size_t o = 0; o < panels; o++) {
        char name[128];
        label(m, o, name, sizeof name);
        fputs("    set ylabel ", f), script_quoted(f, name);
        fprintf(f, "\n    set xlabel '%s'\n    %s\n    plot ", o + 1 == panels ? "t" : "", o || !s->over.names ? "unset key" : "");
        for (uint64_t k = 0; k < n; k++)
            fprintf(f, "%sdata index %llu using 1:%zu with lines linewidth 1.1 linecolor '%s' title columnheader(1)",
                    k ? ", \\\n         " : "", (unsigned long long)k, o + 2, script_colour((size_t)k));
        fputs("\n", f);
    }
    fputs("    unset multiplot\n", f);
    script_end(f, false);
}

/* ---- all ---------------------------------------------------------------------------------------------- */

static int add(sweep_plots *w, const nodec_plot *plot, nodec_fault *fault)
{
    const nodec_sweep *s = sweep_of(w);
    const size_t k = w->pictures;
    w->picture[k] = plot_picture(plot, w->picture, k);
    if (plot->kind == NODEC_PLOT_HEATMAP) {
        sweep_map *m = &w->map[k];
        m->x = side_of(s, plot->x);
        m->y = side_of(s, plot->y);
        m->sum = calloc(m->x.cells * m->y.cells, sizeof *m->sum);
        m->count = calloc(m->x.cells * m->y.cells, sizeof *m->count);
        if (!m->sum || !m->count) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    }
    w->pictures++;
    return fault->status;
}

int sweep_plots_open(sweep_plots *w, const sweep_work *work, nodec_fault *fault)
{
    const nodec_sweep *s = work->sweep;
    *w = (sweep_plots){.work = work, .gnuplot = {.folder = s->out}};
    if (!s->out || !s->plots) return 0;
    w->picture = calloc(s->plots, sizeof *w->picture);
    w->map = calloc(s->plots, sizeof *w->map);
    w->bars = calloc(s->plots, sizeof *w->bars);
    if (!w->picture || !w->map || !w->bars) fault_set(fault, NODEC_EXIT_IO, "out of memory");
    for (size_t i = 0; i < s->plots && !fault->status; i++) add(w, &s->plot[i], fault);
    return fault->status;
}

void sweep_plots_close(sweep_plots *w)
{
    char reason[256];
    for (size_t i = 0; w->map && i < w->pictures; i++) {
        free(w->map[i].sum);
        free(w->map[i].count);
    }
    w->gnuplot.used = 0;
    if (w->work) gnuplot_finish(&w->gnuplot, reason, sizeof reason);
    free(w->picture);
    free(w->map);
    free(w->bars);
    *w = (sweep_plots){0};
}

void sweep_plots_see(sweep_plots *w, uint64_t trajectory, const double *value)
{
    for (size_t i = 0; i < w->pictures; i++) {
        const nodec_plot *plot = w->picture[i].plan;
        if (plot->kind == NODEC_PLOT_HEATMAP) map_see(w, &w->map[i], trajectory, value[plot->summary]);
        if (plot->kind == NODEC_PLOT_HISTOGRAM) sweep_bars_see(&w->bars[i], value[plot->summary]);
    }
}

static int write_data(const sweep_plots *w, size_t i, nodec_fault *fault)
{
    const nodec_plot *plot = w->picture[i].plan;
    sheet s;
    if (!sheet_open(&s, sweep_of(w)->out, fault, "%s.dat", w->picture[i].name)) return fault->status;
    if (plot->kind == NODEC_PLOT_HEATMAP) map_write(&w->map[i], s.file);
    else if (plot->kind == NODEC_PLOT_HISTOGRAM) bars_write(&w->bars[i], plot->count, s.file);
    else curves_write(w, s.file, fault);
    return sheet_close(&s, fault);
}

static int write_script(const sweep_plots *w, size_t i, nodec_fault *fault)
{
    const picture *p = &w->picture[i];
    sheet s;
    if (!sheet_open(&s, sweep_of(w)->out, fault, "%s.gp", p->name)) return fault->status;
    script_head(s.file, p, false);
    switch (p->plan->kind) {
    case NODEC_PLOT_HEATMAP:    map_script(w, p, &w->map[i], s.file); break;
    case NODEC_PLOT_HISTOGRAM:  bars_script(w, p, s.file); break;
    case NODEC_PLOT_TRAJECTORY: trajectory_script(w, p, s.file); break;
    case NODEC_PLOT_SERIES:     series_script(w, p, s.file); break;
    case NODEC_PLOT_CURVE:
    case NODEC_PLOT_MISTAKES:   break;          /* of trainings                      */
    }
    return sheet_close(&s, fault);
}

int sweep_plots_finish(sweep_plots *w, nodec_fault *fault)
{
    char reason[300];
    for (size_t i = 0; i < w->pictures; i++) {
        if (write_data(w, i, fault) || write_script(w, i, fault)) return fault->status;
        gnuplot_send(&w->gnuplot, "load '%s.gp'\n", w->picture[i].name);
    }
    if (w->pictures && !gnuplot_finish(&w->gnuplot, reason, sizeof reason))
        fprintf(stderr, "nodec: warning: no pictures: %s (their data and scripts are in %s)\n", reason, sweep_of(w)->out);
    return 0;
}
