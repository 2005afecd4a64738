/* lynx_hare.c, written by nodec from lynx_hare.node: LotkaVolterra, LynxHare(width = 5).
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "lynx_hare.h"

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

typedef lynx_hare_real real;

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

INLINE reg p_read(const real *p) { return *(const reg_at *)p; }
INLINE reg p_sub(reg a, reg b) { return a - b; }
INLINE reg p_neg(reg a) { return -a; }

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

#if defined PLAIN_VECTORS
VECTOR m16 m_not(m16 a) { m16 y; EACH(y.r[k] = !a.r[k];) return y; }
#else
VECTOR m16 m_not(m16 a) { m16 y; EACH(y.r[k] = (reg_mask)~a.r[k];) return y; }
#endif
VECTOR m16 v_ne(v16 a, v16 b) { return m_not(v_eq(a, b)); }
VECTOR int m_any(m16 a)
{
#if defined PLAIN_VECTORS
    int any = 0;
    EACH(any |= a.r[k];)
    return any;
#else
    reg_mask any = a.r[0];
    EACH(any = (reg_mask)(any | a.r[k]);)
#if defined __AVX512F__
    return any != 0;
#else
    {
        uint64_t half[sizeof any / 8], bits = 0;
        size_t i;
        memcpy(half, &any, sizeof any);
        for (i = 0; i < sizeof any / 8; i++) bits |= half[i];
        return bits != 0;
    }
#endif
#endif
}

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

/* a times 2^b; b counts in its low mantissa bits */
INLINE real expadd(real a, real b) { return real_of(bits_of(a) + (bits_of(b) << MANTISSA)); }
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

VECTOR v16 v_abs(v16 a) { v16 y; EACH(y.r[k] = REAL(BITS(a.r[k]) << 1 >> 1);) return y; }
VECTOR v16 v_copysign(v16 a, v16 b)
{
    v16 y;
    EACH(y.r[k] = REAL((BITS(a.r[k]) << 1 >> 1) | (BITS(b.r[k]) >> SIGN << SIGN));)
    return y;
}
/* a times 2^b; b counts in its low mantissa bits */
VECTOR v16 v_expadd(v16 a, v16 b) { v16 y; EACH(y.r[k] = REAL(BITS(a.r[k]) + (BITS(b.r[k]) << MANTISSA));) return y; }
/* a = v_mant(a) * 2^v_expo(a) with v_mant(a) in [sqrt(1/2), sqrt(2)) */
VECTOR v16 v_mant(v16 a)
{
    v16 y;
    EACH(y.r[k] = REAL(((BITS(a.r[k]) - ROOT_HALF) & LOW_BITS) + ROOT_HALF);)
    return y;
}
VECTOR v16 v_expo(v16 a)
{
    v16 y;
#if defined PLAIN_VECTORS
    EACH(y.r[k] = (real)((reg_int)(BITS(a.r[k]) - ROOT_HALF) >> MANTISSA);)
#else
    EACH(y.r[k] = __builtin_convertvector((reg_int)(BITS(a.r[k]) - ROOT_HALF) >> MANTISSA, reg);)
#endif
    return y;
}

INLINE ptrdiff_t i_min(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
INLINE ptrdiff_t i_max(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }
INLINE real r_min(real a, real b) { return a < b ? a : b; }
INLINE real r_max(real a, real b) { return a > b ? a : b; }

#if defined __GNUC__
#pragma GCC diagnostic pop
#endif

/* ---- functions by polynomials, the same bits everywhere --------------------------- */

INLINE real r_exp(real a)
{
    const real t = r_min(88.7f, r_max(-88.0f, a));
    const real t1 = fmaf(t, 1.442695f, 12582912.0f);
    const real t2 = t1 - 12582912.0f;
    const real t3 = fmaf(t2, 1.9046542e-9f, fmaf(t2, -0.6931472f, t));
    const real t4 = t3*t3;
    return (fmaf(fmaf(fmaf(0.0013939218f, t4, fmaf(0.008368803f, t3, 0.04166642f)), t4,
        fmaf(0.1666652f, t3, 0.5f)), t4, t3) + 1.0f)*expadd(1.0f, t1);
}

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

INLINE real r_log1p(real a)
{
    const real t = 1.0f + a;
    const real t1 = a < 33554432.0f ? a - (t - 1.0f) : 0.0f;
    const int t2 = t < 1.1754944e-38f;
    const real t3 = t2 ? 16777216.0f*t : t;
    const real t4 = expo(t3) - (t2 ? 24.0f : 0.0f);
    const real t5 = mant(t3) - 1.0f;
    const real t6 = t5*t5;
    const real t7 = fmaf(fmaf(fmaf(fmaf(fmaf(fmaf(fmaf(-0.07632964f, t5, 0.12756582f), t5,
        -0.13158162f), t5, 0.14202324f), t5, -0.16623662f), t5, 0.20001218f), t5, -0.2500081f), t5,
        0.3333333f);
    const real t8 = t < (real)INFINITY ? fmaf(t4, 0.6931472f, t5 + fmaf(-0.5f, t6, fmaf(t4,
        -1.9046542e-9f, t5*t6*t7))) : t;
    return (t > 0.0f ? t8 : (t == 0.0f ? (real)-INFINITY : (real)NAN)) + (t1 == 0.0f ? 0.0f : t1/t);
}

VECTOR v16 v_log1p(v16 a)
{
    const v16 t = v_add(v_splat(1.0f), a);
    const v16 t1 = v_select(v_lt(a, v_splat(33554432.0f)), v_sub(a, v_sub(t, v_splat(1.0f))),
        v_splat(0.0f));
    const m16 t2 = v_lt(t, v_splat(1.1754944e-38f));
    const v16 t3 = v_select(t2, v_mul(v_splat(16777216.0f), t), t);
    const v16 t4 = v_sub(v_expo(t3), v_select(t2, v_splat(24.0f), v_splat(0.0f)));
    const v16 t5 = v_sub(v_mant(t3), v_splat(1.0f));
    const v16 t6 = v_mul(t5, t5);
    const v16 t7 = v_fma(v_fma(v_fma(v_fma(v_fma(v_fma(v_fma(v_splat(-0.07632964f), t5,
        v_splat(0.12756582f)), t5, v_splat(-0.13158162f)), t5, v_splat(0.14202324f)), t5,
        v_splat(-0.16623662f)), t5, v_splat(0.20001218f)), t5, v_splat(-0.2500081f)), t5,
        v_splat(0.3333333f));
    const v16 t8 = v_select(v_lt(t, v_splat((real)INFINITY)), v_fma(t4, v_splat(0.6931472f),
        v_add(t5, v_fma(v_splat(-0.5f), t6, v_fma(t4, v_splat(-1.9046542e-9f), v_mul(v_mul(t5, t6),
        t7))))), t);
    return v_add(v_select(v_gt(t, v_splat(0.0f)), t8, v_select(v_eq(t, v_splat(0.0f)),
        v_splat((real)-INFINITY), v_splat((real)NAN))), v_select(v_eq(t1, v_splat(0.0f)),
        v_splat(0.0f), v_div(t1, t)));
}

VECTOR v16 v_tanh(v16 a)
{
    const v16 t = v_min(v_splat(89.0f), v_max(v_splat(-25.0f), v_mul(v_splat(-2.0f), v_abs(a))));
    const v16 t1 = v_fma(t, v_splat(1.442695f), v_splat(12582912.0f));
    const v16 t2 = v_sub(t1, v_splat(12582912.0f));
    const v16 t3 = v_fma(t2, v_splat(1.9046542e-9f), v_fma(t2, v_splat(-0.6931472f), t));
    const v16 t4 = v_expadd(v_splat(0.5f), t1);
    const v16 t5 = v_fma(t4, v_fma(v_mul(t3, t3), v_fma(v_fma(v_fma(v_fma(v_splat(0.0013939218f),
        t3, v_splat(0.008368803f)), t3, v_splat(0.04166642f)), t3, v_splat(0.1666652f)), t3,
        v_splat(0.5f)), t3), v_sub(t4, v_splat(0.5f)));
    const v16 t6 = v_mul(v_splat(2.0f), t5);
    return v_copysign(v_div(t6, v_add(t6, v_splat(2.0f))), a);
}

INLINE real r_sigmoid(real a)
{
    const real t = r_min(88.7f, r_max(-88.0f, -a));
    const real t1 = fmaf(t, 1.442695f, 12582912.0f);
    const real t2 = t1 - 12582912.0f;
    const real t3 = fmaf(t2, 1.9046542e-9f, fmaf(t2, -0.6931472f, t));
    const real t4 = t3*t3;
    const real t5 = (fmaf(fmaf(fmaf(0.0013939218f, t4, fmaf(0.008368803f, t3, 0.04166642f)), t4,
        fmaf(0.1666652f, t3, 0.5f)), t4, t3) + 1.0f)*expadd(1.0f, t1);
    return 1.0f/(1.0f + t5);
}

VECTOR v16 v_sigmoid(v16 a)
{
    const v16 t = v_min(v_splat(88.7f), v_max(v_splat(-88.0f), v_neg(a)));
    const v16 t1 = v_fma(t, v_splat(1.442695f), v_splat(12582912.0f));
    const v16 t2 = v_sub(t1, v_splat(12582912.0f));
    const v16 t3 = v_fma(t2, v_splat(1.9046542e-9f), v_fma(t2, v_splat(-0.6931472f), t));
    const v16 t4 = v_mul(t3, t3);
    const v16 t5 = v_mul(v_add(v_fma(v_fma(v_fma(v_splat(0.0013939218f), t4,
        v_fma(v_splat(0.008368803f), t3, v_splat(0.04166642f))), t4, v_fma(v_splat(0.1666652f), t3,
        v_splat(0.5f))), t4, t3), v_splat(1.0f)), v_expadd(v_splat(1.0f), t1));
    return v_div(v_splat(1.0f), v_add(v_splat(1.0f), t5));
}

/* ---- kernels ------------------------------------------------------------------------ */

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int lotkavolterra_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
{
    ROLL for (ptrdiff_t i = 0; i < n; i++) {
        const real v = x[base + i];
        if (v - v != 0.0f) {
            return (int)i;
        }
    }
    return (int)n;
}

/* how many steps go from t0 to t1: at least one, none longer than h_max; 0: too many */
static int lotkavolterra_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
{
    ptrdiff_t n = steps;
    if (steps <= 0) {
        const real span = fabsf(t1 - t0);
        const real exact = span/h_max;
        if (exact <= (real)max_steps) {
            n = (ptrdiff_t)exact;
            if ((real)n < exact) {
                n = n + 1;
            }
            n = i_max(n, 1);
        } else {
            n = 0;
        }
    }
    if (n > max_steps) {
        n = 0;
    }
    return (int)n;
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta, one block of 128 */
static NOINLINE void lotkavolterra_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real v_hare_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_hare_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_hare_ + c, p_splat(0.0f));
        }
    }
    real v_lynx_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_lynx_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_lynx_ + c, p_splat(0.0f));
        }
    }
    if (vt != NULL) {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
    }
    real *const v = work + (area + 16);
    ROLL for (ptrdiff_t i = 0; i < 6; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real hare_dot[128] ALIGNED;
    real lynx_dot[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg mul = p_mul(p_read(hare + c), p_splat(theta[3]));
        const reg mul1 = p_mul(p_read(hare + c), p_splat(v[2]));
        const reg fma_ = p_fma(p_read(v_hare_ + c), p_splat(theta[2]), mul1);
        const reg mul2 = p_mul(p_read(hare + c), p_splat(v[3]));
        const reg fma1 = p_fma(p_read(v_hare_ + c), p_splat(theta[3]), mul2);
        const reg mul3 = p_mul(p_read(lynx + c), fma1);
        const reg fma2 = p_fma(p_read(v_lynx_ + c), mul, mul3);
        const reg sub = p_sub(fma_, fma2);
        const reg mul4 = p_mul(p_read(hare + c), p_splat(theta[5]));
        const reg mul5 = p_mul(p_read(hare + c), p_splat(v[5]));
        const reg fma3 = p_fma(p_read(v_hare_ + c), p_splat(theta[5]), mul5);
        const reg mul6 = p_mul(p_read(lynx + c), fma3);
        const reg fma4 = p_fma(p_read(v_lynx_ + c), mul4, mul6);
        const reg mul7 = p_mul(p_read(lynx + c), p_splat(v[4]));
        const reg fma5 = p_fma(p_read(v_lynx_ + c), p_splat(theta[4]), mul7);
        const reg sub1 = p_sub(fma4, fma5);
        p_store(hare_dot + c, sub);
        p_store(lynx_dot + c, sub1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(hare_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_dot + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void lotkavolterra_jvp_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lotkavolterra_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b,
            areas, 32);
    }
}

/* the initial states */
static NOINLINE void lotkavolterra_start_scalar_block(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0, ptrdiff_t b)
{
    (void)batch, (void)given;
    real hare[1] ALIGNED;
    real lynx[1] ALIGNED;
    hare[0] = theta[0];
    lynx[0] = theta[1];
    x0[b*2] = hare[0];
    x0[b*2 + 1] = lynx[0];
}

/* the initial states */
static NOINLINE void lotkavolterra_start_scalar(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lotkavolterra_start_scalar_block(batch, given, theta, x0, b);
    }
}

/* dx/dt */
static NOINLINE void lotkavolterra_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real hare = 0.0f;
    real lynx = 0.0f;
    hare = x[b*2];
    lynx = x[b*2 + 1];
    real hare_dot = 0.0f;
    real lynx_dot = 0.0f;
    const real *w = pack; FRESH(w)
    const real c = theta[2];
    const real mul = hare*c;
    const real c1 = theta[3];
    const real mul1 = hare*c1;
    const real neg = -mul1;
    const real fma_ = fmaf(lynx, neg, mul);
    const real c2 = theta[5];
    const real mul2 = hare*c2;
    const real mul3 = lynx*mul2;
    const real c3 = w[16];
    const real fma1 = fmaf(lynx, c3, mul3);
    hare_dot = fma_;
    lynx_dot = fma1;
    dx[b*2] = hare_dot;
    dx[b*2 + 1] = lynx_dot;
}

/* dx/dt */
static NOINLINE void lotkavolterra_f_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[32] ALIGNED;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 4];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lotkavolterra_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lotkavolterra_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + b*64;
    ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real hare = 0.0f;
    real lynx = 0.0f;
    hare = x[b*2];
    lynx = x[b*2 + 1];
    real a_dhare = 0.0f;
    a_dhare = a[b*2];
    real a_dlynx = 0.0f;
    a_dlynx = a[b*2 + 1];
    real hare_bar = 0.0f;
    real lynx_bar = 0.0f;
    real t_bar = 0.0f;
    real *g = sums; FRESH(g)
    const real c = theta[3];
    const real mul = hare*c;
    const real c1 = theta[5];
    const real mul1 = hare*c1;
    const real neg = -a_dlynx;
    const real c2 = theta[4];
    const real mul2 = c2*neg;
    const real mul3 = lynx*neg;
    g[32] = g[32] + mul3;
    const real fma_ = fmaf(a_dlynx, mul1, mul2);
    const real mul4 = lynx*a_dlynx;
    const real mul5 = c1*mul4;
    const real mul6 = hare*mul4;
    g[48] = g[48] + mul6;
    const real neg1 = -a_dhare;
    const real fma1 = fmaf(mul, neg1, fma_);
    const real mul7 = lynx*neg1;
    const real fma2 = fmaf(c, mul7, mul5);
    const real mul8 = hare*mul7;
    g[16] = g[16] + mul8;
    const real c3 = theta[2];
    const real fma3 = fmaf(a_dhare, c3, fma2);
    const real mul9 = hare*a_dhare;
    g[0] = g[0] + mul9;
    hare_bar = fma3;
    lynx_bar = fma1;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = hare_bar;
        ax[b*2 + 1] = lynx_bar;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lotkavolterra_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*64;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lotkavolterra_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas,
            16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
                        const ptrdiff_t to = b*64 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*64))));
                    }
                }
                apart = apart*2;
            }
        }
        v_scatter(atheta, 1, 1, v_splat(0.0f));
        /* hare0 */
        v_scatter(atheta + 1, 1, 1, v_splat(0.0f));
        /* lynx0 */
        /* birth */
        atheta[2] = sums[0];
        /* hunt */
        atheta[3] = sums[16];
        /* death */
        atheta[4] = sums[32];
        /* feed */
        atheta[5] = sums[48];
    }
}

/* x at every time, from x0 */
static NOINLINE void lotkavolterra_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare = 0.0f;
    real lynx = 0.0f;
    real h = 0.0f;
    hare = x0[b*2];
    lynx = x0[b*2 + 1];
    x[b*2] = hare;
    x[b*2 + 1] = lynx;
    const ptrdiff_t sound = 1 - (hare - hare != 0.0f);
    const ptrdiff_t sound1 = (1 - (lynx - lynx != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = lotkavolterra_find(x, b*2, 2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/2);
            work[area + 2] = t[(b + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        const real begin = t[b*t_stride + (i - 1)];
        const real end = t[b*t_stride + i];
        const ptrdiff_t n = lotkavolterra_steps(begin, end, h_max, steps, max_steps);
        if (n == 0) {
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 3.0f;
                work[area + 1] = (real)b;
                work[area + 2] = begin;
                work[area + 3] = (real)(i - 1);
                work[area + 4] = 0.0f;
                failed = 3;
            }
        }
        const real h1 = (end - begin)/(real)i_max(n, 1);
        h = h1;
        ROLL for (ptrdiff_t s = 0; s < n; s++) {
            const real *w = pack; FRESH(w)
            const real c = theta[2];
            const real mul = hare*c;
            const real c1 = theta[3];
            const real mul1 = hare*c1;
            const real neg = -mul1;
            const real fma_ = fmaf(lynx, neg, mul);
            const real c2 = theta[5];
            const real mul2 = hare*c2;
            const real mul3 = lynx*mul2;
            const real c3 = w[16];
            const real fma1 = fmaf(lynx, c3, mul3);
            const real fma2 = fmaf(h, fma_, hare);
            const real fma3 = fmaf(h, fma1, lynx);
            hare = fma2;
            lynx = fma3;
        }
        x[(i*batch + b)*2] = hare;
        x[(i*batch + b)*2 + 1] = lynx;
        const ptrdiff_t sound2 = 1 - (hare - hare != 0.0f);
        const ptrdiff_t sound3 = (1 - (lynx - lynx != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = lotkavolterra_find(x, (i*batch + b)*2, 2);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(b + at/2);
                work[area + 2] = t[(b + at/2)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%2);
                failed = 5;
            }
        }
    }
}

typedef struct lotkavolterra_solve_latency_args {
    ptrdiff_t batch;
    ptrdiff_t times;
    const real *t;
    ptrdiff_t t_stride;
    const real *x0;
    const real *theta;
    real *x;
    real h_max;
    ptrdiff_t steps;
    ptrdiff_t max_steps;
    real *work;
    const real *pack;
    ptrdiff_t areas;
    ptrdiff_t area_size;
} lotkavolterra_solve_latency_args;

static void lotkavolterra_solve_latency_task(void *args, size_t task)
{
    const lotkavolterra_solve_latency_args *const a = (const lotkavolterra_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lotkavolterra_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int lotkavolterra_solve_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail,
    real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 4];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    const ptrdiff_t areas = 32;
    {
        lotkavolterra_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max,
            steps, max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, lotkavolterra_solve_latency_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*32;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE void lotkavolterra_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*64 + 64);
    ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare = 0.0f;
    real lynx = 0.0f;
    real hare_bar = 0.0f;
    real lynx_bar = 0.0f;
    real hare_jump = 0.0f;
    real lynx_jump = 0.0f;
    hare_bar = 0.0f;
    lynx_bar = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real hare_slope = 0.0f;
    real lynx_slope = 0.0f;
    real hare_first_slope = 0.0f;
    real lynx_first_slope = 0.0f;
    hare_first_slope = 0.0f;
    lynx_first_slope = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, hare_bar, jumps by dL/dx at this time */
            hare_jump = g_x[(i*batch + b)*2];
            lynx_jump = g_x[(i*batch + b)*2 + 1];
            const real add = hare_bar + hare_jump;
            const real add1 = lynx_bar + lynx_jump;
            hare_bar = add;
            lynx_bar = add1;
            hare = x[(i*batch + b)*2];
            lynx = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = lotkavolterra_steps(begin, end, h_max, steps, max_steps);
            if (n == 0) {
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 3.0f;
                    work[area + 1] = (real)b;
                    work[area + 2] = begin;
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = 0.0f;
                    failed = 3;
                }
            }
            const real h1 = (end - begin)/(real)i_max(n, 1);
            h = h1;
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s = 0; s < n; s++) {
                const real *w1 = pack; FRESH(w1)
                real *g1 = sums; FRESH(g1)
                const real neg = -h;
                const real c = theta[2];
                const real mul = hare*c;
                const real c1 = theta[3];
                const real mul1 = hare*c1;
                const real neg1 = -mul1;
                const real fma_ = fmaf(lynx, neg1, mul);
                const real c2 = theta[5];
                const real mul2 = hare*c2;
                const real mul3 = lynx*mul2;
                const real c3 = w1[16];
                const real fma1 = fmaf(lynx, c3, mul3);
                const real mul4 = hare_bar*neg;
                const real mul5 = lynx_bar*neg;
                const real neg2 = -mul5;
                const real c4 = theta[4];
                const real mul6 = c4*neg2;
                const real mul7 = lynx*neg2;
                g1[32] = g1[32] + mul7;
                const real fma2 = fmaf(mul2, mul5, mul6);
                const real mul8 = lynx*mul5;
                const real mul9 = c2*mul8;
                const real mul10 = hare*mul8;
                g1[48] = g1[48] + mul10;
                const real neg3 = -mul4;
                const real fma3 = fmaf(mul1, neg3, fma2);
                const real mul11 = lynx*neg3;
                const real fma4 = fmaf(c1, mul11, mul9);
                const real mul12 = hare*mul11;
                g1[16] = g1[16] + mul12;
                const real fma5 = fmaf(c, mul4, fma4);
                const real mul13 = hare*mul4;
                g1[0] = g1[0] + mul13;
                const real fma6 = fmaf(h, fma_, hare);
                const real add2 = hare_bar + fma5;
                const real fma7 = fmaf(h, fma1, lynx);
                const real add3 = lynx_bar + fma3;
                hare = fma6;
                hare_bar = add2;
                lynx = fma7;
                lynx_bar = add3;
                hare_slope = fma_;
                lynx_slope = fma1;
                if (s == 0) {
                    hare_first_slope = hare_slope;
                    lynx_first_slope = lynx_slope;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = hare_jump*hare_first_slope;
                const real fma_ = fmaf(lynx_jump, lynx_first_slope, mul);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (hare_bar - hare_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (lynx_bar - lynx_bar != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = hare_bar;
                work[area + 17] = lynx_bar;
                const ptrdiff_t at = lotkavolterra_find(work, area + 16, 2);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(b + at/2);
                    work[area + 2] = t[(b + at/2)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%2);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        hare = x[b*2];
        lynx = x[b*2 + 1];
        const real *w = pack; FRESH(w)
        const real c = theta[2];
        const real mul = hare*c;
        const real c1 = theta[3];
        const real mul1 = hare*c1;
        const real neg = -mul1;
        const real fma_ = fmaf(lynx, neg, mul);
        const real c2 = theta[5];
        const real mul2 = hare*c2;
        const real mul3 = lynx*mul2;
        const real c3 = w[48];
        const real fma1 = fmaf(lynx, c3, mul3);
        hare_first_slope = fma_;
        lynx_first_slope = fma1;
        const real mul4 = hare_bar*hare_first_slope;
        const real fma2 = fmaf(lynx_bar, lynx_first_slope, mul4);
        const real neg1 = -fma2;
        dt1 = neg1;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, hare_bar, jumps by dL/dx at this time */
    hare_jump = g_x[b*2];
    lynx_jump = g_x[b*2 + 1];
    const real add = hare_bar + hare_jump;
    const real add1 = lynx_bar + lynx_jump;
    hare_bar = add;
    lynx_bar = add1;
    const ptrdiff_t sound = 1 - (hare_bar - hare_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (lynx_bar - lynx_bar != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = hare_bar;
        work[area + 17] = lynx_bar;
        const ptrdiff_t at = lotkavolterra_find(work, area + 16, 2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/2);
            work[area + 2] = t[(b + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        g_x0[b*2] = hare_bar;
        g_x0[b*2 + 1] = lynx_bar;
    }
}

typedef struct lotkavolterra_gradient_latency_args {
    ptrdiff_t batch;
    ptrdiff_t times;
    const real *t;
    ptrdiff_t t_stride;
    const real *x;
    const real *theta;
    const real *g_x;
    real *g_x0;
    real *g_t;
    real h_max;
    ptrdiff_t steps;
    ptrdiff_t max_steps;
    real *work;
    const real *pack;
    ptrdiff_t areas;
    ptrdiff_t area_size;
    ptrdiff_t dt;
} lotkavolterra_gradient_latency_args;

static void lotkavolterra_gradient_latency_task(void *args, size_t task)
{
    const lotkavolterra_gradient_latency_args *const a = (const lotkavolterra_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lotkavolterra_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta,
        a->g_x, a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int lotkavolterra_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 4];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 32] = -theta[i + 4];
    }
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[32];
    }
    const ptrdiff_t areas = blocks*64 + 64;
    const ptrdiff_t dt = areas + blocks*32;
    {
        lotkavolterra_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0,
            g_t, h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, lotkavolterra_gradient_latency_task, &args);
    }
    if (g_t != NULL) {
        if (t_stride == 0) {
            ROLL for (ptrdiff_t i = 0; i < times; i++) {
                real sum = 0.0f;
                ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
                    sum = sum + work[dt + b*times + i];
                }
                g_t[i] = sum;
            }
        }
    }
    if (g_theta != NULL) {
        real *const sums = work + 64;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
                        const ptrdiff_t to = b*64 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*64))));
                    }
                }
                apart = apart*2;
            }
        }
        v_scatter(g_theta, 1, 1, v_splat(0.0f));
        /* hare0 */
        v_scatter(g_theta + 1, 1, 1, v_splat(0.0f));
        /* lynx0 */
        /* birth */
        g_theta[2] = sums[0];
        /* hunt */
        g_theta[3] = sums[16];
        /* death */
        g_theta[4] = sums[32];
        /* feed */
        g_theta[5] = sums[48];
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*32;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* dx/dt, one block of 128 */
static NOINLINE void lotkavolterra_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real hare_dot[128] ALIGNED;
    real lynx_dot[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg mul = p_mul(p_read(hare + c), p_splat(theta[2]));
        const reg mul1 = p_mul(p_read(hare + c), p_splat(theta[3]));
        const reg neg = p_neg(mul1);
        const reg fma_ = p_fma(p_read(lynx + c), neg, mul);
        const reg mul2 = p_mul(p_read(hare + c), p_splat(theta[5]));
        const reg mul3 = p_mul(p_read(lynx + c), mul2);
        const reg fma1 = p_fma(p_read(lynx + c), p_splat(pack[0]), mul3);
        p_store(hare_dot + c, fma_);
        p_store(lynx_dot + c, fma1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(hare_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_dot + c));
    }
}

/* dx/dt */
static NOINLINE void lotkavolterra_f_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    const real neg = -theta[4];
    pack[0] = neg;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lotkavolterra_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void lotkavolterra_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*96;
    ROLL for (ptrdiff_t i = 0; i < 96; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real a_dhare[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dhare + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dhare + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dhare + c), v_splat(0.0f)));
    }
    real a_dlynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dlynx + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dlynx + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dlynx + c), v_splat(0.0f)));
    }
    real hare_bar[128] ALIGNED;
    real lynx_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real mul[128] ALIGNED;
    real mul1[128] ALIGNED;
    real mul2[128] ALIGNED;
    real mul3[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg mul4 = p_mul(p_read(hare + c), p_splat(theta[3]));
        const reg mul5 = p_mul(p_read(hare + c), p_splat(theta[5]));
        const reg neg = p_neg(p_read(a_dlynx + c));
        const reg mul6 = p_mul(p_splat(theta[4]), neg);
        const reg mul7 = p_mul(p_read(lynx + c), neg);
        p_store(mul + c, mul7);
        const reg fma_ = p_fma(p_read(a_dlynx + c), mul5, mul6);
        const reg mul8 = p_mul(p_read(lynx + c), p_read(a_dlynx + c));
        const reg mul9 = p_mul(p_splat(theta[5]), mul8);
        const reg mul10 = p_mul(p_read(hare + c), mul8);
        p_store(mul1 + c, mul10);
        const reg neg1 = p_neg(p_read(a_dhare + c));
        const reg fma1 = p_fma(mul4, neg1, fma_);
        const reg mul11 = p_mul(p_read(lynx + c), neg1);
        const reg fma2 = p_fma(p_splat(theta[3]), mul11, mul9);
        const reg mul12 = p_mul(p_read(hare + c), mul11);
        p_store(mul2 + c, mul12);
        const reg fma3 = p_fma(p_read(a_dhare + c), p_splat(theta[2]), fma2);
        const reg mul13 = p_mul(p_read(hare + c), p_read(a_dhare + c));
        p_store(mul3 + c, mul13);
        p_store(hare_bar + c, fma3);
        p_store(lynx_bar + c, fma1);
        p_store(t_bar + c, p_splat(0.0f));
    }
    v16 s0 = v_load(sums + 64);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(mul + c));
    }
    v_store(sums + 64, s0);
    v16 s0_1 = v_load(sums + 80);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_1 = v_add(s0_1, v_load(mul1 + c));
    }
    v_store(sums + 80, s0_1);
    v16 s0_2 = v_load(sums + 48);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_2 = v_add(s0_2, v_load(mul2 + c));
    }
    v_store(sums + 48, s0_2);
    v16 s0_3 = v_load(sums + 32);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_3 = v_add(s0_3, v_load(mul3 + c));
    }
    v_store(sums + 32, s0_3);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(hare_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_bar + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void lotkavolterra_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 6);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*96;
                real *const from = sums + (b + reach)*96;
                ROLL for (ptrdiff_t i = first*16; i < (end*16 + 15)/16*16; i += WIDTH) {
                    p_store(to + i, p_add(p_read(to + i), p_read(from + i)));
                }
            }
            reach = reach*2;
        }
    }
    ROLL for (ptrdiff_t i = first; i < end; i++) {
        g_theta[i] = v_tree(v_load(sums + i*16));
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lotkavolterra_vjp_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*96;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lotkavolterra_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        lotkavolterra_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void lotkavolterra_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(hare + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(lynx + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(hare + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(lynx + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = lotkavolterra_find(x, first*2, count*2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/2);
            work[area + 2] = t[(first + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        ptrdiff_t most = 0;
        if (t_stride == 0) {
            const real begin = t[first*t_stride + (i - 1)];
            const real end = t[first*t_stride + i];
            const ptrdiff_t n1 = lotkavolterra_steps(begin, end, h_max, steps, max_steps);
            if (n1 == 0) {
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 3.0f;
                    work[area + 1] = (real)first;
                    work[area + 2] = begin;
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = 0.0f;
                    failed = 3;
                }
            }
            const real h1 = (end - begin)/(real)i_max(n1, 1);
            const real value = h1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value));
            }
            const real value1 = (real)n1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value1));
            }
            most = n1;
        } else {
            const real value = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value));
            }
            const real value1 = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value1));
            }
            ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                const real begin = t[(first + b1)*t_stride + (i - 1)];
                const real end = t[(first + b1)*t_stride + i];
                const ptrdiff_t n1 = lotkavolterra_steps(begin, end, h_max, steps, max_steps);
                if (n1 == 0) {
                    if (failed == 0) {
                        /* for the report: status, sample, time, interval, state */
                        work[area] = 3.0f;
                        work[area + 1] = (real)(first + b1);
                        work[area + 2] = begin;
                        work[area + 3] = (real)(i - 1);
                        work[area + 4] = 0.0f;
                        failed = 3;
                    }
                }
                const real h1 = (end - begin)/(real)i_max(n1, 1);
                h[b1] = h1;
                n[b1] = (real)n1;
                most = i_max(most, n1);
            }
        }
        if (failed == 3) {
            most = 0;
        }
        ROLL for (ptrdiff_t s1 = 0; s1 < most; s1++) {
            const real value = (real)s1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(s + c, p_splat(value));
            }
            real fma_[16] ALIGNED;
            real fma1[16] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                const v16 mul = v_mul(v_load(hare + c), v_splat(theta[2]));
                const v16 mul1 = v_mul(v_load(hare + c), v_splat(theta[3]));
                const v16 neg = v_neg(mul1);
                const v16 fma2 = v_fma(v_load(lynx + c), neg, mul);
                const v16 mul2 = v_mul(v_load(hare + c), v_splat(theta[5]));
                const v16 mul3 = v_mul(v_load(lynx + c), mul2);
                const v16 fma3 = v_fma(v_load(lynx + c), v_splat(pack[0]), mul3);
                const v16 fma4 = v_fma(v_load(h + c), fma2, v_load(hare + c));
                v_store(fma_, fma4);
                const v16 fma5 = v_fma(v_load(h + c), fma3, v_load(lynx + c));
                v_store(fma1, fma5);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(hare + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(lynx + c));
                v_store(hare + c, select);
                v_store(lynx + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(hare + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(lynx + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(hare + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(lynx + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = lotkavolterra_find(x, (i*batch + first)*2, count*2);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(first + at/2);
                work[area + 2] = t[(first + at/2)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%2);
                failed = 5;
            }
        }
    }
}

static void lotkavolterra_solve_batch_task(void *args, size_t task)
{
    const lotkavolterra_solve_latency_args *const a = (const lotkavolterra_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lotkavolterra_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int lotkavolterra_solve_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail,
    real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[4];
    pack[0] = neg;
    const ptrdiff_t areas = 16;
    {
        lotkavolterra_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max,
            steps, max_steps, work, pack, areas, 272 };
        each(parallel, (size_t)blocks, lotkavolterra_solve_batch_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*272;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint, one block of 128 */
static NOINLINE void lotkavolterra_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + (b*96 + 16);
    ROLL for (ptrdiff_t i = 0; i < 96; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    real hare_bar[128] ALIGNED;
    real lynx_bar[128] ALIGNED;
    real hare_jump[128] ALIGNED;
    real lynx_jump[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(hare_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(lynx_bar + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real hare_slope[128] ALIGNED;
    real lynx_slope[128] ALIGNED;
    real hare_first_slope[128] ALIGNED;
    real lynx_first_slope[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(hare_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(lynx_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, hare_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(hare_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(lynx_jump + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2,
                    count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(hare_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(hare_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(lynx_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(lynx_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(hare_bar + c), p_read(hare_jump + c));
                const reg add1 = p_add(p_read(lynx_bar + c), p_read(lynx_jump + c));
                p_store(hare_bar + c, add);
                p_store(lynx_bar + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(hare + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(lynx + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = lotkavolterra_steps(begin, end, h_max, steps, max_steps);
                if (n1 == 0) {
                    if (failed == 0) {
                        /* for the report: status, sample, time, interval, state */
                        work[area] = 3.0f;
                        work[area + 1] = (real)first;
                        work[area + 2] = begin;
                        work[area + 3] = (real)(i - 1);
                        work[area + 4] = 0.0f;
                        failed = 3;
                    }
                }
                const real h1 = (end - begin)/(real)i_max(n1, 1);
                const real value = h1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value));
                }
                const real value1 = (real)n1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value1));
                }
                most = n1;
            } else {
                const real value = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value));
                }
                const real value1 = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value1));
                }
                ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                    const real begin = t[(first + b1)*t_stride + i];
                    const real end = t[(first + b1)*t_stride + (i - 1)];
                    const ptrdiff_t n1 = lotkavolterra_steps(begin, end, h_max, steps, max_steps);
                    if (n1 == 0) {
                        if (failed == 0) {
                            /* for the report: status, sample, time, interval, state */
                            work[area] = 3.0f;
                            work[area + 1] = (real)(first + b1);
                            work[area + 2] = begin;
                            work[area + 3] = (real)(i - 1);
                            work[area + 4] = 0.0f;
                            failed = 3;
                        }
                    }
                    const real h1 = (end - begin)/(real)i_max(n1, 1);
                    h[b1] = h1;
                    n[b1] = (real)n1;
                    most = i_max(most, n1);
                }
            }
            if (failed == 3) {
                most = 0;
            }
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s1 = 0; s1 < most; s1++) {
                const real value = (real)s1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(s + c, p_splat(value));
                }
                real mul[128] ALIGNED;
                real mul1[128] ALIGNED;
                real mul2[128] ALIGNED;
                real mul3[128] ALIGNED;
                real fma_[16] ALIGNED;
                real add[16] ALIGNED;
                real fma1[16] ALIGNED;
                real add1[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(hare_bar + c), v_splat(0.0f));
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(lynx_bar + c), v_splat(0.0f));
                    const v16 neg = v_neg(v_load(h + c));
                    const v16 mul4 = v_mul(v_load(hare + c), v_splat(theta[2]));
                    const v16 mul5 = v_mul(v_load(hare + c), v_splat(theta[3]));
                    const v16 neg1 = v_neg(mul5);
                    const v16 fma2 = v_fma(v_load(lynx + c), neg1, mul4);
                    const v16 mul6 = v_mul(v_load(hare + c), v_splat(theta[5]));
                    const v16 mul7 = v_mul(v_load(lynx + c), mul6);
                    const v16 fma3 = v_fma(v_load(lynx + c), v_splat(pack[0]), mul7);
                    const v16 mul8 = v_mul(select, neg);
                    const v16 mul9 = v_mul(select1, neg);
                    const v16 neg2 = v_neg(mul9);
                    const v16 mul10 = v_mul(v_splat(theta[4]), neg2);
                    const v16 mul11 = v_mul(v_load(lynx + c), neg2);
                    v_store(mul + c, mul11);
                    const v16 fma4 = v_fma(mul6, mul9, mul10);
                    const v16 mul12 = v_mul(v_load(lynx + c), mul9);
                    const v16 mul13 = v_mul(v_splat(theta[5]), mul12);
                    const v16 mul14 = v_mul(v_load(hare + c), mul12);
                    v_store(mul1 + c, mul14);
                    const v16 neg3 = v_neg(mul8);
                    const v16 fma5 = v_fma(mul5, neg3, fma4);
                    const v16 mul15 = v_mul(v_load(lynx + c), neg3);
                    const v16 fma6 = v_fma(v_splat(theta[3]), mul15, mul13);
                    const v16 mul16 = v_mul(v_load(hare + c), mul15);
                    v_store(mul2 + c, mul16);
                    const v16 fma7 = v_fma(v_splat(theta[2]), mul8, fma6);
                    const v16 mul17 = v_mul(v_load(hare + c), mul8);
                    v_store(mul3 + c, mul17);
                    const v16 fma8 = v_fma(v_load(h + c), fma2, v_load(hare + c));
                    v_store(fma_, fma8);
                    const v16 add2 = v_add(select, fma7);
                    v_store(add, add2);
                    const v16 fma9 = v_fma(v_load(h + c), fma3, v_load(lynx + c));
                    v_store(fma1, fma9);
                    const v16 add3 = v_add(select1, fma5);
                    v_store(add1, add3);
                    v_store(hare_slope + c, fma2);
                    v_store(lynx_slope + c, fma3);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                        v_load(hare + c));
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add),
                        v_load(hare_bar + c));
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                        v_load(lynx + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add1),
                        v_load(lynx_bar + c));
                    v_store(hare + c, select2);
                    v_store(hare_bar + c, select3);
                    v_store(lynx + c, select4);
                    v_store(lynx_bar + c, select5);
                }
                v16 s0 = v_load(sums + 64);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums + 64, s0);
                v16 s0_1 = v_load(sums + 80);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_1 = v_add(s0_1, v_load(mul1 + c));
                }
                v_store(sums + 80, s0_1);
                v16 s0_2 = v_load(sums + 48);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_2 = v_add(s0_2, v_load(mul2 + c));
                }
                v_store(sums + 48, s0_2);
                v16 s0_3 = v_load(sums + 32);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_3 = v_add(s0_3, v_load(mul3 + c));
                }
                v_store(sums + 32, s0_3);
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(hare_first_slope + c, p_read(hare_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(lynx_first_slope + c, p_read(lynx_slope + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(hare_jump + c), p_read(hare_first_slope + c));
                    const reg fma_ = p_fma(p_read(lynx_jump + c), p_read(lynx_first_slope + c),
                        mul);
                    p_store(dt1 + c, fma_);
                }
                if (t_stride == 0) {
                    v16 total = v_splat(0.0f);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        total = v_add(total, v_load(dt1 + c));
                    }
                    work[dt_at + i] = v_tree(total);
                } else {
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        v_scatter(g_t + (first*t_stride + i + c*t_stride), t_stride, count - c,
                            v_load(dt1 + c));
                    }
                }
            }
            v16 zero = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero = v_fma(v_load(hare_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(lynx_bar + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(hare_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(lynx_bar + c));
                }
                const ptrdiff_t at = lotkavolterra_find(work, area + 16, count*2);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(first + at/2);
                    work[area + 2] = t[(first + at/2)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%2);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(hare + c), p_splat(theta[2]));
            const reg mul1 = p_mul(p_read(hare + c), p_splat(theta[3]));
            const reg neg = p_neg(mul1);
            const reg fma_ = p_fma(p_read(lynx + c), neg, mul);
            const reg mul2 = p_mul(p_read(hare + c), p_splat(theta[5]));
            const reg mul3 = p_mul(p_read(lynx + c), mul2);
            const reg fma1 = p_fma(p_read(lynx + c), p_splat(pack[1]), mul3);
            p_store(hare_first_slope + c, fma_);
            p_store(lynx_first_slope + c, fma1);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(hare_bar + c), p_read(hare_first_slope + c));
            const reg fma_ = p_fma(p_read(lynx_bar + c), p_read(lynx_first_slope + c), mul);
            const reg neg = p_neg(fma_);
            p_store(dt1 + c, neg);
        }
        if (t_stride == 0) {
            v16 total = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                total = v_add(total, v_load(dt1 + c));
            }
            work[dt_at] = v_tree(total);
        } else {
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_scatter(g_t + (first*t_stride + c*t_stride), t_stride, count - c,
                    v_load(dt1 + c));
            }
        }
    }
    /* the adjoint, hare_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx_jump + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(hare_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(lynx_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(hare_bar + c), p_read(hare_jump + c));
        const reg add1 = p_add(p_read(lynx_bar + c), p_read(lynx_jump + c));
        p_store(hare_bar + c, add);
        p_store(lynx_bar + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(hare_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(lynx_bar + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(hare_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(lynx_bar + c));
        }
        const ptrdiff_t at = lotkavolterra_find(work, area + 16, count*2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/2);
            work[area + 2] = t[(first + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(hare_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void lotkavolterra_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 6);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*96;
                real *const from = sums + (b + reach)*96;
                ROLL for (ptrdiff_t i = first*16; i < (end*16 + 15)/16*16; i += WIDTH) {
                    p_store(to + i, p_add(p_read(to + i), p_read(from + i)));
                }
            }
            reach = reach*2;
        }
    }
    ROLL for (ptrdiff_t i = first; i < end; i++) {
        g_theta[i] = v_tree(v_load(sums + i*16));
    }
}

static void lotkavolterra_gradient_batch_task(void *args, size_t task)
{
    const lotkavolterra_gradient_latency_args *const a = (const lotkavolterra_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lotkavolterra_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta,
        a->g_x, a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int lotkavolterra_gradient_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[4];
    pack[0] = neg;
    const real neg1 = -theta[4];
    pack[1] = neg1;
    const ptrdiff_t areas = blocks*96 + 16;
    const ptrdiff_t dt = areas + blocks*272;
    {
        lotkavolterra_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0,
            g_t, h_max, steps, max_steps, work, pack, areas, 272, dt };
        each(parallel, (size_t)blocks, lotkavolterra_gradient_batch_task, &args);
    }
    if (g_t != NULL) {
        if (t_stride == 0) {
            ROLL for (ptrdiff_t i = 0; i < times; i++) {
                real sum = 0.0f;
                ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
                    sum = sum + work[dt + b*times + i];
                }
                g_t[i] = sum;
            }
        }
    }
    if (g_theta != NULL) {
        real *const sums = work + 16;
        lotkavolterra_gradient_batch_sums(sums, blocks, g_theta, 0);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*272;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int lynxhare_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
{
    ROLL for (ptrdiff_t i = 0; i < n; i++) {
        const real v = x[base + i];
        if (v - v != 0.0f) {
            return (int)i;
        }
    }
    return (int)n;
}

/* how many steps go from t0 to t1: at least one, none longer than h_max; 0: too many */
static int lynxhare_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
{
    ptrdiff_t n = steps;
    if (steps <= 0) {
        const real span = fabsf(t1 - t0);
        const real exact = span/h_max;
        if (exact <= (real)max_steps) {
            n = (ptrdiff_t)exact;
            if ((real)n < exact) {
                n = n + 1;
            }
            n = i_max(n, 1);
        } else {
            n = 0;
        }
    }
    if (n > max_steps) {
        n = 0;
    }
    return (int)n;
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta, one block of 128 */
static NOINLINE void lynxhare_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real v_hare_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_hare_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_hare_ + c, p_splat(0.0f));
        }
    }
    real v_lynx_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_lynx_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_lynx_ + c, p_splat(0.0f));
        }
    }
    if (vt != NULL) {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
    }
    real *const v = work + (area + 16);
    ROLL for (ptrdiff_t i = 0; i < 31; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real hare_dot[128] ALIGNED;
    real lynx_dot[128] ALIGNED;
    real con[32] ALIGNED;
    real con1[32] ALIGNED;
    real div[32] ALIGNED;
    real net_1[80] ALIGNED;
    real net_1_1[80] ALIGNED;
    real div1[16] ALIGNED;
    real div2[16] ALIGNED;
    real fma_[16] ALIGNED;
    real fma1[16] ALIGNED;
    real con2[32] ALIGNED;
    real con3[32] ALIGNED;
    real div3[32] ALIGNED;
    real net_0[80] ALIGNED;
    real net_1_2[80] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(hare + c)));
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(lynx + c)));
        const v16 add = v_add(v_load(con), v_load(con1));
        const v16 div4 = v_div(add, v_splat(50.0f));
        v_store(div, div4);
        const v16 add1 = v_add(v_load(con + 16), v_load(con1 + 16));
        const v16 div5 = v_div(add1, v_splat(50.0f));
        v_store(div + 16, div5);
        /* net.0 */
        v16 s0 = v_splat(theta[14]);
        v16 s1 = v_splat(theta[15]);
        v16 s2 = v_splat(theta[16]);
        v16 s3 = v_splat(theta[17]);
        v16 s4 = v_splat(theta[18]);
        const v16 div6 = v_load(div);
        s0 = v_fma(v_splat(theta[4]), div6, s0);
        s1 = v_fma(v_splat(theta[6]), div6, s1);
        s2 = v_fma(v_splat(theta[8]), div6, s2);
        s3 = v_fma(v_splat(theta[10]), div6, s3);
        s4 = v_fma(v_splat(theta[12]), div6, s4);
        const v16 div7 = v_load(div + 16);
        s0 = v_fma(v_splat(theta[5]), div7, s0);
        s1 = v_fma(v_splat(theta[7]), div7, s1);
        s2 = v_fma(v_splat(theta[9]), div7, s2);
        s3 = v_fma(v_splat(theta[11]), div7, s3);
        s4 = v_fma(v_splat(theta[13]), div7, s4);
        real row[80] ALIGNED;
        v_store(row, s0);
        v_store(row + 16, s1);
        v_store(row + 32, s2);
        v_store(row + 48, s3);
        v_store(row + 64, s4);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum = v_load(row + u*16);
            const v16 tanh_ = v_tanh(sum);
            v_store(net_1 + u*16, tanh_);
            const v16 neg = v_neg(tanh_);
            const v16 fma2 = v_fma(tanh_, neg, v_splat(1.0f));
            v_store(net_1_1 + u*16, fma2);
        }
        /* net.2 */
        v16 s0_1 = v_splat(theta[29]);
        v16 s1_1 = v_splat(theta[30]);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            const v16 tanh_ = v_load(net_1 + k*16);
            s0_1 = v_fma(v_splat(theta[k + 19]), tanh_, s0_1);
            s1_1 = v_fma(v_splat(theta[k + 24]), tanh_, s1_1);
        }
        const v16 max = v_max(v_splat(0.0f), s0_1);
        const v16 abs = v_abs(s0_1);
        const v16 neg = v_neg(abs);
        const v16 exp_ = v_exp(neg);
        const v16 log1p_ = v_log1p(exp_);
        const v16 add2 = v_add(max, log1p_);
        v_store(con, add2);
        const v16 sigmoid_ = v_sigmoid(s0_1);
        v_store(con1, sigmoid_);
        const v16 max1 = v_max(v_splat(0.0f), s1_1);
        const v16 abs1 = v_abs(s1_1);
        const v16 neg1 = v_neg(abs1);
        const v16 exp1 = v_exp(neg1);
        const v16 log1p1 = v_log1p(exp1);
        const v16 add3 = v_add(max1, log1p1);
        v_store(con + 16, add3);
        const v16 sigmoid1 = v_sigmoid(s1_1);
        v_store(con1 + 16, sigmoid1);
        const v16 mul = v_mul(v_load(hare + c), v_load(lynx + c));
        const v16 div8 = v_div(mul, v_splat(50.0f));
        v_store(div1, div8);
        const v16 mul1 = v_mul(v_load(hare + c), v_load(v_lynx_ + c));
        const v16 fma2 = v_fma(v_load(lynx + c), v_load(v_hare_ + c), mul1);
        const v16 div9 = v_div(fma2, v_splat(50.0f));
        v_store(div2, div9);
        const v16 mul2 = v_mul(v_load(hare + c), v_splat(v[2]));
        const v16 fma3 = v_fma(v_load(v_hare_ + c), v_splat(theta[2]), mul2);
        v_store(fma_, fma3);
        const v16 mul3 = v_mul(v_load(lynx + c), v_splat(v[3]));
        const v16 fma4 = v_fma(v_load(v_lynx_ + c), v_splat(theta[3]), mul3);
        v_store(fma1, fma4);
        v_store(con2, v_splat(0.0f));
        v_store(con2 + 16, v_splat(0.0f));
        v_store(con2, v_add(v_load(con2), v_load(v_hare_ + c)));
        v_store(con3, v_splat(0.0f));
        v_store(con3 + 16, v_splat(0.0f));
        v_store(con3 + 16, v_add(v_load(con3 + 16), v_load(v_lynx_ + c)));
        const v16 add4 = v_add(v_load(con2), v_load(con3));
        const v16 div10 = v_div(add4, v_splat(50.0f));
        v_store(div3, div10);
        const v16 add5 = v_add(v_load(con2 + 16), v_load(con3 + 16));
        const v16 div11 = v_div(add5, v_splat(50.0f));
        v_store(div3 + 16, div11);
        /* net.0 */
        v16 s0_2 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        v16 s2_1 = v_splat(0.0f);
        v16 s3_1 = v_splat(0.0f);
        v16 s4_1 = v_splat(0.0f);
        const v16 div12 = v_load(div);
        s0_2 = v_fma(v_splat(v[4]), div12, s0_2);
        s1_2 = v_fma(v_splat(v[6]), div12, s1_2);
        s2_1 = v_fma(v_splat(v[8]), div12, s2_1);
        s3_1 = v_fma(v_splat(v[10]), div12, s3_1);
        s4_1 = v_fma(v_splat(v[12]), div12, s4_1);
        const v16 div13 = v_load(div + 16);
        s0_2 = v_fma(v_splat(v[5]), div13, s0_2);
        s1_2 = v_fma(v_splat(v[7]), div13, s1_2);
        s2_1 = v_fma(v_splat(v[9]), div13, s2_1);
        s3_1 = v_fma(v_splat(v[11]), div13, s3_1);
        s4_1 = v_fma(v_splat(v[13]), div13, s4_1);
        v_store(net_0, s0_2);
        v_store(net_0 + 16, s1_2);
        v_store(net_0 + 32, s2_1);
        v_store(net_0 + 48, s3_1);
        v_store(net_0 + 64, s4_1);
        /* net.0 */
        v16 s0_3 = v_load(net_0);
        v16 s1_3 = v_load(net_0 + 16);
        v16 s2_2 = v_load(net_0 + 32);
        v16 s3_2 = v_load(net_0 + 48);
        v16 s4_2 = v_load(net_0 + 64);
        const v16 div14 = v_load(div3);
        s0_3 = v_fma(v_splat(theta[4]), div14, s0_3);
        s1_3 = v_fma(v_splat(theta[6]), div14, s1_3);
        s2_2 = v_fma(v_splat(theta[8]), div14, s2_2);
        s3_2 = v_fma(v_splat(theta[10]), div14, s3_2);
        s4_2 = v_fma(v_splat(theta[12]), div14, s4_2);
        const v16 div15 = v_load(div3 + 16);
        s0_3 = v_fma(v_splat(theta[5]), div15, s0_3);
        s1_3 = v_fma(v_splat(theta[7]), div15, s1_3);
        s2_2 = v_fma(v_splat(theta[9]), div15, s2_2);
        s3_2 = v_fma(v_splat(theta[11]), div15, s3_2);
        s4_2 = v_fma(v_splat(theta[13]), div15, s4_2);
        real row1[80] ALIGNED;
        v_store(row1, s0_3);
        v_store(row1 + 16, s1_3);
        v_store(row1 + 32, s2_2);
        v_store(row1 + 48, s3_2);
        v_store(row1 + 64, s4_2);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum = v_load(row1 + u*16);
            const v16 add6 = v_add(sum, v_splat(v[u + 14]));
            const v16 mul4 = v_mul(v_load(net_1_1 + u*16), add6);
            v_store(net_1_2 + u*16, mul4);
        }
        /* net.2 */
        v16 s0_4 = v_splat(0.0f);
        v16 s1_4 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            const v16 tanh_ = v_load(net_1 + k*16);
            s0_4 = v_fma(v_splat(v[k + 19]), tanh_, s0_4);
            s1_4 = v_fma(v_splat(v[k + 24]), tanh_, s1_4);
        }
        v_store(div, s0_4);
        v_store(div + 16, s1_4);
        /* net.2 */
        v16 s0_5 = v_load(div);
        v16 s1_5 = v_load(div + 16);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            const v16 mul4 = v_load(net_1_2 + k*16);
            s0_5 = v_fma(v_splat(theta[k + 19]), mul4, s0_5);
            s1_5 = v_fma(v_splat(theta[k + 24]), mul4, s1_5);
        }
        const v16 add6 = v_add(s0_5, v_splat(v[29]));
        const v16 mul4 = v_mul(v_load(con1), add6);
        v_store(con2, mul4);
        const v16 add7 = v_add(s1_5, v_splat(v[30]));
        const v16 mul5 = v_mul(v_load(con1 + 16), add7);
        v_store(con2 + 16, mul5);
        const v16 mul6 = v_mul(v_load(div1), v_load(con2));
        const v16 fma5 = v_fma(v_load(con), v_load(div2), mul6);
        const v16 sub = v_sub(v_load(fma_), fma5);
        const v16 mul7 = v_mul(v_load(div1), v_load(con2 + 16));
        const v16 fma6 = v_fma(v_load(div2), v_load(con + 16), mul7);
        const v16 sub1 = v_sub(fma6, v_load(fma1));
        v_store(hare_dot + c, sub);
        v_store(lynx_dot + c, sub1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(hare_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_dot + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void lynxhare_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lynxhare_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            48);
    }
}

/* the initial states */
static NOINLINE void lynxhare_start_scalar_block(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0, ptrdiff_t b)
{
    (void)batch, (void)given;
    real hare[1] ALIGNED;
    real lynx[1] ALIGNED;
    hare[0] = theta[0];
    lynx[0] = theta[1];
    x0[b*2] = hare[0];
    x0[b*2 + 1] = lynx[0];
}

/* the initial states */
static NOINLINE void lynxhare_start_scalar(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lynxhare_start_scalar_block(batch, given, theta, x0, b);
    }
}

/* dx/dt */
static NOINLINE void lynxhare_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real hare = 0.0f;
    real lynx = 0.0f;
    hare = x[b*2];
    lynx = x[b*2 + 1];
    real hare_dot = 0.0f;
    real lynx_dot = 0.0f;
    const real *w = pack; FRESH(w)
    const real c = 0.0f + hare;
    const real div = c/50.0f;
    const real div1 = lynx/50.0f;
    const v16 v__ = v_load(w + 32);
    /* net.0.weight */
    v16 v_1_ = v_fma(v_load(w), v_splat(div), v__);
    v_1_ = v_fma(v_load(w + 16), v_splat(div1), v_1_);
    const v16 v_2_ = v_tanh(v_1_);
    const real v_3_ = theta[29];
    const real v_4_ = theta[30];
    /* net.2.weight */
    const real s = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 48), v_2_),
        v_splat(0.0f)));
    const real s1 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 64), v_2_),
        v_splat(0.0f)));
    const real v_5_ = s + v_3_;
    const real v_6_ = s1 + v_4_;
    const real v_7_ = r_max(0.0f, v_5_);
    const real v_8_ = r_max(0.0f, v_6_);
    const real v_9_ = fabsf(v_5_);
    const real v_10_ = fabsf(v_6_);
    const real v_11_ = -v_9_;
    const real v_12_ = -v_10_;
    const real v_13_ = r_exp(v_11_);
    const real v_14_ = r_exp(v_12_);
    const real v_15_ = r_log1p(v_13_);
    const real v_16_ = r_log1p(v_14_);
    const real v_17_ = v_7_ + v_15_;
    const real v_18_ = v_8_ + v_16_;
    const real mul = hare*lynx;
    const real div2 = mul/50.0f;
    const real c1 = theta[2];
    const real mul1 = hare*c1;
    const real neg = -v_17_;
    const real fma_ = fmaf(div2, neg, mul1);
    const real mul2 = div2*v_18_;
    const real c2 = w[96];
    const real fma1 = fmaf(lynx, c2, mul2);
    hare_dot = fma_;
    lynx_dot = fma1;
    dx[b*2] = hare_dot;
    dx[b*2 + 1] = lynx_dot;
}

/* dx/dt */
static NOINLINE void lynxhare_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[112] ALIGNED;
    /* net.0.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + l] = theta[i + l*2 + 4];
        }
    }
    /* net.0.b, 5 in lanes */
    v_store(pack + 32, v_load(theta + 14));
    /* net.2.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + 48 + l] = theta[i*5 + l + 19];
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 80] = -theta[i + 3];
    }
    v_scatter(pack + 96, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[96] = pack[96] + pack[80];
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lynxhare_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lynxhare_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + (b*128 + 80);
    ROLL for (ptrdiff_t i = 0; i < 128; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real hare = 0.0f;
    real lynx = 0.0f;
    hare = x[b*2];
    lynx = x[b*2 + 1];
    real a_dhare = 0.0f;
    a_dhare = a[b*2];
    real a_dlynx = 0.0f;
    a_dlynx = a[b*2 + 1];
    real hare_bar = 0.0f;
    real lynx_bar = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    const real c = 0.0f + hare;
    const real div = c/50.0f;
    const real div1 = lynx/50.0f;
    const v16 v__ = v_load(w + 32);
    /* net.0.weight */
    v16 v_1_ = v_fma(v_load(w), v_splat(div), v__);
    v_1_ = v_fma(v_load(w + 16), v_splat(div1), v_1_);
    const v16 v_2_ = v_tanh(v_1_);
    const real v_3_ = theta[29];
    const real v_4_ = theta[30];
    /* net.2.weight */
    const real s = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 48), v_2_),
        v_splat(0.0f)));
    const real s1 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 64), v_2_),
        v_splat(0.0f)));
    const real v_5_ = s + v_3_;
    const real v_6_ = s1 + v_4_;
    const real v_7_ = r_max(0.0f, v_5_);
    const real v_8_ = r_max(0.0f, v_6_);
    const real v_9_ = fabsf(v_5_);
    const real v_10_ = fabsf(v_6_);
    const real v_11_ = -v_9_;
    const real v_12_ = -v_10_;
    const real v_13_ = r_exp(v_11_);
    const real v_14_ = r_exp(v_12_);
    const real v_15_ = r_log1p(v_13_);
    const real v_16_ = r_log1p(v_14_);
    const real v_17_ = v_7_ + v_15_;
    const real v_18_ = v_8_ + v_16_;
    const real mul = hare*lynx;
    const real div2 = mul/50.0f;
    const real neg = -a_dlynx;
    const real c1 = theta[3];
    const real mul1 = c1*neg;
    const real mul2 = lynx*neg;
    g[16] = g[16] + mul2;
    const real mul3 = a_dlynx*v_18_;
    const real mul4 = a_dlynx*div2;
    const real neg1 = -a_dhare;
    const real fma_ = fmaf(v_17_, neg1, mul3);
    const real mul5 = div2*neg1;
    const real c2 = 0.0f + mul4;
    const real c3 = theta[2];
    const real mul6 = a_dhare*c3;
    const real mul7 = hare*a_dhare;
    g[0] = g[0] + mul7;
    const real div3 = fma_/50.0f;
    const real fma1 = fmaf(lynx, div3, mul6);
    const real fma2 = fmaf(hare, div3, mul1);
    const real v_19_ = r_sigmoid(v_5_);
    const real v_20_ = r_sigmoid(v_6_);
    const real v_21_ = mul5*v_19_;
    const real v_22_ = c2*v_20_;
    g[112] = g[112] + v_21_;
    g[113] = g[113] + v_22_;
    /* cotangent of net.2.weight */
    v_store(g + 80, v_fma(v_splat(v_21_), v_2_, v_load(g + 80)));
    v_store(g + 96, v_fma(v_splat(v_22_), v_2_, v_load(g + 96)));
    /* net.2.weight */
    v16 v_23_ = v_mul(v_load(w + 48), v_splat(v_21_));
    v_23_ = v_fma(v_load(w + 64), v_splat(v_22_), v_23_);
    const v16 v_24_ = v_neg(v_2_);
    const v16 v_25_ = v_fma(v_2_, v_24_, v_splat(1.0f));
    const v16 v_26_ = v_mul(v_23_, v_25_);
    v_store(g + 64, v_add(v_load(g + 64), v_26_));
    /* cotangent of net.0.weight */
    v_store(g + 32, v_fma(v_26_, v_splat(div), v_load(g + 32)));
    v_store(g + 48, v_fma(v_26_, v_splat(div1), v_load(g + 48)));
    /* net.0.weight */
    const real s2 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w), v_26_),
        v_splat(0.0f)));
    const real s3 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 16), v_26_),
        v_splat(0.0f)));
    const real div4 = s2/50.0f;
    const real div5 = s3/50.0f;
    const real c4 = fma2 + div5;
    const real c5 = fma1 + div4;
    hare_bar = c5;
    lynx_bar = c4;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = hare_bar;
        ax[b*2 + 1] = lynx_bar;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lynxhare_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + l] = theta[i + l*2 + 4];
        }
    }
    /* net.0.b, 5 in lanes */
    v_store(pack + 32, v_load(theta + 14));
    /* net.2.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + 48 + l] = theta[i*5 + l + 19];
        }
    }
    const ptrdiff_t areas = blocks*128 + 80;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lynxhare_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas,
            16);
    }
    if (atheta != NULL) {
        real *const sums = work + 80;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 128; i += WIDTH) {
                        const ptrdiff_t to = b*128 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*128))));
                    }
                }
                apart = apart*2;
            }
        }
        v_scatter(atheta, 1, 1, v_splat(0.0f));
        /* hare0 */
        v_scatter(atheta + 1, 1, 1, v_splat(0.0f));
        /* lynx0 */
        /* birth */
        atheta[2] = sums[0];
        /* death */
        atheta[3] = sums[16];
        /* net.0.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                atheta[i + l*2 + 4] = sums[i*16 + l + 32];
            }
        }
        /* net.0.b */
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            atheta[l + 14] = sums[l + 64];
        }
        /* net.2.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                atheta[i*5 + l + 19] = sums[i*16 + l + 80];
            }
        }
        /* net.2.b */
        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
            atheta[l + 29] = sums[l + 112];
        }
    }
}

/* x at every time, from x0 */
static NOINLINE void lynxhare_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare = 0.0f;
    real lynx = 0.0f;
    real h = 0.0f;
    hare = x0[b*2];
    lynx = x0[b*2 + 1];
    x[b*2] = hare;
    x[b*2 + 1] = lynx;
    const ptrdiff_t sound = 1 - (hare - hare != 0.0f);
    const ptrdiff_t sound1 = (1 - (lynx - lynx != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = lynxhare_find(x, b*2, 2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/2);
            work[area + 2] = t[(b + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        const real begin = t[b*t_stride + (i - 1)];
        const real end = t[b*t_stride + i];
        const ptrdiff_t n = lynxhare_steps(begin, end, h_max, steps, max_steps);
        if (n == 0) {
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 3.0f;
                work[area + 1] = (real)b;
                work[area + 2] = begin;
                work[area + 3] = (real)(i - 1);
                work[area + 4] = 0.0f;
                failed = 3;
            }
        }
        const real h1 = (end - begin)/(real)i_max(n, 1);
        h = h1;
        ROLL for (ptrdiff_t s = 0; s < n; s++) {
            const real *w = pack; FRESH(w)
            const real c = 0.0f + hare;
            const real div = c/50.0f;
            const real div1 = lynx/50.0f;
            const v16 v__ = v_load(w + 32);
            /* net.0.weight */
            v16 v_1_ = v_fma(v_load(w), v_splat(div), v__);
            v_1_ = v_fma(v_load(w + 16), v_splat(div1), v_1_);
            const v16 v_2_ = v_tanh(v_1_);
            const real v_3_ = theta[29];
            const real v_4_ = theta[30];
            /* net.2.weight */
            const real s1 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 48),
                v_2_), v_splat(0.0f)));
            const real s2 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 64),
                v_2_), v_splat(0.0f)));
            const real v_5_ = s1 + v_3_;
            const real v_6_ = s2 + v_4_;
            const real v_7_ = r_max(0.0f, v_5_);
            const real v_8_ = r_max(0.0f, v_6_);
            const real v_9_ = fabsf(v_5_);
            const real v_10_ = fabsf(v_6_);
            const real v_11_ = -v_9_;
            const real v_12_ = -v_10_;
            const real v_13_ = r_exp(v_11_);
            const real v_14_ = r_exp(v_12_);
            const real v_15_ = r_log1p(v_13_);
            const real v_16_ = r_log1p(v_14_);
            const real v_17_ = v_7_ + v_15_;
            const real v_18_ = v_8_ + v_16_;
            const real mul = hare*lynx;
            const real div2 = mul/50.0f;
            const real c1 = theta[2];
            const real mul1 = hare*c1;
            const real neg = -v_17_;
            const real fma_ = fmaf(div2, neg, mul1);
            const real mul2 = div2*v_18_;
            const real c2 = w[96];
            const real fma1 = fmaf(lynx, c2, mul2);
            const real fma2 = fmaf(h, fma_, hare);
            const real fma3 = fmaf(h, fma1, lynx);
            hare = fma2;
            lynx = fma3;
        }
        x[(i*batch + b)*2] = hare;
        x[(i*batch + b)*2 + 1] = lynx;
        const ptrdiff_t sound2 = 1 - (hare - hare != 0.0f);
        const ptrdiff_t sound3 = (1 - (lynx - lynx != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = lynxhare_find(x, (i*batch + b)*2, 2);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(b + at/2);
                work[area + 2] = t[(b + at/2)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%2);
                failed = 5;
            }
        }
    }
}

static void lynxhare_solve_latency_task(void *args, size_t task)
{
    const lotkavolterra_solve_latency_args *const a = (const lotkavolterra_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lynxhare_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int lynxhare_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + l] = theta[i + l*2 + 4];
        }
    }
    /* net.0.b, 5 in lanes */
    v_store(pack + 32, v_load(theta + 14));
    /* net.2.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + 48 + l] = theta[i*5 + l + 19];
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 80] = -theta[i + 3];
    }
    v_scatter(pack + 96, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[96] = pack[96] + pack[80];
    }
    const ptrdiff_t areas = 112;
    {
        lotkavolterra_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max,
            steps, max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, lynxhare_solve_latency_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*32;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE void lynxhare_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*128 + 144);
    ROLL for (ptrdiff_t i = 0; i < 128; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare = 0.0f;
    real lynx = 0.0f;
    real hare_bar = 0.0f;
    real lynx_bar = 0.0f;
    real hare_jump = 0.0f;
    real lynx_jump = 0.0f;
    hare_bar = 0.0f;
    lynx_bar = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real hare_slope = 0.0f;
    real lynx_slope = 0.0f;
    real hare_first_slope = 0.0f;
    real lynx_first_slope = 0.0f;
    hare_first_slope = 0.0f;
    lynx_first_slope = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, hare_bar, jumps by dL/dx at this time */
            hare_jump = g_x[(i*batch + b)*2];
            lynx_jump = g_x[(i*batch + b)*2 + 1];
            const real add = hare_bar + hare_jump;
            const real add1 = lynx_bar + lynx_jump;
            hare_bar = add;
            lynx_bar = add1;
            hare = x[(i*batch + b)*2];
            lynx = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = lynxhare_steps(begin, end, h_max, steps, max_steps);
            if (n == 0) {
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 3.0f;
                    work[area + 1] = (real)b;
                    work[area + 2] = begin;
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = 0.0f;
                    failed = 3;
                }
            }
            const real h1 = (end - begin)/(real)i_max(n, 1);
            h = h1;
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s = 0; s < n; s++) {
                const real *w1 = pack; FRESH(w1)
                real *g1 = sums; FRESH(g1)
                const real neg = -h;
                const real c = 0.0f + hare;
                const real div = c/50.0f;
                const real div1 = lynx/50.0f;
                const v16 v__ = v_load(w1 + 32);
                /* net.0.weight */
                v16 v_1_ = v_fma(v_load(w1), v_splat(div), v__);
                v_1_ = v_fma(v_load(w1 + 16), v_splat(div1), v_1_);
                const v16 v_2_ = v_tanh(v_1_);
                const real v_3_ = theta[29];
                const real v_4_ = theta[30];
                /* net.2.weight */
                const real s1 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)),
                    v_mul(v_load(w1 + 48), v_2_), v_splat(0.0f)));
                const real s2 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)),
                    v_mul(v_load(w1 + 64), v_2_), v_splat(0.0f)));
                const real v_5_ = s1 + v_3_;
                const real v_6_ = s2 + v_4_;
                const real v_7_ = r_max(0.0f, v_5_);
                const real v_8_ = r_max(0.0f, v_6_);
                const real v_9_ = fabsf(v_5_);
                const real v_10_ = fabsf(v_6_);
                const real v_11_ = -v_9_;
                const real v_12_ = -v_10_;
                const real v_13_ = r_exp(v_11_);
                const real v_14_ = r_exp(v_12_);
                const real v_15_ = r_log1p(v_13_);
                const real v_16_ = r_log1p(v_14_);
                const real v_17_ = v_7_ + v_15_;
                const real v_18_ = v_8_ + v_16_;
                const real mul = hare*lynx;
                const real div2 = mul/50.0f;
                const real c1 = theta[2];
                const real mul1 = hare*c1;
                const real neg1 = -v_17_;
                const real fma_ = fmaf(div2, neg1, mul1);
                const real mul2 = div2*v_18_;
                const real c2 = w1[96];
                const real fma1 = fmaf(lynx, c2, mul2);
                const real mul3 = hare_bar*neg;
                const real mul4 = lynx_bar*neg;
                const real neg2 = -mul4;
                const real c3 = theta[3];
                const real mul5 = c3*neg2;
                const real mul6 = lynx*neg2;
                g1[16] = g1[16] + mul6;
                const real mul7 = v_18_*mul4;
                const real mul8 = div2*mul4;
                const real neg3 = -mul3;
                const real fma2 = fmaf(v_17_, neg3, mul7);
                const real mul9 = div2*neg3;
                const real c4 = 0.0f + mul8;
                const real mul10 = c1*mul3;
                const real mul11 = hare*mul3;
                g1[0] = g1[0] + mul11;
                const real div3 = fma2/50.0f;
                const real fma3 = fmaf(lynx, div3, mul10);
                const real fma4 = fmaf(hare, div3, mul5);
                const real v_19_ = r_sigmoid(v_5_);
                const real v_20_ = r_sigmoid(v_6_);
                const real v_21_ = mul9*v_19_;
                const real v_22_ = c4*v_20_;
                g1[112] = g1[112] + v_21_;
                g1[113] = g1[113] + v_22_;
                /* cotangent of net.2.weight */
                v_store(g1 + 80, v_fma(v_splat(v_21_), v_2_, v_load(g1 + 80)));
                v_store(g1 + 96, v_fma(v_splat(v_22_), v_2_, v_load(g1 + 96)));
                /* net.2.weight */
                v16 v_23_ = v_mul(v_load(w1 + 48), v_splat(v_21_));
                v_23_ = v_fma(v_load(w1 + 64), v_splat(v_22_), v_23_);
                const v16 v_24_ = v_neg(v_2_);
                const v16 v_25_ = v_fma(v_2_, v_24_, v_splat(1.0f));
                const v16 v_26_ = v_mul(v_23_, v_25_);
                v_store(g1 + 64, v_add(v_load(g1 + 64), v_26_));
                /* cotangent of net.0.weight */
                v_store(g1 + 32, v_fma(v_26_, v_splat(div), v_load(g1 + 32)));
                v_store(g1 + 48, v_fma(v_26_, v_splat(div1), v_load(g1 + 48)));
                /* net.0.weight */
                const real s3 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w1),
                    v_26_), v_splat(0.0f)));
                const real s4 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)),
                    v_mul(v_load(w1 + 16), v_26_), v_splat(0.0f)));
                const real div4 = s3/50.0f;
                const real div5 = s4/50.0f;
                const real c5 = fma4 + div5;
                const real c6 = fma3 + div4;
                const real fma5 = fmaf(h, fma_, hare);
                const real add2 = hare_bar + c6;
                const real fma6 = fmaf(h, fma1, lynx);
                const real add3 = lynx_bar + c5;
                hare = fma5;
                hare_bar = add2;
                lynx = fma6;
                lynx_bar = add3;
                hare_slope = fma_;
                lynx_slope = fma1;
                if (s == 0) {
                    hare_first_slope = hare_slope;
                    lynx_first_slope = lynx_slope;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = hare_jump*hare_first_slope;
                const real fma_ = fmaf(lynx_jump, lynx_first_slope, mul);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (hare_bar - hare_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (lynx_bar - lynx_bar != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = hare_bar;
                work[area + 17] = lynx_bar;
                const ptrdiff_t at = lynxhare_find(work, area + 16, 2);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(b + at/2);
                    work[area + 2] = t[(b + at/2)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%2);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        hare = x[b*2];
        lynx = x[b*2 + 1];
        const real *w = pack; FRESH(w)
        const real c = 0.0f + hare;
        const real div = c/50.0f;
        const real div1 = lynx/50.0f;
        const v16 v__ = v_load(w + 32);
        /* net.0.weight */
        v16 v_1_ = v_fma(v_load(w), v_splat(div), v__);
        v_1_ = v_fma(v_load(w + 16), v_splat(div1), v_1_);
        const v16 v_2_ = v_tanh(v_1_);
        const real v_3_ = theta[29];
        const real v_4_ = theta[30];
        /* net.2.weight */
        const real s = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 48), v_2_),
            v_splat(0.0f)));
        const real s1 = v_tree(v_select(v_lt(v_lane(), v_splat(5.0f)), v_mul(v_load(w + 64), v_2_),
            v_splat(0.0f)));
        const real v_5_ = s + v_3_;
        const real v_6_ = s1 + v_4_;
        const real v_7_ = r_max(0.0f, v_5_);
        const real v_8_ = r_max(0.0f, v_6_);
        const real v_9_ = fabsf(v_5_);
        const real v_10_ = fabsf(v_6_);
        const real v_11_ = -v_9_;
        const real v_12_ = -v_10_;
        const real v_13_ = r_exp(v_11_);
        const real v_14_ = r_exp(v_12_);
        const real v_15_ = r_log1p(v_13_);
        const real v_16_ = r_log1p(v_14_);
        const real v_17_ = v_7_ + v_15_;
        const real v_18_ = v_8_ + v_16_;
        const real mul = hare*lynx;
        const real div2 = mul/50.0f;
        const real c1 = theta[2];
        const real mul1 = hare*c1;
        const real neg = -v_17_;
        const real fma_ = fmaf(div2, neg, mul1);
        const real mul2 = div2*v_18_;
        const real c2 = w[128];
        const real fma1 = fmaf(lynx, c2, mul2);
        hare_first_slope = fma_;
        lynx_first_slope = fma1;
        const real mul3 = hare_bar*hare_first_slope;
        const real fma2 = fmaf(lynx_bar, lynx_first_slope, mul3);
        const real neg1 = -fma2;
        dt1 = neg1;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, hare_bar, jumps by dL/dx at this time */
    hare_jump = g_x[b*2];
    lynx_jump = g_x[b*2 + 1];
    const real add = hare_bar + hare_jump;
    const real add1 = lynx_bar + lynx_jump;
    hare_bar = add;
    lynx_bar = add1;
    const ptrdiff_t sound = 1 - (hare_bar - hare_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (lynx_bar - lynx_bar != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = hare_bar;
        work[area + 17] = lynx_bar;
        const ptrdiff_t at = lynxhare_find(work, area + 16, 2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/2);
            work[area + 2] = t[(b + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        g_x0[b*2] = hare_bar;
        g_x0[b*2 + 1] = lynx_bar;
    }
}

static void lynxhare_gradient_latency_task(void *args, size_t task)
{
    const lotkavolterra_gradient_latency_args *const a = (const lotkavolterra_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lynxhare_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int lynxhare_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + l] = theta[i + l*2 + 4];
        }
    }
    /* net.0.b, 5 in lanes */
    v_store(pack + 32, v_load(theta + 14));
    /* net.2.weight, 5 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            pack[i*16 + 48 + l] = theta[i*5 + l + 19];
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 80] = -theta[i + 3];
    }
    v_scatter(pack + 96, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[96] = pack[96] + pack[80];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 112] = -theta[i + 3];
    }
    v_scatter(pack + 128, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[128] = pack[128] + pack[112];
    }
    const ptrdiff_t areas = blocks*128 + 144;
    const ptrdiff_t dt = areas + blocks*32;
    {
        lotkavolterra_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0,
            g_t, h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, lynxhare_gradient_latency_task, &args);
    }
    if (g_t != NULL) {
        if (t_stride == 0) {
            ROLL for (ptrdiff_t i = 0; i < times; i++) {
                real sum = 0.0f;
                ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
                    sum = sum + work[dt + b*times + i];
                }
                g_t[i] = sum;
            }
        }
    }
    if (g_theta != NULL) {
        real *const sums = work + 144;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 128; i += WIDTH) {
                        const ptrdiff_t to = b*128 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*128))));
                    }
                }
                apart = apart*2;
            }
        }
        v_scatter(g_theta, 1, 1, v_splat(0.0f));
        /* hare0 */
        v_scatter(g_theta + 1, 1, 1, v_splat(0.0f));
        /* lynx0 */
        /* birth */
        g_theta[2] = sums[0];
        /* death */
        g_theta[3] = sums[16];
        /* net.0.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                g_theta[i + l*2 + 4] = sums[i*16 + l + 32];
            }
        }
        /* net.0.b */
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            g_theta[l + 14] = sums[l + 64];
        }
        /* net.2.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                g_theta[i*5 + l + 19] = sums[i*16 + l + 80];
            }
        }
        /* net.2.b */
        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
            g_theta[l + 29] = sums[l + 112];
        }
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*32;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* dx/dt, one block of 128 */
static NOINLINE void lynxhare_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real hare_dot[128] ALIGNED;
    real lynx_dot[128] ALIGNED;
    real con[32] ALIGNED;
    real con1[32] ALIGNED;
    real div[32] ALIGNED;
    real net_1[80] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(hare + c)));
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(lynx + c)));
        const v16 add = v_add(v_load(con), v_load(con1));
        const v16 div1 = v_div(add, v_splat(50.0f));
        v_store(div, div1);
        const v16 add1 = v_add(v_load(con + 16), v_load(con1 + 16));
        const v16 div2 = v_div(add1, v_splat(50.0f));
        v_store(div + 16, div2);
        /* net.0 */
        v16 s0 = v_splat(theta[14]);
        v16 s1 = v_splat(theta[15]);
        v16 s2 = v_splat(theta[16]);
        v16 s3 = v_splat(theta[17]);
        v16 s4 = v_splat(theta[18]);
        const v16 div3 = v_load(div);
        s0 = v_fma(v_splat(theta[4]), div3, s0);
        s1 = v_fma(v_splat(theta[6]), div3, s1);
        s2 = v_fma(v_splat(theta[8]), div3, s2);
        s3 = v_fma(v_splat(theta[10]), div3, s3);
        s4 = v_fma(v_splat(theta[12]), div3, s4);
        const v16 div4 = v_load(div + 16);
        s0 = v_fma(v_splat(theta[5]), div4, s0);
        s1 = v_fma(v_splat(theta[7]), div4, s1);
        s2 = v_fma(v_splat(theta[9]), div4, s2);
        s3 = v_fma(v_splat(theta[11]), div4, s3);
        s4 = v_fma(v_splat(theta[13]), div4, s4);
        real row[80] ALIGNED;
        v_store(row, s0);
        v_store(row + 16, s1);
        v_store(row + 32, s2);
        v_store(row + 48, s3);
        v_store(row + 64, s4);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum = v_load(row + u*16);
            const v16 tanh_ = v_tanh(sum);
            v_store(net_1 + u*16, tanh_);
        }
        /* net.2 */
        v16 s0_1 = v_splat(theta[29]);
        v16 s1_1 = v_splat(theta[30]);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            const v16 tanh_ = v_load(net_1 + k*16);
            s0_1 = v_fma(v_splat(theta[k + 19]), tanh_, s0_1);
            s1_1 = v_fma(v_splat(theta[k + 24]), tanh_, s1_1);
        }
        const v16 max = v_max(v_splat(0.0f), s0_1);
        const v16 abs = v_abs(s0_1);
        const v16 neg = v_neg(abs);
        const v16 exp_ = v_exp(neg);
        const v16 log1p_ = v_log1p(exp_);
        const v16 add2 = v_add(max, log1p_);
        v_store(con, add2);
        const v16 max1 = v_max(v_splat(0.0f), s1_1);
        const v16 abs1 = v_abs(s1_1);
        const v16 neg1 = v_neg(abs1);
        const v16 exp1 = v_exp(neg1);
        const v16 log1p1 = v_log1p(exp1);
        const v16 add3 = v_add(max1, log1p1);
        v_store(con + 16, add3);
        const v16 mul = v_mul(v_load(hare + c), v_load(lynx + c));
        const v16 div5 = v_div(mul, v_splat(50.0f));
        const v16 mul1 = v_mul(v_load(hare + c), v_splat(theta[2]));
        const v16 neg2 = v_neg(v_load(con));
        const v16 fma_ = v_fma(div5, neg2, mul1);
        const v16 mul2 = v_mul(div5, v_load(con + 16));
        const v16 fma1 = v_fma(v_load(lynx + c), v_splat(pack[0]), mul2);
        v_store(hare_dot + c, fma_);
        v_store(lynx_dot + c, fma1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(hare_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_dot + c));
    }
}

/* dx/dt */
static NOINLINE void lynxhare_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    const real neg = -theta[3];
    pack[0] = neg;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lynxhare_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void lynxhare_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*496;
    ROLL for (ptrdiff_t i = 0; i < 496; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real a_dhare[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dhare + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dhare + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dhare + c), v_splat(0.0f)));
    }
    real a_dlynx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dlynx + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dlynx + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dlynx + c), v_splat(0.0f)));
    }
    real hare_bar[128] ALIGNED;
    real lynx_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real con[32] ALIGNED;
    real con1[32] ALIGNED;
    real div[256] ALIGNED;
    real net_1[640] ALIGNED;
    real net_1_1[80] ALIGNED;
    real mul[128] ALIGNED;
    real mul1[16] ALIGNED;
    real mul2[16] ALIGNED;
    real mul3[128] ALIGNED;
    real fma_[16] ALIGNED;
    real fma1[16] ALIGNED;
    real con2[32] ALIGNED;
    real net_3[256] ALIGNED;
    real net_1_2[640] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(hare + c)));
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(lynx + c)));
        const v16 add = v_add(v_load(con), v_load(con1));
        const v16 div1 = v_div(add, v_splat(50.0f));
        v_store(div + c, div1);
        const v16 add1 = v_add(v_load(con + 16), v_load(con1 + 16));
        const v16 div2 = v_div(add1, v_splat(50.0f));
        v_store(div + (c + 128), div2);
        /* net.0 */
        v16 s0 = v_splat(theta[14]);
        v16 s1 = v_splat(theta[15]);
        v16 s2 = v_splat(theta[16]);
        v16 s3 = v_splat(theta[17]);
        v16 s4 = v_splat(theta[18]);
        const v16 div3 = v_load(div + c);
        s0 = v_fma(v_splat(theta[4]), div3, s0);
        s1 = v_fma(v_splat(theta[6]), div3, s1);
        s2 = v_fma(v_splat(theta[8]), div3, s2);
        s3 = v_fma(v_splat(theta[10]), div3, s3);
        s4 = v_fma(v_splat(theta[12]), div3, s4);
        const v16 div4 = v_load(div + (c + 128));
        s0 = v_fma(v_splat(theta[5]), div4, s0);
        s1 = v_fma(v_splat(theta[7]), div4, s1);
        s2 = v_fma(v_splat(theta[9]), div4, s2);
        s3 = v_fma(v_splat(theta[11]), div4, s3);
        s4 = v_fma(v_splat(theta[13]), div4, s4);
        real row[80] ALIGNED;
        v_store(row, s0);
        v_store(row + 16, s1);
        v_store(row + 32, s2);
        v_store(row + 48, s3);
        v_store(row + 64, s4);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum = v_load(row + u*16);
            const v16 tanh_ = v_tanh(sum);
            v_store(net_1 + (u*128 + c), tanh_);
            const v16 neg = v_neg(tanh_);
            const v16 fma2 = v_fma(tanh_, neg, v_splat(1.0f));
            v_store(net_1_1 + u*16, fma2);
        }
        /* net.2 */
        v16 s0_1 = v_splat(theta[29]);
        v16 s1_1 = v_splat(theta[30]);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            const v16 tanh_ = v_load(net_1 + (k*128 + c));
            s0_1 = v_fma(v_splat(theta[k + 19]), tanh_, s0_1);
            s1_1 = v_fma(v_splat(theta[k + 24]), tanh_, s1_1);
        }
        const v16 max = v_max(v_splat(0.0f), s0_1);
        const v16 abs = v_abs(s0_1);
        const v16 neg = v_neg(abs);
        const v16 exp_ = v_exp(neg);
        const v16 log1p_ = v_log1p(exp_);
        const v16 add2 = v_add(max, log1p_);
        v_store(con, add2);
        const v16 sigmoid_ = v_sigmoid(s0_1);
        v_store(con1, sigmoid_);
        const v16 max1 = v_max(v_splat(0.0f), s1_1);
        const v16 abs1 = v_abs(s1_1);
        const v16 neg1 = v_neg(abs1);
        const v16 exp1 = v_exp(neg1);
        const v16 log1p1 = v_log1p(exp1);
        const v16 add3 = v_add(max1, log1p1);
        v_store(con + 16, add3);
        const v16 sigmoid1 = v_sigmoid(s1_1);
        v_store(con1 + 16, sigmoid1);
        const v16 mul4 = v_mul(v_load(hare + c), v_load(lynx + c));
        const v16 div5 = v_div(mul4, v_splat(50.0f));
        const v16 neg2 = v_neg(v_load(a_dlynx + c));
        const v16 mul5 = v_mul(v_splat(theta[3]), neg2);
        const v16 mul6 = v_mul(v_load(lynx + c), neg2);
        v_store(mul + c, mul6);
        const v16 mul7 = v_mul(v_load(a_dlynx + c), v_load(con + 16));
        const v16 mul8 = v_mul(v_load(a_dlynx + c), div5);
        v_store(mul1, mul8);
        const v16 neg3 = v_neg(v_load(a_dhare + c));
        const v16 fma2 = v_fma(v_load(con), neg3, mul7);
        const v16 mul9 = v_mul(div5, neg3);
        v_store(mul2, mul9);
        const v16 mul10 = v_mul(v_load(a_dhare + c), v_splat(theta[2]));
        const v16 mul11 = v_mul(v_load(hare + c), v_load(a_dhare + c));
        v_store(mul3 + c, mul11);
        const v16 div6 = v_div(fma2, v_splat(50.0f));
        const v16 fma3 = v_fma(v_load(lynx + c), div6, mul10);
        v_store(fma_, fma3);
        const v16 fma4 = v_fma(v_load(hare + c), div6, mul5);
        v_store(fma1, fma4);
        v_store(t_bar + c, v_splat(0.0f));
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(mul1)));
        v_store(con2, v_splat(0.0f));
        v_store(con2 + 16, v_splat(0.0f));
        v_store(con2, v_add(v_load(con2), v_load(mul2)));
        const v16 add4 = v_add(v_load(con), v_load(con2));
        const v16 mul12 = v_mul(add4, v_load(con1));
        v_store(net_3 + c, mul12);
        const v16 add5 = v_add(v_load(con + 16), v_load(con2 + 16));
        const v16 mul13 = v_mul(add5, v_load(con1 + 16));
        v_store(net_3 + (c + 128), mul13);
        /* net.2 */
        v16 s0_2 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        v16 s2_1 = v_splat(0.0f);
        v16 s3_1 = v_splat(0.0f);
        v16 s4_1 = v_splat(0.0f);
        const v16 mul14 = v_load(net_3 + c);
        s0_2 = v_fma(v_splat(theta[19]), mul14, s0_2);
        s1_2 = v_fma(v_splat(theta[20]), mul14, s1_2);
        s2_1 = v_fma(v_splat(theta[21]), mul14, s2_1);
        s3_1 = v_fma(v_splat(theta[22]), mul14, s3_1);
        s4_1 = v_fma(v_splat(theta[23]), mul14, s4_1);
        const v16 mul15 = v_load(net_3 + (c + 128));
        s0_2 = v_fma(v_splat(theta[24]), mul15, s0_2);
        s1_2 = v_fma(v_splat(theta[25]), mul15, s1_2);
        s2_1 = v_fma(v_splat(theta[26]), mul15, s2_1);
        s3_1 = v_fma(v_splat(theta[27]), mul15, s3_1);
        s4_1 = v_fma(v_splat(theta[28]), mul15, s4_1);
        real row1[80] ALIGNED;
        v_store(row1, s0_2);
        v_store(row1 + 16, s1_2);
        v_store(row1 + 32, s2_1);
        v_store(row1 + 48, s3_1);
        v_store(row1 + 64, s4_1);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum = v_load(row1 + u*16);
            const v16 mul16 = v_mul(sum, v_load(net_1_1 + u*16));
            v_store(net_1_2 + (u*128 + c), mul16);
        }
        /* net.0 */
        v16 s0_3 = v_splat(0.0f);
        v16 s1_3 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            const v16 mul16 = v_load(net_1_2 + (k*128 + c));
            s0_3 = v_fma(v_splat(theta[k*2 + 4]), mul16, s0_3);
            s1_3 = v_fma(v_splat(theta[k*2 + 5]), mul16, s1_3);
        }
        const v16 div7 = v_div(s0_3, v_splat(50.0f));
        v_store(con, div7);
        const v16 div8 = v_div(s1_3, v_splat(50.0f));
        v_store(con + 16, div8);
        const v16 add6 = v_add(v_load(fma1), v_load(con + 16));
        const v16 add7 = v_add(v_load(fma_), v_load(con));
        v_store(hare_bar + c, add7);
        v_store(lynx_bar + c, add6);
    }
    v16 s0 = v_load(sums + 48);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(mul + c));
    }
    v_store(sums + 48, s0);
    v16 s0_1 = v_load(sums + 32);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_1 = v_add(s0_1, v_load(mul3 + c));
    }
    v_store(sums + 32, s0_1);
    /* net.2: sum over samples */
    v16 s0_2 = v_load(sums + 464);
    v16 s1 = v_load(sums + 480);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_2 = v_add(s0_2, v_load(net_3 + c));
        s1 = v_add(s1, v_load(net_3 + (c + 128)));
    }
    v_store(sums + 464, s0_2);
    v_store(sums + 480, s1);
    /* net.2: sum over samples */
    v16 s0_3 = v_load(sums + 304);
    v16 s1_1 = v_load(sums + 384);
    v16 s2 = v_load(sums + 320);
    v16 s3 = v_load(sums + 400);
    v16 s4 = v_load(sums + 336);
    v16 s5 = v_load(sums + 416);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul4 = v_load(net_3 + c);
        const v16 tanh_ = v_load(net_1 + c);
        s0_3 = v_fma(mul4, tanh_, s0_3);
        const v16 mul5 = v_load(net_3 + (c + 128));
        s1_1 = v_fma(mul5, tanh_, s1_1);
        const v16 tanh1 = v_load(net_1 + (c + 128));
        s2 = v_fma(mul4, tanh1, s2);
        s3 = v_fma(mul5, tanh1, s3);
        const v16 tanh2 = v_load(net_1 + (c + 256));
        s4 = v_fma(mul4, tanh2, s4);
        s5 = v_fma(mul5, tanh2, s5);
    }
    v_store(sums + 304, s0_3);
    v_store(sums + 384, s1_1);
    v_store(sums + 320, s2);
    v_store(sums + 400, s3);
    v_store(sums + 336, s4);
    v_store(sums + 416, s5);
    v16 s0_4 = v_load(sums + 352);
    v16 s1_2 = v_load(sums + 432);
    v16 s2_1 = v_load(sums + 368);
    v16 s3_1 = v_load(sums + 448);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul4 = v_load(net_3 + c);
        const v16 tanh_ = v_load(net_1 + (c + 384));
        s0_4 = v_fma(mul4, tanh_, s0_4);
        const v16 mul5 = v_load(net_3 + (c + 128));
        s1_2 = v_fma(mul5, tanh_, s1_2);
        const v16 tanh1 = v_load(net_1 + (c + 512));
        s2_1 = v_fma(mul4, tanh1, s2_1);
        s3_1 = v_fma(mul5, tanh1, s3_1);
    }
    v_store(sums + 352, s0_4);
    v_store(sums + 432, s1_2);
    v_store(sums + 368, s2_1);
    v_store(sums + 448, s3_1);
    /* net.0: sum over samples */
    v16 s0_5 = v_load(sums + 224);
    v16 s1_3 = v_load(sums + 240);
    v16 s2_2 = v_load(sums + 256);
    v16 s3_2 = v_load(sums + 272);
    v16 s4_1 = v_load(sums + 288);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_5 = v_add(s0_5, v_load(net_1_2 + c));
        s1_3 = v_add(s1_3, v_load(net_1_2 + (c + 128)));
        s2_2 = v_add(s2_2, v_load(net_1_2 + (c + 256)));
        s3_2 = v_add(s3_2, v_load(net_1_2 + (c + 384)));
        s4_1 = v_add(s4_1, v_load(net_1_2 + (c + 512)));
    }
    v_store(sums + 224, s0_5);
    v_store(sums + 240, s1_3);
    v_store(sums + 256, s2_2);
    v_store(sums + 272, s3_2);
    v_store(sums + 288, s4_1);
    /* net.0: sum over samples */
    v16 s0_6 = v_load(sums + 64);
    v16 s1_4 = v_load(sums + 80);
    v16 s2_3 = v_load(sums + 96);
    v16 s3_3 = v_load(sums + 112);
    v16 s4_2 = v_load(sums + 128);
    v16 s5_1 = v_load(sums + 144);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul4 = v_load(net_1_2 + c);
        const v16 div1 = v_load(div + c);
        s0_6 = v_fma(mul4, div1, s0_6);
        const v16 div2 = v_load(div + (c + 128));
        s1_4 = v_fma(mul4, div2, s1_4);
        const v16 mul5 = v_load(net_1_2 + (c + 128));
        s2_3 = v_fma(mul5, div1, s2_3);
        s3_3 = v_fma(mul5, div2, s3_3);
        const v16 mul6 = v_load(net_1_2 + (c + 256));
        s4_2 = v_fma(mul6, div1, s4_2);
        s5_1 = v_fma(mul6, div2, s5_1);
    }
    v_store(sums + 64, s0_6);
    v_store(sums + 80, s1_4);
    v_store(sums + 96, s2_3);
    v_store(sums + 112, s3_3);
    v_store(sums + 128, s4_2);
    v_store(sums + 144, s5_1);
    v16 s0_7 = v_load(sums + 160);
    v16 s1_5 = v_load(sums + 176);
    v16 s2_4 = v_load(sums + 192);
    v16 s3_4 = v_load(sums + 208);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul4 = v_load(net_1_2 + (c + 384));
        const v16 div1 = v_load(div + c);
        s0_7 = v_fma(mul4, div1, s0_7);
        const v16 div2 = v_load(div + (c + 128));
        s1_5 = v_fma(mul4, div2, s1_5);
        const v16 mul5 = v_load(net_1_2 + (c + 512));
        s2_4 = v_fma(mul5, div1, s2_4);
        s3_4 = v_fma(mul5, div2, s3_4);
    }
    v_store(sums + 160, s0_7);
    v_store(sums + 176, s1_5);
    v_store(sums + 192, s2_4);
    v_store(sums + 208, s3_4);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(hare_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_bar + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void lynxhare_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 31);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*496;
                real *const from = sums + (b + reach)*496;
                ROLL for (ptrdiff_t i = first*16; i < (end*16 + 15)/16*16; i += WIDTH) {
                    p_store(to + i, p_add(p_read(to + i), p_read(from + i)));
                }
            }
            reach = reach*2;
        }
    }
    ROLL for (ptrdiff_t i = first; i < end; i++) {
        g_theta[i] = v_tree(v_load(sums + i*16));
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lynxhare_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*496;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lynxhare_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        lynxhare_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void lynxhare_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(hare + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(lynx + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(hare + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(lynx + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = lynxhare_find(x, first*2, count*2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/2);
            work[area + 2] = t[(first + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        ptrdiff_t most = 0;
        if (t_stride == 0) {
            const real begin = t[first*t_stride + (i - 1)];
            const real end = t[first*t_stride + i];
            const ptrdiff_t n1 = lynxhare_steps(begin, end, h_max, steps, max_steps);
            if (n1 == 0) {
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 3.0f;
                    work[area + 1] = (real)first;
                    work[area + 2] = begin;
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = 0.0f;
                    failed = 3;
                }
            }
            const real h1 = (end - begin)/(real)i_max(n1, 1);
            const real value = h1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value));
            }
            const real value1 = (real)n1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value1));
            }
            most = n1;
        } else {
            const real value = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value));
            }
            const real value1 = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value1));
            }
            ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                const real begin = t[(first + b1)*t_stride + (i - 1)];
                const real end = t[(first + b1)*t_stride + i];
                const ptrdiff_t n1 = lynxhare_steps(begin, end, h_max, steps, max_steps);
                if (n1 == 0) {
                    if (failed == 0) {
                        /* for the report: status, sample, time, interval, state */
                        work[area] = 3.0f;
                        work[area + 1] = (real)(first + b1);
                        work[area + 2] = begin;
                        work[area + 3] = (real)(i - 1);
                        work[area + 4] = 0.0f;
                        failed = 3;
                    }
                }
                const real h1 = (end - begin)/(real)i_max(n1, 1);
                h[b1] = h1;
                n[b1] = (real)n1;
                most = i_max(most, n1);
            }
        }
        if (failed == 3) {
            most = 0;
        }
        ROLL for (ptrdiff_t s1 = 0; s1 < most; s1++) {
            const real value = (real)s1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(s + c, p_splat(value));
            }
            real con[32] ALIGNED;
            real con1[32] ALIGNED;
            real div[32] ALIGNED;
            real net_1[80] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con, v_add(v_load(con), v_load(hare + c)));
                v_store(con1, v_splat(0.0f));
                v_store(con1 + 16, v_splat(0.0f));
                v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(lynx + c)));
                const v16 add = v_add(v_load(con), v_load(con1));
                const v16 div1 = v_div(add, v_splat(50.0f));
                v_store(div, div1);
                const v16 add1 = v_add(v_load(con + 16), v_load(con1 + 16));
                const v16 div2 = v_div(add1, v_splat(50.0f));
                v_store(div + 16, div2);
                /* net.0 */
                v16 s0 = v_splat(theta[14]);
                v16 s1_1 = v_splat(theta[15]);
                v16 s2 = v_splat(theta[16]);
                v16 s3 = v_splat(theta[17]);
                v16 s4 = v_splat(theta[18]);
                const v16 div3 = v_load(div);
                s0 = v_fma(v_splat(theta[4]), div3, s0);
                s1_1 = v_fma(v_splat(theta[6]), div3, s1_1);
                s2 = v_fma(v_splat(theta[8]), div3, s2);
                s3 = v_fma(v_splat(theta[10]), div3, s3);
                s4 = v_fma(v_splat(theta[12]), div3, s4);
                const v16 div4 = v_load(div + 16);
                s0 = v_fma(v_splat(theta[5]), div4, s0);
                s1_1 = v_fma(v_splat(theta[7]), div4, s1_1);
                s2 = v_fma(v_splat(theta[9]), div4, s2);
                s3 = v_fma(v_splat(theta[11]), div4, s3);
                s4 = v_fma(v_splat(theta[13]), div4, s4);
                real row[80] ALIGNED;
                v_store(row, s0);
                v_store(row + 16, s1_1);
                v_store(row + 32, s2);
                v_store(row + 48, s3);
                v_store(row + 64, s4);
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const v16 sum = v_load(row + u*16);
                    const v16 tanh_ = v_tanh(sum);
                    v_store(net_1 + u*16, tanh_);
                }
                /* net.2 */
                v16 s0_1 = v_splat(theta[29]);
                v16 s1_2 = v_splat(theta[30]);
                ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                    const v16 tanh_ = v_load(net_1 + k*16);
                    s0_1 = v_fma(v_splat(theta[k + 19]), tanh_, s0_1);
                    s1_2 = v_fma(v_splat(theta[k + 24]), tanh_, s1_2);
                }
                const v16 max = v_max(v_splat(0.0f), s0_1);
                const v16 abs = v_abs(s0_1);
                const v16 neg = v_neg(abs);
                const v16 exp_ = v_exp(neg);
                const v16 log1p_ = v_log1p(exp_);
                const v16 add2 = v_add(max, log1p_);
                v_store(con, add2);
                const v16 max1 = v_max(v_splat(0.0f), s1_2);
                const v16 abs1 = v_abs(s1_2);
                const v16 neg1 = v_neg(abs1);
                const v16 exp1 = v_exp(neg1);
                const v16 log1p1 = v_log1p(exp1);
                const v16 add3 = v_add(max1, log1p1);
                v_store(con + 16, add3);
                const v16 mul = v_mul(v_load(hare + c), v_load(lynx + c));
                const v16 div5 = v_div(mul, v_splat(50.0f));
                const v16 mul1 = v_mul(v_load(hare + c), v_splat(theta[2]));
                const v16 neg2 = v_neg(v_load(con));
                const v16 fma_ = v_fma(div5, neg2, mul1);
                const v16 mul2 = v_mul(div5, v_load(con + 16));
                const v16 fma1 = v_fma(v_load(lynx + c), v_splat(pack[0]), mul2);
                const v16 fma2 = v_fma(v_load(h + c), fma_, v_load(hare + c));
                v_store(con1, fma2);
                const v16 fma3 = v_fma(v_load(h + c), fma1, v_load(lynx + c));
                v_store(div, fma3);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(con1),
                    v_load(hare + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(div),
                    v_load(lynx + c));
                v_store(hare + c, select);
                v_store(lynx + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(hare + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(lynx + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(hare + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(lynx + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = lynxhare_find(x, (i*batch + first)*2, count*2);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(first + at/2);
                work[area + 2] = t[(first + at/2)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%2);
                failed = 5;
            }
        }
    }
}

static void lynxhare_solve_batch_task(void *args, size_t task)
{
    const lotkavolterra_solve_latency_args *const a = (const lotkavolterra_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lynxhare_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int lynxhare_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[3];
    pack[0] = neg;
    const ptrdiff_t areas = 16;
    {
        lotkavolterra_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max,
            steps, max_steps, work, pack, areas, 272 };
        each(parallel, (size_t)blocks, lynxhare_solve_batch_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*272;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint, one block of 128 */
static NOINLINE void lynxhare_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + (b*496 + 16);
    ROLL for (ptrdiff_t i = 0; i < 496; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real hare[128] ALIGNED;
    real lynx[128] ALIGNED;
    real hare_bar[128] ALIGNED;
    real lynx_bar[128] ALIGNED;
    real hare_jump[128] ALIGNED;
    real lynx_jump[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(hare_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(lynx_bar + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real hare_slope[128] ALIGNED;
    real lynx_slope[128] ALIGNED;
    real hare_first_slope[128] ALIGNED;
    real lynx_first_slope[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(hare_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(lynx_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, hare_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(hare_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(lynx_jump + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2,
                    count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(hare_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(hare_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(lynx_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(lynx_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(hare_bar + c), p_read(hare_jump + c));
                const reg add1 = p_add(p_read(lynx_bar + c), p_read(lynx_jump + c));
                p_store(hare_bar + c, add);
                p_store(lynx_bar + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(hare + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(lynx + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = lynxhare_steps(begin, end, h_max, steps, max_steps);
                if (n1 == 0) {
                    if (failed == 0) {
                        /* for the report: status, sample, time, interval, state */
                        work[area] = 3.0f;
                        work[area + 1] = (real)first;
                        work[area + 2] = begin;
                        work[area + 3] = (real)(i - 1);
                        work[area + 4] = 0.0f;
                        failed = 3;
                    }
                }
                const real h1 = (end - begin)/(real)i_max(n1, 1);
                const real value = h1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value));
                }
                const real value1 = (real)n1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value1));
                }
                most = n1;
            } else {
                const real value = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value));
                }
                const real value1 = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value1));
                }
                ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                    const real begin = t[(first + b1)*t_stride + i];
                    const real end = t[(first + b1)*t_stride + (i - 1)];
                    const ptrdiff_t n1 = lynxhare_steps(begin, end, h_max, steps, max_steps);
                    if (n1 == 0) {
                        if (failed == 0) {
                            /* for the report: status, sample, time, interval, state */
                            work[area] = 3.0f;
                            work[area + 1] = (real)(first + b1);
                            work[area + 2] = begin;
                            work[area + 3] = (real)(i - 1);
                            work[area + 4] = 0.0f;
                            failed = 3;
                        }
                    }
                    const real h1 = (end - begin)/(real)i_max(n1, 1);
                    h[b1] = h1;
                    n[b1] = (real)n1;
                    most = i_max(most, n1);
                }
            }
            if (failed == 3) {
                most = 0;
            }
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s1 = 0; s1 < most; s1++) {
                const real value = (real)s1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(s + c, p_splat(value));
                }
                real select[16] ALIGNED;
                real select1[16] ALIGNED;
                real div[16] ALIGNED;
                real mul[16] ALIGNED;
                real mul1[16] ALIGNED;
                real mul2[16] ALIGNED;
                real mul3[128] ALIGNED;
                real mul4[16] ALIGNED;
                real neg[16] ALIGNED;
                real mul5[16] ALIGNED;
                real mul6[16] ALIGNED;
                real mul7[128] ALIGNED;
                real con[32] ALIGNED;
                real con1[32] ALIGNED;
                real div1[256] ALIGNED;
                real net_1[640] ALIGNED;
                real net_1_1[80] ALIGNED;
                real fma_[16] ALIGNED;
                real fma1[16] ALIGNED;
                real fma2[16] ALIGNED;
                real fma3[16] ALIGNED;
                real con2[32] ALIGNED;
                real net_3[256] ALIGNED;
                real net_1_2[640] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(hare_bar + c), v_splat(0.0f));
                    v_store(select, select2);
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(lynx_bar + c), v_splat(0.0f));
                    v_store(select1, select3);
                    const v16 neg1 = v_neg(v_load(h + c));
                    const v16 mul8 = v_mul(v_load(hare + c), v_load(lynx + c));
                    const v16 div2 = v_div(mul8, v_splat(50.0f));
                    v_store(div, div2);
                    const v16 mul9 = v_mul(v_load(hare + c), v_splat(theta[2]));
                    v_store(mul, mul9);
                    const v16 mul10 = v_mul(select2, neg1);
                    const v16 mul11 = v_mul(select3, neg1);
                    v_store(mul1, mul11);
                    const v16 neg2 = v_neg(mul11);
                    const v16 mul12 = v_mul(v_splat(theta[3]), neg2);
                    v_store(mul2, mul12);
                    const v16 mul13 = v_mul(v_load(lynx + c), neg2);
                    v_store(mul3 + c, mul13);
                    const v16 mul14 = v_mul(div2, mul11);
                    v_store(mul4, mul14);
                    const v16 neg3 = v_neg(mul10);
                    v_store(neg, neg3);
                    const v16 mul15 = v_mul(div2, neg3);
                    v_store(mul5, mul15);
                    const v16 mul16 = v_mul(v_splat(theta[2]), mul10);
                    v_store(mul6, mul16);
                    const v16 mul17 = v_mul(v_load(hare + c), mul10);
                    v_store(mul7 + c, mul17);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(hare + c)));
                    v_store(con1, v_splat(0.0f));
                    v_store(con1 + 16, v_splat(0.0f));
                    v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(lynx + c)));
                    const v16 add = v_add(v_load(con), v_load(con1));
                    const v16 div3 = v_div(add, v_splat(50.0f));
                    v_store(div1 + c, div3);
                    const v16 add1 = v_add(v_load(con + 16), v_load(con1 + 16));
                    const v16 div4 = v_div(add1, v_splat(50.0f));
                    v_store(div1 + (c + 128), div4);
                    /* net.0 */
                    v16 s0 = v_splat(theta[14]);
                    v16 s1_1 = v_splat(theta[15]);
                    v16 s2 = v_splat(theta[16]);
                    v16 s3 = v_splat(theta[17]);
                    v16 s4 = v_splat(theta[18]);
                    const v16 div5 = v_load(div1 + c);
                    s0 = v_fma(v_splat(theta[4]), div5, s0);
                    s1_1 = v_fma(v_splat(theta[6]), div5, s1_1);
                    s2 = v_fma(v_splat(theta[8]), div5, s2);
                    s3 = v_fma(v_splat(theta[10]), div5, s3);
                    s4 = v_fma(v_splat(theta[12]), div5, s4);
                    const v16 div6 = v_load(div1 + (c + 128));
                    s0 = v_fma(v_splat(theta[5]), div6, s0);
                    s1_1 = v_fma(v_splat(theta[7]), div6, s1_1);
                    s2 = v_fma(v_splat(theta[9]), div6, s2);
                    s3 = v_fma(v_splat(theta[11]), div6, s3);
                    s4 = v_fma(v_splat(theta[13]), div6, s4);
                    real row[80] ALIGNED;
                    v_store(row, s0);
                    v_store(row + 16, s1_1);
                    v_store(row + 32, s2);
                    v_store(row + 48, s3);
                    v_store(row + 64, s4);
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const v16 sum = v_load(row + u*16);
                        const v16 tanh_ = v_tanh(sum);
                        v_store(net_1 + (u*128 + c), tanh_);
                        const v16 neg4 = v_neg(tanh_);
                        const v16 fma4 = v_fma(tanh_, neg4, v_splat(1.0f));
                        v_store(net_1_1 + u*16, fma4);
                    }
                    /* net.2 */
                    v16 s0_1 = v_splat(theta[29]);
                    v16 s1_2 = v_splat(theta[30]);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        const v16 tanh_ = v_load(net_1 + (k1*128 + c));
                        s0_1 = v_fma(v_splat(theta[k1 + 19]), tanh_, s0_1);
                        s1_2 = v_fma(v_splat(theta[k1 + 24]), tanh_, s1_2);
                    }
                    const v16 max = v_max(v_splat(0.0f), s0_1);
                    const v16 abs = v_abs(s0_1);
                    const v16 neg4 = v_neg(abs);
                    const v16 exp_ = v_exp(neg4);
                    const v16 log1p_ = v_log1p(exp_);
                    const v16 add2 = v_add(max, log1p_);
                    v_store(con, add2);
                    const v16 sigmoid_ = v_sigmoid(s0_1);
                    v_store(con1, sigmoid_);
                    const v16 max1 = v_max(v_splat(0.0f), s1_2);
                    const v16 abs1 = v_abs(s1_2);
                    const v16 neg5 = v_neg(abs1);
                    const v16 exp1 = v_exp(neg5);
                    const v16 log1p1 = v_log1p(exp1);
                    const v16 add3 = v_add(max1, log1p1);
                    v_store(con + 16, add3);
                    const v16 sigmoid1 = v_sigmoid(s1_2);
                    v_store(con1 + 16, sigmoid1);
                    const v16 neg6 = v_neg(v_load(con));
                    const v16 fma4 = v_fma(v_load(div), neg6, v_load(mul));
                    const v16 mul18 = v_mul(v_load(div), v_load(con + 16));
                    const v16 fma5 = v_fma(v_load(lynx + c), v_splat(pack[0]), mul18);
                    const v16 mul19 = v_mul(v_load(con + 16), v_load(mul1));
                    const v16 fma6 = v_fma(v_load(con), v_load(neg), mul19);
                    const v16 div7 = v_div(fma6, v_splat(50.0f));
                    const v16 fma7 = v_fma(v_load(lynx + c), div7, v_load(mul6));
                    v_store(fma_, fma7);
                    const v16 fma8 = v_fma(v_load(hare + c), div7, v_load(mul2));
                    v_store(fma1, fma8);
                    const v16 fma9 = v_fma(v_load(h + c), fma4, v_load(hare + c));
                    v_store(fma2, fma9);
                    const v16 fma10 = v_fma(v_load(h + c), fma5, v_load(lynx + c));
                    v_store(fma3, fma10);
                    v_store(hare_slope + c, fma4);
                    v_store(lynx_slope + c, fma5);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 16, v_add(v_load(con + 16), v_load(mul4)));
                    v_store(con2, v_splat(0.0f));
                    v_store(con2 + 16, v_splat(0.0f));
                    v_store(con2, v_add(v_load(con2), v_load(mul5)));
                    const v16 add4 = v_add(v_load(con), v_load(con2));
                    const v16 mul20 = v_mul(add4, v_load(con1));
                    v_store(net_3 + c, mul20);
                    const v16 add5 = v_add(v_load(con + 16), v_load(con2 + 16));
                    const v16 mul21 = v_mul(add5, v_load(con1 + 16));
                    v_store(net_3 + (c + 128), mul21);
                    /* net.2 */
                    v16 s0_2 = v_splat(0.0f);
                    v16 s1_3 = v_splat(0.0f);
                    v16 s2_1 = v_splat(0.0f);
                    v16 s3_1 = v_splat(0.0f);
                    v16 s4_1 = v_splat(0.0f);
                    const v16 mul22 = v_load(net_3 + c);
                    s0_2 = v_fma(v_splat(theta[19]), mul22, s0_2);
                    s1_3 = v_fma(v_splat(theta[20]), mul22, s1_3);
                    s2_1 = v_fma(v_splat(theta[21]), mul22, s2_1);
                    s3_1 = v_fma(v_splat(theta[22]), mul22, s3_1);
                    s4_1 = v_fma(v_splat(theta[23]), mul22, s4_1);
                    const v16 mul23 = v_load(net_3 + (c + 128));
                    s0_2 = v_fma(v_splat(theta[24]), mul23, s0_2);
                    s1_3 = v_fma(v_splat(theta[25]), mul23, s1_3);
                    s2_1 = v_fma(v_splat(theta[26]), mul23, s2_1);
                    s3_1 = v_fma(v_splat(theta[27]), mul23, s3_1);
                    s4_1 = v_fma(v_splat(theta[28]), mul23, s4_1);
                    real row1[80] ALIGNED;
                    v_store(row1, s0_2);
                    v_store(row1 + 16, s1_3);
                    v_store(row1 + 32, s2_1);
                    v_store(row1 + 48, s3_1);
                    v_store(row1 + 64, s4_1);
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const v16 sum = v_load(row1 + u*16);
                        const v16 mul24 = v_mul(sum, v_load(net_1_1 + u*16));
                        v_store(net_1_2 + (u*128 + c), mul24);
                    }
                    /* net.0 */
                    v16 s0_3 = v_splat(0.0f);
                    v16 s1_4 = v_splat(0.0f);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        const v16 mul24 = v_load(net_1_2 + (k1*128 + c));
                        s0_3 = v_fma(v_splat(theta[k1*2 + 4]), mul24, s0_3);
                        s1_4 = v_fma(v_splat(theta[k1*2 + 5]), mul24, s1_4);
                    }
                    const v16 div8 = v_div(s0_3, v_splat(50.0f));
                    v_store(con, div8);
                    const v16 div9 = v_div(s1_4, v_splat(50.0f));
                    v_store(con + 16, div9);
                    const v16 add6 = v_add(v_load(fma1), v_load(con + 16));
                    const v16 add7 = v_add(v_load(fma_), v_load(con));
                    const v16 add8 = v_add(v_load(select), add7);
                    v_store(div, add8);
                    const v16 add9 = v_add(v_load(select1), add6);
                    v_store(mul, add9);
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma2),
                        v_load(hare + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(div),
                        v_load(hare_bar + c));
                    const v16 select6 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma3),
                        v_load(lynx + c));
                    const v16 select7 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(mul),
                        v_load(lynx_bar + c));
                    v_store(hare + c, select4);
                    v_store(hare_bar + c, select5);
                    v_store(lynx + c, select6);
                    v_store(lynx_bar + c, select7);
                }
                v16 s0 = v_load(sums + 48);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul3 + c));
                }
                v_store(sums + 48, s0);
                v16 s0_1 = v_load(sums + 32);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_1 = v_add(s0_1, v_load(mul7 + c));
                }
                v_store(sums + 32, s0_1);
                /* net.2: sum over samples */
                v16 s0_2 = v_load(sums + 464);
                v16 s1_1 = v_load(sums + 480);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_2 = v_add(s0_2, v_load(net_3 + c));
                    s1_1 = v_add(s1_1, v_load(net_3 + (c + 128)));
                }
                v_store(sums + 464, s0_2);
                v_store(sums + 480, s1_1);
                /* net.2: sum over samples */
                v16 s0_3 = v_load(sums + 304);
                v16 s1_2 = v_load(sums + 384);
                v16 s2 = v_load(sums + 320);
                v16 s3 = v_load(sums + 400);
                v16 s4 = v_load(sums + 336);
                v16 s5 = v_load(sums + 416);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul8 = v_load(net_3 + c);
                    const v16 tanh_ = v_load(net_1 + c);
                    s0_3 = v_fma(mul8, tanh_, s0_3);
                    const v16 mul9 = v_load(net_3 + (c + 128));
                    s1_2 = v_fma(mul9, tanh_, s1_2);
                    const v16 tanh1 = v_load(net_1 + (c + 128));
                    s2 = v_fma(mul8, tanh1, s2);
                    s3 = v_fma(mul9, tanh1, s3);
                    const v16 tanh2 = v_load(net_1 + (c + 256));
                    s4 = v_fma(mul8, tanh2, s4);
                    s5 = v_fma(mul9, tanh2, s5);
                }
                v_store(sums + 304, s0_3);
                v_store(sums + 384, s1_2);
                v_store(sums + 320, s2);
                v_store(sums + 400, s3);
                v_store(sums + 336, s4);
                v_store(sums + 416, s5);
                v16 s0_4 = v_load(sums + 352);
                v16 s1_3 = v_load(sums + 432);
                v16 s2_1 = v_load(sums + 368);
                v16 s3_1 = v_load(sums + 448);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul8 = v_load(net_3 + c);
                    const v16 tanh_ = v_load(net_1 + (c + 384));
                    s0_4 = v_fma(mul8, tanh_, s0_4);
                    const v16 mul9 = v_load(net_3 + (c + 128));
                    s1_3 = v_fma(mul9, tanh_, s1_3);
                    const v16 tanh1 = v_load(net_1 + (c + 512));
                    s2_1 = v_fma(mul8, tanh1, s2_1);
                    s3_1 = v_fma(mul9, tanh1, s3_1);
                }
                v_store(sums + 352, s0_4);
                v_store(sums + 432, s1_3);
                v_store(sums + 368, s2_1);
                v_store(sums + 448, s3_1);
                /* net.0: sum over samples */
                v16 s0_5 = v_load(sums + 224);
                v16 s1_4 = v_load(sums + 240);
                v16 s2_2 = v_load(sums + 256);
                v16 s3_2 = v_load(sums + 272);
                v16 s4_1 = v_load(sums + 288);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_5 = v_add(s0_5, v_load(net_1_2 + c));
                    s1_4 = v_add(s1_4, v_load(net_1_2 + (c + 128)));
                    s2_2 = v_add(s2_2, v_load(net_1_2 + (c + 256)));
                    s3_2 = v_add(s3_2, v_load(net_1_2 + (c + 384)));
                    s4_1 = v_add(s4_1, v_load(net_1_2 + (c + 512)));
                }
                v_store(sums + 224, s0_5);
                v_store(sums + 240, s1_4);
                v_store(sums + 256, s2_2);
                v_store(sums + 272, s3_2);
                v_store(sums + 288, s4_1);
                /* net.0: sum over samples */
                v16 s0_6 = v_load(sums + 64);
                v16 s1_5 = v_load(sums + 80);
                v16 s2_3 = v_load(sums + 96);
                v16 s3_3 = v_load(sums + 112);
                v16 s4_2 = v_load(sums + 128);
                v16 s5_1 = v_load(sums + 144);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul8 = v_load(net_1_2 + c);
                    const v16 div2 = v_load(div1 + c);
                    s0_6 = v_fma(mul8, div2, s0_6);
                    const v16 div3 = v_load(div1 + (c + 128));
                    s1_5 = v_fma(mul8, div3, s1_5);
                    const v16 mul9 = v_load(net_1_2 + (c + 128));
                    s2_3 = v_fma(mul9, div2, s2_3);
                    s3_3 = v_fma(mul9, div3, s3_3);
                    const v16 mul10 = v_load(net_1_2 + (c + 256));
                    s4_2 = v_fma(mul10, div2, s4_2);
                    s5_1 = v_fma(mul10, div3, s5_1);
                }
                v_store(sums + 64, s0_6);
                v_store(sums + 80, s1_5);
                v_store(sums + 96, s2_3);
                v_store(sums + 112, s3_3);
                v_store(sums + 128, s4_2);
                v_store(sums + 144, s5_1);
                v16 s0_7 = v_load(sums + 160);
                v16 s1_6 = v_load(sums + 176);
                v16 s2_4 = v_load(sums + 192);
                v16 s3_4 = v_load(sums + 208);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul8 = v_load(net_1_2 + (c + 384));
                    const v16 div2 = v_load(div1 + c);
                    s0_7 = v_fma(mul8, div2, s0_7);
                    const v16 div3 = v_load(div1 + (c + 128));
                    s1_6 = v_fma(mul8, div3, s1_6);
                    const v16 mul9 = v_load(net_1_2 + (c + 512));
                    s2_4 = v_fma(mul9, div2, s2_4);
                    s3_4 = v_fma(mul9, div3, s3_4);
                }
                v_store(sums + 160, s0_7);
                v_store(sums + 176, s1_6);
                v_store(sums + 192, s2_4);
                v_store(sums + 208, s3_4);
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(hare_first_slope + c, p_read(hare_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(lynx_first_slope + c, p_read(lynx_slope + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(hare_jump + c), p_read(hare_first_slope + c));
                    const reg fma_ = p_fma(p_read(lynx_jump + c), p_read(lynx_first_slope + c),
                        mul);
                    p_store(dt1 + c, fma_);
                }
                if (t_stride == 0) {
                    v16 total = v_splat(0.0f);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        total = v_add(total, v_load(dt1 + c));
                    }
                    work[dt_at + i] = v_tree(total);
                } else {
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        v_scatter(g_t + (first*t_stride + i + c*t_stride), t_stride, count - c,
                            v_load(dt1 + c));
                    }
                }
            }
            v16 zero = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero = v_fma(v_load(hare_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(lynx_bar + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(hare_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(lynx_bar + c));
                }
                const ptrdiff_t at = lynxhare_find(work, area + 16, count*2);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(first + at/2);
                    work[area + 2] = t[(first + at/2)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%2);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(hare + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(lynx + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        real con[32] ALIGNED;
        real con1[32] ALIGNED;
        real div[32] ALIGNED;
        real net_1[80] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con, v_add(v_load(con), v_load(hare + c)));
            v_store(con1, v_splat(0.0f));
            v_store(con1 + 16, v_splat(0.0f));
            v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(lynx + c)));
            const v16 add = v_add(v_load(con), v_load(con1));
            const v16 div1 = v_div(add, v_splat(50.0f));
            v_store(div, div1);
            const v16 add1 = v_add(v_load(con + 16), v_load(con1 + 16));
            const v16 div2 = v_div(add1, v_splat(50.0f));
            v_store(div + 16, div2);
            /* net.0 */
            v16 s0 = v_splat(theta[14]);
            v16 s1 = v_splat(theta[15]);
            v16 s2 = v_splat(theta[16]);
            v16 s3 = v_splat(theta[17]);
            v16 s4 = v_splat(theta[18]);
            const v16 div3 = v_load(div);
            s0 = v_fma(v_splat(theta[4]), div3, s0);
            s1 = v_fma(v_splat(theta[6]), div3, s1);
            s2 = v_fma(v_splat(theta[8]), div3, s2);
            s3 = v_fma(v_splat(theta[10]), div3, s3);
            s4 = v_fma(v_splat(theta[12]), div3, s4);
            const v16 div4 = v_load(div + 16);
            s0 = v_fma(v_splat(theta[5]), div4, s0);
            s1 = v_fma(v_splat(theta[7]), div4, s1);
            s2 = v_fma(v_splat(theta[9]), div4, s2);
            s3 = v_fma(v_splat(theta[11]), div4, s3);
            s4 = v_fma(v_splat(theta[13]), div4, s4);
            real row[80] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 tanh_ = v_tanh(sum);
                v_store(net_1 + u*16, tanh_);
            }
            /* net.2 */
            v16 s0_1 = v_splat(theta[29]);
            v16 s1_1 = v_splat(theta[30]);
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                const v16 tanh_ = v_load(net_1 + k*16);
                s0_1 = v_fma(v_splat(theta[k + 19]), tanh_, s0_1);
                s1_1 = v_fma(v_splat(theta[k + 24]), tanh_, s1_1);
            }
            const v16 max = v_max(v_splat(0.0f), s0_1);
            const v16 abs = v_abs(s0_1);
            const v16 neg = v_neg(abs);
            const v16 exp_ = v_exp(neg);
            const v16 log1p_ = v_log1p(exp_);
            const v16 add2 = v_add(max, log1p_);
            v_store(con, add2);
            const v16 max1 = v_max(v_splat(0.0f), s1_1);
            const v16 abs1 = v_abs(s1_1);
            const v16 neg1 = v_neg(abs1);
            const v16 exp1 = v_exp(neg1);
            const v16 log1p1 = v_log1p(exp1);
            const v16 add3 = v_add(max1, log1p1);
            v_store(con + 16, add3);
            const v16 mul = v_mul(v_load(hare + c), v_load(lynx + c));
            const v16 div5 = v_div(mul, v_splat(50.0f));
            const v16 mul1 = v_mul(v_load(hare + c), v_splat(theta[2]));
            const v16 neg2 = v_neg(v_load(con));
            const v16 fma_ = v_fma(div5, neg2, mul1);
            const v16 mul2 = v_mul(div5, v_load(con + 16));
            const v16 fma1 = v_fma(v_load(lynx + c), v_splat(pack[1]), mul2);
            v_store(hare_first_slope + c, fma_);
            v_store(lynx_first_slope + c, fma1);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(hare_bar + c), p_read(hare_first_slope + c));
            const reg fma_ = p_fma(p_read(lynx_bar + c), p_read(lynx_first_slope + c), mul);
            const reg neg = p_neg(fma_);
            p_store(dt1 + c, neg);
        }
        if (t_stride == 0) {
            v16 total = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                total = v_add(total, v_load(dt1 + c));
            }
            work[dt_at] = v_tree(total);
        } else {
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_scatter(g_t + (first*t_stride + c*t_stride), t_stride, count - c,
                    v_load(dt1 + c));
            }
        }
    }
    /* the adjoint, hare_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx_jump + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(hare_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(hare_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(lynx_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(lynx_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(hare_bar + c), p_read(hare_jump + c));
        const reg add1 = p_add(p_read(lynx_bar + c), p_read(lynx_jump + c));
        p_store(hare_bar + c, add);
        p_store(lynx_bar + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(hare_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(lynx_bar + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(hare_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(lynx_bar + c));
        }
        const ptrdiff_t at = lynxhare_find(work, area + 16, count*2);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/2);
            work[area + 2] = t[(first + at/2)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%2);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(hare_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(lynx_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void lynxhare_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 31);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*496;
                real *const from = sums + (b + reach)*496;
                ROLL for (ptrdiff_t i = first*16; i < (end*16 + 15)/16*16; i += WIDTH) {
                    p_store(to + i, p_add(p_read(to + i), p_read(from + i)));
                }
            }
            reach = reach*2;
        }
    }
    ROLL for (ptrdiff_t i = first; i < end; i++) {
        g_theta[i] = v_tree(v_load(sums + i*16));
    }
}

static void lynxhare_gradient_batch_task(void *args, size_t task)
{
    const lotkavolterra_gradient_latency_args *const a = (const lotkavolterra_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lynxhare_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int lynxhare_gradient_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[3];
    pack[0] = neg;
    const real neg1 = -theta[3];
    pack[1] = neg1;
    const ptrdiff_t areas = blocks*496 + 16;
    const ptrdiff_t dt = areas + blocks*272;
    {
        lotkavolterra_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0,
            g_t, h_max, steps, max_steps, work, pack, areas, 272, dt };
        each(parallel, (size_t)blocks, lynxhare_gradient_batch_task, &args);
    }
    if (g_t != NULL) {
        if (t_stride == 0) {
            ROLL for (ptrdiff_t i = 0; i < times; i++) {
                real sum = 0.0f;
                ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
                    sum = sum + work[dt + b*times + i];
                }
                g_t[i] = sum;
            }
        }
    }
    if (g_theta != NULL) {
        real *const sums = work + 16;
        lynxhare_gradient_batch_sums(sums, blocks, g_theta, 0);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*272;
        if (status == 0) {
            status = (ptrdiff_t)work[at];
            fail[0] = work[at + 1];
            fail[1] = work[at + 2];
            fail[2] = work[at + 3];
            fail[3] = work[at + 4];
        }
    }
    return (int)status;
}

/* ---- the public functions ---------------------------------------------------------- */

const char *lynx_hare_message(int status)
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

/* Are the times of every sample numbers, and strictly increasing or decreasing? */
static int monotone(size_t batch, size_t times, const real *t, size_t t_stride)
{
    const size_t rows = t_stride ? batch : 1;
    size_t b, i;
    for (b = 0; b < rows; b++) {
        const real *const row = t + b * t_stride;
        if (!(row[0] - row[0] == 0)) return 0;
        for (i = 1; i < times; i++) {
            const real step = row[i] - row[i - 1], first = row[1] - row[0];
            if (!(step - step == 0) || !(first > 0 ? step > 0 : step < 0)) return 0;
        }
    }
    return 1;
}

/* The caller's options over the model's; as far as the caller's struct goes. */
static int options_read(const nodec_options *given, nodec_options *o)
{
    const size_t own = sizeof *o;
    if (given) {
        if (given->size < offsetof(nodec_options, rtol)) return 0;
        memcpy(o, given, given->size < own ? given->size : own);
        o->size = own;
    }
    return (o->steps || o->h_max > 0) && o->max_steps;
}

/* What a solve did, or where it failed. */
static int report_write(nodec_report *report, int status, const real *fail, const char *where,
    size_t batch, size_t times, const real *t, size_t t_stride, const nodec_options *o, size_t stages)
{
    const real h_max = (real)o->h_max;
    size_t b, i;
    if (!report) return status;
    memset(report, 0, sizeof *report);
    if (status) {
        report->sample = (size_t)fail[0];
        report->t = (double)fail[1];
        report->where = where;
        return status;
    }
    for (b = 0; b < batch; b++)
        for (i = 1; i < times; i++) {
            const real span = t[b * t_stride + i] - t[b * t_stride + i - 1];
            report->steps += o->steps ? o->steps : (size_t)ceilf(fabsf(span) / h_max);
        }
    report->evaluations = stages * report->steps;
    return status;
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

/* ---- LotkaVolterra ---- */

const nodec_param *lynx_hare_lotkavolterra_params(void)
{
    static const nodec_param row[] = {
        { "hare0", 0, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "lynx0", 1, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "birth", 2, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "hunt", 3, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "death", 4, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "feed", 5, 1, 0, { 0, 0, 0, 0 }, 1 },
    };
    return row;
}

nodec_options lynx_hare_lotkavolterra_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void lynx_hare_lotkavolterra_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_fill(theta + 0, 1, 30.0f);
    init_fill(theta + 1, 1, 4.0f);
    init_fill(theta + 2, 1, 0.5f);
    init_fill(theta + 3, 1, 0.03f);
    init_fill(theta + 4, 1, 0.8f);
    init_fill(theta + 5, 1, 0.03f);
}

size_t lynx_hare_lotkavolterra_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(64, size_mul(batch, size_add(96, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(368, times))));
}

int lynx_hare_lotkavolterra_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        lotkavolterra_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        lotkavolterra_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int lynx_hare_lotkavolterra_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lotkavolterra_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        lotkavolterra_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at,
            atheta, aligned(work));
    else
        lotkavolterra_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at,
            atheta, aligned(work));
    return NODEC_OK;
}

int lynx_hare_lotkavolterra_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lotkavolterra_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    lotkavolterra_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

int lynx_hare_lotkavolterra_start(size_t batch, const real *given, const real *theta, real *x0)
{
    if (!batch || batch > PTRDIFF_MAX || !theta || !x0) return NODEC_ARGUMENT;
    lotkavolterra_start_scalar((ptrdiff_t)batch, given, theta, x0);
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *lynx_hare_lotkavolterra_state_name(real index)
{
    if (index < 1) return "hare";
    return "lynx";
}

int lynx_hare_lotkavolterra_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lotkavolterra_work(batch, times);
    nodec_options o = lynx_hare_lotkavolterra_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = lotkavolterra_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = lotkavolterra_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, lynx_hare_lotkavolterra_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int lynx_hare_lotkavolterra_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lotkavolterra_work(batch, times);
    nodec_options o = lynx_hare_lotkavolterra_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = lotkavolterra_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = lotkavolterra_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, lynx_hare_lotkavolterra_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- LynxHare(width = 5) ---- */

const nodec_param *lynx_hare_lynxhare_params(void)
{
    static const nodec_param row[] = {
        { "hare0", 0, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "lynx0", 1, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "birth", 2, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "death", 3, 1, 0, { 0, 0, 0, 0 }, 1 },
        { "net.0.weight", 4, 10, 2, { 5, 2, 0, 0 }, 0 },
        { "net.0.bias", 14, 5, 1, { 5, 0, 0, 0 }, 0 },
        { "net.2.weight", 19, 10, 2, { 2, 5, 0, 0 }, 0 },
        { "net.2.bias", 29, 2, 1, { 2, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options lynx_hare_lynxhare_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void lynx_hare_lynxhare_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_fill(theta + 0, 1, 30.0f);
    init_fill(theta + 1, 1, 4.0f);
    init_fill(theta + 2, 1, 0.5f);
    init_fill(theta + 3, 1, 0.8f);
    init_uniform(seed, "net.0.weight", theta + 4, 10, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.0.bias", theta + 14, 5, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.2.weight", theta + 19, 10, -0.4472135954999579, 0.4472135954999579);
    init_uniform(seed, "net.2.bias", theta + 29, 2, -0.4472135954999579, 0.4472135954999579);
}

size_t lynx_hare_lynxhare_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(144, size_mul(batch, size_add(160, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(768, times))));
}

int lynx_hare_lynxhare_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        lynxhare_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        lynxhare_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int lynx_hare_lynxhare_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lynxhare_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        lynxhare_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        lynxhare_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int lynx_hare_lynxhare_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lynxhare_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    lynxhare_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

int lynx_hare_lynxhare_start(size_t batch, const real *given, const real *theta, real *x0)
{
    if (!batch || batch > PTRDIFF_MAX || !theta || !x0) return NODEC_ARGUMENT;
    lynxhare_start_scalar((ptrdiff_t)batch, given, theta, x0);
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *lynx_hare_lynxhare_state_name(real index)
{
    if (index < 1) return "hare";
    return "lynx";
}

int lynx_hare_lynxhare_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lynxhare_work(batch, times);
    nodec_options o = lynx_hare_lynxhare_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = lynxhare_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = lynxhare_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, lynx_hare_lynxhare_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int lynx_hare_lynxhare_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lynx_hare_lynxhare_work(batch, times);
    nodec_options o = lynx_hare_lynxhare_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = lynxhare_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = lynxhare_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, lynx_hare_lynxhare_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

