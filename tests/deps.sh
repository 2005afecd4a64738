#!/bin/sh
# .ci/deps: silent where nothing is missing; else installs just that, or says what root should do.
. "${0%/*}/lib/shell.sh"

exits 0 .ci/deps check
[ ! -s "$work/out" ] && [ ! -s "$work/err" ] || fail "not silent on a machine that has everything"

# A machine without bison: every command but that, and an apt-get that only takes notes.
mkdir "$work/bin"
ln -s /bin/* /usr/bin/* "$work/bin" 2>/dev/null
rm -f "$work/bin/bison" "$work/bin/apt-get" "$work/bin/sudo" "$work/bin/id"
fake() { printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"; chmod +x "$work/bin/$1"; }

fake apt-get "echo \"\$*\" >>$work/apt"
fake id "echo 0"
exits 0 env PATH="$work/bin" .ci/deps check
grep -q 'installing.* bison$' "$work/out" || { cat "$work/out"; fail "does not say that it installs bison alone"; }
grep -q 'update' "$work/apt" && grep -q 'install.* bison$' "$work/apt" || fail "apt-get was asked for $(cat "$work/apt")"

fake id "echo 1000"
exits 1 env PATH="$work/bin" .ci/deps check
says 'bison' 'sudo' 'apt-get install'

fake sudo 'echo "sudo $1 $*" >>'"$work"'/apt; exec "$@"'
exits 0 env PATH="$work/bin" .ci/deps check
grep -q '^sudo' "$work/apt" || fail "sudo was not used"

rm "$work/bin/apt-get"
exits 1 env PATH="$work/bin" .ci/deps check
says 'bison' 'no apt-get'
passed "dependencies are installed when missing, and only then"
