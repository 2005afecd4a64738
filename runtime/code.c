/* code.c: see code.h. */
#include "code.h"

int code_fault(const nodec_code *c, nodec_fault *fault)
{
    const char *why = c && c->fault ? c->fault(c->self) : NULL;
    return why ? fault_set(fault, NODEC_EXIT_IO, "the computation broke off: %s", why) : 0;
}

static int outcome(const nodec_code *c, int status, nodec_fault *fault)
{
    if (!status || code_fault(c, fault)) return fault->status;
    return fault_set(fault, NODEC_EXIT_BUG, "an array could not be moved (status %d)", status);
}

int code_keep(const nodec_code *c, void *memory, size_t bytes, bool fresh, nodec_fault *fault)
{
    return c && c->keep && bytes ? outcome(c, c->keep(c->self, memory, bytes, fresh), fault) : 0;
}

int code_fetch(const nodec_code *c, void *memory, nodec_fault *fault)
{
    return code_apart(c) ? outcome(c, c->fetch(c->self, memory), fault) : 0;
}

void code_drop(const nodec_code *c, void *memory)
{
    if (c && c->drop && memory) c->drop(c->self, memory);
}
