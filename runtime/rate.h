/* rate.h: learning rates over time; the schedules are rows of rate.def. */
#ifndef NODEC_RATE_H
#define NODEC_RATE_H

#include "run.h"

/* The factor on the base rate at step 1, 2, ..., steps. */
double rate_at(const nodec_rate *, uint64_t step, uint64_t steps);
const char *rate_name(nodec_rate_kind);
int rate_check(const nodec_rate *, nodec_fault *);

#endif
