#!/usr/bin/env python3
"""The peer to measure against: a neural ODE in plain PyTorch, as the well-known notebook on the
paper (Chen et al. 2018, arXiv:1806.07366) does it. Euler steps no longer than h_max between
observations; the continuous adjoint as one autograd.Function that integrates
[z, a, dL/dtheta, dL/dt] backwards, with the parameters' adjoint expanded over the batch."""

import common

args = common.arguments(__doc__, weights=True)
try:
    import torch
    from torch import nn
except ImportError:
    common.skip("torch")


# ---- solve and adjoint ------------------------------------------------------------------------

def euler(z, t0, t1, f):
    n = common.math.ceil((abs(t1 - t0) / common.H_MAX).max().item())
    h, t = (t1 - t0) / n, t0
    for _ in range(n):
        z = z + h * f(z, t)
        t = t + h
    return z


class Field(nn.Module):
    def flat_parameters(self):
        return torch.cat([p.flatten() for p in self.parameters()])

    def with_vjp(self, z, t, a):
        """f(z, t) and a.df/dz, a.df/dt, a.df/dtheta; the last two expanded over the batch."""
        batch = z.shape[0]
        out = self(z, t)
        gz, gt, *gp = torch.autograd.grad((out,), (z, t, *self.parameters()), (a,),
                                          allow_unused=True, retain_graph=True)
        gp = torch.cat([g.flatten() for g in gp]).unsqueeze(0).expand(batch, -1) / batch
        if gt is not None:
            gt = gt.expand(batch, 1) / batch
        return out, gz, gt, gp


class Adjoint(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z0, t, flat, func):
        zs = [z0]
        with torch.no_grad():
            for i in range(len(t) - 1):
                zs.append(euler(zs[-1], t[i], t[i + 1], func))
        z = torch.stack(zs)
        ctx.func = func
        ctx.save_for_backward(t, z, flat)
        return z

    @staticmethod
    def backward(ctx, g_z):
        func, (t, z, flat) = ctx.func, ctx.saved_tensors
        times, batch, n = z.shape
        params = flat.numel()

        def augmented(aug, ti):
            zi, a = aug[:, :n], aug[:, n:2 * n]
            with torch.enable_grad():
                ti = ti.detach().requires_grad_(True)
                zi = zi.detach().requires_grad_(True)
                f, gz, gt, gp = func.with_vjp(zi, ti, a)
            gz = torch.zeros_like(zi) if gz is None else gz
            gt = torch.zeros(batch, 1).to(zi) if gt is None else gt
            return torch.cat((f, -gz, -gp, -gt), dim=1)

        with torch.no_grad():
            a = torch.zeros(batch, n).to(z)
            g_p = torch.zeros(batch, params).to(z)
            g_t = torch.zeros(times, batch, 1).to(z)
            for i in range(times - 1, 0, -1):
                f = func(z[i], t[i])
                a = a + g_z[i]                              # the jump at an observation
                g_t[i] = g_t[i] - (g_z[i] * f).sum(1, keepdim=True)
                aug = torch.cat((z[i], a, torch.zeros(batch, params).to(z), g_t[i]), dim=-1)
                aug = euler(aug, t[i], t[i - 1], augmented)
                a = aug[:, n:2 * n]
                g_p = g_p + aug[:, 2 * n:2 * n + params]
                g_t[i - 1] = aug[:, 2 * n + params:]
            f = func(z[0], t[0])
            a = a + g_z[0]
            g_t[0] = g_t[0] - (g_z[0] * f).sum(1, keepdim=True)
        return a, g_t, g_p.sum(0), None


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
