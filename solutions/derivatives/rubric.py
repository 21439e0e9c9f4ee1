"""How homework `derivatives` is judged."""

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Guess,
    Homework,
    Misconception,
    constant_factors,
    experiments,
    gradient,
    mistakes,
    partial,
    probes,
    rules,
    value,
)

from ..data import penguins

LINEAR = penguins.load_body_mass(verbose=False)
NEURON = penguins.load_species(verbose=False)

predict = value("lecture.LINEAR_OUTPUT")
mse_loss = value("lecture.MSE")
mse_gradient = gradient("lecture.MSE", "w", "b")
sigmoid = value("lecture.SIGMOID")
sigmoid_derivative = partial("lecture.SIGMOID", "z")
neuron_loss = value("lecture.NEURON")
neuron_gradient = gradient("lecture.NEURON", "w", "b")
partials = [partial("lecture.SQUARED_ERROR", name) for name in ("w1", "w2", "b")]

# A worked example: three examples with two features, nothing zero, easy to follow by hand.
X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
y = np.array([2.0, -1.0, 0.5])
w, b = np.array([0.5, -1.5]), 0.25
ONE = (2.0, -1.0, 3.0, 0.5, 1.5, 0.25)

# One constant factor costs half of what a derivative is worth; so does measuring where deriving is asked for.
CREDIT = constant_factors(0.5) | {"difference_quotient": 0.5}


def huber(bound, X, y, w, b):
    """Errors beyond a bound count as much as they are large, no more."""
    r = np.abs(X @ w + b - y)
    return np.mean(np.where(r <= bound, r**2 / 2, bound * (r - bound / 2)))


def slopes(X, w, b, error, cut=None):
    """The gradient of the neuron with another error, or with an output that is cut off."""
    a = softly(X @ w + b)
    if cut is not None:
        a = cut(a)
        error = a + error
    delta = error * a * (1 - a)
    return delta @ X / len(X), delta.mean()


def softly(z):
    """The sigmoid."""
    return 0.5 * (1 + np.tanh(z / 2))


EXTREME = (
    probes.fixed("|z| up to 1000", np.array([-1000.0, -40.0, 0.0, 40.0, 1000.0])),
    probes.fixed("the number -1000", -1000.0),
    probes.fixed("the number 1000", 1000.0),
    probes.fixed("the largest and the smallest floats", np.array([-1.7e308, -1e200, 1e-300, 1e200, 1.7e308])),
    probes.fixed("|z| between 8 and 36", np.array([[[-36.0, -18.0, -11.0]], [[8.0, 12.5, 25.0]]])),
)
WHOLE = probes.fixed("an integer array", np.array([-3, -1, 0, 2]))


def squared_error_exercise(k: int, name: str, symbol: str, slide: str) -> Exercise:
    """∂L/∂w₁, ∂L/∂w₂ and ∂L/∂b of one example differ in what they are taken by."""
    return Exercise(
        function=name,
        slide=slide,
        points={"value": 2, "edges": 0.5, "form": 0.5, "curve": 1},
        rule=rules.Values(
            reference=partials[k],
            probes=probes.one_example(),
            derived=True,
            edges=(probes.whole_numbers(6),),
            curve=Curve(
                experiments.step_by_example(mse_loss, partials, k, *LINEAR, lr=0.05),
                f"SGD on the penguins' body mass with your ∂L/∂{symbol}",
            ),
        ),
        example=ONE,
        credit=CREDIT,
        gradient_of=("losses.squared_error", (3 + k,)),
        hint=f"Which factors of the chain rule stand between L and {symbol}?",
        operation=(
            "The slope of the square, at the error, times the slope of the prediction along this one number."
        ),
        reveal="difference",
    )


HOMEWORK = Homework(
    name="derivatives",
    title="The derivatives behind gradient descent",
    data=("penguins.csv", "penguins.py", "losses.py"),
    guess_points=2,
    guesses=(
        Guess(
            "steeper_line",
            right="c",
            why=(
                r"The slope of $\partial L/\partial w_1$ is $2 x_1^2$: the feature counts once in the error, "
                "and once more in the chain rule."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "loss_at_zero",
            right=9.1,
            why=(
                r"The error of each penguin is its mass. Half of the mean square is $\frac12 \cdot 18.3$ "
                "kg²; without the ½ it would be 18.3."
            ),
            number=True,
            unit="kg²",
        ),
        Guess(
            "asleep",
            right="b",
            why=(
                r"A tenth of the largest slope is 0.025. Far out $\sigma(1 - \sigma)$ is close to "
                r"$1 - \sigma$, which is 0.025 at $z = 3.6$."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "length_of_w",
            right="c",
            why=(
                "The classes depend only on where the line lies. The MSE still falls while $w$ grows, as a "
                r"steeper $\sigma$ brings the outputs closer to the labels."
            ),
            choices=("a", "b", "c"),
        ),
    ),
    exercises=(
        Exercise(
            function="predict",
            slide="Gradient Descent for Linear Regression",
            points={"value": 1, "edges": 0.5, "form": 0.5, "curve": 1},
            rule=rules.Values(
                reference=predict,
                probes=probes.regression(targets=False),
                edges=(
                    *probes.regression([(1, 3), (4, 1)], targets=False),
                    probes.whole_regression(targets=False),
                ),
                misconceptions=(
                    Misconception(
                        "intercept_for_each_feature",
                        "b is added once for each feature: add it only once to each prediction.",
                        lambda X, w, b: X @ w + len(w) * b,
                    ),
                ),
                curve=Curve(
                    experiments.descend_with_predictions(mse_loss, *LINEAR, lr=0.5),
                    "Gradient descent on the penguins' body mass with your predictions",
                ),
            ),
            example=(X, w, b),
            hint="What shape does the product of X and w have, and what happens to b when it is added?",
            operation="Multiply every row of X with w and add up; then add b to all of them at once.",
        ),
        squared_error_exercise(0, "dL_dw1", "w₁", "Gradients of w1"),
        squared_error_exercise(1, "dL_dw2", "w₂", "Gradients of w2 and update rule"),
        squared_error_exercise(2, "dL_db", "b", "Gradients of b"),
        Exercise(
            function="mse_loss",
            slide="MSE Loss function",
            points={"value": 2, "edges": 0.5, "form": 0.5, "curve": 1},
            rule=rules.Values(
                reference=mse_loss,
                probes=probes.regression(),
                edges=(*probes.regression([(1, 3), (4, 1)]), probes.whole_regression()),
                misconceptions=(
                    Misconception(
                        "median",
                        "That is the median of the squares: take their mean.",
                        lambda X, y, w, b: np.median((X @ w + b - y) ** 2) / 2,
                    ),
                    Misconception(
                        "largest_error",
                        "Only the largest error is used: square all errors and average them.",
                        lambda X, y, w, b: np.max((X @ w + b - y) ** 2) / 2,
                    ),
                ),
                special=(
                    *mistakes.with_any(
                        "huber",
                        "Large errors are not squared: that is the Huber loss.",
                        huber,
                        (0.5, 1.0, 1.345, 1.5, 2.0),
                    ),
                    *mistakes.with_any(
                        "penalised",
                        "A penalty on the weights is added: use only the errors.",
                        lambda c, X, y, w, b: mse_loss(X, y, w, b) + c * (w @ w),
                        (*mistakes.SHARES, *(number / 2 for number in mistakes.SHARES)),
                    ),
                ),
                curve=Curve(
                    experiments.watch_losses(mse_gradient, *LINEAR, lr=0.5),
                    "Gradient descent on the penguins' body mass, watched by your loss",
                ),
            ),
            example=(X, y, w, b),
            hint="Is there a ½, and how many examples is the sum divided by?",
            operation="Square the errors one by one, add them up, and divide once.",
        ),
        Exercise(
            function="mse_gradient",
            slide="Gradient descent in neural networks",
            note=(
                r"For all w at once: $\frac{\partial L}{\partial w} = \frac{1}{n} X^\top (\hat{y} - y)$. "
                r"Row j of $X^\top$ holds feature j of every example, so the product is the sum over i."
            ),
            points={"dw": 3, "db": 1, "edges": 1, "form": 1, "curve": 2},
            rule=rules.Values(
                reference=mse_gradient,
                derived=True,
                probes=probes.regression(),
                edges=(*probes.regression([(1, 3), (4, 1), (1, 1)]), probes.whole_regression()),
                misconceptions=(
                    Misconception(
                        "mean_of_dw_for_db",
                        "db is the mean of dw: it must be the mean of the errors.",
                        lambda X, y, w, b: (mse_gradient(X, y, w, b)[0], mse_gradient(X, y, w, b)[0].mean()),
                    ),
                    Misconception(
                        "sum_of_dw_for_db",
                        "db is the sum of dw: it must be the mean of the errors.",
                        lambda X, y, w, b: (mse_gradient(X, y, w, b)[0], mse_gradient(X, y, w, b)[0].sum()),
                    ),
                ),
                curve=Curve(
                    experiments.descend(mse_loss, *LINEAR, lr=0.5),
                    "Gradient descent on the penguins' body mass with your gradient",
                ),
            ),
            example=(X, y, w, b),
            credit=CREDIT,
            gradient_of=("mse_loss", (2, 3)),
            hint="How does one prediction change with one weight, and how are the examples put together?",
            operation=(
                "For dw multiply each example's error into its row of X, and take the mean over the rows."
            ),
        ),
        Exercise(
            function="sigmoid",
            slide="Gradient of a sigmoidal neuron",
            points={"value": 1, "edges": 1, "form": 1, "curve": 1},
            rule=rules.Values(
                reference=sigmoid,
                probes=probes.elementwise(),
                edges=(*EXTREME, WHOLE, probes.fixed("a plain integer", 2)),
                misconceptions=(
                    Misconception(
                        "half_of_tanh",
                        "That is half of tanh, between −½ and ½: σ is between 0 and 1.",
                        lambda z: np.tanh(z / 2) / 2,
                    ),
                    Misconception(
                        "softsign",
                        "That is the softsign function, which has no e in it.",
                        lambda z: z / (1 + abs(z)),
                    ),
                    Misconception(
                        "softsign_between_0_and_1",
                        "That is the softsign function, which has no e in it.",
                        lambda z: 0.5 * (1 + z / (1 + abs(z))),
                    ),
                    Misconception(
                        "softplus", "That is softplus: σ is its slope.", lambda z: np.logaddexp(0, z)
                    ),
                    Misconception(
                        "exponential", "That is e^z or e^(−z), not σ itself.", lambda z: np.exp(-z)
                    ),
                ),
                special=mistakes.with_any(
                    "straight_line",
                    "That is a straight line that is cut off: σ is smooth.",
                    lambda c, z: np.clip(c * z + 0.5, 0, 1),
                    (0.25, 0.2, 1 / 6, 0.5, 1.0),
                )
                + mistakes.with_any(
                    "argument_cut_off",
                    "z, or σ itself, is held within bounds: right values lie beyond them. There are forms of "
                    "σ that never overflow.",
                    lambda c, z: softly(np.clip(z, -c, c)),
                    (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30),
                ),
                curve=Curve(
                    experiments.train_neuron(neuron_loss, sigmoid_derivative, *NEURON, lr=3.0, forward=True),
                    "A neuron that tells Adelie from Gentoo, with your σ",
                ),
                quiet=True,
            ),
            example=(np.array([-2.0, 0.5, 1.5]),),
            hint="For which z does e^(−z) overflow, and which other form of σ is safe there?",
            operation=(
                "Raise e to −|z|, which never overflows; both ways to write σ need no other power of e."
            ),
        ),
        Exercise(
            function="sigmoid_derivative",
            slide="Gradient of a sigmoidal neuron",
            note=(
                r"The first line is the quotient rule. The numerator 1 has the derivative 0, the denominator "
                r"$1 + e^{-z}$ has $-e^{-z}$, and the two minus signs cancel."
            ),
            points={"value": 3, "edges": 1, "form": 1, "curve": 1},
            rule=rules.Values(
                reference=sigmoid_derivative,
                derived=True,
                probes=probes.elementwise(),
                edges=(*EXTREME, WHOLE, probes.fixed("a plain integer", 2)),
                misconceptions=(
                    Misconception(
                        "denominator_not_squared",
                        "The denominator is not squared.",
                        lambda z: np.exp(-abs(z)) / (1 + np.exp(-abs(z))),
                    ),
                    Misconception(
                        "density",
                        "That is the density of a normal distribution, which looks alike.",
                        lambda z: np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi),
                    ),
                ),
                special=mistakes.with_any(
                    "argument_cut_off",
                    "z, σ or σ′ is held within bounds: right values lie beyond them. There are forms of σ "
                    "that never overflow.",
                    lambda c, z: softly(np.clip(z, -c, c)) * (1 - softly(np.clip(z, -c, c))),
                    (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15),
                ),
                curve=Curve(
                    experiments.train_neuron(neuron_loss, sigmoid, *NEURON, lr=3.0, forward=False),
                    "A neuron that tells Adelie from Gentoo, with your σ′",
                ),
                quiet=True,
            ),
            example=(np.array([-2.0, 0.5, 1.5]),),
            credit=CREDIT,
            gradient_of=("sigmoid", (0,)),
            hint="Can σ′ be written with σ itself?",
            operation=(
                "Two arrays of the shape of z, multiplied element by element; both can be had from σ(z)."
            ),
        ),
        Exercise(
            function="neuron_gradient",
            slide="Function composition",
            points={"dw": 3, "db": 1, "edges": 1, "form": 1, "curve": 2},
            rule=rules.Values(
                reference=neuron_gradient,
                derived=True,
                probes=probes.regression(labels=True),
                edges=(
                    *probes.regression([(1, 3), (4, 1), (1, 1)], labels=True),
                    probes.whole_regression(labels=True),
                    *(probes.saturated(each, 2) for each in probes.regression([(6, 3)], labels=True)),
                ),
                misconceptions=(
                    Misconception(
                        "classes_compared",
                        "The class, 0 or 1, is compared with the label: compare ŷ itself.",
                        lambda X, y, w, b: slopes(X, w, b, (softly(X @ w + b) > 0.5) - y),
                    ),
                ),
                special=mistakes.with_any(
                    "output_cut_off",
                    "The output is kept away from 0 and 1: do not cut σ off.",
                    lambda c, X, y, w, b: slopes(X, w, b, -y, lambda a: np.clip(a, c, 1 - c)),
                    (0.3, 0.2, 0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5, 1e-6),
                ),
                curve=Curve(
                    experiments.descend(neuron_loss, *NEURON, lr=3.0),
                    "A neuron that tells Adelie from Gentoo, with your gradient",
                ),
            ),
            example=(X, np.array([1.0, 0.0, 1.0]), w, b),
            credit=CREDIT,
            gradient_of=("losses.neuron_loss", (2, 3)),
            hint="Which link of the chain does the sigmoid add between ŷ and z?",
            operation=(
                "As for the linear model, with one more factor for each example, multiplied in before the "
                "rows are averaged."
            ),
        ),
    ),
)
