#!/bin/sh
# What a host may do wrong, and what it may ask for: arguments, workspace, options, reports,
# threads, outputs that are not wanted, and training without a runtime.
. "${0%/*}/lib/shell.sh"

exits 0 "$NODEC" models/spiral.node comp -o "$work/comp.c"

cat >"$work/host.c" <<'HOST'
#include "comp.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(what) do { if (!(what)) { printf("line %d: %s\n", __LINE__, #what); failed = 1; } } while (0)

enum { TIMES = 4, MANY = 200 };
static char work_few[COMP_MLP_WORK(3, TIMES)], work_many[COMP_MLP_WORK(MANY, TIMES) + 8];
static comp_real theta[COMP_MLP_PARAMS], x0[MANY * 2], x[TIMES * MANY * 2], y[TIMES * MANY * 2];
static comp_real g_x[TIMES * MANY * 2], g_x0[MANY * 2], g_x0b[MANY * 2], g_theta[COMP_MLP_PARAMS], g_thetab[COMP_MLP_PARAMS];
static comp_real each_t[MANY * TIMES];
static int failed, calls;

/* A host's pool that is as unfair as it can be: last task first. */
static void backwards(void *pool, size_t count, void (*task)(void *arg, size_t i), void *arg)
{
    calls++;
    CHECK(pool == (void *)&calls);
    while (count-- > 0) task(arg, count);
}

static void arguments(void)
{
    comp_real t[TIMES] = { 0, 1, 2, (comp_real)2.5 }, bad[TIMES] = { 0, 1, 1, 2 }, back[TIMES] = { 3, 2, 1, 0 };
    comp_real nan_t[TIMES] = { 0, 1, (comp_real)NAN, 2 }, turn[TIMES] = { 0, 1, 2, 1 };
    size_t n = sizeof work_few;
    nodec_options o = comp_mlp_options(), none = comp_mlp_options();
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_OK);
    CHECK(comp_mlp_solve(3, TIMES, back, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_OK);
    CHECK(comp_mlp_solve(3, 1, t, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_OK);
    CHECK(comp_mlp_solve(0, TIMES, t, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, 0, t, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, NULL, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, t, 0, NULL, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, NULL, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, NULL, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, bad, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, turn, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, nan_t, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, NULL, NULL, work_few, n - 1) == NODEC_WORKSPACE);
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, NULL, NULL, NULL, n) == NODEC_WORKSPACE);
    CHECK(comp_mlp_solve((size_t)-1, TIMES, t, 0, x0, theta, x, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    o.h_max = 0;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, &o, NULL, work_few, n) == NODEC_ARGUMENT);
    o.h_max = NAN;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, &o, NULL, work_few, n) == NODEC_ARGUMENT);
    none.size = 0;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, &none, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_gradient(3, TIMES, t, 0, x, theta, NULL, g_x0, g_theta, NULL, NULL, NULL, work_few, n) == NODEC_ARGUMENT);
    CHECK(comp_mlp_f(1, NULL, 0, x0, theta, x) == NODEC_OK);
    CHECK(comp_mlp_f(1, NULL, 0, NULL, theta, x) == NODEC_ARGUMENT);
    CHECK(comp_mlp_f(0, NULL, 0, x0, theta, x) == NODEC_ARGUMENT);
    CHECK(!strcmp(comp_message(NODEC_OK), "no error") && strlen(comp_message(99)));
}

static void sizes_and_tables(void)
{
    const nodec_param *row = comp_mlp_params();
    size_t sum = 0, i;
    comp_real again[COMP_MLP_PARAMS], other[COMP_MLP_PARAMS];
    for (i = 0; i < COMP_MLP_PARAM_ROWS; i++) {
        CHECK(row[i].offset == sum);
        sum += row[i].count;
    }
    CHECK(sum == COMP_MLP_PARAMS && !strcmp(row[0].name, "lin1.weight") && row[0].shape[0] == 16 && row[0].shape[1] == 2);
    for (i = 1; i < 300; i += 7) CHECK(comp_mlp_work(i, 5) == COMP_MLP_WORK(i, 5));
    CHECK(comp_mlp_work((size_t)-1 / 2, (size_t)-1 / 2) == 0);
    comp_mlp_init(7, again);
    comp_mlp_init(8, other);
    CHECK(!memcmp(again, theta, sizeof again) && memcmp(other, theta, sizeof other));
    for (i = 0; i < 32; i++) CHECK(fabs((double)theta[i]) <= 0.7072);
}

static void reports(void)
{
    comp_real t[TIMES] = { 0, 1, 2, (comp_real)2.52 };
    nodec_options o = comp_mlp_options();
    nodec_report r;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, NULL, &r, work_few, sizeof work_few) == NODEC_OK);
    CHECK(r.steps == 3 * (20 + 20 + 11) && r.evaluations == r.steps && r.rejected == 0);
    o.steps = 5;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, &o, &r, work_few, sizeof work_few) == NODEC_OK && r.steps == 45);
    o.steps = 0;
    o.max_steps = 19;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, &o, &r, work_few, sizeof work_few) == NODEC_STEPS);
    x0[3] = (comp_real)INFINITY;
    CHECK(comp_mlp_solve(3, TIMES, t, 0, x0, theta, x, NULL, &r, work_few, sizeof work_few) == NODEC_NONFINITE);
    CHECK(r.sample == 1 && r.where && !strcmp(r.where, "x") && r.t == 0);
    x0[3] = (comp_real)0.25;
}

static void same_bits_however(void)
{
    comp_real t[TIMES] = { 0, (comp_real)0.3, 1, 2 }, g_t[TIMES], g_tb[TIMES];
    nodec_parallel pool = { backwards, &calls };
    nodec_options o = comp_mlp_options();
    size_t b, n = sizeof work_many;
    o.parallel = &pool;
    for (b = 0; b < MANY * TIMES; b++) each_t[b] = t[b % TIMES];
    for (b = 0; b < TIMES * MANY * 2; b++) g_x[b] = (comp_real)(b % 7) / 7;

    CHECK(comp_mlp_solve(MANY, TIMES, t, 0, x0, theta, x, NULL, NULL, work_many, n) == NODEC_OK);
    CHECK(comp_mlp_solve(MANY, TIMES, t, 0, x0, theta, y, &o, NULL, work_many, n) == NODEC_OK);
    CHECK(calls > 0 && !memcmp(x, y, sizeof x));
    CHECK(comp_mlp_solve(MANY, TIMES, each_t, TIMES, x0, theta, y, NULL, NULL, work_many + 3, n - 3) == NODEC_OK);
    CHECK(!memcmp(x, y, sizeof x));
    CHECK(comp_mlp_gradient(MANY, TIMES, t, 0, x, theta, g_x, g_x0, g_theta, g_t, NULL, NULL, work_many, n) == NODEC_OK);
    CHECK(comp_mlp_gradient(MANY, TIMES, t, 0, x, theta, g_x, g_x0b, g_thetab, g_tb, &o, NULL, work_many + 5, n - 5) == NODEC_OK);
    CHECK(!memcmp(g_x0, g_x0b, sizeof g_x0) && !memcmp(g_theta, g_thetab, sizeof g_theta) && !memcmp(g_t, g_tb, sizeof g_t));
    memset(g_thetab, 1, sizeof g_thetab);
    CHECK(comp_mlp_gradient(MANY, TIMES, t, 0, x, theta, g_x, NULL, g_thetab, NULL, NULL, NULL, work_many, n) == NODEC_OK);
    CHECK(!memcmp(g_theta, g_thetab, sizeof g_theta));
}

static void trains(void)
{
    static comp_real target[TIMES * 2 * 2], moments[COMP_MLP_MOMENTS], before[COMP_MLP_PARAMS];
    comp_real t[TIMES] = { 0, (comp_real)0.3, 1, 2 }, start[4] = { (comp_real)0.6, (comp_real)0.3, (comp_real)-0.4, (comp_real)0.1 };
    nodec_update update = { 0.01, 0.9, 0.999, 1e-8, 0, 0, 0, 1 };
    nodec_options o = comp_mlp_options();
    size_t n = comp_mlp_train_work(2, TIMES), i;
    void *work = malloc(n);
    double first = 0, loss = 0, alone = 0;
    int step;
    for (i = 0; i < TIMES * 4; i++) target[i] = start[i % 4] * (comp_real)(1 + (double)(i / 4) / 4);
    for (step = 1; step <= 100; step++) {
        update.step = (uint64_t)step;
        CHECK(comp_mlp_loss(2, TIMES, t, 0, start, theta, target, &alone, x, NULL, NULL, NULL, work, n) == NODEC_OK);
        CHECK(comp_mlp_train_step(2, TIMES, t, 0, start, theta, target, &update, moments, &loss, g_theta, NULL, NULL, work, n) == NODEC_OK);
        CHECK(memcmp(&alone, &loss, sizeof loss) == 0);
        if (step == 1) first = loss;
    }
    CHECK(loss < 0.2 * first);
    CHECK(!memcmp(x, start, sizeof start));             /* the solution begins where it was told to */

    memcpy(before, theta, sizeof before);
    o.max_steps = 1;
    CHECK(comp_mlp_train_step(2, TIMES, t, 0, start, theta, target, &update, moments, &loss, g_theta, &o, NULL, work, n) == NODEC_STEPS);
    CHECK(!memcmp(before, theta, sizeof before));
    CHECK(comp_mlp_train_step(2, TIMES, t, 0, start, theta, target, &update, moments, &loss, g_theta, NULL, NULL, work, n - 1) == NODEC_WORKSPACE);
    update.clip = 1e-3;                                 /* a gradient that is clipped moves theta as one of that norm */
    CHECK(comp_mlp_update(&update, theta, g_theta, moments) > 0);
    free(work);
}

int main(void)
{
    size_t i;
    for (i = 0; i < MANY * 2; i++) x0[i] = (comp_real)(i % 13) / 13 - (comp_real)0.5;
    comp_mlp_init(7, theta);
    arguments();
    sizes_and_tables();
    reports();
    same_bits_however();
    trains();
    if (!failed) puts("fine");
    return failed;
}
HOST
for flags in '-O2 -march=native' '-O1 -fsanitize=address,undefined -fno-sanitize-recover=all'; do
    cc -std=c99 $flags -Wall -Wextra -I"$work" "$work/host.c" "$work/comp.c" -o "$work/host" -lm || fail "does not compile: $flags"
    exits 0 "$work/host"
    grep -q fine "$work/out" || fail "the host is not content"
done
# Any name of the output, any prefix, and one stream with everything in it compile alone.
exits 0 "$NODEC" models/spiral.node -o "$work/my-host.c"
cc -std=c99 -c "$work/my-host.c" -o "$work/host.o" || fail "my-host.c does not find its header"
exits 0 "$NODEC" models/spiral.node --prefix other -o "$work/named.c"
cc -std=c99 -c "$work/named.c" -o "$work/host.o" || fail "named.c with another prefix does not find its header"
exits 0 "$NODEC" models/spiral.node -o -
cc -std=c99 -x c -c "$work/out" -o "$work/host.o" || fail "the stream does not compile alone"
passed "calls right and wrong, reports, threads, training without a runtime"
