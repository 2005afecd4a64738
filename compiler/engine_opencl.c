/* engine_opencl.c: the engine of --device opencl: kernels, built by the device's driver (or found
 * in the cache) and driven by tables. */
#include "engine.h"

#include "opencl_code.h"
#include "tables.h"

static opencl_entry entry_of(const BackCall *call)
{
    return (opencl_entry){ .launch = call->launch, .kernel = { call->kernel[0], call->kernel[1], call->kernel[2] },
                           .width = call->width, .returns = call->returns, .params = call->params };
}

/* The device by its name, once a run; and which guarantee is lost there. */
static void introduce(Engines *e, const Options *o, const nodec_code *code)
{
    const char *loses = opencl_code_loses(code);
    if (loses && !e->device && !o->quiet)
        fprintf(stderr, "nodec: warning: not the bits of the CPU on %s: %s\n", opencl_code_device(code), loses);
    e->device = arena_printf(o->arena, "%s", opencl_code_device(code));
}

served *engine_opencl(Engines *e, const Options *o, const EmitInput *what, size_t most, nodec_fault *fault)
{
    const EmitOptions emit = { .stem = "model", .model_path = o->word[0], .module = true, .most = most };
    const Tables tables = what->fields ? tables_of_field(o->arena, what->field[0], &emit)
                                       : tables_of_model(o->arena, what->model[0], &emit);
    const Program *p = what->fields ? what->field[0]->program : what->model[0]->program;
    Text source = { .arena = o->arena };
    const BackCall *call = back_opencl_calls(what, &emit, &source);
    opencl_entry *entry = NEW_ARRAY(o->arena, opencl_entry, p->fn.count + 1);
    for (size_t i = 0; i < p->fn.count; i++) entry[i] = entry_of(&call[i]);
    const opencl_source from = { .text = text_string(&source), .real_bytes = p->real == TYPE_F32 ? 4 : 8, .entry = entry, .entries = p->fn.count };
    nodec_code *code = opencl_code_open(o->device, &from, !o->no_cache, fault);
    if (!code) return NULL;
    introduce(e, o, code);
    return served_open(tables.at, tables.bytes, code, fault);
}
