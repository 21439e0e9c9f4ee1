import numpy as np


def _squares(points, centres):
    return ((points[:, None] - centres) ** 2).sum(axis=2)


def for_loop(points, centres, max_steps):
    centres = centres.astype(float)
    inertia = [_squares(points, centres).min(axis=1).sum()]
    for _ in range(max_steps):
        labels = _squares(points, centres).argmin(axis=1)
        new = centres.copy()
        for k in range(len(centres)):
            if (labels == k).any():
                new[k] = points[labels == k].mean(axis=0)
        moved = not np.allclose(new, centres, rtol=0, atol=0)
        centres = new
        inertia.append(_squares(points, centres).min(axis=1).sum())
        if not moved:
            break
    return centres, inertia


def one_hot_matrix(points, centres, max_steps):
    now, inertia, moved = np.array(centres, float), [], True
    inertia.append(float(_squares(points, now).min(axis=1).sum()))
    while moved and len(inertia) <= max_steps:
        member = np.eye(len(now))[_squares(points, now).argmin(axis=1)]
        counts = member.sum(axis=0)
        means = member.T @ points / np.maximum(counts, 1)[:, None]
        new = np.where(counts[:, None] > 0, means, now)
        moved = np.abs(new - now).max() > 1e-12
        now = new
        inertia.append(float(_squares(points, now).min(axis=1).sum()))
    return now, np.array(inertia)


def tuple_of_lists(points, centres, max_steps):
    now = [np.array(c, float) for c in centres]
    inertia = [sum(min(((p - c) ** 2).sum() for c in now) for p in points)]
    for _ in range(max_steps):
        groups = [[] for _ in now]
        for p in points:
            groups[int(np.argmin([((p - c) ** 2).sum() for c in now]))].append(p)
        new = [np.mean(g, axis=0) if g else c for g, c in zip(groups, now)]
        still = all(np.array_equal(a, b) for a, b in zip(new, now))
        now = new
        inertia.append(sum(min(((p - c) ** 2).sum() for c in now) for p in points))
        if still:
            break
    return np.array(now), inertia
