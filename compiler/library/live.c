/* live.c: see live.h. */
#include "library/live.h"

#include <string.h>


static const char *const known[] = { "llvm", "cc" };

static const char *named(const char *name)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(known[i], name)) return known[i];
    return NULL;
}

bool live_engine(const char *name) { return named(name); }

static const char *wanted(const LiveHow *how)
{
    char path[4096];
    if (how->device) return "opencl";
    if (how->engine) return named(how->engine);
    return jit_plugin(path, sizeof path) ? "llvm" : "cc";
}

static bool by_tables(Live *live, served *s)
{
    if (!s) return false;
    live->served = s;
    live->module = served_module(s);
    live->model = served_model(s);
    return true;
}

nodec_watch live_watch(const LiveHow *how, const EmitInput *what)
{
    if (!how->profile) return (nodec_watch){ 0 };
    const Program *p = what->fields ? what->field[0]->program : what->model[0]->program;
    nodec_origin *origin = NEW_ARRAY(how->arena, nodec_origin, p->origin.count);
    for (size_t i = 1; i < p->origin.count; i++) {
        const Origin *from = &p->origin.at[i];
        origin[i] = (nodec_origin){ .kind = (nodec_origin_kind)from->kind, .layer = from->layer, .op = from->op,
                                    .file = from->at.source ? from->at.source->path : NULL, .line = from->at.line,
                                    .back = from->back };
    }
    return (nodec_watch){ how->profile, origin, p->origin.count };
}

static bool by_cc(Live *live, const LiveHow *how, const EmitInput *what, nodec_fault *fault)
{
    EmitOptions emit = how->emit;
    Text source = { .arena = how->arena };
    const nodec_watch watch = live_watch(how, what);
    emit.origins = how->profile;
    back_c.emit(what, &emit, &source, NULL);
    live->loaded = nodec_load(text_string(&source), source.length, how->cache, how->profile ? &watch : NULL, fault);
    if (!live->loaded) return false;
    live->module = nodec_loaded(live->loaded);
    live->model = nodec_loaded_model(live->loaded);
    return true;
}

/* A profile wants to know where statements come from, which code alone does not say. */
bool live_again(Live *live, const LiveHow *how)
{
    *live = (Live){ .engine = wanted(how) };
    return how->same && how->cache && !how->profile && !strcmp(live->engine, "llvm") && by_tables(live, live_llvm_again(how));
}

/* LLVM that cannot be opened is as good as none, unless it was asked for. */
bool live_open(Live *live, const LiveHow *how, const EmitInput *what, nodec_fault *fault)
{
    bool done = false;
    *live = (Live){ .engine = wanted(how) };
    if (!strcmp(live->engine, "llvm")) {
        done = by_tables(live, live_llvm(how, what, fault));
        if (!done && !how->engine && fault->status == NODEC_EXIT_IO) live->engine = "cc";
    }
    if (!strcmp(live->engine, "opencl")) done = by_tables(live, live_opencl(live, how, what, fault));
    if (!strcmp(live->engine, "cc")) {
        *fault = (nodec_fault){ 0 };
        done = by_cc(live, how, what, fault);
    }
    return done;
}

void live_close(Live *live)
{
    nodec_unload(live->loaded);
    if (live->served) served_close(live->served);
    *live = (Live){ 0 };
}
