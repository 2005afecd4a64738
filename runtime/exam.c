/* exam.c: see exam.h. */
#include "exam.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "real.h"
#include "solve.h"

/* The only input of classes, and the first output with a number for each of them. */
static void find_classes(exam *x)
{
    const nodec_model *m = x->model;
    x->label = x->scores = -1;
    for (size_t r = 0; r < m->input_rows; r++) {
        if (!m->input[r].classes || m->input[r].count != 1) continue;
        if (x->label >= 0) {
            x->label = -1;
            return;
        }
        x->label = (int)r;
    }
    for (size_t r = 0; x->label >= 0 && r < m->output_rows; r++)
        if (m->output[r].rank == 1 && m->output[r].count == m->input[x->label].classes) {
            x->scores = (int)r;
            return;
        }
}

int exam_open(exam *x, const nodec_model *m, const nodec_files *files, size_t most, size_t keep, nodec_fault *fault)
{
    *x = (exam){.model = m, .most = most, .room = keep};
    find_classes(x);
    if (rows_open(&x->data, m, files, "test", fault)) return fault->status;
    if (x->most > x->data.count) x->most = x->data.count;
    x->inputs  = solve_memory(x->most * m->inputs * m->real_bytes);
    x->outputs = solve_memory(x->most * m->outputs * m->real_bytes);
    x->value   = calloc(m->values + 1, sizeof *x->value);
    x->part    = calloc(m->values + 1, sizeof *x->part);
    x->mistake = calloc(keep + 1, sizeof *x->mistake);
    if (x->inputs && x->outputs && x->value && x->part && x->mistake) return 0;
    exam_close(x);
    return fault_set(fault, NODEC_EXIT_IO, "out of memory for the test");
}

void exam_close(exam *x)
{
    rows_close(&x->data);
    free(x->inputs);
    free(x->outputs);
    free(x->value);
    free(x->part);
    free(x->mistake);
    *x = (exam){0};
}

static size_t largest(const void *scores, size_t bytes, size_t first, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (real_at(scores, bytes, first + i) > real_at(scores, bytes, first + best)) best = i;
    return best;
}

static void mark(exam *x, size_t batch)
{
    const nodec_model *m = x->model;
    if (x->scores < 0) return;
    const nodec_input *in = &m->input[x->label], *out = &m->output[x->scores];
    for (size_t s = 0; s < batch; s++) {
        const size_t truth = (size_t)real_at(x->inputs, m->real_bytes, s * m->inputs + in->offset);
        const size_t taken = largest(x->outputs, m->real_bytes, s * m->outputs + out->offset, out->count);
        if (taken == truth) continue;
        x->wrong++;
        if (x->mistakes < x->room) x->mistake[x->mistakes++] = (mistake){x->done + s, truth, taken};
    }
}

int exam_take(exam *x, const learned *l, const nodec_parallel *parallel, void *work, size_t work_bytes, progress *bar)
{
    const nodec_model *m = x->model;
    x->done = x->wrong = x->mistakes = 0;
    for (size_t i = 0; i < m->values; i++) x->value[i] = 0;
    while (x->done < x->data.count && !interrupted()) {
        const size_t left = x->data.count - x->done, batch = left < x->most ? left : x->most;
        for (size_t s = 0; s < batch; s++)
            rows_sample(&x->data, x->done + s, 0, 0, real_address(x->inputs, m->real_bytes, s * m->inputs));
        const int status = m->forward(m, batch, x->inputs, l->theta, l->kept, x->outputs, x->part, parallel, &x->report,
                                      work, work_bytes);
        if (status) {
            x->report.sample += x->done;
            return status;
        }
        for (size_t i = 0; i < m->values; i++) x->value[i] += x->part[i] * (double)batch;
        mark(x, batch);
        x->done += batch;
        if (bar) progress_show(bar, x->done, exam_loss(x) / (double)x->done);
    }
    for (size_t i = 0; i < m->values; i++) x->value[i] /= (double)(x->done ? x->done : 1);
    return NODEC_OK;
}

double exam_loss(const exam *x)
{
    double sum = 0;
    for (size_t i = 0; i < x->model->losses; i++) sum += x->value[i];
    return sum;
}

double exam_error(const exam *x)
{
    return x->scores < 0 || !x->done ? NAN : (double)x->wrong / (double)x->done;
}

double exam_accuracy(const exam *x)
{
    for (size_t i = 0; i < x->model->values; i++)
        if (!strcmp(x->model->value[i], "accuracy")) return x->value[i];
    return 1 - exam_error(x);
}
