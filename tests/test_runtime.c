/* test_runtime.c: random numbers, numbers as text, faults, threads, rates, windows, progress,
 * weight files and what hostile ones meet. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cache.h"
#include "fake.h"
#include "metrics.h"
#include "minibatch.h"
#include "npy.h"
#include "philox.h"
#include "pool.h"
#include "progress.h"
#include "rate.h"
#include "real.h"
#include "safetensors.h"
#include "store.h"

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

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_bytes(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    cr_assert(f);
    cr_assert(fwrite(bytes, 1, n, f) == n);
    cr_assert(!fclose(f));
}

/* ---- random numbers ------------------------------------------------------------------------------ */

/* The known answers that come with Random123 (kat_vectors, philox4x32 10). */
Test(runtime, philox_gives_the_known_answers)
{
    static const struct { uint32_t c[4], k[2], r[4]; } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        nodec_random c;
        memcpy(c.w, known[i].c, sizeof c.w);
        const nodec_random r = nodec_philox(c, known[i].k[0], known[i].k[1]);
        cr_expect_arr_eq(r.w, known[i].r, sizeof r.w, "vector %zu", i);
    }
}

Test(runtime, draws_have_their_law_and_depend_on_every_argument)
{
    const uint64_t stream = nodec_stream(7, "noise");
    double sum = 0, squares = 0, low = 1, high = 0, uniform = 0;
    enum { N = 100000 };
    for (uint32_t i = 0; i < N; i++) {
        const double x = nodec_normal(stream, 3, i, 5), u = nodec_uniform(stream, 3, i, 5);
        cr_assert(isfinite(x) && u >= 0 && u < 1);
        sum += x, squares += x * x, uniform += u;
        low = fmin(low, u), high = fmax(high, u);
    }
    cr_expect(fabs(sum / N) < 0.02 && fabs(squares / N - 1) < 0.03 && fabs(uniform / N - 0.5) < 0.005);
    cr_expect(low < 1e-4 && high > 1 - 1e-4);

    const double one = nodec_uniform(stream, 3, 4, 5);
    cr_expect(one == nodec_uniform(stream, 3, 4, 5));
    cr_expect(one != nodec_uniform(stream, 4, 4, 5));
    cr_expect(one != nodec_uniform(stream, (uint64_t)1 << 40 | 3, 4, 5));
    cr_expect(one != nodec_uniform(stream, 3, 5, 5));
    cr_expect(one != nodec_uniform(stream, 3, 4, 6));
    cr_expect(one != nodec_uniform(nodec_stream(8, "noise"), 3, 4, 5));
    cr_expect(one != nodec_uniform(nodec_stream(7, "noisf"), 3, 4, 5));
}

/* ---- numbers ---------------------------------------------------------------------------------------- */

Test(runtime, printed_numbers_are_short_and_read_back)
{
    static const struct { double value; const char *text; bool single; } row[] = {
        {0.1, "0.1", false}, {1.0 / 3, "0.3333333333333333", false}, {1e22, "1e+22", false}, {-0.0, "-0", false},
        {0.1f, "0.1", true}, {5e-324, "4.94065645841247e-324", false}, {NAN, "NaN", false}, {-INFINITY, "-Infinity", false},
    };
    char text[REAL_TEXT];
    double back;
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        cr_expect_eq((size_t)real_print(text, row[i].value, row[i].single), strlen(text));
        cr_expect_str_eq(text, row[i].text);
    }
    for (uint32_t i = 0; i < 2000; i++) {
        const double value = nodec_normal(1, 0, 0, i) * pow(10, (int)(i % 600) - 300);
        real_print(text, value, false);
        cr_expect(real_parse(text, &back) && back == value, "%s", text);
        const float single = (float)(value / pow(10, (int)(i % 600) - 300) * pow(10, (int)(i % 60) - 30));
        real_print(text, single, true);
        cr_expect(real_parse(text, &back) && (float)back == single, "%s", text);
    }
}

/* The shortest that printf can do. */
static int printed(char *text, double value, bool single)
{
    int length = 0;
    for (int digits = single ? 6 : 15; digits <= 17; digits++) {
        length = snprintf(text, REAL_TEXT, "%.*g", digits, value);
        if (single ? (float)strtod(text, NULL) == (float)value : strtod(text, NULL) == value) break;
    }
    return length;
}

static void same_text(double value, bool single)
{
    char text[REAL_TEXT], wanted[REAL_TEXT];
    const int length = real_print(text, value, single), as_long = printed(wanted, value, single);
    cr_assert(length == as_long && !strcmp(text, wanted), "%a is %s, not %s", value, text, wanted);
}

Test(runtime, numbers_are_printed_as_printf_would)
{
    for (uint32_t i = 0; i < 200000; i++) {
        const nodec_random drawn = nodec_bits(1, 0, i, 0);
        const uint64_t word = drawn.w[0] | (uint64_t)drawn.w[1] << 32;
        double value;
        float single;
        memcpy(&value, &word, sizeof value);
        memcpy(&single, &word, sizeof single);
        if (i % 2) value = ldexp((double)(word >> 11), -(int)(i % 120));        /* near 1           */
        if (i % 4 == 1) value = (double)(word % 1000000) / 1000;                /* few digits       */
        if (i % 8 == 1) value = ldexp((double)(word % 4096), -(int)(i % 40));   /* halves between two */
        if (isfinite(value)) same_text(value, false);
        if (isfinite(single)) same_text((double)single, true);
        if (isfinite((float)value)) same_text((double)(float)value, true);
    }
    for (int e = -1074; e < 1024; e++) same_text(ldexp(1, e), false);
    for (int e = -149; e < 128; e++) same_text(ldexp(1, e), true);
}

Test(runtime, only_plain_decimal_numbers_parse)
{
    static const char *const bad[] = {"", " 1", "1 ", "0x10", "nan", "inf", "1,5", "1e", "--1", "1.2.3", "e5", "+"};
    double value;
    for (size_t i = 0; i < COUNT_OF(bad); i++) cr_expect(!real_parse(bad[i], &value), "`%s`", bad[i]);
    cr_expect(real_parse("-1.5e-3", &value) && value == -1.5e-3);
}

Test(runtime, the_first_bad_real_is_found_anywhere)
{
    float f[100] = {0};
    double d[100] = {0};
    for (size_t n = 0; n < 100; n++) {
        cr_expect_eq(real_first_bad(f, 4, n), n);
        cr_expect_eq(real_first_bad(d, 8, n), n);
    }
    static const double evil[] = {INFINITY, -INFINITY, NAN};
    for (size_t i = 0; i < 100; i++)
        for (size_t e = 0; e < 3; e++) {
            f[i] = (float)evil[e], d[i] = evil[e];
            cr_expect_eq(real_first_bad(f, 4, 100), i);
            cr_expect_eq(real_first_bad(d, 8, 100), i);
            f[i] = 3.4e38f, d[i] = -1.7e308;
        }
    cr_expect_eq(real_first_bad(f, 4, 100), 100);
    cr_expect_eq(real_first_bad(d, 8, 100), 100);
}

/* ---- faults --------------------------------------------------------------------------------------- */

Test(runtime, a_fault_keeps_the_first_message_and_suggests)
{
    static const char *const names[] = {"Year", "Hare", "Lynx"};
    nodec_fault f = {0};
    cr_expect_eq(fault_at(&f, NODEC_EXIT_DATA, "a.csv", 3, 7, "no `%s`", "Haer"), NODEC_EXIT_DATA);
    fault_suggest(&f, "Haer", names, 3);
    fault_set(&f, NODEC_EXIT_IO, "later");
    cr_expect_eq(f.status, NODEC_EXIT_DATA);
    cr_expect_str_eq(f.text, "a.csv:3:7: error: no `Haer`\nhelp: did you mean `Hare`?");
    nodec_fault g = {0};
    fault_set(&g, NODEC_EXIT_DATA, "no `x`");
    fault_suggest(&g, "x", names, 3);
    cr_expect_str_eq(g.text, "nodec: error: no `x`\nnote: there is `Year`, `Hare`, `Lynx`");
    nodec_fault h = {0};
    char *lots = malloc(5000);
    memset(lots, 'a', 4999), lots[4999] = 0;
    fault_set(&h, NODEC_EXIT_BUG, "%s", lots);
    fault_suggest(&h, lots, names, 3);
    cr_expect_eq(strlen(h.text), sizeof h.text - 1);
    free(lots);
}

/* ---- threads ---------------------------------------------------------------------------------------- */

typedef struct counts { size_t count[200]; size_t sum; } counts;

static void count_task(void *arg, size_t i) { ((counts *)arg)->count[i]++; }

Test(runtime, a_pool_runs_every_task_once)
{
    for (size_t threads = 2; threads <= 5; threads++) {
        nodec_fault fault = {0};
        pool *p = pool_open(threads, &fault);
        cr_assert(p, "%s", fault.text);
        const nodec_parallel *run = pool_parallel(p);
        counts c = {0};
        size_t expected[200] = {0};
        for (size_t round = 0; round < 300; round++) {
            const size_t n = round % 7 == 6 ? 200 : round % 5;
            run->run(run->pool, n, count_task, &c);
            for (size_t i = 0; i < n; i++) expected[i]++;
            if (round % 100 == 50) usleep(3000);        /* long enough to fall asleep           */
        }
        cr_expect_arr_eq(c.count, expected, sizeof expected);
        pool_close(p);
    }
    nodec_fault fault = {0};
    cr_expect_null(pool_open(1, &fault));
    cr_expect_null(pool_open(0, &fault));
    cr_expect_eq(fault.status, 0);
    cr_expect_null(pool_parallel(NULL));
    cr_expect_null(pool_open(100000, &fault));
    cr_expect_eq(fault.status, NODEC_EXIT_USAGE);
}

/* ---- schedules ---------------------------------------------------------------------------------------- */

Test(runtime, schedules_have_their_shape)
{
    const nodec_rate constant = {.kind = NODEC_RATE_constant}, warm = {.kind = NODEC_RATE_constant, .warmup = 4},
                     step = {.kind = NODEC_RATE_step, .every = 10, .factor = 0.5},
                     cosine = {.kind = NODEC_RATE_cosine, .end = 0.1};
    cr_expect_eq(rate_at(&constant, 1, 100), 1);
    cr_expect_eq(rate_at(&warm, 1, 100), 0.25);
    cr_expect_eq(rate_at(&warm, 4, 100), 1);
    cr_expect_eq(rate_at(&step, 10, 100), 1);
    cr_expect_eq(rate_at(&step, 11, 100), 0.5);
    cr_expect_eq(rate_at(&step, 31, 100), 0.125);
    cr_expect_eq(rate_at(&cosine, 1, 100), 1);
    cr_expect_float_eq(rate_at(&cosine, 51, 100), 0.55, 1e-12);
    for (uint64_t s = 2; s <= 100; s++) cr_expect(rate_at(&cosine, s, 100) < rate_at(&cosine, s - 1, 100));
    cr_expect_eq(rate_at(&cosine, 101, 100), 0.1);
    nodec_fault fault = {0};
    cr_expect_eq(rate_check(&step, &fault), 0);
    cr_expect_eq(rate_check(&(nodec_rate){.kind = NODEC_RATE_step}, &fault), NODEC_EXIT_DATA);
}

/* ---- progress -------------------------------------------------------------------------------------------- */

Test(runtime, the_bar_has_tqdms_layout)
{
    char text[256];
    progress_print(text, sizeof text, 1350, 0, 3000, 12.24, 0.0012, "", true);
    cr_expect_str_eq(text, " 45%|████▌     | 1350/3000 [00:12<00:14, 110.3it/s, loss=0.0012]");
    progress_print(text, sizeof text, 3000, 0, 3000, 3725, 1e-5, "", false);
    cr_expect_str_eq(text, "100%|##########| 3000/3000 [1:02:05<00:00, 1.24s/it, loss=1e-05]");
    progress_print(text, sizeof text, 0, 0, 3000, 0, NAN, ", accuracy=0.5", false);
    cr_expect_str_eq(text, "  0%|          | 0/3000 [00:00<?, ?it/s, loss=nan, accuracy=0.5]");
    progress_print(text, sizeof text, 500, 0, 1000, 2, PROGRESS_NO_LOSS, "", false);
    cr_expect_str_eq(text, " 50%|#####     | 500/1000 [00:02<00:02, 250.0it/s]");
}

/* ---- safetensors ----------------------------------------------------------------------------------------- */

static int save(const char *path, const nodec_module *m, void *theta, const char *const *notes, nodec_fault *fault)
{
    learned l = learned_of_module(m);
    l.theta = theta;
    return weights_save(path, &l, notes, fault);
}

static int load(const char *path, const nodec_module *m, void *theta, nodec_fault *fault)
{
    learned l = learned_of_module(m);
    l.theta = theta;
    return weights_load(path, &l, fault);
}

Test(runtime, weights_come_back_exactly, .init = make_folder, .fini = remove_folder)
{
    const char *path = in_folder("w.safetensors"), *const notes[] = {"step", "3", NULL};
    nodec_fault fault = {0};
    float w[4] = {0.1f, -2, 3e-40f, 4}, back[4];
    double wide[4];
    cr_assert_eq(save(path, &fake_linear_float, w, notes, &fault), 0, "%s", fault.text);
    cr_assert_eq(load(path, &fake_linear_float, back, &fault), 0, "%s", fault.text);
    cr_expect_arr_eq(w, back, sizeof w);
    cr_assert_eq(load(path, &fake_linear_double, wide, &fault), 0, "%s", fault.text);
    for (int i = 0; i < 4; i++) cr_expect_eq(wide[i], (double)w[i]);

    safetensors s;
    cr_assert_eq(safetensors_open(&s, path, &fault), 0);
    cr_assert_eq(s.count, 1);
    cr_expect_str_eq(s.at[0].name, "W");
    cr_expect_str_eq(s.at[0].dtype, "F32");
    cr_expect(s.at[0].rank == 2 && s.at[0].shape[0] == 2 && s.at[0].shape[1] == 2);
    cr_expect_eq(s.data % 8, 0);
    cr_expect_null(safetensors_find(&s, "V"));
    safetensors_close(&s);
}

Test(runtime, positive_parameters_are_stored_by_their_value, .init = make_folder, .fini = remove_folder)
{
    const char *path = in_folder("d.safetensors");
    nodec_fault fault = {0};
    double theta[2] = {0.5, 3}, back[2], natural;
    cr_assert_eq(save(path, &fake_decay_double, theta, NULL, &fault), 0);
    safetensors s;
    cr_assert_eq(safetensors_open(&s, path, &fault), 0);
    cr_assert_eq(safetensors_read(&s, safetensors_find(&s, "n0"), 8, &natural, &fault), 0);
    cr_expect_float_eq(natural, 3, 1e-15);
    safetensors_close(&s);
    cr_assert_eq(load(path, &fake_decay_double, back, &fault), 0);
    cr_expect_float_eq(back[0], theta[0], 1e-15);
    cr_expect_eq(load(path, &fake_linear_double, back, &fault), NODEC_EXIT_DATA);
    cr_expect(strstr(fault.text, "there is no `W`"), "%s", fault.text);
}

/* A file of a header and so many bytes of data; n < 0: the header's own length. */
static void write_tensors(const char *path, const char *header, long n, size_t data)
{
    unsigned char bytes[4096] = {0};
    const size_t length = strlen(header), says = n < 0 ? length : (size_t)n;
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)((uint64_t)says >> 8 * i);
    memcpy(bytes + 8, header, length);
    write_bytes(path, bytes, 8 + length + data);
}

Test(runtime, hostile_safetensors_are_refused, .init = make_folder, .fini = remove_folder)
{
    static const struct { const char *header; long n; size_t data; const char *says; } row[] = {
        {"", -1, 0, "does not begin with"},
        {"{}", 1L << 40, 0, "a header of"},
        {"{}", 3, 0, "a header of"},
        {"[]", -1, 0, "does not begin with"},
        {"{\"a\": }", -1, 0, "header, byte"},
        {"{\"a\":{},\"a\":{}}", -1, 0, "duplicate"},
        {"{\"a\":3}", -1, 0, "no dtype"},
        {"{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", -1, 4, "unknown dtype"},
        {"{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", -1, 4, "no shape"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", -1, 4, "no shape"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", -1, 4, "not a number"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", -1, 4, "not a number"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", -1, 0, "too large"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", -1, 4, "no data_offsets"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", -1, 4, "no data_offsets"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", -1, 4, "outside"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", -1, 4, "outside"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", -1, 4, "bytes of data"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
         "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", -1, 6, "overlaps"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
         "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[6,10]}}", -1, 10, "hole"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", -1, 5, "behind the last"},
        {"{\"W\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", -1, 16, "is [4] there and [2, 2]"},
        {"{\"W\":{\"dtype\":\"I32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}", -1, 16, "F32 or F64 is wanted"},
        {"{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}", -1, 16, "there is no `W`"},
        {"{\"W\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
         "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[16,20]}}", -1, 20, "has no parameter `b`"},
    };
    float w[4];
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        nodec_fault fault = {0};
        write_tensors(in_folder("h"), row[i].header, row[i].n, row[i].data);
        cr_expect_eq(load(in_folder("h"), &fake_linear_float, w, &fault), NODEC_EXIT_DATA, "row %zu", i);
        cr_expect(strstr(fault.text, row[i].says), "row %zu: %s", i, fault.text);
    }
    nodec_fault fault = {0};
    write_bytes(in_folder("h"), "1234567", 7);
    cr_expect_eq(load(in_folder("h"), &fake_linear_float, w, &fault), NODEC_EXIT_DATA);
    nodec_fault none = {0}, directory = {0};
    cr_expect_eq(load(in_folder("none"), &fake_linear_float, w, &none), NODEC_EXIT_IO);
    cr_expect_eq(load(folder, &fake_linear_float, w, &directory), NODEC_EXIT_IO);
}

Test(runtime, weights_must_be_finite_and_positive_ones_positive, .init = make_folder, .fini = remove_folder)
{
    const char *path = in_folder("w");
    float w[4] = {1, NAN, 3, 4}, back[4];
    nodec_fault fault = {0};
    cr_assert_eq(save(path, &fake_linear_float, w, NULL, &fault), 0);
    cr_expect_eq(load(path, &fake_linear_float, back, &fault), NODEC_EXIT_DATA);
    cr_expect(strstr(fault.text, "element 1 of `W` is not a finite number"), "%s", fault.text);

    double theta[2];
    nodec_fault negative = {0};
    write_tensors(path, "{\"k\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        "\"n0\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]}}", -1, 16);
    cr_expect_eq(load(path, &fake_decay_double, theta, &negative), NODEC_EXIT_DATA);
    cr_expect(strstr(negative.text, "must be above 0"), "%s", negative.text);
}

/* ---- npy ----------------------------------------------------------------------------------------------- */

Test(runtime, npy_goes_round, .init = make_folder, .fini = remove_folder)
{
    const size_t shape[] = {2, 3};
    for (size_t bytes = 4; bytes <= 8; bytes += 4) {
        FILE *f = fopen(in_folder("a.npy"), "wb");
        npy_head(f, bytes, 2, shape);
        cr_expect_eq(ftell(f) % 64, 0);
        for (int i = 0; i < 6; i++) npy_put(f, bytes, i / 7.0);
        fclose(f);
        npy a;
        nodec_fault fault = {0};
        cr_assert_eq(npy_read(&a, in_folder("a.npy"), &fault), 0, "%s", fault.text);
        cr_expect(a.rank == 2 && a.shape[0] == 2 && a.shape[1] == 3 && a.count == 6);
        for (int i = 0; i < 6; i++) cr_expect_eq(a.at[i], bytes == 4 ? (double)(float)(i / 7.0) : i / 7.0);
        free(a.at);
    }
}

/* numpy.save of labels is '<i8', of pictures '|u1'. */
Test(runtime, npy_of_whole_numbers_is_read, .init = make_folder, .fini = remove_folder)
{
    static const struct { const char *type, *bytes; size_t n; double first, second; } row[] = {
        {"|u1", "\x00\xff", 2, 0, 255}, {"|i1", "\x80\xff", 2, -128, -1}, {"|b1", "\x01\x00", 2, 1, 0},
        {"<i2", "\xfe\xff\x01\x02", 4, -2, 513}, {">u2", "\xfe\xff\x01\x02", 4, 65279, 258},
        {"<i4", "\xff\xff\xff\x7f\x00\x00\x00\x80", 8, 2147483647, -2147483648.0},
        {"<i8", "\xfd\xff\xff\xff\xff\xff\xff\xff\x07\0\0\0\0\0\0", 16, -3, 7},
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        char text[10 + 118 + 16] = "\x93NUMPY\x01\0\x76";
        npy a;
        nodec_fault fault = {0};
        snprintf(text + 10, 119, "%-117s\n", "");
        const int n = snprintf(text + 10, 118, "{'descr': '%s', 'fortran_order': False, 'shape': (2,), }", row[i].type);
        text[10 + n] = ' ';
        memcpy(text + 128, row[i].bytes, row[i].n);
        write_bytes(in_folder("w.npy"), text, 128 + row[i].n);
        cr_assert_eq(npy_read(&a, in_folder("w.npy"), &fault), 0, "%s: %s", row[i].type, fault.text);
        cr_expect(a.count == 2 && a.at[0] == row[i].first && a.at[1] == row[i].second, "%s: %g %g", row[i].type, a.at[0], a.at[1]);
        free(a.at);
    }
}

Test(runtime, hostile_npy_is_refused, .init = make_folder, .fini = remove_folder)
{
#define HEAD(n) "\x93NUMPY\x01\0" n "\0"
    static const struct { const char *bytes; size_t n; const char *says; } row[] = {
        {"", 0, "begin"}, {"\x93NUMPX\x01\0", 8, "begin"}, {"\x93NUMPY\x09\0\0\0\0\0", 12, "version"},
        {HEAD("\x7f"), 10, "cut off"}, {HEAD("\0"), 10, "cut off"},
        {HEAD("\x3a") "{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }   \n\0\0\0\0", 10 + 58 + 4, "Fortran"},
        {HEAD("\x3a") "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }  \n\0\0\0\0", 10 + 58 + 4, "type"},
        {HEAD("\x3a") "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }  \n\0\0\0\0", 10 + 58 + 4, "bytes where"},
        {HEAD("\x3a") "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,),}  \n\0\0\0\0", 10 + 58 + 4, "shape"},
        {HEAD("\x3a") "{'descr': '<f4', 'fortran_order': False, 'shape': 4      }  \n\0\0\0", 10 + 58 + 4, "shape"},
        {HEAD("\x1f") "'fortran_order': False, 'descr'", 10 + 31, "type"},
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        npy a;
        nodec_fault fault = {0};
        write_bytes(in_folder("h.npy"), row[i].bytes, row[i].n);
        cr_expect_eq(npy_read(&a, in_folder("h.npy"), &fault), NODEC_EXIT_DATA, "row %zu", i);
        cr_expect(strstr(fault.text, row[i].says), "row %zu: %s", i, fault.text);
        cr_expect_null(a.at);
    }
}

/* ---- files ----------------------------------------------------------------------------------------------- */

Test(runtime, a_store_appears_whole_or_not_at_all, .init = make_folder, .fini = remove_folder)
{
    store s;
    nodec_fault fault = {0};
    char back[16] = "";
    write_bytes(in_folder("f"), "old", 3);
    cr_assert_eq(store_open(&s, in_folder("f"), &fault), 0);
    fputs("new", s.file);
    FILE *f = fopen(in_folder("f"), "r");
    cr_expect(fgets(back, sizeof back, f) && !strcmp(back, "old"));
    fclose(f);
    cr_assert_eq(store_commit(&s, &fault), 0);
    f = fopen(in_folder("f"), "r");
    cr_expect(fgets(back, sizeof back, f) && !strcmp(back, "new"));
    fclose(f);
    cr_assert_eq(store_open(&s, in_folder("g"), &fault), 0);
    store_drop(&s);
    cr_expect(access(in_folder("g"), F_OK));
    cr_expect_eq(rmdir(folder), -1);
    unlink(in_folder("f"));
    cr_expect_eq(rmdir(folder), 0, "something was left behind");
    cr_expect_eq(store_open(&s, in_folder("f"), &fault), NODEC_EXIT_IO);
    cr_expect(strstr(fault.text, "No such file"), "%s", fault.text);
}

Test(runtime, folders_are_made_and_files_in_the_way_named, .init = make_folder, .fini = remove_folder)
{
    nodec_fault fault = {0};
    cr_expect_eq(store_folder(in_folder("a/b/c"), &fault), 0);
    cr_expect_eq(store_folder(in_folder("a/b/c"), &fault), 0);
    write_bytes(in_folder("file"), "", 0);
    cr_expect_eq(store_folder(in_folder("file"), &fault), NODEC_EXIT_IO);
    cr_expect(strstr(fault.text, "/file") && strstr(fault.text, "Not a directory"), "%s", fault.text);
}

Test(runtime, metrics_keep_whole_lines, .init = make_folder, .fini = remove_folder)
{
    metrics m;
    nodec_fault fault = {0};
    char line[256];
    cr_assert_eq(metrics_open(&m, folder, 0, &fault), 0);
    cr_expect_eq(metrics_step(&m, 1, 0.1, 0.01, 1.0 / 3, &fault), 0);
    cr_expect_eq(metrics_flush(&m, &fault), 0);
    const uint64_t kept = m.offset;
    for (uint64_t i = 2; i < 2000; i++) cr_expect_eq(metrics_step(&m, i, 0.5, 1, 2, &fault), 0);
    cr_expect_eq(metrics_flush(&m, &fault), 0);
    metrics_close(&m);
    cr_assert_eq(metrics_open(&m, folder, kept, &fault), 0);
    cr_expect_eq(metrics_validation(&m, 9, NAN, &fault), 0);
    cr_expect_eq(metrics_flush(&m, &fault), 0);
    metrics_close(&m);
    FILE *f = fopen(in_folder("metrics.jsonl"), "r");
    cr_expect(fgets(line, sizeof line, f));
    cr_expect_str_eq(line, "{\"step\":1,\"loss\":0.1,\"lr\":0.01,\"gradient\":0.3333333333333333}\n");
    cr_expect(fgets(line, sizeof line, f));
    cr_expect_str_eq(line, "{\"step\":9,\"validation\":null}\n");
    cr_expect(!fgets(line, sizeof line, f));
    fclose(f);
    cr_expect_eq(metrics_open(&m, folder, 100000, &fault), NODEC_EXIT_DATA);
}

/* ---- loading compiled text ---------------------------------------------------------------------------------- */

static const char module_text[] =
    "#include \"/dev/null\"\n"
    "typedef struct { unsigned version; unsigned real_bytes; const char *name; unsigned long pad[64]; } m;\n"
    "static const m module = {2, 4, \"Tiny\", {0}};\n"
    "const m *nodec_entry(void) { return &module; }\n";

static void own_cache(void)
{
    make_folder();
    setenv("NODEC_CACHE", in_folder("cache"), 1);
}

static size_t objects(void)
{
    char command[200], text[32] = "";
    snprintf(command, sizeof command, "find %s/cache -name '*.so' | wc -l", folder);
    FILE *f = popen(command, "r");
    cr_assert(f && fgets(text, sizeof text, f));
    pclose(f);
    return (size_t)atoi(text);
}

Test(runtime, compiled_text_is_loaded_and_cached, .init = own_cache, .fini = remove_folder)
{
    nodec_fault fault = {0};
    struct stat st;
    for (int round = 0; round < 3; round++) {
        if (round == 2) setenv("CC", "/nonexistent/cc", 1);
        nodec_engine *e = nodec_load(module_text, sizeof module_text - 1, true, NULL, &fault);
        if (round == 2) {
            cr_expect_null(e);
            cr_expect(fault.status == NODEC_EXIT_IO && strstr(fault.text, "/nonexistent/cc"), "%s", fault.text);
            continue;
        }
        cr_assert(e, "%s", fault.text);
        cr_expect_str_eq(nodec_loaded(e)->name, "Tiny");
        nodec_unload(e);
        cr_expect_eq(objects(), 1);
    }
    cr_assert_eq(stat(in_folder("cache"), &st), 0);
    cr_expect_eq(st.st_mode & 0777, 0700);
}

Test(runtime, a_broken_cache_does_not_matter, .init = own_cache, .fini = remove_folder)
{
    nodec_fault fault = {0};
    write_bytes(in_folder("cache"), "", 0);             /* a file where the folder should be               */
    nodec_engine *e = nodec_load(module_text, sizeof module_text - 1, true, NULL, &fault);
    cr_assert(e, "%s", fault.text);
    nodec_unload(e);
}

Test(runtime, refused_text_is_a_bug_that_keeps_the_text, .init = own_cache, .fini = remove_folder)
{
    nodec_fault fault = {0};
    static const char text[] = "int nodec_entry(void) { return undeclared; }\n";
    cr_expect_null(nodec_load(text, sizeof text - 1, true, NULL, &fault));
    cr_expect_eq(fault.status, NODEC_EXIT_BUG);
    cr_expect(strstr(fault.text, "undeclared") && strstr(fault.text, ".c and "), "%s", fault.text);
    cr_expect_eq(objects(), 0);
}

Test(runtime, the_cache_forgets_old_files, .init = own_cache, .fini = remove_folder)
{
    cache c;
    nodec_fault fault = {0};
    char bytes[1000] = "", name[64];
    cr_assert_eq(cache_open(&c, true, &fault), 0);
    for (int i = 0; i < 5; i++) {
        snprintf(name, sizeof name, "cache/module-%d.so", i);
        write_bytes(in_folder(name), bytes, sizeof bytes);
        const struct timespec when[2] = {{1000 + i, 0}, {1000 + i, 0}};
        if (i < 4) utimensat(AT_FDCWD, in_folder(name), when, 0);
    }
    cache_trim(&c, 2500);
    cr_expect_eq(objects(), 2);
    cr_expect_eq(access(in_folder("cache/module-3.so"), F_OK), 0);
    cache_trim(&c, 0);
    cr_expect_eq(objects(), 1, "what is in use stays");
    cache_close(&c);
}
