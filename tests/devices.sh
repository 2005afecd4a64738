#!/bin/sh
# `nodec devices` lists what there is, and says what is missing.
. "${0%/*}/lib/shell.sh"

exits 2 "$NODEC" devices more
says more
exits 3 env NODEC_OPENCL="$work/libnone.so" "$NODEC" devices
says 'no OpenCL library' libnone.so ocl-icd-libopencl1
[ ! -s "$work/out" ] || fail "a list without a library"

"$NODEC" devices >"$work/out" 2>"$work/err" || { says 'no OpenCL'; skipped "$(head -n 1 "$work/err")"; }
exits 0 "$NODEC" devices
grep -q '^  opencl:0:0  ' "$work/out" || fail "no first device in $(cat "$work/out")"
for word in 'compute units' memory local 'vectors of'; do
    grep -q "$word" "$work/out" || fail "nothing about $word in $(cat "$work/out")"
done
exits 0 "$NODEC" devices --json
grep -q '^\[ { "device": "opencl:0:0"' "$work/out" || fail "no JSON in $(cat "$work/out")"

# The loader of Debian reads its drivers from a folder: an empty one has none.
mkdir "$work/vendors"
OCL_ICD_VENDORS=$work/vendors "$NODEC" devices >"$work/out" 2>"$work/err"
case $? in
0) ;;                                   # another loader
3) says 'no OpenCL platform' pocl-opencl-icd ;;
*) fail "no driver is exit status $?" ;;
esac
passed "devices are listed, and what is missing is named"
