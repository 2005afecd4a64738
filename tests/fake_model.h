/* fake_model.h: models written by hand, for tests of learning from rows. */
#ifndef TESTS_FAKE_MODEL_H
#define TESTS_FAKE_MODEL_H

#include "abi.h"

/* Logistic regression, float: inputs image and label, output logits, values ce and accuracy, one
 * moment (descent with momentum).  The image is divided by 255.  Buffer "norm.running_mean" [1] in two
 * slots follows the mean of the batches' pixels, slot 1 slower; draw "jitter" [1], uniform in -0.01 .. 0.01,
 * is added to every pixel of a sample in training.
 *     small: image [4, 4], 3 classes      digits: image [28, 28], 10 classes                       */
extern const nodec_model fake_small, fake_digits;

/* Calls of train and forward are counted. At that call of train the loss is not a number; at that
 * call of either a signal is raised. 0: never.                                                    */
extern size_t fake_trained, fake_tested, fake_breaks_at, fake_dies_training, fake_dies_testing;
extern int fake_signal;

#endif
