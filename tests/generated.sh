#!/bin/sh
# generated/ is what the models compile to now. After a wanted change: make bless, read the diff.
. "${0%/*}/lib/shell.sh"

count=0
for model in models/*.node; do
    name=$(basename "$model" .node)
    exits 0 "$NODEC" "$model" $(what "$name") -o "$work/$name.c"
    exits 0 "$NODEC" "$model" $(what "$name") --dump=ir -o "$work/$name.ir"
    for file in $name.c $name.h $name.ir; do
        [ -z "${BLESS:-}" ] || cp "$work/$file" "generated/$file"
        diff -u "generated/$file" "$work/$file" >"$work/diff" ||
            { head -n 40 "$work/diff"; fail "generated/$file is not what $model compiles to (make bless)"; }
        count=$((count + 1))
    done
done
[ $count -gt 0 ] || fail "no models"
for file in generated/*; do
    [ -f "models/$(basename "${file%.*}").node" ] || fail "$file belongs to no model"
done
passed "$count files of generated/ are up to date"
