"""What a student's epoch asked for is believed where it explains the result, and nowhere else."""

import numpy as np
import pytest

from autograder.rules.sgd_epoch.calls import Log
from autograder.rules.sgd_epoch.orders import draw_setting, name_of


def problem(n=7):
    return draw_setting(np.random.default_rng(1), n, 3, 1.7, neuron=True)


def run(log, orders_of_x, orders_of_y):
    """Epochs with these orders, through the log; their ends."""
    p, ends = log.setting, []
    for one, other in zip(orders_of_x, orders_of_y, strict=True):
        w, b = p.w, p.b
        for start in range(0, p.n, p.batch_size):
            rows, targets = one[start : start + p.batch_size], other[start : start + p.batch_size]
            dw, db = log.gradient(p.X[rows], p.y[targets], w, b)
            w, b = w - p.lr * dw, b - p.lr * db
        ends.append(np.append(w, b))
    return ends


def test_rows_and_targets_in_two_orders_are_shuffled_apart():
    log, random = Log(problem()), np.random.default_rng(2)
    orders = [[random.permutation(7) for _ in range(4)] for _ in range(2)]
    assert log.shuffled_apart(run(log, *orders))


def test_one_order_for_both_is_not():
    log, random = Log(problem()), np.random.default_rng(2)
    orders = [random.permutation(7) for _ in range(4)]
    assert not log.shuffled_apart(run(log, orders, orders))


def test_calls_that_do_not_lead_to_the_end_prove_nothing():
    log, random = Log(problem()), np.random.default_rng(2)
    orders = [[random.permutation(7) for _ in range(4)] for _ in range(2)]
    ends = run(log, *orders)
    assert not log.shuffled_apart([ends[0] + 0.1, *ends[1:]])
    assert not log.shuffled_apart(ends[:-1])


def test_a_flood_of_calls_is_not_kept():
    log = Log(problem())
    for _ in range(3000):
        log.gradient(log.setting.X, log.setting.y, log.setting.w, log.setting.b)
    assert len(log.calls) <= 2000
    assert not log.shuffled_apart([np.zeros(3)])


@pytest.mark.parametrize(
    ("name", "epoch"),
    [
        ("with_replacement", lambda rng: [rng.integers(0, 7, 3), rng.integers(0, 7, 3), [0]]),
        ("overlapping", lambda rng: [rng.permutation(7)[:3], rng.permutation(7)[:3], [rng.integers(7)]]),
        ("full_batch_repeated", lambda rng: [np.arange(7)] * 3),
        ("even_split", lambda rng: np.array_split(rng.permutation(7), 3)),
        ("small_batch_first", lambda rng: np.split(rng.permutation(7), [1, 4])),
        (
            "two_epochs",
            lambda rng: [*np.split(rng.permutation(7), [3, 6]), *np.split(rng.permutation(7), [3, 6])],
        ),
        ("one_batch", lambda rng: [rng.permutation(7)[:3]]),
    ],
)
def test_wrong_batches_are_named_by_where_they_lead(name, epoch):
    p, random, ends = problem(), np.random.default_rng(5), []
    for _ in range(8):
        w, b = p.w, p.b
        for batch in epoch(random):
            dw, db = p.gradient(p.X[batch], p.y[batch], w, b)
            w, b = w - p.lr * dw, b - p.lr * db
        ends.append(np.append(w, b))
    loop = name_of(p, np.array(ends))
    assert loop is not None
    assert loop.name == name
