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
# The gradient answers two questions at once: its direction says which way the loss rises fastest, its length
# says how fast. In this homework you take the two apart and ask what each is good for. Then you put them
# together again as gradient descent, and see what the learning rate does. The last exercise is about a loss
# for which none of this works.
#
# **Notation.** $v$ is the vector of everything that is learned, and $\nabla L$ the gradient of a loss at $v$;
# both have shape (d,). It does not matter which loss it is. $\eta$ is the learning rate `lr`, and
# $\lVert r \rVert$ is the Euclidean length of $r$, the root of the sum of its squared components. Everything
# must work for any $d$, from 1 to 10,000, and for as many steps. Some arguments may be integers while others
# are floats, learning rates too. No function changes its arguments: what it returns is new. **Zero** always
# means exactly zero. A vector of length $10^{-12}$ is very short, but it has a direction like any other.
#
# Plan about three hours. Below each exercise is a check. It explains what it sees, and you may run it as
# often as you like.
#
# Before each experiment, write down a guess. Run the experiment, look at the result, and only then open the
# debrief below it. All guesses together, right or wrong, make up for up to 2 points that you lose elsewhere,
# and for half of those at most.

# %% [markdown]
# ## Slides and symbols
#
# | slide of the lecture | here |
# | :-- | :-- |
# | Loss function optimization | 8. `zero_one_loss` |
# | Gradient descent | 7. `gradient_descent` |
# | Big picture: gradient descent | the introduction above |
# | What are we trying to do? | the introduction above |
# | How fast does L change if we step in a direction? | 1. `directional_derivative` |
# | Which direction maximizes change? | 2. `steepest_ascent_direction` |
# | Linear-algebra | 4. `minimum_norm_solution` |
# | Result & intuition: steepest up/down directions | 3. `steepest_descent_direction` |
# | From direction to a practical step | 6. `gradient_step` |
# | The update rule (first-order guarantee) | 5. `predicted_change` |
# | Summary of gradient descent | the experiment “how large a step?” |
# | Choosing the learning rate | the experiment “what a step promises, and what it keeps” |
#
# | symbol | what it is | in code |
# | :-- | :-- | :-- |
# | $v$ | all that is learned, in one vector | `v` (d,) |
# | $\nabla L$ | the gradient of the loss at $v$ | `gradient` (d,) |
# | $r$, $\hat r$ | a direction, and the same with length 1 | `direction` (d,) |
# | $\eta$, $\alpha_t$ | the learning rate, and that of step $t$; the slides use both letters | `lr` |
# | $a$, $b$, $c$ | in exercise 4 the equation $a^\top b = c$; elsewhere $b$ is the bias | `a` (d,), `c` |
# | $\sigma$ | the sigmoid, and nothing else |  |

# %%
# Given: what the notebook needs
import contextlib

import checks
import matplotlib.pyplot as plt
import numpy as np
import penguins

# %% [markdown]
# ## 1. Directional derivatives
#
# $$\frac{dL}{dt} = \nabla L^\top \hat r, \qquad \hat r = \frac{r}{\lVert r \rVert}$$
#
# Start at $v$ and go straight along $r$; after the distance $t$ you are at $v + t\, \hat r$. How fast does
# the loss change at the start, per unit of distance? This rate, at $t = 0$, is the directional derivative.
# The partial derivatives are the special case in which you go along an axis. From the gradient you know the
# rate for **every** direction, without measuring again.
#
# Both arguments have shape (d,), and the result is a number. Positive means uphill, negative downhill, zero
# means along a contour. The direction may have any length, and its length must not matter: so it is first
# divided by its length. Only the zero vector has no direction. For it, raise a `ValueError`.
#
# **By hand.** Let $\nabla L = (2, -1, 2)$ and $r = (4, 4, 2)$. The direction has the length
# $\sqrt{16 + 16 + 4} = 6$, so
#
# | direction | dot product with the gradient | length | rate of change |
# | :-- | :-- | :-- | :-- |
# | $(4, 4, 2)$ | $2 \cdot 4 - 1 \cdot 4 + 2 \cdot 2 = 8$ | 6 | $8 / 6 = \frac43$ |
# | $(40, 40, 20)$ | $2 \cdot 40 - 1 \cdot 40 + 2 \cdot 20 = 80$ | 60 | $80 / 60 = \frac43$ |
# | $(-4, -4, -2)$ | $-8$ | 6 | $-\frac43$ |
# | $(1, 4, 1)$ | $2 \cdot 1 - 1 \cdot 4 + 2 \cdot 1 = 0$ | $\sqrt{18}$ | 0 |


# %%
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
    ### BEGIN SOLUTION
    length = np.linalg.norm(direction)
    if length == 0:
        raise ValueError("the zero vector has no direction")
    return gradient @ (direction / length)
    ### END SOLUTION


# %% [markdown]
# ## 2. Direction of steepest ascent
#
# $$\hat r_{\mathrm{up}} = \frac{\nabla L}{\lVert \nabla L \rVert}$$
#
# Of all directions of length one, this is the one in which the loss rises fastest. Why this one? Let
# $\varphi$ be the angle between $r$ and $\nabla L$. Then the directional derivative is
# $\lVert \nabla L \rVert \cos \varphi$: the first factor does not depend on the direction, and the second is
# largest at $\varphi = 0$, where $r$ points along the gradient. The rate is then $\lVert \nabla L \rVert$.
#
# Where $\nabla L = 0$ no direction is steeper than another: return the zero vector there, of shape (d,).
#
# **By hand.** The gradient $(2, -1, 2)$ has the length $\sqrt{4 + 1 + 4} = 3$, so the direction is
# $(\frac23, -\frac13, \frac23)$. The rate along it is
# $2 \cdot \frac23 + 1 \cdot \frac13 + 2 \cdot \frac23 = 3$, more than the $\frac43$ of exercise 1, and as
# much as any direction can have. A gradient that is a thousand times as long has the same direction.


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
# ## 3. Direction of steepest descent
#
# $$\hat r_{\mathrm{down}} = -\frac{\nabla L}{\lVert \nabla L \rVert}$$
#
# The direction in which the loss falls fastest, again of length one, and again the zero vector where
# $\nabla L = 0$. Its angle is $\varphi$ = 180°, where the cosine is smallest. The directions of the contours
# have $\varphi$ = 90°. Along them the rate of change is zero: to first order the loss does not change. (A
# step may still change it a little, where the contour is curved.)
#
# "Fastest" is a local statement: it holds only at $v$. The direction depends only on the slope at $v$, and
# says nothing about where the minimum is.
#
# **By hand.** For the gradient $(2, -1, 2)$ it is $(-\frac23, \frac13, -\frac23)$. The rate along it is
# $-2 \cdot \frac23 - 1 \cdot \frac13 - 2 \cdot \frac23 = -3$.


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
# ### The loss of the experiments: how heavy is a penguin?
#
# Here $v = (w_1, w_2, b)$, the two weights and the bias of the linear model that predicts a penguin's body
# mass from the length of its flippers and of its bill. $L$ is the mean squared error
# $L = \frac{1}{2n} \sum_i (\hat y_i - y_i)^2$, with ½ and with the mean.
#
# The experiments need its gradient, which you derived in the homework on derivatives. If your
# `derivatives.py` is in the same folder as this notebook (in JupyterLab: *File*, *Save and Export Notebook
# As…*, *Executable Script*), yours is used. Otherwise central differences are used: they are slower, but they
# need no formula.

# %%
# Given: the penguins, and the loss of v = (w1, w2, b)
X, y = penguins.load_body_mass()
columns = np.column_stack([X, np.ones(len(y))])
best = np.linalg.lstsq(columns, y, rcond=None)[0]


def loss(v):
    residual = columns @ v - y
    return residual @ residual / (2 * len(y))


# %%
# Given: the gradient of that loss, yours if it is there, central differences otherwise
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
# All maps below show the loss over $w_1$ and $w_2$, while $b$ has its best value. On each gray line, a
# contour, the loss is the same everywhere; × is the minimum. All descents begin at the same point, on the
# thick contour. Its $w_1$ is wrong on purpose: it says that penguins with long flippers are light.

# %%
# Given: the start of the descents, and the map
start = np.array([-0.9, 0.7, best[2]])


def draw_map(axes, w1, w2):
    """Contours of the loss over these ranges of w1 and w2, drawn so that right angles look right."""
    grid = np.stack(np.meshgrid(np.linspace(*w1, 121), np.linspace(*w2, 121)), axis=-1)
    heights = np.array([[loss(np.append(w, best[2])) for w in row] for row in grid])
    levels = loss(best) + np.geomspace(0.002, 8, 13)
    axes.contour(grid[..., 0], grid[..., 1], heights, levels, colors="0.75", linewidths=0.8)
    axes.contour(grid[..., 0], grid[..., 1], heights, [loss(start)], colors="0.6", linewidths=2)
    axes.plot(*best[:2], "x", color="black", markersize=9, markeredgewidth=2, zorder=5)
    axes.set(xlabel="$w_1$, flipper length (kg)", ylabel="$w_2$, bill length (kg)", xlim=w1, ylim=w2)
    axes.set_aspect("equal")


# %% [markdown]
# ### Experiment: once around the compass
#
# At the start, all directions are tried. The direction that makes the angle $\varphi$ with $\nabla L$ is
# passed to your `directional_derivative`, with a length of 3 that should not matter. The circles on the right
# do not use the gradient. They go a thousandth of a unit forwards and backwards, compute the loss at both
# points, and divide the difference by the distance.
#
# **Guess, then look.** Your direction is off by 25° from the direction of steepest descent. How fast does the
# loss fall at the start, compared with the steepest descent?
#
# - (a) About 90 %: near the steepest direction the angle matters little.
# - (b) About 70 %: 25° are more than a quarter of 90°.
# - (c) Almost nothing: only one direction leads straight downhill.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("off_by_25", None)

# %%
# Given: the slope in every direction, with your directional_derivative and steepest_ascent_direction
with checks.waiting_for("steepest_ascent_direction", "directional_derivative"):
    gradient = loss_gradient(start)
    ahead = steepest_ascent_direction(gradient)
    sideways = np.array([-ahead[1], ahead[0], 0.0])

    def turned(degrees):
        """The direction that makes this angle with the gradient, within the map."""
        return np.cos(np.radians(degrees)) * ahead + np.sin(np.radians(degrees)) * sideways

    angles, places, h = np.linspace(0, 360, 181), np.arange(0, 361, 15), 1e-3
    rates = [directional_derivative(gradient, 3 * turned(angle)) for angle in angles]
    measured = [(loss(start + h * turned(a)) - loss(start - h * turned(a))) / (2 * h) for a in places]
    cosine = np.linalg.norm(gradient) * np.cos(np.radians(angles))

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    draw_map(left, (-2.1, 1.1), (-0.7, 2.0))
    for degrees, style in [(0, "-"), (90, "--"), (180, "-"), (270, "--")]:
        arrow = {"arrowstyle": "-|>", "color": "black", "linestyle": style, "shrinkA": 0, "shrinkB": 0}
        tip = start + 0.75 * turned(degrees)
        left.annotate("", tip[:2], start[:2], arrowprops=arrow)
        label = start + 0.93 * turned(degrees)
        left.text(*label[:2], f"{degrees}°", ha="center", va="center")
    left.plot(*start[:2], "o", color="black")
    left.set_title("Four directions at the start")

    right.plot(angles, cosine, color="0.75", linewidth=5, label="‖∇L‖ cos φ")
    right.plot(angles, rates, color="black", label="your directional_derivative")
    circle = {"markerfacecolor": "white", "markeredgecolor": "black", "linestyle": "none", "markersize": 5}
    right.plot(places, measured, "o", label="measured on the loss", **circle)
    for angle in (0, 90, 180):
        right.axvline(angle, color="black", linestyle=":", linewidth=0.8, zorder=0)
    right.axhline(0, color="0.5", linewidth=0.8, zorder=0)
    right.set(xlabel="angle φ to the gradient (degrees)", ylabel="rate of change of the loss (kg)")
    right.set(title="The slope in every direction", xticks=range(0, 361, 45))
    right.legend(loc="upper center", fontsize="small")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** The curve is a cosine, and a cosine is flat at its ends: $\cos 25° \approx 0.91$. Along the
# contour, at 90° and 270°, the loss does not change. Half of all directions lead downhill, and those near
# 180° nearly as fast as the steepest. That is why descent works even if the gradient is only roughly right.
# The next homework makes use of this.
#
# </details>

# %% [markdown]
# ### In words: `why_steepest`
#
# An angle is easy to see in two dimensions. Prove in a few lines that in $d$ dimensions, too, no direction
# $r$ of length one has a larger rate $\nabla L^\top r$ than $\hat r_{\mathrm{up}}$. Use the Cauchy-Schwarz
# inequality $|a^\top b| \le \lVert a \rVert \, \lVert b \rVert$. Say where your proof needs
# $\lVert r \rVert = 1$, and what follows for the steepest way down.
#
# Write below, in the next cell. A person reads your answer and gives up to 3 points. You may write formulas
# between dollar signs.

# %% [markdown]
# *Write your answer here: double-click on this text.*

# %% [markdown]
# ## 4. The shortest solution
#
# Among all vectors $b$ with
#
# $$a^\top b = c$$
#
# find the shortest one. This is one equation for $d$ unknowns. For $d > 1$ it has infinitely many solutions:
# a line for $d = 2$, a plane for $d = 3$. The shortest way to it is at right angles to it.
#
# Lagrange says the same in formulas. Make $\lVert b \rVert^2$ as small as the constraint allows: at the
# solution the gradient of what is made small, $2b$, is a multiple of the gradient of the constraint, which is
# $a$. So $b$ points along $a$ or against it, and only its length is left to find, from the constraint. The
# result has shape (d,):
#
# $$b = \frac{c}{\lVert a \rVert^2}\, a$$
#
# The lecture finds the steepest direction by the same method. Put the gradient $\nabla L$ for $a$, and its
# length $\lVert \nabla L \rVert$ for $c$, with a plus sign for the way up and a minus sign for the way down:
# then $b$ is $\pm \nabla L / \lVert \nabla L \rVert$, which is $\hat r$ of the exercises 2 and 3. It is the
# shortest vector along which the loss changes by so much, and it has length 1. The formula is also a learning
# rule. If one example has the features $a$ and its prediction is too small by $c$, then this $b$ is the
# smallest change of the weights that corrects it.
#
# For $a = 0$ nothing can be solved (or, if $c = 0$ too, everything is a solution): raise a `ValueError`. But
# $a$ may be tiny: a vector of length $10^{-20}$ has a solution, and it is a long one. (A length is computed
# from squares. The square of $10^{-162}$ is too small for a computer and is rounded to zero, so components as
# small as this do not occur.)
#
# **By hand.** Let $a = (2, -1, 2)$ and $c = -3$. Three solutions:
#
# | solution $b$ | dot product with $a$ | length of $b$ |
# | :-- | :-- | :-- |
# | $(-\frac32, 0, 0)$ | $-2 \cdot \frac32 = -3$ | $\frac32$ |
# | $(-1, 1, 0)$ | $-2 \cdot 1 - 1 \cdot 1 = -3$ | $\sqrt{2}$ |
# | $(-\frac23, \frac13, -\frac23)$ | $-2 \cdot \frac23 - 1 \cdot \frac13 - 2 \cdot \frac23 = -3$ | 1 |
#
# The last one is a multiple of $a$, and no other solution is as short.


# %%
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
    ### BEGIN SOLUTION
    length = np.linalg.norm(a)
    if length == 0:
        raise ValueError("a is the zero vector: a · b is 0 for every b")
    return c / length * (a / length)
    ### END SOLUTION


# %% [markdown]
# ## 5. How far the loss falls
#
# $$\Delta L \approx -\eta\, \lVert \nabla L \rVert^2$$
#
# Before you take the step $-\eta\, \nabla L$ you can say how much it will change the loss, without computing
# the loss there: $\Delta L$ stands for $L(v - \eta \nabla L) - L(v)$. The gradient is a slope, and rise is
# slope times distance. Both factors contain the length of the gradient. The slope straight downhill is
# $-\lVert \nabla L \rVert$, and the distance that the step goes is $\eta\, \lVert \nabla L \rVert$. A
# gradient twice as long promises four times the fall.
#
# This is the **first-order Taylor approximation**: it treats the loss as a tilted plane. For a small $\eta$
# the error is small. The result is a number, never positive.
#
# **By hand.** Let $\nabla L = (2, -1, 2)$ and $\eta = \frac12$. The step is $(-1, \frac12, -1)$, with a
# length of $\sqrt{1 + \frac14 + 1} = \frac32$, and by exercise 3 the slope along it is $-3$. So the loss
# should change by $-3 \cdot \frac32 = -4.5$, component by component
# $-2 \cdot 1 - 1 \cdot \frac12 - 2 \cdot 1 = -4.5$.


# %%
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
    ### BEGIN SOLUTION
    return -lr * (gradient @ gradient)
    ### END SOLUTION


# %% [markdown]
# ## 6. The gradient descent algorithm: one step
#
# $$v \leftarrow v - \eta\, \nabla L$$
#
# From $v$ go downhill. How far? Not $\eta$, but $\eta\, \lVert \nabla L \rVert$: the gradient is **not**
# divided by its length. On a steep slope the step is long, near the minimum it gets short by itself, and
# where $\nabla L = 0$, $v$ stays where it is.
#
# All vectors have shape (d,). The arrow says what a descent does with the result. Your function returns the
# new $v$ and does not change the old one: the caller may still need it.
#
# **By hand.** With $\nabla L = (2, -1, 2)$, $\eta = \frac12$ and $v = (1, 3, -2)$, each component by itself:
# $1 - \frac12 \cdot 2 = 0$, $3 + \frac12 \cdot 1 = 3.5$ and $-2 - \frac12 \cdot 2 = -3$.


# %%
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
    ### BEGIN SOLUTION
    return v - lr * gradient
    ### END SOLUTION


# %% [markdown]
# ### Experiment: what a step promises, and what it keeps
#
# One single step from the start, with every learning rate from 0 to 1.6. How much does the loss really change
# from $v$ to your `gradient_step`, and what did your `predicted_change` say? On the right is the error of the
# prediction, with a log scale on both axes.
#
# **Guess, then look.** If $\eta$ is ten times as small, how many times as small is the error of the
# prediction?
#
# - (a) About 3 times, as the root of the step.
# - (b) 10 times, as the step itself.
# - (c) 100 times, as the square of the step.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("error_of_a_promise", None)

# %%
# Given: one step, as predicted and as it is, with your predicted_change and gradient_step
with checks.waiting_for("steepest_descent_direction", "predicted_change", "gradient_step"):
    gradient = loss_gradient(start)
    down = steepest_descent_direction(gradient)
    curvature = down @ (loss_gradient(start + down) - gradient)  # how the slope changes along the step

    def actual_change(lr):
        return loss(gradient_step(start, gradient, lr)) - loss(start)

    rates, small_rates = np.linspace(0, 1.6, 81), np.geomspace(0.002, 2, 13)
    actual = [actual_change(lr) for lr in rates]
    predicted = [predicted_change(gradient, lr) for lr in rates]
    promised = np.array([predicted_change(gradient, lr) for lr in small_rates])
    errors = promised - [actual_change(lr) for lr in small_rates]

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    left.plot(rates, predicted, "--", color="black", label="predicted")
    left.plot(rates, actual, "-", color="black", label="actual")
    left.axhline(0, color="0.5", linewidth=0.8, zorder=0)
    left.set(xlabel="learning rate η", ylabel="change of the loss (kg²)", title="One step from the start")
    left.set_ylim(-1.2, 0.6)
    right.loglog(small_rates, np.abs(promised), "--", color="black", label="fall that is predicted")
    right.loglog(small_rates, np.abs(errors), ".-", color="black", label="error of the prediction")
    right.set(xlabel="learning rate η", ylabel="size (kg²)", title="The prediction, and its error")
    for factor, marker in [(1, "o"), (2, "s")]:
        lr = factor / curvature
        look = {"markersize": 8, "markerfacecolor": "white", "markeredgecolor": "black", "linestyle": "none"}
        left.plot(lr, actual_change(lr), marker, label=f"η = {factor}/curvature = {lr:.2f}", **look)
        right.plot(lr, actual_change(lr) - predicted_change(gradient, lr), marker, **look)
    left.plot(1 / curvature, predicted_change(gradient, 1 / curvature), "o", **look)
    left.legend(loc="upper left", fontsize="small")
    right.legend(loc="upper left", fontsize="small")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** At $\eta = 0.1$ the error is 0.0099 kg², at $\eta = 0.01$ it is 0.000099 kg². The prediction is the
# tangent of the true curve. Here it always promises too much, since the slope gets smaller on the way down. A
# longer step makes the slope smaller still, and over a longer distance. So the error grows with the square of
# $\eta$: at a tenth of the learning rate the prediction is a tenth, and its error a hundredth. This loss is a
# parabola along every line, and there the error is exactly $\frac12 \eta^2 \kappa \lVert \nabla L \rVert^2$,
# where $\kappa$ is the curvature.
#
# </details>

# %% [markdown]
# The **curvature** $\kappa$ of the loss says how fast the slope changes along the step. A learning rate
# $\eta$ is small if it is small compared with $1/\kappa$. At $1/\kappa$ itself (the circles) the step ends at
# the lowest point of its line, and the loss falls by only half of what was predicted. A longer step climbs
# again on the other side. At $2/\kappa$ (the squares) the error is as large as the prediction: the step ends
# as high as it began, and from there on the loss climbs, however steep the slope at the start. That is why a
# learning rate has an upper limit, and why the limit depends on how strongly the loss is curved, not on how
# steep it is.

# %% [markdown]
# ## 7. The gradient descent algorithm: every step
#
# $$v_{t+1} = v_t - \alpha_t \nabla L(v_t), \qquad t = 0, 1, \dots$$
#
# Here `gradient` is a function: `gradient(v)` returns $\nabla L(v)$, for whatever loss it was made from. In
# every step the gradient is taken anew, at the place where the last step ended.
#
# The learning rate `lr` is either a number, the same in every step, or a function, and then step $t$ uses
# $\alpha_t$ = `lr(t)`, beginning with $t = 0$. Return **every** iterate, $v_0$ first: `steps` steps make
# `steps + 1` rows, and the result has shape (steps + 1, d). With zero steps it is one row, a copy of $v_0$.
#
# **By hand.** A bowl, $L(v) = \frac12 v_1^2 + v_2^2$, whose gradient is $(v_1, 2 v_2)$. From $v_0 = (4, -2)$
# with the learning rate $\frac14$:
#
# | $t$ | $v_t$ | gradient at $v_t$ | next row |
# | :-- | :-- | :-- | :-- |
# | 0 | $(4, -2)$ | $(4, -4)$ | $(4 - \frac14 \cdot 4, -2 + \frac14 \cdot 4) = (3, -1)$ |
# | 1 | $(3, -1)$ | $(3, -2)$ | $(3 - \frac14 \cdot 3, -1 + \frac14 \cdot 2) = (2.25, -0.5)$ |
#
# The second component halves in every step, the first one loses only a quarter. Which learning rate would
# bring the second one to zero at once, and what does the first one do then?


# %%
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
    ### BEGIN SOLUTION
    iterates = [np.array(v0, dtype=float)]
    for t in range(steps):
        alpha = lr(t) if callable(lr) else lr
        iterates.append(iterates[-1] - alpha * np.asarray(gradient(iterates[-1])))
    return np.array(iterates)
    ### END SOLUTION


# %% [markdown]
# ### Experiment: rolling down
#
# The loss as a map of heights, and your `gradient_descent` on it, from the start with two learning rates. The
# arrow is your `steepest_descent_direction` at the start.
#
# **Guess, then look.** The contours are ellipses: the loss is a long valley. With $\eta = 1.1$ the path
# overshoots. In which direction does it go back and forth?
#
# - (a) Across the valley, the short way.
# - (b) Along the valley, the long way.
# - (c) In both directions alike: there is only one learning rate.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("to_and_fro", None)

# %%
# Given: two paths on the map, with your gradient_descent and steepest_descent_direction
with checks.waiting_for("gradient_descent", "steepest_descent_direction"):
    looks = [(0.2, "o-", "black"), (1.1, "s--", "white")]
    paths = [gradient_descent(loss_gradient, start, lr, 25) for lr, _, _ in looks]
    figure, axes = plt.subplots(figsize=(6.4, 4.6), layout="constrained")
    draw_map(axes, (-1.5, 1.8), (-0.9, 1.4))
    for path, (lr, style, fill) in zip(paths, looks, strict=True):
        look = {"color": "black", "markersize": 4, "markerfacecolor": fill, "linewidth": 1}
        axes.plot(*path[:, :2].T, style, label=f"η = {lr}", **look)
    tip = start + 0.6 * steepest_descent_direction(loss_gradient(start))
    arrow = {"arrowstyle": "-|>", "color": "0.45", "linewidth": 4, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", tip[:2], start[:2], arrowprops=arrow)
    axes.set_title("25 steps from the start; the minimum is at ×")
    axes.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** Across the valley the curvature is 1.66. There each step multiplies the distance to the floor by
# $1 - 1.1 \cdot 1.66 = -0.82$: the path changes sides. Along the valley the curvature is 0.34 and the factor
# 0.62, and nothing overshoots.
#
# The arrow stands at right angles to the contour. As the contours are ellipses and not circles, it misses the
# minimum: at first $w_2$ even grows, and later has to come all the way back. Flipper length and bill length
# go together, so if $w_1$ and $w_2$ grow together the predictions change a lot, and if one grows at the cost
# of the other they hardly change. The first is the way across the valley, where the loss is strongly curved.
# The second is the way along it, where the curvature is small. One learning rate has to suit both.
#
# </details>

# %% [markdown]
# ### Experiment: how large a step?
#
# Three learning rates, 0.02, 0.3 and 1.22: one is too small, one about right, one too large. This time all
# three parameters start at 0, so every penguin is predicted to weigh nothing. The thick gray line is the loss
# of the best linear model. The largest curvature of this loss is 1.66: what did the experiment with one step
# say about $2/\kappa$?
#
# **Guess, then look.** What does the curve of $\eta = 1.22$ look like?
#
# - (a) It rises from the first step on.
# - (b) It falls at first, and rises slowly later.
# - (c) It falls at first, and stays level well above the gray line.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("a_large_rate", None)

# %%
# Given: three learning rates, with your gradient_descent
with checks.waiting_for("gradient_descent"):
    looks = [(0.02, ":"), (0.3, "-"), (1.22, "--")]
    paths = [gradient_descent(loss_gradient, np.zeros(3), lr, 40) for lr, _ in looks]
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    axes.axhline(loss(best), color="0.75", linewidth=4, zorder=0, label="best linear model")
    for path, (lr, style) in zip(paths, looks, strict=True):
        axes.semilogy([loss(v) for v in path], style, color="black", label=f"η = {lr}")
    axes.set(xlabel="step t", ylabel="MSE (kg², with ½)", title="One loss, three learning rates")
    axes.set_ylim(0.05, 80)
    axes.legend(loc="upper right", ncols=2)

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(b).** As $2/1.66$ is 1.21, this rate is just too large for the direction of largest curvature. There each
# step multiplies the distance to the minimum by $1 - 1.22 \cdot 1.66 = -1.02$: it grows by 2 % a step. In all
# other directions the distance shrinks fast, so the loss falls from 9.15 to 0.31 within three steps. Then the
# growing part takes over, and after 40 steps the loss is 1.14. A loss that falls at first does not prove that
# the learning rate is small enough.
#
# </details>

# %% [markdown]
# ### Experiment: steps of equal length
#
# What if we walk along $\hat r_{\mathrm{down}}$ with steps of a fixed length, 0.3, and ignore how long the
# gradient is?
#
# **Guess, then look.** Where does such a walk end?
#
# - (a) At the minimum, sooner than gradient descent: its steps stay long.
# - (b) At the minimum, later than gradient descent: its first steps are shorter.
# - (c) Nowhere: near the minimum it goes back and forth.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("equal_steps", None)

# %%
# Given: steps of fixed length along your steepest_descent_direction, against your gradient_descent
with checks.waiting_for("steepest_descent_direction", "gradient_descent"):
    iterates = [start]
    for _ in range(40):
        iterates.append(iterates[-1] + 0.3 * steepest_descent_direction(loss_gradient(iterates[-1])))
    descent = gradient_descent(loss_gradient, start, 0.3, 40)

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    draw_map(left, (-1.2, 1.4), (-0.8, 1.5))
    walks = [("every step 0.3 long", np.array(iterates), "s--", "white"), ("η = 0.3", descent, "o-", "black")]
    for label, walk, style, fill in walks:
        look = {"color": "black", "markersize": 4, "markerfacecolor": fill, "linewidth": 1, "label": label}
        left.plot(*walk[:, :2].T, style, **look)
        right.semilogy([loss(v) for v in walk], style, markevery=5, **look)
    left.set_title("The two walks; the minimum is at ×")
    right.axhline(loss(best), color="0.75", linewidth=4, zorder=0, label="best linear model")
    right.set(xlabel="step t", ylabel="MSE (kg², with ½)", title="A direction alone cannot stop")
    right.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** In the end the walk jumps between two points, 0.11 and 0.19 away from the minimum. Its loss changes
# between 0.086 and 0.108, and the best model has 0.077. Near the minimum the gradient gets short, and with it
# the steps of gradient descent. Steps of a fixed length do not get shorter. A learning rate `lr(t)` that
# falls would make them shorter.
#
# </details>

# %% [markdown]
# ## 8. MSE and 0-1 loss
#
# A neuron that tells two species apart says $\hat y_i$, a number between 0 and 1, and the label $y_i$ is
# either 0 or 1. What you want to know in the end is how often it is wrong:
#
# $$\frac{1}{n} \sum_{i=1}^{n} \left[\, \left[\hat y_i \ge \tfrac12\right] \ne y_i \,\right]$$
#
# A bracket is 1 where the statement in it is true, and 0 otherwise. The inner one is the predicted class: 1
# from $\frac12$ on, **including** $\frac12$ itself, and 0 below. The outer one is 1 where that class is not
# the label. So the 0-1 loss is the share of the examples with a wrong class. Both arguments have shape (n,),
# and the result is a number from 0 to 1.
#
# **By hand.** Five examples:
#
# | prediction | class | label | wrong |
# | :-- | :-- | :-- | :-- |
# | 0.9 | 1 | 1 | 0 |
# | 0.4 | 0 | 1 | 1 |
# | 0.2 | 0 | 0 | 0 |
# | 0.6 | 1 | 0 | 1 |
# | 0.7 | 1 | 1 | 0 |
#
# Two of five are wrong: the loss is $\frac25 = 0.4$. If the second prediction rises from 0.4 to 0.49, or
# falls to 0.01, nothing changes. If it rises to 0.5, the loss is $\frac15$ at once.


# %%
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
    ### BEGIN SOLUTION
    return np.mean((y_hat >= 0.5) != y)
    ### END SOLUTION


# %% [markdown]
# ### Experiment: a slope, or stairs
#
# One sigmoid neuron, $\hat y = \sigma(w_1 x_1 + w_2 x_2 + b)$, looks at the flippers and bills of Adelies (0)
# and Gentoos (1). Its $w_2$ and $b$ stay as they are, and $w_1$ moves from $-4$ to 8. On the left are both
# losses of all penguins, on the right the narrow shaded strip of the left figure, enlarged.
#
# **Guess, then look.** In the shaded strip about 100 of the 274 penguins are on the wrong side, and fewer on
# its right end. Let gradient descent begin there, with the 0-1 loss instead of the MSE. Where does it go?
#
# - (a) Nowhere: it stays where it begins.
# - (b) To the right, one penguin after the other.
# - (c) To the right, in large jumps: at a stair the loss changes suddenly.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("zero_one_descent", None)

# %%
# Given: two losses of one neuron as a weight moves, with your zero_one_loss
X_species, y_species = penguins.load_species()

with checks.waiting_for("zero_one_loss"):

    def neuron_losses(w1):
        """MSE (with ½) and 0-1 loss of the neuron, for each of these w1."""
        z = np.multiply.outer(w1, X_species[:, 0]) + 0.5 * X_species[:, 1] - 0.5
        outputs = 1 / (1 + np.exp(-z))
        mse = ((outputs - y_species) ** 2).mean(axis=1) / 2
        return mse, np.array([zero_one_loss(y_hat, y_species) for y_hat in outputs])

    w1 = np.linspace(-4, 8, 1201)
    mse, mistakes = neuron_losses(w1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    left.plot(w1, mse, color="0.6", linewidth=3, label="MSE (with ½)")
    left.plot(w1, mistakes, color="black", linewidth=1, label="your zero_one_loss")
    mark = {"markersize": 8, "markeredgecolor": "black", "linestyle": "none", "zorder": 5}
    for name, losses, marker, fill in [("MSE", mse, "s", "0.6"), ("0-1 loss", mistakes, "o", "white")]:
        lowest = np.argmin(losses)
        wrong = round(len(y_species) * mistakes[lowest])
        left.plot(w1[lowest], losses[lowest], marker, label=f"least {name}: {wrong} wrong", mfc=fill, **mark)
    left.set(xlabel="$w_1$, the weight of flipper length", ylabel="loss", title="From afar")

    w1 = np.linspace(-0.2, -0.1, 2001)
    mse, mistakes = neuron_losses(w1)
    left.axvspan(w1[0], w1[-1], color="0.8", zorder=0)
    left.legend()
    right.plot(w1, mse - mse[0], color="0.6", linewidth=3)
    right.plot(w1, mistakes - mistakes[0], color="black", linewidth=1)
    right.set(xlabel="$w_1$", ylabel=f"loss, less its value at $w_1$ = {w1[0]:.1f}".replace("-", "−"))
    right.set_title("The shaded strip under a glass")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** On the left both losses look alike. Enlarged, the 0-1 loss is a staircase: it changes only where
# the prediction for a penguin crosses ½, and it is constant in between. So its slope is 0 wherever it has
# one. Gradient descent follows the slope, so it stays where it is, however bad the neuron. The MSE changes
# with every small change of a prediction, so its slope says which way is better.
#
# But the two losses need not have their minimum at the same place. The MSE is small if every prediction is
# close to its label, so its minimum lies beyond the $w_1$ with the fewest mistakes: there 3 penguins are
# wrong, not 1. So a neuron is trained with the MSE, and evaluated with the 0-1 loss.
#
# </details>

# %% [markdown]
# ## Before you hand in
#
# Save the notebook, restart the kernel, and run all cells from the top. Then hand in this one file,
# `gradient_descent.ipynb`: the data and the folder `checks` stay here. Your answers in words are read by a
# person, and are not counted below.

# %%
# Given: how many exercises are right as far as can be seen here
checks.summary()
