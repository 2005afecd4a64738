#!/bin/sh
# A model embedded in a host: clean C and C++ for every compiler, no heap, no stdio, nothing that
# changes between calls; it trains without a runtime, and two files with models meet in a program.
. "${0%/*}/lib/shell.sh"
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

exits 0 "$NODEC" tests/models/tiny.node tiny -o "$work/one.c"
exits 0 "$NODEC" tests/models/tiny.node plain --real f64 -o "$work/two.c"

cat >"$work/host.c" <<'HOST'
#include "one.h"
#include "two.h"
#include <stdio.h>
#include <string.h>

enum { BATCH = 6 };
static unsigned char work[ONE_TINY_TRAIN_WORK(BATCH) + ONE_TINY_WORK(BATCH)];
static unsigned char other[TWO_PLAIN_TRAIN_WORK(2)];
static one_real inputs[BATCH * ONE_TINY_INPUTS], draws[BATCH * ONE_TINY_DRAWS], outputs[BATCH * ONE_TINY_OUTPUTS];
static one_real theta[ONE_TINY_PARAMS], g_theta[ONE_TINY_PARAMS], buffers[ONE_TINY_BUFFERS], moments[ONE_TINY_MOMENTS];

#define CHECK(what) do { if (!(what)) { printf("line %d: %s\n", __LINE__, #what); return 1; } } while (0)

static int trains(void)
{
    const size_t n = one_tiny_train_work(BATCH);
    nodec_update u = { 0.01, 0.9, 0.999, 1e-8, 0, 0, 0, 1 };
    nodec_report report;
    double first = 0, values[ONE_TINY_VALUES] = { 0 }, evaluated[ONE_TINY_VALUES];
    size_t i;
    for (i = 0; i < BATCH * ONE_TINY_INPUTS; i++) inputs[i] = (one_real)((i * 37 + i / 7) % 256);
    for (i = 0; i < BATCH; i++) inputs[i * ONE_TINY_INPUTS + ONE_TINY_INPUTS - 1] = (one_real)(i % 3);
    one_tiny_init(5, theta, buffers);
    CHECK(n && n <= sizeof work && one_tiny_work(BATCH) == ONE_TINY_WORK(BATCH));
    for (u.step = 1; u.step <= 200; u.step++) {
        one_tiny_draws(5, u.step, BATCH, draws);
        CHECK(one_tiny_train_step(BATCH, inputs, draws, theta, buffers, &u, moments, g_theta, values, NULL, &report, work + 3, n) == NODEC_OK);
        if (u.step == 1) first = values[0];
    }
    CHECK(report.steps == 3 * BATCH && report.evaluations == 6 * BATCH);
    CHECK(one_tiny_forward(BATCH, inputs, theta, buffers, outputs, evaluated, NULL, NULL, work + 5, one_tiny_work(BATCH)) == NODEC_OK);
    CHECK(values[0] < 0.5 * first && evaluated[0] < 0.8 * first && evaluated[1] > 0.6);
    for (i = 0; i < ONE_TINY_PARAMS; i++) CHECK(theta[i] - theta[i] == 0);
    printf("%.9g %.9g %.9g\n", values[0], evaluated[0], (double)outputs[0]);
    return 0;
}

static int tables(void)
{
    const nodec_buffer *b = one_tiny_buffers();
    size_t i, reals = 0;
    for (i = 0; i < ONE_TINY_BUFFER_ROWS; i++) reals += b[i].count * b[i].slots;
    CHECK(reals == ONE_TINY_BUFFERS);
    CHECK(!strcmp(one_tiny_inputs()[1].name, "label") && one_tiny_inputs()[1].classes == 3);
    CHECK(!strcmp(one_tiny_outputs()[0].name, "logits") && !strcmp(one_tiny_params()[0].name, "down.0.weight"));
    CHECK(two_plain_buffers() == NULL && two_plain_params()[1].offset == 72);
    return 0;
}

static int mistakes(void)
{
    two_real in[26] = { 0 }, p[TWO_PLAIN_PARAMS], g[TWO_PLAIN_PARAMS];
    double values[TWO_PLAIN_VALUES];
    const size_t n = sizeof other;
    two_plain_init(1, p, NULL);
    CHECK(two_plain_train(2, in, p, NULL, g, NULL, values, NULL, NULL, other, n) == NODEC_OK);
    CHECK(two_plain_train(0, in, p, NULL, g, NULL, values, NULL, NULL, other, n) == NODEC_ARGUMENT);
    CHECK(two_plain_train(2, in, p, NULL, NULL, NULL, values, NULL, NULL, other, n) == NODEC_ARGUMENT);
    CHECK(two_plain_train(2, in, p, NULL, g, NULL, values, NULL, NULL, other, n - 1) == NODEC_WORKSPACE);
    CHECK(two_plain_forward((size_t)-1, in, p, NULL, NULL, NULL, NULL, NULL, other, n) == NODEC_ARGUMENT);
    CHECK(two_plain_work((size_t)-1 / 2) == 0);
    CHECK(two_plain_forward(2, in, NULL, NULL, NULL, NULL, NULL, NULL, other, n) == NODEC_ARGUMENT);
    CHECK(one_tiny_forward(2, inputs, theta, NULL, NULL, NULL, NULL, NULL, work, sizeof work) == NODEC_ARGUMENT);
    return 0;
}

int main(void) { return tables() || mistakes() || trains(); }
HOST

count=0
for pair in 'gcc -std=c99 -O1' 'gcc -std=c17 -O2 -march=native' 'clang -std=c99 -O1 -march=native' \
            'g++ -std=c++17 -O1 -x c++' 'clang++ -std=c++17 -O1 -march=native -x c++' \
            'gcc -std=c99 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all'; do
    command -v "${pair%% *}" >/dev/null || continue
    $pair $warnings -I"$work" "$work/host.c" "$work/one.c" "$work/two.c" -o "$work/host" -lm >"$work/log" 2>&1 ||
        { head -n 20 "$work/log"; fail "does not compile: $pair"; }
    exits 0 "$work/host"
    [ $count -gt 0 ] || cp "$work/out" "$work/first"
    same "$work/out" "$work/first" "the numbers of $pair"
    count=$((count + 1))
done
[ $count -gt 0 ] || skipped "no C compiler"

# Every odef and every model of a file in one pair of files.
exits 0 "$NODEC" tests/models/tiny.node -o "$work/all.c"
for name in all_flow_solve all_tiny_forward all_plain_forward; do
    grep -q "^int $name(" "$work/all.h" || fail "all.h has no $name"
done
for pair in 'gcc -std=c99' 'clang++ -std=c++17 -x c++'; do
    command -v "${pair%% *}" >/dev/null || continue
    $pair $warnings -fsyntax-only "$work/all.c" >"$work/log" 2>&1 || { head -n 20 "$work/log"; fail "all.c: $pair"; }
done

cc -std=c99 -O1 -fno-pie -fno-pic -c "$work/one.c" -o "$work/one.o" || fail "one.c"
foreign=$(nm -u "$work/one.o" | awk '{ print $2 }' | grep -E 'alloc|^free$|print|put|open|write|pthread|^exit$|^abort$|errno')
[ -z "$foreign" ] || fail "one.c uses $foreign"
changing=$(nm "$work/one.o" | awk '$2 ~ /^[BbDdCSs]$/ { print $3 }')
[ -z "$changing" ] || fail "one.c has variables: $changing"
passed "a model in a host, by $count compilers and standards, with the same numbers"
