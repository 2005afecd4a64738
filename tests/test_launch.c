/* test_launch.c: a function as launches does what the function does.
 *
 * On the reference machine the host of a model's entry leaves the same bits as the
 * entry, in everything that it writes, its workspace too, whatever becomes of it.   */
#include "command.h"
#include "loop/copy.h"
#include "loop/launch.h"
#include "pass/pass.h"
#include "abi.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct Lab {
    Arena  arena;
    Names  names;
    Diags  diags;
    const LoweredModel *lowered;
    Program *p;
    size_t real;
} Lab;

static void lab_open(Lab *lab, const char *experiment, Type real, const char *const *set, size_t sets)
{
    memset(lab, 0, sizeof *lab);
    lab->names.arena = lab->diags.arena = &lab->arena;
    Options options = { .arena = &lab->arena, .names = &lab->names };
    Unit *unit = unit_open(&lab->arena, &lab->names, "tests/models/tiny.node", &lab->diags);
    LowerOptions lower = { 0 };
    if (unit) unit_differentiates(unit, vjp_into);
    const Experiment *e = unit ? unit_experiment(unit, experiment, set, sets, real, &lab->diags) : NULL;
    cr_assert(e && !lower_options(&options, e, real, &lower, &lab->diags));
    lab->lowered = lower_model(&lab->arena, &lab->names, experiment_clause(e, "fit")->model, &lower);
    lab->p = program_copy(&lab->arena, lab->lowered->program);
    lab->real = real == TYPE_F32 ? sizeof(float) : sizeof(double);
}

/* Numbers between -1 and 1 without order; labels below 2. */
static double wave(size_t i)
{
    uint32_t h = ((uint32_t)i + 1) * 2654435761u;
    h = (h ^ (h >> 15)) * 2246822519u;
    return (double)(h ^ (h >> 13)) / 2147483648.0 - 1;
}

static void *numbers(Lab *lab, size_t count, double scale)
{
    void *at = arena_alloc(&lab->arena, (count + 64) * lab->real);
    for (size_t i = 0; i < count; i++) {
        double x = scale * wave(i);
        float f = (float)x;
        memcpy((char *)at + i * lab->real, lab->real == sizeof f ? (void *)&f : (void *)&x, lab->real);
    }
    return at;
}

static void *positive(Lab *lab, size_t count)   /* a variance among them */
{
    void *at = numbers(lab, count, 0.5);
    for (size_t i = 0; i < count; i++)
        if (lab->real == sizeof(float)) ((float *)at)[i] += 1;
        else ((double *)at)[i] += 1;
    return at;
}

enum { MOST = 12 };
typedef struct Call { LArg arg[MOST]; size_t count; } Call;

static size_t reals_of(const Lab *lab, const char *name, int64_t batch, bool train)
{
    const LoweredModel *l = lab->lowered;
    const Model *m = l->model;
    if (!strcmp(name, "inputs")) return (size_t)batch * m->inputs;
    if (!strcmp(name, "draws")) return (size_t)batch * m->draws;
    if (!strcmp(name, "buffers")) return l->buffers;
    if (!strcmp(name, "outputs")) return (size_t)batch * m->outputs;
    if (!strcmp(name, "values")) return m->value.count;
    if (!strcmp(name, "fail")) return 4;
    if (!strcmp(name, "status")) return 1;
    if (!strcmp(name, "work")) return (train ? l->train_fixed : l->forward_fixed) + (train ? l->train_sample : l->forward_sample) * (size_t)batch;
    return m->params;                       /* theta, g_theta */
}

static Call call_new(Lab *lab, uint32_t fn, int64_t batch, double scale)
{
    const Program *p = lab->p;
    Call c = { .count = fn_of(p, fn)->param.count };
    bool train = strstr(fn_of(p, fn)->name, "train") != NULL;
    for (size_t i = 0; i < c.count; i++) {
        const LVar *v = &p->var.at[fn_of(p, fn)->param.at[i]];
        if (v->type.kind == L_INT) {
            c.arg[i] = (LArg){ .i = batch };
            continue;
        }
        size_t count = reals_of(lab, v->name, batch, train), labels = count / (size_t)batch;
        c.arg[i] = (LArg){ .buffer = numbers(lab, count, !strcmp(v->name, "status") ? 0 : scale), .elements = count };
        if (!strcmp(v->name, "buffers")) c.arg[i].buffer = positive(lab, count);
        if (!strcmp(v->name, "inputs"))         /* the last of a sample is its label */
            for (int64_t n = 0; n < batch; n++) memset((char *)c.arg[i].buffer + ((size_t)n + 1) * labels * lab->real - lab->real, 0, lab->real);
    }
    return c;
}

static int status_of(const Lab *lab, const LArg *arg)
{
    return lab->real == sizeof(float) ? (int)*(float *)arg->buffer : (int)*(double *)arg->buffer;
}

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
    cr_assert_eq(status_of(lab, &got.arg[want.count]), status);
    for (size_t i = 0; i < want.count; i++)
        for (size_t k = 0; k < want.arg[i].elements; k++)
            cr_assert(!memcmp((char *)want.arg[i].buffer + k * lab->real, (char *)got.arg[i].buffer + k * lab->real, lab->real),
                      "%s: element %zu of argument %zu differs", fn_of(lab->p, entry)->name, k, i);
}

static void check(const char *experiment, Type real, const char *const *set, size_t sets)
{
    static const int64_t batch[] = { 1, 5, 9 };
    for (size_t i = 0; i < COUNT(batch); i++) {
        Lab lab;
        lab_open(&lab, experiment, real, set, sets);
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
