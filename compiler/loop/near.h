/* near.h: what items of a group read in common lies in the group's own memory: loop IR to loop IR.
 *
 * Of a sum of products, all teams read the same weights, all lanes of a team the same pixel.
 * A kernel for groups (items.h) fetches them together, for as many terms as there is room for;
 * then each item adds up what it added up before, in the order it did:
 *
 *     if team < 6 {                              let on = team < 6
 *       for k in 0 .. 64 {                       sync
 *         let w = a[k*64 + lane]                 for k in team .. 64 step 8 { store near[k*16 + lane] = a[k*64 + lane] }
 *         let u = b[team*64 + k]                 for k in lane .. 64 step 16 { store near[1024 + team*65 + k] = b[team*64 + k] }
 *         set c = fma(w, u, c)                   sync
 *       }                                        if on { for k in 0 .. 64 { let w = near[k*16 + lane] ... } }
 *       store out[team*16 + lane] = c            if on { store out[team*16 + lane] = c }
 *     }
 *
 * (Volkov and Demmel, Benchmarking GPUs to Tune Dense Linear Algebra, 2008.)
 *
 * near.c         which loads, and how many terms at a time
 * near_form.c    the kernel that fetches                                                  */
#ifndef ND_NEAR_H
#define ND_NEAR_H

#include "loop/items.h"

/* The kernel instead of the form, which was made last; or the form where nothing is worth it.
 * `room`: bytes of a group's memory.                                                       */
uint32_t near_build(Program *, const ItemsForm *, uint32_t room);

#endif
