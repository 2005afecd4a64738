/* sweep_part.h: a block of a sweep's trajectories, from their starts to what is kept. */
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
} sweep_work;

typedef struct sweep_part {
    const sweep_work *work;
    const nodec_parallel *parallel; /* for the engine; NULL: parts run side by side  */
    uint64_t first;
    size_t   batch;                 /* trajectories; what is solved may be padded   */
    solution solved;
    void    *other;                 /* an engine with memory of its own keeps solved.x and this, in turn */
    void    *given, *inputs;
    double  *cells;                 /* [summaries][SUMMARY_CELLS][block]            */
    double  *value;                 /* [block][summaries]                           */
    bool    *finite;                /* [block]                                      */
    int      status;                /* NODEC_OK, or what stopped it                 */
    bool     stopped;               /* by an interrupt                              */
} sweep_part;

int  sweep_part_open(sweep_part *, const sweep_work *, const nodec_parallel *, nodec_fault *);
void sweep_part_close(sweep_part *);
/* Trajectories first, first + 1, ... first + batch - 1. */
void sweep_part_run(sweep_part *, uint64_t first, size_t batch);
/* What output o of trajectory b was at time i of the last slice. */
double sweep_part_seen(const sweep_part *, size_t i, size_t b, size_t o);

#endif
