/* plot_script.c: gnuplot scripts, one function per kind of picture.
 *
 * NAME.dat holds blocks, which gnuplot calls indices: the observations first
 * (trajectory and series), then what is learned.  A frame's file holds only what
 * is learned, hence the `learned` index below. */
#include <math.h>
#include <string.h>

#include "plot_script.h"
#include "real.h"

/* Matplotlib's viridis (Smith and van der Walt, 2015), at nine places. */
static const char palette[] =
    "set palette defined (0 '#440154', 1 '#472d7b', 2 '#3b528b', 3 '#2c728e', 4 '#21918c', \\\n"
    "                     5 '#28ae80', 6 '#5ec962', 7 '#addc30', 8 '#fde725')\n";

static const char *const colour[] = {
    "#2f6fb0", "#d9642c", "#2e8b57", "#8e5aa8", "#b8860b", "#c2447a", "#4c5b70", "#17a2a2"
};
static const char accent[] = "#d9382c";

static void number(FILE *f, double value)
{
    char text[REAL_TEXT];
    snprintf(text, sizeof text, "%.6g", value);
    fputs(strpbrk(text, "in") ? "0" : text, f);
}

static void range(FILE *f, const char *axis, plot_range r)
{
    fprintf(f, "set %srange [", axis);
    number(f, r.low);
    fputs(":", f);
    number(f, r.high);
    fputs("]\n", f);
}

void script_quoted(FILE *f, const char *text)
{
    putc('\'', f);
    for (; *text; text++) {
        if (*text == '\'') putc('\'', f);
        putc(*text, f);
    }
    putc('\'', f);
}

void script_head(FILE *f, const picture *p, bool frames)
{
    fprintf(f, "# Draws %s%s from %s.dat. Change it and run it in this folder: gnuplot %s%s.gp\n",
            frames ? "the frames of " : "", p->name, p->name, p->name, frames ? "-frames" : "");
    if (frames) fprintf(f, "# All of them: gnuplot -e 'first = %llu; last = ...' %s-frames.gp\n",
                        (unsigned long long)p->plan->every, p->name);
    fputs("reset\nset encoding utf8\n", f);
}

void script_style(FILE *f)
{
    fputs("set border 3 linewidth 1 linecolor '#9aa0a6'\n"
          "set tics nomirror out scale 0.6 textcolor '#40464d'\n"
          "set grid linetype 1 linewidth 0.6 linecolor '#e3e6ea'\n"
          "set key top right samplen 2 spacing 1.25 textcolor '#40464d'\n"
          "set xlabel textcolor '#40464d'\n"
          "set ylabel textcolor '#40464d'\n"
          "set title font ',13' textcolor '#20252b'\n"
          "set samples 400\n", f);
}

void script_palette(FILE *f) { fputs(palette, f); }
const char *script_colour(size_t i) { return colour[i % COUNT_OF(colour)]; }

void script_begin(FILE *f, const picture *p, bool frames)
{
    fputs("\npng = strstrt(GPVAL_TERMINALS, 'pngcairo') ? 'pngcairo' : 'png'\n", f);
    if (frames) {
        fprintf(f, "every = %llu\n", (unsigned long long)p->plan->every);
        fputs("if (!exists('first')) first = every\n"
              "if (!exists('last')) last = first\n"
              "do for [step = first:last:every] {\n", f);
        fprintf(f, "name = sprintf('frames/%s-%%06d', step)\n", p->name);
    } else {
        fprintf(f, "name = '%s'\n", p->name);
    }
    fputs("data = name.'.dat'\n"
          "do for [format in 'png svg'] {\n"
          "    if (format eq 'png') {\n", f);
    fprintf(f, "        set terminal png size %s noenhanced font 'DejaVu Sans,%s'\n",
            frames ? "720,540" : "1200,900", frames ? "9" : "14");
    fputs("        if (png eq 'pngcairo') { set terminal pngcairo size ", f);
    fprintf(f, "%s noenhanced font 'DejaVu Sans,%s' background '#ffffff' }\n",
            frames ? "720,540" : "1200,900", frames ? "9" : "14");
    fputs("    } else {\n"
          "        set terminal svg size 800,600 noenhanced font 'DejaVu Sans,11' background '#ffffff'\n"
          "    }\n"
          "    set output name.'.'.format\n", f);
}

void script_end(FILE *f, bool frames)
{
    fputs("    unset output\n}\n", f);
    if (frames) fputs("}\n", f);
}

/* ---- the kinds -------------------------------------------------------------------------- */

static void trajectory(const plots *w, const picture *p, bool frames, FILE *f)
{
    const nodec_module *m = w->plan->fit;
    char x[128], y[128];
    const plot_range rx = plot_range_of(w, 1), ry = plot_range_of(w, 2);
    const double ratio = (rx.high - rx.low) / (ry.high - ry.low);
    plot_label(m, 0, x, sizeof x);
    plot_label(m, 1, y, sizeof y);
    script_style(f);
    fputs(palette, f);
    fputs("set xlabel ", f), script_quoted(f, x), fputs("\nset ylabel ", f), script_quoted(f, y), fputs("\n", f);
    range(f, "x", rx);
    range(f, "y", ry);
    range(f, "cb", plot_range_of(w, 0));
    fputs("set cblabel 't' offset 0.7 textcolor '#40464d'\n"
          "set colorbox user origin graph 1.03, graph 0.1 size graph 0.022, graph 0.8 noborder\n"
          "set rmargin 14\n", f);
    if (ratio > 0.5 && ratio < 2) fputs("set size ratio -1\n", f);
    fputs("set key outside top center horizontal maxrows 1\n", f);
    script_begin(f, p, frames);
    fprintf(f, "    plot data index %d using 2:3 with lines linewidth 2.4 linecolor '%s' title columnheader(1), \\\n"
               "         '%s.dat' index 0 using 2:3:1 with points pointtype 7 pointsize 1.0 palette title 'observed'\n",
            frames ? 0 : 1, accent, p->name);
    script_end(f, frames);
}

/* Outputs of similar size share a panel. */
static bool share_panel(const plots *w, size_t outputs)
{
    double low = INFINITY, high = 0;
    for (size_t o = 0; o < outputs; o++) {
        const plot_range r = plot_range_of(w, o + 1);
        low = fmin(low, r.high - r.low);
        high = fmax(high, r.high - r.low);
    }
    return high < 8 * low;
}

static void split_line(const plots *w, FILE *f)
{
    if (w->plan->split.kind != NODEC_SPLIT_BEFORE) return;
    fputs("set arrow 1 from first ", f), number(f, w->plan->split.value), fputs(", graph 0 to first ", f);
    number(f, w->plan->split.value);
    fputs(", graph 1 nohead dashtype 2 linewidth 1.2 linecolor '#9aa0a6'\n", f);
}

static void series(const plots *w, const picture *p, bool frames, FILE *f)
{
    const nodec_module *m = w->plan->fit;
    const size_t outputs = m->outputs < COUNT_OF(colour) ? m->outputs : COUNT_OF(colour);
    const bool shared = share_panel(w, outputs);
    const int learned = frames ? 0 : 1;
    script_style(f);
    range(f, "x", plot_range_of(w, 0));
    split_line(w, f);
    fputs("set key outside top center horizontal maxrows 1\n", f);
    script_begin(f, p, frames);
    if (!shared) fprintf(f, "    set multiplot layout %zu,1\n", outputs);
    for (size_t o = 0; o < outputs; o++) {
        char name[128];
        plot_label(m, o, name, sizeof name);
        if (!shared || !o) {
            plot_range r = plot_range_of(w, o + 1);
            for (size_t other = 1; shared && other < outputs; other++) {
                const plot_range q = plot_range_of(w, other + 1);
                r = (plot_range){fmin(r.low, q.low), fmax(r.high, q.high)};
            }
            fputs("    ", f), range(f, "y", r);
            if (!shared) fputs("    set ylabel ", f), script_quoted(f, name), fputs("\n", f);
            if (!shared) fprintf(f, "    set xlabel '%s'\n", o + 1 == outputs ? "t" : "");
            else fputs("    set xlabel 't'\n", f);
            fputs("    plot ", f);
        }
        fprintf(f, "'%s.dat' index 0 using 1:%zu with points pointtype 7 pointsize 1.2 linecolor '%s' title ",
                p->name, o + 2, colour[o]);
        script_quoted(f, name);
        fprintf(f, ", \\\n         data index %d using 1:%zu with lines linewidth 2.2 linecolor '%s' ",
                learned, o + 2, colour[o]);
        fputs("notitle", f);
        if (o + 1 == outputs)
            fprintf(f, ", \\\n         data index %d using (NaN):(NaN) with lines linewidth 2.2 linecolor '#40464d' "
                       "title columnheader(1)", learned);
        fputs(shared && o + 1 < outputs ? ", \\\n         " : "\n", f);
    }
    if (!shared) fputs("    unset multiplot\n", f);
    script_end(f, frames);
}

static void curve(const plots *w, const picture *p, bool frames, FILE *f)
{
    const bool validation = w->data->held, alone = !strcmp(p->metric, "validation");
    script_style(f);
    fputs("set logscale y\nset format y '10^{%L}'\nset xlabel 'step'\nset ylabel ", f);
    script_quoted(f, p->metric);
    fputs("\n", f);
    script_begin(f, p, frames);
    fputs("    set termoption enhanced\n    plot ", f);
    if (!alone)
        fprintf(f, "data index 0 using 1:2 with lines linewidth 0.8 linecolor '#a9c4e0' notitle, \\\n"
                   "         data index 0 using 1:3 with lines linewidth 2.2 linecolor '%s' title 'training loss'%s",
                colour[0], validation ? ", \\\n         " : "\n");
    if (alone || validation)
        fprintf(f, "data index %d using 1:2 with linespoints pointtype 7 pointsize 0.6 linewidth 1.6 linecolor '%s' "
                   "title 'validation'\n", alone ? 0 : 1, colour[1]);
    script_end(f, frames);
}

void plot_script(const plots *w, const picture *p, bool frames, FILE *f)
{
    script_head(f, p, frames);
    switch (p->plan->kind) {
    case NODEC_PLOT_TRAJECTORY: trajectory(w, p, frames, f); break;
    case NODEC_PLOT_SERIES:     series(w, p, frames, f); break;
    case NODEC_PLOT_CURVE:      curve(w, p, frames, f); break;
    case NODEC_PLOT_MISTAKES:   break;          /* gallery.c                         */
    case NODEC_PLOT_HEATMAP:
    case NODEC_PLOT_HISTOGRAM:  break;          /* sweep_plot.c                      */
    }
}
