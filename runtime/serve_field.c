/* serve_field.c: the functions of a field: arguments are checked, the regime that serves
 * the batch is called, and what it did or where it failed is reported. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "real.h"
#include "serve_in.h"

/* ---- sizes ------------------------------------------------------------------------------- */

const serve_regime *field_regime(const served *s, size_t batch)
{
    return batch < s->field->many_from ? &s->field->few : &s->field->many;
}

size_t field_reals(const served *s, size_t batch, size_t times)
{
    const serve_regime *r = field_regime(s, batch);
    const size_t blocks = r->width == 1 ? batch : batch / r->width + (batch % r->width != 0);
    const size_t each = size_add(r->per_block, size_mul(times, r->per_block_time));
    return size_add(size_add(r->fixed, size_mul(times, r->per_time)), size_mul(blocks, each));
}

size_t field_seen(const served *s) { return s->head->outputs; }

size_t served_work(const served *s, size_t batch, size_t times)
{
    return s->field ? serve_bytes(s, field_reals(s, batch, times)) : 0;
}

/* ---- arguments ----------------------------------------------------------------------------- */

static const double never[1] = {0};             /* the time, for who does not look at it */

/* batch, t, t_stride, x, [inputs], theta: what the functions at one time begin with. */
static void call_point(serve_call *c, const serve_path *p, const void *x)
{
    call_whole(c, p->batch);
    call_time(c, p);
    call_array(c, x, size_mul(p->batch, c->of->field->states));
    call_given(c, p);
}

static bool given(const served *s, const serve_path *p)
{
    return p->batch && p->batch <= PTRDIFF_MAX && p->theta && (p->inputs || !s->head->inputs);
}

/* A path of one time. */
static serve_path point(const served *s, size_t batch, const void *t, size_t t_stride, const void *inputs, const void *theta)
{
    const bool blind = !t && !s->field->uses_time;
    return (serve_path){batch, 1, blind ? never : t, blind ? 0 : t_stride, inputs, theta};
}

/* Are the times of every sample numbers, and strictly increasing or decreasing? In the Program's
 * precision: a difference that is lost in it is none. */
#define MONOTONE(name, real)                                                                            \
    static bool name(const serve_path *p)                                                               \
    {                                                                                                   \
        const size_t rows = p->t_stride ? p->batch : 1;                                                 \
        for (size_t b = 0; b < rows; b++) {                                                             \
            const real *const row = (const real *)p->t + b * p->t_stride;                               \
            if (!isfinite(row[0])) return false;                                                        \
            for (size_t i = 1; i < p->times; i++) {                                                     \
                const real step = row[i] - row[i - 1], first = row[1] - row[0];                         \
                if (!isfinite(step) || !(first > 0 ? step > 0 : step < 0)) return false;                \
            }                                                                                           \
        }                                                                                               \
        return true;                                                                                    \
    }

MONOTONE(monotone_float, float)
MONOTONE(monotone_double, double)

/* The caller's options over the model's; as far as the caller's struct goes. */
static bool options_read(const served *s, const nodec_options *from, nodec_options *o)
{
    const size_t own = sizeof *o;
    const bool whole = from && from->size >= own;
    if (from && from->size < offsetof(nodec_options, rtol)) return false;
    *o = whole ? *from : s->as.module.options;
    if (from && !whole) memcpy(o, from, from->size);
    o->size = own;
    return (o->steps || o->h_max > 0) && o->max_steps;
}

static void call_stepping(serve_call *c, const nodec_options *o, double fail[4])
{
    call_real(c, o->h_max);
    call_whole(c, o->steps);
    call_whole(c, o->max_steps);
    call_array(c, serve_board(c->of, BOARD_FAIL, fail), 4);
}

/* ---- reports --------------------------------------------------------------------------------- */

static const char *state_name(const served *s, size_t index)
{
    const nodec_module *m = &s->as.module;
    size_t r = 0;
    while (r + 1 < m->state_rows && index >= m->state[r].offset + m->state[r].count) r++;
    return m->state[r].name;
}

/* How many steps there are from time i-1 to i of sample b, computed as the Program does. */
static size_t steps_between(const served *s, const serve_path *p, const nodec_options *o, size_t b, size_t i)
{
    const size_t at = b * p->t_stride + i;
    if (o->steps) return o->steps;
    if (s->bytes == sizeof(float)) {
        const float *t = p->t, span = t[at] - t[at - 1];
        return (size_t)ceilf(fabsf(span) / (float)o->h_max);
    }
    const double *t = p->t;
    return (size_t)ceil(fabs(t[at] - t[at - 1]) / o->h_max);
}

void field_failed(const served *s, const void *fail, nodec_report *report)
{
    *report = (nodec_report){
        .sample = (size_t)real_at(fail, s->bytes, 0), .t = real_at(fail, s->bytes, 1),
        .where = state_name(s, (size_t)real_at(fail, s->bytes, 3))
    };
}

static int report_write(const served *s, nodec_report *report, int status, const double *fail, const serve_path *p,
                        const nodec_options *o)
{
    if (!report || serve_marches(s)) return status;
    *report = (nodec_report){0};
    if (status && status != NODEC_BROKEN) field_failed(s, fail, report);
    if (status) return status;
    for (size_t b = 0; b < (p->t_stride ? p->batch : 1); b++)
        for (size_t i = 1; i < p->times; i++) report->steps += steps_between(s, p, o, b, i);
    if (!p->t_stride) report->steps *= p->batch;
    report->evaluations = s->field->stages * report->steps;
    return status;
}

/* ---- at one time -------------------------------------------------------------------------------- */

static int f(const nodec_module *m, size_t batch, const void *t, size_t t_stride, const void *x, const void *inputs,
             const void *theta, void *dx)
{
    const served *s = served_of(m);
    const serve_path p = point(s, batch, t, t_stride, inputs, theta);
    serve_call c;
    call_begin(&c, s);
    if (!given(s, &p) || !p.t || !x || !dx) return NODEC_ARGUMENT;
    call_point(&c, &p, x);
    call_array(&c, dx, size_mul(batch, s->field->states));
    return call_run(&c, field_regime(s, batch)->f, NULL);
}

/* A call with workspace of `need` bytes at its end. */
static int run_held(serve_call *c, uint32_t entry, const nodec_parallel *parallel, void *work, size_t need)
{
    const served *s = c->of;
    void *const w = serve_aligned(work);
    const size_t bytes = need - 64;
    int status = serve_hold(s, w, bytes);
    if (status) return status;
    call_bytes(c, w, bytes);
    status = call_run(c, entry, parallel);
    serve_let_go(s, w, bytes);
    return status;
}

int served_vjp(const served *s, size_t batch, const void *t, size_t t_stride, const void *x, const void *inputs,
               const void *theta, const void *a, void *ax, void *at, void *ainputs, void *atheta,
               void *work, size_t work_bytes)
{
    const size_t need = served_work(s, batch, 1);
    if (!s->field || field_regime(s, batch)->vjp == SERVE_NONE) return NODEC_ARGUMENT;
    const size_t states = size_mul(batch, s->field->states);
    const serve_path p = point(s, batch, t, t_stride, inputs, theta);
    serve_call c;
    call_begin(&c, s);
    if (!given(s, &p) || !need || !p.t || !x || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    call_point(&c, &p, x);
    call_array(&c, a, states);
    call_array(&c, ax, states);
    call_array(&c, at, batch);
    if (s->head->inputs) call_array(&c, ainputs, size_mul(batch, s->head->inputs));
    call_array(&c, atheta, s->head->params);
    return run_held(&c, field_regime(s, batch)->vjp, NULL, work, need);
}

int served_jvp(const served *s, size_t batch, const void *t, size_t t_stride, const void *x, const void *inputs,
               const void *theta, const void *vx, const void *vt, const void *vtheta, void *out,
               void *work, size_t work_bytes)
{
    const size_t need = served_work(s, batch, 1);
    if (!s->field || field_regime(s, batch)->jvp == SERVE_NONE) return NODEC_ARGUMENT;
    const size_t states = size_mul(batch, s->field->states);
    const serve_path p = point(s, batch, t, t_stride, inputs, theta);
    serve_call c;
    call_begin(&c, s);
    if (!given(s, &p) || !need || !p.t || !x || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    call_point(&c, &p, x);
    call_array(&c, vx, states);
    call_array(&c, vt, batch);
    call_array(&c, vtheta, s->head->params);
    call_array(&c, out, states);
    return run_held(&c, field_regime(s, batch)->jvp, NULL, work, need);
}

/* ---- along a path ---------------------------------------------------------------------------------- */

int field_start(const served *s, const serve_path *p, const void *from, void *x0)
{
    const size_t states = size_mul(p->batch, s->field->states);
    const uint32_t entry = field_regime(s, p->batch)->start;
    bool some_given = false;
    for (size_t r = 0; r < s->as.module.state_rows; r++) some_given |= s->as.module.state[r].given != 0;
    if (entry == SERVE_NONE) {                  /* x0 is what is given                */
        if (!p->batch || !from || !x0) return NODEC_ARGUMENT;
        memcpy(x0, from, states * s->bytes);
        return NODEC_OK;
    }
    serve_call c;
    call_begin(&c, s);
    if (!given(s, p) || (some_given && !from) || !x0) return NODEC_ARGUMENT;
    call_whole(&c, p->batch);
    call_array(&c, from, states);
    call_given(&c, p);
    call_array(&c, x0, states);
    return call_run(&c, entry, NULL);
}

static int start(const nodec_module *m, size_t batch, const void *from, const void *inputs, const void *theta, void *x0)
{
    const serve_path p = {.batch = batch, .times = 1, .inputs = inputs, .theta = theta};
    return field_start(served_of(m), &p, from, x0);
}

int field_observe(const served *s, const serve_path *p, const void *x, void *y)
{
    const size_t rows = size_mul(p->batch, p->times);
    const uint32_t entry = field_regime(s, p->batch)->observe;
    if (entry == SERVE_NONE) {                  /* what is seen are the states         */
        if (!rows || !x || !y) return NODEC_ARGUMENT;
        memcpy(y, x, size_mul(size_mul(rows, s->field->states), s->bytes));
        return NODEC_OK;
    }
    serve_call c;
    call_begin(&c, s);
    if (!given(s, p) || !p->times || rows > PTRDIFF_MAX || !p->t || !x || !y) return NODEC_ARGUMENT;
    call_path(&c, p);
    call_array(&c, x, size_mul(rows, s->field->states));
    call_given(&c, p);
    call_array(&c, y, size_mul(rows, field_seen(s)));
    return call_run(&c, entry, NULL);
}

static int observe(const nodec_module *m, size_t batch, size_t times, const void *t, size_t t_stride, const void *x,
                   const void *inputs, const void *theta, void *y)
{
    const serve_path p = {batch, times, t, t_stride, inputs, theta};
    return field_observe(served_of(m), &p, x, y);
}

/* What a solve and its gradient check alike; how many bytes of workspace they need. */
static int check_path(const served *s, const serve_path *p, const nodec_options *options, nodec_options *o,
                      const void *work, size_t work_bytes, size_t *need)
{
    *need = served_work(s, p->batch, p->times);
    if (!given(s, p) || !p->times || !*need || !p->t) return NODEC_ARGUMENT;
    if (!options_read(s, options, o)) return NODEC_ARGUMENT;
    if (!serve_marches(s) && !(s->bytes == sizeof(float) ? monotone_float : monotone_double)(p)) return NODEC_ARGUMENT;
    return !work || work_bytes < *need ? NODEC_WORKSPACE : NODEC_OK;
}

int field_solve(const served *s, const serve_path *p, const void *x0, void *x, const nodec_options *options,
                nodec_report *report, void *work, size_t work_bytes)
{
    const size_t rows = size_mul(p->batch, p->times), states = s->field->states;
    double fail[4] = {0};
    nodec_options o;
    size_t need;
    serve_call c;
    call_begin(&c, s);
    if (!x0 || !x) return NODEC_ARGUMENT;
    int status = check_path(s, p, options, &o, work, work_bytes, &need);
    if (status) return status;
    call_path(&c, p);
    call_array(&c, x0, size_mul(p->batch, states));
    call_given(&c, p);
    call_array(&c, x, size_mul(rows, states));
    call_stepping(&c, &o, fail);
    status = run_held(&c, field_regime(s, p->batch)->solve, o.parallel, work, need);
    return report_write(s, report, status, fail, p, &o);
}

static int solve(const nodec_module *m, size_t batch, size_t times, const void *t, size_t t_stride, const void *x0,
                 const void *inputs, const void *theta, void *x, const nodec_options *options, nodec_report *report,
                 void *work, size_t work_bytes)
{
    const serve_path p = {batch, times, t, t_stride, inputs, theta};
    return field_solve(served_of(m), &p, x0, x, options, report, work, work_bytes);
}

static int survey(const nodec_module *m, size_t batch, size_t times, const void *t, const void *inputs, const void *theta,
                  void *x, void *cells, size_t begin, size_t before, const nodec_options *options, nodec_report *report,
                  void *work, size_t work_bytes)
{
    const served *s = served_of(m);
    const serve_path p = {batch, times, t, 0, inputs, theta};
    double fail[4] = {0};
    nodec_options o;
    size_t need;
    serve_call c;
    call_begin(&c, s);
    if (!x || !cells) return NODEC_ARGUMENT;
    int status = check_path(s, &p, options, &o, work, work_bytes, &need);
    if (status) return status;
    call_path(&c, &p);
    call_given(&c, &p);
    call_array(&c, x, size_mul(batch, s->field->states));
    call_array(&c, cells, size_mul(batch, s->field->cells));
    call_whole(&c, begin);
    call_whole(&c, before);
    call_stepping(&c, &o, fail);
    status = run_held(&c, field_regime(s, batch)->survey, o.parallel, work, need);
    return report_write(s, report, status, fail, &p, &o);
}

static int conclude(const nodec_module *m, size_t batch, const void *x, const void *cells, size_t count, double span, void *values)
{
    const served *s = served_of(m);
    serve_call c;
    call_begin(&c, s);
    if (!batch || !x || !cells || !values) return NODEC_ARGUMENT;
    call_whole(&c, batch);
    call_array(&c, x, size_mul(batch, s->field->states));
    call_array(&c, cells, size_mul(batch, s->field->cells));
    call_real(&c, (double)count);
    call_real(&c, span);
    call_array(&c, values, size_mul(batch, s->field->summaries));
    return call_run(&c, field_regime(s, batch)->conclude, NULL);
}

int served_gradient(const served *s, size_t batch, size_t times, const void *t, size_t t_stride, const void *x,
                    const void *inputs, const void *theta, const void *g_x, void *g_x0, void *g_inputs,
                    void *g_theta, void *g_t, const nodec_options *options, nodec_report *report, void *work,
                    size_t work_bytes)
{
    if (!s->field || field_regime(s, batch)->gradient == SERVE_NONE) return NODEC_ARGUMENT;
    const serve_path p = {batch, times, t, t_stride, inputs, theta};
    const size_t states = size_mul(batch, s->field->states), all = size_mul(states, times);
    double fail[4] = {0};
    nodec_options o;
    size_t need;
    serve_call c;
    call_begin(&c, s);
    if (!x || !g_x) return NODEC_ARGUMENT;
    int status = check_path(s, &p, options, &o, work, work_bytes, &need);
    if (status) return status;
    call_path(&c, &p);
    call_array(&c, x, all);
    call_given(&c, &p);
    call_array(&c, g_x, all);
    call_array(&c, g_x0, states);
    if (s->head->inputs) call_array(&c, g_inputs, size_mul(batch, s->head->inputs));
    call_array(&c, g_theta, s->head->params);
    call_array(&c, g_t, t_reals(&p));
    call_stepping(&c, &o, fail);
    status = run_held(&c, field_regime(s, batch)->gradient, o.parallel, work, need);
    return report_write(s, report, status, fail, &p, &o);
}

/* ---- the module ----------------------------------------------------------------------------------------- */

static void init(const nodec_module *m, uint64_t seed, void *theta) { serve_params(served_of(m), seed, theta); }

static size_t work(const nodec_module *m, size_t batch, size_t times)
{
    const served *s = served_of(m);
    return s->field->trains ? served_train_work(s, batch, times) : served_work(s, batch, times);
}

static double update(const nodec_module *m, const nodec_update *u, void *theta, const void *g_theta, void *moments)
{
    return serve_update(served_of(m), u, theta, g_theta, moments);
}

void field_functions(served *s)
{
    nodec_module *m = &s->as.module;
    m->init = init;
    m->f = f;
    m->start = start;
    m->work = work;
    m->solve = solve;
    m->observe = observe;
    m->summaries = s->field->summaries;
    m->cells = s->field->cells;
    m->survey = m->summaries ? survey : NULL;
    m->conclude = m->summaries ? conclude : NULL;
    m->loss = s->field->trains ? serve_loss : NULL;
    m->update = s->field->trains ? update : NULL;
}
