/* test_profile.c: from an address to the statement it was compiled from.
 *
 * A small file with statements of known origins, some of them in functions that are inlined,
 * goes through gcc and clang, as a shared object and as the object file that a compiler in this
 * process would have placed itself.  What is damaged is refused.                            */
#include "cc.h"
#include "dwarf.h"
#include "profile.h"

#include <criterion/criterion.h>

/* Origins 2 and 3 store volatile numbers, so an address of each can be found; 3 inlines. */
static const char text[] =
    "volatile int a, b, c;\n"
    "static inline __attribute__((always_inline)) void deep(int n) { b = n; b = n + 1; }\n"
    "static inline __attribute__((always_inline)) void inlined(int n)\n"
    "{\n"
    "#line 65536 \"nodec-origins\"\n"                   /* origin 4 */
    "    deep(n);\n"
    "#line 1 \"elsewhere\"\n"
    "    c = n;\n"
    "}\n"
    "void entry(int n)\n"
    "{\n"
    "#line 32770 \"nodec-origins\"\n"                   /* origin 2 */
    "    a = n;\n"
    "#line 49152 \"nodec-origins\"\n"                   /* origin 3 */
    "    inlined(n);\n"
    "#line 1 \"elsewhere\"\n"
    "}\n";

static char *bytes_of(const CcFolder *folder, const char *name, size_t *length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "rb");
    cr_assert(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    cr_assert(bytes && fread(bytes, 1, *length, file) == *length);
    fclose(file);
    return bytes;
}

/* The chains of origins that the function's addresses have: 2; 4 in 3; 3 alone. */
static void expect_origins(const char *bytes, size_t length, const char *what)
{
    enum { LOADED = 0x700000, MOST = 4 };
    image m;
    dwarf d;
    nodec_fault fault = { 0 };
    bool two = false, four_in_three = false, three = false;
    cr_assert(image_open(&m, bytes, length, "entry", (const void *)LOADED), "%s", what);
    cr_assert_eq(dwarf_read(&d, &m, PROFILE_FILE, &fault), 0, "%s: %s", what, fault.text);
    for (uint64_t at = LOADED; at < LOADED + 200; at++) {
        uint32_t line[MOST];
        size_t n = dwarf_lines(&d, at, line, MOST);
        for (size_t i = 0; i < n; i++) line[i] /= PROFILE_LINES;
        two |= n == 1 && line[0] == 2;
        three |= n == 1 && line[0] == 3;
        four_in_three |= n == 2 && line[0] == 4 && line[1] == 3;
        cr_expect(n < 3 && (!n || line[0] >= 2) && (n < 2 || line[1] == 3), "%s", what);
    }
    cr_expect(two && three && four_in_three, "%s: not found: %s%s%s", what, two ? "" : "2 ", three ? "" : "3 ",
              four_in_three ? "" : "4 in 3");
    cr_expect_eq(dwarf_lines(&d, 1, (uint32_t[1]){ 0 }, 1), 0);
    dwarf_free(&d);
    image_close(&m);
}

Test(profile, lines_of_statements)
{
    static const char *const compiler[] = { "gcc", "clang" };
    static const char *const way[] = { "-shared -fPIC", "-c -fPIC" };
    CcFolder folder = cc_folder();
    cc_write(&folder, "origins.c", text);
    for (size_t c = 0; c < COUNT(compiler); c++)
        for (size_t k = 0; k < COUNT(way); k++) {
            char command[256];
            size_t length;
            if (!cc_has(compiler[c])) continue;
            snprintf(command, sizeof command, "%s -O2 -gdwarf-4 -g1 %s origins.c -o object", compiler[c], way[k]);
            cr_assert(cc_run(&folder, command));
            char *bytes = bytes_of(&folder, "object", &length);
            expect_origins(bytes, length, command);
            free(bytes);
        }
    cc_remove(&folder);
}

/* Cut at any place, or with any byte changed: an error, or lines that mean nothing; never a crash. */
Test(profile, damaged_files)
{
    CcFolder folder = cc_folder();
    size_t length;
    cc_write(&folder, "origins.c", text);
    cr_assert(cc_run(&folder, "cc -O2 -gdwarf-4 -g1 -c -fPIC origins.c -o object"));
    char *bytes = bytes_of(&folder, "object", &length);
    for (size_t i = 0; i < 2 * length; i++) {
        image m;
        dwarf d;
        nodec_fault fault = { 0 };
        bool cut = i < length;
        char *damaged = malloc(cut ? i + 1 : length);
        memcpy(damaged, bytes, cut ? i : length);
        if (!cut) damaged[i - length] ^= (char)(1 + i % 255);
        if (image_open(&m, damaged, cut ? i : length, "entry", (const void *)0x700000)) {
            if (!dwarf_read(&d, &m, PROFILE_FILE, &fault)) dwarf_free(&d);
            else cr_expect(strstr(fault.text, "DWARF") || strstr(fault.text, "memory"));
            image_close(&m);
        }
        free(damaged);
    }
    free(bytes);
    cc_remove(&folder);
}

Test(profile, what_is_no_code)
{
    nodec_fault fault = { 0 };
    nodec_profile *p = profile_new(&fault);
    if (!p) cr_skip("no profiles on this processor");
    cr_expect(profile_code(p, "text", 4, "entry", NULL, NULL, 0, &fault));
    cr_expect(strstr(fault.text, "no ELF file with `entry`"), "%s", fault.text);
    profile_free(p);
}
