/* result.h: what came out of a run, as one JSON object. */
#ifndef NODEC_RESULT_H
#define NODEC_RESULT_H

#include "run.h"

/* To plan->json. Returns an exit status. */
int result_json(const nodec_plan *, const nodec_result *, bool finished, nodec_fault *);

#endif
