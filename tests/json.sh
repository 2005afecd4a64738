#!/bin/sh
# --json prints the result as one JSON object on standard output and nothing else there.
. "${0%/*}/lib/shell.sh"

exits 0 "$NODEC" run models/spiral.node linear --set steps=50 --set 'plot=[]' --json --out "$work/run"
for field in experiment engine device steps loss_first loss_last seconds us_per_step first_step_ms parameters out; do
    grep -q "\"$field\": *[^ ,}]" "$work/out" || { cat "$work/out"; fail "no field $field"; }
done
grep -q '"experiment": *"linear"' "$work/out" || fail "not of experiment linear"
grep -q '"steps": *50[,}]' "$work/out" || fail "not 50 steps"
grep -q '"parameters": *4[,}]' "$work/out" || fail "not 4 parameters"
grep -q '"learned"' "$work/out" || fail "four parameters are not told"
case $(tr -d '[:space:]' <"$work/out") in
{*}) ;;
*) fail "more than one object: $(cat "$work/out")" ;;
esac
if command -v python3 >/dev/null; then
    python3 -c 'import json, sys; json.load(sys.stdin)' <"$work/out" || fail "not JSON"
    python3 -c 'import json, sys; [json.loads(line) for line in sys.stdin]' <"$work/run/metrics.jsonl" ||
        fail "metrics.jsonl is not JSON lines"
fi
passed "--json is one object with every field"
