#!/usr/bin/env python3
"""The same training step with diffrax on JAX, compiled by XLA for the CPU: its own Euler solver at
the same steps, and its own continuous adjoint (BacksolveAdjoint). XLA compiles one program for each
number of observations in a window; that happens before the clock starts and is reported apart."""

import os
import common

args = common.arguments(__doc__)
os.environ.setdefault("JAX_PLATFORMS", "cpu")
if args.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
try:
    import jax
    import jax.numpy as jnp
except ImportError:
    common.skip("jax")
try:
    import diffrax
except ImportError:
    common.skip("diffrax")

# Observations are evenly spaced, so one step size serves every interval of a window whose
# observations are all there; a window holds at most 31 of them, hence always.
SPACING = common.T_END / (common.POINTS - 1)
STEP = SPACING / common.substeps(0, SPACING)


def uniform(key, n_out, n_in):                      # PyTorch's default for nn.Linear
    w, b = jax.random.split(key)
    bound = n_in ** -0.5
    return (jax.random.uniform(w, (n_out, n_in), minval=-bound, maxval=bound),
            jax.random.uniform(b, (n_out,), minval=-bound, maxval=bound))


def init(key):
    if args.experiment == "linear":
        return 0.5 * jax.random.normal(key, (2, 2))
    k1, k2, k3 = jax.random.split(key, 3)
    return uniform(k1, 16, 2), uniform(k2, 16, 16), uniform(k3, 2, 16)


def linear(t, z, theta):
    return theta @ z


def mlp(t, z, theta):
    (w1, b1), (w2, b2), (w3, b3) = theta
    h = jax.nn.elu(w1 @ z + b1)
    return w3 @ jax.nn.elu(w2 @ h + b2) + b3


term = diffrax.ODETerm({"linear": linear, "comp": mlp}[args.experiment])


def loss_of(theta, ts, target):
    found = diffrax.diffeqsolve(term, diffrax.Euler(), ts[0], ts[-1], STEP, target[0], theta,
                                saveat=diffrax.SaveAt(ts=ts),
                                adjoint=diffrax.BacksolveAdjoint(solver=diffrax.Euler()))
    return jnp.mean((found.ys - target) ** 2)


@jax.jit
def update(theta, m, v, count, ts, target):
    """One step of Adam, written out so that no other package is needed."""
    loss, g = jax.value_and_grad(loss_of)(theta, ts, target)
    tree = jax.tree_util.tree_map
    m = tree(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    scale = common.LR / (1 - 0.9 ** count), 1 - 0.999 ** count
    theta = tree(lambda p, m, v: p - scale[0] * m / (jnp.sqrt(v / scale[1]) + 1e-8), theta, m, v)
    return loss, theta, m, v


theta = init(jax.random.PRNGKey(args.seed))
zeros = jax.tree_util.tree_map(jnp.zeros_like, theta)
state = [theta, zeros, zeros, 0.0]
times = jnp.array([row[0] for row in args.rows])
seen = jnp.array([row[1:] for row in args.rows])
compile_s = 0.0


def warm_up(batches):
    global compile_s
    begin = common.time.perf_counter()
    for batch in {len(b): b for b in batches}.values():
        span = slice(batch[0], batch[-1] + 1)
        update(theta, zeros, zeros, 1.0, times[span], seen[span])[0].block_until_ready()
    compile_s = common.time.perf_counter() - begin


def step(batch):
    span = slice(batch[0], batch[-1] + 1)
    state[3] += 1.0
    loss, *state[:3] = update(*state, times[span], seen[span])
    return loss.item()


result = common.train(args, step, warm_up)
common.report(peer="diffrax", version=f"{diffrax.__version__}, jax {jax.__version__}",
              parameters=sum(p.size for p in jax.tree_util.tree_leaves(theta)),
              compile_seconds=compile_s, **result)
