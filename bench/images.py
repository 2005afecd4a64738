"""The image classifier of models/mnist.node beside PyTorch: one training step on 32 images, with two
threads. The pictures are noise: how long a step takes does not depend on them."""

import gzip, random, re, shutil, statistics, struct, subprocess, time

IMAGES, BATCH, THREADS = 1024, 32, 2
WANTED = {"exact": 4, "1e-5": 7, "compile_ms": 50, "cc_s": 2, "training_mib": 64}
ACCURACY = {"exact": [], "1e-5": ["--set", "accuracy=1e-5"]}
FLAGS = ["-std=c11", "-O2", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]


def write_idx(path, shape, body):
    with gzip.GzipFile(path, "wb", compresslevel=1, mtime=0) as out:
        out.write(struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape) + body)


def noise(folder):
    """Training and test files as the model names them."""
    rng = random.Random(1)
    for kind in ("train", "t10k"):
        write_idx(f"{folder}/{kind}-images-idx3-ubyte.gz", (IMAGES, 28, 28), rng.randbytes(IMAGES * 784))
        write_idx(f"{folder}/{kind}-labels-idx1-ubyte.gz", (IMAGES,), bytes(rng.randrange(10) for _ in range(IMAGES)))


def train(json_of, command, model, work, more, steps, threads=THREADS):
    return json_of([command, "run", model, "ode_net", "--json", "--quiet", "--threads", str(threads),
                    "--out", f"{work}/run-images", "--set", f"data.dir={work}", "--set", f"steps={steps}",
                    "--set", "plot=[]", *more])


def seconds_of(command):
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return None if done.returncode else time.perf_counter() - begin


def measure(json_of, run_peer, say, command, top, work, rounds, quick):
    model, source = f"{top}/models/mnist.node", f"{work}/mnist.c"
    noise(work)
    result = {"steps": {name: [] for name in ACCURACY}, "torch": [], "alone": [], "skipped": None, "compile_ms": [], "cc_s": {}}
    steps = 32 if quick else 96
    for more in ACCURACY.values():
        train(json_of, command, model, work, more, 1)           # fills the cache of compiled models
    for k in range(1, rounds + 1):
        say(f"round {k} of {rounds}, images")
        for name, more in ACCURACY.items():
            run = train(json_of, command, model, work, more, steps)
            if run:
                result["steps"][name].append(run)
                say(f"    nodec, {name:5} {run['us_per_step'] / 1e3:11.1f} ms/step")
        alone = train(json_of, command, model, work, [], steps // 2, 1)
        if alone:
            result["alone"].append(alone)
        if not result["skipped"]:
            torch = run_peer("torch_images", "--threads", THREADS, "--batch", BATCH, "--steps", 4 if quick else 12)
            result["skipped"] = torch.get("skipped")
            if not result["skipped"]:
                result["torch"].append(torch)
                say(f"    torch        {torch['step_ms']['median']:11.1f} ms/step")
    for _ in range(10):
        result["compile_ms"].append(1e3 * (seconds_of([command, model, "ode_net", "-o", source]) or 0))
    with open(source[:-1] + "h") as header:                     # what a step multiplies, by the model's own account
        result["madds"] = int(re.search(r"multiply-adds per sample: \d+ for forward, (\d+) for train", header.read())[1])
    for compiler in ("gcc", "clang"):
        if shutil.which(compiler):
            result["cc_s"][compiler] = seconds_of([compiler, *FLAGS, "-c", source, "-o", f"{work}/mnist.o"])
    return result


def rows(m, peak_gflops, row, number, times):
    """Adds the lines of the table."""
    def middle(values):
        return statistics.median(values) if values else None

    torch = middle([r["step_ms"]["median"] for r in m["torch"]])
    for name in ACCURACY:
        ms = middle([r["us_per_step"] / 1e3 for r in m["steps"][name]])
        row(f"MNIST step of {BATCH}, {THREADS} threads, {name}: ms", {"nodec": number(ms), "torch": number(torch)})
        ratio = torch / ms if torch and ms else None
        row("    faster than torch", {"nodec": times(ratio)}, f"{WANTED[name]}x",
            None if ratio is None else ratio >= WANTED[name])
    ms = middle([r["us_per_step"] / 1e3 for r in m["alone"]])
    row("    one thread, exact: ms", {"nodec": number(ms)})
    if ms and peak_gflops:
        share = 2 * m["madds"] * BATCH / (ms * 1e6) / peak_gflops
        row("    % of peak, all of the step", {"nodec": number(100 * share)})
    mib = max((r["training_mib"] for runs in m["steps"].values() for r in runs), default=None)
    row("    memory beyond the data, MiB", {"nodec": number(mib)}, f"{WANTED['training_mib']}",
        None if mib is None else mib < WANTED["training_mib"])
    ms = middle(m["compile_ms"])
    row("mnist.node to C, ms", {"nodec": number(ms)}, f"{WANTED['compile_ms']}", ms <= WANTED["compile_ms"])
    for compiler, seconds in m["cc_s"].items():
        row(f"that C by {compiler} -O2, s", {"nodec": number(seconds)}, f"{WANTED['cc_s']}",
            None if seconds is None else seconds <= WANTED["cc_s"])
