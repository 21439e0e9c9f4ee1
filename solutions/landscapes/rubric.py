"""How homework `landscapes` is judged."""

import numpy as np

from autograder import (
    Curve,
    Exercise,
    Guess,
    Homework,
    Misconception,
    Valley,
    computed,
    function,
    probes,
    rate,
    rules,
    value,
)

from ..data import penguins

NEURON = penguins.load_species(verbose=False)
VALLEY = Valley(np.array([[1.0, 0.4], [0.4, 0.3]]), np.array([1.0, -2.0]))
START = np.array([-1.0, 1.5])
quotient = rate("lecture.QUOTIENT")
minimum = computed.minimum("lecture.MSE")
largest_rate = computed.largest_rate()
decayed = value("lecture.DECAYED_RATE")

# A worked example: three examples with two features, nothing zero, easy to follow by hand.
X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5], [0.0, 1.0]])
y = np.array([2.0, -1.0, 0.5, 3.0])


# ------------------------------------------------------------------------------- learning curves


def neuron_by_the_quotient_rule():
    """A neuron that learns, with σ = e^z/(1 + e^z) differentiated as a quotient."""
    features, labels = NEURON

    def loss(w, b):
        return float(np.mean((1 / (1 + np.exp(-(features @ w + b))) - labels) ** 2)) / 2

    w, b = np.zeros(2), 0.0
    losses = [loss(w, b)]
    for _ in range(20):
        z = features @ w + b
        power = np.exp(z)
        slope = yield power, 1 + power, power, power
        delta = (power / (1 + power) - labels) * slope
        w, b = w - 3.0 * (delta @ features) / len(labels), b - 3.0 * float(delta.mean())
        losses.append(loss(w, b))
    return losses


def descent_with_noise():
    """Gradient descent with a noisy gradient and a learning rate that decays."""
    random = np.random.default_rng(5)
    v, losses = START, [VALLEY.loss(START)]
    for t in range(40):
        step = yield t, 0.8, 0.2
        v = v - step * (VALLEY.gradient(v) + random.normal(size=2))
        losses.append(VALLEY.loss(v))
    return losses


# ------------------------------------------------------------------------------- minimum of the MSE


def regression_probe(n, d):
    """X and y of the linear model; X with a column of ones has full rank."""
    return probes.drawn(f"{n} examples of {d} features", probes.matrix(n, d), probes.vector(n, 2.0))


def with_a_copy(random):
    """A column twice."""
    columns = random.normal(size=(6, 2))
    return np.column_stack([columns, columns[:, 0]])


def with_a_sum(random):
    """Two columns of integers, and their sum: no two are alike."""
    columns = np.column_stack([[1, 2, 4, 8, 16, 3, 5], random.permutation(7)]).astype(float)
    return np.column_stack([columns, columns.sum(axis=1)])


def with_a_constant(random):
    """A column that is the same for all examples, as the column of ones is."""
    return np.column_stack([random.normal(size=6), np.full(6, 2.0)])


def whole_features(random):
    """Integers; with a column of ones they have full rank."""
    return np.column_stack([[1, 2, 4, 8, 16, 3], [2, 0, 1, -1, 3, random.integers(-9, -4)]])


def far_features(random):
    """Each far from 0, as years or grams are."""
    return random.normal(size=(7, 2)) + np.array([20.0, -30.0])


def small_features(random):
    """Their determinant is almost 0, and their rank is full."""
    return 0.01 * random.normal(size=(9, 4))


def fitted(X, y):
    """What least squares gives without a column of ones."""
    return np.linalg.lstsq(X, y, rcond=None)[0]


def one_by_one(X, y):
    """The slope of each feature as if it were the only one."""
    centered = X - X.mean(axis=0)
    return centered.T @ (y - y.mean()) / (centered**2).sum(axis=0)


# ------------------------------------------------------------------------------- critical points


def critical_point(hessian):
    """The kind of a critical point, from the eigenvalues of the Hessian there."""
    eigenvalues = np.linalg.eigvalsh(np.asarray(hessian, float))
    room = 1e-12 * np.abs(eigenvalues).max()
    up, down = bool(np.any(eigenvalues > room)), bool(np.any(eigenvalues < -room))
    if up and down:
        return "saddle"
    if np.any(np.abs(eigenvalues) <= room):
        return "degenerate"
    return "minimum" if up else "maximum"


def hessian_of(*signs, scale=1.0):
    """A symmetric matrix with eigenvalues of these signs, turned at random."""

    def draw(random):
        sizes = random.uniform(0.5, 2.0, len(signs)) * scale
        Q, _ = np.linalg.qr(random.normal(size=(len(signs), len(signs))))
        H = Q @ np.diag(sizes * signs) @ Q.T
        return (H + H.T) / 2

    return draw


def flat_hessian(*signs):
    """The same, with one more direction in which the curvature is exactly 0: no rounding hides it."""

    def draw(random):
        sizes = random.integers(1, 4, len(signs)) * np.array(signs)
        V = random.choice([-1, 1], size=(len(signs) + 1, len(signs))) * np.tri(len(signs) + 1, len(signs))
        return (V * sizes) @ V.T.astype(float)

    return draw


def along_an_axis(random):
    """A saddle that the diagonal shows."""
    return np.diag(random.uniform(0.5, 2.0, 3) * [1, -1, 1]) + 0.1


def between_the_axes(random):
    """A saddle that the diagonal does not show: along each axis it is a bowl."""
    across = random.uniform(2.5, 3.5)
    return np.array([[random.uniform(1.0, 2.0), across], [across, random.uniform(1.0, 2.0)]])


def almost_round(random):
    """Two large eigenvalues that are nearly equal: repeated products find the larger one late.

    Both eigenvectors have a good share of (1, 1, 1) and of each axis, from which such products start.
    """
    turn = np.radians(random.uniform(20, 38))
    ones, other, third = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]]) / np.sqrt([[3], [2], [6]])
    first = np.cos(turn) * ones + np.sin(turn) * other
    second = np.cos(turn) * other - np.sin(turn) * ones
    H = 2.0 * np.outer(first, first) + 1.9998 * np.outer(second, second) + 0.5 * np.outer(third, third)
    return (H + H.T) / 2


def steepest_across(random):
    """The largest eigenvalue belongs to (1, −1), which is perpendicular to (1, 1)."""
    along, across = random.uniform(0.5, 1.0), random.uniform(2.0, 3.0)
    return np.array([[along + across, along - across], [along - across, along + across]]) / 2


def a_diagonal(random):
    """The largest eigenvalue is not the first, and each axis is an eigenvector."""
    return np.diag(random.uniform(0.5, 2.0) * np.array([1.0, 2.5, 1.5]))


def kinds(name, *draws):
    """Probes of one kind of critical point."""
    return tuple(probes.drawn(name, draw) for draw in draws)


def by_the_determinant(H):
    """A rule for two variables, used for all."""
    determinant = np.linalg.det(H)
    if abs(determinant) < 1e-9:
        return "degenerate"
    return "saddle" if determinant < 0 else "minimum" if np.trace(H) > 0 else "maximum"


def by_signs(values, *, zero=1e-9, flat_first=False):
    """What the signs of some numbers say."""
    values = np.asarray(values)
    if flat_first and np.any(np.abs(values) <= zero):
        return "degenerate"
    if np.any(values > zero) and np.any(values < -zero):
        return "saddle"
    if np.any(np.abs(values) <= zero):
        return "degenerate"
    return "minimum" if values[0] > 0 else "maximum"


def without_zero(H):
    """Never degenerate."""
    eigenvalues = np.linalg.eigvalsh(H)
    if np.all(eigenvalues > -1e-9):
        return "minimum"
    return "maximum" if np.all(eigenvalues < 1e-9) else "saddle"


SWAPPED = {"minimum": "maximum", "maximum": "minimum"}


HOMEWORK = Homework(
    name="landscapes",
    title="Where gradient descent goes, and why it may get stuck",
    data=("penguins.csv", "penguins.py"),
    guess_points=2,
    guesses=(
        Guess(
            "tiny_h",
            right="c",
            why=(
                "Two losses that agree in nearly all digits leave only rounding errors in their difference, "
                "and these are divided by a tiny $h$."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "tanh_and_sigma",
            right=4,
            why=r"The slopes at 0 are 1 and $\frac14$, as $\tanh(z) = 2 \sigma(2z) - 1$.",
            number=True,
        ),
        Guess(
            "on_the_ridge",
            right="b",
            why="On the ridge the slope across it is zero, so the descent runs along it into the saddle.",
            choices=("a", "b", "c"),
        ),
        Guess(
            "below_the_limit",
            right="a",
            why=(
                "At 95 % the most curved direction loses only a tenth in each step. At 50 % it is done "
                "after one step."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "three_schedules",
            right="c",
            why=(
                "With $k = 1$ the sum of all rates grows only with the logarithm of the number of steps: "
                "the run stops far from the minimum."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "which_rate",
            right="a",
            why=(
                "The slope along $v_1$ is 3.36 at the start: only 0.8 leads across the pass in one step, "
                "from 1.7 to $-0.99$."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "batches_of_4",
            right="c",
            why=(
                "The four and the two that are left out make up all six: their errors cancel with the "
                "weights 4 and 2."
            ),
            choices=("a", "b", "c"),
        ),
        Guess(
            "faulty_curve",
            right="a",
            why=(
                "The sign of the step of $b$ is wrong, and at the start $b$ matters most. The other faults "
                "are less visible."
            ),
            choices=("a", "b", "c"),
        ),
    ),
    exercises=(
        Exercise(
            function="central_difference_gradient",
            slide="How fast does L change if we step in a direction?",
            points={"value": 3, "edges": 1, "form": 1},
            rule=rules.CentralDifference(computed.central_difference()),
            hint="Which two points lie at the same distance on both sides of v, and how far apart are they?",
            operation="For each component a copy of v with this component moved, once up and once down.",
        ),
        Exercise(
            function="quotient_rule",
            slide="Gradient of a sigmoidal neuron",
            points={"value": 2, "edges": 0.5, "form": 0.5, "curve": 1},
            rule=rules.Values(
                reference=quotient,
                probes=(
                    probes.drawn("numbers", *[probes.number(0.5, 2.0)] * 2, *[probes.number(-2.0, -0.5)] * 2),
                    probes.drawn("arrays of shape (5,)", *[probes.vector(5)] * 4),
                    probes.drawn(
                        "numbers again", *[probes.number(-2.0, -0.5)] * 2, *[probes.number(0.5, 2.0)] * 2
                    ),
                ),
                edges=(
                    probes.drawn("arrays of shape (2, 3)", *[probes.whole_array(2, 3)] * 4),
                    probes.drawn(
                        "a constant numerator",
                        *[probes.vector(4)] * 2,
                        probes.given(np.zeros(4)),
                        probes.vector(4),
                    ),
                    probes.drawn("integers", *[probes.whole_number(2, 5)] * 4),
                ),
                misconceptions=(
                    Misconception(
                        "sign",
                        "The two terms are subtracted the other way round.",
                        lambda n, d, dn, dd: (n * dd - d * dn) / d**2,
                    ),
                    Misconception(
                        "added",
                        "The two terms are added: that is the product rule's sign.",
                        lambda n, d, dn, dd: (d * dn + n * dd) / d**2,
                    ),
                    Misconception(
                        "not_squared",
                        "The denominator is not squared.",
                        lambda n, d, dn, dd: (d * dn - n * dd) / d,
                    ),
                    Misconception(
                        "not_divided",
                        "Nothing is divided: what is the denominator?",
                        lambda n, d, dn, dd: d * dn - n * dd,
                    ),
                    Misconception(
                        "quotient_of_slopes",
                        "That is the quotient of the two slopes: the derivative of a quotient is another "
                        "one.",
                        lambda n, d, dn, dd: dn / dd,
                    ),
                    Misconception(
                        "product_rule", "That is the product rule.", lambda n, d, dn, dd: d * dn + n * dd
                    ),
                    Misconception(
                        "numerator_alone",
                        "Only the numerator changes: the denominator changes too.",
                        lambda n, d, dn, dd: dn / d,
                    ),
                    Misconception(
                        "denominator_alone",
                        "Only the denominator changes: the numerator changes too.",
                        lambda n, d, dn, dd: -n * dd / d**2,
                    ),
                    Misconception(
                        "factors_swapped",
                        "Each slope is multiplied by its own function: multiply it by the other one.",
                        lambda n, d, dn, dd: (n * dn - d * dd) / d**2,
                    ),
                    Misconception(
                        "numerator_squared",
                        "The numerator is squared in the denominator: square the denominator.",
                        lambda n, d, dn, dd: (d * dn - n * dd) / n**2,
                    ),
                ),
                curve=Curve(
                    neuron_by_the_quotient_rule,
                    "A neuron that tells Adelie from Gentoo, with σ′ by your quotient rule",
                ),
            ),
            example=(np.array([1.0, 6.0]), np.array([2.0, 3.0]), np.array([3.0, 2.0]), np.array([4.0, -1.0])),
            hint="What happens to a fraction when its denominator grows?",
            operation="Two products, one minus the other, over the square of one of the four.",
        ),
        Exercise(
            function="normal_equations",
            slide="MSE Loss function",
            points={"w": 3, "b": 1, "edges": 1, "form": 1},
            rule=rules.Values(
                reference=minimum,
                titles={"w": "Weights (w)", "b": "Bias (b)"},
                probes=(regression_probe(7, 3), regression_probe(6, 2), regression_probe(9, 4)),
                edges=(
                    regression_probe(4, 3),
                    regression_probe(5, 1),
                    probes.drawn(
                        "integer arrays",
                        lambda random: np.column_stack([[1, 2, 4, 8, 16], random.permutation(5)]),
                        probes.whole_array(5),
                    ),
                    probes.drawn(
                        "the same target for all", probes.matrix(5, 2), probes.given(np.full(5, 1.5))
                    ),
                    probes.drawn("integers in X, and floats in y", whole_features, probes.vector(6, 2.0)),
                    probes.drawn(
                        "integers in y, and floats in X", probes.matrix(6, 2), probes.whole_array(6)
                    ),
                    probes.drawn("targets that are 0", probes.matrix(6, 2), probes.given(np.zeros(6))),
                    *probes.arrangements(regression_probe(6, 2)),
                    probes.drawn("features with a large mean", far_features, probes.vector(7, 2.0)),
                    probes.drawn("features of about 0.01", small_features, probes.vector(9, 2.0)),
                    regression_probe(60, 5),
                ),
                refused=(
                    probes.drawn("a column that is there twice", with_a_copy, probes.vector(6)),
                    probes.drawn("a constant column", with_a_constant, probes.vector(6)),
                    probes.drawn("a column that is the sum of two others", with_a_sum, probes.vector(7)),
                    probes.drawn("fewer examples than unknowns", probes.matrix(3, 3), probes.vector(3)),
                ),
                misconceptions=(
                    Misconception(
                        "bias_left_out",
                        "The bias is left out: X needs a column of ones.",
                        lambda X, y: (fitted(X, y), 0.0),
                    ),
                    Misconception(
                        "bias_afterwards",
                        "The weights are fitted without a bias: find w and b together.",
                        lambda X, y: (fitted(X, y), float(np.mean(y - X @ fitted(X, y)))),
                    ),
                    Misconception(
                        "mean_for_bias",
                        "b is the mean of the targets: that is right only where the mean of each feature "
                        "is 0.",
                        lambda X, y: (minimum(X, y)[0], float(np.mean(y))),
                    ),
                    Misconception(
                        "bias_zero",
                        "b is 0; expected the last unknown.",
                        lambda X, y: (minimum(X, y)[0], 0.0),
                    ),
                    Misconception(
                        "one_by_one",
                        "Each weight is fitted as if its feature were the only one.",
                        lambda X, y: (one_by_one(X, y), float(np.mean(y - X @ one_by_one(X, y)))),
                    ),
                    Misconception(
                        "not_solved",
                        "That is the right side of the equations: they are not solved.",
                        lambda X, y: (X.T @ y, float(np.sum(y))),
                    ),
                    Misconception(
                        "first_is_bias",
                        "The unknowns are in another order: where is the column of ones?",
                        lambda X, y: (
                            np.append(minimum(X, y)[1], minimum(X, y)[0])[:-1],
                            float(minimum(X, y)[0][-1]),
                        ),
                    ),
                ),
            ),
            example=(X, y),
            hint="At the minimum all slopes are zero: how many equations are that, for how many unknowns?",
            operation=(
                "X with a column of ones; its transpose times itself, and its transpose times y; one "
                "linear system."
            ),
        ),
        Exercise(
            function="critical_point",
            slide="Learning and optimization",
            points={"extremum": 1, "saddle": 1, "degenerate": 1, "edges": 0.5, "form": 0.5},
            rule=rules.Labels(
                reference=function(critical_point, scale=lambda hessian: (1.0,)),  # words have no size
                kinds={
                    "extremum": (
                        *kinds("a bowl", hessian_of(1, 1), hessian_of(1, 1, 1), hessian_of(1, 1, 1, 1)),
                        *kinds(
                            "a summit", hessian_of(-1, -1), hessian_of(-1, -1, -1), hessian_of(-1, -1, -1, -1)
                        ),
                    ),
                    "saddle": (
                        *kinds("one way down", hessian_of(1, -1), along_an_axis, between_the_axes),
                        *kinds("two ways down", hessian_of(1, -1, -1), hessian_of(1, 1, -1, -1)),
                    ),
                    "degenerate": (
                        *kinds("one flat way, the others up", flat_hessian(1), flat_hessian(1, 1)),
                        *kinds("one flat way, the others down", flat_hessian(-1), flat_hessian(-1, -1, -1)),
                    ),
                },
                titles={"extremum": "Minimum and maximum", "saddle": "Saddle", "degenerate": "Degenerate"},
                edges=(
                    *kinds("a flat way, one up and one down", flat_hessian(1, -1)),
                    *kinds("one variable", hessian_of(-1)),
                    *kinds(
                        "very small curvatures", hessian_of(1, 1, scale=1e-20), hessian_of(1, -1, scale=1e-20)
                    ),
                    probes.fixed("one curvature a million times the other", np.diag([1e-6, 1.0])),
                    probes.fixed("a curvature of 1e-11 beside one of 1", np.diag([1.0, 1e-11])),
                    probes.fixed("a curvature of 1e-13 beside one of 1", np.diag([1.0, 1e-13])),
                    probes.fixed("a curvature of −1e-13 beside one of 1", np.diag([-1e-13, 1.0])),
                    probes.fixed("no curvature at all", np.zeros((2, 2))),
                    probes.fixed("integers", np.array([[2, 1], [1, 3]])),
                    probes.fixed("integers and a small determinant", np.array([[3, 2], [2, 2]])),
                ),
                misconceptions=(
                    Misconception(
                        "swapped",
                        "Minimum and maximum are exchanged: which way is a bowl curved?",
                        lambda H: SWAPPED.get(critical_point(H), critical_point(H)),
                    ),
                    Misconception(
                        "diagonal",
                        "Only the diagonal is used: the eigenvalues say how the loss is curved.",
                        lambda H: by_signs(np.diag(H)),
                    ),
                    Misconception(
                        "determinant",
                        "The determinant decides only in two variables: two negative eigenvalues have a "
                        "positive product.",
                        by_the_determinant,
                    ),
                    Misconception(
                        "trace",
                        "The trace is the sum of the eigenvalues: their signs count, one by one.",
                        lambda H: "minimum" if np.trace(H) > 0 else "maximum",
                    ),
                    Misconception(
                        "never_degenerate",
                        "An eigenvalue of zero is treated as a positive or a negative one.",
                        without_zero,
                    ),
                    Misconception(
                        "smallest_alone",
                        "Only the smallest eigenvalue is used.",
                        lambda H: by_signs(np.linalg.eigvalsh(H)[:1]),
                    ),
                    Misconception(
                        "largest_alone",
                        "Only the largest eigenvalue is used.",
                        lambda H: by_signs(np.linalg.eigvalsh(H)[-1:]),
                    ),
                    Misconception(
                        "saddle_or_minimum",
                        "There is no maximum: all eigenvalues may be negative.",
                        lambda H: "saddle" if critical_point(H) == "maximum" else critical_point(H),
                    ),
                ),
            ),
            example=(np.array([[2.0, 3.0], [3.0, 2.0]]),),
            hint="What do all eigenvalues of a bowl have in common, and what those of a saddle?",
            operation="The eigenvalues of a symmetric matrix, and how many are above and below zero.",
        ),
        Exercise(
            function="largest_stable_rate",
            slide="Choosing the learning rate",
            points={"value": 2, "edges": 0.5, "form": 0.5},
            rule=rules.Values(
                reference=largest_rate,
                probes=tuple(probes.drawn(f"{d} variables", hessian_of(*[1] * d)) for d in (2, 3, 5)),
                edges=(
                    probes.drawn("one variable", hessian_of(1)),
                    probes.drawn("strongly curved", hessian_of(1, 1, scale=1e6)),
                    probes.drawn("hardly curved", hessian_of(1, 1, scale=1e-6)),
                    probes.drawn("two curvatures that are almost equal", almost_round),
                    probes.drawn("steepest across the variables", steepest_across),
                    probes.drawn("a diagonal matrix", a_diagonal),
                    probes.drawn("12 variables", hessian_of(*[1] * 12)),
                    probes.fixed("integers", np.array([[2, 1], [1, 2]])),
                    probes.fixed("integers without an integer eigenvalue", np.array([[2, 1], [1, 4]])),
                    probes.fixed("integers, one of them negative", np.array([[3, -1], [-1, 3]])),
                ),
                misconceptions=(
                    Misconception(
                        "one_over",
                        "At this rate the steepest direction reaches its minimum in one step: the limit is "
                        "larger.",
                        lambda H: 1 / np.linalg.eigvalsh(H)[-1],
                    ),
                    Misconception(
                        "smallest",
                        "The smallest eigenvalue allows the largest rate: all directions must converge.",
                        lambda H: 2 / np.linalg.eigvalsh(H)[0],
                    ),
                    Misconception(
                        "trace",
                        "The trace is the sum of all eigenvalues: only the largest one limits the rate.",
                        lambda H: 2 / np.trace(H),
                    ),
                    Misconception(
                        "diagonal",
                        "That is the largest number on the diagonal: an eigenvalue may be larger.",
                        lambda H: 2 / np.diag(H).max(),
                    ),
                    Misconception(
                        "frobenius",
                        "That is the length of all entries together: only the largest eigenvalue limits "
                        "the rate.",
                        lambda H: 2 / np.linalg.norm(H),
                    ),
                    Misconception(
                        "fastest",
                        "That rate converges fastest: the largest one that still converges is larger.",
                        lambda H: 2 / (np.linalg.eigvalsh(H)[0] + np.linalg.eigvalsh(H)[-1]),
                    ),
                    Misconception(
                        "determinant",
                        "The determinant is the product of all eigenvalues: only the largest one counts.",
                        lambda H: 2 / np.linalg.det(H),
                    ),
                    Misconception(
                        "upside_down",
                        "It grows with the curvature: a stronger curvature needs smaller steps.",
                        lambda H: np.linalg.eigvalsh(H)[-1] / 2,
                    ),
                    Misconception(
                        "eigenvalue",
                        "That is the largest eigenvalue: which rate is too large for it?",
                        lambda H: np.linalg.eigvalsh(H)[-1],
                    ),
                    Misconception(
                        "mean",
                        "That is the mean eigenvalue: the largest one limits the rate.",
                        lambda H: 2 / np.linalg.eigvalsh(H).mean(),
                    ),
                ),
            ),
            example=(np.array([[3.0, 1.0], [1.0, 3.0]]),),
            hint=(
                "By which number does one step multiply v along an eigenvector, and when is it below 1 "
                "in size?"
            ),
            operation="One eigenvalue of a symmetric matrix, and one division.",
        ),
        Exercise(
            function="decayed_rate",
            slide="Choosing the learning rate",
            points={"value": 1, "edges": 0.5, "form": 0.5, "curve": 0.5},
            rule=rules.Values(
                reference=decayed,
                probes=(
                    probes.drawn(
                        "one step",
                        probes.whole_number(3, 9),
                        probes.number(0.2, 0.9),
                        probes.number(0.2, 0.9),
                    ),
                    probes.drawn(
                        "an array of steps",
                        lambda random: np.arange(2.0, 8.0),
                        probes.number(0.2, 0.9),
                        probes.number(0.2, 0.9),
                    ),
                    probes.drawn(
                        "a later step",
                        probes.whole_number(20, 90),
                        probes.number(1.2, 1.9),
                        probes.number(0.02, 0.09),
                    ),
                ),
                edges=(
                    probes.drawn("step 0", probes.given(0), probes.number(0.2, 0.9), probes.number(0.2, 0.9)),
                    probes.drawn(
                        "a decay above 1",
                        probes.whole_number(3, 9),
                        probes.number(0.2, 0.9),
                        probes.number(1.1, 1.9),
                    ),
                    probes.drawn(
                        "no decay", probes.given(np.arange(4)), probes.number(0.2, 0.9), probes.given(0.0)
                    ),
                    probes.drawn(
                        "integers",
                        probes.given(np.arange(5)),
                        probes.whole_number(1, 3),
                        probes.whole_number(1, 3),
                    ),
                ),
                misconceptions=(
                    Misconception(
                        "power",
                        "It shrinks by the same share in every step: that is another schedule.",
                        lambda t, a, k: a / (1 + k) ** t,
                    ),
                    Misconception(
                        "exponential",
                        "It falls exponentially: that is another schedule.",
                        lambda t, a, k: a * np.exp(-k * t),
                    ),
                    Misconception(
                        "decay_left_out", "The decay has no effect.", lambda t, a, k: a / (1 + t + 0 * k)
                    ),
                    Misconception(
                        "step_left_out", "The step t has no effect.", lambda t, a, k: a / (1 + k) + 0.0 * t
                    ),
                    Misconception(
                        "linear",
                        "It falls along a line: after 1/decay steps it would be negative.",
                        lambda t, a, k: a * (1 - k * t),
                    ),
                    Misconception(
                        "root_below",
                        "There is a root in the denominator: that is a slower schedule.",
                        lambda t, a, k: a / np.sqrt(1 + k * t),
                    ),
                    Misconception(
                        "from_one",
                        "Step 0 has the initial rate: t counts from 0.",
                        lambda t, a, k: a / (1 + k * (t + 1)),
                    ),
                    Misconception(
                        "one_left_out",
                        "The 1 in the denominator is missing.",
                        lambda t, a, k: a / np.maximum(k * t, 1e-6),
                    ),
                    Misconception(
                        "never_decays", "It is the initial rate in every step.", lambda t, a, k: a + 0.0 * t
                    ),
                    Misconception(
                        "one_too_many",
                        "The initial rate is in the decay: it belongs only in the numerator.",
                        lambda t, a, k: a / (1 + a * k * t),
                    ),
                ),
                curve=Curve(
                    descent_with_noise, "Gradient descent with noise, with your learning rate in every step"
                ),
            ),
            example=(np.array([0.0, 1.0, 4.0]), 0.6, 0.5),
            hint="How large is the rate in step 0, and what does it do when the step grows?",
            operation="One division, element by element.",
        ),
        Exercise(
            function="best_of_starts",
            slide="Loss function optimization",
            points={"value": 3, "edges": 1, "form": 1},
            rule=rules.BestOfStarts(),
            hint="What is compared: the starts, or where they lead to?",
            operation=(
                "A loop over the rows of starts with a descent in each, a list of ends, and the place of "
                "the smallest loss."
            ),
        ),
        Exercise(
            function="mean_over_all_batches",
            slide="Analogy to political polling",
            points={"value": 3, "edges": 1, "form": 1},
            rule=rules.AllBatches(computed.mean_of_batches()),
            hint=(
                "How many ways are there to choose the examples of one batch, and how often is each way used?"
            ),
            operation="All combinations of indices from itertools, a gradient for each, and two means.",
        ),
        Exercise(
            function="repaired_epoch",
            slide="Summary: Stochastic gradient descent",
            points={"steps": 4, "order": 2, "edges": 1, "form": 1, "curve": 1},
            rule=rules.SgdEpoch("A neuron trained by your repaired epochs"),
            hint=(
                "Which examples does each step see, which way does it go, and what happens to the last batch?"
            ),
            operation="One permutation for X and y alike, slices of it, and new arrays in place of the old.",
        ),
    ),
)
