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
# # The same rule, with more weights
#
# A neural network learns as the linear model did: predict, measure the loss, take its gradient, step
# downhill. Only the function in between is longer, and so is the list of its weights. In this homework you
# write a small network and its gradient, give the step a memory (momentum and Adam), and then choose the one
# number that the training loss cannot choose: how strongly to regularize.
#
# **Notation.** There are $n$ examples with $d$ features, and the network has $h$ hidden units. `X` has shape
# (n, d), one example a row; `y` has shape (n,). A gradient has the shape of what it is taken with respect to.
# $\eta$ is the learning rate `lr`; `rng` is a NumPy random generator, as `np.random.default_rng(0)` makes it.
# Everything must work for any $n$, $d$ and $h$ from 1 on (10,000 examples are no exception), and where some
# arguments are integers and others floats. No function changes its arguments: what it returns is new.
#
# Plan about five hours. Below each exercise is a check. It explains what it sees, and you may run it as often
# as you like.
#
# Before each experiment, write down a guess. Run the experiment, look at the result, and only then open the
# debrief below it. All guesses together, right or wrong, make up for up to 2 points that you lose elsewhere,
# and for half of those at most.

# %% [markdown]
# ## Slides and symbols
#
# | slide of the lecture | here |
# | :-- | :-- |
# | Machine learning | 5. `train_validation_test_split` |
# | Deep learning | the introduction above |
# | Learning and optimization | 6. `choose_lambda` |
# | Choosing the learning rate | 3. `momentum_step`, 4. `adam_step` |
# | Gradient descent in neural networks | 2. `mlp_gradient` |
# | Function composition | 1. `mlp_forward` |
#
# | symbol | what it is | in code |
# | :-- | :-- | :-- |
# | $X$, $y$ | the examples, one a row, and their targets | `X` (n, d), `y` (n,) |
# | $W_1$, $b_1$ | weights into the $h$ hidden units, and their biases | `W1` (d, h), `b1` (h,) |
# | $w_2$, $b_2$ | weights of the output, and its bias | `w2` (h,), `b2` |
# | $\sigma$ | the sigmoid, and nothing else | `sigmoid` |
# | $\eta$ | the learning rate; some slides write $\alpha$ | `lr` |
# | $\rho$, $u$ | the momentum, and the velocity | `momentum`, `velocity` |
# | $\log$ | the natural logarithm | `np.log` |

# %%
# Given: what the notebook needs
import csv

import checks
import matplotlib.pyplot as plt
import numpy as np
import penguins

# %% [markdown]
# You wrote the sigmoid in the homework on derivatives, so here it is given. Your functions may call it. It
# takes an array of any shape, and it never overflows, since it uses the hyperbolic tangent.


# %%
# Given: the sigmoid, safe for any finite z
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


# %% [markdown]
# ## 1. Neural networks
#
# $$\hat y = \sigma(X W_1 + b_1) \cdot w_2 + b_2$$
#
# A hidden unit is the sigmoid neuron you know: a weighted sum of the features, plus a bias, through $\sigma$.
# Here there are $h$ of them, and a linear model takes their outputs instead of the features. The last step
# has **no** $\sigma$, so $\hat y$ can be any number, a body mass or a bill's depth.
#
# Follow the shapes from one line to the next; they help you write the code:
#
# | quantity | what it is | shape |
# | :-- | :-- | :-- |
# | $X$ | the examples, one a row | (n, d) |
# | $W_1$ | one column of weights for each hidden unit | (d, h) |
# | $b_1$ | one bias for each hidden unit | (h,) |
# | $Z = X W_1 + b_1$ | the sums that enter the hidden units | (n, h) |
# | $A = \sigma(Z)$ | what leaves them, element by element | (n, h) |
# | $w_2$ | one weight for each hidden unit | (h,) |
# | $b_2$ | the bias of the output | a number |
# | $\hat y = A w_2 + b_2$ | one prediction for each example | (n,) |
#
# **By hand.** Three examples, two features, two hidden units, and numbers for which $\sigma$ is easy, since
# $\sigma(0) = \frac12$ and $\sigma(\log 3) = \frac34$ (and $\sigma(-\log 3) = \frac14$):
#
# $$X = \begin{pmatrix} 1 & 0 \\ 0 & 1 \\ 1 & 1 \end{pmatrix}, \quad
# W_1 = \begin{pmatrix} \log 3 & 0 \\ 0 & -\log 3 \end{pmatrix}, \quad
# b_1 = (0, \log 3), \quad w_2 = (4, -2), \quad b_2 = \tfrac12$$
#
# | example | row of $Z$ | row of $A$ | $\hat y$ |
# | :-- | :-- | :-- | :-- |
# | (1, 0) | $(\log 3, \log 3)$ | $(\frac34, \frac34)$ | $4 \cdot \frac34 - 2 \cdot \frac34 + \frac12 = 2$ |
# | (0, 1) | $(0, 0)$ | $(\frac12, \frac12)$ | $4 \cdot \frac12 - 2 \cdot \frac12 + \frac12 = 1.5$ |
# | (1, 1) | $(\log 3, 0)$ | $(\frac34, \frac12)$ | $4 \cdot \frac34 - 2 \cdot \frac12 + \frac12 = 2.5$ |


# %%
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
    ### BEGIN SOLUTION
    hidden = sigmoid(X @ W1 + b1)
    return hidden @ w2 + b2
    ### END SOLUTION


# %% [markdown]
# ## 2. Gradient descent in neural networks
#
# $$L(W_1, b_1, w_2, b_2) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2$$
#
# The loss is the MSE **with ½ and with the mean over the examples**, as for the linear model. Only the chain
# that leads to it is longer:
#
# $$(W_1, b_1) \;\to\; Z \;\to\; A \;\to\; \hat y \;\to\; L, \qquad (w_2, b_2) \;\to\; \hat y \;\to\; L$$
#
# Go through it backwards. For every quantity ask: if it changed a little, how would $L$ change? The answer
# has the shape of that quantity. It follows from the answer for the next quantity in the chain, and from the
# derivative of the link between the two. That is the chain rule, and all of backpropagation.
#
# | derivative of $L$ at | shape | what it needs |
# | :-- | :-- | :-- |
# | $\hat y$ | (n,) | the loss; the ½ and the mean go in here, once |
# | $w_2$ and $b_2$ | (h,) and a number | the derivative at $\hat y$: a linear model, with features $A$ |
# | $A$ | (n, h) | the derivative at $\hat y$, and $w_2$ |
# | $Z$ | (n, h) | the derivative at $A$, and $\sigma'$ element by element |
# | $W_1$ and $b_1$ | (d, h) and (h,) | the derivative at $Z$: $h$ linear models, with features $X$ |
#
# Two questions help with most of the code. One weight is used by all $n$ examples: what does that do to the
# axis of length $n$? And which product of an (n, d) and an (n, h) array has the shape (d, h)?
#
# **By hand.** Take the example of exercise 1 with $y = (1, 0, 2)$. The errors $\hat y - y$ are
# $1, \frac32, \frac12$, and the loss is $\frac16 (1 + \frac94 + \frac14) = \frac{7}{12}$. When $b_2$ grows by
# a little, how does each prediction change, and how does $L$? The docstring says 1. Then compute
# $\partial L / \partial w_2$ on paper, before you write code: it is $(\frac58, \frac{7}{12})$.


# %%
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
    ### BEGIN SOLUTION
    hidden = sigmoid(X @ W1 + b1)
    d_output = (hidden @ w2 + b2 - y) / len(y)
    d_sums = np.outer(d_output, w2) * hidden * (1 - hidden)
    return X.T @ d_sums, d_sums.sum(axis=0), hidden.T @ d_output, d_output.sum()
    ### END SOLUTION


# %% [markdown]
# ## 3. Momentum
#
# $$u \leftarrow \rho\, u + \nabla L(v), \qquad v \leftarrow v - \eta\, u$$
#
# From here on $v$ is one vector with all that is learned, and `gradient` is $\nabla L(v)$, of any loss.
# Gradient descent forgets every gradient as soon as it has used it. Momentum keeps a **velocity** $u$: the
# sum of all gradients so far, where older ones count less, as each step multiplies what is there by $\rho$
# (`momentum`, between 0 and 1). Across a valley the gradients change their sign and cancel. Along it they
# agree and add up: under a constant gradient $g$ the velocity grows toward $g / (1 - \rho)$, ten times $g$
# for $\rho = 0.9$.
#
# The order counts: first the velocity, then the step, taken with the **new** velocity. All three vectors have
# shape (d,).
#
# **By hand.** Let $\rho = \eta = \frac12$. A velocity of 2 and a gradient of $\frac12$ give the velocity
# $\frac12 \cdot 2 + \frac12 = \frac32$, and $v = 1$ moves to $1 - \frac12 \cdot \frac32 = \frac14$. A
# velocity of 1 and a gradient of $-1$ give $\frac12 \cdot 1 - 1 = -\frac12$: half of that gradient is
# cancelled. Both are entries of the example below.


# %%
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
    ### BEGIN SOLUTION
    velocity = momentum * velocity + gradient
    return v - lr * velocity, velocity
    ### END SOLUTION


# %% [markdown]
# ## 4. Adam
#
# One learning rate for all weights is a compromise: one weight has gradients of 100, another of 0.01, and a
# step that suits the one is wrong for the other. Adam (Kingma and Ba, 2015, Algorithm 1) keeps two running
# means for every single weight, of its gradient and of its squared gradient, and divides the one by the root
# of the other. With $g = \nabla L(v)$, and everything element by element:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat s = \frac{s}{1 - \beta_2^t}, \qquad
# v \leftarrow v - \eta\, \frac{\hat m}{\sqrt{\hat s} + \varepsilon}$$
#
# Both means begin at zero, so at first they are too small. The division by $1 - \beta^t$ corrects that (the
# **bias correction**); $t$ is the number of the step and begins with 1. The corrected means are used in the
# step only: return $m$ and $s$ without the correction, for the next step. $\varepsilon$ is outside the root,
# and prevents 0/0.
#
# **By hand.** In the first step $m = s = 0$ and $t = 1$. Let $g = (4, -0.01)$. Then $m = 0.1\, g$, the
# correction divides it by 0.1, so $\hat m = g$, and likewise $\hat s = g^2$. The ratio is $(1, -1)$: both
# weights move by $\eta$, although one gradient is 400 times the other. In a second step with $g = (4, 0.01)$
# the first weight moves by $\eta$ again. Work out what the second one does.


# %%
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
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * gradient
    s = beta2 * s + (1 - beta2) * gradient**2
    m_corrected = m / (1 - beta1**t)
    s_corrected = s / (1 - beta2**t)
    return v - lr * m_corrected / (np.sqrt(s_corrected) + eps), m, s
    ### END SOLUTION


# %% [markdown]
# ### Experiment: three ways down a long valley
#
# The loss $L(v) = \frac12 v^\top H v$ is a valley, 60 times as strongly curved across as along. The large
# curvature does not allow a larger learning rate, but the small one needs it. Gradient descent, momentum and
# Adam begin at the same point.
#
# On the right look at the slopes: on a log axis a straight line means that every step removes the same share.
#
# **Guess, then look.** Whose loss falls at every single step?
#
# - (a) That of gradient descent.
# - (b) That of momentum.
# - (c) That of Adam.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("every_step", None)

# %%
# Given: a long valley, with your momentum_step and adam_step
along, across = np.array([12.0, -5.0]) / 13, np.array([5.0, 12.0]) / 13
H = np.outer(along, along) + 60 * np.outer(across, across)
start = np.array([-4.0, 0.8])
steps = 80


def valley_losses(points):
    return ((points @ H) * points).sum(axis=-1) / 2


def plain_path():
    v, path = start, [start]
    for _ in range(steps):
        v = v - 0.03 * (H @ v)
        path.append(v)
    return np.array(path)


def momentum_path():
    v, velocity, path = start, np.zeros(2), [start]
    for _ in range(steps):
        v, velocity = momentum_step(v, velocity, H @ v, 0.02, 0.8)
        path.append(v)
    return np.array(path)


def adam_path():
    v, m, s, path = start, np.zeros(2), np.zeros(2), [start]
    for t in range(1, steps + 1):
        v, m, s = adam_step(v, m, s, H @ v, t, 0.25)
        path.append(v)
    return np.array(path)


with checks.waiting_for("momentum_step", "adam_step"):
    paths = [
        ("gradient descent, η = 0.03", plain_path(), "-"),
        ("momentum, η = 0.02, ρ = 0.8", momentum_path(), "--"),
        ("Adam, η = 0.25", adam_path(), ":"),
    ]
    looks = [
        {"marker": "o", "markersize": 3},
        {"marker": "s", "markersize": 4, "markerfacecolor": "white"},
        {"marker": "^", "markersize": 5, "markerfacecolor": "0.7"},
    ]
    grid = np.stack(np.meshgrid(np.linspace(-4.6, 1.2, 121), np.linspace(-1.2, 2.8, 121)), axis=-1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    levels = np.geomspace(0.05, 200, 9)
    left.contour(grid[..., 0], grid[..., 1], valley_losses(grid), levels, colors="0.75", linewidths=0.8)
    for (label, path, style), look in zip(paths, looks, strict=True):
        left.plot(*path.T, style, label=label, color="black", linewidth=1, **look)
        right.semilogy(valley_losses(path), style, markevery=10, color="black", linewidth=1, **look)
    left.plot(0, 0, "x", color="black", markersize=9, markeredgewidth=2, zorder=5)
    left.set(xlabel="$v_1$", ylabel="$v_2$", title="The paths; the minimum is at ×")
    left.legend(loc="lower left", fontsize="small")
    right.set(xlabel="step t", ylabel="loss", title="The losses, with a marker every ten steps")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** With $\eta = 0.03$ gradient descent multiplies the distance across the valley by
# $1 - 0.03 \cdot 60 = -0.8$, and along it by 0.97. Both are less than 1 in size, so its path goes back and
# forth between the slopes, and its loss falls at every step. Momentum keeps its speed, overshoots and swings
# back: its loss rises in 35 of the 80 steps. At the end it is still the smallest, about $10^{-7}$, against
# 0.004 for Adam and 0.06 for gradient descent. A loss that falls at every step need not fall fastest.
#
# Adam begins with equal steps in both coordinates. It scales every coordinate separately. A network with
# large and small gradients needs that, but it is of little use in a valley that is not parallel to an axis.
# Turn the valley along an axis (`along, across = np.eye(2)`) and run the cell again: Adam's path no longer
# bends back and forth, and after 20 steps its loss is a third of what it was. After 80 steps it is not better
# than before. Near the minimum Adam's steps are still about $\eta$ long, so it overshoots, in either valley.
#
# </details>

# %% [markdown]
# ### Experiment: a curve that no line can follow
#
# How deep is a penguin's bill, given the length of its flippers? Over all penguins longer flippers go with
# flatter bills, and the best line falls. But within each species it would rise: Gentoos have the longest
# flippers and the flattest bills, and form a separate group. Your network has four hidden units: four smooth
# steps that it can place, stretch and add up. It learns with your `mlp_gradient` and your `adam_step`, which
# sees all 13 weights as one vector: the same rule, with more weights.

# %%
# Given: bill depth in mm, with standardized flipper length as the only feature
with open(penguins.DATA, newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
measured = [row for row in rows if "NA" not in (row["flipper_length_mm"], row["bill_depth_mm"])]
flipper_mm = np.array([float(row["flipper_length_mm"]) for row in measured])
bill_depth = np.array([float(row["bill_depth_mm"]) for row in measured])
species = np.array([row["species"] for row in measured])
flipper = ((flipper_mm - flipper_mm.mean()) / flipper_mm.std())[:, np.newaxis]
left_out = len(rows) - len(measured)
print(f"{len(measured)} penguins; {left_out} more were left out, as a measurement is missing.")

# %%
# Given: the network's weights as one vector and back, and its training with your functions


def as_vector(W1, b1, w2, b2):
    return np.concatenate([np.ravel(W1), b1, w2, [b2]])


def as_weights(v, d, h):
    W1, b1, w2, b2 = np.split(v, [d * h, d * h + h, d * h + 2 * h])
    return W1.reshape(d, h), b1, w2, b2[0]


def train_network(X, y, weights, lr, steps):
    """The weights after so many steps of Adam, and the loss after each of them."""
    d, h = np.shape(weights[0])
    v = as_vector(*weights)
    m, s, losses = np.zeros(len(v)), np.zeros(len(v)), []
    for t in range(1, steps + 1):
        v, m, s = adam_step(v, m, s, as_vector(*mlp_gradient(X, y, *weights)), t, lr)
        weights = as_weights(v, d, h)
        losses.append(np.mean((mlp_forward(X, *weights) - y) ** 2) / 2)
    return weights, losses


# %% [markdown]
# **Guess, then look.** The network sees the length of the flippers, and not the species. Draw the curve that
# you expect on paper. What does it do from short to long flippers?
#
# - (a) It falls everywhere, as the line does, but not evenly.
# - (b) It rises, falls steeply, and rises again.
# - (c) It rises everywhere, as the penguins of each species do.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("network_curve", None)

# %%
# Given: the network learns bill depth, with your mlp_forward, mlp_gradient and adam_step
with checks.waiting_for("mlp_forward", "mlp_gradient", "adam_step"):
    rng = np.random.default_rng(1)
    W1, b1, w2 = rng.normal(size=(1, 4)), rng.normal(size=4), rng.normal(size=4)
    weights, losses = train_network(flipper, bill_depth, (W1, b1, w2, bill_depth.mean()), 0.05, 2000)

    slope, intercept = np.polyfit(flipper[:, 0], bill_depth, 1)
    line_loss = np.mean((slope * flipper[:, 0] + intercept - bill_depth) ** 2) / 2
    places = np.linspace(flipper.min(), flipper.max(), 200)
    places_mm = places * flipper_mm.std() + flipper_mm.mean()

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    for name, marker, fill in [("Adelie", "o", "none"), ("Chinstrap", "^", "0.85"), ("Gentoo", "s", "0.6")]:
        chosen = species == name
        look = {"marker": marker, "facecolors": fill, "edgecolors": "0.5", "s": 16, "linewidths": 0.7}
        left.scatter(flipper_mm[chosen], bill_depth[chosen], label=name, **look)
    left.plot(places_mm, slope * places + intercept, "--", color="black", label="best line")
    left.plot(places_mm, mlp_forward(places[:, np.newaxis], *weights), color="black", label="network", lw=2)
    left.set(xlabel="flipper length (mm)", ylabel="bill depth (mm)", title="One line, or four hidden units")
    left.legend(fontsize="small")
    right.semilogx(range(1, len(losses) + 1), losses, color="black", lw=2, label="network")
    right.axhline(line_loss, linestyle="--", color="black", label="best line")
    right.set(xlabel="step t", ylabel="MSE (mm², with ½)", title="Learning curve of Adam, η = 0.05")
    right.set_ylim(0, None)
    right.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(b).** The curve rises to 18.8 mm at flippers of 200 mm, falls to 14.8 mm at 211 mm, and rises again to
# 16.5 mm. It learns the mean depth at each length. Below 203 mm there are no Gentoos, and above 212 mm there
# are only Gentoos, so in both parts it rises as it does within a species. In between, one smooth step leads
# from one group to the other. The loss is 0.72 mm², and that of the best line 1.28 mm².
#
# </details>

# %% [markdown]
# The random start is necessary. Let all hidden units begin alike
# (`W1, b1, w2 = np.ones((1, 4)), np.ones(4), np.ones(4)`) and run the cell again. What do four units do that
# always receive the same gradient?

# %% [markdown]
# ## 5. Training, validation and test
#
# A model with many parameters can memorize its examples, with their noise, so the loss on the examples it was
# fitted to says little about new ones. The examples are therefore divided into three sets:
#
# | set | what it is for | how often it is used |
# | :-- | :-- | :-- |
# | training | to fit the weights | in every step |
# | validation | to choose between models, such as between values of λ | once for each model |
# | test | to say how good the chosen model is | once, at the very end |
#
# Every index $0, \dots, n - 1$ goes into exactly one of them, at random, since files are often sorted: the
# first 152 rows of `penguins.csv` are all Adelies. There are `round(validation * n)` validation examples and
# `round(test * n)` test examples, or as many of those as are left; the rest is for training. Any of the three
# may be empty.
#
# **By hand.** $n = 10$ with shares of 0.2 and 0.3 makes 2 validation, 3 test and 5 training examples. With
# shares of 0.7 and 0.6 there are 7 validation examples, 3 are left for the test (not 6), and none for
# training.


# %%
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
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    n_validation = round(validation * n)
    n_test = min(round(test * n), n - n_validation)
    validation_part, test_part, train_part = np.split(order, [n_validation, n_validation + n_test])
    return train_part, validation_part, test_part
    ### END SOLUTION


# %% [markdown]
# ## 6. Choosing λ
#
# Regularization adds $\lambda \sum_j w_j^2$ to the loss, so that large weights cost something. Could
# $\lambda$ be learned by gradient descent, like the weights? On the training set the answer is always
# $\lambda = 0$, since weights without a penalty fit these examples best. So try each $\lambda$: fit on the
# training set, measure on the validation set, keep the one with the smallest loss.
#
# Two functions are given for fitting and measuring: `w, b = fit(X, y, lam)` and `loss(X, y, w, b)`. Which
# loss it is does not matter here; it has no penalty in it, as $\lambda$ is for fitting only. Return the
# chosen $\lambda$, and **all** validation losses in the order of `lambdas`. On a tie the first one wins.
#
# **By hand.** Take a model with one feature that is always 1, one weight $w$ and $b = 0$. It predicts $w$ for
# every example, and $\frac{1}{2n} \sum_i (w - y_i)^2 + \lambda w^2$ is smallest at
# $w = \bar y / (1 + 2 \lambda)$. The training targets are 4, 8, 6, the validation targets 2 and 4, and the
# loss is the MSE with ½:
#
# | $\lambda$ | fitted on the training set | validation loss |
# | :-- | :-- | :-- |
# | 0 | $w = 6$ | $\frac14 (16 + 4) = 5$ |
# | 0.5 | $w = 3$ | $\frac14 (1 + 1) = 0.5$ |
# | 1 | $w = 2$ | $\frac14 (0 + 4) = 1$ |
#
# So $\lambda = 0.5$ is chosen, although $\lambda = 0$ fits the training set best.


# %%
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
    ### BEGIN SOLUTION
    losses = []
    for lam in lambdas:
        w, b = fit(X_train, y_train, lam)
        losses.append(loss(X_val, y_val, w, b))
    return lambdas[int(np.argmin(losses))], losses
    ### END SOLUTION


# %% [markdown]
# ### Experiment: how much freedom?
#
# Body mass from flipper length once more, but with twenty features for each penguin instead of one: twenty
# bell-shaped bumps stand along the axis of flipper length, and each feature says how near the penguin is to
# one of them. Only one penguin in ten is used for training: 34 of them for 20 weights and a bias. The model
# is the linear one on these features. For it `ridge_fit` finds the minimum of
# $\frac{1}{2n} \sum_i (\hat y_i - y_i)^2 + \lambda \sum_j w_j^2$ without a single step: the gradient is zero
# where $d + 1$ linear equations hold.
#
# Your `train_validation_test_split` makes the three sets, your `choose_lambda` tries 29 values of $\lambda$.
# On the left are the losses for each of them, on the right two of the fitted curves.

# %%
# Given: the features, the fit, and the loss by which a fit is judged


def bumps(x, count=20, width=0.2):
    """Heights of the bumps at x, shape (n, count)."""
    return np.exp(-(((x[:, np.newaxis] - np.linspace(-2.2, 2.2, count)) / width) ** 2) / 2)


def ridge_fit(X, y, lam):
    """The w and b at which the gradient of 1/(2n) Σ (y_hat - y)² + λ Σ w² is zero; b has no penalty."""
    mean = X.mean(axis=0)
    centered = X - mean
    penalty = 2 * lam * np.eye(X.shape[1])
    w = np.linalg.solve(centered.T @ centered / len(y) + penalty, centered.T @ (y - y.mean()) / len(y))
    return w, y.mean() - mean @ w


def half_mse(X, y, w, b):
    """1/(2n) Σ (y_hat - y)²: no penalty."""
    return float(np.mean((X @ w + b - y) ** 2) / 2)


# %% [markdown]
# **Guess, then look.** With the smallest $\lambda$ of all, $10^{-5}$, how large is the validation loss,
# compared with the training loss?
#
# - (a) About the same: both sets are drawn at random from the same penguins.
# - (b) About twice as large: twenty features of one length say little more than one.
# - (c) About ten times as large: so many weights follow the noise of so few penguins.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("smallest_lambda", None)

# %%
# Given: the choice of λ, with your train_validation_test_split and choose_lambda
millimeters, y = penguins.load_body_mass(standardized=False)

with checks.waiting_for("train_validation_test_split", "choose_lambda"):
    train, validation, test = train_validation_test_split(len(y), 0.4, 0.5, np.random.default_rng(0))
    length = millimeters[:, 0]
    x = (length - length[train].mean()) / length[train].std()  # a mean over all would open the test set
    features, lambdas = bumps(x), np.logspace(-5, 1, 29)
    X_train, y_train = features[train], y[train]
    lam, losses = choose_lambda(
        X_train, y_train, features[validation], y[validation], lambdas, ridge_fit, half_mse
    )
    train_losses = [half_mse(X_train, y_train, *ridge_fit(X_train, y_train, each)) for each in lambdas]

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    left.loglog(lambdas, train_losses, "--", color="black", label="training")
    left.loglog(lambdas, losses, "-", color="black", label="validation")
    circle = {"markersize": 10, "markerfacecolor": "white", "markeredgecolor": "black"}
    left.plot(lam, min(losses), "o", label=f"chosen, λ = {lam:.2g}", **circle)
    left.set(xlabel="λ", ylabel="MSE (kg², with ½, no penalty)", title="What each λ does to the losses")

    places = np.linspace(-2.1, 2.2, 300)
    right.plot(x[train], y_train, "o", color="0.5", markersize=4, label="training penguins")
    for each, style in [(lambdas[0], ":"), (lam, "-")]:
        w, b = ridge_fit(X_train, y_train, each)
        right.plot(places, bumps(places) @ w + b, style, color="black", label=f"λ = {each:.2g}")
    right.set(xlabel="flipper length (standardized)", ylabel="body mass (kg)", title="Two of the fits")
    right.set_ylim(y.min() - 0.8, y.max() + 0.8)
    right.legend()

    # the test set is opened here, and nowhere else
    test_loss = half_mse(features[test], y[test], *ridge_fit(X_train, y_train, lam))
    left.plot(lam, test_loss, "x", color="black", markersize=10, markeredgewidth=2, label="test, once")
    left.legend(loc="lower right", fontsize="small")
    print(f"λ = {lam:.2g}: loss {min(losses):.4f} on the validation set, {test_loss:.4f} on the test set.")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** The training loss is 0.021 kg², the validation loss 0.23 kg². With 21 numbers for 34 penguins the
# model can learn noise, and the dotted curve does: it jumps from penguin to penguin. The training loss always
# rises with $\lambda$, since weights without a penalty fit these examples best. The validation loss first
# falls and then rises: a small penalty removes the noise, a larger one flattens the curve too.
#
# Why is there one cross and not a third curve? The smallest of 29 validation losses is a little too
# optimistic: it was chosen because it is small, and part of that was luck. A fair number needs examples that
# were not used for any choice. If you drew the test loss for every $\lambda$ and moved to its minimum, the
# test set would be a second validation set, and you would need another test set. So the test set is used
# once, at the end, and its loss is reported, whatever it is.
#
# </details>

# %% [markdown]
# ## Before you hand in
#
# Save the notebook, restart the kernel, and run all cells from the top. Then hand in this one file,
# `neural_network.ipynb`: the data and the folder `checks` stay here.

# %%
# Given: how many exercises are right as far as can be seen here
checks.summary()
