#!/usr/bin/env python3
"""nodec beside its peers, in one go: one table, and everything measured as JSON.

    bench/run.py [--quick] [--rounds N] [--nodec FILE] [--json FILE] [--work DIR]

A round is nodec, then every peer, on the same observations and (nodec and torch) from the same
initial weights, so that a busy minute of the machine falls on all of them. See bench/README.md.
Standard library only; the peers run as programs of their own."""

import argparse, json, math, os, shutil, statistics, subprocess, sys, time
import common, device, engines, images, kernels, startup

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
PEERS = ("torch", "torchdiffeq", "diffrax")
ONCE = ("diffrax",)                 # compiles a minute before it starts: the first round only
MATVEC_FLOPS = 2 * (2 * 16 + 16 * 16 + 16 * 2)      # of one Mlp evaluation
WANTED = {"ratio": 1500, "batch": 60e6, "share": 35, "compile_ms": 10, "peak_mib": 20}


def say(text):
    print(text, file=sys.stderr, flush=True)


def output(command, **options):
    """Standard output of a command, or None after saying why not."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode:
        say(f"    {' '.join(command)}: exit {done.returncode}\n    {done.stderr.strip()[-400:]}")
        return None
    return done.stdout


def json_of(command, **options):
    text = output(command, **options)
    return json.loads(text[text.index("{"):]) if text else None


# ---- the peers --------------------------------------------------------------------------------

def pythons():
    """Interpreters that may have the peers' packages: $BENCH_PYTHON first."""
    found = [os.environ.get("BENCH_PYTHON"), sys.executable, "/usr/bin/python3"]
    return list(dict.fromkeys(p for p in found if p and os.path.exists(p)))


def run_peer(peer, *arguments):
    last = {"skipped": "no Python to run it"}
    for python in pythons():
        result = json_of([python, f"{HERE}/peer_{peer}.py", *map(str, arguments)])
        if result and "skipped" not in result:
            return result
        last = result or {"skipped": "it failed"}
    return last


# ---- nodec ------------------------------------------------------------------------------------

class Nodec:
    def __init__(self, command, work):
        self.command, self.work = command, work
        self.model = f"{TOP}/models/spiral.node"

    def train(self, experiment, seed, data=None, weights=None, steps=None):
        out = f"{self.work}/run-{experiment}"
        command = [self.command, "run", self.model, experiment, "--json", "--quiet",
                   "--threads", "1", "--seed", str(seed), "--out", out, "--set", "plot=[]"]
        if data:
            command += ["--set", f'data=csv("{data}")']
        if weights:
            command += ["--weights", weights]
        if steps:
            command += ["--set", f"steps={steps}"]
        begin = time.perf_counter()
        result = json_of(command)
        if result:
            result["wall_seconds"] = time.perf_counter() - begin
            result["loss_last"] = result["loss_mean"]           # as the peers mean it: of the last 100
        return result

    def peak_mib(self):
        """Peak memory of a training run. The code is in the cache by now, so no compiler and, with
        no pictures, no gnuplot hides behind it."""
        command = [self.command, "run", self.model, "comp", "--quiet", "--threads", "1",
                   "--out", f"{self.work}/run-memory", "--set", "plot=[]"]
        if shutil.which("time") and os.access("/usr/bin/time", os.X_OK):
            said = subprocess.run(["/usr/bin/time", "-f", "%M", *command], text=True,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            return None if said.returncode else int(said.stderr.split()[-1]) / 1024
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        return None if status else usage.ru_maxrss / 1024

    def compile_ms(self, times=20):
        """Wall time of `nodec models/spiral.node -o spiral.c`, process start included."""
        taken = []
        for _ in range(times):
            begin = time.perf_counter()
            if output([self.command, self.model, "-o", f"{self.work}/spiral.c"]) is None:
                return None
            taken.append((time.perf_counter() - begin) * 1e3)
        return {"min": min(taken), "median": statistics.median(taken)}

    def ensemble(self, compiler):
        program = f"{self.work}/ensemble-{compiler}"
        built = output([compiler, "-std=c11", "-O2", "-march=native", "-ffp-contract=off", "-fno-math-errno",
                        "-fno-trapping-math", f"-I{self.work}", f"{HERE}/ensemble.c",
                        f"{self.work}/spiral.c", "-o", program, "-lm"])
        return None if built is None else json_of([program])


def peak_gflops(work):
    if output(["cc", "-O2", "-march=native", "-ffp-contract=fast", f"{HERE}/peak.c", "-o", f"{work}/peak"]) is None:
        return None
    return json_of([f"{work}/peak"])["gflops"]


# ---- measuring --------------------------------------------------------------------------------

def measure(args):
    work = args.work
    nodec = Nodec(args.nodec, work)
    runs = {name: {"linear": [], "comp": []} for name in ("nodec", *PEERS)}
    skipped, alone = {}, {}
    steps = {"linear": 60, "comp": 60} if args.quick else common.STEPS
    sample = {"linear": 50, "comp": 50 if args.quick else 200}

    def note(name, experiment, result):
        if result is None:
            return
        if "skipped" in result:
            skipped[name] = result["skipped"]
        else:
            runs[name][experiment].append(result)
            say(f"    {name:12} {result['us_per_step']:11.1f} us/step, loss {result['loss_last']:.3g}")

    nodec.train("comp", 0, steps=10)                    # fills the cache of compiled models
    nodec.train("linear", 0, steps=10)
    for seed in range(1, args.rounds + 1):
        for experiment in ("linear", "comp"):
            say(f"round {seed} of {args.rounds}, {experiment}")
            data, weights = f"{work}/{experiment}-{seed}.csv", f"{work}/{experiment}-{seed}.safetensors"
            common.write_csv(data, common.observe(experiment, seed))
            torch = run_peer("torch", experiment, "--seed", seed, "--data", data, "--weights", weights,
                             "--steps", steps[experiment])
            note("torch", experiment, torch)
            start = weights if "skipped" not in torch else None
            # nodec's runs are over in milliseconds: five orders of batches, to know the spread
            for k in range(5):
                note("nodec", experiment, nodec.train(experiment, 100 * seed + k, data, start))
            for peer in PEERS[1:]:
                if peer not in skipped and not (peer in ONCE and runs[peer][experiment]):
                    note(peer, experiment, run_peer(peer, experiment, "--seed", seed, "--data", data,
                                                    "--steps", sample[experiment]))
    say("single calls, batches, compile time, memory")
    if "torch" not in skipped:
        alone["torch"] = run_peer("torch", "comp", "--steps", 5, "--micro")
    compile_ms = nodec.compile_ms()
    return {"machine": machine(), "rounds": args.rounds, "quick": args.quick, "runs": runs,
            "skipped": skipped, "alone": alone, "compile_ms": compile_ms, "peak_mib": nodec.peak_mib(),
            "startup": startup.measure(args.nodec, work, 3 if args.quick else 5, 2, os.environ.get("NODEC_DATA"), say),
            "images": images.measure(json_of, run_peer, say, args.nodec, TOP, work, args.rounds, args.quick),
            "ensemble": {c: nodec.ensemble(c) for c in ("gcc", "clang") if compile_ms and shutil.which(c)},
            "kernels": kernels.measure(output, json_of, say, args.nodec, TOP, work, args.quick),
            "engines": engines.measure(output, json_of, say, args.nodec, TOP, work, args.quick),
            "device": device.measure(json_of, say, args.nodec, TOP, work, args.rounds, args.quick),
            "peak_gflops": peak_gflops(work)}


def machine():
    def first(command):
        text = output(command) if shutil.which(command[0]) else None
        return text.splitlines()[0] if text else "none"
    try:
        with open("/proc/cpuinfo") as info:
            cpu = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        cpu = os.uname().machine
    return {"cpu": cpu, "cores": os.cpu_count(), "gcc": first(["gcc", "--version"]),
            "clang": first(["clang", "--version"])}


# ---- the table --------------------------------------------------------------------------------

def middle(values):
    return statistics.median(values) if values else None


def number(value):
    if value is None:
        return "-"
    if value == 0 or not math.isfinite(value):
        return str(value)
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}" if digits < 7 else f"{value:.2e}"


def times(value):
    return "-" if value is None else number(value) + "x"


def verdict(reached):
    return "" if reached is None else "yes" if reached else "NO"


def table(m):
    """Rows of (what, one text per column, what is wanted, reached or not)."""
    names = ("nodec", *PEERS)
    rows = []

    def row(what, cells, wanted="", reached=None):
        rows.append([what, *(cells.get(n, "") for n in names), wanted, verdict(reached)])

    def at_most(value, limit):
        return None if value is None else value <= limit

    def no_worse(ours, theirs):
        """Is our loss no higher than the peer's, beyond what the order of the batches does? In logarithms,
        round by round: each peer's run against our runs on the same data from the same weights, whose
        spread says what one run is worth. Two standard errors are allowed."""
        each = len(ours) // len(theirs)
        excess, variance = 0, 0
        for k, their in enumerate(theirs):
            logs = [math.log(x) for x in ours[each * k:each * (k + 1)]]
            excess += statistics.mean(logs) - math.log(their)
            variance += statistics.variance(logs) * (1 + 1 / each)
        return excess <= 2 * math.sqrt(variance)

    for experiment in ("comp", "linear"):
        us = {n: middle([r["us_per_step"] for r in m["runs"][n][experiment]]) for n in names}
        ratio = {n: us["torch"] / us[n] if us["torch"] and us[n] else None for n in names}
        row(f"{experiment}: us per training step", {n: number(us[n]) for n in names})
        if experiment == "comp":
            row("    faster than torch", {n: times(ratio[n]) for n in names}, f"{WANTED['ratio']:,}x",
                None if ratio["nodec"] is None else ratio["nodec"] >= WANTED["ratio"])
        else:
            row("    faster than torch", {n: times(ratio[n]) for n in names})
        if not m["quick"]:
            loss = {n: [r["loss_last"] for r in m["runs"][n][experiment]] for n in ("nodec", "torch")}
            mean = {n: statistics.mean(v) if v else None for n, v in loss.items()}
            worst = {n: max(v) if v else None for n, v in loss.items()}
            good = None if None in mean.values() else no_worse(loss["nodec"], loss["torch"])
            row("    loss, last 100 steps, mean", {n: number(v) for n, v in mean.items()}, "torch's", good)
            row("    worst run", {n: number(v) for n, v in worst.items()})

    torch = m["alone"].get("torch") or {}
    best = {c: e for c, e in m["ensemble"].items() if e}
    any_of = next(iter(best.values()), {})
    row("f of one state, us", {"nodec": number(any_of.get("f_us")), "torch": number(torch.get("f_us"))})
    row("f and its vjp, us", {"nodec": number(any_of.get("vjp_us")), "torch": number(torch.get("f_vjp_us"))})
    for c, e in best.items():
        speed = e["batch_steps_per_s"]
        share = 100 * speed * MATVEC_FLOPS / (m["peak_gflops"] * 1e9) if m["peak_gflops"] else 0
        rival = torch.get("batch_steps_per_s")
        row(f"1,024 Mlps, {c}: M Euler steps/s", {"nodec": number(speed / 1e6),
            "torch": number(rival / 1e6 if rival else None)}, number(WANTED["batch"] / 1e6),
            speed >= WANTED["batch"] or share >= WANTED["share"])
        row("    % of peak", {"nodec": number(share)}, f"or {WANTED['share']}")
    compile_ms = m["compile_ms"] or {}
    row("spiral.node to C, ms", {"nodec": number(compile_ms.get("median"))}, f"{WANTED['compile_ms']}",
        at_most(compile_ms.get("median"), WANTED["compile_ms"]))
    memory = {"nodec": m["peak_mib"]}
    for peer in PEERS:
        peaks = [r["peak_kib"] / 1024 for r in m["runs"][peer]["comp"] if "peak_kib" in r]
        memory[peer] = max(peaks, default=None)
    row("peak memory of comp, MiB", {n: number(v) for n, v in memory.items()}, f"{WANTED['peak_mib']}",
        at_most(memory["nodec"], WANTED["peak_mib"]))
    startup.rows(m["startup"], row, number)
    images.rows(m["images"], m["peak_gflops"], row, number, times)
    kernels.rows(m["kernels"], m["peak_gflops"], row, number)
    engines.rows(m["engines"], row, number)
    device.rows(m["device"], row, number)
    return [["float32, one thread", *names, "wanted", "reached"], *rows]


def show(m):
    rows = table(m)
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    def line(r):
        return "  ".join([r[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(r[1:], widths[1:]))]).rstrip()
    print(f"{m['machine']['cpu']}, {m['machine']['gcc']}, {m['machine']['clang']}\n")
    print(line(rows[0]))
    print("-" * (sum(widths) + 2 * (len(widths) - 1)))
    for r in rows[1:]:
        print(line(r))
    for peer, why in m["skipped"].items():
        print(f"\n{peer} skipped: {why}", end="")
    print()


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--quick", action="store_true", help="few torch steps, times only, no losses")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--nodec", default=f"{TOP}/build/nodec")
    p.add_argument("--json", default=f"{TOP}/build/bench.json", metavar="FILE")
    p.add_argument("--work", default=f"{TOP}/build/bench", metavar="DIR")
    args = p.parse_args()
    os.makedirs(args.work, exist_ok=True)
    measured = measure(args)
    with open(args.json, "w") as out:
        json.dump(measured, out, indent=1)
    show(measured)
    say(f"everything measured: {os.path.relpath(args.json)}")
    return 0 if measured["runs"]["nodec"]["comp"] else 1


if __name__ == "__main__":
    sys.exit(main())
