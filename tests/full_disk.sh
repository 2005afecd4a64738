#!/bin/sh
# A full disk: status 3 with the reason, and what stood there before stays whole. A small tmpfs
# where root may mount one, a limit on file sizes elsewhere; /dev/full everywhere.
. "${0%/*}/lib/shell.sh"
model=models/spiral.node

if [ -w /dev/full ]; then
    "$NODEC" $model -o - >/dev/full 2>"$work/err"
    status=$?
    [ $status = 3 ] || fail "standard output full: exit status $status"
    says 'space\|write'
fi

disk=$work/disk
mkdir "$disk"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=12k tmpfs "$disk" 2>/dev/null; then
    trap 'umount "$disk"; rm -rf "$work"' EXIT
    limit() { "$@"; }
    reason='no space left'
    how="a full tmpfs"
else
    # 1 block of 512 or 1024 bytes; an ignored SIGXFSZ turns the limit into an error of write
    limit() { (trap '' XFSZ; ulimit -f 1; exec "$@"); }
    reason='too large'
    how="a limit on file sizes"
fi

echo before >"$disk/spiral.c"
exits 3 limit "$NODEC" $model -o "$disk/spiral.c"
says 'spiral' "$reason"
[ "$(cat "$disk/spiral.c")" = before ] || fail "the old spiral.c is gone or cut off"
[ "$(ls -A "$disk")" = spiral.c ] || fail "left behind: $(ls -A "$disk")"

exits 0 "$NODEC" run $model linear --set steps=3 --set 'plot=[]' --out "$work/fill-cache"
exits 3 limit "$NODEC" run $model linear --set steps=400 --set 'plot=[]' --out "$disk/run"
says "$disk" "$reason"
passed "$how gives 3 and leaves old files whole"
