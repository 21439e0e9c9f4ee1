"""How homework `derivatives` is judged."""

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Homework,
    experiments,
    gradient,
    lecture,
    partial,
    probes,
    rules,
    value,
)

from ..data import penguins

LINEAR = penguins.load_body_mass(verbose=False)
NEURON = penguins.load_species(verbose=False)

predict = value(lecture.LINEAR_OUTPUT)
mse_loss = value(lecture.MSE)
mse_gradient = gradient(lecture.MSE, "w", "b")
sigmoid = value(lecture.SIGMOID)
sigmoid_derivative = partial(lecture.SIGMOID, "z")
neuron_loss = value(lecture.NEURON)
neuron_gradient = gradient(lecture.NEURON, "w", "b")
partials = [partial(lecture.SQUARED_ERROR, name) for name in ("w1", "w2", "b")]

# A worked example: three examples with two features, nothing zero, easy to follow by hand.
X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])
y = np.array([2.0, -1.0, 0.5])
w, b = np.array([0.5, -1.5]), 0.25
ONE = (2.0, -1.0, 3.0, 0.5, 1.5, 0.25)

EXTREME = (
    probes.fixed("|z| up to 1000", np.array([-1000.0, -40.0, 0.0, 40.0, 1000.0])),
    probes.fixed("the number -1000", -1000.0),
    probes.fixed("the number 1000", 1000.0),
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
            edges=(probes.whole_numbers(6),),
            curve=Curve(
                experiments.step_by_example(mse_loss, partials, k, *LINEAR, lr=0.05),
                f"SGD on the penguins' body mass with your ∂L/∂{symbol}",
            ),
        ),
        example=ONE,
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
                curve=Curve(
                    experiments.descend_with_predictions(mse_loss, *LINEAR, lr=0.5),
                    "Gradient descent on the penguins' body mass with your predictions",
                ),
            ),
            example=(X, w, b),
            hint="Which shape has the product of X and w, and what happens to b when it is added to it?",
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
            points={"dw": 3, "db": 1, "edges": 1, "form": 1, "curve": 2},
            rule=rules.Values(
                reference=mse_gradient,
                probes=probes.regression(),
                edges=(*probes.regression([(1, 3), (4, 1), (1, 1)]), probes.whole_regression()),
                curve=Curve(
                    experiments.descend(mse_loss, *LINEAR, lr=0.5),
                    "Gradient descent on the penguins' body mass with your gradient",
                ),
            ),
            example=(X, y, w, b),
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
            points={"value": 3, "edges": 1, "form": 1, "curve": 1},
            rule=rules.Values(
                reference=sigmoid_derivative,
                probes=probes.elementwise(),
                edges=(*EXTREME, WHOLE, probes.fixed("a plain integer", 2)),
                curve=Curve(
                    experiments.train_neuron(neuron_loss, sigmoid, *NEURON, lr=3.0, forward=False),
                    "A neuron that tells Adelie from Gentoo, with your σ′",
                ),
                quiet=True,
            ),
            example=(np.array([-2.0, 0.5, 1.5]),),
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
                probes=probes.regression(labels=True),
                edges=(
                    *probes.regression([(1, 3), (4, 1), (1, 1)], labels=True),
                    probes.whole_regression(labels=True),
                ),
                curve=Curve(
                    experiments.descend(neuron_loss, *NEURON, lr=3.0),
                    "A neuron that tells Adelie from Gentoo, with your gradient",
                ),
            ),
            example=(X, np.array([1.0, 0.0, 1.0]), w, b),
            gradient_of=("losses.neuron_loss", (2, 3)),
            hint="Which link of the chain does the sigmoid add between ŷ and z?",
            operation=(
                "As for the linear model, with one more factor for each example, multiplied in before the "
                "rows are averaged."
            ),
        ),
    ),
)
