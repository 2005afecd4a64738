#!/bin/sh
# --profile attributes the time of a training to layers, ops and lines of the model, forwards and
# backwards; it changes no bits.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"

case $(uname -m) in x86_64 | aarch64) ;; *) skipped "profiles are made on x86-64 and AArch64" ;; esac

# sums_up FILE: the layers' shares are all there is, and each layer's ops are all of it.
sums_up() {
    awk '/^      "percent"/ { of = $2 + 0; all += of } /^          "percent"/ { ops += $2 }
         /^    }/ { if (ops - of > 0.01 || of - ops > 0.01) { print "ops " ops " of " of; exit 1 } ops = 0 }
         END { if (all < 99.9 || all > 100.1) { print "layers sum up to " all; exit 1 } }' "$1" ||
        { cat "$1"; fail "shares that do not sum up in $1"; }
    ! command -v python3 >/dev/null || python3 -c 'import json, sys; json.load(sys.stdin)' <"$1" || fail "$1 is not JSON"
}

# finds FILE LAYER OP LINE BACKWARD: some time was spent there.
finds() {
    awk -v layer="\"$2\"," -v op="\"$3\"," -v line="$4," -v back="$5," '
        $1 == "\"layer\":" { here = $2 == layer } $1 == "\"op\":" { o = $2 } $1 == "\"line\":" { l = $2 }
        $1 == "\"backward\":" && here && o == op && l == line && $2 == back { found = 1 } END { exit !found }' "$1" ||
        { cat "$1"; fail "no time in $3 of $2 on line $4, backward: $5"; }
}

flow() { exits 0 "$NODEC" run models/spiral.node comp --set steps=30000 --set optimizer.lr=1e-4 --set 'plot=[]' --seed 1 "$@"; }

flow --quiet --json --out "$work/plain"
[ ! -e "$work/plain/profile.json" ] || fail "a profile nobody asked for"
engines=cc
! grep -q '"engine": "llvm"' "$work/out" || engines="cc llvm"
line=$(grep -n 'lin1 |> elu' models/spiral.node | cut -d: -f1)
for engine in $engines; do
    flow --quiet --profile --json --engine $engine --out "$work/run"
    same "$work/plain/weights.safetensors" "$work/run/weights.safetensors" "a profile changes what is learned"
    sums_up "$work/run/profile.json"
    finds "$work/run/profile.json" lin2 con "$line" true
    for layer in lin1 lin2 lin3; do
        grep -q "^ *[0-9.]* % .* $layer\$" "$work/err" || { cat "$work/err"; fail "no $layer in the table"; }
    done
    grep -q "models/spiral.node:$line" "$work/err" || { cat "$work/err"; fail "no line of the model in the table"; }
    grep -q '"profile": {' "$work/out" || { cat "$work/out"; fail "no profile in the result"; }
done

# Layers that share a kernel; several threads; an object from the cache.
make_sets "$work"
small() { exits 0 "$NODEC" run "$work/model.node" flow --quiet --profile --set epochs=40 --set 'plot=[]' --out "$work/small" "$@"; }
line=$(grep -n 'dx/dt' "$work/model.node" | cut -d: -f1)
for threads in 1 2; do for engine in $engines; do
    small --threads $threads --engine $engine
    sums_up "$work/small/profile.json"
    finds "$work/small/profile.json" middle.func.conv con "$line" true
    finds "$work/small/profile.json" middle.func.conv con "$line" false
done; done
small --no-cache
sums_up "$work/small/profile.json"

exits 2 "$NODEC" run models/spiral.node comp --profile --device opencl
exits 2 "$NODEC" run models/lorenz.node chaos --profile
says "--profile is of trainings"
passed "--profile sums up, by layer, op and line"
