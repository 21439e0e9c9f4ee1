"""The same rule, with more weights.

Write the functions, and check them with: python -m pytest
"""

import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def mlp_forward(X, W1, b1, w2, b2):
    """Predictions of a network with one hidden layer, y_hat = σ(X W1 + b1) · w2 + b2.

    σ(z) = 1 / (1 + exp(-z)), element by element; the notebook gives it as `sigmoid`.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    W1 : array, shape (d, h)
        Weights into the hidden layer, one column for each hidden unit.
    b1 : array, shape (h,)
        Biases of the hidden units.
    w2 : array, shape (h,)
        Weights from the hidden units to the output.
    b2 : float
        Bias of the output.

    Returns
    -------
    array, shape (n,)
        One prediction for each example.

    Finite also where a neuron is saturated, with |z| up to 1000; warnings do not count there.

    Examples
    --------
    >>> X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    >>> W1 = np.array([[np.log(3), 0.0], [0.0, -np.log(3)]])
    >>> b1 = np.array([0.0, np.log(3)])
    >>> np.round(mlp_forward(X, W1, b1, np.array([4.0, -2.0]), 0.5), 4)
    array([2. , 1.5, 2.5])
    """
    raise NotImplementedError("not written yet: replace this line")


def mlp_gradient(X, y, W1, b1, w2, b2):
    """Gradient of the MSE of the network, y_hat = σ(X W1 + b1) · w2 + b2, L = 1/(2n) Σ (y_hat - y)².

    The loss has the ½ and the mean over the examples.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.
    W1 : array, shape (d, h)
        Weights into the hidden layer, one column for each hidden unit.
    b1 : array, shape (h,)
        Biases of the hidden units.
    w2 : array, shape (h,)
        Weights from the hidden units to the output.
    b2 : float
        Bias of the output.

    Returns
    -------
    dW1 : array, shape (d, h)
        ∂L/∂W1.
    db1 : array, shape (h,)
        ∂L/∂b1.
    dw2 : array, shape (h,)
        ∂L/∂w2.
    db2 : float
        ∂L/∂b2.

    Finite also where a neuron is saturated, with |z| up to 1000; warnings do not count there.

    Examples
    --------
    >>> X, y = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 0.0, 2.0])
    >>> W1 = np.array([[np.log(3), 0.0], [0.0, -np.log(3)]])
    >>> b1 = np.array([0.0, np.log(3)])
    >>> dW1, db1, dw2, db2 = mlp_gradient(X, y, W1, b1, np.array([4.0, -2.0]), 0.5)
    >>> np.round(dW1, 4)
    array([[ 0.375 , -0.2083],
           [ 0.625 , -0.3333]])
    >>> np.round(db1, 4), np.round(dw2, 4), round(float(db2), 4)
    (array([ 0.875 , -0.4583]), array([0.625 , 0.5833]), 1.0)
    """
    raise NotImplementedError("not written yet: replace this line")


def momentum_step(v, velocity, gradient, lr, momentum):
    """One step of gradient descent with momentum; the velocity is updated first, then used.

    Parameters
    ----------
    v : array, shape (d,)
        Parameters before the step; they stay as they are.
    velocity : array, shape (d,)
        Velocity before the step; zeros before the first one. It stays as it is.
    gradient : array, shape (d,)
        ∇L(v), of any loss L.
    lr : float
        Learning rate η.
    momentum : float
        The share ρ of the velocity that lives on, 0 <= ρ < 1; 0 is plain gradient descent.

    Returns
    -------
    v : array, shape (d,)
        Parameters after the step.
    velocity : array, shape (d,)
        Velocity after the step.

    Examples
    --------
    >>> v, velocity = np.array([1.0, -2.0, 0.5]), np.array([2.0, 1.0, -1.0])
    >>> v, velocity = momentum_step(v, velocity, np.array([0.5, -1.0, 3.0]), 0.5, 0.5)
    >>> v
    array([ 0.25, -1.75, -0.75])
    >>> velocity
    array([ 1.5, -0.5,  2.5])
    """
    raise NotImplementedError("not written yet: replace this line")


def adam_step(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam (Kingma and Ba, 2015, Algorithm 1), with bias correction.

    Parameters
    ----------
    v : array, shape (d,)
        Parameters before the step; they stay as they are.
    m : array, shape (d,)
        Running mean of the gradient, not corrected; zeros before the first step. It stays as it is.
    s : array, shape (d,)
        Running mean of the squared gradient, not corrected; zeros before the first step. It stays as it is.
    gradient : array, shape (d,)
        ∇L(v), of any loss L.
    t : int
        Number of the step: 1, 2, …
    lr : float
        Learning rate η.
    beta1, beta2 : float, optional
        The share of the old mean in the new one, for m and for s.
    eps : float, optional
        Added to the root, not under it.

    Returns
    -------
    v : array, shape (d,)
        Parameters after the step.
    m, s : array, shape (d,)
        The means after the step, not corrected.

    Examples
    --------
    >>> v, m, s = np.array([1.0, -2.0, 0.5]), np.array([0.2, -0.4, 0.1]), np.array([0.04, 0.25, 0.01])
    >>> v, m, s = adam_step(v, m, s, np.array([0.5, -1.0, 3.0]), 2, 0.1)
    >>> np.round(v, 4)
    array([ 0.973 , -1.9784,  0.4334])
    >>> np.round(m, 4), np.round(s, 5)
    (array([ 0.23, -0.46,  0.39]), array([0.04021, 0.25075, 0.01899]))
    """
    raise NotImplementedError("not written yet: replace this line")


def train_validation_test_split(n, validation, test, rng):
    """A random partition of the indices 0…n−1 into training, validation and test set.

    Parameters
    ----------
    n : int
        How many examples there are.
    validation : float
        Share of the validation set: it gets ``round(validation * n)`` examples.
    test : float
        Share of the test set: it gets ``round(test * n)`` examples, or what the validation set has left.
    rng : numpy.random.Generator
        The only source of randomness.

    Returns
    -------
    train, validation, test : integer arrays
        The indices in each set; any of them may be empty.

    Examples
    --------
    >>> parts = train_validation_test_split(10, 0.2, 0.3, np.random.default_rng(0))
    >>> [len(part) for part in parts]
    [5, 2, 3]
    >>> sorted(int(i) for part in parts for i in part)
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    >>> [len(part) for part in train_validation_test_split(10, 0.7, 0.6, np.random.default_rng(0))]
    [0, 7, 3]
    """
    raise NotImplementedError("not written yet: replace this line")


def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    """The λ whose fit on the training set has the smallest loss on the validation set.

    Parameters
    ----------
    X_train : array, shape (n, d)
        Training examples, one a row.
    y_train : array, shape (n,)
        Their targets.
    X_val : array, shape (k, d)
        Validation examples.
    y_val : array, shape (k,)
        Their targets.
    lambdas : array or list of float
        The values of λ to try, in this order.
    fit : callable
        ``w, b = fit(X, y, lam)`` fits a model.
    loss : callable
        ``loss(X, y, w, b)`` returns the loss of a model as a float, without the penalty.

    Returns
    -------
    lam : float
        The chosen λ; the first one, on a tie.
    losses : list of float
        The validation loss for each λ.

    Examples
    --------
    >>> fit = lambda X, y, lam: (np.array([np.mean(y) / (1 + 2 * lam)]), 0.0)
    >>> loss = lambda X, y, w, b: float(np.mean((X @ w + b - y) ** 2) / 2)
    >>> X_train, y_train = np.ones((3, 1)), np.array([4.0, 8.0, 6.0])
    >>> X_val, y_val = np.ones((2, 1)), np.array([2.0, 4.0])
    >>> choose_lambda(X_train, y_train, X_val, y_val, [0.0, 0.5, 1.0], fit, loss)
    (0.5, [5.0, 0.5, 1.0])
    """
    raise NotImplementedError("not written yet: replace this line")
