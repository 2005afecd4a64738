/* sweep_plot.h: pictures of a sweep: maps and histograms of summaries, which grow as
 * trajectories come in, and some trajectories themselves.
 *
 * Files are those of plot.h: NAME.dat, NAME.gp, NAME.png, NAME.svg.  A map has at most
 * CELLS cells to a side; trajectories that meet in a cell (because more varies than the
 * map's two, or more finely) are averaged.  A cell in which none stayed finite is grey. */
#ifndef NODEC_SWEEP_PLOT_H
#define NODEC_SWEEP_PLOT_H

#include "gnuplot.h"
#include "plot.h"
#include "sweep_part.h"

enum { SWEEP_CELLS = 1000, SWEEP_BINS = 1024 };

typedef struct side {               /* of a map                                     */
    size_t varied, cells;
    bool   even;                    /* its numbers are at equal distances           */
    double low, high;               /* drawn from here to there                     */
} side;

typedef struct sweep_map { side x, y; double *sum; uint32_t *count; } sweep_map;

/* Counts in SWEEP_BINS cells of one width; both grow with the range, by merging pairs. */
typedef struct sweep_bars { double low, width, least, most; uint64_t count[SWEEP_BINS], total; } sweep_bars;

typedef struct sweep_plots {
    const sweep_work *work;
    picture    *picture; size_t pictures;
    sweep_map  *map;                /* [pictures]                                   */
    sweep_bars *bars;               /* [pictures]                                   */
    gnuplot     gnuplot;
} sweep_plots;

int  sweep_plots_open(sweep_plots *, const sweep_work *, nodec_fault *);
void sweep_plots_close(sweep_plots *);
void sweep_plots_see(sweep_plots *, uint64_t trajectory, const double *value);
/* Draws them all; a missing gnuplot is a warning. */
int  sweep_plots_finish(sweep_plots *, nodec_fault *);

void sweep_bars_see(sweep_bars *, double value);

#endif
