"""What the source of a NumPy function becomes: the function, and what such functions call."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from symbolic_checks.errors import UndefinedError


def compiled(source: str) -> Callable[..., Any]:
    """The function ``compute`` of a program's source."""
    namespace: dict[str, Any] = {
        "np": np,
        "sigma": sigma,
        "log_sigma": log_sigma,
        "softmax": softmax,
        "log_softmax": log_softmax,
        "log_sum_exp": log_sum_exp,
        "norm": norm,
        "as_given": as_given,
        "UndefinedError": UndefinedError,
    }
    exec(source, namespace)
    return namespace["compute"]


def sigma(z: Any) -> Any:
    """1/(1 + e^(−z)), with e^(−|z|) only, which never overflows.

    >>> sigma(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    power = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, power) / (1.0 + power)


def log_sigma(z: Any) -> Any:
    """log σ(z), which is finite wherever z is.

    >>> log_sigma(np.array([-1000.0, 1000.0]))
    array([-1000.,     0.])
    """
    return 0.0 - np.logaddexp(0.0, -z)


def softmax(z: Any, axis: int) -> Any:
    """e^z_c / Σ_c' e^z_c' along an axis; no power is larger than 1.

    Parameters
    ----------
    z
        Array of any shape.
    axis
        The one that c runs along.

    Examples
    --------
    >>> softmax(np.array([1000.0, 1000.0]), 0)
    array([0.5, 0.5])
    """
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def log_softmax(z: Any, axis: int) -> Any:
    """The logarithm of the softmax, which is finite wherever z is.

    Parameters
    ----------
    z
        Array of any shape.
    axis
        The one that the softmax is taken along.
    """
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def log_sum_exp(z: Any, axis: int) -> Any:
    """log Σ e^z along an axis; no power is larger than 1.

    Parameters
    ----------
    z
        Array of any shape.
    axis
        The one that is summed over, which the result does not have.

    Examples
    --------
    >>> round(float(log_sum_exp(np.array([1000.0, 1000.0]), 0)), 4)
    1000.6931
    """
    largest = z.max(axis=axis, keepdims=True)
    return np.log(np.exp(z - largest).sum(axis=axis)) + largest.squeeze(axis)


def norm(vector: Any) -> float:
    """Euclidean length; the squares of very long or short vectors neither overflow nor vanish.

    >>> norm(np.array([3e-200, 4e-200]))
    5e-200
    """
    return math.hypot(*vector.tolist())


def as_given(array: Any) -> Any:
    """A float for a single number, else the array."""
    return array if array.ndim else float(array)
