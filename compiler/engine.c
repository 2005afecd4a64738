/* engine.c: a field or a model as running code, by the engine that --engine or --device names
 * (library/live.h). */
#include "engine.h"
#include "opencl_code.h"

#include <string.h>

/* ---- which -------------------------------------------------------------------------------- */

/* "opencl", "opencl:0": which there are, the driver says. */
static bool on_device(const Options *o)
{
    return o->device && !strncmp(o->device, "opencl", 6) && (!o->device[6] || o->device[6] == ':');
}

const char *engine_device(const Options *o) { return on_device(o) ? o->device : "cpu"; }

int engine_check(const Options *o)
{
    if (o->device && strcmp(o->device, "cpu") && !on_device(o))
        return complain(NODEC_EXIT_USAGE, "--device is cpu, opencl, opencl:PLATFORM or opencl:PLATFORM:DEVICE, not %s", o->device);
    if (o->engine && !live_engine(o->engine)) return complain(NODEC_EXIT_USAGE, "--engine is llvm or cc, not %s", o->engine);
    if (o->profile && on_device(o)) return complain(NODEC_EXIT_USAGE, "--profile is of --device cpu, not of %s", o->device);
    if (o->engine && on_device(o)) return complain(NODEC_EXIT_USAGE, "--engine is of --device cpu, not of %s", o->device);
    return NODEC_EXIT_OK;
}

/* ---- what was lowered, running -------------------------------------------------------------- */

/* The device by its name, once a run; and which guarantee is lost there. */
static void introduce(Engines *e, const Options *o, const Live *live)
{
    if (live->loses && !e->device && !o->quiet)
        fprintf(stderr, "nodec: warning: not the bits of the CPU on %s: %s\n", live->device, live->loses);
    e->device = arena_printf(o->arena, "%s", live->device);
}

static Live run_it(Engines *e, const Options *o, const EmitInput *what, size_t most)
{
    const LiveHow how = {
        .arena = o->arena, .engine = o->engine, .device = on_device(o) ? o->device : NULL, .cache = !o->no_cache,
        .profile = e->profile,
        .emit = { .stem = "model", .model_path = o->word[0], .module = true, .most = most },
    };
    Live live;
    nodec_fault fault = { 0 };
    if (live_open(&live, &how, what, &fault)) {
        VEC_PUSH(o->arena, e->live) = live;
        if (live.device) introduce(e, o, &live);
    } else {
        e->status = fault.status;
        fprintf(stderr, "%s\n", fault.text);
    }
    e->engine = live.engine;
    return live;
}

const nodec_module *engine_load(Engines *e, const Options *o, const Field *field, const LowerOptions *lower, size_t most)
{
    const Lowered *lowered = lower_field(o->arena, o->names, field, lower);
    return run_it(e, o, &(EmitInput){ .field = &lowered, .fields = 1 }, most).module;
}

const nodec_model *engine_load_model(Engines *e, const Options *o, const Model *model, const LowerOptions *lower)
{
    LowerOptions own = *lower;
    own.wide = on_device(o) && opencl_code_wants_items(o->device);
    const LoweredModel *lowered = lower_model(o->arena, o->names, model, &own);
    return run_it(e, o, &(EmitInput){ .model = &lowered, .models = 1 }, 0).model;
}

void engine_unload(Engines *e)
{
    for (size_t i = 0; i < e->live.count; i++) live_close(&e->live.at[i]);
    e->live.count = 0;
}
