/* test_precision.c: the gradients of the classifier in float32 against those in float64.
 *
 * Its activation makes the difference. A ReLU whose input is within rounding of 0 may be on
 * in one precision and off in the other, and then a term of the gradient is there or not,
 * whole: a jump, not an error that rounding bounds. The adjoint integrates the state back,
 * and what it comes back to is the state but for rounding; so it meets inputs near 0 that
 * the way forwards did not. With an activation whose derivative has no jump the gradients
 * agree as well as sums of some hundred float32 products do, a few units of 6e-8 times the
 * root of their number, through twenty steps. */
#include "classifier.h"

enum { MOST = 32 };

/* Of what rounding does: measured 6e-6 at most. */
static const double ROUNDING = 2e-5;

/* How far the gradients of each parameter are apart, of its largest element. */
static size_t apart(const char *activation, GradientKind gradient, const char *name[MOST], double by[MOST])
{
    Bench b[2];
    double loss[2];
    bench_open(&b[0], TYPE_F64, activation, gradient);
    bench_open(&b[1], TYPE_F32, activation, gradient);
    for (unsigned k = 0; k < 2; k++) bench_train(&b[k], &loss[k]);
    cr_expect(fabs(loss[0] - loss[1]) < 1e-6 * loss[0], "%s: the losses are %.9g and %.9g", activation, loss[0], loss[1]);
    const nodec_model *m = b[0].model;
    size_t n = 0;
    cr_assert_leq(m->param_rows, MOST);
    for (size_t i = 0; i < m->param_rows; i++) {
        const nodec_param *p = &m->param[i];
        double difference = 0, scale = 0;
        for (size_t k = p->offset; k < p->offset + p->count; k++) {
            difference = fmax(difference, fabs(b[0].g_theta[k] - b[1].g_theta[k]));
            scale = fmax(scale, fabs(b[0].g_theta[k]));
        }
        if (is_idle(p->name)) continue;
        name[n] = strdup(p->name);
        by[n++] = difference / scale;
    }
    bench_close(&b[0]);
    bench_close(&b[1]);
    return n;
}

static void expect_rounding(const char *activation, GradientKind gradient)
{
    const char *name[MOST];
    double by[MOST];
    size_t n = apart(activation, gradient, name, by);
    for (size_t i = 0; i < n; i++) {
        cr_expect(by[i] < ROUNDING, "%s: %s is apart by %.3g", activation, name[i], by[i]);
        free((void *)name[i]);
    }
}

Test(precision, smooth_adjoint, .timeout = 120)  { expect_rounding("elu", GRADIENT_ADJOINT); }
Test(precision, smooth_discrete, .timeout = 120) { expect_rounding("elu", GRADIENT_DISCRETE); }

/* No input is that near to 0 on the way forwards, for these images. */
Test(precision, relu_discrete, .timeout = 120) { expect_rounding("relu", GRADIENT_DISCRETE); }
