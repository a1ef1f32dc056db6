"""Gradient descent as PyTorch does it, beside ours (Debian's python3-torch and python3-numpy; one thread, processor time):

    /usr/bin/python3 tests/bench/training_peers.py build/release/bin [EPOCHS]

Steps: by autograd and by hand, on data of the sizes of bench_training, against what bench_training prints in the same run.
Run: E1's run for EPOCHS epochs (1000; the paper has 20000) from the same start, recorded every 100th: loss, activation
rate, |v||w| and lambda_max by the power iteration on Hessian-vector products, as PyHessian takes it.
"""
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy
import torch

from power_iteration import power_iteration

torch.set_num_threads(1)


def output(parameters, X):
    W, b, v, beta = parameters
    return torch.relu(X @ W.T - b) @ v + beta


def autograd_step(parameters, X, y, eta, clip=None):
    for p in parameters:
        p.requires_grad_()
    descent = torch.optim.SGD(parameters, lr=eta)

    def step():
        descent.zero_grad(set_to_none=True)
        (0.5 * ((output(parameters, X) - y) ** 2).mean()).backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(parameters, clip)
        descent.step()

    return step


def step_by_hand(parameters, X, y, eta):
    W, b, v, beta = (p.detach().clone() for p in parameters)
    n = len(y)
    Z = torch.cat([X, -torch.ones(n, 1, dtype=X.dtype)], 1)
    T = torch.cat([W, b[:, None]], 1)
    A = torch.empty(n, len(v), dtype=X.dtype)

    def step():
        with torch.no_grad():
            torch.mm(Z, T.t(), out=A)
            A.clamp_(min=0)
            r = (A @ v + beta - y) / n
            dv = A.t() @ r
            A.sign_()
            A.mul_(r[:, None])
            sums = A.t() @ Z
            T.sub_(sums * v[:, None], alpha=eta)
            v.sub_(dv, alpha=eta)
            beta.sub_(r.sum() * eta)

    return step


def milliseconds(step):
    step()
    times = []
    for _ in range(5):
        start = time.process_time()
        count = 0
        while time.process_time() - start < 0.2:
            step()
            count += 1
        times.append(1e3 * (time.process_time() - start) / count)
    return statistics.median(times)


def compare_steps(folder):
    printed = subprocess.run([os.path.join(folder, "bench_training"), "3"], check=True, capture_output=True, text=True)
    print("a step: n, d, K, type, ours, PyTorch by autograd, by hand")
    for line in printed.stdout.splitlines():
        found = re.match(r" *(\d+) +(\d+) +(\d+) init +(\w+) +([0-9.]+) ms", line)
        if not found:
            continue
        n, d, K = (int(found[i]) for i in (1, 2, 3))
        kind = {"double": torch.float64, "float": torch.float32}[found[4]]
        ours = float(found[5])
        g = torch.Generator().manual_seed(1)
        draw = lambda *shape: torch.randn(*shape, generator=g, dtype=torch.float64).to(kind)
        X, y = draw(n, d) / d ** 0.5, draw(n)
        parameters = [draw(K, d), draw(K), draw(K) / K ** 0.5, torch.zeros((), dtype=kind)]
        by_hand = milliseconds(step_by_hand(parameters, X, y, 1e-3))
        by_autograd = milliseconds(autograd_step(parameters, X, y, 1e-3))
        print(f"  {n} {d} {K} {found[4]}: {ours:.4f} ms, {by_autograd / ours:.1f}x, {by_hand / ours:.1f}x", flush=True)


def run_in_torch(net, eta, epochs):
    X, y = torch.tensor(net["X"]), torch.tensor(net["y"])
    parameters = [torch.tensor(numpy.asarray(net[k], dtype=float)) for k in ("W", "b", "v", "beta")]
    step = autograd_step(parameters, X, y, eta, clip=50)  # the default of `train`
    torch.manual_seed(1)
    direction = [torch.randn_like(p) for p in parameters]
    records = []
    start = time.process_time()
    for epoch in range(epochs + 1):
        if epoch % 100 == 0:
            loss = ((output(parameters, X) - y) ** 2).mean() / 2
            value, direction = power_iteration(loss, parameters, direction)
            with torch.no_grad():
                W, b, v, _ = parameters
                active = (X @ W.T - b > 0).double().mean(0)
                norms = v.abs() * W.norm(dim=1)
                loss = float(((output(parameters, X) - y) ** 2).mean() / 2)
            records.append((epoch, loss, value, float(active.mean()), float(norms.sum())))
        if epoch < epochs:
            step()
    return time.process_time() - start, records


def compare_runs(folder, epochs):
    program = os.path.join(folder, "shatterproof")
    settings = "--dim 10 --samples 512 --width 2048 --eta 0.9 --threads 1 --record-every 100".split()
    with tempfile.TemporaryDirectory() as scratch:
        start_file, run_file = os.path.join(scratch, "start.npz"), os.path.join(scratch, "run.npz")

        def train(count, file):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run([program, "train", *settings, "--epochs", str(count), "-o", file], check=True,
                           capture_output=True)
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

        train(0, start_file)
        ours = train(epochs, run_file)
        net, end = dict(numpy.load(start_file)), dict(numpy.load(run_file))
    seconds, records = run_in_torch(net, 0.9, epochs)
    f = numpy.maximum(end["X"] @ end["W"].T - end["b"], 0) @ end["v"] + end["beta"]
    loss = ((f - end["y"]) ** 2).mean() / 2
    print(f"a run of {epochs} epochs with records and lambda_max every 100: ours {ours:.2f} s, PyTorch {seconds:.2f} s,"
          f" {seconds / ours:.1f}x; loss at the end {loss:.6g} and {records[-1][1]:.6g}")


def main():
    folder = sys.argv[1]
    compare_steps(folder)
    compare_runs(folder, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)


main()
