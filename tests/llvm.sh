#!/bin/sh
# LLVM IR, objects and assembly: text needs no LLVM; an object links with C and has its bits; a plugin
# that is missing and a CPU that is not known are named.
. "${0%/*}/lib/shell.sh"

exits 0 env NODEC_JIT= "$NODEC" models/spiral.node --emit=llvm
grep -q '^define ' "$work/out" || fail "no LLVM IR on standard output"
exits 0 env NODEC_JIT= "$NODEC" models/spiral.node -o "$work/spiral.ll"
exits 0 "$NODEC" models/mnist.node ode_net -o "$work/net.ll"
exits 3 env NODEC_JIT= "$NODEC" models/spiral.node -o "$work/spiral.o"
says 'libnodec-jit.so' 'llvm'
[ ! -e "$work/spiral.o" ] || fail "there is an object without a compiler"

"$NODEC" models/spiral.node -o "$work/probe.o" 2>"$work/err" || { says 'libnodec-jit.so'; passed "LLVM IR as text; no LLVM here for more"; }

exits 2 "$NODEC" models/spiral.node --emit=asm --target-cpu=znver
says 'znver`' 'did you mean'
exits 0 "$NODEC" models/spiral.node --emit=asm
grep -q 'spiral_mlp_solve_batch' "$work/out" || fail "no assembly of the solve"
exits 0 "$NODEC" models/spiral.node --emit=asm --target-cpu=cortex-a72
grep -q 'fmla' "$work/out" || fail "no code for a cortex-a72"

# The entries as comments say them, called beside the public functions of the C.
exits 0 "$NODEC" models/spiral.node -o "$work/spiral.o"
exits 0 "$NODEC" models/spiral.node -o "$work/plain.c"
{
    echo '#include "plain.h"'
    sed -n 's/^; \(\(int\|void\) spiral_[a-z_]*(.*)\)$/\1;/p' "$work/spiral.ll"
    cat <<'HOST'
#include <stdio.h>
#include <string.h>
int main(void)
{
    static float theta[PLAIN_MLP_PARAMS], x[100][2], c[100][2], o[100][2], t[1];
    int i;
    plain_mlp_init(7, theta);
    for (i = 0; i < 100; i++) x[i][0] = 0.01f * (float)i, x[i][1] = 0.6f - x[i][0];
    if (plain_mlp_f(100, t, 0, x[0], theta, c[0])) return 2;
    spiral_mlp_f_batch(100, t, 0, x[0], theta, o[0]);
    if (memcmp(c, o, sizeof c)) return 3;
    if (plain_mlp_f(3, t, 0, x[0], theta, c[0])) return 4;
    spiral_mlp_f_latency(3, t, 0, x[0], theta, o[0]);
    return memcmp(c, o, sizeof c) ? 5 : 0;
}
HOST
} >"$work/host.c"
cc -std=c99 -O1 -I"$work" "$work/host.c" "$work/plain.c" "$work/spiral.o" -o "$work/host" -lm || fail "does not link"
exits 0 "$work/host"

exits 0 "$NODEC" models/mnist.node ode_net --emit=obj -o "$work/net.o"
foreign=$(nm -u "$work/net.o" | awk '{ print $2 }' | grep -vE '^(memcpy|memset|memmove|_GLOBAL_OFFSET_TABLE_)$')
[ -z "$foreign" ] || fail "the object uses $foreign"
changing=$(nm "$work/net.o" | awk '$2 ~ /^[BbDdCSs]$/ { print $3 }')
[ -z "$changing" ] || fail "the object has variables: $changing"
passed "LLVM IR, an object beside C with its bits, assembly for this and another machine"
