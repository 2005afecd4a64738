/* fake_model.c: see fake_model.h. */
#include "fake_model.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "philox.h"

enum { CLASSES = 10 };              /* at most                                                       */

size_t fake_trained, fake_tested, fake_breaks_at, fake_dies_training, fake_dies_testing;
int fake_signal;

typedef struct shape { size_t pixels, classes; } shape;

/* Scores of one sample, then their probabilities and the cross entropy. */
static double scores(shape s, const float *row, float jitter, const float *theta, double *score)
{
    const float *bias = theta + s.pixels * s.classes;
    double top = -INFINITY, sum = 0;
    for (size_t c = 0; c < s.classes; c++) {
        score[c] = (double)bias[c];
        for (size_t k = 0; k < s.pixels; k++) score[c] += (double)theta[c * s.pixels + k] * (double)(row[k] / 255 + jitter);
        top = fmax(top, score[c]);
    }
    for (size_t c = 0; c < s.classes; c++) sum += exp(score[c] - top);
    return top + log(sum) - score[(size_t)row[s.pixels]];
}

static size_t best(const double *score, size_t n)
{
    size_t b = 0;
    for (size_t i = 1; i < n; i++)
        if (score[i] > score[b]) b = i;
    return b;
}

static int forward(shape s, size_t batch, const float *rows, const float *theta, float *outputs, double *values)
{
    double score[CLASSES], loss = 0, right = 0;
    if (++fake_tested == fake_dies_testing) raise(fake_signal);
    for (size_t b = 0; b < batch; b++) {
        const float *row = rows + b * (s.pixels + 1);
        loss += scores(s, row, 0, theta, score);
        right += best(score, s.classes) == (size_t)row[s.pixels];
        for (size_t c = 0; outputs && c < s.classes; c++) outputs[b * s.classes + c] = (float)score[c];
    }
    if (values) values[0] = loss / (double)batch, values[1] = right / (double)batch;
    return NODEC_OK;
}

static int train(shape s, size_t batch, const float *rows, const float *jitter, const float *theta, float *seen,
                 float *g, double *values)
{
    double score[CLASSES], loss = 0, right = 0, mean = 0;
    memset(g, 0, s.classes * (s.pixels + 1) * sizeof *g);
    for (size_t b = 0; b < batch; b++) {
        const float *row = rows + b * (s.pixels + 1);
        const size_t label = (size_t)row[s.pixels];
        loss += scores(s, row, jitter[b], theta, score);
        right += best(score, s.classes) == label;
        double sum = 0;
        for (size_t c = 0; c < s.classes; c++) sum += exp(score[c]);
        for (size_t c = 0; c < s.classes; c++) {
            const double slope = (exp(score[c]) / sum - (c == label)) / (double)batch;
            for (size_t k = 0; k < s.pixels; k++)
                g[c * s.pixels + k] += (float)(slope * (double)(row[k] / 255 + jitter[b]));
            g[s.classes * s.pixels + c] += (float)slope;
        }
        for (size_t k = 0; k < s.pixels; k++) mean += (double)row[k] / (double)(s.pixels * batch);
    }
    seen[0] += 0.1f * ((float)mean - seen[0]);
    seen[2] += 0.01f * ((float)mean - seen[2]);
    values[0] = loss / (double)batch, values[1] = right / (double)batch;
    if (++fake_trained == fake_breaks_at) values[0] = NAN;
    if (fake_trained == fake_dies_training) raise(fake_signal);
    return NODEC_OK;
}

static double update(shape s, const nodec_update *u, float *theta, const float *g, float *moment)
{
    double norm = 0;
    for (size_t i = 0; i < s.classes * (s.pixels + 1); i++) {
        norm += (double)g[i] * (double)g[i];
        moment[i] = (float)u->momentum * moment[i] + g[i];
        theta[i] -= (float)u->lr * moment[i];
    }
    return sqrt(norm);
}

static const double zero[] = {0};
static const char *const value[] = {"ce", "accuracy"};
static const nodec_buffer buffer[] = {{"norm.running_mean", 0, 1, 1, {1, 0, 0, 0}, 2, 2, zero}};
static const nodec_drawn draw[] = {{"jitter", 0, 1, 0, -0.01, 0.01}};

#define MODEL(model, size, count)                                                                                       \
    static const shape model##_shape = {(size) * (size), count};                                                        \
    static void model##_init(const nodec_model *m, uint64_t seed, void *theta, void *kept)                              \
    {                                                                                                                   \
        (void)m;                                                                                                        \
        const uint64_t stream = nodec_stream(seed, "init.weight");                                                      \
        memset(kept, 0, 3 * sizeof(float));                                                                             \
        for (uint32_t i = 0; i < (count) * ((size) * (size) + 1); i++)                                                  \
            ((float *)theta)[i] = (float)(0.01 * nodec_normal(stream, 0, 0, i));                                        \
    }                                                                                                                   \
    static size_t model##_work(const nodec_model *m, size_t batch, int training)                                        \
    {                                                                                                                   \
        (void)m;                                                                                                        \
        return batch < 1u << 20 ? 64 + 64 * !training : 0;                                                              \
    }                                                                                                                   \
    static int model##_forward(const nodec_model *m, size_t batch, const void *in, const void *theta, const void *kept, \
                              void *out, double *values, const nodec_parallel *p, nodec_report *r, void *w, size_t n)   \
    {                                                                                                                   \
        (void)m, (void)kept, (void)p, (void)r, (void)w;                                                                 \
        return n < 128 ? (int)NODEC_WORKSPACE : forward(model##_shape, batch, in, theta, out, values);                  \
    }                                                                                                                   \
    static int model##_train(const nodec_model *m, size_t batch, const void *in, const void *draws, const void *theta,  \
                            void *kept, void *g, void *out, double *values, const nodec_parallel *p, nodec_report *r,   \
                            void *w, size_t n)                                                                          \
    {                                                                                                                   \
        (void)m, (void)out, (void)p, (void)r, (void)w;                                                                  \
        return n < 64 ? (int)NODEC_WORKSPACE : train(model##_shape, batch, in, draws, theta, kept, g, values);          \
    }                                                                                                                   \
    static double model##_update(const nodec_model *m, const nodec_update *u, void *theta, const void *g, void *moment) \
    {                                                                                                                   \
        (void)m;                                                                                                        \
        return update(model##_shape, u, theta, g, moment);                                                              \
    }                                                                                                                   \
    static const nodec_input model##_input[] = {                                                                        \
        {"image", 0, (size) * (size), 2, {size, size, 0, 0}, 0},                                                        \
        {"label", (size) * (size), 1, 0, {0, 0, 0, 0}, count}                                                           \
    };                                                                                                                  \
    static const nodec_input model##_output[] = {{"logits", 0, count, 1, {count, 0, 0, 0}, 0}};                         \
    static const nodec_param model##_param[] = {                                                                        \
        {"fc.weight", 0, (count) * (size) * (size), 2, {count, (size) * (size), 0, 0}, 0},                              \
        {"fc.bias", (count) * (size) * (size), count, 1, {count, 0, 0, 0}, 0}                                           \
    };                                                                                                                  \
    const nodec_model fake_##model = {                                                                                  \
        .version = 2, .real_bytes = sizeof(float), .name = "Logistic", .inputs = (size) * (size) + 1,                   \
        .outputs = count, .params = (count) * ((size) * (size) + 1), .buffers = 3, .draws = 1, .values = 2,             \
        .losses = 1, .input_rows = 2, .output_rows = 1, .param_rows = 2, .buffer_rows = 1, .draw_rows = 1,              \
        .input = model##_input, .output = model##_output, .param = model##_param, .buffer = buffer,                     \
        .draw = draw, .value = value, .moments = 1, .init = model##_init, .work = model##_work,                         \
        .forward = model##_forward, .train = model##_train, .update = model##_update                                    \
    }

MODEL(small, 4, 3);
MODEL(digits, 28, 10);
