/* result.h: what came out of a run: one JSON object, and where its time went. */
#ifndef NODEC_RESULT_H
#define NODEC_RESULT_H

#include "learned.h"
#include "run.h"

/* The object to plan->json; the profile as a table to standard error, to out/profile.json
 * and into the object: what of it is wanted. Few parameters
 * are told with their values. Returns an exit status.                 */
int result_tell(const nodec_plan *, const nodec_result *, const learned *, bool finished, nodec_fault *);

#endif
