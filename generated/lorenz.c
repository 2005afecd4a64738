/* lorenz.c, written by nodec from lorenz.node: Lorenz, Tangent.
 *
 * From the equations to this text: each function below that computes on numbers is `static`,
 * has the comment of what it computes above it, and is reached through the public functions
 * at the end, which check their arguments. A v16 holds sixteen numbers, in as many registers
 * as the machine needs. Sums have one order everywhere, a*b + c is rounded once where fma
 * says so and twice elsewhere: every compiler and machine gives the same bits. */
#include "lorenz.h"

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

typedef lorenz_real real;

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

INLINE ptrdiff_t i_min(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
INLINE ptrdiff_t i_max(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }
#if defined __GNUC__
#pragma GCC diagnostic pop
#endif

/* ---- kernels ------------------------------------------------------------------------ */

/* where the first value that is not finite is among x[base] ... x[base + n - 1], or n */
static NOINLINE int lorenz_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int lorenz_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void lorenz_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
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
    real y[128] ALIGNED;
    real z[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*3 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(y + c, v_gather(x + (first*3 + 1 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(z + c, v_gather(x + (first*3 + 2 + c*3), 3, count - c));
    }
    real v_x_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_x_ + c, v_gather(vx + (first*3 + c*3), 3, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_x_ + c, p_splat(0.0f));
        }
    }
    real v_y_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_y_ + c, v_gather(vx + (first*3 + 1 + c*3), 3, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_y_ + c, p_splat(0.0f));
        }
    }
    real v_z_[128] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(v_z_ + c, v_gather(vx + (first*3 + 2 + c*3), 3, count - c));
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            p_store(v_z_ + c, p_splat(0.0f));
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
    ROLL for (ptrdiff_t i = 0; i < 3; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real x_dot[128] ALIGNED;
    real y_dot[128] ALIGNED;
    real z_dot[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg sub = p_sub(p_read(y + c), p_read(x1 + c));
        const reg sub1 = p_sub(p_read(v_y_ + c), p_read(v_x_ + c));
        const reg mul = p_mul(sub, p_splat(v[0]));
        const reg fma_ = p_fma(p_splat(theta[0]), sub1, mul);
        const reg sub2 = p_sub(p_splat(theta[1]), p_read(z + c));
        const reg sub3 = p_sub(p_splat(v[1]), p_read(v_z_ + c));
        const reg mul1 = p_mul(p_read(x1 + c), sub3);
        const reg fma1 = p_fma(p_read(v_x_ + c), sub2, mul1);
        const reg sub4 = p_sub(fma1, p_read(v_y_ + c));
        const reg mul2 = p_mul(p_read(x1 + c), p_read(v_y_ + c));
        const reg fma2 = p_fma(p_read(y + c), p_read(v_x_ + c), mul2);
        const reg mul3 = p_mul(p_read(z + c), p_splat(v[2]));
        const reg fma3 = p_fma(p_read(v_z_ + c), p_splat(theta[2]), mul3);
        const reg sub5 = p_sub(fma2, fma3);
        p_store(x_dot + c, fma_);
        p_store(y_dot + c, sub4);
        p_store(z_dot + c, sub5);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*3 + c*3), 3, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*3 + 1 + c*3), 3, count - c, v_load(y_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*3 + 2 + c*3), 3, count - c, v_load(z_dot + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void lorenz_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lorenz_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, b, areas,
            32);
    }
}

/* the initial states */
static NOINLINE void lorenz_start_scalar_block(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0, ptrdiff_t b)
{
    (void)batch, (void)given, (void)theta;
    real x[1] ALIGNED;
    real y[1] ALIGNED;
    real z[1] ALIGNED;
    x[0] = 1.0f;
    y[0] = 1.0f;
    z[0] = 1.0f;
    x0[b*3] = x[0];
    x0[b*3 + 1] = y[0];
    x0[b*3 + 2] = z[0];
}

/* the initial states */
static NOINLINE void lorenz_start_scalar(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0)
{
    const ptrdiff_t blocks = batch;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lorenz_start_scalar_block(batch, given, theta, x0, b);
    }
}

/* dx/dt */
static NOINLINE void lorenz_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real x1 = 0.0f;
    real y = 0.0f;
    real z = 0.0f;
    x1 = x[b*3];
    y = x[b*3 + 1];
    z = x[b*3 + 2];
    real x_dot = 0.0f;
    real y_dot = 0.0f;
    real z_dot = 0.0f;
    const real *w = pack; FRESH(w)
    const real sub = y - x1;
    const real c = theta[1];
    const real sub1 = c - z;
    const real neg = -y;
    const real fma_ = fmaf(x1, sub1, neg);
    const real mul = x1*y;
    const real c1 = w[16];
    const real fma1 = fmaf(z, c1, mul);
    const real c2 = theta[0];
    const real mul1 = sub*c2;
    x_dot = mul1;
    y_dot = fma_;
    z_dot = fma1;
    dx[b*3] = x_dot;
    dx[b*3 + 1] = y_dot;
    dx[b*3 + 2] = z_dot;
}

/* dx/dt */
static NOINLINE void lorenz_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[32] ALIGNED;
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i] = -theta[i + 2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + pack[0];
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lorenz_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lorenz_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
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
    real y = 0.0f;
    real z = 0.0f;
    x1 = x[b*3];
    y = x[b*3 + 1];
    z = x[b*3 + 2];
    real a_dx = 0.0f;
    a_dx = a[b*3];
    real a_dy = 0.0f;
    a_dy = a[b*3 + 1];
    real a_dz = 0.0f;
    a_dz = a[b*3 + 2];
    real x_bar = 0.0f;
    real y_bar = 0.0f;
    real z_bar = 0.0f;
    real t_bar = 0.0f;
    real *g = sums; FRESH(g)
    const real sub = y - x1;
    const real c = theta[1];
    const real sub1 = c - z;
    const real c1 = theta[0];
    const real mul = a_dx*c1;
    const real mul1 = a_dx*sub;
    g[0] = g[0] + mul1;
    const real neg = -a_dz;
    const real mul2 = z*neg;
    g[32] = g[32] + mul2;
    const real mul3 = y*a_dz;
    const real neg1 = -a_dy;
    const real fma_ = fmaf(x1, a_dz, neg1);
    const real fma1 = fmaf(a_dy, sub1, mul3);
    const real mul4 = x1*a_dy;
    const real neg2 = -mul4;
    const real c2 = theta[2];
    const real fma2 = fmaf(c2, neg, neg2);
    g[16] = g[16] + mul4;
    const real add = mul + fma_;
    const real sub2 = fma1 - mul;
    x_bar = sub2;
    y_bar = add;
    z_bar = fma2;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*3] = x_bar;
        ax[b*3 + 1] = y_bar;
        ax[b*3 + 2] = z_bar;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void lorenz_vjp_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    const ptrdiff_t areas = blocks*48;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lorenz_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
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
        /* sigma */
        atheta[0] = sums[0];
        /* rho */
        atheta[1] = sums[16];
        /* beta */
        atheta[2] = sums[32];
    }
}

/* x at every time, from x0 */
static NOINLINE void lorenz_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real y = 0.0f;
    real z = 0.0f;
    real h = 0.0f;
    x1 = x0[b*3];
    y = x0[b*3 + 1];
    z = x0[b*3 + 2];
    x[b*3] = x1;
    x[b*3 + 1] = y;
    x[b*3 + 2] = z;
    const ptrdiff_t sound = 1 - (x1 - x1 != 0.0f);
    const ptrdiff_t sound1 = (1 - (y - y != 0.0f))*sound;
    const ptrdiff_t sound2 = (1 - (z - z != 0.0f))*sound1;
    if (sound2 == 0) {
        const ptrdiff_t at = lorenz_find(x, b*3, 3);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/3);
            work[area + 2] = t[(b + at/3)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%3);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        const real begin = t[b*t_stride + (i - 1)];
        const real end = t[b*t_stride + i];
        const ptrdiff_t n = lorenz_steps(begin, end, h_max, steps, max_steps);
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
            const real sub = y - x1;
            const real c = theta[1];
            const real sub1 = c - z;
            const real neg = -y;
            const real fma_ = fmaf(x1, sub1, neg);
            const real mul = x1*y;
            const real c1 = w[16];
            const real fma1 = fmaf(z, c1, mul);
            const real c2 = theta[0];
            const real mul1 = sub*c2;
            const real fma2 = fmaf(h, mul1, x1);
            const real fma3 = fmaf(h, fma_, y);
            const real fma4 = fmaf(h, fma1, z);
            x1 = fma2;
            y = fma3;
            z = fma4;
        }
        x[(i*batch + b)*3] = x1;
        x[(i*batch + b)*3 + 1] = y;
        x[(i*batch + b)*3 + 2] = z;
        const ptrdiff_t sound3 = 1 - (x1 - x1 != 0.0f);
        const ptrdiff_t sound4 = (1 - (y - y != 0.0f))*sound3;
        const ptrdiff_t sound5 = (1 - (z - z != 0.0f))*sound4;
        if (sound5 == 0) {
            const ptrdiff_t at = lorenz_find(x, (i*batch + b)*3, 3);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(b + at/3);
                work[area + 2] = t[(b + at/3)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%3);
                failed = 5;
            }
        }
    }
}

typedef struct lorenz_solve_latency_args {
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
} lorenz_solve_latency_args;

static void lorenz_solve_latency_task(void *args, size_t task)
{
    const lorenz_solve_latency_args *const a = (const lorenz_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lorenz_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int lorenz_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
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
    const ptrdiff_t areas = 32;
    {
        lorenz_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, lorenz_solve_latency_task, &args);
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
static NOINLINE void lorenz_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*48 + 64);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1 = 0.0f;
    real y = 0.0f;
    real z = 0.0f;
    real x_bar = 0.0f;
    real y_bar = 0.0f;
    real z_bar = 0.0f;
    real x_jump = 0.0f;
    real y_jump = 0.0f;
    real z_jump = 0.0f;
    x_bar = 0.0f;
    y_bar = 0.0f;
    z_bar = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real x_slope = 0.0f;
    real y_slope = 0.0f;
    real z_slope = 0.0f;
    real x_first_slope = 0.0f;
    real y_first_slope = 0.0f;
    real z_first_slope = 0.0f;
    x_first_slope = 0.0f;
    y_first_slope = 0.0f;
    z_first_slope = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            x_jump = g_x[(i*batch + b)*3];
            y_jump = g_x[(i*batch + b)*3 + 1];
            z_jump = g_x[(i*batch + b)*3 + 2];
            const real add = x_bar + x_jump;
            const real add1 = y_bar + y_jump;
            const real add2 = z_bar + z_jump;
            x_bar = add;
            y_bar = add1;
            z_bar = add2;
            x1 = x[(i*batch + b)*3];
            y = x[(i*batch + b)*3 + 1];
            z = x[(i*batch + b)*3 + 2];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = lorenz_steps(begin, end, h_max, steps, max_steps);
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
                const real sub = y - x1;
                const real c = theta[1];
                const real sub1 = c - z;
                const real neg1 = -y;
                const real fma_ = fmaf(x1, sub1, neg1);
                const real mul = x1*y;
                const real c1 = w1[16];
                const real fma1 = fmaf(z, c1, mul);
                const real c2 = theta[0];
                const real mul1 = sub*c2;
                const real mul2 = x_bar*neg;
                const real mul3 = y_bar*neg;
                const real mul4 = z_bar*neg;
                const real mul5 = c2*mul2;
                const real mul6 = sub*mul2;
                g1[0] = g1[0] + mul6;
                const real neg2 = -mul4;
                const real mul7 = z*neg2;
                g1[32] = g1[32] + mul7;
                const real mul8 = y*mul4;
                const real neg3 = -mul3;
                const real fma2 = fmaf(x1, mul4, neg3);
                const real fma3 = fmaf(sub1, mul3, mul8);
                const real mul9 = x1*mul3;
                const real neg4 = -mul9;
                const real c3 = theta[2];
                const real fma4 = fmaf(c3, neg2, neg4);
                g1[16] = g1[16] + mul9;
                const real add3 = mul5 + fma2;
                const real sub2 = fma3 - mul5;
                const real fma5 = fmaf(h, mul1, x1);
                const real add4 = x_bar + sub2;
                const real fma6 = fmaf(h, fma_, y);
                const real add5 = y_bar + add3;
                const real fma7 = fmaf(h, fma1, z);
                const real add6 = z_bar + fma4;
                x1 = fma5;
                x_bar = add4;
                y = fma6;
                y_bar = add5;
                z = fma7;
                z_bar = add6;
                x_slope = mul1;
                y_slope = fma_;
                z_slope = fma1;
                if (s == 0) {
                    x_first_slope = x_slope;
                    y_first_slope = y_slope;
                    z_first_slope = z_slope;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                const real mul = x_jump*x_first_slope;
                const real fma_ = fmaf(y_jump, y_first_slope, mul);
                const real fma1 = fmaf(z_jump, z_first_slope, fma_);
                dt1 = fma1;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (x_bar - x_bar != 0.0f);
            const ptrdiff_t sound1 = (1 - (y_bar - y_bar != 0.0f))*sound;
            const ptrdiff_t sound2 = (1 - (z_bar - z_bar != 0.0f))*sound1;
            if (sound2 == 0) {
                work[area + 16] = x_bar;
                work[area + 17] = y_bar;
                work[area + 18] = z_bar;
                const ptrdiff_t at = lorenz_find(work, area + 16, 3);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(b + at/3);
                    work[area + 2] = t[(b + at/3)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%3);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        x1 = x[b*3];
        y = x[b*3 + 1];
        z = x[b*3 + 2];
        const real *w = pack; FRESH(w)
        const real sub = y - x1;
        const real c = theta[1];
        const real sub1 = c - z;
        const real neg = -y;
        const real fma_ = fmaf(x1, sub1, neg);
        const real mul = x1*y;
        const real c1 = w[48];
        const real fma1 = fmaf(z, c1, mul);
        const real c2 = theta[0];
        const real mul1 = sub*c2;
        x_first_slope = mul1;
        y_first_slope = fma_;
        z_first_slope = fma1;
        const real mul2 = x_bar*x_first_slope;
        const real fma2 = fmaf(y_bar, y_first_slope, mul2);
        const real fma3 = fmaf(z_bar, z_first_slope, fma2);
        const real neg1 = -fma3;
        dt1 = neg1;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, x_bar, jumps by dL/dx at this time */
    x_jump = g_x[b*3];
    y_jump = g_x[b*3 + 1];
    z_jump = g_x[b*3 + 2];
    const real add = x_bar + x_jump;
    const real add1 = y_bar + y_jump;
    const real add2 = z_bar + z_jump;
    x_bar = add;
    y_bar = add1;
    z_bar = add2;
    const ptrdiff_t sound = 1 - (x_bar - x_bar != 0.0f);
    const ptrdiff_t sound1 = (1 - (y_bar - y_bar != 0.0f))*sound;
    const ptrdiff_t sound2 = (1 - (z_bar - z_bar != 0.0f))*sound1;
    if (sound2 == 0) {
        work[area + 16] = x_bar;
        work[area + 17] = y_bar;
        work[area + 18] = z_bar;
        const ptrdiff_t at = lorenz_find(work, area + 16, 3);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/3);
            work[area + 2] = t[(b + at/3)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%3);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        g_x0[b*3] = x_bar;
        g_x0[b*3 + 1] = y_bar;
        g_x0[b*3 + 2] = z_bar;
    }
}

typedef struct lorenz_gradient_latency_args {
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
} lorenz_gradient_latency_args;

static void lorenz_gradient_latency_task(void *args, size_t task)
{
    const lorenz_gradient_latency_args *const a = (const lorenz_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lorenz_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int lorenz_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
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
        pack[i + 32] = -theta[i + 2];
    }
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[32];
    }
    const ptrdiff_t areas = blocks*48 + 64;
    const ptrdiff_t dt = areas + blocks*32;
    {
        lorenz_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, lorenz_gradient_latency_task, &args);
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
                    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
                        const ptrdiff_t to = b*48 + i;
                        p_store(sums + to, p_add(p_read(sums + to),
                            p_read(sums + (to + apart*48))));
                    }
                }
                apart = apart*2;
            }
        }
        /* sigma */
        g_theta[0] = sums[0];
        /* rho */
        g_theta[1] = sums[16];
        /* beta */
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
static NOINLINE void lorenz_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real x1[128] ALIGNED;
    real y[128] ALIGNED;
    real z[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*3 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(y + c, v_gather(x + (first*3 + 1 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(z + c, v_gather(x + (first*3 + 2 + c*3), 3, count - c));
    }
    real x_dot[128] ALIGNED;
    real y_dot[128] ALIGNED;
    real z_dot[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg sub = p_sub(p_read(y + c), p_read(x1 + c));
        const reg sub1 = p_sub(p_splat(theta[1]), p_read(z + c));
        const reg neg = p_neg(p_read(y + c));
        const reg fma_ = p_fma(p_read(x1 + c), sub1, neg);
        const reg mul = p_mul(p_read(x1 + c), p_read(y + c));
        const reg fma1 = p_fma(p_read(z + c), p_splat(pack[0]), mul);
        const reg mul1 = p_mul(sub, p_splat(theta[0]));
        p_store(x_dot + c, mul1);
        p_store(y_dot + c, fma_);
        p_store(z_dot + c, fma1);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*3 + c*3), 3, count - c, v_load(x_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*3 + 1 + c*3), 3, count - c, v_load(y_dot + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*3 + 2 + c*3), 3, count - c, v_load(z_dot + c));
    }
}

/* dx/dt */
static NOINLINE void lorenz_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[16] ALIGNED;
    const real neg = -theta[2];
    pack[0] = neg;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lorenz_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void lorenz_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, ptrdiff_t b, ptrdiff_t areas,
    ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + b*48;
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real x1[128] ALIGNED;
    real y[128] ALIGNED;
    real z[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x + (first*3 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(y + c, v_gather(x + (first*3 + 1 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(z + c, v_gather(x + (first*3 + 2 + c*3), 3, count - c));
    }
    real a_dx[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dx + c, v_gather(a + (first*3 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dx + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dx + c),
            v_splat(0.0f)));
    }
    real a_dy[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dy + c, v_gather(a + (first*3 + 1 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dy + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dy + c),
            v_splat(0.0f)));
    }
    real a_dz[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dz + c, v_gather(a + (first*3 + 2 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dz + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(a_dz + c),
            v_splat(0.0f)));
    }
    real x_bar[128] ALIGNED;
    real y_bar[128] ALIGNED;
    real z_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real mul[128] ALIGNED;
    real mul1[128] ALIGNED;
    real mul2[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg sub = p_sub(p_read(y + c), p_read(x1 + c));
        const reg sub1 = p_sub(p_splat(theta[1]), p_read(z + c));
        const reg mul3 = p_mul(p_read(a_dx + c), p_splat(theta[0]));
        const reg mul4 = p_mul(p_read(a_dx + c), sub);
        p_store(mul + c, mul4);
        const reg neg = p_neg(p_read(a_dz + c));
        const reg mul5 = p_mul(p_read(z + c), neg);
        p_store(mul1 + c, mul5);
        const reg mul6 = p_mul(p_read(y + c), p_read(a_dz + c));
        const reg neg1 = p_neg(p_read(a_dy + c));
        const reg fma_ = p_fma(p_read(x1 + c), p_read(a_dz + c), neg1);
        const reg fma1 = p_fma(p_read(a_dy + c), sub1, mul6);
        const reg mul7 = p_mul(p_read(x1 + c), p_read(a_dy + c));
        p_store(mul2 + c, mul7);
        const reg neg2 = p_neg(mul7);
        const reg fma2 = p_fma(p_splat(theta[2]), neg, neg2);
        const reg add = p_add(mul3, fma_);
        const reg sub2 = p_sub(fma1, mul3);
        p_store(x_bar + c, sub2);
        p_store(y_bar + c, add);
        p_store(z_bar + c, fma2);
        p_store(t_bar + c, p_splat(0.0f));
    }
    v16 s0 = v_load(sums);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(mul + c));
    }
    v_store(sums, s0);
    v16 s0_1 = v_load(sums + 32);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_1 = v_add(s0_1, v_load(mul1 + c));
    }
    v_store(sums + 32, s0_1);
    v16 s0_2 = v_load(sums + 16);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_2 = v_add(s0_2, v_load(mul2 + c));
    }
    v_store(sums + 16, s0_2);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*3 + c*3), 3, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*3 + 1 + c*3), 3, count - c, v_load(y_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*3 + 2 + c*3), 3, count - c, v_load(z_bar + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void lorenz_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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
static NOINLINE void lorenz_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    const ptrdiff_t areas = blocks*48;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        lorenz_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work;
        lorenz_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void lorenz_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real y[128] ALIGNED;
    real z[128] ALIGNED;
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x1 + c, v_gather(x0 + (first*3 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(y + c, v_gather(x0 + (first*3 + 1 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(z + c, v_gather(x0 + (first*3 + 2 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*3 + c*3), 3, count - c, v_load(x1 + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*3 + 1 + c*3), 3, count - c, v_load(y + c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*3 + 2 + c*3), 3, count - c, v_load(z + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(x1 + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(y + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    v16 zero2 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero2 = v_fma(v_load(z + c), v_splat(0.0f), zero2);
    }
    const ptrdiff_t sound2 = (1 - m_any(v_ne(zero2, zero2)))*sound1;
    if (sound2 == 0) {
        const ptrdiff_t at = lorenz_find(x, first*3, count*3);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/3);
            work[area + 2] = t[(first + at/3)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%3);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        ptrdiff_t most = 0;
        if (t_stride == 0) {
            const real begin = t[first*t_stride + (i - 1)];
            const real end = t[first*t_stride + i];
            const ptrdiff_t n1 = lorenz_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = lorenz_steps(begin, end, h_max, steps, max_steps);
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
            real fma2[16] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                const v16 sub = v_sub(v_load(y + c), v_load(x1 + c));
                const v16 sub1 = v_sub(v_splat(theta[1]), v_load(z + c));
                const v16 neg = v_neg(v_load(y + c));
                const v16 fma3 = v_fma(v_load(x1 + c), sub1, neg);
                const v16 mul = v_mul(v_load(x1 + c), v_load(y + c));
                const v16 fma4 = v_fma(v_load(z + c), v_splat(pack[0]), mul);
                const v16 mul1 = v_mul(sub, v_splat(theta[0]));
                const v16 fma5 = v_fma(v_load(h + c), mul1, v_load(x1 + c));
                v_store(fma_, fma5);
                const v16 fma6 = v_fma(v_load(h + c), fma3, v_load(y + c));
                v_store(fma1, fma6);
                const v16 fma7 = v_fma(v_load(h + c), fma4, v_load(z + c));
                v_store(fma2, fma7);
                const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                    v_load(x1 + c));
                const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                    v_load(y + c));
                const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma2),
                    v_load(z + c));
                v_store(x1 + c, select);
                v_store(y + c, select1);
                v_store(z + c, select2);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*3 + c*3), 3, count - c, v_load(x1 + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*3 + 1 + c*3), 3, count - c, v_load(y + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*3 + 2 + c*3), 3, count - c, v_load(z + c));
        }
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero3 = v_fma(v_load(x1 + c), v_splat(0.0f), zero3);
        }
        const ptrdiff_t sound3 = 1 - m_any(v_ne(zero3, zero3));
        v16 zero4 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero4 = v_fma(v_load(y + c), v_splat(0.0f), zero4);
        }
        const ptrdiff_t sound4 = (1 - m_any(v_ne(zero4, zero4)))*sound3;
        v16 zero5 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero5 = v_fma(v_load(z + c), v_splat(0.0f), zero5);
        }
        const ptrdiff_t sound5 = (1 - m_any(v_ne(zero5, zero5)))*sound4;
        if (sound5 == 0) {
            const ptrdiff_t at = lorenz_find(x, (i*batch + first)*3, count*3);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(first + at/3);
                work[area + 2] = t[(first + at/3)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%3);
                failed = 5;
            }
        }
    }
}

static void lorenz_solve_batch_task(void *args, size_t task)
{
    const lorenz_solve_latency_args *const a = (const lorenz_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lorenz_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x, a->h_max,
        a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int lorenz_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[2];
    pack[0] = neg;
    const ptrdiff_t areas = 16;
    {
        lorenz_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 400 };
        each(parallel, (size_t)blocks, lorenz_solve_batch_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*400;
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
static NOINLINE void lorenz_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + (b*48 + 16);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real x1[128] ALIGNED;
    real y[128] ALIGNED;
    real z[128] ALIGNED;
    real x_bar[128] ALIGNED;
    real y_bar[128] ALIGNED;
    real z_bar[128] ALIGNED;
    real x_jump[128] ALIGNED;
    real y_jump[128] ALIGNED;
    real z_jump[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(x_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(y_bar + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(z_bar + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real x_slope[128] ALIGNED;
    real y_slope[128] ALIGNED;
    real z_slope[128] ALIGNED;
    real x_first_slope[128] ALIGNED;
    real y_first_slope[128] ALIGNED;
    real z_first_slope[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(x_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(y_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(z_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, x_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x_jump + c, v_gather(g_x + ((i*batch + first)*3 + c*3), 3, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(y_jump + c, v_gather(g_x + ((i*batch + first)*3 + 1 + c*3), 3, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(z_jump + c, v_gather(g_x + ((i*batch + first)*3 + 2 + c*3), 3, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(x_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(y_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(y_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(z_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(z_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
                const reg add1 = p_add(p_read(y_bar + c), p_read(y_jump + c));
                const reg add2 = p_add(p_read(z_bar + c), p_read(z_jump + c));
                p_store(x_bar + c, add);
                p_store(y_bar + c, add1);
                p_store(z_bar + c, add2);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(x1 + c, v_gather(x + ((i*batch + first)*3 + c*3), 3, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(y + c, v_gather(x + ((i*batch + first)*3 + 1 + c*3), 3, count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(z + c, v_gather(x + ((i*batch + first)*3 + 2 + c*3), 3, count - c));
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = lorenz_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = lorenz_steps(begin, end, h_max, steps, max_steps);
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
                real fma_[16] ALIGNED;
                real add[16] ALIGNED;
                real fma1[16] ALIGNED;
                real add1[16] ALIGNED;
                real fma2[16] ALIGNED;
                real add2[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(x_bar + c), v_splat(0.0f));
                    const v16 select1 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(y_bar + c), v_splat(0.0f));
                    const v16 select2 = v_select(v_lt(v_load(s + c), v_load(n + c)),
                        v_load(z_bar + c), v_splat(0.0f));
                    const v16 neg = v_neg(v_load(h + c));
                    const v16 sub = v_sub(v_load(y + c), v_load(x1 + c));
                    const v16 sub1 = v_sub(v_splat(theta[1]), v_load(z + c));
                    const v16 neg1 = v_neg(v_load(y + c));
                    const v16 fma3 = v_fma(v_load(x1 + c), sub1, neg1);
                    const v16 mul3 = v_mul(v_load(x1 + c), v_load(y + c));
                    const v16 fma4 = v_fma(v_load(z + c), v_splat(pack[0]), mul3);
                    const v16 mul4 = v_mul(sub, v_splat(theta[0]));
                    const v16 mul5 = v_mul(select, neg);
                    const v16 mul6 = v_mul(select1, neg);
                    const v16 mul7 = v_mul(select2, neg);
                    const v16 mul8 = v_mul(v_splat(theta[0]), mul5);
                    const v16 mul9 = v_mul(sub, mul5);
                    v_store(mul + c, mul9);
                    const v16 neg2 = v_neg(mul7);
                    const v16 mul10 = v_mul(v_load(z + c), neg2);
                    v_store(mul1 + c, mul10);
                    const v16 mul11 = v_mul(v_load(y + c), mul7);
                    const v16 neg3 = v_neg(mul6);
                    const v16 fma5 = v_fma(v_load(x1 + c), mul7, neg3);
                    const v16 fma6 = v_fma(sub1, mul6, mul11);
                    const v16 mul12 = v_mul(v_load(x1 + c), mul6);
                    v_store(mul2 + c, mul12);
                    const v16 neg4 = v_neg(mul12);
                    const v16 fma7 = v_fma(v_splat(theta[2]), neg2, neg4);
                    const v16 add3 = v_add(mul8, fma5);
                    const v16 sub2 = v_sub(fma6, mul8);
                    const v16 fma8 = v_fma(v_load(h + c), mul4, v_load(x1 + c));
                    v_store(fma_, fma8);
                    const v16 add4 = v_add(select, sub2);
                    v_store(add, add4);
                    const v16 fma9 = v_fma(v_load(h + c), fma3, v_load(y + c));
                    v_store(fma1, fma9);
                    const v16 add5 = v_add(select1, add3);
                    v_store(add1, add5);
                    const v16 fma10 = v_fma(v_load(h + c), fma4, v_load(z + c));
                    v_store(fma2, fma10);
                    const v16 add6 = v_add(select2, fma7);
                    v_store(add2, add6);
                    v_store(x_slope + c, mul4);
                    v_store(y_slope + c, fma3);
                    v_store(z_slope + c, fma4);
                    const v16 select3 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma_),
                        v_load(x1 + c));
                    const v16 select4 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add),
                        v_load(x_bar + c));
                    const v16 select5 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma1),
                        v_load(y + c));
                    const v16 select6 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add1),
                        v_load(y_bar + c));
                    const v16 select7 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(fma2),
                        v_load(z + c));
                    const v16 select8 = v_select(v_lt(v_load(s + c), v_load(n + c)), v_load(add2),
                        v_load(z_bar + c));
                    v_store(x1 + c, select3);
                    v_store(x_bar + c, select4);
                    v_store(y + c, select5);
                    v_store(y_bar + c, select6);
                    v_store(z + c, select7);
                    v_store(z_bar + c, select8);
                }
                v16 s0 = v_load(sums);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(mul + c));
                }
                v_store(sums, s0);
                v16 s0_1 = v_load(sums + 32);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_1 = v_add(s0_1, v_load(mul1 + c));
                }
                v_store(sums + 32, s0_1);
                v16 s0_2 = v_load(sums + 16);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_2 = v_add(s0_2, v_load(mul2 + c));
                }
                v_store(sums + 16, s0_2);
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(x_first_slope + c, p_read(x_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(y_first_slope + c, p_read(y_slope + c));
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(z_first_slope + c, p_read(z_slope + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                    const reg mul = p_mul(p_read(x_jump + c), p_read(x_first_slope + c));
                    const reg fma_ = p_fma(p_read(y_jump + c), p_read(y_first_slope + c), mul);
                    const reg fma1 = p_fma(p_read(z_jump + c), p_read(z_first_slope + c), fma_);
                    p_store(dt1 + c, fma1);
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
                zero1 = v_fma(v_load(y_bar + c), v_splat(0.0f), zero1);
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            v16 zero2 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero2 = v_fma(v_load(z_bar + c), v_splat(0.0f), zero2);
            }
            const ptrdiff_t sound2 = (1 - m_any(v_ne(zero2, zero2)))*sound1;
            if (sound2 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 16 + c*3), 3, count - c, v_load(x_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 17 + c*3), 3, count - c, v_load(y_bar + c));
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 18 + c*3), 3, count - c, v_load(z_bar + c));
                }
                const ptrdiff_t at = lorenz_find(work, area + 16, count*3);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(first + at/3);
                    work[area + 2] = t[(first + at/3)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%3);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(x1 + c, v_gather(x + (first*3 + c*3), 3, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(y + c, v_gather(x + (first*3 + 1 + c*3), 3, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_store(z + c, v_gather(x + (first*3 + 2 + c*3), 3, count - c));
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg sub = p_sub(p_read(y + c), p_read(x1 + c));
            const reg sub1 = p_sub(p_splat(theta[1]), p_read(z + c));
            const reg neg = p_neg(p_read(y + c));
            const reg fma_ = p_fma(p_read(x1 + c), sub1, neg);
            const reg mul = p_mul(p_read(x1 + c), p_read(y + c));
            const reg fma1 = p_fma(p_read(z + c), p_splat(pack[1]), mul);
            const reg mul1 = p_mul(sub, p_splat(theta[0]));
            p_store(x_first_slope + c, mul1);
            p_store(y_first_slope + c, fma_);
            p_store(z_first_slope + c, fma1);
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            const reg mul = p_mul(p_read(x_bar + c), p_read(x_first_slope + c));
            const reg fma_ = p_fma(p_read(y_bar + c), p_read(y_first_slope + c), mul);
            const reg fma1 = p_fma(p_read(z_bar + c), p_read(z_first_slope + c), fma_);
            const reg neg = p_neg(fma1);
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
        v_store(x_jump + c, v_gather(g_x + (first*3 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(y_jump + c, v_gather(g_x + (first*3 + 1 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(z_jump + c, v_gather(g_x + (first*3 + 2 + c*3), 3, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(x_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(x_jump + c),
            v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(y_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(y_jump + c),
            v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(z_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))), v_load(z_jump + c),
            v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(x_bar + c), p_read(x_jump + c));
        const reg add1 = p_add(p_read(y_bar + c), p_read(y_jump + c));
        const reg add2 = p_add(p_read(z_bar + c), p_read(z_jump + c));
        p_store(x_bar + c, add);
        p_store(y_bar + c, add1);
        p_store(z_bar + c, add2);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero = v_fma(v_load(x_bar + c), v_splat(0.0f), zero);
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero1 = v_fma(v_load(y_bar + c), v_splat(0.0f), zero1);
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    v16 zero2 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero2 = v_fma(v_load(z_bar + c), v_splat(0.0f), zero2);
    }
    const ptrdiff_t sound2 = (1 - m_any(v_ne(zero2, zero2)))*sound1;
    if (sound2 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 16 + c*3), 3, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 17 + c*3), 3, count - c, v_load(y_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 18 + c*3), 3, count - c, v_load(z_bar + c));
        }
        const ptrdiff_t at = lorenz_find(work, area + 16, count*3);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/3);
            work[area + 2] = t[(first + at/3)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%3);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*3 + c*3), 3, count - c, v_load(x_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*3 + 1 + c*3), 3, count - c, v_load(y_bar + c));
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*3 + 2 + c*3), 3, count - c, v_load(z_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void lorenz_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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

static void lorenz_gradient_batch_task(void *args, size_t task)
{
    const lorenz_gradient_latency_args *const a = (const lorenz_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    lorenz_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int lorenz_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    const real neg = -theta[2];
    pack[0] = neg;
    const real neg1 = -theta[2];
    pack[1] = neg1;
    const ptrdiff_t areas = blocks*48 + 16;
    const ptrdiff_t dt = areas + blocks*400;
    {
        lorenz_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 400, dt };
        each(parallel, (size_t)blocks, lorenz_gradient_batch_task, &args);
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
        lorenz_gradient_batch_sums(sums, blocks, g_theta, 0);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*400;
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
static NOINLINE int tangent_find(const real *RESTRICT x, ptrdiff_t base, ptrdiff_t n)
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
static int tangent_steps(real t0, real t1, real h_max, ptrdiff_t steps, ptrdiff_t max_steps)
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
static NOINLINE void tangent_jvp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t full = (count + 15)/16*16;
    real s[384] ALIGNED;
    real u[384] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(s + (e*128 + c), v_gather(x + (first*7 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(u + (e*128 + c), v_gather(x + (first*7 + 3 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
    }
    real v_s_[384] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_store(v_s_ + (e*128 + c), v_gather(vx + (first*7 + c*7 + e), 7, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                p_store(v_s_ + (e*128 + c), p_splat(0.0f));
            }
        }
    }
    real v_u_[384] ALIGNED;
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_store(v_u_ + (e*128 + c), v_gather(vx + (first*7 + 3 + c*7 + e), 7, count - c));
            }
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                p_store(v_u_ + (e*128 + c), p_splat(0.0f));
            }
        }
    }
    if (vx != NULL) {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
    } else {
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
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
    ROLL for (ptrdiff_t i = 0; i < 3; i++) {
        if (vtheta != NULL) {
            v[i] = vtheta[i];
        } else {
            v[i] = 0.0f;
        }
    }
    real s_dot[384] ALIGNED;
    real u_dot[384] ALIGNED;
    real growth_dot[128] ALIGNED;
    real sub[16] ALIGNED;
    real sub1[16] ALIGNED;
    real fma_[16] ALIGNED;
    real fma1[16] ALIGNED;
    real add[16] ALIGNED;
    real sub2[16] ALIGNED;
    real fma2[16] ALIGNED;
    real add1[16] ALIGNED;
    real sub3[16] ALIGNED;
    real fma3[16] ALIGNED;
    real add2[16] ALIGNED;
    real sub4[16] ALIGNED;
    real fma4[16] ALIGNED;
    real fma5[16] ALIGNED;
    real sub5[16] ALIGNED;
    real fma6[16] ALIGNED;
    real fma7[16] ALIGNED;
    real sub6[16] ALIGNED;
    real fma8[16] ALIGNED;
    real fma9[16] ALIGNED;
    real sub7[16] ALIGNED;
    real con[48] ALIGNED;
    real con1[48] ALIGNED;
    real add3[48] ALIGNED;
    real mul[48] ALIGNED;
    real fma10[48] ALIGNED;
    real fma11[48] ALIGNED;
    real mul1[48] ALIGNED;
    real con2[48] ALIGNED;
    real fma12[48] ALIGNED;
    real add4[48] ALIGNED;
    real con3[48] ALIGNED;
    real fma13[48] ALIGNED;
    real add5[48] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 sub8 = v_sub(v_load(s + (c + 128)), v_load(s + c));
        const v16 sub9 = v_sub(v_splat(theta[1]), v_load(s + (c + 256)));
        const v16 sub10 = v_sub(v_load(v_s_ + (c + 128)), v_load(v_s_ + c));
        const v16 sub11 = v_sub(v_splat(v[1]), v_load(v_s_ + (c + 256)));
        const v16 mul2 = v_mul(v_load(s + c), sub11);
        const v16 fma14 = v_fma(sub9, v_load(v_s_ + c), mul2);
        const v16 sub12 = v_sub(fma14, v_load(v_s_ + (c + 128)));
        v_store(sub, sub12);
        const v16 mul3 = v_mul(v_load(s + (c + 128)), v_load(v_s_ + c));
        const v16 fma15 = v_fma(v_load(s + c), v_load(v_s_ + (c + 128)), mul3);
        const v16 mul4 = v_mul(v_load(s + (c + 256)), v_splat(v[2]));
        const v16 fma16 = v_fma(v_splat(theta[2]), v_load(v_s_ + (c + 256)), mul4);
        const v16 sub13 = v_sub(fma15, fma16);
        v_store(sub1, sub13);
        const v16 mul5 = v_mul(sub8, v_splat(v[0]));
        const v16 fma17 = v_fma(v_splat(theta[0]), sub10, mul5);
        v_store(fma_, fma17);
        const v16 mul6 = v_mul(v_load(s + (c + 128)), v_splat(pack[2]));
        const v16 fma18 = v_fma(v_load(s + c), v_splat(pack[2]), v_splat(pack[6]));
        const v16 fma19 = v_fma(sub9, v_splat(pack[1]), mul6);
        const v16 neg = v_neg(v_load(s + c));
        const v16 fma20 = v_fma(neg, v_splat(pack[1]), v_splat(pack[5]));
        v_store(fma1, fma20);
        const v16 add6 = v_add(v_splat(pack[3]), fma18);
        v_store(add, add6);
        const v16 sub14 = v_sub(fma19, v_splat(pack[3]));
        v_store(sub2, sub14);
        const v16 mul7 = v_mul(v_load(s + (c + 128)), v_splat(pack[9]));
        const v16 fma21 = v_fma(v_load(s + c), v_splat(pack[9]), v_splat(pack[13]));
        const v16 fma22 = v_fma(sub9, v_splat(pack[8]), mul7);
        const v16 fma23 = v_fma(neg, v_splat(pack[8]), v_splat(pack[12]));
        v_store(fma2, fma23);
        const v16 add7 = v_add(v_splat(pack[10]), fma21);
        v_store(add1, add7);
        const v16 sub15 = v_sub(fma22, v_splat(pack[10]));
        v_store(sub3, sub15);
        const v16 mul8 = v_mul(v_load(s + (c + 128)), v_splat(pack[16]));
        const v16 fma24 = v_fma(v_load(s + c), v_splat(pack[16]), v_splat(pack[20]));
        const v16 fma25 = v_fma(sub9, v_splat(pack[15]), mul8);
        const v16 fma26 = v_fma(neg, v_splat(pack[15]), v_splat(pack[19]));
        v_store(fma3, fma26);
        const v16 add8 = v_add(v_splat(pack[17]), fma24);
        v_store(add2, add8);
        const v16 sub16 = v_sub(fma25, v_splat(pack[17]));
        v_store(sub4, sub16);
        const real mul9 = v[0]*pack[0];
        const real mul10 = v[2]*pack[4];
        const v16 mul11 = v_mul(v_load(v_s_ + (c + 128)), v_splat(pack[2]));
        const v16 fma27 = v_fma(sub11, v_splat(pack[1]), mul11);
        const v16 neg1 = v_neg(v_load(v_s_ + c));
        const v16 fma28 = v_fma(neg1, v_splat(pack[1]), v_splat(mul10));
        v_store(fma4, fma28);
        const v16 fma29 = v_fma(v_load(v_s_ + c), v_splat(pack[2]), v_splat(mul9));
        v_store(fma5, fma29);
        const v16 sub17 = v_sub(fma27, v_splat(mul9));
        v_store(sub5, sub17);
        const real mul12 = v[0]*pack[7];
        const real mul13 = v[2]*pack[11];
        const v16 mul14 = v_mul(v_load(v_s_ + (c + 128)), v_splat(pack[9]));
        const v16 fma30 = v_fma(sub11, v_splat(pack[8]), mul14);
        const v16 fma31 = v_fma(neg1, v_splat(pack[8]), v_splat(mul13));
        v_store(fma6, fma31);
        const v16 fma32 = v_fma(v_load(v_s_ + c), v_splat(pack[9]), v_splat(mul12));
        v_store(fma7, fma32);
        const v16 sub18 = v_sub(fma30, v_splat(mul12));
        v_store(sub6, sub18);
        const real mul15 = v[0]*pack[14];
        const real mul16 = v[2]*pack[18];
        const v16 mul17 = v_mul(v_load(v_s_ + (c + 128)), v_splat(pack[16]));
        const v16 fma33 = v_fma(sub11, v_splat(pack[15]), mul17);
        const v16 fma34 = v_fma(neg1, v_splat(pack[15]), v_splat(mul16));
        v_store(fma8, fma34);
        const v16 fma35 = v_fma(v_load(v_s_ + c), v_splat(pack[16]), v_splat(mul15));
        v_store(fma9, fma35);
        const v16 sub19 = v_sub(fma33, v_splat(mul15));
        v_store(sub7, sub19);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(fma_)));
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 32, v_splat(0.0f));
        v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(sub)));
        const v16 add9 = v_add(v_load(con), v_load(con1));
        v_store(add3, add9);
        const v16 add10 = v_add(v_load(v_u_ + c), v_load(v_u_ + c));
        const v16 mul18 = v_mul(v_load(u + c), add10);
        v_store(mul, mul18);
        const v16 add11 = v_add(v_load(con + 16), v_load(con1 + 16));
        v_store(add3 + 16, add11);
        const v16 add12 = v_add(v_load(v_u_ + (c + 128)), v_load(v_u_ + (c + 128)));
        const v16 mul19 = v_mul(v_load(u + (c + 128)), add12);
        v_store(mul + 16, mul19);
        const v16 add13 = v_add(v_load(con + 32), v_load(con1 + 32));
        v_store(add3 + 32, add13);
        const v16 add14 = v_add(v_load(v_u_ + (c + 256)), v_load(v_u_ + (c + 256)));
        const v16 mul20 = v_mul(v_load(u + (c + 256)), add14);
        v_store(mul + 32, mul20);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(sub1)));
        const v16 add15 = v_add(v_load(add3), v_load(con));
        v_store(s_dot + c, add15);
        const v16 add16 = v_add(v_load(add3 + 16), v_load(con + 16));
        v_store(s_dot + (c + 128), add16);
        const v16 add17 = v_add(v_load(add3 + 32), v_load(con + 32));
        v_store(s_dot + (c + 256), add17);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(u + (c + 256))));
        const v16 mul21 = v_mul(v_load(con), v_load(fma1));
        v_store(con1, mul21);
        const v16 mul22 = v_mul(v_load(con), v_load(fma4));
        v_store(add3, mul22);
        const v16 mul23 = v_mul(v_load(con + 16), v_load(fma1));
        v_store(con1 + 16, mul23);
        const v16 mul24 = v_mul(v_load(con + 16), v_load(fma4));
        v_store(add3 + 16, mul24);
        const v16 mul25 = v_mul(v_load(con + 32), v_load(fma1));
        v_store(con1 + 32, mul25);
        const v16 mul26 = v_mul(v_load(con + 32), v_load(fma4));
        v_store(add3 + 32, mul26);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(u + c)));
        const v16 fma36 = v_fma(v_load(con), v_load(sub2), v_load(con1));
        v_store(fma10, fma36);
        const v16 fma37 = v_fma(v_load(con + 16), v_load(sub2), v_load(con1 + 16));
        v_store(fma10 + 16, fma37);
        const v16 fma38 = v_fma(v_load(con + 32), v_load(sub2), v_load(con1 + 32));
        v_store(fma10 + 32, fma38);
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 32, v_splat(0.0f));
        v_store(con1, v_add(v_load(con1), v_load(u + (c + 128))));
        const v16 fma39 = v_fma(v_load(con1), v_load(add), v_load(fma10));
        v_store(fma11, fma39);
        const v16 fma40 = v_fma(v_load(con1 + 16), v_load(add), v_load(fma10 + 16));
        v_store(fma11 + 16, fma40);
        const v16 fma41 = v_fma(v_load(con1 + 32), v_load(add), v_load(fma10 + 32));
        v_store(fma11 + 32, fma41);
        v_store(fma10, v_splat(0.0f));
        v_store(fma10 + 16, v_splat(0.0f));
        v_store(fma10 + 32, v_splat(0.0f));
        v_store(fma10 + 16, v_add(v_load(fma10 + 16), v_load(u + (c + 256))));
        const v16 mul27 = v_mul(v_load(fma10), v_load(fma2));
        v_store(mul1, mul27);
        const v16 mul28 = v_mul(v_load(fma10 + 16), v_load(fma2));
        v_store(mul1 + 16, mul28);
        const v16 mul29 = v_mul(v_load(fma10 + 32), v_load(fma2));
        v_store(mul1 + 32, mul29);
        v_store(con2, v_splat(0.0f));
        v_store(con2 + 16, v_splat(0.0f));
        v_store(con2 + 32, v_splat(0.0f));
        v_store(con2 + 16, v_add(v_load(con2 + 16), v_load(u + c)));
        const v16 fma42 = v_fma(v_load(con2), v_load(sub3), v_load(mul1));
        v_store(fma12, fma42);
        const v16 fma43 = v_fma(v_load(con2 + 16), v_load(sub3), v_load(mul1 + 16));
        v_store(fma12 + 16, fma43);
        const v16 fma44 = v_fma(v_load(con2 + 32), v_load(sub3), v_load(mul1 + 32));
        v_store(fma12 + 32, fma44);
        v_store(mul1, v_splat(0.0f));
        v_store(mul1 + 16, v_splat(0.0f));
        v_store(mul1 + 32, v_splat(0.0f));
        v_store(mul1 + 16, v_add(v_load(mul1 + 16), v_load(u + (c + 128))));
        const v16 fma45 = v_fma(v_load(mul1), v_load(add1), v_load(fma12));
        const v16 add18 = v_add(v_load(fma11), fma45);
        v_store(add4, add18);
        const v16 fma46 = v_fma(v_load(mul1 + 16), v_load(add1), v_load(fma12 + 16));
        const v16 add19 = v_add(v_load(fma11 + 16), fma46);
        v_store(add4 + 16, add19);
        const v16 fma47 = v_fma(v_load(mul1 + 32), v_load(add1), v_load(fma12 + 32));
        const v16 add20 = v_add(v_load(fma11 + 32), fma47);
        v_store(add4 + 32, add20);
        v_store(fma11, v_splat(0.0f));
        v_store(fma11 + 16, v_splat(0.0f));
        v_store(fma11 + 32, v_splat(0.0f));
        v_store(fma11 + 32, v_add(v_load(fma11 + 32), v_load(u + (c + 256))));
        const v16 mul30 = v_mul(v_load(fma11), v_load(fma3));
        v_store(fma12, mul30);
        const v16 mul31 = v_mul(v_load(fma11 + 16), v_load(fma3));
        v_store(fma12 + 16, mul31);
        const v16 mul32 = v_mul(v_load(fma11 + 32), v_load(fma3));
        v_store(fma12 + 32, mul32);
        v_store(con3, v_splat(0.0f));
        v_store(con3 + 16, v_splat(0.0f));
        v_store(con3 + 32, v_splat(0.0f));
        v_store(con3 + 32, v_add(v_load(con3 + 32), v_load(u + c)));
        const v16 fma48 = v_fma(v_load(con3), v_load(sub4), v_load(fma12));
        v_store(fma13, fma48);
        const v16 fma49 = v_fma(v_load(con3 + 16), v_load(sub4), v_load(fma12 + 16));
        v_store(fma13 + 16, fma49);
        const v16 fma50 = v_fma(v_load(con3 + 32), v_load(sub4), v_load(fma12 + 32));
        v_store(fma13 + 32, fma50);
        v_store(fma12, v_splat(0.0f));
        v_store(fma12 + 16, v_splat(0.0f));
        v_store(fma12 + 32, v_splat(0.0f));
        v_store(fma12 + 32, v_add(v_load(fma12 + 32), v_load(u + (c + 128))));
        const v16 fma51 = v_fma(v_load(fma12), v_load(add2), v_load(fma13));
        const v16 add21 = v_add(v_load(add4), fma51);
        v_store(add5, add21);
        const v16 fma52 = v_fma(v_load(fma12 + 16), v_load(add2), v_load(fma13 + 16));
        const v16 add22 = v_add(v_load(add4 + 16), fma52);
        v_store(add5 + 16, add22);
        const v16 fma53 = v_fma(v_load(fma12 + 32), v_load(add2), v_load(fma13 + 32));
        const v16 add23 = v_add(v_load(add4 + 32), fma53);
        v_store(add5 + 32, add23);
        v16 s0 = v_splat(0.0f);
        s0 = v_fma(v_load(u + c), v_load(add5), s0);
        s0 = v_fma(v_load(u + (c + 128)), v_load(add5 + 16), s0);
        s0 = v_fma(v_load(u + (c + 256)), v_load(add5 + 32), s0);
        v_store(sub, s0);
        v16 s0_1 = v_splat(0.0f);
        s0_1 = v_fma(v_load(u + c), v_load(u + c), s0_1);
        s0_1 = v_fma(v_load(u + (c + 128)), v_load(u + (c + 128)), s0_1);
        s0_1 = v_fma(v_load(u + (c + 256)), v_load(u + (c + 256)), s0_1);
        v_store(sub1, s0_1);
        const v16 div = v_div(v_load(sub), s0_1);
        v_store(fma_, div);
        v_store(add4, v_splat(0.0f));
        v_store(add4 + 16, v_splat(0.0f));
        v_store(add4 + 32, v_splat(0.0f));
        v_store(add4, v_add(v_load(add4), v_load(v_u_ + (c + 256))));
        const v16 fma54 = v_fma(v_load(fma1), v_load(add4), v_load(add3));
        const v16 fma55 = v_fma(v_load(con), v_load(sub5), fma54);
        v_store(fma13, fma55);
        const v16 fma56 = v_fma(v_load(fma1), v_load(add4 + 16), v_load(add3 + 16));
        const v16 fma57 = v_fma(v_load(con + 16), v_load(sub5), fma56);
        v_store(fma13 + 16, fma57);
        const v16 fma58 = v_fma(v_load(fma1), v_load(add4 + 32), v_load(add3 + 32));
        const v16 fma59 = v_fma(v_load(con + 32), v_load(sub5), fma58);
        v_store(fma13 + 32, fma59);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(v_u_ + c)));
        const v16 fma60 = v_fma(v_load(sub2), v_load(con), v_load(fma13));
        const v16 fma61 = v_fma(v_load(con1), v_load(fma5), fma60);
        v_store(add3, fma61);
        const v16 fma62 = v_fma(v_load(sub2), v_load(con + 16), v_load(fma13 + 16));
        const v16 fma63 = v_fma(v_load(con1 + 16), v_load(fma5), fma62);
        v_store(add3 + 16, fma63);
        const v16 fma64 = v_fma(v_load(sub2), v_load(con + 32), v_load(fma13 + 32));
        const v16 fma65 = v_fma(v_load(con1 + 32), v_load(fma5), fma64);
        v_store(add3 + 32, fma65);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(v_u_ + (c + 128))));
        const v16 fma66 = v_fma(v_load(add), v_load(con), v_load(add3));
        const v16 fma67 = v_fma(v_load(fma10), v_load(fma6), fma66);
        v_store(con1, fma67);
        const v16 fma68 = v_fma(v_load(add), v_load(con + 16), v_load(add3 + 16));
        const v16 fma69 = v_fma(v_load(fma10 + 16), v_load(fma6), fma68);
        v_store(con1 + 16, fma69);
        const v16 fma70 = v_fma(v_load(add), v_load(con + 32), v_load(add3 + 32));
        const v16 fma71 = v_fma(v_load(fma10 + 32), v_load(fma6), fma70);
        v_store(con1 + 32, fma71);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(v_u_ + (c + 256))));
        const v16 fma72 = v_fma(v_load(fma2), v_load(con), v_load(con1));
        const v16 fma73 = v_fma(v_load(con2), v_load(sub6), fma72);
        v_store(add3, fma73);
        const v16 fma74 = v_fma(v_load(fma2), v_load(con + 16), v_load(con1 + 16));
        const v16 fma75 = v_fma(v_load(con2 + 16), v_load(sub6), fma74);
        v_store(add3 + 16, fma75);
        const v16 fma76 = v_fma(v_load(fma2), v_load(con + 32), v_load(con1 + 32));
        const v16 fma77 = v_fma(v_load(con2 + 32), v_load(sub6), fma76);
        v_store(add3 + 32, fma77);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(v_u_ + c)));
        const v16 fma78 = v_fma(v_load(sub3), v_load(con), v_load(add3));
        const v16 fma79 = v_fma(v_load(mul1), v_load(fma7), fma78);
        v_store(con1, fma79);
        const v16 fma80 = v_fma(v_load(sub3), v_load(con + 16), v_load(add3 + 16));
        const v16 fma81 = v_fma(v_load(mul1 + 16), v_load(fma7), fma80);
        v_store(con1 + 16, fma81);
        const v16 fma82 = v_fma(v_load(sub3), v_load(con + 32), v_load(add3 + 32));
        const v16 fma83 = v_fma(v_load(mul1 + 32), v_load(fma7), fma82);
        v_store(con1 + 32, fma83);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(v_u_ + (c + 128))));
        const v16 fma84 = v_fma(v_load(add1), v_load(con), v_load(con1));
        const v16 fma85 = v_fma(v_load(fma11), v_load(fma8), fma84);
        v_store(add3, fma85);
        const v16 fma86 = v_fma(v_load(add1), v_load(con + 16), v_load(con1 + 16));
        const v16 fma87 = v_fma(v_load(fma11 + 16), v_load(fma8), fma86);
        v_store(add3 + 16, fma87);
        const v16 fma88 = v_fma(v_load(add1), v_load(con + 32), v_load(con1 + 32));
        const v16 fma89 = v_fma(v_load(fma11 + 32), v_load(fma8), fma88);
        v_store(add3 + 32, fma89);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(v_u_ + (c + 256))));
        const v16 fma90 = v_fma(v_load(fma3), v_load(con), v_load(add3));
        const v16 fma91 = v_fma(v_load(con3), v_load(sub7), fma90);
        v_store(con1, fma91);
        const v16 fma92 = v_fma(v_load(fma3), v_load(con + 16), v_load(add3 + 16));
        const v16 fma93 = v_fma(v_load(con3 + 16), v_load(sub7), fma92);
        v_store(con1 + 16, fma93);
        const v16 fma94 = v_fma(v_load(fma3), v_load(con + 32), v_load(add3 + 32));
        const v16 fma95 = v_fma(v_load(con3 + 32), v_load(sub7), fma94);
        v_store(con1 + 32, fma95);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(v_u_ + c)));
        const v16 fma96 = v_fma(v_load(sub4), v_load(con), v_load(con1));
        const v16 fma97 = v_fma(v_load(fma12), v_load(fma9), fma96);
        v_store(add3, fma97);
        const v16 fma98 = v_fma(v_load(sub4), v_load(con + 16), v_load(con1 + 16));
        const v16 fma99 = v_fma(v_load(fma12 + 16), v_load(fma9), fma98);
        v_store(add3 + 16, fma99);
        const v16 fma100 = v_fma(v_load(sub4), v_load(con + 32), v_load(con1 + 32));
        const v16 fma101 = v_fma(v_load(fma12 + 32), v_load(fma9), fma100);
        v_store(add3 + 32, fma101);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(v_u_ + (c + 128))));
        const v16 fma102 = v_fma(v_load(add2), v_load(con), v_load(add3));
        v_store(con1, fma102);
        const v16 mul33 = v_mul(v_load(u + c), fma102);
        const v16 fma103 = v_fma(v_load(v_u_ + c), v_load(add5), mul33);
        v_store(fma10, fma103);
        const v16 fma104 = v_fma(v_load(add2), v_load(con + 16), v_load(add3 + 16));
        v_store(con1 + 16, fma104);
        const v16 mul34 = v_mul(v_load(u + (c + 128)), fma104);
        const v16 fma105 = v_fma(v_load(v_u_ + (c + 128)), v_load(add5 + 16), mul34);
        v_store(fma10 + 16, fma105);
        const v16 fma106 = v_fma(v_load(add2), v_load(con + 32), v_load(add3 + 32));
        v_store(con1 + 32, fma106);
        const v16 mul35 = v_mul(v_load(u + (c + 256)), fma106);
        const v16 fma107 = v_fma(v_load(v_u_ + (c + 256)), v_load(add5 + 32), mul35);
        v_store(fma10 + 32, fma107);
        v16 s0_2 = v_splat(0.0f);
        s0_2 = v_add(s0_2, v_load(fma10));
        s0_2 = v_add(s0_2, v_load(fma10 + 16));
        s0_2 = v_add(s0_2, v_load(fma10 + 32));
        v_store(sub, s0_2);
        v16 s0_3 = v_splat(0.0f);
        s0_3 = v_add(s0_3, v_load(mul));
        s0_3 = v_add(s0_3, v_load(mul + 16));
        s0_3 = v_add(s0_3, v_load(mul + 32));
        const v16 neg2 = v_neg(s0_3);
        const v16 fma108 = v_fma(v_load(fma_), neg2, v_load(sub));
        const v16 div1 = v_div(fma108, v_load(sub1));
        v_store(fma1, div1);
        v_store(growth_dot + c, div1);
        const v16 mul36 = v_mul(v_load(u + c), v_load(fma1));
        const v16 fma109 = v_fma(v_load(v_u_ + c), v_load(fma_), mul36);
        const v16 sub20 = v_sub(v_load(con1), fma109);
        v_store(u_dot + c, sub20);
        const v16 mul37 = v_mul(v_load(u + (c + 128)), v_load(fma1));
        const v16 fma110 = v_fma(v_load(v_u_ + (c + 128)), v_load(fma_), mul37);
        const v16 sub21 = v_sub(v_load(con1 + 16), fma110);
        v_store(u_dot + (c + 128), sub21);
        const v16 mul38 = v_mul(v_load(u + (c + 256)), v_load(fma1));
        const v16 fma111 = v_fma(v_load(v_u_ + (c + 256)), v_load(fma_), mul38);
        const v16 sub22 = v_sub(v_load(con1 + 32), fma111);
        v_store(u_dot + (c + 256), sub22);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_scatter(out + (first*7 + c*7 + e), 7, count - c, v_load(s_dot + (e*128 + c)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_scatter(out + (first*7 + 3 + c*7 + e), 7, count - c, v_load(u_dot + (e*128 + c)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(out + (first*7 + 6 + c*7), 7, count - c, v_load(growth_dot + c));
    }
}

/* df/dx.vx + df/dt.vt + df/dtheta.vtheta */
static NOINLINE void tangent_jvp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT vx,
    const real *RESTRICT vt, const real *RESTRICT vtheta, real *RESTRICT out, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.0f;
    pack[1] = 0.0f;
    pack[2] = 0.0f;
    const real mul = theta[0]*pack[0];
    pack[3] = mul;
    const real neg = -pack[2];
    pack[4] = neg;
    const real mul1 = theta[2]*neg;
    pack[5] = mul1;
    const real neg1 = -pack[1];
    pack[6] = neg1;
    pack[7] = 0.0f;
    pack[8] = 1.0f;
    pack[9] = 0.0f;
    const real mul2 = theta[0]*pack[7];
    pack[10] = mul2;
    const real neg2 = -pack[9];
    pack[11] = neg2;
    const real mul3 = theta[2]*neg2;
    pack[12] = mul3;
    const real neg3 = -pack[8];
    pack[13] = neg3;
    pack[14] = 0.0f;
    pack[15] = 0.0f;
    pack[16] = 1.0f;
    const real mul4 = theta[0]*pack[14];
    pack[17] = mul4;
    const real neg4 = -pack[16];
    pack[18] = neg4;
    const real mul5 = theta[2]*neg4;
    pack[19] = mul5;
    const real neg5 = -pack[15];
    pack[20] = neg5;
    const ptrdiff_t areas = 32;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        tangent_jvp_batch_block(batch, t, t_stride, x, theta, vx, vt, vtheta, out, work, pack, b,
            areas, 32);
    }
}

/* the initial states */
static NOINLINE void tangent_start_scalar_block(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0, const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)given, (void)theta;
    real s[3] ALIGNED;
    real u[3] ALIGNED;
    real growth[1] ALIGNED;
    s[0] = 1.0f;
    u[0] = pack[0];
    s[1] = 1.0f;
    u[1] = pack[1];
    s[2] = 1.0f;
    u[2] = pack[2];
    growth[0] = 0.0f;
    ROLL for (ptrdiff_t e = 0; e < 3; e++) {
        x0[b*7 + e] = s[e];
    }
    ROLL for (ptrdiff_t e = 0; e < 3; e++) {
        x0[b*7 + 3 + e] = u[e];
    }
    x0[b*7 + 6] = growth[0];
}

/* the initial states */
static NOINLINE void tangent_start_scalar(ptrdiff_t batch, const real *RESTRICT given,
    const real *RESTRICT theta, real *RESTRICT x0)
{
    const ptrdiff_t blocks = batch;
    real pack[16] ALIGNED;
    pack[0] = 1.0f;
    pack[1] = 0.0f;
    pack[2] = 0.0f;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        tangent_start_scalar_block(batch, given, theta, x0, pack, b);
    }
}

/* dx/dt */
static NOINLINE void tangent_f_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)batch, (void)t, (void)t_stride;
    real s = 0.0f;
    real s1 = 0.0f;
    real s2 = 0.0f;
    real u = 0.0f;
    real u1 = 0.0f;
    real u2 = 0.0f;
    s = x[b*7];
    s1 = x[b*7 + 1];
    s2 = x[b*7 + 2];
    u = x[b*7 + 3];
    u1 = x[b*7 + 4];
    u2 = x[b*7 + 5];
    real s_dot = 0.0f;
    real s_dot1 = 0.0f;
    real s_dot2 = 0.0f;
    real u_dot = 0.0f;
    real u_dot1 = 0.0f;
    real u_dot2 = 0.0f;
    real growth_dot = 0.0f;
    const real *w = pack; FRESH(w)
    const real sub = s1 - s;
    const real c = theta[1];
    const real sub1 = c - s2;
    const real neg = -s1;
    const real fma_ = fmaf(s, sub1, neg);
    const real mul = s1*s;
    const real neg1 = -s2;
    const real c1 = w[0];
    const real fma1 = fmaf(neg1, c1, mul);
    const real c2 = w[16];
    const real mul1 = sub*c2;
    const real c3 = 0.0f + mul1;
    const real c4 = 0.0f + fma1;
    const real c5 = w[48];
    const real mul2 = s1*c5;
    const real neg2 = w[144];
    const real fma2 = fmaf(s, c5, neg2);
    const real c6 = w[64];
    const real fma3 = fmaf(sub1, c6, mul2);
    const real neg3 = -s;
    const real mul3 = w[128];
    const real fma4 = fmaf(neg3, c6, mul3);
    const real mul4 = w[96];
    const real add = mul4 + fma2;
    const real sub2 = fma3 - mul4;
    const real c7 = w[176];
    const real mul5 = s1*c7;
    const real neg4 = w[272];
    const real fma5 = fmaf(s, c7, neg4);
    const real c8 = w[192];
    const real fma6 = fmaf(sub1, c8, mul5);
    const real mul6 = w[256];
    const real fma7 = fmaf(neg3, c8, mul6);
    const real mul7 = w[224];
    const real add1 = mul7 + fma5;
    const real sub3 = fma6 - mul7;
    const real c9 = w[304];
    const real mul8 = s1*c9;
    const real neg5 = w[400];
    const real fma8 = fmaf(s, c9, neg5);
    const real c10 = w[320];
    const real fma9 = fmaf(sub1, c10, mul8);
    const real mul9 = w[384];
    const real fma10 = fmaf(neg3, c10, mul9);
    const real mul10 = w[352];
    const real add2 = mul10 + fma8;
    const real sub4 = fma9 - mul10;
    const real mul11 = u2*fma4;
    const real mul12 = 0.0f*fma4;
    const real mul13 = 0.0f*fma4;
    const real fma11 = fmaf(u, sub2, mul11);
    const real fma12 = fmaf(0.0f, sub2, mul12);
    const real fma13 = fmaf(0.0f, sub2, mul13);
    const real fma14 = fmaf(u1, add, fma11);
    const real fma15 = fmaf(0.0f, add, fma12);
    const real fma16 = fmaf(0.0f, add, fma13);
    const real mul14 = 0.0f*fma7;
    const real mul15 = u2*fma7;
    const real mul16 = 0.0f*fma7;
    const real fma17 = fmaf(0.0f, sub3, mul14);
    const real fma18 = fmaf(u, sub3, mul15);
    const real fma19 = fmaf(0.0f, sub3, mul16);
    const real fma20 = fmaf(0.0f, add1, fma17);
    const real fma21 = fmaf(u1, add1, fma18);
    const real fma22 = fmaf(0.0f, add1, fma19);
    const real add3 = fma14 + fma20;
    const real add4 = fma15 + fma21;
    const real add5 = fma16 + fma22;
    const real mul17 = 0.0f*fma10;
    const real mul18 = 0.0f*fma10;
    const real mul19 = u2*fma10;
    const real fma23 = fmaf(0.0f, sub4, mul17);
    const real fma24 = fmaf(0.0f, sub4, mul18);
    const real fma25 = fmaf(u, sub4, mul19);
    const real fma26 = fmaf(0.0f, add2, fma23);
    const real fma27 = fmaf(0.0f, add2, fma24);
    const real fma28 = fmaf(u1, add2, fma25);
    const real add6 = add3 + fma26;
    const real add7 = add4 + fma27;
    const real add8 = add5 + fma28;
    real c11 = u*add6;
    c11 = fmaf(u1, add7, c11);
    c11 = fmaf(u2, add8, c11);
    real c12 = u*u;
    c12 = fmaf(u1, u1, c12);
    c12 = fmaf(u2, u2, c12);
    const real div = c11/c12;
    const real neg6 = -div;
    const real fma29 = fmaf(u, neg6, add6);
    const real fma30 = fmaf(u1, neg6, add7);
    const real fma31 = fmaf(u2, neg6, add8);
    s_dot = c3;
    s_dot1 = fma_;
    s_dot2 = c4;
    u_dot = fma29;
    u_dot1 = fma30;
    u_dot2 = fma31;
    growth_dot = div;
    dx[b*7] = s_dot;
    dx[b*7 + 1] = s_dot1;
    dx[b*7 + 2] = s_dot2;
    dx[b*7 + 3] = u_dot;
    dx[b*7 + 4] = u_dot1;
    dx[b*7 + 5] = u_dot2;
    dx[b*7 + 6] = growth_dot;
}

/* dx/dt */
static NOINLINE void tangent_f_latency(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = batch;
    real pack[416] ALIGNED;
    v_scatter(pack, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[0] = pack[0] + theta[2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + theta[0];
    }
    pack[32] = 1.0f;
    pack[33] = 0.0f;
    pack[34] = 0.0f;
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[34];
    }
    v_scatter(pack + 64, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[64] = pack[64] + pack[33];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 96] = pack[i + 16]*pack[i + 80];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 112] = -pack[i + 48];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 128] = pack[i]*pack[i + 112];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 144] = -pack[i + 64];
    }
    pack[160] = 0.0f;
    pack[161] = 1.0f;
    pack[162] = 0.0f;
    v_scatter(pack + 176, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[176] = pack[176] + pack[162];
    }
    v_scatter(pack + 192, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[192] = pack[192] + pack[161];
    }
    v_scatter(pack + 208, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[208] = pack[208] + pack[160];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 224] = pack[i + 16]*pack[i + 208];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 240] = -pack[i + 176];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 256] = pack[i]*pack[i + 240];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 272] = -pack[i + 192];
    }
    pack[288] = 0.0f;
    pack[289] = 0.0f;
    pack[290] = 1.0f;
    v_scatter(pack + 304, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[304] = pack[304] + pack[290];
    }
    v_scatter(pack + 320, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[320] = pack[320] + pack[289];
    }
    v_scatter(pack + 336, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[336] = pack[336] + pack[288];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 352] = pack[i + 16]*pack[i + 336];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 368] = -pack[i + 304];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 384] = pack[i]*pack[i + 368];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 400] = -pack[i + 320];
    }
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        tangent_f_latency_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void tangent_vjp_latency_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)batch, (void)t, (void)t_stride, (void)areas, (void)area_size;
    real *const sums = work + (b*48 + 416);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real s = 0.0f;
    real s1 = 0.0f;
    real s2 = 0.0f;
    real u = 0.0f;
    real u1 = 0.0f;
    real u2 = 0.0f;
    s = x[b*7];
    s1 = x[b*7 + 1];
    s2 = x[b*7 + 2];
    u = x[b*7 + 3];
    u1 = x[b*7 + 4];
    u2 = x[b*7 + 5];
    real a_ds = 0.0f;
    real a_ds1 = 0.0f;
    real a_ds2 = 0.0f;
    a_ds = a[b*7];
    a_ds1 = a[b*7 + 1];
    a_ds2 = a[b*7 + 2];
    real a_du = 0.0f;
    real a_du1 = 0.0f;
    real a_du2 = 0.0f;
    a_du = a[b*7 + 3];
    a_du1 = a[b*7 + 4];
    a_du2 = a[b*7 + 5];
    real a_dgrowth = 0.0f;
    a_dgrowth = a[b*7 + 6];
    real s_bar = 0.0f;
    real s_bar1 = 0.0f;
    real s_bar2 = 0.0f;
    real u_bar = 0.0f;
    real u_bar1 = 0.0f;
    real u_bar2 = 0.0f;
    real growth_bar = 0.0f;
    real t_bar = 0.0f;
    const real *w = pack; FRESH(w)
    real *g = sums; FRESH(g)
    const real sub = s1 - s;
    const real c = theta[1];
    const real sub1 = c - s2;
    const real c1 = w[48];
    const real mul = s1*c1;
    const real neg = w[144];
    const real fma_ = fmaf(s, c1, neg);
    const real c2 = w[64];
    const real fma1 = fmaf(sub1, c2, mul);
    const real neg1 = -s;
    const real mul1 = w[128];
    const real fma2 = fmaf(neg1, c2, mul1);
    const real mul2 = w[96];
    const real add = mul2 + fma_;
    const real sub2 = fma1 - mul2;
    const real c3 = w[176];
    const real mul3 = s1*c3;
    const real neg2 = w[272];
    const real fma3 = fmaf(s, c3, neg2);
    const real c4 = w[192];
    const real fma4 = fmaf(sub1, c4, mul3);
    const real mul4 = w[256];
    const real fma5 = fmaf(neg1, c4, mul4);
    const real mul5 = w[224];
    const real add1 = mul5 + fma3;
    const real sub3 = fma4 - mul5;
    const real c5 = w[304];
    const real mul6 = s1*c5;
    const real neg3 = w[400];
    const real fma6 = fmaf(s, c5, neg3);
    const real c6 = w[320];
    const real fma7 = fmaf(sub1, c6, mul6);
    const real mul7 = w[384];
    const real fma8 = fmaf(neg1, c6, mul7);
    const real mul8 = w[352];
    const real add2 = mul8 + fma6;
    const real sub4 = fma7 - mul8;
    const real mul9 = u2*fma2;
    const real mul10 = 0.0f*fma2;
    const real mul11 = 0.0f*fma2;
    const real fma9 = fmaf(u, sub2, mul9);
    const real fma10 = fmaf(0.0f, sub2, mul10);
    const real fma11 = fmaf(0.0f, sub2, mul11);
    const real fma12 = fmaf(u1, add, fma9);
    const real fma13 = fmaf(0.0f, add, fma10);
    const real fma14 = fmaf(0.0f, add, fma11);
    const real mul12 = 0.0f*fma5;
    const real mul13 = u2*fma5;
    const real mul14 = 0.0f*fma5;
    const real fma15 = fmaf(0.0f, sub3, mul12);
    const real fma16 = fmaf(u, sub3, mul13);
    const real fma17 = fmaf(0.0f, sub3, mul14);
    const real fma18 = fmaf(0.0f, add1, fma15);
    const real fma19 = fmaf(u1, add1, fma16);
    const real fma20 = fmaf(0.0f, add1, fma17);
    const real add3 = fma12 + fma18;
    const real add4 = fma13 + fma19;
    const real add5 = fma14 + fma20;
    const real mul15 = 0.0f*fma8;
    const real mul16 = 0.0f*fma8;
    const real mul17 = u2*fma8;
    const real fma21 = fmaf(0.0f, sub4, mul15);
    const real fma22 = fmaf(0.0f, sub4, mul16);
    const real fma23 = fmaf(u, sub4, mul17);
    const real fma24 = fmaf(0.0f, add2, fma21);
    const real fma25 = fmaf(0.0f, add2, fma22);
    const real fma26 = fmaf(u1, add2, fma23);
    const real add6 = add3 + fma24;
    const real add7 = add4 + fma25;
    const real add8 = add5 + fma26;
    real c7 = u*add6;
    c7 = fmaf(u1, add7, c7);
    c7 = fmaf(u2, add8, c7);
    real c8 = u*u;
    c8 = fmaf(u1, u1, c8);
    c8 = fmaf(u2, u2, c8);
    const real div = c7/c8;
    const real neg4 = -a_du;
    const real neg5 = -a_du1;
    const real neg6 = -a_du2;
    const real mul18 = u*neg4;
    const real mul19 = u1*neg5;
    const real mul20 = u2*neg6;
    real c9 = a_dgrowth + mul18;
    c9 = c9 + mul19;
    c9 = c9 + mul20;
    const real div1 = c9/c8;
    const real mul21 = div*div1;
    const real neg7 = -mul21;
    const real mul22 = u*neg7;
    const real mul23 = u1*neg7;
    const real mul24 = u2*neg7;
    const real fma27 = fmaf(div, neg4, mul22);
    const real fma28 = fmaf(div, neg5, mul23);
    const real fma29 = fmaf(div, neg6, mul24);
    const real add9 = mul22 + fma27;
    const real add10 = mul23 + fma28;
    const real add11 = mul24 + fma29;
    const real fma30 = fmaf(add6, div1, add9);
    const real fma31 = fmaf(add7, div1, add10);
    const real fma32 = fmaf(add8, div1, add11);
    const real fma33 = fmaf(u, div1, a_du);
    const real fma34 = fmaf(u1, div1, a_du1);
    const real fma35 = fmaf(u2, div1, a_du2);
    const real mul27 = add2*fma35;
    const real mul28 = 0.0f*fma33;
    const real mul29 = 0.0f*fma34;
    const real mul30 = u1*fma35;
    real c10 = mul28;
    c10 = c10 + mul29;
    c10 = c10 + mul30;
    const real c11 = fma31 + mul27;
    const real mul33 = sub4*fma35;
    const real mul34 = 0.0f*fma33;
    const real mul35 = 0.0f*fma34;
    const real mul36 = u*fma35;
    real c12 = mul34;
    c12 = c12 + mul35;
    c12 = c12 + mul36;
    const real c13 = fma30 + mul33;
    const real mul39 = fma8*fma35;
    const real mul40 = 0.0f*fma33;
    const real mul41 = 0.0f*fma34;
    const real mul42 = u2*fma35;
    real c14 = mul40;
    c14 = c14 + mul41;
    c14 = c14 + mul42;
    const real c15 = fma32 + mul39;
    const real mul44 = add1*fma34;
    const real mul46 = 0.0f*fma33;
    const real mul47 = u1*fma34;
    const real mul48 = 0.0f*fma35;
    real c16 = mul46;
    c16 = c16 + mul47;
    c16 = c16 + mul48;
    const real c17 = c11 + mul44;
    const real mul50 = sub3*fma34;
    const real mul52 = 0.0f*fma33;
    const real mul53 = u*fma34;
    const real mul54 = 0.0f*fma35;
    real c18 = mul52;
    c18 = c18 + mul53;
    c18 = c18 + mul54;
    const real c19 = c13 + mul50;
    const real mul56 = fma5*fma34;
    const real mul58 = 0.0f*fma33;
    const real mul59 = u2*fma34;
    const real mul60 = 0.0f*fma35;
    real c20 = mul58;
    c20 = c20 + mul59;
    c20 = c20 + mul60;
    const real c21 = c15 + mul56;
    const real mul61 = add*fma33;
    const real mul64 = u1*fma33;
    const real mul65 = 0.0f*fma34;
    const real mul66 = 0.0f*fma35;
    real c22 = mul64;
    c22 = c22 + mul65;
    c22 = c22 + mul66;
    const real c23 = c17 + mul61;
    const real mul67 = sub2*fma33;
    const real mul70 = u*fma33;
    const real mul71 = 0.0f*fma34;
    const real mul72 = 0.0f*fma35;
    real c24 = mul70;
    c24 = c24 + mul71;
    c24 = c24 + mul72;
    const real c25 = c19 + mul67;
    const real mul73 = fma2*fma33;
    const real mul76 = u2*fma33;
    const real mul77 = 0.0f*fma34;
    const real mul78 = 0.0f*fma35;
    real c26 = mul76;
    c26 = c26 + mul77;
    c26 = c26 + mul78;
    const real c27 = c21 + mul73;
    const real sub5 = c10 - c12;
    const real neg8 = -c14;
    const real mul79 = c6*neg8;
    const real mul80 = c6*c12;
    const real mul81 = c5*c12;
    const real fma36 = fmaf(c5, c10, mul79);
    const real neg9 = w[368];
    const real mul82 = neg9*c14;
    const real c28 = w[336];
    const real mul83 = c28*sub5;
    const real sub6 = c16 - c18;
    const real neg10 = -c20;
    const real fma37 = fmaf(c4, neg10, fma36);
    const real fma38 = fmaf(c4, c18, mul80);
    const real fma39 = fmaf(c3, c18, mul81);
    const real fma40 = fmaf(c3, c16, fma37);
    const real neg11 = w[240];
    const real fma41 = fmaf(neg11, c20, mul82);
    const real c29 = w[208];
    const real fma42 = fmaf(c29, sub6, mul83);
    const real sub7 = c22 - c24;
    const real neg12 = -c26;
    const real fma43 = fmaf(c2, neg12, fma40);
    const real fma44 = fmaf(c2, c24, fma38);
    const real fma45 = fmaf(c1, c24, fma39);
    const real fma46 = fmaf(c1, c22, fma43);
    const real neg13 = w[112];
    const real fma47 = fmaf(neg13, c26, fma41);
    const real c30 = w[80];
    const real fma48 = fmaf(c30, sub7, fma42);
    const real c31 = w[16];
    const real mul84 = c31*a_ds;
    const real fma49 = fmaf(sub, a_ds, fma48);
    g[0] = g[0] + fma49;
    const real neg14 = -a_ds2;
    const real fma50 = fmaf(s2, neg14, fma47);
    g[32] = g[32] + fma50;
    const real fma51 = fmaf(s, a_ds2, fma45);
    const real fma52 = fmaf(s1, a_ds2, fma46);
    const real sub8 = fma51 - a_ds1;
    const real fma53 = fmaf(sub1, a_ds1, fma52);
    const real fma54 = fmaf(s, a_ds1, fma44);
    const real neg15 = -fma54;
    const real c32 = w[0];
    const real fma55 = fmaf(c32, neg14, neg15);
    g[16] = g[16] + fma54;
    const real add12 = mul84 + sub8;
    const real sub9 = fma53 - mul84;
    const real c33 = 0.0f + fma55;
    const real c34 = 0.0f + add12;
    s_bar = sub9;
    s_bar1 = c34;
    s_bar2 = c33;
    u_bar = c25;
    u_bar1 = c23;
    u_bar2 = c27;
    growth_bar = 0.0f;
    t_bar = 0.0f;
    if (ax != NULL) {
        ax[b*7] = s_bar;
        ax[b*7 + 1] = s_bar1;
        ax[b*7 + 2] = s_bar2;
        ax[b*7 + 3] = u_bar;
        ax[b*7 + 4] = u_bar1;
        ax[b*7 + 5] = u_bar2;
        ax[b*7 + 6] = growth_bar;
    }
    if (at != NULL) {
        at[b] = t_bar;
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta */
static NOINLINE void tangent_vjp_latency(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    v_scatter(pack, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[0] = pack[0] + theta[2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + theta[0];
    }
    pack[32] = 1.0f;
    pack[33] = 0.0f;
    pack[34] = 0.0f;
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[34];
    }
    v_scatter(pack + 64, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[64] = pack[64] + pack[33];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 96] = pack[i + 16]*pack[i + 80];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 112] = -pack[i + 48];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 128] = pack[i]*pack[i + 112];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 144] = -pack[i + 64];
    }
    pack[160] = 0.0f;
    pack[161] = 1.0f;
    pack[162] = 0.0f;
    v_scatter(pack + 176, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[176] = pack[176] + pack[162];
    }
    v_scatter(pack + 192, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[192] = pack[192] + pack[161];
    }
    v_scatter(pack + 208, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[208] = pack[208] + pack[160];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 224] = pack[i + 16]*pack[i + 208];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 240] = -pack[i + 176];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 256] = pack[i]*pack[i + 240];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 272] = -pack[i + 192];
    }
    pack[288] = 0.0f;
    pack[289] = 0.0f;
    pack[290] = 1.0f;
    v_scatter(pack + 304, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[304] = pack[304] + pack[290];
    }
    v_scatter(pack + 320, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[320] = pack[320] + pack[289];
    }
    v_scatter(pack + 336, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[336] = pack[336] + pack[288];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 352] = pack[i + 16]*pack[i + 336];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 368] = -pack[i + 304];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 384] = pack[i]*pack[i + 368];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 400] = -pack[i + 320];
    }
    const ptrdiff_t areas = blocks*48 + 416;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        tangent_vjp_latency_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas,
            16);
    }
    if (atheta != NULL) {
        real *const sums = work + 416;
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
        /* sigma */
        atheta[0] = sums[0];
        /* rho */
        atheta[1] = sums[16];
        /* beta */
        atheta[2] = sums[32];
    }
}

/* x at every time, from x0 */
static NOINLINE void tangent_solve_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta,
    real *RESTRICT x, real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT work,
    const real *RESTRICT pack, ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    const ptrdiff_t area = areas + b*area_size;
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real s = 0.0f;
    real s1 = 0.0f;
    real s2 = 0.0f;
    real u = 0.0f;
    real u1 = 0.0f;
    real u2 = 0.0f;
    real growth = 0.0f;
    real h = 0.0f;
    s = x0[b*7];
    s1 = x0[b*7 + 1];
    s2 = x0[b*7 + 2];
    u = x0[b*7 + 3];
    u1 = x0[b*7 + 4];
    u2 = x0[b*7 + 5];
    growth = x0[b*7 + 6];
    x[b*7] = s;
    x[b*7 + 1] = s1;
    x[b*7 + 2] = s2;
    x[b*7 + 3] = u;
    x[b*7 + 4] = u1;
    x[b*7 + 5] = u2;
    x[b*7 + 6] = growth;
    const ptrdiff_t sound = 1 - (s - s + (s1 - s1) + (s2 - s2) != 0.0f);
    const ptrdiff_t sound1 = (1 - (u - u + (u1 - u1) + (u2 - u2) != 0.0f))*sound;
    const ptrdiff_t sound2 = (1 - (growth - growth != 0.0f))*sound1;
    if (sound2 == 0) {
        const ptrdiff_t at = tangent_find(x, b*7, 7);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/7);
            work[area + 2] = t[(b + at/7)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%7);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        const real begin = t[b*t_stride + (i - 1)];
        const real end = t[b*t_stride + i];
        const ptrdiff_t n = tangent_steps(begin, end, h_max, steps, max_steps);
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
        ROLL for (ptrdiff_t s3 = 0; s3 < n; s3++) {
            const real *w = pack; FRESH(w)
            const real sub = s1 - s;
            const real c = theta[1];
            const real sub1 = c - s2;
            const real neg = -s1;
            const real fma_ = fmaf(s, sub1, neg);
            const real mul = s1*s;
            const real neg1 = -s2;
            const real c1 = w[0];
            const real fma1 = fmaf(neg1, c1, mul);
            const real c2 = w[16];
            const real mul1 = sub*c2;
            const real c3 = 0.0f + mul1;
            const real c4 = 0.0f + fma1;
            const real c5 = w[48];
            const real mul2 = s1*c5;
            const real neg2 = w[144];
            const real fma2 = fmaf(s, c5, neg2);
            const real c6 = w[64];
            const real fma3 = fmaf(sub1, c6, mul2);
            const real neg3 = -s;
            const real mul3 = w[128];
            const real fma4 = fmaf(neg3, c6, mul3);
            const real mul4 = w[96];
            const real add = mul4 + fma2;
            const real sub2 = fma3 - mul4;
            const real c7 = w[176];
            const real mul5 = s1*c7;
            const real neg4 = w[272];
            const real fma5 = fmaf(s, c7, neg4);
            const real c8 = w[192];
            const real fma6 = fmaf(sub1, c8, mul5);
            const real mul6 = w[256];
            const real fma7 = fmaf(neg3, c8, mul6);
            const real mul7 = w[224];
            const real add1 = mul7 + fma5;
            const real sub3 = fma6 - mul7;
            const real c9 = w[304];
            const real mul8 = s1*c9;
            const real neg5 = w[400];
            const real fma8 = fmaf(s, c9, neg5);
            const real c10 = w[320];
            const real fma9 = fmaf(sub1, c10, mul8);
            const real mul9 = w[384];
            const real fma10 = fmaf(neg3, c10, mul9);
            const real mul10 = w[352];
            const real add2 = mul10 + fma8;
            const real sub4 = fma9 - mul10;
            const real mul11 = u2*fma4;
            const real mul12 = 0.0f*fma4;
            const real mul13 = 0.0f*fma4;
            const real fma11 = fmaf(u, sub2, mul11);
            const real fma12 = fmaf(0.0f, sub2, mul12);
            const real fma13 = fmaf(0.0f, sub2, mul13);
            const real fma14 = fmaf(u1, add, fma11);
            const real fma15 = fmaf(0.0f, add, fma12);
            const real fma16 = fmaf(0.0f, add, fma13);
            const real mul14 = 0.0f*fma7;
            const real mul15 = u2*fma7;
            const real mul16 = 0.0f*fma7;
            const real fma17 = fmaf(0.0f, sub3, mul14);
            const real fma18 = fmaf(u, sub3, mul15);
            const real fma19 = fmaf(0.0f, sub3, mul16);
            const real fma20 = fmaf(0.0f, add1, fma17);
            const real fma21 = fmaf(u1, add1, fma18);
            const real fma22 = fmaf(0.0f, add1, fma19);
            const real add3 = fma14 + fma20;
            const real add4 = fma15 + fma21;
            const real add5 = fma16 + fma22;
            const real mul17 = 0.0f*fma10;
            const real mul18 = 0.0f*fma10;
            const real mul19 = u2*fma10;
            const real fma23 = fmaf(0.0f, sub4, mul17);
            const real fma24 = fmaf(0.0f, sub4, mul18);
            const real fma25 = fmaf(u, sub4, mul19);
            const real fma26 = fmaf(0.0f, add2, fma23);
            const real fma27 = fmaf(0.0f, add2, fma24);
            const real fma28 = fmaf(u1, add2, fma25);
            const real add6 = add3 + fma26;
            const real add7 = add4 + fma27;
            const real add8 = add5 + fma28;
            real c11 = u*add6;
            c11 = fmaf(u1, add7, c11);
            c11 = fmaf(u2, add8, c11);
            real c12 = u*u;
            c12 = fmaf(u1, u1, c12);
            c12 = fmaf(u2, u2, c12);
            const real div = c11/c12;
            const real neg6 = -div;
            const real fma29 = fmaf(u, neg6, add6);
            const real fma30 = fmaf(u1, neg6, add7);
            const real fma31 = fmaf(u2, neg6, add8);
            const real fma32 = fmaf(c3, h, s);
            const real fma33 = fmaf(fma_, h, s1);
            const real fma34 = fmaf(c4, h, s2);
            const real fma35 = fmaf(fma29, h, u);
            const real fma36 = fmaf(fma30, h, u1);
            const real fma37 = fmaf(fma31, h, u2);
            const real fma38 = fmaf(h, div, growth);
            s = fma32;
            s1 = fma33;
            s2 = fma34;
            u = fma35;
            u1 = fma36;
            u2 = fma37;
            growth = fma38;
        }
        x[(i*batch + b)*7] = s;
        x[(i*batch + b)*7 + 1] = s1;
        x[(i*batch + b)*7 + 2] = s2;
        x[(i*batch + b)*7 + 3] = u;
        x[(i*batch + b)*7 + 4] = u1;
        x[(i*batch + b)*7 + 5] = u2;
        x[(i*batch + b)*7 + 6] = growth;
        const ptrdiff_t sound3 = 1 - (s - s + (s1 - s1) + (s2 - s2) != 0.0f);
        const ptrdiff_t sound4 = (1 - (u - u + (u1 - u1) + (u2 - u2) != 0.0f))*sound3;
        const ptrdiff_t sound5 = (1 - (growth - growth != 0.0f))*sound4;
        if (sound5 == 0) {
            const ptrdiff_t at = tangent_find(x, (i*batch + b)*7, 7);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(b + at/7);
                work[area + 2] = t[(b + at/7)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%7);
                failed = 5;
            }
        }
    }
}

static void tangent_solve_latency_task(void *args, size_t task)
{
    const lorenz_solve_latency_args *const a = (const lorenz_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    tangent_solve_latency_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int tangent_solve_latency(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    v_scatter(pack, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[0] = pack[0] + theta[2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + theta[0];
    }
    pack[32] = 1.0f;
    pack[33] = 0.0f;
    pack[34] = 0.0f;
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[34];
    }
    v_scatter(pack + 64, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[64] = pack[64] + pack[33];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 96] = pack[i + 16]*pack[i + 80];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 112] = -pack[i + 48];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 128] = pack[i]*pack[i + 112];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 144] = -pack[i + 64];
    }
    pack[160] = 0.0f;
    pack[161] = 1.0f;
    pack[162] = 0.0f;
    v_scatter(pack + 176, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[176] = pack[176] + pack[162];
    }
    v_scatter(pack + 192, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[192] = pack[192] + pack[161];
    }
    v_scatter(pack + 208, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[208] = pack[208] + pack[160];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 224] = pack[i + 16]*pack[i + 208];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 240] = -pack[i + 176];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 256] = pack[i]*pack[i + 240];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 272] = -pack[i + 192];
    }
    pack[288] = 0.0f;
    pack[289] = 0.0f;
    pack[290] = 1.0f;
    v_scatter(pack + 304, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[304] = pack[304] + pack[290];
    }
    v_scatter(pack + 320, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[320] = pack[320] + pack[289];
    }
    v_scatter(pack + 336, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[336] = pack[336] + pack[288];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 352] = pack[i + 16]*pack[i + 336];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 368] = -pack[i + 304];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 384] = pack[i]*pack[i + 368];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 400] = -pack[i + 320];
    }
    const ptrdiff_t areas = 416;
    {
        lorenz_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 32 };
        each(parallel, (size_t)blocks, tangent_solve_latency_task, &args);
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
static NOINLINE void tangent_gradient_latency_block(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_t, real h_max, ptrdiff_t steps,
    ptrdiff_t max_steps, real *RESTRICT work, const real *RESTRICT pack, ptrdiff_t b,
    ptrdiff_t areas, ptrdiff_t area_size, ptrdiff_t dt)
{
    const ptrdiff_t area = areas + b*area_size;
    const ptrdiff_t dt_at = dt + b*times;
    real *const sums = work + (b*48 + 832);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real s = 0.0f;
    real s1 = 0.0f;
    real s2 = 0.0f;
    real u = 0.0f;
    real u1 = 0.0f;
    real u2 = 0.0f;
    real s_bar = 0.0f;
    real s_bar1 = 0.0f;
    real s_bar2 = 0.0f;
    real u_bar = 0.0f;
    real u_bar1 = 0.0f;
    real u_bar2 = 0.0f;
    real growth_bar = 0.0f;
    real s_jump = 0.0f;
    real s_jump1 = 0.0f;
    real s_jump2 = 0.0f;
    real u_jump = 0.0f;
    real u_jump1 = 0.0f;
    real u_jump2 = 0.0f;
    real growth_jump = 0.0f;
    s_bar = 0.0f;
    s_bar1 = 0.0f;
    s_bar2 = 0.0f;
    u_bar = 0.0f;
    u_bar1 = 0.0f;
    u_bar2 = 0.0f;
    growth_bar = 0.0f;
    real h = 0.0f;
    real dt1 = 0.0f;
    real s_slope = 0.0f;
    real s_slope1 = 0.0f;
    real s_slope2 = 0.0f;
    real u_slope = 0.0f;
    real u_slope1 = 0.0f;
    real u_slope2 = 0.0f;
    real growth_slope = 0.0f;
    real s_first_slope = 0.0f;
    real s_first_slope1 = 0.0f;
    real s_first_slope2 = 0.0f;
    real u_first_slope = 0.0f;
    real u_first_slope1 = 0.0f;
    real u_first_slope2 = 0.0f;
    real growth_first_slope = 0.0f;
    s_first_slope = 0.0f;
    s_first_slope1 = 0.0f;
    s_first_slope2 = 0.0f;
    u_first_slope = 0.0f;
    u_first_slope1 = 0.0f;
    u_first_slope2 = 0.0f;
    growth_first_slope = 0.0f;
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, s_bar, jumps by dL/dx at this time */
            s_jump = g_x[(i*batch + b)*7];
            s_jump1 = g_x[(i*batch + b)*7 + 1];
            s_jump2 = g_x[(i*batch + b)*7 + 2];
            u_jump = g_x[(i*batch + b)*7 + 3];
            u_jump1 = g_x[(i*batch + b)*7 + 4];
            u_jump2 = g_x[(i*batch + b)*7 + 5];
            growth_jump = g_x[(i*batch + b)*7 + 6];
            const real add = s_bar + s_jump;
            const real add1 = s_bar1 + s_jump1;
            const real add2 = s_bar2 + s_jump2;
            const real add3 = u_bar + u_jump;
            const real add4 = u_bar1 + u_jump1;
            const real add5 = u_bar2 + u_jump2;
            const real add6 = growth_bar + growth_jump;
            s_bar = add;
            s_bar1 = add1;
            s_bar2 = add2;
            u_bar = add3;
            u_bar1 = add4;
            u_bar2 = add5;
            growth_bar = add6;
            s = x[(i*batch + b)*7];
            s1 = x[(i*batch + b)*7 + 1];
            s2 = x[(i*batch + b)*7 + 2];
            u = x[(i*batch + b)*7 + 3];
            u1 = x[(i*batch + b)*7 + 4];
            u2 = x[(i*batch + b)*7 + 5];
            const real begin = t[b*t_stride + i];
            const real end = t[b*t_stride + (i - 1)];
            const ptrdiff_t n = tangent_steps(begin, end, h_max, steps, max_steps);
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
            ROLL for (ptrdiff_t s3 = 0; s3 < n; s3++) {
                const real *w1 = pack; FRESH(w1)
                real *g1 = sums; FRESH(g1)
                const real neg = -h;
                const real sub = s1 - s;
                const real c = theta[1];
                const real sub1 = c - s2;
                const real neg1 = -s1;
                const real fma_ = fmaf(s, sub1, neg1);
                const real mul = s1*s;
                const real neg2 = -s2;
                const real c1 = w1[0];
                const real fma1 = fmaf(neg2, c1, mul);
                const real c2 = w1[16];
                const real mul1 = sub*c2;
                const real c3 = 0.0f + mul1;
                const real c4 = 0.0f + fma1;
                const real c5 = w1[48];
                const real mul2 = s1*c5;
                const real neg3 = w1[144];
                const real fma2 = fmaf(s, c5, neg3);
                const real c6 = w1[64];
                const real fma3 = fmaf(sub1, c6, mul2);
                const real neg4 = -s;
                const real mul3 = w1[128];
                const real fma4 = fmaf(neg4, c6, mul3);
                const real mul4 = w1[96];
                const real add7 = mul4 + fma2;
                const real sub2 = fma3 - mul4;
                const real c7 = w1[176];
                const real mul5 = s1*c7;
                const real neg5 = w1[272];
                const real fma5 = fmaf(s, c7, neg5);
                const real c8 = w1[192];
                const real fma6 = fmaf(sub1, c8, mul5);
                const real mul6 = w1[256];
                const real fma7 = fmaf(neg4, c8, mul6);
                const real mul7 = w1[224];
                const real add8 = mul7 + fma5;
                const real sub3 = fma6 - mul7;
                const real c9 = w1[304];
                const real mul8 = s1*c9;
                const real neg6 = w1[400];
                const real fma8 = fmaf(s, c9, neg6);
                const real c10 = w1[320];
                const real fma9 = fmaf(sub1, c10, mul8);
                const real mul9 = w1[384];
                const real fma10 = fmaf(neg4, c10, mul9);
                const real mul10 = w1[352];
                const real add9 = mul10 + fma8;
                const real sub4 = fma9 - mul10;
                const real mul11 = u2*fma4;
                const real mul12 = 0.0f*fma4;
                const real mul13 = 0.0f*fma4;
                const real fma11 = fmaf(u, sub2, mul11);
                const real fma12 = fmaf(0.0f, sub2, mul12);
                const real fma13 = fmaf(0.0f, sub2, mul13);
                const real fma14 = fmaf(u1, add7, fma11);
                const real fma15 = fmaf(0.0f, add7, fma12);
                const real fma16 = fmaf(0.0f, add7, fma13);
                const real mul14 = 0.0f*fma7;
                const real mul15 = u2*fma7;
                const real mul16 = 0.0f*fma7;
                const real fma17 = fmaf(0.0f, sub3, mul14);
                const real fma18 = fmaf(u, sub3, mul15);
                const real fma19 = fmaf(0.0f, sub3, mul16);
                const real fma20 = fmaf(0.0f, add8, fma17);
                const real fma21 = fmaf(u1, add8, fma18);
                const real fma22 = fmaf(0.0f, add8, fma19);
                const real add10 = fma14 + fma20;
                const real add11 = fma15 + fma21;
                const real add12 = fma16 + fma22;
                const real mul17 = 0.0f*fma10;
                const real mul18 = 0.0f*fma10;
                const real mul19 = u2*fma10;
                const real fma23 = fmaf(0.0f, sub4, mul17);
                const real fma24 = fmaf(0.0f, sub4, mul18);
                const real fma25 = fmaf(u, sub4, mul19);
                const real fma26 = fmaf(0.0f, add9, fma23);
                const real fma27 = fmaf(0.0f, add9, fma24);
                const real fma28 = fmaf(u1, add9, fma25);
                const real add13 = add10 + fma26;
                const real add14 = add11 + fma27;
                const real add15 = add12 + fma28;
                real c11 = u*add13;
                c11 = fmaf(u1, add14, c11);
                c11 = fmaf(u2, add15, c11);
                real c12 = u*u;
                c12 = fmaf(u1, u1, c12);
                c12 = fmaf(u2, u2, c12);
                const real div = c11/c12;
                const real neg7 = -div;
                const real fma29 = fmaf(u, neg7, add13);
                const real fma30 = fmaf(u1, neg7, add14);
                const real fma31 = fmaf(u2, neg7, add15);
                const real mul20 = s_bar*neg;
                const real mul21 = s_bar1*neg;
                const real mul22 = s_bar2*neg;
                const real mul23 = u_bar*neg;
                const real mul24 = u_bar1*neg;
                const real mul25 = u_bar2*neg;
                const real neg8 = -mul23;
                const real neg9 = -mul24;
                const real neg10 = -mul25;
                const real mul26 = u*neg8;
                const real mul27 = u1*neg9;
                const real mul28 = u2*neg10;
                real c13 = mul26;
                c13 = c13 + mul27;
                c13 = c13 + mul28;
                const real fma32 = fmaf(growth_bar, neg, c13);
                const real div1 = fma32/c12;
                const real mul29 = div*div1;
                const real neg11 = -mul29;
                const real mul30 = u*neg11;
                const real mul31 = u1*neg11;
                const real mul32 = u2*neg11;
                const real fma33 = fmaf(div, neg8, mul30);
                const real fma34 = fmaf(div, neg9, mul31);
                const real fma35 = fmaf(div, neg10, mul32);
                const real add16 = mul30 + fma33;
                const real add17 = mul31 + fma34;
                const real add18 = mul32 + fma35;
                const real fma36 = fmaf(add13, div1, add16);
                const real fma37 = fmaf(add14, div1, add17);
                const real fma38 = fmaf(add15, div1, add18);
                const real fma39 = fmaf(u, div1, mul23);
                const real fma40 = fmaf(u1, div1, mul24);
                const real fma41 = fmaf(u2, div1, mul25);
                const real mul35 = add9*fma41;
                const real mul36 = 0.0f*fma39;
                const real mul37 = 0.0f*fma40;
                const real mul38 = u1*fma41;
                real c14 = mul36;
                c14 = c14 + mul37;
                c14 = c14 + mul38;
                const real c15 = fma37 + mul35;
                const real mul41 = sub4*fma41;
                const real mul42 = 0.0f*fma39;
                const real mul43 = 0.0f*fma40;
                const real mul44 = u*fma41;
                real c16 = mul42;
                c16 = c16 + mul43;
                c16 = c16 + mul44;
                const real c17 = fma36 + mul41;
                const real mul47 = fma10*fma41;
                const real mul48 = 0.0f*fma39;
                const real mul49 = 0.0f*fma40;
                const real mul50 = u2*fma41;
                real c18 = mul48;
                c18 = c18 + mul49;
                c18 = c18 + mul50;
                const real c19 = fma38 + mul47;
                const real mul52 = add8*fma40;
                const real mul54 = 0.0f*fma39;
                const real mul55 = u1*fma40;
                const real mul56 = 0.0f*fma41;
                real c20 = mul54;
                c20 = c20 + mul55;
                c20 = c20 + mul56;
                const real c21 = c15 + mul52;
                const real mul58 = sub3*fma40;
                const real mul60 = 0.0f*fma39;
                const real mul61 = u*fma40;
                const real mul62 = 0.0f*fma41;
                real c22 = mul60;
                c22 = c22 + mul61;
                c22 = c22 + mul62;
                const real c23 = c17 + mul58;
                const real mul64 = fma7*fma40;
                const real mul66 = 0.0f*fma39;
                const real mul67 = u2*fma40;
                const real mul68 = 0.0f*fma41;
                real c24 = mul66;
                c24 = c24 + mul67;
                c24 = c24 + mul68;
                const real c25 = c19 + mul64;
                const real mul69 = add7*fma39;
                const real mul72 = u1*fma39;
                const real mul73 = 0.0f*fma40;
                const real mul74 = 0.0f*fma41;
                real c26 = mul72;
                c26 = c26 + mul73;
                c26 = c26 + mul74;
                const real c27 = c21 + mul69;
                const real mul75 = sub2*fma39;
                const real mul78 = u*fma39;
                const real mul79 = 0.0f*fma40;
                const real mul80 = 0.0f*fma41;
                real c28 = mul78;
                c28 = c28 + mul79;
                c28 = c28 + mul80;
                const real c29 = c23 + mul75;
                const real mul81 = fma4*fma39;
                const real mul84 = u2*fma39;
                const real mul85 = 0.0f*fma40;
                const real mul86 = 0.0f*fma41;
                real c30 = mul84;
                c30 = c30 + mul85;
                c30 = c30 + mul86;
                const real c31 = c25 + mul81;
                const real sub5 = c14 - c16;
                const real neg12 = -c18;
                const real mul87 = c10*neg12;
                const real mul88 = c10*c16;
                const real mul89 = c9*c16;
                const real fma42 = fmaf(c9, c14, mul87);
                const real neg13 = w1[368];
                const real mul90 = neg13*c18;
                const real c32 = w1[336];
                const real mul91 = c32*sub5;
                const real sub6 = c20 - c22;
                const real neg14 = -c24;
                const real fma43 = fmaf(c8, neg14, fma42);
                const real fma44 = fmaf(c8, c22, mul88);
                const real fma45 = fmaf(c7, c22, mul89);
                const real fma46 = fmaf(c7, c20, fma43);
                const real neg15 = w1[240];
                const real fma47 = fmaf(neg15, c24, mul90);
                const real c33 = w1[208];
                const real fma48 = fmaf(c33, sub6, mul91);
                const real sub7 = c26 - c28;
                const real neg16 = -c30;
                const real fma49 = fmaf(c6, neg16, fma46);
                const real fma50 = fmaf(c6, c28, fma44);
                const real fma51 = fmaf(c5, c28, fma45);
                const real fma52 = fmaf(c5, c26, fma49);
                const real neg17 = w1[112];
                const real fma53 = fmaf(neg17, c30, fma47);
                const real c34 = w1[80];
                const real fma54 = fmaf(c34, sub7, fma48);
                const real mul92 = c2*mul20;
                const real fma55 = fmaf(sub, mul20, fma54);
                g1[0] = g1[0] + fma55;
                const real neg18 = -mul22;
                const real fma56 = fmaf(s2, neg18, fma53);
                g1[32] = g1[32] + fma56;
                const real fma57 = fmaf(s, mul22, fma51);
                const real fma58 = fmaf(s1, mul22, fma52);
                const real sub8 = fma57 - mul21;
                const real fma59 = fmaf(sub1, mul21, fma58);
                const real fma60 = fmaf(s, mul21, fma50);
                const real neg19 = -fma60;
                const real fma61 = fmaf(c1, neg18, neg19);
                g1[16] = g1[16] + fma60;
                const real add19 = mul92 + sub8;
                const real sub9 = fma59 - mul92;
                const real c35 = 0.0f + fma61;
                const real c36 = 0.0f + add19;
                const real fma62 = fmaf(c3, h, s);
                const real fma63 = fmaf(fma_, h, s1);
                const real fma64 = fmaf(c4, h, s2);
                const real add20 = s_bar + sub9;
                const real add21 = s_bar1 + c36;
                const real add22 = s_bar2 + c35;
                const real fma65 = fmaf(fma29, h, u);
                const real fma66 = fmaf(fma30, h, u1);
                const real fma67 = fmaf(fma31, h, u2);
                const real add23 = u_bar + c29;
                const real add24 = u_bar1 + c27;
                const real add25 = u_bar2 + c31;
                const real leaf = growth_bar;
                s = fma62;
                s1 = fma63;
                s2 = fma64;
                s_bar = add20;
                s_bar1 = add21;
                s_bar2 = add22;
                u = fma65;
                u1 = fma66;
                u2 = fma67;
                u_bar = add23;
                u_bar1 = add24;
                u_bar2 = add25;
                growth_bar = leaf;
                s_slope = c3;
                s_slope1 = fma_;
                s_slope2 = c4;
                u_slope = fma29;
                u_slope1 = fma30;
                u_slope2 = fma31;
                growth_slope = div;
                if (s3 == 0) {
                    s_first_slope = s_slope;
                    s_first_slope1 = s_slope1;
                    s_first_slope2 = s_slope2;
                    u_first_slope = u_slope;
                    u_first_slope1 = u_slope1;
                    u_first_slope2 = u_slope2;
                    growth_first_slope = growth_slope;
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real c = u_jump*u_first_slope;
                c = fmaf(u_jump1, u_first_slope1, c);
                c = fmaf(u_jump2, u_first_slope2, c);
                real c1 = fmaf(s_jump, s_first_slope, c);
                c1 = fmaf(s_jump1, s_first_slope1, c1);
                c1 = fmaf(s_jump2, s_first_slope2, c1);
                const real fma_ = fmaf(growth_jump, growth_first_slope, c1);
                dt1 = fma_;
                if (t_stride == 0) {
                    work[dt_at + i] = dt1;
                } else {
                    g_t[b*t_stride + i] = dt1;
                }
            }
            const ptrdiff_t sound = 1 - (s_bar - s_bar + (s_bar1 - s_bar1) + (s_bar2 - s_bar2) !=
                0.0f);
            const ptrdiff_t sound1 = (1 - (u_bar - u_bar + (u_bar1 - u_bar1) + (u_bar2 - u_bar2) !=
                0.0f))*sound;
            const ptrdiff_t sound2 = (1 - (growth_bar - growth_bar != 0.0f))*sound1;
            if (sound2 == 0) {
                work[area + 16] = s_bar;
                work[area + 17] = s_bar1;
                work[area + 18] = s_bar2;
                work[area + 19] = u_bar;
                work[area + 20] = u_bar1;
                work[area + 21] = u_bar2;
                work[area + 22] = growth_bar;
                const ptrdiff_t at = tangent_find(work, area + 16, 7);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(b + at/7);
                    work[area + 2] = t[(b + at/7)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%7);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        s = x[b*7];
        s1 = x[b*7 + 1];
        s2 = x[b*7 + 2];
        u = x[b*7 + 3];
        u1 = x[b*7 + 4];
        u2 = x[b*7 + 5];
        const real *w = pack; FRESH(w)
        const real sub = s1 - s;
        const real c = theta[1];
        const real sub1 = c - s2;
        const real neg = -s1;
        const real fma_ = fmaf(s, sub1, neg);
        const real mul = s1*s;
        const real neg1 = -s2;
        const real c1 = w[416];
        const real fma1 = fmaf(neg1, c1, mul);
        const real c2 = w[432];
        const real mul1 = sub*c2;
        const real c3 = 0.0f + mul1;
        const real c4 = 0.0f + fma1;
        const real c5 = w[464];
        const real mul2 = s1*c5;
        const real neg2 = w[560];
        const real fma2 = fmaf(s, c5, neg2);
        const real c6 = w[480];
        const real fma3 = fmaf(sub1, c6, mul2);
        const real neg3 = -s;
        const real mul3 = w[544];
        const real fma4 = fmaf(neg3, c6, mul3);
        const real mul4 = w[512];
        const real add = mul4 + fma2;
        const real sub2 = fma3 - mul4;
        const real c7 = w[592];
        const real mul5 = s1*c7;
        const real neg4 = w[688];
        const real fma5 = fmaf(s, c7, neg4);
        const real c8 = w[608];
        const real fma6 = fmaf(sub1, c8, mul5);
        const real mul6 = w[672];
        const real fma7 = fmaf(neg3, c8, mul6);
        const real mul7 = w[640];
        const real add1 = mul7 + fma5;
        const real sub3 = fma6 - mul7;
        const real c9 = w[720];
        const real mul8 = s1*c9;
        const real neg5 = w[816];
        const real fma8 = fmaf(s, c9, neg5);
        const real c10 = w[736];
        const real fma9 = fmaf(sub1, c10, mul8);
        const real mul9 = w[800];
        const real fma10 = fmaf(neg3, c10, mul9);
        const real mul10 = w[768];
        const real add2 = mul10 + fma8;
        const real sub4 = fma9 - mul10;
        const real mul11 = u2*fma4;
        const real mul12 = 0.0f*fma4;
        const real mul13 = 0.0f*fma4;
        const real fma11 = fmaf(u, sub2, mul11);
        const real fma12 = fmaf(0.0f, sub2, mul12);
        const real fma13 = fmaf(0.0f, sub2, mul13);
        const real fma14 = fmaf(u1, add, fma11);
        const real fma15 = fmaf(0.0f, add, fma12);
        const real fma16 = fmaf(0.0f, add, fma13);
        const real mul14 = 0.0f*fma7;
        const real mul15 = u2*fma7;
        const real mul16 = 0.0f*fma7;
        const real fma17 = fmaf(0.0f, sub3, mul14);
        const real fma18 = fmaf(u, sub3, mul15);
        const real fma19 = fmaf(0.0f, sub3, mul16);
        const real fma20 = fmaf(0.0f, add1, fma17);
        const real fma21 = fmaf(u1, add1, fma18);
        const real fma22 = fmaf(0.0f, add1, fma19);
        const real add3 = fma14 + fma20;
        const real add4 = fma15 + fma21;
        const real add5 = fma16 + fma22;
        const real mul17 = 0.0f*fma10;
        const real mul18 = 0.0f*fma10;
        const real mul19 = u2*fma10;
        const real fma23 = fmaf(0.0f, sub4, mul17);
        const real fma24 = fmaf(0.0f, sub4, mul18);
        const real fma25 = fmaf(u, sub4, mul19);
        const real fma26 = fmaf(0.0f, add2, fma23);
        const real fma27 = fmaf(0.0f, add2, fma24);
        const real fma28 = fmaf(u1, add2, fma25);
        const real add6 = add3 + fma26;
        const real add7 = add4 + fma27;
        const real add8 = add5 + fma28;
        real c11 = u*add6;
        c11 = fmaf(u1, add7, c11);
        c11 = fmaf(u2, add8, c11);
        real c12 = u*u;
        c12 = fmaf(u1, u1, c12);
        c12 = fmaf(u2, u2, c12);
        const real div = c11/c12;
        const real neg6 = -div;
        const real fma29 = fmaf(u, neg6, add6);
        const real fma30 = fmaf(u1, neg6, add7);
        const real fma31 = fmaf(u2, neg6, add8);
        s_first_slope = c3;
        s_first_slope1 = fma_;
        s_first_slope2 = c4;
        u_first_slope = fma29;
        u_first_slope1 = fma30;
        u_first_slope2 = fma31;
        growth_first_slope = div;
        real c13 = u_bar*u_first_slope;
        c13 = fmaf(u_bar1, u_first_slope1, c13);
        c13 = fmaf(u_bar2, u_first_slope2, c13);
        real c14 = fmaf(s_bar, s_first_slope, c13);
        c14 = fmaf(s_bar1, s_first_slope1, c14);
        c14 = fmaf(s_bar2, s_first_slope2, c14);
        const real fma32 = fmaf(growth_bar, growth_first_slope, c14);
        const real neg7 = -fma32;
        dt1 = neg7;
        if (t_stride == 0) {
            work[dt_at] = dt1;
        } else {
            g_t[b*t_stride] = dt1;
        }
    }
    /* the adjoint, s_bar, jumps by dL/dx at this time */
    s_jump = g_x[b*7];
    s_jump1 = g_x[b*7 + 1];
    s_jump2 = g_x[b*7 + 2];
    u_jump = g_x[b*7 + 3];
    u_jump1 = g_x[b*7 + 4];
    u_jump2 = g_x[b*7 + 5];
    growth_jump = g_x[b*7 + 6];
    const real add = s_bar + s_jump;
    const real add1 = s_bar1 + s_jump1;
    const real add2 = s_bar2 + s_jump2;
    const real add3 = u_bar + u_jump;
    const real add4 = u_bar1 + u_jump1;
    const real add5 = u_bar2 + u_jump2;
    const real add6 = growth_bar + growth_jump;
    s_bar = add;
    s_bar1 = add1;
    s_bar2 = add2;
    u_bar = add3;
    u_bar1 = add4;
    u_bar2 = add5;
    growth_bar = add6;
    const ptrdiff_t sound = 1 - (s_bar - s_bar + (s_bar1 - s_bar1) + (s_bar2 - s_bar2) != 0.0f);
    const ptrdiff_t sound1 = (1 - (u_bar - u_bar + (u_bar1 - u_bar1) + (u_bar2 - u_bar2) !=
        0.0f))*sound;
    const ptrdiff_t sound2 = (1 - (growth_bar - growth_bar != 0.0f))*sound1;
    if (sound2 == 0) {
        work[area + 16] = s_bar;
        work[area + 17] = s_bar1;
        work[area + 18] = s_bar2;
        work[area + 19] = u_bar;
        work[area + 20] = u_bar1;
        work[area + 21] = u_bar2;
        work[area + 22] = growth_bar;
        const ptrdiff_t at = tangent_find(work, area + 16, 7);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(b + at/7);
            work[area + 2] = t[(b + at/7)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%7);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        g_x0[b*7] = s_bar;
        g_x0[b*7 + 1] = s_bar1;
        g_x0[b*7 + 2] = s_bar2;
        g_x0[b*7 + 3] = u_bar;
        g_x0[b*7 + 4] = u_bar1;
        g_x0[b*7 + 5] = u_bar2;
        g_x0[b*7 + 6] = growth_bar;
    }
}

static void tangent_gradient_latency_task(void *args, size_t task)
{
    const lorenz_gradient_latency_args *const a = (const lorenz_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    tangent_gradient_latency_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int tangent_gradient_latency(ptrdiff_t batch, ptrdiff_t times,
    const real *RESTRICT t, ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = batch;
    real *const pack = work;
    v_scatter(pack, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[0] = pack[0] + theta[2];
    }
    v_scatter(pack + 16, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[16] = pack[16] + theta[0];
    }
    pack[32] = 1.0f;
    pack[33] = 0.0f;
    pack[34] = 0.0f;
    v_scatter(pack + 48, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[48] = pack[48] + pack[34];
    }
    v_scatter(pack + 64, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[64] = pack[64] + pack[33];
    }
    v_scatter(pack + 80, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[80] = pack[80] + pack[32];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 96] = pack[i + 16]*pack[i + 80];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 112] = -pack[i + 48];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 128] = pack[i]*pack[i + 112];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 144] = -pack[i + 64];
    }
    pack[160] = 0.0f;
    pack[161] = 1.0f;
    pack[162] = 0.0f;
    v_scatter(pack + 176, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[176] = pack[176] + pack[162];
    }
    v_scatter(pack + 192, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[192] = pack[192] + pack[161];
    }
    v_scatter(pack + 208, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[208] = pack[208] + pack[160];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 224] = pack[i + 16]*pack[i + 208];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 240] = -pack[i + 176];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 256] = pack[i]*pack[i + 240];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 272] = -pack[i + 192];
    }
    pack[288] = 0.0f;
    pack[289] = 0.0f;
    pack[290] = 1.0f;
    v_scatter(pack + 304, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[304] = pack[304] + pack[290];
    }
    v_scatter(pack + 320, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[320] = pack[320] + pack[289];
    }
    v_scatter(pack + 336, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[336] = pack[336] + pack[288];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 352] = pack[i + 16]*pack[i + 336];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 368] = -pack[i + 304];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 384] = pack[i]*pack[i + 368];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 400] = -pack[i + 320];
    }
    v_scatter(pack + 416, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[416] = pack[416] + theta[2];
    }
    v_scatter(pack + 432, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[432] = pack[432] + theta[0];
    }
    pack[448] = 1.0f;
    pack[449] = 0.0f;
    pack[450] = 0.0f;
    v_scatter(pack + 464, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[464] = pack[464] + pack[450];
    }
    v_scatter(pack + 480, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[480] = pack[480] + pack[449];
    }
    v_scatter(pack + 496, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[496] = pack[496] + pack[448];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 512] = pack[i + 432]*pack[i + 496];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 528] = -pack[i + 464];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 544] = pack[i + 416]*pack[i + 528];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 560] = -pack[i + 480];
    }
    pack[576] = 0.0f;
    pack[577] = 1.0f;
    pack[578] = 0.0f;
    v_scatter(pack + 592, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[592] = pack[592] + pack[578];
    }
    v_scatter(pack + 608, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[608] = pack[608] + pack[577];
    }
    v_scatter(pack + 624, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[624] = pack[624] + pack[576];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 640] = pack[i + 432]*pack[i + 624];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 656] = -pack[i + 592];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 672] = pack[i + 416]*pack[i + 656];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 688] = -pack[i + 608];
    }
    pack[704] = 0.0f;
    pack[705] = 0.0f;
    pack[706] = 1.0f;
    v_scatter(pack + 720, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[720] = pack[720] + pack[706];
    }
    v_scatter(pack + 736, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[736] = pack[736] + pack[705];
    }
    v_scatter(pack + 752, 1, 1, v_splat(0.0f));
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[752] = pack[752] + pack[704];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 768] = pack[i + 432]*pack[i + 752];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 784] = -pack[i + 720];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 800] = pack[i + 416]*pack[i + 784];
    }
    ROLL for (ptrdiff_t i = 0; i < 1; i++) {
        pack[i + 816] = -pack[i + 736];
    }
    const ptrdiff_t areas = blocks*48 + 832;
    const ptrdiff_t dt = areas + blocks*32;
    {
        lorenz_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 32, dt };
        each(parallel, (size_t)blocks, tangent_gradient_latency_task, &args);
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
        real *const sums = work + 832;
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
        /* sigma */
        g_theta[0] = sums[0];
        /* rho */
        g_theta[1] = sums[16];
        /* beta */
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
static NOINLINE void tangent_f_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx,
    const real *RESTRICT pack, ptrdiff_t b)
{
    (void)t, (void)t_stride;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real s[384] ALIGNED;
    real u[384] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(s + (e*128 + c), v_gather(x + (first*7 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(u + (e*128 + c), v_gather(x + (first*7 + 3 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
    }
    real s_dot[384] ALIGNED;
    real u_dot[384] ALIGNED;
    real growth_dot[128] ALIGNED;
    real fma_[16] ALIGNED;
    real fma1[16] ALIGNED;
    real mul[16] ALIGNED;
    real fma2[16] ALIGNED;
    real add[16] ALIGNED;
    real sub[16] ALIGNED;
    real fma3[16] ALIGNED;
    real add1[16] ALIGNED;
    real sub1[16] ALIGNED;
    real fma4[16] ALIGNED;
    real add2[16] ALIGNED;
    real sub2[16] ALIGNED;
    real con[48] ALIGNED;
    real con1[48] ALIGNED;
    real add3[48] ALIGNED;
    real fma5[48] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 sub3 = v_sub(v_load(s + (c + 128)), v_load(s + c));
        const v16 sub4 = v_sub(v_splat(theta[1]), v_load(s + (c + 256)));
        const v16 neg = v_neg(v_load(s + (c + 128)));
        const v16 fma6 = v_fma(v_load(s + c), sub4, neg);
        v_store(fma_, fma6);
        const v16 mul1 = v_mul(v_load(s + (c + 128)), v_load(s + c));
        const v16 neg1 = v_neg(v_load(s + (c + 256)));
        const v16 fma7 = v_fma(neg1, v_splat(theta[2]), mul1);
        v_store(fma1, fma7);
        const v16 mul2 = v_mul(sub3, v_splat(theta[0]));
        v_store(mul, mul2);
        const v16 mul3 = v_mul(v_load(s + (c + 128)), v_splat(pack[2]));
        const v16 fma8 = v_fma(v_load(s + c), v_splat(pack[2]), v_splat(pack[6]));
        const v16 fma9 = v_fma(sub4, v_splat(pack[1]), mul3);
        const v16 neg2 = v_neg(v_load(s + c));
        const v16 fma10 = v_fma(neg2, v_splat(pack[1]), v_splat(pack[5]));
        v_store(fma2, fma10);
        const v16 add4 = v_add(v_splat(pack[3]), fma8);
        v_store(add, add4);
        const v16 sub5 = v_sub(fma9, v_splat(pack[3]));
        v_store(sub, sub5);
        const v16 mul4 = v_mul(v_load(s + (c + 128)), v_splat(pack[9]));
        const v16 fma11 = v_fma(v_load(s + c), v_splat(pack[9]), v_splat(pack[13]));
        const v16 fma12 = v_fma(sub4, v_splat(pack[8]), mul4);
        const v16 fma13 = v_fma(neg2, v_splat(pack[8]), v_splat(pack[12]));
        v_store(fma3, fma13);
        const v16 add5 = v_add(v_splat(pack[10]), fma11);
        v_store(add1, add5);
        const v16 sub6 = v_sub(fma12, v_splat(pack[10]));
        v_store(sub1, sub6);
        const v16 mul5 = v_mul(v_load(s + (c + 128)), v_splat(pack[16]));
        const v16 fma14 = v_fma(v_load(s + c), v_splat(pack[16]), v_splat(pack[20]));
        const v16 fma15 = v_fma(sub4, v_splat(pack[15]), mul5);
        const v16 fma16 = v_fma(neg2, v_splat(pack[15]), v_splat(pack[19]));
        v_store(fma4, fma16);
        const v16 add6 = v_add(v_splat(pack[17]), fma14);
        v_store(add2, add6);
        const v16 sub7 = v_sub(fma15, v_splat(pack[17]));
        v_store(sub2, sub7);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(mul)));
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 32, v_splat(0.0f));
        v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(fma_)));
        const v16 add7 = v_add(v_load(con), v_load(con1));
        v_store(add3, add7);
        const v16 add8 = v_add(v_load(con + 16), v_load(con1 + 16));
        v_store(add3 + 16, add8);
        const v16 add9 = v_add(v_load(con + 32), v_load(con1 + 32));
        v_store(add3 + 32, add9);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(fma1)));
        const v16 add10 = v_add(v_load(add3), v_load(con));
        v_store(s_dot + c, add10);
        const v16 add11 = v_add(v_load(add3 + 16), v_load(con + 16));
        v_store(s_dot + (c + 128), add11);
        const v16 add12 = v_add(v_load(add3 + 32), v_load(con + 32));
        v_store(s_dot + (c + 256), add12);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(u + (c + 256))));
        const v16 mul6 = v_mul(v_load(con), v_load(fma2));
        v_store(con1, mul6);
        const v16 mul7 = v_mul(v_load(con + 16), v_load(fma2));
        v_store(con1 + 16, mul7);
        const v16 mul8 = v_mul(v_load(con + 32), v_load(fma2));
        v_store(con1 + 32, mul8);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(u + c)));
        const v16 fma17 = v_fma(v_load(con), v_load(sub), v_load(con1));
        v_store(add3, fma17);
        const v16 fma18 = v_fma(v_load(con + 16), v_load(sub), v_load(con1 + 16));
        v_store(add3 + 16, fma18);
        const v16 fma19 = v_fma(v_load(con + 32), v_load(sub), v_load(con1 + 32));
        v_store(add3 + 32, fma19);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(u + (c + 128))));
        const v16 fma20 = v_fma(v_load(con), v_load(add), v_load(add3));
        v_store(con1, fma20);
        const v16 fma21 = v_fma(v_load(con + 16), v_load(add), v_load(add3 + 16));
        v_store(con1 + 16, fma21);
        const v16 fma22 = v_fma(v_load(con + 32), v_load(add), v_load(add3 + 32));
        v_store(con1 + 32, fma22);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(u + (c + 256))));
        const v16 mul9 = v_mul(v_load(con), v_load(fma3));
        v_store(add3, mul9);
        const v16 mul10 = v_mul(v_load(con + 16), v_load(fma3));
        v_store(add3 + 16, mul10);
        const v16 mul11 = v_mul(v_load(con + 32), v_load(fma3));
        v_store(add3 + 32, mul11);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(u + c)));
        const v16 fma23 = v_fma(v_load(con), v_load(sub1), v_load(add3));
        v_store(fma5, fma23);
        const v16 fma24 = v_fma(v_load(con + 16), v_load(sub1), v_load(add3 + 16));
        v_store(fma5 + 16, fma24);
        const v16 fma25 = v_fma(v_load(con + 32), v_load(sub1), v_load(add3 + 32));
        v_store(fma5 + 32, fma25);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(u + (c + 128))));
        const v16 fma26 = v_fma(v_load(con), v_load(add1), v_load(fma5));
        const v16 add13 = v_add(v_load(con1), fma26);
        v_store(add3, add13);
        const v16 fma27 = v_fma(v_load(con + 16), v_load(add1), v_load(fma5 + 16));
        const v16 add14 = v_add(v_load(con1 + 16), fma27);
        v_store(add3 + 16, add14);
        const v16 fma28 = v_fma(v_load(con + 32), v_load(add1), v_load(fma5 + 32));
        const v16 add15 = v_add(v_load(con1 + 32), fma28);
        v_store(add3 + 32, add15);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(u + (c + 256))));
        const v16 mul12 = v_mul(v_load(con), v_load(fma4));
        v_store(con1, mul12);
        const v16 mul13 = v_mul(v_load(con + 16), v_load(fma4));
        v_store(con1 + 16, mul13);
        const v16 mul14 = v_mul(v_load(con + 32), v_load(fma4));
        v_store(con1 + 32, mul14);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(u + c)));
        const v16 fma29 = v_fma(v_load(con), v_load(sub2), v_load(con1));
        v_store(fma5, fma29);
        const v16 fma30 = v_fma(v_load(con + 16), v_load(sub2), v_load(con1 + 16));
        v_store(fma5 + 16, fma30);
        const v16 fma31 = v_fma(v_load(con + 32), v_load(sub2), v_load(con1 + 32));
        v_store(fma5 + 32, fma31);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(u + (c + 128))));
        const v16 fma32 = v_fma(v_load(con), v_load(add2), v_load(fma5));
        const v16 add16 = v_add(v_load(add3), fma32);
        v_store(con1, add16);
        const v16 fma33 = v_fma(v_load(con + 16), v_load(add2), v_load(fma5 + 16));
        const v16 add17 = v_add(v_load(add3 + 16), fma33);
        v_store(con1 + 16, add17);
        const v16 fma34 = v_fma(v_load(con + 32), v_load(add2), v_load(fma5 + 32));
        const v16 add18 = v_add(v_load(add3 + 32), fma34);
        v_store(con1 + 32, add18);
        v16 s0 = v_splat(0.0f);
        s0 = v_fma(v_load(u + c), v_load(con1), s0);
        s0 = v_fma(v_load(u + (c + 128)), v_load(con1 + 16), s0);
        s0 = v_fma(v_load(u + (c + 256)), v_load(con1 + 32), s0);
        v_store(fma_, s0);
        v16 s0_1 = v_splat(0.0f);
        s0_1 = v_fma(v_load(u + c), v_load(u + c), s0_1);
        s0_1 = v_fma(v_load(u + (c + 128)), v_load(u + (c + 128)), s0_1);
        s0_1 = v_fma(v_load(u + (c + 256)), v_load(u + (c + 256)), s0_1);
        const v16 div = v_div(v_load(fma_), s0_1);
        const v16 neg3 = v_neg(div);
        v_store(fma1, neg3);
        v_store(growth_dot + c, div);
        const v16 fma35 = v_fma(v_load(u + c), v_load(fma1), v_load(con1));
        v_store(u_dot + c, fma35);
        const v16 fma36 = v_fma(v_load(u + (c + 128)), v_load(fma1), v_load(con1 + 16));
        v_store(u_dot + (c + 128), fma36);
        const v16 fma37 = v_fma(v_load(u + (c + 256)), v_load(fma1), v_load(con1 + 32));
        v_store(u_dot + (c + 256), fma37);
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_scatter(dx + (first*7 + c*7 + e), 7, count - c, v_load(s_dot + (e*128 + c)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_scatter(dx + (first*7 + 3 + c*7 + e), 7, count - c, v_load(u_dot + (e*128 + c)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(dx + (first*7 + 6 + c*7), 7, count - c, v_load(growth_dot + c));
    }
}

/* dx/dt */
static NOINLINE void tangent_f_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, real *RESTRICT dx)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real pack[32] ALIGNED;
    pack[0] = 1.0f;
    pack[1] = 0.0f;
    pack[2] = 0.0f;
    const real mul = theta[0]*pack[0];
    pack[3] = mul;
    const real neg = -pack[2];
    pack[4] = neg;
    const real mul1 = theta[2]*neg;
    pack[5] = mul1;
    const real neg1 = -pack[1];
    pack[6] = neg1;
    pack[7] = 0.0f;
    pack[8] = 1.0f;
    pack[9] = 0.0f;
    const real mul2 = theta[0]*pack[7];
    pack[10] = mul2;
    const real neg2 = -pack[9];
    pack[11] = neg2;
    const real mul3 = theta[2]*neg2;
    pack[12] = mul3;
    const real neg3 = -pack[8];
    pack[13] = neg3;
    pack[14] = 0.0f;
    pack[15] = 0.0f;
    pack[16] = 1.0f;
    const real mul4 = theta[0]*pack[14];
    pack[17] = mul4;
    const real neg4 = -pack[16];
    pack[18] = neg4;
    const real mul5 = theta[2]*neg4;
    pack[19] = mul5;
    const real neg5 = -pack[15];
    pack[20] = neg5;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        tangent_f_batch_block(batch, t, t_stride, x, theta, dx, pack, b);
    }
}

/* a.df/dx, a.df/dt, a.df/dtheta, one block of 128 */
static NOINLINE void tangent_vjp_batch_block(ptrdiff_t batch, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a,
    real *RESTRICT ax, real *RESTRICT at, real *RESTRICT work, const real *RESTRICT pack,
    ptrdiff_t b, ptrdiff_t areas, ptrdiff_t area_size)
{
    (void)t, (void)t_stride, (void)areas, (void)area_size;
    const ptrdiff_t first = b*128;
    const ptrdiff_t count = i_min(batch - first, 128);
    const ptrdiff_t full = (count + 15)/16*16;
    real *const sums = work + (b*48 + 32);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    real s[384] ALIGNED;
    real u[384] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(s + (e*128 + c), v_gather(x + (first*7 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(u + (e*128 + c), v_gather(x + (first*7 + 3 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
    }
    real a_ds[384] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(a_ds + (e*128 + c), v_gather(a + (first*7 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(a_ds + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_ds + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real a_du[384] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(a_du + (e*128 + c), v_gather(a + (first*7 + 3 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(a_du + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(a_du + (e*128 + c)), v_splat(0.0f)));
        }
    }
    real a_dgrowth[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dgrowth + c, v_gather(a + (first*7 + 6 + c*7), 7, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(a_dgrowth + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(a_dgrowth + c), v_splat(0.0f)));
    }
    real s_bar[384] ALIGNED;
    real u_bar[384] ALIGNED;
    real growth_bar[128] ALIGNED;
    real t_bar[128] ALIGNED;
    real sub[16] ALIGNED;
    real sub1[16] ALIGNED;
    real fma_[16] ALIGNED;
    real add[16] ALIGNED;
    real sub2[16] ALIGNED;
    real fma1[16] ALIGNED;
    real add1[16] ALIGNED;
    real sub3[16] ALIGNED;
    real fma2[16] ALIGNED;
    real add2[16] ALIGNED;
    real sub4[16] ALIGNED;
    real mul[16] ALIGNED;
    real neg[16] ALIGNED;
    real con[48] ALIGNED;
    real mul1[48] ALIGNED;
    real neg1[48] ALIGNED;
    real mul2[48] ALIGNED;
    real con1[48] ALIGNED;
    real fma3[48] ALIGNED;
    real fma4[48] ALIGNED;
    real mul3[48] ALIGNED;
    real con2[48] ALIGNED;
    real fma5[48] ALIGNED;
    real add3[48] ALIGNED;
    real con3[48] ALIGNED;
    real fma6[48] ALIGNED;
    real add4[48] ALIGNED;
    real con4[16] ALIGNED;
    real con5[16] ALIGNED;
    real div[16] ALIGNED;
    real neg2[16] ALIGNED;
    real mul4[48] ALIGNED;
    real mul5[48] ALIGNED;
    real mul6[48] ALIGNED;
    real mul7[48] ALIGNED;
    real mul8[48] ALIGNED;
    real mul9[48] ALIGNED;
    real mul10[48] ALIGNED;
    real mul11[48] ALIGNED;
    real mul12[48] ALIGNED;
    real mul13[48] ALIGNED;
    real mul14[48] ALIGNED;
    real mul15[48] ALIGNED;
    real mul16[48] ALIGNED;
    real mul17[48] ALIGNED;
    real mul18[48] ALIGNED;
    real mul19[48] ALIGNED;
    real fma7[128] ALIGNED;
    real fma8[128] ALIGNED;
    real fma9[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        const v16 sub5 = v_sub(v_load(s + (c + 128)), v_load(s + c));
        v_store(sub, sub5);
        const v16 sub6 = v_sub(v_splat(theta[1]), v_load(s + (c + 256)));
        v_store(sub1, sub6);
        const v16 mul20 = v_mul(v_load(s + (c + 128)), v_splat(pack[2]));
        const v16 fma10 = v_fma(v_load(s + c), v_splat(pack[2]), v_splat(pack[6]));
        const v16 fma11 = v_fma(sub6, v_splat(pack[1]), mul20);
        const v16 neg3 = v_neg(v_load(s + c));
        const v16 fma12 = v_fma(neg3, v_splat(pack[1]), v_splat(pack[5]));
        v_store(fma_, fma12);
        const v16 add5 = v_add(v_splat(pack[3]), fma10);
        v_store(add, add5);
        const v16 sub7 = v_sub(fma11, v_splat(pack[3]));
        v_store(sub2, sub7);
        const v16 mul21 = v_mul(v_load(s + (c + 128)), v_splat(pack[9]));
        const v16 fma13 = v_fma(v_load(s + c), v_splat(pack[9]), v_splat(pack[13]));
        const v16 fma14 = v_fma(sub6, v_splat(pack[8]), mul21);
        const v16 fma15 = v_fma(neg3, v_splat(pack[8]), v_splat(pack[12]));
        v_store(fma1, fma15);
        const v16 add6 = v_add(v_splat(pack[10]), fma13);
        v_store(add1, add6);
        const v16 sub8 = v_sub(fma14, v_splat(pack[10]));
        v_store(sub3, sub8);
        const v16 mul22 = v_mul(v_load(s + (c + 128)), v_splat(pack[16]));
        const v16 fma16 = v_fma(v_load(s + c), v_splat(pack[16]), v_splat(pack[20]));
        const v16 fma17 = v_fma(sub6, v_splat(pack[15]), mul22);
        const v16 fma18 = v_fma(neg3, v_splat(pack[15]), v_splat(pack[19]));
        v_store(fma2, fma18);
        const v16 add7 = v_add(v_splat(pack[17]), fma16);
        v_store(add2, add7);
        const v16 sub9 = v_sub(fma17, v_splat(pack[17]));
        v_store(sub4, sub9);
        const v16 mul23 = v_mul(v_splat(theta[0]), v_load(a_ds + c));
        v_store(mul, mul23);
        const v16 neg4 = v_neg(v_load(a_ds + (c + 256)));
        v_store(neg, neg4);
        v_store(growth_bar + c, v_splat(0.0f));
        v_store(t_bar + c, v_splat(0.0f));
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(u + (c + 256))));
        const v16 mul24 = v_mul(v_load(con), v_load(fma_));
        v_store(mul1, mul24);
        const v16 neg5 = v_neg(v_load(a_du + c));
        v_store(neg1, neg5);
        const v16 mul25 = v_mul(v_load(u + c), neg5);
        v_store(mul2, mul25);
        const v16 mul26 = v_mul(v_load(con + 16), v_load(fma_));
        v_store(mul1 + 16, mul26);
        const v16 neg6 = v_neg(v_load(a_du + (c + 128)));
        v_store(neg1 + 16, neg6);
        const v16 mul27 = v_mul(v_load(u + (c + 128)), neg6);
        v_store(mul2 + 16, mul27);
        const v16 mul28 = v_mul(v_load(con + 32), v_load(fma_));
        v_store(mul1 + 32, mul28);
        const v16 neg7 = v_neg(v_load(a_du + (c + 256)));
        v_store(neg1 + 32, neg7);
        const v16 mul29 = v_mul(v_load(u + (c + 256)), neg7);
        v_store(mul2 + 32, mul29);
        v_store(con1, v_splat(0.0f));
        v_store(con1 + 16, v_splat(0.0f));
        v_store(con1 + 32, v_splat(0.0f));
        v_store(con1, v_add(v_load(con1), v_load(u + c)));
        const v16 fma19 = v_fma(v_load(con1), v_load(sub2), v_load(mul1));
        v_store(fma3, fma19);
        const v16 fma20 = v_fma(v_load(con1 + 16), v_load(sub2), v_load(mul1 + 16));
        v_store(fma3 + 16, fma20);
        const v16 fma21 = v_fma(v_load(con1 + 32), v_load(sub2), v_load(mul1 + 32));
        v_store(fma3 + 32, fma21);
        v_store(mul1, v_splat(0.0f));
        v_store(mul1 + 16, v_splat(0.0f));
        v_store(mul1 + 32, v_splat(0.0f));
        v_store(mul1, v_add(v_load(mul1), v_load(u + (c + 128))));
        const v16 fma22 = v_fma(v_load(mul1), v_load(add), v_load(fma3));
        v_store(fma4, fma22);
        const v16 fma23 = v_fma(v_load(mul1 + 16), v_load(add), v_load(fma3 + 16));
        v_store(fma4 + 16, fma23);
        const v16 fma24 = v_fma(v_load(mul1 + 32), v_load(add), v_load(fma3 + 32));
        v_store(fma4 + 32, fma24);
        v_store(fma3, v_splat(0.0f));
        v_store(fma3 + 16, v_splat(0.0f));
        v_store(fma3 + 32, v_splat(0.0f));
        v_store(fma3 + 16, v_add(v_load(fma3 + 16), v_load(u + (c + 256))));
        const v16 mul30 = v_mul(v_load(fma3), v_load(fma1));
        v_store(mul3, mul30);
        const v16 mul31 = v_mul(v_load(fma3 + 16), v_load(fma1));
        v_store(mul3 + 16, mul31);
        const v16 mul32 = v_mul(v_load(fma3 + 32), v_load(fma1));
        v_store(mul3 + 32, mul32);
        v_store(con2, v_splat(0.0f));
        v_store(con2 + 16, v_splat(0.0f));
        v_store(con2 + 32, v_splat(0.0f));
        v_store(con2 + 16, v_add(v_load(con2 + 16), v_load(u + c)));
        const v16 fma25 = v_fma(v_load(con2), v_load(sub3), v_load(mul3));
        v_store(fma5, fma25);
        const v16 fma26 = v_fma(v_load(con2 + 16), v_load(sub3), v_load(mul3 + 16));
        v_store(fma5 + 16, fma26);
        const v16 fma27 = v_fma(v_load(con2 + 32), v_load(sub3), v_load(mul3 + 32));
        v_store(fma5 + 32, fma27);
        v_store(mul3, v_splat(0.0f));
        v_store(mul3 + 16, v_splat(0.0f));
        v_store(mul3 + 32, v_splat(0.0f));
        v_store(mul3 + 16, v_add(v_load(mul3 + 16), v_load(u + (c + 128))));
        const v16 fma28 = v_fma(v_load(mul3), v_load(add1), v_load(fma5));
        const v16 add8 = v_add(v_load(fma4), fma28);
        v_store(add3, add8);
        const v16 fma29 = v_fma(v_load(mul3 + 16), v_load(add1), v_load(fma5 + 16));
        const v16 add9 = v_add(v_load(fma4 + 16), fma29);
        v_store(add3 + 16, add9);
        const v16 fma30 = v_fma(v_load(mul3 + 32), v_load(add1), v_load(fma5 + 32));
        const v16 add10 = v_add(v_load(fma4 + 32), fma30);
        v_store(add3 + 32, add10);
        v_store(fma4, v_splat(0.0f));
        v_store(fma4 + 16, v_splat(0.0f));
        v_store(fma4 + 32, v_splat(0.0f));
        v_store(fma4 + 32, v_add(v_load(fma4 + 32), v_load(u + (c + 256))));
        const v16 mul33 = v_mul(v_load(fma4), v_load(fma2));
        v_store(fma5, mul33);
        const v16 mul34 = v_mul(v_load(fma4 + 16), v_load(fma2));
        v_store(fma5 + 16, mul34);
        const v16 mul35 = v_mul(v_load(fma4 + 32), v_load(fma2));
        v_store(fma5 + 32, mul35);
        v_store(con3, v_splat(0.0f));
        v_store(con3 + 16, v_splat(0.0f));
        v_store(con3 + 32, v_splat(0.0f));
        v_store(con3 + 32, v_add(v_load(con3 + 32), v_load(u + c)));
        const v16 fma31 = v_fma(v_load(con3), v_load(sub4), v_load(fma5));
        v_store(fma6, fma31);
        const v16 fma32 = v_fma(v_load(con3 + 16), v_load(sub4), v_load(fma5 + 16));
        v_store(fma6 + 16, fma32);
        const v16 fma33 = v_fma(v_load(con3 + 32), v_load(sub4), v_load(fma5 + 32));
        v_store(fma6 + 32, fma33);
        v_store(fma5, v_splat(0.0f));
        v_store(fma5 + 16, v_splat(0.0f));
        v_store(fma5 + 32, v_splat(0.0f));
        v_store(fma5 + 32, v_add(v_load(fma5 + 32), v_load(u + (c + 128))));
        const v16 fma34 = v_fma(v_load(fma5), v_load(add2), v_load(fma6));
        const v16 add11 = v_add(v_load(add3), fma34);
        v_store(add4, add11);
        const v16 fma35 = v_fma(v_load(fma5 + 16), v_load(add2), v_load(fma6 + 16));
        const v16 add12 = v_add(v_load(add3 + 16), fma35);
        v_store(add4 + 16, add12);
        const v16 fma36 = v_fma(v_load(fma5 + 32), v_load(add2), v_load(fma6 + 32));
        const v16 add13 = v_add(v_load(add3 + 32), fma36);
        v_store(add4 + 32, add13);
        v16 s0 = v_splat(0.0f);
        s0 = v_fma(v_load(u + c), v_load(add4), s0);
        s0 = v_fma(v_load(u + (c + 128)), v_load(add4 + 16), s0);
        s0 = v_fma(v_load(u + (c + 256)), v_load(add4 + 32), s0);
        v_store(con4, s0);
        v16 s0_1 = v_splat(0.0f);
        s0_1 = v_fma(v_load(u + c), v_load(u + c), s0_1);
        s0_1 = v_fma(v_load(u + (c + 128)), v_load(u + (c + 128)), s0_1);
        s0_1 = v_fma(v_load(u + (c + 256)), v_load(u + (c + 256)), s0_1);
        v_store(con5, s0_1);
        const v16 div1 = v_div(v_load(con4), s0_1);
        v_store(div, div1);
        v16 s0_2 = v_load(a_dgrowth + c);
        s0_2 = v_add(s0_2, v_load(mul2));
        s0_2 = v_add(s0_2, v_load(mul2 + 16));
        s0_2 = v_add(s0_2, v_load(mul2 + 32));
        const v16 div2 = v_div(s0_2, v_load(con5));
        v_store(con4, div2);
        const v16 mul36 = v_mul(v_load(div), div2);
        const v16 neg8 = v_neg(mul36);
        v_store(neg2, neg8);
        const v16 mul37 = v_mul(v_load(u + c), v_load(neg2));
        const v16 fma37 = v_fma(v_load(div), v_load(neg1), mul37);
        const v16 add14 = v_add(mul37, fma37);
        const v16 fma38 = v_fma(v_load(add4), v_load(con4), add14);
        v_store(mul2, fma38);
        const v16 fma39 = v_fma(v_load(u + c), v_load(con4), v_load(a_du + c));
        const v16 mul38 = v_mul(v_load(add2), fma39);
        v_store(add3, mul38);
        const v16 mul39 = v_mul(v_load(fma5), fma39);
        v_store(fma6, mul39);
        const v16 mul40 = v_mul(v_load(sub4), fma39);
        v_store(mul4, mul40);
        const v16 mul41 = v_mul(v_load(con3), fma39);
        v_store(mul5, mul41);
        const v16 mul42 = v_mul(v_load(fma2), fma39);
        v_store(mul6, mul42);
        const v16 mul43 = v_mul(v_load(fma4), fma39);
        v_store(mul7, mul43);
        const v16 mul44 = v_mul(v_load(add1), fma39);
        v_store(mul8, mul44);
        const v16 mul45 = v_mul(v_load(mul3), fma39);
        v_store(mul9, mul45);
        const v16 mul46 = v_mul(v_load(sub3), fma39);
        v_store(mul10, mul46);
        const v16 mul47 = v_mul(v_load(con2), fma39);
        v_store(mul11, mul47);
        const v16 mul48 = v_mul(v_load(fma1), fma39);
        v_store(mul12, mul48);
        const v16 mul49 = v_mul(v_load(fma3), fma39);
        v_store(mul13, mul49);
        const v16 mul50 = v_mul(v_load(add), fma39);
        v_store(mul14, mul50);
        const v16 mul51 = v_mul(v_load(mul1), fma39);
        v_store(mul15, mul51);
        const v16 mul52 = v_mul(v_load(sub2), fma39);
        v_store(mul16, mul52);
        const v16 mul53 = v_mul(v_load(con1), fma39);
        v_store(mul17, mul53);
        const v16 mul54 = v_mul(v_load(fma_), fma39);
        v_store(mul18, mul54);
        const v16 mul55 = v_mul(v_load(con), fma39);
        v_store(mul19, mul55);
        const v16 mul56 = v_mul(v_load(u + (c + 128)), v_load(neg2));
        const v16 fma40 = v_fma(v_load(div), v_load(neg1 + 16), mul56);
        const v16 add15 = v_add(mul56, fma40);
        const v16 fma41 = v_fma(v_load(add4 + 16), v_load(con4), add15);
        v_store(mul2 + 16, fma41);
        const v16 fma42 = v_fma(v_load(u + (c + 128)), v_load(con4), v_load(a_du + (c + 128)));
        const v16 mul57 = v_mul(v_load(add2), fma42);
        v_store(add3 + 16, mul57);
        const v16 mul58 = v_mul(v_load(fma5 + 16), fma42);
        v_store(fma6 + 16, mul58);
        const v16 mul59 = v_mul(v_load(sub4), fma42);
        v_store(mul4 + 16, mul59);
        const v16 mul60 = v_mul(v_load(con3 + 16), fma42);
        v_store(mul5 + 16, mul60);
        const v16 mul61 = v_mul(v_load(fma2), fma42);
        v_store(mul6 + 16, mul61);
        const v16 mul62 = v_mul(v_load(fma4 + 16), fma42);
        v_store(mul7 + 16, mul62);
        const v16 mul63 = v_mul(v_load(add1), fma42);
        v_store(mul8 + 16, mul63);
        const v16 mul64 = v_mul(v_load(mul3 + 16), fma42);
        v_store(mul9 + 16, mul64);
        const v16 mul65 = v_mul(v_load(sub3), fma42);
        v_store(mul10 + 16, mul65);
        const v16 mul66 = v_mul(v_load(con2 + 16), fma42);
        v_store(mul11 + 16, mul66);
        const v16 mul67 = v_mul(v_load(fma1), fma42);
        v_store(mul12 + 16, mul67);
        const v16 mul68 = v_mul(v_load(fma3 + 16), fma42);
        v_store(mul13 + 16, mul68);
        const v16 mul69 = v_mul(v_load(add), fma42);
        v_store(mul14 + 16, mul69);
        const v16 mul70 = v_mul(v_load(mul1 + 16), fma42);
        v_store(mul15 + 16, mul70);
        const v16 mul71 = v_mul(v_load(sub2), fma42);
        v_store(mul16 + 16, mul71);
        const v16 mul72 = v_mul(v_load(con1 + 16), fma42);
        v_store(mul17 + 16, mul72);
        const v16 mul73 = v_mul(v_load(fma_), fma42);
        v_store(mul18 + 16, mul73);
        const v16 mul74 = v_mul(v_load(con + 16), fma42);
        v_store(mul19 + 16, mul74);
        const v16 mul75 = v_mul(v_load(u + (c + 256)), v_load(neg2));
        const v16 fma43 = v_fma(v_load(div), v_load(neg1 + 32), mul75);
        const v16 add16 = v_add(mul75, fma43);
        const v16 fma44 = v_fma(v_load(add4 + 32), v_load(con4), add16);
        v_store(mul2 + 32, fma44);
        const v16 fma45 = v_fma(v_load(u + (c + 256)), v_load(con4), v_load(a_du + (c + 256)));
        const v16 mul76 = v_mul(v_load(add2), fma45);
        v_store(add3 + 32, mul76);
        const v16 mul77 = v_mul(v_load(fma5 + 32), fma45);
        v_store(fma6 + 32, mul77);
        const v16 mul78 = v_mul(v_load(sub4), fma45);
        v_store(mul4 + 32, mul78);
        const v16 mul79 = v_mul(v_load(con3 + 32), fma45);
        v_store(mul5 + 32, mul79);
        const v16 mul80 = v_mul(v_load(fma2), fma45);
        v_store(mul6 + 32, mul80);
        const v16 mul81 = v_mul(v_load(fma4 + 32), fma45);
        v_store(mul7 + 32, mul81);
        const v16 mul82 = v_mul(v_load(add1), fma45);
        v_store(mul8 + 32, mul82);
        const v16 mul83 = v_mul(v_load(mul3 + 32), fma45);
        v_store(mul9 + 32, mul83);
        const v16 mul84 = v_mul(v_load(sub3), fma45);
        v_store(mul10 + 32, mul84);
        const v16 mul85 = v_mul(v_load(con2 + 32), fma45);
        v_store(mul11 + 32, mul85);
        const v16 mul86 = v_mul(v_load(fma1), fma45);
        v_store(mul12 + 32, mul86);
        const v16 mul87 = v_mul(v_load(fma3 + 32), fma45);
        v_store(mul13 + 32, mul87);
        const v16 mul88 = v_mul(v_load(add), fma45);
        v_store(mul14 + 32, mul88);
        const v16 mul89 = v_mul(v_load(mul1 + 32), fma45);
        v_store(mul15 + 32, mul89);
        const v16 mul90 = v_mul(v_load(sub2), fma45);
        v_store(mul16 + 32, mul90);
        const v16 mul91 = v_mul(v_load(con1 + 32), fma45);
        v_store(mul17 + 32, mul91);
        const v16 mul92 = v_mul(v_load(fma_), fma45);
        v_store(mul18 + 32, mul92);
        const v16 mul93 = v_mul(v_load(con + 32), fma45);
        v_store(mul19 + 32, mul93);
        v16 s0_3 = v_splat(0.0f);
        s0_3 = v_add(s0_3, v_load(fma6));
        s0_3 = v_add(s0_3, v_load(fma6 + 16));
        s0_3 = v_add(s0_3, v_load(fma6 + 32));
        v_store(fma_, s0_3);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(add3 + 32)));
        const v16 add17 = v_add(v_load(mul2), v_load(con));
        v_store(mul1, add17);
        const v16 add18 = v_add(v_load(mul2 + 16), v_load(con + 16));
        v_store(mul1 + 16, add18);
        const v16 add19 = v_add(v_load(mul2 + 32), v_load(con + 32));
        v_store(mul1 + 32, add19);
        v16 s0_4 = v_splat(0.0f);
        s0_4 = v_add(s0_4, v_load(mul5));
        s0_4 = v_add(s0_4, v_load(mul5 + 16));
        s0_4 = v_add(s0_4, v_load(mul5 + 32));
        const v16 sub10 = v_sub(v_load(fma_), s0_4);
        const v16 mul94 = v_mul(v_splat(pack[15]), s0_4);
        v_store(add, mul94);
        const v16 mul95 = v_mul(v_splat(pack[16]), s0_4);
        v_store(sub2, mul95);
        const v16 mul96 = v_mul(v_splat(pack[14]), sub10);
        v_store(fma1, mul96);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(mul4 + 32)));
        const v16 add20 = v_add(v_load(mul1), v_load(con));
        v_store(neg1, add20);
        const v16 add21 = v_add(v_load(mul1 + 16), v_load(con + 16));
        v_store(neg1 + 16, add21);
        const v16 add22 = v_add(v_load(mul1 + 32), v_load(con + 32));
        v_store(neg1 + 32, add22);
        v16 s0_5 = v_splat(0.0f);
        s0_5 = v_add(s0_5, v_load(mul7));
        s0_5 = v_add(s0_5, v_load(mul7 + 16));
        s0_5 = v_add(s0_5, v_load(mul7 + 32));
        const v16 neg9 = v_neg(s0_5);
        const v16 mul97 = v_mul(v_splat(pack[15]), neg9);
        const v16 fma46 = v_fma(v_splat(pack[16]), v_load(fma_), mul97);
        v_store(add1, fma46);
        const v16 mul98 = v_mul(v_splat(pack[18]), s0_5);
        v_store(sub3, mul98);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(mul6 + 32)));
        const v16 add23 = v_add(v_load(neg1), v_load(con));
        v_store(mul1, add23);
        const v16 add24 = v_add(v_load(neg1 + 16), v_load(con + 16));
        v_store(mul1 + 16, add24);
        const v16 add25 = v_add(v_load(neg1 + 32), v_load(con + 32));
        v_store(mul1 + 32, add25);
        v16 s0_6 = v_splat(0.0f);
        s0_6 = v_add(s0_6, v_load(mul9));
        s0_6 = v_add(s0_6, v_load(mul9 + 16));
        s0_6 = v_add(s0_6, v_load(mul9 + 32));
        v_store(fma_, s0_6);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(mul8 + 16)));
        const v16 add26 = v_add(v_load(mul1), v_load(con));
        v_store(neg1, add26);
        const v16 add27 = v_add(v_load(mul1 + 16), v_load(con + 16));
        v_store(neg1 + 16, add27);
        const v16 add28 = v_add(v_load(mul1 + 32), v_load(con + 32));
        v_store(neg1 + 32, add28);
        v16 s0_7 = v_splat(0.0f);
        s0_7 = v_add(s0_7, v_load(mul11));
        s0_7 = v_add(s0_7, v_load(mul11 + 16));
        s0_7 = v_add(s0_7, v_load(mul11 + 32));
        const v16 sub11 = v_sub(v_load(fma_), s0_7);
        const v16 fma47 = v_fma(v_splat(pack[8]), s0_7, v_load(add));
        v_store(fma2, fma47);
        const v16 fma48 = v_fma(v_splat(pack[9]), s0_7, v_load(sub2));
        v_store(add2, fma48);
        const v16 fma49 = v_fma(v_splat(pack[7]), sub11, v_load(fma1));
        v_store(sub4, fma49);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(mul10 + 16)));
        const v16 add29 = v_add(v_load(neg1), v_load(con));
        v_store(mul1, add29);
        const v16 add30 = v_add(v_load(neg1 + 16), v_load(con + 16));
        v_store(mul1 + 16, add30);
        const v16 add31 = v_add(v_load(neg1 + 32), v_load(con + 32));
        v_store(mul1 + 32, add31);
        v16 s0_8 = v_splat(0.0f);
        s0_8 = v_add(s0_8, v_load(mul13));
        s0_8 = v_add(s0_8, v_load(mul13 + 16));
        s0_8 = v_add(s0_8, v_load(mul13 + 32));
        const v16 neg10 = v_neg(s0_8);
        const v16 fma50 = v_fma(v_splat(pack[8]), neg10, v_load(add1));
        const v16 fma51 = v_fma(v_splat(pack[9]), v_load(fma_), fma50);
        v_store(add, fma51);
        const v16 fma52 = v_fma(v_splat(pack[11]), s0_8, v_load(sub3));
        v_store(sub2, fma52);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(mul12 + 16)));
        const v16 add32 = v_add(v_load(mul1), v_load(con));
        v_store(neg1, add32);
        const v16 add33 = v_add(v_load(mul1 + 16), v_load(con + 16));
        v_store(neg1 + 16, add33);
        const v16 add34 = v_add(v_load(mul1 + 32), v_load(con + 32));
        v_store(neg1 + 32, add34);
        v16 s0_9 = v_splat(0.0f);
        s0_9 = v_add(s0_9, v_load(mul15));
        s0_9 = v_add(s0_9, v_load(mul15 + 16));
        s0_9 = v_add(s0_9, v_load(mul15 + 32));
        v_store(fma_, s0_9);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(mul14)));
        const v16 add35 = v_add(v_load(neg1), v_load(con));
        v_store(mul1, add35);
        const v16 add36 = v_add(v_load(neg1 + 16), v_load(con + 16));
        v_store(mul1 + 16, add36);
        const v16 add37 = v_add(v_load(neg1 + 32), v_load(con + 32));
        v_store(mul1 + 32, add37);
        v16 s0_10 = v_splat(0.0f);
        s0_10 = v_add(s0_10, v_load(mul17));
        s0_10 = v_add(s0_10, v_load(mul17 + 16));
        s0_10 = v_add(s0_10, v_load(mul17 + 32));
        const v16 sub12 = v_sub(v_load(fma_), s0_10);
        const v16 fma53 = v_fma(v_splat(pack[1]), s0_10, v_load(fma2));
        const v16 fma54 = v_fma(v_splat(pack[2]), s0_10, v_load(add2));
        const v16 fma55 = v_fma(v_splat(pack[0]), sub12, v_load(sub4));
        const v16 fma56 = v_fma(v_load(sub), v_load(a_ds + c), fma55);
        v_store(fma7 + c, fma56);
        const v16 fma57 = v_fma(v_load(s + c), v_load(a_ds + (c + 256)), fma54);
        const v16 sub13 = v_sub(fma57, v_load(a_ds + (c + 128)));
        const v16 fma58 = v_fma(v_load(s + c), v_load(a_ds + (c + 128)), fma53);
        v_store(fma8 + c, fma58);
        const v16 neg11 = v_neg(fma58);
        const v16 fma59 = v_fma(v_splat(theta[2]), v_load(neg), neg11);
        v_store(fma1, fma59);
        const v16 add38 = v_add(v_load(mul), sub13);
        v_store(add1, add38);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con, v_add(v_load(con), v_load(mul16)));
        const v16 add39 = v_add(v_load(mul1), v_load(con));
        v_store(neg1, add39);
        const v16 add40 = v_add(v_load(mul1 + 16), v_load(con + 16));
        v_store(neg1 + 16, add40);
        const v16 add41 = v_add(v_load(mul1 + 32), v_load(con + 32));
        v_store(neg1 + 32, add41);
        v16 s0_11 = v_splat(0.0f);
        s0_11 = v_add(s0_11, v_load(mul19));
        s0_11 = v_add(s0_11, v_load(mul19 + 16));
        s0_11 = v_add(s0_11, v_load(mul19 + 32));
        const v16 neg12 = v_neg(s0_11);
        const v16 fma60 = v_fma(v_splat(pack[1]), neg12, v_load(add));
        const v16 fma61 = v_fma(v_splat(pack[2]), v_load(fma_), fma60);
        const v16 fma62 = v_fma(v_splat(pack[4]), s0_11, v_load(sub2));
        const v16 fma63 = v_fma(v_load(s + (c + 256)), v_load(neg), fma62);
        v_store(fma9 + c, fma63);
        const v16 fma64 = v_fma(v_load(s + (c + 128)), v_load(a_ds + (c + 256)), fma61);
        const v16 fma65 = v_fma(v_load(sub1), v_load(a_ds + (c + 128)), fma64);
        const v16 sub14 = v_sub(fma65, v_load(mul));
        v_store(sub, sub14);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(mul18)));
        const v16 add42 = v_add(v_load(neg1), v_load(con));
        v_store(u_bar + c, add42);
        const v16 add43 = v_add(v_load(neg1 + 16), v_load(con + 16));
        v_store(u_bar + (c + 128), add43);
        const v16 add44 = v_add(v_load(neg1 + 32), v_load(con + 32));
        v_store(u_bar + (c + 256), add44);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 32, v_add(v_load(con + 32), v_load(fma1)));
        v_store(mul1, v_splat(0.0f));
        v_store(mul1 + 16, v_splat(0.0f));
        v_store(mul1 + 32, v_splat(0.0f));
        v_store(mul1, v_add(v_load(mul1), v_load(sub)));
        const v16 add45 = v_add(v_load(con), v_load(mul1));
        v_store(neg1, add45);
        const v16 add46 = v_add(v_load(con + 16), v_load(mul1 + 16));
        v_store(neg1 + 16, add46);
        const v16 add47 = v_add(v_load(con + 32), v_load(mul1 + 32));
        v_store(neg1 + 32, add47);
        v_store(con, v_splat(0.0f));
        v_store(con + 16, v_splat(0.0f));
        v_store(con + 32, v_splat(0.0f));
        v_store(con + 16, v_add(v_load(con + 16), v_load(add1)));
        const v16 add48 = v_add(v_load(neg1), v_load(con));
        v_store(s_bar + c, add48);
        const v16 add49 = v_add(v_load(neg1 + 16), v_load(con + 16));
        v_store(s_bar + (c + 128), add49);
        const v16 add50 = v_add(v_load(neg1 + 32), v_load(con + 32));
        v_store(s_bar + (c + 256), add50);
    }
    v16 s0 = v_load(sums);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0 = v_add(s0, v_load(fma7 + c));
    }
    v_store(sums, s0);
    v16 s0_1 = v_load(sums + 32);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_1 = v_add(s0_1, v_load(fma9 + c));
    }
    v_store(sums + 32, s0_1);
    v16 s0_2 = v_load(sums + 16);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        s0_2 = v_add(s0_2, v_load(fma8 + c));
    }
    v_store(sums + 16, s0_2);
    if (ax != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(ax + (first*7 + c*7 + e), 7, count - c, v_load(s_bar + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(ax + (first*7 + 3 + c*7 + e), 7, count - c, v_load(u_bar + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(ax + (first*7 + 6 + c*7), 7, count - c, v_load(growth_bar + c));
        }
    }
    if (at != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(at + (first + c), 1, count - c, v_load(t_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void tangent_vjp_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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
static NOINLINE void tangent_vjp_batch(ptrdiff_t batch, const real *RESTRICT t, ptrdiff_t t_stride,
    const real *RESTRICT x, const real *RESTRICT theta, const real *RESTRICT a, real *RESTRICT ax,
    real *RESTRICT at, real *RESTRICT atheta, real *RESTRICT work)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.0f;
    pack[1] = 0.0f;
    pack[2] = 0.0f;
    const real mul = theta[0]*pack[0];
    pack[3] = mul;
    const real neg = -pack[2];
    pack[4] = neg;
    const real mul1 = theta[2]*neg;
    pack[5] = mul1;
    const real neg1 = -pack[1];
    pack[6] = neg1;
    pack[7] = 0.0f;
    pack[8] = 1.0f;
    pack[9] = 0.0f;
    const real mul2 = theta[0]*pack[7];
    pack[10] = mul2;
    const real neg2 = -pack[9];
    pack[11] = neg2;
    const real mul3 = theta[2]*neg2;
    pack[12] = mul3;
    const real neg3 = -pack[8];
    pack[13] = neg3;
    pack[14] = 0.0f;
    pack[15] = 0.0f;
    pack[16] = 1.0f;
    const real mul4 = theta[0]*pack[14];
    pack[17] = mul4;
    const real neg4 = -pack[16];
    pack[18] = neg4;
    const real mul5 = theta[2]*neg4;
    pack[19] = mul5;
    const real neg5 = -pack[15];
    pack[20] = neg5;
    const ptrdiff_t areas = blocks*48 + 32;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        tangent_vjp_batch_block(batch, t, t_stride, x, theta, a, ax, at, work, pack, b, areas, 16);
    }
    if (atheta != NULL) {
        real *const sums = work + 32;
        tangent_vjp_batch_sums(sums, blocks, atheta, 0);
    }
}

/* x at every time, from x0, one block of 128 */
static NOINLINE void tangent_solve_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real s[384] ALIGNED;
    real u[384] ALIGNED;
    real growth[128] ALIGNED;
    real h[128] ALIGNED;
    real s__[128] ALIGNED;
    real n[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(s + (e*128 + c), v_gather(x0 + (first*7 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(u + (e*128 + c), v_gather(x0 + (first*7 + 3 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(growth + c, v_gather(x0 + (first*7 + 6 + c*7), 7, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_scatter(x + (first*7 + c*7 + e), 7, count - c, v_load(s + (e*128 + c)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_scatter(x + (first*7 + 3 + c*7 + e), 7, count - c, v_load(u + (e*128 + c)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_scatter(x + (first*7 + 6 + c*7), 7, count - c, v_load(growth + c));
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            zero = v_fma(v_load(s + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            zero1 = v_fma(v_load(u + (e*128 + c)), v_splat(0.0f), zero1);
        }
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    v16 zero2 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero2 = v_fma(v_load(growth + c), v_splat(0.0f), zero2);
    }
    const ptrdiff_t sound2 = (1 - m_any(v_ne(zero2, zero2)))*sound1;
    if (sound2 == 0) {
        const ptrdiff_t at = tangent_find(x, first*7, count*7);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/7);
            work[area + 2] = t[(first + at/7)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%7);
            failed = 5;
        }
    }
    /* from each time to the next: n steps of length h */
    ROLL for (ptrdiff_t i = 1; i < times; i++) {
        ptrdiff_t most = 0;
        if (t_stride == 0) {
            const real begin = t[first*t_stride + (i - 1)];
            const real end = t[first*t_stride + i];
            const ptrdiff_t n1 = tangent_steps(begin, end, h_max, steps, max_steps);
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
                const ptrdiff_t n1 = tangent_steps(begin, end, h_max, steps, max_steps);
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
                p_store(s__ + c, p_splat(value));
            }
            real fma_[16] ALIGNED;
            real fma1[16] ALIGNED;
            real mul[16] ALIGNED;
            real fma2[16] ALIGNED;
            real add[16] ALIGNED;
            real sub[16] ALIGNED;
            real fma3[16] ALIGNED;
            real add1[16] ALIGNED;
            real sub1[16] ALIGNED;
            real fma4[16] ALIGNED;
            real add2[16] ALIGNED;
            real sub2[16] ALIGNED;
            real con[48] ALIGNED;
            real con1[48] ALIGNED;
            real add3[48] ALIGNED;
            real fma5[48] ALIGNED;
            real fma6[48] ALIGNED;
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                const v16 sub3 = v_sub(v_load(s + (c + 128)), v_load(s + c));
                const v16 sub4 = v_sub(v_splat(theta[1]), v_load(s + (c + 256)));
                const v16 neg = v_neg(v_load(s + (c + 128)));
                const v16 fma7 = v_fma(v_load(s + c), sub4, neg);
                v_store(fma_, fma7);
                const v16 mul1 = v_mul(v_load(s + (c + 128)), v_load(s + c));
                const v16 neg1 = v_neg(v_load(s + (c + 256)));
                const v16 fma8 = v_fma(neg1, v_splat(theta[2]), mul1);
                v_store(fma1, fma8);
                const v16 mul2 = v_mul(sub3, v_splat(theta[0]));
                v_store(mul, mul2);
                const v16 mul3 = v_mul(v_load(s + (c + 128)), v_splat(pack[2]));
                const v16 fma9 = v_fma(v_load(s + c), v_splat(pack[2]), v_splat(pack[6]));
                const v16 fma10 = v_fma(sub4, v_splat(pack[1]), mul3);
                const v16 neg2 = v_neg(v_load(s + c));
                const v16 fma11 = v_fma(neg2, v_splat(pack[1]), v_splat(pack[5]));
                v_store(fma2, fma11);
                const v16 add4 = v_add(v_splat(pack[3]), fma9);
                v_store(add, add4);
                const v16 sub5 = v_sub(fma10, v_splat(pack[3]));
                v_store(sub, sub5);
                const v16 mul4 = v_mul(v_load(s + (c + 128)), v_splat(pack[9]));
                const v16 fma12 = v_fma(v_load(s + c), v_splat(pack[9]), v_splat(pack[13]));
                const v16 fma13 = v_fma(sub4, v_splat(pack[8]), mul4);
                const v16 fma14 = v_fma(neg2, v_splat(pack[8]), v_splat(pack[12]));
                v_store(fma3, fma14);
                const v16 add5 = v_add(v_splat(pack[10]), fma12);
                v_store(add1, add5);
                const v16 sub6 = v_sub(fma13, v_splat(pack[10]));
                v_store(sub1, sub6);
                const v16 mul5 = v_mul(v_load(s + (c + 128)), v_splat(pack[16]));
                const v16 fma15 = v_fma(v_load(s + c), v_splat(pack[16]), v_splat(pack[20]));
                const v16 fma16 = v_fma(sub4, v_splat(pack[15]), mul5);
                const v16 fma17 = v_fma(neg2, v_splat(pack[15]), v_splat(pack[19]));
                v_store(fma4, fma17);
                const v16 add6 = v_add(v_splat(pack[17]), fma15);
                v_store(add2, add6);
                const v16 sub7 = v_sub(fma16, v_splat(pack[17]));
                v_store(sub2, sub7);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con, v_add(v_load(con), v_load(mul)));
                v_store(con1, v_splat(0.0f));
                v_store(con1 + 16, v_splat(0.0f));
                v_store(con1 + 32, v_splat(0.0f));
                v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(fma_)));
                const v16 add7 = v_add(v_load(con), v_load(con1));
                v_store(add3, add7);
                const v16 add8 = v_add(v_load(con + 16), v_load(con1 + 16));
                v_store(add3 + 16, add8);
                const v16 add9 = v_add(v_load(con + 32), v_load(con1 + 32));
                v_store(add3 + 32, add9);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 32, v_add(v_load(con + 32), v_load(fma1)));
                const v16 add10 = v_add(v_load(add3), v_load(con));
                const v16 fma18 = v_fma(add10, v_load(h + c), v_load(s + c));
                v_store(con1, fma18);
                const v16 add11 = v_add(v_load(add3 + 16), v_load(con + 16));
                const v16 fma19 = v_fma(add11, v_load(h + c), v_load(s + (c + 128)));
                v_store(con1 + 16, fma19);
                const v16 add12 = v_add(v_load(add3 + 32), v_load(con + 32));
                const v16 fma20 = v_fma(add12, v_load(h + c), v_load(s + (c + 256)));
                v_store(con1 + 32, fma20);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con, v_add(v_load(con), v_load(u + (c + 256))));
                const v16 mul6 = v_mul(v_load(con), v_load(fma2));
                v_store(add3, mul6);
                const v16 mul7 = v_mul(v_load(con + 16), v_load(fma2));
                v_store(add3 + 16, mul7);
                const v16 mul8 = v_mul(v_load(con + 32), v_load(fma2));
                v_store(add3 + 32, mul8);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con, v_add(v_load(con), v_load(u + c)));
                const v16 fma21 = v_fma(v_load(con), v_load(sub), v_load(add3));
                v_store(fma5, fma21);
                const v16 fma22 = v_fma(v_load(con + 16), v_load(sub), v_load(add3 + 16));
                v_store(fma5 + 16, fma22);
                const v16 fma23 = v_fma(v_load(con + 32), v_load(sub), v_load(add3 + 32));
                v_store(fma5 + 32, fma23);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con, v_add(v_load(con), v_load(u + (c + 128))));
                const v16 fma24 = v_fma(v_load(con), v_load(add), v_load(fma5));
                v_store(add3, fma24);
                const v16 fma25 = v_fma(v_load(con + 16), v_load(add), v_load(fma5 + 16));
                v_store(add3 + 16, fma25);
                const v16 fma26 = v_fma(v_load(con + 32), v_load(add), v_load(fma5 + 32));
                v_store(add3 + 32, fma26);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 16, v_add(v_load(con + 16), v_load(u + (c + 256))));
                const v16 mul9 = v_mul(v_load(con), v_load(fma3));
                v_store(fma5, mul9);
                const v16 mul10 = v_mul(v_load(con + 16), v_load(fma3));
                v_store(fma5 + 16, mul10);
                const v16 mul11 = v_mul(v_load(con + 32), v_load(fma3));
                v_store(fma5 + 32, mul11);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 16, v_add(v_load(con + 16), v_load(u + c)));
                const v16 fma27 = v_fma(v_load(con), v_load(sub1), v_load(fma5));
                v_store(fma6, fma27);
                const v16 fma28 = v_fma(v_load(con + 16), v_load(sub1), v_load(fma5 + 16));
                v_store(fma6 + 16, fma28);
                const v16 fma29 = v_fma(v_load(con + 32), v_load(sub1), v_load(fma5 + 32));
                v_store(fma6 + 32, fma29);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 16, v_add(v_load(con + 16), v_load(u + (c + 128))));
                const v16 fma30 = v_fma(v_load(con), v_load(add1), v_load(fma6));
                const v16 add13 = v_add(v_load(add3), fma30);
                v_store(fma5, add13);
                const v16 fma31 = v_fma(v_load(con + 16), v_load(add1), v_load(fma6 + 16));
                const v16 add14 = v_add(v_load(add3 + 16), fma31);
                v_store(fma5 + 16, add14);
                const v16 fma32 = v_fma(v_load(con + 32), v_load(add1), v_load(fma6 + 32));
                const v16 add15 = v_add(v_load(add3 + 32), fma32);
                v_store(fma5 + 32, add15);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 32, v_add(v_load(con + 32), v_load(u + (c + 256))));
                const v16 mul12 = v_mul(v_load(con), v_load(fma4));
                v_store(add3, mul12);
                const v16 mul13 = v_mul(v_load(con + 16), v_load(fma4));
                v_store(add3 + 16, mul13);
                const v16 mul14 = v_mul(v_load(con + 32), v_load(fma4));
                v_store(add3 + 32, mul14);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 32, v_add(v_load(con + 32), v_load(u + c)));
                const v16 fma33 = v_fma(v_load(con), v_load(sub2), v_load(add3));
                v_store(fma6, fma33);
                const v16 fma34 = v_fma(v_load(con + 16), v_load(sub2), v_load(add3 + 16));
                v_store(fma6 + 16, fma34);
                const v16 fma35 = v_fma(v_load(con + 32), v_load(sub2), v_load(add3 + 32));
                v_store(fma6 + 32, fma35);
                v_store(con, v_splat(0.0f));
                v_store(con + 16, v_splat(0.0f));
                v_store(con + 32, v_splat(0.0f));
                v_store(con + 32, v_add(v_load(con + 32), v_load(u + (c + 128))));
                const v16 fma36 = v_fma(v_load(con), v_load(add2), v_load(fma6));
                const v16 add16 = v_add(v_load(fma5), fma36);
                v_store(add3, add16);
                const v16 fma37 = v_fma(v_load(con + 16), v_load(add2), v_load(fma6 + 16));
                const v16 add17 = v_add(v_load(fma5 + 16), fma37);
                v_store(add3 + 16, add17);
                const v16 fma38 = v_fma(v_load(con + 32), v_load(add2), v_load(fma6 + 32));
                const v16 add18 = v_add(v_load(fma5 + 32), fma38);
                v_store(add3 + 32, add18);
                v16 s0 = v_splat(0.0f);
                s0 = v_fma(v_load(u + c), v_load(add3), s0);
                s0 = v_fma(v_load(u + (c + 128)), v_load(add3 + 16), s0);
                s0 = v_fma(v_load(u + (c + 256)), v_load(add3 + 32), s0);
                v_store(fma_, s0);
                v16 s0_1 = v_splat(0.0f);
                s0_1 = v_fma(v_load(u + c), v_load(u + c), s0_1);
                s0_1 = v_fma(v_load(u + (c + 128)), v_load(u + (c + 128)), s0_1);
                s0_1 = v_fma(v_load(u + (c + 256)), v_load(u + (c + 256)), s0_1);
                const v16 div = v_div(v_load(fma_), s0_1);
                const v16 neg3 = v_neg(div);
                v_store(fma1, neg3);
                const v16 fma39 = v_fma(v_load(h + c), div, v_load(growth + c));
                v_store(mul, fma39);
                const v16 fma40 = v_fma(v_load(u + c), v_load(fma1), v_load(add3));
                const v16 fma41 = v_fma(fma40, v_load(h + c), v_load(u + c));
                v_store(con, fma41);
                const v16 fma42 = v_fma(v_load(u + (c + 128)), v_load(fma1), v_load(add3 + 16));
                const v16 fma43 = v_fma(fma42, v_load(h + c), v_load(u + (c + 128)));
                v_store(con + 16, fma43);
                const v16 fma44 = v_fma(v_load(u + (c + 256)), v_load(fma1), v_load(add3 + 32));
                const v16 fma45 = v_fma(fma44, v_load(h + c), v_load(u + (c + 256)));
                v_store(con + 32, fma45);
                const v16 select = v_select(v_lt(v_load(s__ + c), v_load(n + c)), v_load(con1),
                    v_load(s + c));
                const v16 select1 = v_select(v_lt(v_load(s__ + c), v_load(n + c)), v_load(con),
                    v_load(u + c));
                v_store(s + c, select);
                v_store(u + c, select1);
                const v16 select2 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                    v_load(con1 + 16), v_load(s + (c + 128)));
                const v16 select3 = v_select(v_lt(v_load(s__ + c), v_load(n + c)), v_load(con + 16),
                    v_load(u + (c + 128)));
                v_store(s + (c + 128), select2);
                v_store(u + (c + 128), select3);
                const v16 select4 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                    v_load(con1 + 32), v_load(s + (c + 256)));
                const v16 select5 = v_select(v_lt(v_load(s__ + c), v_load(n + c)), v_load(con + 32),
                    v_load(u + (c + 256)));
                v_store(s + (c + 256), select4);
                v_store(u + (c + 256), select5);
                const v16 select6 = v_select(v_lt(v_load(s__ + c), v_load(n + c)), v_load(mul),
                    v_load(growth + c));
                v_store(growth + c, select6);
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(x + ((i*batch + first)*7 + c*7 + e), 7, count - c,
                    v_load(s + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(x + ((i*batch + first)*7 + 3 + c*7 + e), 7, count - c,
                    v_load(u + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(x + ((i*batch + first)*7 + 6 + c*7), 7, count - c, v_load(growth + c));
        }
        v16 zero3 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                zero3 = v_fma(v_load(s + (e*128 + c)), v_splat(0.0f), zero3);
            }
        }
        const ptrdiff_t sound3 = 1 - m_any(v_ne(zero3, zero3));
        v16 zero4 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                zero4 = v_fma(v_load(u + (e*128 + c)), v_splat(0.0f), zero4);
            }
        }
        const ptrdiff_t sound4 = (1 - m_any(v_ne(zero4, zero4)))*sound3;
        v16 zero5 = v_splat(0.0f);
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            zero5 = v_fma(v_load(growth + c), v_splat(0.0f), zero5);
        }
        const ptrdiff_t sound5 = (1 - m_any(v_ne(zero5, zero5)))*sound4;
        if (sound5 == 0) {
            const ptrdiff_t at = tangent_find(x, (i*batch + first)*7, count*7);
            if (failed == 0) {
                /* for the report: status, sample, time, interval, state */
                work[area] = 5.0f;
                work[area + 1] = (real)(first + at/7);
                work[area + 2] = t[(first + at/7)*t_stride + i];
                work[area + 3] = (real)(i - 1);
                work[area + 4] = (real)(at%7);
                failed = 5;
            }
        }
    }
}

static void tangent_solve_batch_task(void *args, size_t task)
{
    const lorenz_solve_latency_args *const a = (const lorenz_solve_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    tangent_solve_batch_block(a->batch, a->times, a->t, a->t_stride, a->x0, a->theta, a->x,
        a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas, a->area_size);
}

/* x at every time, from x0 */
static NOINLINE int tangent_solve_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x0, const real *RESTRICT theta, real *RESTRICT x,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.0f;
    pack[1] = 0.0f;
    pack[2] = 0.0f;
    const real mul = theta[0]*pack[0];
    pack[3] = mul;
    const real neg = -pack[2];
    pack[4] = neg;
    const real mul1 = theta[2]*neg;
    pack[5] = mul1;
    const real neg1 = -pack[1];
    pack[6] = neg1;
    pack[7] = 0.0f;
    pack[8] = 1.0f;
    pack[9] = 0.0f;
    const real mul2 = theta[0]*pack[7];
    pack[10] = mul2;
    const real neg2 = -pack[9];
    pack[11] = neg2;
    const real mul3 = theta[2]*neg2;
    pack[12] = mul3;
    const real neg3 = -pack[8];
    pack[13] = neg3;
    pack[14] = 0.0f;
    pack[15] = 0.0f;
    pack[16] = 1.0f;
    const real mul4 = theta[0]*pack[14];
    pack[17] = mul4;
    const real neg4 = -pack[16];
    pack[18] = neg4;
    const real mul5 = theta[2]*neg4;
    pack[19] = mul5;
    const real neg5 = -pack[15];
    pack[20] = neg5;
    const ptrdiff_t areas = 32;
    {
        lorenz_solve_latency_args args = { batch, times, t, t_stride, x0, theta, x, h_max, steps,
            max_steps, work, pack, areas, 912 };
        each(parallel, (size_t)blocks, tangent_solve_batch_task, &args);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*912;
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
static NOINLINE void tangent_gradient_batch_block(ptrdiff_t batch, ptrdiff_t times,
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
    real *const sums = work + (b*48 + 48);
    ROLL for (ptrdiff_t i = 0; i < 48; i += WIDTH) {
        p_store(sums + i, p_splat(0.0f));
    }
    ptrdiff_t failed = 0;
    work[area] = 0.0f;
    real s[384] ALIGNED;
    real u[384] ALIGNED;
    real s_bar[384] ALIGNED;
    real u_bar[384] ALIGNED;
    real growth_bar[128] ALIGNED;
    real s_jump[384] ALIGNED;
    real u_jump[384] ALIGNED;
    real growth_jump[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            p_store(s_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            p_store(u_bar + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(growth_bar + c, p_splat(0.0f));
    }
    real h[128] ALIGNED;
    real s__[128] ALIGNED;
    real n[128] ALIGNED;
    real dt1[128] ALIGNED;
    real s_slope[384] ALIGNED;
    real u_slope[384] ALIGNED;
    real growth_slope[128] ALIGNED;
    real s_first_slope[384] ALIGNED;
    real u_first_slope[384] ALIGNED;
    real growth_first_slope[128] ALIGNED;
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            p_store(s_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            p_store(u_first_slope + (e*128 + c), p_splat(0.0f));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        p_store(growth_first_slope + c, p_splat(0.0f));
    }
    ROLL for (ptrdiff_t k = 1; k < times; k++) {
        const ptrdiff_t i = times - k;
        if (failed == 0) {
            /* the adjoint, s_bar, jumps by dL/dx at this time */
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    v_store(s_jump + (e*128 + c), v_gather(g_x + ((i*batch + first)*7 + c*7 + e), 7,
                        count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    v_store(u_jump + (e*128 + c),
                        v_gather(g_x + ((i*batch + first)*7 + 3 + c*7 + e), 7, count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(growth_jump + c, v_gather(g_x + ((i*batch + first)*7 + 6 + c*7), 7,
                    count - c));
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    v_store(s_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(s_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    v_store(u_jump + (e*128 + c), v_select(v_lt(v_lane(),
                        v_splat((real)(count - c))), v_load(u_jump + (e*128 + c)), v_splat(0.0f)));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                v_store(growth_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                    v_load(growth_jump + c), v_splat(0.0f)));
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                const reg add = p_add(p_read(s_bar + c), p_read(s_jump + c));
                const reg add1 = p_add(p_read(u_bar + c), p_read(u_jump + c));
                p_store(s_bar + c, add);
                p_store(u_bar + c, add1);
                const reg add2 = p_add(p_read(s_bar + (c + 128)), p_read(s_jump + (c + 128)));
                const reg add3 = p_add(p_read(u_bar + (c + 128)), p_read(u_jump + (c + 128)));
                p_store(s_bar + (c + 128), add2);
                p_store(u_bar + (c + 128), add3);
                const reg add4 = p_add(p_read(s_bar + (c + 256)), p_read(s_jump + (c + 256)));
                const reg add5 = p_add(p_read(u_bar + (c + 256)), p_read(u_jump + (c + 256)));
                p_store(s_bar + (c + 256), add4);
                p_store(u_bar + (c + 256), add5);
                const reg add6 = p_add(p_read(growth_bar + c), p_read(growth_jump + c));
                p_store(growth_bar + c, add6);
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    v_store(s + (e*128 + c), v_gather(x + ((i*batch + first)*7 + c*7 + e), 7,
                        count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    v_store(u + (e*128 + c), v_gather(x + ((i*batch + first)*7 + 3 + c*7 + e), 7,
                        count - c));
                }
            }
            ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
            }
            ptrdiff_t most = 0;
            if (t_stride == 0) {
                const real begin = t[first*t_stride + i];
                const real end = t[first*t_stride + (i - 1)];
                const ptrdiff_t n1 = tangent_steps(begin, end, h_max, steps, max_steps);
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
                    const ptrdiff_t n1 = tangent_steps(begin, end, h_max, steps, max_steps);
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
                    p_store(s__ + c, p_splat(value));
                }
                real select[48] ALIGNED;
                real select1[48] ALIGNED;
                real select2[16] ALIGNED;
                real neg[16] ALIGNED;
                real sub[16] ALIGNED;
                real sub1[16] ALIGNED;
                real fma_[16] ALIGNED;
                real fma1[16] ALIGNED;
                real mul[16] ALIGNED;
                real fma2[16] ALIGNED;
                real add[16] ALIGNED;
                real sub2[16] ALIGNED;
                real fma3[16] ALIGNED;
                real add1[16] ALIGNED;
                real sub3[16] ALIGNED;
                real fma4[16] ALIGNED;
                real add2[16] ALIGNED;
                real sub4[16] ALIGNED;
                real con[48] ALIGNED;
                real con1[48] ALIGNED;
                real add3[48] ALIGNED;
                real mul1[48] ALIGNED;
                real mul2[48] ALIGNED;
                real neg1[48] ALIGNED;
                real mul3[48] ALIGNED;
                real con2[48] ALIGNED;
                real fma5[48] ALIGNED;
                real fma6[48] ALIGNED;
                real mul4[48] ALIGNED;
                real con3[48] ALIGNED;
                real fma7[48] ALIGNED;
                real add4[48] ALIGNED;
                real con4[48] ALIGNED;
                real fma8[48] ALIGNED;
                real add5[48] ALIGNED;
                real con5[16] ALIGNED;
                real div[16] ALIGNED;
                real neg2[16] ALIGNED;
                real mul5[48] ALIGNED;
                real mul6[48] ALIGNED;
                real mul7[48] ALIGNED;
                real mul8[48] ALIGNED;
                real mul9[48] ALIGNED;
                real mul10[48] ALIGNED;
                real mul11[48] ALIGNED;
                real mul12[48] ALIGNED;
                real mul13[48] ALIGNED;
                real mul14[48] ALIGNED;
                real mul15[48] ALIGNED;
                real mul16[48] ALIGNED;
                real mul17[48] ALIGNED;
                real mul18[48] ALIGNED;
                real mul19[48] ALIGNED;
                real mul20[48] ALIGNED;
                real mul21[48] ALIGNED;
                real fma10[128] ALIGNED;
                real fma11[128] ALIGNED;
                real fma12[128] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    const v16 select3 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(s_bar + c), v_splat(0.0f));
                    v_store(select, select3);
                    const v16 select4 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(u_bar + c), v_splat(0.0f));
                    v_store(select1, select4);
                    const v16 select5 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(s_bar + (c + 128)), v_splat(0.0f));
                    v_store(select + 16, select5);
                    const v16 select6 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(u_bar + (c + 128)), v_splat(0.0f));
                    v_store(select1 + 16, select6);
                    const v16 select7 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(s_bar + (c + 256)), v_splat(0.0f));
                    v_store(select + 32, select7);
                    const v16 select8 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(u_bar + (c + 256)), v_splat(0.0f));
                    v_store(select1 + 32, select8);
                    const v16 select9 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(growth_bar + c), v_splat(0.0f));
                    v_store(select2, select9);
                    const v16 neg3 = v_neg(v_load(h + c));
                    v_store(neg, neg3);
                    const v16 sub5 = v_sub(v_load(s + (c + 128)), v_load(s + c));
                    v_store(sub, sub5);
                    const v16 sub6 = v_sub(v_splat(theta[1]), v_load(s + (c + 256)));
                    v_store(sub1, sub6);
                    const v16 neg4 = v_neg(v_load(s + (c + 128)));
                    const v16 fma13 = v_fma(v_load(s + c), sub6, neg4);
                    v_store(fma_, fma13);
                    const v16 mul22 = v_mul(v_load(s + (c + 128)), v_load(s + c));
                    const v16 neg5 = v_neg(v_load(s + (c + 256)));
                    const v16 fma14 = v_fma(neg5, v_splat(theta[2]), mul22);
                    v_store(fma1, fma14);
                    const v16 mul23 = v_mul(sub5, v_splat(theta[0]));
                    v_store(mul, mul23);
                    const v16 mul24 = v_mul(v_load(s + (c + 128)), v_splat(pack[2]));
                    const v16 fma15 = v_fma(v_load(s + c), v_splat(pack[2]), v_splat(pack[6]));
                    const v16 fma16 = v_fma(sub6, v_splat(pack[1]), mul24);
                    const v16 neg6 = v_neg(v_load(s + c));
                    const v16 fma17 = v_fma(neg6, v_splat(pack[1]), v_splat(pack[5]));
                    v_store(fma2, fma17);
                    const v16 add6 = v_add(v_splat(pack[3]), fma15);
                    v_store(add, add6);
                    const v16 sub7 = v_sub(fma16, v_splat(pack[3]));
                    v_store(sub2, sub7);
                    const v16 mul25 = v_mul(v_load(s + (c + 128)), v_splat(pack[9]));
                    const v16 fma18 = v_fma(v_load(s + c), v_splat(pack[9]), v_splat(pack[13]));
                    const v16 fma19 = v_fma(sub6, v_splat(pack[8]), mul25);
                    const v16 fma20 = v_fma(neg6, v_splat(pack[8]), v_splat(pack[12]));
                    v_store(fma3, fma20);
                    const v16 add7 = v_add(v_splat(pack[10]), fma18);
                    v_store(add1, add7);
                    const v16 sub8 = v_sub(fma19, v_splat(pack[10]));
                    v_store(sub3, sub8);
                    const v16 mul26 = v_mul(v_load(s + (c + 128)), v_splat(pack[16]));
                    const v16 fma21 = v_fma(v_load(s + c), v_splat(pack[16]), v_splat(pack[20]));
                    const v16 fma22 = v_fma(sub6, v_splat(pack[15]), mul26);
                    const v16 fma23 = v_fma(neg6, v_splat(pack[15]), v_splat(pack[19]));
                    v_store(fma4, fma23);
                    const v16 add8 = v_add(v_splat(pack[17]), fma21);
                    v_store(add2, add8);
                    const v16 sub9 = v_sub(fma22, v_splat(pack[17]));
                    v_store(sub4, sub9);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(mul)));
                    v_store(con1, v_splat(0.0f));
                    v_store(con1 + 16, v_splat(0.0f));
                    v_store(con1 + 32, v_splat(0.0f));
                    v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(fma_)));
                    const v16 add9 = v_add(v_load(con), v_load(con1));
                    v_store(add3, add9);
                    const v16 mul27 = v_mul(v_load(select), v_load(neg));
                    v_store(mul1, mul27);
                    const v16 mul28 = v_mul(v_load(select1), v_load(neg));
                    v_store(mul2, mul28);
                    const v16 neg7 = v_neg(mul28);
                    v_store(neg1, neg7);
                    const v16 mul29 = v_mul(v_load(u + c), neg7);
                    v_store(mul3, mul29);
                    const v16 add10 = v_add(v_load(con + 16), v_load(con1 + 16));
                    v_store(add3 + 16, add10);
                    const v16 mul30 = v_mul(v_load(select + 16), v_load(neg));
                    v_store(mul1 + 16, mul30);
                    const v16 mul31 = v_mul(v_load(select1 + 16), v_load(neg));
                    v_store(mul2 + 16, mul31);
                    const v16 neg8 = v_neg(mul31);
                    v_store(neg1 + 16, neg8);
                    const v16 mul32 = v_mul(v_load(u + (c + 128)), neg8);
                    v_store(mul3 + 16, mul32);
                    const v16 add11 = v_add(v_load(con + 32), v_load(con1 + 32));
                    v_store(add3 + 32, add11);
                    const v16 mul33 = v_mul(v_load(select + 32), v_load(neg));
                    v_store(mul1 + 32, mul33);
                    const v16 mul34 = v_mul(v_load(select1 + 32), v_load(neg));
                    v_store(mul2 + 32, mul34);
                    const v16 neg9 = v_neg(mul34);
                    v_store(neg1 + 32, neg9);
                    const v16 mul35 = v_mul(v_load(u + (c + 256)), neg9);
                    v_store(mul3 + 32, mul35);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 32, v_add(v_load(con + 32), v_load(fma1)));
                    const v16 add12 = v_add(v_load(add3), v_load(con));
                    const v16 fma24 = v_fma(add12, v_load(h + c), v_load(s + c));
                    v_store(con1, fma24);
                    v_store(s_slope + c, add12);
                    const v16 add13 = v_add(v_load(add3 + 16), v_load(con + 16));
                    const v16 fma25 = v_fma(add13, v_load(h + c), v_load(s + (c + 128)));
                    v_store(con1 + 16, fma25);
                    v_store(s_slope + (c + 128), add13);
                    const v16 add14 = v_add(v_load(add3 + 32), v_load(con + 32));
                    const v16 fma26 = v_fma(add14, v_load(h + c), v_load(s + (c + 256)));
                    v_store(con1 + 32, fma26);
                    v_store(s_slope + (c + 256), add14);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(u + (c + 256))));
                    const v16 mul36 = v_mul(v_load(con), v_load(fma2));
                    v_store(add3, mul36);
                    const v16 mul37 = v_mul(v_load(con + 16), v_load(fma2));
                    v_store(add3 + 16, mul37);
                    const v16 mul38 = v_mul(v_load(con + 32), v_load(fma2));
                    v_store(add3 + 32, mul38);
                    v_store(con2, v_splat(0.0f));
                    v_store(con2 + 16, v_splat(0.0f));
                    v_store(con2 + 32, v_splat(0.0f));
                    v_store(con2, v_add(v_load(con2), v_load(u + c)));
                    const v16 fma27 = v_fma(v_load(con2), v_load(sub2), v_load(add3));
                    v_store(fma5, fma27);
                    const v16 fma28 = v_fma(v_load(con2 + 16), v_load(sub2), v_load(add3 + 16));
                    v_store(fma5 + 16, fma28);
                    const v16 fma29 = v_fma(v_load(con2 + 32), v_load(sub2), v_load(add3 + 32));
                    v_store(fma5 + 32, fma29);
                    v_store(add3, v_splat(0.0f));
                    v_store(add3 + 16, v_splat(0.0f));
                    v_store(add3 + 32, v_splat(0.0f));
                    v_store(add3, v_add(v_load(add3), v_load(u + (c + 128))));
                    const v16 fma30 = v_fma(v_load(add3), v_load(add), v_load(fma5));
                    v_store(fma6, fma30);
                    const v16 fma31 = v_fma(v_load(add3 + 16), v_load(add), v_load(fma5 + 16));
                    v_store(fma6 + 16, fma31);
                    const v16 fma32 = v_fma(v_load(add3 + 32), v_load(add), v_load(fma5 + 32));
                    v_store(fma6 + 32, fma32);
                    v_store(fma5, v_splat(0.0f));
                    v_store(fma5 + 16, v_splat(0.0f));
                    v_store(fma5 + 32, v_splat(0.0f));
                    v_store(fma5 + 16, v_add(v_load(fma5 + 16), v_load(u + (c + 256))));
                    const v16 mul39 = v_mul(v_load(fma5), v_load(fma3));
                    v_store(mul4, mul39);
                    const v16 mul40 = v_mul(v_load(fma5 + 16), v_load(fma3));
                    v_store(mul4 + 16, mul40);
                    const v16 mul41 = v_mul(v_load(fma5 + 32), v_load(fma3));
                    v_store(mul4 + 32, mul41);
                    v_store(con3, v_splat(0.0f));
                    v_store(con3 + 16, v_splat(0.0f));
                    v_store(con3 + 32, v_splat(0.0f));
                    v_store(con3 + 16, v_add(v_load(con3 + 16), v_load(u + c)));
                    const v16 fma33 = v_fma(v_load(con3), v_load(sub3), v_load(mul4));
                    v_store(fma7, fma33);
                    const v16 fma34 = v_fma(v_load(con3 + 16), v_load(sub3), v_load(mul4 + 16));
                    v_store(fma7 + 16, fma34);
                    const v16 fma35 = v_fma(v_load(con3 + 32), v_load(sub3), v_load(mul4 + 32));
                    v_store(fma7 + 32, fma35);
                    v_store(mul4, v_splat(0.0f));
                    v_store(mul4 + 16, v_splat(0.0f));
                    v_store(mul4 + 32, v_splat(0.0f));
                    v_store(mul4 + 16, v_add(v_load(mul4 + 16), v_load(u + (c + 128))));
                    const v16 fma36 = v_fma(v_load(mul4), v_load(add1), v_load(fma7));
                    const v16 add15 = v_add(v_load(fma6), fma36);
                    v_store(add4, add15);
                    const v16 fma37 = v_fma(v_load(mul4 + 16), v_load(add1), v_load(fma7 + 16));
                    const v16 add16 = v_add(v_load(fma6 + 16), fma37);
                    v_store(add4 + 16, add16);
                    const v16 fma38 = v_fma(v_load(mul4 + 32), v_load(add1), v_load(fma7 + 32));
                    const v16 add17 = v_add(v_load(fma6 + 32), fma38);
                    v_store(add4 + 32, add17);
                    v_store(fma6, v_splat(0.0f));
                    v_store(fma6 + 16, v_splat(0.0f));
                    v_store(fma6 + 32, v_splat(0.0f));
                    v_store(fma6 + 32, v_add(v_load(fma6 + 32), v_load(u + (c + 256))));
                    const v16 mul42 = v_mul(v_load(fma6), v_load(fma4));
                    v_store(fma7, mul42);
                    const v16 mul43 = v_mul(v_load(fma6 + 16), v_load(fma4));
                    v_store(fma7 + 16, mul43);
                    const v16 mul44 = v_mul(v_load(fma6 + 32), v_load(fma4));
                    v_store(fma7 + 32, mul44);
                    v_store(con4, v_splat(0.0f));
                    v_store(con4 + 16, v_splat(0.0f));
                    v_store(con4 + 32, v_splat(0.0f));
                    v_store(con4 + 32, v_add(v_load(con4 + 32), v_load(u + c)));
                    const v16 fma39 = v_fma(v_load(con4), v_load(sub4), v_load(fma7));
                    v_store(fma8, fma39);
                    const v16 fma40 = v_fma(v_load(con4 + 16), v_load(sub4), v_load(fma7 + 16));
                    v_store(fma8 + 16, fma40);
                    const v16 fma41 = v_fma(v_load(con4 + 32), v_load(sub4), v_load(fma7 + 32));
                    v_store(fma8 + 32, fma41);
                    v_store(fma7, v_splat(0.0f));
                    v_store(fma7 + 16, v_splat(0.0f));
                    v_store(fma7 + 32, v_splat(0.0f));
                    v_store(fma7 + 32, v_add(v_load(fma7 + 32), v_load(u + (c + 128))));
                    const v16 fma42 = v_fma(v_load(fma7), v_load(add2), v_load(fma8));
                    const v16 add18 = v_add(v_load(add4), fma42);
                    v_store(add5, add18);
                    const v16 fma43 = v_fma(v_load(fma7 + 16), v_load(add2), v_load(fma8 + 16));
                    const v16 add19 = v_add(v_load(add4 + 16), fma43);
                    v_store(add5 + 16, add19);
                    const v16 fma44 = v_fma(v_load(fma7 + 32), v_load(add2), v_load(fma8 + 32));
                    const v16 add20 = v_add(v_load(add4 + 32), fma44);
                    v_store(add5 + 32, add20);
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_load(u + c), v_load(add5), s0);
                    s0 = v_fma(v_load(u + (c + 128)), v_load(add5 + 16), s0);
                    s0 = v_fma(v_load(u + (c + 256)), v_load(add5 + 32), s0);
                    v_store(fma_, s0);
                    const v16 mul45 = v_mul(v_splat(theta[0]), v_load(mul1));
                    v_store(fma1, mul45);
                    const v16 neg10 = v_neg(v_load(mul1 + 32));
                    v_store(mul, neg10);
                    v16 s0_1 = v_splat(0.0f);
                    s0_1 = v_fma(v_load(u + c), v_load(u + c), s0_1);
                    s0_1 = v_fma(v_load(u + (c + 128)), v_load(u + (c + 128)), s0_1);
                    s0_1 = v_fma(v_load(u + (c + 256)), v_load(u + (c + 256)), s0_1);
                    v_store(con5, s0_1);
                    const v16 div1 = v_div(v_load(fma_), s0_1);
                    v_store(div, div1);
                    const v16 neg11 = v_neg(div1);
                    v_store(neg2, neg11);
                    v_store(growth_slope + c, div1);
                    const v16 fma46 = v_fma(v_load(u + c), v_load(neg2), v_load(add5));
                    const v16 fma47 = v_fma(fma46, v_load(h + c), v_load(u + c));
                    v_store(add4, fma47);
                    v_store(u_slope + c, fma46);
                    const v16 fma48 = v_fma(v_load(u + (c + 128)), v_load(neg2), v_load(add5 + 16));
                    const v16 fma49 = v_fma(fma48, v_load(h + c), v_load(u + (c + 128)));
                    v_store(add4 + 16, fma49);
                    v_store(u_slope + (c + 128), fma48);
                    const v16 fma50 = v_fma(v_load(u + (c + 256)), v_load(neg2), v_load(add5 + 32));
                    const v16 fma51 = v_fma(fma50, v_load(h + c), v_load(u + (c + 256)));
                    v_store(add4 + 32, fma51);
                    v_store(u_slope + (c + 256), fma50);
                    v16 s0_2 = v_splat(0.0f);
                    s0_2 = v_add(s0_2, v_load(mul3));
                    s0_2 = v_add(s0_2, v_load(mul3 + 16));
                    s0_2 = v_add(s0_2, v_load(mul3 + 32));
                    const v16 fma52 = v_fma(v_load(select2), v_load(neg), s0_2);
                    const v16 div2 = v_div(fma52, v_load(con5));
                    v_store(fma_, div2);
                    const v16 mul46 = v_mul(v_load(div), div2);
                    const v16 neg12 = v_neg(mul46);
                    v_store(neg2, neg12);
                    const v16 mul47 = v_mul(v_load(u + c), v_load(neg2));
                    const v16 fma53 = v_fma(v_load(div), v_load(neg1), mul47);
                    const v16 add21 = v_add(mul47, fma53);
                    const v16 fma54 = v_fma(v_load(add5), v_load(fma_), add21);
                    v_store(mul3, fma54);
                    const v16 fma55 = v_fma(v_load(u + c), v_load(fma_), v_load(mul2));
                    const v16 mul48 = v_mul(v_load(add2), fma55);
                    v_store(fma8, mul48);
                    const v16 mul49 = v_mul(v_load(fma7), fma55);
                    v_store(mul5, mul49);
                    const v16 mul50 = v_mul(v_load(sub4), fma55);
                    v_store(mul6, mul50);
                    const v16 mul51 = v_mul(v_load(con4), fma55);
                    v_store(mul7, mul51);
                    const v16 mul52 = v_mul(v_load(fma4), fma55);
                    v_store(mul8, mul52);
                    const v16 mul53 = v_mul(v_load(fma6), fma55);
                    v_store(mul9, mul53);
                    const v16 mul54 = v_mul(v_load(add1), fma55);
                    v_store(mul10, mul54);
                    const v16 mul55 = v_mul(v_load(mul4), fma55);
                    v_store(mul11, mul55);
                    const v16 mul56 = v_mul(v_load(sub3), fma55);
                    v_store(mul12, mul56);
                    const v16 mul57 = v_mul(v_load(con3), fma55);
                    v_store(mul13, mul57);
                    const v16 mul58 = v_mul(v_load(fma3), fma55);
                    v_store(mul14, mul58);
                    const v16 mul59 = v_mul(v_load(fma5), fma55);
                    v_store(mul15, mul59);
                    const v16 mul60 = v_mul(v_load(add), fma55);
                    v_store(mul16, mul60);
                    const v16 mul61 = v_mul(v_load(add3), fma55);
                    v_store(mul17, mul61);
                    const v16 mul62 = v_mul(v_load(sub2), fma55);
                    v_store(mul18, mul62);
                    const v16 mul63 = v_mul(v_load(con2), fma55);
                    v_store(mul19, mul63);
                    const v16 mul64 = v_mul(v_load(fma2), fma55);
                    v_store(mul20, mul64);
                    const v16 mul65 = v_mul(v_load(con), fma55);
                    v_store(mul21, mul65);
                    const v16 mul66 = v_mul(v_load(u + (c + 128)), v_load(neg2));
                    const v16 fma56 = v_fma(v_load(div), v_load(neg1 + 16), mul66);
                    const v16 add22 = v_add(mul66, fma56);
                    const v16 fma57 = v_fma(v_load(add5 + 16), v_load(fma_), add22);
                    v_store(mul3 + 16, fma57);
                    const v16 fma58 = v_fma(v_load(u + (c + 128)), v_load(fma_), v_load(mul2 + 16));
                    const v16 mul67 = v_mul(v_load(add2), fma58);
                    v_store(fma8 + 16, mul67);
                    const v16 mul68 = v_mul(v_load(fma7 + 16), fma58);
                    v_store(mul5 + 16, mul68);
                    const v16 mul69 = v_mul(v_load(sub4), fma58);
                    v_store(mul6 + 16, mul69);
                    const v16 mul70 = v_mul(v_load(con4 + 16), fma58);
                    v_store(mul7 + 16, mul70);
                    const v16 mul71 = v_mul(v_load(fma4), fma58);
                    v_store(mul8 + 16, mul71);
                    const v16 mul72 = v_mul(v_load(fma6 + 16), fma58);
                    v_store(mul9 + 16, mul72);
                    const v16 mul73 = v_mul(v_load(add1), fma58);
                    v_store(mul10 + 16, mul73);
                    const v16 mul74 = v_mul(v_load(mul4 + 16), fma58);
                    v_store(mul11 + 16, mul74);
                    const v16 mul75 = v_mul(v_load(sub3), fma58);
                    v_store(mul12 + 16, mul75);
                    const v16 mul76 = v_mul(v_load(con3 + 16), fma58);
                    v_store(mul13 + 16, mul76);
                    const v16 mul77 = v_mul(v_load(fma3), fma58);
                    v_store(mul14 + 16, mul77);
                    const v16 mul78 = v_mul(v_load(fma5 + 16), fma58);
                    v_store(mul15 + 16, mul78);
                    const v16 mul79 = v_mul(v_load(add), fma58);
                    v_store(mul16 + 16, mul79);
                    const v16 mul80 = v_mul(v_load(add3 + 16), fma58);
                    v_store(mul17 + 16, mul80);
                    const v16 mul81 = v_mul(v_load(sub2), fma58);
                    v_store(mul18 + 16, mul81);
                    const v16 mul82 = v_mul(v_load(con2 + 16), fma58);
                    v_store(mul19 + 16, mul82);
                    const v16 mul83 = v_mul(v_load(fma2), fma58);
                    v_store(mul20 + 16, mul83);
                    const v16 mul84 = v_mul(v_load(con + 16), fma58);
                    v_store(mul21 + 16, mul84);
                    const v16 mul85 = v_mul(v_load(u + (c + 256)), v_load(neg2));
                    const v16 fma59 = v_fma(v_load(div), v_load(neg1 + 32), mul85);
                    const v16 add23 = v_add(mul85, fma59);
                    const v16 fma60 = v_fma(v_load(add5 + 32), v_load(fma_), add23);
                    v_store(mul3 + 32, fma60);
                    const v16 fma61 = v_fma(v_load(u + (c + 256)), v_load(fma_), v_load(mul2 + 32));
                    const v16 mul86 = v_mul(v_load(add2), fma61);
                    v_store(fma8 + 32, mul86);
                    const v16 mul87 = v_mul(v_load(fma7 + 32), fma61);
                    v_store(mul5 + 32, mul87);
                    const v16 mul88 = v_mul(v_load(sub4), fma61);
                    v_store(mul6 + 32, mul88);
                    const v16 mul89 = v_mul(v_load(con4 + 32), fma61);
                    v_store(mul7 + 32, mul89);
                    const v16 mul90 = v_mul(v_load(fma4), fma61);
                    v_store(mul8 + 32, mul90);
                    const v16 mul91 = v_mul(v_load(fma6 + 32), fma61);
                    v_store(mul9 + 32, mul91);
                    const v16 mul92 = v_mul(v_load(add1), fma61);
                    v_store(mul10 + 32, mul92);
                    const v16 mul93 = v_mul(v_load(mul4 + 32), fma61);
                    v_store(mul11 + 32, mul93);
                    const v16 mul94 = v_mul(v_load(sub3), fma61);
                    v_store(mul12 + 32, mul94);
                    const v16 mul95 = v_mul(v_load(con3 + 32), fma61);
                    v_store(mul13 + 32, mul95);
                    const v16 mul96 = v_mul(v_load(fma3), fma61);
                    v_store(mul14 + 32, mul96);
                    const v16 mul97 = v_mul(v_load(fma5 + 32), fma61);
                    v_store(mul15 + 32, mul97);
                    const v16 mul98 = v_mul(v_load(add), fma61);
                    v_store(mul16 + 32, mul98);
                    const v16 mul99 = v_mul(v_load(add3 + 32), fma61);
                    v_store(mul17 + 32, mul99);
                    const v16 mul100 = v_mul(v_load(sub2), fma61);
                    v_store(mul18 + 32, mul100);
                    const v16 mul101 = v_mul(v_load(con2 + 32), fma61);
                    v_store(mul19 + 32, mul101);
                    const v16 mul102 = v_mul(v_load(fma2), fma61);
                    v_store(mul20 + 32, mul102);
                    const v16 mul103 = v_mul(v_load(con + 32), fma61);
                    v_store(mul21 + 32, mul103);
                    v16 s0_3 = v_splat(0.0f);
                    s0_3 = v_add(s0_3, v_load(mul5));
                    s0_3 = v_add(s0_3, v_load(mul5 + 16));
                    s0_3 = v_add(s0_3, v_load(mul5 + 32));
                    v_store(neg, s0_3);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 16, v_add(v_load(con + 16), v_load(fma8 + 32)));
                    const v16 add24 = v_add(v_load(mul3), v_load(con));
                    v_store(add3, add24);
                    const v16 add25 = v_add(v_load(mul3 + 16), v_load(con + 16));
                    v_store(add3 + 16, add25);
                    const v16 add26 = v_add(v_load(mul3 + 32), v_load(con + 32));
                    v_store(add3 + 32, add26);
                    v16 s0_4 = v_splat(0.0f);
                    s0_4 = v_add(s0_4, v_load(mul7));
                    s0_4 = v_add(s0_4, v_load(mul7 + 16));
                    s0_4 = v_add(s0_4, v_load(mul7 + 32));
                    const v16 sub10 = v_sub(v_load(neg), s0_4);
                    const v16 mul104 = v_mul(v_splat(pack[15]), s0_4);
                    v_store(fma_, mul104);
                    const v16 mul105 = v_mul(v_splat(pack[16]), s0_4);
                    v_store(fma2, mul105);
                    const v16 mul106 = v_mul(v_splat(pack[14]), sub10);
                    v_store(add, mul106);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(mul6 + 32)));
                    const v16 add27 = v_add(v_load(add3), v_load(con));
                    v_store(mul2, add27);
                    const v16 add28 = v_add(v_load(add3 + 16), v_load(con + 16));
                    v_store(mul2 + 16, add28);
                    const v16 add29 = v_add(v_load(add3 + 32), v_load(con + 32));
                    v_store(mul2 + 32, add29);
                    v16 s0_5 = v_splat(0.0f);
                    s0_5 = v_add(s0_5, v_load(mul9));
                    s0_5 = v_add(s0_5, v_load(mul9 + 16));
                    s0_5 = v_add(s0_5, v_load(mul9 + 32));
                    const v16 neg13 = v_neg(s0_5);
                    const v16 mul107 = v_mul(v_splat(pack[15]), neg13);
                    const v16 fma62 = v_fma(v_splat(pack[16]), v_load(neg), mul107);
                    v_store(sub2, fma62);
                    const v16 mul108 = v_mul(v_splat(pack[18]), s0_5);
                    v_store(fma3, mul108);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 32, v_add(v_load(con + 32), v_load(mul8 + 32)));
                    const v16 add30 = v_add(v_load(mul2), v_load(con));
                    v_store(add3, add30);
                    const v16 add31 = v_add(v_load(mul2 + 16), v_load(con + 16));
                    v_store(add3 + 16, add31);
                    const v16 add32 = v_add(v_load(mul2 + 32), v_load(con + 32));
                    v_store(add3 + 32, add32);
                    v16 s0_6 = v_splat(0.0f);
                    s0_6 = v_add(s0_6, v_load(mul11));
                    s0_6 = v_add(s0_6, v_load(mul11 + 16));
                    s0_6 = v_add(s0_6, v_load(mul11 + 32));
                    v_store(neg, s0_6);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 16, v_add(v_load(con + 16), v_load(mul10 + 16)));
                    const v16 add33 = v_add(v_load(add3), v_load(con));
                    v_store(mul2, add33);
                    const v16 add34 = v_add(v_load(add3 + 16), v_load(con + 16));
                    v_store(mul2 + 16, add34);
                    const v16 add35 = v_add(v_load(add3 + 32), v_load(con + 32));
                    v_store(mul2 + 32, add35);
                    v16 s0_7 = v_splat(0.0f);
                    s0_7 = v_add(s0_7, v_load(mul13));
                    s0_7 = v_add(s0_7, v_load(mul13 + 16));
                    s0_7 = v_add(s0_7, v_load(mul13 + 32));
                    const v16 sub11 = v_sub(v_load(neg), s0_7);
                    const v16 fma63 = v_fma(v_splat(pack[8]), s0_7, v_load(fma_));
                    v_store(add1, fma63);
                    const v16 fma64 = v_fma(v_splat(pack[9]), s0_7, v_load(fma2));
                    v_store(sub3, fma64);
                    const v16 fma65 = v_fma(v_splat(pack[7]), sub11, v_load(add));
                    v_store(fma4, fma65);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(mul12 + 16)));
                    const v16 add36 = v_add(v_load(mul2), v_load(con));
                    v_store(add3, add36);
                    const v16 add37 = v_add(v_load(mul2 + 16), v_load(con + 16));
                    v_store(add3 + 16, add37);
                    const v16 add38 = v_add(v_load(mul2 + 32), v_load(con + 32));
                    v_store(add3 + 32, add38);
                    v16 s0_8 = v_splat(0.0f);
                    s0_8 = v_add(s0_8, v_load(mul15));
                    s0_8 = v_add(s0_8, v_load(mul15 + 16));
                    s0_8 = v_add(s0_8, v_load(mul15 + 32));
                    const v16 neg14 = v_neg(s0_8);
                    const v16 fma66 = v_fma(v_splat(pack[8]), neg14, v_load(sub2));
                    const v16 fma67 = v_fma(v_splat(pack[9]), v_load(neg), fma66);
                    v_store(fma_, fma67);
                    const v16 fma68 = v_fma(v_splat(pack[11]), s0_8, v_load(fma3));
                    v_store(fma2, fma68);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 32, v_add(v_load(con + 32), v_load(mul14 + 16)));
                    const v16 add39 = v_add(v_load(add3), v_load(con));
                    v_store(mul2, add39);
                    const v16 add40 = v_add(v_load(add3 + 16), v_load(con + 16));
                    v_store(mul2 + 16, add40);
                    const v16 add41 = v_add(v_load(add3 + 32), v_load(con + 32));
                    v_store(mul2 + 32, add41);
                    v16 s0_9 = v_splat(0.0f);
                    s0_9 = v_add(s0_9, v_load(mul17));
                    s0_9 = v_add(s0_9, v_load(mul17 + 16));
                    s0_9 = v_add(s0_9, v_load(mul17 + 32));
                    v_store(neg, s0_9);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 16, v_add(v_load(con + 16), v_load(mul16)));
                    const v16 add42 = v_add(v_load(mul2), v_load(con));
                    v_store(add3, add42);
                    const v16 add43 = v_add(v_load(mul2 + 16), v_load(con + 16));
                    v_store(add3 + 16, add43);
                    const v16 add44 = v_add(v_load(mul2 + 32), v_load(con + 32));
                    v_store(add3 + 32, add44);
                    v16 s0_10 = v_splat(0.0f);
                    s0_10 = v_add(s0_10, v_load(mul19));
                    s0_10 = v_add(s0_10, v_load(mul19 + 16));
                    s0_10 = v_add(s0_10, v_load(mul19 + 32));
                    const v16 sub12 = v_sub(v_load(neg), s0_10);
                    const v16 fma69 = v_fma(v_splat(pack[1]), s0_10, v_load(add1));
                    const v16 fma70 = v_fma(v_splat(pack[2]), s0_10, v_load(sub3));
                    const v16 fma71 = v_fma(v_splat(pack[0]), sub12, v_load(fma4));
                    const v16 fma72 = v_fma(v_load(sub), v_load(mul1), fma71);
                    v_store(fma10 + c, fma72);
                    const v16 fma73 = v_fma(v_load(s + c), v_load(mul1 + 32), fma70);
                    const v16 sub13 = v_sub(fma73, v_load(mul1 + 16));
                    const v16 fma74 = v_fma(v_load(s + c), v_load(mul1 + 16), fma69);
                    v_store(fma11 + c, fma74);
                    const v16 neg15 = v_neg(fma74);
                    const v16 fma75 = v_fma(v_splat(theta[2]), v_load(mul), neg15);
                    v_store(add, fma75);
                    const v16 add45 = v_add(v_load(fma1), sub13);
                    v_store(sub2, add45);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(mul18)));
                    const v16 add46 = v_add(v_load(add3), v_load(con));
                    v_store(mul2, add46);
                    const v16 add47 = v_add(v_load(add3 + 16), v_load(con + 16));
                    v_store(mul2 + 16, add47);
                    const v16 add48 = v_add(v_load(add3 + 32), v_load(con + 32));
                    v_store(mul2 + 32, add48);
                    v16 s0_11 = v_splat(0.0f);
                    s0_11 = v_add(s0_11, v_load(mul21));
                    s0_11 = v_add(s0_11, v_load(mul21 + 16));
                    s0_11 = v_add(s0_11, v_load(mul21 + 32));
                    const v16 neg16 = v_neg(s0_11);
                    const v16 fma76 = v_fma(v_splat(pack[1]), neg16, v_load(fma_));
                    const v16 fma77 = v_fma(v_splat(pack[2]), v_load(neg), fma76);
                    const v16 fma78 = v_fma(v_splat(pack[4]), s0_11, v_load(fma2));
                    const v16 fma79 = v_fma(v_load(s + (c + 256)), v_load(mul), fma78);
                    v_store(fma12 + c, fma79);
                    const v16 fma80 = v_fma(v_load(s + (c + 128)), v_load(mul1 + 32), fma77);
                    const v16 fma81 = v_fma(v_load(sub1), v_load(mul1 + 16), fma80);
                    const v16 sub14 = v_sub(fma81, v_load(fma1));
                    v_store(sub, sub14);
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con + 32, v_add(v_load(con + 32), v_load(mul20)));
                    const v16 add49 = v_add(v_load(mul2), v_load(con));
                    const v16 add50 = v_add(v_load(select1), add49);
                    v_store(add3, add50);
                    const v16 add51 = v_add(v_load(mul2 + 16), v_load(con + 16));
                    const v16 add52 = v_add(v_load(select1 + 16), add51);
                    v_store(add3 + 16, add52);
                    const v16 add53 = v_add(v_load(mul2 + 32), v_load(con + 32));
                    const v16 add54 = v_add(v_load(select1 + 32), add53);
                    v_store(add3 + 32, add54);
                    v_store(select1, v_splat(0.0f));
                    v_store(select1 + 16, v_splat(0.0f));
                    v_store(select1 + 32, v_splat(0.0f));
                    v_store(select1 + 32, v_add(v_load(select1 + 32), v_load(add)));
                    v_store(con, v_splat(0.0f));
                    v_store(con + 16, v_splat(0.0f));
                    v_store(con + 32, v_splat(0.0f));
                    v_store(con, v_add(v_load(con), v_load(sub)));
                    const v16 add55 = v_add(v_load(select1), v_load(con));
                    v_store(mul1, add55);
                    const v16 add56 = v_add(v_load(select1 + 16), v_load(con + 16));
                    v_store(mul1 + 16, add56);
                    const v16 add57 = v_add(v_load(select1 + 32), v_load(con + 32));
                    v_store(mul1 + 32, add57);
                    v_store(select1, v_splat(0.0f));
                    v_store(select1 + 16, v_splat(0.0f));
                    v_store(select1 + 32, v_splat(0.0f));
                    v_store(select1 + 16, v_add(v_load(select1 + 16), v_load(sub2)));
                    const v16 add58 = v_add(v_load(mul1), v_load(select1));
                    const v16 add59 = v_add(v_load(select), add58);
                    v_store(con, add59);
                    const v16 add60 = v_add(v_load(mul1 + 16), v_load(select1 + 16));
                    const v16 add61 = v_add(v_load(select + 16), add60);
                    v_store(con + 16, add61);
                    const v16 add62 = v_add(v_load(mul1 + 32), v_load(select1 + 32));
                    const v16 add63 = v_add(v_load(select + 32), add62);
                    v_store(con + 32, add63);
                    const v16 select10 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(con1), v_load(s + c));
                    const v16 select11 = v_select(v_lt(v_load(s__ + c), v_load(n + c)), v_load(con),
                        v_load(s_bar + c));
                    const v16 select12 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(add4), v_load(u + c));
                    const v16 select13 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(add3), v_load(u_bar + c));
                    v_store(s + c, select10);
                    v_store(s_bar + c, select11);
                    v_store(u + c, select12);
                    v_store(u_bar + c, select13);
                    const v16 select14 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(con1 + 16), v_load(s + (c + 128)));
                    const v16 select15 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(con + 16), v_load(s_bar + (c + 128)));
                    const v16 select16 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(add4 + 16), v_load(u + (c + 128)));
                    const v16 select17 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(add3 + 16), v_load(u_bar + (c + 128)));
                    v_store(s + (c + 128), select14);
                    v_store(s_bar + (c + 128), select15);
                    v_store(u + (c + 128), select16);
                    v_store(u_bar + (c + 128), select17);
                    const v16 select18 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(con1 + 32), v_load(s + (c + 256)));
                    const v16 select19 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(con + 32), v_load(s_bar + (c + 256)));
                    const v16 select20 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(add4 + 32), v_load(u + (c + 256)));
                    const v16 select21 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(add3 + 32), v_load(u_bar + (c + 256)));
                    v_store(s + (c + 256), select18);
                    v_store(s_bar + (c + 256), select19);
                    v_store(u + (c + 256), select20);
                    v_store(u_bar + (c + 256), select21);
                    const v16 select23 = v_select(v_lt(v_load(s__ + c), v_load(n + c)),
                        v_load(select2), v_load(growth_bar + c));
                    v_store(growth_bar + c, select23);
                }
                v16 s0 = v_load(sums);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0 = v_add(s0, v_load(fma10 + c));
                }
                v_store(sums, s0);
                v16 s0_1 = v_load(sums + 32);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_1 = v_add(s0_1, v_load(fma12 + c));
                }
                v_store(sums + 32, s0_1);
                v16 s0_2 = v_load(sums + 16);
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    s0_2 = v_add(s0_2, v_load(fma11 + c));
                }
                v_store(sums + 16, s0_2);
                if (s1 == 0) {
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                            p_store(s_first_slope + (e*128 + c), p_read(s_slope + (e*128 + c)));
                        }
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                            p_store(u_first_slope + (e*128 + c), p_read(u_slope + (e*128 + c)));
                        }
                    }
                    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
                        p_store(growth_first_slope + c, p_read(growth_slope + c));
                    }
                }
            }
            /* dL/dt at this time: dL/dx . f */
            if (g_t != NULL) {
                real con[16] ALIGNED;
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v16 s0 = v_splat(0.0f);
                    s0 = v_fma(v_load(u_jump + c), v_load(u_first_slope + c), s0);
                    s0 = v_fma(v_load(u_jump + (c + 128)), v_load(u_first_slope + (c + 128)), s0);
                    s0 = v_fma(v_load(u_jump + (c + 256)), v_load(u_first_slope + (c + 256)), s0);
                    v_store(con, s0);
                    v16 s0_1 = v_load(con);
                    s0_1 = v_fma(v_load(s_jump + c), v_load(s_first_slope + c), s0_1);
                    s0_1 = v_fma(v_load(s_jump + (c + 128)), v_load(s_first_slope + (c + 128)),
                        s0_1);
                    s0_1 = v_fma(v_load(s_jump + (c + 256)), v_load(s_first_slope + (c + 256)),
                        s0_1);
                    const v16 fma_ = v_fma(v_load(growth_jump + c), v_load(growth_first_slope + c),
                        s0_1);
                    v_store(dt1 + c, fma_);
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
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    zero = v_fma(v_load(s_bar + (e*128 + c)), v_splat(0.0f), zero);
                }
            }
            const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
            v16 zero1 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                    zero1 = v_fma(v_load(u_bar + (e*128 + c)), v_splat(0.0f), zero1);
                }
            }
            const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
            v16 zero2 = v_splat(0.0f);
            ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                zero2 = v_fma(v_load(growth_bar + c), v_splat(0.0f), zero2);
            }
            const ptrdiff_t sound2 = (1 - m_any(v_ne(zero2, zero2)))*sound1;
            if (sound2 == 0) {
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                        v_scatter(work + (area + 16 + c*7 + e), 7, count - c,
                            v_load(s_bar + (e*128 + c)));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                        v_scatter(work + (area + 19 + c*7 + e), 7, count - c,
                            v_load(u_bar + (e*128 + c)));
                    }
                }
                ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
                    v_scatter(work + (area + 22 + c*7), 7, count - c, v_load(growth_bar + c));
                }
                const ptrdiff_t at = tangent_find(work, area + 16, count*7);
                if (failed == 0) {
                    /* for the report: status, sample, time, interval, state */
                    work[area] = 5.0f;
                    work[area + 1] = (real)(first + at/7);
                    work[area + 2] = t[(first + at/7)*t_stride + (i - 1)];
                    work[area + 3] = (real)(i - 1);
                    work[area + 4] = (real)(at%7);
                    failed = 5;
                }
            }
        }
    }
    /* dL/dt at the first time: -adjoint . f */
    if (g_t != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_store(s + (e*128 + c), v_gather(x + (first*7 + c*7 + e), 7, count - c));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_store(u + (e*128 + c), v_gather(x + (first*7 + 3 + c*7 + e), 7, count - c));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        }
        real fma_[16] ALIGNED;
        real fma1[16] ALIGNED;
        real mul[16] ALIGNED;
        real fma2[16] ALIGNED;
        real add[16] ALIGNED;
        real sub[16] ALIGNED;
        real fma3[16] ALIGNED;
        real add1[16] ALIGNED;
        real sub1[16] ALIGNED;
        real fma4[16] ALIGNED;
        real add2[16] ALIGNED;
        real sub2[16] ALIGNED;
        real con[48] ALIGNED;
        real con1[48] ALIGNED;
        real add3[48] ALIGNED;
        real fma5[48] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            const v16 sub3 = v_sub(v_load(s + (c + 128)), v_load(s + c));
            const v16 sub4 = v_sub(v_splat(theta[1]), v_load(s + (c + 256)));
            const v16 neg = v_neg(v_load(s + (c + 128)));
            const v16 fma6 = v_fma(v_load(s + c), sub4, neg);
            v_store(fma_, fma6);
            const v16 mul1 = v_mul(v_load(s + (c + 128)), v_load(s + c));
            const v16 neg1 = v_neg(v_load(s + (c + 256)));
            const v16 fma7 = v_fma(neg1, v_splat(theta[2]), mul1);
            v_store(fma1, fma7);
            const v16 mul2 = v_mul(sub3, v_splat(theta[0]));
            v_store(mul, mul2);
            const v16 mul3 = v_mul(v_load(s + (c + 128)), v_splat(pack[23]));
            const v16 fma8 = v_fma(v_load(s + c), v_splat(pack[23]), v_splat(pack[27]));
            const v16 fma9 = v_fma(sub4, v_splat(pack[22]), mul3);
            const v16 neg2 = v_neg(v_load(s + c));
            const v16 fma10 = v_fma(neg2, v_splat(pack[22]), v_splat(pack[26]));
            v_store(fma2, fma10);
            const v16 add4 = v_add(v_splat(pack[24]), fma8);
            v_store(add, add4);
            const v16 sub5 = v_sub(fma9, v_splat(pack[24]));
            v_store(sub, sub5);
            const v16 mul4 = v_mul(v_load(s + (c + 128)), v_splat(pack[30]));
            const v16 fma11 = v_fma(v_load(s + c), v_splat(pack[30]), v_splat(pack[34]));
            const v16 fma12 = v_fma(sub4, v_splat(pack[29]), mul4);
            const v16 fma13 = v_fma(neg2, v_splat(pack[29]), v_splat(pack[33]));
            v_store(fma3, fma13);
            const v16 add5 = v_add(v_splat(pack[31]), fma11);
            v_store(add1, add5);
            const v16 sub6 = v_sub(fma12, v_splat(pack[31]));
            v_store(sub1, sub6);
            const v16 mul5 = v_mul(v_load(s + (c + 128)), v_splat(pack[37]));
            const v16 fma14 = v_fma(v_load(s + c), v_splat(pack[37]), v_splat(pack[41]));
            const v16 fma15 = v_fma(sub4, v_splat(pack[36]), mul5);
            const v16 fma16 = v_fma(neg2, v_splat(pack[36]), v_splat(pack[40]));
            v_store(fma4, fma16);
            const v16 add6 = v_add(v_splat(pack[38]), fma14);
            v_store(add2, add6);
            const v16 sub7 = v_sub(fma15, v_splat(pack[38]));
            v_store(sub2, sub7);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con, v_add(v_load(con), v_load(mul)));
            v_store(con1, v_splat(0.0f));
            v_store(con1 + 16, v_splat(0.0f));
            v_store(con1 + 32, v_splat(0.0f));
            v_store(con1 + 16, v_add(v_load(con1 + 16), v_load(fma_)));
            const v16 add7 = v_add(v_load(con), v_load(con1));
            v_store(add3, add7);
            const v16 add8 = v_add(v_load(con + 16), v_load(con1 + 16));
            v_store(add3 + 16, add8);
            const v16 add9 = v_add(v_load(con + 32), v_load(con1 + 32));
            v_store(add3 + 32, add9);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 32, v_add(v_load(con + 32), v_load(fma1)));
            const v16 add10 = v_add(v_load(add3), v_load(con));
            v_store(s_first_slope + c, add10);
            const v16 add11 = v_add(v_load(add3 + 16), v_load(con + 16));
            v_store(s_first_slope + (c + 128), add11);
            const v16 add12 = v_add(v_load(add3 + 32), v_load(con + 32));
            v_store(s_first_slope + (c + 256), add12);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con, v_add(v_load(con), v_load(u + (c + 256))));
            const v16 mul6 = v_mul(v_load(con), v_load(fma2));
            v_store(con1, mul6);
            const v16 mul7 = v_mul(v_load(con + 16), v_load(fma2));
            v_store(con1 + 16, mul7);
            const v16 mul8 = v_mul(v_load(con + 32), v_load(fma2));
            v_store(con1 + 32, mul8);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con, v_add(v_load(con), v_load(u + c)));
            const v16 fma17 = v_fma(v_load(con), v_load(sub), v_load(con1));
            v_store(add3, fma17);
            const v16 fma18 = v_fma(v_load(con + 16), v_load(sub), v_load(con1 + 16));
            v_store(add3 + 16, fma18);
            const v16 fma19 = v_fma(v_load(con + 32), v_load(sub), v_load(con1 + 32));
            v_store(add3 + 32, fma19);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con, v_add(v_load(con), v_load(u + (c + 128))));
            const v16 fma20 = v_fma(v_load(con), v_load(add), v_load(add3));
            v_store(con1, fma20);
            const v16 fma21 = v_fma(v_load(con + 16), v_load(add), v_load(add3 + 16));
            v_store(con1 + 16, fma21);
            const v16 fma22 = v_fma(v_load(con + 32), v_load(add), v_load(add3 + 32));
            v_store(con1 + 32, fma22);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 16, v_add(v_load(con + 16), v_load(u + (c + 256))));
            const v16 mul9 = v_mul(v_load(con), v_load(fma3));
            v_store(add3, mul9);
            const v16 mul10 = v_mul(v_load(con + 16), v_load(fma3));
            v_store(add3 + 16, mul10);
            const v16 mul11 = v_mul(v_load(con + 32), v_load(fma3));
            v_store(add3 + 32, mul11);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 16, v_add(v_load(con + 16), v_load(u + c)));
            const v16 fma23 = v_fma(v_load(con), v_load(sub1), v_load(add3));
            v_store(fma5, fma23);
            const v16 fma24 = v_fma(v_load(con + 16), v_load(sub1), v_load(add3 + 16));
            v_store(fma5 + 16, fma24);
            const v16 fma25 = v_fma(v_load(con + 32), v_load(sub1), v_load(add3 + 32));
            v_store(fma5 + 32, fma25);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 16, v_add(v_load(con + 16), v_load(u + (c + 128))));
            const v16 fma26 = v_fma(v_load(con), v_load(add1), v_load(fma5));
            const v16 add13 = v_add(v_load(con1), fma26);
            v_store(add3, add13);
            const v16 fma27 = v_fma(v_load(con + 16), v_load(add1), v_load(fma5 + 16));
            const v16 add14 = v_add(v_load(con1 + 16), fma27);
            v_store(add3 + 16, add14);
            const v16 fma28 = v_fma(v_load(con + 32), v_load(add1), v_load(fma5 + 32));
            const v16 add15 = v_add(v_load(con1 + 32), fma28);
            v_store(add3 + 32, add15);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 32, v_add(v_load(con + 32), v_load(u + (c + 256))));
            const v16 mul12 = v_mul(v_load(con), v_load(fma4));
            v_store(con1, mul12);
            const v16 mul13 = v_mul(v_load(con + 16), v_load(fma4));
            v_store(con1 + 16, mul13);
            const v16 mul14 = v_mul(v_load(con + 32), v_load(fma4));
            v_store(con1 + 32, mul14);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 32, v_add(v_load(con + 32), v_load(u + c)));
            const v16 fma29 = v_fma(v_load(con), v_load(sub2), v_load(con1));
            v_store(fma5, fma29);
            const v16 fma30 = v_fma(v_load(con + 16), v_load(sub2), v_load(con1 + 16));
            v_store(fma5 + 16, fma30);
            const v16 fma31 = v_fma(v_load(con + 32), v_load(sub2), v_load(con1 + 32));
            v_store(fma5 + 32, fma31);
            v_store(con, v_splat(0.0f));
            v_store(con + 16, v_splat(0.0f));
            v_store(con + 32, v_splat(0.0f));
            v_store(con + 32, v_add(v_load(con + 32), v_load(u + (c + 128))));
            const v16 fma32 = v_fma(v_load(con), v_load(add2), v_load(fma5));
            const v16 add16 = v_add(v_load(add3), fma32);
            v_store(con1, add16);
            const v16 fma33 = v_fma(v_load(con + 16), v_load(add2), v_load(fma5 + 16));
            const v16 add17 = v_add(v_load(add3 + 16), fma33);
            v_store(con1 + 16, add17);
            const v16 fma34 = v_fma(v_load(con + 32), v_load(add2), v_load(fma5 + 32));
            const v16 add18 = v_add(v_load(add3 + 32), fma34);
            v_store(con1 + 32, add18);
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_load(u + c), v_load(con1), s0);
            s0 = v_fma(v_load(u + (c + 128)), v_load(con1 + 16), s0);
            s0 = v_fma(v_load(u + (c + 256)), v_load(con1 + 32), s0);
            v_store(fma_, s0);
            v16 s0_1 = v_splat(0.0f);
            s0_1 = v_fma(v_load(u + c), v_load(u + c), s0_1);
            s0_1 = v_fma(v_load(u + (c + 128)), v_load(u + (c + 128)), s0_1);
            s0_1 = v_fma(v_load(u + (c + 256)), v_load(u + (c + 256)), s0_1);
            const v16 div = v_div(v_load(fma_), s0_1);
            const v16 neg3 = v_neg(div);
            v_store(fma1, neg3);
            v_store(growth_first_slope + c, div);
            const v16 fma35 = v_fma(v_load(u + c), v_load(fma1), v_load(con1));
            v_store(u_first_slope + c, fma35);
            const v16 fma36 = v_fma(v_load(u + (c + 128)), v_load(fma1), v_load(con1 + 16));
            v_store(u_first_slope + (c + 128), fma36);
            const v16 fma37 = v_fma(v_load(u + (c + 256)), v_load(fma1), v_load(con1 + 32));
            v_store(u_first_slope + (c + 256), fma37);
        }
        real con2[16] ALIGNED;
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v16 s0 = v_splat(0.0f);
            s0 = v_fma(v_load(u_bar + c), v_load(u_first_slope + c), s0);
            s0 = v_fma(v_load(u_bar + (c + 128)), v_load(u_first_slope + (c + 128)), s0);
            s0 = v_fma(v_load(u_bar + (c + 256)), v_load(u_first_slope + (c + 256)), s0);
            v_store(con2, s0);
            v16 s0_1 = v_load(con2);
            s0_1 = v_fma(v_load(s_bar + c), v_load(s_first_slope + c), s0_1);
            s0_1 = v_fma(v_load(s_bar + (c + 128)), v_load(s_first_slope + (c + 128)), s0_1);
            s0_1 = v_fma(v_load(s_bar + (c + 256)), v_load(s_first_slope + (c + 256)), s0_1);
            const v16 fma6 = v_fma(v_load(growth_bar + c), v_load(growth_first_slope + c), s0_1);
            const v16 neg = v_neg(fma6);
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
    /* the adjoint, s_bar, jumps by dL/dx at this time */
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(s_jump + (e*128 + c), v_gather(g_x + (first*7 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(u_jump + (e*128 + c), v_gather(g_x + (first*7 + 3 + c*7 + e), 7, count - c));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(growth_jump + c, v_gather(g_x + (first*7 + 6 + c*7), 7, count - c));
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(s_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(s_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            v_store(u_jump + (e*128 + c), v_select(v_lt(v_lane(), v_splat((real)(count - c))),
                v_load(u_jump + (e*128 + c)), v_splat(0.0f)));
        }
    }
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        v_store(growth_jump + c, v_select(v_lt(v_lane(), v_splat((real)(count - c))),
            v_load(growth_jump + c), v_splat(0.0f)));
    }
    ROLL for (ptrdiff_t c = 0; c < (full + 15)/16*16; c += WIDTH) {
        const reg add = p_add(p_read(s_bar + c), p_read(s_jump + c));
        const reg add1 = p_add(p_read(u_bar + c), p_read(u_jump + c));
        p_store(s_bar + c, add);
        p_store(u_bar + c, add1);
        const reg add2 = p_add(p_read(s_bar + (c + 128)), p_read(s_jump + (c + 128)));
        const reg add3 = p_add(p_read(u_bar + (c + 128)), p_read(u_jump + (c + 128)));
        p_store(s_bar + (c + 128), add2);
        p_store(u_bar + (c + 128), add3);
        const reg add4 = p_add(p_read(s_bar + (c + 256)), p_read(s_jump + (c + 256)));
        const reg add5 = p_add(p_read(u_bar + (c + 256)), p_read(u_jump + (c + 256)));
        p_store(s_bar + (c + 256), add4);
        p_store(u_bar + (c + 256), add5);
        const reg add6 = p_add(p_read(growth_bar + c), p_read(growth_jump + c));
        p_store(growth_bar + c, add6);
    }
    v16 zero = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            zero = v_fma(v_load(s_bar + (e*128 + c)), v_splat(0.0f), zero);
        }
    }
    const ptrdiff_t sound = 1 - m_any(v_ne(zero, zero));
    v16 zero1 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        ROLL for (ptrdiff_t e = 0; e < 3; e++) {
            zero1 = v_fma(v_load(u_bar + (e*128 + c)), v_splat(0.0f), zero1);
        }
    }
    const ptrdiff_t sound1 = (1 - m_any(v_ne(zero1, zero1)))*sound;
    v16 zero2 = v_splat(0.0f);
    ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
        zero2 = v_fma(v_load(growth_bar + c), v_splat(0.0f), zero2);
    }
    const ptrdiff_t sound2 = (1 - m_any(v_ne(zero2, zero2)))*sound1;
    if (sound2 == 0) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(work + (area + 16 + c*7 + e), 7, count - c, v_load(s_bar + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(work + (area + 19 + c*7 + e), 7, count - c, v_load(u_bar + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(work + (area + 22 + c*7), 7, count - c, v_load(growth_bar + c));
        }
        const ptrdiff_t at = tangent_find(work, area + 16, count*7);
        if (failed == 0) {
            /* for the report: status, sample, time, interval, state */
            work[area] = 5.0f;
            work[area + 1] = (real)(first + at/7);
            work[area + 2] = t[(first + at/7)*t_stride];
            work[area + 3] = 0.0f;
            work[area + 4] = (real)(at%7);
            failed = 5;
        }
    }
    if (g_x0 != NULL) {
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(g_x0 + (first*7 + c*7 + e), 7, count - c, v_load(s_bar + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            ROLL for (ptrdiff_t e = 0; e < 3; e++) {
                v_scatter(g_x0 + (first*7 + 3 + c*7 + e), 7, count - c,
                    v_load(u_bar + (e*128 + c)));
            }
        }
        ROLL for (ptrdiff_t c = 0; c < full; c += 16) {
            v_scatter(g_x0 + (first*7 + 6 + c*7), 7, count - c, v_load(growth_bar + c));
        }
    }
}

/* sums over blocks, of some parameters */
static NOINLINE void tangent_gradient_batch_sums(real *RESTRICT sums, ptrdiff_t blocks,
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

static void tangent_gradient_batch_task(void *args, size_t task)
{
    const lorenz_gradient_latency_args *const a = (const lorenz_gradient_latency_args *)args;
    const ptrdiff_t b = (ptrdiff_t)task;
    tangent_gradient_batch_block(a->batch, a->times, a->t, a->t_stride, a->x, a->theta, a->g_x,
        a->g_x0, a->g_t, a->h_max, a->steps, a->max_steps, a->work, a->pack, b, a->areas,
        a->area_size, a->dt);
}

/* dL/dx0, dL/dtheta and dL/dt by the continuous adjoint */
static NOINLINE int tangent_gradient_batch(ptrdiff_t batch, ptrdiff_t times, const real *RESTRICT t,
    ptrdiff_t t_stride, const real *RESTRICT x, const real *RESTRICT theta,
    const real *RESTRICT g_x, real *RESTRICT g_x0, real *RESTRICT g_theta, real *RESTRICT g_t,
    real h_max, ptrdiff_t steps, ptrdiff_t max_steps, real *RESTRICT fail, real *RESTRICT work,
    const nodec_parallel *parallel)
{
    const ptrdiff_t blocks = (batch + 127)/128;
    real *const pack = work;
    pack[0] = 1.0f;
    pack[1] = 0.0f;
    pack[2] = 0.0f;
    const real mul = theta[0]*pack[0];
    pack[3] = mul;
    const real neg = -pack[2];
    pack[4] = neg;
    const real mul1 = theta[2]*neg;
    pack[5] = mul1;
    const real neg1 = -pack[1];
    pack[6] = neg1;
    pack[7] = 0.0f;
    pack[8] = 1.0f;
    pack[9] = 0.0f;
    const real mul2 = theta[0]*pack[7];
    pack[10] = mul2;
    const real neg2 = -pack[9];
    pack[11] = neg2;
    const real mul3 = theta[2]*neg2;
    pack[12] = mul3;
    const real neg3 = -pack[8];
    pack[13] = neg3;
    pack[14] = 0.0f;
    pack[15] = 0.0f;
    pack[16] = 1.0f;
    const real mul4 = theta[0]*pack[14];
    pack[17] = mul4;
    const real neg4 = -pack[16];
    pack[18] = neg4;
    const real mul5 = theta[2]*neg4;
    pack[19] = mul5;
    const real neg5 = -pack[15];
    pack[20] = neg5;
    pack[21] = 1.0f;
    pack[22] = 0.0f;
    pack[23] = 0.0f;
    const real mul6 = theta[0]*pack[21];
    pack[24] = mul6;
    const real neg6 = -pack[23];
    pack[25] = neg6;
    const real mul7 = theta[2]*neg6;
    pack[26] = mul7;
    const real neg7 = -pack[22];
    pack[27] = neg7;
    pack[28] = 0.0f;
    pack[29] = 1.0f;
    pack[30] = 0.0f;
    const real mul8 = theta[0]*pack[28];
    pack[31] = mul8;
    const real neg8 = -pack[30];
    pack[32] = neg8;
    const real mul9 = theta[2]*neg8;
    pack[33] = mul9;
    const real neg9 = -pack[29];
    pack[34] = neg9;
    pack[35] = 0.0f;
    pack[36] = 0.0f;
    pack[37] = 1.0f;
    const real mul10 = theta[0]*pack[35];
    pack[38] = mul10;
    const real neg10 = -pack[37];
    pack[39] = neg10;
    const real mul11 = theta[2]*neg10;
    pack[40] = mul11;
    const real neg11 = -pack[36];
    pack[41] = neg11;
    const ptrdiff_t areas = blocks*48 + 48;
    const ptrdiff_t dt = areas + blocks*912;
    {
        lorenz_gradient_latency_args args = { batch, times, t, t_stride, x, theta, g_x, g_x0, g_t,
            h_max, steps, max_steps, work, pack, areas, 912, dt };
        each(parallel, (size_t)blocks, tangent_gradient_batch_task, &args);
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
        real *const sums = work + 48;
        tangent_gradient_batch_sums(sums, blocks, g_theta, 0);
    }
    ptrdiff_t status = 0;
    ROLL for (ptrdiff_t b = 0; b < blocks; b++) {
        const ptrdiff_t at = areas + b*912;
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

const char *lorenz_message(int status)
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

static void init_fill(real *p, size_t count, real value)
{
    size_t i;
    for (i = 0; i < count; i++) p[i] = value;
}

/* ---- Lorenz ---- */

const nodec_param *lorenz_lorenz_params(void)
{
    static const nodec_param row[] = {
        { "sigma", 0, 1, 0, { 0, 0, 0, 0 }, 0 },
        { "rho", 1, 1, 0, { 0, 0, 0, 0 }, 0 },
        { "beta", 2, 1, 0, { 0, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options lorenz_lorenz_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void lorenz_lorenz_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_fill(theta + 0, 1, 10.0f);
    init_fill(theta + 1, 1, 28.0f);
    init_fill(theta + 2, 1, 2.6666667f);
}

size_t lorenz_lorenz_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(64, size_mul(batch, size_add(80, times)))
        : size_add(16, size_mul(batch/128 + (batch%128 != 0), size_add(448, times))));
}

int lorenz_lorenz_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        lorenz_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        lorenz_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int lorenz_lorenz_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = lorenz_lorenz_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        lorenz_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        lorenz_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int lorenz_lorenz_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = lorenz_lorenz_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    lorenz_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

int lorenz_lorenz_start(size_t batch, const real *given, const real *theta, real *x0)
{
    if (!batch || batch > PTRDIFF_MAX || !theta || !x0) return NODEC_ARGUMENT;
    lorenz_start_scalar((ptrdiff_t)batch, given, theta, x0);
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *lorenz_lorenz_state_name(real index)
{
    if (index < 1) return "x";
    if (index < 2) return "y";
    return "z";
}

int lorenz_lorenz_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lorenz_lorenz_work(batch, times);
    nodec_options o = lorenz_lorenz_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = lorenz_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = lorenz_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, lorenz_lorenz_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int lorenz_lorenz_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lorenz_lorenz_work(batch, times);
    nodec_options o = lorenz_lorenz_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = lorenz_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = lorenz_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, lorenz_lorenz_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

/* ---- Tangent ---- */

const nodec_param *lorenz_tangent_params(void)
{
    static const nodec_param row[] = {
        { "sigma", 0, 1, 0, { 0, 0, 0, 0 }, 0 },
        { "rho", 1, 1, 0, { 0, 0, 0, 0 }, 0 },
        { "beta", 2, 1, 0, { 0, 0, 0, 0 }, 0 },
    };
    return row;
}

nodec_options lorenz_tangent_options(void)
{
    nodec_options o;
    memset(&o, 0, sizeof o);
    o.size = sizeof o;
    o.h_max = 0.05;
    o.steps = 0;
    o.max_steps = 1000000;
    return o;
}

void lorenz_tangent_init(uint64_t seed, real *theta)
{
    (void)seed, (void)theta;
    init_fill(theta + 0, 1, 10.0f);
    init_fill(theta + 1, 1, 28.0f);
    init_fill(theta + 2, 1, 2.6666667f);
}

size_t lorenz_tangent_work(size_t batch, size_t times)
{
    return size_bytes(batch < 32
        ? size_add(832, size_mul(batch, size_add(80, times)))
        : size_add(48, size_mul(batch/128 + (batch%128 != 0), size_add(960, times))));
}

int lorenz_tangent_f(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, real *dx)
{
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || batch > PTRDIFF_MAX || !t || !x || !theta || !dx) return NODEC_ARGUMENT;
    if (batch < 32)
        tangent_f_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    else
        tangent_f_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, dx);
    return NODEC_OK;
}

int lorenz_tangent_vjp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *a,
    real *ax, real *at, real *atheta,
    void *work, size_t work_bytes)
{
    const size_t need = lorenz_tangent_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !a) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        tangent_vjp_latency((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    else
        tangent_vjp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, a, ax, at, atheta,
            aligned(work));
    return NODEC_OK;
}

int lorenz_tangent_jvp(size_t batch, const real *t, size_t t_stride, const real *x,
    const real *theta,
    const real *vx, const real *vt, const real *vtheta, real *out,
    void *work, size_t work_bytes)
{
    const size_t need = lorenz_tangent_work(batch, 1);
    static const real never = 0;
    if (!t) t = &never, t_stride = 0;
    if (!batch || !need || !t || !x || !theta || !out) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    tangent_jvp_batch((ptrdiff_t)batch, t, (ptrdiff_t)t_stride, x, theta, vx, vt, vtheta, out,
        aligned(work));
    return NODEC_OK;
}

int lorenz_tangent_start(size_t batch, const real *given, const real *theta, real *x0)
{
    if (!batch || batch > PTRDIFF_MAX || !theta || !x0) return NODEC_ARGUMENT;
    tangent_start_scalar((ptrdiff_t)batch, given, theta, x0);
    return NODEC_OK;
}

/* The name of the state with this index. */
static const char *lorenz_tangent_state_name(real index)
{
    if (index < 3) return "s";
    if (index < 6) return "u";
    return "growth";
}

int lorenz_tangent_solve(size_t batch, size_t times, const real *t, size_t t_stride, const real *x0,
    const real *theta, real *x,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lorenz_tangent_work(batch, times);
    nodec_options o = lorenz_tangent_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x0 || !theta || !x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = tangent_solve_latency((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x0, theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    else
        status = tangent_solve_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride, x0,
            theta, x, (real)o.h_max, (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail,
            aligned(work), o.parallel);
    return report_write(report, status, fail, lorenz_tangent_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

int lorenz_tangent_gradient(size_t batch, size_t times, const real *t, size_t t_stride, const real *x,
    const real *theta, const real *g_x,
    real *g_x0, real *g_theta, real *g_t,
    const nodec_options *options, nodec_report *report, void *work, size_t work_bytes)
{
    const size_t need = lorenz_tangent_work(batch, times);
    nodec_options o = lorenz_tangent_options();
    real fail[4] = { 0, 0, 0, 0 };
    int status;
    if (!batch || !times || !need || !t || !x || !theta || !g_x) return NODEC_ARGUMENT;
    if (!options_read(options, &o) || !monotone(batch, times, t, t_stride)) return NODEC_ARGUMENT;
    if (!work || work_bytes < need) return NODEC_WORKSPACE;
    if (batch < 32)
        status = tangent_gradient_latency((ptrdiff_t)batch, (ptrdiff_t)times, t,
            (ptrdiff_t)t_stride, x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max,
            (ptrdiff_t)o.steps, (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    else
        status = tangent_gradient_batch((ptrdiff_t)batch, (ptrdiff_t)times, t, (ptrdiff_t)t_stride,
            x, theta, g_x, g_x0, g_theta, g_t, (real)o.h_max, (ptrdiff_t)o.steps,
            (ptrdiff_t)o.max_steps, fail, aligned(work), o.parallel);
    return report_write(report, status, fail, lorenz_tangent_state_name(fail[3]), batch, times, t, t_stride, &o, 1);
}

