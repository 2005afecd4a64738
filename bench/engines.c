/* engines.c: the machine code of LLVM beside that of C compilers, entry by entry.
 *
 * The same model is compiled by each engine through libnodec and lives in this process; each entry
 * is given the same arrays, its results are compared bit by bit, and then the engines take turns, short
 * ones where an entry is short: the best of many rounds. Small entries are counted too, instruction by
 * instruction (a child under ptrace), which no neighbour disturbs.
 *
 *     engines FOLDER-OF-MODELS [seconds per entry] [part of its name]
 *
 * prints one JSON object.  Links libnodec and the threads of the runtime.                   */
#include <nodec.h>
#include <pool.h>

#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- what is measured ------------------------------------------------------------------------ */

typedef struct Engine { const char *name, *engine, *cc; } Engine;

static const Engine engines[] = { { "llvm", "llvm", NULL }, { "gcc", "cc", "gcc" }, { "clang", "cc", "clang" } };

typedef enum Kind { F, VJP, SOLVE, GRADIENT, STEP, FORWARD, TRAIN, TRAIN_STEP } Kind;

enum { TIMES = 32 };                /* as a window of comp has observations, at most   */

typedef struct Entry {
    const char *what, *file, *name, *set;
    Kind kind;
    size_t batch, times, threads;
} Entry;

static const Entry entries[] = {
    { "comp: f",                             "spiral.node", "comp",    NULL,            F,          1,    1,     1 },
    { "comp: vjp",                           "spiral.node", "comp",    NULL,            VJP,        1,    1,     1 },
    { "comp: solve to one time",             "spiral.node", "comp",    NULL,            SOLVE,      1,    2,     1 },
    { "comp: solve",                         "spiral.node", "comp",    NULL,            SOLVE,      1,    TIMES, 1 },
    { "comp: gradient",                      "spiral.node", "comp",    NULL,            GRADIENT,   1,    TIMES, 1 },
    { "comp: training step",                 "spiral.node", "comp",    NULL,            STEP,       1,    TIMES, 1 },
    { "1,024 Mlps: solve",                   "spiral.node", "comp",    NULL,            SOLVE,      1024, TIMES, 1 },
    { "1,024 Mlps: gradient",                "spiral.node", "comp",    NULL,            GRADIENT,   1024, TIMES, 1 },
    { "MNIST: forward",                      "mnist.node",  "ode_net", NULL,            FORWARD,    32,   0,     1 },
    { "MNIST: gradient",                     "mnist.node",  "ode_net", NULL,            TRAIN,      32,   0,     1 },
    { "MNIST: training step",                "mnist.node",  "ode_net", NULL,            TRAIN_STEP, 32,   0,     1 },
    { "MNIST, 2 threads: training step",     "mnist.node",  "ode_net", NULL,            TRAIN_STEP, 32,   0,     2 },
    { "MNIST at 1e-5: training step",        "mnist.node",  "ode_net", "accuracy=1e-5", TRAIN_STEP, 32,   0,     1 },
};

static bool counted(const Entry *e) { return e->batch == 1; }      /* few enough instructions */

/* ---- one entry of one engine -------------------------------------------------------------------- */

typedef int Vjp(size_t, const float *, size_t, const float *, const float *, const float *, float *, float *, float *, void *, size_t);
typedef int Gradient(size_t, size_t, const float *, size_t, const float *, const float *, const float *, float *, float *, float *,
                     const nodec_options *, nodec_report *, void *, size_t);

/* What all engines are given, at one address: where an array lies moves short calls by a tenth. */
typedef struct Data {
    float *theta, *out, *x, *g_x, *start, *moments, *buffers;
    size_t params, buffer, moment, outs;        /* reals                                */
    void *work;
    size_t bytes;
    float t[TIMES];
} Data;

typedef struct Subject {
    const Entry *entry;
    Data *data;
    nodec_jit *jit;
    const nodec_module *module;
    const nodec_model *model;
    nodec_options options;
    Vjp *vjp;
    Gradient *gradient;
    double best;
} Subject;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "engines: %s: %s\n", what, why);
    exit(1);
}

static float *reals(size_t count)
{
    float *at = aligned_alloc(64, (count * sizeof *at + 127) / 64 * 64);
    if (!at) fail("memory", "none");
    memset(at, 0, (count * sizeof *at + 127) / 64 * 64);
    return at;
}

static float drawn(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)(*seed >> 8) / 16777216.0f;
}

static int call(Subject *s)
{
    const Entry *e = s->entry;
    const Data *d = s->data;
    const nodec_module *m = s->module;
    const nodec_model *c = s->model;
    const nodec_batch batch = { .batch = e->batch, .times = e->times, .t = d->t, .start = d->start, .target = d->g_x };
    const nodec_update update = { .lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .step = 1 };
    double value[8];
    int status = 0;
    switch (e->kind) {
    case F:     return m->f(m, e->batch, d->t, 0, d->start, NULL, d->theta, d->out);
    case VJP:   return s->vjp(e->batch, d->t, 0, d->start, d->theta, d->g_x, d->x, NULL, d->out, d->work, d->bytes);
    case SOLVE:
        return m->solve(m, e->batch, e->times, d->t, 0, d->start, NULL, d->theta, d->out, &s->options, NULL, d->work, d->bytes);
    case GRADIENT:
        return s->gradient(e->batch, e->times, d->t, 0, d->x, d->theta, d->g_x, NULL, d->out, NULL, &s->options, NULL, d->work, d->bytes);
    case STEP:
        status = m->loss(m, &batch, d->theta, value, d->x, d->out, &s->options, NULL, d->work, d->bytes);
        if (!status) m->update(m, &update, d->theta, d->out, d->moments);
        return status;
    case FORWARD:
        return c->forward(c, e->batch, d->start, d->theta, d->buffers, d->out, NULL, s->options.parallel, NULL, d->work, d->bytes);
    case TRAIN: case TRAIN_STEP:
        status = c->train(c, e->batch, d->start, NULL, d->theta, d->buffers, d->out, NULL, value, s->options.parallel, NULL, d->work, d->bytes);
        if (!status && e->kind == TRAIN_STEP) c->update(c, &update, d->theta, d->out, d->moments);
        return status;
    }
    return -1;
}

static void prepare_field(Data *d, const Entry *e, const nodec_module *m)
{
    const size_t batch = e->batch, states = batch * m->states, path = e->times * states;
    unsigned seed = 1;
    d->outs = e->kind == F ? states : e->kind == SOLVE ? path : m->params;
    d->params = m->params, d->moment = m->moments * m->params;
    d->start = reals(states), d->x = reals(path), d->g_x = reals(path);
    for (size_t i = 1; i < e->times; i++) d->t[i] = d->t[i - 1] + 0.04f + 0.11f * drawn(&seed);
    for (size_t i = 0; i < states; i++) d->start[i] = drawn(&seed);
    for (size_t i = 0; i < path; i++) d->g_x[i] = drawn(&seed);
    d->bytes = m->work(m, batch, e->times);
}

static void prepare_model(Data *d, const Entry *e, const nodec_model *m)
{
    unsigned seed = 1;
    d->outs = e->kind == FORWARD ? e->batch * m->outputs : m->params;
    d->params = m->params, d->moment = m->moments * m->params, d->buffer = m->buffers;
    d->start = reals(e->batch * m->inputs);
    for (size_t b = 0; b < e->batch; b++)
        for (size_t r = 0; r < m->input_rows; r++)
            for (size_t i = 0; i < m->input[r].count; i++) {
                float *to = &d->start[b * m->inputs + m->input[r].offset + i];
                *to = m->input[r].classes ? floorf(drawn(&seed) * (float)m->input[r].classes) : drawn(&seed);
            }
    d->bytes = m->work(m, e->batch, e->kind != FORWARD);
}

static void prepare(Data *d, const Subject *s)
{
    if (s->module) prepare_field(d, s->entry, s->module);
    else prepare_model(d, s->entry, s->model);
    d->theta = reals(d->params), d->moments = reals(d->moment), d->buffers = reals(d->buffer);
    d->out = reals(d->outs), d->work = reals(d->bytes / sizeof(float));
}

/* As it was before anything was learned. */
static void again(const Subject *s)
{
    Data *d = s->data;
    memset(d->moments, 0, d->moment * sizeof(float));
    memset(d->out, 0, d->outs * sizeof(float));
    if (s->model) {
        s->model->init(s->model, 1, d->theta, d->buffers);
    } else {
        s->module->init(s->module, 1, d->theta);
        s->module->solve(s->module, s->entry->batch, s->entry->times, d->t, 0, d->start, NULL, d->theta, d->x, NULL, NULL, d->work, d->bytes);
    }
}

static void release(const Data *d)
{
    void *const room[] = { d->theta, d->out, d->x, d->g_x, d->start, d->moments, d->buffers, d->work };
    for (size_t i = 0; i < COUNT(room); i++) free(room[i]);
}

static void open_subject(Subject *s, const Entry *e, const Engine *engine, const char *folder, const nodec_parallel *parallel)
{
    char path[1024];
    nodec_unit *unit;
    const nodec_request request = { .size = sizeof request, .name = e->name, .set = &e->set, .sets = e->set ? 1 : 0, .engine = engine->engine };
    if (engine->cc) setenv("CC", engine->cc, 1);
    snprintf(path, sizeof path, "%s/%s", folder, e->file);
    if (nodec_open_file(path, &unit) || nodec_jit_open(unit, &request, &s->jit)) fail(e->what, nodec_messages(unit, 0));
    nodec_close(unit);
    s->entry = e;
    s->module = nodec_jit_module(s->jit);
    s->model = nodec_jit_model(s->jit);
    s->options = s->module ? s->module->options : (nodec_options){ .size = sizeof(nodec_options) };
    s->options.parallel = parallel;
    s->vjp = (Vjp *)nodec_jit_function(s->jit, "vjp");
    s->gradient = (Gradient *)nodec_jit_function(s->jit, "gradient");
}

/* Do all engines compute the same bits? */
static void compare(Subject *s, size_t count)
{
    float *first = NULL;
    for (size_t i = 0; i < count; i++) {
        Data *d = s[i].data;
        again(&s[i]);
        if (call(&s[i])) fail(s[i].entry->what, "it failed");
        if (!first) first = memcpy(reals(d->outs), d->out, d->outs * sizeof(float));
        if (memcmp(first, d->out, d->outs * sizeof(float))) fail(s[i].entry->what, "engines differ");
    }
    free(first);
}

/* ---- counted -------------------------------------------------------------------------------------- */

/* Between stops of a child that stops, stops again, calls once and stops. */
static long long instructions(Subject *s)
{
    long long steps[4] = { 0 };
    int status, stops = 0;
    pid_t child = fork();
    if (!child) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL)) _exit(1);
        for (int k = 0; k < 4; k++) {
            if (k == 3) call(s);
            raise(SIGUSR1);
        }
        _exit(0);
    }
    while (child > 0 && waitpid(child, &status, 0) > 0 && WIFSTOPPED(status)) {
        stops += WSTOPSIG(status) == SIGUSR1;
        if (stops == 4 || ptrace(PTRACE_SINGLESTEP, child, NULL, NULL)) break;
        steps[stops]++;
    }
    if (child > 0) kill(child, SIGKILL), waitpid(child, &status, 0);
    return stops == 4 ? steps[3] - steps[2] : -1;
}

/* ---- timed ------------------------------------------------------------------------------------------ */

/* A long turn is interrupted by others, who are not counted; a short one should not wait for the kernel. */
static double now(bool alone)
{
    struct timespec t;
    clock_gettime(alone ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double timed(Subject *s, size_t calls, bool alone)
{
    const double begin = now(alone);
    for (size_t i = 0; i < calls; i++) call(s);
    return now(alone) - begin;
}

static void race(Subject *s, size_t count, double seconds)
{
    const double turn = 100e-6, slice = 1e-3, end = now(true) + seconds * (double)count;
    size_t calls = 1;
    while (calls < 1 << 20 && timed(&s[0], calls, false) < turn) calls *= 2;
    const bool alone = timed(&s[0], calls, true) > slice;
    for (size_t i = 0; i < count; i++) s[i].best = INFINITY;
    for (size_t round = 0; now(true) < end || round < 3; round++)
        for (size_t i = 0; i < count; i++) {
            Subject *at = &s[(i + round) % count];
            at->best = fmin(at->best, timed(at, calls, alone) / (double)calls);
        }
}

/* ---- all -------------------------------------------------------------------------------------------- */

static void measure(const Entry *e, const char *folder, double seconds, bool first)
{
    Subject subject[COUNT(engines)] = { { 0 } };
    Data data = { 0 };
    size_t count = COUNT(engines);
    nodec_fault fault = { 0 };
    pool *threads = pool_open(e->threads, &fault);
    if (fault.status) fail(e->what, fault.text);
    for (size_t i = 0; i < count; i++) {
        open_subject(&subject[i], e, &engines[i], folder, pool_parallel(threads));
        subject[i].data = &data;
    }
    prepare(&data, &subject[0]);
    compare(subject, count);
    race(subject, count, seconds);
    printf("%s\n  {\"what\": \"%s\"", first ? "" : ",", e->what);
    for (size_t i = 0; i < count; i++) {
        printf(", \"%s\": {\"us\": %.5g", engines[i].name, 1e6 * subject[i].best);
        if (counted(e)) printf(", \"instructions\": %lld", instructions(&subject[i]));
        printf("}");
    }
    printf("}");
    fflush(stdout);
    for (size_t i = 0; i < count; i++) nodec_jit_close(subject[i].jit);
    release(&data);
    pool_close(threads);
}

int main(int argc, char **argv)
{
    bool first = true;
    if (argc < 2) return fprintf(stderr, "usage: engines FOLDER-OF-MODELS [seconds per entry] [part of its name]\n"), 2;
    printf("{\"engines\": [");
    for (size_t i = 0; i < COUNT(entries); i++) {
        if (argc > 3 && !strstr(entries[i].what, argv[3])) continue;
        measure(&entries[i], argv[1], argc > 2 ? atof(argv[2]) : 1, first);
        first = false;
    }
    printf("\n]}\n");
    return 0;
}
