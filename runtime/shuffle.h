/* shuffle.h: orders and choices by counting (philox.h). */
#ifndef NODEC_SHUFFLE_H
#define NODEC_SHUFFLE_H

#include <stddef.h>

#include "philox.h"

/* A whole number in 0 .. n-1 (n < 2^32) from 32 random bits: Lemire's multiplication,
 * whose bias of n / 2^32 does not matter here.                                      */
static inline size_t nodec_below(uint32_t bits, size_t n) { return (size_t)(((uint64_t)bits * n) >> 32); }

/* Fisher and Yates' shuffle of n > 0 numbers; depends on their order before, the
 * stream and the epoch only.                                                       */
static inline void nodec_shuffle(size_t *order, size_t n, uint64_t stream, uint64_t epoch)
{
    for (size_t i = n - 1; i > 0; i--) {
        const size_t j = nodec_below(nodec_bits(stream, epoch, 0, (uint32_t)i).w[0], i + 1), was = order[i];
        order[i] = order[j];
        order[j] = was;
    }
}

#endif
