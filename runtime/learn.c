/* learn.c: learning from rows: a model, its losses, batches of samples, epochs.
 *
 * Between epochs stands epoch.c.  Random numbers that the model draws depend on the
 * seed, the step, the sample and their name alone. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "learning.h"
#include "real.h"
#include "result.h"
#include "shuffle.h"
#include "solve.h"

enum { EXAM_MOST = 128 };                       /* samples of a test at a time        */

/* ---- one step ------------------------------------------------------------------------------- */

static double draw_one(const nodec_drawn *d, uint64_t stream, uint64_t step, uint32_t sample, uint32_t element)
{
    enum { UNIFORM, NORMAL, BERNOULLI };
    if (d->law == NORMAL) return d->a + d->b * nodec_normal(stream, step, sample, element);
    const double u = nodec_uniform(stream, step, sample, element);
    return d->law == BERNOULLI ? u < d->a : d->a + (d->b - d->a) * u;
}

static void draw_all(learning *l, uint64_t step)
{
    const nodec_model *m = l->model;
    for (size_t s = 0; s < l->batch.batch; s++)
        for (size_t r = 0; r < m->draw_rows; r++) {
            const nodec_drawn *d = &m->draw[r];
            for (size_t i = 0; i < d->count; i++)
                real_put(l->draws, m->real_bytes, s * m->draws + d->offset + i,
                         draw_one(d, l->draw_stream[r], step, (uint32_t)s, (uint32_t)i));
        }
}

static void remember(training *w, uint64_t number, double loss)
{
    const learning *l = w->self;
    const nodec_model *m = l->model;
    lesson *s = l->lesson;
    const size_t share = row_batch_size(&l->batch, number);
    for (size_t i = 0; i <= m->values; i++) {
        const double value = i ? w->value[i - 1] : loss;
        s->of[i].sum += value * (double)share;
        history_extend(&s->of[i].train, number, value);
    }
    s->samples += share;
}

int learning_gradient(training *w, uint64_t number)
{
    learning *l = w->self;
    const nodec_model *m = l->model;
    row_batch_at(&l->batch, number);
    if (m->draws) draw_all(l, number);
    return m->train(m, l->batch.batch, l->batch.inputs, m->draws ? l->draws : NULL, w->now.theta, w->now.kept,
                                w->gradient, NULL, w->value, w->parallel, &w->report, l->work, l->work_bytes);
}

static double update(training *w, const nodec_update *how)
{
    const learning *l = w->self;
    return l->model->update(l->model, how, w->now.theta, w->gradient, w->now.moment);
}

static void init(training *w)
{
    const learning *l = w->self;
    l->model->init(l->model, w->plan->seed, w->now.theta, w->now.kept);
}

/* ---- when a step breaks ----------------------------------------------------------------------- */

void learning_describe(const learning *l, const nodec_report *report, size_t item, const rows *of, char *text, size_t size)
{
    char t[REAL_TEXT];
    snprintf(t, sizeof t, "%.6g", report->t);
    snprintf(text, size, "`%.80s` became infinite or not a number at t = %s, item %zu of %.200s",
             report->where ? report->where : l->model->name, t, item, rows_path(of, 0));
}

size_t learning_blamed(const learning *l) { return l->w.report.sample < l->batch.batch ? l->w.report.sample : 0; }

static void explain(training *w, int status, nodec_fault *fault)
{
    learning *l = w->self;
    char text[400];
    const unsigned long long number = w->at.step + 1;
    row_batch_at(&l->batch, number);
    const size_t s = learning_blamed(l);
    learning_describe(l, &w->report, l->batch.sample[s], &l->data, text, sizeof text);
    if (status == NODEC_NONFINITE)
        fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: %s (sample %zu of the batch)", number, text, s);
    else
        fault_set(fault, NODEC_EXIT_NUMERIC, "training stopped at step %llu: %s, sample %zu of the batch", number,
                  solve_status(status), s);
}

/* ---- between chunks --------------------------------------------------------------------------- */

static uint64_t due(const training *w, uint64_t step)
{
    const learning *l = w->self;
    const uint64_t frame = gallery_due(&l->pictures, step), epoch = training_next(step, l->batch.per_epoch);
    return frame < epoch ? frame : epoch;
}

static int attend(training *w, nodec_fault *fault)
{
    learning *l = w->self;
    epoch_metrics(l, ", %s=%.3g", w->shown.tail, sizeof w->shown.tail);
    w->running = lesson_mean(l->lesson, 0);
    if (epoch_ended(l) && epoch_end(l, fault)) return fault->status;
    return gallery_frames(&l->pictures, w->at.step, fault);
}

static const training_kind kind = {learning_gradient, update, remember, due, attend, explain, init};

/* ---- begin and end ------------------------------------------------------------------------------- */

static int make_room(learning *l, nodec_fault *fault)
{
    const nodec_model *m = l->model;
    const size_t most = l->batch.most, train = m->work(m, most, 1), test = l->tests ? m->work(m, l->test.most, 0) : 1;
    if (!train || !test) return fault_set(fault, NODEC_EXIT_DATA, "a batch of %zu samples is too large for %s", most, m->name);
    l->work_bytes = train > test ? train : test;
    l->work = solve_workspace(l->work_bytes, l->w.parallel);
    l->draws = solve_memory(most * m->draws * m->real_bytes);
    l->draw_stream = calloc(m->draw_rows + 1, sizeof *l->draw_stream);
    if (!l->work || !l->draws || !l->draw_stream)
        return fault_set(fault, NODEC_EXIT_IO, "out of memory: a batch of %zu samples needs %zu bytes", most, l->work_bytes);
    for (size_t r = 0; r < m->draw_rows; r++) l->draw_stream[r] = nodec_stream(l->w.plan->seed, m->draw[r].name);
    return 0;
}

static int open_lesson(learning *l, nodec_fault *fault)
{
    training *w = &l->w;
    w->more_bytes = sizeof *l->lesson + (1 + l->model->values) * sizeof(course);
    w->more = l->lesson = calloc(1, w->more_bytes);
    if (!w->more) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    l->lesson->test_loss = l->lesson->test_error = l->lesson->test_accuracy = NAN;
    w->extras = l->model->values - learning_named(l->model);
    w->values = l->model->values;
    w->losses = l->model->losses;
    w->extra_name = l->model->value + learning_named(l->model);
    if (w->extras > TRAINING_EXTRAS)
        return fault_set(fault, NODEC_EXIT_DATA, "%s has %zu losses and metrics; at most %d are kept", l->model->name,
                         l->model->values, TRAINING_EXTRAS);
    return 0;
}

static int check_model(const nodec_model *m, nodec_fault *fault)
{
    if (!m->train || !m->update) return fault_set(fault, NODEC_EXIT_BUG, "%s was compiled without training", m->name);
    if (!m->losses) return fault_set(fault, NODEC_EXIT_DATA, "%s has no `loss` to learn from", m->name);
    return 0;
}

static size_t mistakes_wanted(const nodec_plan *plan)
{
    size_t most = 0;
    for (size_t i = 0; i < plan->plots; i++)
        if (plan->plot[i].kind == NODEC_PLOT_MISTAKES && plan->plot[i].count > most) most = plan->plot[i].count;
    return most;
}

static int open_learning(learning *l, const nodec_plan *plan, nodec_fault *fault)
{
    training *w = &l->w;
    const nodec_model *m = l->model = plan->model;
    const learned what = learned_of_model(m);
    w->kind = &kind;
    w->self = l;
    if (check_model(m, fault) || training_open(w, plan, &what, fault)) return fault->status;
    l->tests = plan->test.files != NULL;
    if (rows_open(&l->data, m, plan->data.files, "data", fault) || row_batch_open(&l->batch, &l->data, plan, fault))
        return fault->status;
    const size_t most = l->batch.most < EXAM_MOST ? l->batch.most : EXAM_MOST;
    if (l->tests && exam_open(&l->test, m, plan->test.files, most, mistakes_wanted(plan), fault)) return fault->status;
    if (make_room(l, fault) || open_lesson(l, fault)) return fault->status;
    w->steps = plan->steps ? plan->steps : plan->epochs * l->batch.per_epoch;
    if (gallery_check(plan, l->tests ? &l->test : NULL, fault) || training_begin(w, fault)) return fault->status;
    return gallery_open(&l->pictures, plan, l->lesson, l->tests ? &l->test : NULL, l->data.count, l->batch.per_epoch, fault);
}

static void close_learning(learning *l)
{
    gallery_close(&l->pictures);
    exam_close(&l->test);
    row_batch_close(&l->batch);
    rows_close(&l->data);
    free(l->lesson);
    free(l->draw_stream);
    free(l->draws);
    free(l->work);
    training_close(&l->w);
    free(l);
}

static void fill_result(const learning *l, nodec_result *r)
{
    const training *w = &l->w;
    const size_t reals = w->now.params * (2 + w->now.moments) + 2 * w->now.buffers +
                         l->batch.most * (l->model->inputs + l->model->draws);
    training_result(w, r);
    r->test_loss = l->lesson->test_loss;
    r->test_error = l->lesson->test_error;
    r->test_accuracy = l->lesson->test_accuracy;
    r->bytes = l->work_bytes + reals * w->now.real_bytes;
}

static void say_result(learning *l, const nodec_result *r)
{
    const nodec_plan *plan = l->w.plan;
    char text[PATH_MAX + 300], test[100] = "";
    if (plan->quiet) return;
    if (isfinite(r->test_accuracy)) snprintf(test, sizeof test, ", test accuracy %.4f", r->test_accuracy);
    else if (l->tests) snprintf(test, sizeof test, ", test loss %.4g", r->test_loss);
    snprintf(text, sizeof text, "%s: %llu steps in %.3g s (%.3g ms each), loss %.3g -> %.3g%s%s%s",
             plan->experiment ? plan->experiment : l->model->name, (unsigned long long)r->steps, r->seconds,
             r->us_per_step * 1e-3, r->loss_first, r->loss_mean, test, plan->out ? "; " : "", plan->out ? plan->out : "");
    progress_say(&l->w.shown, text);
}

static int draw(learning *l, nodec_fault *fault)
{
    char reason[300], text[PATH_MAX + 400];
    if (gallery_finish(&l->pictures, reason, sizeof reason, fault) || fault->status) return fault->status;
    snprintf(text, sizeof text, "nodec: warning: no pictures: %s (their data and scripts are in %s)", reason, l->w.plan->out);
    progress_say(&l->w.shown, text);
    return 0;
}

/* The sheet of mistakes wants an exam of the last weights, also of a run that was complete already. */
static int learn(learning *l, const nodec_plan *plan, nodec_result *result, nodec_fault *fault)
{
    training *w = &l->w;
    if (open_learning(l, plan, fault)) return fault->status;
    progress_open(&w->shown, plan->quiet, w->at.step, w->steps);
    epoch_begin(l);
    int status = 0;
    if (epoch_ended(l) && l->lesson->tested != w->at.step) status = epoch_end(l, fault);
    if (!status) status = training_loop(w, fault);
    if (!epoch_ended(l) || w->unfinished) progress_close(&w->shown, w->at.step, w->running);
    fill_result(l, result);
    if (status || training_leave(w, fault)) return fault->status;
    if (training_finished(w)) {
        if (l->tests && !l->test.done && mistakes_wanted(plan)) exam_take(&l->test, &w->now, w->parallel, l->work, l->work_bytes, NULL);
        if (draw(l, fault)) return fault->status;
    }
    if (result_tell(plan, result, &w->now, training_finished(w), fault)) return fault->status;
    if (training_finished(w)) say_result(l, result);
    return training_end(w, fault);
}

int nodec_learn(const nodec_plan *plan, nodec_result *result, nodec_fault *fault)
{
    interrupts before;
    learning *l = calloc(1, sizeof *l);
    *result = (nodec_result){0};
    if (!l) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    l->w.log.fd = -1;
    interrupts_take(&before);
    const int status = learn(l, plan, result, fault);
    close_learning(l);
    interrupts_give_back(&before);
    return status;
}
