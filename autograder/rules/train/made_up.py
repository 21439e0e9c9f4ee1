"""The epoch and the loss of a training. NumPy alone: they are sent to where students call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

UNKNOWN = "loss(w, b) was called with parameters that no epoch returned"


def epoch_of(shape: tuple[int, ...], takes: str) -> Callable[..., Any]:
    """``epoch(w, b)``: w shrinks by a tenth, b grows by one.

    Parameters
    ----------
    shape
        Of w.
    takes
        The error for a `w` of another shape: ``{}`` stand for a name, the right shape and the other.
    """

    def epoch(w: Any, b: Any) -> tuple[np.ndarray, float]:
        return _checked(w, "epoch", shape, takes) * 0.9, _number(b) + 1.0

    return epoch


def loss_of(
    shape: tuple[int, ...], first: float, losses: tuple[float, ...], takes: str
) -> Callable[..., Any]:
    """``loss(w, b)``: the next loss of a list, by how far b has come.

    Parameters
    ----------
    shape
        Of w.
    first
        b before the first epoch.
    losses
        The loss before the first epoch, and after each; the last one stays.
    takes
        As for `epoch_of`.
    """

    def loss(w: Any, b: Any) -> float:
        _checked(w, "loss", shape, takes)
        count = round(_number(b) - first)
        if count < 0:
            raise ValueError(UNKNOWN)
        return losses[min(count, len(losses) - 1)]

    return loss


def _checked(w: Any, name: str, shape: tuple[int, ...], takes: str) -> np.ndarray:
    array = np.asarray(w, float)
    if array.shape != shape:
        raise ValueError(takes.format(name, shape, array.shape))
    return array


def _number(b: Any) -> float:
    return float(np.asarray(b, float).reshape(()))
