"""How homework `gradient_descent` is judged."""

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Guess,
    Homework,
    Misconception,
    Valley,
    WrittenAnswer,
    change,
    constant_factors,
    experiments,
    gradient,
    maximiser,
    minimiser,
    mistakes,
    probes,
    rules,
    slope,
    value,
)

from ..data import penguins

LINEAR = penguins.load_body_mass(verbose=False)
NEURON = penguins.load_species(verbose=False)
mse_loss = value("lecture.MSE")
mse_gradient = gradient("lecture.MSE", "w", "b")
neuron_output = value("lecture.NEURON_OUTPUT")
neuron_gradient = gradient("lecture.NEURON", "w", "b")

VALLEY = Valley(np.array([[1.0, 0.4], [0.4, 0.3]]), np.array([1.0, -2.0]))
START = np.array([-1.0, 1.5])

# Worked examples: no two numbers alike, lengths that are easy to take.
G = np.array([2.0, -1.0, 2.0])
DIRECTIONS = (3, 5, 2)


# Short vectors, on which it shows what is done to a length so that nothing is divided by zero.
SHORT = (1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13, 1e-15)


def any_predictions(n):
    """Predictions of any size, some of them exactly ½, 0 or 1, and labels."""

    def y_hat(random):
        return np.where(random.random(n) < 0.3, random.choice([0.0, 0.5, 1.0], n), random.uniform(-2, 3, n))

    return y_hat, lambda random: random.integers(0, 2, n).astype(float)


def cross_entropy(bound, y_hat, y):
    """With predictions that are kept away from 0 and 1."""
    p = np.clip(y_hat, bound, 1 - bound)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# For instructors: why the sign is what it is, and the same result without a multiplier.
UPHILL = (
    r"The constraint leaves two signs of $\mu$. The objective is $2\mu$, so it is largest where $\mu > 0$. "
    r"Without Lagrange, by Cauchy-Schwarz: $g^\top r \leq \Vert g \Vert \Vert r \Vert = \Vert g \Vert$, "
    r"and the two sides are equal only where r points along g."
)
DOWNHILL = (
    r"The other sign of $\mu$: the objective $2\mu$ is smallest where $\mu < 0$. Cauchy-Schwarz says the "
    r"same: $g^\top r \geq - \Vert g \Vert$, and the two sides are equal only where r points against g."
)


DOWNHILL_POINTS = {"value": 1, "edges": 0.5, "form": 0.5, "curve": 1}


def direction_exercise(name: str, slide: str, *, uphill: bool) -> Exercise:
    """Up and down differ in which end of the Lagrange problem is taken."""
    reference = (maximiser if uphill else minimiser)("lecture.STEEPEST_DIRECTION")
    sign = 1 if uphill else -1
    return Exercise(
        function=name,
        slide=slide,
        note=UPHILL if uphill else DOWNHILL,
        # downhill is uphill with another sign
        points={"value": 2, "edges": 1, "form": 1, "curve": 1} if uphill else DOWNHILL_POINTS,
        rule=rules.Values(
            reference=reference,
            probes=probes.gradients(DIRECTIONS),
            edges=(
                probes.fixed("a gradient of zero", np.zeros(3)),
                probes.tiny_gradient(),
                probes.gradients([1])[0],
                probes.fixed("an integer gradient", np.array([3, -4, 12])),
            ),
            misconceptions=(
                Misconception("not_normalised", "It has the length of the gradient.", lambda g: sign * g),
                Misconception(
                    "squared_length",
                    "It is divided by the square of the gradient's length.",
                    lambda g: sign * g / (g @ g),
                ),
                Misconception(
                    "other_norm",
                    "It is divided by the sum of the absolute values, which is not the length ‖∇L‖.",
                    lambda g: sign * g / np.abs(g).sum(),
                ),
                Misconception(
                    "largest_component",
                    "It is divided by the largest component, which is not the length ‖∇L‖.",
                    lambda g: sign * g / np.abs(g).max(),
                ),
                Misconception(
                    "divided_by_dimension",
                    "It is divided by the number of components, which is not the gradient's length.",
                    lambda g: sign * g / len(g),
                ),
                Misconception(
                    "standardised",
                    "It has mean 0 and standard deviation 1: a direction has length 1.",
                    lambda g: sign * (g - g.mean()) / g.std(),
                ),
                Misconception(
                    "softmax",
                    "That is a softmax: divide by the length instead.",
                    lambda g: sign * np.exp(g) / np.exp(g).sum(),
                ),
                Misconception(
                    "other_way",
                    "It points the other way: does the loss rise or fall along it?",
                    lambda g: -reference(g),
                ),
            ),
            special=mistakes.lengths(lambda g, length: sign * g / length, lambda g: g),
            again=tuple(probes.drawn(f"a gradient of {size:g}", probes.vector(3, size)) for size in SHORT),
            curve=Curve(
                experiments.follow_direction(mse_loss, mse_gradient, *LINEAR, step=0.15, uphill=uphill),
                "Steps of equal length on the penguins' body mass, along your direction",
            ),
        ),
        example=(G,),
        hint="How long is a direction, and does it point up or down?",
        operation="Divide all components by one and the same number.",
    )


WHY_STEEPEST = WrittenAnswer(
    name="why_steepest",
    slide="Which direction maximizes change?",
    points=3,
    criteria=(
        "1 point: the rate along r is ∇Lᵀr, and Cauchy-Schwarz bounds it by ‖∇L‖ ‖r‖ = ‖∇L‖.",
        "1 point: r = ∇L/‖∇L‖ reaches this bound, so nothing is larger.",
        "1 point: without ‖r‖ = 1 a longer r has a larger rate; the opposite of r has the least, −‖∇L‖.",
    ),
    answer=(
        r"Let $\Vert r \Vert = 1$. By Cauchy-Schwarz "
        r"$\nabla L^\top r \le \Vert \nabla L \Vert \, \Vert r \Vert = \Vert \nabla L \Vert$. "
        r"For $r = \nabla L / \Vert \nabla L \Vert$ the rate is "
        r"$\nabla L^\top \nabla L / \Vert \nabla L \Vert = \Vert \nabla L \Vert$: the bound is reached. "
        r"The length matters, since twice $r$ has twice the rate. The same inequality says "
        r"$\nabla L^\top r \ge - \Vert \nabla L \Vert$. The opposite direction reaches that: it is the "
        r"steepest way down."
    ),
)

HOMEWORK = Homework(
    name="gradient_descent",
    title="Which way is down, and how far to step",
    data=("penguins.csv", "penguins.py", "losses.py"),
    guess_points=2,
    guesses=(
        Guess(
            "off_by_25",
            right="a",
            why=(
                r"The rate goes with the cosine of the angle, and $\cos 25° \approx 0.91$: a cosine is flat "
                "at its ends."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "error_of_a_promise",
            right="c",
            why=(
                r"The error is $\frac12 \eta^2 \kappa \Vert \nabla L \Vert^2$ on a parabola: it goes with "
                r"the square of $\eta$."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "to_and_fro",
            right="a",
            why=(
                r"A step multiplies the distance to the minimum by $1 - \eta \kappa$. That is negative only "
                r"across the valley, where the curvature $\kappa$ is large."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "a_large_rate",
            right="b",
            why=(
                "Only the direction of largest curvature has a factor beyond $-1$, namely $-1.02$. At first "
                "the fall in all other directions hides it."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "equal_steps",
            right="c",
            why=(
                "Steps of a fixed length do not get shorter near the minimum, so the walk jumps over it "
                "again and again."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "zero_one_descent",
            right="a",
            why=(
                "The 0-1 loss is constant between two stairs: its slope is 0 wherever it has one, and so is "
                "every step."
            ),
            choices=("a", "b", "c"),
        ),
    ),
    written=(WHY_STEEPEST,),
    exercises=(
        Exercise(
            function="directional_derivative",
            slide="How fast does L change if we step in a direction?",
            points={"value": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=rules.Values(
                reference=slope("lecture.DIRECTIONAL_DERIVATIVE"),
                probes=tuple(
                    probes.drawn(f"{d} parameters", probes.vector(d), probes.vector(d, 1.5))
                    for d in DIRECTIONS
                ),
                edges=(
                    probes.drawn("a gradient of zero", probes.given(np.zeros(3)), probes.vector(3)),
                    probes.drawn("a direction of length 1e-20", probes.vector(3), probes.vector(3, 1e-20)),
                    probes.drawn("one parameter", probes.vector(1), probes.vector(1, 2.0)),
                    probes.drawn("integer arrays", probes.whole_array(4), probes.whole_array(4)),
                ),
                refused=(
                    probes.drawn("the zero direction", probes.vector(3), probes.given(np.zeros(3))),
                    probes.fixed("the zero direction, in integers", np.array([1, 2]), np.zeros(2, int)),
                ),
                misconceptions=(
                    Misconception(
                        "not_normalised",
                        "It grows with the length of the direction, which should not matter.",
                        lambda g, r: g @ r,
                    ),
                    Misconception(
                        "squared_length",
                        "It is divided by the square of the direction's length.",
                        lambda g, r: g @ r / (r @ r),
                    ),
                    Misconception(
                        "cosine",
                        "That is the cosine of the angle: the length of the gradient counts too.",
                        lambda g, r: g @ r / np.linalg.norm(g) / np.linalg.norm(r),
                    ),
                    Misconception(
                        "gradient_normalised",
                        "It is divided by the gradient's length: divide by the direction's length.",
                        lambda g, r: g @ r / np.linalg.norm(g),
                    ),
                    Misconception(
                        "largest_component",
                        "It is divided by the largest component, which is not the length ‖r‖.",
                        lambda g, r: g @ r / np.abs(r).max(),
                    ),
                    Misconception(
                        "angle",
                        "That is the angle between gradient and direction, in degrees.",
                        lambda g, r: np.degrees(np.arccos(g @ r / np.linalg.norm(g) / np.linalg.norm(r))),
                    ),
                ),
                special=mistakes.lengths(lambda g, r, length: g @ r / length, lambda g, r: r),
                again=tuple(
                    probes.drawn(f"a direction of {size:g}", probes.vector(3), probes.vector(3, size))
                    for size in SHORT
                ),
                curve=Curve(
                    experiments.step_along_random_directions(VALLEY.loss, VALLEY.gradient, START, lr=0.8),
                    "Steps in random directions, as long as your directional derivative says",
                ),
            ),
            example=(G, np.array([4.0, 4.0, 2.0])),
            credit=constant_factors(0.5),
            hint="Which part of the direction counts: its length, or only where it points?",
            operation="One dot product, divided by one length.",
        ),
        direction_exercise("steepest_ascent_direction", "Which direction maximizes change?", uphill=True),
        direction_exercise(
            "steepest_descent_direction", "Result & intuition: steepest up/down directions", uphill=False
        ),
        Exercise(
            function="minimum_norm_solution",
            slide="Linear-algebra",
            points={"value": 3, "edges": 1.5, "form": 0.5, "curve": 1},
            rule=rules.Values(
                reference=minimiser("lecture.MINIMUM_NORM"),
                probes=tuple(
                    probes.drawn(f"{d} unknowns", probes.vector(d), probes.number(low, high))
                    for d, low, high in ((3, 0.5, 2.0), (5, -2.0, -0.5), (2, 2.0, 3.0))
                ),
                edges=(
                    probes.drawn("c = 0", probes.vector(3), probes.given(0.0)),
                    probes.drawn("a of length 1e-20", probes.vector(3, 1e-20), probes.number(1, 2)),
                    probes.drawn("one unknown", probes.vector(1), probes.number(1, 2)),
                    probes.drawn("integers", probes.whole_array(4), probes.whole_number(2, 5)),
                ),
                refused=(
                    probes.drawn("a = 0", probes.given(np.zeros(3)), probes.number(1, 2)),
                    probes.fixed("a = 0 and c = 0", np.zeros(2), 0.0),
                ),
                misconceptions=(
                    Misconception(
                        "length_not_squared",
                        "It points the right way, but aᵀb is not c: multiply it out.",
                        lambda a, c: c * a / np.linalg.norm(a),
                    ),
                    Misconception(
                        "not_divided",
                        "It points the right way, but aᵀb is not c: how long is a?",
                        lambda a, c: c * a,
                    ),
                    Misconception("c_left_out", "aᵀb is 1; expected c.", lambda a, c: a / (a @ a)),
                    Misconception(
                        "elementwise",
                        "aᵀb is c, but there is a shorter vector: which way does the shortest one point?",
                        lambda a, c: c / a / len(a),
                    ),
                    Misconception(
                        "each_solves_alone",
                        "Each component alone gives c: aᵀb is c times the number of components.",
                        lambda a, c: c / a,
                    ),
                    Misconception(
                        "largest_component",
                        "It points the right way, but the largest component is not the length ‖a‖.",
                        lambda a, c: c * a / np.abs(a).max() ** 2,
                    ),
                    Misconception(
                        "factor_upside_down",
                        "The factor in front of a is upside down.",
                        lambda a, c: a * (a @ a) / c,
                    ),
                ),
                special=(
                    *mistakes.lengths(lambda a, c, length: c * a / length**2, lambda a, c: a),
                    *mistakes.with_any(
                        "epsilon_in_length",
                        "A small number is added to the length: that changes short vectors.",
                        lambda e, a, c: c * a / (a @ a + e),
                        mistakes.SMALL,
                    ),
                    *mistakes.with_any(
                        "floor_under_length",
                        "Short vectors are treated as longer ones: only the zero vector is a special case.",
                        lambda e, a, c: c * a / max(a @ a, e),
                        mistakes.SMALL,
                    ),
                ),
                again=tuple(
                    probes.drawn(f"a of {size:g}", probes.vector(3, size), probes.number(1, 2))
                    for size in SHORT
                ),
                curve=Curve(
                    experiments.meet_one_example_after_another(*LINEAR),
                    "One penguin after another: your shortest step to where its error is gone",
                ),
            ),
            example=(G, -3.0),
            hint="Which way does the shortest b point, and how far must it go until aᵀb is c?",
            operation="A multiple of a: one number in front, in which the length of a counts twice.",
        ),
        Exercise(
            function="predicted_change",
            slide="The update rule (first-order guarantee)",
            note=(
                r"This is Taylor's first order. It promises a decrease only for small $\eta$: the next term "
                r"grows with $\eta^2$."
            ),
            points={"value": 2, "edges": 0.5, "form": 0.5, "curve": 1},
            rule=rules.Values(
                reference=change("lecture.FIRST_ORDER_CHANGE"),
                probes=tuple(
                    probes.drawn(f"{d} parameters", probes.vector(d), probes.number(0.05, 0.6))
                    for d in DIRECTIONS
                ),
                edges=(
                    probes.drawn("a gradient of zero", probes.given(np.zeros(3)), probes.number(0.1, 0.6)),
                    probes.drawn("one parameter", probes.vector(1), probes.number(0.1, 0.6)),
                    probes.drawn("a learning rate above 1", probes.vector(3), probes.number(1.1, 1.9)),
                    probes.drawn("integers", probes.whole_array(4), probes.whole_number(1, 3)),
                ),
                misconceptions=(
                    Misconception(
                        "length_not_squared",
                        "The length of the gradient is used once: it counts in the step and in the slope.",
                        lambda g, lr: -lr * np.linalg.norm(g),
                    ),
                    Misconception(
                        "learning_rate_squared",
                        "The learning rate is multiplied in twice.",
                        lambda g, lr: -lr * lr * (g @ g),
                    ),
                    Misconception(
                        "learning_rate_missing", "The learning rate has no effect.", lambda g, lr: -(g @ g)
                    ),
                    Misconception(
                        "positive",
                        "It says that the loss rises: what is the sign of a fall?",
                        lambda g, lr: lr * (g @ g),
                    ),
                    Misconception(
                        "subtracted",
                        "The learning rate is subtracted: multiply by it.",
                        lambda g, lr: -lr - g @ g,
                    ),
                    Misconception(
                        "second_order",
                        "There is a term with η²: return the change to first order only.",
                        lambda g, lr: -lr * (g @ g) + lr**2 / 2 * (g @ g),
                    ),
                    Misconception(
                        "loss_of_one",
                        "That is what is left of a loss of 1: return only the change.",
                        lambda g, lr: 1 - lr * (g @ g),
                    ),
                ),
                curve=Curve(
                    experiments.predict_losses(VALLEY.loss, VALLEY.gradient, START, lr=0.4),
                    "The loss that you predict for each step of gradient descent",
                ),
            ),
            example=(G, 0.5),
            hint="The step is −η∇L, and the loss changes by ∇Lᵀ times the step: what comes out?",
            operation="A sum of squares, times one number.",
        ),
        Exercise(
            function="gradient_step",
            slide="From direction to a practical step",
            points={"value": 1, "edges": 0.5, "form": 1, "curve": 0.5},
            rule=rules.Values(
                reference=value("lecture.GRADIENT_STEP"),
                probes=tuple(
                    probes.drawn(
                        f"{d} parameters", probes.vector(d), probes.vector(d), probes.number(0.05, 0.6)
                    )
                    for d in DIRECTIONS
                ),
                edges=(
                    probes.drawn("one parameter", probes.vector(1), probes.vector(1), probes.number(0.1, 1)),
                    probes.drawn(
                        "a learning rate above 1", probes.vector(3), probes.vector(3), probes.number(1.1, 1.9)
                    ),
                    probes.drawn(
                        "integers", probes.whole_array(4), probes.whole_array(4), probes.number(0.1, 0.6)
                    ),
                    probes.drawn(
                        "a gradient of zero",
                        probes.vector(3),
                        probes.given(np.zeros(3)),
                        probes.number(0.1, 0.6),
                    ),
                ),
                misconceptions=(
                    Misconception(
                        "ascent", "It climbs: the step goes along the gradient.", lambda v, g, lr: v + lr * g
                    ),
                    Misconception(
                        "only_the_step",
                        "That is the step alone: where does it lead to?",
                        lambda v, g, lr: -lr * g,
                    ),
                    Misconception(
                        "learning_rate_missing", "The learning rate has no effect.", lambda v, g, lr: v - g
                    ),
                    Misconception(
                        "normalised",
                        "The step has length η; expected η times the gradient's length.",
                        lambda v, g, lr: v - lr * g / np.linalg.norm(g),
                    ),
                    Misconception(
                        "ascent_without_learning_rate",
                        "It climbs, and the learning rate has no effect.",
                        lambda v, g, lr: v + g,
                    ),
                    Misconception(
                        "multiplied",
                        "The step is multiplied by v: leave v out of the step.",
                        lambda v, g, lr: v * (1 - lr * g),
                    ),
                    Misconception(
                        "a_step_for_each_component",
                        "It takes as many steps as there are components: NumPy changes all of them at once.",
                        lambda v, g, lr: v - len(g) * lr * g,
                    ),
                    Misconception(
                        "predicted_change",
                        "The change of the loss, one number, is added to all components of v.",
                        lambda v, g, lr: v - lr * (g @ g),
                    ),
                    Misconception(
                        "weight_decay",
                        "The weights also decay by 0.01 of themselves: use only the gradient.",
                        lambda v, g, lr: v - lr * (g + 0.01 * v),
                    ),
                ),
                curve=Curve(
                    experiments.step(VALLEY.loss, VALLEY.gradient, START, lr=0.6),
                    "Gradient descent in a long valley, step by step",
                ),
            ),
            example=(np.array([1.0, 3.0, -2.0]), G, 0.5),
            hint="Where does the step begin, and does it go with the gradient or against it?",
            operation="Two vectors of one shape, element by element; a new vector comes out.",
        ),
        Exercise(
            function="gradient_descent",
            slide="Gradient descent",
            points={"iterates": 3, "schedule": 1, "edges": 1, "form": 1, "curve": 1},
            rule=rules.GradientDescent("Gradient descent in a long valley"),
            hint="How many rows does the result have, and which vector is the first?",
            operation=(
                "Begin a list with a copy of v0, append a new vector in every step, and stack the list in "
                "the end."
            ),
        ),
        Exercise(
            function="zero_one_loss",
            slide="Loss function optimization",
            points={"value": 2, "edges": 1, "form": 0.5, "curve": 0.5},
            rule=rules.Values(
                reference=value("lecture.ZERO_ONE_LOSS"),
                probes=probes.predictions(7, 10, 13, 16, 9, 21, 12),
                edges=(
                    probes.fixed(
                        "predictions of exactly ½", np.array([0.5, 0.5, 0.25, 0.5]), np.array([1.0, 1, 0, 0])
                    ),
                    probes.fixed(
                        "predictions near ½",
                        np.array([0.49, 0.51, 0.45, 0.52, 0.48]),
                        np.array([0.0, 1, 0, 1, 0]),
                    ),
                    probes.fixed(
                        "predictions next to ½",
                        np.array([0.5 - 1e-12, 0.5 + 1e-12, 0.5 - 1e-7, 0.5 + 1e-7]),
                        np.array([0.0, 1, 0, 1]),
                    ),
                    probes.fixed(
                        "predictions below 0 and above 1.5", np.array([-0.8, 1.7, 0.9]), np.array([1.0, 1, 0])
                    ),
                    probes.fixed("one example", np.array([0.8]), np.array([0.0])),
                    probes.fixed("no mistake at all", np.array([0.8, 0.3]), np.array([1.0, 0.0])),
                    probes.fixed("integer arrays", np.array([0, 1, 1, 0, 1]), np.array([1, 1, 0, 0, 1])),
                ),
                misconceptions=(
                    Misconception(
                        "not_thresholded",
                        "The predictions themselves are compared with the labels: what does each mean?",
                        lambda y_hat, y: np.mean(y_hat != y),
                    ),
                    Misconception(
                        "only_ones_that_are_zeros",
                        "Only zeros that are taken for ones count: ones taken for zeros are mistakes too.",
                        lambda y_hat, y: np.mean((y_hat >= 0.5) & (y == 0)),
                    ),
                    Misconception(
                        "only_zeros_that_are_ones",
                        "Only ones that are taken for zeros count: zeros taken for ones are mistakes too.",
                        lambda y_hat, y: np.mean((y_hat < 0.5) & (y == 1)),
                    ),
                    Misconception(
                        "difference_of_shares",
                        "The shares of ones are compared: two mistakes can cancel each other there.",
                        lambda y_hat, y: abs(np.mean(y_hat >= 0.5) - np.mean(y)),
                    ),
                    Misconception(
                        "mean_for_threshold",
                        "The threshold is the mean of the predictions: it is ½.",
                        lambda y_hat, y: np.mean((y_hat >= np.mean(y_hat)) != y),
                    ),
                    Misconception(
                        "median_for_threshold",
                        "The threshold is the median of the predictions: it is ½.",
                        lambda y_hat, y: np.mean((y_hat >= np.median(y_hat)) != y),
                    ),
                    Misconception(
                        "digits_cut_off",
                        "The digits of the predictions are cut off: from ½ on they mean 1.",
                        lambda y_hat, y: np.mean(np.trunc(y_hat) != y),
                    ),
                    Misconception(
                        "accuracy",
                        "That is the share of right ones: a loss counts the wrong ones.",
                        lambda y_hat, y: np.mean((y_hat >= 0.5) == y),
                    ),
                    Misconception(
                        "counted",
                        "That is the number of wrong ones: return their share.",
                        lambda y_hat, y: np.sum((y_hat >= 0.5) != y),
                    ),
                    Misconception(
                        "absolute_error",
                        "That is the mean distance from the label: only the side of ½ counts.",
                        lambda y_hat, y: np.mean(abs(y_hat - y)),
                    ),
                    Misconception(
                        "squared_error",
                        "That is a squared error: only the side of ½ counts.",
                        lambda y_hat, y: np.mean((y_hat - y) ** 2),
                    ),
                    Misconception(
                        "predictions_of_two_signs",
                        "The predicted labels are −1 and 1: y has 0 and 1.",
                        lambda y_hat, y: np.mean(np.where(y_hat >= 0.5, 1, -1) != y),
                    ),
                    Misconception(
                        "share_of_the_positives",
                        "It is divided by the number of ones in y: all examples count.",
                        lambda y_hat, y: np.sum((y_hat >= 0.5) != y) / np.sum(y),
                    ),
                    Misconception(
                        "cross_entropy",
                        "That is the cross-entropy: only the side of ½ counts.",
                        lambda y_hat, y: -np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)),
                    ),
                    Misconception(
                        "hinge",
                        "That is a hinge loss: only the side of ½ counts.",
                        lambda y_hat, y: np.mean(np.maximum(0, 1 - (2 * y - 1) * (2 * y_hat - 1))),
                    ),
                    Misconception(
                        "root_of_the_count",
                        "That is the root of the number of wrong ones: return their share.",
                        lambda y_hat, y: np.sqrt(np.sum((y_hat >= 0.5) != y)),
                    ),
                ),
                special=(
                    Misconception(
                        "predictions_of_two_signs",
                        "The predicted labels are −1 and 1: y has 0 and 1.",
                        lambda y_hat, y: np.mean(np.sign(y_hat - 0.5) != y),
                    ),
                    *mistakes.with_any(
                        "cross_entropy",
                        "That is the cross-entropy: only the side of ½ counts.",
                        cross_entropy,
                        (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6),
                    ),
                    Misconception(
                        "above_one_half",
                        "A prediction of exactly ½ means 1: look at > and ≥.",
                        lambda y_hat, y: np.mean((y_hat > 0.5) != y),
                    ),
                    Misconception(
                        "rounded_predictions",
                        "The predictions are rounded: ½ becomes 0, and 1.7 becomes 2. Compare with ½.",
                        lambda y_hat, y: np.mean(np.round(y_hat) != y),
                    ),
                    Misconception(
                        "rounded_predictions",
                        "The predictions are rounded: 1.7 becomes 2. Compare with ½.",
                        lambda y_hat, y: np.mean(np.floor(y_hat + 0.5) != y),
                    ),
                    Misconception(
                        "distance_from_label",
                        "The distance from the label is compared with ½: 1.7 is farther from 1, and means 1.",
                        lambda y_hat, y: np.mean(abs(y_hat - y) > 0.5),
                    ),
                    Misconception(
                        "distance_from_label",
                        "The distance from the label is compared with ½: 1.7 is farther from 1, and means 1.",
                        lambda y_hat, y: np.mean(abs(y_hat - y) >= 0.5),
                    ),
                    *mistakes.with_any(
                        "other_threshold",
                        "The threshold is another number than ½.",
                        lambda c, y_hat, y: np.mean((y_hat >= c) != y),
                        [k / 20 for k in range(-20, 41) if k != 10],
                    ),
                ),
                again=tuple(probes.drawn(f"{n} numbers", *any_predictions(n)) for n in (15, 24, 31)),
                curve=Curve(
                    experiments.count_mistakes(neuron_output, neuron_gradient, *NEURON, lr=0.3),
                    "A neuron that learns to tell Adelie from Gentoo, watched by your 0-1 loss",
                ),
            ),
            example=(np.array([0.9, 0.4, 0.2, 0.6, 0.7]), np.array([1.0, 1.0, 0.0, 0.0, 1.0])),
            hint="On which side of ½ is each prediction, and how many of them are on the wrong one?",
            operation="Two arrays of yes and no, compared element by element, and the mean of that.",
        ),
    ),
)
