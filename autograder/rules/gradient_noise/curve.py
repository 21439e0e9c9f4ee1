"""The curve of the noise against the batch size, as it is expected."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from autograder.rules.gradient_noise.population import Population, bounds, draw

CURVE_DRAWS = 20


@lru_cache(maxsize=1)
def curve_points() -> list[tuple[Population, float, tuple[float, float]]]:
    """Batches of 1, 2, 4 and 8 of sixteen examples: each with its exact expectation, and bounds on it.

    E‖g_B − g‖² = S²/m · (n − m)/(n − 1), with S² the mean squared distance of the examples' gradients:
    sampling without replacement from a finite population (Cochran 1977, Sampling Techniques, theorem 2.2).
    """
    points = []
    for k in range(4):
        m = 2**k
        population = draw(np.random.default_rng(12), 16, m)
        spread = (population.away**2).sum(axis=1).mean()
        expected = math.sqrt(spread / m * (16 - m) / 15)
        points.append((population, expected, bounds(population, CURVE_DRAWS)))
    return points
