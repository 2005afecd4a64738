/* opencl_program.h: a program of ours on an OpenCL device.
 *
 * In: OpenCL C as the compiler writes it, and a device.  Out: calls of its
 * entries, each up to three kernels on one in-order queue; see the head of any
 * generated header.                                                               */
#ifndef NODEC_OPENCL_PROGRAM_H
#define NODEC_OPENCL_PROGRAM_H

#include "cache_file.h"
#include "opencl.h"

typedef struct opencl_program {
    const opencl_api    *api;
    const opencl_device *device;
    cl_context       context;
    cl_command_queue queue;
    cl_program       program;
    cache_key        key;           /* of what it is built from                     */
    bool             anew;          /* not from the cache                           */
} opencl_program;

typedef struct opencl_argument { size_t size; const void *value; } opencl_argument;

/* The device that "opencl", "opencl:0" or "opencl:0:1" names; NULL and a fault.   */
const opencl_device *opencl_choose(const opencl *, const char *name, nodec_fault *);

/* Builds the text, or takes what was built of it before from the cache (NULL: none); a fault
 * has the device's log, with the line of the text it is about.                    */
int  opencl_build(opencl_program *, const opencl *, const opencl_device *, const char *text, const cache *, nodec_fault *);
/* Into the cache, if it was built anew: best when kernels have run, for some drivers finish
 * them only then.                                                                  */
void opencl_remember(const opencl_program *, const cache *);
void opencl_release(opencl_program *);

/* A buffer, filled from `from` unless that is NULL.                               */
cl_mem opencl_buffer(const opencl_program *, size_t bytes, const void *from, nodec_fault *);
int    opencl_read(const opencl_program *, cl_mem, size_t at, size_t bytes, void *to, nodec_fault *);
/* Returns when `from` is free again (wait), or when the copy is queued.           */
int    opencl_write(const opencl_program *, cl_mem, size_t at, size_t bytes, const void *from, bool wait, nodec_fault *);

/* A fault: what failed, on which device, the error in words.                      */
int  opencl_failed(const opencl_program *, const char *what, cl_int code, nodec_fault *);

/* NAME_begin, NAME over `blocks` work-items and NAME_end, as far as there are such;
 * returns when they are queued.                                                   */
int  opencl_call(const opencl_program *, const char *name, size_t blocks, const opencl_argument *, size_t count, nodec_fault *);
int  opencl_wait(const opencl_program *, nodec_fault *);

#endif
