/* training_march.c: steps on an engine that runs ahead of the host (march.h): they are queued
 * one after another, nobody waits for one of them, and then they are looked at together. */
#include "training.h"

#include <string.h>

#include "entry.h"
#include "interrupt.h"
#include "march.h"

/* Queues the next step; a nodec_status. */
static int queue(training *w, uint64_t number)
{
    const nodec_update update = training_update(w, number);
    const int status = w->kind->gradient(w, number);
    if (!status) w->kind->update(w, &update);
    return status;
}

static void count(training *w, const nodec_marched *done)
{
    for (size_t i = 0; i < done->steps; i++) {
        const double *row = done->row + i * done->width;
        memcpy(w->value, row, w->values * sizeof *row);
        training_count(w, w->at.step + 1, row[w->values]);
    }
}

bool training_march(training *w, uint64_t until, int *status)
{
    const nodec_march *m = w->now.march;
    const uint64_t room = RECORDS - w->records, most = room < m->most ? room : m->most, first = w->at.step;
    nodec_marched done;
    *status = m->begin(m->self);
    if (*status) return false;
    for (uint64_t number = first + 1; number <= until && number - first <= most && !*status && !interrupted(); number++)
        *status = queue(w, number);
    if (m->look(m->self, &done)) *status = NODEC_BROKEN;
    if (*status == NODEC_BROKEN) return false;
    count(w, &done);
    w->report = done.report;
    if (done.status) *status = done.status == NODEC_UNSOUND ? NODEC_OK : done.status;
    return !done.status && !*status;
}
