/* test_summary.c: what is kept of a number seen time after time: every row of summary.def
 * against its definition, in both precisions, of finite numbers and of others. */
#include "oracle.h"
#include "summaries.h"
#include "summary.h"

#include <criterion/criterion.h>
#include <string.h>

/* error: of the definition, relative to the largest value. Sums of n terms round n times. */
static const struct Known { const char *name; double (*of)(const double *, size_t, double); double error; bool sees_all; } known[] = {
    { "mean", mean_of, 1e-13, true }, { "sd", sd_of, 1e-12, true }, { "min", min_of, 0, true }, { "max", max_of, 0, true },
    { "last", last_of, 0, false }, { "rate", rate_of, 0, false }, { "crossings", crossings_of, 0, true }, { "peaks", peaks_of, 0, true },
};

static const struct Known *known_named(const char *name)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(known[i].name, name)) return &known[i];
    cr_assert(false, "there is no definition of %s to compare with", name);
    return NULL;
}

enum { SERIES = 21, LENGTH = 60, OUTPUTS = 3, OUTPUT = 1 };

typedef struct Series { float single[LENGTH * SERIES * OUTPUTS]; double real[LENGTH * SERIES * OUTPUTS], own[SERIES][LENGTH]; } Series;

static void series_set(Series *s, size_t k, size_t i, double value)
{
    s->single[(i * SERIES + k) * OUTPUTS + OUTPUT] = (float)value;
    s->own[k][i] = s->real[(i * SERIES + k) * OUTPUTS + OUTPUT] = (float)value;         /* the same in both */
}

/* Waves about zero, some with plateaus, one constant, one large with a small variation. */
static void series_make(Series *s)
{
    *s = (Series){ 0 };
    for (size_t k = 0; k < SERIES; k++)
        for (size_t i = 0; i < LENGTH; i++) {
            double value = wave((uint32_t)(k * LENGTH + i));
            if (k % 4 == 1) value = floor(3 * value);
            if (k == 6) value = 0.25;
            if (k == 7) value = 4096 + value;
            series_set(s, k, i, value);
        }
}

static void series_run(const summary *row, const Series *s, bool wide, double *value)
{
    double cells[SUMMARY_CELLS * SERIES] = { 0 };
    for (size_t i = 0; i < LENGTH; i++) {
        const size_t at = i * SERIES * OUTPUTS + OUTPUT;
        (i ? row->next : row->first)[wide](cells, SERIES, wide ? (const void *)(s->real + at) : s->single + at, OUTPUTS);
    }
    row->value(cells, SERIES, LENGTH, 2.5, value, 1);
}

Test(summary, rows_are_what_they_are_called)
{
    static Series s;
    double value[2][SERIES];
    series_make(&s);
    cr_assert_eq(summary_count(), COUNT(known));
    for (size_t r = 0; r < summary_count(); r++) {
        const summary *row = summary_row(r);
        const struct Known *want = known_named(row->name);
        for (int wide = 0; wide < 2; wide++) series_run(row, &s, wide, value[wide]);
        for (size_t k = 0; k < SERIES; k++) {
            const double direct = want->of(s.own[k], LENGTH, 2.5), scale = fmax(fabs(max_of(s.own[k], LENGTH, 1)), 1);
            cr_expect(fabs(value[1][k] - direct) <= want->error * scale, "%s of series %zu: %.17g, not %.17g", row->name, k, value[1][k], direct);
            cr_expect(!memcmp(&value[0][k], &value[1][k], sizeof(double)), "%s of floats: %a, of doubles %a", row->name, value[0][k], value[1][k]);
        }
    }
}

/* Whatever becomes infinite or NaN does not pass for a number. */
Test(summary, what_is_not_finite_shows)
{
    static Series s;
    static const size_t when[] = { 0, LENGTH / 2, LENGTH - 1 };
    static const double what[] = { NAN, INFINITY, -INFINITY };
    double value[SERIES];
    for (size_t r = 0; r < summary_count(); r++)
        for (size_t k = 0; k < COUNT(when); k++)
            for (size_t w = 0; w < COUNT(what); w++) {
                const summary *row = summary_row(r);
                series_make(&s);
                series_set(&s, 3, when[k], what[w]);
                series_run(row, &s, w & 1, value);
                const bool seen = known_named(row->name)->sees_all || when[k] == LENGTH - 1 || (!when[k] && !strcmp(row->name, "rate"));
                cr_expect_eq(!isfinite(value[3]), seen, "%s with %g at %zu: %g", row->name, what[w], when[k], value[3]);
                for (size_t other = 0; other < SERIES; other++) cr_expect(other == 3 || isfinite(value[other]));
            }
}
