/* sweep_table.h: the file a sweep leaves: a row for each trajectory, or for each of its times.
 *
 *     rho,sigma,mean(z),max(abs(x))            summary.csv
 *     rho,sigma,t,x,y,z                        trajectories.csv
 *
 * or the same as an array of records, summary.npy: numpy.load(path)["mean(z)"].  What was
 * interrupted is called summary-partial.  Whoever has computed rows also brings them into
 * their form, in parallel; written they are in order. */
#ifndef NODEC_SWEEP_TABLE_H
#define NODEC_SWEEP_TABLE_H

#include "points.h"
#include "store.h"

typedef struct sweep_table {
    const points *points;
    bool npy, single, open;
    char **column; size_t columns, varied;      /* varied: of these, coordinates       */
    store file;
    long  shape;                    /* npy: where the number of rows stands          */
    uint64_t rows;
} sweep_table;

typedef struct sweep_rows { char *at; size_t used, room, count; bool full; } sweep_rows;   /* full: out of memory */

int  sweep_table_open(sweep_table *, const points *, nodec_fault *);
/* Adds the row of trajectory i: its coordinates, then `rest` [columns - varied]. */
void sweep_table_row(const sweep_table *, sweep_rows *, uint64_t i, const double *rest);
/* Writes them and empties them. */
void sweep_table_write(sweep_table *, sweep_rows *, nodec_fault *);
/* The file appears, under a name that says whether it is whole. */
int  sweep_table_close(sweep_table *, bool whole, nodec_fault *);
void sweep_table_drop(sweep_table *);

#endif
