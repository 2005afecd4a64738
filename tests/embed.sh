#!/bin/sh
# Two generated files meet in one program, in C and in C++: no clash, no heap, no stdio, nothing
# that changes between calls, and the same bits from both.
. "${0%/*}/lib/shell.sh"

exits 0 "$NODEC" models/spiral.node -o "$work/one.c"
exits 0 "$NODEC" models/spiral.node -o "$work/two.c"

cat >"$work/host.c" <<'HOST'
#include "one.h"
#include "two.h"
#include <stdio.h>
#include <string.h>
static double work[1 << 16];
int main(void)
{
    const one_real t[3] = { 0, 1, 3 }, x0[2] = { (one_real)0.6, (one_real)0.3 };
    one_real theta1[ONE_MLP_PARAMS], theta2[TWO_MLP_PARAMS], x1[3][2], x2[3][2];
    if (one_mlp_work(1, 3) > sizeof work) return 2;
    one_mlp_init(7, theta1);
    two_mlp_init(7, theta2);
    if (one_mlp_solve(1, 3, t, 0, x0, theta1, x1[0], NULL, NULL, work, sizeof work)) return 3;
    if (two_mlp_solve(1, 3, t, 0, x0, theta2, x2[0], NULL, NULL, work, sizeof work)) return 4;
    if (one_mlp_solve(1, 3, t, 0, x0, theta1, NULL, NULL, NULL, work, 8) == NODEC_OK) return 5;
    printf("%.9g %.9g\n", (double)x1[2][0], (double)x1[2][1]);
    return memcmp(x1, x2, sizeof x1) ? 6 : 0;
}
HOST
for pair in 'cc -std=c99' 'c++ -std=c++17 -x c++'; do
    $pair -Wall -Wextra -Werror -I"$work" "$work/host.c" "$work/one.c" "$work/two.c" -o "$work/host" -lm ||
        fail "does not link: $pair"
    exits 0 "$work/host"
    mv "$work/out" "$work/said-$(echo "$pair" | tr -cd '[:alnum:]')"
done
same "$work/said-ccstdc99" "$work/said-cstdc17xc" "C and C++"

cc -std=c99 -O2 -fno-pie -fno-pic -c "$work/one.c" -o "$work/one.o" || fail "one.c"
foreign=$(nm -u "$work/one.o" | awk '{ print $2 }' | grep -E 'alloc|^free$|print|put|open|write|pthread|^exit$|^abort$|errno')
[ -z "$foreign" ] || fail "one.c uses $foreign"
changing=$(nm "$work/one.o" | awk '$2 ~ /^[BbDdCSs]$/ { print $3 }')
[ -z "$changing" ] || fail "one.c has variables: $changing"
cc -std=c99 -O0 -shared -fPIC -Wl,-z,defs "$work/one.c" -o "$work/one.so" -lm || fail "one.c needs more than libm"
passed "two generated files in one program, in C and in C++"
