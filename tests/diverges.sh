#!/bin/sh
# A training that leaves the finite numbers stops with 4 and says at which step, when, in what.
. "${0%/*}/lib/shell.sh"

cat >"$work/model.node" <<'MODEL'
odef Grows {
    state x[2]
    param k ~ normal(3, 0.1)
    dx/dt = k * x * x * x
}
odef Calm {
    state x[2]
    dx/dt = -x
}
experiment fit {
    data  = simulate(Calm(x = [3, 2]), t = linspace(0, 20, 50))
    fit   = Grows
    steps = 20
}
MODEL
exits 4 "$NODEC" run "$work/model.node" fit --out "$work/run" --set 'plot=[]'
says 'step' 't = ' 'x'
grep -qi 'nan\|inf\|finite\|diverge\|overflow' "$work/err" || { cat "$work/err"; fail "no word for what happened"; }

exits 4 "$NODEC" run models/spiral.node comp --set optimizer.lr=1e8 --set 'plot=[]' --out "$work/run2"
says 'step' 'lin[123]'
passed "a diverging training stops with 4 and names step, time, state and layer"
