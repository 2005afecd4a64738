/* train.c: learning from trajectories: an odef, its solves, windows of data. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "interrupt.h"
#include "minibatch.h"
#include "plot.h"
#include "real.h"
#include "result.h"
#include "training.h"
#include "validation.h"

static const uint64_t PATIENCE = 1000000000;    /* ns: then pictures are drawn as they come */

typedef struct fitting {
    training   w;
    const nodec_module *module;
    dataset    data;
    minibatch  batch;
    validation held;
    plots      pictures;
    uint64_t   validate_every;
    nodec_options options;
    void *x, *work;
    size_t work_bytes, x_bytes;
    bool   x_kept;                              /* lives with the engine              */
    const nodec_batch *now;                     /* of the last step                   */
} fitting;

/* ---- one step ------------------------------------------------------------------------------- */

static int gradient(training *w, uint64_t number)
{
    fitting *f = w->self;
    f->now = minibatch_at(&f->batch, number);
    return f->module->loss(f->module, f->now, w->now.theta, w->value, f->x, w->gradient, &f->options, &w->report, f->work, f->work_bytes);
}

static double update(training *w, const nodec_update *how)
{
    const fitting *f = w->self;
    return f->module->update(f->module, how, w->now.theta, w->gradient, w->now.moment);
}

static void init(training *w)
{
    const fitting *f = w->self;
    f->module->init(f->module, w->plan->seed, w->now.theta);
}

/* ---- when a step breaks ------------------------------------------------------------------------ */

/* The last observation before `t` at which sample b is finite; its index, or times. */
static size_t last_good(const fitting *f, size_t b, double t)
{
    const nodec_module *m = f->module;
    const nodec_batch *n = f->now;
    size_t good = n->times;
    for (size_t i = 0; i < n->times && real_at(n->t, m->real_bytes, b * n->t_stride + i) < t; i++) {
        const void *row = real_address(f->x, m->real_bytes, (i * n->batch + b) * m->states);
        if (real_first_bad(row, m->real_bytes, m->states) < m->states) break;
        good = i;
    }
    return good;
}

/* Solves again from the last good observation, one solver step at a time, and leaves
 * the last finite state and its time in the failure. `again` holds the state.        */
static void approach(const fitting *f, size_t b, size_t good, solution *again, nodec_failure *failure)
{
    enum { MOST = 512 };
    const nodec_module *m = f->module;
    const nodec_batch *n = f->now;
    const double from = real_at(n->t, m->real_bytes, b * n->t_stride + good);
    const double to = good + 1 < n->times ? real_at(n->t, m->real_bytes, b * n->t_stride + good + 1) : failure->t;
    const double wanted = f->options.steps ? (double)f->options.steps : ceil((to - from) / f->options.h_max);
    const size_t steps = wanted >= 1 && wanted < MOST ? (size_t)wanted : MOST;
    nodec_fault ignored = {0};
    void *t = solve_memory((steps + 1) * m->real_bytes);
    if (!t || solve_open(again, m, &f->options, NULL, 1, steps + 1, &ignored)) {
        free(t);
        return;
    }
    again->options.steps = f->options.steps ? 1 : 0;
    for (size_t i = 0; i <= steps; i++)
        real_put(t, m->real_bytes, i, from + (to - from) * (double)i / (double)steps);
    memset(again->x, 0xFF, (steps + 1) * m->states * m->real_bytes);        /* not a number */
    m->solve(m, 1, steps + 1, t, 0, real_address(f->x, m->real_bytes, (good * n->batch + b) * m->states),
             failure->inputs, f->w.now.theta, again->x, &again->options, &again->report, again->work, again->work_bytes);
    for (size_t i = 0; i <= steps; i++) {
        const void *row = real_address(again->x, m->real_bytes, i * m->states);
        if (real_first_bad(row, m->real_bytes, m->states) < m->states) break;
        failure->t_before = real_at(t, m->real_bytes, i);
        failure->x_before = row;
    }
    free(t);
}

static void describe_solve(fitting *f, nodec_fault *fault)
{
    const nodec_module *m = f->module;
    const nodec_batch *n = f->now;
    solution again = {0};
    if (code_fetch(m->code, f->w.now.theta, fault) || code_fetch(m->code, f->x, fault)) return;
    const size_t b = f->w.report.sample < n->batch ? f->w.report.sample : 0, good = last_good(f, b, f->w.report.t);
    nodec_failure failure = {
        .step = f->w.at.step + 1, .sample = b, .t = f->w.report.t, .state = f->w.report.where, .module = m, .theta = f->w.now.theta,
        .inputs = m->inputs ? real_address(n->inputs, m->real_bytes, b * m->inputs) : NULL
    };
    if (good < n->times) approach(f, b, good, &again, &failure);
    const char *layer = f->w.plan->layer ? f->w.plan->layer(f->w.plan->context, &failure) : NULL;
    char t[REAL_TEXT];
    snprintf(t, sizeof t, "%.6g", failure.t);
    fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: state `%s` became infinite or not a number "
              "at t = %s%s%s%s, sample %zu of the batch", (unsigned long long)failure.step,
              failure.state ? failure.state : "?", t, layer ? ", in layer `" : "", layer ? layer : "",
              layer ? "`" : "", b);
    solve_close(&again);
}

static void explain(training *w, int status, nodec_fault *fault)
{
    fitting *f = w->self;
    char t[REAL_TEXT];
    f->now = minibatch_again(&f->batch, w->at.step + 1);
    if (status == NODEC_NONFINITE) {
        describe_solve(f, fault);
        return;
    }
    snprintf(t, sizeof t, "%.6g", f->w.report.t);
    fault_set(fault, NODEC_EXIT_NUMERIC, "training stopped at step %llu: %s at t = %s, sample %zu of the batch",
              (unsigned long long)w->at.step + 1, solve_status(status), t, f->w.report.sample);
}

/* ---- between chunks ------------------------------------------------------------------------------ */

static uint64_t due(const training *w, uint64_t step)
{
    const fitting *f = w->self;
    const uint64_t frame = plot_due(&f->pictures, step);
    const uint64_t check = f->data.held ? training_next(step, f->validate_every) : UINT64_MAX;
    return frame < check ? frame : check;
}

static int validate(fitting *f, nodec_fault *fault)
{
    training *w = &f->w;
    const double loss = validation_loss(&f->held, w->now.theta);
    if (isfinite(loss)) history_extend(&w->at.past.validation, w->at.step, loss);
    return metrics_validation(&w->log, w->at.step, loss, fault);
}

static int attend(training *w, nodec_fault *fault)
{
    fitting *f = w->self;
    w->running = w->at.past.last;
    if (f->data.held && (w->at.step % f->validate_every == 0 || w->at.step == w->steps) && validate(f, fault))
        return fault->status;
    if (plot_frames(&f->pictures, w->at.step, w->now.theta, &w->at.past, fault)) return fault->status;
    if (progress_clock() - w->begun > PATIENCE) plot_begin(&f->pictures);
    return 0;
}

static const training_kind kind = {gradient, update, NULL, due, attend, explain, init};

/* ---- begin and end --------------------------------------------------------------------------------- */

static int make_room(fitting *f, nodec_fault *fault)
{
    const nodec_module *m = f->module;
    const size_t rows = f->batch.batch * f->batch.times, bytes = m->real_bytes;
    f->work_bytes = solve_work(m, f->batch.batch, f->batch.times);
    if (!f->work_bytes || rows > SIZE_MAX / 64 / (m->states + 1))
        return fault_set(fault, NODEC_EXIT_DATA, "a batch of %zu trajectories with %zu observations is too large",
                         f->batch.batch, f->batch.times);
    f->x_bytes = rows * m->states * bytes;
    f->x = solve_memory(f->x_bytes);
    f->work = solve_workspace(f->work_bytes, f->w.parallel);
    return f->x && f->work ? 0 : fault_set(fault, NODEC_EXIT_IO, "out of memory for a batch of %zu trajectories", f->batch.batch);
}

static int open_fitting(fitting *f, const nodec_plan *plan, nodec_fault *fault)
{
    training *w = &f->w;
    const nodec_module *m = f->module = plan->fit;
    const learned what = learned_of_module(m);
    if (!m->loss || !m->update) return fault_set(fault, NODEC_EXIT_BUG, "%s was compiled without training", m->name);
    w->kind = &kind;
    w->self = f;
    w->values = w->losses = 1;
    if (training_open(w, plan, &what, fault)) return fault->status;
    f->options = plan->options ? *plan->options : m->options;
    f->options.size = sizeof f->options;
    f->options.parallel = w->parallel;

    if (data_open(&f->data, m, &plan->data, plan->seed, w->parallel, fault)) return fault->status;
    if (data_split(&f->data, &plan->split, fault)) return fault->status;
    if (minibatch_open(&f->batch, &f->data, &plan->batch, plan->seed, fault)) return fault->status;
    if (make_room(f, fault)) return fault->status;
    w->steps = plan->steps ? plan->steps : plan->epochs * f->batch.per_epoch;
    f->validate_every = plan->validate_every ? plan->validate_every : (w->steps + 49) / 50;

    if (training_begin(w, fault) || code_keep(m->code, f->x, f->x_bytes, true, fault)) return fault->status;
    f->x_kept = true;
    if (f->data.held && validation_open(&f->held, plan, &f->data, fault)) return fault->status;
    return plot_open(&f->pictures, plan, &f->data, fault);
}

static void close_fitting(fitting *f)
{
    plot_close(&f->pictures);
    validation_close(&f->held);
    minibatch_close(&f->batch);
    data_close(&f->data);
    if (f->x_kept) code_drop(f->module->code, f->x);
    free(f->x);
    free(f->work);
    training_close(&f->w);
    free(f);
}

/* ---- results ------------------------------------------------------------------------------------------ */

static void say_result(fitting *f, const nodec_result *r)
{
    const nodec_plan *plan = f->w.plan;
    char text[PATH_MAX + 300], kept[64] = "";
    if (plan->quiet) return;
    if (f->data.held) snprintf(kept, sizeof kept, ", validation %.3g", r->validation);
    snprintf(text, sizeof text, "%s: %llu steps in %.3g s (%.3g us each), loss %.3g -> %.3g%s%s%s",
             plan->experiment ? plan->experiment : f->module->name, (unsigned long long)r->steps, r->seconds,
             r->us_per_step, r->loss_first, r->loss_mean, kept, plan->out ? "; " : "", plan->out ? plan->out : "");
    progress_say(&f->w.shown, text);
    if (!learned_few(&f->w.now)) return;
    const size_t n = (size_t)snprintf(text, sizeof text, "learned: ");
    learned_text(&f->w.now, text + n, sizeof text - n);
    progress_say(&f->w.shown, text);
}

static int draw(fitting *f, nodec_fault *fault)
{
    training *w = &f->w;
    char reason[300], text[PATH_MAX + 400];
    if (plot_finish(&f->pictures, w->at.step, w->now.theta, &w->at.past, reason, sizeof reason, fault) || fault->status)
        return fault->status;
    snprintf(text, sizeof text, "nodec: warning: no pictures: %s (their data and scripts are in %s)", reason, w->plan->out);
    progress_say(&w->shown, text);
    return 0;
}

static int train(fitting *f, const nodec_plan *plan, nodec_result *result, nodec_fault *fault)
{
    training *w = &f->w;
    if (open_fitting(f, plan, fault)) return fault->status;
    progress_open(&w->shown, plan->quiet, w->at.step, w->steps);
    const int status = training_loop(w, fault);
    progress_close(&w->shown, w->at.step, w->at.past.last);
    training_result(w, result);
    if (f->data.held) result->validation = validation_loss(&f->held, w->now.theta);
    if (status || training_leave(w, fault)) return fault->status;
    if (training_finished(w) && draw(f, fault)) return fault->status;
    if (result_tell(plan, result, &w->now, training_finished(w), fault)) return fault->status;
    if (training_finished(w)) say_result(f, result);
    return training_end(w, fault);
}

int nodec_train(const nodec_plan *plan, nodec_result *result, nodec_fault *fault)
{
    interrupts before;
    fitting *f = calloc(1, sizeof *f);
    *result = (nodec_result){0};
    if (!f) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    f->w.log.fd = -1;
    interrupts_take(&before);
    const int status = train(f, plan, result, fault);
    close_fitting(f);
    interrupts_give_back(&before);
    return status;
}
