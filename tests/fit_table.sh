#!/bin/sh
# A table is made by `eval`, read by `fit`, and what was learned from it is told: the number the table was made with.
. "${0%/*}/lib/shell.sh"

cat >"$work/turn.node" <<'END'
odef Turn(first = 1) {
    state x[2]
    param speed = first, centre[2] = [0, 0]
    dx/dt = [speed * (x[1] - centre[1]), speed * (centre[0] - x[0])]
}
experiment turn {
    fit       = Turn(first = 0.5)
    data      = csv("turn.csv") |> columns(t = "time", x = ["east", "north"])
    solver    = rk4(h_max = 0.1)
    optimizer = adam(lr = 0.05)
    steps     = 300
}
experiment whole like turn {
    data = csv("turn.csv", series = "who") |> columns(t = "time", x = ["east", "north"])
}
experiment pieces like whole { batch = window(span = 1) }
END
exits 0 "$NODEC" eval "$work/turn.node" Turn --times 0:3:31 --start 1,0 --set 'solver=rk4(h_max=0.1)'
sed '1s/.*/time,east,north/' "$work/out" >"$work/turn.csv"
exits 0 "$NODEC" run "$work/turn.node" turn --out "$work/run"
says '^learned: speed 1, centre \[.* .*\]$'
exits 0 "$NODEC" run "$work/turn.node" turn --out "$work/run" --json --quiet
grep -Eq '"speed": (1\.000|0\.999)' "$work/out" || { cat "$work/out"; fail "learned another speed"; }

sed '1s/.*/when,east,north/' "$work/turn.csv" >"$work/other" && mv "$work/other" "$work/turn.csv"
exits 1 "$NODEC" run "$work/turn.node" turn --out "$work/run"
says 'turn.csv:1: error: there is no column `time`'

# Trajectories of different lengths train one by one or in pieces.
{ echo who,time,east,north; printf '%s\n' a,0,1,0 a,1,0.5403,-0.8415 a,2,-0.4161,-0.9093 b,0,0,1 b,1,0.8415,0.5403; } >"$work/turn.csv"
exits 1 "$NODEC" run "$work/turn.node" whole --out "$work/run"
says 'different lengths' 'note: batch = 1 or batch = window'
exits 0 "$NODEC" run "$work/turn.node" whole --out "$work/run" --set batch=1 --set steps=600
says 'speed \(1\|0.99\|1.0\)'
exits 0 "$NODEC" run "$work/turn.node" pieces --out "$work/run"
says 'speed \(1\|0.99\|1.0\)'

# Beside a network's weights, the parameters of the odef itself are told; a run may start from another's.
printf 't,hare,lynx\n0,30,4\n1,33,5\n2,36,6\n3,40,7\n4,44,8\n' >"$work/pelts.csv"
cp models/lynx_hare.node "$work"
exits 0 "$NODEC" run "$work/lynx_hare.node" lynx_hare --set 'data=csv("pelts.csv")' --set 'split=fraction(0.4)' --set 'plot=[]' --set steps=20 --out "$work/pelts"
says '^learned: hare0 [0-9.]*, lynx0 [0-9.]*, birth [0-9.]*, death [0-9.]*$'
told=$(grep '^learned' "$work/err")
exits 0 "$NODEC" run "$work/lynx_hare.node" lynx_hare --set 'data=csv("pelts.csv")' --set 'split=fraction(0.4)' --set 'plot=[]' --set 'optimizer=sgd(lr=1e-12)' --set steps=1 \
    --weights "$work/pelts/weights.safetensors" --out "$work/on" --json
[ "$(grep '^learned' "$work/err")" = "$told" ] || { cat "$work/err"; fail "--weights starts elsewhere than $told"; }
grep -q '"birth": ' "$work/out" && ! grep -q '"net.0.weight"' "$work/out" || { cat "$work/out"; fail "learned in --json"; }
passed "what was learned from a table is told"
