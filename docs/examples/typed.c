/* typed: integrates a model that somebody types.
 *
 *     cc typed.c -o typed $(pkg-config --cflags --libs nodec)
 *     ./typed 0 10 11 1 0 <<'END'
 *     odef Oscillator {
 *         state x, v
 *         dx/dt = v
 *         dv/dt = -x
 *     }
 *     END
 *
 * In: a model with one odef on standard input; the first and the last time, how many of them,
 * and the initial state.  Out: a table of times and states. */
#include <nodec.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All of standard input, NUL at the end. */
static char *read_text(size_t *length)
{
    size_t room = 1 << 16;
    char *text = (char *)malloc(room);
    *length = 0;
    while (text) {
        *length += fread(text + *length, 1, room - *length - 1, stdin);
        if (*length < room - 1) break;
        char *larger = (char *)realloc(text, room *= 2);
        if (!larger) free(text);
        text = larger;
    }
    if (text) text[*length] = 0;
    return text;
}

static void print_table(const nodec_module *m, size_t times, const double *t, const double *x)
{
    printf("t");
    for (size_t i = 0; i < m->state_rows; i++)
        for (size_t k = 0; k < m->state[i].count; k++)
            if (m->state[i].rank) printf(",%s[%zu]", m->state[i].name, k);
            else printf(",%s", m->state[i].name);
    printf("\n");
    for (size_t i = 0; i < times; i++) {
        printf("%g", t[i]);
        for (size_t k = 0; k < m->states; k++) printf(",%.9g", x[i * m->states + k]);
        printf("\n");
    }
}

/* From the state that argv has, the parameters and inputs being as the model says. */
static int integrate(const nodec_module *m, size_t times, double from, double to, int numbers, char **number)
{
    const size_t bytes = m->work(m, 1, times);
    double *t = (double *)calloc(times, sizeof *t), *x = (double *)calloc(times * m->states, sizeof *x);
    double *x0 = (double *)calloc(m->states, sizeof *x0), *theta = (double *)calloc(m->params + 1, sizeof *theta);
    double *inputs = (double *)calloc(m->inputs + 1, sizeof *inputs);
    void *work = malloc(bytes);
    nodec_report report = { 0, 0, 0, 0, 0, NULL };
    int status = !bytes || !t || !x || !x0 || !theta || !inputs || !work ? NODEC_WORKSPACE : NODEC_OK;
    if (!status) {
        for (size_t i = 0; i < times; i++) t[i] = times > 1 ? from + (to - from) * (double)i / (double)(times - 1) : from;
        for (size_t i = 0; i < m->states && i < (size_t)numbers; i++) x0[i] = strtod(number[i], NULL);
        if (m->input_default) memcpy(inputs, m->input_default, m->inputs * sizeof *inputs);
        m->init(m, 0, theta);
        status = m->start(m, 1, x0, inputs, theta, x0);
    }
    if (!status) status = m->solve(m, 1, times, t, 0, x0, inputs, theta, x, NULL, &report, work, bytes);
    if (!status) print_table(m, times, t, x);
    else fprintf(stderr, "the solver stopped with status %d at t = %g\n", status, report.t);
    free(work), free(inputs), free(theta), free(x0), free(x), free(t);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 4 || atol(argv[3]) < 1) {
        fprintf(stderr, "usage: typed FROM TO COUNT [STATE ...] <MODEL\n");
        return 2;
    }
    size_t length;
    char *text = read_text(&length);
    nodec_unit *unit = NULL;
    nodec_jit *jit = NULL;
    nodec_request request;
    memset(&request, 0, sizeof request);
    request.size = sizeof request;
    request.real_bytes = sizeof(double);
    int status = text ? nodec_open_text("typed.node", text, length, &unit) : NODEC_MEMORY;
    if (!status) status = nodec_jit_open(unit, &request, &jit);
    fputs(nodec_messages(unit, 0), stderr);
    if (!status && !nodec_jit_module(jit)) fprintf(stderr, "this is a model, and an odef is wanted\n"), status = 1;
    if (!status) status = integrate(nodec_jit_module(jit), (size_t)atol(argv[3]), strtod(argv[1], NULL), strtod(argv[2], NULL), argc - 4, argv + 4);
    nodec_jit_close(jit);
    nodec_close(unit);
    free(text);
    return status;
}
