import numpy as np


# named: farthest
def argmax(points, centres):
    return ((points[:, None] - centres) ** 2).sum(axis=2).argmax(axis=1)


# named: counted_from_one
def from_one(points, centres):
    return ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1) + 1


# named: absolute_differences
def city_blocks(points, centres):
    return np.abs(points[:, None] - centres).sum(axis=2).argmin(axis=1)


# named: largest_product
def products(points, centres):
    return np.argmax(points @ centres.T, axis=1)


# loses: edges
def last_on_a_tie(points, centres):
    squares = ((points[:, None] - centres) ** 2).sum(axis=2)
    return len(centres) - 1 - squares[:, ::-1].argmin(axis=1)


# loses: form
def a_column(points, centres):
    return ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)[:, None]
