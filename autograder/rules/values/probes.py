"""Ready-made probes: inputs drawn so that no mistake hides behind a special case.

Shapes with n ≠ d and n not a multiple of anything, parameters away from zero, no perfect fit: on n = 2 a
missing 1/n looks like a factor of two, and with w = b = 0 a forgotten bias looks right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.judging.arranged import ARRANGED

Part = Callable[[np.random.Generator], Any]

# Together these separate all single mistakes in a gradient over examples.
SHAPES = ((7, 3), (5, 2), (4, 2))


def away_from_zero(random: np.random.Generator, size: int | tuple[int, ...] | None = None) -> Any:
    """Numbers between 0.4 and 1.9, of either sign.

    Parameters
    ----------
    random
        What they are drawn from.
    size
        A length or a shape; None for a single number.
    """
    spread = random.uniform(-1.5, 1.5, size)
    return spread + np.copysign(0.4, spread)


def drawn(name: str, *parts: Part) -> Probe:
    """A probe of any arguments, one part each, drawn one after another.

    Parameters
    ----------
    name
        What is special about the inputs, as the student reads it.
    parts
        What draws each argument, in the function's order.

    Examples
    --------
    >>> probe = drawn("a gradient and a learning rate", vector(2), number(0.1, 0.2))
    >>> gradient, lr = probe.draw(np.random.default_rng(0))
    >>> gradient.shape, 0.1 < lr < 0.2
    ((2,), True)
    """
    return Probe(name, lambda random: tuple(part(random) for part in parts))


def vector(size: int, factor: float = 1.0) -> Part:
    """Numbers away from zero, of either sign.

    Parameters
    ----------
    size
        How many numbers: an array of shape (size,).
    factor
        Multiplied with each of them; with 1 they are between 0.4 and 1.9 in size.
    """
    return lambda random: away_from_zero(random, size) * factor


def squares(size: int) -> Part:
    """Positive numbers between 0.2 and 3.65."""
    return lambda random: away_from_zero(random, size) ** 2 + 0.04


def matrix(rows: int, columns: int) -> Part:
    """Numbers of a standard normal distribution.

    Parameters
    ----------
    rows, columns
        The shape of the array.
    """
    return lambda random: random.normal(size=(rows, columns))


def number(low: float, high: float) -> Part:
    """A number between two bounds.

    Parameters
    ----------
    low, high
        Every number between them is equally likely.
    """
    return lambda random: float(random.uniform(low, high))


def whole_number(low: int, high: int) -> Part:
    """A Python integer between two bounds, both possible.

    Parameters
    ----------
    low, high
        Both bounds and all integers between them are equally likely.
    """
    return lambda random: int(random.integers(low, high + 1))


def whole_array(*shape: int) -> Part:
    """Integers between -3 and 3, none of them zero."""
    return lambda random: random.choice([-3, -2, -1, 1, 2, 3], size=shape)


def given(value: Any) -> Part:
    """The same for every student; an array is copied."""
    return lambda random: value.copy() if isinstance(value, np.ndarray) else value


_NOUNS = (("example", "examples"), ("feature", "features"), ("hidden unit", "hidden units"))


def sized(shape: Sequence[int], nouns: Sequence[tuple[str, str]] = _NOUNS) -> str:
    """How many there are along each axis, which are called so: one of them, and several.

    Parameters
    ----------
    shape
        How many there are along each axis, in order.
    nouns
        For each axis its words, singular and plural; an axis without any is left out.

    Examples
    --------
    >>> sized((7, 1, 4))
    '7 examples of 1 feature, 4 hidden units'
    """
    named = zip(shape, nouns, strict=False)
    counts = [f"{size} {several if size > 1 else one}" for size, (one, several) in named]
    return ", ".join([" of ".join(counts[:2]), *counts[2:]])


def regression(
    shapes: Sequence[tuple[int, int]] = SHAPES,
    *also: Part,
    targets: bool = True,
    labels: bool = False,
) -> tuple[Probe, ...]:
    """Inputs (X, y, w, b), one probe a shape (n, d).

    Parameters
    ----------
    shapes
        n examples and d features for each probe: X has shape (n, d), y (n,), and w (d,).
    also
        What comes after b.
    targets
        Whether y is among them.
    labels
        Whether y is of zeros and ones, as for a neuron, instead of real numbers.
    """

    def probe(n: int, d: int) -> Probe:
        def draw(random: np.random.Generator) -> tuple[Any, ...]:
            X, w, b = random.normal(size=(n, d)), away_from_zero(random, d), float(away_from_zero(random))
            if not targets:
                return X, w, b, *(part(random) for part in also)
            y = (random.random(n) < 0.5).astype(float) if labels else random.normal(size=n) * 2
            return X, y, w, b, *(part(random) for part in also)

        return Probe(sized((n, d)), draw, (n, d))

    return tuple(probe(n, d) for n, d in shapes)


def whole_regression(*also: Part, targets: bool = True, labels: bool = False) -> Probe:
    """Inputs (X, y, w, b) of integers: X has shape (5, 2).

    Parameters
    ----------
    also
        What comes after b.
    targets
        Whether y is among them.
    labels
        Whether y is of zeros and ones, as for a neuron, instead of any integers.
    """

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        X = random.integers(-3, 4, size=(5, 2))
        w, b = random.choice([-2, -1, 1, 2], size=2), int(random.choice([-2, -1, 1, 2]))
        if not targets:
            return X, w, b, *(part(random) for part in also)
        y = random.integers(0, 2, size=5) if labels else random.integers(-5, 6, size=5)
        return X, y, w, b, *(part(random) for part in also)

    return Probe("integer arrays", draw)


# One row a probe: columns differ, and each has both signs, so that no sign or absolute value looks right.
_SIGNS = (
    (1, 1, 1, 1, 1, -1),
    (1, -1, -1, 1, -1, 1),
    (-1, 1, -1, -1, 1, 1),
    (-1, -1, 1, -1, 1, -1),
    (1, 1, -1, -1, -1, -1),
)


def one_example() -> tuple[Probe, ...]:
    """Five probes of (x1, x2, y, w1, w2, b): one example with two features and a linear model.

    Every number is positive in some and negative in others, and so is the error ŷ − y, which is never near 0.
    """

    def probe(signs: Sequence[int]) -> Probe:
        def draw(random: np.random.Generator) -> tuple[Any, ...]:
            x1, x2, w1, w2, b, error = (float(s * random.uniform(0.4, 1.9)) for s in signs)
            return x1, x2, w1 * x1 + w2 * x2 + b - error, w1, w2, b

        return Probe("random numbers", draw)

    return tuple(map(probe, _SIGNS))


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
    """The same inputs for every student.

    Parameters
    ----------
    name
        What is special about the inputs, as the student reads it.
    arguments
        In the function's order.
    """

    return drawn(name, *map(given, arguments))


def arrangements(probe: Probe) -> tuple[Probe, ...]:
    """The same inputs with numbers of one sign, in ascending order, and with a zero among them; all arguments
    are numbers or arrays of them."""

    def arranged_by(name: str, made: Callable[[Any], Any]) -> Probe:
        return Probe(name, lambda random: tuple(map(made, probe.draw(random))))

    return tuple(arranged_by(name, made) for name, made in ARRANGED.items())


def gradients(dimensions: Sequence[int] = (3, 5, 2)) -> tuple[Probe, ...]:
    """One gradient vector for each dimension, longer than 1: what adding 1e-8 to its length does, is left
    to `tiny_gradient` for every student alike."""

    return tuple(drawn(f"a gradient with {d} components", vector(d, 2.5)) for d in dimensions)


def tiny_gradient() -> Probe:
    """A gradient of length about 1e-20: it has a direction all the same, whatever the usual thresholds."""

    return drawn("a gradient of length 1e-20", vector(3, 1e-20))


def network(
    shapes: Sequence[tuple[int, int, int]] = ((7, 3, 4), (5, 2, 3), (4, 3, 2)), *, targets: bool = True
) -> tuple[Probe, ...]:
    """Inputs (X, y, W1, b1, w2, b2) of a network with one hidden layer, one probe a shape (n, d, h).

    Parameters
    ----------
    shapes
        n examples, d features and h hidden units for each probe: W1 has shape (d, h), b1 and w2 have (h,).
    targets
        Whether y is among them.
    """

    def probe(n: int, d: int, h: int) -> Probe:
        y = [vector(n, 2.0)] if targets else []
        parts = [matrix(n, d), *y, matrix(d, h), vector(h), vector(h), lambda r: float(away_from_zero(r))]
        return replace(drawn(sized((n, d, h)), *parts), shape=(n, d, h))

    return tuple(probe(*shape) for shape in shapes)


def saturated(probe: Probe, weights: int) -> Probe:
    """The same inputs with two examples that saturate σ, on either side: |z| is nearly 1000 in a unit.

    Parameters
    ----------
    probe
        Draws X first, with two examples at least.
    weights
        The place of what X is multiplied by.
    """

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        X, *others = probe.draw(random)
        others[weights - 1] /= 8  # so that there are numbers beyond 1000 in X
        X[0] *= 990 / np.abs(X[0] @ others[weights - 1]).max()
        X[1] = -X[0]
        return X, *others

    return Probe("|z| up to 1000", draw)


def predictions(*sizes: int) -> tuple[Probe, ...]:
    """Inputs (ŷ, y) of predictions and labels 0 or 1, one probe a size n; neither all nor none nor half of
    the predictions are on their label's side of ½, none is near ½, and some lie between ½ and their mean."""

    def probe(n: int) -> Probe:
        def draw(random: np.random.Generator) -> tuple[Any, ...]:
            while True:
                y = (random.permutation(n) < random.integers(1, n)).astype(float)
                wrong = random.permutation(n) < random.choice([k for k in range(1, n) if 2 * k != n])
                y_hat = np.where(wrong, 1 - y, y) * 0.55 + random.uniform(0.02, 0.4, n)
                if np.any((y_hat >= 0.5) != (y_hat >= y_hat.mean())):
                    return y_hat, y

        return Probe(f"{n} predictions", draw)

    return tuple(map(probe, sizes))
