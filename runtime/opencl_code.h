/* opencl_code.h: a compiled model on an OpenCL device, as an engine (entry.h).
 *
 * In: OpenCL C, and for each entry the kernels it is made of.  Out: a nodec_code.
 * Weights, moments, workspaces and data that are kept stay on the device; a call
 * sends what is not, queues the kernels, and waits only for results.             */
#ifndef NODEC_OPENCL_CODE_H
#define NODEC_OPENCL_CODE_H

#include <stdbool.h>

#include "entry.h"
#include "fault.h"
#include "launch.h"

typedef struct opencl_entry {
    const launch *launch;           /* what is to be run; NULL: these three, with all arguments */
    const char *kernel[3];          /* before, over and after the blocks; NULL: nothing to do */
    size_t      width;              /* trajectories of a block: ceil(first argument / width) items */
    bool        returns;            /* a status; its kernels do nothing where they find one */
    const char *params;             /* a letter each: i whole number, r real, c buffer, w buffer that is
                                       written; NULL: there is no such entry        */
} opencl_entry;

typedef struct opencl_source {
    const char *text;               /* see BackCall in compiler/back/back.h          */
    size_t      real_bytes;
    const opencl_entry *entry; size_t entries;
} opencl_source;

/* `device` as in --device. NULL and a fault: no device, or the text does not build. The
 * entries must live until close.                                                   */
nodec_code *opencl_code_open(const char *device, const opencl_source *, bool use_cache, nodec_fault *);
/* Does this device want groups of small work-items, where a processor wants few with long vectors?
 * With NODEC_ITEMS in the environment every device does.                          */
bool opencl_code_wants_items(const char *device);
/* What the device cannot promise of the bits, or NULL; its name.                   */
const char *opencl_code_loses(const nodec_code *);
const char *opencl_code_device(const nodec_code *);

#endif
