#!/bin/sh
# A run that was killed and resumed ends with the same bits as one that never stopped.
. "${0%/*}/lib/shell.sh"

run() {                                         # run FOLDER flags...
    folder=$work/$1; shift
    "$NODEC" run models/spiral.node linear --set steps=$steps --set 'plot=[]' --quiet --out "$folder" "$@"
}

steps=2000
run whole || fail "the whole run ended with $?"
began=$(date +%s)
steps=400000
run longer || fail "the long run ended with $?"

# Stopped in the middle, politely and not; if the machine is faster than we are, once more.
for signal in TERM KILL; do
    for attempt in 1 2 3 4 5; do
        rm -rf "$work/$signal"
        run "$signal" 2>"$work/err" &
        job=$!
        until ls "$work/$signal"/*checkpoint* >/dev/null 2>&1 || ! kill -0 $job 2>/dev/null; do :; done
        kill -$signal $job 2>/dev/null
        wait $job 2>/dev/null && continue       # had finished
        break
    done
    run "$signal" --resume 2>"$work/err" || { cat "$work/err"; fail "--resume after $signal ended with $?"; }
    same "$work/longer/weights.safetensors" "$work/$signal/weights.safetensors" "after $signal"
done

exits 0 run longer --resume                     # nothing left to do
same "$work/longer/weights.safetensors" "$work/KILL/weights.safetensors" "resumed at the end"
passed "killed and resumed, the same bits as never stopped"
