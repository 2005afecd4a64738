/* checkpoint.h: everything a run needs to go on with the same bits.
 *
 * Random numbers are counted, not kept (philox.h), so this is the step, what was
 * learned, the losses so far and what one kind of training alone keeps (`more`).  The file is written
 * atomically, carries a version and a checksum, and belongs to one experiment
 * (fingerprint) on machines of one byte order. */
#ifndef NODEC_CHECKPOINT_H
#define NODEC_CHECKPOINT_H

#include "history.h"
#include "learned.h"

typedef struct checkpoint {
    uint64_t fingerprint, seed;
    uint64_t step;
    uint64_t metrics;               /* bytes of metrics.jsonl that belong to it     */
    double   seconds;               /* of training so far                           */
    history  past;
} checkpoint;

int checkpoint_save(const char *path, const learned *, const checkpoint *,
                    const void *more, size_t more_bytes, nodec_fault *);
/* The fingerprint and seed in the checkpoint are what is expected; another
 * experiment's is a fault.                                                         */
int checkpoint_load(const char *path, const learned *, checkpoint *,
                    void *more, size_t more_bytes, nodec_fault *);

#endif
