#!/bin/sh
# -o FILE writes FILE and its header, `-` is standard output, and nothing depends on where or when.
. "${0%/*}/lib/shell.sh"
model=models/spiral.node

mkdir "$work/a" "$work/b"
exits 0 "$NODEC" $model -o "$work/a/spiral.c"
[ ! -s "$work/out" ] || fail "-o FILE also writes to standard output"
exits 0 "$NODEC" "$top/$model" -o "$work/b/spiral.c"
same "$work/a/spiral.c" "$work/b/spiral.c" "the path of the model shows"
same "$work/a/spiral.h" "$work/b/spiral.h" "the path of the model shows"
[ "$(ls "$work/a" | tr '\n' ' ')" = "spiral.c spiral.h " ] || fail "left behind: $(ls "$work/a")"

exits 0 "$NODEC" $model -o -
cc -std=c99 -Wall -Wextra -Werror -x c -c -o "$work/stream.o" "$work/out" || fail "-o - does not compile"

exits 0 "$NODEC" - -o - <"$model"
[ -s "$work/out" ] || fail "a model on standard input gives nothing"

for stage in ast ir loop; do
    exits 0 "$NODEC" $model --emit=$stage -o "$work/x.$stage"
    [ -s "$work/x.$stage" ] || fail "--emit=$stage writes nothing"
    exits 0 "$NODEC" $model --dump=$stage
    same "$work/out" "$work/x.$stage" "--dump and --emit"
done

exits 0 "$NODEC" $model comp -o "$work/comp.c"
exits 0 "$NODEC" $model 'Mlp(hidden = 32)' -o "$work/wide.c"
grep -q 32 "$work/wide.h" || fail "hidden = 32 does not show in the header"
passed "the same bytes wherever, to a file or standard output"
