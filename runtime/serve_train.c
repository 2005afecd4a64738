/* serve_train.c: loss and gradient of a field, composed of its entries, and one step of
 * an optimiser.
 *
 *     x0 = start(given)    x = solve(x0)    y = observe(x)    loss, g_y = loss(y, target)
 *     g_x, g_more = observe_vjp(g_y)    g_x0, g_theta = gradient(g_x)
 *     g_theta += start_vjp(g_x0)    g_theta += g_more
 *
 * Nothing here looks at an array: with an engine that has memory of its own, what lies
 * in the workspace never leaves it. */
#include <math.h>
#include <string.h>

#include "real.h"
#include "serve_in.h"

/* ---- loss -------------------------------------------------------------------------------- */

/* The workspace: the solve's own, then these, each a multiple of 16 reals long. */
typedef struct layout {
    size_t solve, all, states, seen, params;    /* reals; 0: not needed            */
    size_t reals;
    void  *w, *own_x, *g_x, *x0, *g_x0, *y, *g_y, *g_more;
} layout;

static layout layout_of(const served *s, size_t batch, size_t times)
{
    const serve_regime *r = field_regime(s, batch);
    const bool starts = r->start != SERVE_NONE, observes = r->observe != SERVE_NONE;
    const size_t rows = size_mul(batch, times);
    layout l = {
        .solve  = size_round(field_reals(s, batch, times)), .all = size_round(size_mul(rows, s->field->states)),
        .states = starts ? size_round(size_mul(batch, s->field->states)) : 0,
        .seen   = observes ? size_round(size_mul(rows, field_seen(s))) : 0,
        .params = observes ? s->head->params : 0,
    };
    l.reals = size_add(l.solve, size_mul(2, size_add(l.all, size_add(l.states, l.seen))));
    l.reals = size_add(l.reals, l.params);
    return l;
}

static void *next(const served *s, char **at, size_t reals)
{
    void *const here = *at;
    *at += reals * s->bytes;
    return here;
}

static void layout_place(const served *s, layout *l, void *work)
{
    char *at = serve_aligned(work);
    l->w      = next(s, &at, l->solve);
    l->own_x  = next(s, &at, l->all);
    l->g_x    = next(s, &at, l->all);
    l->x0     = next(s, &at, l->states);
    l->g_x0   = next(s, &at, l->states);
    l->y      = next(s, &at, l->seen);
    l->g_y    = next(s, &at, l->seen);
    l->g_more = next(s, &at, l->params);
}

size_t served_train_work(const served *s, size_t batch, size_t times)
{
    return s->field ? serve_bytes(s, layout_of(s, batch, times).reals) : 0;
}

typedef struct training_call {
    const served *s;
    serve_path p;
    layout l;
    const nodec_batch *batch;
    void *x, *g_theta;
    const nodec_options *options;
    nodec_report *report;
    size_t solve_bytes;
} training_call;

/* The caller's struct may end before it. */
static const nodec_parallel *parallel_of(const nodec_options *o)
{
    return o && o->size >= sizeof *o ? o->parallel : NULL;
}

static int forwards(const training_call *t, double *loss)
{
    const served *s = t->s;
    const layout *l = &t->l;
    double mean[OUT_REALS];
    int status = NODEC_OK;
    if (l->states) status = field_start(s, &t->p, t->batch->start, l->x0);
    if (!status)
        status = field_solve(s, &t->p, l->states ? l->x0 : t->batch->start, t->x, t->options, t->report, l->w, t->solve_bytes);
    if (!status && l->seen) status = field_observe(s, &t->p, t->x, l->y);
    if (status) return status;

    serve_call c;
    call_begin(&c, s);
    const size_t count = t->p.batch * t->p.times, seen = count * field_seen(s);
    call_whole(&c, count);
    call_array(&c, l->seen ? l->y : t->x, seen);
    call_array(&c, t->batch->target, seen);
    call_array(&c, t->g_theta ? l->seen ? l->g_y : l->g_x : NULL, seen);
    call_array(&c, serve_board(s, BOARD_VALUES, mean), OUT_REALS);
    call_array(&c, l->w, l->solve);
    status = call_run(&c, s->field->loss, parallel_of(t->options));
    if (!status && !serve_marches(s)) *loss = real_at(mean, s->bytes, 0);
    return status;
}

/* g_more = 0, and what the observables' gradient adds to it; g_x is set. */
static int observed(const training_call *t)
{
    const served *s = t->s;
    const layout *l = &t->l;
    const size_t rows = t->p.batch * t->p.times;
    serve_call clear, c;
    call_begin(&clear, s);
    call_begin(&c, s);
    call_whole(&clear, l->params);
    call_array(&clear, l->g_more, l->params);
    const int status = call_run(&clear, s->field->clear, NULL);
    if (status) return status;
    call_path(&c, &t->p);
    call_array(&c, t->x, rows * s->field->states);
    call_given(&c, &t->p);
    call_array(&c, l->g_y, rows * field_seen(s));
    call_array(&c, l->g_x, rows * s->field->states);
    call_array(&c, l->g_more, l->params);
    call_array(&c, l->w, field_reals(s, t->p.batch, t->p.times));
    return call_run(&c, field_regime(s, t->p.batch)->observe_vjp, NULL);
}

static int started(const training_call *t)
{
    const served *s = t->s;
    const size_t states = t->p.batch * s->field->states;
    serve_call c;
    call_begin(&c, s);
    call_whole(&c, t->p.batch);
    call_array(&c, t->batch->start, states);
    call_given(&c, &t->p);
    call_array(&c, t->l.g_x0, states);
    call_array(&c, t->g_theta, s->head->params);
    call_array(&c, t->l.w, t->l.solve);
    return call_run(&c, field_regime(s, t->p.batch)->start_vjp, NULL);
}

static int add_more(const training_call *t)
{
    serve_call c;
    call_begin(&c, t->s);
    call_whole(&c, t->l.params);
    call_array(&c, t->g_theta, t->l.params);
    call_array(&c, t->l.g_more, t->l.params);
    return call_run(&c, t->s->field->add, NULL);
}

static int backwards(const training_call *t)
{
    const serve_path *p = &t->p;
    int status = t->l.seen ? observed(t) : NODEC_OK;
    if (!status)
        status = served_gradient(t->s, p->batch, p->times, p->t, p->t_stride, t->x, p->inputs, p->theta, t->l.g_x,
                                 t->l.states ? t->l.g_x0 : NULL, NULL, t->g_theta, NULL, t->options, t->report,
                                 t->l.w, t->solve_bytes);
    if (!status && t->l.states) status = started(t);
    if (!status && t->l.seen) status = add_more(t);
    return status;
}

int serve_loss(const nodec_module *m, const nodec_batch *b, const void *theta, double *loss, void *x, void *g_theta,
               const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const served *s = served_of(m);
    const size_t need = served_train_work(s, b->batch, b->times);
    if (!b->batch || !b->times || !need || !loss || !b->target || !b->start) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    training_call t = {
        .s = s, .p = {b->batch, b->times, b->t, b->t_stride, b->inputs, theta}, .l = layout_of(s, b->batch, b->times),
        .batch = b, .g_theta = g_theta, .options = options, .report = report,
        .solve_bytes = served_work(s, b->batch, b->times)
    };
    layout_place(s, &t.l, work);
    t.x = x ? x : t.l.own_x;
    int status = serve_hold(s, t.l.w, t.l.reals * s->bytes);
    if (status) return status;
    status = forwards(&t, loss);
    if (!status && g_theta) status = backwards(&t);
    serve_let_go(s, t.l.w, t.l.reals * s->bytes);
    return status;
}

/* ---- update ---------------------------------------------------------------------------------- */

#define REAL(name, value) real_##name,
enum real {
#include "update.def"
    real_gscale, REALS              /* gscale: what the gradient is multiplied by, to respect clip */
};
#undef REAL

int serve_real(const char *name)
{
#define REAL(name, value) [real_##name] = #name,
    static const char *const names[REALS] = {
#include "update.def"
        [real_gscale] = "gscale"
    };
#undef REAL
    for (int i = 0; i < REALS; i++)
        if (!strcmp(name, names[i])) return i;
    return -1;
}

static double real_of(unsigned char real, const nodec_update *u, double scale)
{
    switch (real) {
#define REAL(name, value) case real_##name: return value;
#include "update.def"
#undef REAL
    }
    return scale;
}

/* In the precision of the Program, as everywhere: what the gradient is multiplied by. */
static double clipping(const served *s, double clip, double norm)
{
    if (!(clip > 0)) return 1;
    if (s->bytes == sizeof(double)) return norm > clip ? clip / norm : 1;
    return (float)norm > (float)clip ? (float)clip / (float)norm : 1;
}

double serve_update(const served *s, const nodec_update *u, void *theta, const void *g_theta, void *moments)
{
    const size_t params = s->head->params;
    double out[OUT_REALS] = {0}, norm = 0, scale = 1;
    serve_call measure, c;
    call_begin(&measure, s);
    call_begin(&c, s);
    call_whole(&measure, params);
    call_array(&measure, theta, params);
    call_array(&measure, g_theta, params);
    call_array(&measure, serve_board(s, BOARD_NORM, out), OUT_REALS);
    if (call_run(&measure, s->head->norm, NULL)) return NAN;
    if (serve_marches(s)) {
        if (march_judge(s, u, (void *)(uintptr_t)g_theta)) return NAN;
    } else {
        norm = real_at(out, s->bytes, 0);
        scale = clipping(s, u->clip, norm);
    }

    call_whole(&c, params);
    call_array(&c, theta, params);
    call_array(&c, g_theta, params);
    call_array(&c, moments, size_mul(params, s->head->moments));
    for (size_t i = 0; i < s->head->reals.count; i++) call_real(&c, real_of(s->real[i], u, scale));
    return call_run(&c, s->head->update, NULL) ? NAN : norm;
}

int served_train_step(const served *s, const nodec_batch *b, void *theta, const nodec_update *update, void *moments,
                      double *loss, void *g_theta, const nodec_options *options, nodec_report *report, void *work,
                      size_t work_bytes)
{
    if (!s->field || !s->field->trains || !g_theta || !update || !moments || !theta) return NODEC_ARGUMENT;
    const int status = serve_loss(&s->as.module, b, theta, loss, NULL, g_theta, options, report, work, work_bytes);
    if (status) return status;
    const double norm = serve_update(s, update, theta, g_theta, moments);
    return isnan(norm) && s->code.fault && s->code.fault(s->code.self) ? NODEC_BROKEN : NODEC_OK;
}
