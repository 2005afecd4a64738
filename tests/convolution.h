/* convolution.h: a convolution and its two gradients as contractions, for tests and the bench.
 *
 * Images lie by pixels, channels last and padded to whole vectors; weights lie as the
 * scheduler likes them.                                                            */
#ifndef ND_TEST_CONVOLUTION_H
#define ND_TEST_CONVOLUTION_H

#include "tile/contract.h"

typedef struct Conv { unsigned batch, in, out, size, kernel, stride, pad; } Conv;

typedef enum Kind { FORWARD, DATA, WEIGHT } Kind;
static const char *const kind_name[] = { "forward", "backward-data", "weight gradient" };

static inline unsigned conv_out(const Conv *v) { return (v->size + 2 * v->pad - v->kernel) / v->stride + 1; }

static inline unsigned padded(unsigned channels) { return (channels + LANES - 1) / LANES * LANES; }

enum { AX_N, AX_O, AX_Y, AX_X, AX_C, AX_I, AX_J, AX_COUNT };
enum { READ_BY_WEIGHTS = 1 << AX_O | 1 << AX_C | 1 << AX_I | 1 << AX_J };

static inline Aff window(const Conv *v, unsigned y, unsigned i)
{
    return (Aff){ .c = -(int32_t)v->pad, .k = { (int16_t)v->stride, 1 }, .ax = { (uint8_t)y, (uint8_t)i }, .n = 2 };
}

typedef struct Steps { int64_t at[AX_COUNT], from; } Steps;

/* The input and the output by pixels, channels last. */
static inline Steps pixels(const Conv *v, bool input)
{
    Steps s = { { 0 }, 0 };
    int64_t size = input ? v->size : conv_out(v), depth = padded(input ? v->in : v->out), stride = input ? v->stride : 1;
    s.at[AX_N] = size * size * depth;
    s.at[AX_Y] = stride * size * depth, s.at[AX_X] = stride * depth;
    if (input) s.at[AX_I] = size * depth, s.at[AX_J] = depth, s.from = -(int64_t)v->pad * (size + 1) * depth;
    s.at[input ? AX_C : AX_O] = 1;
    return s;
}

/* Operand 0, operand 1 and out of each kind: which of x, w, y. */
enum { X, W, Y };
static const unsigned char parts[][3] = { [FORWARD] = { X, W, Y }, [DATA] = { Y, W, X }, [WEIGHT] = { X, Y, W } };

/* The reals of x, w and y, and the steps of the weights. */
static inline Contract conv_box(Program *p, const Conv *v, Kind kind, int64_t weight[MAX_AXES], size_t reals[3])
{
    static const char *const axis[] = { "n", "o", "y", "x", "c", "i", "j" };
    static const uint32_t summed[] = { [FORWARD] = 1 << AX_C | 1 << AX_I | 1 << AX_J, [DATA] = 1 << AX_O | 1 << AX_I | 1 << AX_J,
                                       [WEIGHT] = 1 << AX_N | 1 << AX_Y | 1 << AX_X };
    unsigned size = conv_out(v);
    Contract box = { .naxis = AX_COUNT, .extent = { v->batch, v->out, size, size, v->in, v->kernel, v->kernel },
                     .summed = summed[kind], .counted = 1 << AX_N, .nopd = 2, .nguard = 2,
                     .guard = { window(v, AX_Y, AX_I), window(v, AX_X, AX_J) }, .limit = { v->size, v->size },
                     .dimensions = kind == DATA ? 3 : 0, .padded = true }, *c = &box;
    for (unsigned a = 0; a < AX_COUNT; a++) c->axis[a] = name_of(p->names, axis[a]);
    Strided *place[] = { NULL, NULL, NULL };
    for (unsigned i = 0; i < 3; i++) place[parts[kind][i]] = i < 2 ? &c->in[i] : &c->out;
    for (unsigned part = X; part <= Y; part += Y - X) {
        Steps s = pixels(v, part == X);
        for (unsigned a = 0; a < AX_COUNT; a++) place[part]->step[a] = s.at[a];
        if (s.from) place[part]->at = x_int(p, s.from);
        reals[part] = (size_t)(s.at[AX_N] * v->batch);
    }
    unsigned operand = kind == WEIGHT ? OPERAND_OUT : 1;
    reals[W] = contract_layout(c, operand, READ_BY_WEIGHTS, weight);
    for (unsigned a = 0; a < AX_COUNT; a++) place[W]->step[a] = weight[a];
    place[W]->at = x_int(p, contract_layout_first(c, READ_BY_WEIGHTS, weight));
    return box;
}

#endif
