#!/bin/sh
# What was learned stands in the C: a program without files, heap or initialisation computes what
# `eval` does with the file; an odef, and a model with a copy of its statistics per evaluation.
. "${0%/*}/lib/shell.sh"
. tests/lib/digits.sh

strict="-std=c99 -O2 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -ffunction-sections -fdata-sections"
free() { cc $strict -ffreestanding -c "$work/$1.c" -o "$work/$1.o" || fail "$1.c"; }

exits 0 "$NODEC" run models/spiral.node comp --set steps=50 --set 'plot=[]' --quiet --out "$work/comp"
exits 0 "$NODEC" models/spiral.node comp -o "$work/spiral.c" --weights "$work/comp/weights.safetensors"
free spiral
cat >"$work/host.c" <<'HOST'
#include "spiral.h"
#include <stdio.h>
static char work[SPIRAL_MLP_WORK(1, 4)];
int main(void)
{
    const spiral_real t[4] = { 0, 1, 2, 3 }, x0[2] = { (spiral_real)0.5, (spiral_real)0.25 };
    spiral_real x[4][2];
    const int status = spiral_mlp_solve(1, 4, t, 0, x0, spiral_mlp_weights, x[0], NULL, NULL, work, sizeof work);
    fwrite(x, sizeof x, 1, stdout);
    return status;
}
HOST
cc $strict -Wl,--gc-sections "$work/host.c" "$work/spiral.o" -o "$work/host" -lm || fail "a host of spiral.c"
exits 0 "$work/host"
mv "$work/out" "$work/said"
exits 0 "$NODEC" eval models/spiral.node comp --weights "$work/comp/weights.safetensors" --times 0:3:4 --start 0.5,0.25 --format npy -o "$work/eval.npy"
tail -c 32 "$work/eval.npy" >"$work/wanted"
same "$work/wanted" "$work/said" "the odef in C and in eval"

make_sets "$work"
exits 0 "$NODEC" run "$work/model.node" flow --set 'plot=[]' --quiet --out "$work/flow"
exits 0 "$NODEC" "$work/model.node" flow -o "$work/small.c" --weights "$work/flow/weights.safetensors"
free small
make_set "$work/one" "$work/label" 1 3
cat >"$work/classify.c" <<'HOST'
#include "small.h"
#include <stdio.h>
static char work[SMALL_SMALL_WORK(1)];
int main(int count, char **path)
{
    unsigned char head[16], pixel[16];
    small_real in[SMALL_SMALL_INPUTS], out[SMALL_SMALL_OUTPUTS];
    int i, status;
    FILE *f = count == 2 ? fopen(path[1], "rb") : NULL;
    if (!f || !fread(head, 16, 1, f) || !fread(pixel, 16, 1, f) || fclose(f)) return 2;
    for (i = 0; i < 16; i++) in[i] = (small_real)pixel[i];
    in[16] = 0;
    status = small_small_forward(1, in, small_small_weights, small_small_kept, out, NULL, NULL, NULL, work, sizeof work);
    fwrite(out, sizeof out, 1, stdout);
    return status;
}
HOST
cc $strict -Wl,--gc-sections "$work/classify.c" "$work/small.o" -o "$work/classify" -lm || fail "a host of small.c"
exits 0 "$work/classify" "$work/one"
mv "$work/out" "$work/said"
exits 0 "$NODEC" eval "$work/model.node" flow --weights "$work/flow/weights.safetensors" --inputs "image=$work/one,label=$work/label" --format npy -o "$work/eval.npy"
tail -c 12 "$work/eval.npy" >"$work/wanted"
same "$work/wanted" "$work/said" "the model in C and in eval"

# What cannot be.
exits 2 "$NODEC" models/spiral.node -o "$work/all.c" --weights "$work/comp/weights.safetensors"
says 'weights are of one definition: say which'
exits 2 "$NODEC" models/spiral.node comp -o "$work/all.cl" --weights "$work/comp/weights.safetensors"
says 'weights stand in C, not in opencl'
exits 1 "$NODEC" models/spiral.node linear -o "$work/all.c" --weights "$work/comp/weights.safetensors"
says 'error: .*weights.safetensors: there is no `W`$' '^note: there is'
exits 3 "$NODEC" models/spiral.node comp -o "$work/all.c" --weights "$work/none"
[ ! -e "$work/all.c" ] || fail "a file is left of what failed"
passed "learned weights stand in the C, of an odef and of a model"
