/* plot.c: see plot.h. */
#include "plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot_script.h"
#include "real.h"
#include "sheet.h"
#include "store.h"

enum { FINE = 400 };                /* points of a learned curve, at least           */

void plot_label(const nodec_module *m, size_t o, char *text, size_t size)
{
    for (size_t r = 0; r < m->output_rows; r++) {
        const nodec_state *row = &m->output[r];
        if (o < row->offset || o >= row->offset + row->count) continue;
        if (row->count == 1) snprintf(text, size, "%s", row->name);
        else snprintf(text, size, "%s[%zu]", row->name, o - row->offset);
        return;
    }
    snprintf(text, size, "%zu", o);
}

plot_range plot_range_of(const plots *w, size_t column)
{
    const dataset *d = w->data;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < d->first[w->shown]; i++) {
        const double value = column ? real_at(d->y, d->real_bytes, i * d->outputs + column - 1) : d->time[i];
        low = fmin(low, value);
        high = fmax(high, value);
    }
    if (!column) return (plot_range){low, high};
    const double margin = high > low ? 0.12 * (high - low) : high != 0 ? 0.1 * fabs(high) : 1;
    return (plot_range){low - margin, high + margin};
}

/* ---- numbers ---------------------------------------------------------------------------- */

static void put(FILE *f, double value, const char *after)
{
    char text[REAL_TEXT];
    snprintf(text, sizeof text, "%.7g", value);
    fprintf(f, "%s%s", text, after);
}

static void write_row(FILE *f, double t, const void *y, const dataset *d)
{
    put(f, t, "");
    for (size_t o = 0; o < d->outputs; o++) {
        putc(' ', f);
        put(f, real_at(y, d->real_bytes, o), "");
    }
    putc('\n', f);
}

static void write_observations(const plots *w, FILE *f)
{
    const dataset *d = w->data;
    fputs("# t, then the outputs; an empty line between trajectories\n", f);
    for (size_t k = 0; k < w->shown; k++) {
        for (size_t i = d->first[k]; i < d->first[k + 1]; i++)
            write_row(f, d->time[i], real_address(d->y, d->real_bytes, i * d->outputs), d);
        putc('\n', f);
    }
    putc('\n', f);
}

/* Times of trajectory k; if they are few, halved until they are enough. Halving
 * leaves most steps of a fixed-step solver as they were in training.               */
static size_t fine_times(plots *w, size_t k)
{
    const dataset *d = w->data;
    const size_t n = d->first[k + 1] - d->first[k];
    const double *time = d->time + d->first[k];
    size_t times = 0, parts = 1;
    while ((n - 1) * parts < FINE) parts *= 2;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t part = 0; part < parts; part++)
            real_put(w->t, d->real_bytes, times++, time[i] + (time[i + 1] - time[i]) * (double)part / (double)parts);
    real_put(w->t, d->real_bytes, times++, time[n - 1]);
    return times;
}

/* What the model makes of trajectory k, as far as it stays finite. */
static void write_learned(plots *w, size_t k, const void *theta, FILE *f)
{
    const dataset *d = w->data;
    const size_t times = fine_times(w, k);
    data_start(d, k, 0, w->start);
    const int status = solve_start(&w->solved, 1, times, w->t, 0, w->start,
                                   real_address(d->input, d->real_bytes, k * d->inputs), theta, true);
    for (size_t i = 0; i < times && (!status || status == NODEC_NONFINITE); i++) {
        const void *row = real_address(w->solved.y, d->real_bytes, i * d->outputs);
        if (real_first_bad(row, d->real_bytes, d->outputs) < d->outputs) break;
        write_row(f, real_at(w->t, d->real_bytes, i), row, d);
    }
    putc('\n', f);
}

static void write_trajectories(plots *w, uint64_t step, const void *theta, const history *past, FILE *f)
{
    fprintf(f, "\"learned, step %llu, loss %.3g\"\n", (unsigned long long)step, history_mean(past));
    for (size_t k = 0; k < w->shown; k++) write_learned(w, k, theta, f);
}

/* Step, value, and a running geometric mean that forgets over a hundredth of the
 * curve (geometric, because the axis is logarithmic).                              */
static void write_curve(const history_curve *c, FILE *f)
{
    const double keep = 1 - 1 / (1 + (double)c->count / 100);
    double mean = 0, weight = 0;
    for (size_t i = 0; i < c->count; i++) {
        weight = 1 + keep * weight;
        mean += (log(fmax(c->at[i].value, 1e-300)) - mean) / weight;
        put(f, c->at[i].step, " ");
        put(f, c->at[i].value, " ");
        put(f, exp(mean), "\n");
    }
    fputs("\n\n", f);
}

static void write_learned_part(plots *w, const picture *p, uint64_t step, const void *theta,
                               const history *past, FILE *f)
{
    if (p->plan->kind != NODEC_PLOT_CURVE) {
        write_trajectories(w, step, theta, past, f);
        return;
    }
    if (strcmp(p->metric, "validation")) write_curve(&past->loss, f);
    if (w->data->held) write_curve(&past->validation, f);
}

/* ---- files ------------------------------------------------------------------------------- */

static int write_script(const plots *w, const picture *p, bool frames, nodec_fault *fault)
{
    sheet s;
    if (!sheet_open(&s, w->plan->out, fault, "%s%s.gp", p->name, frames ? "-frames" : "")) return fault->status;
    plot_script(w, p, frames, s.file);
    return sheet_close(&s, fault);
}

/* The observations alone, for frames; with what is learned, at the end. */
static int write_data(plots *w, const picture *p, uint64_t step, const void *theta,
                      const history *past, nodec_fault *fault)
{
    sheet s;
    if (!sheet_open(&s, w->plan->out, fault, "%s.dat", p->name)) return fault->status;
    if (p->plan->kind != NODEC_PLOT_CURVE) write_observations(w, s.file);
    if (theta) write_learned_part(w, p, step, theta, past, s.file);
    return sheet_close(&s, fault);
}

static int write_frame(plots *w, const picture *p, uint64_t step, const void *theta,
                       const history *past, nodec_fault *fault)
{
    sheet s;
    if (!sheet_open(&s, w->plan->out, fault, "frames/%s-%06llu.dat", p->name, (unsigned long long)step)) return fault->status;
    write_learned_part(w, p, step, theta, past, s.file);
    return sheet_close(&s, fault);
}

/* ---- opening ----------------------------------------------------------------------------- */

const char *plot_kind(const nodec_plot *plot)
{
    switch (plot->kind) {
    case NODEC_PLOT_TRAJECTORY: return "trajectory";
    case NODEC_PLOT_SERIES:     return "series";
    case NODEC_PLOT_CURVE:      return plot->metric ? plot->metric : "loss";
    case NODEC_PLOT_MISTAKES:   return "mistakes";
    case NODEC_PLOT_HEATMAP:    return "heatmap";
    case NODEC_PLOT_HISTOGRAM:  return "histogram";
    }
    return "picture";
}

picture plot_picture(const nodec_plot *plot, const picture *others, size_t count)
{
    picture p = {.plan = plot, .metric = plot->metric ? plot->metric : "loss"};
    size_t same = 1;
    for (size_t i = 0; i < count; i++) same += !strcmp(plot_kind(others[i].plan), plot_kind(plot));
    snprintf(p.name, sizeof p.name, same > 1 ? "%.40s-%zu" : "%.40s", plot_kind(plot), same);
    return p;
}

static int add_picture(plots *w, const nodec_plot *plot, nodec_fault *fault)
{
    const nodec_module *m = w->plan->fit;
    if (plot->kind == NODEC_PLOT_CURVE && strcmp(plot_kind(plot), "loss") &&
        (strcmp(plot_kind(plot), "validation") || !w->data->held)) {
        const char *const known[] = {"loss", "validation"};
        fault_set(fault, NODEC_EXIT_DATA, "plot: there is no metric `%.60s` to draw", plot_kind(plot));
        fault_suggest(fault, plot_kind(plot), known, w->data->held ? 2 : 1);
        return fault->status;
    }
    if (plot->kind == NODEC_PLOT_MISTAKES)
        return fault_set(fault, NODEC_EXIT_DATA, "plot: only a model makes `mistakes`, %s is an odef", m->name);
    if (plot->kind == NODEC_PLOT_TRAJECTORY && m->outputs < 2)
        return fault_set(fault, NODEC_EXIT_DATA, "plot: a trajectory needs two outputs, %s has one; use `series`", m->name);
    picture *p = &w->picture[w->pictures];
    *p = plot_picture(plot, w->picture, w->pictures);
    w->pictures++;
    if (write_script(w, p, false, fault)) return fault->status;
    if (!plot->every) return 0;
    if (write_script(w, p, true, fault)) return fault->status;
    return plot->kind == NODEC_PLOT_CURVE ? 0 : write_data(w, p, 0, NULL, NULL, fault);
}

static int make_room(plots *w, nodec_fault *fault)
{
    const dataset *d = w->data;
    size_t most = 0;
    for (size_t k = 0; k < w->shown; k++) {
        const size_t n = d->first[k + 1] - d->first[k];
        if (n > most) most = n;
    }
    most += 2 * FINE + 2;
    w->picture = calloc(w->plan->plots, sizeof *w->picture);
    w->t = solve_memory(most * d->real_bytes);
    w->start = solve_memory(d->states * d->real_bytes);
    if (!w->picture || !w->t || !w->start) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    return solve_open(&w->solved, w->plan->fit, w->plan->options, NULL, 1, most, fault);
}

int plot_open(plots *w, const nodec_plan *plan, const dataset *data, nodec_fault *fault)
{
    *w = (plots){.plan = plan, .data = data, .gnuplot = {.folder = plan->out}};
    if (!plan->out || !plan->plots) return 0;
    w->shown = data->count < PLOT_TRAJECTORIES ? data->count : PLOT_TRAJECTORIES;
    bool frames = false;
    for (size_t i = 0; i < plan->plots; i++) frames |= plan->plot[i].every > 0;
    char folder[PATH_MAX];
    if (frames && (store_path(folder, plan->out, "frames", fault) || store_folder(folder, fault))) return fault->status;
    make_room(w, fault);
    for (size_t i = 0; i < plan->plots && !fault->status; i++) add_picture(w, &plan->plot[i], fault);
    if (fault->status) plot_close(w);
    return fault->status;
}

uint64_t plot_due(const plots *w, uint64_t step)
{
    uint64_t due = UINT64_MAX;
    for (size_t i = 0; i < w->pictures; i++) {
        const uint64_t every = w->picture[i].plan->every;
        if (every && (step / every + 1) * every < due) due = (step / every + 1) * every;
    }
    return due;
}

int plot_frames(plots *w, uint64_t step, const void *theta, const history *past, nodec_fault *fault)
{
    for (size_t i = 0; i < w->pictures; i++) {
        const picture *p = &w->picture[i];
        if (!p->plan->every || step % p->plan->every) continue;
        if (write_frame(w, p, step, theta, past, fault)) return fault->status;
        gnuplot_send(&w->gnuplot, "first = %llu; last = first; load '%s-frames.gp'\n",
                     (unsigned long long)step, p->name);
    }
    return 0;
}

void plot_begin(plots *w) { gnuplot_start(&w->gnuplot); }

bool plot_finish(plots *w, uint64_t step, const void *theta, const history *past,
                 char *reason, size_t size, nodec_fault *fault)
{
    for (size_t i = 0; i < w->pictures && !fault->status; i++) {
        if (write_data(w, &w->picture[i], step, theta, past, fault)) break;
        gnuplot_send(&w->gnuplot, "load '%s.gp'\n", w->picture[i].name);
    }
    return gnuplot_finish(&w->gnuplot, reason, size);
}

void plot_close(plots *w)
{
    char reason[256];
    if (w->plan && w->pictures) {
        w->gnuplot.used = 0;                    /* nothing more is drawn            */
        gnuplot_finish(&w->gnuplot, reason, sizeof reason);
    }
    solve_close(&w->solved);
    free(w->picture);
    free(w->t);
    free(w->start);
    *w = (plots){0};
}
