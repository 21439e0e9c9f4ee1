"""What the checks say of wrong functions in landscapes."""

from itertools import combinations, combinations_with_replacement

import numpy as np
import pytest


def difference(ahead=1.0, behind=1.0, over=2.0):
    def measured(loss, v, h=1e-5):
        v = np.asarray(v, float)
        moves = h * np.eye(len(v))
        return np.array([loss(v + ahead * m) - loss(v - behind * m) for m in moves]) / (over * h)

    return measured


def kept(loss, v, h=1e-5):
    v, found = np.array(v, float), []
    for i in range(len(v)):
        v[i] += h
        up = loss(v)
        v[i] -= 2 * h
        found.append((up - loss(v)) / (2 * h))
    return found


@pytest.mark.parametrize(
    ("function", "likely"),
    [
        (difference(behind=0.0, over=1.0), "It looks to one side only"),
        (difference(ahead=0.0, over=1.0), "It looks to one side only"),
        (difference(over=1.0), "It is twice what it should be"),
        (difference(over=-2.0), "It has the opposite sign"),
        (
            lambda loss, v, h=1e-5: difference()(loss, v, 1e-5),
            "It is almost exactly the derivative, whatever h is given",
        ),
        (kept, "A component stays moved"),
    ],
)
def test_a_wrong_difference_quotient_is_named(says, function, likely):
    right, text = says("central_difference_gradient", function)
    assert not right
    assert likely in text


def descend(gradient, start, lr, steps):
    v = np.array(start, float)
    for _ in range(steps):
        v = v - lr * gradient(v)
    return v


@pytest.mark.parametrize(
    ("function", "likely"),
    [
        (lambda g, loss, s, lr, n: descend(g, s[0], lr, n), "the end of the first start"),
        (lambda g, loss, s, lr, n: min([descend(g, v, lr, n + 1) for v in s], key=loss), "one step too many"),
        (
            lambda g, loss, s, lr, n: min([descend(g, v, lr, n) for v in s[::-1]], key=loss),
            "it returns the last one",
        ),
        (
            lambda g, loss, s, lr, n: min(loss(descend(g, v, lr, n)) for v in s),
            "the smallest loss: return the end",
        ),
        (lambda g, loss, s, lr, n: descend(g, min(s, key=loss), lr, n), "goes on from the best start"),
    ],
)
def test_a_wrong_choice_of_ends_is_named(says, function, likely):
    right, text = says("best_of_starts", function)
    assert not right
    assert likely in text


def averaged(choose):
    def mean(X, y, w, b, m, gradient):
        slopes = [gradient(X[list(k)], y[list(k)], w, b) for k in choose(len(y), m)]
        return np.mean([dw for dw, _ in slopes], axis=0), np.mean([db for _, db in slopes])

    return mean


@pytest.mark.parametrize(
    ("choose", "likely"),
    [
        (lambda n, m: [range(n)], "the gradient of all examples at once"),
        (lambda n, m: combinations_with_replacement(range(n), m), "An example comes twice"),
        (lambda n, m: [range(s, s + m) for s in range(n - m + 1)], "Only batches of neighbors"),
        (lambda n, m: combinations(range(n), 1), "Only batches of one example"),
    ],
)
def test_batches_that_are_missing_are_named(says, choose, likely):
    right, text = says("mean_over_all_batches", averaged(choose))
    assert not right
    assert likely in text


def test_a_sum_over_batches_is_named(says):
    def added(X, y, w, b, m, gradient):
        slopes = [gradient(X[list(k)], y[list(k)], w, b) for k in combinations(range(len(y)), m)]
        return sum(dw for dw, _ in slopes), sum(db for _, db in slopes)

    assert "added up: return their mean" in says("mean_over_all_batches", added)[1]


def test_a_word_that_is_none_of_the_four_is_told_with_them(says):
    text = says("critical_point", lambda hessian: "valley")[1]
    assert "it returned 'valley'; expected one of 'degenerate', 'maximum', 'minimum', 'saddle'" in text


def test_a_kind_that_is_right_earns_its_share(exercises):
    from styles import RIGHT

    from autograder import kit as checks

    def never_flat(hessian):
        values = np.linalg.eigvalsh(hessian)
        return (
            "saddle"
            if values[0] < -1e-9 < 1e-9 < values[-1]
            else "minimum"
            if values[-1] > 1e-9
            else "maximum"
        )

    right, _, share = checks.judge("critical_point", {**RIGHT, "critical_point": never_flat})
    points = exercises["critical_point"]["points"]
    assert not right
    assert share == (points["extremum"] + points["saddle"]) / sum(points.values())
