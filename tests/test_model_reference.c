/* test_model_reference.c: the classifier of models/mnist.node, 208 thousand parameters,
 * against the notebook's own model in PyTorch: what it says of four images, evaluated and
 * trained, and both gradients, from its weights in float64 (large ones kept as float32).
 * The file is large and lies beside the repository; without it there is nothing to see. */
#include "classifier.h"

static void check_training(GradientKind gradient, const char *kind)
{
    Bench b;
    double loss;
    bench_open(&b, TYPE_F64, "relu", gradient);
    const nodec_model *m = b.model;
    bench_train(&b, &loss);
    assert_near(&loss, numbers_of(&b, "train.loss"), 1, 1e-6, "loss");
    assert_near(b.outputs, numbers_of(&b, "train.logits"), SAMPLES * m->outputs, 1e-6, "logits");
    for (size_t i = 0; i < m->param_rows; i++) {
        const nodec_param *p = &m->param[i];
        const char *name = arena_printf(&b.arena, "%s.%s", kind, p->name);
        if (!is_idle(p->name)) assert_near(b.g_theta + p->offset, numbers_of(&b, name), p->count, 2e-6, name);
        for (size_t k = 0; is_idle(p->name) && k < p->count; k++) cr_assert_lt(fabs(b.g_theta[p->offset + k]), 1e-12, "%s", name);
    }
    bench_close(&b);
}

Test(model_reference, adjoint) { check_training(GRADIENT_ADJOINT, "adjoint"); }
Test(model_reference, discrete) { check_training(GRADIENT_DISCRETE, "discrete"); }

Test(model_reference, evaluation)
{
    Bench b;
    bench_open(&b, TYPE_F64, "relu", GRADIENT_ADJOINT);
    const nodec_model *m = b.model;
    double values[2];
    size_t size = m->work(m, SAMPLES, 0);
    void *work = aligned_alloc(64, (size + 63) / 64 * 64);
    cr_assert_eq(m->forward(m, SAMPLES, b.inputs, b.theta, b.buffers, b.outputs, values, NULL, NULL, work, size), 0);
    assert_near(b.outputs, numbers_of(&b, "eval.logits"), SAMPLES * m->outputs, 1e-6, "logits");
    free(work);
    bench_close(&b);
}
