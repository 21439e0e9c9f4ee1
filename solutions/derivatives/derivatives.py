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
# Gradient descent needs one thing from you: the derivative of the loss with respect to every weight. In this
# homework you derive these derivatives by the chain rule, for the linear model and for one sigmoid neuron,
# and write each as a short function. Then you let your own functions learn from the Palmer penguins.
#
# **Notation.** There are $n$ examples with $d$ features. `X` has shape (n, d), one example a row; `y` has
# shape (n,); `w` has shape (d,); `b` is a number. A gradient has the shape of what it is taken with respect
# to. Everything must work for any $n$ and $d$, from 1 to 10,000, and for numbers of either sign, and for 0.
# Some arguments may be integers while others are floats. No function changes its arguments.
#
# **Check the loss.** The lecture uses losses that differ by a factor, so each exercise says which loss it
# uses.
#
# **Derive, do not measure.** A difference quotient $(L(v + h) - L(v - h)) / 2h$ loses digits. Grading detects
# this, says so, and takes half of the points for the values. One wrong constant factor costs the same.
#
# Plan about two and a half hours. Below each exercise is a check. It explains what it sees, and you may run
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
# | MSE Loss function | 5. `mse_loss` |
# | Gradient descent in neural networks | 6. `mse_gradient` |
# | Function composition | 9. `neuron_gradient` |
# | Gradient Descent for Linear Regression | 1. `predict` |
# | Gradients of b | 4. `dL_db` |
# | Gradients of w1 | 2. `dL_dw1` |
# | Gradients of w2 and update rule | 3. `dL_dw2` |
# | Gradient of a sigmoidal neuron | 7. `sigmoid`, 8. `sigmoid_derivative` |
#
# | symbol | what it is | in code |
# | :-- | :-- | :-- |
# | $X$, $y$ | data set: row $i$ of $X$ is example $x^{(i)}$, $y^{(i)}$ its target | `X` (n, d), `y` (n,) |
# | $w$, $b$ | weights and bias; the lecture also calls $b$ the intercept | `w` (d,), `b` |
# | $\hat y$ | the prediction of the model class $\{x \mapsto w^\top x + b\}$ | (n,) |
# | $L$ | the loss; the mean over all examples is also called the cost | a number |
# | $\sigma$ | the sigmoid, and nothing else | `sigmoid` |
# | $\log$ | the natural logarithm | `np.log` |
# | $\eta$ | the learning rate; some slides write $\alpha$ | `lr` |

# %%
# Given: what the notebook needs
import checks
import losses
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
# One prediction for each example: a weighted sum of its features, plus the bias $b$. Nothing about the model
# is learned yet, but every gradient below begins with it. The result has shape (n,).
#
# **By hand.** With $w = (0.5, -1.5)$ and $b = 0.25$:
#
# | example | weighted sum, plus $b$ | prediction |
# | :-- | :-- | :-- |
# | $(1, 2)$ | $0.5 \cdot 1 - 1.5 \cdot 2 + 0.25$ | $-2.25$ |
# | $(3, -1)$ | $0.5 \cdot 3 + 1.5 \cdot 1 + 0.25$ | $3.25$ |
# | $(-2, 0.5)$ | $-0.5 \cdot 2 - 1.5 \cdot 0.5 + 0.25$ | $-1.5$ |


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
#
# **By hand.** Let $x_1 = 2$, $x_2 = -1$, $y = 3$, and $w_1 = 0.5$, $w_2 = 1.5$, $b = 0.25$. A derivative is a
# slope, and a slope can be measured. Let $w_1$ alone move by 0.1 to either side:
#
# | $w_1$ | prediction | error | $L$ |
# | :-- | :-- | :-- | :-- |
# | 0.4 | $0.8 - 1.5 + 0.25 = -0.45$ | $-0.45 - 3 = -3.45$ | $3.45^2 = 11.9025$ |
# | 0.6 | $1.2 - 1.5 + 0.25 = -0.05$ | $-0.05 - 3 = -3.05$ | $3.05^2 = 9.3025$ |
#
# The slope is $(9.3025 - 11.9025) / 0.2 = -13$: a larger $w_1$ would make the loss smaller. As a function of
# $w_1$ alone the loss is a parabola, and for a parabola such a symmetric difference is exact. So your formula
# must give the same value.


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
        Weights and bias.

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
#
# **By hand.** The numbers are those of exercise 2. For $w_2 = 1.4$ the prediction is $1 - 1.4 + 0.25 = -0.15$
# and the loss $3.15^2 = 9.9225$; for $w_2 = 1.6$ the prediction is $1 - 1.6 + 0.25 = -0.35$ and the loss
# $3.35^2 = 11.2225$. The slope is $(11.2225 - 9.9225) / 0.2 = 6.5$. Its sign is not that of exercise 2: why
# does a larger $w_2$ make this prediction smaller?


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
        Weights and bias.

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
# ## 4. The bias: $\partial L / \partial b$
#
# Once more $L = (\hat y - y)^2$, now with respect to $b$. How much does $\hat y$ change when $b$ grows by
# one?
#
# **By hand.** With the numbers of exercise 2 again, $b = 0.15$ gives the prediction $-0.35$ and $b = 0.35$
# gives $-0.15$. You know both losses from exercise 3, in the other order: the slope is
# $(9.9225 - 11.2225) / 0.2 = -6.5$.


# %%
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
    ### BEGIN SOLUTION
    y_hat = w1 * x1 + w2 * x2 + b
    return 2 * (y_hat - y)
    ### END SOLUTION


# %% [markdown]
# ### Experiment: slopes of a parabola
#
# The example of exercise 2 once more. On the left its loss while $w_1$ moves and everything else stays, with
# tangents whose slope your `dL_dw1` says: a right slope touches the parabola and does not cross it. On the
# right your three derivatives, each while its own parameter moves.
#
# **Guess, then look.** Each of the three derivatives changes along a straight line. How steep is the line of
# $\partial L/\partial w_1$, compared with the line of $\partial L/\partial w_2$? The example has $x_1 = 2$
# and $x_2 = -1$.
#
# - (a) Equally steep: both are derivatives of the same square.
# - (b) Twice as steep: $x_1$ is twice as large as $x_2$, apart from the sign.
# - (c) Four times as steep: $x_1^2$ is four times as large as $x_2^2$.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("steeper_line", None)

# %%
# Given: tangents and slopes, with your dL_dw1, dL_dw2 and dL_db
with checks.waiting_for("dL_dw1", "dL_dw2", "dL_db"):
    example, point = (2.0, -1.0, 3.0), np.array([0.5, 1.5, 0.25])
    tangents = [(at, dL_dw1(*example, at, *point[1:])) for at in (0.5, 1.25, 2.125, 3.5)]
    moves, slopes = np.linspace(-1, 2, 7), []
    for k, derivative in enumerate([dL_dw1, dL_dw2, dL_db]):
        slopes.append([derivative(*example, *(point + move * np.eye(3)[k])) for move in moves])

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    w1 = np.linspace(-0.1, 4.35, 200)
    left.plot(w1, losses.squared_error(*example, w1, *point[1:]), color="0.6", linewidth=3, label="loss")
    for at, slope in tangents:
        height = losses.squared_error(*example, at, *point[1:])
        near = at + np.array([-0.55, 0.55])
        left.plot(near, height + slope * (near - at), "--", color="black")
        left.plot(at, height, "o", color="black")
        beside = (8, 6) if slope <= 0 else (10, -10)
        left.annotate(f"{slope:.3g}".replace("-", "−"), (at, height), beside, textcoords="offset points")
    left.plot([], [], "--", color="black", label="tangents, slope from dL_dw1")
    left.set(xlabel="$w_1$", ylabel="squared error", title="The loss as $w_1$ moves")
    left.set_ylim(-4, None)
    left.legend(loc="upper center")

    for line, style, name in zip(slopes, ["o-", "s--", "^:"], ["$w_1$", "$w_2$", "$b$"], strict=True):
        right.plot(moves, line, style, color="black", markerfacecolor="white", label=f"∂L/∂{name}")
    right.axhline(0, color="0.7", linewidth=0.8, zorder=0)
    right.set(xlabel="how far that parameter has moved", ylabel="slope of the loss", title="Three slopes")
    right.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** The line of $w_1$ rises by 8 for each unit, the line of $w_2$ by 2. When $w_1$ moves by one, the
# error moves by $x_1$, and the chain rule multiplies the error by $x_1$ once more. So the feature counts
# twice, and its sign drops out. The bias acts like a weight whose feature is always 1, and $(-1)^2 = 1^2$:
# the lines of $w_2$ and $b$ are parallel.
#
# The tangent on the left is level at $w_1 = 2.125$. There the prediction is right, and the loss is 0.
#
# </details>

# %% [markdown]
# ## 5. The loss over all examples
#
# $$L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2, \qquad \hat y = Xw + b$$
#
# From here on the loss is the mean squared error **with ½ and with the mean over the examples**. The mean
# keeps the loss comparable between data sets of different size. Half of it gives the derivative a simpler
# factor. A square can also be multiplied out, $y^2 - 2 y \hat y + \hat y^2$, and then differentiated term by
# term: $-2y + 2 \hat y$ is $2 (\hat y - y)$, as the chain rule says.
#
# **By hand.** The three predictions of exercise 1, with targets for them:
#
# | prediction | target | error | squared |
# | :-- | :-- | :-- | :-- |
# | $-2.25$ | $2$ | $-4.25$ | $18.0625$ |
# | $3.25$ | $-1$ | $4.25$ | $18.0625$ |
# | $-1.5$ | $0.5$ | $-2$ | $4$ |
#
# The squares add up to 40.125, and with $n = 3$ the loss is $40.125 / 6 = 6.6875$. Without the ½ it would be
# 13.375, and without the mean 20.0625.


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
    ### BEGIN SOLUTION
    return np.mean((predict(X, w, b) - y) ** 2) / 2
    ### END SOLUTION


# %% [markdown]
# ## 6. The gradient of that loss
#
# $$\nabla L = \left(\frac{\partial L}{\partial w}, \frac{\partial L}{\partial b}\right), \qquad
# L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2$$
#
# The gradient collects one partial derivative for each weight, so $\partial L/\partial w$ has shape (d,) and
# $\partial L/\partial b$ is a number. You know the derivative for one example; the sum over the examples can
# be written as a product of a matrix and a vector, without a loop. Which product of an (n, d) and an (n,)
# array has the shape (d,)?
#
# **By hand.** Take the table of exercise 5, and let $b$ move by 0.1 to either side. Every error moves with
# it:
#
# | errors | sum of squares | loss |
# | :-- | :-- | :-- |
# | $-4.35, \; 4.15, \; -2.1$ | $18.9225 + 17.2225 + 4.41 = 40.555$ | $40.555 / 6$ |
# | $-4.15, \; 4.35, \; -1.9$ | $17.2225 + 18.9225 + 3.61 = 39.755$ | $39.755 / 6$ |
#
# So $\partial L/\partial b$ must be $(39.755 - 40.555) / (6 \cdot 0.2) = -\frac23$. Compare it with the three
# errors $-4.25$, $4.25$ and $-2$: how does it follow from them directly? Then move $w_1$, and see how much
# each error changes.


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
    ### BEGIN SOLUTION
    error = predict(X, w, b) - y
    return X.T @ error / len(y), error.mean()
    ### END SOLUTION


# %% [markdown]
# ### Experiment: how heavy is a penguin?
#
# Full-batch gradient descent with your gradient, watched by your loss, at three learning rates $\eta$. The
# thick gray line is the loss of the best linear model: nothing can get below it.
#
# **Guess, then look.** At $w = 0$, $b = 0$ every penguin is predicted to weigh nothing. They weigh about
# 4 kg. Roughly how large is the loss there, in kg²? Write a number.

# %%
# Your guess: write a number in the place of None
checks.guess("loss_at_zero", None)

# %%
# Given: gradient descent on the penguins' body mass, with your mse_loss and mse_gradient
with checks.waiting_for("mse_loss", "mse_gradient"):
    curves = {0.02: [], 0.1: [], 0.5: []}
    for lr, curve in curves.items():
        w, b = np.zeros(2), 0.0
        for _ in range(61):
            curve.append(mse_loss(X_mass, y_mass, w, b))
            dw, db = mse_gradient(X_mass, y_mass, w, b)
            w, b = w - lr * dw, b - lr * db

    figure, axes = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for (lr, curve), style in zip(curves.items(), [":", "--", "-"], strict=True):
        axes.semilogy(curve, style, color="black", label=f"η = {lr}")
    columns = np.column_stack([X_mass, np.ones(len(y_mass))])
    *w_best, b_best = np.linalg.lstsq(columns, y_mass, rcond=None)[0]
    best = mse_loss(X_mass, y_mass, np.array(w_best), b_best)
    axes.axhline(best, color="0.6", linewidth=3, zorder=0, label="best linear model")
    axes.set(xlabel="step", ylabel="MSE (kg², with ½)", title="Body mass from flipper and bill length")
    axes.legend()

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **About 9.1 kg².** At the start the error of each penguin is its own mass. The mean of the squares is
# 18.3 kg², a little more than the square of the mean mass, 4.2 kg, since the masses differ. Half of it is
# 9.15 kg². If you were near 18, your guess has no ½.
#
# With $\eta = 0.5$ the loss reaches the gray line in about ten steps, with 0.1 it needs all 60. With 0.02 it
# is still more than ten times as high.
#
# </details>

# %% [markdown]
# ## 7. The sigmoid
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# It squeezes any number into the interval from 0 to 1, so that a neuron's output can be read as a
# probability. The result has the shape of `z`, which may be an array of any shape or a plain number. It must
# be safe: no overflow warning and no NaN for any finite $z$, not even for $z = \pm 1000$.
#
# **By hand.** Logarithms make $\sigma$ easy:
#
# | $z$ | $e^{-z}$ | $\sigma(z)$ |
# | :-- | :-- | :-- |
# | $0$ | $1$ | $\frac12$ |
# | $\log 3$ | $\frac13$ | $\frac34$ |
# | $-\log 3$ | $3$ | $\frac14$ |
#
# The last two values add up to 1. At $z = -1000$ the sigmoid is almost exactly 0, but $e^{-z} = e^{1000}$ is
# too large for a computer's number (at most about $e^{709}$). The result is small, but computing it this way
# overflows.


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
# This is the link that a sigmoid adds to the chain rule. It is largest at $z = 0$ and fades toward both
# sides: where it is nearly zero, a neuron learns slowly. It has the shape of `z` and must be as safe as σ
# itself.
#
# **By hand.** Measure the slope in the middle. With a calculator, $\sigma(0.1) \approx 0.52498$ and
# $\sigma(-0.1) \approx 0.47502$, so near $z = 0$ the slope is about $0.04996 / 0.2 = 0.2498$. Which simple
# fraction does your formula give at 0? And why must the slopes at $z$ and at $-z$ be equal?


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
# ### Experiment: where a neuron learns slowly
#
# Your $\sigma$ above, your $\sigma'$ below it. The circles are slopes measured on your $\sigma$, by its rise
# over a short distance; they do not use your formula for $\sigma'$, and must lie on the curve. In the gray
# parts $\sigma'$ is less than a tenth of its largest value.
#
# **Guess, then look.** In the gray parts a neuron learns slowly: its slope is small, and so are its steps.
# From which $|z|$ on is this so?
#
# - (a) From about 1.5, where $\sigma$ is 0.82.
# - (b) From about 3.6, where $\sigma$ is 0.97.
# - (c) From about 8, where $\sigma$ is 0.9997.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("asleep", None)

# %%
# Given: σ and its derivative, with your sigmoid and sigmoid_derivative
with checks.waiting_for("sigmoid", "sigmoid_derivative"):
    z, places, h = np.linspace(-8.2, 8.2, 401), np.linspace(-8, 8, 17), 1e-5
    outputs, slopes = sigmoid(z), sigmoid_derivative(z)
    measured = (sigmoid(places + h) - sigmoid(places - h)) / (2 * h)

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 5), sharex=True, layout="constrained")
    above.plot(z, outputs, color="black")
    above.set(ylabel="σ(z)", title="The sigmoid")
    below.plot(z, slopes, color="black", label="your sigmoid_derivative")
    circle = {"markerfacecolor": "white", "markeredgecolor": "black", "linestyle": "none"}
    below.plot(places, measured, "o", label="slope measured on your sigmoid", **circle)
    below.set(xlabel="z", ylabel="σ′(z)", title="Its derivative", xlim=(-8.2, 8.2), ylim=(None, 0.36))
    for axes in (above, below):
        asleep = slopes < slopes.max() / 10
        axes.fill_between(z, 0, 1, where=asleep, color="0.9", transform=axes.get_xaxis_transform(), zorder=0)
    below.legend(loc="upper center", ncols=2, fontsize="small")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(b).** The largest slope is ¼, at $z = 0$, and a tenth of it is 0.025. Far out the slope is nearly as
# small as the distance from $\sigma$ to 1, since both fall like $e^{-z}$. That distance is 0.025 at
# $z = 3.6$. At $z = 1.5$ more than half of the largest slope is left, at $z = 8$ about a thousandth.
#
# </details>

# %% [markdown]
# ## 9. One neuron
#
# $$\hat y = \sigma(Xw + b), \qquad L(w, b) = \frac{1}{2n} \sum_{i=1}^{n} (\hat y_i - y_i)^2$$
#
# The loss is again the MSE **with ½ and with the mean**; the chain has one more link than in exercise 6.
# Write down every link before you type, $w \to z \to \hat y \to L$. The shapes are those of exercise 6.
#
# **By hand.** Let $w = (\log 3, \log 3)$ and $b = \log 3$, so that $z = (x_1 + x_2 + 1) \log 3$:
#
# | example | $z$ | $\sigma(z)$ | label | error |
# | :-- | :-- | :-- | :-- | :-- |
# | $(1, -2)$ | $0$ | $\frac12$ | 1 | $-\frac12$ |
# | $(2, -2)$ | $\log 3$ | $\frac34$ | 0 | $\frac34$ |
# | $(-3, 1)$ | $-\log 3$ | $\frac14$ | 1 | $-\frac34$ |
#
# The loss is $\frac16 (\frac14 + \frac{9}{16} + \frac{9}{16}) = \frac{11}{48}$. Now compute the gradient on
# paper, with your own formula: it is $\frac{37}{192}$ and $-\frac{11}{192}$ for the weights and
# $-\frac{1}{24}$ for the bias. Why do the second and the third example cancel in the derivative for the bias?


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
    ### BEGIN SOLUTION
    z = predict(X, w, b)
    delta = (sigmoid(z) - y) * sigmoid_derivative(z) / len(y)
    return X.T @ delta, delta.sum()
    ### END SOLUTION


# %% [markdown]
# ### Experiment: Adelie or Gentoo?
#
# The same descent trains a neuron that tells two species apart. Its start is wrong on purpose: the line where
# it says ½ runs lengthwise through both species. On the left the learning curve, on the right the penguins
# and that line, at the start and after 3, 10 and 100 steps.
#
# **Guess, then look.** After some steps the line lies between the species. What does the length of $w$ do
# from there on?
#
# - (a) It shrinks: near the minimum the gradient gets short, and $w$ with it.
# - (b) It stays: the line has found its place, and nothing is left to gain.
# - (c) It grows: the outputs can still come closer to 0 and 1.

# %%
# Your guess: write "a", "b" or "c" in the place of None
checks.guess("length_of_w", None)

# %%
# Given: gradient descent on the penguins' species, with your sigmoid and neuron_gradient
with checks.waiting_for("predict", "sigmoid", "neuron_gradient"):
    w, b, curve, moments = np.array([-0.5, 0.5]), 0.0, [], []
    for _ in range(101):
        output = sigmoid(predict(X_species, w, b))
        curve.append(((output - y_species) ** 2).sum() / (2 * len(y_species)))
        moments.append((w, b))
        dw, db = neuron_gradient(X_species, y_species, w, b)
        w, b = w - 1.0 * dw, b - 1.0 * db

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    left.plot(curve, color="black")
    left.set(xlabel="step", ylabel="MSE (with ½)", title="Learning curve, η = 1", ylim=(0, None))
    for species, marker, fill in [("Adelie", "o", "none"), ("Gentoo", "s", "0.75")]:
        chosen = X_species[y_species == (species == "Gentoo")]
        look = {"marker": marker, "facecolors": fill, "edgecolors": "0.5", "s": 20, "linewidths": 0.8}
        right.scatter(*chosen.T, label=species, **look)
    flipper, bill = np.meshgrid(np.linspace(-2.5, 3.5, 101), np.linspace(-2.5, 3.5, 101))
    points = np.column_stack([flipper.ravel(), bill.ravel()])
    for step, style in [(0, ":"), (3, "-."), (10, "--"), (100, "-")]:
        w, b = moments[step]
        certainty = np.reshape(sigmoid(predict(points, w, b)), flipper.shape)
        right.contour(flipper, bill, certainty, levels=[0.5], colors="black", linestyles=style)
        left.plot(step, curve[step], "o", color="black")
        length = np.linalg.norm(w)
        left.plot([], [], style, color="black", label=f"the line after {step} steps, w is {length:.2f} long")
    right.set(
        xlabel="flipper length (standardized)",
        ylabel="bill length (standardized)",
        title="Two species, and where ŷ = ½",
    )
    left.legend(loc="upper right", fontsize="small")
    right.legend(loc="upper left", fontsize="small")

# %% [markdown]
# <details><summary>Debrief: open after you have looked</summary>
#
# **(c).** After 10 steps $w$ is 1.08 long, after 100 steps 2.28. A longer $w$ makes $\sigma$ steeper at the
# line, so the outputs on either side come closer to 0 and 1. The loss falls from 0.043 to 0.012, though only
# 6 more of the 274 penguins are on the right side. A short gradient means short steps, not a short $w$.
#
# The line does not jump to its place. It turns toward it, fast at first, and more and more slowly.
#
# </details>

# %% [markdown]
# ## Before you hand in
#
# Save the notebook, restart the kernel, and run all cells from the top. Then hand in this one file,
# `derivatives.ipynb`: the data and the folder `checks` stay here.

# %%
# Given: how many exercises are right as far as can be seen here
checks.summary()
