#!/bin/sh
# libnodec as a host finds it: installed, shared and static, in C and in C++; its names; the examples.
. "${0%/*}/lib/shell.sh"

build=$(dirname "$NODEC")
[ -f "$build/libnodec.so" ] || skipped "libnodec.so was not built"
root=$work/root
make -s install BUILD="$build" PREFIX=/usr DESTDIR="$root" >"$work/log" 2>&1 || { cat "$work/log"; fail "make install"; }
lib=$root/usr/lib include=$root/usr/include
pid=
trap 'kill $pid 2>/dev/null; rm -rf "$work"' EXIT

# Names: only what the header offers, nothing of the process's own streams, exits and globals.
offered=$(sed -n 's/^NODEC_API.*[ *]\(nodec_[a-z_]*\)(.*/\1/p' "$include/nodec.h" | sort)
[ "$(nm -D --defined-only "$lib/libnodec.so" | awk '{ print $3 }' | sort)" = "$offered" ] || fail "libnodec.so shows other names than the header's"
[ "$(nm --defined-only "$lib/libnodec.a" | awk '$2 ~ /[A-Z]/ { print $3 }' | sort)" = "$offered" ] || fail "libnodec.a shows other names than the header's"
readelf -d "$lib/libnodec.so" | grep -q 'SONAME.*libnodec.so.0' || fail "no soname"
if command -v pkg-config >/dev/null; then
    [ "$(PKG_CONFIG_PATH=$lib/pkgconfig pkg-config --define-variable=prefix="$root/usr" --cflags --libs nodec | sed 's/ *$//')" = "-I$include -L$lib -lnodec" ] ||
        fail "pkg-config: $(PKG_CONFIG_PATH=$lib/pkgconfig pkg-config --cflags --libs nodec)"
fi

# The header alone, in every language that can include it.
for language in 'cc -std=c99 -x c' 'cc -std=c17 -x c' 'c++ -std=c++98 -Wno-long-long -x c++' 'c++ -std=c++20 -x c++'; do
    echo '#include <nodec.h>' | $language -Wall -Wextra -Wpedantic -Wshadow -Werror -fsyntax-only -I"$include" - || fail "nodec.h: $language"
done
# It meets a generated one.
exits 0 "$NODEC" models/spiral.node -o "$work/spiral.c"
printf '#include "spiral.h"\n#include <nodec.h>\n#include "spiral.h"\n' | cc -x c -std=c99 -Wall -Werror -fsyntax-only -I"$include" -I"$work" - || fail "nodec.h and spiral.h"

# The examples, as C and as C++, with the shared and with the static library.
strict="-Wall -Wextra -Werror -I$include"
for example in typed reload; do
    cc -std=c11 -D_GNU_SOURCE $strict "docs/examples/$example.c" -o "$work/$example" -L"$lib" -lnodec || fail "$example.c"
    c++ -std=c++17 $strict -x c++ "docs/examples/$example.c" -x none -o "$work/$example-cpp" "$lib/libnodec.a" -ljansson -ldl -lpthread -lm || fail "$example.c as C++"
done
export LD_LIBRARY_PATH="$lib"

cat >"$work/swing.node" <<'END'
odef Swing {
    state x, v
    dx/dt = v
    dv/dt = -4 * x
}
END
# The plugin is found where it was installed, from the library; without it the system's compiler works.
unset NODEC_JIT
[ ! -f "$lib/nodec/libnodec-jit.so" ] || exits 0 env CC=/no/such/compiler "$work/typed" 0 1 3 1 0 <"$work/swing.node"
for engine in llvm cc; do
    [ $engine = llvm ] || export NODEC_JIT=
    for typed in typed typed-cpp; do
        exits 0 "$work/$typed" 0 1 3 1 0 <"$work/swing.node"
        awk -F, 'NR == 1 { ok = $0 == "t,x,v" } NR == 4 { ok = ok && $1 == 1 && $2 > -0.6 && $2 < -0.35 } END { exit !(ok && NR == 4) }' "$work/out" ||
            { cat "$work/out"; fail "$typed: not the swing that was typed"; }
        mv "$work/out" "$work/said-$typed-$engine"
    done
done
same "$work/said-typed-llvm" "$work/said-typed-cpp-cc" "the engines, from C and from C++"
sed 's/-4 \* x/-4 * y/' "$work/swing.node" >"$work/wrong.node"
exits 1 "$work/typed" 0 1 3 1 0 <"$work/wrong.node"
says 'typed.node:4:18: error: .*y'

# Nothing is lost or read too early, by the compiler or by what it compiles (valgrind knows no AVX-512).
if command -v valgrind >/dev/null; then
    memcheck="valgrind -q --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all --error-exitcode=9"
    exits 1 $memcheck "$work/typed" 0 1 3 1 0 <"$work/wrong.node"
    ! grep -q avx512 /proc/cpuinfo || export CC='cc -mno-avx512f'
    exits 0 $memcheck "$work/typed" 0 1 3 1 0 <"$work/swing.node"
fi

# A thousand rounds of LLVM's code: what is opened again, functions of the header and all, compiles nothing, and leaves
# nothing. (To valgrind this is another processor: what it sees is compiled first, LLVM itself not being clean.)
if [ -f "$lib/nodec/libnodec-jit.so" ]; then
    unset NODEC_JIT
    cc -std=c99 $strict tests/lib/rounds.c -o "$work/rounds" -L"$lib" -lnodec || fail "rounds.c"
    exits 0 "$work/rounds" 2
    grep -q compiled "$work/out" || fail "the first rounds took no LLVM"
    exits 0 "$work/rounds" 1000
    grep -q kept "$work/out" || fail "what was kept is compiled again"
    if command -v valgrind >/dev/null; then
        exits 0 valgrind -q --tool=none "$work/rounds" 2
        exits 0 $memcheck "$work/rounds" 20
        grep -q kept "$work/out" || fail "under valgrind, what was kept is compiled again"
    fi
fi

# The page's example runs.
sed -n '/^```c$/,/^```$/p' docs/library.md | sed '/^```/d' >"$work/page.c"
cc -std=c99 $strict "$work/page.c" -o "$work/page" -L"$lib" -lnodec || fail "docs/library.md"
exits 0 env CC=cc "$work/page"
[ "$(cut -c1-5 "$work/out")" = 0.121 ] || { cat "$work/out"; fail "docs/library.md: not e^-2 by Euler's method"; }

# A simulation whose model changes: stiffer, then with an error, then with another state.
wait_for() {                                    # wait_for COUNT PATTERN FILE
    tries=0
    until [ "$(grep -c "$2" "$3")" -ge "$1" ]; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { cat "$work/sim.out" "$work/sim.err"; fail "reload never said $2"; }
        sleep 0.1
    done
}
lines() { wc -l <"$work/sim.out"; }
cp "$work/swing.node" "$work/model.node"
: >"$work/sim.err"
"$work/reload" "$work/model.node" 3000 1 0 >"$work/sim.out" 2>"$work/sim.err" &
pid=$!
wait_for 2 '^0' "$work/sim.out"
printf 'odef Swing {\n    state x, v\n    dx/dt = 0\n    dv/dt = 0\n}\n' >"$work/still.node"
mv "$work/still.node" "$work/model.node"
until [ "$(tail -n 2 "$work/sim.out" | cut -d' ' -f2- | uniq | wc -l)" = 1 ] && [ "$(lines)" -gt 3 ]; do sleep 0.1; done
kept=$(tail -n 1 "$work/sim.out" | cut -d' ' -f2-)
[ "$kept" != "1 0" ] || fail "reload: the state began anew"
sed 's/y/z/; s/-4 \* x/-4 * y/' "$work/swing.node" >"$work/next.node"
mv "$work/next.node" "$work/model.node"
wait_for 1 'model.node:4:18: error' "$work/sim.err"
before=$(lines)
until [ "$(lines)" -gt $((before + 1)) ]; do sleep 0.1; done
[ "$(tail -n 1 "$work/sim.out" | cut -d' ' -f2-)" = "$kept" ] || fail "reload: the old model did not go on after an error"
printf 'odef Three {\n    state x[3]\n    dx/dt = -x\n}\n' >"$work/next.node"
mv "$work/next.node" "$work/model.node"
wait_for 1 '^[0-9.]* [^ ]* [^ ]* [^ ]*$' "$work/sim.out"

passed "installed, shared and static, in C and C++; typed and reloaded models run"
