import itertools
import math

import numpy as np


def plain(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            break
    return w, b, losses


def while_loop(epoch, loss, w, b, max_epochs, tolerance=None):
    previous = float(loss(w, b))
    losses, k, going = [previous], 0, True
    while going and k < max_epochs:
        w, b = epoch(w, b)
        now = float(loss(w, b))
        losses.append(now)
        if tolerance is not None:
            going = not previous - now < tolerance
        previous = now
        k += 1
    return w, b, losses


def array_of_losses(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = np.array([loss(w, b)])
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses = np.append(losses, loss(w, b))
        if tolerance is not None and -np.diff(losses)[-1] < tolerance:
            return w, b, losses
    return w, b, losses


def preallocated(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = np.zeros(max_epochs + 1)
    losses[0] = loss(w, b)
    done = 0
    for done in range(1, max_epochs + 1):
        w, b = epoch(w, b)
        losses[done] = loss(w, b)
        if tolerance is not None and losses[done - 1] - losses[done] < tolerance:
            break
    return w, b, losses[: done + 1]


def minus_infinity(epoch, loss, w, b, max_epochs, tolerance=None):
    if tolerance is None:
        tolerance = -math.inf
    curve = [loss(w, b)]
    for _ in itertools.repeat(None, max_epochs):
        w, b = epoch(w, b)
        curve.append(loss(w, b))
        if curve[-2] - curve[-1] < tolerance:
            break
    return [w, b, tuple(curve)]


def loss_called_twice(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        before = loss(w, b)
        w, b = epoch(w, b)
        losses += [loss(w, b)]
        if tolerance is not None and before - loss(w, b) < tolerance:
            break
    return w, b, losses


def stop_flag(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [np.float64(loss(w, b))]
    stop = max_epochs <= 0
    while not stop:
        new = epoch(w, b)
        w, b = new[0], new[1]
        losses.append(np.float64(loss(w, b)))
        too_little = tolerance is not None and losses[-1] > losses[-2] - tolerance
        stop = too_little or len(losses) > max_epochs
    return w, b, losses


def zero_d(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [np.array(loss(w, b))]
    for _ in range(max_epochs):
        w, b = epoch(list(w), np.array(b))
        losses.append(np.array(loss(w, b)))
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            break
    return list(w), np.array(b), losses


def guarded_start(epoch, loss, w, b, max_epochs, tol=None):
    losses = []
    losses.append(loss(w, b))
    if max_epochs == 0:
        return w, b, losses
    for k in range(1, max_epochs + 1):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tol is None:
            continue
        if losses[k - 1] - losses[k] < tol:
            break
    return w, b, losses


class _Trainer:
    def __call__(self, epoch, loss, w, b, max_epochs, tolerance=None):
        w, b = np.array(w, float), float(b)
        self.losses = [loss(w, b)]
        for _ in range(max_epochs):
            w, b = epoch(w, b)
            self.losses.append(loss(w, b))
            if self.small(tolerance):
                break
        return w, b, self.losses

    def small(self, tolerance):
        return tolerance is not None and self.losses[-2] - self.losses[-1] < tolerance


instance = _Trainer()


def by_name(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w=w, b=b)]
    for _ in range(max_epochs):
        w, b = epoch(w=w, b=b)
        losses.append(loss(b=b, w=w))
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            break
    return w, b, losses
