/* share.h: loops that say the same become one function. */
#ifndef ND_SHARE_H
#define ND_SHARE_H

#include "loop/loop.h"

/* Functions move, so that callees stay before callers: where function i is now. */
const uint32_t *loop_share(Program *);

#endif
