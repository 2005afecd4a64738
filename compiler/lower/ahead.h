/* ahead.h: entries of a training for engines that run ahead of their host. */
#ifndef ND_AHEAD_H
#define ND_AHEAD_H

#include "loop/lowered.h"

/* Of `params` weights, and so many reals in a model's buffers. */
Ahead ahead_build(Program *, Name prefix, uint32_t params, uint32_t buffers);

#endif
