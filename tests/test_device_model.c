/* test_device_model.c: models on an OpenCL device.
 *
 * Every entry of a model as launches of kernels leaves the bits of the reference
 * machine in all that it writes, its workspace too: with arrays of the host and with
 * arrays that the engine keeps, in batches that fill no block, and when it fails.
 * What is skipped without a device is said.                                         */
#include "launched.h"
#include "opencl_code.h"
#include "opencl.h"

#include "back/back.h"

#include <stdlib.h>
#include <unistd.h>

#define TINY "tests/models/tiny.node"

typedef struct Row { const char *path, *experiment; Type real; const char *set[3]; } Row;

static bool device_here(Type real)
{
    opencl cl;
    nodec_fault fault = { 0 };
    const char *why = opencl_open(&cl, &fault) ? fault.text : opencl_loses(&cl.device[0]);
    if (!why && real == TYPE_F64 && !cl.device[0].lanes_f64) why = "no fp64";
    if (why) cr_log_warn("skipped: %s", why);
    opencl_close(&cl);
    return !why;
}

static nodec_code *engine_open(Lab *lab)
{
    nodec_fault fault = { 0 };
    Text source = { .arena = &lab->arena };
    const EmitInput in = { .model = &lab->lowered, .models = 1 };
    const BackCall *call = back_opencl_calls(&in, &(EmitOptions){ .stem = "m", .model_path = "m.node", .module = true, .lanes = lab->lanes, .group_room = lab->room }, &source);
    const size_t entries = lab->lowered->program->fn.count;
    opencl_entry *entry = NEW_ARRAY(&lab->arena, opencl_entry, entries);
    for (size_t i = 0; i < entries; i++)
        entry[i] = (opencl_entry){ .launch = call[i].launch, .returns = call[i].returns, .params = call[i].params };
    const opencl_source what = { text_string(&source), lab->real, entry, entries };
    nodec_code *code = opencl_code_open("opencl", &what, false, &fault);
    cr_assert(code, "%s", fault.text);
    return code;
}

static void each_kept(const nodec_code *code, const Lab *lab, const Call *call, bool back)
{
    for (size_t i = 0; i < call->count; i++) {
        void *at = call->arg[i].buffer;
        if (!at || !call->arg[i].elements) continue;
        if (!back) cr_assert(!code->keep(code->self, at, call->arg[i].elements * lab->real, false), "%s", code->fault(code->self));
        else cr_assert(!code->fetch(code->self, at), "%s", code->fault(code->self));
        if (back) code->drop(code->self, at);
    }
}

static void same_on_device(Lab *lab, const nodec_code *code, uint32_t entry, int64_t batch, double scale, int status, bool kept)
{
    char error[256];
    Call want = call_new(lab, entry, batch, scale), got = call_new(lab, entry, batch, scale);
    nodec_arg arg[MOST];
    const char *name = fn_of(lab->p, entry)->name;
    for (size_t i = 0; i < got.count; i++)
        arg[i] = (nodec_arg){ got.arg[i].buffer, got.arg[i].elements * lab->real, got.arg[i].i, got.arg[i].r };
    cr_assert_eq(loop_run(lab->p, entry, want.arg, want.count, error, sizeof error), status, "%s: %s", name, error);
    if (kept) each_kept(code, lab, &got, false);
    int is = code->call(code->self, entry, arg, got.count, NULL);
    if (kept) each_kept(code, lab, &got, true);
    cr_assert_eq(is, status, "%s: %d, not %d; %s", name, is, status, is == NODEC_BROKEN ? code->fault(code->self) : "");
    same_arrays(lab, &got, &want, arena_printf(&lab->arena, "%s, batch %d", name, (int)batch));
}

static void check(const Row *row)
{
    static const int64_t batch[] = { 5, 1, 33 };
    Lab lab;
    size_t sets = 0;
    if (!device_here(row->real)) return;
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    lab_open(&lab, row->path, row->experiment, row->real, row->set, sets);
    nodec_code *code = engine_open(&lab);
    const LoweredModel *l = lab.lowered;
    for (size_t i = 0; i < COUNT(batch); i++) {
        same_on_device(&lab, code, l->forward, batch[i], 0.4, NODEC_OK, i == 0);
        if (l->steps && i == 0) same_on_device(&lab, code, l->train, batch[i], row->real == TYPE_F32 ? 1e30 : 1e200, NODEC_NONFINITE, true);
        same_on_device(&lab, code, l->train, batch[i], 0.4, NODEC_OK, i != 0);
    }
    same_on_device(&lab, code, l->update, 1, 0.4, NODEC_OK, true);
    same_on_device(&lab, code, l->norm, 1, 0.4, NODEC_OK, false);
    code->close(code->self);
    arena_free(&lab.arena);
}

/* ---- a work-item for every lane ---------------------------------------------------------------- */

/* Groups of items that meet at barriers are for devices that this machine may not have; oclgrind runs
 * them one access at a time and writes what it finds, races above all, to a file.                      */
static void check_lanes_in(uint32_t room, const char *path, const char *experiment, const char *const *set, size_t sets)
{
    static const char oclgrind[] = "/usr/lib/oclgrind/liboclgrind-rt.so";
    const bool large = strcmp(path, TINY);
    char reports[] = "/tmp/nodec-lanes-XXXXXX";
    Lab lab;
    int fd;
    if (access(oclgrind, R_OK)) {
        cr_log_warn("skipped: no oclgrind");
        return;
    }
    cr_assert((fd = mkstemp(reports)) >= 0);
    setenv("NODEC_OPENCL", oclgrind, 1);
    setenv("OCLGRIND_DATA_RACES", "1", 1);
    setenv("OCLGRIND_BUILD_OPTIONS", "-DRESTRICT=", 1);
    setenv("OCLGRIND_LOG", reports, 1);
    lab_open_as(&lab, true, path, experiment, TYPE_F32, set, sets);
    lab.lanes = true;
    lab.room = room;
    nodec_code *code = engine_open(&lab);
    const LoweredModel *l = lab.lowered;
    if (!large) same_on_device(&lab, code, l->forward, 3, 0.4, NODEC_OK, false);
    same_on_device(&lab, code, l->train, large ? 2 : 9, 0.4, NODEC_OK, true);
    if (l->steps && !large) same_on_device(&lab, code, l->train, 2, 1e30, NODEC_NONFINITE, true);
    same_on_device(&lab, code, l->update, 1, 0.4, NODEC_OK, true);
    same_on_device(&lab, code, l->norm, 1, 0.4, NODEC_OK, false);
    code->close(code->self);
    cr_assert_eq(lseek(fd, 0, SEEK_END), 0, "oclgrind reports, see %s", reports);
    close(fd);
    unlink(reports);
    arena_free(&lab.arena);
}

static void check_lanes(const char *path, const char *experiment, const char *const *set, size_t sets)
{
    check_lanes_in(0, path, experiment, set, sets);
}

Test(device_model, discrete_by_lanes) { check_lanes(TINY, "tiny", NULL, 0); }
Test(device_model, winograd_by_lanes) { check_lanes(TINY, "tiny_adjoint", (const char *[]){ "accuracy = 1e-5" }, 1); }
Test(device_model, images_by_lanes) { check_lanes("tests/models/wide.node", "images", (const char *[]){ "solver = euler(steps = 1)" }, 1); }
Test(device_model, images_by_lanes_in_little_room) { check_lanes_in(6 << 10, "tests/models/wide.node", "images", (const char *[]){ "solver = euler(steps = 1)" }, 1); }
Test(device_model, no_solve_by_lanes) { check_lanes(TINY, "plain", NULL, 0); }

Test(device_model, discrete)   { check(&(Row){ TINY, "tiny", TYPE_F32, { 0 } }); }
Test(device_model, adjoint)    { check(&(Row){ TINY, "tiny_adjoint", TYPE_F64, { 0 } }); }
Test(device_model, runge_kutta) { check(&(Row){ TINY, "tiny", TYPE_F32, { "solver = rk4(steps = 2)", "statistics = running" } }); }
Test(device_model, winograd)   { check(&(Row){ TINY, "tiny_adjoint", TYPE_F32, { "accuracy = 1e-5", "optimizer = adamw" } }); }
Test(device_model, no_solve)   { check(&(Row){ TINY, "plain", TYPE_F32, { 0 } }); }
