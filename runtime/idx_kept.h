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

#endif
