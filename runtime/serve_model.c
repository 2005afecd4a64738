/* serve_model.c: the functions of a model: arguments are checked, its entries called, means
 * and failures reported. */
#include <math.h>

#include "real.h"
#include "serve_in.h"

/* ---- sizes --------------------------------------------------------------------------------- */

static size_t reals_of(const served *s, size_t batch, bool training)
{
    const serve_model *m = s->model;
    return training ? size_add(m->train_fixed, size_mul(batch, m->train_sample))
                    : size_add(m->forward_fixed, size_mul(batch, m->forward_sample));
}

static size_t work(const nodec_model *m, size_t batch, int training)
{
    const served *s = served_of(m);
    return serve_bytes(s, reals_of(s, batch, training && s->model->trains));
}

/* ---- reports --------------------------------------------------------------------------------- */

/* fail[1] is a solve or -1, fail[2] an index of its states. */
static const char *where(const served *s, const void *fail)
{
    const serve_where *row = serve_at(s, s->model->where.at);
    const double solve = real_at(fail, s->bytes, 1), state = real_at(fail, s->bytes, 2);
    for (size_t i = 0; i < s->model->where.count; i++)
        if (solve == (double)row[i].solve && state < (double)row[i].below) return serve_name(s, row[i].where);
    return serve_name(s, s->model->elsewhere);
}

void model_failed(const served *s, const void *fail, nodec_report *report)
{
    *report = (nodec_report){.sample = (size_t)real_at(fail, s->bytes, 0), .where = where(s, fail)};
}

static int report_sums(const served *s, nodec_report *report, int status, const double *fail, size_t steps, size_t evaluations)
{
    if (!report || serve_marches(s)) return status;
    *report = (nodec_report){0};
    if (status && status != NODEC_BROKEN) model_failed(s, fail, report);
    if (status) return status;
    report->steps = steps;
    report->evaluations = evaluations;
    return status;
}

static void means_write(const served *s, double *values, const double *mean)
{
    for (size_t i = 0; values && !serve_marches(s) && i < s->model->value.count; i++) values[i] = real_at(mean, s->bytes, i);
}

/* ---- forwards, and training -------------------------------------------------------------------- */

/* Workspace and what comes before it; then the call, and what it left. */
static int run(serve_call *c, uint32_t entry, const nodec_parallel *parallel, void *memory, size_t need)
{
    const served *s = c->of;
    void *const w = serve_aligned(memory);
    int status = serve_hold(s, w, need - 64);
    if (status) return status;
    call_array(c, w, (need - 64) / s->bytes);
    status = call_run(c, entry, parallel);
    serve_let_go(s, w, need - 64);
    return status;
}

static int forward(const nodec_model *m, size_t batch, const void *inputs, const void *theta, const void *buffers,
                   void *outputs, double *values, const nodec_parallel *parallel, nodec_report *report, void *memory,
                   size_t bytes)
{
    const served *s = served_of(m);
    const size_t need = work(m, batch, 0);
    double fail[OUT_REALS] = {0}, mean[SERVE_VALUES + 1] = {0};
    serve_call c;
    call_begin(&c, s);
    if (!batch || batch > PTRDIFF_MAX || !need || !inputs || !theta || (m->buffers && !buffers)) return NODEC_ARGUMENT;
    if (!memory || bytes < need) return NODEC_WORKSPACE;
    call_whole(&c, batch);
    call_array(&c, inputs, size_mul(batch, m->inputs));
    call_array(&c, theta, m->params);
    if (m->buffers) call_array(&c, buffers, m->buffers);
    call_array(&c, outputs, size_mul(batch, m->outputs));
    call_array(&c, values ? mean : NULL, m->values);
    call_array(&c, fail, OUT_REALS);
    const int status = run(&c, s->model->forward, parallel, memory, need);
    means_write(s, values, mean);
    return report_sums(s, report, status, fail, (size_t)s->model->solves * s->model->steps * batch,
                       s->model->evaluations * batch);
}

static int train(const nodec_model *m, size_t batch, const void *inputs, const void *draws, const void *theta,
                 void *buffers, void *g_theta, void *outputs, double *values, const nodec_parallel *parallel,
                 nodec_report *report, void *memory, size_t bytes)
{
    const served *s = served_of(m);
    const size_t need = work(m, batch, 1);
    double fail[OUT_REALS] = {0}, mean[SERVE_VALUES + 1] = {0};
    serve_call c;
    call_begin(&c, s);
    if (!batch || batch > PTRDIFF_MAX || !need || !inputs || (m->draws && !draws) || !theta || (m->buffers && !buffers) || !g_theta)
        return NODEC_ARGUMENT;
    if (!memory || bytes < need) return NODEC_WORKSPACE;
    if (march_buffers(s, buffers)) return NODEC_BROKEN;
    call_whole(&c, batch);
    call_array(&c, inputs, size_mul(batch, m->inputs));
    if (m->draws) call_array(&c, draws, size_mul(batch, m->draws));
    call_array(&c, theta, m->params);
    if (m->buffers) call_array(&c, buffers, m->buffers);
    call_array(&c, g_theta, m->params);
    call_array(&c, outputs, size_mul(batch, m->outputs));
    call_array(&c, serve_board(s, BOARD_VALUES, mean), m->values);
    call_array(&c, serve_board(s, BOARD_FAIL, fail), OUT_REALS);
    const int status = run(&c, s->model->train, parallel, memory, need);
    means_write(s, values, mean);
    return report_sums(s, report, status, fail, (size_t)s->model->solves * s->model->steps * batch,
                       (s->model->evaluations + s->model->pulls) * batch);
}

int served_model_step(const served *s, size_t batch, const void *inputs, const void *draws, void *theta, void *buffers,
                      const nodec_update *update, void *moments, void *g_theta, double *values,
                      const nodec_parallel *parallel, nodec_report *report, void *memory, size_t bytes)
{
    if (!s->model || !s->model->trains || !update || !moments || !theta) return NODEC_ARGUMENT;
    const int status = train(&s->as.model, batch, inputs, draws, theta, buffers, g_theta, NULL, values, parallel, report, memory, bytes);
    if (status) return status;
    const double norm = serve_update(s, update, theta, g_theta, moments);
    return isnan(norm) && s->code.fault && s->code.fault(s->code.self) ? NODEC_BROKEN : NODEC_OK;
}

/* ---- the module ---------------------------------------------------------------------------------- */

static void init(const nodec_model *m, uint64_t seed, void *theta, void *buffers)
{
    serve_params(served_of(m), seed, theta);
    if (m->buffers) serve_buffers(served_of(m), buffers);
}

static double update(const nodec_model *m, const nodec_update *u, void *theta, const void *g_theta, void *moments)
{
    return serve_update(served_of(m), u, theta, g_theta, moments);
}

void model_functions(served *s)
{
    nodec_model *m = &s->as.model;
    m->init = init;
    m->work = work;
    m->forward = forward;
    m->train = s->model->trains ? train : NULL;
    m->update = s->model->trains ? update : NULL;
}
