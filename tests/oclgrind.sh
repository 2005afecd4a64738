#!/bin/sh
# A short training under oclgrind, which runs kernels one access at a time: nothing is out of bounds,
# no two work-items race, and the weights are those of the processor.
. "${0%/*}/lib/shell.sh"

command -v oclgrind >/dev/null 2>&1 || skipped "there is no oclgrind"
library=$(dirname "$(readlink -f "$(command -v oclgrind)")")/../lib/oclgrind/liboclgrind-rt.so
[ -e "$library" ] || skipped "oclgrind has no $library"

cat >"$work/short.node" <<'NODE'
nodec 1
odef Truth {
    state x[2]
    param W[2, 2] = [[-0.1, -1], [1, -0.1]]
    output r = dot(x, x)
    dx/dt = W @ x
}
odef Fit {
    param W[2, 2] ~ normal(0, 0.5)
    param from[2] ~ normal(0, 0.5)
    state x[2] = from
    output r = dot(x, x)
    dx/dt = W @ tanh(x)
}
experiment few {
    data      = simulate(Truth(x = uniform(-1, 1)), count = 4, t = linspace(0, 1, 4), solver = rk4(h_max = 0.5))
    fit       = Fit
    loss      = mse
    solver    = rk4(h_max = 0.5)
    gradient  = discrete
    optimizer = adam(lr = 0.01)
    clip      = 0.1
    steps     = 2
}
experiment some like few { batch = 3 }
experiment many like few {
    data     = simulate(Truth(x = uniform(-1, 1)), count = 140, t = linspace(0, 1, 3), solver = euler(h_max = 0.5))
    gradient = adjoint
}
NODE
# It does not know what its compiler makes of `restrict`.
for name in few some many; do
    exits 0 env NODEC_OPENCL="$library" oclgrind --build-options -DRESTRICT= --data-races "$NODEC" run "$work/short.node" $name \
        --device opencl --no-cache --quiet --out "$work/$name"
    [ ! -s "$work/err" ] || { cat "$work/err"; fail "oclgrind reports"; }
    exits 0 "$NODEC" run "$work/short.node" $name --quiet --out "$work/$name.cpu"
    same "$work/$name/weights.safetensors" "$work/$name.cpu/weights.safetensors" "trained by oclgrind and here"
done
passed "short trainings under oclgrind: no reports, the same weights"
