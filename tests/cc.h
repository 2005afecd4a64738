/* cc.h: generated C through the machine's compilers, for tests.
 *
 * A text is written into a folder of its own under /tmp, compiled to a shared
 * object and loaded.  A compiler or an instruction set that is not here is no
 * failure: ask cc_has and cc_cpu first and say what is skipped. */
#ifndef ND_TEST_CC_H
#define ND_TEST_CC_H

#include "base/base.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct CcFolder { char path[64]; unsigned built; } CcFolder;

/* What every host may demand of generated code. */
#define CC_STRICT "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

static inline CcFolder cc_folder(void)
{
    CcFolder folder = { .path = "/tmp/nodec-test-XXXXXX" };
    if (!mkdtemp(folder.path)) abort();
    return folder;
}

static inline void cc_remove(const CcFolder *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder->path);
    if (system(command)) perror(command);
}

static inline bool cc_has(const char *compiler)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", compiler);
    return system(command) == 0;
}

/* Does this machine run code for "avx512f", "avx2", ...? */
static inline bool cc_cpu(const char *feature)
{
#if defined __x86_64__
    if (!strcmp(feature, "avx512")) return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    if (!strcmp(feature, "avx2"))   return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return !strcmp(feature, "plain");
}

static inline void cc_write(const CcFolder *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file)) abort();
}

/* Runs `compiler flags -o output inputs` in the folder; the compiler's words go to stderr. */
static inline bool cc_run(const CcFolder *folder, const char *command)
{
    char line[1024];
    snprintf(line, sizeof line, "cd '%s' && %s", folder->path, command);
    return system(line) == 0;
}

/* The file, compiled and loaded; NULL when the compiler was not content. */
static inline void *cc_load(CcFolder *folder, const char *compiler, const char *flags, const char *file)
{
    char command[768], object[128];
    snprintf(object, sizeof object, "%s/%u.so", folder->path, folder->built++);
    snprintf(command, sizeof command, "%s %s -shared -fPIC -o %s %s -lm", compiler, flags, object, file);
    return cc_run(folder, command) ? dlopen(object, RTLD_NOW | RTLD_LOCAL) : NULL;
}

#endif
