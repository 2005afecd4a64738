/* launched.h: a model's entries called with arrays of numbers without order.
 *
 * For tests that compare two ways of running the same Program, bit by bit.           */
#ifndef NODEC_TEST_LAUNCHED_H
#define NODEC_TEST_LAUNCHED_H

#include "library/library.h"
#include "loop/copy.h"
#include "pass/pass.h"
#include "abi.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef struct Lab {
    Arena  arena;
    Names  names;
    Diags  diags;
    const LoweredModel *lowered;
    Program *p;
    size_t real;
    bool   lanes;                   /* a work-item for every lane                  */
    uint32_t room;                  /* ... bytes of a group                        */
} Lab;

static void lab_open_as(Lab *lab, bool wide, const char *path, const char *experiment, Type real, const char *const *set, size_t sets)
{
    memset(lab, 0, sizeof *lab);
    lab->names.arena = lab->diags.arena = &lab->arena;
    Unit *unit = unit_open(&lab->arena, &lab->names, path, &lab->diags);
    LowerOptions lower = { 0 };
    if (unit) unit_differentiates(unit, vjp_into);
    const Experiment *e = unit ? unit_experiment(unit, experiment, set, sets, real, &lab->diags) : NULL;
    cr_assert(e && !lower_options(&lab->arena, e, real, &lower, &lab->diags));
    lower.wide = wide;
    lab->lowered = lower_model(&lab->arena, &lab->names, experiment_clause(e, "fit")->model, &lower);
    lab->p = program_copy(&lab->arena, lab->lowered->program);
    lab->real = real == TYPE_F32 ? sizeof(float) : sizeof(double);
}

static inline void lab_open(Lab *lab, const char *path, const char *experiment, Type real, const char *const *set, size_t sets)
{
    lab_open_as(lab, false, path, experiment, real, set, sets);
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

enum { MOST = 24 };
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
    if (!strcmp(name, "out")) return 16;        /* of norm                        */
    if (!strcmp(name, "moments")) return l->moments * m->params;
    if (!strcmp(name, "work")) return (train ? l->train_fixed : l->forward_fixed) + (train ? l->train_sample : l->forward_sample) * (size_t)batch;
    return m->params;                       /* theta, g_theta, g */
}

static Call call_new(Lab *lab, uint32_t fn, int64_t batch, double scale)
{
    const Program *p = lab->p;
    Call c = { .count = fn_of(p, fn)->param.count };
    cr_assert(c.count <= MOST);
    bool train = strstr(fn_of(p, fn)->name, "train") != NULL;
    for (size_t i = 0; i < c.count; i++) {
        const LVar *v = &p->var.at[fn_of(p, fn)->param.at[i]];
        if (v->type.kind == L_INT) {
            c.arg[i] = (LArg){ .i = !strcmp(v->name, "params") ? (int64_t)lab->lowered->model->params : batch };
            continue;
        }
        if (v->type.kind == L_REAL) {
            c.arg[i] = (LArg){ .r = 0.25 + 0.01 * (double)i };
            continue;
        }
        size_t count = reals_of(lab, v->name, batch, train), labels = count / (size_t)batch;
        c.arg[i] = (LArg){ .buffer = numbers(lab, count, !strcmp(v->name, "status") ? 0 : scale), .elements = count };
        if (!strcmp(v->name, "buffers") || !strcmp(v->name, "moments")) c.arg[i].buffer = positive(lab, count);
        if (!strcmp(v->name, "inputs"))         /* the last of a sample is its label */
            for (int64_t n = 0; n < batch; n++) memset((char *)c.arg[i].buffer + ((size_t)n + 1) * labels * lab->real - lab->real, 0, lab->real);
    }
    return c;
}


static double number_at(const Lab *lab, const LArg *arg, size_t i)
{
    return lab->real == sizeof(float) ? (double)((const float *)arg->buffer)[i] : ((const double *)arg->buffer)[i];
}

/* To the last bit; one NaN is like another. */
static void same_arrays(const Lab *lab, const Call *got, const Call *want, const char *name)
{
    for (size_t i = 0; i < want->count; i++)
        for (size_t k = 0; k < want->arg[i].elements; k++) {
            double x = number_at(lab, &got->arg[i], k), y = number_at(lab, &want->arg[i], k);
            cr_assert(!memcmp(&x, &y, sizeof x) || (isnan(x) && isnan(y)), "%s: element %zu of argument %zu is %a, not %a", name, k, i, x, y);
        }
}

#endif
