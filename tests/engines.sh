#!/bin/sh
# Both engines give the same bits; what LLVM compiled is kept, and only what changes code compiles anew.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"
make_sets "$work"

run() { exits 0 "$NODEC" run "$@" --set 'plot=[]' --json --quiet; }
images() { find "$work/cache" -name '*.llvm' -o -name '*.so' 2>/dev/null | wc -l; }
engine() { sed -n 's/.*"engine": "\([a-z]*\)".*/\1/p' "$work/out"; }

run models/spiral.node linear --set steps=5 --out "$work/first"
[ "$(engine)" = llvm ] || skipped "there is no LLVM"

# A rate, a length, a seed, steps of the solver, data: not another program, for either engine.
cp models/lynx_hare.node models/hudson_bay.csv "$work"
for engine in llvm cc; do
    linear="models/spiral.node linear --set steps=5 --engine $engine --out $work/first"
    pelts="$work/lynx_hare.node physics --set steps=5 --engine $engine --out $work/first"
    digits="$work/model.node flow --set steps=5 --engine $engine --out $work/first"
    run $linear
    run $pelts
    run $digits
    first=$(images)
    [ "$first" -gt 0 ] || fail "nothing is in the cache after a run"
    run $linear --set steps=7 --set optimizer.lr=0.02 --seed 9
    run $linear --set 'optimizer.lr=cosine(1e-2, 1e-4)' --set clip=1
    run $linear --set 'data.noise=normal(0, 0.2)' --set 'data.t=linspace(0, 9, 50)'
    run $linear --set 'solver=euler(h_max = 0.02)'
    run $linear --set 'solver=euler(steps = 3, max_steps = 999)' --set 'data.solver=euler(h_max = 0.02)'
    sed 's/^1900.*$/1900,31,4.5/' models/hudson_bay.csv >"$work/hudson_bay.csv"
    run $pelts
    run $digits --set optimizer.lr=0.02 --set batch=16 --seed 4
    [ "$(images)" = "$first" ] || fail "$engine: another rate, length, seed, noise, step or table was compiled anew"
    run $linear --no-cache
    [ "$(images)" = "$first" ] || fail "$engine: --no-cache left an image"
    run $linear --set gradient=discrete
    [ "$(images)" -gt "$first" ] || fail "$engine: another gradient ran the old code"
done

# Another h_max computes other numbers with the same code, in training and in eval.
for h in 0.1 0.02; do
    for cached in '' --no-cache; do
        run models/spiral.node linear --set steps=5 --set "solver=euler(h_max = $h)" $cached --out "$work/h$h$cached"
        exits 0 "$NODEC" eval models/spiral.node linear --set "solver=euler(h_max = $h)" --times 0:3:7 --start '0.6, 0.3' $cached -o "$work/h$h$cached.csv"
    done
    same "$work/h$h/weights.safetensors" "$work/h$h--no-cache/weights.safetensors" "h_max = $h with and without a cache"
    same "$work/h$h.csv" "$work/h$h--no-cache.csv" "eval, h_max = $h with and without a cache"
done
! cmp -s "$work/h0.1/weights.safetensors" "$work/h0.02/weights.safetensors" || fail "h_max changes nothing"
! cmp -s "$work/h0.1.csv" "$work/h0.02.csv" || fail "h_max changes nothing in eval"

# The steps of a model's solves are code: other numbers, with a cache too.
for steps in 2 5; do
    run "$work/model.node" flow --set epochs=1 --set "solver=euler(steps = $steps)" --out "$work/steps$steps"
    run "$work/model.node" flow --set epochs=1 --set "solver=euler(steps = $steps)" --no-cache --out "$work/anew"
    same "$work/steps$steps/weights.safetensors" "$work/anew/weights.safetensors" "a model's $steps steps, kept and anew"
done
! cmp -s "$work/steps2/weights.safetensors" "$work/steps5/weights.safetensors" || fail "the steps of a model's solves change nothing"

# Another text under the same name is another program, if an imported file alone changed too; and so is another --set.
field() { printf 'nodec 1\nodef Field {\n    param a = 0.5\n    state x\n    dx/dt = %s\n}\n' "$1" >"$work/field.node"; }
printf 'nodec 1\nimport "field.node" as it\nexperiment fit {\n    fit = it.Field\n    data = simulate(it.Field(x = 1, a = 0.7), t = linspace(0, 2, 20))\n    steps = 5\n}\n' >"$work/importing.node"
for right in '-a * x' 'a * x' '-a * x * x'; do
    field "$right"
    run "$work/importing.node" fit --out "$work/kept"
    run "$work/importing.node" fit --out "$work/kept"
    run "$work/importing.node" fit --no-cache --out "$work/anew"
    same "$work/kept/weights.safetensors" "$work/anew/weights.safetensors" "dx/dt = $right, kept and anew"
done

# What is damaged is made again: the code, the tables, what they say about each other.
run models/spiral.node linear --set steps=5 --out "$work/whole"
for damage in 'echo garbage >' 'truncate -s 100' 'rm'; do
    for kind in llvm tables; do
        find "$work/cache" -name "*.$kind" | while read -r file; do eval "$damage \"$file\""; done
        run models/spiral.node linear --set steps=5 --out "$work/mended"
        same "$work/whole/weights.safetensors" "$work/mended/weights.safetensors" "after $damage *.$kind"
    done
done

# Several at once, from nothing.
rm -rf "$work/cache"
for i in 1 2 3; do
    "$NODEC" run models/spiral.node linear --set steps=5 --set 'plot=[]' --quiet --out "$work/at-once-$i" 2>"$work/err-$i" || fail "$(cat "$work/err-$i")" &
done
wait
for i in 1 2 3; do same "$work/at-once-$i/weights.safetensors" "$work/at-once-1/weights.safetensors"; done

# The same bits.
for what in "models/spiral.node comp 40" "models/lynx_hare.node lynx_hare 20" "$work/model.node flow 10"; do
    set -- $what
    for engine in llvm cc; do
        run "$1" "$2" --set steps="$3" --engine $engine --out "$work/$engine"
        [ "$(engine)" = $engine ] || fail "$engine was asked for, $(engine) ran"
    done
    same "$work/llvm/weights.safetensors" "$work/cc/weights.safetensors" "$2"
    same "$work/llvm/metrics.jsonl" "$work/cc/metrics.jsonl" "$2"
done
# Code that LLVM itself loads, anew and kept, as on machines whose objects nodec does not know.
for how in --no-cache ''; do
    exits 0 env NODEC_LOADER=llvm "$NODEC" run "$work/model.node" flow --set steps=10 --set 'plot=[]' --json --quiet $how --out "$work/lljit"
    same "$work/llvm/weights.safetensors" "$work/lljit/weights.safetensors" "loaded by LLVM, ${how:-kept}"
done
for engine in llvm cc; do
    exits 0 "$NODEC" eval models/spiral.node comp --engine $engine --times 0:3:7 --start '0.6, 0.3' -o "$work/$engine.csv"
done
same "$work/llvm.csv" "$work/cc.csv"

# Without the plugin the C compiler does it; a plugin that is none is said where it was asked for.
NODEC_JIT='' run models/spiral.node linear --set steps=5 --out "$work/none"
[ "$(engine)" = cc ] || fail "without a plugin $(engine) ran"
echo 'no library' >"$work/broken.so"
NODEC_JIT=$work/broken.so run models/spiral.node linear --set steps=5 --out "$work/none"
[ "$(engine)" = cc ] || fail "with a broken plugin $(engine) ran"
exits 3 env NODEC_JIT="$work/broken.so" "$NODEC" run models/spiral.node linear --engine llvm --out "$work/none"
says 'broken.so'
exits 2 "$NODEC" run models/spiral.node linear --engine gcc
says 'llvm or cc'
passed "llvm and cc give the same bits; images are kept, and made anew where code changes"
