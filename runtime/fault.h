/* fault.h: what went wrong in a run, as data.
 *
 * A function that can fail returns one of these exit statuses and leaves the
 * message, complete and without a final newline, in the fault it was given:
 *
 *     hudson_bay.csv:4:6: error: `4.x` in column `Hare` is not a number
 *     nodec: error: cannot write runs/comp/metrics.jsonl: No space left on device
 *
 * Only the first fault is kept: the ones after it are its consequences. */
#ifndef NODEC_FAULT_H
#define NODEC_FAULT_H

#include <stddef.h>

enum {
    NODEC_EXIT_OK      = 0,
    NODEC_EXIT_DATA    = 1,         /* the model or the data is wrong              */
    NODEC_EXIT_USAGE   = 2,
    NODEC_EXIT_IO      = 3,         /* a file, a missing program, a full disk      */
    NODEC_EXIT_NUMERIC = 4,         /* the computation left the finite numbers     */
    NODEC_EXIT_BUG     = 70,
    NODEC_EXIT_STOPPED = 130        /* by SIGINT or SIGTERM, checkpoint written    */
};

typedef struct nodec_fault {
    int  status;                    /* 0: none                                     */
    char text[1200];
} nodec_fault;

#if defined __GNUC__
#define FAULT_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define FAULT_PRINTF(f, a)
#endif

/* "nodec: error: ..." ; returns status. */
int fault_set(nodec_fault *, int status, const char *format, ...) FAULT_PRINTF(3, 4);
/* "path:line:column: error: ..." ; line or column 0 are left out. */
int fault_at(nodec_fault *, int status, const char *path, size_t line, size_t column,
             const char *format, ...) FAULT_PRINTF(6, 7);
/* "nodec: error: cannot VERB PATH: <errno in words>" ; returns NODEC_EXIT_IO. */
int fault_io(nodec_fault *, const char *verb, const char *path);
/* A further line: "help: did you mean `Hare`?" if a candidate is near, otherwise
 * "note: there is `Year`, `Hare`, `Lynx`".                                       */
void fault_suggest(nodec_fault *, const char *wrong, const char *const *candidate, size_t count);
void fault_note(nodec_fault *, const char *format, ...) FAULT_PRINTF(2, 3);

#endif
