import numpy as np


def keep_the_best(gradient, loss, starts, lr, steps):
    best, least = None, np.inf
    for row in starts:
        v = np.array(row, float)
        for _ in range(steps):
            v = v - lr * gradient(v)
        if best is None or loss(v) < least:
            best, least = v, loss(v)
    return best


def sorted_ends(gradient, loss, starts, lr, steps):
    def end(start):
        v = start * 1.0
        for _ in range(steps):
            v -= lr * gradient(v)
        return v

    return min((end(start) for start in starts), key=loss)


def all_at_once(gradient, loss, starts, lr, steps):
    V = np.asarray(starts).astype(float)
    for _ in range(steps):
        V = V - lr * np.array([gradient(v) for v in V])
    losses = [loss(v) for v in V]
    return V[losses.index(min(losses))].copy()


def as_a_list(gradient, loss, starts, lr, steps):
    return list(keep_the_best(gradient, loss, starts, lr, steps))


def with_an_array_of_losses(gradient, loss, starts, lr, steps):
    ends = np.empty(np.shape(starts))
    for k, start in enumerate(starts):
        ends[k] = start
        for _ in range(steps):
            ends[k] = ends[k] - lr * np.array(gradient(ends[k].copy()))
    losses = np.fromiter((loss(end) for end in ends), float, len(ends))
    return ends[losses.argmin()].copy()


def recursive(gradient, loss, starts, lr, steps):
    def descend(v, left):
        return v if left == 0 else descend(v - lr * gradient(v), left - 1)

    first, *others = [descend(np.array(start, dtype=np.float64), steps) for start in starts]
    for other in others:
        if loss(other) < loss(first):
            first = other
    return first


def by_name(gradient, loss, starts, lr, steps):
    ends = []
    for v in np.array(starts, float):
        for _ in range(steps):
            v = v - lr * gradient(v=v)
        ends.append(v)
    return min(ends, key=lambda v: loss(v=v))
