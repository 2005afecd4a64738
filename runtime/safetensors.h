/* safetensors.h: named arrays in a file (github.com/huggingface/safetensors):
 *
 *     8 bytes: n, little endian | n bytes of JSON | data
 *     {"lin1.weight": {"dtype": "F32", "shape": [16, 2], "data_offsets": [0, 128]}, ...,
 *      "__metadata__": {"step": "3000"}}
 *
 * Reading trusts nothing: sizes, offsets, overlaps and holes are checked before a
 * byte of data is looked at. */
#ifndef NODEC_SAFETENSORS_H
#define NODEC_SAFETENSORS_H

#include <stdbool.h>
#include <stdint.h>

#include "learned.h"

enum { TENSOR_RANK = 8 };

typedef struct tensor {
    char  *name;
    char   dtype[8];                /* "F32", "F64", "I64", ...                     */
    size_t rank, shape[TENSOR_RANK], count;     /* count: elements                  */
    uint64_t begin, end;            /* bytes, from the start of the data            */
} tensor;

typedef struct safetensors {
    const char *path;
    int fd;
    uint64_t data;                  /* where the data start in the file             */
    tensor *at; size_t count;       /* in the order of the data                     */
} safetensors;

int  safetensors_open(safetensors *, const char *path, nodec_fault *);
void safetensors_close(safetensors *);
const tensor *safetensors_find(const safetensors *, const char *name);
/* The elements of an F32 or F64 tensor as reals of `bytes` bytes: to[count]. */
int safetensors_read(const safetensors *, const tensor *, size_t bytes, void *to, nodec_fault *);

/* Parameters and buffers under the names of a PyTorch state_dict (weights.c).
 * Positive parameters must be above zero. A buffer of several slots is written with
 * a dimension more, and read with it or without: then every slot is the same.
 * PyTorch wants to know of a BatchNorm how many batches it has seen: a whole number
 * num_batches_tracked beside running_mean, written and read over.
 * metadata: pairs name, text, ..., NULL; or NULL.                                  */
int weights_save(const char *path, const learned *, const char *const *metadata, nodec_fault *);
int weights_load(const char *path, const learned *, nodec_fault *);

#endif
