"""LLVM's machine code beside that of C compilers, on the same entries: see engines.c."""

import os

WANTED = 1.05                       # times the time of either
LIBS = ["-lnodec", "-lpthread", "-lm"]


def measure(output, json_of, say, command, top, work, quick):
    """Rows of engines.c, or None: it needs the library, which lies beside the command, and LLVM's plugin."""
    beside, program = os.path.dirname(os.path.abspath(command)), f"{work}/engines"
    if not all(os.path.exists(f"{beside}/{name}") for name in ("libnodec.so", "libnodec-jit.so")):
        return say(f"LLVM's code beside C is skipped: no libnodec-jit.so in {beside}")
    say("LLVM's code beside C")
    sources = [f"{top}/bench/engines.c", f"{top}/runtime/pool.c", f"{top}/runtime/fault.c"]
    include = [f"-I{top}/compiler/library", f"-I{top}/runtime"]
    if output(["cc", "-std=c11", "-D_GNU_SOURCE", "-O2", *include, *sources, f"-L{beside}", f"-Wl,-rpath,{beside}", "-o", program, *LIBS]) is None:
        return None
    return json_of([program, f"{top}/models", "0.05" if quick else "1"])


def rows(m, row, number):
    """Adds the lines of the table: microseconds, and how many times those of the faster C compiler."""
    for e in m["engines"] if m else []:
        best = min(e["gcc"]["us"], e["clang"]["us"])
        ratio = e["llvm"]["us"] / best
        row(f"{e['what']}, LLVM, us", {"nodec": number(e["llvm"]["us"])})
        row("    times the faster of gcc's and clang's", {"nodec": f"{ratio:.2f}x"}, f"{WANTED}x", ratio <= WANTED)
