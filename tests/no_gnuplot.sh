#!/bin/sh
# Without gnuplot a run goes on, names the package, and leaves script and data for later.
. "${0%/*}/lib/shell.sh"

mkdir "$work/bin"
ln -s /bin/* /usr/bin/* "$work/bin" 2>/dev/null
rm -f "$work/bin"/gnuplot*
exits 0 env PATH="$work/bin" "$NODEC" run models/spiral.node linear --set steps=20 --out "$work/run"
says gnuplot
[ -s "$work/run/weights.safetensors" ] || fail "no weights"
ls "$work/run"/*.gp >/dev/null 2>&1 || fail "no gnuplot script was left"
! ls "$work/run"/*.png >/dev/null 2>&1 || fail "pictures without gnuplot?"

command -v gnuplot >/dev/null || skipped "no gnuplot to draw with"
exits 0 "$NODEC" run models/spiral.node linear --set steps=20 --out "$work/drawn"
for kind in png svg; do
    ls "$work/drawn"/*.$kind >/dev/null 2>&1 || fail "no .$kind in $(ls "$work/drawn")"
done
passed "without gnuplot the run goes on and leaves the scripts"
