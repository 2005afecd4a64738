#!/bin/sh
# `--device opencl` trains and evaluates with the bits of the C engine; what goes wrong on a device
# is said, and a run whose device was lost goes on from its checkpoint.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/fake.sh"

train() { exits 0 "$NODEC" run models/spiral.node comp --set steps=40 --set 'plot=[]' --quiet "$@"; }
wrong() { exits 2 "$NODEC" run models/spiral.node comp "$@"; }

wrong --device gpu
says 'opencl:PLATFORM:DEVICE'
wrong --device opencl --engine cc
says '--engine'
exits 3 env NODEC_OPENCL="$work/libnone.so" "$NODEC" run models/spiral.node comp --device opencl
says 'no OpenCL library'
"$NODEC" devices >"$work/out" 2>"$work/err" || skipped "there is no OpenCL device"
wrong --device opencl:7:3
says 'no device opencl:7:3' 'nodec devices'
wrong --device opencl:0:x
says 'no device is called'

# The same bits, in single and in double precision; a second run is from the cache.
train --engine cc --out "$work/cc"
train --device opencl --out "$work/cl"
same "$work/cc/weights.safetensors" "$work/cl/weights.safetensors" "the weights of a C engine and of a device"
[ "$(find "$work/cache" -name '*.opencl' | wc -l)" = 2 ] || fail "two programs were not kept in the cache"
train --device opencl:0:0 --out "$work/again"
same "$work/cl/weights.safetensors" "$work/again/weights.safetensors" "a run from the cache"
find "$work/cache" -name '*.opencl' | while read -r file; do echo garbage >"$file"; done
train --device opencl --out "$work/mended"
same "$work/cl/weights.safetensors" "$work/mended/weights.safetensors" "a run from a broken cache"
rm -rf "$work/cache"
train --device opencl --no-cache --out "$work/none"
[ -z "$(find "$work" -name '*.opencl')" ] || fail "--no-cache left a program"
"$NODEC" devices | grep -q 'no fp64' || {
    train --real f64 --set gradient=discrete --engine cc --out "$work/cc64"
    train --real f64 --set gradient=discrete --device opencl --out "$work/cl64"
    same "$work/cc64/weights.safetensors" "$work/cl64/weights.safetensors" "in double precision"
}

# A thousand trajectories at once, and in batches, of which the last is so small that it is computed
# in another way.
cat >"$work/many.node" <<'NODE'
nodec 1
odef Truth {
    state x[2]
    param W[2, 2] = [[-0.1, -1], [1, -0.1]]
    dx/dt = W @ x
}
odef Fit {
    state x[2]
    param W[2, 2] ~ normal(0, 0.5)
    dx/dt = W @ tanh(x)
}
experiment all {
    data      = simulate(Truth(x = uniform(-1, 1)), count = 1040, t = linspace(0, 1, 5), solver = rk4(h_max = 0.1))
    fit       = Fit
    loss      = mse
    solver    = rk4(h_max = 0.1)
    gradient  = discrete
    optimizer = adam(lr = 0.01)
    clip      = 0.1
    split     = 0.1
    steps     = 10
}
experiment some like all { batch = 920 }
NODE
for name in all some; do
    for how in '--engine cc' '--device opencl'; do
        exits 0 "$NODEC" run "$work/many.node" $name $how --quiet --out "$work/$name${how#*' '}"
    done
    same "$work/${name}cc/weights.safetensors" "$work/${name}opencl/weights.safetensors" "many trajectories: $name"
    same "$work/${name}cc/metrics.jsonl" "$work/${name}opencl/metrics.jsonl" "what is logged of $name"
done
for how in '--engine cc' '--device opencl'; do
    exits 0 "$NODEC" eval models/lynx_hare.node lynx_hare --times 0:1:5 --start 30,4 $how -o "$work/${how#*' '}.csv"
done
same "$work/cc.csv" "$work/opencl.csv" "eval"

# A device that fails: our own library in front of the real one.
fake || skipped "an OpenCL library that fails cannot be linked"

# What a step needs is there: nobody waits, and sent is at most which trajectories it sees.
stays_there 100 models/spiral.node comp --set steps=200 --set 'plot=[]'
stays_there 600 models/spiral.node comp --set steps=100 --set 'plot=[]' --set 'batch=window(span = uniform(1.0, 3.0), points = 16, size = 8)'
sed 's/split .*//; s/920/100/; s/steps .*/steps = 100/' "$work/many.node" >"$work/quiet.node"
stays_there 500 "$work/quiet.node" some
stays_there 100 "$work/quiet.node" all

faulty() {
    wanted=$1 fake=$2; shift 2
    exits "$wanted" env NODEC_OPENCL="$work/fake.so" FAKE_OPENCL="$fake" "$NODEC" run models/spiral.node comp --device opencl \
        --set steps=40 --set 'plot=[]' --quiet --out "$work/faulty" "$@"
}
faulty 3 no_platform
says 'no OpenCL platform' pocl-opencl-icd
faulty 3 no_device
says 'has a device'
faulty 2 no_fp64 --real f64
says 'no fp64' '--real f32'
faulty 3 build --no-cache
says 'does not build' 'nobody likes this line' 'line 3 is: '
faulty 3 memory=40000
says 'not enough memory on the device' 'bytes were asked for' 'in use by this run'
faulty 0 no_fma
same "$work/cl/weights.safetensors" "$work/faulty/weights.safetensors"
exits 0 env NODEC_OPENCL="$work/fake.so" FAKE_OPENCL=no_fma "$NODEC" run models/spiral.node comp --device opencl --set steps=1 \
    --set 'plot=[]' --out "$work/faulty"
says 'warning: not the bits of the CPU' 'fma is not fused'

faulty 3 lost=250
says 'device was lost'
[ ! -e "$work/faulty/weights.safetensors" ] || fail "a run without its device left weights"
exits 0 "$NODEC" run models/spiral.node comp --device opencl --set steps=40 --set 'plot=[]' --quiet --out "$work/faulty" --resume
same "$work/cl/weights.safetensors" "$work/faulty/weights.safetensors" "a run that went on without its lost device"
exits 4 "$NODEC" run models/spiral.node comp --device opencl --set steps=40 --set 'plot=[]' --set optimizer.lr=1e9 --quiet --out "$work/wild"
says 'diverged at step' 'state `x`'
cp "$work/err" "$work/wild.err"
exits 4 "$NODEC" run models/spiral.node comp --engine cc --set steps=40 --set 'plot=[]' --set optimizer.lr=1e9 --quiet --out "$work/wild"
same "$work/wild.err" "$work/err" "what is said of a training that diverges"

# In the middle of many steps that are only queued: the same step, the same numbers, the same weights.
for how in '--engine cc' '--device opencl'; do
    exits 4 "$NODEC" run "$work/quiet.node" some $how --set steps=100 --set 'optimizer.lr=step(0.01, every = 41, factor = 1e38)' \
        --quiet --out "$work/late"
    cp "$work/err" "$work/late.${how#*' '}.err"
    mv "$work/late" "$work/late.${how#*' '}"
done
alike "$work/late.cc" "$work/late.opencl"
same "$work/late.cc.err" "$work/late.opencl.err" "what is said of a training that diverges late"
same "$work/late.cc/metrics.jsonl" "$work/late.opencl/metrics.jsonl" "what is logged of a training that diverges late"
exits 4 "$NODEC" run "$work/quiet.node" some --device opencl --set steps=100 --set 'optimizer.lr=step(0.01, every = 41, factor = 1e38)' \
    --quiet --resume --out "$work/late.cc"
mv "$work/late.cc" "$work/late"
sed "s:$work/late.cc:$work/late:" "$work/err" >"$work/resumed.err"
same "$work/late.cc.err" "$work/resumed.err" "what is said on a device of a training that C began"
passed "a device trains and evaluates with the bits of C; its faults are named, and a run survives them"
