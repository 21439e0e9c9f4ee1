import types

import numpy as np


def _rate(lr, t):
    return lr(t) if callable(lr) else lr


def _walk(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        v = v - _rate(lr, t) * gradient(v)
        rows.append(v)
    return np.array(rows)


# named: ascent
def ascent(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        v = v + _rate(lr, t) * gradient(v)
        rows.append(v)
    return np.array(rows)


# named: factor_2
def doubled(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        v = v - 2 * _rate(lr, t) * gradient(v)
        rows.append(v)
    return np.array(rows)


# named: factor_half
def halved(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        v = v - _rate(lr, t) * gradient(v) / 2
        rows.append(v)
    return np.array(rows)


# named: learning_rate_squared
def rate_squared(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        v = v - _rate(lr, t) ** 2 * gradient(v)
        rows.append(v)
    return np.array(rows)


# named: start_missing
def start_missing(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps)[1:]


# named: last_missing
def end_missing(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps)[:-1]


def one_step_more(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps + 1)


# named: last_alone
def last_alone(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps)[-1]


# named: backwards
def backwards(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps)[::-1]


# named: last_everywhere
def same_row_everywhere(gradient, v0, lr, steps):
    v = np.array(v0, float)
    rows = [v]
    for t in range(steps):
        v -= _rate(lr, t) * gradient(v)
        rows.append(v)
    return np.array(rows)


# named: stale_gradient
def stale_gradient(gradient, v0, lr, steps):
    v, rows, g = np.array(v0, float), [np.array(v0, float)], gradient(v0)
    for t in range(steps):
        v = v - _rate(lr, t) * g
        rows.append(v)
    return np.array(rows)


# named: normalised
def normalised(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        g = gradient(v)
        v = v - _rate(lr, t) * g / np.linalg.norm(g)
        rows.append(v)
    return np.array(rows)


# named: momentum
def momentum(gradient, v0, lr, steps):
    v, rows, m = np.array(v0, float), [np.array(v0, float)], 0.0
    for t in range(steps):
        m = 0.5 * m + gradient(v)
        v = v - _rate(lr, t) * m
        rows.append(v)
    return np.array(rows)


# named: one_by_one
def coordinate_by_coordinate(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        for j in range(len(v)):
            v[j] -= _rate(lr, t) * gradient(v)[j]
        rows.append(v.copy())
    return np.array(rows)


# named: start_everywhere
def start_everywhere(gradient, v0, lr, steps):
    return np.tile(np.array(v0, float), (steps + 1, 1))


# named: zeros
def zeros(gradient, v0, lr, steps):
    return np.zeros((steps + 1, len(v0)))


# named: from_zero
def from_zero(gradient, v0, lr, steps):
    return _walk(gradient, np.zeros(len(v0)), lr, steps)


# named: steps_not_points
def steps_not_points(gradient, v0, lr, steps):
    return np.diff(_walk(gradient, v0, lr, steps), axis=0, prepend=0)


def nothing(gradient, v0, lr, steps):
    _walk(gradient, v0, lr, steps)


def generator(gradient, v0, lr, steps):
    yield from _walk(gradient, v0, lr, steps)


def tolerance_of_its_own(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for t in range(steps):
        if np.linalg.norm(gradient(v)) < 1e-1:
            rows.append(v)
            continue
        v = v - _rate(lr, t) * gradient(v)
        rows.append(v)
    return np.array(rows[: max(2, steps // 2)])


# loses: schedule
# named: schedule_from_one
def schedule_from_one(gradient, v0, lr, steps):
    if callable(lr):
        return _walk(gradient, v0, lambda t: lr(t + 1), steps)
    return _walk(gradient, v0, lr, steps)


# loses: schedule
# named: first_rate_for_all
def first_rate_for_all(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr(0) if callable(lr) else lr, steps)


# loses: schedule
def numbers_only(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for _ in range(steps):
        v = v - lr * gradient(v)
        rows.append(v)
    return np.array(rows)


# loses: schedule
def rate_of_the_point(gradient, v0, lr, steps):
    v, rows = np.array(v0, float), [np.array(v0, float)]
    for _ in range(steps):
        v = v - (lr(v) if callable(lr) else lr) * gradient(v)
        rows.append(v)
    return np.array(rows)


# loses: schedule
# named: ascent
def schedule_climbs(gradient, v0, lr, steps):
    if callable(lr):
        return _walk(gradient, v0, lambda t: -lr(t), steps)
    return _walk(gradient, v0, lr, steps)


# loses: edges
def whole_number_start(gradient, v0, lr, steps):
    v = v0.copy()
    rows = [v.copy()]
    for t in range(steps):
        v -= _rate(lr, t) * gradient(v)
        rows.append(v.copy())
    return np.array(rows)


# loses: edges
def whole_number_history(gradient, v0, lr, steps):
    rows = np.zeros((steps + 1, len(v0)), dtype=v0.dtype)
    rows[0] = v0
    for t in range(steps):
        rows[t + 1] = rows[t] - _rate(lr, t) * gradient(rows[t])
    return rows


# loses: edges
def at_least_one_step(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, max(1, steps))


# loses: edges
def recursive(gradient, v0, lr, steps, t=0):
    v0 = np.array(v0, float)
    if t == steps:
        return v0[None]
    after = v0 - _rate(lr, t) * gradient(v0)
    return np.vstack([v0[None], recursive(gradient, after, lr, steps, t + 1)])


# loses: form
def transposed(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps).T


# loses: form
def flattened(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr, steps).ravel()


# loses: form
def start_changed(gradient, v0, lr, steps):
    rows = _walk(gradient, v0, lr, steps)
    v0 -= 1
    return rows


# loses: form
def start_shared(gradient, v0, lr, steps):
    rows = [v0]
    for t in range(steps):
        rows.append(rows[-1] - _rate(lr, t) * gradient(rows[-1]))
    return rows


# loses: form
def no_copy_without_a_step(gradient, v0, lr, steps):
    rows = np.asarray(v0, float).reshape(1, -1)
    for t in range(steps):
        rows = np.vstack([rows, rows[-1] - _rate(lr, t) * gradient(rows[-1])])
    return rows


# loses: edges
def rate_is_a_float(gradient, v0, lr, steps):
    rate = (lambda t: lr) if isinstance(lr, float) else lr
    rows = [np.array(v0, float)]
    for t in range(steps):
        rows.append(rows[-1] - rate(t) * gradient(rows[-1]))
    return np.array(rows)


# loses: edges
def rate_is_of_these_types(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        rows.append(rows[-1] - (lr if type(lr) in (int, float) else lr(t)) * gradient(rows[-1]))
    return np.array(rows)


# loses: edges
def zero_is_the_default(gradient, v0, lr, steps):
    return _walk(gradient, v0, lr or 0.1, steps)


# loses: edges
def breaks_where_it_is_flat(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        g = gradient(rows[-1])
        if not g.any():
            break
        rows.append(rows[-1] - _rate(lr, t) * g)
    return np.array(rows)


# loses: edges
def breaks_where_it_is_nearly_flat(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        g = gradient(rows[-1])
        if np.linalg.norm(g) < 1e-8:
            break
        rows.append(rows[-1] - _rate(lr, t) * g)
    return np.array(rows)


# loses: edges
# named: rate_changes
def halves_after_200_steps(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        a = lr(t) if callable(lr) else lr / 2 ** (t // 200)
        rows.append(rows[-1] - a * gradient(rows[-1]))
    return np.array(rows)


# loses: edges
def stays_where_it_has_gone_far(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        new = rows[-1] - _rate(lr, t) * gradient(rows[-1])
        rows.append(new if np.abs(new).max() <= 1e4 else rows[-1])
    return np.array(rows)


# loses: edges
# named: length_clipped
def cuts_long_gradients_off(gradient, v0, lr, steps):
    rows = [np.array(v0, float)]
    for t in range(steps):
        g = np.array(gradient(rows[-1]), float)
        rows.append(rows[-1] - _rate(lr, t) * g * min(1.0, 50 / max(np.linalg.norm(g), 1e-300)))
    return np.array(rows)


# loses: schedule
# odd: a rate that is no plain function is taken for a number
def of_functions_alone(gradient, v0, lr, steps):
    path = [np.array(v0, dtype=float)]
    for t in range(steps):
        rate = lr(t) if isinstance(lr, types.FunctionType) else lr
        path.append(path[-1] - rate * np.asarray(gradient(path[-1].copy())))
    return np.array(path)


# loses: edges
# odd: a rate that is no number of Python's is called
def of_pythons_numbers_alone(gradient, v0, lr, steps):
    path = [np.array(v0, dtype=float)]
    for t in range(steps):
        rate = lr if isinstance(lr, (int, float)) else lr(t)
        path.append(path[-1] - rate * np.asarray(gradient(path[-1].copy())))
    return np.array(path)
