/* sweep_result.h: what came out of a sweep, as one JSON object and as lines for a reader. */
#ifndef NODEC_SWEEP_RESULT_H
#define NODEC_SWEEP_RESULT_H

#include "sweep.h"

int sweep_result(const nodec_sweep *, const nodec_swept *, bool whole, FILE *, nodec_fault *);
/* The same, but for what differs from run to run, as result.json in the folder. */
int sweep_result_file(const nodec_sweep *, const nodec_swept *, bool whole, nodec_fault *);
/* How long it took and where it went; then a table of the summaries. */
void sweep_result_say(const nodec_sweep *, const nodec_swept *, FILE *);

#endif
