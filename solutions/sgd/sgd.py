# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Stochastic gradient descent
#
# One step of gradient descent looks at every example before it moves. With a million examples that is a
# long wait for one step. Stochastic gradient descent (SGD) moves after a few randomly chosen examples: each
# step is cheaper and less exact, and there are many more of them. In this homework you write SGD in three
# layers: the mini-batches, one epoch, and the loop around the epochs.
#
# **Notation.** There are $n$ examples with $d$ features. `X` has shape (n, d), one example a row; `y` has
# shape (n,); `w` has shape (d,); `b` is a number; $\eta$ is the learning rate `lr`. `rng` is a NumPy random
# generator, as `np.random.default_rng(0)` makes it. It is the **only** source of randomness: two runs that
# begin with the same seed agree. No function changes its arguments.
#
# Below each exercise is a check. It explains what it sees, and you may run it as often as you like.

# %%
# Given: what the notebook needs
import contextlib

import checks
import matplotlib.pyplot as plt
import numpy as np
import penguins

# %%
# Given: the penguins' body mass, with flipper length and bill length as features
X, y = penguins.load_body_mass()

# %% [markdown]
# ## 1. Mini-batches
#
# An epoch visits every example once. Put the indices $0, \dots, n - 1$ in a fresh random order and cut it
# into consecutive pieces of `batch_size`. The last piece may be smaller; a `batch_size` above $n$ gives one
# piece. Every order must be equally likely. A `batch_size` below 1 makes no sense: raise a `ValueError`.


# %%
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
    ### BEGIN SOLUTION
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}, and must be at least 1")
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
    ### END SOLUTION


# %% [markdown]
# ## 2. One epoch
#
# For each mini-batch $B$ of a fresh random order, one step:
#
# $$w \leftarrow w - \eta\, \frac{\partial L_B}{\partial w}, \qquad
# b \leftarrow b - \eta\, \frac{\partial L_B}{\partial b}, \qquad L_B = \frac{1}{|B|} \sum_{i \in B} \ell_i$$
#
# The gradient is handed to you as a function: `dw, db = gradient(X_batch, y_batch, w, b)`. For the MSE each
# example's share is $\ell_i = (y_i - \hat y_i)^2 / 2$, **with ½**. The function already takes the mean
# **over the batch that it is given**, also over a smaller last one, so nothing is left to divide by. Each
# step begins at the parameters that the step before has reached.


# %%
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
    ### BEGIN SOLUTION
    for batch in minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w - lr * np.asarray(dw)
        b = b - lr * db
    return w, b
    ### END SOLUTION


# %% [markdown]
# ## 3. Training
#
# The outer loop knows nothing of batches or gradients: it calls `epoch`, watches `loss`, and decides when
# to stop. `losses[0]` is the loss **before** any epoch; then one loss follows for each epoch. Training
# stops after `max_epochs` epochs. Where a `tolerance` is given, it also stops after the first epoch with
#
# $$L_{\mathrm{previous}} - L < \mathrm{tolerance},$$
#
# so a rise of the loss stops it too. A tolerance of 0 is a tolerance; `None` means that none is given.
# Which loss it is does not matter here.


# %%
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
    ### BEGIN SOLUTION
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            break
    return w, b, losses
    ### END SOLUTION


# %% [markdown]
# ## Experiment: how large a batch?
#
# The linear model learns the penguins' body mass, its loss the MSE $\frac{1}{2n} \sum_i (\hat y_i -
# y_i)^2$, with ½ and with the mean.
#
# The experiment needs its gradient, which you derived in the homework on derivatives. If your
# `derivatives.py` lies beside this notebook (in JupyterLab: *File*, *Save and Export Notebook As…*,
# *Executable Script*), yours is used. Otherwise central differences stand in: slower, but they need no
# formula.

# %%
# Given: the loss, and its gradient: yours if it is there, central differences otherwise


def loss_on(X, y, w, b):
    residual = X @ w + (b - y)
    return residual @ residual / (2 * len(y))


def numerical_gradient(X, y, w, b, h=1e-5):
    def slope(dw, db):
        return (loss_on(X, y, w + h * dw, b + h * db) - loss_on(X, y, w - h * dw, b - h * db)) / (2 * h)

    return np.array([slope(unit, 0) for unit in np.eye(len(w))]), slope(0, 1)


try:
    with contextlib.redirect_stdout(None):  # what that homework prints and plots stays there
        from derivatives import mse_gradient
    mse_gradient(X, y, np.zeros(2), 0.0)
    loss_gradient = mse_gradient
    print("The experiment uses your mse_gradient from derivatives.py.")
except Exception as error:
    loss_gradient = numerical_gradient
    print(f"The experiment uses central differences ({type(error).__name__}: no mse_gradient to use yet).")
finally:
    plt.close("all")

# %% [markdown]
# The same learning rate, the same number of epochs, three sizes of a batch. All three look at each penguin
# equally often. Which learns most from one look at the data, and which stays restless in the end?

# %%
# Given: three sizes of a batch, with your sgd_epoch and train
with checks.waiting_for("sgd_epoch", "train"):
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    sizes = [(len(y), "-", "all penguins"), (32, "--", "32 penguins"), (1, ":", "one penguin")]
    for size, style, what in sizes:
        rng = np.random.default_rng(1)

        def epoch(w, b, size=size, rng=rng):
            return sgd_epoch(X, y, w, b, 0.05, size, rng, loss_gradient)

        *_, losses = train(epoch, lambda w, b: loss_on(X, y, w, b), np.zeros(2), 0.0, 15)
        axes.semilogy(losses, style, color="black", label=f"{what} a step")
    axes.set(xlabel="epoch", ylabel="MSE (kg², with ½)", title="Learning curves of SGD, η = 0.05")
    axes.legend()
