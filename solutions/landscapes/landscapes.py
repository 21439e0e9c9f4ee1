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
# # Where gradient descent goes, and why it may get stuck
#
# Gradient descent follows the slope. The slope says which way is down here, and nothing about the rest of the
# landscape. In this homework you measure slopes, solve for the minimum where that is possible, and tell a
# minimum from a saddle. You find out how large a learning rate may be, let it decay, and start from several
# places. At the end you show why one mini-batch is enough, and repair a broken training loop.
#
# **Notation.** $v$ is the vector of everything that is learned, of shape (d,), and $L(v)$ a loss. `X` has
# shape (n, d), one example a row; `y` has shape (n,); `w` has shape (d,); `b` is a number, the bias. $\eta$
# is the learning rate `lr`. A gradient has the shape of what it is taken with respect to. No function changes
# its arguments: what it returns is new. Everything must work for sizes of 1, and where some arguments are
# integers and others floats.
#
# This homework needs none of the others. Plan about four hours. Below each exercise is a check. It explains
# what it sees, and you may run it as often as you like.
#
# Before each experiment, write down a guess. Run the experiment, look at the result, and only then open the
# debrief below it. All guesses together, right or wrong, make up for up to 2 points that you lose elsewhere,
# and for half of those at most.

# %% [markdown]
# ## Slides and symbols
#
# | slide of the lecture | here |
# | :-- | :-- |
# | Learning and optimization | 4. `critical_point` |
# | Loss function optimization | 7. `best_of_starts` |
# | MSE Loss function | 3. `normal_equations` |
# | How fast does L change if we step in a direction? | 1. `central_difference_gradient` |
# | Choosing the learning rate | 5. `largest_stable_rate`, 6. `decayed_rate` |
# | Gradient of a sigmoidal neuron | 2. `quotient_rule` |
# | Summary: Stochastic gradient descent | 9. `repaired_epoch` |
# | Analogy to political polling | 8. `mean_over_all_batches` |
#
# | symbol | what it is | in code |
# | :-- | :-- | :-- |
# | $v$ | all that is learned, in one vector | `v` (d,) |
# | $H$, $\lambda$ | the Hessian, and its eigenvalues | `hessian` (d, d) |
# | $\eta$, $\alpha_t$ | the learning rate, and that of step $t$; the slides use both | `lr` |
# | $w$, $b$ | weights and bias (intercept) of the linear model | `w` (d,), `b` |
# | $m$ | the batch size | `batch_size` |
# | $\sigma$ | the sigmoid, and nothing else |  |

# %%
# Given: what the notebook needs
import checks
import matplotlib.pyplot as plt
import numpy as np
import penguins

# %% [markdown]
# ## 1. Measure a gradient
#
# $$\frac{\partial L}{\partial v_i} \approx \frac{L(v + h e_i) - L(v - h e_i)}{2h}$$
#
# A derivative is a slope, and a slope can be measured. Move one component by $h$ to both sides, keep all
# others, and divide the difference of the losses by the distance of the two points. That is a **central
# difference**. $e_i$ is the vector with a 1 at place $i$ and 0 elsewhere.
#
# Here `loss` is a function: `loss(v)` returns a number, for any $v$ of shape (d,). The result has shape (d,).
# The step $h$ is $10^{-5}$ unless another one is given.
#
# **Why both sides?** By Taylor's theorem
#
# $$L(v \pm h) = L(v) \pm h\, L'(v) + \frac{h^2}{2} L''(v) \pm \frac{h^3}{6} L'''(v) + \dots$$
#
# In the difference of the two the terms with $h^0$ and $h^2$ cancel. What is left is
# $2h\, L' + \frac{h^3}{3} L'''$, so the error of a central difference is about $\frac{h^2}{6} L'''$. A
# difference to one side has the error $\frac{h}{2} L''$, which is much larger for a small $h$.
#
# **By hand.** $L(v) = v_1^3 + v_1 v_2$ at $v = (2, 5)$ with $h = 0.1$:
#
# | component | ahead | behind | difference | divided by 0.2 |
# | :-- | :-- | :-- | :-- | :-- |
# | 1 | $2.1^3 + 2.1 \cdot 5 = 19.761$ | $1.9^3 + 1.9 \cdot 5 = 16.359$ | $3.402$ | $17.01$ |
# | 2 | $8 + 2 \cdot 5.1 = 18.2$ | $8 + 2 \cdot 4.9 = 17.8$ | $0.4$ | $2$ |
#
# The gradient is $(3 v_1^2 + v_2, v_1) = (17, 2)$. The first component is off by $0.01$, which is $h^2 / 6$
# times the third derivative, 6. The second one is exact, since along $v_2$ the loss is a line.


# %%
def central_difference_gradient(loss, v, h=1e-5):
    """The gradient of a loss, measured: component i is (loss(v + h·e_i) - loss(v - h·e_i)) / (2h).

    Parameters
    ----------
    loss : callable
        ``loss(v)`` returns the loss, a number.
    v : array, shape (d,)
        Where the gradient is measured; it stays as it is.
    h : float, optional
        How far each component is moved, to either side.

    Returns
    -------
    array, shape (d,)

    Examples
    --------
    >>> loss = lambda v: v[0] ** 3 + v[0] * v[1]
    >>> np.round(central_difference_gradient(loss, np.array([2.0, 5.0]), 0.1), 4)
    array([17.01,  2.  ])
    >>> np.round(central_difference_gradient(loss, np.array([2.0, 5.0])), 4)
    array([17.,  2.])
    """
    ### BEGIN SOLUTION
    v = np.asarray(v, dtype=float)
    units = np.eye(len(v))
    return np.array([(loss(v + h * unit) - loss(v - h * unit)) / (2 * h) for unit in units])
    ### END SOLUTION


# %% [markdown]
# ### Experiment: how small should h be?
#
# Your central difference measures the slope of $L(v) = e^{\sin v}$ at $v = 1$, where the right slope is
# known: $\cos(1)\, e^{\sin 1}$. The figure shows the error of the measured slope for steps $h$ from 1 down to
# $10^{-13}$, on log-log axes. The squares are the difference to one side.
#
# **Guess, then look.** With $h = 10^{-13}$, how large is the error of your central difference, compared with
# $h = 10^{-5}$?
#
# - (a) Smaller: the Taylor error falls with $h^2$.
# - (b) About the same: both are as exact as a computer can be.
# - (c) Much larger: the two losses hardly differ.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("tiny_h", None)

# %%
# Given: the error of a measured slope over the step h, with your central_difference_gradient
with checks.waiting_for("central_difference_gradient"):

    def wave(v):
        return float(np.exp(np.sin(v[0])))

    at, right = np.array([1.0]), np.cos(1.0) * np.exp(np.sin(1.0))
    steps = np.geomspace(1e-13, 1.0, 53)
    central = [abs(central_difference_gradient(wave, at, h)[0] - right) for h in steps]
    one_sided = [abs((wave(at + h) - wave(at)) / h - right) for h in steps]

    figure, axes = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
    look = {"linestyle": "none", "markersize": 4, "markeredgecolor": "black"}
    axes.loglog(steps, one_sided, "s", markerfacecolor="0.75", label="to one side", **look)
    axes.loglog(steps, central, "o", markerfacecolor="black", label="your central difference", **look)
    large, small = steps[steps > 3e-4], steps[steps < 3e-6]
    axes.loglog(large, 0.45 * large**2, "-", color="0.5", label="slope 2: the Taylor error, $h^2$")
    axes.loglog(small, 2e-16 / small, "--", color="0.5", label="slope −1: the rounding error, $1/h$")
    axes.set(xlabel="step h", ylabel="error of the measured slope", title="Too large, too small, and between")
    axes.set_ylim(1e-13, 10)
    axes.legend(fontsize="small", loc="lower left")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** With $h = 10^{-5}$ the error is below $10^{-10}$, with $h = 10^{-13}$ it is about $10^{-3}$. The
# curve has the shape of a V. On the right it is the Taylor error, which falls with $h^2$. On the left it is
# rounding: the two losses agree in nearly all of their 16 digits, and their difference keeps only the last
# few. Divided by a tiny $h$, these few wrong digits become a large error.
#
# The best step for a central difference is near $10^{-5}$, and its error near $10^{-11}$. The difference to
# one side is never that good.
#
# </details>

# %% [markdown]
# ## 2. The quotient rule
#
# $$q' = \frac{D\, N' - N\, D'}{D^2}, \qquad q = \frac{N}{D}$$
#
# The sigmoid is a quotient, $\sigma(z) = \frac{1}{1 + e^{-z}}$, and so are the softmax and the hyperbolic
# tangent. To differentiate a quotient, use the chain rule twice. If only the numerator $N$ changes, the
# quotient changes by $\frac{1}{D}$ times as much. If only the denominator $D$ changes, it changes by
# $-\frac{N}{D^2}$ times as much. Both together, over one denominator, are the quotient rule.
#
# All four arguments are numbers, or arrays of one shape, and the result has that shape.
#
# **By hand.** For $\sigma$ take $N = 1$ and $D = 1 + e^{-z}$, so $N' = 0$ and $D' = -e^{-z}$. At $z = 0$ that
# is $N = 1$, $D = 2$, $N' = 0$, $D' = -1$, and the slope is $(2 \cdot 0 - 1 \cdot (-1)) / 2^2 = \frac14$. In
# general it is $\frac{e^{-z}}{(1 + e^{-z})^2}$, which is $\sigma(z)\,(1 - \sigma(z))$: the first factor of
# the square is $\sigma$, and $\frac{e^{-z}}{1 + e^{-z}}$ is what is missing to 1.
#
# | $N$ | $D$ | $N'$ | $D'$ | result |
# | :-- | :-- | :-- | :-- | :-- |
# | 1 | 2 | 3 | 4 | $(2 \cdot 3 - 1 \cdot 4) / 4 = \frac12$ |
# | 6 | 3 | 2 | $-1$ | $(3 \cdot 2 + 6 \cdot 1) / 9 = \frac43$ |


# %%
def quotient_rule(num, den, dnum, dden):
    """Derivative of num/den, element by element: (den·dnum - num·dden) / den².

    Parameters
    ----------
    num, den : float or array
        Numerator and denominator; the denominator is not zero.
    dnum, dden : float or array
        Their derivatives.

    Returns
    -------
    float or array, shape of num

    Examples
    --------
    >>> quotient_rule(1.0, 2.0, 3.0, 4.0)
    0.5
    >>> num, den = np.array([1.0, 6.0]), np.array([2.0, 3.0])
    >>> np.round(quotient_rule(num, den, np.array([3.0, 2.0]), np.array([4.0, -1.0])), 4)
    array([0.5   , 1.3333])
    """
    ### BEGIN SOLUTION
    return (den * dnum - num * dden) / den**2
    ### END SOLUTION


# %% [markdown]
# ### Experiment: one rule, two slopes
#
# Your rule differentiates two quotients: $\sigma(z) = \frac{1}{1 + e^{-z}}$ and
# $\tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}$. The circles are slopes that were measured by central
# differences.
#
# **Guess, then look.** How many times as steep as $\sigma$ is $\tanh$ at $z = 0$? Write a number.

# %%
# Your guess: write a number in the place of None
checks.guess("tanh_and_sigma", None)

# %%
# Given: the slopes of σ and tanh, with your quotient_rule
with checks.waiting_for("quotient_rule"):
    z, places = np.linspace(-5, 5, 201), np.linspace(-4.5, 4.5, 19)
    up, down = np.exp(z), np.exp(-z)
    slope_of_sigma = quotient_rule(np.ones_like(z), 1 + down, np.zeros_like(z), -down)
    slope_of_tanh = quotient_rule(up - down, up + down, up + down, up - down)

    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    circle = {"markerfacecolor": "white", "markeredgecolor": "black", "linestyle": "none", "markersize": 5}
    for name, curve, style, f in [
        ("tanh", slope_of_tanh, "--", np.tanh),
        ("σ", slope_of_sigma, "-", lambda z: (1 + np.tanh(z / 2)) / 2),
    ]:
        axes.plot(z, curve, style, color="black", label=f"{name}′ by your quotient rule")
        axes.plot(places, (f(places + 1e-5) - f(places - 1e-5)) / 2e-5, "o", **circle)
    axes.plot([], [], "o", label="measured", **circle)
    axes.set(xlabel="z", ylabel="slope", title="Two quotients, differentiated")
    axes.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **4 times.** The slopes are 1 and $\frac14$. The hyperbolic tangent is a stretched sigmoid,
# $\tanh(z) = 2 \sigma(2z) - 1$: twice as high and twice as narrow, and each of the two doubles the slope.
# Both slopes fade to zero on both sides. That is where a neuron learns slowly.
#
# </details>

# %% [markdown]
# ## 3. The minimum without a single step
#
# $$\frac{\partial L}{\partial w} = 0, \qquad \frac{\partial L}{\partial b} = 0,
# \qquad L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2, \qquad \hat y = Xw + b$$
#
# At the minimum all slopes are zero. For the MSE of the linear model (**with ½ and with the mean**) the
# slopes are linear in $w$ and $b$, so these are $d + 1$ linear equations for $d + 1$ unknowns. Let $A$ be $X$
# with a column of ones at its end, and let $u$ be $w$ with $b$ at its end. Then $\hat y = A u$, the gradient
# is $\frac{1}{n} A^\top (A u - y)$, and it is zero where
#
# $$A^\top A\, u = A^\top y .$$
#
# These are the **normal equations**. They have exactly one solution if the columns of $A$ are independent: if
# $A$ has full rank. Raise a `ValueError` if it has not, for example if a feature is there twice, if a feature
# is constant (as the column of ones is), or if there are fewer examples than unknowns. Rounding can hide
# this: compute the rank, and do not wait for an error of the solver.
#
# Return $w$ of shape (d,) and $b$, a number.
#
# **By hand.** One feature, three examples: $x = (0, 1, 2)$ and $y = (1, 3, 8)$. Then
#
# $$A^\top A = \begin{pmatrix} 5 & 3 \\ 3 & 3 \end{pmatrix},
# \qquad A^\top y = \begin{pmatrix} 19 \\ 12 \end{pmatrix}$$
#
# The second equation says $3w + 3b = 12$, so $b = 4 - w$. The first one says $5w + 3(4 - w) = 19$, so
# $w = \frac72$ and $b = \frac12$. The errors $\hat y - y$ are $-\frac12$, $1$ and $-\frac12$. They add up to
# 0, and so do the errors times $x$: $1 \cdot 1 - \frac12 \cdot 2 = 0$.


# %%
def normal_equations(X, y):
    """The w and b at which the gradient of the linear model's MSE is zero.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row.
    y : array, shape (n,)
        Targets.

    Returns
    -------
    w : array, shape (d,)
        Weights.
    b : float
        Bias.

    Raises
    ------
    ValueError
        If X with a column of ones has no full rank: then there is more than one solution.

    Examples
    --------
    >>> w, b = normal_equations(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 8.0]))
    >>> np.round(w, 4), round(float(b), 4)
    (array([3.5]), 0.5)
    >>> X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5], [0.0, 1.0]])
    >>> w, b = normal_equations(X, np.array([2.0, -1.0, 0.5, 3.0]))
    >>> np.round(w, 4), round(float(b), 4)
    (array([-0.0447,  1.129 ]), 0.4417)
    """
    ### BEGIN SOLUTION
    A = np.hstack([X, np.ones((len(y), 1))])
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError("X with a column of ones has no full rank: there is more than one solution")
    u = np.linalg.solve(A.T @ A, A.T @ y)
    return u[:-1], u[-1]
    ### END SOLUTION


# %% [markdown]
# ## 4. What kind of point is it?
#
# At a minimum the gradient is zero, but a point with zero gradient need not be a minimum. Such a point is a
# **critical point**, and the second derivatives say which kind it is. Near it
#
# $$L(v + r) \approx L(v) + \frac12\, r^\top H r ,$$
#
# where $H$ is the **Hessian**, the symmetric matrix of all second derivatives. Along an eigenvector of $H$
# the loss is curved by the eigenvalue: upward if it is positive, downward if it is negative.
#
# | eigenvalues of $H$ | kind | what it looks like |
# | :-- | :-- | :-- |
# | all positive | `"minimum"` | a bowl |
# | all negative | `"maximum"` | a summit |
# | some positive, some negative | `"saddle"` | a mountain pass |
# | some zero, all others of one sign | `"degenerate"` | flat in some direction: $H$ alone cannot tell |
#
# A computer rounds, so "zero" means: at most $10^{-12}$ times the largest eigenvalue in absolute value. If
# all eigenvalues are zero, the point is degenerate. If there are positive, negative and zero ones, it is a
# saddle.
#
# **By hand.** The matrix $\begin{pmatrix} 2 & 3 \\ 3 & 2 \end{pmatrix}$ maps $(1, 1)$ to $(5, 5)$ and
# $(1, -1)$ to $(-1, 1)$. The eigenvalues are 5 and $-1$: a saddle, though both numbers on the diagonal are
# positive. Along $v_1$ alone and along $v_2$ alone it looks like a bowl. Between the two, along $(1, -1)$, it
# goes down.


# %%
def critical_point(hessian):
    """What kind of critical point it is, by the signs of the Hessian's eigenvalues.

    Parameters
    ----------
    hessian : array, shape (d, d)
        The symmetric matrix of second derivatives at a point where the gradient is zero.

    Returns
    -------
    str
        "minimum", "maximum", "saddle", or "degenerate" where an eigenvalue is zero and the others have one
        sign. Zero means: at most 1e-12 times the largest eigenvalue in absolute value.

    Examples
    --------
    >>> critical_point(np.array([[2.0, 3.0], [3.0, 2.0]]))
    'saddle'
    >>> critical_point(np.array([[2.0, 1.0], [1.0, 2.0]]))
    'minimum'
    >>> critical_point(np.array([[1.0, 1.0], [1.0, 1.0]]))
    'degenerate'
    """
    ### BEGIN SOLUTION
    eigenvalues = np.linalg.eigvalsh(hessian)
    zero = 1e-12 * np.max(np.abs(eigenvalues))
    if np.any(eigenvalues > zero) and np.any(eigenvalues < -zero):
        return "saddle"
    if np.any(np.abs(eigenvalues) <= zero):
        return "degenerate"
    return "minimum" if eigenvalues[0] > 0 else "maximum"
    ### END SOLUTION


# %% [markdown]
# ### Experiment: two basins and a pass
#
# The loss $L(v) = \frac14 (v_1^2 - 1)^2 + \frac{3}{20} v_1 + \frac12 v_2^2$ is **not convex**. It has two
# basins: a deep one on the left and a shallow one on the right. Between them lies a pass. The map shows the
# loss by its contours. Your `critical_point` names the three points where the gradient is zero, from a
# Hessian that is measured with your `central_difference_gradient`.
#
# Four descents with $\eta = 0.1$ begin at the circles. One of them begins exactly on the ridge between the
# basins. The dashed path is momentum: it adds up the gradients of all steps before, so it keeps its speed for
# a while, as a ball does. It begins where one of the descents begins, at the right.

# %%
# Given: a landscape with two basins, its slope, and two ways to go down
TILT = 0.15


def height(v):
    return (v[0] ** 2 - 1) ** 2 / 4 + TILT * v[0] + v[1] ** 2 / 2


def slope_at(v):
    return np.array([v[0] * (v[0] ** 2 - 1) + TILT, v[1]])


def path_down(start, lr, steps, momentum=0.0):
    """Every place on the way; with momentum the gradients of earlier steps are added to each step."""
    places, velocity = [np.array(start, dtype=float)], np.zeros(2)
    for _ in range(steps):
        velocity = momentum * velocity + slope_at(places[-1])
        places.append(places[-1] - lr * velocity)
    return np.array(places)


def draw_basins(axes):
    """Contours of the height; darker is deeper."""
    x, y = np.meshgrid(np.linspace(-2, 2, 161), np.linspace(-1.5, 1.5, 121))
    levels = np.concatenate([np.linspace(-0.15, 0.15, 10), np.geomspace(0.2, 3, 8)])
    axes.contour(x, y, height([x, y]), levels, colors="0.75", linewidths=0.8)
    axes.set(xlabel="$v_1$", ylabel="$v_2$", xlim=(-2, 2), ylim=(-1.5, 1.5))
    axes.set_aspect("equal")


# %% [markdown]
# **Guess, then look.** Where does the descent end that begins exactly on the ridge?
#
# - (a) In the deep basin: it pulls more strongly.
# - (b) At the pass between the two: the ridge leads there.
# - (c) In the shallow basin: it is nearer.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("on_the_ridge", None)

# %%
# Given: paths from several starts, with your central_difference_gradient and critical_point
with checks.waiting_for("central_difference_gradient", "critical_point"):
    flat = sorted(np.roots([1, 0, -1, TILT]).real)  # where the slope along v1 is zero
    ridge = flat[1]
    starts = [(-1.6, 1.2), (-0.1, -1.3), (1.7, 1.2), (ridge, 1.3)]

    def hessian_at(v):
        rows = [
            central_difference_gradient(
                lambda u, k=k: central_difference_gradient(height, u, 1e-3)[k], v, 1e-3
            )
            for k in range(2)
        ]
        return (np.array(rows) + np.transpose(rows)) / 2

    figure, axes = plt.subplots(figsize=(7.2, 5), layout="constrained")
    draw_basins(axes)
    for number, start in enumerate(starts):
        path = path_down(start, 0.1, 150)
        label = "gradient descent, η = 0.1" if number == 0 else None
        axes.plot(*path.T, ".-", color="black", markersize=3, linewidth=0.8, label=label)
    rolling = path_down(starts[2], 0.1, 150, momentum=0.9)
    axes.plot(*rolling.T, "--", color="0.35", linewidth=1.4, label="momentum, ρ = 0.9")
    axes.plot(
        *np.transpose(starts), "o", color="black", markerfacecolor="white", markersize=7, label="starts"
    )
    for x in flat:
        kind = critical_point(hessian_at(np.array([x, 0.0])))
        marker = {"minimum": "v", "saddle": "X"}.get(kind, "s")
        axes.plot(x, 0, marker, color="black", markerfacecolor="0.8", markersize=10, zorder=6)
        label, look = f"{kind}, L = {height([x, 0.0]):.3f}", {"color": "white", "pad": 1, "alpha": 0.8}
        axes.text(x, 0.25 if kind == "saddle" else -0.25, label, ha="center", fontsize="small", bbox=look)
    axes.set_title("Two basins: where each start leads")
    axes.legend(loc="lower right", fontsize="small")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(b).** On the ridge the slope points along the ridge, so the descent runs into the saddle and stays there,
# since the gradient is zero. That start was chosen on purpose. From a start slightly to the left or right the
# path leaves the saddle, slowly at first: near a saddle gradients are small, so training seems to stand
# still.
#
# Every other descent ends in the basin in which it begins. It cannot know that a deeper one exists: the slope
# is local. Momentum comes down the right slope with enough speed to cross the pass, and ends in the deep
# basin. It was lucky here: with $\rho = 0.7$ it is too slow to cross, and with $\rho = 0.95$ it is fast
# enough to come back.
#
# </details>

# %% [markdown]
# ## 5. The largest learning rate
#
# $$v_{t+1} = v_t - \eta H v_t, \qquad L(v) = \frac12\, v^\top H v$$
#
# Near a minimum every loss looks like this one: a bowl with a symmetric, positive definite Hessian $H$. What
# does a step do? Along an eigenvector $u$ of $H$ with eigenvalue $\lambda$ it turns $u$ into
# $u - \eta \lambda u = (1 - \eta \lambda)\, u$. After $t$ steps $u$ is multiplied by $(1 - \eta \lambda)^t$.
# That goes to zero only if $|1 - \eta \lambda| < 1$, so only if $0 < \eta < 2 / \lambda$. It must hold for
# every eigenvalue. The largest one is the most demanding, so gradient descent converges for
#
# $$\eta < \frac{2}{\lambda_{\max}} .$$
#
# Return this bound, a number. Above it the part along one eigenvector grows in every step, and so does the
# loss, however near to the minimum it starts.
#
# **By hand.** $H = \begin{pmatrix} 3 & 1 \\ 1 & 3 \end{pmatrix}$ maps $(1, 1)$ to $(4, 4)$ and $(1, -1)$ to
# $(2, -2)$. The eigenvalues are 4 and 2, and the bound is $\frac24 = \frac12$. With $\eta = 0.6$ the part
# along $(1, 1)$ is multiplied by $1 - 0.6 \cdot 4 = -1.4$ in each step: it changes sides, and grows.


# %%
def largest_stable_rate(hessian):
    """The bound of the learning rate on ½ vᵀHv: below it gradient descent converges, above it diverges.

    Parameters
    ----------
    hessian : array, shape (d, d)
        Symmetric and positive definite.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(largest_stable_rate(np.array([[3.0, 1.0], [1.0, 3.0]]))), 4)
    0.5
    """
    ### BEGIN SOLUTION
    return 2 / np.linalg.eigvalsh(hessian)[-1]
    ### END SOLUTION


# %% [markdown]
# ### Experiment: just below, and just above
#
# The linear model learns the penguins' body mass. Its MSE is a bowl with the Hessian $\frac1n A^\top A$, and
# your `normal_equations` know its minimum. The figure shows how far the loss is above this minimum, for
# learning rates of 50 %, 95 % and 105 % of your `largest_stable_rate`.
#
# **Guess, then look.** Which of the three curves is the lowest after 60 steps?
#
# - (a) 50 %: it is far from the limit.
# - (b) 95 %: its steps are longer, and still allowed.
# - (c) 105 %: its steps are the longest, and the limit is hardly passed.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("below_the_limit", None)

# %%
# Given: three learning rates near the limit, with your largest_stable_rate and normal_equations
X, y = penguins.load_body_mass()
A = np.column_stack([X, np.ones(len(y))])


def mse_of(u):
    return float(np.mean((A @ u - y) ** 2)) / 2


with checks.waiting_for("largest_stable_rate", "normal_equations"):
    H, least = A.T @ A / len(y), mse_of(np.append(*normal_equations(X, y)))
    limit = largest_stable_rate(H)
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for share, style in [(0.5, "-"), (0.95, "--"), (1.05, ":")]:
        u, curve = np.zeros(3), []
        for _ in range(61):
            curve.append(mse_of(u) - least)
            u = u - share * limit * (H @ u - A.T @ y / len(y))
        label = f"η = {100 * share:.0f} % of the limit"
        axes.semilogy(curve, style, color="black", label=label)
    axes.set(xlabel="step t", ylabel="MSE above the minimum (kg², with ½)")
    axes.set_title(f"The limit is η = {limit:.3f}")
    axes.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** In the first two steps 95 % is ahead, and then it falls slowly: along the most curved direction
# each step is multiplied by $1 - 1.9 = -0.9$, so it changes sides and loses only a tenth. At 50 % this
# direction is done after one step, since $1 - \frac12 \cdot 2 = 0$. What is left is the direction of least
# curvature, and it sets the pace. The best rate is a compromise between the two.
#
# At 105 % the loss grows in the end, by the same factor in every step: a straight line on a log axis.
#
# </details>

# %% [markdown]
# ## 6. A learning rate that decays
#
# $$\alpha_t = \frac{\alpha_0}{1 + k\, t}$$
#
# With a fixed learning rate SGD never settles. Near the minimum the gradients of single examples point in all
# directions, and each step is as long as before. If the steps get shorter, the disagreement averages out. But
# they must not get short too early: then SGD stops before it arrives. The schedule above begins at $\alpha_0$
# (`initial`). After $1/k$ steps the rate is half as large, after $9/k$ steps a tenth; $k$ is `decay`.
#
# The step $t$ is a number or an array, and the result has its shape.
#
# **By hand.** Let $\alpha_0 = 0.6$ and $k = \frac12$:
#
# | $t$ | $1 + kt$ | $\alpha_t$ |
# | :-- | :-- | :-- |
# | 0 | 1 | $0.6$ |
# | 1 | 1.5 | $0.6 / 1.5 = 0.4$ |
# | 4 | 3 | $0.6 / 3 = 0.2$ |


# %%
def decayed_rate(t, initial, decay):
    """The learning rate of step t, α_t = initial / (1 + decay·t).

    Parameters
    ----------
    t : int, or array of any shape
        The number of the step, from 0.
    initial : float
        The learning rate of step 0.
    decay : float
        How fast it decays; 0 keeps it as it is.

    Returns
    -------
    float or array, shape of t

    Examples
    --------
    >>> np.round(decayed_rate(np.array([0.0, 1.0, 4.0]), 0.6, 0.5), 4)
    array([0.6, 0.4, 0.2])
    >>> decayed_rate(1, 0.5, 1.0)
    0.25
    """
    ### BEGIN SOLUTION
    return initial / (1 + decay * t)
    ### END SOLUTION


# %% [markdown]
# ### Experiment: the noise floor
#
# SGD with single penguins, 30 epochs, the same random order in all three runs. The learning rate of step $t$
# is your `decayed_rate(t, 0.1, k)`. With $k = 0$ it stays at 0.1. With $k = 0.002$ it is halved after 500
# steps, which is one epoch and a half. With $k = 1$ it is halved after the first step.
#
# **Guess, then look.** Which of the three runs has the largest loss after 30 epochs?
#
# - (a) $k = 0$: its steps never get shorter, so the noise stays.
# - (b) $k = 0.002$: it has the noise at first, and short steps later.
# - (c) $k = 1$: its steps are short long before it arrives.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("three_schedules", None)

# %%
# Given: SGD with three schedules, with your decayed_rate
with checks.waiting_for("decayed_rate"):
    best_u = np.linalg.lstsq(A, y, rcond=None)[0]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    for decay, style, color in [(0.0, "-", "0.6"), (0.002, "-", "black"), (1.0, ":", "black")]:
        rng, u, t, curve, rates = np.random.default_rng(2), np.zeros(3), 0, [], []
        for _ in range(30):
            curve.append(mse_of(u) - mse_of(best_u))
            rates.append(decayed_rate(t, 0.1, decay))
            for row in rng.permutation(len(y)):
                u = u - decayed_rate(t, 0.1, decay) * (A[row] @ u - y[row]) * A[row]
                t += 1
        curve.append(mse_of(u) - mse_of(best_u))
        left.semilogy(curve, style, color=color, linewidth=1.6, label=f"k = {decay:g}")
        right.semilogy(rates, style, color=color, linewidth=1.6, label=f"k = {decay:g}")
    left.set(xlabel="epoch", ylabel="MSE above the minimum (kg², with ½)", title="The noise floor")
    right.set(xlabel="epoch", ylabel="learning rate", title="Your decayed_rate")
    left.legend()
    right.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** With $k = 1$ the steps are too short after a few examples, and the run stops far from the minimum,
# 1.2 kg² above it. With a fixed rate the loss falls at once to its noise floor, about 0.01 kg², and stays
# there: the examples disagree, and every step follows one of them. With $k = 0.002$ the floor itself sinks,
# as the steps get shorter.
#
# The sum of all rates says how far SGD can go. With $k = 1$ it grows with the logarithm of the number of
# steps, so it has no bound, but it grows slowly.
#
# </details>

# %% [markdown]
# ## 7. Try several starts
#
# Gradient descent ends in the basin in which it begins. A simple remedy is to begin in many places and to
# keep the best end.
#
# `starts` has shape (k, d), one start a row. From each row take `steps` steps
# $v \leftarrow v - \eta\, \nabla L(v)$, and return the end with the **smallest loss**, of shape (d,). On a
# tie the first one wins. Both functions are handed to you: `gradient(v)` returns $\nabla L(v)$, and `loss(v)`
# returns $L(v)$.
#
# Compare the losses where the descents **end**. A start high up on a slope may lead to the deepest basin.
#
# **By hand.** The loss $L(v) = \frac14 (v^2 - 1)^2 + \frac{1}{10} v$ has a deep basin near $-1$ and a shallow
# one near 1.
#
# | start | loss there | ends near | loss there |
# | :-- | :-- | :-- | :-- |
# | $1$ | $0.1$ | $0.95$ | $0.097$ |
# | $-2$ | $2.05$ | $-1.05$ | $-0.102$ |
#
# The first start is much lower, and the second one leads to the better end.


# %%
def best_of_starts(gradient, loss, starts, lr, steps):
    """The best end of gradient descent from several starts.

    Parameters
    ----------
    gradient : callable
        ``gradient(v)`` returns ∇L(v), shape (d,).
    loss : callable
        ``loss(v)`` returns L(v), a number.
    starts : array, shape (k, d)
        One start a row; at least one.
    lr : float
        Learning rate η.
    steps : int
        How many steps each descent takes; 0 is allowed.

    Returns
    -------
    array, shape (d,)
        The end with the smallest loss; the first one, on a tie.

    Examples
    --------
    >>> loss = lambda v: float((v[0] ** 2 - 1) ** 2 / 4 + 0.1 * v[0])
    >>> gradient = lambda v: np.array([v[0] * (v[0] ** 2 - 1) + 0.1])
    >>> np.round(best_of_starts(gradient, loss, np.array([[1.0], [-2.0]]), 0.1, 200), 4)
    array([-1.0467])
    >>> np.round(best_of_starts(gradient, loss, np.array([[1.0]]), 0.1, 200), 4)
    array([0.9456])
    """
    ### BEGIN SOLUTION
    ends = []
    for start in starts:
        v = np.array(start, dtype=float)
        for _step in range(steps):
            v = v - lr * np.asarray(gradient(v))
        ends.append(v)
    return ends[int(np.argmin([loss(end) for end in ends]))]
    ### END SOLUTION


# %% [markdown]
# ### Experiment: from above, and from the side
#
# The landscape of the two basins as a map of heights in three dimensions, with the path of gradient descent
# from $(1.7, 1.2)$ for three learning rates, and the end that your `best_of_starts` finds from eight random
# starts.
#
# **Guess, then look.** One of the three learning rates ends in the deep basin, though it begins above the
# shallow one. Which one?
#
# - (a) $\eta = 0.8$.
# - (b) $\eta = 0.4$.
# - (c) $\eta = 0.05$.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("which_rate", None)


# %%
# Given: the landscape in three dimensions, with your best_of_starts
def draw_heights(axes, lr, best):
    """The heights as a surface, one path on it, and the best end of several starts."""
    x, y = np.meshgrid(np.linspace(-2, 2, 61), np.linspace(-1.5, 1.5, 46))
    axes.plot_surface(x, y, height([x, y]), cmap="Greys_r", alpha=0.55, linewidth=0, antialiased=True)
    path = path_down((1.7, 1.2), lr, 60)
    above = np.array([height(v) for v in path]) + 0.03
    axes.plot(*path.T, above, "o-", color="black", markersize=3, linewidth=1.2, zorder=10)
    axes.plot(
        *best, height(best) + 0.03, "v", color="black", markerfacecolor="white", markersize=9, zorder=11
    )
    axes.set(xlabel="$v_1$", ylabel="$v_2$", title=f"η = {lr:g}", zlim=(-0.3, 3))
    axes.view_init(elev=48, azim=-70)


with checks.waiting_for("best_of_starts"):
    eight = np.random.default_rng(3).uniform(-1.5, 1.5, (8, 2))
    best = best_of_starts(slope_at, height, eight, 0.1, 100)
    figure = plt.figure(figsize=(10, 3.9), layout="constrained")
    for place, lr in enumerate([0.05, 0.4, 0.8], start=1):
        draw_heights(figure.add_subplot(1, 3, place, projection="3d"), lr, best)

# %%
# Given: the same with a slider for η, if ipywidgets is installed
try:
    import ipywidgets
except ImportError:
    print("Install ipywidgets to move η with a slider; the pictures above show three values of it.")
else:
    with checks.waiting_for("best_of_starts"):

        def show_height_map(eta):
            figure = plt.figure(figsize=(5.6, 4.4), layout="constrained")
            draw_heights(figure.add_subplot(projection="3d"), eta, best)
            plt.show()

        slider = ipywidgets.FloatSlider(value=0.1, min=0.02, max=0.9, step=0.02, description="η")
        ipywidgets.interact(show_height_map, eta=slider)

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** At the start the slope along $v_1$ is 3.36, so the first step with $\eta = 0.8$ leads from 1.7 to
# $-0.99$, on the other side of the pass, and the path ends in the deep basin. With $\eta = 0.4$ it leads to
# 0.35, still on the near side. With $\eta = 0.05$ the path follows the slope into the shallow basin. The long
# step was luck, not insight: the slope at 1.7 says nothing about the other basin.
#
# The triangle marks the best of eight starts. It lies in the deep basin because at least one of the eight
# began there.
#
# </details>

# %% [markdown]
# ## 8. Why one mini-batch is enough
#
# A poll of a thousand people is right **on average**: the mean over all possible polls is the opinion of the
# whole country. The same holds for mini-batches. Take every possible batch of $m$ out of $n$ examples, take
# the gradient of each, and average:
#
# $$\frac{1}{\binom{n}{m}} \sum_{B} \nabla L_B = \nabla L,
# \qquad \nabla L_B = \frac{1}{m} \sum_{i \in B} g_i$$
#
# Why? Example $i$ is in $\binom{n-1}{m-1}$ of the $\binom{n}{m}$ batches, and in each of them it counts
# $\frac1m$. So its weight in the average is
#
# $$\binom{n-1}{m-1} \frac{1}{m} \Big/ \binom{n}{m} = \frac1n ,$$
#
# the same for every example, and that is its weight in the full gradient. The gradient of a random batch is
# an **unbiased estimate** of the full one.
#
# Write the average, for $n \le 8$ examples. The order within a batch does not matter: $\{1, 2\}$ and
# $\{2, 1\}$ are one batch. `gradient(X_batch, y_batch, w, b)` returns `(dw, db)`. Average what it returns,
# **whatever it is**. It need not be the mean over the batch: one of the checks gives you the largest slope in
# the batch. Then the average over all batches is not the full gradient.
#
# **By hand.** Three examples with the slopes $g = (2, 4, 9)$ and batches of 2:
#
# | batch | mean of the batch | largest of the batch |
# | :-- | :-- | :-- |
# | {0, 1} | $3$ | $4$ |
# | {0, 2} | $5.5$ | $9$ |
# | {1, 2} | $6.5$ | $9$ |
# | average | $15 / 3 = 5$ | $22 / 3$ |
#
# The mean of all three slopes is $15 / 3 = 5$ too. The largest of all three is 9, and not $\frac{22}{3}$.


# %%
def mean_over_all_batches(X, y, w, b, batch_size, gradient):
    """The gradient of a mini-batch, averaged over every possible batch of that size.

    Parameters
    ----------
    X : array, shape (n, d)
        One example a row; n is at most 8.
    y : array, shape (n,)
        Targets.
    w : array, shape (d,)
        Weights.
    b : float
        Bias.
    batch_size : int
        How many different examples are in a batch, from 1 to n.
    gradient : callable
        ``gradient(X_batch, y_batch, w, b)`` returns ``(dw, db)`` of a batch.

    Returns
    -------
    dw : array, shape (d,)
    db : float

    Examples
    --------
    >>> X, y = np.array([[2.0], [4.0], [9.0]]), np.array([0.0, 3.0, 6.0])
    >>> mean = lambda X_batch, y_batch, w, b: (X_batch.mean(axis=0), y_batch.mean())
    >>> dw, db = mean_over_all_batches(X, y, np.array([0.0]), 0.0, 2, mean)
    >>> np.round(dw, 4), round(float(db), 4)
    (array([5.]), 3.0)
    >>> largest = lambda X_batch, y_batch, w, b: (X_batch.max(axis=0), y_batch.max())
    >>> dw, db = mean_over_all_batches(X, y, np.array([0.0]), 0.0, 2, largest)
    >>> np.round(dw, 4), round(float(db), 4)
    (array([7.3333]), 5.0)
    """
    ### BEGIN SOLUTION
    from itertools import combinations

    batches = [list(batch) for batch in combinations(range(len(y)), batch_size)]
    slopes = [gradient(X[batch], y[batch], w, b) for batch in batches]
    return np.mean([dw for dw, _ in slopes], axis=0), np.mean([db for _, db in slopes])
    ### END SOLUTION


# %% [markdown]
# ### Experiment: every poll at once
#
# Six penguins, and the gradient of their MSE at $w = (0.3, 0)$, $b = 4$. The dots are the gradients of all
# possible batches, for batches of 1, of 2 and of 4. The cross is the full gradient, the circle your average
# over all batches. The gradient is measured by central differences.
#
# **Guess, then look.** A batch of 4 is twice as large as a batch of 2. How far from the cross are its dots on
# average, compared with those of batches of 2?
#
# - (a) As far: the average over all batches is right for any size.
# - (b) About 0.7 times as far: the error falls with the root of the batch size.
# - (c) Half as far: only two of the six penguins are left out.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("batches_of_4", None)

# %%
# Given: the gradients of all batches of six penguins, with your mean_over_all_batches
with checks.waiting_for("mean_over_all_batches", "central_difference_gradient"):
    from itertools import combinations

    six = np.array([3, 60, 120, 170, 220, 300])
    X_six, y_six, w_there, b_there = X[six], y[six], np.array([0.3, 0.0]), 4.0

    def measured_gradient(X_batch, y_batch, w, b):
        def loss(u):
            return np.mean((X_batch @ u[:-1] + u[-1] - y_batch) ** 2) / 2

        slopes = central_difference_gradient(loss, np.append(w, b))
        return slopes[:-1], slopes[-1]

    full, _ = measured_gradient(X_six, y_six, w_there, b_there)
    figure, panels = plt.subplots(1, 3, figsize=(9.6, 3.6), sharex=True, sharey=True, layout="constrained")
    for m, axes in zip([1, 2, 4], panels, strict=True):
        batches = [list(batch) for batch in combinations(range(6), m)]
        dots = np.array([measured_gradient(X_six[k], y_six[k], w_there, b_there)[0] for k in batches])
        average, _ = mean_over_all_batches(X_six, y_six, w_there, b_there, m, measured_gradient)
        axes.plot(*dots.T, "o", color="0.6", markersize=6, label="one batch")
        axes.plot(*full, "+", color="black", markersize=16, markeredgewidth=2, label="full gradient")
        axes.plot(*average, "o", color="black", markerfacecolor="none", markersize=13, label="your average")
        axes.set(xlabel="∂L/∂w₁ (kg²)", title=f"{len(batches)} batches of {m}")
    panels[0].set_ylabel("∂L/∂w₂ (kg²)")
    panels[0].legend(fontsize="small")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** There are 15 batches of 2 and 15 of 4: to choose four of six is to leave out two. A batch of 4 and
# the batch of 2 that it leaves out make up all six, so their errors cancel, with the weights 4 and 2. The
# error of the four is therefore exactly half as large as that of the two, on the other side of the cross. The
# root of the batch size holds while a batch is a small share of all examples.
#
# The circle is on the cross in every panel, so a batch of any size is right on average. Larger batches are
# right **more closely**: their dots lie nearer to the cross. So a small batch costs less and gives the right
# direction on average, and that is all that SGD needs.
#
# </details>

# %% [markdown]
# ## 9. Repair a training loop
#
# This is one epoch of mini-batch SGD as somebody wrote it in a hurry. It runs without an error. It has
# **five faults**.
#
# ```python
# def faulty_epoch(X, y, w, b, lr, batch_size, rng, gradient):
#     X = X[rng.permutation(len(X))]
#     y = y[rng.permutation(len(y))]
#     for start in range(0, len(y) - batch_size + 1, batch_size):
#         stop = start + batch_size
#         dw, db = gradient(X[start:stop], y[start:stop], w, b)
#         w -= lr * dw / batch_size
#         b += lr * db / batch_size
#     return w, b
# ```
#
# Find the faults, and write the epoch as it should be: every example is used exactly once, in a fresh random
# order, in consecutive batches, of which the last one may be smaller. Each step is
# $w \leftarrow w - \eta\, \partial L_B / \partial w$ and $b \leftarrow b - \eta\, \partial L_B / \partial b$,
# where `gradient` already takes the **mean** over the batch that it is given. The arguments stay as they are,
# and `rng` is the only source of randomness.
#
# **By hand.** Three examples $(x, y)$: $(2, 1)$, $(4, -3)$, $(6, 5)$, and a loss whose gradient at $(w, b)$
# points from the batch's mean $(x, y)$ to $(w, b)$. With $\eta = \frac12$ and batches of 2, a right epoch
# from $(-2, 1)$ ends in one of three places, as the homework on SGD works out: $(2.5, -0.5)$, $(1.75, 1)$ or
# $(3.25, 2.5)$. Ask of each line of the loop: what would it do on these three examples?


# %%
def repaired_epoch(X, y, w, b, lr, batch_size, rng, gradient):
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
    >>> X, y = np.array([[2.0], [4.0], [6.0]]), np.array([1.0, -3.0, 5.0])
    >>> pull = lambda X_batch, y_batch, w, b: (w - X_batch.mean(axis=0), b - y_batch.mean())
    >>> rng = np.random.default_rng(0)
    >>> epochs = [repaired_epoch(X, y, np.array([-2.0]), 1.0, 0.5, 2, rng, pull) for _ in range(100)]
    >>> sorted({(float(w[0]), float(b)) for w, b in epochs})
    [(1.75, 1.0), (2.5, -0.5), (3.25, 2.5)]
    """
    ### BEGIN SOLUTION
    order = rng.permutation(len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w - lr * np.asarray(dw)
        b = b - lr * db
    return w, b
    ### END SOLUTION


# %% [markdown]
# ### Experiment: before and after
#
# Both loops train the linear model on the penguins' body mass, with batches of 50 and $\eta = 0.2$. The
# gradient is measured with your `central_difference_gradient`.


# %%
# Given: the faulty loop, as in the text
def faulty_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    X = X[rng.permutation(len(X))]
    y = y[rng.permutation(len(y))]
    for start in range(0, len(y) - batch_size + 1, batch_size):
        stop = start + batch_size
        dw, db = gradient(X[start:stop], y[start:stop], w, b)
        w -= lr * dw / batch_size
        b += lr * db / batch_size
    return w, b


# %% [markdown]
# **Guess, then look.** What does the loss of the faulty loop do in 20 epochs?
#
# - (a) It rises.
# - (b) It stays about where it begins.
# - (c) It falls, but much more slowly than that of a right loop.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("faulty_curve", None)

# %%
# Given: both loops on the penguins, with your repaired_epoch and central_difference_gradient
with checks.waiting_for("repaired_epoch", "central_difference_gradient"):
    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for name, epoch, style in [
        ("faulty loop", faulty_epoch, ":"),
        ("your repaired loop", repaired_epoch, "-"),
    ]:
        rng, w, b, curve = np.random.default_rng(0), np.zeros(2), 0.0, []
        for _ in range(21):
            curve.append(mse_of(np.append(w, b)))
            w, b = epoch(X, y, w, b, 0.2, 50, rng, measured_gradient)
        axes.semilogy(curve, style, color="black", label=name)
    axes.axhline(mse_of(best_u), color="0.7", linewidth=3, zorder=0, label="minimum")
    axes.set(xlabel="epoch", ylabel="MSE (kg², with ½)", title="Before and after the repair")
    axes.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(a).** It rises from 9.1 to 23 kg²: $b$ goes the wrong way, since its sign is wrong. The other faults are
# less visible. Rows of `X` meet targets of other penguins, so there is nothing to learn from the features.
# The last, smaller batch is left out. Every step is divided by the batch size once more, so it is 50 times
# too short. And `w -= …` changes the array that the caller passed.
#
# Only one of the five is visible in the curve at once. That is why a learning curve alone cannot test a
# training loop.
#
# </details>

# %% [markdown]
# ## Before you hand in
#
# Save the notebook, restart the kernel, and run all cells from the top. Then hand in this one file,
# `landscapes.ipynb`: the data and the folder `checks` stay here.

# %%
# Given: how many exercises are right as far as can be seen here
checks.summary()
