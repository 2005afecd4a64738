/* rows.c: loss.def, optim.def and summary.def as arrays. */
#include "ops/rows.h"

#include <string.h>

/* Each row's arguments, ended by an empty one: a row without any is an array still. */
#define LOSS(name, help, args, value, slope)                static const RowArg name##_arg[] = {args {0}};
#define ARG(name, value, help)                              {#name, #name, value, help},
#include "ops/loss.def"
#define OPTIM(name, moments, help, args, locals, m, v, step) static const RowArg name##_arg[] = {args {0}};
#define ARG(name, real, value, help)                        {#name, #real, value, help},
#include "ops/optim.def"

static const LossRow losses[] = {
#define LOSS(name, help, args, value, slope) {#name, help, name##_arg, COUNT(name##_arg) - 1, value, slope},
#include "ops/loss.def"
};

static const OptimRow optims[] = {
#define OPTIM(name, moments, help, args, locals, m, v, step) \
    {#name, help, name##_arg, COUNT(name##_arg) - 1, moments, locals, m, v, step},
#include "ops/optim.def"
};

#define SUMMARY(name, cells, value)                          static const SummaryCell name##_cell[] = {cells};
#define CELL(first, next)                                    {first, next},
#include "ops/summary.def"

static const SummaryRow summaries[] = {
#define SUMMARY(name, cells, value) {#name, name##_cell, COUNT(name##_cell), value},
#include "ops/summary.def"
};

static const OptimReal reals[] = {
#define REAL(name, value) {#name, #value},
#include "ops/optim.def"
};

const LossRow   *loss_rows(size_t *count)   { *count = COUNT(losses); return losses; }
const OptimRow  *optim_rows(size_t *count)  { *count = COUNT(optims); return optims; }
const OptimReal *optim_reals(size_t *count) { *count = COUNT(reals); return reals; }

const LossRow *loss_row(const char *name)
{
    for (size_t i = 0; i < COUNT(losses); i++)
        if (strcmp(losses[i].name, name) == 0)
            return &losses[i];
    return NULL;
}

const OptimRow *optim_row(const char *name)
{
    for (size_t i = 0; i < COUNT(optims); i++)
        if (strcmp(optims[i].name, name) == 0)
            return &optims[i];
    return NULL;
}

const SummaryRow *summary_rows(size_t *count) { *count = COUNT(summaries); return summaries; }

const SummaryRow *summary_row(const char *name)
{
    for (size_t i = 0; i < COUNT(summaries); i++)
        if (strcmp(summaries[i].name, name) == 0)
            return &summaries[i];
    return NULL;
}

const RowArg *row_arg(const RowArg *arg, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(arg[i].name, name) == 0)
            return &arg[i];
    return NULL;
}
