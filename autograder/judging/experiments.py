"""Learning curves with one function missing: each experiment asks for it as it goes along.

An experiment is a generator: it yields the arguments of a call, is sent the result, and returns the losses.
The referee runs it once with the reference in the gap and once, where that differs, with the student's.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any

import numpy as np

from autograder.homework import Experiment

Loop = Generator[tuple[Any, ...], Any, list[float]]
Function = Callable[..., Any]
# Enough steps for a curve that can be judged by eye.
_STEPS = 20


def descend(loss: Function, X: np.ndarray, y: np.ndarray, lr: float) -> Experiment:
    """Full-batch gradient descent from zero; asked for: the gradient ``(X, y, w, b) → (dw, db)``."""

    def experiment() -> Loop:
        w, b = np.zeros(X.shape[1]), 0.0
        losses = [loss(X, y, w, b)]
        for _ in range(_STEPS):
            dw, db = yield X, y, w, b
            w, b = w - lr * dw, b - lr * db
            losses.append(loss(X, y, w, b))
        return losses

    return experiment


def descend_with_predictions(loss: Function, X: np.ndarray, y: np.ndarray, lr: float) -> Experiment:
    """The same for the linear model; asked for: the predictions ``(X, w, b) → ŷ``."""

    def experiment() -> Loop:
        w, b = np.zeros(X.shape[1]), 0.0
        losses = [loss(X, y, w, b)]
        for _ in range(_STEPS):
            error = (yield X, w, b) - y
            w, b = w - lr * (error @ X) / len(y), b - lr * float(error.mean())
            losses.append(loss(X, y, w, b))
        return losses

    return experiment


def watch_losses(gradient: Function, X: np.ndarray, y: np.ndarray, lr: float) -> Experiment:
    """The same; asked for: the loss itself ``(X, y, w, b) → L`` at every step."""

    def experiment() -> Loop:
        w, b = np.zeros(X.shape[1]), 0.0
        losses = []
        for _ in range(_STEPS + 1):
            losses.append((yield X, y, w, b))
            dw, db = gradient(X, y, w, b)
            w, b = w - lr * dw, b - lr * db
        return losses

    return experiment


def step_by_example(
    loss: Function, partials: Sequence[Function], k: int, X: np.ndarray, y: np.ndarray, lr: float
) -> Experiment:
    """One step for each of some examples; asked for: the k-th of ∂L/∂w₁, ∂L/∂w₂, ∂L/∂b of one example,
    ``(x1, x2, y, w1, w2, b) → float``. The other two come from `partials`."""

    def experiment() -> Loop:
        w1 = w2 = b = 0.0
        losses = [loss(X, y, np.array([w1, w2]), b)]
        for i in range(_STEPS):
            row = 37 * i % len(y)  # penguins stand in the file by species: jump about
            at = (float(X[row, 0]), float(X[row, 1]), float(y[row]), w1, w2, b)
            asked = yield at
            steps = [asked if j == k else partial(*at) for j, partial in enumerate(partials)]
            w1, w2, b = (v - lr * step for v, step in zip((w1, w2, b), steps, strict=True))
            losses.append(loss(X, y, np.array([w1, w2]), b))
        return losses

    return experiment


def train_neuron(
    loss: Function, other: Function, X: np.ndarray, y: np.ndarray, lr: float, *, forward: bool
) -> Experiment:
    """Gradient descent for one sigmoid neuron. Asked for: σ (`forward`; `other` is σ′ then), or σ′ (`other`
    is σ then), at all z at once."""

    def experiment() -> Loop:
        w, b = np.zeros(X.shape[1]), 0.0
        losses = [loss(X, y, w, b)]
        for _ in range(_STEPS):
            z = X @ w + b
            asked = yield (z,)
            output, slope = (asked, other(z)) if forward else (other(z), asked)
            delta = (output - y) * slope
            w, b = w - lr * (delta @ X) / len(y), b - lr * float(delta.mean())
            losses.append(loss(X, y, w, b))
        return losses

    return experiment


def follow_direction(
    loss: Function, gradient: Function, X: np.ndarray, y: np.ndarray, step: float, *, uphill: bool = False
) -> Experiment:
    """Normalised descent: every step has the same length. Asked for: the direction ``gradient → r̂`` of the
    steepest descent, or ascent (`uphill`), which is then walked backwards."""

    def experiment() -> Loop:
        w, b = np.zeros(X.shape[1]), 0.0
        losses = [loss(X, y, w, b)]
        for _ in range(_STEPS):
            dw, db = gradient(X, y, w, b)
            direction = yield (np.append(dw, db),)
            length = -step if uphill else step
            w, b = w + length * direction[:-1], b + length * float(direction[-1])
            losses.append(loss(X, y, w, b))
        return losses

    return experiment
