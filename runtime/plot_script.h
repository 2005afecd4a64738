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

/* Parts of a script, for other pictures. head: what it is. begin: opens the loop over
 * formats, and over frames; in it `data` names what is learned.                     */
void script_head(FILE *, const picture *, bool frames);
void script_style(FILE *);
void script_palette(FILE *);
const char *script_colour(size_t);              /* of one curve among several; again from the first */
void script_begin(FILE *, const picture *, bool frames);
void script_end(FILE *, bool frames);
void script_quoted(FILE *, const char *text);   /* single quotes, in which gnuplot doubles a quote */

#endif
