#!/bin/sh
# The same model, data and seed give the same bits: again, and with any number of threads.
. "${0%/*}/lib/shell.sh"

weights() {                                     # weights FOLDER flags...
    folder=$work/$1; shift
    exits 0 "$NODEC" run models/spiral.node comp --set steps=150 --set 'plot=[]' --quiet --out "$folder" "$@"
    [ -s "$folder/weights.safetensors" ] || fail "no weights in $folder"
}

weights first  --seed 3 --threads 1
weights again  --seed 3 --threads 1
weights two    --seed 3 --threads 2
weights other  --seed 4 --threads 1
same "$work/first/weights.safetensors" "$work/again/weights.safetensors" "run twice"
same "$work/first/weights.safetensors" "$work/two/weights.safetensors" "two threads"
cmp -s "$work/first/weights.safetensors" "$work/other/weights.safetensors" && fail "the seed changes nothing"

weights many1 --set batch.size=256 --set steps=5 --threads 1
weights many2 --set batch.size=256 --set steps=5 --threads 2
weights many3 --set batch.size=256 --set steps=5 --threads 3
same "$work/many1/weights.safetensors" "$work/many2/weights.safetensors" "256 trajectories, two threads"
same "$work/many1/weights.safetensors" "$work/many3/weights.safetensors" "256 trajectories, three threads"
passed "two runs, and one, two or three threads, give the same bits"
