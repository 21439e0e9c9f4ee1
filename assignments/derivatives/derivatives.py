"""The derivatives behind gradient descent.

Write the functions, and check them with: python -m pytest
"""

import numpy as np


def predict(X, w, b):
    """Predictions of the linear model.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    w : array, shape (d,)
        Weights.
    b : float
        Bias.

    Returns
    -------
    array, shape (n,)
        One prediction for each example.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
    >>> predict(X, np.array([0.5, -1.5]), 0.25)
    array([-2.25,  3.25, -1.5 ])
    """
    raise NotImplementedError("not written yet: replace this line")


def dL_dw1(x1, x2, y, w1, w2, b):
    """Partial derivative of one example's squared error with respect to the first weight.

    The loss is L = (y_hat - y)^2 with y_hat = w1 x1 + w2 x2 + b: no ½, no mean.

    Parameters
    ----------
    x1, x2 : float
        The features of the example.
    y : float
        Its target.
    w1, w2, b : float
        Weights and bias.

    Returns
    -------
    float

    Examples
    --------
    >>> dL_dw1(2.0, -1.0, 3.0, 0.5, 1.5, 0.25)
    -13.0
    """
    raise NotImplementedError("not written yet: replace this line")


def dL_dw2(x1, x2, y, w1, w2, b):
    """Partial derivative of one example's squared error with respect to the second weight.

    The loss is L = (y_hat - y)^2 with y_hat = w1 x1 + w2 x2 + b: no ½, no mean.

    Parameters
    ----------
    x1, x2 : float
        The features of the example.
    y : float
        Its target.
    w1, w2, b : float
        Weights and bias.

    Returns
    -------
    float

    Examples
    --------
    >>> dL_dw2(2.0, -1.0, 3.0, 0.5, 1.5, 0.25)
    6.5
    """
    raise NotImplementedError("not written yet: replace this line")


def dL_db(x1, x2, y, w1, w2, b):
    """Partial derivative of one example's squared error with respect to the bias.

    The loss is L = (y_hat - y)^2 with y_hat = w1 x1 + w2 x2 + b: no ½, no mean.

    Parameters
    ----------
    x1, x2 : float
        The features of the example.
    y : float
        Its target.
    w1, w2, b : float
        Weights and bias.

    Returns
    -------
    float

    Examples
    --------
    >>> dL_db(2.0, -1.0, 3.0, 0.5, 1.5, 0.25)
    -6.5
    """
    raise NotImplementedError("not written yet: replace this line")


def mse_loss(X, y, w, b):
    """Mean squared error of the linear model, L = 1/(2n) Σ (y_hat - y)²: with ½ and with the mean.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights.
    b : float
        Bias.

    Returns
    -------
    float

    Examples
    --------
    >>> X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
    >>> y = np.array([2.0, -1.0, 0.5])
    >>> float(mse_loss(X, y, np.array([0.5, -1.5]), 0.25))
    6.6875
    """
    raise NotImplementedError("not written yet: replace this line")


def mse_gradient(X, y, w, b):
    """Gradient of the mean squared error of the linear model, L = 1/(2n) Σ (y_hat - y)².

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights.
    b : float
        Bias.

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
    >>> dw, db = mse_gradient(X, y, np.array([0.5, -1.5]), 0.25)
    >>> np.round(dw, 4)
    array([ 4.1667, -4.5833])
    >>> round(float(db), 4)
    -0.6667
    """
    raise NotImplementedError("not written yet: replace this line")


def sigmoid(z):
    """Sigmoid σ(z) = 1 / (1 + exp(-z)), element by element.

    No overflow warning and no NaN for any finite z.

    Parameters
    ----------
    z : array of any shape, or float

    Returns
    -------
    array or float, shape of z

    Examples
    --------
    >>> np.round(sigmoid(np.array([-2.0, 0.5, 1.5])), 4)
    array([0.1192, 0.6225, 0.8176])
    >>> float(sigmoid(-1000.0))
    0.0
    """
    raise NotImplementedError("not written yet: replace this line")


def sigmoid_derivative(z):
    """Derivative of the sigmoid with respect to z, element by element.

    No overflow warning and no NaN for any finite z.

    Parameters
    ----------
    z : array of any shape, or float

    Returns
    -------
    array or float, shape of z

    Examples
    --------
    >>> np.round(sigmoid_derivative(np.array([-2.0, 0.5, 1.5])), 4)
    array([0.105 , 0.235 , 0.1491])
    """
    raise NotImplementedError("not written yet: replace this line")


def neuron_gradient(X, y, w, b):
    """Gradient of the MSE of one sigmoid neuron, y_hat = σ(Xw + b), L = 1/(2n) Σ (y_hat - y)².

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Labels, 0 or 1.
    w : array, shape (d,)
        Weights.
    b : float
        Bias.

    Returns
    -------
    dw : array, shape (d,)
        ∂L/∂w.
    db : float
        ∂L/∂b.

    Finite also where a neuron is saturated, with |z| up to 1000; warnings do not count there.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
    >>> y = np.array([1.0, 0.0, 1.0])
    >>> dw, db = neuron_gradient(X, y, np.array([0.5, -1.5]), 0.25)
    >>> np.round(dw, 4)
    array([ 0.0899, -0.0839])
    >>> round(float(db), 4)
    -0.0551
    """
    raise NotImplementedError("not written yet: replace this line")
