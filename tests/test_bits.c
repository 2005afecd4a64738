/* test_bits.c: generated C gives the same bits everywhere, and takes no for an answer.
 *
 * Every function of every experiment, compiled by gcc and clang at every level for every
 * vector width, equals the reference machine's run of the same Program to the last bit:
 * the smallest model on all targets, the others on targets that cover them. So does it
 * on a host's threads, and with outputs that are not wanted. Calls that are wrong get
 * the status of the header and touch nothing.                                          */
#include "library/library.h"
#include "generated.h"

#include <pthread.h>

typedef struct Row {                /* an experiment; what --set says; and its targets  */
    const char *path, *experiment;
    Type real;
    const char *set[3];
    Target target[4];               /* none: all there are; and the driver, twice        */
} Row;

static const Row rows[] = {
    { "spiral",    "linear",    TYPE_F32, { 0 }, { { 0 } } },
    { "spiral",    "comp",      TYPE_F32, { 0 }, { { "gcc", 2, "avx512" }, { "clang", 3, "avx2" }, { "clang", 0, "plain" } } },
    { "spiral",    "comp_time", TYPE_F64, { "gradient = discrete" }, { { "clang", 2, "avx512" }, { "gcc", 0, "avx2" } } },
    { "forced",    "forced",    TYPE_F32, { "solver = heun(h_max = 0.1)" }, { { "clang", 1, "avx2" }, { "gcc", 1, "avx512" } } },
    { "lynx_hare", "physics",   TYPE_F32, { "optimizer = adamw" }, { { "gcc", 1, "plain" }, { "clang", 2, "avx2" } } },
    { "lynx_hare", "lynx_hare", TYPE_F32, { "solver = midpoint(h_max = 0.1)", "optimizer = rmsprop" }, { { "clang", 3, "avx512" }, { "gcc", 1, "avx2" } } },
    { "pendulum",  "pendulum",  TYPE_F32, { "solver = ralston(h_max = 0.1)", "optimizer = sgd(momentum = 0.5)", "loss = mae" },
      { { "gcc", 1, "avx512" }, { "clang", 1, "plain" } } },
    { "swarm",     "swarm",     TYPE_F32, { "solver = euler(h_max = 0.1)" }, { { "clang", 2, "avx512" }, { "gcc", 0, "plain" } } },
};

static void row_open(Lab *lab, const Row *row)
{
    char path[64];
    size_t sets = 0;
    snprintf(path, sizeof path, "models/%s.node", row->path);
    lab_open(lab, path);
    while (sets < COUNT(row->set) && row->set[sets]) sets++;
    const Experiment *e = unit_experiment(lab->unit, row->experiment, row->set, sets, row->real, &lab->diags);
    LowerOptions lower = { 0 };
    cr_assert(e && !lower_options(&lab->arena, e, row->real, &lower, &lab->diags), "%s", lab_messages(lab));
    lab_lower(lab, experiment_clause(e, "fit")->field, &lower);
}

/* ---- the same bits everywhere ------------------------------------------------------------ */

/* All functions, one after the other, each on what those before it left. On the reference
 * machine without a host.                                                                  */
static void play(Lab *lab, const Host *host, Board *b)
{
    for (Call call = 0; call < CALL_TRAIN; call++)
        if (lab_has(lab, call)) cr_assert_eq(host ? host_run(host, call, b) : reference_run(lab, call, b), NODEC_OK, "call %d", call);
    guards_hold(b, "the reference machine");
}

static void same_bits(const Host *host, const Board *got, const Board *want, const char *how)
{
    for (int k = 0; k < NUM_COUNT; k++)
        for (size_t i = 0; i < got->count[k]; i++)
            cr_assert(!memcmp((const char *)got->own[k] + i * got->real, (const char *)want->own[k] + i * got->real, got->real),
                      "%s, %s -O%d %s%s, batch %zu: array %d[%zu] is %a, on the reference machine %a",
                      host->lab->lowered->field->instance, host->target.compiler, host->target.level, host->target.cpu, how,
                      got->n.batch, k, i, board_get(got, k, i), board_get(want, k, i));
    cr_assert(!memcmp(&got->n.loss, &want->n.loss, sizeof(double)), "loss%s: %a, not %a", how, got->n.loss, want->n.loss);
    cr_assert(!memcmp(&got->n.norm, &want->n.norm, sizeof(double)), "norm%s: %a, not %a", how, got->n.norm, want->n.norm);
}

static void is_finite(const Board *b)
{
    for (int k = 0; k < NUM_COUNT; k++)
        for (size_t i = 0; i < b->count[k]; i++) cr_assert(isfinite(board_get(b, k, i)), "array %d[%zu]", k, i);
}

static const struct { size_t batch; When when; } boards[] = { { 3, PER_SAMPLE }, { 130, SHARED } };

/* ---- threads ----------------------------------------------------------------------------- */

static void last_first(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    ++*(int *)pool;
    while (count-- > 0) task(arg, count);
}

typedef struct Share { size_t from, count; void (*task)(void *, size_t); void *arg; } Share;

static void *share(void *of)
{
    const Share *s = of;
    for (size_t i = s->from; i < s->count; i += 2) s->task(s->arg, i);
    return NULL;
}

static void two_threads(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    pthread_t other;
    Share odd = { 1, count, task, arg }, even = { 0, count, task, arg };
    ++*(int *)pool;
    cr_assert(!pthread_create(&other, NULL, share, &odd));
    share(&even);
    pthread_join(other, NULL);
}

static void on_threads(Lab *lab, const Host *host, const Board *want)
{
    static const struct { void (*run)(void *, size_t, void (*)(void *, size_t), void *); const char *how; } hook[] = {
        { last_first, ", the last task first" }, { two_threads, ", on two threads" },
    };
    for (size_t i = 0; i < COUNT(hook); i++) {
        int calls = 0;
        nodec_parallel pool = { hook[i].run, &calls };
        Board *b = board_filled(lab, host, want->n.batch, want->n.t_stride ? PER_SAMPLE : SHARED);
        b->options.parallel = &pool;
        play(lab, host, b);
        same_bits(host, b, want, hook[i].how);
        cr_assert(calls > 0, "nobody asked for threads");
    }
}

/* ---- outputs that are not wanted --------------------------------------------------------- */

static bool is_fresh(const Board *b, int array)
{
    const unsigned char *at = b->own[array];
    for (size_t i = 0; i < b->count[array] * b->real; i++)
        if (at[i] != FRESH) return false;
    return true;
}

/* Without each of its outputs, and without all, a function makes the same of the rest. */
static void not_wanted(Lab *lab, const Host *host, const Board *want)
{
    static const struct { Call call; int array[4], count; } may[] = {
        { CALL_VJP,      { NUM_AX, NUM_AT, NUM_AU, NUM_ATHETA }, 4 },
        { CALL_GRADIENT, { NUM_G_X0, NUM_G_U, NUM_G_THETA, NUM_G_T }, 4 },
        { CALL_LOSS,     { NUM_LOSS_X, NUM_LOSS_THETA }, 2 },
    };
    for (size_t m = 0; m < COUNT(may); m++)
        for (int left = 0; left <= may[m].count; left++) {
            Board *b = board_filled(lab, host, want->n.batch, want->n.t_stride ? PER_SAMPLE : SHARED);
            cr_assert_eq(host_run(host, CALL_SOLVE, b), NODEC_OK);
            for (int k = 0; k < may[m].count; k++)
                if (left == k || left == may[m].count) b->n.at[may[m].array[k]] = NULL;
            cr_assert_eq(host_run(host, may[m].call, b), NODEC_OK);
            for (int k = 0; k < may[m].count; k++) {
                int a = may[m].array[k];
                if (!b->n.at[a] || (!lab->lowered->field->inputs && (a == NUM_AU || a == NUM_G_U)))
                    cr_assert(is_fresh(b, a), "call %d writes array %d, which is not its", may[m].call, a);
                else
                    cr_assert(!memcmp(b->own[a], want->own[a], b->count[a] * b->real), "call %d without array %d: array %d differs",
                              may[m].call, may[m].array[left % may[m].count], a);
            }
        }
    static const int tangent[] = { NUM_VX, NUM_VT, NUM_VTHETA };            /* NULL is zero */
    for (size_t k = 0; k < COUNT(tangent); k++) {
        Board *null = board_filled(lab, host, want->n.batch, PER_SAMPLE), *zero = board_filled(lab, host, want->n.batch, PER_SAMPLE);
        null->n.at[tangent[k]] = NULL;
        memset(zero->own[tangent[k]], 0, zero->count[tangent[k]] * zero->real);
        cr_assert_eq(host_run(host, CALL_JVP, null), NODEC_OK);
        cr_assert_eq(host_run(host, CALL_JVP, zero), NODEC_OK);
        for (size_t i = 0; i < null->count[NUM_DOT]; i++) cr_assert_eq(board_get(null, NUM_DOT, i), board_get(zero, NUM_DOT, i));
    }
}

/* ---- rows -------------------------------------------------------------------------------- */

static size_t targets_of(const Row *row, Target *out)
{
    static const char *const compilers[] = { "gcc", "clang" }, *const cpus[] = { "avx512", "avx2", "plain" };
    size_t n = 0;
    for (; n < COUNT(row->target) && row->target[n].compiler; n++) out[n] = row->target[n];
    for (size_t i = 0; !row->target[0].compiler && i < 2 * 3 * 4; i++)
        out[n++] = (Target){ compilers[i % 2], (int)(i / 6), cpus[i / 2 % 3] };
    out[n++] = (Target){ "driver", 0, "here" };
    out[n++] = (Target){ "driver", 0, "apart" };
    return n;
}

static void check_row(const Row *row)
{
    Lab lab;
    Target target[26];
    Board *want[COUNT(boards)] = { 0 };
    row_open(&lab, row);
    size_t targets = targets_of(row, target), ran = 0;
    for (size_t i = 0; i < targets; i++) {
        if (!target_here(&target[i])) {
            cr_log_warn("%s for %s is skipped: not on this machine", target[i].compiler, target[i].cpu);
            continue;
        }
        Host host = host_load(&lab, &target[i]);
        for (size_t k = 0; k < COUNT(boards); k++) {
            if (!want[k]) {
                play(&lab, NULL, want[k] = board_filled(&lab, &host, boards[k].batch, boards[k].when));
                is_finite(want[k]);
            }
            Board *b = board_filled(&lab, &host, boards[k].batch, boards[k].when);
            play(&lab, &host, b);
            same_bits(&host, b, want[k], "");
        }
        for (size_t k = 0; !ran && k < COUNT(boards); k++) {
            on_threads(&lab, &host, want[k]);
            not_wanted(&lab, &host, want[k]);
        }
        ran++;
        host_close(&host);
    }
    cr_assert(ran, "no target of %s is here", row->experiment);
    lab_close(&lab);
}

/* ---- wrong calls ------------------------------------------------------------------------- */

typedef struct Kept { unsigned char *at[NUM_COUNT]; } Kept;

static Kept board_kept(Lab *lab, const Board *b)
{
    Kept kept;
    for (int k = 0; k < NUM_COUNT; k++) kept.at[k] = arena_copy(&lab->arena, b->own[k], b->count[k] * b->real + 1);
    return kept;
}

/* The call has this status, and if that is a refusal nothing has changed. */
static void gives(Lab *lab, const Host *host, Call call, Board *b, int status, const char *what)
{
    static const char names[][9] = { "f", "vjp", "jvp", "start", "solve", "observe", "gradient", "loss", "update", "train" };
    Kept kept = board_kept(lab, b);
    int got = host->call(call, &b->n);
    cr_assert(got == status, "%s, %s with %s: status %d, not %d", lab->lowered->field->instance, names[call], what, got, status);
    guards_hold(b, what);
    for (int k = 0; status && status <= NODEC_WORKSPACE && k < NUM_COUNT; k++)
        cr_assert(!memcmp(kept.at[k], b->own[k], b->count[k] * b->real), "%s with %s writes array %d", names[call], what, k);
}

/* What each function cannot do without; the time only where the field sees it. */
static void check_null(Lab *lab, const Host *host, Board *b)
{
    static const struct { Call call; int array[8]; } needs[] = {
        { CALL_F,        { NUM_X0, NUM_THETA, NUM_U, NUM_T, NUM_DX, -1 } },
        { CALL_VJP,      { NUM_X0, NUM_THETA, NUM_U, NUM_T, NUM_A, -1 } },
        { CALL_JVP,      { NUM_X0, NUM_THETA, NUM_U, NUM_T, NUM_DOT, -1 } },
        { CALL_START,    { NUM_THETA, NUM_START, -1 } },
        { CALL_SOLVE,    { NUM_X0, NUM_THETA, NUM_U, NUM_T, NUM_X, -1 } },
        { CALL_OBSERVE,  { NUM_X, NUM_THETA, NUM_T, NUM_Y, -1 } },
        { CALL_GRADIENT, { NUM_X, NUM_THETA, NUM_U, NUM_T, NUM_G_X, -1 } },
        { CALL_LOSS,     { NUM_X0, NUM_THETA, NUM_U, NUM_T, NUM_TARGET, -1 } },
        { CALL_TRAIN,    { NUM_X0, NUM_THETA, NUM_U, NUM_T, NUM_TARGET, NUM_LOSS_THETA, NUM_MOMENTS, -1 } },
    };
    const Field *field = lab->lowered->field;
    for (size_t k = 0; k < COUNT(needs); k++)
        for (const int *a = needs[k].array; lab_has(lab, needs[k].call) && *a >= 0; a++) {
            bool free = (*a == NUM_U && !field->inputs) || (*a == NUM_T && needs[k].call <= CALL_JVP && !field->uses_time);
            void *was = b->n.at[*a];
            b->n.at[*a] = NULL;
            gives(lab, host, needs[k].call, b, free ? NODEC_OK : NODEC_ARGUMENT, arena_printf(&lab->arena, "array %d NULL", *a));
            b->n.at[*a] = was;
        }
}

static void check_sizes(Lab *lab, const Host *host, Board *b)
{
    for (Call call = 0; call < CALL_COUNT; call++) {
        if (!lab_has(lab, call) || call == CALL_UPDATE) continue;
        Numbers kept = b->n;
        bool works = call != CALL_F && call != CALL_START && call != CALL_OBSERVE, path = call > CALL_START;
        b->n.batch = 0;
        gives(lab, host, call, b, NODEC_ARGUMENT, "an empty batch");
        b->n.batch = SIZE_MAX;
        gives(lab, host, call, b, NODEC_ARGUMENT, "a batch beyond all memory");
        b->n = kept;
        b->n.times = path ? 0 : 1;
        if (path) gives(lab, host, call, b, NODEC_ARGUMENT, "no times");
        b->n = kept;
        b->n.work_bytes = host->work(call, kept.batch, path ? kept.times : 1) - 1;
        if (works) gives(lab, host, call, b, NODEC_WORKSPACE, "a byte too few");
        b->n = kept;
        b->n.work = NULL;
        if (works) gives(lab, host, call, b, NODEC_WORKSPACE, "no workspace");
        b->n = kept;
    }
}

static const Call solving[] = { CALL_SOLVE, CALL_GRADIENT, CALL_LOSS, CALL_TRAIN };

static void check_times(Lab *lab, const Host *host, Board *b)
{
    static const struct { const char *what; double t[TIMES_TOLD]; } bad[] = {
        { "a time twice",        { 0, 1, 1, 2 } },        { "times that turn",     { 0, 1, 2, 1 } },
        { "NaN at first",        { NAN, 1, 2, 3 } },      { "NaN in the middle",   { 0, 1, NAN, 2 } },
        { "NaN at last",         { 0, 1, 2, NAN } },      { "an infinite time",    { 0, 1, 2, INFINITY } },
        { "all times the same",  { 1, 1, 1, 1 } },        { "falling, then not",   { 3, 2, 1, 1.5 } },
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        for (size_t s = 0; s < (b->n.t_stride ? b->n.batch : 1); s++) {       /* in every row */
            double was[TIMES_TOLD];
            for (size_t k = 0; k < TIMES_TOLD; k++) {
                was[k] = board_get(b, NUM_T, s * b->n.t_stride + k);
                board_set(b, NUM_T, s * b->n.t_stride + k, bad[i].t[k]);
            }
            for (size_t c = 0; c < COUNT(solving); c++)
                if (lab_has(lab, solving[c])) gives(lab, host, solving[c], b, NODEC_ARGUMENT, bad[i].what);
            for (size_t k = 0; k < TIMES_TOLD; k++) board_set(b, NUM_T, s * b->n.t_stride + k, was[k]);
        }
}

static void check_options(Lab *lab, const Host *host, Board *b)
{
    const nodec_options good = b->options;
    nodec_options bad[6];
    for (size_t i = 0; i < COUNT(bad); i++) bad[i] = good;
    bad[0].h_max = 0, bad[1].h_max = -0.1, bad[2].h_max = NAN, bad[3].size = 0, bad[4].size = sizeof(size_t), bad[5].max_steps = 0;
    for (size_t c = 0; c < COUNT(solving); c++) {
        if (!lab_has(lab, solving[c])) continue;
        for (size_t i = 0; i < COUNT(bad); i++) {
            b->options = bad[i];
            gives(lab, host, solving[c], b, NODEC_ARGUMENT, arena_printf(&lab->arena, "bad options %zu", i));
        }
        b->options = good;
        b->n.options = NULL;
        b->n.report = NULL;
        if (solving[c] != CALL_TRAIN) gives(lab, host, solving[c], b, NODEC_OK, "no options and no report");
        b->n.options = &b->options;
        b->n.report = &b->report;
    }
}

/* Too many steps, and numbers that are none: said, with the place, and nothing is learned from them. */
static void check_failures(Lab *lab, const Host *host, Board *b)
{
    const nodec_options good = b->options;
    const Field *field = lab->lowered->field;
    size_t sample = b->n.batch - 2, at = sample * field->states;
    double was = board_get(b, NUM_X0, at);
    bool given = field->state.at[0].given;
    for (int how = 0; how < 2; how++) {
        if (how) board_set(b, NUM_X0, at, INFINITY);
        else b->options.max_steps = 1;
        for (size_t c = 0; c < COUNT(solving); c++) {
            Call call = solving[c];
            if (!lab_has(lab, call) || (how && (call == CALL_GRADIENT || (!given && call != CALL_SOLVE)))) continue;
            Kept kept = board_kept(lab, b);
            gives(lab, host, call, b, how ? NODEC_NONFINITE : NODEC_STEPS, how ? "an infinite state" : "one step at most");
            cr_assert_eq(b->report.sample, how ? sample : 0, "sample %zu", b->report.sample);
            if (how) cr_assert_eq(b->report.t, board_get(b, NUM_T, sample * b->n.t_stride));
            if (how) cr_assert(b->report.where && !strcmp(b->report.where, field->state.at[0].name), "in %s", b->report.where);
            cr_assert(!memcmp(kept.at[NUM_THETA], b->own[NUM_THETA], b->count[NUM_THETA] * b->real), "theta has moved");
            cr_assert(!memcmp(kept.at[NUM_MOMENTS], b->own[NUM_MOMENTS], b->count[NUM_MOMENTS] * b->real), "the moments have moved");
        }
        board_set(b, NUM_X0, at, was);
        b->options = good;
    }
}

static void check_wrong_calls(const Row *row, const Target *target)
{
    static const struct { size_t batch; When when; } few_and_many[] = { { 3, PER_SAMPLE }, { 40, SHARED } };
    Lab lab;
    row_open(&lab, row);
    Host host = host_load(&lab, target);
    for (size_t i = 0; i < COUNT(few_and_many); i++) {
        Board *b = board_filled(&lab, &host, few_and_many[i].batch, few_and_many[i].when);
        cr_assert_eq(host_run(&host, CALL_SOLVE, b), NODEC_OK);
        b->n.work_bytes = host.work(CALL_LOSS, b->n.batch, b->n.times);
        b->n.work = malloc(b->n.work_bytes);
        check_null(&lab, &host, b);
        check_sizes(&lab, &host, b);
        check_times(&lab, &host, b);
        check_options(&lab, &host, b);
        check_failures(&lab, &host, b);
        for (size_t c = 0; c < COUNT(solving); c++)         /* and after all that nothing is left behind */
            if (lab_has(&lab, solving[c])) gives(&lab, &host, solving[c], b, NODEC_OK, "nothing wrong");
        free(b->n.work);
    }
    host_close(&host);
    lab_close(&lab);
}

Test(bits, wrong_calls, .timeout = 240)
{
    for (size_t i = 0; i < COUNT(rows); i++) check_wrong_calls(&rows[i], target_quick());
}

Test(bits, wrong_calls_of_the_driver, .timeout = 240)
{
    for (size_t i = 0; i < COUNT(rows); i++) check_wrong_calls(&rows[i], &(Target){ "driver", 0, "apart" });
}

/* ---- all of it --------------------------------------------------------------------------- */

Test(bits, smallest_model_on_every_target, .timeout = 240) { check_row(&rows[0]); }
Test(bits, every_model, .timeout = 240)
{
    for (size_t i = 1; i < COUNT(rows); i++) check_row(&rows[i]);
}
