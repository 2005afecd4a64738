#!/usr/bin/env python3
"""The same training step with torchdiffeq: its own Euler solver on the same grid of steps, and its
own continuous adjoint (odeint_adjoint)."""

import common

args = common.arguments(__doc__)
try:
    import torch
    from torch import nn
except ImportError:
    common.skip("torch")
try:
    import torchdiffeq
except ImportError:
    common.skip("torchdiffeq")


class Linear(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 2, bias=False)
        nn.init.normal_(self.lin.weight, 0, 0.5)

    def forward(self, t, z):
        return self.lin(z)


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 16), nn.ELU(), nn.Linear(16, 16), nn.ELU(),
                                 nn.Linear(16, 2))

    def forward(self, t, z):
        return self.net(z)


def grid(func, y0, t):
    """The observation times with equal steps of at most h_max between them."""
    parts = []
    for a, b in zip(t[:-1], t[1:]):
        n = common.substeps(a.item(), b.item())
        parts.append(a + (b - a) * torch.arange(n).to(t) / n)
    return torch.cat([*parts, t[-1:]])


torch.set_num_threads(args.threads)
torch.manual_seed(args.seed)
func = {"linear": Linear, "comp": Mlp}[args.experiment]()
optimizer = torch.optim.Adam(func.parameters(), lr=common.LR)
times = torch.tensor([row[0] for row in args.rows])
seen = torch.tensor([row[1:] for row in args.rows])


def step(batch):
    target = seen[batch]
    z = torchdiffeq.odeint_adjoint(func, target[0], times[batch], method="euler",
                                   options={"grid_constructor": grid})
    loss = nn.functional.mse_loss(z, target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


common.report(peer="torchdiffeq", version=torchdiffeq.__version__,
              parameters=sum(p.numel() for p in func.parameters()), **common.train(args, step))
