/* mnist.c, written by nodec from mnist.node: Classifier(body = OdeBlock(dim = 64, size = 6), dim = 64).
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "mnist.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined __FAST_MATH__
#error "-ffast-math changes the results of this file (and breaks its exp); leave it out"
#endif
#if defined __clang__
#pragma STDC FP_CONTRACT OFF
#elif defined __GNUC__
#pragma GCC optimize ("fp-contract=off", "no-tree-slp-vectorize")   /* two scalars are no vector */
#endif

#if defined __GNUC__
#define UNUSED   __attribute__((unused))
#define INLINE   static inline __attribute__((always_inline)) UNUSED
#define NOINLINE __attribute__((noinline))
#define RESTRICT __restrict
#define ALIGNED  __attribute__((aligned(64)))
#define FRESH(p) __asm__ __volatile__("" : "+r"(p));    /* loads through p stay behind this */
#else
#define UNUSED
#define INLINE   static inline
#define NOINLINE
#define RESTRICT
#define ALIGNED
#define FRESH(p)
#ifndef NODEC_PLAIN
#define NODEC_PLAIN
#endif
#endif
#if defined __clang__                               /* loops are unrolled already where it pays */
#define ROLL _Pragma("clang loop unroll(disable)")
#else
#define ROLL
#endif

typedef mnist_real real;

/* task(args, 0) ... task(args, count - 1), on the host's threads if it has lent some. */
static void each(const nodec_parallel *parallel, size_t count, void (*task)(void *, size_t), void *args)
{
    size_t i;
    if (parallel && parallel->run) parallel->run(parallel->pool, count, task, args);
    else for (i = 0; i < count; i++) task(args, i);
}

/* ---- vectors: 16 lanes of float, whatever the machine has ------------------------ */

#if defined NODEC_PLAIN || !(defined __AVX512F__ && defined __AVX512DQ__ || defined __AVX2__ && defined __FMA__ || defined __aarch64__)
enum { WIDTH = 1, REGS = 16 };                      /* plain C */
typedef float reg, reg_at; typedef int32_t reg_int, reg_mask; typedef uint32_t reg_bits;
#define SPLAT(s) s
#define PLAIN_VECTORS
#elif defined __AVX512F__
enum { WIDTH = 16, REGS = 1 };
typedef float    reg      __attribute__((vector_size(64)));
typedef float    reg_at   __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t  reg_int  __attribute__((vector_size(64)));
typedef uint32_t reg_bits __attribute__((vector_size(64)));
typedef unsigned short reg_mask;
#define SPLAT(s) { s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s }
#define ONE_REG
#elif defined __AVX2__
enum { WIDTH = 8, REGS = 2 };
typedef float    reg      __attribute__((vector_size(32)));
typedef float    reg_at   __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t  reg_int  __attribute__((vector_size(32)));
typedef uint32_t reg_bits __attribute__((vector_size(32)));
typedef reg_int  reg_mask;
#define SPLAT(s) { s, s, s, s, s, s, s, s }
#define TWO_REGS
#else
#include <arm_neon.h>
enum { WIDTH = 4, REGS = 4 };
typedef float32x4_t reg;
typedef float    reg_at   __attribute__((vector_size(16), aligned(4), may_alias));
typedef int32_t  reg_int  __attribute__((vector_size(16)));
typedef uint32_t reg_bits __attribute__((vector_size(16)));
typedef reg_int  reg_mask;
#define SPLAT(s) { s, s, s, s }
#define FOUR_REGS
#endif

#if defined __GNUC__                                /* the compilers disagree on the sign of a mask */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
#define ALL ((reg_mask)-1)

#if defined PLAIN_VECTORS                           /* a call is little beside sixteen times the work */
#define VECTOR static NOINLINE UNUSED
#else
#define VECTOR INLINE
#endif

typedef struct v16 { reg      r[REGS]; } v16;       /* numbers              */
typedef struct m16 { reg_mask r[REGS]; } m16;       /* truths, from v_lt ... */

/* A statement for each register k. Written out, never a loop: only then do compilers keep
 * the registers of a v16 in registers.                                                    */
#if defined PLAIN_VECTORS
#define EACH(S) { int k; for (k = 0; k < REGS; k++) { S } }
#elif defined ONE_REG
#define EACH(S) { enum { k = 0 }; S }
#elif defined TWO_REGS
#define EACH(S) { enum { k = 0 }; S } { enum { k = 1 }; S }
#elif defined FOUR_REGS
#define EACH(S) { enum { k = 0 }; S } { enum { k = 1 }; S } { enum { k = 2 }; S } { enum { k = 3 }; S }
#else
#define EACH(S) { enum { k = 0 }; S } { enum { k = 1 }; S } { enum { k = 2 }; S } { enum { k = 3 }; S } \
                { enum { k = 4 }; S } { enum { k = 5 }; S } { enum { k = 6 }; S } { enum { k = 7 }; S }
#endif

VECTOR v16 v_splat(real a)
{
    const reg s = SPLAT(a);
    v16 y;
    EACH(y.r[k] = s;)
    return y;
}

VECTOR v16 v_load(const real *p)
{
    v16 y;
    EACH(y.r[k] = *(const reg_at *)(p + k * WIDTH);)
    return y;
}

VECTOR void v_store(real *p, v16 a)
{
    EACH(*(reg_at *)(p + k * WIDTH) = a.r[k];)
}

VECTOR v16 v_lane(void)
{
    static const real lane[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    return v_load(lane);
}

/* Elements `stride` apart; beyond `count` of them the last one again. */
static NOINLINE UNUSED v16 v_gather(const real *p, ptrdiff_t stride, ptrdiff_t count)
{
    real lane[16];
    int l;
    for (l = 0; l < 16; l++) lane[l] = p[(l < count ? l : count - 1) * stride];
    return v_load(lane);
}

static NOINLINE UNUSED void v_scatter(real *p, ptrdiff_t stride, ptrdiff_t count, v16 a)
{
    real lane[16];
    int l;
    v_store(lane, a);
    for (l = 0; l < 16 && l < count; l++) p[l * stride] = lane[l];
}

/* y = a plus a with its lanes moved by 8, 4, 2, 1: the steps of v_tree in one register. */
#if defined __clang__
#define PLUS_MOVED(...) y = y + __builtin_shufflevector(y, y, __VA_ARGS__);
#else
#define PLUS_MOVED(...) { const reg_int moved = { __VA_ARGS__ }; y = y + __builtin_shuffle(y, moved); }
#endif
#if defined ONE_REG && !defined __clang__ && __GNUC__ >= 12
/* The same in half the register, then a quarter: gcc does not see that this is enough. */
typedef float reg_half __attribute__((vector_size(32))), reg_quarter __attribute__((vector_size(16)));
#define SUM_LANES reg_half h = __builtin_shufflevector(y, y, 0, 1, 2, 3, 4, 5, 6, 7) \
                             + __builtin_shufflevector(y, y, 8, 9, 10, 11, 12, 13, 14, 15); \
                  reg_quarter q = __builtin_shufflevector(h, h, 0, 1, 2, 3) + __builtin_shufflevector(h, h, 4, 5, 6, 7); \
                  q = q + __builtin_shufflevector(q, q, 2, 3, 0, 1); \
                  y[0] = q[0] + q[1];
#elif defined ONE_REG
#define SUM_LANES PLUS_MOVED(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7) \
                  PLUS_MOVED(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11) \
                  PLUS_MOVED(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13) \
                  PLUS_MOVED(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)
#elif defined TWO_REGS
#define SUM_LANES PLUS_MOVED(4, 5, 6, 7, 0, 1, 2, 3) PLUS_MOVED(2, 3, 0, 1, 6, 7, 4, 5) \
                  PLUS_MOVED(1, 0, 3, 2, 5, 4, 7, 6)
#else
#define SUM_LANES PLUS_MOVED(2, 3, 0, 1) PLUS_MOVED(1, 0, 3, 2)
#endif

/* The sum of the lanes, in pairs 8, 4, 2 and 1 apart: the same order on every machine. */
VECTOR real v_tree(v16 a)
{
#if defined PLAIN_VECTORS
    int half, l;
    for (half = 8; half > 0; half /= 2)
        for (l = 0; l < half; l++) a.r[l] = a.r[l] + a.r[l + half];
    return a.r[0];
#else
#if defined ONE_REG
    reg y = a.r[0];
#elif defined TWO_REGS
    reg y = a.r[0] + a.r[1];
#elif defined FOUR_REGS
    reg y = (a.r[0] + a.r[2]) + (a.r[1] + a.r[3]);
#else
    reg y = ((a.r[0] + a.r[4]) + (a.r[2] + a.r[6])) + ((a.r[1] + a.r[5]) + (a.r[3] + a.r[7]));
#endif
    SUM_LANES
    return y[0];
#endif
}

VECTOR v16 v_neg(v16 a) { v16 y; EACH(y.r[k] = -a.r[k];) return y; }
VECTOR v16 v_add(v16 a, v16 b) { v16 y; EACH(y.r[k] = a.r[k] + b.r[k];) return y; }
VECTOR v16 v_sub(v16 a, v16 b) { v16 y; EACH(y.r[k] = a.r[k] - b.r[k];) return y; }
VECTOR v16 v_mul(v16 a, v16 b) { v16 y; EACH(y.r[k] = a.r[k] * b.r[k];) return y; }
VECTOR v16 v_div(v16 a, v16 b) { v16 y; EACH(y.r[k] = a.r[k] / b.r[k];) return y; }

/* a*b + c, rounded once */
#if defined PLAIN_VECTORS && defined __SSE2__ && !defined __FMA__
/* In double the product is exact, and a sum rounded to double and then to float is what it
 * would be rounded once, unless it came to lie in the middle between two floats, or below
 * the normal ones: then, which is rare, the library is asked. */
VECTOR real fma_of(real a, real b, real c)
{
    union { double sum; uint64_t bits; } y;
    uint64_t size, middle, small;                   /* of the latter the highest bit counts */
    y.sum = (double)a * (double)b + (double)c;
    size = y.bits & 0x7fffffffffffffffu;
    middle = ((size ^ 0x10000000u) & 0x1fffffffu) - 1;
    small = (size - 0x3810000000000000u) & ~(size - 1);
    return (middle | small) >> 63 ? fmaf(a, b, c) : (real)y.sum;
}
#define FMA(a, b, c) fma_of(a, b, c)
#elif defined PLAIN_VECTORS
#define FMA(a, b, c) fmaf(a, b, c)
#elif defined ONE_REG
#define FMA(a, b, c) __builtin_ia32_vfmaddps512_mask(a, b, c, ALL, 4)
#elif defined TWO_REGS
#define FMA(a, b, c) __builtin_ia32_vfmaddps256(a, b, c)
#else
#define FMA(a, b, c) vfmaq_f32(c, a, b)
#endif
VECTOR v16 v_fma(v16 a, v16 b, v16 c) { v16 y; EACH(y.r[k] = FMA(a.r[k], b.r[k], c.r[k]);) return y; }

/* Where lanes never meet, one register of a v16 after the other: lanes part .. part + WIDTH. */
INLINE reg p_load(const real *p)
{
    reg y = *(const reg_at *)p;
#if !defined PLAIN_VECTORS && defined __AVX512F__ && defined __GNUC__ && !defined __clang__
    __asm__("" : "+v"(y));                          /* else gcc reads it again for each use */
#endif
    return y;
}
INLINE void p_store(real *p, reg a)    { *(reg_at *)p = a; }
INLINE reg  p_splat(real a)            { const reg s = SPLAT(a); return s; }
INLINE reg  p_add(reg a, reg b)        { return a + b; }
INLINE reg  p_mul(reg a, reg b)        { return a * b; }
INLINE reg  p_fma(reg a, reg b, reg c) { return FMA(a, b, c); }

#if defined PLAIN_VECTORS
#define SQRT(a) sqrtf(a)
#elif defined ONE_REG && defined __clang__
#define SQRT(a) __builtin_ia32_sqrtps512(a, 4)
#elif defined ONE_REG
#define SQRT(a) __builtin_ia32_sqrtps512_mask(a, a, ALL, 4)
#elif defined TWO_REGS
#define SQRT(a) __builtin_ia32_sqrtps256(a)
#else
#define SQRT(a) vsqrtq_f32(a)
#endif
VECTOR v16 v_sqrt(v16 a) { v16 y; EACH(y.r[k] = SQRT(a.r[k]);) return y; }

/* Comparisons, and choosing by them. */
#if defined PLAIN_VECTORS
#define LT(a, b) (a) < (b)
#define LE(a, b) (a) <= (b)
#define EQ(a, b) (a) == (b)
#define CHOOSE(m, a, b) ((m) ? (a) : (b))
#elif defined ONE_REG
#define LT(a, b) (reg_mask)__builtin_ia32_cmpps512_mask(a, b, 17, ALL, 4)
#define LE(a, b) (reg_mask)__builtin_ia32_cmpps512_mask(a, b, 18, ALL, 4)
#define EQ(a, b) (reg_mask)__builtin_ia32_cmpps512_mask(a, b, 0, ALL, 4)
#if defined __clang__
#define CHOOSE(m, a, b) __builtin_ia32_selectps_512(m, a, b)
#else
#define CHOOSE(m, a, b) __builtin_ia32_blendmps_512_mask(b, a, m)
#endif
#else
#define LT(a, b) (reg_mask)((a) < (b))
#define LE(a, b) (reg_mask)((a) <= (b))
#define EQ(a, b) (reg_mask)((a) == (b))
#if defined __AVX2__
#define CHOOSE(m, a, b) __builtin_ia32_blendvps256(b, a, (reg)(m))
#else
#define CHOOSE(m, a, b) (reg)(((reg_int)(a) & (m)) | ((reg_int)(b) & ~(m)))
#endif
#endif

VECTOR m16 v_lt(v16 a, v16 b) { m16 y; EACH(y.r[k] = LT(a.r[k], b.r[k]);) return y; }
VECTOR m16 v_gt(v16 a, v16 b) { m16 y; EACH(y.r[k] = LT(b.r[k], a.r[k]);) return y; }
VECTOR m16 v_eq(v16 a, v16 b) { m16 y; EACH(y.r[k] = EQ(a.r[k], b.r[k]);) return y; }

VECTOR v16 v_select(m16 m, v16 a, v16 b) { v16 y; EACH(y.r[k] = CHOOSE(m.r[k], a.r[k], b.r[k]);) return y; }

/* a < b ? a : b, and a > b ? a : b: what x86 computes, also for NaN and for zeros of both signs. */
#if defined ONE_REG && defined __clang__
#define MIN(a, b) __builtin_ia32_minps512(a, b, 4)
#define MAX(a, b) __builtin_ia32_maxps512(a, b, 4)
#elif defined ONE_REG
#define MIN(a, b) __builtin_ia32_minps512_mask(a, b, a, ALL, 4)
#define MAX(a, b) __builtin_ia32_maxps512_mask(a, b, a, ALL, 4)
#elif defined TWO_REGS
#define MIN(a, b) __builtin_ia32_minps256(a, b)
#define MAX(a, b) __builtin_ia32_maxps256(a, b)
#else
#define MIN(a, b) CHOOSE(LT(a, b), a, b)
#define MAX(a, b) CHOOSE(LT(b, a), a, b)
#endif

VECTOR v16 v_min(v16 a, v16 b) { v16 y; EACH(y.r[k] = MIN(a.r[k], b.r[k]);) return y; }
VECTOR v16 v_max(v16 a, v16 b) { v16 y; EACH(y.r[k] = MAX(a.r[k], b.r[k]);) return y; }

/* How a float is stored: 23 bits of mantissa below the exponent, the sign on top. */
#define MANTISSA  23
#define SIGN      31
#define ROOT_HALF UINT32_C(0x3f3504f3)
#define LOW_BITS  ((UINT32_C(1) << MANTISSA) - 1)
INLINE uint32_t bits_of(float a) { uint32_t u; memcpy(&u, &a, sizeof u); return u; }
INLINE float    real_of(uint32_t u) { float a; memcpy(&a, &u, sizeof a); return a; }

/* a = mant(a) * 2^expo(a) with mant(a) in [sqrt(1/2), sqrt(2)) */
INLINE real mant(real a) { return real_of(((bits_of(a) - ROOT_HALF) & LOW_BITS) + ROOT_HALF); }
INLINE real expo(real a) { return (real)((int32_t)(bits_of(a) - ROOT_HALF) >> MANTISSA); }
#if defined PLAIN_VECTORS
#define BITS(a) bits_of(a)
#define REAL(u) real_of(u)
#else
#define BITS(a) (reg_bits)(a)
#define REAL(u) (reg)(u)
#endif

/* a times 2^b; b counts in its low mantissa bits */
VECTOR v16 v_expadd(v16 a, v16 b) { v16 y; EACH(y.r[k] = REAL(BITS(a.r[k]) + (BITS(b.r[k]) << MANTISSA));) return y; }
INLINE ptrdiff_t i_min(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
INLINE ptrdiff_t i_max(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }
INLINE real r_min(real a, real b) { return a < b ? a : b; }
INLINE real r_max(real a, real b) { return a > b ? a : b; }

#if defined __GNUC__
#pragma GCC diagnostic pop
#endif

/* ---- functions by polynomials, the same bits everywhere --------------------------- */

VECTOR v16 v_exp(v16 a)
{
    const v16 t = v_min(v_splat(88.7f), v_max(v_splat(-88.0f), a));
    const v16 t1 = v_fma(t, v_splat(1.442695f), v_splat(12582912.0f));
    const v16 t2 = v_sub(t1, v_splat(12582912.0f));
    const v16 t3 = v_fma(t2, v_splat(1.9046542e-9f), v_fma(t2, v_splat(-0.6931472f), t));
    const v16 t4 = v_mul(t3, t3);
    return v_mul(v_add(v_fma(v_fma(v_fma(v_splat(0.0013939218f), t4, v_fma(v_splat(0.008368803f),
        t3, v_splat(0.04166642f))), t4, v_fma(v_splat(0.1666652f), t3, v_splat(0.5f))), t4, t3),
        v_splat(1.0f)), v_expadd(v_splat(1.0f), t1));
}

INLINE real r_log(real a)
{
    const int t = a < 1.1754944e-38f;
    const real t1 = t ? 16777216.0f*a : a;
    const real t2 = expo(t1) - (t ? 24.0f : 0.0f);
    const real t3 = mant(t1) - 1.0f;
    const real t4 = t3*t3;
    const real t5 = fmaf(fmaf(fmaf(fmaf(fmaf(fmaf(fmaf(-0.07632964f, t3, 0.12756582f), t3,
        -0.13158162f), t3, 0.14202324f), t3, -0.16623662f), t3, 0.20001218f), t3, -0.2500081f), t3,
        0.3333333f);
    const real t6 = a < (real)INFINITY ? fmaf(t2, 0.6931472f, t3 + fmaf(-0.5f, t4, fmaf(t2,
        -1.9046542e-9f, t3*t4*t5))) : a;
    return a > 0.0f ? t6 : (a == 0.0f ? (real)-INFINITY : (real)NAN);
}

/* ---- kernels ------------------------------------------------------------------------ */

/* out[64*r + v] = sum of a[192*k0 + 64*k1 + v] * b[r + 32*k0 + k1] for 26 r, 64 v, 3 k0, 3 k1;
 * in tiles of 6 rows and 2 vectors. */
static NOINLINE void kernel1_6x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            ROLL for (ptrdiff_t r = 0; r < 24; r += 6) {
                reg c0_0 = p_splat(0.0f);
                reg c0_1 = p_splat(0.0f);
                reg c1_0 = p_splat(0.0f);
                reg c1_1 = p_splat(0.0f);
                reg c2_0 = p_splat(0.0f);
                reg c2_1 = p_splat(0.0f);
                reg c3_0 = p_splat(0.0f);
                reg c3_1 = p_splat(0.0f);
                reg c4_0 = p_splat(0.0f);
                reg c4_1 = p_splat(0.0f);
                reg c5_0 = p_splat(0.0f);
                reg c5_1 = p_splat(0.0f);
                ROLL for (ptrdiff_t k0 = 0; k0 < 3; k0++) {
                    ROLL for (ptrdiff_t k1 = 0; k1 < 3; k1++) {
                        const real *const a1 = a + (a_at + v + k0*192 + k1*64);
                        const real *const b1 = b + (b_at + r + k0*32 + k1);
                        const reg w = p_load(a1 + part);
                        const reg w1 = p_load(a1 + 16 + part);
                        const reg u = p_splat(b1[0]);
                        c0_0 = p_fma(w, u, c0_0);
                        c0_1 = p_fma(w1, u, c0_1);
                        const reg u1 = p_splat(b1[1]);
                        c1_0 = p_fma(w, u1, c1_0);
                        c1_1 = p_fma(w1, u1, c1_1);
                        const reg u2 = p_splat(b1[2]);
                        c2_0 = p_fma(w, u2, c2_0);
                        c2_1 = p_fma(w1, u2, c2_1);
                        const reg u3 = p_splat(b1[3]);
                        c3_0 = p_fma(w, u3, c3_0);
                        c3_1 = p_fma(w1, u3, c3_1);
                        const reg u4 = p_splat(b1[4]);
                        c4_0 = p_fma(w, u4, c4_0);
                        c4_1 = p_fma(w1, u4, c4_1);
                        const reg u5 = p_splat(b1[5]);
                        c5_0 = p_fma(w, u5, c5_0);
                        c5_1 = p_fma(w1, u5, c5_1);
                    }
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
                p_store(out + (out_at + r*64 + v + 128) + part, c2_0);
                p_store(out + (out_at + r*64 + v + 144) + part, c2_1);
                p_store(out + (out_at + r*64 + v + 192) + part, c3_0);
                p_store(out + (out_at + r*64 + v + 208) + part, c3_1);
                p_store(out + (out_at + r*64 + v + 256) + part, c4_0);
                p_store(out + (out_at + r*64 + v + 272) + part, c4_1);
                p_store(out + (out_at + r*64 + v + 320) + part, c5_0);
                p_store(out + (out_at + r*64 + v + 336) + part, c5_1);
            }
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = 0; k0 < 3; k0++) {
                ROLL for (ptrdiff_t k1 = 0; k1 < 3; k1++) {
                    const real *const a1 = a + (a_at + v + k0*192 + k1*64);
                    const real *const b1 = b + (b_at + k0*32 + k1 + 24);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[1]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                }
            }
            p_store(out + (out_at + v + 1536) + part, c0_0);
            p_store(out + (out_at + v + 1552) + part, c0_1);
            p_store(out + (out_at + v + 1600) + part, c1_0);
            p_store(out + (out_at + v + 1616) + part, c1_1);
        }
    }
}

/* out[64*r + v] = sum of a[16384*k0 + 4096*k1 + 64*k2 + v] * b[128*r + 1664*k0 + 64*k1 + k2] for
 * 13 r, 64 v, clipped k0, 4 k1 unrolled, 64 k2, where 2*r + k1-1 in 26; in tiles of 5 rows and 2
 * vectors. */
static NOINLINE void kernel2_5x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 128);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c1_0 = p_fma(w, u, c1_0);
                    c1_1 = p_fma(w1, u, c1_1);
                    const reg u1 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u1, c2_0);
                    c2_1 = p_fma(w1, u1, c2_1);
                    const reg u2 = p_splat(b1[256]);
                    c3_0 = p_fma(w, u2, c3_0);
                    c3_1 = p_fma(w1, u2, c3_1);
                    const reg u3 = p_splat(b1[384]);
                    c4_0 = p_fma(w, u3, c4_0);
                    c4_1 = p_fma(w1, u3, c4_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 4096);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 128);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 12288);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 192);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 64) + part, c1_0);
            p_store(out + (out_at + v + 80) + part, c1_1);
            p_store(out + (out_at + v + 128) + part, c2_0);
            p_store(out + (out_at + v + 144) + part, c2_1);
            p_store(out + (out_at + v + 192) + part, c3_0);
            p_store(out + (out_at + v + 208) + part, c3_1);
            p_store(out + (out_at + v + 256) + part, c4_0);
            p_store(out + (out_at + v + 272) + part, c4_1);
            reg c0_0_1 = p_splat(0.0f);
            reg c0_1_1 = p_splat(0.0f);
            reg c1_0_1 = p_splat(0.0f);
            reg c1_1_1 = p_splat(0.0f);
            reg c2_0_1 = p_splat(0.0f);
            reg c2_1_1 = p_splat(0.0f);
            reg c3_0_1 = p_splat(0.0f);
            reg c3_1_1 = p_splat(0.0f);
            reg c4_0_1 = p_splat(0.0f);
            reg c4_1_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 640);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0_1 = p_fma(w, u3, c3_0_1);
                    c3_1_1 = p_fma(w1, u3, c3_1_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0_1 = p_fma(w, u4, c4_0_1);
                    c4_1_1 = p_fma(w1, u4, c4_1_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 4096);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 704);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0_1 = p_fma(w, u3, c3_0_1);
                    c3_1_1 = p_fma(w1, u3, c3_1_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0_1 = p_fma(w, u4, c4_0_1);
                    c4_1_1 = p_fma(w1, u4, c4_1_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 768);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0_1 = p_fma(w, u3, c3_0_1);
                    c3_1_1 = p_fma(w1, u3, c3_1_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0_1 = p_fma(w, u4, c4_0_1);
                    c4_1_1 = p_fma(w1, u4, c4_1_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 12288);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 832);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0_1 = p_fma(w, u3, c3_0_1);
                    c3_1_1 = p_fma(w1, u3, c3_1_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0_1 = p_fma(w, u4, c4_0_1);
                    c4_1_1 = p_fma(w1, u4, c4_1_1);
                }
            }
            p_store(out + (out_at + v + 320) + part, c0_0_1);
            p_store(out + (out_at + v + 336) + part, c0_1_1);
            p_store(out + (out_at + v + 384) + part, c1_0_1);
            p_store(out + (out_at + v + 400) + part, c1_1_1);
            p_store(out + (out_at + v + 448) + part, c2_0_1);
            p_store(out + (out_at + v + 464) + part, c2_1_1);
            p_store(out + (out_at + v + 512) + part, c3_0_1);
            p_store(out + (out_at + v + 528) + part, c3_1_1);
            p_store(out + (out_at + v + 576) + part, c4_0_1);
            p_store(out + (out_at + v + 592) + part, c4_1_1);
            reg c0_0_2 = p_splat(0.0f);
            reg c0_1_2 = p_splat(0.0f);
            reg c1_0_2 = p_splat(0.0f);
            reg c1_1_2 = p_splat(0.0f);
            reg c2_0_2 = p_splat(0.0f);
            reg c2_1_2 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 1280);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_2 = p_fma(w, u, c0_0_2);
                    c0_1_2 = p_fma(w1, u, c0_1_2);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_2 = p_fma(w, u1, c1_0_2);
                    c1_1_2 = p_fma(w1, u1, c1_1_2);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_2 = p_fma(w, u2, c2_0_2);
                    c2_1_2 = p_fma(w1, u2, c2_1_2);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 4096);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 1344);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_2 = p_fma(w, u, c0_0_2);
                    c0_1_2 = p_fma(w1, u, c0_1_2);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_2 = p_fma(w, u1, c1_0_2);
                    c1_1_2 = p_fma(w1, u1, c1_1_2);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_2 = p_fma(w, u2, c2_0_2);
                    c2_1_2 = p_fma(w1, u2, c2_1_2);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 1408);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_2 = p_fma(w, u, c0_0_2);
                    c0_1_2 = p_fma(w1, u, c0_1_2);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_2 = p_fma(w, u1, c1_0_2);
                    c1_1_2 = p_fma(w1, u1, c1_1_2);
                    const reg u2 = p_splat(b1[256]);
                    c2_0_2 = p_fma(w, u2, c2_0_2);
                    c2_1_2 = p_fma(w1, u2, c2_1_2);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 12288);
                    const real *const b1 = b + (b_at + k0*1664 + k2 + 1472);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_2 = p_fma(w, u, c0_0_2);
                    c0_1_2 = p_fma(w1, u, c0_1_2);
                    const reg u1 = p_splat(b1[128]);
                    c1_0_2 = p_fma(w, u1, c1_0_2);
                    c1_1_2 = p_fma(w1, u1, c1_1_2);
                }
            }
            p_store(out + (out_at + v + 640) + part, c0_0_2);
            p_store(out + (out_at + v + 656) + part, c0_1_2);
            p_store(out + (out_at + v + 704) + part, c1_0_2);
            p_store(out + (out_at + v + 720) + part, c1_1_2);
            p_store(out + (out_at + v + 768) + part, c2_0_2);
            p_store(out + (out_at + v + 784) + part, c2_1_2);
        }
    }
}

/* out[64*r + v] = sum of a[16384*k0 + 4096*k1 + 64*k2 + v] * b[128*r + 832*k0 + 64*k1 + k2] for
 * 6 r, 64 v, clipped k0, 4 k1 unrolled, 64 k2, where 2*r + k1-1 in 13; in tiles of 6 rows and 2
 * vectors. */
static NOINLINE void kernel3_6x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            reg c5_0 = p_splat(0.0f);
            reg c5_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 128);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c1_0 = p_fma(w, u, c1_0);
                    c1_1 = p_fma(w1, u, c1_1);
                    const reg u1 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u1, c2_0);
                    c2_1 = p_fma(w1, u1, c2_1);
                    const reg u2 = p_splat(b1[256]);
                    c3_0 = p_fma(w, u2, c3_0);
                    c3_1 = p_fma(w1, u2, c3_1);
                    const reg u3 = p_splat(b1[384]);
                    c4_0 = p_fma(w, u3, c4_0);
                    c4_1 = p_fma(w1, u3, c4_1);
                    const reg u4 = p_splat(b1[512]);
                    c5_0 = p_fma(w, u4, c5_0);
                    c5_1 = p_fma(w1, u4, c5_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 4096);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                    const reg u5 = p_splat(b1[640]);
                    c5_0 = p_fma(w, u5, c5_0);
                    c5_1 = p_fma(w1, u5, c5_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 128);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                    const reg u5 = p_splat(b1[640]);
                    c5_0 = p_fma(w, u5, c5_0);
                    c5_1 = p_fma(w1, u5, c5_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*16384 + k2*64 + 12288);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 192);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[128]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[256]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[384]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[512]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                    const reg u5 = p_splat(b1[640]);
                    c5_0 = p_fma(w, u5, c5_0);
                    c5_1 = p_fma(w1, u5, c5_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 64) + part, c1_0);
            p_store(out + (out_at + v + 80) + part, c1_1);
            p_store(out + (out_at + v + 128) + part, c2_0);
            p_store(out + (out_at + v + 144) + part, c2_1);
            p_store(out + (out_at + v + 192) + part, c3_0);
            p_store(out + (out_at + v + 208) + part, c3_1);
            p_store(out + (out_at + v + 256) + part, c4_0);
            p_store(out + (out_at + v + 272) + part, c4_1);
            p_store(out + (out_at + v + 320) + part, c5_0);
            p_store(out + (out_at + v + 336) + part, c5_1);
        }
    }
}

/* out[16*r + v] = sum of a[16*k0 + v] * b[64*r + k0] for counted r, 16 v, 64 k0; in tiles of 8
 * rows and 1 vectors. */
static NOINLINE void kernel4_8x1(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t rows)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        const ptrdiff_t to = rows - rows%8;
        ROLL for (ptrdiff_t r = 0; r < to; r += 8) {
            reg c0_0 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c5_0 = p_splat(0.0f);
            reg c6_0 = p_splat(0.0f);
            reg c7_0 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = 0; k0 < 64; k0++) {
                const real *const a1 = a + (a_at + k0*16);
                const real *const b1 = b + (b_at + r*64 + k0);
                const reg w = p_load(a1 + part);
                c0_0 = p_fma(w, p_splat(b1[0]), c0_0);
                c1_0 = p_fma(w, p_splat(b1[64]), c1_0);
                c2_0 = p_fma(w, p_splat(b1[128]), c2_0);
                c3_0 = p_fma(w, p_splat(b1[192]), c3_0);
                c4_0 = p_fma(w, p_splat(b1[256]), c4_0);
                c5_0 = p_fma(w, p_splat(b1[320]), c5_0);
                c6_0 = p_fma(w, p_splat(b1[384]), c6_0);
                c7_0 = p_fma(w, p_splat(b1[448]), c7_0);
            }
            p_store(out + (out_at + r*16) + part, c0_0);
            p_store(out + (out_at + r*16 + 16) + part, c1_0);
            p_store(out + (out_at + r*16 + 32) + part, c2_0);
            p_store(out + (out_at + r*16 + 48) + part, c3_0);
            p_store(out + (out_at + r*16 + 64) + part, c4_0);
            p_store(out + (out_at + r*16 + 80) + part, c5_0);
            p_store(out + (out_at + r*16 + 96) + part, c6_0);
            p_store(out + (out_at + r*16 + 112) + part, c7_0);
        }
        const ptrdiff_t to1 = rows - rows%4;
        ROLL for (ptrdiff_t r = to; r < to1; r += 4) {
            reg c0_0 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = 0; k0 < 64; k0++) {
                const real *const a1 = a + (a_at + k0*16);
                const real *const b1 = b + (b_at + r*64 + k0);
                const reg w = p_load(a1 + part);
                c0_0 = p_fma(w, p_splat(b1[0]), c0_0);
                c1_0 = p_fma(w, p_splat(b1[64]), c1_0);
                c2_0 = p_fma(w, p_splat(b1[128]), c2_0);
                c3_0 = p_fma(w, p_splat(b1[192]), c3_0);
            }
            p_store(out + (out_at + r*16) + part, c0_0);
            p_store(out + (out_at + r*16 + 16) + part, c1_0);
            p_store(out + (out_at + r*16 + 32) + part, c2_0);
            p_store(out + (out_at + r*16 + 48) + part, c3_0);
        }
        const ptrdiff_t to2 = rows - rows%2;
        ROLL for (ptrdiff_t r = to1; r < to2; r += 2) {
            reg c0_0 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = 0; k0 < 64; k0++) {
                const real *const a1 = a + (a_at + k0*16);
                const real *const b1 = b + (b_at + r*64 + k0);
                const reg w = p_load(a1 + part);
                c0_0 = p_fma(w, p_splat(b1[0]), c0_0);
                c1_0 = p_fma(w, p_splat(b1[64]), c1_0);
            }
            p_store(out + (out_at + r*16) + part, c0_0);
            p_store(out + (out_at + r*16 + 16) + part, c1_0);
        }
        ROLL for (ptrdiff_t r = to2; r < rows; r++) {
            reg c0_0 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = 0; k0 < 64; k0++) {
                const real *const a1 = a + (a_at + k0*16);
                const real *const b1 = b + (b_at + r*64 + k0);
                c0_0 = p_fma(p_load(a1 + part), p_splat(b1[0]), c0_0);
            }
            p_store(out + (out_at + r*16) + part, c0_0);
        }
    }
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_eval_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    const real *const fc_b = theta + 208000;
    real *const fc_b1 = fixed + 32;
    const v16 fc_b2 = v_gather(fc_b, 1, 10);
    v_store(fc_b1, fc_b2);
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 1008), v_splat(0.0f));
    }
    fixed[1009] = 1.0f;
    fixed[1010] = 2.0f;
    fixed[1011] = 3.0f;
    fixed[1012] = 4.0f;
    fixed[1013] = 5.0f;
    fixed[1014] = 6.0f;
    fixed[1015] = 7.0f;
    fixed[1016] = 8.0f;
    fixed[1017] = 9.0f;
    ROLL for (ptrdiff_t m = 0; m < 3; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                v_store(fixed + (m*192 + 891904 + n*64 + j), v_gather(theta + (m*3 + n + j*9), 9,
                    16));
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 4; n++) {
            ROLL for (ptrdiff_t o = 0; o < 4; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 892480 + n*16384 + o*4096 + j),
                        v_gather(theta + (m*16 + n*4 + o + j*1024 + 768), 1024, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 4; n++) {
            ROLL for (ptrdiff_t o = 0; o < 4; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 958016 + n*16384 + o*4096 + j),
                        v_gather(theta + (m*16 + n*4 + o + j*1024 + 66496), 1024, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 64; k++) {
        ROLL for (ptrdiff_t j = 0; j < 10; j += 16) {
            v_store(fixed + (k*16 + 1023552 + j), v_select(v_lt(v_lane(), v_splat((real)(10 - j))),
                v_gather(theta + (k + j*64 + 207360), 64, i_min(10 - j, 16)), v_splat(0.0f)));
        }
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_eval_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)batch, (void)inputs, (void)outputs, (void)values, (void)t, (void)h, (void)weight;
    const real *const downsampling_1_weight = theta + 640;
    const real *const downsampling_1_running_var = buffers + (slot + 64);
    real *const div = fixed + 176;
    const real *const downsampling_1_running_mean = buffers + slot;
    const real *const downsampling_1_bias = theta + 704;
    real *const fma_ = fixed + 304;
    const real *const downsampling_4_weight = theta + 66368;
    const real *const downsampling_4_running_var = buffers + (slot + 192);
    real *const div1 = fixed + 496;
    const real *const downsampling_4_running_mean = buffers + (slot + 128);
    const real *const downsampling_4_bias = theta + 66432;
    real *const fma1 = fixed + 624;
    const real *const norm_weight = theta + 207232;
    const real *const norm_running_var = buffers + (slot + 320);
    real *const div2 = fixed + 816;
    const real *const norm_running_mean = buffers + (slot + 256);
    const real *const norm_bias = theta + 207296;
    real *const fma2 = fixed + 944;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 add = v_add(v_load(downsampling_1_running_var + v), v_splat(1e-5f));
        const v16 sqrt_ = v_sqrt(add);
        const v16 div3 = v_div(v_load(downsampling_1_weight + v), sqrt_);
        const v16 neg = v_neg(div3);
        const v16 fma3 = v_fma(v_load(downsampling_1_running_mean + v), neg,
            v_load(downsampling_1_bias + v));
        const v16 add1 = v_add(v_load(downsampling_4_running_var + v), v_splat(1e-5f));
        const v16 sqrt1 = v_sqrt(add1);
        const v16 div4 = v_div(v_load(downsampling_4_weight + v), sqrt1);
        const v16 neg1 = v_neg(div4);
        const v16 fma4 = v_fma(v_load(downsampling_4_running_mean + v), neg1,
            v_load(downsampling_4_bias + v));
        const v16 add2 = v_add(v_load(norm_running_var + v), v_splat(1e-5f));
        const v16 sqrt2 = v_sqrt(add2);
        const v16 div5 = v_div(v_load(norm_weight + v), sqrt2);
        const v16 neg2 = v_neg(div5);
        const v16 fma5 = v_fma(v_load(norm_running_mean + v), neg2, v_load(norm_bias + v));
        v_store(div + v, div3);
        v_store(fma_ + v, fma3);
        v_store(div1 + v, div4);
        v_store(fma1 + v, fma4);
        v_store(div2 + v, div5);
        v_store(fma2 + v, fma5);
    }
}

/* phase 0
 *   each sample
 *     [28 28] stage %6
 *     con %7 [64 26 26] = downsampling.0.weight * %6
 *     [64 26 26] stage %20
 *     con %21 [64 13 13] = downsampling.3.weight * %20
 *     [64 13 13] stage %33
 *     con %34 [64 6 6] = downsampling.6.weight * %33
 *     [64 6 6] give feature.x.begin = %36 */
static NOINLINE void classifier_eval_phase0(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, const real *RESTRICT buffers,
    ptrdiff_t slot, real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t,
    real h, real weight)
{
    (void)buffers, (void)slot, (void)outputs, (void)t, (void)h, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        const real *const image = inputs + n*785;
        real *const div = fixed + (b*111360 + 1024);
        ROLL for (ptrdiff_t i = 0; i < 28; i++) {
            const ptrdiff_t at = i*28;
            const ptrdiff_t at1 = i*32;
            ROLL for (ptrdiff_t v = 0; v < 28; v += 16) {
                const v16 div1 = v_div(v_gather(image + (at + v), 1, i_min(28 - v, 16)),
                    v_splat(255.0f));
                const v16 sub = v_sub(div1, v_splat(0.1307f));
                const v16 div2 = v_div(sub, v_splat(0.3081f));
                v_store(div + (at1 + v), div2);
            }
        }
        /* downsampling.0 */
        ROLL for (ptrdiff_t k = 0; k < 26; k++) {
            kernel1_6x2(fixed, fixed, fixed, 891904, b*111360 + 1024 + k*32,
                b*111360 + 1920 + k*1664);
        }
        real *const sum = fixed + (b*111360 + 1920);
        const real *const downsampling_0_b = theta + 576;
        real *const div1 = fixed + 176;
        real *const fma_ = fixed + 304;
        real *const max = fixed + (b*111360 + 45184);
        ROLL for (ptrdiff_t k = 0; k < 676; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 add = v_add(v_load(sum + (at + v)), v_load(downsampling_0_b + v));
                const v16 fma1 = v_fma(add, v_load(div1 + v), v_load(fma_ + v));
                const v16 max1 = v_max(v_splat(0.0f), fma1);
                v_store(max + (at + v), max1);
            }
        }
        /* downsampling.3 */
        ROLL for (ptrdiff_t k = 0; k < 13; k++) {
            kernel2_5x2(fixed, fixed, fixed, 892480, b*111360 + 43456 + k*3328,
                b*111360 + 88448 + k*832, i_max(1 - k*2, 0), i_min(4, 27 - k*2));
        }
        real *const sum1 = fixed + (b*111360 + 88448);
        const real *const downsampling_3_b = theta + 66304;
        real *const div2 = fixed + 496;
        real *const fma1 = fixed + 624;
        real *const max1 = fixed + (b*111360 + 99264);
        ROLL for (ptrdiff_t k = 0; k < 169; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 add = v_add(v_load(sum1 + (at + v)), v_load(downsampling_3_b + v));
                const v16 fma2 = v_fma(add, v_load(div2 + v), v_load(fma1 + v));
                const v16 max2 = v_max(v_splat(0.0f), fma2);
                v_store(max1 + (at + v), max2);
            }
        }
        /* downsampling.6 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel3_6x2(fixed, fixed, fixed, 958016, b*111360 + 98368 + k*1664,
                b*111360 + 110080 + k*384, i_max(1 - k*2, 0), 4);
        }
        real *const sum2 = fixed + (b*111360 + 110080);
        const real *const downsampling_6_b = theta + 132032;
        real *const add = values + n*2304;
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 add1 = v_add(v_load(sum2 + (at + v)), v_load(downsampling_6_b + v));
                v_store(add + (at + v), add1);
            }
        }
    }
}

/* phase 1, moment 1
 *   each sample
 *     [64 6 6] sum %45
 *     [64] stage %47
 *   all samples of the block
 *     con %48 [10] = fc.weight * %47
 *   each sample
 *     [10] stage %50, give logits = %50
 *     peak_max %51 [] = %50
 *     [10] sum %55, stage %64
 *     take %58 [] = %50 * label
 *     peak_min %65 [] = %64
 *     [] combine %72 %74, give ce.each = %59 accuracy.each = %69 */
static NOINLINE void classifier_eval_phase1(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, const real *RESTRICT buffers,
    ptrdiff_t slot, real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t,
    real h, real weight)
{
    (void)theta, (void)buffers, (void)slot, (void)t, (void)h;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (b*16 + 1024576 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (b*16 + 1024704 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = values + (batch*2336 + n*64);
        real *const feature_x_end = values + n*2304;
        real *const div = fixed + 816;
        real *const fma_ = fixed + 944;
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div1 = v_load(div + v);
            const v16 fma1 = v_load(fma_ + v);
            v16 sum1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum2 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 fma2 = v_fma(v_load(feature_x_end + (at + k*64)), div1, fma1);
                    sum2 = v_add(sum2, fma2);
                }
                sum1 = v_add(sum1, sum2);
            }
            v_store(sum + v, sum1);
        }
        real *const sum1 = values + (batch*2336 + n*64);
        real *const div1 = values + (batch*2400 + n*64);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div2 = v_div(v_load(sum1 + v), v_splat(36.0f));
            v_store(div1 + v, div2);
        }
    }
    /* fc */
    kernel4_8x1(fixed, values, values, 1023552, batch*2400 + first*64, batch*2464 + first*16,
        last - first);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = values + (batch*2464 + n*16);
        real *const fc_b = fixed + 32;
        real *const add = values + (batch*2480 + n*16);
        real *const add1 = outputs ? outputs + n*10 : NULL;
        const v16 add2 = v_add(v_load(sum), v_load(fc_b));
        v_store(add, add2);
        if (add1 != NULL) {
            v_scatter(add1, 1, 10, add2);
        }
        real best = values[batch*2480 + n*16];
        ROLL for (ptrdiff_t k = 0; k < 10; k++) {
            best = r_max(best, values[batch*2480 + n*16 + k]);
        }
        values[batch*2496 + n*16] = best;
        real *const sum1 = values + (batch*2512 + n*16);
        real *const add3 = values + (batch*2480 + n*16);
        real *const peak_max = values + (batch*2496 + n*16);
        real *const number = fixed + 1008;
        real *const select = values + (batch*2544 + n*16);
        const real peak_max1 = peak_max[0];
        v16 sum2 = v_splat(0.0f);
        const v16 add4 = v_load(add3);
        const v16 sub = v_sub(add4, v_splat(peak_max1));
        const v16 exp_ = v_exp(sub);
        const v16 select1 = v_select(v_eq(add4, v_splat(peak_max1)), v_load(number),
            v_splat(10.0f));
        const m16 live = v_lt(v_lane(), v_splat(10.0f));
        sum2 = v_add(sum2, v_select(live, exp_, v_splat(0.0f)));
        v_store(select, select1);
        sum1[0] = v_tree(sum2);
        real taken = 0.0f;
        const ptrdiff_t index = (ptrdiff_t)inputs[n*785 + 784];
        if (index >= 0 && index < 10) {
            taken = values[batch*2480 + n*16 + index];
        }
        values[batch*2528 + n*16] = taken;
        real best1 = values[batch*2544 + n*16];
        ROLL for (ptrdiff_t k = 0; k < 10; k++) {
            best1 = r_min(best1, values[batch*2544 + n*16 + k]);
        }
        values[batch*2560 + n*16] = best1;
        real *const sum3 = fixed + (b*16 + 1024576);
        real *const peak_max2 = values + (batch*2496 + n*16);
        real *const sum4 = values + (batch*2512 + n*16);
        real *const take = values + (batch*2528 + n*16);
        real *const sum5 = fixed + (b*16 + 1024704);
        const real *const label = inputs + (n*785 + 784);
        real *const peak_min = values + (batch*2560 + n*16);
        real *const sub1 = values + (batch*2304 + n*16);
        real *const select2 = values + (batch*2320 + n*16);
        const real log_ = r_log(sum4[0]);
        const real add5 = peak_max2[0] + log_;
        const real sub2 = add5 - take[0];
        const real mul = sub2*weight;
        const real select3 = label[0] == peak_min[0] ? 1.0f : 0.0f;
        const real mul1 = select3*weight;
        sub1[0] = sub2;
        select2[0] = select3;
        sum3[0] = sum3[0] + mul;
        sum5[0] = sum5[0] + mul1;
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_eval_glue1(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 1024576), v_add(v_add(v_add(v_load(fixed + (e + 1024576)),
            v_load(fixed + (e + 1024592))), v_add(v_load(fixed + (e + 1024608)),
            v_load(fixed + (e + 1024624)))), v_add(v_add(v_load(fixed + (e + 1024640)),
            v_load(fixed + (e + 1024656))), v_add(v_load(fixed + (e + 1024672)),
            v_load(fixed + (e + 1024688))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 1024704), v_add(v_add(v_add(v_load(fixed + (e + 1024704)),
            v_load(fixed + (e + 1024720))), v_add(v_load(fixed + (e + 1024736)),
            v_load(fixed + (e + 1024752)))), v_add(v_add(v_load(fixed + (e + 1024768)),
            v_load(fixed + (e + 1024784))), v_add(v_load(fixed + (e + 1024800)),
            v_load(fixed + (e + 1024816))))));
    }
    real *const to = fixed;
    real *const sum = fixed + 1024576;
    to[0] = sum[0];
    real *const to1 = fixed + 16;
    real *const sum1 = fixed + 1024704;
    to1[0] = sum1[0];
}

/* out[64*r + v] = sum of a[12288*k0 + 4096*k1 + 64*k2 + v] * b[64*r + 384*k0 + 64*k1 + k2] for 6
 * r, 64 v, clipped k0, 3 k1 unrolled, 64 k2, where r + k1-1 in 6; in tiles of 6 rows and 2
 * vectors. */
static NOINLINE void kernel5_6x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            reg c5_0 = p_splat(0.0f);
            reg c5_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*12288 + k2*64);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c1_0 = p_fma(w, u, c1_0);
                    c1_1 = p_fma(w1, u, c1_1);
                    const reg u1 = p_splat(b1[64]);
                    c2_0 = p_fma(w, u1, c2_0);
                    c2_1 = p_fma(w1, u1, c2_1);
                    const reg u2 = p_splat(b1[128]);
                    c3_0 = p_fma(w, u2, c3_0);
                    c3_1 = p_fma(w1, u2, c3_1);
                    const reg u3 = p_splat(b1[192]);
                    c4_0 = p_fma(w, u3, c4_0);
                    c4_1 = p_fma(w1, u3, c4_1);
                    const reg u4 = p_splat(b1[256]);
                    c5_0 = p_fma(w, u4, c5_0);
                    c5_1 = p_fma(w1, u4, c5_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*12288 + k2*64 + 4096);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                    const reg u5 = p_splat(b1[320]);
                    c5_0 = p_fma(w, u5, c5_0);
                    c5_1 = p_fma(w1, u5, c5_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*12288 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 128);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 64) + part, c1_0);
            p_store(out + (out_at + v + 80) + part, c1_1);
            p_store(out + (out_at + v + 128) + part, c2_0);
            p_store(out + (out_at + v + 144) + part, c2_1);
            p_store(out + (out_at + v + 192) + part, c3_0);
            p_store(out + (out_at + v + 208) + part, c3_1);
            p_store(out + (out_at + v + 256) + part, c4_0);
            p_store(out + (out_at + v + 272) + part, c4_1);
            p_store(out + (out_at + v + 320) + part, c5_0);
            p_store(out + (out_at + v + 336) + part, c5_1);
        }
    }
}

/* out[64*r + v] = sum of a[192*k0 + 64*k1 + v] for 6 r, 64 v, clipped k0, 3 k1 unrolled, where r
 * + k1-1 in 6; in tiles of 6 rows and 2 vectors. */
static NOINLINE void kernel6_6x2(const real *a, real *out, ptrdiff_t a_at, ptrdiff_t out_at,
    ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            reg c5_0 = p_splat(0.0f);
            reg c5_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                const real *const a1 = a + (a_at + v + k0*192);
                const reg w = p_load(a1 + part);
                const reg w1 = p_load(a1 + 16 + part);
                c1_0 = p_add(c1_0, w);
                c1_1 = p_add(c1_1, w1);
                c2_0 = p_add(c2_0, w);
                c2_1 = p_add(c2_1, w1);
                c3_0 = p_add(c3_0, w);
                c3_1 = p_add(c3_1, w1);
                c4_0 = p_add(c4_0, w);
                c4_1 = p_add(c4_1, w1);
                c5_0 = p_add(c5_0, w);
                c5_1 = p_add(c5_1, w1);
                const real *const a2 = a + (a_at + v + k0*192 + 64);
                const reg w2 = p_load(a2 + part);
                const reg w3 = p_load(a2 + 16 + part);
                c0_0 = p_add(c0_0, w2);
                c0_1 = p_add(c0_1, w3);
                c1_0 = p_add(c1_0, w2);
                c1_1 = p_add(c1_1, w3);
                c2_0 = p_add(c2_0, w2);
                c2_1 = p_add(c2_1, w3);
                c3_0 = p_add(c3_0, w2);
                c3_1 = p_add(c3_1, w3);
                c4_0 = p_add(c4_0, w2);
                c4_1 = p_add(c4_1, w3);
                c5_0 = p_add(c5_0, w2);
                c5_1 = p_add(c5_1, w3);
                const real *const a3 = a + (a_at + v + k0*192 + 128);
                const reg w4 = p_load(a3 + part);
                const reg w5 = p_load(a3 + 16 + part);
                c0_0 = p_add(c0_0, w4);
                c0_1 = p_add(c0_1, w5);
                c1_0 = p_add(c1_0, w4);
                c1_1 = p_add(c1_1, w5);
                c2_0 = p_add(c2_0, w4);
                c2_1 = p_add(c2_1, w5);
                c3_0 = p_add(c3_0, w4);
                c3_1 = p_add(c3_1, w5);
                c4_0 = p_add(c4_0, w4);
                c4_1 = p_add(c4_1, w5);
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 64) + part, c1_0);
            p_store(out + (out_at + v + 80) + part, c1_1);
            p_store(out + (out_at + v + 128) + part, c2_0);
            p_store(out + (out_at + v + 144) + part, c2_1);
            p_store(out + (out_at + v + 192) + part, c3_0);
            p_store(out + (out_at + v + 208) + part, c3_1);
            p_store(out + (out_at + v + 256) + part, c4_0);
            p_store(out + (out_at + v + 272) + part, c4_1);
            p_store(out + (out_at + v + 320) + part, c5_0);
            p_store(out + (out_at + v + 336) + part, c5_1);
        }
    }
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_feature_eval_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + 1163712 + m*64 + i),
                    v_gather(theta + (l*3 + 576 + m + i*585 + 132096), 585, 16));
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, 1163712, j*384 + 1024832, i_max(1 - j, 0), i_min(3, 7 - j));
    }
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + 1164288 + m*64 + i),
                    v_gather(theta + (l*3 + 576 + m + i*585 + 169664), 585, 16));
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, 1164288, j*384 + 1029760, i_max(1 - j, 0), i_min(3, 7 - j));
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 1089984 + n*12288 + o*4096 + j),
                        v_gather(theta + (m*9 + n*3 + o + j*585 + 132096), 585, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 1126848 + n*12288 + o*4096 + j),
                        v_gather(theta + (m*9 + n*3 + o + j*585 + 169664), 585, 16));
                }
            }
        }
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_feature_eval_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)batch, (void)inputs, (void)outputs, (void)values, (void)h, (void)weight;
    real *const sum = fixed + 1024832;
    real *const mul = fixed + 1027136;
    real *const sum1 = fixed + 1029760;
    real *const mul1 = fixed + 1032064;
    ROLL for (ptrdiff_t v = 0; v < 2304; v += 16) {
        const v16 mul2 = v_mul(v_load(sum + v), v_splat(t));
        const v16 mul3 = v_mul(v_splat(t), v_load(sum1 + v));
        v_store(mul + v, mul2);
        v_store(mul1 + v, mul3);
    }
    const real *const feature_func_norm1_weight = theta + 169536;
    const real *const feature_func_norm1_running_var = buffers + (slot + 448);
    real *const div = fixed + 1029568;
    const real *const feature_func_norm1_running_mean = buffers + (slot + 384);
    const real *const feature_func_norm1_bias = theta + 169600;
    real *const fma_ = fixed + 1029696;
    const real *const feature_func_norm2_weight = theta + 207104;
    const real *const feature_func_norm2_running_var = buffers + (slot + 576);
    real *const div1 = fixed + 1034496;
    const real *const feature_func_norm2_running_mean = buffers + (slot + 512);
    const real *const feature_func_norm2_bias = theta + 207168;
    real *const fma1 = fixed + 1034624;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 add = v_add(v_load(feature_func_norm1_running_var + v), v_splat(1e-5f));
        const v16 sqrt_ = v_sqrt(add);
        const v16 div2 = v_div(v_load(feature_func_norm1_weight + v), sqrt_);
        const v16 neg = v_neg(div2);
        const v16 fma2 = v_fma(v_load(feature_func_norm1_running_mean + v), neg,
            v_load(feature_func_norm1_bias + v));
        const v16 add1 = v_add(v_load(feature_func_norm2_running_var + v), v_splat(1e-5f));
        const v16 sqrt1 = v_sqrt(add1);
        const v16 div3 = v_div(v_load(feature_func_norm2_weight + v), sqrt1);
        const v16 neg1 = v_neg(div3);
        const v16 fma3 = v_fma(v_load(feature_func_norm2_running_mean + v), neg1,
            v_load(feature_func_norm2_bias + v));
        v_store(div + v, div2);
        v_store(fma_ + v, fma2);
        v_store(div1 + v, div3);
        v_store(fma1 + v, fma3);
    }
}

/* phase 0
 *   each sample
 *     con %1 [64 6 6] = feature.func.conv1.weight * x
 *     [64 6 6] stage %17
 *     con %21 [64 6 6] = feature.func.conv2.weight * %17
 *     [64 6 6] give x = %33 */
static NOINLINE void classifier_feature_eval_phase0(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, const real *RESTRICT buffers,
    ptrdiff_t slot, real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t,
    real h, real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        /* feature.func.conv1 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, values, fixed, 1089984, n*2304 - 448 + k*384,
                b*6912 + 1034688 + k*384, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const sum = fixed + (b*6912 + 1034688);
        real *const mul = fixed + 1027136;
        real *const div = fixed + 1029568;
        real *const fma_ = fixed + 1029696;
        real *const fma1 = fixed + (b*6912 + 1036992);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 add = v_add(v_load(sum + (at + v)), v_load(mul + (at + v)));
                const v16 max = v_max(v_splat(0.0f), add);
                const v16 fma2 = v_fma(max, v_load(div + v), v_load(fma_ + v));
                v_store(fma1 + (at + v), fma2);
            }
        }
        /* feature.func.conv2 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, fixed, fixed, 1126848, b*6912 + 1036544 + k*384,
                b*6912 + 1039296 + k*384, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const mul1 = fixed + 1032064;
        real *const sum1 = fixed + (b*6912 + 1039296);
        real *const div1 = fixed + 1034496;
        real *const fma2 = fixed + 1034624;
        real *const x = values + n*2304;
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 add = v_add(v_load(mul1 + (at + v)), v_load(sum1 + (at + v)));
                const v16 max = v_max(v_splat(0.0f), add);
                const v16 fma3 = v_fma(max, v_load(div1 + v), v_load(fma2 + v));
                const v16 fma4 = v_fma(fma3, v_splat(h), v_load(x + (at + v)));
                v_store(x + (at + v), fma4);
            }
        }
    }
}

/* 0 if a state is finite; else `fail` says whose and which element is not */
static NOINLINE int classifier_forward_feature_x_finite(ptrdiff_t batch,
    const real *RESTRICT values, real *RESTRICT fail)
{
    v16 vectors = v_splat(0.0f);
    real numbers = 0.0f;
    ROLL for (ptrdiff_t n = 0; n < batch; n++) {
        const ptrdiff_t at = n*2304;
        ROLL for (ptrdiff_t i = 0; i < 6; i++) {
            ROLL for (ptrdiff_t i1 = 0; i1 < 6; i1++) {
                ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                    const v16 x = v_load(values + (at + i*384 + i1*64 + v));
                    vectors = v_add(vectors, v_sub(x, x));
                }
            }
        }
    }
    const real sum = v_tree(vectors) + numbers;
    if (sum == 0.0f) {
        return 0;
    }
    ROLL for (ptrdiff_t n = 0; n < batch; n++) {
        const ptrdiff_t at = n*2304;
        ROLL for (ptrdiff_t i = 0; i < 64; i++) {
            ROLL for (ptrdiff_t i1 = 0; i1 < 6; i1++) {
                ROLL for (ptrdiff_t i2 = 0; i2 < 6; i2++) {
                    const real x = values[at + i + i1*384 + i2*64];
                    if (x - x != 0.0f) {
                        fail[0] = (real)n;
                        fail[1] = 0.0f;
                        fail[2] = (real)((i*6 + i1)*6 + i2);
                        return 5;
                    }
                }
            }
        }
    }
    return 0;
}

typedef struct classifier_forward_args {
    ptrdiff_t batch;
    const real *inputs;
    const real *theta;
    const real *buffers;
    ptrdiff_t slot;
    real *outputs;
    real *fixed;
    real *values;
    real t;
    real h;
    real weight;
} classifier_forward_args;

static void classifier_forward_task(void *args, size_t task)
{
    const classifier_forward_args *const a = (const classifier_forward_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_eval_phase0(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_forward_task2(void *args, size_t task)
{
    const classifier_forward_args *const a = (const classifier_forward_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_eval_phase0(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_forward_task3(void *args, size_t task)
{
    const classifier_forward_args *const a = (const classifier_forward_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_eval_phase1(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

/* outputs and losses of a trained model */
static NOINLINE int classifier_forward(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, real *RESTRICT outputs,
    real *RESTRICT values, real *RESTRICT fail, real *RESTRICT work, const nodec_parallel *parallel)
{
    real *const fixed = work;
    real *const samples = work + 1164864;
    const real weight = 1.0f/(real)batch;
    const ptrdiff_t slot = 0;
    const real t = 0.0f;
    const real h = 0.0f;
    classifier_eval_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    classifier_feature_eval_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight);
    classifier_eval_begin(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_forward_args args = { batch, inputs, theta, buffers, slot, outputs, fixed,
            samples, t, h, weight };
        each(parallel, (size_t)8, classifier_forward_task, &args);
    }
    ROLL for (ptrdiff_t k = 0; k < 20; k++) {
        const real t1 = fmaf((real)k, 0.05f, 0.0f);
        const real h1 = 0.05f;
        const ptrdiff_t slot1 = k*256;
        classifier_feature_eval_begin(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_forward_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_forward_task2, &args);
        }
    }
    const ptrdiff_t status = classifier_forward_feature_x_finite(batch, samples, fail);
    if (status != 0) {
        return (int)status;
    }
    {
        classifier_forward_args args = { batch, inputs, theta, buffers, slot, outputs, fixed,
            samples, t, h, weight };
        each(parallel, (size_t)8, classifier_forward_task3, &args);
    }
    classifier_eval_glue1(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    if (values != NULL) {
        const real value = fixed[0];
        values[0] = value;
        if (value - value != 0.0f) {
            ptrdiff_t sample = 0;
            ROLL for (ptrdiff_t n = 1; n < batch + 1; n++) {
                const ptrdiff_t last = batch - n;
                const real x = samples[batch*2304 + last*16];
                if (x - x != 0.0f) {
                    sample = last;
                }
            }
            fail[0] = (real)sample;
            fail[1] = -1.0f;
            fail[2] = 0.0f;
            return 5;
        }
        const real value1 = fixed[16];
        values[1] = value1;
    }
    return 0;
}

/* out[64*r + v] += sum of a[r + 16*k0] * b[64*k0 + v] for 10 r, 64 v, counted k0; in tiles of 5
 * rows and 2 vectors. */
static NOINLINE void kernel7_5x2(const real *RESTRICT a, const real *RESTRICT b, real *RESTRICT out,
    ptrdiff_t a_at, ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t count)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            ROLL for (ptrdiff_t r = 0; r < 10; r += 5) {
                reg c0_0 = p_load(out + (out_at + r*64 + v) + part);
                reg c0_1 = p_load(out + (out_at + r*64 + v + 16) + part);
                reg c1_0 = p_load(out + (out_at + r*64 + v + 64) + part);
                reg c1_1 = p_load(out + (out_at + r*64 + v + 80) + part);
                reg c2_0 = p_load(out + (out_at + r*64 + v + 128) + part);
                reg c2_1 = p_load(out + (out_at + r*64 + v + 144) + part);
                reg c3_0 = p_load(out + (out_at + r*64 + v + 192) + part);
                reg c3_1 = p_load(out + (out_at + r*64 + v + 208) + part);
                reg c4_0 = p_load(out + (out_at + r*64 + v + 256) + part);
                reg c4_1 = p_load(out + (out_at + r*64 + v + 272) + part);
                ROLL for (ptrdiff_t k0 = 0; k0 < count; k0++) {
                    const real *const a1 = a + (a_at + r + k0*16);
                    const real *const b1 = b + (b_at + v + k0*64);
                    const reg w = p_load(b1 + part);
                    const reg w1 = p_load(b1 + 16 + part);
                    const reg u = p_splat(a1[0]);
                    c0_0 = p_fma(u, w, c0_0);
                    c0_1 = p_fma(u, w1, c0_1);
                    const reg u1 = p_splat(a1[1]);
                    c1_0 = p_fma(u1, w, c1_0);
                    c1_1 = p_fma(u1, w1, c1_1);
                    const reg u2 = p_splat(a1[2]);
                    c2_0 = p_fma(u2, w, c2_0);
                    c2_1 = p_fma(u2, w1, c2_1);
                    const reg u3 = p_splat(a1[3]);
                    c3_0 = p_fma(u3, w, c3_0);
                    c3_1 = p_fma(u3, w1, c3_1);
                    const reg u4 = p_splat(a1[4]);
                    c4_0 = p_fma(u4, w, c4_0);
                    c4_1 = p_fma(u4, w1, c4_1);
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
                p_store(out + (out_at + r*64 + v + 128) + part, c2_0);
                p_store(out + (out_at + r*64 + v + 144) + part, c2_1);
                p_store(out + (out_at + r*64 + v + 192) + part, c3_0);
                p_store(out + (out_at + r*64 + v + 208) + part, c3_1);
                p_store(out + (out_at + r*64 + v + 256) + part, c4_0);
                p_store(out + (out_at + r*64 + v + 272) + part, c4_1);
            }
        }
    }
}

/* out[64*r + v] = sum of a[64*k0 + v] * b[16*r + k0] for counted r, 64 v, 10 k0; in tiles of 4
 * rows and 2 vectors. */
static NOINLINE void kernel8_4x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t rows)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            const ptrdiff_t to = rows - rows%4;
            ROLL for (ptrdiff_t r = 0; r < to; r += 4) {
                reg c0_0 = p_splat(0.0f);
                reg c0_1 = p_splat(0.0f);
                reg c1_0 = p_splat(0.0f);
                reg c1_1 = p_splat(0.0f);
                reg c2_0 = p_splat(0.0f);
                reg c2_1 = p_splat(0.0f);
                reg c3_0 = p_splat(0.0f);
                reg c3_1 = p_splat(0.0f);
                ROLL for (ptrdiff_t k0 = 0; k0 < 10; k0++) {
                    const real *const a1 = a + (a_at + v + k0*64);
                    const real *const b1 = b + (b_at + r*16 + k0);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[16]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[32]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[48]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
                p_store(out + (out_at + r*64 + v + 128) + part, c2_0);
                p_store(out + (out_at + r*64 + v + 144) + part, c2_1);
                p_store(out + (out_at + r*64 + v + 192) + part, c3_0);
                p_store(out + (out_at + r*64 + v + 208) + part, c3_1);
            }
            const ptrdiff_t to1 = rows - rows%2;
            ROLL for (ptrdiff_t r = to; r < to1; r += 2) {
                reg c0_0 = p_splat(0.0f);
                reg c0_1 = p_splat(0.0f);
                reg c1_0 = p_splat(0.0f);
                reg c1_1 = p_splat(0.0f);
                ROLL for (ptrdiff_t k0 = 0; k0 < 10; k0++) {
                    const real *const a1 = a + (a_at + v + k0*64);
                    const real *const b1 = b + (b_at + r*16 + k0);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[16]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
            }
            ROLL for (ptrdiff_t r = to1; r < rows; r++) {
                reg c0_0 = p_splat(0.0f);
                reg c0_1 = p_splat(0.0f);
                ROLL for (ptrdiff_t k0 = 0; k0 < 10; k0++) {
                    const real *const a1 = a + (a_at + v + k0*64);
                    const real *const b1 = b + (b_at + r*16 + k0);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(p_load(a1 + part), u, c0_0);
                    c0_1 = p_fma(p_load(a1 + 16 + part), u, c0_1);
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
            }
        }
    }
}

/* out[64*r + v] += sum of a[r + 384*k0 + 64*k1] * b[1664*k0 + 128*k1 + v] for 64 r, 64 v,
 * clipped k0, clipped k1; in tiles of 4 rows and 2 vectors. */
static NOINLINE void kernel9_4x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to, ptrdiff_t from1, ptrdiff_t to1)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            ROLL for (ptrdiff_t r = 0; r < 64; r += 4) {
                reg c0_0 = p_load(out + (out_at + r*64 + v) + part);
                reg c0_1 = p_load(out + (out_at + r*64 + v + 16) + part);
                reg c1_0 = p_load(out + (out_at + r*64 + v + 64) + part);
                reg c1_1 = p_load(out + (out_at + r*64 + v + 80) + part);
                reg c2_0 = p_load(out + (out_at + r*64 + v + 128) + part);
                reg c2_1 = p_load(out + (out_at + r*64 + v + 144) + part);
                reg c3_0 = p_load(out + (out_at + r*64 + v + 192) + part);
                reg c3_1 = p_load(out + (out_at + r*64 + v + 208) + part);
                ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                    ROLL for (ptrdiff_t k1 = from1; k1 < to1; k1++) {
                        const real *const a1 = a + (a_at + r + k0*384 + k1*64);
                        const real *const b1 = b + (b_at + v + k0*1664 + k1*128);
                        const reg w = p_load(b1 + part);
                        const reg w1 = p_load(b1 + 16 + part);
                        const reg u = p_splat(a1[0]);
                        c0_0 = p_fma(u, w, c0_0);
                        c0_1 = p_fma(u, w1, c0_1);
                        const reg u1 = p_splat(a1[1]);
                        c1_0 = p_fma(u1, w, c1_0);
                        c1_1 = p_fma(u1, w1, c1_1);
                        const reg u2 = p_splat(a1[2]);
                        c2_0 = p_fma(u2, w, c2_0);
                        c2_1 = p_fma(u2, w1, c2_1);
                        const reg u3 = p_splat(a1[3]);
                        c3_0 = p_fma(u3, w, c3_0);
                        c3_1 = p_fma(u3, w1, c3_1);
                    }
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
                p_store(out + (out_at + r*64 + v + 128) + part, c2_0);
                p_store(out + (out_at + r*64 + v + 144) + part, c2_1);
                p_store(out + (out_at + r*64 + v + 192) + part, c3_0);
                p_store(out + (out_at + r*64 + v + 208) + part, c3_1);
            }
        }
    }
}

/* out[128*r + v] = sum of a[32768*k0 + 8192*k1 + 64*k2 + v] * b[64*r + 384*k0 + 64*k1 + k2] for
 * 6 r, 64 v, clipped k0, 2 k1 unrolled, 64 k2, where r + k1 in 6; in tiles of 6 rows and 2
 * vectors. */
static NOINLINE void kernel10_6x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            reg c5_0 = p_splat(0.0f);
            reg c5_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*384 + k2);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                    const reg u5 = p_splat(b1[320]);
                    c5_0 = p_fma(w, u5, c5_0);
                    c5_1 = p_fma(w1, u5, c5_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 128) + part, c1_0);
            p_store(out + (out_at + v + 144) + part, c1_1);
            p_store(out + (out_at + v + 256) + part, c2_0);
            p_store(out + (out_at + v + 272) + part, c2_1);
            p_store(out + (out_at + v + 384) + part, c3_0);
            p_store(out + (out_at + v + 400) + part, c3_1);
            p_store(out + (out_at + v + 512) + part, c4_0);
            p_store(out + (out_at + v + 528) + part, c4_1);
            p_store(out + (out_at + v + 640) + part, c5_0);
            p_store(out + (out_at + v + 656) + part, c5_1);
        }
    }
}

/* out[1664*r + v] = sum of a[32768*k0 + 8192*k1 + 64*k2 + v] * b[384*r + 384*k0 + 64*k1 + k2]
 * for 6 r, 64 v, 2 k0 unrolled, clipped k1, 64 k2, where r + k0 in 6; in tiles of 6 rows and 2
 * vectors. */
static NOINLINE void kernel11_6x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            reg c5_0 = p_splat(0.0f);
            reg c5_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k1 = from; k1 < to; k1++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k1*8192 + k2*64);
                    const real *const b1 = b + (b_at + k1*64 + k2);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[384]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[768]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[1152]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[1536]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                    const reg u5 = p_splat(b1[1920]);
                    c5_0 = p_fma(w, u5, c5_0);
                    c5_1 = p_fma(w1, u5, c5_1);
                }
            }
            ROLL for (ptrdiff_t k1 = from; k1 < to; k1++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k1*8192 + k2*64 + 32768);
                    const real *const b1 = b + (b_at + k1*64 + k2 + 384);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[384]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[768]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[1152]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[1536]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 1664) + part, c1_0);
            p_store(out + (out_at + v + 1680) + part, c1_1);
            p_store(out + (out_at + v + 3328) + part, c2_0);
            p_store(out + (out_at + v + 3344) + part, c2_1);
            p_store(out + (out_at + v + 4992) + part, c3_0);
            p_store(out + (out_at + v + 5008) + part, c3_1);
            p_store(out + (out_at + v + 6656) + part, c4_0);
            p_store(out + (out_at + v + 6672) + part, c4_1);
            p_store(out + (out_at + v + 8320) + part, c5_0);
            p_store(out + (out_at + v + 8336) + part, c5_1);
        }
    }
}

/* out[128*r + v] = sum of a[32768*k0 + 8192*k1 + 64*k2 + v] * b[64*r + 384*k0 + 64*k1 + k2] for
 * 7 r, 64 v, clipped k0, 2 k1 unrolled, 64 k2, where r + k1-1 in 6; in tiles of 4 rows and 2
 * vectors. */
static NOINLINE void kernel12_4x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c1_0 = p_fma(w, u, c1_0);
                    c1_1 = p_fma(w1, u, c1_1);
                    const reg u1 = p_splat(b1[64]);
                    c2_0 = p_fma(w, u1, c2_0);
                    c2_1 = p_fma(w1, u1, c2_1);
                    const reg u2 = p_splat(b1[128]);
                    c3_0 = p_fma(w, u2, c3_0);
                    c3_1 = p_fma(w1, u2, c3_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 128) + part, c1_0);
            p_store(out + (out_at + v + 144) + part, c1_1);
            p_store(out + (out_at + v + 256) + part, c2_0);
            p_store(out + (out_at + v + 272) + part, c2_1);
            p_store(out + (out_at + v + 384) + part, c3_0);
            p_store(out + (out_at + v + 400) + part, c3_1);
            reg c0_0_1 = p_splat(0.0f);
            reg c0_1_1 = p_splat(0.0f);
            reg c1_0_1 = p_splat(0.0f);
            reg c1_1_1 = p_splat(0.0f);
            reg c2_0_1 = p_splat(0.0f);
            reg c2_1_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 256);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*384 + k2 + 320);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                }
            }
            p_store(out + (out_at + v + 512) + part, c0_0_1);
            p_store(out + (out_at + v + 528) + part, c0_1_1);
            p_store(out + (out_at + v + 640) + part, c1_0_1);
            p_store(out + (out_at + v + 656) + part, c1_1_1);
            p_store(out + (out_at + v + 768) + part, c2_0_1);
            p_store(out + (out_at + v + 784) + part, c2_1_1);
        }
    }
}

/* out[64*r + v] += sum of a[r + 832*k0 + 64*k1] * b[3328*k0 + 128*k1 + v] for 64 r, 64 v,
 * clipped k0, clipped k1; in tiles of 4 rows and 2 vectors. */
static NOINLINE void kernel13_4x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to, ptrdiff_t from1, ptrdiff_t to1)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            ROLL for (ptrdiff_t r = 0; r < 64; r += 4) {
                reg c0_0 = p_load(out + (out_at + r*64 + v) + part);
                reg c0_1 = p_load(out + (out_at + r*64 + v + 16) + part);
                reg c1_0 = p_load(out + (out_at + r*64 + v + 64) + part);
                reg c1_1 = p_load(out + (out_at + r*64 + v + 80) + part);
                reg c2_0 = p_load(out + (out_at + r*64 + v + 128) + part);
                reg c2_1 = p_load(out + (out_at + r*64 + v + 144) + part);
                reg c3_0 = p_load(out + (out_at + r*64 + v + 192) + part);
                reg c3_1 = p_load(out + (out_at + r*64 + v + 208) + part);
                ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                    ROLL for (ptrdiff_t k1 = from1; k1 < to1; k1++) {
                        const real *const a1 = a + (a_at + r + k0*832 + k1*64);
                        const real *const b1 = b + (b_at + v + k0*3328 + k1*128);
                        const reg w = p_load(b1 + part);
                        const reg w1 = p_load(b1 + 16 + part);
                        const reg u = p_splat(a1[0]);
                        c0_0 = p_fma(u, w, c0_0);
                        c0_1 = p_fma(u, w1, c0_1);
                        const reg u1 = p_splat(a1[1]);
                        c1_0 = p_fma(u1, w, c1_0);
                        c1_1 = p_fma(u1, w1, c1_1);
                        const reg u2 = p_splat(a1[2]);
                        c2_0 = p_fma(u2, w, c2_0);
                        c2_1 = p_fma(u2, w1, c2_1);
                        const reg u3 = p_splat(a1[3]);
                        c3_0 = p_fma(u3, w, c3_0);
                        c3_1 = p_fma(u3, w1, c3_1);
                    }
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
                p_store(out + (out_at + r*64 + v + 128) + part, c2_0);
                p_store(out + (out_at + r*64 + v + 144) + part, c2_1);
                p_store(out + (out_at + r*64 + v + 192) + part, c3_0);
                p_store(out + (out_at + r*64 + v + 208) + part, c3_1);
            }
        }
    }
}

/* out[128*r + v] = sum of a[32768*k0 + 8192*k1 + 64*k2 + v] * b[64*r + 832*k0 + 64*k1 + k2] for
 * 13 r, 64 v, clipped k0, 2 k1 unrolled, 64 k2, where r + k1 in 13; in tiles of 5 rows and 2
 * vectors. */
static NOINLINE void kernel14_5x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            ROLL for (ptrdiff_t r = 0; r < 10; r += 5) {
                reg c0_0 = p_splat(0.0f);
                reg c0_1 = p_splat(0.0f);
                reg c1_0 = p_splat(0.0f);
                reg c1_1 = p_splat(0.0f);
                reg c2_0 = p_splat(0.0f);
                reg c2_1 = p_splat(0.0f);
                reg c3_0 = p_splat(0.0f);
                reg c3_1 = p_splat(0.0f);
                reg c4_0 = p_splat(0.0f);
                reg c4_1 = p_splat(0.0f);
                ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                    ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                        const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                        const real *const b1 = b + (b_at + r*64 + k0*832 + k2);
                        const reg w = p_load(a1 + part);
                        const reg w1 = p_load(a1 + 16 + part);
                        const reg u = p_splat(b1[0]);
                        c0_0 = p_fma(w, u, c0_0);
                        c0_1 = p_fma(w1, u, c0_1);
                        const reg u1 = p_splat(b1[64]);
                        c1_0 = p_fma(w, u1, c1_0);
                        c1_1 = p_fma(w1, u1, c1_1);
                        const reg u2 = p_splat(b1[128]);
                        c2_0 = p_fma(w, u2, c2_0);
                        c2_1 = p_fma(w1, u2, c2_1);
                        const reg u3 = p_splat(b1[192]);
                        c3_0 = p_fma(w, u3, c3_0);
                        c3_1 = p_fma(w1, u3, c3_1);
                        const reg u4 = p_splat(b1[256]);
                        c4_0 = p_fma(w, u4, c4_0);
                        c4_1 = p_fma(w1, u4, c4_1);
                    }
                    ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                        const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                        const real *const b1 = b + (b_at + r*64 + k0*832 + k2 + 64);
                        const reg w = p_load(a1 + part);
                        const reg w1 = p_load(a1 + 16 + part);
                        const reg u = p_splat(b1[0]);
                        c0_0 = p_fma(w, u, c0_0);
                        c0_1 = p_fma(w1, u, c0_1);
                        const reg u1 = p_splat(b1[64]);
                        c1_0 = p_fma(w, u1, c1_0);
                        c1_1 = p_fma(w1, u1, c1_1);
                        const reg u2 = p_splat(b1[128]);
                        c2_0 = p_fma(w, u2, c2_0);
                        c2_1 = p_fma(w1, u2, c2_1);
                        const reg u3 = p_splat(b1[192]);
                        c3_0 = p_fma(w, u3, c3_0);
                        c3_1 = p_fma(w1, u3, c3_1);
                        const reg u4 = p_splat(b1[256]);
                        c4_0 = p_fma(w, u4, c4_0);
                        c4_1 = p_fma(w1, u4, c4_1);
                    }
                }
                p_store(out + (out_at + r*128 + v) + part, c0_0);
                p_store(out + (out_at + r*128 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*128 + v + 128) + part, c1_0);
                p_store(out + (out_at + r*128 + v + 144) + part, c1_1);
                p_store(out + (out_at + r*128 + v + 256) + part, c2_0);
                p_store(out + (out_at + r*128 + v + 272) + part, c2_1);
                p_store(out + (out_at + r*128 + v + 384) + part, c3_0);
                p_store(out + (out_at + r*128 + v + 400) + part, c3_1);
                p_store(out + (out_at + r*128 + v + 512) + part, c4_0);
                p_store(out + (out_at + r*128 + v + 528) + part, c4_1);
            }
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 640);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 704);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                }
            }
            p_store(out + (out_at + v + 1280) + part, c0_0);
            p_store(out + (out_at + v + 1296) + part, c0_1);
            p_store(out + (out_at + v + 1408) + part, c1_0);
            p_store(out + (out_at + v + 1424) + part, c1_1);
            p_store(out + (out_at + v + 1536) + part, c2_0);
            p_store(out + (out_at + v + 1552) + part, c2_1);
        }
    }
}

/* out[128*r + v] = sum of a[32768*k0 + 8192*k1 + 64*k2 + v] * b[64*r + 832*k0 + 64*k1 + k2] for
 * 13 r, 64 v, clipped k0, 2 k1 unrolled, 64 k2, where r + k1-1 in 13; in tiles of 5 rows and 2
 * vectors. */
static NOINLINE void kernel15_5x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c1_0 = p_fma(w, u, c1_0);
                    c1_1 = p_fma(w1, u, c1_1);
                    const reg u1 = p_splat(b1[64]);
                    c2_0 = p_fma(w, u1, c2_0);
                    c2_1 = p_fma(w1, u1, c2_1);
                    const reg u2 = p_splat(b1[128]);
                    c3_0 = p_fma(w, u2, c3_0);
                    c3_1 = p_fma(w1, u2, c3_1);
                    const reg u3 = p_splat(b1[192]);
                    c4_0 = p_fma(w, u3, c4_0);
                    c4_1 = p_fma(w1, u3, c4_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 64);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0 = p_fma(w, u, c0_0);
                    c0_1 = p_fma(w1, u, c0_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0 = p_fma(w, u1, c1_0);
                    c1_1 = p_fma(w1, u1, c1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0 = p_fma(w, u2, c2_0);
                    c2_1 = p_fma(w1, u2, c2_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0 = p_fma(w, u3, c3_0);
                    c3_1 = p_fma(w1, u3, c3_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0 = p_fma(w, u4, c4_0);
                    c4_1 = p_fma(w1, u4, c4_1);
                }
            }
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 128) + part, c1_0);
            p_store(out + (out_at + v + 144) + part, c1_1);
            p_store(out + (out_at + v + 256) + part, c2_0);
            p_store(out + (out_at + v + 272) + part, c2_1);
            p_store(out + (out_at + v + 384) + part, c3_0);
            p_store(out + (out_at + v + 400) + part, c3_1);
            p_store(out + (out_at + v + 512) + part, c4_0);
            p_store(out + (out_at + v + 528) + part, c4_1);
            reg c0_0_1 = p_splat(0.0f);
            reg c0_1_1 = p_splat(0.0f);
            reg c1_0_1 = p_splat(0.0f);
            reg c1_1_1 = p_splat(0.0f);
            reg c2_0_1 = p_splat(0.0f);
            reg c2_1_1 = p_splat(0.0f);
            reg c3_0_1 = p_splat(0.0f);
            reg c3_1_1 = p_splat(0.0f);
            reg c4_0_1 = p_splat(0.0f);
            reg c4_1_1 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 320);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0_1 = p_fma(w, u3, c3_0_1);
                    c3_1_1 = p_fma(w1, u3, c3_1_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0_1 = p_fma(w, u4, c4_0_1);
                    c4_1_1 = p_fma(w1, u4, c4_1_1);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 384);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_1 = p_fma(w, u, c0_0_1);
                    c0_1_1 = p_fma(w1, u, c0_1_1);
                    const reg u1 = p_splat(b1[64]);
                    c1_0_1 = p_fma(w, u1, c1_0_1);
                    c1_1_1 = p_fma(w1, u1, c1_1_1);
                    const reg u2 = p_splat(b1[128]);
                    c2_0_1 = p_fma(w, u2, c2_0_1);
                    c2_1_1 = p_fma(w1, u2, c2_1_1);
                    const reg u3 = p_splat(b1[192]);
                    c3_0_1 = p_fma(w, u3, c3_0_1);
                    c3_1_1 = p_fma(w1, u3, c3_1_1);
                    const reg u4 = p_splat(b1[256]);
                    c4_0_1 = p_fma(w, u4, c4_0_1);
                    c4_1_1 = p_fma(w1, u4, c4_1_1);
                }
            }
            p_store(out + (out_at + v + 640) + part, c0_0_1);
            p_store(out + (out_at + v + 656) + part, c0_1_1);
            p_store(out + (out_at + v + 768) + part, c1_0_1);
            p_store(out + (out_at + v + 784) + part, c1_1_1);
            p_store(out + (out_at + v + 896) + part, c2_0_1);
            p_store(out + (out_at + v + 912) + part, c2_1_1);
            p_store(out + (out_at + v + 1024) + part, c3_0_1);
            p_store(out + (out_at + v + 1040) + part, c3_1_1);
            p_store(out + (out_at + v + 1152) + part, c4_0_1);
            p_store(out + (out_at + v + 1168) + part, c4_1_1);
            reg c0_0_2 = p_splat(0.0f);
            reg c0_1_2 = p_splat(0.0f);
            reg c1_0_2 = p_splat(0.0f);
            reg c1_1_2 = p_splat(0.0f);
            reg c2_0_2 = p_splat(0.0f);
            reg c2_1_2 = p_splat(0.0f);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 640);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_2 = p_fma(w, u, c0_0_2);
                    c0_1_2 = p_fma(w1, u, c0_1_2);
                    const reg u1 = p_splat(b1[64]);
                    c1_0_2 = p_fma(w, u1, c1_0_2);
                    c1_1_2 = p_fma(w1, u1, c1_1_2);
                    const reg u2 = p_splat(b1[128]);
                    c2_0_2 = p_fma(w, u2, c2_0_2);
                    c2_1_2 = p_fma(w1, u2, c2_1_2);
                }
                ROLL for (ptrdiff_t k2 = 0; k2 < 64; k2++) {
                    const real *const a1 = a + (a_at + v + k0*32768 + k2*64 + 8192);
                    const real *const b1 = b + (b_at + k0*832 + k2 + 704);
                    const reg w = p_load(a1 + part);
                    const reg w1 = p_load(a1 + 16 + part);
                    const reg u = p_splat(b1[0]);
                    c0_0_2 = p_fma(w, u, c0_0_2);
                    c0_1_2 = p_fma(w1, u, c0_1_2);
                    const reg u1 = p_splat(b1[64]);
                    c1_0_2 = p_fma(w, u1, c1_0_2);
                    c1_1_2 = p_fma(w1, u1, c1_1_2);
                    const reg u2 = p_splat(b1[128]);
                    c2_0_2 = p_fma(w, u2, c2_0_2);
                    c2_1_2 = p_fma(w1, u2, c2_1_2);
                }
            }
            p_store(out + (out_at + v + 1280) + part, c0_0_2);
            p_store(out + (out_at + v + 1296) + part, c0_1_2);
            p_store(out + (out_at + v + 1408) + part, c1_0_2);
            p_store(out + (out_at + v + 1424) + part, c1_1_2);
            p_store(out + (out_at + v + 1536) + part, c2_0_2);
            p_store(out + (out_at + v + 1552) + part, c2_1_2);
        }
    }
}

/* out[64*r + v] += sum of a[1664*k0 + 64*k1 + v] * b[r + 32*k0 + k1] for 3 r, 64 v, 26 k0, 26
 * k1; in tiles of 3 rows and 4 vectors. */
static NOINLINE void kernel16_3x4(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        reg c0_0 = p_load(out + out_at + part);
        reg c0_1 = p_load(out + (out_at + 16) + part);
        reg c0_2 = p_load(out + (out_at + 32) + part);
        reg c0_3 = p_load(out + (out_at + 48) + part);
        reg c1_0 = p_load(out + (out_at + 64) + part);
        reg c1_1 = p_load(out + (out_at + 80) + part);
        reg c1_2 = p_load(out + (out_at + 96) + part);
        reg c1_3 = p_load(out + (out_at + 112) + part);
        reg c2_0 = p_load(out + (out_at + 128) + part);
        reg c2_1 = p_load(out + (out_at + 144) + part);
        reg c2_2 = p_load(out + (out_at + 160) + part);
        reg c2_3 = p_load(out + (out_at + 176) + part);
        ROLL for (ptrdiff_t k0 = 0; k0 < 26; k0++) {
            ROLL for (ptrdiff_t k1 = 0; k1 < 26; k1++) {
                const real *const a1 = a + (a_at + k0*1664 + k1*64);
                const real *const b1 = b + (b_at + k0*32 + k1);
                const reg w = p_load(a1 + part);
                const reg w1 = p_load(a1 + 16 + part);
                const reg w2 = p_load(a1 + 32 + part);
                const reg w3 = p_load(a1 + 48 + part);
                const reg u = p_splat(b1[0]);
                c0_0 = p_fma(w, u, c0_0);
                c0_1 = p_fma(w1, u, c0_1);
                c0_2 = p_fma(w2, u, c0_2);
                c0_3 = p_fma(w3, u, c0_3);
                const reg u1 = p_splat(b1[1]);
                c1_0 = p_fma(w, u1, c1_0);
                c1_1 = p_fma(w1, u1, c1_1);
                c1_2 = p_fma(w2, u1, c1_2);
                c1_3 = p_fma(w3, u1, c1_3);
                const reg u2 = p_splat(b1[2]);
                c2_0 = p_fma(w, u2, c2_0);
                c2_1 = p_fma(w1, u2, c2_1);
                c2_2 = p_fma(w2, u2, c2_2);
                c2_3 = p_fma(w3, u2, c2_3);
            }
        }
        p_store(out + out_at + part, c0_0);
        p_store(out + (out_at + 16) + part, c0_1);
        p_store(out + (out_at + 32) + part, c0_2);
        p_store(out + (out_at + 48) + part, c0_3);
        p_store(out + (out_at + 64) + part, c1_0);
        p_store(out + (out_at + 80) + part, c1_1);
        p_store(out + (out_at + 96) + part, c1_2);
        p_store(out + (out_at + 112) + part, c1_3);
        p_store(out + (out_at + 128) + part, c2_0);
        p_store(out + (out_at + 144) + part, c2_1);
        p_store(out + (out_at + 160) + part, c2_2);
        p_store(out + (out_at + 176) + part, c2_3);
    }
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_train_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h;
    const real *const fc_b = theta + 208000;
    real *const fc_b1 = fixed + 32;
    const v16 fc_b2 = v_gather(fc_b, 1, 10);
    v_store(fc_b1, fc_b2);
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 432), v_splat(1.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 3632), v_splat(0.0f));
    }
    fixed[3633] = 1.0f;
    fixed[3634] = 2.0f;
    fixed[3635] = 3.0f;
    fixed[3636] = 4.0f;
    fixed[3637] = 5.0f;
    fixed[3638] = 6.0f;
    fixed[3639] = 7.0f;
    fixed[3640] = 8.0f;
    fixed[3641] = 9.0f;
    real *const sum = fixed + 3664;
    const real neg = -weight;
    sum[0] = neg;
    ROLL for (ptrdiff_t m = 0; m < 3; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                v_store(fixed + (m*192 + 785376 + n*64 + j), v_gather(theta + (m*3 + n + j*9), 9,
                    16));
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 4; n++) {
            ROLL for (ptrdiff_t o = 0; o < 4; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 785952 + n*16384 + o*4096 + j),
                        v_gather(theta + (m*16 + n*4 + o + j*1024 + 768), 1024, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 4; n++) {
            ROLL for (ptrdiff_t o = 0; o < 4; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 851488 + n*16384 + o*4096 + j),
                        v_gather(theta + (m*16 + n*4 + o + j*1024 + 66496), 1024, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 64; k++) {
        ROLL for (ptrdiff_t j = 0; j < 10; j += 16) {
            v_store(fixed + (k*16 + 917024 + j), v_select(v_lt(v_lane(), v_splat((real)(10 - j))),
                v_gather(theta + (k + j*64 + 207360), 64, i_min(10 - j, 16)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 10; k++) {
        ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
            v_store(fixed + (k*64 + 918048 + j), v_load(theta + (k*64 + j + 207360)));
        }
    }
    ROLL for (ptrdiff_t o = 0; o < 64; o++) {
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            ROLL for (ptrdiff_t n = 0; n < 4; n++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (o*64 + 980128 + l*(-16384) + n*(-4096) + j),
                        v_gather(theta + (o*1024 + l*4 + n + j*16 + 66496), 16, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t o = 0; o < 64; o++) {
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            ROLL for (ptrdiff_t n = 0; n < 4; n++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (o*64 + 1045664 + l*(-16384) + n*(-4096) + j),
                        v_gather(theta + (o*1024 + l*4 + n + j*16 + 768), 16, 16));
                }
            }
        }
    }
}

/* Nothing is accumulated yet. */
static NOINLINE void classifier_train_clear(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 128; e += 16) {
        v_store(fixed + (e + 1053088), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 5120; e += 16) {
        v_store(fixed + (e + 1053216), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 512; e += 16) {
        v_store(fixed + (e + 1059360), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 524288; e += 16) {
        v_store(fixed + (e + 1059872), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 512; e += 16) {
        v_store(fixed + (e + 1585184), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 524288; e += 16) {
        v_store(fixed + (e + 1585696), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 512; e += 16) {
        v_store(fixed + (e + 2111008), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 4608; e += 16) {
        v_store(fixed + (e + 2111520), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 2116128] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 2116192] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 2116256] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 2116320] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 2116384] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 2116448] = 0.0f;
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_train_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)inputs, (void)theta, (void)outputs, (void)values, (void)t, (void)h, (void)weight;
    real *const downsampling_1_running_mean = buffers + slot;
    real *const mul = fixed + 1120;
    real *const downsampling_1_running_var = buffers + (slot + 64);
    real *const mul1 = fixed + 1392;
    real *const downsampling_4_running_mean = buffers + (slot + 128);
    real *const mul2 = fixed + 2176;
    real *const downsampling_4_running_var = buffers + (slot + 192);
    real *const mul3 = fixed + 2448;
    real *const norm_running_mean = buffers + (slot + 256);
    real *const mul4 = fixed + 3232;
    real *const norm_running_var = buffers + (slot + 320);
    real *const mul5 = fixed + 3504;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 mul6 = v_mul(v_load(downsampling_1_running_mean + v), v_splat(0.9f));
        const v16 mul7 = v_mul(v_load(downsampling_1_running_var + v), v_splat(0.9f));
        const v16 mul8 = v_mul(v_load(downsampling_4_running_mean + v), v_splat(0.9f));
        const v16 mul9 = v_mul(v_load(downsampling_4_running_var + v), v_splat(0.9f));
        const v16 mul10 = v_mul(v_load(norm_running_mean + v), v_splat(0.9f));
        const v16 mul11 = v_mul(v_load(norm_running_var + v), v_splat(0.9f));
        v_store(mul + v, mul6);
        v_store(mul1 + v, mul7);
        v_store(mul2 + v, mul8);
        v_store(mul3 + v, mul9);
        v_store(mul4 + v, mul10);
        v_store(mul5 + v, mul11);
    }
    real sum = 0.0f;
    sum = sum + fixed[432];
    fixed[448] = sum;
    const real samples = (real)batch;
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 448), v_mul(v_load(fixed + (e + 448)), v_splat(samples)));
    }
    real *const sum1 = fixed + 448;
    real *const mul6 = fixed + 464;
    real *const sub = fixed + 1248;
    real *const mul7 = fixed + 1520;
    real *const sub1 = fixed + 2304;
    real *const mul8 = fixed + 2576;
    real *const sub2 = fixed + 3360;
    const real sum2 = sum1[0];
    const real mul9 = sum2*676.0f;
    const real sub3 = mul9 - 1.0f;
    const real mul10 = sum2*169.0f;
    const real sub4 = mul10 - 1.0f;
    const real mul11 = sum2*36.0f;
    const real sub5 = mul11 - 1.0f;
    mul6[0] = mul9;
    sub[0] = sub3;
    mul7[0] = mul10;
    sub1[0] = sub4;
    mul8[0] = mul11;
    sub2[0] = sub5;
}

/* phase 0
 *   each sample
 *     [28 28] stage %6
 *     con %7 [64 26 26] = downsampling.0.weight * %6
 *     [64 26 26] keep %9, combine %11 %16
 *     put %135 [10] = %134 * label, kept */
static NOINLINE void classifier_train_phase0(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)buffers, (void)slot, (void)outputs, (void)t, (void)h, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1049760 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1050272 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        const real *const image = inputs + n*785;
        real *const div = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t i = 0; i < 28; i++) {
            const ptrdiff_t at = i*28;
            const ptrdiff_t at1 = i*32;
            ROLL for (ptrdiff_t v = 0; v < 28; v += 16) {
                const v16 div1 = v_div(v_gather(image + (at + v), 1, i_min(28 - v, 16)),
                    v_splat(255.0f));
                const v16 sub = v_sub(div1, v_splat(0.1307f));
                const v16 div2 = v_div(sub, v_splat(0.3081f));
                v_store(div + (at1 + v), div2);
            }
        }
        /* downsampling.0 */
        ROLL for (ptrdiff_t k = 0; k < 26; k++) {
            kernel1_6x2(fixed, fixed, fixed, 785376, b*97344 + 6624 + k*32,
                b*97344 + 7520 + k*1664);
        }
        real *const sum = fixed + (b*97344 + 7520);
        const real *const downsampling_0_b = theta + 576;
        real *const add = values + (batch*4640 + n*43264);
        real *const sum1 = fixed + (b*64 + 1049760);
        real *const sum2 = fixed + (b*64 + 1050272);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 downsampling_0_b1 = v_load(downsampling_0_b + v);
            v16 sum3 = v_splat(0.0f);
            v16 sum4 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 26; j++) {
                const ptrdiff_t at = v + j*1664;
                v16 sum5 = v_splat(0.0f);
                v16 sum6 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 26; k++) {
                    const v16 add1 = v_add(v_load(sum + (at + k*64)), downsampling_0_b1);
                    const v16 mul = v_mul(add1, add1);
                    sum5 = v_add(sum5, add1);
                    sum6 = v_add(sum6, mul);
                    v_store(add + (at + k*64), add1);
                }
                sum3 = v_add(sum3, sum5);
                sum4 = v_add(sum4, sum6);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum3));
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum4));
        }
        ROLL for (ptrdiff_t i = 0; i < 10; i++) {
            values[batch*58720 + n*16 + i] = 0.0f;
        }
        const ptrdiff_t index = (ptrdiff_t)inputs[n*785 + 784];
        if (index >= 0 && index < 10) {
            values[batch*58720 + n*16 + index] = fixed[3664];
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue0(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1049760), v_add(v_add(v_add(v_load(fixed + (e + 1049760)),
            v_load(fixed + (e + 1049824))), v_add(v_load(fixed + (e + 1049888)),
            v_load(fixed + (e + 1049952)))), v_add(v_add(v_load(fixed + (e + 1050016)),
            v_load(fixed + (e + 1050080))), v_add(v_load(fixed + (e + 1050144)),
            v_load(fixed + (e + 1050208))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1050272), v_add(v_add(v_add(v_load(fixed + (e + 1050272)),
            v_load(fixed + (e + 1050336))), v_add(v_load(fixed + (e + 1050400)),
            v_load(fixed + (e + 1050464)))), v_add(v_add(v_load(fixed + (e + 1050528)),
            v_load(fixed + (e + 1050592))), v_add(v_load(fixed + (e + 1050656)),
            v_load(fixed + (e + 1050720))))));
    }
    real *const sum = fixed + 1049760;
    real *const mul = fixed + 464;
    real *const div = fixed + 480;
    real *const sum1 = fixed + 1050272;
    real *const fma_ = fixed + 672;
    real *const sqrt_ = fixed + 864;
    const real *const downsampling_1_weight = theta + 640;
    real *const div1 = fixed + 928;
    const real *const downsampling_1_bias = theta + 704;
    real *const fma1 = fixed + 1056;
    real *const mul1 = fixed + 1120;
    real *const fma2 = fixed + 1184;
    real *const sub = fixed + 1248;
    real *const mul2 = fixed + 1392;
    real *const fma3 = fixed + 1456;
    real *const add = fixed + 5984;
    real *const add1 = fixed + 6176;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div2 = v_div(v_load(sum + v), v_splat(mul3));
        const v16 neg = v_neg(div2);
        const v16 div3 = v_div(v_load(sum1 + v), v_splat(mul3));
        const v16 fma4 = v_fma(div2, neg, div3);
        const v16 max = v_max(fma4, v_splat(0.0f));
        const v16 add2 = v_add(max, v_splat(1e-5f));
        const v16 sqrt1 = v_sqrt(add2);
        const v16 div4 = v_div(v_load(downsampling_1_weight + v), sqrt1);
        const v16 neg1 = v_neg(div4);
        const v16 fma5 = v_fma(div2, neg1, v_load(downsampling_1_bias + v));
        const v16 fma6 = v_fma(div2, v_splat(0.1f), v_load(mul1 + v));
        const v16 mul4 = v_mul(v_splat(mul3), max);
        const v16 div5 = v_div(mul4, v_splat(sub1));
        const v16 fma7 = v_fma(v_splat(0.1f), div5, v_load(mul2 + v));
        const v16 add3 = v_add(sqrt1, sqrt1);
        const v16 add4 = v_add(div2, div2);
        v_store(div + v, div2);
        v_store(fma_ + v, fma4);
        v_store(sqrt_ + v, sqrt1);
        v_store(div1 + v, div4);
        v_store(fma1 + v, fma5);
        v_store(fma2 + v, fma6);
        v_store(fma3 + v, fma7);
        v_store(add + v, add3);
        v_store(add1 + v, add4);
    }
}

/* phase 1
 *   each sample
 *     [64 26 26] stage %42
 *     con %43 [64 13 13] = downsampling.3.weight * %42
 *     [64 13 13] keep %45, combine %46 %51 */
static NOINLINE void classifier_train_phase1(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1050784 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1051296 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const add = values + (batch*4640 + n*43264);
        real *const div = fixed + 928;
        real *const fma_ = fixed + 1056;
        real *const max = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t k = 0; k < 676; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma1 = v_fma(v_load(add + (at + v)), v_load(div + v), v_load(fma_ + v));
                const v16 max1 = v_max(v_splat(0.0f), fma1);
                v_store(max + (at + v), max1);
            }
        }
        /* downsampling.3 */
        ROLL for (ptrdiff_t k = 0; k < 13; k++) {
            kernel2_5x2(fixed, fixed, fixed, 785952, b*97344 + 4896 + k*3328,
                b*97344 + 49888 + k*832, i_max(1 - k*2, 0), i_min(4, 27 - k*2));
        }
        real *const sum = fixed + (b*97344 + 49888);
        const real *const downsampling_3_b = theta + 66304;
        real *const add1 = values + (batch*47904 + n*10816);
        real *const sum1 = fixed + (b*64 + 1050784);
        real *const sum2 = fixed + (b*64 + 1051296);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 downsampling_3_b1 = v_load(downsampling_3_b + v);
            v16 sum3 = v_splat(0.0f);
            v16 sum4 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 13; j++) {
                const ptrdiff_t at = v + j*832;
                v16 sum5 = v_splat(0.0f);
                v16 sum6 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 13; k++) {
                    const v16 add2 = v_add(v_load(sum + (at + k*64)), downsampling_3_b1);
                    const v16 mul = v_mul(add2, add2);
                    sum5 = v_add(sum5, add2);
                    sum6 = v_add(sum6, mul);
                    v_store(add1 + (at + k*64), add2);
                }
                sum3 = v_add(sum3, sum5);
                sum4 = v_add(sum4, sum6);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum3));
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum4));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue1(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1050784), v_add(v_add(v_add(v_load(fixed + (e + 1050784)),
            v_load(fixed + (e + 1050848))), v_add(v_load(fixed + (e + 1050912)),
            v_load(fixed + (e + 1050976)))), v_add(v_add(v_load(fixed + (e + 1051040)),
            v_load(fixed + (e + 1051104))), v_add(v_load(fixed + (e + 1051168)),
            v_load(fixed + (e + 1051232))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1051296), v_add(v_add(v_add(v_load(fixed + (e + 1051296)),
            v_load(fixed + (e + 1051360))), v_add(v_load(fixed + (e + 1051424)),
            v_load(fixed + (e + 1051488)))), v_add(v_add(v_load(fixed + (e + 1051552)),
            v_load(fixed + (e + 1051616))), v_add(v_load(fixed + (e + 1051680)),
            v_load(fixed + (e + 1051744))))));
    }
    real *const sum = fixed + 1050784;
    real *const mul = fixed + 1520;
    real *const div = fixed + 1536;
    real *const sum1 = fixed + 1051296;
    real *const fma_ = fixed + 1728;
    real *const sqrt_ = fixed + 1920;
    const real *const downsampling_4_weight = theta + 66368;
    real *const div1 = fixed + 1984;
    const real *const downsampling_4_bias = theta + 66432;
    real *const fma1 = fixed + 2112;
    real *const mul1 = fixed + 2176;
    real *const fma2 = fixed + 2240;
    real *const sub = fixed + 2304;
    real *const mul2 = fixed + 2448;
    real *const fma3 = fixed + 2512;
    real *const add = fixed + 5024;
    real *const add1 = fixed + 5216;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div2 = v_div(v_load(sum + v), v_splat(mul3));
        const v16 neg = v_neg(div2);
        const v16 div3 = v_div(v_load(sum1 + v), v_splat(mul3));
        const v16 fma4 = v_fma(div2, neg, div3);
        const v16 max = v_max(fma4, v_splat(0.0f));
        const v16 add2 = v_add(v_splat(1e-5f), max);
        const v16 sqrt1 = v_sqrt(add2);
        const v16 div4 = v_div(v_load(downsampling_4_weight + v), sqrt1);
        const v16 neg1 = v_neg(div4);
        const v16 fma5 = v_fma(div2, neg1, v_load(downsampling_4_bias + v));
        const v16 fma6 = v_fma(v_splat(0.1f), div2, v_load(mul1 + v));
        const v16 mul4 = v_mul(v_splat(mul3), max);
        const v16 div5 = v_div(mul4, v_splat(sub1));
        const v16 fma7 = v_fma(v_splat(0.1f), div5, v_load(mul2 + v));
        const v16 add3 = v_add(sqrt1, sqrt1);
        const v16 add4 = v_add(div2, div2);
        v_store(div + v, div2);
        v_store(fma_ + v, fma4);
        v_store(sqrt_ + v, sqrt1);
        v_store(div1 + v, div4);
        v_store(fma1 + v, fma5);
        v_store(fma2 + v, fma6);
        v_store(fma3 + v, fma7);
        v_store(add + v, add3);
        v_store(add1 + v, add4);
    }
}

/* phase 2
 *   each sample
 *     [64 13 13] stage %73
 *     con %74 [64 6 6] = downsampling.6.weight * %73
 *     [64 6 6] give feature.x.begin = %76 */
static NOINLINE void classifier_train_phase2(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const add = values + (batch*47904 + n*10816);
        real *const div = fixed + 1984;
        real *const fma_ = fixed + 2112;
        real *const max = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t k = 0; k < 169; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma1 = v_fma(v_load(add + (at + v)), v_load(div + v), v_load(fma_ + v));
                const v16 max1 = v_max(v_splat(0.0f), fma1);
                v_store(max + (at + v), max1);
            }
        }
        /* downsampling.6 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel3_6x2(fixed, fixed, fixed, 851488, b*97344 + 5728 + k*1664,
                b*97344 + 17440 + k*384, i_max(1 - k*2, 0), 4);
        }
        real *const sum = fixed + (b*97344 + 17440);
        const real *const downsampling_6_b = theta + 132032;
        real *const add1 = values + n*2304;
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 add2 = v_add(v_load(sum + (at + v)), v_load(downsampling_6_b + v));
                v_store(add1 + (at + v), add2);
            }
        }
    }
}

/* phase 3, moment 1
 *   each sample
 *     [64 6 6] combine %77 %82 */
static NOINLINE void classifier_train_phase3(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1051808 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1052320 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1051808);
        real *const feature_x_end = values + n*2304;
        real *const sum1 = fixed + (b*64 + 1052320);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v16 sum2 = v_splat(0.0f);
            v16 sum3 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum4 = v_splat(0.0f);
                v16 sum5 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 feature_x_end1 = v_load(feature_x_end + (at + k*64));
                    const v16 mul = v_mul(feature_x_end1, feature_x_end1);
                    sum4 = v_add(sum4, feature_x_end1);
                    sum5 = v_add(sum5, mul);
                }
                sum2 = v_add(sum2, sum4);
                sum3 = v_add(sum3, sum5);
            }
            v_store(sum + v, v_add(v_load(sum + v), sum2));
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum3));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue3(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1051808), v_add(v_add(v_add(v_load(fixed + (e + 1051808)),
            v_load(fixed + (e + 1051872))), v_add(v_load(fixed + (e + 1051936)),
            v_load(fixed + (e + 1052000)))), v_add(v_add(v_load(fixed + (e + 1052064)),
            v_load(fixed + (e + 1052128))), v_add(v_load(fixed + (e + 1052192)),
            v_load(fixed + (e + 1052256))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1052320), v_add(v_add(v_add(v_load(fixed + (e + 1052320)),
            v_load(fixed + (e + 1052384))), v_add(v_load(fixed + (e + 1052448)),
            v_load(fixed + (e + 1052512)))), v_add(v_add(v_load(fixed + (e + 1052576)),
            v_load(fixed + (e + 1052640))), v_add(v_load(fixed + (e + 1052704)),
            v_load(fixed + (e + 1052768))))));
    }
    real *const sum = fixed + 1051808;
    real *const mul = fixed + 2576;
    real *const div = fixed + 2592;
    real *const sum1 = fixed + 1052320;
    real *const fma_ = fixed + 2784;
    real *const sqrt_ = fixed + 2976;
    const real *const norm_weight = theta + 207232;
    real *const div1 = fixed + 3040;
    const real *const norm_bias = theta + 207296;
    real *const fma1 = fixed + 3168;
    real *const mul1 = fixed + 3232;
    real *const fma2 = fixed + 3296;
    real *const sub = fixed + 3360;
    real *const mul2 = fixed + 3504;
    real *const fma3 = fixed + 3568;
    real *const add = fixed + 4064;
    real *const add1 = fixed + 4256;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div2 = v_div(v_load(sum + v), v_splat(mul3));
        const v16 neg = v_neg(div2);
        const v16 div3 = v_div(v_load(sum1 + v), v_splat(mul3));
        const v16 fma4 = v_fma(div2, neg, div3);
        const v16 max = v_max(fma4, v_splat(0.0f));
        const v16 add2 = v_add(v_splat(1e-5f), max);
        const v16 sqrt1 = v_sqrt(add2);
        const v16 div4 = v_div(v_load(norm_weight + v), sqrt1);
        const v16 neg1 = v_neg(div4);
        const v16 fma5 = v_fma(div2, neg1, v_load(norm_bias + v));
        const v16 fma6 = v_fma(v_splat(0.1f), div2, v_load(mul1 + v));
        const v16 mul4 = v_mul(v_splat(mul3), max);
        const v16 div5 = v_div(mul4, v_splat(sub1));
        const v16 fma7 = v_fma(v_splat(0.1f), div5, v_load(mul2 + v));
        const v16 add3 = v_add(sqrt1, sqrt1);
        const v16 add4 = v_add(div2, div2);
        v_store(div + v, div2);
        v_store(fma_ + v, fma4);
        v_store(sqrt_ + v, sqrt1);
        v_store(div1 + v, div4);
        v_store(fma1 + v, fma5);
        v_store(fma2 + v, fma6);
        v_store(fma3 + v, fma7);
        v_store(add + v, add3);
        v_store(add1 + v, add4);
    }
}

/* phase 4, moment 1
 *   each sample
 *     [64 6 6] sum %103
 *     [64] stage %105
 *   all samples of the block
 *     con %106 [10] = fc.weight * %105
 *   each sample
 *     [10] stage %108, give logits = %108
 *     peak_max %109 [] = %108
 *     [10] sum %113, stage %122, sum %146
 *     take %116 [] = %108 * label
 *     peak_min %123 [] = %122
 *     [] combine %130 %132, stage %136, give ce.each = %117 accuracy.each = %127
 *     [10] sum %141
 *     [] stage %147
 *     [10] accumulate %150, stage %149
 *   all samples of the block
 *     con %151 [10 64] = %149 * %105, accumulated
 *     con %152 [64] = fc.weight * %149
 *   each sample
 *     [64] combine %155, stage %153
 *     [64 6 6] keep %158, combine %160 */
static NOINLINE void classifier_train_phase4(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)theta, (void)buffers, (void)slot, (void)t, (void)h;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (b*16 + 1052832 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (b*16 + 1052960 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1058336 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1058848 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = values + (batch*115120 + n*64);
        real *const feature_x_end = values + n*2304;
        real *const div = fixed + 3040;
        real *const fma_ = fixed + 3168;
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div1 = v_load(div + v);
            const v16 fma1 = v_load(fma_ + v);
            v16 sum1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum2 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 fma2 = v_fma(v_load(feature_x_end + (at + k*64)), div1, fma1);
                    sum2 = v_add(sum2, fma2);
                }
                sum1 = v_add(sum1, sum2);
            }
            v_store(sum + v, sum1);
        }
        real *const sum1 = values + (batch*115120 + n*64);
        real *const div1 = values + (batch*115184 + n*64);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div2 = v_div(v_load(sum1 + v), v_splat(36.0f));
            v_store(div1 + v, div2);
        }
    }
    /* fc */
    kernel4_8x1(fixed, values, values, 917024, batch*115184 + first*64, batch*115248 + first*16,
        last - first);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = values + (batch*115248 + n*16);
        real *const fc_b = fixed + 32;
        real *const add = values + (batch*115264 + n*16);
        real *const add1 = outputs ? outputs + n*10 : NULL;
        const v16 add2 = v_add(v_load(sum), v_load(fc_b));
        v_store(add, add2);
        if (add1 != NULL) {
            v_scatter(add1, 1, 10, add2);
        }
        real best = values[batch*115264 + n*16];
        ROLL for (ptrdiff_t k = 0; k < 10; k++) {
            best = r_max(best, values[batch*115264 + n*16 + k]);
        }
        values[batch*115280 + n*16] = best;
        real *const sum1 = values + (batch*115296 + n*16);
        real *const add3 = values + (batch*115264 + n*16);
        real *const peak_max = values + (batch*115280 + n*16);
        real *const number = fixed + 3632;
        real *const select = values + (batch*115328 + n*16);
        real *const sum2 = values + (batch*115392 + n*16);
        const real peak_max1 = peak_max[0];
        v16 sum3 = v_splat(0.0f);
        v16 sum4 = v_splat(0.0f);
        const v16 add4 = v_load(add3);
        const v16 sub = v_sub(add4, v_splat(peak_max1));
        const v16 exp_ = v_exp(sub);
        const m16 eq = v_eq(add4, v_splat(peak_max1));
        const v16 select1 = v_select(eq, v_load(number), v_splat(10.0f));
        const v16 select2 = v_select(eq, v_splat(1.0f), v_splat(0.0f));
        const m16 live = v_lt(v_lane(), v_splat(10.0f));
        sum3 = v_add(sum3, v_select(live, exp_, v_splat(0.0f)));
        sum4 = v_add(sum4, v_select(live, select2, v_splat(0.0f)));
        v_store(select, select1);
        sum1[0] = v_tree(sum3);
        sum2[0] = v_tree(sum4);
        real taken = 0.0f;
        const ptrdiff_t index = (ptrdiff_t)inputs[n*785 + 784];
        if (index >= 0 && index < 10) {
            taken = values[batch*115264 + n*16 + index];
        }
        values[batch*115312 + n*16] = taken;
        real best1 = values[batch*115328 + n*16];
        ROLL for (ptrdiff_t k = 0; k < 10; k++) {
            best1 = r_min(best1, values[batch*115328 + n*16 + k]);
        }
        values[batch*115344 + n*16] = best1;
        real *const sum5 = fixed + (b*16 + 1052832);
        real *const peak_max2 = values + (batch*115280 + n*16);
        real *const sum6 = values + (batch*115296 + n*16);
        real *const take = values + (batch*115312 + n*16);
        real *const sum7 = fixed + (b*16 + 1052960);
        const real *const label = inputs + (n*785 + 784);
        real *const peak_min = values + (batch*115344 + n*16);
        real *const div = values + (batch*115360 + n*16);
        real *const sub1 = values + (batch*4608 + n*16);
        real *const select3 = values + (batch*4624 + n*16);
        const real sum8 = sum6[0];
        const real log_ = r_log(sum8);
        const real add5 = peak_max2[0] + log_;
        const real sub2 = add5 - take[0];
        const real mul = sub2*weight;
        const real select4 = label[0] == peak_min[0] ? 1.0f : 0.0f;
        const real mul1 = select4*weight;
        const real div1 = weight/sum8;
        div[0] = div1;
        sub1[0] = sub2;
        select3[0] = select4;
        sum5[0] = sum5[0] + mul;
        sum7[0] = sum7[0] + mul1;
        real *const sum9 = values + (batch*115376 + n*16);
        real *const add6 = values + (batch*115264 + n*16);
        real *const peak_max3 = values + (batch*115280 + n*16);
        real *const div2 = values + (batch*115360 + n*16);
        const real peak_max4 = peak_max3[0];
        const real div3 = div2[0];
        v16 sum10 = v_splat(0.0f);
        const v16 sub3 = v_sub(v_load(add6), v_splat(peak_max4));
        const v16 exp1 = v_exp(sub3);
        const v16 mul2 = v_mul(exp1, v_splat(div3));
        const v16 neg = v_neg(mul2);
        const m16 live1 = v_lt(v_lane(), v_splat(10.0f));
        sum10 = v_add(sum10, v_select(live1, neg, v_splat(0.0f)));
        sum9[0] = v_tree(sum10);
        real *const sum11 = values + (batch*115376 + n*16);
        real *const sum12 = values + (batch*115392 + n*16);
        real *const div4 = values + (batch*115408 + n*16);
        const real add7 = weight + sum11[0];
        const real div5 = add7/sum12[0];
        div4[0] = div5;
        real *const sum13 = fixed + (b*16 + 1053088);
        real *const add8 = values + (batch*115264 + n*16);
        real *const peak_max5 = values + (batch*115280 + n*16);
        real *const div6 = values + (batch*115408 + n*16);
        real *const put = values + (batch*58720 + n*16);
        real *const div7 = values + (batch*115360 + n*16);
        real *const fma_ = values + (batch*115424 + n*16);
        const real peak_max6 = peak_max5[0];
        const real div8 = div6[0];
        const real div9 = div7[0];
        const v16 add9 = v_load(add8);
        const v16 select5 = v_select(v_eq(add9, v_splat(peak_max6)), v_splat(1.0f), v_splat(0.0f));
        const v16 sub4 = v_sub(add9, v_splat(peak_max6));
        const v16 exp2 = v_exp(sub4);
        const v16 mul3 = v_mul(exp2, v_splat(div9));
        const v16 add10 = v_add(v_load(put), mul3);
        const v16 fma1 = v_fma(select5, v_splat(div8), add10);
        v_store(fma_, fma1);
        v_store(sum13, v_add(v_load(sum13), fma1));
    }
    /* fc: sum over samples */
    kernel7_5x2(values, values, fixed, batch*115424 + first*16, batch*115184 + first*64,
        b*640 + 1053216, last - first);
    /* fc */
    kernel8_4x2(fixed, values, values, 918048, batch*115424 + first*16, batch*115440 + first*64,
        last - first);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1058336);
        real *const sum1 = values + (batch*115440 + n*64);
        real *const div = values + (batch*115504 + n*64);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div1 = v_div(v_load(sum1 + v), v_splat(36.0f));
            v_store(div + v, div1);
            v_store(sum + v, v_add(v_load(sum + v), div1));
        }
        real *const div1 = fixed + 3040;
        real *const div2 = values + (batch*115504 + n*64);
        real *const mul = values + (batch*58736 + n*2304);
        real *const sum2 = fixed + (b*64 + 1058848);
        real *const feature_x_end = values + n*2304;
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div3 = v_load(div1 + v);
            const v16 div4 = v_load(div2 + v);
            const v16 mul1 = v_mul(div3, div4);
            v16 sum3 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum4 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 mul2 = v_mul(v_load(feature_x_end + (at + k*64)), div4);
                    sum4 = v_add(sum4, mul2);
                    v_store(mul + (at + k*64), mul1);
                }
                sum3 = v_add(sum3, sum4);
            }
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum3));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue4(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 1052832), v_add(v_add(v_add(v_load(fixed + (e + 1052832)),
            v_load(fixed + (e + 1052848))), v_add(v_load(fixed + (e + 1052864)),
            v_load(fixed + (e + 1052880)))), v_add(v_add(v_load(fixed + (e + 1052896)),
            v_load(fixed + (e + 1052912))), v_add(v_load(fixed + (e + 1052928)),
            v_load(fixed + (e + 1052944))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 1052960), v_add(v_add(v_add(v_load(fixed + (e + 1052960)),
            v_load(fixed + (e + 1052976))), v_add(v_load(fixed + (e + 1052992)),
            v_load(fixed + (e + 1053008)))), v_add(v_add(v_load(fixed + (e + 1053024)),
            v_load(fixed + (e + 1053040))), v_add(v_load(fixed + (e + 1053056)),
            v_load(fixed + (e + 1053072))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1058336), v_add(v_add(v_add(v_load(fixed + (e + 1058336)),
            v_load(fixed + (e + 1058400))), v_add(v_load(fixed + (e + 1058464)),
            v_load(fixed + (e + 1058528)))), v_add(v_add(v_load(fixed + (e + 1058592)),
            v_load(fixed + (e + 1058656))), v_add(v_load(fixed + (e + 1058720)),
            v_load(fixed + (e + 1058784))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1058848), v_add(v_add(v_add(v_load(fixed + (e + 1058848)),
            v_load(fixed + (e + 1058912))), v_add(v_load(fixed + (e + 1058976)),
            v_load(fixed + (e + 1059040)))), v_add(v_add(v_load(fixed + (e + 1059104)),
            v_load(fixed + (e + 1059168))), v_add(v_load(fixed + (e + 1059232)),
            v_load(fixed + (e + 1059296))))));
    }
    real *const sum = fixed + 1058336;
    real *const mul = fixed + 3680;
    real *const div = fixed + 2592;
    real *const sum1 = fixed + 1058848;
    real *const sqrt_ = fixed + 2976;
    real *const div1 = fixed + 3872;
    real *const fma_ = fixed + 2784;
    real *const div2 = fixed + 3040;
    real *const add = fixed + 4064;
    real *const mul1 = fixed + 2576;
    real *const select = fixed + 4576;
    real *const add1 = fixed + 4256;
    real *const div3 = fixed + 4640;
    const real mul2 = mul1[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 mul3 = v_mul(v_load(sum + v), v_splat(36.0f));
        const v16 neg = v_neg(mul3);
        const v16 fma1 = v_fma(v_load(div + v), neg, v_load(sum1 + v));
        const v16 div4 = v_div(fma1, v_load(sqrt_ + v));
        const m16 gt = v_gt(v_load(fma_ + v), v_splat(0.0f));
        const v16 div5 = v_load(div2 + v);
        const v16 mul4 = v_mul(div5, div4);
        const v16 neg1 = v_neg(mul4);
        const v16 div6 = v_div(neg1, v_load(add + v));
        const v16 div7 = v_div(div6, v_splat(mul2));
        const v16 select1 = v_select(gt, div7, v_splat(0.0f));
        const v16 neg2 = v_neg(div6);
        const v16 mul5 = v_mul(neg2, v_load(add1 + v));
        const v16 select2 = v_select(gt, mul5, v_splat(0.0f));
        const v16 fma2 = v_fma(div5, neg, select2);
        const v16 div8 = v_div(fma2, v_splat(mul2));
        v_store(mul + v, mul3);
        v_store(div1 + v, div4);
        v_store(select + v, select1);
        v_store(div3 + v, div8);
    }
    real *const to = fixed;
    real *const sum2 = fixed + 1052832;
    to[0] = sum2[0];
    real *const to1 = fixed + 16;
    real *const sum3 = fixed + 1052960;
    to1[0] = sum3[0];
}

/* phase 5, moment 1
 *   each sample
 *     [64 6 6] give a_feature.x.end = %181 */
static NOINLINE void classifier_train_phase5(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const select = fixed + 4576;
        real *const feature_x_end = values + n*2304;
        real *const mul = values + (batch*58736 + n*2304);
        real *const div = fixed + 4640;
        real *const add = values + (batch*2304 + n*2304);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 feature_x_end1 = v_load(feature_x_end + (at + v));
                const v16 add1 = v_add(feature_x_end1, feature_x_end1);
                const v16 fma_ = v_fma(v_load(select + v), add1, v_load(mul + (at + v)));
                const v16 add2 = v_add(fma_, v_load(div + v));
                v_store(add + (at + v), add2);
            }
        }
    }
}

/* phase 6, moment 2
 *   each sample
 *     [64 6 6] accumulate %182
 *     [64 13 13] stage %73
 *     con %183 [64 64 4 4] = a_feature.x.begin * %73, accumulated
 *     con %184 [64 13 13] = downsampling.6.weight * a_feature.x.begin
 *     [64 13 13] combine %187, keep %189, combine %192 */
static NOINLINE void classifier_train_phase6(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1584160 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 1584672 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1059360);
        real *const a_feature_x_begin = values + (batch*2304 + n*2304);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v16 sum1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum2 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    sum2 = v_add(sum2, v_load(a_feature_x_begin + (at + k*64)));
                }
                sum1 = v_add(sum1, sum2);
            }
            v_store(sum + v, v_add(v_load(sum + v), sum1));
        }
        real *const add = values + (batch*47904 + n*10816);
        real *const div = fixed + 1984;
        real *const fma_ = fixed + 2112;
        real *const max = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t k = 0; k < 169; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma1 = v_fma(v_load(add + (at + v)), v_load(div + v), v_load(fma_ + v));
                const v16 max1 = v_max(v_splat(0.0f), fma1);
                v_store(max + (at + v), max1);
            }
        }
        /* downsampling.6: sum over samples */
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 4; l++) {
                kernel9_4x2(values, fixed, fixed, batch*2304 + n*2304,
                    b*97344 + 5728 + k*832 + l*64, b*65536 + 1059872 + k*16384 + l*4096,
                    (i_max(1 - k, 0) + 1)/2, 6, (i_max(1 - l, 0) + 1)/2, 6);
            }
        }
        /* downsampling.6 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel10_6x2(fixed, values, fixed, 939168, batch*2304 + n*2304 + k*384,
                b*97344 + 16544 + k*1664 + 1792, 0, i_min(2, 6 - k));
        }
        ROLL for (ptrdiff_t m = 0; m < 7; m++) {
            kernel11_6x2(fixed, values, fixed, 935072, batch*2304 + n*2304 + m*64 - 64,
                b*97344 + 16544 + m*128 + 1728, i_max(1 - m, 0), i_min(2, 7 - m));
        }
        ROLL for (ptrdiff_t k = 0; k < 7; k++) {
            kernel10_6x2(fixed, values, fixed, 922784, batch*2304 + n*2304 + k*384 - 384,
                b*97344 + 16544 + k*1664 + 960, i_max(1 - k, 0), i_min(2, 7 - k));
        }
        ROLL for (ptrdiff_t k = 0; k < 7; k++) {
            kernel12_4x2(fixed, values, fixed, 918688, batch*2304 + n*2304 + k*384 - 448,
                b*97344 + 16544 + k*1664 + 896, i_max(1 - k, 0), i_min(2, 7 - k));
        }
        real *const sum1 = fixed + (b*64 + 1584160);
        real *const max1 = fixed + (b*97344 + 6624);
        real *const sum2 = fixed + (b*97344 + 17440);
        real *const div1 = fixed + 1984;
        real *const select = values + (batch*61040 + n*10816);
        real *const sum3 = fixed + (b*64 + 1584672);
        real *const add1 = values + (batch*47904 + n*10816);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div2 = v_load(div1 + v);
            v16 sum4 = v_splat(0.0f);
            v16 sum5 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 13; j++) {
                const ptrdiff_t at = v + j*832;
                v16 sum6 = v_splat(0.0f);
                v16 sum7 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 13; k++) {
                    const m16 gt = v_gt(v_load(max1 + (at + k*64)), v_splat(0.0f));
                    const v16 sum8 = v_load(sum2 + (at + k*64));
                    const v16 select1 = v_select(gt, sum8, v_splat(0.0f));
                    const v16 mul = v_mul(div2, sum8);
                    const v16 select2 = v_select(gt, mul, v_splat(0.0f));
                    const v16 mul1 = v_mul(v_load(add1 + (at + k*64)), sum8);
                    const v16 select3 = v_select(gt, mul1, v_splat(0.0f));
                    sum6 = v_add(sum6, select1);
                    sum7 = v_add(sum7, select3);
                    v_store(select + (at + k*64), select2);
                }
                sum4 = v_add(sum4, sum6);
                sum5 = v_add(sum5, sum7);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum4));
            v_store(sum3 + v, v_add(v_load(sum3 + v), sum5));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue6(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1584160), v_add(v_add(v_add(v_load(fixed + (e + 1584160)),
            v_load(fixed + (e + 1584224))), v_add(v_load(fixed + (e + 1584288)),
            v_load(fixed + (e + 1584352)))), v_add(v_add(v_load(fixed + (e + 1584416)),
            v_load(fixed + (e + 1584480))), v_add(v_load(fixed + (e + 1584544)),
            v_load(fixed + (e + 1584608))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1584672), v_add(v_add(v_add(v_load(fixed + (e + 1584672)),
            v_load(fixed + (e + 1584736))), v_add(v_load(fixed + (e + 1584800)),
            v_load(fixed + (e + 1584864)))), v_add(v_add(v_load(fixed + (e + 1584928)),
            v_load(fixed + (e + 1584992))), v_add(v_load(fixed + (e + 1585056)),
            v_load(fixed + (e + 1585120))))));
    }
    real *const div = fixed + 1536;
    real *const sum = fixed + 1584160;
    real *const sum1 = fixed + 1584672;
    real *const sqrt_ = fixed + 1920;
    real *const div1 = fixed + 4832;
    real *const fma_ = fixed + 1728;
    real *const div2 = fixed + 1984;
    real *const add = fixed + 5024;
    real *const mul = fixed + 1520;
    real *const select = fixed + 5536;
    real *const add1 = fixed + 5216;
    real *const div3 = fixed + 5600;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 neg = v_neg(v_load(sum + v));
        const v16 fma1 = v_fma(v_load(div + v), neg, v_load(sum1 + v));
        const v16 div4 = v_div(fma1, v_load(sqrt_ + v));
        const m16 gt = v_gt(v_load(fma_ + v), v_splat(0.0f));
        const v16 div5 = v_load(div2 + v);
        const v16 mul2 = v_mul(div5, div4);
        const v16 neg1 = v_neg(mul2);
        const v16 div6 = v_div(neg1, v_load(add + v));
        const v16 div7 = v_div(div6, v_splat(mul1));
        const v16 select1 = v_select(gt, div7, v_splat(0.0f));
        const v16 neg2 = v_neg(div6);
        const v16 mul3 = v_mul(neg2, v_load(add1 + v));
        const v16 select2 = v_select(gt, mul3, v_splat(0.0f));
        const v16 fma2 = v_fma(div5, neg, select2);
        const v16 div8 = v_div(fma2, v_splat(mul1));
        v_store(div1 + v, div4);
        v_store(select + v, select1);
        v_store(div3 + v, div8);
    }
}

/* phase 7, moment 2
 *   each sample
 *     [64 13 13] accumulate %214, stage %213
 *     [64 26 26] stage %42
 *     con %215 [64 64 4 4] = %213 * %42, accumulated
 *     con %216 [64 26 26] = downsampling.3.weight * %213
 *     [64 26 26] combine %219, keep %221, combine %224 */
static NOINLINE void classifier_train_phase7(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2109984 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2110496 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1585184);
        real *const select = fixed + 5536;
        real *const add = values + (batch*47904 + n*10816);
        real *const select1 = values + (batch*61040 + n*10816);
        real *const div = fixed + 5600;
        real *const add1 = fixed + (b*97344 + 49888);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 select2 = v_load(select + v);
            const v16 div1 = v_load(div + v);
            v16 sum1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 13; j++) {
                const ptrdiff_t at = v + j*832;
                v16 sum2 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 13; k++) {
                    const v16 add2 = v_load(add + (at + k*64));
                    const v16 add3 = v_add(add2, add2);
                    const v16 fma_ = v_fma(select2, add3, v_load(select1 + (at + k*64)));
                    const v16 add4 = v_add(fma_, div1);
                    sum2 = v_add(sum2, add4);
                    v_store(add1 + (at + k*64), add4);
                }
                sum1 = v_add(sum1, sum2);
            }
            v_store(sum + v, v_add(v_load(sum + v), sum1));
        }
        real *const add2 = values + (batch*4640 + n*43264);
        real *const div1 = fixed + 928;
        real *const fma_ = fixed + 1056;
        real *const max = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t k = 0; k < 676; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma1 = v_fma(v_load(add2 + (at + v)), v_load(div1 + v), v_load(fma_ + v));
                const v16 max1 = v_max(v_splat(0.0f), fma1);
                v_store(max + (at + v), max1);
            }
        }
        /* downsampling.3: sum over samples */
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 4; l++) {
                kernel13_4x2(fixed, fixed, fixed, b*97344 + 49888, b*97344 + 4896 + k*1664 + l*64,
                    b*65536 + 1585696 + k*16384 + l*4096, (i_max(1 - k, 0) + 1)/2, i_min(13,
                    (27 - k + 1)/2), (i_max(1 - l, 0) + 1)/2, i_min(13, (27 - l + 1)/2));
            }
        }
        /* downsampling.3 */
        ROLL for (ptrdiff_t k = 0; k < 13; k++) {
            kernel14_5x2(fixed, fixed, fixed, 1004704, b*97344 + 49888 + k*832,
                b*97344 + 58976 + k*3328 + 3456, 0, i_min(2, 13 - k));
        }
        ROLL for (ptrdiff_t k = 0; k < 13; k++) {
            kernel15_5x2(fixed, fixed, fixed, 1000608, b*97344 + 49888 + k*832 - 64,
                b*97344 + 58976 + k*3328 + 3392, 0, i_min(2, 13 - k));
        }
        ROLL for (ptrdiff_t k = 0; k < 13; k++) {
            kernel14_5x2(fixed, fixed, fixed, 988320, b*97344 + 49888 + k*832 - 832,
                b*97344 + 58976 + k*3328 + 1792, i_max(1 - k, 0), 2);
        }
        ROLL for (ptrdiff_t k = 0; k < 13; k++) {
            kernel15_5x2(fixed, fixed, fixed, 984224, b*97344 + 49888 + k*832 - 896,
                b*97344 + 58976 + k*3328 + 1728, i_max(1 - k, 0), 2);
        }
        real *const sum1 = fixed + (b*64 + 2109984);
        real *const max1 = fixed + (b*97344 + 6624);
        real *const sum2 = fixed + (b*97344 + 60704);
        real *const div2 = fixed + 928;
        real *const select2 = values + (batch*71856 + n*43264);
        real *const sum3 = fixed + (b*64 + 2110496);
        real *const add3 = values + (batch*4640 + n*43264);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div3 = v_load(div2 + v);
            v16 sum4 = v_splat(0.0f);
            v16 sum5 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 26; j++) {
                const ptrdiff_t at = v + j*1664;
                v16 sum6 = v_splat(0.0f);
                v16 sum7 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 26; k++) {
                    const m16 gt = v_gt(v_load(max1 + (at + k*64)), v_splat(0.0f));
                    const v16 sum8 = v_load(sum2 + (at + k*64));
                    const v16 select3 = v_select(gt, sum8, v_splat(0.0f));
                    const v16 mul = v_mul(div3, sum8);
                    const v16 select4 = v_select(gt, mul, v_splat(0.0f));
                    const v16 mul1 = v_mul(v_load(add3 + (at + k*64)), sum8);
                    const v16 select5 = v_select(gt, mul1, v_splat(0.0f));
                    sum6 = v_add(sum6, select3);
                    sum7 = v_add(sum7, select5);
                    v_store(select2 + (at + k*64), select4);
                }
                sum4 = v_add(sum4, sum6);
                sum5 = v_add(sum5, sum7);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum4));
            v_store(sum3 + v, v_add(v_load(sum3 + v), sum5));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue7(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2109984), v_add(v_add(v_add(v_load(fixed + (e + 2109984)),
            v_load(fixed + (e + 2110048))), v_add(v_load(fixed + (e + 2110112)),
            v_load(fixed + (e + 2110176)))), v_add(v_add(v_load(fixed + (e + 2110240)),
            v_load(fixed + (e + 2110304))), v_add(v_load(fixed + (e + 2110368)),
            v_load(fixed + (e + 2110432))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2110496), v_add(v_add(v_add(v_load(fixed + (e + 2110496)),
            v_load(fixed + (e + 2110560))), v_add(v_load(fixed + (e + 2110624)),
            v_load(fixed + (e + 2110688)))), v_add(v_add(v_load(fixed + (e + 2110752)),
            v_load(fixed + (e + 2110816))), v_add(v_load(fixed + (e + 2110880)),
            v_load(fixed + (e + 2110944))))));
    }
    real *const div = fixed + 480;
    real *const sum = fixed + 2109984;
    real *const sum1 = fixed + 2110496;
    real *const sqrt_ = fixed + 864;
    real *const div1 = fixed + 5792;
    real *const fma_ = fixed + 672;
    real *const div2 = fixed + 928;
    real *const add = fixed + 5984;
    real *const mul = fixed + 464;
    real *const select = fixed + 6496;
    real *const add1 = fixed + 6176;
    real *const div3 = fixed + 6560;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 neg = v_neg(v_load(sum + v));
        const v16 fma1 = v_fma(v_load(div + v), neg, v_load(sum1 + v));
        const v16 div4 = v_div(fma1, v_load(sqrt_ + v));
        const m16 gt = v_gt(v_load(fma_ + v), v_splat(0.0f));
        const v16 div5 = v_load(div2 + v);
        const v16 mul2 = v_mul(div5, div4);
        const v16 neg1 = v_neg(mul2);
        const v16 div6 = v_div(neg1, v_load(add + v));
        const v16 div7 = v_div(div6, v_splat(mul1));
        const v16 select1 = v_select(gt, div7, v_splat(0.0f));
        const v16 neg2 = v_neg(div6);
        const v16 mul3 = v_mul(neg2, v_load(add1 + v));
        const v16 select2 = v_select(gt, mul3, v_splat(0.0f));
        const v16 fma2 = v_fma(div5, neg, select2);
        const v16 div8 = v_div(fma2, v_splat(mul1));
        v_store(div1 + v, div4);
        v_store(select + v, select1);
        v_store(div3 + v, div8);
    }
}

/* phase 8, moment 2
 *   each sample
 *     [64 26 26] accumulate %246, stage %245
 *     [28 28] stage %6
 *     con %247 [64 1 3 3] = %245 * %6, accumulated */
static NOINLINE void classifier_train_phase8(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 2111008);
        real *const select = fixed + 6496;
        real *const add = values + (batch*4640 + n*43264);
        real *const select1 = values + (batch*71856 + n*43264);
        real *const div = fixed + 6560;
        real *const add1 = fixed + (b*97344 + 7520);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 select2 = v_load(select + v);
            const v16 div1 = v_load(div + v);
            v16 sum1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 26; j++) {
                const ptrdiff_t at = v + j*1664;
                v16 sum2 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 26; k++) {
                    const v16 add2 = v_load(add + (at + k*64));
                    const v16 add3 = v_add(add2, add2);
                    const v16 fma_ = v_fma(select2, add3, v_load(select1 + (at + k*64)));
                    const v16 add4 = v_add(fma_, div1);
                    sum2 = v_add(sum2, add4);
                    v_store(add1 + (at + k*64), add4);
                }
                sum1 = v_add(sum1, sum2);
            }
            v_store(sum + v, v_add(v_load(sum + v), sum1));
        }
        const real *const image = inputs + n*785;
        real *const div1 = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t i = 0; i < 28; i++) {
            const ptrdiff_t at = i*28;
            const ptrdiff_t at1 = i*32;
            ROLL for (ptrdiff_t v = 0; v < 28; v += 16) {
                const v16 div2 = v_div(v_gather(image + (at + v), 1, i_min(28 - v, 16)),
                    v_splat(255.0f));
                const v16 sub = v_sub(div2, v_splat(0.1307f));
                const v16 div3 = v_div(sub, v_splat(0.3081f));
                v_store(div1 + (at1 + v), div3);
            }
        }
        /* downsampling.0: sum over samples */
        ROLL for (ptrdiff_t j = 0; j < 3; j++) {
            kernel16_3x4(fixed, fixed, fixed, b*97344 + 7520, b*97344 + 6624 + j*32,
                b*576 + 2111520 + j*192);
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue8(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)outputs, (void)values, (void)t, (void)h,
        (void)weight;
    real *const to = buffers + slot;
    real *const fma_ = fixed + 1184;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to + v, v_load(fma_ + v));
    }
    real *const to1 = buffers + (slot + 64);
    real *const fma1 = fixed + 1456;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to1 + v, v_load(fma1 + v));
    }
    real *const to2 = buffers + (slot + 128);
    real *const fma2 = fixed + 2240;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to2 + v, v_load(fma2 + v));
    }
    real *const to3 = buffers + (slot + 192);
    real *const fma3 = fixed + 2512;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to3 + v, v_load(fma3 + v));
    }
    real *const to4 = buffers + (slot + 256);
    real *const fma4 = fixed + 3296;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to4 + v, v_load(fma4 + v));
    }
    real *const to5 = buffers + (slot + 320);
    real *const fma5 = fixed + 3568;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to5 + v, v_load(fma5 + v));
    }
    real *const to6 = fixed + 2116128;
    real *const div = fixed + 5792;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to6 + v, v_add(v_load(to6 + v), v_load(div + v)));
    }
    real *const to7 = fixed + 2116192;
    real *const sum = fixed + 2109984;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to7 + v, v_add(v_load(to7 + v), v_load(sum + v)));
    }
    real *const to8 = fixed + 2116256;
    real *const div1 = fixed + 4832;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to8 + v, v_add(v_load(to8 + v), v_load(div1 + v)));
    }
    real *const to9 = fixed + 2116320;
    real *const sum1 = fixed + 1584160;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to9 + v, v_add(v_load(to9 + v), v_load(sum1 + v)));
    }
    real *const to10 = fixed + 2116384;
    real *const div2 = fixed + 3872;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to10 + v, v_add(v_load(to10 + v), v_load(div2 + v)));
    }
    real *const to11 = fixed + 2116448;
    real *const mul = fixed + 3680;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to11 + v, v_add(v_load(to11 + v), v_load(mul + v)));
    }
}

/* From what is accumulated to gradients. */
static NOINLINE void classifier_train_finish(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    real *RESTRICT g_theta)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 1053088), v_add(v_add(v_add(v_load(fixed + (e + 1053088)),
            v_load(fixed + (e + 1053104))), v_add(v_load(fixed + (e + 1053120)),
            v_load(fixed + (e + 1053136)))), v_add(v_add(v_load(fixed + (e + 1053152)),
            v_load(fixed + (e + 1053168))), v_add(v_load(fixed + (e + 1053184)),
            v_load(fixed + (e + 1053200))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 640; e += 16) {
        v_store(fixed + (e + 1053216), v_add(v_add(v_add(v_load(fixed + (e + 1053216)),
            v_load(fixed + (e + 1053856))), v_add(v_load(fixed + (e + 1054496)),
            v_load(fixed + (e + 1055136)))), v_add(v_add(v_load(fixed + (e + 1055776)),
            v_load(fixed + (e + 1056416))), v_add(v_load(fixed + (e + 1057056)),
            v_load(fixed + (e + 1057696))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1059360), v_add(v_add(v_add(v_load(fixed + (e + 1059360)),
            v_load(fixed + (e + 1059424))), v_add(v_load(fixed + (e + 1059488)),
            v_load(fixed + (e + 1059552)))), v_add(v_add(v_load(fixed + (e + 1059616)),
            v_load(fixed + (e + 1059680))), v_add(v_load(fixed + (e + 1059744)),
            v_load(fixed + (e + 1059808))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 65536; e += 16) {
        v_store(fixed + (e + 1059872), v_add(v_add(v_add(v_load(fixed + (e + 1059872)),
            v_load(fixed + (e + 1125408))), v_add(v_load(fixed + (e + 1190944)),
            v_load(fixed + (e + 1256480)))), v_add(v_add(v_load(fixed + (e + 1322016)),
            v_load(fixed + (e + 1387552))), v_add(v_load(fixed + (e + 1453088)),
            v_load(fixed + (e + 1518624))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 1585184), v_add(v_add(v_add(v_load(fixed + (e + 1585184)),
            v_load(fixed + (e + 1585248))), v_add(v_load(fixed + (e + 1585312)),
            v_load(fixed + (e + 1585376)))), v_add(v_add(v_load(fixed + (e + 1585440)),
            v_load(fixed + (e + 1585504))), v_add(v_load(fixed + (e + 1585568)),
            v_load(fixed + (e + 1585632))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 65536; e += 16) {
        v_store(fixed + (e + 1585696), v_add(v_add(v_add(v_load(fixed + (e + 1585696)),
            v_load(fixed + (e + 1651232))), v_add(v_load(fixed + (e + 1716768)),
            v_load(fixed + (e + 1782304)))), v_add(v_add(v_load(fixed + (e + 1847840)),
            v_load(fixed + (e + 1913376))), v_add(v_load(fixed + (e + 1978912)),
            v_load(fixed + (e + 2044448))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2111008), v_add(v_add(v_add(v_load(fixed + (e + 2111008)),
            v_load(fixed + (e + 2111072))), v_add(v_load(fixed + (e + 2111136)),
            v_load(fixed + (e + 2111200)))), v_add(v_add(v_load(fixed + (e + 2111264)),
            v_load(fixed + (e + 2111328))), v_add(v_load(fixed + (e + 2111392)),
            v_load(fixed + (e + 2111456))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 576; e += 16) {
        v_store(fixed + (e + 2111520), v_add(v_add(v_add(v_load(fixed + (e + 2111520)),
            v_load(fixed + (e + 2112096))), v_add(v_load(fixed + (e + 2112672)),
            v_load(fixed + (e + 2113248)))), v_add(v_add(v_load(fixed + (e + 2113824)),
            v_load(fixed + (e + 2114400))), v_add(v_load(fixed + (e + 2114976)),
            v_load(fixed + (e + 2115552))))));
    }
    real *const to = g_theta;
    real *const sum = fixed + 2111520;
    ROLL for (ptrdiff_t l = 0; l < 9; l++) {
        const ptrdiff_t at = l*64;
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v_scatter(to + (l + v*9), 9, 16, v_add(v_gather(to + (l + v*9), 9, 16),
                v_load(sum + (at + v))));
        }
    }
    real *const to1 = g_theta + 576;
    real *const sum1 = fixed + 2111008;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to1 + v, v_add(v_load(to1 + v), v_load(sum1 + v)));
    }
    real *const to2 = g_theta + 768;
    real *const sum2 = fixed + 1585696;
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        const ptrdiff_t at = i*64;
        const ptrdiff_t at1 = i*1024;
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            const ptrdiff_t at2 = at + l*4096;
            const ptrdiff_t at3 = at1 + l;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                v_scatter(to2 + (at3 + v*16), 16, 16, v_add(v_gather(to2 + (at3 + v*16), 16, 16),
                    v_load(sum2 + (at2 + v))));
            }
        }
    }
    real *const to3 = g_theta + 66304;
    real *const sum3 = fixed + 1585184;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to3 + v, v_add(v_load(to3 + v), v_load(sum3 + v)));
    }
    real *const to4 = g_theta + 66496;
    real *const sum4 = fixed + 1059872;
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        const ptrdiff_t at = i*64;
        const ptrdiff_t at1 = i*1024;
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            const ptrdiff_t at2 = at + l*4096;
            const ptrdiff_t at3 = at1 + l;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                v_scatter(to4 + (at3 + v*16), 16, 16, v_add(v_gather(to4 + (at3 + v*16), 16, 16),
                    v_load(sum4 + (at2 + v))));
            }
        }
    }
    real *const to5 = g_theta + 132032;
    real *const sum5 = fixed + 1059360;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to5 + v, v_add(v_load(to5 + v), v_load(sum5 + v)));
    }
    real *const to6 = g_theta + 207360;
    real *const sum6 = fixed + 1053216;
    ROLL for (ptrdiff_t v = 0; v < 640; v += 16) {
        v_store(to6 + v, v_add(v_load(to6 + v), v_load(sum6 + v)));
    }
    real *const to7 = g_theta + 208000;
    real *const sum7 = fixed + 1053088;
    v_scatter(to7, 1, 10, v_add(v_gather(to7, 1, 10), v_load(sum7)));
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 640] = g_theta[e + 640] + fixed[e + 2116128];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 704] = g_theta[e + 704] + fixed[e + 2116192];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 66368] = g_theta[e + 66368] + fixed[e + 2116256];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 66432] = g_theta[e + 66432] + fixed[e + 2116320];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 207232] = g_theta[e + 207232] + fixed[e + 2116384];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 207296] = g_theta[e + 207296] + fixed[e + 2116448];
    }
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_feature_step_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + 2240736 + m*64 + i),
                    v_gather(theta + (l*3 + 576 + m + i*585 + 132096), 585, 16));
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, 2240736, j*384 + 2116768, i_max(1 - j, 0), i_min(3, 7 - j));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 2121376), v_splat(1.0f));
    }
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + 2241312 + m*64 + i),
                    v_gather(theta + (l*3 + 576 + m + i*585 + 169664), 585, 16));
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, 2241312, j*384 + 2122064, i_max(1 - j, 0), i_min(3, 7 - j));
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 2164960 + n*12288 + o*4096 + j),
                        v_gather(theta + (m*9 + n*3 + o + j*585 + 132096), 585, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 2201824 + n*12288 + o*4096 + j),
                        v_gather(theta + (m*9 + n*3 + o + j*585 + 169664), 585, 16));
                }
            }
        }
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_feature_step_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)inputs, (void)theta, (void)outputs, (void)values, (void)h, (void)weight;
    real *const feature_func_norm1_running_mean = buffers + (slot + 384);
    real *const mul = fixed + 2127312;
    real *const feature_func_norm1_running_var = buffers + (slot + 448);
    real *const mul1 = fixed + 2127584;
    real *const feature_func_norm2_running_mean = buffers + (slot + 512);
    real *const mul2 = fixed + 2127712;
    real *const feature_func_norm2_running_var = buffers + (slot + 576);
    real *const mul3 = fixed + 2127968;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 mul4 = v_mul(v_load(feature_func_norm1_running_mean + v), v_splat(0.9f));
        const v16 mul5 = v_mul(v_load(feature_func_norm1_running_var + v), v_splat(0.9f));
        const v16 mul6 = v_mul(v_load(feature_func_norm2_running_mean + v), v_splat(0.9f));
        const v16 mul7 = v_mul(v_load(feature_func_norm2_running_var + v), v_splat(0.9f));
        v_store(mul + v, mul4);
        v_store(mul1 + v, mul5);
        v_store(mul2 + v, mul6);
        v_store(mul3 + v, mul7);
    }
    real *const sum = fixed + 2116768;
    real *const mul4 = fixed + 2119072;
    real *const sum1 = fixed + 2122064;
    real *const mul5 = fixed + 2124368;
    ROLL for (ptrdiff_t v = 0; v < 2304; v += 16) {
        const v16 mul6 = v_mul(v_load(sum + v), v_splat(t));
        const v16 mul7 = v_mul(v_splat(t), v_load(sum1 + v));
        v_store(mul4 + v, mul6);
        v_store(mul5 + v, mul7);
    }
    real sum2 = 0.0f;
    sum2 = sum2 + fixed[2121376];
    fixed[2121392] = sum2;
    const real samples = (real)batch;
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 2121392), v_mul(v_load(fixed + (e + 2121392)), v_splat(samples)));
    }
    real *const sum3 = fixed + 2121392;
    real *const mul6 = fixed + 2121408;
    real *const sub = fixed + 2127440;
    const real mul7 = sum3[0]*36.0f;
    const real sub1 = mul7 - 1.0f;
    mul6[0] = mul7;
    sub[0] = sub1;
}

/* phase 0
 *   each sample
 *     con %1 [64 6 6] = feature.func.conv1.weight * x
 *     [64 6 6] keep %8, combine %10 %15 */
static NOINLINE void classifier_feature_step_phase0(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2238688 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2239200 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        /* feature.func.conv1 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, values, fixed, 2164960, n*2304 - 448 + k*384,
                b*4608 + 2128096 + k*384, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const sum = fixed + (b*4608 + 2128096);
        real *const mul = fixed + 2119072;
        real *const max = values + (batch*115568 + n*2304);
        real *const sum1 = fixed + (b*64 + 2238688);
        real *const sum2 = fixed + (b*64 + 2239200);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v16 sum3 = v_splat(0.0f);
            v16 sum4 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum5 = v_splat(0.0f);
                v16 sum6 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 add = v_add(v_load(sum + (at + k*64)), v_load(mul + (at + k*64)));
                    const v16 max1 = v_max(v_splat(0.0f), add);
                    const v16 mul1 = v_mul(max1, max1);
                    sum5 = v_add(sum5, max1);
                    sum6 = v_add(sum6, mul1);
                    v_store(max + (at + k*64), max1);
                }
                sum3 = v_add(sum3, sum5);
                sum4 = v_add(sum4, sum6);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum3));
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum4));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_step_glue0(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2238688), v_add(v_add(v_add(v_load(fixed + (e + 2238688)),
            v_load(fixed + (e + 2238752))), v_add(v_load(fixed + (e + 2238816)),
            v_load(fixed + (e + 2238880)))), v_add(v_add(v_load(fixed + (e + 2238944)),
            v_load(fixed + (e + 2239008))), v_add(v_load(fixed + (e + 2239072)),
            v_load(fixed + (e + 2239136))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2239200), v_add(v_add(v_add(v_load(fixed + (e + 2239200)),
            v_load(fixed + (e + 2239264))), v_add(v_load(fixed + (e + 2239328)),
            v_load(fixed + (e + 2239392)))), v_add(v_add(v_load(fixed + (e + 2239456)),
            v_load(fixed + (e + 2239520))), v_add(v_load(fixed + (e + 2239584)),
            v_load(fixed + (e + 2239648))))));
    }
    const real *const feature_func_norm1_weight = theta + 169536;
    real *const sum = fixed + 2238688;
    real *const mul = fixed + 2121408;
    real *const sum1 = fixed + 2239200;
    real *const div = fixed + 2121872;
    const real *const feature_func_norm1_bias = theta + 169600;
    real *const fma_ = fixed + 2122000;
    real *const mul1 = fixed + 2127312;
    real *const fma1 = fixed + 2127376;
    real *const sub = fixed + 2127440;
    real *const mul2 = fixed + 2127584;
    real *const fma2 = fixed + 2127648;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div1 = v_div(v_load(sum + v), v_splat(mul3));
        const v16 neg = v_neg(div1);
        const v16 div2 = v_div(v_load(sum1 + v), v_splat(mul3));
        const v16 fma3 = v_fma(div1, neg, div2);
        const v16 max = v_max(fma3, v_splat(0.0f));
        const v16 add = v_add(max, v_splat(1e-5f));
        const v16 sqrt_ = v_sqrt(add);
        const v16 div3 = v_div(v_load(feature_func_norm1_weight + v), sqrt_);
        const v16 neg1 = v_neg(div3);
        const v16 fma4 = v_fma(div1, neg1, v_load(feature_func_norm1_bias + v));
        const v16 fma5 = v_fma(div1, v_splat(0.1f), v_load(mul1 + v));
        const v16 mul4 = v_mul(v_splat(mul3), max);
        const v16 div4 = v_div(mul4, v_splat(sub1));
        const v16 fma6 = v_fma(v_splat(0.1f), div4, v_load(mul2 + v));
        v_store(div + v, div3);
        v_store(fma_ + v, fma4);
        v_store(fma1 + v, fma5);
        v_store(fma2 + v, fma6);
    }
}

/* phase 1
 *   each sample
 *     [64 6 6] stage %29
 *     con %33 [64 6 6] = feature.func.conv2.weight * %29
 *     [64 6 6] keep %35, combine %36 %39 */
static NOINLINE void classifier_feature_step_phase1(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2239712 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2240224 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*115568 + n*2304);
        real *const div = fixed + 2121872;
        real *const fma_ = fixed + 2122000;
        real *const fma1 = fixed + (b*4608 + 2128096);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma2 = v_fma(v_load(max + (at + v)), v_load(div + v), v_load(fma_ + v));
                v_store(fma1 + (at + v), fma2);
            }
        }
        /* feature.func.conv2 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, fixed, fixed, 2201824, b*4608 + 2127648 + k*384,
                b*4608 + 2130400 + k*384, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const mul = fixed + 2124368;
        real *const sum = fixed + (b*4608 + 2130400);
        real *const max1 = values + (batch*117872 + n*2304);
        real *const sum1 = fixed + (b*64 + 2239712);
        real *const sum2 = fixed + (b*64 + 2240224);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v16 sum3 = v_splat(0.0f);
            v16 sum4 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum5 = v_splat(0.0f);
                v16 sum6 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 add = v_add(v_load(mul + (at + k*64)), v_load(sum + (at + k*64)));
                    const v16 max2 = v_max(v_splat(0.0f), add);
                    const v16 mul1 = v_mul(max2, max2);
                    sum5 = v_add(sum5, max2);
                    sum6 = v_add(sum6, mul1);
                    v_store(max1 + (at + k*64), max2);
                }
                sum3 = v_add(sum3, sum5);
                sum4 = v_add(sum4, sum6);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum3));
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum4));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_step_glue1(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2239712), v_add(v_add(v_add(v_load(fixed + (e + 2239712)),
            v_load(fixed + (e + 2239776))), v_add(v_load(fixed + (e + 2239840)),
            v_load(fixed + (e + 2239904)))), v_add(v_add(v_load(fixed + (e + 2239968)),
            v_load(fixed + (e + 2240032))), v_add(v_load(fixed + (e + 2240096)),
            v_load(fixed + (e + 2240160))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2240224), v_add(v_add(v_add(v_load(fixed + (e + 2240224)),
            v_load(fixed + (e + 2240288))), v_add(v_load(fixed + (e + 2240352)),
            v_load(fixed + (e + 2240416)))), v_add(v_add(v_load(fixed + (e + 2240480)),
            v_load(fixed + (e + 2240544))), v_add(v_load(fixed + (e + 2240608)),
            v_load(fixed + (e + 2240672))))));
    }
    const real *const feature_func_norm2_weight = theta + 207104;
    real *const sum = fixed + 2239712;
    real *const mul = fixed + 2121408;
    real *const sum1 = fixed + 2240224;
    real *const div = fixed + 2127120;
    const real *const feature_func_norm2_bias = theta + 207168;
    real *const fma_ = fixed + 2127248;
    real *const mul1 = fixed + 2127712;
    real *const fma1 = fixed + 2127776;
    real *const sub = fixed + 2127440;
    real *const mul2 = fixed + 2127968;
    real *const fma2 = fixed + 2128032;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div1 = v_div(v_load(sum + v), v_splat(mul3));
        const v16 neg = v_neg(div1);
        const v16 div2 = v_div(v_load(sum1 + v), v_splat(mul3));
        const v16 fma3 = v_fma(div1, neg, div2);
        const v16 max = v_max(fma3, v_splat(0.0f));
        const v16 add = v_add(v_splat(1e-5f), max);
        const v16 sqrt_ = v_sqrt(add);
        const v16 div3 = v_div(v_load(feature_func_norm2_weight + v), sqrt_);
        const v16 neg1 = v_neg(div3);
        const v16 fma4 = v_fma(div1, neg1, v_load(feature_func_norm2_bias + v));
        const v16 fma5 = v_fma(div1, v_splat(0.1f), v_load(mul1 + v));
        const v16 mul4 = v_mul(v_splat(mul3), max);
        const v16 div4 = v_div(mul4, v_splat(sub1));
        const v16 fma6 = v_fma(v_splat(0.1f), div4, v_load(mul2 + v));
        v_store(div + v, div3);
        v_store(fma_ + v, fma4);
        v_store(fma1 + v, fma5);
        v_store(fma2 + v, fma6);
    }
}

/* phase 2
 *   each sample
 *     [64 6 6] give x = %69 */
static NOINLINE void classifier_feature_step_phase2(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*117872 + n*2304);
        real *const div = fixed + 2127120;
        real *const fma_ = fixed + 2127248;
        real *const x = values + n*2304;
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma1 = v_fma(v_load(max + (at + v)), v_load(div + v), v_load(fma_ + v));
                const v16 fma2 = v_fma(fma1, v_splat(h), v_load(x + (at + v)));
                v_store(x + (at + v), fma2);
            }
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_step_glue2(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)outputs, (void)values, (void)t, (void)h,
        (void)weight;
    real *const to = buffers + (slot + 384);
    real *const fma_ = fixed + 2127376;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to + v, v_load(fma_ + v));
    }
    real *const to1 = buffers + (slot + 448);
    real *const fma1 = fixed + 2127648;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to1 + v, v_load(fma1 + v));
    }
    real *const to2 = buffers + (slot + 512);
    real *const fma2 = fixed + 2127776;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to2 + v, v_load(fma2 + v));
    }
    real *const to3 = buffers + (slot + 576);
    real *const fma3 = fixed + 2128032;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to3 + v, v_load(fma3 + v));
    }
}

/* out[64*r + v] += sum of a[r + 384*k0 + 64*k1] * b[384*k0 + 64*k1 + v] for 64 r, 64 v, clipped
 * k0, clipped k1; in tiles of 4 rows and 2 vectors. */
static NOINLINE void kernel17_4x2(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to, ptrdiff_t from1, ptrdiff_t to1)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            ROLL for (ptrdiff_t r = 0; r < 64; r += 4) {
                reg c0_0 = p_load(out + (out_at + r*64 + v) + part);
                reg c0_1 = p_load(out + (out_at + r*64 + v + 16) + part);
                reg c1_0 = p_load(out + (out_at + r*64 + v + 64) + part);
                reg c1_1 = p_load(out + (out_at + r*64 + v + 80) + part);
                reg c2_0 = p_load(out + (out_at + r*64 + v + 128) + part);
                reg c2_1 = p_load(out + (out_at + r*64 + v + 144) + part);
                reg c3_0 = p_load(out + (out_at + r*64 + v + 192) + part);
                reg c3_1 = p_load(out + (out_at + r*64 + v + 208) + part);
                ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                    ROLL for (ptrdiff_t k1 = from1; k1 < to1; k1++) {
                        const real *const a1 = a + (a_at + r + k0*384 + k1*64);
                        const real *const b1 = b + (b_at + v + k0*384 + k1*64);
                        const reg w = p_load(b1 + part);
                        const reg w1 = p_load(b1 + 16 + part);
                        const reg u = p_splat(a1[0]);
                        c0_0 = p_fma(u, w, c0_0);
                        c0_1 = p_fma(u, w1, c0_1);
                        const reg u1 = p_splat(a1[1]);
                        c1_0 = p_fma(u1, w, c1_0);
                        c1_1 = p_fma(u1, w1, c1_1);
                        const reg u2 = p_splat(a1[2]);
                        c2_0 = p_fma(u2, w, c2_0);
                        c2_1 = p_fma(u2, w1, c2_1);
                        const reg u3 = p_splat(a1[3]);
                        c3_0 = p_fma(u3, w, c3_0);
                        c3_1 = p_fma(u3, w1, c3_1);
                    }
                }
                p_store(out + (out_at + r*64 + v) + part, c0_0);
                p_store(out + (out_at + r*64 + v + 16) + part, c0_1);
                p_store(out + (out_at + r*64 + v + 64) + part, c1_0);
                p_store(out + (out_at + r*64 + v + 80) + part, c1_1);
                p_store(out + (out_at + r*64 + v + 128) + part, c2_0);
                p_store(out + (out_at + r*64 + v + 144) + part, c2_1);
                p_store(out + (out_at + r*64 + v + 192) + part, c3_0);
                p_store(out + (out_at + r*64 + v + 208) + part, c3_1);
            }
        }
    }
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_feature_pull_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + 3364640 + m*64 + i),
                    v_gather(theta + (l*3 + 576 + m + i*585 + 132096), 585, 16));
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, 3364640, j*384 + 2241904, i_max(1 - j, 0), i_min(3, 7 - j));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 2246512), v_splat(1.0f));
    }
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + 3365216 + m*64 + i),
                    v_gather(theta + (l*3 + 576 + m + i*585 + 169664), 585, 16));
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, 3365216, j*384 + 2247200, i_max(1 - j, 0), i_min(3, 7 - j));
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 2586144 + n*12288 + o*4096 + j),
                        v_gather(theta + (m*9 + n*3 + o + j*585 + 132096), 585, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + 2623008 + n*12288 + o*4096 + j),
                        v_gather(theta + (m*9 + n*3 + o + j*585 + 169664), 585, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t o = 0; o < 64; o++) {
        ROLL for (ptrdiff_t l = 0; l < 3; l++) {
            ROLL for (ptrdiff_t n = 0; n < 3; n++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (o*64 + 2692640 + l*(-12288) + n*(-4096) + j),
                        v_gather(theta + (o*585 + l*3 + n + j*9 + 169664), 9, 16));
                }
            }
        }
    }
    ROLL for (ptrdiff_t o = 0; o < 64; o++) {
        ROLL for (ptrdiff_t l = 0; l < 3; l++) {
            ROLL for (ptrdiff_t n = 0; n < 3; n++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (o*64 + 2729504 + l*(-12288) + n*(-4096) + j),
                        v_gather(theta + (o*585 + l*3 + n + j*9 + 132096), 9, 16));
                }
            }
        }
    }
}

/* Nothing is accumulated yet. */
static NOINLINE void classifier_feature_pull_clear(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 294912; e += 16) {
        v_store(fixed + (e + 2736672), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 18432; e += 16) {
        v_store(fixed + (e + 3031584), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 18432; e += 16) {
        v_store(fixed + (e + 3051040), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 294912; e += 16) {
        v_store(fixed + (e + 3069472), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3364384] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3364448] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3364512] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3364576] = 0.0f;
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_feature_pull_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values, (void)weight;
    real *const neg = fixed + 2241888;
    const real neg1 = -h;
    neg[0] = neg1;
    real *const sum = fixed + 2241904;
    real *const mul = fixed + 2244208;
    real *const sum1 = fixed + 2247200;
    real *const mul1 = fixed + 2249504;
    ROLL for (ptrdiff_t v = 0; v < 2304; v += 16) {
        const v16 mul2 = v_mul(v_load(sum + v), v_splat(t));
        const v16 mul3 = v_mul(v_splat(t), v_load(sum1 + v));
        v_store(mul + v, mul2);
        v_store(mul1 + v, mul3);
    }
    real sum2 = 0.0f;
    sum2 = sum2 + fixed[2246512];
    fixed[2246528] = sum2;
    const real samples = (real)batch;
    ROLL for (ptrdiff_t e = 0; e < 16; e += 16) {
        v_store(fixed + (e + 2246528), v_mul(v_load(fixed + (e + 2246528)), v_splat(samples)));
    }
    real *const sum3 = fixed + 2246528;
    real *const mul2 = fixed + 2246544;
    const real mul3 = sum3[0]*36.0f;
    mul2[0] = mul3;
}

/* phase 0
 *   each sample
 *     con %2 [64 6 6] = feature.func.conv1.weight * x
 *     [64 6 6] keep %9, combine %11 %16 */
static NOINLINE void classifier_feature_pull_phase0(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2733600 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2734112 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        /* feature.func.conv1 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, values, fixed, 2586144, n*2304 - 448 + k*384,
                b*6912 + 2530848 + k*384, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const sum = fixed + (b*6912 + 2530848);
        real *const mul = fixed + 2244208;
        real *const max = values + (batch*115568 + n*2304);
        real *const sum1 = fixed + (b*64 + 2733600);
        real *const sum2 = fixed + (b*64 + 2734112);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v16 sum3 = v_splat(0.0f);
            v16 sum4 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum5 = v_splat(0.0f);
                v16 sum6 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 add = v_add(v_load(sum + (at + k*64)), v_load(mul + (at + k*64)));
                    const v16 max1 = v_max(v_splat(0.0f), add);
                    const v16 mul1 = v_mul(max1, max1);
                    sum5 = v_add(sum5, max1);
                    sum6 = v_add(sum6, mul1);
                    v_store(max + (at + k*64), max1);
                }
                sum3 = v_add(sum3, sum5);
                sum4 = v_add(sum4, sum6);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum3));
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum4));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_pull_glue0(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2733600), v_add(v_add(v_add(v_load(fixed + (e + 2733600)),
            v_load(fixed + (e + 2733664))), v_add(v_load(fixed + (e + 2733728)),
            v_load(fixed + (e + 2733792)))), v_add(v_add(v_load(fixed + (e + 2733856)),
            v_load(fixed + (e + 2733920))), v_add(v_load(fixed + (e + 2733984)),
            v_load(fixed + (e + 2734048))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2734112), v_add(v_add(v_add(v_load(fixed + (e + 2734112)),
            v_load(fixed + (e + 2734176))), v_add(v_load(fixed + (e + 2734240)),
            v_load(fixed + (e + 2734304)))), v_add(v_add(v_load(fixed + (e + 2734368)),
            v_load(fixed + (e + 2734432))), v_add(v_load(fixed + (e + 2734496)),
            v_load(fixed + (e + 2734560))))));
    }
    real *const sum = fixed + 2733600;
    real *const mul = fixed + 2246544;
    real *const div = fixed + 2246560;
    real *const sum1 = fixed + 2734112;
    real *const fma_ = fixed + 2246752;
    real *const sqrt_ = fixed + 2246944;
    const real *const feature_func_norm1_weight = theta + 169536;
    real *const div1 = fixed + 2247008;
    const real *const feature_func_norm1_bias = theta + 169600;
    real *const fma1 = fixed + 2247136;
    real *const add = fixed + 2391968;
    real *const add1 = fixed + 2392160;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div2 = v_div(v_load(sum + v), v_splat(mul1));
        const v16 neg = v_neg(div2);
        const v16 div3 = v_div(v_load(sum1 + v), v_splat(mul1));
        const v16 fma2 = v_fma(div2, neg, div3);
        const v16 max = v_max(fma2, v_splat(0.0f));
        const v16 add2 = v_add(max, v_splat(1e-5f));
        const v16 sqrt1 = v_sqrt(add2);
        const v16 div4 = v_div(v_load(feature_func_norm1_weight + v), sqrt1);
        const v16 neg1 = v_neg(div4);
        const v16 fma3 = v_fma(div2, neg1, v_load(feature_func_norm1_bias + v));
        const v16 add3 = v_add(sqrt1, sqrt1);
        const v16 add4 = v_add(div2, div2);
        v_store(div + v, div2);
        v_store(fma_ + v, fma2);
        v_store(sqrt_ + v, sqrt1);
        v_store(div1 + v, div4);
        v_store(fma1 + v, fma3);
        v_store(add + v, add3);
        v_store(add1 + v, add4);
    }
}

/* phase 1
 *   each sample
 *     [64 6 6] stage %30, combine %55
 *     con %34 [64 6 6] = feature.func.conv2.weight * %30
 *     [64 6 6] keep %36, combine %37 %40 %58 */
static NOINLINE void classifier_feature_pull_phase1(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)t, (void)h,
        (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2734624 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2735136 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2735648 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 2736160 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*115568 + n*2304);
        real *const div = fixed + 2247008;
        real *const fma_ = fixed + 2247136;
        real *const fma1 = fixed + (b*6912 + 2530848);
        real *const sum = fixed + (b*64 + 2735648);
        real *const a_x = values + (batch*2304 + n*2304);
        real *const neg = fixed + 2241888;
        const real neg1 = neg[0];
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div1 = v_load(div + v);
            const v16 fma2 = v_load(fma_ + v);
            v16 sum1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum2 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 fma3 = v_fma(v_load(max + (at + k*64)), div1, fma2);
                    const v16 mul = v_mul(v_load(a_x + (at + k*64)), v_splat(neg1));
                    sum2 = v_add(sum2, mul);
                    v_store(fma1 + (at + k*64), fma3);
                }
                sum1 = v_add(sum1, sum2);
            }
            v_store(sum + v, v_add(v_load(sum + v), sum1));
        }
        /* feature.func.conv2 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, fixed, fixed, 2623008, b*6912 + 2530400 + k*384,
                b*6912 + 2533152 + k*384, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const mul = fixed + 2249504;
        real *const sum1 = fixed + (b*6912 + 2533152);
        real *const max1 = values + (batch*117872 + n*2304);
        real *const sum2 = fixed + (b*64 + 2734624);
        real *const sum3 = fixed + (b*64 + 2735136);
        real *const sum4 = fixed + (b*64 + 2736160);
        real *const a_x1 = values + (batch*2304 + n*2304);
        real *const neg2 = fixed + 2241888;
        const real neg3 = neg2[0];
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v16 sum5 = v_splat(0.0f);
            v16 sum6 = v_splat(0.0f);
            v16 sum7 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum8 = v_splat(0.0f);
                v16 sum9 = v_splat(0.0f);
                v16 sum10 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 add = v_add(v_load(mul + (at + k*64)), v_load(sum1 + (at + k*64)));
                    const v16 max2 = v_max(v_splat(0.0f), add);
                    const v16 mul1 = v_mul(max2, max2);
                    const v16 mul2 = v_mul(v_load(a_x1 + (at + k*64)), v_splat(neg3));
                    const v16 mul3 = v_mul(max2, mul2);
                    sum8 = v_add(sum8, max2);
                    sum9 = v_add(sum9, mul1);
                    sum10 = v_add(sum10, mul3);
                    v_store(max1 + (at + k*64), max2);
                }
                sum5 = v_add(sum5, sum8);
                sum6 = v_add(sum6, sum9);
                sum7 = v_add(sum7, sum10);
            }
            v_store(sum2 + v, v_add(v_load(sum2 + v), sum5));
            v_store(sum3 + v, v_add(v_load(sum3 + v), sum6));
            v_store(sum4 + v, v_add(v_load(sum4 + v), sum7));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_pull_glue1(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2734624), v_add(v_add(v_add(v_load(fixed + (e + 2734624)),
            v_load(fixed + (e + 2734688))), v_add(v_load(fixed + (e + 2734752)),
            v_load(fixed + (e + 2734816)))), v_add(v_add(v_load(fixed + (e + 2734880)),
            v_load(fixed + (e + 2734944))), v_add(v_load(fixed + (e + 2735008)),
            v_load(fixed + (e + 2735072))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2735136), v_add(v_add(v_add(v_load(fixed + (e + 2735136)),
            v_load(fixed + (e + 2735200))), v_add(v_load(fixed + (e + 2735264)),
            v_load(fixed + (e + 2735328)))), v_add(v_add(v_load(fixed + (e + 2735392)),
            v_load(fixed + (e + 2735456))), v_add(v_load(fixed + (e + 2735520)),
            v_load(fixed + (e + 2735584))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2735648), v_add(v_add(v_add(v_load(fixed + (e + 2735648)),
            v_load(fixed + (e + 2735712))), v_add(v_load(fixed + (e + 2735776)),
            v_load(fixed + (e + 2735840)))), v_add(v_add(v_load(fixed + (e + 2735904)),
            v_load(fixed + (e + 2735968))), v_add(v_load(fixed + (e + 2736032)),
            v_load(fixed + (e + 2736096))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 2736160), v_add(v_add(v_add(v_load(fixed + (e + 2736160)),
            v_load(fixed + (e + 2736224))), v_add(v_load(fixed + (e + 2736288)),
            v_load(fixed + (e + 2736352)))), v_add(v_add(v_load(fixed + (e + 2736416)),
            v_load(fixed + (e + 2736480))), v_add(v_load(fixed + (e + 2736544)),
            v_load(fixed + (e + 2736608))))));
    }
    real *const sum = fixed + 2734624;
    real *const mul = fixed + 2246544;
    real *const sum1 = fixed + 2735136;
    real *const fma_ = fixed + 2252000;
    const real *const feature_func_norm2_weight = theta + 207104;
    real *const div = fixed + 2252256;
    const real *const feature_func_norm2_bias = theta + 207168;
    real *const fma1 = fixed + 2252384;
    real *const sum2 = fixed + 2735648;
    real *const sum3 = fixed + 2736160;
    real *const div1 = fixed + 2252576;
    real *const select = fixed + 2253280;
    real *const div2 = fixed + 2253344;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 div3 = v_div(v_load(sum + v), v_splat(mul1));
        const v16 neg = v_neg(div3);
        const v16 div4 = v_div(v_load(sum1 + v), v_splat(mul1));
        const v16 fma2 = v_fma(div3, neg, div4);
        const v16 max = v_max(fma2, v_splat(0.0f));
        const v16 add = v_add(v_splat(1e-5f), max);
        const v16 sqrt_ = v_sqrt(add);
        const v16 div5 = v_div(v_load(feature_func_norm2_weight + v), sqrt_);
        const v16 neg1 = v_neg(div5);
        const v16 fma3 = v_fma(div3, neg1, v_load(feature_func_norm2_bias + v));
        const v16 neg2 = v_neg(v_load(sum2 + v));
        const v16 fma4 = v_fma(div3, neg2, v_load(sum3 + v));
        const v16 div6 = v_div(fma4, sqrt_);
        const m16 gt = v_gt(fma2, v_splat(0.0f));
        const v16 mul2 = v_mul(div5, div6);
        const v16 neg3 = v_neg(mul2);
        const v16 add1 = v_add(sqrt_, sqrt_);
        const v16 div7 = v_div(neg3, add1);
        const v16 div8 = v_div(div7, v_splat(mul1));
        const v16 select1 = v_select(gt, div8, v_splat(0.0f));
        const v16 neg4 = v_neg(div7);
        const v16 add2 = v_add(div3, div3);
        const v16 mul3 = v_mul(neg4, add2);
        const v16 select2 = v_select(gt, mul3, v_splat(0.0f));
        const v16 fma5 = v_fma(div5, neg2, select2);
        const v16 div9 = v_div(fma5, v_splat(mul1));
        v_store(fma_ + v, fma2);
        v_store(div + v, div5);
        v_store(fma1 + v, fma3);
        v_store(div1 + v, div6);
        v_store(select + v, select1);
        v_store(div2 + v, div9);
    }
}

/* phase 2
 *   each sample
 *     [64 6 6] stage %81 %30, accumulate %87
 *     con %82 [64 64 3 3] = %81 * %30, accumulated
 *     con %84 [64 6 6] = feature.func.conv2.weight * %81
 *     [64 6 6] combine %90, keep %91, combine %93 */
static NOINLINE void classifier_feature_pull_phase2(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)h, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 3050016 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (b*64 + 3050528 + e), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*117872 + n*2304);
        real *const select = fixed + 2253280;
        real *const div = fixed + 2252256;
        real *const a_x = values + (batch*2304 + n*2304);
        real *const neg = fixed + 2241888;
        real *const div1 = fixed + 2253344;
        real *const select1 = fixed + (b*6912 + 2533152);
        real *const max1 = values + (batch*115568 + n*2304);
        real *const div2 = fixed + 2247008;
        real *const fma_ = fixed + 2247136;
        real *const fma1 = fixed + (b*6912 + 2530848);
        real *const sum = fixed + (b*2304 + 3031584);
        const real neg1 = neg[0];
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 max2 = v_load(max + (at + v));
                const v16 add = v_add(max2, max2);
                const v16 mul = v_mul(v_load(a_x + (at + v)), v_splat(neg1));
                const v16 mul1 = v_mul(v_load(div + v), mul);
                const v16 fma2 = v_fma(v_load(select + v), add, mul1);
                const v16 add1 = v_add(fma2, v_load(div1 + v));
                const v16 select2 = v_select(v_gt(max2, v_splat(0.0f)), add1, v_splat(0.0f));
                const v16 fma3 = v_fma(v_load(max1 + (at + v)), v_load(div2 + v), v_load(fma_ + v));
                const v16 mul2 = v_mul(select2, v_splat(t));
                v_store(select1 + (at + v), select2);
                v_store(fma1 + (at + v), fma3);
                v_store(sum + (at + v), v_add(v_load(sum + (at + v)), mul2));
            }
        }
        /* feature.func.conv2: sum over samples */
        ROLL for (ptrdiff_t k = 0; k < 3; k++) {
            ROLL for (ptrdiff_t l = 0; l < 3; l++) {
                kernel17_4x2(fixed, fixed, fixed, b*6912 + 2533152, b*6912 + 2530400 + k*384 + l*64,
                    b*36864 + 2736672 + k*12288 + l*4096, i_max(1 - k, 0), i_min(6, 7 - k),
                    i_max(1 - l, 0), i_min(6, 7 - l));
            }
        }
        /* feature.func.conv2 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, fixed, fixed, 2659872, b*6912 + 2533152 + k*384 - 448,
                b*6912 + 2535008 + k*384 + 448, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const sum1 = fixed + (b*64 + 3050016);
        real *const sum2 = fixed + (b*6912 + 2535456);
        real *const div3 = fixed + 2247008;
        real *const mul = values + (batch*120176 + n*2304);
        real *const sum3 = fixed + (b*64 + 3050528);
        real *const max2 = values + (batch*115568 + n*2304);
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            const v16 div4 = v_load(div3 + v);
            v16 sum4 = v_splat(0.0f);
            v16 sum5 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                v16 sum6 = v_splat(0.0f);
                v16 sum7 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const v16 sum8 = v_load(sum2 + (at + k*64));
                    const v16 mul1 = v_mul(div4, sum8);
                    const v16 mul2 = v_mul(v_load(max2 + (at + k*64)), sum8);
                    sum6 = v_add(sum6, sum8);
                    sum7 = v_add(sum7, mul2);
                    v_store(mul + (at + k*64), mul1);
                }
                sum4 = v_add(sum4, sum6);
                sum5 = v_add(sum5, sum7);
            }
            v_store(sum1 + v, v_add(v_load(sum1 + v), sum4));
            v_store(sum3 + v, v_add(v_load(sum3 + v), sum5));
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_pull_glue2(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 3050016), v_add(v_add(v_add(v_load(fixed + (e + 3050016)),
            v_load(fixed + (e + 3050080))), v_add(v_load(fixed + (e + 3050144)),
            v_load(fixed + (e + 3050208)))), v_add(v_add(v_load(fixed + (e + 3050272)),
            v_load(fixed + (e + 3050336))), v_add(v_load(fixed + (e + 3050400)),
            v_load(fixed + (e + 3050464))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += 16) {
        v_store(fixed + (e + 3050528), v_add(v_add(v_add(v_load(fixed + (e + 3050528)),
            v_load(fixed + (e + 3050592))), v_add(v_load(fixed + (e + 3050656)),
            v_load(fixed + (e + 3050720)))), v_add(v_add(v_load(fixed + (e + 3050784)),
            v_load(fixed + (e + 3050848))), v_add(v_load(fixed + (e + 3050912)),
            v_load(fixed + (e + 3050976))))));
    }
    real *const div = fixed + 2246560;
    real *const sum = fixed + 3050016;
    real *const sum1 = fixed + 3050528;
    real *const sqrt_ = fixed + 2246944;
    real *const div1 = fixed + 2391776;
    real *const fma_ = fixed + 2246752;
    real *const div2 = fixed + 2247008;
    real *const add = fixed + 2391968;
    real *const mul = fixed + 2246544;
    real *const select = fixed + 2392480;
    real *const add1 = fixed + 2392160;
    real *const div3 = fixed + 2392544;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        const v16 neg = v_neg(v_load(sum + v));
        const v16 fma1 = v_fma(v_load(div + v), neg, v_load(sum1 + v));
        const v16 div4 = v_div(fma1, v_load(sqrt_ + v));
        const m16 gt = v_gt(v_load(fma_ + v), v_splat(0.0f));
        const v16 div5 = v_load(div2 + v);
        const v16 mul2 = v_mul(div5, div4);
        const v16 neg1 = v_neg(mul2);
        const v16 div6 = v_div(neg1, v_load(add + v));
        const v16 div7 = v_div(div6, v_splat(mul1));
        const v16 select1 = v_select(gt, div7, v_splat(0.0f));
        const v16 neg2 = v_neg(div6);
        const v16 mul3 = v_mul(neg2, v_load(add1 + v));
        const v16 select2 = v_select(gt, mul3, v_splat(0.0f));
        const v16 fma2 = v_fma(div5, neg, select2);
        const v16 div8 = v_div(fma2, v_splat(mul1));
        v_store(div1 + v, div4);
        v_store(select + v, select1);
        v_store(div3 + v, div8);
    }
}

/* phase 3
 *   each sample
 *     [64 6 6] accumulate %118, stage %116
 *     con %120 [64 64 3 3] = %116 * x, accumulated
 *     con %123 [64 6 6] = feature.func.conv1.weight * %116
 *     [64 6 6] give x = %125 a_x = %126 */
static NOINLINE void classifier_feature_pull_phase3(ptrdiff_t batch, ptrdiff_t b,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)weight;
    const ptrdiff_t size = (batch + 7)/8;
    const ptrdiff_t first = i_min(b*size, batch);
    const ptrdiff_t last = i_min(first + size, batch);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*2304 + 3051040);
        real *const max = values + (batch*115568 + n*2304);
        real *const select = fixed + 2392480;
        real *const mul = values + (batch*120176 + n*2304);
        real *const div = fixed + 2392544;
        real *const select1 = fixed + (b*6912 + 2530848);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 max1 = v_load(max + (at + v));
                const v16 add = v_add(max1, max1);
                const v16 fma_ = v_fma(v_load(select + v), add, v_load(mul + (at + v)));
                const v16 add1 = v_add(fma_, v_load(div + v));
                const v16 select2 = v_select(v_gt(max1, v_splat(0.0f)), add1, v_splat(0.0f));
                const v16 mul1 = v_mul(v_splat(t), select2);
                v_store(select1 + (at + v), select2);
                v_store(sum + (at + v), v_add(v_load(sum + (at + v)), mul1));
            }
        }
        /* feature.func.conv1: sum over samples */
        ROLL for (ptrdiff_t k = 0; k < 3; k++) {
            ROLL for (ptrdiff_t l = 0; l < 3; l++) {
                kernel17_4x2(fixed, values, fixed, b*6912 + 2530848, n*2304 - 448 + k*384 + l*64,
                    b*36864 + 3069472 + k*12288 + l*4096, i_max(1 - k, 0), i_min(6, 7 - k),
                    i_max(1 - l, 0), i_min(6, 7 - l));
            }
        }
        /* feature.func.conv1 */
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, fixed, fixed, 2696736, b*6912 + 2530848 + k*384 - 448,
                b*6912 + 2532704 + k*384 + 448, i_max(1 - k, 0), i_min(3, 7 - k));
        }
        real *const max1 = values + (batch*117872 + n*2304);
        real *const div1 = fixed + 2252256;
        real *const fma_ = fixed + 2252384;
        real *const x = values + n*2304;
        real *const a_x = values + (batch*2304 + n*2304);
        real *const sum1 = fixed + (b*6912 + 2533152);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                const v16 fma1 = v_fma(v_load(max1 + (at + v)), v_load(div1 + v), v_load(fma_ + v));
                const v16 fma2 = v_fma(fma1, v_splat(h), v_load(x + (at + v)));
                const v16 add = v_add(v_load(a_x + (at + v)), v_load(sum1 + (at + v)));
                v_store(x + (at + v), fma2);
                v_store(a_x + (at + v), add);
            }
        }
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_pull_glue3(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    real *const to = fixed + 3364384;
    real *const div = fixed + 2391776;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to + v, v_add(v_load(to + v), v_load(div + v)));
    }
    real *const to1 = fixed + 3364448;
    real *const sum = fixed + 3050016;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to1 + v, v_add(v_load(to1 + v), v_load(sum + v)));
    }
    real *const to2 = fixed + 3364512;
    real *const div1 = fixed + 2252576;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to2 + v, v_add(v_load(to2 + v), v_load(div1 + v)));
    }
    real *const to3 = fixed + 3364576;
    real *const sum1 = fixed + 2735648;
    ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
        v_store(to3 + v, v_add(v_load(to3 + v), v_load(sum1 + v)));
    }
}

/* out[80*r + v] = sum of a[4096*r + v] for 9 r, 64 v; in tiles of 5 rows and 2 vectors. */
static NOINLINE void kernel18_5x2(const real *a, real *out, ptrdiff_t a_at, ptrdiff_t out_at)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t v = 0; v < 64; v += 32) {
            reg c0_0 = p_splat(0.0f);
            reg c0_1 = p_splat(0.0f);
            reg c1_0 = p_splat(0.0f);
            reg c1_1 = p_splat(0.0f);
            reg c2_0 = p_splat(0.0f);
            reg c2_1 = p_splat(0.0f);
            reg c3_0 = p_splat(0.0f);
            reg c3_1 = p_splat(0.0f);
            reg c4_0 = p_splat(0.0f);
            reg c4_1 = p_splat(0.0f);
            const real *const a1 = a + (a_at + v);
            c0_0 = p_add(c0_0, p_load(a1 + part));
            c0_1 = p_add(c0_1, p_load(a1 + 16 + part));
            c1_0 = p_add(c1_0, p_load(a1 + 4096 + part));
            c1_1 = p_add(c1_1, p_load(a1 + 4112 + part));
            c2_0 = p_add(c2_0, p_load(a1 + 8192 + part));
            c2_1 = p_add(c2_1, p_load(a1 + 8208 + part));
            c3_0 = p_add(c3_0, p_load(a1 + 12288 + part));
            c3_1 = p_add(c3_1, p_load(a1 + 12304 + part));
            c4_0 = p_add(c4_0, p_load(a1 + 16384 + part));
            c4_1 = p_add(c4_1, p_load(a1 + 16400 + part));
            p_store(out + (out_at + v) + part, c0_0);
            p_store(out + (out_at + v + 16) + part, c0_1);
            p_store(out + (out_at + v + 80) + part, c1_0);
            p_store(out + (out_at + v + 96) + part, c1_1);
            p_store(out + (out_at + v + 160) + part, c2_0);
            p_store(out + (out_at + v + 176) + part, c2_1);
            p_store(out + (out_at + v + 240) + part, c3_0);
            p_store(out + (out_at + v + 256) + part, c3_1);
            p_store(out + (out_at + v + 320) + part, c4_0);
            p_store(out + (out_at + v + 336) + part, c4_1);
            reg c0_0_1 = p_splat(0.0f);
            reg c0_1_1 = p_splat(0.0f);
            reg c1_0_1 = p_splat(0.0f);
            reg c1_1_1 = p_splat(0.0f);
            reg c2_0_1 = p_splat(0.0f);
            reg c2_1_1 = p_splat(0.0f);
            reg c3_0_1 = p_splat(0.0f);
            reg c3_1_1 = p_splat(0.0f);
            const real *const a2 = a + (a_at + v + 20480);
            c0_0_1 = p_add(c0_0_1, p_load(a2 + part));
            c0_1_1 = p_add(c0_1_1, p_load(a2 + 16 + part));
            c1_0_1 = p_add(c1_0_1, p_load(a2 + 4096 + part));
            c1_1_1 = p_add(c1_1_1, p_load(a2 + 4112 + part));
            c2_0_1 = p_add(c2_0_1, p_load(a2 + 8192 + part));
            c2_1_1 = p_add(c2_1_1, p_load(a2 + 8208 + part));
            c3_0_1 = p_add(c3_0_1, p_load(a2 + 12288 + part));
            c3_1_1 = p_add(c3_1_1, p_load(a2 + 12304 + part));
            p_store(out + (out_at + v + 400) + part, c0_0_1);
            p_store(out + (out_at + v + 416) + part, c0_1_1);
            p_store(out + (out_at + v + 480) + part, c1_0_1);
            p_store(out + (out_at + v + 496) + part, c1_1_1);
            p_store(out + (out_at + v + 560) + part, c2_0_1);
            p_store(out + (out_at + v + 576) + part, c2_1_1);
            p_store(out + (out_at + v + 640) + part, c3_0_1);
            p_store(out + (out_at + v + 656) + part, c3_1_1);
        }
    }
}

/* From what is accumulated to gradients. */
static NOINLINE void classifier_feature_pull_finish(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    real *RESTRICT g_theta)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 36864; e += 16) {
        v_store(fixed + (e + 2736672), v_add(v_add(v_add(v_load(fixed + (e + 2736672)),
            v_load(fixed + (e + 2773536))), v_add(v_load(fixed + (e + 2810400)),
            v_load(fixed + (e + 2847264)))), v_add(v_add(v_load(fixed + (e + 2884128)),
            v_load(fixed + (e + 2920992))), v_add(v_load(fixed + (e + 2957856)),
            v_load(fixed + (e + 2994720))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 2304; e += 16) {
        v_store(fixed + (e + 3031584), v_add(v_add(v_add(v_load(fixed + (e + 3031584)),
            v_load(fixed + (e + 3033888))), v_add(v_load(fixed + (e + 3036192)),
            v_load(fixed + (e + 3038496)))), v_add(v_add(v_load(fixed + (e + 3040800)),
            v_load(fixed + (e + 3043104))), v_add(v_load(fixed + (e + 3045408)),
            v_load(fixed + (e + 3047712))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 2304; e += 16) {
        v_store(fixed + (e + 3051040), v_add(v_add(v_add(v_load(fixed + (e + 3051040)),
            v_load(fixed + (e + 3053344))), v_add(v_load(fixed + (e + 3055648)),
            v_load(fixed + (e + 3057952)))), v_add(v_add(v_load(fixed + (e + 3060256)),
            v_load(fixed + (e + 3062560))), v_add(v_load(fixed + (e + 3064864)),
            v_load(fixed + (e + 3067168))))));
    }
    ROLL for (ptrdiff_t e = 0; e < 36864; e += 16) {
        v_store(fixed + (e + 3069472), v_add(v_add(v_add(v_load(fixed + (e + 3069472)),
            v_load(fixed + (e + 3106336))), v_add(v_load(fixed + (e + 3143200)),
            v_load(fixed + (e + 3180064)))), v_add(v_add(v_load(fixed + (e + 3216928)),
            v_load(fixed + (e + 3253792))), v_add(v_load(fixed + (e + 3290656)),
            v_load(fixed + (e + 3327520))))));
    }
    ROLL for (ptrdiff_t l = 0; l < 576; l++) {
        ROLL for (ptrdiff_t v = 0; v < 80; v += 16) {
            v_store(fixed + (l*80 + 2253408 + v), v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        kernel18_5x2(fixed, fixed, i*64 + 2736672, i*720 + 2253408);
    }
    ROLL for (ptrdiff_t e = 0; e < 46080; e += 16) {
        v_store(fixed + (e + 2299488), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        ROLL for (ptrdiff_t j = 0; j < 3; j++) {
            ROLL for (ptrdiff_t k = 0; k < 3; k++) {
                real sum = fixed[i*720 + 2299552 + j*240 + k*80];
                ROLL for (ptrdiff_t l = 0; l < 6; l++) {
                    ROLL for (ptrdiff_t m = 0; m < 6; m++) {
                        if (j + l - 1 >= 0 && j + l - 1 < 6 && k + m - 1 >= 0 && k + m - 1 < 6) {
                            sum = sum + fixed[i + 3031584 + l*384 + m*64];
                        }
                    }
                }
                fixed[i*720 + 2299552 + j*240 + k*80] = sum;
            }
        }
    }
    real *const sum = fixed + 2253408;
    real *const sum1 = fixed + 2299488;
    real *const add = fixed + 2345568;
    ROLL for (ptrdiff_t v = 0; v < 46080; v += 16) {
        const v16 add1 = v_add(v_load(sum + v), v_load(sum1 + v));
        v_store(add + v, add1);
    }
    ROLL for (ptrdiff_t e = 0; e < 46080; e += 16) {
        v_store(fixed + (e + 2392608), v_splat(0.0f));
    }
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        ROLL for (ptrdiff_t j = 0; j < 3; j++) {
            ROLL for (ptrdiff_t k = 0; k < 3; k++) {
                real sum2 = fixed[i*720 + 2392672 + j*240 + k*80];
                ROLL for (ptrdiff_t l = 0; l < 6; l++) {
                    ROLL for (ptrdiff_t m = 0; m < 6; m++) {
                        if (j + l - 1 >= 0 && j + l - 1 < 6 && k + m - 1 >= 0 && k + m - 1 < 6) {
                            sum2 = sum2 + fixed[i + 3051040 + l*384 + m*64];
                        }
                    }
                }
                fixed[i*720 + 2392672 + j*240 + k*80] = sum2;
            }
        }
    }
    ROLL for (ptrdiff_t l = 0; l < 576; l++) {
        ROLL for (ptrdiff_t v = 0; v < 80; v += 16) {
            v_store(fixed + (l*80 + 2438688 + v), v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        kernel18_5x2(fixed, fixed, i*64 + 3069472, i*720 + 2438688);
    }
    real *const sum2 = fixed + 2392608;
    real *const sum3 = fixed + 2438688;
    real *const add1 = fixed + 2484768;
    ROLL for (ptrdiff_t v = 0; v < 46080; v += 16) {
        const v16 add2 = v_add(v_load(sum2 + v), v_load(sum3 + v));
        v_store(add1 + v, add2);
    }
    real *const to = g_theta + 132096;
    real *const add2 = fixed + 2484768;
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        const ptrdiff_t at = i*720;
        const ptrdiff_t at1 = i*585;
        ROLL for (ptrdiff_t l = 0; l < 9; l++) {
            const ptrdiff_t at2 = at + l*80;
            const ptrdiff_t at3 = at1 + l;
            ROLL for (ptrdiff_t v = 0; v < 65; v += 16) {
                v_scatter(to + (at3 + v*9), 9, i_min(65 - v, 16), v_add(v_gather(to + (at3 + v*9),
                    9, i_min(65 - v, 16)), v_load(add2 + (at2 + v))));
            }
        }
    }
    real *const to1 = g_theta + 169664;
    real *const add3 = fixed + 2345568;
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        const ptrdiff_t at = i*720;
        const ptrdiff_t at1 = i*585;
        ROLL for (ptrdiff_t l = 0; l < 9; l++) {
            const ptrdiff_t at2 = at + l*80;
            const ptrdiff_t at3 = at1 + l;
            ROLL for (ptrdiff_t v = 0; v < 65; v += 16) {
                v_scatter(to1 + (at3 + v*9), 9, i_min(65 - v, 16), v_add(v_gather(to1 + (at3 + v*9),
                    9, i_min(65 - v, 16)), v_load(add3 + (at2 + v))));
            }
        }
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 169536] = g_theta[e + 169536] + fixed[e + 3364384];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 169600] = g_theta[e + 169600] + fixed[e + 3364448];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 207104] = g_theta[e + 207104] + fixed[e + 3364512];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 207168] = g_theta[e + 207168] + fixed[e + 3364576];
    }
}

/* 0 if a state is finite; else `fail` says whose and which element is not */
static NOINLINE int classifier_train_feature_x_finite(ptrdiff_t batch, const real *RESTRICT values,
    real *RESTRICT fail)
{
    v16 vectors = v_splat(0.0f);
    real numbers = 0.0f;
    ROLL for (ptrdiff_t n = 0; n < batch; n++) {
        const ptrdiff_t at = n*2304;
        ROLL for (ptrdiff_t i = 0; i < 6; i++) {
            ROLL for (ptrdiff_t i1 = 0; i1 < 6; i1++) {
                ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                    const v16 x = v_load(values + (at + i*384 + i1*64 + v));
                    vectors = v_add(vectors, v_sub(x, x));
                }
            }
        }
    }
    const real sum = v_tree(vectors) + numbers;
    if (sum == 0.0f) {
        return 0;
    }
    ROLL for (ptrdiff_t n = 0; n < batch; n++) {
        const ptrdiff_t at = n*2304;
        ROLL for (ptrdiff_t i = 0; i < 64; i++) {
            ROLL for (ptrdiff_t i1 = 0; i1 < 6; i1++) {
                ROLL for (ptrdiff_t i2 = 0; i2 < 6; i2++) {
                    const real x = values[at + i + i1*384 + i2*64];
                    if (x - x != 0.0f) {
                        fail[0] = (real)n;
                        fail[1] = 0.0f;
                        fail[2] = (real)((i*6 + i1)*6 + i2);
                        return 5;
                    }
                }
            }
        }
    }
    return 0;
}

typedef struct classifier_train_args {
    ptrdiff_t batch;
    const real *inputs;
    const real *theta;
    real *buffers;
    ptrdiff_t slot;
    real *outputs;
    real *fixed;
    real *values;
    real t;
    real h;
    real weight;
} classifier_train_args;

static void classifier_train_task(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase0(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task2(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase1(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task3(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase2(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task4(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_step_phase0(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task5(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_step_phase1(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task6(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_step_phase2(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task7(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase3(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task8(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase4(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task9(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase5(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task10(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_pull_phase0(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task11(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_pull_phase1(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task12(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_pull_phase2(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task13(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_feature_pull_phase3(a->batch, b, a->inputs, a->theta, a->buffers, a->slot,
        a->outputs, a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task14(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase6(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task15(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase7(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

static void classifier_train_task16(void *args, size_t task)
{
    const classifier_train_args *const a = (const classifier_train_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    classifier_train_phase8(a->batch, b, a->inputs, a->theta, a->buffers, a->slot, a->outputs,
        a->fixed, a->values, a->t, a->h, a->weight);
}

/* a training step's losses and gradient */
static NOINLINE int classifier_train(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, real *RESTRICT g_theta,
    real *RESTRICT outputs, real *RESTRICT values, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    real *const fixed = work;
    real *const samples = work + 3365792;
    const real weight = 1.0f/(real)batch;
    const ptrdiff_t slot = 0;
    const real t = 0.0f;
    const real h = 0.0f;
    classifier_train_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    classifier_feature_step_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight);
    classifier_feature_pull_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight);
    classifier_train_clear(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    classifier_feature_pull_clear(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight);
    classifier_train_begin(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task, &args);
    }
    classifier_train_glue0(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task2, &args);
    }
    classifier_train_glue1(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task3, &args);
    }
    ROLL for (ptrdiff_t k = 0; k < 20; k++) {
        const real t1 = fmaf((real)k, 0.05f, 0.0f);
        const real h1 = 0.05f;
        const ptrdiff_t slot1 = k*256;
        classifier_feature_step_begin(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task4, &args);
        }
        classifier_feature_step_glue0(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task5, &args);
        }
        classifier_feature_step_glue1(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task6, &args);
        }
        classifier_feature_step_glue2(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
    }
    const ptrdiff_t status = classifier_train_feature_x_finite(batch, samples, fail);
    if (status != 0) {
        return (int)status;
    }
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task7, &args);
    }
    classifier_train_glue3(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task8, &args);
    }
    classifier_train_glue4(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task9, &args);
    }
    const real value = fixed[0];
    values[0] = value;
    if (value - value != 0.0f) {
        ptrdiff_t sample = 0;
        ROLL for (ptrdiff_t n = 1; n < batch + 1; n++) {
            const ptrdiff_t last = batch - n;
            const real x = samples[batch*4608 + last*16];
            if (x - x != 0.0f) {
                sample = last;
            }
        }
        fail[0] = (real)sample;
        fail[1] = -1.0f;
        fail[2] = 0.0f;
        return 5;
    }
    const real value1 = fixed[16];
    values[1] = value1;
    ROLL for (ptrdiff_t k = 0; k < 20; k++) {
        const ptrdiff_t after = 20 - k;
        const ptrdiff_t before = after - 1;
        const real t1 = fmaf((real)after, 0.05f, 0.0f);
        const real h1 = -0.05f;
        const ptrdiff_t slot1 = before*256;
        classifier_feature_pull_begin(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task10, &args);
        }
        classifier_feature_pull_glue0(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task11, &args);
        }
        classifier_feature_pull_glue1(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task12, &args);
        }
        classifier_feature_pull_glue2(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
        {
            classifier_train_args args = { batch, inputs, theta, buffers, slot1, outputs, fixed,
                samples, t1, h1, weight };
            each(parallel, (size_t)8, classifier_train_task13, &args);
        }
        classifier_feature_pull_glue3(batch, inputs, theta, buffers, slot1, outputs, fixed, samples,
            t1, h1, weight);
    }
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task14, &args);
    }
    classifier_train_glue6(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task15, &args);
    }
    classifier_train_glue7(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    {
        classifier_train_args args = { batch, inputs, theta, buffers, slot, outputs, fixed, samples,
            t, h, weight };
        each(parallel, (size_t)8, classifier_train_task16, &args);
    }
    classifier_train_glue8(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight);
    ROLL for (ptrdiff_t i = 0; i < 208000; i += 16) {
        v_store(g_theta + i, v_splat(0.0f));
    }
    ROLL for (ptrdiff_t i = 208000; i < 208010; i++) {
        g_theta[i] = 0.0f;
    }
    classifier_train_finish(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight, g_theta);
    classifier_feature_pull_finish(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight, g_theta);
    return 0;
}

/* 2-norm of a gradient */
static NOINLINE void classifier_norm(ptrdiff_t params, const real *RESTRICT theta,
    const real *RESTRICT g, real *RESTRICT out)
{
    (void)theta;
    const ptrdiff_t whole = params - params%64;
    const ptrdiff_t vectors = params - params%16;
    v16 sum = v_splat(0.0f);
    v16 sum1 = v_splat(0.0f);
    v16 sum2 = v_splat(0.0f);
    v16 sum3 = v_splat(0.0f);
    ROLL for (ptrdiff_t i = 0; i < whole; i += 64) {
        const v16 g1 = v_load(g + i);
        sum = v_add(sum, v_mul(g1, g1));
        const v16 g2 = v_load(g + (i + 16));
        sum1 = v_add(sum1, v_mul(g2, g2));
        const v16 g3 = v_load(g + (i + 32));
        sum2 = v_add(sum2, v_mul(g3, g3));
        const v16 g4 = v_load(g + (i + 48));
        sum3 = v_add(sum3, v_mul(g4, g4));
    }
    ROLL for (ptrdiff_t i = whole; i < vectors; i += 16) {
        const v16 g1 = v_load(g + i);
        sum = v_add(sum, v_mul(g1, g1));
    }
    const v16 lanes = v_add(v_add(sum, sum1), v_add(sum2, sum3));
    real total = v_tree(lanes);
    ROLL for (ptrdiff_t i = vectors; i < params; i++) {
        const real g1 = g[i];
        total = total + g1*g1;
    }
    out[0] = sqrtf(total);
}

/* one step of Adam (Kingma and Ba 2015) */
static NOINLINE void classifier_update(ptrdiff_t params, real *RESTRICT theta,
    const real *RESTRICT g, real *RESTRICT moments, real beta1, real beta2, real w1, real w2,
    real rate, real root, real eps, real decay, real gscale)
{
    (void)params;
    ROLL for (ptrdiff_t i = 0; i < 208000; i += 16) {
        const v16 p = v_load(theta + i);
        const v16 g1 = v_mul(v_load(g + i), v_splat(gscale));
        const v16 m = v_load(moments + i);
        const v16 v = v_load(moments + (i + 208010));
        const v16 m1 = v_add(v_mul(v_splat(beta1), m), v_mul(v_splat(w1), v_add(g1,
            v_mul(v_splat(decay), p))));
        const v16 u = v_add(g1, v_mul(v_splat(decay), p));
        const v16 v1 = v_add(v_mul(v_splat(beta2), v), v_mul(v_splat(w2), v_mul(u, u)));
        v_store(moments + i, m1);
        v_store(moments + (i + 208010), v1);
        v_store(theta + i, v_sub(p, v_div(v_mul(v_splat(rate), m1), v_add(v_mul(v_splat(root),
            v_sqrt(v1)), v_splat(eps)))));
    }
    ROLL for (ptrdiff_t i = 208000; i < 208010; i++) {
        const real p = theta[i];
        const real g1 = g[i]*gscale;
        const real m = moments[i];
        const real v = moments[i + 208010];
        const real m1 = beta1*m + w1*(g1 + decay*p);
        const real u = g1 + decay*p;
        const real v1 = beta2*v + w2*(u*u);
        moments[i] = m1;
        moments[i + 208010] = v1;
        theta[i] = p - rate*m1/(root*sqrtf(v1) + eps);
    }
}

/* ---- the public functions ---------------------------------------------------------- */

const char *mnist_message(int status)
{
    switch (status) {
    case NODEC_OK:        return "no error";
    case NODEC_ARGUMENT:  return "an argument is NULL, zero or out of range, or the times are not monotone";
    case NODEC_WORKSPACE: return "the workspace is too small";
    case NODEC_STEPS:     return "more steps than max_steps between two times";
    case NODEC_STEP_SIZE: return "the step size fell below the spacing of numbers";
    case NODEC_NONFINITE: return "a value overflowed or is not a number";
    default:              return "unknown status";
    }
}

/* Sizes that stay at SIZE_MAX once they got there. */
INLINE size_t size_add(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }
INLINE size_t size_mul(size_t a, size_t b) { return b && a > SIZE_MAX / b ? SIZE_MAX : a * b; }

/* Bytes of so many reals and 64 for their alignment; 0 if that is no size of an array. */
static size_t size_bytes(size_t reals)
{
    const size_t bytes = size_add(size_mul(reals, sizeof(real)), 64);
    return bytes > SIZE_MAX / 2 ? 0 : bytes;
}

INLINE size_t round_up(size_t n) { return size_mul(size_add(n, 15) / 16, 16); }

INLINE real *aligned(void *work)
{
    return (real *)(((uintptr_t)work + 63) & ~(uintptr_t)63);
}

/* What a call on a batch did, or where it failed. */
static int report_sums(nodec_report *report, int status, const real *fail, const char *where,
    size_t steps, size_t evaluations)
{
    if (!report) return status;
    memset(report, 0, sizeof *report);
    if (status) {
        report->sample = (size_t)fail[0];
        report->where = where;
        return status;
    }
    report->steps = steps;
    report->evaluations = evaluations;
    return status;
}

static void means_write(double *values, const real *mean, size_t count)
{
    size_t i;
    for (i = 0; values && i < count; i++) values[i] = (double)mean[i];
}
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


static void init_uniform(uint64_t seed, const char *name, real *p, size_t count, double low, double high)
{
    const uint64_t stream = nodec_stream(seed, name);
    size_t i;
    for (i = 0; i < count; i++) p[i] = (real)(low + (high - low) * nodec_uniform(stream, 0, 0, (uint32_t)i));
}

static void init_fill(real *p, size_t count, real value)
{
    size_t i;
    for (i = 0; i < count; i++) p[i] = value;
}

static void init_buffers(const nodec_buffer *row, size_t rows, real *buffers)
{
    size_t r, slot, i;
    for (r = 0; r < rows; r++)
        for (slot = 0; slot < row[r].slots; slot++)
            for (i = 0; i < row[r].count; i++)
                buffers[row[r].offset + slot * row[r].stride + i] = (real)row[r].initial[i];
}

/* ---- Classifier(body = OdeBlock(dim = 64, size = 6), dim = 64) ---- */

static const nodec_input mnist_classifier_input_row[] = {
    { "image", 0, 784, 2, { 28, 28, 0, 0 }, 0 },
    { "label", 784, 1, 0, { 0, 0, 0, 0 }, 10 },
};
const nodec_input *mnist_classifier_inputs(void) { return mnist_classifier_input_row; }

static const nodec_input mnist_classifier_output_row[] = {
    { "logits", 0, 10, 1, { 10, 0, 0, 0 }, 0 },
};
const nodec_input *mnist_classifier_outputs(void) { return mnist_classifier_output_row; }

static const nodec_param mnist_classifier_param_row[] = {
    { "downsampling.0.weight", 0, 576, 4, { 64, 1, 3, 3 }, 0 },
    { "downsampling.0.bias", 576, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "downsampling.1.weight", 640, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "downsampling.1.bias", 704, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "downsampling.3.weight", 768, 65536, 4, { 64, 64, 4, 4 }, 0 },
    { "downsampling.3.bias", 66304, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "downsampling.4.weight", 66368, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "downsampling.4.bias", 66432, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "downsampling.6.weight", 66496, 65536, 4, { 64, 64, 4, 4 }, 0 },
    { "downsampling.6.bias", 132032, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "feature.func.conv1.weight", 132096, 37440, 4, { 64, 65, 3, 3 }, 0 },
    { "feature.func.norm1.weight", 169536, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "feature.func.norm1.bias", 169600, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "feature.func.conv2.weight", 169664, 37440, 4, { 64, 65, 3, 3 }, 0 },
    { "feature.func.norm2.weight", 207104, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "feature.func.norm2.bias", 207168, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "norm.weight", 207232, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "norm.bias", 207296, 64, 1, { 64, 0, 0, 0 }, 0 },
    { "fc.weight", 207360, 640, 2, { 10, 64, 0, 0 }, 0 },
    { "fc.bias", 208000, 10, 1, { 10, 0, 0, 0 }, 0 },
};
const nodec_param *mnist_classifier_params(void) { return mnist_classifier_param_row; }

static const double mnist_classifier_initial0[64] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
static const double mnist_classifier_initial1[64] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
static const nodec_buffer mnist_classifier_buffer_row[] = {
    { "downsampling.1.running_mean", 0, 64, 1, { 64, 0, 0, 0 }, 1, 64, mnist_classifier_initial0 },
    { "downsampling.1.running_var", 64, 64, 1, { 64, 0, 0, 0 }, 1, 64, mnist_classifier_initial1 },
    { "downsampling.4.running_mean", 128, 64, 1, { 64, 0, 0, 0 }, 1, 64, mnist_classifier_initial0 },
    { "downsampling.4.running_var", 192, 64, 1, { 64, 0, 0, 0 }, 1, 64, mnist_classifier_initial1 },
    { "feature.func.norm1.running_mean", 384, 64, 1, { 64, 0, 0, 0 }, 20, 256, mnist_classifier_initial0 },
    { "feature.func.norm1.running_var", 448, 64, 1, { 64, 0, 0, 0 }, 20, 256, mnist_classifier_initial1 },
    { "feature.func.norm2.running_mean", 512, 64, 1, { 64, 0, 0, 0 }, 20, 256, mnist_classifier_initial0 },
    { "feature.func.norm2.running_var", 576, 64, 1, { 64, 0, 0, 0 }, 20, 256, mnist_classifier_initial1 },
    { "norm.running_mean", 256, 64, 1, { 64, 0, 0, 0 }, 1, 64, mnist_classifier_initial0 },
    { "norm.running_var", 320, 64, 1, { 64, 0, 0, 0 }, 1, 64, mnist_classifier_initial1 },
};
const nodec_buffer *mnist_classifier_buffers(void) { return mnist_classifier_buffer_row; }

void mnist_classifier_init(uint64_t seed, real *theta, real *buffers)
{
    (void)seed, (void)theta, (void)buffers;
    init_uniform(seed, "downsampling.0.weight", theta + 0, 576, -0.3333333333333333,
        0.3333333333333333);
    init_uniform(seed, "downsampling.0.bias", theta + 576, 64, -0.3333333333333333,
        0.3333333333333333);
    init_fill(theta + 640, 64, 1.0f);
    init_fill(theta + 704, 64, 0.0f);
    init_uniform(seed, "downsampling.3.weight", theta + 768, 65536, -0.03125, 0.03125);
    init_uniform(seed, "downsampling.3.bias", theta + 66304, 64, -0.03125, 0.03125);
    init_fill(theta + 66368, 64, 1.0f);
    init_fill(theta + 66432, 64, 0.0f);
    init_uniform(seed, "downsampling.6.weight", theta + 66496, 65536, -0.03125, 0.03125);
    init_uniform(seed, "downsampling.6.bias", theta + 132032, 64, -0.03125, 0.03125);
    init_uniform(seed, "feature.func.conv1.weight", theta + 132096, 37440, -0.041344911529736156,
        0.041344911529736156);
    init_fill(theta + 169536, 64, 1.0f);
    init_fill(theta + 169600, 64, 0.0f);
    init_uniform(seed, "feature.func.conv2.weight", theta + 169664, 37440, -0.041344911529736156,
        0.041344911529736156);
    init_fill(theta + 207104, 64, 1.0f);
    init_fill(theta + 207168, 64, 0.0f);
    init_fill(theta + 207232, 64, 1.0f);
    init_fill(theta + 207296, 64, 0.0f);
    init_uniform(seed, "fc.weight", theta + 207360, 640, -0.125, 0.125);
    init_uniform(seed, "fc.bias", theta + 208000, 10, -0.125, 0.125);
    init_buffers(mnist_classifier_buffers(), MNIST_CLASSIFIER_BUFFER_ROWS, buffers);
}

size_t mnist_classifier_work(size_t batch)
{
    (void)batch;
    return size_bytes(size_add(1164864, size_mul(batch, 2576)));
}

/* Where the first number that is not finite was met. */
static const char *mnist_classifier_where(const real *fail)
{
    if (fail[1] == 0) return "feature.x";
    return "ce";
}

int mnist_classifier_forward(size_t batch, const real *inputs, const real *theta, const real *buffers,
    real *outputs, double *values,
    const nodec_parallel *parallel, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = mnist_classifier_work(batch);
    real fail[16] ALIGNED, mean[16] ALIGNED;
    int status;
    (void)parallel;
    if (!batch || batch > PTRDIFF_MAX || !need || !inputs || !theta || !buffers) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    memset(fail, 0, sizeof fail);
    memset(mean, 0, sizeof mean);
    status = classifier_forward((ptrdiff_t)batch, inputs, theta, buffers, outputs,
        values ? mean : NULL, fail, aligned(work), parallel);
    means_write(values, mean, MNIST_CLASSIFIER_VALUES);
    return report_sums(report, status, fail, mnist_classifier_where(fail), 20 * batch, 20 * batch);
}

size_t mnist_classifier_train_work(size_t batch)
{
    (void)batch;
    return size_bytes(size_add(3365792, size_mul(batch, 122480)));
}

int mnist_classifier_train(size_t batch, const real *inputs, const real *theta, real *buffers,
    real *g_theta, real *outputs, double *values,
    const nodec_parallel *parallel, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = mnist_classifier_train_work(batch);
    real fail[16] ALIGNED, mean[16] ALIGNED;
    int status;
    (void)parallel;
    if (!batch || batch > PTRDIFF_MAX || !need || !inputs || !theta || !buffers || !g_theta) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    memset(fail, 0, sizeof fail);
    memset(mean, 0, sizeof mean);
    status = classifier_train((ptrdiff_t)batch, inputs, theta, buffers, g_theta, outputs, mean,
        fail, aligned(work), parallel);
    means_write(values, mean, MNIST_CLASSIFIER_VALUES);
    return report_sums(report, status, fail, mnist_classifier_where(fail), 20 * batch, 20 * batch + 20 * batch);
}

double mnist_classifier_update(const nodec_update *u, real *theta, const real *g_theta, real *moments)
{
    real norm[16] ALIGNED;
    double gscale = 1;
    classifier_norm(208010, theta, g_theta, norm);
    if (u->clip > 0 && (double)norm[0] > u->clip) gscale = u->clip / (double)norm[0];
    classifier_update(208010, theta, g_theta, moments, (real)(u->beta1), (real)(u->beta2),
        (real)(1 - u->beta1), (real)(1 - u->beta2), (real)(u->lr/(1 - pow(u->beta1,
        (double)u->step))), (real)(1/sqrt(1 - pow(u->beta2, (double)u->step))), (real)(u->eps),
        (real)(u->decay), (real)(gscale));
    return (double)norm[0];
}


int mnist_classifier_train_step(size_t batch, const real *inputs, real *theta, real *buffers,
    const nodec_update *update, real *moments, real *g_theta, double *values,
    const nodec_parallel *parallel, nodec_report *report, void *work, size_t work_bytes)
{
    int status;
    if (!update || !moments || !theta) return NODEC_ARGUMENT;
    status = mnist_classifier_train(batch, inputs, theta, buffers, g_theta, NULL, values, parallel, report, work, work_bytes);
    if (!status) (void)mnist_classifier_update(update, theta, g_theta, moments);
    return status;
}

