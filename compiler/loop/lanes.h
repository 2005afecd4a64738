/* lanes.h: a work-item for every lane, for devices that want many: loop IR to loop IR.
 *
 * A kernel whose vectors have LANES lanes becomes one for groups of LANES items, of which
 * each has a lane, vectors having become numbers:
 *
 *     let u = x[e :16]        let u = x[e + lane]
 *     store y[e] = u          store y[e + lane] = u
 *     store s[0] = tree(u)    store meet[lane] = u; sync; if lane == 0 { store s[0] = ... }
 *
 * What has one lane is computed by all items alike, so that loops and conditions are the
 * same for all of a group, and a `sync` may stand anywhere.  The bits are those of vectors. */
#ifndef ND_LANES_H
#define ND_LANES_H

#include "loop/loop.h"

/* The kernel's other form: its parameters are the number of the group, the item's in it, and
 * then the kernel's own. Calls of functions become calls of such forms, kept in `form`, by
 * function: 0 or one more than the function's number. NO_LANES: the arrays that items share
 * need more memory than a group has.                                                       */
#define NO_LANES UINT32_MAX
enum { LANES_ROOM = 32 << 10 };      /* bytes: what OpenCL promises of a group's memory */
uint32_t lanes_build(Program *, uint32_t kernel, uint32_t *form);

#endif
