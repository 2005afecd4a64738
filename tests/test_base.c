/* test_base.c: memory, names, text, files. */
#include "base/base.h"
#include "base/diag.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Test(base, arena_memory_is_zeroed_aligned_and_apart)
{
    Arena arena = { 0 };
    unsigned char *at[400];
    for (size_t i = 0; i < COUNT(at); i++) {
        size_t n = i * i;                           /* from nothing to blocks of their own */
        at[i] = arena_alloc(&arena, n);
        cr_assert((uintptr_t)at[i] % 16 == 0);
        for (size_t k = 0; k < n; k++) cr_assert(at[i][k] == 0);
        memset(at[i], (int)(i & 255), n);
    }
    for (size_t i = 0; i < COUNT(at); i++)
        for (size_t k = 0; k < i * i; k++) cr_assert(at[i][k] == (i & 255));
    arena_free(&arena);
    cr_assert(*(char *)arena_alloc(&arena, 1) == 0);
    arena_free(&arena);
}

Test(base, arena_out_of_memory_goes_where_it_is_told)
{
    Escape out;
    Heap heap = { .fail = &out };
    Arena arena = { .heap = &heap };
    if (!setjmp(out.to)) {
        arena_alloc(&arena, SIZE_MAX - 100);
        cr_assert(false, "there is no such memory");
    }
    arena_free(&arena);
}

Test(base, a_bug_goes_where_it_is_told_with_its_text)
{
    Escape out;
    Heap heap = { .fail = &out };
    Arena arena = { .heap = &heap };
    int why = setjmp(out.to);
    if (!why) arena_bug(&arena, "%d sides of a triangle", 4);
    cr_assert_eq(why, HEAP_BUG);
    cr_assert_str_eq(out.bug, "a bug in nodec, at tests/test_base.c:49: 4 sides of a triangle");
}

Test(base, a_heap_frees_what_its_arenas_left_behind)
{
    Heap heap = { .largest = 64 };
    Arena one = { .heap = &heap }, two = { .heap = &heap };
    for (size_t i = 0; i < 300; i++) {
        memset(arena_alloc(&one, i), 1, i);
        memset(arena_alloc(&two, 3 * i), 2, 3 * i);
        if (i % 50 == 0) arena_free(&one);
        if (i % 70 == 0) arena_clear(&two);
    }
    heap_free(&heap);                       /* the address sanitizer knows whether that was all */
    cr_assert_null(heap.block);
}

Test(base, vec_keeps_what_was_pushed)
{
    Arena arena = { 0 };
    VEC(int) v = { 0 };
    for (int i = 0; i < 10000; i++) VEC_PUSH(&arena, v) = i;
    cr_assert(v.count == 10000);
    for (int i = 0; i < 10000; i++) cr_assert(v.at[i] == i);
    arena_free(&arena);
}

Test(base, vec_keeps_what_was_pushed_when_it_gets_room)
{
    Arena arena = { 0 };
    VEC(int) v = { 0 }, other = { 0 };
    for (int i = 0; i < 5; i++) VEC_PUSH(&arena, v) = i, VEC_PUSH(&arena, other) = -i;
    VEC_ROOM(&arena, v, 1000);
    VEC_ROOM(&arena, v, 10);
    cr_assert(v.room >= 1000 && v.count == 5);
    int *at = v.at;
    for (int i = 5; i < 1000; i++) VEC_PUSH(&arena, v) = i;
    cr_expect_eq(at, v.at);
    for (int i = 0; i < 1000; i++) cr_expect_eq(v.at[i], i);
    arena_free(&arena);
}

Test(base, equal_names_are_equal_pointers)
{
    Arena arena = { 0 };
    Names names = { .arena = &arena };
    Name name[3000];
    for (int i = 0; i < 3000; i++) name[i] = name_of(&names, arena_printf(&arena, "n%d", i));
    for (int i = 0; i < 3000; i++) {
        cr_assert(name[i] == name_of_n(&names, arena_printf(&arena, "n%dx", i), strlen(name[i])));
        cr_assert(i == 0 || name[i] != name[i - 1]);
    }
    cr_assert(names.count == 3000);
    arena_free(&arena);
}

Test(base, the_name_that_was_meant)
{
    static const char *const known[] = { "hidden", "solver", "optimizer", "lr", "t", "gradient", "h_max" };
    static const struct { const char *wrong, *meant; } row[] = {
        { "solvr", "solver" },      { "slover", "solver" },  { "Solver", "solver" },  { "optimiser", "optimizer" },
        { "h_mx", "h_max" },        { "hmax", "h_max" },     { "T", "t" },            { "x", NULL },
        { "steps", NULL },          { "gradeint", "gradient" }, { "", NULL },         { "rl", "lr" },
        { "averyveryveryveryveryverylongnamethatnobodyhas", NULL },
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        const char *meant = name_nearest(row[i].wrong, known, COUNT(known));
        cr_expect(row[i].meant ? meant && !strcmp(meant, row[i].meant) : !meant, "%s: %s", row[i].wrong,
                  meant ? meant : "nothing");
    }
}

Test(base, reals_as_text)
{
    static const struct { double value; const char *text; } row[] = {
        { 0, "0" },          { -0.0, "-0" },      { 1, "1" },           { 0.1, "0.1" },
        { 1e-4, "0.0001" },  { 1e-5, "1e-5" },    { 123456, "123456" }, { 1000000, "1000000" },
        { 3e7, "3e7" },      { 12345678, "12345678" }, { 31.45, "31.45" }, { -2.5, "-2.5" },
        { 1e22, "1e22" },    { 5e-324, "5e-324" }, { 1.7976931348623157e308, "1.7976931348623157e308" },
        { INFINITY, "inf" }, { -INFINITY, "-inf" }, { NAN, "nan" },
    };
    Arena arena = { 0 };
    for (size_t i = 0; i < COUNT(row); i++) {
        Text text = { .arena = &arena };
        text_real(&text, row[i].value, false);
        cr_expect_str_eq(text_string(&text), row[i].text);
    }
    arena_free(&arena);
}

Test(base, reals_read_back_to_the_bit)
{
    Arena arena = { 0 };
    for (uint64_t i = 0; i < 20000; i++) {
        uint64_t bits = hash_bytes(&i, sizeof i, 7);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isnan(value)) continue;
        Text text = { .arena = &arena }, single = { .arena = &arena };
        text_real(&text, value, false);
        cr_assert(real_read(text_string(&text), NULL) == value, "%a: %s", value, text_string(&text));
        float narrow = (float)value;
        text_real(&single, (double)narrow, true);
        cr_assert((float)real_read(text_string(&single), NULL) == narrow, "%a: %s", (double)narrow, text_string(&single));
        if (isfinite(narrow)) cr_assert(strlen(text_string(&single)) <= 16);
        if (i % 1000 == 0) arena_free(&arena);
    }
    arena_free(&arena);
}

Test(base, text_goes_where_it_is_wanted)
{
    Arena arena = { 0 };
    for (size_t at = 0; at <= 5; at++) {
        Text text = { .arena = &arena }, some = text, none = text;
        text_add(&text, "wrote");
        for (unsigned i = 0; i < 100; i++) text_printf(&some, "%u,", i);
        text_insert(&text, at, &some);
        text_insert(&text, at, &none);
        cr_expect_str_eq(text_string(&text), arena_printf(&arena, "%.*s%s%s", (int)at, "wrote", text_string(&some), &"wrote"[at]));
        cr_expect_eq(text.length, strlen(text.at));
    }
    arena_free(&arena);
}

Test(base, a_file_is_written_whole_or_not_at_all)
{
    Arena arena = { 0 };
    char folder[] = "/tmp/nodec-base-XXXXXX";
    cr_assert(mkdtemp(folder));
    const char *path = arena_printf(&arena, "%s/a", folder), *link = arena_printf(&arena, "%s/link", folder);
    size_t length;
    cr_assert(file_write(path, "one\0two", 7) == 0);
    cr_assert(!memcmp(file_read(&arena, path, &length), "one\0two", 8) && length == 7);

    chmod(path, 0640);
    cr_assert(symlink("a", link) == 0 && file_write(link, "new", 3) == 0);
    cr_assert_str_eq(file_read(&arena, path, &length), "new");
    struct stat st;
    cr_assert(lstat(link, &st) == 0 && S_ISLNK(st.st_mode), "the link is still one");
    cr_assert(stat(path, &st) == 0 && (st.st_mode & 0777) == 0640, "the file keeps its mode");

    cr_assert(file_write(arena_printf(&arena, "%s/none/a", folder), "x", 1) == -1 && errno == ENOENT);
    cr_assert(file_write(folder, "x", 1) == -1 && errno == EISDIR);
    cr_assert(file_write("/dev/null", "x", 1) == 0);
    cr_assert(!file_read(&arena, folder, &length) && errno == EISDIR);
    cr_assert(!file_read(&arena, arena_printf(&arena, "%s/none", folder), &length) && errno == ENOENT);

    unlink(link);
    unlink(path);
    cr_expect(rmdir(folder) == 0, "nothing temporary is left");
    arena_free(&arena);
}

Test(base, messages_show_their_line)
{
    Arena arena = { 0 };
    Source source = { "m.node", "odef A {\n\tlet caf\xc3\xa9 = \xff + b\n}\n", 30 };
    Diags diags = { .arena = &arena };
    diag_error(&diags, (Span){ &source, 2, 18, 2, 19 }, "`%s` is not known", "b");
    diag_note(&diags, (Span){ &source, 1, 6, 1, 7 }, "in here");
    diag_help(&diags, "did you mean `a`?");
    diag_warning(&diags, (Span){ 0 }, "no place");
    Text text = { .arena = &arena };
    diag_render(&diags, &text, false);
    cr_expect_str_eq(text_string(&text),
                     "m.node:2:18: error: `b` is not known\n"
                     "    2 |     let caf\xc3\xa9 = ? + b\n"
                     "      |                    ^\n"
                     "m.node:1:6: note: in here\n"
                     "    1 | odef A {\n"
                     "      |      ^\n"
                     "help: did you mean `a`?\n"
                     "warning: no place\n");
    cr_expect(diags.errors == 1);
    arena_free(&arena);
}
