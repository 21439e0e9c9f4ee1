"""Where a gradient that is linear in its unknowns is zero, in numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symbolic_checks.errors import UndefinedError

# Singular values below this share of the largest count as zero.
_RANK = 1e-10


def solver(
    gradient: Callable[..., tuple[Any, ...]], names: tuple[str, ...], shapes: Callable[..., tuple[Any, ...]]
) -> Callable[..., tuple[Any, ...]]:
    """A function that solves gradient = 0, whose coefficients are read off the gradient itself.

    Parameters
    ----------
    gradient
        ``gradient(*given, *unknowns)``, linear in the unknowns.
    names
        The unknowns; for messages.
    shapes
        ``shapes(*given)`` returns the shape of each unknown.
    """

    def solve(*given: Any) -> tuple[Any, ...]:
        sizes = shapes(*given)
        count = sum(int(np.prod(shape)) for shape in sizes)

        def slope(v: np.ndarray) -> np.ndarray:
            return np.concatenate([np.ravel(part) for part in gradient(*given, *_parts(v, sizes))])

        at_zero = slope(np.zeros(count))
        matrix = np.column_stack([slope(unit) - at_zero for unit in np.eye(count)])
        if np.linalg.matrix_rank(matrix, tol=_RANK * np.abs(matrix).max(), hermitian=True) < count:
            raise UndefinedError(f"{' and '.join(names)} are not determined: the matrix has no full rank.")
        return _parts(np.linalg.solve(matrix, -at_zero), sizes)

    return solve


def _parts(v: np.ndarray, shapes: tuple[Any, ...]) -> tuple[Any, ...]:
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]
    parts = [part.reshape(shape) for part, shape in zip(np.split(v, ends), shapes, strict=True)]
    return tuple(part if part.ndim else float(part) for part in parts)
