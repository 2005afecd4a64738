#!/bin/sh
# A model's training that was killed and resumed ends with the same bits as one that never stopped,
# and what was stopped does not look complete.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"
make_sets "$work"

run() {
    folder=$work/$1; shift
    exec "$NODEC" run "$work/model.node" flow --set epochs=300 --set 'augment=shift(pixels=1)' --quiet --out "$folder" "$@"
}

(run whole) 2>"$work/err" || { cat "$work/err"; fail "the whole run ended with $?"; }
(run threads --threads 3) 2>"$work/err" || { cat "$work/err"; fail "on three threads it ended with $?"; }
same "$work/whole/weights.safetensors" "$work/threads/weights.safetensors" "one thread and three"
same "$work/whole/metrics.jsonl" "$work/threads/metrics.jsonl" "one thread and three"

for signal in TERM KILL; do
    for attempt in 1 2 3 4 5; do
        rm -rf "$work/$signal"
        run "$signal" 2>"$work/err" &
        job=$!
        until [ -s "$work/$signal/metrics.jsonl" ] || ! kill -0 $job 2>/dev/null; do sleep 0.02; done
        sleep 0.0$attempt
        kill -$signal $job 2>/dev/null
        wait $job 2>/dev/null && continue       # had finished
        break
    done
    [ ! -e "$work/$signal/weights.safetensors" ] || fail "a run that was stopped by $signal looks complete"
    (run "$signal" --resume) 2>"$work/err" || { cat "$work/err"; fail "--resume after $signal ended with $?"; }
    same "$work/whole/weights.safetensors" "$work/$signal/weights.safetensors" "after $signal"
    same "$work/whole/metrics.jsonl" "$work/$signal/metrics.jsonl" "after $signal"
done

(run KILL --resume --set batch=20) 2>"$work/err"
[ $? = 1 ] || fail "--resume of another experiment is not refused"
says 'has changed since this checkpoint'
passed "a model's training, killed and resumed, gives the same bits"
