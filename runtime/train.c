/* train.c: the loop: batch, loss and gradient, update.
 *
 * Steps are made in chunks of a few hundredths of a second; between chunks stands
 * everything that is not training (metrics, pictures, validation, checkpoints,
 * progress), and only the chunks are timed.  Nothing in a chunk allocates or
 * looks at a clock. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "train.h"
#include "rate.h"
#include "real.h"
#include "store.h"

enum { RECORDS = 1024 };                        /* logged steps in one chunk, at most */
static const uint64_t MOMENT = 20000000;        /* ns: how long a chunk wants to be   */
static const uint64_t PATIENCE = 1000000000;    /* ns: then pictures are drawn as they come */
static const uint64_t SELDOM = 30000000000;     /* ns between checkpoints, in the end */

typedef struct record { uint64_t step; double loss, rate, gradient; } record;

typedef struct training {
    const nodec_plan   *plan;
    const nodec_module *module;
    pool      *threads;
    dataset    data;
    minibatch  batch;
    validation held;
    plots      pictures;
    metrics    log;
    progress   shown;
    checkpoint at;                              /* step, seconds, losses so far       */
    uint64_t   steps, log_every, validate_every;
    uint64_t   steps_here, nanoseconds, begun;
    uint64_t   checkpoint_due;                  /* on the clock                       */

    nodec_options options;
    nodec_report  report;
    void *theta, *gradient, *moments, *x, *work;
    size_t work_bytes;
    const nodec_batch *now;                     /* of the last step                   */

    size_t records;
    record record[RECORDS];
} training;

/* ---- interrupts ----------------------------------------------------------------------------- */

static volatile sig_atomic_t stop_wanted;

static void want_stop(int signal)
{
    (void)signal;
    stop_wanted = 1;
}

typedef struct handlers { struct sigaction interrupt, terminate, pipe; } handlers;

/* A second interrupt ends the process as usual. */
static void install(handlers *old)
{
    struct sigaction stop = {.sa_handler = want_stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    stop_wanted = 0;
    sigaction(SIGINT, &stop, &old->interrupt);
    sigaction(SIGTERM, &stop, &old->terminate);
    sigaction(SIGPIPE, &ignore, &old->pipe);
}

static void restore(const handlers *old)
{
    sigaction(SIGINT, &old->interrupt, NULL);
    sigaction(SIGTERM, &old->terminate, NULL);
    sigaction(SIGPIPE, &old->pipe, NULL);
}

/* ---- one step ------------------------------------------------------------------------------- */

/* False if something left the finite numbers; theta is then as before the step. */
static bool step(training *w, int *status)
{
    const nodec_module *m = w->module;
    const uint64_t number = w->at.step + 1;
    double loss = 0;
    w->now = minibatch_at(&w->batch, number);
    *status = m->loss(w->now, w->theta, &loss, w->x, w->gradient, &w->options, &w->report, w->work, w->work_bytes);
    if (*status || !isfinite(loss)) return false;
    if (real_first_bad(w->gradient, m->real_bytes, m->params) < m->params) return false;

    nodec_update update = w->plan->update;
    update.step = number;
    update.lr *= rate_at(&w->plan->rate, number, w->steps);
    const double norm = m->update(&update, w->theta, w->gradient, w->moments);
    w->at.step = number;
    history_add(&w->at.past, number, loss);
    if (number % w->log_every == 0 || number == 1 || number == w->steps)
        w->record[w->records++] = (record){number, loss, update.lr, norm};
    return true;
}

/* Steps up to `until`, or until one is broken or somebody wants to stop. */
static bool advance(training *w, uint64_t until, int *status)
{
    const uint64_t start = progress_clock();
    bool good = true;
    while (good && w->at.step < until && !stop_wanted && w->records < RECORDS) {
        good = step(w, status);
        w->steps_here += good;
    }
    w->nanoseconds += progress_clock() - start;
    return good;
}

/* ---- when a step breaks ------------------------------------------------------------------------ */

/* The last observation before `t` at which sample b is finite; its index, or times. */
static size_t last_good(const training *w, size_t b, double t)
{
    const nodec_module *m = w->module;
    const nodec_batch *n = w->now;
    size_t good = n->times;
    for (size_t i = 0; i < n->times && real_at(n->t, m->real_bytes, b * n->t_stride + i) < t; i++) {
        const void *row = real_address(w->x, m->real_bytes, (i * n->batch + b) * m->states);
        if (real_first_bad(row, m->real_bytes, m->states) < m->states) break;
        good = i;
    }
    return good;
}

static const char *parameter_at(const nodec_module *m, size_t index)
{
    for (size_t r = 0; r < m->param_rows; r++)
        if (index >= m->param[r].offset && index < m->param[r].offset + m->param[r].count) return m->param[r].name;
    return "?";
}

/* Solves again from the last good observation, one solver step at a time, and leaves
 * the last finite state and its time in the failure. `again` holds the state.        */
static void approach(const training *w, size_t b, size_t good, solution *again, nodec_failure *failure)
{
    enum { MOST = 512 };
    const nodec_module *m = w->module;
    const nodec_batch *n = w->now;
    const double from = real_at(n->t, m->real_bytes, b * n->t_stride + good);
    const double to = good + 1 < n->times ? real_at(n->t, m->real_bytes, b * n->t_stride + good + 1) : failure->t;
    const double wanted = w->options.steps ? (double)w->options.steps : ceil((to - from) / w->options.h_max);
    const size_t steps = wanted >= 1 && wanted < MOST ? (size_t)wanted : MOST;
    nodec_fault ignored = {0};
    void *t = solve_memory((steps + 1) * m->real_bytes);
    if (!t || solve_open(again, m, &w->options, NULL, 1, steps + 1, &ignored)) {
        free(t);
        return;
    }
    again->options.steps = w->options.steps ? 1 : 0;
    for (size_t i = 0; i <= steps; i++)
        real_put(t, m->real_bytes, i, from + (to - from) * (double)i / (double)steps);
    memset(again->x, 0xFF, (steps + 1) * m->states * m->real_bytes);        /* not a number */
    m->solve(1, steps + 1, t, 0, real_address(w->x, m->real_bytes, (good * n->batch + b) * m->states),
             failure->inputs, w->theta, again->x, &again->options, &again->report, again->work, again->work_bytes);
    for (size_t i = 0; i <= steps; i++) {
        const void *row = real_address(again->x, m->real_bytes, i * m->states);
        if (real_first_bad(row, m->real_bytes, m->states) < m->states) break;
        failure->t_before = real_at(t, m->real_bytes, i);
        failure->x_before = row;
    }
    free(t);
}

static void describe_solve(training *w, nodec_fault *fault)
{
    const nodec_module *m = w->module;
    const nodec_batch *n = w->now;
    solution again = {0};
    const size_t b = w->report.sample < n->batch ? w->report.sample : 0, good = last_good(w, b, w->report.t);
    nodec_failure failure = {
        .step = w->at.step + 1, .sample = b, .t = w->report.t, .state = w->report.where, .module = m, .theta = w->theta,
        .inputs = m->inputs ? real_address(n->inputs, m->real_bytes, b * m->inputs) : NULL
    };
    if (good < n->times) approach(w, b, good, &again, &failure);
    const char *layer = w->plan->layer ? w->plan->layer(w->plan->context, &failure) : NULL;
    char t[REAL_TEXT];
    snprintf(t, sizeof t, "%.6g", failure.t);
    fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: state `%s` became infinite or not a number "
              "at t = %s%s%s%s, sample %zu of the batch", (unsigned long long)failure.step,
              failure.state ? failure.state : "?", t, layer ? ", in layer `" : "", layer ? layer : "",
              layer ? "`" : "", b);
    solve_close(&again);
}

static int explain(training *w, int status, nodec_fault *fault)
{
    const nodec_module *m = w->module;
    const unsigned long long number = w->at.step + 1;
    const size_t bad = real_first_bad(w->gradient, m->real_bytes, m->params);
    char t[REAL_TEXT];
    snprintf(t, sizeof t, "%.6g", w->report.t);
    switch (status) {
    case NODEC_NONFINITE:
        describe_solve(w, fault);
        break;
    case NODEC_STEPS:
    case NODEC_STEP_SIZE:
        fault_set(fault, NODEC_EXIT_NUMERIC, "training stopped at step %llu: %s at t = %s, sample %zu of the batch",
                  number, solve_status(status), t, w->report.sample);
        break;
    case NODEC_OK:
        if (bad < m->params)
            fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: the gradient of parameter `%s` is "
                      "infinite or not a number", number, parameter_at(m, bad));
        else
            fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: the loss is infinite or not a number",
                      number);
        break;
    default:
        return fault_set(fault, NODEC_EXIT_BUG, "step %llu of the training: %s", number, solve_status(status));
    }
    snprintf(t, sizeof t, "%.4g", w->plan->update.lr);
    fault_note(fault, "the learning rate is %s; a smaller one, or clip = 1, may help%s%s%s", t,
               w->plan->out ? "; the weights before this step are in " : "",
               w->plan->out ? w->plan->out : "", w->plan->out ? "/" CHECKPOINT_FILE : "");
    return fault->status;
}

static uint64_t next_multiple(uint64_t step, uint64_t every) { return (step / every + 1) * every; }

static uint64_t nearer(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* ---- between chunks ------------------------------------------------------------------------------ */

static int write_records(training *w, nodec_fault *fault)
{
    for (size_t i = 0; i < w->records; i++) {
        const record *r = &w->record[i];
        if (metrics_step(&w->log, r->step, r->loss, r->rate, r->gradient, fault)) return fault->status;
    }
    w->records = 0;
    return 0;
}

static int validate(training *w, nodec_fault *fault)
{
    const double loss = validation_loss(&w->held, w->theta);
    if (isfinite(loss)) history_extend(&w->at.past.validation, w->at.step, loss);
    return metrics_validation(&w->log, w->at.step, loss, fault);
}

static int save_checkpoint(training *w, nodec_fault *fault)
{
    char path[PATH_MAX];
    if (!w->plan->out) return 0;
    if (metrics_flush(&w->log, fault)) return fault->status;
    w->at.metrics = w->log.offset;
    checkpoint now = w->at;
    now.seconds += (double)w->nanoseconds * 1e-9;
    if (store_path(path, w->plan->out, CHECKPOINT_FILE, fault)) return fault->status;
    return checkpoint_save(path, w->module, &now, w->theta, w->moments, fault);
}

/* After one second, two, four, ..., and then every half minute. */
static int save_when_due(training *w, uint64_t now, nodec_fault *fault)
{
    if (now < w->checkpoint_due) return 0;
    w->checkpoint_due = now + nearer(now - w->begun, SELDOM);
    return save_checkpoint(w, fault);
}

static int save_weights(training *w, nodec_fault *fault)
{
    char path[PATH_MAX], number[24];
    if (!w->plan->out) return 0;
    snprintf(number, sizeof number, "%llu", (unsigned long long)w->at.step);
    const char *const notes[] = {"model", w->module->name, "experiment",
                                 w->plan->experiment ? w->plan->experiment : "", "step", number, NULL};
    if (store_path(path, w->plan->out, "weights.safetensors", fault)) return fault->status;
    return weights_save(path, w->module, w->theta, notes, fault);
}

/* What is due at the step reached. */
static int attend(training *w, nodec_fault *fault)
{
    const uint64_t now = progress_clock();
    if (write_records(w, fault)) return fault->status;
    if (w->data.held && (w->at.step % w->validate_every == 0 || w->at.step == w->steps) && validate(w, fault))
        return fault->status;
    if (plot_frames(&w->pictures, w->at.step, w->theta, &w->at.past, fault)) return fault->status;
    if (now - w->begun > PATIENCE) plot_begin(&w->pictures);
    if (save_when_due(w, now, fault)) return fault->status;
    progress_show(&w->shown, w->at.step, w->at.past.last);
    return 0;
}

static int loop(training *w, nodec_fault *fault)
{
    uint64_t chunk = 1;
    while (w->at.step < w->steps && !stop_wanted) {
        const uint64_t before = w->nanoseconds;
        uint64_t until = nearer(w->steps, w->at.step + chunk);
        until = nearer(until, plot_due(&w->pictures, w->at.step));
        if (w->data.held) until = nearer(until, next_multiple(w->at.step, w->validate_every));
        int status = 0;
        if (!advance(w, until, &status)) {
            if (!write_records(w, fault)) save_checkpoint(w, fault);
            return explain(w, status, fault);
        }
        if (attend(w, fault)) return fault->status;
        const uint64_t spent = w->nanoseconds - before;
        if (spent < MOMENT / 2 && chunk < 1u << 20) chunk *= 2;
        if (spent > MOMENT * 2 && chunk > 1) chunk /= 2;
    }
    return 0;
}

/* ---- begin and end --------------------------------------------------------------------------------- */

static int read_checkpoint(training *w, nodec_fault *fault)
{
    char path[PATH_MAX];
    if (!w->plan->out) return fault_set(fault, NODEC_EXIT_USAGE, "--resume needs the folder of the run: --out DIR");
    if (store_path(path, w->plan->out, CHECKPOINT_FILE, fault)) return fault->status;
    return checkpoint_load(path, w->module, &w->at, w->theta, w->moments, fault);
}

static int begin_anew(training *w, nodec_fault *fault)
{
    if (w->plan->weights) {
        if (weights_load(w->plan->weights, w->module, w->theta, fault)) return fault->status;
    } else {
        w->module->init(w->plan->seed, w->theta);
    }
    if (!w->plan->out) return 0;
    if (store_folder(w->plan->out, fault)) return fault->status;
    return save_checkpoint(w, fault);           /* from here on the run can be resumed  */
}

static int check_plan(const nodec_plan *plan, nodec_fault *fault)
{
    const nodec_module *m = plan->fit;
    if (!m->loss || !m->update) return fault_set(fault, NODEC_EXIT_BUG, "%s was compiled without training", m->name);
    if (!m->params) return fault_set(fault, NODEC_EXIT_DATA, "%s has no parameters to train", m->name);
    if (!plan->steps && !plan->epochs) return fault_set(fault, NODEC_EXIT_DATA, "neither `steps` nor `epochs` says how long to train");
    return rate_check(&plan->rate, fault);
}

static int make_room(training *w, nodec_fault *fault)
{
    const nodec_module *m = w->module;
    const size_t rows = w->batch.batch * w->batch.times, bytes = m->real_bytes;
    w->work_bytes = m->work(w->batch.batch, w->batch.times);
    if (!w->work_bytes || rows > SIZE_MAX / 64 / (m->states + 1))
        return fault_set(fault, NODEC_EXIT_DATA, "a batch of %zu trajectories with %zu observations is too large",
                         w->batch.batch, w->batch.times);
    w->x = solve_memory(rows * m->states * bytes);
    w->work = solve_memory(w->work_bytes);
    return w->x && w->work ? 0 : fault_set(fault, NODEC_EXIT_IO, "out of memory for a batch of %zu trajectories", w->batch.batch);
}

static int open_training(training *w, nodec_fault *fault)
{
    const nodec_plan *plan = w->plan;
    const nodec_module *m = w->module;
    const size_t bytes = m->params * m->real_bytes;
    if (check_plan(plan, fault)) return fault->status;
    w->theta = solve_memory(bytes);
    w->gradient = solve_memory(bytes);
    w->moments = solve_memory(bytes * m->moments);
    if (!w->theta || !w->gradient || !w->moments) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    w->threads = pool_open(plan->threads, fault);
    if (fault->status) return fault->status;
    w->options = plan->options ? *plan->options : m->options;
    w->options.size = sizeof w->options;
    w->options.parallel = pool_parallel(w->threads);

    if (data_open(&w->data, m, &plan->data, plan->seed, w->options.parallel, fault)) return fault->status;
    if (data_split(&w->data, &plan->split, fault)) return fault->status;
    if (minibatch_open(&w->batch, &w->data, &plan->batch, plan->seed, fault)) return fault->status;
    if (make_room(w, fault)) return fault->status;
    w->steps = plan->steps ? plan->steps : plan->epochs * w->batch.per_epoch;
    w->log_every = plan->log_every ? plan->log_every : (w->steps + 9999) / 10000;
    w->validate_every = plan->validate_every ? plan->validate_every : (w->steps + 49) / 50;

    w->at.fingerprint = plan->fingerprint;
    w->at.seed = plan->seed;
    if (plan->resume ? read_checkpoint(w, fault) : begin_anew(w, fault)) return fault->status;
    if (metrics_open(&w->log, plan->out, w->at.metrics, fault)) return fault->status;
    if (w->data.held && validation_open(&w->held, plan, &w->data, fault)) return fault->status;
    return plot_open(&w->pictures, plan, &w->data, fault);
}

static void close_training(training *w)
{
    plot_close(&w->pictures);
    validation_close(&w->held);
    metrics_close(&w->log);
    minibatch_close(&w->batch);
    data_close(&w->data);
    pool_close(w->threads);
    free(w->theta);
    free(w->gradient);
    free(w->moments);
    free(w->x);
    free(w->work);
    free(w);
}

/* ---- results ------------------------------------------------------------------------------------------ */

static void fill_result(const training *w, nodec_result *r)
{
    const double here = (double)w->nanoseconds * 1e-9;
    *r = (nodec_result){
        .steps = w->at.step, .steps_here = w->steps_here,
        .loss_first = w->at.past.losses ? w->at.past.first : NAN, .loss_last = w->at.past.losses ? w->at.past.last : NAN,
        .loss_mean = history_mean(&w->at.past), .validation = NAN, .seconds = w->at.seconds + here,
        .us_per_step = w->steps_here ? here * 1e6 / (double)w->steps_here : 0, .parameters = w->module->params
    };
    if (w->data.held) r->validation = validation_loss(&w->held, w->theta);
}

static void say_result(training *w, const nodec_result *r)
{
    char text[PATH_MAX + 300], kept[64] = "";
    if (w->plan->quiet) return;
    if (w->data.held) snprintf(kept, sizeof kept, ", validation %.3g", r->validation);
    snprintf(text, sizeof text, "%s: %llu steps in %.3g s (%.3g us each), loss %.3g -> %.3g%s%s%s",
             w->plan->experiment ? w->plan->experiment : w->module->name, (unsigned long long)r->steps, r->seconds,
             r->us_per_step, r->loss_first, r->loss_mean, kept, w->plan->out ? "; " : "",
             w->plan->out ? w->plan->out : "");
    progress_say(&w->shown, text);
}

/* Checkpoint, weights, pictures; what is left of a run, finished or stopped. */
static int leave(training *w, bool pictures, nodec_fault *fault)
{
    char reason[300], text[PATH_MAX + 400];
    if (metrics_flush(&w->log, fault) || save_checkpoint(w, fault) || save_weights(w, fault)) return fault->status;
    if (!pictures || plot_finish(&w->pictures, w->at.step, w->theta, &w->at.past, reason, sizeof reason, fault))
        return fault->status;
    if (fault->status) return fault->status;
    snprintf(text, sizeof text, "nodec: warning: no pictures: %s (their data and scripts are in %s)", reason, w->plan->out);
    progress_say(&w->shown, text);
    return 0;
}

static int train(training *w, nodec_result *result, nodec_fault *fault)
{
    if (open_training(w, fault)) return fault->status;
    w->begun = progress_clock();
    w->checkpoint_due = w->begun + PATIENCE;
    progress_open(&w->shown, w->plan->quiet, w->at.step, w->steps);
    const int status = loop(w, fault);
    const bool stopped = !status && w->at.step < w->steps;
    progress_close(&w->shown, w->at.step, w->at.past.last);
    fill_result(w, result);
    if (status) return status;
    if (leave(w, !stopped, fault)) return fault->status;
    if (w->plan->json && result_json(w->plan, result, !stopped, fault)) return fault->status;
    if (!stopped) {
        say_result(w, result);
        return 0;
    }
    fault->status = NODEC_EXIT_STOPPED;         /* not an error, but not a result either */
    snprintf(fault->text, sizeof fault->text, "nodec: stopped after step %llu of %llu%s%s%s",
             (unsigned long long)w->at.step, (unsigned long long)w->steps, w->plan->out ? "; --resume --out " : "",
             w->plan->out ? w->plan->out : "", w->plan->out ? " goes on from there" : "");
    return NODEC_EXIT_STOPPED;
}

int nodec_train(const nodec_plan *plan, nodec_result *result, nodec_fault *fault)
{
    handlers before;
    training *w = calloc(1, sizeof *w);
    *result = (nodec_result){0};
    if (!w) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    w->plan = plan;
    w->module = plan->fit;
    w->log.fd = -1;
    install(&before);
    const int status = train(w, result, fault);
    close_training(w);
    restore(&before);
    return status;
}
