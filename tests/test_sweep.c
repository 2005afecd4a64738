/* test_sweep.c: sweeps: which trajectories there are, what is kept of each, and files.
 *
 * The runtime runs over the driver and the reference machine, and is compared with
 * loops over the reference evaluator. */
#include "lang.h"
#include "library/library.h"
#include "machine.h"
#include "numbers.h"
#include "oracle.h"
#include "ops/rows.h"
#include "points.h"
#include "summaries.h"
#include "sweep.h"
#include "sweep_plot.h"
#include "library/tables.h"

#include <signal.h>
#include <unistd.h>

/* ---- the language --------------------------------------------------------------------------- */

/* What the language offers and what is computed are the same rows. */
Test(sweep, the_language_has_every_summary)
{
    Bench b;
    bench_open(&b, "odef A { state x = 1 dx/dt = -x }");
    size_t rows;
    const SummaryRow *row = summary_rows(&rows);
    for (size_t r = 0; r < rows; r++) {
        const char *set[] = { "run=A", "at=0..1", arena_printf(&b.arena, "summary=%s(x)", row[r].name) };
        cr_assert(unit_experiment(b.unit, NULL, set, COUNT(set), TYPE_F64, &b.diags), "%s", bench_messages(&b));
    }
    const char *set[] = { "run=A", "at=0..1", "summary=average(x)" };
    cr_assert(!unit_experiment(b.unit, NULL, set, COUNT(set), TYPE_F64, &b.diags));
    cr_assert(strstr(bench_messages(&b), "`peaks`"), "%s", bench_messages(&b));
    bench_close(&b);
}

/* Where a call says where a state starts, the odef's own word does not count. */
Test(sweep, a_call_says_where_a_state_starts)
{
    static const char truth[] = "odef A { state x = 1, y = 2 dx/dt = -x dy/dt = x }\n"
                                "experiment e { fit = A data = simulate(A(y = 3), t = linspace(0, 1, 3)) steps = 1 }";
    Bench b;
    bench_open(&b, truth);
    const Experiment *e = unit_experiment(b.unit, "e", NULL, 0, TYPE_F64, &b.diags);
    cr_assert(e, "%s", bench_messages(&b));
    const Field *f = value_argument(experiment_clause(e, "data"), "truth")->field;
    cr_expect(!f->state.at[0].given && f->state.at[1].given);
    cr_expect(!experiment_clause(e, "fit")->field->state.at[1].given);
    bench_close(&b);
}

/* A column is called by what was written, however it was laid out; and lists of vectors vary. */
Test(sweep, expressions_are_called_by_their_text)
{
    static const char model[] = "odef A(n = 2) { state x[n] param W[n, n] = 1 dx/dt = W @ x output size = sum(x^2) }\n"
                                "experiment e { run = A over = grid(x = [[0, 1], [1, 2], [3, 4]], W = [[[0, 1], [2, 3]]]) at = 0 .. 1\n"
                                "summary = [mean(size), rate(if x[0] > 0   # the right half\n   then x[0]\n   else 0)] }";
    Bench b;
    bench_open(&b, model);
    const Experiment *e = unit_experiment(b.unit, "e", NULL, 0, TYPE_F64, &b.diags);
    cr_assert(e, "%s", bench_messages(&b));
    const Value *kept = experiment_clause(e, "summary");
    const Field *f = experiment_clause(e, "run")->field;
    cr_expect_str_eq(value_argument(kept->item[1], "of")->name, "if x[0] > 0 then x[0] else 0");
    cr_assert_eq(f->output.count, 2);
    cr_expect_str_eq(f->output.at[0].name, "(size)");
    cr_expect_str_eq(f->output.at[1].name, "(if x[0] > 0 then x[0] else 0)");
    cr_expect(f->param.count == 0 && f->input.count == 1 && f->input.at[0].count == 4 && f->state.at[0].given);
    bench_close(&b);
}

/* On the command line a run may be said without a name. */
Test(sweep, a_run_without_times_is_refused_wherever_it_is_said)
{
    Bench b;
    bench_open(&b, "odef A { state x = 1 dx/dt = -x }");
    const char *set[] = { "run=A" };
    cr_assert(!unit_experiment(b.unit, NULL, set, COUNT(set), TYPE_F64, &b.diags));
    cr_assert(strstr(bench_messages(&b), "a run needs `at`"), "%s", bench_messages(&b));
    bench_close(&b);
}

/* ---- a run -------------------------------------------------------------------------------- */

static const char text[] =
    "odef Rolling {\n"
    "    state x = 1, v = 0\n"
    "    param k = 2, drag : positive = 0.1\n"
    "    input push = 0\n"
    "    dx/dt = v\n"
    "    dv/dt = push - k * x - drag * v + 0.1 * sin(t) * x^3\n"
    "}\n"
    "experiment roll {\n"
    "    run     = Rolling(v = 0.5)\n"
    "    over    = grid(k = [1, 2, 4, 8], push = linspace(-1, 1, 5), x = [0, 0.5, 1])\n"
    "    at      = linspace(0, 4, 41)\n"
    "    after   = 1\n"
    "    solver  = rk4(steps = 3)\n"
    "    summary = [mean(x), max(abs(v)), mean(x > 0.2), last(k * x^2 + v^2)]\n"
    "}\n";

enum { KS = 4, PUSHES = 5, XS = 3, ALL = KS * PUSHES * XS, AT = 41, SUMMARIES = 4 };
static const double ks[KS] = { 1, 2, 4, 8 }, pushes[PUSHES] = { -1, -0.5, 0, 0.5, 1 }, xs[XS] = { 0, 0.5, 1 };

typedef struct Run {
    Bench b;
    served *driver;
    nodec_sweep sweep;
    nodec_varied varied[3];
    nodec_value value[1];
    nodec_found found[SUMMARIES];
    nodec_swept swept;
    const Field *field;
    double t[AT], half, one;
    char folder[64];
} Run;

static void run_open(Run *r, Type real, bool apart)
{
    static const char *const names[SUMMARIES] = { "mean(x)", "max(abs(v))", "mean(x > 0.2)", "last(k * x^2 + v^2)" };
    LowerOptions lower = { 0 };
    nodec_fault fault = { 0 };
    *r = (Run){ .half = 0.5, .one = 1 };
    bench_open(&r->b, text);
    const Experiment *e = unit_experiment(r->b.unit, "roll", NULL, 0, real, &r->b.diags);
    cr_assert(e, "%s", bench_messages(&r->b));
    r->field = experiment_clause(e, "run")->field;
    cr_assert(!lower_options(&r->b.arena, e, real, &lower, &r->b.diags));
    const Lowered *lowered = lower_field(&r->b.arena, &r->b.names, r->field, &lower);
    const Tables tables = tables_of_field(&r->b.arena, lowered, &(EmitOptions){ .stem = "model" });
    const nodec_code code = machine_code(machine_new(lowered->program, apart));
    r->driver = served_open(tables.at, tables.bytes, &code, &fault);
    cr_assert(r->driver, "%s", fault.text);
    for (size_t i = 0; i < AT; i++) r->t[i] = 4.0 * (double)i / (AT - 1);
    r->varied[0] = (nodec_varied){ .name = "k", .count = 1, .points = KS, .at = ks };
    r->varied[1] = (nodec_varied){ .name = "push", .count = 1, .points = PUSHES, .at = pushes };
    r->varied[2] = (nodec_varied){ .name = "x", .count = 1, .points = XS, .at = xs };
    r->value[0] = (nodec_value){ .name = "v", .fixed = &r->half, .count = 1 };
    r->swept.found = r->found;
    strcpy(r->folder, "/tmp/nodec-sweep-XXXXXX");
    cr_assert(mkdtemp(r->folder));
    r->sweep = (nodec_sweep){
        .experiment = "roll", .module = served_module(r->driver), .t = r->t, .times = AT, .after = &r->one,
        .over = { NODEC_OVER_GRID, r->varied, 3, ALL }, .value = r->value, .values = 1,
        .summary = names, .summaries = SUMMARIES, .threads = 1, .quiet = true, .out = r->folder,
    };
}

static void run_close(Run *r)
{
    cr_expect(!system(arena_printf(&r->b.arena, "rm -rf %s", r->folder)));
    served_close(r->driver);
    bench_close(&r->b);
}

static void run_now(Run *r)
{
    nodec_fault fault = { 0 };
    cr_assert_eq(nodec_run(&r->sweep, &r->swept, &fault), 0, "%s", fault.text);
}

static numbers read_table(const Run *r, const char *name, const char *const *column, size_t columns)
{
    char path[128];
    numbers n;
    nodec_fault fault = { 0 };
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    cr_assert(!numbers_read(&n, path, "the table", column, columns, &fault), "%s", fault.text);
    return n;
}

static const char *const columns[] = { "k", "push", "x", "mean(x)", "max(abs(v))", "mean(x > 0.2)", "last(k * x^2 + v^2)" };

/* Trajectory by trajectory: Runge and Kutta's method over the reference evaluator's f. */
static void direct(Oracle *o, double k, double push, double x0, double value[SUMMARIES])
{
    double z[2] = { x0, 0.5 }, u[2], theta[1] = { 0.1 }, y[4][AT];
    size_t seen = 0;
    for (size_t i = 0; i < o->field->input.count; i++) u[i] = !strcmp(o->field->input.at[i].name, "k") ? k : push;
    for (size_t i = 0; i < AT; i++) {
        const double t0 = 4.0 * (double)(i - 1) / (AT - 1), h = 4.0 / (AT - 1) / 3;
        for (int s = 0; i && s < 3; s++) {
            double slope[4][2], at[2];
            for (int stage = 0; stage < 4; stage++) {
                static const double c[4] = { 0, 0.5, 0.5, 1 };
                for (int d = 0; d < 2; d++) at[d] = z[d] + (stage ? h * c[stage] * slope[stage - 1][d] : 0);
                oracle(o, at, t0 + h * (s + c[stage]), u, theta, NULL, slope[stage], NULL, NULL, NULL, NULL);
            }
            for (int d = 0; d < 2; d++) z[d] += h / 6 * (slope[0][d] + 2 * slope[1][d] + 2 * slope[2][d] + slope[3][d]);
        }
        if (4.0 * (double)i / (AT - 1) < 1) continue;
        y[0][seen] = z[0];
        y[1][seen] = fabs(z[1]);
        y[2][seen] = z[0] > 0.2;
        y[3][seen++] = k * z[0] * z[0] + z[1] * z[1];
    }
    value[0] = mean_of(y[0], seen, 1);
    value[1] = max_of(y[1], seen, 1);
    value[2] = mean_of(y[2], seen, 1);
    value[3] = last_of(y[3], seen, 1);
}

/* 120 steps of a system that forgets: rounding stays rounding, 1e-12 in double. */
Test(sweep, a_run_is_every_trajectory_by_itself)
{
    Run r;
    run_open(&r, TYPE_F64, false);
    run_now(&r);
    cr_assert_eq(r.swept.trajectories, ALL);
    cr_assert_eq(r.swept.steps, 3 * (AT - 1));
    cr_assert_eq(r.swept.not_finite, 0);
    numbers n = read_table(&r, "summary.csv", columns, COUNT(columns));
    cr_assert_eq(n.rows, ALL);
    Oracle o = { .field = r.field };
    double sum[SUMMARIES] = { 0 };
    for (size_t i = 0; i < ALL; i++) {
        const double *row = n.at + i * COUNT(columns), k = ks[i / (PUSHES * XS)], push = pushes[i / XS % PUSHES], x0 = xs[i % XS];
        double value[SUMMARIES];
        cr_assert(row[0] == k && row[1] == push && row[2] == x0, "row %zu is of %g %g %g", i, row[0], row[1], row[2]);
        direct(&o, k, push, x0, value);
        for (size_t s = 0; s < SUMMARIES; s++) {
            cr_expect(fabs(row[3 + s] - value[s]) <= 1e-12 * (1 + fabs(value[s])), "%s of trajectory %zu: %.17g, not %.17g",
                      columns[3 + s], i, row[3 + s], value[s]);
            sum[s] += value[s];
        }
    }
    for (size_t s = 0; s < SUMMARIES; s++)
        cr_expect(fabs(r.found[s].mean - sum[s] / ALL) <= 1e-12 * (1 + fabs(sum[s])), "the mean of %s", columns[3 + s]);
    free(n.at);
    run_close(&r);
}

static char *whole_file(Run *r, const char *name, size_t *length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    char *bytes = (char *)file_read(&r->b.arena, path, length);
    cr_assert(bytes, "%s", path);
    return bytes;
}

/* Blocks, slices, threads, and engines with memory of their own change no byte. */
Test(sweep, however_it_is_done_the_files_are_the_same)
{
    static const struct { size_t block, slice, threads; bool apart; } row[] = {
        { 32, 0, 1, false }, { 32, 9, 2, false }, { 40, 8, 3, false }, { 64, 0, 1, true }, { 33, 10, 2, true }, { 60, 8, 1, true },
    };
    size_t length, other;
    Run first;
    run_open(&first, TYPE_F32, false);
    run_now(&first);
    const char *want = whole_file(&first, "summary.csv", &length);
    for (size_t i = 0; i < COUNT(row); i++) {
        Run r;
        run_open(&r, TYPE_F32, row[i].apart);
        r.sweep.block = row[i].block;
        r.sweep.slice = row[i].slice;
        r.sweep.threads = row[i].threads;
        run_now(&r);
        const char *got = whole_file(&r, "summary.csv", &other);
        cr_expect(length == other && !memcmp(want, got, length), "blocks of %zu, slices of %zu, %zu threads%s", row[i].block, row[i].slice, row[i].threads,
                  row[i].apart ? ", apart" : "");
        cr_expect(!memcmp(first.found, r.found, sizeof r.found));
        run_close(&r);
    }
    run_close(&first);
}

/* A state that grows without bound takes nobody along, and is told apart. */
Test(sweep, trajectories_that_diverge_are_counted_and_left_out)
{
    static const double far[] = { 0, 1000, 0.5, 2000, 1 };
    Run r, sound;
    run_open(&sound, TYPE_F32, false);
    run_now(&sound);
    numbers all = read_table(&sound, "summary.csv", columns, COUNT(columns));
    run_open(&r, TYPE_F32, false);
    r.varied[2] = (nodec_varied){ .name = "x", .count = 1, .points = COUNT(far), .at = far };
    r.sweep.over.count = KS * PUSHES * COUNT(far);
    run_now(&r);
    cr_assert_eq(r.swept.not_finite, 2 * KS * PUSHES);
    size_t length;
    const char *csv = strchr(whole_file(&r, "summary.csv", &length), '\n') + 1;
    for (size_t i = 0, kept = 0; i < r.sweep.over.count; i++, csv = strchr(csv, '\n') + 1) {
        const double *want = all.at + kept * COUNT(columns);
        double got[COUNT(columns)];
        const char *at = csv;
        for (size_t k = 0; k < COUNT(columns); k++, at++) got[k] = strtod(at, (char **)&at);
        for (size_t s = 3; far[i % COUNT(far)] >= 1000 && s < COUNT(columns); s++) cr_expect(isnan(got[s]), "trajectory %zu", i);
        if (far[i % COUNT(far)] >= 1000) continue;
        for (size_t s = 0; s < COUNT(columns); s++) cr_expect_eq(got[s], want[s], "column %zu of trajectory %zu", s, i);
        kept++;
    }
    for (size_t s = 0; s < SUMMARIES; s++) cr_expect(isfinite(r.found[s].mean) && isfinite(r.found[s].sd));
    cr_expect(!memcmp(r.found, sound.found, sizeof r.found));
    free(all.at);
    run_close(&r);
    run_close(&sound);
}

/* Ctrl-C in the middle: what there is, under another name. */
static struct { const nodec_module *module; size_t calls; } stopping;

static int survey_and_stop(const nodec_module *m, size_t batch, size_t times, const void *t, const void *inputs, const void *theta, void *x,
                           void *cells, size_t begin, size_t before, const nodec_options *o, nodec_report *r, void *work, size_t bytes)
{
    (void)m;
    if (!--stopping.calls) raise(SIGINT);
    return stopping.module->survey(stopping.module, batch, times, t, inputs, theta, x, cells, begin, before, o, r, work, bytes);
}

static size_t work_of(const nodec_module *m, size_t batch, size_t times) { return (void)m, stopping.module->work(stopping.module, batch, times); }
static void init_of(const nodec_module *m, uint64_t seed, void *theta) { (void)m; stopping.module->init(stopping.module, seed, theta); }

static int start_of(const nodec_module *m, size_t batch, const void *given, const void *inputs, const void *theta, void *x0)
{
    return (void)m, stopping.module->start(stopping.module, batch, given, inputs, theta, x0);
}

static int conclude_of(const nodec_module *m, size_t batch, const void *x, const void *cells, size_t count, double span, void *values)
{
    return (void)m, stopping.module->conclude(stopping.module, batch, x, cells, count, span, values);
}

Test(sweep, a_run_that_is_interrupted_leaves_what_it_has)
{
    Run r;
    nodec_fault fault = { 0 };
    run_open(&r, TYPE_F32, false);
    nodec_module m = *r.sweep.module;
    stopping.module = r.sweep.module;
    stopping.calls = 6;             /* parts of 32 trajectories, one slice each */
    m.survey = survey_and_stop, m.work = work_of, m.init = init_of, m.conclude = conclude_of;
    if (m.start) m.start = start_of;
    double many[100];
    for (size_t i = 0; i < COUNT(many); i++) many[i] = (double)i / 100;
    r.varied[2] = (nodec_varied){ .name = "x", .count = 1, .points = COUNT(many), .at = many };
    r.sweep.over.count = KS * PUSHES * COUNT(many);
    r.sweep.block = 32;
    r.sweep.module = &m;
    cr_assert_eq(nodec_run(&r.sweep, &r.swept, &fault), NODEC_EXIT_STOPPED, "%s", fault.text);
    cr_assert_eq(r.swept.trajectories, 6 * 32);
    numbers n = read_table(&r, "summary-partial.csv", columns, COUNT(columns));
    cr_assert_eq(n.rows, 6 * 32);
    free(n.at);
    cr_assert(access(arena_printf(&r.b.arena, "%s/summary.csv", r.folder), F_OK));
    cr_assert(strstr(whole_file(&r, "result.json", NULL), "\"finished\": false"));
    stopping.calls = SIZE_MAX;      /* the next one is whole, and clears it away */
    run_now(&r);
    cr_assert(access(arena_printf(&r.b.arena, "%s/summary-partial.csv", r.folder), F_OK));
    cr_assert(!access(arena_printf(&r.b.arena, "%s/summary.csv", r.folder), F_OK));
    run_close(&r);
}

/* Without summaries: all of every trajectory, as a solve at once gives it. */
Test(sweep, whole_trajectories_are_kept_if_nothing_is_said)
{
    static const char *const names[] = { "k", "push", "start.x", "t" };
    Run r;
    run_open(&r, TYPE_F32, false);
    r.sweep.summaries = 0;
    run_now(&r);
    numbers n = read_table(&r, "trajectories.csv", names, COUNT(names));
    cr_assert_eq(n.rows, ALL * AT);
    for (size_t i = 0; i < n.rows; i++) {
        cr_expect_eq(n.at[4 * i], ks[i / AT / (PUSHES * XS)]);
        cr_expect_eq((float)n.at[4 * i + 3], (float)r.t[i % AT]);
    }
    free(n.at);
    run_close(&r);
}

Test(sweep, records_say_how_many_they_are)
{
    Run r;
    size_t length;
    run_open(&r, TYPE_F32, false);
    r.sweep.format = "npy";
    run_now(&r);
    const char *bytes = whole_file(&r, "summary.npy", &length);
    const size_t head = (unsigned char)bytes[8] + 256u * (unsigned char)bytes[9];
    cr_assert(!memcmp(bytes, "\x93NUMPY\x02", 7));
    cr_expect_eq((12 + head) % 64, 0);
    cr_expect_eq(length, 12 + head + ALL * COUNT(columns) * sizeof(float));
    const char *shape = strstr(bytes + 12, "'shape': (");
    cr_assert(shape);
    cr_expect_eq(atoi(shape + strlen("'shape': (")), ALL);
    cr_expect(strstr(bytes + 12, "('mean(x > 0.2)', '<f4')"));
    float first[COUNT(columns)];
    memcpy(first, bytes + 12 + head, sizeof first);
    cr_expect(first[0] == 1 && first[1] == -1 && first[2] == 0);
    run_close(&r);
}

/* ---- draws ---------------------------------------------------------------------------------- */

/* A trajectory's numbers are its own, whoever asks, and those of the law. */
Test(sweep, samples_are_drawn_by_number)
{
    enum { MANY = 4000 };
    Run r;
    nodec_fault fault = { 0 };
    static float given[2 * MANY], inputs[2 * MANY], again[2], more[2];
    points p;
    run_open(&r, TYPE_F32, false);
    r.varied[0].draw = (nodec_draw){ NODEC_UNIFORM, 1, 3 };
    r.varied[1].draw = (nodec_draw){ NODEC_NORMAL, 5, 2 };
    r.varied[2].draw = (nodec_draw){ NODEC_FIXED, 7, 0 };
    for (size_t i = 0; i < 3; i++) r.varied[i].points = 0;
    r.sweep.over = (nodec_over){ NODEC_OVER_SAMPLE, r.varied, 3, MANY };
    cr_assert(!points_open(&p, &r.sweep, &fault), "%s", fault.text);
    points_fill(&p, 0, MANY, given, inputs);
    points_fill(&p, 1234, 1, again, more);
    cr_expect(!memcmp(again, given + 2 * 1234, sizeof again) && !memcmp(more, inputs + 2 * 1234, sizeof more));
    double sum = 0, squares = 0;
    for (size_t i = 0; i < MANY; i++) {
        const double k = points_value(&p, 0, i, 0), push = points_value(&p, 1, i, 0);
        cr_expect(k >= 1 && k <= 3 && points_value(&p, 2, i, 0) == 7);
        sum += push;
        squares += (push - 5) * (push - 5);
    }
    cr_expect(fabs(sum / MANY - 5) < 5 * 2 / sqrt(MANY), "five deviations of the mean");
    cr_expect(fabs(squares / MANY - 4) < 5 * 4 * sqrt(2.0 / MANY));
    points_close(&p);
    run_close(&r);
}

/* ---- histograms ------------------------------------------------------------------------------- */

/* Cells that merge lose nobody, and each value is between its cell's ends. */
Test(sweep, histograms_count_everybody)
{
    static sweep_bars b;
    static double value[3000];
    for (size_t i = 0; i < COUNT(value); i++) value[i] = pow(10, 3 * wave((uint32_t)i)) * (i % 3 ? 1 : -1);
    for (size_t i = 0; i < COUNT(value); i++) sweep_bars_see(&b, value[i]);
    sweep_bars_see(&b, NAN);
    uint64_t count[SWEEP_BINS] = { 0 }, total = 0;
    for (size_t i = 0; i < COUNT(value); i++) {
        const double at = (value[i] - b.low) / b.width;
        cr_assert(at >= -1e-6 && at <= SWEEP_BINS + 1e-6);
        count[(size_t)fmin(fmax(at, 0), SWEEP_BINS - 1)]++;
    }
    for (size_t i = 0; i < SWEEP_BINS; i++) {
        total += b.count[i];
        cr_expect(labs((long)count[i] - (long)b.count[i]) <= 1, "cell %zu", i);
    }
    cr_expect_eq(total, COUNT(value));
    cr_expect_eq(b.least, min_of(value, COUNT(value), 1));
    cr_expect_eq(b.most, max_of(value, COUNT(value), 1));
}
