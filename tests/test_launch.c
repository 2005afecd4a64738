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
