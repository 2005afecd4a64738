/* swarm.c, written by nodec from swarm.node: Swarm(agents = 5, n = 2, width = 4), Flock(agents = 5).
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "swarm.h"

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

typedef swarm_real real;

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

/* ---- kernels ------------------------------------------------------------------------ */

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int swarm_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int swarm_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void swarm_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    real v_x_[1280] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_store(v_x_ + (e*128 + c), v_gather(vx + (first*10 + c*10 + e), 10, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
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
    ROLL for (ptrdiff_t i = 0; i < 21; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real x_dot[1280] ALIGNED;
    real look_query[320] ALIGNED;
    real look_key[320] ALIGNED;
    real look_value[160] ALIGNED;
    real fma_[160] ALIGNED;
    real look[400] ALIGNED;
    real look1[80] ALIGNED;
    real look2[400] ALIGNED;
    real look3[400] ALIGNED;
    real look4[160] ALIGNED;
    real square[160] ALIGNED;
    real add[160] ALIGNED;
    real add1[80] ALIGNED;
    real add2[80] ALIGNED;
    real look_query1[320] ALIGNED;
    real look_query2[320] ALIGNED;
    real look_key1[320] ALIGNED;
    real look_value1[160] ALIGNED;
    real look5[400] ALIGNED;
    real look6[400] ALIGNED;
    real look7[400] ALIGNED;
    real look8[80] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* look.query */
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        v16 s2 = v_splat(0.0f);
        v16 s3 = v_splat(0.0f);
        v16 s4 = v_splat(0.0f);
        v16 s5 = v_splat(0.0f);
        v16 s6 = v_splat(0.0f);
        v16 s7 = v_splat(0.0f);
        v16 s8 = v_splat(0.0f);
        v16 s9 = v_splat(0.0f);
        v16 s10 = v_splat(0.0f);
        v16 s11 = v_splat(0.0f);
        const real look_query_weight = theta[0];
        const v16 x2 = v_load(x1 + c);
        s0 = v_fma(v_splat(look_query_weight), x2, s0);
        const v16 x3 = v_load(x1 + (c + 256));
        s1 = v_fma(v_splat(look_query_weight), x3, s1);
        const v16 x4 = v_load(x1 + (c + 512));
        s2 = v_fma(v_splat(look_query_weight), x4, s2);
        const real look_query_weight1 = theta[2];
        s3 = v_fma(v_splat(look_query_weight1), x2, s3);
        s4 = v_fma(v_splat(look_query_weight1), x3, s4);
        s5 = v_fma(v_splat(look_query_weight1), x4, s5);
        const real look_query_weight2 = theta[4];
        s6 = v_fma(v_splat(look_query_weight2), x2, s6);
        s7 = v_fma(v_splat(look_query_weight2), x3, s7);
        s8 = v_fma(v_splat(look_query_weight2), x4, s8);
        const real look_query_weight3 = theta[6];
        s9 = v_fma(v_splat(look_query_weight3), x2, s9);
        s10 = v_fma(v_splat(look_query_weight3), x3, s10);
        s11 = v_fma(v_splat(look_query_weight3), x4, s11);
        const real look_query_weight4 = theta[1];
        const v16 x5 = v_load(x1 + (c + 128));
        s0 = v_fma(v_splat(look_query_weight4), x5, s0);
        const v16 x6 = v_load(x1 + (c + 384));
        s1 = v_fma(v_splat(look_query_weight4), x6, s1);
        const v16 x7 = v_load(x1 + (c + 640));
        s2 = v_fma(v_splat(look_query_weight4), x7, s2);
        const real look_query_weight5 = theta[3];
        s3 = v_fma(v_splat(look_query_weight5), x5, s3);
        s4 = v_fma(v_splat(look_query_weight5), x6, s4);
        s5 = v_fma(v_splat(look_query_weight5), x7, s5);
        const real look_query_weight6 = theta[5];
        s6 = v_fma(v_splat(look_query_weight6), x5, s6);
        s7 = v_fma(v_splat(look_query_weight6), x6, s7);
        s8 = v_fma(v_splat(look_query_weight6), x7, s8);
        const real look_query_weight7 = theta[7];
        s9 = v_fma(v_splat(look_query_weight7), x5, s9);
        s10 = v_fma(v_splat(look_query_weight7), x6, s10);
        s11 = v_fma(v_splat(look_query_weight7), x7, s11);
        v_store(look_query, s0);
        v_store(look_query + 64, s1);
        v_store(look_query + 128, s2);
        v_store(look_query + 16, s3);
        v_store(look_query + 80, s4);
        v_store(look_query + 144, s5);
        v_store(look_query + 32, s6);
        v_store(look_query + 96, s7);
        v_store(look_query + 160, s8);
        v_store(look_query + 48, s9);
        v_store(look_query + 112, s10);
        v_store(look_query + 176, s11);
        v16 s0_1 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        v16 s2_1 = v_splat(0.0f);
        v16 s3_1 = v_splat(0.0f);
        v16 s4_1 = v_splat(0.0f);
        v16 s5_1 = v_splat(0.0f);
        v16 s6_1 = v_splat(0.0f);
        v16 s7_1 = v_splat(0.0f);
        const real look_query_weight8 = theta[0];
        const v16 x8 = v_load(x1 + (c + 768));
        s0_1 = v_fma(v_splat(look_query_weight8), x8, s0_1);
        const v16 x9 = v_load(x1 + (c + 1024));
        s1_1 = v_fma(v_splat(look_query_weight8), x9, s1_1);
        const real look_query_weight9 = theta[2];
        s2_1 = v_fma(v_splat(look_query_weight9), x8, s2_1);
        s3_1 = v_fma(v_splat(look_query_weight9), x9, s3_1);
        const real look_query_weight10 = theta[4];
        s4_1 = v_fma(v_splat(look_query_weight10), x8, s4_1);
        s5_1 = v_fma(v_splat(look_query_weight10), x9, s5_1);
        const real look_query_weight11 = theta[6];
        s6_1 = v_fma(v_splat(look_query_weight11), x8, s6_1);
        s7_1 = v_fma(v_splat(look_query_weight11), x9, s7_1);
        const real look_query_weight12 = theta[1];
        const v16 x10 = v_load(x1 + (c + 896));
        s0_1 = v_fma(v_splat(look_query_weight12), x10, s0_1);
        const v16 x11 = v_load(x1 + (c + 1152));
        s1_1 = v_fma(v_splat(look_query_weight12), x11, s1_1);
        const real look_query_weight13 = theta[3];
        s2_1 = v_fma(v_splat(look_query_weight13), x10, s2_1);
        s3_1 = v_fma(v_splat(look_query_weight13), x11, s3_1);
        const real look_query_weight14 = theta[5];
        s4_1 = v_fma(v_splat(look_query_weight14), x10, s4_1);
        s5_1 = v_fma(v_splat(look_query_weight14), x11, s5_1);
        const real look_query_weight15 = theta[7];
        s6_1 = v_fma(v_splat(look_query_weight15), x10, s6_1);
        s7_1 = v_fma(v_splat(look_query_weight15), x11, s7_1);
        v_store(look_query + 192, s0_1);
        v_store(look_query + 256, s1_1);
        v_store(look_query + 208, s2_1);
        v_store(look_query + 272, s3_1);
        v_store(look_query + 224, s4_1);
        v_store(look_query + 288, s5_1);
        v_store(look_query + 240, s6_1);
        v_store(look_query + 304, s7_1);
        /* look.key */
        v16 s0_2 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        v16 s2_2 = v_splat(0.0f);
        v16 s3_2 = v_splat(0.0f);
        v16 s4_2 = v_splat(0.0f);
        v16 s5_2 = v_splat(0.0f);
        v16 s6_2 = v_splat(0.0f);
        v16 s7_2 = v_splat(0.0f);
        v16 s8_1 = v_splat(0.0f);
        v16 s9_1 = v_splat(0.0f);
        v16 s10_1 = v_splat(0.0f);
        v16 s11_1 = v_splat(0.0f);
        const real look_key_weight = theta[8];
        const v16 x12 = v_load(x1 + c);
        s0_2 = v_fma(v_splat(look_key_weight), x12, s0_2);
        const v16 x13 = v_load(x1 + (c + 256));
        s1_2 = v_fma(v_splat(look_key_weight), x13, s1_2);
        const v16 x14 = v_load(x1 + (c + 512));
        s2_2 = v_fma(v_splat(look_key_weight), x14, s2_2);
        const real look_key_weight1 = theta[10];
        s3_2 = v_fma(v_splat(look_key_weight1), x12, s3_2);
        s4_2 = v_fma(v_splat(look_key_weight1), x13, s4_2);
        s5_2 = v_fma(v_splat(look_key_weight1), x14, s5_2);
        const real look_key_weight2 = theta[12];
        s6_2 = v_fma(v_splat(look_key_weight2), x12, s6_2);
        s7_2 = v_fma(v_splat(look_key_weight2), x13, s7_2);
        s8_1 = v_fma(v_splat(look_key_weight2), x14, s8_1);
        const real look_key_weight3 = theta[14];
        s9_1 = v_fma(v_splat(look_key_weight3), x12, s9_1);
        s10_1 = v_fma(v_splat(look_key_weight3), x13, s10_1);
        s11_1 = v_fma(v_splat(look_key_weight3), x14, s11_1);
        const real look_key_weight4 = theta[9];
        const v16 x15 = v_load(x1 + (c + 128));
        s0_2 = v_fma(v_splat(look_key_weight4), x15, s0_2);
        const v16 x16 = v_load(x1 + (c + 384));
        s1_2 = v_fma(v_splat(look_key_weight4), x16, s1_2);
        const v16 x17 = v_load(x1 + (c + 640));
        s2_2 = v_fma(v_splat(look_key_weight4), x17, s2_2);
        const real look_key_weight5 = theta[11];
        s3_2 = v_fma(v_splat(look_key_weight5), x15, s3_2);
        s4_2 = v_fma(v_splat(look_key_weight5), x16, s4_2);
        s5_2 = v_fma(v_splat(look_key_weight5), x17, s5_2);
        const real look_key_weight6 = theta[13];
        s6_2 = v_fma(v_splat(look_key_weight6), x15, s6_2);
        s7_2 = v_fma(v_splat(look_key_weight6), x16, s7_2);
        s8_1 = v_fma(v_splat(look_key_weight6), x17, s8_1);
        const real look_key_weight7 = theta[15];
        s9_1 = v_fma(v_splat(look_key_weight7), x15, s9_1);
        s10_1 = v_fma(v_splat(look_key_weight7), x16, s10_1);
        s11_1 = v_fma(v_splat(look_key_weight7), x17, s11_1);
        v_store(look_key, s0_2);
        v_store(look_key + 64, s1_2);
        v_store(look_key + 128, s2_2);
        v_store(look_key + 16, s3_2);
        v_store(look_key + 80, s4_2);
        v_store(look_key + 144, s5_2);
        v_store(look_key + 32, s6_2);
        v_store(look_key + 96, s7_2);
        v_store(look_key + 160, s8_1);
        v_store(look_key + 48, s9_1);
        v_store(look_key + 112, s10_1);
        v_store(look_key + 176, s11_1);
        v16 s0_3 = v_splat(0.0f);
        v16 s1_3 = v_splat(0.0f);
        v16 s2_3 = v_splat(0.0f);
        v16 s3_3 = v_splat(0.0f);
        v16 s4_3 = v_splat(0.0f);
        v16 s5_3 = v_splat(0.0f);
        v16 s6_3 = v_splat(0.0f);
        v16 s7_3 = v_splat(0.0f);
        const real look_key_weight8 = theta[8];
        const v16 x18 = v_load(x1 + (c + 768));
        s0_3 = v_fma(v_splat(look_key_weight8), x18, s0_3);
        const v16 x19 = v_load(x1 + (c + 1024));
        s1_3 = v_fma(v_splat(look_key_weight8), x19, s1_3);
        const real look_key_weight9 = theta[10];
        s2_3 = v_fma(v_splat(look_key_weight9), x18, s2_3);
        s3_3 = v_fma(v_splat(look_key_weight9), x19, s3_3);
        const real look_key_weight10 = theta[12];
        s4_3 = v_fma(v_splat(look_key_weight10), x18, s4_3);
        s5_3 = v_fma(v_splat(look_key_weight10), x19, s5_3);
        const real look_key_weight11 = theta[14];
        s6_3 = v_fma(v_splat(look_key_weight11), x18, s6_3);
        s7_3 = v_fma(v_splat(look_key_weight11), x19, s7_3);
        const real look_key_weight12 = theta[9];
        const v16 x20 = v_load(x1 + (c + 896));
        s0_3 = v_fma(v_splat(look_key_weight12), x20, s0_3);
        const v16 x21 = v_load(x1 + (c + 1152));
        s1_3 = v_fma(v_splat(look_key_weight12), x21, s1_3);
        const real look_key_weight13 = theta[11];
        s2_3 = v_fma(v_splat(look_key_weight13), x20, s2_3);
        s3_3 = v_fma(v_splat(look_key_weight13), x21, s3_3);
        const real look_key_weight14 = theta[13];
        s4_3 = v_fma(v_splat(look_key_weight14), x20, s4_3);
        s5_3 = v_fma(v_splat(look_key_weight14), x21, s5_3);
        const real look_key_weight15 = theta[15];
        s6_3 = v_fma(v_splat(look_key_weight15), x20, s6_3);
        s7_3 = v_fma(v_splat(look_key_weight15), x21, s7_3);
        v_store(look_key + 192, s0_3);
        v_store(look_key + 256, s1_3);
        v_store(look_key + 208, s2_3);
        v_store(look_key + 272, s3_3);
        v_store(look_key + 224, s4_3);
        v_store(look_key + 288, s5_3);
        v_store(look_key + 240, s6_3);
        v_store(look_key + 304, s7_3);
        /* look.value */
        v16 s0_4 = v_splat(0.0f);
        v16 s1_4 = v_splat(0.0f);
        v16 s2_4 = v_splat(0.0f);
        v16 s3_4 = v_splat(0.0f);
        v16 s4_4 = v_splat(0.0f);
        v16 s5_4 = v_splat(0.0f);
        const real look_value_weight = theta[16];
        const v16 x22 = v_load(x1 + c);
        s0_4 = v_fma(v_splat(look_value_weight), x22, s0_4);
        const v16 x23 = v_load(x1 + (c + 256));
        s1_4 = v_fma(v_splat(look_value_weight), x23, s1_4);
        const v16 x24 = v_load(x1 + (c + 512));
        s2_4 = v_fma(v_splat(look_value_weight), x24, s2_4);
        const real look_value_weight1 = theta[18];
        s3_4 = v_fma(v_splat(look_value_weight1), x22, s3_4);
        s4_4 = v_fma(v_splat(look_value_weight1), x23, s4_4);
        s5_4 = v_fma(v_splat(look_value_weight1), x24, s5_4);
        const real look_value_weight2 = theta[17];
        const v16 x25 = v_load(x1 + (c + 128));
        s0_4 = v_fma(v_splat(look_value_weight2), x25, s0_4);
        const v16 x26 = v_load(x1 + (c + 384));
        s1_4 = v_fma(v_splat(look_value_weight2), x26, s1_4);
        const v16 x27 = v_load(x1 + (c + 640));
        s2_4 = v_fma(v_splat(look_value_weight2), x27, s2_4);
        const real look_value_weight3 = theta[19];
        s3_4 = v_fma(v_splat(look_value_weight3), x25, s3_4);
        s4_4 = v_fma(v_splat(look_value_weight3), x26, s4_4);
        s5_4 = v_fma(v_splat(look_value_weight3), x27, s5_4);
        v_store(look_value, s0_4);
        const v16 mul = v_mul(v_load(x1 + c), v_splat(v[20]));
        const v16 fma1 = v_fma(v_load(v_x_ + c), v_splat(theta[20]), mul);
        v_store(fma_, fma1);
        v_store(look_value + 32, s1_4);
        const v16 mul1 = v_mul(v_load(x1 + (c + 256)), v_splat(v[20]));
        const v16 fma2 = v_fma(v_load(v_x_ + (c + 256)), v_splat(theta[20]), mul1);
        v_store(fma_ + 32, fma2);
        v_store(look_value + 64, s2_4);
        const v16 mul2 = v_mul(v_load(x1 + (c + 512)), v_splat(v[20]));
        const v16 fma3 = v_fma(v_load(v_x_ + (c + 512)), v_splat(theta[20]), mul2);
        v_store(fma_ + 64, fma3);
        v_store(look_value + 16, s3_4);
        const v16 mul3 = v_mul(v_load(x1 + (c + 128)), v_splat(v[20]));
        const v16 fma4 = v_fma(v_load(v_x_ + (c + 128)), v_splat(theta[20]), mul3);
        v_store(fma_ + 16, fma4);
        v_store(look_value + 48, s4_4);
        const v16 mul4 = v_mul(v_load(x1 + (c + 384)), v_splat(v[20]));
        const v16 fma5 = v_fma(v_load(v_x_ + (c + 384)), v_splat(theta[20]), mul4);
        v_store(fma_ + 48, fma5);
        v_store(look_value + 80, s5_4);
        const v16 mul5 = v_mul(v_load(x1 + (c + 640)), v_splat(v[20]));
        const v16 fma6 = v_fma(v_load(v_x_ + (c + 640)), v_splat(theta[20]), mul5);
        v_store(fma_ + 80, fma6);
        v16 s0_5 = v_splat(0.0f);
        v16 s1_5 = v_splat(0.0f);
        v16 s2_5 = v_splat(0.0f);
        v16 s3_5 = v_splat(0.0f);
        const real look_value_weight4 = theta[16];
        const v16 x28 = v_load(x1 + (c + 768));
        s0_5 = v_fma(v_splat(look_value_weight4), x28, s0_5);
        const v16 x29 = v_load(x1 + (c + 1024));
        s1_5 = v_fma(v_splat(look_value_weight4), x29, s1_5);
        const real look_value_weight5 = theta[18];
        s2_5 = v_fma(v_splat(look_value_weight5), x28, s2_5);
        s3_5 = v_fma(v_splat(look_value_weight5), x29, s3_5);
        const real look_value_weight6 = theta[17];
        const v16 x30 = v_load(x1 + (c + 896));
        s0_5 = v_fma(v_splat(look_value_weight6), x30, s0_5);
        const v16 x31 = v_load(x1 + (c + 1152));
        s1_5 = v_fma(v_splat(look_value_weight6), x31, s1_5);
        const real look_value_weight7 = theta[19];
        s2_5 = v_fma(v_splat(look_value_weight7), x30, s2_5);
        s3_5 = v_fma(v_splat(look_value_weight7), x31, s3_5);
        v_store(look_value + 96, s0_5);
        const v16 mul6 = v_mul(v_load(x1 + (c + 768)), v_splat(v[20]));
        const v16 fma7 = v_fma(v_load(v_x_ + (c + 768)), v_splat(theta[20]), mul6);
        v_store(fma_ + 96, fma7);
        v_store(look_value + 128, s1_5);
        const v16 mul7 = v_mul(v_load(x1 + (c + 1024)), v_splat(v[20]));
        const v16 fma8 = v_fma(v_load(v_x_ + (c + 1024)), v_splat(theta[20]), mul7);
        v_store(fma_ + 128, fma8);
        v_store(look_value + 112, s2_5);
        const v16 mul8 = v_mul(v_load(x1 + (c + 896)), v_splat(v[20]));
        const v16 fma9 = v_fma(v_load(v_x_ + (c + 896)), v_splat(theta[20]), mul8);
        v_store(fma_ + 112, fma9);
        v_store(look_value + 144, s3_5);
        const v16 mul9 = v_mul(v_load(x1 + (c + 1152)), v_splat(v[20]));
        const v16 fma10 = v_fma(v_load(v_x_ + (c + 1152)), v_splat(theta[20]), mul9);
        v_store(fma_ + 144, fma10);
        /* look */
        v16 s0_6 = v_splat(0.0f);
        v16 s1_6 = v_splat(0.0f);
        v16 s2_6 = v_splat(0.0f);
        v16 s3_6 = v_splat(0.0f);
        v16 s4_5 = v_splat(0.0f);
        v16 s5_5 = v_splat(0.0f);
        v16 s6_4 = v_splat(0.0f);
        v16 s7_4 = v_splat(0.0f);
        v16 s8_2 = v_splat(0.0f);
        const v16 sum = v_load(look_key);
        const v16 sum1 = v_load(look_query);
        s0_6 = v_fma(sum, sum1, s0_6);
        const v16 sum2 = v_load(look_key + 64);
        s1_6 = v_fma(sum2, sum1, s1_6);
        const v16 sum3 = v_load(look_key + 128);
        s2_6 = v_fma(sum3, sum1, s2_6);
        const v16 sum4 = v_load(look_query + 64);
        s3_6 = v_fma(sum, sum4, s3_6);
        s4_5 = v_fma(sum2, sum4, s4_5);
        s5_5 = v_fma(sum3, sum4, s5_5);
        const v16 sum5 = v_load(look_query + 128);
        s6_4 = v_fma(sum, sum5, s6_4);
        s7_4 = v_fma(sum2, sum5, s7_4);
        s8_2 = v_fma(sum3, sum5, s8_2);
        const v16 sum6 = v_load(look_key + 16);
        const v16 sum7 = v_load(look_query + 16);
        s0_6 = v_fma(sum6, sum7, s0_6);
        const v16 sum8 = v_load(look_key + 80);
        s1_6 = v_fma(sum8, sum7, s1_6);
        const v16 sum9 = v_load(look_key + 144);
        s2_6 = v_fma(sum9, sum7, s2_6);
        const v16 sum10 = v_load(look_query + 80);
        s3_6 = v_fma(sum6, sum10, s3_6);
        s4_5 = v_fma(sum8, sum10, s4_5);
        s5_5 = v_fma(sum9, sum10, s5_5);
        const v16 sum11 = v_load(look_query + 144);
        s6_4 = v_fma(sum6, sum11, s6_4);
        s7_4 = v_fma(sum8, sum11, s7_4);
        s8_2 = v_fma(sum9, sum11, s8_2);
        const v16 sum12 = v_load(look_key + 32);
        const v16 sum13 = v_load(look_query + 32);
        s0_6 = v_fma(sum12, sum13, s0_6);
        const v16 sum14 = v_load(look_key + 96);
        s1_6 = v_fma(sum14, sum13, s1_6);
        const v16 sum15 = v_load(look_key + 160);
        s2_6 = v_fma(sum15, sum13, s2_6);
        const v16 sum16 = v_load(look_query + 96);
        s3_6 = v_fma(sum12, sum16, s3_6);
        s4_5 = v_fma(sum14, sum16, s4_5);
        s5_5 = v_fma(sum15, sum16, s5_5);
        const v16 sum17 = v_load(look_query + 160);
        s6_4 = v_fma(sum12, sum17, s6_4);
        s7_4 = v_fma(sum14, sum17, s7_4);
        s8_2 = v_fma(sum15, sum17, s8_2);
        const v16 sum18 = v_load(look_key + 48);
        const v16 sum19 = v_load(look_query + 48);
        s0_6 = v_fma(sum18, sum19, s0_6);
        const v16 sum20 = v_load(look_key + 112);
        s1_6 = v_fma(sum20, sum19, s1_6);
        const v16 sum21 = v_load(look_key + 176);
        s2_6 = v_fma(sum21, sum19, s2_6);
        const v16 sum22 = v_load(look_query + 112);
        s3_6 = v_fma(sum18, sum22, s3_6);
        s4_5 = v_fma(sum20, sum22, s4_5);
        s5_5 = v_fma(sum21, sum22, s5_5);
        const v16 sum23 = v_load(look_query + 176);
        s6_4 = v_fma(sum18, sum23, s6_4);
        s7_4 = v_fma(sum20, sum23, s7_4);
        s8_2 = v_fma(sum21, sum23, s8_2);
        const v16 mul10 = v_mul(s0_6, v_splat(0.5f));
        v_store(look, mul10);
        const v16 mul11 = v_mul(s1_6, v_splat(0.5f));
        v_store(look + 16, mul11);
        const v16 mul12 = v_mul(s2_6, v_splat(0.5f));
        v_store(look + 32, mul12);
        const v16 mul13 = v_mul(s3_6, v_splat(0.5f));
        v_store(look + 80, mul13);
        const v16 mul14 = v_mul(s4_5, v_splat(0.5f));
        v_store(look + 96, mul14);
        const v16 mul15 = v_mul(s5_5, v_splat(0.5f));
        v_store(look + 112, mul15);
        const v16 mul16 = v_mul(s6_4, v_splat(0.5f));
        v_store(look + 160, mul16);
        const v16 mul17 = v_mul(s7_4, v_splat(0.5f));
        v_store(look + 176, mul17);
        const v16 mul18 = v_mul(s8_2, v_splat(0.5f));
        v_store(look + 192, mul18);
        v16 s0_7 = v_splat(0.0f);
        v16 s1_7 = v_splat(0.0f);
        v16 s2_7 = v_splat(0.0f);
        v16 s3_7 = v_splat(0.0f);
        v16 s4_6 = v_splat(0.0f);
        v16 s5_6 = v_splat(0.0f);
        const v16 sum24 = v_load(look_key + 192);
        const v16 sum25 = v_load(look_query);
        s0_7 = v_fma(sum24, sum25, s0_7);
        const v16 sum26 = v_load(look_key + 256);
        s1_7 = v_fma(sum26, sum25, s1_7);
        const v16 sum27 = v_load(look_query + 64);
        s2_7 = v_fma(sum24, sum27, s2_7);
        s3_7 = v_fma(sum26, sum27, s3_7);
        const v16 sum28 = v_load(look_query + 128);
        s4_6 = v_fma(sum24, sum28, s4_6);
        s5_6 = v_fma(sum26, sum28, s5_6);
        const v16 sum29 = v_load(look_key + 208);
        const v16 sum30 = v_load(look_query + 16);
        s0_7 = v_fma(sum29, sum30, s0_7);
        const v16 sum31 = v_load(look_key + 272);
        s1_7 = v_fma(sum31, sum30, s1_7);
        const v16 sum32 = v_load(look_query + 80);
        s2_7 = v_fma(sum29, sum32, s2_7);
        s3_7 = v_fma(sum31, sum32, s3_7);
        const v16 sum33 = v_load(look_query + 144);
        s4_6 = v_fma(sum29, sum33, s4_6);
        s5_6 = v_fma(sum31, sum33, s5_6);
        const v16 sum34 = v_load(look_key + 224);
        const v16 sum35 = v_load(look_query + 32);
        s0_7 = v_fma(sum34, sum35, s0_7);
        const v16 sum36 = v_load(look_key + 288);
        s1_7 = v_fma(sum36, sum35, s1_7);
        const v16 sum37 = v_load(look_query + 96);
        s2_7 = v_fma(sum34, sum37, s2_7);
        s3_7 = v_fma(sum36, sum37, s3_7);
        const v16 sum38 = v_load(look_query + 160);
        s4_6 = v_fma(sum34, sum38, s4_6);
        s5_6 = v_fma(sum36, sum38, s5_6);
        const v16 sum39 = v_load(look_key + 240);
        const v16 sum40 = v_load(look_query + 48);
        s0_7 = v_fma(sum39, sum40, s0_7);
        const v16 sum41 = v_load(look_key + 304);
        s1_7 = v_fma(sum41, sum40, s1_7);
        const v16 sum42 = v_load(look_query + 112);
        s2_7 = v_fma(sum39, sum42, s2_7);
        s3_7 = v_fma(sum41, sum42, s3_7);
        const v16 sum43 = v_load(look_query + 176);
        s4_6 = v_fma(sum39, sum43, s4_6);
        s5_6 = v_fma(sum41, sum43, s5_6);
        const v16 mul19 = v_mul(s0_7, v_splat(0.5f));
        v_store(look + 48, mul19);
        const v16 mul20 = v_mul(s1_7, v_splat(0.5f));
        v_store(look + 64, mul20);
        const v16 mul21 = v_mul(s2_7, v_splat(0.5f));
        v_store(look + 128, mul21);
        const v16 mul22 = v_mul(s3_7, v_splat(0.5f));
        v_store(look + 144, mul22);
        const v16 mul23 = v_mul(s4_6, v_splat(0.5f));
        v_store(look + 208, mul23);
        const v16 mul24 = v_mul(s5_6, v_splat(0.5f));
        v_store(look + 224, mul24);
        v16 s0_8 = v_splat(0.0f);
        v16 s1_8 = v_splat(0.0f);
        v16 s2_8 = v_splat(0.0f);
        v16 s3_8 = v_splat(0.0f);
        v16 s4_7 = v_splat(0.0f);
        v16 s5_7 = v_splat(0.0f);
        const v16 sum44 = v_load(look_key);
        const v16 sum45 = v_load(look_query + 192);
        s0_8 = v_fma(sum44, sum45, s0_8);
        const v16 sum46 = v_load(look_key + 64);
        s1_8 = v_fma(sum46, sum45, s1_8);
        const v16 sum47 = v_load(look_key + 128);
        s2_8 = v_fma(sum47, sum45, s2_8);
        const v16 sum48 = v_load(look_query + 256);
        s3_8 = v_fma(sum44, sum48, s3_8);
        s4_7 = v_fma(sum46, sum48, s4_7);
        s5_7 = v_fma(sum47, sum48, s5_7);
        const v16 sum49 = v_load(look_key + 16);
        const v16 sum50 = v_load(look_query + 208);
        s0_8 = v_fma(sum49, sum50, s0_8);
        const v16 sum51 = v_load(look_key + 80);
        s1_8 = v_fma(sum51, sum50, s1_8);
        const v16 sum52 = v_load(look_key + 144);
        s2_8 = v_fma(sum52, sum50, s2_8);
        const v16 sum53 = v_load(look_query + 272);
        s3_8 = v_fma(sum49, sum53, s3_8);
        s4_7 = v_fma(sum51, sum53, s4_7);
        s5_7 = v_fma(sum52, sum53, s5_7);
        const v16 sum54 = v_load(look_key + 32);
        const v16 sum55 = v_load(look_query + 224);
        s0_8 = v_fma(sum54, sum55, s0_8);
        const v16 sum56 = v_load(look_key + 96);
        s1_8 = v_fma(sum56, sum55, s1_8);
        const v16 sum57 = v_load(look_key + 160);
        s2_8 = v_fma(sum57, sum55, s2_8);
        const v16 sum58 = v_load(look_query + 288);
        s3_8 = v_fma(sum54, sum58, s3_8);
        s4_7 = v_fma(sum56, sum58, s4_7);
        s5_7 = v_fma(sum57, sum58, s5_7);
        const v16 sum59 = v_load(look_key + 48);
        const v16 sum60 = v_load(look_query + 240);
        s0_8 = v_fma(sum59, sum60, s0_8);
        const v16 sum61 = v_load(look_key + 112);
        s1_8 = v_fma(sum61, sum60, s1_8);
        const v16 sum62 = v_load(look_key + 176);
        s2_8 = v_fma(sum62, sum60, s2_8);
        const v16 sum63 = v_load(look_query + 304);
        s3_8 = v_fma(sum59, sum63, s3_8);
        s4_7 = v_fma(sum61, sum63, s4_7);
        s5_7 = v_fma(sum62, sum63, s5_7);
        const v16 mul25 = v_mul(s0_8, v_splat(0.5f));
        v_store(look + 240, mul25);
        const v16 mul26 = v_mul(s1_8, v_splat(0.5f));
        v_store(look + 256, mul26);
        const v16 mul27 = v_mul(s2_8, v_splat(0.5f));
        v_store(look + 272, mul27);
        const v16 mul28 = v_mul(s3_8, v_splat(0.5f));
        v_store(look + 320, mul28);
        const v16 mul29 = v_mul(s4_7, v_splat(0.5f));
        v_store(look + 336, mul29);
        const v16 mul30 = v_mul(s5_7, v_splat(0.5f));
        v_store(look + 352, mul30);
        v16 s0_9 = v_splat(0.0f);
        v16 s1_9 = v_splat(0.0f);
        v16 s2_9 = v_splat(0.0f);
        v16 s3_9 = v_splat(0.0f);
        const v16 sum64 = v_load(look_key + 192);
        const v16 sum65 = v_load(look_query + 192);
        s0_9 = v_fma(sum64, sum65, s0_9);
        const v16 sum66 = v_load(look_key + 256);
        s1_9 = v_fma(sum66, sum65, s1_9);
        const v16 sum67 = v_load(look_query + 256);
        s2_9 = v_fma(sum64, sum67, s2_9);
        s3_9 = v_fma(sum66, sum67, s3_9);
        const v16 sum68 = v_load(look_key + 208);
        const v16 sum69 = v_load(look_query + 208);
        s0_9 = v_fma(sum68, sum69, s0_9);
        const v16 sum70 = v_load(look_key + 272);
        s1_9 = v_fma(sum70, sum69, s1_9);
        const v16 sum71 = v_load(look_query + 272);
        s2_9 = v_fma(sum68, sum71, s2_9);
        s3_9 = v_fma(sum70, sum71, s3_9);
        const v16 sum72 = v_load(look_key + 224);
        const v16 sum73 = v_load(look_query + 224);
        s0_9 = v_fma(sum72, sum73, s0_9);
        const v16 sum74 = v_load(look_key + 288);
        s1_9 = v_fma(sum74, sum73, s1_9);
        const v16 sum75 = v_load(look_query + 288);
        s2_9 = v_fma(sum72, sum75, s2_9);
        s3_9 = v_fma(sum74, sum75, s3_9);
        const v16 sum76 = v_load(look_key + 240);
        const v16 sum77 = v_load(look_query + 240);
        s0_9 = v_fma(sum76, sum77, s0_9);
        const v16 sum78 = v_load(look_key + 304);
        s1_9 = v_fma(sum78, sum77, s1_9);
        const v16 sum79 = v_load(look_query + 304);
        s2_9 = v_fma(sum76, sum79, s2_9);
        s3_9 = v_fma(sum78, sum79, s3_9);
        const v16 mul31 = v_mul(s0_9, v_splat(0.5f));
        v_store(look + 288, mul31);
        const v16 mul32 = v_mul(s1_9, v_splat(0.5f));
        v_store(look + 304, mul32);
        const v16 mul33 = v_mul(s2_9, v_splat(0.5f));
        v_store(look + 368, mul33);
        const v16 mul34 = v_mul(s3_9, v_splat(0.5f));
        v_store(look + 384, mul34);
        /* look */
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            v16 peak = v_load(look + i*80);
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                peak = v_max(peak, v_load(look + (i*5 + k)*16));
            }
            v_store(look1 + i*16, peak);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 sub = v_sub(v_load(look + (i*5 + j)*16), v_load(look1 + i*16));
                const v16 exp_ = v_exp(sub);
                v_store(look2 + (i*5 + j)*16, exp_);
                const v16 select = v_select(v_eq(v_load(look + (i*5 + j)*16), v_load(look1 + i*16)),
                    v_splat(1.0f), v_splat(0.0f));
                v_store(look3 + (i*5 + j)*16, select);
            }
        }
        /* look */
        v16 s0_10 = v_splat(0.0f);
        v16 s1_10 = v_splat(0.0f);
        v16 s2_10 = v_splat(0.0f);
        v16 s3_10 = v_splat(0.0f);
        v16 s4_8 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_10 = v_add(s0_10, v_load(look2 + k*16));
            s1_10 = v_add(s1_10, v_load(look2 + (k + 5)*16));
            s2_10 = v_add(s2_10, v_load(look2 + (k + 10)*16));
            s3_10 = v_add(s3_10, v_load(look2 + (k + 15)*16));
            s4_8 = v_add(s4_8, v_load(look2 + (k + 20)*16));
        }
        v_store(look1, s0_10);
        v_store(look1 + 16, s1_10);
        v_store(look1 + 32, s2_10);
        v_store(look1 + 48, s3_10);
        v_store(look1 + 64, s4_8);
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 div = v_div(v_load(look2 + (i*5 + j)*16), v_load(look1 + i*16));
                v_store(look + (i*5 + j)*16, div);
            }
        }
        /* look */
        v16 s0_11 = v_splat(0.0f);
        v16 s1_11 = v_splat(0.0f);
        v16 s2_11 = v_splat(0.0f);
        v16 s3_11 = v_splat(0.0f);
        v16 s4_9 = v_splat(0.0f);
        v16 s5_8 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + l*16);
            const v16 sum80 = v_load(look_value + l*32);
            s0_11 = v_fma(div, sum80, s0_11);
            const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
            s1_11 = v_fma(div, sum81, s1_11);
            const v16 div1 = v_load(look + (l + 5)*16);
            s2_11 = v_fma(div1, sum80, s2_11);
            s3_11 = v_fma(div1, sum81, s3_11);
            const v16 div2 = v_load(look + (l + 10)*16);
            s4_9 = v_fma(div2, sum80, s4_9);
            s5_8 = v_fma(div2, sum81, s5_8);
        }
        v_store(look4, s0_11);
        const v16 mul35 = v_mul(s0_11, s0_11);
        v_store(square, mul35);
        const v16 add3 = v_add(s0_11, s0_11);
        v_store(add, add3);
        v_store(look4 + 16, s1_11);
        const v16 mul36 = v_mul(s1_11, s1_11);
        v_store(square + 16, mul36);
        const v16 add4 = v_add(s1_11, s1_11);
        v_store(add + 16, add4);
        v_store(look4 + 32, s2_11);
        const v16 mul37 = v_mul(s2_11, s2_11);
        v_store(square + 32, mul37);
        const v16 add5 = v_add(s2_11, s2_11);
        v_store(add + 32, add5);
        v_store(look4 + 48, s3_11);
        const v16 mul38 = v_mul(s3_11, s3_11);
        v_store(square + 48, mul38);
        const v16 add6 = v_add(s3_11, s3_11);
        v_store(add + 48, add6);
        v_store(look4 + 64, s4_9);
        const v16 mul39 = v_mul(s4_9, s4_9);
        v_store(square + 64, mul39);
        const v16 add7 = v_add(s4_9, s4_9);
        v_store(add + 64, add7);
        v_store(look4 + 80, s5_8);
        const v16 mul40 = v_mul(s5_8, s5_8);
        v_store(square + 80, mul40);
        const v16 add8 = v_add(s5_8, s5_8);
        v_store(add + 80, add8);
        v16 s0_12 = v_splat(0.0f);
        v16 s1_12 = v_splat(0.0f);
        v16 s2_12 = v_splat(0.0f);
        v16 s3_12 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + (l + 15)*16);
            const v16 sum80 = v_load(look_value + l*32);
            s0_12 = v_fma(div, sum80, s0_12);
            const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
            s1_12 = v_fma(div, sum81, s1_12);
            const v16 div1 = v_load(look + (l + 20)*16);
            s2_12 = v_fma(div1, sum80, s2_12);
            s3_12 = v_fma(div1, sum81, s3_12);
        }
        v_store(look4 + 96, s0_12);
        const v16 mul41 = v_mul(s0_12, s0_12);
        v_store(square + 96, mul41);
        const v16 add9 = v_add(s0_12, s0_12);
        v_store(add + 96, add9);
        v_store(look4 + 112, s1_12);
        const v16 mul42 = v_mul(s1_12, s1_12);
        v_store(square + 112, mul42);
        const v16 add10 = v_add(s1_12, s1_12);
        v_store(add + 112, add10);
        v_store(look4 + 128, s2_12);
        const v16 mul43 = v_mul(s2_12, s2_12);
        v_store(square + 128, mul43);
        const v16 add11 = v_add(s2_12, s2_12);
        v_store(add + 128, add11);
        v_store(look4 + 144, s3_12);
        const v16 mul44 = v_mul(s3_12, s3_12);
        v_store(square + 144, mul44);
        const v16 add12 = v_add(s3_12, s3_12);
        v_store(add + 144, add12);
        v16 s0_13 = v_splat(0.0f);
        v16 s1_13 = v_splat(0.0f);
        v16 s2_13 = v_splat(0.0f);
        v16 s3_13 = v_splat(0.0f);
        v16 s4_10 = v_splat(0.0f);
        s0_13 = v_add(s0_13, v_load(square));
        s1_13 = v_add(s1_13, v_load(square + 32));
        s2_13 = v_add(s2_13, v_load(square + 64));
        s3_13 = v_add(s3_13, v_load(square + 96));
        s4_10 = v_add(s4_10, v_load(square + 128));
        s0_13 = v_add(s0_13, v_load(square + 16));
        s1_13 = v_add(s1_13, v_load(square + 48));
        s2_13 = v_add(s2_13, v_load(square + 80));
        s3_13 = v_add(s3_13, v_load(square + 112));
        s4_10 = v_add(s4_10, v_load(square + 144));
        real row[80] ALIGNED;
        v_store(row, s0_13);
        v_store(row + 16, s1_13);
        v_store(row + 32, s2_13);
        v_store(row + 48, s3_13);
        v_store(row + 64, s4_10);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum80 = v_load(row + u*16);
            const v16 sqrt_ = v_sqrt(sum80);
            const v16 add13 = v_add(sqrt_, v_splat(1.0f));
            v_store(add1 + u*16, add13);
            const v16 add14 = v_add(sqrt_, sqrt_);
            v_store(add2 + u*16, add14);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 div = v_div(v_load(look4 + (i*2 + j)*16), v_load(add1 + i*16));
                v_store(square + (i*2 + j)*16, div);
            }
        }
        /* look */
        v16 s0_14 = v_splat(0.0f);
        v16 s1_14 = v_splat(0.0f);
        v16 s2_14 = v_splat(0.0f);
        v16 s3_14 = v_splat(0.0f);
        v16 s4_11 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_14 = v_add(s0_14, v_load(look3 + k*16));
            s1_14 = v_add(s1_14, v_load(look3 + (k + 5)*16));
            s2_14 = v_add(s2_14, v_load(look3 + (k + 10)*16));
            s3_14 = v_add(s3_14, v_load(look3 + (k + 15)*16));
            s4_11 = v_add(s4_11, v_load(look3 + (k + 20)*16));
        }
        v_store(look4, s0_14);
        v_store(look4 + 16, s1_14);
        v_store(look4 + 32, s2_14);
        v_store(look4 + 48, s3_14);
        v_store(look4 + 64, s4_11);
        /* look.query */
        v16 s0_15 = v_splat(0.0f);
        v16 s1_15 = v_splat(0.0f);
        v16 s2_15 = v_splat(0.0f);
        v16 s3_15 = v_splat(0.0f);
        v16 s4_12 = v_splat(0.0f);
        v16 s5_9 = v_splat(0.0f);
        v16 s6_5 = v_splat(0.0f);
        v16 s7_5 = v_splat(0.0f);
        v16 s8_3 = v_splat(0.0f);
        v16 s9_2 = v_splat(0.0f);
        v16 s10_2 = v_splat(0.0f);
        v16 s11_2 = v_splat(0.0f);
        const real v_look_query_weight_ = v[0];
        const v16 x32 = v_load(x1 + c);
        s0_15 = v_fma(v_splat(v_look_query_weight_), x32, s0_15);
        const real v_look_query_weight1_ = v[2];
        s1_15 = v_fma(v_splat(v_look_query_weight1_), x32, s1_15);
        const real v_look_query_weight2_ = v[4];
        s2_15 = v_fma(v_splat(v_look_query_weight2_), x32, s2_15);
        const real v_look_query_weight3_ = v[6];
        s3_15 = v_fma(v_splat(v_look_query_weight3_), x32, s3_15);
        const v16 x33 = v_load(x1 + (c + 256));
        s4_12 = v_fma(v_splat(v_look_query_weight_), x33, s4_12);
        s5_9 = v_fma(v_splat(v_look_query_weight1_), x33, s5_9);
        s6_5 = v_fma(v_splat(v_look_query_weight2_), x33, s6_5);
        s7_5 = v_fma(v_splat(v_look_query_weight3_), x33, s7_5);
        const v16 x34 = v_load(x1 + (c + 512));
        s8_3 = v_fma(v_splat(v_look_query_weight_), x34, s8_3);
        s9_2 = v_fma(v_splat(v_look_query_weight1_), x34, s9_2);
        s10_2 = v_fma(v_splat(v_look_query_weight2_), x34, s10_2);
        s11_2 = v_fma(v_splat(v_look_query_weight3_), x34, s11_2);
        const real v_look_query_weight4_ = v[1];
        const v16 x35 = v_load(x1 + (c + 128));
        s0_15 = v_fma(v_splat(v_look_query_weight4_), x35, s0_15);
        const real v_look_query_weight5_ = v[3];
        s1_15 = v_fma(v_splat(v_look_query_weight5_), x35, s1_15);
        const real v_look_query_weight6_ = v[5];
        s2_15 = v_fma(v_splat(v_look_query_weight6_), x35, s2_15);
        const real v_look_query_weight7_ = v[7];
        s3_15 = v_fma(v_splat(v_look_query_weight7_), x35, s3_15);
        const v16 x36 = v_load(x1 + (c + 384));
        s4_12 = v_fma(v_splat(v_look_query_weight4_), x36, s4_12);
        s5_9 = v_fma(v_splat(v_look_query_weight5_), x36, s5_9);
        s6_5 = v_fma(v_splat(v_look_query_weight6_), x36, s6_5);
        s7_5 = v_fma(v_splat(v_look_query_weight7_), x36, s7_5);
        const v16 x37 = v_load(x1 + (c + 640));
        s8_3 = v_fma(v_splat(v_look_query_weight4_), x37, s8_3);
        s9_2 = v_fma(v_splat(v_look_query_weight5_), x37, s9_2);
        s10_2 = v_fma(v_splat(v_look_query_weight6_), x37, s10_2);
        s11_2 = v_fma(v_splat(v_look_query_weight7_), x37, s11_2);
        v_store(look_query1, s0_15);
        v_store(look_query1 + 16, s1_15);
        v_store(look_query1 + 32, s2_15);
        v_store(look_query1 + 48, s3_15);
        v_store(look_query1 + 64, s4_12);
        v_store(look_query1 + 80, s5_9);
        v_store(look_query1 + 96, s6_5);
        v_store(look_query1 + 112, s7_5);
        v_store(look_query1 + 128, s8_3);
        v_store(look_query1 + 144, s9_2);
        v_store(look_query1 + 160, s10_2);
        v_store(look_query1 + 176, s11_2);
        v16 s0_16 = v_splat(0.0f);
        v16 s1_16 = v_splat(0.0f);
        v16 s2_16 = v_splat(0.0f);
        v16 s3_16 = v_splat(0.0f);
        v16 s4_13 = v_splat(0.0f);
        v16 s5_10 = v_splat(0.0f);
        v16 s6_6 = v_splat(0.0f);
        v16 s7_6 = v_splat(0.0f);
        const real v_look_query_weight8_ = v[0];
        const v16 x38 = v_load(x1 + (c + 768));
        s0_16 = v_fma(v_splat(v_look_query_weight8_), x38, s0_16);
        const real v_look_query_weight9_ = v[2];
        s1_16 = v_fma(v_splat(v_look_query_weight9_), x38, s1_16);
        const real v_look_query_weight10_ = v[4];
        s2_16 = v_fma(v_splat(v_look_query_weight10_), x38, s2_16);
        const real v_look_query_weight11_ = v[6];
        s3_16 = v_fma(v_splat(v_look_query_weight11_), x38, s3_16);
        const v16 x39 = v_load(x1 + (c + 1024));
        s4_13 = v_fma(v_splat(v_look_query_weight8_), x39, s4_13);
        s5_10 = v_fma(v_splat(v_look_query_weight9_), x39, s5_10);
        s6_6 = v_fma(v_splat(v_look_query_weight10_), x39, s6_6);
        s7_6 = v_fma(v_splat(v_look_query_weight11_), x39, s7_6);
        const real v_look_query_weight12_ = v[1];
        const v16 x40 = v_load(x1 + (c + 896));
        s0_16 = v_fma(v_splat(v_look_query_weight12_), x40, s0_16);
        const real v_look_query_weight13_ = v[3];
        s1_16 = v_fma(v_splat(v_look_query_weight13_), x40, s1_16);
        const real v_look_query_weight14_ = v[5];
        s2_16 = v_fma(v_splat(v_look_query_weight14_), x40, s2_16);
        const real v_look_query_weight15_ = v[7];
        s3_16 = v_fma(v_splat(v_look_query_weight15_), x40, s3_16);
        const v16 x41 = v_load(x1 + (c + 1152));
        s4_13 = v_fma(v_splat(v_look_query_weight12_), x41, s4_13);
        s5_10 = v_fma(v_splat(v_look_query_weight13_), x41, s5_10);
        s6_6 = v_fma(v_splat(v_look_query_weight14_), x41, s6_6);
        s7_6 = v_fma(v_splat(v_look_query_weight15_), x41, s7_6);
        v_store(look_query1 + 192, s0_16);
        v_store(look_query1 + 208, s1_16);
        v_store(look_query1 + 224, s2_16);
        v_store(look_query1 + 240, s3_16);
        v_store(look_query1 + 256, s4_13);
        v_store(look_query1 + 272, s5_10);
        v_store(look_query1 + 288, s6_6);
        v_store(look_query1 + 304, s7_6);
        /* look.query */
        v16 s0_17 = v_load(look_query1);
        v16 s1_17 = v_load(look_query1 + 64);
        v16 s2_17 = v_load(look_query1 + 128);
        v16 s3_17 = v_load(look_query1 + 16);
        v16 s4_14 = v_load(look_query1 + 80);
        v16 s5_11 = v_load(look_query1 + 144);
        v16 s6_7 = v_load(look_query1 + 32);
        v16 s7_7 = v_load(look_query1 + 96);
        v16 s8_4 = v_load(look_query1 + 160);
        v16 s9_3 = v_load(look_query1 + 48);
        v16 s10_3 = v_load(look_query1 + 112);
        v16 s11_3 = v_load(look_query1 + 176);
        const real look_query_weight16 = theta[0];
        const v16 v_x1_ = v_load(v_x_ + c);
        s0_17 = v_fma(v_splat(look_query_weight16), v_x1_, s0_17);
        const v16 v_x2_ = v_load(v_x_ + (c + 256));
        s1_17 = v_fma(v_splat(look_query_weight16), v_x2_, s1_17);
        const v16 v_x3_ = v_load(v_x_ + (c + 512));
        s2_17 = v_fma(v_splat(look_query_weight16), v_x3_, s2_17);
        const real look_query_weight17 = theta[2];
        s3_17 = v_fma(v_splat(look_query_weight17), v_x1_, s3_17);
        s4_14 = v_fma(v_splat(look_query_weight17), v_x2_, s4_14);
        s5_11 = v_fma(v_splat(look_query_weight17), v_x3_, s5_11);
        const real look_query_weight18 = theta[4];
        s6_7 = v_fma(v_splat(look_query_weight18), v_x1_, s6_7);
        s7_7 = v_fma(v_splat(look_query_weight18), v_x2_, s7_7);
        s8_4 = v_fma(v_splat(look_query_weight18), v_x3_, s8_4);
        const real look_query_weight19 = theta[6];
        s9_3 = v_fma(v_splat(look_query_weight19), v_x1_, s9_3);
        s10_3 = v_fma(v_splat(look_query_weight19), v_x2_, s10_3);
        s11_3 = v_fma(v_splat(look_query_weight19), v_x3_, s11_3);
        const real look_query_weight20 = theta[1];
        const v16 v_x4_ = v_load(v_x_ + (c + 128));
        s0_17 = v_fma(v_splat(look_query_weight20), v_x4_, s0_17);
        const v16 v_x5_ = v_load(v_x_ + (c + 384));
        s1_17 = v_fma(v_splat(look_query_weight20), v_x5_, s1_17);
        const v16 v_x6_ = v_load(v_x_ + (c + 640));
        s2_17 = v_fma(v_splat(look_query_weight20), v_x6_, s2_17);
        const real look_query_weight21 = theta[3];
        s3_17 = v_fma(v_splat(look_query_weight21), v_x4_, s3_17);
        s4_14 = v_fma(v_splat(look_query_weight21), v_x5_, s4_14);
        s5_11 = v_fma(v_splat(look_query_weight21), v_x6_, s5_11);
        const real look_query_weight22 = theta[5];
        s6_7 = v_fma(v_splat(look_query_weight22), v_x4_, s6_7);
        s7_7 = v_fma(v_splat(look_query_weight22), v_x5_, s7_7);
        s8_4 = v_fma(v_splat(look_query_weight22), v_x6_, s8_4);
        const real look_query_weight23 = theta[7];
        s9_3 = v_fma(v_splat(look_query_weight23), v_x4_, s9_3);
        s10_3 = v_fma(v_splat(look_query_weight23), v_x5_, s10_3);
        s11_3 = v_fma(v_splat(look_query_weight23), v_x6_, s11_3);
        v_store(look_query2, s0_17);
        v_store(look_query2 + 64, s1_17);
        v_store(look_query2 + 128, s2_17);
        v_store(look_query2 + 16, s3_17);
        v_store(look_query2 + 80, s4_14);
        v_store(look_query2 + 144, s5_11);
        v_store(look_query2 + 32, s6_7);
        v_store(look_query2 + 96, s7_7);
        v_store(look_query2 + 160, s8_4);
        v_store(look_query2 + 48, s9_3);
        v_store(look_query2 + 112, s10_3);
        v_store(look_query2 + 176, s11_3);
        v16 s0_18 = v_load(look_query1 + 192);
        v16 s1_18 = v_load(look_query1 + 256);
        v16 s2_18 = v_load(look_query1 + 208);
        v16 s3_18 = v_load(look_query1 + 272);
        v16 s4_15 = v_load(look_query1 + 224);
        v16 s5_12 = v_load(look_query1 + 288);
        v16 s6_8 = v_load(look_query1 + 240);
        v16 s7_8 = v_load(look_query1 + 304);
        const real look_query_weight24 = theta[0];
        const v16 v_x7_ = v_load(v_x_ + (c + 768));
        s0_18 = v_fma(v_splat(look_query_weight24), v_x7_, s0_18);
        const v16 v_x8_ = v_load(v_x_ + (c + 1024));
        s1_18 = v_fma(v_splat(look_query_weight24), v_x8_, s1_18);
        const real look_query_weight25 = theta[2];
        s2_18 = v_fma(v_splat(look_query_weight25), v_x7_, s2_18);
        s3_18 = v_fma(v_splat(look_query_weight25), v_x8_, s3_18);
        const real look_query_weight26 = theta[4];
        s4_15 = v_fma(v_splat(look_query_weight26), v_x7_, s4_15);
        s5_12 = v_fma(v_splat(look_query_weight26), v_x8_, s5_12);
        const real look_query_weight27 = theta[6];
        s6_8 = v_fma(v_splat(look_query_weight27), v_x7_, s6_8);
        s7_8 = v_fma(v_splat(look_query_weight27), v_x8_, s7_8);
        const real look_query_weight28 = theta[1];
        const v16 v_x9_ = v_load(v_x_ + (c + 896));
        s0_18 = v_fma(v_splat(look_query_weight28), v_x9_, s0_18);
        const v16 v_x10_ = v_load(v_x_ + (c + 1152));
        s1_18 = v_fma(v_splat(look_query_weight28), v_x10_, s1_18);
        const real look_query_weight29 = theta[3];
        s2_18 = v_fma(v_splat(look_query_weight29), v_x9_, s2_18);
        s3_18 = v_fma(v_splat(look_query_weight29), v_x10_, s3_18);
        const real look_query_weight30 = theta[5];
        s4_15 = v_fma(v_splat(look_query_weight30), v_x9_, s4_15);
        s5_12 = v_fma(v_splat(look_query_weight30), v_x10_, s5_12);
        const real look_query_weight31 = theta[7];
        s6_8 = v_fma(v_splat(look_query_weight31), v_x9_, s6_8);
        s7_8 = v_fma(v_splat(look_query_weight31), v_x10_, s7_8);
        v_store(look_query2 + 192, s0_18);
        v_store(look_query2 + 256, s1_18);
        v_store(look_query2 + 208, s2_18);
        v_store(look_query2 + 272, s3_18);
        v_store(look_query2 + 224, s4_15);
        v_store(look_query2 + 288, s5_12);
        v_store(look_query2 + 240, s6_8);
        v_store(look_query2 + 304, s7_8);
        /* look.key */
        v16 s0_19 = v_splat(0.0f);
        v16 s1_19 = v_splat(0.0f);
        v16 s2_19 = v_splat(0.0f);
        v16 s3_19 = v_splat(0.0f);
        v16 s4_16 = v_splat(0.0f);
        v16 s5_13 = v_splat(0.0f);
        v16 s6_9 = v_splat(0.0f);
        v16 s7_9 = v_splat(0.0f);
        v16 s8_5 = v_splat(0.0f);
        v16 s9_4 = v_splat(0.0f);
        v16 s10_4 = v_splat(0.0f);
        v16 s11_4 = v_splat(0.0f);
        const real v_look_key_weight_ = v[8];
        const v16 x42 = v_load(x1 + c);
        s0_19 = v_fma(v_splat(v_look_key_weight_), x42, s0_19);
        const real v_look_key_weight1_ = v[10];
        s1_19 = v_fma(v_splat(v_look_key_weight1_), x42, s1_19);
        const real v_look_key_weight2_ = v[12];
        s2_19 = v_fma(v_splat(v_look_key_weight2_), x42, s2_19);
        const real v_look_key_weight3_ = v[14];
        s3_19 = v_fma(v_splat(v_look_key_weight3_), x42, s3_19);
        const v16 x43 = v_load(x1 + (c + 256));
        s4_16 = v_fma(v_splat(v_look_key_weight_), x43, s4_16);
        s5_13 = v_fma(v_splat(v_look_key_weight1_), x43, s5_13);
        s6_9 = v_fma(v_splat(v_look_key_weight2_), x43, s6_9);
        s7_9 = v_fma(v_splat(v_look_key_weight3_), x43, s7_9);
        const v16 x44 = v_load(x1 + (c + 512));
        s8_5 = v_fma(v_splat(v_look_key_weight_), x44, s8_5);
        s9_4 = v_fma(v_splat(v_look_key_weight1_), x44, s9_4);
        s10_4 = v_fma(v_splat(v_look_key_weight2_), x44, s10_4);
        s11_4 = v_fma(v_splat(v_look_key_weight3_), x44, s11_4);
        const real v_look_key_weight4_ = v[9];
        const v16 x45 = v_load(x1 + (c + 128));
        s0_19 = v_fma(v_splat(v_look_key_weight4_), x45, s0_19);
        const real v_look_key_weight5_ = v[11];
        s1_19 = v_fma(v_splat(v_look_key_weight5_), x45, s1_19);
        const real v_look_key_weight6_ = v[13];
        s2_19 = v_fma(v_splat(v_look_key_weight6_), x45, s2_19);
        const real v_look_key_weight7_ = v[15];
        s3_19 = v_fma(v_splat(v_look_key_weight7_), x45, s3_19);
        const v16 x46 = v_load(x1 + (c + 384));
        s4_16 = v_fma(v_splat(v_look_key_weight4_), x46, s4_16);
        s5_13 = v_fma(v_splat(v_look_key_weight5_), x46, s5_13);
        s6_9 = v_fma(v_splat(v_look_key_weight6_), x46, s6_9);
        s7_9 = v_fma(v_splat(v_look_key_weight7_), x46, s7_9);
        const v16 x47 = v_load(x1 + (c + 640));
        s8_5 = v_fma(v_splat(v_look_key_weight4_), x47, s8_5);
        s9_4 = v_fma(v_splat(v_look_key_weight5_), x47, s9_4);
        s10_4 = v_fma(v_splat(v_look_key_weight6_), x47, s10_4);
        s11_4 = v_fma(v_splat(v_look_key_weight7_), x47, s11_4);
        v_store(look_query1, s0_19);
        v_store(look_query1 + 16, s1_19);
        v_store(look_query1 + 32, s2_19);
        v_store(look_query1 + 48, s3_19);
        v_store(look_query1 + 64, s4_16);
        v_store(look_query1 + 80, s5_13);
        v_store(look_query1 + 96, s6_9);
        v_store(look_query1 + 112, s7_9);
        v_store(look_query1 + 128, s8_5);
        v_store(look_query1 + 144, s9_4);
        v_store(look_query1 + 160, s10_4);
        v_store(look_query1 + 176, s11_4);
        v16 s0_20 = v_splat(0.0f);
        v16 s1_20 = v_splat(0.0f);
        v16 s2_20 = v_splat(0.0f);
        v16 s3_20 = v_splat(0.0f);
        v16 s4_17 = v_splat(0.0f);
        v16 s5_14 = v_splat(0.0f);
        v16 s6_10 = v_splat(0.0f);
        v16 s7_10 = v_splat(0.0f);
        const real v_look_key_weight8_ = v[8];
        const v16 x48 = v_load(x1 + (c + 768));
        s0_20 = v_fma(v_splat(v_look_key_weight8_), x48, s0_20);
        const real v_look_key_weight9_ = v[10];
        s1_20 = v_fma(v_splat(v_look_key_weight9_), x48, s1_20);
        const real v_look_key_weight10_ = v[12];
        s2_20 = v_fma(v_splat(v_look_key_weight10_), x48, s2_20);
        const real v_look_key_weight11_ = v[14];
        s3_20 = v_fma(v_splat(v_look_key_weight11_), x48, s3_20);
        const v16 x49 = v_load(x1 + (c + 1024));
        s4_17 = v_fma(v_splat(v_look_key_weight8_), x49, s4_17);
        s5_14 = v_fma(v_splat(v_look_key_weight9_), x49, s5_14);
        s6_10 = v_fma(v_splat(v_look_key_weight10_), x49, s6_10);
        s7_10 = v_fma(v_splat(v_look_key_weight11_), x49, s7_10);
        const real v_look_key_weight12_ = v[9];
        const v16 x50 = v_load(x1 + (c + 896));
        s0_20 = v_fma(v_splat(v_look_key_weight12_), x50, s0_20);
        const real v_look_key_weight13_ = v[11];
        s1_20 = v_fma(v_splat(v_look_key_weight13_), x50, s1_20);
        const real v_look_key_weight14_ = v[13];
        s2_20 = v_fma(v_splat(v_look_key_weight14_), x50, s2_20);
        const real v_look_key_weight15_ = v[15];
        s3_20 = v_fma(v_splat(v_look_key_weight15_), x50, s3_20);
        const v16 x51 = v_load(x1 + (c + 1152));
        s4_17 = v_fma(v_splat(v_look_key_weight12_), x51, s4_17);
        s5_14 = v_fma(v_splat(v_look_key_weight13_), x51, s5_14);
        s6_10 = v_fma(v_splat(v_look_key_weight14_), x51, s6_10);
        s7_10 = v_fma(v_splat(v_look_key_weight15_), x51, s7_10);
        v_store(look_query1 + 192, s0_20);
        v_store(look_query1 + 208, s1_20);
        v_store(look_query1 + 224, s2_20);
        v_store(look_query1 + 240, s3_20);
        v_store(look_query1 + 256, s4_17);
        v_store(look_query1 + 272, s5_14);
        v_store(look_query1 + 288, s6_10);
        v_store(look_query1 + 304, s7_10);
        /* look.key */
        v16 s0_21 = v_load(look_query1);
        v16 s1_21 = v_load(look_query1 + 64);
        v16 s2_21 = v_load(look_query1 + 128);
        v16 s3_21 = v_load(look_query1 + 16);
        v16 s4_18 = v_load(look_query1 + 80);
        v16 s5_15 = v_load(look_query1 + 144);
        v16 s6_11 = v_load(look_query1 + 32);
        v16 s7_11 = v_load(look_query1 + 96);
        v16 s8_6 = v_load(look_query1 + 160);
        v16 s9_5 = v_load(look_query1 + 48);
        v16 s10_5 = v_load(look_query1 + 112);
        v16 s11_5 = v_load(look_query1 + 176);
        const real look_key_weight16 = theta[8];
        const v16 v_x11_ = v_load(v_x_ + c);
        s0_21 = v_fma(v_splat(look_key_weight16), v_x11_, s0_21);
        const v16 v_x12_ = v_load(v_x_ + (c + 256));
        s1_21 = v_fma(v_splat(look_key_weight16), v_x12_, s1_21);
        const v16 v_x13_ = v_load(v_x_ + (c + 512));
        s2_21 = v_fma(v_splat(look_key_weight16), v_x13_, s2_21);
        const real look_key_weight17 = theta[10];
        s3_21 = v_fma(v_splat(look_key_weight17), v_x11_, s3_21);
        s4_18 = v_fma(v_splat(look_key_weight17), v_x12_, s4_18);
        s5_15 = v_fma(v_splat(look_key_weight17), v_x13_, s5_15);
        const real look_key_weight18 = theta[12];
        s6_11 = v_fma(v_splat(look_key_weight18), v_x11_, s6_11);
        s7_11 = v_fma(v_splat(look_key_weight18), v_x12_, s7_11);
        s8_6 = v_fma(v_splat(look_key_weight18), v_x13_, s8_6);
        const real look_key_weight19 = theta[14];
        s9_5 = v_fma(v_splat(look_key_weight19), v_x11_, s9_5);
        s10_5 = v_fma(v_splat(look_key_weight19), v_x12_, s10_5);
        s11_5 = v_fma(v_splat(look_key_weight19), v_x13_, s11_5);
        const real look_key_weight20 = theta[9];
        const v16 v_x14_ = v_load(v_x_ + (c + 128));
        s0_21 = v_fma(v_splat(look_key_weight20), v_x14_, s0_21);
        const v16 v_x15_ = v_load(v_x_ + (c + 384));
        s1_21 = v_fma(v_splat(look_key_weight20), v_x15_, s1_21);
        const v16 v_x16_ = v_load(v_x_ + (c + 640));
        s2_21 = v_fma(v_splat(look_key_weight20), v_x16_, s2_21);
        const real look_key_weight21 = theta[11];
        s3_21 = v_fma(v_splat(look_key_weight21), v_x14_, s3_21);
        s4_18 = v_fma(v_splat(look_key_weight21), v_x15_, s4_18);
        s5_15 = v_fma(v_splat(look_key_weight21), v_x16_, s5_15);
        const real look_key_weight22 = theta[13];
        s6_11 = v_fma(v_splat(look_key_weight22), v_x14_, s6_11);
        s7_11 = v_fma(v_splat(look_key_weight22), v_x15_, s7_11);
        s8_6 = v_fma(v_splat(look_key_weight22), v_x16_, s8_6);
        const real look_key_weight23 = theta[15];
        s9_5 = v_fma(v_splat(look_key_weight23), v_x14_, s9_5);
        s10_5 = v_fma(v_splat(look_key_weight23), v_x15_, s10_5);
        s11_5 = v_fma(v_splat(look_key_weight23), v_x16_, s11_5);
        v_store(look_key1, s0_21);
        v_store(look_key1 + 64, s1_21);
        v_store(look_key1 + 128, s2_21);
        v_store(look_key1 + 16, s3_21);
        v_store(look_key1 + 80, s4_18);
        v_store(look_key1 + 144, s5_15);
        v_store(look_key1 + 32, s6_11);
        v_store(look_key1 + 96, s7_11);
        v_store(look_key1 + 160, s8_6);
        v_store(look_key1 + 48, s9_5);
        v_store(look_key1 + 112, s10_5);
        v_store(look_key1 + 176, s11_5);
        v16 s0_22 = v_load(look_query1 + 192);
        v16 s1_22 = v_load(look_query1 + 256);
        v16 s2_22 = v_load(look_query1 + 208);
        v16 s3_22 = v_load(look_query1 + 272);
        v16 s4_19 = v_load(look_query1 + 224);
        v16 s5_16 = v_load(look_query1 + 288);
        v16 s6_12 = v_load(look_query1 + 240);
        v16 s7_12 = v_load(look_query1 + 304);
        const real look_key_weight24 = theta[8];
        const v16 v_x17_ = v_load(v_x_ + (c + 768));
        s0_22 = v_fma(v_splat(look_key_weight24), v_x17_, s0_22);
        const v16 v_x18_ = v_load(v_x_ + (c + 1024));
        s1_22 = v_fma(v_splat(look_key_weight24), v_x18_, s1_22);
        const real look_key_weight25 = theta[10];
        s2_22 = v_fma(v_splat(look_key_weight25), v_x17_, s2_22);
        s3_22 = v_fma(v_splat(look_key_weight25), v_x18_, s3_22);
        const real look_key_weight26 = theta[12];
        s4_19 = v_fma(v_splat(look_key_weight26), v_x17_, s4_19);
        s5_16 = v_fma(v_splat(look_key_weight26), v_x18_, s5_16);
        const real look_key_weight27 = theta[14];
        s6_12 = v_fma(v_splat(look_key_weight27), v_x17_, s6_12);
        s7_12 = v_fma(v_splat(look_key_weight27), v_x18_, s7_12);
        const real look_key_weight28 = theta[9];
        const v16 v_x19_ = v_load(v_x_ + (c + 896));
        s0_22 = v_fma(v_splat(look_key_weight28), v_x19_, s0_22);
        const v16 v_x20_ = v_load(v_x_ + (c + 1152));
        s1_22 = v_fma(v_splat(look_key_weight28), v_x20_, s1_22);
        const real look_key_weight29 = theta[11];
        s2_22 = v_fma(v_splat(look_key_weight29), v_x19_, s2_22);
        s3_22 = v_fma(v_splat(look_key_weight29), v_x20_, s3_22);
        const real look_key_weight30 = theta[13];
        s4_19 = v_fma(v_splat(look_key_weight30), v_x19_, s4_19);
        s5_16 = v_fma(v_splat(look_key_weight30), v_x20_, s5_16);
        const real look_key_weight31 = theta[15];
        s6_12 = v_fma(v_splat(look_key_weight31), v_x19_, s6_12);
        s7_12 = v_fma(v_splat(look_key_weight31), v_x20_, s7_12);
        v_store(look_key1 + 192, s0_22);
        v_store(look_key1 + 256, s1_22);
        v_store(look_key1 + 208, s2_22);
        v_store(look_key1 + 272, s3_22);
        v_store(look_key1 + 224, s4_19);
        v_store(look_key1 + 288, s5_16);
        v_store(look_key1 + 240, s6_12);
        v_store(look_key1 + 304, s7_12);
        /* look.value */
        v16 s0_23 = v_splat(0.0f);
        v16 s1_23 = v_splat(0.0f);
        v16 s2_23 = v_splat(0.0f);
        v16 s3_23 = v_splat(0.0f);
        v16 s4_20 = v_splat(0.0f);
        v16 s5_17 = v_splat(0.0f);
        const real v_look_value_weight_ = v[16];
        const v16 x52 = v_load(x1 + c);
        s0_23 = v_fma(v_splat(v_look_value_weight_), x52, s0_23);
        const real v_look_value_weight1_ = v[18];
        s1_23 = v_fma(v_splat(v_look_value_weight1_), x52, s1_23);
        const v16 x53 = v_load(x1 + (c + 256));
        s2_23 = v_fma(v_splat(v_look_value_weight_), x53, s2_23);
        s3_23 = v_fma(v_splat(v_look_value_weight1_), x53, s3_23);
        const v16 x54 = v_load(x1 + (c + 512));
        s4_20 = v_fma(v_splat(v_look_value_weight_), x54, s4_20);
        s5_17 = v_fma(v_splat(v_look_value_weight1_), x54, s5_17);
        const real v_look_value_weight2_ = v[17];
        const v16 x55 = v_load(x1 + (c + 128));
        s0_23 = v_fma(v_splat(v_look_value_weight2_), x55, s0_23);
        const real v_look_value_weight3_ = v[19];
        s1_23 = v_fma(v_splat(v_look_value_weight3_), x55, s1_23);
        const v16 x56 = v_load(x1 + (c + 384));
        s2_23 = v_fma(v_splat(v_look_value_weight2_), x56, s2_23);
        s3_23 = v_fma(v_splat(v_look_value_weight3_), x56, s3_23);
        const v16 x57 = v_load(x1 + (c + 640));
        s4_20 = v_fma(v_splat(v_look_value_weight2_), x57, s4_20);
        s5_17 = v_fma(v_splat(v_look_value_weight3_), x57, s5_17);
        v_store(look_query1, s0_23);
        v_store(look_query1 + 16, s1_23);
        v_store(look_query1 + 32, s2_23);
        v_store(look_query1 + 48, s3_23);
        v_store(look_query1 + 64, s4_20);
        v_store(look_query1 + 80, s5_17);
        v16 s0_24 = v_splat(0.0f);
        v16 s1_24 = v_splat(0.0f);
        v16 s2_24 = v_splat(0.0f);
        v16 s3_24 = v_splat(0.0f);
        const real v_look_value_weight4_ = v[16];
        const v16 x58 = v_load(x1 + (c + 768));
        s0_24 = v_fma(v_splat(v_look_value_weight4_), x58, s0_24);
        const real v_look_value_weight5_ = v[18];
        s1_24 = v_fma(v_splat(v_look_value_weight5_), x58, s1_24);
        const v16 x59 = v_load(x1 + (c + 1024));
        s2_24 = v_fma(v_splat(v_look_value_weight4_), x59, s2_24);
        s3_24 = v_fma(v_splat(v_look_value_weight5_), x59, s3_24);
        const real v_look_value_weight6_ = v[17];
        const v16 x60 = v_load(x1 + (c + 896));
        s0_24 = v_fma(v_splat(v_look_value_weight6_), x60, s0_24);
        const real v_look_value_weight7_ = v[19];
        s1_24 = v_fma(v_splat(v_look_value_weight7_), x60, s1_24);
        const v16 x61 = v_load(x1 + (c + 1152));
        s2_24 = v_fma(v_splat(v_look_value_weight6_), x61, s2_24);
        s3_24 = v_fma(v_splat(v_look_value_weight7_), x61, s3_24);
        v_store(look_query1 + 96, s0_24);
        v_store(look_query1 + 112, s1_24);
        v_store(look_query1 + 128, s2_24);
        v_store(look_query1 + 144, s3_24);
        /* look.value */
        v16 s0_25 = v_load(look_query1);
        v16 s1_25 = v_load(look_query1 + 32);
        v16 s2_25 = v_load(look_query1 + 64);
        v16 s3_25 = v_load(look_query1 + 16);
        v16 s4_21 = v_load(look_query1 + 48);
        v16 s5_18 = v_load(look_query1 + 80);
        const real look_value_weight8 = theta[16];
        const v16 v_x21_ = v_load(v_x_ + c);
        s0_25 = v_fma(v_splat(look_value_weight8), v_x21_, s0_25);
        const v16 v_x22_ = v_load(v_x_ + (c + 256));
        s1_25 = v_fma(v_splat(look_value_weight8), v_x22_, s1_25);
        const v16 v_x23_ = v_load(v_x_ + (c + 512));
        s2_25 = v_fma(v_splat(look_value_weight8), v_x23_, s2_25);
        const real look_value_weight9 = theta[18];
        s3_25 = v_fma(v_splat(look_value_weight9), v_x21_, s3_25);
        s4_21 = v_fma(v_splat(look_value_weight9), v_x22_, s4_21);
        s5_18 = v_fma(v_splat(look_value_weight9), v_x23_, s5_18);
        const real look_value_weight10 = theta[17];
        const v16 v_x24_ = v_load(v_x_ + (c + 128));
        s0_25 = v_fma(v_splat(look_value_weight10), v_x24_, s0_25);
        const v16 v_x25_ = v_load(v_x_ + (c + 384));
        s1_25 = v_fma(v_splat(look_value_weight10), v_x25_, s1_25);
        const v16 v_x26_ = v_load(v_x_ + (c + 640));
        s2_25 = v_fma(v_splat(look_value_weight10), v_x26_, s2_25);
        const real look_value_weight11 = theta[19];
        s3_25 = v_fma(v_splat(look_value_weight11), v_x24_, s3_25);
        s4_21 = v_fma(v_splat(look_value_weight11), v_x25_, s4_21);
        s5_18 = v_fma(v_splat(look_value_weight11), v_x26_, s5_18);
        v_store(look_value1, s0_25);
        v_store(look_value1 + 32, s1_25);
        v_store(look_value1 + 64, s2_25);
        v_store(look_value1 + 16, s3_25);
        v_store(look_value1 + 48, s4_21);
        v_store(look_value1 + 80, s5_18);
        v16 s0_26 = v_load(look_query1 + 96);
        v16 s1_26 = v_load(look_query1 + 128);
        v16 s2_26 = v_load(look_query1 + 112);
        v16 s3_26 = v_load(look_query1 + 144);
        const real look_value_weight12 = theta[16];
        const v16 v_x27_ = v_load(v_x_ + (c + 768));
        s0_26 = v_fma(v_splat(look_value_weight12), v_x27_, s0_26);
        const v16 v_x28_ = v_load(v_x_ + (c + 1024));
        s1_26 = v_fma(v_splat(look_value_weight12), v_x28_, s1_26);
        const real look_value_weight13 = theta[18];
        s2_26 = v_fma(v_splat(look_value_weight13), v_x27_, s2_26);
        s3_26 = v_fma(v_splat(look_value_weight13), v_x28_, s3_26);
        const real look_value_weight14 = theta[17];
        const v16 v_x29_ = v_load(v_x_ + (c + 896));
        s0_26 = v_fma(v_splat(look_value_weight14), v_x29_, s0_26);
        const v16 v_x30_ = v_load(v_x_ + (c + 1152));
        s1_26 = v_fma(v_splat(look_value_weight14), v_x30_, s1_26);
        const real look_value_weight15 = theta[19];
        s2_26 = v_fma(v_splat(look_value_weight15), v_x29_, s2_26);
        s3_26 = v_fma(v_splat(look_value_weight15), v_x30_, s3_26);
        v_store(look_value1 + 96, s0_26);
        v_store(look_value1 + 128, s1_26);
        v_store(look_value1 + 112, s2_26);
        v_store(look_value1 + 144, s3_26);
        /* look */
        v16 s0_27 = v_splat(0.0f);
        v16 s1_27 = v_splat(0.0f);
        v16 s2_27 = v_splat(0.0f);
        v16 s3_27 = v_splat(0.0f);
        v16 s4_22 = v_splat(0.0f);
        v16 s5_19 = v_splat(0.0f);
        v16 s6_13 = v_splat(0.0f);
        v16 s7_13 = v_splat(0.0f);
        v16 s8_7 = v_splat(0.0f);
        const v16 add13 = v_load(look_key1);
        const v16 sum80 = v_load(look_query);
        s0_27 = v_fma(add13, sum80, s0_27);
        const v16 add14 = v_load(look_key1 + 64);
        s1_27 = v_fma(add14, sum80, s1_27);
        const v16 add15 = v_load(look_key1 + 128);
        s2_27 = v_fma(add15, sum80, s2_27);
        const v16 sum81 = v_load(look_query + 64);
        s3_27 = v_fma(add13, sum81, s3_27);
        s4_22 = v_fma(add14, sum81, s4_22);
        s5_19 = v_fma(add15, sum81, s5_19);
        const v16 sum82 = v_load(look_query + 128);
        s6_13 = v_fma(add13, sum82, s6_13);
        s7_13 = v_fma(add14, sum82, s7_13);
        s8_7 = v_fma(add15, sum82, s8_7);
        const v16 add16 = v_load(look_key1 + 16);
        const v16 sum83 = v_load(look_query + 16);
        s0_27 = v_fma(add16, sum83, s0_27);
        const v16 add17 = v_load(look_key1 + 80);
        s1_27 = v_fma(add17, sum83, s1_27);
        const v16 add18 = v_load(look_key1 + 144);
        s2_27 = v_fma(add18, sum83, s2_27);
        const v16 sum84 = v_load(look_query + 80);
        s3_27 = v_fma(add16, sum84, s3_27);
        s4_22 = v_fma(add17, sum84, s4_22);
        s5_19 = v_fma(add18, sum84, s5_19);
        const v16 sum85 = v_load(look_query + 144);
        s6_13 = v_fma(add16, sum85, s6_13);
        s7_13 = v_fma(add17, sum85, s7_13);
        s8_7 = v_fma(add18, sum85, s8_7);
        const v16 add19 = v_load(look_key1 + 32);
        const v16 sum86 = v_load(look_query + 32);
        s0_27 = v_fma(add19, sum86, s0_27);
        const v16 add20 = v_load(look_key1 + 96);
        s1_27 = v_fma(add20, sum86, s1_27);
        const v16 add21 = v_load(look_key1 + 160);
        s2_27 = v_fma(add21, sum86, s2_27);
        const v16 sum87 = v_load(look_query + 96);
        s3_27 = v_fma(add19, sum87, s3_27);
        s4_22 = v_fma(add20, sum87, s4_22);
        s5_19 = v_fma(add21, sum87, s5_19);
        const v16 sum88 = v_load(look_query + 160);
        s6_13 = v_fma(add19, sum88, s6_13);
        s7_13 = v_fma(add20, sum88, s7_13);
        s8_7 = v_fma(add21, sum88, s8_7);
        const v16 add22 = v_load(look_key1 + 48);
        const v16 sum89 = v_load(look_query + 48);
        s0_27 = v_fma(add22, sum89, s0_27);
        const v16 add23 = v_load(look_key1 + 112);
        s1_27 = v_fma(add23, sum89, s1_27);
        const v16 add24 = v_load(look_key1 + 176);
        s2_27 = v_fma(add24, sum89, s2_27);
        const v16 sum90 = v_load(look_query + 112);
        s3_27 = v_fma(add22, sum90, s3_27);
        s4_22 = v_fma(add23, sum90, s4_22);
        s5_19 = v_fma(add24, sum90, s5_19);
        const v16 sum91 = v_load(look_query + 176);
        s6_13 = v_fma(add22, sum91, s6_13);
        s7_13 = v_fma(add23, sum91, s7_13);
        s8_7 = v_fma(add24, sum91, s8_7);
        v_store(look5, s0_27);
        v_store(look5 + 16, s1_27);
        v_store(look5 + 32, s2_27);
        v_store(look5 + 80, s3_27);
        v_store(look5 + 96, s4_22);
        v_store(look5 + 112, s5_19);
        v_store(look5 + 160, s6_13);
        v_store(look5 + 176, s7_13);
        v_store(look5 + 192, s8_7);
        v16 s0_28 = v_splat(0.0f);
        v16 s1_28 = v_splat(0.0f);
        v16 s2_28 = v_splat(0.0f);
        v16 s3_28 = v_splat(0.0f);
        v16 s4_23 = v_splat(0.0f);
        v16 s5_20 = v_splat(0.0f);
        const v16 add25 = v_load(look_key1 + 192);
        const v16 sum92 = v_load(look_query);
        s0_28 = v_fma(add25, sum92, s0_28);
        const v16 add26 = v_load(look_key1 + 256);
        s1_28 = v_fma(add26, sum92, s1_28);
        const v16 sum93 = v_load(look_query + 64);
        s2_28 = v_fma(add25, sum93, s2_28);
        s3_28 = v_fma(add26, sum93, s3_28);
        const v16 sum94 = v_load(look_query + 128);
        s4_23 = v_fma(add25, sum94, s4_23);
        s5_20 = v_fma(add26, sum94, s5_20);
        const v16 add27 = v_load(look_key1 + 208);
        const v16 sum95 = v_load(look_query + 16);
        s0_28 = v_fma(add27, sum95, s0_28);
        const v16 add28 = v_load(look_key1 + 272);
        s1_28 = v_fma(add28, sum95, s1_28);
        const v16 sum96 = v_load(look_query + 80);
        s2_28 = v_fma(add27, sum96, s2_28);
        s3_28 = v_fma(add28, sum96, s3_28);
        const v16 sum97 = v_load(look_query + 144);
        s4_23 = v_fma(add27, sum97, s4_23);
        s5_20 = v_fma(add28, sum97, s5_20);
        const v16 add29 = v_load(look_key1 + 224);
        const v16 sum98 = v_load(look_query + 32);
        s0_28 = v_fma(add29, sum98, s0_28);
        const v16 add30 = v_load(look_key1 + 288);
        s1_28 = v_fma(add30, sum98, s1_28);
        const v16 sum99 = v_load(look_query + 96);
        s2_28 = v_fma(add29, sum99, s2_28);
        s3_28 = v_fma(add30, sum99, s3_28);
        const v16 sum100 = v_load(look_query + 160);
        s4_23 = v_fma(add29, sum100, s4_23);
        s5_20 = v_fma(add30, sum100, s5_20);
        const v16 add31 = v_load(look_key1 + 240);
        const v16 sum101 = v_load(look_query + 48);
        s0_28 = v_fma(add31, sum101, s0_28);
        const v16 add32 = v_load(look_key1 + 304);
        s1_28 = v_fma(add32, sum101, s1_28);
        const v16 sum102 = v_load(look_query + 112);
        s2_28 = v_fma(add31, sum102, s2_28);
        s3_28 = v_fma(add32, sum102, s3_28);
        const v16 sum103 = v_load(look_query + 176);
        s4_23 = v_fma(add31, sum103, s4_23);
        s5_20 = v_fma(add32, sum103, s5_20);
        v_store(look5 + 48, s0_28);
        v_store(look5 + 64, s1_28);
        v_store(look5 + 128, s2_28);
        v_store(look5 + 144, s3_28);
        v_store(look5 + 208, s4_23);
        v_store(look5 + 224, s5_20);
        v16 s0_29 = v_splat(0.0f);
        v16 s1_29 = v_splat(0.0f);
        v16 s2_29 = v_splat(0.0f);
        v16 s3_29 = v_splat(0.0f);
        v16 s4_24 = v_splat(0.0f);
        v16 s5_21 = v_splat(0.0f);
        const v16 add33 = v_load(look_key1);
        const v16 sum104 = v_load(look_query + 192);
        s0_29 = v_fma(add33, sum104, s0_29);
        const v16 add34 = v_load(look_key1 + 64);
        s1_29 = v_fma(add34, sum104, s1_29);
        const v16 add35 = v_load(look_key1 + 128);
        s2_29 = v_fma(add35, sum104, s2_29);
        const v16 sum105 = v_load(look_query + 256);
        s3_29 = v_fma(add33, sum105, s3_29);
        s4_24 = v_fma(add34, sum105, s4_24);
        s5_21 = v_fma(add35, sum105, s5_21);
        const v16 add36 = v_load(look_key1 + 16);
        const v16 sum106 = v_load(look_query + 208);
        s0_29 = v_fma(add36, sum106, s0_29);
        const v16 add37 = v_load(look_key1 + 80);
        s1_29 = v_fma(add37, sum106, s1_29);
        const v16 add38 = v_load(look_key1 + 144);
        s2_29 = v_fma(add38, sum106, s2_29);
        const v16 sum107 = v_load(look_query + 272);
        s3_29 = v_fma(add36, sum107, s3_29);
        s4_24 = v_fma(add37, sum107, s4_24);
        s5_21 = v_fma(add38, sum107, s5_21);
        const v16 add39 = v_load(look_key1 + 32);
        const v16 sum108 = v_load(look_query + 224);
        s0_29 = v_fma(add39, sum108, s0_29);
        const v16 add40 = v_load(look_key1 + 96);
        s1_29 = v_fma(add40, sum108, s1_29);
        const v16 add41 = v_load(look_key1 + 160);
        s2_29 = v_fma(add41, sum108, s2_29);
        const v16 sum109 = v_load(look_query + 288);
        s3_29 = v_fma(add39, sum109, s3_29);
        s4_24 = v_fma(add40, sum109, s4_24);
        s5_21 = v_fma(add41, sum109, s5_21);
        const v16 add42 = v_load(look_key1 + 48);
        const v16 sum110 = v_load(look_query + 240);
        s0_29 = v_fma(add42, sum110, s0_29);
        const v16 add43 = v_load(look_key1 + 112);
        s1_29 = v_fma(add43, sum110, s1_29);
        const v16 add44 = v_load(look_key1 + 176);
        s2_29 = v_fma(add44, sum110, s2_29);
        const v16 sum111 = v_load(look_query + 304);
        s3_29 = v_fma(add42, sum111, s3_29);
        s4_24 = v_fma(add43, sum111, s4_24);
        s5_21 = v_fma(add44, sum111, s5_21);
        v_store(look5 + 240, s0_29);
        v_store(look5 + 256, s1_29);
        v_store(look5 + 272, s2_29);
        v_store(look5 + 320, s3_29);
        v_store(look5 + 336, s4_24);
        v_store(look5 + 352, s5_21);
        v16 s0_30 = v_splat(0.0f);
        v16 s1_30 = v_splat(0.0f);
        v16 s2_30 = v_splat(0.0f);
        v16 s3_30 = v_splat(0.0f);
        const v16 add45 = v_load(look_key1 + 192);
        const v16 sum112 = v_load(look_query + 192);
        s0_30 = v_fma(add45, sum112, s0_30);
        const v16 add46 = v_load(look_key1 + 256);
        s1_30 = v_fma(add46, sum112, s1_30);
        const v16 sum113 = v_load(look_query + 256);
        s2_30 = v_fma(add45, sum113, s2_30);
        s3_30 = v_fma(add46, sum113, s3_30);
        const v16 add47 = v_load(look_key1 + 208);
        const v16 sum114 = v_load(look_query + 208);
        s0_30 = v_fma(add47, sum114, s0_30);
        const v16 add48 = v_load(look_key1 + 272);
        s1_30 = v_fma(add48, sum114, s1_30);
        const v16 sum115 = v_load(look_query + 272);
        s2_30 = v_fma(add47, sum115, s2_30);
        s3_30 = v_fma(add48, sum115, s3_30);
        const v16 add49 = v_load(look_key1 + 224);
        const v16 sum116 = v_load(look_query + 224);
        s0_30 = v_fma(add49, sum116, s0_30);
        const v16 add50 = v_load(look_key1 + 288);
        s1_30 = v_fma(add50, sum116, s1_30);
        const v16 sum117 = v_load(look_query + 288);
        s2_30 = v_fma(add49, sum117, s2_30);
        s3_30 = v_fma(add50, sum117, s3_30);
        const v16 add51 = v_load(look_key1 + 240);
        const v16 sum118 = v_load(look_query + 240);
        s0_30 = v_fma(add51, sum118, s0_30);
        const v16 add52 = v_load(look_key1 + 304);
        s1_30 = v_fma(add52, sum118, s1_30);
        const v16 sum119 = v_load(look_query + 304);
        s2_30 = v_fma(add51, sum119, s2_30);
        s3_30 = v_fma(add52, sum119, s3_30);
        v_store(look5 + 288, s0_30);
        v_store(look5 + 304, s1_30);
        v_store(look5 + 368, s2_30);
        v_store(look5 + 384, s3_30);
        /* look */
        v16 s0_31 = v_load(look5);
        v16 s1_31 = v_load(look5 + 16);
        v16 s2_31 = v_load(look5 + 32);
        v16 s3_31 = v_load(look5 + 80);
        v16 s4_25 = v_load(look5 + 96);
        v16 s5_22 = v_load(look5 + 112);
        v16 s6_14 = v_load(look5 + 160);
        v16 s7_14 = v_load(look5 + 176);
        v16 s8_8 = v_load(look5 + 192);
        const v16 sum120 = v_load(look_key);
        const v16 add53 = v_load(look_query2);
        s0_31 = v_fma(sum120, add53, s0_31);
        const v16 sum121 = v_load(look_key + 64);
        s1_31 = v_fma(sum121, add53, s1_31);
        const v16 sum122 = v_load(look_key + 128);
        s2_31 = v_fma(sum122, add53, s2_31);
        const v16 add54 = v_load(look_query2 + 64);
        s3_31 = v_fma(sum120, add54, s3_31);
        s4_25 = v_fma(sum121, add54, s4_25);
        s5_22 = v_fma(sum122, add54, s5_22);
        const v16 add55 = v_load(look_query2 + 128);
        s6_14 = v_fma(sum120, add55, s6_14);
        s7_14 = v_fma(sum121, add55, s7_14);
        s8_8 = v_fma(sum122, add55, s8_8);
        const v16 sum123 = v_load(look_key + 16);
        const v16 add56 = v_load(look_query2 + 16);
        s0_31 = v_fma(sum123, add56, s0_31);
        const v16 sum124 = v_load(look_key + 80);
        s1_31 = v_fma(sum124, add56, s1_31);
        const v16 sum125 = v_load(look_key + 144);
        s2_31 = v_fma(sum125, add56, s2_31);
        const v16 add57 = v_load(look_query2 + 80);
        s3_31 = v_fma(sum123, add57, s3_31);
        s4_25 = v_fma(sum124, add57, s4_25);
        s5_22 = v_fma(sum125, add57, s5_22);
        const v16 add58 = v_load(look_query2 + 144);
        s6_14 = v_fma(sum123, add58, s6_14);
        s7_14 = v_fma(sum124, add58, s7_14);
        s8_8 = v_fma(sum125, add58, s8_8);
        const v16 sum126 = v_load(look_key + 32);
        const v16 add59 = v_load(look_query2 + 32);
        s0_31 = v_fma(sum126, add59, s0_31);
        const v16 sum127 = v_load(look_key + 96);
        s1_31 = v_fma(sum127, add59, s1_31);
        const v16 sum128 = v_load(look_key + 160);
        s2_31 = v_fma(sum128, add59, s2_31);
        const v16 add60 = v_load(look_query2 + 96);
        s3_31 = v_fma(sum126, add60, s3_31);
        s4_25 = v_fma(sum127, add60, s4_25);
        s5_22 = v_fma(sum128, add60, s5_22);
        const v16 add61 = v_load(look_query2 + 160);
        s6_14 = v_fma(sum126, add61, s6_14);
        s7_14 = v_fma(sum127, add61, s7_14);
        s8_8 = v_fma(sum128, add61, s8_8);
        const v16 sum129 = v_load(look_key + 48);
        const v16 add62 = v_load(look_query2 + 48);
        s0_31 = v_fma(sum129, add62, s0_31);
        const v16 sum130 = v_load(look_key + 112);
        s1_31 = v_fma(sum130, add62, s1_31);
        const v16 sum131 = v_load(look_key + 176);
        s2_31 = v_fma(sum131, add62, s2_31);
        const v16 add63 = v_load(look_query2 + 112);
        s3_31 = v_fma(sum129, add63, s3_31);
        s4_25 = v_fma(sum130, add63, s4_25);
        s5_22 = v_fma(sum131, add63, s5_22);
        const v16 add64 = v_load(look_query2 + 176);
        s6_14 = v_fma(sum129, add64, s6_14);
        s7_14 = v_fma(sum130, add64, s7_14);
        s8_8 = v_fma(sum131, add64, s8_8);
        const v16 mul45 = v_mul(v_splat(0.5f), s0_31);
        v_store(look6, mul45);
        const v16 mul46 = v_mul(v_load(look3), mul45);
        v_store(look7, mul46);
        const v16 mul47 = v_mul(v_splat(0.5f), s1_31);
        v_store(look6 + 16, mul47);
        const v16 mul48 = v_mul(v_load(look3 + 16), mul47);
        v_store(look7 + 16, mul48);
        const v16 mul49 = v_mul(v_splat(0.5f), s2_31);
        v_store(look6 + 32, mul49);
        const v16 mul50 = v_mul(v_load(look3 + 32), mul49);
        v_store(look7 + 32, mul50);
        const v16 mul51 = v_mul(v_splat(0.5f), s3_31);
        v_store(look6 + 80, mul51);
        const v16 mul52 = v_mul(v_load(look3 + 80), mul51);
        v_store(look7 + 80, mul52);
        const v16 mul53 = v_mul(v_splat(0.5f), s4_25);
        v_store(look6 + 96, mul53);
        const v16 mul54 = v_mul(v_load(look3 + 96), mul53);
        v_store(look7 + 96, mul54);
        const v16 mul55 = v_mul(v_splat(0.5f), s5_22);
        v_store(look6 + 112, mul55);
        const v16 mul56 = v_mul(v_load(look3 + 112), mul55);
        v_store(look7 + 112, mul56);
        const v16 mul57 = v_mul(v_splat(0.5f), s6_14);
        v_store(look6 + 160, mul57);
        const v16 mul58 = v_mul(v_load(look3 + 160), mul57);
        v_store(look7 + 160, mul58);
        const v16 mul59 = v_mul(v_splat(0.5f), s7_14);
        v_store(look6 + 176, mul59);
        const v16 mul60 = v_mul(v_load(look3 + 176), mul59);
        v_store(look7 + 176, mul60);
        const v16 mul61 = v_mul(v_splat(0.5f), s8_8);
        v_store(look6 + 192, mul61);
        const v16 mul62 = v_mul(v_load(look3 + 192), mul61);
        v_store(look7 + 192, mul62);
        v16 s0_32 = v_load(look5 + 48);
        v16 s1_32 = v_load(look5 + 64);
        v16 s2_32 = v_load(look5 + 128);
        v16 s3_32 = v_load(look5 + 144);
        v16 s4_26 = v_load(look5 + 208);
        v16 s5_23 = v_load(look5 + 224);
        const v16 sum132 = v_load(look_key + 192);
        const v16 add65 = v_load(look_query2);
        s0_32 = v_fma(sum132, add65, s0_32);
        const v16 sum133 = v_load(look_key + 256);
        s1_32 = v_fma(sum133, add65, s1_32);
        const v16 add66 = v_load(look_query2 + 64);
        s2_32 = v_fma(sum132, add66, s2_32);
        s3_32 = v_fma(sum133, add66, s3_32);
        const v16 add67 = v_load(look_query2 + 128);
        s4_26 = v_fma(sum132, add67, s4_26);
        s5_23 = v_fma(sum133, add67, s5_23);
        const v16 sum134 = v_load(look_key + 208);
        const v16 add68 = v_load(look_query2 + 16);
        s0_32 = v_fma(sum134, add68, s0_32);
        const v16 sum135 = v_load(look_key + 272);
        s1_32 = v_fma(sum135, add68, s1_32);
        const v16 add69 = v_load(look_query2 + 80);
        s2_32 = v_fma(sum134, add69, s2_32);
        s3_32 = v_fma(sum135, add69, s3_32);
        const v16 add70 = v_load(look_query2 + 144);
        s4_26 = v_fma(sum134, add70, s4_26);
        s5_23 = v_fma(sum135, add70, s5_23);
        const v16 sum136 = v_load(look_key + 224);
        const v16 add71 = v_load(look_query2 + 32);
        s0_32 = v_fma(sum136, add71, s0_32);
        const v16 sum137 = v_load(look_key + 288);
        s1_32 = v_fma(sum137, add71, s1_32);
        const v16 add72 = v_load(look_query2 + 96);
        s2_32 = v_fma(sum136, add72, s2_32);
        s3_32 = v_fma(sum137, add72, s3_32);
        const v16 add73 = v_load(look_query2 + 160);
        s4_26 = v_fma(sum136, add73, s4_26);
        s5_23 = v_fma(sum137, add73, s5_23);
        const v16 sum138 = v_load(look_key + 240);
        const v16 add74 = v_load(look_query2 + 48);
        s0_32 = v_fma(sum138, add74, s0_32);
        const v16 sum139 = v_load(look_key + 304);
        s1_32 = v_fma(sum139, add74, s1_32);
        const v16 add75 = v_load(look_query2 + 112);
        s2_32 = v_fma(sum138, add75, s2_32);
        s3_32 = v_fma(sum139, add75, s3_32);
        const v16 add76 = v_load(look_query2 + 176);
        s4_26 = v_fma(sum138, add76, s4_26);
        s5_23 = v_fma(sum139, add76, s5_23);
        const v16 mul63 = v_mul(v_splat(0.5f), s0_32);
        v_store(look6 + 48, mul63);
        const v16 mul64 = v_mul(v_load(look3 + 48), mul63);
        v_store(look7 + 48, mul64);
        const v16 mul65 = v_mul(v_splat(0.5f), s1_32);
        v_store(look6 + 64, mul65);
        const v16 mul66 = v_mul(v_load(look3 + 64), mul65);
        v_store(look7 + 64, mul66);
        const v16 mul67 = v_mul(v_splat(0.5f), s2_32);
        v_store(look6 + 128, mul67);
        const v16 mul68 = v_mul(v_load(look3 + 128), mul67);
        v_store(look7 + 128, mul68);
        const v16 mul69 = v_mul(v_splat(0.5f), s3_32);
        v_store(look6 + 144, mul69);
        const v16 mul70 = v_mul(v_load(look3 + 144), mul69);
        v_store(look7 + 144, mul70);
        const v16 mul71 = v_mul(v_splat(0.5f), s4_26);
        v_store(look6 + 208, mul71);
        const v16 mul72 = v_mul(v_load(look3 + 208), mul71);
        v_store(look7 + 208, mul72);
        const v16 mul73 = v_mul(v_splat(0.5f), s5_23);
        v_store(look6 + 224, mul73);
        const v16 mul74 = v_mul(v_load(look3 + 224), mul73);
        v_store(look7 + 224, mul74);
        v16 s0_33 = v_load(look5 + 240);
        v16 s1_33 = v_load(look5 + 256);
        v16 s2_33 = v_load(look5 + 272);
        v16 s3_33 = v_load(look5 + 320);
        v16 s4_27 = v_load(look5 + 336);
        v16 s5_24 = v_load(look5 + 352);
        const v16 sum140 = v_load(look_key);
        const v16 add77 = v_load(look_query2 + 192);
        s0_33 = v_fma(sum140, add77, s0_33);
        const v16 sum141 = v_load(look_key + 64);
        s1_33 = v_fma(sum141, add77, s1_33);
        const v16 sum142 = v_load(look_key + 128);
        s2_33 = v_fma(sum142, add77, s2_33);
        const v16 add78 = v_load(look_query2 + 256);
        s3_33 = v_fma(sum140, add78, s3_33);
        s4_27 = v_fma(sum141, add78, s4_27);
        s5_24 = v_fma(sum142, add78, s5_24);
        const v16 sum143 = v_load(look_key + 16);
        const v16 add79 = v_load(look_query2 + 208);
        s0_33 = v_fma(sum143, add79, s0_33);
        const v16 sum144 = v_load(look_key + 80);
        s1_33 = v_fma(sum144, add79, s1_33);
        const v16 sum145 = v_load(look_key + 144);
        s2_33 = v_fma(sum145, add79, s2_33);
        const v16 add80 = v_load(look_query2 + 272);
        s3_33 = v_fma(sum143, add80, s3_33);
        s4_27 = v_fma(sum144, add80, s4_27);
        s5_24 = v_fma(sum145, add80, s5_24);
        const v16 sum146 = v_load(look_key + 32);
        const v16 add81 = v_load(look_query2 + 224);
        s0_33 = v_fma(sum146, add81, s0_33);
        const v16 sum147 = v_load(look_key + 96);
        s1_33 = v_fma(sum147, add81, s1_33);
        const v16 sum148 = v_load(look_key + 160);
        s2_33 = v_fma(sum148, add81, s2_33);
        const v16 add82 = v_load(look_query2 + 288);
        s3_33 = v_fma(sum146, add82, s3_33);
        s4_27 = v_fma(sum147, add82, s4_27);
        s5_24 = v_fma(sum148, add82, s5_24);
        const v16 sum149 = v_load(look_key + 48);
        const v16 add83 = v_load(look_query2 + 240);
        s0_33 = v_fma(sum149, add83, s0_33);
        const v16 sum150 = v_load(look_key + 112);
        s1_33 = v_fma(sum150, add83, s1_33);
        const v16 sum151 = v_load(look_key + 176);
        s2_33 = v_fma(sum151, add83, s2_33);
        const v16 add84 = v_load(look_query2 + 304);
        s3_33 = v_fma(sum149, add84, s3_33);
        s4_27 = v_fma(sum150, add84, s4_27);
        s5_24 = v_fma(sum151, add84, s5_24);
        const v16 mul75 = v_mul(v_splat(0.5f), s0_33);
        v_store(look6 + 240, mul75);
        const v16 mul76 = v_mul(v_load(look3 + 240), mul75);
        v_store(look7 + 240, mul76);
        const v16 mul77 = v_mul(v_splat(0.5f), s1_33);
        v_store(look6 + 256, mul77);
        const v16 mul78 = v_mul(v_load(look3 + 256), mul77);
        v_store(look7 + 256, mul78);
        const v16 mul79 = v_mul(v_splat(0.5f), s2_33);
        v_store(look6 + 272, mul79);
        const v16 mul80 = v_mul(v_load(look3 + 272), mul79);
        v_store(look7 + 272, mul80);
        const v16 mul81 = v_mul(v_splat(0.5f), s3_33);
        v_store(look6 + 320, mul81);
        const v16 mul82 = v_mul(v_load(look3 + 320), mul81);
        v_store(look7 + 320, mul82);
        const v16 mul83 = v_mul(v_splat(0.5f), s4_27);
        v_store(look6 + 336, mul83);
        const v16 mul84 = v_mul(v_load(look3 + 336), mul83);
        v_store(look7 + 336, mul84);
        const v16 mul85 = v_mul(v_splat(0.5f), s5_24);
        v_store(look6 + 352, mul85);
        const v16 mul86 = v_mul(v_load(look3 + 352), mul85);
        v_store(look7 + 352, mul86);
        v16 s0_34 = v_load(look5 + 288);
        v16 s1_34 = v_load(look5 + 304);
        v16 s2_34 = v_load(look5 + 368);
        v16 s3_34 = v_load(look5 + 384);
        const v16 sum152 = v_load(look_key + 192);
        const v16 add85 = v_load(look_query2 + 192);
        s0_34 = v_fma(sum152, add85, s0_34);
        const v16 sum153 = v_load(look_key + 256);
        s1_34 = v_fma(sum153, add85, s1_34);
        const v16 add86 = v_load(look_query2 + 256);
        s2_34 = v_fma(sum152, add86, s2_34);
        s3_34 = v_fma(sum153, add86, s3_34);
        const v16 sum154 = v_load(look_key + 208);
        const v16 add87 = v_load(look_query2 + 208);
        s0_34 = v_fma(sum154, add87, s0_34);
        const v16 sum155 = v_load(look_key + 272);
        s1_34 = v_fma(sum155, add87, s1_34);
        const v16 add88 = v_load(look_query2 + 272);
        s2_34 = v_fma(sum154, add88, s2_34);
        s3_34 = v_fma(sum155, add88, s3_34);
        const v16 sum156 = v_load(look_key + 224);
        const v16 add89 = v_load(look_query2 + 224);
        s0_34 = v_fma(sum156, add89, s0_34);
        const v16 sum157 = v_load(look_key + 288);
        s1_34 = v_fma(sum157, add89, s1_34);
        const v16 add90 = v_load(look_query2 + 288);
        s2_34 = v_fma(sum156, add90, s2_34);
        s3_34 = v_fma(sum157, add90, s3_34);
        const v16 sum158 = v_load(look_key + 240);
        const v16 add91 = v_load(look_query2 + 240);
        s0_34 = v_fma(sum158, add91, s0_34);
        const v16 sum159 = v_load(look_key + 304);
        s1_34 = v_fma(sum159, add91, s1_34);
        const v16 add92 = v_load(look_query2 + 304);
        s2_34 = v_fma(sum158, add92, s2_34);
        s3_34 = v_fma(sum159, add92, s3_34);
        const v16 mul87 = v_mul(v_splat(0.5f), s0_34);
        v_store(look6 + 288, mul87);
        const v16 mul88 = v_mul(v_load(look3 + 288), mul87);
        v_store(look7 + 288, mul88);
        const v16 mul89 = v_mul(v_splat(0.5f), s1_34);
        v_store(look6 + 304, mul89);
        const v16 mul90 = v_mul(v_load(look3 + 304), mul89);
        v_store(look7 + 304, mul90);
        const v16 mul91 = v_mul(v_splat(0.5f), s2_34);
        v_store(look6 + 368, mul91);
        const v16 mul92 = v_mul(v_load(look3 + 368), mul91);
        v_store(look7 + 368, mul92);
        const v16 mul93 = v_mul(v_splat(0.5f), s3_34);
        v_store(look6 + 384, mul93);
        const v16 mul94 = v_mul(v_load(look3 + 384), mul93);
        v_store(look7 + 384, mul94);
        /* look */
        v16 s0_35 = v_splat(0.0f);
        v16 s1_35 = v_splat(0.0f);
        v16 s2_35 = v_splat(0.0f);
        v16 s3_35 = v_splat(0.0f);
        v16 s4_28 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_35 = v_add(s0_35, v_load(look7 + k*16));
            s1_35 = v_add(s1_35, v_load(look7 + (k + 5)*16));
            s2_35 = v_add(s2_35, v_load(look7 + (k + 10)*16));
            s3_35 = v_add(s3_35, v_load(look7 + (k + 15)*16));
            s4_28 = v_add(s4_28, v_load(look7 + (k + 20)*16));
        }
        real row1[80] ALIGNED;
        v_store(row1, s0_35);
        v_store(row1 + 16, s1_35);
        v_store(row1 + 32, s2_35);
        v_store(row1 + 48, s3_35);
        v_store(row1 + 64, s4_28);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum160 = v_load(row1 + u*16);
            const v16 div = v_div(sum160, v_load(look4 + u*16));
            const v16 neg = v_neg(div);
            v_store(look8 + u*16, neg);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 add93 = v_add(v_load(look6 + (i*5 + j)*16), v_load(look8 + i*16));
                const v16 mul95 = v_mul(v_load(look2 + (i*5 + j)*16), add93);
                v_store(look3 + (i*5 + j)*16, mul95);
            }
        }
        /* look */
        v16 s0_36 = v_splat(0.0f);
        v16 s1_36 = v_splat(0.0f);
        v16 s2_36 = v_splat(0.0f);
        v16 s3_36 = v_splat(0.0f);
        v16 s4_29 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_36 = v_add(s0_36, v_load(look3 + k*16));
            s1_36 = v_add(s1_36, v_load(look3 + (k + 5)*16));
            s2_36 = v_add(s2_36, v_load(look3 + (k + 10)*16));
            s3_36 = v_add(s3_36, v_load(look3 + (k + 15)*16));
            s4_29 = v_add(s4_29, v_load(look3 + (k + 20)*16));
        }
        real row2[80] ALIGNED;
        v_store(row2, s0_36);
        v_store(row2 + 16, s1_36);
        v_store(row2 + 32, s2_36);
        v_store(row2 + 48, s3_36);
        v_store(row2 + 64, s4_29);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum160 = v_load(row2 + u*16);
            const v16 neg = v_neg(sum160);
            v_store(look4 + u*16, neg);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 fma11 = v_fma(v_load(look + (i*5 + j)*16), v_load(look4 + i*16),
                    v_load(look3 + (i*5 + j)*16));
                const v16 div = v_div(fma11, v_load(look1 + i*16));
                v_store(look2 + (i*5 + j)*16, div);
            }
        }
        /* look */
        v16 s0_37 = v_splat(0.0f);
        v16 s1_37 = v_splat(0.0f);
        v16 s2_37 = v_splat(0.0f);
        v16 s3_37 = v_splat(0.0f);
        v16 s4_30 = v_splat(0.0f);
        v16 s5_25 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look2 + l*16);
            const v16 sum160 = v_load(look_value + l*32);
            s0_37 = v_fma(div, sum160, s0_37);
            const v16 sum161 = v_load(look_value + (l*2 + 1)*16);
            s1_37 = v_fma(div, sum161, s1_37);
            const v16 div1 = v_load(look2 + (l + 5)*16);
            s2_37 = v_fma(div1, sum160, s2_37);
            s3_37 = v_fma(div1, sum161, s3_37);
            const v16 div2 = v_load(look2 + (l + 10)*16);
            s4_30 = v_fma(div2, sum160, s4_30);
            s5_25 = v_fma(div2, sum161, s5_25);
        }
        v_store(look_query, s0_37);
        v_store(look_query + 16, s1_37);
        v_store(look_query + 32, s2_37);
        v_store(look_query + 48, s3_37);
        v_store(look_query + 64, s4_30);
        v_store(look_query + 80, s5_25);
        v16 s0_38 = v_splat(0.0f);
        v16 s1_38 = v_splat(0.0f);
        v16 s2_38 = v_splat(0.0f);
        v16 s3_38 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look2 + (l + 15)*16);
            const v16 sum160 = v_load(look_value + l*32);
            s0_38 = v_fma(div, sum160, s0_38);
            const v16 sum161 = v_load(look_value + (l*2 + 1)*16);
            s1_38 = v_fma(div, sum161, s1_38);
            const v16 div1 = v_load(look2 + (l + 20)*16);
            s2_38 = v_fma(div1, sum160, s2_38);
            s3_38 = v_fma(div1, sum161, s3_38);
        }
        v_store(look_query + 96, s0_38);
        v_store(look_query + 112, s1_38);
        v_store(look_query + 128, s2_38);
        v_store(look_query + 144, s3_38);
        /* look */
        v16 s0_39 = v_load(look_query);
        v16 s1_39 = v_load(look_query + 16);
        v16 s2_39 = v_load(look_query + 32);
        v16 s3_39 = v_load(look_query + 48);
        v16 s4_31 = v_load(look_query + 64);
        v16 s5_26 = v_load(look_query + 80);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + l*16);
            const v16 add93 = v_load(look_value1 + l*32);
            s0_39 = v_fma(div, add93, s0_39);
            const v16 add94 = v_load(look_value1 + (l*2 + 1)*16);
            s1_39 = v_fma(div, add94, s1_39);
            const v16 div1 = v_load(look + (l + 5)*16);
            s2_39 = v_fma(div1, add93, s2_39);
            s3_39 = v_fma(div1, add94, s3_39);
            const v16 div2 = v_load(look + (l + 10)*16);
            s4_31 = v_fma(div2, add93, s4_31);
            s5_26 = v_fma(div2, add94, s5_26);
        }
        v_store(look_key, s0_39);
        const v16 mul95 = v_mul(v_load(add), s0_39);
        v_store(look_value, mul95);
        v_store(look_key + 16, s1_39);
        const v16 mul96 = v_mul(v_load(add + 16), s1_39);
        v_store(look_value + 16, mul96);
        v_store(look_key + 32, s2_39);
        const v16 mul97 = v_mul(v_load(add + 32), s2_39);
        v_store(look_value + 32, mul97);
        v_store(look_key + 48, s3_39);
        const v16 mul98 = v_mul(v_load(add + 48), s3_39);
        v_store(look_value + 48, mul98);
        v_store(look_key + 64, s4_31);
        const v16 mul99 = v_mul(v_load(add + 64), s4_31);
        v_store(look_value + 64, mul99);
        v_store(look_key + 80, s5_26);
        const v16 mul100 = v_mul(v_load(add + 80), s5_26);
        v_store(look_value + 80, mul100);
        v16 s0_40 = v_load(look_query + 96);
        v16 s1_40 = v_load(look_query + 112);
        v16 s2_40 = v_load(look_query + 128);
        v16 s3_40 = v_load(look_query + 144);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + (l + 15)*16);
            const v16 add93 = v_load(look_value1 + l*32);
            s0_40 = v_fma(div, add93, s0_40);
            const v16 add94 = v_load(look_value1 + (l*2 + 1)*16);
            s1_40 = v_fma(div, add94, s1_40);
            const v16 div1 = v_load(look + (l + 20)*16);
            s2_40 = v_fma(div1, add93, s2_40);
            s3_40 = v_fma(div1, add94, s3_40);
        }
        v_store(look_key + 96, s0_40);
        const v16 mul101 = v_mul(v_load(add + 96), s0_40);
        v_store(look_value + 96, mul101);
        v_store(look_key + 112, s1_40);
        const v16 mul102 = v_mul(v_load(add + 112), s1_40);
        v_store(look_value + 112, mul102);
        v_store(look_key + 128, s2_40);
        const v16 mul103 = v_mul(v_load(add + 128), s2_40);
        v_store(look_value + 128, mul103);
        v_store(look_key + 144, s3_40);
        const v16 mul104 = v_mul(v_load(add + 144), s3_40);
        v_store(look_value + 144, mul104);
        v16 s0_41 = v_splat(0.0f);
        v16 s1_41 = v_splat(0.0f);
        v16 s2_41 = v_splat(0.0f);
        v16 s3_41 = v_splat(0.0f);
        v16 s4_32 = v_splat(0.0f);
        s0_41 = v_add(s0_41, v_load(look_value));
        s1_41 = v_add(s1_41, v_load(look_value + 32));
        s2_41 = v_add(s2_41, v_load(look_value + 64));
        s3_41 = v_add(s3_41, v_load(look_value + 96));
        s4_32 = v_add(s4_32, v_load(look_value + 128));
        s0_41 = v_add(s0_41, v_load(look_value + 16));
        s1_41 = v_add(s1_41, v_load(look_value + 48));
        s2_41 = v_add(s2_41, v_load(look_value + 80));
        s3_41 = v_add(s3_41, v_load(look_value + 112));
        s4_32 = v_add(s4_32, v_load(look_value + 144));
        real row3[80] ALIGNED;
        v_store(row3, s0_41);
        v_store(row3 + 16, s1_41);
        v_store(row3 + 32, s2_41);
        v_store(row3 + 48, s3_41);
        v_store(row3 + 64, s4_32);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum160 = v_load(row3 + u*16);
            const v16 div = v_div(sum160, v_load(add2 + u*16));
            const v16 neg = v_neg(div);
            v_store(look1 + u*16, neg);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 fma11 = v_fma(v_load(square + (i*2 + j)*16), v_load(look1 + i*16),
                    v_load(look_key + (i*2 + j)*16));
                const v16 div = v_div(fma11, v_load(add1 + i*16));
                const v16 sub = v_sub(div, v_load(fma_ + (i*2 + j)*16));
                v_store(x_dot + ((i*2 + j)*128 + c), sub);
            }
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_scatter(out + (first*10 + c*10 + e), 10, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void swarm_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swarm_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            48);
    }
}

/* dx/dt */
static NOINLINE void swarm_f_scalar_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real x1[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x1[e] = x[b*10 + e];
    }
    real x_dot[10] ALIGNED;
    real look_query[20] ALIGNED;
    real look_key[20] ALIGNED;
    real look_value[10] ALIGNED;
    real look[25] ALIGNED;
    real look1[5] ALIGNED;
    real look2[25] ALIGNED;
    /* look.query */
    real s0 = 0.0f;
    real s1 = 0.0f;
    real s2 = 0.0f;
    real s3 = 0.0f;
    real s4 = 0.0f;
    real s5 = 0.0f;
    real s6 = 0.0f;
    real s7 = 0.0f;
    real s8 = 0.0f;
    real s9 = 0.0f;
    real s10 = 0.0f;
    real s11 = 0.0f;
    const real look_query_weight = theta[0];
    const real x2 = x1[0];
    s0 = fmaf(look_query_weight, x2, s0);
    const real x3 = x1[2];
    s1 = fmaf(look_query_weight, x3, s1);
    const real x4 = x1[4];
    s2 = fmaf(look_query_weight, x4, s2);
    const real look_query_weight1 = theta[2];
    s3 = fmaf(look_query_weight1, x2, s3);
    s4 = fmaf(look_query_weight1, x3, s4);
    s5 = fmaf(look_query_weight1, x4, s5);
    const real look_query_weight2 = theta[4];
    s6 = fmaf(look_query_weight2, x2, s6);
    s7 = fmaf(look_query_weight2, x3, s7);
    s8 = fmaf(look_query_weight2, x4, s8);
    const real look_query_weight3 = theta[6];
    s9 = fmaf(look_query_weight3, x2, s9);
    s10 = fmaf(look_query_weight3, x3, s10);
    s11 = fmaf(look_query_weight3, x4, s11);
    const real look_query_weight4 = theta[1];
    const real x5 = x1[1];
    s0 = fmaf(look_query_weight4, x5, s0);
    const real x6 = x1[3];
    s1 = fmaf(look_query_weight4, x6, s1);
    const real x7 = x1[5];
    s2 = fmaf(look_query_weight4, x7, s2);
    const real look_query_weight5 = theta[3];
    s3 = fmaf(look_query_weight5, x5, s3);
    s4 = fmaf(look_query_weight5, x6, s4);
    s5 = fmaf(look_query_weight5, x7, s5);
    const real look_query_weight6 = theta[5];
    s6 = fmaf(look_query_weight6, x5, s6);
    s7 = fmaf(look_query_weight6, x6, s7);
    s8 = fmaf(look_query_weight6, x7, s8);
    const real look_query_weight7 = theta[7];
    s9 = fmaf(look_query_weight7, x5, s9);
    s10 = fmaf(look_query_weight7, x6, s10);
    s11 = fmaf(look_query_weight7, x7, s11);
    look_query[0] = s0;
    look_query[4] = s1;
    look_query[8] = s2;
    look_query[1] = s3;
    look_query[5] = s4;
    look_query[9] = s5;
    look_query[2] = s6;
    look_query[6] = s7;
    look_query[10] = s8;
    look_query[3] = s9;
    look_query[7] = s10;
    look_query[11] = s11;
    real s0_1 = 0.0f;
    real s1_1 = 0.0f;
    real s2_1 = 0.0f;
    real s3_1 = 0.0f;
    real s4_1 = 0.0f;
    real s5_1 = 0.0f;
    real s6_1 = 0.0f;
    real s7_1 = 0.0f;
    const real look_query_weight8 = theta[0];
    const real x8 = x1[6];
    s0_1 = fmaf(look_query_weight8, x8, s0_1);
    const real x9 = x1[8];
    s1_1 = fmaf(look_query_weight8, x9, s1_1);
    const real look_query_weight9 = theta[2];
    s2_1 = fmaf(look_query_weight9, x8, s2_1);
    s3_1 = fmaf(look_query_weight9, x9, s3_1);
    const real look_query_weight10 = theta[4];
    s4_1 = fmaf(look_query_weight10, x8, s4_1);
    s5_1 = fmaf(look_query_weight10, x9, s5_1);
    const real look_query_weight11 = theta[6];
    s6_1 = fmaf(look_query_weight11, x8, s6_1);
    s7_1 = fmaf(look_query_weight11, x9, s7_1);
    const real look_query_weight12 = theta[1];
    const real x10 = x1[7];
    s0_1 = fmaf(look_query_weight12, x10, s0_1);
    const real x11 = x1[9];
    s1_1 = fmaf(look_query_weight12, x11, s1_1);
    const real look_query_weight13 = theta[3];
    s2_1 = fmaf(look_query_weight13, x10, s2_1);
    s3_1 = fmaf(look_query_weight13, x11, s3_1);
    const real look_query_weight14 = theta[5];
    s4_1 = fmaf(look_query_weight14, x10, s4_1);
    s5_1 = fmaf(look_query_weight14, x11, s5_1);
    const real look_query_weight15 = theta[7];
    s6_1 = fmaf(look_query_weight15, x10, s6_1);
    s7_1 = fmaf(look_query_weight15, x11, s7_1);
    look_query[12] = s0_1;
    look_query[16] = s1_1;
    look_query[13] = s2_1;
    look_query[17] = s3_1;
    look_query[14] = s4_1;
    look_query[18] = s5_1;
    look_query[15] = s6_1;
    look_query[19] = s7_1;
    /* look.key */
    real s0_2 = 0.0f;
    real s1_2 = 0.0f;
    real s2_2 = 0.0f;
    real s3_2 = 0.0f;
    real s4_2 = 0.0f;
    real s5_2 = 0.0f;
    real s6_2 = 0.0f;
    real s7_2 = 0.0f;
    real s8_1 = 0.0f;
    real s9_1 = 0.0f;
    real s10_1 = 0.0f;
    real s11_1 = 0.0f;
    const real look_key_weight = theta[8];
    const real x12 = x1[0];
    s0_2 = fmaf(look_key_weight, x12, s0_2);
    const real x13 = x1[2];
    s1_2 = fmaf(look_key_weight, x13, s1_2);
    const real x14 = x1[4];
    s2_2 = fmaf(look_key_weight, x14, s2_2);
    const real look_key_weight1 = theta[10];
    s3_2 = fmaf(look_key_weight1, x12, s3_2);
    s4_2 = fmaf(look_key_weight1, x13, s4_2);
    s5_2 = fmaf(look_key_weight1, x14, s5_2);
    const real look_key_weight2 = theta[12];
    s6_2 = fmaf(look_key_weight2, x12, s6_2);
    s7_2 = fmaf(look_key_weight2, x13, s7_2);
    s8_1 = fmaf(look_key_weight2, x14, s8_1);
    const real look_key_weight3 = theta[14];
    s9_1 = fmaf(look_key_weight3, x12, s9_1);
    s10_1 = fmaf(look_key_weight3, x13, s10_1);
    s11_1 = fmaf(look_key_weight3, x14, s11_1);
    const real look_key_weight4 = theta[9];
    const real x15 = x1[1];
    s0_2 = fmaf(look_key_weight4, x15, s0_2);
    const real x16 = x1[3];
    s1_2 = fmaf(look_key_weight4, x16, s1_2);
    const real x17 = x1[5];
    s2_2 = fmaf(look_key_weight4, x17, s2_2);
    const real look_key_weight5 = theta[11];
    s3_2 = fmaf(look_key_weight5, x15, s3_2);
    s4_2 = fmaf(look_key_weight5, x16, s4_2);
    s5_2 = fmaf(look_key_weight5, x17, s5_2);
    const real look_key_weight6 = theta[13];
    s6_2 = fmaf(look_key_weight6, x15, s6_2);
    s7_2 = fmaf(look_key_weight6, x16, s7_2);
    s8_1 = fmaf(look_key_weight6, x17, s8_1);
    const real look_key_weight7 = theta[15];
    s9_1 = fmaf(look_key_weight7, x15, s9_1);
    s10_1 = fmaf(look_key_weight7, x16, s10_1);
    s11_1 = fmaf(look_key_weight7, x17, s11_1);
    look_key[0] = s0_2;
    look_key[4] = s1_2;
    look_key[8] = s2_2;
    look_key[1] = s3_2;
    look_key[5] = s4_2;
    look_key[9] = s5_2;
    look_key[2] = s6_2;
    look_key[6] = s7_2;
    look_key[10] = s8_1;
    look_key[3] = s9_1;
    look_key[7] = s10_1;
    look_key[11] = s11_1;
    real s0_3 = 0.0f;
    real s1_3 = 0.0f;
    real s2_3 = 0.0f;
    real s3_3 = 0.0f;
    real s4_3 = 0.0f;
    real s5_3 = 0.0f;
    real s6_3 = 0.0f;
    real s7_3 = 0.0f;
    const real look_key_weight8 = theta[8];
    const real x18 = x1[6];
    s0_3 = fmaf(look_key_weight8, x18, s0_3);
    const real x19 = x1[8];
    s1_3 = fmaf(look_key_weight8, x19, s1_3);
    const real look_key_weight9 = theta[10];
    s2_3 = fmaf(look_key_weight9, x18, s2_3);
    s3_3 = fmaf(look_key_weight9, x19, s3_3);
    const real look_key_weight10 = theta[12];
    s4_3 = fmaf(look_key_weight10, x18, s4_3);
    s5_3 = fmaf(look_key_weight10, x19, s5_3);
    const real look_key_weight11 = theta[14];
    s6_3 = fmaf(look_key_weight11, x18, s6_3);
    s7_3 = fmaf(look_key_weight11, x19, s7_3);
    const real look_key_weight12 = theta[9];
    const real x20 = x1[7];
    s0_3 = fmaf(look_key_weight12, x20, s0_3);
    const real x21 = x1[9];
    s1_3 = fmaf(look_key_weight12, x21, s1_3);
    const real look_key_weight13 = theta[11];
    s2_3 = fmaf(look_key_weight13, x20, s2_3);
    s3_3 = fmaf(look_key_weight13, x21, s3_3);
    const real look_key_weight14 = theta[13];
    s4_3 = fmaf(look_key_weight14, x20, s4_3);
    s5_3 = fmaf(look_key_weight14, x21, s5_3);
    const real look_key_weight15 = theta[15];
    s6_3 = fmaf(look_key_weight15, x20, s6_3);
    s7_3 = fmaf(look_key_weight15, x21, s7_3);
    look_key[12] = s0_3;
    look_key[16] = s1_3;
    look_key[13] = s2_3;
    look_key[17] = s3_3;
    look_key[14] = s4_3;
    look_key[18] = s5_3;
    look_key[15] = s6_3;
    look_key[19] = s7_3;
    /* look.value */
    real s0_4 = 0.0f;
    real s1_4 = 0.0f;
    real s2_4 = 0.0f;
    real s3_4 = 0.0f;
    real s4_4 = 0.0f;
    real s5_4 = 0.0f;
    const real look_value_weight = theta[16];
    const real x22 = x1[0];
    s0_4 = fmaf(look_value_weight, x22, s0_4);
    const real x23 = x1[2];
    s1_4 = fmaf(look_value_weight, x23, s1_4);
    const real x24 = x1[4];
    s2_4 = fmaf(look_value_weight, x24, s2_4);
    const real look_value_weight1 = theta[18];
    s3_4 = fmaf(look_value_weight1, x22, s3_4);
    s4_4 = fmaf(look_value_weight1, x23, s4_4);
    s5_4 = fmaf(look_value_weight1, x24, s5_4);
    const real look_value_weight2 = theta[17];
    const real x25 = x1[1];
    s0_4 = fmaf(look_value_weight2, x25, s0_4);
    const real x26 = x1[3];
    s1_4 = fmaf(look_value_weight2, x26, s1_4);
    const real x27 = x1[5];
    s2_4 = fmaf(look_value_weight2, x27, s2_4);
    const real look_value_weight3 = theta[19];
    s3_4 = fmaf(look_value_weight3, x25, s3_4);
    s4_4 = fmaf(look_value_weight3, x26, s4_4);
    s5_4 = fmaf(look_value_weight3, x27, s5_4);
    look_value[0] = s0_4;
    look_value[2] = s1_4;
    look_value[4] = s2_4;
    look_value[1] = s3_4;
    look_value[3] = s4_4;
    look_value[5] = s5_4;
    real s0_5 = 0.0f;
    real s1_5 = 0.0f;
    real s2_5 = 0.0f;
    real s3_5 = 0.0f;
    const real look_value_weight4 = theta[16];
    const real x28 = x1[6];
    s0_5 = fmaf(look_value_weight4, x28, s0_5);
    const real x29 = x1[8];
    s1_5 = fmaf(look_value_weight4, x29, s1_5);
    const real look_value_weight5 = theta[18];
    s2_5 = fmaf(look_value_weight5, x28, s2_5);
    s3_5 = fmaf(look_value_weight5, x29, s3_5);
    const real look_value_weight6 = theta[17];
    const real x30 = x1[7];
    s0_5 = fmaf(look_value_weight6, x30, s0_5);
    const real x31 = x1[9];
    s1_5 = fmaf(look_value_weight6, x31, s1_5);
    const real look_value_weight7 = theta[19];
    s2_5 = fmaf(look_value_weight7, x30, s2_5);
    s3_5 = fmaf(look_value_weight7, x31, s3_5);
    look_value[6] = s0_5;
    look_value[8] = s1_5;
    look_value[7] = s2_5;
    look_value[9] = s3_5;
    /* look */
    real s0_6 = 0.0f;
    real s1_6 = 0.0f;
    real s2_6 = 0.0f;
    real s3_6 = 0.0f;
    real s4_5 = 0.0f;
    real s5_5 = 0.0f;
    real s6_4 = 0.0f;
    real s7_4 = 0.0f;
    real s8_2 = 0.0f;
    const real sum = look_key[0];
    const real sum1 = look_query[0];
    s0_6 = fmaf(sum, sum1, s0_6);
    const real sum2 = look_key[4];
    s1_6 = fmaf(sum2, sum1, s1_6);
    const real sum3 = look_key[8];
    s2_6 = fmaf(sum3, sum1, s2_6);
    const real sum4 = look_query[4];
    s3_6 = fmaf(sum, sum4, s3_6);
    s4_5 = fmaf(sum2, sum4, s4_5);
    s5_5 = fmaf(sum3, sum4, s5_5);
    const real sum5 = look_query[8];
    s6_4 = fmaf(sum, sum5, s6_4);
    s7_4 = fmaf(sum2, sum5, s7_4);
    s8_2 = fmaf(sum3, sum5, s8_2);
    const real sum6 = look_key[1];
    const real sum7 = look_query[1];
    s0_6 = fmaf(sum6, sum7, s0_6);
    const real sum8 = look_key[5];
    s1_6 = fmaf(sum8, sum7, s1_6);
    const real sum9 = look_key[9];
    s2_6 = fmaf(sum9, sum7, s2_6);
    const real sum10 = look_query[5];
    s3_6 = fmaf(sum6, sum10, s3_6);
    s4_5 = fmaf(sum8, sum10, s4_5);
    s5_5 = fmaf(sum9, sum10, s5_5);
    const real sum11 = look_query[9];
    s6_4 = fmaf(sum6, sum11, s6_4);
    s7_4 = fmaf(sum8, sum11, s7_4);
    s8_2 = fmaf(sum9, sum11, s8_2);
    const real sum12 = look_key[2];
    const real sum13 = look_query[2];
    s0_6 = fmaf(sum12, sum13, s0_6);
    const real sum14 = look_key[6];
    s1_6 = fmaf(sum14, sum13, s1_6);
    const real sum15 = look_key[10];
    s2_6 = fmaf(sum15, sum13, s2_6);
    const real sum16 = look_query[6];
    s3_6 = fmaf(sum12, sum16, s3_6);
    s4_5 = fmaf(sum14, sum16, s4_5);
    s5_5 = fmaf(sum15, sum16, s5_5);
    const real sum17 = look_query[10];
    s6_4 = fmaf(sum12, sum17, s6_4);
    s7_4 = fmaf(sum14, sum17, s7_4);
    s8_2 = fmaf(sum15, sum17, s8_2);
    const real sum18 = look_key[3];
    const real sum19 = look_query[3];
    s0_6 = fmaf(sum18, sum19, s0_6);
    const real sum20 = look_key[7];
    s1_6 = fmaf(sum20, sum19, s1_6);
    const real sum21 = look_key[11];
    s2_6 = fmaf(sum21, sum19, s2_6);
    const real sum22 = look_query[7];
    s3_6 = fmaf(sum18, sum22, s3_6);
    s4_5 = fmaf(sum20, sum22, s4_5);
    s5_5 = fmaf(sum21, sum22, s5_5);
    const real sum23 = look_query[11];
    s6_4 = fmaf(sum18, sum23, s6_4);
    s7_4 = fmaf(sum20, sum23, s7_4);
    s8_2 = fmaf(sum21, sum23, s8_2);
    const real mul = s0_6*0.5f;
    look[0] = mul;
    const real mul1 = s1_6*0.5f;
    look[1] = mul1;
    const real mul2 = s2_6*0.5f;
    look[2] = mul2;
    const real mul3 = s3_6*0.5f;
    look[5] = mul3;
    const real mul4 = s4_5*0.5f;
    look[6] = mul4;
    const real mul5 = s5_5*0.5f;
    look[7] = mul5;
    const real mul6 = s6_4*0.5f;
    look[10] = mul6;
    const real mul7 = s7_4*0.5f;
    look[11] = mul7;
    const real mul8 = s8_2*0.5f;
    look[12] = mul8;
    real s0_7 = 0.0f;
    real s1_7 = 0.0f;
    real s2_7 = 0.0f;
    real s3_7 = 0.0f;
    real s4_6 = 0.0f;
    real s5_6 = 0.0f;
    const real sum24 = look_key[12];
    const real sum25 = look_query[0];
    s0_7 = fmaf(sum24, sum25, s0_7);
    const real sum26 = look_key[16];
    s1_7 = fmaf(sum26, sum25, s1_7);
    const real sum27 = look_query[4];
    s2_7 = fmaf(sum24, sum27, s2_7);
    s3_7 = fmaf(sum26, sum27, s3_7);
    const real sum28 = look_query[8];
    s4_6 = fmaf(sum24, sum28, s4_6);
    s5_6 = fmaf(sum26, sum28, s5_6);
    const real sum29 = look_key[13];
    const real sum30 = look_query[1];
    s0_7 = fmaf(sum29, sum30, s0_7);
    const real sum31 = look_key[17];
    s1_7 = fmaf(sum31, sum30, s1_7);
    const real sum32 = look_query[5];
    s2_7 = fmaf(sum29, sum32, s2_7);
    s3_7 = fmaf(sum31, sum32, s3_7);
    const real sum33 = look_query[9];
    s4_6 = fmaf(sum29, sum33, s4_6);
    s5_6 = fmaf(sum31, sum33, s5_6);
    const real sum34 = look_key[14];
    const real sum35 = look_query[2];
    s0_7 = fmaf(sum34, sum35, s0_7);
    const real sum36 = look_key[18];
    s1_7 = fmaf(sum36, sum35, s1_7);
    const real sum37 = look_query[6];
    s2_7 = fmaf(sum34, sum37, s2_7);
    s3_7 = fmaf(sum36, sum37, s3_7);
    const real sum38 = look_query[10];
    s4_6 = fmaf(sum34, sum38, s4_6);
    s5_6 = fmaf(sum36, sum38, s5_6);
    const real sum39 = look_key[15];
    const real sum40 = look_query[3];
    s0_7 = fmaf(sum39, sum40, s0_7);
    const real sum41 = look_key[19];
    s1_7 = fmaf(sum41, sum40, s1_7);
    const real sum42 = look_query[7];
    s2_7 = fmaf(sum39, sum42, s2_7);
    s3_7 = fmaf(sum41, sum42, s3_7);
    const real sum43 = look_query[11];
    s4_6 = fmaf(sum39, sum43, s4_6);
    s5_6 = fmaf(sum41, sum43, s5_6);
    const real mul9 = s0_7*0.5f;
    look[3] = mul9;
    const real mul10 = s1_7*0.5f;
    look[4] = mul10;
    const real mul11 = s2_7*0.5f;
    look[8] = mul11;
    const real mul12 = s3_7*0.5f;
    look[9] = mul12;
    const real mul13 = s4_6*0.5f;
    look[13] = mul13;
    const real mul14 = s5_6*0.5f;
    look[14] = mul14;
    real s0_8 = 0.0f;
    real s1_8 = 0.0f;
    real s2_8 = 0.0f;
    real s3_8 = 0.0f;
    real s4_7 = 0.0f;
    real s5_7 = 0.0f;
    const real sum44 = look_key[0];
    const real sum45 = look_query[12];
    s0_8 = fmaf(sum44, sum45, s0_8);
    const real sum46 = look_key[4];
    s1_8 = fmaf(sum46, sum45, s1_8);
    const real sum47 = look_key[8];
    s2_8 = fmaf(sum47, sum45, s2_8);
    const real sum48 = look_query[16];
    s3_8 = fmaf(sum44, sum48, s3_8);
    s4_7 = fmaf(sum46, sum48, s4_7);
    s5_7 = fmaf(sum47, sum48, s5_7);
    const real sum49 = look_key[1];
    const real sum50 = look_query[13];
    s0_8 = fmaf(sum49, sum50, s0_8);
    const real sum51 = look_key[5];
    s1_8 = fmaf(sum51, sum50, s1_8);
    const real sum52 = look_key[9];
    s2_8 = fmaf(sum52, sum50, s2_8);
    const real sum53 = look_query[17];
    s3_8 = fmaf(sum49, sum53, s3_8);
    s4_7 = fmaf(sum51, sum53, s4_7);
    s5_7 = fmaf(sum52, sum53, s5_7);
    const real sum54 = look_key[2];
    const real sum55 = look_query[14];
    s0_8 = fmaf(sum54, sum55, s0_8);
    const real sum56 = look_key[6];
    s1_8 = fmaf(sum56, sum55, s1_8);
    const real sum57 = look_key[10];
    s2_8 = fmaf(sum57, sum55, s2_8);
    const real sum58 = look_query[18];
    s3_8 = fmaf(sum54, sum58, s3_8);
    s4_7 = fmaf(sum56, sum58, s4_7);
    s5_7 = fmaf(sum57, sum58, s5_7);
    const real sum59 = look_key[3];
    const real sum60 = look_query[15];
    s0_8 = fmaf(sum59, sum60, s0_8);
    const real sum61 = look_key[7];
    s1_8 = fmaf(sum61, sum60, s1_8);
    const real sum62 = look_key[11];
    s2_8 = fmaf(sum62, sum60, s2_8);
    const real sum63 = look_query[19];
    s3_8 = fmaf(sum59, sum63, s3_8);
    s4_7 = fmaf(sum61, sum63, s4_7);
    s5_7 = fmaf(sum62, sum63, s5_7);
    const real mul15 = s0_8*0.5f;
    look[15] = mul15;
    const real mul16 = s1_8*0.5f;
    look[16] = mul16;
    const real mul17 = s2_8*0.5f;
    look[17] = mul17;
    const real mul18 = s3_8*0.5f;
    look[20] = mul18;
    const real mul19 = s4_7*0.5f;
    look[21] = mul19;
    const real mul20 = s5_7*0.5f;
    look[22] = mul20;
    real s0_9 = 0.0f;
    real s1_9 = 0.0f;
    real s2_9 = 0.0f;
    real s3_9 = 0.0f;
    const real sum64 = look_key[12];
    const real sum65 = look_query[12];
    s0_9 = fmaf(sum64, sum65, s0_9);
    const real sum66 = look_key[16];
    s1_9 = fmaf(sum66, sum65, s1_9);
    const real sum67 = look_query[16];
    s2_9 = fmaf(sum64, sum67, s2_9);
    s3_9 = fmaf(sum66, sum67, s3_9);
    const real sum68 = look_key[13];
    const real sum69 = look_query[13];
    s0_9 = fmaf(sum68, sum69, s0_9);
    const real sum70 = look_key[17];
    s1_9 = fmaf(sum70, sum69, s1_9);
    const real sum71 = look_query[17];
    s2_9 = fmaf(sum68, sum71, s2_9);
    s3_9 = fmaf(sum70, sum71, s3_9);
    const real sum72 = look_key[14];
    const real sum73 = look_query[14];
    s0_9 = fmaf(sum72, sum73, s0_9);
    const real sum74 = look_key[18];
    s1_9 = fmaf(sum74, sum73, s1_9);
    const real sum75 = look_query[18];
    s2_9 = fmaf(sum72, sum75, s2_9);
    s3_9 = fmaf(sum74, sum75, s3_9);
    const real sum76 = look_key[15];
    const real sum77 = look_query[15];
    s0_9 = fmaf(sum76, sum77, s0_9);
    const real sum78 = look_key[19];
    s1_9 = fmaf(sum78, sum77, s1_9);
    const real sum79 = look_query[19];
    s2_9 = fmaf(sum76, sum79, s2_9);
    s3_9 = fmaf(sum78, sum79, s3_9);
    const real mul21 = s0_9*0.5f;
    look[18] = mul21;
    const real mul22 = s1_9*0.5f;
    look[19] = mul22;
    const real mul23 = s2_9*0.5f;
    look[23] = mul23;
    const real mul24 = s3_9*0.5f;
    look[24] = mul24;
    /* look */
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        real peak = look[i*5];
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            peak = r_max(peak, look[i*5 + k]);
        }
        look1[i] = peak;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            const real sub = look[i*5 + j] - look1[i];
            const real exp_ = r_exp(sub);
            look2[i*5 + j] = exp_;
        }
    }
    /* look */
    real s0_10 = 0.0f;
    real s1_10 = 0.0f;
    real s2_10 = 0.0f;
    real s3_10 = 0.0f;
    real s4_8 = 0.0f;
    ROLL for (ptrdiff_t k = 0; k < 5; k++) {
        s0_10 = s0_10 + look2[k];
        s1_10 = s1_10 + look2[k + 5];
        s2_10 = s2_10 + look2[k + 10];
        s3_10 = s3_10 + look2[k + 15];
        s4_8 = s4_8 + look2[k + 20];
    }
    look1[0] = s0_10;
    look1[1] = s1_10;
    look1[2] = s2_10;
    look1[3] = s3_10;
    look1[4] = s4_8;
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            const real div = look2[i*5 + j]/look1[i];
            look[i*5 + j] = div;
        }
    }
    /* look */
    real s0_11 = 0.0f;
    real s1_11 = 0.0f;
    real s2_11 = 0.0f;
    real s3_11 = 0.0f;
    real s4_9 = 0.0f;
    real s5_8 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real div = look[l];
        const real sum80 = look_value[l*2];
        s0_11 = fmaf(div, sum80, s0_11);
        const real sum81 = look_value[l*2 + 1];
        s1_11 = fmaf(div, sum81, s1_11);
        const real div1 = look[l + 5];
        s2_11 = fmaf(div1, sum80, s2_11);
        s3_11 = fmaf(div1, sum81, s3_11);
        const real div2 = look[l + 10];
        s4_9 = fmaf(div2, sum80, s4_9);
        s5_8 = fmaf(div2, sum81, s5_8);
    }
    look_query[0] = s0_11;
    const real mul25 = s0_11*s0_11;
    look_key[0] = mul25;
    look_query[1] = s1_11;
    const real mul26 = s1_11*s1_11;
    look_key[1] = mul26;
    look_query[2] = s2_11;
    const real mul27 = s2_11*s2_11;
    look_key[2] = mul27;
    look_query[3] = s3_11;
    const real mul28 = s3_11*s3_11;
    look_key[3] = mul28;
    look_query[4] = s4_9;
    const real mul29 = s4_9*s4_9;
    look_key[4] = mul29;
    look_query[5] = s5_8;
    const real mul30 = s5_8*s5_8;
    look_key[5] = mul30;
    real s0_12 = 0.0f;
    real s1_12 = 0.0f;
    real s2_12 = 0.0f;
    real s3_12 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real div = look[l + 15];
        const real sum80 = look_value[l*2];
        s0_12 = fmaf(div, sum80, s0_12);
        const real sum81 = look_value[l*2 + 1];
        s1_12 = fmaf(div, sum81, s1_12);
        const real div1 = look[l + 20];
        s2_12 = fmaf(div1, sum80, s2_12);
        s3_12 = fmaf(div1, sum81, s3_12);
    }
    look_query[6] = s0_12;
    const real mul31 = s0_12*s0_12;
    look_key[6] = mul31;
    look_query[7] = s1_12;
    const real mul32 = s1_12*s1_12;
    look_key[7] = mul32;
    look_query[8] = s2_12;
    const real mul33 = s2_12*s2_12;
    look_key[8] = mul33;
    look_query[9] = s3_12;
    const real mul34 = s3_12*s3_12;
    look_key[9] = mul34;
    real s0_13 = 0.0f;
    real s1_13 = 0.0f;
    real s2_13 = 0.0f;
    real s3_13 = 0.0f;
    real s4_10 = 0.0f;
    s0_13 = s0_13 + look_key[0];
    s1_13 = s1_13 + look_key[2];
    s2_13 = s2_13 + look_key[4];
    s3_13 = s3_13 + look_key[6];
    s4_10 = s4_10 + look_key[8];
    s0_13 = s0_13 + look_key[1];
    s1_13 = s1_13 + look_key[3];
    s2_13 = s2_13 + look_key[5];
    s3_13 = s3_13 + look_key[7];
    s4_10 = s4_10 + look_key[9];
    real row[5] ALIGNED;
    row[0] = s0_13;
    row[1] = s1_13;
    row[2] = s2_13;
    row[3] = s3_13;
    row[4] = s4_10;
    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
        const real sum80 = row[u];
        const real sqrt_ = sqrtf(sum80);
        const real add = sqrt_ + 1.0f;
        look_value[u] = add;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real div = look_query[i*2 + j]/look_value[i];
            const real fma_ = fmaf(x1[i*2 + j], pack[0], div);
            x_dot[i*2 + j] = fma_;
        }
    }
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        dx[b*10 + e] = x_dot[e];
    }
}

/* dx/dt */
static NOINLINE void swarm_f_scalar(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[16] ALIGNED;
    const real neg = -theta[20];
    pack[0] = neg;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swarm_f_scalar_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void swarm_vjp_scalar_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + b*21;
    ROLL for (ptrdiff_t i = 0; i < 21; i++) {
        sums[i] = 0.0f;
    }
    real x1[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x1[e] = x[b*10 + e];
    }
    real a_dx[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        a_dx[e] = a[b*10 + e];
    }
    real x_bar[10] ALIGNED;
    real t_bar[1] ALIGNED;
    real look_query[20] ALIGNED;
    real look_key[20] ALIGNED;
    real look_value[10] ALIGNED;
    real neg[10] ALIGNED;
    real mul[10] ALIGNED;
    real look[25] ALIGNED;
    real look1[5] ALIGNED;
    real look2[25] ALIGNED;
    real look3[25] ALIGNED;
    real look4[10] ALIGNED;
    real square[10] ALIGNED;
    real add[10] ALIGNED;
    real add1[5] ALIGNED;
    real add2[5] ALIGNED;
    real neg1[10] ALIGNED;
    real look5[25] ALIGNED;
    real look6[25] ALIGNED;
    real look7[10] ALIGNED;
    real look8[20] ALIGNED;
    real look9[20] ALIGNED;
    /* look.query */
    real s0 = 0.0f;
    real s1 = 0.0f;
    real s2 = 0.0f;
    real s3 = 0.0f;
    real s4 = 0.0f;
    real s5 = 0.0f;
    real s6 = 0.0f;
    real s7 = 0.0f;
    real s8 = 0.0f;
    real s9 = 0.0f;
    real s10 = 0.0f;
    real s11 = 0.0f;
    const real look_query_weight = theta[0];
    const real x2 = x1[0];
    s0 = fmaf(look_query_weight, x2, s0);
    const real x3 = x1[2];
    s1 = fmaf(look_query_weight, x3, s1);
    const real x4 = x1[4];
    s2 = fmaf(look_query_weight, x4, s2);
    const real look_query_weight1 = theta[2];
    s3 = fmaf(look_query_weight1, x2, s3);
    s4 = fmaf(look_query_weight1, x3, s4);
    s5 = fmaf(look_query_weight1, x4, s5);
    const real look_query_weight2 = theta[4];
    s6 = fmaf(look_query_weight2, x2, s6);
    s7 = fmaf(look_query_weight2, x3, s7);
    s8 = fmaf(look_query_weight2, x4, s8);
    const real look_query_weight3 = theta[6];
    s9 = fmaf(look_query_weight3, x2, s9);
    s10 = fmaf(look_query_weight3, x3, s10);
    s11 = fmaf(look_query_weight3, x4, s11);
    const real look_query_weight4 = theta[1];
    const real x5 = x1[1];
    s0 = fmaf(look_query_weight4, x5, s0);
    const real x6 = x1[3];
    s1 = fmaf(look_query_weight4, x6, s1);
    const real x7 = x1[5];
    s2 = fmaf(look_query_weight4, x7, s2);
    const real look_query_weight5 = theta[3];
    s3 = fmaf(look_query_weight5, x5, s3);
    s4 = fmaf(look_query_weight5, x6, s4);
    s5 = fmaf(look_query_weight5, x7, s5);
    const real look_query_weight6 = theta[5];
    s6 = fmaf(look_query_weight6, x5, s6);
    s7 = fmaf(look_query_weight6, x6, s7);
    s8 = fmaf(look_query_weight6, x7, s8);
    const real look_query_weight7 = theta[7];
    s9 = fmaf(look_query_weight7, x5, s9);
    s10 = fmaf(look_query_weight7, x6, s10);
    s11 = fmaf(look_query_weight7, x7, s11);
    look_query[0] = s0;
    look_query[4] = s1;
    look_query[8] = s2;
    look_query[1] = s3;
    look_query[5] = s4;
    look_query[9] = s5;
    look_query[2] = s6;
    look_query[6] = s7;
    look_query[10] = s8;
    look_query[3] = s9;
    look_query[7] = s10;
    look_query[11] = s11;
    real s0_1 = 0.0f;
    real s1_1 = 0.0f;
    real s2_1 = 0.0f;
    real s3_1 = 0.0f;
    real s4_1 = 0.0f;
    real s5_1 = 0.0f;
    real s6_1 = 0.0f;
    real s7_1 = 0.0f;
    const real look_query_weight8 = theta[0];
    const real x8 = x1[6];
    s0_1 = fmaf(look_query_weight8, x8, s0_1);
    const real x9 = x1[8];
    s1_1 = fmaf(look_query_weight8, x9, s1_1);
    const real look_query_weight9 = theta[2];
    s2_1 = fmaf(look_query_weight9, x8, s2_1);
    s3_1 = fmaf(look_query_weight9, x9, s3_1);
    const real look_query_weight10 = theta[4];
    s4_1 = fmaf(look_query_weight10, x8, s4_1);
    s5_1 = fmaf(look_query_weight10, x9, s5_1);
    const real look_query_weight11 = theta[6];
    s6_1 = fmaf(look_query_weight11, x8, s6_1);
    s7_1 = fmaf(look_query_weight11, x9, s7_1);
    const real look_query_weight12 = theta[1];
    const real x10 = x1[7];
    s0_1 = fmaf(look_query_weight12, x10, s0_1);
    const real x11 = x1[9];
    s1_1 = fmaf(look_query_weight12, x11, s1_1);
    const real look_query_weight13 = theta[3];
    s2_1 = fmaf(look_query_weight13, x10, s2_1);
    s3_1 = fmaf(look_query_weight13, x11, s3_1);
    const real look_query_weight14 = theta[5];
    s4_1 = fmaf(look_query_weight14, x10, s4_1);
    s5_1 = fmaf(look_query_weight14, x11, s5_1);
    const real look_query_weight15 = theta[7];
    s6_1 = fmaf(look_query_weight15, x10, s6_1);
    s7_1 = fmaf(look_query_weight15, x11, s7_1);
    look_query[12] = s0_1;
    look_query[16] = s1_1;
    look_query[13] = s2_1;
    look_query[17] = s3_1;
    look_query[14] = s4_1;
    look_query[18] = s5_1;
    look_query[15] = s6_1;
    look_query[19] = s7_1;
    /* look.key */
    real s0_2 = 0.0f;
    real s1_2 = 0.0f;
    real s2_2 = 0.0f;
    real s3_2 = 0.0f;
    real s4_2 = 0.0f;
    real s5_2 = 0.0f;
    real s6_2 = 0.0f;
    real s7_2 = 0.0f;
    real s8_1 = 0.0f;
    real s9_1 = 0.0f;
    real s10_1 = 0.0f;
    real s11_1 = 0.0f;
    const real look_key_weight = theta[8];
    const real x12 = x1[0];
    s0_2 = fmaf(look_key_weight, x12, s0_2);
    const real x13 = x1[2];
    s1_2 = fmaf(look_key_weight, x13, s1_2);
    const real x14 = x1[4];
    s2_2 = fmaf(look_key_weight, x14, s2_2);
    const real look_key_weight1 = theta[10];
    s3_2 = fmaf(look_key_weight1, x12, s3_2);
    s4_2 = fmaf(look_key_weight1, x13, s4_2);
    s5_2 = fmaf(look_key_weight1, x14, s5_2);
    const real look_key_weight2 = theta[12];
    s6_2 = fmaf(look_key_weight2, x12, s6_2);
    s7_2 = fmaf(look_key_weight2, x13, s7_2);
    s8_1 = fmaf(look_key_weight2, x14, s8_1);
    const real look_key_weight3 = theta[14];
    s9_1 = fmaf(look_key_weight3, x12, s9_1);
    s10_1 = fmaf(look_key_weight3, x13, s10_1);
    s11_1 = fmaf(look_key_weight3, x14, s11_1);
    const real look_key_weight4 = theta[9];
    const real x15 = x1[1];
    s0_2 = fmaf(look_key_weight4, x15, s0_2);
    const real x16 = x1[3];
    s1_2 = fmaf(look_key_weight4, x16, s1_2);
    const real x17 = x1[5];
    s2_2 = fmaf(look_key_weight4, x17, s2_2);
    const real look_key_weight5 = theta[11];
    s3_2 = fmaf(look_key_weight5, x15, s3_2);
    s4_2 = fmaf(look_key_weight5, x16, s4_2);
    s5_2 = fmaf(look_key_weight5, x17, s5_2);
    const real look_key_weight6 = theta[13];
    s6_2 = fmaf(look_key_weight6, x15, s6_2);
    s7_2 = fmaf(look_key_weight6, x16, s7_2);
    s8_1 = fmaf(look_key_weight6, x17, s8_1);
    const real look_key_weight7 = theta[15];
    s9_1 = fmaf(look_key_weight7, x15, s9_1);
    s10_1 = fmaf(look_key_weight7, x16, s10_1);
    s11_1 = fmaf(look_key_weight7, x17, s11_1);
    look_key[0] = s0_2;
    look_key[4] = s1_2;
    look_key[8] = s2_2;
    look_key[1] = s3_2;
    look_key[5] = s4_2;
    look_key[9] = s5_2;
    look_key[2] = s6_2;
    look_key[6] = s7_2;
    look_key[10] = s8_1;
    look_key[3] = s9_1;
    look_key[7] = s10_1;
    look_key[11] = s11_1;
    real s0_3 = 0.0f;
    real s1_3 = 0.0f;
    real s2_3 = 0.0f;
    real s3_3 = 0.0f;
    real s4_3 = 0.0f;
    real s5_3 = 0.0f;
    real s6_3 = 0.0f;
    real s7_3 = 0.0f;
    const real look_key_weight8 = theta[8];
    const real x18 = x1[6];
    s0_3 = fmaf(look_key_weight8, x18, s0_3);
    const real x19 = x1[8];
    s1_3 = fmaf(look_key_weight8, x19, s1_3);
    const real look_key_weight9 = theta[10];
    s2_3 = fmaf(look_key_weight9, x18, s2_3);
    s3_3 = fmaf(look_key_weight9, x19, s3_3);
    const real look_key_weight10 = theta[12];
    s4_3 = fmaf(look_key_weight10, x18, s4_3);
    s5_3 = fmaf(look_key_weight10, x19, s5_3);
    const real look_key_weight11 = theta[14];
    s6_3 = fmaf(look_key_weight11, x18, s6_3);
    s7_3 = fmaf(look_key_weight11, x19, s7_3);
    const real look_key_weight12 = theta[9];
    const real x20 = x1[7];
    s0_3 = fmaf(look_key_weight12, x20, s0_3);
    const real x21 = x1[9];
    s1_3 = fmaf(look_key_weight12, x21, s1_3);
    const real look_key_weight13 = theta[11];
    s2_3 = fmaf(look_key_weight13, x20, s2_3);
    s3_3 = fmaf(look_key_weight13, x21, s3_3);
    const real look_key_weight14 = theta[13];
    s4_3 = fmaf(look_key_weight14, x20, s4_3);
    s5_3 = fmaf(look_key_weight14, x21, s5_3);
    const real look_key_weight15 = theta[15];
    s6_3 = fmaf(look_key_weight15, x20, s6_3);
    s7_3 = fmaf(look_key_weight15, x21, s7_3);
    look_key[12] = s0_3;
    look_key[16] = s1_3;
    look_key[13] = s2_3;
    look_key[17] = s3_3;
    look_key[14] = s4_3;
    look_key[18] = s5_3;
    look_key[15] = s6_3;
    look_key[19] = s7_3;
    /* look.value */
    real s0_4 = 0.0f;
    real s1_4 = 0.0f;
    real s2_4 = 0.0f;
    real s3_4 = 0.0f;
    real s4_4 = 0.0f;
    real s5_4 = 0.0f;
    const real look_value_weight = theta[16];
    const real x22 = x1[0];
    s0_4 = fmaf(look_value_weight, x22, s0_4);
    const real x23 = x1[2];
    s1_4 = fmaf(look_value_weight, x23, s1_4);
    const real x24 = x1[4];
    s2_4 = fmaf(look_value_weight, x24, s2_4);
    const real look_value_weight1 = theta[18];
    s3_4 = fmaf(look_value_weight1, x22, s3_4);
    s4_4 = fmaf(look_value_weight1, x23, s4_4);
    s5_4 = fmaf(look_value_weight1, x24, s5_4);
    const real look_value_weight2 = theta[17];
    const real x25 = x1[1];
    s0_4 = fmaf(look_value_weight2, x25, s0_4);
    const real x26 = x1[3];
    s1_4 = fmaf(look_value_weight2, x26, s1_4);
    const real x27 = x1[5];
    s2_4 = fmaf(look_value_weight2, x27, s2_4);
    const real look_value_weight3 = theta[19];
    s3_4 = fmaf(look_value_weight3, x25, s3_4);
    s4_4 = fmaf(look_value_weight3, x26, s4_4);
    s5_4 = fmaf(look_value_weight3, x27, s5_4);
    look_value[0] = s0_4;
    const real neg2 = -a_dx[0];
    neg[0] = neg2;
    const real mul1 = x1[0]*neg2;
    mul[0] = mul1;
    look_value[2] = s1_4;
    const real neg3 = -a_dx[2];
    neg[2] = neg3;
    const real mul2 = x1[2]*neg3;
    mul[2] = mul2;
    look_value[4] = s2_4;
    const real neg4 = -a_dx[4];
    neg[4] = neg4;
    const real mul3 = x1[4]*neg4;
    mul[4] = mul3;
    look_value[1] = s3_4;
    const real neg5 = -a_dx[1];
    neg[1] = neg5;
    const real mul4 = x1[1]*neg5;
    mul[1] = mul4;
    look_value[3] = s4_4;
    const real neg6 = -a_dx[3];
    neg[3] = neg6;
    const real mul5 = x1[3]*neg6;
    mul[3] = mul5;
    look_value[5] = s5_4;
    const real neg7 = -a_dx[5];
    neg[5] = neg7;
    const real mul6 = x1[5]*neg7;
    mul[5] = mul6;
    real s0_5 = 0.0f;
    real s1_5 = 0.0f;
    real s2_5 = 0.0f;
    real s3_5 = 0.0f;
    const real look_value_weight4 = theta[16];
    const real x28 = x1[6];
    s0_5 = fmaf(look_value_weight4, x28, s0_5);
    const real x29 = x1[8];
    s1_5 = fmaf(look_value_weight4, x29, s1_5);
    const real look_value_weight5 = theta[18];
    s2_5 = fmaf(look_value_weight5, x28, s2_5);
    s3_5 = fmaf(look_value_weight5, x29, s3_5);
    const real look_value_weight6 = theta[17];
    const real x30 = x1[7];
    s0_5 = fmaf(look_value_weight6, x30, s0_5);
    const real x31 = x1[9];
    s1_5 = fmaf(look_value_weight6, x31, s1_5);
    const real look_value_weight7 = theta[19];
    s2_5 = fmaf(look_value_weight7, x30, s2_5);
    s3_5 = fmaf(look_value_weight7, x31, s3_5);
    look_value[6] = s0_5;
    const real neg8 = -a_dx[6];
    neg[6] = neg8;
    const real mul7 = x1[6]*neg8;
    mul[6] = mul7;
    look_value[8] = s1_5;
    const real neg9 = -a_dx[8];
    neg[8] = neg9;
    const real mul8 = x1[8]*neg9;
    mul[8] = mul8;
    look_value[7] = s2_5;
    const real neg10 = -a_dx[7];
    neg[7] = neg10;
    const real mul9 = x1[7]*neg10;
    mul[7] = mul9;
    look_value[9] = s3_5;
    const real neg11 = -a_dx[9];
    neg[9] = neg11;
    const real mul10 = x1[9]*neg11;
    mul[9] = mul10;
    /* look */
    real s0_6 = 0.0f;
    real s1_6 = 0.0f;
    real s2_6 = 0.0f;
    real s3_6 = 0.0f;
    real s4_5 = 0.0f;
    real s5_5 = 0.0f;
    real s6_4 = 0.0f;
    real s7_4 = 0.0f;
    real s8_2 = 0.0f;
    const real sum = look_key[0];
    const real sum1 = look_query[0];
    s0_6 = fmaf(sum, sum1, s0_6);
    const real sum2 = look_key[4];
    s1_6 = fmaf(sum2, sum1, s1_6);
    const real sum3 = look_key[8];
    s2_6 = fmaf(sum3, sum1, s2_6);
    const real sum4 = look_query[4];
    s3_6 = fmaf(sum, sum4, s3_6);
    s4_5 = fmaf(sum2, sum4, s4_5);
    s5_5 = fmaf(sum3, sum4, s5_5);
    const real sum5 = look_query[8];
    s6_4 = fmaf(sum, sum5, s6_4);
    s7_4 = fmaf(sum2, sum5, s7_4);
    s8_2 = fmaf(sum3, sum5, s8_2);
    const real sum6 = look_key[1];
    const real sum7 = look_query[1];
    s0_6 = fmaf(sum6, sum7, s0_6);
    const real sum8 = look_key[5];
    s1_6 = fmaf(sum8, sum7, s1_6);
    const real sum9 = look_key[9];
    s2_6 = fmaf(sum9, sum7, s2_6);
    const real sum10 = look_query[5];
    s3_6 = fmaf(sum6, sum10, s3_6);
    s4_5 = fmaf(sum8, sum10, s4_5);
    s5_5 = fmaf(sum9, sum10, s5_5);
    const real sum11 = look_query[9];
    s6_4 = fmaf(sum6, sum11, s6_4);
    s7_4 = fmaf(sum8, sum11, s7_4);
    s8_2 = fmaf(sum9, sum11, s8_2);
    const real sum12 = look_key[2];
    const real sum13 = look_query[2];
    s0_6 = fmaf(sum12, sum13, s0_6);
    const real sum14 = look_key[6];
    s1_6 = fmaf(sum14, sum13, s1_6);
    const real sum15 = look_key[10];
    s2_6 = fmaf(sum15, sum13, s2_6);
    const real sum16 = look_query[6];
    s3_6 = fmaf(sum12, sum16, s3_6);
    s4_5 = fmaf(sum14, sum16, s4_5);
    s5_5 = fmaf(sum15, sum16, s5_5);
    const real sum17 = look_query[10];
    s6_4 = fmaf(sum12, sum17, s6_4);
    s7_4 = fmaf(sum14, sum17, s7_4);
    s8_2 = fmaf(sum15, sum17, s8_2);
    const real sum18 = look_key[3];
    const real sum19 = look_query[3];
    s0_6 = fmaf(sum18, sum19, s0_6);
    const real sum20 = look_key[7];
    s1_6 = fmaf(sum20, sum19, s1_6);
    const real sum21 = look_key[11];
    s2_6 = fmaf(sum21, sum19, s2_6);
    const real sum22 = look_query[7];
    s3_6 = fmaf(sum18, sum22, s3_6);
    s4_5 = fmaf(sum20, sum22, s4_5);
    s5_5 = fmaf(sum21, sum22, s5_5);
    const real sum23 = look_query[11];
    s6_4 = fmaf(sum18, sum23, s6_4);
    s7_4 = fmaf(sum20, sum23, s7_4);
    s8_2 = fmaf(sum21, sum23, s8_2);
    const real mul11 = s0_6*0.5f;
    look[0] = mul11;
    const real mul12 = s1_6*0.5f;
    look[1] = mul12;
    const real mul13 = s2_6*0.5f;
    look[2] = mul13;
    const real mul14 = s3_6*0.5f;
    look[5] = mul14;
    const real mul15 = s4_5*0.5f;
    look[6] = mul15;
    const real mul16 = s5_5*0.5f;
    look[7] = mul16;
    const real mul17 = s6_4*0.5f;
    look[10] = mul17;
    const real mul18 = s7_4*0.5f;
    look[11] = mul18;
    const real mul19 = s8_2*0.5f;
    look[12] = mul19;
    real s0_7 = 0.0f;
    real s1_7 = 0.0f;
    real s2_7 = 0.0f;
    real s3_7 = 0.0f;
    real s4_6 = 0.0f;
    real s5_6 = 0.0f;
    const real sum24 = look_key[12];
    const real sum25 = look_query[0];
    s0_7 = fmaf(sum24, sum25, s0_7);
    const real sum26 = look_key[16];
    s1_7 = fmaf(sum26, sum25, s1_7);
    const real sum27 = look_query[4];
    s2_7 = fmaf(sum24, sum27, s2_7);
    s3_7 = fmaf(sum26, sum27, s3_7);
    const real sum28 = look_query[8];
    s4_6 = fmaf(sum24, sum28, s4_6);
    s5_6 = fmaf(sum26, sum28, s5_6);
    const real sum29 = look_key[13];
    const real sum30 = look_query[1];
    s0_7 = fmaf(sum29, sum30, s0_7);
    const real sum31 = look_key[17];
    s1_7 = fmaf(sum31, sum30, s1_7);
    const real sum32 = look_query[5];
    s2_7 = fmaf(sum29, sum32, s2_7);
    s3_7 = fmaf(sum31, sum32, s3_7);
    const real sum33 = look_query[9];
    s4_6 = fmaf(sum29, sum33, s4_6);
    s5_6 = fmaf(sum31, sum33, s5_6);
    const real sum34 = look_key[14];
    const real sum35 = look_query[2];
    s0_7 = fmaf(sum34, sum35, s0_7);
    const real sum36 = look_key[18];
    s1_7 = fmaf(sum36, sum35, s1_7);
    const real sum37 = look_query[6];
    s2_7 = fmaf(sum34, sum37, s2_7);
    s3_7 = fmaf(sum36, sum37, s3_7);
    const real sum38 = look_query[10];
    s4_6 = fmaf(sum34, sum38, s4_6);
    s5_6 = fmaf(sum36, sum38, s5_6);
    const real sum39 = look_key[15];
    const real sum40 = look_query[3];
    s0_7 = fmaf(sum39, sum40, s0_7);
    const real sum41 = look_key[19];
    s1_7 = fmaf(sum41, sum40, s1_7);
    const real sum42 = look_query[7];
    s2_7 = fmaf(sum39, sum42, s2_7);
    s3_7 = fmaf(sum41, sum42, s3_7);
    const real sum43 = look_query[11];
    s4_6 = fmaf(sum39, sum43, s4_6);
    s5_6 = fmaf(sum41, sum43, s5_6);
    const real mul20 = s0_7*0.5f;
    look[3] = mul20;
    const real mul21 = s1_7*0.5f;
    look[4] = mul21;
    const real mul22 = s2_7*0.5f;
    look[8] = mul22;
    const real mul23 = s3_7*0.5f;
    look[9] = mul23;
    const real mul24 = s4_6*0.5f;
    look[13] = mul24;
    const real mul25 = s5_6*0.5f;
    look[14] = mul25;
    real s0_8 = 0.0f;
    real s1_8 = 0.0f;
    real s2_8 = 0.0f;
    real s3_8 = 0.0f;
    real s4_7 = 0.0f;
    real s5_7 = 0.0f;
    const real sum44 = look_key[0];
    const real sum45 = look_query[12];
    s0_8 = fmaf(sum44, sum45, s0_8);
    const real sum46 = look_key[4];
    s1_8 = fmaf(sum46, sum45, s1_8);
    const real sum47 = look_key[8];
    s2_8 = fmaf(sum47, sum45, s2_8);
    const real sum48 = look_query[16];
    s3_8 = fmaf(sum44, sum48, s3_8);
    s4_7 = fmaf(sum46, sum48, s4_7);
    s5_7 = fmaf(sum47, sum48, s5_7);
    const real sum49 = look_key[1];
    const real sum50 = look_query[13];
    s0_8 = fmaf(sum49, sum50, s0_8);
    const real sum51 = look_key[5];
    s1_8 = fmaf(sum51, sum50, s1_8);
    const real sum52 = look_key[9];
    s2_8 = fmaf(sum52, sum50, s2_8);
    const real sum53 = look_query[17];
    s3_8 = fmaf(sum49, sum53, s3_8);
    s4_7 = fmaf(sum51, sum53, s4_7);
    s5_7 = fmaf(sum52, sum53, s5_7);
    const real sum54 = look_key[2];
    const real sum55 = look_query[14];
    s0_8 = fmaf(sum54, sum55, s0_8);
    const real sum56 = look_key[6];
    s1_8 = fmaf(sum56, sum55, s1_8);
    const real sum57 = look_key[10];
    s2_8 = fmaf(sum57, sum55, s2_8);
    const real sum58 = look_query[18];
    s3_8 = fmaf(sum54, sum58, s3_8);
    s4_7 = fmaf(sum56, sum58, s4_7);
    s5_7 = fmaf(sum57, sum58, s5_7);
    const real sum59 = look_key[3];
    const real sum60 = look_query[15];
    s0_8 = fmaf(sum59, sum60, s0_8);
    const real sum61 = look_key[7];
    s1_8 = fmaf(sum61, sum60, s1_8);
    const real sum62 = look_key[11];
    s2_8 = fmaf(sum62, sum60, s2_8);
    const real sum63 = look_query[19];
    s3_8 = fmaf(sum59, sum63, s3_8);
    s4_7 = fmaf(sum61, sum63, s4_7);
    s5_7 = fmaf(sum62, sum63, s5_7);
    const real mul26 = s0_8*0.5f;
    look[15] = mul26;
    const real mul27 = s1_8*0.5f;
    look[16] = mul27;
    const real mul28 = s2_8*0.5f;
    look[17] = mul28;
    const real mul29 = s3_8*0.5f;
    look[20] = mul29;
    const real mul30 = s4_7*0.5f;
    look[21] = mul30;
    const real mul31 = s5_7*0.5f;
    look[22] = mul31;
    real s0_9 = 0.0f;
    real s1_9 = 0.0f;
    real s2_9 = 0.0f;
    real s3_9 = 0.0f;
    const real sum64 = look_key[12];
    const real sum65 = look_query[12];
    s0_9 = fmaf(sum64, sum65, s0_9);
    const real sum66 = look_key[16];
    s1_9 = fmaf(sum66, sum65, s1_9);
    const real sum67 = look_query[16];
    s2_9 = fmaf(sum64, sum67, s2_9);
    s3_9 = fmaf(sum66, sum67, s3_9);
    const real sum68 = look_key[13];
    const real sum69 = look_query[13];
    s0_9 = fmaf(sum68, sum69, s0_9);
    const real sum70 = look_key[17];
    s1_9 = fmaf(sum70, sum69, s1_9);
    const real sum71 = look_query[17];
    s2_9 = fmaf(sum68, sum71, s2_9);
    s3_9 = fmaf(sum70, sum71, s3_9);
    const real sum72 = look_key[14];
    const real sum73 = look_query[14];
    s0_9 = fmaf(sum72, sum73, s0_9);
    const real sum74 = look_key[18];
    s1_9 = fmaf(sum74, sum73, s1_9);
    const real sum75 = look_query[18];
    s2_9 = fmaf(sum72, sum75, s2_9);
    s3_9 = fmaf(sum74, sum75, s3_9);
    const real sum76 = look_key[15];
    const real sum77 = look_query[15];
    s0_9 = fmaf(sum76, sum77, s0_9);
    const real sum78 = look_key[19];
    s1_9 = fmaf(sum78, sum77, s1_9);
    const real sum79 = look_query[19];
    s2_9 = fmaf(sum76, sum79, s2_9);
    s3_9 = fmaf(sum78, sum79, s3_9);
    const real mul32 = s0_9*0.5f;
    look[18] = mul32;
    const real mul33 = s1_9*0.5f;
    look[19] = mul33;
    const real mul34 = s2_9*0.5f;
    look[23] = mul34;
    const real mul35 = s3_9*0.5f;
    look[24] = mul35;
    /* look */
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        real peak = look[i*5];
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            peak = r_max(peak, look[i*5 + k]);
        }
        look1[i] = peak;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            const real sub = look[i*5 + j] - look1[i];
            const real exp_ = r_exp(sub);
            look2[i*5 + j] = exp_;
            const real select = look[i*5 + j] == look1[i] ? 1.0f : 0.0f;
            look3[i*5 + j] = select;
        }
    }
    /* look */
    real s0_10 = 0.0f;
    real s1_10 = 0.0f;
    real s2_10 = 0.0f;
    real s3_10 = 0.0f;
    real s4_8 = 0.0f;
    ROLL for (ptrdiff_t k = 0; k < 5; k++) {
        s0_10 = s0_10 + look2[k];
        s1_10 = s1_10 + look2[k + 5];
        s2_10 = s2_10 + look2[k + 10];
        s3_10 = s3_10 + look2[k + 15];
        s4_8 = s4_8 + look2[k + 20];
    }
    look1[0] = s0_10;
    look1[1] = s1_10;
    look1[2] = s2_10;
    look1[3] = s3_10;
    look1[4] = s4_8;
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            const real div = look2[i*5 + j]/look1[i];
            look[i*5 + j] = div;
        }
    }
    /* look */
    real s0_11 = 0.0f;
    real s1_11 = 0.0f;
    real s2_11 = 0.0f;
    real s3_11 = 0.0f;
    real s4_9 = 0.0f;
    real s5_8 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real div = look[l];
        const real sum80 = look_value[l*2];
        s0_11 = fmaf(div, sum80, s0_11);
        const real sum81 = look_value[l*2 + 1];
        s1_11 = fmaf(div, sum81, s1_11);
        const real div1 = look[l + 5];
        s2_11 = fmaf(div1, sum80, s2_11);
        s3_11 = fmaf(div1, sum81, s3_11);
        const real div2 = look[l + 10];
        s4_9 = fmaf(div2, sum80, s4_9);
        s5_8 = fmaf(div2, sum81, s5_8);
    }
    look4[0] = s0_11;
    const real mul36 = s0_11*s0_11;
    square[0] = mul36;
    const real add3 = s0_11 + s0_11;
    add[0] = add3;
    look4[1] = s1_11;
    const real mul37 = s1_11*s1_11;
    square[1] = mul37;
    const real add4 = s1_11 + s1_11;
    add[1] = add4;
    look4[2] = s2_11;
    const real mul38 = s2_11*s2_11;
    square[2] = mul38;
    const real add5 = s2_11 + s2_11;
    add[2] = add5;
    look4[3] = s3_11;
    const real mul39 = s3_11*s3_11;
    square[3] = mul39;
    const real add6 = s3_11 + s3_11;
    add[3] = add6;
    look4[4] = s4_9;
    const real mul40 = s4_9*s4_9;
    square[4] = mul40;
    const real add7 = s4_9 + s4_9;
    add[4] = add7;
    look4[5] = s5_8;
    const real mul41 = s5_8*s5_8;
    square[5] = mul41;
    const real add8 = s5_8 + s5_8;
    add[5] = add8;
    real s0_12 = 0.0f;
    real s1_12 = 0.0f;
    real s2_12 = 0.0f;
    real s3_12 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real div = look[l + 15];
        const real sum80 = look_value[l*2];
        s0_12 = fmaf(div, sum80, s0_12);
        const real sum81 = look_value[l*2 + 1];
        s1_12 = fmaf(div, sum81, s1_12);
        const real div1 = look[l + 20];
        s2_12 = fmaf(div1, sum80, s2_12);
        s3_12 = fmaf(div1, sum81, s3_12);
    }
    look4[6] = s0_12;
    const real mul42 = s0_12*s0_12;
    square[6] = mul42;
    const real add9 = s0_12 + s0_12;
    add[6] = add9;
    look4[7] = s1_12;
    const real mul43 = s1_12*s1_12;
    square[7] = mul43;
    const real add10 = s1_12 + s1_12;
    add[7] = add10;
    look4[8] = s2_12;
    const real mul44 = s2_12*s2_12;
    square[8] = mul44;
    const real add11 = s2_12 + s2_12;
    add[8] = add11;
    look4[9] = s3_12;
    const real mul45 = s3_12*s3_12;
    square[9] = mul45;
    const real add12 = s3_12 + s3_12;
    add[9] = add12;
    real s0_13 = 0.0f;
    real s1_13 = 0.0f;
    real s2_13 = 0.0f;
    real s3_13 = 0.0f;
    real s4_10 = 0.0f;
    s0_13 = s0_13 + square[0];
    s1_13 = s1_13 + square[2];
    s2_13 = s2_13 + square[4];
    s3_13 = s3_13 + square[6];
    s4_10 = s4_10 + square[8];
    s0_13 = s0_13 + square[1];
    s1_13 = s1_13 + square[3];
    s2_13 = s2_13 + square[5];
    s3_13 = s3_13 + square[7];
    s4_10 = s4_10 + square[9];
    real row[5] ALIGNED;
    row[0] = s0_13;
    row[1] = s1_13;
    row[2] = s2_13;
    row[3] = s3_13;
    row[4] = s4_10;
    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
        const real sum80 = row[u];
        const real sqrt_ = sqrtf(sum80);
        const real add13 = sqrt_ + 1.0f;
        add1[u] = add13;
        const real add14 = sqrt_ + sqrt_;
        add2[u] = add14;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real div = look4[i*2 + j]/add1[i];
            const real div1 = a_dx[i*2 + j]/add1[i];
            square[i*2 + j] = div1;
            const real mul46 = div*div1;
            const real neg12 = -mul46;
            neg1[i*2 + j] = neg12;
        }
    }
    real s0_14 = 0.0f;
    real s1_14 = 0.0f;
    real s2_14 = 0.0f;
    real s3_14 = 0.0f;
    real s4_11 = 0.0f;
    s0_14 = s0_14 + neg1[0];
    s1_14 = s1_14 + neg1[2];
    s2_14 = s2_14 + neg1[4];
    s3_14 = s3_14 + neg1[6];
    s4_11 = s4_11 + neg1[8];
    s0_14 = s0_14 + neg1[1];
    s1_14 = s1_14 + neg1[3];
    s2_14 = s2_14 + neg1[5];
    s3_14 = s3_14 + neg1[7];
    s4_11 = s4_11 + neg1[9];
    real row1[5] ALIGNED;
    row1[0] = s0_14;
    row1[1] = s1_14;
    row1[2] = s2_14;
    row1[3] = s3_14;
    row1[4] = s4_11;
    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
        const real sum80 = row1[u];
        const real div = sum80/add2[u];
        look4[u] = div;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real fma_ = fmaf(look4[i], add[i*2 + j], square[i*2 + j]);
            neg1[i*2 + j] = fma_;
        }
    }
    /* look */
    real s0_15 = 0.0f;
    real s1_15 = 0.0f;
    real s2_15 = 0.0f;
    real s3_15 = 0.0f;
    real s4_12 = 0.0f;
    real s5_9 = 0.0f;
    real s6_5 = 0.0f;
    real s7_5 = 0.0f;
    real s8_3 = 0.0f;
    const real fma_ = neg1[0];
    const real sum80 = look_value[0];
    s0_15 = fmaf(fma_, sum80, s0_15);
    const real sum81 = look_value[2];
    s1_15 = fmaf(fma_, sum81, s1_15);
    const real sum82 = look_value[4];
    s2_15 = fmaf(fma_, sum82, s2_15);
    const real fma1 = neg1[2];
    s3_15 = fmaf(fma1, sum80, s3_15);
    s4_12 = fmaf(fma1, sum81, s4_12);
    s5_9 = fmaf(fma1, sum82, s5_9);
    const real fma2 = neg1[4];
    s6_5 = fmaf(fma2, sum80, s6_5);
    s7_5 = fmaf(fma2, sum81, s7_5);
    s8_3 = fmaf(fma2, sum82, s8_3);
    const real fma3 = neg1[1];
    const real sum83 = look_value[1];
    s0_15 = fmaf(fma3, sum83, s0_15);
    const real sum84 = look_value[3];
    s1_15 = fmaf(fma3, sum84, s1_15);
    const real sum85 = look_value[5];
    s2_15 = fmaf(fma3, sum85, s2_15);
    const real fma4 = neg1[3];
    s3_15 = fmaf(fma4, sum83, s3_15);
    s4_12 = fmaf(fma4, sum84, s4_12);
    s5_9 = fmaf(fma4, sum85, s5_9);
    const real fma5 = neg1[5];
    s6_5 = fmaf(fma5, sum83, s6_5);
    s7_5 = fmaf(fma5, sum84, s7_5);
    s8_3 = fmaf(fma5, sum85, s8_3);
    const real div = s0_15/look1[0];
    look5[0] = div;
    const real mul46 = look[0]*div;
    const real neg12 = -mul46;
    look6[0] = neg12;
    const real div1 = s1_15/look1[0];
    look5[1] = div1;
    const real mul47 = look[1]*div1;
    const real neg13 = -mul47;
    look6[1] = neg13;
    const real div2 = s2_15/look1[0];
    look5[2] = div2;
    const real mul48 = look[2]*div2;
    const real neg14 = -mul48;
    look6[2] = neg14;
    const real div3 = s3_15/look1[1];
    look5[5] = div3;
    const real mul49 = look[5]*div3;
    const real neg15 = -mul49;
    look6[5] = neg15;
    const real div4 = s4_12/look1[1];
    look5[6] = div4;
    const real mul50 = look[6]*div4;
    const real neg16 = -mul50;
    look6[6] = neg16;
    const real div5 = s5_9/look1[1];
    look5[7] = div5;
    const real mul51 = look[7]*div5;
    const real neg17 = -mul51;
    look6[7] = neg17;
    const real div6 = s6_5/look1[2];
    look5[10] = div6;
    const real mul52 = look[10]*div6;
    const real neg18 = -mul52;
    look6[10] = neg18;
    const real div7 = s7_5/look1[2];
    look5[11] = div7;
    const real mul53 = look[11]*div7;
    const real neg19 = -mul53;
    look6[11] = neg19;
    const real div8 = s8_3/look1[2];
    look5[12] = div8;
    const real mul54 = look[12]*div8;
    const real neg20 = -mul54;
    look6[12] = neg20;
    real s0_16 = 0.0f;
    real s1_16 = 0.0f;
    real s2_16 = 0.0f;
    real s3_16 = 0.0f;
    real s4_13 = 0.0f;
    real s5_10 = 0.0f;
    const real fma6 = neg1[0];
    const real sum86 = look_value[6];
    s0_16 = fmaf(fma6, sum86, s0_16);
    const real sum87 = look_value[8];
    s1_16 = fmaf(fma6, sum87, s1_16);
    const real fma7 = neg1[2];
    s2_16 = fmaf(fma7, sum86, s2_16);
    s3_16 = fmaf(fma7, sum87, s3_16);
    const real fma8 = neg1[4];
    s4_13 = fmaf(fma8, sum86, s4_13);
    s5_10 = fmaf(fma8, sum87, s5_10);
    const real fma9 = neg1[1];
    const real sum88 = look_value[7];
    s0_16 = fmaf(fma9, sum88, s0_16);
    const real sum89 = look_value[9];
    s1_16 = fmaf(fma9, sum89, s1_16);
    const real fma10 = neg1[3];
    s2_16 = fmaf(fma10, sum88, s2_16);
    s3_16 = fmaf(fma10, sum89, s3_16);
    const real fma11 = neg1[5];
    s4_13 = fmaf(fma11, sum88, s4_13);
    s5_10 = fmaf(fma11, sum89, s5_10);
    const real div9 = s0_16/look1[0];
    look5[3] = div9;
    const real mul55 = look[3]*div9;
    const real neg21 = -mul55;
    look6[3] = neg21;
    const real div10 = s1_16/look1[0];
    look5[4] = div10;
    const real mul56 = look[4]*div10;
    const real neg22 = -mul56;
    look6[4] = neg22;
    const real div11 = s2_16/look1[1];
    look5[8] = div11;
    const real mul57 = look[8]*div11;
    const real neg23 = -mul57;
    look6[8] = neg23;
    const real div12 = s3_16/look1[1];
    look5[9] = div12;
    const real mul58 = look[9]*div12;
    const real neg24 = -mul58;
    look6[9] = neg24;
    const real div13 = s4_13/look1[2];
    look5[13] = div13;
    const real mul59 = look[13]*div13;
    const real neg25 = -mul59;
    look6[13] = neg25;
    const real div14 = s5_10/look1[2];
    look5[14] = div14;
    const real mul60 = look[14]*div14;
    const real neg26 = -mul60;
    look6[14] = neg26;
    real s0_17 = 0.0f;
    real s1_17 = 0.0f;
    real s2_17 = 0.0f;
    real s3_17 = 0.0f;
    real s4_14 = 0.0f;
    real s5_11 = 0.0f;
    const real fma12 = neg1[6];
    const real sum90 = look_value[0];
    s0_17 = fmaf(fma12, sum90, s0_17);
    const real sum91 = look_value[2];
    s1_17 = fmaf(fma12, sum91, s1_17);
    const real sum92 = look_value[4];
    s2_17 = fmaf(fma12, sum92, s2_17);
    const real fma13 = neg1[8];
    s3_17 = fmaf(fma13, sum90, s3_17);
    s4_14 = fmaf(fma13, sum91, s4_14);
    s5_11 = fmaf(fma13, sum92, s5_11);
    const real fma14 = neg1[7];
    const real sum93 = look_value[1];
    s0_17 = fmaf(fma14, sum93, s0_17);
    const real sum94 = look_value[3];
    s1_17 = fmaf(fma14, sum94, s1_17);
    const real sum95 = look_value[5];
    s2_17 = fmaf(fma14, sum95, s2_17);
    const real fma15 = neg1[9];
    s3_17 = fmaf(fma15, sum93, s3_17);
    s4_14 = fmaf(fma15, sum94, s4_14);
    s5_11 = fmaf(fma15, sum95, s5_11);
    const real div15 = s0_17/look1[3];
    look5[15] = div15;
    const real mul61 = look[15]*div15;
    const real neg27 = -mul61;
    look6[15] = neg27;
    const real div16 = s1_17/look1[3];
    look5[16] = div16;
    const real mul62 = look[16]*div16;
    const real neg28 = -mul62;
    look6[16] = neg28;
    const real div17 = s2_17/look1[3];
    look5[17] = div17;
    const real mul63 = look[17]*div17;
    const real neg29 = -mul63;
    look6[17] = neg29;
    const real div18 = s3_17/look1[4];
    look5[20] = div18;
    const real mul64 = look[20]*div18;
    const real neg30 = -mul64;
    look6[20] = neg30;
    const real div19 = s4_14/look1[4];
    look5[21] = div19;
    const real mul65 = look[21]*div19;
    const real neg31 = -mul65;
    look6[21] = neg31;
    const real div20 = s5_11/look1[4];
    look5[22] = div20;
    const real mul66 = look[22]*div20;
    const real neg32 = -mul66;
    look6[22] = neg32;
    real s0_18 = 0.0f;
    real s1_18 = 0.0f;
    real s2_18 = 0.0f;
    real s3_18 = 0.0f;
    const real fma16 = neg1[6];
    const real sum96 = look_value[6];
    s0_18 = fmaf(fma16, sum96, s0_18);
    const real sum97 = look_value[8];
    s1_18 = fmaf(fma16, sum97, s1_18);
    const real fma17 = neg1[8];
    s2_18 = fmaf(fma17, sum96, s2_18);
    s3_18 = fmaf(fma17, sum97, s3_18);
    const real fma18 = neg1[7];
    const real sum98 = look_value[7];
    s0_18 = fmaf(fma18, sum98, s0_18);
    const real sum99 = look_value[9];
    s1_18 = fmaf(fma18, sum99, s1_18);
    const real fma19 = neg1[9];
    s2_18 = fmaf(fma19, sum98, s2_18);
    s3_18 = fmaf(fma19, sum99, s3_18);
    const real div21 = s0_18/look1[3];
    look5[18] = div21;
    const real mul67 = look[18]*div21;
    const real neg33 = -mul67;
    look6[18] = neg33;
    const real div22 = s1_18/look1[3];
    look5[19] = div22;
    const real mul68 = look[19]*div22;
    const real neg34 = -mul68;
    look6[19] = neg34;
    const real div23 = s2_18/look1[4];
    look5[23] = div23;
    const real mul69 = look[23]*div23;
    const real neg35 = -mul69;
    look6[23] = neg35;
    const real div24 = s3_18/look1[4];
    look5[24] = div24;
    const real mul70 = look[24]*div24;
    const real neg36 = -mul70;
    look6[24] = neg36;
    /* look */
    real s0_19 = 0.0f;
    real s1_19 = 0.0f;
    real s2_19 = 0.0f;
    real s3_19 = 0.0f;
    real s4_15 = 0.0f;
    real s5_12 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real div25 = look[l*5];
        const real fma20 = neg1[l*2];
        s0_19 = fmaf(div25, fma20, s0_19);
        const real fma21 = neg1[l*2 + 1];
        s1_19 = fmaf(div25, fma21, s1_19);
        const real div26 = look[l*5 + 1];
        s2_19 = fmaf(div26, fma20, s2_19);
        s3_19 = fmaf(div26, fma21, s3_19);
        const real div27 = look[l*5 + 2];
        s4_15 = fmaf(div27, fma20, s4_15);
        s5_12 = fmaf(div27, fma21, s5_12);
    }
    look7[0] = s0_19;
    look7[1] = s1_19;
    look7[2] = s2_19;
    look7[3] = s3_19;
    look7[4] = s4_15;
    look7[5] = s5_12;
    real s0_20 = 0.0f;
    real s1_20 = 0.0f;
    real s2_20 = 0.0f;
    real s3_20 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real div25 = look[l*5 + 3];
        const real fma20 = neg1[l*2];
        s0_20 = fmaf(div25, fma20, s0_20);
        const real fma21 = neg1[l*2 + 1];
        s1_20 = fmaf(div25, fma21, s1_20);
        const real div26 = look[l*5 + 4];
        s2_20 = fmaf(div26, fma20, s2_20);
        s3_20 = fmaf(div26, fma21, s3_20);
    }
    look7[6] = s0_20;
    look7[7] = s1_20;
    look7[8] = s2_20;
    look7[9] = s3_20;
    /* look */
    real s0_21 = 0.0f;
    real s1_21 = 0.0f;
    real s2_21 = 0.0f;
    real s3_21 = 0.0f;
    real s4_16 = 0.0f;
    ROLL for (ptrdiff_t k = 0; k < 5; k++) {
        s0_21 = s0_21 + look6[k];
        s1_21 = s1_21 + look6[k + 5];
        s2_21 = s2_21 + look6[k + 10];
        s3_21 = s3_21 + look6[k + 15];
        s4_16 = s4_16 + look6[k + 20];
    }
    look_value[0] = s0_21;
    look_value[1] = s1_21;
    look_value[2] = s2_21;
    look_value[3] = s3_21;
    look_value[4] = s4_16;
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            const real add13 = look5[i*5 + j] + look_value[i];
            const real mul71 = look2[i*5 + j]*add13;
            look[i*5 + j] = mul71;
            const real neg37 = -mul71;
            look6[i*5 + j] = neg37;
        }
    }
    /* look */
    real s0_22 = 0.0f;
    real s1_22 = 0.0f;
    real s2_22 = 0.0f;
    real s3_22 = 0.0f;
    real s4_17 = 0.0f;
    ROLL for (ptrdiff_t k = 0; k < 5; k++) {
        s0_22 = s0_22 + look6[k];
        s1_22 = s1_22 + look6[k + 5];
        s2_22 = s2_22 + look6[k + 10];
        s3_22 = s3_22 + look6[k + 15];
        s4_17 = s4_17 + look6[k + 20];
    }
    look_value[0] = s0_22;
    look_value[1] = s1_22;
    look_value[2] = s2_22;
    look_value[3] = s3_22;
    look_value[4] = s4_17;
    /* look */
    real s0_23 = 0.0f;
    real s1_23 = 0.0f;
    real s2_23 = 0.0f;
    real s3_23 = 0.0f;
    real s4_18 = 0.0f;
    ROLL for (ptrdiff_t k = 0; k < 5; k++) {
        s0_23 = s0_23 + look3[k];
        s1_23 = s1_23 + look3[k + 5];
        s2_23 = s2_23 + look3[k + 10];
        s3_23 = s3_23 + look3[k + 15];
        s4_18 = s4_18 + look3[k + 20];
    }
    real row2[5] ALIGNED;
    row2[0] = s0_23;
    row2[1] = s1_23;
    row2[2] = s2_23;
    row2[3] = s3_23;
    row2[4] = s4_18;
    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
        const real sum100 = row2[u];
        const real div25 = look_value[u]/sum100;
        look1[u] = div25;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            const real fma20 = fmaf(look3[i*5 + j], look1[i], look[i*5 + j]);
            const real mul71 = 0.5f*fma20;
            look2[i*5 + j] = mul71;
        }
    }
    /* look */
    real s0_24 = 0.0f;
    real s1_24 = 0.0f;
    real s2_24 = 0.0f;
    real s3_24 = 0.0f;
    real s4_19 = 0.0f;
    real s5_13 = 0.0f;
    real s6_6 = 0.0f;
    real s7_6 = 0.0f;
    real s8_4 = 0.0f;
    real s9_2 = 0.0f;
    real s10_2 = 0.0f;
    real s11_2 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real mul71 = look2[l*5];
        const real sum100 = look_query[l*4];
        s0_24 = fmaf(mul71, sum100, s0_24);
        const real sum101 = look_query[l*4 + 1];
        s1_24 = fmaf(mul71, sum101, s1_24);
        const real sum102 = look_query[l*4 + 2];
        s2_24 = fmaf(mul71, sum102, s2_24);
        const real sum103 = look_query[l*4 + 3];
        s3_24 = fmaf(mul71, sum103, s3_24);
        const real mul72 = look2[l*5 + 1];
        s4_19 = fmaf(mul72, sum100, s4_19);
        s5_13 = fmaf(mul72, sum101, s5_13);
        s6_6 = fmaf(mul72, sum102, s6_6);
        s7_6 = fmaf(mul72, sum103, s7_6);
        const real mul73 = look2[l*5 + 2];
        s8_4 = fmaf(mul73, sum100, s8_4);
        s9_2 = fmaf(mul73, sum101, s9_2);
        s10_2 = fmaf(mul73, sum102, s10_2);
        s11_2 = fmaf(mul73, sum103, s11_2);
    }
    look8[0] = s0_24;
    look8[1] = s1_24;
    look8[2] = s2_24;
    look8[3] = s3_24;
    look8[4] = s4_19;
    look8[5] = s5_13;
    look8[6] = s6_6;
    look8[7] = s7_6;
    look8[8] = s8_4;
    look8[9] = s9_2;
    look8[10] = s10_2;
    look8[11] = s11_2;
    real s0_25 = 0.0f;
    real s1_25 = 0.0f;
    real s2_25 = 0.0f;
    real s3_25 = 0.0f;
    real s4_20 = 0.0f;
    real s5_14 = 0.0f;
    real s6_7 = 0.0f;
    real s7_7 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real mul71 = look2[l*5 + 3];
        const real sum100 = look_query[l*4];
        s0_25 = fmaf(mul71, sum100, s0_25);
        const real sum101 = look_query[l*4 + 1];
        s1_25 = fmaf(mul71, sum101, s1_25);
        const real sum102 = look_query[l*4 + 2];
        s2_25 = fmaf(mul71, sum102, s2_25);
        const real sum103 = look_query[l*4 + 3];
        s3_25 = fmaf(mul71, sum103, s3_25);
        const real mul72 = look2[l*5 + 4];
        s4_20 = fmaf(mul72, sum100, s4_20);
        s5_14 = fmaf(mul72, sum101, s5_14);
        s6_7 = fmaf(mul72, sum102, s6_7);
        s7_7 = fmaf(mul72, sum103, s7_7);
    }
    look8[12] = s0_25;
    look8[13] = s1_25;
    look8[14] = s2_25;
    look8[15] = s3_25;
    look8[16] = s4_20;
    look8[17] = s5_14;
    look8[18] = s6_7;
    look8[19] = s7_7;
    /* look */
    real s0_26 = 0.0f;
    real s1_26 = 0.0f;
    real s2_26 = 0.0f;
    real s3_26 = 0.0f;
    real s4_21 = 0.0f;
    real s5_15 = 0.0f;
    real s6_8 = 0.0f;
    real s7_8 = 0.0f;
    real s8_5 = 0.0f;
    real s9_3 = 0.0f;
    real s10_3 = 0.0f;
    real s11_3 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real sum100 = look_key[l*4];
        const real mul71 = look2[l];
        s0_26 = fmaf(sum100, mul71, s0_26);
        const real sum101 = look_key[l*4 + 1];
        s1_26 = fmaf(sum101, mul71, s1_26);
        const real sum102 = look_key[l*4 + 2];
        s2_26 = fmaf(sum102, mul71, s2_26);
        const real sum103 = look_key[l*4 + 3];
        s3_26 = fmaf(sum103, mul71, s3_26);
        const real mul72 = look2[l + 5];
        s4_21 = fmaf(sum100, mul72, s4_21);
        s5_15 = fmaf(sum101, mul72, s5_15);
        s6_8 = fmaf(sum102, mul72, s6_8);
        s7_8 = fmaf(sum103, mul72, s7_8);
        const real mul73 = look2[l + 10];
        s8_5 = fmaf(sum100, mul73, s8_5);
        s9_3 = fmaf(sum101, mul73, s9_3);
        s10_3 = fmaf(sum102, mul73, s10_3);
        s11_3 = fmaf(sum103, mul73, s11_3);
    }
    look9[0] = s0_26;
    look9[1] = s1_26;
    look9[2] = s2_26;
    look9[3] = s3_26;
    look9[4] = s4_21;
    look9[5] = s5_15;
    look9[6] = s6_8;
    look9[7] = s7_8;
    look9[8] = s8_5;
    look9[9] = s9_3;
    look9[10] = s10_3;
    look9[11] = s11_3;
    real s0_27 = 0.0f;
    real s1_27 = 0.0f;
    real s2_27 = 0.0f;
    real s3_27 = 0.0f;
    real s4_22 = 0.0f;
    real s5_16 = 0.0f;
    real s6_9 = 0.0f;
    real s7_9 = 0.0f;
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real sum100 = look_key[l*4];
        const real mul71 = look2[l + 15];
        s0_27 = fmaf(sum100, mul71, s0_27);
        const real sum101 = look_key[l*4 + 1];
        s1_27 = fmaf(sum101, mul71, s1_27);
        const real sum102 = look_key[l*4 + 2];
        s2_27 = fmaf(sum102, mul71, s2_27);
        const real sum103 = look_key[l*4 + 3];
        s3_27 = fmaf(sum103, mul71, s3_27);
        const real mul72 = look2[l + 20];
        s4_22 = fmaf(sum100, mul72, s4_22);
        s5_16 = fmaf(sum101, mul72, s5_16);
        s6_9 = fmaf(sum102, mul72, s6_9);
        s7_9 = fmaf(sum103, mul72, s7_9);
    }
    look9[12] = s0_27;
    look9[13] = s1_27;
    look9[14] = s2_27;
    look9[15] = s3_27;
    look9[16] = s4_22;
    look9[17] = s5_16;
    look9[18] = s6_9;
    look9[19] = s7_9;
    /* look.value */
    real s0_28 = 0.0f;
    real s1_28 = 0.0f;
    real s2_28 = 0.0f;
    real s3_28 = 0.0f;
    real s4_23 = 0.0f;
    real s5_17 = 0.0f;
    const real look_value_weight8 = theta[16];
    const real sum100 = look7[0];
    s0_28 = fmaf(look_value_weight8, sum100, s0_28);
    const real sum101 = look7[2];
    s1_28 = fmaf(look_value_weight8, sum101, s1_28);
    const real sum102 = look7[4];
    s2_28 = fmaf(look_value_weight8, sum102, s2_28);
    const real look_value_weight9 = theta[17];
    s3_28 = fmaf(look_value_weight9, sum100, s3_28);
    s4_23 = fmaf(look_value_weight9, sum101, s4_23);
    s5_17 = fmaf(look_value_weight9, sum102, s5_17);
    const real look_value_weight10 = theta[18];
    const real sum103 = look7[1];
    s0_28 = fmaf(look_value_weight10, sum103, s0_28);
    const real sum104 = look7[3];
    s1_28 = fmaf(look_value_weight10, sum104, s1_28);
    const real sum105 = look7[5];
    s2_28 = fmaf(look_value_weight10, sum105, s2_28);
    const real look_value_weight11 = theta[19];
    s3_28 = fmaf(look_value_weight11, sum103, s3_28);
    s4_23 = fmaf(look_value_weight11, sum104, s4_23);
    s5_17 = fmaf(look_value_weight11, sum105, s5_17);
    const real fma20 = fmaf(theta[20], neg[0], s0_28);
    look_query[0] = fma20;
    const real fma21 = fmaf(theta[20], neg[2], s1_28);
    look_query[2] = fma21;
    const real fma22 = fmaf(theta[20], neg[4], s2_28);
    look_query[4] = fma22;
    const real fma23 = fmaf(theta[20], neg[1], s3_28);
    look_query[1] = fma23;
    const real fma24 = fmaf(theta[20], neg[3], s4_23);
    look_query[3] = fma24;
    const real fma25 = fmaf(theta[20], neg[5], s5_17);
    look_query[5] = fma25;
    real s0_29 = 0.0f;
    real s1_29 = 0.0f;
    real s2_29 = 0.0f;
    real s3_29 = 0.0f;
    const real look_value_weight12 = theta[16];
    const real sum106 = look7[6];
    s0_29 = fmaf(look_value_weight12, sum106, s0_29);
    const real sum107 = look7[8];
    s1_29 = fmaf(look_value_weight12, sum107, s1_29);
    const real look_value_weight13 = theta[17];
    s2_29 = fmaf(look_value_weight13, sum106, s2_29);
    s3_29 = fmaf(look_value_weight13, sum107, s3_29);
    const real look_value_weight14 = theta[18];
    const real sum108 = look7[7];
    s0_29 = fmaf(look_value_weight14, sum108, s0_29);
    const real sum109 = look7[9];
    s1_29 = fmaf(look_value_weight14, sum109, s1_29);
    const real look_value_weight15 = theta[19];
    s2_29 = fmaf(look_value_weight15, sum108, s2_29);
    s3_29 = fmaf(look_value_weight15, sum109, s3_29);
    const real fma26 = fmaf(theta[20], neg[6], s0_29);
    look_query[6] = fma26;
    const real fma27 = fmaf(theta[20], neg[8], s1_29);
    look_query[8] = fma27;
    const real fma28 = fmaf(theta[20], neg[7], s2_29);
    look_query[7] = fma28;
    const real fma29 = fmaf(theta[20], neg[9], s3_29);
    look_query[9] = fma29;
    /* look.key */
    real s0_30 = look_query[0];
    real s1_30 = look_query[2];
    real s2_30 = look_query[4];
    real s3_30 = look_query[1];
    real s4_24 = look_query[3];
    real s5_18 = look_query[5];
    const real look_key_weight16 = theta[8];
    const real sum110 = look8[0];
    s0_30 = fmaf(look_key_weight16, sum110, s0_30);
    const real sum111 = look8[4];
    s1_30 = fmaf(look_key_weight16, sum111, s1_30);
    const real sum112 = look8[8];
    s2_30 = fmaf(look_key_weight16, sum112, s2_30);
    const real look_key_weight17 = theta[9];
    s3_30 = fmaf(look_key_weight17, sum110, s3_30);
    s4_24 = fmaf(look_key_weight17, sum111, s4_24);
    s5_18 = fmaf(look_key_weight17, sum112, s5_18);
    const real look_key_weight18 = theta[10];
    const real sum113 = look8[1];
    s0_30 = fmaf(look_key_weight18, sum113, s0_30);
    const real sum114 = look8[5];
    s1_30 = fmaf(look_key_weight18, sum114, s1_30);
    const real sum115 = look8[9];
    s2_30 = fmaf(look_key_weight18, sum115, s2_30);
    const real look_key_weight19 = theta[11];
    s3_30 = fmaf(look_key_weight19, sum113, s3_30);
    s4_24 = fmaf(look_key_weight19, sum114, s4_24);
    s5_18 = fmaf(look_key_weight19, sum115, s5_18);
    const real look_key_weight20 = theta[12];
    const real sum116 = look8[2];
    s0_30 = fmaf(look_key_weight20, sum116, s0_30);
    const real sum117 = look8[6];
    s1_30 = fmaf(look_key_weight20, sum117, s1_30);
    const real sum118 = look8[10];
    s2_30 = fmaf(look_key_weight20, sum118, s2_30);
    const real look_key_weight21 = theta[13];
    s3_30 = fmaf(look_key_weight21, sum116, s3_30);
    s4_24 = fmaf(look_key_weight21, sum117, s4_24);
    s5_18 = fmaf(look_key_weight21, sum118, s5_18);
    const real look_key_weight22 = theta[14];
    const real sum119 = look8[3];
    s0_30 = fmaf(look_key_weight22, sum119, s0_30);
    const real sum120 = look8[7];
    s1_30 = fmaf(look_key_weight22, sum120, s1_30);
    const real sum121 = look8[11];
    s2_30 = fmaf(look_key_weight22, sum121, s2_30);
    const real look_key_weight23 = theta[15];
    s3_30 = fmaf(look_key_weight23, sum119, s3_30);
    s4_24 = fmaf(look_key_weight23, sum120, s4_24);
    s5_18 = fmaf(look_key_weight23, sum121, s5_18);
    look_key[0] = s0_30;
    look_key[2] = s1_30;
    look_key[4] = s2_30;
    look_key[1] = s3_30;
    look_key[3] = s4_24;
    look_key[5] = s5_18;
    real s0_31 = look_query[6];
    real s1_31 = look_query[8];
    real s2_31 = look_query[7];
    real s3_31 = look_query[9];
    const real look_key_weight24 = theta[8];
    const real sum122 = look8[12];
    s0_31 = fmaf(look_key_weight24, sum122, s0_31);
    const real sum123 = look8[16];
    s1_31 = fmaf(look_key_weight24, sum123, s1_31);
    const real look_key_weight25 = theta[9];
    s2_31 = fmaf(look_key_weight25, sum122, s2_31);
    s3_31 = fmaf(look_key_weight25, sum123, s3_31);
    const real look_key_weight26 = theta[10];
    const real sum124 = look8[13];
    s0_31 = fmaf(look_key_weight26, sum124, s0_31);
    const real sum125 = look8[17];
    s1_31 = fmaf(look_key_weight26, sum125, s1_31);
    const real look_key_weight27 = theta[11];
    s2_31 = fmaf(look_key_weight27, sum124, s2_31);
    s3_31 = fmaf(look_key_weight27, sum125, s3_31);
    const real look_key_weight28 = theta[12];
    const real sum126 = look8[14];
    s0_31 = fmaf(look_key_weight28, sum126, s0_31);
    const real sum127 = look8[18];
    s1_31 = fmaf(look_key_weight28, sum127, s1_31);
    const real look_key_weight29 = theta[13];
    s2_31 = fmaf(look_key_weight29, sum126, s2_31);
    s3_31 = fmaf(look_key_weight29, sum127, s3_31);
    const real look_key_weight30 = theta[14];
    const real sum128 = look8[15];
    s0_31 = fmaf(look_key_weight30, sum128, s0_31);
    const real sum129 = look8[19];
    s1_31 = fmaf(look_key_weight30, sum129, s1_31);
    const real look_key_weight31 = theta[15];
    s2_31 = fmaf(look_key_weight31, sum128, s2_31);
    s3_31 = fmaf(look_key_weight31, sum129, s3_31);
    look_key[6] = s0_31;
    look_key[8] = s1_31;
    look_key[7] = s2_31;
    look_key[9] = s3_31;
    /* look.query */
    real s0_32 = look_key[0];
    real s1_32 = look_key[2];
    real s2_32 = look_key[4];
    real s3_32 = look_key[1];
    real s4_25 = look_key[3];
    real s5_19 = look_key[5];
    const real look_query_weight16 = theta[0];
    const real sum130 = look9[0];
    s0_32 = fmaf(look_query_weight16, sum130, s0_32);
    const real sum131 = look9[4];
    s1_32 = fmaf(look_query_weight16, sum131, s1_32);
    const real sum132 = look9[8];
    s2_32 = fmaf(look_query_weight16, sum132, s2_32);
    const real look_query_weight17 = theta[1];
    s3_32 = fmaf(look_query_weight17, sum130, s3_32);
    s4_25 = fmaf(look_query_weight17, sum131, s4_25);
    s5_19 = fmaf(look_query_weight17, sum132, s5_19);
    const real look_query_weight18 = theta[2];
    const real sum133 = look9[1];
    s0_32 = fmaf(look_query_weight18, sum133, s0_32);
    const real sum134 = look9[5];
    s1_32 = fmaf(look_query_weight18, sum134, s1_32);
    const real sum135 = look9[9];
    s2_32 = fmaf(look_query_weight18, sum135, s2_32);
    const real look_query_weight19 = theta[3];
    s3_32 = fmaf(look_query_weight19, sum133, s3_32);
    s4_25 = fmaf(look_query_weight19, sum134, s4_25);
    s5_19 = fmaf(look_query_weight19, sum135, s5_19);
    const real look_query_weight20 = theta[4];
    const real sum136 = look9[2];
    s0_32 = fmaf(look_query_weight20, sum136, s0_32);
    const real sum137 = look9[6];
    s1_32 = fmaf(look_query_weight20, sum137, s1_32);
    const real sum138 = look9[10];
    s2_32 = fmaf(look_query_weight20, sum138, s2_32);
    const real look_query_weight21 = theta[5];
    s3_32 = fmaf(look_query_weight21, sum136, s3_32);
    s4_25 = fmaf(look_query_weight21, sum137, s4_25);
    s5_19 = fmaf(look_query_weight21, sum138, s5_19);
    const real look_query_weight22 = theta[6];
    const real sum139 = look9[3];
    s0_32 = fmaf(look_query_weight22, sum139, s0_32);
    const real sum140 = look9[7];
    s1_32 = fmaf(look_query_weight22, sum140, s1_32);
    const real sum141 = look9[11];
    s2_32 = fmaf(look_query_weight22, sum141, s2_32);
    const real look_query_weight23 = theta[7];
    s3_32 = fmaf(look_query_weight23, sum139, s3_32);
    s4_25 = fmaf(look_query_weight23, sum140, s4_25);
    s5_19 = fmaf(look_query_weight23, sum141, s5_19);
    x_bar[0] = s0_32;
    x_bar[2] = s1_32;
    x_bar[4] = s2_32;
    x_bar[1] = s3_32;
    x_bar[3] = s4_25;
    x_bar[5] = s5_19;
    real s0_33 = look_key[6];
    real s1_33 = look_key[8];
    real s2_33 = look_key[7];
    real s3_33 = look_key[9];
    const real look_query_weight24 = theta[0];
    const real sum142 = look9[12];
    s0_33 = fmaf(look_query_weight24, sum142, s0_33);
    const real sum143 = look9[16];
    s1_33 = fmaf(look_query_weight24, sum143, s1_33);
    const real look_query_weight25 = theta[1];
    s2_33 = fmaf(look_query_weight25, sum142, s2_33);
    s3_33 = fmaf(look_query_weight25, sum143, s3_33);
    const real look_query_weight26 = theta[2];
    const real sum144 = look9[13];
    s0_33 = fmaf(look_query_weight26, sum144, s0_33);
    const real sum145 = look9[17];
    s1_33 = fmaf(look_query_weight26, sum145, s1_33);
    const real look_query_weight27 = theta[3];
    s2_33 = fmaf(look_query_weight27, sum144, s2_33);
    s3_33 = fmaf(look_query_weight27, sum145, s3_33);
    const real look_query_weight28 = theta[4];
    const real sum146 = look9[14];
    s0_33 = fmaf(look_query_weight28, sum146, s0_33);
    const real sum147 = look9[18];
    s1_33 = fmaf(look_query_weight28, sum147, s1_33);
    const real look_query_weight29 = theta[5];
    s2_33 = fmaf(look_query_weight29, sum146, s2_33);
    s3_33 = fmaf(look_query_weight29, sum147, s3_33);
    const real look_query_weight30 = theta[6];
    const real sum148 = look9[15];
    s0_33 = fmaf(look_query_weight30, sum148, s0_33);
    const real sum149 = look9[19];
    s1_33 = fmaf(look_query_weight30, sum149, s1_33);
    const real look_query_weight31 = theta[7];
    s2_33 = fmaf(look_query_weight31, sum148, s2_33);
    s3_33 = fmaf(look_query_weight31, sum149, s3_33);
    x_bar[6] = s0_33;
    x_bar[8] = s1_33;
    x_bar[7] = s2_33;
    x_bar[9] = s3_33;
    t_bar[0] = 0.0f;
    real s0_34 = sums[20];
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        s0_34 = s0_34 + mul[j*2];
        s0_34 = s0_34 + mul[j*2 + 1];
    }
    sums[20] = s0_34;
    /* look.value: sum over samples */
    real s0_35 = sums[16];
    real s1_34 = sums[17];
    real s2_34 = sums[18];
    real s3_34 = sums[19];
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real sum150 = look7[l*2];
        const real x32 = x1[l*2];
        s0_35 = fmaf(sum150, x32, s0_35);
        const real x33 = x1[l*2 + 1];
        s1_34 = fmaf(sum150, x33, s1_34);
        const real sum151 = look7[l*2 + 1];
        s2_34 = fmaf(sum151, x32, s2_34);
        s3_34 = fmaf(sum151, x33, s3_34);
    }
    sums[16] = s0_35;
    sums[17] = s1_34;
    sums[18] = s2_34;
    sums[19] = s3_34;
    /* look.key: sum over samples */
    real s0_36 = sums[8];
    real s1_35 = sums[9];
    real s2_35 = sums[10];
    real s3_35 = sums[11];
    real s4_26 = sums[12];
    real s5_20 = sums[13];
    real s6_10 = sums[14];
    real s7_10 = sums[15];
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real sum150 = look8[l*4];
        const real x32 = x1[l*2];
        s0_36 = fmaf(sum150, x32, s0_36);
        const real x33 = x1[l*2 + 1];
        s1_35 = fmaf(sum150, x33, s1_35);
        const real sum151 = look8[l*4 + 1];
        s2_35 = fmaf(sum151, x32, s2_35);
        s3_35 = fmaf(sum151, x33, s3_35);
        const real sum152 = look8[l*4 + 2];
        s4_26 = fmaf(sum152, x32, s4_26);
        s5_20 = fmaf(sum152, x33, s5_20);
        const real sum153 = look8[l*4 + 3];
        s6_10 = fmaf(sum153, x32, s6_10);
        s7_10 = fmaf(sum153, x33, s7_10);
    }
    sums[8] = s0_36;
    sums[9] = s1_35;
    sums[10] = s2_35;
    sums[11] = s3_35;
    sums[12] = s4_26;
    sums[13] = s5_20;
    sums[14] = s6_10;
    sums[15] = s7_10;
    /* look.query: sum over samples */
    real s0_37 = sums[0];
    real s1_36 = sums[1];
    real s2_36 = sums[2];
    real s3_36 = sums[3];
    real s4_27 = sums[4];
    real s5_21 = sums[5];
    real s6_11 = sums[6];
    real s7_11 = sums[7];
    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
        const real sum150 = look9[l*4];
        const real x32 = x1[l*2];
        s0_37 = fmaf(sum150, x32, s0_37);
        const real x33 = x1[l*2 + 1];
        s1_36 = fmaf(sum150, x33, s1_36);
        const real sum151 = look9[l*4 + 1];
        s2_36 = fmaf(sum151, x32, s2_36);
        s3_36 = fmaf(sum151, x33, s3_36);
        const real sum152 = look9[l*4 + 2];
        s4_27 = fmaf(sum152, x32, s4_27);
        s5_21 = fmaf(sum152, x33, s5_21);
        const real sum153 = look9[l*4 + 3];
        s6_11 = fmaf(sum153, x32, s6_11);
        s7_11 = fmaf(sum153, x33, s7_11);
    }
    sums[0] = s0_37;
    sums[1] = s1_36;
    sums[2] = s2_36;
    sums[3] = s3_36;
    sums[4] = s4_27;
    sums[5] = s5_21;
    sums[6] = s6_11;
    sums[7] = s7_11;
    if (ax != NULL) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            ax[b*10 + e] = x_bar[e];
        }
    }
    if (at != NULL) {
        at[b] = t_bar[0];
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void swarm_vjp_scalar(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*32;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swarm_vjp_scalar_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        ptrdiff_t reach = 1;
        ROLL for (ptrdiff_t level = 0; level < 48; level++) {
            if (reach < blocks) {
                ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                    real *const to = sums + b*21;
                    real *const from = sums + (b + reach)*21;
                    ROLL for (ptrdiff_t i = 0; i < 21; i++) {
                        to[i] = to[i] + from[i];
                    }
                }
                reach = reach*2;
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 21; i++) {
            atheta[i] = sums[i];
        }
    }
}

/* x at every time, from x0 */
static NOINLINE void swarm_solve_scalar_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[10] ALIGNED;
    real h[1] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x1[e] = x0[b*10 + e];
    }
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x[b*10 + e] = x1[e];
    }
    real zero = 0.0f;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        zero = fmaf(x1[e], 0.0f, zero);
    }
    const ptrdiff_t sound = 1 - (zero != zero);
    if (sound == 0) {
        const ptrdiff_t at = swarm_find(x, b*10, 10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/10);
            work[area + 2] = t[(b + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        const real begin = t[b*t_stride + (i - 1)];
        const real end = t[b*t_stride + i];
        const ptrdiff_t n = swarm_steps(begin, end, h_max, steps, max_steps);
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
        const real value = h1;
        h[0] = value;
        ROLL for (ptrdiff_t s = 0; s < n; s++) {
            real look_query[20] ALIGNED;
            real look_key[20] ALIGNED;
            real look_value[10] ALIGNED;
            real look[25] ALIGNED;
            real look1[5] ALIGNED;
            real look2[25] ALIGNED;
            /* look.query */
            real s0 = 0.0f;
            real s1 = 0.0f;
            real s2 = 0.0f;
            real s3 = 0.0f;
            real s4 = 0.0f;
            real s5 = 0.0f;
            real s6 = 0.0f;
            real s7 = 0.0f;
            real s8 = 0.0f;
            real s9 = 0.0f;
            real s10 = 0.0f;
            real s11 = 0.0f;
            const real look_query_weight = theta[0];
            const real x2 = x1[0];
            s0 = fmaf(look_query_weight, x2, s0);
            const real x3 = x1[2];
            s1 = fmaf(look_query_weight, x3, s1);
            const real x4 = x1[4];
            s2 = fmaf(look_query_weight, x4, s2);
            const real look_query_weight1 = theta[2];
            s3 = fmaf(look_query_weight1, x2, s3);
            s4 = fmaf(look_query_weight1, x3, s4);
            s5 = fmaf(look_query_weight1, x4, s5);
            const real look_query_weight2 = theta[4];
            s6 = fmaf(look_query_weight2, x2, s6);
            s7 = fmaf(look_query_weight2, x3, s7);
            s8 = fmaf(look_query_weight2, x4, s8);
            const real look_query_weight3 = theta[6];
            s9 = fmaf(look_query_weight3, x2, s9);
            s10 = fmaf(look_query_weight3, x3, s10);
            s11 = fmaf(look_query_weight3, x4, s11);
            const real look_query_weight4 = theta[1];
            const real x5 = x1[1];
            s0 = fmaf(look_query_weight4, x5, s0);
            const real x6 = x1[3];
            s1 = fmaf(look_query_weight4, x6, s1);
            const real x7 = x1[5];
            s2 = fmaf(look_query_weight4, x7, s2);
            const real look_query_weight5 = theta[3];
            s3 = fmaf(look_query_weight5, x5, s3);
            s4 = fmaf(look_query_weight5, x6, s4);
            s5 = fmaf(look_query_weight5, x7, s5);
            const real look_query_weight6 = theta[5];
            s6 = fmaf(look_query_weight6, x5, s6);
            s7 = fmaf(look_query_weight6, x6, s7);
            s8 = fmaf(look_query_weight6, x7, s8);
            const real look_query_weight7 = theta[7];
            s9 = fmaf(look_query_weight7, x5, s9);
            s10 = fmaf(look_query_weight7, x6, s10);
            s11 = fmaf(look_query_weight7, x7, s11);
            look_query[0] = s0;
            look_query[4] = s1;
            look_query[8] = s2;
            look_query[1] = s3;
            look_query[5] = s4;
            look_query[9] = s5;
            look_query[2] = s6;
            look_query[6] = s7;
            look_query[10] = s8;
            look_query[3] = s9;
            look_query[7] = s10;
            look_query[11] = s11;
            real s0_1 = 0.0f;
            real s1_1 = 0.0f;
            real s2_1 = 0.0f;
            real s3_1 = 0.0f;
            real s4_1 = 0.0f;
            real s5_1 = 0.0f;
            real s6_1 = 0.0f;
            real s7_1 = 0.0f;
            const real look_query_weight8 = theta[0];
            const real x8 = x1[6];
            s0_1 = fmaf(look_query_weight8, x8, s0_1);
            const real x9 = x1[8];
            s1_1 = fmaf(look_query_weight8, x9, s1_1);
            const real look_query_weight9 = theta[2];
            s2_1 = fmaf(look_query_weight9, x8, s2_1);
            s3_1 = fmaf(look_query_weight9, x9, s3_1);
            const real look_query_weight10 = theta[4];
            s4_1 = fmaf(look_query_weight10, x8, s4_1);
            s5_1 = fmaf(look_query_weight10, x9, s5_1);
            const real look_query_weight11 = theta[6];
            s6_1 = fmaf(look_query_weight11, x8, s6_1);
            s7_1 = fmaf(look_query_weight11, x9, s7_1);
            const real look_query_weight12 = theta[1];
            const real x10 = x1[7];
            s0_1 = fmaf(look_query_weight12, x10, s0_1);
            const real x11 = x1[9];
            s1_1 = fmaf(look_query_weight12, x11, s1_1);
            const real look_query_weight13 = theta[3];
            s2_1 = fmaf(look_query_weight13, x10, s2_1);
            s3_1 = fmaf(look_query_weight13, x11, s3_1);
            const real look_query_weight14 = theta[5];
            s4_1 = fmaf(look_query_weight14, x10, s4_1);
            s5_1 = fmaf(look_query_weight14, x11, s5_1);
            const real look_query_weight15 = theta[7];
            s6_1 = fmaf(look_query_weight15, x10, s6_1);
            s7_1 = fmaf(look_query_weight15, x11, s7_1);
            look_query[12] = s0_1;
            look_query[16] = s1_1;
            look_query[13] = s2_1;
            look_query[17] = s3_1;
            look_query[14] = s4_1;
            look_query[18] = s5_1;
            look_query[15] = s6_1;
            look_query[19] = s7_1;
            /* look.key */
            real s0_2 = 0.0f;
            real s1_2 = 0.0f;
            real s2_2 = 0.0f;
            real s3_2 = 0.0f;
            real s4_2 = 0.0f;
            real s5_2 = 0.0f;
            real s6_2 = 0.0f;
            real s7_2 = 0.0f;
            real s8_1 = 0.0f;
            real s9_1 = 0.0f;
            real s10_1 = 0.0f;
            real s11_1 = 0.0f;
            const real look_key_weight = theta[8];
            const real x12 = x1[0];
            s0_2 = fmaf(look_key_weight, x12, s0_2);
            const real x13 = x1[2];
            s1_2 = fmaf(look_key_weight, x13, s1_2);
            const real x14 = x1[4];
            s2_2 = fmaf(look_key_weight, x14, s2_2);
            const real look_key_weight1 = theta[10];
            s3_2 = fmaf(look_key_weight1, x12, s3_2);
            s4_2 = fmaf(look_key_weight1, x13, s4_2);
            s5_2 = fmaf(look_key_weight1, x14, s5_2);
            const real look_key_weight2 = theta[12];
            s6_2 = fmaf(look_key_weight2, x12, s6_2);
            s7_2 = fmaf(look_key_weight2, x13, s7_2);
            s8_1 = fmaf(look_key_weight2, x14, s8_1);
            const real look_key_weight3 = theta[14];
            s9_1 = fmaf(look_key_weight3, x12, s9_1);
            s10_1 = fmaf(look_key_weight3, x13, s10_1);
            s11_1 = fmaf(look_key_weight3, x14, s11_1);
            const real look_key_weight4 = theta[9];
            const real x15 = x1[1];
            s0_2 = fmaf(look_key_weight4, x15, s0_2);
            const real x16 = x1[3];
            s1_2 = fmaf(look_key_weight4, x16, s1_2);
            const real x17 = x1[5];
            s2_2 = fmaf(look_key_weight4, x17, s2_2);
            const real look_key_weight5 = theta[11];
            s3_2 = fmaf(look_key_weight5, x15, s3_2);
            s4_2 = fmaf(look_key_weight5, x16, s4_2);
            s5_2 = fmaf(look_key_weight5, x17, s5_2);
            const real look_key_weight6 = theta[13];
            s6_2 = fmaf(look_key_weight6, x15, s6_2);
            s7_2 = fmaf(look_key_weight6, x16, s7_2);
            s8_1 = fmaf(look_key_weight6, x17, s8_1);
            const real look_key_weight7 = theta[15];
            s9_1 = fmaf(look_key_weight7, x15, s9_1);
            s10_1 = fmaf(look_key_weight7, x16, s10_1);
            s11_1 = fmaf(look_key_weight7, x17, s11_1);
            look_key[0] = s0_2;
            look_key[4] = s1_2;
            look_key[8] = s2_2;
            look_key[1] = s3_2;
            look_key[5] = s4_2;
            look_key[9] = s5_2;
            look_key[2] = s6_2;
            look_key[6] = s7_2;
            look_key[10] = s8_1;
            look_key[3] = s9_1;
            look_key[7] = s10_1;
            look_key[11] = s11_1;
            real s0_3 = 0.0f;
            real s1_3 = 0.0f;
            real s2_3 = 0.0f;
            real s3_3 = 0.0f;
            real s4_3 = 0.0f;
            real s5_3 = 0.0f;
            real s6_3 = 0.0f;
            real s7_3 = 0.0f;
            const real look_key_weight8 = theta[8];
            const real x18 = x1[6];
            s0_3 = fmaf(look_key_weight8, x18, s0_3);
            const real x19 = x1[8];
            s1_3 = fmaf(look_key_weight8, x19, s1_3);
            const real look_key_weight9 = theta[10];
            s2_3 = fmaf(look_key_weight9, x18, s2_3);
            s3_3 = fmaf(look_key_weight9, x19, s3_3);
            const real look_key_weight10 = theta[12];
            s4_3 = fmaf(look_key_weight10, x18, s4_3);
            s5_3 = fmaf(look_key_weight10, x19, s5_3);
            const real look_key_weight11 = theta[14];
            s6_3 = fmaf(look_key_weight11, x18, s6_3);
            s7_3 = fmaf(look_key_weight11, x19, s7_3);
            const real look_key_weight12 = theta[9];
            const real x20 = x1[7];
            s0_3 = fmaf(look_key_weight12, x20, s0_3);
            const real x21 = x1[9];
            s1_3 = fmaf(look_key_weight12, x21, s1_3);
            const real look_key_weight13 = theta[11];
            s2_3 = fmaf(look_key_weight13, x20, s2_3);
            s3_3 = fmaf(look_key_weight13, x21, s3_3);
            const real look_key_weight14 = theta[13];
            s4_3 = fmaf(look_key_weight14, x20, s4_3);
            s5_3 = fmaf(look_key_weight14, x21, s5_3);
            const real look_key_weight15 = theta[15];
            s6_3 = fmaf(look_key_weight15, x20, s6_3);
            s7_3 = fmaf(look_key_weight15, x21, s7_3);
            look_key[12] = s0_3;
            look_key[16] = s1_3;
            look_key[13] = s2_3;
            look_key[17] = s3_3;
            look_key[14] = s4_3;
            look_key[18] = s5_3;
            look_key[15] = s6_3;
            look_key[19] = s7_3;
            /* look.value */
            real s0_4 = 0.0f;
            real s1_4 = 0.0f;
            real s2_4 = 0.0f;
            real s3_4 = 0.0f;
            real s4_4 = 0.0f;
            real s5_4 = 0.0f;
            const real look_value_weight = theta[16];
            const real x22 = x1[0];
            s0_4 = fmaf(look_value_weight, x22, s0_4);
            const real x23 = x1[2];
            s1_4 = fmaf(look_value_weight, x23, s1_4);
            const real x24 = x1[4];
            s2_4 = fmaf(look_value_weight, x24, s2_4);
            const real look_value_weight1 = theta[18];
            s3_4 = fmaf(look_value_weight1, x22, s3_4);
            s4_4 = fmaf(look_value_weight1, x23, s4_4);
            s5_4 = fmaf(look_value_weight1, x24, s5_4);
            const real look_value_weight2 = theta[17];
            const real x25 = x1[1];
            s0_4 = fmaf(look_value_weight2, x25, s0_4);
            const real x26 = x1[3];
            s1_4 = fmaf(look_value_weight2, x26, s1_4);
            const real x27 = x1[5];
            s2_4 = fmaf(look_value_weight2, x27, s2_4);
            const real look_value_weight3 = theta[19];
            s3_4 = fmaf(look_value_weight3, x25, s3_4);
            s4_4 = fmaf(look_value_weight3, x26, s4_4);
            s5_4 = fmaf(look_value_weight3, x27, s5_4);
            look_value[0] = s0_4;
            look_value[2] = s1_4;
            look_value[4] = s2_4;
            look_value[1] = s3_4;
            look_value[3] = s4_4;
            look_value[5] = s5_4;
            real s0_5 = 0.0f;
            real s1_5 = 0.0f;
            real s2_5 = 0.0f;
            real s3_5 = 0.0f;
            const real look_value_weight4 = theta[16];
            const real x28 = x1[6];
            s0_5 = fmaf(look_value_weight4, x28, s0_5);
            const real x29 = x1[8];
            s1_5 = fmaf(look_value_weight4, x29, s1_5);
            const real look_value_weight5 = theta[18];
            s2_5 = fmaf(look_value_weight5, x28, s2_5);
            s3_5 = fmaf(look_value_weight5, x29, s3_5);
            const real look_value_weight6 = theta[17];
            const real x30 = x1[7];
            s0_5 = fmaf(look_value_weight6, x30, s0_5);
            const real x31 = x1[9];
            s1_5 = fmaf(look_value_weight6, x31, s1_5);
            const real look_value_weight7 = theta[19];
            s2_5 = fmaf(look_value_weight7, x30, s2_5);
            s3_5 = fmaf(look_value_weight7, x31, s3_5);
            look_value[6] = s0_5;
            look_value[8] = s1_5;
            look_value[7] = s2_5;
            look_value[9] = s3_5;
            /* look */
            real s0_6 = 0.0f;
            real s1_6 = 0.0f;
            real s2_6 = 0.0f;
            real s3_6 = 0.0f;
            real s4_5 = 0.0f;
            real s5_5 = 0.0f;
            real s6_4 = 0.0f;
            real s7_4 = 0.0f;
            real s8_2 = 0.0f;
            const real sum = look_key[0];
            const real sum1 = look_query[0];
            s0_6 = fmaf(sum, sum1, s0_6);
            const real sum2 = look_key[4];
            s1_6 = fmaf(sum2, sum1, s1_6);
            const real sum3 = look_key[8];
            s2_6 = fmaf(sum3, sum1, s2_6);
            const real sum4 = look_query[4];
            s3_6 = fmaf(sum, sum4, s3_6);
            s4_5 = fmaf(sum2, sum4, s4_5);
            s5_5 = fmaf(sum3, sum4, s5_5);
            const real sum5 = look_query[8];
            s6_4 = fmaf(sum, sum5, s6_4);
            s7_4 = fmaf(sum2, sum5, s7_4);
            s8_2 = fmaf(sum3, sum5, s8_2);
            const real sum6 = look_key[1];
            const real sum7 = look_query[1];
            s0_6 = fmaf(sum6, sum7, s0_6);
            const real sum8 = look_key[5];
            s1_6 = fmaf(sum8, sum7, s1_6);
            const real sum9 = look_key[9];
            s2_6 = fmaf(sum9, sum7, s2_6);
            const real sum10 = look_query[5];
            s3_6 = fmaf(sum6, sum10, s3_6);
            s4_5 = fmaf(sum8, sum10, s4_5);
            s5_5 = fmaf(sum9, sum10, s5_5);
            const real sum11 = look_query[9];
            s6_4 = fmaf(sum6, sum11, s6_4);
            s7_4 = fmaf(sum8, sum11, s7_4);
            s8_2 = fmaf(sum9, sum11, s8_2);
            const real sum12 = look_key[2];
            const real sum13 = look_query[2];
            s0_6 = fmaf(sum12, sum13, s0_6);
            const real sum14 = look_key[6];
            s1_6 = fmaf(sum14, sum13, s1_6);
            const real sum15 = look_key[10];
            s2_6 = fmaf(sum15, sum13, s2_6);
            const real sum16 = look_query[6];
            s3_6 = fmaf(sum12, sum16, s3_6);
            s4_5 = fmaf(sum14, sum16, s4_5);
            s5_5 = fmaf(sum15, sum16, s5_5);
            const real sum17 = look_query[10];
            s6_4 = fmaf(sum12, sum17, s6_4);
            s7_4 = fmaf(sum14, sum17, s7_4);
            s8_2 = fmaf(sum15, sum17, s8_2);
            const real sum18 = look_key[3];
            const real sum19 = look_query[3];
            s0_6 = fmaf(sum18, sum19, s0_6);
            const real sum20 = look_key[7];
            s1_6 = fmaf(sum20, sum19, s1_6);
            const real sum21 = look_key[11];
            s2_6 = fmaf(sum21, sum19, s2_6);
            const real sum22 = look_query[7];
            s3_6 = fmaf(sum18, sum22, s3_6);
            s4_5 = fmaf(sum20, sum22, s4_5);
            s5_5 = fmaf(sum21, sum22, s5_5);
            const real sum23 = look_query[11];
            s6_4 = fmaf(sum18, sum23, s6_4);
            s7_4 = fmaf(sum20, sum23, s7_4);
            s8_2 = fmaf(sum21, sum23, s8_2);
            const real mul = s0_6*0.5f;
            look[0] = mul;
            const real mul1 = s1_6*0.5f;
            look[1] = mul1;
            const real mul2 = s2_6*0.5f;
            look[2] = mul2;
            const real mul3 = s3_6*0.5f;
            look[5] = mul3;
            const real mul4 = s4_5*0.5f;
            look[6] = mul4;
            const real mul5 = s5_5*0.5f;
            look[7] = mul5;
            const real mul6 = s6_4*0.5f;
            look[10] = mul6;
            const real mul7 = s7_4*0.5f;
            look[11] = mul7;
            const real mul8 = s8_2*0.5f;
            look[12] = mul8;
            real s0_7 = 0.0f;
            real s1_7 = 0.0f;
            real s2_7 = 0.0f;
            real s3_7 = 0.0f;
            real s4_6 = 0.0f;
            real s5_6 = 0.0f;
            const real sum24 = look_key[12];
            const real sum25 = look_query[0];
            s0_7 = fmaf(sum24, sum25, s0_7);
            const real sum26 = look_key[16];
            s1_7 = fmaf(sum26, sum25, s1_7);
            const real sum27 = look_query[4];
            s2_7 = fmaf(sum24, sum27, s2_7);
            s3_7 = fmaf(sum26, sum27, s3_7);
            const real sum28 = look_query[8];
            s4_6 = fmaf(sum24, sum28, s4_6);
            s5_6 = fmaf(sum26, sum28, s5_6);
            const real sum29 = look_key[13];
            const real sum30 = look_query[1];
            s0_7 = fmaf(sum29, sum30, s0_7);
            const real sum31 = look_key[17];
            s1_7 = fmaf(sum31, sum30, s1_7);
            const real sum32 = look_query[5];
            s2_7 = fmaf(sum29, sum32, s2_7);
            s3_7 = fmaf(sum31, sum32, s3_7);
            const real sum33 = look_query[9];
            s4_6 = fmaf(sum29, sum33, s4_6);
            s5_6 = fmaf(sum31, sum33, s5_6);
            const real sum34 = look_key[14];
            const real sum35 = look_query[2];
            s0_7 = fmaf(sum34, sum35, s0_7);
            const real sum36 = look_key[18];
            s1_7 = fmaf(sum36, sum35, s1_7);
            const real sum37 = look_query[6];
            s2_7 = fmaf(sum34, sum37, s2_7);
            s3_7 = fmaf(sum36, sum37, s3_7);
            const real sum38 = look_query[10];
            s4_6 = fmaf(sum34, sum38, s4_6);
            s5_6 = fmaf(sum36, sum38, s5_6);
            const real sum39 = look_key[15];
            const real sum40 = look_query[3];
            s0_7 = fmaf(sum39, sum40, s0_7);
            const real sum41 = look_key[19];
            s1_7 = fmaf(sum41, sum40, s1_7);
            const real sum42 = look_query[7];
            s2_7 = fmaf(sum39, sum42, s2_7);
            s3_7 = fmaf(sum41, sum42, s3_7);
            const real sum43 = look_query[11];
            s4_6 = fmaf(sum39, sum43, s4_6);
            s5_6 = fmaf(sum41, sum43, s5_6);
            const real mul9 = s0_7*0.5f;
            look[3] = mul9;
            const real mul10 = s1_7*0.5f;
            look[4] = mul10;
            const real mul11 = s2_7*0.5f;
            look[8] = mul11;
            const real mul12 = s3_7*0.5f;
            look[9] = mul12;
            const real mul13 = s4_6*0.5f;
            look[13] = mul13;
            const real mul14 = s5_6*0.5f;
            look[14] = mul14;
            real s0_8 = 0.0f;
            real s1_8 = 0.0f;
            real s2_8 = 0.0f;
            real s3_8 = 0.0f;
            real s4_7 = 0.0f;
            real s5_7 = 0.0f;
            const real sum44 = look_key[0];
            const real sum45 = look_query[12];
            s0_8 = fmaf(sum44, sum45, s0_8);
            const real sum46 = look_key[4];
            s1_8 = fmaf(sum46, sum45, s1_8);
            const real sum47 = look_key[8];
            s2_8 = fmaf(sum47, sum45, s2_8);
            const real sum48 = look_query[16];
            s3_8 = fmaf(sum44, sum48, s3_8);
            s4_7 = fmaf(sum46, sum48, s4_7);
            s5_7 = fmaf(sum47, sum48, s5_7);
            const real sum49 = look_key[1];
            const real sum50 = look_query[13];
            s0_8 = fmaf(sum49, sum50, s0_8);
            const real sum51 = look_key[5];
            s1_8 = fmaf(sum51, sum50, s1_8);
            const real sum52 = look_key[9];
            s2_8 = fmaf(sum52, sum50, s2_8);
            const real sum53 = look_query[17];
            s3_8 = fmaf(sum49, sum53, s3_8);
            s4_7 = fmaf(sum51, sum53, s4_7);
            s5_7 = fmaf(sum52, sum53, s5_7);
            const real sum54 = look_key[2];
            const real sum55 = look_query[14];
            s0_8 = fmaf(sum54, sum55, s0_8);
            const real sum56 = look_key[6];
            s1_8 = fmaf(sum56, sum55, s1_8);
            const real sum57 = look_key[10];
            s2_8 = fmaf(sum57, sum55, s2_8);
            const real sum58 = look_query[18];
            s3_8 = fmaf(sum54, sum58, s3_8);
            s4_7 = fmaf(sum56, sum58, s4_7);
            s5_7 = fmaf(sum57, sum58, s5_7);
            const real sum59 = look_key[3];
            const real sum60 = look_query[15];
            s0_8 = fmaf(sum59, sum60, s0_8);
            const real sum61 = look_key[7];
            s1_8 = fmaf(sum61, sum60, s1_8);
            const real sum62 = look_key[11];
            s2_8 = fmaf(sum62, sum60, s2_8);
            const real sum63 = look_query[19];
            s3_8 = fmaf(sum59, sum63, s3_8);
            s4_7 = fmaf(sum61, sum63, s4_7);
            s5_7 = fmaf(sum62, sum63, s5_7);
            const real mul15 = s0_8*0.5f;
            look[15] = mul15;
            const real mul16 = s1_8*0.5f;
            look[16] = mul16;
            const real mul17 = s2_8*0.5f;
            look[17] = mul17;
            const real mul18 = s3_8*0.5f;
            look[20] = mul18;
            const real mul19 = s4_7*0.5f;
            look[21] = mul19;
            const real mul20 = s5_7*0.5f;
            look[22] = mul20;
            real s0_9 = 0.0f;
            real s1_9 = 0.0f;
            real s2_9 = 0.0f;
            real s3_9 = 0.0f;
            const real sum64 = look_key[12];
            const real sum65 = look_query[12];
            s0_9 = fmaf(sum64, sum65, s0_9);
            const real sum66 = look_key[16];
            s1_9 = fmaf(sum66, sum65, s1_9);
            const real sum67 = look_query[16];
            s2_9 = fmaf(sum64, sum67, s2_9);
            s3_9 = fmaf(sum66, sum67, s3_9);
            const real sum68 = look_key[13];
            const real sum69 = look_query[13];
            s0_9 = fmaf(sum68, sum69, s0_9);
            const real sum70 = look_key[17];
            s1_9 = fmaf(sum70, sum69, s1_9);
            const real sum71 = look_query[17];
            s2_9 = fmaf(sum68, sum71, s2_9);
            s3_9 = fmaf(sum70, sum71, s3_9);
            const real sum72 = look_key[14];
            const real sum73 = look_query[14];
            s0_9 = fmaf(sum72, sum73, s0_9);
            const real sum74 = look_key[18];
            s1_9 = fmaf(sum74, sum73, s1_9);
            const real sum75 = look_query[18];
            s2_9 = fmaf(sum72, sum75, s2_9);
            s3_9 = fmaf(sum74, sum75, s3_9);
            const real sum76 = look_key[15];
            const real sum77 = look_query[15];
            s0_9 = fmaf(sum76, sum77, s0_9);
            const real sum78 = look_key[19];
            s1_9 = fmaf(sum78, sum77, s1_9);
            const real sum79 = look_query[19];
            s2_9 = fmaf(sum76, sum79, s2_9);
            s3_9 = fmaf(sum78, sum79, s3_9);
            const real mul21 = s0_9*0.5f;
            look[18] = mul21;
            const real mul22 = s1_9*0.5f;
            look[19] = mul22;
            const real mul23 = s2_9*0.5f;
            look[23] = mul23;
            const real mul24 = s3_9*0.5f;
            look[24] = mul24;
            /* look */
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                real peak = look[i1*5];
                ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                    peak = r_max(peak, look[i1*5 + k]);
                }
                look1[i1] = peak;
            }
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    const real sub = look[i1*5 + j] - look1[i1];
                    const real exp_ = r_exp(sub);
                    look2[i1*5 + j] = exp_;
                }
            }
            /* look */
            real s0_10 = 0.0f;
            real s1_10 = 0.0f;
            real s2_10 = 0.0f;
            real s3_10 = 0.0f;
            real s4_8 = 0.0f;
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                s0_10 = s0_10 + look2[k];
                s1_10 = s1_10 + look2[k + 5];
                s2_10 = s2_10 + look2[k + 10];
                s3_10 = s3_10 + look2[k + 15];
                s4_8 = s4_8 + look2[k + 20];
            }
            look1[0] = s0_10;
            look1[1] = s1_10;
            look1[2] = s2_10;
            look1[3] = s3_10;
            look1[4] = s4_8;
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    const real div = look2[i1*5 + j]/look1[i1];
                    look[i1*5 + j] = div;
                }
            }
            /* look */
            real s0_11 = 0.0f;
            real s1_11 = 0.0f;
            real s2_11 = 0.0f;
            real s3_11 = 0.0f;
            real s4_9 = 0.0f;
            real s5_8 = 0.0f;
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                const real div = look[l];
                const real sum80 = look_value[l*2];
                s0_11 = fmaf(div, sum80, s0_11);
                const real sum81 = look_value[l*2 + 1];
                s1_11 = fmaf(div, sum81, s1_11);
                const real div1 = look[l + 5];
                s2_11 = fmaf(div1, sum80, s2_11);
                s3_11 = fmaf(div1, sum81, s3_11);
                const real div2 = look[l + 10];
                s4_9 = fmaf(div2, sum80, s4_9);
                s5_8 = fmaf(div2, sum81, s5_8);
            }
            look_query[0] = s0_11;
            const real mul25 = s0_11*s0_11;
            look_key[0] = mul25;
            look_query[1] = s1_11;
            const real mul26 = s1_11*s1_11;
            look_key[1] = mul26;
            look_query[2] = s2_11;
            const real mul27 = s2_11*s2_11;
            look_key[2] = mul27;
            look_query[3] = s3_11;
            const real mul28 = s3_11*s3_11;
            look_key[3] = mul28;
            look_query[4] = s4_9;
            const real mul29 = s4_9*s4_9;
            look_key[4] = mul29;
            look_query[5] = s5_8;
            const real mul30 = s5_8*s5_8;
            look_key[5] = mul30;
            real s0_12 = 0.0f;
            real s1_12 = 0.0f;
            real s2_12 = 0.0f;
            real s3_12 = 0.0f;
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                const real div = look[l + 15];
                const real sum80 = look_value[l*2];
                s0_12 = fmaf(div, sum80, s0_12);
                const real sum81 = look_value[l*2 + 1];
                s1_12 = fmaf(div, sum81, s1_12);
                const real div1 = look[l + 20];
                s2_12 = fmaf(div1, sum80, s2_12);
                s3_12 = fmaf(div1, sum81, s3_12);
            }
            look_query[6] = s0_12;
            const real mul31 = s0_12*s0_12;
            look_key[6] = mul31;
            look_query[7] = s1_12;
            const real mul32 = s1_12*s1_12;
            look_key[7] = mul32;
            look_query[8] = s2_12;
            const real mul33 = s2_12*s2_12;
            look_key[8] = mul33;
            look_query[9] = s3_12;
            const real mul34 = s3_12*s3_12;
            look_key[9] = mul34;
            real s0_13 = 0.0f;
            real s1_13 = 0.0f;
            real s2_13 = 0.0f;
            real s3_13 = 0.0f;
            real s4_10 = 0.0f;
            s0_13 = s0_13 + look_key[0];
            s1_13 = s1_13 + look_key[2];
            s2_13 = s2_13 + look_key[4];
            s3_13 = s3_13 + look_key[6];
            s4_10 = s4_10 + look_key[8];
            s0_13 = s0_13 + look_key[1];
            s1_13 = s1_13 + look_key[3];
            s2_13 = s2_13 + look_key[5];
            s3_13 = s3_13 + look_key[7];
            s4_10 = s4_10 + look_key[9];
            real row[5] ALIGNED;
            row[0] = s0_13;
            row[1] = s1_13;
            row[2] = s2_13;
            row[3] = s3_13;
            row[4] = s4_10;
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const real sum80 = row[u];
                const real sqrt_ = sqrtf(sum80);
                const real add = sqrt_ + 1.0f;
                look_value[u] = add;
            }
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                    const real div = look_query[i1*2 + j]/look_value[i1];
                    const real fma_ = fmaf(x1[i1*2 + j], pack[0], div);
                    look_key[i1*2 + j] = fma_;
                }
            }
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                    const real fma_ = fmaf(look_key[i1*2 + j], h[0], x1[i1*2 + j]);
                    x1[i1*2 + j] = fma_;
                }
            }
        }
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            x[(i*batch + b)*10 + e] = x1[e];
        }
        real zero1 = 0.0f;
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            zero1 = fmaf(x1[e], 0.0f, zero1);
        }
        const ptrdiff_t sound1 = 1 - (zero1 != zero1);
        if (sound1 == 0) {
            const ptrdiff_t at = swarm_find(x, (i*batch + b)*10, 10);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(b + at/10);
                work[area + 2] = t[(b + at/10)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%10);
                failed = 5;
            }
        }
    }
}

typedef struct swarm_solve_scalar_args {
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
} swarm_solve_scalar_args;

static void swarm_solve_scalar_task(void *args, size_t task)
{
    const swarm_solve_scalar_args *const a = (const swarm_solve_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swarm_solve_scalar_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int swarm_solve_scalar(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    const real neg = -theta[20];
    pack[0] = neg;
    const ptrdiff_t areas = 16;
    {
        swarm_solve_scalar_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, swarm_solve_scalar_task, &args);
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
static NOINLINE void swarm_gradient_scalar_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*21 + 16);
    ROLL for (ptrdiff_t i = 0; i < 21; i++) {
        sums[i] = 0.0f;
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[10] ALIGNED;
    real x_bar[10] ALIGNED;
    real x_jump[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x_bar[e] = 0.0f;
    }
    real h[1] ALIGNED;
    real dt1[1] ALIGNED;
    real x_slope[10] ALIGNED;
    real x_first_slope[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x_first_slope[e] = 0.0f;
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                x_jump[e] = g_x[(i*batch + b)*10 + e];
            }
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                    const real add = x_bar[i1*2 + j] + x_jump[i1*2 + j];
                    x_bar[i1*2 + j] = add;
                }
            }
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                x1[e] = x[(i*batch + b)*10 + e];
            }
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = swarm_steps(begin, end, h_max, steps, max_steps);
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
            const real value = h1;
            h[0] = value;
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s = 0; s < n; s++) {
                real neg[1] ALIGNED;
                real look_query[20] ALIGNED;
                real look_key[20] ALIGNED;
                real look_value[10] ALIGNED;
                real mul[10] ALIGNED;
                real neg1[10] ALIGNED;
                real mul1[10] ALIGNED;
                real look[25] ALIGNED;
                real look1[5] ALIGNED;
                real look2[25] ALIGNED;
                real look3[25] ALIGNED;
                real look4[10] ALIGNED;
                real square[10] ALIGNED;
                real add[10] ALIGNED;
                real add1[5] ALIGNED;
                real add2[5] ALIGNED;
                real fma_[10] ALIGNED;
                real neg2[10] ALIGNED;
                real look5[25] ALIGNED;
                real look6[25] ALIGNED;
                real look7[10] ALIGNED;
                real look8[20] ALIGNED;
                real look9[20] ALIGNED;
                real look_query1[10] ALIGNED;
                const real neg3 = -h[0];
                neg[0] = neg3;
                /* look.query */
                real s0 = 0.0f;
                real s1 = 0.0f;
                real s2 = 0.0f;
                real s3 = 0.0f;
                real s4 = 0.0f;
                real s5 = 0.0f;
                real s6 = 0.0f;
                real s7 = 0.0f;
                real s8 = 0.0f;
                real s9 = 0.0f;
                real s10 = 0.0f;
                real s11 = 0.0f;
                const real look_query_weight = theta[0];
                const real x2 = x1[0];
                s0 = fmaf(look_query_weight, x2, s0);
                const real x3 = x1[2];
                s1 = fmaf(look_query_weight, x3, s1);
                const real x4 = x1[4];
                s2 = fmaf(look_query_weight, x4, s2);
                const real look_query_weight1 = theta[2];
                s3 = fmaf(look_query_weight1, x2, s3);
                s4 = fmaf(look_query_weight1, x3, s4);
                s5 = fmaf(look_query_weight1, x4, s5);
                const real look_query_weight2 = theta[4];
                s6 = fmaf(look_query_weight2, x2, s6);
                s7 = fmaf(look_query_weight2, x3, s7);
                s8 = fmaf(look_query_weight2, x4, s8);
                const real look_query_weight3 = theta[6];
                s9 = fmaf(look_query_weight3, x2, s9);
                s10 = fmaf(look_query_weight3, x3, s10);
                s11 = fmaf(look_query_weight3, x4, s11);
                const real look_query_weight4 = theta[1];
                const real x5 = x1[1];
                s0 = fmaf(look_query_weight4, x5, s0);
                const real x6 = x1[3];
                s1 = fmaf(look_query_weight4, x6, s1);
                const real x7 = x1[5];
                s2 = fmaf(look_query_weight4, x7, s2);
                const real look_query_weight5 = theta[3];
                s3 = fmaf(look_query_weight5, x5, s3);
                s4 = fmaf(look_query_weight5, x6, s4);
                s5 = fmaf(look_query_weight5, x7, s5);
                const real look_query_weight6 = theta[5];
                s6 = fmaf(look_query_weight6, x5, s6);
                s7 = fmaf(look_query_weight6, x6, s7);
                s8 = fmaf(look_query_weight6, x7, s8);
                const real look_query_weight7 = theta[7];
                s9 = fmaf(look_query_weight7, x5, s9);
                s10 = fmaf(look_query_weight7, x6, s10);
                s11 = fmaf(look_query_weight7, x7, s11);
                look_query[0] = s0;
                look_query[4] = s1;
                look_query[8] = s2;
                look_query[1] = s3;
                look_query[5] = s4;
                look_query[9] = s5;
                look_query[2] = s6;
                look_query[6] = s7;
                look_query[10] = s8;
                look_query[3] = s9;
                look_query[7] = s10;
                look_query[11] = s11;
                real s0_1 = 0.0f;
                real s1_1 = 0.0f;
                real s2_1 = 0.0f;
                real s3_1 = 0.0f;
                real s4_1 = 0.0f;
                real s5_1 = 0.0f;
                real s6_1 = 0.0f;
                real s7_1 = 0.0f;
                const real look_query_weight8 = theta[0];
                const real x8 = x1[6];
                s0_1 = fmaf(look_query_weight8, x8, s0_1);
                const real x9 = x1[8];
                s1_1 = fmaf(look_query_weight8, x9, s1_1);
                const real look_query_weight9 = theta[2];
                s2_1 = fmaf(look_query_weight9, x8, s2_1);
                s3_1 = fmaf(look_query_weight9, x9, s3_1);
                const real look_query_weight10 = theta[4];
                s4_1 = fmaf(look_query_weight10, x8, s4_1);
                s5_1 = fmaf(look_query_weight10, x9, s5_1);
                const real look_query_weight11 = theta[6];
                s6_1 = fmaf(look_query_weight11, x8, s6_1);
                s7_1 = fmaf(look_query_weight11, x9, s7_1);
                const real look_query_weight12 = theta[1];
                const real x10 = x1[7];
                s0_1 = fmaf(look_query_weight12, x10, s0_1);
                const real x11 = x1[9];
                s1_1 = fmaf(look_query_weight12, x11, s1_1);
                const real look_query_weight13 = theta[3];
                s2_1 = fmaf(look_query_weight13, x10, s2_1);
                s3_1 = fmaf(look_query_weight13, x11, s3_1);
                const real look_query_weight14 = theta[5];
                s4_1 = fmaf(look_query_weight14, x10, s4_1);
                s5_1 = fmaf(look_query_weight14, x11, s5_1);
                const real look_query_weight15 = theta[7];
                s6_1 = fmaf(look_query_weight15, x10, s6_1);
                s7_1 = fmaf(look_query_weight15, x11, s7_1);
                look_query[12] = s0_1;
                look_query[16] = s1_1;
                look_query[13] = s2_1;
                look_query[17] = s3_1;
                look_query[14] = s4_1;
                look_query[18] = s5_1;
                look_query[15] = s6_1;
                look_query[19] = s7_1;
                /* look.key */
                real s0_2 = 0.0f;
                real s1_2 = 0.0f;
                real s2_2 = 0.0f;
                real s3_2 = 0.0f;
                real s4_2 = 0.0f;
                real s5_2 = 0.0f;
                real s6_2 = 0.0f;
                real s7_2 = 0.0f;
                real s8_1 = 0.0f;
                real s9_1 = 0.0f;
                real s10_1 = 0.0f;
                real s11_1 = 0.0f;
                const real look_key_weight = theta[8];
                const real x12 = x1[0];
                s0_2 = fmaf(look_key_weight, x12, s0_2);
                const real x13 = x1[2];
                s1_2 = fmaf(look_key_weight, x13, s1_2);
                const real x14 = x1[4];
                s2_2 = fmaf(look_key_weight, x14, s2_2);
                const real look_key_weight1 = theta[10];
                s3_2 = fmaf(look_key_weight1, x12, s3_2);
                s4_2 = fmaf(look_key_weight1, x13, s4_2);
                s5_2 = fmaf(look_key_weight1, x14, s5_2);
                const real look_key_weight2 = theta[12];
                s6_2 = fmaf(look_key_weight2, x12, s6_2);
                s7_2 = fmaf(look_key_weight2, x13, s7_2);
                s8_1 = fmaf(look_key_weight2, x14, s8_1);
                const real look_key_weight3 = theta[14];
                s9_1 = fmaf(look_key_weight3, x12, s9_1);
                s10_1 = fmaf(look_key_weight3, x13, s10_1);
                s11_1 = fmaf(look_key_weight3, x14, s11_1);
                const real look_key_weight4 = theta[9];
                const real x15 = x1[1];
                s0_2 = fmaf(look_key_weight4, x15, s0_2);
                const real x16 = x1[3];
                s1_2 = fmaf(look_key_weight4, x16, s1_2);
                const real x17 = x1[5];
                s2_2 = fmaf(look_key_weight4, x17, s2_2);
                const real look_key_weight5 = theta[11];
                s3_2 = fmaf(look_key_weight5, x15, s3_2);
                s4_2 = fmaf(look_key_weight5, x16, s4_2);
                s5_2 = fmaf(look_key_weight5, x17, s5_2);
                const real look_key_weight6 = theta[13];
                s6_2 = fmaf(look_key_weight6, x15, s6_2);
                s7_2 = fmaf(look_key_weight6, x16, s7_2);
                s8_1 = fmaf(look_key_weight6, x17, s8_1);
                const real look_key_weight7 = theta[15];
                s9_1 = fmaf(look_key_weight7, x15, s9_1);
                s10_1 = fmaf(look_key_weight7, x16, s10_1);
                s11_1 = fmaf(look_key_weight7, x17, s11_1);
                look_key[0] = s0_2;
                look_key[4] = s1_2;
                look_key[8] = s2_2;
                look_key[1] = s3_2;
                look_key[5] = s4_2;
                look_key[9] = s5_2;
                look_key[2] = s6_2;
                look_key[6] = s7_2;
                look_key[10] = s8_1;
                look_key[3] = s9_1;
                look_key[7] = s10_1;
                look_key[11] = s11_1;
                real s0_3 = 0.0f;
                real s1_3 = 0.0f;
                real s2_3 = 0.0f;
                real s3_3 = 0.0f;
                real s4_3 = 0.0f;
                real s5_3 = 0.0f;
                real s6_3 = 0.0f;
                real s7_3 = 0.0f;
                const real look_key_weight8 = theta[8];
                const real x18 = x1[6];
                s0_3 = fmaf(look_key_weight8, x18, s0_3);
                const real x19 = x1[8];
                s1_3 = fmaf(look_key_weight8, x19, s1_3);
                const real look_key_weight9 = theta[10];
                s2_3 = fmaf(look_key_weight9, x18, s2_3);
                s3_3 = fmaf(look_key_weight9, x19, s3_3);
                const real look_key_weight10 = theta[12];
                s4_3 = fmaf(look_key_weight10, x18, s4_3);
                s5_3 = fmaf(look_key_weight10, x19, s5_3);
                const real look_key_weight11 = theta[14];
                s6_3 = fmaf(look_key_weight11, x18, s6_3);
                s7_3 = fmaf(look_key_weight11, x19, s7_3);
                const real look_key_weight12 = theta[9];
                const real x20 = x1[7];
                s0_3 = fmaf(look_key_weight12, x20, s0_3);
                const real x21 = x1[9];
                s1_3 = fmaf(look_key_weight12, x21, s1_3);
                const real look_key_weight13 = theta[11];
                s2_3 = fmaf(look_key_weight13, x20, s2_3);
                s3_3 = fmaf(look_key_weight13, x21, s3_3);
                const real look_key_weight14 = theta[13];
                s4_3 = fmaf(look_key_weight14, x20, s4_3);
                s5_3 = fmaf(look_key_weight14, x21, s5_3);
                const real look_key_weight15 = theta[15];
                s6_3 = fmaf(look_key_weight15, x20, s6_3);
                s7_3 = fmaf(look_key_weight15, x21, s7_3);
                look_key[12] = s0_3;
                look_key[16] = s1_3;
                look_key[13] = s2_3;
                look_key[17] = s3_3;
                look_key[14] = s4_3;
                look_key[18] = s5_3;
                look_key[15] = s6_3;
                look_key[19] = s7_3;
                /* look.value */
                real s0_4 = 0.0f;
                real s1_4 = 0.0f;
                real s2_4 = 0.0f;
                real s3_4 = 0.0f;
                real s4_4 = 0.0f;
                real s5_4 = 0.0f;
                const real look_value_weight = theta[16];
                const real x22 = x1[0];
                s0_4 = fmaf(look_value_weight, x22, s0_4);
                const real x23 = x1[2];
                s1_4 = fmaf(look_value_weight, x23, s1_4);
                const real x24 = x1[4];
                s2_4 = fmaf(look_value_weight, x24, s2_4);
                const real look_value_weight1 = theta[18];
                s3_4 = fmaf(look_value_weight1, x22, s3_4);
                s4_4 = fmaf(look_value_weight1, x23, s4_4);
                s5_4 = fmaf(look_value_weight1, x24, s5_4);
                const real look_value_weight2 = theta[17];
                const real x25 = x1[1];
                s0_4 = fmaf(look_value_weight2, x25, s0_4);
                const real x26 = x1[3];
                s1_4 = fmaf(look_value_weight2, x26, s1_4);
                const real x27 = x1[5];
                s2_4 = fmaf(look_value_weight2, x27, s2_4);
                const real look_value_weight3 = theta[19];
                s3_4 = fmaf(look_value_weight3, x25, s3_4);
                s4_4 = fmaf(look_value_weight3, x26, s4_4);
                s5_4 = fmaf(look_value_weight3, x27, s5_4);
                look_value[0] = s0_4;
                const real mul2 = x_bar[0]*neg[0];
                mul[0] = mul2;
                const real neg4 = -mul2;
                neg1[0] = neg4;
                const real mul3 = x1[0]*neg4;
                mul1[0] = mul3;
                look_value[2] = s1_4;
                const real mul4 = x_bar[2]*neg[0];
                mul[2] = mul4;
                const real neg5 = -mul4;
                neg1[2] = neg5;
                const real mul5 = x1[2]*neg5;
                mul1[2] = mul5;
                look_value[4] = s2_4;
                const real mul6 = x_bar[4]*neg[0];
                mul[4] = mul6;
                const real neg6 = -mul6;
                neg1[4] = neg6;
                const real mul7 = x1[4]*neg6;
                mul1[4] = mul7;
                look_value[1] = s3_4;
                const real mul8 = x_bar[1]*neg[0];
                mul[1] = mul8;
                const real neg7 = -mul8;
                neg1[1] = neg7;
                const real mul9 = x1[1]*neg7;
                mul1[1] = mul9;
                look_value[3] = s4_4;
                const real mul10 = x_bar[3]*neg[0];
                mul[3] = mul10;
                const real neg8 = -mul10;
                neg1[3] = neg8;
                const real mul11 = x1[3]*neg8;
                mul1[3] = mul11;
                look_value[5] = s5_4;
                const real mul12 = x_bar[5]*neg[0];
                mul[5] = mul12;
                const real neg9 = -mul12;
                neg1[5] = neg9;
                const real mul13 = x1[5]*neg9;
                mul1[5] = mul13;
                real s0_5 = 0.0f;
                real s1_5 = 0.0f;
                real s2_5 = 0.0f;
                real s3_5 = 0.0f;
                const real look_value_weight4 = theta[16];
                const real x28 = x1[6];
                s0_5 = fmaf(look_value_weight4, x28, s0_5);
                const real x29 = x1[8];
                s1_5 = fmaf(look_value_weight4, x29, s1_5);
                const real look_value_weight5 = theta[18];
                s2_5 = fmaf(look_value_weight5, x28, s2_5);
                s3_5 = fmaf(look_value_weight5, x29, s3_5);
                const real look_value_weight6 = theta[17];
                const real x30 = x1[7];
                s0_5 = fmaf(look_value_weight6, x30, s0_5);
                const real x31 = x1[9];
                s1_5 = fmaf(look_value_weight6, x31, s1_5);
                const real look_value_weight7 = theta[19];
                s2_5 = fmaf(look_value_weight7, x30, s2_5);
                s3_5 = fmaf(look_value_weight7, x31, s3_5);
                look_value[6] = s0_5;
                const real mul14 = x_bar[6]*neg[0];
                mul[6] = mul14;
                const real neg10 = -mul14;
                neg1[6] = neg10;
                const real mul15 = x1[6]*neg10;
                mul1[6] = mul15;
                look_value[8] = s1_5;
                const real mul16 = x_bar[8]*neg[0];
                mul[8] = mul16;
                const real neg11 = -mul16;
                neg1[8] = neg11;
                const real mul17 = x1[8]*neg11;
                mul1[8] = mul17;
                look_value[7] = s2_5;
                const real mul18 = x_bar[7]*neg[0];
                mul[7] = mul18;
                const real neg12 = -mul18;
                neg1[7] = neg12;
                const real mul19 = x1[7]*neg12;
                mul1[7] = mul19;
                look_value[9] = s3_5;
                const real mul20 = x_bar[9]*neg[0];
                mul[9] = mul20;
                const real neg13 = -mul20;
                neg1[9] = neg13;
                const real mul21 = x1[9]*neg13;
                mul1[9] = mul21;
                /* look */
                real s0_6 = 0.0f;
                real s1_6 = 0.0f;
                real s2_6 = 0.0f;
                real s3_6 = 0.0f;
                real s4_5 = 0.0f;
                real s5_5 = 0.0f;
                real s6_4 = 0.0f;
                real s7_4 = 0.0f;
                real s8_2 = 0.0f;
                const real sum = look_key[0];
                const real sum1 = look_query[0];
                s0_6 = fmaf(sum, sum1, s0_6);
                const real sum2 = look_key[4];
                s1_6 = fmaf(sum2, sum1, s1_6);
                const real sum3 = look_key[8];
                s2_6 = fmaf(sum3, sum1, s2_6);
                const real sum4 = look_query[4];
                s3_6 = fmaf(sum, sum4, s3_6);
                s4_5 = fmaf(sum2, sum4, s4_5);
                s5_5 = fmaf(sum3, sum4, s5_5);
                const real sum5 = look_query[8];
                s6_4 = fmaf(sum, sum5, s6_4);
                s7_4 = fmaf(sum2, sum5, s7_4);
                s8_2 = fmaf(sum3, sum5, s8_2);
                const real sum6 = look_key[1];
                const real sum7 = look_query[1];
                s0_6 = fmaf(sum6, sum7, s0_6);
                const real sum8 = look_key[5];
                s1_6 = fmaf(sum8, sum7, s1_6);
                const real sum9 = look_key[9];
                s2_6 = fmaf(sum9, sum7, s2_6);
                const real sum10 = look_query[5];
                s3_6 = fmaf(sum6, sum10, s3_6);
                s4_5 = fmaf(sum8, sum10, s4_5);
                s5_5 = fmaf(sum9, sum10, s5_5);
                const real sum11 = look_query[9];
                s6_4 = fmaf(sum6, sum11, s6_4);
                s7_4 = fmaf(sum8, sum11, s7_4);
                s8_2 = fmaf(sum9, sum11, s8_2);
                const real sum12 = look_key[2];
                const real sum13 = look_query[2];
                s0_6 = fmaf(sum12, sum13, s0_6);
                const real sum14 = look_key[6];
                s1_6 = fmaf(sum14, sum13, s1_6);
                const real sum15 = look_key[10];
                s2_6 = fmaf(sum15, sum13, s2_6);
                const real sum16 = look_query[6];
                s3_6 = fmaf(sum12, sum16, s3_6);
                s4_5 = fmaf(sum14, sum16, s4_5);
                s5_5 = fmaf(sum15, sum16, s5_5);
                const real sum17 = look_query[10];
                s6_4 = fmaf(sum12, sum17, s6_4);
                s7_4 = fmaf(sum14, sum17, s7_4);
                s8_2 = fmaf(sum15, sum17, s8_2);
                const real sum18 = look_key[3];
                const real sum19 = look_query[3];
                s0_6 = fmaf(sum18, sum19, s0_6);
                const real sum20 = look_key[7];
                s1_6 = fmaf(sum20, sum19, s1_6);
                const real sum21 = look_key[11];
                s2_6 = fmaf(sum21, sum19, s2_6);
                const real sum22 = look_query[7];
                s3_6 = fmaf(sum18, sum22, s3_6);
                s4_5 = fmaf(sum20, sum22, s4_5);
                s5_5 = fmaf(sum21, sum22, s5_5);
                const real sum23 = look_query[11];
                s6_4 = fmaf(sum18, sum23, s6_4);
                s7_4 = fmaf(sum20, sum23, s7_4);
                s8_2 = fmaf(sum21, sum23, s8_2);
                const real mul22 = s0_6*0.5f;
                look[0] = mul22;
                const real mul23 = s1_6*0.5f;
                look[1] = mul23;
                const real mul24 = s2_6*0.5f;
                look[2] = mul24;
                const real mul25 = s3_6*0.5f;
                look[5] = mul25;
                const real mul26 = s4_5*0.5f;
                look[6] = mul26;
                const real mul27 = s5_5*0.5f;
                look[7] = mul27;
                const real mul28 = s6_4*0.5f;
                look[10] = mul28;
                const real mul29 = s7_4*0.5f;
                look[11] = mul29;
                const real mul30 = s8_2*0.5f;
                look[12] = mul30;
                real s0_7 = 0.0f;
                real s1_7 = 0.0f;
                real s2_7 = 0.0f;
                real s3_7 = 0.0f;
                real s4_6 = 0.0f;
                real s5_6 = 0.0f;
                const real sum24 = look_key[12];
                const real sum25 = look_query[0];
                s0_7 = fmaf(sum24, sum25, s0_7);
                const real sum26 = look_key[16];
                s1_7 = fmaf(sum26, sum25, s1_7);
                const real sum27 = look_query[4];
                s2_7 = fmaf(sum24, sum27, s2_7);
                s3_7 = fmaf(sum26, sum27, s3_7);
                const real sum28 = look_query[8];
                s4_6 = fmaf(sum24, sum28, s4_6);
                s5_6 = fmaf(sum26, sum28, s5_6);
                const real sum29 = look_key[13];
                const real sum30 = look_query[1];
                s0_7 = fmaf(sum29, sum30, s0_7);
                const real sum31 = look_key[17];
                s1_7 = fmaf(sum31, sum30, s1_7);
                const real sum32 = look_query[5];
                s2_7 = fmaf(sum29, sum32, s2_7);
                s3_7 = fmaf(sum31, sum32, s3_7);
                const real sum33 = look_query[9];
                s4_6 = fmaf(sum29, sum33, s4_6);
                s5_6 = fmaf(sum31, sum33, s5_6);
                const real sum34 = look_key[14];
                const real sum35 = look_query[2];
                s0_7 = fmaf(sum34, sum35, s0_7);
                const real sum36 = look_key[18];
                s1_7 = fmaf(sum36, sum35, s1_7);
                const real sum37 = look_query[6];
                s2_7 = fmaf(sum34, sum37, s2_7);
                s3_7 = fmaf(sum36, sum37, s3_7);
                const real sum38 = look_query[10];
                s4_6 = fmaf(sum34, sum38, s4_6);
                s5_6 = fmaf(sum36, sum38, s5_6);
                const real sum39 = look_key[15];
                const real sum40 = look_query[3];
                s0_7 = fmaf(sum39, sum40, s0_7);
                const real sum41 = look_key[19];
                s1_7 = fmaf(sum41, sum40, s1_7);
                const real sum42 = look_query[7];
                s2_7 = fmaf(sum39, sum42, s2_7);
                s3_7 = fmaf(sum41, sum42, s3_7);
                const real sum43 = look_query[11];
                s4_6 = fmaf(sum39, sum43, s4_6);
                s5_6 = fmaf(sum41, sum43, s5_6);
                const real mul31 = s0_7*0.5f;
                look[3] = mul31;
                const real mul32 = s1_7*0.5f;
                look[4] = mul32;
                const real mul33 = s2_7*0.5f;
                look[8] = mul33;
                const real mul34 = s3_7*0.5f;
                look[9] = mul34;
                const real mul35 = s4_6*0.5f;
                look[13] = mul35;
                const real mul36 = s5_6*0.5f;
                look[14] = mul36;
                real s0_8 = 0.0f;
                real s1_8 = 0.0f;
                real s2_8 = 0.0f;
                real s3_8 = 0.0f;
                real s4_7 = 0.0f;
                real s5_7 = 0.0f;
                const real sum44 = look_key[0];
                const real sum45 = look_query[12];
                s0_8 = fmaf(sum44, sum45, s0_8);
                const real sum46 = look_key[4];
                s1_8 = fmaf(sum46, sum45, s1_8);
                const real sum47 = look_key[8];
                s2_8 = fmaf(sum47, sum45, s2_8);
                const real sum48 = look_query[16];
                s3_8 = fmaf(sum44, sum48, s3_8);
                s4_7 = fmaf(sum46, sum48, s4_7);
                s5_7 = fmaf(sum47, sum48, s5_7);
                const real sum49 = look_key[1];
                const real sum50 = look_query[13];
                s0_8 = fmaf(sum49, sum50, s0_8);
                const real sum51 = look_key[5];
                s1_8 = fmaf(sum51, sum50, s1_8);
                const real sum52 = look_key[9];
                s2_8 = fmaf(sum52, sum50, s2_8);
                const real sum53 = look_query[17];
                s3_8 = fmaf(sum49, sum53, s3_8);
                s4_7 = fmaf(sum51, sum53, s4_7);
                s5_7 = fmaf(sum52, sum53, s5_7);
                const real sum54 = look_key[2];
                const real sum55 = look_query[14];
                s0_8 = fmaf(sum54, sum55, s0_8);
                const real sum56 = look_key[6];
                s1_8 = fmaf(sum56, sum55, s1_8);
                const real sum57 = look_key[10];
                s2_8 = fmaf(sum57, sum55, s2_8);
                const real sum58 = look_query[18];
                s3_8 = fmaf(sum54, sum58, s3_8);
                s4_7 = fmaf(sum56, sum58, s4_7);
                s5_7 = fmaf(sum57, sum58, s5_7);
                const real sum59 = look_key[3];
                const real sum60 = look_query[15];
                s0_8 = fmaf(sum59, sum60, s0_8);
                const real sum61 = look_key[7];
                s1_8 = fmaf(sum61, sum60, s1_8);
                const real sum62 = look_key[11];
                s2_8 = fmaf(sum62, sum60, s2_8);
                const real sum63 = look_query[19];
                s3_8 = fmaf(sum59, sum63, s3_8);
                s4_7 = fmaf(sum61, sum63, s4_7);
                s5_7 = fmaf(sum62, sum63, s5_7);
                const real mul37 = s0_8*0.5f;
                look[15] = mul37;
                const real mul38 = s1_8*0.5f;
                look[16] = mul38;
                const real mul39 = s2_8*0.5f;
                look[17] = mul39;
                const real mul40 = s3_8*0.5f;
                look[20] = mul40;
                const real mul41 = s4_7*0.5f;
                look[21] = mul41;
                const real mul42 = s5_7*0.5f;
                look[22] = mul42;
                real s0_9 = 0.0f;
                real s1_9 = 0.0f;
                real s2_9 = 0.0f;
                real s3_9 = 0.0f;
                const real sum64 = look_key[12];
                const real sum65 = look_query[12];
                s0_9 = fmaf(sum64, sum65, s0_9);
                const real sum66 = look_key[16];
                s1_9 = fmaf(sum66, sum65, s1_9);
                const real sum67 = look_query[16];
                s2_9 = fmaf(sum64, sum67, s2_9);
                s3_9 = fmaf(sum66, sum67, s3_9);
                const real sum68 = look_key[13];
                const real sum69 = look_query[13];
                s0_9 = fmaf(sum68, sum69, s0_9);
                const real sum70 = look_key[17];
                s1_9 = fmaf(sum70, sum69, s1_9);
                const real sum71 = look_query[17];
                s2_9 = fmaf(sum68, sum71, s2_9);
                s3_9 = fmaf(sum70, sum71, s3_9);
                const real sum72 = look_key[14];
                const real sum73 = look_query[14];
                s0_9 = fmaf(sum72, sum73, s0_9);
                const real sum74 = look_key[18];
                s1_9 = fmaf(sum74, sum73, s1_9);
                const real sum75 = look_query[18];
                s2_9 = fmaf(sum72, sum75, s2_9);
                s3_9 = fmaf(sum74, sum75, s3_9);
                const real sum76 = look_key[15];
                const real sum77 = look_query[15];
                s0_9 = fmaf(sum76, sum77, s0_9);
                const real sum78 = look_key[19];
                s1_9 = fmaf(sum78, sum77, s1_9);
                const real sum79 = look_query[19];
                s2_9 = fmaf(sum76, sum79, s2_9);
                s3_9 = fmaf(sum78, sum79, s3_9);
                const real mul43 = s0_9*0.5f;
                look[18] = mul43;
                const real mul44 = s1_9*0.5f;
                look[19] = mul44;
                const real mul45 = s2_9*0.5f;
                look[23] = mul45;
                const real mul46 = s3_9*0.5f;
                look[24] = mul46;
                /* look */
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    real peak = look[i1*5];
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        peak = r_max(peak, look[i1*5 + k1]);
                    }
                    look1[i1] = peak;
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        const real sub = look[i1*5 + j] - look1[i1];
                        const real exp_ = r_exp(sub);
                        look2[i1*5 + j] = exp_;
                        const real select = look[i1*5 + j] == look1[i1] ? 1.0f : 0.0f;
                        look3[i1*5 + j] = select;
                    }
                }
                /* look */
                real s0_10 = 0.0f;
                real s1_10 = 0.0f;
                real s2_10 = 0.0f;
                real s3_10 = 0.0f;
                real s4_8 = 0.0f;
                ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                    s0_10 = s0_10 + look2[k1];
                    s1_10 = s1_10 + look2[k1 + 5];
                    s2_10 = s2_10 + look2[k1 + 10];
                    s3_10 = s3_10 + look2[k1 + 15];
                    s4_8 = s4_8 + look2[k1 + 20];
                }
                look1[0] = s0_10;
                look1[1] = s1_10;
                look1[2] = s2_10;
                look1[3] = s3_10;
                look1[4] = s4_8;
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        const real div = look2[i1*5 + j]/look1[i1];
                        look[i1*5 + j] = div;
                    }
                }
                /* look */
                real s0_11 = 0.0f;
                real s1_11 = 0.0f;
                real s2_11 = 0.0f;
                real s3_11 = 0.0f;
                real s4_9 = 0.0f;
                real s5_8 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real div = look[l];
                    const real sum80 = look_value[l*2];
                    s0_11 = fmaf(div, sum80, s0_11);
                    const real sum81 = look_value[l*2 + 1];
                    s1_11 = fmaf(div, sum81, s1_11);
                    const real div1 = look[l + 5];
                    s2_11 = fmaf(div1, sum80, s2_11);
                    s3_11 = fmaf(div1, sum81, s3_11);
                    const real div2 = look[l + 10];
                    s4_9 = fmaf(div2, sum80, s4_9);
                    s5_8 = fmaf(div2, sum81, s5_8);
                }
                look4[0] = s0_11;
                const real mul47 = s0_11*s0_11;
                square[0] = mul47;
                const real add3 = s0_11 + s0_11;
                add[0] = add3;
                look4[1] = s1_11;
                const real mul48 = s1_11*s1_11;
                square[1] = mul48;
                const real add4 = s1_11 + s1_11;
                add[1] = add4;
                look4[2] = s2_11;
                const real mul49 = s2_11*s2_11;
                square[2] = mul49;
                const real add5 = s2_11 + s2_11;
                add[2] = add5;
                look4[3] = s3_11;
                const real mul50 = s3_11*s3_11;
                square[3] = mul50;
                const real add6 = s3_11 + s3_11;
                add[3] = add6;
                look4[4] = s4_9;
                const real mul51 = s4_9*s4_9;
                square[4] = mul51;
                const real add7 = s4_9 + s4_9;
                add[4] = add7;
                look4[5] = s5_8;
                const real mul52 = s5_8*s5_8;
                square[5] = mul52;
                const real add8 = s5_8 + s5_8;
                add[5] = add8;
                real s0_12 = 0.0f;
                real s1_12 = 0.0f;
                real s2_12 = 0.0f;
                real s3_12 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real div = look[l + 15];
                    const real sum80 = look_value[l*2];
                    s0_12 = fmaf(div, sum80, s0_12);
                    const real sum81 = look_value[l*2 + 1];
                    s1_12 = fmaf(div, sum81, s1_12);
                    const real div1 = look[l + 20];
                    s2_12 = fmaf(div1, sum80, s2_12);
                    s3_12 = fmaf(div1, sum81, s3_12);
                }
                look4[6] = s0_12;
                const real mul53 = s0_12*s0_12;
                square[6] = mul53;
                const real add9 = s0_12 + s0_12;
                add[6] = add9;
                look4[7] = s1_12;
                const real mul54 = s1_12*s1_12;
                square[7] = mul54;
                const real add10 = s1_12 + s1_12;
                add[7] = add10;
                look4[8] = s2_12;
                const real mul55 = s2_12*s2_12;
                square[8] = mul55;
                const real add11 = s2_12 + s2_12;
                add[8] = add11;
                look4[9] = s3_12;
                const real mul56 = s3_12*s3_12;
                square[9] = mul56;
                const real add12 = s3_12 + s3_12;
                add[9] = add12;
                real s0_13 = 0.0f;
                real s1_13 = 0.0f;
                real s2_13 = 0.0f;
                real s3_13 = 0.0f;
                real s4_10 = 0.0f;
                s0_13 = s0_13 + square[0];
                s1_13 = s1_13 + square[2];
                s2_13 = s2_13 + square[4];
                s3_13 = s3_13 + square[6];
                s4_10 = s4_10 + square[8];
                s0_13 = s0_13 + square[1];
                s1_13 = s1_13 + square[3];
                s2_13 = s2_13 + square[5];
                s3_13 = s3_13 + square[7];
                s4_10 = s4_10 + square[9];
                real row[5] ALIGNED;
                row[0] = s0_13;
                row[1] = s1_13;
                row[2] = s2_13;
                row[3] = s3_13;
                row[4] = s4_10;
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const real sum80 = row[u];
                    const real sqrt_ = sqrtf(sum80);
                    const real add13 = sqrt_ + 1.0f;
                    add1[u] = add13;
                    const real add14 = sqrt_ + sqrt_;
                    add2[u] = add14;
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const real div = look4[i1*2 + j]/add1[i1];
                        const real fma1 = fmaf(x1[i1*2 + j], pack[0], div);
                        fma_[i1*2 + j] = fma1;
                        const real div1 = mul[i1*2 + j]/add1[i1];
                        square[i1*2 + j] = div1;
                        const real mul57 = div*div1;
                        const real neg14 = -mul57;
                        neg2[i1*2 + j] = neg14;
                        x_slope[i1*2 + j] = fma1;
                    }
                }
                real s0_14 = 0.0f;
                real s1_14 = 0.0f;
                real s2_14 = 0.0f;
                real s3_14 = 0.0f;
                real s4_11 = 0.0f;
                s0_14 = s0_14 + neg2[0];
                s1_14 = s1_14 + neg2[2];
                s2_14 = s2_14 + neg2[4];
                s3_14 = s3_14 + neg2[6];
                s4_11 = s4_11 + neg2[8];
                s0_14 = s0_14 + neg2[1];
                s1_14 = s1_14 + neg2[3];
                s2_14 = s2_14 + neg2[5];
                s3_14 = s3_14 + neg2[7];
                s4_11 = s4_11 + neg2[9];
                real row1[5] ALIGNED;
                row1[0] = s0_14;
                row1[1] = s1_14;
                row1[2] = s2_14;
                row1[3] = s3_14;
                row1[4] = s4_11;
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const real sum80 = row1[u];
                    const real div = sum80/add2[u];
                    mul[u] = div;
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const real fma1 = fmaf(mul[i1], add[i1*2 + j], square[i1*2 + j]);
                        look4[i1*2 + j] = fma1;
                    }
                }
                /* look */
                real s0_15 = 0.0f;
                real s1_15 = 0.0f;
                real s2_15 = 0.0f;
                real s3_15 = 0.0f;
                real s4_12 = 0.0f;
                real s5_9 = 0.0f;
                real s6_5 = 0.0f;
                real s7_5 = 0.0f;
                real s8_3 = 0.0f;
                const real fma1 = look4[0];
                const real sum80 = look_value[0];
                s0_15 = fmaf(fma1, sum80, s0_15);
                const real sum81 = look_value[2];
                s1_15 = fmaf(fma1, sum81, s1_15);
                const real sum82 = look_value[4];
                s2_15 = fmaf(fma1, sum82, s2_15);
                const real fma2 = look4[2];
                s3_15 = fmaf(fma2, sum80, s3_15);
                s4_12 = fmaf(fma2, sum81, s4_12);
                s5_9 = fmaf(fma2, sum82, s5_9);
                const real fma3 = look4[4];
                s6_5 = fmaf(fma3, sum80, s6_5);
                s7_5 = fmaf(fma3, sum81, s7_5);
                s8_3 = fmaf(fma3, sum82, s8_3);
                const real fma4 = look4[1];
                const real sum83 = look_value[1];
                s0_15 = fmaf(fma4, sum83, s0_15);
                const real sum84 = look_value[3];
                s1_15 = fmaf(fma4, sum84, s1_15);
                const real sum85 = look_value[5];
                s2_15 = fmaf(fma4, sum85, s2_15);
                const real fma5 = look4[3];
                s3_15 = fmaf(fma5, sum83, s3_15);
                s4_12 = fmaf(fma5, sum84, s4_12);
                s5_9 = fmaf(fma5, sum85, s5_9);
                const real fma6 = look4[5];
                s6_5 = fmaf(fma6, sum83, s6_5);
                s7_5 = fmaf(fma6, sum84, s7_5);
                s8_3 = fmaf(fma6, sum85, s8_3);
                const real div = s0_15/look1[0];
                look5[0] = div;
                const real mul57 = look[0]*div;
                const real neg14 = -mul57;
                look6[0] = neg14;
                const real div1 = s1_15/look1[0];
                look5[1] = div1;
                const real mul58 = look[1]*div1;
                const real neg15 = -mul58;
                look6[1] = neg15;
                const real div2 = s2_15/look1[0];
                look5[2] = div2;
                const real mul59 = look[2]*div2;
                const real neg16 = -mul59;
                look6[2] = neg16;
                const real div3 = s3_15/look1[1];
                look5[5] = div3;
                const real mul60 = look[5]*div3;
                const real neg17 = -mul60;
                look6[5] = neg17;
                const real div4 = s4_12/look1[1];
                look5[6] = div4;
                const real mul61 = look[6]*div4;
                const real neg18 = -mul61;
                look6[6] = neg18;
                const real div5 = s5_9/look1[1];
                look5[7] = div5;
                const real mul62 = look[7]*div5;
                const real neg19 = -mul62;
                look6[7] = neg19;
                const real div6 = s6_5/look1[2];
                look5[10] = div6;
                const real mul63 = look[10]*div6;
                const real neg20 = -mul63;
                look6[10] = neg20;
                const real div7 = s7_5/look1[2];
                look5[11] = div7;
                const real mul64 = look[11]*div7;
                const real neg21 = -mul64;
                look6[11] = neg21;
                const real div8 = s8_3/look1[2];
                look5[12] = div8;
                const real mul65 = look[12]*div8;
                const real neg22 = -mul65;
                look6[12] = neg22;
                real s0_16 = 0.0f;
                real s1_16 = 0.0f;
                real s2_16 = 0.0f;
                real s3_16 = 0.0f;
                real s4_13 = 0.0f;
                real s5_10 = 0.0f;
                const real fma7 = look4[0];
                const real sum86 = look_value[6];
                s0_16 = fmaf(fma7, sum86, s0_16);
                const real sum87 = look_value[8];
                s1_16 = fmaf(fma7, sum87, s1_16);
                const real fma8 = look4[2];
                s2_16 = fmaf(fma8, sum86, s2_16);
                s3_16 = fmaf(fma8, sum87, s3_16);
                const real fma9 = look4[4];
                s4_13 = fmaf(fma9, sum86, s4_13);
                s5_10 = fmaf(fma9, sum87, s5_10);
                const real fma10 = look4[1];
                const real sum88 = look_value[7];
                s0_16 = fmaf(fma10, sum88, s0_16);
                const real sum89 = look_value[9];
                s1_16 = fmaf(fma10, sum89, s1_16);
                const real fma11 = look4[3];
                s2_16 = fmaf(fma11, sum88, s2_16);
                s3_16 = fmaf(fma11, sum89, s3_16);
                const real fma12 = look4[5];
                s4_13 = fmaf(fma12, sum88, s4_13);
                s5_10 = fmaf(fma12, sum89, s5_10);
                const real div9 = s0_16/look1[0];
                look5[3] = div9;
                const real mul66 = look[3]*div9;
                const real neg23 = -mul66;
                look6[3] = neg23;
                const real div10 = s1_16/look1[0];
                look5[4] = div10;
                const real mul67 = look[4]*div10;
                const real neg24 = -mul67;
                look6[4] = neg24;
                const real div11 = s2_16/look1[1];
                look5[8] = div11;
                const real mul68 = look[8]*div11;
                const real neg25 = -mul68;
                look6[8] = neg25;
                const real div12 = s3_16/look1[1];
                look5[9] = div12;
                const real mul69 = look[9]*div12;
                const real neg26 = -mul69;
                look6[9] = neg26;
                const real div13 = s4_13/look1[2];
                look5[13] = div13;
                const real mul70 = look[13]*div13;
                const real neg27 = -mul70;
                look6[13] = neg27;
                const real div14 = s5_10/look1[2];
                look5[14] = div14;
                const real mul71 = look[14]*div14;
                const real neg28 = -mul71;
                look6[14] = neg28;
                real s0_17 = 0.0f;
                real s1_17 = 0.0f;
                real s2_17 = 0.0f;
                real s3_17 = 0.0f;
                real s4_14 = 0.0f;
                real s5_11 = 0.0f;
                const real fma13 = look4[6];
                const real sum90 = look_value[0];
                s0_17 = fmaf(fma13, sum90, s0_17);
                const real sum91 = look_value[2];
                s1_17 = fmaf(fma13, sum91, s1_17);
                const real sum92 = look_value[4];
                s2_17 = fmaf(fma13, sum92, s2_17);
                const real fma14 = look4[8];
                s3_17 = fmaf(fma14, sum90, s3_17);
                s4_14 = fmaf(fma14, sum91, s4_14);
                s5_11 = fmaf(fma14, sum92, s5_11);
                const real fma15 = look4[7];
                const real sum93 = look_value[1];
                s0_17 = fmaf(fma15, sum93, s0_17);
                const real sum94 = look_value[3];
                s1_17 = fmaf(fma15, sum94, s1_17);
                const real sum95 = look_value[5];
                s2_17 = fmaf(fma15, sum95, s2_17);
                const real fma16 = look4[9];
                s3_17 = fmaf(fma16, sum93, s3_17);
                s4_14 = fmaf(fma16, sum94, s4_14);
                s5_11 = fmaf(fma16, sum95, s5_11);
                const real div15 = s0_17/look1[3];
                look5[15] = div15;
                const real mul72 = look[15]*div15;
                const real neg29 = -mul72;
                look6[15] = neg29;
                const real div16 = s1_17/look1[3];
                look5[16] = div16;
                const real mul73 = look[16]*div16;
                const real neg30 = -mul73;
                look6[16] = neg30;
                const real div17 = s2_17/look1[3];
                look5[17] = div17;
                const real mul74 = look[17]*div17;
                const real neg31 = -mul74;
                look6[17] = neg31;
                const real div18 = s3_17/look1[4];
                look5[20] = div18;
                const real mul75 = look[20]*div18;
                const real neg32 = -mul75;
                look6[20] = neg32;
                const real div19 = s4_14/look1[4];
                look5[21] = div19;
                const real mul76 = look[21]*div19;
                const real neg33 = -mul76;
                look6[21] = neg33;
                const real div20 = s5_11/look1[4];
                look5[22] = div20;
                const real mul77 = look[22]*div20;
                const real neg34 = -mul77;
                look6[22] = neg34;
                real s0_18 = 0.0f;
                real s1_18 = 0.0f;
                real s2_18 = 0.0f;
                real s3_18 = 0.0f;
                const real fma17 = look4[6];
                const real sum96 = look_value[6];
                s0_18 = fmaf(fma17, sum96, s0_18);
                const real sum97 = look_value[8];
                s1_18 = fmaf(fma17, sum97, s1_18);
                const real fma18 = look4[8];
                s2_18 = fmaf(fma18, sum96, s2_18);
                s3_18 = fmaf(fma18, sum97, s3_18);
                const real fma19 = look4[7];
                const real sum98 = look_value[7];
                s0_18 = fmaf(fma19, sum98, s0_18);
                const real sum99 = look_value[9];
                s1_18 = fmaf(fma19, sum99, s1_18);
                const real fma20 = look4[9];
                s2_18 = fmaf(fma20, sum98, s2_18);
                s3_18 = fmaf(fma20, sum99, s3_18);
                const real div21 = s0_18/look1[3];
                look5[18] = div21;
                const real mul78 = look[18]*div21;
                const real neg35 = -mul78;
                look6[18] = neg35;
                const real div22 = s1_18/look1[3];
                look5[19] = div22;
                const real mul79 = look[19]*div22;
                const real neg36 = -mul79;
                look6[19] = neg36;
                const real div23 = s2_18/look1[4];
                look5[23] = div23;
                const real mul80 = look[23]*div23;
                const real neg37 = -mul80;
                look6[23] = neg37;
                const real div24 = s3_18/look1[4];
                look5[24] = div24;
                const real mul81 = look[24]*div24;
                const real neg38 = -mul81;
                look6[24] = neg38;
                /* look */
                real s0_19 = 0.0f;
                real s1_19 = 0.0f;
                real s2_19 = 0.0f;
                real s3_19 = 0.0f;
                real s4_15 = 0.0f;
                real s5_12 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real div25 = look[l*5];
                    const real fma21 = look4[l*2];
                    s0_19 = fmaf(div25, fma21, s0_19);
                    const real fma22 = look4[l*2 + 1];
                    s1_19 = fmaf(div25, fma22, s1_19);
                    const real div26 = look[l*5 + 1];
                    s2_19 = fmaf(div26, fma21, s2_19);
                    s3_19 = fmaf(div26, fma22, s3_19);
                    const real div27 = look[l*5 + 2];
                    s4_15 = fmaf(div27, fma21, s4_15);
                    s5_12 = fmaf(div27, fma22, s5_12);
                }
                look7[0] = s0_19;
                look7[1] = s1_19;
                look7[2] = s2_19;
                look7[3] = s3_19;
                look7[4] = s4_15;
                look7[5] = s5_12;
                real s0_20 = 0.0f;
                real s1_20 = 0.0f;
                real s2_20 = 0.0f;
                real s3_20 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real div25 = look[l*5 + 3];
                    const real fma21 = look4[l*2];
                    s0_20 = fmaf(div25, fma21, s0_20);
                    const real fma22 = look4[l*2 + 1];
                    s1_20 = fmaf(div25, fma22, s1_20);
                    const real div26 = look[l*5 + 4];
                    s2_20 = fmaf(div26, fma21, s2_20);
                    s3_20 = fmaf(div26, fma22, s3_20);
                }
                look7[6] = s0_20;
                look7[7] = s1_20;
                look7[8] = s2_20;
                look7[9] = s3_20;
                /* look */
                real s0_21 = 0.0f;
                real s1_21 = 0.0f;
                real s2_21 = 0.0f;
                real s3_21 = 0.0f;
                real s4_16 = 0.0f;
                ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                    s0_21 = s0_21 + look6[k1];
                    s1_21 = s1_21 + look6[k1 + 5];
                    s2_21 = s2_21 + look6[k1 + 10];
                    s3_21 = s3_21 + look6[k1 + 15];
                    s4_16 = s4_16 + look6[k1 + 20];
                }
                look_value[0] = s0_21;
                look_value[1] = s1_21;
                look_value[2] = s2_21;
                look_value[3] = s3_21;
                look_value[4] = s4_16;
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        const real add13 = look5[i1*5 + j] + look_value[i1];
                        const real mul82 = look2[i1*5 + j]*add13;
                        look[i1*5 + j] = mul82;
                        const real neg39 = -mul82;
                        look6[i1*5 + j] = neg39;
                    }
                }
                /* look */
                real s0_22 = 0.0f;
                real s1_22 = 0.0f;
                real s2_22 = 0.0f;
                real s3_22 = 0.0f;
                real s4_17 = 0.0f;
                ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                    s0_22 = s0_22 + look6[k1];
                    s1_22 = s1_22 + look6[k1 + 5];
                    s2_22 = s2_22 + look6[k1 + 10];
                    s3_22 = s3_22 + look6[k1 + 15];
                    s4_17 = s4_17 + look6[k1 + 20];
                }
                look_value[0] = s0_22;
                look_value[1] = s1_22;
                look_value[2] = s2_22;
                look_value[3] = s3_22;
                look_value[4] = s4_17;
                /* look */
                real s0_23 = 0.0f;
                real s1_23 = 0.0f;
                real s2_23 = 0.0f;
                real s3_23 = 0.0f;
                real s4_18 = 0.0f;
                ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                    s0_23 = s0_23 + look3[k1];
                    s1_23 = s1_23 + look3[k1 + 5];
                    s2_23 = s2_23 + look3[k1 + 10];
                    s3_23 = s3_23 + look3[k1 + 15];
                    s4_18 = s4_18 + look3[k1 + 20];
                }
                real row2[5] ALIGNED;
                row2[0] = s0_23;
                row2[1] = s1_23;
                row2[2] = s2_23;
                row2[3] = s3_23;
                row2[4] = s4_18;
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const real sum100 = row2[u];
                    const real div25 = look_value[u]/sum100;
                    mul[u] = div25;
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        const real fma21 = fmaf(look3[i1*5 + j], mul[i1], look[i1*5 + j]);
                        const real mul82 = 0.5f*fma21;
                        look2[i1*5 + j] = mul82;
                    }
                }
                /* look */
                real s0_24 = 0.0f;
                real s1_24 = 0.0f;
                real s2_24 = 0.0f;
                real s3_24 = 0.0f;
                real s4_19 = 0.0f;
                real s5_13 = 0.0f;
                real s6_6 = 0.0f;
                real s7_6 = 0.0f;
                real s8_4 = 0.0f;
                real s9_2 = 0.0f;
                real s10_2 = 0.0f;
                real s11_2 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real mul82 = look2[l*5];
                    const real sum100 = look_query[l*4];
                    s0_24 = fmaf(mul82, sum100, s0_24);
                    const real sum101 = look_query[l*4 + 1];
                    s1_24 = fmaf(mul82, sum101, s1_24);
                    const real sum102 = look_query[l*4 + 2];
                    s2_24 = fmaf(mul82, sum102, s2_24);
                    const real sum103 = look_query[l*4 + 3];
                    s3_24 = fmaf(mul82, sum103, s3_24);
                    const real mul83 = look2[l*5 + 1];
                    s4_19 = fmaf(mul83, sum100, s4_19);
                    s5_13 = fmaf(mul83, sum101, s5_13);
                    s6_6 = fmaf(mul83, sum102, s6_6);
                    s7_6 = fmaf(mul83, sum103, s7_6);
                    const real mul84 = look2[l*5 + 2];
                    s8_4 = fmaf(mul84, sum100, s8_4);
                    s9_2 = fmaf(mul84, sum101, s9_2);
                    s10_2 = fmaf(mul84, sum102, s10_2);
                    s11_2 = fmaf(mul84, sum103, s11_2);
                }
                look8[0] = s0_24;
                look8[1] = s1_24;
                look8[2] = s2_24;
                look8[3] = s3_24;
                look8[4] = s4_19;
                look8[5] = s5_13;
                look8[6] = s6_6;
                look8[7] = s7_6;
                look8[8] = s8_4;
                look8[9] = s9_2;
                look8[10] = s10_2;
                look8[11] = s11_2;
                real s0_25 = 0.0f;
                real s1_25 = 0.0f;
                real s2_25 = 0.0f;
                real s3_25 = 0.0f;
                real s4_20 = 0.0f;
                real s5_14 = 0.0f;
                real s6_7 = 0.0f;
                real s7_7 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real mul82 = look2[l*5 + 3];
                    const real sum100 = look_query[l*4];
                    s0_25 = fmaf(mul82, sum100, s0_25);
                    const real sum101 = look_query[l*4 + 1];
                    s1_25 = fmaf(mul82, sum101, s1_25);
                    const real sum102 = look_query[l*4 + 2];
                    s2_25 = fmaf(mul82, sum102, s2_25);
                    const real sum103 = look_query[l*4 + 3];
                    s3_25 = fmaf(mul82, sum103, s3_25);
                    const real mul83 = look2[l*5 + 4];
                    s4_20 = fmaf(mul83, sum100, s4_20);
                    s5_14 = fmaf(mul83, sum101, s5_14);
                    s6_7 = fmaf(mul83, sum102, s6_7);
                    s7_7 = fmaf(mul83, sum103, s7_7);
                }
                look8[12] = s0_25;
                look8[13] = s1_25;
                look8[14] = s2_25;
                look8[15] = s3_25;
                look8[16] = s4_20;
                look8[17] = s5_14;
                look8[18] = s6_7;
                look8[19] = s7_7;
                /* look */
                real s0_26 = 0.0f;
                real s1_26 = 0.0f;
                real s2_26 = 0.0f;
                real s3_26 = 0.0f;
                real s4_21 = 0.0f;
                real s5_15 = 0.0f;
                real s6_8 = 0.0f;
                real s7_8 = 0.0f;
                real s8_5 = 0.0f;
                real s9_3 = 0.0f;
                real s10_3 = 0.0f;
                real s11_3 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real sum100 = look_key[l*4];
                    const real mul82 = look2[l];
                    s0_26 = fmaf(sum100, mul82, s0_26);
                    const real sum101 = look_key[l*4 + 1];
                    s1_26 = fmaf(sum101, mul82, s1_26);
                    const real sum102 = look_key[l*4 + 2];
                    s2_26 = fmaf(sum102, mul82, s2_26);
                    const real sum103 = look_key[l*4 + 3];
                    s3_26 = fmaf(sum103, mul82, s3_26);
                    const real mul83 = look2[l + 5];
                    s4_21 = fmaf(sum100, mul83, s4_21);
                    s5_15 = fmaf(sum101, mul83, s5_15);
                    s6_8 = fmaf(sum102, mul83, s6_8);
                    s7_8 = fmaf(sum103, mul83, s7_8);
                    const real mul84 = look2[l + 10];
                    s8_5 = fmaf(sum100, mul84, s8_5);
                    s9_3 = fmaf(sum101, mul84, s9_3);
                    s10_3 = fmaf(sum102, mul84, s10_3);
                    s11_3 = fmaf(sum103, mul84, s11_3);
                }
                look9[0] = s0_26;
                look9[1] = s1_26;
                look9[2] = s2_26;
                look9[3] = s3_26;
                look9[4] = s4_21;
                look9[5] = s5_15;
                look9[6] = s6_8;
                look9[7] = s7_8;
                look9[8] = s8_5;
                look9[9] = s9_3;
                look9[10] = s10_3;
                look9[11] = s11_3;
                real s0_27 = 0.0f;
                real s1_27 = 0.0f;
                real s2_27 = 0.0f;
                real s3_27 = 0.0f;
                real s4_22 = 0.0f;
                real s5_16 = 0.0f;
                real s6_9 = 0.0f;
                real s7_9 = 0.0f;
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real sum100 = look_key[l*4];
                    const real mul82 = look2[l + 15];
                    s0_27 = fmaf(sum100, mul82, s0_27);
                    const real sum101 = look_key[l*4 + 1];
                    s1_27 = fmaf(sum101, mul82, s1_27);
                    const real sum102 = look_key[l*4 + 2];
                    s2_27 = fmaf(sum102, mul82, s2_27);
                    const real sum103 = look_key[l*4 + 3];
                    s3_27 = fmaf(sum103, mul82, s3_27);
                    const real mul83 = look2[l + 20];
                    s4_22 = fmaf(sum100, mul83, s4_22);
                    s5_16 = fmaf(sum101, mul83, s5_16);
                    s6_9 = fmaf(sum102, mul83, s6_9);
                    s7_9 = fmaf(sum103, mul83, s7_9);
                }
                look9[12] = s0_27;
                look9[13] = s1_27;
                look9[14] = s2_27;
                look9[15] = s3_27;
                look9[16] = s4_22;
                look9[17] = s5_16;
                look9[18] = s6_9;
                look9[19] = s7_9;
                /* look.value */
                real s0_28 = 0.0f;
                real s1_28 = 0.0f;
                real s2_28 = 0.0f;
                real s3_28 = 0.0f;
                real s4_23 = 0.0f;
                real s5_17 = 0.0f;
                const real look_value_weight8 = theta[16];
                const real sum100 = look7[0];
                s0_28 = fmaf(look_value_weight8, sum100, s0_28);
                const real sum101 = look7[2];
                s1_28 = fmaf(look_value_weight8, sum101, s1_28);
                const real sum102 = look7[4];
                s2_28 = fmaf(look_value_weight8, sum102, s2_28);
                const real look_value_weight9 = theta[17];
                s3_28 = fmaf(look_value_weight9, sum100, s3_28);
                s4_23 = fmaf(look_value_weight9, sum101, s4_23);
                s5_17 = fmaf(look_value_weight9, sum102, s5_17);
                const real look_value_weight10 = theta[18];
                const real sum103 = look7[1];
                s0_28 = fmaf(look_value_weight10, sum103, s0_28);
                const real sum104 = look7[3];
                s1_28 = fmaf(look_value_weight10, sum104, s1_28);
                const real sum105 = look7[5];
                s2_28 = fmaf(look_value_weight10, sum105, s2_28);
                const real look_value_weight11 = theta[19];
                s3_28 = fmaf(look_value_weight11, sum103, s3_28);
                s4_23 = fmaf(look_value_weight11, sum104, s4_23);
                s5_17 = fmaf(look_value_weight11, sum105, s5_17);
                const real fma21 = fmaf(theta[20], neg1[0], s0_28);
                look_query[0] = fma21;
                const real fma22 = fmaf(theta[20], neg1[2], s1_28);
                look_query[2] = fma22;
                const real fma23 = fmaf(theta[20], neg1[4], s2_28);
                look_query[4] = fma23;
                const real fma24 = fmaf(theta[20], neg1[1], s3_28);
                look_query[1] = fma24;
                const real fma25 = fmaf(theta[20], neg1[3], s4_23);
                look_query[3] = fma25;
                const real fma26 = fmaf(theta[20], neg1[5], s5_17);
                look_query[5] = fma26;
                real s0_29 = 0.0f;
                real s1_29 = 0.0f;
                real s2_29 = 0.0f;
                real s3_29 = 0.0f;
                const real look_value_weight12 = theta[16];
                const real sum106 = look7[6];
                s0_29 = fmaf(look_value_weight12, sum106, s0_29);
                const real sum107 = look7[8];
                s1_29 = fmaf(look_value_weight12, sum107, s1_29);
                const real look_value_weight13 = theta[17];
                s2_29 = fmaf(look_value_weight13, sum106, s2_29);
                s3_29 = fmaf(look_value_weight13, sum107, s3_29);
                const real look_value_weight14 = theta[18];
                const real sum108 = look7[7];
                s0_29 = fmaf(look_value_weight14, sum108, s0_29);
                const real sum109 = look7[9];
                s1_29 = fmaf(look_value_weight14, sum109, s1_29);
                const real look_value_weight15 = theta[19];
                s2_29 = fmaf(look_value_weight15, sum108, s2_29);
                s3_29 = fmaf(look_value_weight15, sum109, s3_29);
                const real fma27 = fmaf(theta[20], neg1[6], s0_29);
                look_query[6] = fma27;
                const real fma28 = fmaf(theta[20], neg1[8], s1_29);
                look_query[8] = fma28;
                const real fma29 = fmaf(theta[20], neg1[7], s2_29);
                look_query[7] = fma29;
                const real fma30 = fmaf(theta[20], neg1[9], s3_29);
                look_query[9] = fma30;
                /* look.key */
                real s0_30 = look_query[0];
                real s1_30 = look_query[2];
                real s2_30 = look_query[4];
                real s3_30 = look_query[1];
                real s4_24 = look_query[3];
                real s5_18 = look_query[5];
                const real look_key_weight16 = theta[8];
                const real sum110 = look8[0];
                s0_30 = fmaf(look_key_weight16, sum110, s0_30);
                const real sum111 = look8[4];
                s1_30 = fmaf(look_key_weight16, sum111, s1_30);
                const real sum112 = look8[8];
                s2_30 = fmaf(look_key_weight16, sum112, s2_30);
                const real look_key_weight17 = theta[9];
                s3_30 = fmaf(look_key_weight17, sum110, s3_30);
                s4_24 = fmaf(look_key_weight17, sum111, s4_24);
                s5_18 = fmaf(look_key_weight17, sum112, s5_18);
                const real look_key_weight18 = theta[10];
                const real sum113 = look8[1];
                s0_30 = fmaf(look_key_weight18, sum113, s0_30);
                const real sum114 = look8[5];
                s1_30 = fmaf(look_key_weight18, sum114, s1_30);
                const real sum115 = look8[9];
                s2_30 = fmaf(look_key_weight18, sum115, s2_30);
                const real look_key_weight19 = theta[11];
                s3_30 = fmaf(look_key_weight19, sum113, s3_30);
                s4_24 = fmaf(look_key_weight19, sum114, s4_24);
                s5_18 = fmaf(look_key_weight19, sum115, s5_18);
                const real look_key_weight20 = theta[12];
                const real sum116 = look8[2];
                s0_30 = fmaf(look_key_weight20, sum116, s0_30);
                const real sum117 = look8[6];
                s1_30 = fmaf(look_key_weight20, sum117, s1_30);
                const real sum118 = look8[10];
                s2_30 = fmaf(look_key_weight20, sum118, s2_30);
                const real look_key_weight21 = theta[13];
                s3_30 = fmaf(look_key_weight21, sum116, s3_30);
                s4_24 = fmaf(look_key_weight21, sum117, s4_24);
                s5_18 = fmaf(look_key_weight21, sum118, s5_18);
                const real look_key_weight22 = theta[14];
                const real sum119 = look8[3];
                s0_30 = fmaf(look_key_weight22, sum119, s0_30);
                const real sum120 = look8[7];
                s1_30 = fmaf(look_key_weight22, sum120, s1_30);
                const real sum121 = look8[11];
                s2_30 = fmaf(look_key_weight22, sum121, s2_30);
                const real look_key_weight23 = theta[15];
                s3_30 = fmaf(look_key_weight23, sum119, s3_30);
                s4_24 = fmaf(look_key_weight23, sum120, s4_24);
                s5_18 = fmaf(look_key_weight23, sum121, s5_18);
                look_key[0] = s0_30;
                look_key[2] = s1_30;
                look_key[4] = s2_30;
                look_key[1] = s3_30;
                look_key[3] = s4_24;
                look_key[5] = s5_18;
                real s0_31 = look_query[6];
                real s1_31 = look_query[8];
                real s2_31 = look_query[7];
                real s3_31 = look_query[9];
                const real look_key_weight24 = theta[8];
                const real sum122 = look8[12];
                s0_31 = fmaf(look_key_weight24, sum122, s0_31);
                const real sum123 = look8[16];
                s1_31 = fmaf(look_key_weight24, sum123, s1_31);
                const real look_key_weight25 = theta[9];
                s2_31 = fmaf(look_key_weight25, sum122, s2_31);
                s3_31 = fmaf(look_key_weight25, sum123, s3_31);
                const real look_key_weight26 = theta[10];
                const real sum124 = look8[13];
                s0_31 = fmaf(look_key_weight26, sum124, s0_31);
                const real sum125 = look8[17];
                s1_31 = fmaf(look_key_weight26, sum125, s1_31);
                const real look_key_weight27 = theta[11];
                s2_31 = fmaf(look_key_weight27, sum124, s2_31);
                s3_31 = fmaf(look_key_weight27, sum125, s3_31);
                const real look_key_weight28 = theta[12];
                const real sum126 = look8[14];
                s0_31 = fmaf(look_key_weight28, sum126, s0_31);
                const real sum127 = look8[18];
                s1_31 = fmaf(look_key_weight28, sum127, s1_31);
                const real look_key_weight29 = theta[13];
                s2_31 = fmaf(look_key_weight29, sum126, s2_31);
                s3_31 = fmaf(look_key_weight29, sum127, s3_31);
                const real look_key_weight30 = theta[14];
                const real sum128 = look8[15];
                s0_31 = fmaf(look_key_weight30, sum128, s0_31);
                const real sum129 = look8[19];
                s1_31 = fmaf(look_key_weight30, sum129, s1_31);
                const real look_key_weight31 = theta[15];
                s2_31 = fmaf(look_key_weight31, sum128, s2_31);
                s3_31 = fmaf(look_key_weight31, sum129, s3_31);
                look_key[6] = s0_31;
                look_key[8] = s1_31;
                look_key[7] = s2_31;
                look_key[9] = s3_31;
                /* look.query */
                real s0_32 = look_key[0];
                real s1_32 = look_key[2];
                real s2_32 = look_key[4];
                real s3_32 = look_key[1];
                real s4_25 = look_key[3];
                real s5_19 = look_key[5];
                const real look_query_weight16 = theta[0];
                const real sum130 = look9[0];
                s0_32 = fmaf(look_query_weight16, sum130, s0_32);
                const real sum131 = look9[4];
                s1_32 = fmaf(look_query_weight16, sum131, s1_32);
                const real sum132 = look9[8];
                s2_32 = fmaf(look_query_weight16, sum132, s2_32);
                const real look_query_weight17 = theta[1];
                s3_32 = fmaf(look_query_weight17, sum130, s3_32);
                s4_25 = fmaf(look_query_weight17, sum131, s4_25);
                s5_19 = fmaf(look_query_weight17, sum132, s5_19);
                const real look_query_weight18 = theta[2];
                const real sum133 = look9[1];
                s0_32 = fmaf(look_query_weight18, sum133, s0_32);
                const real sum134 = look9[5];
                s1_32 = fmaf(look_query_weight18, sum134, s1_32);
                const real sum135 = look9[9];
                s2_32 = fmaf(look_query_weight18, sum135, s2_32);
                const real look_query_weight19 = theta[3];
                s3_32 = fmaf(look_query_weight19, sum133, s3_32);
                s4_25 = fmaf(look_query_weight19, sum134, s4_25);
                s5_19 = fmaf(look_query_weight19, sum135, s5_19);
                const real look_query_weight20 = theta[4];
                const real sum136 = look9[2];
                s0_32 = fmaf(look_query_weight20, sum136, s0_32);
                const real sum137 = look9[6];
                s1_32 = fmaf(look_query_weight20, sum137, s1_32);
                const real sum138 = look9[10];
                s2_32 = fmaf(look_query_weight20, sum138, s2_32);
                const real look_query_weight21 = theta[5];
                s3_32 = fmaf(look_query_weight21, sum136, s3_32);
                s4_25 = fmaf(look_query_weight21, sum137, s4_25);
                s5_19 = fmaf(look_query_weight21, sum138, s5_19);
                const real look_query_weight22 = theta[6];
                const real sum139 = look9[3];
                s0_32 = fmaf(look_query_weight22, sum139, s0_32);
                const real sum140 = look9[7];
                s1_32 = fmaf(look_query_weight22, sum140, s1_32);
                const real sum141 = look9[11];
                s2_32 = fmaf(look_query_weight22, sum141, s2_32);
                const real look_query_weight23 = theta[7];
                s3_32 = fmaf(look_query_weight23, sum139, s3_32);
                s4_25 = fmaf(look_query_weight23, sum140, s4_25);
                s5_19 = fmaf(look_query_weight23, sum141, s5_19);
                look_query1[0] = s0_32;
                look_query1[2] = s1_32;
                look_query1[4] = s2_32;
                look_query1[1] = s3_32;
                look_query1[3] = s4_25;
                look_query1[5] = s5_19;
                real s0_33 = look_key[6];
                real s1_33 = look_key[8];
                real s2_33 = look_key[7];
                real s3_33 = look_key[9];
                const real look_query_weight24 = theta[0];
                const real sum142 = look9[12];
                s0_33 = fmaf(look_query_weight24, sum142, s0_33);
                const real sum143 = look9[16];
                s1_33 = fmaf(look_query_weight24, sum143, s1_33);
                const real look_query_weight25 = theta[1];
                s2_33 = fmaf(look_query_weight25, sum142, s2_33);
                s3_33 = fmaf(look_query_weight25, sum143, s3_33);
                const real look_query_weight26 = theta[2];
                const real sum144 = look9[13];
                s0_33 = fmaf(look_query_weight26, sum144, s0_33);
                const real sum145 = look9[17];
                s1_33 = fmaf(look_query_weight26, sum145, s1_33);
                const real look_query_weight27 = theta[3];
                s2_33 = fmaf(look_query_weight27, sum144, s2_33);
                s3_33 = fmaf(look_query_weight27, sum145, s3_33);
                const real look_query_weight28 = theta[4];
                const real sum146 = look9[14];
                s0_33 = fmaf(look_query_weight28, sum146, s0_33);
                const real sum147 = look9[18];
                s1_33 = fmaf(look_query_weight28, sum147, s1_33);
                const real look_query_weight29 = theta[5];
                s2_33 = fmaf(look_query_weight29, sum146, s2_33);
                s3_33 = fmaf(look_query_weight29, sum147, s3_33);
                const real look_query_weight30 = theta[6];
                const real sum148 = look9[15];
                s0_33 = fmaf(look_query_weight30, sum148, s0_33);
                const real sum149 = look9[19];
                s1_33 = fmaf(look_query_weight30, sum149, s1_33);
                const real look_query_weight31 = theta[7];
                s2_33 = fmaf(look_query_weight31, sum148, s2_33);
                s3_33 = fmaf(look_query_weight31, sum149, s3_33);
                look_query1[6] = s0_33;
                look_query1[8] = s1_33;
                look_query1[7] = s2_33;
                look_query1[9] = s3_33;
                real s0_34 = sums[20];
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    s0_34 = s0_34 + mul1[j*2];
                    s0_34 = s0_34 + mul1[j*2 + 1];
                }
                sums[20] = s0_34;
                /* look.value: sum over samples */
                real s0_35 = sums[16];
                real s1_34 = sums[17];
                real s2_34 = sums[18];
                real s3_34 = sums[19];
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real sum150 = look7[l*2];
                    const real x32 = x1[l*2];
                    s0_35 = fmaf(sum150, x32, s0_35);
                    const real x33 = x1[l*2 + 1];
                    s1_34 = fmaf(sum150, x33, s1_34);
                    const real sum151 = look7[l*2 + 1];
                    s2_34 = fmaf(sum151, x32, s2_34);
                    s3_34 = fmaf(sum151, x33, s3_34);
                }
                sums[16] = s0_35;
                sums[17] = s1_34;
                sums[18] = s2_34;
                sums[19] = s3_34;
                /* look.key: sum over samples */
                real s0_36 = sums[8];
                real s1_35 = sums[9];
                real s2_35 = sums[10];
                real s3_35 = sums[11];
                real s4_26 = sums[12];
                real s5_20 = sums[13];
                real s6_10 = sums[14];
                real s7_10 = sums[15];
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real sum150 = look8[l*4];
                    const real x32 = x1[l*2];
                    s0_36 = fmaf(sum150, x32, s0_36);
                    const real x33 = x1[l*2 + 1];
                    s1_35 = fmaf(sum150, x33, s1_35);
                    const real sum151 = look8[l*4 + 1];
                    s2_35 = fmaf(sum151, x32, s2_35);
                    s3_35 = fmaf(sum151, x33, s3_35);
                    const real sum152 = look8[l*4 + 2];
                    s4_26 = fmaf(sum152, x32, s4_26);
                    s5_20 = fmaf(sum152, x33, s5_20);
                    const real sum153 = look8[l*4 + 3];
                    s6_10 = fmaf(sum153, x32, s6_10);
                    s7_10 = fmaf(sum153, x33, s7_10);
                }
                sums[8] = s0_36;
                sums[9] = s1_35;
                sums[10] = s2_35;
                sums[11] = s3_35;
                sums[12] = s4_26;
                sums[13] = s5_20;
                sums[14] = s6_10;
                sums[15] = s7_10;
                /* look.query: sum over samples */
                real s0_37 = sums[0];
                real s1_36 = sums[1];
                real s2_36 = sums[2];
                real s3_36 = sums[3];
                real s4_27 = sums[4];
                real s5_21 = sums[5];
                real s6_11 = sums[6];
                real s7_11 = sums[7];
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const real sum150 = look9[l*4];
                    const real x32 = x1[l*2];
                    s0_37 = fmaf(sum150, x32, s0_37);
                    const real x33 = x1[l*2 + 1];
                    s1_36 = fmaf(sum150, x33, s1_36);
                    const real sum151 = look9[l*4 + 1];
                    s2_36 = fmaf(sum151, x32, s2_36);
                    s3_36 = fmaf(sum151, x33, s3_36);
                    const real sum152 = look9[l*4 + 2];
                    s4_27 = fmaf(sum152, x32, s4_27);
                    s5_21 = fmaf(sum152, x33, s5_21);
                    const real sum153 = look9[l*4 + 3];
                    s6_11 = fmaf(sum153, x32, s6_11);
                    s7_11 = fmaf(sum153, x33, s7_11);
                }
                sums[0] = s0_37;
                sums[1] = s1_36;
                sums[2] = s2_36;
                sums[3] = s3_36;
                sums[4] = s4_27;
                sums[5] = s5_21;
                sums[6] = s6_11;
                sums[7] = s7_11;
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const real fma31 = fmaf(fma_[i1*2 + j], h[0], x1[i1*2 + j]);
                        const real add13 = x_bar[i1*2 + j] + look_query1[i1*2 + j];
                        x1[i1*2 + j] = fma31;
                        x_bar[i1*2 + j] = add13;
                    }
                }
                if (s == 0) {
                    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                        x_first_slope[e] = x_slope[e];
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real s0 = 0.0f;
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    s0 = fmaf(x_jump[j*2], x_first_slope[j*2], s0);
                    s0 = fmaf(x_jump[j*2 + 1], x_first_slope[j*2 + 1], s0);
                }
                dt1[0] = s0;
                if (t_stride == 0) {
                    real total = 0.0f;
                    total = total + dt1[0];
                    work[dt_at + i] = total;
                } else {
                    g_t[b*t_stride + i] = dt1[0];
                }
            }
            real zero = 0.0f;
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                zero = fmaf(x_bar[e], 0.0f, zero);
            }
            const ptrdiff_t sound = 1 - (zero != zero);
            if (sound == 0) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    work[area + 16 + e] = x_bar[e];
                }
                const ptrdiff_t at = swarm_find(work, area + 16, 10);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(b + at/10);
                    work[area + 2] = t[(b + at/10)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%10);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            x1[e] = x[b*10 + e];
        }
        real look_query[20] ALIGNED;
        real look_key[20] ALIGNED;
        real look_value[10] ALIGNED;
        real look[25] ALIGNED;
        real look1[5] ALIGNED;
        real look2[25] ALIGNED;
        /* look.query */
        real s0 = 0.0f;
        real s1 = 0.0f;
        real s2 = 0.0f;
        real s3 = 0.0f;
        real s4 = 0.0f;
        real s5 = 0.0f;
        real s6 = 0.0f;
        real s7 = 0.0f;
        real s8 = 0.0f;
        real s9 = 0.0f;
        real s10 = 0.0f;
        real s11 = 0.0f;
        const real look_query_weight = theta[0];
        const real x2 = x1[0];
        s0 = fmaf(look_query_weight, x2, s0);
        const real x3 = x1[2];
        s1 = fmaf(look_query_weight, x3, s1);
        const real x4 = x1[4];
        s2 = fmaf(look_query_weight, x4, s2);
        const real look_query_weight1 = theta[2];
        s3 = fmaf(look_query_weight1, x2, s3);
        s4 = fmaf(look_query_weight1, x3, s4);
        s5 = fmaf(look_query_weight1, x4, s5);
        const real look_query_weight2 = theta[4];
        s6 = fmaf(look_query_weight2, x2, s6);
        s7 = fmaf(look_query_weight2, x3, s7);
        s8 = fmaf(look_query_weight2, x4, s8);
        const real look_query_weight3 = theta[6];
        s9 = fmaf(look_query_weight3, x2, s9);
        s10 = fmaf(look_query_weight3, x3, s10);
        s11 = fmaf(look_query_weight3, x4, s11);
        const real look_query_weight4 = theta[1];
        const real x5 = x1[1];
        s0 = fmaf(look_query_weight4, x5, s0);
        const real x6 = x1[3];
        s1 = fmaf(look_query_weight4, x6, s1);
        const real x7 = x1[5];
        s2 = fmaf(look_query_weight4, x7, s2);
        const real look_query_weight5 = theta[3];
        s3 = fmaf(look_query_weight5, x5, s3);
        s4 = fmaf(look_query_weight5, x6, s4);
        s5 = fmaf(look_query_weight5, x7, s5);
        const real look_query_weight6 = theta[5];
        s6 = fmaf(look_query_weight6, x5, s6);
        s7 = fmaf(look_query_weight6, x6, s7);
        s8 = fmaf(look_query_weight6, x7, s8);
        const real look_query_weight7 = theta[7];
        s9 = fmaf(look_query_weight7, x5, s9);
        s10 = fmaf(look_query_weight7, x6, s10);
        s11 = fmaf(look_query_weight7, x7, s11);
        look_query[0] = s0;
        look_query[4] = s1;
        look_query[8] = s2;
        look_query[1] = s3;
        look_query[5] = s4;
        look_query[9] = s5;
        look_query[2] = s6;
        look_query[6] = s7;
        look_query[10] = s8;
        look_query[3] = s9;
        look_query[7] = s10;
        look_query[11] = s11;
        real s0_1 = 0.0f;
        real s1_1 = 0.0f;
        real s2_1 = 0.0f;
        real s3_1 = 0.0f;
        real s4_1 = 0.0f;
        real s5_1 = 0.0f;
        real s6_1 = 0.0f;
        real s7_1 = 0.0f;
        const real look_query_weight8 = theta[0];
        const real x8 = x1[6];
        s0_1 = fmaf(look_query_weight8, x8, s0_1);
        const real x9 = x1[8];
        s1_1 = fmaf(look_query_weight8, x9, s1_1);
        const real look_query_weight9 = theta[2];
        s2_1 = fmaf(look_query_weight9, x8, s2_1);
        s3_1 = fmaf(look_query_weight9, x9, s3_1);
        const real look_query_weight10 = theta[4];
        s4_1 = fmaf(look_query_weight10, x8, s4_1);
        s5_1 = fmaf(look_query_weight10, x9, s5_1);
        const real look_query_weight11 = theta[6];
        s6_1 = fmaf(look_query_weight11, x8, s6_1);
        s7_1 = fmaf(look_query_weight11, x9, s7_1);
        const real look_query_weight12 = theta[1];
        const real x10 = x1[7];
        s0_1 = fmaf(look_query_weight12, x10, s0_1);
        const real x11 = x1[9];
        s1_1 = fmaf(look_query_weight12, x11, s1_1);
        const real look_query_weight13 = theta[3];
        s2_1 = fmaf(look_query_weight13, x10, s2_1);
        s3_1 = fmaf(look_query_weight13, x11, s3_1);
        const real look_query_weight14 = theta[5];
        s4_1 = fmaf(look_query_weight14, x10, s4_1);
        s5_1 = fmaf(look_query_weight14, x11, s5_1);
        const real look_query_weight15 = theta[7];
        s6_1 = fmaf(look_query_weight15, x10, s6_1);
        s7_1 = fmaf(look_query_weight15, x11, s7_1);
        look_query[12] = s0_1;
        look_query[16] = s1_1;
        look_query[13] = s2_1;
        look_query[17] = s3_1;
        look_query[14] = s4_1;
        look_query[18] = s5_1;
        look_query[15] = s6_1;
        look_query[19] = s7_1;
        /* look.key */
        real s0_2 = 0.0f;
        real s1_2 = 0.0f;
        real s2_2 = 0.0f;
        real s3_2 = 0.0f;
        real s4_2 = 0.0f;
        real s5_2 = 0.0f;
        real s6_2 = 0.0f;
        real s7_2 = 0.0f;
        real s8_1 = 0.0f;
        real s9_1 = 0.0f;
        real s10_1 = 0.0f;
        real s11_1 = 0.0f;
        const real look_key_weight = theta[8];
        const real x12 = x1[0];
        s0_2 = fmaf(look_key_weight, x12, s0_2);
        const real x13 = x1[2];
        s1_2 = fmaf(look_key_weight, x13, s1_2);
        const real x14 = x1[4];
        s2_2 = fmaf(look_key_weight, x14, s2_2);
        const real look_key_weight1 = theta[10];
        s3_2 = fmaf(look_key_weight1, x12, s3_2);
        s4_2 = fmaf(look_key_weight1, x13, s4_2);
        s5_2 = fmaf(look_key_weight1, x14, s5_2);
        const real look_key_weight2 = theta[12];
        s6_2 = fmaf(look_key_weight2, x12, s6_2);
        s7_2 = fmaf(look_key_weight2, x13, s7_2);
        s8_1 = fmaf(look_key_weight2, x14, s8_1);
        const real look_key_weight3 = theta[14];
        s9_1 = fmaf(look_key_weight3, x12, s9_1);
        s10_1 = fmaf(look_key_weight3, x13, s10_1);
        s11_1 = fmaf(look_key_weight3, x14, s11_1);
        const real look_key_weight4 = theta[9];
        const real x15 = x1[1];
        s0_2 = fmaf(look_key_weight4, x15, s0_2);
        const real x16 = x1[3];
        s1_2 = fmaf(look_key_weight4, x16, s1_2);
        const real x17 = x1[5];
        s2_2 = fmaf(look_key_weight4, x17, s2_2);
        const real look_key_weight5 = theta[11];
        s3_2 = fmaf(look_key_weight5, x15, s3_2);
        s4_2 = fmaf(look_key_weight5, x16, s4_2);
        s5_2 = fmaf(look_key_weight5, x17, s5_2);
        const real look_key_weight6 = theta[13];
        s6_2 = fmaf(look_key_weight6, x15, s6_2);
        s7_2 = fmaf(look_key_weight6, x16, s7_2);
        s8_1 = fmaf(look_key_weight6, x17, s8_1);
        const real look_key_weight7 = theta[15];
        s9_1 = fmaf(look_key_weight7, x15, s9_1);
        s10_1 = fmaf(look_key_weight7, x16, s10_1);
        s11_1 = fmaf(look_key_weight7, x17, s11_1);
        look_key[0] = s0_2;
        look_key[4] = s1_2;
        look_key[8] = s2_2;
        look_key[1] = s3_2;
        look_key[5] = s4_2;
        look_key[9] = s5_2;
        look_key[2] = s6_2;
        look_key[6] = s7_2;
        look_key[10] = s8_1;
        look_key[3] = s9_1;
        look_key[7] = s10_1;
        look_key[11] = s11_1;
        real s0_3 = 0.0f;
        real s1_3 = 0.0f;
        real s2_3 = 0.0f;
        real s3_3 = 0.0f;
        real s4_3 = 0.0f;
        real s5_3 = 0.0f;
        real s6_3 = 0.0f;
        real s7_3 = 0.0f;
        const real look_key_weight8 = theta[8];
        const real x18 = x1[6];
        s0_3 = fmaf(look_key_weight8, x18, s0_3);
        const real x19 = x1[8];
        s1_3 = fmaf(look_key_weight8, x19, s1_3);
        const real look_key_weight9 = theta[10];
        s2_3 = fmaf(look_key_weight9, x18, s2_3);
        s3_3 = fmaf(look_key_weight9, x19, s3_3);
        const real look_key_weight10 = theta[12];
        s4_3 = fmaf(look_key_weight10, x18, s4_3);
        s5_3 = fmaf(look_key_weight10, x19, s5_3);
        const real look_key_weight11 = theta[14];
        s6_3 = fmaf(look_key_weight11, x18, s6_3);
        s7_3 = fmaf(look_key_weight11, x19, s7_3);
        const real look_key_weight12 = theta[9];
        const real x20 = x1[7];
        s0_3 = fmaf(look_key_weight12, x20, s0_3);
        const real x21 = x1[9];
        s1_3 = fmaf(look_key_weight12, x21, s1_3);
        const real look_key_weight13 = theta[11];
        s2_3 = fmaf(look_key_weight13, x20, s2_3);
        s3_3 = fmaf(look_key_weight13, x21, s3_3);
        const real look_key_weight14 = theta[13];
        s4_3 = fmaf(look_key_weight14, x20, s4_3);
        s5_3 = fmaf(look_key_weight14, x21, s5_3);
        const real look_key_weight15 = theta[15];
        s6_3 = fmaf(look_key_weight15, x20, s6_3);
        s7_3 = fmaf(look_key_weight15, x21, s7_3);
        look_key[12] = s0_3;
        look_key[16] = s1_3;
        look_key[13] = s2_3;
        look_key[17] = s3_3;
        look_key[14] = s4_3;
        look_key[18] = s5_3;
        look_key[15] = s6_3;
        look_key[19] = s7_3;
        /* look.value */
        real s0_4 = 0.0f;
        real s1_4 = 0.0f;
        real s2_4 = 0.0f;
        real s3_4 = 0.0f;
        real s4_4 = 0.0f;
        real s5_4 = 0.0f;
        const real look_value_weight = theta[16];
        const real x22 = x1[0];
        s0_4 = fmaf(look_value_weight, x22, s0_4);
        const real x23 = x1[2];
        s1_4 = fmaf(look_value_weight, x23, s1_4);
        const real x24 = x1[4];
        s2_4 = fmaf(look_value_weight, x24, s2_4);
        const real look_value_weight1 = theta[18];
        s3_4 = fmaf(look_value_weight1, x22, s3_4);
        s4_4 = fmaf(look_value_weight1, x23, s4_4);
        s5_4 = fmaf(look_value_weight1, x24, s5_4);
        const real look_value_weight2 = theta[17];
        const real x25 = x1[1];
        s0_4 = fmaf(look_value_weight2, x25, s0_4);
        const real x26 = x1[3];
        s1_4 = fmaf(look_value_weight2, x26, s1_4);
        const real x27 = x1[5];
        s2_4 = fmaf(look_value_weight2, x27, s2_4);
        const real look_value_weight3 = theta[19];
        s3_4 = fmaf(look_value_weight3, x25, s3_4);
        s4_4 = fmaf(look_value_weight3, x26, s4_4);
        s5_4 = fmaf(look_value_weight3, x27, s5_4);
        look_value[0] = s0_4;
        look_value[2] = s1_4;
        look_value[4] = s2_4;
        look_value[1] = s3_4;
        look_value[3] = s4_4;
        look_value[5] = s5_4;
        real s0_5 = 0.0f;
        real s1_5 = 0.0f;
        real s2_5 = 0.0f;
        real s3_5 = 0.0f;
        const real look_value_weight4 = theta[16];
        const real x28 = x1[6];
        s0_5 = fmaf(look_value_weight4, x28, s0_5);
        const real x29 = x1[8];
        s1_5 = fmaf(look_value_weight4, x29, s1_5);
        const real look_value_weight5 = theta[18];
        s2_5 = fmaf(look_value_weight5, x28, s2_5);
        s3_5 = fmaf(look_value_weight5, x29, s3_5);
        const real look_value_weight6 = theta[17];
        const real x30 = x1[7];
        s0_5 = fmaf(look_value_weight6, x30, s0_5);
        const real x31 = x1[9];
        s1_5 = fmaf(look_value_weight6, x31, s1_5);
        const real look_value_weight7 = theta[19];
        s2_5 = fmaf(look_value_weight7, x30, s2_5);
        s3_5 = fmaf(look_value_weight7, x31, s3_5);
        look_value[6] = s0_5;
        look_value[8] = s1_5;
        look_value[7] = s2_5;
        look_value[9] = s3_5;
        /* look */
        real s0_6 = 0.0f;
        real s1_6 = 0.0f;
        real s2_6 = 0.0f;
        real s3_6 = 0.0f;
        real s4_5 = 0.0f;
        real s5_5 = 0.0f;
        real s6_4 = 0.0f;
        real s7_4 = 0.0f;
        real s8_2 = 0.0f;
        const real sum = look_key[0];
        const real sum1 = look_query[0];
        s0_6 = fmaf(sum, sum1, s0_6);
        const real sum2 = look_key[4];
        s1_6 = fmaf(sum2, sum1, s1_6);
        const real sum3 = look_key[8];
        s2_6 = fmaf(sum3, sum1, s2_6);
        const real sum4 = look_query[4];
        s3_6 = fmaf(sum, sum4, s3_6);
        s4_5 = fmaf(sum2, sum4, s4_5);
        s5_5 = fmaf(sum3, sum4, s5_5);
        const real sum5 = look_query[8];
        s6_4 = fmaf(sum, sum5, s6_4);
        s7_4 = fmaf(sum2, sum5, s7_4);
        s8_2 = fmaf(sum3, sum5, s8_2);
        const real sum6 = look_key[1];
        const real sum7 = look_query[1];
        s0_6 = fmaf(sum6, sum7, s0_6);
        const real sum8 = look_key[5];
        s1_6 = fmaf(sum8, sum7, s1_6);
        const real sum9 = look_key[9];
        s2_6 = fmaf(sum9, sum7, s2_6);
        const real sum10 = look_query[5];
        s3_6 = fmaf(sum6, sum10, s3_6);
        s4_5 = fmaf(sum8, sum10, s4_5);
        s5_5 = fmaf(sum9, sum10, s5_5);
        const real sum11 = look_query[9];
        s6_4 = fmaf(sum6, sum11, s6_4);
        s7_4 = fmaf(sum8, sum11, s7_4);
        s8_2 = fmaf(sum9, sum11, s8_2);
        const real sum12 = look_key[2];
        const real sum13 = look_query[2];
        s0_6 = fmaf(sum12, sum13, s0_6);
        const real sum14 = look_key[6];
        s1_6 = fmaf(sum14, sum13, s1_6);
        const real sum15 = look_key[10];
        s2_6 = fmaf(sum15, sum13, s2_6);
        const real sum16 = look_query[6];
        s3_6 = fmaf(sum12, sum16, s3_6);
        s4_5 = fmaf(sum14, sum16, s4_5);
        s5_5 = fmaf(sum15, sum16, s5_5);
        const real sum17 = look_query[10];
        s6_4 = fmaf(sum12, sum17, s6_4);
        s7_4 = fmaf(sum14, sum17, s7_4);
        s8_2 = fmaf(sum15, sum17, s8_2);
        const real sum18 = look_key[3];
        const real sum19 = look_query[3];
        s0_6 = fmaf(sum18, sum19, s0_6);
        const real sum20 = look_key[7];
        s1_6 = fmaf(sum20, sum19, s1_6);
        const real sum21 = look_key[11];
        s2_6 = fmaf(sum21, sum19, s2_6);
        const real sum22 = look_query[7];
        s3_6 = fmaf(sum18, sum22, s3_6);
        s4_5 = fmaf(sum20, sum22, s4_5);
        s5_5 = fmaf(sum21, sum22, s5_5);
        const real sum23 = look_query[11];
        s6_4 = fmaf(sum18, sum23, s6_4);
        s7_4 = fmaf(sum20, sum23, s7_4);
        s8_2 = fmaf(sum21, sum23, s8_2);
        const real mul = s0_6*0.5f;
        look[0] = mul;
        const real mul1 = s1_6*0.5f;
        look[1] = mul1;
        const real mul2 = s2_6*0.5f;
        look[2] = mul2;
        const real mul3 = s3_6*0.5f;
        look[5] = mul3;
        const real mul4 = s4_5*0.5f;
        look[6] = mul4;
        const real mul5 = s5_5*0.5f;
        look[7] = mul5;
        const real mul6 = s6_4*0.5f;
        look[10] = mul6;
        const real mul7 = s7_4*0.5f;
        look[11] = mul7;
        const real mul8 = s8_2*0.5f;
        look[12] = mul8;
        real s0_7 = 0.0f;
        real s1_7 = 0.0f;
        real s2_7 = 0.0f;
        real s3_7 = 0.0f;
        real s4_6 = 0.0f;
        real s5_6 = 0.0f;
        const real sum24 = look_key[12];
        const real sum25 = look_query[0];
        s0_7 = fmaf(sum24, sum25, s0_7);
        const real sum26 = look_key[16];
        s1_7 = fmaf(sum26, sum25, s1_7);
        const real sum27 = look_query[4];
        s2_7 = fmaf(sum24, sum27, s2_7);
        s3_7 = fmaf(sum26, sum27, s3_7);
        const real sum28 = look_query[8];
        s4_6 = fmaf(sum24, sum28, s4_6);
        s5_6 = fmaf(sum26, sum28, s5_6);
        const real sum29 = look_key[13];
        const real sum30 = look_query[1];
        s0_7 = fmaf(sum29, sum30, s0_7);
        const real sum31 = look_key[17];
        s1_7 = fmaf(sum31, sum30, s1_7);
        const real sum32 = look_query[5];
        s2_7 = fmaf(sum29, sum32, s2_7);
        s3_7 = fmaf(sum31, sum32, s3_7);
        const real sum33 = look_query[9];
        s4_6 = fmaf(sum29, sum33, s4_6);
        s5_6 = fmaf(sum31, sum33, s5_6);
        const real sum34 = look_key[14];
        const real sum35 = look_query[2];
        s0_7 = fmaf(sum34, sum35, s0_7);
        const real sum36 = look_key[18];
        s1_7 = fmaf(sum36, sum35, s1_7);
        const real sum37 = look_query[6];
        s2_7 = fmaf(sum34, sum37, s2_7);
        s3_7 = fmaf(sum36, sum37, s3_7);
        const real sum38 = look_query[10];
        s4_6 = fmaf(sum34, sum38, s4_6);
        s5_6 = fmaf(sum36, sum38, s5_6);
        const real sum39 = look_key[15];
        const real sum40 = look_query[3];
        s0_7 = fmaf(sum39, sum40, s0_7);
        const real sum41 = look_key[19];
        s1_7 = fmaf(sum41, sum40, s1_7);
        const real sum42 = look_query[7];
        s2_7 = fmaf(sum39, sum42, s2_7);
        s3_7 = fmaf(sum41, sum42, s3_7);
        const real sum43 = look_query[11];
        s4_6 = fmaf(sum39, sum43, s4_6);
        s5_6 = fmaf(sum41, sum43, s5_6);
        const real mul9 = s0_7*0.5f;
        look[3] = mul9;
        const real mul10 = s1_7*0.5f;
        look[4] = mul10;
        const real mul11 = s2_7*0.5f;
        look[8] = mul11;
        const real mul12 = s3_7*0.5f;
        look[9] = mul12;
        const real mul13 = s4_6*0.5f;
        look[13] = mul13;
        const real mul14 = s5_6*0.5f;
        look[14] = mul14;
        real s0_8 = 0.0f;
        real s1_8 = 0.0f;
        real s2_8 = 0.0f;
        real s3_8 = 0.0f;
        real s4_7 = 0.0f;
        real s5_7 = 0.0f;
        const real sum44 = look_key[0];
        const real sum45 = look_query[12];
        s0_8 = fmaf(sum44, sum45, s0_8);
        const real sum46 = look_key[4];
        s1_8 = fmaf(sum46, sum45, s1_8);
        const real sum47 = look_key[8];
        s2_8 = fmaf(sum47, sum45, s2_8);
        const real sum48 = look_query[16];
        s3_8 = fmaf(sum44, sum48, s3_8);
        s4_7 = fmaf(sum46, sum48, s4_7);
        s5_7 = fmaf(sum47, sum48, s5_7);
        const real sum49 = look_key[1];
        const real sum50 = look_query[13];
        s0_8 = fmaf(sum49, sum50, s0_8);
        const real sum51 = look_key[5];
        s1_8 = fmaf(sum51, sum50, s1_8);
        const real sum52 = look_key[9];
        s2_8 = fmaf(sum52, sum50, s2_8);
        const real sum53 = look_query[17];
        s3_8 = fmaf(sum49, sum53, s3_8);
        s4_7 = fmaf(sum51, sum53, s4_7);
        s5_7 = fmaf(sum52, sum53, s5_7);
        const real sum54 = look_key[2];
        const real sum55 = look_query[14];
        s0_8 = fmaf(sum54, sum55, s0_8);
        const real sum56 = look_key[6];
        s1_8 = fmaf(sum56, sum55, s1_8);
        const real sum57 = look_key[10];
        s2_8 = fmaf(sum57, sum55, s2_8);
        const real sum58 = look_query[18];
        s3_8 = fmaf(sum54, sum58, s3_8);
        s4_7 = fmaf(sum56, sum58, s4_7);
        s5_7 = fmaf(sum57, sum58, s5_7);
        const real sum59 = look_key[3];
        const real sum60 = look_query[15];
        s0_8 = fmaf(sum59, sum60, s0_8);
        const real sum61 = look_key[7];
        s1_8 = fmaf(sum61, sum60, s1_8);
        const real sum62 = look_key[11];
        s2_8 = fmaf(sum62, sum60, s2_8);
        const real sum63 = look_query[19];
        s3_8 = fmaf(sum59, sum63, s3_8);
        s4_7 = fmaf(sum61, sum63, s4_7);
        s5_7 = fmaf(sum62, sum63, s5_7);
        const real mul15 = s0_8*0.5f;
        look[15] = mul15;
        const real mul16 = s1_8*0.5f;
        look[16] = mul16;
        const real mul17 = s2_8*0.5f;
        look[17] = mul17;
        const real mul18 = s3_8*0.5f;
        look[20] = mul18;
        const real mul19 = s4_7*0.5f;
        look[21] = mul19;
        const real mul20 = s5_7*0.5f;
        look[22] = mul20;
        real s0_9 = 0.0f;
        real s1_9 = 0.0f;
        real s2_9 = 0.0f;
        real s3_9 = 0.0f;
        const real sum64 = look_key[12];
        const real sum65 = look_query[12];
        s0_9 = fmaf(sum64, sum65, s0_9);
        const real sum66 = look_key[16];
        s1_9 = fmaf(sum66, sum65, s1_9);
        const real sum67 = look_query[16];
        s2_9 = fmaf(sum64, sum67, s2_9);
        s3_9 = fmaf(sum66, sum67, s3_9);
        const real sum68 = look_key[13];
        const real sum69 = look_query[13];
        s0_9 = fmaf(sum68, sum69, s0_9);
        const real sum70 = look_key[17];
        s1_9 = fmaf(sum70, sum69, s1_9);
        const real sum71 = look_query[17];
        s2_9 = fmaf(sum68, sum71, s2_9);
        s3_9 = fmaf(sum70, sum71, s3_9);
        const real sum72 = look_key[14];
        const real sum73 = look_query[14];
        s0_9 = fmaf(sum72, sum73, s0_9);
        const real sum74 = look_key[18];
        s1_9 = fmaf(sum74, sum73, s1_9);
        const real sum75 = look_query[18];
        s2_9 = fmaf(sum72, sum75, s2_9);
        s3_9 = fmaf(sum74, sum75, s3_9);
        const real sum76 = look_key[15];
        const real sum77 = look_query[15];
        s0_9 = fmaf(sum76, sum77, s0_9);
        const real sum78 = look_key[19];
        s1_9 = fmaf(sum78, sum77, s1_9);
        const real sum79 = look_query[19];
        s2_9 = fmaf(sum76, sum79, s2_9);
        s3_9 = fmaf(sum78, sum79, s3_9);
        const real mul21 = s0_9*0.5f;
        look[18] = mul21;
        const real mul22 = s1_9*0.5f;
        look[19] = mul22;
        const real mul23 = s2_9*0.5f;
        look[23] = mul23;
        const real mul24 = s3_9*0.5f;
        look[24] = mul24;
        /* look */
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            real peak = look[i*5];
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                peak = r_max(peak, look[i*5 + k]);
            }
            look1[i] = peak;
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const real sub = look[i*5 + j] - look1[i];
                const real exp_ = r_exp(sub);
                look2[i*5 + j] = exp_;
            }
        }
        /* look */
        real s0_10 = 0.0f;
        real s1_10 = 0.0f;
        real s2_10 = 0.0f;
        real s3_10 = 0.0f;
        real s4_8 = 0.0f;
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_10 = s0_10 + look2[k];
            s1_10 = s1_10 + look2[k + 5];
            s2_10 = s2_10 + look2[k + 10];
            s3_10 = s3_10 + look2[k + 15];
            s4_8 = s4_8 + look2[k + 20];
        }
        look1[0] = s0_10;
        look1[1] = s1_10;
        look1[2] = s2_10;
        look1[3] = s3_10;
        look1[4] = s4_8;
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const real div = look2[i*5 + j]/look1[i];
                look[i*5 + j] = div;
            }
        }
        /* look */
        real s0_11 = 0.0f;
        real s1_11 = 0.0f;
        real s2_11 = 0.0f;
        real s3_11 = 0.0f;
        real s4_9 = 0.0f;
        real s5_8 = 0.0f;
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const real div = look[l];
            const real sum80 = look_value[l*2];
            s0_11 = fmaf(div, sum80, s0_11);
            const real sum81 = look_value[l*2 + 1];
            s1_11 = fmaf(div, sum81, s1_11);
            const real div1 = look[l + 5];
            s2_11 = fmaf(div1, sum80, s2_11);
            s3_11 = fmaf(div1, sum81, s3_11);
            const real div2 = look[l + 10];
            s4_9 = fmaf(div2, sum80, s4_9);
            s5_8 = fmaf(div2, sum81, s5_8);
        }
        look_query[0] = s0_11;
        const real mul25 = s0_11*s0_11;
        look_key[0] = mul25;
        look_query[1] = s1_11;
        const real mul26 = s1_11*s1_11;
        look_key[1] = mul26;
        look_query[2] = s2_11;
        const real mul27 = s2_11*s2_11;
        look_key[2] = mul27;
        look_query[3] = s3_11;
        const real mul28 = s3_11*s3_11;
        look_key[3] = mul28;
        look_query[4] = s4_9;
        const real mul29 = s4_9*s4_9;
        look_key[4] = mul29;
        look_query[5] = s5_8;
        const real mul30 = s5_8*s5_8;
        look_key[5] = mul30;
        real s0_12 = 0.0f;
        real s1_12 = 0.0f;
        real s2_12 = 0.0f;
        real s3_12 = 0.0f;
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const real div = look[l + 15];
            const real sum80 = look_value[l*2];
            s0_12 = fmaf(div, sum80, s0_12);
            const real sum81 = look_value[l*2 + 1];
            s1_12 = fmaf(div, sum81, s1_12);
            const real div1 = look[l + 20];
            s2_12 = fmaf(div1, sum80, s2_12);
            s3_12 = fmaf(div1, sum81, s3_12);
        }
        look_query[6] = s0_12;
        const real mul31 = s0_12*s0_12;
        look_key[6] = mul31;
        look_query[7] = s1_12;
        const real mul32 = s1_12*s1_12;
        look_key[7] = mul32;
        look_query[8] = s2_12;
        const real mul33 = s2_12*s2_12;
        look_key[8] = mul33;
        look_query[9] = s3_12;
        const real mul34 = s3_12*s3_12;
        look_key[9] = mul34;
        real s0_13 = 0.0f;
        real s1_13 = 0.0f;
        real s2_13 = 0.0f;
        real s3_13 = 0.0f;
        real s4_10 = 0.0f;
        s0_13 = s0_13 + look_key[0];
        s1_13 = s1_13 + look_key[2];
        s2_13 = s2_13 + look_key[4];
        s3_13 = s3_13 + look_key[6];
        s4_10 = s4_10 + look_key[8];
        s0_13 = s0_13 + look_key[1];
        s1_13 = s1_13 + look_key[3];
        s2_13 = s2_13 + look_key[5];
        s3_13 = s3_13 + look_key[7];
        s4_10 = s4_10 + look_key[9];
        real row[5] ALIGNED;
        row[0] = s0_13;
        row[1] = s1_13;
        row[2] = s2_13;
        row[3] = s3_13;
        row[4] = s4_10;
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const real sum80 = row[u];
            const real sqrt_ = sqrtf(sum80);
            const real add = sqrt_ + 1.0f;
            look_value[u] = add;
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const real div = look_query[i*2 + j]/look_value[i];
                const real fma_ = fmaf(x1[i*2 + j], pack[1], div);
                x_first_slope[i*2 + j] = fma_;
            }
        }
        real s0_14 = 0.0f;
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            s0_14 = fmaf(x_bar[j*2], x_first_slope[j*2], s0_14);
            s0_14 = fmaf(x_bar[j*2 + 1], x_first_slope[j*2 + 1], s0_14);
        }
        const real neg = -s0_14;
        dt1[0] = neg;
        if (t_stride == 0) {
            real total = 0.0f;
            total = total + dt1[0];
            work[dt_at] = total;
        } else {
            g_t[b*t_stride] = dt1[0];
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x_jump[e] = g_x[b*10 + e];
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real add = x_bar[i*2 + j] + x_jump[i*2 + j];
            x_bar[i*2 + j] = add;
        }
    }
    real zero = 0.0f;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        zero = fmaf(x_bar[e], 0.0f, zero);
    }
    const ptrdiff_t sound = 1 - (zero != zero);
    if (sound == 0) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            work[area + 16 + e] = x_bar[e];
        }
        const ptrdiff_t at = swarm_find(work, area + 16, 10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/10);
            work[area + 2] = t[(b + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            g_x0[b*10 + e] = x_bar[e];
        }
    }
}

typedef struct swarm_gradient_scalar_args {
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
} swarm_gradient_scalar_args;

static void swarm_gradient_scalar_task(void *args, size_t task)
{
    const swarm_gradient_scalar_args *const a = (const swarm_gradient_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swarm_gradient_scalar_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int swarm_gradient_scalar(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    const real neg = -theta[20];
    pack[0] = neg;
    const real neg1 = -theta[20];
    pack[1] = neg1;
    const ptrdiff_t areas = blocks*32 + 16;
    const ptrdiff_t dt = areas + blocks*32;
    {
        swarm_gradient_scalar_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, swarm_gradient_scalar_task, &args);
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
        ptrdiff_t reach = 1;
        ROLL for (ptrdiff_t level = 0; level < 48; level++) {
            if (reach < blocks) {
                ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                    real *const to = sums + b*21;
                    real *const from = sums + (b + reach)*21;
                    ROLL for (ptrdiff_t i = 0; i < 21; i++) {
                        to[i] = to[i] + from[i];
                    }
                }
                reach = reach*2;
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 21; i++) {
            g_theta[i] = sums[i];
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
static NOINLINE void swarm_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    real x_dot[1280] ALIGNED;
    real look_query[320] ALIGNED;
    real look_key[320] ALIGNED;
    real look_value[160] ALIGNED;
    real look[400] ALIGNED;
    real look1[80] ALIGNED;
    real look2[400] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* look.query */
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        v16 s2 = v_splat(0.0f);
        v16 s3 = v_splat(0.0f);
        v16 s4 = v_splat(0.0f);
        v16 s5 = v_splat(0.0f);
        v16 s6 = v_splat(0.0f);
        v16 s7 = v_splat(0.0f);
        v16 s8 = v_splat(0.0f);
        v16 s9 = v_splat(0.0f);
        v16 s10 = v_splat(0.0f);
        v16 s11 = v_splat(0.0f);
        const real look_query_weight = theta[0];
        const v16 x2 = v_load(x1 + c);
        s0 = v_fma(v_splat(look_query_weight), x2, s0);
        const v16 x3 = v_load(x1 + (c + 256));
        s1 = v_fma(v_splat(look_query_weight), x3, s1);
        const v16 x4 = v_load(x1 + (c + 512));
        s2 = v_fma(v_splat(look_query_weight), x4, s2);
        const real look_query_weight1 = theta[2];
        s3 = v_fma(v_splat(look_query_weight1), x2, s3);
        s4 = v_fma(v_splat(look_query_weight1), x3, s4);
        s5 = v_fma(v_splat(look_query_weight1), x4, s5);
        const real look_query_weight2 = theta[4];
        s6 = v_fma(v_splat(look_query_weight2), x2, s6);
        s7 = v_fma(v_splat(look_query_weight2), x3, s7);
        s8 = v_fma(v_splat(look_query_weight2), x4, s8);
        const real look_query_weight3 = theta[6];
        s9 = v_fma(v_splat(look_query_weight3), x2, s9);
        s10 = v_fma(v_splat(look_query_weight3), x3, s10);
        s11 = v_fma(v_splat(look_query_weight3), x4, s11);
        const real look_query_weight4 = theta[1];
        const v16 x5 = v_load(x1 + (c + 128));
        s0 = v_fma(v_splat(look_query_weight4), x5, s0);
        const v16 x6 = v_load(x1 + (c + 384));
        s1 = v_fma(v_splat(look_query_weight4), x6, s1);
        const v16 x7 = v_load(x1 + (c + 640));
        s2 = v_fma(v_splat(look_query_weight4), x7, s2);
        const real look_query_weight5 = theta[3];
        s3 = v_fma(v_splat(look_query_weight5), x5, s3);
        s4 = v_fma(v_splat(look_query_weight5), x6, s4);
        s5 = v_fma(v_splat(look_query_weight5), x7, s5);
        const real look_query_weight6 = theta[5];
        s6 = v_fma(v_splat(look_query_weight6), x5, s6);
        s7 = v_fma(v_splat(look_query_weight6), x6, s7);
        s8 = v_fma(v_splat(look_query_weight6), x7, s8);
        const real look_query_weight7 = theta[7];
        s9 = v_fma(v_splat(look_query_weight7), x5, s9);
        s10 = v_fma(v_splat(look_query_weight7), x6, s10);
        s11 = v_fma(v_splat(look_query_weight7), x7, s11);
        v_store(look_query, s0);
        v_store(look_query + 64, s1);
        v_store(look_query + 128, s2);
        v_store(look_query + 16, s3);
        v_store(look_query + 80, s4);
        v_store(look_query + 144, s5);
        v_store(look_query + 32, s6);
        v_store(look_query + 96, s7);
        v_store(look_query + 160, s8);
        v_store(look_query + 48, s9);
        v_store(look_query + 112, s10);
        v_store(look_query + 176, s11);
        v16 s0_1 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        v16 s2_1 = v_splat(0.0f);
        v16 s3_1 = v_splat(0.0f);
        v16 s4_1 = v_splat(0.0f);
        v16 s5_1 = v_splat(0.0f);
        v16 s6_1 = v_splat(0.0f);
        v16 s7_1 = v_splat(0.0f);
        const real look_query_weight8 = theta[0];
        const v16 x8 = v_load(x1 + (c + 768));
        s0_1 = v_fma(v_splat(look_query_weight8), x8, s0_1);
        const v16 x9 = v_load(x1 + (c + 1024));
        s1_1 = v_fma(v_splat(look_query_weight8), x9, s1_1);
        const real look_query_weight9 = theta[2];
        s2_1 = v_fma(v_splat(look_query_weight9), x8, s2_1);
        s3_1 = v_fma(v_splat(look_query_weight9), x9, s3_1);
        const real look_query_weight10 = theta[4];
        s4_1 = v_fma(v_splat(look_query_weight10), x8, s4_1);
        s5_1 = v_fma(v_splat(look_query_weight10), x9, s5_1);
        const real look_query_weight11 = theta[6];
        s6_1 = v_fma(v_splat(look_query_weight11), x8, s6_1);
        s7_1 = v_fma(v_splat(look_query_weight11), x9, s7_1);
        const real look_query_weight12 = theta[1];
        const v16 x10 = v_load(x1 + (c + 896));
        s0_1 = v_fma(v_splat(look_query_weight12), x10, s0_1);
        const v16 x11 = v_load(x1 + (c + 1152));
        s1_1 = v_fma(v_splat(look_query_weight12), x11, s1_1);
        const real look_query_weight13 = theta[3];
        s2_1 = v_fma(v_splat(look_query_weight13), x10, s2_1);
        s3_1 = v_fma(v_splat(look_query_weight13), x11, s3_1);
        const real look_query_weight14 = theta[5];
        s4_1 = v_fma(v_splat(look_query_weight14), x10, s4_1);
        s5_1 = v_fma(v_splat(look_query_weight14), x11, s5_1);
        const real look_query_weight15 = theta[7];
        s6_1 = v_fma(v_splat(look_query_weight15), x10, s6_1);
        s7_1 = v_fma(v_splat(look_query_weight15), x11, s7_1);
        v_store(look_query + 192, s0_1);
        v_store(look_query + 256, s1_1);
        v_store(look_query + 208, s2_1);
        v_store(look_query + 272, s3_1);
        v_store(look_query + 224, s4_1);
        v_store(look_query + 288, s5_1);
        v_store(look_query + 240, s6_1);
        v_store(look_query + 304, s7_1);
        /* look.key */
        v16 s0_2 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        v16 s2_2 = v_splat(0.0f);
        v16 s3_2 = v_splat(0.0f);
        v16 s4_2 = v_splat(0.0f);
        v16 s5_2 = v_splat(0.0f);
        v16 s6_2 = v_splat(0.0f);
        v16 s7_2 = v_splat(0.0f);
        v16 s8_1 = v_splat(0.0f);
        v16 s9_1 = v_splat(0.0f);
        v16 s10_1 = v_splat(0.0f);
        v16 s11_1 = v_splat(0.0f);
        const real look_key_weight = theta[8];
        const v16 x12 = v_load(x1 + c);
        s0_2 = v_fma(v_splat(look_key_weight), x12, s0_2);
        const v16 x13 = v_load(x1 + (c + 256));
        s1_2 = v_fma(v_splat(look_key_weight), x13, s1_2);
        const v16 x14 = v_load(x1 + (c + 512));
        s2_2 = v_fma(v_splat(look_key_weight), x14, s2_2);
        const real look_key_weight1 = theta[10];
        s3_2 = v_fma(v_splat(look_key_weight1), x12, s3_2);
        s4_2 = v_fma(v_splat(look_key_weight1), x13, s4_2);
        s5_2 = v_fma(v_splat(look_key_weight1), x14, s5_2);
        const real look_key_weight2 = theta[12];
        s6_2 = v_fma(v_splat(look_key_weight2), x12, s6_2);
        s7_2 = v_fma(v_splat(look_key_weight2), x13, s7_2);
        s8_1 = v_fma(v_splat(look_key_weight2), x14, s8_1);
        const real look_key_weight3 = theta[14];
        s9_1 = v_fma(v_splat(look_key_weight3), x12, s9_1);
        s10_1 = v_fma(v_splat(look_key_weight3), x13, s10_1);
        s11_1 = v_fma(v_splat(look_key_weight3), x14, s11_1);
        const real look_key_weight4 = theta[9];
        const v16 x15 = v_load(x1 + (c + 128));
        s0_2 = v_fma(v_splat(look_key_weight4), x15, s0_2);
        const v16 x16 = v_load(x1 + (c + 384));
        s1_2 = v_fma(v_splat(look_key_weight4), x16, s1_2);
        const v16 x17 = v_load(x1 + (c + 640));
        s2_2 = v_fma(v_splat(look_key_weight4), x17, s2_2);
        const real look_key_weight5 = theta[11];
        s3_2 = v_fma(v_splat(look_key_weight5), x15, s3_2);
        s4_2 = v_fma(v_splat(look_key_weight5), x16, s4_2);
        s5_2 = v_fma(v_splat(look_key_weight5), x17, s5_2);
        const real look_key_weight6 = theta[13];
        s6_2 = v_fma(v_splat(look_key_weight6), x15, s6_2);
        s7_2 = v_fma(v_splat(look_key_weight6), x16, s7_2);
        s8_1 = v_fma(v_splat(look_key_weight6), x17, s8_1);
        const real look_key_weight7 = theta[15];
        s9_1 = v_fma(v_splat(look_key_weight7), x15, s9_1);
        s10_1 = v_fma(v_splat(look_key_weight7), x16, s10_1);
        s11_1 = v_fma(v_splat(look_key_weight7), x17, s11_1);
        v_store(look_key, s0_2);
        v_store(look_key + 64, s1_2);
        v_store(look_key + 128, s2_2);
        v_store(look_key + 16, s3_2);
        v_store(look_key + 80, s4_2);
        v_store(look_key + 144, s5_2);
        v_store(look_key + 32, s6_2);
        v_store(look_key + 96, s7_2);
        v_store(look_key + 160, s8_1);
        v_store(look_key + 48, s9_1);
        v_store(look_key + 112, s10_1);
        v_store(look_key + 176, s11_1);
        v16 s0_3 = v_splat(0.0f);
        v16 s1_3 = v_splat(0.0f);
        v16 s2_3 = v_splat(0.0f);
        v16 s3_3 = v_splat(0.0f);
        v16 s4_3 = v_splat(0.0f);
        v16 s5_3 = v_splat(0.0f);
        v16 s6_3 = v_splat(0.0f);
        v16 s7_3 = v_splat(0.0f);
        const real look_key_weight8 = theta[8];
        const v16 x18 = v_load(x1 + (c + 768));
        s0_3 = v_fma(v_splat(look_key_weight8), x18, s0_3);
        const v16 x19 = v_load(x1 + (c + 1024));
        s1_3 = v_fma(v_splat(look_key_weight8), x19, s1_3);
        const real look_key_weight9 = theta[10];
        s2_3 = v_fma(v_splat(look_key_weight9), x18, s2_3);
        s3_3 = v_fma(v_splat(look_key_weight9), x19, s3_3);
        const real look_key_weight10 = theta[12];
        s4_3 = v_fma(v_splat(look_key_weight10), x18, s4_3);
        s5_3 = v_fma(v_splat(look_key_weight10), x19, s5_3);
        const real look_key_weight11 = theta[14];
        s6_3 = v_fma(v_splat(look_key_weight11), x18, s6_3);
        s7_3 = v_fma(v_splat(look_key_weight11), x19, s7_3);
        const real look_key_weight12 = theta[9];
        const v16 x20 = v_load(x1 + (c + 896));
        s0_3 = v_fma(v_splat(look_key_weight12), x20, s0_3);
        const v16 x21 = v_load(x1 + (c + 1152));
        s1_3 = v_fma(v_splat(look_key_weight12), x21, s1_3);
        const real look_key_weight13 = theta[11];
        s2_3 = v_fma(v_splat(look_key_weight13), x20, s2_3);
        s3_3 = v_fma(v_splat(look_key_weight13), x21, s3_3);
        const real look_key_weight14 = theta[13];
        s4_3 = v_fma(v_splat(look_key_weight14), x20, s4_3);
        s5_3 = v_fma(v_splat(look_key_weight14), x21, s5_3);
        const real look_key_weight15 = theta[15];
        s6_3 = v_fma(v_splat(look_key_weight15), x20, s6_3);
        s7_3 = v_fma(v_splat(look_key_weight15), x21, s7_3);
        v_store(look_key + 192, s0_3);
        v_store(look_key + 256, s1_3);
        v_store(look_key + 208, s2_3);
        v_store(look_key + 272, s3_3);
        v_store(look_key + 224, s4_3);
        v_store(look_key + 288, s5_3);
        v_store(look_key + 240, s6_3);
        v_store(look_key + 304, s7_3);
        /* look.value */
        v16 s0_4 = v_splat(0.0f);
        v16 s1_4 = v_splat(0.0f);
        v16 s2_4 = v_splat(0.0f);
        v16 s3_4 = v_splat(0.0f);
        v16 s4_4 = v_splat(0.0f);
        v16 s5_4 = v_splat(0.0f);
        const real look_value_weight = theta[16];
        const v16 x22 = v_load(x1 + c);
        s0_4 = v_fma(v_splat(look_value_weight), x22, s0_4);
        const v16 x23 = v_load(x1 + (c + 256));
        s1_4 = v_fma(v_splat(look_value_weight), x23, s1_4);
        const v16 x24 = v_load(x1 + (c + 512));
        s2_4 = v_fma(v_splat(look_value_weight), x24, s2_4);
        const real look_value_weight1 = theta[18];
        s3_4 = v_fma(v_splat(look_value_weight1), x22, s3_4);
        s4_4 = v_fma(v_splat(look_value_weight1), x23, s4_4);
        s5_4 = v_fma(v_splat(look_value_weight1), x24, s5_4);
        const real look_value_weight2 = theta[17];
        const v16 x25 = v_load(x1 + (c + 128));
        s0_4 = v_fma(v_splat(look_value_weight2), x25, s0_4);
        const v16 x26 = v_load(x1 + (c + 384));
        s1_4 = v_fma(v_splat(look_value_weight2), x26, s1_4);
        const v16 x27 = v_load(x1 + (c + 640));
        s2_4 = v_fma(v_splat(look_value_weight2), x27, s2_4);
        const real look_value_weight3 = theta[19];
        s3_4 = v_fma(v_splat(look_value_weight3), x25, s3_4);
        s4_4 = v_fma(v_splat(look_value_weight3), x26, s4_4);
        s5_4 = v_fma(v_splat(look_value_weight3), x27, s5_4);
        v_store(look_value, s0_4);
        v_store(look_value + 32, s1_4);
        v_store(look_value + 64, s2_4);
        v_store(look_value + 16, s3_4);
        v_store(look_value + 48, s4_4);
        v_store(look_value + 80, s5_4);
        v16 s0_5 = v_splat(0.0f);
        v16 s1_5 = v_splat(0.0f);
        v16 s2_5 = v_splat(0.0f);
        v16 s3_5 = v_splat(0.0f);
        const real look_value_weight4 = theta[16];
        const v16 x28 = v_load(x1 + (c + 768));
        s0_5 = v_fma(v_splat(look_value_weight4), x28, s0_5);
        const v16 x29 = v_load(x1 + (c + 1024));
        s1_5 = v_fma(v_splat(look_value_weight4), x29, s1_5);
        const real look_value_weight5 = theta[18];
        s2_5 = v_fma(v_splat(look_value_weight5), x28, s2_5);
        s3_5 = v_fma(v_splat(look_value_weight5), x29, s3_5);
        const real look_value_weight6 = theta[17];
        const v16 x30 = v_load(x1 + (c + 896));
        s0_5 = v_fma(v_splat(look_value_weight6), x30, s0_5);
        const v16 x31 = v_load(x1 + (c + 1152));
        s1_5 = v_fma(v_splat(look_value_weight6), x31, s1_5);
        const real look_value_weight7 = theta[19];
        s2_5 = v_fma(v_splat(look_value_weight7), x30, s2_5);
        s3_5 = v_fma(v_splat(look_value_weight7), x31, s3_5);
        v_store(look_value + 96, s0_5);
        v_store(look_value + 128, s1_5);
        v_store(look_value + 112, s2_5);
        v_store(look_value + 144, s3_5);
        /* look */
        v16 s0_6 = v_splat(0.0f);
        v16 s1_6 = v_splat(0.0f);
        v16 s2_6 = v_splat(0.0f);
        v16 s3_6 = v_splat(0.0f);
        v16 s4_5 = v_splat(0.0f);
        v16 s5_5 = v_splat(0.0f);
        v16 s6_4 = v_splat(0.0f);
        v16 s7_4 = v_splat(0.0f);
        v16 s8_2 = v_splat(0.0f);
        const v16 sum = v_load(look_key);
        const v16 sum1 = v_load(look_query);
        s0_6 = v_fma(sum, sum1, s0_6);
        const v16 sum2 = v_load(look_key + 64);
        s1_6 = v_fma(sum2, sum1, s1_6);
        const v16 sum3 = v_load(look_key + 128);
        s2_6 = v_fma(sum3, sum1, s2_6);
        const v16 sum4 = v_load(look_query + 64);
        s3_6 = v_fma(sum, sum4, s3_6);
        s4_5 = v_fma(sum2, sum4, s4_5);
        s5_5 = v_fma(sum3, sum4, s5_5);
        const v16 sum5 = v_load(look_query + 128);
        s6_4 = v_fma(sum, sum5, s6_4);
        s7_4 = v_fma(sum2, sum5, s7_4);
        s8_2 = v_fma(sum3, sum5, s8_2);
        const v16 sum6 = v_load(look_key + 16);
        const v16 sum7 = v_load(look_query + 16);
        s0_6 = v_fma(sum6, sum7, s0_6);
        const v16 sum8 = v_load(look_key + 80);
        s1_6 = v_fma(sum8, sum7, s1_6);
        const v16 sum9 = v_load(look_key + 144);
        s2_6 = v_fma(sum9, sum7, s2_6);
        const v16 sum10 = v_load(look_query + 80);
        s3_6 = v_fma(sum6, sum10, s3_6);
        s4_5 = v_fma(sum8, sum10, s4_5);
        s5_5 = v_fma(sum9, sum10, s5_5);
        const v16 sum11 = v_load(look_query + 144);
        s6_4 = v_fma(sum6, sum11, s6_4);
        s7_4 = v_fma(sum8, sum11, s7_4);
        s8_2 = v_fma(sum9, sum11, s8_2);
        const v16 sum12 = v_load(look_key + 32);
        const v16 sum13 = v_load(look_query + 32);
        s0_6 = v_fma(sum12, sum13, s0_6);
        const v16 sum14 = v_load(look_key + 96);
        s1_6 = v_fma(sum14, sum13, s1_6);
        const v16 sum15 = v_load(look_key + 160);
        s2_6 = v_fma(sum15, sum13, s2_6);
        const v16 sum16 = v_load(look_query + 96);
        s3_6 = v_fma(sum12, sum16, s3_6);
        s4_5 = v_fma(sum14, sum16, s4_5);
        s5_5 = v_fma(sum15, sum16, s5_5);
        const v16 sum17 = v_load(look_query + 160);
        s6_4 = v_fma(sum12, sum17, s6_4);
        s7_4 = v_fma(sum14, sum17, s7_4);
        s8_2 = v_fma(sum15, sum17, s8_2);
        const v16 sum18 = v_load(look_key + 48);
        const v16 sum19 = v_load(look_query + 48);
        s0_6 = v_fma(sum18, sum19, s0_6);
        const v16 sum20 = v_load(look_key + 112);
        s1_6 = v_fma(sum20, sum19, s1_6);
        const v16 sum21 = v_load(look_key + 176);
        s2_6 = v_fma(sum21, sum19, s2_6);
        const v16 sum22 = v_load(look_query + 112);
        s3_6 = v_fma(sum18, sum22, s3_6);
        s4_5 = v_fma(sum20, sum22, s4_5);
        s5_5 = v_fma(sum21, sum22, s5_5);
        const v16 sum23 = v_load(look_query + 176);
        s6_4 = v_fma(sum18, sum23, s6_4);
        s7_4 = v_fma(sum20, sum23, s7_4);
        s8_2 = v_fma(sum21, sum23, s8_2);
        const v16 mul = v_mul(s0_6, v_splat(0.5f));
        v_store(look, mul);
        const v16 mul1 = v_mul(s1_6, v_splat(0.5f));
        v_store(look + 16, mul1);
        const v16 mul2 = v_mul(s2_6, v_splat(0.5f));
        v_store(look + 32, mul2);
        const v16 mul3 = v_mul(s3_6, v_splat(0.5f));
        v_store(look + 80, mul3);
        const v16 mul4 = v_mul(s4_5, v_splat(0.5f));
        v_store(look + 96, mul4);
        const v16 mul5 = v_mul(s5_5, v_splat(0.5f));
        v_store(look + 112, mul5);
        const v16 mul6 = v_mul(s6_4, v_splat(0.5f));
        v_store(look + 160, mul6);
        const v16 mul7 = v_mul(s7_4, v_splat(0.5f));
        v_store(look + 176, mul7);
        const v16 mul8 = v_mul(s8_2, v_splat(0.5f));
        v_store(look + 192, mul8);
        v16 s0_7 = v_splat(0.0f);
        v16 s1_7 = v_splat(0.0f);
        v16 s2_7 = v_splat(0.0f);
        v16 s3_7 = v_splat(0.0f);
        v16 s4_6 = v_splat(0.0f);
        v16 s5_6 = v_splat(0.0f);
        const v16 sum24 = v_load(look_key + 192);
        const v16 sum25 = v_load(look_query);
        s0_7 = v_fma(sum24, sum25, s0_7);
        const v16 sum26 = v_load(look_key + 256);
        s1_7 = v_fma(sum26, sum25, s1_7);
        const v16 sum27 = v_load(look_query + 64);
        s2_7 = v_fma(sum24, sum27, s2_7);
        s3_7 = v_fma(sum26, sum27, s3_7);
        const v16 sum28 = v_load(look_query + 128);
        s4_6 = v_fma(sum24, sum28, s4_6);
        s5_6 = v_fma(sum26, sum28, s5_6);
        const v16 sum29 = v_load(look_key + 208);
        const v16 sum30 = v_load(look_query + 16);
        s0_7 = v_fma(sum29, sum30, s0_7);
        const v16 sum31 = v_load(look_key + 272);
        s1_7 = v_fma(sum31, sum30, s1_7);
        const v16 sum32 = v_load(look_query + 80);
        s2_7 = v_fma(sum29, sum32, s2_7);
        s3_7 = v_fma(sum31, sum32, s3_7);
        const v16 sum33 = v_load(look_query + 144);
        s4_6 = v_fma(sum29, sum33, s4_6);
        s5_6 = v_fma(sum31, sum33, s5_6);
        const v16 sum34 = v_load(look_key + 224);
        const v16 sum35 = v_load(look_query + 32);
        s0_7 = v_fma(sum34, sum35, s0_7);
        const v16 sum36 = v_load(look_key + 288);
        s1_7 = v_fma(sum36, sum35, s1_7);
        const v16 sum37 = v_load(look_query + 96);
        s2_7 = v_fma(sum34, sum37, s2_7);
        s3_7 = v_fma(sum36, sum37, s3_7);
        const v16 sum38 = v_load(look_query + 160);
        s4_6 = v_fma(sum34, sum38, s4_6);
        s5_6 = v_fma(sum36, sum38, s5_6);
        const v16 sum39 = v_load(look_key + 240);
        const v16 sum40 = v_load(look_query + 48);
        s0_7 = v_fma(sum39, sum40, s0_7);
        const v16 sum41 = v_load(look_key + 304);
        s1_7 = v_fma(sum41, sum40, s1_7);
        const v16 sum42 = v_load(look_query + 112);
        s2_7 = v_fma(sum39, sum42, s2_7);
        s3_7 = v_fma(sum41, sum42, s3_7);
        const v16 sum43 = v_load(look_query + 176);
        s4_6 = v_fma(sum39, sum43, s4_6);
        s5_6 = v_fma(sum41, sum43, s5_6);
        const v16 mul9 = v_mul(s0_7, v_splat(0.5f));
        v_store(look + 48, mul9);
        const v16 mul10 = v_mul(s1_7, v_splat(0.5f));
        v_store(look + 64, mul10);
        const v16 mul11 = v_mul(s2_7, v_splat(0.5f));
        v_store(look + 128, mul11);
        const v16 mul12 = v_mul(s3_7, v_splat(0.5f));
        v_store(look + 144, mul12);
        const v16 mul13 = v_mul(s4_6, v_splat(0.5f));
        v_store(look + 208, mul13);
        const v16 mul14 = v_mul(s5_6, v_splat(0.5f));
        v_store(look + 224, mul14);
        v16 s0_8 = v_splat(0.0f);
        v16 s1_8 = v_splat(0.0f);
        v16 s2_8 = v_splat(0.0f);
        v16 s3_8 = v_splat(0.0f);
        v16 s4_7 = v_splat(0.0f);
        v16 s5_7 = v_splat(0.0f);
        const v16 sum44 = v_load(look_key);
        const v16 sum45 = v_load(look_query + 192);
        s0_8 = v_fma(sum44, sum45, s0_8);
        const v16 sum46 = v_load(look_key + 64);
        s1_8 = v_fma(sum46, sum45, s1_8);
        const v16 sum47 = v_load(look_key + 128);
        s2_8 = v_fma(sum47, sum45, s2_8);
        const v16 sum48 = v_load(look_query + 256);
        s3_8 = v_fma(sum44, sum48, s3_8);
        s4_7 = v_fma(sum46, sum48, s4_7);
        s5_7 = v_fma(sum47, sum48, s5_7);
        const v16 sum49 = v_load(look_key + 16);
        const v16 sum50 = v_load(look_query + 208);
        s0_8 = v_fma(sum49, sum50, s0_8);
        const v16 sum51 = v_load(look_key + 80);
        s1_8 = v_fma(sum51, sum50, s1_8);
        const v16 sum52 = v_load(look_key + 144);
        s2_8 = v_fma(sum52, sum50, s2_8);
        const v16 sum53 = v_load(look_query + 272);
        s3_8 = v_fma(sum49, sum53, s3_8);
        s4_7 = v_fma(sum51, sum53, s4_7);
        s5_7 = v_fma(sum52, sum53, s5_7);
        const v16 sum54 = v_load(look_key + 32);
        const v16 sum55 = v_load(look_query + 224);
        s0_8 = v_fma(sum54, sum55, s0_8);
        const v16 sum56 = v_load(look_key + 96);
        s1_8 = v_fma(sum56, sum55, s1_8);
        const v16 sum57 = v_load(look_key + 160);
        s2_8 = v_fma(sum57, sum55, s2_8);
        const v16 sum58 = v_load(look_query + 288);
        s3_8 = v_fma(sum54, sum58, s3_8);
        s4_7 = v_fma(sum56, sum58, s4_7);
        s5_7 = v_fma(sum57, sum58, s5_7);
        const v16 sum59 = v_load(look_key + 48);
        const v16 sum60 = v_load(look_query + 240);
        s0_8 = v_fma(sum59, sum60, s0_8);
        const v16 sum61 = v_load(look_key + 112);
        s1_8 = v_fma(sum61, sum60, s1_8);
        const v16 sum62 = v_load(look_key + 176);
        s2_8 = v_fma(sum62, sum60, s2_8);
        const v16 sum63 = v_load(look_query + 304);
        s3_8 = v_fma(sum59, sum63, s3_8);
        s4_7 = v_fma(sum61, sum63, s4_7);
        s5_7 = v_fma(sum62, sum63, s5_7);
        const v16 mul15 = v_mul(s0_8, v_splat(0.5f));
        v_store(look + 240, mul15);
        const v16 mul16 = v_mul(s1_8, v_splat(0.5f));
        v_store(look + 256, mul16);
        const v16 mul17 = v_mul(s2_8, v_splat(0.5f));
        v_store(look + 272, mul17);
        const v16 mul18 = v_mul(s3_8, v_splat(0.5f));
        v_store(look + 320, mul18);
        const v16 mul19 = v_mul(s4_7, v_splat(0.5f));
        v_store(look + 336, mul19);
        const v16 mul20 = v_mul(s5_7, v_splat(0.5f));
        v_store(look + 352, mul20);
        v16 s0_9 = v_splat(0.0f);
        v16 s1_9 = v_splat(0.0f);
        v16 s2_9 = v_splat(0.0f);
        v16 s3_9 = v_splat(0.0f);
        const v16 sum64 = v_load(look_key + 192);
        const v16 sum65 = v_load(look_query + 192);
        s0_9 = v_fma(sum64, sum65, s0_9);
        const v16 sum66 = v_load(look_key + 256);
        s1_9 = v_fma(sum66, sum65, s1_9);
        const v16 sum67 = v_load(look_query + 256);
        s2_9 = v_fma(sum64, sum67, s2_9);
        s3_9 = v_fma(sum66, sum67, s3_9);
        const v16 sum68 = v_load(look_key + 208);
        const v16 sum69 = v_load(look_query + 208);
        s0_9 = v_fma(sum68, sum69, s0_9);
        const v16 sum70 = v_load(look_key + 272);
        s1_9 = v_fma(sum70, sum69, s1_9);
        const v16 sum71 = v_load(look_query + 272);
        s2_9 = v_fma(sum68, sum71, s2_9);
        s3_9 = v_fma(sum70, sum71, s3_9);
        const v16 sum72 = v_load(look_key + 224);
        const v16 sum73 = v_load(look_query + 224);
        s0_9 = v_fma(sum72, sum73, s0_9);
        const v16 sum74 = v_load(look_key + 288);
        s1_9 = v_fma(sum74, sum73, s1_9);
        const v16 sum75 = v_load(look_query + 288);
        s2_9 = v_fma(sum72, sum75, s2_9);
        s3_9 = v_fma(sum74, sum75, s3_9);
        const v16 sum76 = v_load(look_key + 240);
        const v16 sum77 = v_load(look_query + 240);
        s0_9 = v_fma(sum76, sum77, s0_9);
        const v16 sum78 = v_load(look_key + 304);
        s1_9 = v_fma(sum78, sum77, s1_9);
        const v16 sum79 = v_load(look_query + 304);
        s2_9 = v_fma(sum76, sum79, s2_9);
        s3_9 = v_fma(sum78, sum79, s3_9);
        const v16 mul21 = v_mul(s0_9, v_splat(0.5f));
        v_store(look + 288, mul21);
        const v16 mul22 = v_mul(s1_9, v_splat(0.5f));
        v_store(look + 304, mul22);
        const v16 mul23 = v_mul(s2_9, v_splat(0.5f));
        v_store(look + 368, mul23);
        const v16 mul24 = v_mul(s3_9, v_splat(0.5f));
        v_store(look + 384, mul24);
        /* look */
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            v16 peak = v_load(look + i*80);
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                peak = v_max(peak, v_load(look + (i*5 + k)*16));
            }
            v_store(look1 + i*16, peak);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 sub = v_sub(v_load(look + (i*5 + j)*16), v_load(look1 + i*16));
                const v16 exp_ = v_exp(sub);
                v_store(look2 + (i*5 + j)*16, exp_);
            }
        }
        /* look */
        v16 s0_10 = v_splat(0.0f);
        v16 s1_10 = v_splat(0.0f);
        v16 s2_10 = v_splat(0.0f);
        v16 s3_10 = v_splat(0.0f);
        v16 s4_8 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_10 = v_add(s0_10, v_load(look2 + k*16));
            s1_10 = v_add(s1_10, v_load(look2 + (k + 5)*16));
            s2_10 = v_add(s2_10, v_load(look2 + (k + 10)*16));
            s3_10 = v_add(s3_10, v_load(look2 + (k + 15)*16));
            s4_8 = v_add(s4_8, v_load(look2 + (k + 20)*16));
        }
        v_store(look1, s0_10);
        v_store(look1 + 16, s1_10);
        v_store(look1 + 32, s2_10);
        v_store(look1 + 48, s3_10);
        v_store(look1 + 64, s4_8);
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 div = v_div(v_load(look2 + (i*5 + j)*16), v_load(look1 + i*16));
                v_store(look + (i*5 + j)*16, div);
            }
        }
        /* look */
        v16 s0_11 = v_splat(0.0f);
        v16 s1_11 = v_splat(0.0f);
        v16 s2_11 = v_splat(0.0f);
        v16 s3_11 = v_splat(0.0f);
        v16 s4_9 = v_splat(0.0f);
        v16 s5_8 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + l*16);
            const v16 sum80 = v_load(look_value + l*32);
            s0_11 = v_fma(div, sum80, s0_11);
            const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
            s1_11 = v_fma(div, sum81, s1_11);
            const v16 div1 = v_load(look + (l + 5)*16);
            s2_11 = v_fma(div1, sum80, s2_11);
            s3_11 = v_fma(div1, sum81, s3_11);
            const v16 div2 = v_load(look + (l + 10)*16);
            s4_9 = v_fma(div2, sum80, s4_9);
            s5_8 = v_fma(div2, sum81, s5_8);
        }
        v_store(look_query, s0_11);
        const v16 mul25 = v_mul(s0_11, s0_11);
        v_store(look_key, mul25);
        v_store(look_query + 16, s1_11);
        const v16 mul26 = v_mul(s1_11, s1_11);
        v_store(look_key + 16, mul26);
        v_store(look_query + 32, s2_11);
        const v16 mul27 = v_mul(s2_11, s2_11);
        v_store(look_key + 32, mul27);
        v_store(look_query + 48, s3_11);
        const v16 mul28 = v_mul(s3_11, s3_11);
        v_store(look_key + 48, mul28);
        v_store(look_query + 64, s4_9);
        const v16 mul29 = v_mul(s4_9, s4_9);
        v_store(look_key + 64, mul29);
        v_store(look_query + 80, s5_8);
        const v16 mul30 = v_mul(s5_8, s5_8);
        v_store(look_key + 80, mul30);
        v16 s0_12 = v_splat(0.0f);
        v16 s1_12 = v_splat(0.0f);
        v16 s2_12 = v_splat(0.0f);
        v16 s3_12 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + (l + 15)*16);
            const v16 sum80 = v_load(look_value + l*32);
            s0_12 = v_fma(div, sum80, s0_12);
            const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
            s1_12 = v_fma(div, sum81, s1_12);
            const v16 div1 = v_load(look + (l + 20)*16);
            s2_12 = v_fma(div1, sum80, s2_12);
            s3_12 = v_fma(div1, sum81, s3_12);
        }
        v_store(look_query + 96, s0_12);
        const v16 mul31 = v_mul(s0_12, s0_12);
        v_store(look_key + 96, mul31);
        v_store(look_query + 112, s1_12);
        const v16 mul32 = v_mul(s1_12, s1_12);
        v_store(look_key + 112, mul32);
        v_store(look_query + 128, s2_12);
        const v16 mul33 = v_mul(s2_12, s2_12);
        v_store(look_key + 128, mul33);
        v_store(look_query + 144, s3_12);
        const v16 mul34 = v_mul(s3_12, s3_12);
        v_store(look_key + 144, mul34);
        v16 s0_13 = v_splat(0.0f);
        v16 s1_13 = v_splat(0.0f);
        v16 s2_13 = v_splat(0.0f);
        v16 s3_13 = v_splat(0.0f);
        v16 s4_10 = v_splat(0.0f);
        s0_13 = v_add(s0_13, v_load(look_key));
        s1_13 = v_add(s1_13, v_load(look_key + 32));
        s2_13 = v_add(s2_13, v_load(look_key + 64));
        s3_13 = v_add(s3_13, v_load(look_key + 96));
        s4_10 = v_add(s4_10, v_load(look_key + 128));
        s0_13 = v_add(s0_13, v_load(look_key + 16));
        s1_13 = v_add(s1_13, v_load(look_key + 48));
        s2_13 = v_add(s2_13, v_load(look_key + 80));
        s3_13 = v_add(s3_13, v_load(look_key + 112));
        s4_10 = v_add(s4_10, v_load(look_key + 144));
        real row[80] ALIGNED;
        v_store(row, s0_13);
        v_store(row + 16, s1_13);
        v_store(row + 32, s2_13);
        v_store(row + 48, s3_13);
        v_store(row + 64, s4_10);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum80 = v_load(row + u*16);
            const v16 sqrt_ = v_sqrt(sum80);
            const v16 add = v_add(sqrt_, v_splat(1.0f));
            v_store(look_value + u*16, add);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 div = v_div(v_load(look_query + (i*2 + j)*16), v_load(look_value + i*16));
                const v16 fma_ = v_fma(v_load(x1 + ((i*2 + j)*128 + c)), v_splat(pack[0]), div);
                v_store(x_dot + ((i*2 + j)*128 + c), fma_);
            }
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_scatter(dx + (first*10 + c*10 + e), 10, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* dx/dt */
static NOINLINE void swarm_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    const real neg = -theta[20];
    pack[0] = neg;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swarm_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void swarm_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*336;
    ROLL for (ptrdiff_t i = 0; i < 336; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    real a_dx[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(a_dx + (e*128 + c), v_gather(a + (first*10 + c*10 + e), 10, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(a_dx + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_dx + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real x_bar[1280] ALIGNED;
    real t_bar[128] ALIGNED;
    real look_query[320] ALIGNED;
    real look_key[320] ALIGNED;
    real look_value[160] ALIGNED;
    real neg[160] ALIGNED;
    real mul[1280] ALIGNED;
    real look[400] ALIGNED;
    real look1[80] ALIGNED;
    real look2[400] ALIGNED;
    real look3[400] ALIGNED;
    real look4[160] ALIGNED;
    real square[160] ALIGNED;
    real add[160] ALIGNED;
    real add1[80] ALIGNED;
    real add2[80] ALIGNED;
    real neg1[160] ALIGNED;
    real look5[400] ALIGNED;
    real look6[400] ALIGNED;
    real look7[1280] ALIGNED;
    real look8[2560] ALIGNED;
    real look9[2560] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        /* look.query */
        v16 s0 = v_splat(0.0f);
        v16 s1 = v_splat(0.0f);
        v16 s2 = v_splat(0.0f);
        v16 s3 = v_splat(0.0f);
        v16 s4 = v_splat(0.0f);
        v16 s5 = v_splat(0.0f);
        v16 s6 = v_splat(0.0f);
        v16 s7 = v_splat(0.0f);
        v16 s8 = v_splat(0.0f);
        v16 s9 = v_splat(0.0f);
        v16 s10 = v_splat(0.0f);
        v16 s11 = v_splat(0.0f);
        const real look_query_weight = theta[0];
        const v16 x2 = v_load(x1 + c);
        s0 = v_fma(v_splat(look_query_weight), x2, s0);
        const v16 x3 = v_load(x1 + (c + 256));
        s1 = v_fma(v_splat(look_query_weight), x3, s1);
        const v16 x4 = v_load(x1 + (c + 512));
        s2 = v_fma(v_splat(look_query_weight), x4, s2);
        const real look_query_weight1 = theta[2];
        s3 = v_fma(v_splat(look_query_weight1), x2, s3);
        s4 = v_fma(v_splat(look_query_weight1), x3, s4);
        s5 = v_fma(v_splat(look_query_weight1), x4, s5);
        const real look_query_weight2 = theta[4];
        s6 = v_fma(v_splat(look_query_weight2), x2, s6);
        s7 = v_fma(v_splat(look_query_weight2), x3, s7);
        s8 = v_fma(v_splat(look_query_weight2), x4, s8);
        const real look_query_weight3 = theta[6];
        s9 = v_fma(v_splat(look_query_weight3), x2, s9);
        s10 = v_fma(v_splat(look_query_weight3), x3, s10);
        s11 = v_fma(v_splat(look_query_weight3), x4, s11);
        const real look_query_weight4 = theta[1];
        const v16 x5 = v_load(x1 + (c + 128));
        s0 = v_fma(v_splat(look_query_weight4), x5, s0);
        const v16 x6 = v_load(x1 + (c + 384));
        s1 = v_fma(v_splat(look_query_weight4), x6, s1);
        const v16 x7 = v_load(x1 + (c + 640));
        s2 = v_fma(v_splat(look_query_weight4), x7, s2);
        const real look_query_weight5 = theta[3];
        s3 = v_fma(v_splat(look_query_weight5), x5, s3);
        s4 = v_fma(v_splat(look_query_weight5), x6, s4);
        s5 = v_fma(v_splat(look_query_weight5), x7, s5);
        const real look_query_weight6 = theta[5];
        s6 = v_fma(v_splat(look_query_weight6), x5, s6);
        s7 = v_fma(v_splat(look_query_weight6), x6, s7);
        s8 = v_fma(v_splat(look_query_weight6), x7, s8);
        const real look_query_weight7 = theta[7];
        s9 = v_fma(v_splat(look_query_weight7), x5, s9);
        s10 = v_fma(v_splat(look_query_weight7), x6, s10);
        s11 = v_fma(v_splat(look_query_weight7), x7, s11);
        v_store(look_query, s0);
        v_store(look_query + 64, s1);
        v_store(look_query + 128, s2);
        v_store(look_query + 16, s3);
        v_store(look_query + 80, s4);
        v_store(look_query + 144, s5);
        v_store(look_query + 32, s6);
        v_store(look_query + 96, s7);
        v_store(look_query + 160, s8);
        v_store(look_query + 48, s9);
        v_store(look_query + 112, s10);
        v_store(look_query + 176, s11);
        v16 s0_1 = v_splat(0.0f);
        v16 s1_1 = v_splat(0.0f);
        v16 s2_1 = v_splat(0.0f);
        v16 s3_1 = v_splat(0.0f);
        v16 s4_1 = v_splat(0.0f);
        v16 s5_1 = v_splat(0.0f);
        v16 s6_1 = v_splat(0.0f);
        v16 s7_1 = v_splat(0.0f);
        const real look_query_weight8 = theta[0];
        const v16 x8 = v_load(x1 + (c + 768));
        s0_1 = v_fma(v_splat(look_query_weight8), x8, s0_1);
        const v16 x9 = v_load(x1 + (c + 1024));
        s1_1 = v_fma(v_splat(look_query_weight8), x9, s1_1);
        const real look_query_weight9 = theta[2];
        s2_1 = v_fma(v_splat(look_query_weight9), x8, s2_1);
        s3_1 = v_fma(v_splat(look_query_weight9), x9, s3_1);
        const real look_query_weight10 = theta[4];
        s4_1 = v_fma(v_splat(look_query_weight10), x8, s4_1);
        s5_1 = v_fma(v_splat(look_query_weight10), x9, s5_1);
        const real look_query_weight11 = theta[6];
        s6_1 = v_fma(v_splat(look_query_weight11), x8, s6_1);
        s7_1 = v_fma(v_splat(look_query_weight11), x9, s7_1);
        const real look_query_weight12 = theta[1];
        const v16 x10 = v_load(x1 + (c + 896));
        s0_1 = v_fma(v_splat(look_query_weight12), x10, s0_1);
        const v16 x11 = v_load(x1 + (c + 1152));
        s1_1 = v_fma(v_splat(look_query_weight12), x11, s1_1);
        const real look_query_weight13 = theta[3];
        s2_1 = v_fma(v_splat(look_query_weight13), x10, s2_1);
        s3_1 = v_fma(v_splat(look_query_weight13), x11, s3_1);
        const real look_query_weight14 = theta[5];
        s4_1 = v_fma(v_splat(look_query_weight14), x10, s4_1);
        s5_1 = v_fma(v_splat(look_query_weight14), x11, s5_1);
        const real look_query_weight15 = theta[7];
        s6_1 = v_fma(v_splat(look_query_weight15), x10, s6_1);
        s7_1 = v_fma(v_splat(look_query_weight15), x11, s7_1);
        v_store(look_query + 192, s0_1);
        v_store(look_query + 256, s1_1);
        v_store(look_query + 208, s2_1);
        v_store(look_query + 272, s3_1);
        v_store(look_query + 224, s4_1);
        v_store(look_query + 288, s5_1);
        v_store(look_query + 240, s6_1);
        v_store(look_query + 304, s7_1);
        /* look.key */
        v16 s0_2 = v_splat(0.0f);
        v16 s1_2 = v_splat(0.0f);
        v16 s2_2 = v_splat(0.0f);
        v16 s3_2 = v_splat(0.0f);
        v16 s4_2 = v_splat(0.0f);
        v16 s5_2 = v_splat(0.0f);
        v16 s6_2 = v_splat(0.0f);
        v16 s7_2 = v_splat(0.0f);
        v16 s8_1 = v_splat(0.0f);
        v16 s9_1 = v_splat(0.0f);
        v16 s10_1 = v_splat(0.0f);
        v16 s11_1 = v_splat(0.0f);
        const real look_key_weight = theta[8];
        const v16 x12 = v_load(x1 + c);
        s0_2 = v_fma(v_splat(look_key_weight), x12, s0_2);
        const v16 x13 = v_load(x1 + (c + 256));
        s1_2 = v_fma(v_splat(look_key_weight), x13, s1_2);
        const v16 x14 = v_load(x1 + (c + 512));
        s2_2 = v_fma(v_splat(look_key_weight), x14, s2_2);
        const real look_key_weight1 = theta[10];
        s3_2 = v_fma(v_splat(look_key_weight1), x12, s3_2);
        s4_2 = v_fma(v_splat(look_key_weight1), x13, s4_2);
        s5_2 = v_fma(v_splat(look_key_weight1), x14, s5_2);
        const real look_key_weight2 = theta[12];
        s6_2 = v_fma(v_splat(look_key_weight2), x12, s6_2);
        s7_2 = v_fma(v_splat(look_key_weight2), x13, s7_2);
        s8_1 = v_fma(v_splat(look_key_weight2), x14, s8_1);
        const real look_key_weight3 = theta[14];
        s9_1 = v_fma(v_splat(look_key_weight3), x12, s9_1);
        s10_1 = v_fma(v_splat(look_key_weight3), x13, s10_1);
        s11_1 = v_fma(v_splat(look_key_weight3), x14, s11_1);
        const real look_key_weight4 = theta[9];
        const v16 x15 = v_load(x1 + (c + 128));
        s0_2 = v_fma(v_splat(look_key_weight4), x15, s0_2);
        const v16 x16 = v_load(x1 + (c + 384));
        s1_2 = v_fma(v_splat(look_key_weight4), x16, s1_2);
        const v16 x17 = v_load(x1 + (c + 640));
        s2_2 = v_fma(v_splat(look_key_weight4), x17, s2_2);
        const real look_key_weight5 = theta[11];
        s3_2 = v_fma(v_splat(look_key_weight5), x15, s3_2);
        s4_2 = v_fma(v_splat(look_key_weight5), x16, s4_2);
        s5_2 = v_fma(v_splat(look_key_weight5), x17, s5_2);
        const real look_key_weight6 = theta[13];
        s6_2 = v_fma(v_splat(look_key_weight6), x15, s6_2);
        s7_2 = v_fma(v_splat(look_key_weight6), x16, s7_2);
        s8_1 = v_fma(v_splat(look_key_weight6), x17, s8_1);
        const real look_key_weight7 = theta[15];
        s9_1 = v_fma(v_splat(look_key_weight7), x15, s9_1);
        s10_1 = v_fma(v_splat(look_key_weight7), x16, s10_1);
        s11_1 = v_fma(v_splat(look_key_weight7), x17, s11_1);
        v_store(look_key, s0_2);
        v_store(look_key + 64, s1_2);
        v_store(look_key + 128, s2_2);
        v_store(look_key + 16, s3_2);
        v_store(look_key + 80, s4_2);
        v_store(look_key + 144, s5_2);
        v_store(look_key + 32, s6_2);
        v_store(look_key + 96, s7_2);
        v_store(look_key + 160, s8_1);
        v_store(look_key + 48, s9_1);
        v_store(look_key + 112, s10_1);
        v_store(look_key + 176, s11_1);
        v16 s0_3 = v_splat(0.0f);
        v16 s1_3 = v_splat(0.0f);
        v16 s2_3 = v_splat(0.0f);
        v16 s3_3 = v_splat(0.0f);
        v16 s4_3 = v_splat(0.0f);
        v16 s5_3 = v_splat(0.0f);
        v16 s6_3 = v_splat(0.0f);
        v16 s7_3 = v_splat(0.0f);
        const real look_key_weight8 = theta[8];
        const v16 x18 = v_load(x1 + (c + 768));
        s0_3 = v_fma(v_splat(look_key_weight8), x18, s0_3);
        const v16 x19 = v_load(x1 + (c + 1024));
        s1_3 = v_fma(v_splat(look_key_weight8), x19, s1_3);
        const real look_key_weight9 = theta[10];
        s2_3 = v_fma(v_splat(look_key_weight9), x18, s2_3);
        s3_3 = v_fma(v_splat(look_key_weight9), x19, s3_3);
        const real look_key_weight10 = theta[12];
        s4_3 = v_fma(v_splat(look_key_weight10), x18, s4_3);
        s5_3 = v_fma(v_splat(look_key_weight10), x19, s5_3);
        const real look_key_weight11 = theta[14];
        s6_3 = v_fma(v_splat(look_key_weight11), x18, s6_3);
        s7_3 = v_fma(v_splat(look_key_weight11), x19, s7_3);
        const real look_key_weight12 = theta[9];
        const v16 x20 = v_load(x1 + (c + 896));
        s0_3 = v_fma(v_splat(look_key_weight12), x20, s0_3);
        const v16 x21 = v_load(x1 + (c + 1152));
        s1_3 = v_fma(v_splat(look_key_weight12), x21, s1_3);
        const real look_key_weight13 = theta[11];
        s2_3 = v_fma(v_splat(look_key_weight13), x20, s2_3);
        s3_3 = v_fma(v_splat(look_key_weight13), x21, s3_3);
        const real look_key_weight14 = theta[13];
        s4_3 = v_fma(v_splat(look_key_weight14), x20, s4_3);
        s5_3 = v_fma(v_splat(look_key_weight14), x21, s5_3);
        const real look_key_weight15 = theta[15];
        s6_3 = v_fma(v_splat(look_key_weight15), x20, s6_3);
        s7_3 = v_fma(v_splat(look_key_weight15), x21, s7_3);
        v_store(look_key + 192, s0_3);
        v_store(look_key + 256, s1_3);
        v_store(look_key + 208, s2_3);
        v_store(look_key + 272, s3_3);
        v_store(look_key + 224, s4_3);
        v_store(look_key + 288, s5_3);
        v_store(look_key + 240, s6_3);
        v_store(look_key + 304, s7_3);
        /* look.value */
        v16 s0_4 = v_splat(0.0f);
        v16 s1_4 = v_splat(0.0f);
        v16 s2_4 = v_splat(0.0f);
        v16 s3_4 = v_splat(0.0f);
        v16 s4_4 = v_splat(0.0f);
        v16 s5_4 = v_splat(0.0f);
        const real look_value_weight = theta[16];
        const v16 x22 = v_load(x1 + c);
        s0_4 = v_fma(v_splat(look_value_weight), x22, s0_4);
        const v16 x23 = v_load(x1 + (c + 256));
        s1_4 = v_fma(v_splat(look_value_weight), x23, s1_4);
        const v16 x24 = v_load(x1 + (c + 512));
        s2_4 = v_fma(v_splat(look_value_weight), x24, s2_4);
        const real look_value_weight1 = theta[18];
        s3_4 = v_fma(v_splat(look_value_weight1), x22, s3_4);
        s4_4 = v_fma(v_splat(look_value_weight1), x23, s4_4);
        s5_4 = v_fma(v_splat(look_value_weight1), x24, s5_4);
        const real look_value_weight2 = theta[17];
        const v16 x25 = v_load(x1 + (c + 128));
        s0_4 = v_fma(v_splat(look_value_weight2), x25, s0_4);
        const v16 x26 = v_load(x1 + (c + 384));
        s1_4 = v_fma(v_splat(look_value_weight2), x26, s1_4);
        const v16 x27 = v_load(x1 + (c + 640));
        s2_4 = v_fma(v_splat(look_value_weight2), x27, s2_4);
        const real look_value_weight3 = theta[19];
        s3_4 = v_fma(v_splat(look_value_weight3), x25, s3_4);
        s4_4 = v_fma(v_splat(look_value_weight3), x26, s4_4);
        s5_4 = v_fma(v_splat(look_value_weight3), x27, s5_4);
        v_store(look_value, s0_4);
        const v16 neg2 = v_neg(v_load(a_dx + c));
        v_store(neg, neg2);
        const v16 mul1 = v_mul(v_load(x1 + c), neg2);
        v_store(mul + c, mul1);
        v_store(look_value + 32, s1_4);
        const v16 neg3 = v_neg(v_load(a_dx + (c + 256)));
        v_store(neg + 32, neg3);
        const v16 mul2 = v_mul(v_load(x1 + (c + 256)), neg3);
        v_store(mul + (c + 256), mul2);
        v_store(look_value + 64, s2_4);
        const v16 neg4 = v_neg(v_load(a_dx + (c + 512)));
        v_store(neg + 64, neg4);
        const v16 mul3 = v_mul(v_load(x1 + (c + 512)), neg4);
        v_store(mul + (c + 512), mul3);
        v_store(look_value + 16, s3_4);
        const v16 neg5 = v_neg(v_load(a_dx + (c + 128)));
        v_store(neg + 16, neg5);
        const v16 mul4 = v_mul(v_load(x1 + (c + 128)), neg5);
        v_store(mul + (c + 128), mul4);
        v_store(look_value + 48, s4_4);
        const v16 neg6 = v_neg(v_load(a_dx + (c + 384)));
        v_store(neg + 48, neg6);
        const v16 mul5 = v_mul(v_load(x1 + (c + 384)), neg6);
        v_store(mul + (c + 384), mul5);
        v_store(look_value + 80, s5_4);
        const v16 neg7 = v_neg(v_load(a_dx + (c + 640)));
        v_store(neg + 80, neg7);
        const v16 mul6 = v_mul(v_load(x1 + (c + 640)), neg7);
        v_store(mul + (c + 640), mul6);
        v16 s0_5 = v_splat(0.0f);
        v16 s1_5 = v_splat(0.0f);
        v16 s2_5 = v_splat(0.0f);
        v16 s3_5 = v_splat(0.0f);
        const real look_value_weight4 = theta[16];
        const v16 x28 = v_load(x1 + (c + 768));
        s0_5 = v_fma(v_splat(look_value_weight4), x28, s0_5);
        const v16 x29 = v_load(x1 + (c + 1024));
        s1_5 = v_fma(v_splat(look_value_weight4), x29, s1_5);
        const real look_value_weight5 = theta[18];
        s2_5 = v_fma(v_splat(look_value_weight5), x28, s2_5);
        s3_5 = v_fma(v_splat(look_value_weight5), x29, s3_5);
        const real look_value_weight6 = theta[17];
        const v16 x30 = v_load(x1 + (c + 896));
        s0_5 = v_fma(v_splat(look_value_weight6), x30, s0_5);
        const v16 x31 = v_load(x1 + (c + 1152));
        s1_5 = v_fma(v_splat(look_value_weight6), x31, s1_5);
        const real look_value_weight7 = theta[19];
        s2_5 = v_fma(v_splat(look_value_weight7), x30, s2_5);
        s3_5 = v_fma(v_splat(look_value_weight7), x31, s3_5);
        v_store(look_value + 96, s0_5);
        const v16 neg8 = v_neg(v_load(a_dx + (c + 768)));
        v_store(neg + 96, neg8);
        const v16 mul7 = v_mul(v_load(x1 + (c + 768)), neg8);
        v_store(mul + (c + 768), mul7);
        v_store(look_value + 128, s1_5);
        const v16 neg9 = v_neg(v_load(a_dx + (c + 1024)));
        v_store(neg + 128, neg9);
        const v16 mul8 = v_mul(v_load(x1 + (c + 1024)), neg9);
        v_store(mul + (c + 1024), mul8);
        v_store(look_value + 112, s2_5);
        const v16 neg10 = v_neg(v_load(a_dx + (c + 896)));
        v_store(neg + 112, neg10);
        const v16 mul9 = v_mul(v_load(x1 + (c + 896)), neg10);
        v_store(mul + (c + 896), mul9);
        v_store(look_value + 144, s3_5);
        const v16 neg11 = v_neg(v_load(a_dx + (c + 1152)));
        v_store(neg + 144, neg11);
        const v16 mul10 = v_mul(v_load(x1 + (c + 1152)), neg11);
        v_store(mul + (c + 1152), mul10);
        /* look */
        v16 s0_6 = v_splat(0.0f);
        v16 s1_6 = v_splat(0.0f);
        v16 s2_6 = v_splat(0.0f);
        v16 s3_6 = v_splat(0.0f);
        v16 s4_5 = v_splat(0.0f);
        v16 s5_5 = v_splat(0.0f);
        v16 s6_4 = v_splat(0.0f);
        v16 s7_4 = v_splat(0.0f);
        v16 s8_2 = v_splat(0.0f);
        const v16 sum = v_load(look_key);
        const v16 sum1 = v_load(look_query);
        s0_6 = v_fma(sum, sum1, s0_6);
        const v16 sum2 = v_load(look_key + 64);
        s1_6 = v_fma(sum2, sum1, s1_6);
        const v16 sum3 = v_load(look_key + 128);
        s2_6 = v_fma(sum3, sum1, s2_6);
        const v16 sum4 = v_load(look_query + 64);
        s3_6 = v_fma(sum, sum4, s3_6);
        s4_5 = v_fma(sum2, sum4, s4_5);
        s5_5 = v_fma(sum3, sum4, s5_5);
        const v16 sum5 = v_load(look_query + 128);
        s6_4 = v_fma(sum, sum5, s6_4);
        s7_4 = v_fma(sum2, sum5, s7_4);
        s8_2 = v_fma(sum3, sum5, s8_2);
        const v16 sum6 = v_load(look_key + 16);
        const v16 sum7 = v_load(look_query + 16);
        s0_6 = v_fma(sum6, sum7, s0_6);
        const v16 sum8 = v_load(look_key + 80);
        s1_6 = v_fma(sum8, sum7, s1_6);
        const v16 sum9 = v_load(look_key + 144);
        s2_6 = v_fma(sum9, sum7, s2_6);
        const v16 sum10 = v_load(look_query + 80);
        s3_6 = v_fma(sum6, sum10, s3_6);
        s4_5 = v_fma(sum8, sum10, s4_5);
        s5_5 = v_fma(sum9, sum10, s5_5);
        const v16 sum11 = v_load(look_query + 144);
        s6_4 = v_fma(sum6, sum11, s6_4);
        s7_4 = v_fma(sum8, sum11, s7_4);
        s8_2 = v_fma(sum9, sum11, s8_2);
        const v16 sum12 = v_load(look_key + 32);
        const v16 sum13 = v_load(look_query + 32);
        s0_6 = v_fma(sum12, sum13, s0_6);
        const v16 sum14 = v_load(look_key + 96);
        s1_6 = v_fma(sum14, sum13, s1_6);
        const v16 sum15 = v_load(look_key + 160);
        s2_6 = v_fma(sum15, sum13, s2_6);
        const v16 sum16 = v_load(look_query + 96);
        s3_6 = v_fma(sum12, sum16, s3_6);
        s4_5 = v_fma(sum14, sum16, s4_5);
        s5_5 = v_fma(sum15, sum16, s5_5);
        const v16 sum17 = v_load(look_query + 160);
        s6_4 = v_fma(sum12, sum17, s6_4);
        s7_4 = v_fma(sum14, sum17, s7_4);
        s8_2 = v_fma(sum15, sum17, s8_2);
        const v16 sum18 = v_load(look_key + 48);
        const v16 sum19 = v_load(look_query + 48);
        s0_6 = v_fma(sum18, sum19, s0_6);
        const v16 sum20 = v_load(look_key + 112);
        s1_6 = v_fma(sum20, sum19, s1_6);
        const v16 sum21 = v_load(look_key + 176);
        s2_6 = v_fma(sum21, sum19, s2_6);
        const v16 sum22 = v_load(look_query + 112);
        s3_6 = v_fma(sum18, sum22, s3_6);
        s4_5 = v_fma(sum20, sum22, s4_5);
        s5_5 = v_fma(sum21, sum22, s5_5);
        const v16 sum23 = v_load(look_query + 176);
        s6_4 = v_fma(sum18, sum23, s6_4);
        s7_4 = v_fma(sum20, sum23, s7_4);
        s8_2 = v_fma(sum21, sum23, s8_2);
        const v16 mul11 = v_mul(s0_6, v_splat(0.5f));
        v_store(look, mul11);
        const v16 mul12 = v_mul(s1_6, v_splat(0.5f));
        v_store(look + 16, mul12);
        const v16 mul13 = v_mul(s2_6, v_splat(0.5f));
        v_store(look + 32, mul13);
        const v16 mul14 = v_mul(s3_6, v_splat(0.5f));
        v_store(look + 80, mul14);
        const v16 mul15 = v_mul(s4_5, v_splat(0.5f));
        v_store(look + 96, mul15);
        const v16 mul16 = v_mul(s5_5, v_splat(0.5f));
        v_store(look + 112, mul16);
        const v16 mul17 = v_mul(s6_4, v_splat(0.5f));
        v_store(look + 160, mul17);
        const v16 mul18 = v_mul(s7_4, v_splat(0.5f));
        v_store(look + 176, mul18);
        const v16 mul19 = v_mul(s8_2, v_splat(0.5f));
        v_store(look + 192, mul19);
        v16 s0_7 = v_splat(0.0f);
        v16 s1_7 = v_splat(0.0f);
        v16 s2_7 = v_splat(0.0f);
        v16 s3_7 = v_splat(0.0f);
        v16 s4_6 = v_splat(0.0f);
        v16 s5_6 = v_splat(0.0f);
        const v16 sum24 = v_load(look_key + 192);
        const v16 sum25 = v_load(look_query);
        s0_7 = v_fma(sum24, sum25, s0_7);
        const v16 sum26 = v_load(look_key + 256);
        s1_7 = v_fma(sum26, sum25, s1_7);
        const v16 sum27 = v_load(look_query + 64);
        s2_7 = v_fma(sum24, sum27, s2_7);
        s3_7 = v_fma(sum26, sum27, s3_7);
        const v16 sum28 = v_load(look_query + 128);
        s4_6 = v_fma(sum24, sum28, s4_6);
        s5_6 = v_fma(sum26, sum28, s5_6);
        const v16 sum29 = v_load(look_key + 208);
        const v16 sum30 = v_load(look_query + 16);
        s0_7 = v_fma(sum29, sum30, s0_7);
        const v16 sum31 = v_load(look_key + 272);
        s1_7 = v_fma(sum31, sum30, s1_7);
        const v16 sum32 = v_load(look_query + 80);
        s2_7 = v_fma(sum29, sum32, s2_7);
        s3_7 = v_fma(sum31, sum32, s3_7);
        const v16 sum33 = v_load(look_query + 144);
        s4_6 = v_fma(sum29, sum33, s4_6);
        s5_6 = v_fma(sum31, sum33, s5_6);
        const v16 sum34 = v_load(look_key + 224);
        const v16 sum35 = v_load(look_query + 32);
        s0_7 = v_fma(sum34, sum35, s0_7);
        const v16 sum36 = v_load(look_key + 288);
        s1_7 = v_fma(sum36, sum35, s1_7);
        const v16 sum37 = v_load(look_query + 96);
        s2_7 = v_fma(sum34, sum37, s2_7);
        s3_7 = v_fma(sum36, sum37, s3_7);
        const v16 sum38 = v_load(look_query + 160);
        s4_6 = v_fma(sum34, sum38, s4_6);
        s5_6 = v_fma(sum36, sum38, s5_6);
        const v16 sum39 = v_load(look_key + 240);
        const v16 sum40 = v_load(look_query + 48);
        s0_7 = v_fma(sum39, sum40, s0_7);
        const v16 sum41 = v_load(look_key + 304);
        s1_7 = v_fma(sum41, sum40, s1_7);
        const v16 sum42 = v_load(look_query + 112);
        s2_7 = v_fma(sum39, sum42, s2_7);
        s3_7 = v_fma(sum41, sum42, s3_7);
        const v16 sum43 = v_load(look_query + 176);
        s4_6 = v_fma(sum39, sum43, s4_6);
        s5_6 = v_fma(sum41, sum43, s5_6);
        const v16 mul20 = v_mul(s0_7, v_splat(0.5f));
        v_store(look + 48, mul20);
        const v16 mul21 = v_mul(s1_7, v_splat(0.5f));
        v_store(look + 64, mul21);
        const v16 mul22 = v_mul(s2_7, v_splat(0.5f));
        v_store(look + 128, mul22);
        const v16 mul23 = v_mul(s3_7, v_splat(0.5f));
        v_store(look + 144, mul23);
        const v16 mul24 = v_mul(s4_6, v_splat(0.5f));
        v_store(look + 208, mul24);
        const v16 mul25 = v_mul(s5_6, v_splat(0.5f));
        v_store(look + 224, mul25);
        v16 s0_8 = v_splat(0.0f);
        v16 s1_8 = v_splat(0.0f);
        v16 s2_8 = v_splat(0.0f);
        v16 s3_8 = v_splat(0.0f);
        v16 s4_7 = v_splat(0.0f);
        v16 s5_7 = v_splat(0.0f);
        const v16 sum44 = v_load(look_key);
        const v16 sum45 = v_load(look_query + 192);
        s0_8 = v_fma(sum44, sum45, s0_8);
        const v16 sum46 = v_load(look_key + 64);
        s1_8 = v_fma(sum46, sum45, s1_8);
        const v16 sum47 = v_load(look_key + 128);
        s2_8 = v_fma(sum47, sum45, s2_8);
        const v16 sum48 = v_load(look_query + 256);
        s3_8 = v_fma(sum44, sum48, s3_8);
        s4_7 = v_fma(sum46, sum48, s4_7);
        s5_7 = v_fma(sum47, sum48, s5_7);
        const v16 sum49 = v_load(look_key + 16);
        const v16 sum50 = v_load(look_query + 208);
        s0_8 = v_fma(sum49, sum50, s0_8);
        const v16 sum51 = v_load(look_key + 80);
        s1_8 = v_fma(sum51, sum50, s1_8);
        const v16 sum52 = v_load(look_key + 144);
        s2_8 = v_fma(sum52, sum50, s2_8);
        const v16 sum53 = v_load(look_query + 272);
        s3_8 = v_fma(sum49, sum53, s3_8);
        s4_7 = v_fma(sum51, sum53, s4_7);
        s5_7 = v_fma(sum52, sum53, s5_7);
        const v16 sum54 = v_load(look_key + 32);
        const v16 sum55 = v_load(look_query + 224);
        s0_8 = v_fma(sum54, sum55, s0_8);
        const v16 sum56 = v_load(look_key + 96);
        s1_8 = v_fma(sum56, sum55, s1_8);
        const v16 sum57 = v_load(look_key + 160);
        s2_8 = v_fma(sum57, sum55, s2_8);
        const v16 sum58 = v_load(look_query + 288);
        s3_8 = v_fma(sum54, sum58, s3_8);
        s4_7 = v_fma(sum56, sum58, s4_7);
        s5_7 = v_fma(sum57, sum58, s5_7);
        const v16 sum59 = v_load(look_key + 48);
        const v16 sum60 = v_load(look_query + 240);
        s0_8 = v_fma(sum59, sum60, s0_8);
        const v16 sum61 = v_load(look_key + 112);
        s1_8 = v_fma(sum61, sum60, s1_8);
        const v16 sum62 = v_load(look_key + 176);
        s2_8 = v_fma(sum62, sum60, s2_8);
        const v16 sum63 = v_load(look_query + 304);
        s3_8 = v_fma(sum59, sum63, s3_8);
        s4_7 = v_fma(sum61, sum63, s4_7);
        s5_7 = v_fma(sum62, sum63, s5_7);
        const v16 mul26 = v_mul(s0_8, v_splat(0.5f));
        v_store(look + 240, mul26);
        const v16 mul27 = v_mul(s1_8, v_splat(0.5f));
        v_store(look + 256, mul27);
        const v16 mul28 = v_mul(s2_8, v_splat(0.5f));
        v_store(look + 272, mul28);
        const v16 mul29 = v_mul(s3_8, v_splat(0.5f));
        v_store(look + 320, mul29);
        const v16 mul30 = v_mul(s4_7, v_splat(0.5f));
        v_store(look + 336, mul30);
        const v16 mul31 = v_mul(s5_7, v_splat(0.5f));
        v_store(look + 352, mul31);
        v16 s0_9 = v_splat(0.0f);
        v16 s1_9 = v_splat(0.0f);
        v16 s2_9 = v_splat(0.0f);
        v16 s3_9 = v_splat(0.0f);
        const v16 sum64 = v_load(look_key + 192);
        const v16 sum65 = v_load(look_query + 192);
        s0_9 = v_fma(sum64, sum65, s0_9);
        const v16 sum66 = v_load(look_key + 256);
        s1_9 = v_fma(sum66, sum65, s1_9);
        const v16 sum67 = v_load(look_query + 256);
        s2_9 = v_fma(sum64, sum67, s2_9);
        s3_9 = v_fma(sum66, sum67, s3_9);
        const v16 sum68 = v_load(look_key + 208);
        const v16 sum69 = v_load(look_query + 208);
        s0_9 = v_fma(sum68, sum69, s0_9);
        const v16 sum70 = v_load(look_key + 272);
        s1_9 = v_fma(sum70, sum69, s1_9);
        const v16 sum71 = v_load(look_query + 272);
        s2_9 = v_fma(sum68, sum71, s2_9);
        s3_9 = v_fma(sum70, sum71, s3_9);
        const v16 sum72 = v_load(look_key + 224);
        const v16 sum73 = v_load(look_query + 224);
        s0_9 = v_fma(sum72, sum73, s0_9);
        const v16 sum74 = v_load(look_key + 288);
        s1_9 = v_fma(sum74, sum73, s1_9);
        const v16 sum75 = v_load(look_query + 288);
        s2_9 = v_fma(sum72, sum75, s2_9);
        s3_9 = v_fma(sum74, sum75, s3_9);
        const v16 sum76 = v_load(look_key + 240);
        const v16 sum77 = v_load(look_query + 240);
        s0_9 = v_fma(sum76, sum77, s0_9);
        const v16 sum78 = v_load(look_key + 304);
        s1_9 = v_fma(sum78, sum77, s1_9);
        const v16 sum79 = v_load(look_query + 304);
        s2_9 = v_fma(sum76, sum79, s2_9);
        s3_9 = v_fma(sum78, sum79, s3_9);
        const v16 mul32 = v_mul(s0_9, v_splat(0.5f));
        v_store(look + 288, mul32);
        const v16 mul33 = v_mul(s1_9, v_splat(0.5f));
        v_store(look + 304, mul33);
        const v16 mul34 = v_mul(s2_9, v_splat(0.5f));
        v_store(look + 368, mul34);
        const v16 mul35 = v_mul(s3_9, v_splat(0.5f));
        v_store(look + 384, mul35);
        /* look */
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            v16 peak = v_load(look + i*80);
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                peak = v_max(peak, v_load(look + (i*5 + k)*16));
            }
            v_store(look1 + i*16, peak);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 sub = v_sub(v_load(look + (i*5 + j)*16), v_load(look1 + i*16));
                const v16 exp_ = v_exp(sub);
                v_store(look2 + (i*5 + j)*16, exp_);
                const v16 select = v_select(v_eq(v_load(look + (i*5 + j)*16), v_load(look1 + i*16)),
                    v_splat(1.0f), v_splat(0.0f));
                v_store(look3 + (i*5 + j)*16, select);
            }
        }
        /* look */
        v16 s0_10 = v_splat(0.0f);
        v16 s1_10 = v_splat(0.0f);
        v16 s2_10 = v_splat(0.0f);
        v16 s3_10 = v_splat(0.0f);
        v16 s4_8 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_10 = v_add(s0_10, v_load(look2 + k*16));
            s1_10 = v_add(s1_10, v_load(look2 + (k + 5)*16));
            s2_10 = v_add(s2_10, v_load(look2 + (k + 10)*16));
            s3_10 = v_add(s3_10, v_load(look2 + (k + 15)*16));
            s4_8 = v_add(s4_8, v_load(look2 + (k + 20)*16));
        }
        v_store(look1, s0_10);
        v_store(look1 + 16, s1_10);
        v_store(look1 + 32, s2_10);
        v_store(look1 + 48, s3_10);
        v_store(look1 + 64, s4_8);
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 div = v_div(v_load(look2 + (i*5 + j)*16), v_load(look1 + i*16));
                v_store(look + (i*5 + j)*16, div);
            }
        }
        /* look */
        v16 s0_11 = v_splat(0.0f);
        v16 s1_11 = v_splat(0.0f);
        v16 s2_11 = v_splat(0.0f);
        v16 s3_11 = v_splat(0.0f);
        v16 s4_9 = v_splat(0.0f);
        v16 s5_8 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + l*16);
            const v16 sum80 = v_load(look_value + l*32);
            s0_11 = v_fma(div, sum80, s0_11);
            const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
            s1_11 = v_fma(div, sum81, s1_11);
            const v16 div1 = v_load(look + (l + 5)*16);
            s2_11 = v_fma(div1, sum80, s2_11);
            s3_11 = v_fma(div1, sum81, s3_11);
            const v16 div2 = v_load(look + (l + 10)*16);
            s4_9 = v_fma(div2, sum80, s4_9);
            s5_8 = v_fma(div2, sum81, s5_8);
        }
        v_store(look4, s0_11);
        const v16 mul36 = v_mul(s0_11, s0_11);
        v_store(square, mul36);
        const v16 add3 = v_add(s0_11, s0_11);
        v_store(add, add3);
        v_store(look4 + 16, s1_11);
        const v16 mul37 = v_mul(s1_11, s1_11);
        v_store(square + 16, mul37);
        const v16 add4 = v_add(s1_11, s1_11);
        v_store(add + 16, add4);
        v_store(look4 + 32, s2_11);
        const v16 mul38 = v_mul(s2_11, s2_11);
        v_store(square + 32, mul38);
        const v16 add5 = v_add(s2_11, s2_11);
        v_store(add + 32, add5);
        v_store(look4 + 48, s3_11);
        const v16 mul39 = v_mul(s3_11, s3_11);
        v_store(square + 48, mul39);
        const v16 add6 = v_add(s3_11, s3_11);
        v_store(add + 48, add6);
        v_store(look4 + 64, s4_9);
        const v16 mul40 = v_mul(s4_9, s4_9);
        v_store(square + 64, mul40);
        const v16 add7 = v_add(s4_9, s4_9);
        v_store(add + 64, add7);
        v_store(look4 + 80, s5_8);
        const v16 mul41 = v_mul(s5_8, s5_8);
        v_store(square + 80, mul41);
        const v16 add8 = v_add(s5_8, s5_8);
        v_store(add + 80, add8);
        v16 s0_12 = v_splat(0.0f);
        v16 s1_12 = v_splat(0.0f);
        v16 s2_12 = v_splat(0.0f);
        v16 s3_12 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div = v_load(look + (l + 15)*16);
            const v16 sum80 = v_load(look_value + l*32);
            s0_12 = v_fma(div, sum80, s0_12);
            const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
            s1_12 = v_fma(div, sum81, s1_12);
            const v16 div1 = v_load(look + (l + 20)*16);
            s2_12 = v_fma(div1, sum80, s2_12);
            s3_12 = v_fma(div1, sum81, s3_12);
        }
        v_store(look4 + 96, s0_12);
        const v16 mul42 = v_mul(s0_12, s0_12);
        v_store(square + 96, mul42);
        const v16 add9 = v_add(s0_12, s0_12);
        v_store(add + 96, add9);
        v_store(look4 + 112, s1_12);
        const v16 mul43 = v_mul(s1_12, s1_12);
        v_store(square + 112, mul43);
        const v16 add10 = v_add(s1_12, s1_12);
        v_store(add + 112, add10);
        v_store(look4 + 128, s2_12);
        const v16 mul44 = v_mul(s2_12, s2_12);
        v_store(square + 128, mul44);
        const v16 add11 = v_add(s2_12, s2_12);
        v_store(add + 128, add11);
        v_store(look4 + 144, s3_12);
        const v16 mul45 = v_mul(s3_12, s3_12);
        v_store(square + 144, mul45);
        const v16 add12 = v_add(s3_12, s3_12);
        v_store(add + 144, add12);
        v16 s0_13 = v_splat(0.0f);
        v16 s1_13 = v_splat(0.0f);
        v16 s2_13 = v_splat(0.0f);
        v16 s3_13 = v_splat(0.0f);
        v16 s4_10 = v_splat(0.0f);
        s0_13 = v_add(s0_13, v_load(square));
        s1_13 = v_add(s1_13, v_load(square + 32));
        s2_13 = v_add(s2_13, v_load(square + 64));
        s3_13 = v_add(s3_13, v_load(square + 96));
        s4_10 = v_add(s4_10, v_load(square + 128));
        s0_13 = v_add(s0_13, v_load(square + 16));
        s1_13 = v_add(s1_13, v_load(square + 48));
        s2_13 = v_add(s2_13, v_load(square + 80));
        s3_13 = v_add(s3_13, v_load(square + 112));
        s4_10 = v_add(s4_10, v_load(square + 144));
        real row[80] ALIGNED;
        v_store(row, s0_13);
        v_store(row + 16, s1_13);
        v_store(row + 32, s2_13);
        v_store(row + 48, s3_13);
        v_store(row + 64, s4_10);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum80 = v_load(row + u*16);
            const v16 sqrt_ = v_sqrt(sum80);
            const v16 add13 = v_add(sqrt_, v_splat(1.0f));
            v_store(add1 + u*16, add13);
            const v16 add14 = v_add(sqrt_, sqrt_);
            v_store(add2 + u*16, add14);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 div = v_div(v_load(look4 + (i*2 + j)*16), v_load(add1 + i*16));
                const v16 div1 = v_div(v_load(a_dx + ((i*2 + j)*128 + c)), v_load(add1 + i*16));
                v_store(square + (i*2 + j)*16, div1);
                const v16 mul46 = v_mul(div, div1);
                const v16 neg12 = v_neg(mul46);
                v_store(neg1 + (i*2 + j)*16, neg12);
            }
        }
        v16 s0_14 = v_splat(0.0f);
        v16 s1_14 = v_splat(0.0f);
        v16 s2_14 = v_splat(0.0f);
        v16 s3_14 = v_splat(0.0f);
        v16 s4_11 = v_splat(0.0f);
        s0_14 = v_add(s0_14, v_load(neg1));
        s1_14 = v_add(s1_14, v_load(neg1 + 32));
        s2_14 = v_add(s2_14, v_load(neg1 + 64));
        s3_14 = v_add(s3_14, v_load(neg1 + 96));
        s4_11 = v_add(s4_11, v_load(neg1 + 128));
        s0_14 = v_add(s0_14, v_load(neg1 + 16));
        s1_14 = v_add(s1_14, v_load(neg1 + 48));
        s2_14 = v_add(s2_14, v_load(neg1 + 80));
        s3_14 = v_add(s3_14, v_load(neg1 + 112));
        s4_11 = v_add(s4_11, v_load(neg1 + 144));
        real row1[80] ALIGNED;
        v_store(row1, s0_14);
        v_store(row1 + 16, s1_14);
        v_store(row1 + 32, s2_14);
        v_store(row1 + 48, s3_14);
        v_store(row1 + 64, s4_11);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum80 = v_load(row1 + u*16);
            const v16 div = v_div(sum80, v_load(add2 + u*16));
            v_store(look4 + u*16, div);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 fma_ = v_fma(v_load(look4 + i*16), v_load(add + (i*2 + j)*16),
                    v_load(square + (i*2 + j)*16));
                v_store(neg1 + (i*2 + j)*16, fma_);
            }
        }
        /* look */
        v16 s0_15 = v_splat(0.0f);
        v16 s1_15 = v_splat(0.0f);
        v16 s2_15 = v_splat(0.0f);
        v16 s3_15 = v_splat(0.0f);
        v16 s4_12 = v_splat(0.0f);
        v16 s5_9 = v_splat(0.0f);
        v16 s6_5 = v_splat(0.0f);
        v16 s7_5 = v_splat(0.0f);
        v16 s8_3 = v_splat(0.0f);
        const v16 fma_ = v_load(neg1);
        const v16 sum80 = v_load(look_value);
        s0_15 = v_fma(fma_, sum80, s0_15);
        const v16 sum81 = v_load(look_value + 32);
        s1_15 = v_fma(fma_, sum81, s1_15);
        const v16 sum82 = v_load(look_value + 64);
        s2_15 = v_fma(fma_, sum82, s2_15);
        const v16 fma1 = v_load(neg1 + 32);
        s3_15 = v_fma(fma1, sum80, s3_15);
        s4_12 = v_fma(fma1, sum81, s4_12);
        s5_9 = v_fma(fma1, sum82, s5_9);
        const v16 fma2 = v_load(neg1 + 64);
        s6_5 = v_fma(fma2, sum80, s6_5);
        s7_5 = v_fma(fma2, sum81, s7_5);
        s8_3 = v_fma(fma2, sum82, s8_3);
        const v16 fma3 = v_load(neg1 + 16);
        const v16 sum83 = v_load(look_value + 16);
        s0_15 = v_fma(fma3, sum83, s0_15);
        const v16 sum84 = v_load(look_value + 48);
        s1_15 = v_fma(fma3, sum84, s1_15);
        const v16 sum85 = v_load(look_value + 80);
        s2_15 = v_fma(fma3, sum85, s2_15);
        const v16 fma4 = v_load(neg1 + 48);
        s3_15 = v_fma(fma4, sum83, s3_15);
        s4_12 = v_fma(fma4, sum84, s4_12);
        s5_9 = v_fma(fma4, sum85, s5_9);
        const v16 fma5 = v_load(neg1 + 80);
        s6_5 = v_fma(fma5, sum83, s6_5);
        s7_5 = v_fma(fma5, sum84, s7_5);
        s8_3 = v_fma(fma5, sum85, s8_3);
        const v16 div = v_div(s0_15, v_load(look1));
        v_store(look5, div);
        const v16 mul46 = v_mul(v_load(look), div);
        const v16 neg12 = v_neg(mul46);
        v_store(look6, neg12);
        const v16 div1 = v_div(s1_15, v_load(look1));
        v_store(look5 + 16, div1);
        const v16 mul47 = v_mul(v_load(look + 16), div1);
        const v16 neg13 = v_neg(mul47);
        v_store(look6 + 16, neg13);
        const v16 div2 = v_div(s2_15, v_load(look1));
        v_store(look5 + 32, div2);
        const v16 mul48 = v_mul(v_load(look + 32), div2);
        const v16 neg14 = v_neg(mul48);
        v_store(look6 + 32, neg14);
        const v16 div3 = v_div(s3_15, v_load(look1 + 16));
        v_store(look5 + 80, div3);
        const v16 mul49 = v_mul(v_load(look + 80), div3);
        const v16 neg15 = v_neg(mul49);
        v_store(look6 + 80, neg15);
        const v16 div4 = v_div(s4_12, v_load(look1 + 16));
        v_store(look5 + 96, div4);
        const v16 mul50 = v_mul(v_load(look + 96), div4);
        const v16 neg16 = v_neg(mul50);
        v_store(look6 + 96, neg16);
        const v16 div5 = v_div(s5_9, v_load(look1 + 16));
        v_store(look5 + 112, div5);
        const v16 mul51 = v_mul(v_load(look + 112), div5);
        const v16 neg17 = v_neg(mul51);
        v_store(look6 + 112, neg17);
        const v16 div6 = v_div(s6_5, v_load(look1 + 32));
        v_store(look5 + 160, div6);
        const v16 mul52 = v_mul(v_load(look + 160), div6);
        const v16 neg18 = v_neg(mul52);
        v_store(look6 + 160, neg18);
        const v16 div7 = v_div(s7_5, v_load(look1 + 32));
        v_store(look5 + 176, div7);
        const v16 mul53 = v_mul(v_load(look + 176), div7);
        const v16 neg19 = v_neg(mul53);
        v_store(look6 + 176, neg19);
        const v16 div8 = v_div(s8_3, v_load(look1 + 32));
        v_store(look5 + 192, div8);
        const v16 mul54 = v_mul(v_load(look + 192), div8);
        const v16 neg20 = v_neg(mul54);
        v_store(look6 + 192, neg20);
        v16 s0_16 = v_splat(0.0f);
        v16 s1_16 = v_splat(0.0f);
        v16 s2_16 = v_splat(0.0f);
        v16 s3_16 = v_splat(0.0f);
        v16 s4_13 = v_splat(0.0f);
        v16 s5_10 = v_splat(0.0f);
        const v16 fma6 = v_load(neg1);
        const v16 sum86 = v_load(look_value + 96);
        s0_16 = v_fma(fma6, sum86, s0_16);
        const v16 sum87 = v_load(look_value + 128);
        s1_16 = v_fma(fma6, sum87, s1_16);
        const v16 fma7 = v_load(neg1 + 32);
        s2_16 = v_fma(fma7, sum86, s2_16);
        s3_16 = v_fma(fma7, sum87, s3_16);
        const v16 fma8 = v_load(neg1 + 64);
        s4_13 = v_fma(fma8, sum86, s4_13);
        s5_10 = v_fma(fma8, sum87, s5_10);
        const v16 fma9 = v_load(neg1 + 16);
        const v16 sum88 = v_load(look_value + 112);
        s0_16 = v_fma(fma9, sum88, s0_16);
        const v16 sum89 = v_load(look_value + 144);
        s1_16 = v_fma(fma9, sum89, s1_16);
        const v16 fma10 = v_load(neg1 + 48);
        s2_16 = v_fma(fma10, sum88, s2_16);
        s3_16 = v_fma(fma10, sum89, s3_16);
        const v16 fma11 = v_load(neg1 + 80);
        s4_13 = v_fma(fma11, sum88, s4_13);
        s5_10 = v_fma(fma11, sum89, s5_10);
        const v16 div9 = v_div(s0_16, v_load(look1));
        v_store(look5 + 48, div9);
        const v16 mul55 = v_mul(v_load(look + 48), div9);
        const v16 neg21 = v_neg(mul55);
        v_store(look6 + 48, neg21);
        const v16 div10 = v_div(s1_16, v_load(look1));
        v_store(look5 + 64, div10);
        const v16 mul56 = v_mul(v_load(look + 64), div10);
        const v16 neg22 = v_neg(mul56);
        v_store(look6 + 64, neg22);
        const v16 div11 = v_div(s2_16, v_load(look1 + 16));
        v_store(look5 + 128, div11);
        const v16 mul57 = v_mul(v_load(look + 128), div11);
        const v16 neg23 = v_neg(mul57);
        v_store(look6 + 128, neg23);
        const v16 div12 = v_div(s3_16, v_load(look1 + 16));
        v_store(look5 + 144, div12);
        const v16 mul58 = v_mul(v_load(look + 144), div12);
        const v16 neg24 = v_neg(mul58);
        v_store(look6 + 144, neg24);
        const v16 div13 = v_div(s4_13, v_load(look1 + 32));
        v_store(look5 + 208, div13);
        const v16 mul59 = v_mul(v_load(look + 208), div13);
        const v16 neg25 = v_neg(mul59);
        v_store(look6 + 208, neg25);
        const v16 div14 = v_div(s5_10, v_load(look1 + 32));
        v_store(look5 + 224, div14);
        const v16 mul60 = v_mul(v_load(look + 224), div14);
        const v16 neg26 = v_neg(mul60);
        v_store(look6 + 224, neg26);
        v16 s0_17 = v_splat(0.0f);
        v16 s1_17 = v_splat(0.0f);
        v16 s2_17 = v_splat(0.0f);
        v16 s3_17 = v_splat(0.0f);
        v16 s4_14 = v_splat(0.0f);
        v16 s5_11 = v_splat(0.0f);
        const v16 fma12 = v_load(neg1 + 96);
        const v16 sum90 = v_load(look_value);
        s0_17 = v_fma(fma12, sum90, s0_17);
        const v16 sum91 = v_load(look_value + 32);
        s1_17 = v_fma(fma12, sum91, s1_17);
        const v16 sum92 = v_load(look_value + 64);
        s2_17 = v_fma(fma12, sum92, s2_17);
        const v16 fma13 = v_load(neg1 + 128);
        s3_17 = v_fma(fma13, sum90, s3_17);
        s4_14 = v_fma(fma13, sum91, s4_14);
        s5_11 = v_fma(fma13, sum92, s5_11);
        const v16 fma14 = v_load(neg1 + 112);
        const v16 sum93 = v_load(look_value + 16);
        s0_17 = v_fma(fma14, sum93, s0_17);
        const v16 sum94 = v_load(look_value + 48);
        s1_17 = v_fma(fma14, sum94, s1_17);
        const v16 sum95 = v_load(look_value + 80);
        s2_17 = v_fma(fma14, sum95, s2_17);
        const v16 fma15 = v_load(neg1 + 144);
        s3_17 = v_fma(fma15, sum93, s3_17);
        s4_14 = v_fma(fma15, sum94, s4_14);
        s5_11 = v_fma(fma15, sum95, s5_11);
        const v16 div15 = v_div(s0_17, v_load(look1 + 48));
        v_store(look5 + 240, div15);
        const v16 mul61 = v_mul(v_load(look + 240), div15);
        const v16 neg27 = v_neg(mul61);
        v_store(look6 + 240, neg27);
        const v16 div16 = v_div(s1_17, v_load(look1 + 48));
        v_store(look5 + 256, div16);
        const v16 mul62 = v_mul(v_load(look + 256), div16);
        const v16 neg28 = v_neg(mul62);
        v_store(look6 + 256, neg28);
        const v16 div17 = v_div(s2_17, v_load(look1 + 48));
        v_store(look5 + 272, div17);
        const v16 mul63 = v_mul(v_load(look + 272), div17);
        const v16 neg29 = v_neg(mul63);
        v_store(look6 + 272, neg29);
        const v16 div18 = v_div(s3_17, v_load(look1 + 64));
        v_store(look5 + 320, div18);
        const v16 mul64 = v_mul(v_load(look + 320), div18);
        const v16 neg30 = v_neg(mul64);
        v_store(look6 + 320, neg30);
        const v16 div19 = v_div(s4_14, v_load(look1 + 64));
        v_store(look5 + 336, div19);
        const v16 mul65 = v_mul(v_load(look + 336), div19);
        const v16 neg31 = v_neg(mul65);
        v_store(look6 + 336, neg31);
        const v16 div20 = v_div(s5_11, v_load(look1 + 64));
        v_store(look5 + 352, div20);
        const v16 mul66 = v_mul(v_load(look + 352), div20);
        const v16 neg32 = v_neg(mul66);
        v_store(look6 + 352, neg32);
        v16 s0_18 = v_splat(0.0f);
        v16 s1_18 = v_splat(0.0f);
        v16 s2_18 = v_splat(0.0f);
        v16 s3_18 = v_splat(0.0f);
        const v16 fma16 = v_load(neg1 + 96);
        const v16 sum96 = v_load(look_value + 96);
        s0_18 = v_fma(fma16, sum96, s0_18);
        const v16 sum97 = v_load(look_value + 128);
        s1_18 = v_fma(fma16, sum97, s1_18);
        const v16 fma17 = v_load(neg1 + 128);
        s2_18 = v_fma(fma17, sum96, s2_18);
        s3_18 = v_fma(fma17, sum97, s3_18);
        const v16 fma18 = v_load(neg1 + 112);
        const v16 sum98 = v_load(look_value + 112);
        s0_18 = v_fma(fma18, sum98, s0_18);
        const v16 sum99 = v_load(look_value + 144);
        s1_18 = v_fma(fma18, sum99, s1_18);
        const v16 fma19 = v_load(neg1 + 144);
        s2_18 = v_fma(fma19, sum98, s2_18);
        s3_18 = v_fma(fma19, sum99, s3_18);
        const v16 div21 = v_div(s0_18, v_load(look1 + 48));
        v_store(look5 + 288, div21);
        const v16 mul67 = v_mul(v_load(look + 288), div21);
        const v16 neg33 = v_neg(mul67);
        v_store(look6 + 288, neg33);
        const v16 div22 = v_div(s1_18, v_load(look1 + 48));
        v_store(look5 + 304, div22);
        const v16 mul68 = v_mul(v_load(look + 304), div22);
        const v16 neg34 = v_neg(mul68);
        v_store(look6 + 304, neg34);
        const v16 div23 = v_div(s2_18, v_load(look1 + 64));
        v_store(look5 + 368, div23);
        const v16 mul69 = v_mul(v_load(look + 368), div23);
        const v16 neg35 = v_neg(mul69);
        v_store(look6 + 368, neg35);
        const v16 div24 = v_div(s3_18, v_load(look1 + 64));
        v_store(look5 + 384, div24);
        const v16 mul70 = v_mul(v_load(look + 384), div24);
        const v16 neg36 = v_neg(mul70);
        v_store(look6 + 384, neg36);
        /* look */
        v16 s0_19 = v_splat(0.0f);
        v16 s1_19 = v_splat(0.0f);
        v16 s2_19 = v_splat(0.0f);
        v16 s3_19 = v_splat(0.0f);
        v16 s4_15 = v_splat(0.0f);
        v16 s5_12 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div25 = v_load(look + l*80);
            const v16 fma20 = v_load(neg1 + l*32);
            s0_19 = v_fma(div25, fma20, s0_19);
            const v16 fma21 = v_load(neg1 + (l*2 + 1)*16);
            s1_19 = v_fma(div25, fma21, s1_19);
            const v16 div26 = v_load(look + (l*5 + 1)*16);
            s2_19 = v_fma(div26, fma20, s2_19);
            s3_19 = v_fma(div26, fma21, s3_19);
            const v16 div27 = v_load(look + (l*5 + 2)*16);
            s4_15 = v_fma(div27, fma20, s4_15);
            s5_12 = v_fma(div27, fma21, s5_12);
        }
        v_store(look7 + c, s0_19);
        v_store(look7 + (c + 128), s1_19);
        v_store(look7 + (c + 256), s2_19);
        v_store(look7 + (c + 384), s3_19);
        v_store(look7 + (c + 512), s4_15);
        v_store(look7 + (c + 640), s5_12);
        v16 s0_20 = v_splat(0.0f);
        v16 s1_20 = v_splat(0.0f);
        v16 s2_20 = v_splat(0.0f);
        v16 s3_20 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 div25 = v_load(look + (l*5 + 3)*16);
            const v16 fma20 = v_load(neg1 + l*32);
            s0_20 = v_fma(div25, fma20, s0_20);
            const v16 fma21 = v_load(neg1 + (l*2 + 1)*16);
            s1_20 = v_fma(div25, fma21, s1_20);
            const v16 div26 = v_load(look + (l*5 + 4)*16);
            s2_20 = v_fma(div26, fma20, s2_20);
            s3_20 = v_fma(div26, fma21, s3_20);
        }
        v_store(look7 + (c + 768), s0_20);
        v_store(look7 + (c + 896), s1_20);
        v_store(look7 + (c + 1024), s2_20);
        v_store(look7 + (c + 1152), s3_20);
        /* look */
        v16 s0_21 = v_splat(0.0f);
        v16 s1_21 = v_splat(0.0f);
        v16 s2_21 = v_splat(0.0f);
        v16 s3_21 = v_splat(0.0f);
        v16 s4_16 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_21 = v_add(s0_21, v_load(look6 + k*16));
            s1_21 = v_add(s1_21, v_load(look6 + (k + 5)*16));
            s2_21 = v_add(s2_21, v_load(look6 + (k + 10)*16));
            s3_21 = v_add(s3_21, v_load(look6 + (k + 15)*16));
            s4_16 = v_add(s4_16, v_load(look6 + (k + 20)*16));
        }
        v_store(look_value, s0_21);
        v_store(look_value + 16, s1_21);
        v_store(look_value + 32, s2_21);
        v_store(look_value + 48, s3_21);
        v_store(look_value + 64, s4_16);
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 add13 = v_add(v_load(look5 + (i*5 + j)*16), v_load(look_value + i*16));
                const v16 mul71 = v_mul(v_load(look2 + (i*5 + j)*16), add13);
                v_store(look + (i*5 + j)*16, mul71);
                const v16 neg37 = v_neg(mul71);
                v_store(look6 + (i*5 + j)*16, neg37);
            }
        }
        /* look */
        v16 s0_22 = v_splat(0.0f);
        v16 s1_22 = v_splat(0.0f);
        v16 s2_22 = v_splat(0.0f);
        v16 s3_22 = v_splat(0.0f);
        v16 s4_17 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_22 = v_add(s0_22, v_load(look6 + k*16));
            s1_22 = v_add(s1_22, v_load(look6 + (k + 5)*16));
            s2_22 = v_add(s2_22, v_load(look6 + (k + 10)*16));
            s3_22 = v_add(s3_22, v_load(look6 + (k + 15)*16));
            s4_17 = v_add(s4_17, v_load(look6 + (k + 20)*16));
        }
        v_store(look_value, s0_22);
        v_store(look_value + 16, s1_22);
        v_store(look_value + 32, s2_22);
        v_store(look_value + 48, s3_22);
        v_store(look_value + 64, s4_17);
        /* look */
        v16 s0_23 = v_splat(0.0f);
        v16 s1_23 = v_splat(0.0f);
        v16 s2_23 = v_splat(0.0f);
        v16 s3_23 = v_splat(0.0f);
        v16 s4_18 = v_splat(0.0f);
        ROLL for (ptrdiff_t k = 0; k < 5; k++) {
            s0_23 = v_add(s0_23, v_load(look3 + k*16));
            s1_23 = v_add(s1_23, v_load(look3 + (k + 5)*16));
            s2_23 = v_add(s2_23, v_load(look3 + (k + 10)*16));
            s3_23 = v_add(s3_23, v_load(look3 + (k + 15)*16));
            s4_18 = v_add(s4_18, v_load(look3 + (k + 20)*16));
        }
        real row2[80] ALIGNED;
        v_store(row2, s0_23);
        v_store(row2 + 16, s1_23);
        v_store(row2 + 32, s2_23);
        v_store(row2 + 48, s3_23);
        v_store(row2 + 64, s4_18);
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const v16 sum100 = v_load(row2 + u*16);
            const v16 div25 = v_div(v_load(look_value + u*16), sum100);
            v_store(look1 + u*16, div25);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                const v16 fma20 = v_fma(v_load(look3 + (i*5 + j)*16), v_load(look1 + i*16),
                    v_load(look + (i*5 + j)*16));
                const v16 mul71 = v_mul(v_splat(0.5f), fma20);
                v_store(look2 + (i*5 + j)*16, mul71);
            }
        }
        /* look */
        v16 s0_24 = v_splat(0.0f);
        v16 s1_24 = v_splat(0.0f);
        v16 s2_24 = v_splat(0.0f);
        v16 s3_24 = v_splat(0.0f);
        v16 s4_19 = v_splat(0.0f);
        v16 s5_13 = v_splat(0.0f);
        v16 s6_6 = v_splat(0.0f);
        v16 s7_6 = v_splat(0.0f);
        v16 s8_4 = v_splat(0.0f);
        v16 s9_2 = v_splat(0.0f);
        v16 s10_2 = v_splat(0.0f);
        v16 s11_2 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 mul71 = v_load(look2 + l*80);
            const v16 sum100 = v_load(look_query + l*64);
            s0_24 = v_fma(mul71, sum100, s0_24);
            const v16 sum101 = v_load(look_query + (l*4 + 1)*16);
            s1_24 = v_fma(mul71, sum101, s1_24);
            const v16 sum102 = v_load(look_query + (l*4 + 2)*16);
            s2_24 = v_fma(mul71, sum102, s2_24);
            const v16 sum103 = v_load(look_query + (l*4 + 3)*16);
            s3_24 = v_fma(mul71, sum103, s3_24);
            const v16 mul72 = v_load(look2 + (l*5 + 1)*16);
            s4_19 = v_fma(mul72, sum100, s4_19);
            s5_13 = v_fma(mul72, sum101, s5_13);
            s6_6 = v_fma(mul72, sum102, s6_6);
            s7_6 = v_fma(mul72, sum103, s7_6);
            const v16 mul73 = v_load(look2 + (l*5 + 2)*16);
            s8_4 = v_fma(mul73, sum100, s8_4);
            s9_2 = v_fma(mul73, sum101, s9_2);
            s10_2 = v_fma(mul73, sum102, s10_2);
            s11_2 = v_fma(mul73, sum103, s11_2);
        }
        v_store(look8 + c, s0_24);
        v_store(look8 + (c + 128), s1_24);
        v_store(look8 + (c + 256), s2_24);
        v_store(look8 + (c + 384), s3_24);
        v_store(look8 + (c + 512), s4_19);
        v_store(look8 + (c + 640), s5_13);
        v_store(look8 + (c + 768), s6_6);
        v_store(look8 + (c + 896), s7_6);
        v_store(look8 + (c + 1024), s8_4);
        v_store(look8 + (c + 1152), s9_2);
        v_store(look8 + (c + 1280), s10_2);
        v_store(look8 + (c + 1408), s11_2);
        v16 s0_25 = v_splat(0.0f);
        v16 s1_25 = v_splat(0.0f);
        v16 s2_25 = v_splat(0.0f);
        v16 s3_25 = v_splat(0.0f);
        v16 s4_20 = v_splat(0.0f);
        v16 s5_14 = v_splat(0.0f);
        v16 s6_7 = v_splat(0.0f);
        v16 s7_7 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 mul71 = v_load(look2 + (l*5 + 3)*16);
            const v16 sum100 = v_load(look_query + l*64);
            s0_25 = v_fma(mul71, sum100, s0_25);
            const v16 sum101 = v_load(look_query + (l*4 + 1)*16);
            s1_25 = v_fma(mul71, sum101, s1_25);
            const v16 sum102 = v_load(look_query + (l*4 + 2)*16);
            s2_25 = v_fma(mul71, sum102, s2_25);
            const v16 sum103 = v_load(look_query + (l*4 + 3)*16);
            s3_25 = v_fma(mul71, sum103, s3_25);
            const v16 mul72 = v_load(look2 + (l*5 + 4)*16);
            s4_20 = v_fma(mul72, sum100, s4_20);
            s5_14 = v_fma(mul72, sum101, s5_14);
            s6_7 = v_fma(mul72, sum102, s6_7);
            s7_7 = v_fma(mul72, sum103, s7_7);
        }
        v_store(look8 + (c + 1536), s0_25);
        v_store(look8 + (c + 1664), s1_25);
        v_store(look8 + (c + 1792), s2_25);
        v_store(look8 + (c + 1920), s3_25);
        v_store(look8 + (c + 2048), s4_20);
        v_store(look8 + (c + 2176), s5_14);
        v_store(look8 + (c + 2304), s6_7);
        v_store(look8 + (c + 2432), s7_7);
        /* look */
        v16 s0_26 = v_splat(0.0f);
        v16 s1_26 = v_splat(0.0f);
        v16 s2_26 = v_splat(0.0f);
        v16 s3_26 = v_splat(0.0f);
        v16 s4_21 = v_splat(0.0f);
        v16 s5_15 = v_splat(0.0f);
        v16 s6_8 = v_splat(0.0f);
        v16 s7_8 = v_splat(0.0f);
        v16 s8_5 = v_splat(0.0f);
        v16 s9_3 = v_splat(0.0f);
        v16 s10_3 = v_splat(0.0f);
        v16 s11_3 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 sum100 = v_load(look_key + l*64);
            const v16 mul71 = v_load(look2 + l*16);
            s0_26 = v_fma(sum100, mul71, s0_26);
            const v16 sum101 = v_load(look_key + (l*4 + 1)*16);
            s1_26 = v_fma(sum101, mul71, s1_26);
            const v16 sum102 = v_load(look_key + (l*4 + 2)*16);
            s2_26 = v_fma(sum102, mul71, s2_26);
            const v16 sum103 = v_load(look_key + (l*4 + 3)*16);
            s3_26 = v_fma(sum103, mul71, s3_26);
            const v16 mul72 = v_load(look2 + (l + 5)*16);
            s4_21 = v_fma(sum100, mul72, s4_21);
            s5_15 = v_fma(sum101, mul72, s5_15);
            s6_8 = v_fma(sum102, mul72, s6_8);
            s7_8 = v_fma(sum103, mul72, s7_8);
            const v16 mul73 = v_load(look2 + (l + 10)*16);
            s8_5 = v_fma(sum100, mul73, s8_5);
            s9_3 = v_fma(sum101, mul73, s9_3);
            s10_3 = v_fma(sum102, mul73, s10_3);
            s11_3 = v_fma(sum103, mul73, s11_3);
        }
        v_store(look9 + c, s0_26);
        v_store(look9 + (c + 128), s1_26);
        v_store(look9 + (c + 256), s2_26);
        v_store(look9 + (c + 384), s3_26);
        v_store(look9 + (c + 512), s4_21);
        v_store(look9 + (c + 640), s5_15);
        v_store(look9 + (c + 768), s6_8);
        v_store(look9 + (c + 896), s7_8);
        v_store(look9 + (c + 1024), s8_5);
        v_store(look9 + (c + 1152), s9_3);
        v_store(look9 + (c + 1280), s10_3);
        v_store(look9 + (c + 1408), s11_3);
        v16 s0_27 = v_splat(0.0f);
        v16 s1_27 = v_splat(0.0f);
        v16 s2_27 = v_splat(0.0f);
        v16 s3_27 = v_splat(0.0f);
        v16 s4_22 = v_splat(0.0f);
        v16 s5_16 = v_splat(0.0f);
        v16 s6_9 = v_splat(0.0f);
        v16 s7_9 = v_splat(0.0f);
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 sum100 = v_load(look_key + l*64);
            const v16 mul71 = v_load(look2 + (l + 15)*16);
            s0_27 = v_fma(sum100, mul71, s0_27);
            const v16 sum101 = v_load(look_key + (l*4 + 1)*16);
            s1_27 = v_fma(sum101, mul71, s1_27);
            const v16 sum102 = v_load(look_key + (l*4 + 2)*16);
            s2_27 = v_fma(sum102, mul71, s2_27);
            const v16 sum103 = v_load(look_key + (l*4 + 3)*16);
            s3_27 = v_fma(sum103, mul71, s3_27);
            const v16 mul72 = v_load(look2 + (l + 20)*16);
            s4_22 = v_fma(sum100, mul72, s4_22);
            s5_16 = v_fma(sum101, mul72, s5_16);
            s6_9 = v_fma(sum102, mul72, s6_9);
            s7_9 = v_fma(sum103, mul72, s7_9);
        }
        v_store(look9 + (c + 1536), s0_27);
        v_store(look9 + (c + 1664), s1_27);
        v_store(look9 + (c + 1792), s2_27);
        v_store(look9 + (c + 1920), s3_27);
        v_store(look9 + (c + 2048), s4_22);
        v_store(look9 + (c + 2176), s5_16);
        v_store(look9 + (c + 2304), s6_9);
        v_store(look9 + (c + 2432), s7_9);
        /* look.value */
        v16 s0_28 = v_splat(0.0f);
        v16 s1_28 = v_splat(0.0f);
        v16 s2_28 = v_splat(0.0f);
        v16 s3_28 = v_splat(0.0f);
        v16 s4_23 = v_splat(0.0f);
        v16 s5_17 = v_splat(0.0f);
        const real look_value_weight8 = theta[16];
        const v16 sum100 = v_load(look7 + c);
        s0_28 = v_fma(v_splat(look_value_weight8), sum100, s0_28);
        const v16 sum101 = v_load(look7 + (c + 256));
        s1_28 = v_fma(v_splat(look_value_weight8), sum101, s1_28);
        const v16 sum102 = v_load(look7 + (c + 512));
        s2_28 = v_fma(v_splat(look_value_weight8), sum102, s2_28);
        const real look_value_weight9 = theta[17];
        s3_28 = v_fma(v_splat(look_value_weight9), sum100, s3_28);
        s4_23 = v_fma(v_splat(look_value_weight9), sum101, s4_23);
        s5_17 = v_fma(v_splat(look_value_weight9), sum102, s5_17);
        const real look_value_weight10 = theta[18];
        const v16 sum103 = v_load(look7 + (c + 128));
        s0_28 = v_fma(v_splat(look_value_weight10), sum103, s0_28);
        const v16 sum104 = v_load(look7 + (c + 384));
        s1_28 = v_fma(v_splat(look_value_weight10), sum104, s1_28);
        const v16 sum105 = v_load(look7 + (c + 640));
        s2_28 = v_fma(v_splat(look_value_weight10), sum105, s2_28);
        const real look_value_weight11 = theta[19];
        s3_28 = v_fma(v_splat(look_value_weight11), sum103, s3_28);
        s4_23 = v_fma(v_splat(look_value_weight11), sum104, s4_23);
        s5_17 = v_fma(v_splat(look_value_weight11), sum105, s5_17);
        const v16 fma20 = v_fma(v_splat(theta[20]), v_load(neg), s0_28);
        v_store(look_query, fma20);
        const v16 fma21 = v_fma(v_splat(theta[20]), v_load(neg + 32), s1_28);
        v_store(look_query + 32, fma21);
        const v16 fma22 = v_fma(v_splat(theta[20]), v_load(neg + 64), s2_28);
        v_store(look_query + 64, fma22);
        const v16 fma23 = v_fma(v_splat(theta[20]), v_load(neg + 16), s3_28);
        v_store(look_query + 16, fma23);
        const v16 fma24 = v_fma(v_splat(theta[20]), v_load(neg + 48), s4_23);
        v_store(look_query + 48, fma24);
        const v16 fma25 = v_fma(v_splat(theta[20]), v_load(neg + 80), s5_17);
        v_store(look_query + 80, fma25);
        v16 s0_29 = v_splat(0.0f);
        v16 s1_29 = v_splat(0.0f);
        v16 s2_29 = v_splat(0.0f);
        v16 s3_29 = v_splat(0.0f);
        const real look_value_weight12 = theta[16];
        const v16 sum106 = v_load(look7 + (c + 768));
        s0_29 = v_fma(v_splat(look_value_weight12), sum106, s0_29);
        const v16 sum107 = v_load(look7 + (c + 1024));
        s1_29 = v_fma(v_splat(look_value_weight12), sum107, s1_29);
        const real look_value_weight13 = theta[17];
        s2_29 = v_fma(v_splat(look_value_weight13), sum106, s2_29);
        s3_29 = v_fma(v_splat(look_value_weight13), sum107, s3_29);
        const real look_value_weight14 = theta[18];
        const v16 sum108 = v_load(look7 + (c + 896));
        s0_29 = v_fma(v_splat(look_value_weight14), sum108, s0_29);
        const v16 sum109 = v_load(look7 + (c + 1152));
        s1_29 = v_fma(v_splat(look_value_weight14), sum109, s1_29);
        const real look_value_weight15 = theta[19];
        s2_29 = v_fma(v_splat(look_value_weight15), sum108, s2_29);
        s3_29 = v_fma(v_splat(look_value_weight15), sum109, s3_29);
        const v16 fma26 = v_fma(v_splat(theta[20]), v_load(neg + 96), s0_29);
        v_store(look_query + 96, fma26);
        const v16 fma27 = v_fma(v_splat(theta[20]), v_load(neg + 128), s1_29);
        v_store(look_query + 128, fma27);
        const v16 fma28 = v_fma(v_splat(theta[20]), v_load(neg + 112), s2_29);
        v_store(look_query + 112, fma28);
        const v16 fma29 = v_fma(v_splat(theta[20]), v_load(neg + 144), s3_29);
        v_store(look_query + 144, fma29);
        /* look.key */
        v16 s0_30 = v_load(look_query);
        v16 s1_30 = v_load(look_query + 32);
        v16 s2_30 = v_load(look_query + 64);
        v16 s3_30 = v_load(look_query + 16);
        v16 s4_24 = v_load(look_query + 48);
        v16 s5_18 = v_load(look_query + 80);
        const real look_key_weight16 = theta[8];
        const v16 sum110 = v_load(look8 + c);
        s0_30 = v_fma(v_splat(look_key_weight16), sum110, s0_30);
        const v16 sum111 = v_load(look8 + (c + 512));
        s1_30 = v_fma(v_splat(look_key_weight16), sum111, s1_30);
        const v16 sum112 = v_load(look8 + (c + 1024));
        s2_30 = v_fma(v_splat(look_key_weight16), sum112, s2_30);
        const real look_key_weight17 = theta[9];
        s3_30 = v_fma(v_splat(look_key_weight17), sum110, s3_30);
        s4_24 = v_fma(v_splat(look_key_weight17), sum111, s4_24);
        s5_18 = v_fma(v_splat(look_key_weight17), sum112, s5_18);
        const real look_key_weight18 = theta[10];
        const v16 sum113 = v_load(look8 + (c + 128));
        s0_30 = v_fma(v_splat(look_key_weight18), sum113, s0_30);
        const v16 sum114 = v_load(look8 + (c + 640));
        s1_30 = v_fma(v_splat(look_key_weight18), sum114, s1_30);
        const v16 sum115 = v_load(look8 + (c + 1152));
        s2_30 = v_fma(v_splat(look_key_weight18), sum115, s2_30);
        const real look_key_weight19 = theta[11];
        s3_30 = v_fma(v_splat(look_key_weight19), sum113, s3_30);
        s4_24 = v_fma(v_splat(look_key_weight19), sum114, s4_24);
        s5_18 = v_fma(v_splat(look_key_weight19), sum115, s5_18);
        const real look_key_weight20 = theta[12];
        const v16 sum116 = v_load(look8 + (c + 256));
        s0_30 = v_fma(v_splat(look_key_weight20), sum116, s0_30);
        const v16 sum117 = v_load(look8 + (c + 768));
        s1_30 = v_fma(v_splat(look_key_weight20), sum117, s1_30);
        const v16 sum118 = v_load(look8 + (c + 1280));
        s2_30 = v_fma(v_splat(look_key_weight20), sum118, s2_30);
        const real look_key_weight21 = theta[13];
        s3_30 = v_fma(v_splat(look_key_weight21), sum116, s3_30);
        s4_24 = v_fma(v_splat(look_key_weight21), sum117, s4_24);
        s5_18 = v_fma(v_splat(look_key_weight21), sum118, s5_18);
        const real look_key_weight22 = theta[14];
        const v16 sum119 = v_load(look8 + (c + 384));
        s0_30 = v_fma(v_splat(look_key_weight22), sum119, s0_30);
        const v16 sum120 = v_load(look8 + (c + 896));
        s1_30 = v_fma(v_splat(look_key_weight22), sum120, s1_30);
        const v16 sum121 = v_load(look8 + (c + 1408));
        s2_30 = v_fma(v_splat(look_key_weight22), sum121, s2_30);
        const real look_key_weight23 = theta[15];
        s3_30 = v_fma(v_splat(look_key_weight23), sum119, s3_30);
        s4_24 = v_fma(v_splat(look_key_weight23), sum120, s4_24);
        s5_18 = v_fma(v_splat(look_key_weight23), sum121, s5_18);
        v_store(look_key, s0_30);
        v_store(look_key + 32, s1_30);
        v_store(look_key + 64, s2_30);
        v_store(look_key + 16, s3_30);
        v_store(look_key + 48, s4_24);
        v_store(look_key + 80, s5_18);
        v16 s0_31 = v_load(look_query + 96);
        v16 s1_31 = v_load(look_query + 128);
        v16 s2_31 = v_load(look_query + 112);
        v16 s3_31 = v_load(look_query + 144);
        const real look_key_weight24 = theta[8];
        const v16 sum122 = v_load(look8 + (c + 1536));
        s0_31 = v_fma(v_splat(look_key_weight24), sum122, s0_31);
        const v16 sum123 = v_load(look8 + (c + 2048));
        s1_31 = v_fma(v_splat(look_key_weight24), sum123, s1_31);
        const real look_key_weight25 = theta[9];
        s2_31 = v_fma(v_splat(look_key_weight25), sum122, s2_31);
        s3_31 = v_fma(v_splat(look_key_weight25), sum123, s3_31);
        const real look_key_weight26 = theta[10];
        const v16 sum124 = v_load(look8 + (c + 1664));
        s0_31 = v_fma(v_splat(look_key_weight26), sum124, s0_31);
        const v16 sum125 = v_load(look8 + (c + 2176));
        s1_31 = v_fma(v_splat(look_key_weight26), sum125, s1_31);
        const real look_key_weight27 = theta[11];
        s2_31 = v_fma(v_splat(look_key_weight27), sum124, s2_31);
        s3_31 = v_fma(v_splat(look_key_weight27), sum125, s3_31);
        const real look_key_weight28 = theta[12];
        const v16 sum126 = v_load(look8 + (c + 1792));
        s0_31 = v_fma(v_splat(look_key_weight28), sum126, s0_31);
        const v16 sum127 = v_load(look8 + (c + 2304));
        s1_31 = v_fma(v_splat(look_key_weight28), sum127, s1_31);
        const real look_key_weight29 = theta[13];
        s2_31 = v_fma(v_splat(look_key_weight29), sum126, s2_31);
        s3_31 = v_fma(v_splat(look_key_weight29), sum127, s3_31);
        const real look_key_weight30 = theta[14];
        const v16 sum128 = v_load(look8 + (c + 1920));
        s0_31 = v_fma(v_splat(look_key_weight30), sum128, s0_31);
        const v16 sum129 = v_load(look8 + (c + 2432));
        s1_31 = v_fma(v_splat(look_key_weight30), sum129, s1_31);
        const real look_key_weight31 = theta[15];
        s2_31 = v_fma(v_splat(look_key_weight31), sum128, s2_31);
        s3_31 = v_fma(v_splat(look_key_weight31), sum129, s3_31);
        v_store(look_key + 96, s0_31);
        v_store(look_key + 128, s1_31);
        v_store(look_key + 112, s2_31);
        v_store(look_key + 144, s3_31);
        /* look.query */
        v16 s0_32 = v_load(look_key);
        v16 s1_32 = v_load(look_key + 32);
        v16 s2_32 = v_load(look_key + 64);
        v16 s3_32 = v_load(look_key + 16);
        v16 s4_25 = v_load(look_key + 48);
        v16 s5_19 = v_load(look_key + 80);
        const real look_query_weight16 = theta[0];
        const v16 sum130 = v_load(look9 + c);
        s0_32 = v_fma(v_splat(look_query_weight16), sum130, s0_32);
        const v16 sum131 = v_load(look9 + (c + 512));
        s1_32 = v_fma(v_splat(look_query_weight16), sum131, s1_32);
        const v16 sum132 = v_load(look9 + (c + 1024));
        s2_32 = v_fma(v_splat(look_query_weight16), sum132, s2_32);
        const real look_query_weight17 = theta[1];
        s3_32 = v_fma(v_splat(look_query_weight17), sum130, s3_32);
        s4_25 = v_fma(v_splat(look_query_weight17), sum131, s4_25);
        s5_19 = v_fma(v_splat(look_query_weight17), sum132, s5_19);
        const real look_query_weight18 = theta[2];
        const v16 sum133 = v_load(look9 + (c + 128));
        s0_32 = v_fma(v_splat(look_query_weight18), sum133, s0_32);
        const v16 sum134 = v_load(look9 + (c + 640));
        s1_32 = v_fma(v_splat(look_query_weight18), sum134, s1_32);
        const v16 sum135 = v_load(look9 + (c + 1152));
        s2_32 = v_fma(v_splat(look_query_weight18), sum135, s2_32);
        const real look_query_weight19 = theta[3];
        s3_32 = v_fma(v_splat(look_query_weight19), sum133, s3_32);
        s4_25 = v_fma(v_splat(look_query_weight19), sum134, s4_25);
        s5_19 = v_fma(v_splat(look_query_weight19), sum135, s5_19);
        const real look_query_weight20 = theta[4];
        const v16 sum136 = v_load(look9 + (c + 256));
        s0_32 = v_fma(v_splat(look_query_weight20), sum136, s0_32);
        const v16 sum137 = v_load(look9 + (c + 768));
        s1_32 = v_fma(v_splat(look_query_weight20), sum137, s1_32);
        const v16 sum138 = v_load(look9 + (c + 1280));
        s2_32 = v_fma(v_splat(look_query_weight20), sum138, s2_32);
        const real look_query_weight21 = theta[5];
        s3_32 = v_fma(v_splat(look_query_weight21), sum136, s3_32);
        s4_25 = v_fma(v_splat(look_query_weight21), sum137, s4_25);
        s5_19 = v_fma(v_splat(look_query_weight21), sum138, s5_19);
        const real look_query_weight22 = theta[6];
        const v16 sum139 = v_load(look9 + (c + 384));
        s0_32 = v_fma(v_splat(look_query_weight22), sum139, s0_32);
        const v16 sum140 = v_load(look9 + (c + 896));
        s1_32 = v_fma(v_splat(look_query_weight22), sum140, s1_32);
        const v16 sum141 = v_load(look9 + (c + 1408));
        s2_32 = v_fma(v_splat(look_query_weight22), sum141, s2_32);
        const real look_query_weight23 = theta[7];
        s3_32 = v_fma(v_splat(look_query_weight23), sum139, s3_32);
        s4_25 = v_fma(v_splat(look_query_weight23), sum140, s4_25);
        s5_19 = v_fma(v_splat(look_query_weight23), sum141, s5_19);
        v_store(x_bar + c, s0_32);
        v_store(x_bar + (c + 256), s1_32);
        v_store(x_bar + (c + 512), s2_32);
        v_store(x_bar + (c + 128), s3_32);
        v_store(x_bar + (c + 384), s4_25);
        v_store(x_bar + (c + 640), s5_19);
        v16 s0_33 = v_load(look_key + 96);
        v16 s1_33 = v_load(look_key + 128);
        v16 s2_33 = v_load(look_key + 112);
        v16 s3_33 = v_load(look_key + 144);
        const real look_query_weight24 = theta[0];
        const v16 sum142 = v_load(look9 + (c + 1536));
        s0_33 = v_fma(v_splat(look_query_weight24), sum142, s0_33);
        const v16 sum143 = v_load(look9 + (c + 2048));
        s1_33 = v_fma(v_splat(look_query_weight24), sum143, s1_33);
        const real look_query_weight25 = theta[1];
        s2_33 = v_fma(v_splat(look_query_weight25), sum142, s2_33);
        s3_33 = v_fma(v_splat(look_query_weight25), sum143, s3_33);
        const real look_query_weight26 = theta[2];
        const v16 sum144 = v_load(look9 + (c + 1664));
        s0_33 = v_fma(v_splat(look_query_weight26), sum144, s0_33);
        const v16 sum145 = v_load(look9 + (c + 2176));
        s1_33 = v_fma(v_splat(look_query_weight26), sum145, s1_33);
        const real look_query_weight27 = theta[3];
        s2_33 = v_fma(v_splat(look_query_weight27), sum144, s2_33);
        s3_33 = v_fma(v_splat(look_query_weight27), sum145, s3_33);
        const real look_query_weight28 = theta[4];
        const v16 sum146 = v_load(look9 + (c + 1792));
        s0_33 = v_fma(v_splat(look_query_weight28), sum146, s0_33);
        const v16 sum147 = v_load(look9 + (c + 2304));
        s1_33 = v_fma(v_splat(look_query_weight28), sum147, s1_33);
        const real look_query_weight29 = theta[5];
        s2_33 = v_fma(v_splat(look_query_weight29), sum146, s2_33);
        s3_33 = v_fma(v_splat(look_query_weight29), sum147, s3_33);
        const real look_query_weight30 = theta[6];
        const v16 sum148 = v_load(look9 + (c + 1920));
        s0_33 = v_fma(v_splat(look_query_weight30), sum148, s0_33);
        const v16 sum149 = v_load(look9 + (c + 2432));
        s1_33 = v_fma(v_splat(look_query_weight30), sum149, s1_33);
        const real look_query_weight31 = theta[7];
        s2_33 = v_fma(v_splat(look_query_weight31), sum148, s2_33);
        s3_33 = v_fma(v_splat(look_query_weight31), sum149, s3_33);
        v_store(x_bar + (c + 768), s0_33);
        v_store(x_bar + (c + 1024), s1_33);
        v_store(x_bar + (c + 896), s2_33);
        v_store(x_bar + (c + 1152), s3_33);
        v_store(t_bar + c, v_splat(0.0f));
    }
    v16 s0 = v_load(sums + 320);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            s0 = v_add(s0, v_load(mul + (j*256 + c)));
            s0 = v_add(s0, v_load(mul + ((j*2 + 1)*128 + c)));
        }
    }
    v_store(sums + 320, s0);
    /* look.value: sum over samples */
    v16 s0_1 = v_load(sums + 256);
    v16 s1 = v_load(sums + 272);
    v16 s2 = v_load(sums + 288);
    v16 s3 = v_load(sums + 304);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 sum = v_load(look7 + (l*256 + c));
            const v16 x2 = v_load(x1 + (l*256 + c));
            s0_1 = v_fma(sum, x2, s0_1);
            const v16 x3 = v_load(x1 + ((l*2 + 1)*128 + c));
            s1 = v_fma(sum, x3, s1);
            const v16 sum1 = v_load(look7 + ((l*2 + 1)*128 + c));
            s2 = v_fma(sum1, x2, s2);
            s3 = v_fma(sum1, x3, s3);
        }
    }
    v_store(sums + 256, s0_1);
    v_store(sums + 272, s1);
    v_store(sums + 288, s2);
    v_store(sums + 304, s3);
    /* look.key: sum over samples */
    v16 s0_2 = v_load(sums + 128);
    v16 s1_1 = v_load(sums + 144);
    v16 s2_1 = v_load(sums + 160);
    v16 s3_1 = v_load(sums + 176);
    v16 s4 = v_load(sums + 192);
    v16 s5 = v_load(sums + 208);
    v16 s6 = v_load(sums + 224);
    v16 s7 = v_load(sums + 240);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 sum = v_load(look8 + (l*512 + c));
            const v16 x2 = v_load(x1 + (l*256 + c));
            s0_2 = v_fma(sum, x2, s0_2);
            const v16 x3 = v_load(x1 + ((l*2 + 1)*128 + c));
            s1_1 = v_fma(sum, x3, s1_1);
            const v16 sum1 = v_load(look8 + ((l*4 + 1)*128 + c));
            s2_1 = v_fma(sum1, x2, s2_1);
            s3_1 = v_fma(sum1, x3, s3_1);
            const v16 sum2 = v_load(look8 + ((l*4 + 2)*128 + c));
            s4 = v_fma(sum2, x2, s4);
            s5 = v_fma(sum2, x3, s5);
            const v16 sum3 = v_load(look8 + ((l*4 + 3)*128 + c));
            s6 = v_fma(sum3, x2, s6);
            s7 = v_fma(sum3, x3, s7);
        }
    }
    v_store(sums + 128, s0_2);
    v_store(sums + 144, s1_1);
    v_store(sums + 160, s2_1);
    v_store(sums + 176, s3_1);
    v_store(sums + 192, s4);
    v_store(sums + 208, s5);
    v_store(sums + 224, s6);
    v_store(sums + 240, s7);
    /* look.query: sum over samples */
    v16 s0_3 = v_load(sums);
    v16 s1_2 = v_load(sums + 16);
    v16 s2_2 = v_load(sums + 32);
    v16 s3_2 = v_load(sums + 48);
    v16 s4_1 = v_load(sums + 64);
    v16 s5_1 = v_load(sums + 80);
    v16 s6_1 = v_load(sums + 96);
    v16 s7_1 = v_load(sums + 112);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            const v16 sum = v_load(look9 + (l*512 + c));
            const v16 x2 = v_load(x1 + (l*256 + c));
            s0_3 = v_fma(sum, x2, s0_3);
            const v16 x3 = v_load(x1 + ((l*2 + 1)*128 + c));
            s1_2 = v_fma(sum, x3, s1_2);
            const v16 sum1 = v_load(look9 + ((l*4 + 1)*128 + c));
            s2_2 = v_fma(sum1, x2, s2_2);
            s3_2 = v_fma(sum1, x3, s3_2);
            const v16 sum2 = v_load(look9 + ((l*4 + 2)*128 + c));
            s4_1 = v_fma(sum2, x2, s4_1);
            s5_1 = v_fma(sum2, x3, s5_1);
            const v16 sum3 = v_load(look9 + ((l*4 + 3)*128 + c));
            s6_1 = v_fma(sum3, x2, s6_1);
            s7_1 = v_fma(sum3, x3, s7_1);
        }
    }
    v_store(sums, s0_3);
    v_store(sums + 16, s1_2);
    v_store(sums + 32, s2_2);
    v_store(sums + 48, s3_2);
    v_store(sums + 64, s4_1);
    v_store(sums + 80, s5_1);
    v_store(sums + 96, s6_1);
    v_store(sums + 112, s7_1);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(ax + (first*10 + c*10 + e), 10, count - c, v_load(x_bar + (e*128 + c)));
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
static NOINLINE void swarm_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 21);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*336;
                real *const from = sums + (b + reach)*336;
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
static NOINLINE void swarm_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*336;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        swarm_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        swarm_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void swarm_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real x1[1280] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x0 + (first*10 + c*10 + e), 10, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_scatter(x + (first*10 + c*10 + e), 10, count - c, v_load(x1 + (e*128 + c)));
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            zero = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        const ptrdiff_t at = swarm_find(x, first*10, count*10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/10);
            work[area + 2] = t[(first + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        ptrdiff_t most = 0;
        if (t_stride == 0) {
            const real begin = t[first*t_stride + (i - 1)];
            const real end = t[first*t_stride + i];
            const ptrdiff_t n1 = swarm_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = swarm_steps(begin, end, h_max, steps, max_steps);
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
            real look_query[320] ALIGNED;
            real look_key[320] ALIGNED;
            real look_value[160] ALIGNED;
            real look[400] ALIGNED;
            real look1[80] ALIGNED;
            real look2[400] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                /* look.query */
                v16 s0 = v_splat(0.0f);
                v16 s1_1 = v_splat(0.0f);
                v16 s2 = v_splat(0.0f);
                v16 s3 = v_splat(0.0f);
                v16 s4 = v_splat(0.0f);
                v16 s5 = v_splat(0.0f);
                v16 s6 = v_splat(0.0f);
                v16 s7 = v_splat(0.0f);
                v16 s8 = v_splat(0.0f);
                v16 s9 = v_splat(0.0f);
                v16 s10 = v_splat(0.0f);
                v16 s11 = v_splat(0.0f);
                const real look_query_weight = theta[0];
                const v16 x2 = v_load(x1 + c);
                s0 = v_fma(v_splat(look_query_weight), x2, s0);
                const v16 x3 = v_load(x1 + (c + 256));
                s1_1 = v_fma(v_splat(look_query_weight), x3, s1_1);
                const v16 x4 = v_load(x1 + (c + 512));
                s2 = v_fma(v_splat(look_query_weight), x4, s2);
                const real look_query_weight1 = theta[2];
                s3 = v_fma(v_splat(look_query_weight1), x2, s3);
                s4 = v_fma(v_splat(look_query_weight1), x3, s4);
                s5 = v_fma(v_splat(look_query_weight1), x4, s5);
                const real look_query_weight2 = theta[4];
                s6 = v_fma(v_splat(look_query_weight2), x2, s6);
                s7 = v_fma(v_splat(look_query_weight2), x3, s7);
                s8 = v_fma(v_splat(look_query_weight2), x4, s8);
                const real look_query_weight3 = theta[6];
                s9 = v_fma(v_splat(look_query_weight3), x2, s9);
                s10 = v_fma(v_splat(look_query_weight3), x3, s10);
                s11 = v_fma(v_splat(look_query_weight3), x4, s11);
                const real look_query_weight4 = theta[1];
                const v16 x5 = v_load(x1 + (c + 128));
                s0 = v_fma(v_splat(look_query_weight4), x5, s0);
                const v16 x6 = v_load(x1 + (c + 384));
                s1_1 = v_fma(v_splat(look_query_weight4), x6, s1_1);
                const v16 x7 = v_load(x1 + (c + 640));
                s2 = v_fma(v_splat(look_query_weight4), x7, s2);
                const real look_query_weight5 = theta[3];
                s3 = v_fma(v_splat(look_query_weight5), x5, s3);
                s4 = v_fma(v_splat(look_query_weight5), x6, s4);
                s5 = v_fma(v_splat(look_query_weight5), x7, s5);
                const real look_query_weight6 = theta[5];
                s6 = v_fma(v_splat(look_query_weight6), x5, s6);
                s7 = v_fma(v_splat(look_query_weight6), x6, s7);
                s8 = v_fma(v_splat(look_query_weight6), x7, s8);
                const real look_query_weight7 = theta[7];
                s9 = v_fma(v_splat(look_query_weight7), x5, s9);
                s10 = v_fma(v_splat(look_query_weight7), x6, s10);
                s11 = v_fma(v_splat(look_query_weight7), x7, s11);
                v_store(look_query, s0);
                v_store(look_query + 64, s1_1);
                v_store(look_query + 128, s2);
                v_store(look_query + 16, s3);
                v_store(look_query + 80, s4);
                v_store(look_query + 144, s5);
                v_store(look_query + 32, s6);
                v_store(look_query + 96, s7);
                v_store(look_query + 160, s8);
                v_store(look_query + 48, s9);
                v_store(look_query + 112, s10);
                v_store(look_query + 176, s11);
                v16 s0_1 = v_splat(0.0f);
                v16 s1_2 = v_splat(0.0f);
                v16 s2_1 = v_splat(0.0f);
                v16 s3_1 = v_splat(0.0f);
                v16 s4_1 = v_splat(0.0f);
                v16 s5_1 = v_splat(0.0f);
                v16 s6_1 = v_splat(0.0f);
                v16 s7_1 = v_splat(0.0f);
                const real look_query_weight8 = theta[0];
                const v16 x8 = v_load(x1 + (c + 768));
                s0_1 = v_fma(v_splat(look_query_weight8), x8, s0_1);
                const v16 x9 = v_load(x1 + (c + 1024));
                s1_2 = v_fma(v_splat(look_query_weight8), x9, s1_2);
                const real look_query_weight9 = theta[2];
                s2_1 = v_fma(v_splat(look_query_weight9), x8, s2_1);
                s3_1 = v_fma(v_splat(look_query_weight9), x9, s3_1);
                const real look_query_weight10 = theta[4];
                s4_1 = v_fma(v_splat(look_query_weight10), x8, s4_1);
                s5_1 = v_fma(v_splat(look_query_weight10), x9, s5_1);
                const real look_query_weight11 = theta[6];
                s6_1 = v_fma(v_splat(look_query_weight11), x8, s6_1);
                s7_1 = v_fma(v_splat(look_query_weight11), x9, s7_1);
                const real look_query_weight12 = theta[1];
                const v16 x10 = v_load(x1 + (c + 896));
                s0_1 = v_fma(v_splat(look_query_weight12), x10, s0_1);
                const v16 x11 = v_load(x1 + (c + 1152));
                s1_2 = v_fma(v_splat(look_query_weight12), x11, s1_2);
                const real look_query_weight13 = theta[3];
                s2_1 = v_fma(v_splat(look_query_weight13), x10, s2_1);
                s3_1 = v_fma(v_splat(look_query_weight13), x11, s3_1);
                const real look_query_weight14 = theta[5];
                s4_1 = v_fma(v_splat(look_query_weight14), x10, s4_1);
                s5_1 = v_fma(v_splat(look_query_weight14), x11, s5_1);
                const real look_query_weight15 = theta[7];
                s6_1 = v_fma(v_splat(look_query_weight15), x10, s6_1);
                s7_1 = v_fma(v_splat(look_query_weight15), x11, s7_1);
                v_store(look_query + 192, s0_1);
                v_store(look_query + 256, s1_2);
                v_store(look_query + 208, s2_1);
                v_store(look_query + 272, s3_1);
                v_store(look_query + 224, s4_1);
                v_store(look_query + 288, s5_1);
                v_store(look_query + 240, s6_1);
                v_store(look_query + 304, s7_1);
                /* look.key */
                v16 s0_2 = v_splat(0.0f);
                v16 s1_3 = v_splat(0.0f);
                v16 s2_2 = v_splat(0.0f);
                v16 s3_2 = v_splat(0.0f);
                v16 s4_2 = v_splat(0.0f);
                v16 s5_2 = v_splat(0.0f);
                v16 s6_2 = v_splat(0.0f);
                v16 s7_2 = v_splat(0.0f);
                v16 s8_1 = v_splat(0.0f);
                v16 s9_1 = v_splat(0.0f);
                v16 s10_1 = v_splat(0.0f);
                v16 s11_1 = v_splat(0.0f);
                const real look_key_weight = theta[8];
                const v16 x12 = v_load(x1 + c);
                s0_2 = v_fma(v_splat(look_key_weight), x12, s0_2);
                const v16 x13 = v_load(x1 + (c + 256));
                s1_3 = v_fma(v_splat(look_key_weight), x13, s1_3);
                const v16 x14 = v_load(x1 + (c + 512));
                s2_2 = v_fma(v_splat(look_key_weight), x14, s2_2);
                const real look_key_weight1 = theta[10];
                s3_2 = v_fma(v_splat(look_key_weight1), x12, s3_2);
                s4_2 = v_fma(v_splat(look_key_weight1), x13, s4_2);
                s5_2 = v_fma(v_splat(look_key_weight1), x14, s5_2);
                const real look_key_weight2 = theta[12];
                s6_2 = v_fma(v_splat(look_key_weight2), x12, s6_2);
                s7_2 = v_fma(v_splat(look_key_weight2), x13, s7_2);
                s8_1 = v_fma(v_splat(look_key_weight2), x14, s8_1);
                const real look_key_weight3 = theta[14];
                s9_1 = v_fma(v_splat(look_key_weight3), x12, s9_1);
                s10_1 = v_fma(v_splat(look_key_weight3), x13, s10_1);
                s11_1 = v_fma(v_splat(look_key_weight3), x14, s11_1);
                const real look_key_weight4 = theta[9];
                const v16 x15 = v_load(x1 + (c + 128));
                s0_2 = v_fma(v_splat(look_key_weight4), x15, s0_2);
                const v16 x16 = v_load(x1 + (c + 384));
                s1_3 = v_fma(v_splat(look_key_weight4), x16, s1_3);
                const v16 x17 = v_load(x1 + (c + 640));
                s2_2 = v_fma(v_splat(look_key_weight4), x17, s2_2);
                const real look_key_weight5 = theta[11];
                s3_2 = v_fma(v_splat(look_key_weight5), x15, s3_2);
                s4_2 = v_fma(v_splat(look_key_weight5), x16, s4_2);
                s5_2 = v_fma(v_splat(look_key_weight5), x17, s5_2);
                const real look_key_weight6 = theta[13];
                s6_2 = v_fma(v_splat(look_key_weight6), x15, s6_2);
                s7_2 = v_fma(v_splat(look_key_weight6), x16, s7_2);
                s8_1 = v_fma(v_splat(look_key_weight6), x17, s8_1);
                const real look_key_weight7 = theta[15];
                s9_1 = v_fma(v_splat(look_key_weight7), x15, s9_1);
                s10_1 = v_fma(v_splat(look_key_weight7), x16, s10_1);
                s11_1 = v_fma(v_splat(look_key_weight7), x17, s11_1);
                v_store(look_key, s0_2);
                v_store(look_key + 64, s1_3);
                v_store(look_key + 128, s2_2);
                v_store(look_key + 16, s3_2);
                v_store(look_key + 80, s4_2);
                v_store(look_key + 144, s5_2);
                v_store(look_key + 32, s6_2);
                v_store(look_key + 96, s7_2);
                v_store(look_key + 160, s8_1);
                v_store(look_key + 48, s9_1);
                v_store(look_key + 112, s10_1);
                v_store(look_key + 176, s11_1);
                v16 s0_3 = v_splat(0.0f);
                v16 s1_4 = v_splat(0.0f);
                v16 s2_3 = v_splat(0.0f);
                v16 s3_3 = v_splat(0.0f);
                v16 s4_3 = v_splat(0.0f);
                v16 s5_3 = v_splat(0.0f);
                v16 s6_3 = v_splat(0.0f);
                v16 s7_3 = v_splat(0.0f);
                const real look_key_weight8 = theta[8];
                const v16 x18 = v_load(x1 + (c + 768));
                s0_3 = v_fma(v_splat(look_key_weight8), x18, s0_3);
                const v16 x19 = v_load(x1 + (c + 1024));
                s1_4 = v_fma(v_splat(look_key_weight8), x19, s1_4);
                const real look_key_weight9 = theta[10];
                s2_3 = v_fma(v_splat(look_key_weight9), x18, s2_3);
                s3_3 = v_fma(v_splat(look_key_weight9), x19, s3_3);
                const real look_key_weight10 = theta[12];
                s4_3 = v_fma(v_splat(look_key_weight10), x18, s4_3);
                s5_3 = v_fma(v_splat(look_key_weight10), x19, s5_3);
                const real look_key_weight11 = theta[14];
                s6_3 = v_fma(v_splat(look_key_weight11), x18, s6_3);
                s7_3 = v_fma(v_splat(look_key_weight11), x19, s7_3);
                const real look_key_weight12 = theta[9];
                const v16 x20 = v_load(x1 + (c + 896));
                s0_3 = v_fma(v_splat(look_key_weight12), x20, s0_3);
                const v16 x21 = v_load(x1 + (c + 1152));
                s1_4 = v_fma(v_splat(look_key_weight12), x21, s1_4);
                const real look_key_weight13 = theta[11];
                s2_3 = v_fma(v_splat(look_key_weight13), x20, s2_3);
                s3_3 = v_fma(v_splat(look_key_weight13), x21, s3_3);
                const real look_key_weight14 = theta[13];
                s4_3 = v_fma(v_splat(look_key_weight14), x20, s4_3);
                s5_3 = v_fma(v_splat(look_key_weight14), x21, s5_3);
                const real look_key_weight15 = theta[15];
                s6_3 = v_fma(v_splat(look_key_weight15), x20, s6_3);
                s7_3 = v_fma(v_splat(look_key_weight15), x21, s7_3);
                v_store(look_key + 192, s0_3);
                v_store(look_key + 256, s1_4);
                v_store(look_key + 208, s2_3);
                v_store(look_key + 272, s3_3);
                v_store(look_key + 224, s4_3);
                v_store(look_key + 288, s5_3);
                v_store(look_key + 240, s6_3);
                v_store(look_key + 304, s7_3);
                /* look.value */
                v16 s0_4 = v_splat(0.0f);
                v16 s1_5 = v_splat(0.0f);
                v16 s2_4 = v_splat(0.0f);
                v16 s3_4 = v_splat(0.0f);
                v16 s4_4 = v_splat(0.0f);
                v16 s5_4 = v_splat(0.0f);
                const real look_value_weight = theta[16];
                const v16 x22 = v_load(x1 + c);
                s0_4 = v_fma(v_splat(look_value_weight), x22, s0_4);
                const v16 x23 = v_load(x1 + (c + 256));
                s1_5 = v_fma(v_splat(look_value_weight), x23, s1_5);
                const v16 x24 = v_load(x1 + (c + 512));
                s2_4 = v_fma(v_splat(look_value_weight), x24, s2_4);
                const real look_value_weight1 = theta[18];
                s3_4 = v_fma(v_splat(look_value_weight1), x22, s3_4);
                s4_4 = v_fma(v_splat(look_value_weight1), x23, s4_4);
                s5_4 = v_fma(v_splat(look_value_weight1), x24, s5_4);
                const real look_value_weight2 = theta[17];
                const v16 x25 = v_load(x1 + (c + 128));
                s0_4 = v_fma(v_splat(look_value_weight2), x25, s0_4);
                const v16 x26 = v_load(x1 + (c + 384));
                s1_5 = v_fma(v_splat(look_value_weight2), x26, s1_5);
                const v16 x27 = v_load(x1 + (c + 640));
                s2_4 = v_fma(v_splat(look_value_weight2), x27, s2_4);
                const real look_value_weight3 = theta[19];
                s3_4 = v_fma(v_splat(look_value_weight3), x25, s3_4);
                s4_4 = v_fma(v_splat(look_value_weight3), x26, s4_4);
                s5_4 = v_fma(v_splat(look_value_weight3), x27, s5_4);
                v_store(look_value, s0_4);
                v_store(look_value + 32, s1_5);
                v_store(look_value + 64, s2_4);
                v_store(look_value + 16, s3_4);
                v_store(look_value + 48, s4_4);
                v_store(look_value + 80, s5_4);
                v16 s0_5 = v_splat(0.0f);
                v16 s1_6 = v_splat(0.0f);
                v16 s2_5 = v_splat(0.0f);
                v16 s3_5 = v_splat(0.0f);
                const real look_value_weight4 = theta[16];
                const v16 x28 = v_load(x1 + (c + 768));
                s0_5 = v_fma(v_splat(look_value_weight4), x28, s0_5);
                const v16 x29 = v_load(x1 + (c + 1024));
                s1_6 = v_fma(v_splat(look_value_weight4), x29, s1_6);
                const real look_value_weight5 = theta[18];
                s2_5 = v_fma(v_splat(look_value_weight5), x28, s2_5);
                s3_5 = v_fma(v_splat(look_value_weight5), x29, s3_5);
                const real look_value_weight6 = theta[17];
                const v16 x30 = v_load(x1 + (c + 896));
                s0_5 = v_fma(v_splat(look_value_weight6), x30, s0_5);
                const v16 x31 = v_load(x1 + (c + 1152));
                s1_6 = v_fma(v_splat(look_value_weight6), x31, s1_6);
                const real look_value_weight7 = theta[19];
                s2_5 = v_fma(v_splat(look_value_weight7), x30, s2_5);
                s3_5 = v_fma(v_splat(look_value_weight7), x31, s3_5);
                v_store(look_value + 96, s0_5);
                v_store(look_value + 128, s1_6);
                v_store(look_value + 112, s2_5);
                v_store(look_value + 144, s3_5);
                /* look */
                v16 s0_6 = v_splat(0.0f);
                v16 s1_7 = v_splat(0.0f);
                v16 s2_6 = v_splat(0.0f);
                v16 s3_6 = v_splat(0.0f);
                v16 s4_5 = v_splat(0.0f);
                v16 s5_5 = v_splat(0.0f);
                v16 s6_4 = v_splat(0.0f);
                v16 s7_4 = v_splat(0.0f);
                v16 s8_2 = v_splat(0.0f);
                const v16 sum = v_load(look_key);
                const v16 sum1 = v_load(look_query);
                s0_6 = v_fma(sum, sum1, s0_6);
                const v16 sum2 = v_load(look_key + 64);
                s1_7 = v_fma(sum2, sum1, s1_7);
                const v16 sum3 = v_load(look_key + 128);
                s2_6 = v_fma(sum3, sum1, s2_6);
                const v16 sum4 = v_load(look_query + 64);
                s3_6 = v_fma(sum, sum4, s3_6);
                s4_5 = v_fma(sum2, sum4, s4_5);
                s5_5 = v_fma(sum3, sum4, s5_5);
                const v16 sum5 = v_load(look_query + 128);
                s6_4 = v_fma(sum, sum5, s6_4);
                s7_4 = v_fma(sum2, sum5, s7_4);
                s8_2 = v_fma(sum3, sum5, s8_2);
                const v16 sum6 = v_load(look_key + 16);
                const v16 sum7 = v_load(look_query + 16);
                s0_6 = v_fma(sum6, sum7, s0_6);
                const v16 sum8 = v_load(look_key + 80);
                s1_7 = v_fma(sum8, sum7, s1_7);
                const v16 sum9 = v_load(look_key + 144);
                s2_6 = v_fma(sum9, sum7, s2_6);
                const v16 sum10 = v_load(look_query + 80);
                s3_6 = v_fma(sum6, sum10, s3_6);
                s4_5 = v_fma(sum8, sum10, s4_5);
                s5_5 = v_fma(sum9, sum10, s5_5);
                const v16 sum11 = v_load(look_query + 144);
                s6_4 = v_fma(sum6, sum11, s6_4);
                s7_4 = v_fma(sum8, sum11, s7_4);
                s8_2 = v_fma(sum9, sum11, s8_2);
                const v16 sum12 = v_load(look_key + 32);
                const v16 sum13 = v_load(look_query + 32);
                s0_6 = v_fma(sum12, sum13, s0_6);
                const v16 sum14 = v_load(look_key + 96);
                s1_7 = v_fma(sum14, sum13, s1_7);
                const v16 sum15 = v_load(look_key + 160);
                s2_6 = v_fma(sum15, sum13, s2_6);
                const v16 sum16 = v_load(look_query + 96);
                s3_6 = v_fma(sum12, sum16, s3_6);
                s4_5 = v_fma(sum14, sum16, s4_5);
                s5_5 = v_fma(sum15, sum16, s5_5);
                const v16 sum17 = v_load(look_query + 160);
                s6_4 = v_fma(sum12, sum17, s6_4);
                s7_4 = v_fma(sum14, sum17, s7_4);
                s8_2 = v_fma(sum15, sum17, s8_2);
                const v16 sum18 = v_load(look_key + 48);
                const v16 sum19 = v_load(look_query + 48);
                s0_6 = v_fma(sum18, sum19, s0_6);
                const v16 sum20 = v_load(look_key + 112);
                s1_7 = v_fma(sum20, sum19, s1_7);
                const v16 sum21 = v_load(look_key + 176);
                s2_6 = v_fma(sum21, sum19, s2_6);
                const v16 sum22 = v_load(look_query + 112);
                s3_6 = v_fma(sum18, sum22, s3_6);
                s4_5 = v_fma(sum20, sum22, s4_5);
                s5_5 = v_fma(sum21, sum22, s5_5);
                const v16 sum23 = v_load(look_query + 176);
                s6_4 = v_fma(sum18, sum23, s6_4);
                s7_4 = v_fma(sum20, sum23, s7_4);
                s8_2 = v_fma(sum21, sum23, s8_2);
                const v16 mul = v_mul(s0_6, v_splat(0.5f));
                v_store(look, mul);
                const v16 mul1 = v_mul(s1_7, v_splat(0.5f));
                v_store(look + 16, mul1);
                const v16 mul2 = v_mul(s2_6, v_splat(0.5f));
                v_store(look + 32, mul2);
                const v16 mul3 = v_mul(s3_6, v_splat(0.5f));
                v_store(look + 80, mul3);
                const v16 mul4 = v_mul(s4_5, v_splat(0.5f));
                v_store(look + 96, mul4);
                const v16 mul5 = v_mul(s5_5, v_splat(0.5f));
                v_store(look + 112, mul5);
                const v16 mul6 = v_mul(s6_4, v_splat(0.5f));
                v_store(look + 160, mul6);
                const v16 mul7 = v_mul(s7_4, v_splat(0.5f));
                v_store(look + 176, mul7);
                const v16 mul8 = v_mul(s8_2, v_splat(0.5f));
                v_store(look + 192, mul8);
                v16 s0_7 = v_splat(0.0f);
                v16 s1_8 = v_splat(0.0f);
                v16 s2_7 = v_splat(0.0f);
                v16 s3_7 = v_splat(0.0f);
                v16 s4_6 = v_splat(0.0f);
                v16 s5_6 = v_splat(0.0f);
                const v16 sum24 = v_load(look_key + 192);
                const v16 sum25 = v_load(look_query);
                s0_7 = v_fma(sum24, sum25, s0_7);
                const v16 sum26 = v_load(look_key + 256);
                s1_8 = v_fma(sum26, sum25, s1_8);
                const v16 sum27 = v_load(look_query + 64);
                s2_7 = v_fma(sum24, sum27, s2_7);
                s3_7 = v_fma(sum26, sum27, s3_7);
                const v16 sum28 = v_load(look_query + 128);
                s4_6 = v_fma(sum24, sum28, s4_6);
                s5_6 = v_fma(sum26, sum28, s5_6);
                const v16 sum29 = v_load(look_key + 208);
                const v16 sum30 = v_load(look_query + 16);
                s0_7 = v_fma(sum29, sum30, s0_7);
                const v16 sum31 = v_load(look_key + 272);
                s1_8 = v_fma(sum31, sum30, s1_8);
                const v16 sum32 = v_load(look_query + 80);
                s2_7 = v_fma(sum29, sum32, s2_7);
                s3_7 = v_fma(sum31, sum32, s3_7);
                const v16 sum33 = v_load(look_query + 144);
                s4_6 = v_fma(sum29, sum33, s4_6);
                s5_6 = v_fma(sum31, sum33, s5_6);
                const v16 sum34 = v_load(look_key + 224);
                const v16 sum35 = v_load(look_query + 32);
                s0_7 = v_fma(sum34, sum35, s0_7);
                const v16 sum36 = v_load(look_key + 288);
                s1_8 = v_fma(sum36, sum35, s1_8);
                const v16 sum37 = v_load(look_query + 96);
                s2_7 = v_fma(sum34, sum37, s2_7);
                s3_7 = v_fma(sum36, sum37, s3_7);
                const v16 sum38 = v_load(look_query + 160);
                s4_6 = v_fma(sum34, sum38, s4_6);
                s5_6 = v_fma(sum36, sum38, s5_6);
                const v16 sum39 = v_load(look_key + 240);
                const v16 sum40 = v_load(look_query + 48);
                s0_7 = v_fma(sum39, sum40, s0_7);
                const v16 sum41 = v_load(look_key + 304);
                s1_8 = v_fma(sum41, sum40, s1_8);
                const v16 sum42 = v_load(look_query + 112);
                s2_7 = v_fma(sum39, sum42, s2_7);
                s3_7 = v_fma(sum41, sum42, s3_7);
                const v16 sum43 = v_load(look_query + 176);
                s4_6 = v_fma(sum39, sum43, s4_6);
                s5_6 = v_fma(sum41, sum43, s5_6);
                const v16 mul9 = v_mul(s0_7, v_splat(0.5f));
                v_store(look + 48, mul9);
                const v16 mul10 = v_mul(s1_8, v_splat(0.5f));
                v_store(look + 64, mul10);
                const v16 mul11 = v_mul(s2_7, v_splat(0.5f));
                v_store(look + 128, mul11);
                const v16 mul12 = v_mul(s3_7, v_splat(0.5f));
                v_store(look + 144, mul12);
                const v16 mul13 = v_mul(s4_6, v_splat(0.5f));
                v_store(look + 208, mul13);
                const v16 mul14 = v_mul(s5_6, v_splat(0.5f));
                v_store(look + 224, mul14);
                v16 s0_8 = v_splat(0.0f);
                v16 s1_9 = v_splat(0.0f);
                v16 s2_8 = v_splat(0.0f);
                v16 s3_8 = v_splat(0.0f);
                v16 s4_7 = v_splat(0.0f);
                v16 s5_7 = v_splat(0.0f);
                const v16 sum44 = v_load(look_key);
                const v16 sum45 = v_load(look_query + 192);
                s0_8 = v_fma(sum44, sum45, s0_8);
                const v16 sum46 = v_load(look_key + 64);
                s1_9 = v_fma(sum46, sum45, s1_9);
                const v16 sum47 = v_load(look_key + 128);
                s2_8 = v_fma(sum47, sum45, s2_8);
                const v16 sum48 = v_load(look_query + 256);
                s3_8 = v_fma(sum44, sum48, s3_8);
                s4_7 = v_fma(sum46, sum48, s4_7);
                s5_7 = v_fma(sum47, sum48, s5_7);
                const v16 sum49 = v_load(look_key + 16);
                const v16 sum50 = v_load(look_query + 208);
                s0_8 = v_fma(sum49, sum50, s0_8);
                const v16 sum51 = v_load(look_key + 80);
                s1_9 = v_fma(sum51, sum50, s1_9);
                const v16 sum52 = v_load(look_key + 144);
                s2_8 = v_fma(sum52, sum50, s2_8);
                const v16 sum53 = v_load(look_query + 272);
                s3_8 = v_fma(sum49, sum53, s3_8);
                s4_7 = v_fma(sum51, sum53, s4_7);
                s5_7 = v_fma(sum52, sum53, s5_7);
                const v16 sum54 = v_load(look_key + 32);
                const v16 sum55 = v_load(look_query + 224);
                s0_8 = v_fma(sum54, sum55, s0_8);
                const v16 sum56 = v_load(look_key + 96);
                s1_9 = v_fma(sum56, sum55, s1_9);
                const v16 sum57 = v_load(look_key + 160);
                s2_8 = v_fma(sum57, sum55, s2_8);
                const v16 sum58 = v_load(look_query + 288);
                s3_8 = v_fma(sum54, sum58, s3_8);
                s4_7 = v_fma(sum56, sum58, s4_7);
                s5_7 = v_fma(sum57, sum58, s5_7);
                const v16 sum59 = v_load(look_key + 48);
                const v16 sum60 = v_load(look_query + 240);
                s0_8 = v_fma(sum59, sum60, s0_8);
                const v16 sum61 = v_load(look_key + 112);
                s1_9 = v_fma(sum61, sum60, s1_9);
                const v16 sum62 = v_load(look_key + 176);
                s2_8 = v_fma(sum62, sum60, s2_8);
                const v16 sum63 = v_load(look_query + 304);
                s3_8 = v_fma(sum59, sum63, s3_8);
                s4_7 = v_fma(sum61, sum63, s4_7);
                s5_7 = v_fma(sum62, sum63, s5_7);
                const v16 mul15 = v_mul(s0_8, v_splat(0.5f));
                v_store(look + 240, mul15);
                const v16 mul16 = v_mul(s1_9, v_splat(0.5f));
                v_store(look + 256, mul16);
                const v16 mul17 = v_mul(s2_8, v_splat(0.5f));
                v_store(look + 272, mul17);
                const v16 mul18 = v_mul(s3_8, v_splat(0.5f));
                v_store(look + 320, mul18);
                const v16 mul19 = v_mul(s4_7, v_splat(0.5f));
                v_store(look + 336, mul19);
                const v16 mul20 = v_mul(s5_7, v_splat(0.5f));
                v_store(look + 352, mul20);
                v16 s0_9 = v_splat(0.0f);
                v16 s1_10 = v_splat(0.0f);
                v16 s2_9 = v_splat(0.0f);
                v16 s3_9 = v_splat(0.0f);
                const v16 sum64 = v_load(look_key + 192);
                const v16 sum65 = v_load(look_query + 192);
                s0_9 = v_fma(sum64, sum65, s0_9);
                const v16 sum66 = v_load(look_key + 256);
                s1_10 = v_fma(sum66, sum65, s1_10);
                const v16 sum67 = v_load(look_query + 256);
                s2_9 = v_fma(sum64, sum67, s2_9);
                s3_9 = v_fma(sum66, sum67, s3_9);
                const v16 sum68 = v_load(look_key + 208);
                const v16 sum69 = v_load(look_query + 208);
                s0_9 = v_fma(sum68, sum69, s0_9);
                const v16 sum70 = v_load(look_key + 272);
                s1_10 = v_fma(sum70, sum69, s1_10);
                const v16 sum71 = v_load(look_query + 272);
                s2_9 = v_fma(sum68, sum71, s2_9);
                s3_9 = v_fma(sum70, sum71, s3_9);
                const v16 sum72 = v_load(look_key + 224);
                const v16 sum73 = v_load(look_query + 224);
                s0_9 = v_fma(sum72, sum73, s0_9);
                const v16 sum74 = v_load(look_key + 288);
                s1_10 = v_fma(sum74, sum73, s1_10);
                const v16 sum75 = v_load(look_query + 288);
                s2_9 = v_fma(sum72, sum75, s2_9);
                s3_9 = v_fma(sum74, sum75, s3_9);
                const v16 sum76 = v_load(look_key + 240);
                const v16 sum77 = v_load(look_query + 240);
                s0_9 = v_fma(sum76, sum77, s0_9);
                const v16 sum78 = v_load(look_key + 304);
                s1_10 = v_fma(sum78, sum77, s1_10);
                const v16 sum79 = v_load(look_query + 304);
                s2_9 = v_fma(sum76, sum79, s2_9);
                s3_9 = v_fma(sum78, sum79, s3_9);
                const v16 mul21 = v_mul(s0_9, v_splat(0.5f));
                v_store(look + 288, mul21);
                const v16 mul22 = v_mul(s1_10, v_splat(0.5f));
                v_store(look + 304, mul22);
                const v16 mul23 = v_mul(s2_9, v_splat(0.5f));
                v_store(look + 368, mul23);
                const v16 mul24 = v_mul(s3_9, v_splat(0.5f));
                v_store(look + 384, mul24);
                /* look */
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    v16 peak = v_load(look + i1*80);
                    ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                        peak = v_max(peak, v_load(look + (i1*5 + k)*16));
                    }
                    v_store(look1 + i1*16, peak);
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        const v16 sub = v_sub(v_load(look + (i1*5 + j)*16), v_load(look1 + i1*16));
                        const v16 exp_ = v_exp(sub);
                        v_store(look2 + (i1*5 + j)*16, exp_);
                    }
                }
                /* look */
                v16 s0_10 = v_splat(0.0f);
                v16 s1_11 = v_splat(0.0f);
                v16 s2_10 = v_splat(0.0f);
                v16 s3_10 = v_splat(0.0f);
                v16 s4_8 = v_splat(0.0f);
                ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                    s0_10 = v_add(s0_10, v_load(look2 + k*16));
                    s1_11 = v_add(s1_11, v_load(look2 + (k + 5)*16));
                    s2_10 = v_add(s2_10, v_load(look2 + (k + 10)*16));
                    s3_10 = v_add(s3_10, v_load(look2 + (k + 15)*16));
                    s4_8 = v_add(s4_8, v_load(look2 + (k + 20)*16));
                }
                v_store(look1, s0_10);
                v_store(look1 + 16, s1_11);
                v_store(look1 + 32, s2_10);
                v_store(look1 + 48, s3_10);
                v_store(look1 + 64, s4_8);
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        const v16 div = v_div(v_load(look2 + (i1*5 + j)*16), v_load(look1 + i1*16));
                        v_store(look + (i1*5 + j)*16, div);
                    }
                }
                /* look */
                v16 s0_11 = v_splat(0.0f);
                v16 s1_12 = v_splat(0.0f);
                v16 s2_11 = v_splat(0.0f);
                v16 s3_11 = v_splat(0.0f);
                v16 s4_9 = v_splat(0.0f);
                v16 s5_8 = v_splat(0.0f);
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const v16 div = v_load(look + l*16);
                    const v16 sum80 = v_load(look_value + l*32);
                    s0_11 = v_fma(div, sum80, s0_11);
                    const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
                    s1_12 = v_fma(div, sum81, s1_12);
                    const v16 div1 = v_load(look + (l + 5)*16);
                    s2_11 = v_fma(div1, sum80, s2_11);
                    s3_11 = v_fma(div1, sum81, s3_11);
                    const v16 div2 = v_load(look + (l + 10)*16);
                    s4_9 = v_fma(div2, sum80, s4_9);
                    s5_8 = v_fma(div2, sum81, s5_8);
                }
                v_store(look_query, s0_11);
                const v16 mul25 = v_mul(s0_11, s0_11);
                v_store(look_key, mul25);
                v_store(look_query + 16, s1_12);
                const v16 mul26 = v_mul(s1_12, s1_12);
                v_store(look_key + 16, mul26);
                v_store(look_query + 32, s2_11);
                const v16 mul27 = v_mul(s2_11, s2_11);
                v_store(look_key + 32, mul27);
                v_store(look_query + 48, s3_11);
                const v16 mul28 = v_mul(s3_11, s3_11);
                v_store(look_key + 48, mul28);
                v_store(look_query + 64, s4_9);
                const v16 mul29 = v_mul(s4_9, s4_9);
                v_store(look_key + 64, mul29);
                v_store(look_query + 80, s5_8);
                const v16 mul30 = v_mul(s5_8, s5_8);
                v_store(look_key + 80, mul30);
                v16 s0_12 = v_splat(0.0f);
                v16 s1_13 = v_splat(0.0f);
                v16 s2_12 = v_splat(0.0f);
                v16 s3_12 = v_splat(0.0f);
                ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                    const v16 div = v_load(look + (l + 15)*16);
                    const v16 sum80 = v_load(look_value + l*32);
                    s0_12 = v_fma(div, sum80, s0_12);
                    const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
                    s1_13 = v_fma(div, sum81, s1_13);
                    const v16 div1 = v_load(look + (l + 20)*16);
                    s2_12 = v_fma(div1, sum80, s2_12);
                    s3_12 = v_fma(div1, sum81, s3_12);
                }
                v_store(look_query + 96, s0_12);
                const v16 mul31 = v_mul(s0_12, s0_12);
                v_store(look_key + 96, mul31);
                v_store(look_query + 112, s1_13);
                const v16 mul32 = v_mul(s1_13, s1_13);
                v_store(look_key + 112, mul32);
                v_store(look_query + 128, s2_12);
                const v16 mul33 = v_mul(s2_12, s2_12);
                v_store(look_key + 128, mul33);
                v_store(look_query + 144, s3_12);
                const v16 mul34 = v_mul(s3_12, s3_12);
                v_store(look_key + 144, mul34);
                v16 s0_13 = v_splat(0.0f);
                v16 s1_14 = v_splat(0.0f);
                v16 s2_13 = v_splat(0.0f);
                v16 s3_13 = v_splat(0.0f);
                v16 s4_10 = v_splat(0.0f);
                s0_13 = v_add(s0_13, v_load(look_key));
                s1_14 = v_add(s1_14, v_load(look_key + 32));
                s2_13 = v_add(s2_13, v_load(look_key + 64));
                s3_13 = v_add(s3_13, v_load(look_key + 96));
                s4_10 = v_add(s4_10, v_load(look_key + 128));
                s0_13 = v_add(s0_13, v_load(look_key + 16));
                s1_14 = v_add(s1_14, v_load(look_key + 48));
                s2_13 = v_add(s2_13, v_load(look_key + 80));
                s3_13 = v_add(s3_13, v_load(look_key + 112));
                s4_10 = v_add(s4_10, v_load(look_key + 144));
                real row[80] ALIGNED;
                v_store(row, s0_13);
                v_store(row + 16, s1_14);
                v_store(row + 32, s2_13);
                v_store(row + 48, s3_13);
                v_store(row + 64, s4_10);
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const v16 sum80 = v_load(row + u*16);
                    const v16 sqrt_ = v_sqrt(sum80);
                    const v16 add = v_add(sqrt_, v_splat(1.0f));
                    v_store(look_value + u*16, add);
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 div = v_div(v_load(look_query + (i1*2 + j)*16),
                            v_load(look_value + i1*16));
                        const v16 fma_ = v_fma(v_load(x1 + ((i1*2 + j)*128 + c)), v_splat(pack[0]),
                            div);
                        const v16 fma1 = v_fma(fma_, v_load(h + c),
                            v_load(x1 + ((i1*2 + j)*128 + c)));
                        v_store(look_key + (i1*2 + j)*16, fma1);
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)),
                            v_load(look_key + (i1*2 + j)*16), v_load(x1 + ((i1*2 + j)*128 + c)));
                        v_store(x1 + ((i1*2 + j)*128 + c), select);
                    }
                }
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(x + ((i*batch + first)*10 + c*10 + e), 10, count - c,
                    v_load(x1 + (e*128 + c)));
            }
        }
        v16 zero1 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                zero1 = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero1);
            }
        }
        const ptrdiff_t sound1 = 1 - m_any(v_ne(zero1, zero1));
        if (sound1 == 0) {
            const ptrdiff_t at = swarm_find(x, (i*batch + first)*10, count*10);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(first + at/10);
                work[area + 2] = t[(first + at/10)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%10);
                failed = 5;
            }
        }
    }
}

static void swarm_solve_batch_task(void *args, size_t task)
{
    const swarm_solve_scalar_args *const a = (const swarm_solve_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swarm_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int swarm_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[20];
    pack[0] = neg;
    const ptrdiff_t areas = 16;
    {
        swarm_solve_scalar_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 1296 };
        each(parallel, (size_t)blocks, swarm_solve_batch_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*1296;
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
static NOINLINE void swarm_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + (b*336 + 16);
    ROLL for (ptrdiff_t i = 0; i < 336; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[1280] ALIGNED;
    real x_bar[1280] ALIGNED;
    real x_jump[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            p_store(x_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[1280] ALIGNED;
    real x_first_slope[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            p_store(x_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    v_store(x_jump + (e*128 + c), v_gather(g_x + ((i*batch + first)*10 + c*10 + e),
                        10, count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const reg add = p_add(p_read(x_bar + ((i1*2 + j)*128 + c)),
                            p_read(x_jump + ((i1*2 + j)*128 + c)));
                        p_store(x_bar + ((i1*2 + j)*128 + c), add);
                    }
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    v_store(x1 + (e*128 + c), v_gather(x + ((i*batch + first)*10 + c*10 + e), 10,
                        count - c));
                }
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = swarm_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = swarm_steps(begin, end, h_max, steps, max_steps);
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
                real select[160] ALIGNED;
                real neg[16] ALIGNED;
                real look_query[320] ALIGNED;
                real look_key[320] ALIGNED;
                real look_value[160] ALIGNED;
                real mul[160] ALIGNED;
                real neg1[160] ALIGNED;
                real mul1[1280] ALIGNED;
                real look[400] ALIGNED;
                real look1[80] ALIGNED;
                real look2[400] ALIGNED;
                real look3[400] ALIGNED;
                real look4[160] ALIGNED;
                real square[160] ALIGNED;
                real add[160] ALIGNED;
                real add1[80] ALIGNED;
                real add2[80] ALIGNED;
                real neg2[160] ALIGNED;
                real fma_[1280] ALIGNED;
                real look5[400] ALIGNED;
                real look6[400] ALIGNED;
                real look7[1280] ALIGNED;
                real look8[2560] ALIGNED;
                real look9[2560] ALIGNED;
                real add3[1280] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                                v_load(x_bar + ((i1*2 + j)*128 + c)), v_splat(0.0f));
                            v_store(select + (i1*2 + j)*16, select1);
                        }
                    }
                    const v16 neg3 = v_neg(v_load(h + c));
                    v_store(neg, neg3);
                    /* look.query */
                    v16 s0 = v_splat(0.0f);
                    v16 s1_1 = v_splat(0.0f);
                    v16 s2 = v_splat(0.0f);
                    v16 s3 = v_splat(0.0f);
                    v16 s4 = v_splat(0.0f);
                    v16 s5 = v_splat(0.0f);
                    v16 s6 = v_splat(0.0f);
                    v16 s7 = v_splat(0.0f);
                    v16 s8 = v_splat(0.0f);
                    v16 s9 = v_splat(0.0f);
                    v16 s10 = v_splat(0.0f);
                    v16 s11 = v_splat(0.0f);
                    const real look_query_weight = theta[0];
                    const v16 x2 = v_load(x1 + c);
                    s0 = v_fma(v_splat(look_query_weight), x2, s0);
                    const v16 x3 = v_load(x1 + (c + 256));
                    s1_1 = v_fma(v_splat(look_query_weight), x3, s1_1);
                    const v16 x4 = v_load(x1 + (c + 512));
                    s2 = v_fma(v_splat(look_query_weight), x4, s2);
                    const real look_query_weight1 = theta[2];
                    s3 = v_fma(v_splat(look_query_weight1), x2, s3);
                    s4 = v_fma(v_splat(look_query_weight1), x3, s4);
                    s5 = v_fma(v_splat(look_query_weight1), x4, s5);
                    const real look_query_weight2 = theta[4];
                    s6 = v_fma(v_splat(look_query_weight2), x2, s6);
                    s7 = v_fma(v_splat(look_query_weight2), x3, s7);
                    s8 = v_fma(v_splat(look_query_weight2), x4, s8);
                    const real look_query_weight3 = theta[6];
                    s9 = v_fma(v_splat(look_query_weight3), x2, s9);
                    s10 = v_fma(v_splat(look_query_weight3), x3, s10);
                    s11 = v_fma(v_splat(look_query_weight3), x4, s11);
                    const real look_query_weight4 = theta[1];
                    const v16 x5 = v_load(x1 + (c + 128));
                    s0 = v_fma(v_splat(look_query_weight4), x5, s0);
                    const v16 x6 = v_load(x1 + (c + 384));
                    s1_1 = v_fma(v_splat(look_query_weight4), x6, s1_1);
                    const v16 x7 = v_load(x1 + (c + 640));
                    s2 = v_fma(v_splat(look_query_weight4), x7, s2);
                    const real look_query_weight5 = theta[3];
                    s3 = v_fma(v_splat(look_query_weight5), x5, s3);
                    s4 = v_fma(v_splat(look_query_weight5), x6, s4);
                    s5 = v_fma(v_splat(look_query_weight5), x7, s5);
                    const real look_query_weight6 = theta[5];
                    s6 = v_fma(v_splat(look_query_weight6), x5, s6);
                    s7 = v_fma(v_splat(look_query_weight6), x6, s7);
                    s8 = v_fma(v_splat(look_query_weight6), x7, s8);
                    const real look_query_weight7 = theta[7];
                    s9 = v_fma(v_splat(look_query_weight7), x5, s9);
                    s10 = v_fma(v_splat(look_query_weight7), x6, s10);
                    s11 = v_fma(v_splat(look_query_weight7), x7, s11);
                    v_store(look_query, s0);
                    v_store(look_query + 64, s1_1);
                    v_store(look_query + 128, s2);
                    v_store(look_query + 16, s3);
                    v_store(look_query + 80, s4);
                    v_store(look_query + 144, s5);
                    v_store(look_query + 32, s6);
                    v_store(look_query + 96, s7);
                    v_store(look_query + 160, s8);
                    v_store(look_query + 48, s9);
                    v_store(look_query + 112, s10);
                    v_store(look_query + 176, s11);
                    v16 s0_1 = v_splat(0.0f);
                    v16 s1_2 = v_splat(0.0f);
                    v16 s2_1 = v_splat(0.0f);
                    v16 s3_1 = v_splat(0.0f);
                    v16 s4_1 = v_splat(0.0f);
                    v16 s5_1 = v_splat(0.0f);
                    v16 s6_1 = v_splat(0.0f);
                    v16 s7_1 = v_splat(0.0f);
                    const real look_query_weight8 = theta[0];
                    const v16 x8 = v_load(x1 + (c + 768));
                    s0_1 = v_fma(v_splat(look_query_weight8), x8, s0_1);
                    const v16 x9 = v_load(x1 + (c + 1024));
                    s1_2 = v_fma(v_splat(look_query_weight8), x9, s1_2);
                    const real look_query_weight9 = theta[2];
                    s2_1 = v_fma(v_splat(look_query_weight9), x8, s2_1);
                    s3_1 = v_fma(v_splat(look_query_weight9), x9, s3_1);
                    const real look_query_weight10 = theta[4];
                    s4_1 = v_fma(v_splat(look_query_weight10), x8, s4_1);
                    s5_1 = v_fma(v_splat(look_query_weight10), x9, s5_1);
                    const real look_query_weight11 = theta[6];
                    s6_1 = v_fma(v_splat(look_query_weight11), x8, s6_1);
                    s7_1 = v_fma(v_splat(look_query_weight11), x9, s7_1);
                    const real look_query_weight12 = theta[1];
                    const v16 x10 = v_load(x1 + (c + 896));
                    s0_1 = v_fma(v_splat(look_query_weight12), x10, s0_1);
                    const v16 x11 = v_load(x1 + (c + 1152));
                    s1_2 = v_fma(v_splat(look_query_weight12), x11, s1_2);
                    const real look_query_weight13 = theta[3];
                    s2_1 = v_fma(v_splat(look_query_weight13), x10, s2_1);
                    s3_1 = v_fma(v_splat(look_query_weight13), x11, s3_1);
                    const real look_query_weight14 = theta[5];
                    s4_1 = v_fma(v_splat(look_query_weight14), x10, s4_1);
                    s5_1 = v_fma(v_splat(look_query_weight14), x11, s5_1);
                    const real look_query_weight15 = theta[7];
                    s6_1 = v_fma(v_splat(look_query_weight15), x10, s6_1);
                    s7_1 = v_fma(v_splat(look_query_weight15), x11, s7_1);
                    v_store(look_query + 192, s0_1);
                    v_store(look_query + 256, s1_2);
                    v_store(look_query + 208, s2_1);
                    v_store(look_query + 272, s3_1);
                    v_store(look_query + 224, s4_1);
                    v_store(look_query + 288, s5_1);
                    v_store(look_query + 240, s6_1);
                    v_store(look_query + 304, s7_1);
                    /* look.key */
                    v16 s0_2 = v_splat(0.0f);
                    v16 s1_3 = v_splat(0.0f);
                    v16 s2_2 = v_splat(0.0f);
                    v16 s3_2 = v_splat(0.0f);
                    v16 s4_2 = v_splat(0.0f);
                    v16 s5_2 = v_splat(0.0f);
                    v16 s6_2 = v_splat(0.0f);
                    v16 s7_2 = v_splat(0.0f);
                    v16 s8_1 = v_splat(0.0f);
                    v16 s9_1 = v_splat(0.0f);
                    v16 s10_1 = v_splat(0.0f);
                    v16 s11_1 = v_splat(0.0f);
                    const real look_key_weight = theta[8];
                    const v16 x12 = v_load(x1 + c);
                    s0_2 = v_fma(v_splat(look_key_weight), x12, s0_2);
                    const v16 x13 = v_load(x1 + (c + 256));
                    s1_3 = v_fma(v_splat(look_key_weight), x13, s1_3);
                    const v16 x14 = v_load(x1 + (c + 512));
                    s2_2 = v_fma(v_splat(look_key_weight), x14, s2_2);
                    const real look_key_weight1 = theta[10];
                    s3_2 = v_fma(v_splat(look_key_weight1), x12, s3_2);
                    s4_2 = v_fma(v_splat(look_key_weight1), x13, s4_2);
                    s5_2 = v_fma(v_splat(look_key_weight1), x14, s5_2);
                    const real look_key_weight2 = theta[12];
                    s6_2 = v_fma(v_splat(look_key_weight2), x12, s6_2);
                    s7_2 = v_fma(v_splat(look_key_weight2), x13, s7_2);
                    s8_1 = v_fma(v_splat(look_key_weight2), x14, s8_1);
                    const real look_key_weight3 = theta[14];
                    s9_1 = v_fma(v_splat(look_key_weight3), x12, s9_1);
                    s10_1 = v_fma(v_splat(look_key_weight3), x13, s10_1);
                    s11_1 = v_fma(v_splat(look_key_weight3), x14, s11_1);
                    const real look_key_weight4 = theta[9];
                    const v16 x15 = v_load(x1 + (c + 128));
                    s0_2 = v_fma(v_splat(look_key_weight4), x15, s0_2);
                    const v16 x16 = v_load(x1 + (c + 384));
                    s1_3 = v_fma(v_splat(look_key_weight4), x16, s1_3);
                    const v16 x17 = v_load(x1 + (c + 640));
                    s2_2 = v_fma(v_splat(look_key_weight4), x17, s2_2);
                    const real look_key_weight5 = theta[11];
                    s3_2 = v_fma(v_splat(look_key_weight5), x15, s3_2);
                    s4_2 = v_fma(v_splat(look_key_weight5), x16, s4_2);
                    s5_2 = v_fma(v_splat(look_key_weight5), x17, s5_2);
                    const real look_key_weight6 = theta[13];
                    s6_2 = v_fma(v_splat(look_key_weight6), x15, s6_2);
                    s7_2 = v_fma(v_splat(look_key_weight6), x16, s7_2);
                    s8_1 = v_fma(v_splat(look_key_weight6), x17, s8_1);
                    const real look_key_weight7 = theta[15];
                    s9_1 = v_fma(v_splat(look_key_weight7), x15, s9_1);
                    s10_1 = v_fma(v_splat(look_key_weight7), x16, s10_1);
                    s11_1 = v_fma(v_splat(look_key_weight7), x17, s11_1);
                    v_store(look_key, s0_2);
                    v_store(look_key + 64, s1_3);
                    v_store(look_key + 128, s2_2);
                    v_store(look_key + 16, s3_2);
                    v_store(look_key + 80, s4_2);
                    v_store(look_key + 144, s5_2);
                    v_store(look_key + 32, s6_2);
                    v_store(look_key + 96, s7_2);
                    v_store(look_key + 160, s8_1);
                    v_store(look_key + 48, s9_1);
                    v_store(look_key + 112, s10_1);
                    v_store(look_key + 176, s11_1);
                    v16 s0_3 = v_splat(0.0f);
                    v16 s1_4 = v_splat(0.0f);
                    v16 s2_3 = v_splat(0.0f);
                    v16 s3_3 = v_splat(0.0f);
                    v16 s4_3 = v_splat(0.0f);
                    v16 s5_3 = v_splat(0.0f);
                    v16 s6_3 = v_splat(0.0f);
                    v16 s7_3 = v_splat(0.0f);
                    const real look_key_weight8 = theta[8];
                    const v16 x18 = v_load(x1 + (c + 768));
                    s0_3 = v_fma(v_splat(look_key_weight8), x18, s0_3);
                    const v16 x19 = v_load(x1 + (c + 1024));
                    s1_4 = v_fma(v_splat(look_key_weight8), x19, s1_4);
                    const real look_key_weight9 = theta[10];
                    s2_3 = v_fma(v_splat(look_key_weight9), x18, s2_3);
                    s3_3 = v_fma(v_splat(look_key_weight9), x19, s3_3);
                    const real look_key_weight10 = theta[12];
                    s4_3 = v_fma(v_splat(look_key_weight10), x18, s4_3);
                    s5_3 = v_fma(v_splat(look_key_weight10), x19, s5_3);
                    const real look_key_weight11 = theta[14];
                    s6_3 = v_fma(v_splat(look_key_weight11), x18, s6_3);
                    s7_3 = v_fma(v_splat(look_key_weight11), x19, s7_3);
                    const real look_key_weight12 = theta[9];
                    const v16 x20 = v_load(x1 + (c + 896));
                    s0_3 = v_fma(v_splat(look_key_weight12), x20, s0_3);
                    const v16 x21 = v_load(x1 + (c + 1152));
                    s1_4 = v_fma(v_splat(look_key_weight12), x21, s1_4);
                    const real look_key_weight13 = theta[11];
                    s2_3 = v_fma(v_splat(look_key_weight13), x20, s2_3);
                    s3_3 = v_fma(v_splat(look_key_weight13), x21, s3_3);
                    const real look_key_weight14 = theta[13];
                    s4_3 = v_fma(v_splat(look_key_weight14), x20, s4_3);
                    s5_3 = v_fma(v_splat(look_key_weight14), x21, s5_3);
                    const real look_key_weight15 = theta[15];
                    s6_3 = v_fma(v_splat(look_key_weight15), x20, s6_3);
                    s7_3 = v_fma(v_splat(look_key_weight15), x21, s7_3);
                    v_store(look_key + 192, s0_3);
                    v_store(look_key + 256, s1_4);
                    v_store(look_key + 208, s2_3);
                    v_store(look_key + 272, s3_3);
                    v_store(look_key + 224, s4_3);
                    v_store(look_key + 288, s5_3);
                    v_store(look_key + 240, s6_3);
                    v_store(look_key + 304, s7_3);
                    /* look.value */
                    v16 s0_4 = v_splat(0.0f);
                    v16 s1_5 = v_splat(0.0f);
                    v16 s2_4 = v_splat(0.0f);
                    v16 s3_4 = v_splat(0.0f);
                    v16 s4_4 = v_splat(0.0f);
                    v16 s5_4 = v_splat(0.0f);
                    const real look_value_weight = theta[16];
                    const v16 x22 = v_load(x1 + c);
                    s0_4 = v_fma(v_splat(look_value_weight), x22, s0_4);
                    const v16 x23 = v_load(x1 + (c + 256));
                    s1_5 = v_fma(v_splat(look_value_weight), x23, s1_5);
                    const v16 x24 = v_load(x1 + (c + 512));
                    s2_4 = v_fma(v_splat(look_value_weight), x24, s2_4);
                    const real look_value_weight1 = theta[18];
                    s3_4 = v_fma(v_splat(look_value_weight1), x22, s3_4);
                    s4_4 = v_fma(v_splat(look_value_weight1), x23, s4_4);
                    s5_4 = v_fma(v_splat(look_value_weight1), x24, s5_4);
                    const real look_value_weight2 = theta[17];
                    const v16 x25 = v_load(x1 + (c + 128));
                    s0_4 = v_fma(v_splat(look_value_weight2), x25, s0_4);
                    const v16 x26 = v_load(x1 + (c + 384));
                    s1_5 = v_fma(v_splat(look_value_weight2), x26, s1_5);
                    const v16 x27 = v_load(x1 + (c + 640));
                    s2_4 = v_fma(v_splat(look_value_weight2), x27, s2_4);
                    const real look_value_weight3 = theta[19];
                    s3_4 = v_fma(v_splat(look_value_weight3), x25, s3_4);
                    s4_4 = v_fma(v_splat(look_value_weight3), x26, s4_4);
                    s5_4 = v_fma(v_splat(look_value_weight3), x27, s5_4);
                    v_store(look_value, s0_4);
                    const v16 mul2 = v_mul(v_load(select), v_load(neg));
                    v_store(mul, mul2);
                    const v16 neg4 = v_neg(mul2);
                    v_store(neg1, neg4);
                    const v16 mul3 = v_mul(v_load(x1 + c), neg4);
                    v_store(mul1 + c, mul3);
                    v_store(look_value + 32, s1_5);
                    const v16 mul4 = v_mul(v_load(select + 32), v_load(neg));
                    v_store(mul + 32, mul4);
                    const v16 neg5 = v_neg(mul4);
                    v_store(neg1 + 32, neg5);
                    const v16 mul5 = v_mul(v_load(x1 + (c + 256)), neg5);
                    v_store(mul1 + (c + 256), mul5);
                    v_store(look_value + 64, s2_4);
                    const v16 mul6 = v_mul(v_load(select + 64), v_load(neg));
                    v_store(mul + 64, mul6);
                    const v16 neg6 = v_neg(mul6);
                    v_store(neg1 + 64, neg6);
                    const v16 mul7 = v_mul(v_load(x1 + (c + 512)), neg6);
                    v_store(mul1 + (c + 512), mul7);
                    v_store(look_value + 16, s3_4);
                    const v16 mul8 = v_mul(v_load(select + 16), v_load(neg));
                    v_store(mul + 16, mul8);
                    const v16 neg7 = v_neg(mul8);
                    v_store(neg1 + 16, neg7);
                    const v16 mul9 = v_mul(v_load(x1 + (c + 128)), neg7);
                    v_store(mul1 + (c + 128), mul9);
                    v_store(look_value + 48, s4_4);
                    const v16 mul10 = v_mul(v_load(select + 48), v_load(neg));
                    v_store(mul + 48, mul10);
                    const v16 neg8 = v_neg(mul10);
                    v_store(neg1 + 48, neg8);
                    const v16 mul11 = v_mul(v_load(x1 + (c + 384)), neg8);
                    v_store(mul1 + (c + 384), mul11);
                    v_store(look_value + 80, s5_4);
                    const v16 mul12 = v_mul(v_load(select + 80), v_load(neg));
                    v_store(mul + 80, mul12);
                    const v16 neg9 = v_neg(mul12);
                    v_store(neg1 + 80, neg9);
                    const v16 mul13 = v_mul(v_load(x1 + (c + 640)), neg9);
                    v_store(mul1 + (c + 640), mul13);
                    v16 s0_5 = v_splat(0.0f);
                    v16 s1_6 = v_splat(0.0f);
                    v16 s2_5 = v_splat(0.0f);
                    v16 s3_5 = v_splat(0.0f);
                    const real look_value_weight4 = theta[16];
                    const v16 x28 = v_load(x1 + (c + 768));
                    s0_5 = v_fma(v_splat(look_value_weight4), x28, s0_5);
                    const v16 x29 = v_load(x1 + (c + 1024));
                    s1_6 = v_fma(v_splat(look_value_weight4), x29, s1_6);
                    const real look_value_weight5 = theta[18];
                    s2_5 = v_fma(v_splat(look_value_weight5), x28, s2_5);
                    s3_5 = v_fma(v_splat(look_value_weight5), x29, s3_5);
                    const real look_value_weight6 = theta[17];
                    const v16 x30 = v_load(x1 + (c + 896));
                    s0_5 = v_fma(v_splat(look_value_weight6), x30, s0_5);
                    const v16 x31 = v_load(x1 + (c + 1152));
                    s1_6 = v_fma(v_splat(look_value_weight6), x31, s1_6);
                    const real look_value_weight7 = theta[19];
                    s2_5 = v_fma(v_splat(look_value_weight7), x30, s2_5);
                    s3_5 = v_fma(v_splat(look_value_weight7), x31, s3_5);
                    v_store(look_value + 96, s0_5);
                    const v16 mul14 = v_mul(v_load(select + 96), v_load(neg));
                    v_store(mul + 96, mul14);
                    const v16 neg10 = v_neg(mul14);
                    v_store(neg1 + 96, neg10);
                    const v16 mul15 = v_mul(v_load(x1 + (c + 768)), neg10);
                    v_store(mul1 + (c + 768), mul15);
                    v_store(look_value + 128, s1_6);
                    const v16 mul16 = v_mul(v_load(select + 128), v_load(neg));
                    v_store(mul + 128, mul16);
                    const v16 neg11 = v_neg(mul16);
                    v_store(neg1 + 128, neg11);
                    const v16 mul17 = v_mul(v_load(x1 + (c + 1024)), neg11);
                    v_store(mul1 + (c + 1024), mul17);
                    v_store(look_value + 112, s2_5);
                    const v16 mul18 = v_mul(v_load(select + 112), v_load(neg));
                    v_store(mul + 112, mul18);
                    const v16 neg12 = v_neg(mul18);
                    v_store(neg1 + 112, neg12);
                    const v16 mul19 = v_mul(v_load(x1 + (c + 896)), neg12);
                    v_store(mul1 + (c + 896), mul19);
                    v_store(look_value + 144, s3_5);
                    const v16 mul20 = v_mul(v_load(select + 144), v_load(neg));
                    v_store(mul + 144, mul20);
                    const v16 neg13 = v_neg(mul20);
                    v_store(neg1 + 144, neg13);
                    const v16 mul21 = v_mul(v_load(x1 + (c + 1152)), neg13);
                    v_store(mul1 + (c + 1152), mul21);
                    /* look */
                    v16 s0_6 = v_splat(0.0f);
                    v16 s1_7 = v_splat(0.0f);
                    v16 s2_6 = v_splat(0.0f);
                    v16 s3_6 = v_splat(0.0f);
                    v16 s4_5 = v_splat(0.0f);
                    v16 s5_5 = v_splat(0.0f);
                    v16 s6_4 = v_splat(0.0f);
                    v16 s7_4 = v_splat(0.0f);
                    v16 s8_2 = v_splat(0.0f);
                    const v16 sum = v_load(look_key);
                    const v16 sum1 = v_load(look_query);
                    s0_6 = v_fma(sum, sum1, s0_6);
                    const v16 sum2 = v_load(look_key + 64);
                    s1_7 = v_fma(sum2, sum1, s1_7);
                    const v16 sum3 = v_load(look_key + 128);
                    s2_6 = v_fma(sum3, sum1, s2_6);
                    const v16 sum4 = v_load(look_query + 64);
                    s3_6 = v_fma(sum, sum4, s3_6);
                    s4_5 = v_fma(sum2, sum4, s4_5);
                    s5_5 = v_fma(sum3, sum4, s5_5);
                    const v16 sum5 = v_load(look_query + 128);
                    s6_4 = v_fma(sum, sum5, s6_4);
                    s7_4 = v_fma(sum2, sum5, s7_4);
                    s8_2 = v_fma(sum3, sum5, s8_2);
                    const v16 sum6 = v_load(look_key + 16);
                    const v16 sum7 = v_load(look_query + 16);
                    s0_6 = v_fma(sum6, sum7, s0_6);
                    const v16 sum8 = v_load(look_key + 80);
                    s1_7 = v_fma(sum8, sum7, s1_7);
                    const v16 sum9 = v_load(look_key + 144);
                    s2_6 = v_fma(sum9, sum7, s2_6);
                    const v16 sum10 = v_load(look_query + 80);
                    s3_6 = v_fma(sum6, sum10, s3_6);
                    s4_5 = v_fma(sum8, sum10, s4_5);
                    s5_5 = v_fma(sum9, sum10, s5_5);
                    const v16 sum11 = v_load(look_query + 144);
                    s6_4 = v_fma(sum6, sum11, s6_4);
                    s7_4 = v_fma(sum8, sum11, s7_4);
                    s8_2 = v_fma(sum9, sum11, s8_2);
                    const v16 sum12 = v_load(look_key + 32);
                    const v16 sum13 = v_load(look_query + 32);
                    s0_6 = v_fma(sum12, sum13, s0_6);
                    const v16 sum14 = v_load(look_key + 96);
                    s1_7 = v_fma(sum14, sum13, s1_7);
                    const v16 sum15 = v_load(look_key + 160);
                    s2_6 = v_fma(sum15, sum13, s2_6);
                    const v16 sum16 = v_load(look_query + 96);
                    s3_6 = v_fma(sum12, sum16, s3_6);
                    s4_5 = v_fma(sum14, sum16, s4_5);
                    s5_5 = v_fma(sum15, sum16, s5_5);
                    const v16 sum17 = v_load(look_query + 160);
                    s6_4 = v_fma(sum12, sum17, s6_4);
                    s7_4 = v_fma(sum14, sum17, s7_4);
                    s8_2 = v_fma(sum15, sum17, s8_2);
                    const v16 sum18 = v_load(look_key + 48);
                    const v16 sum19 = v_load(look_query + 48);
                    s0_6 = v_fma(sum18, sum19, s0_6);
                    const v16 sum20 = v_load(look_key + 112);
                    s1_7 = v_fma(sum20, sum19, s1_7);
                    const v16 sum21 = v_load(look_key + 176);
                    s2_6 = v_fma(sum21, sum19, s2_6);
                    const v16 sum22 = v_load(look_query + 112);
                    s3_6 = v_fma(sum18, sum22, s3_6);
                    s4_5 = v_fma(sum20, sum22, s4_5);
                    s5_5 = v_fma(sum21, sum22, s5_5);
                    const v16 sum23 = v_load(look_query + 176);
                    s6_4 = v_fma(sum18, sum23, s6_4);
                    s7_4 = v_fma(sum20, sum23, s7_4);
                    s8_2 = v_fma(sum21, sum23, s8_2);
                    const v16 mul22 = v_mul(s0_6, v_splat(0.5f));
                    v_store(look, mul22);
                    const v16 mul23 = v_mul(s1_7, v_splat(0.5f));
                    v_store(look + 16, mul23);
                    const v16 mul24 = v_mul(s2_6, v_splat(0.5f));
                    v_store(look + 32, mul24);
                    const v16 mul25 = v_mul(s3_6, v_splat(0.5f));
                    v_store(look + 80, mul25);
                    const v16 mul26 = v_mul(s4_5, v_splat(0.5f));
                    v_store(look + 96, mul26);
                    const v16 mul27 = v_mul(s5_5, v_splat(0.5f));
                    v_store(look + 112, mul27);
                    const v16 mul28 = v_mul(s6_4, v_splat(0.5f));
                    v_store(look + 160, mul28);
                    const v16 mul29 = v_mul(s7_4, v_splat(0.5f));
                    v_store(look + 176, mul29);
                    const v16 mul30 = v_mul(s8_2, v_splat(0.5f));
                    v_store(look + 192, mul30);
                    v16 s0_7 = v_splat(0.0f);
                    v16 s1_8 = v_splat(0.0f);
                    v16 s2_7 = v_splat(0.0f);
                    v16 s3_7 = v_splat(0.0f);
                    v16 s4_6 = v_splat(0.0f);
                    v16 s5_6 = v_splat(0.0f);
                    const v16 sum24 = v_load(look_key + 192);
                    const v16 sum25 = v_load(look_query);
                    s0_7 = v_fma(sum24, sum25, s0_7);
                    const v16 sum26 = v_load(look_key + 256);
                    s1_8 = v_fma(sum26, sum25, s1_8);
                    const v16 sum27 = v_load(look_query + 64);
                    s2_7 = v_fma(sum24, sum27, s2_7);
                    s3_7 = v_fma(sum26, sum27, s3_7);
                    const v16 sum28 = v_load(look_query + 128);
                    s4_6 = v_fma(sum24, sum28, s4_6);
                    s5_6 = v_fma(sum26, sum28, s5_6);
                    const v16 sum29 = v_load(look_key + 208);
                    const v16 sum30 = v_load(look_query + 16);
                    s0_7 = v_fma(sum29, sum30, s0_7);
                    const v16 sum31 = v_load(look_key + 272);
                    s1_8 = v_fma(sum31, sum30, s1_8);
                    const v16 sum32 = v_load(look_query + 80);
                    s2_7 = v_fma(sum29, sum32, s2_7);
                    s3_7 = v_fma(sum31, sum32, s3_7);
                    const v16 sum33 = v_load(look_query + 144);
                    s4_6 = v_fma(sum29, sum33, s4_6);
                    s5_6 = v_fma(sum31, sum33, s5_6);
                    const v16 sum34 = v_load(look_key + 224);
                    const v16 sum35 = v_load(look_query + 32);
                    s0_7 = v_fma(sum34, sum35, s0_7);
                    const v16 sum36 = v_load(look_key + 288);
                    s1_8 = v_fma(sum36, sum35, s1_8);
                    const v16 sum37 = v_load(look_query + 96);
                    s2_7 = v_fma(sum34, sum37, s2_7);
                    s3_7 = v_fma(sum36, sum37, s3_7);
                    const v16 sum38 = v_load(look_query + 160);
                    s4_6 = v_fma(sum34, sum38, s4_6);
                    s5_6 = v_fma(sum36, sum38, s5_6);
                    const v16 sum39 = v_load(look_key + 240);
                    const v16 sum40 = v_load(look_query + 48);
                    s0_7 = v_fma(sum39, sum40, s0_7);
                    const v16 sum41 = v_load(look_key + 304);
                    s1_8 = v_fma(sum41, sum40, s1_8);
                    const v16 sum42 = v_load(look_query + 112);
                    s2_7 = v_fma(sum39, sum42, s2_7);
                    s3_7 = v_fma(sum41, sum42, s3_7);
                    const v16 sum43 = v_load(look_query + 176);
                    s4_6 = v_fma(sum39, sum43, s4_6);
                    s5_6 = v_fma(sum41, sum43, s5_6);
                    const v16 mul31 = v_mul(s0_7, v_splat(0.5f));
                    v_store(look + 48, mul31);
                    const v16 mul32 = v_mul(s1_8, v_splat(0.5f));
                    v_store(look + 64, mul32);
                    const v16 mul33 = v_mul(s2_7, v_splat(0.5f));
                    v_store(look + 128, mul33);
                    const v16 mul34 = v_mul(s3_7, v_splat(0.5f));
                    v_store(look + 144, mul34);
                    const v16 mul35 = v_mul(s4_6, v_splat(0.5f));
                    v_store(look + 208, mul35);
                    const v16 mul36 = v_mul(s5_6, v_splat(0.5f));
                    v_store(look + 224, mul36);
                    v16 s0_8 = v_splat(0.0f);
                    v16 s1_9 = v_splat(0.0f);
                    v16 s2_8 = v_splat(0.0f);
                    v16 s3_8 = v_splat(0.0f);
                    v16 s4_7 = v_splat(0.0f);
                    v16 s5_7 = v_splat(0.0f);
                    const v16 sum44 = v_load(look_key);
                    const v16 sum45 = v_load(look_query + 192);
                    s0_8 = v_fma(sum44, sum45, s0_8);
                    const v16 sum46 = v_load(look_key + 64);
                    s1_9 = v_fma(sum46, sum45, s1_9);
                    const v16 sum47 = v_load(look_key + 128);
                    s2_8 = v_fma(sum47, sum45, s2_8);
                    const v16 sum48 = v_load(look_query + 256);
                    s3_8 = v_fma(sum44, sum48, s3_8);
                    s4_7 = v_fma(sum46, sum48, s4_7);
                    s5_7 = v_fma(sum47, sum48, s5_7);
                    const v16 sum49 = v_load(look_key + 16);
                    const v16 sum50 = v_load(look_query + 208);
                    s0_8 = v_fma(sum49, sum50, s0_8);
                    const v16 sum51 = v_load(look_key + 80);
                    s1_9 = v_fma(sum51, sum50, s1_9);
                    const v16 sum52 = v_load(look_key + 144);
                    s2_8 = v_fma(sum52, sum50, s2_8);
                    const v16 sum53 = v_load(look_query + 272);
                    s3_8 = v_fma(sum49, sum53, s3_8);
                    s4_7 = v_fma(sum51, sum53, s4_7);
                    s5_7 = v_fma(sum52, sum53, s5_7);
                    const v16 sum54 = v_load(look_key + 32);
                    const v16 sum55 = v_load(look_query + 224);
                    s0_8 = v_fma(sum54, sum55, s0_8);
                    const v16 sum56 = v_load(look_key + 96);
                    s1_9 = v_fma(sum56, sum55, s1_9);
                    const v16 sum57 = v_load(look_key + 160);
                    s2_8 = v_fma(sum57, sum55, s2_8);
                    const v16 sum58 = v_load(look_query + 288);
                    s3_8 = v_fma(sum54, sum58, s3_8);
                    s4_7 = v_fma(sum56, sum58, s4_7);
                    s5_7 = v_fma(sum57, sum58, s5_7);
                    const v16 sum59 = v_load(look_key + 48);
                    const v16 sum60 = v_load(look_query + 240);
                    s0_8 = v_fma(sum59, sum60, s0_8);
                    const v16 sum61 = v_load(look_key + 112);
                    s1_9 = v_fma(sum61, sum60, s1_9);
                    const v16 sum62 = v_load(look_key + 176);
                    s2_8 = v_fma(sum62, sum60, s2_8);
                    const v16 sum63 = v_load(look_query + 304);
                    s3_8 = v_fma(sum59, sum63, s3_8);
                    s4_7 = v_fma(sum61, sum63, s4_7);
                    s5_7 = v_fma(sum62, sum63, s5_7);
                    const v16 mul37 = v_mul(s0_8, v_splat(0.5f));
                    v_store(look + 240, mul37);
                    const v16 mul38 = v_mul(s1_9, v_splat(0.5f));
                    v_store(look + 256, mul38);
                    const v16 mul39 = v_mul(s2_8, v_splat(0.5f));
                    v_store(look + 272, mul39);
                    const v16 mul40 = v_mul(s3_8, v_splat(0.5f));
                    v_store(look + 320, mul40);
                    const v16 mul41 = v_mul(s4_7, v_splat(0.5f));
                    v_store(look + 336, mul41);
                    const v16 mul42 = v_mul(s5_7, v_splat(0.5f));
                    v_store(look + 352, mul42);
                    v16 s0_9 = v_splat(0.0f);
                    v16 s1_10 = v_splat(0.0f);
                    v16 s2_9 = v_splat(0.0f);
                    v16 s3_9 = v_splat(0.0f);
                    const v16 sum64 = v_load(look_key + 192);
                    const v16 sum65 = v_load(look_query + 192);
                    s0_9 = v_fma(sum64, sum65, s0_9);
                    const v16 sum66 = v_load(look_key + 256);
                    s1_10 = v_fma(sum66, sum65, s1_10);
                    const v16 sum67 = v_load(look_query + 256);
                    s2_9 = v_fma(sum64, sum67, s2_9);
                    s3_9 = v_fma(sum66, sum67, s3_9);
                    const v16 sum68 = v_load(look_key + 208);
                    const v16 sum69 = v_load(look_query + 208);
                    s0_9 = v_fma(sum68, sum69, s0_9);
                    const v16 sum70 = v_load(look_key + 272);
                    s1_10 = v_fma(sum70, sum69, s1_10);
                    const v16 sum71 = v_load(look_query + 272);
                    s2_9 = v_fma(sum68, sum71, s2_9);
                    s3_9 = v_fma(sum70, sum71, s3_9);
                    const v16 sum72 = v_load(look_key + 224);
                    const v16 sum73 = v_load(look_query + 224);
                    s0_9 = v_fma(sum72, sum73, s0_9);
                    const v16 sum74 = v_load(look_key + 288);
                    s1_10 = v_fma(sum74, sum73, s1_10);
                    const v16 sum75 = v_load(look_query + 288);
                    s2_9 = v_fma(sum72, sum75, s2_9);
                    s3_9 = v_fma(sum74, sum75, s3_9);
                    const v16 sum76 = v_load(look_key + 240);
                    const v16 sum77 = v_load(look_query + 240);
                    s0_9 = v_fma(sum76, sum77, s0_9);
                    const v16 sum78 = v_load(look_key + 304);
                    s1_10 = v_fma(sum78, sum77, s1_10);
                    const v16 sum79 = v_load(look_query + 304);
                    s2_9 = v_fma(sum76, sum79, s2_9);
                    s3_9 = v_fma(sum78, sum79, s3_9);
                    const v16 mul43 = v_mul(s0_9, v_splat(0.5f));
                    v_store(look + 288, mul43);
                    const v16 mul44 = v_mul(s1_10, v_splat(0.5f));
                    v_store(look + 304, mul44);
                    const v16 mul45 = v_mul(s2_9, v_splat(0.5f));
                    v_store(look + 368, mul45);
                    const v16 mul46 = v_mul(s3_9, v_splat(0.5f));
                    v_store(look + 384, mul46);
                    /* look */
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        v16 peak = v_load(look + i1*80);
                        ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                            peak = v_max(peak, v_load(look + (i1*5 + k1)*16));
                        }
                        v_store(look1 + i1*16, peak);
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                            const v16 sub = v_sub(v_load(look + (i1*5 + j)*16),
                                v_load(look1 + i1*16));
                            const v16 exp_ = v_exp(sub);
                            v_store(look2 + (i1*5 + j)*16, exp_);
                            const v16 select1 = v_select(v_eq(v_load(look + (i1*5 + j)*16),
                                v_load(look1 + i1*16)), v_splat(1.0f), v_splat(0.0f));
                            v_store(look3 + (i1*5 + j)*16, select1);
                        }
                    }
                    /* look */
                    v16 s0_10 = v_splat(0.0f);
                    v16 s1_11 = v_splat(0.0f);
                    v16 s2_10 = v_splat(0.0f);
                    v16 s3_10 = v_splat(0.0f);
                    v16 s4_8 = v_splat(0.0f);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        s0_10 = v_add(s0_10, v_load(look2 + k1*16));
                        s1_11 = v_add(s1_11, v_load(look2 + (k1 + 5)*16));
                        s2_10 = v_add(s2_10, v_load(look2 + (k1 + 10)*16));
                        s3_10 = v_add(s3_10, v_load(look2 + (k1 + 15)*16));
                        s4_8 = v_add(s4_8, v_load(look2 + (k1 + 20)*16));
                    }
                    v_store(look1, s0_10);
                    v_store(look1 + 16, s1_11);
                    v_store(look1 + 32, s2_10);
                    v_store(look1 + 48, s3_10);
                    v_store(look1 + 64, s4_8);
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                            const v16 div = v_div(v_load(look2 + (i1*5 + j)*16),
                                v_load(look1 + i1*16));
                            v_store(look + (i1*5 + j)*16, div);
                        }
                    }
                    /* look */
                    v16 s0_11 = v_splat(0.0f);
                    v16 s1_12 = v_splat(0.0f);
                    v16 s2_11 = v_splat(0.0f);
                    v16 s3_11 = v_splat(0.0f);
                    v16 s4_9 = v_splat(0.0f);
                    v16 s5_8 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 div = v_load(look + l*16);
                        const v16 sum80 = v_load(look_value + l*32);
                        s0_11 = v_fma(div, sum80, s0_11);
                        const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
                        s1_12 = v_fma(div, sum81, s1_12);
                        const v16 div1 = v_load(look + (l + 5)*16);
                        s2_11 = v_fma(div1, sum80, s2_11);
                        s3_11 = v_fma(div1, sum81, s3_11);
                        const v16 div2 = v_load(look + (l + 10)*16);
                        s4_9 = v_fma(div2, sum80, s4_9);
                        s5_8 = v_fma(div2, sum81, s5_8);
                    }
                    v_store(look4, s0_11);
                    const v16 mul47 = v_mul(s0_11, s0_11);
                    v_store(square, mul47);
                    const v16 add4 = v_add(s0_11, s0_11);
                    v_store(add, add4);
                    v_store(look4 + 16, s1_12);
                    const v16 mul48 = v_mul(s1_12, s1_12);
                    v_store(square + 16, mul48);
                    const v16 add5 = v_add(s1_12, s1_12);
                    v_store(add + 16, add5);
                    v_store(look4 + 32, s2_11);
                    const v16 mul49 = v_mul(s2_11, s2_11);
                    v_store(square + 32, mul49);
                    const v16 add6 = v_add(s2_11, s2_11);
                    v_store(add + 32, add6);
                    v_store(look4 + 48, s3_11);
                    const v16 mul50 = v_mul(s3_11, s3_11);
                    v_store(square + 48, mul50);
                    const v16 add7 = v_add(s3_11, s3_11);
                    v_store(add + 48, add7);
                    v_store(look4 + 64, s4_9);
                    const v16 mul51 = v_mul(s4_9, s4_9);
                    v_store(square + 64, mul51);
                    const v16 add8 = v_add(s4_9, s4_9);
                    v_store(add + 64, add8);
                    v_store(look4 + 80, s5_8);
                    const v16 mul52 = v_mul(s5_8, s5_8);
                    v_store(square + 80, mul52);
                    const v16 add9 = v_add(s5_8, s5_8);
                    v_store(add + 80, add9);
                    v16 s0_12 = v_splat(0.0f);
                    v16 s1_13 = v_splat(0.0f);
                    v16 s2_12 = v_splat(0.0f);
                    v16 s3_12 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 div = v_load(look + (l + 15)*16);
                        const v16 sum80 = v_load(look_value + l*32);
                        s0_12 = v_fma(div, sum80, s0_12);
                        const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
                        s1_13 = v_fma(div, sum81, s1_13);
                        const v16 div1 = v_load(look + (l + 20)*16);
                        s2_12 = v_fma(div1, sum80, s2_12);
                        s3_12 = v_fma(div1, sum81, s3_12);
                    }
                    v_store(look4 + 96, s0_12);
                    const v16 mul53 = v_mul(s0_12, s0_12);
                    v_store(square + 96, mul53);
                    const v16 add10 = v_add(s0_12, s0_12);
                    v_store(add + 96, add10);
                    v_store(look4 + 112, s1_13);
                    const v16 mul54 = v_mul(s1_13, s1_13);
                    v_store(square + 112, mul54);
                    const v16 add11 = v_add(s1_13, s1_13);
                    v_store(add + 112, add11);
                    v_store(look4 + 128, s2_12);
                    const v16 mul55 = v_mul(s2_12, s2_12);
                    v_store(square + 128, mul55);
                    const v16 add12 = v_add(s2_12, s2_12);
                    v_store(add + 128, add12);
                    v_store(look4 + 144, s3_12);
                    const v16 mul56 = v_mul(s3_12, s3_12);
                    v_store(square + 144, mul56);
                    const v16 add13 = v_add(s3_12, s3_12);
                    v_store(add + 144, add13);
                    v16 s0_13 = v_splat(0.0f);
                    v16 s1_14 = v_splat(0.0f);
                    v16 s2_13 = v_splat(0.0f);
                    v16 s3_13 = v_splat(0.0f);
                    v16 s4_10 = v_splat(0.0f);
                    s0_13 = v_add(s0_13, v_load(square));
                    s1_14 = v_add(s1_14, v_load(square + 32));
                    s2_13 = v_add(s2_13, v_load(square + 64));
                    s3_13 = v_add(s3_13, v_load(square + 96));
                    s4_10 = v_add(s4_10, v_load(square + 128));
                    s0_13 = v_add(s0_13, v_load(square + 16));
                    s1_14 = v_add(s1_14, v_load(square + 48));
                    s2_13 = v_add(s2_13, v_load(square + 80));
                    s3_13 = v_add(s3_13, v_load(square + 112));
                    s4_10 = v_add(s4_10, v_load(square + 144));
                    real row[80] ALIGNED;
                    v_store(row, s0_13);
                    v_store(row + 16, s1_14);
                    v_store(row + 32, s2_13);
                    v_store(row + 48, s3_13);
                    v_store(row + 64, s4_10);
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const v16 sum80 = v_load(row + u*16);
                        const v16 sqrt_ = v_sqrt(sum80);
                        const v16 add14 = v_add(sqrt_, v_splat(1.0f));
                        v_store(add1 + u*16, add14);
                        const v16 add15 = v_add(sqrt_, sqrt_);
                        v_store(add2 + u*16, add15);
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const v16 div = v_div(v_load(look4 + (i1*2 + j)*16),
                                v_load(add1 + i1*16));
                            const v16 fma1 = v_fma(v_load(x1 + ((i1*2 + j)*128 + c)),
                                v_splat(pack[0]), div);
                            const v16 div1 = v_div(v_load(mul + (i1*2 + j)*16),
                                v_load(add1 + i1*16));
                            v_store(square + (i1*2 + j)*16, div1);
                            const v16 mul57 = v_mul(div, div1);
                            const v16 neg14 = v_neg(mul57);
                            v_store(neg2 + (i1*2 + j)*16, neg14);
                            const v16 fma2 = v_fma(fma1, v_load(h + c),
                                v_load(x1 + ((i1*2 + j)*128 + c)));
                            v_store(fma_ + ((i1*2 + j)*128 + c), fma2);
                            v_store(x_slope + ((i1*2 + j)*128 + c), fma1);
                        }
                    }
                    v16 s0_14 = v_splat(0.0f);
                    v16 s1_15 = v_splat(0.0f);
                    v16 s2_14 = v_splat(0.0f);
                    v16 s3_14 = v_splat(0.0f);
                    v16 s4_11 = v_splat(0.0f);
                    s0_14 = v_add(s0_14, v_load(neg2));
                    s1_15 = v_add(s1_15, v_load(neg2 + 32));
                    s2_14 = v_add(s2_14, v_load(neg2 + 64));
                    s3_14 = v_add(s3_14, v_load(neg2 + 96));
                    s4_11 = v_add(s4_11, v_load(neg2 + 128));
                    s0_14 = v_add(s0_14, v_load(neg2 + 16));
                    s1_15 = v_add(s1_15, v_load(neg2 + 48));
                    s2_14 = v_add(s2_14, v_load(neg2 + 80));
                    s3_14 = v_add(s3_14, v_load(neg2 + 112));
                    s4_11 = v_add(s4_11, v_load(neg2 + 144));
                    real row1[80] ALIGNED;
                    v_store(row1, s0_14);
                    v_store(row1 + 16, s1_15);
                    v_store(row1 + 32, s2_14);
                    v_store(row1 + 48, s3_14);
                    v_store(row1 + 64, s4_11);
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const v16 sum80 = v_load(row1 + u*16);
                        const v16 div = v_div(sum80, v_load(add2 + u*16));
                        v_store(mul + u*16, div);
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const v16 fma1 = v_fma(v_load(mul + i1*16), v_load(add + (i1*2 + j)*16),
                                v_load(square + (i1*2 + j)*16));
                            v_store(look4 + (i1*2 + j)*16, fma1);
                        }
                    }
                    /* look */
                    v16 s0_15 = v_splat(0.0f);
                    v16 s1_16 = v_splat(0.0f);
                    v16 s2_15 = v_splat(0.0f);
                    v16 s3_15 = v_splat(0.0f);
                    v16 s4_12 = v_splat(0.0f);
                    v16 s5_9 = v_splat(0.0f);
                    v16 s6_5 = v_splat(0.0f);
                    v16 s7_5 = v_splat(0.0f);
                    v16 s8_3 = v_splat(0.0f);
                    const v16 fma1 = v_load(look4);
                    const v16 sum80 = v_load(look_value);
                    s0_15 = v_fma(fma1, sum80, s0_15);
                    const v16 sum81 = v_load(look_value + 32);
                    s1_16 = v_fma(fma1, sum81, s1_16);
                    const v16 sum82 = v_load(look_value + 64);
                    s2_15 = v_fma(fma1, sum82, s2_15);
                    const v16 fma2 = v_load(look4 + 32);
                    s3_15 = v_fma(fma2, sum80, s3_15);
                    s4_12 = v_fma(fma2, sum81, s4_12);
                    s5_9 = v_fma(fma2, sum82, s5_9);
                    const v16 fma3 = v_load(look4 + 64);
                    s6_5 = v_fma(fma3, sum80, s6_5);
                    s7_5 = v_fma(fma3, sum81, s7_5);
                    s8_3 = v_fma(fma3, sum82, s8_3);
                    const v16 fma4 = v_load(look4 + 16);
                    const v16 sum83 = v_load(look_value + 16);
                    s0_15 = v_fma(fma4, sum83, s0_15);
                    const v16 sum84 = v_load(look_value + 48);
                    s1_16 = v_fma(fma4, sum84, s1_16);
                    const v16 sum85 = v_load(look_value + 80);
                    s2_15 = v_fma(fma4, sum85, s2_15);
                    const v16 fma5 = v_load(look4 + 48);
                    s3_15 = v_fma(fma5, sum83, s3_15);
                    s4_12 = v_fma(fma5, sum84, s4_12);
                    s5_9 = v_fma(fma5, sum85, s5_9);
                    const v16 fma6 = v_load(look4 + 80);
                    s6_5 = v_fma(fma6, sum83, s6_5);
                    s7_5 = v_fma(fma6, sum84, s7_5);
                    s8_3 = v_fma(fma6, sum85, s8_3);
                    const v16 div = v_div(s0_15, v_load(look1));
                    v_store(look5, div);
                    const v16 mul57 = v_mul(v_load(look), div);
                    const v16 neg14 = v_neg(mul57);
                    v_store(look6, neg14);
                    const v16 div1 = v_div(s1_16, v_load(look1));
                    v_store(look5 + 16, div1);
                    const v16 mul58 = v_mul(v_load(look + 16), div1);
                    const v16 neg15 = v_neg(mul58);
                    v_store(look6 + 16, neg15);
                    const v16 div2 = v_div(s2_15, v_load(look1));
                    v_store(look5 + 32, div2);
                    const v16 mul59 = v_mul(v_load(look + 32), div2);
                    const v16 neg16 = v_neg(mul59);
                    v_store(look6 + 32, neg16);
                    const v16 div3 = v_div(s3_15, v_load(look1 + 16));
                    v_store(look5 + 80, div3);
                    const v16 mul60 = v_mul(v_load(look + 80), div3);
                    const v16 neg17 = v_neg(mul60);
                    v_store(look6 + 80, neg17);
                    const v16 div4 = v_div(s4_12, v_load(look1 + 16));
                    v_store(look5 + 96, div4);
                    const v16 mul61 = v_mul(v_load(look + 96), div4);
                    const v16 neg18 = v_neg(mul61);
                    v_store(look6 + 96, neg18);
                    const v16 div5 = v_div(s5_9, v_load(look1 + 16));
                    v_store(look5 + 112, div5);
                    const v16 mul62 = v_mul(v_load(look + 112), div5);
                    const v16 neg19 = v_neg(mul62);
                    v_store(look6 + 112, neg19);
                    const v16 div6 = v_div(s6_5, v_load(look1 + 32));
                    v_store(look5 + 160, div6);
                    const v16 mul63 = v_mul(v_load(look + 160), div6);
                    const v16 neg20 = v_neg(mul63);
                    v_store(look6 + 160, neg20);
                    const v16 div7 = v_div(s7_5, v_load(look1 + 32));
                    v_store(look5 + 176, div7);
                    const v16 mul64 = v_mul(v_load(look + 176), div7);
                    const v16 neg21 = v_neg(mul64);
                    v_store(look6 + 176, neg21);
                    const v16 div8 = v_div(s8_3, v_load(look1 + 32));
                    v_store(look5 + 192, div8);
                    const v16 mul65 = v_mul(v_load(look + 192), div8);
                    const v16 neg22 = v_neg(mul65);
                    v_store(look6 + 192, neg22);
                    v16 s0_16 = v_splat(0.0f);
                    v16 s1_17 = v_splat(0.0f);
                    v16 s2_16 = v_splat(0.0f);
                    v16 s3_16 = v_splat(0.0f);
                    v16 s4_13 = v_splat(0.0f);
                    v16 s5_10 = v_splat(0.0f);
                    const v16 fma7 = v_load(look4);
                    const v16 sum86 = v_load(look_value + 96);
                    s0_16 = v_fma(fma7, sum86, s0_16);
                    const v16 sum87 = v_load(look_value + 128);
                    s1_17 = v_fma(fma7, sum87, s1_17);
                    const v16 fma8 = v_load(look4 + 32);
                    s2_16 = v_fma(fma8, sum86, s2_16);
                    s3_16 = v_fma(fma8, sum87, s3_16);
                    const v16 fma9 = v_load(look4 + 64);
                    s4_13 = v_fma(fma9, sum86, s4_13);
                    s5_10 = v_fma(fma9, sum87, s5_10);
                    const v16 fma10 = v_load(look4 + 16);
                    const v16 sum88 = v_load(look_value + 112);
                    s0_16 = v_fma(fma10, sum88, s0_16);
                    const v16 sum89 = v_load(look_value + 144);
                    s1_17 = v_fma(fma10, sum89, s1_17);
                    const v16 fma11 = v_load(look4 + 48);
                    s2_16 = v_fma(fma11, sum88, s2_16);
                    s3_16 = v_fma(fma11, sum89, s3_16);
                    const v16 fma12 = v_load(look4 + 80);
                    s4_13 = v_fma(fma12, sum88, s4_13);
                    s5_10 = v_fma(fma12, sum89, s5_10);
                    const v16 div9 = v_div(s0_16, v_load(look1));
                    v_store(look5 + 48, div9);
                    const v16 mul66 = v_mul(v_load(look + 48), div9);
                    const v16 neg23 = v_neg(mul66);
                    v_store(look6 + 48, neg23);
                    const v16 div10 = v_div(s1_17, v_load(look1));
                    v_store(look5 + 64, div10);
                    const v16 mul67 = v_mul(v_load(look + 64), div10);
                    const v16 neg24 = v_neg(mul67);
                    v_store(look6 + 64, neg24);
                    const v16 div11 = v_div(s2_16, v_load(look1 + 16));
                    v_store(look5 + 128, div11);
                    const v16 mul68 = v_mul(v_load(look + 128), div11);
                    const v16 neg25 = v_neg(mul68);
                    v_store(look6 + 128, neg25);
                    const v16 div12 = v_div(s3_16, v_load(look1 + 16));
                    v_store(look5 + 144, div12);
                    const v16 mul69 = v_mul(v_load(look + 144), div12);
                    const v16 neg26 = v_neg(mul69);
                    v_store(look6 + 144, neg26);
                    const v16 div13 = v_div(s4_13, v_load(look1 + 32));
                    v_store(look5 + 208, div13);
                    const v16 mul70 = v_mul(v_load(look + 208), div13);
                    const v16 neg27 = v_neg(mul70);
                    v_store(look6 + 208, neg27);
                    const v16 div14 = v_div(s5_10, v_load(look1 + 32));
                    v_store(look5 + 224, div14);
                    const v16 mul71 = v_mul(v_load(look + 224), div14);
                    const v16 neg28 = v_neg(mul71);
                    v_store(look6 + 224, neg28);
                    v16 s0_17 = v_splat(0.0f);
                    v16 s1_18 = v_splat(0.0f);
                    v16 s2_17 = v_splat(0.0f);
                    v16 s3_17 = v_splat(0.0f);
                    v16 s4_14 = v_splat(0.0f);
                    v16 s5_11 = v_splat(0.0f);
                    const v16 fma13 = v_load(look4 + 96);
                    const v16 sum90 = v_load(look_value);
                    s0_17 = v_fma(fma13, sum90, s0_17);
                    const v16 sum91 = v_load(look_value + 32);
                    s1_18 = v_fma(fma13, sum91, s1_18);
                    const v16 sum92 = v_load(look_value + 64);
                    s2_17 = v_fma(fma13, sum92, s2_17);
                    const v16 fma14 = v_load(look4 + 128);
                    s3_17 = v_fma(fma14, sum90, s3_17);
                    s4_14 = v_fma(fma14, sum91, s4_14);
                    s5_11 = v_fma(fma14, sum92, s5_11);
                    const v16 fma15 = v_load(look4 + 112);
                    const v16 sum93 = v_load(look_value + 16);
                    s0_17 = v_fma(fma15, sum93, s0_17);
                    const v16 sum94 = v_load(look_value + 48);
                    s1_18 = v_fma(fma15, sum94, s1_18);
                    const v16 sum95 = v_load(look_value + 80);
                    s2_17 = v_fma(fma15, sum95, s2_17);
                    const v16 fma16 = v_load(look4 + 144);
                    s3_17 = v_fma(fma16, sum93, s3_17);
                    s4_14 = v_fma(fma16, sum94, s4_14);
                    s5_11 = v_fma(fma16, sum95, s5_11);
                    const v16 div15 = v_div(s0_17, v_load(look1 + 48));
                    v_store(look5 + 240, div15);
                    const v16 mul72 = v_mul(v_load(look + 240), div15);
                    const v16 neg29 = v_neg(mul72);
                    v_store(look6 + 240, neg29);
                    const v16 div16 = v_div(s1_18, v_load(look1 + 48));
                    v_store(look5 + 256, div16);
                    const v16 mul73 = v_mul(v_load(look + 256), div16);
                    const v16 neg30 = v_neg(mul73);
                    v_store(look6 + 256, neg30);
                    const v16 div17 = v_div(s2_17, v_load(look1 + 48));
                    v_store(look5 + 272, div17);
                    const v16 mul74 = v_mul(v_load(look + 272), div17);
                    const v16 neg31 = v_neg(mul74);
                    v_store(look6 + 272, neg31);
                    const v16 div18 = v_div(s3_17, v_load(look1 + 64));
                    v_store(look5 + 320, div18);
                    const v16 mul75 = v_mul(v_load(look + 320), div18);
                    const v16 neg32 = v_neg(mul75);
                    v_store(look6 + 320, neg32);
                    const v16 div19 = v_div(s4_14, v_load(look1 + 64));
                    v_store(look5 + 336, div19);
                    const v16 mul76 = v_mul(v_load(look + 336), div19);
                    const v16 neg33 = v_neg(mul76);
                    v_store(look6 + 336, neg33);
                    const v16 div20 = v_div(s5_11, v_load(look1 + 64));
                    v_store(look5 + 352, div20);
                    const v16 mul77 = v_mul(v_load(look + 352), div20);
                    const v16 neg34 = v_neg(mul77);
                    v_store(look6 + 352, neg34);
                    v16 s0_18 = v_splat(0.0f);
                    v16 s1_19 = v_splat(0.0f);
                    v16 s2_18 = v_splat(0.0f);
                    v16 s3_18 = v_splat(0.0f);
                    const v16 fma17 = v_load(look4 + 96);
                    const v16 sum96 = v_load(look_value + 96);
                    s0_18 = v_fma(fma17, sum96, s0_18);
                    const v16 sum97 = v_load(look_value + 128);
                    s1_19 = v_fma(fma17, sum97, s1_19);
                    const v16 fma18 = v_load(look4 + 128);
                    s2_18 = v_fma(fma18, sum96, s2_18);
                    s3_18 = v_fma(fma18, sum97, s3_18);
                    const v16 fma19 = v_load(look4 + 112);
                    const v16 sum98 = v_load(look_value + 112);
                    s0_18 = v_fma(fma19, sum98, s0_18);
                    const v16 sum99 = v_load(look_value + 144);
                    s1_19 = v_fma(fma19, sum99, s1_19);
                    const v16 fma20 = v_load(look4 + 144);
                    s2_18 = v_fma(fma20, sum98, s2_18);
                    s3_18 = v_fma(fma20, sum99, s3_18);
                    const v16 div21 = v_div(s0_18, v_load(look1 + 48));
                    v_store(look5 + 288, div21);
                    const v16 mul78 = v_mul(v_load(look + 288), div21);
                    const v16 neg35 = v_neg(mul78);
                    v_store(look6 + 288, neg35);
                    const v16 div22 = v_div(s1_19, v_load(look1 + 48));
                    v_store(look5 + 304, div22);
                    const v16 mul79 = v_mul(v_load(look + 304), div22);
                    const v16 neg36 = v_neg(mul79);
                    v_store(look6 + 304, neg36);
                    const v16 div23 = v_div(s2_18, v_load(look1 + 64));
                    v_store(look5 + 368, div23);
                    const v16 mul80 = v_mul(v_load(look + 368), div23);
                    const v16 neg37 = v_neg(mul80);
                    v_store(look6 + 368, neg37);
                    const v16 div24 = v_div(s3_18, v_load(look1 + 64));
                    v_store(look5 + 384, div24);
                    const v16 mul81 = v_mul(v_load(look + 384), div24);
                    const v16 neg38 = v_neg(mul81);
                    v_store(look6 + 384, neg38);
                    /* look */
                    v16 s0_19 = v_splat(0.0f);
                    v16 s1_20 = v_splat(0.0f);
                    v16 s2_19 = v_splat(0.0f);
                    v16 s3_19 = v_splat(0.0f);
                    v16 s4_15 = v_splat(0.0f);
                    v16 s5_12 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 div25 = v_load(look + l*80);
                        const v16 fma21 = v_load(look4 + l*32);
                        s0_19 = v_fma(div25, fma21, s0_19);
                        const v16 fma22 = v_load(look4 + (l*2 + 1)*16);
                        s1_20 = v_fma(div25, fma22, s1_20);
                        const v16 div26 = v_load(look + (l*5 + 1)*16);
                        s2_19 = v_fma(div26, fma21, s2_19);
                        s3_19 = v_fma(div26, fma22, s3_19);
                        const v16 div27 = v_load(look + (l*5 + 2)*16);
                        s4_15 = v_fma(div27, fma21, s4_15);
                        s5_12 = v_fma(div27, fma22, s5_12);
                    }
                    v_store(look7 + c, s0_19);
                    v_store(look7 + (c + 128), s1_20);
                    v_store(look7 + (c + 256), s2_19);
                    v_store(look7 + (c + 384), s3_19);
                    v_store(look7 + (c + 512), s4_15);
                    v_store(look7 + (c + 640), s5_12);
                    v16 s0_20 = v_splat(0.0f);
                    v16 s1_21 = v_splat(0.0f);
                    v16 s2_20 = v_splat(0.0f);
                    v16 s3_20 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 div25 = v_load(look + (l*5 + 3)*16);
                        const v16 fma21 = v_load(look4 + l*32);
                        s0_20 = v_fma(div25, fma21, s0_20);
                        const v16 fma22 = v_load(look4 + (l*2 + 1)*16);
                        s1_21 = v_fma(div25, fma22, s1_21);
                        const v16 div26 = v_load(look + (l*5 + 4)*16);
                        s2_20 = v_fma(div26, fma21, s2_20);
                        s3_20 = v_fma(div26, fma22, s3_20);
                    }
                    v_store(look7 + (c + 768), s0_20);
                    v_store(look7 + (c + 896), s1_21);
                    v_store(look7 + (c + 1024), s2_20);
                    v_store(look7 + (c + 1152), s3_20);
                    /* look */
                    v16 s0_21 = v_splat(0.0f);
                    v16 s1_22 = v_splat(0.0f);
                    v16 s2_21 = v_splat(0.0f);
                    v16 s3_21 = v_splat(0.0f);
                    v16 s4_16 = v_splat(0.0f);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        s0_21 = v_add(s0_21, v_load(look6 + k1*16));
                        s1_22 = v_add(s1_22, v_load(look6 + (k1 + 5)*16));
                        s2_21 = v_add(s2_21, v_load(look6 + (k1 + 10)*16));
                        s3_21 = v_add(s3_21, v_load(look6 + (k1 + 15)*16));
                        s4_16 = v_add(s4_16, v_load(look6 + (k1 + 20)*16));
                    }
                    v_store(look_value, s0_21);
                    v_store(look_value + 16, s1_22);
                    v_store(look_value + 32, s2_21);
                    v_store(look_value + 48, s3_21);
                    v_store(look_value + 64, s4_16);
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                            const v16 add14 = v_add(v_load(look5 + (i1*5 + j)*16),
                                v_load(look_value + i1*16));
                            const v16 mul82 = v_mul(v_load(look2 + (i1*5 + j)*16), add14);
                            v_store(look + (i1*5 + j)*16, mul82);
                            const v16 neg39 = v_neg(mul82);
                            v_store(look6 + (i1*5 + j)*16, neg39);
                        }
                    }
                    /* look */
                    v16 s0_22 = v_splat(0.0f);
                    v16 s1_23 = v_splat(0.0f);
                    v16 s2_22 = v_splat(0.0f);
                    v16 s3_22 = v_splat(0.0f);
                    v16 s4_17 = v_splat(0.0f);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        s0_22 = v_add(s0_22, v_load(look6 + k1*16));
                        s1_23 = v_add(s1_23, v_load(look6 + (k1 + 5)*16));
                        s2_22 = v_add(s2_22, v_load(look6 + (k1 + 10)*16));
                        s3_22 = v_add(s3_22, v_load(look6 + (k1 + 15)*16));
                        s4_17 = v_add(s4_17, v_load(look6 + (k1 + 20)*16));
                    }
                    v_store(look_value, s0_22);
                    v_store(look_value + 16, s1_23);
                    v_store(look_value + 32, s2_22);
                    v_store(look_value + 48, s3_22);
                    v_store(look_value + 64, s4_17);
                    /* look */
                    v16 s0_23 = v_splat(0.0f);
                    v16 s1_24 = v_splat(0.0f);
                    v16 s2_23 = v_splat(0.0f);
                    v16 s3_23 = v_splat(0.0f);
                    v16 s4_18 = v_splat(0.0f);
                    ROLL for (ptrdiff_t k1 = 0; k1 < 5; k1++) {
                        s0_23 = v_add(s0_23, v_load(look3 + k1*16));
                        s1_24 = v_add(s1_24, v_load(look3 + (k1 + 5)*16));
                        s2_23 = v_add(s2_23, v_load(look3 + (k1 + 10)*16));
                        s3_23 = v_add(s3_23, v_load(look3 + (k1 + 15)*16));
                        s4_18 = v_add(s4_18, v_load(look3 + (k1 + 20)*16));
                    }
                    real row2[80] ALIGNED;
                    v_store(row2, s0_23);
                    v_store(row2 + 16, s1_24);
                    v_store(row2 + 32, s2_23);
                    v_store(row2 + 48, s3_23);
                    v_store(row2 + 64, s4_18);
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const v16 sum100 = v_load(row2 + u*16);
                        const v16 div25 = v_div(v_load(look_value + u*16), sum100);
                        v_store(mul + u*16, div25);
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                            const v16 fma21 = v_fma(v_load(look3 + (i1*5 + j)*16),
                                v_load(mul + i1*16), v_load(look + (i1*5 + j)*16));
                            const v16 mul82 = v_mul(v_splat(0.5f), fma21);
                            v_store(look2 + (i1*5 + j)*16, mul82);
                        }
                    }
                    /* look */
                    v16 s0_24 = v_splat(0.0f);
                    v16 s1_25 = v_splat(0.0f);
                    v16 s2_24 = v_splat(0.0f);
                    v16 s3_24 = v_splat(0.0f);
                    v16 s4_19 = v_splat(0.0f);
                    v16 s5_13 = v_splat(0.0f);
                    v16 s6_6 = v_splat(0.0f);
                    v16 s7_6 = v_splat(0.0f);
                    v16 s8_4 = v_splat(0.0f);
                    v16 s9_2 = v_splat(0.0f);
                    v16 s10_2 = v_splat(0.0f);
                    v16 s11_2 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 mul82 = v_load(look2 + l*80);
                        const v16 sum100 = v_load(look_query + l*64);
                        s0_24 = v_fma(mul82, sum100, s0_24);
                        const v16 sum101 = v_load(look_query + (l*4 + 1)*16);
                        s1_25 = v_fma(mul82, sum101, s1_25);
                        const v16 sum102 = v_load(look_query + (l*4 + 2)*16);
                        s2_24 = v_fma(mul82, sum102, s2_24);
                        const v16 sum103 = v_load(look_query + (l*4 + 3)*16);
                        s3_24 = v_fma(mul82, sum103, s3_24);
                        const v16 mul83 = v_load(look2 + (l*5 + 1)*16);
                        s4_19 = v_fma(mul83, sum100, s4_19);
                        s5_13 = v_fma(mul83, sum101, s5_13);
                        s6_6 = v_fma(mul83, sum102, s6_6);
                        s7_6 = v_fma(mul83, sum103, s7_6);
                        const v16 mul84 = v_load(look2 + (l*5 + 2)*16);
                        s8_4 = v_fma(mul84, sum100, s8_4);
                        s9_2 = v_fma(mul84, sum101, s9_2);
                        s10_2 = v_fma(mul84, sum102, s10_2);
                        s11_2 = v_fma(mul84, sum103, s11_2);
                    }
                    v_store(look8 + c, s0_24);
                    v_store(look8 + (c + 128), s1_25);
                    v_store(look8 + (c + 256), s2_24);
                    v_store(look8 + (c + 384), s3_24);
                    v_store(look8 + (c + 512), s4_19);
                    v_store(look8 + (c + 640), s5_13);
                    v_store(look8 + (c + 768), s6_6);
                    v_store(look8 + (c + 896), s7_6);
                    v_store(look8 + (c + 1024), s8_4);
                    v_store(look8 + (c + 1152), s9_2);
                    v_store(look8 + (c + 1280), s10_2);
                    v_store(look8 + (c + 1408), s11_2);
                    v16 s0_25 = v_splat(0.0f);
                    v16 s1_26 = v_splat(0.0f);
                    v16 s2_25 = v_splat(0.0f);
                    v16 s3_25 = v_splat(0.0f);
                    v16 s4_20 = v_splat(0.0f);
                    v16 s5_14 = v_splat(0.0f);
                    v16 s6_7 = v_splat(0.0f);
                    v16 s7_7 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 mul82 = v_load(look2 + (l*5 + 3)*16);
                        const v16 sum100 = v_load(look_query + l*64);
                        s0_25 = v_fma(mul82, sum100, s0_25);
                        const v16 sum101 = v_load(look_query + (l*4 + 1)*16);
                        s1_26 = v_fma(mul82, sum101, s1_26);
                        const v16 sum102 = v_load(look_query + (l*4 + 2)*16);
                        s2_25 = v_fma(mul82, sum102, s2_25);
                        const v16 sum103 = v_load(look_query + (l*4 + 3)*16);
                        s3_25 = v_fma(mul82, sum103, s3_25);
                        const v16 mul83 = v_load(look2 + (l*5 + 4)*16);
                        s4_20 = v_fma(mul83, sum100, s4_20);
                        s5_14 = v_fma(mul83, sum101, s5_14);
                        s6_7 = v_fma(mul83, sum102, s6_7);
                        s7_7 = v_fma(mul83, sum103, s7_7);
                    }
                    v_store(look8 + (c + 1536), s0_25);
                    v_store(look8 + (c + 1664), s1_26);
                    v_store(look8 + (c + 1792), s2_25);
                    v_store(look8 + (c + 1920), s3_25);
                    v_store(look8 + (c + 2048), s4_20);
                    v_store(look8 + (c + 2176), s5_14);
                    v_store(look8 + (c + 2304), s6_7);
                    v_store(look8 + (c + 2432), s7_7);
                    /* look */
                    v16 s0_26 = v_splat(0.0f);
                    v16 s1_27 = v_splat(0.0f);
                    v16 s2_26 = v_splat(0.0f);
                    v16 s3_26 = v_splat(0.0f);
                    v16 s4_21 = v_splat(0.0f);
                    v16 s5_15 = v_splat(0.0f);
                    v16 s6_8 = v_splat(0.0f);
                    v16 s7_8 = v_splat(0.0f);
                    v16 s8_5 = v_splat(0.0f);
                    v16 s9_3 = v_splat(0.0f);
                    v16 s10_3 = v_splat(0.0f);
                    v16 s11_3 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 sum100 = v_load(look_key + l*64);
                        const v16 mul82 = v_load(look2 + l*16);
                        s0_26 = v_fma(sum100, mul82, s0_26);
                        const v16 sum101 = v_load(look_key + (l*4 + 1)*16);
                        s1_27 = v_fma(sum101, mul82, s1_27);
                        const v16 sum102 = v_load(look_key + (l*4 + 2)*16);
                        s2_26 = v_fma(sum102, mul82, s2_26);
                        const v16 sum103 = v_load(look_key + (l*4 + 3)*16);
                        s3_26 = v_fma(sum103, mul82, s3_26);
                        const v16 mul83 = v_load(look2 + (l + 5)*16);
                        s4_21 = v_fma(sum100, mul83, s4_21);
                        s5_15 = v_fma(sum101, mul83, s5_15);
                        s6_8 = v_fma(sum102, mul83, s6_8);
                        s7_8 = v_fma(sum103, mul83, s7_8);
                        const v16 mul84 = v_load(look2 + (l + 10)*16);
                        s8_5 = v_fma(sum100, mul84, s8_5);
                        s9_3 = v_fma(sum101, mul84, s9_3);
                        s10_3 = v_fma(sum102, mul84, s10_3);
                        s11_3 = v_fma(sum103, mul84, s11_3);
                    }
                    v_store(look9 + c, s0_26);
                    v_store(look9 + (c + 128), s1_27);
                    v_store(look9 + (c + 256), s2_26);
                    v_store(look9 + (c + 384), s3_26);
                    v_store(look9 + (c + 512), s4_21);
                    v_store(look9 + (c + 640), s5_15);
                    v_store(look9 + (c + 768), s6_8);
                    v_store(look9 + (c + 896), s7_8);
                    v_store(look9 + (c + 1024), s8_5);
                    v_store(look9 + (c + 1152), s9_3);
                    v_store(look9 + (c + 1280), s10_3);
                    v_store(look9 + (c + 1408), s11_3);
                    v16 s0_27 = v_splat(0.0f);
                    v16 s1_28 = v_splat(0.0f);
                    v16 s2_27 = v_splat(0.0f);
                    v16 s3_27 = v_splat(0.0f);
                    v16 s4_22 = v_splat(0.0f);
                    v16 s5_16 = v_splat(0.0f);
                    v16 s6_9 = v_splat(0.0f);
                    v16 s7_9 = v_splat(0.0f);
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 sum100 = v_load(look_key + l*64);
                        const v16 mul82 = v_load(look2 + (l + 15)*16);
                        s0_27 = v_fma(sum100, mul82, s0_27);
                        const v16 sum101 = v_load(look_key + (l*4 + 1)*16);
                        s1_28 = v_fma(sum101, mul82, s1_28);
                        const v16 sum102 = v_load(look_key + (l*4 + 2)*16);
                        s2_27 = v_fma(sum102, mul82, s2_27);
                        const v16 sum103 = v_load(look_key + (l*4 + 3)*16);
                        s3_27 = v_fma(sum103, mul82, s3_27);
                        const v16 mul83 = v_load(look2 + (l + 20)*16);
                        s4_22 = v_fma(sum100, mul83, s4_22);
                        s5_16 = v_fma(sum101, mul83, s5_16);
                        s6_9 = v_fma(sum102, mul83, s6_9);
                        s7_9 = v_fma(sum103, mul83, s7_9);
                    }
                    v_store(look9 + (c + 1536), s0_27);
                    v_store(look9 + (c + 1664), s1_28);
                    v_store(look9 + (c + 1792), s2_27);
                    v_store(look9 + (c + 1920), s3_27);
                    v_store(look9 + (c + 2048), s4_22);
                    v_store(look9 + (c + 2176), s5_16);
                    v_store(look9 + (c + 2304), s6_9);
                    v_store(look9 + (c + 2432), s7_9);
                    /* look.value */
                    v16 s0_28 = v_splat(0.0f);
                    v16 s1_29 = v_splat(0.0f);
                    v16 s2_28 = v_splat(0.0f);
                    v16 s3_28 = v_splat(0.0f);
                    v16 s4_23 = v_splat(0.0f);
                    v16 s5_17 = v_splat(0.0f);
                    const real look_value_weight8 = theta[16];
                    const v16 sum100 = v_load(look7 + c);
                    s0_28 = v_fma(v_splat(look_value_weight8), sum100, s0_28);
                    const v16 sum101 = v_load(look7 + (c + 256));
                    s1_29 = v_fma(v_splat(look_value_weight8), sum101, s1_29);
                    const v16 sum102 = v_load(look7 + (c + 512));
                    s2_28 = v_fma(v_splat(look_value_weight8), sum102, s2_28);
                    const real look_value_weight9 = theta[17];
                    s3_28 = v_fma(v_splat(look_value_weight9), sum100, s3_28);
                    s4_23 = v_fma(v_splat(look_value_weight9), sum101, s4_23);
                    s5_17 = v_fma(v_splat(look_value_weight9), sum102, s5_17);
                    const real look_value_weight10 = theta[18];
                    const v16 sum103 = v_load(look7 + (c + 128));
                    s0_28 = v_fma(v_splat(look_value_weight10), sum103, s0_28);
                    const v16 sum104 = v_load(look7 + (c + 384));
                    s1_29 = v_fma(v_splat(look_value_weight10), sum104, s1_29);
                    const v16 sum105 = v_load(look7 + (c + 640));
                    s2_28 = v_fma(v_splat(look_value_weight10), sum105, s2_28);
                    const real look_value_weight11 = theta[19];
                    s3_28 = v_fma(v_splat(look_value_weight11), sum103, s3_28);
                    s4_23 = v_fma(v_splat(look_value_weight11), sum104, s4_23);
                    s5_17 = v_fma(v_splat(look_value_weight11), sum105, s5_17);
                    const v16 fma21 = v_fma(v_splat(theta[20]), v_load(neg1), s0_28);
                    v_store(look_query, fma21);
                    const v16 fma22 = v_fma(v_splat(theta[20]), v_load(neg1 + 32), s1_29);
                    v_store(look_query + 32, fma22);
                    const v16 fma23 = v_fma(v_splat(theta[20]), v_load(neg1 + 64), s2_28);
                    v_store(look_query + 64, fma23);
                    const v16 fma24 = v_fma(v_splat(theta[20]), v_load(neg1 + 16), s3_28);
                    v_store(look_query + 16, fma24);
                    const v16 fma25 = v_fma(v_splat(theta[20]), v_load(neg1 + 48), s4_23);
                    v_store(look_query + 48, fma25);
                    const v16 fma26 = v_fma(v_splat(theta[20]), v_load(neg1 + 80), s5_17);
                    v_store(look_query + 80, fma26);
                    v16 s0_29 = v_splat(0.0f);
                    v16 s1_30 = v_splat(0.0f);
                    v16 s2_29 = v_splat(0.0f);
                    v16 s3_29 = v_splat(0.0f);
                    const real look_value_weight12 = theta[16];
                    const v16 sum106 = v_load(look7 + (c + 768));
                    s0_29 = v_fma(v_splat(look_value_weight12), sum106, s0_29);
                    const v16 sum107 = v_load(look7 + (c + 1024));
                    s1_30 = v_fma(v_splat(look_value_weight12), sum107, s1_30);
                    const real look_value_weight13 = theta[17];
                    s2_29 = v_fma(v_splat(look_value_weight13), sum106, s2_29);
                    s3_29 = v_fma(v_splat(look_value_weight13), sum107, s3_29);
                    const real look_value_weight14 = theta[18];
                    const v16 sum108 = v_load(look7 + (c + 896));
                    s0_29 = v_fma(v_splat(look_value_weight14), sum108, s0_29);
                    const v16 sum109 = v_load(look7 + (c + 1152));
                    s1_30 = v_fma(v_splat(look_value_weight14), sum109, s1_30);
                    const real look_value_weight15 = theta[19];
                    s2_29 = v_fma(v_splat(look_value_weight15), sum108, s2_29);
                    s3_29 = v_fma(v_splat(look_value_weight15), sum109, s3_29);
                    const v16 fma27 = v_fma(v_splat(theta[20]), v_load(neg1 + 96), s0_29);
                    v_store(look_query + 96, fma27);
                    const v16 fma28 = v_fma(v_splat(theta[20]), v_load(neg1 + 128), s1_30);
                    v_store(look_query + 128, fma28);
                    const v16 fma29 = v_fma(v_splat(theta[20]), v_load(neg1 + 112), s2_29);
                    v_store(look_query + 112, fma29);
                    const v16 fma30 = v_fma(v_splat(theta[20]), v_load(neg1 + 144), s3_29);
                    v_store(look_query + 144, fma30);
                    /* look.key */
                    v16 s0_30 = v_load(look_query);
                    v16 s1_31 = v_load(look_query + 32);
                    v16 s2_30 = v_load(look_query + 64);
                    v16 s3_30 = v_load(look_query + 16);
                    v16 s4_24 = v_load(look_query + 48);
                    v16 s5_18 = v_load(look_query + 80);
                    const real look_key_weight16 = theta[8];
                    const v16 sum110 = v_load(look8 + c);
                    s0_30 = v_fma(v_splat(look_key_weight16), sum110, s0_30);
                    const v16 sum111 = v_load(look8 + (c + 512));
                    s1_31 = v_fma(v_splat(look_key_weight16), sum111, s1_31);
                    const v16 sum112 = v_load(look8 + (c + 1024));
                    s2_30 = v_fma(v_splat(look_key_weight16), sum112, s2_30);
                    const real look_key_weight17 = theta[9];
                    s3_30 = v_fma(v_splat(look_key_weight17), sum110, s3_30);
                    s4_24 = v_fma(v_splat(look_key_weight17), sum111, s4_24);
                    s5_18 = v_fma(v_splat(look_key_weight17), sum112, s5_18);
                    const real look_key_weight18 = theta[10];
                    const v16 sum113 = v_load(look8 + (c + 128));
                    s0_30 = v_fma(v_splat(look_key_weight18), sum113, s0_30);
                    const v16 sum114 = v_load(look8 + (c + 640));
                    s1_31 = v_fma(v_splat(look_key_weight18), sum114, s1_31);
                    const v16 sum115 = v_load(look8 + (c + 1152));
                    s2_30 = v_fma(v_splat(look_key_weight18), sum115, s2_30);
                    const real look_key_weight19 = theta[11];
                    s3_30 = v_fma(v_splat(look_key_weight19), sum113, s3_30);
                    s4_24 = v_fma(v_splat(look_key_weight19), sum114, s4_24);
                    s5_18 = v_fma(v_splat(look_key_weight19), sum115, s5_18);
                    const real look_key_weight20 = theta[12];
                    const v16 sum116 = v_load(look8 + (c + 256));
                    s0_30 = v_fma(v_splat(look_key_weight20), sum116, s0_30);
                    const v16 sum117 = v_load(look8 + (c + 768));
                    s1_31 = v_fma(v_splat(look_key_weight20), sum117, s1_31);
                    const v16 sum118 = v_load(look8 + (c + 1280));
                    s2_30 = v_fma(v_splat(look_key_weight20), sum118, s2_30);
                    const real look_key_weight21 = theta[13];
                    s3_30 = v_fma(v_splat(look_key_weight21), sum116, s3_30);
                    s4_24 = v_fma(v_splat(look_key_weight21), sum117, s4_24);
                    s5_18 = v_fma(v_splat(look_key_weight21), sum118, s5_18);
                    const real look_key_weight22 = theta[14];
                    const v16 sum119 = v_load(look8 + (c + 384));
                    s0_30 = v_fma(v_splat(look_key_weight22), sum119, s0_30);
                    const v16 sum120 = v_load(look8 + (c + 896));
                    s1_31 = v_fma(v_splat(look_key_weight22), sum120, s1_31);
                    const v16 sum121 = v_load(look8 + (c + 1408));
                    s2_30 = v_fma(v_splat(look_key_weight22), sum121, s2_30);
                    const real look_key_weight23 = theta[15];
                    s3_30 = v_fma(v_splat(look_key_weight23), sum119, s3_30);
                    s4_24 = v_fma(v_splat(look_key_weight23), sum120, s4_24);
                    s5_18 = v_fma(v_splat(look_key_weight23), sum121, s5_18);
                    v_store(look_key, s0_30);
                    v_store(look_key + 32, s1_31);
                    v_store(look_key + 64, s2_30);
                    v_store(look_key + 16, s3_30);
                    v_store(look_key + 48, s4_24);
                    v_store(look_key + 80, s5_18);
                    v16 s0_31 = v_load(look_query + 96);
                    v16 s1_32 = v_load(look_query + 128);
                    v16 s2_31 = v_load(look_query + 112);
                    v16 s3_31 = v_load(look_query + 144);
                    const real look_key_weight24 = theta[8];
                    const v16 sum122 = v_load(look8 + (c + 1536));
                    s0_31 = v_fma(v_splat(look_key_weight24), sum122, s0_31);
                    const v16 sum123 = v_load(look8 + (c + 2048));
                    s1_32 = v_fma(v_splat(look_key_weight24), sum123, s1_32);
                    const real look_key_weight25 = theta[9];
                    s2_31 = v_fma(v_splat(look_key_weight25), sum122, s2_31);
                    s3_31 = v_fma(v_splat(look_key_weight25), sum123, s3_31);
                    const real look_key_weight26 = theta[10];
                    const v16 sum124 = v_load(look8 + (c + 1664));
                    s0_31 = v_fma(v_splat(look_key_weight26), sum124, s0_31);
                    const v16 sum125 = v_load(look8 + (c + 2176));
                    s1_32 = v_fma(v_splat(look_key_weight26), sum125, s1_32);
                    const real look_key_weight27 = theta[11];
                    s2_31 = v_fma(v_splat(look_key_weight27), sum124, s2_31);
                    s3_31 = v_fma(v_splat(look_key_weight27), sum125, s3_31);
                    const real look_key_weight28 = theta[12];
                    const v16 sum126 = v_load(look8 + (c + 1792));
                    s0_31 = v_fma(v_splat(look_key_weight28), sum126, s0_31);
                    const v16 sum127 = v_load(look8 + (c + 2304));
                    s1_32 = v_fma(v_splat(look_key_weight28), sum127, s1_32);
                    const real look_key_weight29 = theta[13];
                    s2_31 = v_fma(v_splat(look_key_weight29), sum126, s2_31);
                    s3_31 = v_fma(v_splat(look_key_weight29), sum127, s3_31);
                    const real look_key_weight30 = theta[14];
                    const v16 sum128 = v_load(look8 + (c + 1920));
                    s0_31 = v_fma(v_splat(look_key_weight30), sum128, s0_31);
                    const v16 sum129 = v_load(look8 + (c + 2432));
                    s1_32 = v_fma(v_splat(look_key_weight30), sum129, s1_32);
                    const real look_key_weight31 = theta[15];
                    s2_31 = v_fma(v_splat(look_key_weight31), sum128, s2_31);
                    s3_31 = v_fma(v_splat(look_key_weight31), sum129, s3_31);
                    v_store(look_key + 96, s0_31);
                    v_store(look_key + 128, s1_32);
                    v_store(look_key + 112, s2_31);
                    v_store(look_key + 144, s3_31);
                    /* look.query */
                    v16 s0_32 = v_load(look_key);
                    v16 s1_33 = v_load(look_key + 32);
                    v16 s2_32 = v_load(look_key + 64);
                    v16 s3_32 = v_load(look_key + 16);
                    v16 s4_25 = v_load(look_key + 48);
                    v16 s5_19 = v_load(look_key + 80);
                    const real look_query_weight16 = theta[0];
                    const v16 sum130 = v_load(look9 + c);
                    s0_32 = v_fma(v_splat(look_query_weight16), sum130, s0_32);
                    const v16 sum131 = v_load(look9 + (c + 512));
                    s1_33 = v_fma(v_splat(look_query_weight16), sum131, s1_33);
                    const v16 sum132 = v_load(look9 + (c + 1024));
                    s2_32 = v_fma(v_splat(look_query_weight16), sum132, s2_32);
                    const real look_query_weight17 = theta[1];
                    s3_32 = v_fma(v_splat(look_query_weight17), sum130, s3_32);
                    s4_25 = v_fma(v_splat(look_query_weight17), sum131, s4_25);
                    s5_19 = v_fma(v_splat(look_query_weight17), sum132, s5_19);
                    const real look_query_weight18 = theta[2];
                    const v16 sum133 = v_load(look9 + (c + 128));
                    s0_32 = v_fma(v_splat(look_query_weight18), sum133, s0_32);
                    const v16 sum134 = v_load(look9 + (c + 640));
                    s1_33 = v_fma(v_splat(look_query_weight18), sum134, s1_33);
                    const v16 sum135 = v_load(look9 + (c + 1152));
                    s2_32 = v_fma(v_splat(look_query_weight18), sum135, s2_32);
                    const real look_query_weight19 = theta[3];
                    s3_32 = v_fma(v_splat(look_query_weight19), sum133, s3_32);
                    s4_25 = v_fma(v_splat(look_query_weight19), sum134, s4_25);
                    s5_19 = v_fma(v_splat(look_query_weight19), sum135, s5_19);
                    const real look_query_weight20 = theta[4];
                    const v16 sum136 = v_load(look9 + (c + 256));
                    s0_32 = v_fma(v_splat(look_query_weight20), sum136, s0_32);
                    const v16 sum137 = v_load(look9 + (c + 768));
                    s1_33 = v_fma(v_splat(look_query_weight20), sum137, s1_33);
                    const v16 sum138 = v_load(look9 + (c + 1280));
                    s2_32 = v_fma(v_splat(look_query_weight20), sum138, s2_32);
                    const real look_query_weight21 = theta[5];
                    s3_32 = v_fma(v_splat(look_query_weight21), sum136, s3_32);
                    s4_25 = v_fma(v_splat(look_query_weight21), sum137, s4_25);
                    s5_19 = v_fma(v_splat(look_query_weight21), sum138, s5_19);
                    const real look_query_weight22 = theta[6];
                    const v16 sum139 = v_load(look9 + (c + 384));
                    s0_32 = v_fma(v_splat(look_query_weight22), sum139, s0_32);
                    const v16 sum140 = v_load(look9 + (c + 896));
                    s1_33 = v_fma(v_splat(look_query_weight22), sum140, s1_33);
                    const v16 sum141 = v_load(look9 + (c + 1408));
                    s2_32 = v_fma(v_splat(look_query_weight22), sum141, s2_32);
                    const real look_query_weight23 = theta[7];
                    s3_32 = v_fma(v_splat(look_query_weight23), sum139, s3_32);
                    s4_25 = v_fma(v_splat(look_query_weight23), sum140, s4_25);
                    s5_19 = v_fma(v_splat(look_query_weight23), sum141, s5_19);
                    const v16 add14 = v_add(v_load(select), s0_32);
                    v_store(add3 + c, add14);
                    const v16 add15 = v_add(v_load(select + 32), s1_33);
                    v_store(add3 + (c + 256), add15);
                    const v16 add16 = v_add(v_load(select + 64), s2_32);
                    v_store(add3 + (c + 512), add16);
                    const v16 add17 = v_add(v_load(select + 16), s3_32);
                    v_store(add3 + (c + 128), add17);
                    const v16 add18 = v_add(v_load(select + 48), s4_25);
                    v_store(add3 + (c + 384), add18);
                    const v16 add19 = v_add(v_load(select + 80), s5_19);
                    v_store(add3 + (c + 640), add19);
                    v16 s0_33 = v_load(look_key + 96);
                    v16 s1_34 = v_load(look_key + 128);
                    v16 s2_33 = v_load(look_key + 112);
                    v16 s3_33 = v_load(look_key + 144);
                    const real look_query_weight24 = theta[0];
                    const v16 sum142 = v_load(look9 + (c + 1536));
                    s0_33 = v_fma(v_splat(look_query_weight24), sum142, s0_33);
                    const v16 sum143 = v_load(look9 + (c + 2048));
                    s1_34 = v_fma(v_splat(look_query_weight24), sum143, s1_34);
                    const real look_query_weight25 = theta[1];
                    s2_33 = v_fma(v_splat(look_query_weight25), sum142, s2_33);
                    s3_33 = v_fma(v_splat(look_query_weight25), sum143, s3_33);
                    const real look_query_weight26 = theta[2];
                    const v16 sum144 = v_load(look9 + (c + 1664));
                    s0_33 = v_fma(v_splat(look_query_weight26), sum144, s0_33);
                    const v16 sum145 = v_load(look9 + (c + 2176));
                    s1_34 = v_fma(v_splat(look_query_weight26), sum145, s1_34);
                    const real look_query_weight27 = theta[3];
                    s2_33 = v_fma(v_splat(look_query_weight27), sum144, s2_33);
                    s3_33 = v_fma(v_splat(look_query_weight27), sum145, s3_33);
                    const real look_query_weight28 = theta[4];
                    const v16 sum146 = v_load(look9 + (c + 1792));
                    s0_33 = v_fma(v_splat(look_query_weight28), sum146, s0_33);
                    const v16 sum147 = v_load(look9 + (c + 2304));
                    s1_34 = v_fma(v_splat(look_query_weight28), sum147, s1_34);
                    const real look_query_weight29 = theta[5];
                    s2_33 = v_fma(v_splat(look_query_weight29), sum146, s2_33);
                    s3_33 = v_fma(v_splat(look_query_weight29), sum147, s3_33);
                    const real look_query_weight30 = theta[6];
                    const v16 sum148 = v_load(look9 + (c + 1920));
                    s0_33 = v_fma(v_splat(look_query_weight30), sum148, s0_33);
                    const v16 sum149 = v_load(look9 + (c + 2432));
                    s1_34 = v_fma(v_splat(look_query_weight30), sum149, s1_34);
                    const real look_query_weight31 = theta[7];
                    s2_33 = v_fma(v_splat(look_query_weight31), sum148, s2_33);
                    s3_33 = v_fma(v_splat(look_query_weight31), sum149, s3_33);
                    const v16 add20 = v_add(v_load(select + 96), s0_33);
                    v_store(add3 + (c + 768), add20);
                    const v16 add21 = v_add(v_load(select + 128), s1_34);
                    v_store(add3 + (c + 1024), add21);
                    const v16 add22 = v_add(v_load(select + 112), s2_33);
                    v_store(add3 + (c + 896), add22);
                    const v16 add23 = v_add(v_load(select + 144), s3_33);
                    v_store(add3 + (c + 1152), add23);
                }
                v16 s0 = v_load(sums + 320);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        s0 = v_add(s0, v_load(mul1 + (j*256 + c)));
                        s0 = v_add(s0, v_load(mul1 + ((j*2 + 1)*128 + c)));
                    }
                }
                v_store(sums + 320, s0);
                /* look.value: sum over samples */
                v16 s0_1 = v_load(sums + 256);
                v16 s1_1 = v_load(sums + 272);
                v16 s2 = v_load(sums + 288);
                v16 s3 = v_load(sums + 304);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 sum = v_load(look7 + (l*256 + c));
                        const v16 x2 = v_load(x1 + (l*256 + c));
                        s0_1 = v_fma(sum, x2, s0_1);
                        const v16 x3 = v_load(x1 + ((l*2 + 1)*128 + c));
                        s1_1 = v_fma(sum, x3, s1_1);
                        const v16 sum1 = v_load(look7 + ((l*2 + 1)*128 + c));
                        s2 = v_fma(sum1, x2, s2);
                        s3 = v_fma(sum1, x3, s3);
                    }
                }
                v_store(sums + 256, s0_1);
                v_store(sums + 272, s1_1);
                v_store(sums + 288, s2);
                v_store(sums + 304, s3);
                /* look.key: sum over samples */
                v16 s0_2 = v_load(sums + 128);
                v16 s1_2 = v_load(sums + 144);
                v16 s2_1 = v_load(sums + 160);
                v16 s3_1 = v_load(sums + 176);
                v16 s4 = v_load(sums + 192);
                v16 s5 = v_load(sums + 208);
                v16 s6 = v_load(sums + 224);
                v16 s7 = v_load(sums + 240);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 sum = v_load(look8 + (l*512 + c));
                        const v16 x2 = v_load(x1 + (l*256 + c));
                        s0_2 = v_fma(sum, x2, s0_2);
                        const v16 x3 = v_load(x1 + ((l*2 + 1)*128 + c));
                        s1_2 = v_fma(sum, x3, s1_2);
                        const v16 sum1 = v_load(look8 + ((l*4 + 1)*128 + c));
                        s2_1 = v_fma(sum1, x2, s2_1);
                        s3_1 = v_fma(sum1, x3, s3_1);
                        const v16 sum2 = v_load(look8 + ((l*4 + 2)*128 + c));
                        s4 = v_fma(sum2, x2, s4);
                        s5 = v_fma(sum2, x3, s5);
                        const v16 sum3 = v_load(look8 + ((l*4 + 3)*128 + c));
                        s6 = v_fma(sum3, x2, s6);
                        s7 = v_fma(sum3, x3, s7);
                    }
                }
                v_store(sums + 128, s0_2);
                v_store(sums + 144, s1_2);
                v_store(sums + 160, s2_1);
                v_store(sums + 176, s3_1);
                v_store(sums + 192, s4);
                v_store(sums + 208, s5);
                v_store(sums + 224, s6);
                v_store(sums + 240, s7);
                /* look.query: sum over samples */
                v16 s0_3 = v_load(sums);
                v16 s1_3 = v_load(sums + 16);
                v16 s2_2 = v_load(sums + 32);
                v16 s3_2 = v_load(sums + 48);
                v16 s4_1 = v_load(sums + 64);
                v16 s5_1 = v_load(sums + 80);
                v16 s6_1 = v_load(sums + 96);
                v16 s7_1 = v_load(sums + 112);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        const v16 sum = v_load(look9 + (l*512 + c));
                        const v16 x2 = v_load(x1 + (l*256 + c));
                        s0_3 = v_fma(sum, x2, s0_3);
                        const v16 x3 = v_load(x1 + ((l*2 + 1)*128 + c));
                        s1_3 = v_fma(sum, x3, s1_3);
                        const v16 sum1 = v_load(look9 + ((l*4 + 1)*128 + c));
                        s2_2 = v_fma(sum1, x2, s2_2);
                        s3_2 = v_fma(sum1, x3, s3_2);
                        const v16 sum2 = v_load(look9 + ((l*4 + 2)*128 + c));
                        s4_1 = v_fma(sum2, x2, s4_1);
                        s5_1 = v_fma(sum2, x3, s5_1);
                        const v16 sum3 = v_load(look9 + ((l*4 + 3)*128 + c));
                        s6_1 = v_fma(sum3, x2, s6_1);
                        s7_1 = v_fma(sum3, x3, s7_1);
                    }
                }
                v_store(sums, s0_3);
                v_store(sums + 16, s1_3);
                v_store(sums + 32, s2_2);
                v_store(sums + 48, s3_2);
                v_store(sums + 64, s4_1);
                v_store(sums + 80, s5_1);
                v_store(sums + 96, s6_1);
                v_store(sums + 112, s7_1);
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const reg select1 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                                p_read(fma_ + ((i1*2 + j)*128 + c)),
                                p_read(x1 + ((i1*2 + j)*128 + c)));
                            const reg select2 = p_select(p_lt(p_read(s + c), p_read(n + c)),
                                p_read(add3 + ((i1*2 + j)*128 + c)),
                                p_read(x_bar + ((i1*2 + j)*128 + c)));
                            p_store(x1 + ((i1*2 + j)*128 + c), select1);
                            p_store(x_bar + ((i1*2 + j)*128 + c), select2);
                        }
                    }
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                            p_store(x_first_slope + (e*128 + c), p_read(x_slope + (e*128 + c)));
                        }
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    reg s0 = p_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        s0 = p_fma(p_read(x_jump + (j*256 + c)),
                            p_read(x_first_slope + (j*256 + c)), s0);
                        s0 = p_fma(p_read(x_jump + ((j*2 + 1)*128 + c)),
                            p_read(x_first_slope + ((j*2 + 1)*128 + c)), s0);
                    }
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
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
                }
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            if (sound == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                        v_scatter(work + (area + 16 + c*10 + e), 10, count - c,
                            v_load(x_bar + (e*128 + c)));
                    }
                }
                const ptrdiff_t at = swarm_find(work, area + 16, count*10);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(first + at/10);
                    work[area + 2] = t[(first + at/10)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%10);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
            }
        }
        real look_query[320] ALIGNED;
        real look_key[320] ALIGNED;
        real look_value[160] ALIGNED;
        real look[400] ALIGNED;
        real look1[80] ALIGNED;
        real look2[400] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            /* look.query */
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            v16 s5 = v_splat(0.0f);
            v16 s6 = v_splat(0.0f);
            v16 s7 = v_splat(0.0f);
            v16 s8 = v_splat(0.0f);
            v16 s9 = v_splat(0.0f);
            v16 s10 = v_splat(0.0f);
            v16 s11 = v_splat(0.0f);
            const real look_query_weight = theta[0];
            const v16 x2 = v_load(x1 + c);
            s0 = v_fma(v_splat(look_query_weight), x2, s0);
            const v16 x3 = v_load(x1 + (c + 256));
            s1 = v_fma(v_splat(look_query_weight), x3, s1);
            const v16 x4 = v_load(x1 + (c + 512));
            s2 = v_fma(v_splat(look_query_weight), x4, s2);
            const real look_query_weight1 = theta[2];
            s3 = v_fma(v_splat(look_query_weight1), x2, s3);
            s4 = v_fma(v_splat(look_query_weight1), x3, s4);
            s5 = v_fma(v_splat(look_query_weight1), x4, s5);
            const real look_query_weight2 = theta[4];
            s6 = v_fma(v_splat(look_query_weight2), x2, s6);
            s7 = v_fma(v_splat(look_query_weight2), x3, s7);
            s8 = v_fma(v_splat(look_query_weight2), x4, s8);
            const real look_query_weight3 = theta[6];
            s9 = v_fma(v_splat(look_query_weight3), x2, s9);
            s10 = v_fma(v_splat(look_query_weight3), x3, s10);
            s11 = v_fma(v_splat(look_query_weight3), x4, s11);
            const real look_query_weight4 = theta[1];
            const v16 x5 = v_load(x1 + (c + 128));
            s0 = v_fma(v_splat(look_query_weight4), x5, s0);
            const v16 x6 = v_load(x1 + (c + 384));
            s1 = v_fma(v_splat(look_query_weight4), x6, s1);
            const v16 x7 = v_load(x1 + (c + 640));
            s2 = v_fma(v_splat(look_query_weight4), x7, s2);
            const real look_query_weight5 = theta[3];
            s3 = v_fma(v_splat(look_query_weight5), x5, s3);
            s4 = v_fma(v_splat(look_query_weight5), x6, s4);
            s5 = v_fma(v_splat(look_query_weight5), x7, s5);
            const real look_query_weight6 = theta[5];
            s6 = v_fma(v_splat(look_query_weight6), x5, s6);
            s7 = v_fma(v_splat(look_query_weight6), x6, s7);
            s8 = v_fma(v_splat(look_query_weight6), x7, s8);
            const real look_query_weight7 = theta[7];
            s9 = v_fma(v_splat(look_query_weight7), x5, s9);
            s10 = v_fma(v_splat(look_query_weight7), x6, s10);
            s11 = v_fma(v_splat(look_query_weight7), x7, s11);
            v_store(look_query, s0);
            v_store(look_query + 64, s1);
            v_store(look_query + 128, s2);
            v_store(look_query + 16, s3);
            v_store(look_query + 80, s4);
            v_store(look_query + 144, s5);
            v_store(look_query + 32, s6);
            v_store(look_query + 96, s7);
            v_store(look_query + 160, s8);
            v_store(look_query + 48, s9);
            v_store(look_query + 112, s10);
            v_store(look_query + 176, s11);
            v16 s0_1 = v_splat(0.0f);
            v16 s1_1 = v_splat(0.0f);
            v16 s2_1 = v_splat(0.0f);
            v16 s3_1 = v_splat(0.0f);
            v16 s4_1 = v_splat(0.0f);
            v16 s5_1 = v_splat(0.0f);
            v16 s6_1 = v_splat(0.0f);
            v16 s7_1 = v_splat(0.0f);
            const real look_query_weight8 = theta[0];
            const v16 x8 = v_load(x1 + (c + 768));
            s0_1 = v_fma(v_splat(look_query_weight8), x8, s0_1);
            const v16 x9 = v_load(x1 + (c + 1024));
            s1_1 = v_fma(v_splat(look_query_weight8), x9, s1_1);
            const real look_query_weight9 = theta[2];
            s2_1 = v_fma(v_splat(look_query_weight9), x8, s2_1);
            s3_1 = v_fma(v_splat(look_query_weight9), x9, s3_1);
            const real look_query_weight10 = theta[4];
            s4_1 = v_fma(v_splat(look_query_weight10), x8, s4_1);
            s5_1 = v_fma(v_splat(look_query_weight10), x9, s5_1);
            const real look_query_weight11 = theta[6];
            s6_1 = v_fma(v_splat(look_query_weight11), x8, s6_1);
            s7_1 = v_fma(v_splat(look_query_weight11), x9, s7_1);
            const real look_query_weight12 = theta[1];
            const v16 x10 = v_load(x1 + (c + 896));
            s0_1 = v_fma(v_splat(look_query_weight12), x10, s0_1);
            const v16 x11 = v_load(x1 + (c + 1152));
            s1_1 = v_fma(v_splat(look_query_weight12), x11, s1_1);
            const real look_query_weight13 = theta[3];
            s2_1 = v_fma(v_splat(look_query_weight13), x10, s2_1);
            s3_1 = v_fma(v_splat(look_query_weight13), x11, s3_1);
            const real look_query_weight14 = theta[5];
            s4_1 = v_fma(v_splat(look_query_weight14), x10, s4_1);
            s5_1 = v_fma(v_splat(look_query_weight14), x11, s5_1);
            const real look_query_weight15 = theta[7];
            s6_1 = v_fma(v_splat(look_query_weight15), x10, s6_1);
            s7_1 = v_fma(v_splat(look_query_weight15), x11, s7_1);
            v_store(look_query + 192, s0_1);
            v_store(look_query + 256, s1_1);
            v_store(look_query + 208, s2_1);
            v_store(look_query + 272, s3_1);
            v_store(look_query + 224, s4_1);
            v_store(look_query + 288, s5_1);
            v_store(look_query + 240, s6_1);
            v_store(look_query + 304, s7_1);
            /* look.key */
            v16 s0_2 = v_splat(0.0f);
            v16 s1_2 = v_splat(0.0f);
            v16 s2_2 = v_splat(0.0f);
            v16 s3_2 = v_splat(0.0f);
            v16 s4_2 = v_splat(0.0f);
            v16 s5_2 = v_splat(0.0f);
            v16 s6_2 = v_splat(0.0f);
            v16 s7_2 = v_splat(0.0f);
            v16 s8_1 = v_splat(0.0f);
            v16 s9_1 = v_splat(0.0f);
            v16 s10_1 = v_splat(0.0f);
            v16 s11_1 = v_splat(0.0f);
            const real look_key_weight = theta[8];
            const v16 x12 = v_load(x1 + c);
            s0_2 = v_fma(v_splat(look_key_weight), x12, s0_2);
            const v16 x13 = v_load(x1 + (c + 256));
            s1_2 = v_fma(v_splat(look_key_weight), x13, s1_2);
            const v16 x14 = v_load(x1 + (c + 512));
            s2_2 = v_fma(v_splat(look_key_weight), x14, s2_2);
            const real look_key_weight1 = theta[10];
            s3_2 = v_fma(v_splat(look_key_weight1), x12, s3_2);
            s4_2 = v_fma(v_splat(look_key_weight1), x13, s4_2);
            s5_2 = v_fma(v_splat(look_key_weight1), x14, s5_2);
            const real look_key_weight2 = theta[12];
            s6_2 = v_fma(v_splat(look_key_weight2), x12, s6_2);
            s7_2 = v_fma(v_splat(look_key_weight2), x13, s7_2);
            s8_1 = v_fma(v_splat(look_key_weight2), x14, s8_1);
            const real look_key_weight3 = theta[14];
            s9_1 = v_fma(v_splat(look_key_weight3), x12, s9_1);
            s10_1 = v_fma(v_splat(look_key_weight3), x13, s10_1);
            s11_1 = v_fma(v_splat(look_key_weight3), x14, s11_1);
            const real look_key_weight4 = theta[9];
            const v16 x15 = v_load(x1 + (c + 128));
            s0_2 = v_fma(v_splat(look_key_weight4), x15, s0_2);
            const v16 x16 = v_load(x1 + (c + 384));
            s1_2 = v_fma(v_splat(look_key_weight4), x16, s1_2);
            const v16 x17 = v_load(x1 + (c + 640));
            s2_2 = v_fma(v_splat(look_key_weight4), x17, s2_2);
            const real look_key_weight5 = theta[11];
            s3_2 = v_fma(v_splat(look_key_weight5), x15, s3_2);
            s4_2 = v_fma(v_splat(look_key_weight5), x16, s4_2);
            s5_2 = v_fma(v_splat(look_key_weight5), x17, s5_2);
            const real look_key_weight6 = theta[13];
            s6_2 = v_fma(v_splat(look_key_weight6), x15, s6_2);
            s7_2 = v_fma(v_splat(look_key_weight6), x16, s7_2);
            s8_1 = v_fma(v_splat(look_key_weight6), x17, s8_1);
            const real look_key_weight7 = theta[15];
            s9_1 = v_fma(v_splat(look_key_weight7), x15, s9_1);
            s10_1 = v_fma(v_splat(look_key_weight7), x16, s10_1);
            s11_1 = v_fma(v_splat(look_key_weight7), x17, s11_1);
            v_store(look_key, s0_2);
            v_store(look_key + 64, s1_2);
            v_store(look_key + 128, s2_2);
            v_store(look_key + 16, s3_2);
            v_store(look_key + 80, s4_2);
            v_store(look_key + 144, s5_2);
            v_store(look_key + 32, s6_2);
            v_store(look_key + 96, s7_2);
            v_store(look_key + 160, s8_1);
            v_store(look_key + 48, s9_1);
            v_store(look_key + 112, s10_1);
            v_store(look_key + 176, s11_1);
            v16 s0_3 = v_splat(0.0f);
            v16 s1_3 = v_splat(0.0f);
            v16 s2_3 = v_splat(0.0f);
            v16 s3_3 = v_splat(0.0f);
            v16 s4_3 = v_splat(0.0f);
            v16 s5_3 = v_splat(0.0f);
            v16 s6_3 = v_splat(0.0f);
            v16 s7_3 = v_splat(0.0f);
            const real look_key_weight8 = theta[8];
            const v16 x18 = v_load(x1 + (c + 768));
            s0_3 = v_fma(v_splat(look_key_weight8), x18, s0_3);
            const v16 x19 = v_load(x1 + (c + 1024));
            s1_3 = v_fma(v_splat(look_key_weight8), x19, s1_3);
            const real look_key_weight9 = theta[10];
            s2_3 = v_fma(v_splat(look_key_weight9), x18, s2_3);
            s3_3 = v_fma(v_splat(look_key_weight9), x19, s3_3);
            const real look_key_weight10 = theta[12];
            s4_3 = v_fma(v_splat(look_key_weight10), x18, s4_3);
            s5_3 = v_fma(v_splat(look_key_weight10), x19, s5_3);
            const real look_key_weight11 = theta[14];
            s6_3 = v_fma(v_splat(look_key_weight11), x18, s6_3);
            s7_3 = v_fma(v_splat(look_key_weight11), x19, s7_3);
            const real look_key_weight12 = theta[9];
            const v16 x20 = v_load(x1 + (c + 896));
            s0_3 = v_fma(v_splat(look_key_weight12), x20, s0_3);
            const v16 x21 = v_load(x1 + (c + 1152));
            s1_3 = v_fma(v_splat(look_key_weight12), x21, s1_3);
            const real look_key_weight13 = theta[11];
            s2_3 = v_fma(v_splat(look_key_weight13), x20, s2_3);
            s3_3 = v_fma(v_splat(look_key_weight13), x21, s3_3);
            const real look_key_weight14 = theta[13];
            s4_3 = v_fma(v_splat(look_key_weight14), x20, s4_3);
            s5_3 = v_fma(v_splat(look_key_weight14), x21, s5_3);
            const real look_key_weight15 = theta[15];
            s6_3 = v_fma(v_splat(look_key_weight15), x20, s6_3);
            s7_3 = v_fma(v_splat(look_key_weight15), x21, s7_3);
            v_store(look_key + 192, s0_3);
            v_store(look_key + 256, s1_3);
            v_store(look_key + 208, s2_3);
            v_store(look_key + 272, s3_3);
            v_store(look_key + 224, s4_3);
            v_store(look_key + 288, s5_3);
            v_store(look_key + 240, s6_3);
            v_store(look_key + 304, s7_3);
            /* look.value */
            v16 s0_4 = v_splat(0.0f);
            v16 s1_4 = v_splat(0.0f);
            v16 s2_4 = v_splat(0.0f);
            v16 s3_4 = v_splat(0.0f);
            v16 s4_4 = v_splat(0.0f);
            v16 s5_4 = v_splat(0.0f);
            const real look_value_weight = theta[16];
            const v16 x22 = v_load(x1 + c);
            s0_4 = v_fma(v_splat(look_value_weight), x22, s0_4);
            const v16 x23 = v_load(x1 + (c + 256));
            s1_4 = v_fma(v_splat(look_value_weight), x23, s1_4);
            const v16 x24 = v_load(x1 + (c + 512));
            s2_4 = v_fma(v_splat(look_value_weight), x24, s2_4);
            const real look_value_weight1 = theta[18];
            s3_4 = v_fma(v_splat(look_value_weight1), x22, s3_4);
            s4_4 = v_fma(v_splat(look_value_weight1), x23, s4_4);
            s5_4 = v_fma(v_splat(look_value_weight1), x24, s5_4);
            const real look_value_weight2 = theta[17];
            const v16 x25 = v_load(x1 + (c + 128));
            s0_4 = v_fma(v_splat(look_value_weight2), x25, s0_4);
            const v16 x26 = v_load(x1 + (c + 384));
            s1_4 = v_fma(v_splat(look_value_weight2), x26, s1_4);
            const v16 x27 = v_load(x1 + (c + 640));
            s2_4 = v_fma(v_splat(look_value_weight2), x27, s2_4);
            const real look_value_weight3 = theta[19];
            s3_4 = v_fma(v_splat(look_value_weight3), x25, s3_4);
            s4_4 = v_fma(v_splat(look_value_weight3), x26, s4_4);
            s5_4 = v_fma(v_splat(look_value_weight3), x27, s5_4);
            v_store(look_value, s0_4);
            v_store(look_value + 32, s1_4);
            v_store(look_value + 64, s2_4);
            v_store(look_value + 16, s3_4);
            v_store(look_value + 48, s4_4);
            v_store(look_value + 80, s5_4);
            v16 s0_5 = v_splat(0.0f);
            v16 s1_5 = v_splat(0.0f);
            v16 s2_5 = v_splat(0.0f);
            v16 s3_5 = v_splat(0.0f);
            const real look_value_weight4 = theta[16];
            const v16 x28 = v_load(x1 + (c + 768));
            s0_5 = v_fma(v_splat(look_value_weight4), x28, s0_5);
            const v16 x29 = v_load(x1 + (c + 1024));
            s1_5 = v_fma(v_splat(look_value_weight4), x29, s1_5);
            const real look_value_weight5 = theta[18];
            s2_5 = v_fma(v_splat(look_value_weight5), x28, s2_5);
            s3_5 = v_fma(v_splat(look_value_weight5), x29, s3_5);
            const real look_value_weight6 = theta[17];
            const v16 x30 = v_load(x1 + (c + 896));
            s0_5 = v_fma(v_splat(look_value_weight6), x30, s0_5);
            const v16 x31 = v_load(x1 + (c + 1152));
            s1_5 = v_fma(v_splat(look_value_weight6), x31, s1_5);
            const real look_value_weight7 = theta[19];
            s2_5 = v_fma(v_splat(look_value_weight7), x30, s2_5);
            s3_5 = v_fma(v_splat(look_value_weight7), x31, s3_5);
            v_store(look_value + 96, s0_5);
            v_store(look_value + 128, s1_5);
            v_store(look_value + 112, s2_5);
            v_store(look_value + 144, s3_5);
            /* look */
            v16 s0_6 = v_splat(0.0f);
            v16 s1_6 = v_splat(0.0f);
            v16 s2_6 = v_splat(0.0f);
            v16 s3_6 = v_splat(0.0f);
            v16 s4_5 = v_splat(0.0f);
            v16 s5_5 = v_splat(0.0f);
            v16 s6_4 = v_splat(0.0f);
            v16 s7_4 = v_splat(0.0f);
            v16 s8_2 = v_splat(0.0f);
            const v16 sum = v_load(look_key);
            const v16 sum1 = v_load(look_query);
            s0_6 = v_fma(sum, sum1, s0_6);
            const v16 sum2 = v_load(look_key + 64);
            s1_6 = v_fma(sum2, sum1, s1_6);
            const v16 sum3 = v_load(look_key + 128);
            s2_6 = v_fma(sum3, sum1, s2_6);
            const v16 sum4 = v_load(look_query + 64);
            s3_6 = v_fma(sum, sum4, s3_6);
            s4_5 = v_fma(sum2, sum4, s4_5);
            s5_5 = v_fma(sum3, sum4, s5_5);
            const v16 sum5 = v_load(look_query + 128);
            s6_4 = v_fma(sum, sum5, s6_4);
            s7_4 = v_fma(sum2, sum5, s7_4);
            s8_2 = v_fma(sum3, sum5, s8_2);
            const v16 sum6 = v_load(look_key + 16);
            const v16 sum7 = v_load(look_query + 16);
            s0_6 = v_fma(sum6, sum7, s0_6);
            const v16 sum8 = v_load(look_key + 80);
            s1_6 = v_fma(sum8, sum7, s1_6);
            const v16 sum9 = v_load(look_key + 144);
            s2_6 = v_fma(sum9, sum7, s2_6);
            const v16 sum10 = v_load(look_query + 80);
            s3_6 = v_fma(sum6, sum10, s3_6);
            s4_5 = v_fma(sum8, sum10, s4_5);
            s5_5 = v_fma(sum9, sum10, s5_5);
            const v16 sum11 = v_load(look_query + 144);
            s6_4 = v_fma(sum6, sum11, s6_4);
            s7_4 = v_fma(sum8, sum11, s7_4);
            s8_2 = v_fma(sum9, sum11, s8_2);
            const v16 sum12 = v_load(look_key + 32);
            const v16 sum13 = v_load(look_query + 32);
            s0_6 = v_fma(sum12, sum13, s0_6);
            const v16 sum14 = v_load(look_key + 96);
            s1_6 = v_fma(sum14, sum13, s1_6);
            const v16 sum15 = v_load(look_key + 160);
            s2_6 = v_fma(sum15, sum13, s2_6);
            const v16 sum16 = v_load(look_query + 96);
            s3_6 = v_fma(sum12, sum16, s3_6);
            s4_5 = v_fma(sum14, sum16, s4_5);
            s5_5 = v_fma(sum15, sum16, s5_5);
            const v16 sum17 = v_load(look_query + 160);
            s6_4 = v_fma(sum12, sum17, s6_4);
            s7_4 = v_fma(sum14, sum17, s7_4);
            s8_2 = v_fma(sum15, sum17, s8_2);
            const v16 sum18 = v_load(look_key + 48);
            const v16 sum19 = v_load(look_query + 48);
            s0_6 = v_fma(sum18, sum19, s0_6);
            const v16 sum20 = v_load(look_key + 112);
            s1_6 = v_fma(sum20, sum19, s1_6);
            const v16 sum21 = v_load(look_key + 176);
            s2_6 = v_fma(sum21, sum19, s2_6);
            const v16 sum22 = v_load(look_query + 112);
            s3_6 = v_fma(sum18, sum22, s3_6);
            s4_5 = v_fma(sum20, sum22, s4_5);
            s5_5 = v_fma(sum21, sum22, s5_5);
            const v16 sum23 = v_load(look_query + 176);
            s6_4 = v_fma(sum18, sum23, s6_4);
            s7_4 = v_fma(sum20, sum23, s7_4);
            s8_2 = v_fma(sum21, sum23, s8_2);
            const v16 mul = v_mul(s0_6, v_splat(0.5f));
            v_store(look, mul);
            const v16 mul1 = v_mul(s1_6, v_splat(0.5f));
            v_store(look + 16, mul1);
            const v16 mul2 = v_mul(s2_6, v_splat(0.5f));
            v_store(look + 32, mul2);
            const v16 mul3 = v_mul(s3_6, v_splat(0.5f));
            v_store(look + 80, mul3);
            const v16 mul4 = v_mul(s4_5, v_splat(0.5f));
            v_store(look + 96, mul4);
            const v16 mul5 = v_mul(s5_5, v_splat(0.5f));
            v_store(look + 112, mul5);
            const v16 mul6 = v_mul(s6_4, v_splat(0.5f));
            v_store(look + 160, mul6);
            const v16 mul7 = v_mul(s7_4, v_splat(0.5f));
            v_store(look + 176, mul7);
            const v16 mul8 = v_mul(s8_2, v_splat(0.5f));
            v_store(look + 192, mul8);
            v16 s0_7 = v_splat(0.0f);
            v16 s1_7 = v_splat(0.0f);
            v16 s2_7 = v_splat(0.0f);
            v16 s3_7 = v_splat(0.0f);
            v16 s4_6 = v_splat(0.0f);
            v16 s5_6 = v_splat(0.0f);
            const v16 sum24 = v_load(look_key + 192);
            const v16 sum25 = v_load(look_query);
            s0_7 = v_fma(sum24, sum25, s0_7);
            const v16 sum26 = v_load(look_key + 256);
            s1_7 = v_fma(sum26, sum25, s1_7);
            const v16 sum27 = v_load(look_query + 64);
            s2_7 = v_fma(sum24, sum27, s2_7);
            s3_7 = v_fma(sum26, sum27, s3_7);
            const v16 sum28 = v_load(look_query + 128);
            s4_6 = v_fma(sum24, sum28, s4_6);
            s5_6 = v_fma(sum26, sum28, s5_6);
            const v16 sum29 = v_load(look_key + 208);
            const v16 sum30 = v_load(look_query + 16);
            s0_7 = v_fma(sum29, sum30, s0_7);
            const v16 sum31 = v_load(look_key + 272);
            s1_7 = v_fma(sum31, sum30, s1_7);
            const v16 sum32 = v_load(look_query + 80);
            s2_7 = v_fma(sum29, sum32, s2_7);
            s3_7 = v_fma(sum31, sum32, s3_7);
            const v16 sum33 = v_load(look_query + 144);
            s4_6 = v_fma(sum29, sum33, s4_6);
            s5_6 = v_fma(sum31, sum33, s5_6);
            const v16 sum34 = v_load(look_key + 224);
            const v16 sum35 = v_load(look_query + 32);
            s0_7 = v_fma(sum34, sum35, s0_7);
            const v16 sum36 = v_load(look_key + 288);
            s1_7 = v_fma(sum36, sum35, s1_7);
            const v16 sum37 = v_load(look_query + 96);
            s2_7 = v_fma(sum34, sum37, s2_7);
            s3_7 = v_fma(sum36, sum37, s3_7);
            const v16 sum38 = v_load(look_query + 160);
            s4_6 = v_fma(sum34, sum38, s4_6);
            s5_6 = v_fma(sum36, sum38, s5_6);
            const v16 sum39 = v_load(look_key + 240);
            const v16 sum40 = v_load(look_query + 48);
            s0_7 = v_fma(sum39, sum40, s0_7);
            const v16 sum41 = v_load(look_key + 304);
            s1_7 = v_fma(sum41, sum40, s1_7);
            const v16 sum42 = v_load(look_query + 112);
            s2_7 = v_fma(sum39, sum42, s2_7);
            s3_7 = v_fma(sum41, sum42, s3_7);
            const v16 sum43 = v_load(look_query + 176);
            s4_6 = v_fma(sum39, sum43, s4_6);
            s5_6 = v_fma(sum41, sum43, s5_6);
            const v16 mul9 = v_mul(s0_7, v_splat(0.5f));
            v_store(look + 48, mul9);
            const v16 mul10 = v_mul(s1_7, v_splat(0.5f));
            v_store(look + 64, mul10);
            const v16 mul11 = v_mul(s2_7, v_splat(0.5f));
            v_store(look + 128, mul11);
            const v16 mul12 = v_mul(s3_7, v_splat(0.5f));
            v_store(look + 144, mul12);
            const v16 mul13 = v_mul(s4_6, v_splat(0.5f));
            v_store(look + 208, mul13);
            const v16 mul14 = v_mul(s5_6, v_splat(0.5f));
            v_store(look + 224, mul14);
            v16 s0_8 = v_splat(0.0f);
            v16 s1_8 = v_splat(0.0f);
            v16 s2_8 = v_splat(0.0f);
            v16 s3_8 = v_splat(0.0f);
            v16 s4_7 = v_splat(0.0f);
            v16 s5_7 = v_splat(0.0f);
            const v16 sum44 = v_load(look_key);
            const v16 sum45 = v_load(look_query + 192);
            s0_8 = v_fma(sum44, sum45, s0_8);
            const v16 sum46 = v_load(look_key + 64);
            s1_8 = v_fma(sum46, sum45, s1_8);
            const v16 sum47 = v_load(look_key + 128);
            s2_8 = v_fma(sum47, sum45, s2_8);
            const v16 sum48 = v_load(look_query + 256);
            s3_8 = v_fma(sum44, sum48, s3_8);
            s4_7 = v_fma(sum46, sum48, s4_7);
            s5_7 = v_fma(sum47, sum48, s5_7);
            const v16 sum49 = v_load(look_key + 16);
            const v16 sum50 = v_load(look_query + 208);
            s0_8 = v_fma(sum49, sum50, s0_8);
            const v16 sum51 = v_load(look_key + 80);
            s1_8 = v_fma(sum51, sum50, s1_8);
            const v16 sum52 = v_load(look_key + 144);
            s2_8 = v_fma(sum52, sum50, s2_8);
            const v16 sum53 = v_load(look_query + 272);
            s3_8 = v_fma(sum49, sum53, s3_8);
            s4_7 = v_fma(sum51, sum53, s4_7);
            s5_7 = v_fma(sum52, sum53, s5_7);
            const v16 sum54 = v_load(look_key + 32);
            const v16 sum55 = v_load(look_query + 224);
            s0_8 = v_fma(sum54, sum55, s0_8);
            const v16 sum56 = v_load(look_key + 96);
            s1_8 = v_fma(sum56, sum55, s1_8);
            const v16 sum57 = v_load(look_key + 160);
            s2_8 = v_fma(sum57, sum55, s2_8);
            const v16 sum58 = v_load(look_query + 288);
            s3_8 = v_fma(sum54, sum58, s3_8);
            s4_7 = v_fma(sum56, sum58, s4_7);
            s5_7 = v_fma(sum57, sum58, s5_7);
            const v16 sum59 = v_load(look_key + 48);
            const v16 sum60 = v_load(look_query + 240);
            s0_8 = v_fma(sum59, sum60, s0_8);
            const v16 sum61 = v_load(look_key + 112);
            s1_8 = v_fma(sum61, sum60, s1_8);
            const v16 sum62 = v_load(look_key + 176);
            s2_8 = v_fma(sum62, sum60, s2_8);
            const v16 sum63 = v_load(look_query + 304);
            s3_8 = v_fma(sum59, sum63, s3_8);
            s4_7 = v_fma(sum61, sum63, s4_7);
            s5_7 = v_fma(sum62, sum63, s5_7);
            const v16 mul15 = v_mul(s0_8, v_splat(0.5f));
            v_store(look + 240, mul15);
            const v16 mul16 = v_mul(s1_8, v_splat(0.5f));
            v_store(look + 256, mul16);
            const v16 mul17 = v_mul(s2_8, v_splat(0.5f));
            v_store(look + 272, mul17);
            const v16 mul18 = v_mul(s3_8, v_splat(0.5f));
            v_store(look + 320, mul18);
            const v16 mul19 = v_mul(s4_7, v_splat(0.5f));
            v_store(look + 336, mul19);
            const v16 mul20 = v_mul(s5_7, v_splat(0.5f));
            v_store(look + 352, mul20);
            v16 s0_9 = v_splat(0.0f);
            v16 s1_9 = v_splat(0.0f);
            v16 s2_9 = v_splat(0.0f);
            v16 s3_9 = v_splat(0.0f);
            const v16 sum64 = v_load(look_key + 192);
            const v16 sum65 = v_load(look_query + 192);
            s0_9 = v_fma(sum64, sum65, s0_9);
            const v16 sum66 = v_load(look_key + 256);
            s1_9 = v_fma(sum66, sum65, s1_9);
            const v16 sum67 = v_load(look_query + 256);
            s2_9 = v_fma(sum64, sum67, s2_9);
            s3_9 = v_fma(sum66, sum67, s3_9);
            const v16 sum68 = v_load(look_key + 208);
            const v16 sum69 = v_load(look_query + 208);
            s0_9 = v_fma(sum68, sum69, s0_9);
            const v16 sum70 = v_load(look_key + 272);
            s1_9 = v_fma(sum70, sum69, s1_9);
            const v16 sum71 = v_load(look_query + 272);
            s2_9 = v_fma(sum68, sum71, s2_9);
            s3_9 = v_fma(sum70, sum71, s3_9);
            const v16 sum72 = v_load(look_key + 224);
            const v16 sum73 = v_load(look_query + 224);
            s0_9 = v_fma(sum72, sum73, s0_9);
            const v16 sum74 = v_load(look_key + 288);
            s1_9 = v_fma(sum74, sum73, s1_9);
            const v16 sum75 = v_load(look_query + 288);
            s2_9 = v_fma(sum72, sum75, s2_9);
            s3_9 = v_fma(sum74, sum75, s3_9);
            const v16 sum76 = v_load(look_key + 240);
            const v16 sum77 = v_load(look_query + 240);
            s0_9 = v_fma(sum76, sum77, s0_9);
            const v16 sum78 = v_load(look_key + 304);
            s1_9 = v_fma(sum78, sum77, s1_9);
            const v16 sum79 = v_load(look_query + 304);
            s2_9 = v_fma(sum76, sum79, s2_9);
            s3_9 = v_fma(sum78, sum79, s3_9);
            const v16 mul21 = v_mul(s0_9, v_splat(0.5f));
            v_store(look + 288, mul21);
            const v16 mul22 = v_mul(s1_9, v_splat(0.5f));
            v_store(look + 304, mul22);
            const v16 mul23 = v_mul(s2_9, v_splat(0.5f));
            v_store(look + 368, mul23);
            const v16 mul24 = v_mul(s3_9, v_splat(0.5f));
            v_store(look + 384, mul24);
            /* look */
            ROLL for (ptrdiff_t i = 0; i < 5; i++) {
                v16 peak = v_load(look + i*80);
                ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                    peak = v_max(peak, v_load(look + (i*5 + k)*16));
                }
                v_store(look1 + i*16, peak);
            }
            ROLL for (ptrdiff_t i = 0; i < 5; i++) {
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    const v16 sub = v_sub(v_load(look + (i*5 + j)*16), v_load(look1 + i*16));
                    const v16 exp_ = v_exp(sub);
                    v_store(look2 + (i*5 + j)*16, exp_);
                }
            }
            /* look */
            v16 s0_10 = v_splat(0.0f);
            v16 s1_10 = v_splat(0.0f);
            v16 s2_10 = v_splat(0.0f);
            v16 s3_10 = v_splat(0.0f);
            v16 s4_8 = v_splat(0.0f);
            ROLL for (ptrdiff_t k = 0; k < 5; k++) {
                s0_10 = v_add(s0_10, v_load(look2 + k*16));
                s1_10 = v_add(s1_10, v_load(look2 + (k + 5)*16));
                s2_10 = v_add(s2_10, v_load(look2 + (k + 10)*16));
                s3_10 = v_add(s3_10, v_load(look2 + (k + 15)*16));
                s4_8 = v_add(s4_8, v_load(look2 + (k + 20)*16));
            }
            v_store(look1, s0_10);
            v_store(look1 + 16, s1_10);
            v_store(look1 + 32, s2_10);
            v_store(look1 + 48, s3_10);
            v_store(look1 + 64, s4_8);
            ROLL for (ptrdiff_t i = 0; i < 5; i++) {
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    const v16 div = v_div(v_load(look2 + (i*5 + j)*16), v_load(look1 + i*16));
                    v_store(look + (i*5 + j)*16, div);
                }
            }
            /* look */
            v16 s0_11 = v_splat(0.0f);
            v16 s1_11 = v_splat(0.0f);
            v16 s2_11 = v_splat(0.0f);
            v16 s3_11 = v_splat(0.0f);
            v16 s4_9 = v_splat(0.0f);
            v16 s5_8 = v_splat(0.0f);
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                const v16 div = v_load(look + l*16);
                const v16 sum80 = v_load(look_value + l*32);
                s0_11 = v_fma(div, sum80, s0_11);
                const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
                s1_11 = v_fma(div, sum81, s1_11);
                const v16 div1 = v_load(look + (l + 5)*16);
                s2_11 = v_fma(div1, sum80, s2_11);
                s3_11 = v_fma(div1, sum81, s3_11);
                const v16 div2 = v_load(look + (l + 10)*16);
                s4_9 = v_fma(div2, sum80, s4_9);
                s5_8 = v_fma(div2, sum81, s5_8);
            }
            v_store(look_query, s0_11);
            const v16 mul25 = v_mul(s0_11, s0_11);
            v_store(look_key, mul25);
            v_store(look_query + 16, s1_11);
            const v16 mul26 = v_mul(s1_11, s1_11);
            v_store(look_key + 16, mul26);
            v_store(look_query + 32, s2_11);
            const v16 mul27 = v_mul(s2_11, s2_11);
            v_store(look_key + 32, mul27);
            v_store(look_query + 48, s3_11);
            const v16 mul28 = v_mul(s3_11, s3_11);
            v_store(look_key + 48, mul28);
            v_store(look_query + 64, s4_9);
            const v16 mul29 = v_mul(s4_9, s4_9);
            v_store(look_key + 64, mul29);
            v_store(look_query + 80, s5_8);
            const v16 mul30 = v_mul(s5_8, s5_8);
            v_store(look_key + 80, mul30);
            v16 s0_12 = v_splat(0.0f);
            v16 s1_12 = v_splat(0.0f);
            v16 s2_12 = v_splat(0.0f);
            v16 s3_12 = v_splat(0.0f);
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                const v16 div = v_load(look + (l + 15)*16);
                const v16 sum80 = v_load(look_value + l*32);
                s0_12 = v_fma(div, sum80, s0_12);
                const v16 sum81 = v_load(look_value + (l*2 + 1)*16);
                s1_12 = v_fma(div, sum81, s1_12);
                const v16 div1 = v_load(look + (l + 20)*16);
                s2_12 = v_fma(div1, sum80, s2_12);
                s3_12 = v_fma(div1, sum81, s3_12);
            }
            v_store(look_query + 96, s0_12);
            const v16 mul31 = v_mul(s0_12, s0_12);
            v_store(look_key + 96, mul31);
            v_store(look_query + 112, s1_12);
            const v16 mul32 = v_mul(s1_12, s1_12);
            v_store(look_key + 112, mul32);
            v_store(look_query + 128, s2_12);
            const v16 mul33 = v_mul(s2_12, s2_12);
            v_store(look_key + 128, mul33);
            v_store(look_query + 144, s3_12);
            const v16 mul34 = v_mul(s3_12, s3_12);
            v_store(look_key + 144, mul34);
            v16 s0_13 = v_splat(0.0f);
            v16 s1_13 = v_splat(0.0f);
            v16 s2_13 = v_splat(0.0f);
            v16 s3_13 = v_splat(0.0f);
            v16 s4_10 = v_splat(0.0f);
            s0_13 = v_add(s0_13, v_load(look_key));
            s1_13 = v_add(s1_13, v_load(look_key + 32));
            s2_13 = v_add(s2_13, v_load(look_key + 64));
            s3_13 = v_add(s3_13, v_load(look_key + 96));
            s4_10 = v_add(s4_10, v_load(look_key + 128));
            s0_13 = v_add(s0_13, v_load(look_key + 16));
            s1_13 = v_add(s1_13, v_load(look_key + 48));
            s2_13 = v_add(s2_13, v_load(look_key + 80));
            s3_13 = v_add(s3_13, v_load(look_key + 112));
            s4_10 = v_add(s4_10, v_load(look_key + 144));
            real row[80] ALIGNED;
            v_store(row, s0_13);
            v_store(row + 16, s1_13);
            v_store(row + 32, s2_13);
            v_store(row + 48, s3_13);
            v_store(row + 64, s4_10);
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const v16 sum80 = v_load(row + u*16);
                const v16 sqrt_ = v_sqrt(sum80);
                const v16 add = v_add(sqrt_, v_splat(1.0f));
                v_store(look_value + u*16, add);
            }
            ROLL for (ptrdiff_t i = 0; i < 5; i++) {
                ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                    const v16 div = v_div(v_load(look_query + (i*2 + j)*16),
                        v_load(look_value + i*16));
                    const v16 fma_ = v_fma(v_load(x1 + ((i*2 + j)*128 + c)), v_splat(pack[1]), div);
                    v_store(x_first_slope + ((i*2 + j)*128 + c), fma_);
                }
            }
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            reg s0 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                s0 = p_fma(p_read(x_bar + (j*256 + c)), p_read(x_first_slope + (j*256 + c)), s0);
                s0 = p_fma(p_read(x_bar + ((j*2 + 1)*128 + c)),
                    p_read(x_first_slope + ((j*2 + 1)*128 + c)), s0);
            }
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
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x_jump + (e*128 + c), v_gather(g_x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const reg add = p_add(p_read(x_bar + ((i*2 + j)*128 + c)),
                    p_read(x_jump + ((i*2 + j)*128 + c)));
                p_store(x_bar + ((i*2 + j)*128 + c), add);
            }
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(work + (area + 16 + c*10 + e), 10, count - c,
                    v_load(x_bar + (e*128 + c)));
            }
        }
        const ptrdiff_t at = swarm_find(work, area + 16, count*10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/10);
            work[area + 2] = t[(first + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(g_x0 + (first*10 + c*10 + e), 10, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void swarm_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
    real *RESTRICT g_theta, ptrdiff_t share)
{
    const ptrdiff_t first = share*64;
    const ptrdiff_t end = i_min(first + 64, 21);
    ptrdiff_t reach = 1;
    ROLL for (ptrdiff_t level = 0; level < 48; level++) {
        if (reach < blocks) {
            ROLL for (ptrdiff_t b = 0; b < blocks - reach; b += reach*2) {
                real *const to = sums + b*336;
                real *const from = sums + (b + reach)*336;
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

static void swarm_gradient_batch_task(void *args, size_t task)
{
    const swarm_gradient_scalar_args *const a = (const swarm_gradient_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    swarm_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int swarm_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[20];
    pack[0] = neg;
    const real neg1 = -theta[20];
    pack[1] = neg1;
    const ptrdiff_t areas = blocks*336 + 16;
    const ptrdiff_t dt = areas + blocks*1296;
    {
        swarm_gradient_scalar_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 1296, dt };
        each(parallel, (size_t)blocks, swarm_gradient_batch_task, &args);
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
        swarm_gradient_batch_sums(sums, blocks, g_theta, 0);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*1296;
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
static NOINLINE int flock_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int flock_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void flock_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)theta, (void)vtheta, (void)work, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    real v_x_[1280] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_store(v_x_ + (e*128 + c), v_gather(vx + (first*10 + c*10 + e), 10, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
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
    real x_dot[1280] ALIGNED;
    real con[640] ALIGNED;
    real sub[640] ALIGNED;
    real square[640] ALIGNED;
    real add[640] ALIGNED;
    real div[320] ALIGNED;
    real sub1[320] ALIGNED;
    real add1[640] ALIGNED;
    real neg[160] ALIGNED;
    real mul[640] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_splat(0.0f);
                    if (j*(-1) + k >= 0) {
                        s0 = v_add(s0, v_load(x1 + (((k + 1)*2 + l)*128 + c)));
                    }
                    v_store(con + ((j*4 + k)*2 + l)*16, s0);
                }
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_load(con + ((j*4 + k)*2 + l)*16);
                    if (j + k*(-1) - 1 >= 0) {
                        s0 = v_add(s0, v_load(x1 + ((k*2 + l)*128 + c)));
                    }
                    const v16 sub2 = v_sub(s0, v_load(x1 + ((j*2 + l)*128 + c)));
                    v_store(sub + ((j*4 + k)*2 + l)*16, sub2);
                    const v16 mul1 = v_mul(sub2, sub2);
                    v_store(square + ((j*4 + k)*2 + l)*16, mul1);
                    const v16 add2 = v_add(sub2, sub2);
                    v_store(add + ((j*4 + k)*2 + l)*16, add2);
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            v16 s0 = v_splat(0.09f);
            v16 s1 = v_splat(0.09f);
            v16 s2 = v_splat(0.09f);
            v16 s3 = v_splat(0.09f);
            v16 s4 = v_splat(0.09f);
            s0 = v_add(s0, v_load(square + k*32));
            s1 = v_add(s1, v_load(square + (k + 4)*32));
            s2 = v_add(s2, v_load(square + (k + 8)*32));
            s3 = v_add(s3, v_load(square + (k + 12)*32));
            s4 = v_add(s4, v_load(square + (k + 16)*32));
            s0 = v_add(s0, v_load(square + (k*2 + 1)*16));
            s1 = v_add(s1, v_load(square + ((k + 4)*2 + 1)*16));
            s2 = v_add(s2, v_load(square + ((k + 8)*2 + 1)*16));
            s3 = v_add(s3, v_load(square + ((k + 12)*2 + 1)*16));
            s4 = v_add(s4, v_load(square + ((k + 16)*2 + 1)*16));
            real row[80] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const v16 sum = v_load(row + u*16);
                v_store(con + (u*4 + k)*16, sum);
                const v16 div1 = v_div(v_splat(0.3f), sum);
                v_store(div + (u*4 + k)*16, div1);
                const v16 sub2 = v_sub(v_splat(1.0f), div1);
                v_store(sub1 + (u*4 + k)*16, sub2);
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_splat(0.0f);
                    if (j*(-1) + k >= 0) {
                        s0 = v_add(s0, v_load(v_x_ + (((k + 1)*2 + l)*128 + c)));
                    }
                    v_store(square + ((j*4 + k)*2 + l)*16, s0);
                }
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_load(square + ((j*4 + k)*2 + l)*16);
                    if (j + k*(-1) - 1 >= 0) {
                        s0 = v_add(s0, v_load(v_x_ + ((k*2 + l)*128 + c)));
                    }
                    v_store(add1 + ((j*4 + k)*2 + l)*16, s0);
                }
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 neg1 = v_neg(v_load(v_x_ + ((i*2 + j)*128 + c)));
                v_store(neg + (i*2 + j)*16, neg1);
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 4; j++) {
                ROLL for (ptrdiff_t k = 0; k < 2; k++) {
                    const v16 add2 = v_add(v_load(add1 + ((i*4 + j)*2 + k)*16),
                        v_load(neg + (i*2 + k)*16));
                    v_store(square + ((i*4 + j)*2 + k)*16, add2);
                    const v16 mul1 = v_mul(v_load(add + ((i*4 + j)*2 + k)*16), add2);
                    v_store(mul + ((i*4 + j)*2 + k)*16, mul1);
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            v16 s4 = v_splat(0.0f);
            s0 = v_add(s0, v_load(mul + k*32));
            s1 = v_add(s1, v_load(mul + (k + 4)*32));
            s2 = v_add(s2, v_load(mul + (k + 8)*32));
            s3 = v_add(s3, v_load(mul + (k + 12)*32));
            s4 = v_add(s4, v_load(mul + (k + 16)*32));
            s0 = v_add(s0, v_load(mul + (k*2 + 1)*16));
            s1 = v_add(s1, v_load(mul + ((k + 4)*2 + 1)*16));
            s2 = v_add(s2, v_load(mul + ((k + 8)*2 + 1)*16));
            s3 = v_add(s3, v_load(mul + ((k + 12)*2 + 1)*16));
            s4 = v_add(s4, v_load(mul + ((k + 16)*2 + 1)*16));
            real row[80] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 neg1 = v_neg(sum);
                const v16 mul1 = v_mul(v_load(div + (u*4 + k)*16), neg1);
                const v16 div1 = v_div(mul1, v_load(con + (u*4 + k)*16));
                const v16 neg2 = v_neg(div1);
                v_store(add + (u*4 + k)*16, neg2);
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            const v16 sub2 = v_load(sub1 + j*64);
            s0 = v_fma(v_load(square + j*128), sub2, s0);
            s1 = v_fma(v_load(square + (j*8 + 1)*16), sub2, s1);
            const v16 sub3 = v_load(sub1 + (j*4 + 1)*16);
            s0 = v_fma(v_load(square + (j*4 + 1)*32), sub3, s0);
            s1 = v_fma(v_load(square + ((j*4 + 1)*2 + 1)*16), sub3, s1);
            const v16 sub4 = v_load(sub1 + (j*4 + 2)*16);
            s0 = v_fma(v_load(square + (j*4 + 2)*32), sub4, s0);
            s1 = v_fma(v_load(square + ((j*4 + 2)*2 + 1)*16), sub4, s1);
            const v16 sub5 = v_load(sub1 + (j*4 + 3)*16);
            s0 = v_fma(v_load(square + (j*4 + 3)*32), sub5, s0);
            s1 = v_fma(v_load(square + ((j*4 + 3)*2 + 1)*16), sub5, s1);
            v_store(div + j*32, s0);
            v_store(div + (j*2 + 1)*16, s1);
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            v16 s0 = v_load(div + j*32);
            v16 s1 = v_load(div + (j*2 + 1)*16);
            const v16 neg1 = v_load(add + j*64);
            s0 = v_fma(v_load(sub + j*128), neg1, s0);
            s1 = v_fma(v_load(sub + (j*8 + 1)*16), neg1, s1);
            const v16 neg2 = v_load(add + (j*4 + 1)*16);
            s0 = v_fma(v_load(sub + (j*4 + 1)*32), neg2, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), neg2, s1);
            const v16 neg3 = v_load(add + (j*4 + 2)*16);
            s0 = v_fma(v_load(sub + (j*4 + 2)*32), neg3, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), neg3, s1);
            const v16 neg4 = v_load(add + (j*4 + 3)*16);
            s0 = v_fma(v_load(sub + (j*4 + 3)*32), neg4, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), neg4, s1);
            const v16 div1 = v_div(s0, v_splat(5.0f));
            v_store(x_dot + (j*256 + c), div1);
            const v16 div2 = v_div(s1, v_splat(5.0f));
            v_store(x_dot + ((j*2 + 1)*128 + c), div2);
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_scatter(out + (first*10 + c*10 + e), 10, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void flock_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        flock_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            16);
    }
}

/* dx/dt */
static NOINLINE void flock_f_scalar_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride, (void)theta;
    real x1[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x1[e] = x[b*10 + e];
    }
    real x_dot[10] ALIGNED;
    real con[40] ALIGNED;
    real sub[40] ALIGNED;
    real square[40] ALIGNED;
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                real s0 = 0.0f;
                if (j*(-1) + k >= 0) {
                    s0 = s0 + x1[(k + 1)*2 + l];
                }
                con[(j*4 + k)*2 + l] = s0;
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                real s0 = con[(j*4 + k)*2 + l];
                if (j + k*(-1) - 1 >= 0) {
                    s0 = s0 + x1[k*2 + l];
                }
                const real sub1 = s0 - x1[j*2 + l];
                sub[(j*4 + k)*2 + l] = sub1;
                const real mul = sub1*sub1;
                square[(j*4 + k)*2 + l] = mul;
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 4; k++) {
        real s0 = 0.09f;
        real s1 = 0.09f;
        real s2 = 0.09f;
        real s3 = 0.09f;
        real s4 = 0.09f;
        s0 = s0 + square[k*2];
        s1 = s1 + square[(k + 4)*2];
        s2 = s2 + square[(k + 8)*2];
        s3 = s3 + square[(k + 12)*2];
        s4 = s4 + square[(k + 16)*2];
        s0 = s0 + square[k*2 + 1];
        s1 = s1 + square[(k + 4)*2 + 1];
        s2 = s2 + square[(k + 8)*2 + 1];
        s3 = s3 + square[(k + 12)*2 + 1];
        s4 = s4 + square[(k + 16)*2 + 1];
        real row[5] ALIGNED;
        row[0] = s0;
        row[1] = s1;
        row[2] = s2;
        row[3] = s3;
        row[4] = s4;
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const real sum = row[u];
            const real div = 0.3f/sum;
            const real sub1 = 1.0f - div;
            con[u*4 + k] = sub1;
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        real s0 = 0.0f;
        real s1 = 0.0f;
        const real sub1 = con[j*4];
        s0 = fmaf(sub[j*8], sub1, s0);
        s1 = fmaf(sub[j*8 + 1], sub1, s1);
        const real sub2 = con[j*4 + 1];
        s0 = fmaf(sub[(j*4 + 1)*2], sub2, s0);
        s1 = fmaf(sub[(j*4 + 1)*2 + 1], sub2, s1);
        const real sub3 = con[j*4 + 2];
        s0 = fmaf(sub[(j*4 + 2)*2], sub3, s0);
        s1 = fmaf(sub[(j*4 + 2)*2 + 1], sub3, s1);
        const real sub4 = con[j*4 + 3];
        s0 = fmaf(sub[(j*4 + 3)*2], sub4, s0);
        s1 = fmaf(sub[(j*4 + 3)*2 + 1], sub4, s1);
        const real div = s0/5.0f;
        x_dot[j*2] = div;
        const real div1 = s1/5.0f;
        x_dot[j*2 + 1] = div1;
    }
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        dx[b*10 + e] = x_dot[e];
    }
}

/* dx/dt */
static NOINLINE void flock_f_scalar(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        flock_f_scalar_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void flock_vjp_scalar_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)theta, (void)areas, (void)area_size;
    real *const sums = work;
    ROLL for (ptrdiff_t i = 0; i < 0; i++) {
        sums[i] = 0.0f;
    }
    real x1[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x1[e] = x[b*10 + e];
    }
    real a_dx[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        a_dx[e] = a[b*10 + e];
    }
    real x_bar[10] ALIGNED;
    real t_bar[1] ALIGNED;
    real con[40] ALIGNED;
    real sub[40] ALIGNED;
    real square[40] ALIGNED;
    real add[40] ALIGNED;
    real div[20] ALIGNED;
    real sub1[20] ALIGNED;
    real div1[10] ALIGNED;
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                real s0 = 0.0f;
                if (j*(-1) + k >= 0) {
                    s0 = s0 + x1[(k + 1)*2 + l];
                }
                con[(j*4 + k)*2 + l] = s0;
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                real s0 = con[(j*4 + k)*2 + l];
                if (j + k*(-1) - 1 >= 0) {
                    s0 = s0 + x1[k*2 + l];
                }
                const real sub2 = s0 - x1[j*2 + l];
                sub[(j*4 + k)*2 + l] = sub2;
                const real mul = sub2*sub2;
                square[(j*4 + k)*2 + l] = mul;
                const real add1 = sub2 + sub2;
                add[(j*4 + k)*2 + l] = add1;
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 4; k++) {
        real s0 = 0.09f;
        real s1 = 0.09f;
        real s2 = 0.09f;
        real s3 = 0.09f;
        real s4 = 0.09f;
        s0 = s0 + square[k*2];
        s1 = s1 + square[(k + 4)*2];
        s2 = s2 + square[(k + 8)*2];
        s3 = s3 + square[(k + 12)*2];
        s4 = s4 + square[(k + 16)*2];
        s0 = s0 + square[k*2 + 1];
        s1 = s1 + square[(k + 4)*2 + 1];
        s2 = s2 + square[(k + 8)*2 + 1];
        s3 = s3 + square[(k + 12)*2 + 1];
        s4 = s4 + square[(k + 16)*2 + 1];
        real row[5] ALIGNED;
        row[0] = s0;
        row[1] = s1;
        row[2] = s2;
        row[3] = s3;
        row[4] = s4;
        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
            const real sum = row[u];
            con[u*4 + k] = sum;
            const real div2 = 0.3f/sum;
            div[u*4 + k] = div2;
            const real sub2 = 1.0f - div2;
            sub1[u*4 + k] = sub2;
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real div2 = a_dx[i*2 + j]/5.0f;
            div1[i*2 + j] = div2;
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                real s0 = 0.0f;
                s0 = fmaf(div1[j*2 + l], sub1[j*4 + k], s0);
                square[(j*4 + k)*2 + l] = s0;
            }
        }
    }
    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
        real s0 = 0.0f;
        real s1 = 0.0f;
        real s2 = 0.0f;
        real s3 = 0.0f;
        const real div2 = div1[j*2];
        s0 = fmaf(sub[j*8], div2, s0);
        s1 = fmaf(sub[(j*4 + 1)*2], div2, s1);
        s2 = fmaf(sub[(j*4 + 2)*2], div2, s2);
        s3 = fmaf(sub[(j*4 + 3)*2], div2, s3);
        const real div3 = div1[j*2 + 1];
        s0 = fmaf(sub[j*8 + 1], div3, s0);
        s1 = fmaf(sub[(j*4 + 1)*2 + 1], div3, s1);
        s2 = fmaf(sub[(j*4 + 2)*2 + 1], div3, s2);
        s3 = fmaf(sub[(j*4 + 3)*2 + 1], div3, s3);
        const real neg = -s0;
        const real div4 = neg/con[j*4];
        const real mul = div[j*4]*div4;
        const real neg1 = -mul;
        sub1[j*4] = neg1;
        const real neg2 = -s1;
        const real div5 = neg2/con[j*4 + 1];
        const real mul1 = div[j*4 + 1]*div5;
        const real neg3 = -mul1;
        sub1[j*4 + 1] = neg3;
        const real neg4 = -s2;
        const real div6 = neg4/con[j*4 + 2];
        const real mul2 = div[j*4 + 2]*div6;
        const real neg5 = -mul2;
        sub1[j*4 + 2] = neg5;
        const real neg6 = -s3;
        const real div7 = neg6/con[j*4 + 3];
        const real mul3 = div[j*4 + 3]*div7;
        const real neg7 = -mul3;
        sub1[j*4 + 3] = neg7;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 4; j++) {
            ROLL for (ptrdiff_t k = 0; k < 2; k++) {
                const real fma_ = fmaf(sub1[i*4 + j], add[(i*4 + j)*2 + k],
                    square[(i*4 + j)*2 + k]);
                con[(i*4 + j)*2 + k] = fma_;
                const real neg = -fma_;
                sub[(i*4 + j)*2 + k] = neg;
            }
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            div[i*2 + j] = 0.0f;
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l*(-1) >= 0) {
                div[k + 2] = div[k + 2] + con[l*8 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l*(-1) + 1 >= 0) {
                div[k + 4] = div[k + 4] + con[(l*4 + 1)*2 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l*(-1) + 2 >= 0) {
                div[k + 6] = div[k + 6] + con[(l*4 + 2)*2 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l*(-1) + 3 >= 0) {
                div[k + 8] = div[k + 8] + con[(l*4 + 3)*2 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        real s0 = div[k];
        real s1 = div[k + 2];
        real s2 = div[k + 4];
        real s3 = div[k + 6];
        real s4 = div[k + 8];
        s0 = s0 + sub[k];
        s1 = s1 + sub[k + 8];
        s2 = s2 + sub[k + 16];
        s3 = s3 + sub[k + 24];
        s4 = s4 + sub[k + 32];
        s0 = s0 + sub[k + 2];
        s1 = s1 + sub[k + 10];
        s2 = s2 + sub[k + 18];
        s3 = s3 + sub[k + 26];
        s4 = s4 + sub[k + 34];
        s0 = s0 + sub[k + 4];
        s1 = s1 + sub[k + 12];
        s2 = s2 + sub[k + 20];
        s3 = s3 + sub[k + 28];
        s4 = s4 + sub[k + 36];
        s0 = s0 + sub[k + 6];
        s1 = s1 + sub[k + 14];
        s2 = s2 + sub[k + 22];
        s3 = s3 + sub[k + 30];
        s4 = s4 + sub[k + 38];
        sub1[k] = s0;
        sub1[k + 2] = s1;
        sub1[k + 4] = s2;
        sub1[k + 6] = s3;
        sub1[k + 8] = s4;
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            div[i*2 + j] = 0.0f;
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l - 1 >= 0) {
                div[k] = div[k] + con[l*8 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l - 2 >= 0) {
                div[k + 2] = div[k + 2] + con[(l*4 + 1)*2 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l - 3 >= 0) {
                div[k + 4] = div[k + 4] + con[(l*4 + 2)*2 + k];
            }
        }
    }
    ROLL for (ptrdiff_t k = 0; k < 2; k++) {
        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
            if (l - 4 >= 0) {
                div[k + 6] = div[k + 6] + con[(l*4 + 3)*2 + k];
            }
        }
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real add1 = sub1[i*2 + j] + div[i*2 + j];
            x_bar[i*2 + j] = add1;
        }
    }
    t_bar[0] = 0.0f;
    if (ax != NULL) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            ax[b*10 + e] = x_bar[e];
        }
    }
    if (at != NULL) {
        at[b] = t_bar[0];
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void flock_vjp_scalar(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        flock_vjp_scalar_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
    }
}

/* x at every time, from x0 */
static NOINLINE void flock_solve_scalar_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[10] ALIGNED;
    real h[1] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x1[e] = x0[b*10 + e];
    }
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x[b*10 + e] = x1[e];
    }
    real zero = 0.0f;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        zero = fmaf(x1[e], 0.0f, zero);
    }
    const ptrdiff_t sound = 1 - (zero != zero);
    if (sound == 0) {
        const ptrdiff_t at = flock_find(x, b*10, 10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/10);
            work[area + 2] = t[(b + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        const real begin = t[b*t_stride + (i - 1)];
        const real end = t[b*t_stride + i];
        const ptrdiff_t n = flock_steps(begin, end, h_max, steps, max_steps);
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
        const real value = h1;
        h[0] = value;
        ROLL for (ptrdiff_t s = 0; s < n; s++) {
            real con[40] ALIGNED;
            real sub[40] ALIGNED;
            real square[40] ALIGNED;
            real div[10] ALIGNED;
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                    ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                        real s0 = 0.0f;
                        if (j*(-1) + k >= 0) {
                            s0 = s0 + x1[(k + 1)*2 + l];
                        }
                        con[(j*4 + k)*2 + l] = s0;
                    }
                }
            }
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                    ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                        real s0 = con[(j*4 + k)*2 + l];
                        if (j + k*(-1) - 1 >= 0) {
                            s0 = s0 + x1[k*2 + l];
                        }
                        const real sub1 = s0 - x1[j*2 + l];
                        sub[(j*4 + k)*2 + l] = sub1;
                        const real mul = sub1*sub1;
                        square[(j*4 + k)*2 + l] = mul;
                    }
                }
            }
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                real s0 = 0.09f;
                real s1 = 0.09f;
                real s2 = 0.09f;
                real s3 = 0.09f;
                real s4 = 0.09f;
                s0 = s0 + square[k*2];
                s1 = s1 + square[(k + 4)*2];
                s2 = s2 + square[(k + 8)*2];
                s3 = s3 + square[(k + 12)*2];
                s4 = s4 + square[(k + 16)*2];
                s0 = s0 + square[k*2 + 1];
                s1 = s1 + square[(k + 4)*2 + 1];
                s2 = s2 + square[(k + 8)*2 + 1];
                s3 = s3 + square[(k + 12)*2 + 1];
                s4 = s4 + square[(k + 16)*2 + 1];
                real row[5] ALIGNED;
                row[0] = s0;
                row[1] = s1;
                row[2] = s2;
                row[3] = s3;
                row[4] = s4;
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const real sum = row[u];
                    const real div1 = 0.3f/sum;
                    const real sub1 = 1.0f - div1;
                    con[u*4 + k] = sub1;
                }
            }
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                real s0 = 0.0f;
                real s1 = 0.0f;
                const real sub1 = con[j*4];
                s0 = fmaf(sub[j*8], sub1, s0);
                s1 = fmaf(sub[j*8 + 1], sub1, s1);
                const real sub2 = con[j*4 + 1];
                s0 = fmaf(sub[(j*4 + 1)*2], sub2, s0);
                s1 = fmaf(sub[(j*4 + 1)*2 + 1], sub2, s1);
                const real sub3 = con[j*4 + 2];
                s0 = fmaf(sub[(j*4 + 2)*2], sub3, s0);
                s1 = fmaf(sub[(j*4 + 2)*2 + 1], sub3, s1);
                const real sub4 = con[j*4 + 3];
                s0 = fmaf(sub[(j*4 + 3)*2], sub4, s0);
                s1 = fmaf(sub[(j*4 + 3)*2 + 1], sub4, s1);
                const real div1 = s0/5.0f;
                div[j*2] = div1;
                const real div2 = s1/5.0f;
                div[j*2 + 1] = div2;
            }
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                    const real fma_ = fmaf(div[i1*2 + j], h[0], x1[i1*2 + j]);
                    x1[i1*2 + j] = fma_;
                }
            }
        }
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            x[(i*batch + b)*10 + e] = x1[e];
        }
        real zero1 = 0.0f;
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            zero1 = fmaf(x1[e], 0.0f, zero1);
        }
        const ptrdiff_t sound1 = 1 - (zero1 != zero1);
        if (sound1 == 0) {
            const ptrdiff_t at = flock_find(x, (i*batch + b)*10, 10);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(b + at/10);
                work[area + 2] = t[(b + at/10)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%10);
                failed = 5;
            }
        }
    }
}

typedef struct flock_solve_scalar_args {
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
} flock_solve_scalar_args;

static void flock_solve_scalar_task(void *args, size_t task)
{
    const flock_solve_scalar_args *const a = (const flock_solve_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    flock_solve_scalar_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int flock_solve_scalar(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = 0;
    {
        flock_solve_scalar_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 32 };
        each(parallel, (size_t)blocks, flock_solve_scalar_task, &args);
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
static NOINLINE void flock_gradient_scalar_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    (void)theta;
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work;
    ROLL for (ptrdiff_t i = 0; i < 0; i++) {
        sums[i] = 0.0f;
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[10] ALIGNED;
    real x_bar[10] ALIGNED;
    real x_jump[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x_bar[e] = 0.0f;
    }
    real h[1] ALIGNED;
    real dt1[1] ALIGNED;
    real x_slope[10] ALIGNED;
    real x_first_slope[10] ALIGNED;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x_first_slope[e] = 0.0f;
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                x_jump[e] = g_x[(i*batch + b)*10 + e];
            }
            ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                    const real add = x_bar[i1*2 + j] + x_jump[i1*2 + j];
                    x_bar[i1*2 + j] = add;
                }
            }
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                x1[e] = x[(i*batch + b)*10 + e];
            }
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = flock_steps(begin, end, h_max, steps, max_steps);
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
            const real value = h1;
            h[0] = value;
            /* n steps to the time before, together: dx/dt = f, dx_bar/dt = -x_bar . df/dx, and
             * dL/dtheta sums x_bar . df/dtheta dt */
            ROLL for (ptrdiff_t s = 0; s < n; s++) {
                real neg[1] ALIGNED;
                real con[40] ALIGNED;
                real sub[40] ALIGNED;
                real square[40] ALIGNED;
                real add[40] ALIGNED;
                real div[20] ALIGNED;
                real sub1[20] ALIGNED;
                real div1[10] ALIGNED;
                real div2[10] ALIGNED;
                const real neg1 = -h[0];
                neg[0] = neg1;
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                            real s0 = 0.0f;
                            if (j*(-1) + k1 >= 0) {
                                s0 = s0 + x1[(k1 + 1)*2 + l];
                            }
                            con[(j*4 + k1)*2 + l] = s0;
                        }
                    }
                }
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                            real s0 = con[(j*4 + k1)*2 + l];
                            if (j + k1*(-1) - 1 >= 0) {
                                s0 = s0 + x1[k1*2 + l];
                            }
                            const real sub2 = s0 - x1[j*2 + l];
                            sub[(j*4 + k1)*2 + l] = sub2;
                            const real mul = sub2*sub2;
                            square[(j*4 + k1)*2 + l] = mul;
                            const real add1 = sub2 + sub2;
                            add[(j*4 + k1)*2 + l] = add1;
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                    real s0 = 0.09f;
                    real s1 = 0.09f;
                    real s2 = 0.09f;
                    real s3 = 0.09f;
                    real s4 = 0.09f;
                    s0 = s0 + square[k1*2];
                    s1 = s1 + square[(k1 + 4)*2];
                    s2 = s2 + square[(k1 + 8)*2];
                    s3 = s3 + square[(k1 + 12)*2];
                    s4 = s4 + square[(k1 + 16)*2];
                    s0 = s0 + square[k1*2 + 1];
                    s1 = s1 + square[(k1 + 4)*2 + 1];
                    s2 = s2 + square[(k1 + 8)*2 + 1];
                    s3 = s3 + square[(k1 + 12)*2 + 1];
                    s4 = s4 + square[(k1 + 16)*2 + 1];
                    real row[5] ALIGNED;
                    row[0] = s0;
                    row[1] = s1;
                    row[2] = s2;
                    row[3] = s3;
                    row[4] = s4;
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const real sum = row[u];
                        con[u*4 + k1] = sum;
                        const real div3 = 0.3f/sum;
                        div[u*4 + k1] = div3;
                        const real sub2 = 1.0f - div3;
                        sub1[u*4 + k1] = sub2;
                    }
                }
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    real s0 = 0.0f;
                    real s1 = 0.0f;
                    const real sub2 = sub1[j*4];
                    s0 = fmaf(sub[j*8], sub2, s0);
                    s1 = fmaf(sub[j*8 + 1], sub2, s1);
                    const real sub3 = sub1[j*4 + 1];
                    s0 = fmaf(sub[(j*4 + 1)*2], sub3, s0);
                    s1 = fmaf(sub[(j*4 + 1)*2 + 1], sub3, s1);
                    const real sub4 = sub1[j*4 + 2];
                    s0 = fmaf(sub[(j*4 + 2)*2], sub4, s0);
                    s1 = fmaf(sub[(j*4 + 2)*2 + 1], sub4, s1);
                    const real sub5 = sub1[j*4 + 3];
                    s0 = fmaf(sub[(j*4 + 3)*2], sub5, s0);
                    s1 = fmaf(sub[(j*4 + 3)*2 + 1], sub5, s1);
                    const real div3 = s0/5.0f;
                    div1[j*2] = div3;
                    const real mul = x_bar[j*2]*neg[0];
                    const real div4 = mul/5.0f;
                    div2[j*2] = div4;
                    x_slope[j*2] = div3;
                    const real div5 = s1/5.0f;
                    div1[j*2 + 1] = div5;
                    const real mul1 = x_bar[j*2 + 1]*neg[0];
                    const real div6 = mul1/5.0f;
                    div2[j*2 + 1] = div6;
                    x_slope[j*2 + 1] = div5;
                }
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                            real s0 = 0.0f;
                            s0 = fmaf(div2[j*2 + l], sub1[j*4 + k1], s0);
                            square[(j*4 + k1)*2 + l] = s0;
                        }
                    }
                }
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    real s0 = 0.0f;
                    real s1 = 0.0f;
                    real s2 = 0.0f;
                    real s3 = 0.0f;
                    const real div3 = div2[j*2];
                    s0 = fmaf(sub[j*8], div3, s0);
                    s1 = fmaf(sub[(j*4 + 1)*2], div3, s1);
                    s2 = fmaf(sub[(j*4 + 2)*2], div3, s2);
                    s3 = fmaf(sub[(j*4 + 3)*2], div3, s3);
                    const real div4 = div2[j*2 + 1];
                    s0 = fmaf(sub[j*8 + 1], div4, s0);
                    s1 = fmaf(sub[(j*4 + 1)*2 + 1], div4, s1);
                    s2 = fmaf(sub[(j*4 + 2)*2 + 1], div4, s2);
                    s3 = fmaf(sub[(j*4 + 3)*2 + 1], div4, s3);
                    const real neg2 = -s0;
                    const real div5 = neg2/con[j*4];
                    const real mul = div[j*4]*div5;
                    const real neg3 = -mul;
                    sub1[j*4] = neg3;
                    const real neg4 = -s1;
                    const real div6 = neg4/con[j*4 + 1];
                    const real mul1 = div[j*4 + 1]*div6;
                    const real neg5 = -mul1;
                    sub1[j*4 + 1] = neg5;
                    const real neg6 = -s2;
                    const real div7 = neg6/con[j*4 + 2];
                    const real mul2 = div[j*4 + 2]*div7;
                    const real neg7 = -mul2;
                    sub1[j*4 + 2] = neg7;
                    const real neg8 = -s3;
                    const real div8 = neg8/con[j*4 + 3];
                    const real mul3 = div[j*4 + 3]*div8;
                    const real neg9 = -mul3;
                    sub1[j*4 + 3] = neg9;
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 4; j++) {
                        ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                            const real fma_ = fmaf(sub1[i1*4 + j], add[(i1*4 + j)*2 + k1],
                                square[(i1*4 + j)*2 + k1]);
                            con[(i1*4 + j)*2 + k1] = fma_;
                            const real neg2 = -fma_;
                            sub[(i1*4 + j)*2 + k1] = neg2;
                        }
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        div[i1*2 + j] = 0.0f;
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l*(-1) >= 0) {
                            div[k1 + 2] = div[k1 + 2] + con[l*8 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l*(-1) + 1 >= 0) {
                            div[k1 + 4] = div[k1 + 4] + con[(l*4 + 1)*2 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l*(-1) + 2 >= 0) {
                            div[k1 + 6] = div[k1 + 6] + con[(l*4 + 2)*2 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l*(-1) + 3 >= 0) {
                            div[k1 + 8] = div[k1 + 8] + con[(l*4 + 3)*2 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    real s0 = div[k1];
                    real s1 = div[k1 + 2];
                    real s2 = div[k1 + 4];
                    real s3 = div[k1 + 6];
                    real s4 = div[k1 + 8];
                    s0 = s0 + sub[k1];
                    s1 = s1 + sub[k1 + 8];
                    s2 = s2 + sub[k1 + 16];
                    s3 = s3 + sub[k1 + 24];
                    s4 = s4 + sub[k1 + 32];
                    s0 = s0 + sub[k1 + 2];
                    s1 = s1 + sub[k1 + 10];
                    s2 = s2 + sub[k1 + 18];
                    s3 = s3 + sub[k1 + 26];
                    s4 = s4 + sub[k1 + 34];
                    s0 = s0 + sub[k1 + 4];
                    s1 = s1 + sub[k1 + 12];
                    s2 = s2 + sub[k1 + 20];
                    s3 = s3 + sub[k1 + 28];
                    s4 = s4 + sub[k1 + 36];
                    s0 = s0 + sub[k1 + 6];
                    s1 = s1 + sub[k1 + 14];
                    s2 = s2 + sub[k1 + 22];
                    s3 = s3 + sub[k1 + 30];
                    s4 = s4 + sub[k1 + 38];
                    sub1[k1] = s0;
                    sub1[k1 + 2] = s1;
                    sub1[k1 + 4] = s2;
                    sub1[k1 + 6] = s3;
                    sub1[k1 + 8] = s4;
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        div[i1*2 + j] = 0.0f;
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l - 1 >= 0) {
                            div[k1] = div[k1] + con[l*8 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l - 2 >= 0) {
                            div[k1 + 2] = div[k1 + 2] + con[(l*4 + 1)*2 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l - 3 >= 0) {
                            div[k1 + 4] = div[k1 + 4] + con[(l*4 + 2)*2 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                    ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                        if (l - 4 >= 0) {
                            div[k1 + 6] = div[k1 + 6] + con[(l*4 + 3)*2 + k1];
                        }
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const real add1 = sub1[i1*2 + j] + div[i1*2 + j];
                        div2[i1*2 + j] = add1;
                    }
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const real fma_ = fmaf(div1[i1*2 + j], h[0], x1[i1*2 + j]);
                        const real add1 = x_bar[i1*2 + j] + div2[i1*2 + j];
                        x1[i1*2 + j] = fma_;
                        x_bar[i1*2 + j] = add1;
                    }
                }
                if (s == 0) {
                    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                        x_first_slope[e] = x_slope[e];
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real s0 = 0.0f;
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    s0 = fmaf(x_jump[j*2], x_first_slope[j*2], s0);
                    s0 = fmaf(x_jump[j*2 + 1], x_first_slope[j*2 + 1], s0);
                }
                dt1[0] = s0;
                if (t_stride == 0) {
                    real total = 0.0f;
                    total = total + dt1[0];
                    work[dt_at + i] = total;
                } else {
                    g_t[b*t_stride + i] = dt1[0];
                }
            }
            real zero = 0.0f;
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                zero = fmaf(x_bar[e], 0.0f, zero);
            }
            const ptrdiff_t sound = 1 - (zero != zero);
            if (sound == 0) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    work[area + 16 + e] = x_bar[e];
                }
                const ptrdiff_t at = flock_find(work, area + 16, 10);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(b + at/10);
                    work[area + 2] = t[(b + at/10)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%10);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            x1[e] = x[b*10 + e];
        }
        real con[40] ALIGNED;
        real sub[40] ALIGNED;
        real square[40] ALIGNED;
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    real s0 = 0.0f;
                    if (j*(-1) + k >= 0) {
                        s0 = s0 + x1[(k + 1)*2 + l];
                    }
                    con[(j*4 + k)*2 + l] = s0;
                }
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    real s0 = con[(j*4 + k)*2 + l];
                    if (j + k*(-1) - 1 >= 0) {
                        s0 = s0 + x1[k*2 + l];
                    }
                    const real sub1 = s0 - x1[j*2 + l];
                    sub[(j*4 + k)*2 + l] = sub1;
                    const real mul = sub1*sub1;
                    square[(j*4 + k)*2 + l] = mul;
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            real s0 = 0.09f;
            real s1 = 0.09f;
            real s2 = 0.09f;
            real s3 = 0.09f;
            real s4 = 0.09f;
            s0 = s0 + square[k*2];
            s1 = s1 + square[(k + 4)*2];
            s2 = s2 + square[(k + 8)*2];
            s3 = s3 + square[(k + 12)*2];
            s4 = s4 + square[(k + 16)*2];
            s0 = s0 + square[k*2 + 1];
            s1 = s1 + square[(k + 4)*2 + 1];
            s2 = s2 + square[(k + 8)*2 + 1];
            s3 = s3 + square[(k + 12)*2 + 1];
            s4 = s4 + square[(k + 16)*2 + 1];
            real row[5] ALIGNED;
            row[0] = s0;
            row[1] = s1;
            row[2] = s2;
            row[3] = s3;
            row[4] = s4;
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const real sum = row[u];
                const real div = 0.3f/sum;
                const real sub1 = 1.0f - div;
                con[u*4 + k] = sub1;
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            real s0 = 0.0f;
            real s1 = 0.0f;
            const real sub1 = con[j*4];
            s0 = fmaf(sub[j*8], sub1, s0);
            s1 = fmaf(sub[j*8 + 1], sub1, s1);
            const real sub2 = con[j*4 + 1];
            s0 = fmaf(sub[(j*4 + 1)*2], sub2, s0);
            s1 = fmaf(sub[(j*4 + 1)*2 + 1], sub2, s1);
            const real sub3 = con[j*4 + 2];
            s0 = fmaf(sub[(j*4 + 2)*2], sub3, s0);
            s1 = fmaf(sub[(j*4 + 2)*2 + 1], sub3, s1);
            const real sub4 = con[j*4 + 3];
            s0 = fmaf(sub[(j*4 + 3)*2], sub4, s0);
            s1 = fmaf(sub[(j*4 + 3)*2 + 1], sub4, s1);
            const real div = s0/5.0f;
            x_first_slope[j*2] = div;
            const real div1 = s1/5.0f;
            x_first_slope[j*2 + 1] = div1;
        }
        real s0 = 0.0f;
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            s0 = fmaf(x_bar[j*2], x_first_slope[j*2], s0);
            s0 = fmaf(x_bar[j*2 + 1], x_first_slope[j*2 + 1], s0);
        }
        const real neg = -s0;
        dt1[0] = neg;
        if (t_stride == 0) {
            real total = 0.0f;
            total = total + dt1[0];
            work[dt_at] = total;
        } else {
            g_t[b*t_stride] = dt1[0];
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        x_jump[e] = g_x[b*10 + e];
    }
    ROLL for (ptrdiff_t i = 0; i < 5; i++) {
        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
            const real add = x_bar[i*2 + j] + x_jump[i*2 + j];
            x_bar[i*2 + j] = add;
        }
    }
    real zero = 0.0f;
    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
        zero = fmaf(x_bar[e], 0.0f, zero);
    }
    const ptrdiff_t sound = 1 - (zero != zero);
    if (sound == 0) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            work[area + 16 + e] = x_bar[e];
        }
        const ptrdiff_t at = flock_find(work, area + 16, 10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/10);
            work[area + 2] = t[(b + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            g_x0[b*10 + e] = x_bar[e];
        }
    }
}

typedef struct flock_gradient_scalar_args {
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
} flock_gradient_scalar_args;

static void flock_gradient_scalar_task(void *args, size_t task)
{
    const flock_gradient_scalar_args *const a = (const flock_gradient_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    flock_gradient_scalar_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int flock_gradient_scalar(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = 0;
    const ptrdiff_t dt = areas + blocks*32;
    {
        flock_gradient_scalar_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 32, dt };
        each(parallel, (size_t)blocks, flock_gradient_scalar_task, &args);
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
static NOINLINE void flock_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    ptrdiff_t b)
{
    (void)t, (void)t_stride, (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    real x_dot[1280] ALIGNED;
    real con[640] ALIGNED;
    real sub[640] ALIGNED;
    real square[640] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_splat(0.0f);
                    if (j*(-1) + k >= 0) {
                        s0 = v_add(s0, v_load(x1 + (((k + 1)*2 + l)*128 + c)));
                    }
                    v_store(con + ((j*4 + k)*2 + l)*16, s0);
                }
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_load(con + ((j*4 + k)*2 + l)*16);
                    if (j + k*(-1) - 1 >= 0) {
                        s0 = v_add(s0, v_load(x1 + ((k*2 + l)*128 + c)));
                    }
                    const v16 sub1 = v_sub(s0, v_load(x1 + ((j*2 + l)*128 + c)));
                    v_store(sub + ((j*4 + k)*2 + l)*16, sub1);
                    const v16 mul = v_mul(sub1, sub1);
                    v_store(square + ((j*4 + k)*2 + l)*16, mul);
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            v16 s0 = v_splat(0.09f);
            v16 s1 = v_splat(0.09f);
            v16 s2 = v_splat(0.09f);
            v16 s3 = v_splat(0.09f);
            v16 s4 = v_splat(0.09f);
            s0 = v_add(s0, v_load(square + k*32));
            s1 = v_add(s1, v_load(square + (k + 4)*32));
            s2 = v_add(s2, v_load(square + (k + 8)*32));
            s3 = v_add(s3, v_load(square + (k + 12)*32));
            s4 = v_add(s4, v_load(square + (k + 16)*32));
            s0 = v_add(s0, v_load(square + (k*2 + 1)*16));
            s1 = v_add(s1, v_load(square + ((k + 4)*2 + 1)*16));
            s2 = v_add(s2, v_load(square + ((k + 8)*2 + 1)*16));
            s3 = v_add(s3, v_load(square + ((k + 12)*2 + 1)*16));
            s4 = v_add(s4, v_load(square + ((k + 16)*2 + 1)*16));
            real row[80] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const v16 sum = v_load(row + u*16);
                const v16 div = v_div(v_splat(0.3f), sum);
                const v16 sub1 = v_sub(v_splat(1.0f), div);
                v_store(con + (u*4 + k)*16, sub1);
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            const v16 sub1 = v_load(con + j*64);
            s0 = v_fma(v_load(sub + j*128), sub1, s0);
            s1 = v_fma(v_load(sub + (j*8 + 1)*16), sub1, s1);
            const v16 sub2 = v_load(con + (j*4 + 1)*16);
            s0 = v_fma(v_load(sub + (j*4 + 1)*32), sub2, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), sub2, s1);
            const v16 sub3 = v_load(con + (j*4 + 2)*16);
            s0 = v_fma(v_load(sub + (j*4 + 2)*32), sub3, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), sub3, s1);
            const v16 sub4 = v_load(con + (j*4 + 3)*16);
            s0 = v_fma(v_load(sub + (j*4 + 3)*32), sub4, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), sub4, s1);
            const v16 div = v_div(s0, v_splat(5.0f));
            v_store(x_dot + (j*256 + c), div);
            const v16 div1 = v_div(s1, v_splat(5.0f));
            v_store(x_dot + ((j*2 + 1)*128 + c), div1);
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_scatter(dx + (first*10 + c*10 + e), 10, count - c, v_load(x_dot + (e*128 + c)));
        }
    }
}

/* dx/dt */
static NOINLINE void flock_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        flock_f_batch_block(batch, t, t_stride, x, theta, dx, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void flock_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)theta, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work;
    ROLL for (ptrdiff_t i = 0; i < 0; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    real a_dx[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(a_dx + (e*128 + c), v_gather(a + (first*10 + c*10 + e), 10, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(a_dx + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_dx + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real x_bar[1280] ALIGNED;
    real t_bar[128] ALIGNED;
    real con[640] ALIGNED;
    real sub[640] ALIGNED;
    real square[640] ALIGNED;
    real add[640] ALIGNED;
    real div[320] ALIGNED;
    real sub1[320] ALIGNED;
    real div1[160] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_splat(0.0f);
                    if (j*(-1) + k >= 0) {
                        s0 = v_add(s0, v_load(x1 + (((k + 1)*2 + l)*128 + c)));
                    }
                    v_store(con + ((j*4 + k)*2 + l)*16, s0);
                }
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_load(con + ((j*4 + k)*2 + l)*16);
                    if (j + k*(-1) - 1 >= 0) {
                        s0 = v_add(s0, v_load(x1 + ((k*2 + l)*128 + c)));
                    }
                    const v16 sub2 = v_sub(s0, v_load(x1 + ((j*2 + l)*128 + c)));
                    v_store(sub + ((j*4 + k)*2 + l)*16, sub2);
                    const v16 mul = v_mul(sub2, sub2);
                    v_store(square + ((j*4 + k)*2 + l)*16, mul);
                    const v16 add1 = v_add(sub2, sub2);
                    v_store(add + ((j*4 + k)*2 + l)*16, add1);
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 4; k++) {
            v16 s0 = v_splat(0.09f);
            v16 s1 = v_splat(0.09f);
            v16 s2 = v_splat(0.09f);
            v16 s3 = v_splat(0.09f);
            v16 s4 = v_splat(0.09f);
            s0 = v_add(s0, v_load(square + k*32));
            s1 = v_add(s1, v_load(square + (k + 4)*32));
            s2 = v_add(s2, v_load(square + (k + 8)*32));
            s3 = v_add(s3, v_load(square + (k + 12)*32));
            s4 = v_add(s4, v_load(square + (k + 16)*32));
            s0 = v_add(s0, v_load(square + (k*2 + 1)*16));
            s1 = v_add(s1, v_load(square + ((k + 4)*2 + 1)*16));
            s2 = v_add(s2, v_load(square + ((k + 8)*2 + 1)*16));
            s3 = v_add(s3, v_load(square + ((k + 12)*2 + 1)*16));
            s4 = v_add(s4, v_load(square + ((k + 16)*2 + 1)*16));
            real row[80] ALIGNED;
            v_store(row, s0);
            v_store(row + 16, s1);
            v_store(row + 32, s2);
            v_store(row + 48, s3);
            v_store(row + 64, s4);
            ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                const v16 sum = v_load(row + u*16);
                v_store(con + (u*4 + k)*16, sum);
                const v16 div2 = v_div(v_splat(0.3f), sum);
                v_store(div + (u*4 + k)*16, div2);
                const v16 sub2 = v_sub(v_splat(1.0f), div2);
                v_store(sub1 + (u*4 + k)*16, sub2);
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 div2 = v_div(v_load(a_dx + ((i*2 + j)*128 + c)), v_splat(5.0f));
                v_store(div1 + (i*2 + j)*16, div2);
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_load(div1 + (j*2 + l)*16), v_load(sub1 + (j*4 + k)*16), s0);
                    v_store(square + ((j*4 + k)*2 + l)*16, s0);
                }
            }
        }
        ROLL for (ptrdiff_t j = 0; j < 5; j++) {
            v16 s0 = v_splat(0.0f);
            v16 s1 = v_splat(0.0f);
            v16 s2 = v_splat(0.0f);
            v16 s3 = v_splat(0.0f);
            const v16 div2 = v_load(div1 + j*32);
            s0 = v_fma(v_load(sub + j*128), div2, s0);
            s1 = v_fma(v_load(sub + (j*4 + 1)*32), div2, s1);
            s2 = v_fma(v_load(sub + (j*4 + 2)*32), div2, s2);
            s3 = v_fma(v_load(sub + (j*4 + 3)*32), div2, s3);
            const v16 div3 = v_load(div1 + (j*2 + 1)*16);
            s0 = v_fma(v_load(sub + (j*8 + 1)*16), div3, s0);
            s1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), div3, s1);
            s2 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), div3, s2);
            s3 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), div3, s3);
            const v16 neg = v_neg(s0);
            const v16 div4 = v_div(neg, v_load(con + j*64));
            const v16 mul = v_mul(v_load(div + j*64), div4);
            const v16 neg1 = v_neg(mul);
            v_store(sub1 + j*64, neg1);
            const v16 neg2 = v_neg(s1);
            const v16 div5 = v_div(neg2, v_load(con + (j*4 + 1)*16));
            const v16 mul1 = v_mul(v_load(div + (j*4 + 1)*16), div5);
            const v16 neg3 = v_neg(mul1);
            v_store(sub1 + (j*4 + 1)*16, neg3);
            const v16 neg4 = v_neg(s2);
            const v16 div6 = v_div(neg4, v_load(con + (j*4 + 2)*16));
            const v16 mul2 = v_mul(v_load(div + (j*4 + 2)*16), div6);
            const v16 neg5 = v_neg(mul2);
            v_store(sub1 + (j*4 + 2)*16, neg5);
            const v16 neg6 = v_neg(s3);
            const v16 div7 = v_div(neg6, v_load(con + (j*4 + 3)*16));
            const v16 mul3 = v_mul(v_load(div + (j*4 + 3)*16), div7);
            const v16 neg7 = v_neg(mul3);
            v_store(sub1 + (j*4 + 3)*16, neg7);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 4; j++) {
                ROLL for (ptrdiff_t k = 0; k < 2; k++) {
                    const v16 fma_ = v_fma(v_load(sub1 + (i*4 + j)*16),
                        v_load(add + ((i*4 + j)*2 + k)*16), v_load(square + ((i*4 + j)*2 + k)*16));
                    v_store(con + ((i*4 + j)*2 + k)*16, fma_);
                    const v16 neg = v_neg(fma_);
                    v_store(sub + ((i*4 + j)*2 + k)*16, neg);
                }
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                v_store(div + (i*2 + j)*16, v_splat(0.0f));
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l*(-1) >= 0) {
                    v_store(div + (k + 2)*16, v_add(v_load(div + (k + 2)*16),
                        v_load(con + (l*8 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l*(-1) + 1 >= 0) {
                    v_store(div + (k + 4)*16, v_add(v_load(div + (k + 4)*16),
                        v_load(con + ((l*4 + 1)*2 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l*(-1) + 2 >= 0) {
                    v_store(div + (k + 6)*16, v_add(v_load(div + (k + 6)*16),
                        v_load(con + ((l*4 + 2)*2 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l*(-1) + 3 >= 0) {
                    v_store(div + (k + 8)*16, v_add(v_load(div + (k + 8)*16),
                        v_load(con + ((l*4 + 3)*2 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            v16 s0 = v_load(div + k*16);
            v16 s1 = v_load(div + (k + 2)*16);
            v16 s2 = v_load(div + (k + 4)*16);
            v16 s3 = v_load(div + (k + 6)*16);
            v16 s4 = v_load(div + (k + 8)*16);
            s0 = v_add(s0, v_load(sub + k*16));
            s1 = v_add(s1, v_load(sub + (k + 8)*16));
            s2 = v_add(s2, v_load(sub + (k + 16)*16));
            s3 = v_add(s3, v_load(sub + (k + 24)*16));
            s4 = v_add(s4, v_load(sub + (k + 32)*16));
            s0 = v_add(s0, v_load(sub + (k + 2)*16));
            s1 = v_add(s1, v_load(sub + (k + 10)*16));
            s2 = v_add(s2, v_load(sub + (k + 18)*16));
            s3 = v_add(s3, v_load(sub + (k + 26)*16));
            s4 = v_add(s4, v_load(sub + (k + 34)*16));
            s0 = v_add(s0, v_load(sub + (k + 4)*16));
            s1 = v_add(s1, v_load(sub + (k + 12)*16));
            s2 = v_add(s2, v_load(sub + (k + 20)*16));
            s3 = v_add(s3, v_load(sub + (k + 28)*16));
            s4 = v_add(s4, v_load(sub + (k + 36)*16));
            s0 = v_add(s0, v_load(sub + (k + 6)*16));
            s1 = v_add(s1, v_load(sub + (k + 14)*16));
            s2 = v_add(s2, v_load(sub + (k + 22)*16));
            s3 = v_add(s3, v_load(sub + (k + 30)*16));
            s4 = v_add(s4, v_load(sub + (k + 38)*16));
            v_store(sub1 + k*16, s0);
            v_store(sub1 + (k + 2)*16, s1);
            v_store(sub1 + (k + 4)*16, s2);
            v_store(sub1 + (k + 6)*16, s3);
            v_store(sub1 + (k + 8)*16, s4);
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                v_store(div + (i*2 + j)*16, v_splat(0.0f));
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l - 1 >= 0) {
                    v_store(div + k*16, v_add(v_load(div + k*16), v_load(con + (l*8 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l - 2 >= 0) {
                    v_store(div + (k + 2)*16, v_add(v_load(div + (k + 2)*16),
                        v_load(con + ((l*4 + 1)*2 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l - 3 >= 0) {
                    v_store(div + (k + 4)*16, v_add(v_load(div + (k + 4)*16),
                        v_load(con + ((l*4 + 2)*2 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t k = 0; k < 2; k++) {
            ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                if (l - 4 >= 0) {
                    v_store(div + (k + 6)*16, v_add(v_load(div + (k + 6)*16),
                        v_load(con + ((l*4 + 3)*2 + k)*16)));
                }
            }
        }
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const v16 add1 = v_add(v_load(sub1 + (i*2 + j)*16), v_load(div + (i*2 + j)*16));
                v_store(x_bar + ((i*2 + j)*128 + c), add1);
            }
        }
        v_store(t_bar + c, v_splat(0.0f));
    }
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(ax + (first*10 + c*10 + e), 10, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void flock_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        flock_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void flock_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[1280] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x1 + (e*128 + c), v_gather(x0 + (first*10 + c*10 + e), 10, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_scatter(x + (first*10 + c*10 + e), 10, count - c, v_load(x1 + (e*128 + c)));
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            zero = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        const ptrdiff_t at = flock_find(x, first*10, count*10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/10);
            work[area + 2] = t[(first + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        ptrdiff_t most = 0;
        if (t_stride == 0) {
            const real begin = t[first*t_stride + (i - 1)];
            const real end = t[first*t_stride + i];
            const ptrdiff_t n1 = flock_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = flock_steps(begin, end, h_max, steps, max_steps);
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
            real con[640] ALIGNED;
            real sub[640] ALIGNED;
            real square[640] ALIGNED;
            real fma_[160] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                            v16 s0 = v_splat(0.0f);
                            if (j*(-1) + k >= 0) {
                                s0 = v_add(s0, v_load(x1 + (((k + 1)*2 + l)*128 + c)));
                            }
                            v_store(con + ((j*4 + k)*2 + l)*16, s0);
                        }
                    }
                }
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                        ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                            v16 s0 = v_load(con + ((j*4 + k)*2 + l)*16);
                            if (j + k*(-1) - 1 >= 0) {
                                s0 = v_add(s0, v_load(x1 + ((k*2 + l)*128 + c)));
                            }
                            const v16 sub1 = v_sub(s0, v_load(x1 + ((j*2 + l)*128 + c)));
                            v_store(sub + ((j*4 + k)*2 + l)*16, sub1);
                            const v16 mul = v_mul(sub1, sub1);
                            v_store(square + ((j*4 + k)*2 + l)*16, mul);
                        }
                    }
                }
                ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                    v16 s0 = v_splat(0.09f);
                    v16 s1_1 = v_splat(0.09f);
                    v16 s2 = v_splat(0.09f);
                    v16 s3 = v_splat(0.09f);
                    v16 s4 = v_splat(0.09f);
                    s0 = v_add(s0, v_load(square + k*32));
                    s1_1 = v_add(s1_1, v_load(square + (k + 4)*32));
                    s2 = v_add(s2, v_load(square + (k + 8)*32));
                    s3 = v_add(s3, v_load(square + (k + 12)*32));
                    s4 = v_add(s4, v_load(square + (k + 16)*32));
                    s0 = v_add(s0, v_load(square + (k*2 + 1)*16));
                    s1_1 = v_add(s1_1, v_load(square + ((k + 4)*2 + 1)*16));
                    s2 = v_add(s2, v_load(square + ((k + 8)*2 + 1)*16));
                    s3 = v_add(s3, v_load(square + ((k + 12)*2 + 1)*16));
                    s4 = v_add(s4, v_load(square + ((k + 16)*2 + 1)*16));
                    real row[80] ALIGNED;
                    v_store(row, s0);
                    v_store(row + 16, s1_1);
                    v_store(row + 32, s2);
                    v_store(row + 48, s3);
                    v_store(row + 64, s4);
                    ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                        const v16 sum = v_load(row + u*16);
                        const v16 div = v_div(v_splat(0.3f), sum);
                        const v16 sub1 = v_sub(v_splat(1.0f), div);
                        v_store(con + (u*4 + k)*16, sub1);
                    }
                }
                ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                    v16 s0 = v_splat(0.0f);
                    v16 s1_1 = v_splat(0.0f);
                    const v16 sub1 = v_load(con + j*64);
                    s0 = v_fma(v_load(sub + j*128), sub1, s0);
                    s1_1 = v_fma(v_load(sub + (j*8 + 1)*16), sub1, s1_1);
                    const v16 sub2 = v_load(con + (j*4 + 1)*16);
                    s0 = v_fma(v_load(sub + (j*4 + 1)*32), sub2, s0);
                    s1_1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), sub2, s1_1);
                    const v16 sub3 = v_load(con + (j*4 + 2)*16);
                    s0 = v_fma(v_load(sub + (j*4 + 2)*32), sub3, s0);
                    s1_1 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), sub3, s1_1);
                    const v16 sub4 = v_load(con + (j*4 + 3)*16);
                    s0 = v_fma(v_load(sub + (j*4 + 3)*32), sub4, s0);
                    s1_1 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), sub4, s1_1);
                    const v16 div = v_div(s0, v_splat(5.0f));
                    const v16 fma1 = v_fma(div, v_load(h + c), v_load(x1 + (j*256 + c)));
                    v_store(fma_ + j*32, fma1);
                    const v16 div1 = v_div(s1_1, v_splat(5.0f));
                    const v16 fma2 = v_fma(div1, v_load(h + c), v_load(x1 + ((j*2 + 1)*128 + c)));
                    v_store(fma_ + (j*2 + 1)*16, fma2);
                }
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)),
                            v_load(fma_ + (i1*2 + j)*16), v_load(x1 + ((i1*2 + j)*128 + c)));
                        v_store(x1 + ((i1*2 + j)*128 + c), select);
                    }
                }
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(x + ((i*batch + first)*10 + c*10 + e), 10, count - c,
                    v_load(x1 + (e*128 + c)));
            }
        }
        v16 zero1 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                zero1 = v_fma(v_load(x1 + (e*128 + c)), v_splat(0.0f), zero1);
            }
        }
        const ptrdiff_t sound1 = 1 - m_any(v_ne(zero1, zero1));
        if (sound1 == 0) {
            const ptrdiff_t at = flock_find(x, (i*batch + first)*10, count*10);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(first + at/10);
                work[area + 2] = t[(first + at/10)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%10);
                failed = 5;
            }
        }
    }
}

static void flock_solve_batch_task(void *args, size_t task)
{
    const flock_solve_scalar_args *const a = (const flock_solve_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    flock_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int flock_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    {
        flock_solve_scalar_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, areas, 1296 };
        each(parallel, (size_t)blocks, flock_solve_batch_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*1296;
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
static NOINLINE void flock_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size,
    ptrdiff_t dt)
{
    (void)theta;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work;
    ROLL for (ptrdiff_t i = 0; i < 0; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[1280] ALIGNED;
    real x_bar[1280] ALIGNED;
    real x_jump[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            p_store(x_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[1280] ALIGNED;
    real x_first_slope[1280] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            p_store(x_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    v_store(x_jump + (e*128 + c), v_gather(g_x + ((i*batch + first)*10 + c*10 + e),
                        10, count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                    ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                        const reg add = p_add(p_read(x_bar + ((i1*2 + j)*128 + c)),
                            p_read(x_jump + ((i1*2 + j)*128 + c)));
                        p_store(x_bar + ((i1*2 + j)*128 + c), add);
                    }
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    v_store(x1 + (e*128 + c), v_gather(x + ((i*batch + first)*10 + c*10 + e), 10,
                        count - c));
                }
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = flock_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = flock_steps(begin, end, h_max, steps, max_steps);
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
                real select[160] ALIGNED;
                real neg[16] ALIGNED;
                real con[640] ALIGNED;
                real sub[640] ALIGNED;
                real square[640] ALIGNED;
                real add[640] ALIGNED;
                real div[320] ALIGNED;
                real sub1[320] ALIGNED;
                real div1[160] ALIGNED;
                real fma_[160] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                                v_load(x_bar + ((i1*2 + j)*128 + c)), v_splat(0.0f));
                            v_store(select + (i1*2 + j)*16, select1);
                        }
                    }
                    const v16 neg1 = v_neg(v_load(h + c));
                    v_store(neg, neg1);
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                                v16 s0 = v_splat(0.0f);
                                if (j*(-1) + k1 >= 0) {
                                    s0 = v_add(s0, v_load(x1 + (((k1 + 1)*2 + l)*128 + c)));
                                }
                                v_store(con + ((j*4 + k1)*2 + l)*16, s0);
                            }
                        }
                    }
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                                v16 s0 = v_load(con + ((j*4 + k1)*2 + l)*16);
                                if (j + k1*(-1) - 1 >= 0) {
                                    s0 = v_add(s0, v_load(x1 + ((k1*2 + l)*128 + c)));
                                }
                                const v16 sub2 = v_sub(s0, v_load(x1 + ((j*2 + l)*128 + c)));
                                v_store(sub + ((j*4 + k1)*2 + l)*16, sub2);
                                const v16 mul = v_mul(sub2, sub2);
                                v_store(square + ((j*4 + k1)*2 + l)*16, mul);
                                const v16 add1 = v_add(sub2, sub2);
                                v_store(add + ((j*4 + k1)*2 + l)*16, add1);
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                        v16 s0 = v_splat(0.09f);
                        v16 s1_1 = v_splat(0.09f);
                        v16 s2 = v_splat(0.09f);
                        v16 s3 = v_splat(0.09f);
                        v16 s4 = v_splat(0.09f);
                        s0 = v_add(s0, v_load(square + k1*32));
                        s1_1 = v_add(s1_1, v_load(square + (k1 + 4)*32));
                        s2 = v_add(s2, v_load(square + (k1 + 8)*32));
                        s3 = v_add(s3, v_load(square + (k1 + 12)*32));
                        s4 = v_add(s4, v_load(square + (k1 + 16)*32));
                        s0 = v_add(s0, v_load(square + (k1*2 + 1)*16));
                        s1_1 = v_add(s1_1, v_load(square + ((k1 + 4)*2 + 1)*16));
                        s2 = v_add(s2, v_load(square + ((k1 + 8)*2 + 1)*16));
                        s3 = v_add(s3, v_load(square + ((k1 + 12)*2 + 1)*16));
                        s4 = v_add(s4, v_load(square + ((k1 + 16)*2 + 1)*16));
                        real row[80] ALIGNED;
                        v_store(row, s0);
                        v_store(row + 16, s1_1);
                        v_store(row + 32, s2);
                        v_store(row + 48, s3);
                        v_store(row + 64, s4);
                        ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                            const v16 sum = v_load(row + u*16);
                            v_store(con + (u*4 + k1)*16, sum);
                            const v16 div2 = v_div(v_splat(0.3f), sum);
                            v_store(div + (u*4 + k1)*16, div2);
                            const v16 sub2 = v_sub(v_splat(1.0f), div2);
                            v_store(sub1 + (u*4 + k1)*16, sub2);
                        }
                    }
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        v16 s0 = v_splat(0.0f);
                        v16 s1_1 = v_splat(0.0f);
                        const v16 sub2 = v_load(sub1 + j*64);
                        s0 = v_fma(v_load(sub + j*128), sub2, s0);
                        s1_1 = v_fma(v_load(sub + (j*8 + 1)*16), sub2, s1_1);
                        const v16 sub3 = v_load(sub1 + (j*4 + 1)*16);
                        s0 = v_fma(v_load(sub + (j*4 + 1)*32), sub3, s0);
                        s1_1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), sub3, s1_1);
                        const v16 sub4 = v_load(sub1 + (j*4 + 2)*16);
                        s0 = v_fma(v_load(sub + (j*4 + 2)*32), sub4, s0);
                        s1_1 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), sub4, s1_1);
                        const v16 sub5 = v_load(sub1 + (j*4 + 3)*16);
                        s0 = v_fma(v_load(sub + (j*4 + 3)*32), sub5, s0);
                        s1_1 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), sub5, s1_1);
                        const v16 div2 = v_div(s0, v_splat(5.0f));
                        const v16 mul = v_mul(v_load(select + j*32), v_load(neg));
                        const v16 div3 = v_div(mul, v_splat(5.0f));
                        v_store(div1 + j*32, div3);
                        const v16 fma1 = v_fma(div2, v_load(h + c), v_load(x1 + (j*256 + c)));
                        v_store(fma_ + j*32, fma1);
                        v_store(x_slope + (j*256 + c), div2);
                        const v16 div4 = v_div(s1_1, v_splat(5.0f));
                        const v16 mul1 = v_mul(v_load(select + (j*2 + 1)*16), v_load(neg));
                        const v16 div5 = v_div(mul1, v_splat(5.0f));
                        v_store(div1 + (j*2 + 1)*16, div5);
                        const v16 fma2 = v_fma(div4, v_load(h + c),
                            v_load(x1 + ((j*2 + 1)*128 + c)));
                        v_store(fma_ + (j*2 + 1)*16, fma2);
                        v_store(x_slope + ((j*2 + 1)*128 + c), div4);
                    }
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        ROLL for (ptrdiff_t k1 = 0; k1 < 4; k1++) {
                            ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                                v16 s0 = v_splat(0.0f);
                                s0 = v_fma(v_load(div1 + (j*2 + l)*16),
                                    v_load(sub1 + (j*4 + k1)*16), s0);
                                v_store(square + ((j*4 + k1)*2 + l)*16, s0);
                            }
                        }
                    }
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        v16 s0 = v_splat(0.0f);
                        v16 s1_1 = v_splat(0.0f);
                        v16 s2 = v_splat(0.0f);
                        v16 s3 = v_splat(0.0f);
                        const v16 div2 = v_load(div1 + j*32);
                        s0 = v_fma(v_load(sub + j*128), div2, s0);
                        s1_1 = v_fma(v_load(sub + (j*4 + 1)*32), div2, s1_1);
                        s2 = v_fma(v_load(sub + (j*4 + 2)*32), div2, s2);
                        s3 = v_fma(v_load(sub + (j*4 + 3)*32), div2, s3);
                        const v16 div3 = v_load(div1 + (j*2 + 1)*16);
                        s0 = v_fma(v_load(sub + (j*8 + 1)*16), div3, s0);
                        s1_1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), div3, s1_1);
                        s2 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), div3, s2);
                        s3 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), div3, s3);
                        const v16 neg2 = v_neg(s0);
                        const v16 div4 = v_div(neg2, v_load(con + j*64));
                        const v16 mul = v_mul(v_load(div + j*64), div4);
                        const v16 neg3 = v_neg(mul);
                        v_store(sub1 + j*64, neg3);
                        const v16 neg4 = v_neg(s1_1);
                        const v16 div5 = v_div(neg4, v_load(con + (j*4 + 1)*16));
                        const v16 mul1 = v_mul(v_load(div + (j*4 + 1)*16), div5);
                        const v16 neg5 = v_neg(mul1);
                        v_store(sub1 + (j*4 + 1)*16, neg5);
                        const v16 neg6 = v_neg(s2);
                        const v16 div6 = v_div(neg6, v_load(con + (j*4 + 2)*16));
                        const v16 mul2 = v_mul(v_load(div + (j*4 + 2)*16), div6);
                        const v16 neg7 = v_neg(mul2);
                        v_store(sub1 + (j*4 + 2)*16, neg7);
                        const v16 neg8 = v_neg(s3);
                        const v16 div7 = v_div(neg8, v_load(con + (j*4 + 3)*16));
                        const v16 mul3 = v_mul(v_load(div + (j*4 + 3)*16), div7);
                        const v16 neg9 = v_neg(mul3);
                        v_store(sub1 + (j*4 + 3)*16, neg9);
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 4; j++) {
                            ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                                const v16 fma1 = v_fma(v_load(sub1 + (i1*4 + j)*16),
                                    v_load(add + ((i1*4 + j)*2 + k1)*16),
                                    v_load(square + ((i1*4 + j)*2 + k1)*16));
                                v_store(con + ((i1*4 + j)*2 + k1)*16, fma1);
                                const v16 neg2 = v_neg(fma1);
                                v_store(sub + ((i1*4 + j)*2 + k1)*16, neg2);
                            }
                        }
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            v_store(div + (i1*2 + j)*16, v_splat(0.0f));
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l*(-1) >= 0) {
                                v_store(div + (k1 + 2)*16, v_add(v_load(div + (k1 + 2)*16),
                                    v_load(con + (l*8 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l*(-1) + 1 >= 0) {
                                v_store(div + (k1 + 4)*16, v_add(v_load(div + (k1 + 4)*16),
                                    v_load(con + ((l*4 + 1)*2 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l*(-1) + 2 >= 0) {
                                v_store(div + (k1 + 6)*16, v_add(v_load(div + (k1 + 6)*16),
                                    v_load(con + ((l*4 + 2)*2 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l*(-1) + 3 >= 0) {
                                v_store(div + (k1 + 8)*16, v_add(v_load(div + (k1 + 8)*16),
                                    v_load(con + ((l*4 + 3)*2 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        v16 s0 = v_load(div + k1*16);
                        v16 s1_1 = v_load(div + (k1 + 2)*16);
                        v16 s2 = v_load(div + (k1 + 4)*16);
                        v16 s3 = v_load(div + (k1 + 6)*16);
                        v16 s4 = v_load(div + (k1 + 8)*16);
                        s0 = v_add(s0, v_load(sub + k1*16));
                        s1_1 = v_add(s1_1, v_load(sub + (k1 + 8)*16));
                        s2 = v_add(s2, v_load(sub + (k1 + 16)*16));
                        s3 = v_add(s3, v_load(sub + (k1 + 24)*16));
                        s4 = v_add(s4, v_load(sub + (k1 + 32)*16));
                        s0 = v_add(s0, v_load(sub + (k1 + 2)*16));
                        s1_1 = v_add(s1_1, v_load(sub + (k1 + 10)*16));
                        s2 = v_add(s2, v_load(sub + (k1 + 18)*16));
                        s3 = v_add(s3, v_load(sub + (k1 + 26)*16));
                        s4 = v_add(s4, v_load(sub + (k1 + 34)*16));
                        s0 = v_add(s0, v_load(sub + (k1 + 4)*16));
                        s1_1 = v_add(s1_1, v_load(sub + (k1 + 12)*16));
                        s2 = v_add(s2, v_load(sub + (k1 + 20)*16));
                        s3 = v_add(s3, v_load(sub + (k1 + 28)*16));
                        s4 = v_add(s4, v_load(sub + (k1 + 36)*16));
                        s0 = v_add(s0, v_load(sub + (k1 + 6)*16));
                        s1_1 = v_add(s1_1, v_load(sub + (k1 + 14)*16));
                        s2 = v_add(s2, v_load(sub + (k1 + 22)*16));
                        s3 = v_add(s3, v_load(sub + (k1 + 30)*16));
                        s4 = v_add(s4, v_load(sub + (k1 + 38)*16));
                        v_store(sub1 + k1*16, s0);
                        v_store(sub1 + (k1 + 2)*16, s1_1);
                        v_store(sub1 + (k1 + 4)*16, s2);
                        v_store(sub1 + (k1 + 6)*16, s3);
                        v_store(sub1 + (k1 + 8)*16, s4);
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            v_store(div + (i1*2 + j)*16, v_splat(0.0f));
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l - 1 >= 0) {
                                v_store(div + k1*16, v_add(v_load(div + k1*16),
                                    v_load(con + (l*8 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l - 2 >= 0) {
                                v_store(div + (k1 + 2)*16, v_add(v_load(div + (k1 + 2)*16),
                                    v_load(con + ((l*4 + 1)*2 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l - 3 >= 0) {
                                v_store(div + (k1 + 4)*16, v_add(v_load(div + (k1 + 4)*16),
                                    v_load(con + ((l*4 + 2)*2 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t k1 = 0; k1 < 2; k1++) {
                        ROLL for (ptrdiff_t l = 0; l < 5; l++) {
                            if (l - 4 >= 0) {
                                v_store(div + (k1 + 6)*16, v_add(v_load(div + (k1 + 6)*16),
                                    v_load(con + ((l*4 + 3)*2 + k1)*16)));
                            }
                        }
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const v16 add1 = v_add(v_load(sub1 + (i1*2 + j)*16),
                                v_load(div + (i1*2 + j)*16));
                            const v16 add2 = v_add(v_load(select + (i1*2 + j)*16), add1);
                            v_store(div1 + (i1*2 + j)*16, add2);
                        }
                    }
                    ROLL for (ptrdiff_t i1 = 0; i1 < 5; i1++) {
                        ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                            const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                                v_load(fma_ + (i1*2 + j)*16), v_load(x1 + ((i1*2 + j)*128 + c)));
                            const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                                v_load(div1 + (i1*2 + j)*16), v_load(x_bar + ((i1*2 + j)*128 + c)));
                            v_store(x1 + ((i1*2 + j)*128 + c), select1);
                            v_store(x_bar + ((i1*2 + j)*128 + c), select2);
                        }
                    }
                }
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                            p_store(x_first_slope + (e*128 + c), p_read(x_slope + (e*128 + c)));
                        }
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    reg s0 = p_splat(0.0f);
                    ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                        s0 = p_fma(p_read(x_jump + (j*256 + c)),
                            p_read(x_first_slope + (j*256 + c)), s0);
                        s0 = p_fma(p_read(x_jump + ((j*2 + 1)*128 + c)),
                            p_read(x_first_slope + ((j*2 + 1)*128 + c)), s0);
                    }
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
                ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                    zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
                }
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            if (sound == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                        v_scatter(work + (area + 16 + c*10 + e), 10, count - c,
                            v_load(x_bar + (e*128 + c)));
                    }
                }
                const ptrdiff_t at = flock_find(work, area + 16, count*10);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(first + at/10);
                    work[area + 2] = t[(first + at/10)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%10);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_store(x1 + (e*128 + c), v_gather(x + (first*10 + c*10 + e), 10, count - c));
            }
        }
        real con[640] ALIGNED;
        real sub[640] ALIGNED;
        real square[640] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                    ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                        v16 s0 = v_splat(0.0f);
                        if (j*(-1) + k >= 0) {
                            s0 = v_add(s0, v_load(x1 + (((k + 1)*2 + l)*128 + c)));
                        }
                        v_store(con + ((j*4 + k)*2 + l)*16, s0);
                    }
                }
            }
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                    ROLL for (ptrdiff_t l = 0; l < 2; l++) {
                        v16 s0 = v_load(con + ((j*4 + k)*2 + l)*16);
                        if (j + k*(-1) - 1 >= 0) {
                            s0 = v_add(s0, v_load(x1 + ((k*2 + l)*128 + c)));
                        }
                        const v16 sub1 = v_sub(s0, v_load(x1 + ((j*2 + l)*128 + c)));
                        v_store(sub + ((j*4 + k)*2 + l)*16, sub1);
                        const v16 mul = v_mul(sub1, sub1);
                        v_store(square + ((j*4 + k)*2 + l)*16, mul);
                    }
                }
            }
            ROLL for (ptrdiff_t k = 0; k < 4; k++) {
                v16 s0 = v_splat(0.09f);
                v16 s1 = v_splat(0.09f);
                v16 s2 = v_splat(0.09f);
                v16 s3 = v_splat(0.09f);
                v16 s4 = v_splat(0.09f);
                s0 = v_add(s0, v_load(square + k*32));
                s1 = v_add(s1, v_load(square + (k + 4)*32));
                s2 = v_add(s2, v_load(square + (k + 8)*32));
                s3 = v_add(s3, v_load(square + (k + 12)*32));
                s4 = v_add(s4, v_load(square + (k + 16)*32));
                s0 = v_add(s0, v_load(square + (k*2 + 1)*16));
                s1 = v_add(s1, v_load(square + ((k + 4)*2 + 1)*16));
                s2 = v_add(s2, v_load(square + ((k + 8)*2 + 1)*16));
                s3 = v_add(s3, v_load(square + ((k + 12)*2 + 1)*16));
                s4 = v_add(s4, v_load(square + ((k + 16)*2 + 1)*16));
                real row[80] ALIGNED;
                v_store(row, s0);
                v_store(row + 16, s1);
                v_store(row + 32, s2);
                v_store(row + 48, s3);
                v_store(row + 64, s4);
                ROLL for (ptrdiff_t u = 0; u < 5; u++) {
                    const v16 sum = v_load(row + u*16);
                    const v16 div = v_div(v_splat(0.3f), sum);
                    const v16 sub1 = v_sub(v_splat(1.0f), div);
                    v_store(con + (u*4 + k)*16, sub1);
                }
            }
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                v16 s0 = v_splat(0.0f);
                v16 s1 = v_splat(0.0f);
                const v16 sub1 = v_load(con + j*64);
                s0 = v_fma(v_load(sub + j*128), sub1, s0);
                s1 = v_fma(v_load(sub + (j*8 + 1)*16), sub1, s1);
                const v16 sub2 = v_load(con + (j*4 + 1)*16);
                s0 = v_fma(v_load(sub + (j*4 + 1)*32), sub2, s0);
                s1 = v_fma(v_load(sub + ((j*4 + 1)*2 + 1)*16), sub2, s1);
                const v16 sub3 = v_load(con + (j*4 + 2)*16);
                s0 = v_fma(v_load(sub + (j*4 + 2)*32), sub3, s0);
                s1 = v_fma(v_load(sub + ((j*4 + 2)*2 + 1)*16), sub3, s1);
                const v16 sub4 = v_load(con + (j*4 + 3)*16);
                s0 = v_fma(v_load(sub + (j*4 + 3)*32), sub4, s0);
                s1 = v_fma(v_load(sub + ((j*4 + 3)*2 + 1)*16), sub4, s1);
                const v16 div = v_div(s0, v_splat(5.0f));
                v_store(x_first_slope + (j*256 + c), div);
                const v16 div1 = v_div(s1, v_splat(5.0f));
                v_store(x_first_slope + ((j*2 + 1)*128 + c), div1);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            reg s0 = p_splat(0.0f);
            ROLL for (ptrdiff_t j = 0; j < 5; j++) {
                s0 = p_fma(p_read(x_bar + (j*256 + c)), p_read(x_first_slope + (j*256 + c)), s0);
                s0 = p_fma(p_read(x_bar + ((j*2 + 1)*128 + c)),
                    p_read(x_first_slope + ((j*2 + 1)*128 + c)), s0);
            }
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
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x_jump + (e*128 + c), v_gather(g_x + (first*10 + c*10 + e), 10, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            v_store(x_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(x_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t i = 0; i < 5; i++) {
            ROLL for (ptrdiff_t j = 0; j < 2; j++) {
                const reg add = p_add(p_read(x_bar + ((i*2 + j)*128 + c)),
                    p_read(x_jump + ((i*2 + j)*128 + c)));
                p_store(x_bar + ((i*2 + j)*128 + c), add);
            }
        }
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 10; e++) {
            zero = v_fma(v_load(x_bar + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    if (sound == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(work + (area + 16 + c*10 + e), 10, count - c,
                    v_load(x_bar + (e*128 + c)));
            }
        }
        const ptrdiff_t at = flock_find(work, area + 16, count*10);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/10);
            work[area + 2] = t[(first + at/10)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%10);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 10; e++) {
                v_scatter(g_x0 + (first*10 + c*10 + e), 10, count - c, v_load(x_bar + (e*128 + c)));
            }
        }
    }
}

static void flock_gradient_batch_task(void *args, size_t task)
{
    const flock_gradient_scalar_args *const a = (const flock_gradient_scalar_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    flock_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, b, a->areas, a->area_size,
        a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int flock_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    const ptrdiff_t dt = areas + blocks*1296;
    {
        flock_gradient_scalar_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, areas, 1296, dt };
        each(parallel, (size_t)blocks, flock_gradient_batch_task, &args);
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
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*1296;
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

const char *swarm_message(int status)
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

/* ---- Swarm(agents = 5, n = 2, width = 4) ---- */

const nodec_param *swarm_swarm_params(void)
{
    static const nodec_param row[] = {
        { "look.query.weight", 0, 8, 2, { 4, 2, 0, 0 }, 0 },
        { "look.key.weight", 8, 8, 2, { 4, 2, 0, 0 }, 0 },
        { "look.value.weight", 16, 4, 2, { 2, 2, 0, 0 }, 0 },
        { "pull", 20, 1, 0, { 0, 0, 0, 0 }, 1 },
    };
    return row;
}

nodec_options swarm_swarm_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void swarm_swarm_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_uniform(seed, "look.query.weight", theta + 0, 8, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "look.key.weight", theta + 8, 8, -0.7071067811865475, 0.7071067811865475);
    init_uniform(seed, "look.value.weight", theta + 16, 4, -0.7071067811865475, 0.7071067811865475);
    init_fill(theta + 20, 1, 0.1f);
}

size_t swarm_swarm_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(16, size_mul(batch, size_add(64, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(1632, times))));
}

int swarm_swarm_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        swarm_f_scalar((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        swarm_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int swarm_swarm_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = swarm_swarm_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        swarm_vjp_scalar((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        swarm_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int swarm_swarm_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = swarm_swarm_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    swarm_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *swarm_swarm_state_name(real index)
{
    (void)index;
    return "x";
}

int swarm_swarm_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = swarm_swarm_work(batch, times);
    nodec_options o = swarm_swarm_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = swarm_solve_scalar((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = swarm_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, swarm_swarm_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int swarm_swarm_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = swarm_swarm_work(batch, times);
    nodec_options o = swarm_swarm_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = swarm_gradient_scalar((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = swarm_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x,
            theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, swarm_swarm_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- Flock(agents = 5) ---- */

const nodec_param *swarm_flock_params(void)
{
    return NULL;
}

nodec_options swarm_flock_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void swarm_flock_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
}

size_t swarm_flock_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_mul(batch, size_add(32, times))
        : size_mul(batch/128 + (batch%128 != 0), size_add(1296, times)));
}

int swarm_flock_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        flock_f_scalar((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        flock_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int swarm_flock_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = swarm_flock_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        flock_vjp_scalar((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        flock_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int swarm_flock_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = swarm_flock_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    flock_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *swarm_flock_state_name(real index)
{
    (void)index;
    return "x";
}

int swarm_flock_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = swarm_flock_work(batch, times);
    nodec_options o = swarm_flock_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = flock_solve_scalar((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = flock_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, swarm_flock_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int swarm_flock_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = swarm_flock_work(batch, times);
    nodec_options o = swarm_flock_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = flock_gradient_scalar((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = flock_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x,
            theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, swarm_flock_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

