#!/bin/sh
# nodec eval of a model: outputs from CSV, npy and IDX inputs, losses and metrics where labels are
# given, the same numbers from each, and what is wrong with the files said.
. "${0%/*}/lib/shell.sh"
command -v cc >/dev/null || skipped "no C compiler"
model=tests/models/tiny.node

# Two images of 4x3 and their labels, as CSV and as IDX.
pixels1="1 2 3 4 5 6 7 8 9 10 11 12" pixels2="9 0 9 0 9 0 9 0 9 0 9 0"
{ i=0; line=; for p in $pixels1; do line="$line${line:+,}image[$i]"; i=$((i + 1)); done; echo "$line"
  echo "$pixels1" | tr ' ' ,; echo "$pixels2" | tr ' ' ,; } >"$work/image.csv"
printf 'label\n1\n0\n' >"$work/label.csv"
bytes() { for b; do printf "\\$(printf %03o "$b")"; done; }
{ bytes 0 0 8 3 0 0 0 2 0 0 0 4 0 0 0 3; bytes $pixels1 $pixels2; } >"$work/image.idx"
bytes 0 0 8 1 0 0 0 2 1 0 >"$work/label.idx"

exits 0 "$NODEC" eval $model plain --inputs "image=$work/image.csv,label=$work/label.csv" -o "$work/a.csv"
grep -q '^ce [0-9]' "$work/out" || fail "no loss on standard output"
cp "$work/out" "$work/values"
[ "$(wc -l <"$work/a.csv")" = 3 ] || fail "not a line per sample"
head -n 1 "$work/a.csv" | grep -qx 'logits\[0\],logits\[1\]' || fail "not the outputs' names"

exits 0 "$NODEC" eval $model plain --inputs "label=$work/label.idx,image=$work/image.idx" --threads 2
same "$work/out" "$work/a.csv" "IDX and CSV"
same "$work/err" "$work/values" "the losses of IDX and CSV"
exits 0 "$NODEC" eval $model Plain --inputs "image=$work/image.idx"
same "$work/out" "$work/a.csv" "with labels and without"
[ -s "$work/err" ] && fail "a loss without labels"
exits 0 "$NODEC" eval $model plain --inputs "image=$work/image.idx" -o "$work/b.npy"
[ "$(head -c 6 "$work/b.npy" | tail -c 5)" = NUMPY ] || fail "b.npy is no npy file"
exits 0 "$NODEC" eval $model plain --inputs "image=$work/image.idx" --seed 1
cmp -s "$work/out" "$work/a.csv" && fail "another seed gives the same outputs"

# Compiled once: without a compiler it still runs.
CC=/nonexistent; export CC
exits 3 "$NODEC" eval $model plain --inputs "image=$work/image.idx" --engine cc --no-cache
unset CC

exits 2 "$NODEC" eval $model plain
says 'inputs'
exits 2 "$NODEC" eval $model plain --inputs "imagee=$work/image.idx"
says 'did you mean .image'
exits 2 "$NODEC" eval $model plain --inputs "label=$work/label.idx"
says 'image'
exits 2 "$NODEC" eval $model plain --inputs "image=$work/image.idx" --times 0:1:3
exits 1 "$NODEC" eval $model plain --inputs "image=$work/label.idx"
says 'label.idx' 'image'
bytes 0 0 8 1 0 0 0 2 1 7 >"$work/bad.idx"
exits 1 "$NODEC" eval $model plain --inputs "image=$work/image.idx,label=$work/bad.idx"
says 'bad.idx' 'sample 1' '7'
bytes 0 0 8 1 0 0 0 1 1 >"$work/short.idx"
exits 1 "$NODEC" eval $model plain --inputs "image=$work/image.idx,label=$work/short.idx"
says 'short.idx' '1 sample'
exits 3 "$NODEC" eval $model plain --inputs "image=$work/none.idx"
exits 1 "$NODEC" eval $model plain --inputs "image=$work/image.idx" --weights "$work/label.csv"
passed "outputs, losses and metrics of a model, from CSV, npy and IDX"
