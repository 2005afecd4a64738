/* pool.h: threads behind nodec_parallel.
 *
 * The caller is one of the threads.  Workers spin for a moment between tasks (a
 * solve calls again within microseconds), then sleep.  Which thread runs which
 * task never changes a result: tasks own what they write. */
#ifndef NODEC_POOL_H
#define NODEC_POOL_H

#include "abi.h"
#include "fault.h"

typedef struct pool pool;

/* NULL for one thread (nothing is needed then) and on failure (see the fault).
 * Threads are bound to the processors that this process may use, if there are
 * enough of them. Call from one thread at a time.                                 */
pool *pool_open(size_t threads, nodec_fault *);
void  pool_close(pool *);
/* What to hand to a module; NULL for NULL. */
const nodec_parallel *pool_parallel(const pool *);

#endif
