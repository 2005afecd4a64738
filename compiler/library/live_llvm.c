/* live_llvm.c: the engine llvm: LLVM IR, compiled to an image of machine code (or found in the
 * cache), loaded, and driven by tables. */
#include "back/c.h"
#include "library/live.h"
#include "library/tables.h"

#include <stdlib.h>

#include "cache_file.h"
#include "jit.h"

/* What the image depends on: the text, and what compiles it for which processor. */
static cache_key key_of(const Text *ir)
{
    char machine[1024];
    cache_key key = cache_key_new();
    jit_key(machine, sizeof machine);
    cache_mix(&key, ir->at, ir->length);
    cache_mix_text(&key, machine);
    return key;
}

/* From the cache, or compiled and kept there. */
static bool image_of(const cache *place, Text *ir, jit_image *image, nodec_fault *fault)
{
    const cache_key key = key_of(ir);
    image->at = cache_read(place, key, "llvm", &image->bytes);
    if (image->at) return true;
    if (jit_compile(text_string(ir), ir->length, NULL, image, fault)) return false;
    cache_write(place, key, "llvm", image->at, image->bytes);
    return true;
}

/* A profile hears where each object's statements come from. */
static bool tell(const nodec_watch *w, const jit_image *image, const nodec_code *code, nodec_fault *fault)
{
    size_t bytes = 0;
    const void *object;
    for (size_t k = 0; w->profile && !fault->status && (object = jit_object(image, k, &bytes)); k++) {
        const char *name = profile_symbol(object, bytes);
        const void *at = jit_symbol(code, name);
        if (at) profile_code(w->profile, object, bytes, name, at, w->origin, w->origins, fault);
    }
    return !fault->status;
}

/* All that is the arena's comes first: the image and the code would not be freed if there were none. */
served *live_llvm(const LiveHow *how, const EmitInput *what, nodec_fault *fault)
{
    EmitOptions emit = how->emit;
    emit.vector_bytes = jit_vector_bytes(NULL);
    emit.split = true;
    emit.origins = how->profile;
    const EmitInput once = c_share(how->arena, what);
    const Tables tables = once.fields ? tables_of_field(how->arena, once.field[0], &emit)
                                      : tables_of_model(how->arena, once.model[0], &emit);
    const nodec_watch watch = live_watch(how, &once);
    Text ir = { .arena = how->arena };
    cache place;
    jit_image image = { 0 };
    nodec_code code = { 0 };
    back_llvm.emit(&once, &emit, &ir, NULL);
    if (cache_open(&place, how->cache, fault)) return NULL;
    const bool compiled = image_of(&place, &ir, &image, fault), loaded = compiled && !jit_load(&image, &code, fault);
    const bool told = loaded && tell(&watch, &image, &code, fault);
    cache_close(&place);
    free(image.at);
    if (loaded && !told) code.close(code.self);
    return told ? served_open(tables.at, tables.bytes, &code, fault) : NULL;
}
