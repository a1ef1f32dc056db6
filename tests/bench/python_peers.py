"""lambda_max by what Python users would take, on networks in .npz files, beside `shatterproof flatness --lambda-max`:

    build/release/bin/bench_flatness 1 1 write=DIR          # writes the states of the bench
    /usr/bin/python3 tests/bench/python_peers.py build/release/bin/shatterproof DIR/*.npz

Debian's python3-numpy; python3-scipy and python3-torch where they are installed. Processor time of one thread.
"""
import json
import os
import resource
import subprocess
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import numpy

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


def ours(program, file):
    """The milliseconds of the program as a whole: start, reading and printing included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess.run([program, "flatness", file, "--lambda-max", "--digits", "10", "--json"], check=True,
                         capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    value = json.loads(run.stdout)["lambda_max"]["mid"]
    return value, 1e3 * (after - before)


def main():
    program, files = sys.argv[1], sys.argv[2:]
    for file in files:
        net = dict(numpy.load(file))
        value, milliseconds = ours(program, file)
        print(f"{os.path.basename(file)}: certified, whole program {milliseconds:.1f} ms: {value}")
        for name, module, peer in (("SciPy eigsh", scipy, by_eigsh), ("power iteration as PyHessian", torch, by_power_iteration)):
            if module is None:
                print(f"  {name}: not installed")
                continue
            peer(net)  # warm
            found, time_taken = timed(lambda: peer(net))
            print(f"  {name}: {time_taken:.1f} ms, {time_taken / max(milliseconds, 1e-3):.1f}x, {found:.12g}")


main()
