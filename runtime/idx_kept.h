/* idx_kept.h: large packed IDX files, unpacked once.
 *
 * Unpacking the 47 MB of MNIST takes longer than compiling and a first step of training.
 * So the elements are kept in the cache (cache.h) under what tells the file from others
 * and from itself at another time (device, inode, size, times), with a checksum that is
 * looked at whenever they are mapped. */
#ifndef NODEC_IDX_KEPT_H
#define NODEC_IDX_KEPT_H

#include "idx.h"

/* As idx_open; from the cache if they are there, else they will be. */
int idx_open_kept(idx *, const char *path, nodec_fault *);
/* The same; `told` is called once the elements are there, or the fault is, and before they are
 * written into the cache.                                                           */
int idx_open_kept_told(idx *, const char *path, nodec_fault *, void (*told)(void *), void *of);
bool idx_is_worth_keeping(const char *path);

#endif
