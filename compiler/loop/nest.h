/* nest.h: a nest of loops, apart from where it stands.
 *
 * Its code is the same for nests that differ only in what their variables are called and
 * in what comes from outside: integers that are added to addresses, from where to where
 * the outermost loop runs, buffers, numbers. Those are its holes, in the order of the code:
 *
 *     for e in 0 .. 64 step 16 { store sum[e] = fixed[e + 464 :16] }     view sum = fixed[928 ..]
 *
 *     for e in # .. # step 16 { store #[e + #] = #[e + # :16] }       0, 64, fixed, 928, fixed, 464 */
#ifndef ND_NEST_H
#define ND_NEST_H

#include "loop/loop.h"

enum { HOLE_FROM, HOLE_TO };        /* the first two                                 */

typedef struct Hole {
    Exp  value;                     /* where the nest stands; a buffer: its X_VAR   */
    bool stored;                    /* a buffer that is written through             */
} Hole;

typedef struct Nest {
    Stm      loop;
    uint32_t fn;                    /* where it stands                              */
    VEC(uint64_t) code;
    VEC(Hole) hole;
    bool     whole;                 /* else something in it can stand nowhere else  */
} Nest;

typedef struct Nests Nests;         /* for many nests of one Program                */
Nests *nests_new(Arena *, Program *);
void   nest_read(Nests *, Nest *);  /* `loop` is given                              */
/* The same statements where the builder stands, value[i] in hole i. */
void   nest_write(Nests *, const Nest *, const Exp *value);

#endif
