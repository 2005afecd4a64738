#!/bin/sh
# A run that was killed and resumed ends with the same bits as one that never stopped.
. "${0%/*}/lib/shell.sh"

run() {                                         # run FOLDER flags... in place of a subshell
    folder=$work/$1; shift
    exec "$NODEC" run models/spiral.node linear --set steps=$steps --set 'plot=[]' --quiet --out "$folder" "$@"
}

steps=400000                                    # some seconds: long enough to be caught in the middle
(run whole) 2>"$work/err" || { cat "$work/err"; fail "the whole run ended with $?"; }

# Stopped in the middle, politely and not; if the machine is faster than we are, again.
for signal in TERM KILL; do
    for attempt in 1 2 3 4 5; do
        rm -rf "$work/$signal"
        run "$signal" 2>"$work/err" &
        job=$!
        until [ -s "$work/$signal/metrics.jsonl" ] || ! kill -0 $job 2>/dev/null; do sleep 0.05; done
        sleep 0.$attempt
        kill -$signal $job 2>/dev/null
        wait $job 2>/dev/null && continue       # had finished
        break
    done
    (run "$signal" --resume) 2>"$work/err" || { cat "$work/err"; fail "--resume after $signal ended with $?"; }
    same "$work/whole/weights.safetensors" "$work/$signal/weights.safetensors" "after $signal"
done

(run whole --resume) || fail "--resume of a finished run ended with $?"
same "$work/whole/weights.safetensors" "$work/KILL/weights.safetensors" "resumed at the end"
passed "killed and resumed, the same bits as never stopped"
