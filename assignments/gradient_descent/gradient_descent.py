"""Which way is down, and how far to step.

Write the functions, and check them with: python -m pytest
"""

import numpy as np


def steepest_ascent_direction(gradient):
    """Direction in which the loss rises fastest: a vector of length one, or zero where the gradient is zero.

    Parameters
    ----------
    gradient : array, shape (d,)
        ∇L, of any loss L.

    Returns
    -------
    array, shape (d,)

    Examples
    --------
    >>> np.round(steepest_ascent_direction(np.array([2.0, -1.0, 2.0])), 4)
    array([ 0.6667, -0.3333,  0.6667])
    >>> steepest_ascent_direction(np.zeros(3))
    array([0., 0., 0.])
    """
    raise NotImplementedError("not written yet: replace this line")


def steepest_descent_direction(gradient):
    """Direction in which the loss falls fastest: a vector of length one, or zero where the gradient is zero.

    Parameters
    ----------
    gradient : array, shape (d,)
        ∇L, of any loss L.

    Returns
    -------
    array, shape (d,)

    Examples
    --------
    >>> np.round(steepest_descent_direction(np.array([2.0, -1.0, 2.0])), 4)
    array([-0.6667,  0.3333, -0.6667])
    >>> bool(np.all(steepest_descent_direction(np.zeros(3)) == 0))
    True
    """
    raise NotImplementedError("not written yet: replace this line")


def gradient_descent(gradient, v0, lr, steps):
    """Every iterate of gradient descent, the starting point first.

    Parameters
    ----------
    gradient : callable
        ``gradient(v)`` returns ∇L(v), shape (d,), of any loss L.
    v0 : array, shape (d,)
        Where the descent starts.
    lr : float or callable
        The learning rate; a function ``lr(t)`` gives the one of step t = 0, 1, …
    steps : int
        How many steps to take; 0 is allowed.

    Returns
    -------
    array, shape (steps + 1, d)

    Examples
    --------
    A bowl, L(v) = v₁²/2 + v₂², whose gradient is (v₁, 2 v₂):

    >>> bowl = lambda v: np.array([v[0], 2 * v[1]])
    >>> gradient_descent(bowl, np.array([4.0, -2.0]), 0.25, 3)
    array([[ 4.    , -2.    ],
           [ 3.    , -1.    ],
           [ 2.25  , -0.5   ],
           [ 1.6875, -0.25  ]])
    >>> gradient_descent(bowl, np.array([4.0, -2.0]), lambda t: 0.5 / (t + 1), 2)
    array([[ 4. , -2. ],
           [ 2. ,  0. ],
           [ 1.5,  0. ]])
    """
    raise NotImplementedError("not written yet: replace this line")
