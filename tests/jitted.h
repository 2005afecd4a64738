/* jitted.h: fields and models through LLVM, for tests.
 *
 * A build without the plugin is no failure: ask jitted_here first. */
#ifndef ND_TEST_JITTED_H
#define ND_TEST_JITTED_H

#include "back/back.h"
#include "jit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The plugin lies one folder above the tests. */
static inline bool jitted_here(void)
{
    char path[4200] = "", *last;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    if (!getenv("NODEC_JIT") && length > 0) {
        path[length] = 0;
        if ((last = strrchr(path, '/'))) strcpy(last, "/../libnodec-jit.so");
        if (access(path, R_OK) == 0) setenv("NODEC_JIT", path, 0);
    }
    bool here = jit_plugin(path, sizeof path);
    if (!here) cr_log_warn("skipped: libnodec-jit.so was not built, LLVM is not here");
    return here;
}

/* vector_bytes 0: as wide as this machine's. */
static inline nodec_code jitted_open(const EmitInput *in, Arena *arena, unsigned vector_bytes)
{
    EmitOptions options = { .stem = "m", .model_path = "m.node", .module = true, .whole = true, .split = true,
                            .vector_bytes = vector_bytes ? vector_bytes : jit_vector_bytes(NULL) };
    Text text = { .arena = arena };
    nodec_fault fault = { 0 };
    jit_image image;
    nodec_code code;
    back_llvm.emit(in, &options, &text, NULL);
    cr_assert(!jit_compile(text_string(&text), text.length, NULL, &image, &fault), "%s", fault.text);
    cr_assert(!jit_load(&image, &code, &fault), "%s", fault.text);
    free(image.at);
    return code;
}

#endif
