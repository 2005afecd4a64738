/* oracle.h: solves and their gradients by hand, to compare with what is lowered.
 *
 * Euler's method, its continuous adjoint and its exact gradient, written as loops over the
 * reference evaluator's f and vjp, one sample at a time.                                */
#ifndef ND_TEST_ORACLE_H
#define ND_TEST_ORACLE_H

#include "ir/field.h"

#include <math.h>
#include <string.h>

enum { MOST = 130, TIMES = 4 };

typedef struct Numbers { double t[MOST * TIMES], x0[MOST * 16], u[MOST * 8], theta[512], g_x[TIMES * MOST * 16]; } Numbers;

typedef struct Reference {          /* of MOST samples; batches are its beginnings    */
    double x[TIMES * MOST * 16], g_x0[MOST * 16], g_u[MOST * 8], g_theta[MOST * 512], g_t[MOST * TIMES];
} Reference;

typedef struct Oracle { const Field *field; const Fn *vjp; Arena arena; } Oracle;

static inline double wave(uint32_t i)      /* reals between -1 and 1 without order          */
{
    uint32_t h = (i + 1) * 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return (double)h / 2147483648.0 - 1;
}

/* f and, with a cotangent, its products, of one sample. */
static inline void oracle(Oracle *o, const double *x, double t, const double *u, const double *theta, const double *a,
                   double *dx, double *ax, double *at, double *au, double *atheta)
{
    const Field *f = o->field;
    const Fn *fn = a ? o->vjp : f->f;
    const double **bind = NEW_ARRAY(&o->arena, const double *, fn->symbol.count + 1);
    size_t state = 0, input = 0, param = 0, seed = 0;
    for (size_t i = 0; i < fn->symbol.count; i++)
        switch (fn->symbol.at[i].role) {
        case ROLE_STATE:     bind[i] = x + f->state.at[state++].offset;     break;
        case ROLE_INPUT:     bind[i] = u + f->input.at[input++].offset;     break;
        case ROLE_PARAM:     bind[i] = theta + f->param.at[param++].offset; break;
        case ROLE_COTANGENT: bind[i] = a + f->state.at[seed++].offset;      break;
        default:             bind[i] = &t;                                  break;
        }
    Eval e = ir_eval(&o->arena, fn, 1, bind);
    if (!a) {
        for (size_t i = 0; i < f->state.count; i++)
            memcpy(dx + f->state.at[i].offset, e.value[fn->root.at[i].value], f->state.at[i].count * sizeof *dx);
    } else {
        state = input = param = 0;
        for (size_t i = 0, r = 0; i < f->f->symbol.count; i++) {
            const double *v = e.value[fn->root.at[r++].value];
            switch (f->f->symbol.at[i].role) {
            case ROLE_STATE: memcpy(ax + f->state.at[state].offset, v, f->state.at[state].count * sizeof *v); state++; break;
            case ROLE_INPUT: memcpy(au + f->input.at[input].offset, v, f->input.at[input].count * sizeof *v); input++; break;
            case ROLE_PARAM: memcpy(atheta + f->param.at[param].offset, v, f->param.at[param].count * sizeof *v); param++; break;
            default:         *at = *v; break;
            }
        }
    }
    arena_free(&o->arena);
}

static inline int steps_between(double t0, double t1, double h_max)
{
    double n = ceil(fabs(t1 - t0) / h_max);
    return n < 1 ? 1 : (int)n;
}

typedef struct Sample { const double *t, *u, *theta; int samples; } Sample;

static inline void reference_solve(Oracle *o, const Sample *s, const double *x0, double *x, size_t row, double h_max)
{
    uint32_t n = o->field->states;
    double z[16], dx[16];
    memcpy(z, x0, n * sizeof *z);
    memcpy(x, z, n * sizeof *z);
    for (int i = 1; i < TIMES; i++) {
        int steps = steps_between(s->t[i - 1], s->t[i], h_max);
        double h = (s->t[i] - s->t[i - 1]) / steps;
        for (int k = 0; k < steps; k++) {
            oracle(o, z, fma(k, h, s->t[i - 1]), s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            for (uint32_t e = 0; e < n; e++) z[e] = fma(h, dx[e], z[e]);
        }
        memcpy(x + (size_t)i * row, z, n * sizeof *z);
    }
}

static inline double inner(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t e = 0; e < n; e++) sum += a[e] * b[e];
    return sum;
}

/* From x and g_x (rows apart) of one sample to its gradients; sums are added to. */
static inline void reference_adjoint(Oracle *o, const Sample *s, const double *x, const double *g_x, size_t row, double h_max,
                              double *a, double *g_u, double *g_theta, double *g_t)
{
    const Field *f = o->field;
    double z[16], dx[16], ax[16], at, au[8], atheta[512];
    memset(a, 0, f->states * sizeof *a);
    for (int i = TIMES - 1; i > 0; i--) {
        const double *g = g_x + (size_t)i * row;
        for (uint32_t e = 0; e < f->states; e++) a[e] += g[e];
        memcpy(z, x + (size_t)i * row, f->states * sizeof *z);
        int steps = steps_between(s->t[i], s->t[i - 1], h_max);
        double h = (s->t[i - 1] - s->t[i]) / steps;
        for (int k = 0; k < steps; k++) {
            double t = fma(k, h, s->t[i]);
            oracle(o, z, t, s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            oracle(o, z, t, s->u, s->theta, a, dx, ax, &at, au, atheta);
            if (k == 0) g_t[i] = inner(g, dx, f->states);
            for (uint32_t e = 0; e < f->states; e++) z[e] += h * dx[e], a[e] -= h * ax[e];
            for (uint32_t e = 0; e < f->inputs; e++) g_u[e] -= h * au[e];
            for (uint32_t e = 0; e < f->params; e++) g_theta[e] -= h * atheta[e];
        }
    }
    oracle(o, x, s->t[0], s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
    g_t[0] = -inner(a, dx, f->states);
    for (uint32_t e = 0; e < f->states; e++) a[e] += g_x[e];
}

static inline void reference_discrete(Oracle *o, const Sample *s, const double *x, const double *g_x, size_t row, double h_max,
                               double *a, double *g_u, double *g_theta, double *g_t)
{
    const Field *f = o->field;
    double z[64][16], dx[16], ax[16], at, au[8], atheta[512];
    memset(a, 0, f->states * sizeof *a);
    memset(g_t, 0, TIMES * sizeof *g_t);
    for (int i = TIMES - 1; i > 0; i--) {
        for (uint32_t e = 0; e < f->states; e++) a[e] += g_x[(size_t)i * row + e];
        int steps = steps_between(s->t[i - 1], s->t[i], h_max);
        double h = (s->t[i] - s->t[i - 1]) / steps, length = 0, shift = 0;
        memcpy(z[0], x + (size_t)(i - 1) * row, sizeof z[0]);
        for (int k = 0; k < steps; k++) {
            oracle(o, z[k], fma(k, h, s->t[i - 1]), s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            for (uint32_t e = 0; e < f->states; e++) z[k + 1][e] = fma(h, dx[e], z[k][e]);
        }
        for (int k = steps; k-- > 0;) {
            double t = fma(k, h, s->t[i - 1]);
            oracle(o, z[k], t, s->u, s->theta, NULL, dx, NULL, NULL, NULL, NULL);
            oracle(o, z[k], t, s->u, s->theta, a, dx, ax, &at, au, atheta);
            length += inner(a, dx, f->states) + k * h * at;
            shift += h * at;
            for (uint32_t e = 0; e < f->states; e++) a[e] += h * ax[e];
            for (uint32_t e = 0; e < f->inputs; e++) g_u[e] += h * au[e];
            for (uint32_t e = 0; e < f->params; e++) g_theta[e] += h * atheta[e];
        }
        g_t[i] += length / steps;
        g_t[i - 1] += shift - length / steps;
    }
    for (uint32_t e = 0; e < f->states; e++) a[e] += g_x[e];
}

#endif
