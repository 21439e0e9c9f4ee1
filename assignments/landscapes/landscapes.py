"""Where gradient descent goes, and why it may get stuck.

Write the functions, and check them with: python -m pytest
"""

import numpy as np


def central_difference_gradient(loss, v, h=1e-5):
    """The gradient of a loss, measured: component i is (loss(v + h·e_i) - loss(v - h·e_i)) / (2h).

    Parameters
    ----------
    loss : callable
        ``loss(v)`` returns the loss, a number.
    v : array, shape (d,)
        Where the gradient is measured; it stays as it is.
    h : float, optional
        How far each component is moved, to either side.

    Returns
    -------
    array, shape (d,)

    Examples
    --------
    >>> loss = lambda v: v[0] ** 3 + v[0] * v[1]
    >>> np.round(central_difference_gradient(loss, np.array([2.0, 5.0]), 0.1), 4)
    array([17.01,  2.  ])
    >>> np.round(central_difference_gradient(loss, np.array([2.0, 5.0])), 4)
    array([17.,  2.])
    """
    raise NotImplementedError("not written yet: replace this line")


def quotient_rule(num, den, dnum, dden):
    """Derivative of num/den, element by element: (den·dnum - num·dden) / den².

    Parameters
    ----------
    num, den : float or array
        Numerator and denominator; the denominator is not zero.
    dnum, dden : float or array
        Their derivatives.

    Returns
    -------
    float or array, shape of num

    Examples
    --------
    >>> quotient_rule(1.0, 2.0, 3.0, 4.0)
    0.5
    >>> num, den = np.array([1.0, 6.0]), np.array([2.0, 3.0])
    >>> np.round(quotient_rule(num, den, np.array([3.0, 2.0]), np.array([4.0, -1.0])), 4)
    array([0.5   , 1.3333])
    """
    raise NotImplementedError("not written yet: replace this line")


def normal_equations(X, y):
    """The w and b at which the gradient of the linear model's MSE is zero.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.

    Returns
    -------
    w : array, shape (d,)
        Weights.
    b : float
        Bias.

    Raises
    ------
    ValueError
        If X with a column of ones has no full rank: then there is more than one solution.

    Examples
    --------
    >>> w, b = normal_equations(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 8.0]))
    >>> np.round(w, 4), round(float(b), 4)
    (array([3.5]), 0.5)
    >>> X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5], [0.0, 1.0]])
    >>> w, b = normal_equations(X, np.array([2.0, -1.0, 0.5, 3.0]))
    >>> np.round(w, 4), round(float(b), 4)
    (array([-0.0447,  1.129 ]), 0.4417)
    """
    raise NotImplementedError("not written yet: replace this line")


def critical_point(hessian):
    """What kind of critical point it is, by the signs of the Hessian's eigenvalues.

    Parameters
    ----------
    hessian : array, shape (d, d)
        The symmetric matrix of second derivatives at a point where the gradient is zero.

    Returns
    -------
    str
        "minimum", "maximum", "saddle", or "degenerate" where an eigenvalue is zero and the others have one
        sign. Zero means: at most 1e-12 times the largest eigenvalue in absolute value.

    Examples
    --------
    >>> critical_point(np.array([[2.0, 3.0], [3.0, 2.0]]))
    'saddle'
    >>> critical_point(np.array([[2.0, 1.0], [1.0, 2.0]]))
    'minimum'
    >>> critical_point(np.array([[1.0, 1.0], [1.0, 1.0]]))
    'degenerate'
    """
    raise NotImplementedError("not written yet: replace this line")


def largest_stable_rate(hessian):
    """The bound of the learning rate on ½ vᵀHv: below it gradient descent converges, above it diverges.

    Parameters
    ----------
    hessian : array, shape (d, d)
        Symmetric and positive definite.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(largest_stable_rate(np.array([[3.0, 1.0], [1.0, 3.0]]))), 4)
    0.5
    """
    raise NotImplementedError("not written yet: replace this line")


def decayed_rate(t, initial, decay):
    """The learning rate of step t, α_t = initial / (1 + decay·t).

    Parameters
    ----------
    t : int, or array of any shape
        The number of the step, from 0.
    initial : float
        The learning rate of step 0.
    decay : float
        How fast it decays; 0 keeps it as it is.

    Returns
    -------
    float or array, shape of t

    Examples
    --------
    >>> np.round(decayed_rate(np.array([0.0, 1.0, 4.0]), 0.6, 0.5), 4)
    array([0.6, 0.4, 0.2])
    >>> decayed_rate(1, 0.5, 1.0)
    0.25
    """
    raise NotImplementedError("not written yet: replace this line")


def best_of_starts(gradient, loss, starts, lr, steps):
    """The best end of gradient descent from several starts.

    Parameters
    ----------
    gradient : callable
        ``gradient(v)`` returns ∇L(v), shape (d,).
    loss : callable
        ``loss(v)`` returns L(v), a number.
    starts : array, shape (k, d)
        One start a row; at least one.
    lr : float
        Learning rate η.
    steps : int
        How many steps each descent takes; 0 is allowed.

    Returns
    -------
    array, shape (d,)
        The end with the smallest loss; the first one, on a tie.

    Examples
    --------
    >>> loss = lambda v: float((v[0] ** 2 - 1) ** 2 / 4 + 0.1 * v[0])
    >>> gradient = lambda v: np.array([v[0] * (v[0] ** 2 - 1) + 0.1])
    >>> np.round(best_of_starts(gradient, loss, np.array([[1.0], [-2.0]]), 0.1, 200), 4)
    array([-1.0467])
    >>> np.round(best_of_starts(gradient, loss, np.array([[1.0]]), 0.1, 200), 4)
    array([0.9456])
    """
    raise NotImplementedError("not written yet: replace this line")


def mean_over_all_batches(X, y, w, b, batch_size, gradient):
    """The gradient of a mini-batch, averaged over every possible batch of that size.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row; n is at most 8.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights.
    b : float
        Bias.
    batch_size : int
        How many different examples are in a batch, from 1 to n.
    gradient : callable
        ``gradient(X_batch, y_batch, w, b)`` returns ``(dw, db)`` of a batch.

    Returns
    -------
    dw : array, shape (d,)
    db : float

    Examples
    --------
    >>> X, y = np.array([[2.0], [4.0], [9.0]]), np.array([0.0, 3.0, 6.0])
    >>> mean = lambda X_batch, y_batch, w, b: (X_batch.mean(axis=0), y_batch.mean())
    >>> dw, db = mean_over_all_batches(X, y, np.array([0.0]), 0.0, 2, mean)
    >>> np.round(dw, 4), round(float(db), 4)
    (array([5.]), 3.0)
    >>> largest = lambda X_batch, y_batch, w, b: (X_batch.max(axis=0), y_batch.max())
    >>> dw, db = mean_over_all_batches(X, y, np.array([0.0]), 0.0, 2, largest)
    >>> np.round(dw, 4), round(float(db), 4)
    (array([7.3333]), 5.0)
    """
    raise NotImplementedError("not written yet: replace this line")


def repaired_epoch(X, y, w, b, lr, batch_size, rng, gradient):
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
    >>> X, y = np.array([[2.0], [4.0], [6.0]]), np.array([1.0, -3.0, 5.0])
    >>> pull = lambda X_batch, y_batch, w, b: (w - X_batch.mean(axis=0), b - y_batch.mean())
    >>> rng = np.random.default_rng(0)
    >>> epochs = [repaired_epoch(X, y, np.array([-2.0]), 1.0, 0.5, 2, rng, pull) for _ in range(100)]
    >>> sorted({(float(w[0]), float(b)) for w, b in epochs})
    [(1.75, 1.0), (2.5, -0.5), (3.25, 2.5)]
    """
    raise NotImplementedError("not written yet: replace this line")
