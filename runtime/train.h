/* train.h: what a training is made of. */
#ifndef NODEC_TRAIN_H
#define NODEC_TRAIN_H

#include "checkpoint.h"
#include "metrics.h"
#include "minibatch.h"
#include "plot.h"
#include "pool.h"
#include "progress.h"
#include "safetensors.h"
#include "validation.h"

#define CHECKPOINT_FILE "checkpoint.nodec"

/* Writes the result to plan->json as one JSON object (result.c). */
int result_json(const nodec_plan *, const nodec_result *, bool finished, nodec_fault *);

#endif
