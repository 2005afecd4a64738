/* plot.h: the pictures of a run.
 *
 * For each picture NAME the run's folder holds NAME.dat (the numbers), NAME.gp
 * (the script: change it and run gnuplot on it in that folder), NAME.png and
 * NAME.svg.  Pictures wanted every so many steps are drawn as frames too:
 * frames/NAME-000030.{dat,png,svg} by NAME-frames.gp.  Without gnuplot the data
 * and scripts are there all the same. */
#ifndef NODEC_PLOT_H
#define NODEC_PLOT_H

#include "dataset.h"
#include "gnuplot.h"
#include "history.h"
#include "solve.h"

enum { PLOT_TRAJECTORIES = 6 };     /* at most so many are drawn                    */

typedef struct picture {
    char name[64];
    const char *metric;             /* of a curve                                   */
    const nodec_plot *plan;
} picture;

typedef struct plots {
    const nodec_plan *plan;         /* out is a folder that exists                  */
    const dataset *data;
    picture *picture; size_t pictures;
    gnuplot gnuplot;
    size_t shown;                   /* trajectories                                 */
    solution solved;                /* of one trajectory, finely                    */
    void *t, *start;                /* [times of solved]; [states]                  */
} plots;

/* "trajectory", or the metric of a curve. */
const char *plot_kind(const nodec_plot *);
/* Named after its kind: "loss", and "loss-2" for a second one. */
picture plot_picture(const nodec_plot *, const picture *others, size_t count);

/* A plan without pictures or folder makes an empty plots, on which all is nothing. */
int  plot_open(plots *, const nodec_plan *, const dataset *, nodec_fault *);
/* The next step after `step` at which a frame is due; UINT64_MAX if never. */
uint64_t plot_due(const plots *, uint64_t step);
int  plot_frames(plots *, uint64_t step, const void *theta, const history *, nodec_fault *);
/* Begins drawing what waits; call when the run takes longer than a moment. */
void plot_begin(plots *);
/* The final pictures. False: `reason` says why they are missing (the data are not). */
bool plot_finish(plots *, uint64_t step, const void *theta, const history *,
                 char *reason, size_t size, nodec_fault *);
void plot_close(plots *);

#endif
