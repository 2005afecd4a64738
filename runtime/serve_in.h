/* serve_in.h: what the files of the driver share.
 *
 * serve.c        tables become a module
 * serve_field.c  the functions of a field
 * serve_model.c  those of a model
 * serve_train.c  loss, gradient and update, composed of entries
 * serve_march.c  steps that are queued and looked at together
 * serve_init.c   first values, and the numbers drawn in training
 * serve_call.c   calls of entries, workspaces */
#ifndef NODEC_SERVE_IN_H
#define NODEC_SERVE_IN_H

#include <stdbool.h>

#include "serve.h"

typedef struct serve_march serve_march;

struct served {
    union { nodec_module module; nodec_model model; } as;       /* first: a module is its driver */
    nodec_code code;
    unsigned char *block;           /* the tables                                  */
    const serve_head  *head;
    const serve_field *field;       /* one of them is NULL                         */
    const serve_model *model;
    serve_march *march;             /* NULL: the engine does not run ahead         */
    size_t bytes;                   /* of a real                                   */
    void  *room[12];                /* of the module's own tables                  */
    size_t rooms;
    unsigned char real[32];         /* what `update` is given: numbers of serve_real */
};

static inline const served *served_of(const void *module) { return module; }
static inline const void *serve_at(const served *s, uint32_t at) { return s->block + at; }
static inline const char *serve_name(const served *s, serve_text at) { return (const char *)s->block + at; }

/* ---- sizes: they stay at SIZE_MAX once they got there ---------------------------- */

static inline size_t size_add(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }
static inline size_t size_mul(size_t a, size_t b)
{
    size_t product;                 /* a division would take longer than all the rest of a small call */
    return __builtin_mul_overflow(a, b, &product) ? SIZE_MAX : product;
}
static inline size_t size_round(size_t reals) { return size_mul(size_add(reals, 15) / 16, 16); }

/* Bytes of so many reals and 64 for their alignment; 0 if that is no size of an array. */
static inline size_t serve_bytes(const served *s, size_t reals)
{
    const size_t bytes = size_add(size_mul(reals, s->bytes), 64);
    return bytes > SIZE_MAX / 2 ? 0 : bytes;
}
static inline void *serve_aligned(void *work) { return (void *)(((uintptr_t)work + 63) & ~(uintptr_t)63); }

/* ---- calls (serve_call.c) ---------------------------------------------------------- */

enum { CALL_ARGS = 32, OUT_REALS = 16 };

typedef struct serve_call {
    const served *of;
    size_t count;
    nodec_arg arg[CALL_ARGS];
} serve_call;

/* Nothing is written but what an argument of its kind has: clearing all would take as long as many an entry. */
static inline void call_begin(serve_call *c, const served *s) { c->of = s, c->count = 0; }
static inline void call_whole(serve_call *c, size_t value) { c->arg[c->count++].whole = (int64_t)value; }
void call_real(serve_call *, double);

/* NULL: it is absent. */
static inline void call_bytes(serve_call *c, const void *array, size_t bytes)
{
    nodec_arg *arg = &c->arg[c->count++];
    arg->buffer = (void *)(uintptr_t)array;
    arg->bytes = array ? bytes : 0;
}

static inline void call_array(serve_call *c, const void *array, size_t reals)
{
    call_bytes(c, array, size_mul(reals, c->of->bytes));
}

int  call_run(serve_call *, uint32_t entry, const nodec_parallel *);

/* Workspace lives with the engine from hold to let_go. */
int  serve_hold(const served *, void *work, size_t bytes);
void serve_let_go(const served *, void *work, size_t bytes);

/* ---- of a field (serve_field.c), for serve_train.c ---------------------------------- */

/* Where and when: what most functions are given. */
typedef struct serve_path {
    size_t batch, times;
    const void *t; size_t t_stride;
    const void *inputs, *theta;
} serve_path;

static inline size_t t_reals(const serve_path *p)
{
    return p->t_stride ? size_add(size_mul(p->batch - 1, p->t_stride), p->times) : p->times;
}

/* [inputs], theta */
static inline void call_given(serve_call *c, const serve_path *p)
{
    const serve_head *head = c->of->head;
    if (head->inputs) call_array(c, p->inputs, size_mul(p->batch, head->inputs));
    call_array(c, p->theta, head->params);
}

static inline void call_time(serve_call *c, const serve_path *p)
{
    call_array(c, p->t, t_reals(p));
    call_whole(c, p->t_stride);
}

/* batch, times, t, t_stride */
static inline void call_path(serve_call *c, const serve_path *p)
{
    call_whole(c, p->batch);
    call_whole(c, p->times);
    call_time(c, p);
}

size_t field_reals(const served *, size_t batch, size_t times);         /* of workspace */
const serve_regime *field_regime(const served *, size_t batch);
size_t field_seen(const served *);                                      /* reals per observation */
int  field_start(const served *, const serve_path *, const void *given, void *x0);
int  field_observe(const served *, const serve_path *, const void *x, void *y);
int  field_solve(const served *, const serve_path *, const void *x0, void *x, const nodec_options *, nodec_report *,
                 void *work, size_t work_bytes);

/* ---- serve_train.c, serve_init.c ------------------------------------------------------ */

int    serve_loss(const nodec_module *, const nodec_batch *, const void *theta, double *loss, void *x, void *g_theta,
                  const nodec_options *, nodec_report *, void *work, size_t work_bytes);
double serve_update(const served *, const nodec_update *, void *theta, const void *g_theta, void *moments);
int    serve_real(const char *name);            /* its number: a row of update.def, or gscale; -1: there is none */
void   serve_params(const served *, uint64_t seed, void *theta);
void   serve_buffers(const served *, void *buffers);

/* ---- serve_march.c ---------------------------------------------------------------------- */

/* Where the numbers of a step lie while steps are only queued. */
typedef enum serve_place { BOARD_FAIL, BOARD_VALUES, BOARD_NORM, BOARD_JUDGED, BOARD_PLACES } serve_place;

bool  serve_marches(const served *);
void *serve_board(const served *, serve_place, void *own);      /* there, or else in the caller's own */
int   march_buffers(const served *, void *buffers);             /* saves them, if steps are only queued */
int   march_judge(const served *, const nodec_update *, void *g_theta);
bool  march_open(served *);         /* false: out of memory                        */
void  march_close(served *);
void  field_failed(const served *, const void *fail, nodec_report *);
void  model_failed(const served *, const void *fail, nodec_report *);

/* The module's functions, from the files that have them. */
void field_functions(served *);
void model_functions(served *);

#endif
