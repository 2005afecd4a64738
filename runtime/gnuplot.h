/* gnuplot.h: one gnuplot process, fed through a pipe.
 *
 * Commands wait in memory until gnuplot_start, so that a run of a few
 * milliseconds is not disturbed while it is measured; after that they are drawn
 * as they come, at low priority. */
#ifndef NODEC_GNUPLOT_H
#define NODEC_GNUPLOT_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "fault.h"

typedef struct gnuplot {
    const char *folder;             /* where it works                               */
    pid_t pid;                      /* 0: not started                               */
    FILE *pipe, *log;               /* log: its messages                            */
    char *queue; size_t used, room; /* commands that wait                           */
    bool broken;                    /* could not be started, or died                */
} gnuplot;

void gnuplot_send(gnuplot *, const char *format, ...) FAULT_PRINTF(2, 3);
/* Starts the process if anything waits. SIGPIPE must be ignored by the caller. */
void gnuplot_start(gnuplot *);
/* Waits until all is drawn. False: `reason` says why pictures are missing. */
bool gnuplot_finish(gnuplot *, char *reason, size_t size);

#endif
