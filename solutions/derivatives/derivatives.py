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
# # The derivatives behind gradient descent
#
# Gradient descent needs one thing from you: the derivative of the loss with respect to every weight. In
# this homework you derive these derivatives by the chain rule, for the linear model and for one sigmoid
# neuron, and write each as a short function. Then you let your own functions learn from the Palmer
# penguins.
#
# **Notation.** There are $n$ examples with $d$ features. `X` has shape (n, d), one example a row; `y` has
# shape (n,); `w` has shape (d,); `b` is a number. A gradient has the shape of what it is taken with respect
# to. Everything must work for any $n$ and $d$, also for $n = 1$ and $d = 1$, and for arrays of integers. No
# function changes its arguments.
#
# **Mind the loss.** The lecture uses losses that differ by a factor, so each exercise says which one holds.
#
# Below each exercise is a check. It explains what it sees, and you may run it as often as you like.

# %%
# Given: what the notebook needs
import checks
import matplotlib.pyplot as plt
import numpy as np
import penguins

# %%
# Given: the penguins, with flipper length and bill length as features
X_mass, y_mass = penguins.load_body_mass()
X_species, y_species = penguins.load_species()

# %% [markdown]
# ## 1. The linear model
#
# $$\hat y = Xw + b$$
#
# One prediction for each example: a weighted sum of its features, plus the intercept $b$. Nothing about the
# model is learnt yet, but every gradient below begins with it. The result has shape (n,).


# %%
def predict(X, w, b):
    """Predictions of the linear model.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    w : array, shape (d,)
        Weights.
    b : float
        Intercept.

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
    ### BEGIN SOLUTION
    return X @ w + b
    ### END SOLUTION


# %% [markdown]
# ## 2. One example, one weight: $\partial L / \partial w_1$
#
# Take a single example with two features, $\hat y = w_1 x_1 + w_2 x_2 + b$, and its squared error
#
# $$L = (\hat y - y)^2 .$$
#
# **This loss has no ½ and no mean.** Write $L$ as a chain, $w_1 \to \hat y \to L$, differentiate link by
# link, and multiply. All arguments are plain numbers, and so is the result.


# %%
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
        Weights and intercept.

    Returns
    -------
    float

    Examples
    --------
    >>> dL_dw1(2.0, -1.0, 3.0, 0.5, 1.5, 0.25)
    -13.0
    """
    ### BEGIN SOLUTION
    y_hat = w1 * x1 + w2 * x2 + b
    return 2 * (y_hat - y) * x1
    ### END SOLUTION


# %% [markdown]
# ## 3. The other weight: $\partial L / \partial w_2$
#
# The same example and the same loss, $L = (\hat y - y)^2$. Which link of the chain changes, and which stays?


# %%
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
        Weights and intercept.

    Returns
    -------
    float

    Examples
    --------
    >>> dL_dw2(2.0, -1.0, 3.0, 0.5, 1.5, 0.25)
    6.5
    """
    ### BEGIN SOLUTION
    y_hat = w1 * x1 + w2 * x2 + b
    return 2 * (y_hat - y) * x2
    ### END SOLUTION


# %% [markdown]
# ## 4. The intercept: $\partial L / \partial b$
#
# Once more $L = (\hat y - y)^2$, now with respect to $b$. How much does $\hat y$ change when $b$ grows by
# one?


# %%
def dL_db(x1, x2, y, w1, w2, b):
    """Partial derivative of one example's squared error with respect to the intercept.

    The loss is L = (y_hat - y)^2 with y_hat = w1 x1 + w2 x2 + b: no ½, no mean.

    Parameters
    ----------
    x1, x2 : float
        The features of the example.
    y : float
        Its target.
    w1, w2, b : float
        Weights and intercept.

    Returns
    -------
    float

    Examples
    --------
    >>> dL_db(2.0, -1.0, 3.0, 0.5, 1.5, 0.25)
    -6.5
    """
    ### BEGIN SOLUTION
    y_hat = w1 * x1 + w2 * x2 + b
    return 2 * (y_hat - y)
    ### END SOLUTION


# %% [markdown]
# ## 5. The loss over all examples
#
# $$L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2, \qquad \hat y = Xw + b$$
#
# From here on the loss is the mean squared error **with ½ and with the mean over the examples**. The mean
# keeps the loss comparable between data sets of different size. Half of it gives the derivative a simpler
# factor.


# %%
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
        Intercept.

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
    ### BEGIN SOLUTION
    return np.mean((predict(X, w, b) - y) ** 2) / 2
    ### END SOLUTION


# %% [markdown]
# ## 6. The gradient of that loss
#
# $$\nabla L = \left(\frac{\partial L}{\partial w}, \frac{\partial L}{\partial b}\right), \qquad
# L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2$$
#
# The gradient collects one partial derivative for each weight, so $\partial L/\partial w$ has shape (d,)
# and $\partial L/\partial b$ is a number. You know the derivative for one example; the sum over the
# examples can be written as a product of a matrix and a vector, without a loop.


# %%
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
        Intercept.

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
    ### BEGIN SOLUTION
    error = predict(X, w, b) - y
    return X.T @ error / len(y), error.mean()
    ### END SOLUTION


# %% [markdown]
# ### Experiment: how heavy is a penguin?
#
# Full-batch gradient descent with your gradient, watched by your loss. A learning rate that is too small
# crawls. The thick grey line is the loss of the best linear model: nothing can get below it.

# %%
# Given: gradient descent on the penguins' body mass, with your mse_loss and mse_gradient
with checks.waiting_for("mse_loss", "mse_gradient"):
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for lr, style in [(0.02, ":"), (0.1, "--"), (0.5, "-")]:
        w, b, losses = np.zeros(2), 0.0, []
        for _ in range(60):
            losses.append(mse_loss(X_mass, y_mass, w, b))
            dw, db = mse_gradient(X_mass, y_mass, w, b)
            w, b = w - lr * dw, b - lr * db
        axes.semilogy(losses, style, color="black", label=f"η = {lr}")
    columns = np.column_stack([X_mass, np.ones(len(y_mass))])
    *w_best, b_best = np.linalg.lstsq(columns, y_mass, rcond=None)[0]
    best = mse_loss(X_mass, y_mass, np.array(w_best), b_best)
    axes.axhline(best, color="0.6", linewidth=3, zorder=0, label="best linear model")
    axes.set(xlabel="step", ylabel="MSE (kg², with ½)", title="Body mass from flipper and bill length")
    axes.legend()

# %% [markdown]
# ## 7. The sigmoid
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# It squeezes any number into the interval from 0 to 1, so that a neuron's output can be read as a
# probability. The result has the shape of `z`, which may be an array of any shape or a plain number. It
# must be safe: no overflow warning and no NaN for any finite $z$, not even for $z = \pm 1000$.


# %%
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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, decay) / (1 + decay)
    ### END SOLUTION


# %% [markdown]
# ## 8. Its derivative
#
# $$\sigma'(z) = \frac{d\sigma}{dz}$$
#
# This is the link that a sigmoid adds to the chain rule. It is largest at $z = 0$ and fades towards both
# sides: where it is nearly zero, a neuron learns slowly. It has the shape of `z` and must be as safe as σ
# itself.


# %%
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
    ### BEGIN SOLUTION
    return sigmoid(z) * sigmoid(-z)
    ### END SOLUTION


# %% [markdown]
# ## 9. One neuron
#
# $$\hat y = \sigma(Xw + b), \qquad L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2$$
#
# The loss is again the MSE **with ½ and with the mean**; the chain has one more link than in exercise 6.
# Write down every link before you type, $w \to z \to \hat y \to L$. The shapes are those of exercise 6.


# %%
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
        Intercept.

    Returns
    -------
    dw : array, shape (d,)
        ∂L/∂w.
    db : float
        ∂L/∂b.

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
    ### BEGIN SOLUTION
    z = predict(X, w, b)
    delta = (sigmoid(z) - y) * sigmoid_derivative(z) / len(y)
    return X.T @ delta, delta.sum()
    ### END SOLUTION


# %% [markdown]
# ### Experiment: Adelie or Gentoo?
#
# The same descent trains a neuron that tells two species apart. On the left its learning curve, on the right
# the penguins and the line where the neuron says ½.

# %%
# Given: gradient descent on the penguins' species, with your sigmoid and neuron_gradient
with checks.waiting_for("predict", "sigmoid", "neuron_gradient"):
    w, b, losses = np.zeros(2), 0.0, []
    for _ in range(100):
        output = sigmoid(predict(X_species, w, b))
        losses.append(((output - y_species) ** 2).sum() / (2 * len(y_species)))
        dw, db = neuron_gradient(X_species, y_species, w, b)
        w, b = w - 3.0 * dw, b - 3.0 * db

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4), layout="constrained")
    left.plot(losses, color="black")
    left.set(xlabel="step", ylabel="MSE (with ½)", title="Learning curve, η = 3", ylim=(0, None))
    for species, marker, fill in [("Adelie", "o", "none"), ("Gentoo", "s", "0.5")]:
        chosen = X_species[y_species == (species == "Gentoo")]
        right.scatter(*chosen.T, marker=marker, facecolors=fill, edgecolors="black", label=species)
    flipper, bill = np.meshgrid(np.linspace(-2.5, 3.5, 101), np.linspace(-2.5, 3.5, 101))
    points = np.column_stack([flipper.ravel(), bill.ravel()])
    certainty = np.reshape(sigmoid(predict(points, w, b)), flipper.shape)
    right.contour(flipper, bill, certainty, levels=[0.5], colors="black", linestyles="--")
    right.set(
        xlabel="flipper length (standardised)",
        ylabel="bill length (standardised)",
        title="Two species, and where ŷ = ½",
    )
    right.legend(loc="lower right")
