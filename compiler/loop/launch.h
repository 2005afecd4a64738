/* launch.h: a function as launches, for devices that run kernels: loop IR to loop IR.
 *
 * A kernel is a function whose first parameter is the number of the work-item.  The host
 * is what remains of the function: whole numbers, loops and conditions over them, and
 * S_PARs of one call each, of a kernel:
 *
 *     fn Tiny.train.host(batch: int, ..., mut work: real, mut status: real) {
 *       par item in 0 .. 1 { call Tiny.train.prepare(item, theta, work, status) }
 *       for k in 0 .. 20 {
 *         par b in 0 .. 8 { call Tiny.train.step_phase0(b, batch, k, theta, work, status) }
 *         ...
 *
 * What the function would return is left in status[0], which is 0 before; kernels that
 * find another number there do nothing, so nobody needs to look while they run.  All
 * other parameters are the function's own.                                           */
#ifndef ND_LAUNCH_H
#define ND_LAUNCH_H

#include "loop/loop.h"

typedef struct Launch {
    uint32_t entry, host;           /* functions                                    */
    VEC(uint32_t) kernel;           /* in the order in which the host first calls them */
} Launch;

/* Adds the functions to the Program. `entry` has no use for its own result before the end
 * but to return it, and keeps nothing but in buffers from one launch to another.     */
Launch launch_build(Program *, uint32_t entry);

#endif
