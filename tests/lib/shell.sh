# Sourced first by tests/*.sh:  . "${0%/*}/lib/shell.sh"
#
# A script tells one story: it runs nodec with `exits`, looks at $work/out and $work/err, and ends
# with `passed "what holds"`. It works in an empty folder of its own, $work, gone at the end, with
# an empty cache of compiled models. Exit status 77 says that the machine lacks what the test needs.
set -u
cd "$(dirname "$0")/.." || exit 1

story=$(basename "$0" .sh)
top=$PWD
NODEC=${NODEC:-$top/build/nodec}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CACHE_HOME="$work/cache" NO_COLOR=1
unset NODEC_CACHE CC CFLAGS MAKEFLAGS MAKELEVEL

fail()    { echo "$story: $*"; exit 1; }
passed()  { echo "$story: $*"; exit 0; }
skipped() { echo "$story: skipped, $*"; exit 77; }

# exits STATUS command...: runs it, output in $work/out and $work/err; any other status fails.
exits() {
    wanted=$1; shift
    "$@" >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" = "$wanted" ] && return
    cat "$work/out" "$work/err"
    fail "exit status $status instead of $wanted: $*"
}

# says PATTERN...: standard error has each of them, in any case of letters.
says() {
    for pattern; do
        grep -qie "$pattern" "$work/err" || { cat "$work/err"; fail "nothing on stderr about: $pattern"; }
    done
}

same() { cmp -s "$1" "$2" || fail "$1 and $2 differ${3:+: $3}"; }

# what NAME: what is compiled of models/NAME.node: all definitions, or the experiment that says it all.
what() { case $1 in mnist) echo ode_net ;; esac; }
