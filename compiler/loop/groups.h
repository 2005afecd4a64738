/* groups.h: launches of more groups: loop IR to loop IR.
 *
 * A kernel for a sample, or for a block, that is one nest of loops has a group for each
 * of their iterations instead, as far as they may be done by anybody (FOR_ANY):
 *
 *     par n in 0 .. batch { K(n) }        fn K(n) { for k in 0 .. 6 any { for v in 0 .. 64 step 32 any { ... } } }
 *     par i in 0 .. batch*2 { K.groups(i) }    fn K.groups(i) { let n = i/2  let v = i%2*32  for k in 0 .. 6 any { ... } }
 *
 * One of the loops stays: the teams of the group share it out (loop/items.h), the one that
 * gives most of them something to do; of a long one a group has so many iterations as
 * there are teams.  Loops are looked for in what is called as well.                    */
#ifndef ND_GROUPS_H
#define ND_GROUPS_H

#include "loop/launch.h"

/* Adds kernels and a host that calls them to the Program, and says so in the Launch. Where
 * loops may be done by anybody, what comes before them in a kernel reads nothing that they write. */
void groups_build(Program *, Launch *, int64_t teams);

#endif
