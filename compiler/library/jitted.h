/* jitted.h: what jitted.c and functions.c know of a compiled module. */
#ifndef ND_JITTED_H
#define ND_JITTED_H

#include "library/library.h"
#include "library/live.h"

enum { FUNCTIONS = 16 };

struct nodec_jit {
    Heap  heap;
    Arena arena;
    Live  live;
    const char *stem, *prefix;      /* "spiral", "spiral_mlp": names in the header are PREFIX_solve, STEM_message */
    bool  starts, observes;
    nodec_code thunks;              /* of a driver: its functions, compiled        */
    nodec_function function[FUNCTIONS];         /* by their rows                   */
};

/* functions.c, in three steps of which only the first takes memory from an arena:
 * text that makes the functions; the functions; one of them, or NULL.             */
const char *functions_text(Arena *, const nodec_jit *, size_t *length);
int functions_load(nodec_jit *, const char *ir, size_t length, bool keep, nodec_fault *);
nodec_function functions_find(const nodec_jit *, const char *name);

#endif
