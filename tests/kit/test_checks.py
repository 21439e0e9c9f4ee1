"""Right functions pass the kit's checks in any style; wrong ones are told what their result looks like."""

import json
import re
import types

import numpy as np
import pytest
from examples import examples

from autograder.kit import checks

NAMES = ["derivatives", "gradient_descent", "sgd"]
LAST = "The grade also uses other inputs."


# Right functions, written down here on purpose in other ways than in the solutions.


def predict(X, w, b):
    return [float(np.dot(row, w)) + b for row in X]


def mse_loss(X, y, w, b):
    total = 0.0
    for guess, target in zip(predict(X, w, b), y, strict=True):
        total += (guess - target) ** 2
    return np.float64(total / (2 * len(y)))


def mse_gradient(X, y, w, b):
    residual = np.array(predict(X, w, b)) - y
    return [tuple((residual[:, None] * X).mean(axis=0)), np.array(residual.mean())]


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)


def sigmoid_derivative(z):
    with np.errstate(over="ignore"):
        return 0.25 / np.cosh(np.asarray(z) / 2) ** 2


def neuron_gradient(X, y, w, b):
    z = np.array(predict(X, w, b))
    delta = (sigmoid(z) - y) * sigmoid_derivative(z) / len(y)
    return delta @ X, np.sum(delta)


def steepest_ascent_direction(gradient):
    size = np.abs(gradient).max()
    scaled = gradient / (size if size else 1.0)
    return tuple(scaled / (np.sqrt(scaled @ scaled) or 1.0))


def gradient_descent(gradient, v0, lr, steps):
    rows = np.empty((steps + 1, len(v0)))
    rows[0] = v0
    for t in range(steps):
        for k in range(len(v0)):  # the gradient is called more often than needed
            rows[t + 1, k] = rows[t, k] - (lr(t) if callable(lr) else lr) * gradient(rows[t])[k]
    return list(rows)


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    order = list(range(n))
    rng.shuffle(order)
    return tuple(order[k : k + batch_size] for k in range(0, n, batch_size))


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    w = w.copy()
    left = np.argsort(rng.random(len(y)))
    while len(left):
        batch, left = left[:batch_size], left[batch_size:]
        dw, db = gradient(X[batch].tolist(), list(y[batch]), w, b)[0], gradient(X[batch], y[batch], w, b)[1]
        w -= lr * dw
        b -= lr * db
    return [w, np.array(b)]


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    curve = [loss(w, b)]
    while len(curve) <= max_epochs:
        w, b = epoch(w, b)
        curve.append(loss(w, b))
        if tolerance is not None and curve[-2] - curve[-1] < tolerance:
            break
    return w, b, np.array(curve)


RIGHT = {
    "predict": predict,
    "dL_dw1": lambda x1, x2, y, w1, w2, b: 2 * x1 * (x1 * w1 + x2 * w2 + b - y),
    "dL_dw2": lambda x1, x2, y, w1, w2, b: np.float64(2 * x2 * (x1 * w1 + x2 * w2 + b - y)),
    "dL_db": lambda x1, x2, y, w1, w2, b: np.array(2 * (x1 * w1 + x2 * w2 + b - y)),
    "mse_loss": mse_loss,
    "mse_gradient": mse_gradient,
    "sigmoid": sigmoid,
    "sigmoid_derivative": sigmoid_derivative,
    "neuron_gradient": neuron_gradient,
    "steepest_ascent_direction": steepest_ascent_direction,
    "steepest_descent_direction": lambda gradient: [-x for x in steepest_ascent_direction(gradient)],
    "gradient_descent": gradient_descent,
    "minibatches": minibatches,
    "sgd_epoch": sgd_epoch,
    "train": train,
}


@pytest.fixture(scope="session")
def kit(tmp_path_factory):
    """For each exercise the file that the release writes."""
    folder = tmp_path_factory.mktemp("kit")
    files = {}
    for name in NAMES:
        path = folder / f"{name}.json"
        content = examples(name)
        path.write_text(json.dumps(content), encoding="utf-8")
        files |= dict.fromkeys(content["exercises"], path)
    return files


@pytest.fixture
def says(kit, monkeypatch, capsys):
    """Check one function among right ones, and return the points and what was printed."""

    def checked(name, function=None, **others):
        monkeypatch.setattr(checks, "EXAMPLES", kit[name])
        module = types.ModuleType("homework")
        vars(module).update({**RIGHT, name: function or RIGHT[name], **others})
        # notebook and module of a student: the neighbours are found by name
        points = eval("check(name)", {**vars(module), "check": checks.check, "name": name})
        message = capsys.readouterr().out.rstrip("\n")
        if message.endswith(LAST) and "looks right" in message:
            checks.verify(name, module)
        else:
            with pytest.raises(AssertionError) as failure:
                checks.verify(name, module)
            assert str(failure.value).partition(":")[0].partition(" ")[0] == name
            assert str(failure.value).splitlines()[2:] == message.splitlines()[2:]
        return points, message

    return checked


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_function_in_another_style_gets_all_points(says, name):
    points, message = says(name)
    assert message == f"{name}: looks right. {LAST}"
    assert points > 0
    assert float(repr(points)) == points


def stub(*arguments):
    raise NotImplementedError


@pytest.mark.parametrize("name", RIGHT)
def test_a_stub_earns_nothing_and_fails(says, name):
    points, message = says(name, stub)
    assert points == 0
    assert message.startswith(f"{name}: not written yet")


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize(
    "function",
    [
        lambda *arguments: None,
        lambda *arguments: "seven",
        lambda *arguments: 1 / 0,
        lambda *arguments: (),
        lambda *arguments: [[1.0], [2.0, 3.0]],
        lambda *arguments: np.full((2, 2, 2), np.nan),
        lambda: 1.0,
    ],
)
def test_nonsense_earns_nothing_in_at_most_five_lines(says, name, function):
    points, message = says(name, function)
    assert points == 0
    assert len(message.splitlines()) <= 5
    assert message.splitlines()[-1] == LAST


def times(factor):
    def wrong(X, y, w, b):
        dw, db = mse_gradient(X, y, w, b)
        return np.array(dw) * factor(len(y)), db * factor(len(y))

    return wrong


@pytest.mark.parametrize(
    ("factor", "numbers", "likely"),
    [
        (lambda n: -1, ["−1 times"] * 2, "a sign"),
        (lambda n: 2, ["2 times"] * 2, "factor of 2 too many"),
        (lambda n: 0.5, ["0.5 times"] * 2, "factor of 2 missing"),
        (lambda n: n, ["3 times", "6 times"], "n times: a sum"),
        (lambda n: 1 / n, ["0.3333 times", "0.1667 times"], "1/n times"),
        (lambda n: 7, ["7 times"] * 2, ""),
    ],
)
def test_a_wrong_factor_is_measured_and_named_only_if_it_fits_everywhere(says, factor, numbers, likely):
    points, message = says("mse_gradient", times(factor))
    assert points == 0
    seen = message.splitlines()[2]
    assert re.findall(r"(\S+ times) the", seen) == numbers
    assert likely in seen
    assert bool(likely) == ("That" in seen)


def test_one_right_component_keeps_its_share(says):
    points, message = says("mse_gradient", lambda X, y, w, b: (mse_gradient(X, y, w, b)[0], 0.0))
    assert 0 < points < 8
    assert "db is" in message


def changing(X, y, w, b):
    result = mse_gradient(X, y, w, b)
    w += 1
    return result


STORE = np.zeros(3)


def storing(X, w, b):
    STORE[: len(X)] = predict(X, w, b)
    return STORE[: len(X)]


@pytest.mark.parametrize(
    ("name", "function", "seen"),
    [
        ("mse_gradient", changing, "argument w has been changed in place"),
        ("predict", storing, "a second call writes into the result of the first"),
        ("predict", lambda X, w, b: np.array(predict(X, w, b))[:, None], "has shape (3, 1) where shape (3,)"),
        ("predict", lambda X, w, b: np.array([predict(X, w, b)]), "has shape (1, 3) where shape (3,)"),
        ("mse_gradient", lambda *a: mse_gradient(*a)[::-1], "in the order asked"),
        ("mse_gradient", lambda *a: None, "`return`"),
        ("steepest_ascent_direction", lambda g: g * 1.0, "not a unit vector: its length is 3"),
        ("steepest_descent_direction", steepest_ascent_direction, "points the opposite way"),
        ("steepest_ascent_direction", lambda g: g / (np.linalg.norm(g) + 1e-9), "a short gradient"),
        ("sigmoid_derivative", sigmoid, "It is sigmoid itself, not its derivative"),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-np.asarray(z, float))), "NumPy warns: overflow"),
        ("dL_db", lambda x1, x2, y, w1, w2, b: x1 * w1 + x2 * w2 + b - y, "factor of 2 missing"),
        ("gradient_descent", lambda *a: gradient_descent(*a)[1:], "shape (4, 2), where (5, 2)"),
        ("gradient_descent", lambda g, v, lr, s: gradient_descent(lambda u: -g(u), v, lr, s), "it climbs"),
        ("minibatches", lambda n, size, _: minibatches(n, size, np.random.default_rng()), "equal generators"),
        ("minibatches", lambda n, size, rng: minibatches(n, max(size, 1), rng), "must raise a ValueError"),
        ("minibatches", lambda n, size, rng: minibatches(n - 1, size, rng), "1 missing"),
        ("train", lambda *a: (*train(*a)[:2], train(*a)[2][1:]), "losses[0] is not the loss before"),
        ("train", lambda e, f, w, b, m, t=None: train(e, f, w, b, m, t or None), "stopped too late"),
    ],
)
def test_other_mistakes_are_named(says, name, function, seen):
    points, message = says(name, function)
    assert seen in message
    assert len(message.splitlines()) <= 5
    assert points < says(name)[0]


def test_an_epoch_that_never_moves_on_is_named(says):
    def stale(X, y, w, b, lr, batch_size, rng, gradient):
        start, c = w, b
        for batch in minibatches(len(y), batch_size, rng):
            dw, db = gradient(X[batch], y[batch], start, c)
            w, b = w - lr * dw, b - lr * db
        return w, b

    points, message = says("sgd_epoch", stale)
    assert points == 0
    assert "every batch's gradient was taken at the same w and b" in message


def test_a_gradient_is_not_compared_with_the_slope_of_a_wrong_loss(says):
    points, message = says("mse_gradient", mse_loss=lambda X, y, w, b: 1.0)
    assert points == 8
    assert "first get mse_loss right" in message


def test_a_number_learnt_from_the_docstring_does_not_pass(says):
    points, message = says("dL_dw1", lambda *arguments: -13.0)
    assert points == 0
    assert "numerical gradient" in message


@pytest.mark.parametrize("name", ["mse_gradient", "neuron_gradient", "sigmoid_derivative", "dL_dw2"])
def test_the_right_result_is_not_printed(says, name):
    def wrong(*arguments):
        right = RIGHT[name](*arguments)
        several = isinstance(right, (tuple, list))
        return tuple(np.array(part) * 7.7 for part in right) if several else right * 7.7

    _, message = says(name, wrong)
    expected = np.concatenate([np.ravel(part) for part in examples_of(name)["expected"]])
    printed = [float(number) for number in re.findall(r"-?\d+\.\d+", message.splitlines()[1])]
    assert not np.isclose(np.array(printed)[:, None], expected, rtol=1e-3).any()


def examples_of(name):
    return examples("derivatives")["exercises"][name]


def test_an_experiment_waits_for_a_stub_and_for_nothing_else(capsys):
    with checks.waiting_for("mse_loss, mse_gradient"):
        stub()
    assert "waits for mse_loss, mse_gradient" in capsys.readouterr().out
    with pytest.raises(ZeroDivisionError), checks.waiting_for("mse_loss"):
        _ = 1 / 0
