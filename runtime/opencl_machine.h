/* opencl_machine.h: what the files of the engine share.
 *
 * opencl_code.c     the engine: entries as kernels, memory, begin and end
 * opencl_args.c     arguments of kernels; a kernel in the queue
 * opencl_gather.c   batches out of data that are kept */
#ifndef NODEC_OPENCL_MACHINE_H
#define NODEC_OPENCL_MACHINE_H

#include "opencl_code.h"
#include "opencl_memory.h"

enum { ARGUMENTS = 40, VALUES = 2 * ARGUMENTS + 2 };
enum { SLATE = 8192, SMALL = 1024, APART = 64 };        /* bytes: all, an array at most, the distance of their beginnings */

typedef union value { cl_mem mem; int64_t whole; float single; double real; } value;

typedef struct argument { size_t size; value is; } argument;    /* of a kernel */

typedef struct kernel {
    cl_kernel id;
    unsigned  released;             /* memory->released when these were set         */
    argument  set[VALUES];
} kernel;

typedef struct machine {
    nodec_code     code;            /* first: what others see                       */
    opencl         cl;
    opencl_program program;
    opencl_memory  memory;
    size_t         real_bytes;
    const opencl_entry *entry; size_t entries;
    kernel        *kernels;         /* entry by entry; then those of opencl_gather.c */
    size_t        *first;           /* [entries + 1]: whose kernels begin there     */
    cl_mem         slate;           /* a call's status, and small arrays that are nobody's */
    char           copy[SLATE];     /* of it                                        */
    bool           cached, broken;
    bool           ahead;           /* of the host: see `ahead` in entry.h          */
    nodec_fault    fault;           /* of the first call that broke                 */
} machine;

typedef struct call_args {
    argument     at[VALUES]; size_t count;
    size_t       from[ARGUMENTS + 1];           /* by argument: in `at`             */
    launch_whole whole[ARGUMENTS];  /* what a launch computes with                  */
    opencl_range lent[ARGUMENTS]; size_t lents;         /* mem NULL: on the slate     */
    size_t       place[ARGUMENTS];  /* on the slate, of what is lent there          */
    bool         back[ARGUMENTS];   /* what was lent is written                     */
    size_t       slate;             /* bytes of it in use                           */
} call_args;

/* A place in an array of elements of `each` bytes: the buffer, and a number of elements. */
int  args_buffer(machine *, call_args *, const nodec_arg *, size_t each, bool written);
void args_whole(call_args *, int64_t);
/* The status behind them; what is on the slate goes to the device. An exit status.   */
int  args_finish(machine *, call_args *);
call_args args_begin(machine *);
int  run_kernel(machine *, kernel *, const char *name, size_t groups, size_t group, const call_args *);

/* Kernels that go to the end of a program, or NULL: out of memory.                   */
enum { GATHERS = 2 };
char *gather_text(const char *program);
int   gather_run(machine *, const nodec_gather *);

#endif
