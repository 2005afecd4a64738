#!/bin/sh
# models/mnist.node on real digits: a short training of the perceptron and of the ODE network learns,
# and two threads give the bits of one.
. "${0%/*}/lib/shell.sh"
data=${NODEC_MNIST:-../shared/data/mnist}
[ -r "$data/train-images-idx3-ubyte.gz" ] || skipped "no digits in $data"

# The first COUNT items of a set; COUNT as two octal bytes beside it.
first() {                                       # first COUNT OCTAL FROM-PREFIX TO-PREFIX
    { printf "\000\000\010\003\000\000$2\000\000\000\034\000\000\000\034"
      gzip -dc "$data/$3-images-idx3-ubyte.gz" | tail -c +17 | head -c $(($1 * 784)); } | gzip >"$work/$4-images-idx3-ubyte.gz"
    { printf "\000\000\010\001\000\000$2"
      gzip -dc "$data/$3-labels-idx1-ubyte.gz" | tail -c +9 | head -c "$1"; } | gzip >"$work/$4-labels-idx1-ubyte.gz"
}
first 2048 '\010\000' train train
first 500 '\001\364' t10k t10k

learn() {                                       # learn NAME EXPERIMENT LEAST-ACCURACY flags...
    name=$1 experiment=$2 least=$3; shift 3
    exits 0 "$NODEC" run models/mnist.node "$experiment" --set data.dir="$work" --set epochs=1 --quiet --json --out "$work/$name" "$@"
    accuracy=$(sed -n 's/.*"test_accuracy": \([0-9.]*\).*/\1/p' "$work/out")
    awk -v a="$accuracy" -v l="$least" 'BEGIN { exit !(a >= l) }' || fail "$experiment: accuracy $accuracy after an epoch, not $least"
}

learn perceptron mlp_net 0.7
learn ode ode_net 0.8 --threads 2
for name in loss.dat accuracy.dat mistakes.dat; do [ -s "$work/ode/$name" ] || fail "no $name"; done
ode=$accuracy
for threads in 1 2; do learn $threads ode_net 0 --threads $threads --set steps=4 --set statistics.settle=1 --set 'plot=[]'; done
same "$work/1/weights.safetensors" "$work/2/weights.safetensors" "one thread and two"
passed "real digits are learned: accuracy $(printf %.3f "$ode") after 2048 of them"
