#!/bin/sh
# Each exit status of the command has its meaning: 0 done, 1 the model, 2 usage, 3 files, 4 numbers.
. "${0%/*}/lib/shell.sh"
model=models/spiral.node

exits 0 "$NODEC" check $model

printf 'odef A {\n    state x\n    dx/dt = y\n}\n' >"$work/wrong.node"
exits 1 "$NODEC" check "$work/wrong.node"
says 'wrong.node:3:13: error'
exits 1 "$NODEC" "$work/wrong.node" -o "$work/wrong.c"
[ ! -e "$work/wrong.c" ] || fail "a wrong model left wrong.c"

exits 2 "$NODEC"
exits 2 "$NODEC" check
exits 2 "$NODEC" $model --no-such-flag
says no-such-flag
exits 2 "$NODEC" $model -o
exits 2 "$NODEC" $model --emit=fortran -o -
says fortran
exits 2 "$NODEC" $model --real=float64 -o -
says f64
exits 2 "$NODEC" run $model                     # three experiments and no name: lists them
says linear comp comp_time
exits 2 "$NODEC" run $model linear --threads many
exits 2 "$NODEC" run $model linear --seed=-1

exits 3 "$NODEC" check "$work/none.node"
says none.node
exits 3 "$NODEC" check "$work"                  # a folder

passed "0, 1, 2 and 3 mean what --help says"
