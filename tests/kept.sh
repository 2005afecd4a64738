#!/bin/sh
# Code that is kept is that of the same words: every clause of an experiment in turn has another value than the
# run that filled the cache, and its numbers are those of a run without a cache.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/digits.sh"
make_sets "$work"
mkdir "$work/more"
make_set "$work/more/train-images" "$work/more/train-labels" 120 5
cp "$work/test-images.gz" "$work/test-labels" "$work/more"
cp models/spiral.node models/lynx_hare.node models/hudson_bay.csv models/lorenz.node "$work"

run() { exits 0 "$NODEC" run "$@" --quiet; }
# What a run leaves, but for the times that it took.
left() { (cd "$1" && cat $(ls | grep -v -e '^result.json$' -e '^metrics.jsonl$' -e '\.gp$' -e '\.png$' -e '\.svg$' -e '^checkpoint') &&
          [ ! -f metrics.jsonl ] || sed 's/"[a-z_]*\(seconds\|per_s\|_ms\)": [^,}]*//g' metrics.jsonl); }

# others MODEL EXPERIMENT BASE, and below it lines of other values: CLAUSES | ARGUMENTS. What does not even change
# the numbers tests nothing, unless its line begins with a dot.
others() {
    base="$work/$1.node $2 $3"
    run $base --out "$work/base"
    left "$work/base" >"$work/base.txt"
    while IFS='|' read -r clauses set; do
        eval "set -- $set"
        clauses=${clauses% } quiet=${clauses%%[!.]*}
        seen="$seen ${clauses#.}"
        run $base "$@" --out "$work/kept"
        run $base "$@" --out "$work/kept"
        run $base "$@" --no-cache --out "$work/anew"
        left "$work/kept" >"$work/kept.txt"
        left "$work/anew" >"$work/anew.txt"
        same "$work/kept.txt" "$work/anew.txt" "$base $*"
        [ -n "$quiet" ] || ! cmp -s "$work/kept.txt" "$work/base.txt" || fail "$base $* changes nothing"
        rm -r "$work/kept" "$work/anew"
    done
    run $base --out "$work/again"
    left "$work/again" >"$work/again.txt"
    same "$work/base.txt" "$work/again.txt" "$base, after others"
    rm -r "$work/base" "$work/again"
}
seen=

others spiral linear '--set steps=4 --set plot=[]' <<'END_OF'
fit       | --set 'fit=Mlp' --set 'optimizer.lr=0.02'
data      | --set 'data.noise=normal(0, 0.3)'
data      | --set 'data.t=linspace(0, 9, 90)'
data      | --set 'data.solver=rk4(h_max = 0.3)'
data      | --set 'data.truth=TwoWells(x = [0.6, 0.3])'
data      | --set 'data.truth=Spiral(W = [[-0.2, -1.0], [1.0, -0.1]], x = [0.6, 0.3])'
data      | --set 'data.count=3'
batch     | --set 'batch=1'
batch     | --set 'batch.points=9'
loss      | --set 'loss=mae'
loss      | --set 'loss=huber(delta = 0.01)'
loss      | --set 'loss=huber(delta = 0.1)'
solver    | --set 'solver=midpoint'
solver    | --set 'solver.h_max=0.3'
gradient  | --set 'gradient=discrete'
.gradient | --set 'gradient=checkpoint(bytes = 64)'
optimizer | --set 'optimizer=sgd(lr = 0.1)'
optimizer | --set 'optimizer=sgd(lr = 0.1, momentum = 0.9)'
optimizer | --set 'optimizer.lr=cosine(0.1, 0.01, warmup = 2)'
steps     | --set 'steps=6'
clip      | --set 'clip=0.001'
split     | --set 'split=before(t = 20)'
plot      | --set 'plot=[trajectory, curve("loss")]'
seed      | --set 'seed=5'
seed      | --seed 6
precision | --set 'precision=float64'
precision | --real f64
END_OF

others lynx_hare physics '--set steps=4 --set plot=[]' <<'END_OF'
loss      | --set 'loss.scale=linear'
data      | --set 'data.hare="Lynx"' --set 'data.lynx="Hare"'
END_OF

others model flow "--set epochs=1" <<'END_OF'
fit        | --set 'fit=Small(Nothing(4))'
data       | --set "data.dir=\"$work/more\""
test       | --set 'test.image=idx("train-images")' --set 'test.label=idx("train-labels")'
augment    | --set 'augment=shift(pixels = 1)'
batch      | --set 'batch=8'
solver     | --set 'solver=rk4(steps = 2)'
solver     | --set 'solver.steps=3'
gradient   | --set 'gradient=discrete'
statistics | --set 'statistics=running'
statistics | --set 'statistics.settle=3'
.accuracy  | --set 'accuracy=0.01'
optimizer  | --set 'optimizer=sgd(lr = 0.1)'
epochs     | --set 'epochs=2'
clip       | --set 'clip=0.001'
seed       | --seed 6
END_OF

others lorenz sweep '--set over.rho.count=3 --set over.sigma.count=3 --set at=linspace(0,5,51) --set after=1 --set plot=[]' <<'END_OF'
run     | --set 'run=Lorenz(x = 2)'
over    | --set 'over=grid(rho = [14, 28], beta = [2, 3])'
over    | --set 'over=grid(rho = [14], sigma = [10])'
at      | --set 'at=linspace(0, 5, 21)'
after   | --set 'after=2'
summary | --set 'summary=[max(x)]'
plot    | --set 'plot=[histogram(min(y))]'
solver  | --set 'solver=euler(steps = 20)'
solver  | --set 'solver.steps=10'
END_OF

others lorenz butterfly '--set at=linspace(0,5,51)' <<'END_OF'
plot    | --set 'plot=[trajectory(x = y, y = z)]'
plot    | --set 'plot=[trajectory(x = x * y, y = z)]'
END_OF

for clause in $(sed -n 's/^CLAUSE(\([a-z]*\),.*/\1/p' compiler/lang/clauses.def); do
    case " $seen " in *" $clause "*) ;; *) fail "no other value is tried for the clause $clause" ;; esac
done
passed "another value of any clause runs its own code, kept or anew"
