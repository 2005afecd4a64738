/* devices.c: `nodec devices`: what `--device` can name on this machine. */
#include "command.h"
#include "opencl.h"

#include <stdio.h>

int command_devices(Options *o)
{
    opencl cl;
    nodec_fault fault = { 0 };
    if (o->words) return complain(NODEC_EXIT_USAGE, "nodec devices takes no names, not %s", o->word[0]);
    int status = opencl_open(&cl, &fault);
    if (status) fprintf(stderr, "%s\n", fault.text);
    else (o->json ? opencl_print_json : opencl_print)(&cl, stdout);
    opencl_close(&cl);
    return status;
}
