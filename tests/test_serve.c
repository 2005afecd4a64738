/* test_serve.c: whole trainings by the driver: an engine with memory of its own leaves what one in
 * the host's memory leaves, to the byte; one that breaks is said, and does no harm; tables that are
 * damaged are refused.                                                                          */
#include "command.h"
#include "checkpoint.h"
#include "fake.h"
#include "learned.h"
#include "machine.h"
#include "pass/pass.h"
#include "run.h"
#include "library/tables.h"

#include <criterion/criterion.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/nodec-test-XXXXXX");
    cr_assert(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert(!system(command));
}

TestSuite(serve, .init = make_folder, .fini = remove_folder, .timeout = 60);

/* ---- a field, served ------------------------------------------------------------------------- */

typedef struct Lab {
    Arena  arena;
    Names  names;
    Diags  diags;
    Tables tables;
    const Lowered *lowered;
    Machine *machine;
    served *served;
} Lab;

static void lab_open(Lab *lab)
{
    static const char *const set[] = { "optimizer = adam(lr = 0.02)" };
    *lab = (Lab){ 0 };
    lab->names.arena = lab->diags.arena = &lab->arena;
    Unit *unit = unit_open(&lab->arena, &lab->names, "models/spiral.node", &lab->diags);
    cr_assert(unit);
    unit_differentiates(unit, vjp_into);
    const Experiment *e = unit_experiment(unit, "linear", set, COUNT(set), TYPE_F32, &lab->diags);
    LowerOptions lower = { 0 };
    cr_assert(e && !lower_options(&lab->arena, e, TYPE_F32, &lower, &lab->diags));
    lab->lowered = lower_field(&lab->arena, &lab->names, experiment_clause(e, "fit")->field, &lower);
    lab->tables = tables_of_field(&lab->arena, lab->lowered, &(EmitOptions){ .module = true });
}

static const nodec_module *lab_serve(Lab *lab, bool apart)
{
    nodec_fault fault = { 0 };
    lab->machine = machine_new(lab->lowered->program, apart);
    const nodec_code code = machine_code(lab->machine);
    served_close(lab->served);
    lab->served = served_open(lab->tables.at, lab->tables.bytes, &code, &fault);
    cr_assert(lab->served, "%s", fault.text);
    return served_module(lab->served);
}

static void lab_close(Lab *lab)
{
    served_close(lab->served);
    arena_free(&lab->arena);
}

/* ---- an experiment --------------------------------------------------------------------------- */

static double grid[30];
static const double origin[] = { 0.6, 0.3 };
static const nodec_value at_origin = { .name = "x", .fixed = origin, .count = 2 };
static const nodec_plot plot = { .kind = NODEC_PLOT_TRAJECTORY, .every = 10 };
static nodec_simulation simulated;

static nodec_plan plan_of(const nodec_module *fit, char out[100], const char *name)
{
    for (int i = 0; i < 30; i++) grid[i] = 0.1 * i;
    simulated = (nodec_simulation){ .truth = &fake_linear_double, .t = grid, .times = 30, .value = &at_origin, .values = 1 };
    snprintf(out, 100, "%s/%s", folder, name);
    return (nodec_plan){
        .experiment = "linear", .fit = fit, .data = { .simulation = &simulated }, .split = { NODEC_SPLIT_BEFORE, 2.5 },
        .batch = { .kind = NODEC_BATCH_SPAN, .span_min = 0.5, .span_max = 1, .points = 6 }, .plot = &plot, .plots = 1,
        .update = { .lr = 0.02, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .clip = 0.5 }, .steps = 30, .seed = 3, .out = out,
        .save_every = 7, .validate_every = 10, .quiet = true
    };
}

static void same_file(const char *a, const char *b, const char *name)
{
    char command[300];
    snprintf(command, sizeof command, "cmp %s/%s %s/%s", a, name, b, name);
    cr_expect(!system(command), "%s of %s and %s", name, a, b);
}

Test(serve, memory_of_its_own_changes_no_bit)
{
    Lab lab;
    char here[100], apart[100], resumed[100];
    nodec_result r;
    nodec_fault fault = { 0 };
    lab_open(&lab);
    nodec_plan plan = plan_of(lab_serve(&lab, false), here, "here");
    cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
    cr_expect(r.loss_last < r.loss_first);

    plan = plan_of(lab_serve(&lab, true), apart, "apart");
    cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
    cr_expect_eq(lab.machine->count, 0, "%zu arrays are still kept", lab.machine->count);
    same_file(here, apart, "metrics.jsonl");
    same_file(here, apart, "weights.safetensors");

    plan = plan_of(lab_serve(&lab, true), resumed, "resumed");
    plan.steps = 14;
    cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
    plan.steps = 30, plan.resume = true;
    cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
    same_file(here, resumed, "weights.safetensors");
    lab_close(&lab);
}

/* A step moves its batch and a few numbers; weights and workspace stay where they are. */
Test(serve, steps_move_little)
{
    Lab lab;
    char out[100];
    nodec_result r;
    nodec_fault fault = { 0 };
    lab_open(&lab);
    nodec_plan plan = plan_of(lab_serve(&lab, true), out, "little");
    plan.out = NULL, plan.plots = 0, plan.split.kind = NODEC_SPLIT_NONE;
    plan.steps = 100;
    cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
    const size_t first = lab.machine->moved;
    plan.steps = 200;
    lab.machine->moved = 0;
    cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
    const size_t step = (lab.machine->moved - first) / 100;
    cr_expect(step < 300, "%zu bytes a step", step);
    lab_close(&lab);
}

/* Batches out of kept data: windows of some points, several of them, trajectories by turns. */
Test(serve, batches_are_picked_where_the_data_are)
{
    static const nodec_batching how[] = {
        { .kind = NODEC_BATCH_SPAN, .span_min = 0.5, .span_max = 1, .points = 6 }, { .kind = NODEC_BATCH_SPAN, .span_min = 0.5, .span_max = 1, .points = 5, .count = 3 },
        { .kind = NODEC_BATCH_ROWS, .rows = 7, .count = 4 }, { .kind = NODEC_BATCH_SOME, .count = 2 }, { .kind = NODEC_BATCH_SOME, .count = 1 },
    };
    Lab lab;
    lab_open(&lab);
    for (size_t i = 0; i < COUNT(how); i++) {
        char here[100], apart[100], name[40];
        nodec_result r;
        nodec_fault fault = { 0 };
        for (int k = 0; k < 2; k++) {
            snprintf(name, sizeof name, "batch-%zu-%d", i, k);
            nodec_plan plan = plan_of(lab_serve(&lab, k), k ? apart : here, name);
            plan.batch = how[i];
            simulated.count = 5, simulated.noise = (nodec_draw){ NODEC_NORMAL, 0, 0.1 };
            cr_assert_eq(nodec_train(&plan, &r, &fault), 0, "%s", fault.text);
        }
        same_file(here, apart, "metrics.jsonl");
        same_file(here, apart, "weights.safetensors");
    }
    lab_close(&lab);
}

/* ---- what breaks ------------------------------------------------------------------------------- */

Test(serve, an_engine_that_breaks_is_said)
{
    Lab lab;
    lab_open(&lab);
    for (size_t at = 100; at < 112; at++) {         /* in every entry a step calls */
        char out[100], path[200], name[20];
        nodec_result r;
        nodec_fault fault = { 0 };
        snprintf(name, sizeof name, "broken-%zu", at);
        nodec_plan plan = plan_of(lab_serve(&lab, at % 2), out, name);
        lab.machine->breaks_at = at;
        cr_assert_eq(nodec_train(&plan, &r, &fault), NODEC_EXIT_IO, "at call %zu: %s", at, fault.text);
        cr_expect(strstr(fault.text, "the machine is out of oil"), "%s", fault.text);
        snprintf(path, sizeof path, "%s/weights.safetensors", out);
        cr_expect(access(path, F_OK), "it looks complete");

        learned l = learned_of_module(plan.fit);
        checkpoint c = { .seed = 3 };
        nodec_fault none = { 0 };
        l.code = NULL;
        cr_assert_eq(learned_open(&l, &none), 0);
        snprintf(path, sizeof path, "%s/checkpoint.nodec", out);
        cr_assert_eq(checkpoint_load(path, &l, &c, NULL, 0, &none), 0, "%s", none.text);
        cr_expect(c.step % 7 == 0 && c.step < 30, "step %llu", (unsigned long long)c.step);
        learned_close(&l);

        plan.fit = lab_serve(&lab, true);           /* and another engine goes on from there */
        plan.resume = true;
        cr_assert_eq(nodec_train(&plan, &r, &none), 0, "%s", none.text);
        char whole[100];
        if (at == 100) {
            nodec_plan all = plan_of(lab_serve(&lab, false), whole, "whole");
            cr_assert_eq(nodec_train(&all, &r, &none), 0, "%s", none.text);
        }
        snprintf(whole, sizeof whole, "%s/whole", folder);
        same_file(whole, out, "weights.safetensors");
        same_file(whole, out, "metrics.jsonl");
    }
    lab_close(&lab);
}

/* Somewhere in the middle of what is queued a step does not come off: what is said, logged and kept
 * is what it is when each step is waited for, and so is what becomes of it.                       */
Test(serve, a_training_that_diverges_ends_at_the_same_step)
{
    static const double rates[] = { 0.5, 300, 1e3, 2e3, 1e18 };
    size_t unsound = 0;
    Lab lab;
    lab_open(&lab);
    for (size_t i = 0; i < COUNT(rates); i++) {
        char out[2][100], name[40], path[300];
        nodec_fault said[2] = { 0 };
        learned left[2];
        checkpoint c[2] = { { .seed = 3 }, { .seed = 3 } };
        for (int apart = 0; apart < 2; apart++) {
            nodec_result r;
            nodec_fault none = { 0 };
            snprintf(name, sizeof name, "wild-%zu-%d", i, apart);
            nodec_plan plan = plan_of(lab_serve(&lab, apart), out[apart], name);
            plan.save_every = 0, plan.update.clip = 0, plan.plots = 0, plan.split.kind = NODEC_SPLIT_NONE;
            plan.rate = (nodec_rate){ .kind = NODEC_RATE_step, .every = 20, .factor = rates[i] };
            plan.update.lr = 1, plan.steps = 200;
            nodec_train(&plan, &r, &said[apart]);
            left[apart] = learned_of_module(plan.fit);
            left[apart].code = NULL;
            cr_assert_eq(learned_open(&left[apart], &none), 0);
            snprintf(path, sizeof path, "%.200s/checkpoint.nodec", out[apart]);
            cr_assert_eq(checkpoint_load(path, &left[apart], &c[apart], NULL, 0, &none), 0, "%s", none.text);
        }
        const size_t bytes = left[0].params * left[0].real_bytes;
        cr_expect_eq(said[0].status, i ? NODEC_EXIT_NUMERIC : 0);
        cr_expect_eq(said[0].status, said[1].status);
        cr_expect_eq(strcspn(said[0].text, "\n"), strcspn(said[1].text, "\n"), "%s and %s", said[0].text, said[1].text);
        cr_expect(!strncmp(said[0].text, said[1].text, strcspn(said[0].text, "\n")), "%s and %s", said[0].text, said[1].text);
        cr_expect(c[0].step == c[1].step && (c[0].step == 200) == !i, "steps %zu and %zu", (size_t)c[0].step, (size_t)c[1].step);
        cr_expect(!memcmp(left[0].theta, left[1].theta, bytes) && !memcmp(left[0].moment, left[1].moment, bytes * left[0].moments));
        unsound += strstr(said[0].text, "the loss is infinite") || strstr(said[0].text, "the gradient of parameter");
        same_file(out[0], out[1], "metrics.jsonl");
        learned_close(&left[0]), learned_close(&left[1]);
    }
    cr_expect(unsound >= 2, "a solve failed before a loss or a gradient did");
    lab_close(&lab);
}

/* A byte of the tables that points elsewhere does not crash; a length that is not theirs is refused. */
Test(serve, damaged_tables_are_refused)
{
    Lab lab;
    lab_open(&lab);
    const size_t bytes = lab.tables.bytes;
    unsigned char *block = malloc(bytes);
    size_t refused = 0;
    for (size_t cut = 0; cut < bytes; cut += 7) {
        const nodec_code code = machine_code(machine_new(lab.lowered->program, false));
        nodec_fault fault = { 0 };
        cr_expect_null(served_open(lab.tables.at, cut, &code, &fault), "%zu of %zu bytes", cut, bytes);
        cr_expect_eq(fault.status, NODEC_EXIT_BUG);
    }
    for (size_t i = 0; i < bytes; i++) {
        const nodec_code code = machine_code(machine_new(lab.lowered->program, false));
        nodec_fault fault = { 0 };
        memcpy(block, lab.tables.at, bytes);
        block[i] ^= 0xFF;
        served *s = served_open(block, bytes, &code, &fault);
        refused += !s;
        for (size_t r = 0; s && r < served_module(s)->param_rows; r++) cr_expect(strlen(served_module(s)->param[r].name) < bytes);
        served_close(s);
    }
    cr_expect(refused > 30, "%zu", refused);
    free(block);
    lab_close(&lab);
}
