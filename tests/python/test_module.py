"""The Python module, against NumPy, against the program's own files, and against what it must refuse."""
import math
import os
import pathlib
import subprocess
import sys
import threading
from fractions import Fraction

import numpy
import pytest

import shatterproof

TRAINED = pathlib.Path(os.environ["SHATTERPROOF_SOURCE"]) / "tests" / "golden" / "trained"


def small():
    """One neuron on one sample: lambda_max = 11/9 in exact numbers, here in binary ones."""
    return dict(W=[[1.0]], b=[0.25], v=[0.5], beta=0.0, X=[[0.75]], y=[0.25])


def trained():
    with numpy.load(TRAINED / "net.npz") as file:
        return dict(W=file["fc1.weight"], b=file["fc1.bias"], v=file["fc2.weight"][0], beta=file["fc2.bias"],
                    X=file["X"], y=file["y"])


def random_arrays(rng):
    n, K, d = rng.integers(1, 9), rng.integers(1, 7), rng.integers(1, 5)
    return dict(W=rng.standard_normal((K, d)), b=0.3 * rng.standard_normal(K),
                v=10 ** rng.uniform(-1, 1) * rng.standard_normal(K), beta=rng.standard_normal(),
                X=rng.standard_normal((n, d)), y=rng.standard_normal(n))


def dense_hessian(W, b, v, beta, X, y):
    """Of 1/(2n) sum r^2, from the definition, in double."""
    n, K, d = len(X), len(W), X.shape[1]
    z = numpy.hstack([X, -numpy.ones((n, 1))])
    s = z @ numpy.hstack([W, b[:, None]]).T
    active = s > 0
    r = numpy.maximum(s, 0) @ v + beta - y
    H = numpy.zeros((1 + K * (d + 2),) * 2)
    for i in range(n):
        g = numpy.concatenate([[1]] + [active[i, k] * numpy.concatenate([[s[i, k]], v[k] * z[i]]) for k in range(K)])
        H += numpy.outer(g, g) / n
        for k in range(K):
            at = 1 + k * (d + 2)
            H[at, at + 1:at + d + 2] += r[i] * active[i, k] * z[i] / n
            H[at + 1:at + d + 2, at] += r[i] * active[i, k] * z[i] / n
    return H


def test_lambda_max_alone_agrees_with_flatness_and_numpy():
    rng = numpy.random.default_rng(7)
    for _ in range(40):
        arrays = random_arrays(rng)
        top = numpy.linalg.eigvalsh(dense_hessian(**arrays))[-1]
        for given in (arrays, {name: numpy.asarray(a).tolist() for name, a in arrays.items()},
                      {name: numpy.asfortranarray(a) for name, a in arrays.items()}):
            certified = shatterproof.lambda_max(**given, digits=12)
            assert certified.lo <= certified.hi <= certified.lo * (1 + 1e-11)
            assert abs(certified.hi - top) < 1e-11 * top
            for digits in (2, 8, 11, 30):
                value = shatterproof.lambda_max(**given, certified=False, digits=digits)
                assert value == pytest.approx(top, rel=10 * 10.0 ** -max(6, min(digits, 11)))
    assert shatterproof.flatness(**small()).lambda_max.lo in shatterproof.lambda_max(**small(), digits=5)
    for loss, factor in (("half-mean", 1), ("mean", 2), ("sum", 2 * len(trained()["y"]))):
        one = shatterproof.lambda_max(**trained(), loss=loss, bias_sign="plus", digits=10)
        all_of_it = shatterproof.flatness(**trained(), R=20, loss=loss, bias_sign="plus", digits=10).lambda_max
        assert one.lo <= all_of_it.hi and all_of_it.lo <= one.hi
        plain = shatterproof.lambda_max(**trained(), loss=loss, bias_sign="plus", certified=False, digits=10)
        assert plain == pytest.approx(one.hi, rel=1e-9)
        assert plain == pytest.approx(
            factor * shatterproof.lambda_max(**trained(), bias_sign="plus", certified=False, digits=10))


def test_lambda_max_of_integers_and_what_it_refuses():
    whole = dict(W=[[2], [-3]], b=[1, 0], v=[1, 2], beta=0, X=[[1], [-1], [0]], y=[0, 1, 2])
    with pytest.raises(ValueError, match="neuron 1"):  # at x = 0 its threshold
        shatterproof.lambda_max(**whole)
    whole["b"] = [1, 1]
    top = numpy.linalg.eigvalsh(dense_hessian(**{k: numpy.asarray(a, dtype=float) for k, a in whole.items()}))[-1]
    assert shatterproof.lambda_max(**whole).hi == pytest.approx(top, rel=1e-7)
    for change in (dict(W=[[numpy.nan]]), dict(b=[0.25, 1.0]), dict(X=[[0.75, 1.0]]), dict(y=[]), dict(v=[numpy.inf]),
                   dict(beta="a"), dict(loss="other"), dict(bias_sign="both"), dict(digits=1)):
        for certified in (True, False):
            with pytest.raises(ValueError):
                shatterproof.lambda_max(**{**small(), **change}, certified=certified)
    tie = dict(small(), b=[0.75])
    for certified in (True, False):
        with pytest.raises(ValueError):
            shatterproof.lambda_max(**tie, certified=certified)


def test_random_networks_agree_with_numpy():
    rng = numpy.random.default_rng(2025)
    for _ in range(200):
        arrays = random_arrays(rng)
        eigenvalues = numpy.linalg.eigvalsh(dense_hessian(**arrays))[::-1]
        result = shatterproof.flatness(**arrays, R=20, eta=2 / (1.0001 * eigenvalues[0]), top=2)
        top, slack = eigenvalues[0], 1e-12 * eigenvalues[0]
        assert result.lambda_max.lo <= top + slack and result.lambda_max.hi >= top - slack
        assert result.lambda_max.hi - result.lambda_max.lo <= 1e-7 * top
        assert abs(result.trace.lo - eigenvalues.sum()) <= 1e-7 * result.trace.hi
        assert result.stable == "proved" and result.verdict == "proved"
        assert abs(result.approx_top_eigenvalues[1] - eigenvalues[1]) <= 1e-10 * top
        beyond = shatterproof.flatness(**arrays, R=20, eta=2 / (0.9999 * eigenvalues[0]))
        assert beyond.stable == "refuted" and beyond.verdict == "refuted" and beyond.corollary == []


def test_float32_is_exact_and_layout_does_not_matter():
    arrays = trained()
    assert arrays["W"].dtype == numpy.float32
    reference = shatterproof.flatness(**arrays, bias_sign="plus", digits=30)
    wide = {name: numpy.asarray(array, dtype=numpy.float64) for name, array in arrays.items()}
    wide["W"], wide["X"] = numpy.asfortranarray(wide["W"]), numpy.repeat(wide["X"], 2, axis=0)[::2]
    wide["y"] = wide["y"].astype(">f8")[:, None]
    assert shatterproof.flatness(**wide, bias_sign="plus", digits=30).lambda_max.lower == reference.lambda_max.lower
    wide["b"] = -wide["b"]
    assert shatterproof.flatness(**wide, digits=30).lambda_max.upper == reference.lambda_max.upper
    # A float16 number is itself, not the decimal that it prints as.
    half = small()
    half["W"] = numpy.array([[0.1]], dtype=numpy.float16)
    half["b"] = [-1]
    same = dict(half, W=[[float(numpy.float16(0.1))]])
    other = dict(half, W=[[0.1]])
    assert repr(shatterproof.flatness(**half).trace) == repr(shatterproof.flatness(**same).trace)
    assert repr(shatterproof.flatness(**half).trace) != repr(shatterproof.flatness(**other).trace)


def test_enclosures_are_rounded_outward():
    result = shatterproof.flatness(**trained(), bias_sign="plus")
    fine = shatterproof.flatness(**trained(), bias_sign="plus", digits=100)
    for name in ["lambda_max", "trace", "loss", "variation_seminorm"]:
        coarse, sharp = getattr(result, name), getattr(fine, name)
        assert Fraction(coarse.lower) <= Fraction(sharp.lower) <= Fraction(sharp.upper) <= Fraction(coarse.upper)
        assert Fraction(coarse.lo) <= Fraction(sharp.lower) and Fraction(sharp.upper) <= Fraction(coarse.hi)
        assert Fraction(sharp.upper) in coarse and Fraction(coarse.upper) * 2 not in coarse
        assert abs(Fraction(coarse.mid) - Fraction(sharp.mid)) <= Fraction(coarse.rad) * 2
    assert Fraction(result.largest_stable_step) * Fraction(fine.lambda_max.upper) <= 2


def test_loss_step_and_corollary():
    half = shatterproof.flatness(**trained(), bias_sign="plus", eta="0.4", digits=30)
    assert half.stable == "proved" and half.corollary[-1].verdict == "proved"
    assert half.corollary_bound.lo > half.variation_seminorm.hi
    mean = shatterproof.flatness(**trained(), bias_sign="plus", loss="mean", eta=Fraction(2, 5), digits=30)
    assert mean.stable == "refuted"
    assert Fraction(mean.lambda_max.mid) == pytest.approx(2 * Fraction(half.lambda_max.mid), rel=1e-25)
    total = shatterproof.flatness(**trained(), bias_sign="plus", loss="sum", digits=30)
    assert Fraction(total.loss.mid) == pytest.approx(48 * Fraction(half.loss.mid), rel=1e-25)
    assert shatterproof.flatness(**small()).stable is None
    # Text is taken as written, a float as the binary number that it is.
    edge = dict(W=numpy.zeros((0, 1)), b=[], v=[], beta=0, X=[[0.5]], y=[0])  # lambda_max = 1
    assert shatterproof.flatness(**edge, eta=2).stable == "proved"
    assert shatterproof.flatness(**edge, eta="2.0000000000000000000000001").stable == "refuted"


def test_neurons():
    result = shatterproof.flatness(**trained(), bias_sign="plus", neurons=True)
    arrays = trained()
    assert len(result.neurons) == len(arrays["W"])
    fires = arrays["X"].astype(float) @ arrays["W"].astype(float).T + arrays["b"].astype(float) > 0
    for k, neuron in enumerate(result.neurons):
        assert neuron.active == fires[:, k].sum()
        assert neuron.activation_rate == fires[:, k].mean()
        norm = math.sqrt(sum(Fraction(float(w)) ** 2 for w in arrays["W"][k]))
        assert neuron.norm.lo <= norm * (1 + 1e-15) and neuron.norm.hi >= norm * (1 - 1e-15)
        assert neuron.threshold.lo == pytest.approx(-arrays["b"][k] / norm, rel=1e-7)
    none = shatterproof.flatness(W=[[0.0]], b=[-1], v=[1], beta=0, X=[[0.5]], y=[0], neurons=True).neurons[0]
    assert none.threshold is None and none.weight is None and none.active == 1


@pytest.mark.parametrize("name, value, said", [
    ("W", [[1.0, 2.0]], "W"), ("W", [1.0], "W"), ("W", [[[1.0]]], "3 axes"), ("W", [[float("nan")]], "W[0][0]"),
    ("b", [1.0, 2.0], "b"), ("b", 0.5, "b"), ("v", [[0.5]], "v"), ("v", [math.inf], "v[0]"),
    ("beta", [1.0, 2.0], "beta"), ("X", [0.75], "X"), ("X", [[]], "X"), ("X", numpy.zeros((0, 1)), "at least one sample"),
    ("y", [1.0, 2.0], "y"), ("y", ["a"], "dtype"), ("y", [1j], "dtype"), ("y", [None], "dtype"), ("y", [True], "dtype"),
    ("y", [2 ** 70], "dtype"), ("W", [[1.0], [1.0, 2.0]], "W"), ("y", numpy.array([1.0], dtype=numpy.longdouble), "dtype"),
    ("R", 0.5, "R"), ("R", "one", "one"), ("R", "-1", "positive"), ("eta", 0, "positive"), ("eta", "1/0", "1/0"),
    ("loss", "huber", "huber"), ("bias_sign", "both", "both"), ("digits", 1, "digits"), ("digits", 10 ** 6, "digits"),
    ("top", -1, "negative"), ("b", [0.75], "tie"),
])
def test_what_does_not_fit_is_a_value_error(name, value, said):
    with pytest.raises(ValueError) as error:
        shatterproof.flatness(**{**small(), name: value})
    assert said in str(error.value)


def test_not_a_number_as_an_option():
    for value in [float("nan"), float("inf")]:
        with pytest.raises((ValueError, OverflowError)):
            shatterproof.flatness(**small(), eta=value)
    for value in [object(), [1], 1j]:
        with pytest.raises(TypeError):
            shatterproof.flatness(**small(), eta=value)
    with pytest.raises(TypeError):
        shatterproof.flatness(1, 2)


def test_options_of_every_kind_of_number():
    wanted = repr(shatterproof.flatness(**small(), eta="1/2").corollary_bound)
    for eta in [0.5, Fraction(1, 2), numpy.float32(0.5), numpy.float64(0.5), "0.5", "5e-1"]:
        assert repr(shatterproof.flatness(**small(), eta=eta).corollary_bound) == wanted
    whole = repr(shatterproof.flatness(**small(), eta="1").corollary_bound)
    for eta in [1, numpy.int64(1), numpy.uint8(1), True]:
        assert repr(shatterproof.flatness(**small(), eta=eta).corollary_bound) == whole


def test_prove():
    good = shatterproof.prove("forall d in 1..6, h in (0, 1]: ball_weight(d, h) <= kappa(d) * h^(d+2)")
    assert good.verdict == "proved" and good.instances == 6
    bad = shatterproof.prove("forall d in 1..6, h in (0, 1]: ball_weight(d, h) <= 0.999999 * kappa(d) * h^(d+2)")
    assert bad.verdict == "refuted" and "d = 1" in bad.detail
    sharp = shatterproof.prove("forall x in [0, 1]: x*(1-x) <= 1", sharp="sup over x of x*(1-x)").sharp
    assert Fraction(sharp[0][1]) <= Fraction(1, 4) <= Fraction(sharp[0][2])
    assert shatterproof.prove("forall x in [0, 1]: f(x) <= 1", define=["f(x) = x^2"]).verdict == "proved"
    with pytest.raises(ValueError):
        shatterproof.prove("forall x in [0, 1]: x <=")


def test_evaluate():
    third = shatterproof.evaluate("1/3")
    assert third.exact == "1/3" and Fraction(1, 3) in third
    pi = shatterproof.evaluate("pi", 50)
    assert pi.mid.startswith("3.1415926535897932384626433832795028841971693993751")
    assert pi.lo < pi.hi and pi.lo <= math.pi <= pi.hi and pi.exact is None
    with pytest.raises(ValueError):
        shatterproof.evaluate("ball_tail(3)")
    with pytest.raises(ValueError):
        shatterproof.evaluate("pi", 1)
    assert issubclass(shatterproof.Undecided, RuntimeError)


def test_rounding_of_the_process_is_left_alone():
    shatterproof.flatness(**trained(), bias_sign="plus")
    shatterproof.evaluate("ball_tail(3, 1/4)")
    assert numpy.sum(numpy.full(10, 0.1)) == 1.0 and 0.1 + 0.2 == 0.30000000000000004


def test_threads():
    """The lock of the interpreter is given up; results do not depend on it."""
    reference = repr(shatterproof.flatness(**trained(), bias_sign="plus", digits=25))
    results = []
    work = lambda: results.append(repr(shatterproof.flatness(**trained(), bias_sign="plus", digits=25)))
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [reference] * 8


def train(folder, library, *options):
    script = pathlib.Path(os.environ["SHATTERPROOF_SOURCE"]) / "tests" / "network" / "train_example.py"
    command = [sys.executable, str(script), str(folder), "--with", library, "--epochs", "40", "--every", "20", *options]
    subprocess.run(command, check=True)
    with numpy.load(folder / "net.npz") as file:
        return {name: file[name] for name in file.files}


def flatness_of_state(state):
    return shatterproof.flatness(state["fc1.weight"], state["fc1.bias"], state["fc2.weight"][0], state["fc2.bias"],
                                 state["X"], state["y"], bias_sign="plus")


def agrees(result, eigenvalues):
    top = eigenvalues.max()
    return result.verdict == "proved" and result.lambda_max.lo <= top * (1 + 1e-12) and \
        result.lambda_max.hi >= top * (1 - 1e-12) and result.trace.hi == pytest.approx(eigenvalues.sum(), rel=1e-6)


@pytest.mark.parametrize("seed, samples, dimension, neurons", [(11, 9, 2, 5), (12, 30, 6, 20)])
def test_network_trained_by_numpy(tmp_path, seed, samples, dimension, neurons):
    state = train(tmp_path, "numpy", "--seed", str(seed), "--samples", str(samples), "--dimension", str(dimension),
                  "--neurons", str(neurons))
    assert len(list((tmp_path / "run").iterdir())) == 3
    wide = {name: array.astype(float) for name, array in state.items()}
    H = dense_hessian(wide["fc1.weight"], -wide["fc1.bias"], wide["fc2.weight"][0], wide["fc2.bias"], wide["X"], wide["y"])
    assert agrees(flatness_of_state(state), numpy.linalg.eigvalsh(H))


def test_network_trained_by_torch_against_its_own_hessian(tmp_path):
    torch = pytest.importorskip("torch")
    state = train(tmp_path, "torch", "--seed", "21", "--samples", "14", "--dimension", "4", "--neurons", "7")
    names = ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]
    wide = {name: torch.from_numpy(array).double() for name, array in state.items()}

    def loss(theta):
        W, c, v, beta = (part.reshape(wide[name].shape) for name, part in
                         zip(names, torch.split(theta, [wide[name].numel() for name in names])))
        output = (torch.relu(wide["X"] @ W.T + c) @ v.T + beta).squeeze(1)
        return 0.5 * torch.nn.functional.mse_loss(output, wide["y"])

    H = torch.autograd.functional.hessian(loss, torch.cat([wide[name].reshape(-1) for name in names]))
    assert agrees(flatness_of_state(state), torch.linalg.eigvalsh(H).numpy())
