/* functions.c: the functions of a generated header, over a driver.
 *
 * Compiled C has them by name. Of an engine that compiles entries alone, each is a function of
 * the driver (serve.h) made to forget that it takes one: see back_llvm_thunks. A row says its
 * name in the header and its arguments there: `u` is an array of inputs, `n` of draws, which
 * what has none does not take. */
#include "library/jitted.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>


/* ---- fields ------------------------------------------------------------------------------- */

#define MODULE(s) const nodec_module *m = served_module(s)

static const char *message(const served *s, int status)
{
    static const char *const text[] = {
        [NODEC_OK] = "no error",
        [NODEC_ARGUMENT] = "an argument is NULL, zero or out of range, or the times are not monotone",
        [NODEC_WORKSPACE] = "the workspace is too small",
        [NODEC_STEPS] = "more steps than max_steps between two times",
        [NODEC_STEP_SIZE] = "the step size fell below the spacing of numbers",
        [NODEC_NONFINITE] = "a value overflowed or is not a number",
    };
    (void)s;
    return status >= 0 && (size_t)status < COUNT(text) ? text[status] : "unknown status";
}

static const nodec_param *field_params(const served *s) { return served_module(s)->param; }
static void field_options(const served *s, nodec_options *out) { *out = served_module(s)->options; }
static void field_init(const served *s, uint64_t seed, void *theta) { MODULE(s); m->init(m, seed, theta); }

static int field_f(const served *s, size_t batch, const void *t, size_t t_stride, const void *x, const void *inputs,
                   const void *theta, void *dx)
{
    MODULE(s);
    return m->f(m, batch, t, t_stride, x, inputs, theta, dx);
}

static int field_start(const served *s, size_t batch, const void *given, const void *inputs, const void *theta, void *x0)
{
    MODULE(s);
    return m->start(m, batch, given, inputs, theta, x0);
}

static int field_solve(const served *s, size_t batch, size_t times, const void *t, size_t t_stride, const void *x0,
                       const void *inputs, const void *theta, void *x, const nodec_options *options,
                       nodec_report *report, void *work, size_t work_bytes)
{
    MODULE(s);
    return m->solve(m, batch, times, t, t_stride, x0, inputs, theta, x, options, report, work, work_bytes);
}

static int field_observe(const served *s, size_t batch, size_t times, const void *t, size_t t_stride, const void *x,
                         const void *inputs, const void *theta, void *y)
{
    MODULE(s);
    return m->observe(m, batch, times, t, t_stride, x, inputs, theta, y);
}

static int field_loss(const served *s, size_t batch, size_t times, const void *t, size_t t_stride, const void *start,
                      const void *inputs, const void *theta, const void *target, double *loss, void *x, void *g_theta,
                      const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    MODULE(s);
    const nodec_batch b = { batch, times, t_stride, t, start, inputs, target };
    return m->loss(m, &b, theta, loss, x, g_theta, options, report, work, work_bytes);
}

static double field_update(const served *s, const nodec_update *u, void *theta, const void *g_theta, void *moments)
{
    MODULE(s);
    return m->update(m, u, theta, g_theta, moments);
}

static int field_train_step(const served *s, size_t batch, size_t times, const void *t, size_t t_stride, const void *start,
                            const void *inputs, void *theta, const void *target, const nodec_update *update, void *moments,
                            double *loss, void *g_theta, const nodec_options *options, nodec_report *report,
                            void *work, size_t work_bytes)
{
    const nodec_batch b = { batch, times, t_stride, t, start, inputs, target };
    return served_train_step(s, &b, theta, update, moments, loss, g_theta, options, report, work, work_bytes);
}

/* ---- models ------------------------------------------------------------------------------- */

#define MODEL(s) const nodec_model *m = served_model(s)

static size_t model_work(const served *s, size_t batch) { MODEL(s); return m->work(m, batch, 0); }
static size_t model_train_work(const served *s, size_t batch) { MODEL(s); return m->work(m, batch, 1); }
static const nodec_input *model_inputs(const served *s) { return served_model(s)->input; }
static const nodec_input *model_outputs(const served *s) { return served_model(s)->output; }
static const nodec_param *model_params(const served *s) { return served_model(s)->param; }
static const nodec_buffer *model_buffers(const served *s) { return served_model(s)->buffer; }
static void model_init(const served *s, uint64_t seed, void *theta, void *buffers) { MODEL(s); m->init(m, seed, theta, buffers); }

static int model_forward(const served *s, size_t batch, const void *inputs, const void *theta, const void *buffers,
                         void *outputs, double *values, const nodec_parallel *parallel, nodec_report *report,
                         void *work, size_t work_bytes)
{
    MODEL(s);
    return m->forward(m, batch, inputs, theta, buffers, outputs, values, parallel, report, work, work_bytes);
}

static int model_train(const served *s, size_t batch, const void *inputs, const void *draws, const void *theta, void *buffers,
                       void *g_theta, void *outputs, double *values, const nodec_parallel *parallel, nodec_report *report,
                       void *work, size_t work_bytes)
{
    MODEL(s);
    return m->train(m, batch, inputs, draws, theta, buffers, g_theta, outputs, values, parallel, report, work, work_bytes);
}

static double model_update(const served *s, const nodec_update *u, void *theta, const void *g_theta, void *moments)
{
    MODEL(s);
    return m->update(m, u, theta, g_theta, moments);
}

/* ---- rows ----------------------------------------------------------------------------------- */

typedef enum When { ALWAYS, STARTS, OBSERVES, TRAINS, DRAWS } When;

typedef struct Row { const char *name, *types; void (*function)(void); When when; size_t record; } Row;

#define OF(function) (void (*)(void))(function)

static const Row field_rows[] = {
    { "work",       "z:zz",                OF(served_work),       ALWAYS,   0 },
    { "params",     "p:",                  OF(field_params),      ALWAYS,   0 },
    { "options",    "v:",                  OF(field_options),     ALWAYS,   sizeof(nodec_options) },
    { "init",       "v:qp",                OF(field_init),        ALWAYS,   0 },
    { "f",          "i:zpzpupp",           OF(field_f),           ALWAYS,   0 },
    { "vjp",        "i:zpzpuppppuppz",     OF(served_vjp),        ALWAYS,   0 },
    { "jvp",        "i:zpzpuppppppz",      OF(served_jvp),        ALWAYS,   0 },
    { "start",      "i:zpupp",             OF(field_start),       STARTS,   0 },
    { "solve",      "i:zzpzpupppppz",      OF(field_solve),       ALWAYS,   0 },
    { "gradient",   "i:zzpzpupppupppppz",  OF(served_gradient),   ALWAYS,   0 },
    { "observe",    "i:zzpzpupp",          OF(field_observe),     OBSERVES, 0 },
    { "train_work", "z:zz",                OF(served_train_work), TRAINS,   0 },
    { "loss",       "i:zzpzpuppppppppz",   OF(field_loss),        TRAINS,   0 },
    { "update",     "d:pppp",              OF(field_update),      TRAINS,   0 },
    { "train_step", "i:zzpzpupppppppppz",  OF(field_train_step),  TRAINS,   0 },
    { "message",    "p:w",                 OF(message),           ALWAYS,   0 },
};

static const Row model_rows[] = {
    { "work",       "z:z",                 OF(model_work),        ALWAYS,   0 },
    { "train_work", "z:z",                 OF(model_train_work),  TRAINS,   0 },
    { "inputs",     "p:",                  OF(model_inputs),      ALWAYS,   0 },
    { "outputs",    "p:",                  OF(model_outputs),     ALWAYS,   0 },
    { "params",     "p:",                  OF(model_params),      ALWAYS,   0 },
    { "buffers",    "p:",                  OF(model_buffers),     ALWAYS,   0 },
    { "init",       "v:qpp",               OF(model_init),        ALWAYS,   0 },
    { "forward",    "i:zppppppppz",        OF(model_forward),     ALWAYS,   0 },
    { "draws",      "v:qqzp",              OF(served_draws),      DRAWS,    0 },
    { "train",      "i:zpnppppppppz",      OF(model_train),       TRAINS,   0 },
    { "update",     "d:pppp",              OF(model_update),      TRAINS,   0 },
    { "train_step", "i:zpnpppppppppz",     OF(served_model_step), TRAINS,   0 },
    { "message",    "p:w",                 OF(message),           ALWAYS,   0 },
};

static_assert(COUNT(field_rows) <= FUNCTIONS && COUNT(model_rows) <= FUNCTIONS, "a thunk for every row");

static const Row *rows_of(const nodec_jit *jit, size_t *count)
{
    *count = jit->live.module ? COUNT(field_rows) : COUNT(model_rows);
    return jit->live.module ? field_rows : model_rows;
}

static bool has(const nodec_jit *jit, When when)
{
    const nodec_module *f = jit->live.module;
    const nodec_model *m = jit->live.model;
    switch (when) {
    case ALWAYS:   return true;
    case STARTS:   return jit->starts;
    case OBSERVES: return jit->observes;
    case TRAINS:   return f ? f->loss != NULL : m->train != NULL;
    case DRAWS:    return m && m->train && m->draws;
    }
    return false;
}

/* ---- thunks ----------------------------------------------------------------------------------- */

/* The letters of back_llvm_thunks. */
static const char *letters_of(Arena *arena, const nodec_jit *jit, const char *types)
{
    size_t inputs = jit->live.module ? jit->live.module->inputs : 1, draws = jit->live.model ? jit->live.model->draws : 0;
    char *letters = arena_string(arena, types, strlen(types));
    for (char *c = letters; *c; c++)
        if (*c == 'u' || *c == 'n') *c = (*c == 'u' ? inputs : draws) ? 'p' : '0';
    return letters;
}

const char *functions_text(Arena *arena, const nodec_jit *jit, size_t *length)
{
    size_t count;
    const Row *row = rows_of(jit, &count);
    Thunk *thunk = NEW_ARRAY(arena, Thunk, count);
    Text ir = { .arena = arena };
    for (size_t i = 0; i < count; i++) thunk[i] = (Thunk){ letters_of(arena, jit, row[i].types), row[i].record };
    back_llvm_thunks(thunk, count, &ir);
    *length = ir.length;
    return text_string(&ir);
}

/* Whom the thunks call: into the image, before it becomes code. */
static bool set_slots(const nodec_jit *jit, const jit_image *image)
{
    size_t count;
    const Row *row = rows_of(jit, &count);
    union { void (*function)(void); const void *address; } slot[1 + FUNCTIONS] = { { .address = jit->live.served } };
    for (size_t i = 0; i < count; i++) slot[1 + i].function = row[i].function;
    unsigned char *at = memmem(image->at, image->bytes, BACK_THUNKS, sizeof BACK_THUNKS - 1);
    if (!at || (size_t)(image->at + image->bytes - at) < sizeof BACK_THUNKS - 1 + (1 + count) * sizeof *slot) return false;
    memcpy(at + sizeof BACK_THUNKS - 1, slot, (1 + count) * sizeof *slot);
    return true;
}

int functions_load(nodec_jit *jit, const char *ir, size_t length, bool keep, nodec_fault *fault)
{
    jit_image image;
    const nodec_arg to = { .buffer = jit->function, .bytes = sizeof jit->function };
    if (!live_image(ir, length, keep, &image, fault)) return fault->status;
    if (!set_slots(jit, &image)) fault_set(fault, NODEC_EXIT_BUG, "functions have no place for their module");
    else if (!jit_load(&image, &jit->thunks, fault) && jit->thunks.call(jit->thunks.self, 0, &to, 1, NULL))
        fault_set(fault, NODEC_EXIT_BUG, "functions cannot be told their module");
    free(image.at);
    return fault->status;
}

nodec_function functions_find(const nodec_jit *jit, const char *name)
{
    size_t count;
    const Row *row = rows_of(jit, &count);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(row[i].name, name)) return has(jit, row[i].when) ? jit->function[i] : NULL;
    return NULL;
}
