/* cache.h: where compiled modules are kept between runs.
 *
 * $NODEC_CACHE, else $XDG_CACHE_HOME/nodec, else ~/.cache/nodec; a folder of our
 * own (0700, foreign ones are refused), or, if it cannot be used, a temporary one
 * that goes away with the run. */
#ifndef NODEC_CACHE_H
#define NODEC_CACHE_H

#include <limits.h>
#include <stdbool.h>

#include "fault.h"

typedef struct cache {
    char folder[PATH_MAX - 128];
    bool temporary;                 /* remove it when done                          */
} cache;

/* persistent false, or no usable place: a temporary folder. */
int  cache_open(cache *, bool persistent, nodec_fault *);
void cache_close(cache *);
/* Removes the files least recently used until at most `bytes` are left; files of
 * the last hour stay.                                                              */
void cache_trim(const cache *, unsigned long long bytes);
/* Marks a file as used now. */
void cache_touch(const char *path);

#endif
