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

/* Elements `s` apart, one for each lane. */
#if defined ONE_REG
#define COLUMN { p[0], p[s], p[2*s], p[3*s], p[4*s], p[5*s], p[6*s], p[7*s], \
                 p[8*s], p[9*s], p[10*s], p[11*s], p[12*s], p[13*s], p[14*s], p[15*s] }
#elif defined TWO_REGS
#define COLUMN { p[0], p[s], p[2*s], p[3*s], p[4*s], p[5*s], p[6*s], p[7*s] }
#elif defined FOUR_REGS
#define COLUMN { p[0], p[s], p[2*s], p[3*s] }
#elif defined PLAIN_VECTORS
#define COLUMN *p
#else
#define COLUMN { p[0], p[s] }
#endif
VECTOR v16 v_column(const real *p, ptrdiff_t s)
{
    v16 y;
    EACH(const reg column = COLUMN; y.r[k] = column; p += WIDTH*s;)
    return y;
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

INLINE reg p_read(const real *p) { return *(const reg_at *)p; }
INLINE reg p_div(reg a, reg b) { return a / b; }
INLINE reg p_neg(reg a) { return -a; }

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
INLINE reg p_sqrt(reg a) { return SQRT(a); }

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
VECTOR m16 v_eq(v16 a, v16 b) { m16 y; EACH(y.r[k] = EQ(a.r[k], b.r[k]);) return y; }

INLINE reg_mask p_gt(reg a, reg b) { return LT(b, a); }
INLINE reg p_select(reg_mask m, reg a, reg b) { return CHOOSE(m, a, b); }

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

INLINE reg p_max(reg a, reg b) { return MAX(a, b); }

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

/* Part of eval_prepare, train_prepare. */
static NOINLINE void classifier_loop17(real *RESTRICT fixed, ptrdiff_t at,
    const real *RESTRICT theta)
{
    ROLL for (ptrdiff_t m = 0; m < 3; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                v_store(fixed + (m*192 + n*64 + j + at), v_column(theta + (m*3 + n + j*9), 9));
            }
        }
    }
}

/* Part of eval_prepare_piece1, eval_prepare_piece2, train_prepare_piece3 and 1 more. */
static NOINLINE void classifier_loop12(ptrdiff_t at, ptrdiff_t count, real *RESTRICT fixed,
    ptrdiff_t at1, const real *RESTRICT theta, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t m = at; m < count; m++) {
        ROLL for (ptrdiff_t n = 0; n < 4; n++) {
            ROLL for (ptrdiff_t o = 0; o < 4; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + n*16384 + o*4096 + j + at1),
                        v_column(theta + (m*16 + n*4 + o + j*1024 + at2), 1024));
                }
            }
        }
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_eval_prepare_piece1(ptrdiff_t piece, real *RESTRICT fixed,
    const real *RESTRICT theta)
{
    classifier_loop12(piece*8, i_min(piece*8 + 8, 64), fixed, 892480, theta, 768);
}

/* A piece of a long loop. */
static NOINLINE void classifier_eval_prepare_piece2(ptrdiff_t piece, real *RESTRICT fixed,
    const real *RESTRICT theta)
{
    classifier_loop12(piece*8, i_min(piece*8 + 8, 64), fixed, 958016, theta, 66496);
}

/* Part of eval_prepare, train_prepare. */
static NOINLINE void classifier_loop18(real *RESTRICT fixed, ptrdiff_t at,
    const real *RESTRICT theta)
{
    ROLL for (ptrdiff_t k = 0; k < 64; k++) {
        ROLL for (ptrdiff_t j = 0; j < 10; j += 16) {
            v_store(fixed + (k*16 + j + at), v_select(v_lt(v_lane(), v_splat((real)(0 - j + 10))),
                v_gather(theta + (k + j*64 + 207360), 64, i_min(0 - j + 10, 16)), v_splat(0.0f)));
        }
    }
}

typedef struct classifier_eval_prepare_args {
    real *fixed;
    const real *theta;
} classifier_eval_prepare_args;

static void classifier_eval_prepare_task(void *args, size_t task)
{
    const classifier_eval_prepare_args *const a = (const classifier_eval_prepare_args *)args;
    const ptrdiff_t m = (ptrdiff_t)task;
    classifier_eval_prepare_piece1(m, a->fixed, a->theta);
}

static void classifier_eval_prepare_task2(void *args, size_t task)
{
    const classifier_eval_prepare_args *const a = (const classifier_eval_prepare_args *)args;
    const ptrdiff_t m = (ptrdiff_t)task;
    classifier_eval_prepare_piece2(m, a->fixed, a->theta);
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_eval_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight, const nodec_parallel *parallel)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    const real *const fc_b = theta + 208000;
    real *const fc_b1 = fixed + 32;
    const v16 fc_b2 = v_gather(fc_b, 1, 10);
    v_store(fc_b1, fc_b2);
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 1008), p_splat(0.0f));
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
    classifier_loop17(fixed, 891904, theta);
    {
        classifier_eval_prepare_args args = { fixed, theta };
        each(parallel, (size_t)8, classifier_eval_prepare_task, &args);
    }
    {
        classifier_eval_prepare_args args = { fixed, theta };
        each(parallel, (size_t)8, classifier_eval_prepare_task2, &args);
    }
    classifier_loop18(fixed, 1023552, theta);
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg add = p_add(p_read(downsampling_1_running_var + v), p_splat(1e-5f));
        const reg sqrt_ = p_sqrt(add);
        const reg div3 = p_div(p_read(downsampling_1_weight + v), sqrt_);
        const reg neg = p_neg(div3);
        const reg fma3 = p_fma(p_read(downsampling_1_running_mean + v), neg,
            p_read(downsampling_1_bias + v));
        const reg add1 = p_add(p_read(downsampling_4_running_var + v), p_splat(1e-5f));
        const reg sqrt1 = p_sqrt(add1);
        const reg div4 = p_div(p_read(downsampling_4_weight + v), sqrt1);
        const reg neg1 = p_neg(div4);
        const reg fma4 = p_fma(p_read(downsampling_4_running_mean + v), neg1,
            p_read(downsampling_4_bias + v));
        const reg add2 = p_add(p_read(norm_running_var + v), p_splat(1e-5f));
        const reg sqrt2 = p_sqrt(add2);
        const reg div5 = p_div(p_read(norm_weight + v), sqrt2);
        const reg neg2 = p_neg(div5);
        const reg fma5 = p_fma(p_read(norm_running_mean + v), neg2, p_read(norm_bias + v));
        p_store(div + v, div3);
        p_store(fma_ + v, fma3);
        p_store(div1 + v, div4);
        p_store(fma1 + v, fma4);
        p_store(div2 + v, div5);
        p_store(fma2 + v, fma5);
    }
}

/* Part of eval_phase0, train_phase0, train_phase8. */
static NOINLINE void classifier_loop14(const real *RESTRICT inputs, ptrdiff_t at,
    real *RESTRICT fixed, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t i = 0; i < 28; i++) {
        const ptrdiff_t at2 = i*28;
        const ptrdiff_t at1_1 = i*32;
        ROLL for (ptrdiff_t v = 0; v < 28; v += 16) {
            const v16 div1 = v_div(v_gather(inputs + (at2 + v + at), 1, i_min(0 - v + 28, 16)),
                v_splat(255.0f));
            const v16 sub = v_sub(div1, v_splat(0.1307f));
            const v16 div2 = v_div(sub, v_splat(0.3081f));
            v_store(fixed + (at1_1 + v + at1), div2);
        }
    }
}

/* Part of eval_phase0, train_phase1. */
static NOINLINE void classifier_loop20(real *RESTRICT fixed, ptrdiff_t at, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t k = 0; k < 13; k++) {
        kernel2_5x2(fixed, fixed, fixed, at, k*3328 + at1, k*832 + (at1 + 44992), i_max(0 - k*2 + 1,
            0), i_min(4, 0 - k*2 + 27));
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
        classifier_loop14(inputs, n*785, fixed, b*111360 + 1024);
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
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg add = p_add(p_read(sum + (at + v)), p_read(downsampling_0_b + v));
                const reg fma1 = p_fma(add, p_read(div1 + v), p_read(fma_ + v));
                const reg max1 = p_max(p_splat(0.0f), fma1);
                p_store(max + (at + v), max1);
            }
        }
        /* downsampling.3 */
        classifier_loop20(fixed, 892480, b*111360 + 43456);
        real *const sum1 = fixed + (b*111360 + 88448);
        const real *const downsampling_3_b = theta + 66304;
        real *const div2 = fixed + 496;
        real *const fma1 = fixed + 624;
        real *const max1 = fixed + (b*111360 + 99264);
        ROLL for (ptrdiff_t k = 0; k < 169; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg add = p_add(p_read(sum1 + (at + v)), p_read(downsampling_3_b + v));
                const reg fma2 = p_fma(add, p_read(div2 + v), p_read(fma1 + v));
                const reg max2 = p_max(p_splat(0.0f), fma2);
                p_store(max1 + (at + v), max2);
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
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg add1 = p_add(p_read(sum2 + (at + v)), p_read(downsampling_6_b + v));
                p_store(add + (at + v), add1);
            }
        }
    }
}

/* Part of eval_phase1, train_phase4. */
static NOINLINE void classifier_loop3(ptrdiff_t first, ptrdiff_t last, real *RESTRICT values,
    ptrdiff_t at, real *RESTRICT fixed, ptrdiff_t at1, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = values + (n*64 + at);
        real *const feature_x_end = values + n*2304;
        real *const div = fixed + at1;
        real *const fma_ = fixed + (at1 + 128);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div1 = p_read(div + v);
            const reg fma1 = p_read(fma_ + v);
            reg sum1 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at3 = v + j*384;
                reg sum2 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const reg fma2 = p_fma(div1, p_read(feature_x_end + (at3 + k*64)), fma1);
                    sum2 = p_add(sum2, fma2);
                }
                sum1 = p_add(sum1, sum2);
            }
            p_store(sum + v, sum1);
        }
        real *const sum1 = values + (n*64 + at);
        real *const div1 = values + (n*64 + at2);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div2 = p_div(p_read(sum1 + v), p_splat(36.0f));
            p_store(div1 + v, div2);
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
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (b*16 + 1024576 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (b*16 + 1024704 + e), p_splat(0.0f));
    }
    classifier_loop3(first, last, values, batch*2336, fixed, 816, batch*2400);
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

/* Part of eval_glue1, train_glue0, train_glue1 and 13 more. */
static NOINLINE void classifier_loop15(ptrdiff_t at, ptrdiff_t count, real *RESTRICT fixed,
    ptrdiff_t at1, ptrdiff_t at2, ptrdiff_t at3, ptrdiff_t at4, ptrdiff_t at5, ptrdiff_t at6,
    ptrdiff_t at7, ptrdiff_t at8)
{
    ROLL for (ptrdiff_t e = at; e < count; e += 16) {
        v_store(fixed + (e + at1), v_add(v_add(v_add(v_load(fixed + (e + at1)),
            v_load(fixed + (e + at2))), v_add(v_load(fixed + (e + at3)),
            v_load(fixed + (e + at4)))), v_add(v_add(v_load(fixed + (e + at5)),
            v_load(fixed + (e + at6))), v_add(v_load(fixed + (e + at7)),
            v_load(fixed + (e + at8))))));
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
    classifier_loop15(0, 16, fixed, 1024576, 1024592, 1024608, 1024624, 1024640, 1024656, 1024672,
        1024688);
    classifier_loop15(0, 16, fixed, 1024704, 1024720, 1024736, 1024752, 1024768, 1024784, 1024800,
        1024816);
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

/* Part of feature_eval_prepare, feature_step_prepare, feature_pull_prepare. */
static NOINLINE void classifier_loop16(real *RESTRICT fixed, ptrdiff_t at,
    const real *RESTRICT theta, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t l = 0; l < 3; l++) {
        ROLL for (ptrdiff_t m = 0; m < 3; m++) {
            ROLL for (ptrdiff_t i = 0; i < 64; i += 16) {
                v_store(fixed + (l*192 + m*64 + i + at), v_column(theta + (l*3 + m + i*585 + at1),
                    585));
            }
        }
    }
}

/* Part of feature_eval_prepare, feature_step_prepare, feature_pull_prepare. */
static NOINLINE void classifier_loop23(real *RESTRICT fixed, ptrdiff_t at, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
        kernel6_6x2(fixed, fixed, at, j*384 + at1, i_max(0 - j + 1, 0), i_min(3, 0 - j + 7));
    }
}

/* Part of feature_eval_prepare, feature_step_prepare, feature_pull_prepare. */
static NOINLINE void classifier_loop9(real *RESTRICT fixed, ptrdiff_t at,
    const real *RESTRICT theta, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t m = 0; m < 64; m++) {
        ROLL for (ptrdiff_t n = 0; n < 3; n++) {
            ROLL for (ptrdiff_t o = 0; o < 3; o++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (m*64 + n*12288 + o*4096 + j + at),
                        v_column(theta + (m*9 + n*3 + o + j*585 + at1), 585));
                }
            }
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
    classifier_loop16(fixed, 1108416, theta, 132672);
    classifier_loop23(fixed, 1108416, 1024832);
    classifier_loop16(fixed, 1108992, theta, 170240);
    classifier_loop23(fixed, 1108992, 1029760);
    classifier_loop9(fixed, 1034688, theta, 132096);
    classifier_loop9(fixed, 1071552, theta, 169664);
}

/* Part of feature_eval_begin, feature_step_begin, feature_pull_begin. */
static NOINLINE void classifier_loop22(real *RESTRICT fixed, ptrdiff_t at, real t, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t v = 0; v < 2304; v += WIDTH) {
        const reg mul2 = p_mul(p_read(fixed + (v + at)), p_splat(t));
        const reg mul3 = p_mul(p_read(fixed + (v + at1)), p_splat(t));
        p_store(fixed + (v + (at + 2304)), mul2);
        p_store(fixed + (v + (at1 + 2304)), mul3);
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_feature_eval_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT buffers, ptrdiff_t slot,
    real *RESTRICT outputs, real *RESTRICT fixed, real *RESTRICT values, real t, real h,
    real weight)
{
    (void)batch, (void)inputs, (void)outputs, (void)values, (void)h, (void)weight;
    classifier_loop22(fixed, 1024832, t, 1029760);
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg add = p_add(p_read(feature_func_norm1_running_var + v), p_splat(1e-5f));
        const reg sqrt_ = p_sqrt(add);
        const reg div2 = p_div(p_read(feature_func_norm1_weight + v), sqrt_);
        const reg neg = p_neg(div2);
        const reg fma2 = p_fma(p_read(feature_func_norm1_running_mean + v), neg,
            p_read(feature_func_norm1_bias + v));
        const reg add1 = p_add(p_read(feature_func_norm2_running_var + v), p_splat(1e-5f));
        const reg sqrt1 = p_sqrt(add1);
        const reg div3 = p_div(p_read(feature_func_norm2_weight + v), sqrt1);
        const reg neg1 = p_neg(div3);
        const reg fma3 = p_fma(p_read(feature_func_norm2_running_mean + v), neg1,
            p_read(feature_func_norm2_bias + v));
        p_store(div + v, div2);
        p_store(fma_ + v, fma2);
        p_store(div1 + v, div3);
        p_store(fma1 + v, fma3);
    }
}

/* Part of feature_eval_phase0, feature_step_phase1, feature_pull_phase1 and 2 more. */
static NOINLINE void classifier_loop21(real *fixed, const real *values, ptrdiff_t at, ptrdiff_t at1,
    ptrdiff_t at2)
{
    ROLL for (ptrdiff_t k = 0; k < 6; k++) {
        kernel5_6x2(fixed, values, fixed, at, k*384 + at1, k*384 + at2, i_max(0 - k + 1, 0),
            i_min(3, 0 - k + 7));
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
        classifier_loop21(fixed, values, 1034688, n*2304 - 448, b*111360 + 1024);
        real *const sum = fixed + (b*111360 + 1024);
        real *const mul = fixed + 1027136;
        real *const div = fixed + 1029568;
        real *const fma_ = fixed + 1029696;
        real *const fma1 = fixed + (b*111360 + 3328);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg add = p_add(p_read(sum + (at + v)), p_read(mul + (at + v)));
                const reg max = p_max(p_splat(0.0f), add);
                const reg fma2 = p_fma(max, p_read(div + v), p_read(fma_ + v));
                p_store(fma1 + (at + v), fma2);
            }
        }
        /* feature.func.conv2 */
        classifier_loop21(fixed, fixed, 1071552, b*111360 + 2880, b*111360 + 5632);
        real *const mul1 = fixed + 1032064;
        real *const sum1 = fixed + (b*111360 + 5632);
        real *const div1 = fixed + 1034496;
        real *const fma2 = fixed + 1034624;
        real *const x = values + n*2304;
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg add = p_add(p_read(mul1 + (at + v)), p_read(sum1 + (at + v)));
                const reg max = p_max(p_splat(0.0f), add);
                const reg fma3 = p_fma(max, p_read(div1 + v), p_read(fma2 + v));
                const reg fma4 = p_fma(fma3, p_splat(h), p_read(x + (at + v)));
                p_store(x + (at + v), fma4);
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
    real *const samples = work + 1109568;
    const real weight = 1.0f/(real)batch;
    const ptrdiff_t slot = 0;
    const real t = 0.0f;
    const real h = 0.0f;
    classifier_eval_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight, parallel);
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

/* out[64*r + v] += sum of a[r + 16*k0] * b[64*k0 + v] for 10 r, 64 v, counted k0; in tiles of 2
 * rows and 4 vectors. */
static NOINLINE void kernel7_2x4(const real *RESTRICT a, const real *RESTRICT b, real *RESTRICT out,
    ptrdiff_t a_at, ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t count)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t r = 0; r < 10; r += 2) {
            reg c0_0 = p_load(out + (out_at + r*64) + part);
            reg c0_1 = p_load(out + (out_at + r*64 + 16) + part);
            reg c0_2 = p_load(out + (out_at + r*64 + 32) + part);
            reg c0_3 = p_load(out + (out_at + r*64 + 48) + part);
            reg c1_0 = p_load(out + (out_at + r*64 + 64) + part);
            reg c1_1 = p_load(out + (out_at + r*64 + 80) + part);
            reg c1_2 = p_load(out + (out_at + r*64 + 96) + part);
            reg c1_3 = p_load(out + (out_at + r*64 + 112) + part);
            ROLL for (ptrdiff_t k0 = 0; k0 < count; k0++) {
                const real *const a1 = a + (a_at + r + k0*16);
                const real *const b1 = b + (b_at + k0*64);
                const reg w = p_load(b1 + part);
                const reg w1 = p_load(b1 + 16 + part);
                const reg w2 = p_load(b1 + 32 + part);
                const reg w3 = p_load(b1 + 48 + part);
                const reg u = p_splat(a1[0]);
                c0_0 = p_fma(u, w, c0_0);
                c0_1 = p_fma(u, w1, c0_1);
                c0_2 = p_fma(u, w2, c0_2);
                c0_3 = p_fma(u, w3, c0_3);
                const reg u1 = p_splat(a1[1]);
                c1_0 = p_fma(u1, w, c1_0);
                c1_1 = p_fma(u1, w1, c1_1);
                c1_2 = p_fma(u1, w2, c1_2);
                c1_3 = p_fma(u1, w3, c1_3);
            }
            p_store(out + (out_at + r*64) + part, c0_0);
            p_store(out + (out_at + r*64 + 16) + part, c0_1);
            p_store(out + (out_at + r*64 + 32) + part, c0_2);
            p_store(out + (out_at + r*64 + 48) + part, c0_3);
            p_store(out + (out_at + r*64 + 64) + part, c1_0);
            p_store(out + (out_at + r*64 + 80) + part, c1_1);
            p_store(out + (out_at + r*64 + 96) + part, c1_2);
            p_store(out + (out_at + r*64 + 112) + part, c1_3);
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
 * clipped k0, clipped k1; in tiles of 2 rows and 4 vectors. */
static NOINLINE void kernel9_2x4(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to, ptrdiff_t from1, ptrdiff_t to1)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t r = 0; r < 64; r += 2) {
            reg c0_0 = p_load(out + (out_at + r*64) + part);
            reg c0_1 = p_load(out + (out_at + r*64 + 16) + part);
            reg c0_2 = p_load(out + (out_at + r*64 + 32) + part);
            reg c0_3 = p_load(out + (out_at + r*64 + 48) + part);
            reg c1_0 = p_load(out + (out_at + r*64 + 64) + part);
            reg c1_1 = p_load(out + (out_at + r*64 + 80) + part);
            reg c1_2 = p_load(out + (out_at + r*64 + 96) + part);
            reg c1_3 = p_load(out + (out_at + r*64 + 112) + part);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k1 = from1; k1 < to1; k1++) {
                    const real *const a1 = a + (a_at + r + k0*384 + k1*64);
                    const real *const b1 = b + (b_at + k0*1664 + k1*128);
                    const reg w = p_load(b1 + part);
                    const reg w1 = p_load(b1 + 16 + part);
                    const reg w2 = p_load(b1 + 32 + part);
                    const reg w3 = p_load(b1 + 48 + part);
                    const reg u = p_splat(a1[0]);
                    c0_0 = p_fma(u, w, c0_0);
                    c0_1 = p_fma(u, w1, c0_1);
                    c0_2 = p_fma(u, w2, c0_2);
                    c0_3 = p_fma(u, w3, c0_3);
                    const reg u1 = p_splat(a1[1]);
                    c1_0 = p_fma(u1, w, c1_0);
                    c1_1 = p_fma(u1, w1, c1_1);
                    c1_2 = p_fma(u1, w2, c1_2);
                    c1_3 = p_fma(u1, w3, c1_3);
                }
            }
            p_store(out + (out_at + r*64) + part, c0_0);
            p_store(out + (out_at + r*64 + 16) + part, c0_1);
            p_store(out + (out_at + r*64 + 32) + part, c0_2);
            p_store(out + (out_at + r*64 + 48) + part, c0_3);
            p_store(out + (out_at + r*64 + 64) + part, c1_0);
            p_store(out + (out_at + r*64 + 80) + part, c1_1);
            p_store(out + (out_at + r*64 + 96) + part, c1_2);
            p_store(out + (out_at + r*64 + 112) + part, c1_3);
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
 * clipped k0, clipped k1; in tiles of 2 rows and 4 vectors. */
static NOINLINE void kernel13_2x4(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to, ptrdiff_t from1, ptrdiff_t to1)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t r = 0; r < 64; r += 2) {
            reg c0_0 = p_load(out + (out_at + r*64) + part);
            reg c0_1 = p_load(out + (out_at + r*64 + 16) + part);
            reg c0_2 = p_load(out + (out_at + r*64 + 32) + part);
            reg c0_3 = p_load(out + (out_at + r*64 + 48) + part);
            reg c1_0 = p_load(out + (out_at + r*64 + 64) + part);
            reg c1_1 = p_load(out + (out_at + r*64 + 80) + part);
            reg c1_2 = p_load(out + (out_at + r*64 + 96) + part);
            reg c1_3 = p_load(out + (out_at + r*64 + 112) + part);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k1 = from1; k1 < to1; k1++) {
                    const real *const a1 = a + (a_at + r + k0*832 + k1*64);
                    const real *const b1 = b + (b_at + k0*3328 + k1*128);
                    const reg w = p_load(b1 + part);
                    const reg w1 = p_load(b1 + 16 + part);
                    const reg w2 = p_load(b1 + 32 + part);
                    const reg w3 = p_load(b1 + 48 + part);
                    const reg u = p_splat(a1[0]);
                    c0_0 = p_fma(u, w, c0_0);
                    c0_1 = p_fma(u, w1, c0_1);
                    c0_2 = p_fma(u, w2, c0_2);
                    c0_3 = p_fma(u, w3, c0_3);
                    const reg u1 = p_splat(a1[1]);
                    c1_0 = p_fma(u1, w, c1_0);
                    c1_1 = p_fma(u1, w1, c1_1);
                    c1_2 = p_fma(u1, w2, c1_2);
                    c1_3 = p_fma(u1, w3, c1_3);
                }
            }
            p_store(out + (out_at + r*64) + part, c0_0);
            p_store(out + (out_at + r*64 + 16) + part, c0_1);
            p_store(out + (out_at + r*64 + 32) + part, c0_2);
            p_store(out + (out_at + r*64 + 48) + part, c0_3);
            p_store(out + (out_at + r*64 + 64) + part, c1_0);
            p_store(out + (out_at + r*64 + 80) + part, c1_1);
            p_store(out + (out_at + r*64 + 96) + part, c1_2);
            p_store(out + (out_at + r*64 + 112) + part, c1_3);
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
 * k1; in tiles of 2 rows and 4 vectors. */
static NOINLINE void kernel16_2x4(const real *a, const real *b, real *out, ptrdiff_t a_at,
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
        reg c0_0_1 = p_load(out + (out_at + 128) + part);
        reg c0_1_1 = p_load(out + (out_at + 144) + part);
        reg c0_2_1 = p_load(out + (out_at + 160) + part);
        reg c0_3_1 = p_load(out + (out_at + 176) + part);
        ROLL for (ptrdiff_t k0 = 0; k0 < 26; k0++) {
            ROLL for (ptrdiff_t k1 = 0; k1 < 26; k1++) {
                const real *const a1 = a + (a_at + k0*1664 + k1*64);
                const real *const b1 = b + (b_at + k0*32 + k1 + 2);
                const reg u = p_splat(b1[0]);
                c0_0_1 = p_fma(p_load(a1 + part), u, c0_0_1);
                c0_1_1 = p_fma(p_load(a1 + 16 + part), u, c0_1_1);
                c0_2_1 = p_fma(p_load(a1 + 32 + part), u, c0_2_1);
                c0_3_1 = p_fma(p_load(a1 + 48 + part), u, c0_3_1);
            }
        }
        p_store(out + (out_at + 128) + part, c0_0_1);
        p_store(out + (out_at + 144) + part, c0_1_1);
        p_store(out + (out_at + 160) + part, c0_2_1);
        p_store(out + (out_at + 176) + part, c0_3_1);
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_prepare_piece3(ptrdiff_t piece, real *RESTRICT fixed,
    const real *RESTRICT theta)
{
    classifier_loop12(piece*8, i_min(piece*8 + 8, 64), fixed, 785952, theta, 768);
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_prepare_piece4(ptrdiff_t piece, real *RESTRICT fixed,
    const real *RESTRICT theta)
{
    classifier_loop12(piece*8, i_min(piece*8 + 8, 64), fixed, 851488, theta, 66496);
}

/* Part of train_prepare_piece5, train_prepare_piece6. */
static NOINLINE void classifier_loop10(ptrdiff_t at, ptrdiff_t count, real *RESTRICT fixed,
    ptrdiff_t at1, const real *RESTRICT theta, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t o = at; o < count; o++) {
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            ROLL for (ptrdiff_t n = 0; n < 4; n++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (o*64 + l*(-16384) + n*(-4096) + j + at1),
                        v_column(theta + (o*1024 + l*4 + n + j*16 + at2), 16));
                }
            }
        }
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_prepare_piece5(ptrdiff_t piece, real *RESTRICT fixed,
    const real *RESTRICT theta)
{
    classifier_loop10(piece*8, i_min(piece*8 + 8, 64), fixed, 980128, theta, 66496);
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_prepare_piece6(ptrdiff_t piece, real *RESTRICT fixed,
    const real *RESTRICT theta)
{
    classifier_loop10(piece*8, i_min(piece*8 + 8, 64), fixed, 1045664, theta, 768);
}

static void classifier_train_prepare_task(void *args, size_t task)
{
    const classifier_eval_prepare_args *const a = (const classifier_eval_prepare_args *)args;
    const ptrdiff_t m = (ptrdiff_t)task;
    classifier_train_prepare_piece3(m, a->fixed, a->theta);
}

static void classifier_train_prepare_task2(void *args, size_t task)
{
    const classifier_eval_prepare_args *const a = (const classifier_eval_prepare_args *)args;
    const ptrdiff_t m = (ptrdiff_t)task;
    classifier_train_prepare_piece4(m, a->fixed, a->theta);
}

static void classifier_train_prepare_task3(void *args, size_t task)
{
    const classifier_eval_prepare_args *const a = (const classifier_eval_prepare_args *)args;
    const ptrdiff_t o = (ptrdiff_t)task;
    classifier_train_prepare_piece5(o, a->fixed, a->theta);
}

static void classifier_train_prepare_task4(void *args, size_t task)
{
    const classifier_eval_prepare_args *const a = (const classifier_eval_prepare_args *)args;
    const ptrdiff_t o = (ptrdiff_t)task;
    classifier_train_prepare_piece6(o, a->fixed, a->theta);
}

/* What hangs on the weights alone. */
static NOINLINE void classifier_train_prepare(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    const nodec_parallel *parallel)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h;
    const real *const fc_b = theta + 208000;
    real *const fc_b1 = fixed + 32;
    const v16 fc_b2 = v_gather(fc_b, 1, 10);
    v_store(fc_b1, fc_b2);
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 432), p_splat(1.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 3632), p_splat(0.0f));
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
    classifier_loop17(fixed, 785376, theta);
    {
        classifier_eval_prepare_args args = { fixed, theta };
        each(parallel, (size_t)8, classifier_train_prepare_task, &args);
    }
    {
        classifier_eval_prepare_args args = { fixed, theta };
        each(parallel, (size_t)8, classifier_train_prepare_task2, &args);
    }
    classifier_loop18(fixed, 917024, theta);
    ROLL for (ptrdiff_t k = 0; k < 10; k++) {
        ROLL for (ptrdiff_t j = 0; j < 64; j += WIDTH) {
            p_store(fixed + (k*64 + 918048 + j), p_read(theta + (k*64 + j + 207360)));
        }
    }
    {
        classifier_eval_prepare_args args = { fixed, theta };
        each(parallel, (size_t)8, classifier_train_prepare_task3, &args);
    }
    {
        classifier_eval_prepare_args args = { fixed, theta };
        each(parallel, (size_t)8, classifier_train_prepare_task4, &args);
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_clear_piece7(ptrdiff_t piece, real *RESTRICT fixed)
{
    ROLL for (ptrdiff_t e = piece*65536; e < (i_min(piece*65536 + 65536,
        524288) + 15)/16*16; e += WIDTH) {
        p_store(fixed + (e + 1059872), p_splat(0.0f));
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_clear_piece8(ptrdiff_t piece, real *RESTRICT fixed)
{
    ROLL for (ptrdiff_t e = piece*65536; e < (i_min(piece*65536 + 65536,
        524288) + 15)/16*16; e += WIDTH) {
        p_store(fixed + (e + 1585696), p_splat(0.0f));
    }
}

typedef struct classifier_train_clear_args {
    real *fixed;
} classifier_train_clear_args;

static void classifier_train_clear_task(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t e = (ptrdiff_t)task;
    classifier_train_clear_piece7(e, a->fixed);
}

static void classifier_train_clear_task2(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t e = (ptrdiff_t)task;
    classifier_train_clear_piece8(e, a->fixed);
}

/* Nothing is accumulated yet. */
static NOINLINE void classifier_train_clear(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    const nodec_parallel *parallel)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    ROLL for (ptrdiff_t e = 0; e < 128; e += WIDTH) {
        p_store(fixed + (e + 1053088), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 5120; e += WIDTH) {
        p_store(fixed + (e + 1053216), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 512; e += WIDTH) {
        p_store(fixed + (e + 1059360), p_splat(0.0f));
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_train_clear_task, &args);
    }
    ROLL for (ptrdiff_t e = 0; e < 512; e += WIDTH) {
        p_store(fixed + (e + 1585184), p_splat(0.0f));
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_train_clear_task2, &args);
    }
    ROLL for (ptrdiff_t e = 0; e < 512; e += WIDTH) {
        p_store(fixed + (e + 2111008), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 4608; e += WIDTH) {
        p_store(fixed + (e + 2111520), p_splat(0.0f));
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg mul6 = p_mul(p_read(downsampling_1_running_mean + v), p_splat(0.9f));
        const reg mul7 = p_mul(p_read(downsampling_1_running_var + v), p_splat(0.9f));
        const reg mul8 = p_mul(p_read(downsampling_4_running_mean + v), p_splat(0.9f));
        const reg mul9 = p_mul(p_read(downsampling_4_running_var + v), p_splat(0.9f));
        const reg mul10 = p_mul(p_read(norm_running_mean + v), p_splat(0.9f));
        const reg mul11 = p_mul(p_read(norm_running_var + v), p_splat(0.9f));
        p_store(mul + v, mul6);
        p_store(mul1 + v, mul7);
        p_store(mul2 + v, mul8);
        p_store(mul3 + v, mul9);
        p_store(mul4 + v, mul10);
        p_store(mul5 + v, mul11);
    }
    real sum = 0.0f;
    sum = sum + fixed[432];
    fixed[448] = sum;
    const real samples = (real)batch;
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 448), p_mul(p_read(fixed + (e + 448)), p_splat(samples)));
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1049760 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1050272 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        classifier_loop14(inputs, n*785, fixed, b*97344 + 6624);
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
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg downsampling_0_b1 = p_read(downsampling_0_b + v);
            reg sum3 = p_splat(0.0f);
            reg sum4 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 26; j++) {
                const ptrdiff_t at = v + j*1664;
                reg sum5 = p_splat(0.0f);
                reg sum6 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 26; k++) {
                    const reg add1 = p_add(p_read(sum + (at + k*64)), downsampling_0_b1);
                    const reg mul = p_mul(add1, add1);
                    sum5 = p_add(sum5, add1);
                    sum6 = p_add(sum6, mul);
                    p_store(add + (at + k*64), add1);
                }
                sum3 = p_add(sum3, sum5);
                sum4 = p_add(sum4, sum6);
            }
            p_store(sum1 + v, p_add(p_read(sum1 + v), sum3));
            p_store(sum2 + v, p_add(p_read(sum2 + v), sum4));
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

/* Part of train_glue0, train_glue1, train_glue3. */
static NOINLINE void classifier_loop2(real *RESTRICT fixed, ptrdiff_t at, real mul3,
    const real *RESTRICT theta, ptrdiff_t at1, ptrdiff_t at2, real sub1, ptrdiff_t at3)
{
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg div2 = p_div(p_read(fixed + (v + at)), p_splat(mul3));
        const reg neg = p_neg(div2);
        const reg div3 = p_div(p_read(fixed + (v + (at + 512))), p_splat(mul3));
        const reg fma4 = p_fma(div2, neg, div3);
        const reg max = p_max(fma4, p_splat(0.0f));
        const reg add2 = p_add(max, p_splat(1e-5f));
        const reg sqrt1 = p_sqrt(add2);
        const reg div4 = p_div(p_read(theta + (v + at1)), sqrt1);
        const reg neg1 = p_neg(div4);
        const reg fma5 = p_fma(div2, neg1, p_read(theta + (v + (at1 + 64))));
        const reg fma6 = p_fma(div2, p_splat(0.1f), p_read(fixed + (v + at2)));
        const reg mul4 = p_mul(max, p_splat(mul3));
        const reg div5 = p_div(mul4, p_splat(sub1));
        const reg fma7 = p_fma(div5, p_splat(0.1f), p_read(fixed + (v + (at2 + 272))));
        const reg add3 = p_add(sqrt1, sqrt1);
        const reg add4 = p_add(div2, div2);
        p_store(fixed + (v + (at2 - 640)), div2);
        p_store(fixed + (v + (at2 - 448)), fma4);
        p_store(fixed + (v + (at2 - 256)), sqrt1);
        p_store(fixed + (v + (at2 - 192)), div4);
        p_store(fixed + (v + (at2 - 64)), fma5);
        p_store(fixed + (v + (at2 + 64)), fma6);
        p_store(fixed + (v + (at2 + 336)), fma7);
        p_store(fixed + (v + at3), add3);
        p_store(fixed + (v + (at3 + 192)), add4);
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue0(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    classifier_loop15(0, 64, fixed, 1049760, 1049824, 1049888, 1049952, 1050016, 1050080, 1050144,
        1050208);
    classifier_loop15(0, 64, fixed, 1050272, 1050336, 1050400, 1050464, 1050528, 1050592, 1050656,
        1050720);
    real *const mul = fixed + 464;
    real *const sub = fixed + 1248;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    classifier_loop2(fixed, 1049760, mul3, theta, 640, 1120, sub1, 5984);
}

/* Part of train_phase1, train_phase2, train_phase6 and 1 more. */
static NOINLINE void classifier_loop19(ptrdiff_t count, real *RESTRICT fixed, ptrdiff_t at,
    const real *RESTRICT values, ptrdiff_t at1, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t k = 0; k < count; k++) {
        const ptrdiff_t at3 = k*64;
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg fma1 = p_fma(p_read(fixed + (v + at)), p_read(values + (at3 + v + at1)),
                p_read(fixed + (v + (at + 128))));
            const reg max1 = p_max(p_splat(0.0f), fma1);
            p_store(fixed + (at3 + v + at2), max1);
        }
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1050784 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1051296 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        classifier_loop19(676, fixed, 928, values, batch*4640 + n*43264, b*97344 + 6624);
        /* downsampling.3 */
        classifier_loop20(fixed, 785952, b*97344 + 4896);
        real *const sum = fixed + (b*97344 + 49888);
        const real *const downsampling_3_b = theta + 66304;
        real *const add1 = values + (batch*47904 + n*10816);
        real *const sum1 = fixed + (b*64 + 1050784);
        real *const sum2 = fixed + (b*64 + 1051296);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg downsampling_3_b1 = p_read(downsampling_3_b + v);
            reg sum3 = p_splat(0.0f);
            reg sum4 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 13; j++) {
                const ptrdiff_t at = v + j*832;
                reg sum5 = p_splat(0.0f);
                reg sum6 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 13; k++) {
                    const reg add2 = p_add(p_read(sum + (at + k*64)), downsampling_3_b1);
                    const reg mul = p_mul(add2, add2);
                    sum5 = p_add(sum5, add2);
                    sum6 = p_add(sum6, mul);
                    p_store(add1 + (at + k*64), add2);
                }
                sum3 = p_add(sum3, sum5);
                sum4 = p_add(sum4, sum6);
            }
            p_store(sum1 + v, p_add(p_read(sum1 + v), sum3));
            p_store(sum2 + v, p_add(p_read(sum2 + v), sum4));
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
    classifier_loop15(0, 64, fixed, 1050784, 1050848, 1050912, 1050976, 1051040, 1051104, 1051168,
        1051232);
    classifier_loop15(0, 64, fixed, 1051296, 1051360, 1051424, 1051488, 1051552, 1051616, 1051680,
        1051744);
    real *const mul = fixed + 1520;
    real *const sub = fixed + 2304;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    classifier_loop2(fixed, 1050784, mul3, theta, 66368, 2176, sub1, 5024);
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
        classifier_loop19(169, fixed, 1984, values, batch*47904 + n*10816, b*97344 + 6624);
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
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg add2 = p_add(p_read(sum + (at + v)), p_read(downsampling_6_b + v));
                p_store(add1 + (at + v), add2);
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1051808 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1052320 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1051808);
        real *const feature_x_end = values + n*2304;
        real *const sum1 = fixed + (b*64 + 1052320);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            reg sum2 = p_splat(0.0f);
            reg sum3 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                reg sum4 = p_splat(0.0f);
                reg sum5 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const reg feature_x_end1 = p_read(feature_x_end + (at + k*64));
                    const reg mul = p_mul(feature_x_end1, feature_x_end1);
                    sum4 = p_add(sum4, feature_x_end1);
                    sum5 = p_add(sum5, mul);
                }
                sum2 = p_add(sum2, sum4);
                sum3 = p_add(sum3, sum5);
            }
            p_store(sum + v, p_add(p_read(sum + v), sum2));
            p_store(sum1 + v, p_add(p_read(sum1 + v), sum3));
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
    classifier_loop15(0, 64, fixed, 1051808, 1051872, 1051936, 1052000, 1052064, 1052128, 1052192,
        1052256);
    classifier_loop15(0, 64, fixed, 1052320, 1052384, 1052448, 1052512, 1052576, 1052640, 1052704,
        1052768);
    real *const mul = fixed + 2576;
    real *const sub = fixed + 3360;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    classifier_loop2(fixed, 1051808, mul3, theta, 207232, 3232, sub1, 4064);
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
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (b*16 + 1052832 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (b*16 + 1052960 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1058336 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1058848 + e), p_splat(0.0f));
    }
    classifier_loop3(first, last, values, batch*112800, fixed, 3040, batch*112864);
    /* fc */
    kernel4_8x1(fixed, values, values, 917024, batch*112864 + first*64, batch*112928 + first*16,
        last - first);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = values + (batch*112928 + n*16);
        real *const fc_b = fixed + 32;
        real *const add = values + (batch*112944 + n*16);
        real *const add1 = outputs ? outputs + n*10 : NULL;
        const v16 add2 = v_add(v_load(sum), v_load(fc_b));
        v_store(add, add2);
        if (add1 != NULL) {
            v_scatter(add1, 1, 10, add2);
        }
        real best = values[batch*112944 + n*16];
        ROLL for (ptrdiff_t k = 0; k < 10; k++) {
            best = r_max(best, values[batch*112944 + n*16 + k]);
        }
        values[batch*112960 + n*16] = best;
        real *const sum1 = values + (batch*112976 + n*16);
        real *const add3 = values + (batch*112944 + n*16);
        real *const peak_max = values + (batch*112960 + n*16);
        real *const number = fixed + 3632;
        real *const select = values + (batch*113008 + n*16);
        real *const sum2 = values + (batch*113072 + n*16);
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
            taken = values[batch*112944 + n*16 + index];
        }
        values[batch*112992 + n*16] = taken;
        real best1 = values[batch*113008 + n*16];
        ROLL for (ptrdiff_t k = 0; k < 10; k++) {
            best1 = r_min(best1, values[batch*113008 + n*16 + k]);
        }
        values[batch*113024 + n*16] = best1;
        real *const sum5 = fixed + (b*16 + 1052832);
        real *const peak_max2 = values + (batch*112960 + n*16);
        real *const sum6 = values + (batch*112976 + n*16);
        real *const take = values + (batch*112992 + n*16);
        real *const sum7 = fixed + (b*16 + 1052960);
        const real *const label = inputs + (n*785 + 784);
        real *const peak_min = values + (batch*113024 + n*16);
        real *const div = values + (batch*113040 + n*16);
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
        real *const sum9 = values + (batch*113056 + n*16);
        real *const add6 = values + (batch*112944 + n*16);
        real *const peak_max3 = values + (batch*112960 + n*16);
        real *const div2 = values + (batch*113040 + n*16);
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
        real *const sum11 = values + (batch*113056 + n*16);
        real *const sum12 = values + (batch*113072 + n*16);
        real *const div4 = values + (batch*113088 + n*16);
        const real add7 = weight + sum11[0];
        const real div5 = add7/sum12[0];
        div4[0] = div5;
        real *const sum13 = fixed + (b*16 + 1053088);
        real *const add8 = values + (batch*112944 + n*16);
        real *const peak_max5 = values + (batch*112960 + n*16);
        real *const div6 = values + (batch*113088 + n*16);
        real *const put = values + (batch*58720 + n*16);
        real *const div7 = values + (batch*113040 + n*16);
        real *const fma_ = values + (batch*113104 + n*16);
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
    kernel7_2x4(values, values, fixed, batch*113104 + first*16, batch*112864 + first*64,
        b*640 + 1053216, last - first);
    /* fc */
    kernel8_4x2(fixed, values, values, 918048, batch*113104 + first*16, batch*113120 + first*64,
        last - first);
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1058336);
        real *const sum1 = values + (batch*113120 + n*64);
        real *const div = values + (batch*113184 + n*64);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div1 = p_div(p_read(sum1 + v), p_splat(36.0f));
            p_store(div + v, div1);
            p_store(sum + v, p_add(p_read(sum + v), div1));
        }
        real *const div1 = fixed + 3040;
        real *const div2 = values + (batch*113184 + n*64);
        real *const mul = values + (batch*58736 + n*2304);
        real *const sum2 = fixed + (b*64 + 1058848);
        real *const feature_x_end = values + n*2304;
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div3 = p_read(div1 + v);
            const reg div4 = p_read(div2 + v);
            const reg mul1 = p_mul(div3, div4);
            reg sum3 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                reg sum4 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const reg mul2 = p_mul(p_read(feature_x_end + (at + k*64)), div4);
                    sum4 = p_add(sum4, mul2);
                    p_store(mul + (at + k*64), mul1);
                }
                sum3 = p_add(sum3, sum4);
            }
            p_store(sum2 + v, p_add(p_read(sum2 + v), sum3));
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
    classifier_loop15(0, 16, fixed, 1052832, 1052848, 1052864, 1052880, 1052896, 1052912, 1052928,
        1052944);
    classifier_loop15(0, 16, fixed, 1052960, 1052976, 1052992, 1053008, 1053024, 1053040, 1053056,
        1053072);
    classifier_loop15(0, 64, fixed, 1058336, 1058400, 1058464, 1058528, 1058592, 1058656, 1058720,
        1058784);
    classifier_loop15(0, 64, fixed, 1058848, 1058912, 1058976, 1059040, 1059104, 1059168, 1059232,
        1059296);
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg mul3 = p_mul(p_read(sum + v), p_splat(36.0f));
        const reg neg = p_neg(mul3);
        const reg fma1 = p_fma(p_read(div + v), neg, p_read(sum1 + v));
        const reg div4 = p_div(fma1, p_read(sqrt_ + v));
        const reg_mask gt = p_gt(p_read(fma_ + v), p_splat(0.0f));
        const reg div5 = p_read(div2 + v);
        const reg mul4 = p_mul(div5, div4);
        const reg neg1 = p_neg(mul4);
        const reg div6 = p_div(neg1, p_read(add + v));
        const reg div7 = p_div(div6, p_splat(mul2));
        const reg select1 = p_select(gt, div7, p_splat(0.0f));
        const reg neg2 = p_neg(div6);
        const reg mul5 = p_mul(neg2, p_read(add1 + v));
        const reg select2 = p_select(gt, mul5, p_splat(0.0f));
        const reg fma2 = p_fma(div5, neg, select2);
        const reg div8 = p_div(fma2, p_splat(mul2));
        p_store(mul + v, mul3);
        p_store(div1 + v, div4);
        p_store(select + v, select1);
        p_store(div3 + v, div8);
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
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg feature_x_end1 = p_read(feature_x_end + (at + v));
                const reg add1 = p_add(feature_x_end1, feature_x_end1);
                const reg fma_ = p_fma(p_read(select + v), add1, p_read(mul + (at + v)));
                const reg add2 = p_add(fma_, p_read(div + v));
                p_store(add + (at + v), add2);
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1584160 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 1584672 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1059360);
        real *const a_feature_x_begin = values + (batch*2304 + n*2304);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            reg sum1 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                reg sum2 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    sum2 = p_add(sum2, p_read(a_feature_x_begin + (at + k*64)));
                }
                sum1 = p_add(sum1, sum2);
            }
            p_store(sum + v, p_add(p_read(sum + v), sum1));
        }
        classifier_loop19(169, fixed, 1984, values, batch*47904 + n*10816, b*97344 + 6624);
        /* downsampling.6: sum over samples */
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 4; l++) {
                kernel9_2x4(values, fixed, fixed, batch*2304 + n*2304,
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
        real *const select = values + (batch*58720 + n*10816);
        real *const sum3 = fixed + (b*64 + 1584672);
        real *const add1 = values + (batch*47904 + n*10816);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div2 = p_read(div1 + v);
            reg sum4 = p_splat(0.0f);
            reg sum5 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 13; j++) {
                const ptrdiff_t at = v + j*832;
                reg sum6 = p_splat(0.0f);
                reg sum7 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 13; k++) {
                    const reg_mask gt = p_gt(p_read(max1 + (at + k*64)), p_splat(0.0f));
                    const reg sum8 = p_read(sum2 + (at + k*64));
                    const reg select1 = p_select(gt, sum8, p_splat(0.0f));
                    const reg mul = p_mul(div2, sum8);
                    const reg select2 = p_select(gt, mul, p_splat(0.0f));
                    const reg mul1 = p_mul(p_read(add1 + (at + k*64)), sum8);
                    const reg select3 = p_select(gt, mul1, p_splat(0.0f));
                    sum6 = p_add(sum6, select1);
                    sum7 = p_add(sum7, select3);
                    p_store(select + (at + k*64), select2);
                }
                sum4 = p_add(sum4, sum6);
                sum5 = p_add(sum5, sum7);
            }
            p_store(sum1 + v, p_add(p_read(sum1 + v), sum4));
            p_store(sum3 + v, p_add(p_read(sum3 + v), sum5));
        }
    }
}

/* Part of train_glue6, train_glue7, feature_pull_glue2. */
static NOINLINE void classifier_loop5(real *RESTRICT fixed, ptrdiff_t at, ptrdiff_t at1,
    ptrdiff_t at2, real mul1)
{
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg neg = p_neg(p_read(fixed + (v + at)));
        const reg fma1 = p_fma(neg, p_read(fixed + (v + at1)), p_read(fixed + (v + (at + 512))));
        const reg div4 = p_div(fma1, p_read(fixed + (v + (at1 + 384))));
        const reg_mask gt = p_gt(p_read(fixed + (v + (at1 + 192))), p_splat(0.0f));
        const reg div5 = p_read(fixed + (v + (at1 + 448)));
        const reg mul2 = p_mul(div4, div5);
        const reg neg1 = p_neg(mul2);
        const reg div6 = p_div(neg1, p_read(fixed + (v + at2)));
        const reg div7 = p_div(div6, p_splat(mul1));
        const reg select1 = p_select(gt, div7, p_splat(0.0f));
        const reg neg2 = p_neg(div6);
        const reg mul3 = p_mul(neg2, p_read(fixed + (v + (at2 + 192))));
        const reg select2 = p_select(gt, mul3, p_splat(0.0f));
        const reg fma2 = p_fma(neg, div5, select2);
        const reg div8 = p_div(fma2, p_splat(mul1));
        p_store(fixed + (v + (at2 - 192)), div4);
        p_store(fixed + (v + (at2 + 512)), select1);
        p_store(fixed + (v + (at2 + 576)), div8);
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_train_glue6(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    classifier_loop15(0, 64, fixed, 1584160, 1584224, 1584288, 1584352, 1584416, 1584480, 1584544,
        1584608);
    classifier_loop15(0, 64, fixed, 1584672, 1584736, 1584800, 1584864, 1584928, 1584992, 1585056,
        1585120);
    real *const mul = fixed + 1520;
    const real mul1 = mul[0];
    classifier_loop5(fixed, 1584160, 1536, 5024, mul1);
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2109984 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2110496 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const sum = fixed + (b*64 + 1585184);
        real *const select = fixed + 5536;
        real *const add = values + (batch*47904 + n*10816);
        real *const select1 = values + (batch*58720 + n*10816);
        real *const div = fixed + 5600;
        real *const add1 = fixed + (b*97344 + 49888);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg select2 = p_read(select + v);
            const reg div1 = p_read(div + v);
            reg sum1 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 13; j++) {
                const ptrdiff_t at = v + j*832;
                reg sum2 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 13; k++) {
                    const reg add2 = p_read(add + (at + k*64));
                    const reg add3 = p_add(add2, add2);
                    const reg fma_ = p_fma(select2, add3, p_read(select1 + (at + k*64)));
                    const reg add4 = p_add(fma_, div1);
                    sum2 = p_add(sum2, add4);
                    p_store(add1 + (at + k*64), add4);
                }
                sum1 = p_add(sum1, sum2);
            }
            p_store(sum + v, p_add(p_read(sum + v), sum1));
        }
        classifier_loop19(676, fixed, 928, values, batch*4640 + n*43264, b*97344 + 6624);
        /* downsampling.3: sum over samples */
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 4; l++) {
                kernel13_2x4(fixed, fixed, fixed, b*97344 + 49888, b*97344 + 4896 + k*1664 + l*64,
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
        real *const select2 = values + (batch*69536 + n*43264);
        real *const sum3 = fixed + (b*64 + 2110496);
        real *const add3 = values + (batch*4640 + n*43264);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div3 = p_read(div2 + v);
            reg sum4 = p_splat(0.0f);
            reg sum5 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 26; j++) {
                const ptrdiff_t at = v + j*1664;
                reg sum6 = p_splat(0.0f);
                reg sum7 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 26; k++) {
                    const reg_mask gt = p_gt(p_read(max1 + (at + k*64)), p_splat(0.0f));
                    const reg sum8 = p_read(sum2 + (at + k*64));
                    const reg select3 = p_select(gt, sum8, p_splat(0.0f));
                    const reg mul = p_mul(div3, sum8);
                    const reg select4 = p_select(gt, mul, p_splat(0.0f));
                    const reg mul1 = p_mul(p_read(add3 + (at + k*64)), sum8);
                    const reg select5 = p_select(gt, mul1, p_splat(0.0f));
                    sum6 = p_add(sum6, select3);
                    sum7 = p_add(sum7, select5);
                    p_store(select2 + (at + k*64), select4);
                }
                sum4 = p_add(sum4, sum6);
                sum5 = p_add(sum5, sum7);
            }
            p_store(sum1 + v, p_add(p_read(sum1 + v), sum4));
            p_store(sum3 + v, p_add(p_read(sum3 + v), sum5));
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
    classifier_loop15(0, 64, fixed, 2109984, 2110048, 2110112, 2110176, 2110240, 2110304, 2110368,
        2110432);
    classifier_loop15(0, 64, fixed, 2110496, 2110560, 2110624, 2110688, 2110752, 2110816, 2110880,
        2110944);
    real *const mul = fixed + 464;
    const real mul1 = mul[0];
    classifier_loop5(fixed, 2109984, 480, 5984, mul1);
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
        real *const select1 = values + (batch*69536 + n*43264);
        real *const div = fixed + 6560;
        real *const add1 = fixed + (b*97344 + 7520);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg select2 = p_read(select + v);
            const reg div1 = p_read(div + v);
            reg sum1 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 26; j++) {
                const ptrdiff_t at = v + j*1664;
                reg sum2 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 26; k++) {
                    const reg add2 = p_read(add + (at + k*64));
                    const reg add3 = p_add(add2, add2);
                    const reg fma_ = p_fma(select2, add3, p_read(select1 + (at + k*64)));
                    const reg add4 = p_add(fma_, div1);
                    sum2 = p_add(sum2, add4);
                    p_store(add1 + (at + k*64), add4);
                }
                sum1 = p_add(sum1, sum2);
            }
            p_store(sum + v, p_add(p_read(sum + v), sum1));
        }
        classifier_loop14(inputs, n*785, fixed, b*97344 + 6624);
        /* downsampling.0: sum over samples */
        ROLL for (ptrdiff_t j = 0; j < 3; j++) {
            kernel16_2x4(fixed, fixed, fixed, b*97344 + 7520, b*97344 + 6624 + j*32,
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to + v, p_read(fma_ + v));
    }
    real *const to1 = buffers + (slot + 64);
    real *const fma1 = fixed + 1456;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to1 + v, p_read(fma1 + v));
    }
    real *const to2 = buffers + (slot + 128);
    real *const fma2 = fixed + 2240;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to2 + v, p_read(fma2 + v));
    }
    real *const to3 = buffers + (slot + 192);
    real *const fma3 = fixed + 2512;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to3 + v, p_read(fma3 + v));
    }
    real *const to4 = buffers + (slot + 256);
    real *const fma4 = fixed + 3296;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to4 + v, p_read(fma4 + v));
    }
    real *const to5 = buffers + (slot + 320);
    real *const fma5 = fixed + 3568;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to5 + v, p_read(fma5 + v));
    }
    real *const to6 = fixed + 2116128;
    real *const div = fixed + 5792;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to6 + v, p_add(p_read(to6 + v), p_read(div + v)));
    }
    real *const to7 = fixed + 2116192;
    real *const sum = fixed + 2109984;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to7 + v, p_add(p_read(to7 + v), p_read(sum + v)));
    }
    real *const to8 = fixed + 2116256;
    real *const div1 = fixed + 4832;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to8 + v, p_add(p_read(to8 + v), p_read(div1 + v)));
    }
    real *const to9 = fixed + 2116320;
    real *const sum1 = fixed + 1584160;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to9 + v, p_add(p_read(to9 + v), p_read(sum1 + v)));
    }
    real *const to10 = fixed + 2116384;
    real *const div2 = fixed + 3872;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to10 + v, p_add(p_read(to10 + v), p_read(div2 + v)));
    }
    real *const to11 = fixed + 2116448;
    real *const mul = fixed + 3680;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to11 + v, p_add(p_read(to11 + v), p_read(mul + v)));
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_finish_piece9(ptrdiff_t piece, real *RESTRICT fixed)
{
    classifier_loop15(piece*8192, i_min(piece*8192 + 8192, 65536), fixed, 1059872, 1125408, 1190944,
        1256480, 1322016, 1387552, 1453088, 1518624);
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_finish_piece10(ptrdiff_t piece, real *RESTRICT fixed)
{
    classifier_loop15(piece*8192, i_min(piece*8192 + 8192, 65536), fixed, 1585696, 1651232, 1716768,
        1782304, 1847840, 1913376, 1978912, 2044448);
}

/* Part of train_finish_piece11, train_finish_piece12. */
static NOINLINE void classifier_loop8(ptrdiff_t at, ptrdiff_t count, real *RESTRICT g_theta,
    ptrdiff_t at1, const real *RESTRICT fixed, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t i = at; i < count; i++) {
        const ptrdiff_t at3 = i*64;
        const ptrdiff_t at1_1 = i*1024;
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            const ptrdiff_t at2_1 = at3 + l*4096;
            const ptrdiff_t at3_1 = at1_1 + l;
            ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
                v_scatter(g_theta + (at3_1 + v*16 + at1), 16, 16,
                    v_add(v_load(fixed + (at2_1 + v + at2)),
                    v_column(g_theta + (at3_1 + v*16 + at1), 16)));
            }
        }
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_finish_piece11(ptrdiff_t piece, real *RESTRICT g_theta,
    real *RESTRICT fixed)
{
    classifier_loop8(piece*8, i_min(piece*8 + 8, 64), g_theta, 768, fixed, 1585696);
}

/* A piece of a long loop. */
static NOINLINE void classifier_train_finish_piece12(ptrdiff_t piece, real *RESTRICT g_theta,
    real *RESTRICT fixed)
{
    classifier_loop8(piece*8, i_min(piece*8 + 8, 64), g_theta, 66496, fixed, 1059872);
}

static void classifier_train_finish_task(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t e = (ptrdiff_t)task;
    classifier_train_finish_piece9(e, a->fixed);
}

static void classifier_train_finish_task2(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t e = (ptrdiff_t)task;
    classifier_train_finish_piece10(e, a->fixed);
}

typedef struct classifier_train_finish_args3 {
    real *g_theta;
    real *fixed;
} classifier_train_finish_args3;

static void classifier_train_finish_task3(void *args, size_t task)
{
    const classifier_train_finish_args3 *const a = (const classifier_train_finish_args3 *)args;
    const ptrdiff_t i = (ptrdiff_t)task;
    classifier_train_finish_piece11(i, a->g_theta, a->fixed);
}

static void classifier_train_finish_task4(void *args, size_t task)
{
    const classifier_train_finish_args3 *const a = (const classifier_train_finish_args3 *)args;
    const ptrdiff_t i = (ptrdiff_t)task;
    classifier_train_finish_piece12(i, a->g_theta, a->fixed);
}

/* From what is accumulated to gradients. */
static NOINLINE void classifier_train_finish(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    real *RESTRICT g_theta, const nodec_parallel *parallel)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    classifier_loop15(0, 16, fixed, 1053088, 1053104, 1053120, 1053136, 1053152, 1053168, 1053184,
        1053200);
    classifier_loop15(0, 640, fixed, 1053216, 1053856, 1054496, 1055136, 1055776, 1056416, 1057056,
        1057696);
    classifier_loop15(0, 64, fixed, 1059360, 1059424, 1059488, 1059552, 1059616, 1059680, 1059744,
        1059808);
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_train_finish_task, &args);
    }
    classifier_loop15(0, 64, fixed, 1585184, 1585248, 1585312, 1585376, 1585440, 1585504, 1585568,
        1585632);
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_train_finish_task2, &args);
    }
    classifier_loop15(0, 64, fixed, 2111008, 2111072, 2111136, 2111200, 2111264, 2111328, 2111392,
        2111456);
    classifier_loop15(0, 576, fixed, 2111520, 2112096, 2112672, 2113248, 2113824, 2114400, 2114976,
        2115552);
    real *const to = g_theta;
    real *const sum = fixed + 2111520;
    ROLL for (ptrdiff_t l = 0; l < 9; l++) {
        const ptrdiff_t at = l*64;
        ROLL for (ptrdiff_t v = 0; v < 64; v += 16) {
            v_scatter(to + (l + v*9), 9, 16, v_add(v_column(to + (l + v*9), 9),
                v_load(sum + (at + v))));
        }
    }
    real *const to1 = g_theta + 576;
    real *const sum1 = fixed + 2111008;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to1 + v, p_add(p_read(to1 + v), p_read(sum1 + v)));
    }
    {
        classifier_train_finish_args3 args = { g_theta, fixed };
        each(parallel, (size_t)8, classifier_train_finish_task3, &args);
    }
    real *const to3 = g_theta + 66304;
    real *const sum3 = fixed + 1585184;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to3 + v, p_add(p_read(to3 + v), p_read(sum3 + v)));
    }
    {
        classifier_train_finish_args3 args = { g_theta, fixed };
        each(parallel, (size_t)8, classifier_train_finish_task4, &args);
    }
    real *const to5 = g_theta + 132032;
    real *const sum5 = fixed + 1059360;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to5 + v, p_add(p_read(to5 + v), p_read(sum5 + v)));
    }
    real *const to6 = g_theta + 207360;
    real *const sum6 = fixed + 1053216;
    ROLL for (ptrdiff_t v = 0; v < 640; v += WIDTH) {
        p_store(to6 + v, p_add(p_read(to6 + v), p_read(sum6 + v)));
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
    classifier_loop16(fixed, 2203872, theta, 132672);
    classifier_loop23(fixed, 2203872, 2116768);
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 2121376), p_splat(1.0f));
    }
    classifier_loop16(fixed, 2204448, theta, 170240);
    classifier_loop23(fixed, 2204448, 2122064);
    classifier_loop9(fixed, 2128096, theta, 132096);
    classifier_loop9(fixed, 2164960, theta, 169664);
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg mul4 = p_mul(p_read(feature_func_norm1_running_mean + v), p_splat(0.9f));
        const reg mul5 = p_mul(p_read(feature_func_norm1_running_var + v), p_splat(0.9f));
        const reg mul6 = p_mul(p_read(feature_func_norm2_running_mean + v), p_splat(0.9f));
        const reg mul7 = p_mul(p_read(feature_func_norm2_running_var + v), p_splat(0.9f));
        p_store(mul + v, mul4);
        p_store(mul1 + v, mul5);
        p_store(mul2 + v, mul6);
        p_store(mul3 + v, mul7);
    }
    classifier_loop22(fixed, 2116768, t, 2122064);
    real sum2 = 0.0f;
    sum2 = sum2 + fixed[2121376];
    fixed[2121392] = sum2;
    const real samples = (real)batch;
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 2121392), p_mul(p_read(fixed + (e + 2121392)), p_splat(samples)));
    }
    real *const sum3 = fixed + 2121392;
    real *const mul6 = fixed + 2121408;
    real *const sub = fixed + 2127440;
    const real mul7 = sum3[0]*36.0f;
    const real sub1 = mul7 - 1.0f;
    mul6[0] = mul7;
    sub[0] = sub1;
}

/* Part of feature_step_phase1, loop1. */
static NOINLINE void classifier_loop24(real *RESTRICT fixed, ptrdiff_t at, ptrdiff_t at1,
    real *RESTRICT values, ptrdiff_t at2, ptrdiff_t at3)
{
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        reg sum3 = p_splat(0.0f);
        reg sum4 = p_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            const ptrdiff_t at4 = v + j*384;
            reg sum5 = p_splat(0.0f);
            reg sum6 = p_splat(0.0f);
            ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                const reg add = p_add(p_read(fixed + (at4 + k*64 + at)),
                    p_read(fixed + (at4 + k*64 + at1)));
                const reg max2 = p_max(p_splat(0.0f), add);
                const reg mul1 = p_mul(max2, max2);
                sum5 = p_add(sum5, max2);
                sum6 = p_add(sum6, mul1);
                p_store(values + (at4 + k*64 + at2), max2);
            }
            sum3 = p_add(sum3, sum5);
            sum4 = p_add(sum4, sum6);
        }
        p_store(fixed + (v + at3), p_add(sum3, p_read(fixed + (v + at3))));
        p_store(fixed + (v + (at3 + 512)), p_add(sum4, p_read(fixed + (v + (at3 + 512)))));
    }
}

/* Part of feature_step_phase0, feature_pull_phase0. */
static NOINLINE void classifier_loop1(ptrdiff_t first, ptrdiff_t last, real *RESTRICT fixed,
    real *RESTRICT values, ptrdiff_t at, ptrdiff_t at1, ptrdiff_t at2, ptrdiff_t at3, ptrdiff_t at4)
{
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        ROLL for (ptrdiff_t k = 0; k < 6; k++) {
            kernel5_6x2(fixed, values, fixed, at, n*2304 + k*384 - 448, k*384 + at1,
                i_max(0 - k + 1, 0), i_min(3, 0 - k + 7));
        }
        classifier_loop24(fixed, at1, at2, values, n*2304 + at3, at4);
    }
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2201824 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2202336 + e), p_splat(0.0f));
    }
    classifier_loop1(first, last, fixed, values, 2128096, b*97344 + 6624, 2119072, batch*113248,
        b*64 + 2201824);
}

/* Part of feature_step_glue0, feature_step_glue1. */
static NOINLINE void classifier_loop6(real *RESTRICT fixed, ptrdiff_t at, real mul3,
    const real *RESTRICT theta, ptrdiff_t at1, ptrdiff_t at2, real sub1, ptrdiff_t at3,
    ptrdiff_t at4)
{
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg div1 = p_div(p_read(fixed + (v + at)), p_splat(mul3));
        const reg neg = p_neg(div1);
        const reg div2 = p_div(p_read(fixed + (v + (at + 512))), p_splat(mul3));
        const reg fma3 = p_fma(div1, neg, div2);
        const reg max = p_max(fma3, p_splat(0.0f));
        const reg add = p_add(max, p_splat(1e-5f));
        const reg sqrt_ = p_sqrt(add);
        const reg div3 = p_div(p_read(theta + (v + at1)), sqrt_);
        const reg neg1 = p_neg(div3);
        const reg fma4 = p_fma(div1, neg1, p_read(theta + (v + (at1 + 64))));
        const reg fma5 = p_fma(div1, p_splat(0.1f), p_read(fixed + (v + at2)));
        const reg mul4 = p_mul(max, p_splat(mul3));
        const reg div4 = p_div(mul4, p_splat(sub1));
        const reg fma6 = p_fma(div4, p_splat(0.1f), p_read(fixed + (v + at3)));
        p_store(fixed + (v + at4), div3);
        p_store(fixed + (v + (at4 + 128)), fma4);
        p_store(fixed + (v + (at2 + 64)), fma5);
        p_store(fixed + (v + (at3 + 64)), fma6);
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_step_glue0(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    classifier_loop15(0, 64, fixed, 2201824, 2201888, 2201952, 2202016, 2202080, 2202144, 2202208,
        2202272);
    classifier_loop15(0, 64, fixed, 2202336, 2202400, 2202464, 2202528, 2202592, 2202656, 2202720,
        2202784);
    real *const mul = fixed + 2121408;
    real *const sub = fixed + 2127440;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    classifier_loop6(fixed, 2201824, mul3, theta, 169536, 2127312, sub1, 2127584, 2121872);
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2202848 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2203360 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*113248 + n*2304);
        real *const div = fixed + 2121872;
        real *const fma_ = fixed + 2122000;
        real *const fma1 = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg fma2 = p_fma(p_read(max + (at + v)), p_read(div + v), p_read(fma_ + v));
                p_store(fma1 + (at + v), fma2);
            }
        }
        /* feature.func.conv2 */
        classifier_loop21(fixed, fixed, 2164960, b*97344 + 6176, b*97344 + 8928);
        classifier_loop24(fixed, 2124368, b*97344 + 8928, values, batch*115552 + n*2304,
            b*64 + 2202848);
    }
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_step_glue1(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    classifier_loop15(0, 64, fixed, 2202848, 2202912, 2202976, 2203040, 2203104, 2203168, 2203232,
        2203296);
    classifier_loop15(0, 64, fixed, 2203360, 2203424, 2203488, 2203552, 2203616, 2203680, 2203744,
        2203808);
    real *const mul = fixed + 2121408;
    real *const sub = fixed + 2127440;
    const real mul3 = mul[0];
    const real sub1 = sub[0];
    classifier_loop6(fixed, 2202848, mul3, theta, 207104, 2127712, sub1, 2127968, 2127120);
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
        real *const max = values + (batch*115552 + n*2304);
        real *const div = fixed + 2127120;
        real *const fma_ = fixed + 2127248;
        real *const x = values + n*2304;
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg fma1 = p_fma(p_read(max + (at + v)), p_read(div + v), p_read(fma_ + v));
                const reg fma2 = p_fma(fma1, p_splat(h), p_read(x + (at + v)));
                p_store(x + (at + v), fma2);
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
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to + v, p_read(fma_ + v));
    }
    real *const to1 = buffers + (slot + 448);
    real *const fma1 = fixed + 2127648;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to1 + v, p_read(fma1 + v));
    }
    real *const to2 = buffers + (slot + 512);
    real *const fma2 = fixed + 2127776;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to2 + v, p_read(fma2 + v));
    }
    real *const to3 = buffers + (slot + 576);
    real *const fma3 = fixed + 2128032;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to3 + v, p_read(fma3 + v));
    }
}

/* out[64*r + v] += sum of a[r + 384*k0 + 64*k1] * b[384*k0 + 64*k1 + v] for 64 r, 64 v, clipped
 * k0, clipped k1; in tiles of 2 rows and 4 vectors. */
static NOINLINE void kernel17_2x4(const real *a, const real *b, real *out, ptrdiff_t a_at,
    ptrdiff_t b_at, ptrdiff_t out_at, ptrdiff_t from, ptrdiff_t to, ptrdiff_t from1, ptrdiff_t to1)
{
    ROLL for (ptrdiff_t part = 0; part < 16; part += WIDTH) {
        ROLL for (ptrdiff_t r = 0; r < 64; r += 2) {
            reg c0_0 = p_load(out + (out_at + r*64) + part);
            reg c0_1 = p_load(out + (out_at + r*64 + 16) + part);
            reg c0_2 = p_load(out + (out_at + r*64 + 32) + part);
            reg c0_3 = p_load(out + (out_at + r*64 + 48) + part);
            reg c1_0 = p_load(out + (out_at + r*64 + 64) + part);
            reg c1_1 = p_load(out + (out_at + r*64 + 80) + part);
            reg c1_2 = p_load(out + (out_at + r*64 + 96) + part);
            reg c1_3 = p_load(out + (out_at + r*64 + 112) + part);
            ROLL for (ptrdiff_t k0 = from; k0 < to; k0++) {
                ROLL for (ptrdiff_t k1 = from1; k1 < to1; k1++) {
                    const real *const a1 = a + (a_at + r + k0*384 + k1*64);
                    const real *const b1 = b + (b_at + k0*384 + k1*64);
                    const reg w = p_load(b1 + part);
                    const reg w1 = p_load(b1 + 16 + part);
                    const reg w2 = p_load(b1 + 32 + part);
                    const reg w3 = p_load(b1 + 48 + part);
                    const reg u = p_splat(a1[0]);
                    c0_0 = p_fma(u, w, c0_0);
                    c0_1 = p_fma(u, w1, c0_1);
                    c0_2 = p_fma(u, w2, c0_2);
                    c0_3 = p_fma(u, w3, c0_3);
                    const reg u1 = p_splat(a1[1]);
                    c1_0 = p_fma(u1, w, c1_0);
                    c1_1 = p_fma(u1, w1, c1_1);
                    c1_2 = p_fma(u1, w2, c1_2);
                    c1_3 = p_fma(u1, w3, c1_3);
                }
            }
            p_store(out + (out_at + r*64) + part, c0_0);
            p_store(out + (out_at + r*64 + 16) + part, c0_1);
            p_store(out + (out_at + r*64 + 32) + part, c0_2);
            p_store(out + (out_at + r*64 + 48) + part, c0_3);
            p_store(out + (out_at + r*64 + 64) + part, c1_0);
            p_store(out + (out_at + r*64 + 80) + part, c1_1);
            p_store(out + (out_at + r*64 + 96) + part, c1_2);
            p_store(out + (out_at + r*64 + 112) + part, c1_3);
        }
    }
}

/* Part of feature_pull_prepare. */
static NOINLINE void classifier_loop11(real *RESTRICT fixed, ptrdiff_t at,
    const real *RESTRICT theta, ptrdiff_t at1)
{
    ROLL for (ptrdiff_t o = 0; o < 64; o++) {
        ROLL for (ptrdiff_t l = 0; l < 3; l++) {
            ROLL for (ptrdiff_t n = 0; n < 3; n++) {
                ROLL for (ptrdiff_t j = 0; j < 64; j += 16) {
                    v_store(fixed + (o*64 + l*(-12288) + n*(-4096) + j + at),
                        v_column(theta + (o*585 + l*3 + n + j*9 + at1), 9));
                }
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
    classifier_loop16(fixed, 3272480, theta, 132672);
    classifier_loop23(fixed, 3272480, 2205040);
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 2209648), p_splat(1.0f));
    }
    classifier_loop16(fixed, 3273056, theta, 170240);
    classifier_loop23(fixed, 3273056, 2210336);
    classifier_loop9(fixed, 2493984, theta, 132096);
    classifier_loop9(fixed, 2530848, theta, 169664);
    classifier_loop11(fixed, 2600480, theta, 169664);
    classifier_loop11(fixed, 2637344, theta, 132096);
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_clear_piece13(ptrdiff_t piece, real *RESTRICT fixed)
{
    ROLL for (ptrdiff_t e = piece*36864; e < (i_min(piece*36864 + 36864,
        294912) + 15)/16*16; e += WIDTH) {
        p_store(fixed + (e + 2644512), p_splat(0.0f));
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_clear_piece14(ptrdiff_t piece, real *RESTRICT fixed)
{
    ROLL for (ptrdiff_t e = piece*36864; e < (i_min(piece*36864 + 36864,
        294912) + 15)/16*16; e += WIDTH) {
        p_store(fixed + (e + 2977312), p_splat(0.0f));
    }
}

static void classifier_feature_pull_clear_task(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t e = (ptrdiff_t)task;
    classifier_feature_pull_clear_piece13(e, a->fixed);
}

static void classifier_feature_pull_clear_task2(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t e = (ptrdiff_t)task;
    classifier_feature_pull_clear_piece14(e, a->fixed);
}

/* Nothing is accumulated yet. */
static NOINLINE void classifier_feature_pull_clear(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    const nodec_parallel *parallel)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_feature_pull_clear_task, &args);
    }
    ROLL for (ptrdiff_t e = 0; e < 18432; e += WIDTH) {
        p_store(fixed + (e + 2939424), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 18432; e += WIDTH) {
        p_store(fixed + (e + 2958880), p_splat(0.0f));
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_feature_pull_clear_task2, &args);
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3272224] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3272288] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3272352] = 0.0f;
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        fixed[e + 3272416] = 0.0f;
    }
}

/* What hangs on the step alone. */
static NOINLINE void classifier_feature_pull_begin(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values, (void)weight;
    real *const neg = fixed + 2205024;
    const real neg1 = -h;
    neg[0] = neg1;
    classifier_loop22(fixed, 2205040, t, 2210336);
    real sum2 = 0.0f;
    sum2 = sum2 + fixed[2209648];
    fixed[2209664] = sum2;
    const real samples = (real)batch;
    ROLL for (ptrdiff_t e = 0; e < 16; e += WIDTH) {
        p_store(fixed + (e + 2209664), p_mul(p_read(fixed + (e + 2209664)), p_splat(samples)));
    }
    real *const sum3 = fixed + 2209664;
    real *const mul2 = fixed + 2209680;
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2641440 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2641952 + e), p_splat(0.0f));
    }
    classifier_loop1(first, last, fixed, values, 2493984, b*97344 + 6624, 2207344, batch*113248,
        b*64 + 2641440);
}

/* Sums over samples, and what hangs on them. */
static NOINLINE void classifier_feature_pull_glue0(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight)
{
    (void)batch, (void)inputs, (void)buffers, (void)slot, (void)outputs, (void)values, (void)t,
        (void)h, (void)weight;
    classifier_loop15(0, 64, fixed, 2641440, 2641504, 2641568, 2641632, 2641696, 2641760, 2641824,
        2641888);
    classifier_loop15(0, 64, fixed, 2641952, 2642016, 2642080, 2642144, 2642208, 2642272, 2642336,
        2642400);
    real *const sum = fixed + 2641440;
    real *const mul = fixed + 2209680;
    real *const div = fixed + 2209696;
    real *const sum1 = fixed + 2641952;
    real *const fma_ = fixed + 2209888;
    real *const sqrt_ = fixed + 2210080;
    const real *const feature_func_norm1_weight = theta + 169536;
    real *const div1 = fixed + 2210144;
    const real *const feature_func_norm1_bias = theta + 169600;
    real *const fma1 = fixed + 2210272;
    real *const add = fixed + 2355104;
    real *const add1 = fixed + 2355296;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg div2 = p_div(p_read(sum + v), p_splat(mul1));
        const reg neg = p_neg(div2);
        const reg div3 = p_div(p_read(sum1 + v), p_splat(mul1));
        const reg fma2 = p_fma(div2, neg, div3);
        const reg max = p_max(fma2, p_splat(0.0f));
        const reg add2 = p_add(max, p_splat(1e-5f));
        const reg sqrt1 = p_sqrt(add2);
        const reg div4 = p_div(p_read(feature_func_norm1_weight + v), sqrt1);
        const reg neg1 = p_neg(div4);
        const reg fma3 = p_fma(div2, neg1, p_read(feature_func_norm1_bias + v));
        const reg add3 = p_add(sqrt1, sqrt1);
        const reg add4 = p_add(div2, div2);
        p_store(div + v, div2);
        p_store(fma_ + v, fma2);
        p_store(sqrt_ + v, sqrt1);
        p_store(div1 + v, div4);
        p_store(fma1 + v, fma3);
        p_store(add + v, add3);
        p_store(add1 + v, add4);
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2642464 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2642976 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2643488 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2644000 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*113248 + n*2304);
        real *const div = fixed + 2210144;
        real *const fma_ = fixed + 2210272;
        real *const fma1 = fixed + (b*97344 + 6624);
        real *const sum = fixed + (b*64 + 2643488);
        real *const a_x = values + (batch*2304 + n*2304);
        real *const neg = fixed + 2205024;
        const real neg1 = neg[0];
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div1 = p_read(div + v);
            const reg fma2 = p_read(fma_ + v);
            reg sum1 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                reg sum2 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const reg fma3 = p_fma(p_read(max + (at + k*64)), div1, fma2);
                    const reg mul = p_mul(p_read(a_x + (at + k*64)), p_splat(neg1));
                    sum2 = p_add(sum2, mul);
                    p_store(fma1 + (at + k*64), fma3);
                }
                sum1 = p_add(sum1, sum2);
            }
            p_store(sum + v, p_add(p_read(sum + v), sum1));
        }
        /* feature.func.conv2 */
        classifier_loop21(fixed, fixed, 2530848, b*97344 + 6176, b*97344 + 8928);
        real *const mul = fixed + 2212640;
        real *const sum1 = fixed + (b*97344 + 8928);
        real *const max1 = values + (batch*115552 + n*2304);
        real *const sum2 = fixed + (b*64 + 2642464);
        real *const sum3 = fixed + (b*64 + 2642976);
        real *const sum4 = fixed + (b*64 + 2644000);
        real *const a_x1 = values + (batch*2304 + n*2304);
        real *const neg2 = fixed + 2205024;
        const real neg3 = neg2[0];
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            reg sum5 = p_splat(0.0f);
            reg sum6 = p_splat(0.0f);
            reg sum7 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                reg sum8 = p_splat(0.0f);
                reg sum9 = p_splat(0.0f);
                reg sum10 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const reg add = p_add(p_read(mul + (at + k*64)), p_read(sum1 + (at + k*64)));
                    const reg max2 = p_max(p_splat(0.0f), add);
                    const reg mul1 = p_mul(max2, max2);
                    const reg mul2 = p_mul(p_read(a_x1 + (at + k*64)), p_splat(neg3));
                    const reg mul3 = p_mul(max2, mul2);
                    sum8 = p_add(sum8, max2);
                    sum9 = p_add(sum9, mul1);
                    sum10 = p_add(sum10, mul3);
                    p_store(max1 + (at + k*64), max2);
                }
                sum5 = p_add(sum5, sum8);
                sum6 = p_add(sum6, sum9);
                sum7 = p_add(sum7, sum10);
            }
            p_store(sum2 + v, p_add(p_read(sum2 + v), sum5));
            p_store(sum3 + v, p_add(p_read(sum3 + v), sum6));
            p_store(sum4 + v, p_add(p_read(sum4 + v), sum7));
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
    classifier_loop15(0, 64, fixed, 2642464, 2642528, 2642592, 2642656, 2642720, 2642784, 2642848,
        2642912);
    classifier_loop15(0, 64, fixed, 2642976, 2643040, 2643104, 2643168, 2643232, 2643296, 2643360,
        2643424);
    classifier_loop15(0, 64, fixed, 2643488, 2643552, 2643616, 2643680, 2643744, 2643808, 2643872,
        2643936);
    classifier_loop15(0, 64, fixed, 2644000, 2644064, 2644128, 2644192, 2644256, 2644320, 2644384,
        2644448);
    real *const sum = fixed + 2642464;
    real *const mul = fixed + 2209680;
    real *const sum1 = fixed + 2642976;
    real *const fma_ = fixed + 2215136;
    const real *const feature_func_norm2_weight = theta + 207104;
    real *const div = fixed + 2215392;
    const real *const feature_func_norm2_bias = theta + 207168;
    real *const fma1 = fixed + 2215520;
    real *const sum2 = fixed + 2643488;
    real *const sum3 = fixed + 2644000;
    real *const div1 = fixed + 2215712;
    real *const select = fixed + 2216416;
    real *const div2 = fixed + 2216480;
    const real mul1 = mul[0];
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        const reg div3 = p_div(p_read(sum + v), p_splat(mul1));
        const reg neg = p_neg(div3);
        const reg div4 = p_div(p_read(sum1 + v), p_splat(mul1));
        const reg fma2 = p_fma(div3, neg, div4);
        const reg max = p_max(fma2, p_splat(0.0f));
        const reg add = p_add(p_splat(1e-5f), max);
        const reg sqrt_ = p_sqrt(add);
        const reg div5 = p_div(p_read(feature_func_norm2_weight + v), sqrt_);
        const reg neg1 = p_neg(div5);
        const reg fma3 = p_fma(div3, neg1, p_read(feature_func_norm2_bias + v));
        const reg neg2 = p_neg(p_read(sum2 + v));
        const reg fma4 = p_fma(div3, neg2, p_read(sum3 + v));
        const reg div6 = p_div(fma4, sqrt_);
        const reg_mask gt = p_gt(fma2, p_splat(0.0f));
        const reg mul2 = p_mul(div5, div6);
        const reg neg3 = p_neg(mul2);
        const reg add1 = p_add(sqrt_, sqrt_);
        const reg div7 = p_div(neg3, add1);
        const reg div8 = p_div(div7, p_splat(mul1));
        const reg select1 = p_select(gt, div8, p_splat(0.0f));
        const reg neg4 = p_neg(div7);
        const reg add2 = p_add(div3, div3);
        const reg mul3 = p_mul(neg4, add2);
        const reg select2 = p_select(gt, mul3, p_splat(0.0f));
        const reg fma5 = p_fma(div5, neg2, select2);
        const reg div9 = p_div(fma5, p_splat(mul1));
        p_store(fma_ + v, fma2);
        p_store(div + v, div5);
        p_store(fma1 + v, fma3);
        p_store(div1 + v, div6);
        p_store(select + v, select1);
        p_store(div2 + v, div9);
    }
}

/* Part of feature_pull_phase2, feature_pull_phase3. */
static NOINLINE void classifier_loop13(real *fixed, const real *fixed1, ptrdiff_t at, ptrdiff_t at1,
    ptrdiff_t at2)
{
    ROLL for (ptrdiff_t k = 0; k < 3; k++) {
        ROLL for (ptrdiff_t l = 0; l < 3; l++) {
            kernel17_2x4(fixed, fixed1, fixed, at, k*384 + l*64 + at1, k*12288 + l*4096 + at2,
                i_max(0 - k + 1, 0), i_min(6, 0 - k + 7), i_max(0 - l + 1, 0), i_min(6, 0 - l + 7));
        }
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
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2957856 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e += WIDTH) {
        p_store(fixed + (b*64 + 2958368 + e), p_splat(0.0f));
    }
    ROLL for (ptrdiff_t n = first; n < last; n++) {
        real *const max = values + (batch*115552 + n*2304);
        real *const select = fixed + 2216416;
        real *const div = fixed + 2215392;
        real *const a_x = values + (batch*2304 + n*2304);
        real *const neg = fixed + 2205024;
        real *const div1 = fixed + 2216480;
        real *const select1 = fixed + (b*97344 + 8928);
        real *const max1 = values + (batch*113248 + n*2304);
        real *const div2 = fixed + 2210144;
        real *const fma_ = fixed + 2210272;
        real *const fma1 = fixed + (b*97344 + 6624);
        real *const sum = fixed + (b*2304 + 2939424);
        const real neg1 = neg[0];
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg max2 = p_read(max + (at + v));
                const reg add = p_add(max2, max2);
                const reg mul = p_mul(p_read(a_x + (at + v)), p_splat(neg1));
                const reg mul1 = p_mul(p_read(div + v), mul);
                const reg fma2 = p_fma(p_read(select + v), add, mul1);
                const reg add1 = p_add(fma2, p_read(div1 + v));
                const reg select2 = p_select(p_gt(max2, p_splat(0.0f)), add1, p_splat(0.0f));
                const reg fma3 = p_fma(p_read(max1 + (at + v)), p_read(div2 + v), p_read(fma_ + v));
                const reg mul2 = p_mul(select2, p_splat(t));
                p_store(select1 + (at + v), select2);
                p_store(fma1 + (at + v), fma3);
                p_store(sum + (at + v), p_add(p_read(sum + (at + v)), mul2));
            }
        }
        /* feature.func.conv2: sum over samples */
        classifier_loop13(fixed, fixed, b*97344 + 8928, b*97344 + 6176, b*36864 + 2644512);
        /* feature.func.conv2 */
        classifier_loop21(fixed, fixed, 2567712, b*97344 + 8480, b*97344 + 11232);
        real *const sum1 = fixed + (b*64 + 2957856);
        real *const sum2 = fixed + (b*97344 + 11232);
        real *const div3 = fixed + 2210144;
        real *const mul = values + (batch*117856 + n*2304);
        real *const sum3 = fixed + (b*64 + 2958368);
        real *const max2 = values + (batch*113248 + n*2304);
        ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
            const reg div4 = p_read(div3 + v);
            reg sum4 = p_splat(0.0f);
            reg sum5 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                const ptrdiff_t at = v + j*384;
                reg sum6 = p_splat(0.0f);
                reg sum7 = p_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 6; k++) {
                    const reg sum8 = p_read(sum2 + (at + k*64));
                    const reg mul1 = p_mul(div4, sum8);
                    const reg mul2 = p_mul(p_read(max2 + (at + k*64)), sum8);
                    sum6 = p_add(sum6, sum8);
                    sum7 = p_add(sum7, mul2);
                    p_store(mul + (at + k*64), mul1);
                }
                sum4 = p_add(sum4, sum6);
                sum5 = p_add(sum5, sum7);
            }
            p_store(sum1 + v, p_add(p_read(sum1 + v), sum4));
            p_store(sum3 + v, p_add(p_read(sum3 + v), sum5));
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
    classifier_loop15(0, 64, fixed, 2957856, 2957920, 2957984, 2958048, 2958112, 2958176, 2958240,
        2958304);
    classifier_loop15(0, 64, fixed, 2958368, 2958432, 2958496, 2958560, 2958624, 2958688, 2958752,
        2958816);
    real *const mul = fixed + 2209680;
    const real mul1 = mul[0];
    classifier_loop5(fixed, 2957856, 2209696, 2355104, mul1);
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
        real *const sum = fixed + (b*2304 + 2958880);
        real *const max = values + (batch*113248 + n*2304);
        real *const select = fixed + 2355616;
        real *const mul = values + (batch*117856 + n*2304);
        real *const div = fixed + 2355680;
        real *const select1 = fixed + (b*97344 + 6624);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg max1 = p_read(max + (at + v));
                const reg add = p_add(max1, max1);
                const reg fma_ = p_fma(p_read(select + v), add, p_read(mul + (at + v)));
                const reg add1 = p_add(fma_, p_read(div + v));
                const reg select2 = p_select(p_gt(max1, p_splat(0.0f)), add1, p_splat(0.0f));
                const reg mul1 = p_mul(p_splat(t), select2);
                p_store(select1 + (at + v), select2);
                p_store(sum + (at + v), p_add(p_read(sum + (at + v)), mul1));
            }
        }
        /* feature.func.conv1: sum over samples */
        classifier_loop13(fixed, values, b*97344 + 6624, n*2304 - 448, b*36864 + 2977312);
        /* feature.func.conv1 */
        classifier_loop21(fixed, fixed, 2604576, b*97344 + 6176, b*97344 + 8928);
        real *const max1 = values + (batch*115552 + n*2304);
        real *const div1 = fixed + 2215392;
        real *const fma_ = fixed + 2215520;
        real *const x = values + n*2304;
        real *const a_x = values + (batch*2304 + n*2304);
        real *const sum1 = fixed + (b*97344 + 8928);
        ROLL for (ptrdiff_t k = 0; k < 36; k++) {
            const ptrdiff_t at = k*64;
            ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
                const reg fma1 = p_fma(p_read(max1 + (at + v)), p_read(div1 + v), p_read(fma_ + v));
                const reg fma2 = p_fma(fma1, p_splat(h), p_read(x + (at + v)));
                const reg add = p_add(p_read(a_x + (at + v)), p_read(sum1 + (at + v)));
                p_store(x + (at + v), fma2);
                p_store(a_x + (at + v), add);
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
    real *const to = fixed + 3272224;
    real *const div = fixed + 2354912;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to + v, p_add(p_read(to + v), p_read(div + v)));
    }
    real *const to1 = fixed + 3272288;
    real *const sum = fixed + 2957856;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to1 + v, p_add(p_read(to1 + v), p_read(sum + v)));
    }
    real *const to2 = fixed + 3272352;
    real *const div1 = fixed + 2215712;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to2 + v, p_add(p_read(to2 + v), p_read(div1 + v)));
    }
    real *const to3 = fixed + 3272416;
    real *const sum1 = fixed + 2643488;
    ROLL for (ptrdiff_t v = 0; v < 64; v += WIDTH) {
        p_store(to3 + v, p_add(p_read(to3 + v), p_read(sum1 + v)));
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

/* Part of feature_pull_finish_piece15, feature_pull_finish_piece17. */
static NOINLINE void classifier_loop4(ptrdiff_t at, ptrdiff_t count, real *RESTRICT fixed,
    ptrdiff_t at1, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t i = at; i < count; i++) {
        ROLL for (ptrdiff_t j = 0; j < 3; j++) {
            ROLL for (ptrdiff_t k = 0; k < 3; k++) {
                real sum = fixed[i*720 + j*240 + k*80 + at1];
                ROLL for (ptrdiff_t l = 0; l < 6; l++) {
                    ROLL for (ptrdiff_t m = 0; m < 6; m++) {
                        if (j + l - 1 >= 0 && j + l - 1 < 6 && k + m - 1 >= 0 && k + m - 1 < 6) {
                            sum = sum + fixed[i + l*384 + m*64 + at2];
                        }
                    }
                }
                fixed[i*720 + j*240 + k*80 + at1] = sum;
            }
        }
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_finish_piece15(ptrdiff_t piece, real *RESTRICT fixed)
{
    classifier_loop4(piece*8, i_min(piece*8 + 8, 64), fixed, 2262688, 2939424);
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_finish_piece16(ptrdiff_t piece, real *RESTRICT fixed)
{
    ROLL for (ptrdiff_t v = piece*5760; v < (i_min(piece*5760 + 5760,
        46080) + 15)/16*16; v += WIDTH) {
        const reg add1 = p_add(p_read(fixed + (v + 2216544)), p_read(fixed + (v + 2262624)));
        p_store(fixed + (v + 2308704), add1);
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_finish_piece17(ptrdiff_t piece, real *RESTRICT fixed)
{
    classifier_loop4(piece*8, i_min(piece*8 + 8, 64), fixed, 2355808, 2958880);
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_finish_piece18(ptrdiff_t piece, real *RESTRICT fixed)
{
    ROLL for (ptrdiff_t v = piece*5760; v < (i_min(piece*5760 + 5760,
        46080) + 15)/16*16; v += WIDTH) {
        const reg add2 = p_add(p_read(fixed + (v + 2355744)), p_read(fixed + (v + 2401824)));
        p_store(fixed + (v + 2447904), add2);
    }
}

/* Part of feature_pull_finish_piece19, feature_pull_finish_piece20. */
static NOINLINE void classifier_loop7(ptrdiff_t at, ptrdiff_t count, real *RESTRICT g_theta,
    ptrdiff_t at1, const real *RESTRICT fixed, ptrdiff_t at2)
{
    ROLL for (ptrdiff_t i = at; i < count; i++) {
        const ptrdiff_t at3 = i*720;
        const ptrdiff_t at1_1 = i*585;
        ROLL for (ptrdiff_t l = 0; l < 9; l++) {
            const ptrdiff_t at2_1 = at3 + l*80;
            const ptrdiff_t at3_1 = at1_1 + l;
            ROLL for (ptrdiff_t v = 0; v < 65; v += 16) {
                v_scatter(g_theta + (at3_1 + v*9 + at1), 9, i_min(0 - v + 65, 16),
                    v_add(v_load(fixed + (at2_1 + v + at2)), v_gather(g_theta + (at3_1 + v*9 + at1),
                    9, i_min(0 - v + 65, 16))));
            }
        }
    }
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_finish_piece19(ptrdiff_t piece, real *RESTRICT g_theta,
    real *RESTRICT fixed)
{
    classifier_loop7(piece*8, i_min(piece*8 + 8, 64), g_theta, 132096, fixed, 2447904);
}

/* A piece of a long loop. */
static NOINLINE void classifier_feature_pull_finish_piece20(ptrdiff_t piece, real *RESTRICT g_theta,
    real *RESTRICT fixed)
{
    classifier_loop7(piece*8, i_min(piece*8 + 8, 64), g_theta, 169664, fixed, 2308704);
}

static void classifier_feature_pull_finish_task(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t i = (ptrdiff_t)task;
    classifier_feature_pull_finish_piece15(i, a->fixed);
}

static void classifier_feature_pull_finish_task2(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t v = (ptrdiff_t)task;
    classifier_feature_pull_finish_piece16(v, a->fixed);
}

static void classifier_feature_pull_finish_task3(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t i = (ptrdiff_t)task;
    classifier_feature_pull_finish_piece17(i, a->fixed);
}

static void classifier_feature_pull_finish_task4(void *args, size_t task)
{
    const classifier_train_clear_args *const a = (const classifier_train_clear_args *)args;
    const ptrdiff_t v = (ptrdiff_t)task;
    classifier_feature_pull_finish_piece18(v, a->fixed);
}

static void classifier_feature_pull_finish_task5(void *args, size_t task)
{
    const classifier_train_finish_args3 *const a = (const classifier_train_finish_args3 *)args;
    const ptrdiff_t i = (ptrdiff_t)task;
    classifier_feature_pull_finish_piece19(i, a->g_theta, a->fixed);
}

static void classifier_feature_pull_finish_task6(void *args, size_t task)
{
    const classifier_train_finish_args3 *const a = (const classifier_train_finish_args3 *)args;
    const ptrdiff_t i = (ptrdiff_t)task;
    classifier_feature_pull_finish_piece20(i, a->g_theta, a->fixed);
}

/* From what is accumulated to gradients. */
static NOINLINE void classifier_feature_pull_finish(ptrdiff_t batch, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT buffers, ptrdiff_t slot, real *RESTRICT outputs,
    real *RESTRICT fixed, real *RESTRICT values, real t, real h, real weight,
    real *RESTRICT g_theta, const nodec_parallel *parallel)
{
    (void)batch, (void)inputs, (void)theta, (void)buffers, (void)slot, (void)outputs, (void)values,
        (void)t, (void)h, (void)weight;
    classifier_loop15(0, 36864, fixed, 2644512, 2681376, 2718240, 2755104, 2791968, 2828832,
        2865696, 2902560);
    classifier_loop15(0, 2304, fixed, 2939424, 2941728, 2944032, 2946336, 2948640, 2950944, 2953248,
        2955552);
    classifier_loop15(0, 2304, fixed, 2958880, 2961184, 2963488, 2965792, 2968096, 2970400, 2972704,
        2975008);
    classifier_loop15(0, 36864, fixed, 2977312, 3014176, 3051040, 3087904, 3124768, 3161632,
        3198496, 3235360);
    ROLL for (ptrdiff_t l = 0; l < 576; l++) {
        ROLL for (ptrdiff_t v = 0; v < 80; v += WIDTH) {
            p_store(fixed + (l*80 + 2216544 + v), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        kernel18_5x2(fixed, fixed, i*64 + 2644512, i*720 + 2216544);
    }
    ROLL for (ptrdiff_t e = 0; e < 46080; e += WIDTH) {
        p_store(fixed + (e + 2262624), p_splat(0.0f));
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_feature_pull_finish_task, &args);
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_feature_pull_finish_task2, &args);
    }
    ROLL for (ptrdiff_t e = 0; e < 46080; e += WIDTH) {
        p_store(fixed + (e + 2355744), p_splat(0.0f));
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_feature_pull_finish_task3, &args);
    }
    ROLL for (ptrdiff_t l = 0; l < 576; l++) {
        ROLL for (ptrdiff_t v = 0; v < 80; v += WIDTH) {
            p_store(fixed + (l*80 + 2401824 + v), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 64; i++) {
        kernel18_5x2(fixed, fixed, i*64 + 2977312, i*720 + 2401824);
    }
    {
        classifier_train_clear_args args = { fixed };
        each(parallel, (size_t)8, classifier_feature_pull_finish_task4, &args);
    }
    {
        classifier_train_finish_args3 args = { g_theta, fixed };
        each(parallel, (size_t)8, classifier_feature_pull_finish_task5, &args);
    }
    {
        classifier_train_finish_args3 args = { g_theta, fixed };
        each(parallel, (size_t)8, classifier_feature_pull_finish_task6, &args);
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 169536] = g_theta[e + 169536] + fixed[e + 3272224];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 169600] = g_theta[e + 169600] + fixed[e + 3272288];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 207104] = g_theta[e + 207104] + fixed[e + 3272352];
    }
    ROLL for (ptrdiff_t e = 0; e < 64; e++) {
        g_theta[e + 207168] = g_theta[e + 207168] + fixed[e + 3272416];
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
    real *const samples = work + 3273632;
    const real weight = 1.0f/(real)batch;
    const ptrdiff_t slot = 0;
    const real t = 0.0f;
    const real h = 0.0f;
    classifier_train_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight, parallel);
    classifier_feature_step_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight);
    classifier_feature_pull_prepare(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight);
    classifier_train_clear(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight, parallel);
    classifier_feature_pull_clear(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight, parallel);
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
    ROLL for (ptrdiff_t i = 0; i < 208000; i += WIDTH) {
        p_store(g_theta + i, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t i = 208000; i < 208010; i++) {
        g_theta[i] = 0.0f;
    }
    classifier_train_finish(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t, h,
        weight, g_theta, parallel);
    classifier_feature_pull_finish(batch, inputs, theta, buffers, slot, outputs, fixed, samples, t,
        h, weight, g_theta, parallel);
    return 0;
}

/* the squares of some of a gradient */
static NOINLINE void classifier_norm_part(const real *RESTRICT g, real *RESTRICT out,
    ptrdiff_t share)
{
    const ptrdiff_t from = share*13888;
    const ptrdiff_t to = i_min(from + 13888, 208010);
    const ptrdiff_t whole = to - (to - from)%64;
    const ptrdiff_t vectors = to - (to - from)%16;
    v16 sum = v_splat(0.0f);
    v16 sum1 = v_splat(0.0f);
    v16 sum2 = v_splat(0.0f);
    v16 sum3 = v_splat(0.0f);
    ROLL for (ptrdiff_t i = from; i < whole; i += 64) {
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
    ROLL for (ptrdiff_t i = vectors; i < to; i++) {
        const real g1 = g[i];
        total = total + g1*g1;
    }
    out[share + 1] = total;
}

typedef struct classifier_norm_args {
    const real *g;
    real *out;
} classifier_norm_args;

static void classifier_norm_task(void *args, size_t task)
{
    const classifier_norm_args *const a = (const classifier_norm_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    classifier_norm_part(a->g, a->out, share);
}

/* 2-norm of a gradient */
static NOINLINE void classifier_norm(ptrdiff_t params, const real *RESTRICT theta,
    const real *RESTRICT g, real *RESTRICT out, const nodec_parallel *parallel)
{
    (void)params, (void)theta;
    {
        classifier_norm_args args = { g, out };
        each(parallel, (size_t)15, classifier_norm_task, &args);
    }
    real total = out[1];
    ROLL for (ptrdiff_t i = 2; i < 16; i++) {
        total = total + out[i];
    }
    out[0] = sqrtf(total);
}

/* one step of Adam (Kingma and Ba 2015), some parameters */
static NOINLINE void classifier_update_part(real *RESTRICT theta, const real *RESTRICT g,
    real *RESTRICT moments, real beta1, real beta2, real w1, real w2, real rate, real root,
    real eps, real decay, real gscale, ptrdiff_t share)
{
    const ptrdiff_t first = share*4096;
    const ptrdiff_t end = i_min(first + 4096, 208010);
    const ptrdiff_t vectors = end - (end - first)%16;
    ROLL for (ptrdiff_t i = first; i < vectors; i += 16) {
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
    ROLL for (ptrdiff_t i = vectors; i < end; i++) {
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

typedef struct classifier_update_args {
    real *theta;
    const real *g;
    real *moments;
    real beta1;
    real beta2;
    real w1;
    real w2;
    real rate;
    real root;
    real eps;
    real decay;
    real gscale;
} classifier_update_args;

static void classifier_update_task(void *args, size_t task)
{
    const classifier_update_args *const a = (const classifier_update_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    classifier_update_part(a->theta, a->g, a->moments, a->beta1, a->beta2, a->w1, a->w2, a->rate,
        a->root, a->eps, a->decay, a->gscale, share);
}

/* one step of Adam (Kingma and Ba 2015) */
static NOINLINE void classifier_update(ptrdiff_t params, real *RESTRICT theta,
    const real *RESTRICT g, real *RESTRICT moments, real beta1, real beta2, real w1, real w2,
    real rate, real root, real eps, real decay, real gscale, const nodec_parallel *parallel)
{
    (void)params;
    {
        classifier_update_args args = { theta, g, moments, beta1, beta2, w1, w2, rate, root, eps,
            decay, gscale };
        each(parallel, (size_t)51, classifier_update_task, &args);
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
    return size_bytes(size_add(1109568, size_mul(batch, 2576)));
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
    return size_bytes(size_add(3273632, size_mul(batch, 120160)));
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
    real norm[16] ALIGNED, gscale = 1;
    const real clip = (real)u->clip;
    classifier_norm(208010, theta, g_theta, norm, NULL);
    if (clip > 0 && norm[0] > clip) gscale = clip / norm[0];
    classifier_update(208010, theta, g_theta, moments, (real)(u->beta1), (real)(u->beta2),
        (real)(1 - u->beta1), (real)(1 - u->beta2), (real)(u->lr/(1 - pow(u->beta1,
        (double)u->step))), (real)(1/sqrt(1 - pow(u->beta2, (double)u->step))), (real)(u->eps),
        (real)(u->decay), (real)(gscale), NULL);
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

