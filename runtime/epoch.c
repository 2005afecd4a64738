/* epoch.c: what stands between two epochs of a model's training: the test, what is said
 * and written of it. */
#include <math.h>
#include <string.h>

#include "code.h"
#include "interrupt.h"
#include "learning.h"
#include "solve.h"

static uint64_t epoch_of(const learning *l, uint64_t step) { return (step + l->batch.per_epoch - 1) / l->batch.per_epoch; }

/* ---- the test ---------------------------------------------------------------------------------- */

/* Running statistics follow the weights at a distance, which a solve amplifies: a test would be
 * of statistics that are some steps old. So they see some batches more while nothing is learned;
 * those of the next steps, so that it does not matter when it happens. A nodec_status.         */
static int settle(learning *l)
{
    training *w = &l->w;
    int status = NODEC_OK;
    for (size_t k = 1; k <= w->plan->settle && w->now.buffers && !status && !interrupted(); k++)
        status = learning_gradient(w, w->at.step + k);
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
    if (code_fault(l->model->code, fault)) return fault->status;
    if (status == NODEC_ARGUMENT || status == NODEC_WORKSPACE)
        return fault_set(fault, NODEC_EXIT_BUG, "the test after step %llu: %s", step, solve_status(status));
    learning_describe(l, report, item, of, text, sizeof text);
    return fault_set(fault, NODEC_EXIT_NUMERIC, "the test after step %llu broke: %s", step,
                     status == NODEC_NONFINITE ? text : solve_status(status));
}

static int examine(learning *l, nodec_fault *fault)
{
    training *w = &l->w;
    progress bar = w->shown;                    /* goes away when the epoch is summed up */
    int status = settle(l);
    if (status) return broken(l, status, &w->report, l->batch.sample[learning_blamed(l)], &l->data, fault);
    if (!l->tests) return 0;
    progress_part(&bar, "test: ", 0, 0, l->test.data.count);
    status = exam_take(&l->test, &w->now, w->parallel, l->work, l->work_bytes, bar.terminal ? &bar : NULL);
    return status ? broken(l, status, &l->test.report, l->test.report.sample, &l->test.data, fault) : 0;
}

/* If it was interrupted, all is as before: --resume makes up for it. */
static int take_exam(learning *l, nodec_fault *fault)
{
    training *w = &l->w;
    if (training_keep_buffers(w, fault)) return fault->status;
    l->test.done = 0;
    examine(l, fault);
    w->unfinished = interrupted() && (!l->tests || l->test.done < l->test.data.count);
    nodec_fault again = {0};
    if (fault->status) training_restore_buffers(w, &again);     /* the first fault is what is said */
    else if (w->unfinished) training_restore_buffers(w, fault);
    else if (l->tests) write_lesson(l);
    return fault->status;
}

/* ---- what is written and said -------------------------------------------------------------------- */

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
            if (i && i <= learning_named(m)) continue;
            snprintf(name[k], sizeof name[k], "%s.%.60s", tested ? "test" : "train", i ? m->value[i - 1] : "loss");
            of[n++] = (metric){name[k++], !tested ? lesson_mean(s, i) : i ? l->test.value[i - 1] : s->test_loss};
        }
    if (l->tests && isfinite(s->test_error)) of[n++] = (metric){"test.error", s->test_error};
    return metrics_line(&l->w.log, l->w.at.step, of, n, fault);
}

void epoch_metrics(const learning *l, const char *format, char *text, size_t size)
{
    const nodec_model *m = l->model;
    size_t used = 0;
    *text = 0;
    for (size_t i = learning_named(m); i < m->values && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, format, m->value[i], lesson_mean(l->lesson, 1 + i));
}

static void say_epoch(learning *l)
{
    const training *w = &l->w;
    const lesson *s = l->lesson;
    char text[400], seen[120], test[160] = "", error[60] = "";
    if (w->plan->quiet) return;
    epoch_metrics(l, ", %s %.4g", seen, sizeof seen);
    if (isfinite(s->test_accuracy)) snprintf(error, sizeof error, ", accuracy %.4f", s->test_accuracy);
    if (l->tests) snprintf(test, sizeof test, "; test loss %.4g%s", s->test_loss, error);
    snprintf(text, sizeof text, "epoch %llu/%llu: loss %.4g%s%s", (unsigned long long)epoch_of(l, w->at.step),
             (unsigned long long)epoch_of(l, w->steps), lesson_mean(s, 0), seen, test);
    progress_say(&l->w.shown, text);
}

/* ---- epochs -------------------------------------------------------------------------------------- */

void epoch_begin(learning *l)
{
    training *w = &l->w;
    char head[32];
    const uint64_t epoch = w->at.step / l->batch.per_epoch, base = epoch * l->batch.per_epoch;
    const uint64_t end = base + l->batch.per_epoch;
    snprintf(head, sizeof head, "epoch %llu/%llu: ", (unsigned long long)epoch + 1, (unsigned long long)epoch_of(l, w->steps));
    progress_part(&w->shown, head, base, w->at.step, end < w->steps ? end : w->steps);
}

bool epoch_ended(const learning *l)
{
    const uint64_t step = l->w.at.step;
    return step && (step % l->batch.per_epoch == 0 || step == l->w.steps);
}

int epoch_end(learning *l, nodec_fault *fault)
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
    if (w->at.step < w->steps) epoch_begin(l);
    return 0;
}

