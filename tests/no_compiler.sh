#!/bin/sh
# Without a C compiler a run says what is missing; what needs none still works.
. "${0%/*}/lib/shell.sh"

mkdir "$work/bin"
exits 3 env PATH="$work/bin" "$NODEC" run models/spiral.node linear --engine cc --out "$work/run"
says 'compiler'
exits 0 env PATH="$work/bin" "$NODEC" check models/spiral.node
exits 0 env PATH="$work/bin" "$NODEC" models/spiral.node -o "$work/spiral.c"

printf '#!/bin/sh\necho "cc: out of order" >&2\nexit 1\n' >"$work/bin/cc"
chmod +x "$work/bin/cc"
exits 3 env PATH="$work/bin:/bin:/usr/bin" "$NODEC" run models/spiral.node linear --engine cc --out "$work/run"
says 'out of order'
passed "no compiler, or a broken one, gives 3 and its name"
