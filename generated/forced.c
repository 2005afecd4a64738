/* forced.c, written by nodec from forced.node: Duffing, Pushed(hidden = 16, harmonics = 2).
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "forced.h"

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

typedef forced_real real;

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

/* -a where the lowest bit of b is set, else a */
INLINE real flip(real a, real b) { return real_of(bits_of(a) ^ (bits_of(b) << SIGN)); }
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
/* -a where the lowest bit of b is set, else a */
VECTOR v16 v_flip(v16 a, v16 b) { v16 y; EACH(y.r[k] = REAL(BITS(a.r[k]) ^ (BITS(b.r[k]) << SIGN));) return y; }
INLINE ptrdiff_t i_min(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
INLINE ptrdiff_t i_max(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }
INLINE real r_min(real a, real b) { return a < b ? a : b; }
INLINE real r_max(real a, real b) { return a > b ? a : b; }

#if defined __GNUC__
#pragma GCC diagnostic pop
#endif

/* ---- functions by polynomials, the same bits everywhere --------------------------- */

INLINE real r_sin(real a)
{
    const real t = fmaf(a, 0.31830987f, 12582912.0f);
    const real t1 = t - 12582912.0f;
    const real t2 = r_min(1.5708f, r_max(-1.5708f, fmaf(t1, 3.430249e-15f, fmaf(t1, 8.742278e-8f,
        fmaf(t1, -3.1415927f, a)))));
    const real t3 = t2*t2;
    return flip(fmaf(t2*t3, fmaf(fmaf(fmaf(2.6063483e-6f, t3, -0.00019809874f), t3, 0.00833307f),
        t3, -0.1666666f), t2), t);
}

VECTOR v16 v_sin(v16 a)
{
    const v16 t = v_fma(a, v_splat(0.31830987f), v_splat(12582912.0f));
    const v16 t1 = v_sub(t, v_splat(12582912.0f));
    const v16 t2 = v_min(v_splat(1.5708f), v_max(v_splat(-1.5708f), v_fma(t1,
        v_splat(3.430249e-15f), v_fma(t1, v_splat(8.742278e-8f), v_fma(t1, v_splat(-3.1415927f),
        a)))));
    const v16 t3 = v_mul(t2, t2);
    return v_flip(v_fma(v_mul(t2, t3), v_fma(v_fma(v_fma(v_splat(2.6063483e-6f), t3,
        v_splat(-0.00019809874f)), t3, v_splat(0.00833307f)), t3, v_splat(-0.1666666f)), t2), t);
}

INLINE real r_cos(real a)
{
    const real t = fabsf(a);
    const real t1 = fmaf(t, 0.31830987f, 0.5f) + 12582912.0f;
    const real t2 = t1 - 12582912.0f - 0.5f;
    const real t3 = r_min(1.5708f, r_max(-1.5708f, fmaf(t2, 3.430249e-15f, fmaf(t2, 8.742278e-8f,
        fmaf(t2, -3.1415927f, t)))));
    const real t4 = t3*t3;
    return flip(fmaf(t3*t4, fmaf(fmaf(fmaf(2.6063483e-6f, t4, -0.00019809874f), t4, 0.00833307f),
        t4, -0.1666666f), t3), t1);
}

VECTOR v16 v_cos(v16 a)
{
    const v16 t = v_abs(a);
    const v16 t1 = v_add(v_fma(t, v_splat(0.31830987f), v_splat(0.5f)), v_splat(12582912.0f));
    const v16 t2 = v_sub(v_sub(t1, v_splat(12582912.0f)), v_splat(0.5f));
    const v16 t3 = v_min(v_splat(1.5708f), v_max(v_splat(-1.5708f), v_fma(t2,
        v_splat(3.430249e-15f), v_fma(t2, v_splat(8.742278e-8f), v_fma(t2, v_splat(-3.1415927f),
        t)))));
    const v16 t4 = v_mul(t3, t3);
    return v_flip(v_fma(v_mul(t3, t4), v_fma(v_fma(v_fma(v_splat(2.6063483e-6f), t4,
        v_splat(-0.00019809874f)), t4, v_splat(0.00833307f)), t4, v_splat(-0.1666666f)), t3), t1);
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

/* ---- kernels ------------------------------------------------------------------------ */

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int duffing_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int duffing_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void duffing_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT vx, const real *RESTRICT vt,
    const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real push[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(push + c, v_gather(inputs + (first*2 + c*2), 2, count - c));
    }
    real omega[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(omega + c, v_gather(inputs + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
    }
    real v_x_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_x_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_x_ + c, p_splat(0.0f));
        }
    }
    real v_v_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_v_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_v_ + c, p_splat(0.0f));
        }
    }
    real v_t_[128] ALIGNED;
    if (vt != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_t_ + c, v_gather(vt + (first + c), 1, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_t_ + c, p_splat(0.0f));
        }
    }
    real *const v1 = work + (area + 16);
    ROLL for (ptrdiff_t i = 0; i < 3; i++) {
        if (vtheta != NULL) {
            v1[i] = vtheta[i];
        } else {
            v1[i] = 0.0f;
        }
    }
    real x_dot[128] ALIGNED;
    real v_dot_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul = v_mul(v_load(t1 + c), v_load(omega + c));
        const v16 mul1 = v_mul(v_load(x1 + c), v_load(x1 + c));
        const v16 mul2 = v_mul(v_load(x1 + c), mul1);
        const v16 add = v_add(v_load(x1 + c), v_load(x1 + c));
        const v16 sin_ = v_sin(mul);
        const v16 mul3 = v_mul(v_load(omega + c), v_load(v_t_ + c));
        const v16 neg = v_neg(mul3);
        const v16 mul4 = v_mul(sin_, neg);
        const v16 mul5 = v_mul(v_load(v + c), v_splat(v1[2]));
        const v16 fma_ = v_fma(v_load(v_v_ + c), v_splat(theta[2]), mul5);
        const v16 fma1 = v_fma(v_load(x1 + c), v_splat(v1[0]), fma_);
        const v16 fma2 = v_fma(v_load(v_x_ + c), v_splat(theta[0]), fma1);
        const v16 mul6 = v_mul(v_load(v_x_ + c), add);
        const v16 mul7 = v_mul(v_load(x1 + c), mul6);
        const v16 fma3 = v_fma(v_load(v_x_ + c), mul1, mul7);
        const v16 fma4 = v_fma(mul2, v_splat(v1[1]), fma2);
        const v16 fma5 = v_fma(v_splat(theta[1]), fma3, fma4);
        const v16 neg1 = v_neg(fma5);
        const v16 fma6 = v_fma(v_load(push + c), mul4, neg1);
        v_store(x_dot + c, v_load(v_v_ + c));
        v_store(v_dot_ + c, fma6);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(v_dot_ + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void duffing_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT inputs, const real *RESTRICT theta,
    const real *RESTRICT vx, const real *RESTRICT vt, const real *RESTRICT vtheta,
    real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        duffing_jvp_batch_block(batch, t, t_stride, x, inputs, theta, vx, vt, vtheta, out, work, b,
            areas, 32);
    }
}

/* dx/dt */
static NOINLINE void duffing_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT dx, const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)theta;
    real x1 = 0.0f;
    real v = 0.0f;
    x1 = x[b*2];
    v = x[b*2 + 1];
    real push = 0.0f;
    push = inputs[b*2];
    real omega = 0.0f;
    omega = inputs[b*2 + 1];
    real t1 = 0.0f;
    t1 = t[b*t_stride];
    real x_dot = 0.0f;
    real v_dot_ = 0.0f;
    const real *w = pack; FRESH(w)
    const real mul = t1*omega;
    const real cos_ = r_cos(mul);
    const real mul1 = push*cos_;
    const real c = w[16];
    const real fma_ = fmaf(v, c, mul1);
    const real c1 = w[48];
    const real fma1 = fmaf(x1, c1, fma_);
    const real mul2 = x1*x1;
    const real mul3 = x1*mul2;
    const real c2 = w[80];
    const real fma2 = fmaf(mul3, c2, fma1);
    const real leaf = v;
    x_dot = leaf;
    v_dot_ = fma2;
    dx[b*2] = x_dot;
    dx[b*2 + 1] = v_dot_;
}

/* dx/dt */
static NOINLINE void duffing_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT inputs, const real *RESTRICT theta,
    real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[96] ALIGNED;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 32] = -theta[i];
    }
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 64] = -theta[i + 1];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[64];
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        duffing_f_latency_block(batch, t, t_stride, x, inputs, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void duffing_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax, real *RESTRICT at,
    real *RESTRICT ainputs, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)areas, (void)area_size;
    real *const sums = work + b*48;
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1 = 0.0f;
    real v = 0.0f;
    x1 = x[b*2];
    v = x[b*2 + 1];
    real push = 0.0f;
    push = inputs[b*2];
    real omega = 0.0f;
    omega = inputs[b*2 + 1];
    real t1 = 0.0f;
    t1 = t[b*t_stride];
    real a_dx = 0.0f;
    a_dx = a[b*2];
    real a_dv = 0.0f;
    a_dv = a[b*2 + 1];
    real x_bar = 0.0f;
    real v_bar_ = 0.0f;
    real push_bar = 0.0f;
    real omega_bar = 0.0f;
    real t_bar = 0.0f;
    real *g = sums; FRESH(g)
    const real mul = t1*omega;
    const real cos_ = r_cos(mul);
    const real mul1 = x1*x1;
    const real mul2 = x1*mul1;
    const real neg = -a_dv;
    const real c = theta[1];
    const real mul3 = c*neg;
    const real mul4 = mul2*neg;
    g[16] = g[16] + mul4;
    const real mul5 = mul1*mul3;
    const real mul6 = x1*mul3;
    const real add = x1 + x1;
    const real fma_ = fmaf(mul6, add, mul5);
    const real c1 = theta[0];
    const real fma1 = fmaf(c1, neg, fma_);
    const real mul7 = x1*neg;
    g[0] = g[0] + mul7;
    const real c2 = theta[2];
    const real fma2 = fmaf(c2, neg, a_dx);
    const real mul8 = v*neg;
    g[32] = g[32] + mul8;
    const real mul9 = a_dv*cos_;
    const real mul10 = push*a_dv;
    const real sin_ = r_sin(mul);
    const real mul11 = mul10*sin_;
    const real neg1 = -mul11;
    const real mul12 = omega*neg1;
    const real mul13 = t1*neg1;
    x_bar = fma1;
    v_bar_ = fma2;
    t_bar = mul12;
    push_bar = mul9;
    omega_bar = mul13;
    if (ax != NULL) {
        ax[b*2] = x_bar;
        ax[b*2 + 1] = v_bar_;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
    if (ainputs != NULL) {
        ainputs[b*2] = push_bar;
        ainputs[b*2 + 1] = omega_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void duffing_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax, real *RESTRICT at,
    real *RESTRICT ainputs, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*48;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        duffing_vjp_latency_block(batch, t, t_stride, x, inputs, theta, a, ax, at, ainputs, work, b,
            areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
                        const ptrdiff_t to = b*48 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*48))));
                    }
                }
                apart = apart*2;
            }
        }
        /* stiffness */
        atheta[0] = sums[0];
        /* cubic */
        atheta[1] = sums[16];
        /* damping */
        atheta[2] = sums[32];
    }
}

/* x at every time, from x0 */
static NOINLINE void duffing_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT x, real h_max,
    ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real v = 0.0f;
    real push = 0.0f;
    push = inputs[b*2];
    real omega = 0.0f;
    omega = inputs[b*2 + 1];
    real t1 = 0.0f;
    real h = 0.0f;
    real s = 0.0f;
    x1 = x0[b*2];
    v = x0[b*2 + 1];
    x[b*2] = x1;
    x[b*2 + 1] = v;
    const ptrdiff_t sound = 1 - (x1 - x1 != 0.0f);
    const ptrdiff_t sound1 = (1 - (v - v != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = duffing_find(x, b*2, 2);
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
        const ptrdiff_t n = duffing_steps(begin, end, h_max, steps, max_steps);
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
        t1 = begin;
        h = h1;
        ROLL for (ptrdiff_t s1 = 0; s1 < n; s1++) {
            s = (real)s1;
            const real *w = pack; FRESH(w)
            const real fma_ = fmaf(s, h, t1);
            const real mul = omega*fma_;
            const real cos_ = r_cos(mul);
            const real mul1 = push*cos_;
            const real c = w[16];
            const real fma1 = fmaf(v, c, mul1);
            const real c1 = w[48];
            const real fma2 = fmaf(x1, c1, fma1);
            const real mul2 = x1*x1;
            const real mul3 = x1*mul2;
            const real c2 = w[80];
            const real fma3 = fmaf(mul3, c2, fma2);
            const real fma4 = fmaf(v, h, x1);
            const real fma5 = fmaf(h, fma3, v);
            x1 = fma4;
            v = fma5;
        }
        x[(i*batch + b)*2] = x1;
        x[(i*batch + b)*2 + 1] = v;
        const ptrdiff_t sound2 = 1 - (x1 - x1 != 0.0f);
        const ptrdiff_t sound3 = (1 - (v - v != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = duffing_find(x, (i*batch + b)*2, 2);
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

typedef struct duffing_solve_latency_args {
    ptrdiff_t batch;
    ptrdiff_t times;
    const real *t;
    ptrdiff_t t_stride;
    const real *x0;
    const real *inputs;
    const real *theta;
    real *x;
    real h_max;
    ptrdiff_t steps;
    ptrdiff_t max_steps;
    real *work;
    const real *pack;
    ptrdiff_t areas;
    ptrdiff_t area_size;
} duffing_solve_latency_args;

static void duffing_solve_latency_task(void *args, size_t task)
{
    const duffing_solve_latency_args *const a = (const duffing_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    duffing_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->inputs, a->theta,
        a->x, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int duffing_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps,
    real *RESTRICT fail, real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 32] = -theta[i];
    }
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 64] = -theta[i + 1];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[64];
    }
    const ptrdiff_t areas = 96;
    {
        duffing_solve_latency_args args = { batch, times, t, t_stride, x0, inputs, theta, x, h_max,
            steps, max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, duffing_solve_latency_task, &args);
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
static NOINLINE void duffing_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT g_x, real *RESTRICT g_x0,
    real *RESTRICT g_inputs, real *RESTRICT g_t, real h_max, ptrdiff_t steps, ptrdiff_t max_steps,
    real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*48 + 192);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real v = 0.0f;
    real x_bar = 0.0f;
    real v_bar_ = 0.0f;
    real x_jump = 0.0f;
    real v_jump_ = 0.0f;
    x_bar = 0.0f;
    v_bar_ = 0.0f;
    real push = 0.0f;
    push = inputs[b*2];
    real omega = 0.0f;
    omega = inputs[b*2 + 1];
    real push_bar = 0.0f;
    push_bar = 0.0f;
    real omega_bar = 0.0f;
    omega_bar = 0.0f;
    real t1 = 0.0f;
    real h = 0.0f;
    real s = 0.0f;
    real dt1 = 0.0f;
    real x_slope = 0.0f;
    real v_slope_ = 0.0f;
    real x_first_slope = 0.0f;
    real v_first_slope_ = 0.0f;
    x_first_slope = 0.0f;
    v_first_slope_ = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            x_jump = g_x[(i*batch + b)*2];
            v_jump_ = g_x[(i*batch + b)*2 + 1];
            const real add = x_bar + x_jump;
            const real add1 = v_bar_ + v_jump_;
            x_bar = add;
            v_bar_ = add1;
            x1 = x[(i*batch + b)*2];
            v = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = duffing_steps(begin, end, h_max, steps, max_steps);
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
            t1 = begin;
            h = h1;
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s1 = 0; s1 < n; s1++) {
                s = (real)s1;
                const real *w1 = pack; FRESH(w1)
                real *g1 = sums; FRESH(g1)
                const real fma_ = fmaf(s, h, t1);
                const real neg = -h;
                const real mul = omega*fma_;
                const real cos_ = r_cos(mul);
                const real mul1 = push*cos_;
                const real c = w1[16];
                const real fma1 = fmaf(v, c, mul1);
                const real c1 = w1[48];
                const real fma2 = fmaf(x1, c1, fma1);
                const real mul2 = x1*x1;
                const real mul3 = x1*mul2;
                const real c2 = w1[80];
                const real fma3 = fmaf(mul3, c2, fma2);
                const real mul4 = x_bar*neg;
                const real mul5 = v_bar_*neg;
                const real neg1 = -mul5;
                const real c3 = theta[1];
                const real mul6 = c3*neg1;
                const real mul7 = mul3*neg1;
                g1[16] = g1[16] + mul7;
                const real mul8 = mul2*mul6;
                const real mul9 = x1*mul6;
                const real add2 = x1 + x1;
                const real fma4 = fmaf(mul9, add2, mul8);
                const real c4 = theta[0];
                const real fma5 = fmaf(c4, neg1, fma4);
                const real mul10 = x1*neg1;
                g1[0] = g1[0] + mul10;
                const real c5 = theta[2];
                const real fma6 = fmaf(c5, neg1, mul4);
                const real mul11 = v*neg1;
                g1[32] = g1[32] + mul11;
                const real mul12 = cos_*mul5;
                const real mul13 = push*mul5;
                const real sin_ = r_sin(mul);
                const real mul14 = mul13*sin_;
                const real neg2 = -mul14;
                const real mul15 = fma_*neg2;
                const real fma7 = fmaf(v, h, x1);
                const real add3 = x_bar + fma5;
                const real fma8 = fmaf(h, fma3, v);
                const real add4 = v_bar_ + fma6;
                const real leaf = v;
                x1 = fma7;
                x_bar = add3;
                v = fma8;
                v_bar_ = add4;
                push_bar = push_bar + mul12;
                omega_bar = omega_bar + mul15;
                x_slope = leaf;
                v_slope_ = fma3;
                if (s1 == 0) {
                    x_first_slope = x_slope;
                    v_first_slope_ = v_slope_;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = x_jump*x_first_slope;
                const real fma_ = fmaf(v_jump_, v_first_slope_, mul);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (x_bar - x_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (v_bar_ - v_bar_ != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = x_bar;
                work[area + 17] = v_bar_;
                const ptrdiff_t at = duffing_find(work, area + 16, 2);
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
        x1 = x[b*2];
        v = x[b*2 + 1];
        t1 = t[b*t_stride];
        const real *w = pack; FRESH(w)
        const real mul = t1*omega;
        const real cos_ = r_cos(mul);
        const real mul1 = push*cos_;
        const real c = w[112];
        const real fma_ = fmaf(v, c, mul1);
        const real c1 = w[144];
        const real fma1 = fmaf(x1, c1, fma_);
        const real mul2 = x1*x1;
        const real mul3 = x1*mul2;
        const real c2 = w[176];
        const real fma2 = fmaf(mul3, c2, fma1);
        const real leaf = v;
        x_first_slope = leaf;
        v_first_slope_ = fma2;
        const real mul4 = x_bar*x_first_slope;
        const real fma3 = fmaf(v_bar_, v_first_slope_, mul4);
        const real neg = -fma3;
        dt1 = neg;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    x_jump = g_x[b*2];
    v_jump_ = g_x[b*2 + 1];
    const real add = x_bar + x_jump;
    const real add1 = v_bar_ + v_jump_;
    x_bar = add;
    v_bar_ = add1;
    const ptrdiff_t sound = 1 - (x_bar - x_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (v_bar_ - v_bar_ != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = x_bar;
        work[area + 17] = v_bar_;
        const ptrdiff_t at = duffing_find(work, area + 16, 2);
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
        g_x0[b*2] = x_bar;
        g_x0[b*2 + 1] = v_bar_;
    }
    if (g_inputs != NULL) {
        g_inputs[b*2] = push_bar;
        g_inputs[b*2 + 1] = omega_bar;
    }
}

typedef struct duffing_gradient_latency_args {
    ptrdiff_t batch;
    ptrdiff_t times;
    const real *t;
    ptrdiff_t t_stride;
    const real *x;
    const real *inputs;
    const real *theta;
    const real *g_x;
    real *g_x0;
    real *g_inputs;
    real *g_t;
    real h_max;
    ptrdiff_t steps;
    ptrdiff_t max_steps;
    real *work;
    const real *pack;
    ptrdiff_t areas;
    ptrdiff_t area_size;
    ptrdiff_t dt;
} duffing_gradient_latency_args;

static void duffing_gradient_latency_task(void *args, size_t task)
{
    const duffing_gradient_latency_args *const a = (const duffing_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    duffing_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->inputs, a->theta,
        a->g_x, a->g_x0, a->g_inputs, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b,
        a->areas, a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int duffing_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT g_x, real *RESTRICT g_x0,
    real *RESTRICT g_inputs, real *RESTRICT g_theta, real *RESTRICT g_t, real h_max,
    ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 32] = -theta[i];
    }
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 64] = -theta[i + 1];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[64];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 96] = -theta[i + 2];
    }
    v_scatter(pack + 112, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[112] = pack[112] + pack[96];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 128] = -theta[i];
    }
    v_scatter(pack + 144, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[144] = pack[144] + pack[128];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 160] = -theta[i + 1];
    }
    v_scatter(pack + 176, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[176] = pack[176] + pack[160];
    }
    const ptrdiff_t areas = blocks*48 + 192;
    const ptrdiff_t dt = areas + blocks*32;
    {
        duffing_gradient_latency_args args = { batch, times, t, t_stride, x, inputs, theta, g_x,
            g_x0, g_inputs, g_t, h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, duffing_gradient_latency_task, &args);
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
        real *const sums = work + 192;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
                        const ptrdiff_t to = b*48 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*48))));
                    }
                }
                apart = apart*2;
            }
        }
        /* stiffness */
        g_theta[0] = sums[0];
        /* cubic */
        g_theta[1] = sums[16];
        /* damping */
        g_theta[2] = sums[32];
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
static NOINLINE void duffing_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT dx, const real *RESTRICT pack, ptrdiff_t b)
{
    (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real push[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(push + c, v_gather(inputs + (first*2 + c*2), 2, count - c));
    }
    real omega[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(omega + c, v_gather(inputs + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
    }
    real x_dot[128] ALIGNED;
    real v_dot_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul = v_mul(v_load(t1 + c), v_load(omega + c));
        const v16 cos_ = v_cos(mul);
        const v16 mul1 = v_mul(v_load(push + c), cos_);
        const v16 fma_ = v_fma(v_load(v + c), v_splat(pack[0]), mul1);
        const v16 fma1 = v_fma(v_load(x1 + c), v_splat(pack[1]), fma_);
        const v16 mul2 = v_mul(v_load(x1 + c), v_load(x1 + c));
        const v16 mul3 = v_mul(v_load(x1 + c), mul2);
        const v16 fma2 = v_fma(mul3, v_splat(pack[2]), fma1);
        v_store(x_dot + c, v_load(v + c));
        v_store(v_dot_ + c, fma2);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(v_dot_ + c));
    }
}

/* dx/dt */
static NOINLINE void duffing_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT inputs, const real *RESTRICT theta,
    real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    const real neg = -theta[2];
    pack[0] = neg;
    const real neg1 = -theta[0];
    pack[1] = neg1;
    const real neg2 = -theta[1];
    pack[2] = neg2;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        duffing_f_batch_block(batch, t, t_stride, x, inputs, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void duffing_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax, real *RESTRICT at,
    real *RESTRICT ainputs, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*48;
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real push[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(push + c, v_gather(inputs + (first*2 + c*2), 2, count - c));
    }
    real omega[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(omega + c, v_gather(inputs + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
    }
    real a_dx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dx + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dx + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dx + c),
            v_splat(0.0f)));
    }
    real a_dv[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dv + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dv + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dv + c),
            v_splat(0.0f)));
    }
    real x_bar[128] ALIGNED;
    real v_bar_[128] ALIGNED;
    real push_bar[128] ALIGNED;
    real omega_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real mul[128] ALIGNED;
    real mul1[128] ALIGNED;
    real mul2[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul3 = v_mul(v_load(t1 + c), v_load(omega + c));
        const v16 cos_ = v_cos(mul3);
        const v16 mul4 = v_mul(v_load(x1 + c), v_load(x1 + c));
        const v16 mul5 = v_mul(v_load(x1 + c), mul4);
        const v16 neg = v_neg(v_load(a_dv + c));
        const v16 mul6 = v_mul(v_splat(theta[1]), neg);
        const v16 mul7 = v_mul(mul5, neg);
        v_store(mul + c, mul7);
        const v16 mul8 = v_mul(mul4, mul6);
        const v16 mul9 = v_mul(v_load(x1 + c), mul6);
        const v16 add = v_add(v_load(x1 + c), v_load(x1 + c));
        const v16 fma_ = v_fma(mul9, add, mul8);
        const v16 fma1 = v_fma(v_splat(theta[0]), neg, fma_);
        const v16 mul10 = v_mul(v_load(x1 + c), neg);
        v_store(mul1 + c, mul10);
        const v16 fma2 = v_fma(v_splat(theta[2]), neg, v_load(a_dx + c));
        const v16 mul11 = v_mul(v_load(v + c), neg);
        v_store(mul2 + c, mul11);
        const v16 mul12 = v_mul(v_load(a_dv + c), cos_);
        const v16 mul13 = v_mul(v_load(push + c), v_load(a_dv + c));
        const v16 sin_ = v_sin(mul3);
        const v16 mul14 = v_mul(mul13, sin_);
        const v16 neg1 = v_neg(mul14);
        const v16 mul15 = v_mul(v_load(omega + c), neg1);
        const v16 mul16 = v_mul(v_load(t1 + c), neg1);
        v_store(x_bar + c, fma1);
        v_store(v_bar_ + c, fma2);
        v_store(t_bar + c, mul15);
        v_store(push_bar + c, mul12);
        v_store(omega_bar + c, mul16);
    }
    v16 s0 = v_load(sums + 16);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(mul + c));
    }
    v_store(sums + 16, s0);
    v16 s0_1 = v_load(sums);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_1 = v_add(s0_1, v_load(mul1 + c));
    }
    v_store(sums, s0_1);
    v16 s0_2 = v_load(sums + 32);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_2 = v_add(s0_2, v_load(mul2 + c));
    }
    v_store(sums + 32, s0_2);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(v_bar_ + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
    if (ainputs != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ainputs + (first*2 + c*2), 2, count - c, v_load(push_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ainputs + (first*2 + 1 + c*2), 2, count - c, v_load(omega_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void duffing_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 3);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*48;
                real *const from = sums + (b + reach)*48;
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
static NOINLINE void duffing_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT inputs, const real *RESTRICT theta,
    const real *RESTRICT a, real *RESTRICT ax, real *RESTRICT at, real *RESTRICT ainputs,
    real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*48;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        duffing_vjp_batch_block(batch, t, t_stride, x, inputs, theta, a, ax, at, ainputs, work, b,
            areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        duffing_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void duffing_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0,
    const real *RESTRICT inputs, const real *RESTRICT theta, real *RESTRICT x, real h_max,
    ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    real push[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(push + c, v_gather(inputs + (first*2 + c*2), 2, count - c));
    }
    real omega[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(omega + c, v_gather(inputs + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(x1 + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(v + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(x1 + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(v + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = duffing_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = duffing_steps(begin, end, h_max, steps, max_steps);
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
            const real value = begin;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(t1 + c, p_splat(value));
            }
            const real value1 = h1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value1));
            }
            const real value2 = (real)n1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value2));
            }
            most = n1;
        } else {
            const real value = t[first*t_stride + (i - 1)];
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(t1 + c, p_splat(value));
            }
            const real value1 = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value1));
            }
            const real value2 = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value2));
            }
            ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                const real begin = t[(first + b1)*t_stride + (i - 1)];
                const real end = t[(first + b1)*t_stride + i];
                const ptrdiff_t n1 = duffing_steps(begin, end, h_max, steps, max_steps);
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
                t1[b1] = begin;
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
                const v16 sub = v_sub(v_load(n + c), v_splat(1.0f));
                const v16 min = v_min(v_load(s + c), sub);
                const v16 fma2 = v_fma(min, v_load(h + c), v_load(t1 + c));
                const v16 mul = v_mul(v_load(omega + c), fma2);
                const v16 cos_ = v_cos(mul);
                const v16 mul1 = v_mul(v_load(push + c), cos_);
                const v16 fma3 = v_fma(v_load(v + c), v_splat(pack[0]), mul1);
                const v16 fma4 = v_fma(v_load(x1 + c), v_splat(pack[1]), fma3);
                const v16 mul2 = v_mul(v_load(x1 + c), v_load(x1 + c));
                const v16 mul3 = v_mul(v_load(x1 + c), mul2);
                const v16 fma5 = v_fma(mul3, v_splat(pack[2]), fma4);
                const v16 fma6 = v_fma(v_load(v + c), v_load(h + c), v_load(x1 + c));
                v_store(fma_, fma6);
                const v16 fma7 = v_fma(v_load(h + c), fma5, v_load(v + c));
                v_store(fma1, fma7);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(x1 + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(v + c));
                v_store(x1 + c, select);
                v_store(v + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(x1 + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(v + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(x1 + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(v + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = duffing_find(x, (i*batch + first)*2, count*2);
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

static void duffing_solve_batch_task(void *args, size_t task)
{
    const duffing_solve_latency_args *const a = (const duffing_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    duffing_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->inputs, a->theta,
        a->x, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int duffing_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT inputs,
    const real *RESTRICT theta, real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps,
    real *RESTRICT fail, real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[2];
    pack[0] = neg;
    const real neg1 = -theta[0];
    pack[1] = neg1;
    const real neg2 = -theta[1];
    pack[2] = neg2;
    const ptrdiff_t areas = 16;
    {
        duffing_solve_latency_args args = { batch, times, t, t_stride, x0, inputs, theta, x, h_max,
            steps, max_steps, work, pack, areas, 272 };
        each(parallel, (size_t)blocks, duffing_solve_batch_task, &args);
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
static NOINLINE void duffing_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT g_x, real *RESTRICT g_x0,
    real *RESTRICT g_inputs, real *RESTRICT g_t, real h_max, ptrdiff_t steps, ptrdiff_t max_steps,
    real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + (b*48 + 16);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    real x_bar[128] ALIGNED;
    real v_bar_[128] ALIGNED;
    real x_jump[128] ALIGNED;
    real v_jump_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(x_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(v_bar_ + c, p_splat(0.0f));
    }
    real push[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(push + c, v_gather(inputs + (first*2 + c*2), 2, count - c));
    }
    real omega[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(omega + c, v_gather(inputs + (first*2 + 1 + c*2), 2, count - c));
    }
    real push_bar[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(push_bar + c, p_splat(0.0f));
    }
    real omega_bar[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(omega_bar + c, p_splat(0.0f));
    }
    real t1[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[128] ALIGNED;
    real v_slope_[128] ALIGNED;
    real x_first_slope[128] ALIGNED;
    real v_first_slope_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(x_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(v_first_slope_ + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(v_jump_ + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(x_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(v_jump_ + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(v_jump_ + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
                const reg add1 = p_add(p_read(v_bar_ + c), p_read(v_jump_ + c));
                p_store(x_bar + c, add);
                p_store(v_bar_ + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x1 + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(v + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = duffing_steps(begin, end, h_max, steps, max_steps);
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
                const real value = begin;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(t1 + c, p_splat(value));
                }
                const real value1 = h1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value1));
                }
                const real value2 = (real)n1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value2));
                }
                most = n1;
            } else {
                const real value = t[first*t_stride + i];
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(t1 + c, p_splat(value));
                }
                const real value1 = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value1));
                }
                const real value2 = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value2));
                }
                ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                    const real begin = t[(first + b1)*t_stride + i];
                    const real end = t[(first + b1)*t_stride + (i - 1)];
                    const ptrdiff_t n1 = duffing_steps(begin, end, h_max, steps, max_steps);
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
                    t1[b1] = begin;
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
                real fma_[16] ALIGNED;
                real add[16] ALIGNED;
                real fma1[16] ALIGNED;
                real add1[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 sub = v_sub(v_load(n + c), v_splat(1.0f));
                    const v16 min = v_min(v_load(s + c), sub);
                    const v16 fma2 = v_fma(min, v_load(h + c), v_load(t1 + c));
                    const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(v_bar_ + c), v_splat(0.0f));
                    const v16 neg = v_neg(v_load(h + c));
                    const v16 mul3 = v_mul(v_load(omega + c), fma2);
                    const v16 cos_ = v_cos(mul3);
                    const v16 mul4 = v_mul(v_load(push + c), cos_);
                    const v16 fma3 = v_fma(v_load(v + c), v_splat(pack[0]), mul4);
                    const v16 fma4 = v_fma(v_load(x1 + c), v_splat(pack[1]), fma3);
                    const v16 mul5 = v_mul(v_load(x1 + c), v_load(x1 + c));
                    const v16 mul6 = v_mul(v_load(x1 + c), mul5);
                    const v16 fma5 = v_fma(mul6, v_splat(pack[2]), fma4);
                    const v16 mul7 = v_mul(select, neg);
                    const v16 mul8 = v_mul(select1, neg);
                    const v16 neg1 = v_neg(mul8);
                    const v16 mul9 = v_mul(v_splat(theta[1]), neg1);
                    const v16 mul10 = v_mul(mul6, neg1);
                    v_store(mul + c, mul10);
                    const v16 mul11 = v_mul(mul5, mul9);
                    const v16 mul12 = v_mul(v_load(x1 + c), mul9);
                    const v16 add2 = v_add(v_load(x1 + c), v_load(x1 + c));
                    const v16 fma6 = v_fma(mul12, add2, mul11);
                    const v16 fma7 = v_fma(v_splat(theta[0]), neg1, fma6);
                    const v16 mul13 = v_mul(v_load(x1 + c), neg1);
                    v_store(mul1 + c, mul13);
                    const v16 fma8 = v_fma(v_splat(theta[2]), neg1, mul7);
                    const v16 mul14 = v_mul(v_load(v + c), neg1);
                    v_store(mul2 + c, mul14);
                    const v16 mul15 = v_mul(cos_, mul8);
                    const v16 mul16 = v_mul(v_load(push + c), mul8);
                    const v16 sin_ = v_sin(mul3);
                    const v16 mul17 = v_mul(mul16, sin_);
                    const v16 neg2 = v_neg(mul17);
                    const v16 mul18 = v_mul(fma2, neg2);
                    const v16 fma9 = v_fma(v_load(v + c), v_load(h + c), v_load(x1 + c));
                    v_store(fma_, fma9);
                    const v16 add3 = v_add(select, fma7);
                    v_store(add, add3);
                    const v16 fma10 = v_fma(v_load(h + c), fma5, v_load(v + c));
                    v_store(fma1, fma10);
                    const v16 add4 = v_add(select1, fma8);
                    v_store(add1, add4);
                    v_store(push_bar + c, v_add(v_load(push_bar + c), mul15));
                    v_store(omega_bar + c, v_add(v_load(omega_bar + c), mul18));
                    v_store(x_slope + c, v_load(v + c));
                    v_store(v_slope_ + c, fma5);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                        v_load(x1 + c));
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add),
                        v_load(x_bar + c));
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                        v_load(v + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add1),
                        v_load(v_bar_ + c));
                    v_store(x1 + c, select2);
                    v_store(x_bar + c, select3);
                    v_store(v + c, select4);
                    v_store(v_bar_ + c, select5);
                }
                v16 s0 = v_load(sums + 16);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums + 16, s0);
                v16 s0_1 = v_load(sums);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_1 = v_add(s0_1, v_load(mul1 + c));
                }
                v_store(sums, s0_1);
                v16 s0_2 = v_load(sums + 32);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_2 = v_add(s0_2, v_load(mul2 + c));
                }
                v_store(sums + 32, s0_2);
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(x_first_slope + c, p_read(x_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(v_first_slope_ + c, p_read(v_slope_ + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(x_jump + c), p_read(x_first_slope + c));
                    const reg fma_ = p_fma(p_read(v_jump_ + c), p_read(v_first_slope_ + c), mul);
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
                zero = v_fma(v_load(x_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(v_bar_ + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(x_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(v_bar_ + c));
                }
                const ptrdiff_t at = duffing_find(work, area + 16, count*2);
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
            v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 mul = v_mul(v_load(t1 + c), v_load(omega + c));
            const v16 cos_ = v_cos(mul);
            const v16 mul1 = v_mul(v_load(push + c), cos_);
            const v16 fma_ = v_fma(v_load(v + c), v_splat(pack[3]), mul1);
            const v16 fma1 = v_fma(v_load(x1 + c), v_splat(pack[4]), fma_);
            const v16 mul2 = v_mul(v_load(x1 + c), v_load(x1 + c));
            const v16 mul3 = v_mul(v_load(x1 + c), mul2);
            const v16 fma2 = v_fma(mul3, v_splat(pack[5]), fma1);
            v_store(x_first_slope + c, v_load(v + c));
            v_store(v_first_slope_ + c, fma2);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(x_bar + c), p_read(x_first_slope + c));
            const reg fma_ = p_fma(p_read(v_bar_ + c), p_read(v_first_slope_ + c), mul);
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
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v_jump_ + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(x_jump + c),
            v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v_jump_ + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(v_jump_ + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
        const reg add1 = p_add(p_read(v_bar_ + c), p_read(v_jump_ + c));
        p_store(x_bar + c, add);
        p_store(v_bar_ + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(x_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(v_bar_ + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(v_bar_ + c));
        }
        const ptrdiff_t at = duffing_find(work, area + 16, count*2);
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
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(v_bar_ + c));
        }
    }
    if (g_inputs != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_inputs + (first*2 + c*2), 2, count - c, v_load(push_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_inputs + (first*2 + 1 + c*2), 2, count - c, v_load(omega_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void duffing_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 3);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*48;
                real *const from = sums + (b + reach)*48;
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

static void duffing_gradient_batch_task(void *args, size_t task)
{
    const duffing_gradient_latency_args *const a = (const duffing_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    duffing_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->inputs, a->theta,
        a->g_x, a->g_x0, a->g_inputs, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b,
        a->areas, a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int duffing_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT inputs,
    const real *RESTRICT theta, const real *RESTRICT g_x, real *RESTRICT g_x0,
    real *RESTRICT g_inputs, real *RESTRICT g_theta, real *RESTRICT g_t, real h_max,
    ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[2];
    pack[0] = neg;
    const real neg1 = -theta[0];
    pack[1] = neg1;
    const real neg2 = -theta[1];
    pack[2] = neg2;
    const real neg3 = -theta[2];
    pack[3] = neg3;
    const real neg4 = -theta[0];
    pack[4] = neg4;
    const real neg5 = -theta[1];
    pack[5] = neg5;
    const ptrdiff_t areas = blocks*48 + 16;
    const ptrdiff_t dt = areas + blocks*272;
    {
        duffing_gradient_latency_args args = { batch, times, t, t_stride, x, inputs, theta, g_x,
            g_x0, g_inputs, g_t, h_max, steps, max_steps, work, pack, areas, 272, dt };
        each(parallel, (size_t)blocks, duffing_gradient_batch_task, &args);
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
        duffing_gradient_batch_sums(sums, blocks, g_theta, 0);
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
static NOINLINE int pushed_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int pushed_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void pushed_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
    }
    real v_x_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_x_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_x_ + c, p_splat(0.0f));
        }
    }
    real v_v_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_v_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_v_ + c, p_splat(0.0f));
        }
    }
    real v_t_[128] ALIGNED;
    if (vt != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_t_ + c, v_gather(vt + (first + c), 1, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_t_ + c, p_splat(0.0f));
        }
    }
    real *const v1 = work + (area + 16);
    ROLL for (ptrdiff_t i = 0; i < 129; i++) {
        if (vtheta != NULL) {
            v1[i] = vtheta[i];
        } else {
            v1[i] = 0.0f;
        }
    }
    real x_dot[128] ALIGNED;
    real v_dot_[128] ALIGNED;
    real sin_[32] ALIGNED;
    real cos_[32] ALIGNED;
    real mul[32] ALIGNED;
    real mul1[32] ALIGNED;
    real net_0[256] ALIGNED;
    real net_0_1[256] ALIGNED;
    real net_0_2[256] ALIGNED;
    real net_1[256] ALIGNED;
    real net_1_1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul2 = v_mul(v_splat(pack[0]), v_load(t1 + c));
        const v16 sin1 = v_sin(mul2);
        v_store(sin_, sin1);
        const v16 cos1 = v_cos(mul2);
        v_store(cos_, cos1);
        const v16 mul3 = v_mul(v_splat(pack[0]), v_load(v_t_ + c));
        const v16 neg = v_neg(mul3);
        const v16 mul4 = v_mul(cos1, mul3);
        v_store(mul, mul4);
        const v16 mul5 = v_mul(sin1, neg);
        v_store(mul1, mul5);
        const v16 mul6 = v_mul(v_splat(pack[1]), v_load(t1 + c));
        const v16 sin2 = v_sin(mul6);
        v_store(sin_ + 16, sin2);
        const v16 cos2 = v_cos(mul6);
        v_store(cos_ + 16, cos2);
        const v16 mul7 = v_mul(v_splat(pack[1]), v_load(v_t_ + c));
        const v16 neg1 = v_neg(mul7);
        const v16 mul8 = v_mul(cos2, mul7);
        v_store(mul + 16, mul8);
        const v16 mul9 = v_mul(sin2, neg1);
        v_store(mul1 + 16, mul9);
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            const v16 mul10 = v_mul(v_splat(theta[i*6]), v_load(x1 + c));
            const v16 fma_ = v_fma(v_splat(theta[i*6 + 1]), v_load(v + c), mul10);
            v_store(net_0 + i*16, fma_);
            const v16 mul11 = v_mul(v_splat(theta[i*6]), v_load(v_x_ + c));
            const v16 fma1 = v_fma(v_load(x1 + c), v_splat(v1[i*6]), mul11);
            const v16 fma2 = v_fma(v_splat(theta[i*6 + 1]), v_load(v_v_ + c), fma1);
            const v16 fma3 = v_fma(v_load(v + c), v_splat(v1[i*6 + 1]), fma2);
            v_store(net_0_1 + i*16, fma3);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            const v16 cos3 = v_load(cos_);
            s0 = v_fma(v_splat(theta[j*6 + 4]), cos3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), cos3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), cos3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), cos3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), cos3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), cos3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), cos3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), cos3, s7);
            const v16 cos4 = v_load(cos_ + 16);
            s0 = v_fma(v_splat(theta[j*6 + 5]), cos4, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), cos4, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), cos4, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), cos4, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), cos4, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), cos4, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), cos4, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), cos4, s7);
            v_store(net_0_2 + j*16, s0);
            v_store(net_0_2 + (j + 1)*16, s1);
            v_store(net_0_2 + (j + 2)*16, s2);
            v_store(net_0_2 + (j + 3)*16, s3);
            v_store(net_0_2 + (j + 4)*16, s4);
            v_store(net_0_2 + (j + 5)*16, s5);
            v_store(net_0_2 + (j + 6)*16, s6);
            v_store(net_0_2 + (j + 7)*16, s7);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0_2 + j*16);
            v16 s1 = v_load(net_0_2 + (j + 1)*16);
            v16 s2 = v_load(net_0_2 + (j + 2)*16);
            v16 s3 = v_load(net_0_2 + (j + 3)*16);
            v16 s4 = v_load(net_0_2 + (j + 4)*16);
            v16 s5 = v_load(net_0_2 + (j + 5)*16);
            v16 s6 = v_load(net_0_2 + (j + 6)*16);
            v16 s7 = v_load(net_0_2 + (j + 7)*16);
            const v16 sin3 = v_load(sin_);
            s0 = v_fma(v_splat(theta[j*6 + 2]), sin3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), sin3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), sin3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), sin3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), sin3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), sin3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), sin3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), sin3, s7);
            const v16 sin4 = v_load(sin_ + 16);
            s0 = v_fma(v_splat(theta[j*6 + 3]), sin4, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), sin4, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), sin4, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), sin4, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), sin4, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), sin4, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), sin4, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), sin4, s7);
            real row[128] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            v_store(row + 80, s5);
            v_store(row + 96, s6);
            v_store(row + 112, s7);
            ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 add = v_add(v_load(net_0 + (j + u)*16), sum);
                const v16 add1 = v_add(add, v_splat(theta[j + u + 96]));
                const v16 tanh_ = v_tanh(add1);
                v_store(net_1 + (j + u)*16, tanh_);
                const v16 neg2 = v_neg(tanh_);
                const v16 fma_ = v_fma(tanh_, neg2, v_splat(1.0f));
                v_store(net_1_1 + (j + u)*16, fma_);
            }
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0_1 + j*16);
            v16 s1 = v_load(net_0_1 + (j + 1)*16);
            v16 s2 = v_load(net_0_1 + (j + 2)*16);
            v16 s3 = v_load(net_0_1 + (j + 3)*16);
            v16 s4 = v_load(net_0_1 + (j + 4)*16);
            v16 s5 = v_load(net_0_1 + (j + 5)*16);
            v16 s6 = v_load(net_0_1 + (j + 6)*16);
            v16 s7 = v_load(net_0_1 + (j + 7)*16);
            const v16 mul10 = v_load(mul);
            s0 = v_fma(v_splat(theta[j*6 + 2]), mul10, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), mul10, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), mul10, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), mul10, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), mul10, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), mul10, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), mul10, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), mul10, s7);
            const v16 mul11 = v_load(mul + 16);
            s0 = v_fma(v_splat(theta[j*6 + 3]), mul11, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), mul11, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), mul11, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), mul11, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), mul11, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), mul11, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), mul11, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), mul11, s7);
            v_store(net_0 + j*16, s0);
            v_store(net_0 + (j + 1)*16, s1);
            v_store(net_0 + (j + 2)*16, s2);
            v_store(net_0 + (j + 3)*16, s3);
            v_store(net_0 + (j + 4)*16, s4);
            v_store(net_0 + (j + 5)*16, s5);
            v_store(net_0 + (j + 6)*16, s6);
            v_store(net_0 + (j + 7)*16, s7);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0 + j*16);
            v16 s1 = v_load(net_0 + (j + 1)*16);
            v16 s2 = v_load(net_0 + (j + 2)*16);
            v16 s3 = v_load(net_0 + (j + 3)*16);
            v16 s4 = v_load(net_0 + (j + 4)*16);
            v16 s5 = v_load(net_0 + (j + 5)*16);
            v16 s6 = v_load(net_0 + (j + 6)*16);
            v16 s7 = v_load(net_0 + (j + 7)*16);
            const v16 sin3 = v_load(sin_);
            s0 = v_fma(v_splat(v1[j*6 + 2]), sin3, s0);
            s1 = v_fma(v_splat(v1[(j + 1)*6 + 2]), sin3, s1);
            s2 = v_fma(v_splat(v1[(j + 2)*6 + 2]), sin3, s2);
            s3 = v_fma(v_splat(v1[(j + 3)*6 + 2]), sin3, s3);
            s4 = v_fma(v_splat(v1[(j + 4)*6 + 2]), sin3, s4);
            s5 = v_fma(v_splat(v1[(j + 5)*6 + 2]), sin3, s5);
            s6 = v_fma(v_splat(v1[(j + 6)*6 + 2]), sin3, s6);
            s7 = v_fma(v_splat(v1[(j + 7)*6 + 2]), sin3, s7);
            const v16 sin4 = v_load(sin_ + 16);
            s0 = v_fma(v_splat(v1[j*6 + 3]), sin4, s0);
            s1 = v_fma(v_splat(v1[(j + 1)*6 + 3]), sin4, s1);
            s2 = v_fma(v_splat(v1[(j + 2)*6 + 3]), sin4, s2);
            s3 = v_fma(v_splat(v1[(j + 3)*6 + 3]), sin4, s3);
            s4 = v_fma(v_splat(v1[(j + 4)*6 + 3]), sin4, s4);
            s5 = v_fma(v_splat(v1[(j + 5)*6 + 3]), sin4, s5);
            s6 = v_fma(v_splat(v1[(j + 6)*6 + 3]), sin4, s6);
            s7 = v_fma(v_splat(v1[(j + 7)*6 + 3]), sin4, s7);
            v_store(net_0_1 + j*16, s0);
            v_store(net_0_1 + (j + 1)*16, s1);
            v_store(net_0_1 + (j + 2)*16, s2);
            v_store(net_0_1 + (j + 3)*16, s3);
            v_store(net_0_1 + (j + 4)*16, s4);
            v_store(net_0_1 + (j + 5)*16, s5);
            v_store(net_0_1 + (j + 6)*16, s6);
            v_store(net_0_1 + (j + 7)*16, s7);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0_1 + j*16);
            v16 s1 = v_load(net_0_1 + (j + 1)*16);
            v16 s2 = v_load(net_0_1 + (j + 2)*16);
            v16 s3 = v_load(net_0_1 + (j + 3)*16);
            v16 s4 = v_load(net_0_1 + (j + 4)*16);
            v16 s5 = v_load(net_0_1 + (j + 5)*16);
            v16 s6 = v_load(net_0_1 + (j + 6)*16);
            v16 s7 = v_load(net_0_1 + (j + 7)*16);
            const v16 mul10 = v_load(mul1);
            s0 = v_fma(v_splat(theta[j*6 + 4]), mul10, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), mul10, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), mul10, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), mul10, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), mul10, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), mul10, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), mul10, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), mul10, s7);
            const v16 mul11 = v_load(mul1 + 16);
            s0 = v_fma(v_splat(theta[j*6 + 5]), mul11, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), mul11, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), mul11, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), mul11, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), mul11, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), mul11, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), mul11, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), mul11, s7);
            v_store(net_0 + j*16, s0);
            v_store(net_0 + (j + 1)*16, s1);
            v_store(net_0 + (j + 2)*16, s2);
            v_store(net_0 + (j + 3)*16, s3);
            v_store(net_0 + (j + 4)*16, s4);
            v_store(net_0 + (j + 5)*16, s5);
            v_store(net_0 + (j + 6)*16, s6);
            v_store(net_0 + (j + 7)*16, s7);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0 + j*16);
            v16 s1 = v_load(net_0 + (j + 1)*16);
            v16 s2 = v_load(net_0 + (j + 2)*16);
            v16 s3 = v_load(net_0 + (j + 3)*16);
            v16 s4 = v_load(net_0 + (j + 4)*16);
            v16 s5 = v_load(net_0 + (j + 5)*16);
            v16 s6 = v_load(net_0 + (j + 6)*16);
            v16 s7 = v_load(net_0 + (j + 7)*16);
            const v16 cos3 = v_load(cos_);
            s0 = v_fma(v_splat(v1[j*6 + 4]), cos3, s0);
            s1 = v_fma(v_splat(v1[(j + 1)*6 + 4]), cos3, s1);
            s2 = v_fma(v_splat(v1[(j + 2)*6 + 4]), cos3, s2);
            s3 = v_fma(v_splat(v1[(j + 3)*6 + 4]), cos3, s3);
            s4 = v_fma(v_splat(v1[(j + 4)*6 + 4]), cos3, s4);
            s5 = v_fma(v_splat(v1[(j + 5)*6 + 4]), cos3, s5);
            s6 = v_fma(v_splat(v1[(j + 6)*6 + 4]), cos3, s6);
            s7 = v_fma(v_splat(v1[(j + 7)*6 + 4]), cos3, s7);
            const v16 cos4 = v_load(cos_ + 16);
            s0 = v_fma(v_splat(v1[j*6 + 5]), cos4, s0);
            s1 = v_fma(v_splat(v1[(j + 1)*6 + 5]), cos4, s1);
            s2 = v_fma(v_splat(v1[(j + 2)*6 + 5]), cos4, s2);
            s3 = v_fma(v_splat(v1[(j + 3)*6 + 5]), cos4, s3);
            s4 = v_fma(v_splat(v1[(j + 4)*6 + 5]), cos4, s4);
            s5 = v_fma(v_splat(v1[(j + 5)*6 + 5]), cos4, s5);
            s6 = v_fma(v_splat(v1[(j + 6)*6 + 5]), cos4, s6);
            s7 = v_fma(v_splat(v1[(j + 7)*6 + 5]), cos4, s7);
            real row[128] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            v_store(row + 80, s5);
            v_store(row + 96, s6);
            v_store(row + 112, s7);
            ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 add = v_add(sum, v_splat(v1[j + u + 96]));
                const v16 mul10 = v_mul(v_load(net_1_1 + (j + u)*16), add);
                const v16 mul11 = v_mul(v_splat(theta[j + u + 112]), mul10);
                v_store(net_0_1 + (j + u)*16, mul11);
            }
        }
        /* net.2 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0 = v_fma(v_splat(v1[j + 112]), v_load(net_1 + j*16), s0);
        }
        v_store(sin_, s0);
        v_store(x_dot + c, v_load(v_v_ + c));
        /* net.2 */
        v16 s0_1 = v_load(sin_);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0_1 = v_add(s0_1, v_load(net_0_1 + j*16));
        }
        const v16 add = v_add(s0_1, v_splat(v1[128]));
        v_store(v_dot_ + c, add);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(v_dot_ + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void pushed_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    const ptrdiff_t areas = 16;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pushed_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, pack, b,
            areas, 160);
    }
}

/* dx/dt */
static NOINLINE void pushed_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch;
    real x1 = 0.0f;
    real v = 0.0f;
    x1 = x[b*2];
    v = x[b*2 + 1];
    real t1 = 0.0f;
    t1 = t[b*t_stride];
    real x_dot = 0.0f;
    real v_dot_ = 0.0f;
    const real *w = pack; FRESH(w)
    const real c = w[16];
    const real c1 = w[17];
    const real mul = c*t1;
    const real mul1 = c1*t1;
    const real sin_ = r_sin(mul);
    const real sin1 = r_sin(mul1);
    const real cos_ = r_cos(mul);
    const real cos1 = r_cos(mul1);
    const v16 v__ = v_splat(x1);
    const v16 v_1_ = v_load(w + 32);
    const v16 v_2_ = v_mul(v_1_, v__);
    const v16 v_3_ = v_splat(v);
    const v16 v_4_ = v_load(w + 48);
    const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
    /* net.0.weight */
    v16 v_6_ = v_mul(v_load(w + 96), v_splat(cos_));
    v_6_ = v_fma(v_load(w + 112), v_splat(cos1), v_6_);
    /* net.0.weight */
    v16 v_7_ = v_fma(v_load(w + 64), v_splat(sin_), v_6_);
    v_7_ = v_fma(v_load(w + 80), v_splat(sin1), v_7_);
    const v16 v_8_ = v_add(v_5_, v_7_);
    const v16 v_9_ = v_load(w + 128);
    const v16 v_10_ = v_add(v_8_, v_9_);
    const v16 v_11_ = v_tanh(v_10_);
    const real v_12_ = theta[128];
    /* net.2.weight */
    const real s = v_tree(v_mul(v_load(w + 144), v_11_));
    const real v_13_ = s + v_12_;
    const real leaf = v;
    x_dot = leaf;
    v_dot_ = v_13_;
    dx[b*2] = x_dot;
    dx[b*2 + 1] = v_dot_;
}

/* dx/dt */
static NOINLINE void pushed_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[160] ALIGNED;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    v_scatter(pack + 16, 1, 2, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        ROLL for (ptrdiff_t i1 = 0; i1 < 2; i1++) {
            pack[i1 + 16] = pack[i1 + 16] + pack[i1];
        }
    }
    /* net.0.weight, 16 in lanes */
    v_store(pack + 32, v_column(theta, 6));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 48, v_column(theta + 1, 6));
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 64), v_column(theta + (i + 2), 6));
    }
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 96), v_column(theta + (i + 4), 6));
    }
    /* net.0.b, 16 in lanes */
    v_store(pack + 128, v_load(theta + 96));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 144, v_load(theta + 112));
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pushed_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void pushed_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)theta, (void)areas, (void)area_size;
    real *const sums = work + (b*144 + 160);
    ROLL for (ptrdiff_t i = 0; i < 144; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1 = 0.0f;
    real v = 0.0f;
    x1 = x[b*2];
    v = x[b*2 + 1];
    real t1 = 0.0f;
    t1 = t[b*t_stride];
    real a_dx = 0.0f;
    a_dx = a[b*2];
    real a_dv = 0.0f;
    a_dv = a[b*2 + 1];
    real x_bar = 0.0f;
    real v_bar_ = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    const real c = w[16];
    const real c1 = w[17];
    const real mul = c*t1;
    const real mul1 = c1*t1;
    const real sin_ = r_sin(mul);
    const real sin1 = r_sin(mul1);
    const real cos_ = r_cos(mul);
    const real cos1 = r_cos(mul1);
    const v16 v__ = v_splat(x1);
    const v16 v_1_ = v_load(w + 32);
    const v16 v_2_ = v_mul(v_1_, v__);
    const v16 v_3_ = v_splat(v);
    const v16 v_4_ = v_load(w + 48);
    const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
    /* net.0.weight */
    v16 v_6_ = v_mul(v_load(w + 96), v_splat(cos_));
    v_6_ = v_fma(v_load(w + 112), v_splat(cos1), v_6_);
    /* net.0.weight */
    v16 v_7_ = v_fma(v_load(w + 64), v_splat(sin_), v_6_);
    v_7_ = v_fma(v_load(w + 80), v_splat(sin1), v_7_);
    const v16 v_8_ = v_add(v_5_, v_7_);
    const v16 v_9_ = v_load(w + 128);
    const v16 v_10_ = v_add(v_8_, v_9_);
    const v16 v_11_ = v_tanh(v_10_);
    g[128] = g[128] + a_dv;
    /* cotangent of net.2.weight */
    v_store(g + 112, v_fma(v_splat(a_dv), v_11_, v_load(g + 112)));
    const v16 v_12_ = v_splat(a_dv);
    const v16 v_13_ = v_load(w + 144);
    const v16 v_14_ = v_mul(v_13_, v_12_);
    const v16 v_15_ = v_neg(v_11_);
    const v16 v_16_ = v_fma(v_11_, v_15_, v_splat(1.0f));
    const v16 v_17_ = v_mul(v_14_, v_16_);
    v_store(g + 96, v_add(v_load(g + 96), v_17_));
    /* cotangent of net.0.weight */
    v_store(g, v_fma(v_17_, v_splat(cos_), v_load(g)));
    v_store(g + 16, v_fma(v_17_, v_splat(cos1), v_load(g + 16)));
    /* net.0.weight */
    const real s = v_tree(v_mul(v_load(w + 96), v_17_));
    const real s1 = v_tree(v_mul(v_load(w + 112), v_17_));
    /* cotangent of net.0.weight */
    v_store(g + 32, v_fma(v_17_, v_splat(sin_), v_load(g + 32)));
    v_store(g + 48, v_fma(v_17_, v_splat(sin1), v_load(g + 48)));
    /* net.0.weight */
    const real s2 = v_tree(v_mul(v_load(w + 64), v_17_));
    const real s3 = v_tree(v_mul(v_load(w + 80), v_17_));
    const v16 v_18_ = v_mul(v_3_, v_17_);
    const v16 v_19_ = v_mul(v_4_, v_17_);
    const real s4 = v_tree(v_19_);
    const real v_20_ = s4 + a_dx;
    /* cotangent of net.0.weight */
    v_store(g + 64, v_add(v_load(g + 64), v_18_));
    const v16 v_21_ = v_mul(v__, v_17_);
    const v16 v_22_ = v_mul(v_1_, v_17_);
    const real s5 = v_tree(v_22_);
    /* cotangent of net.0.weight */
    v_store(g + 80, v_add(v_load(g + 80), v_21_));
    const real mul2 = cos_*s2;
    const real mul3 = cos1*s3;
    const real neg = -s;
    const real neg1 = -s1;
    const real fma_ = fmaf(sin_, neg, mul2);
    const real fma1 = fmaf(sin1, neg1, mul3);
    const real mul4 = c*fma_;
    const real mul5 = c1*fma1;
    real c2 = mul4;
    c2 = c2 + mul5;
    x_bar = s5;
    v_bar_ = v_20_;
    t_bar = c2;
    if (ax != NULL) {
        ax[b*2] = x_bar;
        ax[b*2 + 1] = v_bar_;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void pushed_vjp_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    v_scatter(pack + 16, 1, 2, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        ROLL for (ptrdiff_t i1 = 0; i1 < 2; i1++) {
            pack[i1 + 16] = pack[i1 + 16] + pack[i1];
        }
    }
    /* net.0.weight, 16 in lanes */
    v_store(pack + 32, v_column(theta, 6));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 48, v_column(theta + 1, 6));
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 64), v_column(theta + (i + 2), 6));
    }
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 96), v_column(theta + (i + 4), 6));
    }
    /* net.0.b, 16 in lanes */
    v_store(pack + 128, v_load(theta + 96));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 144, v_load(theta + 112));
    const ptrdiff_t areas = blocks*144 + 160;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pushed_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work + 160;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 144; i += WIDTH) {
                        const ptrdiff_t to = b*144 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*144))));
                    }
                }
                apart = apart*2;
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 96; i += WIDTH) {
            p_store(atheta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 16; l++) {
                atheta[i + 4 + l*6] = atheta[i + 4 + l*6] + sums[i*16 + l];
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 16; l++) {
                atheta[i + 2 + l*6] = atheta[i + 2 + l*6] + sums[i*16 + l + 32];
            }
        }
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            atheta[l*6 + 1] = atheta[l*6 + 1] + sums[l + 64];
        }
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            atheta[l*6] = atheta[l*6] + sums[l + 80];
        }
        /* net.0.b */
        v_store(atheta + 96, v_load(sums + 96));
        /* net.2.weight */
        v_store(atheta + 112, v_load(sums + 112));
        /* net.2.b */
        atheta[128] = sums[128];
    }
}

/* x at every time, from x0 */
static NOINLINE void pushed_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real v = 0.0f;
    real t1 = 0.0f;
    real h = 0.0f;
    real s = 0.0f;
    x1 = x0[b*2];
    v = x0[b*2 + 1];
    x[b*2] = x1;
    x[b*2 + 1] = v;
    const ptrdiff_t sound = 1 - (x1 - x1 != 0.0f);
    const ptrdiff_t sound1 = (1 - (v - v != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = pushed_find(x, b*2, 2);
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
        const ptrdiff_t n = pushed_steps(begin, end, h_max, steps, max_steps);
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
        t1 = begin;
        h = h1;
        ROLL for (ptrdiff_t s1 = 0; s1 < n; s1++) {
            s = (real)s1;
            const real *w = pack; FRESH(w)
            const real fma_ = fmaf(s, h, t1);
            const real c = w[16];
            const real c1 = w[17];
            const real mul = c*fma_;
            const real mul1 = c1*fma_;
            const real sin_ = r_sin(mul);
            const real sin1 = r_sin(mul1);
            const real cos_ = r_cos(mul);
            const real cos1 = r_cos(mul1);
            const v16 v__ = v_splat(x1);
            const v16 v_1_ = v_load(w + 32);
            const v16 v_2_ = v_mul(v_1_, v__);
            const v16 v_3_ = v_splat(v);
            const v16 v_4_ = v_load(w + 48);
            const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
            /* net.0.weight */
            v16 v_6_ = v_mul(v_load(w + 96), v_splat(cos_));
            v_6_ = v_fma(v_load(w + 112), v_splat(cos1), v_6_);
            /* net.0.weight */
            v16 v_7_ = v_fma(v_load(w + 64), v_splat(sin_), v_6_);
            v_7_ = v_fma(v_load(w + 80), v_splat(sin1), v_7_);
            const v16 v_8_ = v_add(v_5_, v_7_);
            const v16 v_9_ = v_load(w + 128);
            const v16 v_10_ = v_add(v_8_, v_9_);
            const v16 v_11_ = v_tanh(v_10_);
            const real v_12_ = theta[128];
            /* net.2.weight */
            const real s2 = v_tree(v_mul(v_load(w + 144), v_11_));
            const real v_13_ = s2 + v_12_;
            const real fma1 = fmaf(v, h, x1);
            const real fma2 = fmaf(h, v_13_, v);
            x1 = fma1;
            v = fma2;
        }
        x[(i*batch + b)*2] = x1;
        x[(i*batch + b)*2 + 1] = v;
        const ptrdiff_t sound2 = 1 - (x1 - x1 != 0.0f);
        const ptrdiff_t sound3 = (1 - (v - v != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = pushed_find(x, (i*batch + b)*2, 2);
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

typedef struct pushed_solve_latency_args {
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
} pushed_solve_latency_args;

static void pushed_solve_latency_task(void *args, size_t task)
{
    const pushed_solve_latency_args *const a = (const pushed_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pushed_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int pushed_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    v_scatter(pack + 16, 1, 2, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        ROLL for (ptrdiff_t i1 = 0; i1 < 2; i1++) {
            pack[i1 + 16] = pack[i1 + 16] + pack[i1];
        }
    }
    /* net.0.weight, 16 in lanes */
    v_store(pack + 32, v_column(theta, 6));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 48, v_column(theta + 1, 6));
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 64), v_column(theta + (i + 2), 6));
    }
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 96), v_column(theta + (i + 4), 6));
    }
    /* net.0.b, 16 in lanes */
    v_store(pack + 128, v_load(theta + 96));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 144, v_load(theta + 112));
    const ptrdiff_t areas = 160;
    {
        pushed_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, pushed_solve_latency_task, &args);
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
static NOINLINE void pushed_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*144 + 192);
    ROLL for (ptrdiff_t i = 0; i < 144; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real v = 0.0f;
    real x_bar = 0.0f;
    real v_bar_ = 0.0f;
    real x_jump = 0.0f;
    real v_jump_ = 0.0f;
    x_bar = 0.0f;
    v_bar_ = 0.0f;
    real t1 = 0.0f;
    real h = 0.0f;
    real s = 0.0f;
    real dt1 = 0.0f;
    real x_slope = 0.0f;
    real v_slope_ = 0.0f;
    real x_first_slope = 0.0f;
    real v_first_slope_ = 0.0f;
    x_first_slope = 0.0f;
    v_first_slope_ = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            x_jump = g_x[(i*batch + b)*2];
            v_jump_ = g_x[(i*batch + b)*2 + 1];
            const real add = x_bar + x_jump;
            const real add1 = v_bar_ + v_jump_;
            x_bar = add;
            v_bar_ = add1;
            x1 = x[(i*batch + b)*2];
            v = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = pushed_steps(begin, end, h_max, steps, max_steps);
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
            t1 = begin;
            h = h1;
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s1 = 0; s1 < n; s1++) {
                s = (real)s1;
                const real *w1 = pack; FRESH(w1)
                real *g1 = sums; FRESH(g1)
                const real fma_ = fmaf(s, h, t1);
                const real neg = -h;
                const real c = w1[16];
                const real c1 = w1[17];
                const real mul = c*fma_;
                const real mul1 = c1*fma_;
                const real sin_ = r_sin(mul);
                const real sin1 = r_sin(mul1);
                const real cos_ = r_cos(mul);
                const real cos1 = r_cos(mul1);
                const v16 v__ = v_splat(x1);
                const v16 v_1_ = v_load(w1 + 32);
                const v16 v_2_ = v_mul(v_1_, v__);
                const v16 v_3_ = v_splat(v);
                const v16 v_4_ = v_load(w1 + 48);
                const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
                /* net.0.weight */
                v16 v_6_ = v_mul(v_load(w1 + 96), v_splat(cos_));
                v_6_ = v_fma(v_load(w1 + 112), v_splat(cos1), v_6_);
                /* net.0.weight */
                v16 v_7_ = v_fma(v_load(w1 + 64), v_splat(sin_), v_6_);
                v_7_ = v_fma(v_load(w1 + 80), v_splat(sin1), v_7_);
                const v16 v_8_ = v_add(v_5_, v_7_);
                const v16 v_9_ = v_load(w1 + 128);
                const v16 v_10_ = v_add(v_8_, v_9_);
                const v16 v_11_ = v_tanh(v_10_);
                const real v_12_ = theta[128];
                /* net.2.weight */
                const real s2 = v_tree(v_mul(v_load(w1 + 144), v_11_));
                const real v_13_ = s2 + v_12_;
                const real mul2 = v_bar_*neg;
                g1[128] = g1[128] + mul2;
                /* cotangent of net.2.weight */
                v_store(g1 + 112, v_fma(v_splat(mul2), v_11_, v_load(g1 + 112)));
                const v16 v_14_ = v_splat(mul2);
                const v16 v_15_ = v_load(w1 + 144);
                const v16 v_16_ = v_mul(v_15_, v_14_);
                const v16 v_17_ = v_neg(v_11_);
                const v16 v_18_ = v_fma(v_11_, v_17_, v_splat(1.0f));
                const v16 v_19_ = v_mul(v_16_, v_18_);
                v_store(g1 + 96, v_add(v_load(g1 + 96), v_19_));
                /* cotangent of net.0.weight */
                v_store(g1, v_fma(v_19_, v_splat(cos_), v_load(g1)));
                v_store(g1 + 16, v_fma(v_19_, v_splat(cos1), v_load(g1 + 16)));
                /* cotangent of net.0.weight */
                v_store(g1 + 32, v_fma(v_19_, v_splat(sin_), v_load(g1 + 32)));
                v_store(g1 + 48, v_fma(v_19_, v_splat(sin1), v_load(g1 + 48)));
                const v16 v_20_ = v_mul(v_3_, v_19_);
                const v16 v_21_ = v_mul(v_4_, v_19_);
                const real s3 = v_tree(v_21_);
                const real v_22_ = fmaf(x_bar, neg, s3);
                /* cotangent of net.0.weight */
                v_store(g1 + 64, v_add(v_load(g1 + 64), v_20_));
                const v16 v_23_ = v_mul(v__, v_19_);
                const v16 v_24_ = v_mul(v_1_, v_19_);
                /* cotangent of net.0.weight */
                v_store(g1 + 80, v_add(v_load(g1 + 80), v_23_));
                const real fma1 = fmaf(v, h, x1);
                const real s4 = v_tree(v_24_);
                const real v_25_ = s4 + x_bar;
                const real fma2 = fmaf(h, v_13_, v);
                const real add2 = v_bar_ + v_22_;
                const real leaf = v;
                x1 = fma1;
                x_bar = v_25_;
                v = fma2;
                v_bar_ = add2;
                x_slope = leaf;
                v_slope_ = v_13_;
                if (s1 == 0) {
                    x_first_slope = x_slope;
                    v_first_slope_ = v_slope_;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = x_jump*x_first_slope;
                const real fma_ = fmaf(v_jump_, v_first_slope_, mul);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (x_bar - x_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (v_bar_ - v_bar_ != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = x_bar;
                work[area + 17] = v_bar_;
                const ptrdiff_t at = pushed_find(work, area + 16, 2);
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
        x1 = x[b*2];
        v = x[b*2 + 1];
        t1 = t[b*t_stride];
        const real *w = pack; FRESH(w)
        const real c = w[176];
        const real c1 = w[177];
        const real mul = c*t1;
        const real mul1 = c1*t1;
        const real sin_ = r_sin(mul);
        const real sin1 = r_sin(mul1);
        const real cos_ = r_cos(mul);
        const real cos1 = r_cos(mul1);
        const v16 v__ = v_splat(x1);
        const v16 v_1_ = v_load(w + 32);
        const v16 v_2_ = v_mul(v_1_, v__);
        const v16 v_3_ = v_splat(v);
        const v16 v_4_ = v_load(w + 48);
        const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
        /* net.0.weight */
        v16 v_6_ = v_mul(v_load(w + 96), v_splat(cos_));
        v_6_ = v_fma(v_load(w + 112), v_splat(cos1), v_6_);
        /* net.0.weight */
        v16 v_7_ = v_fma(v_load(w + 64), v_splat(sin_), v_6_);
        v_7_ = v_fma(v_load(w + 80), v_splat(sin1), v_7_);
        const v16 v_8_ = v_add(v_5_, v_7_);
        const v16 v_9_ = v_load(w + 128);
        const v16 v_10_ = v_add(v_8_, v_9_);
        const v16 v_11_ = v_tanh(v_10_);
        const real v_12_ = theta[128];
        /* net.2.weight */
        const real s1 = v_tree(v_mul(v_load(w + 144), v_11_));
        const real v_13_ = s1 + v_12_;
        const real leaf = v;
        x_first_slope = leaf;
        v_first_slope_ = v_13_;
        const real mul2 = x_bar*x_first_slope;
        const real fma_ = fmaf(v_bar_, v_first_slope_, mul2);
        const real neg = -fma_;
        dt1 = neg;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    x_jump = g_x[b*2];
    v_jump_ = g_x[b*2 + 1];
    const real add = x_bar + x_jump;
    const real add1 = v_bar_ + v_jump_;
    x_bar = add;
    v_bar_ = add1;
    const ptrdiff_t sound = 1 - (x_bar - x_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (v_bar_ - v_bar_ != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = x_bar;
        work[area + 17] = v_bar_;
        const ptrdiff_t at = pushed_find(work, area + 16, 2);
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
        g_x0[b*2] = x_bar;
        g_x0[b*2 + 1] = v_bar_;
    }
}

typedef struct pushed_gradient_latency_args {
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
} pushed_gradient_latency_args;

static void pushed_gradient_latency_task(void *args, size_t task)
{
    const pushed_gradient_latency_args *const a = (const pushed_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pushed_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int pushed_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    v_scatter(pack + 16, 1, 2, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        ROLL for (ptrdiff_t i1 = 0; i1 < 2; i1++) {
            pack[i1 + 16] = pack[i1 + 16] + pack[i1];
        }
    }
    /* net.0.weight, 16 in lanes */
    v_store(pack + 32, v_column(theta, 6));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 48, v_column(theta + 1, 6));
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 64), v_column(theta + (i + 2), 6));
    }
    /* net.0.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 96), v_column(theta + (i + 4), 6));
    }
    /* net.0.b, 16 in lanes */
    v_store(pack + 128, v_load(theta + 96));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 144, v_load(theta + 112));
    pack[160] = 1.2f;
    pack[161] = 2.4f;
    v_scatter(pack + 176, 1, 2, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        ROLL for (ptrdiff_t i1 = 0; i1 < 2; i1++) {
            pack[i1 + 176] = pack[i1 + 176] + pack[i1 + 160];
        }
    }
    const ptrdiff_t areas = blocks*144 + 192;
    const ptrdiff_t dt = areas + blocks*32;
    {
        pushed_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, pushed_gradient_latency_task, &args);
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
        real *const sums = work + 192;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 144; i += WIDTH) {
                        const ptrdiff_t to = b*144 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*144))));
                    }
                }
                apart = apart*2;
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 96; i += WIDTH) {
            p_store(g_theta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 16; l++) {
                g_theta[i + 4 + l*6] = g_theta[i + 4 + l*6] + sums[i*16 + l];
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 16; l++) {
                g_theta[i + 2 + l*6] = g_theta[i + 2 + l*6] + sums[i*16 + l + 32];
            }
        }
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            g_theta[l*6 + 1] = g_theta[l*6 + 1] + sums[l + 64];
        }
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            g_theta[l*6] = g_theta[l*6] + sums[l + 80];
        }
        /* net.0.b */
        v_store(g_theta + 96, v_load(sums + 96));
        /* net.2.weight */
        v_store(g_theta + 112, v_load(sums + 112));
        /* net.2.b */
        g_theta[128] = sums[128];
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
static NOINLINE void pushed_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
    }
    real x_dot[128] ALIGNED;
    real v_dot_[128] ALIGNED;
    real sin_[32] ALIGNED;
    real cos_[32] ALIGNED;
    real net_0[256] ALIGNED;
    real net_0_1[256] ALIGNED;
    real net_1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul = v_mul(v_splat(pack[0]), v_load(t1 + c));
        const v16 sin1 = v_sin(mul);
        v_store(sin_, sin1);
        const v16 cos1 = v_cos(mul);
        v_store(cos_, cos1);
        const v16 mul1 = v_mul(v_splat(pack[1]), v_load(t1 + c));
        const v16 sin2 = v_sin(mul1);
        v_store(sin_ + 16, sin2);
        const v16 cos2 = v_cos(mul1);
        v_store(cos_ + 16, cos2);
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            const v16 mul2 = v_mul(v_splat(theta[i*6]), v_load(x1 + c));
            const v16 fma_ = v_fma(v_splat(theta[i*6 + 1]), v_load(v + c), mul2);
            v_store(net_0 + i*16, fma_);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            const v16 cos3 = v_load(cos_);
            s0 = v_fma(v_splat(theta[j*6 + 4]), cos3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), cos3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), cos3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), cos3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), cos3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), cos3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), cos3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), cos3, s7);
            const v16 cos4 = v_load(cos_ + 16);
            s0 = v_fma(v_splat(theta[j*6 + 5]), cos4, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), cos4, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), cos4, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), cos4, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), cos4, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), cos4, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), cos4, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), cos4, s7);
            v_store(net_0_1 + j*16, s0);
            v_store(net_0_1 + (j + 1)*16, s1);
            v_store(net_0_1 + (j + 2)*16, s2);
            v_store(net_0_1 + (j + 3)*16, s3);
            v_store(net_0_1 + (j + 4)*16, s4);
            v_store(net_0_1 + (j + 5)*16, s5);
            v_store(net_0_1 + (j + 6)*16, s6);
            v_store(net_0_1 + (j + 7)*16, s7);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0_1 + j*16);
            v16 s1 = v_load(net_0_1 + (j + 1)*16);
            v16 s2 = v_load(net_0_1 + (j + 2)*16);
            v16 s3 = v_load(net_0_1 + (j + 3)*16);
            v16 s4 = v_load(net_0_1 + (j + 4)*16);
            v16 s5 = v_load(net_0_1 + (j + 5)*16);
            v16 s6 = v_load(net_0_1 + (j + 6)*16);
            v16 s7 = v_load(net_0_1 + (j + 7)*16);
            const v16 sin3 = v_load(sin_);
            s0 = v_fma(v_splat(theta[j*6 + 2]), sin3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), sin3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), sin3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), sin3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), sin3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), sin3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), sin3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), sin3, s7);
            const v16 sin4 = v_load(sin_ + 16);
            s0 = v_fma(v_splat(theta[j*6 + 3]), sin4, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), sin4, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), sin4, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), sin4, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), sin4, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), sin4, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), sin4, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), sin4, s7);
            real row[128] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            v_store(row + 80, s5);
            v_store(row + 96, s6);
            v_store(row + 112, s7);
            ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 add = v_add(v_load(net_0 + (j + u)*16), sum);
                const v16 add1 = v_add(add, v_splat(theta[j + u + 96]));
                const v16 tanh_ = v_tanh(add1);
                v_store(net_1 + (j + u)*16, tanh_);
            }
        }
        /* net.2 */
        v16 s0 = v_splat(theta[128]);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0 = v_fma(v_splat(theta[j + 112]), v_load(net_1 + j*16), s0);
        }
        v_store(sin_, s0);
        v_store(x_dot + c, v_load(v + c));
        v_store(v_dot_ + c, v_load(sin_));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(v_dot_ + c));
    }
}

/* dx/dt */
static NOINLINE void pushed_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pushed_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void pushed_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + (b*2064 + 16);
    ROLL for (ptrdiff_t i = 0; i < 2064; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real t1[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
    }
    real a_dx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dx + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dx + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dx + c),
            v_splat(0.0f)));
    }
    real a_dv[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dv + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dv + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dv + c),
            v_splat(0.0f)));
    }
    real x_bar[128] ALIGNED;
    real v_bar_[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real sin_[256] ALIGNED;
    real cos_[256] ALIGNED;
    real net_0[256] ALIGNED;
    real net_2[256] ALIGNED;
    real net_0_1[256] ALIGNED;
    real net_1[2048] ALIGNED;
    real net_1_1[2048] ALIGNED;
    real net_0_2[2048] ALIGNED;
    real net_0_3[256] ALIGNED;
    real net_0_4[2048] ALIGNED;
    real net_0_5[256] ALIGNED;
    real net_0_6[1536] ALIGNED;
    real neg[32] ALIGNED;
    real net_0_7[1536] ALIGNED;
    real net_0_8[1536] ALIGNED;
    real mul[32] ALIGNED;
    real net_0_9[1536] ALIGNED;
    real net_0_10[1536] ALIGNED;
    real net_0_11[1536] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul1 = v_mul(v_splat(pack[0]), v_load(t1 + c));
        const v16 sin1 = v_sin(mul1);
        v_store(sin_ + c, sin1);
        const v16 cos1 = v_cos(mul1);
        v_store(cos_ + c, cos1);
        const v16 mul2 = v_mul(v_splat(pack[1]), v_load(t1 + c));
        const v16 sin2 = v_sin(mul2);
        v_store(sin_ + (c + 128), sin2);
        const v16 cos2 = v_cos(mul2);
        v_store(cos_ + (c + 128), cos2);
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            const v16 mul3 = v_mul(v_splat(theta[i*6]), v_load(x1 + c));
            const v16 fma_ = v_fma(v_splat(theta[i*6 + 1]), v_load(v + c), mul3);
            v_store(net_0 + i*16, fma_);
            const v16 mul4 = v_mul(v_splat(theta[i + 112]), v_load(a_dv + c));
            v_store(net_2 + i*16, mul4);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            const v16 cos3 = v_load(cos_ + c);
            s0 = v_fma(v_splat(theta[j*6 + 4]), cos3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), cos3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), cos3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), cos3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), cos3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), cos3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), cos3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), cos3, s7);
            const v16 cos4 = v_load(cos_ + (c + 128));
            s0 = v_fma(v_splat(theta[j*6 + 5]), cos4, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), cos4, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), cos4, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), cos4, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), cos4, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), cos4, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), cos4, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), cos4, s7);
            v_store(net_0_1 + j*16, s0);
            v_store(net_0_1 + (j + 1)*16, s1);
            v_store(net_0_1 + (j + 2)*16, s2);
            v_store(net_0_1 + (j + 3)*16, s3);
            v_store(net_0_1 + (j + 4)*16, s4);
            v_store(net_0_1 + (j + 5)*16, s5);
            v_store(net_0_1 + (j + 6)*16, s6);
            v_store(net_0_1 + (j + 7)*16, s7);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(net_0_1 + j*16);
            v16 s1 = v_load(net_0_1 + (j + 1)*16);
            v16 s2 = v_load(net_0_1 + (j + 2)*16);
            v16 s3 = v_load(net_0_1 + (j + 3)*16);
            v16 s4 = v_load(net_0_1 + (j + 4)*16);
            v16 s5 = v_load(net_0_1 + (j + 5)*16);
            v16 s6 = v_load(net_0_1 + (j + 6)*16);
            v16 s7 = v_load(net_0_1 + (j + 7)*16);
            const v16 sin3 = v_load(sin_ + c);
            s0 = v_fma(v_splat(theta[j*6 + 2]), sin3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), sin3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), sin3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), sin3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), sin3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), sin3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), sin3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), sin3, s7);
            const v16 sin4 = v_load(sin_ + (c + 128));
            s0 = v_fma(v_splat(theta[j*6 + 3]), sin4, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), sin4, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), sin4, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), sin4, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), sin4, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), sin4, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), sin4, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), sin4, s7);
            real row[128] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            v_store(row + 80, s5);
            v_store(row + 96, s6);
            v_store(row + 112, s7);
            ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 add = v_add(v_load(net_0 + (j + u)*16), sum);
                const v16 add1 = v_add(add, v_splat(theta[j + u + 96]));
                const v16 tanh_ = v_tanh(add1);
                v_store(net_1 + ((j + u)*128 + c), tanh_);
                const v16 neg1 = v_neg(tanh_);
                const v16 fma_ = v_fma(tanh_, neg1, v_splat(1.0f));
                const v16 mul3 = v_mul(v_load(net_2 + (j + u)*16), fma_);
                v_store(net_1_1 + ((j + u)*128 + c), mul3);
                const v16 mul4 = v_mul(v_load(v + c), mul3);
                v_store(net_0_2 + ((j + u)*128 + c), mul4);
                const v16 mul5 = v_mul(v_splat(theta[(j + u)*6 + 1]), mul3);
                v_store(net_0_3 + (j + u)*16, mul5);
                const v16 mul6 = v_mul(v_load(x1 + c), mul3);
                v_store(net_0_4 + ((j + u)*128 + c), mul6);
                const v16 mul7 = v_mul(v_splat(theta[(j + u)*6]), mul3);
                v_store(net_0_5 + (j + u)*16, mul7);
            }
        }
        /* net.0 */
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 16; k++) {
            const v16 mul3 = v_load(net_1_1 + (k*128 + c));
            s0 = v_fma(v_splat(theta[k*6 + 4]), mul3, s0);
            s1 = v_fma(v_splat(theta[k*6 + 5]), mul3, s1);
        }
        const v16 neg1 = v_neg(s0);
        v_store(neg, neg1);
        const v16 neg2 = v_neg(s1);
        v_store(neg + 16, neg2);
        /* net.0 */
        v16 s0_1 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 16; k++) {
            const v16 mul3 = v_load(net_1_1 + (k*128 + c));
            s0_1 = v_fma(v_splat(theta[k*6 + 2]), mul3, s0_1);
            s1_1 = v_fma(v_splat(theta[k*6 + 3]), mul3, s1_1);
        }
        const v16 mul3 = v_mul(v_load(cos_ + c), s0_1);
        const v16 fma_ = v_fma(v_load(sin_ + c), v_load(neg), mul3);
        const v16 mul4 = v_mul(v_splat(pack[0]), fma_);
        v_store(mul, mul4);
        const v16 mul5 = v_mul(v_load(cos_ + (c + 128)), s1_1);
        const v16 fma1 = v_fma(v_load(sin_ + (c + 128)), v_load(neg + 16), mul5);
        const v16 mul6 = v_mul(v_splat(pack[1]), fma1);
        v_store(mul + 16, mul6);
        /* net.0 */
        v16 s0_2 = v_load(a_dx + c);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0_2 = v_add(s0_2, v_load(net_0_3 + j*16));
        }
        v_store(v_bar_ + c, s0_2);
        /* net.0 */
        v16 s0_3 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0_3 = v_add(s0_3, v_load(net_0_5 + j*16));
        }
        v_store(x_bar + c, s0_3);
        v16 s0_4 = v_splat(0.0f);
        s0_4 = v_add(s0_4, v_load(mul));
        s0_4 = v_add(s0_4, v_load(mul + 16));
        v_store(t_bar + c, s0_4);
    }
    /* net.2: sum over samples */
    v16 s0 = v_load(sums + 2048);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(a_dv + c));
    }
    v_store(sums + 2048, s0);
    /* net.2: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 8) {
        v16 s0_1 = v_load(sums + (i + 112)*16);
        v16 s1 = v_load(sums + (i + 113)*16);
        v16 s2 = v_load(sums + (i + 114)*16);
        v16 s3 = v_load(sums + (i + 115)*16);
        v16 s4 = v_load(sums + (i + 116)*16);
        v16 s5 = v_load(sums + (i + 117)*16);
        v16 s6 = v_load(sums + (i + 118)*16);
        v16 s7 = v_load(sums + (i + 119)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 a_dv1 = v_load(a_dv + c);
            s0_1 = v_fma(a_dv1, v_load(net_1 + (i*128 + c)), s0_1);
            s1 = v_fma(a_dv1, v_load(net_1 + ((i + 1)*128 + c)), s1);
            s2 = v_fma(a_dv1, v_load(net_1 + ((i + 2)*128 + c)), s2);
            s3 = v_fma(a_dv1, v_load(net_1 + ((i + 3)*128 + c)), s3);
            s4 = v_fma(a_dv1, v_load(net_1 + ((i + 4)*128 + c)), s4);
            s5 = v_fma(a_dv1, v_load(net_1 + ((i + 5)*128 + c)), s5);
            s6 = v_fma(a_dv1, v_load(net_1 + ((i + 6)*128 + c)), s6);
            s7 = v_fma(a_dv1, v_load(net_1 + ((i + 7)*128 + c)), s7);
        }
        v_store(sums + (i + 112)*16, s0_1);
        v_store(sums + (i + 113)*16, s1);
        v_store(sums + (i + 114)*16, s2);
        v_store(sums + (i + 115)*16, s3);
        v_store(sums + (i + 116)*16, s4);
        v_store(sums + (i + 117)*16, s5);
        v_store(sums + (i + 118)*16, s6);
        v_store(sums + (i + 119)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 8) {
        v16 s0_1 = v_load(sums + (i + 96)*16);
        v16 s1 = v_load(sums + (i + 97)*16);
        v16 s2 = v_load(sums + (i + 98)*16);
        v16 s3 = v_load(sums + (i + 99)*16);
        v16 s4 = v_load(sums + (i + 100)*16);
        v16 s5 = v_load(sums + (i + 101)*16);
        v16 s6 = v_load(sums + (i + 102)*16);
        v16 s7 = v_load(sums + (i + 103)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            s0_1 = v_add(s0_1, v_load(net_1_1 + (i*128 + c)));
            s1 = v_add(s1, v_load(net_1_1 + ((i + 1)*128 + c)));
            s2 = v_add(s2, v_load(net_1_1 + ((i + 2)*128 + c)));
            s3 = v_add(s3, v_load(net_1_1 + ((i + 3)*128 + c)));
            s4 = v_add(s4, v_load(net_1_1 + ((i + 4)*128 + c)));
            s5 = v_add(s5, v_load(net_1_1 + ((i + 5)*128 + c)));
            s6 = v_add(s6, v_load(net_1_1 + ((i + 6)*128 + c)));
            s7 = v_add(s7, v_load(net_1_1 + ((i + 7)*128 + c)));
        }
        v_store(sums + (i + 96)*16, s0_1);
        v_store(sums + (i + 97)*16, s1);
        v_store(sums + (i + 98)*16, s2);
        v_store(sums + (i + 99)*16, s3);
        v_store(sums + (i + 100)*16, s4);
        v_store(sums + (i + 101)*16, s5);
        v_store(sums + (i + 102)*16, s6);
        v_store(sums + (i + 103)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            v_store(net_0_6 + (i*6 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(net_0_6 + (i*6 + 4)*16, v_fma(v_load(net_1_1 + (i*128 + c)), v_load(cos_ + c),
                v_load(net_0_6 + (i*6 + 4)*16)));
            v_store(net_0_6 + (i*6 + 5)*16, v_fma(v_load(net_1_1 + (i*128 + c)),
                v_load(cos_ + (c + 128)), v_load(net_0_6 + (i*6 + 5)*16)));
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            v_store(net_0_7 + (i*6 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(net_0_7 + (i*6 + 2)*16, v_fma(v_load(net_1_1 + (i*128 + c)), v_load(sin_ + c),
                v_load(net_0_7 + (i*6 + 2)*16)));
            v_store(net_0_7 + (i*6 + 3)*16, v_fma(v_load(net_1_1 + (i*128 + c)),
                v_load(sin_ + (c + 128)), v_load(net_0_7 + (i*6 + 3)*16)));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            const v16 add = v_add(v_load(net_0_6 + (i*6 + j)*16), v_load(net_0_7 + (i*6 + j)*16));
            v_store(net_0_8 + (i*6 + j)*16, add);
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            v_store(net_0_9 + (i*6 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(net_0_9 + (i*6 + 1)*16, v_add(v_load(net_0_9 + (i*6 + 1)*16),
                v_load(net_0_2 + (i*128 + c))));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            const v16 add = v_add(v_load(net_0_8 + (i*6 + j)*16), v_load(net_0_9 + (i*6 + j)*16));
            v_store(net_0_10 + (i*6 + j)*16, add);
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            v_store(net_0_11 + (i*6 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(net_0_11 + i*96, v_add(v_load(net_0_11 + i*96), v_load(net_0_4 + (i*128 + c))));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 6; j++) {
            const v16 add = v_add(v_load(net_0_10 + (i*6 + j)*16), v_load(net_0_11 + (i*6 + j)*16));
            v_store(sums + (i*6 + j)*16, v_add(v_load(sums + (i*6 + j)*16), add));
        }
    }
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(v_bar_ + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void pushed_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 129);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*2064;
                real *const from = sums + (b + reach)*2064;
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

typedef struct pushed_vjp_batch_args {
    real *sums;
    ptrdiff_t blocks;
    real *g_theta;
} pushed_vjp_batch_args;

static void pushed_vjp_batch_task(void *args, size_t task)
{
    const pushed_vjp_batch_args *const a = (const pushed_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    pushed_vjp_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void pushed_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    const ptrdiff_t areas = blocks*2064 + 16;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pushed_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work + 16;
        {
            pushed_vjp_batch_args args = { sums, blocks, atheta };
            each(parallel, (size_t)3, pushed_vjp_batch_task, &args);
        }
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void pushed_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    real t1[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(x1 + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(v + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(x1 + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(v + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = pushed_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = pushed_steps(begin, end, h_max, steps, max_steps);
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
            const real value = begin;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(t1 + c, p_splat(value));
            }
            const real value1 = h1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value1));
            }
            const real value2 = (real)n1;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value2));
            }
            most = n1;
        } else {
            const real value = t[first*t_stride + (i - 1)];
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(t1 + c, p_splat(value));
            }
            const real value1 = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(h + c, p_splat(value1));
            }
            const real value2 = 0.0f;
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                p_store(n + c, p_splat(value2));
            }
            ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                const real begin = t[(first + b1)*t_stride + (i - 1)];
                const real end = t[(first + b1)*t_stride + i];
                const ptrdiff_t n1 = pushed_steps(begin, end, h_max, steps, max_steps);
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
                t1[b1] = begin;
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
            real sin_[32] ALIGNED;
            real cos_[32] ALIGNED;
            real net_0[256] ALIGNED;
            real net_0_1[256] ALIGNED;
            real net_1[256] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                const v16 sub = v_sub(v_load(n + c), v_splat(1.0f));
                const v16 min = v_min(v_load(s + c), sub);
                const v16 fma2 = v_fma(min, v_load(h + c), v_load(t1 + c));
                v_store(fma_, fma2);
                const v16 fma3 = v_fma(v_load(v + c), v_load(h + c), v_load(x1 + c));
                v_store(fma1, fma3);
                const v16 mul = v_mul(v_splat(pack[0]), v_load(fma_));
                const v16 sin1 = v_sin(mul);
                v_store(sin_, sin1);
                const v16 cos1 = v_cos(mul);
                v_store(cos_, cos1);
                const v16 mul1 = v_mul(v_splat(pack[1]), v_load(fma_));
                const v16 sin2 = v_sin(mul1);
                v_store(sin_ + 16, sin2);
                const v16 cos2 = v_cos(mul1);
                v_store(cos_ + 16, cos2);
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    const v16 mul2 = v_mul(v_splat(theta[i1*6]), v_load(x1 + c));
                    const v16 fma4 = v_fma(v_splat(theta[i1*6 + 1]), v_load(v + c), mul2);
                    v_store(net_0 + i1*16, fma4);
                }
                /* net.0 */
                ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                    v16 s0 = v_splat(0.0f);
                    v16 s1_1 = v_splat(0.0f);
                    v16 s2 = v_splat(0.0f);
                    v16 s3 = v_splat(0.0f);
                    v16 s4 = v_splat(0.0f);
                    v16 s5 = v_splat(0.0f);
                    v16 s6 = v_splat(0.0f);
                    v16 s7 = v_splat(0.0f);
                    const v16 cos3 = v_load(cos_);
                    s0 = v_fma(v_splat(theta[j*6 + 4]), cos3, s0);
                    s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), cos3, s1_1);
                    s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), cos3, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), cos3, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), cos3, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), cos3, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), cos3, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), cos3, s7);
                    const v16 cos4 = v_load(cos_ + 16);
                    s0 = v_fma(v_splat(theta[j*6 + 5]), cos4, s0);
                    s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), cos4, s1_1);
                    s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), cos4, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), cos4, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), cos4, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), cos4, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), cos4, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), cos4, s7);
                    v_store(net_0_1 + j*16, s0);
                    v_store(net_0_1 + (j + 1)*16, s1_1);
                    v_store(net_0_1 + (j + 2)*16, s2);
                    v_store(net_0_1 + (j + 3)*16, s3);
                    v_store(net_0_1 + (j + 4)*16, s4);
                    v_store(net_0_1 + (j + 5)*16, s5);
                    v_store(net_0_1 + (j + 6)*16, s6);
                    v_store(net_0_1 + (j + 7)*16, s7);
                }
                /* net.0 */
                ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                    v16 s0 = v_load(net_0_1 + j*16);
                    v16 s1_1 = v_load(net_0_1 + (j + 1)*16);
                    v16 s2 = v_load(net_0_1 + (j + 2)*16);
                    v16 s3 = v_load(net_0_1 + (j + 3)*16);
                    v16 s4 = v_load(net_0_1 + (j + 4)*16);
                    v16 s5 = v_load(net_0_1 + (j + 5)*16);
                    v16 s6 = v_load(net_0_1 + (j + 6)*16);
                    v16 s7 = v_load(net_0_1 + (j + 7)*16);
                    const v16 sin3 = v_load(sin_);
                    s0 = v_fma(v_splat(theta[j*6 + 2]), sin3, s0);
                    s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), sin3, s1_1);
                    s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), sin3, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), sin3, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), sin3, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), sin3, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), sin3, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), sin3, s7);
                    const v16 sin4 = v_load(sin_ + 16);
                    s0 = v_fma(v_splat(theta[j*6 + 3]), sin4, s0);
                    s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), sin4, s1_1);
                    s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), sin4, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), sin4, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), sin4, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), sin4, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), sin4, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), sin4, s7);
                    real row[128] ALIGNED;
                    v_store(row, s0);
                    v_store(row + 16, s1_1);
                    v_store(row + 32, s2);
                    v_store(row + 48, s3);
                    v_store(row + 64, s4);
                    v_store(row + 80, s5);
                    v_store(row + 96, s6);
                    v_store(row + 112, s7);
                    ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                        const v16 sum = v_load(row + u*16);
                        const v16 add = v_add(v_load(net_0 + (j + u)*16), sum);
                        const v16 add1 = v_add(add, v_splat(theta[j + u + 96]));
                        const v16 tanh_ = v_tanh(add1);
                        v_store(net_1 + (j + u)*16, tanh_);
                    }
                }
                /* net.2 */
                v16 s0 = v_splat(theta[128]);
                ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                    s0 = v_fma(v_splat(theta[j + 112]), v_load(net_1 + j*16), s0);
                }
                v_store(fma_, s0);
                const v16 fma4 = v_fma(v_load(h + c), v_load(fma_), v_load(v + c));
                v_store(sin_, fma4);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(x1 + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(sin_),
                    v_load(v + c));
                v_store(x1 + c, select);
                v_store(v + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(x1 + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(v + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(x1 + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(v + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = pushed_find(x, (i*batch + first)*2, count*2);
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

static void pushed_solve_batch_task(void *args, size_t task)
{
    const pushed_solve_latency_args *const a = (const pushed_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pushed_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int pushed_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    const ptrdiff_t areas = 16;
    {
        pushed_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 272 };
        each(parallel, (size_t)blocks, pushed_solve_batch_task, &args);
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
static NOINLINE void pushed_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + (b*2064 + 16);
    ROLL for (ptrdiff_t i = 0; i < 2064; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
    real x_bar[128] ALIGNED;
    real v_bar_[128] ALIGNED;
    real x_jump[128] ALIGNED;
    real v_jump_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(x_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(v_bar_ + c, p_splat(0.0f));
    }
    real t1[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[128] ALIGNED;
    real v_slope_[128] ALIGNED;
    real x_first_slope[128] ALIGNED;
    real v_first_slope_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(x_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(v_first_slope_ + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(v_jump_ + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(x_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(v_jump_ + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(v_jump_ + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
                const reg add1 = p_add(p_read(v_bar_ + c), p_read(v_jump_ + c));
                p_store(x_bar + c, add);
                p_store(v_bar_ + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x1 + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(v + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = pushed_steps(begin, end, h_max, steps, max_steps);
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
                const real value = begin;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(t1 + c, p_splat(value));
                }
                const real value1 = h1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value1));
                }
                const real value2 = (real)n1;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value2));
                }
                most = n1;
            } else {
                const real value = t[first*t_stride + i];
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(t1 + c, p_splat(value));
                }
                const real value1 = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(h + c, p_splat(value1));
                }
                const real value2 = 0.0f;
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    p_store(n + c, p_splat(value2));
                }
                ROLL for (ptrdiff_t b1 = 0; b1 < count; b1++) {
                    const real begin = t[(first + b1)*t_stride + i];
                    const real end = t[(first + b1)*t_stride + (i - 1)];
                    const ptrdiff_t n1 = pushed_steps(begin, end, h_max, steps, max_steps);
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
                    t1[b1] = begin;
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
                real fma_[16] ALIGNED;
                real select[16] ALIGNED;
                real select1[16] ALIGNED;
                real neg[16] ALIGNED;
                real mul[128] ALIGNED;
                real fma1[16] ALIGNED;
                real sin_[256] ALIGNED;
                real cos_[256] ALIGNED;
                real net_0[256] ALIGNED;
                real net_2[256] ALIGNED;
                real net_0_1[256] ALIGNED;
                real net_1[2048] ALIGNED;
                real net_1_1[2048] ALIGNED;
                real net_0_2[2048] ALIGNED;
                real net_0_3[256] ALIGNED;
                real net_0_4[2048] ALIGNED;
                real net_0_5[256] ALIGNED;
                real net_0_6[1536] ALIGNED;
                real net_0_7[1536] ALIGNED;
                real net_0_8[1536] ALIGNED;
                real fma2[16] ALIGNED;
                real add[16] ALIGNED;
                real net_0_9[1536] ALIGNED;
                real net_0_10[1536] ALIGNED;
                real net_0_11[1536] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 sub = v_sub(v_load(n + c), v_splat(1.0f));
                    const v16 min = v_min(v_load(s + c), sub);
                    const v16 fma3 = v_fma(min, v_load(h + c), v_load(t1 + c));
                    v_store(fma_, fma3);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    v_store(select, select2);
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(v_bar_ + c), v_splat(0.0f));
                    v_store(select1, select3);
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    const v16 mul1 = v_mul(select3, neg1);
                    v_store(mul + c, mul1);
                    const v16 fma4 = v_fma(v_load(v + c), v_load(h + c), v_load(x1 + c));
                    v_store(fma1, fma4);
                    v_store(x_slope + c, v_load(v + c));
                    const v16 mul2 = v_mul(v_splat(pack[0]), v_load(fma_));
                    const v16 sin1 = v_sin(mul2);
                    v_store(sin_ + c, sin1);
                    const v16 cos1 = v_cos(mul2);
                    v_store(cos_ + c, cos1);
                    const v16 mul3 = v_mul(v_splat(pack[1]), v_load(fma_));
                    const v16 sin2 = v_sin(mul3);
                    v_store(sin_ + (c + 128), sin2);
                    const v16 cos2 = v_cos(mul3);
                    v_store(cos_ + (c + 128), cos2);
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        const v16 mul4 = v_mul(v_splat(theta[i1*6]), v_load(x1 + c));
                        const v16 fma5 = v_fma(v_splat(theta[i1*6 + 1]), v_load(v + c), mul4);
                        v_store(net_0 + i1*16, fma5);
                        const v16 mul5 = v_mul(v_splat(theta[i1 + 112]), v_load(mul + c));
                        v_store(net_2 + i1*16, mul5);
                    }
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                        v16 s0 = v_splat(0.0f);
                        v16 s1_1 = v_splat(0.0f);
                        v16 s2 = v_splat(0.0f);
                        v16 s3 = v_splat(0.0f);
                        v16 s4 = v_splat(0.0f);
                        v16 s5 = v_splat(0.0f);
                        v16 s6 = v_splat(0.0f);
                        v16 s7 = v_splat(0.0f);
                        const v16 cos3 = v_load(cos_ + c);
                        s0 = v_fma(v_splat(theta[j*6 + 4]), cos3, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), cos3, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), cos3, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), cos3, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), cos3, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), cos3, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), cos3, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), cos3, s7);
                        const v16 cos4 = v_load(cos_ + (c + 128));
                        s0 = v_fma(v_splat(theta[j*6 + 5]), cos4, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), cos4, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), cos4, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), cos4, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), cos4, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), cos4, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), cos4, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), cos4, s7);
                        v_store(net_0_1 + j*16, s0);
                        v_store(net_0_1 + (j + 1)*16, s1_1);
                        v_store(net_0_1 + (j + 2)*16, s2);
                        v_store(net_0_1 + (j + 3)*16, s3);
                        v_store(net_0_1 + (j + 4)*16, s4);
                        v_store(net_0_1 + (j + 5)*16, s5);
                        v_store(net_0_1 + (j + 6)*16, s6);
                        v_store(net_0_1 + (j + 7)*16, s7);
                    }
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                        v16 s0 = v_load(net_0_1 + j*16);
                        v16 s1_1 = v_load(net_0_1 + (j + 1)*16);
                        v16 s2 = v_load(net_0_1 + (j + 2)*16);
                        v16 s3 = v_load(net_0_1 + (j + 3)*16);
                        v16 s4 = v_load(net_0_1 + (j + 4)*16);
                        v16 s5 = v_load(net_0_1 + (j + 5)*16);
                        v16 s6 = v_load(net_0_1 + (j + 6)*16);
                        v16 s7 = v_load(net_0_1 + (j + 7)*16);
                        const v16 sin3 = v_load(sin_ + c);
                        s0 = v_fma(v_splat(theta[j*6 + 2]), sin3, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), sin3, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), sin3, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), sin3, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), sin3, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), sin3, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), sin3, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), sin3, s7);
                        const v16 sin4 = v_load(sin_ + (c + 128));
                        s0 = v_fma(v_splat(theta[j*6 + 3]), sin4, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), sin4, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), sin4, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), sin4, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), sin4, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), sin4, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), sin4, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), sin4, s7);
                        real row[128] ALIGNED;
                        v_store(row, s0);
                        v_store(row + 16, s1_1);
                        v_store(row + 32, s2);
                        v_store(row + 48, s3);
                        v_store(row + 64, s4);
                        v_store(row + 80, s5);
                        v_store(row + 96, s6);
                        v_store(row + 112, s7);
                        ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                            const v16 sum = v_load(row + u*16);
                            const v16 add1 = v_add(v_load(net_0 + (j + u)*16), sum);
                            const v16 add2 = v_add(add1, v_splat(theta[j + u + 96]));
                            const v16 tanh_ = v_tanh(add2);
                            v_store(net_1 + ((j + u)*128 + c), tanh_);
                            const v16 neg2 = v_neg(tanh_);
                            const v16 fma5 = v_fma(tanh_, neg2, v_splat(1.0f));
                            const v16 mul4 = v_mul(v_load(net_2 + (j + u)*16), fma5);
                            v_store(net_1_1 + ((j + u)*128 + c), mul4);
                            const v16 mul5 = v_mul(v_load(v + c), mul4);
                            v_store(net_0_2 + ((j + u)*128 + c), mul5);
                            const v16 mul6 = v_mul(v_splat(theta[(j + u)*6 + 1]), mul4);
                            v_store(net_0_3 + (j + u)*16, mul6);
                            const v16 mul7 = v_mul(v_load(x1 + c), mul4);
                            v_store(net_0_4 + ((j + u)*128 + c), mul7);
                            const v16 mul8 = v_mul(v_splat(theta[(j + u)*6]), mul4);
                            v_store(net_0_5 + (j + u)*16, mul8);
                        }
                    }
                    /* net.2 */
                    v16 s0 = v_splat(theta[128]);
                    ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                        s0 = v_fma(v_splat(theta[j + 112]), v_load(net_1 + (j*128 + c)), s0);
                    }
                    v_store(fma_, s0);
                    /* net.0 */
                    v16 s0_1 = v_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                        s0_1 = v_add(s0_1, v_load(net_0_3 + j*16));
                    }
                    const v16 fma5 = v_fma(v_load(select), v_load(neg), s0_1);
                    const v16 fma6 = v_fma(v_load(h + c), v_load(fma_), v_load(v + c));
                    v_store(fma2, fma6);
                    const v16 add1 = v_add(v_load(select1), fma5);
                    v_store(add, add1);
                    v_store(v_slope_ + c, v_load(fma_));
                    /* net.0 */
                    v16 s0_2 = v_load(select);
                    ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                        s0_2 = v_add(s0_2, v_load(net_0_5 + j*16));
                    }
                    v_store(fma_, s0_2);
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                        v_load(x1 + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                        v_load(x_bar + c));
                    const v16 select6 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma2),
                        v_load(v + c));
                    const v16 select7 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add),
                        v_load(v_bar_ + c));
                    v_store(x1 + c, select4);
                    v_store(x_bar + c, select5);
                    v_store(v + c, select6);
                    v_store(v_bar_ + c, select7);
                }
                /* net.2: sum over samples */
                v16 s0 = v_load(sums + 2048);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums + 2048, s0);
                /* net.2: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 112)*16);
                    v16 s1_1 = v_load(sums + (i1 + 113)*16);
                    v16 s2 = v_load(sums + (i1 + 114)*16);
                    v16 s3 = v_load(sums + (i1 + 115)*16);
                    v16 s4 = v_load(sums + (i1 + 116)*16);
                    v16 s5 = v_load(sums + (i1 + 117)*16);
                    v16 s6 = v_load(sums + (i1 + 118)*16);
                    v16 s7 = v_load(sums + (i1 + 119)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        const v16 mul1 = v_load(mul + c);
                        s0_1 = v_fma(mul1, v_load(net_1 + (i1*128 + c)), s0_1);
                        s1_1 = v_fma(mul1, v_load(net_1 + ((i1 + 1)*128 + c)), s1_1);
                        s2 = v_fma(mul1, v_load(net_1 + ((i1 + 2)*128 + c)), s2);
                        s3 = v_fma(mul1, v_load(net_1 + ((i1 + 3)*128 + c)), s3);
                        s4 = v_fma(mul1, v_load(net_1 + ((i1 + 4)*128 + c)), s4);
                        s5 = v_fma(mul1, v_load(net_1 + ((i1 + 5)*128 + c)), s5);
                        s6 = v_fma(mul1, v_load(net_1 + ((i1 + 6)*128 + c)), s6);
                        s7 = v_fma(mul1, v_load(net_1 + ((i1 + 7)*128 + c)), s7);
                    }
                    v_store(sums + (i1 + 112)*16, s0_1);
                    v_store(sums + (i1 + 113)*16, s1_1);
                    v_store(sums + (i1 + 114)*16, s2);
                    v_store(sums + (i1 + 115)*16, s3);
                    v_store(sums + (i1 + 116)*16, s4);
                    v_store(sums + (i1 + 117)*16, s5);
                    v_store(sums + (i1 + 118)*16, s6);
                    v_store(sums + (i1 + 119)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 96)*16);
                    v16 s1_1 = v_load(sums + (i1 + 97)*16);
                    v16 s2 = v_load(sums + (i1 + 98)*16);
                    v16 s3 = v_load(sums + (i1 + 99)*16);
                    v16 s4 = v_load(sums + (i1 + 100)*16);
                    v16 s5 = v_load(sums + (i1 + 101)*16);
                    v16 s6 = v_load(sums + (i1 + 102)*16);
                    v16 s7 = v_load(sums + (i1 + 103)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        s0_1 = v_add(s0_1, v_load(net_1_1 + (i1*128 + c)));
                        s1_1 = v_add(s1_1, v_load(net_1_1 + ((i1 + 1)*128 + c)));
                        s2 = v_add(s2, v_load(net_1_1 + ((i1 + 2)*128 + c)));
                        s3 = v_add(s3, v_load(net_1_1 + ((i1 + 3)*128 + c)));
                        s4 = v_add(s4, v_load(net_1_1 + ((i1 + 4)*128 + c)));
                        s5 = v_add(s5, v_load(net_1_1 + ((i1 + 5)*128 + c)));
                        s6 = v_add(s6, v_load(net_1_1 + ((i1 + 6)*128 + c)));
                        s7 = v_add(s7, v_load(net_1_1 + ((i1 + 7)*128 + c)));
                    }
                    v_store(sums + (i1 + 96)*16, s0_1);
                    v_store(sums + (i1 + 97)*16, s1_1);
                    v_store(sums + (i1 + 98)*16, s2);
                    v_store(sums + (i1 + 99)*16, s3);
                    v_store(sums + (i1 + 100)*16, s4);
                    v_store(sums + (i1 + 101)*16, s5);
                    v_store(sums + (i1 + 102)*16, s6);
                    v_store(sums + (i1 + 103)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        v_store(net_0_6 + (i1*6 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        v_store(net_0_6 + (i1*6 + 4)*16, v_fma(v_load(net_1_1 + (i1*128 + c)),
                            v_load(cos_ + c), v_load(net_0_6 + (i1*6 + 4)*16)));
                        v_store(net_0_6 + (i1*6 + 5)*16, v_fma(v_load(net_1_1 + (i1*128 + c)),
                            v_load(cos_ + (c + 128)), v_load(net_0_6 + (i1*6 + 5)*16)));
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        v_store(net_0_7 + (i1*6 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        v_store(net_0_7 + (i1*6 + 2)*16, v_fma(v_load(net_1_1 + (i1*128 + c)),
                            v_load(sin_ + c), v_load(net_0_7 + (i1*6 + 2)*16)));
                        v_store(net_0_7 + (i1*6 + 3)*16, v_fma(v_load(net_1_1 + (i1*128 + c)),
                            v_load(sin_ + (c + 128)), v_load(net_0_7 + (i1*6 + 3)*16)));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        const v16 add1 = v_add(v_load(net_0_6 + (i1*6 + j)*16),
                            v_load(net_0_7 + (i1*6 + j)*16));
                        v_store(net_0_8 + (i1*6 + j)*16, add1);
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        v_store(net_0_9 + (i1*6 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        v_store(net_0_9 + (i1*6 + 1)*16, v_add(v_load(net_0_9 + (i1*6 + 1)*16),
                            v_load(net_0_2 + (i1*128 + c))));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        const v16 add1 = v_add(v_load(net_0_8 + (i1*6 + j)*16),
                            v_load(net_0_9 + (i1*6 + j)*16));
                        v_store(net_0_10 + (i1*6 + j)*16, add1);
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        v_store(net_0_11 + (i1*6 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        v_store(net_0_11 + i1*96, v_add(v_load(net_0_11 + i1*96),
                            v_load(net_0_4 + (i1*128 + c))));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 6; j++) {
                        const v16 add1 = v_add(v_load(net_0_10 + (i1*6 + j)*16),
                            v_load(net_0_11 + (i1*6 + j)*16));
                        v_store(sums + (i1*6 + j)*16, v_add(v_load(sums + (i1*6 + j)*16), add1));
                    }
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(x_first_slope + c, p_read(x_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(v_first_slope_ + c, p_read(v_slope_ + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(x_jump + c), p_read(x_first_slope + c));
                    const reg fma_ = p_fma(p_read(v_jump_ + c), p_read(v_first_slope_ + c), mul);
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
                zero = v_fma(v_load(x_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(v_bar_ + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(x_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(v_bar_ + c));
                }
                const ptrdiff_t at = pushed_find(work, area + 16, count*2);
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
            v_store(x1 + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(t1 + c, v_gather(t + (first*t_stride + c*t_stride), t_stride, count - c));
        }
        real sin_[32] ALIGNED;
        real cos_[32] ALIGNED;
        real net_0[256] ALIGNED;
        real net_0_1[256] ALIGNED;
        real net_1[256] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 mul = v_mul(v_splat(pack[2]), v_load(t1 + c));
            const v16 sin1 = v_sin(mul);
            v_store(sin_, sin1);
            const v16 cos1 = v_cos(mul);
            v_store(cos_, cos1);
            const v16 mul1 = v_mul(v_splat(pack[3]), v_load(t1 + c));
            const v16 sin2 = v_sin(mul1);
            v_store(sin_ + 16, sin2);
            const v16 cos2 = v_cos(mul1);
            v_store(cos_ + 16, cos2);
            ROLL for (ptrdiff_t i = 0; i < 16; i++) {
                const v16 mul2 = v_mul(v_splat(theta[i*6]), v_load(x1 + c));
                const v16 fma_ = v_fma(v_splat(theta[i*6 + 1]), v_load(v + c), mul2);
                v_store(net_0 + i*16, fma_);
            }
            /* net.0 */
            ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                v16 s0 = v_splat(0.0f);
                v16 s1 = v_splat(0.0f);
                v16 s2 = v_splat(0.0f);
                v16 s3 = v_splat(0.0f);
                v16 s4 = v_splat(0.0f);
                v16 s5 = v_splat(0.0f);
                v16 s6 = v_splat(0.0f);
                v16 s7 = v_splat(0.0f);
                const v16 cos3 = v_load(cos_);
                s0 = v_fma(v_splat(theta[j*6 + 4]), cos3, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*6 + 4]), cos3, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*6 + 4]), cos3, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*6 + 4]), cos3, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*6 + 4]), cos3, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*6 + 4]), cos3, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*6 + 4]), cos3, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*6 + 4]), cos3, s7);
                const v16 cos4 = v_load(cos_ + 16);
                s0 = v_fma(v_splat(theta[j*6 + 5]), cos4, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*6 + 5]), cos4, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*6 + 5]), cos4, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*6 + 5]), cos4, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*6 + 5]), cos4, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*6 + 5]), cos4, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*6 + 5]), cos4, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*6 + 5]), cos4, s7);
                v_store(net_0_1 + j*16, s0);
                v_store(net_0_1 + (j + 1)*16, s1);
                v_store(net_0_1 + (j + 2)*16, s2);
                v_store(net_0_1 + (j + 3)*16, s3);
                v_store(net_0_1 + (j + 4)*16, s4);
                v_store(net_0_1 + (j + 5)*16, s5);
                v_store(net_0_1 + (j + 6)*16, s6);
                v_store(net_0_1 + (j + 7)*16, s7);
            }
            /* net.0 */
            ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                v16 s0 = v_load(net_0_1 + j*16);
                v16 s1 = v_load(net_0_1 + (j + 1)*16);
                v16 s2 = v_load(net_0_1 + (j + 2)*16);
                v16 s3 = v_load(net_0_1 + (j + 3)*16);
                v16 s4 = v_load(net_0_1 + (j + 4)*16);
                v16 s5 = v_load(net_0_1 + (j + 5)*16);
                v16 s6 = v_load(net_0_1 + (j + 6)*16);
                v16 s7 = v_load(net_0_1 + (j + 7)*16);
                const v16 sin3 = v_load(sin_);
                s0 = v_fma(v_splat(theta[j*6 + 2]), sin3, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*6 + 2]), sin3, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*6 + 2]), sin3, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*6 + 2]), sin3, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*6 + 2]), sin3, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*6 + 2]), sin3, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*6 + 2]), sin3, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*6 + 2]), sin3, s7);
                const v16 sin4 = v_load(sin_ + 16);
                s0 = v_fma(v_splat(theta[j*6 + 3]), sin4, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*6 + 3]), sin4, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*6 + 3]), sin4, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*6 + 3]), sin4, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*6 + 3]), sin4, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*6 + 3]), sin4, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*6 + 3]), sin4, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*6 + 3]), sin4, s7);
                real row[128] ALIGNED;
                v_store(row, s0);
                v_store(row + 16, s1);
                v_store(row + 32, s2);
                v_store(row + 48, s3);
                v_store(row + 64, s4);
                v_store(row + 80, s5);
                v_store(row + 96, s6);
                v_store(row + 112, s7);
                ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                    const v16 sum = v_load(row + u*16);
                    const v16 add = v_add(v_load(net_0 + (j + u)*16), sum);
                    const v16 add1 = v_add(add, v_splat(theta[j + u + 96]));
                    const v16 tanh_ = v_tanh(add1);
                    v_store(net_1 + (j + u)*16, tanh_);
                }
            }
            /* net.2 */
            v16 s0 = v_splat(theta[128]);
            ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                s0 = v_fma(v_splat(theta[j + 112]), v_load(net_1 + j*16), s0);
            }
            v_store(sin_, s0);
            v_store(x_first_slope + c, v_load(v + c));
            v_store(v_first_slope_ + c, v_load(sin_));
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(x_bar + c), p_read(x_first_slope + c));
            const reg fma_ = p_fma(p_read(v_bar_ + c), p_read(v_first_slope_ + c), mul);
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
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v_jump_ + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(x_jump + c),
            v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(v_jump_ + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(v_jump_ + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
        const reg add1 = p_add(p_read(v_bar_ + c), p_read(v_jump_ + c));
        p_store(x_bar + c, add);
        p_store(v_bar_ + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(x_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(v_bar_ + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(v_bar_ + c));
        }
        const ptrdiff_t at = pushed_find(work, area + 16, count*2);
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
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(v_bar_ + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void pushed_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 129);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*2064;
                real *const from = sums + (b + reach)*2064;
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

static void pushed_gradient_batch_task(void *args, size_t task)
{
    const pushed_gradient_latency_args *const a = (const pushed_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pushed_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

static void pushed_gradient_batch_task2(void *args, size_t task)
{
    const pushed_vjp_batch_args *const a = (const pushed_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    pushed_gradient_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int pushed_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.2f;
    pack[1] = 2.4f;
    pack[2] = 1.2f;
    pack[3] = 2.4f;
    const ptrdiff_t areas = blocks*2064 + 16;
    const ptrdiff_t dt = areas + blocks*272;
    {
        pushed_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 272, dt };
        each(parallel, (size_t)blocks, pushed_gradient_batch_task, &args);
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
        {
            pushed_vjp_batch_args args = { sums, blocks, g_theta };
            each(parallel, (size_t)3, pushed_gradient_batch_task2, &args);
        }
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

const char *forced_message(int status)
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

/* ---- Duffing ---- */

const nodec_param *forced_duffing_params(void)
{
    static const nodec_param row[] = {
        { "stiffness", 0, 1, 0, { 0, 0, 0, 0 }, 0 },
        { "cubic", 1, 1, 0, { 0, 0, 0, 0 }, 0 },
        { "damping", 2, 1, 0, { 0, 0, 0, 0 }, 1 },
    };
    return row;
}

nodec_options forced_duffing_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void forced_duffing_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_fill(theta + 0, 1, 1.0f);
    init_fill(theta + 1, 1, 0.2f);
    init_fill(theta + 2, 1, 0.15f);
}

size_t forced_duffing_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(192, size_mul(batch, size_add(80, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(320, times))));
}

int forced_duffing_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const forced_real *inputs, const real *theta, real *dx)
{
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !inputs || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        duffing_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, inputs, theta, dx);
    else
        duffing_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, inputs, theta, dx);
    return NODEC_OK;
}

int forced_duffing_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const forced_real *inputs, const real *theta, const real *a,
    real *ax, real *at, real *ainputs, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = forced_duffing_work(batch, 1);
    if (!batch || !need || !t || !x || !theta || !inputs || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        duffing_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, inputs, theta, a, ax, at,
            ainputs, atheta, aligned(work));
    else
        duffing_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, inputs, theta, a, ax, at,
            ainputs, atheta, aligned(work));
    return NODEC_OK;
}

int forced_duffing_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const forced_real *inputs, const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = forced_duffing_work(batch, 1);
    if (!batch || !need || !t || !x || !theta || !inputs || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    duffing_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, inputs, theta, vx, vt, vtheta,
        out, aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *forced_duffing_state_name(real index)
{
    if (index < 1) return "x";
    return "v";
}

int forced_duffing_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const forced_real *inputs, const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = forced_duffing_work(batch, times);
    nodec_options o = forced_duffing_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !inputs || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = duffing_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, inputs, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = duffing_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            inputs, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, forced_duffing_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int forced_duffing_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const forced_real *inputs, const real *theta, const real *g_x,
    real *g_x0, real *g_inputs, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = forced_duffing_work(batch, times);
    nodec_options o = forced_duffing_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !inputs || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = duffing_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, inputs, theta, g_x, g_x0, g_inputs, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = duffing_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, inputs, theta, g_x, g_x0, g_inputs, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, forced_duffing_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- Pushed(hidden = 16, harmonics = 2) ---- */

const nodec_param *forced_pushed_params(void)
{
    static const nodec_param row[] = {
        { "net.0.weight", 0, 96, 2, { 16, 6, 0, 0 }, 0 },
        { "net.0.bias", 96, 16, 1, { 16, 0, 0, 0 }, 0 },
        { "net.2.weight", 112, 16, 2, { 1, 16, 0, 0 }, 0 },
        { "net.2.bias", 128, 1, 1, { 1, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options forced_pushed_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void forced_pushed_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_uniform(seed, "net.0.weight", theta + 0, 96, -0.4082482904638631, 0.4082482904638631);
    init_uniform(seed, "net.0.bias", theta + 96, 16, -0.4082482904638631, 0.4082482904638631);
    init_uniform(seed, "net.2.weight", theta + 112, 16, -0.25, 0.25);
    init_uniform(seed, "net.2.bias", theta + 128, 1, -0.25, 0.25);
}

size_t forced_pushed_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(192, size_mul(batch, size_add(176, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(2336, times))));
}

int forced_pushed_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        pushed_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        pushed_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int forced_pushed_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = forced_pushed_work(batch, 1);
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        pushed_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        pushed_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work), NULL);
    return NODEC_OK;
}

int forced_pushed_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = forced_pushed_work(batch, 1);
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    pushed_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *forced_pushed_state_name(real index)
{
    if (index < 1) return "x";
    return "v";
}

int forced_pushed_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = forced_pushed_work(batch, times);
    nodec_options o = forced_pushed_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = pushed_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = pushed_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, forced_pushed_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int forced_pushed_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = forced_pushed_work(batch, times);
    nodec_options o = forced_pushed_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = pushed_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = pushed_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, forced_pushed_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

