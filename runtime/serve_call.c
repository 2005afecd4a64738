/* serve_call.c: calls of entries with arguments as lowered.h lists them. */
#include "serve_in.h"

/* Rounded to the precision of the Program. */
void call_real(serve_call *c, double value)
{
    c->arg[c->count++].real = c->of->bytes == sizeof(float) ? (double)(float)value : value;
}

int call_run(serve_call *c, uint32_t entry, const nodec_parallel *parallel)
{
    const nodec_code *code = &c->of->code;
    return code->call(code->self, entry, c->arg, c->count, parallel);
}

int serve_hold(const served *s, void *work, size_t bytes)
{
    return s->code.keep && bytes ? s->code.keep(s->code.self, work, bytes, 1) : NODEC_OK;
}

void serve_let_go(const served *s, void *work, size_t bytes)
{
    if (s->code.drop && bytes) s->code.drop(s->code.self, work);
}
