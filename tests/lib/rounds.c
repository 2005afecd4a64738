/* rounds N: N times a model is compiled, run through the functions of its header, and closed. Says whether
 * that took LLVM or what was kept. */
#include <nodec.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int once(int round)
{
    static const char model[] = "odef Spring {\n state x, v\n param k = 4\n dx/dt = v\n dv/dt = -k * x\n}\n";
    const nodec_request request = { .size = sizeof request, .engine = "llvm", .real_bytes = round % 2 ? 4 : 8 };
    double wide[] = { 1, 0, 4, 9, 9 };
    float narrow[] = { 1, 0, 4, 9, 9 };
    void *x = round % 2 ? (void *)narrow : wide, *k = round % 2 ? (void *)(narrow + 2) : wide + 2, *dx = round % 2 ? (void *)(narrow + 3) : wide + 3;
    nodec_unit *unit;
    nodec_jit *jit = NULL;
    int outcome = nodec_open_text("spring.node", model, sizeof model - 1, &unit);
    if (!outcome) outcome = nodec_jit_open(unit, &request, &jit);
    if (outcome) fprintf(stderr, "%s", nodec_messages(unit, 0));
    nodec_close(unit);
    int (*f)(size_t, const void *, size_t, const void *, const void *, void *) =
        (int (*)(size_t, const void *, size_t, const void *, const void *, void *))nodec_jit_function(jit, "f");
    if (!outcome) outcome = f ? f(1, x, 0, x, k, dx) : 1;
    nodec_jit_close(jit);
    return outcome || (round % 2 ? narrow[4] != -4 : wide[4] != -4);
}

static int has_opened(const char *library)
{
    char line[4096];
    int found = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps)) found |= strstr(line, library) != NULL;
    if (maps) fclose(maps);
    return found;
}

int main(int count, char **word)
{
    const int rounds = count > 1 ? atoi(word[1]) : 1;
    for (int round = 0; round < rounds; round++)
        if (once(round)) return 1;
    puts(has_opened("libnodec-jit") ? "compiled" : "kept");
    return 0;
}
