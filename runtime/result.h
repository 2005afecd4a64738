/* result.h: what came out of a run: one JSON object, and where its time went. */
#ifndef NODEC_RESULT_H
#define NODEC_RESULT_H

#include "run.h"

/* The object to plan->json; the profile as a table to standard error, to out/profile.json
 * and into the object: what of it is wanted. Returns an exit status.                 */
int result_tell(const nodec_plan *, const nodec_result *, bool finished, nodec_fault *);

#endif
