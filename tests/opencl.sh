#!/bin/sh
# OpenCL C comes with a header and a host: strict C, and where there is a device it runs. The
# host of a model trains.
. "${0%/*}/lib/shell.sh"

exits 0 "$NODEC" models/forced.node --emit=opencl -o -
grep -q '^KERNEL forced_duffing_gradient(' "$work/out" || fail "no kernel on standard output"

for name in forced lynx_hare; do
    exits 0 "$NODEC" models/$name.node -o "$work/$name.cl"
done
for name in tiny plain; do
    exits 0 "$NODEC" tests/models/tiny.node $name -o "$work/$name.cl"
done

# For GPUs: the same hosts, groups of work-items.
mkdir "$work/groups"
exits 0 "$NODEC" models/lynx_hare.node --groups -o "$work/groups/lynx_hare.cl"
exits 0 "$NODEC" tests/models/tiny.node tiny --groups -o "$work/groups/tiny.cl"
grep -q '^GROUP_KERNEL(128) tiny_' "$work/groups/tiny.cl" || fail "--groups makes no groups"
grep -q 'groups of 128 items, [0-9]* bytes of local memory' "$work/groups/lynx_hare_cl.h" || fail "the header says nothing of groups"
for folder in . groups; do
    groups=--groups; [ $folder = groups ] || groups=
    exits 0 "$NODEC" models/lorenz.node Lorenz $groups -o "$work/$folder/lorenz.cl"
done
exits 2 "$NODEC" models/lorenz.node --groups -o "$work/lorenz.c"
says 'groups of work-items are of opencl, not of c'

echo '#include <CL/cl.h>' | cc -E -x c - >/dev/null 2>&1 || skipped "there is no CL/cl.h (opencl-headers)"
strict='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror'
for name in forced lynx_hare tiny plain; do
    exits 0 cc -std=c99 $strict -c "$work/${name}_cl.c" -o "$work/$name.o"
    exits 0 cc -x c++ $strict -fsyntax-only "$work/${name}_cl.c"
done
for name in lynx_hare tiny; do
    exits 0 cc -std=c99 $strict -c "$work/groups/${name}_cl.c" -o "$work/groups/$name.o"
    exits 0 cc -x c++ $strict -fsyntax-only "$work/groups/${name}_cl.c"
done
"$NODEC" devices >/dev/null 2>&1 || skipped "there is no OpenCL device"
cc "$work/forced.o" -o "$work/forced" -lOpenCL 2>/dev/null || skipped "there is no libOpenCL.so to link with (ocl-icd-opencl-dev)"
exits 2 "$work/forced"
exits 3 "$work/forced" "$work/none.cl"
exits 0 "$work/forced" "$work/forced.cl"
grep -q '^status 0, x at t = 1: [0-9.]* [0-9.]*$' "$work/out" || fail "the host says $(cat "$work/out")"

for name in tiny plain; do
    cc "$work/$name.o" -o "$work/$name" -lOpenCL -lm || fail "$name does not link"
    exits 0 "$work/$name" "$work/$name.cl"
    grep -q '^step 3: ' "$work/out" || fail "the host of $name says $(cat "$work/out")"
    tr -d :, <"$work/out" | awk '$1 == "step" && $3 >= was && was { exit 1 } $1 == "step" { was = $3 } $1 == "status" && $2 != 0 { exit 1 }' ||
        fail "$name does not learn: $(cat "$work/out")"
done

# oclgrind runs kernels one access at a time and reports what is out of bounds or a race; it does
# not know what its compiler makes of `restrict`.
if command -v oclgrind >/dev/null 2>&1; then
    cc "$work/lynx_hare.o" -o "$work/lynx_hare" -lOpenCL || fail "lynx_hare does not link"
    for name in lynx_hare tiny; do
        exits 0 "$work/$name" "$work/$name.cl"
        cp "$work/out" "$work/wanted"
        exits 0 oclgrind --build-options -DRESTRICT= --data-races "$work/$name" "$work/$name.cl"
        [ ! -s "$work/err" ] || { cat "$work/err"; fail "oclgrind reports"; }
        same "$work/wanted" "$work/out" "oclgrind and the device"
        cc "$work/groups/$name.o" -o "$work/groups/$name" -lOpenCL -lm || fail "$name in groups does not link"
        exits 0 oclgrind --build-options -DRESTRICT= --data-races "$work/groups/$name" "$work/groups/$name.cl"
        [ ! -s "$work/err" ] || { cat "$work/err"; fail "oclgrind reports, in groups"; }
        same "$work/wanted" "$work/out" "groups and vectors"
    done
    for folder in . groups; do              # an entry whose blocks have something in common
        cp tests/lib/cl_f.c "$work/$folder"
        cc -std=c99 "$work/$folder/cl_f.c" -o "$work/$folder/f" -lOpenCL || fail "cl_f.c does not link"
        exits 0 oclgrind --build-options -DRESTRICT= --data-races "$work/$folder/f" "$work/$folder/lorenz.cl"
        [ ! -s "$work/err" ] || { cat "$work/err"; fail "oclgrind reports, in $folder"; }
        mv "$work/out" "$work/$folder/said"
    done
    same "$work/said" "$work/groups/said" "dx/dt in vectors and in groups"
fi
echo 'KERNEL wrong(' >>"$work/forced.cl"
exits 3 "$work/forced" "$work/forced.cl"
says error
passed "kernels, headers and hosts of odefs and models; the hosts run"
