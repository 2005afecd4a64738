/* Compiled to run: by both engines, through tables and through functions with the header's
 * signatures, from several threads, a thousand times. */
#include "library/nodec.h"

#include <criterion/criterion.h>
#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const engines[] = { "cc", "llvm" };

/* The plugin lies one folder above the tests; the cache is the test's own. */
static bool engine_is_here(const char *engine)
{
    char path[4200] = "", *last;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    setenv("NODEC_CACHE", "/tmp/nodec-test-library", 1);
    if (strcmp(engine, "llvm")) return true;
    if (!getenv("NODEC_JIT") && length > 0) {
        path[length] = 0;
        if ((last = strrchr(path, '/'))) strcpy(last, "/../libnodec-jit.so");
        setenv("NODEC_JIT", path, 0);
    }
    const char *plugin = getenv("NODEC_JIT");
    bool here = plugin && *plugin && access(plugin, R_OK) == 0;
    if (!here) cr_log_warn("skipped: libnodec-jit.so was not built, LLVM is not here");
    return here;
}

static const char spring[] =
    "odef Spring {\n"
    "    state x, v\n"
    "    param k : positive = 4\n"
    "    input push = 0\n"
    "    dx/dt = v\n"
    "    dv/dt = push - k * x\n"
    "}\n"
    "experiment fit {\n"
    "    data = simulate(Spring(x = 1, v = 0), t = linspace(0, 1, 5))\n"
    "    fit = Spring\n"
    "    loss = mse\n"
    "    solver = rk4(h_max = 0.01)\n"
    "    optimizer = adam(lr = 0.01)\n"
    "    steps = 10\n"
    "}\n";

static nodec_jit *compiled(const char *text, const char *name, const char *engine, size_t real_bytes)
{
    nodec_unit *unit;
    nodec_jit *jit;
    const nodec_request request = { .size = sizeof request, .name = name, .engine = engine, .real_bytes = real_bytes, .prefix = "my" };
    cr_assert_eq(nodec_open_text("spring.node", text, strlen(text), &unit), NODEC_DONE, "%s", nodec_messages(unit, 0));
    int outcome = nodec_jit_open(unit, &request, &jit);
    cr_assert_eq(outcome, NODEC_DONE, "%s", nodec_messages(unit, 0));
    nodec_close(unit);                          /* what was compiled does not need its unit */
    cr_assert_str_eq(nodec_jit_engine(jit), engine);
    return jit;
}

/* ---- tables --------------------------------------------------------------------------------- */

Test(library_jit, a_spring_swings)
{
    for (size_t e = 0; e < 2; e++) {
        if (!engine_is_here(engines[e])) continue;
        nodec_jit *jit = compiled(spring, "Spring", engines[e], 8);
        const nodec_module *m = nodec_jit_module(jit);
        cr_assert(m && !nodec_jit_model(jit) && m->real_bytes == 8 && m->states == 2 && m->params == 1 && m->inputs == 1);
        cr_assert_str_eq(m->param[0].name, "k");
        double theta[1], x0[2] = { 1, 0 }, push[1] = { 0 }, t[3] = { 0, 0.5, 1 }, x[3][2];
        m->init(m, 0, theta);
        cr_assert_float_eq(theta[0], 4, 1e-12);
        size_t bytes = m->work(m, 1, 3);
        void *work = malloc(bytes);
        nodec_options options = m->options;
        options.h_max = 1e-4;
        cr_assert_eq(m->solve(m, 1, 3, t, 0, x0, push, theta, x, &options, NULL, work, bytes), NODEC_OK);
        cr_expect_float_eq(x[2][0], cos(2), 1e-3);
        cr_expect_eq(m->solve(m, 1, 3, t, 0, NULL, push, theta, x, &options, NULL, work, bytes), NODEC_ARGUMENT);
        struct { nodec_options now; double later; } other = { options, 0 };
        other.now.size = sizeof other;                      /* of a longer struct one looks at what one knows */
        cr_expect_eq(m->solve(m, 1, 3, t, 0, x0, push, theta, x, &other.now, NULL, work, bytes), NODEC_OK);
        other.now.size = offsetof(nodec_options, rtol);     /* a shorter one leaves the rest to the model */
        other.now.max_steps = 0, other.now.parallel = (const nodec_parallel *)&other;
        cr_expect_eq(m->solve(m, 1, 3, t, 0, x0, push, theta, x, &other.now, NULL, work, bytes), NODEC_OK);
        cr_expect_float_eq(x[2][0], cos(2), 1e-3);
        free(work);
        nodec_jit_close(jit);
    }
}

/* ---- functions with the header's signatures ------------------------------------------------------ */

typedef struct Calls {
    float x[5][2], ax[2], at[1], au[1], ak[1], dot[2], g_x0[2], g_u[1], g_k[1], g_t[5], theta[1], moments[2], train_k[1];
    double loss, norm, train_loss;
    size_t work, train_work;
    nodec_options options;
    char message[80], param[20];
    int status[8];
} Calls;

#define GET(name, ...) (*name)(__VA_ARGS__) = (int (*)(__VA_ARGS__))nodec_jit_function(jit, #name)

static void call_all(const nodec_jit *jit, Calls *c)
{
    typedef const float *In;
    typedef float *Out;
    const nodec_options *none = NULL;
    static const float t[5] = { 0, 0.25f, 0.5f, 0.75f, 1 }, x0[2] = { 1, 0 }, u[1] = { 0.5f }, a[2] = { 1, -2 }, target[5][2] = { { 0 } },
                       g_x[5][2] = { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 }, { 9, 10 } };
    static const nodec_update adam = { .lr = 0.01, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .step = 1 };
    size_t (*work_of)(size_t, size_t) = (size_t (*)(size_t, size_t))nodec_jit_function(jit, "my_spring_work");
    size_t (*train_work_of)(size_t, size_t) = (size_t (*)(size_t, size_t))nodec_jit_function(jit, "train_work");
    void (*init)(uint64_t, Out) = (void (*)(uint64_t, Out))nodec_jit_function(jit, "init");
    nodec_options (*options)(void) = (nodec_options (*)(void))nodec_jit_function(jit, "options");
    const nodec_param *(*params)(void) = (const nodec_param *(*)(void))nodec_jit_function(jit, "params");
    const char *(*message)(int) = (const char *(*)(int))nodec_jit_function(jit, "my_message");
    double (*update)(const nodec_update *, Out, In, Out) = (double (*)(const nodec_update *, Out, In, Out))nodec_jit_function(jit, "update");
    int GET(vjp, size_t, In, size_t, In, In, In, In, Out, Out, Out, Out, void *, size_t);
    int GET(jvp, size_t, In, size_t, In, In, In, In, In, In, Out, void *, size_t);
    int GET(solve, size_t, size_t, In, size_t, In, In, In, Out, const nodec_options *, nodec_report *, void *, size_t);
    int GET(gradient, size_t, size_t, In, size_t, In, In, In, In, Out, Out, Out, Out, const nodec_options *, nodec_report *, void *, size_t);
    int GET(loss, size_t, size_t, In, size_t, In, In, In, In, double *, Out, Out, const nodec_options *, nodec_report *, void *, size_t);
    int GET(train_step, size_t, size_t, In, size_t, In, In, Out, In, const nodec_update *, Out, double *, Out,
            const nodec_options *, nodec_report *, void *, size_t);
    cr_assert(work_of && train_work_of && init && options && params && message && update && vjp && jvp && solve && gradient && loss && train_step);
    memset(c, 0, sizeof *c);
    c->work = work_of(1, 5), c->train_work = train_work_of(1, 5);
    void *work = malloc(c->train_work > c->work ? c->train_work : c->work);
    c->options = options();
    snprintf(c->param, sizeof c->param, "%s", params()->name);
    snprintf(c->message, sizeof c->message, "%s, %s", message(NODEC_STEPS), message(77));
    init(3, c->theta);
    c->status[0] = vjp(1, t, 0, x0, u, c->theta, a, c->ax, c->at, c->au, c->ak, work, c->work);
    c->status[1] = jvp(1, t, 0, x0, u, c->theta, a, NULL, NULL, c->dot, work, c->work);
    c->status[2] = solve(1, 5, t, 0, x0, u, c->theta, c->x[0], none, NULL, work, c->work);
    c->status[3] = gradient(1, 5, t, 0, c->x[0], u, c->theta, g_x[0], c->g_x0, c->g_u, c->g_k, c->g_t, none, NULL, work, c->work);
    c->status[4] = loss(1, 5, t, 0, x0, u, c->theta, target[0], &c->loss, NULL, c->train_k, none, NULL, work, c->train_work);
    c->norm = update(&adam, c->theta, c->train_k, c->moments);
    c->status[5] = train_step(1, 5, t, 0, x0, u, c->theta, target[0], &adam, c->moments, &c->train_loss, c->train_k, none, NULL,
                              work, c->train_work);
    c->status[6] = solve(1, 5, t, 0, NULL, u, c->theta, c->x[0], none, NULL, work, c->work);
    c->status[7] = solve(1, 5, t, 0, x0, u, c->theta, c->x[0], none, NULL, work, 3);
    free(work);
}

Test(library_jit, functions_of_the_header_have_the_same_bits)
{
    Calls by[2];
    for (size_t e = 0; e < 2; e++) {
        if (!engine_is_here(engines[e])) return;
        nodec_jit *jit = compiled(spring, "fit", engines[e], 0);
        call_all(jit, &by[e]);
        cr_expect_null(nodec_jit_function(jit, "observe"));
        cr_expect_null(nodec_jit_function(jit, "start"));
        cr_expect_null(nodec_jit_function(jit, "nothing"));
        cr_expect_null(nodec_jit_function(jit, NULL));
        nodec_jit_close(jit);
    }
    for (int i = 0; i < 6; i++) cr_expect_eq(by[0].status[i], NODEC_OK);
    cr_expect(by[0].status[6] == NODEC_ARGUMENT && by[0].status[7] == NODEC_WORKSPACE);
    cr_expect(by[0].loss > 0 && by[0].g_k[0] != 0 && by[0].ak[0] != 0 && by[0].dot[0] != 0 && by[0].norm > 0);
    cr_expect_float_eq(by[0].options.h_max, 0.01, 1e-12);
    cr_expect_str_eq(by[0].param, "k");
    cr_expect_str_eq(by[0].message, by[1].message);
    cr_expect(!memcmp(&by[0], &by[1], offsetof(Calls, options)));
    cr_expect(!memcmp(by[0].status, by[1].status, sizeof by[0].status));
}

/* An odef without inputs has functions without them. */
Test(library_jit, what_a_definition_has_not_its_functions_do_not_take)
{
    static const char plain[] = "odef Plain {\n state x[3]\n state y = 2\n dx/dt = -x\n dy/dt = y\n output sum = y * 2\n}\n";
    for (size_t e = 0; e < 2; e++) {
        if (!engine_is_here(engines[e])) continue;
        nodec_jit *jit = compiled(plain, NULL, engines[e], 0);
        const nodec_module *m = nodec_jit_module(jit);
        float x[4] = { 1, 2, 3, 4 }, dx[4] = { 0 }, x0[4] = { 0 }, y[1] = { 0 }, t[1] = { 0 };
        int (*f)(size_t, const float *, size_t, const float *, const float *, float *) =
            (int (*)(size_t, const float *, size_t, const float *, const float *, float *))nodec_jit_function(jit, "f");
        int (*start)(size_t, const float *, const float *, float *) =
            (int (*)(size_t, const float *, const float *, float *))nodec_jit_function(jit, "start");
        int (*observe)(size_t, size_t, const float *, size_t, const float *, const float *, float *) =
            (int (*)(size_t, size_t, const float *, size_t, const float *, const float *, float *))nodec_jit_function(jit, "observe");
        cr_assert(m && f && start && observe && !nodec_jit_function(jit, "loss") && !m->loss);
        cr_expect(f(1, t, 0, x, x, dx) == NODEC_OK && dx[1] == -2 && dx[3] == 4);
        cr_expect(start(1, x, x, x0) == NODEC_OK && x0[2] == 3 && x0[3] == 2);
        cr_expect(observe(1, 1, t, 0, x, x, y) == NODEC_OK && y[0] == 8);
        nodec_jit_close(jit);
    }
}

Test(library_jit, a_model_is_evaluated, .timeout = 120)
{
    float bits[2][512];
    for (size_t e = 0; e < 2; e++) {
        if (!engine_is_here(engines[e])) return;
        nodec_unit *unit;
        nodec_jit *jit;
        const nodec_request request = { .size = sizeof request, .name = "Tiny", .engine = engines[e] };
        cr_assert_eq(nodec_open_file("tests/models/tiny.node", &unit), NODEC_DONE);
        cr_assert_eq(nodec_jit_open(unit, &request, &jit), NODEC_DONE, "%s", nodec_messages(unit, 0));
        nodec_close(unit);
        const nodec_model *m = nodec_jit_model(jit);
        cr_assert(m && !nodec_jit_module(jit));
        size_t (*work_of)(size_t) = (size_t (*)(size_t))nodec_jit_function(jit, "work");
        int (*forward)(size_t, const float *, const float *, const float *, float *, double *, const nodec_parallel *, nodec_report *, void *, size_t) =
            (int (*)(size_t, const float *, const float *, const float *, float *, double *, const nodec_parallel *, nodec_report *, void *, size_t))
                nodec_jit_function(jit, "tiny_tiny_forward");
        cr_assert(work_of && forward && 3 * m->outputs <= 512);
        float *theta = calloc(m->params + 1, sizeof *theta), *buffers = calloc(m->buffers + 1, sizeof *buffers), *in = calloc(3 * m->inputs, sizeof *in);
        for (size_t i = 0; i < 3 * m->inputs; i++) in[i] = (float)(i % 3);
        double values[16];
        m->init(m, 5, theta, buffers);
        size_t bytes = work_of(3);
        void *work = malloc(bytes);
        memset(bits[e], 0, sizeof bits[e]);
        cr_assert_eq(forward(3, in, theta, buffers, bits[e], values, NULL, NULL, work, bytes), NODEC_OK);
        free(work), free(theta), free(buffers), free(in);
        nodec_jit_close(jit);
    }
    cr_expect(!memcmp(bits[0], bits[1], sizeof bits[0]));
}

/* ---- what can go wrong ---------------------------------------------------------------------------- */

Test(library_jit, what_cannot_be_compiled_is_said)
{
    nodec_unit *unit;
    nodec_jit *jit;
    engine_is_here("cc");
    cr_assert_eq(nodec_open_file("models/spiral.node", &unit), NODEC_DONE);
    nodec_request request = { .size = sizeof request };
    cr_expect_eq(nodec_jit_open(unit, &request, &jit), NODEC_MISUSE);
    cr_expect(strstr(nodec_messages(unit, 0), "no name"));
    request.name = "Mlp", request.engine = "abacus";
    cr_expect_eq(nodec_jit_open(unit, &request, &jit), NODEC_MISUSE);
    cr_expect(strstr(nodec_messages(unit, 0), "abacus"));
    cr_expect_eq(nodec_jit_open(NULL, &request, &jit), NODEC_MISUSE);
    cr_expect_eq(nodec_jit_open(unit, &request, NULL), NODEC_MISUSE);
    request.name = "Nobody", request.engine = "cc";
    cr_expect_eq(nodec_jit_open(unit, &request, &jit), NODEC_WRONG);
    cr_expect_null(jit);
    request.name = "Mlp";
    setenv("CC", "/no/such/compiler", 1);
    cr_expect_eq(nodec_jit_open(unit, &request, &jit), NODEC_SYSTEM);
    cr_expect(strstr(nodec_messages(unit, 0), "error: the C compiler `/no/such/compiler`"));
    unsetenv("CC");
    setenv("NODEC_JIT", "/no/such/plugin.so", 1);
    request.engine = "llvm";
    cr_expect_eq(nodec_jit_open(unit, &request, &jit), NODEC_SYSTEM);
    request.engine = NULL;
    cr_expect_eq(nodec_jit_open(unit, &request, &jit), NODEC_DONE, "%s", nodec_messages(unit, 0));
    cr_expect_str_eq(nodec_jit_engine(jit), "cc");
    nodec_jit_close(jit);
    nodec_jit_close(NULL);
    cr_expect(!nodec_jit_module(NULL) && !nodec_jit_model(NULL) && !nodec_jit_function(NULL, "f") && !nodec_jit_engine(NULL));
    nodec_close(unit);
}

/* ---- many ------------------------------------------------------------------------------------------- */

static size_t in_use(void)
{
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 33)
    return mallinfo2().uordblks;
#else
    return 0;
#endif
}

static size_t mappings(void)
{
    size_t lines = 0;
    FILE *file = fopen("/proc/self/maps", "r");
    for (int c; file && (c = getc(file)) != EOF;) lines += c == '\n';
    if (file) fclose(file);
    return lines;
}

/* Pages in memory; 0 where a sanitizer keeps what was freed. */
static size_t resident(void)
{
    size_t pages = 0;
#if !defined __SANITIZE_ADDRESS__
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%*s %zu", &pages) != 1) pages = 0;
    if (file) fclose(file);
#endif
    return pages;
}

Test(library_jit, a_thousand_rounds_leave_nothing, .timeout = 600)
{
    for (size_t e = 0; e < 2; e++) {
        if (!engine_is_here(engines[e])) continue;
        size_t before = 0, maps = 0, pages = 0;
        for (int round = 0; round < 1000; round++) {
            if (round == 20) before = in_use(), maps = mappings(), pages = resident();
            nodec_jit *jit = compiled(spring, "Spring", engines[e], 8);
            const nodec_module *m = nodec_jit_module(jit);
            double theta[1], x[2] = { 1, 0 }, u[1] = { 0 }, dx[2] = { 0 };
            m->init(m, 0, theta);
            cr_assert(m->f(m, 1, theta, 0, x, u, theta, dx) == NODEC_OK && dx[1] == -4);
            int (*f)(size_t, const double *, size_t, const double *, const double *, const double *, double *) =
                (int (*)(size_t, const double *, size_t, const double *, const double *, const double *, double *))nodec_jit_function(jit, "f");
            u[0] = 1;
            cr_assert(f && f(1, theta, 0, x, u, theta, dx) == NODEC_OK && dx[1] == -3);
            nodec_jit_close(jit);
        }
        cr_expect(in_use() <= before + 16384, "%s: %zu bytes more", engines[e], in_use() - before);
        cr_expect(mappings() <= maps + 20, "%s: %zu mappings more", engines[e], mappings() - maps);
        cr_expect(resident() <= pages + 64, "%s: %zu pages more", engines[e], resident() - pages);
    }
}

typedef struct Swinger { const char *engine; double k, x; int outcome; } Swinger;

static void *swing(void *self)
{
    Swinger *s = self;
    char text[200];
    int length = snprintf(text, sizeof text, "odef Spring {\n state x, v\n dx/dt = v\n dv/dt = -%g * x\n}\n", s->k);
    static const char *const set[] = { "solver=rk4(h_max = 0.01)" };
    nodec_request request = { .size = sizeof request, .set = set, .sets = 1, .engine = s->engine, .real_bytes = 8, .anew = 1 };
    for (int round = 0; round < 3 && !s->outcome; round++, request.anew = 0) {
        nodec_unit *unit;
        nodec_jit *jit = NULL;
        double x0[2] = { 1, 0 }, t[2] = { 0, 1 }, x[2][2], work[4096];
        s->outcome = nodec_open_text("spring.node", text, (size_t)length, &unit);
        if (!s->outcome) s->outcome = nodec_jit_open(unit, &request, &jit);
        const nodec_module *m = nodec_jit_module(jit);
        if (!s->outcome) s->outcome = m->solve(m, 1, 2, t, 0, x0, NULL, x0, x, NULL, NULL, work, sizeof work);
        s->x = x[1][0];
        nodec_jit_close(jit);
        nodec_close(unit);
    }
    return NULL;
}

Test(library_jit, threads_compile_and_run_at_once, .timeout = 120)
{
    for (size_t e = 0; e < 2; e++) {
        if (!engine_is_here(engines[e])) continue;
        Swinger s[] = { { engines[e], 1, 0, 0 }, { engines[e], 4, 0, 0 }, { engines[e], 9, 0, 0 }, { engines[e], 4, 0, 0 } };
        enum { MANY = sizeof s / sizeof *s };
        pthread_t thread[MANY];
        for (size_t i = 0; i < MANY; i++) cr_assert(!pthread_create(&thread[i], NULL, swing, &s[i]));
        for (size_t i = 0; i < MANY; i++) pthread_join(thread[i], NULL);
        for (size_t i = 0; i < MANY; i++) {
            cr_expect_eq(s[i].outcome, 0, "%s", engines[e]);
            cr_expect_float_eq(s[i].x, cos(sqrt(s[i].k)), 1e-6);
        }
    }
}
