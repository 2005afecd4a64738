/* summary.c: the rows of summary.def as loops over trajectories, which are independent
 * of each other: whoever runs them, in blocks of any size, gets the same bits. */
#include "summary.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "real.h"
#include "sweep.h"

enum { AT_ONCE = 8 };               /* trajectories, which compilers can put in vector lanes */

#define SEE(name, which, real, cells, statement)                                                            \
static inline void name##_##which##_##real##_some(double *restrict a_, double *restrict b_, double *restrict c_, \
                                                  const real *restrict seen, size_t stride, size_t count)   \
{                                                                                                           \
    double seen_[AT_ONCE];                                                                                  \
    for (size_t k = 0; k < count; k++) seen_[k] = (double)seen[k * stride];                                 \
    for (size_t k = 0; k < count; k++) {                                                                    \
        const double v = seen_[k];                                                                          \
        double a = a_[k], b = cells > 1 ? b_[k] : 0, c = cells > 2 ? c_[k] : 0;                             \
        statement;                                                                                          \
        a_[k] = a;                                                                                          \
        if (cells > 1) b_[k] = b;                                                                           \
        if (cells > 2) c_[k] = c;                                                                           \
    }                                                                                                       \
}                                                                                                           \
static void name##_##which##_##real(double *cell, size_t batch, const void *y, size_t stride)               \
{                                                                                                           \
    double *const b = cell + batch, *const c = b + batch;                                                   \
    const real *const seen = y;                                                                             \
    size_t k = 0;                                                                                           \
    for (; k + AT_ONCE <= batch; k += AT_ONCE)                                                              \
        name##_##which##_##real##_some(cell + k, b + k, c + k, seen + k * stride, stride, AT_ONCE);         \
    name##_##which##_##real##_some(cell + k, b + k, c + k, seen + k * stride, stride, batch - k);           \
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
