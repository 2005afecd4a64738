/* pendulum.c, written by nodec from pendulum.node: Pendulum, Swing(hidden = 16), SecondOrder(n = 1, hidden = 32), Hamiltonian(n = 1, hidden = 32).
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "pendulum.h"

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

typedef pendulum_real real;

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

INLINE reg_mask p_lt(reg a, reg b) { return LT(a, b); }
INLINE reg p_select(reg_mask m, reg a, reg b) { return CHOOSE(m, a, b); }

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
static NOINLINE int pendulum_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int pendulum_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void pendulum_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real v_angle_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_angle_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_angle_ + c, p_splat(0.0f));
        }
    }
    real v_speed_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_speed_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_speed_ + c, p_splat(0.0f));
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
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real angle_dot[128] ALIGNED;
    real speed_dot[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 cos_ = v_cos(v_load(angle + c));
        const v16 mul = v_mul(v_load(v_angle_ + c), cos_);
        const v16 mul1 = v_mul(v_load(speed + c), v_splat(v[0]));
        const v16 fma_ = v_fma(v_load(v_speed_ + c), v_splat(theta[0]), mul1);
        const v16 neg = v_neg(fma_);
        const v16 fma1 = v_fma(v_splat(-9.81f), mul, neg);
        v_store(angle_dot + c, v_load(v_speed_ + c));
        v_store(speed_dot + c, fma1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(angle_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(speed_dot + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void pendulum_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            32);
    }
}

/* the initial states */
static NOINLINE void pendulum_start_scalar_block(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0, ptrdiff_t b)
{
    (void)batch, (void)given, (void)theta;
    real angle[1] ALIGNED;
    real speed[1] ALIGNED;
    angle[0] = 1.0f;
    speed[0] = 0.0f;
    x0[b*2] = angle[0];
    x0[b*2 + 1] = speed[0];
}

/* the initial states */
static NOINLINE void pendulum_start_scalar(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_start_scalar_block(batch, given, theta, x0, b);
    }
}

/* dx/dt */
static NOINLINE void pendulum_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride, (void)theta;
    real angle = 0.0f;
    real speed = 0.0f;
    angle = x[b*2];
    speed = x[b*2 + 1];
    real angle_dot = 0.0f;
    real speed_dot = 0.0f;
    const real *w = pack; FRESH(w)
    const real sin_ = r_sin(angle);
    const real mul = sin_*(-9.81f);
    const real c = w[16];
    const real fma_ = fmaf(speed, c, mul);
    const real leaf = speed;
    angle_dot = leaf;
    speed_dot = fma_;
    dx[b*2] = angle_dot;
    dx[b*2 + 1] = speed_dot;
}

/* dx/dt */
static NOINLINE void pendulum_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[32] ALIGNED;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void pendulum_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + b*16;
    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real angle = 0.0f;
    real speed = 0.0f;
    angle = x[b*2];
    speed = x[b*2 + 1];
    real a_dangle = 0.0f;
    a_dangle = a[b*2];
    real a_dspeed = 0.0f;
    a_dspeed = a[b*2 + 1];
    real angle_bar = 0.0f;
    real speed_bar = 0.0f;
    real t_bar = 0.0f;
    real *g = sums; FRESH(g)
    const real neg = -a_dspeed;
    const real c = theta[0];
    const real fma_ = fmaf(c, neg, a_dangle);
    const real mul = speed*neg;
    g[0] = g[0] + mul;
    const real mul1 = a_dspeed*(-9.81f);
    const real cos_ = r_cos(angle);
    const real mul2 = mul1*cos_;
    angle_bar = mul2;
    speed_bar = fma_;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = angle_bar;
        ax[b*2 + 1] = speed_bar;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void pendulum_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*16;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
                        const ptrdiff_t to = b*16 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*16))));
                    }
                }
                apart = apart*2;
            }
        }
        /* damping */
        atheta[0] = sums[0];
    }
}

/* observables at every time */
static NOINLINE void pendulum_observe_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    real *RESTRICT y, ptrdiff_t b)
{
    (void)t, (void)t_stride, (void)theta;
    real angle = 0.0f;
    real across = 0.0f;
    real height = 0.0f;
    ROLL for (ptrdiff_t i = 0; i < times; i++) {
        angle = x[(i*batch + b)*2];
        const real sin_ = r_sin(angle);
        const real cos_ = r_cos(angle);
        const real neg = -cos_;
        across = sin_;
        height = neg;
        y[(i*batch + b)*2] = across;
        y[(i*batch + b)*2 + 1] = height;
    }
}

/* observables at every time */
static NOINLINE void pendulum_observe_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    real *RESTRICT y)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_observe_latency_block(batch, times, t, t_stride, x, theta, y, b);
    }
}

/* x at every time, from x0 */
static NOINLINE void pendulum_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle = 0.0f;
    real speed = 0.0f;
    real h = 0.0f;
    angle = x0[b*2];
    speed = x0[b*2 + 1];
    x[b*2] = angle;
    x[b*2 + 1] = speed;
    const ptrdiff_t sound = 1 - (angle - angle != 0.0f);
    const ptrdiff_t sound1 = (1 - (speed - speed != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = pendulum_find(x, b*2, 2);
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
        const ptrdiff_t n = pendulum_steps(begin, end, h_max, steps, max_steps);
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
            const real sin_ = r_sin(angle);
            const real mul = sin_*(-9.81f);
            const real c = w[16];
            const real fma_ = fmaf(speed, c, mul);
            const real fma1 = fmaf(speed, h, angle);
            const real fma2 = fmaf(h, fma_, speed);
            angle = fma1;
            speed = fma2;
        }
        x[(i*batch + b)*2] = angle;
        x[(i*batch + b)*2 + 1] = speed;
        const ptrdiff_t sound2 = 1 - (angle - angle != 0.0f);
        const ptrdiff_t sound3 = (1 - (speed - speed != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = pendulum_find(x, (i*batch + b)*2, 2);
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

typedef struct pendulum_solve_latency_args {
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
} pendulum_solve_latency_args;

static void pendulum_solve_latency_task(void *args, size_t task)
{
    const pendulum_solve_latency_args *const a = (const pendulum_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pendulum_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int pendulum_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    const ptrdiff_t areas = 32;
    {
        pendulum_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, pendulum_solve_latency_task, &args);
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
static NOINLINE void pendulum_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*16 + 64);
    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle = 0.0f;
    real speed = 0.0f;
    real angle_bar = 0.0f;
    real speed_bar = 0.0f;
    real angle_jump = 0.0f;
    real speed_jump = 0.0f;
    angle_bar = 0.0f;
    speed_bar = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real angle_slope = 0.0f;
    real speed_slope = 0.0f;
    real angle_first_slope = 0.0f;
    real speed_first_slope = 0.0f;
    angle_first_slope = 0.0f;
    speed_first_slope = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, angle_bar, jumps by dL/dx at this time */
            angle_jump = g_x[(i*batch + b)*2];
            speed_jump = g_x[(i*batch + b)*2 + 1];
            const real add = angle_bar + angle_jump;
            const real add1 = speed_bar + speed_jump;
            angle_bar = add;
            speed_bar = add1;
            angle = x[(i*batch + b)*2];
            speed = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = pendulum_steps(begin, end, h_max, steps, max_steps);
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
                const real sin_ = r_sin(angle);
                const real mul = sin_*(-9.81f);
                const real c = w1[16];
                const real fma_ = fmaf(speed, c, mul);
                const real mul1 = angle_bar*neg;
                const real mul2 = speed_bar*neg;
                const real neg1 = -mul2;
                const real c1 = theta[0];
                const real fma1 = fmaf(c1, neg1, mul1);
                const real mul3 = speed*neg1;
                g1[0] = g1[0] + mul3;
                const real mul4 = (-9.81f)*mul2;
                const real cos_ = r_cos(angle);
                const real fma2 = fmaf(speed, h, angle);
                const real fma3 = fmaf(mul4, cos_, angle_bar);
                const real fma4 = fmaf(h, fma_, speed);
                const real add2 = speed_bar + fma1;
                const real leaf = speed;
                angle = fma2;
                angle_bar = fma3;
                speed = fma4;
                speed_bar = add2;
                angle_slope = leaf;
                speed_slope = fma_;
                if (s == 0) {
                    angle_first_slope = angle_slope;
                    speed_first_slope = speed_slope;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = angle_jump*angle_first_slope;
                const real fma_ = fmaf(speed_jump, speed_first_slope, mul);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (angle_bar - angle_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (speed_bar - speed_bar != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = angle_bar;
                work[area + 17] = speed_bar;
                const ptrdiff_t at = pendulum_find(work, area + 16, 2);
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
        angle = x[b*2];
        speed = x[b*2 + 1];
        const real *w = pack; FRESH(w)
        const real sin_ = r_sin(angle);
        const real mul = sin_*(-9.81f);
        const real c = w[48];
        const real fma_ = fmaf(speed, c, mul);
        const real leaf = speed;
        angle_first_slope = leaf;
        speed_first_slope = fma_;
        const real mul1 = angle_bar*angle_first_slope;
        const real fma1 = fmaf(speed_bar, speed_first_slope, mul1);
        const real neg = -fma1;
        dt1 = neg;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, angle_bar, jumps by dL/dx at this time */
    angle_jump = g_x[b*2];
    speed_jump = g_x[b*2 + 1];
    const real add = angle_bar + angle_jump;
    const real add1 = speed_bar + speed_jump;
    angle_bar = add;
    speed_bar = add1;
    const ptrdiff_t sound = 1 - (angle_bar - angle_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (speed_bar - speed_bar != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = angle_bar;
        work[area + 17] = speed_bar;
        const ptrdiff_t at = pendulum_find(work, area + 16, 2);
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
        g_x0[b*2] = angle_bar;
        g_x0[b*2 + 1] = speed_bar;
    }
}

typedef struct pendulum_gradient_latency_args {
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
} pendulum_gradient_latency_args;

static void pendulum_gradient_latency_task(void *args, size_t task)
{
    const pendulum_gradient_latency_args *const a = (const pendulum_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pendulum_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int pendulum_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i];
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
    const ptrdiff_t areas = blocks*16 + 64;
    const ptrdiff_t dt = areas + blocks*32;
    {
        pendulum_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, pendulum_gradient_latency_task, &args);
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
                    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
                        const ptrdiff_t to = b*16 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*16))));
                    }
                }
                apart = apart*2;
            }
        }
        /* damping */
        g_theta[0] = sums[0];
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
static NOINLINE void pendulum_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)t, (void)t_stride, (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real angle_dot[128] ALIGNED;
    real speed_dot[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 sin_ = v_sin(v_load(angle + c));
        const v16 mul = v_mul(sin_, v_splat(-9.81f));
        const v16 fma_ = v_fma(v_load(speed + c), v_splat(pack[0]), mul);
        v_store(angle_dot + c, v_load(speed + c));
        v_store(speed_dot + c, fma_);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(angle_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(speed_dot + c));
    }
}

/* dx/dt */
static NOINLINE void pendulum_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    const real neg = -theta[0];
    pack[0] = neg;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void pendulum_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*16;
    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real a_dangle[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dangle + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dangle + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dangle + c), v_splat(0.0f)));
    }
    real a_dspeed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dspeed + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dspeed + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dspeed + c), v_splat(0.0f)));
    }
    real angle_bar[128] ALIGNED;
    real speed_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real mul[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 neg = v_neg(v_load(a_dspeed + c));
        const v16 fma_ = v_fma(v_splat(theta[0]), neg, v_load(a_dangle + c));
        const v16 mul1 = v_mul(v_load(speed + c), neg);
        v_store(mul + c, mul1);
        const v16 mul2 = v_mul(v_load(a_dspeed + c), v_splat(-9.81f));
        const v16 cos_ = v_cos(v_load(angle + c));
        const v16 mul3 = v_mul(mul2, cos_);
        v_store(angle_bar + c, mul3);
        v_store(speed_bar + c, fma_);
        v_store(t_bar + c, v_splat(0.0f));
    }
    v16 s0 = v_load(sums);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(mul + c));
    }
    v_store(sums, s0);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(angle_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(speed_bar + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void pendulum_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 1);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*16;
                real *const from = sums + (b + reach)*16;
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
static NOINLINE void pendulum_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*16;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        pendulum_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* observables at every time, one block of 128 */
static NOINLINE void pendulum_observe_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    real *RESTRICT y, ptrdiff_t b)
{
    (void)t, (void)t_stride, (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real angle[128] ALIGNED;
    real across[128] ALIGNED;
    real height[128] ALIGNED;
    ROLL for (ptrdiff_t i = 0; i < times; i++) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(angle + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 sin_ = v_sin(v_load(angle + c));
            const v16 cos_ = v_cos(v_load(angle + c));
            const v16 neg = v_neg(cos_);
            v_store(across + c, sin_);
            v_store(height + c, neg);
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(y + ((i*batch + first)*2 + c*2), 2, count - c, v_load(across + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(y + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(height + c));
        }
    }
}

/* observables at every time */
static NOINLINE void pendulum_observe_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    real *RESTRICT y)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        pendulum_observe_batch_block(batch, times, t, t_stride, x, theta, y, b);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void pendulum_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(angle + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(speed + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(angle + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(speed + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = pendulum_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = pendulum_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = pendulum_steps(begin, end, h_max, steps, max_steps);
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
                const v16 sin_ = v_sin(v_load(angle + c));
                const v16 mul = v_mul(sin_, v_splat(-9.81f));
                const v16 fma2 = v_fma(v_load(speed + c), v_splat(pack[0]), mul);
                const v16 fma3 = v_fma(v_load(speed + c), v_load(h + c), v_load(angle + c));
                v_store(fma_, fma3);
                const v16 fma4 = v_fma(v_load(h + c), fma2, v_load(speed + c));
                v_store(fma1, fma4);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(angle + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(speed + c));
                v_store(angle + c, select);
                v_store(speed + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(angle + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(speed + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(angle + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(speed + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = pendulum_find(x, (i*batch + first)*2, count*2);
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

static void pendulum_solve_batch_task(void *args, size_t task)
{
    const pendulum_solve_latency_args *const a = (const pendulum_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pendulum_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int pendulum_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[0];
    pack[0] = neg;
    const ptrdiff_t areas = 16;
    {
        pendulum_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 272 };
        each(parallel, (size_t)blocks, pendulum_solve_batch_task, &args);
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
static NOINLINE void pendulum_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + (b*16 + 16);
    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    real angle_bar[128] ALIGNED;
    real speed_bar[128] ALIGNED;
    real angle_jump[128] ALIGNED;
    real speed_jump[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(angle_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(speed_bar + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real angle_slope[128] ALIGNED;
    real speed_slope[128] ALIGNED;
    real angle_first_slope[128] ALIGNED;
    real speed_first_slope[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(angle_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(speed_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, angle_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(angle_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(speed_jump + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2,
                    count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(angle_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(angle_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(speed_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(speed_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(angle_bar + c), p_read(angle_jump + c));
                const reg add1 = p_add(p_read(speed_bar + c), p_read(speed_jump + c));
                p_store(angle_bar + c, add);
                p_store(speed_bar + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(angle + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(speed + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = pendulum_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = pendulum_steps(begin, end, h_max, steps, max_steps);
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
                real fma_[16] ALIGNED;
                real fma1[16] ALIGNED;
                real fma2[16] ALIGNED;
                real add[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(angle_bar + c), v_splat(0.0f));
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(speed_bar + c), v_splat(0.0f));
                    const v16 neg = v_neg(v_load(h + c));
                    const v16 sin_ = v_sin(v_load(angle + c));
                    const v16 mul1 = v_mul(sin_, v_splat(-9.81f));
                    const v16 fma3 = v_fma(v_load(speed + c), v_splat(pack[0]), mul1);
                    const v16 mul2 = v_mul(select, neg);
                    const v16 mul3 = v_mul(select1, neg);
                    const v16 neg1 = v_neg(mul3);
                    const v16 fma4 = v_fma(v_splat(theta[0]), neg1, mul2);
                    const v16 mul4 = v_mul(v_load(speed + c), neg1);
                    v_store(mul + c, mul4);
                    const v16 mul5 = v_mul(v_splat(-9.81f), mul3);
                    const v16 cos_ = v_cos(v_load(angle + c));
                    const v16 fma5 = v_fma(v_load(speed + c), v_load(h + c), v_load(angle + c));
                    v_store(fma_, fma5);
                    const v16 fma6 = v_fma(mul5, cos_, select);
                    v_store(fma1, fma6);
                    const v16 fma7 = v_fma(v_load(h + c), fma3, v_load(speed + c));
                    v_store(fma2, fma7);
                    const v16 add1 = v_add(select1, fma4);
                    v_store(add, add1);
                    v_store(angle_slope + c, v_load(speed + c));
                    v_store(speed_slope + c, fma3);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                        v_load(angle + c));
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                        v_load(angle_bar + c));
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma2),
                        v_load(speed + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add),
                        v_load(speed_bar + c));
                    v_store(angle + c, select2);
                    v_store(angle_bar + c, select3);
                    v_store(speed + c, select4);
                    v_store(speed_bar + c, select5);
                }
                v16 s0 = v_load(sums);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums, s0);
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(angle_first_slope + c, p_read(angle_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(speed_first_slope + c, p_read(speed_slope + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(angle_jump + c), p_read(angle_first_slope + c));
                    const reg fma_ = p_fma(p_read(speed_jump + c), p_read(speed_first_slope + c),
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
                zero = v_fma(v_load(angle_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(speed_bar + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(angle_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(speed_bar + c));
                }
                const ptrdiff_t at = pendulum_find(work, area + 16, count*2);
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
            v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 sin_ = v_sin(v_load(angle + c));
            const v16 mul = v_mul(sin_, v_splat(-9.81f));
            const v16 fma_ = v_fma(v_load(speed + c), v_splat(pack[1]), mul);
            v_store(angle_first_slope + c, v_load(speed + c));
            v_store(speed_first_slope + c, fma_);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(angle_bar + c), p_read(angle_first_slope + c));
            const reg fma_ = p_fma(p_read(speed_bar + c), p_read(speed_first_slope + c), mul);
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
    /* the adjoint, angle_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed_jump + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(angle_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(speed_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(angle_bar + c), p_read(angle_jump + c));
        const reg add1 = p_add(p_read(speed_bar + c), p_read(speed_jump + c));
        p_store(angle_bar + c, add);
        p_store(speed_bar + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(angle_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(speed_bar + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(angle_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(speed_bar + c));
        }
        const ptrdiff_t at = pendulum_find(work, area + 16, count*2);
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
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(angle_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(speed_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void pendulum_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 1);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*16;
                real *const from = sums + (b + reach)*16;
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

static void pendulum_gradient_batch_task(void *args, size_t task)
{
    const pendulum_gradient_latency_args *const a = (const pendulum_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    pendulum_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int pendulum_gradient_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[0];
    pack[0] = neg;
    const real neg1 = -theta[0];
    pack[1] = neg1;
    const ptrdiff_t areas = blocks*16 + 16;
    const ptrdiff_t dt = areas + blocks*272;
    {
        pendulum_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 272, dt };
        each(parallel, (size_t)blocks, pendulum_gradient_batch_task, &args);
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
        pendulum_gradient_batch_sums(sums, blocks, g_theta, 0);
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
static NOINLINE int swing_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int swing_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void swing_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real v_angle_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_angle_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_angle_ + c, p_splat(0.0f));
        }
    }
    real v_speed_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_speed_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_speed_ + c, p_splat(0.0f));
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
    ROLL for (ptrdiff_t i = 0; i < 65; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real angle_dot[128] ALIGNED;
    real speed_dot[128] ALIGNED;
    real div[16] ALIGNED;
    real div1[16] ALIGNED;
    real net_1[256] ALIGNED;
    real net_2[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 div2 = v_div(v_load(speed + c), v_splat(3.0f));
        v_store(div, div2);
        const v16 div3 = v_div(v_load(v_speed_ + c), v_splat(3.0f));
        v_store(div1, div3);
        v_store(angle_dot + c, v_load(v_speed_ + c));
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            const v16 mul = v_mul(v_splat(theta[i*2]), v_load(angle + c));
            const v16 fma_ = v_fma(v_splat(theta[i*2 + 1]), v_load(div), mul);
            const v16 add = v_add(fma_, v_splat(theta[i + 32]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + i*16, tanh_);
            const v16 neg = v_neg(tanh_);
            const v16 fma1 = v_fma(tanh_, neg, v_splat(1.0f));
            const v16 mul1 = v_mul(v_splat(theta[i*2]), v_load(v_angle_ + c));
            const v16 fma2 = v_fma(v_load(angle + c), v_splat(v[i*2]), mul1);
            const v16 fma3 = v_fma(v_splat(theta[i*2 + 1]), v_load(div1), fma2);
            const v16 fma4 = v_fma(v_load(div), v_splat(v[i*2 + 1]), fma3);
            const v16 add1 = v_add(fma4, v_splat(v[i + 32]));
            const v16 mul2 = v_mul(fma1, add1);
            const v16 mul3 = v_mul(v_splat(theta[i + 48]), mul2);
            v_store(net_2 + i*16, mul3);
        }
        /* net.2 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0 = v_fma(v_splat(v[j + 48]), v_load(net_1 + j*16), s0);
        }
        v_store(div, s0);
        /* net.2 */
        v16 s0_1 = v_load(div);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0_1 = v_add(s0_1, v_load(net_2 + j*16));
        }
        const v16 add = v_add(s0_1, v_splat(v[64]));
        const v16 mul = v_mul(v_splat(10.0f), add);
        v_store(speed_dot + c, mul);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(angle_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(speed_dot + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void swing_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            96);
    }
}

/* the initial states */
static NOINLINE void swing_start_scalar_block(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0, ptrdiff_t b)
{
    (void)batch, (void)given, (void)theta;
    real angle[1] ALIGNED;
    real speed[1] ALIGNED;
    angle[0] = 1.0f;
    speed[0] = 0.0f;
    x0[b*2] = angle[0];
    x0[b*2 + 1] = speed[0];
}

/* the initial states */
static NOINLINE void swing_start_scalar(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_start_scalar_block(batch, given, theta, x0, b);
    }
}

/* dx/dt */
static NOINLINE void swing_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real angle = 0.0f;
    real speed = 0.0f;
    angle = x[b*2];
    speed = x[b*2 + 1];
    real angle_dot = 0.0f;
    real speed_dot = 0.0f;
    const real *w = pack; FRESH(w)
    const real div = speed/3.0f;
    const v16 v__ = v_splat(angle);
    const v16 v_1_ = v_load(w);
    const v16 v_2_ = v_mul(v_1_, v__);
    const v16 v_3_ = v_splat(div);
    const v16 v_4_ = v_load(w + 16);
    const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
    const v16 v_6_ = v_load(w + 32);
    const v16 v_7_ = v_add(v_5_, v_6_);
    const v16 v_8_ = v_tanh(v_7_);
    const real v_9_ = theta[64];
    /* net.2.weight */
    const real s = v_tree(v_mul(v_load(w + 48), v_8_));
    const real v_10_ = s + v_9_;
    const real mul = v_10_*10.0f;
    const real leaf = speed;
    angle_dot = leaf;
    speed_dot = mul;
    dx[b*2] = angle_dot;
    dx[b*2 + 1] = speed_dot;
}

/* dx/dt */
static NOINLINE void swing_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[64] ALIGNED;
    /* net.0.weight, 16 in lanes */
    v_store(pack, v_column(theta, 2));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 16, v_column(theta + 1, 2));
    /* net.0.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 48, v_load(theta + 48));
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void swing_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)theta, (void)areas, (void)area_size;
    real *const sums = work + (b*80 + 64);
    ROLL for (ptrdiff_t i = 0; i < 80; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real angle = 0.0f;
    real speed = 0.0f;
    angle = x[b*2];
    speed = x[b*2 + 1];
    real a_dangle = 0.0f;
    a_dangle = a[b*2];
    real a_dspeed = 0.0f;
    a_dspeed = a[b*2 + 1];
    real angle_bar = 0.0f;
    real speed_bar = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    const real div = speed/3.0f;
    const v16 v__ = v_splat(angle);
    const v16 v_1_ = v_load(w);
    const v16 v_2_ = v_mul(v_1_, v__);
    const v16 v_3_ = v_splat(div);
    const v16 v_4_ = v_load(w + 16);
    const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
    const v16 v_6_ = v_load(w + 32);
    const v16 v_7_ = v_add(v_5_, v_6_);
    const v16 v_8_ = v_tanh(v_7_);
    const real mul = a_dspeed*10.0f;
    g[64] = g[64] + mul;
    /* cotangent of net.2.weight */
    v_store(g + 48, v_fma(v_splat(mul), v_8_, v_load(g + 48)));
    const v16 v_9_ = v_splat(mul);
    const v16 v_10_ = v_load(w + 48);
    const v16 v_11_ = v_mul(v_10_, v_9_);
    const v16 v_12_ = v_neg(v_8_);
    const v16 v_13_ = v_fma(v_8_, v_12_, v_splat(1.0f));
    const v16 v_14_ = v_mul(v_11_, v_13_);
    v_store(g + 32, v_add(v_load(g + 32), v_14_));
    const v16 v_15_ = v_mul(v_3_, v_14_);
    const v16 v_16_ = v_mul(v_4_, v_14_);
    const real s = v_tree(v_16_);
    /* cotangent of net.0.weight */
    v_store(g, v_add(v_load(g), v_15_));
    const v16 v_17_ = v_mul(v__, v_14_);
    const v16 v_18_ = v_mul(v_1_, v_14_);
    const real s1 = v_tree(v_18_);
    /* cotangent of net.0.weight */
    v_store(g + 16, v_add(v_load(g + 16), v_17_));
    const real div1 = s/3.0f;
    const real add = a_dangle + div1;
    angle_bar = s1;
    speed_bar = add;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = angle_bar;
        ax[b*2 + 1] = speed_bar;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void swing_vjp_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 16 in lanes */
    v_store(pack, v_column(theta, 2));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 16, v_column(theta + 1, 2));
    /* net.0.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 48, v_load(theta + 48));
    const ptrdiff_t areas = blocks*80 + 64;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work + 64;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 80; i += WIDTH) {
                        const ptrdiff_t to = b*80 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*80))));
                    }
                }
                apart = apart*2;
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 32; i += WIDTH) {
            p_store(atheta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            atheta[l*2 + 1] = atheta[l*2 + 1] + sums[l];
        }
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            atheta[l*2] = atheta[l*2] + sums[l + 16];
        }
        /* net.0.b */
        v_store(atheta + 32, v_load(sums + 32));
        /* net.2.weight */
        v_store(atheta + 48, v_load(sums + 48));
        /* net.2.b */
        atheta[64] = sums[64];
    }
}

/* observables at every time */
static NOINLINE void swing_observe_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    real *RESTRICT y, ptrdiff_t b)
{
    (void)t, (void)t_stride, (void)theta;
    real angle = 0.0f;
    real across = 0.0f;
    real height = 0.0f;
    ROLL for (ptrdiff_t i = 0; i < times; i++) {
        angle = x[(i*batch + b)*2];
        const real sin_ = r_sin(angle);
        const real cos_ = r_cos(angle);
        const real neg = -cos_;
        across = sin_;
        height = neg;
        y[(i*batch + b)*2] = across;
        y[(i*batch + b)*2 + 1] = height;
    }
}

/* observables at every time */
static NOINLINE void swing_observe_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT y)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_observe_latency_block(batch, times, t, t_stride, x, theta, y, b);
    }
}

/* x at every time, from x0 */
static NOINLINE void swing_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle = 0.0f;
    real speed = 0.0f;
    real h = 0.0f;
    angle = x0[b*2];
    speed = x0[b*2 + 1];
    x[b*2] = angle;
    x[b*2 + 1] = speed;
    const ptrdiff_t sound = 1 - (angle - angle != 0.0f);
    const ptrdiff_t sound1 = (1 - (speed - speed != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = swing_find(x, b*2, 2);
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
        const ptrdiff_t n = swing_steps(begin, end, h_max, steps, max_steps);
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
            const real div = speed/3.0f;
            const v16 v__ = v_splat(angle);
            const v16 v_1_ = v_load(w);
            const v16 v_2_ = v_mul(v_1_, v__);
            const v16 v_3_ = v_splat(div);
            const v16 v_4_ = v_load(w + 16);
            const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
            const v16 v_6_ = v_load(w + 32);
            const v16 v_7_ = v_add(v_5_, v_6_);
            const v16 v_8_ = v_tanh(v_7_);
            const real v_9_ = theta[64];
            /* net.2.weight */
            const real s1 = v_tree(v_mul(v_load(w + 48), v_8_));
            const real v_10_ = s1 + v_9_;
            const real mul = v_10_*10.0f;
            const real fma_ = fmaf(speed, h, angle);
            const real fma1 = fmaf(h, mul, speed);
            angle = fma_;
            speed = fma1;
        }
        x[(i*batch + b)*2] = angle;
        x[(i*batch + b)*2 + 1] = speed;
        const ptrdiff_t sound2 = 1 - (angle - angle != 0.0f);
        const ptrdiff_t sound3 = (1 - (speed - speed != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = swing_find(x, (i*batch + b)*2, 2);
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

static void swing_solve_latency_task(void *args, size_t task)
{
    const pendulum_solve_latency_args *const a = (const pendulum_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swing_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int swing_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 16 in lanes */
    v_store(pack, v_column(theta, 2));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 16, v_column(theta + 1, 2));
    /* net.0.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 48, v_load(theta + 48));
    const ptrdiff_t areas = 64;
    {
        pendulum_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, swing_solve_latency_task, &args);
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
static NOINLINE void swing_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*80 + 64);
    ROLL for (ptrdiff_t i = 0; i < 80; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle = 0.0f;
    real speed = 0.0f;
    real angle_bar = 0.0f;
    real speed_bar = 0.0f;
    real angle_jump = 0.0f;
    real speed_jump = 0.0f;
    angle_bar = 0.0f;
    speed_bar = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real angle_slope = 0.0f;
    real speed_slope = 0.0f;
    real angle_first_slope = 0.0f;
    real speed_first_slope = 0.0f;
    angle_first_slope = 0.0f;
    speed_first_slope = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, angle_bar, jumps by dL/dx at this time */
            angle_jump = g_x[(i*batch + b)*2];
            speed_jump = g_x[(i*batch + b)*2 + 1];
            const real add = angle_bar + angle_jump;
            const real add1 = speed_bar + speed_jump;
            angle_bar = add;
            speed_bar = add1;
            angle = x[(i*batch + b)*2];
            speed = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = swing_steps(begin, end, h_max, steps, max_steps);
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
                const real div = speed/3.0f;
                const v16 v__ = v_splat(angle);
                const v16 v_1_ = v_load(w1);
                const v16 v_2_ = v_mul(v_1_, v__);
                const v16 v_3_ = v_splat(div);
                const v16 v_4_ = v_load(w1 + 16);
                const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
                const v16 v_6_ = v_load(w1 + 32);
                const v16 v_7_ = v_add(v_5_, v_6_);
                const v16 v_8_ = v_tanh(v_7_);
                const real v_9_ = theta[64];
                /* net.2.weight */
                const real s1 = v_tree(v_mul(v_load(w1 + 48), v_8_));
                const real v_10_ = s1 + v_9_;
                const real mul = v_10_*10.0f;
                const real mul1 = speed_bar*neg;
                const real mul2 = 10.0f*mul1;
                g1[64] = g1[64] + mul2;
                /* cotangent of net.2.weight */
                v_store(g1 + 48, v_fma(v_splat(mul2), v_8_, v_load(g1 + 48)));
                const v16 v_11_ = v_splat(mul2);
                const v16 v_12_ = v_load(w1 + 48);
                const v16 v_13_ = v_mul(v_12_, v_11_);
                const v16 v_14_ = v_neg(v_8_);
                const v16 v_15_ = v_fma(v_8_, v_14_, v_splat(1.0f));
                const v16 v_16_ = v_mul(v_13_, v_15_);
                v_store(g1 + 32, v_add(v_load(g1 + 32), v_16_));
                const v16 v_17_ = v_mul(v_3_, v_16_);
                const v16 v_18_ = v_mul(v_4_, v_16_);
                const real s2 = v_tree(v_18_);
                /* cotangent of net.0.weight */
                v_store(g1, v_add(v_load(g1), v_17_));
                const v16 v_19_ = v_mul(v__, v_16_);
                const v16 v_20_ = v_mul(v_1_, v_16_);
                /* cotangent of net.0.weight */
                v_store(g1 + 16, v_add(v_load(g1 + 16), v_19_));
                const real div1 = s2/3.0f;
                const real fma_ = fmaf(angle_bar, neg, div1);
                const real fma1 = fmaf(speed, h, angle);
                const real s3 = v_tree(v_20_);
                const real v_21_ = s3 + angle_bar;
                const real fma2 = fmaf(h, mul, speed);
                const real add2 = speed_bar + fma_;
                const real leaf = speed;
                angle = fma1;
                angle_bar = v_21_;
                speed = fma2;
                speed_bar = add2;
                angle_slope = leaf;
                speed_slope = mul;
                if (s == 0) {
                    angle_first_slope = angle_slope;
                    speed_first_slope = speed_slope;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = angle_jump*angle_first_slope;
                const real fma_ = fmaf(speed_jump, speed_first_slope, mul);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (angle_bar - angle_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (speed_bar - speed_bar != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = angle_bar;
                work[area + 17] = speed_bar;
                const ptrdiff_t at = swing_find(work, area + 16, 2);
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
        angle = x[b*2];
        speed = x[b*2 + 1];
        const real *w = pack; FRESH(w)
        const real div = speed/3.0f;
        const v16 v__ = v_splat(angle);
        const v16 v_1_ = v_load(w);
        const v16 v_2_ = v_mul(v_1_, v__);
        const v16 v_3_ = v_splat(div);
        const v16 v_4_ = v_load(w + 16);
        const v16 v_5_ = v_fma(v_4_, v_3_, v_2_);
        const v16 v_6_ = v_load(w + 32);
        const v16 v_7_ = v_add(v_5_, v_6_);
        const v16 v_8_ = v_tanh(v_7_);
        const real v_9_ = theta[64];
        /* net.2.weight */
        const real s = v_tree(v_mul(v_load(w + 48), v_8_));
        const real v_10_ = s + v_9_;
        const real mul = v_10_*10.0f;
        const real leaf = speed;
        angle_first_slope = leaf;
        speed_first_slope = mul;
        const real mul1 = angle_bar*angle_first_slope;
        const real fma_ = fmaf(speed_bar, speed_first_slope, mul1);
        const real neg = -fma_;
        dt1 = neg;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, angle_bar, jumps by dL/dx at this time */
    angle_jump = g_x[b*2];
    speed_jump = g_x[b*2 + 1];
    const real add = angle_bar + angle_jump;
    const real add1 = speed_bar + speed_jump;
    angle_bar = add;
    speed_bar = add1;
    const ptrdiff_t sound = 1 - (angle_bar - angle_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (speed_bar - speed_bar != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = angle_bar;
        work[area + 17] = speed_bar;
        const ptrdiff_t at = swing_find(work, area + 16, 2);
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
        g_x0[b*2] = angle_bar;
        g_x0[b*2 + 1] = speed_bar;
    }
}

static void swing_gradient_latency_task(void *args, size_t task)
{
    const pendulum_gradient_latency_args *const a = (const pendulum_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swing_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int swing_gradient_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 16 in lanes */
    v_store(pack, v_column(theta, 2));
    /* net.0.weight, 16 in lanes */
    v_store(pack + 16, v_column(theta + 1, 2));
    /* net.0.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* net.2.weight, 16 in lanes */
    v_store(pack + 48, v_load(theta + 48));
    const ptrdiff_t areas = blocks*80 + 64;
    const ptrdiff_t dt = areas + blocks*32;
    {
        pendulum_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, swing_gradient_latency_task, &args);
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
                    ROLL for (ptrdiff_t i = 0; i < 80; i += WIDTH) {
                        const ptrdiff_t to = b*80 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*80))));
                    }
                }
                apart = apart*2;
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 32; i += WIDTH) {
            p_store(g_theta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            g_theta[l*2 + 1] = g_theta[l*2 + 1] + sums[l];
        }
        ROLL for (ptrdiff_t l = 0; l < 16; l++) {
            g_theta[l*2] = g_theta[l*2] + sums[l + 16];
        }
        /* net.0.b */
        v_store(g_theta + 32, v_load(sums + 32));
        /* net.2.weight */
        v_store(g_theta + 48, v_load(sums + 48));
        /* net.2.b */
        g_theta[64] = sums[64];
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
static NOINLINE void swing_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real angle_dot[128] ALIGNED;
    real speed_dot[128] ALIGNED;
    real div[16] ALIGNED;
    real net_1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 div1 = v_div(v_load(speed + c), v_splat(3.0f));
        v_store(div, div1);
        v_store(angle_dot + c, v_load(speed + c));
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            const v16 mul = v_mul(v_splat(theta[i*2]), v_load(angle + c));
            const v16 fma_ = v_fma(v_splat(theta[i*2 + 1]), v_load(div), mul);
            const v16 add = v_add(fma_, v_splat(theta[i + 32]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + i*16, tanh_);
        }
        /* net.2 */
        v16 s0 = v_splat(theta[64]);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0 = v_fma(v_splat(theta[j + 48]), v_load(net_1 + j*16), s0);
        }
        v_store(div, s0);
        const v16 mul = v_mul(v_load(div), v_splat(10.0f));
        v_store(speed_dot + c, mul);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(angle_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(speed_dot + c));
    }
}

/* dx/dt */
static NOINLINE void swing_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void swing_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*1040;
    ROLL for (ptrdiff_t i = 0; i < 1040; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real a_dangle[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dangle + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dangle + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dangle + c), v_splat(0.0f)));
    }
    real a_dspeed[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dspeed + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dspeed + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dspeed + c), v_splat(0.0f)));
    }
    real angle_bar[128] ALIGNED;
    real speed_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real div[16] ALIGNED;
    real mul[128] ALIGNED;
    real net_1[2048] ALIGNED;
    real net_1_1[2048] ALIGNED;
    real net_0[2048] ALIGNED;
    real net_0_1[256] ALIGNED;
    real net_0_2[2048] ALIGNED;
    real net_0_3[256] ALIGNED;
    real net_0_4[512] ALIGNED;
    real net_0_5[512] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 div1 = v_div(v_load(speed + c), v_splat(3.0f));
        v_store(div, div1);
        const v16 mul1 = v_mul(v_load(a_dspeed + c), v_splat(10.0f));
        v_store(mul + c, mul1);
        v_store(t_bar + c, v_splat(0.0f));
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            const v16 mul2 = v_mul(v_splat(theta[i*2]), v_load(angle + c));
            const v16 fma_ = v_fma(v_splat(theta[i*2 + 1]), v_load(div), mul2);
            const v16 add = v_add(fma_, v_splat(theta[i + 32]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + (i*128 + c), tanh_);
            const v16 mul3 = v_mul(v_splat(theta[i + 48]), v_load(mul + c));
            const v16 neg = v_neg(tanh_);
            const v16 fma1 = v_fma(tanh_, neg, v_splat(1.0f));
            const v16 mul4 = v_mul(mul3, fma1);
            v_store(net_1_1 + (i*128 + c), mul4);
            const v16 mul5 = v_mul(v_load(div), mul4);
            v_store(net_0 + (i*128 + c), mul5);
            const v16 mul6 = v_mul(v_splat(theta[i*2 + 1]), mul4);
            v_store(net_0_1 + i*16, mul6);
            const v16 mul7 = v_mul(v_load(angle + c), mul4);
            v_store(net_0_2 + (i*128 + c), mul7);
            const v16 mul8 = v_mul(v_splat(theta[i*2]), mul4);
            v_store(net_0_3 + i*16, mul8);
        }
        /* net.0 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0 = v_add(s0, v_load(net_0_1 + j*16));
        }
        const v16 div2 = v_div(s0, v_splat(3.0f));
        const v16 add = v_add(v_load(a_dangle + c), div2);
        v_store(speed_bar + c, add);
        /* net.0 */
        v16 s0_1 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 16; j++) {
            s0_1 = v_add(s0_1, v_load(net_0_3 + j*16));
        }
        v_store(angle_bar + c, s0_1);
    }
    /* net.2: sum over samples */
    v16 s0 = v_load(sums + 1024);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(mul + c));
    }
    v_store(sums + 1024, s0);
    /* net.2: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 8) {
        v16 s0_1 = v_load(sums + (i + 48)*16);
        v16 s1 = v_load(sums + (i + 49)*16);
        v16 s2 = v_load(sums + (i + 50)*16);
        v16 s3 = v_load(sums + (i + 51)*16);
        v16 s4 = v_load(sums + (i + 52)*16);
        v16 s5 = v_load(sums + (i + 53)*16);
        v16 s6 = v_load(sums + (i + 54)*16);
        v16 s7 = v_load(sums + (i + 55)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 mul1 = v_load(mul + c);
            s0_1 = v_fma(mul1, v_load(net_1 + (i*128 + c)), s0_1);
            s1 = v_fma(mul1, v_load(net_1 + ((i + 1)*128 + c)), s1);
            s2 = v_fma(mul1, v_load(net_1 + ((i + 2)*128 + c)), s2);
            s3 = v_fma(mul1, v_load(net_1 + ((i + 3)*128 + c)), s3);
            s4 = v_fma(mul1, v_load(net_1 + ((i + 4)*128 + c)), s4);
            s5 = v_fma(mul1, v_load(net_1 + ((i + 5)*128 + c)), s5);
            s6 = v_fma(mul1, v_load(net_1 + ((i + 6)*128 + c)), s6);
            s7 = v_fma(mul1, v_load(net_1 + ((i + 7)*128 + c)), s7);
        }
        v_store(sums + (i + 48)*16, s0_1);
        v_store(sums + (i + 49)*16, s1);
        v_store(sums + (i + 50)*16, s2);
        v_store(sums + (i + 51)*16, s3);
        v_store(sums + (i + 52)*16, s4);
        v_store(sums + (i + 53)*16, s5);
        v_store(sums + (i + 54)*16, s6);
        v_store(sums + (i + 55)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 8) {
        v16 s0_1 = v_load(sums + (i + 32)*16);
        v16 s1 = v_load(sums + (i + 33)*16);
        v16 s2 = v_load(sums + (i + 34)*16);
        v16 s3 = v_load(sums + (i + 35)*16);
        v16 s4 = v_load(sums + (i + 36)*16);
        v16 s5 = v_load(sums + (i + 37)*16);
        v16 s6 = v_load(sums + (i + 38)*16);
        v16 s7 = v_load(sums + (i + 39)*16);
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
        v_store(sums + (i + 32)*16, s0_1);
        v_store(sums + (i + 33)*16, s1);
        v_store(sums + (i + 34)*16, s2);
        v_store(sums + (i + 35)*16, s3);
        v_store(sums + (i + 36)*16, s4);
        v_store(sums + (i + 37)*16, s5);
        v_store(sums + (i + 38)*16, s6);
        v_store(sums + (i + 39)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_4 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(net_0_4 + (i*2 + 1)*16, v_add(v_load(net_0_4 + (i*2 + 1)*16),
                v_load(net_0 + (i*128 + c))));
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_5 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(net_0_5 + i*32, v_add(v_load(net_0_5 + i*32), v_load(net_0_2 + (i*128 + c))));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const v16 add = v_add(v_load(net_0_4 + (i*2 + j)*16), v_load(net_0_5 + (i*2 + j)*16));
            v_store(sums + (i*2 + j)*16, v_add(v_load(sums + (i*2 + j)*16), add));
        }
    }
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(angle_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(speed_bar + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void swing_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 65);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*1040;
                real *const from = sums + (b + reach)*1040;
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

typedef struct swing_vjp_batch_args {
    real *sums;
    ptrdiff_t blocks;
    real *g_theta;
} swing_vjp_batch_args;

static void swing_vjp_batch_task(void *args, size_t task)
{
    const swing_vjp_batch_args *const a = (const swing_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    swing_vjp_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void swing_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*1040;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        {
            swing_vjp_batch_args args = { sums, blocks, atheta };
            each(parallel, (size_t)2, swing_vjp_batch_task, &args);
        }
    }
}

/* observables at every time, one block of 128 */
static NOINLINE void swing_observe_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    real *RESTRICT y, ptrdiff_t b)
{
    (void)t, (void)t_stride, (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real angle[128] ALIGNED;
    real across[128] ALIGNED;
    real height[128] ALIGNED;
    ROLL for (ptrdiff_t i = 0; i < times; i++) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(angle + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 sin_ = v_sin(v_load(angle + c));
            const v16 cos_ = v_cos(v_load(angle + c));
            const v16 neg = v_neg(cos_);
            v_store(across + c, sin_);
            v_store(height + c, neg);
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(y + ((i*batch + first)*2 + c*2), 2, count - c, v_load(across + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(y + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(height + c));
        }
    }
}

/* observables at every time */
static NOINLINE void swing_observe_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT y)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swing_observe_batch_block(batch, times, t, t_stride, x, theta, y, b);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void swing_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(angle + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(speed + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(angle + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(speed + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = swing_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = swing_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = swing_steps(begin, end, h_max, steps, max_steps);
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
            real div[16] ALIGNED;
            real fma_[16] ALIGNED;
            real net_1[256] ALIGNED;
            real fma1[16] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                const v16 div1 = v_div(v_load(speed + c), v_splat(3.0f));
                v_store(div, div1);
                const v16 fma2 = v_fma(v_load(speed + c), v_load(h + c), v_load(angle + c));
                v_store(fma_, fma2);
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    const v16 mul = v_mul(v_splat(theta[i1*2]), v_load(angle + c));
                    const v16 fma3 = v_fma(v_splat(theta[i1*2 + 1]), v_load(div), mul);
                    const v16 add = v_add(fma3, v_splat(theta[i1 + 32]));
                    const v16 tanh_ = v_tanh(add);
                    v_store(net_1 + i1*16, tanh_);
                }
                /* net.2 */
                v16 s0 = v_splat(theta[64]);
                ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                    s0 = v_fma(v_splat(theta[j + 48]), v_load(net_1 + j*16), s0);
                }
                v_store(div, s0);
                const v16 mul = v_mul(v_load(div), v_splat(10.0f));
                const v16 fma3 = v_fma(v_load(h + c), mul, v_load(speed + c));
                v_store(fma1, fma3);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(angle + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(speed + c));
                v_store(angle + c, select);
                v_store(speed + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(angle + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(speed + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(angle + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(speed + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = swing_find(x, (i*batch + first)*2, count*2);
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

typedef struct swing_solve_batch_args {
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
    ptrdiff_t areas;
    ptrdiff_t area_size;
} swing_solve_batch_args;

static void swing_solve_batch_task(void *args, size_t task)
{
    const swing_solve_batch_args *const a = (const swing_solve_batch_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swing_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int swing_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        swing_solve_batch_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 272 };
        each(parallel, (size_t)blocks, swing_solve_batch_task, &args);
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
static NOINLINE void swing_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*1040;
    ROLL for (ptrdiff_t i = 0; i < 1040; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real angle[128] ALIGNED;
    real speed[128] ALIGNED;
    real angle_bar[128] ALIGNED;
    real speed_bar[128] ALIGNED;
    real angle_jump[128] ALIGNED;
    real speed_jump[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(angle_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(speed_bar + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real angle_slope[128] ALIGNED;
    real speed_slope[128] ALIGNED;
    real angle_first_slope[128] ALIGNED;
    real speed_first_slope[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(angle_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(speed_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, angle_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(angle_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(speed_jump + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2,
                    count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(angle_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(angle_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(speed_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(speed_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(angle_bar + c), p_read(angle_jump + c));
                const reg add1 = p_add(p_read(speed_bar + c), p_read(speed_jump + c));
                p_store(angle_bar + c, add);
                p_store(speed_bar + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(angle + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(speed + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = swing_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = swing_steps(begin, end, h_max, steps, max_steps);
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
                real neg[16] ALIGNED;
                real div[16] ALIGNED;
                real mul[128] ALIGNED;
                real fma_[16] ALIGNED;
                real net_1[2048] ALIGNED;
                real net_1_1[2048] ALIGNED;
                real net_0[2048] ALIGNED;
                real net_0_1[256] ALIGNED;
                real net_0_2[2048] ALIGNED;
                real net_0_3[256] ALIGNED;
                real fma1[16] ALIGNED;
                real net_0_4[512] ALIGNED;
                real net_0_5[512] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(angle_bar + c), v_splat(0.0f));
                    v_store(select, select2);
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(speed_bar + c), v_splat(0.0f));
                    v_store(select1, select3);
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    const v16 div1 = v_div(v_load(speed + c), v_splat(3.0f));
                    v_store(div, div1);
                    const v16 mul1 = v_mul(select3, neg1);
                    const v16 mul2 = v_mul(v_splat(10.0f), mul1);
                    v_store(mul + c, mul2);
                    const v16 fma2 = v_fma(v_load(speed + c), v_load(h + c), v_load(angle + c));
                    v_store(fma_, fma2);
                    v_store(angle_slope + c, v_load(speed + c));
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        const v16 mul3 = v_mul(v_splat(theta[i1*2]), v_load(angle + c));
                        const v16 fma3 = v_fma(v_splat(theta[i1*2 + 1]), v_load(div), mul3);
                        const v16 add = v_add(fma3, v_splat(theta[i1 + 32]));
                        const v16 tanh_ = v_tanh(add);
                        v_store(net_1 + (i1*128 + c), tanh_);
                        const v16 mul4 = v_mul(v_splat(theta[i1 + 48]), v_load(mul + c));
                        const v16 neg2 = v_neg(tanh_);
                        const v16 fma4 = v_fma(tanh_, neg2, v_splat(1.0f));
                        const v16 mul5 = v_mul(mul4, fma4);
                        v_store(net_1_1 + (i1*128 + c), mul5);
                        const v16 mul6 = v_mul(v_load(div), mul5);
                        v_store(net_0 + (i1*128 + c), mul6);
                        const v16 mul7 = v_mul(v_splat(theta[i1*2 + 1]), mul5);
                        v_store(net_0_1 + i1*16, mul7);
                        const v16 mul8 = v_mul(v_load(angle + c), mul5);
                        v_store(net_0_2 + (i1*128 + c), mul8);
                        const v16 mul9 = v_mul(v_splat(theta[i1*2]), mul5);
                        v_store(net_0_3 + i1*16, mul9);
                    }
                    /* net.2 */
                    v16 s0 = v_splat(theta[64]);
                    ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                        s0 = v_fma(v_splat(theta[j + 48]), v_load(net_1 + (j*128 + c)), s0);
                    }
                    v_store(div, s0);
                    const v16 mul3 = v_mul(v_load(div), v_splat(10.0f));
                    const v16 fma3 = v_fma(v_load(h + c), mul3, v_load(speed + c));
                    v_store(fma1, fma3);
                    v_store(speed_slope + c, mul3);
                    /* net.0 */
                    v16 s0_1 = v_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                        s0_1 = v_add(s0_1, v_load(net_0_1 + j*16));
                    }
                    const v16 div2 = v_div(s0_1, v_splat(3.0f));
                    const v16 fma4 = v_fma(v_load(select), v_load(neg), div2);
                    const v16 add = v_add(v_load(select1), fma4);
                    v_store(div, add);
                    /* net.0 */
                    v16 s0_2 = v_load(select);
                    ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                        s0_2 = v_add(s0_2, v_load(net_0_3 + j*16));
                    }
                    v_store(select1, s0_2);
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                        v_load(angle + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(select1), v_load(angle_bar + c));
                    const v16 select6 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                        v_load(speed + c));
                    const v16 select7 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(div),
                        v_load(speed_bar + c));
                    v_store(angle + c, select4);
                    v_store(angle_bar + c, select5);
                    v_store(speed + c, select6);
                    v_store(speed_bar + c, select7);
                }
                /* net.2: sum over samples */
                v16 s0 = v_load(sums + 1024);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums + 1024, s0);
                /* net.2: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 48)*16);
                    v16 s1_1 = v_load(sums + (i1 + 49)*16);
                    v16 s2 = v_load(sums + (i1 + 50)*16);
                    v16 s3 = v_load(sums + (i1 + 51)*16);
                    v16 s4 = v_load(sums + (i1 + 52)*16);
                    v16 s5 = v_load(sums + (i1 + 53)*16);
                    v16 s6 = v_load(sums + (i1 + 54)*16);
                    v16 s7 = v_load(sums + (i1 + 55)*16);
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
                    v_store(sums + (i1 + 48)*16, s0_1);
                    v_store(sums + (i1 + 49)*16, s1_1);
                    v_store(sums + (i1 + 50)*16, s2);
                    v_store(sums + (i1 + 51)*16, s3);
                    v_store(sums + (i1 + 52)*16, s4);
                    v_store(sums + (i1 + 53)*16, s5);
                    v_store(sums + (i1 + 54)*16, s6);
                    v_store(sums + (i1 + 55)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 32)*16);
                    v16 s1_1 = v_load(sums + (i1 + 33)*16);
                    v16 s2 = v_load(sums + (i1 + 34)*16);
                    v16 s3 = v_load(sums + (i1 + 35)*16);
                    v16 s4 = v_load(sums + (i1 + 36)*16);
                    v16 s5 = v_load(sums + (i1 + 37)*16);
                    v16 s6 = v_load(sums + (i1 + 38)*16);
                    v16 s7 = v_load(sums + (i1 + 39)*16);
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
                    v_store(sums + (i1 + 32)*16, s0_1);
                    v_store(sums + (i1 + 33)*16, s1_1);
                    v_store(sums + (i1 + 34)*16, s2);
                    v_store(sums + (i1 + 35)*16, s3);
                    v_store(sums + (i1 + 36)*16, s4);
                    v_store(sums + (i1 + 37)*16, s5);
                    v_store(sums + (i1 + 38)*16, s6);
                    v_store(sums + (i1 + 39)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_4 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        v_store(net_0_4 + (i1*2 + 1)*16, v_add(v_load(net_0_4 + (i1*2 + 1)*16),
                            v_load(net_0 + (i1*128 + c))));
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_5 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                        v_store(net_0_5 + i1*32, v_add(v_load(net_0_5 + i1*32),
                            v_load(net_0_2 + (i1*128 + c))));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 add = v_add(v_load(net_0_4 + (i1*2 + j)*16),
                            v_load(net_0_5 + (i1*2 + j)*16));
                        v_store(sums + (i1*2 + j)*16, v_add(v_load(sums + (i1*2 + j)*16), add));
                    }
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(angle_first_slope + c, p_read(angle_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(speed_first_slope + c, p_read(speed_slope + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(angle_jump + c), p_read(angle_first_slope + c));
                    const reg fma_ = p_fma(p_read(speed_jump + c), p_read(speed_first_slope + c),
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
                zero = v_fma(v_load(angle_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(speed_bar + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(angle_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(speed_bar + c));
                }
                const ptrdiff_t at = swing_find(work, area + 16, count*2);
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
            v_store(angle + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(speed + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        real div[16] ALIGNED;
        real net_1[256] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 div1 = v_div(v_load(speed + c), v_splat(3.0f));
            v_store(div, div1);
            v_store(angle_first_slope + c, v_load(speed + c));
            ROLL for (ptrdiff_t i = 0; i < 16; i++) {
                const v16 mul = v_mul(v_splat(theta[i*2]), v_load(angle + c));
                const v16 fma_ = v_fma(v_splat(theta[i*2 + 1]), v_load(div), mul);
                const v16 add = v_add(fma_, v_splat(theta[i + 32]));
                const v16 tanh_ = v_tanh(add);
                v_store(net_1 + i*16, tanh_);
            }
            /* net.2 */
            v16 s0 = v_splat(theta[64]);
            ROLL for (ptrdiff_t j = 0; j < 16; j++) {
                s0 = v_fma(v_splat(theta[j + 48]), v_load(net_1 + j*16), s0);
            }
            v_store(div, s0);
            const v16 mul = v_mul(v_load(div), v_splat(10.0f));
            v_store(speed_first_slope + c, mul);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(angle_bar + c), p_read(angle_first_slope + c));
            const reg fma_ = p_fma(p_read(speed_bar + c), p_read(speed_first_slope + c), mul);
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
    /* the adjoint, angle_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed_jump + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(angle_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(angle_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(speed_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(speed_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(angle_bar + c), p_read(angle_jump + c));
        const reg add1 = p_add(p_read(speed_bar + c), p_read(speed_jump + c));
        p_store(angle_bar + c, add);
        p_store(speed_bar + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(angle_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(speed_bar + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(angle_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(speed_bar + c));
        }
        const ptrdiff_t at = swing_find(work, area + 16, count*2);
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
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(angle_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(speed_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void swing_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 65);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*1040;
                real *const from = sums + (b + reach)*1040;
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

typedef struct swing_gradient_batch_args {
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
    ptrdiff_t areas;
    ptrdiff_t area_size;
    ptrdiff_t dt;
} swing_gradient_batch_args;

static void swing_gradient_batch_task(void *args, size_t task)
{
    const swing_gradient_batch_args *const a = (const swing_gradient_batch_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swing_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

static void swing_gradient_batch_task2(void *args, size_t task)
{
    const swing_vjp_batch_args *const a = (const swing_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    swing_gradient_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int swing_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*1040;
    const ptrdiff_t dt = areas + blocks*272;
    {
        swing_gradient_batch_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 272, dt };
        each(parallel, (size_t)blocks, swing_gradient_batch_task, &args);
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
        real *const sums = work;
        {
            swing_vjp_batch_args args = { sums, blocks, g_theta };
            each(parallel, (size_t)2, swing_gradient_batch_task2, &args);
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

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int secondorder_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int secondorder_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void secondorder_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
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
    if (vt != NULL) {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
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
    real net_0[512] ALIGNED;
    real net_1[512] ALIGNED;
    real net_1_1[512] ALIGNED;
    real net_0_1[512] ALIGNED;
    real net_2[16] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(x1 + c), s0);
            const v16 add = v_add(s0, v_splat(theta[j + 64]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + j*16, tanh_);
            const v16 neg = v_neg(tanh_);
            const v16 fma_ = v_fma(tanh_, neg, v_splat(1.0f));
            v_store(net_1_1 + j*16, fma_);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(v1[j*2]), v_load(x1 + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(v_x_ + c), s0);
            v_store(net_0_1 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0_1 + j*16);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v_v_ + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(v1[j*2 + 1]), v_load(v + c), s0);
            const v16 add = v_add(s0, v_splat(v1[j + 64]));
            const v16 mul = v_mul(v_load(net_1_1 + j*16), add);
            v_store(net_0_1 + j*16, mul);
        }
        /* net.2 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0 = v_fma(v_splat(v1[j + 96]), v_load(net_1 + j*16), s0);
        }
        v_store(net_2, s0);
        v_store(x_dot + c, v_load(v_v_ + c));
        /* net.2 */
        v16 s0_1 = v_load(net_2);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_1 = v_fma(v_splat(theta[j + 96]), v_load(net_0_1 + j*16), s0_1);
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
static NOINLINE void secondorder_jvp_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        secondorder_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b,
            areas, 160);
    }
}

/* dx/dt */
static NOINLINE void secondorder_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real x1 = 0.0f;
    real v = 0.0f;
    x1 = x[b*2];
    v = x[b*2 + 1];
    real x_dot = 0.0f;
    real v_dot_ = 0.0f;
    const real *w = pack; FRESH(w)
    /* net.0.weight */
    const v16 v__ = v_mul(v_load(w + 32), v_splat(v));
    const v16 v_1_ = v_mul(v_load(w + 48), v_splat(v));
    /* net.0.weight */
    const v16 v_2_ = v_fma(v_load(w), v_splat(x1), v__);
    const v16 v_3_ = v_fma(v_load(w + 16), v_splat(x1), v_1_);
    const v16 v_4_ = v_load(w + 64);
    const v16 v_5_ = v_load(w + 80);
    const v16 v_6_ = v_add(v_2_, v_4_);
    const v16 v_7_ = v_add(v_3_, v_5_);
    const v16 v_8_ = v_tanh(v_6_);
    const v16 v_9_ = v_tanh(v_7_);
    const real v_10_ = theta[128];
    /* net.2.weight */
    v16 v_11_ = v_mul(v_load(w + 96), v_8_);
    v_11_ = v_fma(v_load(w + 112), v_9_, v_11_);
    const real s = v_tree(v_11_);
    const real v_12_ = s + v_10_;
    const real leaf = v;
    x_dot = leaf;
    v_dot_ = v_12_;
    dx[b*2] = x_dot;
    dx[b*2 + 1] = v_dot_;
}

/* dx/dt */
static NOINLINE void secondorder_f_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[128] ALIGNED;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        secondorder_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void secondorder_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)theta, (void)areas, (void)area_size;
    real *const sums = work + (b*144 + 128);
    ROLL for (ptrdiff_t i = 0; i < 144; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1 = 0.0f;
    real v = 0.0f;
    x1 = x[b*2];
    v = x[b*2 + 1];
    real a_dx = 0.0f;
    a_dx = a[b*2];
    real a_dv = 0.0f;
    a_dv = a[b*2 + 1];
    real x_bar = 0.0f;
    real v_bar_ = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    /* net.0.weight */
    const v16 v__ = v_mul(v_load(w + 32), v_splat(v));
    const v16 v_1_ = v_mul(v_load(w + 48), v_splat(v));
    /* net.0.weight */
    const v16 v_2_ = v_fma(v_load(w), v_splat(x1), v__);
    const v16 v_3_ = v_fma(v_load(w + 16), v_splat(x1), v_1_);
    const v16 v_4_ = v_load(w + 64);
    const v16 v_5_ = v_load(w + 80);
    const v16 v_6_ = v_add(v_2_, v_4_);
    const v16 v_7_ = v_add(v_3_, v_5_);
    const v16 v_8_ = v_tanh(v_6_);
    const v16 v_9_ = v_tanh(v_7_);
    g[128] = g[128] + a_dv;
    /* cotangent of net.2.weight */
    v_store(g + 96, v_fma(v_splat(a_dv), v_8_, v_load(g + 96)));
    v_store(g + 112, v_fma(v_splat(a_dv), v_9_, v_load(g + 112)));
    /* net.2.weight */
    const v16 v_10_ = v_mul(v_load(w + 96), v_splat(a_dv));
    const v16 v_11_ = v_mul(v_load(w + 112), v_splat(a_dv));
    const v16 v_12_ = v_neg(v_8_);
    const v16 v_13_ = v_neg(v_9_);
    const v16 v_14_ = v_fma(v_8_, v_12_, v_splat(1.0f));
    const v16 v_15_ = v_fma(v_9_, v_13_, v_splat(1.0f));
    const v16 v_16_ = v_mul(v_10_, v_14_);
    const v16 v_17_ = v_mul(v_11_, v_15_);
    v_store(g + 64, v_add(v_load(g + 64), v_16_));
    v_store(g + 80, v_add(v_load(g + 80), v_17_));
    /* cotangent of net.0.weight */
    v_store(g, v_fma(v_16_, v_splat(v), v_load(g)));
    v_store(g + 16, v_fma(v_17_, v_splat(v), v_load(g + 16)));
    /* net.0.weight */
    v16 v_18_ = v_mul(v_load(w + 32), v_16_);
    v_18_ = v_fma(v_load(w + 48), v_17_, v_18_);
    const real s = v_tree(v_18_);
    const real v_19_ = s + a_dx;
    /* cotangent of net.0.weight */
    v_store(g + 32, v_fma(v_16_, v_splat(x1), v_load(g + 32)));
    v_store(g + 48, v_fma(v_17_, v_splat(x1), v_load(g + 48)));
    /* net.0.weight */
    v16 v_20_ = v_mul(v_load(w), v_16_);
    v_20_ = v_fma(v_load(w + 16), v_17_, v_20_);
    const real s1 = v_tree(v_20_);
    x_bar = s1;
    v_bar_ = v_19_;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = x_bar;
        ax[b*2 + 1] = v_bar_;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void secondorder_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    const ptrdiff_t areas = blocks*144 + 128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        secondorder_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas,
            16);
    }
    if (atheta != NULL) {
        real *const sums = work + 128;
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
        ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
            p_store(atheta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            atheta[l*2 + 1] = atheta[l*2 + 1] + sums[l];
        }
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            atheta[l*2] = atheta[l*2] + sums[l + 32];
        }
        /* net.0.b */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(atheta + (l + 64), p_read(sums + (l + 64)));
        }
        /* net.2.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(atheta + (l + 96), p_read(sums + (l + 96)));
        }
        /* net.2.b */
        atheta[128] = sums[128];
    }
}

/* x at every time, from x0 */
static NOINLINE void secondorder_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real v = 0.0f;
    real h = 0.0f;
    x1 = x0[b*2];
    v = x0[b*2 + 1];
    x[b*2] = x1;
    x[b*2 + 1] = v;
    const ptrdiff_t sound = 1 - (x1 - x1 != 0.0f);
    const ptrdiff_t sound1 = (1 - (v - v != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = secondorder_find(x, b*2, 2);
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
        const ptrdiff_t n = secondorder_steps(begin, end, h_max, steps, max_steps);
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
            /* net.0.weight */
            const v16 v__ = v_mul(v_load(w + 32), v_splat(v));
            const v16 v_1_ = v_mul(v_load(w + 48), v_splat(v));
            /* net.0.weight */
            const v16 v_2_ = v_fma(v_load(w), v_splat(x1), v__);
            const v16 v_3_ = v_fma(v_load(w + 16), v_splat(x1), v_1_);
            const v16 v_4_ = v_load(w + 64);
            const v16 v_5_ = v_load(w + 80);
            const v16 v_6_ = v_add(v_2_, v_4_);
            const v16 v_7_ = v_add(v_3_, v_5_);
            const v16 v_8_ = v_tanh(v_6_);
            const v16 v_9_ = v_tanh(v_7_);
            const real v_10_ = theta[128];
            /* net.2.weight */
            v16 v_11_ = v_mul(v_load(w + 96), v_8_);
            v_11_ = v_fma(v_load(w + 112), v_9_, v_11_);
            const real s1 = v_tree(v_11_);
            const real v_12_ = s1 + v_10_;
            const real fma_ = fmaf(v, h, x1);
            const real fma1 = fmaf(v_12_, h, v);
            x1 = fma_;
            v = fma1;
        }
        x[(i*batch + b)*2] = x1;
        x[(i*batch + b)*2 + 1] = v;
        const ptrdiff_t sound2 = 1 - (x1 - x1 != 0.0f);
        const ptrdiff_t sound3 = (1 - (v - v != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = secondorder_find(x, (i*batch + b)*2, 2);
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

static void secondorder_solve_latency_task(void *args, size_t task)
{
    const pendulum_solve_latency_args *const a = (const pendulum_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    secondorder_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int secondorder_solve_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail,
    real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    const ptrdiff_t areas = 128;
    {
        pendulum_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, secondorder_solve_latency_task, &args);
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
static NOINLINE void secondorder_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*144 + 128);
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
    real h = 0.0f;
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
            const ptrdiff_t n = secondorder_steps(begin, end, h_max, steps, max_steps);
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
                /* net.0.weight */
                const v16 v__ = v_mul(v_load(w1 + 32), v_splat(v));
                const v16 v_1_ = v_mul(v_load(w1 + 48), v_splat(v));
                /* net.0.weight */
                const v16 v_2_ = v_fma(v_load(w1), v_splat(x1), v__);
                const v16 v_3_ = v_fma(v_load(w1 + 16), v_splat(x1), v_1_);
                const v16 v_4_ = v_load(w1 + 64);
                const v16 v_5_ = v_load(w1 + 80);
                const v16 v_6_ = v_add(v_2_, v_4_);
                const v16 v_7_ = v_add(v_3_, v_5_);
                const v16 v_8_ = v_tanh(v_6_);
                const v16 v_9_ = v_tanh(v_7_);
                const real v_10_ = theta[128];
                /* net.2.weight */
                v16 v_11_ = v_mul(v_load(w1 + 96), v_8_);
                v_11_ = v_fma(v_load(w1 + 112), v_9_, v_11_);
                const real s1 = v_tree(v_11_);
                const real v_12_ = s1 + v_10_;
                const real mul = v_bar_*neg;
                g1[128] = g1[128] + mul;
                /* cotangent of net.2.weight */
                v_store(g1 + 96, v_fma(v_splat(mul), v_8_, v_load(g1 + 96)));
                v_store(g1 + 112, v_fma(v_splat(mul), v_9_, v_load(g1 + 112)));
                /* net.2.weight */
                const v16 v_13_ = v_mul(v_load(w1 + 96), v_splat(mul));
                const v16 v_14_ = v_mul(v_load(w1 + 112), v_splat(mul));
                const v16 v_15_ = v_neg(v_8_);
                const v16 v_16_ = v_neg(v_9_);
                const v16 v_17_ = v_fma(v_8_, v_15_, v_splat(1.0f));
                const v16 v_18_ = v_fma(v_9_, v_16_, v_splat(1.0f));
                const v16 v_19_ = v_mul(v_13_, v_17_);
                const v16 v_20_ = v_mul(v_14_, v_18_);
                v_store(g1 + 64, v_add(v_load(g1 + 64), v_19_));
                v_store(g1 + 80, v_add(v_load(g1 + 80), v_20_));
                /* cotangent of net.0.weight */
                v_store(g1, v_fma(v_19_, v_splat(v), v_load(g1)));
                v_store(g1 + 16, v_fma(v_20_, v_splat(v), v_load(g1 + 16)));
                /* net.0.weight */
                v16 v_21_ = v_mul(v_load(w1 + 32), v_19_);
                v_21_ = v_fma(v_load(w1 + 48), v_20_, v_21_);
                const real s2 = v_tree(v_21_);
                const real v_22_ = fmaf(x_bar, neg, s2);
                /* cotangent of net.0.weight */
                v_store(g1 + 32, v_fma(v_19_, v_splat(x1), v_load(g1 + 32)));
                v_store(g1 + 48, v_fma(v_20_, v_splat(x1), v_load(g1 + 48)));
                const real fma_ = fmaf(v, h, x1);
                /* net.0.weight */
                v16 v_23_ = v_mul(v_load(w1), v_19_);
                v_23_ = v_fma(v_load(w1 + 16), v_20_, v_23_);
                const real s3 = v_tree(v_23_);
                const real v_24_ = s3 + x_bar;
                const real fma1 = fmaf(v_12_, h, v);
                const real add2 = v_bar_ + v_22_;
                const real leaf = v;
                x1 = fma_;
                x_bar = v_24_;
                v = fma1;
                v_bar_ = add2;
                x_slope = leaf;
                v_slope_ = v_12_;
                if (s == 0) {
                    x_first_slope = x_slope;
                    v_first_slope_ = v_slope_;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real c = v_jump_*v_first_slope_;
                const real c1 = fmaf(x_jump, x_first_slope, c);
                dt1 = c1;
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
                const ptrdiff_t at = secondorder_find(work, area + 16, 2);
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
        const real *w = pack; FRESH(w)
        /* net.0.weight */
        const v16 v__ = v_mul(v_load(w + 32), v_splat(v));
        const v16 v_1_ = v_mul(v_load(w + 48), v_splat(v));
        /* net.0.weight */
        const v16 v_2_ = v_fma(v_load(w), v_splat(x1), v__);
        const v16 v_3_ = v_fma(v_load(w + 16), v_splat(x1), v_1_);
        const v16 v_4_ = v_load(w + 64);
        const v16 v_5_ = v_load(w + 80);
        const v16 v_6_ = v_add(v_2_, v_4_);
        const v16 v_7_ = v_add(v_3_, v_5_);
        const v16 v_8_ = v_tanh(v_6_);
        const v16 v_9_ = v_tanh(v_7_);
        const real v_10_ = theta[128];
        /* net.2.weight */
        v16 v_11_ = v_mul(v_load(w + 96), v_8_);
        v_11_ = v_fma(v_load(w + 112), v_9_, v_11_);
        const real s = v_tree(v_11_);
        const real v_12_ = s + v_10_;
        const real leaf = v;
        x_first_slope = leaf;
        v_first_slope_ = v_12_;
        const real c = v_bar_*v_first_slope_;
        const real c1 = fmaf(x_bar, x_first_slope, c);
        const real neg = -c1;
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
        const ptrdiff_t at = secondorder_find(work, area + 16, 2);
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

static void secondorder_gradient_latency_task(void *args, size_t task)
{
    const pendulum_gradient_latency_args *const a = (const pendulum_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    secondorder_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta,
        a->g_x, a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int secondorder_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    const ptrdiff_t areas = blocks*144 + 128;
    const ptrdiff_t dt = areas + blocks*32;
    {
        pendulum_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, secondorder_gradient_latency_task, &args);
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
        real *const sums = work + 128;
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
        ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
            p_store(g_theta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            g_theta[l*2 + 1] = g_theta[l*2 + 1] + sums[l];
        }
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            g_theta[l*2] = g_theta[l*2] + sums[l + 32];
        }
        /* net.0.b */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(g_theta + (l + 64), p_read(sums + (l + 64)));
        }
        /* net.2.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(g_theta + (l + 96), p_read(sums + (l + 96)));
        }
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
static NOINLINE void secondorder_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)t, (void)t_stride;
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
    real x_dot[128] ALIGNED;
    real v_dot_[128] ALIGNED;
    real net_0[512] ALIGNED;
    real net_1[512] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(x1 + c), s0);
            const v16 add = v_add(s0, v_splat(theta[j + 64]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + j*16, tanh_);
        }
        /* net.2 */
        v16 s0 = v_splat(theta[128]);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0 = v_fma(v_splat(theta[j + 96]), v_load(net_1 + j*16), s0);
        }
        v_store(x_dot + c, v_load(v + c));
        v_store(v_dot_ + c, s0);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(v_dot_ + c));
    }
}

/* dx/dt */
static NOINLINE void secondorder_f_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        secondorder_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void secondorder_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*2064;
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
    real net_0[512] ALIGNED;
    real net_1[4096] ALIGNED;
    real net_1_1[512] ALIGNED;
    real net_1_2[4096] ALIGNED;
    real net_0_1[1024] ALIGNED;
    real net_0_2[1024] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(x1 + c), s0);
            const v16 add = v_add(s0, v_splat(theta[j + 64]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + (j*128 + c), tanh_);
            const v16 neg = v_neg(tanh_);
            const v16 fma_ = v_fma(tanh_, neg, v_splat(1.0f));
            v_store(net_1_1 + j*16, fma_);
        }
        /* net.2 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j + 96]), v_load(a_dv + c), s0);
            const v16 mul = v_mul(s0, v_load(net_1_1 + j*16));
            v_store(net_1_2 + (j*128 + c), mul);
        }
        /* net.0 */
        v16 s0 = v_load(a_dx + c);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1_2 + (j*128 + c)), s0);
        }
        v_store(v_bar_ + c, s0);
        /* net.0 */
        v16 s0_1 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_1 = v_fma(v_splat(theta[j*2]), v_load(net_1_2 + (j*128 + c)), s0_1);
        }
        v_store(x_bar + c, s0_1);
        v_store(t_bar + c, v_splat(0.0f));
    }
    /* net.2: sum over samples */
    v16 s0 = v_load(sums + 2048);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(a_dv + c));
    }
    v_store(sums + 2048, s0);
    /* net.2: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i += 8) {
        v16 s0_1 = v_load(sums + (i + 96)*16);
        v16 s1 = v_load(sums + (i + 97)*16);
        v16 s2 = v_load(sums + (i + 98)*16);
        v16 s3 = v_load(sums + (i + 99)*16);
        v16 s4 = v_load(sums + (i + 100)*16);
        v16 s5 = v_load(sums + (i + 101)*16);
        v16 s6 = v_load(sums + (i + 102)*16);
        v16 s7 = v_load(sums + (i + 103)*16);
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
    ROLL for (ptrdiff_t i = 0; i < 32; i += 8) {
        v16 s0_1 = v_load(sums + (i + 64)*16);
        v16 s1 = v_load(sums + (i + 65)*16);
        v16 s2 = v_load(sums + (i + 66)*16);
        v16 s3 = v_load(sums + (i + 67)*16);
        v16 s4 = v_load(sums + (i + 68)*16);
        v16 s5 = v_load(sums + (i + 69)*16);
        v16 s6 = v_load(sums + (i + 70)*16);
        v16 s7 = v_load(sums + (i + 71)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            s0_1 = v_add(s0_1, v_load(net_1_2 + (i*128 + c)));
            s1 = v_add(s1, v_load(net_1_2 + ((i + 1)*128 + c)));
            s2 = v_add(s2, v_load(net_1_2 + ((i + 2)*128 + c)));
            s3 = v_add(s3, v_load(net_1_2 + ((i + 3)*128 + c)));
            s4 = v_add(s4, v_load(net_1_2 + ((i + 4)*128 + c)));
            s5 = v_add(s5, v_load(net_1_2 + ((i + 5)*128 + c)));
            s6 = v_add(s6, v_load(net_1_2 + ((i + 6)*128 + c)));
            s7 = v_add(s7, v_load(net_1_2 + ((i + 7)*128 + c)));
        }
        v_store(sums + (i + 64)*16, s0_1);
        v_store(sums + (i + 65)*16, s1);
        v_store(sums + (i + 66)*16, s2);
        v_store(sums + (i + 67)*16, s3);
        v_store(sums + (i + 68)*16, s4);
        v_store(sums + (i + 69)*16, s5);
        v_store(sums + (i + 70)*16, s6);
        v_store(sums + (i + 71)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_1 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 32; i++) {
            v_store(net_0_1 + (i*2 + 1)*16, v_fma(v_load(net_1_2 + (i*128 + c)), v_load(v + c),
                v_load(net_0_1 + (i*2 + 1)*16)));
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_2 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 32; i++) {
            v_store(net_0_2 + i*32, v_fma(v_load(net_1_2 + (i*128 + c)), v_load(x1 + c),
                v_load(net_0_2 + i*32)));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const v16 add = v_add(v_load(net_0_1 + (i*2 + j)*16), v_load(net_0_2 + (i*2 + j)*16));
            v_store(sums + (i*2 + j)*16, v_add(v_load(sums + (i*2 + j)*16), add));
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
static NOINLINE void secondorder_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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

static void secondorder_vjp_batch_task(void *args, size_t task)
{
    const swing_vjp_batch_args *const a = (const swing_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    secondorder_vjp_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void secondorder_vjp_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*2064;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        secondorder_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        {
            swing_vjp_batch_args args = { sums, blocks, atheta };
            each(parallel, (size_t)3, secondorder_vjp_batch_task, &args);
        }
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void secondorder_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[128] ALIGNED;
    real v[128] ALIGNED;
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
        const ptrdiff_t at = secondorder_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = secondorder_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = secondorder_steps(begin, end, h_max, steps, max_steps);
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
            real net_0[512] ALIGNED;
            real net_1[512] ALIGNED;
            real fma_[16] ALIGNED;
            real fma1[16] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                /* net.0 */
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v + c), s0);
                    v_store(net_0 + j*16, s0);
                }
                /* net.0 */
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    v16 s0 = v_load(net_0 + j*16);
                    s0 = v_fma(v_splat(theta[j*2]), v_load(x1 + c), s0);
                    const v16 add = v_add(s0, v_splat(theta[j + 64]));
                    const v16 tanh_ = v_tanh(add);
                    v_store(net_1 + j*16, tanh_);
                }
                /* net.2 */
                v16 s0 = v_splat(theta[128]);
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    s0 = v_fma(v_splat(theta[j + 96]), v_load(net_1 + j*16), s0);
                }
                const v16 fma2 = v_fma(v_load(v + c), v_load(h + c), v_load(x1 + c));
                v_store(fma_, fma2);
                const v16 fma3 = v_fma(s0, v_load(h + c), v_load(v + c));
                v_store(fma1, fma3);
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
            const ptrdiff_t at = secondorder_find(x, (i*batch + first)*2, count*2);
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

static void secondorder_solve_batch_task(void *args, size_t task)
{
    const swing_solve_batch_args *const a = (const swing_solve_batch_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    secondorder_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int secondorder_solve_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail,
    real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        swing_solve_batch_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 272 };
        each(parallel, (size_t)blocks, secondorder_solve_batch_task, &args);
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
static NOINLINE void secondorder_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*2064;
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
                const ptrdiff_t n1 = secondorder_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = secondorder_steps(begin, end, h_max, steps, max_steps);
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
                real fma_[128] ALIGNED;
                real neg[16] ALIGNED;
                real net_0[512] ALIGNED;
                real net_1[4096] ALIGNED;
                real net_1_1[512] ALIGNED;
                real mul[128] ALIGNED;
                real fma1[128] ALIGNED;
                real net_1_2[4096] ALIGNED;
                real net_0_1[1024] ALIGNED;
                real add[128] ALIGNED;
                real net_0_2[1024] ALIGNED;
                real add1[128] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    v_store(select, select2);
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(v_bar_ + c), v_splat(0.0f));
                    v_store(select1, select3);
                    const v16 fma2 = v_fma(v_load(v + c), v_load(h + c), v_load(x1 + c));
                    v_store(fma_ + c, fma2);
                    v_store(x_slope + c, v_load(v + c));
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0 = v_splat(0.0f);
                        s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v + c), s0);
                        v_store(net_0 + j*16, s0);
                    }
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0 = v_load(net_0 + j*16);
                        s0 = v_fma(v_splat(theta[j*2]), v_load(x1 + c), s0);
                        const v16 add2 = v_add(s0, v_splat(theta[j + 64]));
                        const v16 tanh_ = v_tanh(add2);
                        v_store(net_1 + (j*128 + c), tanh_);
                        const v16 neg2 = v_neg(tanh_);
                        const v16 fma3 = v_fma(tanh_, neg2, v_splat(1.0f));
                        v_store(net_1_1 + j*16, fma3);
                    }
                    /* net.2 */
                    v16 s0 = v_splat(theta[128]);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0 = v_fma(v_splat(theta[j + 96]), v_load(net_1 + (j*128 + c)), s0);
                    }
                    const v16 mul1 = v_mul(v_load(select1), v_load(neg));
                    v_store(mul + c, mul1);
                    const v16 fma3 = v_fma(s0, v_load(h + c), v_load(v + c));
                    v_store(fma1 + c, fma3);
                    v_store(v_slope_ + c, s0);
                    /* net.2 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0_1 = v_splat(0.0f);
                        s0_1 = v_fma(v_splat(theta[j + 96]), v_load(mul + c), s0_1);
                        const v16 mul2 = v_mul(s0_1, v_load(net_1_1 + j*16));
                        v_store(net_1_2 + (j*128 + c), mul2);
                    }
                    /* net.0 */
                    v16 s0_1 = v_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0_1 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1_2 + (j*128 + c)), s0_1);
                    }
                    const v16 fma4 = v_fma(v_load(select), v_load(neg), s0_1);
                    const v16 add2 = v_add(v_load(select1), fma4);
                    v_store(add + c, add2);
                    /* net.0 */
                    v16 s0_2 = v_load(select);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0_2 = v_fma(v_splat(theta[j*2]), v_load(net_1_2 + (j*128 + c)), s0_2);
                    }
                    v_store(add1 + c, s0_2);
                }
                /* net.2: sum over samples */
                v16 s0 = v_load(sums + 2048);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums + 2048, s0);
                /* net.2: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 96)*16);
                    v16 s1_1 = v_load(sums + (i1 + 97)*16);
                    v16 s2 = v_load(sums + (i1 + 98)*16);
                    v16 s3 = v_load(sums + (i1 + 99)*16);
                    v16 s4 = v_load(sums + (i1 + 100)*16);
                    v16 s5 = v_load(sums + (i1 + 101)*16);
                    v16 s6 = v_load(sums + (i1 + 102)*16);
                    v16 s7 = v_load(sums + (i1 + 103)*16);
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
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 64)*16);
                    v16 s1_1 = v_load(sums + (i1 + 65)*16);
                    v16 s2 = v_load(sums + (i1 + 66)*16);
                    v16 s3 = v_load(sums + (i1 + 67)*16);
                    v16 s4 = v_load(sums + (i1 + 68)*16);
                    v16 s5 = v_load(sums + (i1 + 69)*16);
                    v16 s6 = v_load(sums + (i1 + 70)*16);
                    v16 s7 = v_load(sums + (i1 + 71)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        s0_1 = v_add(s0_1, v_load(net_1_2 + (i1*128 + c)));
                        s1_1 = v_add(s1_1, v_load(net_1_2 + ((i1 + 1)*128 + c)));
                        s2 = v_add(s2, v_load(net_1_2 + ((i1 + 2)*128 + c)));
                        s3 = v_add(s3, v_load(net_1_2 + ((i1 + 3)*128 + c)));
                        s4 = v_add(s4, v_load(net_1_2 + ((i1 + 4)*128 + c)));
                        s5 = v_add(s5, v_load(net_1_2 + ((i1 + 5)*128 + c)));
                        s6 = v_add(s6, v_load(net_1_2 + ((i1 + 6)*128 + c)));
                        s7 = v_add(s7, v_load(net_1_2 + ((i1 + 7)*128 + c)));
                    }
                    v_store(sums + (i1 + 64)*16, s0_1);
                    v_store(sums + (i1 + 65)*16, s1_1);
                    v_store(sums + (i1 + 66)*16, s2);
                    v_store(sums + (i1 + 67)*16, s3);
                    v_store(sums + (i1 + 68)*16, s4);
                    v_store(sums + (i1 + 69)*16, s5);
                    v_store(sums + (i1 + 70)*16, s6);
                    v_store(sums + (i1 + 71)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_1 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                        v_store(net_0_1 + (i1*2 + 1)*16, v_fma(v_load(net_1_2 + (i1*128 + c)),
                            v_load(v + c), v_load(net_0_1 + (i1*2 + 1)*16)));
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_2 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                        v_store(net_0_2 + i1*32, v_fma(v_load(net_1_2 + (i1*128 + c)),
                            v_load(x1 + c), v_load(net_0_2 + i1*32)));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 add2 = v_add(v_load(net_0_1 + (i1*2 + j)*16),
                            v_load(net_0_2 + (i1*2 + j)*16));
                        v_store(sums + (i1*2 + j)*16, v_add(v_load(sums + (i1*2 + j)*16), add2));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg select2 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + c), p_read(x1 + c));
                    const reg select3 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add1 + c), p_read(x_bar + c));
                    const reg select4 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma1 + c), p_read(v + c));
                    const reg select5 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add + c), p_read(v_bar_ + c));
                    p_store(x1 + c, select2);
                    p_store(x_bar + c, select3);
                    p_store(v + c, select4);
                    p_store(v_bar_ + c, select5);
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
                real con[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_load(v_jump_ + c), v_load(v_first_slope_ + c), s0);
                    v_store(con, s0);
                    v16 s0_1 = v_load(con);
                    s0_1 = v_fma(v_load(x_jump + c), v_load(x_first_slope + c), s0_1);
                    v_store(dt1 + c, s0_1);
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
                const ptrdiff_t at = secondorder_find(work, area + 16, count*2);
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
        real net_0[512] ALIGNED;
        real net_1[512] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            /* net.0 */
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                v16 s0 = v_splat(0.0f);
                s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v + c), s0);
                v_store(net_0 + j*16, s0);
            }
            /* net.0 */
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                v16 s0 = v_load(net_0 + j*16);
                s0 = v_fma(v_splat(theta[j*2]), v_load(x1 + c), s0);
                const v16 add = v_add(s0, v_splat(theta[j + 64]));
                const v16 tanh_ = v_tanh(add);
                v_store(net_1 + j*16, tanh_);
            }
            /* net.2 */
            v16 s0 = v_splat(theta[128]);
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                s0 = v_fma(v_splat(theta[j + 96]), v_load(net_1 + j*16), s0);
            }
            v_store(x_first_slope + c, v_load(v + c));
            v_store(v_first_slope_ + c, s0);
        }
        real con[16] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_load(v_bar_ + c), v_load(v_first_slope_ + c), s0);
            v_store(con, s0);
            v16 s0_1 = v_load(con);
            s0_1 = v_fma(v_load(x_bar + c), v_load(x_first_slope + c), s0_1);
            const v16 neg = v_neg(s0_1);
            v_store(dt1 + c, neg);
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
        const ptrdiff_t at = secondorder_find(work, area + 16, count*2);
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
static NOINLINE void secondorder_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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

static void secondorder_gradient_batch_task(void *args, size_t task)
{
    const swing_gradient_batch_args *const a = (const swing_gradient_batch_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    secondorder_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

static void secondorder_gradient_batch_task2(void *args, size_t task)
{
    const swing_vjp_batch_args *const a = (const swing_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    secondorder_gradient_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int secondorder_gradient_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*2064;
    const ptrdiff_t dt = areas + blocks*272;
    {
        swing_gradient_batch_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 272, dt };
        each(parallel, (size_t)blocks, secondorder_gradient_batch_task, &args);
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
        real *const sums = work;
        {
            swing_vjp_batch_args args = { sums, blocks, g_theta };
            each(parallel, (size_t)3, secondorder_gradient_batch_task2, &args);
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

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int hamiltonian_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int hamiltonian_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void hamiltonian_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real q[128] ALIGNED;
    real p[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(q + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(p + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real v_q_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_q_ + c, v_gather(vx + (first*2 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_q_ + c, p_splat(0.0f));
        }
    }
    real v_p_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_p_ + c, v_gather(vx + (first*2 + 1 + c*2), 2, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_p_ + c, p_splat(0.0f));
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
    ROLL for (ptrdiff_t i = 0; i < 129; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real q_dot[128] ALIGNED;
    real p_dot_[128] ALIGNED;
    real net_0[512] ALIGNED;
    real net_1[512] ALIGNED;
    real net_1_1[512] ALIGNED;
    real net_1_2[512] ALIGNED;
    real net_0_1[512] ALIGNED;
    real net_0_2[16] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(p + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(q + c), s0);
            const v16 add = v_add(s0, v_splat(theta[j + 64]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + j*16, tanh_);
            const v16 neg = v_neg(tanh_);
            const v16 fma_ = v_fma(tanh_, neg, v_splat(1.0f));
            v_store(net_1_1 + j*16, fma_);
            const v16 mul = v_mul(v_splat(theta[j + 96]), fma_);
            v_store(net_1_2 + j*16, mul);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(v[j*2]), v_load(q + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(v_q_ + c), s0);
            v_store(net_0_1 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0_1 + j*16);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(v_p_ + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(v[j*2 + 1]), v_load(p + c), s0);
            const v16 add = v_add(s0, v_splat(v[j + 64]));
            const v16 mul = v_mul(v_load(net_1_1 + j*16), add);
            const v16 add1 = v_add(mul, mul);
            const v16 mul1 = v_mul(v_load(net_1 + j*16), add1);
            const v16 neg = v_neg(mul1);
            const v16 mul2 = v_mul(v_splat(theta[j + 96]), neg);
            const v16 fma_ = v_fma(v_load(net_1_1 + j*16), v_splat(v[j + 96]), mul2);
            v_store(net_0_1 + j*16, fma_);
        }
        /* net.0 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0 = v_fma(v_splat(v[j*2 + 1]), v_load(net_1_2 + j*16), s0);
        }
        v_store(net_0_2, s0);
        /* net.0 */
        v16 s0_1 = v_load(net_0_2);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_1 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_0_1 + j*16), s0_1);
        }
        v_store(q_dot + c, s0_1);
        /* net.0 */
        v16 s0_2 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_2 = v_fma(v_splat(v[j*2]), v_load(net_1_2 + j*16), s0_2);
        }
        v_store(net_0_2, s0_2);
        /* net.0 */
        v16 s0_3 = v_load(net_0_2);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_3 = v_fma(v_splat(theta[j*2]), v_load(net_0_1 + j*16), s0_3);
        }
        const v16 neg = v_neg(s0_3);
        v_store(p_dot_ + c, neg);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + c*2), 2, count - c, v_load(q_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*2 + 1 + c*2), 2, count - c, v_load(p_dot_ + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void hamiltonian_jvp_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        hamiltonian_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b,
            areas, 160);
    }
}

/* dx/dt */
static NOINLINE void hamiltonian_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride, (void)theta;
    real q = 0.0f;
    real p = 0.0f;
    q = x[b*2];
    p = x[b*2 + 1];
    real q_dot = 0.0f;
    real p_dot_ = 0.0f;
    const real *w = pack; FRESH(w)
    /* net.0.weight */
    const v16 v__ = v_mul(v_load(w + 32), v_splat(p));
    const v16 v_1_ = v_mul(v_load(w + 48), v_splat(p));
    /* net.0.weight */
    const v16 v_2_ = v_fma(v_load(w), v_splat(q), v__);
    const v16 v_3_ = v_fma(v_load(w + 16), v_splat(q), v_1_);
    const v16 v_4_ = v_load(w + 64);
    const v16 v_5_ = v_load(w + 80);
    const v16 v_6_ = v_add(v_2_, v_4_);
    const v16 v_7_ = v_add(v_3_, v_5_);
    const v16 v_8_ = v_tanh(v_6_);
    const v16 v_9_ = v_tanh(v_7_);
    const v16 v_10_ = v_neg(v_8_);
    const v16 v_11_ = v_neg(v_9_);
    const v16 v_12_ = v_fma(v_8_, v_10_, v_splat(1.0f));
    const v16 v_13_ = v_fma(v_9_, v_11_, v_splat(1.0f));
    const v16 v_14_ = v_load(w + 96);
    const v16 v_15_ = v_load(w + 112);
    const v16 v_16_ = v_mul(v_14_, v_12_);
    const v16 v_17_ = v_mul(v_15_, v_13_);
    /* net.0.weight */
    v16 v_18_ = v_mul(v_load(w + 32), v_16_);
    v_18_ = v_fma(v_load(w + 48), v_17_, v_18_);
    const real s = v_tree(v_18_);
    /* net.0.weight */
    v16 v_19_ = v_mul(v_load(w), v_16_);
    v_19_ = v_fma(v_load(w + 16), v_17_, v_19_);
    const real s1 = v_tree(v_19_);
    const real neg = -s1;
    q_dot = s;
    p_dot_ = neg;
    dx[b*2] = q_dot;
    dx[b*2 + 1] = p_dot_;
}

/* dx/dt */
static NOINLINE void hamiltonian_f_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[128] ALIGNED;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        hamiltonian_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void hamiltonian_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)theta, (void)areas, (void)area_size;
    real *const sums = work + (b*128 + 128);
    ROLL for (ptrdiff_t i = 0; i < 128; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real q = 0.0f;
    real p = 0.0f;
    q = x[b*2];
    p = x[b*2 + 1];
    real a_dq = 0.0f;
    a_dq = a[b*2];
    real a_dp = 0.0f;
    a_dp = a[b*2 + 1];
    real q_bar = 0.0f;
    real p_bar_ = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    /* net.0.weight */
    const v16 v__ = v_mul(v_load(w + 32), v_splat(p));
    const v16 v_1_ = v_mul(v_load(w + 48), v_splat(p));
    /* net.0.weight */
    const v16 v_2_ = v_fma(v_load(w), v_splat(q), v__);
    const v16 v_3_ = v_fma(v_load(w + 16), v_splat(q), v_1_);
    const v16 v_4_ = v_load(w + 64);
    const v16 v_5_ = v_load(w + 80);
    const v16 v_6_ = v_add(v_2_, v_4_);
    const v16 v_7_ = v_add(v_3_, v_5_);
    const v16 v_8_ = v_tanh(v_6_);
    const v16 v_9_ = v_tanh(v_7_);
    const v16 v_10_ = v_neg(v_8_);
    const v16 v_11_ = v_neg(v_9_);
    const v16 v_12_ = v_fma(v_8_, v_10_, v_splat(1.0f));
    const v16 v_13_ = v_fma(v_9_, v_11_, v_splat(1.0f));
    const v16 v_14_ = v_load(w + 96);
    const v16 v_15_ = v_load(w + 112);
    const v16 v_16_ = v_mul(v_14_, v_12_);
    const v16 v_17_ = v_mul(v_15_, v_13_);
    const real neg = -a_dp;
    /* cotangent of net.0.weight */
    v_store(g, v_fma(v_splat(neg), v_16_, v_load(g)));
    v_store(g + 16, v_fma(v_splat(neg), v_17_, v_load(g + 16)));
    /* cotangent of net.0.weight */
    v_store(g + 32, v_fma(v_splat(a_dq), v_16_, v_load(g + 32)));
    v_store(g + 48, v_fma(v_splat(a_dq), v_17_, v_load(g + 48)));
    /* net.0.weight */
    const v16 v_18_ = v_mul(v_load(w + 32), v_splat(a_dq));
    const v16 v_19_ = v_mul(v_load(w + 48), v_splat(a_dq));
    /* net.0.weight */
    const v16 v_20_ = v_fma(v_load(w), v_splat(neg), v_18_);
    const v16 v_21_ = v_fma(v_load(w + 16), v_splat(neg), v_19_);
    const v16 v_22_ = v_mul(v_12_, v_20_);
    const v16 v_23_ = v_mul(v_13_, v_21_);
    const v16 v_24_ = v_mul(v_14_, v_20_);
    const v16 v_25_ = v_mul(v_15_, v_21_);
    const v16 v_26_ = v_neg(v_24_);
    const v16 v_27_ = v_neg(v_25_);
    const v16 v_28_ = v_mul(v_8_, v_26_);
    const v16 v_29_ = v_mul(v_9_, v_27_);
    const v16 v_30_ = v_add(v_28_, v_28_);
    const v16 v_31_ = v_add(v_29_, v_29_);
    /* cotangent of net.2.weight */
    v_store(g + 96, v_add(v_load(g + 96), v_22_));
    v_store(g + 112, v_add(v_load(g + 112), v_23_));
    const v16 v_32_ = v_mul(v_12_, v_30_);
    const v16 v_33_ = v_mul(v_13_, v_31_);
    v_store(g + 64, v_add(v_load(g + 64), v_32_));
    v_store(g + 80, v_add(v_load(g + 80), v_33_));
    /* cotangent of net.0.weight */
    v_store(g + 32, v_fma(v_32_, v_splat(p), v_load(g + 32)));
    v_store(g + 48, v_fma(v_33_, v_splat(p), v_load(g + 48)));
    /* net.0.weight */
    v16 v_34_ = v_mul(v_load(w + 32), v_32_);
    v_34_ = v_fma(v_load(w + 48), v_33_, v_34_);
    const real s = v_tree(v_34_);
    /* cotangent of net.0.weight */
    v_store(g, v_fma(v_32_, v_splat(q), v_load(g)));
    v_store(g + 16, v_fma(v_33_, v_splat(q), v_load(g + 16)));
    /* net.0.weight */
    v16 v_35_ = v_mul(v_load(w), v_32_);
    v_35_ = v_fma(v_load(w + 16), v_33_, v_35_);
    const real s1 = v_tree(v_35_);
    q_bar = s1;
    p_bar_ = s;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = q_bar;
        ax[b*2 + 1] = p_bar_;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void hamiltonian_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    const ptrdiff_t areas = blocks*128 + 128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        hamiltonian_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas,
            16);
    }
    if (atheta != NULL) {
        real *const sums = work + 128;
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
        ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
            p_store(atheta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            atheta[l*2] = atheta[l*2] + sums[l];
        }
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            atheta[l*2 + 1] = atheta[l*2 + 1] + sums[l + 32];
        }
        /* net.0.b */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(atheta + (l + 64), p_read(sums + (l + 64)));
        }
        /* net.2.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(atheta + (l + 96), p_read(sums + (l + 96)));
        }
        v_scatter(atheta + 128, 1, 1, v_splat(0.0f));
        /* net.2.b */
    }
}

/* x at every time, from x0 */
static NOINLINE void hamiltonian_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real q = 0.0f;
    real p = 0.0f;
    real h = 0.0f;
    q = x0[b*2];
    p = x0[b*2 + 1];
    x[b*2] = q;
    x[b*2 + 1] = p;
    const ptrdiff_t sound = 1 - (q - q != 0.0f);
    const ptrdiff_t sound1 = (1 - (p - p != 0.0f))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = hamiltonian_find(x, b*2, 2);
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
        const ptrdiff_t n = hamiltonian_steps(begin, end, h_max, steps, max_steps);
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
            /* net.0.weight */
            const v16 v__ = v_mul(v_load(w + 32), v_splat(p));
            const v16 v_1_ = v_mul(v_load(w + 48), v_splat(p));
            /* net.0.weight */
            const v16 v_2_ = v_fma(v_load(w), v_splat(q), v__);
            const v16 v_3_ = v_fma(v_load(w + 16), v_splat(q), v_1_);
            const v16 v_4_ = v_load(w + 64);
            const v16 v_5_ = v_load(w + 80);
            const v16 v_6_ = v_add(v_2_, v_4_);
            const v16 v_7_ = v_add(v_3_, v_5_);
            const v16 v_8_ = v_tanh(v_6_);
            const v16 v_9_ = v_tanh(v_7_);
            const v16 v_10_ = v_neg(v_8_);
            const v16 v_11_ = v_neg(v_9_);
            const v16 v_12_ = v_fma(v_8_, v_10_, v_splat(1.0f));
            const v16 v_13_ = v_fma(v_9_, v_11_, v_splat(1.0f));
            const v16 v_14_ = v_load(w + 96);
            const v16 v_15_ = v_load(w + 112);
            const v16 v_16_ = v_mul(v_14_, v_12_);
            const v16 v_17_ = v_mul(v_15_, v_13_);
            /* net.0.weight */
            v16 v_18_ = v_mul(v_load(w + 32), v_16_);
            v_18_ = v_fma(v_load(w + 48), v_17_, v_18_);
            const real s1 = v_tree(v_18_);
            /* net.0.weight */
            v16 v_19_ = v_mul(v_load(w), v_16_);
            v_19_ = v_fma(v_load(w + 16), v_17_, v_19_);
            const real s2 = v_tree(v_19_);
            const real neg = -s2;
            const real fma_ = fmaf(s1, h, q);
            const real fma1 = fmaf(neg, h, p);
            q = fma_;
            p = fma1;
        }
        x[(i*batch + b)*2] = q;
        x[(i*batch + b)*2 + 1] = p;
        const ptrdiff_t sound2 = 1 - (q - q != 0.0f);
        const ptrdiff_t sound3 = (1 - (p - p != 0.0f))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = hamiltonian_find(x, (i*batch + b)*2, 2);
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

static void hamiltonian_solve_latency_task(void *args, size_t task)
{
    const pendulum_solve_latency_args *const a = (const pendulum_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    hamiltonian_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int hamiltonian_solve_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail,
    real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    const ptrdiff_t areas = 128;
    {
        pendulum_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, hamiltonian_solve_latency_task, &args);
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
static NOINLINE void hamiltonian_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    (void)theta;
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*128 + 128);
    ROLL for (ptrdiff_t i = 0; i < 128; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real q = 0.0f;
    real p = 0.0f;
    real q_bar = 0.0f;
    real p_bar_ = 0.0f;
    real q_jump = 0.0f;
    real p_jump_ = 0.0f;
    q_bar = 0.0f;
    p_bar_ = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real q_slope = 0.0f;
    real p_slope_ = 0.0f;
    real q_first_slope = 0.0f;
    real p_first_slope_ = 0.0f;
    q_first_slope = 0.0f;
    p_first_slope_ = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, q_bar, jumps by dL/dx at this time */
            q_jump = g_x[(i*batch + b)*2];
            p_jump_ = g_x[(i*batch + b)*2 + 1];
            const real add = q_bar + q_jump;
            const real add1 = p_bar_ + p_jump_;
            q_bar = add;
            p_bar_ = add1;
            q = x[(i*batch + b)*2];
            p = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = hamiltonian_steps(begin, end, h_max, steps, max_steps);
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
                /* net.0.weight */
                const v16 v__ = v_mul(v_load(w1 + 32), v_splat(p));
                const v16 v_1_ = v_mul(v_load(w1 + 48), v_splat(p));
                /* net.0.weight */
                const v16 v_2_ = v_fma(v_load(w1), v_splat(q), v__);
                const v16 v_3_ = v_fma(v_load(w1 + 16), v_splat(q), v_1_);
                const v16 v_4_ = v_load(w1 + 64);
                const v16 v_5_ = v_load(w1 + 80);
                const v16 v_6_ = v_add(v_2_, v_4_);
                const v16 v_7_ = v_add(v_3_, v_5_);
                const v16 v_8_ = v_tanh(v_6_);
                const v16 v_9_ = v_tanh(v_7_);
                const v16 v_10_ = v_neg(v_8_);
                const v16 v_11_ = v_neg(v_9_);
                const v16 v_12_ = v_fma(v_8_, v_10_, v_splat(1.0f));
                const v16 v_13_ = v_fma(v_9_, v_11_, v_splat(1.0f));
                const v16 v_14_ = v_load(w1 + 96);
                const v16 v_15_ = v_load(w1 + 112);
                const v16 v_16_ = v_mul(v_14_, v_12_);
                const v16 v_17_ = v_mul(v_15_, v_13_);
                /* net.0.weight */
                v16 v_18_ = v_mul(v_load(w1 + 32), v_16_);
                v_18_ = v_fma(v_load(w1 + 48), v_17_, v_18_);
                const real s1 = v_tree(v_18_);
                /* net.0.weight */
                v16 v_19_ = v_mul(v_load(w1), v_16_);
                v_19_ = v_fma(v_load(w1 + 16), v_17_, v_19_);
                const real s2 = v_tree(v_19_);
                const real neg1 = -s2;
                const real mul = q_bar*neg;
                const real mul1 = p_bar_*neg;
                const real neg2 = -mul1;
                /* cotangent of net.0.weight */
                v_store(g1, v_fma(v_splat(neg2), v_16_, v_load(g1)));
                v_store(g1 + 16, v_fma(v_splat(neg2), v_17_, v_load(g1 + 16)));
                /* cotangent of net.0.weight */
                v_store(g1 + 32, v_fma(v_splat(mul), v_16_, v_load(g1 + 32)));
                v_store(g1 + 48, v_fma(v_splat(mul), v_17_, v_load(g1 + 48)));
                /* net.0.weight */
                const v16 v_20_ = v_mul(v_load(w1 + 32), v_splat(mul));
                const v16 v_21_ = v_mul(v_load(w1 + 48), v_splat(mul));
                /* net.0.weight */
                const v16 v_22_ = v_fma(v_load(w1), v_splat(neg2), v_20_);
                const v16 v_23_ = v_fma(v_load(w1 + 16), v_splat(neg2), v_21_);
                const v16 v_24_ = v_mul(v_12_, v_22_);
                const v16 v_25_ = v_mul(v_13_, v_23_);
                const v16 v_26_ = v_mul(v_14_, v_22_);
                const v16 v_27_ = v_mul(v_15_, v_23_);
                const v16 v_28_ = v_neg(v_26_);
                const v16 v_29_ = v_neg(v_27_);
                const v16 v_30_ = v_mul(v_8_, v_28_);
                const v16 v_31_ = v_mul(v_9_, v_29_);
                const v16 v_32_ = v_add(v_30_, v_30_);
                const v16 v_33_ = v_add(v_31_, v_31_);
                /* cotangent of net.2.weight */
                v_store(g1 + 96, v_add(v_load(g1 + 96), v_24_));
                v_store(g1 + 112, v_add(v_load(g1 + 112), v_25_));
                const v16 v_34_ = v_mul(v_12_, v_32_);
                const v16 v_35_ = v_mul(v_13_, v_33_);
                v_store(g1 + 64, v_add(v_load(g1 + 64), v_34_));
                v_store(g1 + 80, v_add(v_load(g1 + 80), v_35_));
                /* cotangent of net.0.weight */
                v_store(g1 + 32, v_fma(v_34_, v_splat(p), v_load(g1 + 32)));
                v_store(g1 + 48, v_fma(v_35_, v_splat(p), v_load(g1 + 48)));
                /* cotangent of net.0.weight */
                v_store(g1, v_fma(v_34_, v_splat(q), v_load(g1)));
                v_store(g1 + 16, v_fma(v_35_, v_splat(q), v_load(g1 + 16)));
                const real fma_ = fmaf(s1, h, q);
                /* net.0.weight */
                v16 v_36_ = v_mul(v_load(w1), v_34_);
                v_36_ = v_fma(v_load(w1 + 16), v_35_, v_36_);
                const real s3 = v_tree(v_36_);
                const real v_37_ = s3 + q_bar;
                const real fma1 = fmaf(neg1, h, p);
                /* net.0.weight */
                v16 v_38_ = v_mul(v_load(w1 + 32), v_34_);
                v_38_ = v_fma(v_load(w1 + 48), v_35_, v_38_);
                const real s4 = v_tree(v_38_);
                const real v_39_ = s4 + p_bar_;
                q = fma_;
                q_bar = v_37_;
                p = fma1;
                p_bar_ = v_39_;
                q_slope = s1;
                p_slope_ = neg1;
                if (s == 0) {
                    q_first_slope = q_slope;
                    p_first_slope_ = p_slope_;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real c = p_jump_*p_first_slope_;
                const real c1 = fmaf(q_jump, q_first_slope, c);
                dt1 = c1;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (q_bar - q_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (p_bar_ - p_bar_ != 0.0f))*sound;
            if (sound1 == 0) {
                work[area + 16] = q_bar;
                work[area + 17] = p_bar_;
                const ptrdiff_t at = hamiltonian_find(work, area + 16, 2);
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
        q = x[b*2];
        p = x[b*2 + 1];
        const real *w = pack; FRESH(w)
        /* net.0.weight */
        const v16 v__ = v_mul(v_load(w + 32), v_splat(p));
        const v16 v_1_ = v_mul(v_load(w + 48), v_splat(p));
        /* net.0.weight */
        const v16 v_2_ = v_fma(v_load(w), v_splat(q), v__);
        const v16 v_3_ = v_fma(v_load(w + 16), v_splat(q), v_1_);
        const v16 v_4_ = v_load(w + 64);
        const v16 v_5_ = v_load(w + 80);
        const v16 v_6_ = v_add(v_2_, v_4_);
        const v16 v_7_ = v_add(v_3_, v_5_);
        const v16 v_8_ = v_tanh(v_6_);
        const v16 v_9_ = v_tanh(v_7_);
        const v16 v_10_ = v_neg(v_8_);
        const v16 v_11_ = v_neg(v_9_);
        const v16 v_12_ = v_fma(v_8_, v_10_, v_splat(1.0f));
        const v16 v_13_ = v_fma(v_9_, v_11_, v_splat(1.0f));
        const v16 v_14_ = v_load(w + 96);
        const v16 v_15_ = v_load(w + 112);
        const v16 v_16_ = v_mul(v_14_, v_12_);
        const v16 v_17_ = v_mul(v_15_, v_13_);
        /* net.0.weight */
        v16 v_18_ = v_mul(v_load(w + 32), v_16_);
        v_18_ = v_fma(v_load(w + 48), v_17_, v_18_);
        const real s = v_tree(v_18_);
        /* net.0.weight */
        v16 v_19_ = v_mul(v_load(w), v_16_);
        v_19_ = v_fma(v_load(w + 16), v_17_, v_19_);
        const real s1 = v_tree(v_19_);
        const real neg = -s1;
        q_first_slope = s;
        p_first_slope_ = neg;
        const real c = p_bar_*p_first_slope_;
        const real c1 = fmaf(q_bar, q_first_slope, c);
        const real neg1 = -c1;
        dt1 = neg1;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, q_bar, jumps by dL/dx at this time */
    q_jump = g_x[b*2];
    p_jump_ = g_x[b*2 + 1];
    const real add = q_bar + q_jump;
    const real add1 = p_bar_ + p_jump_;
    q_bar = add;
    p_bar_ = add1;
    const ptrdiff_t sound = 1 - (q_bar - q_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (p_bar_ - p_bar_ != 0.0f))*sound;
    if (sound1 == 0) {
        work[area + 16] = q_bar;
        work[area + 17] = p_bar_;
        const ptrdiff_t at = hamiltonian_find(work, area + 16, 2);
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
        g_x0[b*2] = q_bar;
        g_x0[b*2 + 1] = p_bar_;
    }
}

static void hamiltonian_gradient_latency_task(void *args, size_t task)
{
    const pendulum_gradient_latency_args *const a = (const pendulum_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    hamiltonian_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta,
        a->g_x, a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int hamiltonian_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + c, v_column(theta + c*2, 2));
    }
    /* net.0.weight, 32 in lanes */
    ROLL for (ptrdiff_t c = 0; c < 32; c += 16) {
        v_store(pack + (c + 32), v_column(theta + (c*2 + 1), 2));
    }
    /* net.0.b, 32 in lanes */
    v_store(pack + 64, v_load(theta + 64));
    v_store(pack + 80, v_load(theta + 80));
    /* net.2.weight, 32 in lanes */
    v_store(pack + 96, v_load(theta + 96));
    v_store(pack + 112, v_load(theta + 112));
    const ptrdiff_t areas = blocks*128 + 128;
    const ptrdiff_t dt = areas + blocks*32;
    {
        pendulum_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, hamiltonian_gradient_latency_task, &args);
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
        real *const sums = work + 128;
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
        ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
            p_store(g_theta + i, p_splat(0.0f));
        }
        /* net.0.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            g_theta[l*2] = g_theta[l*2] + sums[l];
        }
        ROLL for (ptrdiff_t l = 0; l < 32; l++) {
            g_theta[l*2 + 1] = g_theta[l*2 + 1] + sums[l + 32];
        }
        /* net.0.b */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(g_theta + (l + 64), p_read(sums + (l + 64)));
        }
        /* net.2.weight */
        ROLL for (ptrdiff_t l = 0; l < 32; l += WIDTH) {
            p_store(g_theta + (l + 96), p_read(sums + (l + 96)));
        }
        v_scatter(g_theta + 128, 1, 1, v_splat(0.0f));
        /* net.2.b */
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
static NOINLINE void hamiltonian_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real q[128] ALIGNED;
    real p[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(q + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(p + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real q_dot[128] ALIGNED;
    real p_dot_[128] ALIGNED;
    real net_0[512] ALIGNED;
    real net_1[512] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(p + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(q + c), s0);
            const v16 add = v_add(s0, v_splat(theta[j + 64]));
            const v16 tanh_ = v_tanh(add);
            const v16 neg = v_neg(tanh_);
            const v16 fma_ = v_fma(tanh_, neg, v_splat(1.0f));
            const v16 mul = v_mul(v_splat(theta[j + 96]), fma_);
            v_store(net_1 + j*16, mul);
        }
        /* net.0 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1 + j*16), s0);
        }
        v_store(q_dot + c, s0);
        /* net.0 */
        v16 s0_1 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_1 = v_fma(v_splat(theta[j*2]), v_load(net_1 + j*16), s0_1);
        }
        const v16 neg = v_neg(s0_1);
        v_store(p_dot_ + c, neg);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + c*2), 2, count - c, v_load(q_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*2 + 1 + c*2), 2, count - c, v_load(p_dot_ + c));
    }
}

/* dx/dt */
static NOINLINE void hamiltonian_f_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        hamiltonian_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void hamiltonian_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*2064;
    ROLL for (ptrdiff_t i = 0; i < 2064; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real q[128] ALIGNED;
    real p[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(q + c, v_gather(x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(p + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
    }
    real a_dq[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dq + c, v_gather(a + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dq + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dq + c),
            v_splat(0.0f)));
    }
    real a_dp[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dp + c, v_gather(a + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dp + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dp + c),
            v_splat(0.0f)));
    }
    real q_bar[128] ALIGNED;
    real p_bar_[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real net_0[512] ALIGNED;
    real net_1[512] ALIGNED;
    real net_1_1[512] ALIGNED;
    real net_1_2[4096] ALIGNED;
    real neg[128] ALIGNED;
    real net_0_1[1024] ALIGNED;
    real net_0_2[1024] ALIGNED;
    real net_0_3[1024] ALIGNED;
    real net_1_3[4096] ALIGNED;
    real net_1_4[4096] ALIGNED;
    real net_0_4[1024] ALIGNED;
    real net_0_5[1024] ALIGNED;
    real net_0_6[1024] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(p + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(q + c), s0);
            const v16 add = v_add(s0, v_splat(theta[j + 64]));
            const v16 tanh_ = v_tanh(add);
            v_store(net_1 + j*16, tanh_);
            const v16 neg1 = v_neg(tanh_);
            const v16 fma_ = v_fma(tanh_, neg1, v_splat(1.0f));
            v_store(net_1_1 + j*16, fma_);
            const v16 mul = v_mul(v_splat(theta[j + 96]), fma_);
            v_store(net_1_2 + (j*128 + c), mul);
        }
        const v16 neg1 = v_neg(v_load(a_dp + c));
        v_store(neg + c, neg1);
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(a_dq + c), s0);
            v_store(net_0 + j*16, s0);
        }
        /* net.0 */
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            v16 s0 = v_load(net_0 + j*16);
            s0 = v_fma(v_splat(theta[j*2]), v_load(neg + c), s0);
            const v16 mul = v_mul(v_load(net_1_1 + j*16), s0);
            v_store(net_1_3 + (j*128 + c), mul);
            const v16 mul1 = v_mul(v_splat(theta[j + 96]), s0);
            const v16 neg2 = v_neg(mul1);
            const v16 mul2 = v_mul(v_load(net_1 + j*16), neg2);
            const v16 add = v_add(mul2, mul2);
            const v16 mul3 = v_mul(v_load(net_1_1 + j*16), add);
            v_store(net_1_4 + (j*128 + c), mul3);
        }
        /* net.0 */
        v16 s0 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1_4 + (j*128 + c)), s0);
        }
        v_store(p_bar_ + c, s0);
        /* net.0 */
        v16 s0_1 = v_splat(0.0f);
        ROLL for (ptrdiff_t j = 0; j < 32; j++) {
            s0_1 = v_fma(v_splat(theta[j*2]), v_load(net_1_4 + (j*128 + c)), s0_1);
        }
        v_store(q_bar + c, s0_1);
        v_store(t_bar + c, v_splat(0.0f));
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_1 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 32; i++) {
            v_store(net_0_1 + i*32, v_fma(v_load(neg + c), v_load(net_1_2 + (i*128 + c)),
                v_load(net_0_1 + i*32)));
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_2 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 32; i++) {
            v_store(net_0_2 + (i*2 + 1)*16, v_fma(v_load(a_dq + c), v_load(net_1_2 + (i*128 + c)),
                v_load(net_0_2 + (i*2 + 1)*16)));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const v16 add = v_add(v_load(net_0_1 + (i*2 + j)*16), v_load(net_0_2 + (i*2 + j)*16));
            v_store(net_0_3 + (i*2 + j)*16, add);
        }
    }
    /* net.2: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i += 8) {
        v16 s0 = v_load(sums + (i + 96)*16);
        v16 s1 = v_load(sums + (i + 97)*16);
        v16 s2 = v_load(sums + (i + 98)*16);
        v16 s3 = v_load(sums + (i + 99)*16);
        v16 s4 = v_load(sums + (i + 100)*16);
        v16 s5 = v_load(sums + (i + 101)*16);
        v16 s6 = v_load(sums + (i + 102)*16);
        v16 s7 = v_load(sums + (i + 103)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            s0 = v_add(s0, v_load(net_1_3 + (i*128 + c)));
            s1 = v_add(s1, v_load(net_1_3 + ((i + 1)*128 + c)));
            s2 = v_add(s2, v_load(net_1_3 + ((i + 2)*128 + c)));
            s3 = v_add(s3, v_load(net_1_3 + ((i + 3)*128 + c)));
            s4 = v_add(s4, v_load(net_1_3 + ((i + 4)*128 + c)));
            s5 = v_add(s5, v_load(net_1_3 + ((i + 5)*128 + c)));
            s6 = v_add(s6, v_load(net_1_3 + ((i + 6)*128 + c)));
            s7 = v_add(s7, v_load(net_1_3 + ((i + 7)*128 + c)));
        }
        v_store(sums + (i + 96)*16, s0);
        v_store(sums + (i + 97)*16, s1);
        v_store(sums + (i + 98)*16, s2);
        v_store(sums + (i + 99)*16, s3);
        v_store(sums + (i + 100)*16, s4);
        v_store(sums + (i + 101)*16, s5);
        v_store(sums + (i + 102)*16, s6);
        v_store(sums + (i + 103)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i += 8) {
        v16 s0 = v_load(sums + (i + 64)*16);
        v16 s1 = v_load(sums + (i + 65)*16);
        v16 s2 = v_load(sums + (i + 66)*16);
        v16 s3 = v_load(sums + (i + 67)*16);
        v16 s4 = v_load(sums + (i + 68)*16);
        v16 s5 = v_load(sums + (i + 69)*16);
        v16 s6 = v_load(sums + (i + 70)*16);
        v16 s7 = v_load(sums + (i + 71)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            s0 = v_add(s0, v_load(net_1_4 + (i*128 + c)));
            s1 = v_add(s1, v_load(net_1_4 + ((i + 1)*128 + c)));
            s2 = v_add(s2, v_load(net_1_4 + ((i + 2)*128 + c)));
            s3 = v_add(s3, v_load(net_1_4 + ((i + 3)*128 + c)));
            s4 = v_add(s4, v_load(net_1_4 + ((i + 4)*128 + c)));
            s5 = v_add(s5, v_load(net_1_4 + ((i + 5)*128 + c)));
            s6 = v_add(s6, v_load(net_1_4 + ((i + 6)*128 + c)));
            s7 = v_add(s7, v_load(net_1_4 + ((i + 7)*128 + c)));
        }
        v_store(sums + (i + 64)*16, s0);
        v_store(sums + (i + 65)*16, s1);
        v_store(sums + (i + 66)*16, s2);
        v_store(sums + (i + 67)*16, s3);
        v_store(sums + (i + 68)*16, s4);
        v_store(sums + (i + 69)*16, s5);
        v_store(sums + (i + 70)*16, s6);
        v_store(sums + (i + 71)*16, s7);
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_4 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 32; i++) {
            v_store(net_0_4 + (i*2 + 1)*16, v_fma(v_load(net_1_4 + (i*128 + c)), v_load(p + c),
                v_load(net_0_4 + (i*2 + 1)*16)));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const v16 add = v_add(v_load(net_0_3 + (i*2 + j)*16), v_load(net_0_4 + (i*2 + j)*16));
            v_store(net_0_5 + (i*2 + j)*16, add);
        }
    }
    /* net.0: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            v_store(net_0_6 + (i*2 + j)*16, v_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t i = 0; i < 32; i++) {
            v_store(net_0_6 + i*32, v_fma(v_load(net_1_4 + (i*128 + c)), v_load(q + c),
                v_load(net_0_6 + i*32)));
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 32; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const v16 add = v_add(v_load(net_0_5 + (i*2 + j)*16), v_load(net_0_6 + (i*2 + j)*16));
            v_store(sums + (i*2 + j)*16, v_add(v_load(sums + (i*2 + j)*16), add));
        }
    }
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + c*2), 2, count - c, v_load(q_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*2 + 1 + c*2), 2, count - c, v_load(p_bar_ + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void hamiltonian_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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

static void hamiltonian_vjp_batch_task(void *args, size_t task)
{
    const swing_vjp_batch_args *const a = (const swing_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    hamiltonian_vjp_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void hamiltonian_vjp_batch(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*2064;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        hamiltonian_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        {
            swing_vjp_batch_args args = { sums, blocks, atheta };
            each(parallel, (size_t)3, hamiltonian_vjp_batch_task, &args);
        }
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void hamiltonian_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real q[128] ALIGNED;
    real p[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(q + c, v_gather(x0 + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(p + c, v_gather(x0 + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + c*2), 2, count - c, v_load(q + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*2 + 1 + c*2), 2, count - c, v_load(p + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(q + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(p + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        const ptrdiff_t at = hamiltonian_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = hamiltonian_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = hamiltonian_steps(begin, end, h_max, steps, max_steps);
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
            real net_0[512] ALIGNED;
            real net_1[512] ALIGNED;
            real fma_[16] ALIGNED;
            real fma1[16] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                /* net.0 */
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(p + c), s0);
                    v_store(net_0 + j*16, s0);
                }
                /* net.0 */
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    v16 s0 = v_load(net_0 + j*16);
                    s0 = v_fma(v_splat(theta[j*2]), v_load(q + c), s0);
                    const v16 add = v_add(s0, v_splat(theta[j + 64]));
                    const v16 tanh_ = v_tanh(add);
                    const v16 neg = v_neg(tanh_);
                    const v16 fma2 = v_fma(tanh_, neg, v_splat(1.0f));
                    const v16 mul = v_mul(v_splat(theta[j + 96]), fma2);
                    v_store(net_1 + j*16, mul);
                }
                /* net.0 */
                v16 s0 = v_splat(0.0f);
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1 + j*16), s0);
                }
                const v16 fma2 = v_fma(s0, v_load(h + c), v_load(q + c));
                v_store(fma_, fma2);
                /* net.0 */
                v16 s0_1 = v_splat(0.0f);
                ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                    s0_1 = v_fma(v_splat(theta[j*2]), v_load(net_1 + j*16), s0_1);
                }
                const v16 neg = v_neg(s0_1);
                const v16 fma3 = v_fma(neg, v_load(h + c), v_load(p + c));
                v_store(fma1, fma3);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(q + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(p + c));
                v_store(q + c, select);
                v_store(p + c, select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + c*2), 2, count - c, v_load(q + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c, v_load(p + c));
        }
        v16 zero2 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero2 = v_fma(v_load(q + c), v_splat(0.0f), zero2);
        }
        const ptrdiff_t sound2 = 1 - m_any(v_ne(zero2, zero2));
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(p + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = (1 - m_any(v_ne(zero3, zero3)))*sound2;
        if (sound3 == 0) {
            const ptrdiff_t at = hamiltonian_find(x, (i*batch + first)*2, count*2);
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

static void hamiltonian_solve_batch_task(void *args, size_t task)
{
    const swing_solve_batch_args *const a = (const swing_solve_batch_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    hamiltonian_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int hamiltonian_solve_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail,
    real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        swing_solve_batch_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 272 };
        each(parallel, (size_t)blocks, hamiltonian_solve_batch_task, &args);
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
static NOINLINE void hamiltonian_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*2064;
    ROLL for (ptrdiff_t i = 0; i < 2064; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real q[128] ALIGNED;
    real p[128] ALIGNED;
    real q_bar[128] ALIGNED;
    real p_bar_[128] ALIGNED;
    real q_jump[128] ALIGNED;
    real p_jump_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(q_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(p_bar_ + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real q_slope[128] ALIGNED;
    real p_slope_[128] ALIGNED;
    real q_first_slope[128] ALIGNED;
    real p_first_slope_[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(q_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(p_first_slope_ + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, q_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(q_jump + c, v_gather(g_x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(p_jump_ + c, v_gather(g_x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(q_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(q_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(p_jump_ + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(p_jump_ + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(q_bar + c), p_read(q_jump + c));
                const reg add1 = p_add(p_read(p_bar_ + c), p_read(p_jump_ + c));
                p_store(q_bar + c, add);
                p_store(p_bar_ + c, add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(q + c, v_gather(x + ((i*batch + first)*2 + c*2), 2, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(p + c, v_gather(x + ((i*batch + first)*2 + 1 + c*2), 2, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = hamiltonian_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = hamiltonian_steps(begin, end, h_max, steps, max_steps);
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
                real neg[16] ALIGNED;
                real net_0[512] ALIGNED;
                real net_1[512] ALIGNED;
                real net_1_1[512] ALIGNED;
                real net_1_2[4096] ALIGNED;
                real mul[128] ALIGNED;
                real neg1[128] ALIGNED;
                real fma_[128] ALIGNED;
                real fma1[128] ALIGNED;
                real net_0_1[1024] ALIGNED;
                real net_0_2[1024] ALIGNED;
                real net_0_3[1024] ALIGNED;
                real net_1_3[4096] ALIGNED;
                real net_1_4[4096] ALIGNED;
                real net_0_4[1024] ALIGNED;
                real net_0_5[1024] ALIGNED;
                real net_0_6[1024] ALIGNED;
                real add[128] ALIGNED;
                real add1[128] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(q_bar + c), v_splat(0.0f));
                    v_store(select, select2);
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(p_bar_ + c), v_splat(0.0f));
                    v_store(select1, select3);
                    const v16 neg2 = v_neg(v_load(h + c));
                    v_store(neg, neg2);
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0 = v_splat(0.0f);
                        s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(p + c), s0);
                        v_store(net_0 + j*16, s0);
                    }
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0 = v_load(net_0 + j*16);
                        s0 = v_fma(v_splat(theta[j*2]), v_load(q + c), s0);
                        const v16 add2 = v_add(s0, v_splat(theta[j + 64]));
                        const v16 tanh_ = v_tanh(add2);
                        v_store(net_1 + j*16, tanh_);
                        const v16 neg3 = v_neg(tanh_);
                        const v16 fma2 = v_fma(tanh_, neg3, v_splat(1.0f));
                        v_store(net_1_1 + j*16, fma2);
                        const v16 mul1 = v_mul(v_splat(theta[j + 96]), fma2);
                        v_store(net_1_2 + (j*128 + c), mul1);
                    }
                    /* net.0 */
                    v16 s0 = v_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1_2 + (j*128 + c)), s0);
                    }
                    const v16 mul1 = v_mul(v_load(select), v_load(neg));
                    v_store(mul + c, mul1);
                    const v16 mul2 = v_mul(v_load(select1), v_load(neg));
                    const v16 neg3 = v_neg(mul2);
                    v_store(neg1 + c, neg3);
                    const v16 fma2 = v_fma(s0, v_load(h + c), v_load(q + c));
                    v_store(fma_ + c, fma2);
                    v_store(q_slope + c, s0);
                    /* net.0 */
                    v16 s0_1 = v_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0_1 = v_fma(v_splat(theta[j*2]), v_load(net_1_2 + (j*128 + c)), s0_1);
                    }
                    const v16 neg4 = v_neg(s0_1);
                    const v16 fma3 = v_fma(neg4, v_load(h + c), v_load(p + c));
                    v_store(fma1 + c, fma3);
                    v_store(p_slope_ + c, neg4);
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0_2 = v_splat(0.0f);
                        s0_2 = v_fma(v_splat(theta[j*2 + 1]), v_load(mul + c), s0_2);
                        v_store(net_0 + j*16, s0_2);
                    }
                    /* net.0 */
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        v16 s0_2 = v_load(net_0 + j*16);
                        s0_2 = v_fma(v_splat(theta[j*2]), v_load(neg1 + c), s0_2);
                        const v16 mul3 = v_mul(v_load(net_1_1 + j*16), s0_2);
                        v_store(net_1_3 + (j*128 + c), mul3);
                        const v16 mul4 = v_mul(v_splat(theta[j + 96]), s0_2);
                        const v16 neg5 = v_neg(mul4);
                        const v16 mul5 = v_mul(v_load(net_1 + j*16), neg5);
                        const v16 add2 = v_add(mul5, mul5);
                        const v16 mul6 = v_mul(v_load(net_1_1 + j*16), add2);
                        v_store(net_1_4 + (j*128 + c), mul6);
                    }
                    /* net.0 */
                    v16 s0_2 = v_load(select);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0_2 = v_fma(v_splat(theta[j*2]), v_load(net_1_4 + (j*128 + c)), s0_2);
                    }
                    v_store(add + c, s0_2);
                    /* net.0 */
                    v16 s0_3 = v_load(select1);
                    ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                        s0_3 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1_4 + (j*128 + c)), s0_3);
                    }
                    v_store(add1 + c, s0_3);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_1 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                        v_store(net_0_1 + i1*32, v_fma(v_load(neg1 + c),
                            v_load(net_1_2 + (i1*128 + c)), v_load(net_0_1 + i1*32)));
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_2 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                        v_store(net_0_2 + (i1*2 + 1)*16, v_fma(v_load(mul + c),
                            v_load(net_1_2 + (i1*128 + c)), v_load(net_0_2 + (i1*2 + 1)*16)));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 add2 = v_add(v_load(net_0_1 + (i1*2 + j)*16),
                            v_load(net_0_2 + (i1*2 + j)*16));
                        v_store(net_0_3 + (i1*2 + j)*16, add2);
                    }
                }
                /* net.2: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1 += 8) {
                    v16 s0 = v_load(sums + (i1 + 96)*16);
                    v16 s1_1 = v_load(sums + (i1 + 97)*16);
                    v16 s2 = v_load(sums + (i1 + 98)*16);
                    v16 s3 = v_load(sums + (i1 + 99)*16);
                    v16 s4 = v_load(sums + (i1 + 100)*16);
                    v16 s5 = v_load(sums + (i1 + 101)*16);
                    v16 s6 = v_load(sums + (i1 + 102)*16);
                    v16 s7 = v_load(sums + (i1 + 103)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        s0 = v_add(s0, v_load(net_1_3 + (i1*128 + c)));
                        s1_1 = v_add(s1_1, v_load(net_1_3 + ((i1 + 1)*128 + c)));
                        s2 = v_add(s2, v_load(net_1_3 + ((i1 + 2)*128 + c)));
                        s3 = v_add(s3, v_load(net_1_3 + ((i1 + 3)*128 + c)));
                        s4 = v_add(s4, v_load(net_1_3 + ((i1 + 4)*128 + c)));
                        s5 = v_add(s5, v_load(net_1_3 + ((i1 + 5)*128 + c)));
                        s6 = v_add(s6, v_load(net_1_3 + ((i1 + 6)*128 + c)));
                        s7 = v_add(s7, v_load(net_1_3 + ((i1 + 7)*128 + c)));
                    }
                    v_store(sums + (i1 + 96)*16, s0);
                    v_store(sums + (i1 + 97)*16, s1_1);
                    v_store(sums + (i1 + 98)*16, s2);
                    v_store(sums + (i1 + 99)*16, s3);
                    v_store(sums + (i1 + 100)*16, s4);
                    v_store(sums + (i1 + 101)*16, s5);
                    v_store(sums + (i1 + 102)*16, s6);
                    v_store(sums + (i1 + 103)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1 += 8) {
                    v16 s0 = v_load(sums + (i1 + 64)*16);
                    v16 s1_1 = v_load(sums + (i1 + 65)*16);
                    v16 s2 = v_load(sums + (i1 + 66)*16);
                    v16 s3 = v_load(sums + (i1 + 67)*16);
                    v16 s4 = v_load(sums + (i1 + 68)*16);
                    v16 s5 = v_load(sums + (i1 + 69)*16);
                    v16 s6 = v_load(sums + (i1 + 70)*16);
                    v16 s7 = v_load(sums + (i1 + 71)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        s0 = v_add(s0, v_load(net_1_4 + (i1*128 + c)));
                        s1_1 = v_add(s1_1, v_load(net_1_4 + ((i1 + 1)*128 + c)));
                        s2 = v_add(s2, v_load(net_1_4 + ((i1 + 2)*128 + c)));
                        s3 = v_add(s3, v_load(net_1_4 + ((i1 + 3)*128 + c)));
                        s4 = v_add(s4, v_load(net_1_4 + ((i1 + 4)*128 + c)));
                        s5 = v_add(s5, v_load(net_1_4 + ((i1 + 5)*128 + c)));
                        s6 = v_add(s6, v_load(net_1_4 + ((i1 + 6)*128 + c)));
                        s7 = v_add(s7, v_load(net_1_4 + ((i1 + 7)*128 + c)));
                    }
                    v_store(sums + (i1 + 64)*16, s0);
                    v_store(sums + (i1 + 65)*16, s1_1);
                    v_store(sums + (i1 + 66)*16, s2);
                    v_store(sums + (i1 + 67)*16, s3);
                    v_store(sums + (i1 + 68)*16, s4);
                    v_store(sums + (i1 + 69)*16, s5);
                    v_store(sums + (i1 + 70)*16, s6);
                    v_store(sums + (i1 + 71)*16, s7);
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_4 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                        v_store(net_0_4 + (i1*2 + 1)*16, v_fma(v_load(net_1_4 + (i1*128 + c)),
                            v_load(p + c), v_load(net_0_4 + (i1*2 + 1)*16)));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 add2 = v_add(v_load(net_0_3 + (i1*2 + j)*16),
                            v_load(net_0_4 + (i1*2 + j)*16));
                        v_store(net_0_5 + (i1*2 + j)*16, add2);
                    }
                }
                /* net.0: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        v_store(net_0_6 + (i1*2 + j)*16, v_splat(0.0f));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                        v_store(net_0_6 + i1*32, v_fma(v_load(net_1_4 + (i1*128 + c)),
                            v_load(q + c), v_load(net_0_6 + i1*32)));
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 32; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 add2 = v_add(v_load(net_0_5 + (i1*2 + j)*16),
                            v_load(net_0_6 + (i1*2 + j)*16));
                        v_store(sums + (i1*2 + j)*16, v_add(v_load(sums + (i1*2 + j)*16), add2));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg select2 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + c), p_read(q + c));
                    const reg select3 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add + c), p_read(q_bar + c));
                    const reg select4 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma1 + c), p_read(p + c));
                    const reg select5 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add1 + c), p_read(p_bar_ + c));
                    p_store(q + c, select2);
                    p_store(q_bar + c, select3);
                    p_store(p + c, select4);
                    p_store(p_bar_ + c, select5);
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(q_first_slope + c, p_read(q_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(p_first_slope_ + c, p_read(p_slope_ + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real con[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_load(p_jump_ + c), v_load(p_first_slope_ + c), s0);
                    v_store(con, s0);
                    v16 s0_1 = v_load(con);
                    s0_1 = v_fma(v_load(q_jump + c), v_load(q_first_slope + c), s0_1);
                    v_store(dt1 + c, s0_1);
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
                zero = v_fma(v_load(q_bar + c), v_splat(0.0f), zero);
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero1 = v_fma(v_load(p_bar_ + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            if (sound1 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(q_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(p_bar_ + c));
                }
                const ptrdiff_t at = hamiltonian_find(work, area + 16, count*2);
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
            v_store(q + c, v_gather(x + (first*2 + c*2), 2, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(p + c, v_gather(x + (first*2 + 1 + c*2), 2, count - c));
        }
        real net_0[512] ALIGNED;
        real net_1[512] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            /* net.0 */
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                v16 s0 = v_splat(0.0f);
                s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(p + c), s0);
                v_store(net_0 + j*16, s0);
            }
            /* net.0 */
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                v16 s0 = v_load(net_0 + j*16);
                s0 = v_fma(v_splat(theta[j*2]), v_load(q + c), s0);
                const v16 add = v_add(s0, v_splat(theta[j + 64]));
                const v16 tanh_ = v_tanh(add);
                const v16 neg = v_neg(tanh_);
                const v16 fma_ = v_fma(tanh_, neg, v_splat(1.0f));
                const v16 mul = v_mul(v_splat(theta[j + 96]), fma_);
                v_store(net_1 + j*16, mul);
            }
            /* net.0 */
            v16 s0 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                s0 = v_fma(v_splat(theta[j*2 + 1]), v_load(net_1 + j*16), s0);
            }
            v_store(q_first_slope + c, s0);
            /* net.0 */
            v16 s0_1 = v_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 32; j++) {
                s0_1 = v_fma(v_splat(theta[j*2]), v_load(net_1 + j*16), s0_1);
            }
            const v16 neg = v_neg(s0_1);
            v_store(p_first_slope_ + c, neg);
        }
        real con[16] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_load(p_bar_ + c), v_load(p_first_slope_ + c), s0);
            v_store(con, s0);
            v16 s0_1 = v_load(con);
            s0_1 = v_fma(v_load(q_bar + c), v_load(q_first_slope + c), s0_1);
            const v16 neg = v_neg(s0_1);
            v_store(dt1 + c, neg);
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
    /* the adjoint, q_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(q_jump + c, v_gather(g_x + (first*2 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(p_jump_ + c, v_gather(g_x + (first*2 + 1 + c*2), 2, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(q_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(q_jump + c),
            v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(p_jump_ + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(p_jump_ + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(q_bar + c), p_read(q_jump + c));
        const reg add1 = p_add(p_read(p_bar_ + c), p_read(p_jump_ + c));
        p_store(q_bar + c, add);
        p_store(p_bar_ + c, add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(q_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(p_bar_ + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    if (sound1 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*2), 2, count - c, v_load(q_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*2), 2, count - c, v_load(p_bar_ + c));
        }
        const ptrdiff_t at = hamiltonian_find(work, area + 16, count*2);
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
            v_scatter(g_x0 + (first*2 + c*2), 2, count - c, v_load(q_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*2 + 1 + c*2), 2, count - c, v_load(p_bar_ + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void hamiltonian_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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

static void hamiltonian_gradient_batch_task(void *args, size_t task)
{
    const swing_gradient_batch_args *const a = (const swing_gradient_batch_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    hamiltonian_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

static void hamiltonian_gradient_batch_task2(void *args, size_t task)
{
    const swing_vjp_batch_args *const a = (const swing_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    hamiltonian_gradient_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int hamiltonian_gradient_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*2064;
    const ptrdiff_t dt = areas + blocks*272;
    {
        swing_gradient_batch_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 272, dt };
        each(parallel, (size_t)blocks, hamiltonian_gradient_batch_task, &args);
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
        real *const sums = work;
        {
            swing_vjp_batch_args args = { sums, blocks, g_theta };
            each(parallel, (size_t)3, hamiltonian_gradient_batch_task2, &args);
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

const char *pendulum_message(int status)
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

/* ---- Pendulum ---- */

const nodec_param *pendulum_pendulum_params(void)
{
    static const nodec_param row[] = {
        { "damping", 0, 1, 0, { 0, 0, 0, 0 }, 1 },
    };
    return row;
}

nodec_options pendulum_pendulum_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void pendulum_pendulum_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_fill(theta + 0, 1, 0.1f);
}

size_t pendulum_pendulum_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(64, size_mul(batch, size_add(48, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(288, times))));
}

int pendulum_pendulum_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        pendulum_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        pendulum_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int pendulum_pendulum_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_pendulum_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        pendulum_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        pendulum_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int pendulum_pendulum_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_pendulum_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    pendulum_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

int pendulum_pendulum_start(size_t batch, const real *given, const real *theta, real *x0)
{
    if (!batch || batch > PTRDIFF_MAX || !theta || !x0) return NODEC_ARGUMENT;
    pendulum_start_scalar((ptrdiff_t)batch, given, theta, x0);
    return NODEC_OK;
}

int pendulum_pendulum_observe(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, real *y)
{
    if (!batch || !times || size_mul(batch, times) > PTRDIFF_MAX || !t || !x || !theta || !y) return NODEC_ARGUMENT;
    if (batch < 32)
        pendulum_observe_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x,
            theta, y);
    else
        pendulum_observe_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x, theta,
            y);
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *pendulum_pendulum_state_name(real index)
{
    if (index < 1) return "angle";
    return "speed";
}

int pendulum_pendulum_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_pendulum_work(batch, times);
    nodec_options o = pendulum_pendulum_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = pendulum_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = pendulum_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_pendulum_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int pendulum_pendulum_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_pendulum_work(batch, times);
    nodec_options o = pendulum_pendulum_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = pendulum_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = pendulum_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_pendulum_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- Swing(hidden = 16) ---- */

const nodec_param *pendulum_swing_params(void)
{
    static const nodec_param row[] = {
        { "net.0.weight", 0, 32, 2, { 16, 2, 0, 0 }, 0 },
        { "net.0.bias", 32, 16, 1, { 16, 0, 0, 0 }, 0 },
        { "net.2.weight", 48, 16, 2, { 1, 16, 0, 0 }, 0 },
        { "net.2.bias", 64, 1, 1, { 1, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options pendulum_swing_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void pendulum_swing_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_uniform(seed, "net.0.weight", theta + 0, 32, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.0.bias", theta + 32, 16, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.2.weight", theta + 48, 16, -0.25, 0.25);
    init_uniform(seed, "net.2.bias", theta + 64, 1, -0.25, 0.25);
}

size_t pendulum_swing_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(64, size_mul(batch, size_add(112, times)))
        : size_mul(batch/128 + (batch%128 != 0), size_add(1312, times)));
}

int pendulum_swing_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        swing_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        swing_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int pendulum_swing_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_swing_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        swing_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        swing_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work), NULL);
    return NODEC_OK;
}

int pendulum_swing_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_swing_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    swing_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

int pendulum_swing_start(size_t batch, const real *given, const real *theta, real *x0)
{
    if (!batch || batch > PTRDIFF_MAX || !theta || !x0) return NODEC_ARGUMENT;
    swing_start_scalar((ptrdiff_t)batch, given, theta, x0);
    return NODEC_OK;
}

int pendulum_swing_observe(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, real *y)
{
    if (!batch || !times || size_mul(batch, times) > PTRDIFF_MAX || !t || !x || !theta || !y) return NODEC_ARGUMENT;
    if (batch < 32)
        swing_observe_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x, theta,
            y);
    else
        swing_observe_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x, theta,
            y);
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *pendulum_swing_state_name(real index)
{
    if (index < 1) return "angle";
    return "speed";
}

int pendulum_swing_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_swing_work(batch, times);
    nodec_options o = pendulum_swing_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = swing_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = swing_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_swing_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int pendulum_swing_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_swing_work(batch, times);
    nodec_options o = pendulum_swing_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = swing_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = swing_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x,
            theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_swing_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- SecondOrder(n = 1, hidden = 32) ---- */

const nodec_param *pendulum_secondorder_params(void)
{
    static const nodec_param row[] = {
        { "net.0.weight", 0, 64, 2, { 32, 2, 0, 0 }, 0 },
        { "net.0.bias", 64, 32, 1, { 32, 0, 0, 0 }, 0 },
        { "net.2.weight", 96, 32, 2, { 1, 32, 0, 0 }, 0 },
        { "net.2.bias", 128, 1, 1, { 1, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options pendulum_secondorder_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void pendulum_secondorder_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_uniform(seed, "net.0.weight", theta + 0, 64, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.0.bias", theta + 64, 32, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.2.weight", theta + 96, 32, -0.17677669529663687, 0.17677669529663687);
    init_uniform(seed, "net.2.bias", theta + 128, 1, -0.17677669529663687, 0.17677669529663687);
}

size_t pendulum_secondorder_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(128, size_mul(batch, size_add(176, times)))
        : size_mul(batch/128 + (batch%128 != 0), size_add(2336, times)));
}

int pendulum_secondorder_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        secondorder_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        secondorder_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int pendulum_secondorder_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_secondorder_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        secondorder_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at,
            atheta, aligned(work));
    else
        secondorder_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work), NULL);
    return NODEC_OK;
}

int pendulum_secondorder_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_secondorder_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    secondorder_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *pendulum_secondorder_state_name(real index)
{
    if (index < 1) return "x";
    return "v";
}

int pendulum_secondorder_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_secondorder_work(batch, times);
    nodec_options o = pendulum_secondorder_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = secondorder_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = secondorder_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_secondorder_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int pendulum_secondorder_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_secondorder_work(batch, times);
    nodec_options o = pendulum_secondorder_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = secondorder_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = secondorder_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_secondorder_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- Hamiltonian(n = 1, hidden = 32) ---- */

const nodec_param *pendulum_hamiltonian_params(void)
{
    static const nodec_param row[] = {
        { "net.0.weight", 0, 64, 2, { 32, 2, 0, 0 }, 0 },
        { "net.0.bias", 64, 32, 1, { 32, 0, 0, 0 }, 0 },
        { "net.2.weight", 96, 32, 2, { 1, 32, 0, 0 }, 0 },
        { "net.2.bias", 128, 1, 1, { 1, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options pendulum_hamiltonian_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void pendulum_hamiltonian_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_uniform(seed, "net.0.weight", theta + 0, 64, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.0.bias", theta + 64, 32, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "net.2.weight", theta + 96, 32, -0.17677669529663687, 0.17677669529663687);
    init_uniform(seed, "net.2.bias", theta + 128, 1, -0.17677669529663687, 0.17677669529663687);
}

size_t pendulum_hamiltonian_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(128, size_mul(batch, size_add(160, times)))
        : size_mul(batch/128 + (batch%128 != 0), size_add(2336, times)));
}

int pendulum_hamiltonian_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        hamiltonian_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        hamiltonian_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int pendulum_hamiltonian_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_hamiltonian_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        hamiltonian_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at,
            atheta, aligned(work));
    else
        hamiltonian_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work), NULL);
    return NODEC_OK;
}

int pendulum_hamiltonian_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = pendulum_hamiltonian_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    hamiltonian_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *pendulum_hamiltonian_state_name(real index)
{
    if (index < 1) return "q";
    return "p";
}

int pendulum_hamiltonian_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_hamiltonian_work(batch, times);
    nodec_options o = pendulum_hamiltonian_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = hamiltonian_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = hamiltonian_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_hamiltonian_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int pendulum_hamiltonian_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = pendulum_hamiltonian_work(batch, times);
    nodec_options o = pendulum_hamiltonian_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = hamiltonian_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = hamiltonian_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, pendulum_hamiltonian_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

