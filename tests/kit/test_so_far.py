"""What is right already is said beside what is not, and what a function looks like is shown as it came."""

import numpy as np
import pytest
from styles import RIGHT, line

from autograder import kit as checks


def cut(order, m):
    return [order[i : i + m] for i in range(0, len(order), m)]


def float_batches(n, batch_size, rng):
    return cut(rng.permutation(n).astype(float), batch_size)


def short_batches(n, batch_size, rng):
    return cut(rng.permutation(n), batch_size)[: n // batch_size]


def float_sets(n, validation, test, rng):
    return tuple(
        np.array(part, float) for part in RIGHT["train_validation_test_split"](n, validation, test, rng)
    )


def endless_training(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
    return w, b, losses


def constant_descent(gradient, v0, lr, steps):
    return RIGHT["gradient_descent"](gradient, v0, lr(0) if callable(lr) else lr, steps)


def largest_loss(X, y, X_validation, y_validation, lambdas, fit, loss):
    _, losses = RIGHT["choose_lambda"](X, y, X_validation, y_validation, lambdas, fit, loss)
    return float(np.asarray(lambdas)[np.argmax(losses)]), losses


FIX_FIRST = "sigmoid_derivative calls sigmoid: not right yet either, fix that first."


@pytest.mark.parametrize(
    ("sigmoid", "derivative", "likely"),
    [
        ("1 / (1 + np.exp(-z))", "sigmoid(z) * (1 + sigmoid(z))", False),
        ("1 / (1 + np.exp(-z))", "sigmoid(z)", False),
        ("2 / (1 + np.exp(-np.clip(z, -700, 700)))", "sigmoid(z) * (1 - sigmoid(z))", True),
        ("np.exp(z) / (1 + np.exp(z))", "sigmoid(z) * (1 - sigmoid(z))", True),
    ],
    ids=["naive", "naive, and its value", "twice too large", "nan far out"],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_sigmoid_is_why_its_derivative_is_wrong_only_where_both_are_wrong(
    says, sigmoid, derivative, likely
):
    source = f"def sigmoid(z): return {sigmoid}\ndef sigmoid_derivative(z): return {derivative}"
    exec(source, namespace := {"np": np})
    _, text = says("sigmoid_derivative", namespace["sigmoid_derivative"], sigmoid=namespace["sigmoid"])
    assert (line(text, "likely") == FIX_FIRST) is likely
    assert ("fix that first" in text) is likely


@pytest.mark.parametrize(
    ("name", "function", "earned"),
    [
        ("minibatches", float_batches, ("batches", "order")),
        ("train_validation_test_split", float_sets, ("sizes", "partition", "order")),
        ("train", endless_training, ("losses", "parameters")),
        ("gradient_descent", constant_descent, ("iterates", "curve")),
        ("choose_lambda", largest_loss, ("losses",)),
        ("minibatches", short_batches, ()),
    ],
)
def test_the_points_that_are_right_here_are_said_and_given(exercises, name, function, earned):
    points = exercises[name]["points"]
    right, text, share = checks.judge(name, {**RIGHT, name: function})
    so_far, every = sum(points[check] for check in earned), sum(points.values())
    assert not right
    assert share == so_far / every
    assert line(text, "so far") == (f"{so_far:g} of {every:g} points are right here" if earned else "")


@pytest.mark.parametrize(
    ("name", "function"), [("minibatches", float_batches), ("train_validation_test_split", float_sets)]
)
def test_floats_where_indices_belong_are_shown_as_floats(says, name, function):
    _, text = says(name, function)
    assert "the indices are floats" in line(text, "seen")
    assert "." in line(text, "returned")


def test_integers_are_shown_as_integers(says):
    _, text = says("minibatches", short_batches)
    assert "example" in line(text, "seen")
    assert "." not in line(text, "returned")


def test_a_look_at_the_training_loss_as_well_is_allowed(says):
    def looks_twice(X, y, X_validation, y_validation, lambdas, fit, loss):
        for lam in lambdas:
            loss(X, y, *fit(X, y, lam))
        return RIGHT["choose_lambda"](X, y, X_validation, y_validation, lambdas, fit, loss)

    assert says("choose_lambda", looks_twice)[0]


def test_a_pool_that_lives_on_is_allowed_and_a_source_of_its_own_is_not(says):
    pools = {}

    def kept(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        rng.shuffle(pools.setdefault(n, np.arange(n)))
        return cut(pools[n].copy(), batch_size)

    own = np.random.default_rng(3)
    assert says("minibatches", kept)[0]
    assert "nothing is drawn from rng" in says("minibatches", lambda n, m, rng: cut(own.permutation(n), m))[1]


def test_a_generator_that_is_made_of_rng_is_rng(says):
    def spawned(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        return cut(rng.spawn(1)[0].permutation(n), batch_size)

    assert says("minibatches", spawned)[0]
