/* explain.c: `nodec explain`: what the plan chose, and why. */
#include "command.h"

int command_explain(Options *o)
{
    nodec_unit *u;
    nodec_output *out = NULL;
    int status = open_model(o, &u);
    nodec_request request = request_of(o);
    if (!status) status = answer(o, u, nodec_emit(u, &request, "explain", &out));
    if (!status) status = write_output("-", out->text, out->length);
    nodec_output_free(out);
    nodec_close(u);
    return status;
}
