/* learn.c: learning from rows: a model, its losses, batches of samples, epochs.
 *
 * After each epoch stand the test, a line of metrics, and a checkpoint.  Random
 * numbers that the model draws depend on the seed, the step, the sample and their
 * name alone. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exam.h"
#include "gallery.h"
#include "interrupt.h"
#include "lesson.h"
#include "real.h"
#include "result.h"
#include "shuffle.h"
#include "solve.h"
#include "training.h"

enum { EXAM_MOST = 128 };                       /* samples of a test at a time        */

typedef struct learning {
    training  w;
    const nodec_model *model;
    rows      data;
    row_batch batch;
    exam      test;
    bool      tests;
    gallery   pictures;
    lesson   *lesson;                           /* in checkpoints                     */
    uint64_t *draw_stream;                      /* [draw_rows]                        */
    void     *draws, *work;                     /* [most][draws]                      */
    size_t    work_bytes;
    double   *value;                            /* [values] of the last step          */
    nodec_report report;
} learning;

static uint64_t epoch_of(const learning *l, uint64_t step) { return (step + l->batch.per_epoch - 1) / l->batch.per_epoch; }

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

static size_t first_extra(const nodec_model *m) { return m->losses == 1 ? 1 : 0; }

static void remember(learning *l, uint64_t number, double loss)
{
    const nodec_model *m = l->model;
    lesson *s = l->lesson;
    const double share = (double)l->batch.batch;
    for (size_t i = 0; i <= m->values; i++) {
        const double value = i ? l->value[i - 1] : loss;
        s->of[i].sum += value * share;
        history_extend(&s->of[i].train, number, value);
    }
    s->samples += l->batch.batch;
    for (size_t i = 0; i < l->w.extras; i++) l->w.extra_now[i] = l->value[first_extra(m) + i];
}

static int gradient(training *w, uint64_t number, double *loss)
{
    learning *l = w->self;
    const nodec_model *m = l->model;
    row_batch_at(&l->batch, number);
    if (m->draws) draw_all(l, number);
    const int status = m->train(l->batch.batch, l->batch.inputs, m->draws ? l->draws : NULL, w->now.theta, w->now.kept,
                                w->gradient, NULL, l->value, w->parallel, &l->report, l->work, l->work_bytes);
    *loss = 0;
    for (size_t i = 0; i < m->losses; i++) *loss += l->value[i];
    return status;
}

static double update(training *w, const nodec_update *how)
{
    learning *l = w->self;
    double loss = 0;
    for (size_t i = 0; i < l->model->losses; i++) loss += l->value[i];
    remember(l, how->step, loss);
    return l->model->update(how, w->now.theta, w->gradient, w->now.moment);
}

static void init(training *w)
{
    const learning *l = w->self;
    l->model->init(w->plan->seed, w->now.theta, w->now.kept);
}

/* ---- when a step breaks ----------------------------------------------------------------------- */

/* "`x` became infinite or not a number at t = 0.3, item 5 of train.gz" */
static void describe(const learning *l, const nodec_report *report, size_t item, const rows *of, char *text, size_t size)
{
    char t[REAL_TEXT];
    snprintf(t, sizeof t, "%.6g", report->t);
    snprintf(text, size, "`%.80s` became infinite or not a number at t = %s, item %zu of %.200s",
             report->where ? report->where : l->model->name, t, item, rows_path(of, 0));
}

/* The sample of the batch that the report names. */
static size_t blamed(const learning *l) { return l->report.sample < l->batch.batch ? l->report.sample : 0; }

static void explain(training *w, int status, nodec_fault *fault)
{
    learning *l = w->self;
    char text[400];
    const size_t s = blamed(l);
    const unsigned long long number = w->at.step + 1;
    describe(l, &l->report, l->batch.sample[s], &l->data, text, sizeof text);
    if (status == NODEC_NONFINITE)
        fault_set(fault, NODEC_EXIT_NUMERIC, "training diverged at step %llu: %s (sample %zu of the batch)", number, text, s);
    else
        fault_set(fault, NODEC_EXIT_NUMERIC, "training stopped at step %llu: %s, sample %zu of the batch", number,
                  solve_status(status), s);
}

/* ---- after an epoch ---------------------------------------------------------------------------- */

/* Running statistics follow the weights at a distance, which a solve amplifies: a test would be
 * of statistics that are some steps old. So they see some batches more while nothing is learned;
 * those of the next steps, so that it does not matter when it happens. A nodec_status.         */
static int settle(learning *l)
{
    training *w = &l->w;
    int status = NODEC_OK;
    for (size_t k = 1; k <= w->plan->settle && w->now.buffers && !status && !interrupted(); k++) {
        double loss;
        status = gradient(w, w->at.step + k, &loss);
    }
    return status;
}

static void write_lesson(learning *l)
{
    lesson *s = l->lesson;
    s->test_loss = exam_loss(&l->test);
    s->test_error = exam_error(&l->test);
    s->test_accuracy = exam_accuracy(&l->test);
    for (size_t i = 0; i <= l->model->values; i++)
        history_extend(&s->of[i].test, l->w.at.step, i ? l->test.value[i - 1] : s->test_loss);
}

static int broken(const learning *l, int status, const nodec_report *report, size_t item, const rows *of, nodec_fault *fault)
{
    const unsigned long long step = l->w.at.step;
    char text[400];
    if (status == NODEC_ARGUMENT || status == NODEC_WORKSPACE)
        return fault_set(fault, NODEC_EXIT_BUG, "the test after step %llu: %s", step, solve_status(status));
    describe(l, report, item, of, text, sizeof text);
    return fault_set(fault, NODEC_EXIT_NUMERIC, "the test after step %llu broke: %s", step,
                     status == NODEC_NONFINITE ? text : solve_status(status));
}

static int examine(learning *l, nodec_fault *fault)
{
    training *w = &l->w;
    progress bar = w->shown;                    /* goes away when the epoch is summed up */
    int status = settle(l);
    if (status) return broken(l, status, &l->report, l->batch.sample[blamed(l)], &l->data, fault);
    if (!l->tests) return 0;
    progress_part(&bar, "test: ", 0, 0, l->test.data.count);
    status = exam_take(&l->test, &w->now, w->parallel, l->work, l->work_bytes, bar.terminal ? &bar : NULL);
    return status ? broken(l, status, &l->test.report, l->test.report.sample, &l->test.data, fault) : 0;
}

/* If it was interrupted, all is as before: --resume makes up for it. */
static int take_exam(learning *l, nodec_fault *fault)
{
    training *w = &l->w;
    const size_t kept = w->now.buffers * w->now.real_bytes;
    memcpy(w->before, w->now.kept, kept);
    l->test.done = 0;
    const int status = examine(l, fault);
    w->unfinished = interrupted() && (!l->tests || l->test.done < l->test.data.count);
    if (status || w->unfinished) memcpy(w->now.kept, w->before, kept);
    else if (l->tests) write_lesson(l);
    return status;
}

static int write_epoch(learning *l, nodec_fault *fault)
{
    const nodec_model *m = l->model;
    const lesson *s = l->lesson;
    char name[2 * TRAINING_EXTRAS + 2][80];
    metric of[2 * TRAINING_EXTRAS + 4];
    size_t n = 0, k = 0;
    of[n++] = (metric){"epoch", (double)epoch_of(l, l->w.at.step)};
    for (int tested = 0; tested <= l->tests; tested++)
        for (size_t i = 0; i <= m->values; i++) {
            if (i && i <= first_extra(m)) continue;
            snprintf(name[k], sizeof name[k], "%s.%.60s", tested ? "test" : "train", i ? m->value[i - 1] : "loss");
            of[n++] = (metric){name[k++], !tested ? lesson_mean(s, i) : i ? l->test.value[i - 1] : s->test_loss};
        }
    if (l->tests && isfinite(s->test_error)) of[n++] = (metric){"test.error", s->test_error};
    return metrics_line(&l->w.log, l->w.at.step, of, n, fault);
}

/* ", accuracy=0.985" of what the epoch has seen so far. */
static void write_tail(const learning *l, const char *format, char *text, size_t size)
{
    const nodec_model *m = l->model;
    size_t used = 0;
    *text = 0;
    for (size_t i = first_extra(m); i < m->values && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, format, m->value[i], lesson_mean(l->lesson, 1 + i));
}

static void say_epoch(learning *l)
{
    const training *w = &l->w;
    const lesson *s = l->lesson;
    char text[400], seen[120], test[160] = "", error[60] = "";
    if (w->plan->quiet) return;
    write_tail(l, ", %s %.4g", seen, sizeof seen);
    if (isfinite(s->test_accuracy)) snprintf(error, sizeof error, ", accuracy %.4f", s->test_accuracy);
    if (l->tests) snprintf(test, sizeof test, "; test loss %.4g%s", s->test_loss, error);
    snprintf(text, sizeof text, "epoch %llu/%llu: loss %.4g%s%s", (unsigned long long)epoch_of(l, w->at.step),
             (unsigned long long)epoch_of(l, w->steps), lesson_mean(s, 0), seen, test);
    progress_say(&l->w.shown, text);
}

static void begin_epoch(learning *l)
{
    training *w = &l->w;
    char head[32];
    const uint64_t epoch = w->at.step / l->batch.per_epoch, base = epoch * l->batch.per_epoch;
    const uint64_t end = base + l->batch.per_epoch;
    snprintf(head, sizeof head, "epoch %llu/%llu: ", (unsigned long long)epoch + 1, (unsigned long long)epoch_of(l, w->steps));
    progress_part(&w->shown, head, base, w->at.step, end < w->steps ? end : w->steps);
}

static bool epoch_ended(const learning *l)
{
    const uint64_t step = l->w.at.step;
    return step && (step % l->batch.per_epoch == 0 || step == l->w.steps);
}

static int end_epoch(learning *l, nodec_fault *fault)
{
    training *w = &l->w;
    lesson *s = l->lesson;
    progress_close(&w->shown, w->at.step, lesson_mean(s, 0));
    if ((l->tests || w->at.step == w->steps) && take_exam(l, fault)) return fault->status;
    if (w->unfinished) return 0;
    if (write_epoch(l, fault)) return fault->status;
    say_epoch(l);
    s->tested = w->at.step;
    s->samples = 0;
    for (size_t i = 0; i <= l->model->values; i++) s->of[i].sum = 0;
    if (training_save_seldom(w, fault)) return fault->status;
    if (w->at.step < w->steps) begin_epoch(l);
    return 0;
}

static uint64_t due(const training *w, uint64_t step)
{
    const learning *l = w->self;
    const uint64_t frame = gallery_due(&l->pictures, step), epoch = training_next(step, l->batch.per_epoch);
    return frame < epoch ? frame : epoch;
}

static int attend(training *w, nodec_fault *fault)
{
    learning *l = w->self;
    write_tail(l, ", %s=%.3g", w->shown.tail, sizeof w->shown.tail);
    w->running = lesson_mean(l->lesson, 0);
    if (epoch_ended(l) && end_epoch(l, fault)) return fault->status;
    return gallery_frames(&l->pictures, w->at.step, fault);
}

static const training_kind kind = {gradient, update, due, attend, explain, init};

/* ---- begin and end ------------------------------------------------------------------------------- */

static int make_room(learning *l, nodec_fault *fault)
{
    const nodec_model *m = l->model;
    const size_t most = l->batch.most, train = m->work(most, 1), test = l->tests ? m->work(l->test.most, 0) : 1;
    if (!train || !test) return fault_set(fault, NODEC_EXIT_DATA, "a batch of %zu samples is too large for %s", most, m->name);
    l->work_bytes = train > test ? train : test;
    l->work = solve_memory(l->work_bytes);
    l->draws = solve_memory(most * m->draws * m->real_bytes);
    l->draw_stream = calloc(m->draw_rows + 1, sizeof *l->draw_stream);
    l->value = calloc(m->values + 1, sizeof *l->value);
    if (!l->work || !l->draws || !l->draw_stream || !l->value)
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
    w->extras = l->model->values - first_extra(l->model);
    w->extra_name = l->model->value + first_extra(l->model);
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
    if (check_model(m, fault) || training_open(w, plan, &what, fault)) return fault->status;
    w->kind = &kind;
    w->self = l;
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
    free(l->value);
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
    begin_epoch(l);
    int status = 0;
    if (epoch_ended(l) && l->lesson->tested != w->at.step) status = end_epoch(l, fault);
    if (!status) status = training_loop(w, fault);
    if (!epoch_ended(l) || w->unfinished) progress_close(&w->shown, w->at.step, w->running);
    fill_result(l, result);
    if (status || training_leave(w, fault)) return fault->status;
    if (training_finished(w)) {
        if (l->tests && !l->test.done && mistakes_wanted(plan)) exam_take(&l->test, &w->now, w->parallel, l->work, l->work_bytes, NULL);
        if (draw(l, fault)) return fault->status;
    }
    if (plan->json && result_json(plan, result, training_finished(w), fault)) return fault->status;
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
