#!/usr/bin/env python3
"""The peer to measure against: a neural ODE in plain PyTorch, as the well-known notebook on the
paper does it; its solver and adjoint are in notebook.py."""

import common

args = common.arguments(__doc__, weights=True)
try:
    import torch
    from torch import nn
    from notebook import Adjoint, Field
except ImportError:
    common.skip("torch")


# ---- what is learned --------------------------------------------------------------------------

class Linear(Field):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 2, bias=False)
        nn.init.normal_(self.lin.weight, 0, 0.5)

    def forward(self, z, t):
        return self.lin(z)


class Mlp(Field):
    def __init__(self):
        super().__init__()
        self.lin1, self.lin2, self.lin3 = nn.Linear(2, 16), nn.Linear(16, 16), nn.Linear(16, 2)
        self.elu = nn.ELU(inplace=True)

    def forward(self, z, t):
        return self.lin3(self.elu(self.lin2(self.elu(self.lin1(z)))))


def micro(func):
    """f and f + vjp of one sample, as the adjoint calls them; Euler steps of 1,024 at once."""
    one, t, a = torch.randn(1, 2), torch.zeros(1, 1), torch.randn(1, 2)
    many = torch.randn(1024, 2)

    def forward():
        with torch.no_grad():
            func(one, t)

    def with_vjp():
        func.with_vjp(one.detach().requires_grad_(True), t.detach().requires_grad_(True), a)

    def steps():
        with torch.no_grad():
            many + 0.05 * func(many, t)

    return {"f_us": common.median_us(forward), "f_vjp_us": common.median_us(with_vjp),
            "batch_steps_per_s": 1024 / common.median_us(steps) * 1e6}


torch.set_num_threads(args.threads)
torch.manual_seed(args.seed)
func = {"linear": Linear, "comp": Mlp}[args.experiment]()
if args.weights:
    common.write_weights(args.weights, {name.replace("lin.weight", "W"): p.tolist()
                                        for name, p in func.named_parameters()})
optimizer = torch.optim.Adam(func.parameters(), lr=common.LR)
times = torch.tensor([[[row[0]]] for row in args.rows])             # [time, batch, 1]
seen = torch.tensor([[row[1:]] for row in args.rows])               # [time, batch, 2]


def step(batch):
    target = seen[batch]
    z = Adjoint.apply(target[0], times[batch], func.flat_parameters(), func)
    loss = nn.functional.mse_loss(z, target)
    optimizer.zero_grad()
    loss.backward(retain_graph=True)
    optimizer.step()
    return loss.item()


result = common.train(args, step)
common.report(peer="torch", version=torch.__version__,
              parameters=sum(p.numel() for p in func.parameters()),
              **result, **(micro(func) if args.micro else {}))
