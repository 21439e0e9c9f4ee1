"""Noise, splits and the choice of λ: what is wrong is said, and named where one mistake explains it."""

import numpy as np
import pytest
from styles import line
from styles_steps import best_of, noise_at_once, noise_of_lists, thirds


def noise(change):
    """The right noise with one thing done otherwise: from the distances to the result."""

    def wrong(X, y, w, b, batch_size, draws, rng, gradient):
        full = np.hstack(gradient(X, y, w, b))
        away = []
        for _ in range(draws):
            batch = rng.permutation(len(y))[:batch_size]
            away.append(np.hstack(gradient(X[batch], y[batch], w, b)) - full)
        return change(np.array(away))

    return wrong


def lengths(away):
    return np.linalg.norm(away, axis=1)


def replaced(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.hstack(gradient(X, y, w, b))
    batches = [rng.integers(0, len(y), batch_size) for _ in range(draws)]
    return np.sqrt(np.mean([np.sum((np.hstack(gradient(X[B], y[B], w, b)) - full) ** 2) for B in batches]))


def one_batch(X, y, w, b, batch_size, draws, rng, gradient):
    return noise_of_lists(X, y, w, b, batch_size, 1, rng, gradient)


def unseeded(X, y, w, b, batch_size, draws, rng, gradient):
    return noise_at_once(X, y, w, b, batch_size, draws, np.random.default_rng(), gradient)


def floored(n, validation, test, rng):
    order, k, m = rng.permutation(n), int(validation * n), int(test * n)
    m = min(m, n - k)
    return order[k + m :], order[:k], order[k : k + m]


def swapped(n, validation, test, rng):
    train, held, tested = thirds(n, validation, test, rng)
    return train, tested, held


def judged_on_training(X, y, U, v, lambdas, fit, loss):
    return best_of(X, y, X, y, lambdas, fit, loss)


def last_on_tie(X, y, U, v, lambdas, fit, loss):
    losses = np.array([loss(U, v, *fit(X, y, lam)) for lam in lambdas])
    return lambdas[np.flatnonzero(losses == losses.min())[-1]], losses


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [
        ("gradient_noise", noise(lambda away: lengths(away).mean()), "the mean of the distances"),
        ("gradient_noise", noise(lambda away: (lengths(away) ** 2).mean()), "the root is missing."),
        ("gradient_noise", noise(lambda away: np.linalg.norm(lengths(away))), "added up over the draws"),
        ("gradient_noise", noise(lambda away: np.sqrt((away[:, :-1] ** 2).sum(1).mean())), "db is part of"),
        ("gradient_noise", noise(lambda away: np.linalg.norm(away.mean(axis=0))), "of the mean of all draws"),
        ("gradient_noise", replaced, "Some batches hold an example more than once"),
        ("gradient_noise", one_batch, "Both draws of a call use the same batch"),
        ("gradient_noise", unseeded, "rng must be the only source of randomness."),
        ("gradient_noise", noise(lambda away: lengths(away)), "expected a number"),
        ("train_validation_test_split", floored, "The sizes are rounded down"),
        ("train_validation_test_split", swapped, "not in the order train, validation, test."),
        ("train_validation_test_split", lambda n, v, t, rng: thirds(n, v, t, np.random.default_rng(0)),
         "Every call gives the same sets"),
        ("train_validation_test_split", lambda n, v, t, rng: tuple(rng.integers(0, n, 3) for _ in range(3)),
         "come more than once"),
        ("choose_lambda", judged_on_training, "On which data is a λ judged?"),
        ("choose_lambda", last_on_tie, "On a tie, return the first λ"),
        ("choose_lambda", lambda *a: (np.argmin(best_of(*a)[1]), best_of(*a)[1]), "the index of λ"),
        ("choose_lambda", lambda *a: best_of(*a)[0], "expected a tuple (lam, losses)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(says, name, function, said):
    right, text = says(name, function)
    assert not right
    assert said in text
    assert len(text.splitlines()) <= 7
    assert line(text, "look at")
