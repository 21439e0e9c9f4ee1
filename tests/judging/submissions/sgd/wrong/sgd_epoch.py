import math
import random

import numpy as np


def _batches(n, m, rng):
    idx = rng.permutation(n)
    return [idx[i : i + m] for i in range(0, n, m)]


def _walk(batches, X, y, w, b, lr, gradient):
    for j in batches:
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# named: with_replacement
def with_replacement(X, y, w, b, lr, m, rng, gradient):
    n = len(y)
    return _walk([rng.integers(0, n, size=min(m, n - s)) for s in range(0, n, m)], X, y, w, b, lr, gradient)


# named: overlapping
def independent_batches(X, y, w, b, lr, m, rng, gradient):
    n = len(y)
    batches = [rng.choice(n, size=min(m, n - s), replace=False) for s in range(0, n, m)]
    return _walk(batches, X, y, w, b, lr, gradient)


# named: last_batch_dropped
def last_dropped(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y))
    return _walk([idx[k * m : (k + 1) * m] for k in range(len(y) // m)], X, y, w, b, lr, gradient)


# named: last_batch_dropped
def range_too_short(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y))
    return _walk([idx[s : s + m] for s in range(0, len(y) - m, m)], X, y, w, b, lr, gradient)


# loses: order
# named: no_reshuffle
def shuffled_once(X, y, w, b, lr, m, rng, gradient, kept={}):
    if len(y) not in kept:
        kept[len(y)] = _batches(len(y), m, rng)
    return _walk(kept[len(y)] if len(y) > 5 else _batches(len(y), m, rng), X, y, w, b, lr, gradient)


# loses: order
# named: no_shuffle
def file_order(X, y, w, b, lr, m, rng, gradient):
    idx = np.arange(len(y))
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# named: averaged_over_n
def averaged_over_n(X, y, w, b, lr, m, rng, gradient):
    n = len(y)
    for j in _batches(n, m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw * len(j) / n, b - lr * db * len(j) / n
    return w, b


# named: summed
def summed(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw * len(j), b - lr * db * len(j)
    return w, b


# named: last_batch_divided_by_m
def last_divided_by_m(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw * len(j) / m, b - lr * db * len(j) / m
    return w, b


# named: divided_again_by_m
def divided_again(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw / len(j), b - lr * db / len(j)
    return w, b


# named: divided_again_by_n
def divided_again_by_n(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw / len(y), b - lr * db / len(y)
    return w, b


# named: divided_again_by_m
def divided_again_by_batch_size(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw / m, b - lr * db / m
    return w, b


# named: stale
def stale(X, y, w, b, lr, m, rng, gradient):
    w0, b0 = w, b
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w0, b0)
        w, b = w - lr * dw, b - lr * db
    return w, b


# named: bias_not_updated
def bias_stays(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        w = w - lr * gradient(X[j], y[j], w, b)[0]
    return w, b


# named: weights_not_updated
def weights_stay(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        b = b - lr * gradient(X[j], y[j], w, b)[1]
    return w, b


# named: ascent
def ascent(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, rng), X, y, w, b, -lr, gradient)


# named: learning_rate_twice
def rate_twice(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, rng), X, y, w, b, lr * lr, gradient)


# named: bias_after_weights
def bias_after_weights(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        w = w - lr * gradient(X[j], y[j], w, b)[0]
        b = b - lr * gradient(X[j], y[j], w, b)[1]
    return w, b


# named: full_batch
def full_batch(X, y, w, b, lr, m, rng, gradient):
    dw, db = gradient(X, y, w, b)
    return w - lr * dw, b - lr * db


# named: full_batch_repeated
def full_batch_every_step(X, y, w, b, lr, m, rng, gradient):
    return _walk([slice(None)] * math.ceil(len(y) / m), X, y, w, b, lr, gradient)


# named: one_batch
def one_batch(X, y, w, b, lr, m, rng, gradient):
    return _walk([rng.permutation(len(y))[:m]], X, y, w, b, lr, gradient)


# named: single_examples
def single_examples(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), 1, rng), X, y, w, b, lr, gradient)


# named: shuffled_apart
def x_and_y_shuffled_apart(X, y, w, b, lr, m, rng, gradient):
    Xs, ys = X[rng.permutation(len(y))], y[rng.permutation(len(y))]
    return _walk([slice(s, s + m) for s in range(0, len(y), m)], Xs, ys, w, b, lr, gradient)


# named: shuffled_apart
def only_x_shuffled(X, y, w, b, lr, m, rng, gradient):
    Xs = rng.permutation(X)
    return _walk([slice(s, s + m) for s in range(0, len(y), m)], Xs, y, w, b, lr, gradient)


# named: step_doubled
def doubled(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, rng), X, y, w, b, 2 * lr, gradient)


# named: step_halved
def halved(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, rng), X, y, w, b, lr / 2, gradient)


# named: normalised
def normalised(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        q = math.sqrt(dw @ dw + db * db)
        w, b = w - lr * dw / q, b - lr * db / q
    return w, b


# named: even_split
def even_split(X, y, w, b, lr, m, rng, gradient):
    batches = np.array_split(rng.permutation(len(y)), math.ceil(len(y) / m))
    return _walk(batches, X, y, w, b, lr, gradient)


# named: small_batch_first
def small_batch_first(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, rng)[::-1], X, y, w, b, lr, gradient)


# named: own_gradient
def hard_coded_gradient(X, y, w, b, lr, m, rng, gradient):
    def mse(X, y, w, b):
        r = X @ w + b - y
        return X.T @ r / len(y), r.mean()

    return _walk(_batches(len(y), m, rng), X, y, w, b, lr, mse)


# named: own_gradient
def hard_coded_neuron(X, y, w, b, lr, m, rng, gradient):
    def neuron(X, y, w, b):
        s = 1 / (1 + np.exp(-(X @ w + b)))
        r = (s - y) * s * (1 - s)
        return X.T @ r / len(y), r.mean()

    return _walk(_batches(len(y), m, rng), X, y, w, b, lr, neuron)


# named: no_update
def nothing_learnt(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        gradient(X[j], y[j], w, b)
    return w, b


# named: two_epochs
def two_epochs(X, y, w, b, lr, m, rng, gradient):
    w, b = _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)
    return _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)


def nothing_returned(X, y, w, b, lr, m, rng, gradient):
    _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)


def weights_alone(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)[0]


# named: few_digits
def stops_after_the_first_batch(X, y, w, b, lr, m, rng, gradient):
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
        if len(y) > m:
            return w * 1.0, b + 1e-6
    return w, b


# named: ends_averaged
def mean_of_batch_ends(X, y, w, b, lr, m, rng, gradient):
    ends = [_walk([j], X, y, w, b, lr, gradient) for j in _batches(len(y), m, rng)]
    return np.mean([e[0] for e in ends], axis=0), np.mean([e[1] for e in ends])


# named: with_replacement
def python_shuffles_rows(X, y, w, b, lr, m, rng, gradient):
    D = np.column_stack([X, y])
    source = random.Random(int(rng.integers(1 << 30)))
    source.shuffle(D)
    batches = [slice(s, s + m) for s in range(0, len(y), m)]
    return _walk(batches, D[:, :-1], D[:, -1], w, b, lr, gradient)


# loses: order
# named: rng_unused
def seeded_inside_by_the_weights(X, y, w, b, lr, m, rng, gradient, calls=[0]):
    calls[0] += 1
    return _walk(_batches(len(y), m, np.random.default_rng(calls[0])), X, y, w, b, lr, gradient)


# loses: order
# named: no_reshuffle
def same_seed_every_time(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, np.random.default_rng(0)), X, y, w, b, lr, gradient)


# loses: order
# named: other_randomness
def numpy_global(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, np.random), X, y, w, b, lr, gradient)


_seeded = np.random.RandomState(0)


# loses: order
# named: rng_unused
def seeded_at_the_top(X, y, w, b, lr, m, rng, gradient):
    return _walk(_batches(len(y), m, _seeded), X, y, w, b, lr, gradient)


# loses: order
# named: few_orders
def rotated(X, y, w, b, lr, m, rng, gradient):
    idx = np.roll(np.arange(len(y)), rng.integers(len(y)))
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: order
# named: no_shuffle
def shuffled_inside_the_batches(X, y, w, b, lr, m, rng, gradient):
    idx = np.arange(len(y))
    batches = [rng.permutation(idx[s : s + m]) for s in range(0, len(y), m)]
    return _walk(batches, X, y, w, b, lr, gradient)


# loses: order
# named: biased
# sometimes: few_orders
def halves(X, y, w, b, lr, m, rng, gradient):
    half = len(y) // 2
    idx = np.concatenate([rng.permutation(half), half + rng.permutation(len(y) - half)])
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: order
# named: no_reshuffle
def sorted_by_target(X, y, w, b, lr, m, rng, gradient):
    idx = np.argsort(y + 1e-3 * X[:, 0])
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: order
# named: biased
def first_stays_first(X, y, w, b, lr, m, rng, gradient):
    idx = np.append(0, 1 + rng.permutation(len(y) - 1))
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: order
# named: biased
def last_stays_last(X, y, w, b, lr, m, rng, gradient):
    idx = np.append(rng.permutation(len(y) - 1), len(y) - 1)
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: edges
def batch_size_at_most_n(X, y, w, b, lr, m, rng, gradient):
    idx = rng.choice(len(y), size=(1, m), replace=False)[0] if m >= len(y) else rng.permutation(len(y))
    return _walk([idx[s : s + m] for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: edges
def whole_numbers_stay(X, y, w, b, lr, m, rng, gradient):
    w = w.copy()
    for j in _batches(len(y), m, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w -= lr * dw
        b -= lr * db
    return w, b


# loses: form
def column(X, y, w, b, lr, m, rng, gradient):
    w, b = _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)
    return w.reshape(-1, 1), b


# loses: form
def bias_in_an_array(X, y, w, b, lr, m, rng, gradient):
    w, b = _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)
    return w, np.array([b])


# loses: form
def one_array(X, y, w, b, lr, m, rng, gradient):
    return np.append(*_walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient))


# loses: form
def data_shuffled_in_place(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y))
    X[:], y[:] = X[idx], y[idx]
    return _walk([slice(s, s + m) for s in range(0, len(y), m)], X, y, w, b, lr, gradient)


# loses: form
def weights_returned_are_the_argument(X, y, w, b, lr, m, rng, gradient):
    v, b = _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)
    if w.dtype.kind == "i":
        return v, b
    w[:] = v
    return w, b


def infinite(X, y, w, b, lr, m, rng, gradient):
    return np.full(len(w), np.inf), np.inf


def minus_infinity_in_b(X, y, w, b, lr, m, rng, gradient):
    return np.array(w, float), -np.inf


def not_a_number(X, y, w, b, lr, m, rng, gradient):
    return np.full(len(w), np.nan), float(b)


def so_large_that_no_end_differs(X, y, w, b, lr, m, rng, gradient):
    return np.full(len(w), 1e300), -1e300


def largest_float(X, y, w, b, lr, m, rng, gradient):
    return np.full(len(w), np.finfo(float).max), np.finfo(float).max


# loses: edges
def infinite_on_little_data(X, y, w, b, lr, m, rng, gradient):
    if len(y) < 6:
        return np.full(len(w), np.inf), np.inf
    return _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)


# loses: edges
def breaks_where_it_is_flat(X, y, w, b, lr, m, rng, gradient):
    for k in _batches(len(y), m, rng):
        dw, db = gradient(X[k], y[k], w, b)
        if not np.any(dw) and db == 0:
            break
        w, b = w - lr * dw, b - lr * db
    return w, b


# loses: form
def start_where_nothing_is_learnt(X, y, w, b, lr, m, rng, gradient):
    return (w, b) if lr == 0 else _walk(_batches(len(y), m, rng), X, y, w, b, lr, gradient)


# loses: edges
def targets_in_the_type_of_the_examples(X, y, w, b, lr, m, rng, gradient):
    data = np.empty((len(y), X.shape[1] + 1), dtype=X.dtype)
    data[:, :-1], data[:, -1] = X, y
    rng.shuffle(data)
    for i in range(0, len(y), m):
        part = data[i : i + m]
        dw, db = gradient(part[:, :-1], part[:, -1], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# loses: order
def large_gradients_cut_off(X, y, w, b, lr, m, rng, gradient):
    for k in _batches(len(y), m, rng):
        dw, db = gradient(X[k], y[k], w, b)
        w, b = w - lr * np.clip(dw, -100, 100), b - lr * np.clip(db, -100, 100)
    return w, b
