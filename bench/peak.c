/* peak.c: the fused multiply-adds one core can do, in single precision GFLOP/s, as the measure to
 * hold batched code against. Twelve independent chains of the widest vectors of the target;
 * compile with -O2 -march=native -ffp-contract=fast. */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <time.h>

#if defined __AVX512F__
enum { WIDTH = 64 };
#elif defined __AVX__
enum { WIDTH = 32 };
#else
enum { WIDTH = 16 };
#endif
typedef float Lane __attribute__((vector_size(WIDTH)));

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#define CHAINS(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)

int main(void)
{
    enum { CHAIN_COUNT = 12, TURNS = 1000000 };
    volatile float seed = 0.5f;
    Lane a = seed - (Lane){ 0 }, b = seed - (Lane){ 0 };
    double best = 1e30;
    float sink = 0;
    for (int repeat = 0; repeat < 20; repeat++) {
#define DECLARE(i) Lane y##i = a * (float)i;
        CHAINS(DECLARE)
        double begin = now();
        for (int i = 0; i < TURNS; i++) {
#define STEP(i) y##i = y##i * a + b;
            CHAINS(STEP)
        }
        double seconds = now() - begin;
        if (seconds < best) best = seconds;
#define ADD(i) sink += y##i[0];
        CHAINS(ADD)
    }
    double flops = 2.0 * CHAIN_COUNT * (WIDTH / sizeof(float)) * TURNS;
    printf("{\"gflops\": %.6g, \"lanes\": %d, \"sink\": %g}\n",
           flops / best * 1e-9, (int)(WIDTH / sizeof(float)), (double)sink);
    return 0;
}
