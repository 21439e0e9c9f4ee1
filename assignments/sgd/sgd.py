"""Stochastic gradient descent.

Write the functions, and check them with: python -m pytest
"""

import numpy as np


def minibatches(n, batch_size, rng):
    """One epoch's mini-batches: a random order of 0…n−1, cut into consecutive pieces.

    Parameters
    ----------
    n : int
        How many examples there are.
    batch_size : int
        How many of them make one batch; the last one may be smaller.
    rng : numpy.random.Generator
        The only source of randomness.

    Returns
    -------
    list of integer arrays
        The indices in each batch.

    Raises
    ------
    ValueError
        If `batch_size` is below 1.

    Examples
    --------
    >>> batches = minibatches(7, 3, np.random.default_rng(0))
    >>> [len(batch) for batch in batches]
    [3, 3, 1]
    >>> sorted(int(i) for batch in batches for i in batch)
    [0, 1, 2, 3, 4, 5, 6]
    """
    raise NotImplementedError("not written yet: replace this line")


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    """One epoch of mini-batch SGD: every example is used exactly once, in a fresh random order.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights before the epoch; they stay as they are.
    b : float
        Intercept before the epoch.
    lr : float
        Learning rate η.
    batch_size : int
        How many examples make one batch; the last one may be smaller.
    rng : numpy.random.Generator
        The only source of randomness.
    gradient : callable
        ``gradient(X_batch, y_batch, w, b)`` returns ``(dw, db)``, the mean over that batch.

    Returns
    -------
    w : array, shape (d,)
        Weights after the epoch.
    b : float
        Intercept after the epoch.

    Examples
    --------
    With a gradient that is the same everywhere, only the number of steps counts: 5 examples in batches of 2
    make 3 steps.

    >>> X, y = np.ones((5, 2)), np.ones(5)
    >>> slope = lambda X_batch, y_batch, w, b: (np.array([1.0, -2.0]), 0.5)
    >>> w, b = sgd_epoch(X, y, np.array([4.0, 1.0]), 3.0, 0.5, 2, np.random.default_rng(0), slope)
    >>> w, float(b)
    (array([2.5, 4. ]), 2.25)
    """
    raise NotImplementedError("not written yet: replace this line")


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    """Train for at most `max_epochs` epochs and keep the learning curve.

    Parameters
    ----------
    epoch : callable
        ``epoch(w, b)`` returns the parameters ``(w, b)`` after one more epoch.
    loss : callable
        ``loss(w, b)`` returns the loss as a float.
    w : array, shape (d,)
        Weights to begin with.
    b : float
        Intercept to begin with.
    max_epochs : int
        How many epochs there are at most; 0 is allowed.
    tolerance : float, optional
        Stop after the first epoch in which the loss has fallen by less than this.

    Returns
    -------
    w : array, shape (d,)
        Weights after the last epoch.
    b : float
        Intercept after the last epoch.
    losses : list of float
        The loss before the first epoch, then after each one.

    Examples
    --------
    >>> halve = lambda w, b: (w / 2, b / 2)
    >>> size = lambda w, b: float(abs(w).sum() + abs(b))
    >>> train(halve, size, np.array([4.0, -8.0]), 4.0, 3)
    (array([ 0.5, -1. ]), 0.5, [16.0, 8.0, 4.0, 2.0])
    >>> train(halve, size, np.array([4.0, -8.0]), 4.0, 100, tolerance=3.0)
    (array([ 0.5, -1. ]), 0.5, [16.0, 8.0, 4.0, 2.0])
    """
    raise NotImplementedError("not written yet: replace this line")
