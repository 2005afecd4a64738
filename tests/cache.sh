#!/bin/sh
# A second run of the same model starts without the C compiler; a changed model does not.
. "${0%/*}/lib/shell.sh"

mkdir "$work/bin"
real=$(command -v cc)
printf '#!/bin/sh\necho called >>%s/calls\nexec %s "$@"\n' "$work" "$real" >"$work/bin/cc"
chmod +x "$work/bin/cc"
PATH=$work/bin:$PATH

calls() { [ -f "$work/calls" ] && wc -l <"$work/calls" || echo 0; }
run() { exits 0 "$NODEC" run models/spiral.node linear --engine cc --set steps=5 --set 'plot=[]' --out "$work/run" "$@"; }

run
first=$(calls)
[ "$first" -gt 0 ] || fail "cc was never called"
run
[ "$(calls)" = "$first" ] || fail "the second run called the compiler again"
run --seed 9
[ "$(calls)" = "$first" ] || fail "another seed called the compiler again"
run --no-cache
[ "$(calls)" -gt "$first" ] || fail "--no-cache did not call the compiler"
second=$(calls)
run --set gradient=discrete
[ "$(calls)" -gt "$second" ] || fail "another gradient ran the old code"

find "$work/cache" -type f | while read -r file; do echo garbage >"$file"; done
exits 0 "$NODEC" run models/spiral.node linear --engine cc --set steps=5 --set 'plot=[]' --out "$work/run"
passed "a second run starts from the cache, and a broken cache is mended"
