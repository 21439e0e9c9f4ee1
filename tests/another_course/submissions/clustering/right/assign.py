import numpy as np


def distances(points, centres):
    return np.linalg.norm(points[:, None, :] - centres[None, :, :], axis=2).argmin(axis=1)


def without_a_third_axis(points, centres):
    return np.array([((centres - point) ** 2).sum(axis=1).argmin() for point in points])


def loops(points, centres):
    labels = []
    for point in points:
        best, nearest = 0, np.inf
        for k, centre in enumerate(centres):
            distance = sum((point - centre) ** 2)
            if distance < nearest:
                best, nearest = k, distance
        labels.append(best)
    return np.array(labels)
