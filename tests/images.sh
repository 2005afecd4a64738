#!/bin/sh
# Images through the command: where they are looked for, and what is said about files that are
# broken or do not belong together.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"

run() { "$NODEC" run "$work/model.node" plain --quiet --out "$work/run" "$@"; }
refused() {                                     # refused STATUS PATTERN...
    status=$1; shift
    exits "$status" run
    says "$@"
    [ ! -e "$work/run" ] || fail "a folder was made: $*"
}

refused 3 'train-images: No such file'
mkdir "$work/there"
make_sets "$work/there"
(cd "$work" && exits 0 run --set data.dir=there) || exit 1
[ -s "$work/run/weights.safetensors" ] || fail "no weights"
same "$work/run/metrics.jsonl" "$work/run/metrics.jsonl"
cp "$work/run/weights.safetensors" "$work/first"
export NODEC_DATA="$work/there"
rm -rf "$work/run"
exits 0 run
same "$work/first" "$work/run/weights.safetensors" "NODEC_DATA"
unset NODEC_DATA
rm -rf "$work/run"
make_sets "$work"

# Each file in turn is spoilt and mended.
spoil() { cp "$work/$1" "$work/kept"; file=$work/$1; }
mend() { cp "$work/kept" "$file"; }

spoil train-images
head -c 1000 "$work/kept" >"$file"
refused 1 'train-images: error: byte 1000: the file ends in item 61 of 200'
: >"$file"
refused 1 'train-images: error: the file is empty'
printf 'P5 28 28' >"$file"
refused 1 'train-images: error: byte 0: not an IDX file'
mend
spoil test-images.gz
head -c 300 "$work/kept" >"$file"
refused 1 'test-images.gz: error: byte 300: the gzip stream ends in the middle'
mend
spoil train-labels
head -c 199 "$work/kept" >"$file"
refused 1 'train-labels: error: byte 199: the file ends in item 191'
awk 'BEGIN { for (i = 0; i < 200; i++) print i == 66 ? 7 : 0 }' | write_idx "$file" 1 200
refused 1 'byte 74: `label` of item 66 is 7; a whole number from 0 to 2'
awk 'BEGIN { for (i = 0; i < 199; i++) print 0 }' | write_idx "$file" 1 199
refused 1 'train-labels: error: byte 4: 199 items, but .*train-images has 200'
cp "$work/train-images" "$file"
refused 1 'train-labels: error: byte 8: an item is \[4, 4\], and input `label` of Small is one number'
mend
exits 0 run
same "$work/first" "$work/run/weights.safetensors" "the files beside the model"

exits 1 "$NODEC" run "$work/model.node" plain --out "$work/other" --set 'plot=[trajectory]'
says 'a model has no `trajectory`'
exits 1 "$NODEC" run "$work/model.node" plain --out "$work/other" --set 'augment=shift(pixels=0)'
passed "broken images are refused with their byte, and nothing is left"
