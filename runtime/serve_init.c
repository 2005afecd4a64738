/* serve_init.c: parameters and buffers as the model initialises them, and the numbers it
 * draws in training: by counting (philox.h), so that they depend on seed and name alone. */
#include "philox.h"
#include "real.h"
#include "serve_in.h"

static void init_row(const served *s, const serve_row *row, const serve_init *init, uint64_t seed, void *theta)
{
    const double *value = serve_at(s, init->values);
    const uint64_t stream = nodec_stream(seed, serve_name(s, row->name));
    for (uint32_t i = 0; i < row->count; i++) {
        double x = 0;
        switch ((enum serve_law)init->law) {
        case SERVE_FILL:    x = init->a; break;
        case SERVE_UNIFORM: x = init->a + (init->b - init->a) * nodec_uniform(stream, 0, 0, i); break;
        case SERVE_NORMAL:  x = init->a + init->b * nodec_normal(stream, 0, 0, i); break;
        case SERVE_TENSOR:  x = value[i]; break;
        }
        real_put(theta, s->bytes, row->offset + i, x);
    }
}

void serve_params(const served *s, uint64_t seed, void *theta)
{
    const serve_row *row = serve_at(s, s->head->param.at);
    const serve_init *init = serve_at(s, s->head->init.at);
    for (size_t r = 0; r < s->head->param.count; r++) init_row(s, &row[r], &init[r], seed, theta);
}

void serve_buffers(const served *s, void *buffers)
{
    const nodec_model *m = &s->as.model;
    for (const nodec_buffer *b = m->buffer; b < m->buffer + m->buffer_rows; b++)
        for (size_t slot = 0; slot < b->slots; slot++)
            for (size_t i = 0; i < b->count; i++)
                real_put(buffers, s->bytes, b->offset + slot * b->stride + i, b->initial[i]);
}

static double drawn(const nodec_drawn *d, uint64_t stream, uint64_t step, uint32_t sample, uint32_t element)
{
    enum { UNIFORM, NORMAL, BERNOULLI };
    if (d->law == NORMAL) return d->a + d->b * nodec_normal(stream, step, sample, element);
    const double u = nodec_uniform(stream, step, sample, element);
    return d->law == BERNOULLI ? u < d->a : d->a + (d->b - d->a) * u;
}

void served_draws(const served *s, uint64_t seed, uint64_t step, size_t batch, void *draws)
{
    const nodec_model *m = &s->as.model;
    if (!s->model) return;
    for (const nodec_drawn *d = m->draw; d < m->draw + m->draw_rows; d++) {
        const uint64_t stream = nodec_stream(seed, d->name);
        for (size_t b = 0; b < batch; b++)
            for (size_t i = 0; i < d->count; i++)
                real_put(draws, s->bytes, b * m->draws + d->offset + i, drawn(d, stream, step, (uint32_t)b, (uint32_t)i));
    }
}
