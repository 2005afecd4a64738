/* serve_init.c: parameters and buffers as the model initialises them, and the numbers it
 * draws in training: by counting (philox.h), so that they depend on seed and name alone. */
#include "philox.h"
#include "real.h"
#include "serve_in.h"

enum { SIDE_BY_SIDE = 8 };

/* nodec_uniform(stream, 0, 0, first + i) for so many i: a round of one waits for the round before, those of others need not. */
static void uniforms(uint64_t stream, uint32_t first, double u[SIDE_BY_SIDE])
{
    uint32_t w[4][SIDE_BY_SIDE] = {{0}}, k0 = (uint32_t)stream, k1 = (uint32_t)(stream >> 32);
    for (uint32_t i = 0; i < SIDE_BY_SIDE; i++) w[0][i] = first + i;
    for (int round = 0; round < 10; round++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u)
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            const uint64_t a = (uint64_t)0xD2511F53u * w[0][i], b = (uint64_t)0xCD9E8D57u * w[2][i];
            w[0][i] = (uint32_t)(b >> 32) ^ w[1][i] ^ k0;
            w[1][i] = (uint32_t)b;
            w[2][i] = (uint32_t)(a >> 32) ^ w[3][i] ^ k1;
            w[3][i] = (uint32_t)a;
        }
    for (int i = 0; i < SIDE_BY_SIDE; i++) u[i] = nodec_unit(w[0][i], w[1][i]);
}

static void init_row(const served *s, const serve_row *row, const serve_init *init, uint64_t seed, void *theta)
{
    const double *value = serve_at(s, init->values);
    const uint64_t stream = nodec_stream(seed, serve_name(s, row->name));
    uint32_t done = 0;
    for (double u[SIDE_BY_SIDE]; init->law == SERVE_UNIFORM && row->count - done >= SIDE_BY_SIDE; done += SIDE_BY_SIDE) {
        uniforms(stream, done, u);
        for (uint32_t i = 0; i < SIDE_BY_SIDE; i++)
            real_put(theta, s->bytes, row->offset + done + i, init->a + (init->b - init->a) * u[i]);
    }
    for (uint32_t i = done; i < row->count; i++) {
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
