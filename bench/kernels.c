/* kernels.c: what share of the peak the scheduler's contractions reach, on one thread.
 *
 * The convolutions of models/mnist.node and its last layer, forwards and their two
 * gradients, are lowered as models are, written as C and compiled by gcc and clang as
 * `nodec run` does it; each is held against plain loops, bit by bit, and then timed.
 *
 *     kernels FOLDER [seconds per kernel]
 *
 * prints one JSON object: multiply-adds of what is in range, twice, per nanosecond.   */
#include "back/back.h"
#include "convolution.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int Run(size_t, const float *, size_t, const float *, const float *, float *);

typedef struct Case { const char *name; Conv conv; } Case;

/* Eight samples: a fourth of a training step's batch, as a thread has them. */
static const Case cases[] = {
    { "3x3, 64 channels on 6x6",             { 8, 64, 64, 6, 3, 1, 1 } },
    { "4x4 stride 2, 64 channels, 26 to 13", { 8, 64, 64, 26, 4, 2, 1 } },
    { "4x4 stride 2, 64 channels, 13 to 6",  { 8, 64, 64, 13, 4, 2, 1 } },
    { "fully connected, 64 to 10",           { 32, 64, 10, 1, 1, 1, 0 } },
};

enum { KINDS = WEIGHT + 1, JOBS = (int)COUNT(cases) * KINDS };

typedef struct Job { size_t reals[3]; uint64_t terms; } Job;

/* ---- as a program ------------------------------------------------------------------------- */

static uint32_t lower(Program *p, Kernels *kernels, int number, bool plain, Job *job)
{
    int64_t weight[MAX_AXES];
    const Conv *conv = &cases[number / KINDS].conv;
    Contract c = conv_box(p, conv, (Kind)(number % KINDS), weight, job->reals);
    ContractPlan *plan = plain ? contract_plan_plain(kernels, &c) : contract_plan(kernels, &c);
    job->terms = contract_flops(&c) * conv->batch;
    uint32_t fn = fn_begin(p, arena_printf(p->arena, "Sums.%s%d", plain ? "plain" : "tiles", number), NULL);
    c.in[0].buffer = fn_param_buffer(p, "a", SPACE_CONST, false, false);
    c.in[1].buffer = fn_param_buffer(p, "b", SPACE_CONST, false, false);
    c.out.buffer = fn_param_buffer(p, "out", SPACE_SHARED, true, false);
    c.count[AX_N] = x_var(p, fn_param(p, "count", L_INT));
    contract_lower(plan, &c);
    fn_end(p);
    return fn;
}

/* One function calls the t_stride-th of them all, tiles first. */
static uint32_t lower_all(Program *p, Job *job)
{
    Kernels *kernels = kernels_new(p->arena, p);
    uint32_t fn[2 * JOBS];
    for (int i = 0; i < 2 * JOBS; i++) fn[i] = lower(p, kernels, i % JOBS, i >= JOBS, &job[i % JOBS]);
    uint32_t all = fn_begin(p, "Sums.f", "One of them.");
    fn_of(p, all)->entry = true;
    Var batch = fn_param(p, "batch", L_INT);
    fn_param_buffer(p, "t", SPACE_CONST, false, false);
    Var which = fn_param(p, "t_stride", L_INT), x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
    Var theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false), dx = fn_param_buffer(p, "dx", SPACE_SHARED, true, false);
    for (int i = 0; i < 2 * JOBS; i++) {
        s_if(p, x_op(p, OP_eq, x_var(p, which), x_int(p, i), 0));
        s_call(p, fn[i], (Exp[]){ x_var(p, x), x_var(p, theta), x_var(p, dx), x_var(p, batch) }, 4);
        s_end(p);
    }
    s_return(p, x_int(p, 0));
    fn_end(p);
    return all;
}

/* As the C of a field that has nothing but f. */
static void write_c(Program *p, uint32_t f, Text *source)
{
    Field field = { .name = name_of(p->names, "Sums"), .states = 1 };
    Serving serving = { .regime = "batch", .width = 1 };
    memset(&serving.entry, 0xff, sizeof serving.entry);
    serving.entry.f = f;
    VEC_PUSH(p->arena, field.state) = (FieldState){ .name = name_of(p->names, "x"), .count = 1, .given = true };
    Lowered lowered = { .field = &field, .program = p, .solver = "none", .gradient = "none", .max_steps = 1,
                        .few = serving, .many = serving, .loss = NO_ENTRY, .update = NO_ENTRY, .norm = NO_ENTRY };
    const Lowered *only = &lowered;
    back_c.emit(&(EmitInput){ .field = &only, .fields = 1 }, &(EmitOptions){ .stem = "kernels", .model_path = "kernels.node" },
                source, NULL);
}

/* ---- compiled -------------------------------------------------------------------------------- */

static Run *compile(const char *compiler, const char *folder)
{
    char command[2048], object[1024];
    Run *run = NULL;
    snprintf(object, sizeof object, "%s/kernels-%s.so", folder, compiler);
    snprintf(command, sizeof command, "%s -std=c99 -O2 -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math "
             "-fPIC -shared -w -o '%s' '%s/kernels.c' -lm", compiler, object, folder);
    void *module = system(command) ? NULL : dlopen(object, RTLD_NOW | RTLD_LOCAL);
    if (module) *(void **)&run = dlsym(module, "kernels_sums_f");
    return run;
}

/* ---- timed ----------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static float *numbers(size_t count, unsigned seed)
{
    float *at = aligned_alloc(64, (count * sizeof *at + 127) / 64 * 64);
    for (size_t i = 0; at && i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        at[i] = (float)(int)seed / 2147483648.0f;
    }
    return at;
}

/* Padding is nobody's. */
static bool same_values(int number, const float *a, const float *b, size_t reals)
{
    const Conv *v = &cases[number / KINDS].conv;
    Kind kind = (Kind)(number % KINDS);
    if (kind == WEIGHT) return !memcmp(a, b, reals * sizeof *a);
    size_t channels = kind == DATA ? v->in : v->out, depth = padded((unsigned)channels);
    for (size_t i = 0; i < reals; i += depth)
        if (memcmp(a + i, b + i, channels * sizeof *a)) return false;
    return true;
}

/* The best of many calls; 0 if tiles and plain loops differ. */
static double gflops_of(Run *run, int number, const Job *job, double seconds)
{
    const unsigned char *part = parts[number % KINDS];
    const size_t batch = cases[number / KINDS].conv.batch, bytes = job->reals[part[2]] * sizeof(float);
    float *a = numbers(job->reals[part[0]], 1), *b = numbers(job->reals[part[1]], 2), t = 0;
    float *tiles = aligned_alloc(64, bytes), *plain = aligned_alloc(64, bytes);
    double best = 1e30;
    if (!a || !b || !tiles || !plain) abort();
    memset(tiles, 0, bytes);
    memset(plain, 0, bytes);
    run(batch, &t, (size_t)number, a, b, tiles);
    run(batch, &t, (size_t)(number + JOBS), a, b, plain);
    const bool good = same_values(number, tiles, plain, job->reals[part[2]]);
    for (double end = now() + seconds; good && now() < end;) {
        const double begin = now();
        run(batch, &t, (size_t)number, a, b, tiles);
        const double taken = now() - begin;
        if (taken < best) best = taken;
    }
    free(a);
    free(b);
    free(tiles);
    free(plain);
    return good ? 2e-9 * (double)job->terms / best : 0;
}

static bool time_all(const char *compiler, Run *run, const Job *job, double seconds, bool first)
{
    bool good = true;
    for (int i = 0; i < JOBS; i++) {
        const double gflops = gflops_of(run, i, &job[i], seconds);
        printf("%s\n  {\"what\": \"%s\", \"kind\": \"%s\", \"compiler\": \"%s\", \"gflops\": %.4g}", first && !i ? "" : ",",
               cases[i / KINDS].name, kind_name[i % KINDS], compiler, gflops);
        if (gflops > 0) continue;
        fprintf(stderr, "%s of %s, compiled by %s, differs from plain loops\n", kind_name[i % KINDS], cases[i / KINDS].name, compiler);
        good = false;
    }
    return good;
}

int main(int argc, char **argv)
{
    static const char *const compiler[] = { "gcc", "clang" };
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Text source = { .arena = &arena };
    Job job[JOBS];
    bool good = true, any = false;
    if (argc < 2) return fprintf(stderr, "usage: kernels FOLDER [seconds per kernel]\n"), 2;
    Program *p = program_new(&arena, &names, TYPE_F32);
    write_c(p, lower_all(p, job), &source);
    if (file_write(arena_printf(&arena, "%s/kernels.c", argv[1]), source.at, source.length)) return perror(argv[1]), 3;
    printf("{\"kernels\": [");
    for (size_t i = 0; i < COUNT(compiler); i++) {
        Run *run = compile(compiler[i], argv[1]);
        if (!run) continue;
        good &= time_all(compiler[i], run, job, argc > 2 ? atof(argv[2]) : 0.2, !any);
        any = true;
    }
    printf("\n]}\n");
    arena_free(&arena);
    return good && any ? 0 : 1;
}
