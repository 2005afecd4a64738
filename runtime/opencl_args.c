/* opencl_args.c: arguments of kernels, set when they change, and kernels in the queue. */
#include "opencl_machine.h"

#include <string.h>

/* ---- arguments ---------------------------------------------------------------------------------- */

static void add_place(call_args *a, opencl_place place)
{
    a->at[a->count++] = (argument){sizeof(cl_mem), {.mem = place.mem}};
    a->at[a->count++] = (argument){sizeof(int64_t), {.whole = (int64_t)place.at}};
}

/* What is small is copied to the slate, which travels once each way; else it gets memory of its own. */
static int lend(machine *m, call_args *a, const nodec_arg *arg, opencl_place *place)
{
    opencl_range *lent = &a->lent[a->lents];
    if (arg->bytes <= SMALL && a->slate + arg->bytes <= SLATE) {
        *lent = (opencl_range){.from = arg->buffer, .bytes = arg->bytes};
        memcpy(m->copy + a->slate, arg->buffer, arg->bytes);
        *place = (opencl_place){m->slate, a->slate};
        a->place[a->lents] = a->slate;
        a->slate += (arg->bytes + APART - 1) / APART * APART;
        return 0;
    }
    if (opencl_lend(&m->memory, arg->buffer, arg->bytes, lent, &m->fault)) return m->fault.status;
    *place = (opencl_place){lent->mem, 0};
    return 0;
}

int args_buffer(machine *m, call_args *a, const nodec_arg *arg, size_t each, bool written)
{
    opencl_place place = {0};
    if (arg->buffer && !opencl_kept(&m->memory, arg->buffer, arg->bytes, &place)) {
        if (lend(m, a, arg, &place)) return m->fault.status;
        a->back[a->lents++] = written;
    }
    place.at /= each;
    add_place(a, place);
    return 0;
}

void args_whole(call_args *a, int64_t number) { a->at[a->count++] = (argument){sizeof number, {.whole = number}}; }

call_args args_begin(machine *m)
{
    call_args a;
    a.count = a.lents = 0;
    a.slate = APART;                /* the status, which is 0                       */
    memset(m->copy, 0, APART);
    return a;
}

int args_finish(machine *m, call_args *a)
{
    const size_t from = m->ahead ? APART : 0;           /* the status stays as it is      */
    add_place(a, (opencl_place){m->slate, 0});
    return opencl_send(&m->memory, m->slate, from, m->copy + from, a->slate - from, &m->fault);
}

/* ---- kernels ------------------------------------------------------------------------------------- */

static bool same(const argument *a, const argument *b)
{
    return a->size == b->size && !memcmp(&a->is, &b->is, a->size);
}

/* Sets what is not what it was in the last call. */
static int set_arguments(machine *m, kernel *k, const call_args *a, const char *name)
{
    if (k->released != m->memory.released) memset(k->set, 0, sizeof k->set);
    k->released = m->memory.released;
    for (size_t i = 0; i < a->count; i++) {
        if (same(&k->set[i], &a->at[i])) continue;
        const cl_int code = m->cl.api.clSetKernelArg(k->id, (cl_uint)i, a->at[i].size, &a->at[i].is);
        if (code != CL_SUCCESS) return opencl_failed(&m->program, name, code, &m->fault);
        k->set[i] = a->at[i];
    }
    return 0;
}

int run_kernel(machine *m, kernel *k, const char *name, size_t groups, size_t group, const call_args *a)
{
    const size_t items = groups * group;
    cl_int code = CL_SUCCESS;
    if (!items) return 0;
    if (!k->id) k->id = m->cl.api.clCreateKernel(m->program.program, name, &code);
    if (!k->id) return opencl_failed(&m->program, name, code, &m->fault);
    if (set_arguments(m, k, a, name)) return m->fault.status;
    code = m->cl.api.clEnqueueNDRangeKernel(m->program.queue, k->id, 1, NULL, &items, &group, 0, NULL, NULL);
    return code == CL_SUCCESS ? 0 : opencl_failed(&m->program, name, code, &m->fault);
}
