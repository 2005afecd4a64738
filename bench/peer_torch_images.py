#!/usr/bin/env python3
"""The MNIST classifier around a convolutional ODE block in plain PyTorch, as the notebook does it:
milliseconds per training step (forward, adjoint, Adam) on one batch of noise in the images' shape,
and of each convolution alone. Speed does not depend on what is in the pictures."""

import argparse, json, resource, statistics, sys, time

p = argparse.ArgumentParser(description=__doc__)
p.add_argument("--steps", type=int, default=12)
p.add_argument("--batch", type=int, default=32)
p.add_argument("--threads", type=int, default=2)
p.add_argument("--gradient", choices=("adjoint", "autograd"), default="adjoint")
args = p.parse_args()
try:
    import torch
    from torch import nn
    from notebook import Adjoint, Field, euler
except ImportError:
    print(json.dumps({"skipped": "torch is not installed"}))
    sys.exit(0)


def add_time(x, t):
    return torch.cat([x, t.view(1, 1, 1, 1).expand(x.shape[0], 1, *x.shape[2:])], dim=1)


class ConvField(Field):
    def __init__(self, dim):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(dim + 1, dim, 3, 1, 1, bias=False), nn.BatchNorm2d(dim)
        self.conv2, self.norm2 = nn.Conv2d(dim + 1, dim, 3, 1, 1, bias=False), nn.BatchNorm2d(dim)

    def forward(self, x, t):
        x = self.norm1(torch.relu(self.conv1(add_time(x, t))))
        return self.norm2(torch.relu(self.conv2(add_time(x, t))))


class Block(nn.Module):
    def __init__(self, func):
        super().__init__()
        self.func = func

    def forward(self, x):
        t = torch.tensor([[[0.0]], [[1.0]]])
        if args.gradient == "autograd":
            return euler(x, t[0], t[1], self.func)
        return Adjoint.apply(x, t, self.func.flat_parameters(), self.func)[1]


dim = 64
torch.set_num_threads(args.threads)
torch.manual_seed(1)
model = nn.Sequential(nn.Conv2d(1, dim, 3), nn.BatchNorm2d(dim), nn.ReLU(),
                      nn.Conv2d(dim, dim, 4, 2, 1), nn.BatchNorm2d(dim), nn.ReLU(), nn.Conv2d(dim, dim, 4, 2, 1),
                      Block(ConvField(dim)), nn.BatchNorm2d(dim), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                      nn.Linear(dim, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
image, label = torch.randn(args.batch, 1, 28, 28), torch.randint(0, 10, (args.batch,))


def step():
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(image), label)
    loss.backward()
    optimizer.step()
    return loss.item()


def milliseconds(action, times):
    action()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1e3)
    return {"median": statistics.median(taken), "min": min(taken)}


result = {"peer": "torch", "version": torch.__version__, "threads": args.threads, "batch": args.batch,
          "gradient": args.gradient, "step_ms": milliseconds(step, args.steps)}
model.eval()
with torch.no_grad():
    result["forward_ms"] = milliseconds(lambda: model(image), args.steps)
result["peak_kib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps(result))
