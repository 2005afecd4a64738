/* live_llvm.c: the engine llvm: LLVM IR, compiled to an image of machine code (or found in the
 * cache), loaded, and driven by tables.
 *
 * The image is kept under its IR, so that whatever leads to the same code shares it. The tables, with
 * the image's key before them, are kept under what the caller says that all of this depends on:
 * who asks for the same again needs neither lowering nor IR. */
#include "back/c.h"
#include "library/live.h"
#include "library/tables.h"

#include <stdlib.h>
#include <string.h>

#include "jit.h"

/* What the image depends on: the text, and what compiles it for which processor. */
static cache_key key_of(const char *ir, size_t length)
{
    char machine[1024];
    cache_key key = cache_key_new();
    jit_key(machine, sizeof machine);
    cache_mix(&key, ir, length);
    cache_mix_text(&key, machine);
    return key;
}

/* From the cache, or compiled and kept there. */
static bool image_of(const cache *place, cache_key key, const char *ir, size_t length, jit_image *image, nodec_fault *fault)
{
    image->at = cache_read(place, key, "llvm", &image->bytes);
    if (image->at) return true;
    if (jit_compile(ir, length, NULL, image, fault)) return false;
    cache_write(place, key, "llvm", image->at, image->bytes);
    return true;
}

bool live_image(const char *ir, size_t length, bool keep, jit_image *image, nodec_fault *fault)
{
    cache place;
    *image = (jit_image){ 0 };
    if (cache_open(&place, keep, fault)) return false;
    const bool done = image_of(&place, key_of(ir, length), ir, length, image, fault);
    cache_close(&place);
    return done;
}

/* ---- the same again ----------------------------------------------------------------------------- */

static cache_key key_of_same(const LiveHow *how)
{
    char machine[1024];
    cache_key key = *how->same;
    jit_key(machine, sizeof machine);
    cache_mix_text(&key, machine);
    return key;
}

static Text to_keep(const LiveHow *how, cache_key image, const Tables *tables)
{
    Text kept = { .arena = how->arena };
    if (!how->same || how->profile) return kept;
    text_add_n(&kept, (const char *)&image, sizeof image);
    text_add_n(&kept, tables->at, tables->bytes);
    return kept;
}

/* What was to_keep, as code. */
static served *driver_of(const cache *place, const unsigned char *kept, size_t bytes)
{
    cache_key key;
    nodec_fault ignored = { 0 };
    nodec_code code = { 0 };
    jit_image image = { 0 };
    if (bytes <= sizeof key) return NULL;
    memcpy(&key, kept, sizeof key);
    image.at = cache_read(place, key, "llvm", &image.bytes);
    const bool loaded = image.at && !jit_load(&image, &code, &ignored);
    free(image.at);
    return loaded ? served_open(kept + sizeof key, bytes - sizeof key, &code, &ignored) : NULL;
}

served *live_llvm_again(const LiveHow *how)
{
    cache place;
    nodec_fault ignored = { 0 };
    size_t bytes = 0;
    if (cache_open(&place, true, &ignored)) return NULL;
    unsigned char *kept = place.temporary ? NULL : cache_read(&place, key_of_same(how), "tables", &bytes);
    served *found = kept ? driver_of(&place, kept, bytes) : NULL;
    free(kept);
    cache_close(&place);
    return found;
}

/* ---- anew ---------------------------------------------------------------------------------------- */

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
    const char *text = text_string(&ir);
    const cache_key key = key_of(text, ir.length);
    const Text kept = to_keep(how, key, &tables);
    if (cache_open(&place, how->cache, fault)) return NULL;
    const bool compiled = image_of(&place, key, text, ir.length, &image, fault), loaded = compiled && !jit_load(&image, &code, fault);
    const bool told = loaded && tell(&watch, &image, &code, fault);
    if (told && kept.length) cache_write(&place, key_of_same(how), "tables", kept.at, kept.length);
    cache_close(&place);
    free(image.at);
    if (loaded && !told) code.close(code.self);
    return told ? served_open(tables.at, tables.bytes, &code, fault) : NULL;
}
