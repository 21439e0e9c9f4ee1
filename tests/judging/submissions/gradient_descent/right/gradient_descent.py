import itertools

import numpy as np


def append(gradient, v0, lr, steps):
    v = np.array(v0, dtype=float)
    history = [v]
    for t in range(steps):
        alpha = lr(t) if callable(lr) else lr
        v = v - alpha * gradient(v)
        history.append(v)
    return np.array(history)


def preallocated(gradient, v0, lr, steps):
    history = np.empty((steps + 1, len(v0)))
    history[0] = v0
    for t in range(steps):
        history[t + 1] = history[t] - (lr(t) if callable(lr) else lr) * gradient(history[t])
    return history


def stacked(gradient, v0, lr, steps):
    history = np.array(v0, float).reshape(1, -1)
    t = 0
    while t < steps:
        last = history[-1, :]
        history = np.vstack([history, last - (lr if not callable(lr) else lr(t)) * gradient(last)])
        t += 1
    return history


def in_place_with_copies(gradient, v0, lr, steps):
    v = v0.astype(float)
    history = [v.copy()]
    for t in range(steps):
        v -= (lr(t) if hasattr(lr, "__call__") else lr) * np.asarray(gradient(v))
        history.append(v.copy())
    return np.stack(history)


def list_of_lists(gradient, v0, lr, steps):
    rows = [[float(x) for x in v0]]
    for t in range(steps):
        g = gradient(rows[-1])
        rate = lr(t) if callable(lr) else lr
        rows.append([x - rate * slope for x, slope in zip(rows[-1], g)])
    return rows


def tuple_of_arrays(gradient, v0, lr, steps):
    rows = (v0 * 1.0,)
    for t in range(steps):
        rows += (rows[t] - (lr(t) if callable(lr) else lr) * gradient(rows[t]),)
    return rows


def gradient_twice(gradient, v0, lr, steps):
    schedule = lr if callable(lr) else lambda t: lr
    v, rows = np.asarray(v0), [np.array(v0, float)]
    for t in range(steps):
        if np.linalg.norm(gradient(v)) >= 0:
            v = v - schedule(t) * gradient(v)
        rows.append(v)
    return np.array(rows)


def accumulated(gradient, v0, lr, steps):
    def step(v, t):
        try:
            rate = lr(t)
        except TypeError:
            rate = lr
        return v - rate * gradient(v)

    return np.array(list(itertools.accumulate(range(steps), step, initial=np.array(v0, float))))


def generated(gradient, v0, lr, steps):
    def walk(v):
        yield v
        for t in range(steps):
            v = v - (lr(t) if callable(lr) else lr) * gradient(v)
            yield v

    return list(walk(v0.copy()))


def rates_first(gradient, v0, lr, steps):
    rates = [lr(t) for t in range(steps)] if callable(lr) else [lr] * steps
    history = np.zeros((steps + 1, v0.size))
    history[0, :] = v0[:]
    for k, rate in enumerate(rates, start=1):
        history[k, :] = history[k - 1, :] - rate * gradient(history[k - 1, :])
    return history


def one_too_many_gradients(gradient, v0, lr, steps):
    v = np.array(v0, float)
    g = gradient(v)
    rows = [v]
    for t in range(steps):
        v = np.subtract(v, np.multiply(lr(t) if callable(lr) else lr, g))
        g = gradient(v)
        rows.append(v)
    return np.vstack(rows)


class _Optimiser:
    def run(self, gradient, v0, lr, steps=100):
        self.v, self.path = np.array(v0, float), []
        for self.t in range(steps):
            self.path.append(self.v)
            self.v = self.v - self.rate(lr) * gradient(self.v)
        return np.array([*self.path, self.v])

    def rate(self, lr):
        return lr(np.int64(self.t)) if callable(lr) else lr


bound = _Optimiser().run


def by_name(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        rows.append(rows[-1] - (lr(t=t) if callable(lr) else lr) * gradient(v=rows[-1]))
    return np.array(rows)


def changes_what_the_gradient_returned(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        g = gradient(rows[-1])
        g *= lr(t) if callable(lr) else lr
        rows.append(rows[-1] - g)
    return np.array(rows)
