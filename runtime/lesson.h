/* lesson.h: what a model's training remembers of its losses and metrics: curves over
 * the steps, sums of the current epoch, the last test.  Plain data, kept in
 * checkpoints: of[0] is the loss, of[1 + i] the model's value i. */
#ifndef NODEC_LESSON_H
#define NODEC_LESSON_H

#include "history.h"

typedef struct course {
    double sum;                     /* over the samples of this epoch               */
    history_curve train, test;
} course;

typedef struct lesson {
    uint64_t tested;                /* step of the last test                        */
    uint64_t samples;               /* of this epoch                                */
    double   test_loss, test_accuracy, test_error;
    course   of[];
} lesson;

static inline double lesson_mean(const lesson *l, size_t value)
{
    return l->samples ? l->of[value].sum / (double)l->samples : NAN;
}

#endif
