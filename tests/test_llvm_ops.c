/* test_llvm_ops.c: LLVM's code gives the bits of the reference machine, op by op.
 *
 * One Program holds every op with one lane and with sixteen, and every kind of expression
 * and statement; others are drawn at random. */
#include <criterion/criterion.h>

#include "every_op.h"
#include "jitted.h"
#include "random_loop.h"

static void compare(Sample *s, const nodec_parallel *parallel)
{
    const Lowered *lowered = &s->lowered;
    const Type real = lowered->program->real;
    const size_t bytes = real == TYPE_F32 ? 4 : 8;
    const uint32_t f = lowered->few.entry.f;
    void *x = reals(&s->arena, real, 3 * N), *theta = reals(&s->arena, real, N), *t = reals(&s->arena, real, 1);
    void *want = reals(&s->arena, real, s->out), *have = reals(&s->arena, real, s->out);
    sample_fill(real, x, theta);
    LArg args[] = { { .i = 1 }, { .buffer = t, .elements = 1 }, { .i = 0 }, { .buffer = x, .elements = 3 * N },
                    { .buffer = theta, .elements = N }, { .buffer = want, .elements = s->out } };
    char error[128];
    cr_assert_eq(loop_run(lowered->program, f, args, COUNT(args), error, sizeof error), 0, "%s", error);

    nodec_code code = jitted_open(&(EmitInput){ .field = &lowered, .fields = 1 }, &s->arena, 0);
    nodec_arg arg[] = { { .whole = 1 }, { .buffer = t, .bytes = bytes }, { 0 }, { .buffer = x }, { .buffer = theta }, { .buffer = have } };
    cr_assert_eq(code.call(code.self, f, arg, COUNT(arg), parallel), 0);
    unsigned wrong = 0;
    for (size_t k = 0; k < s->out; k++) {
        if (same(get(want, real, k), get(have, real, k))) continue;
        if (wrong++ < 5)
            cr_log_error("element %zu (block %zu) of x %a, %a, %a: reference %a, LLVM %a", k, k / N, get(x, real, k % N),
                         get(x, real, N + k % N), get(x, real, 2 * N + k % N), get(want, real, k), get(have, real, k));
    }
    cr_expect_eq(wrong, 0, "%u of %u results differ", wrong, s->out);
    code.close(code.self);
    arena_free(&s->arena);
}

Test(llvm, every_op_in_single_precision)
{
    Sample s;
    if (!jitted_here()) return;
    sample_ops(&s, TYPE_F32);
    compare(&s, NULL);
}

Test(llvm, every_op_in_double_precision)
{
    Sample s;
    if (!jitted_here()) return;
    sample_ops(&s, TYPE_F64);
    compare(&s, NULL);
}

/* Tasks backwards, and from another place than the loop they were. */
static void run_backwards(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    *(size_t *)pool += count;
    while (count-- > 0) task(arg, count);
}

Test(llvm, tasks_are_the_hosts_to_run)
{
    Sample s;
    size_t ran = 0;
    if (!jitted_here()) return;
    sample_ops(&s, TYPE_F32);
    compare(&s, &(nodec_parallel){ run_backwards, &ran });
    cr_assert_eq(ran, 5);
}

static void random_programs(Type real)
{
    enum { PROGRAMS = 60 };
    Sample s;
    if (!jitted_here()) return;
    memset(&s, 0, sizeof s);
    s.names.arena = &s.arena;
    Program *p = s.lowered.program = program_new(&s.arena, &s.names, real);
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
    compare(&s, NULL);
}

Test(llvm, random_programs_in_single_precision) { random_programs(TYPE_F32); }
Test(llvm, random_programs_in_double_precision) { random_programs(TYPE_F64); }
