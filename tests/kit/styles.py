"""Right functions, written on purpose in other ways than in the solutions; and what tests of them share."""

import math
from functools import reduce

import numpy as np
from styles_landscapes import RIGHT_LANDSCAPES
from styles_steps import OTHER_STEPS, RIGHT_STEPS


def rows(X, w, b):
    return [float(np.dot(row, w)) + b for row in X]


def loop_loss(X, y, w, b):
    total = 0.0
    for guess, target in zip(rows(X, w, b), y, strict=True):
        total += (guess - target) ** 2
    return total / (2 * len(y))


def residual_gradient(X, y, w, b):
    residual = np.array(rows(X, w, b)) - y
    return [tuple((residual[:, None] * X).mean(axis=0)), np.array(residual.mean())]


def bordered_gradient(X, y, w, b):
    X = np.column_stack([X, np.ones(len(y))])
    both = X.T @ (X @ np.append(w, b) - y) / len(y)
    return both[:-1], both[-1]


def loop_gradient(X, y, w, b):
    dw, db = [0.0] * len(w), 0.0
    for row, target in zip(X.tolist(), y, strict=True):
        error = sum(p * q for p, q in zip(row, w, strict=True)) + b - target
        dw = [old + error * x / len(y) for old, x in zip(dw, row, strict=True)]
        db += error / len(y)
    return dw, db


def branched_sigmoid(z):
    z = np.asarray(z, float)
    result = np.empty(z.shape)
    up = z >= 0
    result[up] = 1 / (1 + np.exp(-z[up]))
    result[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return result


def hushed_sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z, float)))


def tanh_sigmoid(z):
    return 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)


def cosh_slope(z):
    with np.errstate(over="ignore"):
        return 0.25 / np.cosh(np.asarray(z) / 2) ** 2


def neuron(X, y, w, b):
    z = np.array(rows(X, w, b))
    delta = (tanh_sigmoid(z) - y) * cosh_slope(z) / len(y)
    return delta @ X, np.sum(delta)


def unit(gradient):
    size = np.abs(gradient).max()
    scaled = gradient / (size if size else 1.0)
    return tuple(scaled / (np.sqrt(scaled @ scaled) or 1.0))


def hypot_unit(gradient):
    length = math.hypot(*gradient)
    return np.array([part / length if length else 0.0 for part in gradient])


def filled_descent(gradient, v0, lr, steps):
    found = np.empty((steps + 1, len(v0)))
    found[0] = v0
    for t in range(steps):
        for k in range(len(v0)):  # the gradient is called more often than needed
            found[t + 1, k] = found[t, k] - (lr(t) if callable(lr) else lr) * gradient(found[t])[k]
    return found


def folded_descent(gradient, v0, lr, steps):
    rate = lr if callable(lr) else lambda t: lr

    def step(found, t):
        return [*found, [p - rate(t) * q for p, q in zip(found[-1], gradient(found[-1]), strict=True)]]

    return reduce(step, range(steps), [list(map(float, v0))])


def sliced_batches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    order = list(range(n))
    rng.shuffle(order)
    return tuple(order[k : k + batch_size] for k in range(0, n, batch_size))


def split_batches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("too small")
    return np.split(np.argsort(rng.random(n)), range(batch_size, n, batch_size))


def persistent_batches(kept):
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError
        order = kept.setdefault(n, np.arange(n))
        rng.shuffle(order)
        return [order[k : k + batch_size].copy() for k in range(0, n, batch_size)]

    return minibatches


def copying_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    w = w.astype(float)
    left = np.argsort(rng.random(len(y)))
    while len(left):
        batch, left = left[:batch_size], left[batch_size:]
        dw, db = gradient(X[batch].tolist(), list(y[batch]), w, b)[0], gradient(X[batch], y[batch], w, b)[1]
        w -= lr * dw
        b -= lr * db
    return [w, np.array(b)]


def shuffled_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    X, y = X[order], y[order]
    for k in range(0, len(y), batch_size):
        dw, db = gradient(X[k : k + batch_size], y[k : k + batch_size], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def single_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in split_batches(len(y), batch_size, rng):
        parts = [gradient(X[[i]], y[[i]], w, b) for i in batch]
        dw, db = (np.mean(part, axis=0) for part in zip(*parts, strict=True))
        w, b = w - lr * dw, b - lr * db
    return w, b


def diagnosing_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    gradient(X, y, w, b)
    return shuffled_epoch(X, y, w, b, lr, batch_size, rng, gradient)


def while_train(epoch, loss, w, b, max_epochs, tolerance=None):
    curve = [loss(w, b)]
    while len(curve) <= max_epochs:
        w, b = epoch(w, b)
        curve.append(loss(w, b))
        if tolerance is not None and curve[-2] - curve[-1] < tolerance:
            break
    return w, b, np.array(curve)


def early_train(epoch, loss, w, b, max_epochs, tolerance=None):
    tolerance = -math.inf if tolerance is None else tolerance
    losses = (loss(w, b),)
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses += (loss(w, b),)
        if losses[-2] - losses[-1] < tolerance:
            return [w, b, losses]
    return [w, b, losses]


RIGHT = {
    **RIGHT_LANDSCAPES,
    **RIGHT_STEPS,
    "predict": rows,
    "dL_dw1": lambda x1, x2, y, w1, w2, b: 2 * x1 * (x1 * w1 + x2 * w2 + b - y),
    "dL_dw2": lambda x1, x2, y, w1, w2, b: np.float64(2 * x2 * (x1 * w1 + x2 * w2 + b - y)),
    "dL_db": lambda x1, x2, y, w1, w2, b: np.array(2 * (x1 * w1 + x2 * w2 + b - y)),
    "mse_loss": loop_loss,
    "mse_gradient": residual_gradient,
    "sigmoid": tanh_sigmoid,
    "sigmoid_derivative": cosh_slope,
    "neuron_gradient": neuron,
    "steepest_ascent_direction": unit,
    "steepest_descent_direction": lambda gradient: [-x for x in unit(gradient)],
    "gradient_descent": filled_descent,
    "minibatches": sliced_batches,
    "sgd_epoch": copying_epoch,
    "train": while_train,
}

OTHER_STYLES = [
    *OTHER_STEPS,
    ("predict", lambda X, w, b: np.einsum("ij,j->i", X, w) + b),
    ("predict", lambda X, w, b: (X * w).sum(axis=1) + b),
    ("dL_dw1", lambda x1, x2, y, w1, w2, b: -2 * x1 * (y - (x1 * w1 + x2 * w2 + b))),
    ("mse_loss", lambda X, y, w, b: float(np.linalg.norm(X @ w + b - y) ** 2 / len(y) / 2)),
    ("mse_gradient", bordered_gradient),
    ("mse_gradient", loop_gradient),
    ("sigmoid", branched_sigmoid),
    ("sigmoid", hushed_sigmoid),
    ("sigmoid", lambda z: np.exp(-np.logaddexp(0, -np.asarray(z, float)))),
    ("sigmoid_derivative", lambda z: tanh_sigmoid(z) * tanh_sigmoid(-np.asarray(z))),
    ("steepest_ascent_direction", hypot_unit),
    ("gradient_descent", folded_descent),
    ("minibatches", split_batches),
    ("minibatches", persistent_batches({})),
    ("sgd_epoch", shuffled_epoch),
    ("sgd_epoch", single_epoch),
    ("sgd_epoch", diagnosing_epoch),
    ("train", early_train),
]

VALUES = [
    "predict", "dL_dw1", "dL_dw2", "dL_db", "mse_loss", "mse_gradient", "sigmoid", "sigmoid_derivative",
    "neuron_gradient", "directional_derivative", "steepest_ascent_direction", "steepest_descent_direction",
    "minimum_norm_solution", "predicted_change", "gradient_step", "zero_one_loss", "ridge_gradient",
    "mlp_forward", "mlp_gradient", "momentum_step", "adam_step",
]  # fmt: skip


def scaled(name, factor):
    def wrong(*arguments):
        value = RIGHT[name](*arguments)
        by = factor(len(arguments[0])) if np.ndim(arguments[0]) == 2 else factor(1)
        several = isinstance(value, tuple | list) and name.endswith(
            ("_gradient", "momentum_step", "adam_step")
        )
        return tuple(np.array(part) * by for part in value) if several else np.array(value) * by

    return wrong


def line(text, key):
    """One line of an explanation, without its key."""
    return next((part[12:] for part in text.splitlines() if part.startswith(f"  {key:9} ")), "")
