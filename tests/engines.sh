#!/bin/sh
# Both engines give the same bits; what LLVM compiled is kept, and only what changes code compiles anew.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"
make_sets "$work"

run() { exits 0 "$NODEC" run "$@" --set 'plot=[]' --json --quiet; }
images() { find "$work/cache" -name '*.llvm' 2>/dev/null | wc -l; }
engine() { sed -n 's/.*"engine": "\([a-z]*\)".*/\1/p' "$work/out"; }

run models/spiral.node linear --set steps=5 --out "$work/first"
[ "$(engine)" = llvm ] || skipped "there is no LLVM"
first=$(images)
[ "$first" -gt 0 ] || fail "nothing is in the cache after a run"

# A rate, a length, a seed, data: not another program.
run models/spiral.node linear --set steps=7 --set optimizer.lr=0.02 --seed 9 --out "$work/first"
run models/spiral.node linear --set steps=5 --set 'data.noise=normal(0, 0.2)' --out "$work/first"
run models/spiral.node linear --set steps=5 --set 'solver=euler(h_max = 0.02)' --out "$work/first"
[ "$(images)" = "$first" ] || fail "another rate, length, seed, noise or step was compiled anew"
run models/spiral.node linear --set steps=5 --no-cache --out "$work/first"
[ "$(images)" = "$first" ] || fail "--no-cache left an image"
run models/spiral.node linear --set steps=5 --set gradient=discrete --out "$work/first"
[ "$(images)" -gt "$first" ] || fail "another gradient ran the old code"
find "$work/cache" -name '*.llvm' | while read -r file; do echo garbage >"$file"; done
run models/spiral.node linear --set steps=5 --out "$work/first"

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
