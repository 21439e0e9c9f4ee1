"""Right functions for directions, steps, networks and choices, in other ways than in the solutions."""

import math

import numpy as np


def rate_of_change(gradient, direction):
    length = math.hypot(*direction)
    if not length:
        raise ValueError("no direction")
    return sum(g * r / length for g, r in zip(gradient, direction, strict=True))


def projected_rate(gradient, direction):
    scale = np.abs(direction).max()
    if scale == 0:
        raise ValueError
    r = direction / scale
    return np.asarray(np.dot(gradient, r) / np.sqrt(np.dot(r, r)))


def pseudo_inverse(a, c):
    if not np.any(a):
        raise ValueError("a is zero")
    size = np.abs(a).max()
    return (np.linalg.pinv((a / size)[None, :]) @ [c / size]).ravel()


def shortest(a, c):
    length = math.hypot(*a)
    if length == 0:
        raise ValueError("a is zero")
    return [c / length * (part / length) for part in a]


def expected_fall(gradient, lr):
    return -lr * math.fsum(float(g) ** 2 for g in gradient)


def loop_step(v, gradient, lr):
    return tuple(a - lr * g for a, g in zip(v, gradient, strict=True))


def misjudged(y_hat, y):
    wrong = sum(bool(p >= 0.5) != bool(label) for p, label in zip(y_hat, y, strict=True))
    return wrong / len(y)


def floor_misjudged(y_hat, y):
    return np.count_nonzero((np.asarray(y_hat) - 0.5 >= 0).astype(int) - np.asarray(y)) / np.size(y)


def noise_of_lists(X, y, w, b, batch_size, draws, rng, gradient):
    total = 0.0
    for _ in range(draws):
        order = list(range(len(y)))
        rng.shuffle(order)
        dw, db = gradient(X[order[:batch_size]], y[order[:batch_size]], w, b)
        full_w, full_b = gradient(X, y, w, b)
        total += (np.linalg.norm(dw - full_w) ** 2 + (db - full_b) ** 2) / draws
    return total**0.5


def noise_at_once(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.hstack(gradient(X, y, w, b))
    batches = np.argsort(rng.random((draws, len(y))), axis=1)[:, :batch_size]
    away = [np.hstack(gradient(X[batch], y[batch], w, b)) - full for batch in batches]
    return np.sqrt(np.mean(np.sum(np.square(away), axis=1)))


def stacked_ridge(X, y, w, b, lam):
    n, d = X.shape
    A, v = np.column_stack([X, np.ones(n)]), np.append(w, b)
    slope = A.T @ (A @ v - y) / n + 2 * lam * np.append(w, 0)
    return slope[:d], slope[d]


def loop_ridge(X, y, w, b, lam):
    dw, db = [2 * lam * float(part) for part in w], 0.0
    for row, target in zip(X, y, strict=True):
        error = float(np.dot(row, w)) + b - target
        dw = [old + error * x / len(y) for old, x in zip(dw, row, strict=True)]
        db += error / len(y)
    return [dw, db]


def squash(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def unit_by_unit(X, W1, b1, w2, b2):
    y_hat = np.full(len(X), float(b2))
    for k in range(len(w2)):
        y_hat += w2[k] * squash(X @ W1[:, k] + b1[k])
    return y_hat


def network(X, W1, b1, w2, b2):
    return [float(squash(row @ W1 + b1) @ w2 + b2) for row in X]


def backpropagated(X, y, W1, b1, w2, b2):
    hidden = squash(X @ W1 + b1)
    to_output = (hidden @ w2 + b2 - y) / len(y)
    to_hidden = to_output[:, None] * w2 * hidden * (1 - hidden)
    return X.T @ to_hidden, to_hidden.sum(axis=0), hidden.T @ to_output, to_output.sum()


def example_by_example(X, y, W1, b1, w2, b2):
    parts = [np.zeros(np.shape(W1)), np.zeros(np.shape(b1)), np.zeros(np.shape(w2)), 0.0]
    for row, target in zip(X, y, strict=True):
        hidden = squash(row @ W1 + b1)
        error = (hidden @ w2 + b2 - target) / len(y)
        back = error * np.asarray(w2) * hidden * (1 - hidden)
        new = np.outer(row, back), back, error * hidden, error
        parts = [old + part for old, part in zip(parts, new, strict=True)]
    return parts


def heavy_ball(v, velocity, gradient, lr, momentum):
    fresh = [momentum * u + g for u, g in zip(velocity, gradient, strict=True)]
    return [a - lr * u for a, u in zip(v, fresh, strict=True)], fresh


def moving(v, velocity, gradient, lr, momentum):
    velocity = np.multiply(momentum, velocity) + gradient
    return np.subtract(v, np.multiply(lr, velocity)), velocity


def adam(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = np.multiply(beta1, m) + np.multiply(1 - beta1, gradient)
    s = np.multiply(beta2, s) + np.multiply(1 - beta2, np.square(gradient))
    root = np.sqrt(s / (1 - beta2**t))
    return [v - lr / (1 - beta1**t) * m / (root + eps), m, s]


def adam_by_components(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    found = []
    for a, p, q, g in zip(v, m, s, gradient, strict=True):
        p, q = p + (1 - beta1) * (g - p), q + (1 - beta2) * (g * g - q)
        found.append((a - lr * p / (1 - beta1**t) / (math.sqrt(q / (1 - beta2**t)) + eps), p, q))
    return tuple(np.array(part, float) for part in zip(*found, strict=True))


def thirds(n, validation, test, rng):
    order = rng.permutation(n)
    first = round(validation * n)
    second = first + min(round(test * n), n - first)
    return np.sort(order[second:]), np.sort(order[:first]), np.sort(order[first:second])


def labelled(n, validation, test, rng):
    held = int(np.rint(validation * n))
    tested = min(int(np.rint(test * n)), n - held)
    labels = np.array([1] * held + [2] * tested + [0] * (n - held - tested))
    rng.shuffle(labels)
    return tuple(np.flatnonzero(labels == label) for label in range(3))


def best_of(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = np.array([loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas])
    return lambdas[int(losses.argmin())], losses


def best_so_far(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    best, losses = None, []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        losses.append(loss(X_val, y_val, w, b))
        if best is None or losses[-1] < best[0]:
            best = losses[-1], lam
    return [float(best[1]), tuple(losses)]


RIGHT_STEPS = {
    "directional_derivative": rate_of_change,
    "minimum_norm_solution": shortest,
    "predicted_change": expected_fall,
    "gradient_step": loop_step,
    "zero_one_loss": misjudged,
    "gradient_noise": noise_of_lists,
    "ridge_gradient": loop_ridge,
    "mlp_forward": unit_by_unit,
    "mlp_gradient": example_by_example,
    "momentum_step": heavy_ball,
    "adam_step": adam_by_components,
    "train_validation_test_split": thirds,
    "choose_lambda": best_so_far,
}

OTHER_STEPS = [
    ("directional_derivative", projected_rate),
    ("minimum_norm_solution", pseudo_inverse),
    ("predicted_change", lambda gradient, lr: gradient @ (-lr * gradient)),
    ("gradient_step", lambda v, gradient, lr: np.subtract(v, np.multiply(lr, gradient))),
    ("zero_one_loss", floor_misjudged),
    ("gradient_noise", noise_at_once),
    ("ridge_gradient", stacked_ridge),
    ("mlp_forward", network),
    ("mlp_gradient", backpropagated),
    ("momentum_step", moving),
    ("adam_step", adam),
    ("train_validation_test_split", labelled),
    ("choose_lambda", best_of),
]
