/* checkpoint.h: everything a run needs to go on with the same bits.
 *
 * Random numbers are counted, not kept (philox.h), so this is the step, the
 * parameters, the optimiser's moments and the losses so far.  The file is written
 * atomically, carries a version and a checksum, and belongs to one experiment
 * (fingerprint) on machines of one byte order. */
#ifndef NODEC_CHECKPOINT_H
#define NODEC_CHECKPOINT_H

#include "abi.h"
#include "fault.h"
#include "history.h"

typedef struct checkpoint {
    uint64_t fingerprint, seed;
    uint64_t step;
    uint64_t metrics;               /* bytes of metrics.jsonl that belong to it     */
    double   seconds;               /* of training so far                           */
    history  past;
} checkpoint;

int checkpoint_save(const char *path, const nodec_module *, const checkpoint *,
                    const void *theta, const void *moments, nodec_fault *);
/* Into theta [params] and moments [moments * params]. The fingerprint and seed in
 * the checkpoint are what is expected; another experiment's is a fault.            */
int checkpoint_load(const char *path, const nodec_module *, checkpoint *,
                    void *theta, void *moments, nodec_fault *);

#endif
