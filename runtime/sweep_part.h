/* sweep_part.h: a block of a sweep's trajectories, from their starts to what is kept:
 * summaries of each, or each as a whole. */
#ifndef NODEC_SWEEP_PART_H
#define NODEC_SWEEP_PART_H

#include "points.h"
#include "solve.h"

typedef struct sweep_work {         /* what all parts share                        */
    const nodec_sweep *sweep;
    points  points;
    void   *theta, *t;              /* [times] in the module's precision            */
    size_t  from;                   /* the first time that summaries see            */
    double  span;                   /* from it to the last                          */
    size_t  block, slice;           /* trajectories of a part, times of a slice     */
    bool    whole;                  /* no summaries: trajectories are kept          */
} sweep_work;

typedef struct sweep_part {
    const sweep_work *work;
    const nodec_parallel *parallel; /* for the engine; NULL: parts run side by side  */
    uint64_t first;
    size_t   batch, solved;         /* trajectories; and padded, as they are solved  */
    void    *given, *inputs;
    solution path;                  /* whole: states and outputs at every time       */
    void    *x, *cells, *room;      /* else: states, the summaries' cells, the module's workspace */
    size_t   room_bytes;
    nodec_report report;            /* of what failed                              */
    void    *kept;                  /* [block][summaries] as the module has them     */
    double  *value;                 /* the same, NaN where one of them is not finite */
    bool    *finite;                /* [block]                                      */
    int      status;                /* NODEC_OK, or what stopped it                 */
    bool     stopped;               /* by an interrupt                              */
} sweep_part;

int  sweep_part_open(sweep_part *, const sweep_work *, const nodec_parallel *, nodec_fault *);
void sweep_part_close(sweep_part *);
/* Trajectories first, first + 1, ... first + batch - 1. */
void sweep_part_run(sweep_part *, uint64_t first, size_t batch);
/* What output o of whole trajectory b was at time i. */
double sweep_part_seen(const sweep_part *, size_t i, size_t b, size_t o);

#endif
