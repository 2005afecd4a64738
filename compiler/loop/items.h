/* items.h: a kernel for groups of work-items, for devices that want many: loop IR to loop IR.
 *
 * A group is TEAMS teams of LANES items. Vectors are a team's: each item has a lane of them,
 * and vectors have become numbers. Loops whose iterations may be done in any order (FOR_ANY)
 * are the group's: each team does some.
 *
 *     for c in 0 .. full step 16 any {        let c = team*16
 *       store y[c] = x[c :16] + s[0]          if c < full { store y[c + lane] = x[c + lane] + s[0] }
 *     }
 *     store z[0] = tree(u)                    store meet[item] = u; sync; ... if item == 0 { store z[0] = ... }
 *
 * What stands in no such loop is computed by all teams alike, and stored by one. So loops and
 * conditions are the same for all of a group wherever items meet, and where they exchange
 * nothing they do not meet. The bits are those of vectors.
 *
 * items.c         decides, and tries again until no decision was wrong
 * items_inline.c  the kernel with what it calls, without returns
 * items_index.c   what an index is a multiple of
 * items_array.c   private arrays: an item's, in registers where they can be, spread over the group, or shared by it
 * items_meet.c    who touched which memory since items met
 * items_form.c    statements and expressions                                              */
#ifndef ND_ITEMS_H
#define ND_ITEMS_H

#include "loop/loop.h"

enum { TEAMS = 8 };                 /* as many as a block of trajectories has vectors      */
enum { GROUP_ROOM = 32 << 10 };     /* bytes: what OpenCL promises of a group's memory     */

typedef struct ItemsForm {
    uint32_t fn;                    /* its parameters are the group's number, the item's in it, and the kernel's own */
    uint32_t items;                 /* of a group; 0: they would need more memory than a group has */
    Var      item, lane, team;      /* in it: which item, lane and team it is           */
} ItemsForm;

ItemsForm items_build(Program *, uint32_t kernel);

#endif
