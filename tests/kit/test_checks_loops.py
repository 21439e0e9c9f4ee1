"""Wrong loops are told what was seen: the step, the order, the batch or the loss that is not right."""

import numpy as np
import pytest
from styles import copying_epoch, filled_descent, shuffled_epoch, sliced_batches, while_train

# -- loops that are wrong


def keeping_one_array(gradient, v0, lr, steps):
    v, found = np.array(v0, float), []
    for t in range(steps + 1):
        found.append(v)
        if t < steps:
            v -= (lr(t) if callable(lr) else lr) * gradient(v)
    return np.array(found)


def descending(change):
    """Gradient descent in which one step is spoilt."""

    def gradient_descent(gradient, v0, lr, steps):
        found = [np.array(v0, float)]
        for t in range(steps):
            found.append(found[-1] + change(t, lr if callable(lr) else lambda t: lr) * gradient(found[-1]))
        return np.array(found)

    return gradient_descent


def recursive_descent(gradient, v0, lr, steps, t=0):
    v = np.asarray(v0, float)
    if not steps:
        return [v]
    rate = lr(t) if callable(lr) else lr
    return [v, *recursive_descent(gradient, v - rate * gradient(v), lr, steps - 1, t + 1)]


def batches(order, *, least=1):
    def minibatches(n, batch_size, rng):
        if batch_size < least:
            raise ValueError
        indices = order(n, rng)
        return [indices[k : k + batch_size] for k in range(0, n, max(batch_size, 1))]

    return minibatches


def shuffled_blocks(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    starts = np.arange(0, n, batch_size)
    rng.shuffle(starts[:-1])
    return [np.arange(start, min(start + batch_size, n)) for start in starts]


def drawn_batches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    return [rng.integers(0, n, min(batch_size, n - k)) for k in range(0, n, batch_size)]


def dropping_batches(n, batch_size, rng):
    found = sliced_batches(n, batch_size, rng)
    return [batch for batch in found if len(batch) == batch_size] if n > batch_size else found


FIXED = np.random.default_rng(0)


def stepping(order=lambda n, rng: rng.permutation(n), cut=lambda n, m: range(0, n, m), **change):
    """An epoch of SGD in which one thing is spoilt."""
    of_w, of_b = change.get("of_w", lambda m, size: 1), change.get("of_b", lambda m, size: 1)

    def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
        indices = order(len(y), rng)
        for k in cut(len(y), batch_size):
            batch = indices[k : k + batch_size]
            dw, db = gradient(X[batch], y[batch], w, b)
            m = len(batch)
            w, b = w - lr * of_w(m, batch_size) * dw, b - lr * of_b(m, batch_size) * db
        return w, b

    return sgd_epoch


def both(factor):
    return stepping(of_w=factor, of_b=factor)


def stale_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    start, c = w, b
    for batch in sliced_batches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], start, c)
        w, b = w - lr * dw, b - lr * db
    return w, b


def whole_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    return copying_epoch(X, y, w, b, lr, len(y), rng, gradient)


def unpaired_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    return shuffled_epoch(rng.permutation(X), y, w, b, lr, batch_size, rng, gradient)


def in_place_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in sliced_batches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w -= lr * dw
        b -= lr * db
    return w, b


def training(stops=lambda fall, tolerance: fall < tolerance, given=lambda tolerance: tolerance is not None):
    def train(epoch, loss, w, b, max_epochs, tolerance=None):
        losses = [loss(w, b)]
        for _ in range(max_epochs):
            w, b = epoch(w, b)
            losses.append(loss(w, b))
            if given(tolerance) and stops(losses[-2] - losses[-1], tolerance):
                break
        return w, b, losses

    return train


def old_parameters(epoch, loss, w, b, max_epochs, tolerance=None):
    return (w, b, while_train(epoch, loss, w, b, max_epochs, tolerance)[2])


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [
        ("gradient_descent", descending(lambda t, lr: lr(t)), "It climbs: each step goes along the gradient"),
        ("gradient_descent", descending(lambda t, lr: -lr(t + 1)), "The first step has t = 0, not t = 1."),
        ("gradient_descent", descending(lambda t, lr: -lr(0)), "the learning rate of the first step."),
        ("gradient_descent", descending(lambda t, lr: -2 * lr(t)), "each step is the gradient times"),
        ("gradient_descent", keeping_one_array, "append a copy of v, not v itself"),
        ("gradient_descent", lambda *a: filled_descent(*a)[1:], "There is one iterate too few"),
        ("gradient_descent", lambda *a: filled_descent(*a)[-1], "expected shape (7, 3)"),
        ("gradient_descent", lambda *a: filled_descent(*a).T, "expected shape (7, 3)"),
        ("gradient_descent", lambda *a: filled_descent(*a)[::-1], "the first row is"),
        ("gradient_descent", recursive_descent, "RecursionError"),
        ("minibatches", batches(lambda n, rng: np.arange(n)), "in the order of the file: shuffle them."),
        ("minibatches", batches(lambda n, rng: np.random.default_rng(1).permutation(n)),
         "draw a new one each time."),
        ("minibatches", batches(lambda n, rng: np.random.permutation(n)), "from a global generator"),
        ("minibatches", batches(lambda n, rng: FIXED.permutation(n)), "nothing is drawn from rng"),
        ("minibatches", batches(lambda n, rng: np.append(rng.permutation(n - 1), n - 1)), "always stands"),
        ("minibatches", batches(lambda n, rng: rng.permutation(n), least=-9), "expected a ValueError"),
        ("minibatches", batches(lambda n, rng: rng.permutation(n) + 1), "in no batch"),
        ("minibatches", shuffled_blocks, "The batches are shuffled, not the examples."),
        ("minibatches", drawn_batches, "Each batch is drawn separately"),
        ("minibatches", dropping_batches, "smaller batch is left out."),
        ("minibatches", lambda n, m, rng: sliced_batches(n, m, rng)[::-1], "the sizes are"),
        ("sgd_epoch", both(lambda m, size: -1), "It climbs: each step goes along the gradient"),
        ("sgd_epoch", both(lambda m, size: m), "m times too large, for a mini-batch of m examples."),
        ("sgd_epoch", both(lambda m, size: 1 / m), "divided by the batch size once more."),
        ("sgd_epoch", both(lambda m, size: m / size), "gets too small a weight."),
        ("sgd_epoch", stepping(of_b=lambda m, size: 0), "The bias b never moves."),
        ("sgd_epoch", stepping(of_w=lambda m, size: 0), "The weights w never move."),
        ("sgd_epoch", stepping(lambda n, rng: np.arange(n)), "in the order of the file: shuffle them."),
        ("sgd_epoch", stepping(lambda n, rng: np.random.default_rng(1).permutation(n)),
         "Every epoch uses the same order"),
        ("sgd_epoch", stepping(lambda n, rng: FIXED.permutation(n)), "nothing is drawn from rng"),
        ("sgd_epoch", stepping(lambda n, rng: rng.integers(0, n, n)), "draw without replacement."),
        ("sgd_epoch", stepping(cut=lambda n, m: range(0, n - m + 1, m)), "smaller mini-batch is left out."),
        ("sgd_epoch", stale_epoch, "step"),
        ("sgd_epoch", whole_epoch, "It takes one step with all examples at once"),
        ("sgd_epoch", unpaired_epoch, "do not belong together: use one order for both."),
        ("sgd_epoch", in_place_epoch, "make a new array instead"),
        ("sgd_epoch", lambda X, y, w, b, *rest: (w, b), "gradient was never called"),
        ("train", lambda *a: (*while_train(*a)[:2], while_train(*a)[2][1:]), "before the first epoch is"),
        ("train", lambda *a: (*while_train(*a)[:2], while_train(*a)[2][:-1]), "after the last epoch is"),
        ("train", training(given=bool), "with a tolerance of 0"),
        ("train", training(given=lambda tolerance: False), "The tolerance never stops it."),
        ("train", training(lambda fall, tolerance: fall <= tolerance), "falls by exactly the tolerance"),
        ("train", training(lambda fall, tolerance: abs(fall) < tolerance), "0 and a rising loss"),
        ("train", old_parameters, "are not what the last epoch returned"),
        ("train", lambda *a: while_train(*a)[:2], "expected a tuple (w, b, losses)"),
    ],
)  # fmt: skip
def test_a_wrong_loop_is_explained(says, name, function, said):
    right, text = says(name, function)
    assert not right
    assert said in text
