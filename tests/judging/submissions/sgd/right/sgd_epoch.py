import math
import random

import numpy as np

_kept = {}


def _minibatches(n, m, rng):
    order = rng.permutation(n)
    return [order[i : i + m] for i in range(0, n, m)]


def with_own_minibatches(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in _minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w - lr * dw
        b = b - lr * db
    return w, b


def permutation(X, y, w, b, lr, batch_size, rng, gradient):
    idx = rng.permutation(len(y))
    w = np.array(w, float)
    for s in range(0, len(y), batch_size):
        j = idx[s : s + batch_size]
        dw, db = gradient(X[j], y[j], w, b)
        w -= lr * dw
        b -= lr * db
    return w, b


def index_kept_in_a_global(X, y, w, b, lr, m, rng, gradient):
    idx = _kept.setdefault(len(y), np.arange(len(y)))
    rng.shuffle(idx)
    for s in range(0, len(y), m):
        dw, db = gradient(X[idx[s : s + m]], y[idx[s : s + m]], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def index_kept_on_the_function(X, y, w, b, lr, m, rng, gradient):
    self = index_kept_on_the_function
    if not hasattr(self, "idx") or len(self.idx) != len(y):
        self.idx = list(range(len(y)))
    rng.shuffle(self.idx)
    for s in range(0, len(y), m):
        batch = self.idx[s : s + m]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def choice(X, y, w, b, lr, m, rng, gradient):
    idx = rng.choice(len(y), size=len(y), replace=False)
    for k in range(math.ceil(len(y) / m)):
        j = idx[k * m : (k + 1) * m]
        g = gradient(X[j, :], y[j], w, b)
        w, b = w - lr * g[0], b - lr * g[1]
    return [w, b]


def argsort(X, y, w, b, lr, m, rng, gradient):
    order = np.argsort(rng.random(len(X)))
    X, y = X[order], y[order]
    start = 0
    while start < len(X):
        dw, db = gradient(X[start : start + m], y[start : start + m], w, b)
        w, b = w - np.multiply(lr, dw), b - np.multiply(lr, db)
        start += m
    return w, b


def rows_with_y(X, y, w, b, lr, m, rng, gradient):
    D = np.column_stack([X, y])
    rng.shuffle(D)
    for s in range(0, len(D), m):
        part = D[s : s + m]
        dw, db = gradient(part[:, :-1], part[:, -1], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def permuted(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permuted(np.arange(y.size))
    for j in np.array_split(idx, range(m, y.size, m)):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def shuffled_rows(X, y, w, b, lr, m, rng, gradient):
    D = rng.permutation(np.c_[X, y], axis=0)
    for part in np.split(D, range(m, len(D), m)):
        dw, db = gradient(part[:, :-1], part[:, -1], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def pool(X, y, w, b, lr, m, rng, gradient):
    left = list(range(len(y)))
    while left:
        j = rng.choice(left, size=min(m, len(left)), replace=False)
        taken = set(j.tolist())
        left = [i for i in left if i not in taken]
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def popped_one_by_one(X, y, w, b, lr, m, rng, gradient):
    left, batch = list(range(len(y))), []
    while left:
        batch.append(left.pop(int(rng.integers(len(left)))))
        if len(batch) == m or not left:
            dw, db = gradient(X[batch], y[batch], w, b)
            w, b, batch = w - lr * dw, b - lr * db, []
    return w, b


def python_random(X, y, w, b, lr, m, rng, gradient):
    source = random.Random(int(rng.integers(1 << 30)))
    idx = source.sample(range(len(y)), len(y))
    for s in range(0, len(y), m):
        j = idx[s : s + m]
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def python_random_kept(X, y, w, b, lr, m, rng, gradient):
    if "source" not in _kept:
        _kept["source"] = random.Random(int(rng.integers(1 << 30)))
    idx = list(range(len(y)))
    _kept["source"].shuffle(idx)
    for s in range(0, len(y), m):
        j = idx[s : s + m]
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def example_by_example(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y))
    for s in range(0, len(y), m):
        j = idx[s : s + m]
        sw, sb = np.zeros(len(w)), 0.0
        for i in j[::-1]:
            dw, db = gradient(X[i : i + 1], y[i : i + 1], w, b)
            sw += dw
            sb += db
        w = w - lr * sw / len(j)
        b = b - lr * sb / len(j)
    return w, b


def gradient_with_lists(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y)).tolist()
    X, y, w = X.tolist(), y.tolist(), w.tolist()
    for s in range(0, len(y), m):
        j = idx[s : s + m]
        dw, db = gradient([X[i] for i in j], [y[i] for i in j], w, b)
        w = [v - lr * g for v, g in zip(w, dw)]
        b = b - lr * db
    return w, b


def gradient_twice(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y))
    for s in range(0, len(y), m):
        j = idx[s : s + m]
        dw = gradient(X[j], y[j], w, b)[0]
        db = gradient(X[j], y[j], w, b)[1]
        w, b = w - lr * dw, b - lr * db
    return w, b


def _cut(X, y, m, rng):
    idx = rng.permutation(len(y))
    for s in range(0, len(y), m):
        yield X[idx[s : s + m]], y[idx[s : s + m]]


def generator_helper(X, y, w, b, lr, m, rng, gradient):
    for Xb, yb in _cut(X, y, m, rng):
        dw, db = gradient(Xb, yb, w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def zero_d(X, y, w, b, lr, m, rng, gradient):
    theta = np.append(np.asarray(w, float), b)
    for Xb, yb in _cut(X, y, m, rng):
        dw, db = gradient(Xb, yb, theta[:-1], theta[-1])
        theta = theta - lr * np.append(dw, db)
    return theta[:-1].copy(), np.array(theta[-1])


def two_parts_of_one_array(X, y, w, b, lr, m, rng, gradient):
    theta = np.concatenate([w, [b]])
    for Xb, yb in _cut(X, y, m, rng):
        theta = theta - lr * np.hstack(gradient(Xb, yb, theta[:-1], theta[-1]))
    return theta[:-1], theta[-1]


def zipped(X, y, w, b, lr, m, rng, gradient):
    pairs = list(zip(X, y))
    rng.shuffle(pairs)
    for s in range(0, len(pairs), m):
        xs, ys = zip(*pairs[s : s + m])
        dw, db = gradient(np.array(xs), np.array(ys), w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def order_backwards(X, y, w, b, lr, m, rng, gradient):
    idx = rng.permutation(len(y))[::-1]
    for s in range(0, len(y), m):
        dw, db = gradient(X[idx[s : s + m]], y[idx[s : s + m]], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


class _Sgd:
    def step(self, batch, gradient):
        dw, db = gradient(*batch, self.w, self.b)
        self.w, self.b = self.w - self.lr * dw, self.b - self.lr * db

    def epoch(self, X, y, w, b, lr, m, rng, gradient):
        self.w, self.b, self.lr = w, b, lr
        for batch in _cut(X, y, m, rng):
            self.step(batch, gradient)
        return self.w, float(self.b)


bound = _Sgd().epoch


def global_seeded_from_rng(X, y, w, b, lr, m, rng, gradient):
    np.random.seed(int(rng.integers(2**31)))
    idx = np.random.permutation(len(y))
    for s in range(0, len(y), m):
        dw, db = gradient(X[idx[s : s + m]], y[idx[s : s + m]], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def same_state_twice(X, y, w, b, lr, m, rng, gradient):
    state = rng.bit_generator.state
    X = rng.permutation(X)
    rng.bit_generator.state = state
    y = rng.permutation(y)
    for s in range(0, len(y), m):
        dw, db = gradient(X=X[s : s + m], y=y[s : s + m], w=w, b=b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def names_of_a_batch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in _minibatches(len(y), batch_size, rng):
        dw, db = gradient(X_batch=X[batch], y_batch=y[batch], w=w, b=b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def short_names(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in _minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], w=w, b=b, y=y[batch])
        w, b = w - lr * dw, b - lr * db
    return w, b


def changes_what_the_gradient_returned(X, y, w, b, lr, m, rng, gradient):
    order = rng.permutation(len(y))
    for start in range(0, len(y), m):
        k = order[start : start + m]
        dw, db = gradient(X[k], y[k], w, b)
        dw *= lr
        w, b = w - dw, b - lr * db
    return w, b
