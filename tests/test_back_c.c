/* test_back_c.c: generated C gives the bits of the reference machine.
 *
 * One Program holds every op with one lane and with sixteen, and every kind of
 * expression and statement; it is compiled by each compiler for each
 * instruction set and compared with loop_run. */
#include <criterion/criterion.h>

#include "back/back.h"
#include "cc.h"
#include "every_op.h"
#include "random_loop.h"

typedef int F(size_t, const void *, size_t, const void *, const void *, void *);

typedef struct Target { const char *compiler, *cpu, *flags; } Target;

/* The Program's f on the reference machine and on all targets. */
static void compare(Sample *s, const Target *row, size_t rows)
{
    Type real = s->lowered.program->real;
    Arena *arena = &s->arena;

    Text source = { .arena = arena }, header = { .arena = arena };
    EmitOptions options = { .stem = "ops", .model_path = "ops.node" };
    const Lowered *lowered = &s->lowered;
    back_c.emit(&(EmitInput){ .field = &lowered, .fields = 1 }, &options, &source, &header);

    void *x = reals(arena, real, 3 * N), *theta = reals(arena, real, N), *t = reals(arena, real, 1);
    sample_fill(real, x, theta);
    void *want = reals(arena, real, s->out), *have = reals(arena, real, s->out);
    LArg args[] = { { .i = 1 }, { .buffer = t, .elements = 1 }, { .i = 0 }, { .buffer = x, .elements = 3 * N },
                    { .buffer = theta, .elements = N }, { .buffer = want, .elements = s->out } };
    char error[128];
    int status = loop_run(s->lowered.program, s->lowered.few.entry.f, args, COUNT(args), error, sizeof error);
    cr_assert_eq(status, 0, "%s", error);

    CcFolder folder = cc_folder();
    cc_write(&folder, "ops.c", text_string(&source));
    cc_write(&folder, "ops.h", text_string(&header));
    for (size_t i = 0; i < rows; i++) {
        char program[16];
        snprintf(program, sizeof program, "%.*s", (int)strcspn(row[i].compiler, " "), row[i].compiler);
        if (!cc_has(program) || !cc_cpu(row[i].cpu)) {
            cr_log_warn("%s for %s is skipped: not on this machine", row[i].compiler, row[i].cpu);
            continue;
        }
        char flags[256];
        snprintf(flags, sizeof flags, "%s " CC_STRICT, row[i].flags);
        void *module = cc_load(&folder, row[i].compiler, flags, "ops.c");
        cr_assert(module, "%s %s does not compile it", row[i].compiler, row[i].flags);
        F *f;
        *(void **)&f = dlsym(module, "ops_ops_f");
        memset(have, 0, s->out * (real == TYPE_F32 ? 4 : 8));
        cr_assert_eq(f(1, t, 0, x, theta, have), 0);
        unsigned wrong = 0;
        for (size_t k = 0; k < s->out; k++) {
            if (same(get(want, real, k), get(have, real, k))) continue;
            if (wrong++ < 5)
                cr_log_error("%s %s: element %zu (block %zu) of x %a, %a, %a: reference %a, C %a", row[i].compiler, row[i].flags,
                             k, k / N, get(x, real, k % N), get(x, real, N + k % N), get(x, real, 2 * N + k % N),
                             get(want, real, k), get(have, real, k));
        }
        cr_expect_eq(wrong, 0, "%s %s: %u of %u results differ", row[i].compiler, row[i].flags, wrong, s->out);
        dlclose(module);
    }
    cc_remove(&folder);
    arena_free(&s->arena);
}

static const Target every[] = {
    { "gcc",   "avx512", "-std=c99 -O2 -mavx512f -mavx512dq -mavx2 -mfma" },
    { "gcc",   "avx512", "-std=gnu17 -O0 -mavx512f -mavx512dq -mavx2 -mfma" },
    { "gcc",   "avx2",   "-std=gnu17 -O3 -march=haswell" },
    { "gcc",   "plain",  "-std=c11 -O2 -DNODEC_PLAIN" },
    { "gcc",   "avx2",   "-std=gnu11 -O1 -march=haswell -DNODEC_PLAIN" },
    { "clang", "avx512", "-std=c99 -O2 -mavx512f -mavx512dq -mavx2 -mfma" },
    { "clang", "avx2",   "-std=gnu17 -O3 -march=haswell" },
    { "clang", "avx2",   "-std=gnu17 -O0 -march=haswell" },
    { "clang", "plain",  "-std=c11 -O1 -DNODEC_PLAIN" },
    { "g++ -x c++",     "avx2",   "-std=c++17 -O2 -march=haswell" },
    { "clang++ -x c++", "avx512", "-std=c++17 -O1 -mavx512f -mavx512dq -mavx2 -mfma" },
};

Test(back_c, every_op_in_single_precision, .timeout = 240)
{
    Sample s;
    sample_ops(&s, TYPE_F32);
    compare(&s, every, COUNT(every));
}

Test(back_c, every_op_in_double_precision, .timeout = 240)
{
    Sample s;
    sample_ops(&s, TYPE_F64);
    compare(&s, every, COUNT(every));
}

Test(back_c, random_programs, .timeout = 240)
{
    static const Target some[] = {
        { "gcc",   "avx512", "-std=gnu17 -O2 -mavx512f -mavx512dq -mavx2 -mfma" },
        { "gcc",   "avx2",   "-std=gnu17 -O3 -march=haswell" },
        { "clang", "avx2",   "-std=gnu17 -O2 -march=haswell" },
        { "clang", "plain",  "-std=gnu17 -O2 -DNODEC_PLAIN" },
    };
    enum { PROGRAMS = 40 };
    Sample s;
    memset(&s, 0, sizeof s);
    s.names.arena = &s.arena;
    Program *p = s.lowered.program = program_new(&s.arena, &s.names, TYPE_F32);
    uint32_t fn[PROGRAMS], f;
    for (unsigned i = 0; i < PROGRAMS; i++) fn[i] = random_fn(p, arena_printf(&s.arena, "Any.f%u", i), 1000 + i);
    Params v = f_begin(p, "Any.all", &f);
    for (unsigned i = 0; i < PROGRAMS; i++) {
        Var out = s_view(p, "out", v.dx, x_int(p, i * RANDOM_OUT));
        s_call(p, fn[i], (Exp[]){ x_var(p, v.x), x_var(p, out) }, 2);
    }
    s_return(p, x_int(p, 0));
    fn_end(p);
    s.out = PROGRAMS * RANDOM_OUT;
    sample_serve(&s, f);
    const char *wrong = loop_verify(p, &s.arena);
    cr_assert_null(wrong, "%s", wrong);
    compare(&s, some, COUNT(some));
}
