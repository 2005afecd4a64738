/* test_launch.c: a function as launches does what the function does.
 *
 * On the reference machine the host of a model's entry leaves the same bits as the
 * entry, in everything that it writes, its workspace too, whatever becomes of it.   */
#include "launched.h"
#include "loop/launch.h"

static void same_as_launches(Lab *lab, uint32_t entry, int64_t batch, double scale, int status)
{
    char error[256];
    const Launch launch = launch_build(lab->p, entry);
    const char *wrong = loop_verify(lab->p, &lab->arena);
    cr_assert_null(wrong, "%s", wrong);
    cr_assert(launch.kernel.count > 1);
    Call want = call_new(lab, entry, batch, scale), got = call_new(lab, launch.host, batch, scale);
    int is = loop_run(lab->p, entry, want.arg, want.count, error, sizeof error);
    cr_assert_eq(is, status, "%s gives %d, not %d: %s", fn_of(lab->p, entry)->name, is, status, error);
    cr_assert_eq(loop_run(lab->p, launch.host, got.arg, got.count, error, sizeof error), 0, "%s", error);
    cr_assert_eq(got.count, want.count + 1);
    cr_assert_eq((int)number_at(lab, &got.arg[want.count], 0), status);
    same_arrays(lab, &got, &want, fn_of(lab->p, entry)->name);
}

static void check(const char *experiment, Type real, const char *const *set, size_t sets)
{
    static const int64_t batch[] = { 1, 5, 9 };
    for (size_t i = 0; i < COUNT(batch); i++) {
        Lab lab;
        lab_open(&lab, "tests/models/tiny.node", experiment, real, set, sets);
        same_as_launches(&lab, lab.lowered->forward, batch[i], 0.4, NODEC_OK);
        same_as_launches(&lab, lab.lowered->train, batch[i], 0.4, NODEC_OK);
        if (lab.lowered->steps) same_as_launches(&lab, lab.lowered->train, batch[i], 1e30, NODEC_NONFINITE);
        arena_free(&lab.arena);
    }
}

Test(launch, the_host_of_an_entry_is_the_entry, .timeout = 120)
{
    check("tiny", TYPE_F32, NULL, 0);
    check("plain", TYPE_F32, NULL, 0);
    check("tiny_adjoint", TYPE_F32, (const char *[]){ "accuracy = 1e-5" }, 1);
}

/* ---- by hand ------------------------------------------------------------------------------ */

static const char by_hand[] =
    "real f32\n"
    "fn P.part(b: int, in x: real, mut y: real, h: real) outline {\n"
    "  store y[b] = x[b]*h\n"
    "}\n"
    "fn P.all(n: int, in x: real, mut y: real, h: real) {\n"
    "  let twice = h*2.0\n"
    "  par b in 0 .. n {\n"
    "    call P.part(b, x, y, twice)\n"
    "  }\n"
    "}\n"
    "fn P.run(n: int, in x: real, mut y: real, mut z: real) entry -> status {\n"
    "  let m = n - 1\n"
    "  call P.all(n, x, y, 3.0)\n"
    "  let far = m + 5\n"
    "  let first = y[0]\n"
    "  store z[far] = first\n"
    "  let near = far - 4\n"
    "  for i in 3 .. 20001 step 2 any {\n"
    "    let v = y[i % 7] + x[0]\n"
    "    store z[i + near] = v\n"
    "  }\n"
    "  for k in 0 .. 2 {\n"
    "    let h = 1.0 / real(k + n)\n"
    "    call P.all(m, z, y, h)\n"
    "    if x[1] < y[0] {\n"
    "      store z[k] = 100.0\n"
    "      return 5\n"
    "    }\n"
    "  }\n"
    "  store z[2] = y[near]\n"
    "  return 0\n"
    "}\n";

Test(launch, loops_in_any_order_are_shared_out)
{
    enum { N = 9, Z = 20100 };
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Diags diags = { .arena = &arena };
    Text said = { .arena = &arena };
    char error[256] = "";
    const Source source = { .path = "by hand", .text = by_hand, .length = sizeof by_hand - 1 };
    Program *p = loop_parse(&arena, &names, &source, &diags);
    if (!p) diag_render(&diags, &said, false);
    cr_assert(p, "%s", text_string(&said));
    const uint32_t entry = (uint32_t)p->fn.count - 1;
    const Launch launch = launch_build(p, entry);
    const char *wrong = loop_verify(p, &arena);
    cr_assert_null(wrong, "%s", wrong);
    loop_print(p, &said);
    cr_assert_eq(launch.kernel.count, 6);       /* all, a store, the loop, all again, what may return, the last store */
    cr_assert(strstr(text_string(&said), "par item in 0 .. 256 {"), "%s", text_string(&said));

    for (int fails = 0; fails < 2; fails++) {
        float x[Z], y[2][Z], z[2][Z], status = 0;
        for (int i = 0; i < Z; i++) x[i] = (float)wave((size_t)i), y[0][i] = y[1][i] = z[0][i] = z[1][i] = (float)wave((size_t)i + Z);
        x[1] = fails ? -1e30f : 1e30f;
        LArg arg[2][5];
        for (int k = 0; k < 2; k++) {
            const LArg own[] = { { .i = N }, { .buffer = x, .elements = Z }, { .buffer = y[k], .elements = Z },
                                 { .buffer = z[k], .elements = Z }, { .buffer = &status, .elements = 1 } };
            memcpy(arg[k], own, sizeof own);
        }
        cr_assert_eq(loop_run(p, entry, arg[0], 4, error, sizeof error), 5 * fails, "%s", error);
        cr_assert_eq(loop_run(p, launch.host, arg[1], 5, error, sizeof error), 0, "%s", error);
        cr_assert_eq(status, (float)(5 * fails));
        cr_assert(!memcmp(y[0], y[1], sizeof y[0]) && !memcmp(z[0], z[1], sizeof z[0]));
    }
    arena_free(&arena);
}
