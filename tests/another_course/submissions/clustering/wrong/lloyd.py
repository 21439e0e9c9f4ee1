import numpy as np


def _squares(points, centres):
    return ((points[:, None] - centres) ** 2).sum(axis=2)


def _inertia(points, centres):
    return _squares(points, centres).min(axis=1).sum()


def _means(points, centres):
    labels = _squares(points, centres).argmin(axis=1)
    kept = [points[labels == k].mean(axis=0) if (labels == k).any() else c for k, c in enumerate(centres)]
    return np.array(kept)


def _loop(points, centres, max_steps, move=_means, still=np.array_equal):
    now = np.array(centres, float)
    inertia = [_inertia(points, now)]
    for _ in range(max_steps):
        before, now = now, move(points, now)
        inertia.append(_inertia(points, now))
        if still(before, now):
            break
    return now, inertia


# loses: stop, curve
# named: never_stops
def runs_on(points, centres, max_steps):
    return _loop(points, centres, max_steps, still=lambda before, now: False)


# loses: stop, curve
# named: still_step_left_out
def stops_before_the_still_step(points, centres, max_steps):
    now, inertia = _loop(points, centres, max_steps)
    if len(inertia) > 1 and inertia[-1] == inertia[-2]:
        inertia = inertia[:-1]
    return now, inertia


# named: wrong_axis
def over_all_axes(points, centres, max_steps):
    def move(points, centres):
        labels = _squares(points, centres).argmin(axis=1)
        return np.array([0 * c + points[labels == k].mean() for k, c in enumerate(centres)])

    return _loop(points, centres, max_steps, move)


# named: one_step_only
def once(points, centres, max_steps):
    return _loop(points, centres, min(max_steps, 1))


# loses: edges
# named: empty_becomes_nan
def mean_of_nothing(points, centres, max_steps):
    def move(points, centres):
        labels = _squares(points, centres).argmin(axis=1)
        return np.array([points[labels == k].mean(axis=0) for k in range(len(centres))])

    return _loop(points, centres, max_steps, move)


# loses: inertia, stop, edges, form, curve
# named: start_not_recorded
def start_forgotten(points, centres, max_steps):
    now, inertia = _loop(points, centres, max_steps)
    return now, inertia[1:]


# loses: inertia, stop, edges, form, curve
# named: mean_for_sum
def mean_inertia(points, centres, max_steps):
    now, inertia = _loop(points, centres, max_steps)
    return now, np.array(inertia) / len(points)


# loses: form
def in_place(points, centres, max_steps):
    now, inertia = _loop(points, centres, max_steps)
    centres[:] = now
    return now, inertia
