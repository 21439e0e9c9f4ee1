"""How homework `clustering` is judged."""

import numpy as np

from autograder import Exercise, Homework, Misconception, Probe, probes, rules
from symbolic_checks.reference import function

from .lloyds_loop import LloydsLoop


def squared_distances(points, centres):
    return ((points[:, None] - centres) ** 2).sum(axis=2)


def nearest(points, centres):
    """The index of the nearest centre; the first one, where several are."""
    return np.argmin(squared_distances(points, centres), axis=1)


def blobs(n, d, K):
    """Points in no order, with several nearest to each of the first centres; centres are no points."""

    def draw(random):
        centres = random.normal(size=(K, d)) * 3
        near = random.permutation(np.arange(n) % K)
        return centres[near] + random.normal(size=(n, d)) * 2, centres

    return Probe(f"{n} points, {d} coordinates, {K} centres", draw)


def ties():
    """The point between two centres that are alike far from it belongs to the first."""
    centres = np.array([[4.0, 0.0], [-1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    return probes.fixed(
        "points between two centres", np.array([[0.0, 0.0], [2.5, 0.0], [-3.0, 0.0]]), centres
    )


# Which way a centre is taken for the nearest, though it is not.
MISTAKES = (
    Misconception(
        "farthest",
        "It is the centre that is farthest away.",
        lambda points, centres: np.argmax(squared_distances(points, centres), axis=1),
    ),
    Misconception(
        "counted_from_one",
        "The centres are counted from 1: Python counts from 0.",
        lambda points, centres: nearest(points, centres) + 1,
    ),
    Misconception(
        "absolute_differences",
        "The differences of coordinates are not squared: near is meant as the crow flies.",
        lambda points, centres: np.argmin(np.abs(points[:, None] - centres).sum(axis=2), axis=1),
    ),
    Misconception(
        "sign_of_differences_kept",
        "Differences of coordinates cancel each other: their signs may not count.",
        lambda points, centres: np.argmin((points[:, None] - centres).sum(axis=2), axis=1),
    ),
    Misconception(
        "first_coordinate_alone",
        "Only the first coordinate counts.",
        lambda points, centres: np.argmin((points[:, :1] - centres[:, 0]) ** 2, axis=1),
    ),
    Misconception(
        "largest_product",
        "It is the centre with the largest product with the point: its length counts too.",
        lambda points, centres: np.argmax(points @ centres.T, axis=1),
    ),
)

POINTS = np.array([[0.0, 1.0], [4.0, 5.0], [1.0, 0.0], [5.0, 4.0], [9.0, 9.0]])
CENTRES = np.array([[1.0, 1.0], [6.0, 6.0]])

HOMEWORK = Homework(
    name="clustering",
    title="Clustering",
    exercises=(
        Exercise(
            function="assign",
            slide="To whom does a point belong?",
            points={"labels": 3, "edges": 1, "form": 1},
            rule=rules.Values(
                reference=function(nearest, ("labels",)),
                probes=(blobs(50, 3, 4), blobs(40, 2, 5), blobs(30, 4, 3)),
                edges=(ties(), blobs(5, 1, 3), blobs(1, 2, 2), blobs(4, 2, 1)),
                misconceptions=MISTAKES,
                titles={"labels": "Labels"},
            ),
            example=(POINTS, CENTRES),
            hint="How far is each point from each centre, and which of these numbers is the smallest?",
            operation="A table of squared distances, points by centres; where the smallest is in each row.",
        ),
        Exercise(
            function="lloyd",
            slide="Lloyd's algorithm",
            points={"centres": 3, "inertia": 2, "stop": 2, "edges": 1, "form": 1, "curve": 1},
            rule=LloydsLoop(),
            hint="When do the centres no longer move, and what becomes of one to which no point belongs?",
            operation="Labels, a mean of the points of each label, and a comparison with the old centres.",
        ),
    ),
)
