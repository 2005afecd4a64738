/* test_checkpoint.c: whole runs with a hand-written module: what they leave, that stopping and
 * resuming changes no bit, what a broken checkpoint or a diverging training says, evaluation. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checkpoint.h"
#include "fake.h"
#include "npy.h"
#include "real.h"
#include "run.h"
#include "safetensors.h"

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

/* Equal names give equal pointers, which live as long as the test. */
static const char *in_folder(const char *name)
{
    static char path[80][128];
    char wanted[128];
    size_t i = 0;
    snprintf(wanted, sizeof wanted, "%s/%s", folder, name);
    while (i < COUNT_OF(path) && *path[i] && strcmp(path[i], wanted)) i++;
    cr_assert(i < COUNT_OF(path));
    return strcpy(path[i], wanted);
}

static char *content(const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    cr_assert(f, "no %s", path);
    char *bytes = calloc(1 << 20, 1);
    *length = fread(bytes, 1, (1 << 20) - 1, f);
    fclose(f);
    return bytes;
}

static void expect_same_files(const char *a, const char *b)
{
    size_t n, m;
    char *x = content(a, &n), *y = content(b, &m);
    cr_expect(n && n == m && !memcmp(x, y, n), "%s and %s differ", a, b);
    free(x);
    free(y);
}

static bool exists(const char *path) { return !access(path, F_OK); }

/* ---- an experiment -------------------------------------------------------------------------------------- */

static double grid[60];
static const double origin[] = {0.6, 0.3};
static const nodec_value at_origin = {.name = "x", .fixed = origin, .count = 2};
static nodec_module truth;
static nodec_simulation simulated;

static void spiral(const nodec_module *m, uint64_t seed, void *theta)
{
    static const double w[] = {-0.1, -1, 1, -0.1};
    (void)m, (void)seed;
    memcpy(theta, w, sizeof w);
}

static nodec_plan experiment(const nodec_module *fit, const char *out, uint64_t steps)
{
    for (int i = 0; i < 60; i++) grid[i] = 0.15 * i;
    truth = fake_linear_double;
    truth.init = spiral;
    simulated = (nodec_simulation){.truth = &truth, .t = grid, .times = 60, .noise = {NODEC_NORMAL, 0, 0.01},
                                   .value = &at_origin, .values = 1};
    return (nodec_plan){
        .experiment = "spiral", .fit = fit, .data = {.simulation = &simulated},
        .batch = {.kind = NODEC_BATCH_SPAN, .span_min = 1, .span_max = 5, .points = 12},
        .update = {.lr = 0.01, .momentum = 0.9}, .steps = steps, .seed = 3, .out = out, .quiet = true
    };
}

static nodec_result train(const nodec_plan *plan)
{
    nodec_result r;
    nodec_fault fault = {0};
    cr_assert_eq(nodec_train(plan, &r, &fault), 0, "%s", fault.text);
    return r;
}

Test(checkpoint, a_run_learns_and_leaves_its_files, .init = make_folder, .fini = remove_folder)
{
    static const nodec_module *const fits[] = {&fake_linear_float, &fake_linear_double};
    static const char *const kept[] = {"metrics.jsonl", "weights.safetensors", "checkpoint.nodec"};
    for (size_t m = 0; m < 2; m++) {
        const nodec_plan plan = experiment(fits[m], in_folder("a/b"), 3000);
        const nodec_result r = train(&plan);
        cr_expect(r.steps == 3000 && r.steps_here == 3000 && r.parameters == 4);
        cr_expect(r.loss_first > 0.01 && r.loss_mean < 4e-4 && isfinite(r.loss_last) && isnan(r.validation));
        cr_expect(r.seconds > 0 && r.us_per_step > 0);
        for (size_t i = 0; i < COUNT_OF(kept); i++) {
            char path[300];
            snprintf(path, sizeof path, "%s/%s", plan.out, kept[i]);
            cr_expect(exists(path), "no %s", path);
        }
        double w[4];
        nodec_fault fault = {0};
        learned l = learned_of_module(&fake_linear_double);
        l.theta = w;
        cr_assert_eq(weights_load(in_folder("a/b/weights.safetensors"), &l, &fault), 0);
        static const double want[] = {-0.1, -1, 1, -0.1};
        for (int i = 0; i < 4; i++) cr_expect(fabs(w[i] - want[i]) < 0.05, "W[%d] = %g", i, w[i]);
    }
}

Test(checkpoint, a_run_without_a_folder_leaves_nothing)
{
    nodec_plan plan = experiment(&fake_linear_float, NULL, 10);
    const nodec_plot plot = {.kind = NODEC_PLOT_TRAJECTORY, .every = 5};
    plan.plot = &plot, plan.plots = 1;
    cr_expect_eq(train(&plan).steps, 10);
}

Test(checkpoint, two_runs_and_any_threads_give_the_same_bits, .init = make_folder, .fini = remove_folder)
{
    const char *names[] = {"one", "two", "three"};
    for (size_t i = 0; i < 3; i++) {
        nodec_plan plan = experiment(&fake_linear_float, in_folder(names[i]), 500);
        plan.threads = i + 1;
        train(&plan);
    }
    expect_same_files(in_folder("one/weights.safetensors"), in_folder("two/weights.safetensors"));
    expect_same_files(in_folder("one/metrics.jsonl"), in_folder("two/metrics.jsonl"));
    expect_same_files(in_folder("one/metrics.jsonl"), in_folder("three/metrics.jsonl"));
}

/* ---- stopping and resuming --------------------------------------------------------------------------------- */

/* A loss that interrupts the process itself at one call. */
static unsigned calls, stop_at;
static int stop_with;

static int interrupted_loss(const nodec_module *m, const nodec_batch *n, const void *theta, double *out, void *x, void *g,
                            const nodec_options *o, nodec_report *r, void *w, size_t bytes)
{
    if (++calls == stop_at) raise(stop_with);
    return fake_linear_float.loss(m, n, theta, out, x, g, o, r, w, bytes);
}

Test(checkpoint, stopped_and_resumed_is_as_never_stopped, .init = make_folder, .fini = remove_folder)
{
    static const nodec_batching batch[] = {
        {.kind = NODEC_BATCH_SPAN, .span_min = 1, .span_max = 5, .points = 12},
        {.kind = NODEC_BATCH_ROWS, .rows = 20, .count = 3}, {.kind = NODEC_BATCH_SOME, .count = 2}, {.kind = NODEC_BATCH_FULL},
    };
    nodec_module fit = fake_linear_float;
    fit.loss = interrupted_loss;
    for (size_t b = 0; b < COUNT_OF(batch); b++)
        for (int twice = 0; twice < 2; twice++) {
            nodec_plan whole = experiment(&fake_linear_float, in_folder("whole"), 700);
            simulated.count = 5;
            whole.batch = batch[b];
            whole.rate = (nodec_rate){.kind = NODEC_RATE_cosine, .warmup = 50};
            whole.split = (nodec_split){NODEC_SPLIT_FRACTION, 0.3};
            whole.update.lr = 0.005;
            train(&whole);

            nodec_plan part = whole;
            part.fit = &fit;
            part.out = in_folder("part");
            const unsigned stops[] = {1, 123, 211};
            for (int s = twice; s < 3; s++) {
                nodec_result r;
                nodec_fault fault = {0};
                part.resume = s > twice;
                calls = 0, stop_at = stops[s], stop_with = s % 2 ? SIGTERM : SIGINT;
                cr_assert_eq(nodec_train(&part, &r, &fault), NODEC_EXIT_STOPPED, "%s", fault.text);
                cr_expect(strstr(fault.text, "stopped after step") && strstr(fault.text, "--resume"), "%s", fault.text);
                cr_expect(r.steps_here >= 1 && r.steps < 700);
            }
            part.resume = true;
            stop_at = 0;
            const nodec_result r = train(&part);
            cr_expect(r.steps == 700 && r.steps_here < 700);
            expect_same_files(in_folder("whole/weights.safetensors"), in_folder("part/weights.safetensors"));
            expect_same_files(in_folder("whole/metrics.jsonl"), in_folder("part/metrics.jsonl"));
            const nodec_result again = train(&part);
            cr_expect(again.steps == 700 && again.steps_here == 0 && again.loss_last == r.loss_last);
        }
}

/* Killed between checkpoints: what was written since the last one is done again. */
Test(checkpoint, metrics_after_the_checkpoint_are_written_again, .init = make_folder, .fini = remove_folder)
{
    const nodec_plan whole = experiment(&fake_linear_float, in_folder("whole"), 300);
    train(&whole);
    nodec_plan part = whole;
    part.out = in_folder("part");
    part.steps = 120;
    train(&part);
    FILE *f = fopen(in_folder("part/metrics.jsonl"), "a");
    fputs("{\"step\":121,\"loss\":1,\"lr\"", f);
    fclose(f);
    part.steps = 300, part.resume = true;
    train(&part);
    expect_same_files(in_folder("whole/weights.safetensors"), in_folder("part/weights.safetensors"));
    expect_same_files(in_folder("whole/metrics.jsonl"), in_folder("part/metrics.jsonl"));
}

Test(checkpoint, broken_checkpoints_are_refused, .init = make_folder, .fini = remove_folder)
{
    nodec_plan plan = experiment(&fake_linear_float, in_folder("run"), 50);
    train(&plan);
    plan.resume = true;
    plan.steps = 60;
    const char *path = in_folder("run/checkpoint.nodec");
    size_t n;
    char *good = content(path, &n);
    for (size_t change = 0; change < n + 40; change += change < 120 ? 1 : n / 40) {
        nodec_result r;
        nodec_fault fault = {0};
        char *bytes = malloc(n);
        memcpy(bytes, good, n);
        if (change < n) bytes[change] ^= 0x40;
        FILE *f = fopen(path, "wb");
        fwrite(bytes, 1, change < n ? n : n - 1 - (change - n), f);
        fclose(f);
        free(bytes);
        cr_expect_eq(nodec_train(&plan, &r, &fault), NODEC_EXIT_DATA, "byte %zu of %zu", change, n);
        cr_expect(strstr(fault.text, "checkpoint"), "%s", fault.text);
    }
    FILE *f = fopen(path, "wb");
    fwrite(good, 1, n, f);
    fclose(f);
    free(good);

    nodec_plan other[4] = {plan, plan, plan, plan};
    static const char *const says[] = {"began with --seed 3, not 4", "has changed since", "checkpoint of another model",
                                       "No such file"};
    other[0].seed = 4;
    other[1].fingerprint = 77;
    other[2].fit = &fake_linear_double;
    other[3].out = in_folder("none");
    for (int i = 0; i < 4; i++) {
        nodec_result r;
        nodec_fault fault = {0};
        cr_expect_eq(nodec_train(&other[i], &r, &fault), i < 3 ? NODEC_EXIT_DATA : NODEC_EXIT_IO);
        cr_expect(strstr(fault.text, says[i]), "%s", fault.text);
    }
    cr_expect_eq(train(&plan).steps, 60);
}

/* ---- what goes wrong in a run ------------------------------------------------------------------------------ */

static nodec_failure seen;
static double seen_x[2];

static const char *blame(void *context, const nodec_failure *failure)
{
    seen = *failure;
    if (failure->x_before)
        for (size_t i = 0; i < 2; i++) seen_x[i] = real_at(failure->x_before, failure->module->real_bytes, i);
    return context;
}

Test(checkpoint, a_diverging_training_says_where_and_keeps_its_weights, .init = make_folder, .fini = remove_folder)
{
    static char layer[] = "lin2";
    nodec_plan plan = experiment(&fake_linear_float, in_folder("run"), 1000);
    plan.update.lr = 3;
    plan.layer = blame, plan.context = layer;
    nodec_result r;
    nodec_fault fault = {0};
    cr_assert_eq(nodec_train(&plan, &r, &fault), NODEC_EXIT_NUMERIC);
    char step[40];
    snprintf(step, sizeof step, "at step %llu: state `x`", (unsigned long long)r.steps + 1);
    cr_expect(strstr(fault.text, step) && strstr(fault.text, "at t = ") && strstr(fault.text, "in layer `lin2`"), "%s", fault.text);
    cr_expect(strstr(fault.text, "/run/checkpoint.nodec") && strstr(fault.text, "learning rate is 3"), "%s", fault.text);
    cr_expect(seen.step == r.steps + 1 && seen.module == &fake_linear_float && seen.x_before);
    cr_expect(seen.t_before < seen.t && isfinite(seen_x[0]) && isfinite(seen_x[1]), "%g %g %g %g",
              seen.t_before, seen.t, seen_x[0], seen_x[1]);

    float theta[4];
    double moments[4];
    checkpoint c = {.seed = 3};
    nodec_fault none = {0};
    learned l = learned_of_module(&fake_linear_float);
    l.theta = theta, l.moment = moments;
    cr_assert_eq(checkpoint_load(in_folder("run/checkpoint.nodec"), &l, &c, NULL, 0, &none), 0, "%s", none.text);
    cr_expect_eq(c.step, r.steps);
    cr_expect_eq(real_first_bad(theta, 4, 4), 4);
    cr_expect(!exists(in_folder("run/weights.safetensors")));
}

static int bad_gradient(const nodec_module *m, const nodec_batch *n, const void *theta, double *out, void *x, void *g,
                        const nodec_options *o, nodec_report *r, void *w, size_t bytes)
{
    const int status = fake_linear_float.loss(m, n, theta, out, x, g, o, r, w, bytes);
    if (g && ++calls == 5) ((float *)g)[2] = NAN;
    return status;
}

static int bad_loss(const nodec_module *m, const nodec_batch *n, const void *theta, double *out, void *x, void *g,
                    const nodec_options *o, nodec_report *r, void *w, size_t bytes)
{
    const int status = fake_linear_float.loss(m, n, theta, out, x, g, o, r, w, bytes);
    if (++calls == 5) *out = INFINITY;
    return status;
}

static int few_steps(const nodec_module *m, const nodec_batch *n, const void *theta, double *out, void *x, void *g,
                     const nodec_options *o, nodec_report *r, void *w, size_t bytes)
{
    (void)m, (void)n, (void)theta, (void)out, (void)x, (void)g, (void)o, (void)w, (void)bytes;
    r->t = 2.5;
    return NODEC_STEPS;
}

Test(checkpoint, bad_gradients_and_losses_stop_too)
{
    static const struct { int (*loss)(const nodec_module *, const nodec_batch *, const void *, double *, void *, void *, const nodec_options *,
                                      nodec_report *, void *, size_t); const char *says; } row[] = {
        {bad_gradient, "at step 5: the gradient of parameter `W` is"}, {bad_loss, "at step 5: the loss is"},
        {few_steps, "at step 1: the solver needed more than max_steps steps at t = 2.5"},
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        nodec_module fit = fake_linear_float;
        fit.loss = row[i].loss;
        const nodec_plan plan = experiment(&fit, NULL, 100);
        nodec_result r;
        nodec_fault fault = {0};
        calls = 0;
        cr_expect_eq(nodec_train(&plan, &r, &fault), NODEC_EXIT_NUMERIC);
        cr_expect(strstr(fault.text, row[i].says), "%s", fault.text);
    }
}

Test(checkpoint, plans_that_cannot_be_are_refused, .init = make_folder, .fini = remove_folder)
{
    static const nodec_plot metric = {.kind = NODEC_PLOT_CURVE, .metric = "accuracy"};
    nodec_plan row[5];
    static const char *const says[] = {"neither `steps` nor `epochs`", "no metric `accuracy`", "too many; at most 1024", "no data",
                                       "Not a directory"};
    static const int status[] = {NODEC_EXIT_DATA, NODEC_EXIT_DATA, NODEC_EXIT_USAGE, NODEC_EXIT_USAGE, NODEC_EXIT_IO};
    fclose(fopen(in_folder("file"), "w"));
    for (int i = 0; i < 5; i++) row[i] = experiment(&fake_linear_float, i == 1 ? in_folder("run") : NULL, i ? 5 : 0);
    row[1].plot = &metric, row[1].plots = 1;
    row[2].threads = 5000;
    row[3].data = (nodec_source){0};
    row[4].out = in_folder("file");
    for (int i = 0; i < 5; i++) {
        nodec_result r;
        nodec_fault fault = {0};
        cr_expect_eq(nodec_train(&row[i], &r, &fault), status[i], "row %d", i);
        cr_expect(strstr(fault.text, says[i]), "row %d: %s", i, fault.text);
    }
}

/* ---- results ---------------------------------------------------------------------------------------------- */

Test(checkpoint, the_result_is_one_json_object, .init = make_folder, .fini = remove_folder)
{
    static const char *const keys[] = {"experiment", "engine", "device", "steps", "loss_first", "loss_last", "seconds",
                                       "us_per_step", "parameters", "out", "validation"};
    nodec_plan plan = experiment(&fake_linear_float, in_folder("run"), 50);
    plan.split = (nodec_split){NODEC_SPLIT_BEFORE, 6};
    plan.json = fopen(in_folder("result"), "w");
    const nodec_result r = train(&plan);
    fclose(plan.json);
    json_t *o = json_load_file(in_folder("result"), 0, NULL);
    cr_assert(json_is_object(o));
    for (size_t i = 0; i < COUNT_OF(keys); i++) cr_expect(json_object_get(o, keys[i]), "no %s", keys[i]);
    cr_expect_eq(json_integer_value(json_object_get(o, "steps")), 50);
    cr_expect_eq(json_real_value(json_object_get(o, "loss_last")), r.loss_last);
    json_decref(o);

    FILE *f = fopen(in_folder("run/metrics.jsonl"), "r");
    char line[300];
    size_t losses = 0, validations = 0;
    while (fgets(line, sizeof line, f)) {
        json_t *row = json_loads(line, 0, NULL);
        cr_assert(json_is_object(row), "%s", line);
        losses += json_is_real(json_object_get(row, "loss"));
        validations += json_is_real(json_object_get(row, "validation"));
        if (json_integer_value(json_object_get(row, "step")) == 50 && json_object_get(row, "loss"))
            cr_expect_eq(json_real_value(json_object_get(row, "loss")), r.loss_last);
        json_decref(row);
    }
    fclose(f);
    cr_expect(losses == 50 && validations == 50);
}

/* The validation loss by hand: mean of squares over the times kept. */
Test(checkpoint, validation_counts_what_was_kept_only)
{
    nodec_plan plan = experiment(&fake_linear_double, NULL, 1);
    plan.update.lr = 0;                                     /* the weights stay as they began             */
    plan.split = (nodec_split){NODEC_SPLIT_BEFORE, 6};
    simulated.noise = (nodec_draw){0};
    const double loss = train(&plan).validation;
    double w[4], v[4], x[2] = {0.6, 0.3}, y[2] = {0.6, 0.3}, sum = 0;
    size_t count = 0;
    fake_linear_double.init(&fake_linear_double, 3, w);
    spiral(&truth, 0, v);
    for (int i = 0; i < 60; i++) {
        for (int s = 0; i && s < 3; s++) {                  /* ceil(0.15 / 0.05) steps                    */
            const double h = (grid[i] - grid[i - 1]) / 3, x0 = x[0], y0 = y[0];
            x[0] += h * (w[0] * x[0] + w[1] * x[1]), x[1] += h * (w[2] * x0 + w[3] * x[1]);
            y[0] += h * (v[0] * y[0] + v[1] * y[1]), y[1] += h * (v[2] * y0 + v[3] * y[1]);
        }
        if (grid[i] < 6) continue;
        sum += (x[0] - y[0]) * (x[0] - y[0]) + (x[1] - y[1]) * (x[1] - y[1]);
        count += 2;
    }
    cr_expect(fabs(loss / (sum / (double)count) - 1) < 0.2, "%g, not %g", loss, sum / (double)count);
}

Test(checkpoint, pictures_leave_data_and_scripts_even_without_gnuplot, .init = make_folder, .fini = remove_folder)
{
    static const nodec_plot plot[] = {{.kind = NODEC_PLOT_TRAJECTORY, .every = 20}, {.kind = NODEC_PLOT_CURVE},
                                      {.kind = NODEC_PLOT_SERIES}};
    static const char *const names[] = {"trajectory", "loss", "series"}, *const endings[] = {"dat", "gp", "png", "svg"};
    nodec_plan plan = experiment(&fake_linear_float, in_folder("run"), 40);
    plan.plot = plot, plan.plots = 3;
    for (int drawn = 0; drawn < 2; drawn++) {
        char *const path = strdup(getenv("PATH")), name[100];
        if (drawn && system("command -v gnuplot >/dev/null")) cr_skip("no gnuplot");
        if (!drawn) setenv("PATH", "/nonexistent", 1);
        const int output = dup(2);
        freopen("/dev/null", "w", stderr);
        train(&plan);
        fflush(stderr);
        dup2(output, 2);
        close(output);
        setenv("PATH", path, 1);
        free(path);
        for (int i = 0; i < 3; i++)
            for (int e = 0; e < 4; e++) {
                snprintf(name, sizeof name, "run/%s.%s", names[i], endings[e]);
                cr_expect_eq(exists(in_folder(name)), drawn || e < 2, "%s", name);
            }
        for (int step = 20; step <= 40; step += 20)
            for (int e = 0; e < 4; e++) {
                if (e == 1) continue;
                snprintf(name, sizeof name, "run/frames/trajectory-%06d.%s", step, endings[e]);
                cr_expect_eq(exists(in_folder(name)), drawn || e < 2, "%s", name);
            }
        cr_expect(exists(in_folder("run/trajectory-frames.gp")));
    }
}

/* ---- evaluation ------------------------------------------------------------------------------------------- */

static char *evaluate(const nodec_evaluation *e, size_t *length)
{
    nodec_fault fault = {0};
    cr_assert_eq(nodec_evaluate(e, &fault), 0, "%s", fault.text);
    return content(e->output, length);
}

Test(checkpoint, trajectories_are_evaluated, .init = make_folder, .fini = remove_folder)
{
    size_t n;
    nodec_evaluation e = {.module = &fake_decay_double, .times = "0:1:3", .output = in_folder("out.csv")};
    char *text = evaluate(&e, &n);
    cr_expect(!strncmp(text, "t,n\n0,2\n0.5,1.55", 16), "%s", text);
    free(text);

    e.inputs = "1", e.times = "1, 0";
    free(evaluate(&e, &n));

    FILE *f = fopen(in_folder("start.csv"), "w");
    fputs("x[1],x[0]\n2,1\n4,3\n", f);
    fclose(f);
    e = (nodec_evaluation){.module = &fake_linear_float, .times = "0, 0.5", .start = in_folder("start.csv"), .output = in_folder("two.csv")};
    text = evaluate(&e, &n);
    cr_expect(!strncmp(text, "sample,t,x[0],x[1]\n0,0,1,2\n0,0.5,", 33), "%s", text);
    cr_expect(strstr(text, "\n1,0,3,4\n"), "%s", text);
    free(text);

    e.output = in_folder("two.npy");
    free(evaluate(&e, &n));
    npy a;
    nodec_fault fault = {0};
    cr_assert_eq(npy_read(&a, e.output, &fault), 0, "%s", fault.text);
    cr_expect(a.rank == 3 && a.shape[0] == 2 && a.shape[1] == 2 && a.shape[2] == 2);
    cr_expect(a.at[0] == 1 && a.at[1] == 2 && a.at[2] == 3 && a.at[3] == 4);
    free(a.at);
}

Test(checkpoint, evaluations_that_cannot_be_are_refused, .init = make_folder, .fini = remove_folder)
{
    static const struct { const char *times, *start, *inputs; int status; const char *says; } row[] = {
        {"0:1:3", NULL, NULL, NODEC_EXIT_USAGE, "give 2 numbers with --start"},
        {"0:1", "1,2", NULL, NODEC_EXIT_USAGE, "is not FROM:TO:COUNT"}, {"0:1:1", "1,2", NULL, NODEC_EXIT_USAGE, "COUNT"},
        {"0:1:2.5", "1,2", NULL, NODEC_EXIT_USAGE, "COUNT"}, {"0:1:1e99", "1,2", NULL, NODEC_EXIT_USAGE, "COUNT"},
        {"0,x", "1,2", NULL, NODEC_EXIT_USAGE, "`x` is not a number"}, {"", "1,2", NULL, NODEC_EXIT_USAGE, "not a number"},
        {"1", "1,2", NULL, NODEC_EXIT_USAGE, "at least 2 times"}, {"0,1,0.5", "1,2", NULL, NODEC_EXIT_DATA, "time 2 does not"},
        {"0,1", "1", NULL, NODEC_EXIT_DATA, "2 numbers a sample, not 1"}, {"0,1", "none.csv", NULL, NODEC_EXIT_IO, "none.csv"},
        {"none.npy", "1,2", NULL, NODEC_EXIT_IO, "none.npy"}, {"0,1", "1,2", "3", NODEC_EXIT_DATA, "0 numbers a sample, not 1"},
        {NULL, "1,2", NULL, NODEC_EXIT_USAGE, "no times"}, {"0,1", "1,inf", NULL, NODEC_EXIT_USAGE, "`inf` is not a number"},
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        const nodec_evaluation e = {.module = &fake_linear_float, .times = row[i].times, .start = row[i].start,
                                    .inputs = row[i].inputs, .output = in_folder("out.csv")};
        nodec_fault fault = {0};
        cr_expect_eq(nodec_evaluate(&e, &fault), row[i].status, "row %zu", i);
        cr_expect(strstr(fault.text, row[i].says), "row %zu: %s", i, fault.text);
        cr_expect(!exists(in_folder("out.csv")));
    }
}
