"""Ready-made probes: inputs drawn so that no mistake hides behind a special case.

Shapes with n ≠ d and n not a multiple of anything, parameters away from zero, no perfect fit: on n = 2 a
missing 1/n looks like a factor of two, and with w = b = 0 a forgotten bias looks right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.homework import Probe

# Together these separate all single mistakes in a gradient over examples.
SHAPES = ((7, 3), (5, 2), (4, 2))


def away_from_zero(random: np.random.Generator, size: int | tuple[int, ...] | None = None) -> Any:
    """Numbers between 0.4 and 1.9, of either sign."""
    spread = random.uniform(-1.5, 1.5, size)
    return spread + np.copysign(0.4, spread)


def _examples(n: int, d: int) -> str:
    return f"{n} example{'s' * (n > 1)} of {d} feature{'s' * (d > 1)}"


def regression(
    shapes: Sequence[tuple[int, int]] = SHAPES, *, targets: bool = True, labels: bool = False
) -> tuple[Probe, ...]:
    """Inputs (X, y, w, b), one probe a shape (n, d).

    Parameters
    ----------
    targets
        Whether y is among them.
    labels
        Whether y is of zeros and ones, as for a neuron, instead of real numbers.
    """

    def probe(n: int, d: int) -> Probe:
        def draw(random: np.random.Generator) -> tuple[Any, ...]:
            X, w, b = random.normal(size=(n, d)), away_from_zero(random, d), float(away_from_zero(random))
            if not targets:
                return X, w, b
            y = (random.random(n) < 0.5).astype(float) if labels else random.normal(size=n) * 2
            return X, y, w, b

        return Probe(_examples(n, d), draw)

    return tuple(probe(n, d) for n, d in shapes)


def whole_regression(*, targets: bool = True, labels: bool = False) -> Probe:
    """Inputs (X, y, w, b) of integers."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        X = random.integers(-3, 4, size=(5, 2))
        w, b = random.choice([-2, -1, 1, 2], size=2), int(random.choice([-2, -1, 1, 2]))
        if not targets:
            return X, w, b
        return X, random.integers(0, 2, size=5) if labels else random.integers(-5, 6, size=5), w, b

    return Probe("integer arrays", draw)


def numbers(count: int, times: int = 4) -> tuple[Probe, ...]:
    """`times` probes of `count` numbers each."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        return tuple(float(x) for x in away_from_zero(random, count))

    return tuple(Probe("random numbers", draw) for _ in range(times))


def whole_numbers(count: int) -> Probe:
    """`count` Python integers."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        return tuple(int(x) for x in random.choice([-3, -2, -1, 1, 2, 3], size=count))

    return Probe("plain Python integers", draw)


def elementwise() -> tuple[Probe, ...]:
    """One argument z: a number, a vector, a matrix, with values of moderate size."""

    def draw(shape: tuple[int, ...]) -> Probe:
        def inputs(random: np.random.Generator) -> tuple[Any, ...]:
            z = away_from_zero(random, shape or None) * 1.5
            return (z if shape else float(z),)

        return Probe(f"an array of shape {shape}" if shape else "one number", inputs)

    return draw(()), draw((6,)), draw((3, 4)), draw(())


def fixed(name: str, *arguments: Any) -> Probe:
    """The same inputs for every student."""

    def draw(_random: np.random.Generator) -> tuple[Any, ...]:
        return tuple(a.copy() if isinstance(a, np.ndarray) else a for a in arguments)

    return Probe(name, draw)


def gradients(dimensions: Sequence[int] = (3, 5, 2)) -> tuple[Probe, ...]:
    """One gradient vector for each dimension, longer than 1: what adding 1e-8 to its length does, is left
    to `tiny_gradient` for every student alike."""

    def probe(d: int) -> Probe:
        def draw(random: np.random.Generator) -> tuple[Any, ...]:
            return (away_from_zero(random, d) * random.uniform(2, 3),)

        return Probe(f"a gradient with {d} components", draw)

    return tuple(probe(d) for d in dimensions)


def tiny_gradient() -> Probe:
    """A gradient of length about 1e-20: it has a direction all the same, whatever the usual thresholds."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        return (away_from_zero(random, 3) * 1e-20,)

    return Probe("a gradient of length 1e-20", draw)
