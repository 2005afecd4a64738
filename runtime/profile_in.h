/* profile_in.h: what the two halves of a profile share: what was seen, and what it means.
 *
 *     profile.c          the clock, the stacks it finds
 *     profile_names.c    from stacks to layers and ops, as a table and as JSON           */
#ifndef NODEC_PROFILE_IN_H
#define NODEC_PROFILE_IN_H

#include "dwarf.h"
#include "image.h"
#include "profile.h"

enum { PROFILE_DEPTH = 6, PROFILE_STACKS = 1 << 15, PROFILE_CODES = 256 };

typedef struct profile_stack { uintptr_t pc[PROFILE_DEPTH]; uint64_t count; } profile_stack;   /* innermost first, 0: no more */

typedef struct profile_part {       /* code that was loaded                         */
    uintptr_t low, high;
    dwarf lines;
    const nodec_origin *origin;
    size_t origins;
} profile_part;

struct nodec_profile {
    profile_stack *stack;           /* hashed, PROFILE_STACKS of them               */
    size_t   stacks;                /* in use                                       */
    uint64_t samples, lost;         /* lost: no room for one more stack             */
    profile_part code[PROFILE_CODES];
    size_t   codes;
    uintptr_t top;                  /* of the watched thread's stack                */
    volatile bool running;
};

#endif
