/* npy.h: NumPy's array files, versions 1 to 3 (numpy.org/neps/nep-0001): read
 * as float32, float64, whole numbers and bool in C order, written as reals. */
#ifndef NODEC_NPY_H
#define NODEC_NPY_H

#include <stdio.h>

#include "fault.h"

enum { NPY_RANK = 8 };

typedef struct npy { size_t rank, shape[NPY_RANK], count; double *at; } npy;

/* Everything as doubles; free(at) when done. */
int npy_read(npy *, const char *path, nodec_fault *);
/* The head of a file of little-endian reals of 4 or 8 bytes, which must follow. */
void npy_head(FILE *, size_t bytes, size_t rank, const size_t *shape);
void npy_put(FILE *, size_t bytes, double value);
size_t npy_bytes(char *to, size_t bytes, double value);         /* the same in memory; returns `bytes` */

#endif
