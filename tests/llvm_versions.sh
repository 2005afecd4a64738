#!/bin/sh
# The plugin is built with the newest LLVM of 15 to 19 whose headers are here, and with any other that is installed
# it gives the same bits.
. "${0%/*}/lib/shell.sh"

# Which llvm-config a build takes: stand-ins, of which some have no headers, or are too new or too old.
mkdir "$work/bin" "$work/nothing"
mkdir -p "$work/include/llvm-c"
: >"$work/include/llvm-c/LLJIT.h"
stand_in() {                                    # stand_in NAME VERSION INCLUDEDIR
    printf '#!/bin/sh\ncase $1 in --version) echo %s ;; --includedir) echo %s ;; --cflags) echo -DTAKEN=%s ;; esac\n' "$2" "$3" "$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
taken() { PATH=$work/bin:/usr/bin:/bin make -n -s V=1 BUILD="$work/build" jit "$@" 2>/dev/null | sed -n 's/.*-DTAKEN=\([0-9.]*\).*/\1/p'; }
for v in 15 16 17 18 19; do stand_in llvm-config-$v $v.0.0 "$work/nothing"; done
stand_in llvm-config 20.1.0 "$work/include"
[ "$(taken)" = "" ] || fail "LLVM $(taken) was taken, which is too new or has no headers"
stand_in llvm-config 17.0.6 "$work/include"
[ "$(taken)" = 17.0.6 ] || fail "not llvm-config of 17.0.6 but $(taken)"
stand_in llvm-config-16 16.0.6 "$work/include"
[ "$(taken)" = 16.0.6 ] || fail "not llvm-config-16 but $(taken)"
stand_in llvm-config-18 18.1.8 "$work/include"
[ "$(taken)" = 18.1.8 ] || fail "not the newest but $(taken)"
[ "$(taken LLVM_CONFIG="$work/bin/llvm-config-16")" = 16.0.6 ] || fail "LLVM_CONFIG is not heeded"
[ "$(taken LLVM_CONFIG="$work/bin/llvm-config-15")" = "" ] || fail "LLVM_CONFIG without headers is taken"

# A run with every version that is installed; every op, an odef and a model with those that are not the one the tests take.
check=$(dirname "$NODEC")/test/check
ran=
for v in 15 16 17 18 19; do
    [ -f "$(llvm-config-$v --includedir 2>/dev/null)/llvm-c/LLJIT.h" ] || continue
    make -s BUILD="$work/$v" LLVM_CONFIG=llvm-config-$v jit >"$work/log" 2>&1 || { cat "$work/log"; fail "the plugin does not build with LLVM $v"; }
    exits 0 env NODEC_JIT="$work/$v/libnodec-jit.so" "$NODEC" models/spiral.node comp --emit=asm
    exits 0 env NODEC_JIT="$work/$v/libnodec-jit.so" "$NODEC" run models/spiral.node comp --engine llvm --set steps=20 --set 'plot=[]' --quiet --out "$work/run$v"
    exits 0 "$NODEC" run models/spiral.node comp --engine cc --set steps=20 --set 'plot=[]' --quiet --out "$work/run"
    same "$work/run/weights.safetensors" "$work/run$v/weights.safetensors" "LLVM $v"
    [ $v = 19 ] || [ ! -x "$check" ] || exits 0 env NODEC_JIT="$work/$v/libnodec-jit.so" "$check" --filter '@(llvm|llvm_model)/@(every_*|spiral*|loaded_*|what_is_no_ir*|adjoint)'
    ran="$ran $v"
done
[ -n "$ran" ] || skipped "there is no LLVM"
passed "the newest with headers is taken; the bits are the same with LLVM$ran"
