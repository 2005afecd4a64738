/* golden_run.h: a text before, a text after.
 *
 * What a test makes of tests/golden/AREA/NAME.node is compared with the file
 * beside it.  `make bless` (BLESS=1) writes what was made instead. */
#ifndef GOLDEN_RUN_H
#define GOLDEN_RUN_H

#include "base/diag.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

/* Each file the pattern matches, in the order of their names; how many there were. */
static inline size_t golden_each(const char *pattern, void (*run)(const char *path))
{
    glob_t found = { 0 };
    if (!glob(pattern, 0, NULL, &found))
        for (size_t i = 0; i < found.gl_pathc; i++) run(found.gl_pathv[i]);
    size_t count = found.gl_pathc;
    globfree(&found);
    return count;
}

static inline Source golden_source(Arena *arena, const char *path)
{
    Source source = { .path = strrchr(path, '/') ? strrchr(path, '/') + 1 : path };
    source.text = file_read(arena, path, &source.length);
    cr_assert(source.text, "cannot read %s", path);
    return source;
}

/* `path` with its ending replaced: the file that holds what is expected. */
static inline void golden_compare(Arena *arena, const char *path, const char *ending, const char *got)
{
    const char *dot = strrchr(path, '.');
    const char *beside = arena_printf(arena, "%.*s%s", (int)(dot - path), path, ending);
    if (getenv("BLESS")) {
        cr_assert(file_write(beside, got, strlen(got)) == 0, "cannot write %s", beside);
        return;
    }
    const char *want = file_read(arena, beside, NULL);
    cr_assert(want, "%s is not there; `make bless` writes it", beside);
    cr_expect(!strcmp(want, got), "%s differs; now it is\n%s", beside, got);
}

#endif
