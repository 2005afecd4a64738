/* test_idx.c: IDX files, plain and packed, and every way in which one can be broken. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "cache.h"
#include "idx_kept.h"
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

TestSuite(idx, .init = make_file, .fini = remove_file);

static void write_file(const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    cr_assert(f && fwrite(bytes, 1, n, f) == n && !fclose(f));
}

/* The same bytes as a gzip file; its length, and its content in packed. */
static size_t pack(const void *bytes, size_t n, unsigned char packed[4096])
{
    gzFile f = gzopen(path, "wb9");
    cr_assert(f && gzwrite(f, bytes, (unsigned)n) == (int)n && gzclose(f) == Z_OK);
    FILE *back = fopen(path, "rb");
    const size_t length = fread(packed, 1, 4096, back);
    fclose(back);
    cr_assert(length && length < 4096);
    return length;
}

/* Three images of 2x2. */
static const unsigned char images[] = {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2,
                                       1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255};

static int try(nodec_fault *fault)
{
    idx x;
    const int status = idx_open(&x, path, fault);
    cr_expect_eq(status, fault->status);
    cr_expect(!status == (x.data != NULL));
    idx_close(&x);
    return status;
}

static void expect_images(void)
{
    idx x;
    nodec_fault fault = {0};
    cr_assert_eq(idx_open(&x, path, &fault), 0, "%s", fault.text);
    cr_expect(x.type == IDX_U8 && x.count == 3 && x.rank == 2 && x.shape[0] == 2 && x.shape[1] == 2 && x.size == 4);
    for (size_t i = 0; i < 12; i++) cr_expect_eq(idx_at(&x, i), images[16 + i]);
    cr_expect_eq(idx_place(&x, 11), sizeof images - 1);
    idx_close(&x);
}

Test(idx, plain_and_packed_files_are_the_same)
{
    unsigned char packed[4096];
    write_file(images, sizeof images);
    expect_images();
    pack(images, sizeof images, packed);
    expect_images();
}

Test(idx, every_type_is_read)
{
    static const struct { const char *bytes; size_t size; double value[2]; } row[] = {
        {"\0\0\x08\1\0\0\0\2\x00\xff", 10, {0, 255}},
        {"\0\0\x09\1\0\0\0\2\x7f\xff", 10, {127, -1}},
        {"\0\0\x0b\1\0\0\0\2\x01\x00\xff\xfe", 12, {256, -2}},
        {"\0\0\x0c\1\0\0\0\2\0\1\0\0\xff\xff\xff\xfd", 16, {65536, -3}},
        {"\0\0\x0d\1\0\0\0\2\x3f\xc0\0\0\xc0\0\0\0", 16, {1.5, -2}},
        {"\0\0\x0e\1\0\0\0\2\x3f\xf8\0\0\0\0\0\0\xc0\0\0\0\0\0\0\0", 24, {1.5, -2}},
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        idx x;
        nodec_fault fault = {0};
        write_file(row[i].bytes, row[i].size);
        cr_assert_eq(idx_open(&x, path, &fault), 0, "row %zu: %s", i, fault.text);
        cr_expect(x.count == 2 && x.rank == 0 && x.size == 1);
        for (size_t k = 0; k < 2; k++) cr_expect_eq(idx_at(&x, k), row[i].value[k], "row %zu", i);
        idx_close(&x);
    }
}

Test(idx, what_is_wrong_is_said_with_its_byte)
{
    static const struct { const char *bytes; size_t size; const char *says; } row[] = {
        {"", 0, "the file is empty"},
        {"\0\0\x08", 3, "byte 3: the file ends within the 4 bytes"},
        {"PK\3\4", 4, "byte 0: not an IDX file: it begins with 50 4b 03 04"},
        {"\0\1\x08\1\0\0\0\1", 8, "byte 1: not an IDX file"},
        {"\0\0\x0a\1\0\0\0\1z", 9, "byte 2: not an IDX file: there is no type 0a"},
        {"\0\0\x08\0", 4, "byte 3: 0 dimensions"},
        {"\0\0\x08\x09", 4, "byte 3: 9 dimensions"},
        {"\0\0\x08\1\0\0\0", 7, "byte 7: the file ends within the sizes"},
        {"\0\0\x08\2\0\0\0\2", 8, "byte 8: the file ends within the sizes"},
        {"\0\0\x08\1\0\0\0\0", 8, "byte 4: dimension 0 has size 0"},
        {"\0\0\x08\2\0\0\0\2\0\0\0\0", 12, "byte 8: dimension 1 has size 0"},
        {"\0\0\x08\1\xff\xff\xff\xff" "abc", 11, "byte 11: the file ends in item 3 of 4294967295, 4294967292 bytes too early"},
        {"\0\0\x08\3\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 16, "byte 8: the sizes up to dimension 1 make more"},
        {"\0\0\x08\1\0\0\0\1zz", 10, "byte 9: there are bytes behind the last of 1 items"},
    };
    for (size_t i = 0; i < COUNT_OF(row); i++) {
        nodec_fault fault = {0};
        write_file(row[i].bytes, row[i].size);
        cr_expect_eq(try(&fault), NODEC_EXIT_DATA, "row %zu", i);
        cr_expect(strstr(fault.text, row[i].says), "row %zu: %s", i, fault.text);
        cr_expect(strstr(fault.text, path), "row %zu: %s", i, fault.text);
    }
    nodec_fault missing = {0}, folder = {0};
    idx x;
    cr_expect_eq(idx_open(&x, "/tmp/nodec-no-such-file", &missing), NODEC_EXIT_IO);
    cr_expect(strstr(missing.text, "No such file"), "%s", missing.text);
    cr_expect_eq(idx_open(&x, "/tmp", &folder), NODEC_EXIT_IO);
    cr_expect(strstr(folder.text, "directory"), "%s", folder.text);
}

Test(idx, a_file_cut_anywhere_is_refused)
{
    unsigned char packed[4096];
    const size_t n = pack(images, sizeof images, packed);
    for (size_t length = 0; length < sizeof images; length++) {
        nodec_fault fault = {0};
        write_file(images, length);
        cr_expect_eq(try(&fault), NODEC_EXIT_DATA, "%zu bytes: %s", length, fault.text);
    }
    for (size_t length = 0; length < n; length++) {
        nodec_fault fault = {0};
        write_file(packed, length);
        cr_expect_eq(try(&fault), NODEC_EXIT_DATA, "%zu bytes packed: %s", length, fault.text);
        if (length >= 18) cr_expect(strstr(fault.text, "ends in the middle"), "%zu bytes packed: %s", length, fault.text);
    }
}

/* One byte changed: refused, or the flip is where nothing depends on it (gzip's time, system). */
Test(idx, a_damaged_byte_never_changes_what_is_read)
{
    unsigned char packed[4096];
    const size_t n = pack(images, sizeof images, packed);
    for (size_t at = 0; at < n; at++)
        for (int bit = 0; bit < 8; bit++) {
            nodec_fault fault = {0};
            packed[at] ^= (unsigned char)(1 << bit);
            write_file(packed, n);
            if (try(&fault)) cr_expect_eq(fault.status, NODEC_EXIT_DATA, "byte %zu bit %d: %s", at, bit, fault.text);
            else expect_images();
            packed[at] ^= (unsigned char)(1 << bit);
        }
}

Test(idx, more_elements_than_a_gzip_file_can_hold_are_not_believed)
{
    static const unsigned char claims[] = {0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 1, 2, 3};
    unsigned char packed[4096];
    nodec_fault fault = {0};
    pack(claims, sizeof claims, packed);
    cr_expect_eq(try(&fault), NODEC_EXIT_DATA);
    cr_expect(strstr(fault.text, "more than a gzip file of"), "%s", fault.text);
}

/* ---- kept in the cache ------------------------------------------------------------------------- */

enum { NOISE = 400000 };

/* A packed file of noise, which no packing makes small; all it holds, for comparison. */
static unsigned char *write_noise(unsigned seed)
{
    unsigned char *all = malloc(8 + NOISE);
    memcpy(all, "\0\0\x08\1\0\6\x1a\x80", 8);
    for (size_t i = 8; i < 8 + NOISE; i++) all[i] = (unsigned char)((seed = seed * 1664525u + 1013904223u) >> 24);
    gzFile f = gzopen(path, "wb1");
    cr_assert(f && gzwrite(f, all, 8 + NOISE) == 8 + NOISE && gzclose(f) == Z_OK);
    return all;
}

static void expect_noise(const unsigned char *all, bool mapped, const char *when)
{
    idx x;
    nodec_fault fault = {0};
    cr_assert_eq(idx_open_kept(&x, path, &fault), 0, "%s: %s", when, fault.text);
    cr_expect(!x.map == !mapped, "%s: it is %s", when, x.map ? "mapped" : "read");
    cr_expect(x.count == NOISE && x.size == 1 && x.type == IDX_U8 && x.path == path);
    cr_expect(!memcmp(x.data, all + 8, NOISE), "%s: other elements", when);
    idx_close(&x);
}

Test(idx, large_packed_files_are_unpacked_once)
{
    char folder[] = "/tmp/nodec-test-XXXXXX", command[200];
    cr_assert(mkdtemp(folder));
    setenv("NODEC_CACHE", folder, 1);
    unsigned char *one = write_noise(1);
    expect_noise(one, false, "at first");
    expect_noise(one, true, "again");
    unsigned char *two = write_noise(2);
    expect_noise(two, false, "another file of the same name");
    expect_noise(two, true, "and that again");
    snprintf(command, sizeof command, "for f in %s/*.idx; do printf x | dd of=$f bs=1 seek=5000 conv=notrunc 2>/dev/null; done", folder);
    cr_assert(!system(command));
    expect_noise(two, false, "what was kept is damaged");
    expect_noise(two, true, "and mended");
    snprintf(command, sizeof command, "for f in %s/*.idx; do : >$f; done", folder);
    cr_assert(!system(command));
    expect_noise(two, false, "what was kept is empty");
    free(one);
    free(two);
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert(!system(command));
}
