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
        Bias before the epoch.
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
        Bias after the epoch.

    Examples
    --------
    With a gradient that is the same everywhere, only the number of steps counts: 5 examples in batches of 2
    make 3 steps.

    >>> X, y = np.ones((5, 2)), np.ones(5)
    >>> slope = lambda X_batch, y_batch, w, b: (np.array([1.0, -2.0]), 0.5)
    >>> w, b = sgd_epoch(X, y, np.array([4.0, 1.0]), 3.0, 0.5, 2, np.random.default_rng(0), slope)
    >>> w, float(b)
    (array([2.5, 4. ]), 2.25)

    The example that was worked out by hand above: a hundred epochs from the same start end in three places.

    >>> X, y = np.array([[2.0], [4.0], [6.0]]), np.array([1.0, -3.0, 5.0])
    >>> pull = lambda X_batch, y_batch, w, b: (w - X_batch.mean(axis=0), b - y_batch.mean())
    >>> rng = np.random.default_rng(0)
    >>> epochs = [sgd_epoch(X, y, np.array([-2.0]), 1.0, 0.5, 2, rng, pull) for _ in range(100)]
    >>> sorted({(float(w[0]), float(b)) for w, b in epochs})
    [(1.75, 1.0), (2.5, -0.5), (3.25, 2.5)]
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
        Bias to begin with.
    max_epochs : int
        How many epochs there are at most; 0 is allowed.
    tolerance : float, optional
        Stop after the first epoch in which the loss has fallen by less than this.

    Returns
    -------
    w : array, shape (d,)
        Weights after the last epoch.
    b : float
        Bias after the last epoch.
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

    The table above, with w as the number of the epoch:

    >>> table = lambda w, b: [8.0, 5.0, 4.0, 3.5, 4.5, 2.0][int(w[0])]
    >>> forth = lambda w, b: (w + 1, b)
    >>> train(forth, table, np.array([0.0]), 1.5, 5, tolerance=0)
    (array([4.]), 1.5, [8.0, 5.0, 4.0, 3.5, 4.5])
    """
    raise NotImplementedError("not written yet: replace this line")


def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    """How far a mini-batch's gradient is from the full one: the root mean square over random mini-batches.

    The distance is the Euclidean one, over (dw, db) together as one vector. The loss may be any that is a
    mean over examples.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights at which the gradients are taken.
    b : float
        Bias at which they are taken.
    batch_size : int
        How many different examples make one mini-batch, from 1 to n.
    draws : int
        How many mini-batches are drawn, independently of each other; at least 1.
    rng : numpy.random.Generator
        The only source of randomness.
    gradient : callable
        ``gradient(X_batch, y_batch, w, b)`` returns ``(dw, db)``, the mean over the examples it is given.

    Returns
    -------
    float

    Examples
    --------
    The three examples from above: one draw gives one of three distances, many draws come close to √(10/3).

    >>> X, y = np.array([[2.0], [4.0], [6.0]]), np.array([1.0, -3.0, 5.0])
    >>> w, b = np.array([-2.0]), 1.0
    >>> pull = lambda X_batch, y_batch, w, b: (w - X_batch.mean(axis=0), b - y_batch.mean())
    >>> rng = np.random.default_rng(0)
    >>> singles = [gradient_noise(X, y, w, b, 2, 1, rng, pull) for _ in range(100)]
    >>> sorted({round(float(noise), 4) for noise in singles})
    [1.0, 2.0, 2.2361]
    >>> many = gradient_noise(X, y, w, b, 2, 2000, rng, pull)
    >>> bool(abs(many - np.sqrt(10 / 3)) < 0.1)
    True
    >>> float(gradient_noise(X, y, w, b, 3, 5, rng, pull))
    0.0
    """
    raise NotImplementedError("not written yet: replace this line")


def ridge_gradient(X, y, w, b, lam):
    """Gradient of the linear model's MSE with a penalty, L = 1/(2n) Σ (y_hat - y)² + λ Σ w_j².

    The MSE has the ½ and the mean, the penalty has neither; b is not in the penalty.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights.
    b : float
        Bias, not regularized.
    lam : float
        Strength λ of the penalty, 0 or larger.

    Returns
    -------
    dw : array, shape (d,)
        ∂L/∂w.
    db : float
        ∂L/∂b.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
    >>> y = np.array([2.0, -1.0, 0.5])
    >>> dw, db = ridge_gradient(X, y, np.array([0.5, -1.5]), 0.25, 0.1)
    >>> np.round(dw, 4)
    array([ 4.2667, -4.8833])
    >>> round(float(db), 4)
    -0.6667
    """
    raise NotImplementedError("not written yet: replace this line")
