/* engine.c: a field as running code: lowered, printed as C, compiled by the
 * system's compiler (or found in the cache), loaded. */
#include "engine.h"

#include <string.h>

/* Everything that can go wrong here is about files and programs, or a bug: the
 * model itself has been checked by now. */
const nodec_module *engine_load(Engines *e, const Options *o, const Field *field, const LowerOptions *lower)
{
    const Lowered *lowered = lower_field(o->arena, o->names, field, lower);
    EmitOptions emit = { .stem = "model", .model_path = o->word[0], .module = true };
    Text source = { .arena = o->arena };
    back_c.emit(&lowered, 1, &emit, &source, NULL);
    nodec_fault fault = { 0 };
    nodec_engine *engine = nodec_load(text_string(&source), source.length, !o->no_cache, &fault);
    if (!engine) {
        e->status = fault.status;
        fprintf(stderr, "%s\n", fault.text);
        return NULL;
    }
    VEC_PUSH(o->arena, e->loaded) = engine;
    return nodec_loaded(engine);
}

void engine_unload(Engines *e)
{
    for (size_t i = 0; i < e->loaded.count; i++) nodec_unload(e->loaded.at[i]);
    e->loaded.count = 0;
}
