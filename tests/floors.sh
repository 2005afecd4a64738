#!/bin/sh
# The floors of the house: a file may include only what is to the left of it.
#     base -> ops -> ir -> loop -> { lang, pass -> lower -> tile, back } -> library -> compiler/*.c   runtime apart
# And none ends the process of a host: assert, abort and exit are base/arena.c's alone.
cd "$(dirname "$0")/.." || exit 1

allowed() {                             # allowed FLOOR: the floors it may include
    case $1 in
    base)           echo "base" ;;
    ops)            echo "base ops" ;;
    ir)             echo "base ops ir" ;;
    loop)           echo "base ops ir loop" ;;
    lang|pass|back) echo "base ops ir loop $1" ;;
    lower)          echo "base ops ir loop pass lower" ;;
    tile)           echo "base ops ir loop pass lower tile" ;;
    library)        echo "base ops ir loop lang pass lower tile back library" ;;
    compiler)       echo "base ops ir loop lang pass lower tile back library" ;;
    *)              echo "" ;;
    esac
}

wrong=0 seen=0
for file in compiler/*.[ch] compiler/*/*.[ch] runtime/*.[ch] grammar/node.[ly]; do
    [ -f "$file" ] || continue
    seen=$((seen + 1))
    case $file in
    compiler/*/*) floor=${file#compiler/} floor=${floor%%/*} ;;
    grammar/*)    floor=lang ;;
    *)            floor=${file%%/*} ;;
    esac
    for used in $(sed -n 's/^ *# *include *"\([a-z]*\)\/.*/\1/p' "$file"); do
        case " $(allowed "$floor") " in *" $used "*) continue ;; esac
        echo "$file includes $used/, which is not below it:" \
             "$(grep -n "^ *# *include *\"$used/" "$file" | head -n 1)"
        wrong=1
    done
    [ "$file" = compiler/base/arena.c ] && continue
    if grep -nE '(^|[^[:alnum:]_])(assert|abort|_?exit|_Exit|quick_exit|raise) *\(' "$file"; then
        echo "$file may end the process of a host; see INSIST in compiler/base/base.h"
        wrong=1
    fi
done

[ "$wrong" = 0 ] && echo "floors: $seen files include downwards only"
exit $wrong
