#!/bin/sh
# The floors of the house: a file may include only what is to the left of it.
#     base -> ir -> loop -> ops -> { lang, pass, back } -> compiler/*.c        runtime apart
# The one exception is data: ir may read the rows of ops/*.def. Everybody may read runtime/abi.h.
cd "$(dirname "$0")/.." || exit 1

allowed() {                             # allowed FLOOR: the floors it may include
    case $1 in
    base)           echo "base" ;;
    ir)             echo "base ir" ;;
    loop)           echo "base ir loop" ;;
    ops)            echo "base ir loop ops" ;;
    lang|pass|back) echo "base ir loop ops $1" ;;
    compiler)       echo "base ir loop ops lang pass back" ;;
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
        if [ "$floor $used" = "ir ops" ] &&
           ! grep '^ *# *include *"ops/' "$file" | grep -qv '"ops/[a-z]*\.def"'; then
            continue
        fi
        echo "$file includes $used/, which is not below it:" \
             "$(grep -n "^ *# *include *\"$used/" "$file" | head -n 1)"
        wrong=1
    done
done

[ "$wrong" = 0 ] && echo "floors: $seen files include downwards only"
exit $wrong
