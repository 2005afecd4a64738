/* test_contract_bits.c: what a plan of contractions promises: how much is computed, which
 * kernels are shared, and the same bits from plain loops, tiles and every compiler. */
#include "back/back.h"
#include "cc.h"
#include "jitted.h"
#include "contract.h"

#include <string.h>

/* ---- the plan ------------------------------------------------------------------------------- */

static uint64_t terms_by_loops(const Conv *v)
{
    uint64_t terms = 0, line = 0;
    for (unsigned y = 0; y < conv_out(v); y++)
        for (unsigned i = 0; i < v->kernel; i++) line += y * v->stride + i - v->pad < v->size;
    terms = line * line * v->in * v->out;
    return terms;
}

Test(contract_bits, multiply_adds_are_counted)
{
    static const Conv conv[] = { { 1, 3, 20, 6, 3, 1, 1 }, { 1, 16, 16, 13, 4, 2, 1 }, { 1, 1, 3, 7, 5, 3, 2 }, { 1, 2, 2, 6, 1, 2, 0 } };
    for (unsigned i = 0; i < COUNT(conv); i++)
        for (unsigned kind = FORWARD; kind <= WEIGHT; kind++) {
            Lab lab = { 0 };
            int64_t weight[MAX_AXES];
            size_t reals[3];
            lab.names.arena = &lab.arena;
            lab.p = program_new(&lab.arena, &lab.names, TYPE_F32);
            conv_contract(&lab, &conv[i], (Kind)kind, weight, reals);
            cr_expect_eq(contract_flops(&lab.c), terms_by_loops(&conv[i]), "%s of convolution %u: %llu", kind_name[kind], i,
                         (unsigned long long)contract_flops(&lab.c));
            close_lab(&lab);
        }
}

/* A convolution that keeps the size and the gradient of its input are one kernel, whose tile
 * does not depend on what else is compiled.                                                  */
Test(contract_bits, kernels_are_shared)
{
    static const Conv conv = { 1, 64, 64, 6, 3, 1, 1 };
    Lab lab = { 0 };
    int64_t weight[MAX_AXES];
    size_t reals[3];
    lab.names.arena = &lab.arena;
    lab.p = program_new(&lab.arena, &lab.names, TYPE_F32);
    Kernels *kernels = kernels_new(&lab.arena, lab.p);
    for (unsigned kind = FORWARD; kind <= WEIGHT; kind++) {
        conv_contract(&lab, &conv, (Kind)kind, weight, reals);
        lab.c.counted = 0;
        contract_plan(kernels, &lab.c);
        contract_plan(kernels, &lab.c);
    }
    cr_assert_eq(lab.p->fn.count, 2, "%zu kernels", lab.p->fn.count);
    cr_assert(fn_of(lab.p, 0)->outline);
    close_lab(&lab);
}

/* ---- compiled --------------------------------------------------------------------------------- */

typedef int F(size_t, const float *, size_t, const float *, const float *, float *);

enum { REALS = 1 << 16 };

/* Every convolution's contractions, and f, which calls the t_stride-th of them. */
static uint32_t all_of_them(Lab *lab, const Conv *conv, unsigned convs, bool plain)
{
    Program *p = lab->p;
    Kernels *kernels = kernels_new(&lab->arena, p);
    uint32_t *fn = NEW_ARRAY(&lab->arena, uint32_t, 3 * convs);
    int64_t weight[MAX_AXES];
    size_t reals[3];
    for (unsigned i = 0; i < 3 * convs; i++) {
        conv_contract(lab, &conv[i / 3], (Kind)(i % 3), weight, reals);
        for (unsigned part = X; part <= Y; part++) cr_assert_leq(reals[part], REALS);
        ContractPlan *plan = plain ? contract_plan_plain(kernels, &lab->c) : contract_plan(kernels, &lab->c);
        fn[i] = lower_as(lab, arena_printf(&lab->arena, "Test.case%u", i), plan);
    }
    uint32_t f = fn_begin(p, "Test.f", "One of them.");
    fn_of(p, f)->entry = true;
    Var batch = fn_param(p, "batch", L_INT);
    fn_param_buffer(p, "t", SPACE_CONST, false, false);
    Var which = fn_param(p, "t_stride", L_INT), x = fn_param_buffer(p, "x", SPACE_CONST, false, false);
    Var theta = fn_param_buffer(p, "theta", SPACE_CONST, false, false), dx = fn_param_buffer(p, "dx", SPACE_SHARED, true, false);
    for (unsigned i = 0; i < 3 * convs; i++) {
        s_if(p, x_op(p, OP_eq, x_var(p, which), x_int(p, i), 0));
        s_call(p, fn[i], (Exp[]){ x_var(p, x), x_var(p, theta), x_var(p, dx), x_var(p, batch) }, 4);
        s_end(p);
    }
    s_return(p, x_int(p, 0));
    fn_end(p);
    return f;
}

/* As the f of a field, which lives as the lab. */
static const Lowered *served(Lab *lab, uint32_t f)
{
    Field *of = NEW(&lab->arena, Field);
    Lowered *l = NEW(&lab->arena, Lowered);
    Entries none;
    memset(&none, 0xff, sizeof none);
    of->name = name_of(&lab->names, "Test");
    of->states = 1;
    VEC_PUSH(&lab->arena, of->state) = (FieldState){ .name = name_of(&lab->names, "x"), .count = 1, .given = true };
    l->program = lab->p;
    l->field = of;
    l->solver = l->gradient = "none";
    l->max_steps = 1;
    l->few = (Serving){ .regime = "test", .entry = none, .width = 1 };
    l->few.entry.f = f;
    l->many = l->few;
    l->loss = l->update = l->norm = NO_ENTRY;
    return l;
}

static void emit(Lab *lab, uint32_t f, Text *source)
{
    const Lowered *only = served(lab, f);
    EmitInput input = { .field = &only, .fields = 1 };
    EmitOptions options = { .stem = "sums", .model_path = "sums.node" };
    back_c.emit(&input, &options, source, NULL);
}

static void wave_into(float *to, size_t from)
{
    for (size_t i = 0; i < REALS; i++) to[i] = (float)wave(i + from);
}

typedef struct Numbers { float *x, *w, *out[16]; } Numbers;

/* What each contraction makes of waves on the reference machine. */
static Numbers reference(Lab *lab, const Conv *conv, unsigned convs, bool plain, uint32_t *fn)
{
    static float t[1];
    lab->names.arena = &lab->arena;
    lab->p = program_new(&lab->arena, &lab->names, TYPE_F32);
    *fn = all_of_them(lab, conv, convs, plain);
    Numbers n = { NEW_ARRAY(&lab->arena, float, REALS), NEW_ARRAY(&lab->arena, float, REALS), { NULL } };
    wave_into(n.x, 0);
    wave_into(n.w, REALS);
    for (unsigned i = 0; i < 3 * convs; i++) {
        char error[256] = "";
        wave_into(n.out[i] = NEW_ARRAY(&lab->arena, float, REALS), 5);
        LArg arg[] = { { .i = conv[i / 3].batch }, { .buffer = t, .elements = 1 }, { .i = i }, { .buffer = n.x, .elements = REALS },
                       { .buffer = n.w, .elements = REALS }, { .buffer = n.out[i], .elements = REALS } };
        loop_run(lab->p, *fn, arg, COUNT(arg), error, sizeof error);
        cr_assert(!error[0], "%s", error);
    }
    return n;
}

static const Conv odd_ones[] = { { 2, 3, 20, 7, 3, 1, 1 }, { 1, 16, 32, 13, 4, 2, 1 }, { 2, 2, 16, 7, 5, 3, 2 }, { 5, 20, 16, 6, 1, 1, 0 } };
enum { ODD_ONES = COUNT(odd_ones) };

/* Padding is nobody's: only what is a value is compared. */
static bool same_values(const Conv *v, Kind kind, const float *a, const float *b)
{
    size_t size = kind == DATA ? v->size : conv_out(v), depth = padded(kind == DATA ? v->in : v->out);
    size_t count = kind == WEIGHT ? 0 : v->batch * size * size * depth, real = kind == DATA ? v->in : v->out;
    for (size_t i = 0; i < count; i++)
        if (i % depth < real && memcmp(&a[i], &b[i], sizeof *a)) return false;
    return kind != WEIGHT || padded(v->in) != v->in || padded(v->out) != v->out || !memcmp(a, b, REALS * sizeof *a);
}

Test(contract_bits, tiles_never_change_bits)
{
    Lab lab[2] = { { .p = NULL }, { .p = NULL } };
    Numbers out[2];
    uint32_t fn;
    for (unsigned plain = 0; plain < 2; plain++) out[plain] = reference(&lab[plain], odd_ones, ODD_ONES, plain, &fn);
    for (unsigned i = 0; i < 3 * ODD_ONES; i++)
        cr_expect(same_values(&odd_ones[i / 3], (Kind)(i % 3), out[0].out[i], out[1].out[i]), "%s of convolution %u", kind_name[i % 3], i / 3);
    close_lab(&lab[0]);
    close_lab(&lab[1]);
}

Test(contract_bits, compiled_to_the_same_bits, .timeout = 240)
{
    static const struct { const char *compiler, *cpu, *flags; } target[] = {
        { "gcc", "avx512", "-std=gnu11 -O2 -mavx512f -mavx512dq -mavx2 -mfma" },
        { "gcc", "avx2", "-std=gnu11 -O2 -march=haswell" },
        { "clang", "avx512", "-std=gnu11 -O2 -mavx512f -mavx512dq -mavx2 -mfma" },
        { "gcc", "plain", "-std=c11 -O1 -DNODEC_PLAIN" },
    };
    Lab lab = { .p = NULL };
    uint32_t fn;
    Numbers want = reference(&lab, odd_ones, ODD_ONES, false, &fn);
    float *have = NEW_ARRAY(&lab.arena, float, REALS), t = 0;
    Text source = { .arena = &lab.arena };
    emit(&lab, fn, &source);
    CcFolder folder = cc_folder();
    cc_write(&folder, "sums.c", text_string(&source));
    for (unsigned k = 0; k < COUNT(target); k++) {
        if (!cc_has(target[k].compiler) || !cc_cpu(target[k].cpu)) {
            cr_log_warn("%s for %s is skipped: not on this machine", target[k].compiler, target[k].cpu);
            continue;
        }
        void *module = cc_load(&folder, target[k].compiler, target[k].flags, "sums.c");
        cr_assert(module, "%s %s does not compile it", target[k].compiler, target[k].flags);
        F *f;
        *(void **)&f = dlsym(module, "sums_test_f");
        for (unsigned i = 0; i < 3 * ODD_ONES; i++) {
            wave_into(have, 5);
            cr_assert_eq(f(odd_ones[i / 3].batch, &t, i, want.x, want.w, have), 0);
            cr_assert(!memcmp(have, want.out[i], REALS * sizeof *have), "%s %s: %s of convolution %u has other bits", target[k].compiler,
                      target[k].flags, kind_name[i % 3], i / 3);
        }
        dlclose(module);
    }
    cc_remove(&folder);
    close_lab(&lab);
}

Test(contract_bits, llvm_has_the_same_bits)
{
    static const unsigned width[] = { 0, 32, 16 };
    Lab lab = { .p = NULL };
    uint32_t fn;
    if (!jitted_here()) return;
    Numbers want = reference(&lab, odd_ones, ODD_ONES, false, &fn);
    const Lowered *only = served(&lab, fn);
    float *have = NEW_ARRAY(&lab.arena, float, REALS), t = 0;
    for (unsigned k = 0; k < COUNT(width); k++) {
        nodec_code code = jitted_open(&(EmitInput){ .field = &only, .fields = 1 }, &lab.arena, width[k]);
        for (unsigned i = 0; i < 3 * ODD_ONES; i++) {
            nodec_arg arg[] = { { .whole = odd_ones[i / 3].batch }, { .buffer = &t }, { .whole = i }, { .buffer = want.x }, { .buffer = want.w }, { .buffer = have } };
            wave_into(have, 5);
            cr_assert_eq(code.call(code.self, fn, arg, COUNT(arg), NULL), 0);
            cr_assert(!memcmp(have, want.out[i], REALS * sizeof *have), "%s of convolution %u has other bits", kind_name[i % 3], i / 3);
        }
        code.close(code.self);
    }
    close_lab(&lab);
}
