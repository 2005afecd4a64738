/* test_device.c: an experiment's entries through the OpenCL engine.
 *
 * Every entry that a run or a training calls, of both regimes, gives the bits of the
 * reference machine: with arrays of the host, which are sent and fetched for each call,
 * and with arrays that the engine keeps.  What is skipped without a device is said.    */
#include "library/library.h"
#include "generated.h"
#include "opencl.h"
#include "opencl_code.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct Row { const char *path, *experiment; Type real; bool items; const char *set[3]; } Row;

static const Row rows[] = {
    { "spiral",    "comp",      TYPE_F32, false, { 0 } },
    { "spiral",    "comp_time", TYPE_F64, false, { "gradient = discrete", "optimizer = sgd(lr = 0.1, momentum = 0.9)" } },
    { "forced",    "forced",    TYPE_F32, false, { "solver = rk4(h_max = 0.1)", "gradient = discrete" } },
    { "lynx_hare", "lynx_hare", TYPE_F32, false, { 0 } },
    { "lynx_hare", "physics",   TYPE_F64, false, { 0 } },
};

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

static void row_open(Lab *lab, const Row *row)
{
    char path[64];
    size_t sets = 0;
    snprintf(path, sizeof path, "models/%s.node", row->path);
    lab_open(lab, path);
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    const Experiment *e = unit_experiment(lab->unit, row->experiment, row->set, sets, row->real, &lab->diags);
    LowerOptions lower = { 0 };
    cr_assert(e && !lower_options(&lab->arena, e, row->real, &lower, &lab->diags), "%s", lab_messages(lab));
    lab->lowered = lower_field(&lab->arena, &lab->names, experiment_clause(e, "fit")->field, &lower);
}

static nodec_code *engine_open(Lab *lab, bool items)
{
    nodec_fault fault = { 0 };
    Text source = { .arena = &lab->arena };
    const BackCall *call = back_opencl_calls(&(EmitInput){ .field = &lab->lowered, .fields = 1 }, &(EmitOptions){ .stem = "m", .model_path = "m.node", .module = true, .lanes = items }, &source);
    const size_t entries = lab->lowered->program->fn.count;
    opencl_entry *entry = NEW_ARRAY(&lab->arena, opencl_entry, entries);
    for (size_t i = 0; i < entries; i++)
        entry[i] = (opencl_entry){ call[i].launch, { call[i].kernel[0], call[i].kernel[1], call[i].kernel[2] }, call[i].width, call[i].returns, call[i].params };
    const opencl_source what = { text_string(&source), lab_real(lab), entry, entries };
    nodec_code *code = opencl_code_open("opencl", &what, false, &fault);
    cr_assert(code, "%s", fault.text);
    return code;
}

static nodec_options options_of(void) { return (nodec_options){ .size = sizeof(nodec_options), .h_max = 0.1, .max_steps = 1000 }; }

static void no_weights(uint64_t seed, void *theta) { (void)seed, (void)theta; }

static Board *board_of(Lab *lab, size_t batch, When when)
{
    static const Host nobody = { .options = options_of, .init = no_weights };
    Board *b = board_filled(lab, &nobody, batch, when);
    for (size_t i = 0; i < b->count[NUM_THETA]; i++) board_set(b, NUM_THETA, i, 0.4 * (1.2 + wave(i + 777)));
    return b;
}

static void same_bits(const Lab *lab, const Board *got, const Board *want, Call call)
{
    for (int k = 0; k < NUM_COUNT; k++)
        for (size_t i = 0; i < got->count[k]; i++)
            cr_assert(!memcmp((const char *)got->own[k] + i * got->real, (const char *)want->own[k] + i * got->real, got->real),
                      "%s, batch %zu, call %d: array %d[%zu] is %a, on the reference machine %a", lab->lowered->field->instance,
                      got->n.batch, (int)call, k, i, board_get(got, k, i), board_get(want, k, i));
}

static void each_kept(const nodec_code *code, Board *b, int back)
{
    for (int k = 0; k < NUM_COUNT; k++) {
        if (!b->count[k]) continue;
        if (!back) cr_assert(!code->keep(code->self, b->own[k], b->count[k] * b->real, false), "%s", code->fault(code->self));
        else cr_assert(!code->fetch(code->self, b->own[k]), "%s", code->fault(code->self));
        if (back) code->drop(code->self, b->own[k]);
    }
}

static const Call calls[] = { CALL_F, CALL_START, CALL_SOLVE, CALL_OBSERVE, CALL_GRADIENT, CALL_LOSS, CALL_UPDATE };
typedef struct Size { size_t batch; When when; bool kept; } Size;
static const Size boards[] = { { 3, PER_SAMPLE, false }, { 1, SHARED, true }, { 37, SHARED, false }, { 261, PER_SAMPLE, true } };
static const Size groups[] = { { 1, SHARED, false }, { 5, PER_SAMPLE, true }, { 129, SHARED, true } };     /* of 128 */

static void check_row(const Row *row)
{
    Lab lab;
    const size_t count = row->items ? COUNT(groups) : COUNT(boards);
    if (!row->items && !device_here(row->real)) return;
    row_open(&lab, row);
    nodec_code *code = engine_open(&lab, row->items);
    for (size_t i = 0; i < count; i++) {
        const Size *size = row->items ? &groups[i] : &boards[i];
        Board *got = board_of(&lab, size->batch, size->when), *want = board_of(&lab, size->batch, size->when);
        if (row->items) got->options.h_max = want->options.h_max = 0.5;
        for (size_t k = 0; k < COUNT(calls); k++) {
            if (!lab_has(&lab, calls[k])) continue;
            lab.engine = code;
            if (size->kept) each_kept(code, got, false);
            const int status = reference_run(&lab, calls[k], got);
            if (size->kept) each_kept(code, got, true);
            lab.engine = NULL;
            cr_assert_eq(status, reference_run(&lab, calls[k], want));
            cr_assert_eq(status, NODEC_OK);
            same_bits(&lab, got, want, calls[k]);
        }
        cr_assert(got->n.loss == want->n.loss && got->n.norm == want->n.norm && got->n.norm > 0, "batch %zu: loss %a and %a, norm %a and %a", got->n.batch, got->n.loss, want->n.loss, got->n.norm, want->n.norm);
    }
    code->close(code->self);
    lab_close(&lab);
}

Test(device, spiral)                { check_row(&rows[0]); }
Test(device, spiral_in_doubles)     { check_row(&rows[1]); }
Test(device, forced_by_rk4)         { check_row(&rows[2]); }
Test(device, lynx_hare)             { check_row(&rows[3]); }
Test(device, physics_in_doubles)    { check_row(&rows[4]); }

/* ---- groups of work-items ------------------------------------------------------------------- */

/* They are for devices that this machine may not have. oclgrind runs them one access at a time and
 * writes what it finds, races above all, to a file. PoCL 3.1 is no judge of them: of kernels with
 * many barriers it makes others, which compute something else.                                 */
static void check_items(const char *path, const char *experiment, Type real, const char *solver, const char *gradient)
{
    static const char oclgrind[] = "/usr/lib/oclgrind/liboclgrind-rt.so";
    char reports[] = "/tmp/nodec-items-XXXXXX";
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
    check_row(&(Row){ path, experiment, real, true, { solver, gradient } });
    cr_assert_eq(lseek(fd, 0, SEEK_END), 0, "oclgrind reports, see %s", reports);
    close(fd);
    unlink(reports);
}

#define ITEMS(name, ...) Test(device, name##_by_items) { check_items(__VA_ARGS__); }
ITEMS(layers,            "spiral", "comp", TYPE_F32, "solver = euler(h_max = 0.5)", "gradient = adjoint")
ITEMS(layers_in_doubles, "spiral", "comp", TYPE_F64, "solver = euler(h_max = 0.5)", "gradient = discrete")
ITEMS(inputs,            "forced", "forced", TYPE_F32, "solver = midpoint(h_max = 0.5)", "gradient = discrete")
ITEMS(euler,             "lynx_hare", "physics", TYPE_F32, "solver = euler(h_max = 0.5)", "gradient = adjoint")
ITEMS(midpoint,          "lynx_hare", "physics", TYPE_F64, "solver = midpoint(h_max = 0.5)", "gradient = discrete")
ITEMS(heun,              "lynx_hare", "physics", TYPE_F32, "solver = heun(h_max = 0.5)", "gradient = adjoint")
ITEMS(ralston,           "lynx_hare", "physics", TYPE_F32, "solver = ralston(h_max = 0.5)", "gradient = discrete")
ITEMS(heun3,             "lynx_hare", "physics", TYPE_F64, "solver = heun3(h_max = 0.5)", "gradient = adjoint")
ITEMS(rk4,               "lynx_hare", "physics", TYPE_F64, "solver = rk4(h_max = 0.5)", "gradient = adjoint")
ITEMS(rk38,              "lynx_hare", "physics", TYPE_F32, "solver = rk38(h_max = 0.5)", "gradient = discrete")
