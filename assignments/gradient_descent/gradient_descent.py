"""Which way is down, and how far to step.

Write the functions, and check them with: python -m pytest
"""

import numpy as np


def directional_derivative(gradient, direction):
    """Rate at which a loss changes along a direction, per unit of distance: ∇L · direction/‖direction‖.

    Parameters
    ----------
    gradient : array, shape (d,)
        ∇L, of any loss L.
    direction : array, shape (d,)
        Which way to go; its length does not matter, but must not be zero.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the direction is the zero vector (exactly zero).

    Examples
    --------
    >>> gradient = np.array([2.0, -1.0, 2.0])
    >>> round(float(directional_derivative(gradient, np.array([4.0, 4.0, 2.0]))), 4)
    1.3333
    >>> round(float(directional_derivative(gradient, np.array([-4.0, -4.0, -2.0]))), 4)
    -1.3333
    >>> float(directional_derivative(gradient, np.array([1.0, 4.0, 1.0])))
    0.0
    """
    raise NotImplementedError("not written yet: replace this line")


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


def minimum_norm_solution(a, c):
    """The shortest vector b with a · b = c.

    Parameters
    ----------
    a : array, shape (d,)
        Not the zero vector, but maybe a very short one.
    c : float
        What the dot product of a and b must be.

    Returns
    -------
    array, shape (d,)

    Raises
    ------
    ValueError
        If a is the zero vector (exactly zero).

    Examples
    --------
    >>> b = minimum_norm_solution(np.array([2.0, -1.0, 2.0]), -3.0)
    >>> np.round(b, 4)
    array([-0.6667,  0.3333, -0.6667])
    >>> round(float(b @ np.array([2.0, -1.0, 2.0])), 4)
    -3.0
    """
    raise NotImplementedError("not written yet: replace this line")


def predicted_change(gradient, lr):
    """First-order change of the loss in one step of gradient descent, ΔL ≈ -η ‖∇L‖².

    Parameters
    ----------
    gradient : array, shape (d,)
        ∇L where the step begins, of any loss L.
    lr : float
        Learning rate η.

    Returns
    -------
    float
        Negative, or zero where the gradient is zero.

    Examples
    --------
    >>> float(predicted_change(np.array([2.0, -1.0, 2.0]), 0.5))
    -4.5
    """
    raise NotImplementedError("not written yet: replace this line")


def gradient_step(v, gradient, lr):
    """One step of gradient descent, v - η ∇L.

    Parameters
    ----------
    v : array, shape (d,)
        Parameters before the step; they stay as they are.
    gradient : array, shape (d,)
        ∇L at v, of any loss L.
    lr : float
        Learning rate η.

    Returns
    -------
    array, shape (d,)
        Parameters after the step, a new array.

    Examples
    --------
    >>> v = np.array([1.0, 3.0, -2.0])
    >>> gradient_step(v, np.array([2.0, -1.0, 2.0]), 0.5)
    array([ 0. ,  3.5, -3. ])
    >>> v
    array([ 1.,  3., -2.])
    """
    raise NotImplementedError("not written yet: replace this line")


def gradient_descent(gradient, v0, lr, steps):
    """Every iterate of gradient descent, the starting point first.

    Parameters
    ----------
    gradient : callable
        ``gradient(v)`` returns ∇L(v), shape (d,), of any loss L.
    v0 : array, shape (d,)
        Where the descent starts; it stays as it is.
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


def zero_one_loss(y_hat, y):
    """Share of the examples that are taken for the other class.

    A prediction from ½ on, ½ included, stands for class 1, one below ½ for class 0.

    Parameters
    ----------
    y_hat : array, shape (n,)
        Predictions, any numbers.
    y : array, shape (n,)
        Labels, 0 or 1.

    Returns
    -------
    float

    Examples
    --------
    >>> y_hat, y = np.array([0.9, 0.4, 0.2, 0.6, 0.7]), np.array([1.0, 1.0, 0.0, 0.0, 1.0])
    >>> float(zero_one_loss(y_hat, y))
    0.4
    >>> float(zero_one_loss(np.array([0.5, 0.5]), np.array([1.0, 0.0])))
    0.5
    """
    raise NotImplementedError("not written yet: replace this line")
