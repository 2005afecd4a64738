/* points.h: which trajectories a sweep has: trajectory i's starting states and inputs
 * from its number alone, so that nobody keeps a list of them. */
#ifndef NODEC_POINTS_H
#define NODEC_POINTS_H

#include "sweep.h"

typedef struct place {              /* where a value goes                           */
    const nodec_value *value;       /* the same for all, or drawn for each; or NULL */
    const nodec_varied *varied;     /* what varies                                  */
    uint64_t stream, every;         /* every: GRID: so many trajectories until it changes */
    size_t offset, count;
    bool input;
} place;

typedef struct points {
    const nodec_sweep *sweep;
    place *place; size_t places;    /* those of what varies first, in order         */
} points;

int  points_open(points *, const nodec_sweep *, nodec_fault *);
void points_close(points *);
/* given [batch][states] and inputs [batch][inputs] of trajectories first, first + 1 ... */
void points_fill(const points *, uint64_t first, size_t batch, void *given, void *inputs);
/* Which of the points of what varies trajectory i has. GRID and POINTS only.        */
size_t points_index(const points *, size_t varied, uint64_t i);
/* Number `element` of what varies, in trajectory i, as the module reads it.         */
double points_value(const points *, size_t varied, uint64_t i, size_t element);

#endif
