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
# # Which way is down, and how far to step
#
# The gradient answers two questions at once: its direction says which way the loss rises fastest, its
# length says how fast. In this homework you take the two apart, put them together again as gradient
# descent, and see what the learning rate does to both.
#
# **Notation.** A gradient $\nabla L$ has shape (d,), as has the vector $v$ of everything that is learnt;
# $\eta$ is the learning rate `lr`. Everything must work for any $d$, also for $d = 1$, and for arrays of
# integers. No function changes its arguments.
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
# ## 1. Steepest ascent
#
# $$\hat r_{\mathrm{up}} = \frac{\nabla L}{\lVert \nabla L \rVert}$$
#
# Of all directions of length one, this is the one in which the loss rises fastest. Where $\nabla L = 0$ no
# direction is steeper than another: return the zero vector there. Zero means exactly zero. A gradient of
# length $10^{-12}$ has a direction. This holds for any loss, so it does not matter which one the gradient
# comes from.


# %%
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
    ### BEGIN SOLUTION
    length = np.linalg.norm(gradient)
    if length == 0:
        return np.zeros(np.shape(gradient))
    return gradient / length
    ### END SOLUTION


# %% [markdown]
# ## 2. Steepest descent
#
# $$\hat r_{\mathrm{down}} = -\frac{\nabla L}{\lVert \nabla L \rVert}$$
#
# The direction in which the loss falls fastest, again of length one, and again the zero vector where
# $\nabla L = 0$.


# %%
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
    ### BEGIN SOLUTION
    return -steepest_ascent_direction(gradient)
    ### END SOLUTION


# %% [markdown]
# ## 3. Gradient descent
#
# $$v_{t+1} = v_t - \alpha_t \nabla L(v_t), \qquad t = 0, 1, \dots$$
#
# Here `gradient` is a function: `gradient(v)` returns $\nabla L(v)$, for whatever loss it was made from.
# The learning rate `lr` is either a number, the same in every step, or a function, and then step $t$ uses
# $\alpha_t$ = `lr(t)`, beginning with $t = 0$. Return **every** iterate, $v_0$ first: `steps` steps make
# `steps + 1` rows.


# %%
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
    ### BEGIN SOLUTION
    iterates = [np.array(v0, dtype=float)]
    for t in range(steps):
        alpha = lr(t) if callable(lr) else lr
        iterates.append(iterates[-1] - alpha * np.asarray(gradient(iterates[-1])))
    return np.array(iterates)
    ### END SOLUTION


# %% [markdown]
# ## Experiments: how heavy is a penguin?
#
# For the experiments $v = (w_1, w_2, b)$, and $L$ is the mean squared error of the linear model,
# $L = \frac{1}{2n} \sum_i (\hat y_i - y_i)^2$, with ½ and with the mean.
#
# They need its gradient, which you derived in the homework on derivatives. If your `derivatives.py` lies
# beside this notebook (in JupyterLab: *File*, *Save and Export Notebook As…*, *Executable Script*), yours
# is used. Otherwise central differences stand in: slower, but they need no formula.

# %%
# Given: the loss of v = (w1, w2, b), and its gradient: yours if it is there, central differences otherwise
columns = np.column_stack([X, np.ones(len(y))])


def loss(v):
    residual = columns @ v - y
    return residual @ residual / (2 * len(y))


def numerical_gradient(v, h=1e-5):
    return np.array([(loss(v + h * unit) - loss(v - h * unit)) / (2 * h) for unit in np.eye(len(v))])


def own_gradient(v):
    return np.append(*mse_gradient(X, y, v[:-1], v[-1]))


try:
    with contextlib.redirect_stdout(None):  # what that homework prints and plots stays there
        from derivatives import mse_gradient
    own_gradient(np.zeros(3))
    loss_gradient = own_gradient
    print("The experiments use your mse_gradient from derivatives.py.")
except Exception as error:
    loss_gradient = numerical_gradient
    print(f"The experiments use central differences ({type(error).__name__}: no mse_gradient to use yet).")
finally:
    plt.close("all")

# %% [markdown]
# ### How large a step?
#
# Three learning rates, 0.02, 0.3 and 1.22: one is too small, one about right, one too large. Before you run
# the cell, guess what each of the three curves looks like.

# %%
# Given: three learning rates, with your gradient_descent
with checks.waiting_for("gradient_descent"):
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for lr, style in [(0.02, ":"), (0.3, "-"), (1.22, "--")]:
        losses = [loss(v) for v in gradient_descent(loss_gradient, np.zeros(3), lr, 40)]
        axes.semilogy(losses, style, color="black", label=f"η = {lr}")
    axes.set(xlabel="step t", ylabel="MSE (kg², with ½)", title="One loss, three learning rates")
    axes.legend()

# %% [markdown]
# ### Steps of equal length
#
# What if we walk along $\hat r_{\mathrm{down}}$ with steps of a fixed length, and forget how long the
# gradient is? Near the minimum the gradient gets short, and with it the steps of gradient descent. A fixed
# length has no such brake.

# %%
# Given: steps of fixed length along your steepest_descent_direction, against your gradient_descent
with checks.waiting_for("steepest_descent_direction", "gradient_descent"):
    iterates = [np.zeros(3)]
    for _ in range(40):
        iterates.append(iterates[-1] + 0.3 * steepest_descent_direction(loss_gradient(iterates[-1])))
    descent = gradient_descent(loss_gradient, np.zeros(3), 0.3, 40)

    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    axes.semilogy([loss(v) for v in iterates], "--", color="black", label="every step 0.3 long")
    axes.semilogy([loss(v) for v in descent], "-", color="black", label="gradient descent, η = 0.3")
    axes.set(xlabel="step t", ylabel="MSE (kg², with ½)", title="A direction alone cannot stop")
    axes.legend()
