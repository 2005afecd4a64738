/* test_loop.c: the loop IR is built, printed, read back, verified and run. */
#include <criterion/criterion.h>

#include "loop/loop.h"
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
    b->diags.list.count = b->diags.errors = 0;
    return loop_parse(&b->arena, &b->names, source, &b->diags);
}

static const char *errors(Bench *b)
{
    Text text = { .arena = &b->arena };
    diag_render(&b->diags, &text, false);
    return text_string(&text);
}

static const char *print(Bench *b, const Program *p)
{
    Text text = { .arena = &b->arena };
    loop_print(p, &text);
    return text_string(&text);
}

/* ---- text ---------------------------------------------------------------------------- */

static void check_text(const char *path)
{
    Bench b;
    bench_open(&b);
    char *golden = file_read(&b.arena, path, NULL);
    cr_assert(golden, "%s is not there", path);
    Program *p = parse(&b, golden);
    cr_assert(p, "%s", errors(&b));
    cr_expect_str_eq(print(&b, p), golden);
    cr_expect_null(loop_verify(p, &b.arena), "%s", loop_verify(p, &b.arena));
    arena_free(&b.arena);
}

Test(loop, text_reads_back_and_prints_the_same)
{
    check_text("tests/golden/loop/step.loop");
    check_text("tests/golden/loop/apart.loop");
}

Test(loop, random_programs_are_sound_and_read_back)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        Bench b;
        bench_open(&b);
        Program *p = program_new(&b.arena, &b.names, seed % 2 ? TYPE_F32 : TYPE_F64);
        random_fn(p, "Any.f", seed);
        const char *wrong = loop_verify(p, &b.arena), *text = print(&b, p);
        cr_assert_null(wrong, "seed %d: %s\n%s", (int)seed, wrong, text);
        Program *again = parse(&b, text);
        cr_assert(again, "seed %d: %s", (int)seed, errors(&b));
        cr_assert_str_eq(print(&b, again), text);
        arena_free(&b.arena);
    }
}

Test(loop, wrong_text_is_refused_with_its_place)
{
    static const struct { const char *text, *says; } row[] = {
        { "", "1:1: error: expected `real`" },
        { "real f16", "1:6: error: expected `f32`" },
        { "real f32 fn f() { what }", "expected a statement" },
        { "real f32 fn f() { let u = 1.0", "ends inside of a block" },
        { "real f32 fn f() { let u = 1.0\n let u = 2.0 }", "2:6: error: this name is taken" },
        { "real f32 fn f() { let u = w }", "no variable of this name" },
        { "real f32 fn f(in x: real) { store x[0] = 1.0 }", "only read" },
        { "real f32 fn f(in mut x: real) { }", "`in` is only read" },
        { "real f32 fn f(in x: real) { let u = x[1.0] }", "expected an integer" },
        { "real f32 fn f(in x: real) { let u = x[0 :8] }", "16 lanes" },
        { "real f32 fn f(in x: real) { let u = x + 1.0 }", "a buffer" },
        { "real f32 fn f() { let u = 1 + 1.0 }", "do not fit" },
        { "real f32 fn f() { let u = exp(1.0, 2.0) }", "takes 1 arguments" },
        { "real f32 fn f() { let u = exp(1) }", "does not take such arguments" },
        { "real f32 fn f() { let u = relu(1.0) }", "does not take such arguments" },
        { "real f32 fn f() { let u = sqr(1.0) }", "no op is called `sqr`" },
        { "real f32 fn f() { let u = pick(lane(), 16) }", "`pick`" },
        { "real f32 fn f() { let u = tree(1.0) }", "`tree`" },
        { "real f32 fn f() { let u = select(1.0, 1.0, 1.0) }", "do not fit" },
        { "real f32 fn f() { let u = 1.0 set u = 2.0 }", "for ever" },
        { "real f32 fn f() { var u = 1.0 set u = 2 }", "another type" },
        { "real f32 fn f() { for i in 0 .. 1.0 { } }", "expected an integer" },
        { "real f32 fn f() { for i in 0 .. 2 { set i = 3 } }", "for ever" },
        { "real f32 fn f() { if 1.0 { } }", "one truth" },
        { "real f32 fn f() { return 1.0 }", "expected an integer" },
        { "real f32 fn f() { local u: real[0] }", "number of elements" },
        { "real f32 fn f() { let u = 99999999999999999999 }", "2^53" },
        { "real f32 fn f() { call f() }", "no function above" },
        { "real f32 fn f() { } fn f() { }", "of this name above" },
        { "real f32 fn g(n: int) { } fn f() { call g(1.0) }", "`n` is of another type" },
        { "real f32 fn g(n: int) { } fn f() { call g() }", "no variable" },
        { "real f32 fn g() { } fn f() { call s = g() }", "returns nothing" },
        { "real f32 fn g(mut y: real) { } fn f(in x: real) { call g(x) }", "only read" },
        { "real f32 note \"open\nfn f() { }", "expected a \"text\"" },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        Bench b;
        bench_open(&b);
        Program *p = parse(&b, row[i].text);
        cr_expect_null(p, "accepted: %s", row[i].text);
        cr_expect(strstr(errors(&b), row[i].says), "%s\nsays   %s\nnot    %s", row[i].text, errors(&b), row[i].says);
        arena_free(&b.arena);
    }
}

Test(loop, mangled_text_never_crashes)
{
    Bench b;
    bench_open(&b);
    size_t length = 0;
    char *golden = file_read(&b.arena, "tests/golden/loop/step.loop", &length);
    cr_assert(golden);
    uint64_t state = 7;
    for (int round = 0; round < 2000; round++) {
        Bench each;
        bench_open(&each);
        char *text = arena_string(&each.arena, golden, length);
        for (int i = 0; i < 3; i++) {
            state = state * UINT64_C(6364136223846793005) + 1;
            text[(state >> 33) % length] = golden[(state >> 17) % length];
        }
        Program *p = parse(&each, text);
        if (p) cr_expect_null(loop_verify(p, &each.arena), "%s\n%s", loop_verify(p, &each.arena), text);
        else cr_expect(each.diags.errors, "refused without a word:\n%s", text);
        arena_free(&each.arena);
    }
    arena_free(&b.arena);
}

/* ---- building ---------------------------------------------------------------------------- */

Test(loop, integers_fold_and_names_are_told_apart)
{
    Bench b;
    bench_open(&b);
    Program *p = program_new(&b.arena, &b.names, TYPE_F32);
    fn_begin(p, "f", NULL);
    Exp n = x_var(p, fn_param(p, "n", L_INT));
    s_let(p, "a", x_add(p, x_add(p, n, x_int(p, 2)), x_int(p, 3)));
    s_let(p, "a", x_mul(p, x_int(p, 4), x_mul(p, n, x_int(p, 2))));
    s_let(p, "b2", x_add(p, x_int(p, 0), n));
    s_let(p, "b2", x_sub(p, x_add(p, n, x_int(p, 1)), x_int(p, 4)));
    for (int i = 0; i < 2; i++) {
        s_for(p, "i", x_int(p, 0), n, x_int(p, 1), 0);
        s_let(p, "a", x_int(p, 7));
        s_end(p);
    }
    s_let(p, "a", x_mul(p, n, x_int(p, 0)));
    fn_end(p);
    cr_expect_str_eq(print(&b, p), "real f32\n\nfn f(n: int) {\n"
        "  let a = n + 5\n  let a1 = n*8\n  let b2 = n\n  let b2_1 = n - 3\n"
        "  for i in 0 .. n {\n    let a2 = 7\n  }\n  for i in 0 .. n {\n    let a2 = 7\n  }\n  let a2 = 0\n}\n");
    arena_free(&b.arena);
}

/* ---- verifying ------------------------------------------------------------------------------- */

static const char *const sound =
    "real f32 fn g(in x: real, mut y: real, n: int) -> status { store y[n] = x[n] return 0 }"
    " fn f(in x: real, mut y: real, n: int) -> status { let a = x[0 :16] var s = tree(a) set s = s + 1.0"
    " for i in 0 .. n { let k = i*2 store y[k] = s } if s < 1.0 { scatter y[0 : 1 : 5] = a }"
    " call st = g(x, y, 3) view w0 = fresh y view v = y[n ..] local w: real[4] par j in 0 .. n { call g(x, y, j) } return st }";

static Stm find(const Program *p, SKind kind)
{
    for (Stm s = (Stm)p->stm.count; s-- > 1;)
        if (p->stm.at[s].kind == kind) return s;
    return 0;
}

static Exp find_exp(const Program *p, XKind kind)
{
    for (Exp e = (Exp)p->exp.count; e-- > 1;)
        if (p->exp.at[e].kind == kind) return e;
    return 0;
}

#define STM(kind) p->stm.at[find(p, kind)]
#define VAR(kind) p->var.at[STM(kind).var]
#define EXP(kind) p->exp.at[find_exp(p, kind)]

/* Each case breaks one thing of the sound program; the verifier must name it. */
static const char *breakage(Program *p, int which)
{
    switch (which) {
    case 0:  VAR(S_LET).name = VAR(S_VAR).name; return "two variables are called";
    case 1:  STM(S_SET).var = STM(S_LET).var; return "";
    case 2:  VAR(S_VAR).writable = false; return "declared by let";
    case 3:  p->var.at[STM(S_STORE).var].writable = false; return "may not be";
    case 4:  STM(S_STORE).a = find_exp(p, X_REAL); return "no integer";
    case 5:  STM(S_SCATTER).b = STM(S_STORE).b; return "";
    case 6:  STM(S_CALL).callee = 1; return "earlier functions";
    case 7:  STM(S_CALL).nargs--; return "arguments";
    case 8:  STM(S_PAR).body = 0; return "one call";
    case 9:  EXP(X_TREE).type.lanes = LANES; return "wrong type";
    case 10: EXP(X_LOAD).type.kind = L_INT; return "wrong type";
    case 11: EXP(X_LOAD).var = p->fn.at[1]->param.at[2]; return "no buffer";
    case 12: EXP(X_VAR).var = VAR(S_LOCAL).count; return "";
    case 13: STM(S_LOCAL).var = STM(S_VAR).var; return "declared twice";
    case 14: VAR(S_LOCAL).count = 0; return "no array";
    case 15: p->fn.at[1]->returns = false; return "was not to";
    case 16: p->fn.at[0]->name = p->fn.at[1]->name; return "there twice";
    case 17: STM(S_IF).a = find_exp(p, X_LOAD); return "";
    case 18: STM(S_FOR).body = STM(S_IF).body; return "";
    case 19: STM(S_RETURN).a = STM(S_VAR).a; return "no integer";
    case 20: EXP(X_OP).op = OP_NONE; return "no op";
    case 21: EXP(X_OP).b = 0; return "arguments";
    case 22: EXP(X_OP).type.kind = L_BUFFER; return "type";
    case 23: STM(S_VIEW).kind = S_NONE; return "no kind";
    case 24: VAR(S_VIEW).space = SPACE_BLOCK; return "another space";
    case 25: STM(S_LET).a = 0; return "missing";
    case 26: STM(S_FOR).c = 0; return "missing";
    case 27: VAR(S_FOR).type.kind = L_REAL; return "";
    case 28: p->real = TYPE_I32; return "f32 or f64";
    case 29: p->exp.at[p->stm.at[find(p, S_VAR)].a].kind = X_NONE; return "no kind";
    case 30: STM(S_VIEW).next = find(p, S_VIEW); return "two places";
    case 31: p->fn.at[1]->apart = true; return "apart";
    default: return NULL;
    }
}

Test(loop, verifier_names_each_broken_invariant)
{
    int which = 0;
    for (;; which++) {
        Bench b;
        bench_open(&b);
        Program *p = parse(&b, sound);
        cr_assert(p, "%s", errors(&b));
        cr_assert_null(loop_verify(p, &b.arena), "%s", loop_verify(p, &b.arena));
        const char *says = breakage(p, which);
        if (!says) {
            arena_free(&b.arena);
            break;
        }
        const char *wrong = loop_verify(p, &b.arena);
        cr_expect(wrong, "case %d passes", which);
        if (wrong) cr_expect(strstr(wrong, says), "case %d: %s, not %s", which, wrong, says);
        arena_free(&b.arena);
    }
    cr_expect_eq(which, 32);
}

/* ---- running ----------------------------------------------------------------------------------- */

Test(loop, machine_computes)
{
    Bench b;
    bench_open(&b);
    Program *p = parse(&b,
        "real f64 fn dot(in x: real, in y: real, mut out: real, n: int) { var s = splat(0.0)"
        " for i in 0 .. n step 16 { set s = fma(x[i :16], y[i :16], s) } store out[0] = tree(s) }"
        " fn main(in x: real, optional mut out: real, n: int, h: real) -> status { if null(out) { return 7 }"
        " call dot(x, x, out, n) view o = out[1 ..] store o[0] = h*real(n%5) store o[1] = tree(lane())"
        " store o[2] = pick(x[0 :16], 3)[0] return n/16 }");
    cr_assert_null(p);              /* a value has no elements */
    p = parse(&b,
        "real f64 fn dot(in x: real, in y: real, mut out: real, n: int) { var s = splat(0.0)"
        " for i in 0 .. n step 16 { set s = fma(x[i :16], y[i :16], s) } store out[0] = tree(s) }"
        " fn main(in x: real, optional mut out: real, n: int, h: real) -> status { if null(out) { return 7 }"
        " call dot(x, x, out, n) view o = out[1 ..] store o[0] = h*real(n%5) store o[1] = tree(lane())"
        " let e = pick(x[0 :16], 3) store o[2] = tree(e) return n/16 }");
    cr_assert(p, "%s", errors(&b));
    double x[32], out[4];
    for (int i = 0; i < 32; i++) x[i] = i;
    char error[100];
    LArg args[] = { { .buffer = x, .elements = 32 }, { .buffer = out, .elements = 4 }, { .i = 32 }, { .r = 0.5 } };
    cr_expect_eq(loop_run(p, 1, args, 4, error, sizeof error), 2, "%s", error);
    cr_expect_eq(out[0], 10416);
    cr_expect_eq(out[1], 1);
    cr_expect_eq(out[2], 120);
    cr_expect_eq(out[3], 48);
    args[1].buffer = NULL;
    cr_expect_eq(loop_run(p, 1, args, 4, error, sizeof error), 7, "%s", error);
    arena_free(&b.arena);
}

Test(loop, machine_stops_at_wrong_accesses)
{
    static const struct { const char *body, *says; } row[] = {
        { "let u = x[8] store x[0] = u", "x[8] is outside of its 8 elements" },
        { "let u = x[n - 9] store x[0] = u", "x[-1] is outside" },
        { "let u = x[0 :16] store x[0] = tree(u)", "outside" },
        { "view v = x[4 ..] store v[4] = 1.0", "v[4] is outside of its 4" },
        { "view v = x[9 ..]", "a view outside of x" },
        { "local l: real[2] store l[2] = 1.0", "l[2] is outside of its 2" },
        { "let u = n/(n - 8)", "division by zero" },
        { "store none[0] = 1.0", "none is NULL" },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        Bench b;
        bench_open(&b);
        Program *p = parse(&b, arena_printf(&b.arena, "real f32 fn f(mut x: real, optional mut none: real, n: int) { %s }", row[i].body));
        cr_assert(p, "%s: %s", row[i].body, errors(&b));
        float x[8] = { 0 };
        char error[100];
        LArg args[] = { { .buffer = x, .elements = 8 }, { 0 }, { .i = 8 } };
        cr_expect_eq(loop_run(p, 0, args, 3, error, sizeof error), -1);
        cr_expect(strstr(error, row[i].says), "%s: %s", row[i].body, error);
        arena_free(&b.arena);
    }
}
