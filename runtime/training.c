/* training.c: the loop: loss and gradient, update.
 *
 * Steps are made in chunks of a few hundredths of a second; between chunks stands
 * everything that is not training (metrics, pictures, validation, checkpoints,
 * progress), and only the chunks are timed.  Nothing in a chunk allocates or
 * looks at a clock. */
#include "training.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "code.h"
#include "interrupt.h"
#include "profile.h"
#include "rate.h"
#include "real.h"
#include "safetensors.h"
#include "solve.h"
#include "store.h"

static const uint64_t MOMENT = 20000000;        /* ns: how long a chunk wants to be   */
static const uint64_t TOGETHER = 8;             /* slow steps of an engine that runs ahead: in one chunk all the same */
static const uint64_t PATIENCE = 1000000000;    /* ns: before the first checkpoint, and between any two */
static const uint64_t SELDOM = 30000000000;     /* ns between checkpoints, in the end */

/* ---- one step ------------------------------------------------------------------------------- */

static void note(training *w, uint64_t number, double loss, double norm)
{
    const size_t i = w->records++;
    w->record[i] = (record){number, loss, training_update(w, number).lr, norm};
    if (w->extras) memcpy(w->extra + i * w->extras, w->value + w->values - w->extras, w->extras * sizeof *w->extra);
}

static double loss_of(const training *w)
{
    double loss = 0;
    for (size_t i = 0; i < w->losses; i++) loss += w->value[i];
    return loss;
}

nodec_update training_update(const training *w, uint64_t number)
{
    nodec_update update = w->plan->update;
    update.step = number;
    update.lr *= rate_at(&w->plan->rate, number, w->steps);
    return update;
}

void training_count(training *w, uint64_t number, double norm)
{
    const double loss = loss_of(w);
    if (w->kind->remember) w->kind->remember(w, number, loss);
    w->at.step = number;
    history_add(&w->at.past, number, loss);
    if (number % w->log_every == 0 || number == 1 || number == w->steps) note(w, number, loss, norm);
}

/* False if something left the finite numbers; what was learned is then as before the step. */
static bool step(training *w, int *status)
{
    const uint64_t number = w->at.step + 1;
    const size_t kept = w->now.buffers * w->now.real_bytes;
    if (kept) memcpy(w->before, w->now.kept, kept);
    *status = w->kind->gradient(w, number);
    if (*status || !isfinite(loss_of(w)) || real_first_bad(w->gradient, w->now.real_bytes, w->now.params) < w->now.params) {
        if (kept) memcpy(w->now.kept, w->before, kept);
        return false;
    }
    const nodec_update update = training_update(w, number);
    training_count(w, number, w->kind->update(w, &update));
    return true;
}

/* Steps up to `until`, or until one is broken or somebody wants to stop. */
static bool advance(training *w, uint64_t until, int *status)
{
    const uint64_t start = progress_clock(), first = w->at.step;
    bool good = true;
    profile_begin(w->plan->profile);
    while (good && w->at.step < until && !interrupted() && w->records < RECORDS)
        good = w->now.march ? training_march(w, until, status) : step(w, status);
    profile_end(w->plan->profile);
    w->steps_here += w->at.step - first;
    w->nanoseconds += progress_clock() - start;
    return good;
}

/* If the engine broke: why, and that not all is lost; else 0. */
static int broken(const training *w, nodec_fault *fault)
{
    if (!code_fault(w->now.code, fault)) return 0;
    if (w->plan->out) fault_note(fault, "--resume --out %s goes on from its last checkpoint", w->plan->out);
    return fault->status;
}

static int explain(training *w, int status, nodec_fault *fault)
{
    char rate[REAL_TEXT];
    const unsigned long long number = w->at.step + 1;
    if (broken(w, fault) || code_fetch(w->now.code, w->gradient, fault)) return fault->status;
    const size_t bad = real_first_bad(w->gradient, w->now.real_bytes, w->now.params);
    if (status == NODEC_ARGUMENT || status == NODEC_WORKSPACE)
        return fault_set(fault, NODEC_EXIT_BUG, "step %llu of the training: %s", number, solve_status(status));
    if (status) w->kind->explain(w, status, fault);
    else if (bad < w->now.params)
        fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: the gradient of parameter `%s` is "
                  "infinite or not a number", number, learned_name(&w->now, bad));
    else
        fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: the loss is infinite or not a number", number);
    snprintf(rate, sizeof rate, "%.4g", w->plan->update.lr);
    fault_note(fault, "the learning rate is %s; a smaller one, or clip = 1, may help%s%s%s", rate,
               w->plan->out ? "; the weights before this step are in " : "",
               w->plan->out ? w->plan->out : "", w->plan->out ? "/" CHECKPOINT_FILE : "");
    return fault->status;
}

/* ---- between chunks --------------------------------------------------------------------------- */

uint64_t training_next(uint64_t step, uint64_t every) { return (step / every + 1) * every; }

static uint64_t nearer(uint64_t a, uint64_t b) { return a < b ? a : b; }

static int write_records(training *w, nodec_fault *fault)
{
    metric of[3 + TRAINING_EXTRAS];
    for (size_t i = 0; i < w->records; i++) {
        const record *r = &w->record[i];
        size_t n = 0;
        of[n++] = (metric){"loss", r->loss};
        for (size_t k = 0; k < w->extras; k++) of[n++] = (metric){w->extra_name[k], w->extra[i * w->extras + k]};
        of[n++] = (metric){"lr", r->rate};
        of[n++] = (metric){"gradient", r->gradient};
        if (metrics_line(&w->log, r->step, of, n, fault)) return fault->status;
    }
    w->records = 0;
    return 0;
}

static int fetch_learned(training *w, nodec_fault *fault)
{
    const nodec_code *code = w->now.code;
    if (!w->kept || code_fetch(code, w->now.theta, fault)) return fault->status;
    if (w->now.moments && code_fetch(code, w->now.moment, fault)) return fault->status;
    return w->now.buffers ? code_fetch(code, w->now.kept, fault) : 0;
}

int training_save(training *w, nodec_fault *fault)
{
    char path[PATH_MAX];
    if (!w->plan->out) return 0;
    if (fetch_learned(w, fault) || metrics_flush(&w->log, fault)) return fault->status;
    w->at.metrics = w->log.offset;
    checkpoint now = w->at;
    w->saved = progress_clock();
    now.seconds += (double)w->nanoseconds * 1e-9;
    if (store_path(path, w->plan->out, CHECKPOINT_FILE, fault)) return fault->status;
    return checkpoint_save(path, &w->now, &now, w->more, w->more_bytes, fault);
}

int training_save_seldom(training *w, nodec_fault *fault)
{
    return progress_clock() - w->saved < PATIENCE ? 0 : training_save(w, fault);
}

/* After one second, two, four, ..., and then every half minute. */
static int save_when_due(training *w, nodec_fault *fault)
{
    const uint64_t now = progress_clock(), every = w->plan->save_every;
    if (every ? w->at.step % every != 0 : now < w->checkpoint_due) return 0;
    w->checkpoint_due = now + nearer(now - w->begun, SELDOM);
    return training_save(w, fault);
}

static int attend(training *w, nodec_fault *fault)
{
    if (write_records(w, fault) || w->kind->attend(w, fault) || broken(w, fault) || save_when_due(w, fault))
        return fault->status;
    if (w->at.step < w->steps) progress_show(&w->shown, w->at.step, w->running);        /* the last is shown by closing */
    return 0;
}

int training_loop(training *w, nodec_fault *fault)
{
    uint64_t chunk = 1;
    w->begun = progress_clock();
    w->checkpoint_due = w->begun + PATIENCE;
    while (w->at.step < w->steps && !interrupted()) {
        const uint64_t before = w->nanoseconds;
        uint64_t until = nearer(nearer(w->steps, w->at.step + chunk), w->kind->due(w, w->at.step));
        if (w->plan->save_every) until = nearer(until, training_next(w->at.step, w->plan->save_every));
        int status = 0;
        if (!advance(w, until, &status)) {
            if (!code_fault(w->now.code, fault) && !write_records(w, fault)) training_save(w, fault);
            return explain(w, status, fault);
        }
        if (!w->first) w->first = progress_clock();
        if (attend(w, fault)) return fault->status;
        const uint64_t spent = w->nanoseconds - before;
        if (spent < MOMENT / 2 && chunk < 1u << 20) chunk *= 2;
        if (spent > MOMENT * 2 && chunk > 1) chunk /= 2;
        if (w->now.march && chunk < TOGETHER) chunk = TOGETHER;
    }
    return 0;
}

/* ---- begin and end ------------------------------------------------------------------------------ */

static int check_plan(const nodec_plan *plan, const learned *what, nodec_fault *fault)
{
    if (!what->params) return fault_set(fault, NODEC_EXIT_DATA, "%s has no parameters to train", what->name);
    if (!plan->steps && !plan->epochs) return fault_set(fault, NODEC_EXIT_DATA, "neither `steps` nor `epochs` says how long to train");
    return rate_check(&plan->rate, fault);
}

int training_open(training *w, const nodec_plan *plan, const learned *what, nodec_fault *fault)
{
    w->plan = plan;
    w->now = *what;
    w->log.fd = -1;
    if (check_plan(plan, what, fault) || learned_open(&w->now, fault)) return fault->status;
    w->gradient = solve_memory(what->params * what->real_bytes);
    w->before = solve_memory(what->buffers * what->real_bytes);
    if (!w->gradient || !w->before) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    w->threads = pool_open(plan->threads, fault);
    w->parallel = pool_parallel(w->threads);
    if (!fault->status && !plan->resume) w->kind->init(w);      /* data may still be on their way */
    return fault->status;
}

static int read_checkpoint(training *w, nodec_fault *fault)
{
    char path[PATH_MAX];
    if (!w->plan->out) return fault_set(fault, NODEC_EXIT_USAGE, "--resume needs the folder of the run: --out DIR");
    if (store_path(path, w->plan->out, CHECKPOINT_FILE, fault)) return fault->status;
    return checkpoint_load(path, &w->now, &w->at, w->more, w->more_bytes, fault);
}

/* Those of an earlier run in the folder: nobody shall take them for this one's. */
static int forget_weights(training *w, nodec_fault *fault)
{
    char path[PATH_MAX];
    if (store_path(path, w->plan->out, WEIGHTS_FILE, fault)) return fault->status;
    return unlink(path) && errno != ENOENT ? fault_io(fault, "replace", path) : 0;
}

static int begin_anew(training *w, nodec_fault *fault)
{
    if (w->plan->weights && weights_load(w->plan->weights, &w->now, fault)) return fault->status;
    if (!w->plan->out) return 0;
    if (store_folder(w->plan->out, fault)) return fault->status;
    return training_save(w, fault);             /* from here on the run can be resumed  */
}

static int make_extras(training *w, nodec_fault *fault)
{
    w->extra = calloc(RECORDS * w->extras + 1, sizeof *w->extra);
    w->value = calloc(w->values + 1, sizeof *w->value);
    return w->extra && w->value ? 0 : fault_set(fault, NODEC_EXIT_IO, "out of memory");
}

static int keep_buffers(training *w, nodec_fault *fault)
{
    return code_keep(w->now.code, w->now.kept, w->now.buffers * w->now.real_bytes, false, fault);
}

int training_keep_buffers(training *w, nodec_fault *fault)
{
    if (!w->now.buffers || code_fetch(w->now.code, w->now.kept, fault)) return fault->status;
    memcpy(w->before, w->now.kept, w->now.buffers * w->now.real_bytes);
    return 0;
}

int training_restore_buffers(training *w, nodec_fault *fault)
{
    if (!w->now.buffers) return 0;
    code_drop(w->now.code, w->now.kept);
    memcpy(w->now.kept, w->before, w->now.buffers * w->now.real_bytes);
    return keep_buffers(w, fault);
}

/* What steps work on, where they are computed. */
static int keep_learned(training *w, nodec_fault *fault)
{
    const size_t bytes = w->now.params * w->now.real_bytes;
    const nodec_code *code = w->now.code;
    w->kept = true;
    if (code_keep(code, w->now.theta, bytes, false, fault) || code_keep(code, w->gradient, bytes, true, fault))
        return fault->status;
    return code_keep(code, w->now.moment, bytes * w->now.moments, false, fault) || keep_buffers(w, fault) ? fault->status : 0;
}

static void drop_learned(training *w)
{
    if (!w->kept) return;
    code_drop(w->now.code, w->now.theta);
    code_drop(w->now.code, w->gradient);
    if (w->now.moments) code_drop(w->now.code, w->now.moment);
    if (w->now.buffers) code_drop(w->now.code, w->now.kept);
    w->kept = false;
}

int training_begin(training *w, nodec_fault *fault)
{
    const nodec_plan *plan = w->plan;
    w->log_every = plan->log_every ? plan->log_every : (w->steps + 9999) / 10000;
    w->at.fingerprint = plan->fingerprint;
    w->at.seed = plan->seed;
    if (make_extras(w, fault)) return fault->status;
    if (plan->resume ? read_checkpoint(w, fault) : begin_anew(w, fault)) return fault->status;
    if (plan->out && w->at.step < w->steps && forget_weights(w, fault)) return fault->status;
    if (metrics_open(&w->log, plan->out, w->at.metrics, fault)) return fault->status;
    return keep_learned(w, fault);
}

void training_result(const training *w, nodec_result *r)
{
    const double here = (double)w->nanoseconds * 1e-9;
    *r = (nodec_result){
        .steps = w->at.step, .steps_here = w->steps_here,
        .loss_first = w->at.past.losses ? w->at.past.first : NAN, .loss_last = w->at.past.losses ? w->at.past.last : NAN,
        .loss_mean = history_mean(&w->at.past), .validation = NAN, .seconds = w->at.seconds + here,
        .us_per_step = w->steps_here ? here * 1e6 / (double)w->steps_here : 0, .parameters = w->now.params,
        .first_step = w->first ? (double)(w->first - w->plan->begun) * 1e-9 : NAN,
        .test_loss = NAN, .test_accuracy = NAN, .test_error = NAN
    };
}

static int save_weights(training *w, nodec_fault *fault)
{
    char path[PATH_MAX], number[24];
    if (!w->plan->out) return 0;
    snprintf(number, sizeof number, "%llu", (unsigned long long)w->at.step);
    const char *const notes[] = {"model", w->now.name, "experiment",
                                 w->plan->experiment ? w->plan->experiment : "", "step", number, NULL};
    if (store_path(path, w->plan->out, WEIGHTS_FILE, fault)) return fault->status;
    w->now.batches = w->at.step;
    return weights_save(path, &w->now, notes, fault);
}

int training_leave(training *w, nodec_fault *fault)
{
    if (metrics_flush(&w->log, fault) || fetch_learned(w, fault) || training_save(w, fault)) return fault->status;
    return training_finished(w) ? save_weights(w, fault) : 0;
}

bool training_finished(const training *w) { return w->at.step == w->steps && !w->unfinished; }

int training_end(training *w, nodec_fault *fault)
{
    const char *out = w->plan->out;
    if (broken(w, fault)) return fault->status;
    if (training_finished(w)) return 0;
    fault->status = NODEC_EXIT_STOPPED;         /* not an error, but not a result either */
    snprintf(fault->text, sizeof fault->text, "nodec: stopped after step %llu of %llu%s%s%s",
             (unsigned long long)w->at.step, (unsigned long long)w->steps, out ? "; --resume --out " : "",
             out ? out : "", out ? " goes on from there" : "");
    return NODEC_EXIT_STOPPED;
}

void training_close(training *w)
{
    metrics_close(&w->log);
    drop_learned(w);
    pool_close(w->threads);
    learned_close(&w->now);
    free(w->gradient);
    free(w->before);
    free(w->extra);
    free(w->value);
}
