#!/bin/sh
# --help says what there is, on standard output; no arguments at all is a mistake.
. "${0%/*}/lib/shell.sh"

exits 0 "$NODEC" --help
for word in run eval check explain fmt devices -o --emit --seed --threads --set --out --resume --json --profile --device --engine; do
    grep -qe "$word" "$work/out" || fail "--help does not mention $word"
done
[ ! -s "$work/err" ] || fail "--help writes to standard error"
awk 'length > 100 { exit 1 }' "$work/out" || fail "--help has lines of more than 100 columns"

exits 0 "$NODEC" --version
grep -q '^nodec [0-9]' "$work/out" || fail "--version says $(cat "$work/out")"

exits 2 "$NODEC" --verison
says 'did you mean --version?'
exits 2 "$NODEC" trian models/spiral.node
says 'no command trian; there are run, eval'
exits 2 "$NODEC"
[ ! -s "$work/out" ] || fail "usage goes to standard output"
passed "--help and --version answer on standard output"
