"""How homework `gradient_descent` is judged."""

import numpy as np

from autograder import probes
from autograder.homework import Curve, Exercise, GradientDescent, Homework, Values
from autograder.judging import experiments
from autograder.kit import penguins
from symbolic_checks import lecture
from symbolic_checks.reference import gradient, maximiser, minimiser, value

LINEAR = penguins.load_body_mass(verbose=False)
mse_loss = value(lecture.MSE)
mse_gradient = gradient(lecture.MSE, "w", "b")


def direction_exercise(name: str, slide: str, *, uphill: bool) -> Exercise:
    """Up and down differ in which end of the Lagrange problem is taken."""
    reference = (maximiser if uphill else minimiser)(lecture.STEEPEST_DIRECTION)
    return Exercise(
        function=name,
        slide=slide,
        points={"value": 2, "edges": 1, "form": 1, "curve": 1},
        rule=Values(
            reference=reference,
            probes=probes.gradients(),
            edges=(
                probes.fixed("a gradient of zero", np.zeros(3)),
                probes.tiny_gradient(),
                probes.gradients([1])[0],
                probes.fixed("an integer gradient", np.array([3, -4, 12])),
            ),
            curve=Curve(
                experiments.follow_direction(mse_loss, mse_gradient, *LINEAR, step=0.15, uphill=uphill),
                "Steps of equal length on the penguins' body mass, along your direction",
            ),
        ),
        example=(np.array([2.0, -1.0, 2.0]),),
        hint="How long is a direction, and does it point up or down?",
    )


HOMEWORK = Homework(
    name="gradient_descent",
    title="Which way is down, and how far to step",
    exercises=(
        direction_exercise("steepest_ascent_direction", "Direction of steepest ascent", uphill=True),
        direction_exercise("steepest_descent_direction", "Direction of steepest descent", uphill=False),
        Exercise(
            function="gradient_descent",
            slide="The gradient descent algorithm",
            points={"iterates": 3, "schedule": 1, "edges": 1, "form": 1, "curve": 1},
            rule=GradientDescent("Gradient descent in a long valley"),
            hint="How many rows has the result, and which vector is the first?",
        ),
    ),
)
