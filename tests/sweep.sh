#!/bin/sh
# Sweeps through the command: the same files for any number of threads, what Lorenz found,
# trajectories that diverge, an interrupt, and what cannot be done.
. "${0%/*}/lib/shell.sh"
. "${0%/*}/lib/fake.sh"

small="--set over.rho.count=23 --set over.sigma.count=17 --set at=linspace(0,5,51) --set after=1"
for threads in 1 2 3; do
    exits 0 "$NODEC" run models/lorenz.node sweep $small --threads $threads --quiet --json --out "$work/$threads"
    [ ! -s "$work/err" ] || { cat "$work/err"; fail "--quiet is not quiet"; }
done
for file in summary.csv heatmap.dat heatmap-2.dat histogram.dat result.json; do
    [ -s "$work/1/$file" ] || fail "no $file in $(ls "$work/1")"
    same "$work/1/$file" "$work/2/$file" "two threads"
    same "$work/1/$file" "$work/3/$file" "three threads"
done
[ "$(wc -l <"$work/1/summary.csv")" = $((23 * 17 + 1)) ] || fail "$(wc -l <"$work/1/summary.csv") lines in summary.csv"
[ "$(head -n 1 "$work/1/summary.csv")" = "rho,sigma,max(z),mean(x > 0),sd(z),crossings(x),peaks(z)" ] || fail "columns: $(head -n 1 "$work/1/summary.csv")"
for word in experiment trajectories not_finite seconds trajectory_steps_per_s memory_mib; do
    grep -q "\"$word\"" "$work/out" || fail "no $word in --json"
done
exits 0 "$NODEC" run models/lorenz.node sweep $small --engine cc --quiet --out "$work/cc"
same "$work/1/summary.csv" "$work/cc/summary.csv" "compiled by cc"
how="for any threads and engine"
if "$NODEC" devices >"$work/out" 2>"$work/err"; then
    exits 0 "$NODEC" run models/lorenz.node sweep $small --device opencl --quiet --out "$work/device"
    ! "$NODEC" devices | grep -q 'float arithmetic gives the bits' || same "$work/1/summary.csv" "$work/device/summary.csv" "an OpenCL device"
    how="$how, also an OpenCL device"

    # 2 reals of each of 20,000 trajectories go there, its inputs, and 5 come back, its summaries.
    if fake; then
        exits 0 env NODEC_OPENCL="$work/fake.so" FAKE_OPENCL="trace=$work/trace" "$NODEC" run models/lorenz.node sweep --device opencl \
            --set 'over.rho.count=200' --set 'over.sigma.count=100' --set 'at=linspace(0,1,301)' --set after=0 --set 'plot=[]' --quiet --out "$work/bus"
        awk '$1 == "send" || $3 == "to" { to += $2 }
             $1 == "fetch" || $3 == "from" { from += $2 }
             END { print to " bytes to the device, " from " back"; exit !(to >= 160000 && to < 180000 && from >= 400000 && from < 420000) }' \
            "$work/trace" >"$work/bytes" || fail "$(cat "$work/bytes")"

        # What each trajectory needs to be computed, 23 kB here, decides how many are in a piece.
        cat models/spiral.node - >"$work/wide.node" <<-'end'
	experiment wide { run = Mlp(x = normal(0, 1), hidden = 200)  over = sample(count = 50000)  at = 0 .. 1  solver = euler(steps = 1)  summary = last(x[0]) }
	end
        exits 0 env NODEC_OPENCL="$work/fake.so" FAKE_OPENCL=memory=1000000000 "$NODEC" run "$work/wide.node" wide --device opencl --quiet --out "$work/wide"
    fi
fi
exits 0 "$NODEC" run models/lorenz.node sweep $small --quiet --format npy --out "$work/npy"
[ -s "$work/npy/summary.npy" ] && [ ! -e "$work/npy/summary.csv" ] || fail "--format npy leaves $(ls "$work/npy")"

# Rows of a table are the points of a grid, if they are these.
cp models/lorenz.node "$work"
printf 'Reynolds,Prandtl\n14,10\n14,16\n28,10\n28,16\n' >"$work/air.csv"
exits 0 "$NODEC" run "$work/lorenz.node" sweep --set 'over=csv("air.csv") |> points(rho = "Reynolds", sigma = "Prandtl")' --set 'plot=[]' --quiet --out "$work/table"
exits 0 "$NODEC" run "$work/lorenz.node" sweep --set 'over=grid(rho = [14, 28], sigma = [10, 16])' --set 'plot=[]' --quiet --out "$work/grid"
same "$work/table/summary.csv" "$work/grid/summary.csv" "points of a table"
exits 1 "$NODEC" run "$work/lorenz.node" sweep --set 'over=csv("air.csv") |> points(rho = "Reynold")' --set 'plot=[]'
says 'no column .Reynold' 'did you mean .Reynolds'

# Lyapunov's exponent is 0.906 where Lorenz looked (Viswanath 1998), below 0 where all comes to rest.
exits 0 "$NODEC" run models/lorenz.node chaos --set 'over=grid(rho = [0.5, 28], sigma = [10])' --set 'plot=[]' --quiet --out "$work/chaos"
awk -F, 'NR == 2 && !($3 < -0.1) || NR == 3 && !($3 > 0.75 && $3 < 1.05) { exit 1 }' "$work/chaos/summary.csv" ||
    { cat "$work/chaos/summary.csv"; fail "Lyapunov's exponents"; }

# Steps so long that the method itself diverges where rho is large: told apart, no failure.
exits 0 "$NODEC" run models/lorenz.node sweep $small --set 'solver=rk4(steps = 1)' --set 'at=linspace(0,20,101)' --out "$work/far" --json --quiet
says 'trajectories left the finite numbers'
lost=$(sed -n 's/.*"not_finite": \([0-9]*\).*/\1/p' "$work/out")
[ "$lost" -gt 0 ] && [ "$lost" -lt 391 ] || fail "$lost of 391 trajectories diverge"
[ "$(grep -c 'NaN,NaN,NaN,NaN,NaN$' "$work/far/summary.csv")" = "$lost" ] || fail "their rows are not marked"

# Stopped: what there is, under a name that says so.
"$NODEC" run models/lorenz.node sweep --set over.rho.count=40000 --quiet --format csv --out "$work/stopped" 2>"$work/err" &
job=$!
until ls "$work"/stopped/*.tmp >/dev/null 2>&1 || ! kill -0 $job 2>/dev/null; do sleep 0.05; done
sleep 1
kill -TERM $job
wait $job
[ $? = 130 ] || { cat "$work/err"; fail "a stopped run ends otherwise"; }
says 'stopped after [0-9]* of 10000000 trajectories' 'summary-partial'
[ -s "$work/stopped/summary-partial.csv" ] && [ ! -e "$work/stopped/summary.csv" ] || fail "a stopped run leaves $(ls "$work/stopped")"
grep -q '"finished": false' "$work/stopped/result.json" || fail "result.json does not say that it was stopped"

# Whole trajectories, of which all stay finite, or those with rho = 28 do not.
exits 0 "$NODEC" run models/lorenz.node butterfly --quiet --out "$work/butterfly"
[ ! -s "$work/err" ] || { cat "$work/err"; fail "butterfly"; }
[ "$(wc -l <"$work/butterfly/trajectories.csv")" = $((3 * 3001 + 1)) ] || fail "trajectories.csv"
exits 0 "$NODEC" run models/lorenz.node butterfly --set 'at=linspace(0,20,201)' --set 'over.rho=[0.5, 280]' --set 'solver=rk4(steps=1)' --set 'plot=[]' --out "$work/far"
says '1 of 2 trajectories left the finite numbers$' '^butterfly: 2 trajectories of 200 steps in '

# At its end a run tells what it found.
exits 0 "$NODEC" run models/lorenz.node sweep $small --out "$work/told"
says '^sweep: 391 trajectories of 1000 steps in .* steps/s); .*/told$' '^ *mean *sd *min *max$' '^mean(x > 0) *0\.[0-9]* *0\.[0-9]* *0 *1$'
exits 2 "$NODEC" run models/lorenz.node sweep --resume
says 'resume'
exits 2 "$NODEC" run models/lorenz.node sweep --format xml
exits 1 "$NODEC" run models/lorenz.node sweep --set 'over=grid(rho = linspace(0, 1, 1000000), sigma = linspace(0, 1, 1000000))'
says 'trajectories, and there may be'
exits 1 "$NODEC" run models/lorenz.node sweep --set 'summary=[]' --set 'plot=[]'
says 'say with .summary. what'
exits 4 "$NODEC" run models/lorenz.node sweep --set 'solver=rk4(h_max = 0.001, max_steps = 10)'
says 'max_steps'
exits 1 "$NODEC" run models/lorenz.node sweep butterfly --compare --out "$work/compare"
says 'compare'
passed "the same files $how; divergence is counted, an interrupt leaves what there is"
