/* Four threads open, write and compile models at once; `make tsan` watches what they share. */
#include "nodec.h"

#include <pthread.h>
#include <stdio.h>

static const struct { const char *path, *name; } of[] = {
    { "models/lynx_hare.node", "physics" }, { "models/spiral.node", "Mlp" }, { "models/spiral.node", "Spiral" }, { "models/spiral.node", "Spiral" },
};
enum { THREADS = sizeof of / sizeof *of };
static int failed[THREADS];

static void *work(void *at)
{
    const size_t i = (size_t)at;
    for (int round = 0; round < 2; round++) {
        nodec_unit *unit;
        nodec_output *c = NULL;
        nodec_jit *jit = NULL;
        const nodec_request request = { .size = sizeof request, .name = of[i].name, .engine = "cc" };
        int outcome = nodec_open_file(of[i].path, &unit);
        if (!outcome) outcome = nodec_emit(unit, &request, "c", &c);
        if (!outcome) outcome = nodec_jit_open(unit, &request, &jit);
        if (outcome) fprintf(stderr, "%s", nodec_messages(unit, 0));
        failed[i] |= outcome;
        nodec_jit_close(jit);
        nodec_output_free(c);
        nodec_close(unit);
    }
    return NULL;
}

int main(void)
{
    pthread_t thread[THREADS];
    int worst = 0;
    for (size_t i = 0; i < THREADS; i++) pthread_create(&thread[i], NULL, work, (void *)i);
    for (size_t i = 0; i < THREADS; i++) pthread_join(thread[i], NULL), worst |= failed[i];
    puts(worst ? "threads: failed" : "threads: what they share, nobody changes");
    return worst;
}
