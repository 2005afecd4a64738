/* interrupt.h: SIGINT and SIGTERM as wishes that a run looks at between steps. */
#ifndef NODEC_INTERRUPT_H
#define NODEC_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

typedef struct interrupts { struct sigaction interrupt, terminate, pipe; } interrupts;

/* A second interrupt ends the process as usual. SIGPIPE is ignored meanwhile. */
void interrupts_take(interrupts *before);
void interrupts_give_back(const interrupts *before);
bool interrupted(void);

#endif
