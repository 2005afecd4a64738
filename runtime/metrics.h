/* metrics.h: metrics.jsonl, a JSON object per logged step:
 *
 *     {"step":30,"loss":0.0123,"lr":0.01,"gradient":0.7}
 *     {"step":60,"validation":0.034}
 *     {"step":1875,"epoch":1,"test.loss":0.05,"test.accuracy":0.985}
 *
 * Numbers read back exactly.  Nothing in it depends on the clock: two runs of one
 * experiment write the same bytes, also if one of them was stopped and resumed. */
#ifndef NODEC_METRICS_H
#define NODEC_METRICS_H

#include <limits.h>
#include <stdint.h>

#include "fault.h"

typedef struct metrics {
    int  fd;                        /* -1: not kept                                 */
    char path[PATH_MAX];
    uint64_t offset;                /* bytes in the file, all of them whole lines   */
    size_t used;
    char buffer[1 << 15];
} metrics;

/* folder NULL: nothing is kept. `keep` bytes of an earlier run stay (0: begin anew). */
int  metrics_open(metrics *, const char *folder, uint64_t keep, nodec_fault *);
/* A line of numbers behind the step's; not a number is null. Names need no escapes. */
typedef struct metric { const char *name; double value; } metric;
int  metrics_line(metrics *, uint64_t step, const metric *, size_t count, nodec_fault *);
int  metrics_step(metrics *, uint64_t step, double loss, double rate, double gradient, nodec_fault *);
int  metrics_validation(metrics *, uint64_t step, double loss, nodec_fault *);
int  metrics_flush(metrics *, nodec_fault *);
void metrics_close(metrics *);

#endif
