/* summary.h: running statistics of many trajectories at once, rows of summary.def. */
#ifndef NODEC_SUMMARY_H
#define NODEC_SUMMARY_H

#include <stddef.h>

enum { SUMMARY_CELLS = 3 };

/* Cells are [SUMMARY_CELLS][batch] doubles. y is an observation's first real of the first
 * trajectory, stride reals before the second's. */
typedef void summary_see(double *cells, size_t batch, const void *y, size_t stride);

typedef struct summary {
    const char *name;
    summary_see *first[2], *next[2];            /* of floats, of doubles            */
    /* value[k * stride] of n observations over `span` of time                      */
    void (*value)(double *cells, size_t batch, double n, double span, double *value, size_t stride);
} summary;

const summary *summary_named(const char *name);     /* or NULL */
size_t summary_count(void);
const summary *summary_row(size_t);

#endif
