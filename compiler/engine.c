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

/* ---- the same again --------------------------------------------------------------------------- */

/* Clauses that change no code: another value need not be another key. (A run's pictures do, by what they look
 * at, which is among its outputs and summaries.) */
static bool is_code(const char *set)
{
    static const char *const other[] = { "steps", "epochs", "seed", "batch", "plot", "clip", "optimizer.lr", "data.dir", "data.noise",
                                         "test.dir", "statistics.settle" };
    for (size_t i = 0; i < COUNT(other); i++)
        if (!strncmp(set, other[i], strlen(other[i])) && set[strlen(other[i])] == '=') return false;
    return true;
}

/* What lowering is told beside the odef or the model itself. */
static void mix_told(cache_key *key, const Options *o, const Field *field, const LowerOptions *l)
{
    Text told = { .arena = o->arena };
    text_printf(&told, "%d %s %d %u %a %u %u %a", l->real, l->solver_text, l->gradient, l->tape, l->tape_bytes, l->steps, l->max_steps, l->h_max);
    text_printf(&told, " %s %s %a %d", l->loss ? l->loss : "-", l->optimizer ? l->optimizer : "-", l->loss_delta, l->loss_log);
    text_printf(&told, " %d %a %d", l->running, l->accuracy, l->wide);
    for (size_t i = 0; field && i < field->output.count; i++) text_printf(&told, " %s", field->output.at[i].name);
    for (size_t i = 0; i < l->summaries; i++) text_printf(&told, " %s", l->summary[i].name);
    cache_mix_text(key, text_string(&told));
}

/* All that decides what this load compiles: this compiler, the texts, what the command line says of
 * them, what lowering is told, and which of its loads it is. */
static cache_key key_of(const Engines *e, const Options *o, size_t most, const Field *field, const LowerOptions *lower)
{
    cache_key key = cache_key_new();
    const Source *source;
    const size_t sources = unit_sources(o->unit, 0, &source), number[] = { most, e->live.count, sources };
    const char *const word[] = { o->verb, e->experiment, o->words > 1 ? o->word[1] : NULL, o->real };
    cache_mix_self(&key);
    cache_mix(&key, number, sizeof number);
    mix_told(&key, o, field, lower);
    for (size_t i = 0; i < COUNT(word); i++) cache_mix_text(&key, word[i] ? word[i] : "");
    for (size_t i = 0; i < o->sets; i++)
        if (is_code(o->set[i])) cache_mix_text(&key, o->set[i]);
    for (size_t i = 0; i < sources; i++) {
        unit_sources(o->unit, i, &source);
        cache_mix_text(&key, source->path);
        cache_mix_text(&key, source->text);
    }
    return key;
}

/* ---- what was lowered, running -------------------------------------------------------------- */

/* The device by its name, once a run; and which guarantee is lost there. */
static void introduce(Engines *e, const Options *o, const Live *live)
{
    if (live->loses && !e->device && !o->quiet)
        fprintf(stderr, "nodec: warning: not the bits of the CPU on %s: %s\n", live->device, live->loses);
    e->device = arena_printf(o->arena, "%s", live->device);
}

static LiveHow how_to(const Engines *e, const Options *o, size_t most, const cache_key *same)
{
    return (LiveHow){
        .arena = o->arena, .engine = o->engine, .device = on_device(o) ? o->device : NULL, .cache = !o->no_cache,
        .profile = e->profile, .same = same,
        .emit = { .stem = "model", .model_path = o->word[0], .module = true, .most = most },
    };
}

static bool run_it(Engines *e, const LiveHow *how, const EmitInput *what, Live *live)
{
    nodec_fault fault = { 0 };
    if (live_open(live, how, what, &fault)) return true;
    e->status = fault.status;
    e->engine = live->engine;
    fprintf(stderr, "%s\n", fault.text);
    return false;
}

static void take(Engines *e, const Options *o, const Live *live)
{
    VEC_PUSH(o->arena, e->live) = *live;
    if (live->device) introduce(e, o, live);
    e->engine = live->engine;
}

const nodec_module *engine_load(Engines *e, const Options *o, const Field *field, const LowerOptions *lower, size_t most)
{
    const LowerOptions any = lower_any_steps(lower);
    const cache_key same = key_of(e, o, most, field, &any);
    const LiveHow how = how_to(e, o, most, &same);
    Live live;
    if (!live_again(&live, &how)) {
        const Lowered *lowered = lower_field(o->arena, o->names, field, &any);
        if (!run_it(e, &how, &(EmitInput){ .field = &lowered, .fields = 1 }, &live)) return NULL;
    }
    take(e, o, &live);
    return live.module;
}

nodec_options engine_options(const nodec_module *module, const LowerOptions *lower)
{
    nodec_options options = module->options;
    options.h_max = lower->h_max;
    options.steps = lower->steps;
    options.max_steps = lower->max_steps;
    return options;
}

const nodec_model *engine_load_model(Engines *e, const Options *o, const Model *model, const LowerOptions *lower)
{
    LowerOptions own = *lower;
    own.wide = on_device(o) && opencl_code_wants_items(o->device);
    const cache_key same = key_of(e, o, 0, NULL, &own);
    const LiveHow how = how_to(e, o, 0, &same);
    Live live;
    if (!live_again(&live, &how)) {
        const LoweredModel *lowered = lower_model(o->arena, o->names, model, &own);
        if (!run_it(e, &how, &(EmitInput){ .model = &lowered, .models = 1 }, &live)) return NULL;
    }
    take(e, o, &live);
    return live.model;
}

void engine_unload(Engines *e)
{
    for (size_t i = 0; i < e->live.count; i++) live_close(&e->live.at[i]);
    e->live.count = 0;
}
