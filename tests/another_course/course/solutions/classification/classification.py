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
# # Classification
#
# A probability that is wrong should cost the more, the surer it was. In this homework you write the
# cross-entropy of one neuron and its gradient, then the gradient for several classes, and a loss for lines
# that a single outlier cannot rule.
#
# **Notation.** There are $N$ points with $d$ coordinates: `points` has shape (N, d). No function changes its
# arguments.

# %%
# Given: what the notebook needs
import checks
import numpy as np

# %% [markdown]
# ## 1. The price of a wrong probability
#
# The neuron says $p_s = \sigma(z_s)$ with $z_s = \sum_j P_{sj} v_j + b$. A point whose label $t_s$ is 1 costs
# $-\log p_s$, one whose label is 0 costs $-\log(1 - p_s)$:
#
# $$L = \frac1N \sum_s \left(-t_s \log p_s - (1 - t_s) \log(1 - p_s)\right)$$
#
# For $z = 1000$ the probability is rounded to 1, yet the cost is an ordinary number: it must come out, and
# NumPy must not warn.


# %%
def cross_entropy(points, labels, weights, bias):
    """The mean cross-entropy of a sigmoid neuron.

    Parameters
    ----------
    points : array of shape (N, d)
    labels : array of shape (N,), of 0 and 1
    weights : array of shape (d,)
    bias : float

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(cross_entropy(np.zeros((2, 1)), np.array([1.0, 0.0]), np.ones(1), 0.0)), 6)
    0.693147
    """
    ### BEGIN SOLUTION
    scores = points @ weights + bias
    return float(np.mean(np.logaddexp(0.0, scores) - labels * scores))
    ### END SOLUTION


# %%
checks.check(cross_entropy)

# %% [markdown]
# ## 2. Why the sigmoid cancels
#
# Differentiate along the chain from the loss to the weights. One factor divides by $p_s (1 - p_s)$, another
# one multiplies with it.


# %%
def cross_entropy_gradient(points, labels, weights, bias):
    """The gradient of the mean cross-entropy.

    Parameters
    ----------
    points, labels, weights, bias
        As above.

    Returns
    -------
    dweights : array of shape (d,)
    dbias : float

    Examples
    --------
    >>> dweights, dbias = cross_entropy_gradient(np.array([[2.0]]), np.array([1.0]), np.zeros(1), 0.0)
    >>> dweights.tolist(), float(dbias)
    ([-1.0], -0.5)
    """
    ### BEGIN SOLUTION
    scores = points @ weights + bias
    powers = np.exp(-np.abs(scores))
    probabilities = np.where(scores >= 0, 1.0, powers) / (1 + powers)
    errors = probabilities - labels
    return points.T @ errors / len(points), float(errors.mean())
    ### END SOLUTION


# %%
checks.check(cross_entropy_gradient)

# %% [markdown]
# ## 3. More than two classes
#
# With $K$ classes there is a score $z_{sc} = \sum_j P_{sj} W_{jc} + b_c$ for each, and the probabilities are
# $p_{sc} = e^{z_{sc}} / \sum_{c'} e^{z_{sc'}}$. `one_hot` has shape (N, K): each row has a single 1, at the
# point's class. The loss is the mean of $-\sum_c T_{sc} \log p_{sc}$.


# %%
def softmax_gradient(points, one_hot, W, b):
    """The gradient of the mean cross-entropy of softmax regression.

    Parameters
    ----------
    points : array of shape (N, d)
    one_hot : array of shape (N, K)
    W : array of shape (d, K)
    b : array of shape (K,)

    Returns
    -------
    dW : array of shape (d, K)
    db : array of shape (K,)

    Examples
    --------
    >>> dW, db = softmax_gradient(np.array([[2.0]]), np.array([[1.0, 0.0]]), np.zeros((1, 2)), np.zeros(2))
    >>> dW.tolist(), db.tolist()
    ([[-1.0, 1.0]], [-0.5, 0.5])
    """
    ### BEGIN SOLUTION
    scores = points @ W + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    errors = powers / powers.sum(axis=1, keepdims=True) - one_hot
    return points.T @ errors / len(points), errors.mean(axis=0)
    ### END SOLUTION


# %%
checks.check(softmax_gradient)

# %% [markdown]
# ## 4. Outliers
#
# The Huber loss of an error $e$ is $e^2 / 2$ up to $|e| = \delta$, and from there on the line
# $\delta (|e| - \delta / 2)$. The model is the line $\sum_j P_{sj} v_j + b$, its error the prediction less
# the target; the loss is the mean of all points.


# %%
def huber_gradient(points, targets, weights, bias, delta):
    """The gradient of the mean Huber loss of the linear model.

    Parameters
    ----------
    points : array of shape (N, d)
    targets : array of shape (N,)
    weights : array of shape (d,)
    bias : float
    delta : float
        Where the parabola becomes a line.

    Returns
    -------
    dweights : array of shape (d,)
    dbias : float

    Examples
    --------
    >>> dweights, dbias = huber_gradient(np.array([[2.0]]), np.array([9.0]), np.zeros(1), 0.0, 1.5)
    >>> dweights.tolist(), float(dbias)
    ([-3.0], -1.5)
    """
    ### BEGIN SOLUTION
    pulls = np.clip(points @ weights + bias - targets, -delta, delta)
    return points.T @ pulls / len(points), float(pulls.mean())
    ### END SOLUTION


# %%
checks.check(huber_gradient)
