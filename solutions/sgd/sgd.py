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
# One step of gradient descent looks at every example before it moves. With a million examples that is a long
# wait for one step. Stochastic gradient descent (SGD) moves after a few randomly chosen examples: each step
# is cheaper and less exact, and there are many more of them. In this homework you write SGD in three layers:
# the mini-batches, one epoch, and the loop around the epochs. Then you measure the noise in the gradient of a
# small batch, and add a penalty on large weights.
#
# **Notation.** There are $n$ examples with $d$ features. `X` has shape (n, d), one example a row; `y` has
# shape (n,); `w` has shape (d,); `b` is a number; $\eta$ is the learning rate `lr`. `rng` is a NumPy random
# generator, as `np.random.default_rng(0)` makes it. It is the **only** source of randomness: two runs that
# begin with the same seed agree. Everything must work for any $n$ and $d$, from 1 to 10,000, and for as many
# steps and epochs. Some arguments may be integers while others are floats, learning rates too. No function
# changes its arguments.
#
# Plan about three and a half hours. Below each exercise is a check. It explains what it sees, and you may run
# it as often as you like.
#
# Before each experiment, write down a guess. Run the experiment, look at the result, and only then open the
# debrief below it. All guesses together, right or wrong, make up for up to 2 points that you lose elsewhere,
# and for half of those at most.

# %% [markdown]
# ## Slides and symbols
#
# | slide of the lecture | here |
# | :-- | :-- |
# | Learning and optimization | 5. `ridge_gradient` |
# | SGD for Large Sample Challenges | 1. `minibatches` |
# | Stochastic Gradient Descent for large sample challenges | 2. `sgd_epoch` |
# | Stochastic Gradient Descent (SGD) | 3. `train` |
# | Summary: Stochastic gradient descent | the experiment “what does a step cost?” |
# | Analogy to political polling | 4. `gradient_noise` |
#
# | symbol | what it is | in code |
# | :-- | :-- | :-- |
# | $X$, $y$ | the examples, one a row, and their targets | `X` (n, d), `y` (n,) |
# | $w$, $b$ | weights and bias (intercept) | `w` (d,), `b` |
# | $m$ | the batch size | `batch_size` |
# | $B$, $L_B$ | a batch, and the mean loss of its examples |  |
# | $\eta$ | the learning rate; some slides write $\alpha$ | `lr` |
# | $\lambda$ | the strength of the penalty | `lam` |

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
#
# Why a random order? Files are often sorted: the first 152 rows of `penguins.csv` are all Adelies. In the
# order of the file, whole batches would have a single species. Why each index exactly once? Then no example
# is forgotten, and none counts twice.
#
# **By hand.** $n = 7$ and `batch_size` = 3. If the order comes out as 4, 0, 6, 2, 5, 1, 3, the batches are
#
# | batch | indices | size |
# | :-- | :-- | :-- |
# | first | 4, 0, 6 | 3 |
# | second | 2, 5, 1 | 3 |
# | third | 3 | 1 |
#
# How many batches are there for $n = 6$, and how many for $n = 7$ and a `batch_size` of 10?


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
# ## 2. SGD for large sample challenges
#
# For each mini-batch $B$ of a fresh random order, one step:
#
# $$w \leftarrow w - \eta\, \frac{\partial L_B}{\partial w}, \qquad
# b \leftarrow b - \eta\, \frac{\partial L_B}{\partial b}, \qquad L_B = \frac{1}{|B|} \sum_{i \in B} \ell_i$$
#
# The gradient is handed to you as a function: `dw, db = gradient(X_batch, y_batch, w, b)`. For the MSE each
# example's share is $\ell_i = (y_i - \hat y_i)^2 / 2$, **with ½**. The function already takes the mean **over
# the batch that it is given**, also over a smaller last one, so you need not divide by anything. Each step
# begins at the parameters where the step before ended.
#
# **By hand.** Three examples $(x, y)$: $(2, 1)$, $(4, -3)$ and $(6, 5)$, numbered 0, 1, 2. To keep the sums
# short, take a loss without a model: $\ell_i = \frac12 (w - x_i)^2 + \frac12 (b - y_i)^2$. The gradient of
# $L_B$ points from the batch's center (its mean $x$ and mean $y$) to $(w, b)$, so a step with
# $\eta = \frac12$ goes half of the way to that center. Begin at $w = -2$, $b = 1$, with batches of 2:
#
# | batches | first center | after the first step | second center | after the epoch |
# | :-- | :-- | :-- | :-- | :-- |
# | {0, 2}, {1} | $(4, 3)$ | $(1, 2)$ | $(4, -3)$ | $(2.5, -0.5)$ |
# | {1, 2}, {0} | $(5, 1)$ | $(1.5, 1)$ | $(2, 1)$ | $(1.75, 1)$ |
# | {0, 1}, {2} | $(3, -1)$ | $(0.5, 0)$ | $(6, 5)$ | $(3.25, 2.5)$ |
#
# Where an epoch ends depends on the order, and here it can end in these three places only. Your function must
# reach each of them, and no other. Note the last step of each row: a batch of one goes the same share of the
# way to its center as a batch of two, since each gradient is a mean.


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
    ### BEGIN SOLUTION
    for batch in minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w - lr * np.asarray(dw)
        b = b - lr * db
    return w, b
    ### END SOLUTION


# %% [markdown]
# ## 3. Learning curves
#
# The learning curve, one loss after each epoch, shows whether anything is learned, whether the learning rate
# is too large, and when to stop. The loop that draws it knows nothing of batches or gradients: it calls
# `epoch`, watches `loss`, and decides when to stop. `losses[0]` is the loss **before** any epoch; then one
# loss follows for each epoch. Training stops after `max_epochs` epochs. Where a `tolerance` is given, it also
# stops after the first epoch with
#
# $$L_{\mathrm{previous}} - L < \mathrm{tolerance},$$
#
# so a rise of the loss stops it too. A tolerance of 0 is a tolerance; `None` means that none is given. Which
# loss it is does not matter here. Return the parameters after the **last** epoch, even if an earlier loss was
# lower.
#
# **By hand.** The loss is 8 at the start, and would be 5, 4, 3.5, 4.5 and 2 after five epochs.
#
# | tolerance | `losses` | why it stops |
# | :-- | :-- | :-- |
# | `None` | 8, 5, 4, 3.5, 4.5, 2 | `max_epochs` = 5 |
# | 1 | 8, 5, 4, 3.5 | $4 - 3.5 = 0.5$ is below 1; $5 - 4 = 1$ was not |
# | 0 | 8, 5, 4, 3.5, 4.5 | $3.5 - 4.5 = -1$ is below 0 |
#
# In the last row the smallest loss would have come later. The loss of SGD goes up and down, so a tolerance of
# 0 stops at the first unlucky epoch.


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
# ### Experiment: what does a step cost?
#
# The linear model learns the penguins' body mass. Its loss is the MSE
# $\frac{1}{2n} \sum_i (\hat y_i - y_i)^2$, with ½ and with the mean.
#
# The experiments need its gradient, which you derived in the homework on derivatives. If your
# `derivatives.py` is in the same folder as this notebook (in JupyterLab: *File*, *Save and Export Notebook
# As…*, *Executable Script*), yours is used. Otherwise central differences are used: they are slower, but they
# need no formula.

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
    print("The experiments use your mse_gradient from derivatives.py.")
except Exception as error:
    loss_gradient = numerical_gradient
    print(f"The experiments use central differences ({type(error).__name__}: no mse_gradient to use yet).")
finally:
    plt.close("all")

# %% [markdown]
# Four batch sizes, the same learning rate, the same number of epochs. The gradient of one example is the unit
# of work. An epoch costs 342 of them, whatever the batch size. What differs is what one step costs:
#
# | batch size | a step costs | steps in an epoch |
# | :-- | :-- | :-- |
# | 342, the full batch | 342 gradients of one example | 1 |
# | 64 | 64 | 6 |
# | 8 | 8 | 43 |
# | 1 | 1 | 342 |
#
# The figure shows how far the loss is above that of the best linear model, on the left after each epoch, on
# the right before each single step of the first two epochs.
#
# **Guess, then look.** After one epoch each of the four has looked at every penguin once. Which one is ahead?
#
# - (a) The full batch: its direction is exact.
# - (b) Batches of 8: many steps, each roughly right.
# - (c) None: all have computed the same number of gradients.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("first_epoch", None)

# %%
# Given: full batch, mini-batches and single examples, with your sgd_epoch and train
columns = np.column_stack([X, np.ones(len(y))])
*w_best, b_best = np.linalg.lstsq(columns, y, rcond=None)[0]
best_loss = loss_on(X, y, np.array(w_best), b_best)


def learning_curves(size, epochs=120, lr=0.1):
    """The loss after each epoch; and before each early step the number of examples seen, and the loss."""
    rng, looked_at, before_step = np.random.default_rng(1), [0], []

    def watched_gradient(X_batch, y_batch, w, b):
        if looked_at[-1] <= 2 * len(y):
            before_step.append(loss_on(X, y, w, b))
            looked_at.append(looked_at[-1] + len(y_batch))
        return loss_gradient(X_batch, y_batch, w, b)

    def epoch(w, b):
        return sgd_epoch(X, y, w, b, lr, size, rng, watched_gradient)

    *_, losses = train(epoch, lambda w, b: loss_on(X, y, w, b), np.zeros(2), 0.0, epochs)
    return np.array(losses), np.array(looked_at[:-1]), np.array(before_step)


with checks.waiting_for("sgd_epoch", "train"):
    sizes = [len(y), 64, 8, 1]
    curves = [learning_curves(size) for size in sizes]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), sharey=True, layout="constrained")
    looks = [("-", "black", 2.2), ("--", "black", 1.4), ("-", "0.45", 1.2), (":", "black", 1.2)]
    for size, curve, (style, color, width) in zip(sizes, curves, looks, strict=True):
        losses, looked_at, before_step = curve
        look = {"linestyle": style, "color": color, "linewidth": width}
        label = f"batches of {size}" + (" (all)" if size == len(y) else "")
        left.semilogy(losses - best_loss, label=label, **look)
        right.step(looked_at, before_step - best_loss, where="post", **look)
    right.axvline(len(y), color="0.6", linewidth=0.8)
    right.text(len(y), 2e-5, " one epoch", color="0.3")
    left.set(xlabel="epoch", ylabel="MSE above the best (kg², with ½)", title="After each epoch, η = 0.1")
    right.set(
        xlabel="examples looked at: gradients of one example", title="Step by step, the first two epochs"
    )
    left.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(b).** After one epoch the loss is above that of the best model by 0.002 kg² with batches of 8, by 0.03
# with single examples, by 2.5 with batches of 64, and by 7.3 with the full batch. On the right the full batch
# has moved once by then, and single examples 342 times. That is the lecture's point about large samples: far
# from the minimum a rough direction is good enough, and cheap. Single examples are no longer ahead, since
# their noise already keeps their loss up.
#
# On the left the order is reversed after 120 epochs: the full batch has the smallest loss, single examples
# the largest. Near the minimum the gradients of the examples point in different directions. With a fixed
# learning rate this noise keeps the loss up: the smaller the batch, the higher the loss. The full batch has
# no noise, and its loss goes on falling.
#
# The number of gradients is not the time: a processor works on 64 rows at once almost as fast as on one.
# Measured in seconds, single examples are no longer ahead, and batches of some dozens are the usual choice.
#
# </details>

# %% [markdown]
# ## 4. How noisy is a mini-batch?
#
# A poll asks a thousand people instead of a whole country. A mini-batch does the same: the full gradient is
# the mean over all $n$ examples, and the batch asks only some of them. Like a poll, it draws **without
# replacement**, as nobody is asked twice in the same poll. And like a poll, it is a little off. How far off?
# Repeat the poll many times, and look at how much the answers vary.
#
# That is what your function does. At fixed parameters `w` and `b` it takes `draws` random mini-batches of
# `batch_size` different examples, and returns the **root mean square**, over the draws, of the **Euclidean
# distance** between the mini-batch's gradient and the full one.
#
# - A gradient is the pair `(dw, db)`, taken **together, as one vector** of $d + 1$ numbers.
# - Each draw is independent of the others: everybody may be asked again in the next poll. All sets of
#   `batch_size` examples are equally likely ($1 \le$ `batch_size` $\le n$).
# - The gradient is handed in, as in exercise 2: `dw, db = gradient(X_batch, y_batch, w, b)` is the **mean**
#   over the examples that it is given, of whatever loss. Given all of them, it is the full gradient.
#
# **By hand.** *One distance.* The full gradient is $\mathrm{dw} = (1, -2)$, $\mathrm{db} = 3$, that of a
# batch $\mathrm{dw} = (3, -1)$, $\mathrm{db} = 5$. They differ by 2, 1 and 2, so the distance is
# $\sqrt{4 + 1 + 4} = 3$.
#
# *Several draws.* The root mean square of the distances 1 and 7 is $\sqrt{\frac12 (1 + 49)} = 5$. Their mean
# is 4: large errors count for more.
#
# *All of it.* Take the three examples of exercise 2, with center $(4, 1)$. There the gradients of two batches
# differ as their centers do, whatever $w$ and $b$ are:
#
# | batch of 2 | center | off by | distance |
# | :-- | :-- | :-- | :-- |
# | {0, 1} | $(3, -1)$ | $(-1, -2)$ | $\sqrt{5}$ |
# | {0, 2} | $(4, 3)$ | $(0, 2)$ | $2$ |
# | {1, 2} | $(5, 1)$ | $(1, 0)$ | $1$ |
#
# A single draw returns one of these three. With many draws each batch comes in about a third of them, and the
# result approaches $\sqrt{\frac13 (5 + 4 + 1)}$, about 1.83. With a `batch_size` of 3 it is 0: a batch of all
# examples makes no error.


# %%
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
    ### BEGIN SOLUTION
    full = np.append(*gradient(X, y, w, b))
    squares = []
    for _ in range(draws):
        batch = rng.choice(len(y), size=batch_size, replace=False)
        error = np.append(*gradient(X[batch], y[batch], w, b)) - full
        squares.append(error @ error)
    return np.sqrt(np.mean(squares))
    ### END SOLUTION


# %% [markdown]
# ### Experiment: the error of a poll
#
# The dots are measured by your function, 400 draws each, at $w = 0$ and $b = 0$, the start of the learning
# curves above. The lines are what probability theory predicts. Both axes are logarithmic.
#
# **Guess, then look.** A batch of 64 costs 64 times as much as a batch of 1. How does its error compare?
#
# - (a) It is about 8 times as small: the root of 64.
# - (b) It is 64 times as small: each example adds its share.
# - (c) It is just as large: a batch of 1 is right on average too.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("batch_of_64", None)

# %%
# Given: the noise for each batch size, with your gradient_noise
with checks.waiting_for("gradient_noise"):
    n, origin = len(y), (np.zeros(2), 0.0)
    each = [loss_gradient(X[[i]], y[[i]], *origin) for i in range(n)]
    single = np.sqrt(sum(np.var(part, axis=0).sum() for part in zip(*each, strict=True)))

    rng = np.random.default_rng(1)
    sizes = np.array([1, 2, 4, 8, 16, 32, 64, 128, 200, 256, 300, 325, 337, n])
    noise = np.array([gradient_noise(X, y, *origin, int(m), 400, rng, loss_gradient) for m in sizes])

    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    m = np.linspace(1, n - 0.25, 4 * n)
    axes.loglog(m, single / np.sqrt(m), "--", color="0.4", label="s/√m alone")
    axes.loglog(m, single / np.sqrt(m) * np.sqrt((n - m) / (n - 1)), "-", color="black", label="theory")
    lowest = 1e-2
    seen, none = noise > lowest, noise <= lowest
    dot = {"markerfacecolor": "white", "markeredgecolor": "black", "linestyle": "none"}
    axes.plot(sizes[seen], noise[seen], "o", label="your gradient_noise", **dot)
    if none.any():
        axes.plot(sizes[none], np.full(none.sum(), lowest), "v", markersize=9, clip_on=False, **dot)
        axes.annotate(
            f"m = {n}: no error at all,\nbelow any log axis", (n, lowest), (14, 1.4 * lowest),
            arrowprops={"arrowstyle": "-", "color": "0.5", "shrinkB": 8},
        )  # fmt: skip
    axes.set(xlabel="batch size m", ylabel="distance from the full gradient (kg)")
    axes.set(title=f"The noise of a mini-batch, n = {n}", ylim=(lowest, 3 * single))
    axes.legend(loc="upper right")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** The error falls from 6.2 kg to 0.73 kg. Let $s$ be the error of a batch of one. Then for a batch of
# $m$ out of $n$ examples it is
#
# $$\frac{s}{\sqrt m} \sqrt{\frac{n - m}{n - 1}} .$$
#
# The first factor is that of every poll: **to halve the error, ask four times as many people**. On log-log
# axes it is a straight line with the slope $-\frac12$. The second one is the *finite-population correction*.
# It says that nothing is unknown about the people who were asked. It matters only for a large share: with
# $m = n/4$ it is about 0.87, with $m = n$ it is zero. There the dots leave the dashed line. For $m = 64$ the
# root gives 8, and the correction adds a little.
#
# For a thousand people out of 80 million it is 0.99999, which is why a poll need not be larger in a larger
# country. For the same reason a batch of 64 serves a million examples as well as a thousand.
#
# </details>

# %% [markdown]
# ### In words: `why_one_batch`
#
# A step of SGD sees one batch, and never the whole data set. Explain in a few sentences why this works. What
# is the mean of the batch gradients over all batches of one size? How far off is a single one, and how does
# that depend on $m$? Why do these errors not add up over many steps?
#
# Write below, in the next cell. A person reads your answer and gives up to 3 points.

# %% [markdown]
# *Write your answer here: double-click on this text.*

# %% [markdown]
# ## 5. Regularization
#
# A model with many weights can use large ones, of opposite signs, to follow the noise in its examples.
# Regularization makes large weights costly. Ridge regression adds the squared weights to the loss:
#
# $$L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2 + \lambda \sum_{j=1}^{d} w_j^2, \qquad
# \hat y = Xw + b$$
#
# **Check the loss.** The first sum is the MSE, **with ½ and with the mean over the examples**. The penalty
# has **neither**: no ½, and no division by $n$ or $d$. The bias $b$ is not in the penalty. It only shifts all
# predictions by the same amount, and a large $\lambda$ should not make the penguins lighter.
#
# Some books put the penalty beside the **sum** of all squares, not beside their mean. Divide such a loss by
# $n$: the sum becomes the mean, and the factor of the penalty becomes $n$ times smaller. So a $\lambda$
# beside the mean is the same as $n \lambda$ beside the sum.
#
# The loss is a sum of two parts, so its gradient is the sum of two gradients. You know the first from the
# homework on derivatives. Derive the second, one weight at a time. With $\lambda = 0$ only the first is left.
#
# **By hand.** In the example below $w = (0.5, -1.5)$, $\lambda = 0.1$, and the MSE is 6.6875. The penalty is
# $0.1 \cdot (0.25 + 2.25) = 0.25$, so the loss is $6.6875 + 0.25 = 6.9375$. Which slope does the penalty add
# at $w_2$? Let only $w_2$ move, by 0.1 to either side:
#
# | $w_2$ | penalty |
# | :-- | :-- |
# | $-1.6$ | $0.1 \cdot (0.25 + 2.56) = 0.281$ |
# | $-1.4$ | $0.1 \cdot (0.25 + 1.96) = 0.221$ |
#
# The slope is $(0.221 - 0.281) / 0.2 = -0.3$, which is exact for a parabola: the penalty falls as $w_2$ moves
# toward zero. Do the same for $w_1$, and compare with your formula.


# %%
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
    ### BEGIN SOLUTION
    error = X @ w + b - y
    return X.T @ error / len(y) + 2 * lam * w, error.mean()
    ### END SOLUTION


# %% [markdown]
# ### Experiment: what λ does to the weights
#
# Full-batch gradient descent on the penguins' body mass with your `ridge_gradient`, once for each of 25
# values of $\lambda$. Both features are standardized, so their weights can be compared: kilograms for one
# standard deviation of flipper or bill length.
#
# **Guess, then look.** Without a penalty $w_1$, for the flippers, is 0.68, and $w_2$, for the bill, only
# 0.03. (Penguins with long flippers tend to have long bills.) What does $w_2$ do while $\lambda$ grows?
#
# - (a) It shrinks from the beginning, at the same pace as $w_1$.
# - (b) It stays as it is: a small weight costs nearly nothing.
# - (c) It grows at first, as it takes over a part of $w_1$, and shrinks later.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("bill_weight", None)

# %%
# Given: the weights that gradient descent finds for each λ, with your ridge_gradient
with checks.waiting_for("ridge_gradient"):
    lambdas, found = np.logspace(-3, 2, 25), []
    for price in lambdas:
        w, b = np.zeros(2), 0.0
        for _ in range(400):
            dw, db = ridge_gradient(X, y, w, b, price)
            rate = 1 / (2 + 2 * price)  # a larger λ makes a more strongly curved loss: smaller steps
            w, b = w - rate * dw, b - 0.5 * db
        found.append([*w, b])
    flipper, bill, intercept = np.transpose(found)

    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    axes.axhline(0, color="0.7", linewidth=0.8)
    axes.semilogx(lambdas, flipper, "o-", color="black", markersize=4, label="$w_1$, flipper length")
    axes.semilogx(lambdas, bill, "s--", color="0.4", markersize=4, label="$w_2$, bill length")
    axes.set(xlabel="λ", ylabel="weight (kg per standard deviation)", title="Ridge regression on body mass")
    axes.legend()
    print(f"b is {intercept[0]:.3f} kg for the smallest λ, and {intercept[-1]:.3f} kg for the largest.")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** While $w_1$ falls from 0.68 to 0.37, $w_2$ rises from 0.03 to 0.14, at a $\lambda$ of about 0.3.
# With squares, one large weight costs more than two medium ones. Both features say nearly the same about a
# penguin, so a small penalty moves a part of the weight from the flippers to the bill, and the fit gets only
# a little worse.
#
# Both go to zero only when the penalty is large. Then the model predicts the mean mass for all penguins: that
# is $b$, which has no penalty. Which $\lambda$ to take is a question that the training loss cannot answer.
# The homework on neural networks asks the validation set.
#
# </details>

# %% [markdown]
# ## Before you hand in
#
# Save the notebook, restart the kernel, and run all cells from the top. Then hand in this one file,
# `sgd.ipynb`: the data and the folder `checks` stay here. Your answers in words are read by a
# person, and are not counted below.

# %%
# Given: how many exercises are right as far as can be seen here
checks.summary()
