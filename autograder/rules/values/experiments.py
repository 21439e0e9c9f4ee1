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


def descend(
    loss: Function,
    X: np.ndarray,
    y: np.ndarray,
    lr: float,
    *,
    start: tuple[Any, ...] | None = None,
    also: tuple[Any, ...] = (),
) -> Experiment:
    """Full-batch gradient descent; asked for: the gradient ``(X, y, w, b) → (dw, db)``.

    Parameters
    ----------
    loss
        Takes the same arguments as the gradient.
    X, y, lr
        The data, of shapes (n, d) and (n,), and the learning rate.
    start
        Other parameters than w = 0, b = 0 to begin with, as many as the gradient has parts.
    also
        What else the loss and the gradient take.
    """

    def experiment() -> Loop:
        parameters = start or (np.zeros(X.shape[1]), 0.0)
        losses = [loss(X, y, *parameters, *also)]
        for _ in range(_STEPS):
            slopes = yield X, y, *parameters, *also
            parameters = tuple(p - lr * slope for p, slope in zip(parameters, slopes, strict=True))
            losses.append(loss(X, y, *parameters, *also))
        return losses

    return experiment


def descend_with_predictions(loss: Function, X: np.ndarray, y: np.ndarray, lr: float) -> Experiment:
    """The same for the linear model; asked for: the predictions ``(X, w, b) → ŷ``.

    Parameters
    ----------
    loss
        Takes (X, y, w, b).
    X, y, lr
        The data, of shapes (n, d) and (n,), and the learning rate.
    """

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
    """The same; asked for: the loss itself ``(X, y, w, b) → L`` at every step.

    Parameters
    ----------
    gradient
        Of the loss: ``(X, y, w, b) → (dw, db)``.
    X, y, lr
        The data, of shapes (n, d) and (n,), and the learning rate.
    """

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
    ``(x1, x2, y, w1, w2, b) → float``.

    Parameters
    ----------
    loss
        Of all examples, as a function of (X, y, w, b).
    partials, k
        All three derivatives; the other two are taken from them. k counts from 0.
    X, y, lr
        The data, of shapes (n, 2) and (n,), and the learning rate.
    """

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
    """Gradient descent for one sigmoid neuron. Asked for: σ or σ′, at all z at once.

    Parameters
    ----------
    loss
        Takes (X, y, w, b).
    other, forward
        σ′ where σ is asked for (`forward`), and σ where σ′ is.
    X, y, lr
        The data, of shapes (n, d) and (n,), and the learning rate.
    """

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
    """Normalized descent: every step has the same length. Asked for: the direction ``gradient → r̂`` of the
    steepest descent, or ascent, for a gradient of shape (d + 1,).

    Parameters
    ----------
    loss, gradient
        Take (X, y, w, b); the gradient gives (dw, db).
    X, y, step
        The data, of shapes (n, d) and (n,), and the length of every step.
    uphill
        Whether the ascent is asked for, which is then walked backwards.
    """

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


def watch_predictions(
    gradient: Function, X: np.ndarray, y: np.ndarray, lr: float, start: tuple[Any, ...]
) -> Experiment:
    """Full-batch gradient descent, with its MSE from what is asked for: the predictions
    ``(X, *parameters) → ŷ``.

    Parameters
    ----------
    gradient
        Takes (X, y, *parameters), and gives one slope for each parameter.
    X, y, lr
        The data, of shapes (n, d) and (n,), and the learning rate.
    start
        The parameters to begin with.
    """

    def experiment() -> Loop:
        parameters, losses = start, []
        for _ in range(_STEPS + 1):
            error = (yield X, *parameters) - y
            losses.append(float(error @ error) / (2 * len(y)))
            slopes = gradient(X, y, *parameters)
            parameters = tuple(p - lr * slope for p, slope in zip(parameters, slopes, strict=True))
        return losses

    return experiment


def count_mistakes(
    output: Function, gradient: Function, X: np.ndarray, y: np.ndarray, lr: float
) -> Experiment:
    """Full-batch gradient descent of a neuron; asked for: the share of mistakes ``(ŷ, y) → loss``.

    Parameters
    ----------
    output, gradient
        Of the neuron: ``(X, w, b) → ŷ`` and ``(X, y, w, b) → (dw, db)``.
    X, y, lr
        The data, of shapes (n, d) and (n,), and the learning rate.
    """

    def experiment() -> Loop:
        w, b = np.zeros(X.shape[1]), 0.0
        losses = []
        for _ in range(_STEPS + 1):
            losses.append((yield output(X, w, b), y))
            dw, db = gradient(X, y, w, b)
            w, b = w - lr * dw, b - lr * db
        return losses

    return experiment


def meet_one_example_after_another(X: np.ndarray, y: np.ndarray) -> Experiment:
    """Kaczmarz's method: the shortest step after which one example has no error left. Asked for: that step,
    ``(a, c) → step``, where a is the example's row, with a 1 for the intercept, and c its error.

    Parameters
    ----------
    X, y
        The data, of shapes (n, d) and (n,).
    """

    rows = np.column_stack([X, np.ones(len(y))])

    def experiment() -> Loop:
        v = np.zeros(rows.shape[1])
        losses = []
        for step in range(_STEPS + 1):
            errors = y - rows @ v
            losses.append(float(errors @ errors) / (2 * len(y)))
            if step < _STEPS:
                row = 37 * step % len(y)
                v = v + (yield rows[row], float(errors[row]))
        return losses

    return experiment


# -- of v ↦ L(v)


def step(loss: Function, gradient: Function, start: np.ndarray, lr: float) -> Experiment:
    """Gradient descent; asked for: one step ``(v, gradient, lr) → v``.

    Parameters
    ----------
    loss, gradient
        Functions of v.
    start, lr
        The first v, of shape (d,), and the learning rate.
    """

    def experiment() -> Loop:
        v = start
        losses = [loss(v)]
        for _ in range(_STEPS):
            v = yield v, gradient(v), lr
            losses.append(loss(v))
        return losses

    return experiment


def step_with_momentum(
    loss: Function, gradient: Function, start: np.ndarray, lr: float, momentum: float
) -> Experiment:
    """Asked for: one step ``(v, velocity, gradient, lr, momentum) → (v, velocity)``.

    Parameters
    ----------
    loss, gradient
        Functions of v.
    start, lr, momentum
        The first v, of shape (d,), and what each step is given as learning rate and momentum.
    """

    def experiment() -> Loop:
        v, velocity = start, np.zeros(start.shape)
        losses = [loss(v)]
        for _ in range(2 * _STEPS):
            v, velocity = yield v, velocity, gradient(v), lr, momentum
            losses.append(loss(v))
        return losses

    return experiment


def step_with_adam(loss: Function, gradient: Function, start: np.ndarray, lr: float) -> Experiment:
    """Asked for: one step ``(v, m, s, gradient, t, lr) → (v, m, s)``.

    Parameters
    ----------
    loss, gradient
        Functions of v.
    start, lr
        The first v, of shape (d,), and the learning rate.
    """

    def experiment() -> Loop:
        v, m, s = start, np.zeros(start.shape), np.zeros(start.shape)
        losses = [loss(v)]
        for t in range(1, 2 * _STEPS + 1):
            v, m, s = yield v, m, s, gradient(v), t, lr
            losses.append(loss(v))
        return losses

    return experiment


def predict_losses(loss: Function, gradient: Function, start: np.ndarray, lr: float) -> Experiment:
    """Gradient descent, with the loss that is expected of each step. Asked for: the first-order change
    ``(gradient, lr) → ΔL``.

    Parameters
    ----------
    loss, gradient
        Functions of v.
    start, lr
        The first v, of shape (d,), and the learning rate.
    """

    def experiment() -> Loop:
        v, losses = start, [loss(start)]
        for _ in range(_STEPS):
            slope = gradient(v)
            losses.append(loss(v) + (yield slope, lr))
            v = v - lr * slope
        return losses

    return experiment


def step_along_random_directions(
    loss: Function, gradient: Function, start: np.ndarray, lr: float
) -> Experiment:
    """Each step goes along another direction, as far as the loss falls steeply there. Asked for: the rate of
    change ``(gradient, direction) → ∇Lᵀr̂``.

    Parameters
    ----------
    loss, gradient
        Functions of v.
    start, lr
        The first v, of shape (d,), and the length of a step for each unit of the rate.
    """

    def experiment() -> Loop:
        random = np.random.default_rng(3)
        v, losses = start, [loss(start)]
        for _ in range(_STEPS):
            direction = random.normal(size=start.shape)
            rate = yield gradient(v), direction
            v = v - lr * rate * direction / np.linalg.norm(direction)
            losses.append(loss(v))
        return losses

    return experiment
