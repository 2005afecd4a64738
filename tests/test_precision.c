/* test_precision.c: the gradients of the classifier in float32 against those in float64.
 *
 * Its activation makes the difference. A ReLU whose input is within rounding of 0 may be on
 * in one precision and off in the other, and then a term of the gradient is there or not,
 * whole: a jump, not an error that rounding bounds. The adjoint integrates the state back,
 * and what it comes back to is the state but for rounding; so it meets inputs near 0 that
 * the way forwards did not. Here one does: of image 0, in channel 11 behind conv2, at row 1
 * and column 3, at t = 0.55 on the way back, the input is 1.2e-7 in float64, and rounding in
 * float32 moves it by 1e-5. With an activation whose derivative has no jump the gradients
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

static const nodec_param *param_called(const nodec_model *m, const char *name)
{
    for (size_t i = 0; i < m->param_rows; i++)
        if (!strcmp(m->param[i].name, name)) return &m->param[i];
    cr_assert_fail("no parameter %s", name);
    return NULL;
}

/* How far a stretch of the gradients is apart, and its largest number. */
static double stretch(const Bench b[2], size_t from, size_t count, double *largest)
{
    double most = 0;
    for (size_t i = from; i < from + count; i++) {
        most = fmax(most, fabs(b[0].g_theta[i] - b[1].g_theta[i]));
        *largest = fmax(*largest, fabs(b[0].g_theta[i]));
    }
    return most;
}

/* That one term is all: it is in the gradient of one channel's weights, and moves the others, which
 * hang on the same cotangent, less; what lies behind the solve it does not reach.               */
Test(precision, relu_adjoint_jumps_once, .timeout = 120)
{
    enum { CHANNELS = 64, JUMPS = 11 };
    static const char *const behind[] = { "norm.weight", "norm.bias", "fc.weight", "fc.bias" };
    Bench b[2];
    double loss[2], channel[CHANNELS], scale = 0;
    bench_open(&b[0], TYPE_F64, "relu", GRADIENT_ADJOINT);
    bench_open(&b[1], TYPE_F32, "relu", GRADIENT_ADJOINT);
    for (unsigned k = 0; k < 2; k++) bench_train(&b[k], &loss[k]);
    const nodec_param *conv2 = param_called(b[0].model, "feature.func.conv2.weight");
    const size_t each = conv2->count / CHANNELS;
    for (size_t c = 0; c < CHANNELS; c++) channel[c] = stretch(b, conv2->offset + c * each, each, &scale);
    for (size_t c = 0; c < CHANNELS; c++)
        cr_expect(c == JUMPS ? channel[c] > 1e-2 * scale && channel[c] < 2e-2 * scale : channel[c] < 5e-3 * scale,
                  "channel %zu of conv2.weight is apart by %.3g", c, channel[c] / scale);
    for (size_t k = 0; k < COUNT(behind); k++) {
        const nodec_param *p = param_called(b[0].model, behind[k]);
        double largest = 0, by = stretch(b, p->offset, p->count, &largest);
        cr_expect(by < ROUNDING * largest, "%s is apart by %.3g", behind[k], by / largest);
    }
    bench_close(&b[0]);
    bench_close(&b[1]);
}

/* No input is that near to 0 on the way forwards, for these images. */
Test(precision, relu_discrete, .timeout = 120) { expect_rounding("relu", GRADIENT_DISCRETE); }
