/* share.h: what a C compiler would have to do, done before: loops that say the same become
 * one function, long ones parallel. */
#ifndef ND_SHARE_H
#define ND_SHARE_H

#include "loop/loop.h"

/* Functions move, so that callees stay before callers: where function i is now. */
const uint32_t *loop_share(Program *);

/* Functions stay where they are; new ones are not in front of their callers until loop_share. */
void loop_spread(Program *);

#endif
