/* jitted.c: an odef or a model as code in this process.
 *
 * What takes memory from arenas, and so may leave by a jump, comes before what is not the
 * arenas' to free: code, the compiler's files. */
#include "library/jitted.h"

#include <ctype.h>
#include <string.h>

/* The parts of c.c's names: letters and digits, in small letters. */
static const char *small(Arena *arena, const char *text)
{
    char *name = arena_string(arena, text, strlen(text));
    for (char *c = name; *c; c++) *c = isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
    return name;
}

typedef struct Opening { const nodec_request *request; nodec_jit *jit; } Opening;

/* One definition, or why there is not one. */
static int one_wanted(nodec_unit *u, const nodec_request *r, Wanted *wanted)
{
    int outcome = wanted_of(u, r, wanted);
    if (outcome) return outcome;
    if (wanted->count + wanted->models == 1) return NODEC_DONE;
    return unit_misused(u, "which of the %zu definitions of %s is to be compiled? The request has no name",
                        wanted->count + wanted->models, u->source->path);
}

static void name_it(nodec_jit *jit, const nodec_unit *u, const nodec_request *r, const char *name)
{
    jit->stem = small(&jit->arena, request_stem(&jit->arena, u, r));
    jit->prefix = arena_printf(&jit->arena, "%s_%s", jit->stem, small(&jit->arena, name));
}

static int open_in(Arena *work, nodec_unit *u, const Opening *call)
{
    nodec_jit *jit = call->jit;
    nodec_request r;
    Wanted wanted;
    nodec_fault fault = { 0 };
    int outcome = request_read(u, call->request, &r);
    if (!outcome && r.engine && !live_engine(r.engine)) outcome = unit_misused(u, "no engine is called %s; there are llvm and cc", r.engine);
    if (!outcome) outcome = one_wanted(u, &r, &wanted);
    if (outcome) return outcome;

    const Field *field = wanted.count ? wanted.field[0] : NULL;
    const Lowered *lowered = field ? lower_field(work, &u->names, field, &wanted.lower) : NULL;
    const LoweredModel *model = field ? NULL : lower_model(work, &u->names, wanted.model[0], &wanted.lower);
    const EmitInput what = { .field = &lowered, .fields = field != NULL, .model = &model, .models = model != NULL };
    name_it(jit, u, &r, field ? field->name : wanted.model[0]->name);
    jit->starts = field && field->start;
    jit->observes = field && field->observe;
    const LiveHow how = { .arena = work, .engine = r.engine, .cache = !r.anew,
                          .emit = { .stem = jit->stem, .model_path = u->source->path, .module = true, .whole = true } };
    if (!live_open(&jit->live, &how, &what, &fault)) return unit_fault(u, &fault);

    size_t length = 0;
    const char *ir = jit->live.served ? functions_text(work, jit, &length) : NULL;
    return ir && functions_load(jit, ir, length, how.cache, &fault) ? unit_fault(u, &fault) : NODEC_DONE;
}

static int open(nodec_unit *u, void *call)
{
    Arena work = { .heap = &u->heap };
    int outcome = open_in(&work, u, call);
    arena_free(&work);
    return outcome;
}

int nodec_jit_open(nodec_unit *u, const nodec_request *request, nodec_jit **jit)
{
    Heap heap;
    if (jit) *jit = NULL;
    if (!u || !jit) return NODEC_MISUSE;
    Opening call = { request, object_new(u, sizeof **jit, &heap) };
    if (!call.jit) return unit_break(u, NODEC_MEMORY);
    call.jit->heap = heap;
    call.jit->arena.heap = &call.jit->heap;
    int outcome = unit_request(u, open, &call, &call.jit->heap);
    if (outcome) nodec_jit_close(call.jit);
    else *jit = call.jit;
    return outcome;
}

void nodec_jit_close(nodec_jit *jit)
{
    if (!jit) return;
    if (jit->thunks.close) jit->thunks.close(jit->thunks.self);
    live_close(&jit->live);
    object_free(jit, &jit->heap);
}

/* ---- what there is ---------------------------------------------------------------------------- */

const nodec_module *nodec_jit_module(const nodec_jit *jit) { return jit ? jit->live.module : NULL; }
const nodec_model *nodec_jit_model(const nodec_jit *jit) { return jit ? jit->live.model : NULL; }
const char *nodec_jit_engine(const nodec_jit *jit) { return jit ? jit->live.engine : NULL; }

/* "solve" of "spiral_mlp_solve", "message" of "spiral_message"; else the name. */
static const char *last_part(const nodec_jit *jit, const char *name)
{
    const char *const before[] = { jit->prefix, jit->stem };
    for (size_t i = 0; i < COUNT(before); i++) {
        size_t n = strlen(before[i]);
        if (!strncmp(name, before[i], n) && name[n] == '_') return name + n + 1;
    }
    return name;
}

static nodec_function symbol(const nodec_jit *jit, const char *before, const char *name)
{
    char full[512];
    union { void *address; nodec_function function; } at = { NULL };
    if (strlen(before) + strlen(name) + 2 > sizeof full) return NULL;
    strcat(strcat(strcpy(full, before), "_"), name);
    at.address = nodec_symbol(jit->live.loaded, full);
    return at.function;
}

nodec_function nodec_jit_function(const nodec_jit *jit, const char *name)
{
    if (!jit || !name) return NULL;
    name = last_part(jit, name);
    if (jit->live.served) return functions_find(jit, name);
    return symbol(jit, strcmp(name, "message") ? jit->prefix : jit->stem, name);
}
