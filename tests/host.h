/* host.h: a host of generated C: its public functions behind one signature.
 *
 * Tests include it to fill in a Numbers. Behind a generated source, with PREFIX (of
 * the field) defined, and INPUTS, STARTS, OBSERVES, SOLVES or TRAINS where the field
 * has such functions, it becomes the host itself: host_call and its neighbours.    */
#ifndef ND_TEST_HOST_H
#define ND_TEST_HOST_H

#include <stddef.h>
#include <stdint.h>
#ifndef PREFIX
#include "abi.h"
#endif

/* Every array that goes in or comes out, with its length in reals: of B samples with S
 * states, I inputs and O outputs, at T times, which each sample has for itself if OWN;
 * P parameters with M moments each.                                                 */
#define HOST_ARRAYS(ARRAY) \
    ARRAY(T, OWN ? B*T : T)  ARRAY(X0, B*S)  ARRAY(U, B*I)  ARRAY(THETA, P)            \
    ARRAY(A, B*S)  ARRAY(VX, B*S)  ARRAY(VT, B)  ARRAY(VTHETA, P)                       \
    ARRAY(G_X, T*B*S)  ARRAY(TARGET, T*B*O)                                            \
    ARRAY(DX, B*S)                                                      /* f         */ \
    ARRAY(AX, B*S)  ARRAY(AT, B)  ARRAY(AU, B*I)  ARRAY(ATHETA, P)      /* vjp       */ \
    ARRAY(DOT, B*S)                                                     /* jvp       */ \
    ARRAY(START, B*S)                                                   /* start     */ \
    ARRAY(X, T*B*S)                                                     /* solve     */ \
    ARRAY(Y, T*B*O)                                                     /* observe   */ \
    ARRAY(G_X0, B*S)  ARRAY(G_U, B*I)  ARRAY(G_THETA, P)  ARRAY(G_T, OWN ? B*T : T)     \
    ARRAY(LOSS_X, T*B*S)  ARRAY(LOSS_THETA, P)                          /* loss      */ \
    ARRAY(MOMENTS, M*P)

#define ARRAY(name, length) NUM_##name,
enum { HOST_ARRAYS(ARRAY) NUM_COUNT };
#undef ARRAY

typedef enum Call {
    CALL_F, CALL_VJP, CALL_JVP, CALL_START, CALL_SOLVE, CALL_OBSERVE, CALL_GRADIENT, CALL_LOSS,
    CALL_UPDATE,                    /* by LOSS_THETA                               */
    CALL_TRAIN,                     /* loss and update                             */
    CALL_COUNT
} Call;

typedef struct Numbers {
    size_t batch, times, t_stride;
    void  *at[NUM_COUNT];           /* floats or doubles; NULL as the host likes   */
    double loss, norm;
    void  *work;
    size_t work_bytes;
    const nodec_options *options;
    nodec_report *report;
    const void   *update;           /* nodec_update                                */
} Numbers;

#endif

#ifdef PREFIX

#define PASTE2(a, b) a##_##b
#define PASTE(a, b)  PASTE2(a, b)
#define PUBLIC(name) PASTE(PREFIX, name)
#define AT(name)     ((real *)n->at[NUM_##name])
#define WHEN         n->batch, AT(T), n->t_stride
#define TIMES        n->batch, n->times, AT(T), n->t_stride
#define REST         n->options, n->report, n->work, n->work_bytes
#ifdef INPUTS
#define IN           AT(U),
#define IF_INPUTS(...) __VA_ARGS__
#else
#define IN
#define IF_INPUTS(...)
#endif

int host_call(int call, Numbers *n);
size_t host_work(int call, size_t batch, size_t times);
void host_init(uint64_t seed, void *theta);
nodec_options host_options(void);

int host_call(int call, Numbers *n)
{
    switch (call) {
    case CALL_F:        return PUBLIC(f)(WHEN, AT(X0), IN AT(THETA), AT(DX));
    case CALL_VJP:      return PUBLIC(vjp)(WHEN, AT(X0), IN AT(THETA), AT(A), AT(AX), AT(AT), IF_INPUTS(AT(AU),) AT(ATHETA),
                                           n->work, n->work_bytes);
    case CALL_JVP:      return PUBLIC(jvp)(WHEN, AT(X0), IN AT(THETA), AT(VX), AT(VT), AT(VTHETA), AT(DOT), n->work, n->work_bytes);
    case CALL_SOLVE:    return PUBLIC(solve)(TIMES, AT(X0), IN AT(THETA), AT(X), REST);
    case CALL_GRADIENT: return PUBLIC(gradient)(TIMES, AT(X), IN AT(THETA), AT(G_X), AT(G_X0), IF_INPUTS(AT(G_U),) AT(G_THETA), AT(G_T), REST);
#ifdef STARTS
    case CALL_START:    return PUBLIC(start)(n->batch, AT(X0), IN AT(THETA), AT(START));
#endif
#ifdef OBSERVES
    case CALL_OBSERVE:  return PUBLIC(observe)(TIMES, AT(X), IN AT(THETA), AT(Y));
#endif
#ifdef TRAINS
    case CALL_LOSS:     return PUBLIC(loss)(TIMES, AT(X0), IN AT(THETA), AT(TARGET), &n->loss, AT(LOSS_X), AT(LOSS_THETA), REST);
    case CALL_UPDATE:   n->norm = PUBLIC(update)((const nodec_update *)n->update, AT(THETA), AT(LOSS_THETA), AT(MOMENTS)); return 0;
    case CALL_TRAIN:    return PUBLIC(train_step)(TIMES, AT(X0), IN AT(THETA), AT(TARGET), (const nodec_update *)n->update, AT(MOMENTS), &n->loss, AT(LOSS_THETA), REST);
#endif
    default:            return -1;
    }
}

size_t host_work(int call, size_t batch, size_t times)
{
#ifdef TRAINS
    if (call == CALL_LOSS || call == CALL_TRAIN) return PUBLIC(train_work)(batch, times);
#endif
    (void)call;
    return PUBLIC(work)(batch, times);
}

void host_init(uint64_t seed, void *theta) { PUBLIC(init)(seed, (real *)theta); }
nodec_options host_options(void) { return PUBLIC(options)(); }

#endif
