#!/bin/sh
# --compare trains each experiment in a folder of its own and leaves the table as text, JSON, picture.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"
make_sets "$work"
run() { "$NODEC" run "$work/model.node" flow exact plain "$@" --out "$work/all"; }

exits 2 run
says 'one experiment at a time, not also exact; or --compare them'
exits 2 "$NODEC" run "$work/model.node" flow exakt --compare
says 'did you mean exact'
exits 0 run --compare --set epochs=2
for name in flow exact plain; do
    [ -s "$work/all/$name/weights.safetensors" ] || fail "no weights of $name"
    grep -q "^$name  *[0-9.]* " "$work/out" || fail "no line of $name"
done
for name in compare.txt compare.json compare.dat compare.gp; do [ -s "$work/all/$name" ] || fail "no $name"; done
head -n 1 "$work/out" | grep -q 'test error, %.*parameters.*memory, MiB.*ms per step.*f forwards.*f backwards' ||
    fail "the head of the table: $(head -n 1 "$work/out")"
! command -v gnuplot >/dev/null || [ -s "$work/all/compare.svg" ] || fail "no picture: $(cat "$work/err")"
same "$work/out" "$work/all/compare.txt" "standard output and compare.txt"

# What is compared is what a single run gives, and --resume finds all done.
exits 0 "$NODEC" run "$work/model.node" exact --set epochs=2 --quiet --out "$work/alone"
same "$work/alone/weights.safetensors" "$work/all/exact/weights.safetensors" "alone and compared"
exits 0 run --compare --set epochs=2 --resume --quiet --json
if command -v python3 >/dev/null; then
    python3 - "$work/out" <<'END' || fail "the JSON is not as it should be"
import json, sys
rows = json.load(open(sys.argv[1]))
assert [row["experiment"] for row in rows] == ["flow", "exact", "plain"]
for row in rows:
    assert 0 <= row["test_error"] <= 1 and row["parameters"] > 100 and row["memory_bytes"] > 1000, row
    assert row["evaluations"] == (0 if row["experiment"] == "plain" else 2), row
END
fi
# Odefs have a table of their own.
exits 0 "$NODEC" run models/spiral.node linear comp --compare --set steps=3 --set 'plot=[]' --quiet --out "$work/odefs"
head -n 1 "$work/out" | grep -q 'training loss *validation loss *parameters *us per step' || fail "the head of the table: $(head -n 1 "$work/out")"
grep -Eq '^comp +[0-9.e-]+ +- +354 ' "$work/out" || { cat "$work/out"; fail "no line of comp"; }
grep -q '"model": "Mlp"' "$work/odefs/compare.json" || fail "compare.json does not name Mlp"
! command -v gnuplot >/dev/null || [ -s "$work/odefs/compare.svg" ] || fail "no picture: $(cat "$work/err")"
exits 1 "$NODEC" run models/lorenz.node butterfly --compare --quiet --out "$work/runs" --set plot=[]
says 'butterfly learns nothing'
passed "several models side by side, or odefs, as text, JSON and a picture"
