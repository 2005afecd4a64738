/* history.h: the losses of a run, remembered in bounded space.
 *
 * The curve is a row of means over `every` steps each; when it is full, neighbours
 * are merged and `every` doubles.  Plain data: a checkpoint keeps it as it is. */
#ifndef NODEC_HISTORY_H
#define NODEC_HISTORY_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

enum { HISTORY_POINTS = 1024, HISTORY_RECENT = 100 };

typedef struct history_point { double step, value; } history_point;

typedef struct history_curve {
    uint64_t every, pending;        /* steps per point; steps in `sum`              */
    double sum;
    uint64_t count;
    history_point at[HISTORY_POINTS];
} history_curve;

typedef struct history {
    uint64_t losses;                /* how many so far                              */
    double first, last, recent[HISTORY_RECENT];
    history_curve loss, validation;
} history;

static inline void history_merge(history_curve *c)
{
    for (size_t i = 0; i < HISTORY_POINTS / 2; i++)
        c->at[i] = (history_point){c->at[2 * i + 1].step, (c->at[2 * i].value + c->at[2 * i + 1].value) / 2};
    c->count = HISTORY_POINTS / 2;
    c->every *= 2;
}

static inline void history_extend(history_curve *c, uint64_t step, double value)
{
    if (!c->every) c->every = 1;
    c->sum += value;
    if (++c->pending < c->every) return;
    if (c->count == HISTORY_POINTS) {
        history_merge(c);
        return;                     /* the sum goes on until it has `every` again   */
    }
    c->at[c->count++] = (history_point){(double)step, c->sum / (double)c->every};
    c->sum = 0;
    c->pending = 0;
}

static inline void history_add(history *h, uint64_t step, double loss)
{
    if (!h->losses) h->first = loss;
    h->last = loss;
    h->recent[h->losses++ % HISTORY_RECENT] = loss;
    history_extend(&h->loss, step, loss);
}

/* Mean over the last 100 steps, or all if there were fewer. */
static inline double history_mean(const history *h)
{
    const uint64_t n = h->losses < HISTORY_RECENT ? h->losses : HISTORY_RECENT;
    double sum = 0;
    for (uint64_t i = 0; i < n; i++) sum += h->recent[i];
    return n ? sum / (double)n : NAN;
}

#endif
