/* march.h: steps of a training that an engine does one after another while the host is
 * ahead of it, and that are looked at together.
 *
 * Between begin and look a module's `loss`, `train` and `update` only queue what is to be
 * done and return: the losses and norms that they give mean nothing. An update ends a
 * step. A step that does not come off, because a solve fails, or its loss or its gradient
 * is not finite, leaves weights, moments and buffers as they were, and so do all that
 * were queued after it; its own gradient and solution are there to be looked at.    */
#ifndef NODEC_MARCH_H
#define NODEC_MARCH_H

#include "abi.h"

typedef struct nodec_marched {
    size_t steps;                   /* that came off                                */
    const double *row; size_t width;            /* of each: losses and metrics, then its gradient's norm */
    int status;                     /* of the one after them: 0: there is none; NODEC_UNSOUND: it is its
                                       loss or its gradient                         */
    nodec_report report;            /* of that one                                  */
} nodec_marched;

typedef struct nodec_march {
    void  *self;
    size_t most;                    /* steps from begin to look                     */
    int  (*begin)(void *self);      /* NODEC_OK or NODEC_BROKEN                     */
    int  (*look)(void *self, nodec_marched *);
} nodec_march;

#endif
