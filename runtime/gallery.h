/* gallery.h: the pictures of a model's training: curves of its losses and metrics
 * over steps, samples or epochs, and a sheet of the test images it mistakes.
 *
 * The files are as plot.h says: NAME.dat, NAME.gp, NAME.png, NAME.svg. */
#ifndef NODEC_GALLERY_H
#define NODEC_GALLERY_H

#include "exam.h"
#include "lesson.h"
#include "plot.h"

typedef struct gallery {
    const nodec_plan *plan;
    const lesson *lesson;
    const exam *test;               /* NULL: none                                   */
    size_t samples, per_epoch;      /* of the data; steps                           */
    picture *picture; size_t pictures;
    gnuplot gnuplot;
} gallery;

/* Whether the plan's pictures can be drawn, before anything begins. */
int  gallery_check(const nodec_plan *, const exam *, nodec_fault *);
int  gallery_open(gallery *, const nodec_plan *, const lesson *, const exam *, size_t samples, size_t per_epoch,
                  nodec_fault *);
void gallery_close(gallery *);
/* As plot.h's, of the lesson so far. */
uint64_t gallery_due(const gallery *, uint64_t step);
int  gallery_frames(gallery *, uint64_t step, nodec_fault *);
bool gallery_finish(gallery *, char *reason, size_t size, nodec_fault *);

#endif
