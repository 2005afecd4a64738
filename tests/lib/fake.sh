# Sourced by scripts about devices: an OpenCL library of our own in front of the real one, in
# $work/fake.so; tests/lib/fake_opencl.c says what it can do.

fake() {                                        # false: it cannot be linked
    cc -shared -fPIC -D_GNU_SOURCE -Iruntime tests/lib/fake_opencl.c -o "$work/fake.so" -Wl,--no-as-needed -l:libOpenCL.so.1 2>/dev/null
}

# stays_there BYTES run...: a training stays on the device: at least eight steps in a row go by in which
# nobody waits and no more than so many bytes a step are sent; and so it is with nearly all of them.
stays_there() {
    bytes=$1; shift
    exits 0 env NODEC_OPENCL="$work/fake.so" FAKE_OPENCL="trace=$work/trace" "$NODEC" run "$@" --device opencl --quiet
    awk -v bytes="$bytes" '
        $1 == "wait" { if (steps >= 8 && sent <= bytes * steps) quiet += steps; steps = sent = 0; waits++ }
        $1 == "send" { sent += $2 }
        $1 == "kernel" && $2 ~ /_judge_/ { steps++; all++ }
        END { print quiet " of " all " steps were quiet, " waits " waits"; exit !(all >= 60 && quiet > all * 3 / 4) }' "$work/trace" ||
        fail "$(awk '$1 != "kernel"' "$work/trace" | sort | uniq -c | sort -rn | head -5)"
}

# alike FOLDER FOLDER: their checkpoints differ in the seconds it took (8 bytes) and a sum (4) at most.
alike() {
    [ "$(wc -c <"$1/checkpoint.nodec")" = "$(wc -c <"$2/checkpoint.nodec")" ] &&
        [ "$(cmp -l "$1/checkpoint.nodec" "$2/checkpoint.nodec" | wc -l)" -le 12 ] || fail "the checkpoints of $1 and $2 differ"
}
