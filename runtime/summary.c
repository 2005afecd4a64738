/* summary.c: the rows of summary.def as loops over trajectories, which are independent
 * of each other: whoever runs them, in blocks of any size, gets the same bits. */
#include "summary.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "real.h"
#include "sweep.h"

#define SEE(name, which, real, cells, statement)                                                            \
static void name##_##which##_##real(double *restrict cell, size_t batch, const void *y, size_t stride)     \
{                                                                                                           \
    const real *const restrict seen = y;                                                                    \
    double *const restrict a_ = cell, *const restrict b_ = cell + batch, *const restrict c_ = cell + 2 * batch; \
    for (size_t k = 0; k < batch; k++) {                                                                    \
        const double v = (double)seen[k * stride];                                                          \
        double a = a_[k], b = cells > 1 ? b_[k] : 0, c = cells > 2 ? c_[k] : 0;                             \
        statement;                                                                                          \
        a_[k] = a;                                                                                          \
        if (cells > 1) b_[k] = b;                                                                           \
        if (cells > 2) c_[k] = c;                                                                           \
    }                                                                                                       \
}

#define SUMMARY(name, cells, begin, more, result)                                                           \
SEE(name, first, float, cells, begin)                                                                       \
SEE(name, first, double, cells, begin)                                                                      \
SEE(name, next, float, cells, more)                                                                         \
SEE(name, next, double, cells, more)                                                                        \
static void name##_value(double *cell, size_t batch, double n, double span, double *value, size_t stride)   \
{                                                                                                           \
    (void)n, (void)span;                                                                                    \
    for (size_t k = 0; k < batch; k++) {                                                                    \
        const double a = cell[k], b = cell[batch + k], c = cell[2 * batch + k];                             \
        (void)a, (void)b, (void)c;                                                                          \
        value[k * stride] = result;                                                                         \
    }                                                                                                       \
}
#include "summary.def"

static const summary row[] = {
#define SUMMARY(name, cells, begin, more, result) \
    {#name, {name##_first_float, name##_first_double}, {name##_next_float, name##_next_double}, name##_value},
#include "summary.def"
};

size_t summary_count(void) { return COUNT_OF(row); }
const summary *summary_row(size_t i) { return &row[i]; }

const summary *summary_named(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(row); i++)
        if (!strcmp(row[i].name, name)) return &row[i];
    return NULL;
}

bool nodec_summary_known(const char *how) { return summary_named(how); }
