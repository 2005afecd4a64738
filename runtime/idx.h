/* idx.h: arrays in IDX files, the format of the MNIST digits, gzip or not:
 *
 *     00 00 | type: 08 ... 0e | rank | rank sizes, 4 bytes each, big endian | elements
 *
 * (yann.lecun.com/exdb/mnist).  The first size counts items (images, labels); the
 * others are the shape of one.  Reading trusts nothing: a file is accepted whole,
 * to the checksum of its gzip stream, or the fault says what is wrong at which byte. */
#ifndef NODEC_IDX_H
#define NODEC_IDX_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"

enum { IDX_RANK = 8 };

typedef enum idx_type {             /* as the file's third byte says                */
    IDX_U8 = 0x08, IDX_I8 = 0x09, IDX_I16 = 0x0B, IDX_I32 = 0x0C, IDX_F32 = 0x0D, IDX_F64 = 0x0E
} idx_type;

typedef struct idx {
    const char *path;               /* the caller's                                 */
    idx_type type;
    size_t bytes;                   /* of an element                                */
    size_t count;                   /* items                                        */
    size_t rank, shape[IDX_RANK];   /* of one item                                  */
    size_t size;                    /* elements of one item                         */
    void  *data;                    /* [count][size], in this machine's byte order  */
    bool   packed;                  /* the file is                                  */
    void  *map; size_t mapped;      /* data lie in a file that is mapped (idx_kept.h); NULL: they are memory */
} idx;

int  idx_open(idx *, const char *path, nodec_fault *);
void idx_close(idx *);

/* Element i of all, count * size of them. */
double idx_at(const idx *, size_t i);
/* Where element i stands in the (unpacked) file, for messages. */
uint64_t idx_place(const idx *, size_t i);

#endif
