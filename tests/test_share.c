/* test_share.c: equal loops become one function, others do not; long ones are shared out;
 * and bits stay. */
#include <criterion/criterion.h>

#include "loop/share.h"
#include "random_loop.h"

#include <math.h>
#include <string.h>

typedef struct Bench { Arena arena; Names names; Diags diags; } Bench;

static void bench_open(Bench *b)
{
    memset(b, 0, sizeof *b);
    b->names.arena = b->diags.arena = &b->arena;
}

static Program *parse(Bench *b, const char *text)
{
    Source *source = NEW(&b->arena, Source);
    *source = (Source){ .path = "test.loop", .text = text, .length = strlen(text) };
    Program *p = loop_parse(&b->arena, &b->names, source, &b->diags);
    if (!p) {
        Text said = { .arena = &b->arena };
        diag_render(&b->diags, &said, false);
        cr_assert_fail("%s", text_string(&said));
    }
    return p;
}

static void sound(Bench *b, const Program *p)
{
    const char *wrong = loop_verify(p, &b->arena);
    Text text = { .arena = &b->arena };
    loop_print(p, &text);
    cr_assert_null(wrong, "%s\n%s", wrong, text_string(&text));
}

/* ---- what is shared ---------------------------------------------------------------------- */

/* Two loops of a function: `one` with its numbers, and again with what stands behind. */
typedef struct Pair { const char *what, *one, *other; bool shared; } Pair;

/* Enough to be worth a call. */
#define BODY(at, add) \
    "let a = " at "\nlet b = a * a + splat(2.0) * a\nlet c = min(b, a) + max(b, a) * b\nlet d = sqrt(c * c) + b * c + a\n" \
    "let f = d * c + b * d + a * d\nlet g = fma(f, d, c) * fma(a, b, f)\nstore y[v + " add "] = g * f + d * c + b * a\n"
#define LOOP(to, at, add) "for v in 0 .. " to " step 16 roll {\n" BODY(at, add) "}\n"

static const Pair pairs[] = {
    { "the same",                 LOOP("32", "x[v :16]", "0"),      LOOP("32", "x[v :16]", "0"), true },
    { "other addresses",          LOOP("32", "x[v + 8 :16]", "32"), LOOP("32", "x[v + 16 :16]", "64"), true },
    { "another length",           LOOP("32", "x[v :16]", "0"),      LOOP("48", "x[v :16]", "64"), true },
    { "an address that moves",    LOOP("32", "x[v + n*16 :16]", "n*32"), LOOP("32", "x[v :16]", "64"), true },
    { "another buffer",           LOOP("32", "x[v :16]", "0"),      LOOP("32", "z[v + 3 :16]", "64"), true },
    { "a view",                   LOOP("32", "x[v :16]", "0"),      "view w = x[n*16 ..]\n" LOOP("32", "w[v + 1 :16]", "64"), true },
    { "summands turned",          LOOP("32", "x[v :16] + splat(1.0)", "0"), LOOP("32", "splat(1.0) + x[v :16]", "64"), true },
    { "another number",           LOOP("32", "x[v :16] + splat(1.0)", "0"), LOOP("32", "x[v :16] + splat(1.5)", "64"), false },
    { "another step in memory",   LOOP("32", "x[v :16]", "0"),      LOOP("32", "x[v*2 :16]", "64"), false },
    { "another op",               LOOP("32", "x[v :16]", "0"),      LOOP("32", "neg(x[v :16])", "64"), false },
    { "differences turned",       LOOP("32", "x[v :16] - splat(1.0)", "0"), LOOP("32", "splat(1.0) - x[v :16]", "64"), false },
    { "a sum kept outside",       "var s = splat(0.0)\n" LOOP("32", "x[v :16]", "0") "for v in 0 .. 32 step 16 roll {\nset s = s + x[v :16]\n}\nstore y[96] = s\n",
                                  "var t = splat(0.0)\nfor v in 0 .. 32 step 16 roll {\n" "set t = t + x[v :16]\n" BODY("t", "64") "}\n", false },
    { "a vector from outside",    "let s = x[n :16]\n" LOOP("32", "s + x[v :16]", "0"), "let t = x[n + 1 :16]\n" LOOP("32", "t + x[v :16]", "64"), false },
};

static Program *program_of(Bench *b, const Pair *pair)
{
    return parse(b, arena_printf(&b->arena, "real f32\n\nfn A.f(in x: real, in z: real, shared mut y: real, n: int) entry {\n%s%s}\n",
                                 pair->one, pair->other));
}

static void run(const Program *p, uint32_t fn, float *y, size_t count)
{
    float x[256], z[256];
    char error[200];
    for (int i = 0; i < 256; i++) x[i] = sinf((float)i), z[i] = cosf((float)i);
    for (size_t i = 0; i < count; i++) y[i] = 0;
    LArg args[] = { { .buffer = x, .elements = 256 }, { .buffer = z, .elements = 256 }, { .buffer = y, .elements = count }, { .i = 2 } };
    cr_assert_geq(loop_run(p, fn, args, COUNT(args), error, sizeof error), 0, "%s", error);
}

Test(share, what_differs_only_in_place)
{
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Bench b;
        float want[160], got[160];
        bench_open(&b);
        Program *before = program_of(&b, &pairs[i]), *p = program_of(&b, &pairs[i]);
        run(before, 0, want, COUNT(want));
        const uint32_t *place = loop_share(p);
        sound(&b, p);
        run(p, place[0], got, COUNT(got));
        cr_expect_arr_eq(got, want, sizeof want, "%s", pairs[i].what);
        size_t made = p->fn.count - 1;
        cr_expect_eq(made, pairs[i].shared, "%s: %zu functions", pairs[i].what, made);
        arena_free(&b.arena);
    }
}

Test(share, small_loops_stay)
{
    Bench b;
    bench_open(&b);
    Program *p = parse(&b, "real f32\n\nfn A.f(shared mut y: real) entry {\n"
                           "for v in 0 .. 32 step 16 roll {\nstore y[v] = splat(0.0)\n}\n"
                           "for v in 0 .. 32 step 16 roll {\nstore y[v + 32] = splat(0.0)\n}\n}\n");
    loop_share(p);
    cr_expect_eq(p->fn.count, 1);
    arena_free(&b.arena);
}

/* ---- what is shared out ------------------------------------------------------------------- */

#define LONG_LOOP(flags) "for v in 0 .. 65544 step 8 " flags " {\nlet a = x[v] * z[n]\nstore y[v + n] = a + k\n}\n"
#define INNER(flags) "fn A.inner(in x: real, in z: real, shared mut y: real, n: int, k: real) outline {\n" LONG_LOOP(flags) "}\n"
#define OUTER(call)  "fn A.outer(in x: real, in z: real, shared mut y: real, n: int) entry {\n" call "}\n"

typedef struct Long { const char *what, *text; bool spread; } Long;

static const Long longs[] = {
    { "a long loop",            "real f32\n\n" INNER("roll any") "\n" OUTER("call A.inner(x, z, y, n, 0.5)\n"), true },
    { "one in an order",        "real f32\n\n" INNER("roll") "\n" OUTER("call A.inner(x, z, y, n, 0.5)\n"), false },
    { "one in a parallel loop", "real f32\n\n" INNER("roll any") "\n" OUTER("par b in 0 .. 2 block {\ncall A.inner(x, z, y, n, 0.5)\n}\n"), false },
    { "one of an entry",        "real f32\n\n" OUTER("let k = 0.5\n" LONG_LOOP("roll any")), false },
};

static unsigned parallel_loops(const Program *p)
{
    unsigned count = 0;
    for (size_t i = 1; i < p->stm.count; i++) count += p->stm.at[i].kind == S_PAR;
    return count;
}

Test(share, long_loops_are_shared_out)
{
    enum { REALS = 65600 };
    for (size_t i = 0; i < COUNT(longs); i++) {
        Bench b;
        bench_open(&b);
        Program *before = parse(&b, longs[i].text), *p = parse(&b, longs[i].text);
        unsigned had = parallel_loops(before);
        float *x = NEW_ARRAY(&b.arena, float, REALS), *z = NEW_ARRAY(&b.arena, float, REALS), *y[2];
        for (int e = 0; e < REALS; e++) x[e] = sinf((float)e), z[e] = cosf((float)e);
        loop_spread(p);
        cr_expect_eq(parallel_loops(p), had + longs[i].spread, "%s", longs[i].what);
        const uint32_t *place = loop_share(p);
        sound(&b, p);
        for (int k = 0; k < 2; k++) {
            char error[200];
            y[k] = NEW_ARRAY(&b.arena, float, REALS);
            LArg args[] = { { .buffer = x, .elements = REALS }, { .buffer = z, .elements = REALS }, { .buffer = y[k], .elements = REALS }, { .i = 3 } };
            uint32_t entry = (uint32_t)before->fn.count - 1;
            cr_assert_geq(loop_run(k ? p : before, k ? place[entry] : entry, args, COUNT(args), error, sizeof error), 0, "%s", error);
        }
        cr_expect_arr_eq(y[0], y[1], REALS * sizeof(float), "%s", longs[i].what);
        arena_free(&b.arena);
    }
}

/* ---- whatever the loops ------------------------------------------------------------------ */

enum { TWINS = 3 };

Test(share, random_programs_keep_their_bits)
{
    size_t shared = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        Bench b;
        char error[200];
        float in[RANDOM_IN], want[RANDOM_OUT], got[RANDOM_OUT];
        bench_open(&b);
        Program *p = program_new(&b.arena, &b.names, TYPE_F32), *before = program_new(&b.arena, &b.names, TYPE_F32);
        for (int i = 0; i < RANDOM_IN; i++) in[i] = sinf((float)i * 3);
        for (int i = 0; i < TWINS; i++) {
            const char *name = arena_printf(&b.arena, "Any.f%d", i);
            random_fn(p, name, seed);
            random_fn(before, name, seed);
        }
        const uint32_t *place = loop_share(p);
        shared += p->fn.count > TWINS;
        sound(&b, p);
        for (uint32_t i = 0; i < TWINS; i++) {
            memset(want, 0, sizeof want), memset(got, 0, sizeof got);
            LArg args[] = { { .buffer = in, .elements = RANDOM_IN }, { .buffer = want, .elements = RANDOM_OUT } };
            cr_assert_geq(loop_run(before, i, args, 2, error, sizeof error), 0, "%s", error);
            args[1].buffer = got;
            cr_assert_geq(loop_run(p, place[i], args, 2, error, sizeof error), 0, "%s", error);
            cr_assert_arr_eq(got, want, sizeof want, "seed %d", (int)seed);
        }
        arena_free(&b.arena);
    }
    cr_expect_gt(shared, 60);
}
