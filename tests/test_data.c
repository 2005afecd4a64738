/* test_data.c: tables and what is wrong with them, simulated data, splits, batches. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"
#include "fake.h"
#include "minibatch.h"
#include "philox.h"
#include "real.h"

static char path[64];

static void make_file(void)
{
    strcpy(path, "/tmp/nodec-test-XXXXXX");
    const int fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
}

static void remove_file(void) { unlink(path); }

static void write_file(const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    cr_assert(f && fwrite(bytes, 1, n, f) == n && !fclose(f));
}

/* Opens a table for the fake linear model, whose outputs are x[0] and x[1]. */
static int open_table(dataset *d, const char *series, nodec_fault *fault)
{
    static const nodec_column column[] = {{"x[0]", "a"}, {"x[1]", "b"}};
    const nodec_table table = {.path = path, .time = "time", .series = series, .column = column, .columns = 2};
    return data_open(d, &fake_linear_float, &(nodec_source){.table = &table}, 0, NULL, fault);
}

/* ---- good tables -------------------------------------------------------------------------------------- */

Test(data, tables_are_read_whatever_their_dress, .init = make_file, .fini = remove_file)
{
    static const char *const same[] = {
        "time,a,b\n0,1,2\n0.5,3,-4e-1\n",
        "time,a,b\r\n0,1,2\r\n0.5,3,-4e-1\r\n",
        "time,a,b\n0,1,2\n0.5,3,-4e-1",
        "\xEF\xBB\xBFtime,a,b\n0,1,2\n0.5,3,-4e-1\n\n\n",
        "b,other,\"time\",a\n2,,0,1\n -0.4 ,\"x,\"\"y\"\"\nz\", 0.5,\"3\"\n",
    };
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        dataset d;
        nodec_fault fault = {0};
        write_file(same[i], strlen(same[i]));
        cr_assert_eq(open_table(&d, NULL, &fault), 0, "table %zu: %s", i, fault.text);
        const float *t = d.t, *y = d.y;
        cr_expect(d.count == 1 && d.first[1] == 2 && d.seen[0] == 2);
        cr_expect(t[0] == 0 && t[1] == 0.5f && y[0] == 1 && y[1] == 2 && y[2] == 3 && y[3] == -0.4f, "table %zu", i);
        cr_expect(d.start_is_target);
        data_close(&d);
    }
}

Test(data, a_compressed_table_is_a_table, .init = make_file, .fini = remove_file)
{
    char command[200];
    dataset d;
    nodec_fault fault = {0};
    snprintf(command, sizeof command, "printf 'time,a,b\\n0,1,2\\n1,3,4\\n' | gzip >%s", path);
    cr_assert_eq(system(command), 0);
    cr_assert_eq(open_table(&d, NULL, &fault), 0, "%s", fault.text);
    cr_expect_eq(((float *)d.y)[3], 4);
    data_close(&d);
}

Test(data, a_series_column_separates_trajectories, .init = make_file, .fini = remove_file)
{
    dataset d;
    nodec_fault fault = {0};
    static const char text[] = "who,time,a,b\nann,0,1,2\nann,1,3,4\nbob,0,5,6\nbob,0.5,7,8\nbob,2,9,10\n";
    write_file(text, strlen(text));
    cr_assert_eq(open_table(&d, "who", &fault), 0, "%s", fault.text);
    cr_expect(d.count == 2 && d.first[1] == 2 && d.first[2] == 5);
    cr_expect_eq(((float *)d.y)[2 * 4 + 1], 10);
    data_close(&d);
}

Test(data, inputs_come_from_columns_or_defaults, .init = make_file, .fini = remove_file)
{
    static const struct { const char *text; double u; } row[] = {
        {"t,n\n0,1\n1,2\n", 0}, {"t,n,u\n0,1,7\n1,2,7\n", 7},
    };
    const nodec_table table = {.path = path};
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        dataset d;
        nodec_fault fault = {0};
        write_file(row[i].text, strlen(row[i].text));
        cr_assert_eq(data_open(&d, &fake_decay_double, &(nodec_source){.table = &table}, 0, NULL, &fault), 0);
        cr_expect_eq(*(double *)d.input, row[i].u);
        cr_expect(!d.start_is_target && d.start_from[0] == -1);
        data_close(&d);
    }
    dataset d;
    nodec_fault fault = {0};
    static const char changes[] = "t,n,u\n0,1,7\n1,2,8\n";
    write_file(changes, strlen(changes));
    cr_expect_eq(data_open(&d, &fake_decay_double, &(nodec_source){.table = &table}, 0, NULL, &fault), NODEC_EXIT_DATA);
    cr_expect(strstr(fault.text, ":3:5: error: input `u` changes"), "%s", fault.text);
}

/* ---- bad tables ---------------------------------------------------------------------------------------- */

typedef struct bad { const char *text; size_t n; const char *where, *says; } bad;
#define BAD(text, where, says) {text, sizeof text - 1, where, says}

Test(data, what_is_wrong_with_a_table_is_said_with_its_place, .init = make_file, .fini = remove_file)
{
    static const bad row[] = {
        BAD("", ": ", "the file is empty"),
        BAD("time,a,b\n", ": ", "there is a header but no data"),
        BAD("time,a,b\n\n\n", ": ", "there is a header but no data"),
        BAD("time,a,b\n0,1,2\n", ":2: ", "at least 2 observations, this one has 1"),
        BAD("tiem,a,b\n0,1,2\n1,1,2\n", ":1: ", "there is no column `time`\nhelp: did you mean `tiem`?"),
        BAD("time,a,c\n0,1,2\n1,1,2\n", ":1: ", "there is no column `b`"),
        BAD("time,u,v\n0,1,2\n1,1,2\n", ":1: ", "there is no column `a`\nnote: there is `time`, `u`, `v`"),
        BAD("time;a;b\n0;1;2\n", ":1: ", "columns are separated by commas"),
        BAD("time,a,a\n0,1,2\n", ":1:8: ", "column `a` occurs twice"),
        BAD("time,,b\n0,1,2\n", ":1:6: ", "a column without a name"),
        BAD("time,a,b\n0,1,2\n1,abc,2\n", ":3:3: ", "`abc` in column `a` is not a number"),
        BAD("time,a,b\n0,1,2\n1,  4.x,2\n", ":3:5: ", "`4.x` in column `a` is not a number"),
        BAD("time,a,b\n0,1,2\n1,0x1p3,2\n", ":3:3: ", "is not a number"),
        BAD("time,a,b\n0,1,2\n1,,2\n", ":3:3: ", "column `a` is empty here\nnote: leave rows out"),
        BAD("time,a,b\n0,1,2\n1,nan,2\n", ":3:3: ", "`nan` in column `a` is not a finite number"),
        BAD("time,a,b\n0,1,2\n1,-inf,2\n", ":3:3: ", "not a finite number"),
        BAD("time,a,b\n0,1,2\n1,1e999,2\n", ":3:3: ", "too large for a number"),
        BAD("time,a,b\n0,1,2\n1,1e39,2\n", ":3:3: ", "too large for a number of 4 bytes"),
        BAD("time,a,b\n0,1,2\n1,2\n", ":3:3: ", "this row has 2 fields, the header has 3"),
        BAD("time,a,b\n0,1,2\n1,2,3,4\n", ":3:7: ", "this row has 4 fields, the header has 3"),
        BAD("time,a,b\n0,1,2\n\n1,2,3\n", ":3: ", "an empty line"),
        BAD("time,a,b\n0,1,2\n0,1,2\n", ":3:1: ", "times must increase, but 0 comes after 0"),
        BAD("time,a,b\n0,1,2\n-1,1,2\n", ":3:1: ", "times must increase, but -1 comes after 0"),
        BAD("time,a,b\n0,1,2\n1,\0,2\n", ":3:3: ", "a NUL byte"),
        BAD("time,a,b\n0,1,2\n1,\"\0\",2\n", ":3:4: ", "a NUL byte"),
        BAD("time,a,b\n0,1,2\n1,\"3,2\n", ":3:3: ", "this quote is never closed"),
        BAD("time,a,b\n0,1,2\n1,\"3\"x,2\n", ":3:6: ", "text after the closing quote"),
        BAD("time,a,b\n0,1,2\n1,3\"x,2\n", ":3:4: ", "a quote inside an unquoted field"),
        BAD("time,a,b\n0,1,2\n1,3\r4,2\n", ":3:5: ", "a carriage return inside a line"),
        BAD("\xFF\xFEt\0i\0m\0e\0", ":1:1: ", "UTF-16"),
        BAD("time,a,b\n1000000000,1,2\n1000000001,1,2\n", "", "are too close for numbers of 4 bytes"),
        BAD("\x1f\x8b\x08\0\0\0\0\0\0\0garbage", ": ", "damaged gzip file"),
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        dataset d;
        nodec_fault fault = {0};
        char place[100];
        write_file(row[i].text, row[i].n);
        snprintf(place, sizeof place, "%s%serror: ", path, row[i].where);
        cr_expect_eq(open_table(&d, NULL, &fault), NODEC_EXIT_DATA, "table %zu", i);
        cr_expect(strstr(fault.text, row[i].says), "table %zu: %s", i, fault.text);
        if (*row[i].where)
            cr_expect(!strncmp(fault.text, place, strlen(place)), "table %zu: %s, not at %s", i, fault.text, place);
    }
}

Test(data, series_and_long_rows_go_wrong_with_their_place, .init = make_file, .fini = remove_file)
{
    dataset d;
    nodec_fault apart = {0}, single = {0}, wide = {0}, none = {0}, folder = {0};
    static const char a[] = "s,time,a,b\nx,0,1,2\nx,1,1,2\ny,0,1,2\ny,1,1,2\nx,2,1,2\n";
    write_file(a, strlen(a));
    cr_expect_eq(open_table(&d, "s", &apart), NODEC_EXIT_DATA);
    cr_expect(strstr(apart.text, ":6:1: error: rows of series `x` do not stand together"), "%s", apart.text);
    static const char b[] = "s,time,a,b\nx,0,1,2\ny,0,1,2\ny,1,1,2\n";
    write_file(b, strlen(b));
    cr_expect_eq(open_table(&d, "s", &single), NODEC_EXIT_DATA);
    cr_expect(strstr(single.text, ":2: error: a trajectory needs at least 2"), "%s", single.text);

    const size_t n = 3 << 20;
    char *big = malloc(n);
    memset(big, '7', n);
    memcpy(big, "time,a,b\n", 9);
    write_file(big, n);
    free(big);
    cr_expect_eq(open_table(&d, NULL, &wide), NODEC_EXIT_DATA);
    cr_expect(strstr(wide.text, ":2:1048577: error: a row longer than 1 MiB"), "%s", wide.text);
    unlink(path);
    cr_expect_eq(open_table(&d, NULL, &none), NODEC_EXIT_IO);
    cr_expect(strstr(none.text, "cannot read") && strstr(none.text, path), "%s", none.text);
    strcpy(path, "/tmp");
    cr_expect_eq(open_table(&d, NULL, &folder), NODEC_EXIT_IO);
    strcpy(path, "/nonexistent");
}

Test(data, columns_must_mean_something_to_the_model, .init = make_file, .fini = remove_file)
{
    dataset d;
    nodec_fault fault = {0};
    static const nodec_column column[] = {{"nn", "n"}};
    const nodec_table table = {.path = path, .column = column, .columns = 1};
    cr_expect_eq(data_open(&d, &fake_decay_double, &(nodec_source){.table = &table}, 0, NULL, &fault), NODEC_EXIT_DATA);
    cr_expect(strstr(fault.text, "Decay observes no `nn`\nhelp: did you mean `n`?"), "%s", fault.text);
}

/* Any bytes at all: a status, never a crash. */
Test(data, random_bytes_do_no_harm, .init = make_file, .fini = remove_file)
{
    static const char letters[] = "time,a,b\n0,1.5\"\r e-\0\xEF";
    char text[200];
    for (uint32_t round = 0; round < 3000; round++) {
        dataset d;
        nodec_fault fault = {0};
        const size_t n = nodec_bits(9, 1, round, 0).w[0] % sizeof text;
        for (size_t i = 0; i < n; i++) text[i] = letters[nodec_bits(9, 0, round, (uint32_t)i).w[0] % sizeof letters];
        if (round % 2 && n > 9) memcpy(text, "time,a,b\n", 9);
        write_file(text, n);
        if (!open_table(&d, NULL, &fault)) data_close(&d);
        else cr_assert(fault.status == NODEC_EXIT_DATA && *fault.text);
    }
}

/* ---- simulated data ------------------------------------------------------------------------------------- */

enum { TIMES = 50 };
static double grid[TIMES];
static const double origin[] = {0.6, 0.3};
static const nodec_value at_origin = {.name = "x", .fixed = origin, .count = 2};

static nodec_simulation simulation(size_t count)
{
    for (int i = 0; i < TIMES; i++) grid[i] = 0.2 * i;
    return (nodec_simulation){.truth = &fake_linear_double, .t = grid, .times = TIMES, .count = count,
                              .value = &at_origin, .values = 1};
}

static dataset simulate(const nodec_simulation *s, uint64_t seed)
{
    dataset d;
    nodec_fault fault = {0};
    cr_assert_eq(data_open(&d, &fake_linear_float, &(nodec_source){.simulation = s}, seed, NULL, &fault), 0, "%s", fault.text);
    return d;
}

Test(data, a_simulation_starts_where_it_is_told_and_adds_noise)
{
    nodec_simulation s = simulation(1);
    dataset clean = simulate(&s, 1);
    s.noise = (nodec_draw){NODEC_NORMAL, 0, 0.01};
    dataset noisy = simulate(&s, 1), again = simulate(&s, 1), other = simulate(&s, 2);
    const float *x = clean.y, *y = noisy.y, *z = other.y;
    cr_expect(x[0] == 0.6f && x[1] == 0.3f);
    double squares = 0;
    for (int i = 0; i < 2 * TIMES; i++) squares += ((double)y[i] - (double)x[i]) * ((double)y[i] - (double)x[i]);
    cr_expect(fabs(sqrt(squares / (2 * TIMES)) - 0.01) < 0.002);
    cr_expect(z[0] != y[0]);
    cr_expect_arr_eq(noisy.y, again.y, 2 * TIMES * sizeof *y);
    data_close(&clean);
    data_close(&noisy);
    data_close(&again);
    data_close(&other);
}

Test(data, drawn_starts_depend_on_the_trajectory_only)
{
    nodec_simulation few = simulation(3), many = simulation(300);
    const nodec_value drawn = {.name = "x", .draw = {NODEC_UNIFORM, 1, 2}, .count = 2};
    few.value = many.value = &drawn;
    dataset a = simulate(&few, 5), b = simulate(&many, 5);
    cr_expect_arr_eq(a.y, b.y, 3 * TIMES * 2 * sizeof(float), "the count changes the first trajectories");
    const float *y = b.y;
    for (size_t k = 0; k < 300; k++) {
        const float *start = y + k * TIMES * 2;
        cr_expect(start[0] >= 1 && start[0] <= 2 && start[1] >= 1 && start[1] <= 2 && start[0] != start[1]);
        if (k) cr_expect(start[0] != y[(k - 1) * TIMES * 2]);
    }
    data_close(&a);
    data_close(&b);
}

Test(data, what_is_wrong_with_a_simulation_is_said)
{
    static const nodec_value short_x = {.name = "x", .fixed = origin, .count = 1}, unknown = {.name = "y", .fixed = origin, .count = 2};
    static const double backwards[] = {0, 1, 1};
    nodec_simulation row[6];
    static const char *const says[] = {"has no initial value", "`x` of Linear holds 2 numbers, not 1",
        "Linear has no state or input `y`", "times must increase, but t[2]", "at least 2 times", "simulated Decay has no `x`"};
    for (int i = 0; i < 6; i++) row[i] = simulation(1);
    row[0].values = 0;
    row[1].value = &short_x;
    row[2].value = &unknown;
    row[3].t = backwards, row[3].times = 3;
    row[4].times = 1;
    row[5].truth = &fake_decay_double, row[5].values = 0;
    for (int i = 0; i < 6; i++) {
        dataset d;
        nodec_fault fault = {0};
        cr_expect_eq(data_open(&d, &fake_linear_float, &(nodec_source){.simulation = &row[i]}, 0, NULL, &fault), NODEC_EXIT_DATA);
        cr_expect(strstr(fault.text, says[i]), "row %d: %s", i, fault.text);
    }
}

Test(data, a_simulation_that_blows_up_is_a_numerical_failure)
{
    nodec_simulation s = simulation(1);
    const double far[] = {1e300, 1e300}, times[] = {0, 1e6};
    const nodec_value v = {.name = "x", .fixed = far, .count = 2};
    s.value = &v, s.t = times, s.times = 2;
    dataset d;
    nodec_fault fault = {0};
    cr_expect_eq(data_open(&d, &fake_linear_float, &(nodec_source){.simulation = &s}, 0, NULL, &fault), NODEC_EXIT_NUMERIC);
    cr_expect(strstr(fault.text, "state `x`"), "%s", fault.text);
}

/* ---- splits ----------------------------------------------------------------------------------------------- */

Test(data, splits_keep_what_they_say)
{
    nodec_simulation one = simulation(1), ten = simulation(10);
    nodec_fault fault = {0};
    dataset d = simulate(&one, 0);
    cr_expect_eq(data_split(&d, &(nodec_split){NODEC_SPLIT_BEFORE, 4.0}, &fault), 0);
    cr_expect(d.seen[0] == 20 && d.held);
    cr_expect_eq(data_split(&d, &(nodec_split){NODEC_SPLIT_FRACTION, 0.3}, &fault), 0);
    cr_expect_eq(d.seen[0], 35);
    cr_expect_eq(data_split(&d, &(nodec_split){NODEC_SPLIT_BEFORE, 0.1}, &fault), NODEC_EXIT_DATA);
    fault.status = 0;
    cr_expect_eq(data_split(&d, &(nodec_split){NODEC_SPLIT_BEFORE, 1e6}, &fault), NODEC_EXIT_DATA);
    fault.status = 0;
    cr_expect_eq(data_split(&d, &(nodec_split){NODEC_SPLIT_FRACTION, 1.5}, &fault), NODEC_EXIT_DATA);
    data_close(&d);
    fault.status = 0;
    d = simulate(&ten, 0);
    cr_expect_eq(data_split(&d, &(nodec_split){NODEC_SPLIT_FRACTION, 0.2}, &fault), 0);
    for (size_t k = 0; k < 10; k++) cr_expect_eq(d.seen[k], k < 8 ? TIMES : 0);
    data_close(&d);
}

/* ---- batches ---------------------------------------------------------------------------------------------- */

/* The row of the dataset that holds this time and target, or -1. */
static long find_row(const dataset *d, size_t k, float t, const float *y)
{
    for (size_t i = d->first[k]; i < d->first[k + 1]; i++)
        if (((float *)d->t)[i] == t && !memcmp((float *)d->y + 2 * i, y, 2 * sizeof *y)) return (long)i;
    return -1;
}

Test(data, windows_are_as_the_notebook_draws_them)
{
    nodec_simulation s = simulation(1);
    dataset d = simulate(&s, 0);
    minibatch b;
    nodec_fault fault = {0};
    const nodec_batching plan = {.kind = NODEC_BATCH_SPAN, .span_min = 1, .span_max = 5, .points = 12};
    cr_assert_eq(minibatch_open(&b, &d, &plan, 3, &fault), 0);
    size_t fewest = 100, most = 0;
    double first = 100, last = 0, longest = 0;
    bool gaps = false;
    for (uint64_t step = 1; step < 4000; step++) {
        const nodec_batch *n = minibatch_at(&b, step);
        const float *t = n->t, *y = n->target;
        cr_assert(n->batch == 1 && n->times >= 2 && n->times <= 12 && n->times <= b.times);
        for (size_t i = 0; i < n->times; i++) {
            cr_assert(find_row(&d, 0, t[i], y + 2 * i) >= 0, "an observation that is none");
            if (i) cr_assert(t[i] > t[i - 1]);
            if (i && t[i] > t[i - 1] + 0.3f) gaps = true;
        }
        cr_assert(!memcmp(n->start, y, 2 * sizeof *y));
        if (n->times < fewest) fewest = n->times;
        if (n->times > most) most = n->times;
        first = fmin(first, t[0]), last = fmax(last, t[n->times - 1]);
        longest = fmax(longest, t[n->times - 1] - t[0]);
    }
    cr_expect(fewest >= 5 && fewest <= 6 && most == 12 && gaps);
    cr_expect(first < 0.21 && last > 9.3 && longest < 5.001 && longest > 4.5);
    minibatch_close(&b);
    data_close(&d);
}

Test(data, a_batch_depends_on_its_step_only)
{
    nodec_simulation s = simulation(7);
    dataset d = simulate(&s, 0);
    static const nodec_batching plan[] = {
        {.kind = NODEC_BATCH_FULL}, {.kind = NODEC_BATCH_SOME, .count = 3},
        {.kind = NODEC_BATCH_SPAN, .span_min = 1, .span_max = 5, .points = 12},
        {.kind = NODEC_BATCH_SPAN, .span_min = 1, .span_max = 5, .count = 4},
        {.kind = NODEC_BATCH_ROWS, .rows = 10}, {.kind = NODEC_BATCH_ROWS, .rows = 10, .count = 5, .points = 6},
    };
    for (size_t p = 0; p < COUNT_OF(plan); p++) {
        minibatch a, b;
        nodec_fault fault = {0};
        cr_assert_eq(minibatch_open(&a, &d, &plan[p], 3, &fault), 0, "%s", fault.text);
        cr_assert_eq(minibatch_open(&b, &d, &plan[p], 3, &fault), 0);
        for (uint64_t step = 1; step < 40; step++) {
            const nodec_batch *x = minibatch_at(&a, step), *y = minibatch_at(&b, 40 - step);
            y = minibatch_at(&b, step);
            cr_assert(x->batch == y->batch && x->times == y->times && x->t_stride == y->t_stride);
            cr_assert(x->batch <= a.batch && x->times <= a.times);
            cr_assert(!memcmp(x->target, y->target, x->batch * x->times * 2 * sizeof(float)), "plan %zu", p);
            cr_assert(!memcmp(x->start, y->start, x->batch * 2 * sizeof(float)));
            cr_assert(!memcmp(x->t, y->t, (x->t_stride ? x->batch : 1) * x->times * sizeof(float)));
        }
        minibatch_close(&a);
        minibatch_close(&b);
    }
    data_close(&d);
}

Test(data, several_windows_have_their_own_times)
{
    nodec_simulation s = simulation(5);
    const nodec_value drawn = {.name = "x", .draw = {NODEC_NORMAL, 0, 1}, .count = 2};
    s.value = &drawn;
    dataset d = simulate(&s, 0);
    minibatch b;
    nodec_fault fault = {0};
    cr_assert_eq(minibatch_open(&b, &d, &(nodec_batching){.kind = NODEC_BATCH_SPAN, .span_min = 1, .span_max = 3, .count = 6}, 1, &fault), 0);
    bool seen[5] = {false};
    for (uint64_t step = 1; step < 50; step++) {
        const nodec_batch *n = minibatch_at(&b, step);
        cr_assert(n->batch == 6 && n->t_stride == n->times);
        for (size_t w = 0; w < 6; w++) {
            bool found = false;
            for (size_t k = 0; k < 5; k++) {
                size_t i = 0;
                while (i < n->times && find_row(&d, k, ((float *)n->t)[w * n->times + i], (float *)n->target + 2 * (i * 6 + w)) >= 0) i++;
                if (i == n->times) found = seen[k] = true;
            }
            cr_assert(found, "window %zu is of no trajectory", w);
            cr_assert(!memcmp((float *)n->start + 2 * w, (float *)n->target + 2 * w, 2 * sizeof(float)));
        }
    }
    for (size_t k = 0; k < 5; k++) cr_expect(seen[k]);
    minibatch_close(&b);
    data_close(&d);
}

Test(data, an_epoch_sees_every_trajectory_once)
{
    nodec_simulation s = simulation(7);
    const nodec_value drawn = {.name = "x", .draw = {NODEC_NORMAL, 0, 1}, .count = 2};
    s.value = &drawn;
    dataset d = simulate(&s, 0);
    minibatch b;
    nodec_fault fault = {0};
    cr_assert_eq(minibatch_open(&b, &d, &(nodec_batching){.kind = NODEC_BATCH_SOME, .count = 3}, 1, &fault), 0);
    cr_assert(b.per_epoch == 3 && b.shared);
    bool shuffled = false;
    for (uint64_t epoch = 0; epoch < 5; epoch++) {
        size_t times_seen[7] = {0}, place = 0;
        for (uint64_t i = 0; i < 3; i++) {
            const nodec_batch *n = minibatch_at(&b, 3 * epoch + i + 1);
            cr_expect(n->batch == (i < 2 ? 3 : 1) && n->times == TIMES && n->t_stride == 0);
            for (size_t w = 0; w < n->batch; w++, place++)
                for (size_t k = 0; k < 7; k++)
                    if (!memcmp((float *)n->start + 2 * w, (float *)d.y + 2 * d.first[k], 2 * sizeof(float))) {
                        times_seen[k]++;
                        if (k != place) shuffled = true;
                    }
        }
        for (size_t k = 0; k < 7; k++) cr_expect_eq(times_seen[k], 1);
    }
    cr_expect(shuffled);
    minibatch_close(&b);
    data_close(&d);
}

/* Every subset of k of n rows is as likely as any other: here every row. */
Test(data, points_are_chosen_fairly)
{
    nodec_simulation s = simulation(1);
    dataset d = simulate(&s, 0);
    minibatch b;
    nodec_fault fault = {0};
    const nodec_batching plan = {.kind = NODEC_BATCH_ROWS, .rows = TIMES, .points = 10};
    cr_assert_eq(minibatch_open(&b, &d, &plan, 3, &fault), 0);
    size_t chosen[TIMES] = {0};
    enum { STEPS = 20000 };
    for (uint64_t step = 1; step <= STEPS; step++) {
        const nodec_batch *n = minibatch_at(&b, step);
        cr_assert_eq(n->times, 10);
        for (size_t i = 0; i < 10; i++) chosen[(size_t)lround((double)((float *)n->t)[i] / 0.2)]++;
    }
    for (size_t i = 0; i < TIMES; i++)
        cr_expect(fabs((double)chosen[i] / STEPS - 0.2) < 0.015, "row %zu: %zu times", i, chosen[i]);
    minibatch_close(&b);
    data_close(&d);
}

Test(data, batches_that_cannot_be_are_refused, .init = make_file, .fini = remove_file)
{
    static const char ragged[] = "s,time,a,b\nx,0,1,2\nx,1,1,2\ny,0,1,2\ny,1,1,2\ny,2,1,2\n", decay[] = "t,n\n0,1\n1,2\n";
    static const struct { nodec_batching plan; const char *says; } row[] = {
        {{.kind = NODEC_BATCH_FULL}, "different lengths"}, {{.kind = NODEC_BATCH_SOME, .count = 2}, "different lengths"},
        {{.kind = NODEC_BATCH_SPAN}, "span must be positive"}, {{.kind = NODEC_BATCH_SPAN, .span_min = 2, .span_max = 1}, "span"},
        {{.kind = NODEC_BATCH_ROWS, .rows = 1}, "at least 2 observations"},
        {{.kind = NODEC_BATCH_ROWS, .rows = 5, .points = 1}, "at least 2 points"},
        {{.kind = NODEC_BATCH_SOME, .count = 1}, NULL}, {{.kind = NODEC_BATCH_ROWS, .rows = 5}, NULL},
    };
    dataset d;
    minibatch b;
    nodec_fault fault = {0};
    write_file(ragged, strlen(ragged));
    cr_assert_eq(open_table(&d, "s", &fault), 0);
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        nodec_fault why = {0};
        const int status = minibatch_open(&b, &d, &row[i].plan, 0, &why);
        cr_expect_eq(status, row[i].says ? NODEC_EXIT_DATA : 0, "row %zu", i);
        if (row[i].says) cr_expect(strstr(why.text, row[i].says), "row %zu: %s", i, why.text);
        for (uint64_t step = 1; !status && step < 20; step++) cr_expect(minibatch_at(&b, step)->times <= 3);
        if (!status) minibatch_close(&b);
    }
    data_close(&d);
    write_file(decay, strlen(decay));
    const nodec_table table = {.path = path};
    cr_assert_eq(data_open(&d, &fake_decay_double, &(nodec_source){.table = &table}, 0, NULL, &fault), 0);
    cr_expect_eq(minibatch_open(&b, &d, &(nodec_batching){.kind = NODEC_BATCH_ROWS, .rows = 2}, 0, &fault), NODEC_EXIT_DATA);
    cr_expect(strstr(fault.text, "says itself where it starts"), "%s", fault.text);
    data_close(&d);
}
