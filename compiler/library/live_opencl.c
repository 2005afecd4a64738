/* live_opencl.c: the engine opencl: kernels, built by the device's driver (or found
 * in the cache) and driven by tables. */
#include "library/live.h"
#include "library/tables.h"

#include "opencl_code.h"

static opencl_entry entry_of(const BackCall *call)
{
    return (opencl_entry){ .launch = call->launch, .kernel = { call->kernel[0], call->kernel[1], call->kernel[2] },
                           .width = call->width, .returns = call->returns, .params = call->params };
}

served *live_opencl(Live *live, const LiveHow *how, const EmitInput *what, nodec_fault *fault)
{
    const Tables tables = what->fields ? tables_of_field(how->arena, what->field[0], &how->emit)
                                       : tables_of_model(how->arena, what->model[0], &how->emit);
    const Program *p = what->fields ? what->field[0]->program : what->model[0]->program;
    Text source = { .arena = how->arena };
    EmitOptions emit = how->emit;
    emit.lanes = opencl_code_wants_items(how->device);
    const BackCall *call = back_opencl_calls(what, &emit, &source);
    opencl_entry *entry = NEW_ARRAY(how->arena, opencl_entry, p->fn.count + 1);
    for (size_t i = 0; i < p->fn.count; i++) entry[i] = entry_of(&call[i]);
    const opencl_source from = { .text = text_string(&source), .real_bytes = p->real == TYPE_F32 ? 4 : 8, .entry = entry, .entries = p->fn.count };
    nodec_code *code = opencl_code_open(how->device, &from, how->cache, fault);
    if (!code) return NULL;
    live->loses = opencl_code_loses(code);
    live->device = opencl_code_device(code);    /* as long as the code                  */
    return served_open(tables.at, tables.bytes, code, fault);
}
