/* reload: a simulation that goes on while its model is edited.
 *
 *     cc reload.c -o reload $(pkg-config --cflags --libs nodec)
 *     ./reload spring.node 600 1 0
 *
 * In: a file with one odef, how many steps of a tenth of a second to simulate, the initial state.
 * Out: a line per step: time and state.  Whenever the file has changed, it is compiled anew. The
 * state stays if the new model has as many numbers in it, and so do the parameters; a file with
 * errors is shown with its errors, and the old model goes on. */
#include <nodec.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

typedef struct simulation {
    const char *path;
    struct stat seen;               /* of the file when it was read                */
    nodec_jit *jit;
    double t, *x, *theta, *inputs;
    void *work;
    size_t work_bytes;
} simulation;

static const nodec_module *model_of(const simulation *s) { return nodec_jit_module(s->jit); }

/* The running code of what the file says now, or NULL after showing why there is none. */
static nodec_jit *compile(const char *path)
{
    nodec_unit *unit;
    nodec_jit *jit = NULL;
    nodec_request request;
    memset(&request, 0, sizeof request);
    request.size = sizeof request;
    request.real_bytes = sizeof(double);
    if (nodec_open_file(path, &unit) == NODEC_DONE) nodec_jit_open(unit, &request, &jit);
    fputs(nodec_messages(unit, 0), stderr);
    nodec_close(unit);
    if (!jit || nodec_jit_module(jit)) return jit;
    fprintf(stderr, "%s: an odef is wanted\n", path);
    nodec_jit_close(jit);
    return NULL;
}

/* Memory for n numbers, the old ones in it if there were as many. */
static double *fitted(double *old, size_t had, size_t n, int *kept)
{
    *kept = old && had == n;
    if (*kept) return old;
    free(old);
    return (double *)calloc(n + 1, sizeof *old);
}

/* The new code takes over; 0 if there is no memory for it. */
static int take_over(simulation *s, nodec_jit *jit, int numbers, char **number)
{
    const nodec_module *old = model_of(s), *m = nodec_jit_module(jit);
    int kept_x, kept_theta, kept_inputs;
    s->x = fitted(s->x, old ? old->states : 0, m->states, &kept_x);
    s->theta = fitted(s->theta, old ? old->params : 0, m->params, &kept_theta);
    s->inputs = fitted(s->inputs, 0, m->inputs, &kept_inputs);
    free(s->work);
    s->work_bytes = m->work(m, 1, 2);
    s->work = malloc(s->work_bytes);
    nodec_jit_close(s->jit);
    s->jit = jit;
    if (!s->x || !s->theta || !s->inputs || !s->work) return 0;
    if (m->input_default) memcpy(s->inputs, m->input_default, m->inputs * sizeof *s->inputs);
    if (!kept_theta) m->init(m, 0, s->theta);
    if (kept_x) return 1;
    for (size_t i = 0; i < m->states && i < (size_t)numbers; i++) s->x[i] = strtod(number[i], NULL);
    return m->start(m, 1, s->x, s->inputs, s->theta, s->x) == NODEC_OK;
}

static int has_changed(simulation *s)
{
    struct stat now;
    if (stat(s->path, &now)) return 0;          /* an editor is about to write it again  */
    const int same = s->seen.st_ino == now.st_ino && s->seen.st_size == now.st_size &&
                     s->seen.st_mtim.tv_sec == now.st_mtim.tv_sec && s->seen.st_mtim.tv_nsec == now.st_mtim.tv_nsec;
    s->seen = now;
    return !same;
}

/* A tenth of a second further. */
static int step(simulation *s)
{
    const nodec_module *m = model_of(s);
    const double t[2] = { s->t, s->t + 0.1 };
    double *both = (double *)malloc(2 * m->states * sizeof *both);
    int status = both ? m->solve(m, 1, 2, t, 0, s->x, s->inputs, s->theta, both, NULL, NULL, s->work, s->work_bytes) : NODEC_WORKSPACE;
    if (!status) memcpy(s->x, both + m->states, m->states * sizeof *both);
    free(both);
    s->t = t[1];
    printf("%.1f", s->t);
    for (size_t i = 0; i < m->states; i++) printf(" %.6g", s->x[i]);
    printf("\n");
    fflush(stdout);
    return status;
}

int main(int argc, char **argv)
{
    simulation s;
    memset(&s, 0, sizeof s);
    if (argc < 3) {
        fprintf(stderr, "usage: reload MODEL STEPS [STATE ...]\n");
        return 2;
    }
    s.path = argv[1];
    int status = 0;
    for (long left = atol(argv[2]); left > 0 && !status; left--) {
        nodec_jit *jit = has_changed(&s) ? compile(s.path) : NULL;
        if (jit && !take_over(&s, jit, argc - 3, argv + 3)) status = 1;
        if (!s.jit) status = 1;
        if (!status) status = step(&s);
        const struct timespec tenth = { 0, 100000000 };
        nanosleep(&tenth, NULL);
    }
    nodec_jit_close(s.jit);
    free(s.work), free(s.inputs), free(s.theta), free(s.x);
    return status;
}
