/* serve.h: the driver of a compiled Program: tables and an engine in, a module out.
 *
 * What the functions at the end of generated C do is done here by ordinary C, for
 * engines that compile entries alone (entry.h): arguments are checked, the regime is
 * chosen by the batch, loss and gradient are composed of entries, parameters are
 * initialised, failures get the names they have in the model.  Statuses, reports, sizes
 * of workspaces and bits are those of the generated C.
 *
 * The tables are one block of bytes without a pointer in it, which can be copied and
 * kept in a file; compiler/serve.c writes them.                                     */
#ifndef NODEC_SERVE_H
#define NODEC_SERVE_H

#include "entry.h"
#include "fault.h"

/* ---- tables --------------------------------------------------------------------- */

enum { SERVE_VERSION = 2, SERVE_VALUES = 256 /* losses and metrics, at most */ };
#define SERVE_NONE UINT32_MAX       /* an entry there is not                       */

/* Everything is at a number of bytes from the beginning of the block: a text where its
 * first character is, a list where its first element is.                            */
typedef uint32_t serve_text;
typedef struct serve_list { uint32_t at, count; } serve_list;

typedef struct serve_row {          /* a state, input, output or parameter         */
    serve_text name;
    uint32_t offset, count, rank, shape[4];
    uint32_t flag;                  /* states, a field's inputs: given; parameters: positive;
                                       a model's inputs: classes                   */
} serve_row;

enum serve_law { SERVE_FILL, SERVE_UNIFORM, SERVE_NORMAL, SERVE_TENSOR };
typedef struct serve_init {         /* of the parameter in the same row            */
    uint32_t law;
    uint32_t values;                /* TENSOR: doubles                             */
    double   a, b;                  /* FILL: a; UNIFORM: bounds; NORMAL: mean, deviation */
} serve_init;

typedef struct serve_buffer { serve_row row; uint32_t slots, stride, initial /* doubles */; } serve_buffer;
typedef struct serve_draw { serve_text name; uint32_t offset, count, law /* of nodec_drawn */; double a, b; } serve_draw;
/* The state `where` of the solve, if its index is below: see `fail` in lowered.h.   */
typedef struct serve_where { serve_text where; uint32_t solve, below; } serve_where;

typedef struct serve_regime {       /* entries by what they compute, arguments as lowered.h says */
    uint32_t f, vjp, jvp, solve, gradient, start, start_vjp, observe, observe_vjp, survey, conclude;
    uint32_t width;                 /* samples in a block                          */
    uint64_t fixed, per_block, per_time, per_block_time;        /* workspace, in reals */
} serve_regime;

/* What both kinds of tables begin with. */
typedef struct serve_head {
    uint32_t version, bytes;        /* of the whole block                          */
    uint32_t of_model, real_bytes;
    serve_text name;
    uint32_t inputs, outputs, params, moments;      /* reals; moments: per parameter */
    uint32_t update, norm, judge, scale;            /* entries                     */
    serve_list reals;               /* serve_text: what `update` is given, as rows of update.def */
    serve_list input, output, param;                /* serve_row                   */
    serve_list init;                /* serve_init                                  */
} serve_head;

typedef struct serve_field {
    serve_head head;
    uint32_t states, uses_time, trains;
    uint32_t summaries, cells;      /* 0: no survey                                */
    uint32_t input_default;         /* doubles [inputs], or 0                      */
    serve_list state;               /* serve_row; no outputs: they are the states  */
    uint32_t steps, max_steps, stages, many_from;
    double   h_max;
    serve_regime few, many;         /* batch < many_from, and from there on        */
    uint32_t loss;
    uint32_t clear, add;            /* int count, mut a (, b): a = 0, a = a + b    */
} serve_field;

typedef struct serve_model {
    serve_head head;
    uint32_t buffers, draws, losses, trains;
    serve_list buffer, draw;        /* serve_buffer, serve_draw                    */
    serve_list value;               /* serve_text                                  */
    serve_list where;               /* serve_where, and if none fits               */
    serve_text elsewhere;
    uint32_t solves, steps;         /* steps: of each solve                        */
    uint64_t evaluations, pulls;
    double   flops_forward, flops_train;
    uint32_t forward, train, save;  /* entries                                     */
    uint64_t forward_fixed, forward_sample, train_fixed, train_sample;      /* workspace, in reals */
} serve_model;

/* ---- a driver ------------------------------------------------------------------- */

typedef struct served served;

/* Copies the tables and takes the code over: served_close closes it, and so does a
 * failure here, which is NULL, and why in the fault.                                */
served *served_open(const void *tables, size_t bytes, const nodec_code *, nodec_fault *);
void    served_close(served *);
const nodec_module *served_module(const served *);      /* NULL: it is a model     */
const nodec_model  *served_model(const served *);       /* NULL: it is a field     */

/* The public functions of generated C, one by one, beside what the modules have; arguments
 * and results as in the generated header, inputs NULL where there are none. NODEC_ARGUMENT
 * where there is no such function.                                                  */
size_t served_work(const served *, size_t batch, size_t times);         /* of all but loss and train_step */
size_t served_train_work(const served *, size_t batch, size_t times);   /* of these two                */
int served_vjp(const served *, size_t batch, const void *t, size_t t_stride, const void *x, const void *inputs,
               const void *theta, const void *a, void *ax, void *at, void *ainputs, void *atheta,
               void *work, size_t work_bytes);
int served_jvp(const served *, size_t batch, const void *t, size_t t_stride, const void *x, const void *inputs,
               const void *theta, const void *vx, const void *vt, const void *vtheta, void *out,
               void *work, size_t work_bytes);
int served_gradient(const served *, size_t batch, size_t times, const void *t, size_t t_stride, const void *x,
                    const void *inputs, const void *theta, const void *g_x, void *g_x0, void *g_inputs,
                    void *g_theta, void *g_t, const nodec_options *, nodec_report *, void *work, size_t work_bytes);
int served_train_step(const served *, const nodec_batch *, void *theta, const nodec_update *, void *moments,
                      double *loss, void *g_theta, const nodec_options *, nodec_report *, void *work, size_t work_bytes);

/* Of a model. */
void served_draws(const served *, uint64_t seed, uint64_t step, size_t batch, void *draws);
int  served_model_step(const served *, size_t batch, const void *inputs, const void *draws, void *theta, void *buffers,
                       const nodec_update *, void *moments, void *g_theta, double *values, const nodec_parallel *,
                       nodec_report *, void *work, size_t work_bytes);

#endif
