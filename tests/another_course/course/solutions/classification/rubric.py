"""How homework `classification` is judged."""

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Homework,
    Misconception,
    Probe,
    experiments,
    gradient,
    probes,
    rules,
    value,
)

from .models import CROSS_ENTROPY, HUBER, SOFTMAX

cross_entropy_gradient = gradient(CROSS_ENTROPY, "weights", "bias")
softmax_gradient = gradient(SOFTMAX, "W", "b")
huber_gradient = gradient(HUBER, "weights", "bias")

# A worked example: three points with two coordinates.
POINTS = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
LABELS = np.array([1.0, 0.0, 1.0])
ONE_HOT = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
TARGETS = np.array([2.0, -1.0, 0.5])
WEIGHTS, BIAS = np.array([0.5, -1.5]), 0.25
W = np.array([[0.5, -0.25], [0.0, 1.0]])

# What the learning curves are of: two clouds that overlap a little.
_random = np.random.default_rng(7)
CLOUDS = np.concatenate([_random.normal(-1, 1, (30, 2)), _random.normal(1, 1, (30, 2))])
SIDES = np.repeat([0.0, 1.0], 30)

labelled = probes.regression(labels=True)
certain = probes.fixed(
    "scores of 1000 and −1000", np.array([[1000.0], [-1000.0]]), np.array([1.0, 0.0]), np.ones(1), 0.0
)


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def classes(n, d, K):
    """Points with a class each, as a row with a single one."""

    def draw(random):
        one_hot = np.eye(K)[random.permutation(np.arange(n) % K)]
        return (
            random.normal(size=(n, d)),
            one_hot,
            random.normal(size=(d, K)),
            probes.away_from_zero(random, K),
        )

    return Probe(f"{n} points, {d} coordinates, {K} classes", draw)


def far_and_near(n, d):
    """Points of which some are near the line, and some are far off, more of them above it than below."""

    def draw(random):
        points, weights = random.normal(size=(n, d)), probes.away_from_zero(random, d)
        bias, delta = float(probes.away_from_zero(random)), float(random.uniform(0.7, 1.4))
        errors = np.resize([0.3, 1.9, -0.6, -2.7, 2.2], n) * delta * random.uniform(0.9, 1.1, n)
        return points, points @ weights + bias - errors, weights, bias, delta

    return Probe(f"{n} points, {d} coordinates", draw)


def by_score(name, sentence, slope):
    """A misconception about the slope with respect to the scores, from probabilities and classes."""

    def formula(points, one_hot, W, b):
        found = slope(softmax(points @ W + b), one_hot) / len(points)
        return points.T @ found, found.sum(axis=0)

    return Misconception(name, sentence, formula)


def by_error(name, sentence, slope):
    """A misconception about the slope of the Huber loss, from errors and δ."""

    def formula(points, targets, weights, bias, delta):
        found = slope(points @ weights + bias - targets, delta) / len(points)
        return points.T @ found, found.sum()

    return Misconception(name, sentence, formula)


def probability(points, weights, bias):
    return 1 / (1 + np.exp(-(points @ weights + bias)))


def base_two(points, labels, weights, bias):
    return value(CROSS_ENTROPY)(points, labels, weights, bias) / np.log(2)


def half_of_the_cross_entropy(points, labels, weights, bias):
    return -np.mean(labels * np.log(probability(points, weights, bias)))


def slope_of_the_squares(points, labels, weights, bias):
    p = probability(points, weights, bias)
    slopes = (p - labels) * p * (1 - p) / len(points)
    return points.T @ slopes, slopes.sum()


HOMEWORK = Homework(
    name="classification",
    title="Classification",
    data=("losses.py",),
    exercises=(
        Exercise(
            function="cross_entropy",
            slide="The price of a wrong probability",
            points={"value": 3, "edges": 2, "form": 1},
            rule=rules.Values(
                reference=value(CROSS_ENTROPY),
                probes=labelled,
                edges=(
                    *probes.regression([(1, 3), (4, 1)], labels=True),
                    probes.whole_regression(labels=True),
                    certain,
                ),
                misconceptions=(
                    Misconception(
                        "base_two", "It is counted in bits: the logarithm is the natural one.", base_two
                    ),
                    Misconception(
                        "zeros_are_free",
                        "Points with the label 0 cost nothing: there are two terms.",
                        half_of_the_cross_entropy,
                    ),
                ),
                quiet=True,
            ),
            example=(POINTS, LABELS, WEIGHTS, BIAS),
            hint="What does the score alone say of the logarithm of the probability?",
            operation="One weighted sum a point, the logarithm of one plus a power, and a mean.",
        ),
        Exercise(
            function="cross_entropy_gradient",
            slide="Why the sigmoid cancels",
            points={"dweights": 3, "dbias": 1, "edges": 1, "form": 1, "curve": 2},
            rule=rules.Values(
                reference=cross_entropy_gradient,
                probes=labelled,
                edges=(
                    *probes.regression([(1, 3), (4, 1)], labels=True),
                    probes.whole_regression(labels=True),
                    certain,
                ),
                misconceptions=(
                    Misconception(
                        "slope_of_the_squares",
                        "That is the slope of the squared error: here the sigmoid's slope cancels.",
                        slope_of_the_squares,
                    ),
                ),
                curve=Curve(
                    experiments.descend(value(CROSS_ENTROPY), CLOUDS, SIDES, lr=0.5),
                    "A neuron that tells two clouds apart with your gradient",
                ),
            ),
            example=(POINTS, LABELS, WEIGHTS, BIAS),
            gradient_of=("cross_entropy", (2, 3)),
            hint="Which factor of the chain is divided by what another one is multiplied with?",
            operation="Probabilities less labels; their weighted sum over the points, and their mean.",
        ),
        Exercise(
            function="softmax_gradient",
            slide="More than two classes",
            points={"dW": 4, "db": 2, "edges": 1, "form": 1},
            rule=rules.Values(
                reference=softmax_gradient,
                probes=(classes(7, 3, 4), classes(5, 2, 3), classes(8, 4, 5)),
                edges=(
                    classes(2, 1, 2),
                    probes.fixed(
                        "a score of 1000",
                        np.array([[1000.0], [-1000.0]]),
                        np.array([[1.0, 0.0], [1.0, 0.0]]),
                        np.array([[1.0, 0.0]]),
                        np.zeros(2),
                    ),
                ),
                misconceptions=(
                    by_score(
                        "right_class_alone",
                        "Only the score of the right class counts: the others are pushed down as well.",
                        lambda p, t: t * (p - 1),
                    ),
                    by_score("labels_forgotten", "It does not depend on the classes.", lambda p, t: p),
                    by_score(
                        "like_a_neuron",
                        "Each class has a sigmoid's slope of its own: the probabilities add up to 1.",
                        lambda p, t: (p - t) * p * (1 - p),
                    ),
                ),
            ),
            example=(POINTS, ONE_HOT, W, np.array([0.1, -0.2])),
            gradient_of=("losses.softmax_loss", (2, 3)),
            hint="By how much does each score change the loss, the right one's and the others'?",
            operation="A matrix of probabilities less classes, times the points; its sum over the points.",
        ),
        Exercise(
            function="huber_gradient",
            slide="Outliers",
            points={"dweights": 3, "dbias": 1, "edges": 1, "form": 1},
            rule=rules.Values(
                reference=huber_gradient,
                probes=(far_and_near(10, 3), far_and_near(6, 2), far_and_near(5, 4)),
                edges=(far_and_near(5, 1), probes.whole_regression(probes.whole_number(1, 2))),
                misconceptions=(
                    by_error(
                        "never_clipped", "Outliers still pull with all their error.", lambda e, delta: e
                    ),
                    by_error(
                        "outliers_dropped",
                        "Outliers do not pull at all.",
                        lambda e, delta: e * (abs(e) <= delta),
                    ),
                    by_error(
                        "always_a_line",
                        "All errors pull alike, small ones too.",
                        lambda e, delta: delta * np.sign(e),
                    ),
                    by_error(
                        "sign_of_outliers_lost",
                        "All outliers pull the same way: which side are they on?",
                        lambda e, delta: np.where(abs(e) <= delta, e, delta),
                    ),
                    by_error(
                        "clipped_at_one",
                        "It is clipped at 1: δ says where.",
                        lambda e, delta: np.clip(e, -1, 1),
                    ),
                ),
            ),
            example=(POINTS, TARGETS, WEIGHTS, BIAS, 1.0),
            hint="How steep is the line where it leaves the parabola?",
            operation="Errors clipped on both sides; their weighted sum over the points, and their mean.",
        ),
    ),
)
