#!/bin/sh
# An output that cannot be written: status 3, the path, the reason, and no half a file.
. "${0%/*}/lib/shell.sh"
model=models/spiral.node

exits 3 "$NODEC" $model -o "$work/none/spiral.c"
says 'none/spiral' 'no such file'

touch "$work/file"
exits 3 "$NODEC" $model -o "$work/file/spiral.c"
says 'file/spiral' 'not a directory'

mkdir "$work/folder"
exits 3 "$NODEC" $model -o "$work/folder"
says folder

exits 3 "$NODEC" run $model linear --set steps=3 --out "$work/file"
says "$work/file"

if [ "$(id -u)" != 0 ]; then
    chmod 500 "$work/folder"
    exits 3 "$NODEC" $model -o "$work/folder/spiral.c"
    says 'permission denied'
fi
[ -z "$(ls "$work/folder")" ] || fail "left behind: $(ls "$work/folder")"
passed "an unwritable output gives 3 and its reason"
