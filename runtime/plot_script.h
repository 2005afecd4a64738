/* plot_script.h: how pictures look; between plot.c and plot_script.c. */
#ifndef NODEC_PLOT_SCRIPT_H
#define NODEC_PLOT_SCRIPT_H

#include "plot.h"

typedef struct plot_range { double low, high; } plot_range;

/* The range of time (column 0) or of output column-1 over the shown trajectories,
 * with a margin.                                                                   */
plot_range plot_range_of(const plots *, size_t column);
/* "x" or "x[1]": the name of output o. */
void plot_label(const nodec_module *, size_t o, char *text, size_t size);
/* The gnuplot script of a picture, or of its frames. */
void plot_script(const plots *, const picture *, bool frames, FILE *);

#endif
