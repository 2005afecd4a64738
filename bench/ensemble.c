/* ensemble.c: the generated C as a host program calls it.
 *
 * Integrates 1,024 trajectories of Mlp by Euler on one thread and prints millions of
 * trajectory-steps per second; then one evaluation of f and of f's vjp for a single state. Prints
 * JSON.  Links spiral.c, as `nodec models/spiral.node -o spiral.c` wrote it. */
#define _POSIX_C_SOURCE 199309L
#include "spiral.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BATCH = 1024, STATES = SPIRAL_MLP_STATES, SUBSTEPS = 200, REPEAT = 60, CALLS = 20000 };

static spiral_real theta[SPIRAL_MLP_PARAMS], gradient[SPIRAL_MLP_PARAMS];
static spiral_real start[BATCH][STATES], end[2][BATCH][STATES];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(int status)
{
    if (status == NODEC_OK) return;
    fprintf(stderr, "ensemble: %s\n", spiral_message(status));
    exit(1);
}

static double fewer(double a, double b) { return a < b ? a : b; }

int main(void)
{
    const spiral_real times[2] = { 0, (spiral_real)(0.05 * SUBSTEPS) };
    size_t bytes = spiral_mlp_work(BATCH, 2);
    void *work = malloc(bytes ? bytes : 1);
    if (!work) return 1;

    /* 0.05 is not a float: with h_max itself the number of steps would hang on a rounding. */
    nodec_options options = spiral_mlp_options();
    options.h_max = 0.0500001;

    spiral_mlp_init(1, theta);
    for (int i = 0; i < BATCH; i++)
        for (int d = 0; d < STATES; d++)
            start[i][d] = (spiral_real)sin(1.0 + i * (d + 1.0));

    double solve = INFINITY, f = INFINITY, vjp = INFINITY;
    for (int k = 0; k < REPEAT; k++) {
        double begin = now();
        must(spiral_mlp_solve(BATCH, 2, times, 0, start[0], theta, end[0][0], &options, NULL, work, bytes));
        solve = fewer(solve, now() - begin);
    }
    double sum = 0;
    for (int i = 0; i < BATCH; i++) sum += (double)end[1][i][0];

    spiral_real x[STATES] = { (spiral_real)0.6, (spiral_real)0.3 }, dx[STATES], a[STATES] = { 1, 1 }, ax[STATES];
    for (int k = 0; k < 5; k++) {
        double begin = now();
        for (int i = 0; i < CALLS; i++) {
            must(spiral_mlp_f(1, times, 0, x, theta, dx));
            x[0] = (spiral_real)0.6 + dx[0] * (spiral_real)1e-9;
        }
        f = fewer(f, now() - begin);
        begin = now();
        for (int i = 0; i < CALLS; i++) {
            must(spiral_mlp_vjp(1, times, 0, x, theta, a, ax, NULL, gradient, work, bytes));
            x[0] = (spiral_real)0.6 + ax[0] * (spiral_real)1e-9;
        }
        vjp = fewer(vjp, now() - begin);
    }
    free(work);

    printf("{\"batch_steps_per_s\": %.6g, \"f_us\": %.6g, \"vjp_us\": %.6g, \"checksum\": %.9g}\n",
           (double)BATCH * SUBSTEPS / solve, 1e6 * f / CALLS, 1e6 * vjp / CALLS, sum);
    return isfinite(sum) ? 0 : 1;
}
