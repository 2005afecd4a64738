/* opencl_memory.h: memory of the host, and what stands for it on a device.
 *
 * What is kept lives on the device alone; kernels find the buffers in it by their
 * distance from its beginning.  Anything else is lent to a call.  What nobody uses
 * any more waits for the next who needs as much, so a loop allocates nothing; what
 * is sent is copied aside first, so that nobody waits for it.                     */
#ifndef NODEC_OPENCL_MEMORY_H
#define NODEC_OPENCL_MEMORY_H

#include "opencl_program.h"

typedef struct opencl_range {
    char  *from;                    /* of the host                                  */
    size_t bytes, room;             /* kept, and in the device's buffer             */
    cl_mem mem;                     /* NULL: it lies in another range               */
} opencl_range;

typedef struct opencl_ranges { opencl_range *at; size_t count, room; } opencl_ranges;

typedef struct opencl_place { cl_mem mem; size_t at; } opencl_place;    /* at: bytes */

typedef struct opencl_memory {
    const opencl_program *program;
    opencl_ranges kept, spare;
    size_t   used;                  /* bytes of the device that are ours            */
    unsigned released;              /* counts: a buffer that was an argument may be gone */
    char    *aside; size_t aside_used, aside_room;      /* on its way to the device */
} opencl_memory;

void opencl_memory_close(opencl_memory *);

/* Where the device has it; false: it is not kept. */
bool opencl_kept(const opencl_memory *, const void *memory, size_t bytes, opencl_place *);
int  opencl_keep(opencl_memory *, void *memory, size_t bytes, bool fresh, nodec_fault *);
int  opencl_fetch(opencl_memory *, void *memory, nodec_fault *);
void opencl_drop(opencl_memory *, void *memory);

/* A buffer with a copy of memory in it, until it is taken back.                    */
int  opencl_lend(opencl_memory *, void *memory, size_t bytes, opencl_range *, nodec_fault *);
void opencl_take_back(opencl_memory *, const opencl_range *);

/* From the host to the `at`th byte of a buffer; the caller's copy is free again. */
int  opencl_send(opencl_memory *, cl_mem, size_t at, const void *from, size_t bytes, nodec_fault *);

/* Everything queued is done: what was put aside is not needed any more. */
void opencl_arrived(opencl_memory *);

#endif
