"""lambda_max by what Python users would take, on networks in .npz files, beside this project's module in the same process:

    build/release/bin/bench_flatness 1 1 write=DIR          # writes the states of the bench
    PYTHONPATH=build/release/python /usr/bin/python3 tests/bench/python_peers.py DIR/*.npz

Needs the module (CMake option SHATTERPROOF_PYTHON) and Debian's python3-numpy; python3-scipy and python3-torch where they are
installed. Processor time of one thread; each ratio is the median over rounds in which all run in turn.
"""
import os
import statistics
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import numpy

import shatterproof

try:
    import scipy.sparse.linalg
except ImportError:
    scipy = None
try:
    import torch
    from power_iteration import power_iteration
except ImportError:
    torch = None


def timed(work):
    start = time.process_time()
    value = work()
    return value, 1e3 * (time.process_time() - start)


def by_eigsh(net):
    """ARPACK with products by two matrix products each."""
    X, y, W, b, v = (net[k] for k in ("X", "y", "W", "b", "v"))
    n, (K, d) = len(y), W.shape
    Z = numpy.hstack([X, -numpy.ones((n, 1))])
    T = numpy.hstack([W, b[:, None]])
    S = Z @ T.T
    on = (S > 0).astype(float)
    h = S * on
    r = h @ v + net["beta"] - y
    blocks = (on * r[:, None]).T @ Z / n

    def product(u):
        u = u.ravel()
        rows, outputs, bias = u[:K * (d + 1)].reshape(K, d + 1), u[K * (d + 1):-1], u[-1]
        g = ((Z @ rows.T) * on) @ v + h @ outputs + bias
        sums = (on * g[:, None]).T @ Z / n
        return numpy.concatenate([(v[:, None] * sums + outputs[:, None] * blocks).ravel(),
                                  h.T @ g / n + (blocks * rows).sum(1), [g.mean()]])

    operator = scipy.sparse.linalg.LinearOperator((K * (d + 2) + 1,) * 2, matvec=product, dtype=float)
    return scipy.sparse.linalg.eigsh(operator, k=1, which="LA", ncv=8, tol=1e-10, return_eigenvectors=False)[0]


def by_power_iteration(net):
    """As PyHessian does by default: Hessian-vector products by double backward, at most 100 steps, relative change 1e-3."""
    torch.set_num_threads(1)
    parameters = [torch.tensor(numpy.asarray(net[k], dtype=float), requires_grad=True) for k in ("W", "b", "v", "beta")]
    X, y = torch.tensor(net["X"]), torch.tensor(net["y"])
    W, b, v, beta = parameters
    loss = ((torch.relu(X @ W.T - b) @ v + beta - y) ** 2).mean() / 2
    torch.manual_seed(1)
    return power_iteration(loss, parameters, [torch.randn_like(p) for p in parameters])[0]


PEERS = (("SciPy eigsh", scipy, by_eigsh), ("power iteration as PyHessian", torch, by_power_iteration))
ROUNDS = 5


def main():
    for file in sys.argv[1:]:
        net = {name: numpy.asarray(array, dtype=float) for name, array in numpy.load(file).items()}
        arrays = {name: net[name] for name in ("W", "b", "v", "beta", "X", "y")}
        peers = [(name, peer) for name, module, peer in PEERS if module is not None]
        times = {name: [] for name in ["uncertified", "certified"] + [name for name, _ in peers]}
        found = {}
        for _ in range(ROUNDS + 1):  # the first warms up
            for name, certified in (("uncertified", False), ("certified", True)):
                found[name], milliseconds = timed(
                    lambda: shatterproof.lambda_max(**arrays, certified=certified, digits=10))
                times[name].append(milliseconds)
            for name, peer in peers:
                found[name], milliseconds = timed(lambda: peer(net))
                times[name].append(milliseconds)
        times = {name: each[1:] for name, each in times.items()}
        print(f"{os.path.basename(file)}: uncertified {statistics.median(times['uncertified']):.2f} ms, {found['uncertified']:.12g}; "
              f"certified {statistics.median(times['certified']):.2f} ms, {found['certified']}")
        for name, module, _ in PEERS:
            if module is None:
                print(f"  {name}: not installed")
                continue
            ratios = [statistics.median(t / ours for t, ours in zip(times[name], times[which]))
                      for which in ("uncertified", "certified")]
            print(f"  {name}: {statistics.median(times[name]):.1f} ms, {ratios[0]:.1f}x the uncertified value's time, "
                  f"{ratios[1]:.1f}x the certified one's; {float(found[name]):.12g}")


main()
