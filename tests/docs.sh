#!/bin/sh
# Every command that README.md, the language reference and docs/ show does what the page says, in the
# page's order; only what would take minutes is made small: fewer trajectories, steps, pictures.
. "${0%/*}/lib/shell.sh"

# ---- a folder as a reader has it: the models, digits of noise, a model of the reference
mkdir "$work/bin" "$work/digits"
ln -s "$NODEC" "$work/bin/nodec"
cp -r models "$work/models"
cp models/* "$work"
awk '/^odef Rabbits/ { text = 1 } /^```/ { text = 0 } text' grammar/README.md >"$work/rabbits.node"
idx() {                                         # idx FILE RANK-AND-SIZES-AS-OCTAL: a head, then bytes from stdin
    { printf "\000\000\010$2"; cat; } | gzip >"$work/digits/$1-ubyte.gz"
}
bytes() { awk -v n="$1" -v m="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%c", 48 + i * 7 % m }' | tr 0-9 '\000-\011'; }
for set in train t10k; do
    bytes $((64 * 784)) 10 | idx $set-images-idx3 '\003\000\000\000\100\000\000\000\034\000\000\000\034'
    bytes 64 10            | idx $set-labels-idx1 '\001\000\000\000\100'
done

# ---- the commands: in code blocks from the prompt on, in running text between backquotes
commands() {
    awk '/^```/ { code = !code; next }
         /^    (\$ )?nodec (run|eval|check|explain|fmt|devices|[a-z]*\.node)/ { sub(/^    (\$ )?/, ""); print; next }
         { while (match($0, /`nodec (run|eval|check|explain|fmt|devices|[a-z]*\.node)[^`]* [^`]*`/)) {
               print substr($0, RSTART + 1, RLENGTH - 2); $0 = substr($0, RSTART + RLENGTH) } }' "$1"
}

# ---- what the pages take for granted: two images in a file, weights of an earlier training
cd "$work" || exit 1
{ printf '\223NUMPY\001\000\166\000%-117s\n' "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), }"; bytes $((2 * 784)) 10; } >images.npy
printf 'label\n3\n7\n' >labels.csv
little="--set steps=2 --set batch=8 --set statistics.settle=1 --set 'plot=[]' --quiet"
export NODEC_DATA="$work/digits" PATH="$work/bin:$PATH"
exits 0 sh -c "nodec run mnist.node ode_net $little"

count=0
for page in README.md grammar/README.md docs/engines.md docs/library.md docs/embedding.md; do
    commands "$top/$page" >commands
    while IFS= read -r command; do
        case $command in
        *' run '*lorenz.node*)  small='--set over.rho.count=6 --set over.sigma.count=5' ;;
        *' run '*mnist.node*)   small=$little ;;
        *over.growth.count*)    small='--set over.growth.count=10 --set over.eaten.count=10' ;;
        *)                      small= ;;
        esac
        sh -c "$(echo "$command" | sed "s|DIR|$work/digits|g") $small" >out 2>err </dev/null || { cat out err; fail "$page: $command"; }
        [ -z "${SHOW-}" ] || { echo "\$ $command"; cat out err; }
        written=$(echo "$command" | sed -n 's/.* -o \([^ ]*\).*/\1/p')
        [ -z "$written" ] || [ -s "$written" ] || fail "$page: $command: no $written"
        count=$((count + 1))
    done <commands
done
for left in runs/comp/weights.safetensors runs/comp/profile.json runs/compare/compare.txt runs/compare/compare.json runs/harvest/summary.csv spiral.h spiral_cl.c; do
    [ -s $left ] || fail "the commands of the pages leave no $left"
done

# The program for a controller, with the gradient in it; and the one for a device.
c_block() { awk -v want="$1" '/^```c$/ { on = ++n == want; next } /^```/ { on = 0 } on' "$top/docs/embedding.md"; }
{ c_block 1 | sed '/^    if (status)/,$d'; c_block 2; c_block 1 | sed -n '/^    if (status)/,$p'; } >host.c
exits 0 nodec spiral.node comp -o spiral.c --weights runs/comp/weights.safetensors
cc -std=c99 -O2 -Wall -Wextra -Werror -ffunction-sections -fdata-sections -Wl,--gc-sections host.c spiral.c -o host -lm || fail "docs/embedding.md: its program"
exits 0 ./host
awk 'NF != 2 || !($1 + 0 == $1) { exit 1 }' out || { cat out; fail "docs/embedding.md: its program says something else"; }
exits 0 nodec spiral.node -o spiral.cl
if echo '#include <CL/cl.h>' | cc -E -x c - >/dev/null 2>&1 && nodec devices >out 2>err; then
    cc spiral_cl.c -lOpenCL -o spiral_cl || fail "docs/embedding.md: the program for a device"
    exits 0 ./spiral_cl spiral.cl
fi
passed "$count commands of the pages run"
