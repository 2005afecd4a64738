/* spiral.c, written by nodec from spiral.node: Spiral, TwoWells, Mlp(n = 2, hidden = 16, time = false).
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "spiral.h"

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

typedef spiral_real real;

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

/* Lane l in every lane. */
VECTOR v16 v_pick(v16 a, int l)
{
#if defined PLAIN_VECTORS
    return v_splat(a.r[l]);
#elif defined __clang__
    return v_splat(a.r[l / WIDTH][l % WIDTH]);
#else
    const reg_int s = SPLAT(l % WIDTH);
    const reg t = __builtin_shuffle(a.r[l / WIDTH], s);
    v16 y;
    EACH(y.r[k] = t;)
    return y;
#endif
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

/* a times 2^b; b counts in its low mantissa bits */
INLINE real expadd(real a, real b) { return real_of(bits_of(a) + (bits_of(b) << MANTISSA)); }
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
static NOINLINE int spiral_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int spiral_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void spiral_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real v_x_[256] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_store(v_x_ + (e*128 + c), v_gather(vx + (first*2 + c*2 + e), 2, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                p_store(v_x_ + (e*128 + c), p_splat(0.0f));
            }
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
    ROLL for (ptrdiff_t i = 0; i < 4; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real x_dot[256] ALIGNED;
    real con[32] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        const v16 x2 = v_load(x1 + c);
        s0 = v_fma(v_splat(v[0]), x2, s0);
        s1 = v_fma(v_splat(v[2]), x2, s1);
        const v16 x3 = v_load(x1 + (c + 128));
        s0 = v_fma(v_splat(v[1]), x3, s0);
        s1 = v_fma(v_splat(v[3]), x3, s1);
        v_store(con, s0);
        v_store(con + 16, s1);
        v16 s0_1 = v_load(con);
        v16 s1_1 = v_load(con + 16);
        const v16 v_x1_ = v_load(v_x_ + c);
        s0_1 = v_fma(v_splat(theta[0]), v_x1_, s0_1);
        s1_1 = v_fma(v_splat(theta[2]), v_x1_, s1_1);
        const v16 v_x2_ = v_load(v_x_ + (c + 128));
        s0_1 = v_fma(v_splat(theta[1]), v_x2_, s0_1);
        s1_1 = v_fma(v_splat(theta[3]), v_x2_, s1_1);
        v_store(x_dot + c, s0_1);
        v_store(x_dot + (c + 128), s1_1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(out + (first*2 + c*2 + e), 2, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void spiral_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        spiral_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            32);
    }
}

/* dx/dt */
static NOINLINE void spiral_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real x1 = 0.0f;
    real x2 = 0.0f;
    x1 = x[b*2];
    x2 = x[b*2 + 1];
    real x_dot = 0.0f;
    real x_dot1 = 0.0f;
    /* W */
    real c = theta[0]*x1;
    c = fmaf(theta[1], x2, c);
    real c1 = theta[2]*x1;
    c1 = fmaf(theta[3], x2, c1);
    x_dot = c;
    x_dot1 = c1;
    dx[b*2] = x_dot;
    dx[b*2 + 1] = x_dot1;
}

/* dx/dt */
static NOINLINE void spiral_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        spiral_f_latency_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void spiral_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + b*16;
    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1 = 0.0f;
    real x2 = 0.0f;
    x1 = x[b*2];
    x2 = x[b*2 + 1];
    real a_dx = 0.0f;
    real a_dx1 = 0.0f;
    a_dx = a[b*2];
    a_dx1 = a[b*2 + 1];
    real x_bar = 0.0f;
    real x_bar1 = 0.0f;
    real t_bar = 0.0f;
    real *g = sums; FRESH(g)
    const real c = a_dx*x1;
    const real c1 = a_dx*x2;
    const real c2 = a_dx1*x1;
    const real c3 = a_dx1*x2;
    g[0] = g[0] + c;
    g[1] = g[1] + c1;
    g[2] = g[2] + c2;
    g[3] = g[3] + c3;
    /* W */
    real c4 = theta[0]*a_dx;
    c4 = fmaf(theta[2], a_dx1, c4);
    real c5 = theta[1]*a_dx;
    c5 = fmaf(theta[3], a_dx1, c5);
    x_bar = c4;
    x_bar1 = c5;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = x_bar;
        ax[b*2 + 1] = x_bar1;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void spiral_vjp_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*16;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        spiral_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
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
        /* W */
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            atheta[l] = sums[l];
        }
    }
}

/* x at every time, from x0 */
static NOINLINE void spiral_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real x2 = 0.0f;
    real h = 0.0f;
    x1 = x0[b*2];
    x2 = x0[b*2 + 1];
    x[b*2] = x1;
    x[b*2 + 1] = x2;
    const ptrdiff_t sound = 1 - (x1 - x1 + (x2 - x2) != 0.0f);
    if (sound == 0) {
        const ptrdiff_t at = spiral_find(x, b*2, 2);
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
        const ptrdiff_t n = spiral_steps(begin, end, h_max, steps, max_steps);
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
            /* W */
            real c = theta[0]*x1;
            c = fmaf(theta[1], x2, c);
            real c1 = theta[2]*x1;
            c1 = fmaf(theta[3], x2, c1);
            const real fma_ = fmaf(c, h, x1);
            const real fma1 = fmaf(c1, h, x2);
            x1 = fma_;
            x2 = fma1;
        }
        x[(i*batch + b)*2] = x1;
        x[(i*batch + b)*2 + 1] = x2;
        const ptrdiff_t sound1 = 1 - (x1 - x1 + (x2 - x2) != 0.0f);
        if (sound1 == 0) {
            const ptrdiff_t at = spiral_find(x, (i*batch + b)*2, 2);
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

typedef struct spiral_solve_latency_args {
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
} spiral_solve_latency_args;

static void spiral_solve_latency_task(void *args, size_t task)
{
    const spiral_solve_latency_args *const a = (const spiral_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    spiral_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int spiral_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = 0;
    {
        spiral_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 32 };
        each(parallel, (size_t)blocks, spiral_solve_latency_task, &args);
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
static NOINLINE void spiral_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + b*16;
    ROLL for (ptrdiff_t i = 0; i < 16; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real x2 = 0.0f;
    real x_bar = 0.0f;
    real x_bar1 = 0.0f;
    real x_jump = 0.0f;
    real x_jump1 = 0.0f;
    x_bar = 0.0f;
    x_bar1 = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real x_slope = 0.0f;
    real x_slope1 = 0.0f;
    real x_first_slope = 0.0f;
    real x_first_slope1 = 0.0f;
    x_first_slope = 0.0f;
    x_first_slope1 = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            x_jump = g_x[(i*batch + b)*2];
            x_jump1 = g_x[(i*batch + b)*2 + 1];
            const real add = x_bar + x_jump;
            const real add1 = x_bar1 + x_jump1;
            x_bar = add;
            x_bar1 = add1;
            x1 = x[(i*batch + b)*2];
            x2 = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = spiral_steps(begin, end, h_max, steps, max_steps);
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
                real *g1 = sums; FRESH(g1)
                const real neg = -h;
                /* W */
                real c = theta[0]*x1;
                c = fmaf(theta[1], x2, c);
                real c1 = theta[2]*x1;
                c1 = fmaf(theta[3], x2, c1);
                const real mul = x_bar*neg;
                const real mul1 = x_bar1*neg;
                const real c2 = mul*x1;
                const real c3 = mul*x2;
                const real c4 = mul1*x1;
                const real c5 = mul1*x2;
                g1[0] = g1[0] + c2;
                g1[1] = g1[1] + c3;
                g1[2] = g1[2] + c4;
                g1[3] = g1[3] + c5;
                const real fma_ = fmaf(c, h, x1);
                const real fma1 = fmaf(c1, h, x2);
                /* W */
                real c6 = fmaf(theta[0], mul, x_bar);
                c6 = fmaf(theta[2], mul1, c6);
                real c7 = fmaf(theta[1], mul, x_bar1);
                c7 = fmaf(theta[3], mul1, c7);
                x1 = fma_;
                x2 = fma1;
                x_bar = c6;
                x_bar1 = c7;
                x_slope = c;
                x_slope1 = c1;
                if (s == 0) {
                    x_first_slope = x_slope;
                    x_first_slope1 = x_slope1;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real c = x_jump*x_first_slope;
                c = fmaf(x_jump1, x_first_slope1, c);
                dt1 = c;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (x_bar - x_bar + (x_bar1 - x_bar1) != 0.0f);
            if (sound == 0) {
                work[area + 16] = x_bar;
                work[area + 17] = x_bar1;
                const ptrdiff_t at = spiral_find(work, area + 16, 2);
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
        x2 = x[b*2 + 1];
        /* W */
        real c = theta[0]*x1;
        c = fmaf(theta[1], x2, c);
        real c1 = theta[2]*x1;
        c1 = fmaf(theta[3], x2, c1);
        x_first_slope = c;
        x_first_slope1 = c1;
        real c2 = x_bar*x_first_slope;
        c2 = fmaf(x_bar1, x_first_slope1, c2);
        const real neg = -c2;
        dt1 = neg;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    x_jump = g_x[b*2];
    x_jump1 = g_x[b*2 + 1];
    const real add = x_bar + x_jump;
    const real add1 = x_bar1 + x_jump1;
    x_bar = add;
    x_bar1 = add1;
    const ptrdiff_t sound = 1 - (x_bar - x_bar + (x_bar1 - x_bar1) != 0.0f);
    if (sound == 0) {
        work[area + 16] = x_bar;
        work[area + 17] = x_bar1;
        const ptrdiff_t at = spiral_find(work, area + 16, 2);
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
        g_x0[b*2 + 1] = x_bar1;
    }
}

typedef struct spiral_gradient_latency_args {
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
} spiral_gradient_latency_args;

static void spiral_gradient_latency_task(void *args, size_t task)
{
    const spiral_gradient_latency_args *const a = (const spiral_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    spiral_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int spiral_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*16;
    const ptrdiff_t dt = areas + blocks*32;
    {
        spiral_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 32, dt };
        each(parallel, (size_t)blocks, spiral_gradient_latency_task, &args);
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
        /* W */
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            g_theta[l] = sums[l];
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
static NOINLINE void spiral_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real x_dot[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        reg s0 = p_splat(0.0f);
        reg s1 = p_splat(0.0f);
        const reg x2 = p_read(x1 + c);
        s0 = p_fma(p_splat(theta[0]), x2, s0);
        s1 = p_fma(p_splat(theta[2]), x2, s1);
        const reg x3 = p_read(x1 + (c + 128));
        s0 = p_fma(p_splat(theta[1]), x3, s0);
        s1 = p_fma(p_splat(theta[3]), x3, s1);
        p_store(x_dot + c, s0);
        p_store(x_dot + (c + 128), s1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(dx + (first*2 + c*2 + e), 2, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* dx/dt */
static NOINLINE void spiral_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        spiral_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void spiral_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*64;
    ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real a_dx[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(a_dx + (e*128 + c), v_gather(a + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(a_dx + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_dx + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real x_bar[256] ALIGNED;
    real t_bar[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        reg s0 = p_splat(0.0f);
        reg s1 = p_splat(0.0f);
        const reg a_dx1 = p_read(a_dx + c);
        s0 = p_fma(p_splat(theta[0]), a_dx1, s0);
        s1 = p_fma(p_splat(theta[1]), a_dx1, s1);
        const reg a_dx2 = p_read(a_dx + (c + 128));
        s0 = p_fma(p_splat(theta[2]), a_dx2, s0);
        s1 = p_fma(p_splat(theta[3]), a_dx2, s1);
        p_store(x_bar + c, s0);
        p_store(x_bar + (c + 128), s1);
        p_store(t_bar + c, p_splat(0.0f));
    }
    v16 s0 = v_load(sums);
    v16 s1 = v_load(sums + 16);
    v16 s2 = v_load(sums + 32);
    v16 s3 = v_load(sums + 48);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 a_dx1 = v_load(a_dx + c);
        const v16 x2 = v_load(x1 + c);
        s0 = v_fma(a_dx1, x2, s0);
        const v16 x3 = v_load(x1 + (c + 128));
        s1 = v_fma(a_dx1, x3, s1);
        const v16 a_dx2 = v_load(a_dx + (c + 128));
        s2 = v_fma(a_dx2, x2, s2);
        s3 = v_fma(a_dx2, x3, s3);
    }
    v_store(sums, s0);
    v_store(sums + 16, s1);
    v_store(sums + 32, s2);
    v_store(sums + 48, s3);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(ax + (first*2 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void spiral_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 4);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*64;
                real *const from = sums + (b + reach)*64;
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
static NOINLINE void spiral_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*64;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        spiral_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        spiral_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void spiral_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real x1[256] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x0 + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(x + (first*2 + c*2 + e), 2, count - c, v_load(x1 + (e*128 + c)));
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            zero = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        const ptrdiff_t at = spiral_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = spiral_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = spiral_steps(begin, end, h_max, steps, max_steps);
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
            real fma_[32] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v16 s0 = v_splat(0.0f);
                v16 s1_1 = v_splat(0.0f);
                const v16 x2 = v_load(x1 + c);
                s0 = v_fma(v_splat(theta[0]), x2, s0);
                s1_1 = v_fma(v_splat(theta[2]), x2, s1_1);
                const v16 x3 = v_load(x1 + (c + 128));
                s0 = v_fma(v_splat(theta[1]), x3, s0);
                s1_1 = v_fma(v_splat(theta[3]), x3, s1_1);
                const v16 fma1 = v_fma(s0, v_load(h + c), v_load(x1 + c));
                v_store(fma_, fma1);
                const v16 fma2 = v_fma(s1_1, v_load(h + c), v_load(x1 + (c + 128)));
                v_store(fma_ + 16, fma2);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(x1 + c));
                v_store(x1 + c, select);
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_ + 16),
                    v_load(x1 + (c + 128)));
                v_store(x1 + (c + 128), select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(x + ((i*batch + first)*2 + c*2 + e), 2, count - c,
                    v_load(x1 + (e*128 + c)));
            }
        }
        v16 zero1 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                zero1 = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero1);
            }
        }
        const ptrdiff_t sound1 = 1 - m_any(v_ne(zero1, zero1));
        if (sound1 == 0) {
            const ptrdiff_t at = spiral_find(x, (i*batch + first)*2, count*2);
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

static void spiral_solve_batch_task(void *args, size_t task)
{
    const spiral_solve_latency_args *const a = (const spiral_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    spiral_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int spiral_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        spiral_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 272 };
        each(parallel, (size_t)blocks, spiral_solve_batch_task, &args);
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
static NOINLINE void spiral_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + b*64;
    ROLL for (ptrdiff_t i = 0; i < 64; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[256] ALIGNED;
    real x_bar[256] ALIGNED;
    real x_jump[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            p_store(x_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[256] ALIGNED;
    real x_first_slope[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            p_store(x_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x_jump + (e*128 + c), v_gather(g_x + ((i*batch + first)*2 + c*2 + e), 2,
                        count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
                p_store(x_bar + c, add);
                const reg add1 = p_add(p_read(x_bar + (c + 128)), p_read(x_jump + (c + 128)));
                p_store(x_bar + (c + 128), add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x1 + (e*128 + c), v_gather(x + ((i*batch + first)*2 + c*2 + e), 2,
                        count - c));
                }
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = spiral_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = spiral_steps(begin, end, h_max, steps, max_steps);
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
                real select[32] ALIGNED;
                real neg[16] ALIGNED;
                real mul[256] ALIGNED;
                real fma_[256] ALIGNED;
                real add[256] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    v_store(select, select1);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + (c + 128)), v_splat(0.0f));
                    v_store(select + 16, select2);
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    v16 s0 = v_splat(0.0f);
                    v16 s1_1 = v_splat(0.0f);
                    const v16 x2 = v_load(x1 + c);
                    s0 = v_fma(v_splat(theta[0]), x2, s0);
                    s1_1 = v_fma(v_splat(theta[2]), x2, s1_1);
                    const v16 x3 = v_load(x1 + (c + 128));
                    s0 = v_fma(v_splat(theta[1]), x3, s0);
                    s1_1 = v_fma(v_splat(theta[3]), x3, s1_1);
                    const v16 mul1 = v_mul(v_load(select), v_load(neg));
                    v_store(mul + c, mul1);
                    const v16 fma1 = v_fma(s0, v_load(h + c), v_load(x1 + c));
                    v_store(fma_ + c, fma1);
                    v_store(x_slope + c, s0);
                    const v16 mul2 = v_mul(v_load(select + 16), v_load(neg));
                    v_store(mul + (c + 128), mul2);
                    const v16 fma2 = v_fma(s1_1, v_load(h + c), v_load(x1 + (c + 128)));
                    v_store(fma_ + (c + 128), fma2);
                    v_store(x_slope + (c + 128), s1_1);
                    v16 s0_1 = v_load(select);
                    v16 s1_2 = v_load(select + 16);
                    const v16 mul3 = v_load(mul + c);
                    s0_1 = v_fma(v_splat(theta[0]), mul3, s0_1);
                    s1_2 = v_fma(v_splat(theta[1]), mul3, s1_2);
                    const v16 mul4 = v_load(mul + (c + 128));
                    s0_1 = v_fma(v_splat(theta[2]), mul4, s0_1);
                    s1_2 = v_fma(v_splat(theta[3]), mul4, s1_2);
                    v_store(add + c, s0_1);
                    v_store(add + (c + 128), s1_2);
                }
                v16 s0 = v_load(sums);
                v16 s1_1 = v_load(sums + 16);
                v16 s2 = v_load(sums + 32);
                v16 s3 = v_load(sums + 48);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul1 = v_load(mul + c);
                    const v16 x2 = v_load(x1 + c);
                    s0 = v_fma(mul1, x2, s0);
                    const v16 x3 = v_load(x1 + (c + 128));
                    s1_1 = v_fma(mul1, x3, s1_1);
                    const v16 mul2 = v_load(mul + (c + 128));
                    s2 = v_fma(mul2, x2, s2);
                    s3 = v_fma(mul2, x3, s3);
                }
                v_store(sums, s0);
                v_store(sums + 16, s1_1);
                v_store(sums + 32, s2);
                v_store(sums + 48, s3);
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg select1 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + c), p_read(x1 + c));
                    const reg select2 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add + c), p_read(x_bar + c));
                    p_store(x1 + c, select1);
                    p_store(x_bar + c, select2);
                    const reg select3 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + (c + 128)), p_read(x1 + (c + 128)));
                    const reg select4 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add + (c + 128)), p_read(x_bar + (c + 128)));
                    p_store(x1 + (c + 128), select3);
                    p_store(x_bar + (c + 128), select4);
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                            p_store(x_first_slope + (e*128 + c), p_read(x_slope + (e*128 + c)));
                        }
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    reg s0 = p_splat(0.0f);
                    s0 = p_fma(p_read(x_jump + c), p_read(x_first_slope + c), s0);
                    s0 = p_fma(p_read(x_jump + (c + 128)), p_read(x_first_slope + (c + 128)), s0);
                    p_store(dt1 + c, s0);
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
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
                }
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            if (sound == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                        v_scatter(work + (area + 16 + c*2 + e), 2, count - c,
                            v_load(x_bar + (e*128 + c)));
                    }
                }
                const ptrdiff_t at = spiral_find(work, area + 16, count*2);
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
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            reg s0 = p_splat(0.0f);
            reg s1 = p_splat(0.0f);
            const reg x2 = p_read(x1 + c);
            s0 = p_fma(p_splat(theta[0]), x2, s0);
            s1 = p_fma(p_splat(theta[2]), x2, s1);
            const reg x3 = p_read(x1 + (c + 128));
            s0 = p_fma(p_splat(theta[1]), x3, s0);
            s1 = p_fma(p_splat(theta[3]), x3, s1);
            p_store(x_first_slope + c, s0);
            p_store(x_first_slope + (c + 128), s1);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            reg s0 = p_splat(0.0f);
            s0 = p_fma(p_read(x_bar + c), p_read(x_first_slope + c), s0);
            s0 = p_fma(p_read(x_bar + (c + 128)), p_read(x_first_slope + (c + 128)), s0);
            const reg neg = p_neg(s0);
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
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x_jump + (e*128 + c), v_gather(g_x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
        p_store(x_bar + c, add);
        const reg add1 = p_add(p_read(x_bar + (c + 128)), p_read(x_jump + (c + 128)));
        p_store(x_bar + (c + 128), add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(work + (area + 16 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
        const ptrdiff_t at = spiral_find(work, area + 16, count*2);
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
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(g_x0 + (first*2 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void spiral_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 4);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*64;
                real *const from = sums + (b + reach)*64;
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

static void spiral_gradient_batch_task(void *args, size_t task)
{
    const spiral_gradient_latency_args *const a = (const spiral_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    spiral_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int spiral_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*64;
    const ptrdiff_t dt = areas + blocks*272;
    {
        spiral_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 272, dt };
        each(parallel, (size_t)blocks, spiral_gradient_batch_task, &args);
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
        spiral_gradient_batch_sums(sums, blocks, g_theta, 0);
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
static NOINLINE int twowells_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int twowells_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void twowells_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real v_x_[256] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_store(v_x_ + (e*128 + c), v_gather(vx + (first*2 + c*2 + e), 2, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                p_store(v_x_ + (e*128 + c), p_splat(0.0f));
            }
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
    ROLL for (ptrdiff_t i = 0; i < 10; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real x_dot[256] ALIGNED;
    real sigmoid_[16] ALIGNED;
    real sigmoid1[16] ALIGNED;
    real mul[16] ALIGNED;
    real mul1[16] ALIGNED;
    real sub[32] ALIGNED;
    real add[32] ALIGNED;
    real mul2[32] ALIGNED;
    real neg[32] ALIGNED;
    real add1[32] ALIGNED;
    real con[32] ALIGNED;
    real add2[32] ALIGNED;
    real con1[16] ALIGNED;
    real mul3[16] ALIGNED;
    real con2[32] ALIGNED;
    real mul4[32] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v16 s0 = v_splat(0.0f);
        s0 = v_fma(v_load(x1 + c), v_splat(theta[8]), s0);
        s0 = v_fma(v_load(x1 + (c + 128)), v_splat(theta[9]), s0);
        const v16 sigmoid2 = v_sigmoid(s0);
        v_store(sigmoid_, sigmoid2);
        const v16 neg1 = v_neg(s0);
        const v16 sigmoid3 = v_sigmoid(neg1);
        v_store(sigmoid1, sigmoid3);
        const v16 sub1 = v_sub(v_splat(1.0f), sigmoid3);
        const v16 mul5 = v_mul(sigmoid3, sub1);
        v_store(mul, mul5);
        const v16 sub2 = v_sub(v_splat(1.0f), sigmoid2);
        const v16 mul6 = v_mul(sigmoid2, sub2);
        v_store(mul1, mul6);
        const v16 sub3 = v_sub(v_load(x1 + c), v_splat(theta[8]));
        v_store(sub, sub3);
        const v16 add3 = v_add(v_load(x1 + c), v_splat(theta[8]));
        v_store(add, add3);
        const v16 mul7 = v_mul(v_load(v_x_ + c), v_splat(theta[8]));
        v_store(mul2, mul7);
        const real neg2 = -v[8];
        v_store(neg, v_splat(neg2));
        const v16 add4 = v_add(v_load(v_x_ + c), v_splat(v[8]));
        v_store(add1, add4);
        const v16 sub4 = v_sub(v_load(x1 + (c + 128)), v_splat(theta[9]));
        v_store(sub + 16, sub4);
        const v16 add5 = v_add(v_load(x1 + (c + 128)), v_splat(theta[9]));
        v_store(add + 16, add5);
        const v16 mul8 = v_mul(v_load(v_x_ + (c + 128)), v_splat(theta[9]));
        v_store(mul2 + 16, mul8);
        const real neg3 = -v[9];
        v_store(neg + 16, v_splat(neg3));
        const v16 add6 = v_add(v_load(v_x_ + (c + 128)), v_splat(v[9]));
        v_store(add1 + 16, add6);
        v16 s0_1 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        const v16 sub5 = v_load(sub);
        s0_1 = v_fma(v_splat(theta[0]), sub5, s0_1);
        s1 = v_fma(v_splat(theta[2]), sub5, s1);
        const v16 sub6 = v_load(sub + 16);
        s0_1 = v_fma(v_splat(theta[1]), sub6, s0_1);
        s1 = v_fma(v_splat(theta[3]), sub6, s1);
        v_store(con, s0_1);
        const v16 add7 = v_add(v_load(v_x_ + c), v_load(neg));
        v_store(add2, add7);
        v_store(con + 16, s1);
        const v16 add8 = v_add(v_load(v_x_ + (c + 128)), v_load(neg + 16));
        v_store(add2 + 16, add8);
        v16 s0_2 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        const v16 add9 = v_load(add);
        s0_2 = v_fma(v_splat(theta[4]), add9, s0_2);
        s1_1 = v_fma(v_splat(theta[6]), add9, s1_1);
        const v16 add10 = v_load(add + 16);
        s0_2 = v_fma(v_splat(theta[5]), add10, s0_2);
        s1_1 = v_fma(v_splat(theta[7]), add10, s1_1);
        v_store(neg, s0_2);
        v_store(neg + 16, s1_1);
        v16 s0_3 = v_splat(0.0f);
        s0_3 = v_add(s0_3, v_load(mul2));
        s0_3 = v_add(s0_3, v_load(mul2 + 16));
        v_store(con1, s0_3);
        v16 s0_4 = v_load(con1);
        s0_4 = v_fma(v_load(x1 + c), v_splat(v[8]), s0_4);
        s0_4 = v_fma(v_load(x1 + (c + 128)), v_splat(v[9]), s0_4);
        const v16 neg4 = v_neg(s0_4);
        const v16 mul9 = v_mul(v_load(mul1), s0_4);
        v_store(mul2, mul9);
        const v16 mul10 = v_mul(v_load(mul), neg4);
        v_store(mul3, mul10);
        v16 s0_5 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        const v16 sub7 = v_load(sub);
        s0_5 = v_fma(v_splat(v[0]), sub7, s0_5);
        s1_2 = v_fma(v_splat(v[2]), sub7, s1_2);
        const v16 sub8 = v_load(sub + 16);
        s0_5 = v_fma(v_splat(v[1]), sub8, s0_5);
        s1_2 = v_fma(v_splat(v[3]), sub8, s1_2);
        v_store(con2, s0_5);
        const v16 mul11 = v_mul(v_load(con), v_load(mul2));
        v_store(mul4, mul11);
        v_store(con2 + 16, s1_2);
        const v16 mul12 = v_mul(v_load(con + 16), v_load(mul2));
        v_store(mul4 + 16, mul12);
        v16 s0_6 = v_load(con2);
        v16 s1_3 = v_load(con2 + 16);
        const v16 add11 = v_load(add2);
        s0_6 = v_fma(v_splat(theta[0]), add11, s0_6);
        s1_3 = v_fma(v_splat(theta[2]), add11, s1_3);
        const v16 add12 = v_load(add2 + 16);
        s0_6 = v_fma(v_splat(theta[1]), add12, s0_6);
        s1_3 = v_fma(v_splat(theta[3]), add12, s1_3);
        const v16 fma_ = v_fma(v_load(sigmoid_), s0_6, v_load(mul4));
        const v16 fma1 = v_fma(v_load(neg), v_load(mul3), fma_);
        v_store(sub, fma1);
        const v16 fma2 = v_fma(v_load(sigmoid_), s1_3, v_load(mul4 + 16));
        const v16 fma3 = v_fma(v_load(neg + 16), v_load(mul3), fma2);
        v_store(sub + 16, fma3);
        v16 s0_7 = v_splat(0.0f);
        v16 s1_4 = v_splat(0.0f);
        const v16 add13 = v_load(add);
        s0_7 = v_fma(v_splat(v[4]), add13, s0_7);
        s1_4 = v_fma(v_splat(v[6]), add13, s1_4);
        const v16 add14 = v_load(add + 16);
        s0_7 = v_fma(v_splat(v[5]), add14, s0_7);
        s1_4 = v_fma(v_splat(v[7]), add14, s1_4);
        v_store(mul2, s0_7);
        v_store(mul2 + 16, s1_4);
        v16 s0_8 = v_load(mul2);
        v16 s1_5 = v_load(mul2 + 16);
        const v16 add15 = v_load(add1);
        s0_8 = v_fma(v_splat(theta[4]), add15, s0_8);
        s1_5 = v_fma(v_splat(theta[6]), add15, s1_5);
        const v16 add16 = v_load(add1 + 16);
        s0_8 = v_fma(v_splat(theta[5]), add16, s0_8);
        s1_5 = v_fma(v_splat(theta[7]), add16, s1_5);
        const v16 fma4 = v_fma(v_load(sigmoid1), s0_8, v_load(sub));
        v_store(x_dot + c, fma4);
        const v16 fma5 = v_fma(v_load(sigmoid1), s1_5, v_load(sub + 16));
        v_store(x_dot + (c + 128), fma5);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(out + (first*2 + c*2 + e), 2, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void twowells_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        twowells_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            32);
    }
}

/* dx/dt */
static NOINLINE void twowells_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real x1 = 0.0f;
    real x2 = 0.0f;
    x1 = x[b*2];
    x2 = x[b*2 + 1];
    real x_dot = 0.0f;
    real x_dot1 = 0.0f;
    real c = theta[8]*x1;
    c = fmaf(theta[9], x2, c);
    const real sigmoid_ = r_sigmoid(c);
    const real c1 = theta[8];
    const real c2 = theta[9];
    const real sub = x1 - c1;
    const real sub1 = x2 - c2;
    /* A */
    real c3 = theta[0]*sub;
    c3 = fmaf(theta[1], sub1, c3);
    real c4 = theta[2]*sub;
    c4 = fmaf(theta[3], sub1, c4);
    const real neg = -c;
    const real sigmoid1 = r_sigmoid(neg);
    const real add = x1 + c1;
    const real add1 = x2 + c2;
    /* B */
    real c5 = theta[4]*add;
    c5 = fmaf(theta[5], add1, c5);
    real c6 = theta[6]*add;
    c6 = fmaf(theta[7], add1, c6);
    const real mul = c3*sigmoid_;
    const real mul1 = c4*sigmoid_;
    const real fma_ = fmaf(c5, sigmoid1, mul);
    const real fma1 = fmaf(c6, sigmoid1, mul1);
    x_dot = fma_;
    x_dot1 = fma1;
    dx[b*2] = x_dot;
    dx[b*2 + 1] = x_dot1;
}

/* dx/dt */
static NOINLINE void twowells_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        twowells_f_latency_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void twowells_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + b*48;
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1 = 0.0f;
    real x2 = 0.0f;
    x1 = x[b*2];
    x2 = x[b*2 + 1];
    real a_dx = 0.0f;
    real a_dx1 = 0.0f;
    a_dx = a[b*2];
    a_dx1 = a[b*2 + 1];
    real x_bar = 0.0f;
    real x_bar1 = 0.0f;
    real t_bar = 0.0f;
    real *g = sums; FRESH(g)
    real c = theta[8]*x1;
    c = fmaf(theta[9], x2, c);
    const real sigmoid_ = r_sigmoid(c);
    const real c1 = theta[8];
    const real c2 = theta[9];
    const real sub = x1 - c1;
    const real sub1 = x2 - c2;
    /* A */
    real c3 = theta[0]*sub;
    c3 = fmaf(theta[1], sub1, c3);
    real c4 = theta[2]*sub;
    c4 = fmaf(theta[3], sub1, c4);
    const real neg = -c;
    const real sigmoid1 = r_sigmoid(neg);
    const real add = x1 + c1;
    const real add1 = x2 + c2;
    /* B */
    real c5 = theta[4]*add;
    c5 = fmaf(theta[5], add1, c5);
    real c6 = theta[6]*add;
    c6 = fmaf(theta[7], add1, c6);
    const real mul = a_dx*sigmoid1;
    const real mul1 = a_dx1*sigmoid1;
    const real mul2 = a_dx*c5;
    const real mul3 = a_dx1*c6;
    real c7 = mul2;
    c7 = c7 + mul3;
    const real mul4 = a_dx*sigmoid_;
    const real mul5 = a_dx1*sigmoid_;
    const real mul6 = a_dx*c3;
    const real mul7 = a_dx1*c4;
    real c8 = mul6;
    c8 = c8 + mul7;
    const real c9 = mul*add;
    const real c10 = mul*add1;
    const real c11 = mul1*add;
    const real c12 = mul1*add1;
    g[16] = g[16] + c9;
    g[17] = g[17] + c10;
    g[18] = g[18] + c11;
    g[19] = g[19] + c12;
    /* B */
    real c13 = theta[4]*mul;
    c13 = fmaf(theta[6], mul1, c13);
    real c14 = theta[5]*mul;
    c14 = fmaf(theta[7], mul1, c14);
    const real sub2 = 1.0f - sigmoid1;
    const real mul8 = sigmoid1*sub2;
    const real c15 = mul4*sub;
    const real c16 = mul4*sub1;
    const real c17 = mul5*sub;
    const real c18 = mul5*sub1;
    g[0] = g[0] + c15;
    g[1] = g[1] + c16;
    g[2] = g[2] + c17;
    g[3] = g[3] + c18;
    /* A */
    real c19 = theta[0]*mul4;
    c19 = fmaf(theta[2], mul5, c19);
    real c20 = theta[1]*mul4;
    c20 = fmaf(theta[3], mul5, c20);
    const real add2 = c13 + c19;
    const real add3 = c14 + c20;
    const real sub3 = c13 - c19;
    const real sub4 = c14 - c20;
    const real sub5 = 1.0f - sigmoid_;
    const real mul9 = sigmoid_*sub5;
    const real mul10 = c8*mul9;
    const real neg1 = -c7;
    const real fma_ = fmaf(neg1, mul8, mul10);
    const real fma1 = fmaf(c1, fma_, add2);
    const real fma2 = fmaf(c2, fma_, add3);
    const real c21 = x1*fma_;
    const real c22 = x2*fma_;
    const real c23 = c21 + sub3;
    const real c24 = c22 + sub4;
    g[32] = g[32] + c23;
    g[33] = g[33] + c24;
    x_bar = fma1;
    x_bar1 = fma2;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = x_bar;
        ax[b*2 + 1] = x_bar1;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void twowells_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*48;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        twowells_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
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
        /* A */
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            atheta[l] = sums[l];
        }
        /* B */
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            atheta[l + 4] = sums[l + 16];
        }
        /* x0 */
        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
            atheta[l + 8] = sums[l + 32];
        }
    }
}

/* x at every time, from x0 */
static NOINLINE void twowells_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real x2 = 0.0f;
    real h = 0.0f;
    x1 = x0[b*2];
    x2 = x0[b*2 + 1];
    x[b*2] = x1;
    x[b*2 + 1] = x2;
    const ptrdiff_t sound = 1 - (x1 - x1 + (x2 - x2) != 0.0f);
    if (sound == 0) {
        const ptrdiff_t at = twowells_find(x, b*2, 2);
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
        const ptrdiff_t n = twowells_steps(begin, end, h_max, steps, max_steps);
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
            real c = theta[8]*x1;
            c = fmaf(theta[9], x2, c);
            const real sigmoid_ = r_sigmoid(c);
            const real c1 = theta[8];
            const real c2 = theta[9];
            const real sub = x1 - c1;
            const real sub1 = x2 - c2;
            /* A */
            real c3 = theta[0]*sub;
            c3 = fmaf(theta[1], sub1, c3);
            real c4 = theta[2]*sub;
            c4 = fmaf(theta[3], sub1, c4);
            const real neg = -c;
            const real sigmoid1 = r_sigmoid(neg);
            const real add = x1 + c1;
            const real add1 = x2 + c2;
            /* B */
            real c5 = theta[4]*add;
            c5 = fmaf(theta[5], add1, c5);
            real c6 = theta[6]*add;
            c6 = fmaf(theta[7], add1, c6);
            const real mul = c3*sigmoid_;
            const real mul1 = c4*sigmoid_;
            const real fma_ = fmaf(c5, sigmoid1, mul);
            const real fma1 = fmaf(c6, sigmoid1, mul1);
            const real fma2 = fmaf(fma_, h, x1);
            const real fma3 = fmaf(fma1, h, x2);
            x1 = fma2;
            x2 = fma3;
        }
        x[(i*batch + b)*2] = x1;
        x[(i*batch + b)*2 + 1] = x2;
        const ptrdiff_t sound1 = 1 - (x1 - x1 + (x2 - x2) != 0.0f);
        if (sound1 == 0) {
            const ptrdiff_t at = twowells_find(x, (i*batch + b)*2, 2);
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

static void twowells_solve_latency_task(void *args, size_t task)
{
    const spiral_solve_latency_args *const a = (const spiral_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    twowells_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int twowells_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = 0;
    {
        spiral_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 32 };
        each(parallel, (size_t)blocks, twowells_solve_latency_task, &args);
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
static NOINLINE void twowells_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + b*48;
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real x2 = 0.0f;
    real x_bar = 0.0f;
    real x_bar1 = 0.0f;
    real x_jump = 0.0f;
    real x_jump1 = 0.0f;
    x_bar = 0.0f;
    x_bar1 = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real x_slope = 0.0f;
    real x_slope1 = 0.0f;
    real x_first_slope = 0.0f;
    real x_first_slope1 = 0.0f;
    x_first_slope = 0.0f;
    x_first_slope1 = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            x_jump = g_x[(i*batch + b)*2];
            x_jump1 = g_x[(i*batch + b)*2 + 1];
            const real add = x_bar + x_jump;
            const real add1 = x_bar1 + x_jump1;
            x_bar = add;
            x_bar1 = add1;
            x1 = x[(i*batch + b)*2];
            x2 = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = twowells_steps(begin, end, h_max, steps, max_steps);
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
                real *g1 = sums; FRESH(g1)
                const real neg = -h;
                real c = theta[8]*x1;
                c = fmaf(theta[9], x2, c);
                const real sigmoid_ = r_sigmoid(c);
                const real c1 = theta[8];
                const real c2 = theta[9];
                const real sub = x1 - c1;
                const real sub1 = x2 - c2;
                /* A */
                real c3 = theta[0]*sub;
                c3 = fmaf(theta[1], sub1, c3);
                real c4 = theta[2]*sub;
                c4 = fmaf(theta[3], sub1, c4);
                const real neg1 = -c;
                const real sigmoid1 = r_sigmoid(neg1);
                const real add2 = x1 + c1;
                const real add3 = x2 + c2;
                /* B */
                real c5 = theta[4]*add2;
                c5 = fmaf(theta[5], add3, c5);
                real c6 = theta[6]*add2;
                c6 = fmaf(theta[7], add3, c6);
                const real mul = c3*sigmoid_;
                const real mul1 = c4*sigmoid_;
                const real fma_ = fmaf(c5, sigmoid1, mul);
                const real fma1 = fmaf(c6, sigmoid1, mul1);
                const real mul2 = x_bar*neg;
                const real mul3 = x_bar1*neg;
                const real mul4 = sigmoid1*mul2;
                const real mul5 = sigmoid1*mul3;
                const real mul6 = c5*mul2;
                const real mul7 = c6*mul3;
                real c7 = mul6;
                c7 = c7 + mul7;
                const real mul8 = sigmoid_*mul2;
                const real mul9 = sigmoid_*mul3;
                const real mul10 = c3*mul2;
                const real mul11 = c4*mul3;
                real c8 = mul10;
                c8 = c8 + mul11;
                const real c9 = mul4*add2;
                const real c10 = mul4*add3;
                const real c11 = mul5*add2;
                const real c12 = mul5*add3;
                g1[16] = g1[16] + c9;
                g1[17] = g1[17] + c10;
                g1[18] = g1[18] + c11;
                g1[19] = g1[19] + c12;
                /* B */
                real c13 = theta[4]*mul4;
                c13 = fmaf(theta[6], mul5, c13);
                real c14 = theta[5]*mul4;
                c14 = fmaf(theta[7], mul5, c14);
                const real sub2 = 1.0f - sigmoid1;
                const real mul12 = sigmoid1*sub2;
                const real c15 = mul8*sub;
                const real c16 = mul8*sub1;
                const real c17 = mul9*sub;
                const real c18 = mul9*sub1;
                g1[0] = g1[0] + c15;
                g1[1] = g1[1] + c16;
                g1[2] = g1[2] + c17;
                g1[3] = g1[3] + c18;
                /* A */
                real c19 = theta[0]*mul8;
                c19 = fmaf(theta[2], mul9, c19);
                real c20 = theta[1]*mul8;
                c20 = fmaf(theta[3], mul9, c20);
                const real add4 = c13 + c19;
                const real add5 = c14 + c20;
                const real sub3 = c13 - c19;
                const real sub4 = c14 - c20;
                const real sub5 = 1.0f - sigmoid_;
                const real mul13 = sigmoid_*sub5;
                const real mul14 = c8*mul13;
                const real neg2 = -c7;
                const real fma2 = fmaf(neg2, mul12, mul14);
                const real fma3 = fmaf(c1, fma2, add4);
                const real fma4 = fmaf(c2, fma2, add5);
                const real c21 = x1*fma2;
                const real c22 = x2*fma2;
                const real c23 = c21 + sub3;
                const real c24 = c22 + sub4;
                g1[32] = g1[32] + c23;
                g1[33] = g1[33] + c24;
                const real fma5 = fmaf(fma_, h, x1);
                const real fma6 = fmaf(fma1, h, x2);
                const real add6 = x_bar + fma3;
                const real add7 = x_bar1 + fma4;
                x1 = fma5;
                x2 = fma6;
                x_bar = add6;
                x_bar1 = add7;
                x_slope = fma_;
                x_slope1 = fma1;
                if (s == 0) {
                    x_first_slope = x_slope;
                    x_first_slope1 = x_slope1;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real c = x_jump*x_first_slope;
                c = fmaf(x_jump1, x_first_slope1, c);
                dt1 = c;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (x_bar - x_bar + (x_bar1 - x_bar1) != 0.0f);
            if (sound == 0) {
                work[area + 16] = x_bar;
                work[area + 17] = x_bar1;
                const ptrdiff_t at = twowells_find(work, area + 16, 2);
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
        x2 = x[b*2 + 1];
        real c = theta[8]*x1;
        c = fmaf(theta[9], x2, c);
        const real sigmoid_ = r_sigmoid(c);
        const real c1 = theta[8];
        const real c2 = theta[9];
        const real sub = x1 - c1;
        const real sub1 = x2 - c2;
        /* A */
        real c3 = theta[0]*sub;
        c3 = fmaf(theta[1], sub1, c3);
        real c4 = theta[2]*sub;
        c4 = fmaf(theta[3], sub1, c4);
        const real neg = -c;
        const real sigmoid1 = r_sigmoid(neg);
        const real add = x1 + c1;
        const real add1 = x2 + c2;
        /* B */
        real c5 = theta[4]*add;
        c5 = fmaf(theta[5], add1, c5);
        real c6 = theta[6]*add;
        c6 = fmaf(theta[7], add1, c6);
        const real mul = c3*sigmoid_;
        const real mul1 = c4*sigmoid_;
        const real fma_ = fmaf(c5, sigmoid1, mul);
        const real fma1 = fmaf(c6, sigmoid1, mul1);
        x_first_slope = fma_;
        x_first_slope1 = fma1;
        real c7 = x_bar*x_first_slope;
        c7 = fmaf(x_bar1, x_first_slope1, c7);
        const real neg1 = -c7;
        dt1 = neg1;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    x_jump = g_x[b*2];
    x_jump1 = g_x[b*2 + 1];
    const real add = x_bar + x_jump;
    const real add1 = x_bar1 + x_jump1;
    x_bar = add;
    x_bar1 = add1;
    const ptrdiff_t sound = 1 - (x_bar - x_bar + (x_bar1 - x_bar1) != 0.0f);
    if (sound == 0) {
        work[area + 16] = x_bar;
        work[area + 17] = x_bar1;
        const ptrdiff_t at = twowells_find(work, area + 16, 2);
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
        g_x0[b*2 + 1] = x_bar1;
    }
}

static void twowells_gradient_latency_task(void *args, size_t task)
{
    const spiral_gradient_latency_args *const a = (const spiral_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    twowells_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int twowells_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*48;
    const ptrdiff_t dt = areas + blocks*32;
    {
        spiral_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 32, dt };
        each(parallel, (size_t)blocks, twowells_gradient_latency_task, &args);
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
        /* A */
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            g_theta[l] = sums[l];
        }
        /* B */
        ROLL for (ptrdiff_t l = 0; l < 4; l++) {
            g_theta[l + 4] = sums[l + 16];
        }
        /* x0 */
        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
            g_theta[l + 8] = sums[l + 32];
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
static NOINLINE void twowells_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real x_dot[256] ALIGNED;
    real sigmoid_[16] ALIGNED;
    real sigmoid1[16] ALIGNED;
    real sub[32] ALIGNED;
    real add[32] ALIGNED;
    real mul[32] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v16 s0 = v_splat(0.0f);
        s0 = v_fma(v_load(x1 + c), v_splat(theta[8]), s0);
        s0 = v_fma(v_load(x1 + (c + 128)), v_splat(theta[9]), s0);
        const v16 sigmoid2 = v_sigmoid(s0);
        v_store(sigmoid_, sigmoid2);
        const v16 neg = v_neg(s0);
        const v16 sigmoid3 = v_sigmoid(neg);
        v_store(sigmoid1, sigmoid3);
        const v16 sub1 = v_sub(v_load(x1 + c), v_splat(theta[8]));
        v_store(sub, sub1);
        const v16 add1 = v_add(v_load(x1 + c), v_splat(theta[8]));
        v_store(add, add1);
        const v16 sub2 = v_sub(v_load(x1 + (c + 128)), v_splat(theta[9]));
        v_store(sub + 16, sub2);
        const v16 add2 = v_add(v_load(x1 + (c + 128)), v_splat(theta[9]));
        v_store(add + 16, add2);
        v16 s0_1 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        const v16 sub3 = v_load(sub);
        s0_1 = v_fma(v_splat(theta[0]), sub3, s0_1);
        s1 = v_fma(v_splat(theta[2]), sub3, s1);
        const v16 sub4 = v_load(sub + 16);
        s0_1 = v_fma(v_splat(theta[1]), sub4, s0_1);
        s1 = v_fma(v_splat(theta[3]), sub4, s1);
        const v16 mul1 = v_mul(s0_1, v_load(sigmoid_));
        v_store(mul, mul1);
        const v16 mul2 = v_mul(s1, v_load(sigmoid_));
        v_store(mul + 16, mul2);
        v16 s0_2 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        const v16 add3 = v_load(add);
        s0_2 = v_fma(v_splat(theta[4]), add3, s0_2);
        s1_1 = v_fma(v_splat(theta[6]), add3, s1_1);
        const v16 add4 = v_load(add + 16);
        s0_2 = v_fma(v_splat(theta[5]), add4, s0_2);
        s1_1 = v_fma(v_splat(theta[7]), add4, s1_1);
        const v16 fma_ = v_fma(s0_2, v_load(sigmoid1), v_load(mul));
        v_store(x_dot + c, fma_);
        const v16 fma1 = v_fma(s1_1, v_load(sigmoid1), v_load(mul + 16));
        v_store(x_dot + (c + 128), fma1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(dx + (first*2 + c*2 + e), 2, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* dx/dt */
static NOINLINE void twowells_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        twowells_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void twowells_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*160;
    ROLL for (ptrdiff_t i = 0; i < 160; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real a_dx[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(a_dx + (e*128 + c), v_gather(a + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(a_dx + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_dx + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real x_bar[256] ALIGNED;
    real t_bar[128] ALIGNED;
    real sigmoid_[16] ALIGNED;
    real sigmoid1[16] ALIGNED;
    real mul[16] ALIGNED;
    real mul1[16] ALIGNED;
    real sub[256] ALIGNED;
    real add[256] ALIGNED;
    real mul2[256] ALIGNED;
    real mul3[256] ALIGNED;
    real mul4[32] ALIGNED;
    real mul5[32] ALIGNED;
    real fma_[128] ALIGNED;
    real sub1[256] ALIGNED;
    real con[32] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v16 s0 = v_splat(0.0f);
        s0 = v_fma(v_load(x1 + c), v_splat(theta[8]), s0);
        s0 = v_fma(v_load(x1 + (c + 128)), v_splat(theta[9]), s0);
        const v16 sigmoid2 = v_sigmoid(s0);
        v_store(sigmoid_, sigmoid2);
        const v16 neg = v_neg(s0);
        const v16 sigmoid3 = v_sigmoid(neg);
        v_store(sigmoid1, sigmoid3);
        const v16 sub2 = v_sub(v_splat(1.0f), sigmoid3);
        const v16 mul6 = v_mul(sigmoid3, sub2);
        v_store(mul, mul6);
        const v16 sub3 = v_sub(v_splat(1.0f), sigmoid2);
        const v16 mul7 = v_mul(sigmoid2, sub3);
        v_store(mul1, mul7);
        v_store(t_bar + c, v_splat(0.0f));
        const v16 sub4 = v_sub(v_load(x1 + c), v_splat(theta[8]));
        v_store(sub + c, sub4);
        const v16 add1 = v_add(v_load(x1 + c), v_splat(theta[8]));
        v_store(add + c, add1);
        const v16 mul8 = v_mul(v_load(a_dx + c), v_load(sigmoid1));
        v_store(mul2 + c, mul8);
        const v16 mul9 = v_mul(v_load(a_dx + c), v_load(sigmoid_));
        v_store(mul3 + c, mul9);
        const v16 sub5 = v_sub(v_load(x1 + (c + 128)), v_splat(theta[9]));
        v_store(sub + (c + 128), sub5);
        const v16 add2 = v_add(v_load(x1 + (c + 128)), v_splat(theta[9]));
        v_store(add + (c + 128), add2);
        const v16 mul10 = v_mul(v_load(a_dx + (c + 128)), v_load(sigmoid1));
        v_store(mul2 + (c + 128), mul10);
        const v16 mul11 = v_mul(v_load(a_dx + (c + 128)), v_load(sigmoid_));
        v_store(mul3 + (c + 128), mul11);
        v16 s0_1 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        const v16 sub6 = v_load(sub + c);
        s0_1 = v_fma(v_splat(theta[0]), sub6, s0_1);
        s1 = v_fma(v_splat(theta[2]), sub6, s1);
        const v16 sub7 = v_load(sub + (c + 128));
        s0_1 = v_fma(v_splat(theta[1]), sub7, s0_1);
        s1 = v_fma(v_splat(theta[3]), sub7, s1);
        const v16 mul12 = v_mul(v_load(a_dx + c), s0_1);
        v_store(mul4, mul12);
        const v16 mul13 = v_mul(v_load(a_dx + (c + 128)), s1);
        v_store(mul4 + 16, mul13);
        v16 s0_2 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        const v16 add3 = v_load(add + c);
        s0_2 = v_fma(v_splat(theta[4]), add3, s0_2);
        s1_1 = v_fma(v_splat(theta[6]), add3, s1_1);
        const v16 add4 = v_load(add + (c + 128));
        s0_2 = v_fma(v_splat(theta[5]), add4, s0_2);
        s1_1 = v_fma(v_splat(theta[7]), add4, s1_1);
        const v16 mul14 = v_mul(v_load(a_dx + c), s0_2);
        v_store(mul5, mul14);
        const v16 mul15 = v_mul(v_load(a_dx + (c + 128)), s1_1);
        v_store(mul5 + 16, mul15);
        v16 s0_3 = v_splat(0.0f);
        s0_3 = v_add(s0_3, v_load(mul5));
        s0_3 = v_add(s0_3, v_load(mul5 + 16));
        const v16 neg1 = v_neg(s0_3);
        v_store(sigmoid_, neg1);
        v16 s0_4 = v_splat(0.0f);
        s0_4 = v_add(s0_4, v_load(mul4));
        s0_4 = v_add(s0_4, v_load(mul4 + 16));
        const v16 mul16 = v_mul(s0_4, v_load(mul1));
        const v16 fma1 = v_fma(v_load(sigmoid_), v_load(mul), mul16);
        v_store(fma_ + c, fma1);
        v16 s0_5 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        const v16 mul17 = v_load(mul2 + c);
        s0_5 = v_fma(v_splat(theta[4]), mul17, s0_5);
        s1_2 = v_fma(v_splat(theta[5]), mul17, s1_2);
        const v16 mul18 = v_load(mul2 + (c + 128));
        s0_5 = v_fma(v_splat(theta[6]), mul18, s0_5);
        s1_2 = v_fma(v_splat(theta[7]), mul18, s1_2);
        v_store(mul4, s0_5);
        v_store(mul4 + 16, s1_2);
        v16 s0_6 = v_splat(0.0f);
        v16 s1_3 = v_splat(0.0f);
        const v16 mul19 = v_load(mul3 + c);
        s0_6 = v_fma(v_splat(theta[0]), mul19, s0_6);
        s1_3 = v_fma(v_splat(theta[1]), mul19, s1_3);
        const v16 mul20 = v_load(mul3 + (c + 128));
        s0_6 = v_fma(v_splat(theta[2]), mul20, s0_6);
        s1_3 = v_fma(v_splat(theta[3]), mul20, s1_3);
        const v16 add5 = v_add(v_load(mul4), s0_6);
        const v16 sub8 = v_sub(v_load(mul4), s0_6);
        v_store(sub1 + c, sub8);
        const v16 fma2 = v_fma(v_splat(theta[8]), v_load(fma_ + c), add5);
        v_store(x_bar + c, fma2);
        const v16 add6 = v_add(v_load(mul4 + 16), s1_3);
        const v16 sub9 = v_sub(v_load(mul4 + 16), s1_3);
        v_store(sub1 + (c + 128), sub9);
        const v16 fma3 = v_fma(v_splat(theta[9]), v_load(fma_ + c), add6);
        v_store(x_bar + (c + 128), fma3);
    }
    v16 s0 = v_load(sums + 64);
    v16 s1 = v_load(sums + 80);
    v16 s2 = v_load(sums + 96);
    v16 s3 = v_load(sums + 112);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul6 = v_load(mul2 + c);
        const v16 add1 = v_load(add + c);
        s0 = v_fma(mul6, add1, s0);
        const v16 add2 = v_load(add + (c + 128));
        s1 = v_fma(mul6, add2, s1);
        const v16 mul7 = v_load(mul2 + (c + 128));
        s2 = v_fma(mul7, add1, s2);
        s3 = v_fma(mul7, add2, s3);
    }
    v_store(sums + 64, s0);
    v_store(sums + 80, s1);
    v_store(sums + 96, s2);
    v_store(sums + 112, s3);
    v16 s0_1 = v_load(sums);
    v16 s1_1 = v_load(sums + 16);
    v16 s2_1 = v_load(sums + 32);
    v16 s3_1 = v_load(sums + 48);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 mul6 = v_load(mul3 + c);
        const v16 sub2 = v_load(sub + c);
        s0_1 = v_fma(mul6, sub2, s0_1);
        const v16 sub3 = v_load(sub + (c + 128));
        s1_1 = v_fma(mul6, sub3, s1_1);
        const v16 mul7 = v_load(mul3 + (c + 128));
        s2_1 = v_fma(mul7, sub2, s2_1);
        s3_1 = v_fma(mul7, sub3, s3_1);
    }
    v_store(sums, s0_1);
    v_store(sums + 16, s1_1);
    v_store(sums + 32, s2_1);
    v_store(sums + 48, s3_1);
    v16 s0_2 = v_splat(0.0f);
    v16 s1_2 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_2 = v_add(s0_2, v_load(sub1 + c));
        s1_2 = v_add(s1_2, v_load(sub1 + (c + 128)));
    }
    v_store(con, s0_2);
    v_store(con + 16, s1_2);
    v16 s0_3 = v_splat(0.0f);
    v16 s1_3 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 fma1 = v_load(fma_ + c);
        s0_3 = v_fma(v_load(x1 + c), fma1, s0_3);
        s1_3 = v_fma(v_load(x1 + (c + 128)), fma1, s1_3);
    }
    const v16 add1 = v_add(v_load(con), s0_3);
    v_store(sums + 128, v_add(v_load(sums + 128), add1));
    const v16 add2 = v_add(v_load(con + 16), s1_3);
    v_store(sums + 144, v_add(v_load(sums + 144), add2));
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(ax + (first*2 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void twowells_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 10);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*160;
                real *const from = sums + (b + reach)*160;
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
static NOINLINE void twowells_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*160;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        twowells_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        twowells_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void twowells_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real x1[256] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x0 + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(x + (first*2 + c*2 + e), 2, count - c, v_load(x1 + (e*128 + c)));
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            zero = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        const ptrdiff_t at = twowells_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = twowells_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = twowells_steps(begin, end, h_max, steps, max_steps);
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
            real sigmoid_[16] ALIGNED;
            real sigmoid1[16] ALIGNED;
            real sub[32] ALIGNED;
            real add[32] ALIGNED;
            real mul[32] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v16 s0 = v_splat(0.0f);
                s0 = v_fma(v_load(x1 + c), v_splat(theta[8]), s0);
                s0 = v_fma(v_load(x1 + (c + 128)), v_splat(theta[9]), s0);
                const v16 sigmoid2 = v_sigmoid(s0);
                v_store(sigmoid_, sigmoid2);
                const v16 neg = v_neg(s0);
                const v16 sigmoid3 = v_sigmoid(neg);
                v_store(sigmoid1, sigmoid3);
                const v16 sub1 = v_sub(v_load(x1 + c), v_splat(theta[8]));
                v_store(sub, sub1);
                const v16 add1 = v_add(v_load(x1 + c), v_splat(theta[8]));
                v_store(add, add1);
                const v16 sub2 = v_sub(v_load(x1 + (c + 128)), v_splat(theta[9]));
                v_store(sub + 16, sub2);
                const v16 add2 = v_add(v_load(x1 + (c + 128)), v_splat(theta[9]));
                v_store(add + 16, add2);
                v16 s0_1 = v_splat(0.0f);
                v16 s1_1 = v_splat(0.0f);
                const v16 sub3 = v_load(sub);
                s0_1 = v_fma(v_splat(theta[0]), sub3, s0_1);
                s1_1 = v_fma(v_splat(theta[2]), sub3, s1_1);
                const v16 sub4 = v_load(sub + 16);
                s0_1 = v_fma(v_splat(theta[1]), sub4, s0_1);
                s1_1 = v_fma(v_splat(theta[3]), sub4, s1_1);
                const v16 mul1 = v_mul(s0_1, v_load(sigmoid_));
                v_store(mul, mul1);
                const v16 mul2 = v_mul(s1_1, v_load(sigmoid_));
                v_store(mul + 16, mul2);
                v16 s0_2 = v_splat(0.0f);
                v16 s1_2 = v_splat(0.0f);
                const v16 add3 = v_load(add);
                s0_2 = v_fma(v_splat(theta[4]), add3, s0_2);
                s1_2 = v_fma(v_splat(theta[6]), add3, s1_2);
                const v16 add4 = v_load(add + 16);
                s0_2 = v_fma(v_splat(theta[5]), add4, s0_2);
                s1_2 = v_fma(v_splat(theta[7]), add4, s1_2);
                const v16 fma_ = v_fma(s0_2, v_load(sigmoid1), v_load(mul));
                const v16 fma1 = v_fma(fma_, v_load(h + c), v_load(x1 + c));
                v_store(sub, fma1);
                const v16 fma2 = v_fma(s1_2, v_load(sigmoid1), v_load(mul + 16));
                const v16 fma3 = v_fma(fma2, v_load(h + c), v_load(x1 + (c + 128)));
                v_store(sub + 16, fma3);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(sub),
                    v_load(x1 + c));
                v_store(x1 + c, select);
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(sub + 16),
                    v_load(x1 + (c + 128)));
                v_store(x1 + (c + 128), select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(x + ((i*batch + first)*2 + c*2 + e), 2, count - c,
                    v_load(x1 + (e*128 + c)));
            }
        }
        v16 zero1 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                zero1 = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero1);
            }
        }
        const ptrdiff_t sound1 = 1 - m_any(v_ne(zero1, zero1));
        if (sound1 == 0) {
            const ptrdiff_t at = twowells_find(x, (i*batch + first)*2, count*2);
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

static void twowells_solve_batch_task(void *args, size_t task)
{
    const spiral_solve_latency_args *const a = (const spiral_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    twowells_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int twowells_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        spiral_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 272 };
        each(parallel, (size_t)blocks, twowells_solve_batch_task, &args);
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
static NOINLINE void twowells_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + b*160;
    ROLL for (ptrdiff_t i = 0; i < 160; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[256] ALIGNED;
    real x_bar[256] ALIGNED;
    real x_jump[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            p_store(x_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[256] ALIGNED;
    real x_first_slope[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            p_store(x_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x_jump + (e*128 + c), v_gather(g_x + ((i*batch + first)*2 + c*2 + e), 2,
                        count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
                p_store(x_bar + c, add);
                const reg add1 = p_add(p_read(x_bar + (c + 128)), p_read(x_jump + (c + 128)));
                p_store(x_bar + (c + 128), add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x1 + (e*128 + c), v_gather(x + ((i*batch + first)*2 + c*2 + e), 2,
                        count - c));
                }
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = twowells_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = twowells_steps(begin, end, h_max, steps, max_steps);
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
                real select[32] ALIGNED;
                real sub[256] ALIGNED;
                real add[256] ALIGNED;
                real neg[16] ALIGNED;
                real sigmoid_[16] ALIGNED;
                real sigmoid1[16] ALIGNED;
                real mul[16] ALIGNED;
                real mul1[16] ALIGNED;
                real mul2[32] ALIGNED;
                real mul3[32] ALIGNED;
                real mul4[256] ALIGNED;
                real mul5[256] ALIGNED;
                real mul6[32] ALIGNED;
                real mul7[32] ALIGNED;
                real fma_[256] ALIGNED;
                real fma1[128] ALIGNED;
                real sub1[256] ALIGNED;
                real add1[256] ALIGNED;
                real con[32] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    v_store(select, select1);
                    const v16 sub2 = v_sub(v_load(x1 + c), v_splat(theta[8]));
                    v_store(sub + c, sub2);
                    const v16 add2 = v_add(v_load(x1 + c), v_splat(theta[8]));
                    v_store(add + c, add2);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + (c + 128)), v_splat(0.0f));
                    v_store(select + 16, select2);
                    const v16 sub3 = v_sub(v_load(x1 + (c + 128)), v_splat(theta[9]));
                    v_store(sub + (c + 128), sub3);
                    const v16 add3 = v_add(v_load(x1 + (c + 128)), v_splat(theta[9]));
                    v_store(add + (c + 128), add3);
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_load(x1 + c), v_splat(theta[8]), s0);
                    s0 = v_fma(v_load(x1 + (c + 128)), v_splat(theta[9]), s0);
                    const v16 sigmoid2 = v_sigmoid(s0);
                    v_store(sigmoid_, sigmoid2);
                    const v16 neg2 = v_neg(s0);
                    const v16 sigmoid3 = v_sigmoid(neg2);
                    v_store(sigmoid1, sigmoid3);
                    const v16 sub4 = v_sub(v_splat(1.0f), sigmoid3);
                    const v16 mul8 = v_mul(sigmoid3, sub4);
                    v_store(mul, mul8);
                    const v16 sub5 = v_sub(v_splat(1.0f), sigmoid2);
                    const v16 mul9 = v_mul(sigmoid2, sub5);
                    v_store(mul1, mul9);
                    v16 s0_1 = v_splat(0.0f);
                    v16 s1_1 = v_splat(0.0f);
                    const v16 sub6 = v_load(sub + c);
                    s0_1 = v_fma(v_splat(theta[0]), sub6, s0_1);
                    s1_1 = v_fma(v_splat(theta[2]), sub6, s1_1);
                    const v16 sub7 = v_load(sub + (c + 128));
                    s0_1 = v_fma(v_splat(theta[1]), sub7, s0_1);
                    s1_1 = v_fma(v_splat(theta[3]), sub7, s1_1);
                    const v16 mul10 = v_mul(s0_1, v_load(sigmoid_));
                    v_store(mul2, mul10);
                    const v16 mul11 = v_mul(v_load(select), v_load(neg));
                    v_store(mul3, mul11);
                    const v16 mul12 = v_mul(v_load(sigmoid1), mul11);
                    v_store(mul4 + c, mul12);
                    const v16 mul13 = v_mul(v_load(sigmoid_), mul11);
                    v_store(mul5 + c, mul13);
                    const v16 mul14 = v_mul(s0_1, mul11);
                    v_store(mul6, mul14);
                    const v16 mul15 = v_mul(s1_1, v_load(sigmoid_));
                    v_store(mul2 + 16, mul15);
                    const v16 mul16 = v_mul(v_load(select + 16), v_load(neg));
                    v_store(mul3 + 16, mul16);
                    const v16 mul17 = v_mul(v_load(sigmoid1), mul16);
                    v_store(mul4 + (c + 128), mul17);
                    const v16 mul18 = v_mul(v_load(sigmoid_), mul16);
                    v_store(mul5 + (c + 128), mul18);
                    const v16 mul19 = v_mul(s1_1, mul16);
                    v_store(mul6 + 16, mul19);
                    v16 s0_2 = v_splat(0.0f);
                    v16 s1_2 = v_splat(0.0f);
                    const v16 add4 = v_load(add + c);
                    s0_2 = v_fma(v_splat(theta[4]), add4, s0_2);
                    s1_2 = v_fma(v_splat(theta[6]), add4, s1_2);
                    const v16 add5 = v_load(add + (c + 128));
                    s0_2 = v_fma(v_splat(theta[5]), add5, s0_2);
                    s1_2 = v_fma(v_splat(theta[7]), add5, s1_2);
                    const v16 fma2 = v_fma(s0_2, v_load(sigmoid1), v_load(mul2));
                    const v16 mul20 = v_mul(s0_2, v_load(mul3));
                    v_store(mul7, mul20);
                    const v16 fma3 = v_fma(fma2, v_load(h + c), v_load(x1 + c));
                    v_store(fma_ + c, fma3);
                    v_store(x_slope + c, fma2);
                    const v16 fma4 = v_fma(s1_2, v_load(sigmoid1), v_load(mul2 + 16));
                    const v16 mul21 = v_mul(s1_2, v_load(mul3 + 16));
                    v_store(mul7 + 16, mul21);
                    const v16 fma5 = v_fma(fma4, v_load(h + c), v_load(x1 + (c + 128)));
                    v_store(fma_ + (c + 128), fma5);
                    v_store(x_slope + (c + 128), fma4);
                    v16 s0_3 = v_splat(0.0f);
                    s0_3 = v_add(s0_3, v_load(mul7));
                    s0_3 = v_add(s0_3, v_load(mul7 + 16));
                    const v16 neg3 = v_neg(s0_3);
                    v_store(neg, neg3);
                    v16 s0_4 = v_splat(0.0f);
                    s0_4 = v_add(s0_4, v_load(mul6));
                    s0_4 = v_add(s0_4, v_load(mul6 + 16));
                    const v16 mul22 = v_mul(s0_4, v_load(mul1));
                    const v16 fma6 = v_fma(v_load(neg), v_load(mul), mul22);
                    v_store(fma1 + c, fma6);
                    v16 s0_5 = v_splat(0.0f);
                    v16 s1_3 = v_splat(0.0f);
                    const v16 mul23 = v_load(mul4 + c);
                    s0_5 = v_fma(v_splat(theta[4]), mul23, s0_5);
                    s1_3 = v_fma(v_splat(theta[5]), mul23, s1_3);
                    const v16 mul24 = v_load(mul4 + (c + 128));
                    s0_5 = v_fma(v_splat(theta[6]), mul24, s0_5);
                    s1_3 = v_fma(v_splat(theta[7]), mul24, s1_3);
                    v_store(mul2, s0_5);
                    v_store(mul2 + 16, s1_3);
                    v16 s0_6 = v_splat(0.0f);
                    v16 s1_4 = v_splat(0.0f);
                    const v16 mul25 = v_load(mul5 + c);
                    s0_6 = v_fma(v_splat(theta[0]), mul25, s0_6);
                    s1_4 = v_fma(v_splat(theta[1]), mul25, s1_4);
                    const v16 mul26 = v_load(mul5 + (c + 128));
                    s0_6 = v_fma(v_splat(theta[2]), mul26, s0_6);
                    s1_4 = v_fma(v_splat(theta[3]), mul26, s1_4);
                    const v16 add6 = v_add(v_load(mul2), s0_6);
                    const v16 sub8 = v_sub(v_load(mul2), s0_6);
                    v_store(sub1 + c, sub8);
                    const v16 fma7 = v_fma(v_splat(theta[8]), v_load(fma1 + c), add6);
                    const v16 add7 = v_add(v_load(select), fma7);
                    v_store(add1 + c, add7);
                    const v16 add8 = v_add(v_load(mul2 + 16), s1_4);
                    const v16 sub9 = v_sub(v_load(mul2 + 16), s1_4);
                    v_store(sub1 + (c + 128), sub9);
                    const v16 fma8 = v_fma(v_splat(theta[9]), v_load(fma1 + c), add8);
                    const v16 add9 = v_add(v_load(select + 16), fma8);
                    v_store(add1 + (c + 128), add9);
                }
                v16 s0 = v_load(sums + 64);
                v16 s1_1 = v_load(sums + 80);
                v16 s2 = v_load(sums + 96);
                v16 s3 = v_load(sums + 112);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul8 = v_load(mul4 + c);
                    const v16 add2 = v_load(add + c);
                    s0 = v_fma(mul8, add2, s0);
                    const v16 add3 = v_load(add + (c + 128));
                    s1_1 = v_fma(mul8, add3, s1_1);
                    const v16 mul9 = v_load(mul4 + (c + 128));
                    s2 = v_fma(mul9, add2, s2);
                    s3 = v_fma(mul9, add3, s3);
                }
                v_store(sums + 64, s0);
                v_store(sums + 80, s1_1);
                v_store(sums + 96, s2);
                v_store(sums + 112, s3);
                v16 s0_1 = v_load(sums);
                v16 s1_2 = v_load(sums + 16);
                v16 s2_1 = v_load(sums + 32);
                v16 s3_1 = v_load(sums + 48);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 mul8 = v_load(mul5 + c);
                    const v16 sub2 = v_load(sub + c);
                    s0_1 = v_fma(mul8, sub2, s0_1);
                    const v16 sub3 = v_load(sub + (c + 128));
                    s1_2 = v_fma(mul8, sub3, s1_2);
                    const v16 mul9 = v_load(mul5 + (c + 128));
                    s2_1 = v_fma(mul9, sub2, s2_1);
                    s3_1 = v_fma(mul9, sub3, s3_1);
                }
                v_store(sums, s0_1);
                v_store(sums + 16, s1_2);
                v_store(sums + 32, s2_1);
                v_store(sums + 48, s3_1);
                v16 s0_2 = v_splat(0.0f);
                v16 s1_3 = v_splat(0.0f);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_2 = v_add(s0_2, v_load(sub1 + c));
                    s1_3 = v_add(s1_3, v_load(sub1 + (c + 128)));
                }
                v_store(con, s0_2);
                v_store(con + 16, s1_3);
                v16 s0_3 = v_splat(0.0f);
                v16 s1_4 = v_splat(0.0f);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 fma2 = v_load(fma1 + c);
                    s0_3 = v_fma(v_load(x1 + c), fma2, s0_3);
                    s1_4 = v_fma(v_load(x1 + (c + 128)), fma2, s1_4);
                }
                const v16 add2 = v_add(v_load(con), s0_3);
                v_store(sums + 128, v_add(v_load(sums + 128), add2));
                const v16 add3 = v_add(v_load(con + 16), s1_4);
                v_store(sums + 144, v_add(v_load(sums + 144), add3));
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg select1 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + c), p_read(x1 + c));
                    const reg select2 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add1 + c), p_read(x_bar + c));
                    p_store(x1 + c, select1);
                    p_store(x_bar + c, select2);
                    const reg select3 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + (c + 128)), p_read(x1 + (c + 128)));
                    const reg select4 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add1 + (c + 128)), p_read(x_bar + (c + 128)));
                    p_store(x1 + (c + 128), select3);
                    p_store(x_bar + (c + 128), select4);
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                            p_store(x_first_slope + (e*128 + c), p_read(x_slope + (e*128 + c)));
                        }
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    reg s0 = p_splat(0.0f);
                    s0 = p_fma(p_read(x_jump + c), p_read(x_first_slope + c), s0);
                    s0 = p_fma(p_read(x_jump + (c + 128)), p_read(x_first_slope + (c + 128)), s0);
                    p_store(dt1 + c, s0);
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
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
                }
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            if (sound == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                        v_scatter(work + (area + 16 + c*2 + e), 2, count - c,
                            v_load(x_bar + (e*128 + c)));
                    }
                }
                const ptrdiff_t at = twowells_find(work, area + 16, count*2);
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
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
            }
        }
        real sigmoid_[16] ALIGNED;
        real sigmoid1[16] ALIGNED;
        real sub[32] ALIGNED;
        real add[32] ALIGNED;
        real mul[32] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_load(x1 + c), v_splat(theta[8]), s0);
            s0 = v_fma(v_load(x1 + (c + 128)), v_splat(theta[9]), s0);
            const v16 sigmoid2 = v_sigmoid(s0);
            v_store(sigmoid_, sigmoid2);
            const v16 neg = v_neg(s0);
            const v16 sigmoid3 = v_sigmoid(neg);
            v_store(sigmoid1, sigmoid3);
            const v16 sub1 = v_sub(v_load(x1 + c), v_splat(theta[8]));
            v_store(sub, sub1);
            const v16 add1 = v_add(v_load(x1 + c), v_splat(theta[8]));
            v_store(add, add1);
            const v16 sub2 = v_sub(v_load(x1 + (c + 128)), v_splat(theta[9]));
            v_store(sub + 16, sub2);
            const v16 add2 = v_add(v_load(x1 + (c + 128)), v_splat(theta[9]));
            v_store(add + 16, add2);
            v16 s0_1 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            const v16 sub3 = v_load(sub);
            s0_1 = v_fma(v_splat(theta[0]), sub3, s0_1);
            s1 = v_fma(v_splat(theta[2]), sub3, s1);
            const v16 sub4 = v_load(sub + 16);
            s0_1 = v_fma(v_splat(theta[1]), sub4, s0_1);
            s1 = v_fma(v_splat(theta[3]), sub4, s1);
            const v16 mul1 = v_mul(s0_1, v_load(sigmoid_));
            v_store(mul, mul1);
            const v16 mul2 = v_mul(s1, v_load(sigmoid_));
            v_store(mul + 16, mul2);
            v16 s0_2 = v_splat(0.0f);
            v16 s1_1 = v_splat(0.0f);
            const v16 add3 = v_load(add);
            s0_2 = v_fma(v_splat(theta[4]), add3, s0_2);
            s1_1 = v_fma(v_splat(theta[6]), add3, s1_1);
            const v16 add4 = v_load(add + 16);
            s0_2 = v_fma(v_splat(theta[5]), add4, s0_2);
            s1_1 = v_fma(v_splat(theta[7]), add4, s1_1);
            const v16 fma_ = v_fma(s0_2, v_load(sigmoid1), v_load(mul));
            v_store(x_first_slope + c, fma_);
            const v16 fma1 = v_fma(s1_1, v_load(sigmoid1), v_load(mul + 16));
            v_store(x_first_slope + (c + 128), fma1);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            reg s0 = p_splat(0.0f);
            s0 = p_fma(p_read(x_bar + c), p_read(x_first_slope + c), s0);
            s0 = p_fma(p_read(x_bar + (c + 128)), p_read(x_first_slope + (c + 128)), s0);
            const reg neg = p_neg(s0);
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
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x_jump + (e*128 + c), v_gather(g_x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
        p_store(x_bar + c, add);
        const reg add1 = p_add(p_read(x_bar + (c + 128)), p_read(x_jump + (c + 128)));
        p_store(x_bar + (c + 128), add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(work + (area + 16 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
        const ptrdiff_t at = twowells_find(work, area + 16, count*2);
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
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(g_x0 + (first*2 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void twowells_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 10);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*160;
                real *const from = sums + (b + reach)*160;
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

static void twowells_gradient_batch_task(void *args, size_t task)
{
    const spiral_gradient_latency_args *const a = (const spiral_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    twowells_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int twowells_gradient_batch(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*160;
    const ptrdiff_t dt = areas + blocks*272;
    {
        spiral_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 272, dt };
        each(parallel, (size_t)blocks, twowells_gradient_batch_task, &args);
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
        twowells_gradient_batch_sums(sums, blocks, g_theta, 0);
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
static NOINLINE int mlp_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int mlp_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void mlp_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real v_x_[256] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_store(v_x_ + (e*128 + c), v_gather(vx + (first*2 + c*2 + e), 2, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                p_store(v_x_ + (e*128 + c), p_splat(0.0f));
            }
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
    ROLL for (ptrdiff_t i = 0; i < 354; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real x_dot[256] ALIGNED;
    real elu[256] ALIGNED;
    real elu1[256] ALIGNED;
    real elu2[256] ALIGNED;
    real elu3[256] ALIGNED;
    real lin1[256] ALIGNED;
    real mul[256] ALIGNED;
    real lin3[32] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* lin1 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(theta[j + 32]);
            v16 s1 = v_splat(theta[j + 33]);
            v16 s2 = v_splat(theta[j + 34]);
            v16 s3 = v_splat(theta[j + 35]);
            v16 s4 = v_splat(theta[j + 36]);
            v16 s5 = v_splat(theta[j + 37]);
            v16 s6 = v_splat(theta[j + 38]);
            v16 s7 = v_splat(theta[j + 39]);
            const v16 x2 = v_load(x1 + c);
            s0 = v_fma(v_splat(theta[j*2]), x2, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2]), x2, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2]), x2, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2]), x2, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2]), x2, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2]), x2, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2]), x2, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2]), x2, s7);
            const v16 x3 = v_load(x1 + (c + 128));
            s0 = v_fma(v_splat(theta[j*2 + 1]), x3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), x3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), x3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), x3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), x3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), x3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), x3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), x3, s7);
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
                const v16 max = v_max(v_splat(0.0f), sum);
                const v16 min = v_min(v_splat(0.0f), sum);
                const v16 exp_ = v_exp(min);
                v_store(elu + (j + u)*16, exp_);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add = v_add(max, sub);
                v_store(elu1 + (j + u)*16, add);
            }
        }
        /* lin2 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(theta[j + 304]);
            v16 s1 = v_splat(theta[j + 305]);
            v16 s2 = v_splat(theta[j + 306]);
            v16 s3 = v_splat(theta[j + 307]);
            v16 s4 = v_splat(theta[j + 308]);
            v16 s5 = v_splat(theta[j + 309]);
            v16 s6 = v_splat(theta[j + 310]);
            v16 s7 = v_splat(theta[j + 311]);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 add = v_load(elu1 + k*16);
                s0 = v_fma(v_splat(theta[j*16 + k + 48]), add, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*16 + k + 48]), add, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*16 + k + 48]), add, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*16 + k + 48]), add, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*16 + k + 48]), add, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*16 + k + 48]), add, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*16 + k + 48]), add, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*16 + k + 48]), add, s7);
            }
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
                const v16 max = v_max(v_splat(0.0f), sum);
                const v16 min = v_min(v_splat(0.0f), sum);
                const v16 exp_ = v_exp(min);
                v_store(elu2 + (j + u)*16, exp_);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add = v_add(max, sub);
                v_store(elu3 + (j + u)*16, add);
            }
        }
        /* lin1 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            const v16 x2 = v_load(x1 + c);
            s0 = v_fma(v_splat(v[j*2]), x2, s0);
            s1 = v_fma(v_splat(v[(j + 1)*2]), x2, s1);
            s2 = v_fma(v_splat(v[(j + 2)*2]), x2, s2);
            s3 = v_fma(v_splat(v[(j + 3)*2]), x2, s3);
            s4 = v_fma(v_splat(v[(j + 4)*2]), x2, s4);
            s5 = v_fma(v_splat(v[(j + 5)*2]), x2, s5);
            s6 = v_fma(v_splat(v[(j + 6)*2]), x2, s6);
            s7 = v_fma(v_splat(v[(j + 7)*2]), x2, s7);
            const v16 x3 = v_load(x1 + (c + 128));
            s0 = v_fma(v_splat(v[j*2 + 1]), x3, s0);
            s1 = v_fma(v_splat(v[(j + 1)*2 + 1]), x3, s1);
            s2 = v_fma(v_splat(v[(j + 2)*2 + 1]), x3, s2);
            s3 = v_fma(v_splat(v[(j + 3)*2 + 1]), x3, s3);
            s4 = v_fma(v_splat(v[(j + 4)*2 + 1]), x3, s4);
            s5 = v_fma(v_splat(v[(j + 5)*2 + 1]), x3, s5);
            s6 = v_fma(v_splat(v[(j + 6)*2 + 1]), x3, s6);
            s7 = v_fma(v_splat(v[(j + 7)*2 + 1]), x3, s7);
            v_store(lin1 + j*16, s0);
            v_store(lin1 + (j + 1)*16, s1);
            v_store(lin1 + (j + 2)*16, s2);
            v_store(lin1 + (j + 3)*16, s3);
            v_store(lin1 + (j + 4)*16, s4);
            v_store(lin1 + (j + 5)*16, s5);
            v_store(lin1 + (j + 6)*16, s6);
            v_store(lin1 + (j + 7)*16, s7);
        }
        /* lin1 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(lin1 + j*16);
            v16 s1 = v_load(lin1 + (j + 1)*16);
            v16 s2 = v_load(lin1 + (j + 2)*16);
            v16 s3 = v_load(lin1 + (j + 3)*16);
            v16 s4 = v_load(lin1 + (j + 4)*16);
            v16 s5 = v_load(lin1 + (j + 5)*16);
            v16 s6 = v_load(lin1 + (j + 6)*16);
            v16 s7 = v_load(lin1 + (j + 7)*16);
            const v16 v_x1_ = v_load(v_x_ + c);
            s0 = v_fma(v_splat(theta[j*2]), v_x1_, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2]), v_x1_, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2]), v_x1_, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2]), v_x1_, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2]), v_x1_, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2]), v_x1_, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2]), v_x1_, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2]), v_x1_, s7);
            const v16 v_x2_ = v_load(v_x_ + (c + 128));
            s0 = v_fma(v_splat(theta[j*2 + 1]), v_x2_, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), v_x2_, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), v_x2_, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), v_x2_, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), v_x2_, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), v_x2_, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), v_x2_, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), v_x2_, s7);
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
                const v16 add = v_add(sum, v_splat(v[j + u + 32]));
                const v16 mul1 = v_mul(v_load(elu + (j + u)*16), add);
                v_store(mul + (j + u)*16, mul1);
            }
        }
        /* lin2 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 add = v_load(elu1 + k*16);
                s0 = v_fma(v_splat(v[j*16 + k + 48]), add, s0);
                s1 = v_fma(v_splat(v[(j + 1)*16 + k + 48]), add, s1);
                s2 = v_fma(v_splat(v[(j + 2)*16 + k + 48]), add, s2);
                s3 = v_fma(v_splat(v[(j + 3)*16 + k + 48]), add, s3);
                s4 = v_fma(v_splat(v[(j + 4)*16 + k + 48]), add, s4);
                s5 = v_fma(v_splat(v[(j + 5)*16 + k + 48]), add, s5);
                s6 = v_fma(v_splat(v[(j + 6)*16 + k + 48]), add, s6);
                s7 = v_fma(v_splat(v[(j + 7)*16 + k + 48]), add, s7);
            }
            v_store(elu + j*16, s0);
            v_store(elu + (j + 1)*16, s1);
            v_store(elu + (j + 2)*16, s2);
            v_store(elu + (j + 3)*16, s3);
            v_store(elu + (j + 4)*16, s4);
            v_store(elu + (j + 5)*16, s5);
            v_store(elu + (j + 6)*16, s6);
            v_store(elu + (j + 7)*16, s7);
        }
        /* lin2 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_load(elu + j*16);
            v16 s1 = v_load(elu + (j + 1)*16);
            v16 s2 = v_load(elu + (j + 2)*16);
            v16 s3 = v_load(elu + (j + 3)*16);
            v16 s4 = v_load(elu + (j + 4)*16);
            v16 s5 = v_load(elu + (j + 5)*16);
            v16 s6 = v_load(elu + (j + 6)*16);
            v16 s7 = v_load(elu + (j + 7)*16);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 mul1 = v_load(mul + k*16);
                s0 = v_fma(v_splat(theta[j*16 + k + 48]), mul1, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*16 + k + 48]), mul1, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*16 + k + 48]), mul1, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*16 + k + 48]), mul1, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*16 + k + 48]), mul1, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*16 + k + 48]), mul1, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*16 + k + 48]), mul1, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*16 + k + 48]), mul1, s7);
            }
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
                const v16 add = v_add(sum, v_splat(v[j + u + 304]));
                const v16 mul1 = v_mul(v_load(elu2 + (j + u)*16), add);
                v_store(elu1 + (j + u)*16, mul1);
            }
        }
        /* lin3 */
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 16; k++) {
            const v16 add = v_load(elu3 + k*16);
            s0 = v_fma(v_splat(v[k + 320]), add, s0);
            s1 = v_fma(v_splat(v[k + 336]), add, s1);
        }
        v_store(lin3, s0);
        v_store(lin3 + 16, s1);
        /* lin3 */
        v16 s0_1 = v_load(lin3);
        v16 s1_1 = v_load(lin3 + 16);
        ROLL for (ptrdiff_t k = 0; k < 16; k++) {
            const v16 mul1 = v_load(elu1 + k*16);
            s0_1 = v_fma(v_splat(theta[k + 320]), mul1, s0_1);
            s1_1 = v_fma(v_splat(theta[k + 336]), mul1, s1_1);
        }
        const v16 add = v_add(s0_1, v_splat(v[352]));
        v_store(x_dot + c, add);
        const v16 add1 = v_add(s1_1, v_splat(v[353]));
        v_store(x_dot + (c + 128), add1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(out + (first*2 + c*2 + e), 2, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void mlp_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        mlp_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas, 384);
    }
}

/* dx/dt */
static NOINLINE void mlp_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real x1 = 0.0f;
    real x2 = 0.0f;
    x1 = x[b*2];
    x2 = x[b*2 + 1];
    real x_dot = 0.0f;
    real x_dot1 = 0.0f;
    const real *w = pack; FRESH(w)
    const v16 lin1 = v_load(w + 32);
    /* lin1.weight */
    v16 lin1_1 = v_fma(v_load(w), v_splat(x1), lin1);
    lin1_1 = v_fma(v_load(w + 16), v_splat(x2), lin1_1);
    const v16 max = v_max(v_splat(0.0f), lin1_1);
    const v16 min = v_min(v_splat(0.0f), lin1_1);
    const v16 exp_ = v_exp(min);
    const v16 sub = v_sub(exp_, v_splat(1.0f));
    const v16 add = v_add(max, sub);
    const v16 lin2 = v_load(w + 304);
    /* lin2.weight */
    const v16 b1 = v_pick(add, 0);
    const v16 b2 = v_pick(add, 1);
    const v16 b3 = v_pick(add, 2);
    const v16 b4 = v_pick(add, 3);
    const v16 b5 = v_pick(add, 4);
    v16 lin2_1 = v_fma(v_load(w + 48), b1, lin2);
    lin2_1 = v_fma(v_load(w + 112), b5, lin2_1);
    const v16 b6 = v_pick(add, 5);
    v16 lin2_2 = v_mul(v_load(w + 64), b2);
    lin2_2 = v_fma(v_load(w + 128), b6, lin2_2);
    const v16 b7 = v_pick(add, 6);
    v16 lin2_3 = v_mul(v_load(w + 80), b3);
    lin2_3 = v_fma(v_load(w + 144), b7, lin2_3);
    const v16 b8 = v_pick(add, 7);
    v16 lin2_4 = v_mul(v_load(w + 96), b4);
    lin2_4 = v_fma(v_load(w + 160), b8, lin2_4);
    const v16 b9 = v_pick(add, 8);
    lin2_1 = v_fma(v_load(w + 176), b9, lin2_1);
    const v16 b10 = v_pick(add, 9);
    lin2_2 = v_fma(v_load(w + 192), b10, lin2_2);
    const v16 b11 = v_pick(add, 10);
    lin2_3 = v_fma(v_load(w + 208), b11, lin2_3);
    const v16 b12 = v_pick(add, 11);
    lin2_4 = v_fma(v_load(w + 224), b12, lin2_4);
    const v16 b13 = v_pick(add, 12);
    lin2_1 = v_fma(v_load(w + 240), b13, lin2_1);
    const v16 b14 = v_pick(add, 13);
    lin2_2 = v_fma(v_load(w + 256), b14, lin2_2);
    const v16 b15 = v_pick(add, 14);
    lin2_3 = v_fma(v_load(w + 272), b15, lin2_3);
    const v16 b16 = v_pick(add, 15);
    lin2_4 = v_fma(v_load(w + 288), b16, lin2_4);
    const v16 lin2_5 = v_add(v_add(lin2_1, lin2_2), v_add(lin2_3, lin2_4));
    const v16 max1 = v_max(v_splat(0.0f), lin2_5);
    const v16 min1 = v_min(v_splat(0.0f), lin2_5);
    const v16 exp1 = v_exp(min1);
    const v16 sub1 = v_sub(exp1, v_splat(1.0f));
    const v16 add1 = v_add(max1, sub1);
    const real lin3 = theta[352];
    const real lin3_1 = theta[353];
    /* lin3.weight */
    const real s = v_tree(v_mul(v_load(w + 320), add1));
    const real s1 = v_tree(v_mul(v_load(w + 336), add1));
    const real lin3_2 = s + lin3;
    const real lin3_3 = s1 + lin3_1;
    x_dot = lin3_2;
    x_dot1 = lin3_3;
    dx[b*2] = x_dot;
    dx[b*2 + 1] = x_dot1;
}

/* dx/dt */
static NOINLINE void mlp_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[352] ALIGNED;
    /* lin1.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + i*16, v_column(theta + i, 2));
    }
    /* lin1.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* lin2.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        v_store(pack + (i*16 + 48), v_column(theta + (i + 48), 16));
    }
    /* lin2.b, 16 in lanes */
    v_store(pack + 304, v_load(theta + 304));
    /* lin3.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 320), v_load(theta + (i*16 + 320)));
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        mlp_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void mlp_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)theta, (void)areas, (void)area_size;
    real *const sums = work + (b*368 + 608);
    ROLL for (ptrdiff_t i = 0; i < 368; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1 = 0.0f;
    real x2 = 0.0f;
    x1 = x[b*2];
    x2 = x[b*2 + 1];
    real a_dx = 0.0f;
    real a_dx1 = 0.0f;
    a_dx = a[b*2];
    a_dx1 = a[b*2 + 1];
    real x_bar = 0.0f;
    real x_bar1 = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    const v16 lin1 = v_load(w + 32);
    /* lin1.weight */
    v16 lin1_1 = v_fma(v_load(w), v_splat(x1), lin1);
    lin1_1 = v_fma(v_load(w + 16), v_splat(x2), lin1_1);
    const v16 max = v_max(v_splat(0.0f), lin1_1);
    const v16 min = v_min(v_splat(0.0f), lin1_1);
    const v16 exp_ = v_exp(min);
    const v16 sub = v_sub(exp_, v_splat(1.0f));
    const v16 add = v_add(max, sub);
    const v16 lin2 = v_load(w + 304);
    /* lin2.weight */
    const v16 b1 = v_pick(add, 0);
    const v16 b2 = v_pick(add, 1);
    const v16 b3 = v_pick(add, 2);
    const v16 b4 = v_pick(add, 3);
    const v16 b5 = v_pick(add, 4);
    v16 lin2_1 = v_fma(v_load(w + 48), b1, lin2);
    lin2_1 = v_fma(v_load(w + 112), b5, lin2_1);
    const v16 b6 = v_pick(add, 5);
    v16 lin2_2 = v_mul(v_load(w + 64), b2);
    lin2_2 = v_fma(v_load(w + 128), b6, lin2_2);
    const v16 b7 = v_pick(add, 6);
    v16 lin2_3 = v_mul(v_load(w + 80), b3);
    lin2_3 = v_fma(v_load(w + 144), b7, lin2_3);
    const v16 b8 = v_pick(add, 7);
    v16 lin2_4 = v_mul(v_load(w + 96), b4);
    lin2_4 = v_fma(v_load(w + 160), b8, lin2_4);
    const v16 b9 = v_pick(add, 8);
    lin2_1 = v_fma(v_load(w + 176), b9, lin2_1);
    const v16 b10 = v_pick(add, 9);
    lin2_2 = v_fma(v_load(w + 192), b10, lin2_2);
    const v16 b11 = v_pick(add, 10);
    lin2_3 = v_fma(v_load(w + 208), b11, lin2_3);
    const v16 b12 = v_pick(add, 11);
    lin2_4 = v_fma(v_load(w + 224), b12, lin2_4);
    const v16 b13 = v_pick(add, 12);
    lin2_1 = v_fma(v_load(w + 240), b13, lin2_1);
    const v16 b14 = v_pick(add, 13);
    lin2_2 = v_fma(v_load(w + 256), b14, lin2_2);
    const v16 b15 = v_pick(add, 14);
    lin2_3 = v_fma(v_load(w + 272), b15, lin2_3);
    const v16 b16 = v_pick(add, 15);
    lin2_4 = v_fma(v_load(w + 288), b16, lin2_4);
    const v16 lin2_5 = v_add(v_add(lin2_1, lin2_2), v_add(lin2_3, lin2_4));
    const v16 max1 = v_max(v_splat(0.0f), lin2_5);
    const v16 min1 = v_min(v_splat(0.0f), lin2_5);
    const v16 exp1 = v_exp(min1);
    const v16 sub1 = v_sub(exp1, v_splat(1.0f));
    const v16 add1 = v_add(max1, sub1);
    g[352] = g[352] + a_dx;
    g[353] = g[353] + a_dx1;
    /* cotangent of lin3.weight */
    v_store(g + 320, v_fma(v_splat(a_dx), add1, v_load(g + 320)));
    v_store(g + 336, v_fma(v_splat(a_dx1), add1, v_load(g + 336)));
    /* lin3.weight */
    v16 lin3 = v_mul(v_load(w + 320), v_splat(a_dx));
    lin3 = v_fma(v_load(w + 336), v_splat(a_dx1), lin3);
    const v16 mul = v_mul(exp1, lin3);
    v_store(g + 304, v_add(v_load(g + 304), mul));
    /* cotangent of lin2.weight */
    const v16 b17 = v_pick(mul, 0);
    v_store(g + 48, v_fma(b17, add, v_load(g + 48)));
    const v16 b18 = v_pick(mul, 1);
    v_store(g + 64, v_fma(b18, add, v_load(g + 64)));
    const v16 b19 = v_pick(mul, 2);
    v_store(g + 80, v_fma(b19, add, v_load(g + 80)));
    const v16 b20 = v_pick(mul, 3);
    v_store(g + 96, v_fma(b20, add, v_load(g + 96)));
    const v16 b21 = v_pick(mul, 4);
    v_store(g + 112, v_fma(b21, add, v_load(g + 112)));
    const v16 b22 = v_pick(mul, 5);
    v_store(g + 128, v_fma(b22, add, v_load(g + 128)));
    const v16 b23 = v_pick(mul, 6);
    v_store(g + 144, v_fma(b23, add, v_load(g + 144)));
    const v16 b24 = v_pick(mul, 7);
    v_store(g + 160, v_fma(b24, add, v_load(g + 160)));
    const v16 b25 = v_pick(mul, 8);
    v_store(g + 176, v_fma(b25, add, v_load(g + 176)));
    const v16 b26 = v_pick(mul, 9);
    v_store(g + 192, v_fma(b26, add, v_load(g + 192)));
    const v16 b27 = v_pick(mul, 10);
    v_store(g + 208, v_fma(b27, add, v_load(g + 208)));
    const v16 b28 = v_pick(mul, 11);
    v_store(g + 224, v_fma(b28, add, v_load(g + 224)));
    const v16 b29 = v_pick(mul, 12);
    v_store(g + 240, v_fma(b29, add, v_load(g + 240)));
    const v16 b30 = v_pick(mul, 13);
    v_store(g + 256, v_fma(b30, add, v_load(g + 256)));
    const v16 b31 = v_pick(mul, 14);
    v_store(g + 272, v_fma(b31, add, v_load(g + 272)));
    const v16 b32 = v_pick(mul, 15);
    v_store(g + 288, v_fma(b32, add, v_load(g + 288)));
    /* lin2.weight */
    v16 lin2_6 = v_mul(v_load(w + 352), b17);
    lin2_6 = v_fma(v_load(w + 416), b21, lin2_6);
    v16 lin2_7 = v_mul(v_load(w + 368), b18);
    lin2_7 = v_fma(v_load(w + 432), b22, lin2_7);
    v16 lin2_8 = v_mul(v_load(w + 384), b19);
    lin2_8 = v_fma(v_load(w + 448), b23, lin2_8);
    v16 lin2_9 = v_mul(v_load(w + 400), b20);
    lin2_9 = v_fma(v_load(w + 464), b24, lin2_9);
    lin2_6 = v_fma(v_load(w + 480), b25, lin2_6);
    lin2_7 = v_fma(v_load(w + 496), b26, lin2_7);
    lin2_8 = v_fma(v_load(w + 512), b27, lin2_8);
    lin2_9 = v_fma(v_load(w + 528), b28, lin2_9);
    lin2_6 = v_fma(v_load(w + 544), b29, lin2_6);
    lin2_7 = v_fma(v_load(w + 560), b30, lin2_7);
    lin2_8 = v_fma(v_load(w + 576), b31, lin2_8);
    lin2_9 = v_fma(v_load(w + 592), b32, lin2_9);
    const v16 lin2_10 = v_add(v_add(lin2_6, lin2_7), v_add(lin2_8, lin2_9));
    const v16 mul1 = v_mul(exp_, lin2_10);
    v_store(g + 32, v_add(v_load(g + 32), mul1));
    /* cotangent of lin1.weight */
    v_store(g, v_fma(mul1, v_splat(x1), v_load(g)));
    v_store(g + 16, v_fma(mul1, v_splat(x2), v_load(g + 16)));
    /* lin1.weight */
    const real s = v_tree(v_mul(v_load(w), mul1));
    const real s1 = v_tree(v_mul(v_load(w + 16), mul1));
    x_bar = s;
    x_bar1 = s1;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*2] = x_bar;
        ax[b*2 + 1] = x_bar1;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void mlp_vjp_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* lin1.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + i*16, v_column(theta + i, 2));
    }
    /* lin1.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* lin2.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        v_store(pack + (i*16 + 48), v_column(theta + (i + 48), 16));
    }
    /* lin2.b, 16 in lanes */
    v_store(pack + 304, v_load(theta + 304));
    /* lin3.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 320), v_load(theta + (i*16 + 320)));
    }
    /* lin2.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        v_store(pack + (i*16 + 352), v_load(theta + (i*16 + 48)));
    }
    const ptrdiff_t areas = blocks*368 + 608;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        mlp_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work + 608;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 368; i += WIDTH) {
                        const ptrdiff_t to = b*368 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*368))));
                    }
                }
                apart = apart*2;
            }
        }
        /* lin1.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 16; l++) {
                atheta[i + l*2] = sums[i*16 + l];
            }
        }
        /* lin1.b */
        v_store(atheta + 32, v_load(sums + 32));
        /* lin2.weight */
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(atheta + (i*16 + 48), v_load(sums + (i*16 + 48)));
        }
        /* lin2.b */
        v_store(atheta + 304, v_load(sums + 304));
        /* lin3.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            v_store(atheta + (i*16 + 320), v_load(sums + (i*16 + 320)));
        }
        /* lin3.b */
        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
            atheta[l + 352] = sums[l + 352];
        }
    }
}

/* x at every time, from x0 */
static NOINLINE void mlp_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real x2 = 0.0f;
    real h = 0.0f;
    x1 = x0[b*2];
    x2 = x0[b*2 + 1];
    x[b*2] = x1;
    x[b*2 + 1] = x2;
    const ptrdiff_t sound = 1 - (x1 - x1 + (x2 - x2) != 0.0f);
    if (sound == 0) {
        const ptrdiff_t at = mlp_find(x, b*2, 2);
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
        const ptrdiff_t n = mlp_steps(begin, end, h_max, steps, max_steps);
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
            const v16 lin1 = v_load(w + 32);
            /* lin1.weight */
            v16 lin1_1 = v_fma(v_load(w), v_splat(x1), lin1);
            lin1_1 = v_fma(v_load(w + 16), v_splat(x2), lin1_1);
            const v16 max = v_max(v_splat(0.0f), lin1_1);
            const v16 min = v_min(v_splat(0.0f), lin1_1);
            const v16 exp_ = v_exp(min);
            const v16 sub = v_sub(exp_, v_splat(1.0f));
            const v16 add = v_add(max, sub);
            const v16 lin2 = v_load(w + 304);
            /* lin2.weight */
            const v16 b1 = v_pick(add, 0);
            const v16 b2 = v_pick(add, 1);
            const v16 b3 = v_pick(add, 2);
            const v16 b4 = v_pick(add, 3);
            const v16 b5 = v_pick(add, 4);
            v16 lin2_1 = v_fma(v_load(w + 48), b1, lin2);
            lin2_1 = v_fma(v_load(w + 112), b5, lin2_1);
            const v16 b6 = v_pick(add, 5);
            v16 lin2_2 = v_mul(v_load(w + 64), b2);
            lin2_2 = v_fma(v_load(w + 128), b6, lin2_2);
            const v16 b7 = v_pick(add, 6);
            v16 lin2_3 = v_mul(v_load(w + 80), b3);
            lin2_3 = v_fma(v_load(w + 144), b7, lin2_3);
            const v16 b8 = v_pick(add, 7);
            v16 lin2_4 = v_mul(v_load(w + 96), b4);
            lin2_4 = v_fma(v_load(w + 160), b8, lin2_4);
            const v16 b9 = v_pick(add, 8);
            lin2_1 = v_fma(v_load(w + 176), b9, lin2_1);
            const v16 b10 = v_pick(add, 9);
            lin2_2 = v_fma(v_load(w + 192), b10, lin2_2);
            const v16 b11 = v_pick(add, 10);
            lin2_3 = v_fma(v_load(w + 208), b11, lin2_3);
            const v16 b12 = v_pick(add, 11);
            lin2_4 = v_fma(v_load(w + 224), b12, lin2_4);
            const v16 b13 = v_pick(add, 12);
            lin2_1 = v_fma(v_load(w + 240), b13, lin2_1);
            const v16 b14 = v_pick(add, 13);
            lin2_2 = v_fma(v_load(w + 256), b14, lin2_2);
            const v16 b15 = v_pick(add, 14);
            lin2_3 = v_fma(v_load(w + 272), b15, lin2_3);
            const v16 b16 = v_pick(add, 15);
            lin2_4 = v_fma(v_load(w + 288), b16, lin2_4);
            const v16 lin2_5 = v_add(v_add(lin2_1, lin2_2), v_add(lin2_3, lin2_4));
            const v16 max1 = v_max(v_splat(0.0f), lin2_5);
            const v16 min1 = v_min(v_splat(0.0f), lin2_5);
            const v16 exp1 = v_exp(min1);
            const v16 sub1 = v_sub(exp1, v_splat(1.0f));
            const v16 add1 = v_add(max1, sub1);
            const real lin3 = theta[352];
            const real lin3_1 = theta[353];
            /* lin3.weight */
            const real s1 = v_tree(v_mul(v_load(w + 320), add1));
            const real s2 = v_tree(v_mul(v_load(w + 336), add1));
            const real lin3_2 = s1 + lin3;
            const real lin3_3 = s2 + lin3_1;
            const real fma_ = fmaf(lin3_2, h, x1);
            const real fma1 = fmaf(lin3_3, h, x2);
            x1 = fma_;
            x2 = fma1;
        }
        x[(i*batch + b)*2] = x1;
        x[(i*batch + b)*2 + 1] = x2;
        const ptrdiff_t sound1 = 1 - (x1 - x1 + (x2 - x2) != 0.0f);
        if (sound1 == 0) {
            const ptrdiff_t at = mlp_find(x, (i*batch + b)*2, 2);
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

typedef struct mlp_solve_latency_args {
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
} mlp_solve_latency_args;

static void mlp_solve_latency_task(void *args, size_t task)
{
    const mlp_solve_latency_args *const a = (const mlp_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    mlp_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int mlp_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* lin1.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + i*16, v_column(theta + i, 2));
    }
    /* lin1.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* lin2.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        v_store(pack + (i*16 + 48), v_column(theta + (i + 48), 16));
    }
    /* lin2.b, 16 in lanes */
    v_store(pack + 304, v_load(theta + 304));
    /* lin3.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 320), v_load(theta + (i*16 + 320)));
    }
    const ptrdiff_t areas = 352;
    {
        mlp_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, mlp_solve_latency_task, &args);
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
static NOINLINE void mlp_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*368 + 608);
    ROLL for (ptrdiff_t i = 0; i < 368; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real x2 = 0.0f;
    real x_bar = 0.0f;
    real x_bar1 = 0.0f;
    real x_jump = 0.0f;
    real x_jump1 = 0.0f;
    x_bar = 0.0f;
    x_bar1 = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real x_slope = 0.0f;
    real x_slope1 = 0.0f;
    real x_first_slope = 0.0f;
    real x_first_slope1 = 0.0f;
    x_first_slope = 0.0f;
    x_first_slope1 = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            x_jump = g_x[(i*batch + b)*2];
            x_jump1 = g_x[(i*batch + b)*2 + 1];
            const real add = x_bar + x_jump;
            const real add1 = x_bar1 + x_jump1;
            x_bar = add;
            x_bar1 = add1;
            x1 = x[(i*batch + b)*2];
            x2 = x[(i*batch + b)*2 + 1];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = mlp_steps(begin, end, h_max, steps, max_steps);
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
                const v16 lin1 = v_load(w1 + 32);
                /* lin1.weight */
                v16 lin1_1 = v_fma(v_load(w1), v_splat(x1), lin1);
                lin1_1 = v_fma(v_load(w1 + 16), v_splat(x2), lin1_1);
                const v16 max = v_max(v_splat(0.0f), lin1_1);
                const v16 min = v_min(v_splat(0.0f), lin1_1);
                const v16 exp_ = v_exp(min);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add2 = v_add(max, sub);
                const v16 lin2 = v_load(w1 + 304);
                /* lin2.weight */
                const v16 b1 = v_pick(add2, 0);
                const v16 b2 = v_pick(add2, 1);
                const v16 b3 = v_pick(add2, 2);
                const v16 b4 = v_pick(add2, 3);
                const v16 b5 = v_pick(add2, 4);
                v16 lin2_1 = v_fma(v_load(w1 + 48), b1, lin2);
                lin2_1 = v_fma(v_load(w1 + 112), b5, lin2_1);
                const v16 b6 = v_pick(add2, 5);
                v16 lin2_2 = v_mul(v_load(w1 + 64), b2);
                lin2_2 = v_fma(v_load(w1 + 128), b6, lin2_2);
                const v16 b7 = v_pick(add2, 6);
                v16 lin2_3 = v_mul(v_load(w1 + 80), b3);
                lin2_3 = v_fma(v_load(w1 + 144), b7, lin2_3);
                const v16 b8 = v_pick(add2, 7);
                v16 lin2_4 = v_mul(v_load(w1 + 96), b4);
                lin2_4 = v_fma(v_load(w1 + 160), b8, lin2_4);
                const v16 b9 = v_pick(add2, 8);
                lin2_1 = v_fma(v_load(w1 + 176), b9, lin2_1);
                const v16 b10 = v_pick(add2, 9);
                lin2_2 = v_fma(v_load(w1 + 192), b10, lin2_2);
                const v16 b11 = v_pick(add2, 10);
                lin2_3 = v_fma(v_load(w1 + 208), b11, lin2_3);
                const v16 b12 = v_pick(add2, 11);
                lin2_4 = v_fma(v_load(w1 + 224), b12, lin2_4);
                const v16 b13 = v_pick(add2, 12);
                lin2_1 = v_fma(v_load(w1 + 240), b13, lin2_1);
                const v16 b14 = v_pick(add2, 13);
                lin2_2 = v_fma(v_load(w1 + 256), b14, lin2_2);
                const v16 b15 = v_pick(add2, 14);
                lin2_3 = v_fma(v_load(w1 + 272), b15, lin2_3);
                const v16 b16 = v_pick(add2, 15);
                lin2_4 = v_fma(v_load(w1 + 288), b16, lin2_4);
                const v16 lin2_5 = v_add(v_add(lin2_1, lin2_2), v_add(lin2_3, lin2_4));
                const v16 max1 = v_max(v_splat(0.0f), lin2_5);
                const v16 min1 = v_min(v_splat(0.0f), lin2_5);
                const v16 exp1 = v_exp(min1);
                const v16 sub1 = v_sub(exp1, v_splat(1.0f));
                const v16 add3 = v_add(max1, sub1);
                const real lin3 = theta[352];
                const real lin3_1 = theta[353];
                /* lin3.weight */
                const real s1 = v_tree(v_mul(v_load(w1 + 320), add3));
                const real s2 = v_tree(v_mul(v_load(w1 + 336), add3));
                const real lin3_2 = s1 + lin3;
                const real lin3_3 = s2 + lin3_1;
                const real mul = x_bar*neg;
                const real mul1 = x_bar1*neg;
                g1[352] = g1[352] + mul;
                g1[353] = g1[353] + mul1;
                /* cotangent of lin3.weight */
                v_store(g1 + 320, v_fma(v_splat(mul), add3, v_load(g1 + 320)));
                v_store(g1 + 336, v_fma(v_splat(mul1), add3, v_load(g1 + 336)));
                /* lin3.weight */
                v16 lin3_4 = v_mul(v_load(w1 + 320), v_splat(mul));
                lin3_4 = v_fma(v_load(w1 + 336), v_splat(mul1), lin3_4);
                const v16 mul2 = v_mul(exp1, lin3_4);
                v_store(g1 + 304, v_add(v_load(g1 + 304), mul2));
                /* cotangent of lin2.weight */
                const v16 b17 = v_pick(mul2, 0);
                v_store(g1 + 48, v_fma(b17, add2, v_load(g1 + 48)));
                const v16 b18 = v_pick(mul2, 1);
                v_store(g1 + 64, v_fma(b18, add2, v_load(g1 + 64)));
                const v16 b19 = v_pick(mul2, 2);
                v_store(g1 + 80, v_fma(b19, add2, v_load(g1 + 80)));
                const v16 b20 = v_pick(mul2, 3);
                v_store(g1 + 96, v_fma(b20, add2, v_load(g1 + 96)));
                const v16 b21 = v_pick(mul2, 4);
                v_store(g1 + 112, v_fma(b21, add2, v_load(g1 + 112)));
                const v16 b22 = v_pick(mul2, 5);
                v_store(g1 + 128, v_fma(b22, add2, v_load(g1 + 128)));
                const v16 b23 = v_pick(mul2, 6);
                v_store(g1 + 144, v_fma(b23, add2, v_load(g1 + 144)));
                const v16 b24 = v_pick(mul2, 7);
                v_store(g1 + 160, v_fma(b24, add2, v_load(g1 + 160)));
                const v16 b25 = v_pick(mul2, 8);
                v_store(g1 + 176, v_fma(b25, add2, v_load(g1 + 176)));
                const v16 b26 = v_pick(mul2, 9);
                v_store(g1 + 192, v_fma(b26, add2, v_load(g1 + 192)));
                const v16 b27 = v_pick(mul2, 10);
                v_store(g1 + 208, v_fma(b27, add2, v_load(g1 + 208)));
                const v16 b28 = v_pick(mul2, 11);
                v_store(g1 + 224, v_fma(b28, add2, v_load(g1 + 224)));
                const v16 b29 = v_pick(mul2, 12);
                v_store(g1 + 240, v_fma(b29, add2, v_load(g1 + 240)));
                const v16 b30 = v_pick(mul2, 13);
                v_store(g1 + 256, v_fma(b30, add2, v_load(g1 + 256)));
                const v16 b31 = v_pick(mul2, 14);
                v_store(g1 + 272, v_fma(b31, add2, v_load(g1 + 272)));
                const v16 b32 = v_pick(mul2, 15);
                v_store(g1 + 288, v_fma(b32, add2, v_load(g1 + 288)));
                /* lin2.weight */
                v16 lin2_6 = v_mul(v_load(w1 + 352), b17);
                lin2_6 = v_fma(v_load(w1 + 416), b21, lin2_6);
                v16 lin2_7 = v_mul(v_load(w1 + 368), b18);
                lin2_7 = v_fma(v_load(w1 + 432), b22, lin2_7);
                v16 lin2_8 = v_mul(v_load(w1 + 384), b19);
                lin2_8 = v_fma(v_load(w1 + 448), b23, lin2_8);
                v16 lin2_9 = v_mul(v_load(w1 + 400), b20);
                lin2_9 = v_fma(v_load(w1 + 464), b24, lin2_9);
                lin2_6 = v_fma(v_load(w1 + 480), b25, lin2_6);
                lin2_7 = v_fma(v_load(w1 + 496), b26, lin2_7);
                lin2_8 = v_fma(v_load(w1 + 512), b27, lin2_8);
                lin2_9 = v_fma(v_load(w1 + 528), b28, lin2_9);
                lin2_6 = v_fma(v_load(w1 + 544), b29, lin2_6);
                lin2_7 = v_fma(v_load(w1 + 560), b30, lin2_7);
                lin2_8 = v_fma(v_load(w1 + 576), b31, lin2_8);
                lin2_9 = v_fma(v_load(w1 + 592), b32, lin2_9);
                const v16 lin2_10 = v_add(v_add(lin2_6, lin2_7), v_add(lin2_8, lin2_9));
                const v16 mul3 = v_mul(exp_, lin2_10);
                v_store(g1 + 32, v_add(v_load(g1 + 32), mul3));
                /* cotangent of lin1.weight */
                v_store(g1, v_fma(mul3, v_splat(x1), v_load(g1)));
                v_store(g1 + 16, v_fma(mul3, v_splat(x2), v_load(g1 + 16)));
                const real fma_ = fmaf(lin3_2, h, x1);
                const real fma1 = fmaf(lin3_3, h, x2);
                /* lin1.weight */
                const real s3 = v_tree(v_mul(v_load(w1), mul3));
                const real s4 = v_tree(v_mul(v_load(w1 + 16), mul3));
                const real lin1_2 = s3 + x_bar;
                const real lin1_3 = s4 + x_bar1;
                x1 = fma_;
                x2 = fma1;
                x_bar = lin1_2;
                x_bar1 = lin1_3;
                x_slope = lin3_2;
                x_slope1 = lin3_3;
                if (s == 0) {
                    x_first_slope = x_slope;
                    x_first_slope1 = x_slope1;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real c = x_jump*x_first_slope;
                c = fmaf(x_jump1, x_first_slope1, c);
                dt1 = c;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (x_bar - x_bar + (x_bar1 - x_bar1) != 0.0f);
            if (sound == 0) {
                work[area + 16] = x_bar;
                work[area + 17] = x_bar1;
                const ptrdiff_t at = mlp_find(work, area + 16, 2);
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
        x2 = x[b*2 + 1];
        const real *w = pack; FRESH(w)
        const v16 lin1 = v_load(w + 32);
        /* lin1.weight */
        v16 lin1_1 = v_fma(v_load(w), v_splat(x1), lin1);
        lin1_1 = v_fma(v_load(w + 16), v_splat(x2), lin1_1);
        const v16 max = v_max(v_splat(0.0f), lin1_1);
        const v16 min = v_min(v_splat(0.0f), lin1_1);
        const v16 exp_ = v_exp(min);
        const v16 sub = v_sub(exp_, v_splat(1.0f));
        const v16 add = v_add(max, sub);
        const v16 lin2 = v_load(w + 304);
        /* lin2.weight */
        const v16 b1 = v_pick(add, 0);
        const v16 b2 = v_pick(add, 1);
        const v16 b3 = v_pick(add, 2);
        const v16 b4 = v_pick(add, 3);
        const v16 b5 = v_pick(add, 4);
        v16 lin2_1 = v_fma(v_load(w + 48), b1, lin2);
        lin2_1 = v_fma(v_load(w + 112), b5, lin2_1);
        const v16 b6 = v_pick(add, 5);
        v16 lin2_2 = v_mul(v_load(w + 64), b2);
        lin2_2 = v_fma(v_load(w + 128), b6, lin2_2);
        const v16 b7 = v_pick(add, 6);
        v16 lin2_3 = v_mul(v_load(w + 80), b3);
        lin2_3 = v_fma(v_load(w + 144), b7, lin2_3);
        const v16 b8 = v_pick(add, 7);
        v16 lin2_4 = v_mul(v_load(w + 96), b4);
        lin2_4 = v_fma(v_load(w + 160), b8, lin2_4);
        const v16 b9 = v_pick(add, 8);
        lin2_1 = v_fma(v_load(w + 176), b9, lin2_1);
        const v16 b10 = v_pick(add, 9);
        lin2_2 = v_fma(v_load(w + 192), b10, lin2_2);
        const v16 b11 = v_pick(add, 10);
        lin2_3 = v_fma(v_load(w + 208), b11, lin2_3);
        const v16 b12 = v_pick(add, 11);
        lin2_4 = v_fma(v_load(w + 224), b12, lin2_4);
        const v16 b13 = v_pick(add, 12);
        lin2_1 = v_fma(v_load(w + 240), b13, lin2_1);
        const v16 b14 = v_pick(add, 13);
        lin2_2 = v_fma(v_load(w + 256), b14, lin2_2);
        const v16 b15 = v_pick(add, 14);
        lin2_3 = v_fma(v_load(w + 272), b15, lin2_3);
        const v16 b16 = v_pick(add, 15);
        lin2_4 = v_fma(v_load(w + 288), b16, lin2_4);
        const v16 lin2_5 = v_add(v_add(lin2_1, lin2_2), v_add(lin2_3, lin2_4));
        const v16 max1 = v_max(v_splat(0.0f), lin2_5);
        const v16 min1 = v_min(v_splat(0.0f), lin2_5);
        const v16 exp1 = v_exp(min1);
        const v16 sub1 = v_sub(exp1, v_splat(1.0f));
        const v16 add1 = v_add(max1, sub1);
        const real lin3 = theta[352];
        const real lin3_1 = theta[353];
        /* lin3.weight */
        const real s = v_tree(v_mul(v_load(w + 320), add1));
        const real s1 = v_tree(v_mul(v_load(w + 336), add1));
        const real lin3_2 = s + lin3;
        const real lin3_3 = s1 + lin3_1;
        x_first_slope = lin3_2;
        x_first_slope1 = lin3_3;
        real c = x_bar*x_first_slope;
        c = fmaf(x_bar1, x_first_slope1, c);
        const real neg = -c;
        dt1 = neg;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    x_jump = g_x[b*2];
    x_jump1 = g_x[b*2 + 1];
    const real add = x_bar + x_jump;
    const real add1 = x_bar1 + x_jump1;
    x_bar = add;
    x_bar1 = add1;
    const ptrdiff_t sound = 1 - (x_bar - x_bar + (x_bar1 - x_bar1) != 0.0f);
    if (sound == 0) {
        work[area + 16] = x_bar;
        work[area + 17] = x_bar1;
        const ptrdiff_t at = mlp_find(work, area + 16, 2);
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
        g_x0[b*2 + 1] = x_bar1;
    }
}

typedef struct mlp_gradient_latency_args {
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
} mlp_gradient_latency_args;

static void mlp_gradient_latency_task(void *args, size_t task)
{
    const mlp_gradient_latency_args *const a = (const mlp_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    mlp_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int mlp_gradient_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    /* lin1.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + i*16, v_column(theta + i, 2));
    }
    /* lin1.b, 16 in lanes */
    v_store(pack + 32, v_load(theta + 32));
    /* lin2.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        v_store(pack + (i*16 + 48), v_column(theta + (i + 48), 16));
    }
    /* lin2.b, 16 in lanes */
    v_store(pack + 304, v_load(theta + 304));
    /* lin3.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 2; i++) {
        v_store(pack + (i*16 + 320), v_load(theta + (i*16 + 320)));
    }
    /* lin2.weight, 16 in lanes */
    ROLL for (ptrdiff_t i = 0; i < 16; i++) {
        v_store(pack + (i*16 + 352), v_load(theta + (i*16 + 48)));
    }
    const ptrdiff_t areas = blocks*368 + 608;
    const ptrdiff_t dt = areas + blocks*32;
    {
        mlp_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, mlp_gradient_latency_task, &args);
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
        real *const sums = work + 608;
        if (blocks > 1) {
            ptrdiff_t apart = 1;
            ROLL for (ptrdiff_t level = 0; level < 32; level++) {
                ROLL for (ptrdiff_t b = 0; b < blocks - apart; b += apart*2) {
                    ROLL for (ptrdiff_t i = 0; i < 368; i += WIDTH) {
                        const ptrdiff_t to = b*368 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*368))));
                    }
                }
                apart = apart*2;
            }
        }
        /* lin1.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            ROLL for (ptrdiff_t l = 0; l < 16; l++) {
                g_theta[i + l*2] = sums[i*16 + l];
            }
        }
        /* lin1.b */
        v_store(g_theta + 32, v_load(sums + 32));
        /* lin2.weight */
        ROLL for (ptrdiff_t i = 0; i < 16; i++) {
            v_store(g_theta + (i*16 + 48), v_load(sums + (i*16 + 48)));
        }
        /* lin2.b */
        v_store(g_theta + 304, v_load(sums + 304));
        /* lin3.weight */
        ROLL for (ptrdiff_t i = 0; i < 2; i++) {
            v_store(g_theta + (i*16 + 320), v_load(sums + (i*16 + 320)));
        }
        /* lin3.b */
        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
            g_theta[l + 352] = sums[l + 352];
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
static NOINLINE void mlp_f_batch_block(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx, ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real x_dot[256] ALIGNED;
    real elu[256] ALIGNED;
    real elu1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* lin1 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(theta[j + 32]);
            v16 s1 = v_splat(theta[j + 33]);
            v16 s2 = v_splat(theta[j + 34]);
            v16 s3 = v_splat(theta[j + 35]);
            v16 s4 = v_splat(theta[j + 36]);
            v16 s5 = v_splat(theta[j + 37]);
            v16 s6 = v_splat(theta[j + 38]);
            v16 s7 = v_splat(theta[j + 39]);
            const v16 x2 = v_load(x1 + c);
            s0 = v_fma(v_splat(theta[j*2]), x2, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2]), x2, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2]), x2, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2]), x2, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2]), x2, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2]), x2, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2]), x2, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2]), x2, s7);
            const v16 x3 = v_load(x1 + (c + 128));
            s0 = v_fma(v_splat(theta[j*2 + 1]), x3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), x3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), x3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), x3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), x3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), x3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), x3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), x3, s7);
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
                const v16 max = v_max(v_splat(0.0f), sum);
                const v16 min = v_min(v_splat(0.0f), sum);
                const v16 exp_ = v_exp(min);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add = v_add(max, sub);
                v_store(elu + (j + u)*16, add);
            }
        }
        /* lin2 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(theta[j + 304]);
            v16 s1 = v_splat(theta[j + 305]);
            v16 s2 = v_splat(theta[j + 306]);
            v16 s3 = v_splat(theta[j + 307]);
            v16 s4 = v_splat(theta[j + 308]);
            v16 s5 = v_splat(theta[j + 309]);
            v16 s6 = v_splat(theta[j + 310]);
            v16 s7 = v_splat(theta[j + 311]);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 add = v_load(elu + k*16);
                s0 = v_fma(v_splat(theta[j*16 + k + 48]), add, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*16 + k + 48]), add, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*16 + k + 48]), add, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*16 + k + 48]), add, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*16 + k + 48]), add, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*16 + k + 48]), add, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*16 + k + 48]), add, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*16 + k + 48]), add, s7);
            }
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
                const v16 max = v_max(v_splat(0.0f), sum);
                const v16 min = v_min(v_splat(0.0f), sum);
                const v16 exp_ = v_exp(min);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add = v_add(max, sub);
                v_store(elu1 + (j + u)*16, add);
            }
        }
        /* lin3 */
        v16 s0 = v_splat(theta[352]);
        v16 s1 = v_splat(theta[353]);
        ROLL for (ptrdiff_t k = 0; k < 16; k++) {
            const v16 add = v_load(elu1 + k*16);
            s0 = v_fma(v_splat(theta[k + 320]), add, s0);
            s1 = v_fma(v_splat(theta[k + 336]), add, s1);
        }
        v_store(x_dot + c, s0);
        v_store(x_dot + (c + 128), s1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(dx + (first*2 + c*2 + e), 2, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* dx/dt */
static NOINLINE void mlp_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        mlp_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void mlp_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*5664;
    ROLL for (ptrdiff_t i = 0; i < 5664; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    real a_dx[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(a_dx + (e*128 + c), v_gather(a + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(a_dx + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_dx + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real x_bar[256] ALIGNED;
    real t_bar[128] ALIGNED;
    real elu[256] ALIGNED;
    real elu1[2048] ALIGNED;
    real elu2[256] ALIGNED;
    real elu3[2048] ALIGNED;
    real mul[2048] ALIGNED;
    real mul1[2048] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* lin1 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(theta[j + 32]);
            v16 s1 = v_splat(theta[j + 33]);
            v16 s2 = v_splat(theta[j + 34]);
            v16 s3 = v_splat(theta[j + 35]);
            v16 s4 = v_splat(theta[j + 36]);
            v16 s5 = v_splat(theta[j + 37]);
            v16 s6 = v_splat(theta[j + 38]);
            v16 s7 = v_splat(theta[j + 39]);
            const v16 x2 = v_load(x1 + c);
            s0 = v_fma(v_splat(theta[j*2]), x2, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2]), x2, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2]), x2, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2]), x2, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2]), x2, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2]), x2, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2]), x2, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2]), x2, s7);
            const v16 x3 = v_load(x1 + (c + 128));
            s0 = v_fma(v_splat(theta[j*2 + 1]), x3, s0);
            s1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), x3, s1);
            s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), x3, s2);
            s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), x3, s3);
            s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), x3, s4);
            s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), x3, s5);
            s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), x3, s6);
            s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), x3, s7);
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
                const v16 max = v_max(v_splat(0.0f), sum);
                const v16 min = v_min(v_splat(0.0f), sum);
                const v16 exp_ = v_exp(min);
                v_store(elu + (j + u)*16, exp_);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add = v_add(max, sub);
                v_store(elu1 + ((j + u)*128 + c), add);
            }
        }
        /* lin2 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(theta[j + 304]);
            v16 s1 = v_splat(theta[j + 305]);
            v16 s2 = v_splat(theta[j + 306]);
            v16 s3 = v_splat(theta[j + 307]);
            v16 s4 = v_splat(theta[j + 308]);
            v16 s5 = v_splat(theta[j + 309]);
            v16 s6 = v_splat(theta[j + 310]);
            v16 s7 = v_splat(theta[j + 311]);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 add = v_load(elu1 + (k*128 + c));
                s0 = v_fma(v_splat(theta[j*16 + k + 48]), add, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*16 + k + 48]), add, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*16 + k + 48]), add, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*16 + k + 48]), add, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*16 + k + 48]), add, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*16 + k + 48]), add, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*16 + k + 48]), add, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*16 + k + 48]), add, s7);
            }
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
                const v16 max = v_max(v_splat(0.0f), sum);
                const v16 min = v_min(v_splat(0.0f), sum);
                const v16 exp_ = v_exp(min);
                v_store(elu2 + (j + u)*16, exp_);
                const v16 sub = v_sub(exp_, v_splat(1.0f));
                const v16 add = v_add(max, sub);
                v_store(elu3 + ((j + u)*128 + c), add);
            }
        }
        /* lin3 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            const v16 a_dx1 = v_load(a_dx + c);
            s0 = v_fma(v_splat(theta[j + 320]), a_dx1, s0);
            s1 = v_fma(v_splat(theta[j + 321]), a_dx1, s1);
            s2 = v_fma(v_splat(theta[j + 322]), a_dx1, s2);
            s3 = v_fma(v_splat(theta[j + 323]), a_dx1, s3);
            s4 = v_fma(v_splat(theta[j + 324]), a_dx1, s4);
            s5 = v_fma(v_splat(theta[j + 325]), a_dx1, s5);
            s6 = v_fma(v_splat(theta[j + 326]), a_dx1, s6);
            s7 = v_fma(v_splat(theta[j + 327]), a_dx1, s7);
            const v16 a_dx2 = v_load(a_dx + (c + 128));
            s0 = v_fma(v_splat(theta[j + 336]), a_dx2, s0);
            s1 = v_fma(v_splat(theta[j + 337]), a_dx2, s1);
            s2 = v_fma(v_splat(theta[j + 338]), a_dx2, s2);
            s3 = v_fma(v_splat(theta[j + 339]), a_dx2, s3);
            s4 = v_fma(v_splat(theta[j + 340]), a_dx2, s4);
            s5 = v_fma(v_splat(theta[j + 341]), a_dx2, s5);
            s6 = v_fma(v_splat(theta[j + 342]), a_dx2, s6);
            s7 = v_fma(v_splat(theta[j + 343]), a_dx2, s7);
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
                const v16 mul2 = v_mul(v_load(elu2 + (j + u)*16), sum);
                v_store(mul + ((j + u)*128 + c), mul2);
            }
        }
        /* lin2 */
        ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 mul2 = v_load(mul + (k*128 + c));
                s0 = v_fma(v_splat(theta[k*16 + j + 48]), mul2, s0);
                s1 = v_fma(v_splat(theta[k*16 + (j + 1) + 48]), mul2, s1);
                s2 = v_fma(v_splat(theta[k*16 + (j + 2) + 48]), mul2, s2);
                s3 = v_fma(v_splat(theta[k*16 + (j + 3) + 48]), mul2, s3);
                s4 = v_fma(v_splat(theta[k*16 + (j + 4) + 48]), mul2, s4);
                s5 = v_fma(v_splat(theta[k*16 + (j + 5) + 48]), mul2, s5);
                s6 = v_fma(v_splat(theta[k*16 + (j + 6) + 48]), mul2, s6);
                s7 = v_fma(v_splat(theta[k*16 + (j + 7) + 48]), mul2, s7);
            }
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
                const v16 mul2 = v_mul(v_load(elu + (j + u)*16), sum);
                v_store(mul1 + ((j + u)*128 + c), mul2);
            }
        }
        /* lin1 */
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 16; k++) {
            const v16 mul2 = v_load(mul1 + (k*128 + c));
            s0 = v_fma(v_splat(theta[k*2]), mul2, s0);
            s1 = v_fma(v_splat(theta[k*2 + 1]), mul2, s1);
        }
        v_store(x_bar + c, s0);
        v_store(x_bar + (c + 128), s1);
        v_store(t_bar + c, v_splat(0.0f));
    }
    /* lin3: sum over samples */
    v16 s0 = v_load(sums + 5632);
    v16 s1 = v_load(sums + 5648);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(a_dx + c));
        s1 = v_add(s1, v_load(a_dx + (c + 128)));
    }
    v_store(sums + 5632, s0);
    v_store(sums + 5648, s1);
    /* lin3: sum over samples */
    ROLL for (ptrdiff_t j = 0; j < 16; j += 4) {
        v16 s0_1 = v_load(sums + (j + 320)*16);
        v16 s1_1 = v_load(sums + (j + 336)*16);
        v16 s2 = v_load(sums + (j + 321)*16);
        v16 s3 = v_load(sums + (j + 337)*16);
        v16 s4 = v_load(sums + (j + 322)*16);
        v16 s5 = v_load(sums + (j + 338)*16);
        v16 s6 = v_load(sums + (j + 323)*16);
        v16 s7 = v_load(sums + (j + 339)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 a_dx1 = v_load(a_dx + c);
            const v16 add = v_load(elu3 + (j*128 + c));
            s0_1 = v_fma(a_dx1, add, s0_1);
            const v16 a_dx2 = v_load(a_dx + (c + 128));
            s1_1 = v_fma(a_dx2, add, s1_1);
            const v16 add1 = v_load(elu3 + ((j + 1)*128 + c));
            s2 = v_fma(a_dx1, add1, s2);
            s3 = v_fma(a_dx2, add1, s3);
            const v16 add2 = v_load(elu3 + ((j + 2)*128 + c));
            s4 = v_fma(a_dx1, add2, s4);
            s5 = v_fma(a_dx2, add2, s5);
            const v16 add3 = v_load(elu3 + ((j + 3)*128 + c));
            s6 = v_fma(a_dx1, add3, s6);
            s7 = v_fma(a_dx2, add3, s7);
        }
        v_store(sums + (j + 320)*16, s0_1);
        v_store(sums + (j + 336)*16, s1_1);
        v_store(sums + (j + 321)*16, s2);
        v_store(sums + (j + 337)*16, s3);
        v_store(sums + (j + 322)*16, s4);
        v_store(sums + (j + 338)*16, s5);
        v_store(sums + (j + 323)*16, s6);
        v_store(sums + (j + 339)*16, s7);
    }
    /* lin2: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 8) {
        v16 s0_1 = v_load(sums + (i + 304)*16);
        v16 s1_1 = v_load(sums + (i + 305)*16);
        v16 s2 = v_load(sums + (i + 306)*16);
        v16 s3 = v_load(sums + (i + 307)*16);
        v16 s4 = v_load(sums + (i + 308)*16);
        v16 s5 = v_load(sums + (i + 309)*16);
        v16 s6 = v_load(sums + (i + 310)*16);
        v16 s7 = v_load(sums + (i + 311)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            s0_1 = v_add(s0_1, v_load(mul + (i*128 + c)));
            s1_1 = v_add(s1_1, v_load(mul + ((i + 1)*128 + c)));
            s2 = v_add(s2, v_load(mul + ((i + 2)*128 + c)));
            s3 = v_add(s3, v_load(mul + ((i + 3)*128 + c)));
            s4 = v_add(s4, v_load(mul + ((i + 4)*128 + c)));
            s5 = v_add(s5, v_load(mul + ((i + 5)*128 + c)));
            s6 = v_add(s6, v_load(mul + ((i + 6)*128 + c)));
            s7 = v_add(s7, v_load(mul + ((i + 7)*128 + c)));
        }
        v_store(sums + (i + 304)*16, s0_1);
        v_store(sums + (i + 305)*16, s1_1);
        v_store(sums + (i + 306)*16, s2);
        v_store(sums + (i + 307)*16, s3);
        v_store(sums + (i + 308)*16, s4);
        v_store(sums + (i + 309)*16, s5);
        v_store(sums + (i + 310)*16, s6);
        v_store(sums + (i + 311)*16, s7);
    }
    /* lin2: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 4) {
        ROLL for (ptrdiff_t j = 0; j < 16; j += 4) {
            v16 s0_1 = v_load(sums + (i*16 + j + 48)*16);
            v16 s1_1 = v_load(sums + (i*16 + (j + 1) + 48)*16);
            v16 s2 = v_load(sums + (i*16 + (j + 2) + 48)*16);
            v16 s3 = v_load(sums + (i*16 + (j + 3) + 48)*16);
            v16 s4 = v_load(sums + ((i + 1)*16 + j + 48)*16);
            v16 s5 = v_load(sums + ((i + 1)*16 + (j + 1) + 48)*16);
            v16 s6 = v_load(sums + ((i + 1)*16 + (j + 2) + 48)*16);
            v16 s7 = v_load(sums + ((i + 1)*16 + (j + 3) + 48)*16);
            v16 s8 = v_load(sums + ((i + 2)*16 + j + 48)*16);
            v16 s9 = v_load(sums + ((i + 2)*16 + (j + 1) + 48)*16);
            v16 s10 = v_load(sums + ((i + 2)*16 + (j + 2) + 48)*16);
            v16 s11 = v_load(sums + ((i + 2)*16 + (j + 3) + 48)*16);
            v16 s12 = v_load(sums + ((i + 3)*16 + j + 48)*16);
            v16 s13 = v_load(sums + ((i + 3)*16 + (j + 1) + 48)*16);
            v16 s14 = v_load(sums + ((i + 3)*16 + (j + 2) + 48)*16);
            v16 s15 = v_load(sums + ((i + 3)*16 + (j + 3) + 48)*16);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                const v16 mul2 = v_load(mul + (i*128 + c));
                const v16 add = v_load(elu1 + (j*128 + c));
                s0_1 = v_fma(mul2, add, s0_1);
                const v16 add1 = v_load(elu1 + ((j + 1)*128 + c));
                s1_1 = v_fma(mul2, add1, s1_1);
                const v16 add2 = v_load(elu1 + ((j + 2)*128 + c));
                s2 = v_fma(mul2, add2, s2);
                const v16 add3 = v_load(elu1 + ((j + 3)*128 + c));
                s3 = v_fma(mul2, add3, s3);
                const v16 mul3 = v_load(mul + ((i + 1)*128 + c));
                s4 = v_fma(mul3, add, s4);
                s5 = v_fma(mul3, add1, s5);
                s6 = v_fma(mul3, add2, s6);
                s7 = v_fma(mul3, add3, s7);
                const v16 mul4 = v_load(mul + ((i + 2)*128 + c));
                s8 = v_fma(mul4, add, s8);
                s9 = v_fma(mul4, add1, s9);
                s10 = v_fma(mul4, add2, s10);
                s11 = v_fma(mul4, add3, s11);
                const v16 mul5 = v_load(mul + ((i + 3)*128 + c));
                s12 = v_fma(mul5, add, s12);
                s13 = v_fma(mul5, add1, s13);
                s14 = v_fma(mul5, add2, s14);
                s15 = v_fma(mul5, add3, s15);
            }
            v_store(sums + (i*16 + j + 48)*16, s0_1);
            v_store(sums + (i*16 + (j + 1) + 48)*16, s1_1);
            v_store(sums + (i*16 + (j + 2) + 48)*16, s2);
            v_store(sums + (i*16 + (j + 3) + 48)*16, s3);
            v_store(sums + ((i + 1)*16 + j + 48)*16, s4);
            v_store(sums + ((i + 1)*16 + (j + 1) + 48)*16, s5);
            v_store(sums + ((i + 1)*16 + (j + 2) + 48)*16, s6);
            v_store(sums + ((i + 1)*16 + (j + 3) + 48)*16, s7);
            v_store(sums + ((i + 2)*16 + j + 48)*16, s8);
            v_store(sums + ((i + 2)*16 + (j + 1) + 48)*16, s9);
            v_store(sums + ((i + 2)*16 + (j + 2) + 48)*16, s10);
            v_store(sums + ((i + 2)*16 + (j + 3) + 48)*16, s11);
            v_store(sums + ((i + 3)*16 + j + 48)*16, s12);
            v_store(sums + ((i + 3)*16 + (j + 1) + 48)*16, s13);
            v_store(sums + ((i + 3)*16 + (j + 2) + 48)*16, s14);
            v_store(sums + ((i + 3)*16 + (j + 3) + 48)*16, s15);
        }
    }
    /* lin1: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 8) {
        v16 s0_1 = v_load(sums + (i + 32)*16);
        v16 s1_1 = v_load(sums + (i + 33)*16);
        v16 s2 = v_load(sums + (i + 34)*16);
        v16 s3 = v_load(sums + (i + 35)*16);
        v16 s4 = v_load(sums + (i + 36)*16);
        v16 s5 = v_load(sums + (i + 37)*16);
        v16 s6 = v_load(sums + (i + 38)*16);
        v16 s7 = v_load(sums + (i + 39)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            s0_1 = v_add(s0_1, v_load(mul1 + (i*128 + c)));
            s1_1 = v_add(s1_1, v_load(mul1 + ((i + 1)*128 + c)));
            s2 = v_add(s2, v_load(mul1 + ((i + 2)*128 + c)));
            s3 = v_add(s3, v_load(mul1 + ((i + 3)*128 + c)));
            s4 = v_add(s4, v_load(mul1 + ((i + 4)*128 + c)));
            s5 = v_add(s5, v_load(mul1 + ((i + 5)*128 + c)));
            s6 = v_add(s6, v_load(mul1 + ((i + 6)*128 + c)));
            s7 = v_add(s7, v_load(mul1 + ((i + 7)*128 + c)));
        }
        v_store(sums + (i + 32)*16, s0_1);
        v_store(sums + (i + 33)*16, s1_1);
        v_store(sums + (i + 34)*16, s2);
        v_store(sums + (i + 35)*16, s3);
        v_store(sums + (i + 36)*16, s4);
        v_store(sums + (i + 37)*16, s5);
        v_store(sums + (i + 38)*16, s6);
        v_store(sums + (i + 39)*16, s7);
    }
    /* lin1: sum over samples */
    ROLL for (ptrdiff_t i = 0; i < 16; i += 4) {
        v16 s0_1 = v_load(sums + i*32);
        v16 s1_1 = v_load(sums + (i*2 + 1)*16);
        v16 s2 = v_load(sums + (i + 1)*32);
        v16 s3 = v_load(sums + ((i + 1)*2 + 1)*16);
        v16 s4 = v_load(sums + (i + 2)*32);
        v16 s5 = v_load(sums + ((i + 2)*2 + 1)*16);
        v16 s6 = v_load(sums + (i + 3)*32);
        v16 s7 = v_load(sums + ((i + 3)*2 + 1)*16);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 mul2 = v_load(mul1 + (i*128 + c));
            const v16 x2 = v_load(x1 + c);
            s0_1 = v_fma(mul2, x2, s0_1);
            const v16 x3 = v_load(x1 + (c + 128));
            s1_1 = v_fma(mul2, x3, s1_1);
            const v16 mul3 = v_load(mul1 + ((i + 1)*128 + c));
            s2 = v_fma(mul3, x2, s2);
            s3 = v_fma(mul3, x3, s3);
            const v16 mul4 = v_load(mul1 + ((i + 2)*128 + c));
            s4 = v_fma(mul4, x2, s4);
            s5 = v_fma(mul4, x3, s5);
            const v16 mul5 = v_load(mul1 + ((i + 3)*128 + c));
            s6 = v_fma(mul5, x2, s6);
            s7 = v_fma(mul5, x3, s7);
        }
        v_store(sums + i*32, s0_1);
        v_store(sums + (i*2 + 1)*16, s1_1);
        v_store(sums + (i + 1)*32, s2);
        v_store(sums + ((i + 1)*2 + 1)*16, s3);
        v_store(sums + (i + 2)*32, s4);
        v_store(sums + ((i + 2)*2 + 1)*16, s5);
        v_store(sums + (i + 3)*32, s6);
        v_store(sums + ((i + 3)*2 + 1)*16, s7);
    }
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(ax + (first*2 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void mlp_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 354);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*5664;
                real *const from = sums + (b + reach)*5664;
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

typedef struct mlp_vjp_batch_args {
    real *sums;
    ptrdiff_t blocks;
    real *g_theta;
} mlp_vjp_batch_args;

static void mlp_vjp_batch_task(void *args, size_t task)
{
    const mlp_vjp_batch_args *const a = (const mlp_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    mlp_vjp_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void mlp_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work, const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*5664;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        mlp_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        {
            mlp_vjp_batch_args args = { sums, blocks, atheta };
            each(parallel, (size_t)6, mlp_vjp_batch_task, &args);
        }
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void mlp_solve_batch_block(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[256] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x1 + (e*128 + c), v_gather(x0 + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_scatter(x + (first*2 + c*2 + e), 2, count - c, v_load(x1 + (e*128 + c)));
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            zero = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        const ptrdiff_t at = mlp_find(x, first*2, count*2);
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
            const ptrdiff_t n1 = mlp_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = mlp_steps(begin, end, h_max, steps, max_steps);
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
            real elu[256] ALIGNED;
            real elu1[256] ALIGNED;
            real fma_[32] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                /* lin1 */
                ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                    v16 s0 = v_splat(theta[j + 32]);
                    v16 s1_1 = v_splat(theta[j + 33]);
                    v16 s2 = v_splat(theta[j + 34]);
                    v16 s3 = v_splat(theta[j + 35]);
                    v16 s4 = v_splat(theta[j + 36]);
                    v16 s5 = v_splat(theta[j + 37]);
                    v16 s6 = v_splat(theta[j + 38]);
                    v16 s7 = v_splat(theta[j + 39]);
                    const v16 x2 = v_load(x1 + c);
                    s0 = v_fma(v_splat(theta[j*2]), x2, s0);
                    s1_1 = v_fma(v_splat(theta[(j + 1)*2]), x2, s1_1);
                    s2 = v_fma(v_splat(theta[(j + 2)*2]), x2, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*2]), x2, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*2]), x2, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*2]), x2, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*2]), x2, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*2]), x2, s7);
                    const v16 x3 = v_load(x1 + (c + 128));
                    s0 = v_fma(v_splat(theta[j*2 + 1]), x3, s0);
                    s1_1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), x3, s1_1);
                    s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), x3, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), x3, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), x3, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), x3, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), x3, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), x3, s7);
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
                        const v16 max = v_max(v_splat(0.0f), sum);
                        const v16 min = v_min(v_splat(0.0f), sum);
                        const v16 exp_ = v_exp(min);
                        const v16 sub = v_sub(exp_, v_splat(1.0f));
                        const v16 add = v_add(max, sub);
                        v_store(elu + (j + u)*16, add);
                    }
                }
                /* lin2 */
                ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                    v16 s0 = v_splat(theta[j + 304]);
                    v16 s1_1 = v_splat(theta[j + 305]);
                    v16 s2 = v_splat(theta[j + 306]);
                    v16 s3 = v_splat(theta[j + 307]);
                    v16 s4 = v_splat(theta[j + 308]);
                    v16 s5 = v_splat(theta[j + 309]);
                    v16 s6 = v_splat(theta[j + 310]);
                    v16 s7 = v_splat(theta[j + 311]);
                    ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                        const v16 add = v_load(elu + k*16);
                        s0 = v_fma(v_splat(theta[j*16 + k + 48]), add, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*16 + k + 48]), add, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*16 + k + 48]), add, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*16 + k + 48]), add, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*16 + k + 48]), add, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*16 + k + 48]), add, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*16 + k + 48]), add, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*16 + k + 48]), add, s7);
                    }
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
                        const v16 max = v_max(v_splat(0.0f), sum);
                        const v16 min = v_min(v_splat(0.0f), sum);
                        const v16 exp_ = v_exp(min);
                        const v16 sub = v_sub(exp_, v_splat(1.0f));
                        const v16 add = v_add(max, sub);
                        v_store(elu1 + (j + u)*16, add);
                    }
                }
                /* lin3 */
                v16 s0 = v_splat(theta[352]);
                v16 s1_1 = v_splat(theta[353]);
                ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                    const v16 add = v_load(elu1 + k*16);
                    s0 = v_fma(v_splat(theta[k + 320]), add, s0);
                    s1_1 = v_fma(v_splat(theta[k + 336]), add, s1_1);
                }
                const v16 fma1 = v_fma(s0, v_load(h + c), v_load(x1 + c));
                v_store(fma_, fma1);
                const v16 fma2 = v_fma(s1_1, v_load(h + c), v_load(x1 + (c + 128)));
                v_store(fma_ + 16, fma2);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(x1 + c));
                v_store(x1 + c, select);
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_ + 16),
                    v_load(x1 + (c + 128)));
                v_store(x1 + (c + 128), select1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(x + ((i*batch + first)*2 + c*2 + e), 2, count - c,
                    v_load(x1 + (e*128 + c)));
            }
        }
        v16 zero1 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                zero1 = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero1);
            }
        }
        const ptrdiff_t sound1 = 1 - m_any(v_ne(zero1, zero1));
        if (sound1 == 0) {
            const ptrdiff_t at = mlp_find(x, (i*batch + first)*2, count*2);
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

static void mlp_solve_batch_task(void *args, size_t task)
{
    const spiral_solve_latency_args *const a = (const spiral_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    mlp_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int mlp_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        spiral_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 272 };
        each(parallel, (size_t)blocks, mlp_solve_batch_task, &args);
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
static NOINLINE void mlp_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + b*5664;
    ROLL for (ptrdiff_t i = 0; i < 5664; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[256] ALIGNED;
    real x_bar[256] ALIGNED;
    real x_jump[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            p_store(x_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[256] ALIGNED;
    real x_first_slope[256] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            p_store(x_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x_jump + (e*128 + c), v_gather(g_x + ((i*batch + first)*2 + c*2 + e), 2,
                        count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
                p_store(x_bar + c, add);
                const reg add1 = p_add(p_read(x_bar + (c + 128)), p_read(x_jump + (c + 128)));
                p_store(x_bar + (c + 128), add1);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    v_store(x1 + (e*128 + c), v_gather(x + ((i*batch + first)*2 + c*2 + e), 2,
                        count - c));
                }
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = mlp_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = mlp_steps(begin, end, h_max, steps, max_steps);
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
                real select[32] ALIGNED;
                real neg[16] ALIGNED;
                real elu[256] ALIGNED;
                real elu1[2048] ALIGNED;
                real elu2[256] ALIGNED;
                real elu3[2048] ALIGNED;
                real mul[256] ALIGNED;
                real fma_[256] ALIGNED;
                real mul1[2048] ALIGNED;
                real mul2[2048] ALIGNED;
                real add[256] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    v_store(select, select1);
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + (c + 128)), v_splat(0.0f));
                    v_store(select + 16, select2);
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    /* lin1 */
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                        v16 s0 = v_splat(theta[j + 32]);
                        v16 s1_1 = v_splat(theta[j + 33]);
                        v16 s2 = v_splat(theta[j + 34]);
                        v16 s3 = v_splat(theta[j + 35]);
                        v16 s4 = v_splat(theta[j + 36]);
                        v16 s5 = v_splat(theta[j + 37]);
                        v16 s6 = v_splat(theta[j + 38]);
                        v16 s7 = v_splat(theta[j + 39]);
                        const v16 x2 = v_load(x1 + c);
                        s0 = v_fma(v_splat(theta[j*2]), x2, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*2]), x2, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*2]), x2, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*2]), x2, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*2]), x2, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*2]), x2, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*2]), x2, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*2]), x2, s7);
                        const v16 x3 = v_load(x1 + (c + 128));
                        s0 = v_fma(v_splat(theta[j*2 + 1]), x3, s0);
                        s1_1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), x3, s1_1);
                        s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), x3, s2);
                        s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), x3, s3);
                        s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), x3, s4);
                        s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), x3, s5);
                        s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), x3, s6);
                        s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), x3, s7);
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
                            const v16 max = v_max(v_splat(0.0f), sum);
                            const v16 min = v_min(v_splat(0.0f), sum);
                            const v16 exp_ = v_exp(min);
                            v_store(elu + (j + u)*16, exp_);
                            const v16 sub = v_sub(exp_, v_splat(1.0f));
                            const v16 add1 = v_add(max, sub);
                            v_store(elu1 + ((j + u)*128 + c), add1);
                        }
                    }
                    /* lin2 */
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                        v16 s0 = v_splat(theta[j + 304]);
                        v16 s1_1 = v_splat(theta[j + 305]);
                        v16 s2 = v_splat(theta[j + 306]);
                        v16 s3 = v_splat(theta[j + 307]);
                        v16 s4 = v_splat(theta[j + 308]);
                        v16 s5 = v_splat(theta[j + 309]);
                        v16 s6 = v_splat(theta[j + 310]);
                        v16 s7 = v_splat(theta[j + 311]);
                        ROLL for (ptrdiff_t k1 = 0; k1 < 16; k1++) {
                            const v16 add1 = v_load(elu1 + (k1*128 + c));
                            s0 = v_fma(v_splat(theta[j*16 + k1 + 48]), add1, s0);
                            s1_1 = v_fma(v_splat(theta[(j + 1)*16 + k1 + 48]), add1, s1_1);
                            s2 = v_fma(v_splat(theta[(j + 2)*16 + k1 + 48]), add1, s2);
                            s3 = v_fma(v_splat(theta[(j + 3)*16 + k1 + 48]), add1, s3);
                            s4 = v_fma(v_splat(theta[(j + 4)*16 + k1 + 48]), add1, s4);
                            s5 = v_fma(v_splat(theta[(j + 5)*16 + k1 + 48]), add1, s5);
                            s6 = v_fma(v_splat(theta[(j + 6)*16 + k1 + 48]), add1, s6);
                            s7 = v_fma(v_splat(theta[(j + 7)*16 + k1 + 48]), add1, s7);
                        }
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
                            const v16 max = v_max(v_splat(0.0f), sum);
                            const v16 min = v_min(v_splat(0.0f), sum);
                            const v16 exp_ = v_exp(min);
                            v_store(elu2 + (j + u)*16, exp_);
                            const v16 sub = v_sub(exp_, v_splat(1.0f));
                            const v16 add1 = v_add(max, sub);
                            v_store(elu3 + ((j + u)*128 + c), add1);
                        }
                    }
                    /* lin3 */
                    v16 s0 = v_splat(theta[352]);
                    v16 s1_1 = v_splat(theta[353]);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 16; k1++) {
                        const v16 add1 = v_load(elu3 + (k1*128 + c));
                        s0 = v_fma(v_splat(theta[k1 + 320]), add1, s0);
                        s1_1 = v_fma(v_splat(theta[k1 + 336]), add1, s1_1);
                    }
                    const v16 mul3 = v_mul(v_load(select), v_load(neg));
                    v_store(mul + c, mul3);
                    const v16 fma1 = v_fma(s0, v_load(h + c), v_load(x1 + c));
                    v_store(fma_ + c, fma1);
                    v_store(x_slope + c, s0);
                    const v16 mul4 = v_mul(v_load(select + 16), v_load(neg));
                    v_store(mul + (c + 128), mul4);
                    const v16 fma2 = v_fma(s1_1, v_load(h + c), v_load(x1 + (c + 128)));
                    v_store(fma_ + (c + 128), fma2);
                    v_store(x_slope + (c + 128), s1_1);
                    /* lin3 */
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                        v16 s0_1 = v_splat(0.0f);
                        v16 s1_2 = v_splat(0.0f);
                        v16 s2 = v_splat(0.0f);
                        v16 s3 = v_splat(0.0f);
                        v16 s4 = v_splat(0.0f);
                        v16 s5 = v_splat(0.0f);
                        v16 s6 = v_splat(0.0f);
                        v16 s7 = v_splat(0.0f);
                        const v16 mul5 = v_load(mul + c);
                        s0_1 = v_fma(v_splat(theta[j + 320]), mul5, s0_1);
                        s1_2 = v_fma(v_splat(theta[j + 321]), mul5, s1_2);
                        s2 = v_fma(v_splat(theta[j + 322]), mul5, s2);
                        s3 = v_fma(v_splat(theta[j + 323]), mul5, s3);
                        s4 = v_fma(v_splat(theta[j + 324]), mul5, s4);
                        s5 = v_fma(v_splat(theta[j + 325]), mul5, s5);
                        s6 = v_fma(v_splat(theta[j + 326]), mul5, s6);
                        s7 = v_fma(v_splat(theta[j + 327]), mul5, s7);
                        const v16 mul6 = v_load(mul + (c + 128));
                        s0_1 = v_fma(v_splat(theta[j + 336]), mul6, s0_1);
                        s1_2 = v_fma(v_splat(theta[j + 337]), mul6, s1_2);
                        s2 = v_fma(v_splat(theta[j + 338]), mul6, s2);
                        s3 = v_fma(v_splat(theta[j + 339]), mul6, s3);
                        s4 = v_fma(v_splat(theta[j + 340]), mul6, s4);
                        s5 = v_fma(v_splat(theta[j + 341]), mul6, s5);
                        s6 = v_fma(v_splat(theta[j + 342]), mul6, s6);
                        s7 = v_fma(v_splat(theta[j + 343]), mul6, s7);
                        real row[128] ALIGNED;
                        v_store(row, s0_1);
                        v_store(row + 16, s1_2);
                        v_store(row + 32, s2);
                        v_store(row + 48, s3);
                        v_store(row + 64, s4);
                        v_store(row + 80, s5);
                        v_store(row + 96, s6);
                        v_store(row + 112, s7);
                        ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                            const v16 sum = v_load(row + u*16);
                            const v16 mul7 = v_mul(v_load(elu2 + (j + u)*16), sum);
                            v_store(mul1 + ((j + u)*128 + c), mul7);
                        }
                    }
                    /* lin2 */
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                        v16 s0_1 = v_splat(0.0f);
                        v16 s1_2 = v_splat(0.0f);
                        v16 s2 = v_splat(0.0f);
                        v16 s3 = v_splat(0.0f);
                        v16 s4 = v_splat(0.0f);
                        v16 s5 = v_splat(0.0f);
                        v16 s6 = v_splat(0.0f);
                        v16 s7 = v_splat(0.0f);
                        ROLL for (ptrdiff_t k1 = 0; k1 < 16; k1++) {
                            const v16 mul5 = v_load(mul1 + (k1*128 + c));
                            s0_1 = v_fma(v_splat(theta[k1*16 + j + 48]), mul5, s0_1);
                            s1_2 = v_fma(v_splat(theta[k1*16 + (j + 1) + 48]), mul5, s1_2);
                            s2 = v_fma(v_splat(theta[k1*16 + (j + 2) + 48]), mul5, s2);
                            s3 = v_fma(v_splat(theta[k1*16 + (j + 3) + 48]), mul5, s3);
                            s4 = v_fma(v_splat(theta[k1*16 + (j + 4) + 48]), mul5, s4);
                            s5 = v_fma(v_splat(theta[k1*16 + (j + 5) + 48]), mul5, s5);
                            s6 = v_fma(v_splat(theta[k1*16 + (j + 6) + 48]), mul5, s6);
                            s7 = v_fma(v_splat(theta[k1*16 + (j + 7) + 48]), mul5, s7);
                        }
                        real row[128] ALIGNED;
                        v_store(row, s0_1);
                        v_store(row + 16, s1_2);
                        v_store(row + 32, s2);
                        v_store(row + 48, s3);
                        v_store(row + 64, s4);
                        v_store(row + 80, s5);
                        v_store(row + 96, s6);
                        v_store(row + 112, s7);
                        ROLL for (ptrdiff_t u = 0; u < 8; u++) {
                            const v16 sum = v_load(row + u*16);
                            const v16 mul5 = v_mul(v_load(elu + (j + u)*16), sum);
                            v_store(mul2 + ((j + u)*128 + c), mul5);
                        }
                    }
                    /* lin1 */
                    v16 s0_1 = v_load(select);
                    v16 s1_2 = v_load(select + 16);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 16; k1++) {
                        const v16 mul5 = v_load(mul2 + (k1*128 + c));
                        s0_1 = v_fma(v_splat(theta[k1*2]), mul5, s0_1);
                        s1_2 = v_fma(v_splat(theta[k1*2 + 1]), mul5, s1_2);
                    }
                    v_store(add + c, s0_1);
                    v_store(add + (c + 128), s1_2);
                }
                /* lin3: sum over samples */
                v16 s0 = v_load(sums + 5632);
                v16 s1_1 = v_load(sums + 5648);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                    s1_1 = v_add(s1_1, v_load(mul + (c + 128)));
                }
                v_store(sums + 5632, s0);
                v_store(sums + 5648, s1_1);
                /* lin3: sum over samples */
                ROLL for (ptrdiff_t j = 0; j < 16; j += 4) {
                    v16 s0_1 = v_load(sums + (j + 320)*16);
                    v16 s1_2 = v_load(sums + (j + 336)*16);
                    v16 s2 = v_load(sums + (j + 321)*16);
                    v16 s3 = v_load(sums + (j + 337)*16);
                    v16 s4 = v_load(sums + (j + 322)*16);
                    v16 s5 = v_load(sums + (j + 338)*16);
                    v16 s6 = v_load(sums + (j + 323)*16);
                    v16 s7 = v_load(sums + (j + 339)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        const v16 mul3 = v_load(mul + c);
                        const v16 add1 = v_load(elu3 + (j*128 + c));
                        s0_1 = v_fma(mul3, add1, s0_1);
                        const v16 mul4 = v_load(mul + (c + 128));
                        s1_2 = v_fma(mul4, add1, s1_2);
                        const v16 add2 = v_load(elu3 + ((j + 1)*128 + c));
                        s2 = v_fma(mul3, add2, s2);
                        s3 = v_fma(mul4, add2, s3);
                        const v16 add3 = v_load(elu3 + ((j + 2)*128 + c));
                        s4 = v_fma(mul3, add3, s4);
                        s5 = v_fma(mul4, add3, s5);
                        const v16 add4 = v_load(elu3 + ((j + 3)*128 + c));
                        s6 = v_fma(mul3, add4, s6);
                        s7 = v_fma(mul4, add4, s7);
                    }
                    v_store(sums + (j + 320)*16, s0_1);
                    v_store(sums + (j + 336)*16, s1_2);
                    v_store(sums + (j + 321)*16, s2);
                    v_store(sums + (j + 337)*16, s3);
                    v_store(sums + (j + 322)*16, s4);
                    v_store(sums + (j + 338)*16, s5);
                    v_store(sums + (j + 323)*16, s6);
                    v_store(sums + (j + 339)*16, s7);
                }
                /* lin2: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 304)*16);
                    v16 s1_2 = v_load(sums + (i1 + 305)*16);
                    v16 s2 = v_load(sums + (i1 + 306)*16);
                    v16 s3 = v_load(sums + (i1 + 307)*16);
                    v16 s4 = v_load(sums + (i1 + 308)*16);
                    v16 s5 = v_load(sums + (i1 + 309)*16);
                    v16 s6 = v_load(sums + (i1 + 310)*16);
                    v16 s7 = v_load(sums + (i1 + 311)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        s0_1 = v_add(s0_1, v_load(mul1 + (i1*128 + c)));
                        s1_2 = v_add(s1_2, v_load(mul1 + ((i1 + 1)*128 + c)));
                        s2 = v_add(s2, v_load(mul1 + ((i1 + 2)*128 + c)));
                        s3 = v_add(s3, v_load(mul1 + ((i1 + 3)*128 + c)));
                        s4 = v_add(s4, v_load(mul1 + ((i1 + 4)*128 + c)));
                        s5 = v_add(s5, v_load(mul1 + ((i1 + 5)*128 + c)));
                        s6 = v_add(s6, v_load(mul1 + ((i1 + 6)*128 + c)));
                        s7 = v_add(s7, v_load(mul1 + ((i1 + 7)*128 + c)));
                    }
                    v_store(sums + (i1 + 304)*16, s0_1);
                    v_store(sums + (i1 + 305)*16, s1_2);
                    v_store(sums + (i1 + 306)*16, s2);
                    v_store(sums + (i1 + 307)*16, s3);
                    v_store(sums + (i1 + 308)*16, s4);
                    v_store(sums + (i1 + 309)*16, s5);
                    v_store(sums + (i1 + 310)*16, s6);
                    v_store(sums + (i1 + 311)*16, s7);
                }
                /* lin2: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 4) {
                    ROLL for (ptrdiff_t j = 0; j < 16; j += 4) {
                        v16 s0_1 = v_load(sums + (i1*16 + j + 48)*16);
                        v16 s1_2 = v_load(sums + (i1*16 + (j + 1) + 48)*16);
                        v16 s2 = v_load(sums + (i1*16 + (j + 2) + 48)*16);
                        v16 s3 = v_load(sums + (i1*16 + (j + 3) + 48)*16);
                        v16 s4 = v_load(sums + ((i1 + 1)*16 + j + 48)*16);
                        v16 s5 = v_load(sums + ((i1 + 1)*16 + (j + 1) + 48)*16);
                        v16 s6 = v_load(sums + ((i1 + 1)*16 + (j + 2) + 48)*16);
                        v16 s7 = v_load(sums + ((i1 + 1)*16 + (j + 3) + 48)*16);
                        v16 s8 = v_load(sums + ((i1 + 2)*16 + j + 48)*16);
                        v16 s9 = v_load(sums + ((i1 + 2)*16 + (j + 1) + 48)*16);
                        v16 s10 = v_load(sums + ((i1 + 2)*16 + (j + 2) + 48)*16);
                        v16 s11 = v_load(sums + ((i1 + 2)*16 + (j + 3) + 48)*16);
                        v16 s12 = v_load(sums + ((i1 + 3)*16 + j + 48)*16);
                        v16 s13 = v_load(sums + ((i1 + 3)*16 + (j + 1) + 48)*16);
                        v16 s14 = v_load(sums + ((i1 + 3)*16 + (j + 2) + 48)*16);
                        v16 s15 = v_load(sums + ((i1 + 3)*16 + (j + 3) + 48)*16);
                        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                            const v16 mul3 = v_load(mul1 + (i1*128 + c));
                            const v16 add1 = v_load(elu1 + (j*128 + c));
                            s0_1 = v_fma(mul3, add1, s0_1);
                            const v16 add2 = v_load(elu1 + ((j + 1)*128 + c));
                            s1_2 = v_fma(mul3, add2, s1_2);
                            const v16 add3 = v_load(elu1 + ((j + 2)*128 + c));
                            s2 = v_fma(mul3, add3, s2);
                            const v16 add4 = v_load(elu1 + ((j + 3)*128 + c));
                            s3 = v_fma(mul3, add4, s3);
                            const v16 mul4 = v_load(mul1 + ((i1 + 1)*128 + c));
                            s4 = v_fma(mul4, add1, s4);
                            s5 = v_fma(mul4, add2, s5);
                            s6 = v_fma(mul4, add3, s6);
                            s7 = v_fma(mul4, add4, s7);
                            const v16 mul5 = v_load(mul1 + ((i1 + 2)*128 + c));
                            s8 = v_fma(mul5, add1, s8);
                            s9 = v_fma(mul5, add2, s9);
                            s10 = v_fma(mul5, add3, s10);
                            s11 = v_fma(mul5, add4, s11);
                            const v16 mul6 = v_load(mul1 + ((i1 + 3)*128 + c));
                            s12 = v_fma(mul6, add1, s12);
                            s13 = v_fma(mul6, add2, s13);
                            s14 = v_fma(mul6, add3, s14);
                            s15 = v_fma(mul6, add4, s15);
                        }
                        v_store(sums + (i1*16 + j + 48)*16, s0_1);
                        v_store(sums + (i1*16 + (j + 1) + 48)*16, s1_2);
                        v_store(sums + (i1*16 + (j + 2) + 48)*16, s2);
                        v_store(sums + (i1*16 + (j + 3) + 48)*16, s3);
                        v_store(sums + ((i1 + 1)*16 + j + 48)*16, s4);
                        v_store(sums + ((i1 + 1)*16 + (j + 1) + 48)*16, s5);
                        v_store(sums + ((i1 + 1)*16 + (j + 2) + 48)*16, s6);
                        v_store(sums + ((i1 + 1)*16 + (j + 3) + 48)*16, s7);
                        v_store(sums + ((i1 + 2)*16 + j + 48)*16, s8);
                        v_store(sums + ((i1 + 2)*16 + (j + 1) + 48)*16, s9);
                        v_store(sums + ((i1 + 2)*16 + (j + 2) + 48)*16, s10);
                        v_store(sums + ((i1 + 2)*16 + (j + 3) + 48)*16, s11);
                        v_store(sums + ((i1 + 3)*16 + j + 48)*16, s12);
                        v_store(sums + ((i1 + 3)*16 + (j + 1) + 48)*16, s13);
                        v_store(sums + ((i1 + 3)*16 + (j + 2) + 48)*16, s14);
                        v_store(sums + ((i1 + 3)*16 + (j + 3) + 48)*16, s15);
                    }
                }
                /* lin1: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 8) {
                    v16 s0_1 = v_load(sums + (i1 + 32)*16);
                    v16 s1_2 = v_load(sums + (i1 + 33)*16);
                    v16 s2 = v_load(sums + (i1 + 34)*16);
                    v16 s3 = v_load(sums + (i1 + 35)*16);
                    v16 s4 = v_load(sums + (i1 + 36)*16);
                    v16 s5 = v_load(sums + (i1 + 37)*16);
                    v16 s6 = v_load(sums + (i1 + 38)*16);
                    v16 s7 = v_load(sums + (i1 + 39)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        s0_1 = v_add(s0_1, v_load(mul2 + (i1*128 + c)));
                        s1_2 = v_add(s1_2, v_load(mul2 + ((i1 + 1)*128 + c)));
                        s2 = v_add(s2, v_load(mul2 + ((i1 + 2)*128 + c)));
                        s3 = v_add(s3, v_load(mul2 + ((i1 + 3)*128 + c)));
                        s4 = v_add(s4, v_load(mul2 + ((i1 + 4)*128 + c)));
                        s5 = v_add(s5, v_load(mul2 + ((i1 + 5)*128 + c)));
                        s6 = v_add(s6, v_load(mul2 + ((i1 + 6)*128 + c)));
                        s7 = v_add(s7, v_load(mul2 + ((i1 + 7)*128 + c)));
                    }
                    v_store(sums + (i1 + 32)*16, s0_1);
                    v_store(sums + (i1 + 33)*16, s1_2);
                    v_store(sums + (i1 + 34)*16, s2);
                    v_store(sums + (i1 + 35)*16, s3);
                    v_store(sums + (i1 + 36)*16, s4);
                    v_store(sums + (i1 + 37)*16, s5);
                    v_store(sums + (i1 + 38)*16, s6);
                    v_store(sums + (i1 + 39)*16, s7);
                }
                /* lin1: sum over samples */
                ROLL for (ptrdiff_t i1 = 0; i1 < 16; i1 += 4) {
                    v16 s0_1 = v_load(sums + i1*32);
                    v16 s1_2 = v_load(sums + (i1*2 + 1)*16);
                    v16 s2 = v_load(sums + (i1 + 1)*32);
                    v16 s3 = v_load(sums + ((i1 + 1)*2 + 1)*16);
                    v16 s4 = v_load(sums + (i1 + 2)*32);
                    v16 s5 = v_load(sums + ((i1 + 2)*2 + 1)*16);
                    v16 s6 = v_load(sums + (i1 + 3)*32);
                    v16 s7 = v_load(sums + ((i1 + 3)*2 + 1)*16);
                    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                        const v16 mul3 = v_load(mul2 + (i1*128 + c));
                        const v16 x2 = v_load(x1 + c);
                        s0_1 = v_fma(mul3, x2, s0_1);
                        const v16 x3 = v_load(x1 + (c + 128));
                        s1_2 = v_fma(mul3, x3, s1_2);
                        const v16 mul4 = v_load(mul2 + ((i1 + 1)*128 + c));
                        s2 = v_fma(mul4, x2, s2);
                        s3 = v_fma(mul4, x3, s3);
                        const v16 mul5 = v_load(mul2 + ((i1 + 2)*128 + c));
                        s4 = v_fma(mul5, x2, s4);
                        s5 = v_fma(mul5, x3, s5);
                        const v16 mul6 = v_load(mul2 + ((i1 + 3)*128 + c));
                        s6 = v_fma(mul6, x2, s6);
                        s7 = v_fma(mul6, x3, s7);
                    }
                    v_store(sums + i1*32, s0_1);
                    v_store(sums + (i1*2 + 1)*16, s1_2);
                    v_store(sums + (i1 + 1)*32, s2);
                    v_store(sums + ((i1 + 1)*2 + 1)*16, s3);
                    v_store(sums + (i1 + 2)*32, s4);
                    v_store(sums + ((i1 + 2)*2 + 1)*16, s5);
                    v_store(sums + (i1 + 3)*32, s6);
                    v_store(sums + ((i1 + 3)*2 + 1)*16, s7);
                }
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg select1 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + c), p_read(x1 + c));
                    const reg select2 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add + c), p_read(x_bar + c));
                    p_store(x1 + c, select1);
                    p_store(x_bar + c, select2);
                    const reg select3 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(fma_ + (c + 128)), p_read(x1 + (c + 128)));
                    const reg select4 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                        p_read(add + (c + 128)), p_read(x_bar + (c + 128)));
                    p_store(x1 + (c + 128), select3);
                    p_store(x_bar + (c + 128), select4);
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                            p_store(x_first_slope + (e*128 + c), p_read(x_slope + (e*128 + c)));
                        }
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    reg s0 = p_splat(0.0f);
                    s0 = p_fma(p_read(x_jump + c), p_read(x_first_slope + c), s0);
                    s0 = p_fma(p_read(x_jump + (c + 128)), p_read(x_first_slope + (c + 128)), s0);
                    p_store(dt1 + c, s0);
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
                ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                    zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
                }
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            if (sound == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                        v_scatter(work + (area + 16 + c*2 + e), 2, count - c,
                            v_load(x_bar + (e*128 + c)));
                    }
                }
                const ptrdiff_t at = mlp_find(work, area + 16, count*2);
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
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_store(x1 + (e*128 + c), v_gather(x + (first*2 + c*2 + e), 2, count - c));
            }
        }
        real elu[256] ALIGNED;
        real elu1[256] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            /* lin1 */
            ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                v16 s0 = v_splat(theta[j + 32]);
                v16 s1 = v_splat(theta[j + 33]);
                v16 s2 = v_splat(theta[j + 34]);
                v16 s3 = v_splat(theta[j + 35]);
                v16 s4 = v_splat(theta[j + 36]);
                v16 s5 = v_splat(theta[j + 37]);
                v16 s6 = v_splat(theta[j + 38]);
                v16 s7 = v_splat(theta[j + 39]);
                const v16 x2 = v_load(x1 + c);
                s0 = v_fma(v_splat(theta[j*2]), x2, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*2]), x2, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*2]), x2, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*2]), x2, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*2]), x2, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*2]), x2, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*2]), x2, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*2]), x2, s7);
                const v16 x3 = v_load(x1 + (c + 128));
                s0 = v_fma(v_splat(theta[j*2 + 1]), x3, s0);
                s1 = v_fma(v_splat(theta[(j + 1)*2 + 1]), x3, s1);
                s2 = v_fma(v_splat(theta[(j + 2)*2 + 1]), x3, s2);
                s3 = v_fma(v_splat(theta[(j + 3)*2 + 1]), x3, s3);
                s4 = v_fma(v_splat(theta[(j + 4)*2 + 1]), x3, s4);
                s5 = v_fma(v_splat(theta[(j + 5)*2 + 1]), x3, s5);
                s6 = v_fma(v_splat(theta[(j + 6)*2 + 1]), x3, s6);
                s7 = v_fma(v_splat(theta[(j + 7)*2 + 1]), x3, s7);
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
                    const v16 max = v_max(v_splat(0.0f), sum);
                    const v16 min = v_min(v_splat(0.0f), sum);
                    const v16 exp_ = v_exp(min);
                    const v16 sub = v_sub(exp_, v_splat(1.0f));
                    const v16 add = v_add(max, sub);
                    v_store(elu + (j + u)*16, add);
                }
            }
            /* lin2 */
            ROLL for (ptrdiff_t j = 0; j < 16; j += 8) {
                v16 s0 = v_splat(theta[j + 304]);
                v16 s1 = v_splat(theta[j + 305]);
                v16 s2 = v_splat(theta[j + 306]);
                v16 s3 = v_splat(theta[j + 307]);
                v16 s4 = v_splat(theta[j + 308]);
                v16 s5 = v_splat(theta[j + 309]);
                v16 s6 = v_splat(theta[j + 310]);
                v16 s7 = v_splat(theta[j + 311]);
                ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                    const v16 add = v_load(elu + k*16);
                    s0 = v_fma(v_splat(theta[j*16 + k + 48]), add, s0);
                    s1 = v_fma(v_splat(theta[(j + 1)*16 + k + 48]), add, s1);
                    s2 = v_fma(v_splat(theta[(j + 2)*16 + k + 48]), add, s2);
                    s3 = v_fma(v_splat(theta[(j + 3)*16 + k + 48]), add, s3);
                    s4 = v_fma(v_splat(theta[(j + 4)*16 + k + 48]), add, s4);
                    s5 = v_fma(v_splat(theta[(j + 5)*16 + k + 48]), add, s5);
                    s6 = v_fma(v_splat(theta[(j + 6)*16 + k + 48]), add, s6);
                    s7 = v_fma(v_splat(theta[(j + 7)*16 + k + 48]), add, s7);
                }
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
                    const v16 max = v_max(v_splat(0.0f), sum);
                    const v16 min = v_min(v_splat(0.0f), sum);
                    const v16 exp_ = v_exp(min);
                    const v16 sub = v_sub(exp_, v_splat(1.0f));
                    const v16 add = v_add(max, sub);
                    v_store(elu1 + (j + u)*16, add);
                }
            }
            /* lin3 */
            v16 s0 = v_splat(theta[352]);
            v16 s1 = v_splat(theta[353]);
            ROLL for (ptrdiff_t k = 0; k < 16; k++) {
                const v16 add = v_load(elu1 + k*16);
                s0 = v_fma(v_splat(theta[k + 320]), add, s0);
                s1 = v_fma(v_splat(theta[k + 336]), add, s1);
            }
            v_store(x_first_slope + c, s0);
            v_store(x_first_slope + (c + 128), s1);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            reg s0 = p_splat(0.0f);
            s0 = p_fma(p_read(x_bar + c), p_read(x_first_slope + c), s0);
            s0 = p_fma(p_read(x_bar + (c + 128)), p_read(x_first_slope + (c + 128)), s0);
            const reg neg = p_neg(s0);
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
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x_jump + (e*128 + c), v_gather(g_x + (first*2 + c*2 + e), 2, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
        p_store(x_bar + c, add);
        const reg add1 = p_add(p_read(x_bar + (c + 128)), p_read(x_jump + (c + 128)));
        p_store(x_bar + (c + 128), add1);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 2; e++) {
            zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(work + (area + 16 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
        const ptrdiff_t at = mlp_find(work, area + 16, count*2);
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
            ROLL for (ptrdiff_t e = 0; e < 2; e++) {
                v_scatter(g_x0 + (first*2 + c*2 + e), 2, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void mlp_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 354);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*5664;
                real *const from = sums + (b + reach)*5664;
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

static void mlp_gradient_batch_task(void *args, size_t task)
{
    const spiral_gradient_latency_args *const a = (const spiral_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    mlp_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x, a->g_x0,
        a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size, a->dt);
}

static void mlp_gradient_batch_task2(void *args, size_t task)
{
    const mlp_vjp_batch_args *const a = (const mlp_vjp_batch_args *)args;
    const ptrdiff_t share = (ptrdiff_t)task;
    mlp_gradient_batch_sums(a->sums, a->blocks, a->g_theta, share);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int mlp_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*5664;
    const ptrdiff_t dt = areas + blocks*272;
    {
        spiral_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 272, dt };
        each(parallel, (size_t)blocks, mlp_gradient_batch_task, &args);
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
            mlp_vjp_batch_args args = { sums, blocks, g_theta };
            each(parallel, (size_t)6, mlp_gradient_batch_task2, &args);
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

const char *spiral_message(int status)
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

/* Standard normal: Box and Muller (1958), the cosine of the pair. */
static inline double nodec_normal(uint64_t stream, uint64_t step, uint32_t sample, uint32_t element)
{
    const nodec_random r = nodec_bits(stream, step, sample, element);
    const double radius = sqrt(-2.0 * log(1.0 - nodec_unit(r.w[0], r.w[1])));
    return radius * cos(6.283185307179586477 * nodec_unit(r.w[2], r.w[3]));
}


static void init_uniform(uint64_t seed, const char *name, real *p, size_t count, double low, double high)
{
    const uint64_t stream = nodec_stream(seed, name);
    size_t i;
    for (i = 0; i < count; i++) p[i] = (real)(low + (high - low) * nodec_uniform(stream, 0, 0, (uint32_t)i));
}

static void init_normal(uint64_t seed, const char *name, real *p, size_t count, double mean, double deviation)
{
    const uint64_t stream = nodec_stream(seed, name);
    size_t i;
    for (i = 0; i < count; i++) p[i] = (real)(mean + deviation * nodec_normal(stream, 0, 0, (uint32_t)i));
}

static void init_tensor(real *p, size_t count, const real *value)
{
    memcpy(p, value, count * sizeof *p);
}

/* ---- Spiral ---- */

const nodec_param *spiral_spiral_params(void)
{
    static const nodec_param row[] = {
        { "W", 0, 4, 2, { 2, 2, 0, 0 }, 0 },
    };
    return row;
}

nodec_options spiral_spiral_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void spiral_spiral_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_normal(seed, "W", theta + 0, 4, 0, 0.5);
}

size_t spiral_spiral_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_mul(batch, size_add(48, times))
        : size_mul(batch/128 + (batch%128 != 0), size_add(336, times)));
}

int spiral_spiral_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        spiral_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        spiral_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int spiral_spiral_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = spiral_spiral_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        spiral_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        spiral_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int spiral_spiral_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = spiral_spiral_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    spiral_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *spiral_spiral_state_name(real index)
{
    (void)index;
    return "x";
}

int spiral_spiral_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = spiral_spiral_work(batch, times);
    nodec_options o = spiral_spiral_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = spiral_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = spiral_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, spiral_spiral_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int spiral_spiral_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = spiral_spiral_work(batch, times);
    nodec_options o = spiral_spiral_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = spiral_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = spiral_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, spiral_spiral_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- TwoWells ---- */

const nodec_param *spiral_twowells_params(void)
{
    static const nodec_param row[] = {
        { "A", 0, 4, 2, { 2, 2, 0, 0 }, 0 },
        { "B", 4, 4, 2, { 2, 2, 0, 0 }, 0 },
        { "x0", 8, 2, 1, { 2, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options spiral_twowells_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void spiral_twowells_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    {
        static const real value[4] = { -0.1f, -0.5f, 0.5f, -0.1f };
        init_tensor(theta + 0, 4, value);
    }
    {
        static const real value[4] = { 0.2f, 1.0f, -1.0f, 0.2f };
        init_tensor(theta + 4, 4, value);
    }
    {
        static const real value[2] = { -1.0f, 0.0f };
        init_tensor(theta + 8, 2, value);
    }
}

size_t spiral_twowells_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_mul(batch, size_add(80, times))
        : size_mul(batch/128 + (batch%128 != 0), size_add(432, times)));
}

int spiral_twowells_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        twowells_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        twowells_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int spiral_twowells_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = spiral_twowells_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        twowells_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        twowells_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int spiral_twowells_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = spiral_twowells_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    twowells_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *spiral_twowells_state_name(real index)
{
    (void)index;
    return "x";
}

int spiral_twowells_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = spiral_twowells_work(batch, times);
    nodec_options o = spiral_twowells_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = twowells_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = twowells_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, spiral_twowells_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int spiral_twowells_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = spiral_twowells_work(batch, times);
    nodec_options o = spiral_twowells_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = twowells_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = twowells_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, spiral_twowells_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- Mlp(n = 2, hidden = 16, time = false) ---- */

const nodec_param *spiral_mlp_params(void)
{
    static const nodec_param row[] = {
        { "lin1.weight", 0, 32, 2, { 16, 2, 0, 0 }, 0 },
        { "lin1.bias", 32, 16, 1, { 16, 0, 0, 0 }, 0 },
        { "lin2.weight", 48, 256, 2, { 16, 16, 0, 0 }, 0 },
        { "lin2.bias", 304, 16, 1, { 16, 0, 0, 0 }, 0 },
        { "lin3.weight", 320, 32, 2, { 2, 16, 0, 0 }, 0 },
        { "lin3.bias", 352, 2, 1, { 2, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options spiral_mlp_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void spiral_mlp_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_uniform(seed, "lin1.weight", theta + 0, 32, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "lin1.bias", theta + 32, 16, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "lin2.weight", theta + 48, 256, -0.25, 0.25);
    init_uniform(seed, "lin2.bias", theta + 304, 16, -0.25, 0.25);
    init_uniform(seed, "lin3.weight", theta + 320, 32, -0.25, 0.25);
    init_uniform(seed, "lin3.bias", theta + 352, 2, -0.25, 0.25);
}

size_t spiral_mlp_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(608, size_mul(batch, size_add(400, times)))
        : size_mul(batch/128 + (batch%128 != 0), size_add(5936, times)));
}

int spiral_mlp_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        mlp_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        mlp_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int spiral_mlp_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = spiral_mlp_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        mlp_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        mlp_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work), NULL);
    return NODEC_OK;
}

int spiral_mlp_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = spiral_mlp_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    mlp_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *spiral_mlp_state_name(real index)
{
    (void)index;
    return "x";
}

int spiral_mlp_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = spiral_mlp_work(batch, times);
    nodec_options o = spiral_mlp_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = mlp_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = mlp_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, spiral_mlp_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int spiral_mlp_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = spiral_mlp_work(batch, times);
    nodec_options o = spiral_mlp_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = mlp_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x,
            theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = mlp_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x,
            theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, spiral_mlp_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

