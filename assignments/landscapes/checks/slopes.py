"""Slopes that are measured, not derived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def numerical_gradient(loss: Callable[..., Any], arguments: Sequence[Any], positions: Sequence[int]) -> Any:
    """The slope of a loss by central differences: (L(v + h) − L(v − h)) / 2h for every number v.

    Parameters
    ----------
    loss : callable
        ``loss(*arguments)``; one number, or one for each number of the argument that is moved.
    arguments : sequence
        Where the slope is measured.
    positions : sequence of int
        Which of the arguments are moved, counted from 0.

    Returns
    -------
    float or array, or a tuple of them
        One for each position, in the argument's shape.

    Examples
    --------
    >>> numerical_gradient(lambda v: float(v @ v), [np.array([1.0, -2.0])], [0]).round(6)
    array([ 2., -4.])
    """
    slopes = tuple(_slope(loss, list(arguments), position) for position in positions)
    return slopes[0] if len(slopes) == 1 else slopes


def _slope(loss: Callable[..., Any], arguments: list[Any], position: int) -> Any:
    v = np.asarray(arguments[position], float)

    def at(moved: np.ndarray) -> Any:
        arguments[position] = moved if v.ndim else float(moved)
        return np.asarray(loss(*arguments), float)

    h = 1e-5 * (1 + np.abs(v))
    together = (at(v + h) - at(v - h)) / (2 * h)
    if together.shape == v.shape and np.shape(at(v)) == v.shape:
        return together if v.ndim else float(together)
    slope = np.empty(v.shape)
    for index in np.ndindex(v.shape):
        step = np.zeros(v.shape)
        step[index] = h[index]
        slope[index] = float((at(v + step) - at(v - step)) / (2 * h[index]))
    return slope
