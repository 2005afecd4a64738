/* served.h: the driver (serve.h) over the reference machine, behind the functions of host.h,
 * so that it is tested as generated C is. One at a time. */
#ifndef ND_TEST_SERVED_H
#define ND_TEST_SERVED_H

#include "host.h"
#include "machine.h"
#include "library/tables.h"

static served *serving;

static inline nodec_batch batch_of(const Numbers *n)
{
    return (nodec_batch){ n->batch, n->times, n->t_stride, n->at[NUM_T], n->at[NUM_X0], n->at[NUM_U], n->at[NUM_TARGET] };
}

static inline int served_call(int call, Numbers *n)
{
    const nodec_module *m = served_module(serving);
    const nodec_batch batch = batch_of(n);
    void *const *at = n->at;
#define WHEN  n->batch, at[NUM_T], n->t_stride
#define TIMES n->batch, n->times, at[NUM_T], n->t_stride
#define GIVEN at[NUM_U], at[NUM_THETA]
#define REST  n->options, n->report, n->work, n->work_bytes
    switch (call) {
    case CALL_F:        return m->f(m, WHEN, at[NUM_X0], GIVEN, at[NUM_DX]);
    case CALL_VJP:      return served_vjp(serving, WHEN, at[NUM_X0], GIVEN, at[NUM_A], at[NUM_AX], at[NUM_AT], at[NUM_AU],
                                          at[NUM_ATHETA], n->work, n->work_bytes);
    case CALL_JVP:      return served_jvp(serving, WHEN, at[NUM_X0], GIVEN, at[NUM_VX], at[NUM_VT], at[NUM_VTHETA], at[NUM_DOT],
                                          n->work, n->work_bytes);
    case CALL_START:    return m->start(m, n->batch, at[NUM_X0], GIVEN, at[NUM_START]);
    case CALL_SOLVE:    return m->solve(m, TIMES, at[NUM_X0], GIVEN, at[NUM_X], REST);
    case CALL_OBSERVE:  return m->observe(m, TIMES, at[NUM_X], GIVEN, at[NUM_Y]);
    case CALL_GRADIENT: return served_gradient(serving, TIMES, at[NUM_X], GIVEN, at[NUM_G_X], at[NUM_G_X0], at[NUM_G_U],
                                               at[NUM_G_THETA], at[NUM_G_T], REST);
    case CALL_LOSS:     return m->loss(m, &batch, at[NUM_THETA], &n->loss, at[NUM_LOSS_X], at[NUM_LOSS_THETA], REST);
    case CALL_UPDATE:   n->norm = m->update(m, n->update, at[NUM_THETA], at[NUM_LOSS_THETA], at[NUM_MOMENTS]); return 0;
    case CALL_TRAIN:    return served_train_step(serving, &batch, at[NUM_THETA], n->update, at[NUM_MOMENTS], &n->loss,
                                                 at[NUM_LOSS_THETA], REST);
    }
#undef WHEN
#undef TIMES
#undef GIVEN
#undef REST
    return -1;
}

static inline size_t served_room(int call, size_t batch, size_t times)
{
    return (call == CALL_LOSS || call == CALL_TRAIN ? served_train_work : served_work)(serving, batch, times);
}

static inline void served_init(uint64_t seed, void *theta)
{
    const nodec_module *m = served_module(serving);
    m->init(m, seed, theta);
}

static inline nodec_options served_options(void) { return served_module(serving)->options; }

#endif
