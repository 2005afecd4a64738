#!/bin/sh
# The models are in the canonical layout; fmt brings a crooked file to it, and a second time
# changes nothing.
. "${0%/*}/lib/shell.sh"

exits 0 "$NODEC" fmt --check models/*.node

printf 'nodec 1\nodef   A{ # keep me\nstate x[2]\n  param k=3\ndx/dt=-k*x }\n' >"$work/a.node"
cp "$work/a.node" "$work/crooked.node"
exits 1 "$NODEC" fmt --check "$work/a.node"
same "$work/a.node" "$work/crooked.node" "--check changes nothing"
exits 0 "$NODEC" fmt "$work/a.node"
cmp -s "$work/a.node" "$work/crooked.node" && fail "fmt changed nothing"
grep -q '# keep me' "$work/a.node" || fail "the comment is gone"
exits 0 "$NODEC" fmt --check "$work/a.node"

cp "$work/a.node" "$work/once.node"
exits 0 "$NODEC" fmt "$work/a.node"
same "$work/a.node" "$work/once.node" "fmt twice"

printf 'odef A { state x dx/dt = ( }\n' >"$work/b.node"
exits 1 "$NODEC" fmt "$work/b.node"
[ "$(cat "$work/b.node")" = 'odef A { state x dx/dt = ( }' ] || fail "fmt changed a file it cannot read"
passed "the models are formatted, and fmt is idempotent"
