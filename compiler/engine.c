/* engine.c: a field or a model as running code: lowered, printed as C, compiled by the
 * system's compiler (or found in the cache), loaded. */
#include "engine.h"

#include <string.h>

/* Everything that can go wrong here is about files and programs, or a bug: the
 * model itself has been checked by now. */
static const nodec_engine *engine_of(Engines *e, const Options *o, const EmitInput *what, size_t most)
{
    EmitOptions emit = { .stem = "model", .model_path = o->word[0], .module = true, .most = most };
    Text source = { .arena = o->arena };
    back_c.emit(what, &emit, &source, NULL);
    nodec_fault fault = { 0 };
    nodec_engine *engine = nodec_load(text_string(&source), source.length, !o->no_cache, &fault);
    if (!engine) {
        e->status = fault.status;
        fprintf(stderr, "%s\n", fault.text);
        return NULL;
    }
    VEC_PUSH(o->arena, e->loaded) = engine;
    return engine;
}

const nodec_module *engine_load(Engines *e, const Options *o, const Field *field, const LowerOptions *lower, size_t most)
{
    const Lowered *lowered = lower_field(o->arena, o->names, field, lower);
    const nodec_engine *engine = engine_of(e, o, &(EmitInput){ .field = &lowered, .fields = 1 }, most);
    return engine ? nodec_loaded(engine) : NULL;
}

const nodec_model *engine_load_model(Engines *e, const Options *o, const Model *model, const LowerOptions *lower)
{
    const LoweredModel *lowered = lower_model(o->arena, o->names, model, lower);
    const nodec_engine *engine = engine_of(e, o, &(EmitInput){ .model = &lowered, .models = 1 }, 0);
    return engine ? nodec_loaded_model(engine) : NULL;
}

void engine_unload(Engines *e)
{
    for (size_t i = 0; i < e->loaded.count; i++) nodec_unload(e->loaded.at[i]);
    e->loaded.count = 0;
}
