#!/bin/sh
# The C of every model compiles alone, without a warning, as C99 to C17 and C++17, by gcc and
# clang, for plain, AVX2 and AVX-512 targets. Clean code may be dropped into any host.
. "${0%/*}/lib/shell.sh"
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

count=0
try() {
    "$@" >"$work/log" 2>&1 || { head -n 20 "$work/log"; fail "$*"; }
    count=$((count + 1))
}

targets=-O1
[ "$(uname -m)" = x86_64 ] && targets="-O1 -march=x86-64-v3 -march=x86-64-v4"

for model in models/*.node; do
    name=$(basename "$model" .node)
    exits 0 "$NODEC" "$model" $(what "$name") -o "$work/$name.c"
    for pair in gcc:g++ clang:clang++; do
        cc=${pair%:*} cxx=${pair#*:}
        command -v $cc >/dev/null || continue
        for std in c99 c11 c17; do
            try $cc -std=$std $warnings -fsyntax-only "$work/$name.c"
        done
        try $cxx -std=c++17 $warnings -O1 -x c++ -c "$work/$name.c" -o "$work/$name.o"
        for target in $targets; do
            try $cc -std=c99 $warnings -O2 $target -c "$work/$name.c" -o "$work/$name.o"
        done
    done
done
[ $count -gt 0 ] || fail "nothing was compiled"
passed "$count compilations of generated C without a warning"
