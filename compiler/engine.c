/* engine.c: a field or a model as running code, by the engine that --engine names:
 *
 *     llvm    its entries compiled in this process, driven by tables (engine_llvm.c)
 *     cc      the whole module as C, compiled by the system's compiler (runtime/load.c)
 *     opencl  its entries as kernels, likewise, where --device names such a device (engine_opencl.c)
 *
 * Without a word it is llvm where the plugin is, and else cc.  All give the same bits. */
#include "engine.h"

#include <string.h>

#include "jit.h"

/* ---- which -------------------------------------------------------------------------------- */

static const char *const known[] = { "llvm", "cc" };

static const char *engine_named(const char *name)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(known[i], name)) return known[i];
    return NULL;
}

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
    if (o->engine && !engine_named(o->engine)) return complain(NODEC_EXIT_USAGE, "--engine is llvm or cc, not %s", o->engine);
    if (o->profile && (on_device(o) || (o->engine && strcmp(o->engine, "cc"))))
        return complain(NODEC_EXIT_USAGE, "--profile is of --engine cc only");
    if (o->engine && on_device(o)) return complain(NODEC_EXIT_USAGE, "--engine is of --device cpu, not of %s", o->device);
    return NODEC_EXIT_OK;
}

static const char *engine_wanted(const Options *o)
{
    char path[4096];
    if (on_device(o)) return "opencl";
    if (o->engine) return engine_named(o->engine);
    return jit_plugin(path, sizeof path) && !o->profile ? "llvm" : "cc";
}

/* ---- what was lowered, running -------------------------------------------------------------- */

typedef struct Running { const nodec_module *module; const nodec_model *model; } Running;

static bool by_tables(Engines *e, const Options *o, served *s, Running *out)
{
    if (!s) return false;
    VEC_PUSH(o->arena, e->served) = s;
    *out = (Running){ served_module(s), served_model(s) };
    return true;
}

/* Where statements come from, as a profile wants to know it. */
static nodec_watch watch_of(const Engines *e, const Options *o, const EmitInput *what)
{
    const Program *p = what->fields ? what->field[0]->program : what->model[0]->program;
    nodec_origin *origin = NEW_ARRAY(o->arena, nodec_origin, p->origin.count);
    for (size_t i = 1; i < p->origin.count; i++) {
        const Origin *from = &p->origin.at[i];
        origin[i] = (nodec_origin){ .kind = (nodec_origin_kind)from->kind, .layer = from->layer, .op = from->op,
                                    .file = from->at.source ? from->at.source->path : NULL, .line = from->at.line,
                                    .back = from->back };
    }
    return (nodec_watch){ e->profile, origin, p->origin.count };
}

static bool by_cc(Engines *e, const Options *o, const EmitInput *what, size_t most, Running *out, nodec_fault *fault)
{
    EmitOptions emit = { .stem = "model", .model_path = o->word[0], .module = true, .most = most, .origins = e->profile };
    Text source = { .arena = o->arena };
    nodec_watch watch = { 0 };
    if (e->profile) watch = watch_of(e, o, what);
    back_c.emit(what, &emit, &source, NULL);
    nodec_engine *engine = nodec_load(text_string(&source), source.length, !o->no_cache, e->profile ? &watch : NULL, fault);
    if (!engine) return false;
    VEC_PUSH(o->arena, e->loaded) = engine;
    *out = (Running){ nodec_loaded(engine), nodec_loaded_model(engine) };
    return true;
}

/* Everything that can go wrong here is about files and programs, or a bug: the model itself has
 * been checked by now. LLVM that cannot be opened is as good as none, unless it was asked for.   */
static Running run_it(Engines *e, const Options *o, const EmitInput *what, size_t most)
{
    Running out = { 0 };
    nodec_fault fault = { 0 };
    const char *wanted = engine_wanted(o);
    bool done = false;
    if (!strcmp(wanted, "llvm")) {
        done = by_tables(e, o, engine_llvm(o, what, most, &fault), &out);
        if (!done && !o->engine && fault.status == NODEC_EXIT_IO) wanted = "cc";
    }
    if (!strcmp(wanted, "opencl")) done = by_tables(e, o, engine_opencl(e, o, what, most, &fault), &out);
    if (!strcmp(wanted, "cc")) {
        fault = (nodec_fault){ 0 };
        done = by_cc(e, o, what, most, &out, &fault);
    }
    e->engine = wanted;
    if (!done) {
        e->status = fault.status;
        fprintf(stderr, "%s\n", fault.text);
    }
    return out;
}

const nodec_module *engine_load(Engines *e, const Options *o, const Field *field, const LowerOptions *lower, size_t most)
{
    const Lowered *lowered = lower_field(o->arena, o->names, field, lower);
    return run_it(e, o, &(EmitInput){ .field = &lowered, .fields = 1 }, most).module;
}

const nodec_model *engine_load_model(Engines *e, const Options *o, const Model *model, const LowerOptions *lower)
{
    const LoweredModel *lowered = lower_model(o->arena, o->names, model, lower);
    return run_it(e, o, &(EmitInput){ .model = &lowered, .models = 1 }, 0).model;
}

void engine_unload(Engines *e)
{
    for (size_t i = 0; i < e->loaded.count; i++) nodec_unload(e->loaded.at[i]);
    for (size_t i = 0; i < e->served.count; i++) served_close(e->served.at[i]);
    e->loaded.count = e->served.count = 0;
}
