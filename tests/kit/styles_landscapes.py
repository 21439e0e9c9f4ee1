"""Right functions for landscapes, in other ways than in the solutions."""

from itertools import combinations

import numpy as np


def moved_by_hand(loss, v, h=1e-5):
    found = []
    for i in range(len(v)):
        ends = []
        for side in (h, -h):
            place = [float(x) for x in v]
            place[i] += side
            ends.append(loss(np.array(place)))
        found.append((ends[0] - ends[1]) / (h + h))
    return found


def solved_by_qr(X, y):
    A = np.column_stack([np.ones(len(y)), X])
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError("no full rank")
    Q, R = np.linalg.qr(A)
    b, *w = np.linalg.solve(R, Q.T @ y)
    return np.array(w), b


def kind_by_counting(hessian):
    values = np.linalg.eigvalsh(hessian) / (np.abs(np.linalg.eigvalsh(hessian)).max() or 1.0)
    up, down = np.sum(values > 1e-12), np.sum(values < -1e-12)
    if up and down:
        return "saddle"
    return "degenerate" if up + down < len(values) else ("maximum", "minimum")[int(up > 0)]


def kept_best(gradient, loss, starts, lr, steps):
    best = None
    for start in np.asarray(starts, float):
        v = start.copy()
        for _ in range(steps):
            v -= lr * np.asarray(gradient(v.copy()))
        if best is None or loss(v) < loss(best):
            best = v
    return best


def all_together(X, y, w, b, batch_size, gradient):
    chosen = list(combinations(range(len(y)), batch_size))
    parts = np.array([np.append(*gradient(X[list(k)], y[list(k)], w, b)) for k in chosen])
    *dw, db = parts.mean(axis=0)
    return np.array(dw), db


def one_order(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    for batch in np.split(order, range(batch_size, len(y), batch_size)):
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


RIGHT_LANDSCAPES = {
    "central_difference_gradient": moved_by_hand,
    "quotient_rule": lambda num, den, dnum, dden: dnum / den - num * dden / den**2,
    "normal_equations": solved_by_qr,
    "critical_point": kind_by_counting,
    "largest_stable_rate": lambda hessian: np.float64(2 / np.linalg.norm(hessian, 2)),
    "decayed_rate": lambda t, initial, decay: initial * np.divide(1, 1 + decay * t),
    "best_of_starts": kept_best,
    "mean_over_all_batches": all_together,
    "repaired_epoch": one_order,
}
