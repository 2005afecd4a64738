/* code.h: the memory and the failures of the engine behind a module (entry.h).
 *
 * A module without one (NULL), or whose engine computes in the host's memory, has
 * nothing to keep or fetch. */
#ifndef NODEC_CODE_H
#define NODEC_CODE_H

#include <stdbool.h>

#include "entry.h"
#include "fault.h"

/* Does it have memory of its own, so that arrays of the host may be behind? */
static inline bool code_apart(const nodec_code *c) { return c && c->fetch; }

/* The array lives with the engine from here on, with its contents unless it is `fresh`. */
int  code_keep(const nodec_code *, void *memory, size_t bytes, bool fresh, nodec_fault *);
int  code_fetch(const nodec_code *, void *memory, nodec_fault *);
void code_drop(const nodec_code *, void *memory);

/* Can it pick batches out of what it keeps? */
static inline bool code_gathers(const nodec_code *c) { return c && c->gather; }

/* If the engine broke: why, into the fault, whose status it returns; else 0. */
int  code_fault(const nodec_code *, nodec_fault *);

#endif
