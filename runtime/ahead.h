/* ahead.h: files that are read while something else is compiled.
 *
 * Large packed files get a thread each: it maps what is in the cache (idx_kept.h), or
 * unpacks the file, hands the elements over, and then writes them into the cache, which
 * nobody waits for but the end. */
#ifndef NODEC_AHEAD_H
#define NODEC_AHEAD_H

#include "idx.h"
#include "run.h"

/* Waits for the elements of `path`; false if nobody reads it, or they are given away. What
 * went wrong is in the fault.                                                       */
bool ahead_take(nodec_ahead *, const char *path, idx *, nodec_fault *);
/* Until nobody looks at the elements any more; before they are closed.              */
void ahead_wait(nodec_ahead *);

#endif
