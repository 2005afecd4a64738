"""What all peers share, so that they differ in nothing but how they learn: the two experiments,
their observations, the random windows a step trains on, the command line and the JSON printed.
Standard library only."""

import argparse, csv, json, math, random, resource, statistics, struct, sys, time

T_END, POINTS, NOISE, H_MAX = 31.45, 200, 0.01, 0.05
X0, LR = (0.6, 0.3), 0.01
STEPS = {"linear": 500, "comp": 3000}


# ---- the truth --------------------------------------------------------------------------------

def spiral(x):
    return (-0.1 * x[0] - x[1], x[0] - 0.1 * x[1])


def two_wells(x):
    s = 1 / (1 + math.exp(x[0]))                    # sigmoid(-dot(x, x0)) with x0 = (-1, 0) is
    c = 1 - s                                       # sigmoid(x[0]) = c
    u, v = x[0] + 1, x[0] - 1                       # x - x0 and x + x0, first components
    return (s * (-0.1 * u - 0.5 * x[1]) + c * (0.2 * v + 1.0 * x[1]),
            s * (0.5 * u - 0.1 * x[1]) + c * (-1.0 * v + 0.2 * x[1]))


TRUTH = {"linear": spiral, "comp": two_wells}


def substeps(t0, t1):
    """Euler steps between two observations: equal ones, none longer than H_MAX."""
    return max(1, math.ceil(abs(t1 - t0) / H_MAX))


def observe(experiment, seed):
    """[(t, x0, x1)]: the truth by Euler at 200 times, with noise."""
    f, rng = TRUTH[experiment], random.Random(f"observations {seed}")
    times = [T_END * i / (POINTS - 1) for i in range(POINTS)]
    x, rows = X0, []
    for i, t in enumerate(times):
        if i:
            n = substeps(times[i - 1], t)
            h = (t - times[i - 1]) / n
            for _ in range(n):
                d = f(x)
                x = (x[0] + h * d[0], x[1] + h * d[1])
        rows.append((t, x[0] + rng.gauss(0, NOISE), x[1] + rng.gauss(0, NOISE)))
    return rows


def write_csv(path, rows):
    with open(path, "w") as out:
        out.write("t,x[0],x[1]\n")
        out.writelines(f"{t:.9g},{a:.9g},{b:.9g}\n" for t, a, b in rows)


def read_csv(path):
    """Three columns, whatever they are called: time and the two states."""
    with open(path) as file:
        return [tuple(map(float, row)) for row in list(csv.reader(file))[1:]]


def write_weights(path, named):
    """{name: nested lists of floats} as safetensors, so that nodec can start from the same."""
    header, body = {}, b""
    for name, value in named.items():
        shape, flat = [], value
        while isinstance(flat, list):
            shape.append(len(flat))
            flat = flat[0]
        flat = value
        for _ in shape[1:]:
            flat = [x for row in flat for x in row]
        begin = len(body)
        body += struct.pack(f"<{len(flat)}f", *flat)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(body)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + body)


# ---- a batch ----------------------------------------------------------------------------------

def window(rows, rng):
    """Indices of at most 32 random observations, in order, inside a random 1 to 5 time units."""
    while True:
        begin = rng.uniform(0, T_END - 5.0)
        end = begin + rng.uniform(1.0, 5.0)
        inside = [i for i, row in enumerate(rows) if begin < row[0] < end]
        if len(inside) > 1:
            return sorted(rng.sample(inside, min(32, len(inside))))


# ---- command line and result ------------------------------------------------------------------

def arguments(what, weights=False):
    p = argparse.ArgumentParser(description=what)
    p.add_argument("experiment", nargs="?", default="comp", choices=sorted(STEPS))
    p.add_argument("--steps", type=int, help="training steps (500 for linear, 3000 for comp)")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--data", metavar="FILE", help="CSV with columns t, x[0], x[1]; else simulated")
    p.add_argument("--micro", action="store_true", help="also time f, its vjp and batched steps")
    if weights:
        p.add_argument("--weights", metavar="FILE", help="leave the initial weights here")
    a = p.parse_args()
    a.steps = STEPS[a.experiment] if a.steps is None else a.steps
    a.rows = read_csv(a.data) if a.data else observe(a.experiment, a.seed)
    return a


def skip(package):
    print(json.dumps({"skipped": f"{package} is not installed"}))
    sys.exit(0)


def median_us(action, seconds=0.5):
    """Median time of one call over about that many seconds, after one tenth of it to warm up."""
    times, end = [], time.perf_counter() + seconds / 10
    while time.perf_counter() < end:
        action()
    end += seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def train(args, step, warm_up=None):
    """Runs step(indices) -> loss, a number, args.steps times; says how long and how well."""
    rng = random.Random(f"batches {args.seed}")
    batches = [window(args.rows, rng) for _ in range(args.steps)]
    if warm_up:
        warm_up(batches)
    losses, times, begin = [], [], time.perf_counter()
    for batch in batches:
        start = time.perf_counter()
        losses.append(step(batch))
        times.append(time.perf_counter() - start)
    last = losses[-100:]
    return {"experiment": args.experiment, "steps": args.steps, "seed": args.seed,
            "threads": args.threads, "seconds": time.perf_counter() - begin,
            "us_per_step": statistics.median(times) * 1e6,
            "us_per_step_mean": statistics.mean(times) * 1e6,
            "loss_first": losses[0], "loss_last": sum(last) / len(last)}


def report(**result):
    result["peak_kib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(result))
