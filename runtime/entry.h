/* entry.h: calling the entries of a compiled Program, whatever compiled it.
 *
 * An engine (the reference machine, LLVM's JIT, an OpenCL device) is one function
 * that calls the entry with a number, its arguments in the order of
 * compiler/loop/lowered.h.  The driver around the calls is serve.h's.
 *
 * An engine with memory of its own copies what a call reads before it, and what it
 * writes after it, unless somebody has said `keep` of the memory around it: what is
 * kept lives with the engine alone until `drop`, and the host's copy is as old as
 * the last `fetch`.  The runtime keeps what a training works on (weights, what the
 * optimiser remembers, the gradient, the solution) for as long as it lasts; the
 * driver keeps its workspace for the length of a call, also when that is much
 * repeated: an engine does well to give back the same memory.                      */
#ifndef NODEC_ENTRY_H
#define NODEC_ENTRY_H

#include <stddef.h>
#include <stdint.h>

#include "abi.h"

enum {
    NODEC_UNSOUND = 99,             /* a loss or a gradient is not finite: what `judge` says (loop/lowered.h) */
    /* What it leaves: how many steps count, what the gradient is to be multiplied by, then a
     * row for each step: its losses and metrics, and the norm of its gradient.      */
    NODEC_JUDGED_STEPS = 0, NODEC_JUDGED_SCALE = 1, NODEC_JUDGED_ROWS = 16
};

enum { NODEC_BROKEN = 100 };        /* beside enum nodec_status: the engine failed, and `fault` says why */

typedef struct nodec_arg {          /* what its kind has; the rest need not be set  */
    void   *buffer;                 /* of a buffer: memory of the host; NULL if it is optional and absent */
    size_t  bytes;                  /* of a buffer: how many it has                 */
    int64_t whole;                  /* of a whole number                            */
    double  real;                   /* of a real                                    */
} nodec_arg;

/* A batch out of data that the engine keeps: sample s has, for i < times, at
 * to + s*to_sample + i*to_time the `width` elements of row pick[s*each] + i, or of row
 * pick[s*each + i] (by_time). Elements are bytes, read as reals, or reals. With a height, rows
 * are planes of height x wide pixels, which go pick[s*each + 1] down and pick[s*each + 2]
 * to the right; what comes in is 0.                                                 */
typedef struct nodec_gather {
    void   *to;   size_t to_bytes;              /* reals; kept                       */
    void   *from; size_t from_bytes;            /* kept                              */
    int     of_bytes, by_time;
    int32_t *pick; size_t each;                 /* [batch][each]                     */
    size_t  batch, times, width, to_sample, to_time, height, wide;
} nodec_gather;

typedef struct nodec_code {
    void *self;
    /* The entry's status, 0 from one that has none, or NODEC_BROKEN.               */
    int  (*call)(void *self, uint32_t entry, const nodec_arg *, size_t count, const nodec_parallel *);
    /* NULL, all three, in engines that work in the host's memory. Ranges that are kept do not
     * overlap, and a buffer of a call lies in one or meets none. keep copies from the host unless
     * `fresh`; keep of a range that lies in a kept one (its first byte may be the same) only counts,
     * and the drop that belongs to it does nothing: drops of one address come in the other order. */
    int  (*keep)(void *self, void *memory, size_t bytes, int fresh);
    int  (*fetch)(void *self, void *memory);        /* the engine's contents to the host */
    void (*drop)(void *self, void *memory);
    /* NULL where calls return when they are done. From ahead(1) to ahead(0) they return when they
     * are queued, with 0, and write to what is kept alone; when an entry has left another status
     * than 0, what was queued after it does nothing. ahead(0) waits, and gives that status. */
    int  (*ahead)(void *self, int on);
    int  (*gather)(void *self, const nodec_gather *);       /* or NULL; as a call of an entry without a status */
    void (*close)(void *self);
    const char *(*fault)(void *self);               /* of the first NODEC_BROKEN; NULL: there was none */
} nodec_code;

#endif
