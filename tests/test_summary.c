/* test_summary.c: what is kept of a number seen time after time: every row of ops/summary.def
 * against its definition, in both precisions, in the regimes of few and of many trajectories,
 * of finite numbers and of others. */
#include "lang.h"
#include "library/library.h"
#include "library/tables.h"
#include "machine.h"
#include "ops/rows.h"
#include "oracle.h"
#include "real.h"
#include "solve.h"
#include "summaries.h"

/* error: of the definition, in units of the precision, relative to `scale`. */
typedef struct Known { const char *name; double (*of)(const double *, size_t, double); double error; bool sees_all; } Known;
static const Known known[] = {
    { "mean", mean_of, 2, true }, { "sd", sd_of, 4, true }, { "min", min_of, 0, true }, { "max", max_of, 0, true },
    { "argmin", argmin_of, 0, true }, { "argmax", argmax_of, 0, true }, { "last", last_of, 0, false }, { "rate", rate_of, 2, false },
    { "crossings", crossings_of, 0, true }, { "peaks", peaks_of, 0, true },
};

enum { LENGTH = 61, MANY = 40, FEW = 7 };
static const double each = 0.25;                /* of time between two              */
static const double span = each * (LENGTH - 1);

static double scale_of(const Known *row, const double *v)
{
    const double most = fmax(fabs(max_of(v, LENGTH, 1)), fabs(min_of(v, LENGTH, 1)));
    return row->of == mean_of ? most : fmax(fabs(row->of(v, LENGTH, span)), 1e-3);
}

typedef struct Seeing {
    Bench b;
    served *driver;
    const nodec_module *m;
    double own[MANY][LENGTH];
    double value[MANY][COUNT(known)];
} Seeing;

static void seeing_open(Seeing *s, Type real)
{
    LowerOptions lower = { 0 };
    nodec_fault fault = { 0 };
    *s = (Seeing){ 0 };
    bench_open(&s->b, "odef A { state x dx/dt = 0 * x }\n"
                      "experiment e { run = A(x = 1) at = 0 .. 1 solver = euler(steps = 1) summary = [mean(x), sd(x), min(x), max(x), argmin(x),\n"
                      "argmax(x), last(x), rate(x), crossings(x), peaks(x)] }");
    const Experiment *e = unit_experiment(s->b.unit, "e", NULL, 0, real, &s->b.diags);
    cr_assert(e && !lower_options(&s->b.arena, e, real, &lower, &s->b.diags), "%s", bench_messages(&s->b));
    cr_assert_eq(lower.summaries, COUNT(known));
    for (size_t i = 0; i < COUNT(known); i++) cr_assert_str_eq(lower.summary[i].row->name, known[i].name);
    const Lowered *lowered = lower_field(&s->b.arena, &s->b.names, experiment_clause(e, "run")->field, &lower);
    const Tables tables = tables_of_field(&s->b.arena, lowered, &(EmitOptions){ .stem = "model" });
    const nodec_code code = machine_code(machine_new(lowered->program, false));
    s->driver = served_open(tables.at, tables.bytes, &code, &fault);
    cr_assert(s->driver, "%s", fault.text);
    s->m = served_module(s->driver);
}

static void seeing_close(Seeing *s)
{
    served_close(s->driver);
    bench_close(&s->b);
}

/* Waves about zero, some with plateaus, one constant, one large with a small variation. */
static void series_make(Seeing *s)
{
    for (size_t k = 0; k < MANY; k++)
        for (size_t i = 0; i < LENGTH; i++) {
            double value = wave((uint32_t)(k * LENGTH + i));
            if (k % 4 == 1) value = floor(3 * value);
            if (k == 6) value = 0.25;
            if (k == 5) value = 4096 + value;
            s->own[k][i] = (float)value;        /* the same in both precisions     */
        }
}

/* One time after the other, as if each were a slice: value[k] is of own[k][0] ... own[k][length - 1]. */
static void see_all(Seeing *s, size_t batch, const double *own, size_t length)
{
    const nodec_module *m = s->m;
    const size_t bytes = m->real_bytes, room = m->work(m, batch, 1);
    void *x = solve_memory(batch * bytes), *cells = solve_memory(batch * m->cells * bytes), *values = solve_memory(batch * m->summaries * bytes);
    void *work = solve_memory(room);
    double theta = 0, t[1];
    memset(cells, 0xFF, batch * m->cells * bytes);              /* whatever was there */
    for (size_t i = 0; i < length; i++) {
        for (size_t k = 0; k < batch; k++) real_put(x, bytes, k, own[k * length + i]);
        real_put(t, bytes, 0, each * (double)i);
        cr_assert_eq(m->survey(m, batch, 1, t, NULL, &theta, x, cells, 0, i, NULL, NULL, work, room), NODEC_OK);
    }
    cr_assert_eq(m->conclude(m, batch, x, cells, length, span, values), NODEC_OK);
    for (size_t k = 0; k < batch; k++)
        for (size_t r = 0; r < COUNT(known); r++) s->value[k][r] = real_at(values, bytes, k * COUNT(known) + r);
    free(x), free(cells), free(values), free(work);
}

Test(summary, rows_are_what_they_are_called)
{
    static Seeing s;
    static const Type real[] = { TYPE_F32, TYPE_F64 };
    static const size_t batch[] = { 1, FEW, MANY };
    size_t rows;
    summary_rows(&rows);
    cr_assert_eq(rows, COUNT(known), "every row is tested");
    for (size_t p = 0; p < COUNT(real); p++)
        for (size_t b = 0; b < COUNT(batch); b++) {
            const double eps = real[p] == TYPE_F32 ? 0x1p-24 : 0x1p-53;
            seeing_open(&s, real[p]);
            series_make(&s);
            see_all(&s, batch[b], s.own[0], LENGTH);
            for (size_t k = 0; k < batch[b]; k++)
                for (size_t r = 0; r < COUNT(known); r++) {
                    const double direct = known[r].of(s.own[k], LENGTH, span), off = fabs(s.value[k][r] - direct);
                    const double allowed = (known[r].error * eps + 1e-15) * scale_of(&known[r], s.own[k]) * !!known[r].error;
                    cr_expect(off <= allowed, "%s of series %zu of %zu: %.9g, not %.9g: off by %.2g", known[r].name, k, batch[b], s.value[k][r],
                              direct, off / scale_of(&known[r], s.own[k]));
                }
            seeing_close(&s);
        }
}

/* Whatever becomes infinite or NaN does not pass for a number, and takes its trajectory along; nobody else. */
Test(summary, what_is_not_finite_shows)
{
    static Seeing s;
    static const size_t when[] = { 0, LENGTH / 2, LENGTH - 1 };
    static const double what[] = { NAN, INFINITY, -INFINITY };
    for (size_t k = 0; k < COUNT(when); k++)
        for (size_t w = 0; w < COUNT(what); w++) {
            seeing_open(&s, TYPE_F32);
            series_make(&s);
            s.own[3][when[k]] = what[w];
            see_all(&s, MANY, s.own[0], LENGTH);
            for (size_t r = 0; r < COUNT(known); r++)
                for (size_t other = 0; other < MANY; other++)
                    cr_expect_eq(isfinite(s.value[other][r]), other != 3, "%s with %g at %zu: %g", known[r].name, what[w], when[k],
                                 s.value[other][r]);
            seeing_close(&s);
        }
}

/* A float's sum of as many as there are would be off by tens of units. */
Test(summary, sums_of_many_are_as_exact_as_of_few)
{
    enum { LONG = 20000 };
    static Seeing s;
    static double v[LONG];
    for (size_t i = 0; i < LONG; i++) v[i] = (float)(1000 + wave((uint32_t)i));
    seeing_open(&s, TYPE_F32);
    see_all(&s, 1, v, LONG);
    cr_expect(fabs(s.value[0][0] / mean_of(v, LONG, 1) - 1) <= 0x1p-23, "mean: %.9g, not %.9g", s.value[0][0], mean_of(v, LONG, 1));
    cr_expect(fabs(s.value[0][1] / sd_of(v, LONG, 1) - 1) <= 0x1p-21, "sd: %.9g, not %.9g", s.value[0][1], sd_of(v, LONG, 1));
    seeing_close(&s);
}
