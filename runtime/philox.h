/* philox.h: random numbers by counting.
 *
 * Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers: As Easy
 * as 1, 2, 3", SC 2011): ten rounds of multiply and exchange turn a counter into
 * 128 random bits.  There is no state: a number depends only on who it is for,
 *
 *     key = (seed, stream),  counter = (step, sample, element)
 *
 * so it does not matter who draws, in which order, or on how many threads, and
 * a new stream moves no other.  C99 and C++, nothing but libm. */
#ifndef NODEC_PHILOX_H
#define NODEC_PHILOX_H

#include <math.h>
#include <stdint.h>

typedef struct nodec_random { uint32_t w[4]; } nodec_random;

/* Ten rounds on the counter c under the key (k0, k1). */
static inline nodec_random nodec_philox(nodec_random c, uint32_t k0, uint32_t k1)
{
    int round;
    for (round = 0; round < 10; round++) {
        const uint64_t a = (uint64_t)0xD2511F53u * c.w[0];
        const uint64_t b = (uint64_t)0xCD9E8D57u * c.w[2];
        nodec_random next;
        next.w[0] = (uint32_t)(b >> 32) ^ c.w[1] ^ k0;
        next.w[1] = (uint32_t)b;
        next.w[2] = (uint32_t)(a >> 32) ^ c.w[3] ^ k1;
        next.w[3] = (uint32_t)a;
        c = next;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return c;
}

/* The key of a stream: the seed and the FNV-1a hash of its qualified name. */
static inline uint64_t nodec_stream(uint64_t seed, const char *name)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *name; name++) hash = (hash ^ (uint8_t)*name) * 0x100000001B3u;
    return hash ^ seed;
}

/* 128 bits for one element. */
static inline nodec_random nodec_bits(uint64_t stream, uint64_t step, uint32_t sample, uint32_t element)
{
    nodec_random c;
    c.w[0] = element;
    c.w[1] = sample;
    c.w[2] = (uint32_t)step;
    c.w[3] = (uint32_t)(step >> 32);
    return nodec_philox(c, (uint32_t)stream, (uint32_t)(stream >> 32));
}

/* Two words as a multiple of 2^-53 in [0, 1). */
static inline double nodec_unit(uint32_t high, uint32_t low)
{
    return ((double)(high >> 5) * 67108864.0 + (double)(low >> 6)) / 9007199254740992.0;
}

/* Uniform in [0, 1). */
static inline double nodec_uniform(uint64_t stream, uint64_t step, uint32_t sample, uint32_t element)
{
    const nodec_random r = nodec_bits(stream, step, sample, element);
    return nodec_unit(r.w[0], r.w[1]);
}

/* Standard normal: Box and Muller (1958), the cosine of the pair. */
static inline double nodec_normal(uint64_t stream, uint64_t step, uint32_t sample, uint32_t element)
{
    const nodec_random r = nodec_bits(stream, step, sample, element);
    const double radius = sqrt(-2.0 * log(1.0 - nodec_unit(r.w[0], r.w[1])));
    return radius * cos(6.283185307179586477 * nodec_unit(r.w[2], r.w[3]));
}

#endif
