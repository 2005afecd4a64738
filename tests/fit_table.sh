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
passed "what was learned from a table is told"
