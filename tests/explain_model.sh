#!/bin/sh
# What check, explain and --dump say of a model: layers and sizes, memory and meetings of threads,
# kernels and phases; and every stage on the way is there.
. "${0%/*}/lib/shell.sh"
model=tests/models/tiny.node

holds() { grep -q "$1" "$work/out" || { cat "$work/out"; fail "nothing about: $1"; }; }

exits 0 "$NODEC" check $model
holds '^Tiny(dim = 5): 388 parameters, 20 buffers$'
holds 'input   label  *whole, 0 to 2'
holds 'layer   feature.func.norm1  *weight\[5\]  bias\[5\], keeps  running_mean\[5\]  running_var\[5\]'
holds 'solve   feature  *from 0 to 1, x\[5, 4, 4\]'
holds 'output  logits\[3\]'
holds 'metric  accuracy'

exits 0 "$NODEC" explain $model tiny
holds 'solve    feature: 3 steps, state of 80 reals'
holds 'train  .*f 6 times; threads meet [1-9][0-9]* times'
holds 'forward  workspace [0-9]* bytes and [0-9]* per sample'
holds 'kernel1_'
holds 'phase 0'
holds 'buffers  .* 3 copies'
exits 0 "$NODEC" explain $model tiny --set statistics=running
holds 'buffers  .* 1 copies'

for stage in ir stages phases loop c; do
    exits 0 "$NODEC" $model tiny --dump=$stage
    [ "$(wc -l <"$work/out")" -gt 20 ] || fail "--dump=$stage says little"
done
exits 0 "$NODEC" $model Tiny --dump=loop
grep -q '^fn .*train' "$work/out" && fail "a model without an experiment is trained"
exits 1 "$NODEC" models/mnist.node Classifier
says 'argument .body'
exits 2 "$NODEC" $model --dump=phasis
says 'phases'
passed "check, explain and every stage of a model"
