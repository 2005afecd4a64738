/* data_from.h: the two sources of a dataset (simulate.c, tabulate.c), for dataset.c. */
#ifndef NODEC_DATA_FROM_H
#define NODEC_DATA_FROM_H

#include "dataset.h"

/* Sets count and allocates first, seen, time, y, input. */
int data_room(dataset *, size_t count, size_t total, nodec_fault *);
const nodec_state *data_row(const nodec_state *row, size_t rows, const char *name);

int data_simulate(dataset *, const nodec_simulation *, uint64_t seed, const nodec_parallel *, nodec_fault *);
int data_tabulate(dataset *, const nodec_table *, nodec_fault *);

#endif
