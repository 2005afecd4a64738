#!/usr/bin/env python3
"""From the start of `nodec run` to its first finished training step: with an empty cache (cold) and
again (warm), by each engine.

    bench/startup.py [--nodec FILE] [--rounds N] [--threads N] [--digits DIR]

The digits are those of $NODEC_DATA (or --digits), else made up, of the same size. The time is what
--json calls first_step_ms: from main() until the step's new weights are there, data and all."""

import argparse, json, os, shutil, statistics, subprocess, sys, tempfile
import images

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
WANTED = {("spiral", "cold"): 100, ("spiral", "warm"): 30, ("mnist", "cold"): 500, ("mnist", "warm"): 100}
ENGINES = ("llvm", "cc")
FILES = [f"{kind}-{what}-ubyte.gz" for kind in ("train", "t10k") for what in ("images-idx3", "labels-idx1")]
TESTED = 16                         # test images: what comes after the first step shall be short


def digits(folder, real):
    """60,000 training images in the folder, and a few to test by."""
    if real and all(os.path.exists(f"{real}/{name}") for name in FILES):
        for name in FILES[:2]:
            shutil.copy(f"{real}/{name}", folder)
    else:
        rows = [bytes(400) + os.urandom(100) + bytes(284) for _ in range(500)]      # mostly blank, as digits are
        images.write_idx(f"{folder}/{FILES[0]}", (60000, 28, 28), b"".join(rows) * 120)
        images.write_idx(f"{folder}/{FILES[1]}", (60000,), bytes(i * 7 % 10 for i in range(60000)))
    images.write_idx(f"{folder}/{FILES[2]}", (TESTED, 28, 28), os.urandom(TESTED * 784))
    images.write_idx(f"{folder}/{FILES[3]}", (TESTED,), bytes(i % 10 for i in range(TESTED)))


def commands(data):
    """Per model, what to run."""
    return {"spiral": [f"{TOP}/models/spiral.node", "comp"],
            "mnist": [f"{TOP}/models/mnist.node", "ode_net", "--set", f"data.dir={data}", "--set", "statistics.settle=0"]}


def first_step(nodec, words, engine, threads, cache, out):
    done = subprocess.run([nodec, "run", *words, "--set", "steps=1", "--set", "plot=[]", "--engine", engine, "--threads", str(threads),
                           "--out", out, "--json", "--quiet"], env={**os.environ, "NODEC_CACHE": cache},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    result = json.loads(done.stdout) if not done.returncode else None
    if not result or result["engine"] != engine:
        return None
    return {"ms": result["first_step_ms"], "step_ms": result["us_per_step"] / 1e3}


def measure(nodec, work, rounds=5, threads=1, real=None, say=lambda text: None):
    """{model: {engine: {"cold": [...], "warm": [...]}}}; an engine that is not there is left out."""
    measured = {}
    data, cache = f"{work}/digits", f"{work}/cache"
    os.makedirs(data, exist_ok=True)
    digits(data, real)
    for model, words in commands(data).items():
        measured[model] = {}
        for engine in ENGINES:
            runs = {"cold": [], "warm": []}
            for k in range(rounds):
                for when in runs:
                    if when == "cold":
                        if engine == "cc" and model == "mnist" and k:
                            continue                            # a C compiler takes its time over that
                        shutil.rmtree(cache, ignore_errors=True)
                    runs[when].append(first_step(nodec, words, engine, threads, cache, f"{work}/run"))
            if all(all(r) for r in runs.values()):
                measured[model][engine] = runs
                say(f"    first step of {model}, {engine}: " +
                    ", ".join(f"{when} {statistics.median(r['ms'] for r in runs[when]):.1f} ms" for when in runs))
    return measured


def rows(measured, row, number):
    """Adds the lines of run.py's table."""
    for model, engines in measured.items():
        for when in ("cold", "warm"):
            wanted = WANTED[model, when]
            for engine, runs in engines.items():
                ms = statistics.median(r["ms"] for r in runs[when])
                row(f"{model}: first step, {when}, {engine}, ms", {"nodec": number(ms)}, *((f"{wanted}", ms <= wanted) if engine == "llvm" else ()))
            if "llvm" in engines:
                step = statistics.median(r["step_ms"] for r in engines["llvm"][when])
                row("    the step itself", {"nodec": number(step)})


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--nodec", default=f"{TOP}/build/nodec")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--digits", default=os.environ.get("NODEC_DATA"), metavar="DIR")
    args = p.parse_args()
    with tempfile.TemporaryDirectory() as work:
        measured = measure(args.nodec, work, args.rounds, args.threads, args.digits, lambda text: print(text, file=sys.stderr, flush=True))

    def row(what, cells, wanted="", reached=None):
        print(f"{what:36} {cells['nodec']:>8}  {wanted and 'wanted ' + wanted:12} {'' if reached is None else 'yes' if reached else 'NO'}".rstrip())

    rows(measured, row, lambda x: f"{x:.1f}")
    return 0 if any(measured.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
