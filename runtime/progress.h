/* progress.h: how far a run is, on standard error.
 *
 * On a terminal a bar in tqdm's layout, redrawn at most ten times a second:
 *
 *      45%|████▌     | 1350/3000 [00:12<00:14, 110.3it/s, loss=0.0012]
 *
 * elsewhere a line now and then.  A training in epochs has a bar for each:
 *
 *     epoch 2/5:  45%|####      | 843/1875 [00:12<00:14, 70.3it/s, loss=0.0012, accuracy=0.985] */
#ifndef NODEC_PROGRESS_H
#define NODEC_PROGRESS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define PROGRESS_NO_LOSS (-INFINITY)            /* of what has none: steps are trajectories */

typedef struct progress {
    bool quiet, terminal, blocks, colour;
    uint64_t first, steps;          /* first: where this run began                  */
    uint64_t begun, shown;          /* nanoseconds                                  */
    uint64_t base;                  /* steps before this bar's                      */
    char head[32], tail[64];        /* "epoch 2/5: "; ", accuracy=0.985"            */
    uint64_t next, last;            /* lines: the step of the next one, of the last one */
} progress;

uint64_t progress_clock(void);      /* nanoseconds, monotone                        */
void progress_open(progress *, bool quiet, uint64_t first, uint64_t steps);
/* The bar is of steps base+1 ... steps from now on. */
void progress_part(progress *, const char *head, uint64_t base, uint64_t first, uint64_t steps);
void progress_show(progress *, uint64_t step, double loss);
/* The last state of the bar, and a new line. */
void progress_close(progress *, uint64_t step, double loss);
/* A line that does not disturb the bar. */
void progress_say(progress *, const char *text);

/* The bar's text, `tail` at its end; apart for the tests. Returns its length. */
int progress_print(char *text, int size, uint64_t step, uint64_t first, uint64_t steps,
                   double seconds, double loss, const char *tail, bool blocks);

#endif
