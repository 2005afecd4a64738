/* lowered.h: one field, all the way down: what passes hand to back ends.
 *
 * Entry functions of the Program by what they compute. Their parameters, in
 * order (reals in buffers, `const` unless marked mut; "optional" may be NULL;
 * inputs are left out when the field has none):
 *
 *   f         batch times=1: int batch, t, int t_stride, x, [inputs], theta, mut dx
 *   vjp       int batch, t, int t_stride, x, [inputs], theta, a, mut optional ax,
 *             mut optional at, [mut optional ainputs], mut optional atheta, mut work
 *   jvp       int batch, t, int t_stride, x, [inputs], theta, optional vx, optional vt,
 *             optional vtheta, mut out, mut work
 *   start     int batch, given, [inputs], theta, mut x0
 *   start_vjp int batch, given, [inputs], theta, a, mut g_theta (added to), mut work
 *   observe   int batch, int times, t, int t_stride, x, [inputs], theta, mut y
 *   observe_vjp int batch, int times, t, int t_stride, x, [inputs], theta, a,
 *             mut g_x, mut g_theta (added to), mut work
 *   solve     int batch, int times, t, int t_stride, x0, [inputs], theta, mut x,
 *             real h_max, int steps (0: by h_max), int max_steps, mut fail, mut work
 *   gradient  int batch, int times, t, int t_stride, x, [inputs], theta, g_x,
 *             mut optional g_x0, [mut optional g_inputs], mut optional g_theta,
 *             mut optional g_t, real h_max, int steps, int max_steps, mut fail, mut work
 *   survey    int batch, int times, t, int t_stride, [inputs], theta, mut x, mut cells, int begin,
 *             int before, real h_max, int steps, int max_steps, mut fail, mut work
 *             (a solve of which only the last states stay, in x [batch][states], where the first were;
 *             the summaries' cells see times begin, begin + 1 ..., before which they have seen `before`)
 *   conclude  int batch, x, cells, real count, real span, mut values [batch][summaries]
 *   loss      int count (= times*batch), x, target, mut optional g_x, mut out, mut work
 *             (out[0] = the sum over all elements divided by count*outputs; g_x its gradient)
 *   update    int params, mut theta, g, mut moments, then one real per name in
 *             `update_reals`, in order; params is the field's own
 *   norm      int params, theta, g, mut out (out[0] = the 2-norm of what update trains by; 16 reals)
 *   judge     int params, int values, int losses, int row, real clip, g, value, norm, mut out:
 *             NODEC_UNSOUND if g or one of value[0 .. losses - 1] is not finite (norm[0] is g's); else
 *             the row'th step counts: see NODEC_JUDGED_ in runtime/entry.h for what `out` has
 *   scale     mut g, judged (judge's out): g times what respects `clip`
 *   save      mut to, from: a model's buffers; NO_ENTRY if there are none
 *   clear     int count, mut a (a = 0); add: int count, mut a, b (a = a + b): for drivers, which
 *             touch no array themselves; of fields that observe
 *
 * Arrays are as in the generated header: x0 [batch][states], x and g_x
 * [times][batch][states], cells [batch][cells], t with t_stride 0 shared, else sample b reads
 * t + b*t_stride. All entries but start, observe, conclude, loss, update, norm, scale, save, clear, add return
 * an int status (enum nodec_status). `fail` is 4 reals: sample, time, interval and
 * state index of the first non-finite value or the missed step limit. `work` is 64-aligned by the
 * caller; its size in reals is fixed + per_block * ceil(batch / width)
 * + per_time * times + per_block_time * ceil(batch / width) * times; loss needs no more of it
 * than a solve of what it looks at. */
#ifndef ND_LOWERED_H
#define ND_LOWERED_H

#include "ir/model.h"
#include "loop/loop.h"

enum { LOSS_PART = 4096 };          /* elements whose losses are added by one hand  */
#define NO_ENTRY UINT32_MAX         /* an entry the field does not have            */

typedef struct Entries {
    uint32_t f, vjp, jvp, solve, gradient, start, start_vjp, observe, observe_vjp, survey, conclude;
} Entries;

/* Of a training, for engines that run ahead of their host. */
typedef struct Ahead { uint32_t judge, scale, save; } Ahead;
#define NO_AHEAD ((Ahead){ NO_ENTRY, NO_ENTRY, NO_ENTRY })

typedef struct Serving {            /* one regime's functions for the field        */
    const char *regime;             /* "latency", "batch", "scalar"                */
    Entries  entry;                 /* indices into program->fn                    */
    uint32_t width;                 /* samples per block                           */
    uint64_t fixed, per_block, per_time, per_block_time;    /* workspace, in reals */
} Serving;

typedef struct Lowered {
    const Field *field;
    Program     *program;
    const char  *solver, *gradient; /* as the model says, for comments: "euler(h_max = 0.05)" */
    double       h_max;             /* the model's, defaults for the options       */
    uint32_t     steps, max_steps;
    uint32_t     stages;            /* evaluations of f per step, for reports      */
    Serving      few, many;         /* for batch < many_from, and from there on    */
    uint32_t     many_from;         /* 32                                          */
    uint32_t     summaries, cells;  /* what survey keeps of a trajectory: numbers, reals for them */
    uint32_t     loss, update, norm;        /* entries, NO_ENTRY when there is no training */
    uint32_t     clear, add;        /* NO_ENTRY: nothing is observed, or trained   */
    Ahead        ahead;
    const char  *loss_name, *optimizer_name;
    uint32_t     moments;           /* optimiser state: reals per parameter        */
    const char *const *update_reals; uint32_t update_real_count;    /* "lr", "beta1", "rate" ... */
    VEC(Fn *)    stage;             /* the tensor functions, for --dump=ir         */
} Lowered;

/* ---- a model ------------------------------------------------------------------------
 * Entries; reals in buffers as above. `values` are the model's losses and metrics in
 * order, means over the batch:
 *
 *   forward   int batch, inputs, theta, [buffers], mut optional outputs, mut optional
 *             values, mut fail, mut work                 evaluation mode
 *   train     int batch, inputs, [draws], theta, [mut buffers], mut g_theta, mut optional
 *             outputs, mut values, mut fail, mut work    training mode; g_theta is set
 *   update, norm, judge, scale   as a field's
 *
 * inputs [batch][inputs], whole numbers as reals; outputs [batch][outputs]. forward and
 * train return a status; fail: sample, solve (-1: the losses), state index of the first
 * number that is not finite. work: 64-aligned, fixed + batch * per_sample reals.
 * `buffers` holds Model.buffer; one that a solve reads has `slots` copies, one per
 * evaluation of f on the way forwards, because the statistics of a layer differ along
 * time. Copy k is at offset + k*stride: what one evaluation reads lies together.  */
typedef struct LoweredBuffer { const ModelBuffer *buffer; uint32_t offset, slots, stride; } LoweredBuffer;

typedef struct LoweredModel {
    const Model *model;
    Program     *program;
    const char  *solver, *gradient; /* as the model says                           */
    uint32_t     forward, train, update, norm;      /* NO_ENTRY: no training        */
    Ahead        ahead;
    uint64_t     forward_fixed, forward_sample, train_fixed, train_sample;  /* work */
    LoweredBuffer *buffer;          /* per Model.buffer                            */
    uint32_t     buffers;           /* reals                                       */
    uint32_t     steps;             /* of each solve                               */
    uint64_t     evaluations;       /* of f on the way forwards, all solves        */
    uint64_t     pulls;             /* of f with its vjp on the way back           */
    uint64_t     flops_forward, flops_train;        /* multiply-adds per sample     */
    const char  *optimizer_name;
    uint32_t     moments;           /* optimiser state: reals per parameter        */
    const char *const *update_reals; uint32_t update_real_count;
    VEC(const Fn *) stage;          /* the tensor functions, for --dump=stages     */
} LoweredModel;

#endif
