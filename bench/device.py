#!/usr/bin/env python3
"""An OpenCL device beside the C that nodec writes, on the same cores where PoCL is the device.

    bench/device.py [--rounds N]

The ensemble is a sweep of Mlp by Euler; the classifier takes training steps as in images.py. Both ways
run in turns, with as many threads as the machine has cores; the best turn of each counts, because others
on the machine only ever add to it. `run.py` has the same rows in its table."""

import argparse, os, statistics

import images

CORES = os.cpu_count() or 1
WANTED = {"ensemble": 0.85, "exact": 0.80, "1e-5": 0.80}
WAYS = {"C": ["--engine", "cc"], "OpenCL": ["--device", "opencl"]}
ENSEMBLE = """
experiment ensemble {
    run     = Mlp(x = normal(0, 1))
    over    = sample(count = 16384)
    at      = 0 .. 50
    solver  = euler(steps = 1000)
    summary = last(x[0])
}
"""


def steps_of(json_of, command, model, more):
    """Millions of Euler steps per second."""
    run = json_of([command, "run", model, "ensemble", "--json", "--quiet", "--threads", str(CORES), *more])
    return run and {"speed": run["trajectory_steps_per_s"] / 1e6, "found": run["summary"]}


def images_of(json_of, command, model, work, accuracy, more, steps):
    """Training steps per second."""
    run = images.train(json_of, command, model, work, images.ACCURACY[accuracy] + more, steps, CORES)
    return run and {"speed": 1e6 / run["us_per_step"], "found": run["loss_mean"]}


def measure(json_of, say, command, top, work, rounds, quick):
    """{what: {way: [speeds]}}, or None where there is no device."""
    if json_of([command, "run", f"{top}/models/lorenz.node", "butterfly", "--device", "opencl", "--json", "--quiet", "--set", "plot=[]"]) is None:
        return say("    an OpenCL device beside C is skipped: there is none (nodec devices says why)")
    model = f"{work}/ensemble.node"
    with open(f"{top}/models/spiral.node") as spiral, open(model, "w") as out:
        out.write(spiral.read() + ENSEMBLE)
    if not os.path.exists(f"{work}/train-images-idx3-ubyte.gz"):
        images.noise(work)
    steps = 16 if quick else 64     # a device needs a moment before the first, to load its kernels
    turns = {"ensemble": lambda more: steps_of(json_of, command, model, more)}
    for accuracy in images.ACCURACY:
        turns[accuracy] = lambda more, a=accuracy, n=steps: images_of(json_of, command, f"{top}/models/mnist.node", work, a, more, n)
    speeds = {what: {way: [] for way in WAYS} for what in turns}
    for what, turn in turns.items():
        for more in WAYS.values():
            turn(more)                              # fills the caches of compiled models
        for k in range(rounds):
            found = []
            for way, more in sorted(WAYS.items(), reverse=k % 2):
                run = turn(more)
                if run:
                    speeds[what][way].append(run["speed"])
                    found.append(run["found"])
            if len(found) == 2 and found[0] != found[1]:
                say(f"    {what}: a device finds {found[0]}, C {found[1]}")
        say(f"    {what}: " + ", ".join(f"{way} {' '.join(f'{s:.4g}' for s in v)}" for way, v in speeds[what].items()))
    return speeds


def rows(m, row, number):
    """Adds the lines of the table: the device's speed, and its share of C's."""
    for what, speeds in (m or {}).items():
        if not all(speeds.values()):
            continue
        best = {way: max(v) for way, v in speeds.items()}
        middle = {way: statistics.median(v) for way, v in speeds.items()}
        share = best["OpenCL"] / best["C"]
        unit = "M Euler steps/s" if what == "ensemble" else "training steps/s"
        row(f"{'16,384 Mlps' if what == 'ensemble' else 'MNIST, ' + what}, OpenCL: {unit}", {"nodec": number(best["OpenCL"])})
        row("    share of C's, best and median", {"nodec": f"{share:.2f} {middle['OpenCL'] / middle['C']:.2f}"}, f"{WANTED[what]:.2f}",
            share >= WANTED[what])


def main():
    import run
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--quick", action="store_true")
    p.add_argument("--nodec", default=f"{run.TOP}/build/nodec")
    p.add_argument("--work", default=f"{run.TOP}/build/bench", metavar="DIR")
    args = p.parse_args()
    os.makedirs(args.work, exist_ok=True)

    def row(what, cells, wanted="", reached=None):
        print(f"{what:48} {cells['nodec']:>12}  {wanted:>6}  {run.verdict(reached)}")

    rows(measure(run.json_of, run.say, args.nodec, run.TOP, args.work, args.rounds, args.quick), row, run.number)


if __name__ == "__main__":
    main()
