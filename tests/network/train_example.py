#!/usr/bin/env python3
"""Trains a two-layer ReLU network by full-batch gradient descent and writes what `shatterproof flatness` reads.

    train_example.py FOLDER [--with torch|numpy] [--seed 3] [--samples 24] [--dimension 3] [--neurons 16] ...

    FOLDER/net.npz            fc1.weight, fc1.bias, fc2.weight, fc2.bias, X, y
    FOLDER/net.safetensors    the network alone
    FOLDER/data.npz           X, y alone
    FOLDER/run/epoch_*.safetensors   checkpoints, the first before training

Loss 1/(2n) sum (f(x_i) - y_i)^2. The files of tests/golden/trained were written with the defaults by Debian's
python3-torch 1.13.1; --with numpy needs numpy only and follows the same formulas.
"""
import argparse
import json
import pathlib
import struct

import numpy


def write_safetensors(path, tensors):
    """8 bytes of length, a JSON header, the tensors one behind the other."""
    header, blob = {}, b""
    for name, array in tensors.items():
        raw = numpy.ascontiguousarray(array, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def data_set(rng, samples, dimension):
    """Points uniform in the unit ball, noisy labels."""
    X = rng.standard_normal((samples, dimension))
    X *= (rng.random((samples, 1)) ** (1 / dimension)) / numpy.linalg.norm(X, axis=1, keepdims=True)
    y = X[:, 0] + 0.5 * rng.standard_normal(samples)
    return X.astype(numpy.float32), y.astype(numpy.float32)


def train_torch(X, y, options):
    import torch

    torch.manual_seed(options.seed)
    model = torch.nn.Sequential()
    model.add_module("fc1", torch.nn.Linear(options.dimension, options.neurons))
    model.add_module("relu", torch.nn.ReLU())
    model.add_module("fc2", torch.nn.Linear(options.neurons, 1))
    optimiser = torch.optim.SGD(model.parameters(), lr=options.eta)
    inputs, labels = torch.from_numpy(X), torch.from_numpy(y)
    for epoch in range(options.epochs + 1):
        yield epoch, {name: tensor.numpy().copy() for name, tensor in model.state_dict().items()}
        optimiser.zero_grad()
        (0.5 * torch.nn.functional.mse_loss(model(inputs).squeeze(1), labels)).backward()
        optimiser.step()


def train_numpy(X, y, options):
    rng = numpy.random.default_rng(options.seed + 1)
    n, d, K = options.samples, options.dimension, options.neurons
    uniform = lambda shape, fan_in: rng.uniform(-1, 1, shape) / numpy.sqrt(fan_in)
    W, c, v, beta = uniform((K, d), d), uniform(K, d), uniform((1, K), K), uniform(1, K)
    for epoch in range(options.epochs + 1):
        state = {"fc1.weight": W, "fc1.bias": c, "fc2.weight": v, "fc2.bias": beta}
        yield epoch, {name: array.astype(numpy.float32) for name, array in state.items()}
        hidden = numpy.maximum(X @ W.T + c, 0)
        residual = (hidden @ v.T)[:, 0] + beta - y
        slope = residual[:, None] * (hidden > 0) * v
        W, c = W - options.eta * slope.T @ X / n, c - options.eta * slope.sum(0) / n
        v, beta = v - options.eta * residual @ hidden / n, beta - options.eta * residual.mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--with", dest="library", choices=["torch", "numpy"], default="torch")
    for name, default in [("seed", 3), ("samples", 24), ("dimension", 3), ("neurons", 16), ("epochs", 600)]:
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--every", type=int, default=200, help="epochs between checkpoints")
    parser.add_argument("--eta", type=float, default=0.4, help="step size")
    options = parser.parse_args()

    X, y = data_set(numpy.random.default_rng(options.seed), options.samples, options.dimension)
    run = options.folder / "run"
    run.mkdir(parents=True, exist_ok=True)
    train = train_torch if options.library == "torch" else train_numpy
    for epoch, state in train(X, y, options):
        if epoch % options.every == 0:
            write_safetensors(run / f"epoch_{epoch}.safetensors", state)
    numpy.savez(options.folder / "net.npz", **state, X=X, y=y)
    numpy.savez(options.folder / "data.npz", X=X, y=y)
    write_safetensors(options.folder / "net.safetensors", state)


if __name__ == "__main__":
    main()
