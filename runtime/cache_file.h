/* cache_file.h: bytes that are kept between runs under the hash of what they depend on.
 *
 * A file appears whole, by rename, and says what its bytes hash to: one that is damaged,
 * or somebody else's, is not there.                                                */
#ifndef NODEC_CACHE_FILE_H
#define NODEC_CACHE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "cache.h"

typedef struct cache_key { uint64_t a, b; } cache_key;      /* FNV-1a twice, from two beginnings */

cache_key cache_key_new(void);
void cache_mix(cache_key *, const void *bytes, size_t);
void cache_mix_text(cache_key *, const char *);             /* with its end */

void cache_mix_self(cache_key *);   /* the file that this code is in: what a compiler makes depends on it */

/* Memory to free, or NULL: there is none. `kind` ends the file's name: "opencl".    */
void *cache_read(const cache *, cache_key, const char *kind, size_t *bytes);
/* What cannot be kept is made again.                                               */
void  cache_write(const cache *, cache_key, const char *kind, const void *, size_t bytes);

/* The same for data, which nobody runs and whose damage the reader looks for himself: mapped, for
 * munmap, or NULL; and written in two pieces.                                      */
const void *cache_map(const cache *, cache_key, const char *kind, size_t *bytes);
void  cache_put(const cache *, cache_key, const char *kind, const void *, size_t, const void *, size_t);

#endif
