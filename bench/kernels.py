"""The contractions of models/mnist.node alone, on one thread, as shares of the measured peak: see kernels.c."""

import os

WANTED = {"forward": 90, "backward-data": 90, "weight gradient": 85}
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-O2"]
LIBS = ["-ljansson", "-lz", "-ldl", "-lpthread", "-lm"]


def measure(output, json_of, say, command, top, work, quick):
    """Rows of kernels.c, or None: it is linked with the compiler's objects, which lie beside the command."""
    everything, program = f"{os.path.dirname(os.path.abspath(command))}/everything.a", f"{work}/kernels"
    if not os.path.exists(everything):
        return say(f"kernels are skipped: no {everything}")
    say("kernels")
    include = [f"-I{top}/{folder}" for folder in ("compiler", "runtime", "tests")]
    if output(["cc", *FLAGS, *include, f"{top}/bench/kernels.c", everything, "-o", program, *LIBS]) is None:
        return None
    return json_of([program, work, "0.05" if quick else "0.5"])


def rows(m, peak_gflops, row, number):
    """Adds the lines of the table."""
    for k in m["kernels"] if m and peak_gflops else []:
        share = 100 * k["gflops"] / peak_gflops
        wanted = None if k["what"].startswith("fully") else WANTED[k["kind"]]
        row(f"{k['what']}: {k['kind']}, {k['compiler']}: % of peak", {"nodec": number(share)},
            f"{wanted or ''}", None if wanted is None else share >= wanted)
