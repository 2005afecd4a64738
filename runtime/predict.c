/* predict.c: nodec eval of a model: outputs for given inputs, and with labels its
 * losses and metrics. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "idx.h"
#include "numbers.h"
#include "pool.h"
#include "real.h"
#include "run.h"
#include "safetensors.h"
#include "solve.h"

enum { AT_ONCE = 64 };              /* samples of a call                            */

typedef struct prediction {
    const nodec_prediction *plan;
    const nodec_model *model;
    size_t  samples;
    bool    complete;               /* every input was given, so values mean something */
    learned from;
    void   *inputs, *outputs, *work;            /* [samples][...]                   */
    double *sum, *mean;             /* of values                                    */
    pool   *threads;
} prediction;

/* ---- inputs --------------------------------------------------------------------------------- */

/* "image=a.npy,label=b.npy": where the file of `name` stands and how long it is; NULL: nowhere. */
static const char *file_of(const char *text, const char *name, size_t *length)
{
    for (const char *at = text; *at;) {
        const size_t n = strcspn(at, ","), equal = strcspn(at, "=");
        if (equal < n && strlen(name) == equal && !memcmp(at, name, equal)) {
            *length = n - equal - 1;
            return at + equal + 1;
        }
        at += n + (at[n] == ',');
    }
    return NULL;
}

static int check_names(const prediction *w, nodec_fault *fault)
{
    const nodec_model *m = w->model;
    const char *known[64];
    const size_t count = m->input_rows < 64 ? m->input_rows : 64;
    for (size_t i = 0; i < count; i++) known[i] = m->input[i].name;
    for (const char *at = w->plan->inputs; *at;) {
        const size_t n = strcspn(at, ","), equal = strcspn(at, "=");
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)(equal < n ? equal : n), at);
        size_t i = 0;
        while (i < count && strcmp(known[i], name)) i++;
        if (equal >= n || i == count) {
            fault_set(fault, NODEC_EXIT_USAGE, "--inputs: `%s` is no input of %s; write NAME=FILE,NAME=FILE", name, m->name);
            fault_suggest(fault, name, known, count);
            return fault->status;
        }
        at += n + (at[n] == ',');
    }
    return 0;
}

static int read_idx(const char *path, numbers *n, nodec_fault *fault)
{
    idx file;
    if (idx_open(&file, path, fault)) return fault->status;
    *n = (numbers){malloc(file.count * file.size * sizeof *n->at + 1), file.count, file.size};
    for (size_t i = 0; n->at && i < file.count * file.size; i++) n->at[i] = idx_at(&file, i);
    idx_close(&file);
    return n->at ? 0 : fault_set(fault, NODEC_EXIT_IO, "out of memory");
}

static int read_file(const char *path, const nodec_input *in, numbers *n, nodec_fault *fault)
{
    if (!text_ends_in(path, ".npy") && !text_ends_in(path, ".csv") && !text_ends_in(path, ".csv.gz"))
        return read_idx(path, n, fault);
    char **name = calloc(in->count + 1, sizeof *name);
    for (size_t i = 0; name && i < in->count; i++) {
        char text[256];
        snprintf(text, sizeof text, in->rank ? "%.200s[%zu]" : "%.200s", in->name, i);
        name[i] = strdup(text);
    }
    if (!name) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    numbers_read(n, path, "--inputs", (const char *const *)name, in->count, fault);
    for (size_t i = 0; i < in->count; i++) free(name[i]);
    free(name);
    return fault->status;
}

/* The numbers of one input, for every sample. */
static int take(prediction *w, const nodec_input *in, const char *path, const numbers *n, nodec_fault *fault)
{
    const nodec_model *m = w->model;
    const size_t all = n->rows * n->columns, samples = all / in->count;
    if (!all || all % in->count || (n->rows != samples && n->columns > in->count))
        return fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, "%zu numbers are no whole number of samples of %s, which has %zu",
                        all, in->name, in->count);
    if (w->samples && w->samples != samples)
        return fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, "%zu samples of %s, and %zu of the inputs before it", samples,
                        in->name, w->samples);
    if (!w->samples) {
        w->samples = samples;
        w->inputs = solve_memory(samples * m->inputs * m->real_bytes);
        w->outputs = solve_memory(samples * m->outputs * m->real_bytes);
        if (!w->inputs || !w->outputs) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    }
    for (size_t i = 0; i < all; i++) {
        const double x = n->at[i];
        if (in->classes && !(x >= 0 && x < (double)in->classes && x == floor(x)))
            return fault_at(fault, NODEC_EXIT_DATA, path, 0, 0, "sample %zu of %s is %g, not a whole number from 0 to %zu",
                            i / in->count, in->name, x, in->classes - 1);
        real_put(w->inputs, m->real_bytes, i / in->count * m->inputs + in->offset + i % in->count, x);
    }
    return 0;
}

static int read_inputs(prediction *w, nodec_fault *fault)
{
    const nodec_model *m = w->model;
    const char *text = w->plan->inputs;
    if (!text) return fault_set(fault, NODEC_EXIT_USAGE, "%s needs inputs: --inputs %s=FILE (npy, csv or IDX)", m->name, m->input[0].name);
    if (check_names(w, fault)) return fault->status;
    w->complete = true;
    for (size_t i = 0; i < m->input_rows; i++) {
        const nodec_input *in = &m->input[i];
        size_t length = 0;
        const char *file = file_of(text, in->name, &length);
        if (!file && in->classes) {             /* a label: outputs do not need it   */
            w->complete = false;
            continue;
        }
        if (!file) return fault_set(fault, NODEC_EXIT_USAGE, "%s has an input %s; give it with --inputs %s=FILE", m->name, in->name, in->name);
        char path[PATH_MAX];
        numbers n = {0};
        snprintf(path, sizeof path, "%.*s", (int)length, file);
        if (!read_file(path, in, &n, fault)) take(w, in, path, &n, fault);
        free(n.at);
        if (fault->status) return fault->status;
    }
    return w->samples ? 0 : fault_set(fault, NODEC_EXIT_USAGE, "no input of %s was given", m->name);
}

/* ---- outputs --------------------------------------------------------------------------------- */

static int compute(prediction *w, nodec_fault *fault)
{
    const nodec_model *m = w->model;
    const size_t room = m->work(m, AT_ONCE, 0), bytes = m->real_bytes;
    w->work = solve_memory(room);
    w->sum = calloc(2 * m->values + 1, sizeof *w->sum);
    if (!w->work || !w->sum) return fault_set(fault, NODEC_EXIT_IO, "out of memory");
    w->mean = w->sum + m->values;
    for (size_t from = 0; from < w->samples; from += AT_ONCE) {
        const size_t count = w->samples - from < AT_ONCE ? w->samples - from : AT_ONCE;
        nodec_report report = {0};
        const int status = m->forward(m, count, real_address(w->inputs, bytes, from * m->inputs), w->from.theta, w->from.kept,
                                      real_address(w->outputs, bytes, from * m->outputs), w->complete ? w->mean : NULL,
                                      pool_parallel(w->threads), &report, w->work, room);
        if (status == NODEC_NONFINITE)
            return fault_set(fault, NODEC_EXIT_NUMERIC, "evaluating %s: `%s` became infinite or not a number, of sample %zu", m->name,
                             report.where ? report.where : "?", from + report.sample);
        if (status && code_fault(m->code, fault)) return fault->status;
        if (status) return fault_set(fault, NODEC_EXIT_BUG, "evaluating %s: status %d", m->name, status);
        for (size_t k = 0; w->complete && k < m->values; k++) w->sum[k] += w->mean[k] * (double)count / (double)w->samples;
    }
    return 0;
}

static void write_csv(const prediction *w, FILE *f)
{
    const nodec_model *m = w->model;
    for (size_t r = 0, first = 1; r < m->output_rows; r++)
        for (size_t i = 0; i < m->output[r].count; i++, first = 0)
            fprintf(f, m->output[r].rank ? "%s%s[%zu]" : "%s%s", first ? "" : ",", m->output[r].name, i);
    putc('\n', f);
    for (size_t i = 0; i < w->samples * m->outputs; i++)
        output_number(f, real_at(w->outputs, m->real_bytes, i), m->real_bytes == 4, (i + 1) % m->outputs ? ',' : '\n');
}

static void write_npy(const prediction *w, FILE *f)
{
    const nodec_model *m = w->model;
    const size_t shape[] = {w->samples, m->outputs};
    npy_head(f, m->real_bytes, 2, shape);
    for (size_t i = 0; i < w->samples * m->outputs; i++) npy_put(f, m->real_bytes, real_at(w->outputs, m->real_bytes, i));
}

/* "ce 0.0312", "accuracy 0.9897": beside the outputs, on the stream that they leave free. */
static void write_values(const prediction *w, FILE *f)
{
    for (size_t k = 0; w->complete && k < w->model->values; k++) {
        fprintf(f, "%s ", w->model->value[k]);
        output_number(f, w->sum[k], true, '\n');
    }
}

static int write_result(const prediction *w, nodec_fault *fault)
{
    output o;
    if (output_open(&o, w->plan->output, fault)) return fault->status;
    if (output_is_npy(w->plan->output, w->plan->format)) write_npy(w, o.file);
    else write_csv(w, o.file);
    if (output_close(&o, fault)) return fault->status;
    write_values(w, o.stored ? stdout : stderr);
    return 0;
}

/* ---- the whole -------------------------------------------------------------------------------- */

static int predict(prediction *w, nodec_fault *fault)
{
    const nodec_prediction *p = w->plan;
    w->from = learned_of_model(w->model);
    if (read_inputs(w, fault) || learned_open(&w->from, fault)) return fault->status;
    w->model->init(w->model, p->seed, w->from.theta, w->from.kept);
    if (p->weights && weights_load(p->weights, &w->from, fault)) return fault->status;
    w->threads = pool_open(p->threads, fault);
    if (fault->status || compute(w, fault)) return fault->status;
    return write_result(w, fault);
}

int nodec_predict(const nodec_prediction *plan, nodec_fault *fault)
{
    prediction w = {.plan = plan, .model = plan->model};
    const int status = predict(&w, fault);
    pool_close(w.threads);
    learned_close(&w.from);
    free(w.inputs);
    free(w.outputs);
    free(w.work);
    free(w.sum);
    return status;
}
