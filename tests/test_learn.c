/* test_learn.c: learning from rows of files: what a run of a model leaves, that stopping, resuming and
 * threads change no bit, and what is said about files that do not fit. */
#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exam.h"
#include "fake_model.h"
#include "philox.h"
#include "real.h"
#include "rows.h"
#include "run.h"
#include "safetensors.h"

static char folder[64];

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

/* An IDX file of bytes; `rank` sizes. */
static void write_idx(const char *name, size_t rank, const uint32_t *size, const unsigned char *bytes)
{
    FILE *f = fopen(in_folder(name), "wb");
    size_t total = 1;
    fprintf(f, "%c%c%c%c", 0, 0, 8, (int)rank);
    for (size_t i = 0; i < rank; i++) {
        total *= size[i];
        for (int shift = 24; shift >= 0; shift -= 8) putc((int)(size[i] >> shift & 255), f);
    }
    cr_assert(fwrite(bytes, 1, total, f) == total && !fclose(f));
}

enum { TRAIN = 100, TEST = 40 };

/* Images 4x4 whose bright row is their class, with noise. */
static void write_set(const char *images, const char *labels, size_t count, uint64_t stream)
{
    unsigned char pixel[TRAIN * 16], label[TRAIN];
    for (size_t i = 0; i < count; i++) {
        label[i] = (unsigned char)(nodec_bits(stream, 0, (uint32_t)i, 99).w[0] % 3);
        for (size_t k = 0; k < 16; k++)
            pixel[16 * i + k] = (unsigned char)((k / 4 == label[i] ? 120 : 40) + 90 * nodec_uniform(stream, 1, (uint32_t)i, (uint32_t)k));
    }
    write_idx(images, 3, (uint32_t[]){(uint32_t)count, 4, 4}, pixel);
    write_idx(labels, 1, (uint32_t[]){(uint32_t)count}, label);
}

static void make_files(void)
{
    strcpy(folder, "/tmp/nodec-test-XXXXXX");
    cr_assert(mkdtemp(folder));
    write_set("images", "labels", TRAIN, 1);
    write_set("images.test", "labels.test", TEST, 2);
    fake_breaks_at = fake_trained = 0;
}

static void remove_files(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert(!system(command));
}

TestSuite(learn, .init = make_files, .fini = remove_files);

static nodec_column column[4];
static nodec_files seen, kept;

static nodec_plan plan_of(const char *out, uint64_t epochs)
{
    column[0] = (nodec_column){"image", in_folder("images")};
    column[1] = (nodec_column){"label", in_folder("labels")};
    column[2] = (nodec_column){"image", in_folder("images.test")};
    column[3] = (nodec_column){"label", in_folder("labels.test")};
    seen = (nodec_files){.column = column, .columns = 2};
    kept = (nodec_files){.column = column + 2, .columns = 2};
    return (nodec_plan){
        .experiment = "digits", .model = &fake_small, .data = {.files = &seen}, .test = {.files = &kept},
        .batch = {.kind = NODEC_BATCH_SOME, .count = 16}, .update = {.lr = 0.2, .momentum = 0.5}, .epochs = epochs,
        .seed = 5, .out = out, .quiet = true
    };
}

static nodec_result learn(const nodec_plan *plan)
{
    nodec_result r;
    nodec_fault fault = {0};
    cr_assert_eq(nodec_learn(plan, &r, &fault), 0, "%s", fault.text);
    return r;
}

static void expect_same(const char *a, const char *b, const char *name)
{
    char command[400];
    snprintf(command, sizeof command, "cmp %s/%s %s/%s", in_folder(a), name, in_folder(b), name);
    cr_expect(!system(command), "%s of %s and %s differ", name, a, b);
}

static bool exists(const char *path) { return !access(path, F_OK); }

/* ---- a run ------------------------------------------------------------------------------------------- */

Test(learn, a_run_learns_tests_and_leaves_its_files)
{
    nodec_plan plan = plan_of(in_folder("run"), 6);
    const nodec_result r = learn(&plan);
    cr_expect(r.steps == 6 * 7 && r.parameters == 51, "%llu", (unsigned long long)r.steps);
    cr_expect(r.loss_mean < r.loss_first && r.test_accuracy > 0.9 && r.test_loss < 0.6, "%g %g", r.test_accuracy, r.test_loss);
    cr_expect_float_eq(r.test_error, 1 - r.test_accuracy, 1e-12);
    cr_expect(r.bytes > 51 * 4 * 3 && r.bytes < 10000);

    FILE *f = fopen(in_folder("run/metrics.jsonl"), "r");
    char line[400], last[400];
    size_t lines = 0, epochs = 0;
    for (; fgets(line, sizeof line, f); lines++) {
        if (!strstr(line, "\"epoch\":")) {
            cr_expect(strstr(line, "\"loss\":") && strstr(line, "\"accuracy\":") && strstr(line, "\"gradient\":"), "%s", line);
            cr_expect(!strstr(line, "\"ce\":"), "the only loss is the loss: %s", line);
            continue;
        }
        epochs++;
        strcpy(last, line);
        static const char *const has[] = {"train.loss", "train.accuracy", "test.loss", "test.accuracy", "test.error"};
        for (size_t i = 0; i < COUNT_OF(has); i++) cr_expect(strstr(line, has[i]), "no %s in %s", has[i], line);
    }
    fclose(f);
    cr_expect(lines == 42 + 6 && epochs == 6 && strstr(last, "{\"step\":42,\"epoch\":6,"), "%zu %zu %s", lines, epochs, last);

    safetensors s;
    nodec_fault fault = {0};
    float kept_seen[2], weights[51], buffers[3] = {9, 9, 9};
    cr_assert_eq(safetensors_open(&s, in_folder("run/weights.safetensors"), &fault), 0);
    const tensor *t = safetensors_find(&s, "norm.running_mean");
    cr_assert(t && t->rank == 2 && t->shape[0] == 2 && t->shape[1] == 1);
    cr_assert_eq(safetensors_read(&s, t, 4, kept_seen, &fault), 0);
    cr_expect(kept_seen[0] > kept_seen[1] && kept_seen[1] > 0);
    const tensor *tracked = safetensors_find(&s, "norm.num_batches_tracked");
    cr_expect(tracked && !strcmp(tracked->dtype, "I64") && tracked->rank == 0);
    safetensors_close(&s);

    learned back = learned_of_model(&fake_small);
    back.theta = weights, back.kept = buffers;
    cr_assert_eq(weights_load(in_folder("run/weights.safetensors"), &back, &fault), 0, "%s", fault.text);
    cr_expect(buffers[0] == kept_seen[0] && buffers[1] == 9 && buffers[2] == kept_seen[1]);
}

/* A state_dict of PyTorch: one copy of a buffer, and a count of batches. */
Test(learn, weights_with_one_copy_of_a_buffer_fill_every_slot)
{
    static const char header[] = "{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[3,16],\"data_offsets\":[0,192]},"
        "\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[192,204]},"
        "\"norm.running_mean\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[204,208]},"
        "\"norm.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[208,216]}}";
    const uint64_t length = sizeof header - 1;
    float data[54] = {0}, weights[51], buffers[3] = {0, 7, 0};
    nodec_fault fault = {0};
    data[51] = 2.5f;
    FILE *f = fopen(in_folder("w"), "wb");
    for (int i = 0; i < 8; i++) putc((int)(length >> 8 * i & 255), f);
    cr_assert(fwrite(header, 1, length, f) == length && fwrite(data, 4, 54, f) == 54 && !fclose(f));
    learned l = learned_of_model(&fake_small);
    l.theta = weights, l.kept = buffers;
    cr_assert_eq(weights_load(in_folder("w"), &l, &fault), 0, "%s", fault.text);
    cr_expect(buffers[0] == 2.5f && buffers[1] == 7 && buffers[2] == 2.5f);
}

Test(learn, threads_and_repetition_change_no_bit)
{
    const char *const name[] = {"one", "two", "three"};
    for (size_t i = 0; i < 3; i++) {
        nodec_plan plan = plan_of(in_folder(name[i]), 3);
        plan.threads = 1 + i;
        learn(&plan);
        if (!i) continue;
        expect_same("one", name[i], "weights.safetensors");
        expect_same("one", name[i], "metrics.jsonl");
    }
    nodec_plan other = plan_of(in_folder("other"), 3);
    other.seed = 6;
    learn(&other);
    char command[300];
    snprintf(command, sizeof command, "cmp -s %s/one/metrics.jsonl %s/other/metrics.jsonl", folder, folder);
    cr_expect(system(command), "the seed changes nothing");
}

/* ---- killed and resumed ------------------------------------------------------------------------------- */

/* Runs in a child to which a signal comes in that call of train or forward; its exit status, or -1. */
static int disturbed(const nodec_plan *plan, size_t training, size_t testing, int signal)
{
    const pid_t child = fork();
    if (!child) {
        nodec_result r;
        nodec_fault fault = {0};
        fake_trained = fake_tested = 0;
        fake_dies_training = training, fake_dies_testing = testing, fake_signal = signal;
        _exit(nodec_learn(plan, &r, &fault));
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(learn, stopped_anywhere_and_resumed_gives_the_same_bits)
{
    static const struct { size_t training, testing; int signal; } row[] = {
        {1, 0, SIGKILL}, {10, 0, SIGKILL}, {14, 0, SIGKILL}, {21, 0, SIGKILL}, {0, 2, SIGKILL}, {0, 8, SIGKILL},
        {1, 0, SIGTERM}, {10, 0, SIGTERM}, {14, 0, SIGTERM}, {21, 0, SIGTERM}, {0, 2, SIGTERM}, {0, 8, SIGTERM},
    };
    nodec_plan whole = plan_of(in_folder("whole"), 3);
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        whole.settle = i % 2 ? 0 : 3;           /* whose batches count as training's here */
        learn(&whole);
        nodec_plan plan = plan_of(in_folder("cut"), 3);
        plan.save_every = 1 + i % 4;
        plan.settle = i % 2 ? 0 : 3;
        const int status = disturbed(&plan, row[i].training, row[i].testing, row[i].signal);
        cr_expect_eq(status, row[i].signal == SIGKILL ? -1 : NODEC_EXIT_STOPPED, "row %zu: %d", i, status);
        cr_expect(!exists(in_folder("cut/weights.safetensors")), "row %zu looks complete", i);
        plan.resume = true;
        fake_trained = fake_tested = 0;
        learn(&plan);
        expect_same("whole", "cut", "weights.safetensors");
        expect_same("whole", "cut", "metrics.jsonl");
    }
}

/* The buffers see more batches before each test; parameters and the course of training do not. */
Test(learn, statistics_settle_before_a_test)
{
    nodec_plan plan = plan_of(in_folder("run"), 2);
    float theta[2][51], buffers[2][3];
    nodec_fault fault = {0};
    for (size_t i = 0; i < 2; i++) {
        learned l = learned_of_model(&fake_small);
        plan.settle = i ? 60 : 0;
        learn(&plan);
        cr_expect_eq(fake_trained, 14 + 2 * plan.settle);
        fake_trained = 0;
        l.theta = theta[i], l.kept = buffers[i];
        cr_assert_eq(weights_load(in_folder("run/weights.safetensors"), &l, &fault), 0, "%s", fault.text);
    }
    cr_expect_arr_eq(theta[0], theta[1], sizeof theta[0]);
    const float mean = 105;                     /* of a pixel: (120 + 3 * 40) / 4 + 90 / 2 */
    cr_expect(fabsf(buffers[0][0] - mean) > 10 && fabsf(buffers[1][0] - mean) < 3, "%g %g", buffers[0][0], buffers[1][0]);
}

Test(learn, a_finished_run_resumed_stays_as_it_is)
{
    nodec_plan plan = plan_of(in_folder("run"), 2);
    const nodec_plot plot = {.kind = NODEC_PLOT_MISTAKES, .count = 9};
    plan.plot = &plot, plan.plots = 1;
    const nodec_result first = learn(&plan);
    char command[300];
    snprintf(command, sizeof command, "cp -r %s/run %s/copy && rm %s/run/mistakes.*", folder, folder, folder);
    cr_assert(!system(command));
    plan.resume = true;
    const nodec_result again = learn(&plan);
    cr_expect(again.steps == first.steps && again.steps_here == 0 && again.test_error == first.test_error);
    expect_same("run", "copy", "weights.safetensors");
    expect_same("run", "copy", "metrics.jsonl");
    expect_same("run", "copy", "mistakes.dat");
    plan.epochs = 3;                            /* goes on */
    cr_expect_eq(learn(&plan).steps, 21);
}

Test(learn, a_broken_step_leaves_the_one_before_and_no_weights)
{
    nodec_plan plan = plan_of(in_folder("run"), 3);
    nodec_result r;
    nodec_fault fault = {0};
    learn(&plan);                               /* whose weights must not pass for the next one's */
    fake_trained = 0, fake_breaks_at = 10;
    cr_expect_eq(nodec_learn(&plan, &r, &fault), NODEC_EXIT_NUMERIC);
    cr_expect(r.steps == 9 && strstr(fault.text, "diverged at step 10: the loss is") && strstr(fault.text, "learning rate"), "%s", fault.text);
    cr_expect(!exists(in_folder("run/weights.safetensors")) && exists(in_folder("run/checkpoint.nodec")));
    nodec_plan whole = plan_of(in_folder("whole"), 3);
    learn(&whole);
    plan.resume = true;
    learn(&plan);
    expect_same("whole", "run", "weights.safetensors");
}

/* ---- batches ------------------------------------------------------------------------------------------- */

Test(learn, an_epoch_sees_every_sample_once_and_the_last_batch_is_short)
{
    nodec_plan plan = plan_of(NULL, 1);
    rows d;
    row_batch b;
    nodec_fault fault = {0};
    cr_assert_eq(rows_open(&d, &fake_small, plan.data.files, "data", &fault), 0, "%s", fault.text);
    cr_assert_eq(row_batch_open(&b, &d, &plan, &fault), 0);
    cr_expect(b.per_epoch == 7 && b.most == 16);
    size_t first = 0, differ = 0;
    for (uint64_t epoch = 0; epoch < 3; epoch++) {
        int times[TRAIN] = {0};
        for (uint64_t k = 1; k <= 7; k++) {
            row_batch_at(&b, 7 * epoch + k);
            cr_expect_eq(b.batch, k < 7 ? 16u : 4u);
            for (size_t s = 0; s < b.batch; s++) {
                float row[17];
                times[b.sample[s]]++;
                rows_sample(&d, b.sample[s], 0, 0, row);
                cr_expect_arr_eq(row, (const float *)b.inputs + 17 * s, sizeof row);
            }
            if (k == 1 && !epoch) first = b.sample[0];
            if (k == 1 && epoch) differ += b.sample[0] != first;
        }
        for (size_t i = 0; i < TRAIN; i++) cr_expect_eq(times[i], 1);
    }
    cr_expect(differ, "every epoch in the same order");
    row_batch_close(&b);
    rows_close(&d);
}

Test(learn, images_are_moved_and_labels_are_not)
{
    nodec_plan plan = plan_of(NULL, 1);
    rows d;
    row_batch b;
    nodec_fault fault = {0};
    float plain[17], moved[17];
    int seen_shift[3][3] = {{0}};
    plan.shift = 1;
    cr_assert_eq(rows_open(&d, &fake_small, plan.data.files, "data", &fault), 0);
    cr_assert_eq(row_batch_open(&b, &d, &plan, &fault), 0);
    rows_sample(&d, 3, 0, 0, plain);
    rows_sample(&d, 3, 1, -2, moved);
    for (int y = 0; y < 4; y++)
        for (int x = 0; x < 4; x++)
            cr_expect_eq(moved[4 * y + x], y >= 1 && x + 2 < 4 ? plain[4 * (y - 1) + x + 2] : 0, "%d %d", y, x);
    cr_expect_eq(moved[16], plain[16]);

    for (uint64_t k = 1; k <= 14; k++) {
        row_batch_at(&b, k);
        for (size_t s = 0; s < b.batch; s++)
            for (long down = -1; down <= 1; down++)
                for (long right = -1; right <= 1; right++) {
                    rows_sample(&d, b.sample[s], down, right, moved);
                    seen_shift[down + 1][right + 1] += !memcmp(moved, (const float *)b.inputs + 17 * s, sizeof moved);
                }
    }
    int all = 0;
    for (int i = 0; i < 9; i++) {
        cr_expect(seen_shift[i / 3][i % 3] > 5, "%d: %d", i, seen_shift[i / 3][i % 3]);
        all += seen_shift[i / 3][i % 3];
    }
    cr_expect_eq(all, 200);
    row_batch_close(&b);
    rows_close(&d);
}

Test(learn, a_shift_changes_what_is_learned_and_resumes)
{
    nodec_plan plan = plan_of(in_folder("still"), 2), moved = plan_of(in_folder("moved"), 2);
    moved.shift = 2;
    learn(&plan);
    learn(&moved);
    char command[300];
    snprintf(command, sizeof command, "cmp -s %s/still/metrics.jsonl %s/moved/metrics.jsonl", folder, folder);
    cr_expect(system(command));
    moved.out = in_folder("cut");
    moved.save_every = 4;
    cr_expect_eq(disturbed(&moved, 9, 0, SIGKILL), -1);
    moved.resume = true;
    learn(&moved);
    expect_same("moved", "cut", "weights.safetensors");
}

/* ---- pictures ------------------------------------------------------------------------------------------ */

Test(learn, pictures_have_their_data)
{
    static const nodec_plot plot[] = {
        {.kind = NODEC_PLOT_CURVE, .axis = NODEC_AXIS_SAMPLES, .halflife = 10, .every = 7},
        {.kind = NODEC_PLOT_CURVE, .metric = "accuracy", .axis = NODEC_AXIS_EPOCHS},
        {.kind = NODEC_PLOT_MISTAKES, .count = 16},
    };
    nodec_plan plan = plan_of(in_folder("run"), 2);
    plan.plot = plot, plan.plots = COUNT_OF(plot);
    plan.update.lr = 1e-6;                      /* learns nothing: mistakes are certain */
    learn(&plan);
    static const char *const files[] = {"run/loss.dat", "run/loss.gp", "run/accuracy.dat", "run/mistakes.dat",
                                        "run/mistakes.gp", "run/frames/loss-000007.dat"};
    for (size_t i = 0; i < COUNT_OF(files); i++) cr_expect(exists(in_folder(files[i])), "no %s", files[i]);

    char line[4000];
    double at, value, smooth, mean = 0, weight = 0;
    const double keep = pow(0.5, 0.1);
    size_t points = 0;
    FILE *f = fopen(in_folder("run/loss.dat"), "r");
    while (fgets(line, sizeof line, f) && *line != '\n') {
        if (*line == '#') continue;
        cr_assert_eq(sscanf(line, "%lf %lf %lf", &at, &value, &smooth), 3, "%s", line);
        weight = 1 + keep * weight;
        mean += (value - mean) / weight;
        cr_expect_float_eq(smooth, mean, 1e-5);
        points++;
        cr_expect_float_eq(at, 100.0 * (double)points / 7, 1e-5);
    }
    fclose(f);
    cr_expect_eq(points, 14);

    size_t rows_seen = 0, labels = 0;
    f = fopen(in_folder("run/mistakes.dat"), "r");
    while (fgets(line, sizeof line, f)) {
        if (*line == '#' || *line == '\n') continue;
        if (strchr(line, '>')) labels++;
        else rows_seen++;
    }
    fclose(f);
    cr_expect(labels > 4 && labels <= 16, "%zu", labels);
    cr_expect_eq(rows_seen % 15, 0, "%zu", rows_seen);
}

/* ---- what is wrong with files and plans ------------------------------------------------------------------ */

static void expect_refused(const nodec_plan *plan, const char *says, const char *also)
{
    nodec_result r;
    nodec_fault fault = {0};
    cr_expect_eq(nodec_learn(plan, &r, &fault), NODEC_EXIT_DATA, "%s: %s", says, fault.text);
    cr_expect(strstr(fault.text, says) && strstr(fault.text, also), "%s: %s", says, fault.text);
    cr_expect(!plan->out || !exists(plan->out), "%s: a folder was made", says);
}

Test(learn, files_that_do_not_fit_are_refused)
{
    unsigned char bytes[TRAIN * 16] = {0};
    nodec_plan plan = plan_of(in_folder("run"), 1);
    const uint32_t fewer = TRAIN - 1;

    write_idx("labels", 1, &fewer, bytes);
    expect_refused(&plan, "/labels: error: byte 4: 99 items, but", "/images has 100");
    bytes[77] = 3;
    write_idx("labels", 1, (uint32_t[]){TRAIN}, bytes);
    expect_refused(&plan, "/labels: error: byte 85: `label` of item 77 is 3; a whole number from 0 to 2", "");
    bytes[77] = 0;
    write_idx("labels", 2, (uint32_t[]){TRAIN, 2}, bytes);
    expect_refused(&plan, "byte 8: an item is [2], and input `label` of Logistic is one number", "/labels");
    write_idx("labels", 1, (uint32_t[]){TRAIN}, bytes);
    write_idx("images", 3, (uint32_t[]){TRAIN, 4, 3}, bytes);
    expect_refused(&plan, "byte 8: an item is [4, 3], and input `image` of Logistic is [4, 4]", "/images");
    write_idx("images", 4, (uint32_t[]){TRAIN, 1, 4, 4}, bytes);
    plan.out = NULL;
    learn(&plan);                               /* a channel of size 1 does not matter */

    plan = plan_of(in_folder("run"), 1);
    write_idx("labels.test", 1, &fewer, bytes);
    expect_refused(&plan, "/labels.test: error: byte 4: 99 items, but", "/images.test has 40");
    FILE *f = fopen(in_folder("images"), "r+");
    cr_assert(f && !ftruncate(fileno(f), 1000) && !fclose(f));
    write_idx("labels.test", 1, (uint32_t[]){TEST}, bytes);
    expect_refused(&plan, "/images: error: byte 1000: the file ends in item 61 of 100", "");
}

Test(learn, plans_that_cannot_be_are_refused)
{
    nodec_plan plan = plan_of(in_folder("run"), 1);
    const nodec_plot series = {.kind = NODEC_PLOT_SERIES}, wrong = {.kind = NODEC_PLOT_CURVE, .metric = "acuracy"},
                     mistakes = {.kind = NODEC_PLOT_MISTAKES, .count = 9};
    plan.plots = 1;
    plan.plot = &series;
    expect_refused(&plan, "a model has no `series`", "curve");
    plan.plot = &wrong;
    expect_refused(&plan, "no metric `acuracy`", "did you mean `accuracy`");
    plan.plot = &mistakes;
    plan.test.files = NULL;
    expect_refused(&plan, "there is no `test`", "mistakes");
    plan = plan_of(in_folder("run"), 1);
    column[1].name = "lable";
    expect_refused(&plan, "data: Logistic has no input `lable`", "did you mean `label`");
    plan = plan_of(in_folder("run"), 1);
    seen.columns = 1;
    expect_refused(&plan, "data: input `label` of Logistic has no column", "");
    plan = plan_of(in_folder("run"), 0);
    expect_refused(&plan, "neither `steps` nor `epochs`", "");
    plan = plan_of(in_folder("run"), 1);
    plan.batch.kind = NODEC_BATCH_SPAN;
    expect_refused(&plan, "batch: a model learns from whole samples", "");
}

/* ---- real digits, where they are ------------------------------------------------------------------------- */

Test(learn, real_digits_are_learned, .timeout = 120)
{
    static const nodec_column train[] = {{"image", "../shared/data/mnist/train-images-idx3-ubyte.gz"},
                                         {"label", "../shared/data/mnist/train-labels-idx1-ubyte.gz"}};
    static const nodec_column test[] = {{"image", "../shared/data/mnist/t10k-images-idx3-ubyte.gz"},
                                        {"label", "../shared/data/mnist/t10k-labels-idx1-ubyte.gz"}};
    const nodec_files data = {.column = train, .columns = 2}, check = {.column = test, .columns = 2};
    if (!exists(train[0].column)) cr_skip("no real digits in ../shared/data/mnist");
    nodec_plan plan = plan_of(NULL, 0);
    plan.model = &fake_digits;
    plan.data.files = &data, plan.test.files = &check;
    plan.batch.count = 32, plan.steps = 400, plan.update.lr = 0.1;
    const nodec_result r = learn(&plan);
    cr_expect(r.test_accuracy > 0.85 && r.test_accuracy < 0.95, "%g", r.test_accuracy);
}
