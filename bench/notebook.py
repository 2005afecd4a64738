"""The neural-ODE notebook's algorithm in plain PyTorch (Chen et al. 2018, arXiv:1806.07366), for
whoever wants to be measured with it: Euler steps no longer than h_max between observations; the
continuous adjoint as one autograd.Function that integrates [z, a, dL/dtheta, dL/dt] backwards,
with the parameters' adjoint expanded over the batch. States of any shape [batch, ...]."""

import math
import torch
from torch import nn

H_MAX = 0.05


def euler(z, t0, t1, f):
    n = math.ceil((abs(t1 - t0) / H_MAX).max().item())
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
        times, batch, *shape = z.shape
        n, params = math.prod(shape), flat.numel()

        def augmented(aug, ti):
            zi, a = aug[:, :n].view(batch, *shape), aug[:, n:2 * n].view(batch, *shape)
            with torch.enable_grad():
                ti = ti.detach().requires_grad_(True)
                zi = zi.detach().requires_grad_(True)
                f, gz, gt, gp = func.with_vjp(zi, ti, a)
            gz = torch.zeros_like(zi) if gz is None else gz
            gt = torch.zeros(batch, 1).to(zi) if gt is None else gt
            return torch.cat((f.flatten(1), -gz.flatten(1), -gp, -gt), dim=1)

        with torch.no_grad():
            a = torch.zeros(batch, n).to(z)
            g_p = torch.zeros(batch, params).to(z)
            g_t = torch.zeros(times, batch, 1).to(z)
            for i in range(times - 1, 0, -1):
                f = func(z[i], t[i])
                a = a + g_z[i].flatten(1)                   # the jump at an observation
                g_t[i] = g_t[i] - (g_z[i] * f).flatten(1).sum(1, keepdim=True)
                aug = torch.cat((z[i].flatten(1), a, torch.zeros(batch, params).to(z), g_t[i]), dim=-1)
                aug = euler(aug, t[i], t[i - 1], augmented)
                a = aug[:, n:2 * n]
                g_p = g_p + aug[:, 2 * n:2 * n + params]
                g_t[i - 1] = aug[:, 2 * n + params:]
            f = func(z[0], t[0])
            a = a + g_z[0].flatten(1)
            g_t[0] = g_t[0] - (g_z[0] * f).flatten(1).sum(1, keepdim=True)
        return a.view(batch, *shape), g_t, g_p.sum(0), None
