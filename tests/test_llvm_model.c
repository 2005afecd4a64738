/* test_llvm_model.c: models through LLVM.
 *
 * Every entry of a model leaves the bits of the reference machine in all that it writes,
 * its workspace too: for registers of every width, as one module and as several, on
 * threads, in batches that fill no block, and when it fails.                        */
#include "launched.h"
#include "jitted.h"
#include "pool.h"

typedef struct Row { const char *path, *experiment; Type real; const char *set[3]; } Row;

static void same_as_reference(Lab *lab, const nodec_code *code, uint32_t entry, int64_t batch, double scale, int status, const nodec_parallel *parallel)
{
    char error[256];
    Call want = call_new(lab, entry, batch, scale), got = call_new(lab, entry, batch, scale);
    nodec_arg arg[MOST];
    const char *name = fn_of(lab->p, entry)->name;
    for (size_t i = 0; i < got.count; i++)
        arg[i] = (nodec_arg){ got.arg[i].buffer, got.arg[i].elements * lab->real, got.arg[i].i, got.arg[i].r };
    cr_assert_eq(loop_run(lab->p, entry, want.arg, want.count, error, sizeof error), status, "%s: %s", name, error);
    int is = code->call(code->self, entry, arg, got.count, parallel);
    cr_assert_eq(is, status, "%s: %d, not %d", name, is, status);
    same_arrays(lab, &got, &want, arena_printf(&lab->arena, "%s, batch %d", name, (int)batch));
}

static void check(const Row *row)
{
    static const int64_t batch[] = { 1, 5, 33 };
    static const unsigned width[] = { 0, 32, 16 };
    Lab lab;
    size_t sets = 0;
    if (!jitted_here()) return;
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    lab_open(&lab, row->path, row->experiment, row->real, row->set, sets);
    const LoweredModel *l = lab.lowered;
    nodec_fault fault = { 0 };
    pool *threads = pool_open(3, &fault);
    cr_assert(threads, "%s", fault.text);
    for (size_t i = 0; i < COUNT(batch); i++) {
        nodec_code code = jitted_open(&(EmitInput){ .model = &lab.lowered, .models = 1 }, &lab.arena, width[i]);
        const nodec_parallel *on = i == 2 ? pool_parallel(threads) : NULL;
        same_as_reference(&lab, &code, l->forward, batch[i], 0.4, NODEC_OK, on);
        if (l->steps && i == 1) same_as_reference(&lab, &code, l->train, batch[i], row->real == TYPE_F32 ? 1e30 : 1e200, NODEC_NONFINITE, on);
        same_as_reference(&lab, &code, l->train, batch[i], 0.4, NODEC_OK, on);
        same_as_reference(&lab, &code, l->update, 1, 0.4, NODEC_OK, on);
        same_as_reference(&lab, &code, l->norm, 1, 0.4, NODEC_OK, on);
        code.close(code.self);
    }
    pool_close(threads);
    arena_free(&lab.arena);
}

#define TINY "tests/models/tiny.node"
Test(llvm_model, discrete)    { check(&(Row){ TINY, "tiny", TYPE_F32, { 0 } }); }
Test(llvm_model, adjoint)     { check(&(Row){ TINY, "tiny_adjoint", TYPE_F64, { 0 } }); }
Test(llvm_model, runge_kutta) { check(&(Row){ TINY, "tiny", TYPE_F32, { "solver = rk4(steps = 2)", "statistics = running" } }); }
Test(llvm_model, winograd)    { check(&(Row){ TINY, "tiny_adjoint", TYPE_F32, { "accuracy = 1e-5", "optimizer = adamw" } }); }
Test(llvm_model, loaded_by_llvm)
{
    setenv("NODEC_LOADER", "llvm", 1);
    check(&(Row){ TINY, "tiny", TYPE_F32, { 0 } });
}
Test(llvm_model, no_solve)    { check(&(Row){ TINY, "plain", TYPE_F32, { 0 } }); }
